"""What people have put together in a gold folder, and what consolidation puts together, as keys that can be compared.

    gold/mentions.jsonl         {"cluster", "type", "mentions": [{"doc", "name"}]}
    gold/incidents.jsonl        {"incident", "claims": [ids]}
    gold/contradictions.jsonl   {"a", "b"} (ids of claims)
    gold/sources.jsonl          {"kind", "docs"}: kinds near-copy, exact-copy, case-variant, translation

Each file may be missing: then that is not measured. Start with `load_groups`, then `compare`.

Looks down to: gold, claims (grouping, scoring). Used by: casework (evaluate).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from probanda.casework.gold import Line, lines_of
from probanda.claims.grouping import Grouping, b_cubed, pairs_found, share_found
from probanda.claims.scoring import Gold, Statement, folded

COPIES = frozenset(("near-copy", "exact-copy", "case-variant", "translation"))
"""Kinds of sources.jsonl that make texts one origin; others are notes of whoever made the gold."""

Name = tuple[str, tuple[str, ...]]
"""A text, and a name in it with its letters folded: written twice in one text, it is one thing."""
Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """What belongs together; None where it is not told."""

    bearers: Mapping[Name, str] | None = None
    """Names to who bears them."""
    incidents: Mapping[str, str] | None = None
    """Ids of the gold's claims to incidents."""
    contradictions: Sequence[Pair] | None = None
    """Pairs of ids of the gold's claims: not all there are."""
    copies: frozenset[Pair] | None = None
    """Pairs of texts with one origin."""


def load_groups(folder: Path, gold: Gold) -> Groups:
    """What a gold folder says belongs together, for the texts of this gold. Raises GoldBroken for a broken line."""
    docs, ids = frozenset(gold.docs), frozenset(c.id for c in gold.claims)
    bearers, incidents, contradictions, sources = (
        list(lines_of(folder, name)) if (folder / name).exists() else None
        for name in (f"gold/{kind}.jsonl" for kind in ("mentions", "incidents", "contradictions", "sources"))
    )
    told = [] if incidents is None else [(line.word("incident"), line.names("claims")) for line in incidents]
    first = {claim: incident for incident, claims in reversed(told) for claim in claims if claim in ids}
    return Groups(
        bearers=None if bearers is None else dict(_bearers(bearers, docs)),
        incidents=None if incidents is None else first,
        contradictions=None if contradictions is None else list(_contradictions(contradictions, ids)),
        copies=None if sources is None else frozenset(_copies(sources, docs)),
    )


def _bearers(lines: Iterable[Line], docs: frozenset[str]) -> Iterator[tuple[Name, str]]:
    for line in lines:
        bearer = f"{line.get('type')} {line.word('cluster')}"
        written: Any = line.get("mentions")
        if not isinstance(written, list) or not all(isinstance(m, dict) and {"doc", "name"} <= set(m) for m in written):
            raise line.broken("`mentions` is no list of names", 'Write "mentions": [{"doc": "...", "name": "..."}].')
        for one in written:
            if one["doc"] in docs:
                yield (str(one["doc"]), folded(str(one["name"]))), bearer


def _contradictions(lines: Iterable[Line], ids: frozenset[str]) -> Iterator[Pair]:
    for line in lines:
        pair = frozenset((line.word("a"), line.word("b")))
        if pair <= ids:
            yield pair


def _copies(lines: Iterable[Line], docs: frozenset[str]) -> Iterator[Pair]:
    for line in lines:
        if line.word("kind") in COPIES:
            yield from pairs_of(set(line.names("docs")) & docs)


def pairs_of(things: Iterable[str]) -> Iterator[Pair]:
    """Each two of these."""
    return map(frozenset, combinations(sorted(things), 2))


# --- against what was proposed ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What consolidation puts together, with ids as the record has them."""

    bearers: Mapping[Name, str]
    incidents: Sequence[tuple[str, Sequence[str]]]
    """Incidents, in order of id, with the ids of their claims."""
    contradictions: Sequence[tuple[str, str]]
    copies: frozenset[Pair]


def compare(
    theirs: Groups, ours: Proposed, gold: Gold, laid: Iterable[tuple[Statement, Statement]]
) -> Iterator[Grouping]:
    """Measure each kind that the gold tells of. `laid`: proposed and expected claims laid together; what hangs on a
    proposed claim counts for the expected one beside it."""
    beside: dict[str, list[str]] = {}
    for p, g in sorted(laid, key=lambda pair: (pair[0].id, pair[1].id)):
        beside.setdefault(p.id.split("~")[0], []).append(g.id)
    if theirs.bearers is not None:
        yield b_cubed("names of one bearer (B-cubed)", theirs.bearers, ours.bearers)
        yield share_found("names found", len(theirs.bearers.keys() & ours.bearers.keys()), len(theirs.bearers))
    if theirs.incidents is not None:
        put: dict[str, str] = {}
        for incident, claims in ours.incidents:
            for claim in (g for c in claims for g in beside.get(c, ())):
                put.setdefault(claim, incident)
        yield b_cubed("claims of one incident (B-cubed)", theirs.incidents, put)
    if theirs.contradictions is not None:
        found = {
            frozenset((x, y)) for a, b in ours.contradictions for x in beside.get(a, ()) for y in beside.get(b, ())
        }
        yield share_found(
            "contradictions, the same claims",
            sum(p in found for p in theirs.contradictions),
            len(theirs.contradictions),
        )
        doc_of, incident_of = {c.id: c.doc for c in gold.claims}, theirs.incidents or {}
        near = {frozenset((doc_of[c], incident_of.get(c)) for c in pair) for pair in found}
        met = sum(frozenset((doc_of[c], incident_of.get(c)) for c in pair) in near for pair in theirs.contradictions)
        yield share_found("contradictions, same texts and incident", met, len(theirs.contradictions))
    if theirs.copies is not None:
        yield pairs_found("texts of one origin (pairs)", theirs.copies, ours.copies)
