"""How fast pages are recognised, against Tesseract itself on the same pictures and as many cores.

    python benchmarks/ocr/measure.py [--pages 1000] [--rounds 5] [--workers 2] [--languages eng+ara]

Both see the same PNG files: pages of an invented letter, each with other words, drawn from a seed. The peer is the
program `tesseract`, as many processes as we have workers, each given its share of the pages in one list, so that it
loads its models once; one thread each. Ours is `Case.recognise`: pages drawn from the preserved bytes in the confined
child, recognised there, kept one by one in the record, synced. The pages are shared out among the rounds; in each
round first the one and then the other does its share, so that what else the machine does meets both. Processor time,
of the processes and all they started, is told beside the time that passed.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from probanda import Case

WORDS = (  # noqa: SIM905
    "the soldiers of district brigade took bread from houses at dawn and nobody in town was told where their sons had "
    "gone on that road before winter when water rose over fields by river commander said letters would be answered"
).split()  # noqa: RUF100, SIM905
SIZE = (1240, 1754)
"""A4 at 150 dots per inch, as phones and office scanners give it."""


def main() -> None:
    """Draw, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--languages", default="eng+ara")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        ours = peer = Took(0, 0)
        for turn in range(told.rounds):
            folder = Path(scratch) / f"pages{turn}"
            draw(folder, range(turn, told.pages, told.rounds))
            his = tesseract(folder, told.workers, told.languages)
            mine = probanda(folder, Path(scratch) / f"case{turn}", told.workers, told.languages)
            print(f"round {turn + 1}: tesseract {his.wall:.1f} s, probanda {mine.wall:.1f} s", flush=True)
            ours, peer = ours + mine, peer + his
    print(f"{told.pages} pages in {told.rounds} rounds, {told.workers} at once, {told.languages}")
    for name, took in (("tesseract", peer), ("probanda", ours)):
        print(
            f"{name:9}  {took.wall:8.1f} s  {told.pages / took.wall:6.2f} pages/s  {took.processor:8.1f} s of processor"
        )
    print(f"ratio      {ours.wall / peer.wall:8.2f}    of processor time {ours.processor / peer.processor:.2f}")


class Took(NamedTuple):
    """Seconds that one side took."""

    wall: float
    processor: float

    def __add__(self, other: Took) -> Took:  # type: ignore[override]
        return Took(self.wall + other.wall, self.processor + other.processor)


@contextmanager
def measured(took: list[Took]) -> Iterator[None]:
    """Put what passed meanwhile into the list; of children, those that have ended."""
    begun, used = time.perf_counter(), _used()
    yield
    took.append(Took(time.perf_counter() - begun, _used() - used))


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def draw(folder: Path, pages: range) -> None:
    """Pages of 28 lines, no two alike; each round has words of its own."""
    folder.mkdir()
    dice, font = random.Random(pages.start), ImageFont.load_default(size=24)  # noqa: S311 (alike each time)
    for number in pages:
        page = Image.new("L", SIZE, 255)
        pen = ImageDraw.Draw(page)
        for line in range(28):
            words = f"{number} {line} " + " ".join(dice.choices(WORDS, k=12))
            pen.text((90, 90 + 52 * line), words, font=font, fill=20)
        page.save(folder / f"{number:05}.png", compress_level=1)


def tesseract(folder: Path, workers: int, languages: str) -> Took:
    """Seconds of the program itself, its processes side by side."""
    files = sorted(folder.glob("*.png"))
    took: list[Took] = []
    with measured(took):
        running = []
        for number in range(workers):
            listed = folder.parent / f"list{number}.txt"
            listed.write_text("\n".join(map(str, files[number::workers])))
            words = ["tesseract", str(listed), str(folder.parent / f"out{number}"), "-l", languages, "tsv"]
            running.append(
                subprocess.Popen(words, env={**os.environ, "OMP_THREAD_LIMIT": "1"}, stderr=subprocess.DEVNULL)  # noqa: S603
            )
        if any(one.wait() for one in running):
            sys.exit("tesseract failed")
    return took[0]


def probanda(folder: Path, case: Path, workers: int, languages: str) -> Took:
    """Seconds of recognising alone; taking in and reading are done before and not counted."""
    with Case.new(case, prefix="P") as work:
        work.add([folder])
        work.read()
        took: list[Took] = []
        with measured(took):
            done = work.recognise(languages=languages.split("+"), workers=workers)
        if done.failed or done.pages != len(list(folder.glob("*.png"))):
            sys.exit(f"not all pages were recognised: {done}")
    return took[0]


if __name__ == "__main__":
    main()
