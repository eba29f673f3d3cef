"""Ledgers of figures as plain text for a terminal: spans first, then each figure with who gives it.

Looks down to: incidents.figures, figure_words. Used by: cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from probanda.claims.model import DOC
from probanda.incidents.figures import Figure, Ledger
from probanda.reports.figure_words import CALLED, bounds, of_whom, reach


def told(title: str, ledger: Ledger, numbers: Mapping[str, str]) -> Iterator[str]:
    """The lines of one ledger; `numbers`: item -> registration number."""
    yield title
    spans = {span.population: span for span in ledger.spans}
    last = ""
    for figure in ledger.figures:
        if figure.population != last:
            last = figure.population
            yield f"  {CALLED[last]}"
            if last in spans:
                span = spans[last]
                whom = of_whom(span)
                yield (
                    f"    {reach(span)}"
                    + (f"; {whom}" if whom else "")
                    + (f" ({span.why})" if span.figures > 1 else "")
                )
            else:
                yield "    each for itself: these count different things"
        yield f"    - {_one(figure, numbers)}"


def _one(figure: Figure, numbers: Mapping[str, str]) -> str:
    who = [numbers.get(figure.item, "an item") if name == DOC else name for name in figure.speakers]
    chain = " <- ".join([*who, figure.counter] if figure.counter and figure.counter not in who else who)
    unit = f" {figure.unit}" if figure.unit else ""
    parts = [f"{bounds(figure)}{unit}" + (f", said to be {figure.of}" if figure.of else "")]
    if figure.denied:
        parts.append("which the speaker denies")
    if figure.as_of:
        parts.append(f"as of {figure.as_of}")
    parts.append(f"“{' '.join(figure.text.split())}” {chain}")
    return "; ".join(parts) + f"  claim {figure.claim[:12]}"
