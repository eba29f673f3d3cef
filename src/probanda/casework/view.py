"""One narrowed view of a case: what a report or an export may use, after withholding and masking.

Start with `View.of`. It decides what is left out (restricted items unless a reason is given), what is
narrowed (`--about`, `--from`, `--to`, `--only checked`), and which names are written as codenames
(persons named in restricted items, and persons marked as protected). Faces and reports get nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from probanda.access.eyes import OPEN, RESTRICTED, Eyes
from probanda.access.masking import Masker
from probanda.actors.model import ActorGroup, Membership
from probanda.casework.consolidate import docs_of, stored, think
from probanda.claims.model import Actor, Claim, Mention, Named
from probanda.incidents.model import Consolidation
from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import MentionKind, Status
from probanda.law import load
from probanda.matrix import lay_out
from probanda.matrix.model import Suggestion
from probanda.names.folding import fold
from probanda.store.model import ItemRow
from probanda.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a person asked to see only."""

    about: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    only_checked: bool = False

    @property
    def any(self) -> bool:
        """True when something was narrowed."""
        return bool(self.about or self.date_from or self.date_to or self.only_checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a person asked to include of what is restricted, and why (both reasons are logged)."""

    include_restricted: str | None = None
    with_names: str | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """Rows a report or export may use. All names in it may be shown as they stand."""

    eyes: Eyes
    items: tuple[ItemRow, ...]
    withheld: int
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    actors: tuple[ActorGroup, ...]
    result: Consolidation
    suggestions: tuple[Suggestion, ...]
    worked_out: bool
    """False when nobody has run `incidents` for this sight: actors, incidents, origins are then empty."""
    narrowing: Narrowing
    sharing: Sharing
    left_undated: int
    """Claims left out because they state no date while a period was asked for."""
    masked: bool
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Base names by item, codenamed where the item is restricted."""
    numbers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def actor_of(self) -> dict[str, str]:
        """Mention id to actor or place id."""
        return {m.mention: a.id for a in self.actors for m in a.members}


def view(store: Store, eyes: Eyes, narrowing: Narrowing, sharing: Sharing) -> View:
    """Gather what these eyes may hand on: restricted items only with a reason, names in them as codenames."""
    shared = eyes if sharing.include_restricted else eyes.only_open()
    all_items = store.items(eyes)
    closed = frozenset(i.digest for i in all_items if is_restricted(i))
    items = tuple(i for i in store.items(shared) if sharing.include_restricted or i.digest not in closed)
    stored_actors = store.actors(shared)
    actors = tuple(stored_actors or ())
    claims = [c for c in store.claims(shared) if c.status is not Status.REJECTED]
    result, suggestions = stored(store, shared), tuple(store.suggestions(shared) or ())
    chosen, undated = _chosen(claims, actors, result, narrowing)
    if len(chosen) != len(claims):
        result, suggestions = _again(store, shared, chosen, actors)
        actors = _named_in(actors, chosen)
    full = View(
        eyes=shared,
        items=items,
        withheld=len(all_items) - len(items),
        claims=tuple(chosen),
        mentions=tuple(store.mentions(shared)),
        actors=actors,
        result=result,
        suggestions=suggestions,
        worked_out=stored_actors is not None,
        narrowing=narrowing,
        sharing=sharing,
        left_undated=undated,
        masked=False,
        names={i.digest: tuple(_base(n) for n in i.names) for i in items},
        numbers={i.digest: i.number for i in items},
    )
    return _mask(store, full)


def parties(claim: Claim) -> list[Named | Actor]:
    """Everybody and every place that a claim names in a role."""
    return [*claim.actors, *claim.victims, *claim.places, *claim.speakers]


def is_restricted(item: ItemRow) -> bool:
    """True when the item, or the text read from it, stands in a compartment other than the open one."""
    return item.compartment != OPEN or item.proposed_restricted is not None


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


# --- narrowing -----------------------------------------------------------------------------------


def _chosen(
    claims: Sequence[Claim], actors: Sequence[ActorGroup], result: Consolidation, narrowing: Narrowing
) -> tuple[list[Claim], int]:
    chosen, undated = list(claims), 0
    if narrowing.only_checked:
        chosen = [c for c in chosen if c.status in (Status.CHECKED, Status.CORRECTED)]
    if narrowing.date_from or narrowing.date_to:
        undated = sum(c.date_from is None for c in chosen)
        low, high = narrowing.date_from or "", narrowing.date_to or "9999-12-31"
        chosen = [c for c in chosen if c.date_from and c.date_from <= high and (c.date_to or c.date_from) >= low]
    if narrowing.about:
        wanted = _about(narrowing.about, chosen, actors, result)
        chosen = [c for c in chosen if c.id in wanted]
    return chosen, undated


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


def _again(
    store: Store, eyes: Eyes, claims: Sequence[Claim], actors: Sequence[ActorGroup]
) -> tuple[Consolidation, tuple[Suggestion, ...]]:
    """Think again over the narrowed claims, so that counts of origins and cells speak of these alone."""
    decisions = [d for kind in ("incident", "origin") for d in store.identity_decisions(eyes, kind)]
    result = think(claims, docs_of(store, eyes), actors, decisions)
    kept = _named_in(actors, claims)
    return result, tuple(lay_out(claims, kept, result.incidents, result.contradictions, result.origins, load()))


def _named_in(actors: Iterable[ActorGroup], claims: Iterable[Claim]) -> tuple[ActorGroup, ...]:
    used = {p.mention for c in claims for p in parties(c) if p.mention is not None}
    return tuple(a for a in actors if any(m.mention in used for m in a.members))


# --- masking -------------------------------------------------------------------------------------


def _mask(store: Store, view: View) -> View:
    """Codenames for persons of restricted items (unless allowed by name) and for protected persons, everywhere."""
    closed = frozenset(i.digest for i in view.items if is_restricted(i))
    hide_restricted = bool(closed) and not view.sharing.with_names
    known = store.protected(store.owner)  # a name is masked whoever reads
    protected = frozenset(p.mention for p in known)
    words_protected = [(p.kind, tuple(p.words)) for p in known]
    item_of = {m.id: m.item for m in view.mentions}
    groups = list(words_protected)
    inside: list[tuple[str, tuple[str, ...]]] = []
    for a in view.actors:
        members = {m.mention for m in a.members}
        if members & protected:
            groups.append((a.kind.value, a.variants))
        elif hide_restricted and a.kind is MentionKind.PERSON and any(item_of.get(m) in closed for m in members):
            inside.append((a.kind.value, a.variants))
            if all(item_of.get(m) in closed for m in members):
                groups.append((a.kind.value, a.variants))
    if hide_restricted:
        inside += [
            (MentionKind.PERSON.value, (m.words,))
            for m in view.mentions
            if m.item in closed and m.kind is MentionKind.PERSON
        ]
    if not groups and not hide_restricted:
        return view
    everywhere = Masker(store.key, groups=groups, contacts=False)
    within_closed = Masker(store.key, groups=groups + inside) if hide_restricted else everywhere
    return _masked(view, closed if hide_restricted else frozenset(), everywhere, within_closed)


def _masked(view: View, closed: frozenset[str], everywhere: Masker, inside: Masker) -> View:
    def masker(item: str) -> Masker:
        return inside if item in closed else everywhere

    claims = tuple(mask_claim(c, masker(c.item)) for c in view.claims)
    open_words = {m.words for m in view.mentions if m.item not in closed}
    closed_words = {m.words for m in view.mentions if m.item in closed}

    def everywhere_or_inside(words: str) -> str:
        return (inside if words in closed_words and words not in open_words else everywhere).mask(words)

    actors = tuple(_mask_actor(a, everywhere_or_inside) for a in view.actors)
    result = Consolidation(
        tuple(
            replace(
                i,
                title=everywhere.mask(i.title),
                places=tuple(everywhere.mask(p) for p in i.places),
                versions=tuple(
                    replace(
                        v,
                        label=everywhere_or_inside(v.label),
                        speakers=tuple(everywhere_or_inside(s) for s in v.speakers),
                        reason=everywhere.mask(v.reason),
                    )
                    for v in i.versions
                ),
                reasons=tuple((c, everywhere.mask(r)) for c, r in i.reasons),
            )
            for i in view.result.incidents
        ),
        tuple(replace(o, reason=everywhere.mask(o.reason)) for o in view.result.origins),
        tuple(replace(c, reason=everywhere.mask(c.reason)) for c in view.result.contradictions),
    )
    suggestions = tuple(
        replace(
            s,
            actor_name=everywhere_or_inside(s.actor_name),
            cells=tuple(replace(c, reason=everywhere.mask(c.reason), gap=everywhere.mask(c.gap)) for c in s.cells),
        )
        for s in view.suggestions
    )
    names = {
        i.digest: (i.number,) if i.digest in closed else tuple(everywhere.mask(_base(n)) for n in i.names)
        for i in view.items
    }
    items = tuple(
        replace(
            i,
            names=names[i.digest],
            title=None if i.digest in closed else mask_or_none(everywhere, i.title),
            publisher=None if i.digest in closed else i.publisher,
        )
        for i in view.items
    )
    mentions = tuple(
        replace(m, words=masker(m.item).mask(m.words), title=mask_or_none(masker(m.item), m.title))
        for m in view.mentions
    )
    return replace(
        view,
        items=items,
        claims=claims,
        mentions=mentions,
        actors=actors,
        result=result,
        suggestions=suggestions,
        names=names,
        masked=True,
    )


def mask_or_none(masker: Masker, words: str | None) -> str | None:
    """The words masked, or None."""
    return None if words is None else masker.mask(words)


def mask_claim(claim: Claim, masker: Masker) -> Claim:
    """A claim with names written as codenames, inside its quote too; flagged where the quote is no longer verbatim."""
    mask = masker.mask
    quote = mask(claim.quote)

    def named(parties: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(replace(p, words=mask(p.words)) for p in parties)

    actors: tuple[Actor, ...] = tuple(replace(a, words=mask(a.words)) for a in claim.actors)
    tie = claim.tie and replace(
        claim.tie,
        left=replace(claim.tie.left, words=mask(claim.tie.left.words)),
        right=replace(claim.tie.right, words=mask(claim.tie.right.words)),
    )
    cited = claim.cited and replace(claim.cited, words=mask(claim.cited.words), of=mask_or_none(masker, claim.cited.of))
    quantity = claim.quantity and replace(
        claim.quantity, text=mask(claim.quantity.text), counter=mask_or_none(masker, claim.quantity.counter)
    )
    return replace(
        claim,
        quote=quote,
        act=mask(claim.act),
        speakers=named(claim.speakers),
        actors=actors,
        victims=named(claim.victims),
        places=named(claim.places),
        means=tuple(mask(m) for m in claim.means),
        tie=tie,
        cited=cited,
        quantity=quantity,
        why=mask(claim.why),
        flags=(*claim.flags, "names masked") if quote != claim.quote else claim.flags,
    )


def _mask_actor(actor: ActorGroup, mask: Callable[[str], str]) -> ActorGroup:
    return replace(
        actor,
        name=mask(actor.name),
        variants=tuple(dict.fromkeys(mask(v) for v in actor.variants)),
        apart=tuple(mask(a) for a in actor.apart),
        members=tuple(Membership(m.mention, mask(m.reason)) for m in actor.members),
    )


__all__ = ["RESTRICTED", "Narrowing", "Sharing", "View", "is_restricted", "view"]
