"""Originals that a claim goes back to and that the text only cites: a video, a letter, a report; without a parser.

Start with `cited_of`. The words are data: the classes `cited-...` of a language's people.yaml.

Looks down to: window_clauses, window_seen, window_sentence, model. Used by: window.
"""

from __future__ import annotations

from probanda.claims.model import Cited
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_seen import Draft
from probanda.claims.readers.window_sentence import STOPS, Range, Sentence

KINDS = ("video", "letter", "warrant", "report", "statement", "complaint", "image", "post", "broadcast")
BESIDE = 8
"""Words behind a verb of speech among which the paper stands: "a déclaré X dans un communiqué"."""
LONGEST = 12


def cited_of(d: Draft) -> Cited | None:
    """The first original named as what speaks, or beside the words of speech; None where none is."""
    s = d.sentence
    for cue in d.cues:
        low = min([cue.a, *([cue.speaker[0]] if cue.speaker is not None else [])])
        high = max([cue.b, *([cue.speaker[1]] if cue.speaker is not None else [])]) + BESIDE
        for at in range(low, min(high, len(s.words))):
            kind = next((k for k in KINDS if s.words[at].is_a(f"cited-{k}")), None)
            if kind is None or d.trigger.a <= at < d.trigger.b or s.words[at].capital:
                continue
            a, b = _phrase(s, at)
            inner = next((n for n in range(a, b) if s.words[n].is_a("of")), None)
            whose = strip(s, inner + 1, b) if inner is not None else None
            return Cited(
                kind, s.written(a, b), s.written(*whose) if whose is not None and whose[0] < whose[1] else None
            )
    return None


def _phrase(s: Sentence, at: int) -> Range:
    end = at + 1
    while end < len(s.words) and end - at < LONGEST and not _closes(s, end):
        end += 1
    return strip(s, at, end)


def _closes(s: Sentence, at: int) -> bool:
    word = s.words[at]
    return (
        word.form in STOPS
        or word.is_a("commas", "joins", "thats", "relatives", "have", "be", "pronouns")
        or (word.is_a("preps") and not word.is_a("of"))
        or bool(word.says)
        or at in s.taken
    )
