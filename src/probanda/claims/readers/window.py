"""A reader for languages without a parser: word lists and windows, from a text to proposed claims and mentions.

Start with `WindowReader.read`, then `_Reading`. An act word opens a clause; within the clause position and prepositions
say who did it to whom, dates, numbers and places are taken as they stand, and words of speech around it say whose words
these are. What a language must answer for itself is in `french` and `arabic`; all words are data.

Looks down to: the room's other files, reading, kernel. Used by: claims.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from probanda.claims.mentions import MentionBook, nth_place
from probanda.claims.model import DOC, Actor, Claim, Named, Reading
from probanda.claims.readers.capitals import in_capitals, restored
from probanda.claims.readers.folded import Folded, fold
from probanda.claims.readers.window_counts import counts_in
from probanda.claims.readers.window_dates import dates_in
from probanda.claims.readers.window_issuer import issuer_of
from probanda.claims.readers.window_sentence import (
    QUOTES,
    Cue,
    Grammar,
    Parties,
    PlaceSpan,
    Range,
    Sentence,
    Trigger,
    Word,
)
from probanda.claims.readers.window_words import Act, Saying, Use, WordList, word_list
from probanda.claims.scenes import Told, carried
from probanda.claims.times import Dating
from probanda.kernel.digests import content_id
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, PassageRole, Polarity
from probanda.reading.dates import dateline_of
from probanda.reading.model import Text
from probanda.reading.sentences import sentences

LONGEST = 60
"""Words to which a clause may reach on either side of its act."""
LONGEST_SENTENCE = 400
"""Words of a sentence that are looked at together."""
HARMLESS = ("procedural", "political-statement", "military-operation")
ASKED_REACH = 12
"""Paragraphs behind a wrong within which a demand without a word for an act is one about it."""
LISTED = 12
"""Sentences over which a list of demands may run."""
SHARES = ("part", "author")
"""Acts that were a part in one told before, or name its authors: of its type."""
LAST_NAMED = 3
"""Paragraphs over which the place named last is where an act without one was done."""
VEHICLES = ("boats", "bus", "vehicles")
"""What is shot at on its way is no place; "aboard a boat" is one."""
OFFICE_ENDS = ("commas", "joins", "breaks", "place-preps", "preps", "civilian-places")
OFFICE_REACH = 6
"""Words before a place among which an office that it belongs to may stand."""
UNPLACED = ("procedural", "political-statement", "obstruction-impunity")
"""Acts that happen at no place of the account."""
YEAR_REACH = 3
"""Paragraphs over which a year named with a day goes on to hold, as in English."""


_GRAVE = (
    ActType.EXECUTION,
    ActType.KILLING,
    ActType.ATTACK_ON_CIVILIANS,
    ActType.INDISCRIMINATE_ATTACK,
    ActType.TORTURE,
)


class WindowReader:
    """Proposes claims for texts of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    @property
    def name(self) -> str:
        """Name and version, such as `rules-fr 0.1`."""
        return self._grammar.name

    @property
    def maker(self) -> str:
        """Reader and digest of its word lists: a derived row is rebuilt when this changes."""
        return f"{self.name}; words {word_list(self._grammar.language).digest[:16]}"

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text (or part), in order of place."""
        return _Reading(text, self._grammar).all()


@dataclass(slots=True)
class _Draft:
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
    stated: tuple[Named, ...] = ()
    """Those of its places that have a name and stand in its own sentence."""


class _Reading:
    """One reading of one text: its sentences in order, with what is remembered between them."""

    def __init__(self, text: Text, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.lists = word_list(grammar.language)
        self.capitals = in_capitals(text.words)
        self.folded = restored(fold(text.words), self.lists) if self.capitals else fold(text.words)
        self.book = MentionBook(text.item, text.words, text.base, text.part)
        self.drafts: list[_Draft] = []
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
        self.last_victims: tuple[int, tuple[Named, ...]] | None = None
        """Those last told to have suffered an act, with the number of their sentence."""
        self.fighters: tuple[int, Named] | None = None
        """Fighters last named, with their paragraph: whom "they" takes up where no author was told."""
        self.issuer: Named | None = None
        """The body whose statement the whole text is."""
        self.inquiry = False
        """It is a commission or a court: what it tells in its own voice it has found."""
        self.asking: tuple[int, Cue, Sentence] | None = None
        """The demand made last, with its sentence: a list may follow it."""
        self.often: Counter[str] | None = None
        """How often the text names each place; counted when first asked for."""
        self.known: frozenset[str] = frozenset()
        """Names that the text uses of places."""

    def all(self) -> Reading:
        """Look at every sentence, then settle ids."""
        self._prepare()
        for s in self.sentences:
            self._read_sentence(s)
        self._carry_dates()
        self._carry_places()
        self._disappeared()
        return Reading(claims=tuple(self._claims()), mentions=self.book.all(), reader=self.grammar.name)

    # -- what stands in each sentence ------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Words first, since a name may be known as a place from a later sentence; then spans, acts and speech."""
        for passage in self.text.body:
            for span in sentences(self.text.words, passage.start, passage.end):
                low = bisect_left(self.folded.places, span.start)
                high = bisect_left(self.folded.places, span.end)
                words = list(words_of(self.folded, low, high, self.grammar, self.lists))
                for word in words if self.capitals else ():
                    word.capital = word.capital and not (word.classes or word.acts or word.says)
                heading = passage.role is PassageRole.HEADING
                for at in range(0, len(words), LONGEST_SENTENCE):  # a list without a full stop is read in pieces
                    piece = words[at : at + LONGEST_SENTENCE]
                    start, end = self.folded.start(piece[0].start), self.folded.end(piece[-1].end)
                    number = len(self.sentences)
                    self.sentences.append(
                        Sentence(number, piece, start, end, passage.paragraph, heading, self.folded, self.lists)
                    )
        self._dates_and_counts()
        self.known = self._datelines() | {
            s.folded(p.a, p.b) for s in self.sentences for p in self.grammar.places(s, frozenset()) if p.name
        }
        for s in self.sentences:
            self._names(s, self.known)
            s.triggers = self._triggers(s)
            s.cues = self._cues(s)
            if any(w.is_a("elsewhere") for w in s.words):
                self.elsewhere.add(s.paragraph)
            if any(w.is_a("calamity") for w in s.words):
                self.mishaps.add(s.paragraph)
            if self.lists.patterns["law"].search(s.folded(0, len(s.words))):
                self.lawful.add(s.paragraph)
        self._find_quotes()
        issuer = issuer_of(self.sentences, self.lists)
        if issuer is not None:
            self.issuer, self.inquiry = self._named(issuer.sentence, issuer.words), issuer.inquiry

    def _dates_and_counts(self) -> None:
        """In order, since a year and a day named go on to hold."""
        year: tuple[int, int] | None = None
        last_day: str | None = None
        for s in self.sentences:
            carried = year[0] if year is not None and s.paragraph - year[1] <= YEAR_REACH else None
            self._numbers(s, carried, last_day)
            for _, _, dating in s.dates:
                if dating.full and dating.first:
                    year = (int(dating.first[:4]), s.paragraph)
                if dating.first and dating.first == dating.last:
                    last_day = dating.first

    def _datelines(self) -> frozenset[str]:
        """Places with which wire copy begins."""
        lines = [dateline_of(self.text.words[p.start : p.end]) for p in self.text.body[:3]]
        places = [re.split(r"[,،(]", line.words)[0].strip() for line in lines if line is not None]
        return frozenset(fold(p).words for p in places if 0 < len(p.split()) <= 4 and not any(c.isdigit() for c in p))

    def _numbers(self, s: Sentence, year: int | None, last_day: str | None) -> None:
        low = s.words[0].start
        folded = s.folded(0, len(s.words))
        anchor = self.text.dated.start if self.text.dated else None
        for dating in dates_in(folded, self.grammar.language, anchor, year, last_day):
            a, b = _range(s, low + dating.start, low + dating.end)
            if a < b and not s.taken.intersection(range(a, b)):
                s.dates.append((a, b, dating))
                s.taken.update(range(a, b))
        for span, quantity in counts_in(folded, self.grammar.language):
            a, b = _range(s, low + span.start, low + span.end)
            if a < b and not s.taken.intersection(range(a, b)):
                start, end = self.folded.start(low + span.start), self.folded.end(low + span.end)
                s.counts.append((a, b, replace(quantity, text=self.text.words[start:end])))

    def _names(self, s: Sentence, known: frozenset[str]) -> None:
        s.places = self.grammar.places(s, known)
        for place in s.places:
            if place.outer < place.a:
                s.taken.update(range(place.outer, place.b))
        for first, start, end in self.grammar.person_names(s):
            title = s.written(first, start) if first < start else None
            self.book.add(*s.offsets(start, end), MentionKind.PERSON, title)
        for place in s.places:
            if place.name:
                self.book.add(*s.offsets(place.a, place.b), MentionKind.PLACE)

    def _triggers(self, s: Sentence) -> list[Trigger]:
        found: list[Trigger] = []
        folded = s.folded(0, len(s.words))
        if self.lists.any_phrase.search(folded):
            low = s.words[0].start
            for pattern, act in self.lists.act_phrases:
                for match in pattern.finditer(folded):
                    a, b = _range(s, low + match.start(), low + match.end())
                    if not any(t.a < b and a < t.b for t in found) and self._fits(s, a, b, act):
                        found.append(Trigger(a, b, act, "phrase", self.grammar.group(s, a)))
        for at, word in enumerate(s.words):
            if not word.acts or any(t.a <= at < t.b for t in found):
                continue
            fitting = tuple(
                u for u in word.acts if isinstance(u.entry, Act) and self._fits(s, at, at + 1, u.entry, u.shape)
            )
            chosen = self.grammar.shape(s, at, fitting) if fitting else None
            if chosen is not None and isinstance(chosen[0].entry, Act):
                found.append(Trigger(at, at + 1, chosen[0].entry, chosen[1], chosen[2]))
        found.sort(key=lambda t: (t.a, t.b))
        return [t for n, t in enumerate(found) if not (n and self._one_act(s, found[n - 1], t))]

    @staticmethod
    def _one_act(s: Sentence, before: Trigger, after: Trigger) -> bool:
        """ "Frappée à" and "coups de crosse": two words for one act, with nothing but a preposition between them."""
        between = range(before.b, after.a)
        return before.act.type == after.act.type and (
            len(between) == 0 or (len(between) == 1 and s.is_a(before.b, "of", "preps") and after.shape != "noun")
        )

    def _fits(self, s: Sentence, a: int, b: int, act: Act, shape: str = "") -> bool:
        """The company that the entry asks for is there, and none that it forbids."""
        around = range(max(0, a - 14), min(len(s.words), b + 14))
        near = range(max(0, a - 5), min(len(s.words), b + 6))

        def has(name: str, where: range) -> bool:
            return any(
                (n < a or n >= b)
                and (
                    name in s.words[n].classes
                    or name in (s.words[n].form, s.words[n].stem, s.words[n].form.removeprefix("ال"))
                )
                for n in where
            )

        if act.needs and not any(has(name, around) for name in act.needs) and not ("count" in act.needs and s.counts):
            return False
        return not any(has(name, near) for name in act.forbids)

    def _cues(self, s: Sentence) -> list[Cue]:
        found: list[Cue] = []
        folded = s.folded(0, len(s.words))
        spots: list[tuple[int, int, Use]] = []
        low = s.words[0].start
        for pattern, saying in self.lists.saying_phrases:
            for match in pattern.finditer(folded):
                a, b = _range(s, low + match.start(), low + match.end())
                spots.append((b - 1, a, Use(saying, "phrase")))
        held = [(a, last) for last, a, _ in spots]
        for at, word in enumerate(s.words):
            if any(a <= at <= last for a, last in held):
                continue
            spots += [(at, at, use) for use in word.says]
        for at, first, use in sorted(spots, key=lambda x: (x[1], x[0])):
            if any(t.a <= at < t.b for t in s.triggers) and use.shape != "phrase":
                continue
            needs = use.entry.needs
            if isinstance(use.entry, Saying) and needs:
                following = s.words[at + 1 : at + 15]
                if not any(w.form in needs or w.stem in needs for w in following):
                    continue
            cue = self.grammar.cue(s, first, at, use)
            if cue is not None and not any(c.a <= cue.a < c.b for c in found):
                cue.a = min(cue.a, first)
                found.append(cue)
        for before, cue in pairwise(found):
            if cue.speaker is None and not cue.again and not cue.passive and s.is_a(cue.a - 1, "joins"):
                cue.speaker = before.speaker  # "a condamné ... et demandé": one speaker of both
        return _bounded(s, found)

    def _find_quotes(self) -> None:
        """Quotes that run within a paragraph, as offsets of the text; one left open ends with its paragraph."""
        for passage in self.text.body:
            begin: int | None = None
            for at in range(passage.start, passage.end):
                sign = self.text.words[at]
                if (begin is None and sign in "«“„") or (begin is None and sign == '"'):
                    begin = at
                elif begin is not None and sign in '»”"':
                    self.quotes.append((begin, at + 1))
                    begin = None
            if begin is not None:
                self.quotes.append((begin, passage.end))

    # -- one sentence ----------------------------------------------------------------------------------------

    def _read_sentence(self, s: Sentence) -> None:
        for cue in s.cues:
            if cue.speaker is not None and not cue.again:
                self.last_speaker = self._named(s, cue.speaker)
        if not s.triggers:
            self._note_fighters(s)
        drafts = [self._draft(s, t, s.triggers) for t in s.triggers]
        self._share(drafts)
        kept = [d for d in drafts if self._keeps(d, drafts)]
        if len(kept) < len(drafts):
            left = [d.trigger for d in kept]
            kept = [self._draft(s, t, left) for t in left]
        self._share(kept)
        kept += self._bare_denials(s, kept)
        kept += self._bare_demands(s, kept)
        for draft in kept:
            self._fill(draft)
        self.drafts += [d for d in kept if d.type is not ActType.OTHER or d.detail]

    def _note_fighters(self, s: Sentence) -> None:
        """Fighters of a sentence without an act: "les miliciens sont arrivés à l'aube"."""
        at = next((n for n, w in enumerate(s.words) if w.is_a("combatants") and not w.is_a("titles")), None)
        if at is None or any(c.speaker is not None and c.speaker[0] <= at < c.speaker[1] for c in s.cues):
            return
        end = at + 1
        while end < len(s.words) and end - at < 6 and self._in_phrase(s, end):
            end += 1
        self.fighters = (s.paragraph, self._named(s, strip(s, at, end)))
        self.last_actors = None

    @staticmethod
    def _in_phrase(s: Sentence, at: int) -> bool:
        word = s.words[at]
        if word.is_a("of"):
            return True
        return not (
            word.is_a("small", "commas", "joins", "preps", "adverbs", "negators") or word.acts or word.says
        ) and (word.form[0].isalnum() and (word.capital or word.is_a("adjectives", "armed", "combatants", "units")))

    def _draft(self, s: Sentence, t: Trigger, among: list[Trigger]) -> _Draft:
        lo, hi = clause(s, t, among)
        draft = _Draft(s, t, lo, hi, self.grammar.parties(s, t, lo, hi))
        draft.cues = self._cues_over(s, t)
        return draft

    def _cues_over(self, s: Sentence, t: Trigger) -> list[Cue]:
        """The words of speech that this act stands under, outermost first."""
        over = [
            c
            for c in s.cues
            if c.scope[0] <= t.a < c.scope[1]
            and not c.a <= t.a < c.b
            and not (c.speaker is not None and c.speaker[0] <= t.a < c.speaker[1])
        ]
        if t.shape == "passive" and t.verb == t.a:  # "la libération des meuniers arrêtés lundi"
            over = [c for c in over if c.saying.modality != "called-for"]
        after = [c for c in over if c.a > t.a and not c.saying.lead]
        before = [c for c in over if c.a < t.a]
        return after + before + [c for c in over if c.a > t.a and c.saying.lead]

    def _keeps(self, d: _Draft, among: list[_Draft]) -> bool:  # noqa: PLR0911, PLR0912
        """False for an act word that tells no event of its own."""
        s, t, p = d.sentence, d.trigger, d.parties
        marks = {c.saying.modality for c in d.cues}
        firm = bool(marks - {"say"}) or any(c.accused for c in d.cues)
        if p.unreal and marks == {"called-for"} and self._asked_about(d):
            return False  # "une enquête sur la mort de ...": what is asked for is the inquiry
        if p.unreal and not marks & {"threatened", "ordered", "denied", "called-for", "accuse", "incite", "admitted"}:
            return False
        if self._harmless(s, t, d):
            return False
        if t.act.detail == "investigation" and s.paragraph in self.mishaps and not someone_armed(s):
            return False
        if t.act.subject in SHARES:
            return self._denied(s) is not None and not any(
                o.trigger.act.subject not in SHARES and o.lo < t.b <= o.hi for o in among
            )
        if t.act.type in ("procedural", "political-statement"):
            return not self._doubled(d, among)
        someone = p.actors or p.victims or p.targets or p.pronoun
        if (
            t.shape == "inf"
            and not p.told
            and not marks & {"threatened", "ordered", "denied", "accuse", "incite", "admitted"}
        ):
            return False
        if t.act.object in ("person", "people") and t.shape in ("active", "ger") and not (p.victims or p.targets):
            # Verbs that want a person want one: "tuer le temps", "exécuter un budget" are no acts.
            if p.pronoun and (p.actors or p.again or t.act.type not in ("killing", "execution")):
                return True
            return bool(p.actors and t.act.object == "person" and self._object_left_out(d))
        if t.act.object == "property" and not p.targets and not (p.actors or firm):
            return False
        if t.act.object == "target" and t.shape == "active" and not (p.targets or p.victims or s.places):
            return False
        if t.shape in ("noun", "phrase") and self._taken_up(d, among):
            return False
        counted = s.count_in(d.lo, d.hi) is not None
        named_place = any(True for place in s.places_in(d.lo, d.hi) if place.name)
        if t.act.weak and not (someone or firm or (counted and t.shape == "noun")):
            return False
        if t.shape == "noun" and not (someone or firm or (named_place and not t.act.weak)):
            return False
        return t.shape != "passive" or bool(someone or t.act.object == "none")

    def _accompanied(self, s: Sentence, d: _Draft) -> bool:
        """Fighters or weapons stand in the sentence, its author was told before, or an act of violence was."""
        if d.parties.again or any(w.is_a("armed", "combatants", "munitions", "partisan") for w in s.words):
            return True
        return any(
            x.type.value not in HARMLESS and 0 <= s.paragraph - x.sentence.paragraph <= 1 for x in self.drafts[-6:]
        )

    @staticmethod
    def _asked_about(d: _Draft) -> bool:
        """A proceeding stands between the demand and the act: the act is what it is about."""
        return any(t.act.type == "procedural" and t.a < d.trigger.a for t in d.sentence.triggers)

    def _object_left_out(self, d: _Draft) -> bool:
        """Nothing stands behind the verb where its object would: "les soldats ont tiré et tué"."""
        return d.trigger.b >= d.hi or d.sentence.words[d.trigger.b].is_a("joins", "commas")

    def _harmless(self, s: Sentence, t: Trigger, d: _Draft) -> bool:  # noqa: PLR0911
        """Law, a question, a condition, fiction, a mishap: words of an act that nobody is said to have done."""
        patterns, folded = self.lists.patterns, s.folded(0, len(s.words))
        if s.words[-1].form == "?" or (s.words[-1].form in QUOTES and s.form(len(s.words) - 2) == "?"):
            return True
        if patterns["law"].search(folded) and not (d.parties.actors and (s.dates or s.counts)):
            return True
        if s.paragraph in self.elsewhere:
            return True
        named = (
            any(p.name for p in s.places)
            or any(w.capital for w in s.words[1:])
            or any(w.is_a("titles") for w in s.words)
        )
        if s.paragraph in self.lawful and not (s.dates or s.counts or named):
            return True
        if t.act.company and not self._accompanied(s, d):
            return True
        loss = (
            t.act.type == "killing"
            or t.act.detail in ("casualty-count", "bodies-found", "wounding", "fled")
            or t.act.type == "displacement"
        )
        if loss and any(w.is_a("calamity") for w in s.words):
            return not any(w.is_a("armed", "munitions") for w in s.words)
        if "unknown" in patterns and patterns["unknown"].search(s.folded(0, t.a)):
            return True
        return bool(patterns["condition"].search(s.folded(max(0, d.lo - 2), t.b))) and not self._threat(s, t)

    def _threat(self, s: Sentence, t: Trigger) -> bool:
        """In a quote, a future that hangs on what somebody does: "si tu parles, on viendra te chercher"."""
        patterns = self.lists.patterns
        if "threat" not in patterns:
            return False
        start, _ = s.offsets(t.a, t.b)
        folded = s.folded(0, len(s.words))
        return (
            any(a < start < b for a, b in self.quotes)
            and patterns["threat"].search(folded) is not None
            and patterns["future-verb"].search(folded) is not None
        )

    def _taken_up(self, d: _Draft, among: list[_Draft]) -> bool:
        """An attack that only tells how a killing of the same clause came about: "tués dans un bombardement"."""
        if d.trigger.act.type not in ("attack", "bombing") or d.parties.negated:
            return False
        s, t = d.sentence, d.trigger
        for other in among:
            o = other.trigger
            if o is t or (o.act.type == t.act.type and o.shape == "noun") or o.act.type == "procedural":
                continue
            if o.act.type not in ("killing", "execution", "attack", "bombing", "displacement"):
                continue
            low, high = (o.b, t.a) if o.a < t.a else (t.b, o.a)
            if not any(s.words[n].is_a("joins", "commas", "breaks", "relatives") for n in range(low, high)) and not any(
                low <= c.a < high for c in s.cues
            ):
                return t.shape == "noun" or o.act.type in ("killing", "execution")
        return False

    def _doubled(self, d: _Draft, among: list[_Draft]) -> bool:
        """Of two words for one proceeding in one clause the first stands."""
        return any(
            o.trigger.act.type == d.trigger.act.type and o.trigger.a < d.trigger.a and o.lo < d.trigger.b <= o.hi + 1
            for o in among
            if o is not d
        )

    def _share(self, kept: list[_Draft]) -> None:
        """Acts in a row share what is said once: "ont attaqué et pillé le village", "le meurtre et l'enlèvement de"."""
        for before, after in pairwise(kept):
            s, t = after.sentence, after.trigger
            between = range(before.trigger.b, after.trigger.verb)
            if any(s.words[n].is_a("breaks") or s.words[n].form in ";:" or s.words[n].form in QUOTES for n in between):
                continue
            both_nouns = t.shape == "noun" and before.trigger.shape == "noun"
            if both_nouns and len(between) <= 6:
                if len(between) <= 3:
                    before.parties.victims = before.parties.victims or after.parties.victims
                    before.parties.targets = before.parties.targets or after.parties.targets
                before.parties.actors = before.parties.actors or after.parties.actors
                after.parties.actors = after.parties.actors or before.parties.actors
            doing = ("active", "ger", "inf", "phrase")
            same_verbs = t.shape in doing and before.trigger.shape in doing and t.act.subject != "victim"
            if same_verbs and not after.parties.actors:
                after.parties.actors = before.parties.actors
                after.parties.again = before.parties.again
            if same_verbs and len(between) <= 3 and not (before.parties.victims or before.parties.targets):
                before.parties.victims, before.parties.targets = after.parties.victims, after.parties.targets
            if t.shape == "passive" and before.trigger.shape == "passive" and len(between) <= 3:
                after.parties.victims = after.parties.victims or before.parties.victims
                before.parties.actors = before.parties.actors or after.parties.actors

    def _bare_denials(self, s: Sentence, kept: list[_Draft]) -> list[_Draft]:
        """ "L'armée a démenti toute responsabilité", "impute ces actes à la milice": said of the act told before."""
        found: list[_Draft] = []
        for cue in s.cues:
            blames = cue.saying.modality == "accuse" and cue.accused is not None
            threat = cue.saying.modality == "threatened"
            if not (cue.saying.modality == "denied" or blames or threat) or any(cue in d.cues for d in kept):
                continue
            folded = s.folded(cue.a, min(len(s.words), cue.b + 12))
            last = self._denied(s)
            about = "accusation" if cue.saying.modality == "denied" else "these-acts"
            bare = cue.saying.modality == "denied" and all(not w.form[0].isalnum() for w in s.words[cue.b :])
            if last is None or not (bare or threat or self.lists.patterns[about].search(folded)):
                continue
            act = replace(last.trigger.act, id="denial", object="none")
            t = Trigger(cue.a, cue.b, act, "phrase", cue.a)
            low = min([cue.a, *(r[0] for r in [cue.speaker] if r is not None)])
            while low > 0 and s.words[low - 1].is_a("articles"):
                low -= 1
            high = next((n for n in range(cue.b, len(s.words)) if s.words[n].form in ".;:"), len(s.words))
            draft = _Draft(s, t, low, high, Parties(), [cue])
            draft.type, draft.detail = last.type, last.detail
            found.append(draft)
        return found

    def _bare_demands(self, s: Sentence, kept: list[_Draft]) -> list[_Draft]:
        """ "Nous exigeons la fin des rondes": asked for in a text that told of wrongs, by no word for an act.

        A list behind a colon asks for each of its points.
        """
        asked = self.lists.patterns.get("asked")
        if asked is None or not any(
            d.type.value not in HARMLESS and s.paragraph - d.sentence.paragraph <= ASKED_REACH for d in self.drafts
        ):
            return []
        cue = next((c for c in s.cues if c.saying.modality == "called-for"), None)
        covered = any(c.saying.modality == "called-for" for d in kept for c in d.cues)
        listed = self._listed(s)
        if cue is None and not listed:
            self.asking = None
            return []
        low = cue.a if cue is not None else 0
        if cue is not None and cue.speaker is not None and cue.speaker[1] <= cue.a:
            low = cue.speaker[0]
        high = len(s.words)
        while high > low + 1 and not s.words[high - 1].form[-1].isalnum():
            high -= 1
        if cue is not None:
            self.asking = (s.number, cue, s)
        over = cue or (self.asking[1] if self.asking is not None else None)
        if over is None or high <= low:
            return []
        points = self._points(s, cue, high) if cue is not None else []
        if points:
            found = []
            for n, (a, b) in enumerate(points):
                if asked.search(s.folded(a, b)) and not any(d.trigger.a < b and a < d.trigger.b for d in kept):
                    found.append(self._demand(s, over, a if n else low, b, (a, a + 1)))
            return found
        if covered or kept or not asked.search(s.folded(low, high)):
            return []
        at = (cue.a, cue.b) if cue is not None else (low, low + 1)
        draft = self._demand(s, over, low, high, at)
        if cue is None and self.asking is not None:
            asker = self.asking[2]
            draft.cues = [replace(over, speaker=None, again=False, accused=None, a=at[0], b=at[1])]
            if over.speaker is not None and not over.again:
                draft.speakers = [self._named(asker, over.speaker)]
        return [draft]

    def _demand(self, s: Sentence, cue: Cue, low: int, high: int, at: Range) -> _Draft:
        act = replace(self.lists.acts[0], id="demand", type="procedural", detail="demand", object="none")
        a, b = at
        while a + 1 < high and not s.words[a].form[0].isalnum():
            a += 1
        return _Draft(s, Trigger(a, max(b, a + 1), act, "phrase", a), min(low, a), high, Parties(), [cue])

    @staticmethod
    def _points(s: Sentence, cue: Cue, high: int) -> list[Range]:
        """The points of a list within the sentence: behind its colon, parted by semicolons."""
        colon = next((n for n in range(cue.b, min(high, cue.b + 3)) if s.words[n].form == ":"), None)
        if colon is None:
            return []
        ends = [n for n in range(colon + 1, high) if s.words[n].form == ";"]
        if not ends:
            return []
        bounds = [colon, *ends, high]
        return [strip(s, a + 1, b) for a, b in pairwise(bounds) if b - a > 2]

    def _listed(self, s: Sentence) -> bool:
        """The sentence is a point of a list that a demand with a colon opened."""
        if self.asking is None or s.number == self.asking[0] or s.number - self.asking[0] > LISTED:
            return False
        opened = self.asking[2]
        if not any(w.form == ":" for w in opened.words[-2:]):
            return False
        return s.words[0].form in "-–—•*·" or s.words[0].is_a("thats") or s.words[0].form.isdigit()

    def _denied(self, s: Sentence) -> _Draft | None:
        """The act that a bare denial is about: of those told just before, one with an author, and the gravest."""
        near = [
            d
            for d in self.drafts
            if d.type.value not in HARMLESS and s.paragraph - d.sentence.paragraph <= 4 and d.trigger.act.id != "denial"
        ]
        named = [d for d in near if d.actors] or near
        grave = [d for d in named if d.type in _GRAVE] or named
        return grave[-1] if grave else None

    # -- from ranges to the fields of a claim ----------------------------------------------------------------

    def _fill(self, d: _Draft) -> None:
        s, t, p = d.sentence, d.trigger, d.parties
        d.why.append(f"act: {s.written(t.a, t.b)} ({t.act.id})")
        d.cues = d.cues or self._quoted_by(d)
        self._widen(d)
        self._speakers(d)
        self._issued(d)
        self._actors(d)
        d.victims = [self._named(s, r) for r in self._distinct(p.victims)]
        self._taken_victims(d)
        d.places = self._places(d)
        d.date = self._date(d)
        d.quantity = self._quantity(d)
        if t.act.id != "denial":
            d.type, d.detail = self._type(d)
        self._ordered(d)
        self._modality(d)
        if p.cues:
            d.why.append("roles: " + ", ".join(dict.fromkeys(p.cues)))

    def _taken_victims(self, d: _Draft) -> None:
        """ "Les ont battus": those to whom something was done just before."""
        p, number = d.parties, d.sentence.number
        if d.victims:
            self.last_victims = (number, tuple(d.victims))
        elif p.pronoun and not p.targets and self.last_victims is not None and number - self.last_victims[0] <= 2:
            d.victims = list(self.last_victims[1])
            d.why.append("victim: a pronoun for those told before")

    def _ordered(self, d: _Draft) -> None:
        """The words of an order are an act of who gives it."""
        words = d.trigger.shape == "order" or self._quarter(d)
        giver = d.speakers[-1] if d.speakers and words else None
        if giver is not None and giver is not self.issuer and not d.actors:
            d.actors.append(Actor(giver.words, giver.mention, Involvement.ORDERING))

    def _widen(self, d: _Draft) -> None:
        """The quote takes in an accusation, a denial, an order: there the words of speech are part of the claim."""
        s = d.sentence
        cue = d.cues[-1] if d.cues else None
        if (
            cue is None
            or cue.saying.modality in ("say", "alleged", "confirmed")
            or (cue.saying.modality == "called-for" and self._asked_about(d))
            or not cue.b <= d.lo + 12
            or cue.a > d.lo
        ):
            return
        low = min([cue.a, *(r[0] for r in [cue.speaker, cue.accused] if r is not None)])
        while low > 0 and s.words[low - 1].is_a("articles"):
            low -= 1
        if not any(s.words[n].form in QUOTES or s.words[n].form in ";:" for n in range(low, d.lo)):
            d.lo = low

    @staticmethod
    def _distinct(ranges: list[Range]) -> list[Range]:
        return list(dict.fromkeys(ranges))

    def _quoted_by(self, d: _Draft) -> list[Cue]:
        """Within a quote that runs over sentences: the words of speech next to it, before or behind."""
        s = d.sentence
        start, _ = s.offsets(d.trigger.a, d.trigger.b)
        quote = next(((a, b) for a, b in self.quotes if a < start < b), None)
        if quote is None or (quote[0] >= s.start and quote[1] <= s.end and quote[1] - quote[0] < 40):
            return []
        near: list[tuple[int, int, Sentence, Cue]] = []
        for other in self.sentences[max(0, s.number - 6) : s.number + 7]:
            if other.paragraph != s.paragraph:
                continue
            for cue in other.cues:
                at, end = other.offsets(cue.a, cue.b)
                gap = quote[0] - end if end <= quote[0] else at - quote[1]
                if 0 <= gap <= 80:
                    near.append((gap, cue.a, other, cue))
        if near:
            _, _, other, cue = min(near, key=lambda n: (n[0], n[2].number, n[1]))
            if cue.speaker is not None and not cue.again:
                d.speakers = [self._named(other, cue.speaker)]
            elif self.last_speaker is not None:
                d.speakers = [self.last_speaker]
            d.why.append(f"speaker: quoted beside “{other.written(cue.a, cue.b)}”")
            d.stance = other.written(cue.a, cue.b)
        elif self.last_speaker is not None:
            d.speakers = [self.last_speaker]
            d.why.append("speaker: a quote that goes on")
        return []

    def _speakers(self, d: _Draft) -> None:
        s = d.sentence
        for cue in d.cues:
            if cue.passive or (cue.saying.modality in ("ordered", "incite") and len(d.cues) > 1):
                continue
            named = None
            if cue.speaker is not None and not cue.again:
                named = self._named(s, cue.speaker)
            elif cue.again:
                named = self.last_speaker
            if named is not None and named.words not in {n.words for n in d.speakers}:
                d.speakers.append(named)
            d.why.append(f"speaker: {s.written(cue.a, cue.b)}")
            d.stance = s.written(cue.a, cue.b)

    def _issued(self, d: _Draft) -> None:
        """The body that issues the text stands first of the speakers, and alone where nobody else speaks."""
        if self.issuer is None or any(self._same(self.issuer, n) for n in d.speakers):
            return
        if not d.speakers:
            d.why.append(f"speaker: {self.issuer.words}, whose text it is")
        d.speakers.insert(0, self.issuer)

    def _same(self, issuer: Named, other: Named) -> bool:
        """True of "the Commission" and "the international Commission of inquiry" alike."""
        if other.words == issuer.words:
            return True
        small = self.lists.classes["small"]
        said = [w for w in fold(other.words).words.split() if w not in small]
        whole = set(fold(issuer.words).words.split())
        return not said or said[0] in self.lists.classes["ours"] or set(said) <= whole

    def _actors(self, d: _Draft) -> None:
        s, p, t = d.sentence, d.parties, d.trigger
        for cue in d.cues:
            if cue.accused is not None and not p.actors:
                p.actors.append(cue.accused)
                p.cues.append(s.written(cue.a, cue.b))
        ranges = self._distinct(p.actors)
        kind = Involvement.DIRECT
        ordering = next((c for c in d.cues if c.saying.modality in ("ordered", "incite")), None)
        if ordering is not None and ordering.speaker is not None:
            how = Involvement.ORDERING if ordering.saying.modality == "ordered" else Involvement.INCITING
            named = self._named(s, ordering.speaker)
            d.actors.append(Actor(named.words, named.mention, how))
        own = next((c for c in d.cues if c.saying.modality in ("denied", "admitted", "threatened")), None)
        if own is not None and not ranges and own.speaker is not None and t.shape != "passive":
            ranges = [own.speaker]
        teller = next((c for c in d.cues if c.speaker is not None and not c.passive and c.b <= t.a), None)
        if not ranges and teller is not None and s.is_a(t.verb, "perfect") and self._did_it(d):
            ranges = [teller.speaker] if teller.speaker is not None else []
            p.cues.append(s.form(t.verb))
        for r in ranges:
            named = self._named(s, r)
            if all(named.words != a.words for a in d.actors):
                d.actors.append(Actor(named.words, named.mention, kind))
        if p.again and not d.actors and self.last_actors is not None and s.paragraph - self.last_actors[0] <= 2:
            d.actors = [Actor(a.words, a.mention, kind) for a in self.last_actors[1]]
            d.why.append("actor: a pronoun for the author told before")
        elif p.again and not d.actors and self.fighters is not None and s.paragraph - self.fighters[0] <= 2:
            d.actors = [Actor(self.fighters[1].words, self.fighters[1].mention, kind)]
            d.why.append("actor: a pronoun for the fighters told before")
        elif ranges and t.act.type not in HARMLESS:
            self.last_actors = (s.paragraph, tuple(d.actors))

    @staticmethod
    def _did_it(d: _Draft) -> bool:
        """ "L'armée dit avoir ouvert le feu": who says so did it, unless found, or suffered."""
        act = d.trigger.act
        return (
            d.trigger.shape in ("active", "phrase")
            and act.subject != "victim"
            and act.detail != "bodies-found"
            and "été" not in d.sentence.folded(d.trigger.verb, d.trigger.b).split()
        )

    def _places(self, d: _Draft) -> list[Named]:
        """Places of the clause; else the frame that the sentence opens with ("À X, ..."), or its only named place."""
        s = d.sentence
        spoken = [c.speaker for c in s.cues if c.speaker is not None]
        spoken += [c.accused for c in s.cues if c.accused is not None] + list(d.parties.actors)
        acts = [(t.a, t.b) for t in s.triggers]
        here = [
            p
            for p in s.places
            if not any(a <= p.a < b for a, b in spoken)
            and not (p.name and any(a <= p.a < b for a, b in acts))
            and not self._of_office(s, p)
            and not (s.words[p.a].is_a(*VEHICLES) and s.is_a(p.outer, "against"))  # "ont tiré sur un minibus"
        ]
        chosen = [p for p in here if d.lo <= p.a and p.b <= d.hi and not self._vague(s, p.a, p.b)]
        if not any(p.name for p in chosen) and d.trigger.act.type not in UNPLACED:
            names = [p for p in here if p.name]
            frame = [p for p in names if p.outer <= 1 and s.is_a(p.outer, "place-preps")]
            near = [p for p in names if not self._wide(s, p)]
            before = [p for p in near if p.b <= d.trigger.a]
            chosen += frame[:1] or before[-1:] or near[:1]
        ranges = [(p.a, p.b) for p in chosen]
        covered = {n for a, b in ranges for n in range(a, b)}
        hit = [
            r
            for r in d.parties.targets
            if self._place_like(s, r) and not self._vague(s, *r) and not covered.intersection(range(*r))
        ]
        inner = [r for a, b in [*ranges, *hit] for r in [self._named_in(s, a, b)] if r is not None]
        named = sorted((p for p in chosen if p.name), key=lambda p: self._wide(s, p))  # the narrow ones first
        names_only = [(p.a, p.b) for p in named] + inner
        kept = list(dict.fromkeys([*ranges, *hit, *inner]))
        found = {r: self.book.named(*s.offsets(*r), MentionKind.PLACE) for r in kept}
        d.stated = tuple(found[r] for r in dict.fromkeys(names_only))
        return list({n.words: n for n in reversed(list(found.values()))}.values())[::-1]

    @staticmethod
    def _vague(s: Sentence, a: int, b: int) -> bool:
        """ "La ville", "البلدة", without a name: it takes up a place told elsewhere, and is none of its own."""
        words = [w for w in s.words[a:b] if not w.is_a("articles", "small")]
        return len(words) == 1 and words[0].is_a("vague-places") and not words[0].capital

    @staticmethod
    def _of_office(s: Sentence, p: PlaceSpan) -> bool:
        """ "Le tribunal de X", "le gouverneur de la région de X": it names who, and not where."""
        if not p.name or s.is_a(p.outer, "place-preps") or s.words[p.outer].clitic[:1] == "ب":
            return False
        for at in range(p.outer - 1, max(-1, p.outer - OFFICE_REACH), -1):
            word = s.words[at]
            if word.is_a("courts", "judges", "officials") and not word.is_a("place-kinds"):
                return True
            if word.acts or word.says or not word.form[0].isalpha() or word.capital:
                return False
            if word.is_a(*OFFICE_ENDS) and not word.is_a("of"):
                return False
        return False

    def _named_in(self, s: Sentence, a: int, b: int) -> Range | None:
        """Of "the cattle market of X" the name X, where the text or the lists know it as a place."""
        for n in range(a + 1, b):
            if s.folded(n, b) in self.known or s.folded(n, b) in self.lists.places:
                return n, b
        return None

    def _carry_dates(self) -> None:
        """Within a paragraph the day told last goes on to hold, for what is told and not denied or demanded."""
        last: tuple[int, Dating] | None = None
        for d in sorted(self.drafts, key=lambda d: (d.sentence.number, d.trigger.a)):
            s = d.sentence
            if d.date is not None and d.date.first:
                last = (s.paragraph, d.date)
            elif (
                last is not None
                and last[0] == s.paragraph
                and not s.dates
                and d.date is None
                and d.type.value not in UNPLACED
                and d.modality not in (Modality.DENIED, Modality.CALLED_FOR, Modality.THREATENED)
            ):
                d.date = last[1]
                d.why.append(f"date: {last[1].text}, told before in the paragraph")

    def _carry_places(self) -> None:
        """Claims without a named place take that of the account they belong to (`scenes`)."""
        sections, number, before = {}, 0, False
        for s in self.sentences:
            number += s.heading and not before
            before = s.heading
            sections[s.number] = number
        placed = {d.sentence.number for d in self.drafts if d.stated}
        rows: list[tuple[int, int, _Draft | None, Told]] = [
            (d.sentence.number, d.trigger.a, d, self._told(d, sections[d.sentence.number])) for d in self.drafts
        ]
        for s in self.sentences:
            named = [
                p for p in s.places if p.name and p.outer < p.a and not self._wide(s, p) and not self._of_office(s, p)
            ]
            named = named if s.number not in placed else []
            if named and not s.heading:
                place = self.book.named(*s.offsets(named[0].a, named[0].b), MentionKind.PLACE)
                rows.append(
                    (s.number, -1, None, Told(s.number, s.paragraph, sections[s.number], (place,), claim=False))
                )
        rows.sort(key=lambda row: row[:2])
        for (_, _, d, _told), account in zip(rows, carried([r[3] for r in rows], self._title()), strict=True):
            answer = account or (self._last_named(d) if d is not None else None)
            if d is not None and answer is not None:
                d.places = [answer[0], *[p for p in d.places if p.words != answer[0].words]]
                d.why.append(answer[1])

    def _of_account(self, stated: tuple[Named, ...]) -> tuple[Named, ...]:
        """The place that the text names most often first: an account goes on there, not at the corner told once."""
        often = self._how_often()
        return tuple(sorted(stated, key=lambda n: -often.get(fold(n.words).words, 1)))

    def _how_often(self) -> Counter[str]:
        if self.often is None:
            self.often = Counter(s.folded(p.a, p.b) for s in self.sentences for p in s.places if p.name)
        return self.often

    def _last_named(self, d: _Draft) -> tuple[Named, str] | None:
        """The place named last before the act, within a few paragraphs, where no account carries one."""
        if d.stated or d.trigger.act.type in UNPLACED or d.type.value in UNPLACED or d.modality is Modality.THREATENED:
            return None
        for s in reversed(self.sentences[: d.sentence.number]):
            if d.sentence.paragraph - s.paragraph > LAST_NAMED:
                return None
            spoken = [c.speaker for c in s.cues if c.speaker is not None]
            for p in reversed(s.places):
                if not p.name or self._wide(s, p) or self._of_office(s, p):
                    continue
                if not any(a <= p.a < b for a, b in spoken):
                    place = self.book.named(*s.offsets(p.a, p.b), MentionKind.PLACE)
                    return place, f"place: {place.words}, named last before"
        return None

    def _wide(self, s: Sentence, p: PlaceSpan) -> bool:
        """A State or a large region, too wide to say where: "en Belgique", "dans la province de Namur"."""
        if any(w.is_a("regions") for w in s.words[max(0, p.outer - 1) : p.a + 1]):
            return True
        state = s.is_a(p.outer, "country-preps") and p.a == p.outer + 1
        return state or s.folded(p.a, p.b) in self.lists.places

    def _disappeared(self) -> None:
        """Whoever was taken away and not seen again was made to disappear (`settle`)."""
        gone = [d for d in self.drafts if d.type is ActType.ENFORCED_DISAPPEARANCE]
        for d in self.drafts if gone else ():
            if d.type is not ActType.ABDUCTION or d.modality in (Modality.THREATENED, Modality.ORDERED):
                continue
            heads = {v.words.lower().split()[-1] for v in d.victims}
            for g in gone:
                near = g.sentence.paragraph - d.sentence.paragraph
                same = heads & {v.words.lower().split()[-1] for v in g.victims}
                if (same and abs(near) <= 2) or (not g.victims and 0 <= g.sentence.number - d.sentence.number <= 1):
                    d.type = ActType.ENFORCED_DISAPPEARANCE
                    d.why.append(f"type: of the same people: {g.sentence.written(g.trigger.a, g.trigger.b)}")
                    break

    def _told(self, d: _Draft, section: int) -> Told:
        s, date = d.sentence, d.date
        points = d.parties.again or d.parties.pronoun or any(w.is_a("pointing") for w in s.words)
        return Told(
            s.number,
            s.paragraph,
            section,
            self._of_account(d.stated),
            date.first if date else None,
            date.last if date else None,
            date is not None,
            d.trigger.act.type not in UNPLACED
            and d.type.value not in UNPLACED
            and d.modality is not Modality.THREATENED,  # what is yet to come is done nowhere yet
            points,
        )

    def _title(self) -> Named | None:
        """The one place that the heading names."""
        found: dict[str, Named] = {}
        for s in self.sentences:
            if not s.heading:
                break
            for p in s.places:
                if p.name and not self._wide(s, p):
                    found.setdefault(s.folded(p.a, p.b), self.book.named(*s.offsets(p.a, p.b), MentionKind.PLACE))
        return next(iter(found.values())) if len(found) == 1 else None

    @staticmethod
    def _place_like(s: Sentence, r: Range) -> bool:
        """What was hit is where it happened, if it is a place: a market, a village, a name that no list knows."""
        head = next(
            (w for n, w in enumerate(s.words[r[0] : r[1]], r[0]) if not any(a <= n < b for a, b, _ in s.counts)), None
        )
        counted = any(a < r[1] and r[0] < b and (q.value or q.min or 0) > 1 for a, b, q in s.counts)
        if head is None or (counted and head.is_a("property")) or head.is_a(*VEHICLES):
            return False  # "fifty houses", "a boat": what was hit, and not where
        return head.is_a("civilian-places", "military-places", "place-kinds") or not (head.classes or head.acts)

    def _date(self, d: _Draft) -> Dating | None:
        """The date of the clause nearest to the act, else the only one of the sentence; as written."""
        s, at = d.sentence, d.trigger.a
        inside = [x for x in s.dates if d.lo <= x[0] and x[1] <= d.hi]
        found = inside or (s.dates if len(s.dates) == 1 else [])
        if not found:
            return None
        _a, _b, dating = min(found, key=lambda x: (abs(x[0] - at), x[0]))
        start = self.folded.start(s.words[0].start + dating.start)
        end = self.folded.end(s.words[0].start + dating.end)
        return replace(dating, text=self.text.words[start:end])

    def _quantity(self, d: _Draft) -> Quantity | None:
        """The number of those it was done to: in their own words, or beside a noun such as "morts"."""
        s = d.sentence
        for a, b in d.parties.victims:
            inside = s.count_in(max(d.lo, a - 1), b)
            if inside is not None:
                return inside[2]
        at = d.trigger.a
        beside = [
            c for c in s.counts if d.lo <= c[0] and c[1] <= d.hi and (c[1] in (at, at - 1) or c[0] == d.trigger.b)
        ]
        return beside[0][2] if beside else None

    def _type(self, d: _Draft) -> tuple[ActType, str | None]:  # noqa: PLR0911
        """The act type; whom or what it hit settles attacks and bombings."""
        s, act, p = d.sentence, d.trigger.act, d.parties
        told = self._denied(s) if act.subject in SHARES else None
        if told is not None:
            return told.type, told.detail
        hit = frozenset(n for r in p.victims + p.targets for n in s.classes(*r))
        around = s.classes(d.lo, d.hi)
        if act.type in ("attack", "bombing"):
            fighters = hit & {"combatants", "military-places"} and not hit & {"people", "civilian-places"}
            if fighters:
                return ActType.MILITARY_OPERATION, act.detail
            if hit & {"people", "civilian-places"} or "civilian-places" in around:
                return ActType.ATTACK_ON_CIVILIANS, act.detail
            if act.type == "bombing":
                return ActType.INDISCRIMINATE_ATTACK, act.detail
            return (ActType.ATTACK_ON_CIVILIANS if p.targets else ActType.MILITARY_OPERATION), act.detail
        if act.type == "killing" and act.object == "person" and not act.detail:
            if hit & {"prisoners"}:
                return ActType.EXECUTION, act.detail
            if hit & {"combatants"} and not hit & {"people"}:
                return ActType.MILITARY_OPERATION, "casualty-count"
        return ActType(act.type), act.detail

    def _modality(self, d: _Draft) -> None:
        d.modality, reason = self._stands(d)
        negative = d.modality is Modality.DENIED or any(c.saying.id == "acquit" for c in d.cues)
        d.polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
        d.why.append(f"modality: {d.modality.value} ({reason})")

    def _stands(self, d: _Draft) -> tuple[Modality, str]:  # noqa: PLR0911, PLR0912
        s, p, act = d.sentence, d.parties, d.trigger.act
        harmful = act.type not in HARMLESS
        marks = [(c.saying.modality, s.written(c.a, c.b)) for c in reversed(d.cues)]
        by_name = dict(reversed(marks))
        checked = [c for c in d.cues if c.saying.modality == "confirmed"]
        if all(c.saying.soft and not (c.speaker and "bodies" in s.classes(*c.speaker)) for c in checked):
            by_name.pop("confirmed", None)
        if self._threat(s, d.trigger):
            return Modality.THREATENED, "a quote of what will be done if"
        for mark, value in (
            ("denied", Modality.DENIED),
            ("admitted", Modality.ADMITTED),
            ("adjudicated", Modality.ADJUDICATED),
            ("threatened", Modality.THREATENED),
        ):
            if mark in by_name:
                return value, by_name[mark]
        if p.negated:
            return Modality.DENIED, p.negated
        proceeding = next((t for t in s.triggers if t.act.type == "procedural" and t.a < d.trigger.a), None)
        if proceeding is not None and harmful and proceeding.act.detail != "investigation":
            return Modality.ALLEGED, s.written(proceeding.a, proceeding.b)
        if "ordered" in by_name:
            told = len(d.cues) > 1
            return (Modality.ALLEGED if told else Modality.ORDERED), by_name["ordered"]
        court = next((c for c in d.cues if c.speaker is not None and "courts" in s.classes(*c.speaker)), None)
        if court is not None and court.saying.modality in ("say", "confirmed", "alleged") and harmful:
            return Modality.ADJUDICATED, s.written(court.a, court.b)
        if "called-for" in by_name and not (harmful and self._asked_about(d)):
            return Modality.CALLED_FOR, by_name["called-for"]
        if p.doubted and harmful:
            return Modality.ALLEGED, p.doubted
        for mark in ("accuse", "alleged", "incite"):
            if mark in by_name:
                return (Modality.ALLEGED if harmful or mark == "accuse" else Modality.REPORTED), by_name[mark]
        if "confirmed" in by_name:
            return Modality.CONFIRMED, by_name["confirmed"]
        if "condemn" in by_name:
            return (Modality.ALLEGED if d.actors and harmful else Modality.REPORTED), by_name["condemn"]
        if d.trigger.shape == "order" or self._quarter(d):
            return Modality.ORDERED, "the words of an order"
        if d.speakers and harmful and not (self.inquiry and not d.cues and d.speakers == [self.issuer]):
            last = d.cues[-1] if d.cues else None
            if d.actors and self._own(d):
                return Modality.ADMITTED, "of their own side"
            if d.actors:
                return Modality.ALLEGED, "names an author"
            if last is not None and last.speaker is not None and "partisan" in s.classes(*last.speaker):
                return Modality.ALLEGED, "a party speaks"
        return Modality.REPORTED, d.stance or "the publication's own words"

    def _quarter(self, d: _Draft) -> bool:
        """ "Pas de prisonniers" in a quote: nobody tells it, somebody says it to his men."""
        start, _ = d.sentence.offsets(d.trigger.a, d.trigger.b)
        return d.trigger.act.type == "denial-of-quarter" and any(a < start < b for a, b in self.quotes)

    def _own(self, d: _Draft) -> bool:
        """The innermost speaker is the author, or speaks of "our men"."""
        said = set(fold(d.speakers[-1].words).words.split())
        small = self.lists.classes["small"]
        for actor in d.actors:
            words = fold(actor.words).words.split()
            if any(w in self.lists.classes["ours"] for w in words):
                return True
            named = {w for w in words if w not in small and w not in self.lists.of_class}
            if named and named <= said:
                return True
        if said & (self.lists.classes["units"] | self.lists.classes["bodies"]):
            s = d.sentence
            return any(s.is_a(r[0] - 1, "own") and s.words[r[0]].is_a("armed", "combatants") for r in d.parties.actors)
        return False

    # -- names and ids -----------------------------------------------------------------------------------------

    def _named(self, s: Sentence, r: Range) -> Named:
        start, end = s.offsets(*r)
        first = s.words[r[0]]
        if first.clitic:  # a particle written on the word is no part of the name; the article is
            written = first.clitic.removesuffix("ال")
            start = self.folded.start(first.start + len(written))
        return self.book.named(start, end, self._kind(s, r))

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

    def _claims(self) -> list[Claim]:
        kept = [d for d in self.drafts if not d.sentence.heading or self._states(d)]
        counter: dict[str, int] = {}
        return [
            self._claim(d, counter) for d in sorted(kept, key=lambda d: (d.sentence.start, d.trigger.a, d.trigger.b))
        ]

    @staticmethod
    def _states(d: _Draft) -> bool:
        """A heading that states an act is a claim; one that only names its subject is not."""
        p = d.parties
        if d.type.value in HARMLESS:
            return d.trigger.shape in ("active", "passive")
        return d.trigger.shape != "noun" or bool(p.actors or p.victims or d.quantity)

    def _claim(self, d: _Draft, counter: dict[str, int]) -> Claim:
        s, t, text = d.sentence, d.trigger, self.text
        start, end = s.offsets(d.lo, d.hi)
        act_start, act_end = s.offsets(t.a, t.b)
        act = text.words[act_start:act_end]
        before, after = text.words[max(0, act_start - CONTEXT) : act_start], text.words[act_end : act_end + CONTEXT]
        key = content_id(act, before, after)
        nth = counter.get(key, 0)
        counter[key] = nth + 1
        return Claim(
            id=content_id(text.item, "original", act, before, after, nth_place(text.part, nth)),
            item=text.item,
            start=start + text.base,
            end=end + text.base,
            quote=text.words[start:end],
            act=act,
            act_start=act_start + text.base,
            act_end=act_end + text.base,
            act_type=d.type,
            act_detail=d.detail,
            modality=d.modality,
            stance=d.stance,
            polarity=d.polarity,
            speakers=(Named(DOC), *d.speakers),
            actors=tuple(d.actors),
            victims=tuple(d.victims),
            places=tuple(d.places),
            means=tuple(dict.fromkeys(s.written(a, b) for a, b in d.parties.means)),
            date_text=d.date.text if d.date else None,
            date_from=d.date.first if d.date else None,
            date_to=d.date.last if d.date else None,
            quantity=d.quantity,
            paragraph=s.paragraph,
            reader=self.grammar.name,
            why="; ".join(dict.fromkeys(d.why)),
        )


