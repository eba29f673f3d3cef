"""Whose text it is, in the languages read without a parser: the body that issues a report, a statement or a judgment.

Start with `issuer_of`. As in English (`issuer`): what stands in such a text is said by whoever issued it. The words
for such papers are the class `papers` (else `documents`) of the lists, those for bodies `bodies` and `units`.

Looks down to: window_sentence, window_words. Used by: window.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from probanda.claims.readers.window_sentence import QUOTES, STOPS, Range, Sentence
from probanda.claims.readers.window_words import WordList

HEAD = 4
"""Sentences or lines at the head of a text in which it may say whose it is."""
HEAD_WORDS = 30
"""Words of the longest of them."""
OFTEN = 3
"""Times that a body is told to say or find something before the text counts as an account of its findings."""
LONGEST = 12
"""Words of the longest name of a body."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The words that name who issues the text, and whether it is a body of inquiry or a court."""

    sentence: Sentence
    words: Range
    inquiry: bool


def issuer_of(sentences: list[Sentence], lists: WordList) -> Issuer | None:
    """The body whose statement the whole text is; None for what a publication tells."""
    found = _by_title(sentences, lists) or _by_findings(sentences)
    if found is None:
        return None
    s, (a, b) = found
    return Issuer(s, (a, b), any(w.is_a("inquiries") for w in s.words[a:b]))


def _papers(lists: WordList) -> str:
    return "papers" if "papers" in lists.classes else "documents"


def _by_title(sentences: list[Sentence], lists: WordList) -> tuple[Sentence, Range] | None:
    head = [s for s in sentences[:HEAD] if len(s.words) <= HEAD_WORDS]
    paper = next((s for s in head if any(w.is_a(_papers(lists)) for w in s.words[:4])), None)
    if paper is None:
        paper = next((s for s in head if s.heading and any(w.is_a(_papers(lists)) for w in s.words)), None)
    if paper is None:
        return None
    at = next(n for n, w in enumerate(paper.words) if w.is_a(_papers(lists)))
    own = _body(paper, at + 1) or _body(paper, 0, at)
    if own is not None:
        return _if_it_speaks(paper, own, sentences, lists)
    for s in head:
        found = _body(s, 0, 4) if s is not paper else None
        if found is not None and not s.cues:
            return _if_it_speaks(s, found, sentences, lists)
    for s in sentences[: HEAD + 2]:
        for cue in s.cues:
            if cue.speaker is not None and s.words[cue.speaker[0]].is_a("bodies", "armed") and not cue.saying.lead:
                return s, cue.speaker
    return None


def _if_it_speaks(
    s: Sentence, body: Range, sentences: list[Sentence], lists: WordList
) -> tuple[Sentence, Range] | None:
    """The body is named again in what follows, or the text says "we" outside quotes."""
    head = s.words[body[0]].stem or s.words[body[0]].form
    for other in sentences:
        if other.number <= s.number:
            continue
        quoted = any(w.form in QUOTES for w in other.words)
        for w in other.words:
            if (w.stem or w.form) == head or (not quoted and w.is_a("ours")):
                return s, body
    return None


def _body(s: Sentence, low: int, high: int | None = None) -> Range | None:
    """The first body named within these words; its name runs to a sign, a joining word or what it is about."""
    at = next(
        (
            n
            for n in range(low, min(len(s.words), high if high is not None else len(s.words)))
            if s.words[n].is_a("bodies", "units") and not s.words[n].is_a("publications")
        ),
        None,
    )
    if at is None:
        return None
    end = at + 1
    while (
        end < len(s.words)
        and end - at < LONGEST
        and s.words[end].form not in STOPS
        and not s.words[end].is_a("commas", "relatives", "thats")
        and not (s.words[end].is_a("preps") and not s.words[end].is_a("of"))
        and end not in s.taken
    ):
        end += 1
    while end > at + 1 and s.words[end - 1].is_a("small"):
        end -= 1
    return at, end


def _by_findings(sentences: list[Sentence]) -> tuple[Sentence, Range] | None:
    """The one body of inquiry that is told again and again to say and find, where no other is half as often."""
    told: Counter[str] = Counter()
    first: dict[str, tuple[Sentence, Range]] = {}
    for s in sentences:
        for cue in s.cues:
            if cue.speaker is None or not s.words[cue.speaker[0]].is_a("inquiries"):
                continue
            key = s.words[cue.speaker[0]].stem or s.words[cue.speaker[0]].form
            told[key] += 1
            first.setdefault(key, (s, cue.speaker))
    ranked = sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < OFTEN or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return first[ranked[0][0]]
