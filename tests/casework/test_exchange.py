"""Bring and give: what goes out comes back, but for what is listed; nothing restricted or protected leaves."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from probanda import Case
from probanda.casework import exchange
from probanda.casework.exchange import LIST, SYSTEMS, atlos, bring, give
from probanda.casework.narrow import Narrowing
from probanda.casework.sheets import guarded
from probanda.casework.view import Sharing
from probanda.claims.model import Claim
from probanda.kernel.digests import sha256
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading.formats import atlos as atlos_format
from probanda.reading.making import text_of

NOBODY = Sharing()


def entity(id_: str, schema: str, **properties: Sequence[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": {key: list(found) for key, found in properties.items()}}


ENTITIES = [
    entity("p1", "Person", name=["Hadi Zarrin"], alias=["Abu Samir"], nationality=["ms"], topics=["crime.war"]),
    entity("p2", "Person", name=["=SUM(A1)"]),
    entity("u1", "Organization", name=["Ninth Brigade"], topics=["mil"], parent=["u2"]),
    entity("u2", "Organization", name=["Army of the North"], topics=["mil"]),
    entity("o1", "PublicBody", name=["Ministry of Roads"]),
    entity("post", "Position", name=["Commander"], organization=["u1"]),
    entity("t1", "Occupancy", holder=["p1"], post=["post"], startDate=["2031-03"], endDate=["2031-08-02"]),
    entity("t2", "Membership", member=["p2"], organization=["u1"], role=["driver"]),
    entity("t3", "Employment", employee=["p2"], employer=["o1"], startDate=["2030"]),
    entity("a1", "Address", name=["Upper Orvane"]),
    entity("t4", "UnknownLink", subject=["p1"], object=["a1"], role=["posting"]),
    entity("e1", "Event", name=["Shelling of the market"], location=["Delma"], date=["2031-05-03"]),
    entity(
        "e2", "Event", name=["Burning of the mill"], location=["Orvane"], startDate=["2031-06"], endDate=["2031-07"]
    ),
    entity("s1", "Sanction", entity=["p1"]),
]  # fmt: skip


def written(folder: Path, name: str, rows: Sequence[Mapping[str, Any]]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exchange")
    with Case.new(place / "case", situation="Marsafa", prefix="MAR") as case:
        (place / "minutes.bin").write_bytes(b"\x00\x01 minutes")
        held = case.add([place / "minutes.bin"]).taken[0].digest
        sha1 = next(item.sha1 for item in case.items() if item.digest == held) or ""
        documents = [entity("d1", "Document", contentHash=[sha1]), entity("d2", "Document", contentHash=["0" * 40])]
        arrived = bring(case, "followthemoney", written(place, "in.json", [*ENTITIES, *documents]))
        (place / "arrived.json").write_text(json.dumps(arrived.as_row()), "utf-8")
        case.incidents()
    return place


@pytest.fixture()
def case(folder: Path) -> Iterator[Case]:
    with Case.open(folder / "case", writing=True) as one:
        yield one


def tie(claim: Claim) -> tuple[object, ...]:
    assert claim.tie is not None
    told = claim.tie
    return told.kind.value, told.left.words, told.right.words, told.role, told.bounds


def ties(case: Case, item: str | None = None) -> Counter[tuple[object, ...]]:
    chosen = case.claims() if item is None else case.claims(item=case.store.item(case.eyes, item).digest)
    return Counter(tie(c) for c in chosen if c.tie is not None)


def everything(out: Path) -> str:
    """All that was written, in archives too."""
    said = []
    for path in sorted(out.iterdir()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as made:
                said += [f"{name} {made.read(name).decode('utf-8', 'replace')}" for name in made.namelist()]
        else:
            said.append(path.read_text("utf-8"))
    return "\n".join(said)


def test_what_a_file_says_is_proposed_and_what_could_not_be_mapped_is_listed(folder: Path, case: Case) -> None:
    told = json.loads((folder / "arrived.json").read_text("utf-8"))
    left = {row["kind"]: row["many"] for row in told["left_out"]}
    assert left == {"Person.topics": 1, "Sanction": 1}
    assert [row["item"] for row in told["held"]] == ["MAR-0001"] and told["not_held"] == 1
    assert told["understood"]["Person"] == 2 and told["claims"] == 8
    assert {c.status.value for c in case.claims()} == {"proposed"}
    occupancy = next(c for c in case.claims() if c.tie is not None and c.tie.role == "Commander")
    assert occupancy.quote == "holder: p1\tpost: post\tstartDate: 2031-03\tendDate: 2031-08-02"
    assert occupancy.locator is not None and occupancy.locator.cell == "line 7, holder"


@pytest.mark.parametrize("file", ["entities.ftm.json", "statements.json", "statements.csv"])
def test_followthemoney_comes_back_but_for_what_is_listed(file: str, case: Case, tmp_path: Path) -> None:
    given = give(case, "followthemoney", tmp_path / "out", Narrowing(), NOBODY).given
    listed = {loss.kind for loss in given.left_out}
    assert "cells of a table" in listed and "claims: speakers, roles, dates, places, where the words stand" in listed
    with Case.new(tmp_path / "again", situation="Marsafa") as again:
        arrived = bring(again, "followthemoney", tmp_path / "out" / file)
        expected, found = ties(case), ties(again)
        acts = {(c.date_from, c.date_to, *(p.words for p in c.places)) for c in again.claims() if c.tie is None}
    if file.endswith(".csv"):  # an apostrophe stands in front of a cell like a formula, and that is listed
        found = Counter(
            {tuple(v.removeprefix("'") if isinstance(v, str) else v for v in t): n for t, n in found.items()}
        )
    assert found == expected
    assert acts == {("2031-05-03", "2031-05-03", "Delma"), ("2031-06-01", "2031-07-31", "Orvane")}
    assert dict(arrived.understood)["Document"] == 2 and dict(arrived.understood)["UnknownLink"] == 2
    if file == "entities.ftm.json":
        rows = [json.loads(line) for line in (tmp_path / "out" / file).read_text("utf-8").splitlines()]
        notes = [row for row in rows if row["schema"] == "Note"]
        assert {note["probanda"]["quote"] for note in notes} == {c.quote for c in case.claims() if c.tie is None}
        assert all("not checked by a person" in note["properties"]["summary"][0] for note in notes)


def test_a_timeline_holds_every_day_and_counts_what_has_none(case: Case, tmp_path: Path) -> None:
    given = give(case, "timesketch", tmp_path / "out", Narrowing(), NOBODY).given
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "timeline.csv").read_text("utf-8"), newline="")))
    assert rows == [
        {key: row.get(key, "") for key in rows[0]}
        for row in map(json.loads, (tmp_path / "out" / "timeline.jsonl").read_text("utf-8").splitlines())
    ]
    assert [(r["datetime"], r["timestamp_desc"]) for r in rows] == [
        ("2031-05-03T00:00:00+00:00", "Said to happen"),
        ("2031-06-01T00:00:00+00:00", "Said to begin"),
        ("2031-07-31T00:00:00+00:00", "Said to end"),
        ("2031-08-02T00:00:00+00:00", "Last evidenced"),
    ]
    assert all(r["message"] and r["quote"] for r in rows)
    left = {(loss.kind, loss.why): loss.many for loss in given.left_out}
    assert left["tie", "It tells a month or year, not a day."] == 2
    assert left["tie", "It tells no date."] == 4


def test_incidents_come_back_from_the_table_for_atlos(case: Case, tmp_path: Path) -> None:
    given = give(case, "atlos", tmp_path / "out", Narrowing(), NOBODY).given
    data = (tmp_path / "out" / "incidents.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    view = case.view()
    assert {(r["description"], r["general_location"]) for r in rows} == {
        (i.title, ", ".join(i.places)) for i in view.result.incidents
    }
    assert sorted(r["date"] for r in rows) == ["", "2031-05-03"], "a stretch of days is listed"
    assert {"date of an incident", "actors", "ties", "sensitive", "status"} <= {x.kind for x in given.left_out}
    back = atlos.brought(text_of(sha256(data), atlos_format.extract(data)))
    assert dict(back.understood) == {"incident": len(rows)}
    assert {loss.kind for loss in back.left_out} == {"status", "sensitive", "tags"}


@pytest.mark.parametrize("system", [name for name, one in SYSTEMS.items() if one.write is not None])
def test_nothing_restricted_or_protected_leaves(system: str, folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(folder / "case", tmp_path / "case")
    secret = [
        entity("w", "Person", name=["Salma Idris"]),
        entity("o", "Organization", name=["House of Lanterns"]),
        entity("m", "Membership", member=["w"], organization=["o"], startDate=["2031-05-09"]),
        entity("e", "Event", name=["What Salma Idris told of the well"], location=["Qarn"], date=["2031-05-09"]),
    ]
    with Case.open(tmp_path / "case", writing=True) as case:
        bring(case, "followthemoney", written(tmp_path, "witness.json", secret), label="restricted")
        case.incidents()
        case.protect(next(a.id for a in case.actors() if a.name == "Hadi Zarrin"), reason="asked for")
        done = give(case, system, tmp_path / "out", Narrowing(), NOBODY)
        with_reason = Sharing(include_restricted="for counsel")
        give(case, system, tmp_path / "more", Narrowing(), with_reason)
    assert done.withheld == 1
    said = everything(tmp_path / "out")
    for words in ("Salma", "Lanterns", "Qarn", "witness.json", "the well", "Zarrin", "Abu Samir"):
        assert words not in said, f"{words} left for {system}"
    assert json.loads((tmp_path / "out" / LIST).read_text("utf-8"))["withheld_items"] == 1
    for path in (tmp_path / "out").glob("*.csv"):  # ASSURANCE T23
        for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
            assert all(cell.startswith("'") or guarded(cell) == cell for cell in row), f"{path.name}: {row}"
    more = everything(tmp_path / "more")
    assert "Salma" not in more and "witness.json" not in more and "Zarrin" not in more


def test_what_was_not_asked_for_is_not_given(case: Case, tmp_path: Path) -> None:
    give(case, "followthemoney", tmp_path / "out", Narrowing(about="Delma"), NOBODY)
    said = everything(tmp_path / "out")
    assert "Delma" in said and "Burning of the mill" not in said and "minutes.bin" not in said


def test_a_file_that_is_not_of_the_system_is_kept_and_said(case: Case, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    path.write_text('{"hello": "world"}\n', "utf-8")
    with pytest.raises(ProbandaError, match="not read as followthemoney"):
        bring(case, "followthemoney", path)
    assert any(item.doc == "note.json" for item in case.items())
    for told, name in (("no system", "excel"), ("Nothing of timesketch", "timesketch")):
        with pytest.raises(WrongUsage, match=told):
            bring(case, name, path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(WrongUsage, match="not an empty folder"):
        give(case, "atlos", tmp_path / "full", Narrowing(), NOBODY)
    assert exchange.system_called("atlos").about
