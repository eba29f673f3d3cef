"""Which texts are copies, case variants or shortened versions of one text, found without comparing all with all.

Start with `copies`; `Compared` keeps what it found, so that texts can be added later. Texts are compared by their runs
of three words, folded, headline left out (sketches). Any two texts of a group are near each other, so that nothing is
chained; and a long text that holds texts which share nothing is a digest, and no copy of them.

Looks down to: incidents.model, kinship, overlaps, sketches, syndication, translations. Used by: consolidation, kin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.incidents.kinship import Kinship
from probanda.incidents.model import Doc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from probanda.incidents.overlaps import Numbers
    from probanda.incidents.sketches import Sketches

LEAST_PART = 1 / 3
"""A text shorter than this part of the other is an excerpt or a quotation, not a version of it."""
ALIEN = 0.1
"""Share of the shorter text's runs below which two texts have nothing to do with each other."""
NEAR = 0.25
"""The same, which any two texts of a group must reach; a looser group is split."""
MOST = 64
"""Texts held by one, with which the shortest of them is compared to tell a digest; texts all compared at once."""
CHECKED = 16
"""Members of a group with which a further one is compared: enough to tell a loose group, without comparing all."""
HEADLINE = 160
"""Most letters of a headline: some 25 words."""
LEAST_BODY = 80
"""Letters that must follow a headline, else it may be the text itself: a dozen words."""
SENTENCE_ENDS = (".", "!", "?", "。", "؟", ";", ",")
"""Signs at the end of a line that is no headline."""


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
        import numpy as np

        from probanda.incidents.sketches import Index

        self._index = Index()
        self._home: Numbers = np.zeros(0, np.int64)
        """Of each text one text of its group, the same for all of the group."""
        self._digests: NDArray[np.bool_] = np.zeros(0, np.bool_)
        """Which texts are digests."""
        self.add(docs)

    def add(self, docs: Iterable[Doc]) -> frozenset[str]:
        """Compare further texts with all that are here; the items, new and old, whose groups were worked out anew.

        An item that is here already is left as it is: where its words changed, start afresh.
        """
        given = list(docs)
        return self.add_bodies([doc.item for doc in given], (body(doc.words, doc.title) for doc in given))

    def add_bodies(self, items: Sequence[str], bodies: Iterable[str]) -> frozenset[str]:
        """The same for texts without headlines (`body`), each with its item."""
        from probanda.incidents.sketches import sketched

        return self.add_sketches(sketched(items, bodies))

    def add_sketches(self, sketches: Iterable[Sketches]) -> frozenset[str]:
        """The same for texts whose sketches were kept: `sketched` on items and their `body`."""
        import numpy as np

        from probanda.incidents.overlaps import distinct

        index = self._index
        touched = index.add(sketches)
        new = np.arange(len(self._home), len(index))
        self._home = np.concatenate((self._home, new))
        self._digests = np.concatenate((self._digests, np.zeros(len(new), np.bool_)))
        turned = self._told_anew(distinct(touched, index.beside(touched)[1]))
        texts, webs = self._webs(distinct(touched, turned, index.beside(turned)[1]))
        self._group(texts, webs)
        return frozenset(index.items(texts.tolist()))

    def _told_anew(self, places: Numbers) -> Numbers:
        """Tell which of these are digests; those that became one, or are none any longer.

        Looked at are the shortest of the texts that stand in a text, and those beside it that are not like it. If the
        shortest has next to nothing in common with another, this is a digest, which would otherwise make copies of
        texts that share nothing. A text of which beginning and end went their own ways looks alike, and is left alone
        too: `passages` still shows what it shares.
        """
        import numpy as np

        from probanda.incidents.overlaps import first_rows, lengths

        index = self._index
        holder, held = index.beside(places)
        shorter = index.sizes[held] < index.sizes[holder]
        holder, held = holder[shorter], held[shorter]
        order = np.lexsort((~index.ranks[held], holder))
        holder, held = holder[order], held[order]
        firsts = first_rows(holder)
        least = np.repeat(held[firsts], lengths(firsts, len(holder)))
        others = np.flatnonzero((least != held) & ~index.tied(least, held))
        firsts = first_rows(holder[others])
        place = np.arange(len(others)) - np.repeat(firsts, lengths(firsts, len(others)))
        before = self._digests[places]
        self._digests[places] = False
        for some in (place == 0, (place > 0) & (place < MOST)):  # for most digests the first tells
            asked = others[some]
            asked = asked[~self._digests[holder[asked]]]
            alien = index.held(least[asked], held[asked]) < ALIEN
            self._digests[holder[asked[alien]]] = True
        turned: Numbers = places[before != self._digests[places]]
        return turned

    def _webs(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """All texts that hang together with these over edges of texts of like length, and a number for each web.

        A digest is alone.
        """
        import numpy as np

        from probanda.incidents.overlaps import distinct, parts, within

        texts = waiting = places
        ties = []
        while len(waiting):
            a, b = self._index.beside(waiting)
            one, other = self._index.sizes[a], self._index.sizes[b]
            like = np.minimum(one, other) >= LEAST_PART * np.maximum(one, other)
            like &= ~(self._digests[a] | self._digests[b])
            waiting = distinct(b[like])
            like &= a < b
            ties.append((a[like], b[like]))
            waiting = waiting[~within(texts, waiting)]
            texts = distinct(texts, waiting)
        one, other = (np.searchsorted(texts, np.concatenate([t[n] for t in ties] or [places])) for n in (0, 1))
        return texts, parts(len(texts), one, other)

    def _group(self, texts: Numbers, webs: Numbers) -> None:
        """Make each web one group, or several, in which all are near each other: the longest are looked at."""
        import numpy as np

        from probanda.incidents.overlaps import distinct, first_rows, lengths, ranges

        order = np.lexsort((self._index.ranks[texts], webs))
        texts, webs = texts[order], webs[order]
        firsts = first_rows(webs)
        counts = lengths(firsts, len(webs))
        start = np.repeat(firsts, counts)
        self._home[texts] = texts[start]
        asked = np.minimum(np.arange(len(texts)) - start, CHECKED)
        one, other = np.repeat(texts, asked), texts[ranges(start, asked)]
        near = self._near(one, other)
        loose = distinct(np.repeat(webs, asked)[~near])
        left, right = np.searchsorted(webs, loose), np.searchsorted(webs, loose, "right")
        loose_webs = [texts[start:end] for start, end in zip(left.tolist(), right.tolist(), strict=True)]
        known = self._all_near([web for web in loose_webs if len(web) <= MOST])
        for web in loose_webs:
            for group in self._close(web.tolist(), known):
                self._home[group] = group[0]

    def _all_near(self, webs: Sequence[Numbers]) -> dict[tuple[int, int], bool]:
        """Of any two texts of each of these webs, the later one first, whether they are near each other."""
        import numpy as np

        pairs = [np.tril_indices(len(web), -1) for web in webs]
        a, b = ([web[pair[n]] for web, pair in zip(webs, pairs, strict=True)] for n in (0, 1))
        one, other = (np.concatenate([np.zeros(0, np.int64), *ends]) for ends in (a, b))
        near = self._near(one, other)
        return dict(zip(zip(one.tolist(), other.tolist(), strict=True), near.tolist(), strict=True))

    def _close(self, places: Sequence[int], known: dict[tuple[int, int], bool]) -> list[list[int]]:
        """Parts of a web in which all are near each other; of a large part, its longest are looked at."""
        import numpy as np

        groups: list[list[int]] = []
        for one in places:
            some = [n for group in groups for n in group[:CHECKED] if (one, n) not in known]
            if some:
                near = self._near(np.full(len(some), one), np.array(some, np.int64)).tolist()
                known.update(zip([(one, n) for n in some], near, strict=True))
            home = next((group for group in groups if all(known[one, n] for n in group[:CHECKED])), None)
            if home is None:
                groups.append([one])
            else:
                home.append(one)
        return groups

    def _near(self, a: Numbers, b: Numbers) -> NDArray[np.bool_]:
        """Which of these pairs of texts may be in one group."""
        near = self._index.tied(a, b)  # an edge says `HOLDS` at least
        near[~near] = self._index.held(a[~near], b[~near]) >= NEAR
        return near

    def copies(
        self,
        same: Iterable[tuple[str, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
        also: Sequence[Kinship] = (),
    ) -> Copies:
        """The groups; `same` and `apart` are persons' decisions between items, and go before likeness.

        `also`: texts that go back to one text for another reason (`one_text`).
        """
        place, alike = self._index.place, self._home
        held = frozenset(apart)
        groups = self._groups()
        known = [k for k in also if k.a in place and k.b in place and alike[place[k.a]] != alike[place[k.b]]]
        if known:
            groups = _joined(groups, [(k.a, k.b) for k in known])
        if held:
            groups = [part for group in groups for part in _kept_apart(group, held)]
        together = [p for p in same if all(i in place for i in p)]
        if together:
            groups = _joined(groups, together)
        found = sorted(tuple(sorted(g)) for g in groups if len(g) > 1)
        copy_of = {i: g[0] for g in found for i in g}
        words = self._index.words.tolist()
        reasons = {g[0]: _reason(len(g), [words[p] for p in {place[item] for item in g}]) for g in found}
        others: dict[str, list[str]] = {}
        for kin in known:
            if kin.b in copy_of and copy_of.get(kin.a) == copy_of[kin.b]:
                others.setdefault(copy_of[kin.a], []).append(kin.reason)
        for founder, why in others.items():
            count = sum(f == founder for f in copy_of.values())
            reasons[founder] = " ".join([f"{count} texts that go back to one text.", *list(dict.fromkeys(why))[:3]])
        return Copies(tuple(found), reasons, copy_of)

    def _groups(self) -> list[list[str]]:
        """The items of each group of more than one."""
        import numpy as np

        from probanda.incidents.overlaps import first_rows, lengths

        order = np.argsort(self._home, kind="stable")
        firsts = first_rows(self._home[order])
        counts = lengths(firsts, len(order))
        several = counts > 1
        index, places = self._index, order.tolist()
        groups = [
            index.items(places[first : first + count])
            for first, count in zip(firsts[several].tolist(), counts[several].tolist(), strict=True)
        ]
        return groups + [index.items([p]) for p in order[firsts[~several]].tolist() if p in index.others]


def _reason(items: int, words: Sequence[int]) -> str:
    """Why a group of so many items is one; how many words each of its different texts has."""
    if len(words) == 1:
        return f"{items} texts with the same words, but for headline, case and spacing."
    least, most = min(words), max(words)
    shortened = least < 0.8 * most
    how = "some are shortened versions of the longest" if shortened else "they share most runs of three words"
    return f"{items} texts that go back to one text: {how} ({least} to {most} words)."


def body(words: str, title: str | None = None) -> str:
    """The words without a headline: the stated title, or a short first line that ends no sentence."""
    words = words.strip()
    title = title.strip() if title else ""
    if title and words.startswith(title):
        return words[len(title) :]
    end = words.find("\n", 0, HEADLINE)
    if end < 0 or end + LEAST_BODY > len(words):
        return words
    return words if words[:end].rstrip(" \"'”’)").endswith(SENTENCE_ENDS) else words[end:]


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
        for item in (a, b):
            home.setdefault(item, [item])
        if home[a] is not home[b]:
            left, right = home[a], home[b]
            left += right
            home |= dict.fromkeys(right, left)
    return list({id(g): g for g in home.values()}.values())
