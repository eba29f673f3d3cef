"""Four digests in one pass, and many items checked at once: the same answers as one by one, in the order asked."""

from __future__ import annotations

import hashlib
import io
import threading
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from blake3 import blake3

from probanda.kernel.errors import ItemAltered
from probanda.vault import hashing
from probanda.vault.checked import ItemMissing
from probanda.vault.hashing import Digests, Hashing
from probanda.vault.vault import Vault


def digests_of(data: bytes) -> Digests:
    """Each digest made by itself, of all bytes at once."""
    return Digests(
        hashlib.sha256(data).hexdigest(),
        blake3(data).hexdigest(),
        hashlib.sha1(data).hexdigest(),  # noqa: S324 - the very thing under test
        hashlib.md5(data).hexdigest(),  # noqa: S324
    )


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def test_the_digests_are_those_that_are_published_for_abc():
    with Hashing() as hashing_abc:
        hashing_abc.update(b"ab")
        hashing_abc.update(b"c")
        found = hashing_abc.digests()
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert found.blake3 == "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"
    assert found.sha1 == "a9993e364706816aba3e25717850c26c9cd0d89d"
    assert found.md5 == "900150983cd24fb0d6963f7d28e17f72"


@pytest.mark.parametrize("size", [0, 1, 2_048, (1 << 20) - 1, 1 << 20, (8 << 20) + 1, 21_000_003])
def test_a_file_of_any_size_gets_all_four_digests(vault, tmp_path, size):
    data = Random(size).randbytes(size)  # noqa: S311 - bytes to hash, no secret
    path = tmp_path / "film.bin"
    path.write_bytes(data)
    wanted = digests_of(data)
    for done in (vault.preserve(io.BytesIO(data)), vault.preserve(path), *vault.preserve_many([path])):
        assert Digests(done.digest, done.blake3, done.sha1, done.md5) == wanted
        assert done.size == size
    assert vault.read(wanted.sha256) == data


def test_the_size_of_a_file_does_not_tell_in_memory(vault):
    class Film(io.RawIOBase):
        left = 200

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return bytes([self.left]) * size if self.left > 0 else b""

    tracemalloc.start()
    try:
        done = vault.preserve(Film())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.size == 199 << 20
    assert most < (2 * hashing.WAITING + 10) << 20


def test_a_fault_while_a_large_file_is_read_leaves_no_thread_and_no_file(vault):
    class Torn(io.RawIOBase):
        left = 20

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if not self.left:
                raise KeyboardInterrupt
            return bytes(size)

    with pytest.raises(KeyboardInterrupt):
        vault.preserve(Torn())
    assert not [path for path in vault.folder.rglob("*") if path.is_file()]
    assert not [one.name for one in threading.enumerate() if one.name.startswith("hashing")]


def filled(vault: Vault, tmp_path: Path, count: int) -> list[str]:
    paths = []
    for n in range(count):
        paths.append(tmp_path / f"{n:03}")
        paths[-1].write_bytes(b"Entry %d of the register of Delma.\n" % n * (1 + 40_000 * (n % 50 == 7)))
    return [done.digest for done in vault.preserve_many(paths)]


@pytest.mark.parametrize("workers", [None, 1, 2, 5])
@pytest.mark.parametrize("quick", [False, True])
def test_every_harm_is_named_once_in_the_order_of_the_items(vault, tmp_path, workers, quick):
    digests = filled(vault, tmp_path, 240)
    blakes = {digest: blake3(vault.read(digest)).hexdigest() for digest in digests} if quick else None
    assert list(vault.verify_all(digests, workers, quick=blakes)) == []
    flipped, cut, gone = digests[57], digests[100], digests[203]
    for digest, harm in ((flipped, lambda d: bytes([d[0] ^ 1]) + d[1:]), (cut, lambda d: d[:-1])):
        path = vault.path_of(digest)
        path.chmod(0o644)
        path.write_bytes(harm(path.read_bytes()))
    vault.path_of(gone).unlink()
    told: list[int] = []
    faults = list(vault.verify_all(iter(digests), workers, quick=blakes, progress=told.append))
    assert [(fault.item, type(fault)) for fault in faults] == [
        (flipped, ItemAltered),
        (cut, ItemAltered),
        (gone, ItemMissing),
    ]
    assert told[-1] == 240
    assert told == sorted(told)


def test_quick_checks_go_by_blake3_and_the_others_by_sha256(vault, tmp_path):
    first, second = filled(vault, tmp_path, 2)
    (fault,) = vault.verify_all([first, second], quick={first: "0" * 64})
    assert fault.item == first
    with pytest.raises(ItemAltered, match=first):
        vault.verify_quick(first, "0" * 64)
    vault.verify_quick(second, blake3(vault.read(second)).hexdigest())


def test_whoever_stops_asking_stops_the_checking(vault, tmp_path):
    digests = filled(vault, tmp_path, 100)
    vault.path_of(digests[0]).unlink()
    checking = vault.verify_all(digests, 2)
    assert next(checking).item == digests[0]
    checking.close()
    assert not [one.name for one in threading.enumerate() if one.name.startswith("checking")]
