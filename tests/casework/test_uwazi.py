"""Uwazi: archives as its import takes them, read back; its exports read by their columns, with their files."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import exchange
from probanda.casework.exchange import uwazi
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing
from probanda.claims.readers.case_records import SEVERAL_DAYS, days_of, stated
from probanda.kernel.vocabulary import MentionKind
from probanda.reading.case_records import UWAZI, records_of
from probanda.reading.formats import recognise
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.casework.short_case import a_case
from tests.casework.test_bayanat import TEXTS

HEADER = ["Title", "Date added", "Template", "When", "Where", "What happened", "Documents", "Attachments", "Published"]
TELLS = (
    "On 3 May 2031 soldiers of the Northern Brigade shelled the market in Qadis, killing four traders, the Sahil "
    "Observatory said."
)


def exported(*rows: list[str], header: list[str] = HEADER) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def read(data: bytes, name: str = "export.csv") -> Text:
    return text_of("d" * 64, recognise(data, name).extract(data))


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name.replace("_DOT_", ".").replace("_UP_", "../"), data)
    return out.getvalue()


def test_a_record_that_tells_that_something_happened_is_a_claim_with_its_range_of_days() -> None:
    row = [
        "Shelling of the market",
        "2032-01-01",
        "Incident",
        "2031-05-03~2031-05-04",
        "1.5|2.5",
        TELLS,
        "",
        "",
        "true",
    ]
    text = read(exported(row, ["Lina Taro", "2032-01-01", "Person", "", "", "", "", "", "true"]))
    assert text.media_type == UWAZI
    told = stated(text)
    (claim,) = told.claims
    assert (claim.act, claim.date_from, claim.date_to) == ("Shelling of the market", "2031-05-03", "2031-05-04")
    assert [(m.words, m.kind) for m in told.mentions] == [("Lina Taro", MentionKind.PERSON)]
    assert [text.words[p.start : p.end] for p in next(iter(records_of(text))).prose] == [row[0], TELLS]
    assert any(kind == "row: Where" for kind, _ in told.left)


def test_where_several_columns_hold_days_none_is_taken() -> None:
    header = ["Title", "Date added", "Template", "From", "Reported", "Published"]
    told = stated(read(exported(["Shelling", "", "Event", "2031-05-03", "2031-05-09", ""], header=header)))
    assert told.claims[0].date_from is None
    assert told.left["date", SEVERAL_DAYS] == 1


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2031-05-03:2031-05-04", ("2031-05-03", "2031-05-04")),
        ("2031-05-03~", ("2031-05-03", None)),
        ("~2031-05", (None, "2031-05")),
        ("2031/05/03", None),
        ("1200", None),
        ("~", None),
        ("10:30", None),
    ],
)
def test_ranges_are_read_as_they_are_exported_and_as_they_are_taken_in(
    words: str, days: tuple[str | None, str | None] | None
) -> None:
    assert days_of(words) == days


def test_a_case_given_to_uwazi_is_read_back_with_all_that_is_not_listed(tmp_path: Path) -> None:
    folder, out = a_case(tmp_path, TEXTS), tmp_path / "out"
    with Case.open(folder) as case:
        gave = exchange.give(case, "uwazi", out, Narrowing(), Sharing())
        view = case.view()
        bytes_of = {item.digest: case.store.vault.open(item.digest).read() for item in view.items}
    tables = {}
    for path in out.glob("*.zip"):
        with zipfile.ZipFile(path) as made:
            members = {name: made.read(name) for name in made.namelist()}
        tables[path.stem] = list(records_of(read(members.pop("import.csv"), "import.csv")))
        assert sorted(members.values()) == (sorted(bytes_of.values()) if path.stem == "document" else [])
    claims = [c for c in view.claims if c.tie is None]
    assert {one.says("Quote") for one in tables["claim"]} == {c.quote for c in claims}
    dated = [c for c in claims if c.date_from and len(c.date_from) == len("2031-05-03")]
    assert dated and {days_of(one.says("When")) for one in tables["claim"]} >= {(c.date_from, c.date_to) for c in dated}
    titles = {one.says("title") for one in tables["document"]}
    assert {one.says("Document") for one in tables["claim"]} <= titles
    assert {one.says("title") for one in tables["actor"]} == {
        a.name for a in view.actors if a.kind is not MentionKind.PLACE
    }
    assert len(tables["incident"]) == len(view.result.incidents)
    assert dict(gave.given.written)["files"] == len(view.items)
    assert {loss.kind for loss in gave.given.left_out} >= {"offset", "place as an actor"}


def test_bytes_of_what_is_masked_are_not_given(tmp_path: Path) -> None:
    folder, out = a_case(tmp_path, TEXTS), tmp_path / "out"
    with Case.open(folder) as case:
        case.protect(next(a.id for a in case.view().actors if a.name == "Idris Salu"), reason="asked to be")
        gave = exchange.give(case, "uwazi", out, Narrowing(), Sharing())
    for path in out.glob("*.zip"):
        with zipfile.ZipFile(path) as made:
            assert made.namelist() == ["import.csv"]
            assert b"Salu" not in made.read("import.csv")
    assert next(loss for loss in gave.given.left_out if loss.kind == "file").many == len(TEXTS)


def test_an_archive_is_taken_in_with_its_files_and_names_lead_nowhere(tmp_path: Path) -> None:
    header = ["title", "Template", "file", "attachments"]
    rows = [["=1+1", "Person", "letter.txt", "gone.pdf|../../secret.txt"]]
    data = archive(
        import_DOT_csv=exported(*rows, header=header), letter_DOT_txt=TELLS.encode(), _UP__UP_secret_DOT_txt=b"No more."
    )
    (tmp_path / "from.zip").write_bytes(data)
    with Case.new(tmp_path / "case", situation="Marsafa", prefix="MAR") as case:
        done = exchange.bring(case, "uwazi", tmp_path / "from.zip")
        names = {name for item in case.items() for name in item.names}
        (table,) = [item for item in case.items() if item.read_as == UWAZI]
        assert {m.words for m in case.store.mentions(case.eyes, table.digest)} == {"=1+1"}
    assert len(names) == 4 and not (tmp_path / "secret.txt").exists()
    lost = {(loss.kind, loss.why): loss.many for loss in done.left_out}
    assert lost["file", "named, not here"] == 1
    assert done.read == (table.number,)


def test_titles_are_made_different_and_hold_no_sign_that_parts_values() -> None:
    made = uwazi._unique([("1", "Omar  Seif", "aa"), ("2", "omar Seif", "bb"), ("3", "a|b", "cc")])
    assert made == {"1": "Omar Seif (aa)", "2": "omar Seif (bb)", "3": "a/b"}
