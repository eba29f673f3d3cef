"""Which texts are copies, case variants or shortened versions of one text, found without comparing all with all.

Start with `copies`; `Compared` keeps what it found, so that texts can be added later. Texts are compared by their runs
of three words, folded, headline left out (sketches). Any two texts of a group are near each other, so that nothing is
chained; and a long text that holds texts which share nothing is a digest, and no copy of them.

Looks down to: incidents.model, kinship, sketches, syndication, translations. Used by: consolidation, kin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.incidents.kinship import Kinship
from probanda.incidents.model import Doc

if TYPE_CHECKING:
    from probanda.incidents.sketches import Sketch

LEAST_PART = 1 / 3
"""A text shorter than this part of the other is an excerpt or a quotation, not a version of it."""
ALIEN = 0.1
"""Share of the shorter text's runs below which two texts have nothing to do with each other."""
NEAR = 0.25
"""The same, which any two texts of a group must reach; a looser group is split."""
MOST = 64
"""Texts held by one, with which the shortest of them is compared to tell a digest."""
CHECKED = 16
"""Members of a group with which a further one is compared: enough to tell a loose group, without comparing all."""
HEADLINE = 20
"""Most words of a headline."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Groups of texts that are copies of one another."""

    groups: tuple[tuple[str, ...], ...]
    """Items, sorted, at least two to a group."""
    reasons: Mapping[str, str]
    """Founder (least item) -> why its group is one."""
    copy_of: Mapping[str, str]
    """Item -> founder, for items in a group."""


