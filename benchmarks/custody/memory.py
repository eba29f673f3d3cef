"""How much memory `add` takes, with more and more files, and with one large file.

    python benchmarks/custody/memory.py [--files 20000 100000] [--large 8] [--scratch FOLDER]

Needs Linux. Each number of files is taken in by a process of its own into a fresh case folder, the small files (some
thirty bytes each) all in one folder: that is the hard case, since they are taken in the order of their names. Told is
by how much the most memory the process ever held had grown, after every fifth of the files, over what it held before
the first. The large file (GiB) is sparse, all zeros: it takes no room at first, and its size in the vault.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from probanda import Case

FIFTHS = 5
CHILD = "--child"


def main() -> None:
    """Measure and print; or, as a child, take one folder in."""
    if sys.argv[1:2] == [CHILD]:
        child(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description="The memory of `add`.")
    parser.add_argument("--files", type=int, nargs="*", default=[20_000, 100_000])
    parser.add_argument("--large", type=int, default=8, help="GiB; 0 for none")
    parser.add_argument("--scratch", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.scratch, prefix="memory-") as name:
        place = Path(name)
        print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
        for files in asked.files:
            source = place / f"small-{files}"
            source.mkdir()
            for n in range(files):
                (source / f"report-of-the-day-{n:08}.txt").write_text(f"one of {files} texts, {n}\n")
            tell(f"{files:,} files", run(source, place / "case", files))
            shutil.rmtree(source)
        if asked.large:
            source = place / "large"
            source.mkdir()
            with (source / "film.bin").open("wb") as file:
                file.truncate(asked.large << 30)
            tell(f"one file of {asked.large} GiB", run(source, place / "case", 1))


def tell(what: str, told: Sequence[tuple[int, float, int]]) -> None:
    """What a child told: (files done, seconds, KiB grown)."""
    print(f"\n{what}")
    for done, seconds, grown in told:
        print(f"  after {done:9,}  {seconds:8.1f} s  grown by {grown / 1024:6.1f} MiB")


def run(source: Path, case: Path, files: int) -> list[tuple[int, float, int]]:
    """Take a folder in, in a process of its own; the case folder goes afterwards."""
    command = [sys.executable, __file__, CHILD, str(source), str(case), str(files)]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - our own words
    shutil.rmtree(case)
    return [(done, seconds, grown) for done, seconds, grown in json.loads(out)]


def child(source: Path, folder: Path, files: int) -> None:
    """Take it in and print what was told, as JSON."""
    told: list[tuple[int, float, int]] = []
    with Case.new(folder, prefix="MAR") as case:
        before, start, done = most(), time.perf_counter(), 0
        for some in case.adding([source]):
            if some.refused:
                raise SystemExit("a file was refused")
            done += len(some.taken)
            if done * FIFTHS // files > len(told):
                told.append((done, time.perf_counter() - start, most() - before))
    print(json.dumps(told))


def most() -> int:
    """The most memory this process ever held, KiB."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    main()
