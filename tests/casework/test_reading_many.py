"""Reading many items: what is current stays, one bad item costs one item, and every claim gets its place."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import read as reading
from probanda.casework import stages
from probanda.casework.progress import Counted, in_words, time_left
from probanda.claims.model import Reading
from probanda.cli.talk import _Lines
from probanda.kernel.errors import ItemAltered
from probanda.kernel.spans import Locator
from probanda.reading.model import Located, Unread
from probanda.vault.vault import Vault
from tests.casework import deadly_stage
from tests.store.desk import REPORT, a_claim, a_text

pytestmark = pytest.mark.slow  # starts pools of readers

GERMAN = (
    "Der Hafen von Delma blieb am {n}. Juni 2031 ruhig, und die Fischer kamen vor der Nacht zurück, heißt es am Markt. "
    "Die Boote der Stadt sind mit den Netzen der Nachbarn nach Norden gefahren.\n"
)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """Six texts in a language that has no reader yet (so no model is loaded), for which two workers are started."""
    monkeypatch.setattr(reading, "LITTLE", 0)
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(1, 7):
        (folder / f"{n}-{'deadly' if n == 3 else 'quay'}.txt").write_text(GERMAN.format(n=n), "utf-8")
    with Case.new(tmp_path / "case", prefix="MAR") as made:
        made.add([folder])
        yield made


def read(case: Case, workers: int = 2, **how: object) -> reading.ReadReport:
    """Read with so many workers."""
    return reading.read(case.store, case.eyes, workers=workers, **how)  # type: ignore[arg-type]


def test_what_is_current_is_not_read_again(case: Case) -> None:
    first = read(case)
    assert (first.texts, first.read, first.current, len(first.waiting)) == (6, 6, 0, 6)
    again = read(case)
    assert (again.texts, again.read, again.current) == (0, 0, 6)


def test_an_altered_item_ends_the_run_and_what_was_read_before_it_stays(case: Case) -> None:
    fifth = case.items()[4]
    path = case.store.vault.path_of(fifth.digest)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"ruhig", b"RUHIG"))
    with pytest.raises(ItemAltered, match=fifth.digest[:12]):
        read(case)
    assert [row.language for row in case.items()] == ["de"] * 4 + [None] * 2


def test_an_item_that_kills_its_reader_is_named_and_tried_again_next_time(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as deadly:
        deadly.setattr(stages, "read_files", deadly_stage.files_with_a_deadly_one)
        done = read(case)
    ((number, reason, fix),) = done.unread
    assert (number, done.texts, done.read) == ("MAR-0003", 6, 5)
    assert "signal 9" in reason
    assert "tries it again" in fix
    assert case.verify() == []
    again = read(case)
    assert (again.texts, again.read, again.current, again.unread) == (1, 1, 5, ())


def test_texts_that_kill_their_reader_are_not_taken_for_read(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as deadly:
        deadly.setattr(stages, "read_parts", deadly_stage.parts_with_a_deadly_one)
        done = read(case)
    assert [number for number, _, _ in done.unread] == [f"MAR-{n:04}" for n in range(1, 7)]
    assert done.waiting == ()
    again = read(case)
    assert (again.texts, again.read, again.unread, len(again.waiting)) == (0, 6, (), 6)


def test_named_items_alone_are_read(case: Case) -> None:
    rows = case.items()
    assert read(case, items=[rows[1].digest, rows[4].digest]).texts == 2
    assert [row.language for row in case.items()] == [None, "de", None, None, "de", None]


def test_progress_begins_with_none_and_ends_with_all(case: Case) -> None:
    told: list[tuple[str, int, int]] = []
    read(case, progress=lambda *one: told.append(one))
    for stage in ("reading texts", "reading claims"):
        counts = [done for name, done, total in told if name == stage and total == 6]
        assert counts == sorted(counts)
        assert (counts[0], counts[-1]) == (0, 6)


# --- several parts, and places


def test_a_claim_gets_the_page_and_box_of_its_words() -> None:
    start, end = REPORT.index("the Northern"), REPORT.index(" near the mill")
    here = Located(0, len(REPORT), Locator(page=3, box=(10, 20, 300, 40)))
    text = a_text("ab", REPORT, located=(here,))
    claim = a_claim("ab", REPORT, REPORT[start:end])
    (placed,) = stages.with_places(text, Reading(claims=(claim,))).claims
    assert placed.locator == Locator(page=3, box=(10, 20, 300, 40))
    assert stages.with_places(a_text("ab", REPORT), Reading(claims=(claim,))).claims == (claim,)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_parts_of_a_large_text_are_read_up_to_the_limit_and_to_the_end_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(reading, "LITTLE", 0)
    monkeypatch.setattr(reading, "LIMIT", 2 * len(REPORT))
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        (tmp_path / "long.txt").write_text(REPORT * 3, "utf-8")
        case.add([tmp_path / "long.txt"])
        digest = case.items()[0].digest
        told = {"part": 0, "parts": 3, "base": 0}
        parts = [a_text(digest, REPORT, **told | {"part": n, "base": n * len(REPORT)}) for n in range(3)]
        case.store.commit_text(parts, reading.MAKER)
        done = read(case, workers)
        ((_, left),) = done.waiting
        assert f"read up to {2 * len(REPORT):,} of {3 * len(REPORT):,}" in left
        some = case.claims()
        assert some
        assert max(claim.end for claim in some) <= 2 * len(REPORT)
        assert read(case, workers).read == 0
        assert read(case, workers, everything=True).waiting == ()
        assert len(case.claims()) * 2 == len(some) * 3
        assert read(case, workers).read == 0


# --- pure


def test_a_file_that_is_not_there_is_altered_and_one_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with stages.FileReaders(tmp_path / "vault")() as reader:
        (gone,) = stages.read_files(reader, [stages.FileJob("0" * 64, "gone.txt", 5)])
        digest = Vault(tmp_path / "vault").preserve(BytesIO(bytes(range(256)) * 8)).digest
        (binary,) = stages.read_files(reader, [stages.FileJob(digest, "a.bin", 5)])
    assert isinstance(gone.result, stages.Altered)
    assert isinstance(binary.result, Unread)
    assert binary.result.reason


def test_a_lost_part_does_not_take_the_others_with_it() -> None:
    job = stages.PartJob("ab", "rules 1", "cd", "en", None, None)
    claim = a_claim("ab", REPORT, "the Northern Brigade killed twelve farmers")
    read_part = stages.PartRead("ab", "rules 1", "cd", Reading(claims=(claim,), reader="rules 1"))
    whole = stages.joined([stages.part_lost(job, "signal 9"), read_part])
    assert whole.stopped
    assert whole.reading.claims == (claim,)
    assert whole.reading.reader == "rules 1"
    assert "signal 9" in (whole.reading.not_read or "")


def test_time_left_is_reckoned_from_the_pace_so_far() -> None:
    assert time_left(0, 100, 5.0) is None
    assert time_left(25, 100, 10.0) == 30.0
    assert [in_words(s) for s in (3, 44, 100, 3_000, 9_000)] == [
        "10 seconds", "40 seconds", "2 minutes", "50 minutes", "2 hours",
    ]  # fmt: skip


def test_a_log_file_hears_of_long_work_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter([0.0, 0.0, 10.0, 31.0, 40.0, 90.0])
    told = Counted(_Lines(every=30, clock=lambda: next(now)), "reading claims", 100)
    for more in (10, 21, 9, 60):
        told(more)
    assert capsys.readouterr().err.splitlines() == [
        "reading claims: 31 of 100, about 70 seconds left",
        "reading claims: 100 of 100",
    ]
