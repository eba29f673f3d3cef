"""Section 6: one note for each claim used: item, paragraph, offsets, who says it and how, the exact words in context.

Looks down to: desk, speech, words. Used by: dossier, text.
"""

from __future__ import annotations

from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Modality, Polarity, Status
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.record import Line, Note, Piece, Pieces, Voice
from probanda.reports.speech import chain, code, form, given, language, line, name, status
from probanda.reports.words import MODALITY, N_, number

SHORT_ID = 12
"""So many digits of a claim's id name it in commands."""
FLAGS = {"garbled": N_("The wording seems broken; read it with care.")}


def notes(desk: Desk) -> tuple[Note, ...]:
    """The notes used so far, in the order of their numbers."""
    return tuple(_note(desk, n, desk.claims[claim]) for claim, n in desk.notes.items())


def place(desk: Desk, claim: Claim) -> Pieces:
    """Registration number, paragraph and offsets of a claim's words."""
    w = desk.w
    item = desk.item(claim)
    link = Piece(Voice.LINK, item.number, target=f"item-{item.number}") if item else code(claim.item[:SHORT_ID])
    offsets = code(f"{number(claim.start)}–{number(claim.end)}")
    if claim.paragraph is None:
        return w.line("{item}, characters {offsets}", item=link, offsets=offsets)
    return w.line(
        "{item}, paragraph {paragraph}, characters {offsets}",
        item=link,
        paragraph=number(claim.paragraph),
        offsets=offsets,
    )


def _note(desk: Desk, n: int, claim: Claim) -> Note:
    w = desk.w
    context = desk.case.contexts.get(claim.id)
    modality = w.line(MODALITY[claim.modality])
    if claim.stance and claim.stance != claim.modality.value:
        modality = w.line("{modality} (as said: {word})", modality=modality, word=form(claim.stance))
    if claim.polarity is Polarity.NEGATIVE and claim.modality is not Modality.DENIED:
        modality = w.line("{modality}; negative: said not to be so", modality=modality)
    said = w.line(
        "{speakers} · {modality} · {status}",
        speakers=chain(desk, claim),
        modality=modality,
        status=_status(desk, claim),
    )
    return Note(
        number=n,
        place=place(desk, claim),
        said=said,
        before=shown(context.before) if context else "",
        quote=shown(context.quote if context else claim.quote),
        after=shown(context.after) if context else "",
        language=language(desk, claim),
        remarks=_remarks(desk, claim),
        cut=context is not None and claim.start > len(context.before),
    )


def _status(desk: Desk, claim: Claim) -> Pieces:
    shape = status(desk.w, claim)
    if claim.status is Status.PROPOSED or not claim.by:
        return (shape,)
    return desk.w.line("{status} by {person}", status=shape, person=name(desk.case.names.get(claim.by, claim.by)))


def _remarks(desk: Desk, claim: Claim) -> tuple[Line, ...]:
    w = desk.w
    why = w.line(
        "Claim {id}, read by {reader}; cues: {why}",
        id=code(claim.id[:SHORT_ID]),
        reader=code(claim.reader),
        why=given(claim.why),
    )
    lines = [line(why)]
    lines += [line(w.line(FLAGS[flag])) if flag in FLAGS else line(given(flag)) for flag in claim.flags]
    if claim.cited:
        cited = w.line(
            "Goes back to an original named in the text: {kind}, {words}.",
            kind=given(claim.cited.kind),
            words=form(claim.cited.words),
        )
        lines.append(line(cited))
    return tuple(lines)
