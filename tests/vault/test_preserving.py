"""The vault: bytes go in once, come out the same, and any harm to them is found and named."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from probanda.kernel.errors import ItemAltered, ProbandaError
from probanda.vault import vault as vault_module
from probanda.vault.checked import ItemMissing, ItemUnreadable
from probanda.vault.copying import NotPreserved, SourceChanged
from probanda.vault.vault import Preserved, Vault

WORDS = b"The clerk of Halden wrote the names into a green book.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def a_file(folder: Path, name: str, data: bytes = WORDS) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def flip_one_byte(path: Path, at: int = 5) -> None:
    """Flip a bit rather than overwrite: writing the same letter again would change nothing."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(data))


def everything_in(vault: Vault) -> list[str]:
    return sorted(path.relative_to(vault.folder).as_posix() for path in vault.folder.rglob("*") if path.is_file())


def test_what_went_in_comes_out_byte_for_byte_under_its_digest(vault, tmp_path):
    data = bytes(range(256)) * 9000 + b"\r\n\xff"
    done = vault.preserve(a_file(tmp_path, "page.html", data))
    assert done == Preserved(hashlib.sha256(data).hexdigest(), len(data), new=True)
    assert vault.read(done.digest) == data
    assert everything_in(vault) == [f"{done.digest[:2]}/{done.digest}"]
    assert stat.S_IMODE(vault.path_of(done.digest).stat().st_mode) == 0o444


def test_a_stream_is_preserved_like_a_file_and_nothing_at_all_is_an_item_too(vault):
    assert vault.preserve(io.BytesIO(WORDS)).digest == hashlib.sha256(WORDS).hexdigest()
    assert vault.preserve(io.BytesIO(b"")).digest == hashlib.sha256(b"").hexdigest()


def test_the_same_bytes_twice_are_written_once(vault, tmp_path):
    first = vault.preserve(a_file(tmp_path, "one.txt"))
    written = vault.path_of(first.digest).stat()
    second = vault.preserve(a_file(tmp_path, "two.txt"))
    assert (first.new, second.new, first.digest) == (True, False, second.digest)
    assert vault.path_of(first.digest).stat().st_mtime_ns == written.st_mtime_ns
    assert len(everything_in(vault)) == 1


