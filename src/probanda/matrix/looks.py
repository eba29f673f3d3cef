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
from itertools import chain

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, Modality
from probanda.law.model import Element
from probanda.law.pointing import fits
from probanda.matrix.cues import says
from probanda.matrix.found import Found, Look, about_actor
from probanda.matrix.situation import OWN_VOICE, Scene, in_order
from probanda.matrix.superior import OWN, SUPERIOR

LISTED = 12
"""Claims listed in a cell to which a whole situation speaks; the rest is counted and said to be left out."""
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
        mine = tuple(c for c in scene.own if scene.situation.tells_of(c, scene.crime))
        unsaid = {c.id: NOT_SAID_HOW for c in mine if not scene.involved(c, Involvement.DIRECT)}
        return Found(mine, "Claims that name the actor as author of such an act.", inferred=unsaid)
    return Found(
        _told(scene), "Claims of the same incidents that such an act was carried out, whoever is named for it."
    )


def own_hand(scene: Scene, _: Element) -> Found:
    """Claims that say a direct part; a name put beside an act without saying how is not enough."""
    kinds = (Involvement.DIRECT, Involvement.ORDERING) if scene.crime.by_words else (Involvement.DIRECT,)
    mine = tuple(c for c in scene.own if scene.involved(c, *kinds))
    return Found(
        mine, "Claims that say that the actor took part directly. A claim that leaves the manner open is not counted."
    )


def crime_happened(scene: Scene, _: Element) -> Found:
    """Claims of the same incidents that the act was carried out; an order alone does not say so."""
    told = scene.own if scene.crime.by_words else tuple(c for c in scene.near if _tried(scene, c))
    reason = "Claims of the same incidents that such an act was carried out or tried."
    return Found(told, f"{reason} Whose men did it is not settled by them.")


def instruction(scene: Scene, _: Element) -> Found:
    """Claims that the actor ordered it, or the words of the order."""
    mine = tuple(c for c in scene.own if scene.involved(c, Involvement.ORDERING))
    return Found(mine, "Claims that the actor ordered it, or that hold the words of the order.")


def helping(scene: Scene, _: Element) -> Found:
    """Claims that the actor helped with it."""
    mine = tuple(c for c in scene.own if scene.involved(c, Involvement.AIDING))
    return Found(mine, "Claims that the actor helped with it. With what aim they do not show.")


def contribution(scene: Scene, _: Element) -> Found:
    """Claims that the actor had a part in planning it."""
    mine = tuple(c for c in scene.own if scene.involved(c, Involvement.PLANNING))
    return Found(mine, "Claims that the actor had a part in planning it. A common purpose they do not show.")


def influence(scene: Scene, _: Element) -> Found:
    """Claims that the actor incited others to it."""
    mine = tuple(c for c in scene.own if scene.involved(c, Involvement.INCITING))
    return Found(mine, "Claims that the actor asked or moved others to do it.")


def knowledge(scene: Scene, element: Element) -> Found:
    """Claims that the actor knew, and the actor's own words."""
    knew = [c for c in about_actor(scene) if scene.involved(c, Involvement.KNOWLEDGE)]
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
        for c in scene.near
        if c.modality in voices and scene.said_by(c, whom) and (not cues or scene.situation.has(c, *cues))
    )
    whose = "The actor's own" if scene.actor.id in whom else "The named authors' own"
    reason = f"{whose} orders or admissions. What they show of the mind is an inference that nobody has drawn yet."
    return Found(mine, reason, all_inferred=OWN if scene.actor.id in whom else OF_OTHERS)


def victims(scene: Scene, element: Element) -> Found:
    """Claims whose words for the victims describe them as civilians or as out of the fight."""
    cues = scene.situation.cue(*element.cues)
    told = tuple(c for c in _same_kind(scene) if any(says(v.words, cues) for v in c.victims))
    return Found(
        told,
        "Claims whose words for the victims describe them so. What the victims did at the time is not shown by a word.",
    )


def act_types(scene: Scene, element: Element) -> Found:
    """Claims of the same incidents whose kind of act is one the element names."""
    told = tuple(c for c in scene.near if c.asserts_event and fits(c.act_type.value, c.act_detail, element.acts))
    return Found(told, f"Claims of the same incidents of the kind {', '.join(element.acts)}.")


