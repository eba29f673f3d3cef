"""How long the program takes to start: `probanda --help` against a bare `import typer`, nine times each, in turns.

python benchmarks/start.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

ROUNDS = 9


def seconds(*words: str) -> float:
    """Time of the wall for one run of this interpreter."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    return time.perf_counter() - start


def main() -> None:
    """Print both medians and their ratio."""
    pairs = [(seconds("-c", "import typer"), seconds("-m", "probanda.cli.main", "--help")) for _ in range(ROUNDS)]
    bare, ours = (median(column) for column in zip(*pairs, strict=True))
    print(f"import typer {bare:.3f} s, probanda --help {ours:.3f} s: {ours / bare:.2f}")


if __name__ == "__main__":
    main()
