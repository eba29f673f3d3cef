"""Measure the comparison of names: how good beside two peers on gold pairs, how fast, and blocking on many names.

    python benchmarks/names/measure.py                     gold pairs: F1, sibling confusion, microseconds, by group
    python benchmarks/names/measure.py --half development --errors 40
    python benchmarks/names/measure.py --many 100000       so many generated names against as many: time, pair recall

Gold: pairs*.csv in this folder with the columns left, right, kind, same (same, not-same or open), group, half. What is
not `same` counts as not same, in the gold and in every answer; siblings said to be the same count double as errors.
Ours has its fixed threshold (SAME_FROM); each peer has the one that is best for it on the development half.
nomenklatura needs a compiler and ICU; where another environment has it, name that with --peer-python.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from probanda.names.blocking import candidates
from probanda.names.compare import Kind, compare, prepare
from probanda.names.model import SAME_FROM, Sameness
from probanda.names.sounds import closeness

HERE = Path(__file__).resolve().parent
PEER = """
import json, sys, time
from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig
algorithm = get_algorithm("logic-v2")
config = ScoringConfig.defaults()
def entity(name, kind):
    schema = {"person": "Person", "unit": "Organization", "place": "LegalEntity"}[kind]
    made = model.make_entity(schema)
    made.id = name or "none"
    made.add("name", name)
    return made
