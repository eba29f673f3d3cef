"""Which layouts there are: for whom, on which crime, in which mode. Start with `scenes`.

Claims point to a crime and mode for whom they name. Beside that, article 28 is laid out, under (a) and under (b), for
each person who is said to stand over those named as authors, or over their unit, on the day of the act: a question,
never a finding, since no link says that anybody controlled anybody in fact (decision 0019).

Looks down to: matrix.situation, matrix.command, law, actors, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.kernel.bounds import first_day
from probanda.kernel.vocabulary import Involvement
from probanda.law.model import Crime, Mode
from probanda.matrix.command import Path
from probanda.matrix.situation import Scene, Situation

Key = tuple[str, str, str]
"""Ids of actor, crime and mode."""
AUTHORS = (Involvement.DIRECT, Involvement.UNKNOWN, Involvement.ORDERING)
"""Involvements by which somebody is named as author of an act for which a superior may have to answer."""


@dataclass(slots=True)
class _Draft:
    """A layout as its claims come in."""

    actor: ActorGroup
    crime: Crime
    mode: Mode
    own: dict[str, Claim] = field(default_factory=dict)
    paths: dict[tuple[str, str], Path] = field(default_factory=dict)


def scenes(situation: Situation) -> Iterator[Scene]:
    """Every layout that the claims point to, in no order that matters."""
    drafts: dict[Key, _Draft] = {}
    superiors = superior_modes(situation)
    for claim in situation.claims.values():
        for group, how in situation.authors(claim):
            for crime, mode in situation.points(claim, how):
                _draft(drafts, group, crime, mode).own[claim.id] = claim
        if superiors:
            for person, crime, mode, path in above(situation, claim, superiors):
                draft = _draft(drafts, person, crime, mode)
                draft.own[claim.id] = claim
                draft.paths[path.author, str(path.day or "")] = path
    for draft in drafts.values():
        own = tuple(draft.own[c] for c in sorted(draft.own))
        yield Scene(situation, draft.actor, draft.crime, draft.mode, own, in_their_order(draft.paths))


def superior_modes(situation: Situation) -> tuple[Mode, ...]:
    """The modes by which a superior answers for others: those that ask whether steps were taken."""
    return tuple(m for m in situation.pack.modes if any(e.look == "failing" for e in m.elements))


def above(situation: Situation, claim: Claim, modes: Iterable[Mode]) -> Iterator[tuple[ActorGroup, Crime, Mode, Path]]:
    """Whom the links say to stand over those this claim names as authors, for each crime and mode of superiors."""
    crimes: dict[str, dict[str, Crime]] = defaultdict(dict)
    named: dict[str, ActorGroup] = {}
    for group, how in situation.authors(claim):
        if how in AUTHORS:
            named[group.id] = group
            crimes[group.id] |= {crime.id: crime for crime, _ in situation.points(claim, how)}
    for author, group in named.items():
        if not crimes[author]:
            continue
        for person, path in situation.commands.above(author, group.name, day_of(situation, claim)).items():
            superior = situation.group(person)
            for crime in crimes[author].values():
                for mode in modes:
                    if superior is not None and mode.fits(crime):
                        yield superior, crime, mode, path


def day_of(situation: Situation, claim: Claim) -> date | None:
    """The day of an act: as the claim tells, else the first day of its incidents; None where nobody tells."""
    told = first_day(claim.date_from)
    if told is not None:
        return told
    incidents = (situation.incidents[i] for i in situation.incidents_of.get(claim.id, ()))
    return min((day for i in incidents if (day := first_day(i.date_from)) is not None), default=None)


def in_their_order(paths: dict[tuple[str, str], Path]) -> tuple[Path, ...]:
    """Paths shown for their day first, then by length, day and author."""
    return tuple(paths[k] for k in sorted(paths, key=lambda k: (not paths[k].shown, len(paths[k].hops), k[1], k[0])))


def _draft(drafts: dict[Key, _Draft], actor: ActorGroup, crime: Crime, mode: Mode) -> _Draft:
    key = (actor.id, crime.id, mode.id)
    if key not in drafts:
        drafts[key] = _Draft(actor, crime, mode)
    return drafts[key]
