"""The notes of one reading of one text: its sentences and names, and what was drafted and remembered so far.

Start with `Notes`. It lives for one text (or part of one) and is given to every question that the reader asks.

Looks down to: discourse, mentions, prepare, quotes, settle, lexicon, reading. Used by: readers.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import ClassVar

from probanda.claims.acts import Trigger
from probanda.claims.discourse import Discourse, Sentence
from probanda.claims.issuer import Issuer
from probanda.claims.lexicon import Lexicon, lexicon
from probanda.claims.mentions import MentionBook
from probanda.claims.model import Named
from probanda.claims.prepare import NamesByPlace
from probanda.claims.quotes import in_quotes
from probanda.claims.settle import Draft, TieDraft
from probanda.claims.times import Dating
from probanda.kernel.vocabulary import ActType
from probanda.reading.model import Passage, Text


@dataclass(slots=True)
class Notes:
    """One reading of one text: sentences in order, with what the discourse remembers."""

    SLIGHT: ClassVar = (ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT, ActType.OTHER)
    """Types of acts that no later word takes up as "the attack" or "it"."""

    text: Text
    lex: Lexicon
    book: MentionBook
    talk: Discourse
    names: NamesByPlace
    """The names found before any claim was read."""
    starts: list[int]
    """Where the passages of the text begin, in order."""
    sentences: list[Sentence] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    ties: list[TieDraft] = field(default_factory=list)
    named_places: list[tuple[Named, str]] = field(default_factory=list)
    """Names of places with the noun of their kind ("town"), in order."""
    centres: list[tuple[Sentence, Named]] = field(default_factory=list)
    """Sentences with the place each of them speaks of."""
    days: dict[int, list[Dating]] = field(default_factory=dict)
    """The dates of each sentence that names some, by its start."""
    ordered: list[Draft] = field(default_factory=list)
    """Claims already made that an act was done on orders."""
    of_sport: bool = False
    """The text reports a match: only sentences with arms in them are read."""
    open: bool = False
    """A pronoun of the claim being drafted could mean more than one person."""
    speaking: list[Named] = field(default_factory=list)
    """Those who say the claim being drafted, outermost first: "we" and "me" are the last of them."""
    found: list[Trigger] = field(default_factory=list)
    """The other act words of the sentence being drafted."""
    issuer: Issuer | None = None
    """The body whose statement the whole text is."""
    experts: list[tuple[str, Named]] = field(default_factory=list)
    """Unnamed experts and the publication they were named with."""

    @classmethod
    def of(cls, text: Text) -> Notes:
        """Empty notes for a text."""
        lex = lexicon("en")
        book = MentionBook(text.item, text.words, text.base, text.part)
        return cls(
            text, lex, book, Discourse(book, lex, text.words), NamesByPlace(book, 0), [p.start for p in text.passages]
        )

    def last_act(self, sentence: Sentence) -> Draft | None:
        """The act told last, of those that somebody did to somebody, in this paragraph or the two above."""
        found: Draft | None = None
        for draft in reversed(self.drafts):
            if sentence.paragraph - draft.sentence.paragraph > 2:
                break
            if found is not None and draft.sentence.paragraph != found.sentence.paragraph:
                break
            if draft.act_type in self.SLIGHT:
                continue
            told = draft.actors or draft.victims or draft.quantity
            if told or draft.detail not in ("casualty-count", "bodies-found"):
                return draft  # before "then buried the dead", which nobody did to anybody
            found = found or draft
        return found

    def stands_in_quotes(self, sentence: Sentence, at: int) -> bool:
        """True where the character at this offset of the sentence stands within quotation marks."""
        marks = in_quotes(self._paragraph(sentence))
        return marks[sentence.start - self._paragraph_start(sentence) + at]

    def quoted_words(self, sentence: Sentence, at: int) -> str:
        """The run of quoted words around an offset, within its sentence."""
        marks = in_quotes(self._paragraph(sentence))
        shift = sentence.start - self._paragraph_start(sentence)
        low = high = at
        while low > 0 and marks[shift + low - 1]:
            low -= 1
        while high < len(sentence.words) and marks[shift + high]:
            high += 1
        return sentence.words[low:high]

    def _passage(self, sentence: Sentence) -> Passage:
        at = bisect_right(self.starts, sentence.start) - 1
        return self.text.passages[max(at, 0)]

    def _paragraph(self, sentence: Sentence) -> str:
        passage = self._passage(sentence)
        return self.text.words[passage.start : passage.end]

    def _paragraph_start(self, sentence: Sentence) -> int:
        return self._passage(sentence).start
