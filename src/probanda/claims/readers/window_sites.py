"""Sites that a text has told: which town they stand in, and which of them "the barracks" takes up.

Start with `sites_of`, once for a text; then `Sites.taken_up` and `Sites.around`.

Looks down to: window_sentence. Used by: window_places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probanda.claims.readers.window_sentence import STOPS, PlaceSpan, Range, Sentence, Word

KINDS = ("place-kinds", "civilian-places", "military-places", "lock-ups")
FACILITIES = ("civilian-places", "military-places", "lock-ups")
"""Kinds of places that stand in a town."""
LYING = 4
"""Words between a site and the town that it is said to lie in."""
BACK = 60
"""Sentences over which "the barracks" takes up a barracks told before."""
NEAR = 2
"""Sentences over which "there" takes up a site."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place told with its kind: "la caserne des Tanneurs", "ثكنة X"."""

    sentence: Sentence
    words: Range
    kind: str
    """Its kind, folded and without an article."""
    facility: bool
    """A building or a yard, and no town."""


class Sites:
    """The sites of one text, in order, and the towns that hold them."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        told: Sequence[Site],
        holding: dict[str, tuple[Sentence, Range]],
        towns: frozenset[str],
    ) -> None:
        self._of_kind: dict[str, list[Site]] = {}
        self._told: dict[int, list[Site]] = {}
        for site in told:
            self._of_kind.setdefault(site.kind, []).append(site)
            self._told.setdefault(site.sentence.number, []).append(site)
        self._holding = holding
        self.towns = towns
        self._sentences = sentences

    def taken_up(self, s: Sentence, r: Range) -> Site | None:
        """The site of this kind told last before; None where the text tells of none."""
        kind = next((kind_of(w) for w in s.words[r[0] : r[1]] if w.is_a(*KINDS, "vague-places")), None)
        for site in reversed(self._of_kind.get(kind or "", [])):
            if (site.sentence.number, site.words[0]) < (s.number, r[0]) and s.number - site.sentence.number <= BACK:
                return site
        return None

    def last(self, s: Sentence, at: int) -> Site | None:
        """The facility told last before this word, by name or taken up: what "there" and "فيها" speak of."""
        for before in reversed(self._sentences[max(0, s.number - NEAR) : s.number + 1]):
            named = {site.words[1] - 1: site for site in self._told.get(before.number, ()) if site.facility}
            for n in range(at - 1 if before is s else len(before.words) - 1, -1, -1):
                if n in named:
                    return named[n]
                if bare_site(before, n, n + 1) and _facility(before, n):
                    site = self.taken_up(before, (n, n + 1))
                    if site is not None:
                        return site
        return None

    def around(self, folded: str) -> tuple[Sentence, Range] | None:
        """The town that the text says this site stands in."""
        return self._holding.get(folded)


def sites_of(sentences: Sequence[Sentence], headed: frozenset[str] = frozenset()) -> Sites:
    """Every site told with its kind, and the town named right behind it ("X, à Y"), or as where it lies, or told last.

    `headed`: towns with which the text begins (a dateline).
    """
    told: list[Site] = []
    holding: dict[str, tuple[Sentence, Range]] = {}
    towns = _towns(sentences) | headed
    account: tuple[Sentence, Range] | None = None
    loose: list[tuple[str, tuple[Sentence, Range]]] = []
    first: set[str] = set()
    for s in sentences:
        for p in s.places:
            at = _kind_at(s, p)
            if p.name and s.folded(p.a, p.b) in towns and not s.is_a(p.outer, "moving"):
                account = (s, (p.a, p.b))
            if at is None:
                continue
            if p.name or p.b - p.a > 1:
                told.append(Site(s, (p.a, p.b), kind_of(s.words[at]), _facility(s, at)))
            town = _town_of(s, p) if _facility(s, at) or s.is_a(at, "quarters") else None
            if town is not None:
                holding.setdefault(s.folded(p.a, p.b), (s, town))
            elif s.folded(p.a, p.b) not in first and account is not None and _in_town(s, at):
                near = s.paragraph == account[0].paragraph or len(towns) == 1
                loose += [(s.folded(p.a, p.b), account)] if near or account[0].folded(*account[1]) in headed else []
            first.add(s.folded(p.a, p.b))
    for site, town_told in loose:
        holding.setdefault(site, town_told)
    return Sites(sentences, told, holding, towns)


def _towns(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Names told as those of towns: behind a word for one, or in the lists."""
    return frozenset(
        s.folded(p.a, p.b)
        for s in sentences
        for p in s.places
        if p.name and (s.folded(p.a, p.b) in s.lists.towns or s.is_a(p.a, "towns") or s.is_a(p.a - 1, "towns"))
    )


def _in_town(s: Sentence, at: int) -> bool:
    """A kind that a town is full of: a quarter, a street, a market; roads and valleys lie outside."""
    return s.is_a(at, "quarters") or (_facility(s, at) and not s.is_a(at, "towns"))


def kind_of(word: Word) -> str:
    """A word for a kind of place, without particles and article."""
    return (word.stem or word.form).removeprefix("ال")


def bare_site(s: Sentence, a: int, b: int) -> bool:
    """A kind of place with the article and without more: "la caserne", "الثكنة"."""
    words = [n for n in range(a, b) if not s.is_a(n, "articles", "small", "same")]
    if len(words) != 1 or not s.is_a(words[0], *KINDS, "vague-places"):
        return False
    at = words[0]
    definite = s.form(at).startswith("ال") or "ال" in s.words[at].clitic or s.form(at).startswith("لل")
    definite = definite or s.is_a(at - 1, "definite")
    alone = (
        s.is_a(at + 1, "same")
        or not (s.is_a(at + 1, "of", "adjectives") or s.form(at + 1).startswith("ال"))
        or s.form(at + 1) in STOPS
    )
    return definite and alone and not s.words[at].capital


def _facility(s: Sentence, at: int) -> bool:
    return s.is_a(at, *FACILITIES) and not s.is_a(at, "vague-places", "regions")


def _kind_at(s: Sentence, p: PlaceSpan) -> int | None:
    """Where the word for its kind stands: its first word, or the one before it and "of"."""
    if s.is_a(p.a, *KINDS):
        return p.a
    at = p.a - 1
    while at >= 0 and s.is_a(at, "of", "articles", "adjectives") and not s.is_a(at, *KINDS):
        at -= 1
    return at if s.is_a(at, *KINDS, "vague-places") and not s.is_a(at, "kinds-many") else None


def _town_of(s: Sentence, p: PlaceSpan) -> Range | None:
    later = next((q for q in s.places if q.name and q.a >= p.b), None)
    if later is None or s.is_a(later.outer, "moving") or s.is_a(later.a - 1, "regions") or s.is_a(later.a, "regions"):
        return None
    if any(s.is_a(n, "regions") for n in range(later.outer, later.a)):
        return None
    between = range(p.b, later.outer)
    lies = any(s.is_a(n, "lies") for n in [*range(max(0, p.a - 3), p.a), *between])
    next_to = len(between) == 0 or (len(between) == 1 and s.is_a(p.b, "commas"))
    if next_to or (lies and len(between) <= LYING):
        return later.a, later.b
    return None
