"""Small factories for matrix tests: an invented country, and only what a story needs."""

from __future__ import annotations

from probanda.actors.model import ActorGroup, Membership
from probanda.claims.model import DOC, Actor, Claim, Named, Tie
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import (
    ActType,
    ContradictionKind,
    Family,
    Involvement,
    MentionKind,
    Modality,
    OriginKind,
    Polarity,
    Status,
    TieKind,
)
from probanda.law import load
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix import lay_out
from probanda.matrix.model import Cell, Suggestion

PACK = load()


def someone(name: str, kind: MentionKind = MentionKind.PERSON, *variants: str) -> ActorGroup:
    """An actor whose only mention id is its name."""
    return ActorGroup(
        id=f"actor {name}", kind=kind, name=name, variants=(name, *variants), members=(Membership(name, "named so"),)
    )


VARO = someone("Colonel Varo")
BRIGADE = someone("Third Brigade", MentionKind.UNIT)
GUARD = someone("River Guard", MentionKind.UNIT)
MONITORS = someone("Hill Monitors", MentionKind.BODY)
COURT = someone("High Court of Marania", MentionKind.BODY)
PAPER = someone("Lenna Post", MentionKind.BODY)
EVERYONE = (VARO, BRIGADE, GUARD, MONITORS, COURT, PAPER)


def named(words: str) -> Named:
    return Named(words, None if words == DOC else words)


def by(actor: ActorGroup, involvement: Involvement = Involvement.DIRECT) -> Actor:
    return Actor(actor.name, actor.name, involvement)


def a_claim(
    act_type: ActType = ActType.KILLING,
    *authors: Actor,
    quote: str = "the men were taken away",
    speakers: tuple[str, ...] = (DOC, "Hill Monitors"),
    victims: tuple[str, ...] = (),
    modality: Modality = Modality.ALLEGED,
    polarity: Polarity = Polarity.POSITIVE,
    detail: str | None = None,
    item: str = "item 1",
    status: Status = Status.PROPOSED,
    flags: tuple[str, ...] = (),
) -> Claim:
    claim_id = content_id(
        act_type, quote, item, modality, polarity, *speakers, *victims, *(f"{a.words} {a.involvement}" for a in authors)
    )
    return Claim(
        id=claim_id,
        item=item,
        start=0,
        end=len(quote),
        quote=quote,
        act=quote,
        act_start=0,
        act_end=len(quote),
        act_type=act_type,
        act_detail=detail,
        modality=modality,
        polarity=polarity,
        speakers=tuple(named(s) for s in speakers),
        actors=authors,
        victims=tuple(Named(v) for v in victims),
        status=status,
        flags=flags,
        reader="person",
        why="invented",
    )


def a_tie(kind: TieKind, left: ActorGroup, right: ActorGroup, role: str = "commander") -> Claim:
    quote = f"{left.name}, {role}, {right.name}"
    return Claim(
        id=content_id("tie", kind, quote),
        item="item 1",
        start=0,
        end=len(quote),
        quote=quote,
        act=role,
        act_start=0,
        act_end=len(role),
        family=Family.TIE,
        act_type=ActType.OTHER,
        modality=Modality.REPORTED,
        speakers=(named(DOC),),
        tie=Tie(kind, named(left.name), named(right.name), role=role),
        reader="person",
        why="invented",
    )


def an_incident(*claims: Claim) -> Incident:
    ids = tuple(sorted(c.id for c in claims))
    return Incident(
        id=ids[0],
        title="An incident",
        act_type=claims[0].act_type,
        date_from=None,
        date_to=None,
        places=(),
        claims=ids,
        versions=(),
    )


def opposed(a: Claim, b: Claim, kind: ContradictionKind) -> Contradiction:
    return Contradiction(id=content_id(a.id, b.id), a=a.id, b=b.id, kind=kind, reason="invented")


def one_account(*claims: Claim) -> Origin:
    ids = tuple(sorted(c.id for c in claims))
    return Origin(id=ids[0], kind=OriginKind.ACCOUNT, claims=ids, reason="invented")


def laid_out(
    *claims: Claim,
    incidents: tuple[Incident, ...] = (),
    contradictions: tuple[Contradiction, ...] = (),
    origins: tuple[Origin, ...] = (),
    actors: tuple[ActorGroup, ...] = EVERYONE,
    recorded: Recorded = NOTHING,
) -> tuple[Suggestion, ...]:
    return lay_out(claims, actors, incidents, contradictions, origins, PACK, recorded)


def the(
    suggestions: tuple[Suggestion, ...], crime: str, mode: str = "25(3)(a) individual", actor: ActorGroup | None = None
):
    """The one layout on this crime and mode (and actor)."""
    found = [s for s in suggestions if s.crime == crime and s.mode == mode and actor in (None, _of(s, actor))]
    assert len(found) == 1, [(s.actor_name, s.crime, s.mode) for s in suggestions]
    return found[0]


def cell(suggestion: Suggestion, element: int, part: str = "crime") -> Cell:
    return next(c for c in suggestion.cells if c.part == part and c.element == element)


def _of(suggestion: Suggestion, actor: ActorGroup | None) -> ActorGroup | None:
    return actor if actor is not None and suggestion.actor == actor.id else None


__all__ = [
    "BRIGADE",
    "COURT",
    "DOC",
    "EVERYONE",
    "GUARD",
    "MONITORS",
    "PACK",
    "PAPER",
    "VARO",
    "a_claim",
    "a_tie",
    "an_incident",
    "by",
    "cell",
    "laid_out",
    "one_account",
    "opposed",
    "someone",
    "the",
]
