"""Alibis and posts that had ended: claims that the person was elsewhere, or out of post, when it happened.

Start with `elsewhere`. A claim counts where its time meets that of the incidents, or, where it tells none, where it
stands in a text that tells of them. For which hours it holds, a person must look: these rules only propose.

Looks down to: matrix.situation, names, actors, claims, kernel. Used by: matrix.exonerating.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from probanda.actors.command import OVER
from probanda.claims.model import Actor, Claim, Named
from probanda.kernel.bounds import first_day
from probanda.kernel.vocabulary import ActType, Family, TieKind
from probanda.matrix.cues import says_beside
from probanda.matrix.scene import Scene
from probanda.matrix.situation import denies
from probanda.names.model import Verdict
from probanda.names.places import same_place, within

HELD = (ActType.DETENTION, ActType.ABDUCTION, ActType.ENFORCED_DISAPPEARANCE, ActType.HOSTAGE)
"""Acts whose victim is in somebody's hands."""


def elsewhere(scene: Scene) -> list[Claim]:
    """Claims that place the actor away: held, in hospital, abroad, or at another place on the same day."""
    near = {c.id for c in scene.near}
    held = (c for c in scene.situation.harmed.get(scene.actor.id) if c.asserts_event and c.act_type in HELD)
    said = (c for c in scene.about("elsewhere") if _said_away(scene, c))
    found = [*held, *said, *(c for c in _on_these_days(scene) if _at_another_place(scene, c))]
    return [c for c in found if c.id not in scene.own_ids and _meets(scene, c, near)]


def out_of_post(scene: Scene) -> list[Claim]:
    """Ties of the actor that are told to have ended before, or begun after, a day of these; and dismissals told of."""
    return [*_ended(scene), *_dismissed(scene)]


def _said_away(scene: Scene, claim: Claim) -> bool:
    """Words of absence beside the name, in a claim that tells of no crime by the actor (a denial may)."""
    if scene.situation.points_to_a_crime(claim) and not denies(claim):
        return False
    names = scene.situation.forms_of(scene.actor.id)
    actors = _ids(scene, claim.actors)
    return scene.actor.id in actors or says_beside(claim.quote, names, scene.situation.cue("elsewhere"))


def _on_these_days(scene: Scene) -> Iterable[Claim]:
    """Claims that name the actor as doing something on one of the days of these incidents."""
    days = [first for first, last in scene.days if first == last]
    return (c for day in days for c in scene.situation.on_day.get((scene.actor.id, day)))


def _at_another_place(scene: Scene, claim: Claim) -> bool:
    """True where the actor is told to have done something else on that day, at none of these places."""
    if not claim.asserts_event or not claim.places or scene.situation.points_to_a_crime(claim):
        return False
    return bool(scene.places) and not any(_may_be_one(p.words, other) for p in claim.places for other in scene.places)


def _may_be_one(place: str, other: str) -> bool:
    """False only where two places are told apart: neither is, holds or may be the other."""
    if same_place(place, other).verdict is not Verdict.DIFFERENT:
        return True
    return bool(within(place, other)) or bool(within(other, place))


def _meets(scene: Scene, claim: Claim, near: Collection[str]) -> bool:
    if claim.date_from is None:
        return claim.item in scene.items or claim.id in near
    last = claim.date_to or claim.date_from
    return any(claim.date_from <= to and start <= last for start, to in scene.days)


def _ended(scene: Scene) -> Iterable[Claim]:
    days = [day for start, _ in scene.days if (day := first_day(start)) is not None]
    for claim in scene.situation.ties_of.get(scene.actor.id):
        bounds = claim.tie.bounds if claim.tie is not None else None
        if claim.tie is None or bounds is None or claim.tie.kind is not TieKind.POSTING:
            continue
        left = scene.situation.who(claim.tie.left)
        if left is not None and left.id == scene.actor.id and any(bounds.on(day) in OVER for day in days):
            yield claim


def _dismissed(scene: Scene) -> Iterable[Claim]:
    names = scene.situation.forms_of(scene.actor.id)
    cues = scene.situation.cue("out-of-post")
    last = max((to for _, to in scene.days), default="")
    for claim in scene.about("out-of-post"):
        if claim.family is not Family.ACT or not claim.asserts_event:
            continue
        before = claim.date_from <= last if claim.date_from is not None else claim.item in scene.items
        if before and says_beside(claim.quote, names, cues):
            yield claim


def _ids(scene: Scene, roles: Iterable[Named | Actor]) -> set[str]:
    return {g.id for r in roles if (g := scene.situation.who(r)) is not None}
