"""Narrow a view: only what concerns somebody or something, only a period, only what a person has checked.

Where claims are taken out, incidents, origins and the matrix are thought through again from those that
stay (docs/decisions/0008): a count that rests on claims taken out would mislead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup
from probanda.casework.consolidate import docs_of, laid_out, think
from probanda.claims.model import Actor, Claim, Mention, Named
from probanda.incidents.model import NESTED, Consolidation
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import Status
from probanda.matrix.model import Suggestion
from probanda.names.folding import fold
from probanda.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a person asked to see only."""

    about: str | None = None
    hypothesis: str | None = None
    """Id of an opened hypothesis, told whole with the claims it rests on; nothing else is narrowed with it."""
    date_from: str | None = None
    date_to: str | None = None
    only_checked: bool = False


def parties(claim: Claim) -> list[Named | Actor]:
    """Everybody and every place that a claim names in a role."""
    return [*claim.actors, *claim.victims, *claim.places, *claim.speakers]


def chosen(
    claims: Sequence[Claim], actors: Sequence[ActorGroup], result: Consolidation, narrowing: Narrowing
) -> tuple[list[Claim], int]:
    """The claims that stay, and how many were left out for want of a date while a period was asked for."""
    kept, undated = list(claims), 0
    if narrowing.only_checked:
        kept = [c for c in kept if c.status in (Status.CHECKED, Status.CORRECTED)]
    if narrowing.date_from or narrowing.date_to:
        undated = sum(c.date_from is None for c in kept)
        low, high = narrowing.date_from or "", narrowing.date_to or "9999-12-31"
        kept = [c for c in kept if c.date_from and c.date_from <= high and (c.date_to or c.date_from) >= low]
    if narrowing.about:
        wanted = _about(narrowing.about, kept, actors, result)
        kept = [c for c in kept if c.id in wanted]
    return kept, undated


def _about(about: str, claims: Sequence[Claim], actors: Sequence[ActorGroup], result: Consolidation) -> frozenset[str]:
    """Ids of the claims about one actor, place or incident; an incident is shown whole.

    Raises NotFound when the name is neither an incident's id (or that of one of its claims), nor an
    actor's or place's id or name.
    """
    for incident in result.incidents:
        if about == incident.id or about in incident.claims:
            return frozenset(incident.claims)
    folded = fold(about)
    groups = {
        a.id
        for a in actors
        if about == a.id or any(about == m.mention for m in a.members) or any(fold(v) == folded for v in a.variants)
    }
    members = {m.mention for a in actors if a.id in groups for m in a.members}
    found = frozenset(c.id for c in claims for p in parties(c) if p.mention in members or fold(p.words) == folded)
    if not groups and not found:
        raise NotFound("actor, place or incident called", about, "probanda actors list")
    whole = {c for i in result.incidents if found & set(i.claims) for c in i.claims}
    return found | whole


def think_again(
    store: Store, eyes: Eyes, claims: Sequence[Claim], actors: Sequence[ActorGroup]
) -> tuple[Consolidation, tuple[Suggestion, ...]]:
    """Think again over the narrowed claims, so that counts of origins and cells speak of these alone."""
    decisions = [d for kind in ("incident", "origin", NESTED) for d in store.identity_decisions(eyes, kind)]
    result = think(claims, docs_of(store, eyes), actors, decisions)
    kept = named_in(actors, claims)
    return result, laid_out(store, eyes, claims, kept, result)


def named_in(actors: Iterable[ActorGroup], claims: Iterable[Claim]) -> tuple[ActorGroup, ...]:
    """The actors and places that these claims name in a role."""
    used = {p.mention for c in claims for p in parties(c) if p.mention is not None}
    return tuple(a for a in actors if any(m.mention in used for m in a.members))


def still_seen(actors: Sequence[ActorGroup], mentions: Iterable[Mention]) -> tuple[ActorGroup, ...]:
    """The actors and places as these mentions alone tell them.

    What was gathered can be older than a label: a form of a name that stands only behind it now is left out, and so is
    whoever nobody else names. What was said of look-alikes may hold such a name, and is left out with it.
    """
    words = {m.id: m.words for m in mentions}
    if all(m.mention in words for a in actors for m in a.members):
        return tuple(actors)
    return tuple(_seen_of(a, words) for a in actors if any(m.mention in words for m in a.members))


def _seen_of(actor: ActorGroup, words: Mapping[str, str]) -> ActorGroup:
    members = tuple(m for m in actor.members if m.mention in words)
    written = {words[m.mention] for m in members}
    variants = tuple(v for v in actor.variants if v in written) or tuple(sorted(written))
    return replace(
        actor,
        id=min(m.mention for m in members),
        name=actor.name if actor.name in variants else variants[0],
        variants=variants,
        members=members,
        apart=(),
        conflicts=(),
    )
