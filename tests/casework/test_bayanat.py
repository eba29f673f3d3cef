"""Bayanat: what is given is read back; what it says is proposed, on the words of its fields, and decided by nobody."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from probanda import Case
from probanda.casework import exchange
from probanda.casework.exchange import bayanat
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing
from probanda.claims.readers.case_records import KEPT, UNDIRECTED, day_of, stated
from probanda.kernel.vocabulary import ActType, MentionKind, Modality, Status
from probanda.reading.case_records import records_of
from probanda.reading.formats import CannotRead, json_records, recognise
from probanda.reading.formats.json_records import Told, records
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.casework.short_case import a_case

TEXTS = {
    "morning.txt": "Qadis, 4 May 2031. Soldiers of the Northern Brigade shelled the market in Qadis on 3 May 2031, "
    "killing four traders, the Sahil Observatory said. The Northern Brigade denied that it had shelled the market.\n",
    "letter.txt": "Darmet, 9 May 2031. On 8 May 2031 gunmen of the River Guard detained Idris Salu in Darmet, the "
    "mayor said.\n",
}


def bulletin(number: int = 12, **fields: Any) -> dict[str, Any]:
    return {
        "class": "bulletin", "id": number, "title": f"Shelling in Qadis, report {number}", "title_ar": "",
        "originid": "OBS-1", "sources": [{"id": 4, "title": "Sahil Observatory"}], "source_link": "https://sahil.example/1",
        "locations": [{"id": 5, "title": "Qadis", "lat": 1.5, "lng": 2.5}],
        "events": [{"id": 9, "title": "Shelling of the market", "eventtype": {"id": 20, "title": "Incident"},
                    "location": {"id": 5, "title": "Qadis"}, "from_date": "2031-05-03T00:00", "to_date": None}],
        "medias": [{"id": 3, "filename": "market.jpg", "etag": "9e107d9d372bb6826bd81d3542a419d6"}],
        "actor_relations": [
            {"actor": {"id": 7, "name": "Rasim Dahl"}, "related_as": [3], "probability": 2, "comment": ""},
            {"actor": {"id": 8, "name": "Lina Taro"}, "related_as": [1, 2], "probability": None, "comment": ""},
        ],
        "description": "<p>Soldiers of the Northern Brigade shelled the market in Qadis.</p><p>Four traders died.</p>",
        "publish_date": "2031-05-04", "status": "Peer Reviewed", "roles": [],
    } | fields  # fmt: skip


def exported(kind: str, made: list[dict[str, Any]]) -> bytes:
    """As Bayanat writes it: commas within a chunk of 250, none between two chunks."""
    chunks = [",".join(map(json.dumps, made[n : n + 250])) + "\n" for n in range(0, len(made), 250)]
    return f'{{"{kind}":[{"".join(chunks)}]}}'.encode()


def read(data: bytes, name: str = "export.json") -> Text:
    return text_of("d" * 64, recognise(data[:65_536], name).extract(data))


def test_chunks_without_a_comma_between_them_are_parted_and_told() -> None:
    data = exported("bulletins", [bulletin(n) for n in range(501)])
    with pytest.raises(json.JSONDecodeError):
        json.loads(data)
    text = read(data)
    found = list(records_of(text))
    assert [one.says("id") for one in found] == [str(n) for n in range(501)]
    assert [one.what for one in text.remarks] == ["2 commas missing between records"]
    ids = [claim.id for claim in stated(text).claims]
    assert len(set(ids)) == len(ids) == 501


def test_fields_of_a_bulletin_become_a_claim_with_its_words_and_nobody_is_said_to_be_guilty() -> None:
    text = read(exported("bulletins", [bulletin()]))
    told = stated(text)
    (claim,) = told.claims
    assert (claim.act, claim.date_from, claim.date_to) == ("Shelling of the market", "2031-05-03", "2031-05-03")
    assert [p.words for p in claim.actors] == ["Rasim Dahl"]
    assert [p.words for p in claim.victims] == ["Lina Taro"]
    assert [p.words for p in claim.places] == ["Qadis"]
    assert claim.modality is Modality.ALLEGED
    assert claim.status is Status.PROPOSED
    assert "Witness" in claim.why and "Sahil Observatory" in claim.why
    assert claim.quote == text.words[claim.start : claim.end]
    assert told.digests == {"9e107d9d372bb6826bd81d3542a419d6"}
    assert told.left["bulletins: status", KEPT] == 1
    assert told.left["bulletins: locations.lat", KEPT] == 1


def test_with_several_events_nobody_is_put_into_one_of_them() -> None:
    events = [
        {"id": n, "title": t, "eventtype": {"title": t}, "from_date": None} for n, t in ((1, "Death"), (2, "Trial"))
    ]
    claims = {one.act: one for one in stated(read(exported("bulletins", [bulletin(events=events)]))).claims}
    assert not claims["Death"].actors and not claims["Death"].victims
    assert claims["Death"].act_type is ActType.OTHER  # a death is no killing until somebody says so
    assert [p.words for p in claims["Shelling in Qadis, report 12"].actors] == ["Rasim Dahl"]


def test_an_actor_bears_its_id_and_belongs_to_an_entity_where_the_table_says_so() -> None:
    actor = {
        "class": "actor", "id": 7, "name": "Rasim Dahl", "name_ar": "راسم دحل", "type": "Person",
        "actor_relations": [
            {"actor": {"id": 9, "name": "River Guard", "type": "Entity"}, "related_as": 11},
            {"actor": {"id": 10, "name": "Omar Seif", "type": "Person"}, "related_as": 7},
        ],
        "events": [{"id": 1, "title": "Taken", "eventtype": {"title": "Detained/Abducted"}, "from_date": "2031-02-30"}],
        "actor_profiles": [{"id": 1, "mode": 1, "description": ""}], "roles": [{"id": 1, "name": "closed"}],
    }  # fmt: skip
    text = read(exported("actors", [actor]))
    told = stated(text)
    tie = next(c.tie for c in told.claims if c.tie)
    assert (tie.left.words, tie.kind.value, tie.right.words) == ("Rasim Dahl", "membership", "River Guard")
    taken = next(c for c in told.claims if c.act == "Taken")
    assert [p.words for p in taken.victims] == ["Rasim Dahl"] and taken.date_from is None
    assert told.left["relation of actors: Superior officer", UNDIRECTED] == 1
    kinds = {m.words: m.kind for m in told.mentions}
    assert kinds["River Guard"] is MentionKind.BODY
    assert kinds["راسم دحل"] is MentionKind.PERSON
    assert text.restricted_reason  # its records are for certain roles only


def test_a_case_given_to_bayanat_is_read_back_with_all_that_is_not_listed(tmp_path: Path) -> None:
    folder = a_case(tmp_path, TEXTS)
    out = tmp_path / "out"
    with Case.open(folder) as case:
        gave = exchange.give(case, "bayanat", out, Narrowing(), Sharing())
        view = case.view()
        arrived = exchange.bring(case, "bayanat", out / "bulletins.json")
        assert {claim.status for claim in case.claims(item=case.items()[-1].digest)} == {Status.PROPOSED}
        assert {number for _, number in arrived.held} == {item.number for item in view.items}
        assert arrived.not_held == 0
    told = {name: stated(read((out / name).read_bytes(), name)) for name in ("bulletins.json", "actors.json")}
    given = [c for c in view.claims if c.tie is None]
    happened = {(c.act, c.date_from, c.date_to, tuple(p.words for p in c.places[:1])) for c in given if c.asserts_event}
    back = {(c.act, c.date_from, c.date_to, tuple(p.words for p in c.places)) for c in told["bulletins.json"].claims}
    assert happened and happened <= back
    names = {a.name for a in view.actors if a.kind is not MentionKind.PLACE}
    assert names and names <= {m.words for m in told["actors.json"].mentions}
    described = json.loads((out / "bulletins.json").read_text())["bulletins"]
    assert all(any(c.id in one["description"] for one in described) for c in given)
    lost = {loss.kind: loss.many for loss in gave.given.left_out}
    assert lost["claim denied"] == sum(c.modality is Modality.DENIED for c in given) > 0
    assert json.loads((out / exchange.LIST).read_text())["left_out"]
    table = read((out / "bulletins.csv").read_bytes(), "bulletins.csv")
    assert dict(bayanat.read(table).understood)["bulletins"] == len(view.items)


def test_what_is_restricted_does_not_leave_nor_what_was_gathered_from_it(tmp_path: Path) -> None:
    folder = a_case(tmp_path, TEXTS)
    out = tmp_path / "out"
    with Case.open(folder) as case:
        letter = next(i for i in case.items() if i.names[0].endswith("letter.txt"))
        case.label(letter.number, "restricted", reason="asked for by the mayor")
        gave = exchange.give(case, "bayanat", out, Narrowing(), Sharing())
        assert gave.withheld == 1
        written = b"".join(path.read_bytes() for path in sorted(out.iterdir()))
    assert b"Salu" not in written and b"Darmet" not in written
    assert b"Northern Brigade" in written


def test_a_cell_like_a_formula_is_written_with_an_apostrophe_and_read_without() -> None:
    records_ = [bulletin(title='=HYPERLINK("x")', labels=[{"id": 1, "title": "@night"}])]
    data = bayanat.bulletins_csv([{**records_[0], "verLabels": [], "geoLocations": [], "bulletin_relations": [],
                                   "incident_relations": [], "medias": [], "sjac_title": ""}])  # fmt: skip
    assert b",=HYPER" not in data and b'"=HYPER' not in data
    (found,) = records_of(read(data, "bulletins.csv"))
    assert found.says("title") == '=HYPERLINK("x")'
    assert found.says("labels[0].title") == "@night"
    assert found.says("actor_relations[1].actor.name") == "Lina Taro"
    assert found.says("originid") == "OBS-1"


def test_what_is_made_to_do_harm_costs_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = '{"id":1,"events":' + "[" * 5_000 + "]" * 5_000 + "}"
    monkeypatch.setattr(json_records, "LONGEST", 20_000)
    long = json.dumps({"id": 2, "title": "x" * 30_000})
    odd = '{"id":3,"title":"a } in \\" a string \\\\"}'
    number = '{"id":' + "9" * 5_000 + "}"
    data = f'{{"bulletins":[{deep},{long},{odd},{{"id":nope}},{number}]}}'.encode()
    for block in (7, 1 << 18):
        monkeypatch.setattr(json_records, "_BLOCK", block)
        told = Told()
        found = [one for _, one in records(_Slow(data), told)]
        assert found[0] == {"id": 3, "title": 'a } in " a string \\'}
        assert len(found) == 2 and sum(told.skipped.values()) == 3 and not told.broken
    cut = Told()
    assert len(list(records(BytesIO(data[:-20]), cut))) == 1 and cut.broken
    with pytest.raises(CannotRead):
        read(b'{"bulletins":[{"class":"bulletin","id":')


class _Slow(BytesIO):
    """A file whose first block holds the beginning of its list."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(20 if self.tell() == 0 else size)


