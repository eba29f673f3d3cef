"""The rules that look for support of an element, each small, stated in words, and conservative.

An element names its rule (`look` in the law pack); one without a rule is not looked for, which differs from nothing
found. A rule takes a scene and an element and gives claims with the sentence that says why they are there and what
they do not show. Start with `LOOKS`. No mental element is ever taken from the act alone: only from the actor's own
words, or from claims whose words say what the actor knew, wanted or demanded.

Looks down to: matrix.situation, matrix.cues, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, Modality, TieKind
from probanda.law.model import Element
from probanda.law.pointing import fits
from probanda.matrix.cues import says, says_beside
from probanda.matrix.situation import OWN_VOICE, Scene, in_order

LISTED = 12
"""Claims listed in a cell to which a whole situation speaks; the rest is counted and said to be left out."""
AN_ATTACK = 2
"""Incidents from which on the rule for an attack on a population speaks at all (art. 7(2)(a): multiple commission)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: claims in order of id, and the sentence that explains them."""

    claims: tuple[Claim, ...]
    reason: str
    whole_situation: bool = False
    """True where claims of the whole situation count, not of these incidents alone; then worked out once."""
    ids: frozenset[str] = frozenset()
    """For a whole situation: the ids of the claims."""


Look = Callable[[Scene, Element], Found]


def act(scene: Scene, _: Element) -> Found:
    """The conduct itself: by the actor where that is the mode, otherwise by whomever the claims name."""
    if scene.crime.by_words:
        return Found(scene.own, "Claims that the actor gave such an order or declaration.")
    if scene.by_own_hand:
        mine = tuple(c for c in scene.own if scene.situation.tells_of(c, scene.crime))
        return Found(mine, "Claims that name the actor as author of such an act.")
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


def influence(scene: Scene, _: Element) -> Found:
    """Claims that the actor incited others to it."""
    mine = tuple(c for c in scene.own if scene.involved(c, Involvement.INCITING))
    return Found(mine, "Claims that the actor asked or moved others to do it.")


def authority(scene: Scene, element: Element) -> Found:
    """Ties by which the actor commands or stands above others, and claims that call him commander beside his name."""
    cues = scene.situation.cue(*element.cues)
    ties = [c for c in scene.situation.ties_of.get(scene.actor.id, ()) if _stands_above(scene, c, element)]
    beside = [
        c
        for c in scene.near
        if c.asserts_event and says_beside(c.quote, (scene.actor.name, *scene.actor.variants), cues)
    ]
    said = [c for c in scene.own if scene.involved(c, Involvement.COMMAND)]
    reason = "Ties and words of a position of command. Whether it was held at the time, and obeyed, they do not show."
    return Found(in_order([*ties, *beside, *said]), reason)


def command(scene: Scene, _: Element) -> Found:
    """Claims that the actor commanded those who acted; a title alone is not effective control."""
    said = tuple(c for c in _about_actor(scene) if scene.involved(c, Involvement.COMMAND))
    return Found(said, "Claims that the actor commanded those who acted. A title alone is not counted as control.")


def knowledge(scene: Scene, element: Element) -> Found:
    """Claims that the actor knew, and the actor's own words."""
    knew = [c for c in _about_actor(scene) if scene.involved(c, Involvement.KNOWLEDGE)]
    own = own_words(scene, element).claims
    return Found(in_order([*knew, *own]), "Claims that the actor knew of it, and the actor's own orders or admissions.")


def failing(scene: Scene, _: Element) -> Found:
    """Claims that the actor did not prevent or punish; which steps were open to him they do not show."""
    reason = "Claims that the actor failed to act. Which steps lay in the actor's power they do not show."
    return Found(tuple(c for c in _about_actor(scene) if scene.involved(c, Involvement.FAILING_TO_ACT)), reason)


def own_words(scene: Scene, element: Element) -> Found:
    """Orders and admissions that come from the actor (threats too where the crime is in words), never the act alone."""
    voices = OWN_VOICE if scene.crime.by_words else (Modality.ORDERED, Modality.ADMITTED)
    cues = scene.situation.cue(*element.cues)
    mine = tuple(
        c for c in scene.near if c.modality in voices and scene.said_by_actor(c) and (not cues or says(c.quote, cues))
    )
    return Found(
        mine,
        "The actor's own orders or admissions. What they show of the mind is an inference that nobody has drawn yet.",
    )


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
    return Found(told, "Other acts for which the same actor is named. That they belong together is not shown by it.")


def words(scene: Scene, element: Element) -> Found:
    """Claims of the same incidents that hold certain words."""
    cues = scene.situation.cue(*element.cues)
    told = tuple(c for c in scene.near if c.asserts_event and says(c.quote, cues))
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
    return _whole(scene, element, lambda: [*situation.operations, *situation.telling(*element.cues)], reason)


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
    return _whole(scene, element, lambda: [*told, *scene.situation.telling(*element.cues)], reason)


LOOKS: Mapping[str, Look] = {
    "act": act,
    "own-hand": own_hand,
    "crime-happened": crime_happened,
    "instruction": instruction,
    "influence": influence,
    "authority": authority,
    "command": command,
    "knowledge": knowledge,
    "failing": failing,
    "own-words": own_words,
    "victims": victims,
    "act-types": act_types,
    "connected": connected,
    "words": words,
    "threat": threat,
    "conflict": conflict,
    "attack": attack,
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


def _whole(scene: Scene, element: Element, told: Callable[[], Sequence[Claim]], reason: str) -> Found:
    """What the whole situation says of an element: the same for every layout, so worked out once."""
    key = (element.look, element.cues)
    if key not in scene.situation.whole:
        scene.situation.whole[key] = in_order(told())
    claims = scene.situation.whole[key]
    if key not in scene.situation.whole_ids:
        scene.situation.whole_ids[key] = frozenset(c.id for c in claims)
    return Found(claims, reason, whole_situation=True, ids=scene.situation.whole_ids[key])


def _tried(scene: Scene, claim: Claim) -> bool:
    return scene.situation.tells_of_trying(claim, scene.crime)


def _told(scene: Scene) -> tuple[Claim, ...]:
    return tuple(c for c in scene.near if scene.situation.tells_of(c, scene.crime))


def _same_kind(scene: Scene) -> tuple[Claim, ...]:
    own = {c.id for c in scene.own}
    return tuple(
        c for c in scene.near if c.id in own or (c.asserts_event and scene.situation.same_kind(c, scene.crime))
    )


def _about_actor(scene: Scene) -> tuple[Claim, ...]:
    """Own claims, and claims on the actor that name no crime by themselves (a failure to act, knowledge)."""
    situation = scene.situation
    named = situation.named_in.get(scene.actor.id, ())
    silent = [c for c in named if not situation.points_to_a_crime(c)]
    return in_order([*scene.own, *silent])


def _stands_above(scene: Scene, claim: Claim, element: Element) -> bool:
    """True for a posting or attribute of command of the actor, or a subordination of others to the actor."""
    tie = claim.tie
    if tie is None:
        return False
    left, right = scene.situation.who(tie.left), scene.situation.who(tie.right)
    if tie.kind is TieKind.SUBORDINATION:
        return right is not None and right.id == scene.actor.id
    if left is None or left.id != scene.actor.id:
        return False
    said = " ".join(part for part in (tie.role, tie.title, tie.rank, claim.act) if part)
    return tie.kind in (TieKind.POSTING, TieKind.ATTRIBUTE, TieKind.CONTROL) and says(
        said, scene.situation.cue(*element.cues)
    )
