"""What must be read with every layout: presumption, bars, implied requirements, open questions. Start with `notes_for`.

Looks down to: matrix.situation, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from probanda.kernel.vocabulary import Involvement, MentionKind
from probanda.law import why_none
from probanda.matrix.situation import Scene

PRESUMED = "Working paper: presumed innocent; no standard of proof is said to be met."
UNCLASSIFIED = "Laid out as if the conflict were non-international; nobody has classified the conflict."
NOT_SAID_HOW = "The texts do not say how the actor was involved."


def notes_for(scene: Scene) -> tuple[str, ...]:
    """The notes of one layout, each a sentence or two, in a fixed order."""
    return tuple(_notes(scene))


def _notes(scene: Scene) -> Iterator[str]:
    pack = scene.situation.pack
    yield PRESUMED
    yield pack.statement
    if scene.actor.kind is not MentionKind.PERSON:
        yield f"Only natural persons are tried (art. 25(1)). A {_kind(scene)}: laid out to find the persons behind it."
    if scene.crime.conflict == "NIAC":
        yield UNCLASSIFIED
    unsaid = [c for c in scene.own if scene.involved(c, Involvement.UNKNOWN)]
    if unsaid and scene.by_own_hand:
        yield f"{NOT_SAID_HOW} ({len(unsaid)} of {len(scene.own)} claims.)"
    yield from (rule.text for rule in pack.rules if rule.id == "art-30-implied")
    yield from (text for text in (scene.crime.note, scene.mode.note) if text)
    if any(e.unchecked for e in scene.mode.elements):
        parts = ", ".join(str(e.no) for e in scene.mode.elements if e.unchecked)
        yield f"Mode, element {parts}: follows case law that nobody here has checked."
    if scene.crime.unchecked:
        yield f"Crime: {scene.crime.verification}"
    yield f"In force: {scene.crime.in_force}."
    for bar in pack.bars_of(scene.crime):
        yield f"Bar, not looked at: {bar.id} blocks {bar.blocks}. {bar.test}"
    yield from _shelter(scene)
    broken = sum("garbled" in c.flags for c in scene.own)
    if broken:
        yield f"{broken} of {len(scene.own)} claims rest on broken wording that a person must look at."


def _shelter(scene: Scene) -> Iterator[str]:
    """Claims of shelter after the fact: mentioned, and counted for nothing (C13)."""
    pack = scene.situation.pack
    sheltering = {n.involvement for n in pack.not_modes if n.noted}
    told = 0
    for claim in scene.situation.named_in.get(scene.actor.id, ()):
        aside = not scene.situation.points_to_a_crime(claim)
        silent = aside and why_none(pack, claim.act_type.value, claim.act_detail)[1]
        told += silent or scene.involved(claim, *(i for i in Involvement if i.value in sheltering))
    if told:
        number = f"{told} claims say" if told > 1 else "1 claim says"
        by_itself = "by itself no crime and no mode here (art. 25(3)(c), 28)."
        yield f"{number} that the actor shielded someone or profited after the fact: {by_itself}"


def _kind(scene: Scene) -> str:
    kind = scene.actor.kind
    return "State" if kind is MentionKind.STATE else kind.value
