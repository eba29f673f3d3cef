"""Figures: who counted whom, at least, at most, as of when; a ledger per incident and for all, never a sum.

Start with `ledger`. For each population it gives the span of what sources say, from the lowest to the highest bound:
two figures of one population may count the same people, so they are never added (requirement B6). People who fled stand
apart from those of whom the words say force or an order (H6).

Looks down to: claims, incidents.populations. Used by: reports, casework, cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from probanda.claims.model import DOC, Claim
from probanda.incidents.populations import OTHER, composition, population
from probanda.incidents.words import folded

ORDER = (
    "dead", "wounded", "disappeared", "displaced", "transferred", "detained", "abducted", "raped", "property", OTHER,
)  # fmt: skip
"""Populations in the order in which a ledger tells them; `other` holds every other unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as one source gives it."""

    claim: str
    item: str
    population: str
    """One of `ORDER`."""
    of: str
    """`civilians` or `fighters` where the source says so; empty where it does not: fighters may be among them."""
    unit: str
    """What is counted, as written."""
    speakers: tuple[str, ...]
    """Chain of speakers, outermost first; `@doc` is the publication itself."""
    counter: str | None
    """Who counted, where the words name somebody besides the speakers."""
    text: str
    value: int | None
    min: int | None
    max: int | None
    as_of: str | None
    """The day for which it was counted, as the source says; None where it says none."""
    date_from: str | None
    """First day of what was counted."""
    date_to: str | None
    denied: bool
    """The speaker says that this figure is wrong."""

    @property
    def bounds_span(self) -> bool:
        """True for a figure that its speaker stands behind: a number that is only rejected bounds nothing."""
        return not self.denied


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What sources say of one population, from the lowest bound to the highest."""

    population: str
    low: int | None
    """The lowest minimum; None where no source states one."""
    high: int | None
    """The highest maximum; None where no source states one."""
    about: tuple[int, ...]
    """Numbers that a source gives as about so many, and that bound nothing."""
    open_above: int
    """Figures that state no maximum."""
    figures: int
    civilians: int
    """Figures that are said to count civilians."""
    fighters: int
    why: str
    """Why these figures are not added."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures of one incident, or of the situation, with a span for each population."""

    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]


def ledger(claims: Iterable[Claim]) -> Ledger:
    """The ledger of these claims, whatever their order; those that order, threaten or demand state no figure."""
    told = sorted(
        filter(None, map(_figure, claims)), key=lambda f: (ORDER.index(f.population), f.unit, f.item, f.claim)
    )
    by: dict[str, list[Figure]] = {}
    for figure in told:
        by.setdefault(figure.population, []).append(figure)
    return Ledger(tuple(told), tuple(_span(name, by[name]) for name in ORDER if name in by and name != OTHER))


def _figure(claim: Claim) -> Figure | None:
    quantity, counted = claim.quantity, population(claim)
    if quantity is None:
        return None
    denied = not claim.asserts_event
    zero = denied and quantity.max == 0
    if denied and not zero and claim.polarity.value == "positive":
        return None  # an order, a threat, a demand
    return Figure(
        claim=claim.id, item=claim.item, population=counted if counted in ORDER else OTHER, of=composition(claim),
        unit=quantity.unit, speakers=tuple(s.words for s in claim.speakers) or (DOC,), counter=quantity.counter,
        text=quantity.text, value=quantity.value, min=quantity.min, max=quantity.max, as_of=quantity.as_of,
        date_from=claim.date_from, date_to=claim.date_to, denied=denied and not zero,
    )  # fmt: skip


def _span(name: str, figures: Sequence[Figure]) -> Span:
    stood_by = [f for f in figures if f.bounds_span]
    lows = [f.min for f in stood_by if f.min is not None]
    highs = [f.max for f in stood_by if f.max is not None]
    return Span(
        population=name,
        low=min(lows) if lows else None,
        high=max(highs) if highs else None,
        about=tuple(sorted({f.value for f in stood_by if f.value is not None and f.min is None and f.max is None})),
        open_above=sum(f.max is None and (f.min is not None or f.value is None) for f in stood_by),
        figures=len(figures),
        civilians=sum(f.of == "civilians" for f in figures),
        fighters=sum(f.of == "fighters" for f in figures),
        why=_why(figures),
    )


def _why(figures: Sequence[Figure]) -> str:
    if len(figures) == 1:
        return "one figure: there is nothing to add"
    who = {folded(f.counter or f.speakers[-1]) if f.speakers[-1] != DOC else f.item for f in figures}
    if len(who) == 1:
        return "not added, because one speaker may count the same people twice"
    return f"not added, because {len(who)} speakers may count the same people"
