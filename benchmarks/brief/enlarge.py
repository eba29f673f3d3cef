"""A larger folder of reports out of a small one, for measuring: each text many times over, under other place names.

    python benchmarks/brief/enlarge.py examples/marsafa OUT [--times 24] [--long 4]

Places get an ending of their own each time, so that the copies are other reports about other towns, not
copies of one text; each report holds its text `--long` times. The same command gives the same files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

PLACES = ("Rasmina", "Beni Harun", "Bani Haroun", "Qasr Delma", "Kilo Seven")


def main() -> None:
    """Write the folder and say what is in it."""
    parser = argparse.ArgumentParser(description="A larger folder of reports for measuring.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--times", type=int, default=24)
    parser.add_argument("--long", type=int, default=4)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True)
    size = 0
    for path in sorted(asked.folder.glob("*.txt")):
        words = path.read_text("utf-8")
        for n in range(asked.times):
            size += (asked.out / f"{n:03d}-{path.name}").write_text(
                "\n\n".join([elsewhere(words, n)] * asked.long), "utf-8"
            )
    print(f"{asked.out}: {size:,} characters")


def elsewhere(words: str, n: int) -> str:
    """The same words about other places."""
    ending = chr(ord("a") + n % 26) + chr(ord("a") + n // 26 % 26)
    for place in PLACES:
        words = words.replace(place, place + ending)
    return words


if __name__ == "__main__":
    main()
