"""A backup is the whole case at one moment, and what is not whole is never restored."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from probanda.casework import backup as b
from probanda.casework.archive import Torn, Writer, members
from probanda.kernel.errors import CaseInUse, ItemAltered, ProbandaError, RecordAltered, WrongUsage
from probanda.store import locking
from probanda.store.errors import NotEmpty
from probanda.store.store import Store
from tests.store.desk import REPORT, Desk, settings

pytestmark = pytest.mark.slow  # copies whole case folders

QUOTE = "Residents of Tamrit said on 4 May that the Northern Brigade killed twelve farmers near the mill."


def a_case(folder: Path, seed: int = 0, deeds: int = 12) -> Path:
    """A case in some random state: items, texts, claims settled or not, labels, protected persons, users."""
    chance = random.Random(seed)  # noqa: S311
    with Store.create(folder, settings(), "Ada Lorin") as store:
        desk = Desk(store, store.owner)
        for n in range(chance.randint(1, deeds)):
            words = REPORT + f"Note {n} of series {seed}.\n"
            digest = desk.add(words, f"report-{n}.txt", chance.choice(["internal", "public", "restricted"]))
            if chance.random() < 0.5:
                (claim,) = desk.read(digest, words, (QUOTE,))
                if chance.random() < 0.6:
                    desk.settle(claim, chance.choice(["accept", "reject", "unsure"]))
            if chance.random() < 0.2:
                store.add_user(desk.eyes, f"Clerk {n}")
    return folder


def state_of(folder: Path) -> tuple[int, str, bytes]:
    with Store.open(folder, writing=False) as store:
        assert store.verify() == []
        return store.decision_count, store.root, store.dump()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


SEEDS = [*range(5), *(pytest.param(n, marks=pytest.mark.nightly) for n in range(5, 50))]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_restored_is_what_was_backed_up(tmp_path: Path, seed: int) -> None:
    case = a_case(tmp_path / "case", seed)
    before = state_of(case)
    made = b.backup(case, tmp_path / "one.tar")
    b.backup(case, tmp_path / "many")  # one entry later: the first backup was noted
    assert made.backup.logs[0].root == before[1]
    told = b.restore(tmp_path / "one.tar", tmp_path / "elsewhere" / "again")
    assert state_of(tmp_path / "elsewhere" / "again") == before
    assert told == made.backup
    shutil.rmtree(tmp_path / "elsewhere")
    b.restore(tmp_path / "many", tmp_path / "third")
    assert state_of(tmp_path / "third")[0] == before[0] + 1
    assert (tmp_path / "third" / "keys" / "mask.key").read_bytes() == (case / "keys" / "mask.key").read_bytes()


def test_work_goes_on_in_a_restored_folder(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    b.backup(case, tmp_path / "one.tar")
    b.restore(tmp_path / "one.tar", tmp_path / "again")
    with Store.open(tmp_path / "again", writing=True) as store:
        Desk(store, store.owner).add("One more.\n", "more.txt")
        assert store.verify() == []


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from probanda.store.store import Store
    from tests.store.desk import Desk
    with Store.open(Path(sys.argv[1]), writing=True) as store:
        desk = Desk(store, store.owner)
        n = 0
        while not Path(sys.argv[2]).exists():
            desk.add(f"Testimony {n} from Tamrit.\\n", f"t-{n}.txt")
            n += 1
            if n == 3:
                print("writing", flush=True)
    """
)


@pytest.mark.parametrize("out", ["one.tar", "many"])
def test_a_backup_made_while_another_process_writes_is_one_moment_of_the_case(tmp_path: Path, out: str) -> None:
    case = a_case(tmp_path / "case", 3)
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", WRITER, str(case), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            made = [b.backup(case, tmp_path / f"{n}-{out}") for n in range(3)]
        finally:
            stop.touch()
    assert writer.returncode == 0
    with Store.open(case, writing=False) as store:
        assert store.verify() == []
        leaves = store.decision_count
    sizes = [one.backup.logs[0].size for one in made]
    assert sizes == sorted(sizes) and 0 < sizes[0] < sizes[-1] <= leaves
    for n, one in enumerate(made):
        assert one.backup.another_wrote
        assert one.not_noted is not None and "in use" in one.not_noted
        b.restore(tmp_path / f"{n}-{out}", tmp_path / f"again-{n}")
        size, root, _ = state_of(tmp_path / f"again-{n}")
        assert (size, root) == (one.backup.logs[0].size, one.backup.logs[0].root)