pairs = [(entity(a, k), entity(b, k)) for a, b, k in json.load(sys.stdin)]
algorithm.compare(*pairs[0], config)
start = time.process_time()
values = [algorithm.compare(a, b, config).score for a, b in pairs]
json.dump({"values": values, "seconds": time.process_time() - start}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Gold:
    """One pair with what a person says of it."""

    left: str
    right: str
    kind: str
    same: bool
    group: str
    half: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What one method says of all pairs."""

    name: str
    values: Sequence[float]
    microseconds: float
    threshold: float | None
    """None: chosen on the development half."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one method on some pairs."""

    right: int
    wrong: float
    missed: int
    siblings: int
    confused: int

    @property
    def f1(self) -> float:
        """Of the proposal `same`."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0

    @property
    def confusion(self) -> float:
        """Share of siblings said to be the same."""
        return self.confused / self.siblings if self.siblings else 0.0


def read_gold(folder: Path) -> list[Gold]:
    """All pairs of pairs*.csv, in order of file and line."""
    found = []
    for file in sorted(folder.glob("pairs*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as handle:
            found += [
                Gold(r["left"], r["right"], r["kind"] or "person", r["same"] == "same", r["group"], r.get("half") or "")
                for r in csv.DictReader(handle)
            ]
    return found


def ours(gold: Sequence[Gold]) -> Answers:
    """Our values; the names are prepared beforehand, and nothing is remembered of earlier comparisons."""
    prepared = [(prepare(g.left, Kind(g.kind)), prepare(g.right, Kind(g.kind))) for g in gold]
    compare(*prepared[0])  # the lists are read at the first comparison
    closeness.cache_clear()
    start = time.process_time()
    values = [compare(a, b).value for a, b in prepared]
    return Answers("probanda", values, _each(start, gold), SAME_FROM)


def token_set(gold: Sequence[Gold]) -> Answers:
    """rapidfuzz token_set_ratio on names processed beforehand."""
    pairs = [(utils.default_process(g.left), utils.default_process(g.right)) for g in gold]
    start = time.process_time()
    values = [fuzz.token_set_ratio(a, b) / 100 for a, b in pairs]
    return Answers("rapidfuzz token_set_ratio", values, _each(start, gold), None)


def logic(gold: Sequence[Gold], python: str) -> Answers | None:
    """nomenklatura logic-v2 in the environment of this Python; None where it is not installed."""
    asked = json.dumps([(g.left, g.right, g.kind) for g in gold])
    if not Path(python).is_file():
        sys.stderr.write(f"nomenklatura is left out: there is no {python}\n")
        return None
    done = subprocess.run([python, "-c", PEER], input=asked, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.stderr.write(
            f"nomenklatura is left out: {(done.stderr.strip().splitlines() or ['it did not start'])[-1]}\n"
        )
        return None
    found = json.loads(done.stdout)
    return Answers("nomenklatura logic-v2", found["values"], found["seconds"] / len(gold) * 1e6, None)


def _each(start: float, gold: Sequence[Gold]) -> float:
    return (time.process_time() - start) / max(1, len(gold)) * 1e6


def figures(gold: Sequence[Gold], said: Sequence[bool]) -> Figures:
    """Counts; a sibling said to be the same is two errors."""
    right = sum(g.same and s for g, s in zip(gold, said, strict=True))
    missed = sum(g.same and not s for g, s in zip(gold, said, strict=True))
    siblings = [s for g, s in zip(gold, said, strict=True) if g.group == "siblings" and not g.same]
    wrong = sum(s and not g.same for g, s in zip(gold, said, strict=True)) + sum(siblings)
    return Figures(right, wrong, missed, len(siblings), sum(siblings))


def best_threshold(gold: Sequence[Gold], values: Sequence[float]) -> float:
    """The threshold with the best F1 on the development half, or on all where there is none."""
    kept = [(g, v) for g, v in zip(gold, values, strict=True) if g.half == "development"] or list(
        zip(gold, values, strict=True)
    )
    known = [g for g, _ in kept]
    return max((n / 100 for n in range(30, 101)), key=lambda t: figures(known, [v >= t for _, v in kept]).f1)


def report(gold: Sequence[Gold], half: str | None, python: str) -> None:
    """Print one table for each method: all pairs of the half, then each group."""
    for answers in (ours(gold), token_set(gold), logic(gold, python)):
        if answers is None:
            continue
        threshold = answers.threshold or best_threshold(gold, answers.values)
        kept = [(g, v >= threshold) for g, v in zip(gold, answers.values, strict=True) if half in (None, g.half)]
        print(
            f"\n{answers.name}: same from {threshold:.2f}, {answers.microseconds:.1f} microseconds of processor a pair"
        )
        print(f"{'':<16}{'pairs':>7}{'F1':>8}{'right':>8}{'wrong':>8}{'missed':>8}")
        groups = {g.group: None for g, _ in kept}
        for name in ("all", *groups):
            some = [(g, s) for g, s in kept if name in ("all", g.group)]
            found = figures([g for g, _ in some], [s for _, s in some])
            print(f"{name:<16}{len(some):>7}{found.f1:>8.3f}{found.right:>8}{found.wrong:>8}{found.missed:>8}")
            if name == "all":
                print(
                    f"{'siblings said to be the same':<32}{found.confused} of {found.siblings} ({found.confusion:.1%})"
                )


def errors(gold: Sequence[Gold], most: int) -> None:
    """Our errors on the development half, each with its reason."""
    shown = 0
    for g in gold:
        if g.half == "development" and shown < most:
            match = compare(prepare(g.left, Kind(g.kind)), prepare(g.right, Kind(g.kind)))
            if (match.same is Sameness.SAME) != g.same:
                shown += 1
                kind = "missed" if g.same else "wrong"
                print(f"{g.group}: {g.left} | {g.right}: {kind}, {match.value:.2f}, {match.reason}")


def many(count: int) -> None:
    """So many generated names against as many: how long, how many comparisons, how many true pairs found."""
    from generate import generated

    left, right = generated(count)
    start = time.perf_counter()
    first, second = [prepare(n) for n in left], [prepare(n) for n in right]
    ready = time.perf_counter()
    blocks = candidates(first, second)
    compared, said, found = 0, 0, 0
    true = 0
    for n, m in blocks.pairs():
        compared += 1
        true += n == m
        if compare(first[n], second[m]).same is Sameness.SAME:
            said += 1
            found += n == m
    end = time.perf_counter()
    print(f"{count} names against {count}: {end - start:.0f} s, of which preparing {ready - start:.0f} s")
    print(f"compared {compared} pairs, {(end - ready) / max(1, compared) * 1e6:.1f} microseconds each with blocking")
    print(f"pair recall of the blocks {true / count:.4f}, of the proposals {found / count:.4f}; proposed {said}")
    print(
        f"blocks left out: {len(blocks.left_out)}"
        + "".join(f"\n  {b.key}: {b.left} and {b.right}" for b in blocks.left_out[:20])
    )
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main(run: Callable[[argparse.Namespace], None] | None = None) -> None:
    """Read the arguments and print what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=HERE, help="folder with pairs*.csv")
    parser.add_argument("--half", choices=("development", "scored"), help="only this half; both if left out")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show so many errors of ours on the development half"
    )
    parser.add_argument("--peer-python", default=sys.executable, help="Python of the environment that has nomenklatura")
    parser.add_argument(
        "--many", type=int, default=0, metavar="N", help="instead: so many generated names against as many"
    )
    asked = parser.parse_args()
    if run:
        run(asked)
    elif asked.many:
        many(asked.many)
    else:
        gold = read_gold(asked.gold)
        if not gold:
            parser.error(f"there are no pairs*.csv in {asked.gold}; name a folder that has some with --gold")
        report(gold, asked.half, asked.peer_python)
        errors(gold, asked.errors)


if __name__ == "__main__":
    main()
