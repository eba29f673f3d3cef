"""What is remembered while one text is read, and a claim in the making.

Start with `Seen`: all that the steps of the reader share about a text. `Draft` is what they fill in.

Looks down to: window_sentence, window_words, mentions, times. Used by: the other `window_` files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from probanda.claims.mentions import MentionBook
from probanda.claims.model import Actor, Named
from probanda.claims.readers.capitals import in_capitals, restored
from probanda.claims.readers.folded import fold
from probanda.claims.readers.window_sentence import Cue, Grammar, Parties, Range, Sentence, Trigger
from probanda.claims.readers.window_sites import Sites
from probanda.claims.readers.window_words import word_list
from probanda.claims.times import Dating
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, MentionKind, Modality, Polarity
from probanda.reading.model import Text

HARMLESS = ("procedural", "political-statement", "military-operation")
UNPLACED = ("procedural", "political-statement", "obstruction-impunity")
"""Acts that happen at no place of the account."""


@dataclass(slots=True)
class Draft:
    """A claim in the making; ranges are of its sentence."""

    sentence: Sentence
    trigger: Trigger
    lo: int
    hi: int
    parties: Parties
    cues: list[Cue] = field(default_factory=list)
    date: Dating | None = None
    quantity: Quantity | None = None
    places: list[Named] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    victims: list[Named] = field(default_factory=list)
    speakers: list[Named] = field(default_factory=list)
    modality: Modality = Modality.REPORTED
    polarity: Polarity = Polarity.POSITIVE
    type: ActType = ActType.OTHER
    detail: str | None = None
    stance: str | None = None
    why: list[str] = field(default_factory=list)
    placed: bool = False
    """Its own clause names a place, one that other claims may lean on or not."""
    stated: tuple[Named, ...] = ()
    """Those of its places that have a name and stand in its own sentence."""


class Seen:
    """One text: its sentences in order, with what is remembered between them."""

    def __init__(self, text: Text, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.lists = word_list(grammar.language)
        self.capitals = in_capitals(text.words)
        self.folded = restored(fold(text.words), self.lists) if self.capitals else fold(text.words)
        self.book = MentionBook(text.item, text.words, text.base, text.part)
        self.drafts: list[Draft] = []
        self.last_speaker: Named | None = None
        self.sentences: list[Sentence] = []
        self.quotes: list[tuple[int, int]] = []
        self.elsewhere: set[int] = set()
        """Paragraphs about sport or fiction, where deeds are told that nobody did."""
        self.mishaps: set[int] = set()
        """Paragraphs about an accident, a flood, a disease."""
        self.lawful: set[int] = set()
        """Paragraphs that state the law: what they say of nobody in particular happened to nobody."""
        self.last_actors: tuple[int, tuple[Actor, ...]] | None = None
        """Authors last named, with their paragraph."""
        self.last_acted = -1
        """The sentence in which they were named."""
        self.last_victims: tuple[int, tuple[Named, ...]] | None = None
        """Those last told to have suffered an act, with the number of their sentence."""
        self.fighters: tuple[int, Named] | None = None
        """Fighters last named, with their paragraph: whom "they" takes up where no author was told."""
        self.issuer: Named | None = None
        """The body whose statement the whole text is."""
        self.inquiry = False
        """It is a commission or a court: what it tells in its own voice it has found."""
        self.court = False
        """It is a court."""
        self.asking: tuple[int, Cue, Sentence] | None = None
        """The demand made last, with its sentence: a list may follow it."""
        self.often: Counter[str] | None = None
        """How often the text names each place; counted when first asked for."""
        self.sites: Sites | None = None
        """Sites told with their kind; collected when first asked for."""
        self.headed: frozenset[str] = frozenset()
        """Places with which the text begins."""
        self.known: frozenset[str] = frozenset()
        """Names that the text uses of places."""
        self.speaking: frozenset[str] = frozenset()
        """Whoever is told to speak: a body's name behind "à" is no place."""

    def named(self, s: Sentence, r: Range) -> Named:
        """A name for the words of a range, linked to the mention that stands there."""
        return self.book.named(*self.name_offsets(s, r), self._kind(s, r))

    def place(self, s: Sentence, r: Range) -> Named:
        """A name for the words of a range that is a place."""
        return self.book.named(*self.name_offsets(s, r), MentionKind.PLACE)

    def name_offsets(self, s: Sentence, r: Range) -> Range:
        """Offsets of the range, without a particle written on its first word; the article is of the name."""
        start, end = s.offsets(*r)
        first = s.words[r[0]]
        if first.clitic:
            start = self.folded.start(first.start + len(first.clitic.removesuffix("ال")))
        return start, end

    def _kind(self, s: Sentence, r: Range) -> MentionKind:  # noqa: PLR0911
        """What the words denote, from the first of them that a list knows."""
        a, b = r
        start, end = s.offsets(a, b)
        known = self.book.at(start, end)
        for word in s.words[a:b]:
            if word.is_a("armed", "combatants"):
                proper = any(w.capital for w in s.words[a:b]) or word.is_a("units")
                return MentionKind.UNIT if proper else MentionKind.GROUP
            if word.is_a("bodies"):
                return MentionKind.BODY
            if word.is_a("state-words"):
                return MentionKind.STATE
            if word.is_a("officials", "titles") and known is not None and known.kind is MentionKind.PERSON:
                return MentionKind.PERSON
            if word.is_a("people", "officials", "prisoners"):
                return MentionKind.GROUP
            if word.is_a("civilian-places", "military-places"):
                return MentionKind.PLACE
        if s.folded(a, b) in self.lists.places:
            return MentionKind.STATE
        if known is not None:
            return known.kind
        named = any(w.capital for w in s.words[a:b]) and b - a >= 2
        return MentionKind.PERSON if named else MentionKind.GROUP