def test_the_record_notes_a_backup_so_that_copies_are_known(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    made = b.backup(case, tmp_path / "one.tar")
    assert made.not_noted is None
    with Store.open(case, writing=False) as store:
        (noted,) = [one for one in store.decisions(store.owner, made.backup.id) if one.kind == "output"]
    assert noted.payload["kind"] == "backup"
    assert noted.payload["digest"] == made.backup.digest
    with tarfile.open(tmp_path / "one.tar") as tar:
        page = tar.extractfile(b.PAGE)
        assert page is not None
        assert b.sha256(page.read()) == noted.payload["digest"]


def test_a_backup_made_while_another_wrote_can_be_noted_later(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    with Store.open(case, writing=True):
        made = b.backup(case, tmp_path / "one.tar")
        assert made.not_noted is not None
        with pytest.raises(CaseInUse):
            b.note(case, tmp_path / "one.tar")
    assert b.note(case, tmp_path / "one.tar") == made.backup
    with Store.open(case, writing=False) as store:
        assert [one.payload["digest"] for one in store.decisions(store.owner, made.backup.id)] == [made.backup.digest]
    with pytest.raises(WrongUsage, match="another case"):
        b.note(a_case(tmp_path / "other"), tmp_path / "one.tar")


def test_a_second_round_into_a_folder_copies_new_items_alone(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case", 1)
    first = b.backup(case, tmp_path / "many")
    assert first.copied == first.backup.items > 0
    with Store.open(case, writing=True) as store:
        Desk(store, store.owner).add("A new letter from Tamrit.\n", "new.txt")
    second = b.backup(case, tmp_path / "many")
    assert (second.copied, second.backup.items) == (1, first.backup.items + 1)
    rounds = sorted((tmp_path / "many" / b.ROUNDS).iterdir())
    assert b.restore(rounds[0], tmp_path / "older") == first.backup
    assert b.restore(tmp_path / "many", tmp_path / "newer") == second.backup
    assert state_of(tmp_path / "older")[1] == first.backup.logs[0].root


def test_keys_stay_out_when_asked(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    made = b.backup(case, tmp_path / "one.tar", keys=False)
    assert not made.backup.keys
    with tarfile.open(tmp_path / "one.tar") as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys/")]
    key = (case / "keys" / "mask.key").read_bytes()
    assert key not in (tmp_path / "one.tar").read_bytes()
    b.restore(tmp_path / "one.tar", tmp_path / "again")
    assert list((tmp_path / "again" / "keys").iterdir()) == []


def test_backups_are_for_their_owners_eyes_alone(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    b.backup(case, tmp_path / "one.tar")
    b.backup(case, tmp_path / "many")
    assert (tmp_path / "one.tar").stat().st_mode & 0o077 == 0
    assert (tmp_path / "many").stat().st_mode & 0o077 == 0
    b.restore(tmp_path / "one.tar", tmp_path / "again")
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0
    assert (tmp_path / "again" / "keys").stat().st_mode & 0o077 == 0


def test_nothing_but_the_backup_is_left_beside_it(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    (tmp_path / ".one.tar.part").mkdir()
    (tmp_path / ".one.tar.part" / "record.db").write_bytes(b"left by a run that was killed")
    b.backup(case, tmp_path / "one.tar")
    b.restore(tmp_path / "one.tar", tmp_path / "again")
    assert names_in(tmp_path) == ["again", "case", "one.tar"]


# --- damage


def flips(data: bytes, count: int, chance: random.Random) -> list[bytes]:
    """The data with one bit flipped, so many times."""
    found = []
    for _ in range(count):
        at = chance.randrange(len(data) * 8)
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        found.append(bytes(changed))
    return found


def assert_refused(where: Path, target: Path) -> ProbandaError:
    with pytest.raises(ProbandaError) as caught:
        b.restore(where, target)
    assert not target.exists(), "nothing is restored from a damaged backup"
    assert isinstance(caught.value, RecordAltered | WrongUsage | ItemAltered)
    return caught.value


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.nightly)])
def test_one_flipped_bit_anywhere_in_the_file_is_refused(tmp_path: Path, count: int) -> None:
    b.backup(a_case(tmp_path / "case", 2, deeds=2), tmp_path / "one.tar")
    whole = (tmp_path / "one.tar").read_bytes()
    for damaged in flips(whole, count, random.Random(7)):  # noqa: S311
        (tmp_path / "bad.tar").write_bytes(damaged)
        assert_refused(tmp_path / "bad.tar", tmp_path / "again")
    b.restore(tmp_path / "one.tar", tmp_path / "again")


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    b.backup(a_case(tmp_path / "case", 2, deeds=2), tmp_path / "one.tar")
    whole = (tmp_path / "one.tar").read_bytes()
    chance = random.Random(11)  # noqa: S311
    cuts = [0, 1, 511, 512, 513, len(whole) - 1, len(whole) - 512, len(whole) - 10240]
    for cut in cuts + [chance.randrange(len(whole)) for _ in range(20)]:
        (tmp_path / "bad.tar").write_bytes(whole[:cut])
        assert_refused(tmp_path / "bad.tar", tmp_path / "again")
    (tmp_path / "bad.tar").write_bytes(whole + b"\0" * 10240)
    assert_refused(tmp_path / "bad.tar", tmp_path / "again")


def packed_again(source: Path, target: Path, leave_out: str = "", add: dict[str, bytes] | None = None) -> None:
    """The same archive in our own form, without one member or with more."""
    with source.open("rb") as old, target.open("wb") as new:
        writer = Writer(new, 1)
        for member in members(old):
            data = b"".join(member.pieces())
            if member.name != leave_out:
                writer.add(member.name, io.BytesIO(data), len(data))
        for name, data in (add or {}).items():
            writer.add(name, io.BytesIO(data), len(data))
        writer.end()


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    b.backup(a_case(tmp_path / "case", 2), tmp_path / "one.tar")
    with tarfile.open(tmp_path / "one.tar") as tar:
        names = tar.getnames()
    assert len(names) > 6
    for name in names:
        packed_again(tmp_path / "one.tar", tmp_path / "bad.tar", leave_out=name)
        assert name in assert_refused(tmp_path / "bad.tar", tmp_path / "again").problem
    packed_again(tmp_path / "one.tar", tmp_path / "good.tar")
    b.restore(tmp_path / "good.tar", tmp_path / "again")


def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    b.backup(a_case(tmp_path / "case", 2), tmp_path / "one.tar")
    packed_again(tmp_path / "one.tar", tmp_path / "bad.tar", add={"log/more.txt": b"smuggled"})
    assert "does not name" in assert_refused(tmp_path / "bad.tar", tmp_path / "again").problem
    packed_again(tmp_path / "one.tar", tmp_path / "bad.tar", add={"case.toml": b"smuggled"})
    assert "case.toml is in it twice" in assert_refused(tmp_path / "bad.tar", tmp_path / "again").problem


@pytest.mark.parametrize("name", ["../outside", "/outside", "vault/../../outside", ".lock", "a/b/c/d/e", "x" * 100])
def test_a_name_that_leads_elsewhere_is_never_written(tmp_path: Path, name: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = 3
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        tar.addfile(info, io.BytesIO(b"bad"))
    assert_refused(tmp_path / "bad.tar", tmp_path / "again")
    assert names_in(tmp_path) == ["bad.tar"]


def test_a_link_in_a_backup_is_never_made(tmp_path: Path) -> None:
    info = tarfile.TarInfo("keys")
    info.type, info.linkname = tarfile.SYMTYPE, "/etc"
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        tar.addfile(info)
    assert_refused(tmp_path / "bad.tar", tmp_path / "again")


@pytest.mark.parametrize("harm", ["flip", "cut", "missing"])
def test_damage_to_any_file_of_a_folder_of_backups_is_named(tmp_path: Path, harm: str) -> None:
    b.backup(a_case(tmp_path / "case", 2, deeds=2), tmp_path / "many")
    (one,) = (tmp_path / "many" / b.ROUNDS).iterdir()
    chance = random.Random(13)  # noqa: S311
    for path in [*one.rglob("*"), *(tmp_path / "many" / "vault").rglob("*")]:
        if path.is_dir():
            continue
        whole = path.read_bytes()
        path.chmod(0o600)
        if harm == "missing":
            path.unlink()
        else:
            path.write_bytes(flips(whole, 1, chance)[0] if harm == "flip" else whole[:-1])
        assert path.name in assert_refused(tmp_path / "many", tmp_path / "again").problem
        path.write_bytes(whole)
    b.restore(tmp_path / "many", tmp_path / "again")


@pytest.mark.parametrize("name", ["keys/mask.key", "keys/log.key", "case.toml", "log"])
def test_a_backup_changed_with_all_its_digests_made_anew_does_not_verify(tmp_path: Path, name: str) -> None:
    made = b.backup(a_case(tmp_path / "case", 2, deeds=2), tmp_path / "many").backup
    (one,) = (tmp_path / "many" / b.ROUNDS).iterdir()
    name = f"log/{made.logs[0].log}/000001.jsonl" if name == "log" else name
    changed = {
        "keys/mask.key": lambda _: b"x" * 32,
        "keys/log.key": lambda _: b"x" * 32,
        "case.toml": lambda data: data.replace(b"Karvel", b"Orvane"),
    }.get(name, lambda data: data.replace(b"report-0", b"report-9"))
    old = (one / name).read_bytes()
    new = changed(old)
    assert new != old
    (one / name).write_bytes(new)
    manifest = (one / b.MANIFEST).read_bytes().replace(b.sha256(old).encode(), b.sha256(new).encode())
    (one / b.MANIFEST).write_bytes(manifest)
    (one / b.PAGE).write_bytes(replace(made, manifest=b.sha256(manifest)).page)
    assert "does not verify" in assert_refused(tmp_path / "many", tmp_path / "again").problem


def test_a_damaged_case_is_not_backed_up_as_if_it_were_whole(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case", 2)
    with Store.open(case, writing=False) as store:
        digest = store.items(store.owner)[0].digest
        path = store.vault.path_of(digest)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(flips(whole, 1, random.Random(1))[0])  # noqa: S311
    for out in ("one.tar", "many"):
        with pytest.raises(ItemAltered, match=digest):
            b.backup(case, tmp_path / out)
    assert not (tmp_path / "one.tar").exists()
    assert not list((tmp_path / "many").glob(f"vault/??/{digest}"))
    assert not list((tmp_path / "many").glob("rounds/*"))
    path.unlink()
    for out in ("two.tar", "more"):
        with pytest.raises(ItemAltered, match=digest):
            b.backup(case, tmp_path / out)
    path.write_bytes(whole)
    log = next(case.glob("log/*/000001.jsonl"))
    text = log.read_bytes()
    log.write_bytes(text.replace(b'"kind":"register"', b'"kind":"registes"', 1))
    with pytest.raises(RecordAltered, match="file copy"):
        b.backup(case, tmp_path / "three.tar")
    assert not (tmp_path / "three.tar").exists()


@pytest.mark.slow
@pytest.mark.parametrize("out", ["one.tar", "many"])
def test_a_disk_that_fails_at_any_sync_or_rename_leaves_no_half_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    case = a_case(tmp_path / "case", 2, deeds=2)
    real_sync, real_rename = os.fsync, Path.rename
    calls = [0, 0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            calls[0] += 1
            if calls[0] == calls[1]:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*args)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(b, "_note", lambda *_: None)
        patched.setattr(os, "fsync", counted(real_sync))
        patched.setattr(Path, "rename", counted(real_rename))
        for k in range(1, 200):
            calls[:] = [0, k]
            try:
                b.backup(case, tmp_path / out)
                break
            except ProbandaError as error:
                assert "No space left" in error.problem
            assert names_in(tmp_path) == ["case", out] if out == "many" and k > 1 else "case" in names_in(tmp_path)
    assert k > 3, "it failed at every place before it passed"
    b.restore(tmp_path / out, tmp_path / "again")
    assert state_of(tmp_path / "again")[1] == state_of(case)[1]


@pytest.mark.slow
def test_a_backup_that_was_killed_is_made_anew_without_a_hand(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case", 2)
    script = "import sys, os; from pathlib import Path; from probanda.casework import backup as b\n"
    script += "def die(*_): os.kill(os.getpid(), 9)\n"
    moments = [
        ("_fill", "one.tar"),
        ("_TarTarget.finish", "one.tar"),
        ("_fill", "many"),
        ("_FolderTarget.finish", "many"),
    ]
    for moment, out in moments:
        code = f"{script}b.{moment} = die\nb.backup(Path(sys.argv[1]), Path(sys.argv[2]))"
        killed = subprocess.run([sys.executable, "-c", code, str(case), str(tmp_path / out)], check=False)
        assert killed.returncode == -9
        assert not (tmp_path / "one.tar").exists()
    for out in ("one.tar", "many"):
        made = b.backup(case, tmp_path / out)
        assert b.restore(tmp_path / out, tmp_path / f"again-{out}") == made.backup
    assert names_in(tmp_path) == ["again-many", "again-one.tar", "case", "many", "one.tar"]


# --- what is not ours


def test_a_place_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    case = a_case(tmp_path / "case")
    (tmp_path / "one.tar").write_bytes(b"an older backup")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("mine")
    for out in (tmp_path / "one.tar", tmp_path / "papers", case / "inside.tar", case):
        with pytest.raises(WrongUsage):
            b.backup(case, out)
    assert (tmp_path / "one.tar").read_bytes() == b"an older backup"
    assert names_in(tmp_path / "papers") == ["letter.txt"]
    b.backup(case, tmp_path / "two.tar")
    with pytest.raises(NotEmpty):
        b.restore(tmp_path / "two.tar", tmp_path / "papers")


def test_a_folder_holds_the_backups_of_one_case(tmp_path: Path) -> None:
    b.backup(a_case(tmp_path / "case"), tmp_path / "many")
    with pytest.raises(WrongUsage, match="another case"):
        b.backup(a_case(tmp_path / "other"), tmp_path / "many")


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "letter.txt").write_text("Dear Ada")
    for where in ("papers", "letter.txt", "nothing"):
        assert_refused(tmp_path / where, tmp_path / "again")


def test_a_backup_of_a_later_form_is_refused_and_says_so(tmp_path: Path) -> None:
    b.backup(a_case(tmp_path / "case"), tmp_path / "many")
    (one,) = (tmp_path / "many" / b.ROUNDS).iterdir()
    told = json.loads((one / b.PAGE).read_bytes()) | {"form": b.FORM + 1}
    (one / b.PAGE).write_text(json.dumps(told))
    assert "form" in assert_refused(tmp_path / "many", tmp_path / "again").problem


# --- the archive


def test_an_ordinary_tar_reads_what_we_write_and_large_sizes_survive(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = Writer(out, 1_900_000_000)
    for size in (0, 1, 511, 512, 513, 10240):
        writer.add(f"log/{size}", io.BytesIO(b"x" * size), size)
    writer.end()
    with tarfile.open(fileobj=io.BytesIO(out.getvalue())) as tar:
        assert [one.size for one in tar.getmembers()] == [0, 1, 511, 512, 513, 10240]
    assert [len(b"".join(m.pieces())) for m in members(io.BytesIO(out.getvalue()))] == [0, 1, 511, 512, 513, 10240]
    with pytest.raises(Torn):
        Writer(io.BytesIO(), 1).add("log/a", io.BytesIO(b"four"), 3)
    with pytest.raises(Torn):
        Writer(io.BytesIO(), 1).add("log/a", io.BytesIO(b"four"), 5)


def test_a_workplace_that_a_kill_left_goes_with_the_next_backup_there(tmp_path: Path) -> None:
    left = tmp_path / "out" / ".first.tar.part"
    left.mkdir(parents=True)
    (left / locking.NAME).touch()
    (left / "record.db").write_bytes(b"a snapshot")
    foreign = tmp_path / "out" / ".other.part"
    foreign.mkdir()
    b.backup(a_case(tmp_path / "case"), tmp_path / "out" / "second.tar")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".other.part", "second.tar"]