def test_half_characters_and_nul_are_no_text() -> None:
    data = b'{"bulletins":[{"class":"bulletin","id":1,"title":"a\\ud800b\\u0000c","sjac_title":""}]}'
    assert "a?b\ufffdc" in read(data).words


@pytest.mark.parametrize(
    ("words", "day"),
    [("2031-05-03T10:00:00", "2031-05-03"), ("2031", "2031"), ("2031-02-30", None), ("3/5/2031", None), ("", None)],
)
def test_days_are_read_where_they_can_mean_but_one(words: str, day: str | None) -> None:
    assert day_of(words) == day


def test_prose_of_a_record_is_found_again_by_its_path(tmp_path: Path) -> None:
    data = exported("bulletins", [bulletin(1), bulletin(2)])
    with Case.new(tmp_path / "case", situation="Marsafa", prefix="MAR") as case:
        (tmp_path / "b.json").write_bytes(data)
        done = exchange.bring(case, "bayanat", tmp_path / "b.json")
        claims = case.claims(item=case.items()[0].digest)
        text = next(iter(case.store.texts(case.eyes, case.items()[0].digest)))
    prose = [c for c in claims if "Northern Brigade" in c.quote]
    assert len({c.id for c in prose}) == len(prose) >= 2
    assert all(c.quote == text.words[c.start : c.end] for c in claims)
    assert {c.locator.cell for c in prose if c.locator} >= {"bulletins[0].description", "bulletins[1].description"}
    assert dict(done.understood)["bulletins"] == 2 and done.not_held == 1
    assert done.left_out
