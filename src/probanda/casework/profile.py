"""One actor as the case knows it: every form of the name with where it stands and why it is here, and who says what.

Start with `profile_of`. What sources say is kept source by source, never blended into one account. `likeness` lays two
actors side by side for a person to decide on; `split` takes forms of a name out of an actor again.

Looks down to: decide, actors, names, store, access, kernel. Used by: cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.actors.codenames import is_code
from probanda.actors.model import ActorGroup, by_machine
from probanda.casework.decide import called, ends, identity_deed
from probanda.claims.model import DOC, PSEUDONYM, Claim, Mention
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import compare_bodies
from probanda.names.folding import fold
from probanda.names.persons import compare_persons
from probanda.names.places import place_key
from probanda.store import listed
from probanda.store.store import Store

APART = "not the same"


@dataclass(frozen=True, slots=True)
class Standing:
    """One mention: where a form of the name stands, and why it was linked here."""

    mention: str
    words: str
    number: str
    start: int
    end: int
    reason: str
    by_machine: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that names the actor, as one source tells it."""

    claim: Claim
    number: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An actor with all that is known of its name, and what each source says of it."""

    actor: ActorGroup
    forms: tuple[tuple[str, tuple[Standing, ...]], ...]
    """Each form as written, most frequent first, with where it stands."""
    sources: tuple[tuple[str, tuple[Said, ...]], ...]
    """Each innermost speaker, by words, with what it says; the texts' own voice first."""
    last: str = ""
    """The last of these claims in the order they were read, from which a next page goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two actors side by side."""

    left: ActorGroup
    right: ActorGroup
    one: bool
    """They are one actor now."""
    names: tuple[tuple[str, str, str], ...]
    """(form of the left, form of the right, what the names alone say)."""
    decided: tuple[str, ...]
    """What persons have decided on the two, newest last."""
    shared: tuple[str, ...]
    """Registration numbers of items that name both."""


def profile_of(store: Store, eyes: Eyes, name: str, *, most: int | None = None, after: str = "") -> Profile:
    """The profile of one actor. Raises NotFound; WrongUsage where several bear the name.

    `most`: of its places and of the claims at most so many, the claims behind the one with the id `after`.
    """
    actor = one_called(store, eyes, name, members=most is None)
    mentions = store.ask(eyes, listed.mentions, actor.id, most)
    naming = store.ask(eyes, listed.naming, actor.id, most if most is not None else NO_LIMIT, after)
    wanted = {m.item for m, _ in mentions} | {claim.item for claim, _ in naming}
    numbers = store.ask(eyes, listed.numbers, wanted)
    stands: dict[str, list[Standing]] = defaultdict(list)
    for mention, reason in mentions:
        stands[mention.words].append(_standing(mention, reason, numbers.get(mention.item, mention.item[:12])))
    forms = tuple((form, tuple(sorted(stands[form], key=lambda s: (s.number, s.start)))) for form in actor.variants)
    said: dict[str, list[Said]] = defaultdict(list)
    for claim, roles in naming:
        said[claim.innermost.words].append(Said(claim, numbers.get(claim.item, claim.item[:12]), roles))
    sources = tuple(
        (who, tuple(sorted(said[who], key=lambda s: (s.number, s.claim.start, s.claim.id))))
        for who in sorted(said, key=lambda who: (who != DOC, fold(who), who))
    )
    last = naming[-1][0].id if naming else ""
    return Profile(actor=actor, forms=forms, sources=sources, last=last)


NO_LIMIT = -1
"""As the database says that all are wanted."""


def _standing(mention: Mention, reason: str, number: str) -> Standing:
    return Standing(mention.id, mention.words, number, mention.start, mention.end, reason, by_machine(reason))


def one_called(store: Store, eyes: Eyes, name: str, *, members: bool = True) -> ActorGroup:
    """The one actor that a name leads to; without its `members`, where they are not needed. Raises NotFound;
    WrongUsage where there are several."""
    found = called(store, eyes, name, members=members)
    if len(found) > 1:
        shown = ", ".join(f"{g.id[:12]} ({g.kind.value} {g.name})" for g in found)
        raise WrongUsage(f"{name} can mean several: {shown}.", "Name the one you mean by the first letters of its id.")
    return found[0]