def copies(docs: Sequence[Doc], same: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> Copies:
    """Group these texts; `same` and `apart` are persons' decisions between items, and go before likeness."""
    return Compared(docs).copies(same, apart, one_text(docs))


def one_text(docs: Sequence[Doc]) -> list[Kinship]:
    """Texts that are not alike and yet go back to one text: translations, and dispatches of one agency."""
    from probanda.incidents.syndication import dispatches
    from probanda.incidents.translations import translations

    return [*translations(docs), *dispatches(docs)]


class Compared:
    """Texts that were compared, and the groups they form. Adding them one by one or all at once gives the same."""

    def __init__(self, docs: Iterable[Doc] = ()) -> None:
        from probanda.incidents.sketches import Index

        self._index = Index()
        self._group_of: dict[int, tuple[int, ...]] = {}
        self._held: dict[tuple[int, int], float] = {}
        """Of the shorter of two texts without an edge, the part that stands in the other; for the webs looked at."""
        self.add(docs)

    def add(self, docs: Iterable[Doc]) -> frozenset[str]:
        """Compare further texts with all that are here; the items, new and old, whose groups were worked out anew.

        An item that is here already is left as it is: where its words changed, start afresh.
        """
        from probanda.incidents.sketches import sketched

        given = list(docs)
        return self.add_sketches(sketched((doc.item, body(doc)) for doc in given))

    def add_sketches(self, sketches: Iterable[Sketch]) -> frozenset[str]:
        """The same for texts whose sketches were kept: `sketched` on (item, `body`)."""
        anew: set[int] = set()
        webs: list[list[int]] = []
        for place in sorted(self._index.add(sketches)):
            if place not in self._index.edges:
                anew.add(place)
                self._group_of[place] = (place,)
            elif place not in anew:
                found = self._web(place)
                anew |= found
                webs.append(sorted(found, key=self._rank))
        for group in self._gathered(webs):
            self._group_of |= dict.fromkeys(group, tuple(group))
        return frozenset(item for place in anew for item in self._index.items[place])

    def _unknown(self, part: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs that are likely to be asked for: each text with the longest of its part."""
        for n, a in enumerate(part):
            yield from ((a, b) for b in part[: min(n, CHECKED)])

    def copies(
        self,
        same: Iterable[tuple[str, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
        also: Sequence[Kinship] = (),
    ) -> Copies:
        """The groups; `same` and `apart` are persons' decisions between items, and go before likeness.

        `also`: texts that go back to one text for another reason (`one_text`).
        """
        place = self._index.place
        held = frozenset(apart)
        groups = [
            [i for p in places for i in self._index.items[p]] for places in dict.fromkeys(self._group_of.values())
        ]
        alike = self._group_of
        known = [k for k in also if k.a in place and k.b in place and alike[place[k.a]] != alike[place[k.b]]]
        if known:
            groups = _joined(groups, [(k.a, k.b) for k in known])
        if held:
            groups = [part for group in groups for part in _kept_apart(group, held)]
        joined = _joined(groups, [p for p in same if all(i in place for i in p)])
        found = sorted(tuple(sorted(g)) for g in joined if len(g) > 1)
        copy_of = {i: g[0] for g in found for i in g}
        reasons = {g[0]: self._reason(g) for g in found}
        others: dict[str, list[str]] = {}
        for kin in known:
            if kin.b in copy_of and copy_of.get(kin.a) == copy_of[kin.b]:
                others.setdefault(copy_of[kin.a], []).append(kin.reason)
        for founder, why in others.items():
            count = sum(f == founder for f in copy_of.values())
            reasons[founder] = " ".join([f"{count} texts that go back to one text.", *list(dict.fromkeys(why))[:3]])
        return Copies(tuple(found), reasons, copy_of)

    def _web(self, start: int, within: Collection[int] | None = None) -> set[int]:
        """All texts that hang together with this one over pairs of which one holds or resembles the other."""
        web, waiting = {start}, [start]
        while waiting:
            one = waiting.pop()
            for other in self._index.edges.get(one, ()):
                if other not in web and (within is None or other in within) and self._tied(one, other, within is None):
                    web.add(other)
                    waiting.append(other)
        return web

    def _tied(self, a: int, b: int, held: bool) -> bool:
        """Every edge ties; where `held` is False, only those of texts of like length."""
        small, large = sorted((self._index.texts[a].size, self._index.texts[b].size))
        return held or small >= large * LEAST_PART

    def _gathered(self, webs: Sequence[list[int]]) -> Iterator[list[int]]:
        """Digests alone; of the rest, those that hang together over copies, in parts of which all are near."""
        holds = {n: held for web in webs for n in web if (held := self._holds(n))}
        self._held.clear()
        self._weigh([(least, n) for least, *others in holds.values() for n in others])
        digests = {n for n, (least, *others) in holds.items() if self._least(least, others) < ALIEN}
        yield from ([n] for n in sorted(digests))
        parts = []
        for web in webs:
            left, seen = {n for n in web if n not in digests}, set[int]()
            for n in web:
                if n in left and n not in seen:
                    found = self._web(n, left)
                    seen |= found
                    parts.append(sorted(found, key=self._rank) if len(found) > 1 else [n])
        self._weigh([pair for part in parts for pair in self._unknown(part)])
        for part in parts:
            yield from self._close(part)

    def _rank(self, place: int) -> tuple[int, bytes]:
        return -self._index.texts[place].size, self._index.texts[place].equal

    def _holds(self, place: int) -> list[int]:
        """The texts that stand in this one, the shortest first, where two of them have room side by side.

        If the shortest has next to nothing in common with another, this is a digest, which would otherwise make copies
        of texts that share nothing. A text of which beginning and end went their own ways looks alike, and is left
        alone too: `passages` still shows what it shares.
        """
        texts = self._index.texts
        size = texts[place].size
        held = [n for n in self._index.edges[place] if texts[n].size < size]
        if len(held) < 2:
            return []
        held.sort(key=self._rank, reverse=True)
        return held[:MOST] if texts[held[0]].size + texts[held[1]].size <= 2 * size else []

    def _close(self, places: Sequence[int]) -> list[list[int]]:
        """Parts of a web in which all are near each other; of a large part, its longest are looked at."""
        parts: list[list[int]] = []
        for one in places:
            home = next((p for p in parts if self._least(one, p[:CHECKED]) >= NEAR), None)
            if home is None:
                parts.append([one])
            else:
                home.append(one)
        return parts

    def _least(self, a: int, others: Sequence[int]) -> float:
        """Of the shorter of each two, the part that stands in the other: the least of all."""
        self._weigh([(a, n) for n in others])
        return min((self._held.get((a, n), 1.0) for n in others), default=1.0)  # an edge says `HOLDS` at least

    def _weigh(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Fill `_held` for those of these pairs that have no edge."""
        from probanda.incidents.sketches import held

        known, edges = self._held, self._index.edges
        new = list(dict.fromkeys(p for p in pairs if p not in known and p[1] not in edges[p[0]]))
        if new:
            parts = held(self._index.texts, [a for a, _ in new], [b for _, b in new])
            for (a, b), part in zip(new, parts, strict=True):
                known[a, b] = known[b, a] = part

    def _reason(self, group: Sequence[str]) -> str:
        texts = [self._index.texts[self._index.place[item]] for item in group]
        if len({t.equal for t in texts}) == 1:
            return f"{len(group)} texts with the same words, but for headline, case and spacing."
        sizes = sorted(t.words for t in texts)
        shortened = sizes[0] < 0.8 * sizes[-1]
        how = "some are shortened versions of the longest" if shortened else "they share most runs of three words"
        return f"{len(group)} texts that go back to one text: {how} ({sizes[0]} to {sizes[-1]} words)."


def body(doc: Doc) -> str:
    """The words without a headline: the stated title, or a short first line that ends no sentence."""
    from probanda.incidents.sketches import FEWEST

    words = doc.words.strip()
    if doc.title and words.startswith(doc.title.strip()):
        return words[len(doc.title.strip()) :]
    head, _, rest = words.partition("\n")
    headline = len(head.split(None, HEADLINE + 1)) <= HEADLINE and not head.rstrip(" \"'”’)").endswith(
        (".", "!", "?", "。", "؟", ";", ",")
    )
    return rest if headline and len(rest.split(None, FEWEST)) >= FEWEST else words


def _kept_apart(group: list[str], apart: frozenset[tuple[str, str]]) -> list[list[str]]:
    """The group split so that no two items held apart by a person are together."""
    parts: list[list[str]] = []
    for item in sorted(group):
        home = next((p for p in parts if not any((min(item, o), max(item, o)) in apart for o in p)), None)
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    return parts


def _joined(groups: list[list[str]], same: Iterable[tuple[str, str]]) -> list[list[str]]:
    home = {item: g for g in groups for item in g}
    for a, b in same:
        if home[a] is not home[b]:
            left, right = home[a], home[b]
            left += right
            home |= dict.fromkeys(right, left)
    return list({id(g): g for g in home.values()}.values())