def connected(scene: Scene, element: Element) -> Found:
    """Other acts of the listed kinds for which the same actor is named."""
    told = tuple(
        c
        for c in scene.situation.named_in.get(scene.actor.id, ())
        if c.asserts_event and fits(c.act_type.value, c.act_detail, element.acts)
    )
    reason = "Other acts for which the same actor is named. That they belong together is not shown by it."
    return Found(told, reason, all_inferred=OTHER_ACTS)


def words(scene: Scene, element: Element) -> Found:
    """Claims of the same incidents that hold certain words."""
    cues = scene.situation.cue(*element.cues)
    told = tuple(c for c in scene.near if c.asserts_event and scene.situation.has(c, *element.cues))
    return Found(told, f"Claims of the same incidents that hold {' or '.join(c.why for c in cues)}.")


def threat(scene: Scene, _: Element) -> Found:
    """Threats told of in the same incidents."""
    told = tuple(c for c in scene.near if c.modality is Modality.THREATENED)
    return Found(told, "Threats told of in the same incidents.")


def conflict(scene: Scene, element: Element) -> Found:
    """Claims of the whole situation about fighting: they speak to a conflict, not to its nature or to the link."""
    situation = scene.situation
    reason = (
        "Claims of the same situation about military operations, or whose words speak of a conflict. Neither the link "
        "with this conduct nor the nature of the conflict is shown by them."
    )
    return _whole(scene, element, lambda: [*situation.operations, *situation.telling(*element.cues)], reason, SETTING)


def attack(scene: Scene, element: Element) -> Found:
    """Two or more incidents of acts of article 7(1) against civilians, and words such as widespread or systematic."""
    incidents = scene.situation.against_civilians
    told = [c for claims in incidents for c in claims] if len(incidents) >= AN_ATTACK else []
    number = "1 incident of this situation tells" if len(incidents) == 1 else f"{len(incidents)} incidents tell"
    reason = (
        f"{number} of acts listed in article 7(1) against people described as civilians (counted from {AN_ATTACK} on), "
        "beside claims that use words such as widespread. Whether there was one attack, under a policy, and whether "
        "this conduct was part of it, nobody has found."
    )
    return _whole(scene, element, lambda: [*told, *scene.situation.telling(*element.cues)], reason, ONE_OF_MANY)


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
    """The claims to list: all, or for a whole situation the twelve nearest (own, same incident, same item, others)."""
    if not found.whole_situation or len(found.claims) <= LISTED:
        return found.claims
    same_item = (c for item in sorted({c.item for c in scene.own}) for c in scene.situation.by_item[item])
    nearest = (c for c in chain(scene.own, scene.near, same_item, found.claims) if c.id in found.ids)
    picked: dict[str, Claim] = {}
    for claim in nearest:
        picked[claim.id] = claim
        if len(picked) == LISTED:
            break
    return in_order(tuple(picked.values()))


def _whole(scene: Scene, element: Element, told: Callable[[], Sequence[Claim]], reason: str, inference: str) -> Found:
    """What the whole situation says of an element: the same for every layout, so worked out once."""
    key = (element.look, element.cues)
    if key not in scene.situation.whole:
        scene.situation.whole[key] = in_order(told())
    claims = scene.situation.whole[key]
    if key not in scene.situation.whole_ids:
        scene.situation.whole_ids[key] = frozenset(c.id for c in claims)
    return Found(claims, reason, whole_situation=True, ids=scene.situation.whole_ids[key], all_inferred=inference)


def _tried(scene: Scene, claim: Claim) -> bool:
    return scene.situation.tells_of_trying(claim, scene.crime)


def _told(scene: Scene) -> tuple[Claim, ...]:
    return tuple(c for c in scene.near if scene.situation.tells_of(c, scene.crime))


def _same_kind(scene: Scene) -> tuple[Claim, ...]:
    own = {c.id for c in scene.own}
    return tuple(
        c for c in scene.near if c.id in own or (c.asserts_event and scene.situation.same_kind(c, scene.crime))
    )
