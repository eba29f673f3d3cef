"""Signed checkpoints: whoever kept one finds a history that was written anew, with every hash in it right."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from probanda.audit.keys import PublicKey, SigningKey
from probanda.audit.notes import Checkpoint, read_note, signed, split_notes
from probanda.casework.check import verify_folder
from probanda.kernel.errors import WrongUsage
from probanda.store import checkpoints, logfile
from probanda.store.around import read_saved
from probanda.store.model import Fault
from probanda.store.store import Store
from tests.store.desk import Desk
from tests.store.harm import REWRITES, a_case, cut_off, edit, history_of, put_in, rewrite

COUNTS = [
    pytest.param(100, marks=pytest.mark.slow, id="a tenth"),
    pytest.param(1000, marks=pytest.mark.nightly, id="the whole"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case that is copied for each test."""
    return a_case(tmp_path_factory.mktemp("checkpoints") / "case")


@pytest.fixture
def closed(made: Path, tmp_path: Path) -> Path:
    """A closed case."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def notes_in(folder: Path) -> Path:
    """The file of notes."""
    (path,) = folder.glob("log/*/checkpoints.txt")
    return path


def log_in(folder: Path) -> Path:
    """The log's file copy."""
    (path,) = folder.glob(f"log/*/{logfile.SEGMENT}")
    return path


def kept(folder: Path, source: Path) -> Path:
    """A copy of a file, kept outside the folder."""
    return Path(shutil.copy(source, folder.parent / f"kept-{source.name}"))


# --- notes and keys -------------------------------------------------------------------------------


def test_each_command_leaves_one_signed_note_over_the_whole_log(desk: Desk, folder: Path) -> None:
    desk.store.close()
    for count in (2, 3):
        with Store.open(folder, writing=True) as store:
            store.add_user(store.owner, f"Person {count}")
        notes = [read_note(one) for one in split_notes(notes_in(folder).read_text("utf-8"))]
        assert len(notes) == count
        with Store.open(folder, writing=False) as store:
            (key,) = store.public_keys()
            last = notes[-1]
            assert last.signed_by([PublicKey.parse(key)]) is not None
            assert last.checkpoint.origin == f"probanda/{store.settings.case}/{store.settings.log}"
            assert (last.checkpoint.size, last.checkpoint.root) == (store.decision_count, store.root)
            assert read_note(store.checkpoint() or "") == last


def test_a_command_that_decides_nothing_signs_nothing(closed: Path) -> None:
    before = notes_in(closed).read_bytes()
    with Store.open(closed, writing=True) as store:
        assert store.sign_checkpoint() == store.checkpoint()
    assert notes_in(closed).read_bytes() == before


def test_long_work_signs_as_it_goes(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "EACH", 10)
    for turn in range(25):
        desk.decide("output", f"report {turn}", kind="report", digest="0" * 64)
    sizes = [read_note(one).checkpoint.size for one in split_notes(notes_in(folder).read_text("utf-8"))]
    assert sizes == [10, 20]


def test_a_note_torn_by_a_kill_is_made_whole_by_the_next_writer(closed: Path) -> None:
    whole = notes_in(closed).read_bytes()
    (closed / "record.seal").unlink()
    for harmed in (whole[:-30], whole[: whole.index(b"\n\n") + 2], b""):
        notes_in(closed).write_bytes(harmed)
        assert verify_folder(closed).faults == ()  # the run was cut off: the record has them
        with Store.open(closed, writing=True):
            pass
        assert notes_in(closed).read_bytes() == whole
        (closed / "record.seal").unlink()


def test_a_note_cut_off_a_closed_folder_is_found_by_its_line(closed: Path) -> None:
    whole = notes_in(closed).read_bytes()
    notes_in(closed).write_bytes(whole[: whole.rindex(b"probanda/", 0, whole.rindex(b"\n\n"))])
    (fault,) = verify_folder(closed).faults
    assert fault.what == "checkpoint"
    assert "line" in fault.name and "is missing" in fault.problem


def test_a_note_signed_by_another_key_is_found(closed: Path) -> None:
    with Store.open(closed, writing=True) as store:
        rewrite(store, history_of(store), key=SigningKey.new())
    found = [fault for fault in verify_folder(closed).faults if fault.what == "checkpoint"]
    assert found
    assert all("is not signed by the key" in fault.problem for fault in found)


