"""Ties in the making: the names at both ends, who says so, and for what time, as the words tell.

Start with `find_ties`. Posts keep their role, title and rank; time is told by "since", "until", "from ... to", by an
appointment or a removal and its day, or not at all.

Looks down to: ties, told_by, when, speakers, settle, times, names, kernel. Used by: english.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.discourse import Sentence
from probanda.claims.lexicon import ActEntry
from probanda.claims.model import Named, Tie
from probanda.claims.readers.told_by import speakers_of
from probanda.claims.readers.when import dates_of
from probanda.claims.roles import Roles
from probanda.claims.settle import TieDraft
from probanda.claims.speakers import attribution
from probanda.claims.ties import FoundTie, ties_in
from probanda.claims.times import ONLY_ITS_END, TO_THE_DAY_OF_WRITING, Dating, dates_in
from probanda.claims.words import Token
from probanda.kernel.bounds import EVER, Bounds
from probanda.kernel.vocabulary import Involvement, MentionKind, Modality, TieKind
from probanda.names.ranks import rank_of

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes

_STANDING = ActEntry(
    id="standing", type="other", detail=None, object="none", subject="actor", verbs=frozenset(), nouns=frozenset(),
    phrases=(), needs=(), forbids=frozenset(), light_only=frozenset(), involvement=Involvement.UNKNOWN,
    assessment=False, generic=False, weak=False, fold=False, setting=False, leans=False, denies=False, admits=False,
    example="",
)  # fmt: skip
"""What stands in for an act word where the speakers of a tie are looked for."""
_MODALITY = {one.value: one for one in (Modality.ALLEGED, Modality.CONFIRMED, Modality.ADMITTED)}
_SPAN = re.compile(r"(?:from|between)\b", re.IGNORECASE)
_LED_IN = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s(?:to|until|till|and|-|–)\s", re.IGNORECASE)
_PAST = ("former", "ex", "then")


def find_ties(notes: Notes, number: int, sentence: Sentence, root: Token) -> None:
    """Add the ties of one sentence to the notes."""
    for found in ties_in(root.doc, notes.lex):
        left, left_kind, why_left = notes.talk.named(found.left, sentence)
        right, right_kind, why_right = notes.talk.named(found.right, sentence)
        if found.left.head is found.right:  # "the head of the police, Ilan Bero": the name stands beside the unit
            right, right_kind = _as_written(notes, sentence, found.right), MentionKind.UNIT
        if found.kind in (TieKind.CONTROL, TieKind.AREA) and right_kind is not MentionKind.UNIT:
            right = _ground(notes, sentence, found.right) or right
        if left.words == right.words or left_kind is MentionKind.PLACE or not _fits(found.kind, right, right_kind):
            continue
        said = attribution(_trigger(found), harmful=False)
        if said.modality == "denied":
            continue  # a denied standing is no tie; it is left to a person who reads it
        chain, reasons = speakers_of(notes, number, sentence, said, Roles())
        tokens = [found.left, found.right, found.cue]
        doc = root.doc
        low, high = min(syntax.phrase(t)[0] for t in tokens), max(syntax.phrase(t)[1] for t in tokens)
        date, bounds = _time(notes, sentence, found)
        if date is not None:  # the words of its time are part of the quote
            high = max([high, *[t.i for t in doc if t.idx < date.end]])
        tie = Tie(found.kind, left, right, found.role, *_title(notes, left), bounds=bounds)
        why = [f"tie: {found.cue.text}", *filter(None, (why_left, why_right)), *reasons]
        notes.ties.append(
            TieDraft(
                tie,
                sentence,
                sentence.start + doc[low].idx,
                sentence.start + doc[high].idx + len(doc[high]),
                sentence.start + found.cue.idx,
                sentence.start + found.cue.idx + len(found.cue),
                speakers=tuple(chain),
                modality=_MODALITY.get(said.modality, Modality.REPORTED),
                stance=said.stance,
                date=date,
                why=tuple([*why, f"speakers: {', '.join(said.cues)}"] if said.cues else why),
            )
        )


def _as_written(notes: Notes, sentence: Sentence, token: Token) -> Named:
    """The words of a unit, without the name that stands beside them."""
    first, last = syntax.phrase(token)
    doc = token.doc
    return notes.book.named(
        sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last]), MentionKind.UNIT
    )


def _ground(notes: Notes, sentence: Sentence, token: Token) -> Named | None:
    """ "The port of Orla": a place with what it is a place of."""
    last = [syntax.phrase(of)[1] for of in syntax.prepositional(token, "of", "in") if of.text[:1].isupper()]
    if token.text[:1].isupper() or not last:
        return None
    end = token.doc[max(last)]
    first = token.doc[syntax.phrase(token)[0]]
    return notes.book.named(sentence.start + first.idx, sentence.start + end.idx + len(end), MentionKind.PLACE)


def _trigger(found: FoundTie) -> Trigger:
    cue = found.cue
    return Trigger(cue, _STANDING, cue.idx, cue.idx + len(cue), cue.pos_ not in ("VERB", "AUX"))


def _fits(kind: TieKind, right: Named, right_kind: MentionKind) -> bool:
    """An area ends at a place; a post, a membership and a subordination do not, unless the place is a State."""
    if kind is TieKind.AREA:
        return right_kind in (MentionKind.PLACE, MentionKind.STATE)
    return kind in (TieKind.CONTROL, TieKind.SUPPORT) or right_kind is not MentionKind.PLACE or right.mention is None


def _title(notes: Notes, holder: Named) -> tuple[str | None, str | None]:
    """Title and rank as written before the holder's name."""
    mention = next((m for m in notes.book.all() if m.id == holder.mention), None) if holder.mention else None
    title = mention.title if mention is not None else None
    return title, rank_of(title) if title else None


