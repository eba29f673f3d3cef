"""How well proposed claims agree with claims that people found: precision, recall and F1, field by field.

Start with `score`. A proposed and an expected claim are laid together by the words they rest on, one to one; a field
counts as right only where the claim was found. Precision: of what is proposed, how much is right. Recall: of what
people found, how much is proposed. Texts that were annotated in part count for recall alone, since nobody can tell
whether what else is proposed there is wrong.

Names agree when their words do, letters folded and small words left out: all the words of one are words of the other,
or they are spelled nearly alike. The conventions are those of the gold's format (docs/measuring.md).

Looks down to: kernel. Used by: casework (gold, evaluate).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
HALF = 0.5
"""Part of the shorter of two quotes that both must share to be laid together."""
SHARED_OF_ALL = 0.15
"""Part of the words of both, taken together, that they must share."""
ALIKE = 85
"""Of a hundred: names that are this near to one another in their letters are the same name."""
ARTICLES = frozenset(("the", "of", "a", "an", "and", "in", "s", "le", "la", "les", "de", "des", "du"))
TITLES = frozenset(("mr", "mrs", "gen", "general", "colonel", "col"))
SMALL_WORDS = ARTICLES | TITLES
"""Words that some write with a name and others do not."""


@dataclass(frozen=True, slots=True)
class Count:
    """One quantity: the number as said, and the bounds it sets; None where it sets none."""

    value: float | None
    least: float | None
    most: float | None

    def agrees(self, other: Count) -> bool:
        """The same number; where one of them is only a bound, the same bound or number."""
        if self.value is not None and other.value is not None:
            return self.value == other.value
        return bool(self._stated() & other._stated())

    def _stated(self) -> set[float]:
        return {n for n in (self.value, self.least, self.most) if n is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim as the scorer sees it, proposed or expected: where it stands, and its fields."""

    id: str
    doc: str
    """Name of the text without its ending."""
    start: int
    end: int
    quote: str = ""
    speakers: tuple[str, ...] = ()
    """Outermost first, without the publication itself: empty where it speaks in its own voice."""
    modality: str | None = None
    act_type: str | None = None
    actors: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    date_from: str | None = None
    """ISO day."""
    date_to: str | None = None
    """ISO day; None where there is no `date_from`."""
    dated_outside: bool = False
    """The date was taken from outside the text, so that no reader of it could find it."""
    quantities: tuple[Count, ...] = ()

    @property
    def length(self) -> int:
        """Code points of its quote."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class NoClaim:
    """Words that must not become a claim, and why."""

    doc: str
    start: int
    end: int
    quote: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What people found in a set of texts."""

    docs: tuple[str, ...]
    """Texts that were annotated, sorted."""
    partial: frozenset[str]
    """Those of them that were annotated in part."""
    claims: tuple[Statement, ...]
    no_claims: tuple[NoClaim, ...] = ()

    def of(self, docs: Iterable[str]) -> Gold:
        """The same for these texts alone."""
        kept = frozenset(docs)
        return Gold(
            docs=tuple(d for d in self.docs if d in kept),
            partial=self.partial & kept,
            claims=tuple(c for c in self.claims if c.doc in kept),
            no_claims=tuple(n for n in self.no_claims if n.doc in kept),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One field's counts."""

    field: str
    right: int
    """Values that agree, in all texts."""
    right_in_whole: int
    """Values that agree, in texts annotated as a whole."""
    proposed: int
    """Values proposed in texts annotated as a whole."""
    expected: int
    """Values that people found, in all texts."""

    @property
    def precision(self) -> float:
        """Of what is proposed, how much is right: 1 where nothing is proposed and nothing is to be found."""
        if self.proposed:
            return self.right_in_whole / self.proposed
        return 0.0 if self.expected else 1.0

    @property
    def recall(self) -> float:
        """Of what people found, how much is proposed; 1 where there is nothing to be found."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How proposed claims agree with a gold."""

    texts: int
    in_part: int
    """Texts of these that were annotated in part."""
    figures: tuple[Figure, ...]
    """One for each of `FIELDS`, in that order."""
    resolvable: int
    """Expected dates that can be told from the text itself."""
    resolved: int
    """Of these, how many a proposed date overlaps."""
    taken: tuple[NoClaim, ...]
    """Words that are no claim, and were taken for one."""
    no_claims: int
    in_empty: int
    """Claims proposed in texts in which people, reading the whole, found none."""
    outside: int
    """Claims proposed in texts annotated in part: outside precision."""
    missed: tuple[Statement, ...]
    """Expected claims that no proposed one was laid to."""
    unfounded: tuple[Statement, ...]
    """Proposed claims, in texts annotated as a whole, that were laid to none."""

    def figure(self, field: str) -> Figure:
        """The figure of one field; raises KeyError for another word than those of `FIELDS`."""
        return {f.field: f for f in self.figures}[field]


# --- names ------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def folded(name: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: in small letters, without accents and vowel marks, no small words."""
    plain = unicodedata.normalize("NFKD", name).lower().replace("\u2019", "'")
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(word for word in re.findall(r"\w+", letters) if word not in SMALL_WORDS)


@lru_cache(maxsize=65536)
def same_name(left: str, right: str) -> bool:
    """True when two names as written may count as one."""
    a, b = frozenset(folded(left)), frozenset(folded(right))
    if not a or not b:
        return a == b
    return a <= b or b <= a or likeness(a, b) >= ALIKE


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How near two names are in their letters, of a hundred, whatever the order of their words.

    The greatest of three: the common words against each whole name, and the whole names against one another. Two
    strings are as near as the letters they share in order are many, among all their letters.
    """
    common, only_a, only_b = (" ".join(sorted(words)) for words in (a & b, a - b, b - a))
    whole_a, whole_b = (len(f"{common} {only}".strip()) for only in (only_a, only_b))
    apart = len(only_a) + len(only_b) - 2 * _in_order(only_a, only_b)
    near = [_of_hundred(apart, whole_a + whole_b)]
    if common:
        near += [_of_hundred(whole - len(common), whole + len(common)) for whole in (whole_a, whole_b)]
    return max(near)


def _of_hundred(apart: int, letters: int) -> float:
    return 100 - 100 * apart / letters if letters else 100.0


def _in_order(a: str, b: str) -> int:
    """Length of the longest common subsequence of two short strings."""
    row = [0] * (len(b) + 1)
    for sign in a:
        before = 0
        for at, other in enumerate(b, 1):
            before, row[at] = row[at], before + 1 if sign == other else max(row[at], row[at - 1])
    return row[-1]


def _agreeing(proposed: Sequence[T], expected: Sequence[T], agree: Callable[[T, T], bool]) -> int:
    """How many of the proposed find one of the expected that agrees, each taken once, in order."""
    left = list(expected)
    for one in proposed:
        found = next((at for at, other in enumerate(left) if agree(one, other)), None)
        if found is not None:
            del left[found]
    return len(expected) - len(left)


# --- fields -----------------------------------------------------------------------------------------


def _same_speaker(p: Statement, g: Statement) -> bool:
    return bool(p.speakers and g.speakers) and same_name(p.speakers[-1], g.speakers[-1])


def _same_dates(p: Statement, g: Statement) -> bool:
    return g.date_from is not None and (p.date_from, p.date_to) == (g.date_from, g.date_to)


def _dates_overlap(p: Statement, g: Statement) -> bool:
    if p.date_from is None or p.date_to is None or g.date_from is None or g.date_to is None:
        return False
    return p.date_from <= g.date_to and g.date_from <= p.date_to


@dataclass(frozen=True, slots=True)
class _Field:
    """One field that is measured: how many values a claim has in it, and how many of two claims agree."""

    name: str
    many: Callable[[Statement], int]
    agree: Callable[[Statement, Statement], int]


def _names_field(name: str, names: Callable[[Statement], tuple[str, ...]]) -> _Field:
    return _Field(name, lambda s: len(names(s)), lambda p, g: _agreeing(names(p), names(g), same_name))


_MEASURED = (
    _Field("claims", lambda s: 1, lambda p, g: 1),
    _Field("modality", lambda s: s.modality is not None, lambda p, g: p.modality == g.modality),
    _Field("act type", lambda s: s.act_type is not None, lambda p, g: p.act_type == g.act_type),
    _Field("innermost speaker", lambda s: bool(s.speakers), _same_speaker),
    _Field("own voice", lambda s: not s.speakers, lambda p, g: not p.speakers and not g.speakers),
    _names_field("speakers", lambda s: s.speakers),
    _names_field("actors", lambda s: s.actors),
    _names_field("victims", lambda s: s.victims),
    _names_field("places", lambda s: s.places),
    _Field("dates, exactly", lambda s: s.date_from is not None, _same_dates),
    _Field("dates, overlapping", lambda s: s.date_from is not None, _dates_overlap),
    _Field(
        "quantities",
        lambda s: len(s.quantities),
        lambda p, g: _agreeing(p.quantities, g.quantities, Count.agrees),
    ),
)
FIELDS = tuple(field.name for field in _MEASURED)
"""What is measured. *own voice*: the publication speaks itself, and is left as the only speaker."""


# --- laying claims together -------------------------------------------------------------------------


def _overlap(p: Statement, g: Statement) -> tuple[float, float]:
    """The words two quotes share: as part of both together, and as part of the shorter."""
    shared = min(p.end, g.end) - max(p.start, g.start)
    if shared <= 0:
        return 0.0, 0.0
    return shared / (p.length + g.length - shared), shared / min(p.length, g.length)


def _nearness(p: Statement, g: Statement) -> float:
    """What decides among claims that rest on much the same words: fields that agree, weighed so low together that
    they never outdo a quote that fits clearly better."""
    weight = 0.02 * (p.act_type == g.act_type) + 0.02 * (p.modality == g.modality) + 0.03 * _same_speaker(p, g)
    weight += 0.01 * bool(_agreeing(p.actors, g.actors, same_name))
    return weight + 0.005 * bool(p.quantities and g.quantities and p.quantities[0].agrees(g.quantities[0]))


def _candidates(proposed: Sequence[Statement], expected: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """Claims of one text whose quotes share words: only neighbours are compared, not all with all."""
    standing = sorted(expected, key=lambda g: (g.start, g.end, g.id))
    starts = [g.start for g in standing]
    longest = max(g.length for g in standing)
    found = []
    for p in proposed:
        first, last = bisect_left(starts, p.start - longest), bisect_left(starts, p.end)
        found += [(p, g) for g in standing[first:last] if g.end > p.start]
    return found


def pairs(proposed: Iterable[Statement], expected: Iterable[Statement]) -> list[tuple[Statement, Statement]]:
    """Proposed and expected claims laid together, each at most once: those first that share most of their words."""
    here: dict[str, tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for p in proposed:
        here[p.doc][0].append(p)
    for g in expected:
        here[g.doc][1].append(g)
    found = []
    for doc in sorted(here):
        ours, theirs = here[doc]
        found += _laid_together(_candidates(ours, theirs)) if ours and theirs else []
    return found


def _laid_together(candidates: Iterable[tuple[Statement, Statement]]) -> list[tuple[Statement, Statement]]:
    ranked = []
    for p, g in candidates:
        of_all, of_shorter = _overlap(p, g)
        if of_shorter >= HALF and of_all >= SHARED_OF_ALL:
            ranked.append((-(of_all + _nearness(p, g)), p.id, g.id, p, g))
    ranked.sort(key=lambda one: one[:3])
    used: set[tuple[str, str]] = set()
    found = []
    for _, mine, yours, p, g in ranked:
        if ("proposed", mine) not in used and ("expected", yours) not in used:
            used |= {("proposed", mine), ("expected", yours)}
            found.append((p, g))
    return found


# --- the score --------------------------------------------------------------------------------------


def score(proposed: Iterable[Statement], gold: Gold) -> Score:
    """Measure proposed claims against a gold; those on texts that the gold does not list are left aside.

    The order of neither matters. Ids are unique among the proposed and among the expected.
    """
    docs = frozenset(gold.docs)
    everything = sorted((p for p in proposed if p.doc in docs), key=lambda p: p.id)
    whole = [p for p in everything if p.doc not in gold.partial]
    laid = pairs(everything, gold.claims)
    in_whole = [(p, g) for p, g in laid if p.doc not in gold.partial]
    empty = docs - {g.doc for g in gold.claims}
    resolvable = {g.id for g in gold.claims if g.date_from is not None and not g.dated_outside}
    met, found = {p.id for p, _ in laid}, {g.id for _, g in laid}
    return Score(
        texts=len(docs),
        in_part=len(gold.partial & docs),
        figures=tuple(
            Figure(
                field=field.name,
                right=sum(field.agree(p, g) for p, g in laid),
                right_in_whole=sum(field.agree(p, g) for p, g in in_whole),
                proposed=sum(field.many(p) for p in whole),
                expected=sum(field.many(g) for g in gold.claims),
            )
            for field in _MEASURED
        ),
        resolvable=len(resolvable),
        resolved=sum(_dates_overlap(p, g) for p, g in laid if g.id in resolvable),
        taken=_taken(everything, gold.no_claims),
        no_claims=len(gold.no_claims),
        in_empty=sum(p.doc in empty for p in whole),
        outside=len(everything) - len(whole),
        missed=tuple(sorted((g for g in gold.claims if g.id not in found), key=_place)),
        unfounded=tuple(sorted((p for p in whole if p.id not in met), key=_place)),
    )


def _place(one: Statement) -> tuple[str, int, int, str]:
    return one.doc, one.start, one.end, one.id


def _taken(proposed: Sequence[Statement], no_claims: Iterable[NoClaim]) -> tuple[NoClaim, ...]:
    """Words that are no claim and share more than half of the shorter with a proposed quote."""
    of_doc: dict[str, list[Statement]] = defaultdict(list)
    for p in proposed:
        of_doc[p.doc].append(p)

    def is_taken(one: NoClaim) -> bool:
        return any(
            min(p.end, one.end) - max(p.start, one.start) > HALF * min(p.length, one.end - one.start)
            for p in of_doc[one.doc]
        )

    return tuple(one for one in no_claims if is_taken(one))
