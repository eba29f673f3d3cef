"""Searching a case: what was typed, widened by the other forms of the names in it, and what was found, words lit.

Start with `ask`. A word or "phrase" that is a written form of a known actor or place is looked for in its other forms
too, in any script, as far as these eyes see them; what else was looked for is told, and one switch turns it off. A
code, a pseudonym, or a name that is protected is never widened: one form must not lead to another (access, masking).

`several` asks for a whole list of names, each for itself. Nothing typed here is kept anywhere.

Looks down to: store, actors, access, kernel. Used by: case, cli, web.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.actors.codenames import is_code
from probanda.kernel.vocabulary import MentionKind
from probanda.store.asked_names import Bearer
from probanda.store.model import Hit, ItemRow
from probanda.store.query import Phrase, Query, Way, also, parse, phrase_of, words_of
from probanda.store.search import COUNTED, MOST_RANKED, Found, FoundClaim, FoundPlace, Wanted
from probanda.store.store import Store

LONGEST_NAME = 5
"""Words typed side by side that may be one name."""
MOST_LOOKED_UP = 8
"""Words and phrases of one query that are looked up as names."""
MOST_FORMS = 12
"""Other forms of one actor that are looked for."""
MOST_BEARERS = 5
"""Actors of one name whose forms are looked for; a name that more bear is told, and not widened."""
MOST_LISTED = 500
"""Names of one list."""
AROUND = 160
"""Code points of a long passage that are shown on each side of the first words found."""


@dataclass(frozen=True, slots=True)
class Also:
    """What was looked for besides: the other forms of one actor's name."""

    asked: str
    actor: str
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of what is shown; `hit` where something asked for stands."""

    words: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text."""

    start: int
    """Offset of the first words found, in the item's whole text."""
    end: int
    pieces: tuple[Piece, ...]
    first: str
    """The first words found, as they stand."""
    claims: tuple[tuple[FoundClaim, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item and its places."""

    row: ItemRow
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many were counted, and whether there are more."""

    many: int
    more: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what a search found."""

    items: tuple[Item, ...]
    found: Found
    also: tuple[Also, ...]
    bearers: tuple[Bearer, ...]
    """Actors and places whose names hold what was asked for."""
    only_without: bool
    """Nothing but words to leave out was asked for."""
    cut: bool
    """The query was longer than is looked at."""

    @property
    def claims(self) -> Count:
        """Claims on the words found."""
        return counts_of(self.found)[2]


def ask(store: Store, eyes: Eyes, asked: str, wanted: Wanted, *, variants: bool = True) -> Answer:
    """One page of what these eyes find. Any words are understood."""
    typed = parse(asked)
    query, forms, bearers = widened(store, eyes, typed, variants=variants)
    found = store.look(eyes, query, wanted)
    return Answer(
        _items(store, eyes, query, found), found, forms, bearers, bool(typed.without) and not typed, typed.cut
    )


def places(
    store: Store, eyes: Eyes, asked: str, limit: int, *, variants: bool = True
) -> tuple[list[Hit], tuple[Also, ...]]:
    """The first places as one list, each followed by its claims, and what was looked for besides."""
    query, forms, _ = widened(store, eyes, parse(asked), variants=variants)
    return store.search(eyes, query, limit), forms


def query_of(store: Store, eyes: Eyes, asked: str, *, variants: bool = True) -> Query:
    """The query that `ask` puts for these words."""
    return widened(store, eyes, parse(asked), variants=variants)[0]


def counts_of(found: Found) -> tuple[Count, Count, Count]:
    """Items, places, and claims that fit."""
    return (
        Count(found.fitting, not found.exact),
        Count(min(found.places, MOST_RANKED), found.places > MOST_RANKED),
        Count(found.claims, found.places > COUNTED),
    )


# --- other forms of a name ------------------------------------------------------------------------


def widened(
    store: Store, eyes: Eyes, query: Query, *, variants: bool = True
) -> tuple[Query, tuple[Also, ...], tuple[Bearer, ...]]:
    """The query with other forms of the names in it, what they are, and who bears the names."""
    protected = {words_of(words) for one in store.protected(eyes) for words in one.words}
    told: list[Also] = []
    named: dict[str, Bearer] = {}
    wide, gone = query, 0
    for first, last, phrase in _names(store, eyes, query):
        bearers = store.bearers(eyes, phrase)
        named |= {one.id: one for one in bearers if one.id not in named}
        whole = [one for one in bearers if one.whole]
        if not variants or not 0 < len(whole) <= MOST_BEARERS:
            continue
        ways: list[Way] = []
        for one in whole:
            forms = _others(one, phrase, protected)
            if forms:
                ways += [(form,) for _, form in forms]
                told.append(Also(" ".join(phrase.words), one.id, one.name, tuple(words for words, _ in forms)))
        if ways:
            wide = also(wide, first - gone, last - gone, ways)
            gone += last - first
    return wide, tuple(told), tuple(named.values())


def _names(store: Store, eyes: Eyes, query: Query) -> Iterator[tuple[int, int, Phrase]]:
    """What of a query may be a name, by the needs it stands for: all of it where it is one, else each phrase."""
    single = [ways[0][0] if len(ways) == 1 and len(ways[0]) == 1 else None for ways in query.needs]
    plain = [phrase for phrase in single if phrase is not None and not phrase.begins]
    words = tuple(word for phrase in plain for word in phrase.words)
    if 1 < len(single) == len(plain) and len(words) <= LONGEST_NAME:
        together = Phrase(words)
        if any(one.whole for one in store.bearers(eyes, together)):
            yield 0, len(single) - 1, together
            return
    for n, phrase in enumerate(single[:MOST_LOOKED_UP]):
        if phrase is not None:
            yield n, n, phrase


def _others(bearer: Bearer, asked: Phrase, protected: set[tuple[str, ...]]) -> list[tuple[str, Phrase]]:
    """The other written forms of a name that are worth looking for, most frequent first.

    Left out: what holds the words asked for already; a single name of a person of whom more was asked, since many
    bear it; and all forms of whoever goes by a code or is protected.
    """
    if any(is_code(form) or words_of(form) in protected for form in (bearer.name, *bearer.variants)):
        return []
    found: dict[Phrase, str] = {}
    for form in bearer.variants:
        phrase = phrase_of(form)
        if phrase is None or next(asked.at(phrase.words), None) is not None or len("".join(phrase.words)) < 3:
            continue
        if bearer.kind == MentionKind.PERSON.value and len(phrase.words) == 1 < len(asked.words):
            continue
        found.setdefault(Phrase(phrase.words), form)
    return [(form, phrase) for phrase, form in found.items()][:MOST_FORMS]


# --- what was found -------------------------------------------------------------------------------


def _items(store: Store, eyes: Eyes, query: Query, found: Found) -> tuple[Item, ...]:
    rows = {row.digest: row for row in store.items(eyes, [item.digest for item in found.items])}
    return tuple(
        Item(rows[item.digest], tuple(_place(query, place) for place in item.places), item.more)
        for item in found.items
        if item.digest in rows
    )


def _place(query: Query, place: FoundPlace) -> Place:
    spans = query.spans(place.words)
    at, end = spans[0] if spans else (0, 0)
    claims = tuple((claim, tuple(lit(query, claim.quote))) for claim in place.claims)
    pieces = tuple(lit(query, place.words, around=AROUND))
    return Place(place.start + at, place.start + (end or len(place.words)), pieces, place.words[at:end], claims)


def lit(query: Query, words: str, around: int | None = None) -> list[Piece]:
    """The words, cut where something asked for stands; of long ones what lies `around` the first of these."""
    spans = query.spans(words)
    low, high = 0, len(words)
    if around is not None and len(words) > 3 * around:
        at = spans[0][0] if spans else 0
        low, high = _at_words(words, max(0, at - around), min(len(words), at + 2 * around))
    pieces = [Piece("… ", hit=False)] if low else []
    for start, end in spans:
        if low <= start and end <= high:
            pieces += [Piece(words[low:start], hit=False), Piece(words[start:end], hit=True)]
            low = end
    pieces += [Piece(words[low:high], hit=False), Piece(" …" if high < len(words) else "", hit=False)]
    return [piece for piece in pieces if piece.words]


def _at_words(words: str, low: int, high: int) -> tuple[int, int]:
    """The cut moved outwards to the next space, not far."""
    low = words.rfind(" ", max(0, low - 30), low) + 1 or low
    space = words.find(" ", high, high + 30)
    return low, space if space > 0 else high


# --- a list of names ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """What was found of one name of a list."""

    asked: str
    items: Count
    places: Count
    claims: Count
    also: tuple[Also, ...]
    bearers: tuple[Bearer, ...]
    first: tuple[Item, ...]


def names_in(words: str) -> list[str]:
    """The names of a pasted list, one a line, each once, in order."""
    lines = (" ".join(line.split()) for line in words.replace("\ufeff", "").splitlines())
    return [line for line in dict.fromkeys(lines) if words_of(line)]


def several(store: Store, eyes: Eyes, names: Sequence[str], *, variants: bool = True, first: int = 3) -> Iterator[Line]:
    """Each name of a list (the first `MOST_LISTED`) looked for as a phrase; a star may end it."""
    for name in names[:MOST_LISTED]:
        phrase = phrase_of(name)
        typed = Query(((((phrase,),)),)) if phrase else Query()
        query, forms, bearers = widened(store, eyes, typed, variants=variants)
        found = store.look(eyes, query, Wanted(items=first, places=1))
        items = _items(store, eyes, query, found)
        whole = tuple(one for one in bearers if one.whole)
        yield Line(name, *counts_of(found), forms, whole or bearers, items)


COLUMNS = ("name", "items", "places", "claims", "actors", "also_looked_for", "first_places")


def row_of(line: Line) -> tuple[str, ...]:
    """A line under `COLUMNS`, for a file."""
    return (
        line.asked,
        *(f"more than {one.many}" if one.more else str(one.many) for one in (line.items, line.places, line.claims)),
        "; ".join(one.name for one in line.bearers),
        "; ".join(form for one in line.also for form in one.forms),
        "; ".join(f"{item.row.number} {place.start}-{place.end}" for item in line.first for place in item.places),
    )
