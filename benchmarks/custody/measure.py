"""How fast items are kept and checked, against plain tools that do the same with the same bytes.

    python benchmarks/custody/measure.py [--files 10000] [--large 1024] [--rounds 3] [--scratch FOLDER]

Needs Linux. All in one run, ours and the peers by turns, on the disk of the scratch folder, which needs about ten times
the bytes of the large file and 100 MB for each thousand files. Every peer syncs as ours does.

- *Many small files* (2 KB of seeded noise each): a loop that copies each, hashes it (SHA-256) and fsyncs it; the same
  loop that also fsyncs the folder each time, without which a power cut may lose the name; the vault alone (four
  digests, groups); `add` into a fresh case folder (the vault, and everything that the record keeps of an item).
- *One large file*: `sha256sum`; `cp` and `sync`; the vault, in a process of its own whose memory is told too.
- *Checking*: `sha256sum` of all files in one process; the vault's full check on all cores; its quick check by BLAKE3.
  Of the small files, and of large ones of 16 MB each.

Nothing is deleted before the end: a file system without a journal looks long for a free place in a folder that was
just emptied, and whoever came second would pay for it. What is read lies in the system's cache for all alike.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from probanda import Case
from probanda.vault.vault import Preserved, Vault

SMALL = 2_048
PIECE = 16 << 20
"""Bytes of each file that is checked as a large one."""

_LARGE = """
import json, sys, time
from pathlib import Path
from probanda.vault.vault import Vault
vault, source = Vault(Path(sys.argv[2])), Path(sys.argv[1])
def most():
    told = Path("/proc/self/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0])
before = most()
start = time.perf_counter()
vault.preserve(source)
took = time.perf_counter() - start
print(json.dumps([took, most() - before]))
"""

Times = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The vault's speed against plain tools.")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_024, help="MiB")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scratch", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.scratch, prefix="custody-") as name:
        place = Path(name)
        print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
        many(place, asked.files, asked.rounds)
        large(place, asked.large << 20, asked.rounds)
        checking(place, asked.files, asked.large << 20, asked.rounds)


def many(place: Path, files: int, rounds: int) -> None:
    """Small files: two loops, the vault, `add`."""
    source = place / "small"
    write_files(source, files, SMALL)
    paths = sorted(source.iterdir())
    fresh = (place / f"many-{n}" for n in count())
    loop, strict, vault, add = "loop, fsync each", "loop, fsync each and its folder", "the vault", "add"
    ways: dict[str, Callable[[], None]] = {
        loop: lambda: plain_loop(paths, next(fresh), folders=False),
        strict: lambda: plain_loop(paths, next(fresh), folders=True),
        vault: lambda: into_vault(paths, next(fresh)),
        add: lambda: into_case(source, next(fresh)),
    }
    times = by_turns(ways, rounds)
    print(f"\n{files:,} files of {SMALL:,} bytes")
    for name, took in times.items():
        print(f"  {name:32} {spread(took)}  {files / statistics.median(took):8,.0f} a second")
    for ours in (vault, add):
        for peer in (loop, strict):
            print(f"  {ours} is {ratio(times, peer, ours)} times as fast as {peer}")


def large(place: Path, size: int, rounds: int) -> None:
    """One large file: hashing alone, copying alone, the vault."""
    source = place / "large"
    with source.open("wb") as out:
        noise = random.Random(5)  # noqa: S311 - bytes to copy, no secret
        for _ in range(size >> 20):
            out.write(noise.randbytes(1 << 20))
    grown: list[int] = []
    fresh = (place / f"large-{n}" for n in count())

    def ours() -> float:
        told = run([sys.executable, "-c", _LARGE, str(source), str(next(fresh))])
        took, memory = json.loads(told)
        grown.append(memory)
        return float(took)

    def copied() -> None:
        target = str(next(fresh))
        run(["cp", str(source), target])
        run(["sync", target])

    os.sync()
    ways: dict[str, Callable[[], float | None]] = {
        "sha256sum": lambda: run(["sha256sum", str(source)]) and None,
        "cp and sync": copied,
        "the vault": ours,
    }
    times = by_turns(ways, rounds)
    print(f"\none file of {size:,} bytes")
    for name, took in times.items():
        print(f"  {name:32} {spread(took)}  {size / statistics.median(took) / 1e6:8,.0f} MB a second")
    slower = max(("sha256sum", "cp and sync"), key=lambda peer: statistics.median(times[peer]))
    print(f"  the vault takes {ratio(times, 'the vault', slower)} times as long as the slower of the two, {slower}")
    print(f"  its memory grew by at most {max(grown) / 1024:,.0f} MiB")


def checking(place: Path, files: int, size: int, rounds: int) -> None:
    """The whole vault checked: `sha256sum`, in full, quickly."""
    for name, number, each in (("small", files, SMALL), ("pieces", max(1, size // PIECE), PIECE)):
        source = place / name
        if not source.exists():
            write_files(source, number, each)
        vault = Vault(place / f"vault-{name}")
        done = [one for one in vault.preserve_many(sorted(source.iterdir())) if isinstance(one, Preserved)]
        digests, blakes = sorted(one.digest for one in done), {one.digest: one.blake3 for one in done}
        names = "\0".join(str(vault.path_of(digest)) for digest in digests).encode()
        ways: dict[str, Callable[[], None]] = {
            "sha256sum": lambda names=names: run(["xargs", "-0", "sha256sum"], names) and None,
            "full": lambda vault=vault, digests=digests: well(vault.verify_all(digests)),
            "quick": lambda vault=vault, digests=digests, quick=blakes: well(vault.verify_all(digests, quick=quick)),
        }
        times = by_turns(ways, rounds)
        total = sum(one.size for one in done)
        print(f"\nchecking {number:,} files of {each:,} bytes")
        for way, took in times.items():
            print(f"  {way:32} {spread(took)}  {total / statistics.median(took) / 1e6:8,.0f} MB a second")
        for way in ("full", "quick"):
            print(f"  {way} is {ratio(times, 'sha256sum', way)} times as fast as sha256sum")


def by_turns(ways: dict[str, Callable[[], float | None]] | dict[str, Callable[[], None]], rounds: int) -> Times:
    """Seconds of each way in each round, one after another; a way may tell its own seconds."""
    times: Times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            os.sync()
            start = time.perf_counter()
            told = way()
            took = time.perf_counter() - start
            times[name].append(took if told is None else told)
    return times


def plain_loop(paths: Sequence[Path], target: Path, *, folders: bool) -> None:
    """What one would write in ten lines: copy, hash, make it last, name it by its digest."""
    target.mkdir()
    for path in paths:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        with (target / digest).open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if folders:
            number = os.open(target, os.O_RDONLY)
            os.fsync(number)
            os.close(number)


def into_vault(paths: Sequence[Path], target: Path) -> None:
    """The vault alone."""
    if not all(isinstance(answer, Preserved) for answer in Vault(target).preserve_many(paths)):
        raise SystemExit("a file was not preserved")


def into_case(source: Path, target: Path) -> None:
    """What `probanda add` does, without the start of a process."""
    with Case.new(target, prefix="MAR") as case:
        if case.add([source]).refused:
            raise SystemExit("a file was refused")


def well(faults: Iterator[object]) -> None:
    """Nothing may be wrong."""
    if any(True for _ in faults):
        raise SystemExit("the vault was found harmed")


def write_files(folder: Path, number: int, size: int) -> None:
    """Files of seeded noise."""
    folder.mkdir()
    noise = random.Random(number)  # noqa: S311 - bytes to copy, no secret
    for n in range(number):
        (folder / f"{n:06}.bin").write_bytes(noise.randbytes(size))


def run(command: Sequence[str], given: bytes | None = None) -> bytes:
    """What a program prints; stops where it fails."""
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - our own words


def spread(took: Sequence[float]) -> str:
    """Median, least and most seconds."""
    return f"{statistics.median(took):8.2f} s ({min(took):.2f} to {max(took):.2f})"


def ratio(times: Times, above: str, below: str) -> str:
    """How many times the second goes into the first: the median of the rounds, each by itself, least and most."""
    each = [a / b for a, b in zip(times[above], times[below], strict=True)]
    return f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"


if __name__ == "__main__":
    main()