# -- clauses and words ---------------------------------------------------------------------------------------


def clause(s: Sentence, t: Trigger, among: list[Trigger]) -> Range:
    """The clause of an act: to the next break, to words of speech, to where the clause of another act begins."""
    lo, hi = _left(s, t, among), _right(s, t, among)
    while lo < t.a and (s.words[lo].is_a("joins", "commas", "thats") or not s.words[lo].form[0].isalnum()):
        lo += 1
    while hi > t.b and (s.words[hi - 1].is_a("joins", "commas", "small") or not s.words[hi - 1].form[-1].isalnum()):
        hi -= 1
    return lo, hi


def _bars(s: Sentence, at: int) -> bool:
    """A clause never runs over this word."""
    word = s.words[at]
    return (
        word.form in ";:()[]—–"
        or word.form in QUOTES
        or word.is_a("breaks", "whens")
        or any(c.a <= at < c.b for c in s.cues)
    )


def _joint(s: Sentence, at: int) -> bool:
    """A clause may end at this word."""
    return s.words[at].is_a("joins", "commas", "relatives", "thats")


def _left(s: Sentence, t: Trigger, among: list[Trigger]) -> int:
    speaking = [r for c in s.cues if c.speaker and (r := c.speaker)[1] <= t.verb and r[0] >= c.a]
    lowest = max([max(0, t.verb - LONGEST), *(r[1] for r in speaking)])
    for cue in s.cues:
        if cue.b <= t.verb and cue.scope[0] <= t.a < cue.scope[1]:
            that = next((n for n in range(cue.b, t.verb) if s.words[n].is_a("thats")), None)
            if that is not None and not any(cue.b <= o.a < that for o in among):
                lowest = max(lowest, that + 1)
    for at in range(t.verb - 1, lowest - 1, -1):
        if _bars(s, at):
            return at + 1
        if any(o.a <= at < o.b for o in among if o is not t):
            joint = next((n for n in range(t.verb - 1, at, -1) if _joint(s, n)), at)
            return joint + 1
    return lowest


