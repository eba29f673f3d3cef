"""A text made ready for reading: its sentences with quote marks and date headings noted, names found, parses at hand.

Start with `prepared`, then `Window`, which parses a stretch ahead and lets go of what lies far behind, so that a
large text needs no more memory than a small one.

Looks down to: gate, mentions, parse, quotes, discourse, lexicon, reading, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from probanda.claims.discourse import Sentence
from probanda.claims.gate import worth_parsing
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import MentionBook, find_names
from probanda.claims.model import Mention
from probanda.claims.parse import parsed, ready_for_parser, tamed_capitals
from probanda.claims.quotes import in_quotes
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Passage, Text
from probanda.reading.sentences import sentences

AHEAD = 400
"""Sentences parsed in one go."""
BEHIND = 40
"""Sentences whose parse is kept behind the one being read."""
LONGEST = 3000
"""Code points of the longest sentence that is parsed; longer ones are tables and lists."""

_HEADER = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*(?:\n|$)")


def common_words(text: Text, lex: Lexicon) -> frozenset[str]:
    """Words that are no names: those of the lists, and what the text itself writes small."""
    listed = (
        w for name, words in lex.classes.items() if name not in ("states", "titles", "bodies-named") for w in words
    )
    acts = (w for e in lex.acts for w in e.verbs | e.nouns)
    speech = (w for e in lex.speech for w in e.verbs)
    return frozenset({*listed, *acts, *speech, *re.findall(r"(?<![\w’'])[a-z]{3,}\b", text.words)})


def prepared(text: Text, book: MentionBook, lex: Lexicon, common: frozenset[str]) -> list[Sentence]:
    """The sentences of all passages that may bear claims, in order; the names go into the book."""
    body = [p for p in text.passages if p.role is not PassageRole.FURNITURE]
    _names(text, body, book, lex, common)
    out: list[Sentence] = []
    section = None
    headers = 0
    for passage in body:
        quoted = in_quotes(text.words[passage.start : passage.end])
        for span in sentences(text.words, passage.start, passage.end):
            words = span.of(text.words)
            header = _HEADER.match(words)
            if header:
                section, headers = header.group(1), headers + 1
                if header.end() >= len(words):
                    continue
            inside = sum(quoted[span.start - passage.start : span.end - passage.start])
            heading = passage.role is PassageRole.HEADING
            out.append(
                Sentence(
                    span.start,
                    span.end,
                    words,
                    passage.paragraph,
                    heading,
                    inside > 0.8 * (span.end - span.start),
                    section=section,
                )
            )
    for sentence in out:
        sentence.timeline = headers > 1  # one date line alone is when the text was written
    return out


def _names(text: Text, body: list[Passage], book: MentionBook, lex: Lexicon, common: frozenset[str]) -> None:
    pieces, at = [], 0
    for passage in body:
        pieces.append(text.words[at : passage.start])
        words = text.words[passage.start : passage.end]
        pieces.append(tamed_capitals(words, common, title=passage.role is PassageRole.HEADING))
        at = passage.end
    tamed = "".join([*pieces, text.words[at:]])
    for passage in body:
        find_names(book, tamed, passage.start, passage.end, lex)
    book.settle_kinds()


class Window:
    """Parses sentences a stretch ahead of the reader and lets go of those far behind."""

    def __init__(self, found: list[Sentence], common: frozenset[str]) -> None:
        self._sentences, self._common = found, common
        self._wanted = worth_parsing([s.words for s in found])
        self._done = 0

    def move_to(self, number: int) -> None:
        """Make sure that this sentence and those just after it are parsed."""
        if number + BEHIND >= self._done and self._done < len(self._sentences):
            self._parse(self._done, min(self._done + AHEAD, len(self._sentences)))
        if number > BEHIND:
            self._sentences[number - BEHIND - 1].root = None

    def _parse(self, start: int, end: int) -> None:
        chosen = [
            s
            for s, wanted in zip(self._sentences[start:end], self._wanted[start:end], strict=True)
            if wanted and len(s.words) < LONGEST
        ]
        ready = [ready_for_parser(s.words, self._common, title=s.heading) for s in chosen]
        for sentence, doc in zip(chosen, parsed(ready), strict=True):
            sentence.root = next((t for t in doc if t.dep_ == "ROOT"), doc[0] if len(doc) else None)
        self._done = end


class NamesByPlace:
    """The names found before any claim was read, to be asked for by place."""

    def __init__(self, book: MentionBook, base: int) -> None:
        self._mentions = book.all()
        self._starts = [m.start - base for m in self._mentions]
        self._base = base

    def within(self, start: int, end: int) -> list[Mention]:
        """Names that stand wholly between these local offsets, in order."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self._mentions[low:high] if m.end - self._base <= end]
