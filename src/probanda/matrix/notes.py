"""What must be read with every layout: presumption, bars, implied requirements, open questions. Start with `notes_for`.

Looks down to: matrix.situation, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from probanda.kernel.vocabulary import Involvement, MentionKind
from probanda.law import why_none
from probanda.law.model import Bar, Element
from probanda.law.recorded import CaseLawNote, Classification
from probanda.matrix.scene import Scene

PRESUMED = "Working paper: presumed innocent; no standard of proof is said to be met."
UNCLASSIFIED = "Laid out as if the conflict were non-international; nobody has classified the conflict"
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
    if scene.crime.conflict:
        yield from _conflict(scene)
    unsaid = scene.own_as(Involvement.UNKNOWN)
    if unsaid and scene.by_own_hand:
        yield f"{NOT_SAID_HOW} ({len(unsaid)} of {len(scene.own)} claims.)"
    yield from (rule.text for rule in pack.rules if rule.id == "art-30-implied")
    yield from (text for text in (scene.crime.why_pointed, scene.crime.note, scene.mode.note) if text)
    if any(e.unchecked for e in scene.mode.elements):
        parts = ", ".join(str(e.no) for e in scene.mode.elements if e.unchecked)
        yield f"Mode, element {parts}: follows case law that nobody here has checked."
    if scene.crime.unchecked:
        yield f"Crime: {scene.crime.verification}"
    yield f"In force: {scene.crime.in_force}."
    yield from _force(scene)
    yield from (f"Case law: {note.words}" for e in (scene.crime.id, scene.mode.id) for note in _recorded(scene, e))
    for bar in pack.bars_of(scene.crime):
        yield _bar(scene, bar)
    yield from _shelter(scene)
    broken = sum("garbled" in c.flags for c in scene.own)
    if broken:
        yield f"{broken} of {len(scene.own)} claims rest on broken wording that a person must look at."


def cell_notes(scene: Scene, part: str, element: Element) -> tuple[str, ...]:
    """What must be read with one element: that nobody checked its words, and users' notes on case law."""
    entry = scene.mode.id if part == "mode" else scene.crime.id
    why = "it follows case law" if part == "mode" else "nobody could compare number and words with the source"
    unchecked = f"Unchecked: {why}." if element.unchecked else ""
    return (
        *((unchecked,) if unchecked else ()),
        *(f"Case law: {note.words}" for note in _recorded(scene, entry, element.no)),
    )


def _recorded(scene: Scene, entry: str, element: int | None = None) -> tuple[CaseLawNote, ...]:
    return scene.situation.recorded.notes_on(entry, element)


def _conflict(scene: Scene) -> Iterator[str]:
    """On what the kind of conflict rests, for which of the claims (requirement C2); its twin in the other kind."""
    law, total = scene.situation.law, len(scene.own)
    told: Counter[tuple[Classification, bool]] = Counter()
    unclassified = mixed = 0
    for claim in scene.own:
        there = law.conflict(claim)
        unclassified += not there.basis
        mixed += there.mixed
        told.update((one, there.perhaps) for one in there.basis)
    if unclassified:
        yield UNCLASSIFIED + (f" ({unclassified} of {total} claims)." if unclassified < total else ".")
    for (one, perhaps), times in told.items():
        sure = " Whether place and day lie within that is not certain." if perhaps else ""
        yield (
            f"Conflict for {one.where}: classified as {one.type.value} by {one.by} on {one.at[:10]}; {one.reason} "
            f"({times} of {total} claims.){sure}"
        )
    if mixed:
        twin = f" The same conduct in the other kind of conflict: {scene.crime.twin}." if scene.crime.twin else ""
        yield f"The kind of conflict is open or mixed there: crimes of both kinds are laid out side by side.{twin}"


def _force(scene: Scene) -> Iterator[str]:
    """For a crime that came later than the others: for which claims it is open whether it was in force (C4)."""
    told: Counter[str] = Counter()
    for answer, number in scene.open_force.items():
        told[answer.reason] += number
    for reason, times in told.items():
        yield f"Whether in force: unknown ({times} of {len(scene.own)} claims). {reason}"


def _bar(scene: Scene, bar: Bar) -> str:
    recorded = scene.situation.recorded.threshold(bar.id)
    if recorded is None:
        return f"Bar, not looked at: {bar.id} blocks {bar.blocks}. {bar.test}"
    return (
        f"Bar {bar.id} blocks {bar.blocks}. For this situation {recorded.by} recorded on {recorded.at[:10]}: "
        f"{recorded.side.value}; {recorded.reason}"
    )


def _shelter(scene: Scene) -> Iterator[str]:
    """Claims of shelter after the fact: mentioned, and counted for nothing (C13)."""
    pack = scene.situation.pack
    sheltering = {n.involvement for n in pack.not_modes if n.noted}
    told = 0
    named = (i for i in Involvement if i.value in sheltering)
    found = {c.id: c for how in named for c in scene.situation.named_in.get((scene.actor.id, how))}
    found |= {c.id: c for c in scene.situation.aside.get(scene.actor.id)}
    for claim in found.values():
        aside = not scene.situation.points_to_a_crime(claim)
        silent = aside and why_none(pack, claim.act_type.value, claim.act_detail)[1]
        told += silent or scene.did(scene.actor.id, claim, *(i for i in Involvement if i.value in sheltering))
    if told:
        number = f"{told} claims say" if told > 1 else "1 claim says"
        by_itself = "by itself no crime and no mode here (art. 25(3)(c), 28)."
        where = next((e.belongs for e in pack.aside() if e.noted and e.belongs), "")
        belongs = f" It is for: {where}." if where else ""
        yield f"{number} that the actor shielded someone or profited after the fact: {by_itself}{belongs}"


def _kind(scene: Scene) -> str:
    kind = scene.actor.kind
    return "State" if kind is MentionKind.STATE else kind.value
