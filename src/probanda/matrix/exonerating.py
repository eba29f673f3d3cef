"""What speaks for the person: looked for as diligently as what speaks against (art. 54(1)(a), 67(2); requirement B7).

Start with `RULES`, then `look_against`. Each rule says what it looks for, in which elements that is shown, whether it
bears on them directly, and what it does not show. Words are data (cues.yaml); the net is cast wider than for support:
also claims outside these incidents count, where they name the person. Nothing found here outweighs anything, nothing
is outweighed. Where no rule speaks to an element, the cell says so: not looked for is not nothing found.

Looks down to: matrix.elsewhere, matrix.situation, matrix.cues, law, claims, kernel. Used by: matrix.layout,
matrix.reasons, matrix.grounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from probanda.claims.model import Actor, Claim, Named
from probanda.kernel.vocabulary import ContradictionKind, Involvement, Modality
from probanda.law.model import Element
from probanda.matrix.elsewhere import elsewhere, out_of_post
from probanda.matrix.model import Bearing
from probanda.matrix.scene import Scene
from probanda.matrix.situation import CAN_ACT, denies, in_order

HELD = "hors-de-combat"
"""Name of the cue list of words that describe people as out of the fight."""
DENIABLE = ("act", "own-hand", "crime-happened", "instruction", "influence", "help", "contribution")
"""Rules whose elements a denial speaks against."""
OF_THE_AUTHOR = ("act", "own-hand", "instruction", "influence", "help", "contribution")
"""Rules whose elements say that this actor did it, so that another author named speaks against them."""
OF_THE_MIND = ("own-words", "knowledge", "should-have-known", "disregarded")
"""Rules whose elements ask for a state of mind."""
OF_POWER = ("authority", "control", "remit")
"""Rules whose elements ask for a position, or for power over others."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of material that speaks for the person."""

    id: str
    what: str
    """What such claims say, for `3 claims ...`."""
    find: Callable[[Scene], Iterable[Claim]]
    speaks_to: Callable[[Scene, Element], bool]
    """Whether what it finds bears on an element."""
    bearing: Bearing
    says: str
    """Why the claim stands on this side, and what it does not show."""


def denial(scene: Scene) -> list[Claim]:
    """Denials in these incidents that name the actor or nobody; denials by or about the actor of such acts anywhere."""
    situation = scene.situation
    about = situation.denials_about.get(scene.actor.id)
    ids = {c.id for a in scene.persons for c in situation.denials_about.get(a)}
    near = [c for c in scene.nearby("denials", denies) if not c.actors or c.id in ids]
    meant = [c for c in (*near, *about) if situation.same_kind(c, scene.crime)]
    return [*meant, *_contradicting(scene, ContradictionKind.DENIAL)]


def other_author(scene: Scene) -> list[Claim]:
    """Opposed attributions, and claims of the same incidents that name others, not tied to the actor, for such acts."""
    situation = scene.situation
    named = [situation.ids_named_in(a) for a in scene.persons]
    mine = named[0] if len(named) == 1 else frozenset().union(*named)
    contradicting = [c for c in _contradicting(scene, ContradictionKind.ATTRIBUTION) if c.id not in mine]
    tied = scene.tied
    others = [
        c
        for c in scene.near_told()
        if c.id not in mine and any(how is Involvement.DIRECT and g.id not in tied for g, how in situation.authors(c))
    ]
    return [*contradicting, *others]


def fighters(scene: Scene) -> list[Claim]:
    """Claims of the same acts whose words for the victims describe them as fighters, and not as held or surrendered."""
    names = sorted({n for e in (*scene.crime.elements, *scene.mode.elements) for n in e.against})
    if not names:
        return []
    situation, crime = scene.situation, scene.crime

    def fighting(claim: Claim) -> bool:
        if not claim.asserts_event or not situation.same_kind(claim, crime) or situation.has(claim, HELD):
            return False
        told = [v.words for v in claim.victims if not situation.words_have(v.words, (HELD,))]
        return any(situation.words_have(words, names) for words in told)

    return list(scene.nearby(("fighters", crime.id, tuple(names)), fighting))