def test_a_new_key_is_signed_by_the_old_and_signs_from_then_on(closed: Path) -> None:
    before = notes_in(closed).read_bytes()
    with Store.open(closed, writing=True) as store:
        (old,) = store.public_keys()
        new = store.change_key(store.owner, "the laptop was away")
        assert store.public_keys() == [old, new]
        store.add_user(store.owner, "Ben")
    proof = verify_folder(closed)
    assert (proof.faults, proof.remarks) == ((), ())
    after = notes_in(closed).read_bytes()
    assert after.startswith(before)
    added = [read_note(one) for one in split_notes(after[len(before) :].decode())]
    assert all(one.signed_by([PublicKey.parse(new)]) for one in added)
    assert not any(one.signed_by([PublicKey.parse(old)]) for one in added)


def test_a_change_of_key_that_was_cut_off_is_completed(closed: Path) -> None:
    old = (closed / checkpoints.LOG_KEY).read_bytes()
    with Store.open(closed, writing=True) as store:
        store.change_key(store.owner)
    new = (closed / checkpoints.LOG_KEY).read_bytes()
    (closed / checkpoints.LOG_KEY).write_bytes(old)
    (closed / checkpoints.NEXT_KEY).write_bytes(new)
    (closed / "record.seal").unlink()
    assert verify_folder(closed).faults == ()
    with Store.open(closed, writing=True) as store:
        store.add_user(store.owner, "Ben")
    assert (closed / checkpoints.LOG_KEY).read_bytes() == new
    proof = verify_folder(closed)
    assert (proof.faults, proof.remarks) == ((), ())


def test_a_key_put_in_without_the_signature_of_the_old_is_found(closed: Path) -> None:
    new = SigningKey.new()
    with Store.open(closed, writing=True) as store:
        name = checkpoints.origin_of(store.settings.case, store.settings.log)
        told = {"old": "", "new": ""}
        (decision,) = store.record(store.owner, [checkpoints.key_deed(new.public(name), countersigned=told)])
        checkpoints.write_secret(closed / checkpoints.LOG_KEY, new.seed)
    assert [(f.what, f.name) for f in verify_folder(closed).faults] == [("key", decision)]


def test_without_its_key_a_device_still_records_and_says_that_it_cannot_sign(closed: Path) -> None:
    secret = (closed / checkpoints.LOG_KEY).read_bytes()
    (closed / checkpoints.LOG_KEY).unlink()
    with Store.open(closed, writing=True) as store:
        store.add_user(store.owner, "Ben")
        with pytest.raises(checkpoints.CannotSign, match=r"log\.key"):
            store.sign_checkpoint()
    assert {one.what for one in verify_folder(closed).remarks} == {"key", "checkpoint"}
    (closed / checkpoints.LOG_KEY).write_bytes(secret)
    with Store.open(closed, writing=True):
        pass
    assert verify_folder(closed).remarks == ()


# --- what somebody kept elsewhere -----------------------------------------------------------------


def test_a_log_that_grew_continues_what_was_kept_of_it(closed: Path) -> None:
    against = [kept(closed, notes_in(closed)), kept(closed, log_in(closed))]
    with Store.open(closed, writing=True) as store:
        store.add_user(store.owner, "Ben")
    assert verify_folder(closed, against=against).faults == ()


def first_difference(before: list[str], after: list[str]) -> int:
    """The first place where two histories differ."""
    pairs = zip(before, after, strict=False)
    return next((n for n, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(before), len(after)))


def covers(fault: Fault, at: int) -> bool:
    """True when the fault names this entry, alone or within a run."""
    first, _, last = fault.name.partition(" to ")
    return fault.what == "entry" and int(first) <= at <= int(last or first)


@pytest.mark.parametrize("count", COUNTS)
def test_a_history_written_anew_with_all_hashes_right_is_found(closed: Path, tmp_path: Path, count: int) -> None:
    """An insider with every right and the signing key: only what was kept elsewhere can find this, and does."""
    notes = read_saved("checkpoints.txt", notes_in(closed).read_bytes())
    log = read_saved("000001.jsonl", log_in(closed).read_bytes())
    kinds = (notes[-1:], notes, log)  # one note printed long ago, all of them, and every leaf
    dice = random.Random(20310504)  # noqa: S311
    missed = []
    with Store.open(closed, writing=True) as store:
        true, before = history_of(store), store.leaf_hashes(store.settings.log)
        free = [n for n, entry in enumerate(true[:-1]) if entry.kind == true[n + 1].kind == "output"]
        for turn in range(count):
            harm, at = REWRITES[turn % len(REWRITES)], dice.choice(free)
            rewrite(store, harm(true, at, dice))
            assert turn % 10 or store.verify() == []  # the new history agrees with itself in everything
            place = first_difference(before, store.leaf_hashes(store.settings.log))
            saved = kinds[turn % len(kinds)]
            found = [fault for fault in store.examine(saved=saved) if fault.what == "entry"]
            named = [fault for fault in found if covers(fault, place)]
            if not named or (saved is log and [fault.name for fault in found] != [str(place)]):
                missed.append((harm.__name__, at, place, found))
    assert missed == []


