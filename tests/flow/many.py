"""Running `probanda read` over many small texts in processes of its own, to be harmed there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from probanda import Case
from tests.running import lines

KINDS = ("claims", "ties", "mentions")
_READ = """
import sys
from probanda.casework import read
read.LITTLE, read.AT_ONCE = 0, 1
sys.argv = ["probanda", "-C", sys.argv[1], "read", "--workers", sys.argv[2]]
from probanda.cli.main import main
main()
"""
_TOWNS = ("Delma", "Rasmina", "Tal Qasir", "Karamet")
_DEEDS = (
    "the Coast Guard Brigade killed {n} fishermen near the harbour",
    "guards beat {n} prisoners with cables in the prison of {town}",
    "the Harbour Police burned {n} houses in {town}",
)


def texts(folder: Path, count: int) -> Path:
    """So many short reports, no two alike."""
    folder.mkdir()
    for n in range(count):
        town, deed = _TOWNS[n % 4], _DEEDS[n % 3]
        words = (
            f"{town}, {n % 27 + 1} May 2031\n\nResidents of {town} said that {deed.format(n=n + 2, town=town)}.\n\n"
            f"A spokesman denied it. General Idris al-Shammaq ordered an inquiry into the {n + 2} cases.\n"
        )
        (folder / f"report-{n:03}.txt").write_text(words, "utf-8")
    return folder


def case_of(folder: Path, reports: Path) -> Path:
    """A case folder in which these reports were taken in and not read."""
    with Case.new(folder, prefix="MAR") as case:
        case.add([reports])
    return folder


def reading(case: Path, workers: int = 2) -> subprocess.Popen[bytes]:
    """`probanda read` at work, in a group of its own as a shell would start it, however little there is to read."""
    return subprocess.Popen(
        [sys.executable, "-c", _READ, str(case), str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )


def exports(case: Path) -> str:
    """One digest over what the case exports of its texts, byte for byte."""
    return hashlib.sha256("".join(lines(case, kind) for kind in KINDS).encode()).hexdigest()


def below(root: int) -> set[int]:
    """All processes that descend from one."""
    tree: set[int] = set()
    new = {root}
    while new:
        new = {child for parent in new for child in _children(parent)} - tree
        tree |= new
    return tree


def _children(process: int) -> set[int]:
    found: set[int] = set()
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            found |= {int(word) for word in (thread / "children").read_text().split()}
    except OSError:
        pass  # it has ended meanwhile
    return found


def alive(process: int) -> bool:
    """True while it runs (one that has ended and waits to be counted does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (OSError, IndexError):
        return False


def gone(processes: set[int], seconds: float = 10.0) -> bool:
    """True once none of them runs; False when one still does after that time."""
    deadline = time.monotonic() + seconds
    while any(map(alive, processes)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def workers_of(process: int) -> list[int]:
    """The workers of a reading at work, in the order they were started."""
    found = []
    for child in sorted(below(process)):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"probanda.store.engines.worker" in command:
            found.append(child)
    return found


def until_read(process: subprocess.Popen[bytes], case: Path, items: int) -> None:
    """Wait until so many items have claims, or the run has ended."""
    while process.poll() is None:
        with Case.open(case, writing=False) as seen:
            if sum(row.reader is not None for row in seen.items()) >= items:
                return
        time.sleep(0.05)


LINUX = sys.platform == "linux" and os.path.isdir("/proc/self/task")  # noqa: PTH112
