"""Mask an opened hypothesis: what persons wrote in it, and the words of what it cites. Start with `masked_chart`.

What a person writes may name anybody, so it gets the mask of restricted items; the words of a claim are taken from the
claims of the view, which were masked item by item.

Looks down to: matrix. Used by: mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from probanda.claims.model import Claim
from probanda.law.model import Element
from probanda.matrix.chart import Chart
from probanda.matrix.hypothesis import Charted, Hypothesis, Kind, Ref, Shown, Weighed
from probanda.matrix.model import Suggestion

Mask = Callable[[str], str]
WRITTEN = frozenset({
    "reason", "note", "says", "what", "assigned", "closed", "found", "where", "who", "words", "standard", "broken",
    "conflicts", "question",
})  # fmt: skip
"""Fields that hold what a person wrote, or sentences made of it."""
_LEFT = (Charted, Element, Ref, Weighed, Suggestion)
"""Records without a word of a person."""


def masked_chart(
    chart: Chart, machine: Suggestion | None, claims: Mapping[str, Claim], name: Mask, written: Mask
) -> Chart:
    """The chart with codenames where they are due. `machine`: its suggestion, masked; `claims`: those of the view."""

    def walk(value: Any) -> Any:
        if isinstance(value, Shown):
            return shown(value)
        if isinstance(value, tuple):
            return tuple(walk(one) for one in value)
        if not is_dataclass(value) or isinstance(value, (type, *_LEFT)):
            return value
        return replace(value, **{f.name: field(f.name, getattr(value, f.name)) for f in fields(value)})

    def field(called: str, value: Any) -> Any:
        if called not in WRITTEN:
            return walk(value)
        if type(value) is str:
            return written(value)
        return (
            tuple(written(one) if type(one) is str else walk(one) for one in value)
            if isinstance(value, tuple)
            else walk(value)
        )

    def shown(value: Shown) -> Shown:
        claim = claims.get(value.ref.id) if value.ref.kind is Kind.CLAIM else None
        if claim is None:
            return replace(
                value, words=written(value.words), said_by=tuple(map(written, value.said_by)),
                flags=tuple(map(written, value.flags)),
            )  # fmt: skip
        return replace(
            value, words=claim.quote, said_by=tuple(s.words for s in claim.speakers),
            flags=tuple(map(written, value.flags)),
        )  # fmt: skip

    done: Chart = walk(replace(chart, machine=None))
    opened: Hypothesis = done.decided.hypothesis
    return replace(
        done,
        machine=machine,
        name=name(chart.name),
        decided=replace(done.decided, hypothesis=replace(opened, actor_name=name(opened.actor_name))),
    )
