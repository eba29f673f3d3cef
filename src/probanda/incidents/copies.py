"""Which texts are copies, case variants or shortened versions of one text, found without comparing all with all.

Start with `copies`; `Compared` keeps what it found, so that texts can be added later. Texts are compared by their runs
of three words, folded, headline left out (sketches). Any two texts of a group are near each other, so that nothing is
chained; and a long text that holds texts which share nothing is a digest, and no copy of them.

Looks down to: incidents.model, kinship, sketches, syndication, translations. Used by: consolidation, kin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        self._digests: set[int] = set()
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
        edges = self._index.edges
        touched = self._index.add(sketches)
        turned = self._told_anew(touched.union(*(edges.get(n, ()) for n in touched)))
        anew: set[int] = set()
        parts: list[list[int]] = []
        for place in sorted(touched.union(turned, *(edges[n] for n in turned))):
            if place not in anew:
                web = self._web(place)
                anew |= web
                parts.append(sorted(web, key=self._rank) if len(web) > 1 else [place])
        self._held.clear()
        self._weigh([pair for part in parts for pair in self._unknown(part)])
        for part in parts:
            for group in self._close(part):
                self._group_of |= dict.fromkeys(group, tuple(group))
        return frozenset(item for place in anew for item in self._index.items[place])

    def _told_anew(self, places: Iterable[int]) -> set[int]:
        """Tell which of these are digests; those that became one, or are none any longer."""
        holds = {n: held for n in sorted(places) if (held := self._holds(n))}
        self._held.clear()
        self._weigh([(least, n) for least, *others in holds.values() for n in others])
        now = {n for n, (least, *others) in holds.items() if self._least(least, others) < ALIEN}
        turned = self._digests.intersection(places) ^ now
        self._digests ^= turned
        return turned

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

    def _web(self, start: int) -> set[int]:
        """All texts that hang together with this one over edges of texts of like length; a digest is alone."""
        web, waiting = {start}, [start] if start not in self._digests else []
        texts = self._index.texts
        while waiting:
            one = waiting.pop()
            size = texts[one].size
            for other in self._index.edges.get(one, ()):
                like = size * LEAST_PART <= texts[other].size <= size / LEAST_PART
                if like and other not in web and other not in self._digests:
                    web.add(other)
                    waiting.append(other)
        return web

    def _rank(self, place: int) -> tuple[int, bytes]:
        return -self._index.texts[place].size, self._index.texts[place].equal

    def _holds(self, place: int) -> list[int]:
        """The shortest of the texts that stand in this one, and those beside it that are not like it.

        If the shortest has next to nothing in common with another, this is a digest, which would otherwise make copies
        of texts that share nothing. A text of which beginning and end went their own ways looks alike, and is left
        alone too: `passages` still shows what it shares.
        """
        texts = self._index.texts
        size = texts[place].size
        held = [n for n in self._index.edges.get(place, ()) if texts[n].size < size]
        if len(held) < 2:
            return []
        held.sort(key=self._rank, reverse=True)
        if texts[held[0]].size + texts[held[1]].size > 2 * size:
            return []
        like = self._index.edges[held[0]]
        others = [n for n in held[1:] if n not in like][:MOST]
        return [held[0], *others] if others else []

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
        edges, known = self._index.edges[a], self._held
        apart = [n for n in others if n not in edges]  # an edge says `HOLDS` at least
        if any((a, n) not in known for n in apart):
            self._weigh([(a, n) for n in apart])
        return min([known[a, n] for n in apart], default=1.0)

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
