"""What is missing in opened hypotheses, and what would fill it: start with `gaps`.

A gap is said, never weighed: missing, resting on one origin, one-sided, hearsay, contradicted, resting on a link that
only a machine made or on items nobody verified, a conclusion whose basis is gone. What would fill it comes from the law
pack (`fill`), with the kind of thing to look for; tasks say who does.

Looks down to: matrix (chart, hypothesis). Used by: reports, casework, cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from probanda.kernel.vocabulary import Side
from probanda.law.model import NOT_OFFICIAL
from probanda.matrix.chart import Chart, Row
from probanda.matrix.hypothesis import Needs, Slot, Task


class GapKind(StrEnum):
    """In which way something is lacking."""

    MISSING = "missing"
    THIN = "one origin"
    ONE_SIDED = "one-sided"
    HEARSAY = "hearsay"
    CONTRADICTED = "contradicted"
    IDENTITY = "machine-made identity"
    UNVERIFIED = "unverified"
    REOPENED = "reopened"
    BREACH = "admissibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is lacking in one cell, with what would fill it."""

    hypothesis: str
    name: str
    crime: str
    mode: str
    slot: Slot
    text: str
    kind: GapKind
    words: str
    fill: str = ""
    """What would help, in the words of the law pack; on the side that is lacking."""
    needs: tuple[Needs, ...] = ()
    """What kind of thing that is."""
    tasks: tuple[Task, ...] = ()
    """Tasks on this element that nobody has closed."""
    text_is: str = NOT_OFFICIAL
    """What the element's text is not."""


NEEDS = {
    "mental": (Needs.WITNESS, Needs.DOCUMENT),
    "contextual": (Needs.DOCUMENT, Needs.EXPERT),
    "consequence": (Needs.WITNESS, Needs.IMAGE, Needs.EXPERT),
    "circumstance": (Needs.DOCUMENT, Needs.WITNESS),
    "conduct": (Needs.WITNESS, Needs.IMAGE, Needs.DOCUMENT),
}
"""What usually shows an element of each kind: knowledge and intent by insiders and papers, a setting by records and
experts, an outcome by those who saw it, pictures and examinations."""


def gaps(charts: Iterable[Chart]) -> tuple[Gap, ...]:
    """Every gap in every open hypothesis, in the order of the hypotheses and their elements."""
    return tuple(
        gap for chart in charts if chart.decided.closing is None for row in chart.rows for gap in _of_row(chart, row)
    )


def _of_row(chart: Chart, row: Row) -> Iterator[Gap]:
    h = chart.decided.hypothesis
    tasks = tuple(t for t in row.tasks if not t.closed)
    for kind, words, fill, needs in _lacking(row):
        yield Gap(
            hypothesis=h.id, name=chart.name, crime=h.crime, mode=h.mode, slot=row.slot, text=row.element.text,
            kind=kind, words=words, fill=fill, needs=needs, tasks=tasks,
        )  # fmt: skip


def _lacking(row: Row) -> Iterator[tuple[GapKind, str, str, tuple[Needs, ...]]]:
    usual = NEEDS.get(row.element.type, (Needs.OTHER,))
    for_, against = row.standing(Side.FOR), row.standing(Side.AGAINST)
    concluded = row.findings(Side.FOR)
    if not for_ and not concluded:
        looked = "A rule looked and proposes nothing." if row.rule_for else "No rule looks for it."
        yield GapKind.MISSING, f"Nothing stands here. {looked}", row.element.fill, usual
    elif for_ and row.for_weight.origins + row.for_weight.untraced == 1:
        yield GapKind.THIN, "All of it goes back to one origin.", row.element.fill, usual
    if for_ and row.for_weight.hearsay:
        words = "All of it is passed on by others, or its origin could not be traced."
        yield GapKind.HEARSAY, words, "The account at first hand, or the original.", (Needs.WITNESS, Needs.DOCUMENT)
    if for_ and against:
        yield GapKind.CONTRADICTED, "There is something on both sides.", "What would decide between them.", usual
    if not against and not any(s.side is Side.AGAINST for s in row.searches):
        words = "Nothing stands against it, and nobody looked."
        yield GapKind.ONE_SIDED, words, row.element.undermine, usual
    yield from _weak(row)
    for broken in (*(d.broken for d in row.drawn), *(a.broken for a in row.assessed)):
        for why in broken:
            yield GapKind.REOPENED, why, row.element.fill, usual


def _weak(row: Row) -> Iterator[tuple[GapKind, str, str, tuple[Needs, ...]]]:
    """What stands here on something that a person has yet to look at."""
    held = [e.shown for side in Side for e in row.standing(side)]
    if any(s.linked for s in held):
        count = sum(s.linked for s in held)
        words = f"{count} of {len(held)} name the person by a mention that only a machine linked."
        yield GapKind.IDENTITY, words, "Say who is who: `probanda actors same` or `apart`.", (Needs.OTHER,)
    unverified = sorted({n for s in held for n in s.unverified})
    if unverified:
        told = ", ".join(unverified[:6]) + (f" and {len(unverified) - 6} more" if len(unverified) > 6 else "")
        words = f"Nobody found verified: {told}."
        yield GapKind.UNVERIFIED, words, "`probanda assess show ITEM` says what to look at.", (Needs.EXPERT,)
    flagged = list(dict.fromkeys(f for s in held for f in s.flags))
    for note in flagged:
        yield (
            GapKind.BREACH,
            f"Said to be gained by a breach of rights: {note}",
            "Counsel's view (art. 69(7)).",
            (Needs.EXPERT,),
        )
