"""Damaged files of every format: each is kept, registered and has an outcome, and nothing else in the world changes."""

from __future__ import annotations

import hashlib
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from probanda import Case
from probanda.reading.child import ReadingChild
from probanda.reading.formats import Frame
from probanda.reading.formats.pdf import members
from probanda.reading.model import Unread
from probanda.store.model import ItemRow
from tests.flow.looking import Watched, hard_to_understand, read_texts, without_outcome
from tests.flow.mutating import mutated, seeds
from tests.reading import making_pdfs as pdfs
from tests.reading.making_archives import taken_out

pytestmark = pytest.mark.slow
DICE = 20310503
DRAWN = (".pdf", ".png", ".jpg", ".tiff", ".gif", ".webp")


@dataclass(frozen=True)
class Outcome:
    """What came of a folder of damaged files."""

    folder: Path
    rows: dict[str, ItemRow]
    """By digest."""
    changed: list[str]
    faults: list[str]
    """Of the store's own check, with what was left in temporary folders."""
    drawn: dict[str, bytes | Unread]
    """First pages, by name of the file."""


@pytest.fixture(scope="module", params=[240, pytest.param(2_000, marks=pytest.mark.nightly)])
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """So many damaged files, taken in and read through the front door."""
    place = tmp_path_factory.mktemp("mutated")
    folder, temporary = place / "files", place / "temporary"
    _damaged(folder, request.param)
    (place / "canary").mkdir()
    (place / "canary" / "beside.txt").write_text("as it was")
    temporary.mkdir()
    watched = Watched(folder, place / "canary", temporary)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        with Case.new(place / "case", prefix="MAR") as case:
            case.add([folder])
            read_texts(case)
            rows = {row.digest: row for row in case.items()}
            faults = [str(one) for one in case.verify()]
        drawn = _drawn(folder)
    faults += [str(path) for path in (place / "case" / "vault" / "tmp").iterdir()]
    faults += [str(path) for path in place.iterdir() if path.name not in {"files", "canary", "temporary", "case"}]
    return Outcome(folder, rows, watched.changes(), faults, drawn)


def _damaged(folder: Path, count: int) -> None:
    folder.mkdir()
    names = tuple(seeds())
    for number in range(count):
        name = names[number % len(names)]
        harm, data = mutated(name, random.Random(DICE + number))  # noqa: S311
        (folder / f"{number:04}-{harm}-{name}").write_bytes(data)


def _drawn(folder: Path) -> dict[str, bytes | Unread]:
    with ReadingChild() as child:
        return {
            path.name: child.draw(path, path.name, Frame(page=1))
            for path in sorted(folder.iterdir())
            if path.suffix in DRAWN
        }


def test_the_dice_do_harm_and_the_same_each_time() -> None:
    for name, sound in seeds().items():
        harmed = [mutated(name, random.Random(number)) for number in range(6)]  # noqa: S311
        assert harmed == [mutated(name, random.Random(number)) for number in range(6)]  # noqa: S311
        assert sum(data != sound for _, data in harmed) >= 4


def test_every_file_is_preserved_and_registered_under_its_name(outcome: Outcome) -> None:
    for path in outcome.folder.iterdir():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert path.name in outcome.rows[digest].names


def test_every_item_has_words_or_a_reason_that_a_person_understands(outcome: Outcome) -> None:
    assert [wrong for row in outcome.rows.values() for wrong in without_outcome(row)] == []


def test_damage_ends_no_reader_and_breaks_none(outcome: Outcome) -> None:
    told = {row.doc: row.unread_reason for row in outcome.rows.values() if row.unread_reason}
    assert {name: why for name, why in told.items() if "Reading stopped" in why or "reader failed" in why} == {}


def test_much_is_still_read(outcome: Outcome) -> None:
    read = sum(row.unread_reason is None for row in outcome.rows.values())
    assert read > len(outcome.rows) / 4


def test_nothing_outside_the_case_folder_is_made_or_changed_and_the_record_is_whole(outcome: Outcome) -> None:
    assert outcome.changed == []
    assert outcome.faults == []


def test_a_first_page_is_drawn_or_it_is_said_why_not(outcome: Outcome) -> None:
    assert len(outcome.drawn) >= 50
    wrong = {}
    for name, answer in outcome.drawn.items():
        if isinstance(answer, Unread):
            said = hard_to_understand(answer.reason, answer.fix)
            stopped = "Reading stopped" in answer.reason or "reader failed" in answer.reason
            if said or stopped:
                wrong[name] = said or answer.reason
        elif not answer.startswith(b"\x89PNG\r\n\x1a\n"):
            wrong[name] = "no picture"
    assert wrong == {}


def test_an_attachment_that_is_not_there_is_named_and_the_others_are_taken_out() -> None:
    carrying = pdfs.carrying("list.csv", b"date,place")
    broken = carrying.replace(b"/Names [", b"/Names [(a.txt) 99 0 R ")
    found, remarks = taken_out(members, broken)
    assert found == [("list.csv", b"date,place")]
    assert [(one.what, hard_to_understand(one.reason, one.fix)) for one in remarks] == [("attachment 1", None)]
