"""How much a second core brings: our run from `add` to claims, against two plain loops over the same texts.

    python -m benchmarks.many.measure [--texts 2000] [--rounds 1] [--memory 500 2000]

In one run, one after another, so that all four meet the same machine: a plain loop (read the file, make its text, read
it for claims, keep nothing) in one process, and in two with half of the texts each; then `probanda add` and
`probanda read` in a fresh case folder with one worker, and with two. Start-up and the language model's loading are in
all four. Printed are the times, both gains, and ours over theirs; and the most memory that the whole process tree
held (proportional set size, as in `benchmarks/brief`), and with `--memory` that of reading so many texts with two
workers. Needs Linux.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.brief.measure import below, memory_of
from benchmarks.many.texts import write

EVERY = 0.25
"""Seconds between two looks at the process tree."""
PROGRAM = (sys.executable, "-m", "probanda.cli.main")
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Took:
    """What one way of doing it cost."""

    seconds: float
    processor_seconds: float
    peak_bytes: int


def timed(*at_once: Sequence[str]) -> Took:
    """Run these commands at the same time, until all have ended well."""
    before, start = os.times(), time.perf_counter()
    running = [subprocess.Popen(one, env={**os.environ, **ONE_THREAD}, stdout=subprocess.DEVNULL) for one in at_once]  # noqa: S603 - our own
    peak = 0
    while any(one.poll() is None for one in running):
        peak = max(peak, sum(memory_of(p) for one in running for p in below(one.pid)))
        time.sleep(EVERY)
    seconds, after = time.perf_counter() - start, os.times()
    if any(one.returncode for one in running):
        raise SystemExit("a run failed; its words are above")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(seconds, used, peak)


def plain(folder: Path, processes: int) -> Took:
    """The plain loop, in so many processes."""
    return timed(
        *([sys.executable, "-m", "benchmarks.many.measure", "--loop", str(folder), str(n), str(processes)]
          for n in range(processes))
    )  # fmt: skip


def loop(folder: Path, first: int, step: int) -> None:
    """Read every `step`-th text of a folder for claims."""
    from probanda.claims import reader_for
    from probanda.kernel.digests import sha256
    from probanda.reading import read
    from probanda.reading.model import Text

    reader, claims = reader_for("en"), 0
    assert reader is not None  # noqa: S101
    for path in sorted(folder.iterdir())[first::step]:
        for text in read(path, sha256(path.read_bytes()), path.name):
            assert isinstance(text, Text)  # noqa: S101
            claims += len(reader.read(text).claims)
    sys.stderr.write(f"  {claims} claims\n")


def ours(folder: Path, workers: int) -> tuple[Took, Took]:
    """`add`, then `read`, in a fresh case folder."""
    with tempfile.TemporaryDirectory() as scratch:
        case = f"{scratch}/case"
        subprocess.run([*PROGRAM, "new", case], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        added = timed([*PROGRAM, "-C", case, "add", str(folder)])
        return added, timed([*PROGRAM, "-C", case, "read", "--workers", str(workers)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a second core brings, for ours and for plain loops.")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--memory", type=int, nargs="*", default=(), help="measure the memory with so many texts each")
    parser.add_argument("--loop", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.loop:
        loop(Path(asked.loop[0]), int(asked.loop[1]), int(asked.loop[2]))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "texts")
        size = sum(path.stat().st_size for path in write(asked.texts, folder))
        print(f"{asked.texts} texts, {size:,} bytes, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
        for _ in range(asked.rounds):
            one_round(folder)
        for count in asked.memory:
            few = Path(scratch, str(count))
            write(count, few)
            told(f"memory: ours, read, 2 workers, {count} texts", ours(few, 2)[1])


def one_round(folder: Path) -> None:
    """All four ways once, and what follows."""
    loops = [told(f"plain loop, {n} process(es)", plain(folder, n)) for n in (1, 2)]
    runs = []
    for n in (1, 2):
        added, read = ours(folder, n)
        told(f"ours, add (before {n})", added)
        runs.append(added.seconds + told(f"ours, read, {n} worker(s)", read).seconds)
    theirs, our = loops[0].seconds / loops[1].seconds, runs[0] / runs[1]
    print(f"gain of a second core: plain {theirs:.2f}, ours {our:.2f}, ours/plain {our / theirs:.2f}", flush=True)


def told(what: str, took: Took) -> Took:
    """Print it, and hand it on."""
    print(
        f"  {what}: {took.seconds:.1f} s, {took.processor_seconds:.1f} s of processors, {took.peak_bytes >> 20} MiB",
        flush=True,
    )
    return took


if __name__ == "__main__":
    main()