def _time(notes: Notes, sentence: Sentence, found: FoundTie) -> tuple[Dating | None, Bounds | None]:
    """The date that hangs on the tie, and what it says of when the tie held."""
    written = notes.text.dated.end if notes.text.dated else None
    date = next((d for d in dates_of(notes, sentence) if _hangs(found, d)), None)
    if date is not None:
        return date, _bounds(found, date, sentence.words[: date.start], written)
    if found.ends and written:  # a former holder had ceased to be one when the text was written
        return None, Bounds(first_imprecise=EVER, last_imprecise=written, ending=True)
    return None, None


def _bounds(found: FoundTie, date: Dating, before: str, written: str | None) -> Bounds | None:
    """What a date that hangs on a tie says of when the tie held."""
    if date.note == ONLY_ITS_END:
        (day,) = dates_in(date.text, written, None, None)[:1] or (date,)
        return _until(day) if day.last else None
    if date.first is None or date.last is None:
        return None
    if date.note == TO_THE_DAY_OF_WRITING:
        return Bounds(first_precise=_short(date), last_precise=date.last, starting=True)
    over = found.ends and found.role.split()[0] not in _PAST
    both = _SPAN.match(date.text) is not None or (
        _LED_IN.search(before) is not None and _TO.search(date.text) is not None
    )
    if found.begins or over or both:
        return Bounds(
            first_precise=date.first, last_precise=date.last, starting=found.begins or both, ending=over or both
        )
    return Bounds(first_imprecise=date.first, last_imprecise=date.last)


def _short(date: Dating) -> str | None:
    """The first day of a date told with "since"; the year alone where only the year is told."""
    found = re.fullmatch(r"(?:since\s+)?(\d{4})", date.text, re.IGNORECASE)
    return found[1] if found else date.first


def _until(day: Dating) -> Bounds:
    return Bounds(first_imprecise=EVER, last_precise=day.last, last_imprecise=day.last, ending=True)


def _hangs(found: FoundTie, date: Dating) -> bool:
    """The date is told of this tie: below its word, or in the same clause with nothing told between."""
    doc = found.cue.doc
    at = next((t for t in doc if t.idx <= date.start < t.idx + len(t)), None)
    if at is None:
        return False
    for above in at.ancestors:
        if above.i in (found.cue.i, found.left.i, found.right.i):
            return True
        if above.pos_ in ("VERB", "AUX"):
            return above.is_ancestor(found.cue) and found.cue.dep_ in ("attr", "oprd", "acomp", "xcomp", "dobj", "pobj")
    return False
