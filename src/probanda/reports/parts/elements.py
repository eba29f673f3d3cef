"""An element of a crime or mode as a report prints it: its words, its type, and that they are not the official text.

Looks down to: speech, words. Used by: matrix, hypotheses.
"""

from __future__ import annotations

from collections.abc import Sequence

from probanda.reports.record import Line, Piece, Voice
from probanda.reports.speech import given, line
from probanda.reports.words import ELEMENT, Words, words


def element(w: Words, no: int | str, text: str, kind: str, notes: Sequence[str] = ()) -> tuple[Line, ...]:
    """Number and words; type; that the words are ours; and what must be read with it (unchecked, case law)."""
    told = w.line(ELEMENT[kind]) if kind in ELEMENT else (given(kind),)
    ours = w.line("{type}; in our words, not the official text", type=told)
    head = line(Piece(Voice.STRONG, f"{no}"), words(" "), given(text))
    return (head, line(ours), *(line(given(note)) for note in notes))