def test_one_flipped_byte_is_found_and_the_item_named(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    other = vault.preserve(a_file(tmp_path, "two.txt", b"untouched"))
    flip_one_byte(vault.path_of(done.digest))
    for use in (vault.verify, vault.read):
        with pytest.raises(ItemAltered) as caught:
            use(done.digest)
        assert done.digest in caught.value.problem
        assert caught.value.exit_code == 40
    vault.verify(other.digest)


@pytest.mark.parametrize("harm", ["cut short", "made longer", "emptied"])
def test_an_item_of_another_length_is_found(vault, tmp_path, harm):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    path = vault.path_of(done.digest)
    path.chmod(0o644)
    path.write_bytes({"cut short": WORDS[:-1], "made longer": WORDS + b"\n", "emptied": b""}[harm])
    with pytest.raises(ItemAltered):
        vault.verify(done.digest)


def test_a_missing_item_is_named_as_missing(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    vault.path_of(done.digest).unlink()
    assert not vault.has(done.digest)
    with pytest.raises(ItemMissing, match=f"{done.digest} is missing") as caught:
        vault.verify(done.digest)
    assert caught.value.exit_code == 40


def test_an_item_that_the_disk_does_not_give_is_named_and_not_called_well(vault, tmp_path, monkeypatch):
    done = vault.preserve(a_file(tmp_path, "one.txt"))

    class Failing(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(vault_module.os, "fdopen", lambda number, *_, **__: os.close(number) or Failing())
    with pytest.raises(ItemUnreadable, match=f"{done.digest} cannot be read: Input/output error") as caught:
        vault.verify(done.digest)
    assert isinstance(caught.value, ItemAltered)


def test_an_items_place_taken_by_something_else_is_said_plainly(vault, tmp_path):
    digest = hashlib.sha256(WORDS).hexdigest()
    vault.path_of(digest).mkdir(parents=True)
    (vault.path_of(digest) / "thing").write_bytes(b"?")
    with pytest.raises(NotPreserved, match=r"one\.txt could not be taken in"):
        vault.preserve(a_file(tmp_path, "one.txt"))


def test_a_vault_that_cannot_be_written_is_said_plainly(tmp_path):
    a_file(tmp_path, "in-the-way")
    with pytest.raises(NotPreserved, match="in-the-way cannot be written: Not a directory"):
        Vault(tmp_path / "in-the-way").preserve(io.BytesIO(WORDS))


def test_a_link_in_an_items_place_is_not_followed(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    vault.path_of(done.digest).unlink()
    vault.path_of(done.digest).symlink_to(tmp_path / "one.txt")
    with pytest.raises(ItemMissing):
        vault.read(done.digest)
    assert [path.name for path in vault.strays()] == [done.digest]


def test_the_last_bytes_of_an_altered_item_are_never_handed_out_as_the_end(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt", b"x" * 5000))
    flip_one_byte(vault.path_of(done.digest), at=10)
    with pytest.raises(ItemAltered), vault.open(done.digest) as stream:
        while stream.read(1000):
            pass
    with pytest.raises(ItemAltered), io.TextIOWrapper(io.BufferedReader(vault.open(done.digest))) as lines:
        list(lines)


def test_a_reader_that_stops_early_is_told_as_well(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt", b"x" * 5000))
    with vault.open(done.digest) as stream:
        assert stream.read(3) == b"xxx"
    flip_one_byte(vault.path_of(done.digest), at=4999)
    with pytest.raises(ItemAltered), vault.open(done.digest) as stream:
        stream.read(3)


def test_an_error_while_reading_is_not_hidden_by_the_check(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    flip_one_byte(vault.path_of(done.digest))
    with pytest.raises(KeyError), vault.open(done.digest):
        raise KeyError("the reader's own")


def test_adding_again_does_not_pass_over_a_damaged_copy(vault, tmp_path):
    source = a_file(tmp_path, "one.txt")
    done = vault.preserve(source)
    flip_one_byte(vault.path_of(done.digest))
    with pytest.raises(ItemAltered):
        vault.preserve(source)
    assert [type(answer) for answer in vault.preserve_many([source])] == [ItemAltered]


def test_a_file_that_changes_while_it_is_read_is_refused_and_leaves_nothing(vault, tmp_path, monkeypatch):
    source = a_file(tmp_path, "recording.wav", b"y" * 100)
    monkeypatch.setattr(vault_module.os, "fdopen", lambda number, *_, **__: Reopened(number, source))
    with pytest.raises(SourceChanged, match=r"recording\.wav changed"):
        vault.preserve(source)
    monkeypatch.undo()
    assert everything_in(vault) == []


class Reopened:
    """Stands where the vault opened the file, and grows the file once after the first read."""

    def __init__(self, number: int, source: Path) -> None:
        self._stream = io.FileIO(number, "r")
        self._source, self._left = source, 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stream.close()

    def fileno(self):
        return self._stream.fileno()

    def read(self, size):
        found = self._stream.read(size)
        if self._left:
            self._left = 0
            with self._source.open("ab") as out:
                out.write(b"more")
        return found


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "link"])
def test_what_is_no_ordinary_file_is_refused_by_name_and_never_hangs(vault, tmp_path, kind):
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(a_file(tmp_path, "real.txt"))
    with pytest.raises(NotPreserved, match="thing") as caught:
        vault.preserve(path)
    assert caught.value.fix
    assert everything_in(vault) == []


def test_a_full_disk_is_said_plainly_and_leaves_nothing(vault, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault_module.os, "fsync", full)
    (vault.folder / "tmp").mkdir(parents=True)
    with pytest.raises(NotPreserved, match="No space left") as caught:
        vault.preserve(a_file(tmp_path, "one.txt"))
    assert "Make room" in caught.value.fix
    assert everything_in(vault) == []


def test_an_interrupt_leaves_no_half_file(vault, tmp_path):
    class Interrupted(io.BytesIO):
        def read(self, size=-1):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault.preserve(Interrupted(WORDS))
    assert everything_in(vault) == []


def test_many_files_are_answered_in_their_order_with_the_bad_ones_among_them(vault, tmp_path):
    paths = [a_file(tmp_path, f"{n:03}.txt", b"%d" % (n % 250)) for n in range(300)]
    paths.insert(7, tmp_path / "missing.txt")
    answers = list(vault.preserve_many(paths))
    assert len(answers) == 301
    assert isinstance(answers.pop(7), ProbandaError)
    assert [a.digest for a in answers] == [hashlib.sha256(b"%d" % (n % 250)).hexdigest() for n in range(300)]
    assert [a.new for a in answers] == [True] * 250 + [False] * 50
    assert list(vault.digests()) == sorted({a.digest for a in answers})
    assert list(vault.strays()) == []


def test_the_same_bytes_twice_in_one_group_are_written_once(vault, tmp_path):
    answers = list(vault.preserve_many([a_file(tmp_path, "one.txt"), a_file(tmp_path, "two.txt")]))
    assert [a.new for a in answers] == [True, False]
    assert len(everything_in(vault)) == 1


def test_no_answer_comes_before_its_group_is_on_disk_where_files_are_synced_each(vault, tmp_path, monkeypatch):
    synced: list[Path] = []
    monkeypatch.setattr(vault_module.Together, "of", lambda _: None)
    monkeypatch.setattr(vault_module, "sync_folder", synced.append)
    for answer in vault.preserve_many([a_file(tmp_path, f"{n}.txt", b"%d" % n) for n in range(5)]):
        assert vault.path_of(answer.digest).parent in synced
    homes = [folder for folder in synced if len(folder.name) == 2]
    assert len(homes) == len(set(homes))


def test_strays_are_named_and_unfinished_files_swept(vault, tmp_path):
    done = vault.preserve(a_file(tmp_path, "one.txt"))
    wrong = [
        vault.folder / "notes.txt",
        vault.folder / done.digest[:2] / "readme",
        vault.folder / "zz" / "deep" / "thing",
        vault.folder / "tmp" / "hidden.txt",
        vault.folder / ("00" if done.digest[:2] != "00" else "11") / done.digest,
    ]
    for path in wrong:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"?")
    (vault.folder / "tmp" / f"{'ab' * 16}.part").write_bytes(b"half")
    assert sorted(vault.strays()) == sorted(wrong)
    assert list(vault.digests()) == [done.digest]
    assert vault.sweep() == 1
    assert vault.sweep() == 0
    assert sorted(vault.strays()) == sorted(wrong)


def test_a_vault_that_is_not_there_yet_is_empty(vault):
    assert list(vault.digests()) == list(vault.strays()) == []
    assert vault.sweep() == 0
    assert not vault.has("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_digest_names_no_file(vault, name):
    assert not vault.has(name)
    with pytest.raises(ValueError, match="not a SHA-256"):
        vault.path_of(name)


CHILD = """
import sys
from pathlib import Path
from probanda.vault.vault import Vault
sources, vault = sorted(Path(sys.argv[1]).iterdir()), Vault(Path(sys.argv[2]))
print("ready", flush=True)
if sys.argv[3] == "many":
    for answer in vault.preserve_many(sources):
        print(answer.digest, flush=True)
else:
    for source in sources:
        print(vault.preserve(source).digest, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["one", "many"])
@pytest.mark.parametrize("times", [10, pytest.param(150, marks=pytest.mark.nightly)])
def test_a_run_killed_at_any_moment_leaves_no_half_item_and_loses_none_it_answered_for(tmp_path, way, times):
    random = Random(20310503)  # noqa: S311 - sizes and moments, not secrets
    sources = tmp_path / "sources"
    sources.mkdir()
    for n in range(40):
        a_file(sources, f"{n:02}", random.randbytes(random.choice([10, 5_000, 3_000_000])))
    whole = {hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.iterdir()}
    unfinished = 0
    for n in range(times):
        vault = Vault(tmp_path / f"vault-{n // 10}")
        child = subprocess.Popen([sys.executable, "-c", CHILD, sources, vault.folder, way], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.0, 0.25))
        child.kill()
        answered = child.stdout.read().decode().split("\n")[:-1]
        child.wait()
        assert list(vault.strays()) == []
        for digest in vault.digests():
            vault.verify(digest)
        assert set(answered) <= set(vault.digests()) <= whole
        unfinished += len(list((vault.folder / "tmp").glob("*")))
        vault.sweep()
        assert list((vault.folder / "tmp").glob("*")) == []
    assert unfinished, "no run was killed while it wrote: the test would not have seen a half item"
    assert {answer.digest for answer in vault.preserve_many(sorted(sources.iterdir()))} == whole
    assert set(vault.digests()) == whole