def _right(s: Sentence, t: Trigger, among: list[Trigger]) -> int:
    speakers = [c.speaker[0] for c in s.cues if c.speaker and c.speaker[0] >= t.b]
    highest = min([len(s.words), t.b + LONGEST, *speakers])
    for at in range(t.b, highest):
        if _bars(s, at):
            return at
        other = next((o for o in among if o is not t and o.verb <= at < o.b and o.a >= t.b), None)
        if other is not None:
            return next((n for n in range(other.verb - 1, t.b - 1, -1) if _joint(s, n)), other.verb)
    return highest


def _bounded(s: Sentence, cues: list[Cue]) -> list[Cue]:
    """Of two verbs of speech the second stands under the first only behind "that"; words of speech end at a "but"."""
    for n, cue in enumerate(cues):
        if cue.saying.lead:
            comma = next((at for at in range(cue.a - 1, -1, -1) if s.words[at].is_a("commas")), None)
            closed = cue.b < len(s.words) and s.words[cue.b].is_a("commas")
            if comma is not None and closed and comma < cue.a - 1 and not any(comma < t.a < cue.a for t in s.triggers):
                cue.scope = (comma, cue.b)  # an aside: "au nombre de vingt selon un rescapé,"
        if cue.saying.lead or cue.scope[0] < cue.a:
            continue
        low, high = cue.scope
        for at in range(low, high):
            listing = cue.saying.modality == "called-for" and ":" in (s.form(cue.b), s.form(cue.b + 1))
            if s.words[at].is_a("breaks") or (s.words[at].form == ";" and not listing):
                high = at
                break
        following = next((c for c in cues[n + 1 :] if not c.saying.lead and c.scope[0] >= c.a), None)
        if following is not None and following.a < high:
            begins = following.a
            if following.speaker is not None and cue.b <= following.speaker[0] < begins:
                begins = following.speaker[0]
            nested = s.words[following.a].is_a("nesting") or any(
                s.words[at].is_a("thats") for at in range(cue.b, begins)
            )
            if not nested and begins > cue.b:
                high = begins
        cue.scope = (low, max(low, high))
    return cues


