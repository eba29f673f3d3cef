"""What items hold becomes items of its own: labels follow, numbers of one's own clash aloud, bounds hold."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import unpack
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.store.model import ItemRow

pytestmark = pytest.mark.slow  # each starts a child that reads

NOTE = "The harbour master of Orvane said on 3 May 2031 that the gates were shut.\n"


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in members.items():
            box.writestr(name.replace("__", "."), data)
    return out.getvalue()


@pytest.fixture
def case(tmp_path: Path):
    with Case.new(tmp_path / "case", prefix="ORV") as made:
        yield made


def taken(case: Case, tmp_path: Path, files: dict[str, bytes], **options: object) -> dict[str, ItemRow]:
    """Take files in, read texts and take out what they hold; the items by their base name."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    case.add([folder], **options)  # type: ignore[arg-type]
    case.read()
    return {row.doc.rsplit("/", 1)[-1]: row for row in case.items()}


def test_a_member_is_an_item_that_names_what_it_came_out_of(case: Case, tmp_path: Path) -> None:
    rows = taken(case, tmp_path, {"box.zip": packed(note__txt=NOTE.encode())})
    member, box = rows["note.txt"], rows["box.zip"]
    assert member.parents == (box.digest,) and not member.whole
    assert member.names == ("box.zip/note.txt",)
    brought = case.store.acquisitions_of(case.eyes, member.digest)[0]
    assert brought.method == f"taken out of {box.number}"
    assert case.store.vault.read(member.digest) == NOTE.encode()
    assert not case.verify()


def test_the_same_bytes_inside_and_outside_are_one_item_with_two_acquisitions(case: Case, tmp_path: Path) -> None:
    rows = taken(case, tmp_path, {"note.txt": NOTE.encode(), "box.zip": packed(copy__txt=NOTE.encode())})
    assert len(rows) == 2
    (both,) = [row for row in rows.values() if row.doc.endswith(".txt")]
    assert both.acquisitions == 2
    assert both.names == ("box.zip/copy.txt", "note.txt")
    assert both.whole, "it came by itself too"


def test_reading_again_takes_nothing_out_again(case: Case, tmp_path: Path) -> None:
    taken(case, tmp_path, {"box.zip": packed(a__txt=NOTE.encode(), b__txt=b"Another.")})
    before = case.store.decision_count
    case.read()
    assert case.store.decision_count == before


def test_a_rebuild_needs_no_archive_to_be_opened_again(case: Case, tmp_path: Path) -> None:
    taken(case, tmp_path, {"box.zip": packed(a__txt=NOTE.encode())})
    case.incidents()
    case.matrix()
    before = case.store.dump()
    case.rebuild()
    assert len(case.items()) == 2
    assert case.store.dump() == before


def test_archives_within_archives_are_opened_down_to_the_deepest_and_no_deeper(case: Case, tmp_path: Path) -> None:
    inner = NOTE.encode()
    for depth in range(unpack.DEEPEST + 2):
        inner = packed(**{f"at{depth}__zip" if depth else "note__txt": inner})
    rows = taken(case, tmp_path, {"outer.zip": inner})
    assert len(rows) == unpack.DEEPEST + 1
    deepest = [row for row in rows.values() if row.remarks]
    assert len(deepest) == 1
    assert "deep already" in deepest[0].remarks[0][1]


def test_what_a_parent_is_labelled_its_members_are_too(case: Case, tmp_path: Path) -> None:
    inner = packed(note__txt=NOTE.encode())
    rows = taken(case, tmp_path, {"outer.zip": packed(inner__zip=inner, other__txt=b"Another text.")})
    case.label("outer.zip", "restricted", reason="a source asked for it")
    assert {row.label for row in case.items()} == {"restricted"}
    assert not list(case.export("mentions"))
    case.label(rows["other.txt"].number, "restricted", reason="by itself")
    case.label("outer.zip", "internal")
    labels = {row.doc.rsplit("/", 1)[-1]: row.label for row in case.items()}
    assert labels["note.txt"] == "internal"
    assert labels["other.txt"] == "restricted", "what a person closed by itself is not opened by its parent"


