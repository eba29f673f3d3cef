"""How long the chain of command takes to answer where 10,000 units and 50,000 postings are held.

    python -m benchmarks.command.measure [--units 10000] [--postings 50000] [--rounds 9]

Units hang in a tree, four under each; persons hold posts in units chosen by a seeded script, each for some months of
ten years. Measured: `chain_of` in an open case (the warm figure), and the whole of `probanda chain` (with the start of
the program), each for the same units; beside it the time of `probanda --version`, which is the start alone. Then the
pages of the workbench: the list, and the chart around those of most links, on a day and between two.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.workbench.measure import measured

from probanda.actors.model import ActorGroup, Membership
from probanda.casework.case import Case
from probanda.casework.chains import chain_of
from probanda.claims.model import Claim, Mention, Named, Reading, Tie
from probanda.incidents.model import Consolidation
from probanda.kernel.bounds import Bounds
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import ActType, Family, MentionKind, Modality, TieKind
from probanda.store import listed
from probanda.store.ahead import COMMAND

LINES = 1000
"""Lines in one item."""
DAY = date(2031, 5, 3)


def lines(units: int, postings: int) -> Iterable[tuple[str, str, str, TieKind, str, Bounds]]:
    """(text, lower or holder, unit, kind, role, bounds), the same for the same numbers."""
    dice = random.Random("command")  # noqa: S311 - made-up units, no secrets
    for n in range(1, units):
        above = (n - 1) // 4
        words = f"Unit {n:05d} is under Unit {above:05d}."
        yield (
            words,
            f"Unit {n:05d}",
            f"Unit {above:05d}",
            TieKind.SUBORDINATION,
            "under",
            Bounds(first_precise="2025-01-01", last_precise="2034-12-31"),
        )
    for n in range(postings):
        unit, start = dice.randrange(units), date(2025, 1, 1) + timedelta(days=dice.randrange(3600))
        bounds = Bounds(first_precise=start.isoformat(), last_precise=(start + timedelta(days=200)).isoformat())
        who, what = f"Person {n % 30000:05d}", dice.choice(("commander", "officer", "deputy commander"))
        yield f"{who}, {what} of Unit {unit:05d}.", who, f"Unit {unit:05d}", TieKind.POSTING, what, bounds


def fill(folder: Path, units: int, postings: int) -> None:
    """A case that holds all of it: texts, mentions, ties and actors."""
    told = list(lines(units, postings))
    texts = folder.parent / "texts"
    texts.mkdir()
    for number in range(0, len(told), LINES):
        body = "\n\n".join(one[0] for one in told[number : number + LINES])
        (texts / f"{number:06d}.txt").write_text(body, "utf-8")
    groups: dict[str, list[str]] = {}
    with Case.new(folder, prefix="B") as case:
        case.add([texts])
        case.read(items=())
        for row in case.items():
            number = int(Path(row.names[0]).stem)
            case.store.commit_reading(row.digest, _reading(row.digest, told[number : number + LINES], groups), "made")
        actors = [
            ActorGroup(
                id=ids[0], kind=MentionKind.PERSON if name.startswith("Person") else MentionKind.UNIT, name=name,
                variants=(name,), members=tuple(Membership(one, "the same words") for one in ids),
            )
            for name, ids in groups.items()
        ]  # fmt: skip
        empty = Consolidation((), (), ())
        for eyes in (case.eyes, case.eyes.only_open()):
            case.store.commit_consolidation(eyes.sight, actors, empty, "made", "made")


def _reading(
    item: str, told: list[tuple[str, str, str, TieKind, str, Bounds]], groups: dict[str, list[str]]
) -> Reading:
    claims, mentions, at = [], [], 0
    for words, left, right, kind, role, bounds in told:
        named = []
        for name, start in ((left, at + words.index(left)), (right, at + words.rindex(right))):
            id_ = sha256(f"{item} {start}".encode())[:32]
            groups.setdefault(name, []).append(id_)
            mention = MentionKind.PERSON if name.startswith("Person") else MentionKind.UNIT
            mentions.append(Mention(id_, item, start, start + len(name), name, mention, None, None))
            named.append(Named(name, id_))
        claims.append(
            Claim(
                id=sha256(f"{item} {at} tie".encode())[:32], item=item, start=at, end=at + len(words), quote=words,
                act=words, act_start=at, act_end=at + len(words), family=Family.TIE, act_type=ActType.OTHER,
                modality=Modality.REPORTED, speakers=(Named("@doc"),), reader="made", why="made",
                tie=Tie(kind, named[0], named[1], role, bounds=bounds),
            )
        )  # fmt: skip
        at += len(words) + 2
    return Reading(tuple(claims), tuple(mentions), "made")


def seconds(arguments: list[str]) -> float:
    """Wall time of one run of the program."""
    start = time.perf_counter()
    code = "import sys; from probanda.cli.main import main; sys.exit(main())"
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Seconds for one chain of command.")
    parser.add_argument("--units", type=int, default=10000)
    parser.add_argument("--postings", type=int, default=50000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "case"
        fill(folder, asked.units, asked.postings)
        dice = random.Random("asked")  # noqa: S311 - choices of units
        units = [f"Unit {dice.randrange(asked.units):05d}" for _ in range(asked.rounds)]
        warm = []
        with Case.open(folder, writing=False) as case:
            for unit in units:
                start = time.perf_counter()
                found = chain_of(case.store, case.eyes, unit, DAY)
                warm.append(time.perf_counter() - start)
        cold = [seconds(["-C", str(folder), "chain", unit, "--on", DAY.isoformat()]) for unit in units]
        bare = [seconds(["--version"]) for _ in units]
        with Case.open(folder, writing=False) as case:
            first = case.store.ask(case.eyes, listed.page, COMMAND, asked.rounds)
            charts = [f"/chain/{one.id}" for one in first]
            pages = {
                "charts": ["/chain", *(f"/chain?after={one.id}" for one in first)],
                "chain": [f"{chart}?on={DAY}" for chart in charts],
                "chain, eight levels": [f"{chart}?on={DAY}&levels=8" for chart in charts],
                "chain, between two days": [f"{chart}?from=2026-01-01&to=2034-01-01" for chart in charts],
            }
            asyncio.run(measured(case, pages))
    print(f"{asked.units:,} units, {asked.postings:,} postings; the last chain has {len(found.chain.steps)} links")
    print(f"chain in an open case: median {median(warm):.3f} s, slowest {max(warm):.3f} s")
    print(f"the command: median {median(cold):.3f} s, of which the program's start is {median(bare):.3f} s")


if __name__ == "__main__":
    main()