def sparing(scene: Scene) -> list[Claim]:
    """Orders and words of the actor to spare or protect people, and claims of the same incidents that tell of such."""
    return [c for c in _told(scene, "sparing") if c.modality is not Modality.CALLED_FOR or scene.said_by_actor(c)]


def warning(scene: Scene) -> list[Claim]:
    """Claims of the same incidents that people were warned."""
    return [c for c in scene.near_with("warning") if c.asserts_event]


def military_purpose(scene: Scene) -> list[Claim]:
    """Claims of the same incidents that state a military aim or need, whoever states it."""
    return list(scene.near_with("military-purpose"))


def unaware(scene: Scene) -> list[Claim]:
    """Claims that somebody did not know, or that others acted by themselves."""
    return _told(scene, "unaware")


def mistake(scene: Scene) -> list[Claim]:
    """Claims that speak of a mistake or an accident."""
    return _told(scene, "mistake")


def steps_taken(scene: Scene) -> list[Claim]:
    """Claims that the actor, or a unit said to be headed by him, inquired into its own people or punished them."""
    situation = scene.situation
    own = {scene.actor.id} | situation.commands.heads.get(scene.actor.id, frozenset())
    found = []
    for claim in (c for a in sorted(own) for c in situation.about(a, "steps-taken")):
        if not claim.asserts_event or situation.points_to_a_crime(claim):
            continue
        if any(a.involvement is Involvement.FAILING_TO_ACT for a in claim.actors):
            continue  # that somebody did not punish is no step taken
        doers = {g.id for a in claim.actors if (g := situation.who(a)) is not None}
        speaker = situation.who(claim.innermost)
        if doers & own or (not doers and speaker is not None and speaker.id in own):
            found.append(claim)
    return found


def _told(scene: Scene, cues: str) -> list[Claim]:
    """Claims of the same incidents, and those that name the actor as author or speaker, whose words hold such a cue."""
    about = [c for c in scene.about(cues) if scene.actor.id in _acting(scene, c) and _of_these(scene, c)]
    return [*scene.near_with(cues), *about]


def _of_these(scene: Scene, claim: Claim) -> bool:
    """False for a claim of other incidents alone: what is said of another event speaks to that event."""
    situation = scene.situation
    incidents = situation.incidents_of.get(claim.id, ())
    return not any(len(situation.incidents[i].claims) > 1 for i in incidents) or claim.item in scene.items


def _acting(scene: Scene, claim: Claim) -> set[str]:
    roles: tuple[Named | Actor, ...] = (*claim.actors, *claim.speakers)
    return {g.id for r in roles if (g := scene.situation.who(r)) is not None and g.kind in CAN_ACT}


def _contradicting(scene: Scene, kind: ContradictionKind) -> list[Claim]:
    situation = scene.situation
    others = {other for c in scene.own for other, how in situation.opposed.get(c.id, ()) if how is kind}
    return [situation.claims[i] for i in sorted(others)]


def _own_hand(scene: Scene, element: Element) -> bool:
    return element.look == "own-hand" or (element.look == "act" and scene.by_own_hand)


def _author(scene: Scene, element: Element) -> bool:
    if scene.paths and element.look == "crime-happened":
        return True  # the crime is said to be that of other forces
    return element.look in OF_THE_AUTHOR and (element.look != "act" or scene.by_own_hand or scene.crime.by_words)


def _mind(scene: Scene, element: Element) -> bool:
    return element.look in OF_THE_MIND or element.type == "mental"


def _lawful(scene: Scene, element: Element) -> bool:
    """Elements of the crime on who or what was hit, on why, and on what the author knew of it."""
    return not scene.asks_of_mode(element) and element.type in ("circumstance", "mental") and element.look != "control"