def words_of(folded: Folded, low: int, high: int, grammar: Grammar, lists: WordList) -> list[Word]:
    """The words of a stretch of the folded text, each with what the lists know of it."""
    found = []
    for form, start, end in grammar.words(folded, low, high):
        word = Word(form, start, end, folded.original[folded.start(start)].isupper())
        _look_up(word, grammar, lists)
        found.append(word)
    return found


def _look_up(word: Word, grammar: Grammar, lists: WordList) -> None:
    word.classes, word.acts, word.says, word.clitic, word.stem = _known(
        word.form, grammar.readings(word.form), lists.language
    )


@lru_cache(maxsize=65536)
def _known(
    form: str, readings: tuple[tuple[str, str], ...], language: str
) -> tuple[frozenset[str], tuple[Use, ...], tuple[Use, ...], str, str]:
    """Classes and uses of a form; of several ways to part particles from it, the first that the lists know."""
    lists = word_list(language)
    classes: frozenset[str] = frozenset()
    for clitic, stem in readings:
        classes = lists.of_class.get(stem, frozenset())
        if clitic:
            classes -= lists.small - {"light", "undergo"}
        acts, says = lists.act_forms.get(stem, ()), lists.saying_forms.get(stem, ())
        if classes or acts or says:
            acts = () if "adverbs" in classes else acts
            return classes, acts, says, clitic, stem
    return frozenset(), (), (), "", form


def _range(s: Sentence, start: int, end: int) -> Range:
    """The words that stand between two places of the folded text."""
    a = bisect_right(s.words, start, key=lambda w: w.end)
    b = bisect_left(s.words, end, key=lambda w: w.start)
    return a, b


def someone_armed(s: Sentence) -> bool:
    """Fighters or weapons stand in the sentence; the police alone are no fighters."""
    return any(w.is_a("combatants", "munitions") for w in s.words)


def strip(s: Sentence, a: int, b: int) -> Range:
    """The range without articles and small words before it and signs and small words behind it."""
    while a < b and (s.words[a].is_a("articles", "commas") or not s.words[a].form[0].isalnum()):
        a += 1
    while b > a and (s.words[b - 1].is_a("small", "commas", "joins") or not s.words[b - 1].form[-1].isalnum()):
        b -= 1
    return a, b
