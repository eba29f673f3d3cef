"""The checklist of grounds that exclude responsibility, for one person and crime (art. 31 to 33; requirement C7).

Start with `grounds_for`. Every ground of the pack is listed, in its order: ruled out for this crime, looked for (with
the claims a rule proposes), or not looked for by any rule. None is an element, and none is ever said to hold.

Looks down to: matrix.situation, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import MentionKind
from probanda.law.model import OF_INCIDENT, Exclusion
from probanda.matrix.cues import says_beside
from probanda.matrix.model import Ground
from probanda.matrix.scene import Scene
from probanda.matrix.situation import in_order

NOT_LOOKED_FOR = "Not looked for by any rule; a person must ask."
NOTHING = "Looked for by words; nothing found. That is not to say that there is nothing."
PROPOSED = "Claims whose words speak of it. Whether its conditions are met they do not show."
RULED_OUT = "It cannot exclude responsibility for this crime."


def grounds_for(scene: Scene) -> tuple[Ground, ...]:
    """The whole list for a person; empty for units, bodies and States, which are not tried (art. 25(1))."""
    if scene.actor.kind is not MentionKind.PERSON:
        return ()
    return tuple(_ground(scene, ground) for ground in scene.situation.pack.exclusions)


def _ground(scene: Scene, ground: Exclusion) -> Ground:
    if ground.not_for and scene.crime.id.startswith(ground.not_for):
        says = ground.ruled_out or RULED_OUT
        return Ground(id=ground.id, title=ground.title, open=False, searched=False, says=says)
    if not ground.cues:
        return Ground(id=ground.id, title=ground.title, open=True, searched=False, says=NOT_LOOKED_FOR)
    claims = tuple(c.id for c in _claims(scene, ground))
    says = PROPOSED if claims else NOTHING
    return Ground(id=ground.id, title=ground.title, open=True, searched=True, claims=claims, says=says)


def _claims(scene: Scene, ground: Exclusion) -> tuple[Claim, ...]:
    """Claims with such words: of these incidents, and others that have the word beside the name."""
    situation = scene.situation
    names, cues = situation.forms_of(scene.actor.id), situation.cue(*ground.cues)
    about = scene.about(*ground.cues)
    mine = {c.id for c in about}
    near = [c for c in scene.near_with(*ground.cues) if ground.where == OF_INCIDENT or c.id in mine]
    beside = [
        c
        for c in about
        if c.id not in scene.own_ids
        and (not situation.points_to_a_crime(c) or c.item in scene.items)
        and says_beside(c.quote, names, cues)
    ]
    return in_order([*near, *beside])
