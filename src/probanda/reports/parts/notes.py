"""Section 6: one note for each claim used: item, page or cell, paragraph, offsets, who says it, the words in context.

Looks down to: desk, speech, words. Used by: dossier, text.
"""

from __future__ import annotations

from probanda.claims.model import Claim
from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import Modality, Polarity, Status
from probanda.reading.timing import short
from probanda.reports import dates
from probanda.reports.casefile import Picture
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.record import Line, Note, Pieces
from probanda.reports.speech import chain, cited, code, form, given, language, line, name, status
from probanda.reports.words import MODALITY, N_, Words, number

SHORT_ID = 12
"""So many digits of a claim's id name it in commands."""
FLAGS = {
    "author-outside-quote": N_("The author is named outside the words quoted."),
    "checked-by-several": N_("Checked by more than one person, alike."),
    "conflict": N_("People decided differently on this claim; it stays open until one of them settles it."),
    "corrected-by-source": N_("Its source has corrected this since."),
    "denial-open": N_("The words are no plain denial (“cannot deny”); how they are meant is for a person to say."),
    "garbled": N_("The wording seems broken; read it with care."),
    "impossible-date": N_("The sheet gives a day that no calendar has; it was left out."),
    "named-by-id-only": N_("The row names one of the two by an id alone."),
    "origin-retracted": N_("It goes back to an account that was taken back, or corrected, since."),
    "proposed-by-model": N_("Proposed by a language model, and taken over by a person who read it in the text."),
    "reference-open": N_("Whom a pronoun or a description means is left open."),
    "rejected-before": N_("A person rejected a claim on these words before."),
    "relation-type-not-told": N_("The sheet does not say what the relation is; its other columns decided."),
    "retracted-by-source": N_("Its source has taken this back since."),
    "sheet-conflict": N_("The sheet marks this row as in conflict with others."),
    "sheet-issue": N_("The sheet marks this row as having an issue."),
    "sheet-work-needed": N_("The sheet marks this row as needing work."),
    "speaker-left-out": N_("A speaker was proposed who does not stand in the text, and was left out."),
    "unclear-date": N_("The sheet gives a day that can mean two; it was left out."),
}
"""What a flag of a claim says to whoever reads the note; a flag without words here is shown as it is."""


def notes(desk: Desk) -> tuple[Note, ...]:
    """The notes used so far, in the order of their numbers."""
    return tuple(_note(desk, n, desk.claims[claim]) for claim, n in desk.notes.items())


def place(desk: Desk, claim: Claim) -> Pieces:
    """Where a person finds a claim's words: own number and registration number, page, cell, paragraph, offsets."""
    w = desk.w
    item = desk.item(claim)
    out: Pieces = cited(desk, item) if item else (code(claim.item[:SHORT_ID]),)
    if item is not None and item.recording is not None:
        pattern = N_("{place}, observation of {item}") if item.observed else N_("{place}, transcript of {item}")
        out = w.line(pattern, place=out, item=code(item.recording))
    if claim.locator is not None:
        out = _found(w, out, claim.locator)
        masked = desk.case.names_masked and item is not None and item.protected
        if claim.locator.message is not None and masked:
            out = w.line("{place}, sender protected", place=out)
    if claim.paragraph is not None:
        out = w.line("{place}, paragraph {paragraph}", place=out, paragraph=number(claim.paragraph))
    offsets = code(f"{number(claim.start)}–{number(claim.end)}")
    return w.line("{place}, characters {offsets}", place=out, offsets=offsets)


def _found(w: Words, out: Pieces, at: Locator) -> Pieces:
    """The page with its box, the cell and the message, after what stands before them."""
    if at.page is not None and at.page_to not in (None, at.page):
        out = w.line("{place}, pages {first}-{last}", place=out, first=number(at.page), last=number(at.page_to or 0))
    elif at.page is not None:
        out = w.line("{place}, page {page}", place=out, page=number(at.page))
    if at.box is not None:
        left, top, right, bottom = at.box
        out = w.line("{place}, box {box}", place=out, box=code(f"{left},{top}-{right},{bottom}"))
    if at.cell is not None:
        out = w.line("{place}, cell {cell}", place=out, cell=code(at.cell))
    if at.message is not None:
        out = w.line("{place}, message {n}", place=out, n=number(at.message))
    if at.sent is not None:
        out = w.line("{place}, sent {when}", place=out, when=_time(w, at.sent))
    if at.time is not None:
        first, last = short(at.time)
        out = w.line("{place}, at {first}–{last}", place=out, first=code(first), last=code(last))
    return out


def _time(w: Words, sent: str) -> Pieces:
    """The day and time of a message; without a zone where the file names none."""
    day, _, clock = sent.partition("T")
    spoken = dates.spoken(w, day, day)
    at = max(clock.find("+"), clock.find("-"))
    if at < 0:
        return w.line("{day} {clock}", day=spoken, clock=clock)
    return w.line("{day} {clock} (UTC{apart})", day=spoken, clock=clock[:at], apart=clock[at:])


def _note(desk: Desk, n: int, claim: Claim) -> Note:
    w = desk.w
    context = desk.case.contexts.get(claim.id)
    picture = desk.case.pictures.get(claim.id)
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
        picture=picture,
        picture_alt=_alt(desk, claim, picture) if picture else "",
        claim=claim.id,
    )


def _alt(desk: Desk, claim: Claim, picture: Picture) -> str:
    item = desk.item(claim)
    where = item.number if item else claim.item[:SHORT_ID]
    return desk.w.say("The words as printed, page {page} of {item}", page=number(picture.page), item=shown(where))


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
    item = desk.item(claim)
    if item is not None and item.machine:
        # Why stands once, in the table of items.
        lines.append(line(w.line("Machine text: the page’s picture decides.")))
    if claim.cited:
        original = w.line(
            "Goes back to an original named in the text: {kind}, {words}.",
            kind=given(claim.cited.kind),
            words=form(claim.cited.words),
        )
        lines.append(line(original))
    return tuple(lines)
