"""What speaks against an element: denials, other authors, victims described as fighters. Start with `look_against`.

Both sides are looked for and shown alike (art. 54(1)(a), 67(2)). Where no rule looks, the cell says so: not looked for
is not nothing found. Here the net is cast wider than for support: a denial counts also outside these incidents.

Looks down to: matrix.situation, matrix.cues, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import ContradictionKind
from probanda.law.model import Element
from probanda.matrix.cues import says
from probanda.matrix.situation import Scene, denies, in_order

DENIABLE = ("act", "own-hand", "crime-happened", "instruction", "influence")
"""Rules whose elements a denial speaks against."""
OF_THE_AUTHOR = ("act", "own-hand", "instruction", "influence")
"""Rules whose elements say that this actor did it, so that another author named speaks against them."""


def look_against(scene: Scene, element: Element) -> tuple[Claim, ...] | None:
    """Claims against the element, in order of id; None where no rule looks."""
    if element.look not in DENIABLE and not element.against:
        return None
    found: list[Claim] = []
    if element.look in DENIABLE:
        found += _denials(scene)
        found += _contradicting(scene, ContradictionKind.DENIAL)
    if element.look in OF_THE_AUTHOR and (element.look != "act" or scene.by_own_hand or scene.crime.by_words):
        found += _other_authors(scene)
    if element.against:
        found += _fighters(scene, element)
    return in_order(found)


def _denials(scene: Scene) -> list[Claim]:
    """Denials in these incidents that name the actor or nobody; denials by or about the actor of such acts anywhere."""
    situation = scene.situation
    about = situation.denials_about.get(scene.actor.id, ())
    ids = {c.id for c in about}
    near = [c for c in scene.near if denies(c) and (not c.actors or c.id in ids)]
    return [c for c in (*near, *about) if situation.same_kind(c, scene.crime)]


def _contradicting(scene: Scene, kind: ContradictionKind) -> list[Claim]:
    situation = scene.situation
    others = {other for c in scene.own for other, how in situation.opposed.get(c.id, ()) if how is kind}
    return [situation.claims[i] for i in sorted(others)]


def _other_authors(scene: Scene) -> list[Claim]:
    """Opposed attributions: the other side of a contradiction that does not itself name this actor."""
    mine = {c.id for c in scene.situation.named_in.get(scene.actor.id, ())}
    return [c for c in _contradicting(scene, ContradictionKind.ATTRIBUTION) if c.id not in mine]


def _fighters(scene: Scene, element: Element) -> list[Claim]:
    """Claims of the same acts whose words for the victims describe them as fighters, and not as held or surrendered."""
    situation = scene.situation
    fighters, held = situation.cue(*element.against), situation.cue("hors-de-combat")
    return [
        c
        for c in scene.near
        if c.asserts_event
        and situation.same_kind(c, scene.crime)
        and any(says(v.words, fighters) and not says(v.words, held) for v in c.victims)
        and not says(c.quote, held)
    ]