def test_a_member_of_a_restricted_item_is_restricted_from_the_start(case: Case, tmp_path: Path) -> None:
    rows = taken(case, tmp_path, {"box.zip": packed(note__txt=NOTE.encode())}, label="restricted")
    assert rows["note.txt"].label == "restricted"
    assert case.casefile().withheld == 2


def test_what_came_with_a_testimony_is_closed_with_it(case: Case, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@x.example", "Statement"
    message["Date"], message["Message-ID"] = "Tue, 10 Jun 2031 09:14:00 +0200", "<1@x.example>"
    message.set_content(
        "Interviewer: Please tell me what you saw.\n\n"
        "Witness: My name is Sanna Velk. I saw the soldiers at the well.\n\n"
        "Interviewer: What happened then?\n\nWitness: They took my brother with them. I hid until night.\n"
    )
    message.add_attachment(b"A map of the well, drawn by hand.\n", maintype="text", subtype="plain", filename="map.txt")
    rows = taken(case, tmp_path, {"statement.eml": message.as_bytes()})
    assert rows["statement.eml"].proposed_restricted
    assert rows["map.txt"].proposed_restricted
    assert case.casefile().withheld == 2
    case.label("map.txt", "internal", reason="a map names nobody")
    assert case.casefile().withheld == 1
    assert not case.verify()


def test_too_much_out_of_one_item_is_stopped_and_named(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_TIMES", 1)
    monkeypatch.setattr(unpack, "MOST_BESIDES", 5_000)
    rows = taken(case, tmp_path, {"box.zip": packed(small__txt=NOTE.encode(), wide__txt=b"a" * 20_000)})
    assert set(rows) == {"box.zip", "small.txt"}
    assert [what for what, _, _ in rows["box.zip"].remarks] == ["wide.txt"]
    assert not list((case.store.folder / "vault" / "tmp").iterdir()), "nothing half taken out is left"


def test_too_many_out_of_one_item_are_stopped_and_named_once(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_ITEMS", 3)
    rows = taken(case, tmp_path, {"box.zip": packed(**{f"n{n}__txt": b"%d" % n for n in range(9)})})
    assert len(rows) == 4
    assert [what for what, _, _ in rows["box.zip"].remarks] == ["the rest"]


# --- the table beside the files


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("file,number,source,collector,date,label,language,conditions\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_the_table_says_what_the_bytes_do_not(case: Case, tmp_path: Path) -> None:
    told = table(tmp_path, 'note.txt,EV-12,Harbour office,S. Velk,2031-05-04,restricted,fr,"not to be shown, ever"')
    row = taken(case, tmp_path, {"note.txt": NOTE.encode()}, table=told)["note.txt"]
    assert (row.evidence, row.source, row.collector, row.label) == (
        ("EV-12",), "Harbour office", "S. Velk", "restricted",
    )  # fmt: skip
    assert (row.acquired_at, row.conditions) == ("2031-05-04", "not to be shown, ever")
    assert (row.language, row.language_reason) == ("fr", "as the evidence table says")
    assert row.number == "ORVR-0001", "the registration number stands beside the own one"


def test_one_evidence_number_names_one_item(case: Case, tmp_path: Path) -> None:
    taken(case, tmp_path, {"note.txt": NOTE.encode()}, table=table(tmp_path, "note.txt,EV-12,,,,,,"))
    (tmp_path / "in" / "note.txt").unlink()
    with pytest.raises(ProbandaError, match=r"EV-12 is that of ORV-0001 already"):
        taken(case, tmp_path, {"other.txt": b"Another text."}, table=table(tmp_path, "other.txt,EV-12,,,,,,"))
    assert len(case.items()) == 1


def test_a_row_for_a_file_that_is_not_there_takes_nothing_in(case: Case, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"Line 2 of the table names gone.txt"):
        taken(case, tmp_path, {"note.txt": NOTE.encode()}, table=table(tmp_path, "gone.txt,EV-1,,,,,,"))
    assert not case.items()
