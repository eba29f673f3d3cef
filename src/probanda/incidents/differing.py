"""The values on which the accounts of one incident differ: numbers, days, places, who the victims were.

Start with `differing`. Each value that some claims hold is a version of its own, beside the versions by author
(`versions`): who says so, and from at most how many origins. None is preferred, and a value all agree on is none.

Looks down to: incidents.facts, contradictions, model, origins, places, versions. Used by: grouped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import partial

from probanda.incidents.contradictions import bounds_of, population_of, status_of
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.model import Version
from probanda.incidents.origins import Tracing
from probanda.incidents.places import Where
from probanda.incidents.versions import speakers_of

MOST = 12
"""Values of one field that are shown; where there are more, those that most claims hold."""

_STATUS = {"c": "civilians", "f": "fighters"}


def differing(facts: Sequence[Facts], reader: Reader, tracing: Tracing) -> tuple[Version, ...]:
    """Versions by number, date, place and status, each field only where two claims that assert the event differ."""
    told = [f for f in sorted(facts, key=lambda f: f.claim.id) if f.claim.asserts_event]
    found: list[Version] = []
    counts: dict[str, list[Facts]] = {}
    for f in told:
        if f.claim.quantity is not None and (what := population_of(f)) is not None:
            counts.setdefault(what, []).append(f)
    for what, block in sorted(counts.items()):
        found += _sets("number", block, bounds_of, _other_number, partial(_number, what), tracing)
    days = [f for f in told if f.dated]
    found += _sets("date", days, lambda f: (f.first, f.last), lambda a, b: bool(a.gap(b)), _days, tracing)

    def elsewhere(a: Facts, b: Facts) -> bool:
        return reader.places.compare(a.places, b.places) is Where.APART

    def where(f: Facts) -> str:
        return "place: " + ", ".join(sorted(reader.places.name(p) for p in f.places))

    found += _sets("place", [f for f in told if f.places], lambda f: f.places, elsewhere, where, tracing)
    seen = [f for f in told if status_of(f) is not None]
    found += _sets(
        "status", seen, status_of, lambda a, b: True, lambda f: f"hit: {_STATUS[status_of(f) or 'c']}", tracing
    )
    return tuple(found)


def _sets(
    field: str,
    facts: Iterable[Facts],
    value: Callable[[Facts], Hashable],
    differ: Callable[[Facts, Facts], bool],
    label: Callable[[Facts], str],
    tracing: Tracing,
) -> list[Version]:
    """One version for each value, those of most claims first; none where no two of the values exclude each other."""
    by_value: dict[Hashable, list[Facts]] = {}
    for f in facts:
        by_value.setdefault(value(f), []).append(f)
    kept = sorted(by_value.values(), key=lambda held: (-len(held), held[0].claim.id))[:MOST]
    firsts = [held[0] for held in kept]
    apart = {n for n, a in enumerate(firsts) for m, b in enumerate(firsts) if n != m and differ(a, b)}
    return [_version(field, label(held[0]), held, tracing) for n, held in enumerate(kept) if n in apart]


def _version(field: str, label: str, held: Sequence[Facts], tracing: Tracing) -> Version:
    traced, why = tracing.trace(f.claim for f in held)
    return Version(
        label=label,
        field=field,
        claims=tuple(f.claim.id for f in held),
        speakers=speakers_of(held),
        origins=traced.origins,
        untraced=traced.untraced,
        kinds=traced.kinds,
        reason=why,
    )


def _other_number(a: Facts, b: Facts) -> bool:
    q, r = a.claim.quantity, b.claim.quantity
    return q is not None and r is not None and q.disagrees_with(r)


def _number(what: str, f: Facts) -> str:
    return f"number ({what}): {f.claim.quantity.text if f.claim.quantity else ''}"


def _days(f: Facts) -> str:
    first, last = (date.fromordinal(d).isoformat() for d in (f.first or 1, f.last or 1))
    return f"date: {first}" if first == last else f"date: {first} to {last}"
