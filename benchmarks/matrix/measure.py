"""How long it takes to lay out a situation, and to lay it out again after one new claim.

    python -m benchmarks.matrix.measure [--claims 100000] [--incidents 500] [--units 16] [--rounds 5]

Claims, incidents, contradictions, origins and actors are made by `generate`, and are all in memory: reading them from a
case folder, and writing layouts there, is not counted. Printed are seconds of the wall and of the processor: for the
whole, and for the medians after one new claim, each on another incident.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

from benchmarks.matrix.generate import Made, one_more, situation

from probanda.law import load
from probanda.matrix.laying import Laying
from probanda.matrix.situation import Given


def seconds(work: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds of the wall and of the processor, and what the work gave."""
    wall, processor = time.perf_counter(), time.process_time()
    given = work()
    return time.perf_counter() - wall, time.process_time() - processor, given


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("claims", 100_000), ("incidents", 500), ("units", 16), ("rounds", 5)):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    made = situation(asked.claims, asked.incidents, asked.units)
    laying = Laying(load())

    def lay(now: Made) -> int:
        return len(laying.lay(Given(now.claims, now.actors, now.incidents, now.contradictions), now.origins))

    wall, processor, layouts = seconds(lambda: lay(made))
    print(f"{len(made.claims)} claims, {len(made.incidents)} incidents, {layouts} layouts")
    print(f"laid out              {wall:6.2f} s wall, {processor:6.2f} s processor")
    again = []
    for number in range(asked.rounds):
        made = one_more(made, number)
        now = made
        again.append(seconds(lambda now=now: lay(now)))  # type: ignore[misc]
    walls, processors, _ = zip(*again, strict=True)
    print(f"again, one claim more {median(walls):6.2f} s wall, {median(processors):6.2f} s processor")


if __name__ == "__main__":
    main()
