"""The rules on superiors: position, control in fact, what reached them, what they left undone (art. 28; 25(3)(b)).

Start with `SUPERIOR`. A post or title is never counted as effective command or control: it is shown as what it is, and
as circumstantial (docs/decisions/0019; ICC, Bemba, 01/05-01/08-3343, para. 188). Knowledge under 28(a) and 28(b) is
looked for by two rules, since the tests differ: that a superior should have known counts for 28(a) alone.

Looks down to: matrix.found, matrix.situation, matrix.cues, actors, claims, kernel. Used by: matrix.looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from probanda.actors.posts import supplies
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, MentionKind, Modality, TieKind
from probanda.law.model import Element
from probanda.matrix.cues import says, says_beside
from probanda.matrix.found import Found, Look
from probanda.matrix.scene import Scene
from probanda.matrix.situation import in_order

POST = "A post or title: that it was held on the day and obeyed it does not say, and it is no effective control."
ORDERS = "An order told of: that those who acted were bound by it, and obeyed, would have to be inferred."
MEANS = "Means given, or control told in passing: effective control would have to be inferred."
LINK = "A link between those named as authors and the actor's forces: it says who belonged where, and not who obeyed."
OWN = "The actor's own order or admission: what it shows of the mind would have to be inferred."
REACHED = "Words that news reached the actor: of what, when and how clear, a person must say."
BEFORE = (
    "An earlier act of the same kind by those said to stand under the actor: that the actor should have known of the "
    "next would have to be inferred."
)
SHOWN_PATHS = 3
"""Paths of command told in full in one cell; the rest is counted."""


def authority(scene: Scene, element: Element) -> Found:
    """Ties by which somebody commands or stands above others, and claims that call him commander beside his name."""
    posts = _posts(scene, element)
    said = _commanded(scene, element)
    reason = "Claims that the actor commanded, and words of a position. That it was held at the time they do not show."
    known = {c.id for c in said}
    inferred = {c.id: POST for c in posts if c.id not in known}
    return Found(in_order([*posts, *said]), _with_paths(scene, element, reason), inferred=inferred)


def control(scene: Scene, element: Element) -> Found:
    """Claims of command in fact, orders told, means given; posts alone only where the mode has no row for them."""
    said, orders, means = _commanded(scene, element), _orders(scene, element), _means(scene, element)
    has_row = any(e.look == "authority" for e in scene.mode.elements) and scene.asks_of_mode(element)
    posts = [] if has_row else _posts(scene, element)
    links = _links(scene, element)
    inferred: dict[str, str] = {}
    for claims, why in ((links, LINK), (posts, POST), (means, MEANS), (orders, ORDERS)):
        inferred |= {c.id: why for c in claims}
    for claim in said:
        inferred.pop(claim.id, None)
    apart = "Posts and titles stand in the row on the position and are not counted here." if has_row else ""
    reason = f"Claims that the actor commanded those who acted, orders told, means given. {apart}".rstrip()
    return Found(
        in_order([*said, *orders, *means, *posts, *links]), _with_paths(scene, element, reason), inferred=inferred
    )


def should_have_known(scene: Scene, element: Element) -> Found:
    """28(a): claims that the actor knew; news that reached him; earlier acts of the same kind by those under him."""
    knew, own, reached, before = _knew(scene), _own(scene), _reached(scene, element), _before(scene)
    inferred = {c.id: BEFORE for c in before}
    inferred |= {c.id: REACHED for c in reached} | {c.id: OWN for c in own}
    for claim in knew:
        inferred.pop(claim.id, None)
    reason = (
        "Claims that the actor knew; news that reached the actor; earlier acts by those under the actor. "
        "For a military commander it is enough to have had to know, owing to the circumstances."
    )
    return Found(in_order([*knew, *own, *reached, *before]), reason, inferred=inferred)


def disregarded(scene: Scene, element: Element) -> Found:
    """28(b): claims that the actor knew, and information that is said to have reached him; nothing less."""
    knew, own, reached = _knew(scene), _own(scene), _reached(scene, element)
    inferred = {c.id: REACHED for c in reached} | {c.id: OWN for c in own}
    for claim in knew:
        inferred.pop(claim.id, None)
    reason = (
        "Claims that the actor knew, and that information reached the actor. That it clearly indicated the crimes and "
        "was consciously disregarded they do not show; that the actor ought to have known is not enough here."
    )
    return Found(in_order([*knew, *own, *reached]), reason, inferred=inferred)


def remit(scene: Scene, element: Element) -> Found:
    """28(b): posts of the actor, whose words say for what he was responsible; the rest a person must say."""
    posts = tuple(c for c in _ties(scene, (scene.actor.id,)) if _heads_something(scene, c, (scene.actor.id,)))
    why = "A post: whether these acts fell within it, and were in fact under control, it does not say."
    return Found(posts, "Posts of the actor, whose words say what was in the actor's charge.", all_inferred=why)


def failing(scene: Scene, _: Element) -> Found:
    """Claims that the actor did not prevent or punish; which steps were open to him they do not show."""
    reason = "Claims that the actor failed to act. Which steps lay in the actor's power they do not show."
    return Found(scene.told_as(scene.actor.id, Involvement.FAILING_TO_ACT), reason)


SUPERIOR: Mapping[str, Look] = {
    "authority": authority,
    "control": control,
    "should-have-known": should_have_known,
    "disregarded": disregarded,
    "remit": remit,
    "failing": failing,
}
"""The rules on superiors that a law pack may name in `look`."""


def _posts(scene: Scene, element: Element) -> list[Claim]:
    """Ties of command of those the element asks about, and claims that put a word of command beside their name."""
    cues = scene.situation.cue(*element.cues)
    whom = scene.persons_of(element)
    ties = [c for c in _ties(scene, whom) if _stands_above(scene, c, element, whom)]
    names = [n for g in whom for n in scene.situation.forms_of(g)]
    beside = [c for c in scene.near_with(*element.cues) if c.asserts_event and says_beside(c.quote, names, cues)]
    return [*ties, *beside]


def _commanded(scene: Scene, element: Element) -> list[Claim]:
    whom = scene.persons_of(element)
    return [c for g in whom for c in scene.told_as(g, Involvement.COMMAND)]


def _orders(scene: Scene, element: Element) -> list[Claim]:
    """Orders by those the element asks about, in whatever incident: signs of control in fact."""
    if not scene.asks_of_mode(element):
        return []
    return list(scene.situation.named_in.get((scene.actor.id, Involvement.ORDERING)))


def _links(scene: Scene, element: Element) -> list[Claim]:
    """Links of the paths that are no posts: who is said to have belonged to, or stood under, what."""
    if not scene.asks_of_mode(element):
        return []
    claims = {c for path in scene.paths for hop in path.hops if not hop.post for c in hop.claims}
    return [scene.situation.claims[c] for c in sorted(claims)]


def _means(scene: Scene, element: Element) -> list[Claim]:
    """Ties by which those the element asks about arm, pay, train or control people."""
    whom, found = scene.persons_of(element), []
    for claim in _ties(scene, whom):
        tie = claim.tie
        left = scene.situation.who(tie.left) if tie is not None else None
        if tie is None or left is None or left.id not in whom:
            continue
        if tie.kind is TieKind.CONTROL or (tie.kind is TieKind.SUPPORT and supplies(tie.role or "")):
            right = scene.situation.who(tie.right)
            if right is None or right.kind is not MentionKind.PLACE:
                found.append(claim)
    return found


def _knew(scene: Scene) -> list[Claim]:
    return list(scene.told_as(scene.actor.id, Involvement.KNOWLEDGE))


def _own(scene: Scene) -> list[Claim]:
    voices = (Modality.ORDERED, Modality.ADMITTED)
    return [c for c in scene.near_voices() if c.modality in voices and scene.said_by_actor(c)]


def _reached(scene: Scene, element: Element) -> list[Claim]:
    """Claims that name the actor and say that news reached somebody, in words that stand beside the name."""
    names, cues = scene.situation.forms_of(scene.actor.id), scene.situation.cue(*element.cues)
    return [c for c in scene.about(*element.cues) if c.asserts_event and says_beside(c.quote, names, cues)]


def _before(scene: Scene) -> list[Claim]:
    """Acts of the same crime by the same subordinates that are told of for days before the first day of these."""
    if not scene.days:
        return []
    first = scene.days[0][0]
    return [
        c
        for author in sorted({p.author for p in scene.paths})
        for c in _told_by_day(scene, author)
        if c.id not in scene.own_ids and (c.date_to or c.date_from or "9") < first
    ]


def _told_by_day(scene: Scene, author: str) -> tuple[Claim, ...]:
    """Acts of this crime for which this author is named."""
    situation, crime = scene.situation, scene.crime
    named = situation.named_in.get(author)
    return situation.kept(
        ("told", author, crime.id), named, lambda: tuple(c for c in named if situation.tells_of(c, crime))
    )


def _ties(scene: Scene, whom: Iterable[str]) -> list[Claim]:
    return [c for g in whom for c in scene.situation.ties_of.get(g)]


def _heads_something(scene: Scene, claim: Claim, whom: Iterable[str]) -> bool:
    tie = claim.tie
    left = scene.situation.who(tie.left) if tie is not None else None
    return tie is not None and tie.kind is TieKind.POSTING and left is not None and left.id in whom


def _stands_above(scene: Scene, claim: Claim, element: Element, whom: Iterable[str]) -> bool:
    """True for a posting or attribute of command of one of these, or a subordination of others to one of them."""
    tie = claim.tie
    if tie is None:
        return False
    left, right = scene.situation.who(tie.left), scene.situation.who(tie.right)
    if tie.kind is TieKind.SUBORDINATION:
        return right is not None and right.id in whom
    if left is None or left.id not in whom:
        return False
    said = " ".join(part for part in (tie.role, tie.title, tie.rank, claim.act) if part)
    return tie.kind in (TieKind.POSTING, TieKind.ATTRIBUTE, TieKind.CONTROL) and says(
        said, scene.situation.cue(*element.cues)
    )


def _with_paths(scene: Scene, element: Element, reason: str) -> str:
    """The reason, and for a superior how the named authors are said to stand under him, link by link."""
    if not scene.paths or not scene.asks_of_mode(element):
        return reason
    told = [path.says() for path in scene.paths[:SHOWN_PATHS]]
    more = len(scene.paths) - len(told)
    rest = [f"{more} more such paths are not told here."] if more else []
    dark = sum(not path.shown for path in scene.paths)
    unsaid = [f"In {dark} of {len(scene.paths)} paths a link is not shown for the day."] if dark else []
    return " ".join([reason, *told, *rest, *unsaid])
