"""What is kept of a language model's answer: claims whose every word stands in the text, and nothing else.

Start with `proposals_of`. A quote is found again in the passage it was said to stand in, so its offsets are ours; so
is each name, place, number and date. What does not stand there is dropped, and counted with the reason. Days and
bounds are read by our own rules out of the text's words, never taken from the answer. A model lends its claims no
weight: they are marked as proposed by it, and it is not asked how sure it is.

Looks down to: model_question, verbatim, mentions, quantities, times, reading, kernel. Used by: casework (asking).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from probanda.claims.mentions import MentionBook, clean, nth_place
from probanda.claims.model import DOC, Actor, Claim, Mention, Named, Reading
from probanda.claims.quantities import quantities_in
from probanda.claims.readers.model_question import MOST_CLAIMS, Group, Numbered
from probanda.claims.readers.verbatim import LONGEST_WORDS, places_of
from probanda.claims.times import dates_in
from probanda.kernel.digests import content_id
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import CONTEXT, Span
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, Polarity
from probanda.reading.model import Text

MARK = "model:"
"""How the name of a reader begins that is a language model."""
AUTHOR_OUTSIDE = "author-outside-quote"
"""Flag: an author's name stands in the passage, but not in the quote, so somebody should look whether it is meant."""
SPEAKER_LEFT_OUT = "speaker-left-out"
"""Flag: the answer named a speaker who does not stand in the text, so the claim may be somebody else's."""
LONGEST_QUOTE = 1_500
"""Code points of a quote; longer ones are dropped."""
MOST_PARTIES = 40
"""Names taken for one role of one claim."""

SHAPE = "claim: not of the form asked for"
TOO_MANY = f"claim: beyond the {MOST_CLAIMS} that are taken from one answer"
NOT_THERE = "claim: its quote does not stand in the passages"
AMBIGUOUS = "claim: its quote stands there more than once"
ACT_NOT_THERE = "claim: its act does not stand in its quote"
ACT_AMBIGUOUS = "claim: the words of its act stand in its quote more than once"
VOCABULARY = "claim: a word that is none of the vocabulary"
TWICE = "claim: told twice"


class Unusable(ValueError):
    """An answer from which nothing can be taken; the words say why."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a model proposes for one text, and what of its answers was not taken."""

    reading: Reading
    dropped: tuple[tuple[str, int], ...]
    """(reason, how often), sorted by reason. `claim: ...` is a whole claim, `actors: ...` one word of that field."""
    unusable: tuple[tuple[int, str], ...]
    """(number of the group, why) for answers from which nothing could be taken."""


def reader_name(model: str) -> str:
    """The name of the reader as claims bear it, such as `model:brolga-7b`."""
    return f"{MARK}{clean(model)}"


def proposals_of(
    text: Text, answers: Iterable[tuple[Group, str]], model: str, known: Iterable[Mention] = ()
) -> Proposals:
    """The claims that stand of these answers about groups of one text (or part), in order of place.

    `known`: mentions of this text that another reader found; where the same words stand at the same place, they are
    taken over with their kind. The order of the answers changes nothing.
    """
    sifting = _Sifting(text, model, known)
    for group, answer in sorted(answers, key=lambda one: one[0].number):
        sifting.take(group, answer)
    return sifting.all()


# --- one text -------------------------------------------------------------------------------------

_Word = TypeVar("_Word", bound=StrEnum)


class _Wrong(Exception):
    """A claim that is not kept; the words are the reason."""


