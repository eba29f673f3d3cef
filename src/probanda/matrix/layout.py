"""Lays claims out, one layout for each actor, crime and mode that claims point to: start with `lay_out`.

Pure: the same claims, actors, incidents, contradictions and origins give the same layouts in any order of arrival.

Looks down to: matrix.laying, situation; law, incidents, actors, claims, kernel.
Used by: casework, cli.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.kernel.vocabulary import Involvement
from probanda.law import why_none
from probanda.law.model import LawPack
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix.command import Dated
from probanda.matrix.laying import Laying
from probanda.matrix.model import Gap, SetAside, Suggestion
from probanda.matrix.situation import Given, Situation


def lay_out(
    claims: Sequence[Claim],
    actors: Sequence[ActorGroup],
    incidents: Sequence[Incident],
    contradictions: Sequence[Contradiction],
    origins: Sequence[Origin],
    pack: LawPack,
    recorded: Recorded = NOTHING,
    texts: Mapping[str, Dated] | None = None,
) -> tuple[Suggestion, ...]:
    """One layout for each person, unit, body or State that a claim names as author of an act that points to a crime.

    And under article 28 for each person who is said to stand over such an author. `texts`: item to the first and last
    day of its text, for ties that tell no time of their own.

    Sorted by the actor's name, then the crime's place in the pack, then the mode's. Rejected claims count for nothing.
    `recorded`: kinds of conflict, acceptances of amendments and thresholds, which decide what crimes are offered.
    """
    return Laying(pack, recorded).lay(Given(claims, actors, incidents, contradictions, texts or {}), origins)


def set_aside(
    claims: Sequence[Claim], actors: Sequence[ActorGroup], pack: LawPack, recorded: Recorded = NOTHING
) -> tuple[SetAside, ...]:
    """Claims that name an author and yet point to no crime or mode, each with why; sorted by claim id, then name."""
    situation = Situation.of(claims, actors, (), (), pack, recorded)
    found = [
        SetAside(claim=claim.id, actor_name=group.name, reason=why, noted=noted, belongs=_belongs(pack, why))
        for claim in situation.claims.values()
        for group, how in situation.authors(claim)
        for why, noted in [_why_aside(situation, claim, how)]
        if why
    ]
    return tuple(sorted(found, key=lambda s: (s.claim, s.actor_name)))


def gaps(suggestions: Sequence[Suggestion]) -> tuple[Gap, ...]:
    """Every cell in which something is missing, in the order of the layouts, for the command line."""
    return tuple(
        Gap(
            suggestion=s.id,
            actor_name=s.actor_name,
            crime=s.crime,
            mode=s.mode,
            part=cell.part,
            element=cell.element,
            text=cell.text,
            status=cell.status,
            searched_for=cell.searched_for,
            missing=cell.gap,
        )
        for s in suggestions
        for cell in s.cells
        if cell.gap
    )


def _why_aside(situation: Situation, claim: Claim, how: Involvement) -> tuple[str, bool]:
    """Why this claim points nowhere for this author; empty where it points somewhere."""
    if situation.points(claim, how):
        return "", False
    if withheld := situation.law.withheld(claim):
        return " ".join(withheld), False
    kinds = situation.law.conflict(claim).kinds
    why, noted = why_none(situation.pack, claim.act_type.value, claim.act_detail, kinds)
    if why:
        return why, noted
    for entry in situation.pack.not_modes:
        if entry.involvement == how.value:
            return entry.why, entry.noted
    if needed := situation.needed(claim):
        return f"It points further only with {' or '.join(needed)}.", False
    return "The words order or threaten an act and do not say that it happened, nor that this actor ordered it.", False


def _belongs(pack: LawPack, why: str) -> str:
    """Where a claim set aside for this reason is weighed instead, as the pack says; empty where nowhere."""
    return next((e.belongs for e in pack.aside() if e.why == why), "")