RULES: tuple[Rule, ...] = (
    Rule(
        "denial",
        "deny it",
        denial,
        lambda scene, element: element.look in DENIABLE,
        Bearing.DIRECT,
        "A denial of such acts, by whomever; who is right is not settled by it.",
    ),
    Rule(
        "other-author",
        "name others as authors",
        other_author,
        _author,
        Bearing.CIRCUMSTANTIAL,
        "It names somebody else for such an act in these incidents; both may have had a part.",
    ),
    Rule(
        "elsewhere",
        "place the actor elsewhere at that time",
        elsewhere,
        lambda scene, element: _own_hand(scene, element) or element.look in ("instruction", "influence", "control"),
        Bearing.CIRCUMSTANTIAL,
        "It places the actor elsewhere, held, in hospital or abroad at that time; for which hours, a person must look.",
    ),
    Rule(
        "out-of-post",
        "say that the actor no longer, or not yet, held the post",
        out_of_post,
        lambda scene, element: element.look in OF_POWER,
        Bearing.DIRECT,
        "It tells that the post had ended, or had not begun, on the day.",
    ),
    Rule(
        "fighters",
        "describe those harmed as taking part in the fighting",
        fighters,
        lambda scene, element: bool(element.against),
        Bearing.CIRCUMSTANTIAL,
        "Its words for those harmed describe them as fighters; what they did at that moment is not shown by a word.",
    ),
    Rule(
        "sparing",
        "tell of words or orders to spare or protect people",
        sparing,
        lambda scene, element: (
            element.look == "instruction"
            or _mind(scene, element)
            or (element.look == "act" and scene.crime.by_words)
            or element.look == "failing"
        ),
        Bearing.CIRCUMSTANTIAL,
        "Words or orders to spare or protect people; whether they were meant, and followed, they do not show.",
    ),
    Rule(
        "warning",
        "say that people were warned",
        warning,
        _lawful,
        Bearing.CIRCUMSTANTIAL,
        "It says that people were warned; a warning does not make everybody who stays a target.",
    ),
    Rule(
        "military-purpose",
        "state a military aim or need",
        military_purpose,
        _lawful,
        Bearing.CIRCUMSTANTIAL,
        "It states a military aim or need; whether there was one, and whether it allowed this, a person must examine.",
    ),
    Rule(
        "unaware",
        "say that somebody did not know, or that others acted by themselves",
        unaware,
        lambda scene, element: element.look in (*OF_THE_MIND, "instruction", "control"),
        Bearing.CIRCUMSTANTIAL,
        "It says that somebody did not know, or that others acted by themselves; whom it means, a person must read.",
    ),
    Rule(
        "mistake",
        "speak of a mistake or an accident",
        mistake,
        _mind,
        Bearing.CIRCUMSTANTIAL,
        "It speaks of a mistake or an accident; whether there was one, a person must examine.",
    ),
    Rule(
        "steps-taken",
        "tell of inquiries into own people, or of their punishment",
        steps_taken,
        lambda scene, element: element.look == "failing",
        Bearing.DIRECT,
        "It tells of steps taken against own people; whether they were all that could be done, it does not show.",
    ),
)
"""Every rule, in the order in which a claim that several find is told."""

Exonerating = Mapping[str, tuple[Claim, ...]]
"""Rule id to what it found, in order of id; only rules that found something."""


def exonerating(scene: Scene) -> Exonerating:
    """What each rule finds for this person, crime and mode; found once, and shown in every cell it bears on."""
    found = {rule.id: in_order(list(rule.find(scene))) for rule in RULES}
    return {rule: claims for rule, claims in found.items() if claims}


def look_against(scene: Scene, element: Element, found: Exonerating) -> Mapping[str, Rule] | None:
    """Ids of the claims against this element with the first rule that found each; None where no rule speaks to it."""
    rules = [rule for rule in RULES if rule.speaks_to(scene, element)]
    if not rules:
        return None
    against: dict[str, Rule] = {}
    for rule in rules:
        for claim in found.get(rule.id, ()):
            against.setdefault(claim.id, rule)
    return dict(sorted(against.items()))