class _Sifting:
    """What was taken of the answers so far. Offsets are those of the part until a claim is made."""

    def __init__(self, text: Text, model: str, known: Iterable[Mention]) -> None:
        self.text, self.reader = text, reader_name(model)
        self.model = clean(model)
        self.dropped: Counter[str] = Counter()
        self.unusable: list[tuple[int, str]] = []
        self.claims: list[Claim] = []
        self._known = {
            (m.start - text.base, m.end - text.base): m for m in sorted(known, key=lambda m: (m.start, m.id))
        }
        self._kinds = {clean(m.words).casefold(): m.kind for m in self._known.values()}
        self._book = MentionBook(text.item, text.words, text.base, text.part)
        self._used: dict[str, Mention] = {}

    def take(self, group: Group, answer: str) -> None:
        """Take what can be taken of one answer."""
        try:
            rows = _rows(answer)
        except Unusable as error:
            self.unusable.append((group.number, str(error)))
            return
        self.dropped[TOO_MANY] += max(0, len(rows) - MOST_CLAIMS)
        for row in rows[:MOST_CLAIMS]:
            try:
                self.claims.append(self._claim(group, row))
            except _Wrong as error:
                self.dropped[str(error)] += 1

    def all(self) -> Proposals:
        """Every claim once, with its id, by place."""
        counter: Counter[str] = Counter()
        claims: dict[tuple[object, ...], Claim] = {}
        for claim in sorted(self.claims, key=_order):
            if _order(claim) in claims:
                self.dropped[TWICE] += 1
            else:
                claims[_order(claim)] = replace(claim, id=self._id(claim, counter))
        mentions = sorted(self._used.values(), key=lambda m: (m.start, m.end, m.id))
        dropped = tuple(sorted((reason, many) for reason, many in self.dropped.items() if many))
        reading = Reading(tuple(claims.values()), tuple(mentions), self.reader)
        return Proposals(reading, dropped, tuple(self.unusable))

    def _id(self, claim: Claim, counter: Counter[str]) -> str:
        """RECORD section 2: the act's words, what stands around them, and a counter. The same words bear the same id
        whoever reads them, so what a person decided on them holds for both readers."""
        words, base = self.text.words, self.text.base
        start, end = claim.act_start - base, claim.act_end - base
        before, after = words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]
        key = content_id(claim.act, before, after)
        counter[key] += 1
        place = nth_place(self.text.part, counter[key] - 1)
        return content_id(self.text.item, "original", claim.act, before, after, place)

    # -- one claim ---------------------------------------------------------------------------------

    def _claim(self, group: Group, row: Any) -> Claim:
        if not isinstance(row, dict):
            raise _Wrong(SHAPE)
        passage, quote = self._quote(group, row)
        act = self._act(row, quote)
        act_type, modality = _one_of(ActType, row.get("act_type")), _one_of(Modality, row.get("modality"))
        polarity = _one_of(Polarity, row.get("polarity"))
        at = _Place(group, passage, quote, act)
        speakers, whole = self._speakers(at, row)
        actors = self._actors(at, row)
        date = self._date(at, row)
        flags = () if whole else (SPEAKER_LEFT_OUT,)
        if any(not places_of(self.text.words, quote, actor.words, 1) for actor in actors):
            flags = (AUTHOR_OUTSIDE, *flags)
        words, base = self.text.words, self.text.base
        return Claim(
            id="",
            item=self.text.item,
            start=quote.start + base,
            end=quote.end + base,
            quote=quote.of(words),
            act=act.of(words),
            act_start=act.start + base,
            act_end=act.end + base,
            act_type=act_type,
            modality=modality,
            stance=self._in_passage(at, row, "stance"),
            polarity=Polarity.NEGATIVE if modality is Modality.DENIED else polarity,
            speakers=speakers,
            actors=actors,
            victims=self._parties(at, row, "victims"),
            places=self._parties(at, row, "places"),
            means=tuple(named.words for named in self._parties(at, row, "means", mentioned=False)),
            date_text=date[0],
            date_from=date[1],
            date_to=date[2],
            quantity=self._quantity(at, row),
            paragraph=passage.paragraph,
            flags=flags,
            reader=self.reader,
            why=self._why(at, row),
        )

    def _quote(self, group: Group, row: dict[str, Any]) -> tuple[Numbered, Span]:
        """Where the quote stands: in the passage named, else in the only one where it does."""
        quote = _words(row.get("quote"), LONGEST_QUOTE)
        if quote is None:
            raise _Wrong(SHAPE)
        named = [p for p in group.passages if p.number == row.get("passage") and row.get("passage") is not True]
        for passages in (named, group.passages):
            found = [(p, span) for p in passages for span in places_of(self.text.words, p.span, quote)]
            if len(found) == 1:
                return found[0]
            if found:
                raise _Wrong(AMBIGUOUS)
        raise _Wrong(NOT_THERE)

    def _act(self, row: dict[str, Any], quote: Span) -> Span:
        act = _words(row.get("act"))
        if act is None:
            raise _Wrong(SHAPE)
        found = places_of(self.text.words, quote, act)
        if len(found) != 1:
            raise _Wrong(ACT_AMBIGUOUS if found else ACT_NOT_THERE)
        return found[0]

    # -- who ---------------------------------------------------------------------------------------

    def _speakers(self, at: _Place, row: dict[str, Any]) -> tuple[tuple[Named, ...], bool]:
        """The chain, and whether it is whole: without its innermost speaker a claim would seem to be another's."""
        named = [words for words in self._list(row, "speakers") if words != DOC]
        found = self._named(at, named, "speakers")
        return (Named(DOC), *found), len(found) == len(named)

    def _actors(self, at: _Place, row: dict[str, Any]) -> tuple[Actor, ...]:
        """Authors who are named in the passage of the quote itself. That a name stands somewhere in a text accuses
        nobody: words elsewhere, put there to be obeyed, could make anyone the author of anything."""
        rows = row.get("actors")
        if rows is None:
            return ()
        if not isinstance(rows, list):
            self.dropped["actors: not a list"] += 1
            return ()
        out: dict[str, Actor] = {}
        for one in rows[:MOST_PARTIES]:
            words = _words(one.get("words")) if isinstance(one, dict) else None
            if words is None:
                self.dropped["actors: not of the form asked for"] += 1
                continue
            for named in self._named(at, [words], "actors", only=at.passage.span):
                try:
                    involvement = _one_of(Involvement, one.get("involvement"))
                except _Wrong:
                    self.dropped["actors: an involvement that is none of the vocabulary"] += 1
                    involvement = Involvement.UNKNOWN
                out.setdefault(named.words, Actor(named.words, named.mention, involvement))
        return tuple(out.values())

    def _parties(self, at: _Place, row: dict[str, Any], field: str, *, mentioned: bool = True) -> tuple[Named, ...]:
        found = self._named(at, self._list(row, field), field, mentioned=mentioned)
        return tuple({named.words: named for named in found}.values())

    def _named(
        self, at: _Place, wanted: Sequence[str], field: str, *, mentioned: bool = True, only: Span | None = None
    ) -> list[Named]:
        """Each of these words as it stands in what was shown (in `only`), nearest to the act; what does not stand there
        is dropped."""
        out = []
        for words in wanted:
            place = None if clean(words).casefold() in _REFERRING else self._nearest(at, words)
            if place is not None and only is not None and not only.holds(place):
                self.dropped[f"{field}: words that do not stand in the passage of the quote"] += 1
                continue
            if place is None:
                self._not_there(field)
                continue
            mention = self._mention(place, field).id if mentioned else None
            out.append(Named(clean(place.of(self.text.words)), mention))
        return out

    def _nearest(self, at: _Place, words: str) -> Span | None:
        """In the quote, else in its passage, else in the rest of what was shown: there the last one before it."""
        for stretch in (at.quote, at.passage.span):
            found = places_of(self.text.words, stretch, words, _MOST_PLACES)
            if found:
                return min(found, key=lambda s: (abs(s.start - at.act.start), s.start))
        found = [s for shown in at.group.shown for s in places_of(self.text.words, shown, words, _MOST_PLACES)]
        return min(found, key=lambda s: (s.start > at.act.start, abs(s.start - at.act.start)), default=None)

    def _mention(self, place: Span, field: str) -> Mention:
        known = self._known.get((place.start, place.end))
        made = known or self._book.add(place.start, place.end, self._kind(place, field))
        self._used[made.id] = made
        return made

    def _kind(self, place: Span, field: str) -> MentionKind:
        """As the first reader has these words; else a place in the role of one. A name that nobody knows is taken for
        a person's, since those are what masking must not miss; words without a capital are a group."""
        words = clean(place.of(self.text.words))
        if words.casefold() in self._kinds:
            return self._kinds[words.casefold()]
        if field == "places":
            return MentionKind.PLACE
        return MentionKind.GROUP if words == words.lower() != words.upper() else MentionKind.PERSON

    # -- when, how many, why -----------------------------------------------------------------------

    def _date(self, at: _Place, row: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
        """The words of the date, and the days they name by our own rules; open where these do not tell."""
        wanted = self._one(row, "date")
        place = self._nearest(at, wanted) if wanted else None
        if place is None:
            if wanted:
                self._not_there("date")
            return None, None, None
        around = next(s for s in (at.passage.span, *at.group.shown) if s.holds(place))
        anchor = self.text.dated.end if self.text.dated else None
        found = [
            one
            for one in dates_in(around.of(self.text.words), anchor)
            if one.start + around.start < place.end and place.start < one.end + around.start
        ]
        if len(found) != 1:
            return clean(place.of(self.text.words)), None, None
        return clean(found[0].text), found[0].first, found[0].last

    def _quantity(self, at: _Place, row: dict[str, Any]) -> Quantity | None:
        """The number with its bounds, as our own rules read them where the answer says it stands."""
        wanted = self._one(row, "number")
        if not wanted:
            return None
        found = [s for stretch in (at.quote, at.passage.span) for s in places_of(self.text.words, stretch, wanted)]
        if not found:
            self._not_there("number")
            return None
        quantity = self._read(at.passage.span, found[0])
        if quantity is None:
            self.dropped["number: the words there are none that can be read as a number"] += 1
            return None
        return replace(quantity, unit=(self._in_passage(at, row, "counted") or "").casefold())

    def _read(self, passage: Span, place: Span) -> Quantity | None:
        words = self.text.words
        if self.text.language != "en":
            # Of a language whose bounds we cannot read ("at least"), the figure is kept and the bounds stay open.
            figure = _FIGURE.fullmatch(words, place.start, place.end)
            apart = not _MORE_BEFORE.search(words[max(0, place.start - 2) : place.start])
            whole = figure and apart and not _MORE.match(words, place.end)
            return Quantity(text=figure[0], value=int(figure[0])) if figure and whole else None
        stretch = passage.of(words)
        local = Span(place.start - passage.start, place.end - passage.start)
        days = [Span(one.start, one.end) for one in dates_in(stretch)]
        found = [(span, quantity) for span, quantity in quantities_in(stretch) if span.overlaps(local)]
        if len(found) != 1 or any(found[0][0].overlaps(day) for day in days):  # "3 May" counts nothing
            return None
        return replace(found[0][1], text=clean(found[0][1].text))

    def _why(self, at: _Place, row: dict[str, Any]) -> str:
        cues = [self._placed(at, words, "cues") for words in self._list(row, "cues")]
        told = "; ".join(dict.fromkeys(cue for cue in cues if cue)) or clean(at.act.of(self.text.words))
        return f"proposed by the model {self.model}; its words: {told}"

    # -- fields of one word ------------------------------------------------------------------------

    def _in_passage(self, at: _Place, row: dict[str, Any], field: str) -> str | None:
        wanted = self._one(row, field)
        return self._placed(at, wanted, field) if wanted else None

    def _placed(self, at: _Place, wanted: str, field: str) -> str | None:
        found = places_of(self.text.words, at.passage.span, wanted, 1)
        if not found:
            self._not_there(field)
        return clean(found[0].of(self.text.words)) if found else None

    def _one(self, row: dict[str, Any], field: str) -> str | None:
        value = row.get(field)
        words = _words(value)
        if words is None and value not in (None, ""):
            self.dropped[f"{field}: not of the form asked for"] += 1
        return words

    def _list(self, row: dict[str, Any], field: str) -> list[str]:
        values = row.get(field)
        if values is None:
            return []
        if not isinstance(values, list):
            self.dropped[f"{field}: not a list"] += 1
            return []
        found = [_words(value) for value in values[:MOST_PARTIES]]
        wrong = found.count(None) + max(0, len(values) - MOST_PARTIES)
        if wrong:
            self.dropped[f"{field}: not of the form asked for"] += wrong
        return [words for words in found if words is not None]

    def _not_there(self, field: str) -> None:
        self.dropped[f"{field}: words that do not stand in the text"] += 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a claim stands."""

    group: Group
    passage: Numbered
    quote: Span
    act: Span


_FIGURE = re.compile(r"\d{1,9}")
_MORE = re.compile(r"[.,٫٬\s]\d")
_MORE_BEFORE = re.compile(r"\d[.,٫٬\s]$")
"""What makes a figure a part of a longer one: "4" in "4 000"."""
_MOST_PLACES = 50
"""Places of one name that are looked at in one stretch."""
_REFERRING = frozenset(
    """
    he she it they we i you him her them us me his its their our my who whom whose this that these those which
    il elle ils elles on nous vous je lui leur leurs qui هو هي هم نحن انا
    """.split()  # noqa: SIM905
)
"""Words that name nobody by themselves: who is meant is what was asked."""


def _rows(answer: str) -> list[Any]:
    try:
        told = json.loads(answer)
    except RecursionError:
        raise Unusable("it is nested too deeply") from None
    except ValueError:
        raise Unusable("it is not JSON") from None
    rows = told.get("claims") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        raise Unusable("it is not of the form asked for")
    return rows


def _words(value: Any, longest: int = LONGEST_WORDS) -> str | None:
    """A string that holds words and is not too long, else None."""
    return value if isinstance(value, str) and value.strip() and len(value) <= longest else None


def _one_of(vocabulary: type[_Word], value: Any) -> _Word:
    try:
        return vocabulary(value)
    except ValueError:
        raise _Wrong(VOCABULARY) from None


def _order(claim: Claim) -> tuple[object, ...]:
    """By place, then by all that makes two claims on the same words different."""
    quantity = claim.quantity
    return (
        claim.act_start, claim.act_end, claim.start, claim.end, claim.act_type, claim.modality, claim.polarity,
        tuple((a.words, a.involvement) for a in claim.actors), tuple(s.words for s in claim.speakers),
        tuple(v.words for v in claim.victims), tuple(p.words for p in claim.places), claim.date_text or "",
        quantity.text if quantity else "",
    )  # fmt: skip
