"""The rules that look for support of an element, each small, stated in words, and conservative.

An element names its rule (`look` in the law pack); one without a rule is not looked for, which differs from nothing
found. A rule takes a scene and an element and gives claims with the sentence that says why they are there and what
they do not show. Start with `LOOKS`. No mental element is ever taken from the act alone: only from the actor's own
words, or from claims whose words say what the actor knew, wanted or demanded. Claims from which the element could only
be inferred are told apart; the machine never draws the inference (Elements, general introduction; requirement C6).
The rules on superiors are in `superior`.

Looks down to: matrix.superior, found, situation, cues; law, claims, kernel. Used by: matrix.cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, Modality
from probanda.law.model import Element
from probanda.law.pointing import fits
from probanda.matrix.found import Found, Look
from probanda.matrix.scene import Scene
from probanda.matrix.situation import OPERATIONS, OWN_VOICE, Situation, Whole, in_order
from probanda.matrix.superior import OWN, SUPERIOR

LISTED = 12
"""Claims listed in a cell to which a whole situation speaks; the rest is counted and said to be left out."""
LISTED_NEAR = 200
"""Claims listed on one side of any other cell; the rest is counted and said to be left out."""
NOT_SAID_HOW = "The words put the name beside the act and do not say how; that the actor did it would be inferred."
SETTING = "It speaks of a conflict: the link of this conduct with it would have to be inferred."
OF_OTHERS = "An author's own order or admission: what it shows of the mind would have to be inferred."
ONE_OF_MANY = "It tells of one act, or uses a word such as widespread: an attack under a policy would be inferred."
OTHER_ACTS = "Another act for which the actor is named: that the two belong together would have to be inferred."
AN_ATTACK = 2
"""Incidents from which on the rule for an attack on a population speaks at all (art. 7(2)(a): multiple commission)."""


def act(scene: Scene, _: Element) -> Found:
    """The conduct itself: by the actor where that is the mode, otherwise by whomever the claims name."""
    if scene.crime.by_words:
        whose = "those under the actor" if scene.paths else "the actor"
        return Found(scene.own, f"Claims that {whose} gave such an order or declaration.")
    if scene.by_own_hand:
        told = {c.id for c in scene.near_told()}
        mine = tuple(c for c in scene.own if c.id in told)
        direct = {c.id for c in scene.own_as(Involvement.DIRECT)}
        unsaid = {c.id: NOT_SAID_HOW for c in mine if c.id not in direct}
        return Found(mine, "Claims that name the actor as author of such an act.", inferred=unsaid)
    return Found(
        scene.near_told(), "Claims of the same incidents that such an act was carried out, whoever is named for it."
    )


def own_hand(scene: Scene, _: Element) -> Found:
    """Claims that say a direct part; a name put beside an act without saying how is not enough."""
    kinds = (Involvement.DIRECT, Involvement.ORDERING) if scene.crime.by_words else (Involvement.DIRECT,)
    mine = scene.own_as(*kinds)
    return Found(
        mine, "Claims that say that the actor took part directly. A claim that leaves the manner open is not counted."
    )


def crime_happened(scene: Scene, _: Element) -> Found:
    """Claims of the same incidents that the act was carried out; an order alone does not say so."""
    told = scene.own if scene.crime.by_words else scene.near_tried()
    reason = "Claims of the same incidents that such an act was carried out or tried."
    return Found(told, f"{reason} Whose men did it is not settled by them.")


def instruction(scene: Scene, _: Element) -> Found:
    """Claims that the actor ordered it, or the words of the order."""
    mine = scene.own_as(Involvement.ORDERING)
    return Found(mine, "Claims that the actor ordered it, or that hold the words of the order.")


def helping(scene: Scene, _: Element) -> Found:
    """Claims that the actor helped with it."""
    mine = scene.own_as(Involvement.AIDING)
    return Found(mine, "Claims that the actor helped with it. With what aim they do not show.")


def contribution(scene: Scene, _: Element) -> Found:
    """Claims that the actor had a part in planning it."""
    mine = scene.own_as(Involvement.PLANNING)
    return Found(mine, "Claims that the actor had a part in planning it. A common purpose they do not show.")


def influence(scene: Scene, _: Element) -> Found:
    """Claims that the actor incited others to it."""
    mine = scene.own_as(Involvement.INCITING)
    return Found(mine, "Claims that the actor asked or moved others to do it.")


def knowledge(scene: Scene, element: Element) -> Found:
    """Claims that the actor knew, and the actor's own words."""
    knew = scene.told_as(scene.actor.id, Involvement.KNOWLEDGE)
    own = own_words(scene, element).claims
    known = {c.id for c in knew}
    return Found(
        in_order([*knew, *own]),
        "Claims that the actor knew of it, and the actor's own orders or admissions.",
        inferred={c.id: OWN for c in own if c.id not in known},
    )