Lines = list[bytes]


def lines_deleted(lines: Lines, at: int) -> Lines:
    """One line less."""
    return [*lines[:at], *lines[at + 1 :]]


def lines_edited(lines: Lines, at: int) -> Lines:
    """One letter changed."""
    letters = bytearray(lines[at])
    letters[60] ^= 1
    return [*lines[:at], bytes(letters), *lines[at + 1 :]]


def lines_swapped(lines: Lines, at: int) -> Lines:
    """Two neighbours the other way round."""
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def lines_doubled(lines: Lines, at: int) -> Lines:
    """One line twice."""
    return [*lines[: at + 1], *lines[at:]]


def lines_cut(lines: Lines, at: int) -> Lines:
    """The end taken off."""
    return lines[:at]


@pytest.mark.parametrize("harm", [lines_deleted, lines_edited, lines_swapped, lines_doubled, lines_cut])
def test_a_log_file_that_was_tampered_with_is_found_wherever_it_was(
    closed: Path, harm: Callable[[Lines, int], Lines]
) -> None:
    whole = log_in(closed).read_bytes().splitlines(keepends=True)
    with Store.open(closed, writing=False) as store:
        for at in (0, 4, len(whole) // 2, len(whole) - 2):
            log_in(closed).write_bytes(b"".join(harm(whole, at)))
            assert "log" in [fault.what for fault in store.verify()], at


def test_two_checkpoints_of_one_size_with_two_roots_are_a_split_view(closed: Path) -> None:
    with Store.open(closed, writing=False) as store:
        name, size = checkpoints.origin_of(store.settings.case, store.settings.log), store.decision_count
    key = SigningKey.from_seed((closed / checkpoints.LOG_KEY).read_bytes())
    other = closed.parent / "shown-to-others.txt"
    other.write_text(signed(Checkpoint(name, size, "ab" * 32), key, name), "utf-8")
    proof = verify_folder(closed, against=[other])
    assert proof.severity == 41
    assert any("split view" in fault.problem and fault.name == str(size) for fault in proof.faults)


def test_a_checkpoint_of_another_log_is_not_taken_for_one_of_this(closed: Path) -> None:
    other = closed.parent / "other.txt"
    key = SigningKey.new()
    other.write_text(signed(Checkpoint("probanda/a/b", 3, "ab" * 32), key, "probanda/a/b"), "utf-8")
    (fault,) = verify_folder(closed, against=[other]).faults
    assert (fault.what, fault.name) == ("checkpoint", "other.txt")


def test_a_file_that_is_no_checkpoint_is_refused(closed: Path) -> None:
    other = closed.parent / "other.txt"
    for words in ("a letter\n", "{}\n", "probanda/a/b\n3\nnot base64\n\n"):
        other.write_text(words)
        with pytest.raises(WrongUsage, match=r"other\.txt"):
            verify_folder(closed, against=[other])
    with pytest.raises(WrongUsage):
        verify_folder(closed, against=[closed.parent / "nowhere"])


def test_a_folder_put_back_to_an_earlier_state_is_found_by_a_later_checkpoint(closed: Path) -> None:
    earlier = Path(shutil.copytree(closed, closed.parent / "earlier"))
    with Store.open(closed, writing=True) as store:
        store.add_user(store.owner, "Ben")
        size = store.decision_count
    assert verify_folder(earlier).faults == ()
    (fault,) = verify_folder(earlier, against=[kept(closed, notes_in(closed))]).faults
    assert (fault.what, fault.name) == ("entry", str(size - 1))


# --- the clock ------------------------------------------------------------------------------------


def test_a_clock_set_back_is_remarked_on_and_the_order_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    times = ("2041-06-01T08:00:00.000Z", "2031-06-01T08:00:00.000Z", "2031-06-01T08:00:01.000Z")
    for at in times:
        monkeypatch.setattr("probanda.store.deeds.clock", lambda at=at: at)
        desk.store.add_user(desk.eyes, f"Person at {at}")
    assert desk.store.verify() == []
    clocks = [one for one in desk.store.examine() if one.what == "clock"]
    assert len(clocks) == 1
    assert "2031-06-01T08:00:00.000Z" in clocks[0].problem
    assert list(desk.store.users().values())[1:] == [f"Person at {at}" for at in times]


def test_the_harms_differ_from_the_true_history(closed: Path) -> None:
    with Store.open(closed, writing=False) as store:
        true = history_of(store)
    dice = random.Random(1)  # noqa: S311
    at = next(n for n, entry in enumerate(true) if entry.kind == "output")
    assert edit(true, at, dice) != true
    assert len(put_in(true, at, dice)) == len(true) + 1
    assert cut_off(true, at, dice) == true[:at]
