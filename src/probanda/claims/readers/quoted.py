"""Whose words a quotation is, where its own sentence does not say.

Start with `who_is_quoted`. It looks in the sentence, then in those around it of the same paragraph, then in the
paragraphs over which the quotation is left open.

Looks down to: voices, discourse. Used by: told_by.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims.discourse import Remembered, Sentence, one_person
from probanda.claims.model import Named
from probanda.claims.readers.voices import NOBODY, Voice, plainly_says, says
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes

QUOTED_WORDS = 4
"""Words in quotation marks, within a sentence that names no speaker, from which on somebody is quoted."""


def who_is_quoted(  # noqa: PLR0911
    notes: Notes, number: int, sentence: Sentence, at: int
) -> tuple[list[Named], str]:
    """Whose words in quotation marks are: told in the same sentence, in its paragraph, or just before.

    A quote that nobody is told to have spoken, and that says "I" or "my", is of the person told of just before it.
    """
    own = says(notes, sentence, last=False, quoting=True)
    if own.chain:
        return list(own.chain), f"words quoted from {own.verb}"
    words = notes.quoted_words(sentence, at) if not sentence.quoted else sentence.words
    if len(words.split()) < QUOTED_WORDS and not _goes_on(notes, sentence):
        return [], ""  # a word or two set off: "the so-called 'liberation'"
    for step in (1, 2, 3, 4, -1, -2, -3, -4) if sentence.quoted else (-1, -2):
        n = number + step
        if not 0 <= n < len(notes.sentences) or notes.sentences[n].paragraph != sentence.paragraph:
            continue
        other = notes.sentences[n]
        if other.root is None:
            continue
        if step > 0 and _new_statement(notes, notes.sentences[n - 1], other):
            continue
        voice = says(notes, other, last=step < 0, quoting=True)
        if voice.chain:
            return list(voice.chain), f"words quoted from {voice.verb}"
        if not other.quoted:
            break
    talk = notes.talk
    onward = _quote_left_open(notes, number, sentence)
    if onward.chain:
        return list(onward.chain), f"a quote over paragraphs, words quoted from {onward.verb}"
    before = _person_before(notes, sentence) if MINE.search(words) else None
    if before is not None and before.sentence > talk.said_number:
        return [before.named], f"“{before.named.words}”, told of just before, read as who is quoted"
    if talk.said_by and sentence.paragraph - talk.said_paragraph <= 1:
        return list(talk.said_by), "a quote that goes on"
    return [], ""


def _new_statement(notes: Notes, before: Sentence, other: Sentence) -> bool:
    """A sentence behind a closed quotation that says something of its own, and so does not say whose that was."""
    if _goes_on(notes, before) or other.words.lstrip()[:1] in "“\"«'":
        return False
    return other.root is not None and any(t.lower_ == "that" and t.dep_ == "mark" for t in other.root.doc)


def _quote_left_open(notes: Notes, number: int, sentence: Sentence) -> Voice:
    """A paragraph that ends within its quotation goes on in the next one, where its speaker may be named."""
    paragraph, left_open = sentence.paragraph, False
    for n in range(number, min(number + QUOTE_REACH, len(notes.sentences))):
        other = notes.sentences[n]
        if other.paragraph != paragraph:
            if not left_open or other.words.lstrip()[:1] not in "“\"«'":
                return NOBODY
            paragraph = other.paragraph
            voice = says(notes, other, last=False) if other.root is not None else plainly_says(notes, other)
            if voice.chain:
                return voice
        left_open = _goes_on(notes, other)
    return NOBODY


def _goes_on(notes: Notes, sentence: Sentence) -> bool:
    """Whether a quotation is still open at the end of the sentence."""
    return notes.stands_in_quotes(sentence, len(sentence.words) - 1) and sentence.words.rstrip()[-1:] not in '”"»'


QUOTE_REACH = 12
"""Sentences over which a quotation is followed to the paragraph that names its speaker."""
MINE = re.compile(r"\b(?:I|my|me|we|our|us)\b")


def _person_before(notes: Notes, sentence: Sentence) -> Remembered | None:
    """The one person made the subject in the two sentences before."""
    near = [
        m
        for m in notes.talk.memory
        if 0 < notes.talk.number - m.sentence <= 2 and m.kind is MentionKind.PERSON and m.rank > 0
    ]
    return one_person(near) if near else None