def own_words(scene: Scene, element: Element) -> Found:
    """Orders and admissions that come from the actor (threats too where the crime is in words), never the act alone."""
    voices = OWN_VOICE if scene.crime.by_words else (Modality.ORDERED, Modality.ADMITTED)
    cues, whom = element.cues, scene.persons_of(element)
    mine = tuple(
        c
        for c in scene.near_voices()
        if c.modality in voices and scene.said_by(c, whom) and (not cues or scene.situation.has(c, *cues))
    )
    whose = "The actor's own" if scene.actor.id in whom else "The named authors' own"
    reason = f"{whose} orders or admissions. What they show of the mind is an inference that nobody has drawn yet."
    return Found(mine, reason, all_inferred=OWN if scene.actor.id in whom else OF_OTHERS)


def victims(scene: Scene, element: Element) -> Found:
    """Claims whose words for the victims describe them as civilians or as out of the fight."""
    situation, crime = scene.situation, scene.crime

    def described(claim: Claim) -> bool:
        return any(situation.words_have(v.words, element.cues) for v in claim.victims)

    near = scene.nearby(
        ("victims", crime.id, element.cues),
        lambda c: c.asserts_event and situation.same_kind(c, crime) and described(c),
    )
    orders = [c for c in scene.own if not c.asserts_event and described(c)]
    told = in_order([*near, *orders]) if orders else near
    return Found(
        told,
        "Claims whose words for the victims describe them so. What the victims did at the time is not shown by a word.",
    )


def act_types(scene: Scene, element: Element) -> Found:
    """Claims of the same incidents whose kind of act is one the element names."""
    told = scene.nearby(
        ("acts", element.acts), lambda c: c.asserts_event and fits(c.act_type.value, c.act_detail, element.acts)
    )
    return Found(told, f"Claims of the same incidents of the kind {', '.join(element.acts)}.")


def connected(scene: Scene, element: Element) -> Found:
    """Other acts of the listed kinds for which the same actor is named."""
    told = tuple(
        c
        for c in scene.situation.named_in.get(scene.actor.id)
        if c.asserts_event and fits(c.act_type.value, c.act_detail, element.acts)
    )
    reason = "Other acts for which the same actor is named. That they belong together is not shown by it."
    return Found(told, reason, all_inferred=OTHER_ACTS)


def words(scene: Scene, element: Element) -> Found:
    """Claims of the same incidents that hold certain words."""
    cues = scene.situation.cue(*element.cues)
    told = tuple(c for c in scene.near_with(*element.cues) if c.asserts_event)
    return Found(told, f"Claims of the same incidents that hold {' or '.join(c.why for c in cues)}.")


def threat(scene: Scene, _: Element) -> Found:
    """Threats told of in the same incidents."""
    told = tuple(c for c in scene.near_voices() if c.modality is Modality.THREATENED)
    return Found(told, "Threats told of in the same incidents.")


