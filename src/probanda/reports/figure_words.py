"""Figures and spans in words: `from 14 to 30; 1 figure without a maximum`.

Start with `reach`. Looks down to: incidents.figures. Used by: reports, cli.
"""

from __future__ import annotations

from probanda.incidents.figures import Figure, Span

CALLED = {
    "dead": "dead",
    "wounded": "wounded",
    "disappeared": "missing or disappeared",
    "displaced": "displaced (fled; nobody says force or an order)",
    "transferred": "made to go by force or order, as told",
    "detained": "detained",
    "abducted": "abducted or held hostage",
    "raped": "raped",
    "property": "property",
    "other": "other things counted",
}
"""How a population is called to a person."""


def number(n: int) -> str:
    """A number with a comma between thousands."""
    return f"{n:,}"


def reach(span: Span) -> str:
    """From the lowest bound to the highest, as words."""
    parts = []
    if span.low is not None and span.high is not None and span.low <= span.high:
        same = span.low == span.high
        parts.append(number(span.low) if same else f"from {number(span.low)} to {number(span.high)}")
    elif span.low is not None:
        parts.append(f"at least {number(span.low)}")
    if span.high is not None and (span.low is None or span.low > span.high):
        parts.append(f"at most {number(span.high)}")
    if span.about:
        parts.append("about " + " or ".join(map(number, span.about)))
    if span.open_above:
        few = span.open_above == 1
        parts.append(f"{span.open_above} figure{'' if few else 's'} without a maximum")
    return "; ".join(parts) or "no bound stated"


def of_whom(span: Span) -> str:
    """Whether civilians or fighters were counted, as far as sources say; fighters may be among all others."""
    said = []
    if span.civilians:
        said.append(f"{span.civilians} of {span.figures} said to count civilians")
    if span.fighters:
        said.append(f"{span.fighters} of {span.figures} said to count fighters")
    if span.population in ("dead", "wounded") and span.civilians + span.fighters < span.figures:
        said.append("fighters may be among the others" if said else "fighters may be among them")
    return "; ".join(said)


def bounds(figure: Figure) -> str:
    """One figure as bounds."""
    low, high = figure.min, figure.max
    if low is not None and high is not None:
        return number(low) if low == high else f"between {number(low)} and {number(high)}"
    if low is not None:
        return f"at least {number(low)}"
    if high is not None:
        return f"at most {number(high)}"
    return f"about {number(figure.value)}" if figure.value is not None else "a number without bounds"
