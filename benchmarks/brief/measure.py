"""How long the main job takes, and how much memory its whole process tree holds at once.

    python benchmarks/brief/measure.py examples/marsafa [--rounds 3]

Runs `probanda brief` on the folder in a scratch case folder, each round anew, and reads /proc every 20 ms:
memory is the sum of the proportional set sizes of all processes (what they share counts once), so it
needs Linux. Prints one line a round.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02
"""Seconds between two looks at the process tree."""


@dataclass(frozen=True, slots=True)
class Round:
    """One run of the main job."""

    seconds: float
    processor_seconds: float
    peak_bytes: int
    processes: int
    """Different processes seen, the command itself included."""
    code: int


def run_once(folder: Path) -> Round:
    """The main job once, in a folder of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "probanda.cli.main", "brief", str(folder), "--out", f"{scratch}/dossier.html"]
        before = os.times()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        seen: set[int] = set()
        peak = 0
        while process.poll() is None:
            tree = below(process.pid)
            seen |= tree
            peak = max(peak, sum(map(memory_of, tree)))
            time.sleep(EVERY)
        seconds = time.perf_counter() - start
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        return Round(seconds, used, peak, len(seen), process.returncode)


def below(root: int) -> set[int]:
    """This process and all that descend from it."""
    tree, new = set(), {root}
    while new:
        tree |= new
        new = {child for parent in new for child in children_of(parent)} - tree
    return tree


def children_of(process: int) -> set[int]:
    """The processes that this one has started, by any of its threads."""
    found: set[int] = set()
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            found |= {int(word) for word in (thread / "children").read_text().split()}
    except OSError:
        pass  # it has ended meanwhile
    return found


def memory_of(process: int) -> int:
    """Its proportional set size in bytes; 0 once it has ended."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time and memory of `probanda brief` on a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    files = sum(1 for path in asked.folder.rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in asked.folder.rglob("*") if path.is_file())
    print(f"{files} files, {size:,} bytes, {os.cpu_count()} cores")
    for _ in range(asked.rounds):
        r = run_once(asked.folder)
        print(
            f"{r.seconds:.1f} s, {r.processor_seconds:.1f} s of processors, at most {r.peak_bytes / 2**20:,.0f} MiB "
            f"in {r.processes} processes, ended with {r.code}"
        )


if __name__ == "__main__":
    main()