def conflict(scene: Scene, element: Element) -> Found:
    """Claims of the whole situation about fighting: they speak to a conflict, not to its nature or to the link."""
    reason = (
        "Claims of the same situation about military operations, or whose words speak of a conflict. Neither the link "
        "with this conduct nor the nature of the conflict is shown by them."
    )
    return _whole(scene, element, reason, SETTING)


def attack(scene: Scene, element: Element) -> Found:
    """Two or more incidents of acts of article 7(1) against civilians, and words such as widespread or systematic."""
    incidents = scene.situation.against_civilians()
    number = "1 incident of this situation tells" if len(incidents) == 1 else f"{len(incidents)} incidents tell"
    reason = (
        f"{number} of acts listed in article 7(1) against people described as civilians (counted from {AN_ATTACK} on), "
        "beside claims that use words such as widespread. Whether there was one attack, under a policy, and whether "
        "this conduct was part of it, nobody has found."
    )
    return _whole(scene, element, reason, ONE_OF_MANY)


LOOKS: Mapping[str, Look] = {
    "act": act,
    "own-hand": own_hand,
    "crime-happened": crime_happened,
    "instruction": instruction,
    "influence": influence,
    "help": helping,
    "contribution": contribution,
    "knowledge": knowledge,
    "own-words": own_words,
    "victims": victims,
    "act-types": act_types,
    "connected": connected,
    "words": words,
    "threat": threat,
    "conflict": conflict,
    "attack": attack,
    **SUPERIOR,
}
"""Every rule a law pack may name in `look`."""


def listed(scene: Scene, found: Found) -> tuple[Claim, ...]:
    """The claims to list: all up to a number, own ones first; of a whole situation the twelve nearest to the own."""
    if not found.whole_situation:
        return found.claims if len(found.claims) <= LISTED_NEAR else _own_first(scene, found.claims)
    if len(found.claims) <= LISTED:
        return found.claims
    same_item = (c for item in sorted(scene.items) for c in scene.situation.by_item.get(item))
    nearest = (c for c in chain(scene.own, scene.near, same_item, found.claims) if c.id in found.ids)
    picked: dict[str, Claim] = {}
    for claim in nearest:
        picked[claim.id] = claim
        if len(picked) == LISTED:
            break
    return in_order(tuple(picked.values()))


def _own_first(scene: Scene, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    first = list(islice((c for c in claims if c.id in scene.own_ids), LISTED_NEAR))
    rest = (c for c in claims if c.id not in scene.own_ids)
    return in_order([*first, *islice(rest, LISTED_NEAR - len(first))])


def _of_conflict(situation: Situation, cues: Sequence[str]) -> list[tuple[Claim, ...]]:
    return [situation.told.get(OPERATIONS), *map(situation.told.get, cues)]


def _of_attack(situation: Situation, cues: Sequence[str]) -> list[tuple[Claim, ...]]:
    """The acts of each incident against civilians, from two incidents on; and words such as widespread."""
    incidents = situation.against_civilians()
    return [*(incidents if len(incidents) >= AN_ATTACK else ((),) * len(incidents)), *map(situation.told.get, cues)]


WHOLE: Mapping[str, Callable[[Situation, Sequence[str]], list[tuple[Claim, ...]]]] = {
    "conflict": _of_conflict,
    "attack": _of_attack,
}
"""Rules that look at the whole situation, with where they look."""


def wholes(situation: Situation) -> tuple[Whole, ...]:
    """What the whole situation says of each element that such a rule looks for, in a fixed order."""
    asked = sorted({(e.look, e.cues) for c in situation.pack.crimes for e in c.elements if e.look in WHOLE})
    return tuple(situation.whole((look, cues), WHOLE[look](situation, cues)) for look, cues in asked)


def _whole(scene: Scene, element: Element, reason: str, inference: str) -> Found:
    """What the whole situation says of an element: the same for every layout, so worked out once."""
    told = WHOLE[element.look](scene.situation, element.cues)
    whole = scene.situation.whole((element.look, element.cues), told)
    return Found(whole.claims, reason, whole_situation=True, ids=whole.ids, all_inferred=inference)
