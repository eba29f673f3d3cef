"""How long consolidation takes, how it grows, what one added text costs, and how well it tells events apart.

    python -m benchmarks.incidents.measure [--claims 100000] [--added 100]

Claims about invented events (`generate`) are consolidated whole: a tenth of them first, then all; then texts with so
many more claims are added to all of them, names included, and the result is compared with a full run of the same.
Printed are seconds (elapsed, and of the processor, which another program's work does not lengthen), how many times as
long all took as a tenth, the most memory held, and B-cubed precision, recall and F1 against the events told of.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.incidents.generate import Report, texts

from probanda.actors.kept import Linking
from probanda.actors.linking import link
from probanda.claims.model import Mention
from probanda.incidents.consolidation import texts_of
from probanda.incidents.gathering import Change, Gathering, Touched
from probanda.incidents.model import Consolidation
from probanda.names.places import within

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long consolidation takes.")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=100)
    asked = parser.parse_args()
    few = list(texts(asked.claims // 10))
    _, small, _ = run(few, f"{asked.claims // 10:,} claims")
    every = list(texts(asked.claims + asked.added))
    held, later = parted(every, asked.added)
    kept, large, _ = run(held, f"{asked.claims:,} claims")
    told("growth", f"{large / small:.1f} times the processor time for ten times the claims")
    add(kept, held, later)
    told("memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most")


@dataclass(slots=True)
class Kept:
    """What is kept of a collection from one change to the next."""

    linking: Linking
    gathering: Gathering


def run(reports: Sequence[Report], what: str) -> tuple[Kept, float, Consolidation]:
    """Consolidate these reports whole; gives what is kept, seconds of the processor, and the result."""
    kept = Kept(Linking(), Gathering(within))
    told_of, linking = timed(lambda: kept.linking.change(named(reports)), f"{what}: names linked")
    change = Change(changed(reports), told_of.actor_of, told_of.names, ())
    (_, result), gathering = timed(lambda: gathered(kept, change), f"{what}: gathered")
    truth = {claim: event for r in reports for claim, event in r.truth.items()}
    precision, recall, f1 = b_cubed(result, truth)
    told(f"{what}: incidents", f"{len(result.incidents):,}, B-cubed {precision:.3f} / {recall:.3f} / {f1:.3f}")
    return kept, linking + gathering, result


def add(kept: Kept, held: Sequence[Report], later: Sequence[Report]) -> None:
    """Add texts to what is kept, names included, and compare with a full run."""
    many = sum(len(r.claims) for r in later)
    told_of, linking = timed(lambda: kept.linking.change(named(later)), f"added: names of {many} claims linked")
    change = Change(changed(later), told_of.actor_of, told_of.names)
    (touched, result), gathering = timed(lambda: gathered(kept, change), f"added: {many} claims gathered")
    told("added: both", f"processor {linking + gathering:.2f} s")
    told("added: incidents made anew", f"{len(touched.incidents):,}")
    every = [*held, *later]
    actors = link([m for r in every for m in r.mentions])
    told("added: names the same as in a full run", "yes" if actors == kept.linking.result() else "NO")
    actor_of = {m.mention: a.id for a in actors for m in a.members}
    whole = Gathering(within)
    whole.change(Change(changed(every), actor_of, {a.id: a.name for a in actors}, ()))
    told("added: the same as a full run", "yes" if whole.result() == result else "NO")


def gathered(kept: Kept, change: Change) -> tuple[Touched, Consolidation]:
    """Take in what changed, and put together all that is proposed now."""
    return kept.gathering.change(change), kept.gathering.result()


def named(reports: Iterable[Report]) -> Mapping[str, Sequence[Mention]]:
    """The mentions of these reports, by text."""
    return {r.doc.item: r.mentions for r in reports}


def changed(reports: Iterable[Report]) -> Mapping[str, tuple[object, Sequence[object]]]:
    """These reports as texts of a change."""
    reports = list(reports)
    return texts_of([c for r in reports for c in r.claims], [r.doc for r in reports])


def parted(reports: Sequence[Report], added: int) -> tuple[list[Report], list[Report]]:
    """All but the last ones, and the last ones, which hold about so many claims."""
    cut, many = len(reports), 0
    while many < added:
        cut -= 1
        many += len(reports[cut].claims)
    return list(reports[:cut]), list(reports[cut:])


def b_cubed(result: Consolidation, truth: Mapping[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the incidents against the events (Bagga and Baldwin, 1998)."""
    group = {c: frozenset(i.claims) for i in result.incidents for c in i.claims}
    event: dict[int, set[str]] = defaultdict(set)
    for claim, one in truth.items():
        event[one].add(claim)
    precision = sum(len(group[c] & event[e]) / len(group[c]) for c, e in truth.items()) / len(truth)
    recall = sum(len(group[c] & event[e]) / len(event[e]) for c, e in truth.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def timed(work: Callable[[], T], what: str) -> tuple[T, float]:
    """Do the work, print how long it took; gives what came of it and seconds of the processor."""
    start, used = time.perf_counter(), time.process_time()
    found = work()
    used = time.process_time() - used
    told(what, f"{time.perf_counter() - start:.2f} s, processor {used:.2f} s")
    return found, used


def told(what: str, figure: str) -> None:
    """One line."""
    print(f"{what:<44} {figure}", flush=True)


if __name__ == "__main__":
    main()
