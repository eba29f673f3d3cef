"""A sentence as the reader without a parser sees it: words with what each can be, spans of dates, numbers and places.

Start with `Sentence`. Positions `a`, `b` are numbers of words in the sentence, the second exclusive; `Word` keeps
offsets in the folded text, which `Folded` leads back to the text as it stands.

Looks down to: folded, window_words. Used by: window, french, arabic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from probanda.claims.readers.folded import Folded
from probanda.claims.readers.window_words import Act, Saying, Use, WordList
from probanda.claims.times import Dating
from probanda.kernel.quantities import Quantity

Range = tuple[int, int]
QUOTES = frozenset('«»“”"„')
STOPS = frozenset(".!?;:()[]–—…") | QUOTES
NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class Word:
    """One word or sign, folded, with everything that the lists know of it."""

    form: str
    start: int
    """In the folded text."""
    end: int
    capital: bool
    classes: frozenset[str] = NOTHING
    acts: tuple[Use, ...] = ()
    says: tuple[Use, ...] = ()
    clitic: str = ""
    """Particles written on the word (Arabic), where a list knows the word without them."""
    stem: str = ""
    """The word without them."""

    def is_a(self, *names: str) -> bool:
        """True when the word is in one of these classes."""
        return not self.classes.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an act: `a`, `b` of the act itself, and how it is put."""

    a: int
    b: int
    act: Act
    shape: str
    """`noun`, `phrase`, `active`, `passive`, `ger` (a result), `inf`."""
    verb: int
    """Where the verb group begins, auxiliaries and negation included."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place: its name, and the phrase with preposition that it stands in."""

    a: int
    b: int
    outer: int
    name: bool
    """False for a kind of place without a name: "the school"."""
    sure: bool = True
    """False for a name told by a preposition alone: no other claim leans on it."""


@dataclass(slots=True)
class Parties:
    """Who stands where around an act, as ranges of words."""

    actors: list[Range] = field(default_factory=list)
    victims: list[Range] = field(default_factory=list)
    targets: list[Range] = field(default_factory=list)
    means: list[Range] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    """The words that decided: a preposition, a light verb."""
    negated: str = ""
    doubted: str = ""
    """A form that keeps its distance: the conditional, "présumé"."""
    unreal: str = ""
    told: bool = False
    """An infinitive that tells what was done: "avant d'incendier la grange"."""
    pronoun: bool = False
    """Somebody suffers it whom only a pronoun names: "ils l'ont tué"."""
    teller: bool = False
    """Whoever speaks suffers it: "they beat me"."""
    many: bool | None = None
    """Whether that pronoun is a plural; None where the language does not tell."""
    myself: bool = False
    """Whoever speaks suffered it: "j'ai été battu"."""
    habit: bool = False
    """Told in the present as what somebody keeps doing, at no one place: "ils rançonnent les villages"."""
    again: bool = False
    """The doer is whom a pronoun takes up, the last author told: "ils"."""


@dataclass(slots=True)
class Cue:
    """Words that make what is near them somebody's words."""

    a: int
    b: int
    saying: Saying
    speaker: Range | None
    """The words that name the speaker; None where the text does not, or where it is who spoke before."""
    again: bool
    """The speaker is who spoke before: "il", "وأضاف"."""
    scope: Range
    accused: Range | None = None
    passive: bool = False
    """Somebody "is accused": nobody here says by whom."""


@dataclass(slots=True)
class Sentence:
    """One sentence and what was found in it."""

    number: int
    words: list[Word]
    start: int
    """Offset in the text as it stands."""
    end: int
    paragraph: int
    heading: bool
    text: Folded
    lists: WordList
    dates: list[tuple[int, int, Dating]] = field(default_factory=list)
    counts: list[tuple[int, int, Quantity]] = field(default_factory=list)
    places: list[PlaceSpan] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    """Words that stand in a date, or in a place with its preposition."""
    persons: list[tuple[int, int, int]] = field(default_factory=list)
    """Names of persons: where the title begins, where the name begins, where it ends."""
    opens: int = 0
    """The first word behind a dateline."""
    soft: set[int] = field(default_factory=set)
    """Quotation marks around a few words of a clause: "les « terroristes »"."""
    cues: list[Cue] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)

    def form(self, at: int) -> str:
        """The folded word at this place; empty outside the sentence."""
        return self.words[at].form if 0 <= at < len(self.words) else ""

    def is_a(self, at: int, *names: str) -> bool:
        """True when the word at this place is in one of these classes; False outside the sentence."""
        return 0 <= at < len(self.words) and self.words[at].is_a(*names)

    def folded(self, a: int, b: int) -> str:
        """The folded words of a range, as they stand beside one another."""
        return self.text.words[self.words[a].start : self.words[b - 1].end] if a < b else ""

    def offsets(self, a: int, b: int) -> tuple[int, int]:
        """The range in offsets of the text as it stands."""
        return self.text.start(self.words[a].start), self.text.end(self.words[b - 1].end)

    def written(self, a: int, b: int) -> str:
        """The range as written."""
        start, end = self.offsets(a, b)
        return self.text.original[start:end]

    def classes(self, a: int, b: int) -> frozenset[str]:
        """All classes of the words of a range."""
        return frozenset(name for word in self.words[a:b] for name in word.classes)

    def count_in(self, a: int, b: int) -> tuple[int, int, Quantity] | None:
        """The first number within a range."""
        return next((c for c in self.counts if a <= c[0] and c[1] <= b), None)

    def places_in(self, a: int, b: int) -> Iterator[PlaceSpan]:
        """The places within a range, left to right."""
        return (p for p in self.places if a <= p.a and p.b <= b)


class Grammar(Protocol):
    """What a language must answer for itself; all else is data or common."""

    @property
    def language(self) -> str:
        """ISO 639-1 code: the folder of its lists."""

    @property
    def name(self) -> str:
        """Name and version of the reader."""

    def words(self, folded: Folded, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Words and signs of a stretch of the folded text."""

    def readings(self, form: str) -> tuple[tuple[str, str], ...]:
        """The ways of parting particles from a word, the whole word first: (particles, rest)."""

    def shape(self, s: Sentence, at: int, uses: tuple[Use, ...]) -> tuple[Use, str, int] | None:
        """Which use of an act word this is here, how it is put, and where its verb group begins; None for neither."""

    def group(self, s: Sentence, at: int) -> int:
        """Where the verb group of a phrase that begins at `at` begins: its auxiliary or its particles."""

    def parties(self, s: Sentence, t: Trigger, lo: int, hi: int) -> Parties:
        """Who stands where around an act, within its clause."""

    def cue(self, s: Sentence, first: int, at: int, use: Use) -> Cue | None:
        """The speaker and scope of words of speech from `first` to `at`; None where they are none here."""

    def places(self, s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
        """Places named in a sentence; `known`: names that the text uses of a place elsewhere."""

    def person_names(self, s: Sentence) -> list[tuple[int, int, int]]:
        """Names of persons: (where the title begins, where the name begins, where it ends)."""