def likeness(store: Store, eyes: Eyes, left: str, right: str) -> Likeness:
    """What speaks for and against two actors being one; it decides nothing.

    A codename or pseudonym is compared with no name: the machine shows nobody whom it might stand for.
    Raises NotFound; WrongUsage where several bear a name.
    """
    one, other = one_called(store, eyes, left), one_called(store, eyes, right)
    mentions = [[m for m, _ in store.ask(eyes, listed.mentions, g.id)] for g in (one, other)]
    hidden = [_hidden(g, found) for g, found in zip((one, other), mentions, strict=True)]
    if hidden[0] != hidden[1] or (hidden[0] and one.id != other.id):
        raise WrongUsage(
            "A codename is compared with nobody here: whom it stands for is not for the machine to suggest.",
            "Where you know it and may record it: `probanda actors same LEFT RIGHT --reason TEXT`.",
        )
    items = [{m.item for m in found} for found in mentions]
    both = items[0] & items[1]
    members = [{m.mention for m in g.members} for g in (one, other)]
    decided = [
        d.verdict
        for d in store.identity_decisions(eyes, "actor")
        if (d.left in members[0] and d.right in members[1]) or (d.left in members[1] and d.right in members[0])
    ]
    return Likeness(
        left=one,
        right=other,
        one=one.id == other.id,
        names=_compared(one, other),
        decided=tuple(decided),
        shared=tuple(sorted(store.ask(eyes, listed.numbers, both).values())),
    )


MOST_FORMS = 6
"""Forms of each name that are laid side by side."""


def _compared(one: ActorGroup, other: ActorGroup) -> tuple[tuple[str, str, str], ...]:
    pairs = [(a, b) for a in one.variants[:MOST_FORMS] for b in other.variants[:MOST_FORMS]]
    return tuple((a, b, _names_say(one.kind, a, b)) for a, b in pairs)


def _names_say(kind: MentionKind, a: str, b: str) -> str:
    if kind is MentionKind.PLACE:
        return "same: one place by its spellings" if place_key(a) == place_key(b) else "different: two names of places"
    found = compare_persons(a, b) if kind is MentionKind.PERSON else compare_bodies(a, b)
    return f"{found.verdict.value}: {found.reason}"


def _hidden(actor: ActorGroup, mentions: Sequence[Mention]) -> bool:
    return actor.kind is MentionKind.PERSON and any(is_code(m.words) or m.title == PSEUDONYM for m in mentions)


def settle(store: Store, eyes: Eyes, left: str, right: str, verdict: str, reason: str = "") -> None:
    """Record a person's verdict on two names as written: same, not the same, unsure.

    `same` replaces every earlier word that holds apart a mention of the one and a mention of the other, so that what
    was split comes together again. Raises as `decide.ends`.
    """
    ends_of = ends(store, eyes, left, right)
    deeds = [identity_deed(store, eyes, *ends_of, verdict, reason=reason)]
    if verdict == "same":
        held = store.ask(eyes, listed.actors, store.ask(eyes, listed.holding, listed.MENTION_IN_ACTOR, ends_of))
        groups = [{m.mention for m in g.members} for g in held]
        deeds += [
            identity_deed(store, eyes, d.left, d.right, verdict, reason=reason)
            for d in store.identity_decisions(eyes, "actor")
            if d.verdict == APART and {d.left, d.right} != set(ends_of) and _across(groups, d.left, d.right)
        ]
    store.record(eyes, deeds)


def _across(groups: Sequence[set[str]], left: str, right: str) -> bool:
    return any(left in a and right in b for a in groups for b in groups if a is not b)


def split(store: Store, eyes: Eyes, actor: str, forms: Sequence[str], reason: str = "") -> int:
    """Take forms of a name (or single mentions, by the first letters of their ids) out of an actor; how many were.

    The mentions taken out stay together, and each gets its decision; both actors keep all that was ever decided of
    them, and `settle` with `same` makes them one again. Raises NotFound; WrongUsage where nothing or everything would
    be taken out.
    """
    group = one_called(store, eyes, actor)
    words = {m.id: m.words for m, _ in store.ask(eyes, listed.mentions, group.id)}
    wanted = {fold(form) for form in forms}
    out = [
        m.mention
        for m in group.members
        if fold(words.get(m.mention, "")) in wanted or any(len(f) >= 6 and m.mention.startswith(f) for f in forms)
    ]
    rest = [m.mention for m in group.members if m.mention not in out]
    if not out or not rest:
        shown = "; ".join(group.variants)
        what = "None of these forms belongs" if not out else "All of its forms would be taken out, and nothing left"
        raise WrongUsage(f"{what} to {group.name}.", f"Its forms are: {shown}.")
    deeds = [identity_deed(store, eyes, out[0], other, "same", reason=reason) for other in out[1:]]
    deeds += [identity_deed(store, eyes, out[0], kept, APART, reason=reason) for kept in rest]
    store.record(eyes, deeds)
    return len(out)
