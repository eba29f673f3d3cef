"""Claims about invented incidents, with actors and ties of command, for laying out at size.

`situation(claims, incidents, units)` gives what a matrix is laid out from: units in pairs under a parent, each with a
head; incidents of one kind of act, one day and one author each, told of by very many claims: most name the author, some
another one or nobody, some deny it, some tell of orders, of proceedings, or speak for the person. The same numbers give
the same claims. `one_more` is a further claim on one of the incidents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from probanda.actors.model import ActorGroup, Membership
from probanda.claims.model import DOC, Actor, Claim, Named, Tie
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.kernel.bounds import Bounds
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
    TieKind,
)

FIRST_DAY = date(2031, 1, 1)
DAYS = 700
PER_ITEM = 12
ACTS = (ActType.KILLING, ActType.ATTACK_ON_CIVILIANS, ActType.TORTURE, ActType.LOOTING_PROPERTY, ActType.DETENTION)
SPEAKERS = ("Hill Monitors", "Relief League", "River Observatory", "a survivor", "residents", "the mayor", "a nurse")
SAYS = (
    "the {unit} took {victims} away during the fighting at {place}",
    "{victims} were held and not seen again after the {unit} came to {place}",
    "shells of the {unit} fell on {place} where {victims} had gathered",
    "the {unit} entered {place} and {victims} died",
    "in {place} {victims} were beaten until they confessed",
)
FOR_THEM = (
    "the {unit} did not know who was in {place}",
    "the building in {place} was a military target",
    "{place} was hit by mistake",
    "the {unit} told {victims} of it: leaflets fell on {place} the day before",
)
VICTIMS = ("residents", "two teachers", "prisoners", "shopkeepers", "fighters", "patients")


@dataclass(frozen=True, slots=True)
class Made:
    """All that a matrix is laid out from."""

    claims: list[Claim]
    actors: list[ActorGroup]
    incidents: list[Incident]
    contradictions: list[Contradiction]
    origins: list[Origin]


def situation(claims: int = 100_000, incidents: int = 500, units: int = 16) -> Made:
    """So many claims on so many incidents by so many units."""
    dice = random.Random("matrix")  # noqa: S311 - made-up claims, no secrets
    groups = [_group(f"Unit {n:02d}", MentionKind.UNIT) for n in range(units)]
    heads = [_group(f"Colonel Head{n:02d}", MentionKind.PERSON) for n in range(units)]
    speakers = [_group(name, MentionKind.BODY) for name in SPEAKERS[:3]]
    told = list(_ties(groups, heads))
    events, denied = [], []
    share = (claims - len(told)) // incidents
    for n in range(incidents):
        unit = dice.randrange(units)
        day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        act = ACTS[unit % len(ACTS)]
        mine = [_claim(dice, n, k, act, groups, heads, unit, day) for k in range(share)]
        told += mine
        ids = tuple(sorted(c.id for c in mine))
        events.append(_incident(ids, act, day, f"Place{n:03d}"))
        asserted, negative = [c for c in mine if c.asserts_event], [c for c in mine if not c.asserts_event]
        denied += [_opposed(a, b) for a, b in zip(asserted, negative, strict=False)]
    return Made(told, [*groups, *heads, *speakers], events, denied, list(_origins(told)))


def one_more(made: Made, number: int = 0) -> Made:
    """The same with one further claim on the first incident; all else is the very same objects."""
    first = made.incidents[number]
    model = next(c for c in made.claims if c.id in set(first.claims) and c.actors and c.asserts_event)
    fresh = replace(model, id=content_id("one more", str(number)), item="item of its own", quote=f"{model.quote} again")
    grown = replace(first, claims=tuple(sorted((*first.claims, fresh.id))))
    events = [grown if i is first else i for i in made.incidents]
    return Made([*made.claims, fresh], made.actors, events, made.contradictions, made.origins)


def _claim(
    dice: random.Random,
    incident: int,
    number: int,
    act: ActType,
    units: list[ActorGroup],
    heads: list[ActorGroup],
    unit: int,
    day: date,
) -> Claim:
    kind = dice.random()
    who, victims = units[unit], dice.choice(VICTIMS)
    modality, polarity = dice.choice((Modality.ALLEGED, Modality.REPORTED)), Polarity.POSITIVE
    authors = (Actor(who.name, who.name, Involvement.DIRECT),)
    says = dice.choice(SAYS)
    if kind < 0.15:
        authors = ()
    elif kind < 0.18:
        other = units[(unit + 1) % len(units)]
        authors = (Actor(other.name, other.name, Involvement.DIRECT),)
    elif kind < 0.22:
        modality, polarity = Modality.DENIED, Polarity.NEGATIVE
    elif kind < 0.25:
        authors = (Actor(heads[unit].name, heads[unit].name, Involvement.ORDERING),)
    elif kind < 0.29:
        act, authors, says = ActType.PROCEDURAL, (), "an inquiry into {place} was asked for"
    elif kind < 0.32:
        says = dice.choice(FOR_THEM)
    quote = says.format(unit=who.name, victims=victims, place=f"Place{incident:03d}")
    speakers = [Named(DOC)]
    if dice.random() < 0.7:
        name = dice.choice(SPEAKERS)
        speakers.append(Named(name, name if name in SPEAKERS[:3] else None))
    return Claim(
        id=content_id("claim", str(incident), str(number)),
        item=f"item {incident}.{number // PER_ITEM}",
        start=0,
        end=len(quote),
        quote=quote,
        act=quote,
        act_start=0,
        act_end=len(quote),
        act_type=act,
        modality=modality,
        polarity=polarity,
        speakers=tuple(speakers),
        actors=authors,
        victims=(Named(victims),),
        places=(Named(f"Place{incident:03d}"),),
        date_from=day.isoformat(),
        date_to=day.isoformat(),
        reader="made",
        why="made",
    )


def _ties(units: list[ActorGroup], heads: list[ActorGroup]) -> Iterator[Claim]:
    for n, (unit, head) in enumerate(zip(units, heads, strict=True)):
        bounds = Bounds(first_precise="2030-01-01", last_precise="2033-12-31" if n % 2 else "2031-12-31")
        yield _tie(TieKind.POSTING, head, unit, "commander", bounds)
        if n % 4:
            yield _tie(TieKind.SUBORDINATION, unit, units[n - n % 4], "under", bounds)


def _tie(kind: TieKind, left: ActorGroup, right: ActorGroup, role: str, bounds: Bounds) -> Claim:
    quote = f"{left.name}, {role}, {right.name}"
    return Claim(
        id=content_id("tie", quote),
        item="item of ties",
        start=0,
        end=len(quote),
        quote=quote,
        act=role,
        act_start=0,
        act_end=len(role),
        family=Family.TIE,
        act_type=ActType.OTHER,
        modality=Modality.REPORTED,
        speakers=(Named(DOC),),
        tie=Tie(kind, Named(left.name, left.name), Named(right.name, right.name), role=role, bounds=bounds),
        reader="made",
        why="made",
    )


def _group(name: str, kind: MentionKind) -> ActorGroup:
    return ActorGroup(
        id=f"actor {name}", kind=kind, name=name, variants=(name,), members=(Membership(name, "the same words"),)
    )


def _incident(ids: tuple[str, ...], act: ActType, day: date, place: str) -> Incident:
    return Incident(
        id=ids[0],
        title=f"{act.value} at {place}",
        act_type=act,
        date_from=day.isoformat(),
        date_to=day.isoformat(),
        places=(place,),
        claims=ids,
        versions=(),
    )


def _opposed(a: Claim, b: Claim) -> Contradiction:
    return Contradiction(id=content_id(a.id, b.id), a=a.id, b=b.id, kind=ContradictionKind.DENIAL, reason="made")


def _origins(claims: list[Claim]) -> Iterator[Origin]:
    """Every tenth claim is one account with the one after it."""
    for n in range(0, len(claims) - 1, 10):
        ids = tuple(sorted((claims[n].id, claims[n + 1].id)))
        yield Origin(id=ids[0], kind=OriginKind.ACCOUNT, claims=ids, reason="made")
