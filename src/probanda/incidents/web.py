"""The web of links between claims, kept, so that a change costs what it touches and not the whole.

Start with `Web.change`, then `Web.parts`. Claims sit in blocks (`links.seats`), in an order; a change takes claims from
their seats and gives them new ones, and only pairs whose distance in a block changed are judged again. A *part* is what
is grouped by itself: the claims that hang together by links of the strongest kinds for as long as they are no more than
`LARGE`; the weaker links of a larger web are not followed, since chaining by weak links is what makes webs large.
Parts elsewhere cannot change, so the result is that of a full run (RECORD section 5).

Looks down to: incidents.facts, links, places, ties, told. Used by: consolidation.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from probanda.incidents.facts import Facts
from probanda.incidents.links import BEST, REACH, Dated, Key, Order, judge, seats
from probanda.incidents.places import Places
from probanda.incidents.ties import Link, Strength
from probanda.incidents.told import within_texts

LARGE = 400
"""Nodes of the largest web whose weak links are followed."""
CORE = -1
"""The strength of what is no link: claims that are one node, and a person's decisions."""
LEVELS = tuple(range(CORE, max(Strength) + 1))
_KEPT = int(Strength.CITED)
"""Links as strong as this are followed however large the web."""
_NONE: dict[str, Link] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """Claims that are grouped together, from nothing, without a look at any other."""

    claims: tuple[str, ...]
    """Sorted; handles that persons opened are not among them."""
    handles: tuple[str, ...]
    level: int
    """The weakest strength whose links are followed here."""


class Web:
    """Blocks, links and cores of the claims given so far."""

    def __init__(self, places: Places, dated: Dated) -> None:
        self._places, self._dated = places, dated
        self.facts: dict[str, Facts] = {}
        self._seated: dict[str, tuple[Key, ...]] = {}
        self._order: dict[str, dict[str, Order]] = {}
        """Claim -> kind of block -> its order there."""
        self._blocks: dict[Key, list[Order]] = {}
        self.near: dict[str, dict[str, Link]] = {}
        """Claim -> other claim -> the strongest link between the two."""
        self._items: dict[str, set[str]] = {}
        self._core: dict[str, tuple[object, ...]] = {}
        self._cores: dict[tuple[object, ...], list[str]] = {}
        """Claims of one family, places and days, sorted: one node, so that a much-told event stays small."""
        self._decided: dict[str, set[str]] = {}
        self._level: dict[str, int] = {}
        """Claim -> the weakest strength whose links were followed when its part was grown last."""

    # -- changing -------------------------------------------------------------------------------------------------

    def decide(self, same: Mapping[str, set[str]]) -> None:
        """Persons' decisions *same*: each end to the others. Both ends are then to be given to `change`."""
        self._decided = {a: set(others) for a, others in same.items()}

    def change(self, gone: Iterable[str], come: Mapping[str, Facts], apart: frozenset[str]) -> set[str]:
        """Take claims out and put others in (changed ones stand in both); gives the claims and handles it touched.

        `come` holds all claims of each text of which it holds one. `apart`: claims that persons decided on: nodes
        of their own.
        """
        gone = list(gone)
        before = {claim: (self.near[claim], self._core.get(claim)) for claim in gone}
        left: dict[Key, list[Order]] = {}
        for claim in gone:
            self._stand_up(claim, left)
        taken: dict[Key, list[Order]] = {}
        for claim, facts in come.items():
            self._sit_down(claim, facts, claim in apart, taken)
        touched = {*gone, *come}
        for key in sorted({**left, **taken}, key=lambda k: BEST[k[0]]):  # where two are tied, weaker blocks add nothing
            touched |= self._met_again(key, sorted(left.get(key, ())), sorted(taken.get(key, ())))
        for link in within_texts(self._of_items({facts.claim.item for facts in come.values()}), self._places):
            self._tie(link)
        for claim in tuple(touched.intersection({*gone, *come})):
            old, core = before.get(claim, (_NONE, None))
            new = self.near.get(claim, _NONE)
            for other in {*old, *new}:
                if self._bears(other, old.get(other), new.get(other)):
                    touched.add(other)
            if core != self._core.get(claim):
                for one in (core, self._core.get(claim)):
                    touched.update(self._cores.get(one, ()) if one is not None else ())
        return touched

    def _stand_up(self, claim: str, left: dict[Key, list[Order]]) -> None:
        """Take a claim from all its seats and links."""
        facts = self.facts.pop(claim)
        self._level.pop(claim, None)
        orders = self._order.pop(claim)
        for key in self._seated.pop(claim):
            left.setdefault(key, []).append(orders[key[0]])
        for other in self.near.pop(claim):
            if other in self.near:
                self.near[other].pop(claim, None)
        self._items[facts.claim.item].discard(claim)
        core = self._core.pop(claim, None)
        if core is not None:
            self._cores[core].remove(claim)
            if not self._cores[core]:
                del self._cores[core]

    def _sit_down(self, claim: str, facts: Facts, decided: bool, taken: dict[Key, list[Order]]) -> None:
        self.facts[claim] = facts
        self.near[claim] = {}
        self._items.setdefault(facts.claim.item, set()).add(claim)
        orders: dict[str, Order] = {}
        keys = []
        shared: dict[Order, Order] = {}
        for key, seat in seats(facts, self._places, self._dated):
            orders[key[0]] = order = shared.setdefault(seat, seat)
            keys.append(key)
            taken.setdefault(key, []).append(order)
        self._seated[claim], self._order[claim] = tuple(keys), orders
        exact = facts.places and facts.first is not None and facts.last is not None and facts.last - facts.first <= 2
        if exact and not decided:
            core = (facts.family, facts.places, facts.first, facts.last)
            self._core[claim] = core
            insort(self._cores.setdefault(core, []), claim)

    def _met_again(self, key: Key, left: Sequence[Order], taken: Sequence[Order]) -> set[str]:
        """Judge the pairs of a block that meet now and did not before; look again at those that no longer meet."""
        reach = REACH[key[0]]
        before = self._blocks.get(key, [])
        if not before:
            now = list(taken)
            self._blocks[key] = now
            pairs = ((now[i], now[j]) for j in range(len(now)) for i in range(max(0, j - reach), j))
            self._judged(key, pairs)
            return set()
        now = _moved(before, left, taken)
        if now:
            self._blocks[key] = now
        else:
            self._blocks.pop(key, None)
        met, meet = (_pairs_around(block, [*left, *taken], reach) for block in (before, now))
        fresh = {order[2] for order in (*left, *taken)}
        # What changed claims are tied to is seen when all is done; here count pairs that only moved.
        self._judged(key, sorted(p for p in meet if p[0][2] in fresh or p[1][2] in fresh))
        touched = self._judged(key, sorted(p for p in meet - met if p[0][2] not in fresh and p[1][2] not in fresh))
        for a, b in sorted(met - meet):
            one, other = a[2], b[2]
            if one not in fresh and other not in fresh and other in self.near[one]:
                touched |= self._look_again(one, other)
        return touched

    def _judged(self, key: Key, pairs: Iterable[tuple[Order, Order]]) -> set[str]:
        touched: set[str] = set()
        facts, places, dated, near = self.facts, self._places, self._dated, self.near
        best = BEST[key[0]]
        for (_, _, a), (_, _, b) in pairs:
            before = near[a].get(b)
            if before is not None and before.strength < best:
                continue
            link = judge(key, facts[a], facts[b], places, dated)
            if link is not None and self._tie(link):
                touched.update(end for end in (a, b) if self._bears(end, before, link))
        return touched

    def _bears(self, claim: str, before: Link | None, now: Link | None) -> bool:
        """True where it bears on the part of one end that this link was there before, and that one is there now.

        A part that stopped growing, since what the next links hold is too large, stays as it is if weak ones come.
        """
        level = self._level.get(claim)
        if level is None or before == now:
            return before != now
        old, new = (LEVELS[-1] + 2 if link is None else int(link.strength) for link in (before, now))
        return min(old, new) <= level or (old == level + 1 < new)

    def _tie(self, link: Link) -> bool:
        """Keep a link where it is the strongest between its two claims; True where it is."""
        known = self.near[link.a].get(link.b)
        if known is not None and (known.strength, known.reason) <= (link.strength, link.reason):
            return False
        self.near[link.a][link.b] = self.near[link.b][link.a] = link
        return True

    def _look_again(self, a: str, b: str) -> set[str]:
        """Find the strongest link between two claims anew: one of the blocks in which they met keeps them apart now."""
        before = self.near[a].pop(b)
        del self.near[b][a]
        for key in sorted(set(self._seated[a]) & set(self._seated[b])):
            block = self._blocks[key]
            x, y = sorted((self._order[a][key[0]], self._order[b][key[0]]))
            if bisect_left(block, y) - bisect_left(block, x) <= REACH[key[0]]:
                self._judged(key, [(x, y)])
        item = self.facts[a].claim.item
        if item == self.facts[b].claim.item:
            for link in within_texts(self._of_items({item}), self._places):
                if {link.a, link.b} == {a, b}:
                    self._tie(link)
        return {end for end in (a, b) if self._bears(end, before, self.near[a].get(b))}

    def _of_items(self, items: Iterable[str]) -> list[Facts]:
        return [self.facts[c] for item in sorted(items) for c in sorted(self._items.get(item, ()))]

    # -- parts ----------------------------------------------------------------------------------------------------

    def node(self, claim: str) -> str:
        """The claim that stands for this one's core, or the claim itself."""
        core = self._core.get(claim)
        return claim if core is None else self._cores[core][0]

    def core(self, claim: str) -> Sequence[str]:
        """The claims that are one node with this one."""
        core = self._core.get(claim)
        return (claim,) if core is None else self._cores[core]

    def part(self, start: str) -> Part:
        """The part that holds this claim or handle: grown from the strongest links outwards."""
        found: dict[str, None] = {}
        waiting: list[list[str]] = [[] for _ in LEVELS]
        nodes, last = 0, 0
        heap = [start]
        for level in LEVELS:
            fresh = [one for one in waiting[level] if one not in found]  # the last list is CORE's, in which none waits
            if fresh and level > _KEPT and nodes + len({self.node(one) for one in fresh}) > LARGE:
                return self._part(list(found), level - 1)  # so many follow that none of them has to be looked at
            heap += fresh
            while heap:
                one = heap.pop()
                if one in found:
                    continue
                nodes += 1
                if nodes > LARGE and level > _KEPT:
                    return self._part(list(found)[:last], level - 1)
                for member in self.core(one) if one in self.facts else (one,):
                    found[member] = None
                    heap.extend(self._decided.get(member, ()))
                    for other, link in self.near.get(member, _NONE).items():
                        if other not in found:
                            if link.strength <= level:
                                heap.append(other)
                            else:
                                waiting[link.strength].append(other)
            last = len(found)
        return self._part(list(found), LEVELS[-1])

    def _part(self, members: Sequence[str], level: int) -> Part:
        claims = sorted(m for m in members if m in self.facts)
        self._level.update(dict.fromkeys(claims, level))
        return Part(tuple(claims), tuple(sorted(m for m in members if m not in self.facts)), level)

    def parts(self, touched: Iterable[str]) -> Iterator[Part]:
        """The parts that hold any of these claims and handles, each once."""
        touched = set(touched)
        if len(touched) >= len(self.facts):
            yield from self._all_parts()
            return
        seen: set[str] = set()
        for one in sorted(touched):
            if one not in seen and (one in self.facts or one in self._decided):
                part = self.part(one)
                seen.update(part.claims, part.handles)
                yield part

    def _all_parts(self) -> Iterator[Part]:
        """Every part: webs grown level by level, all at once; those that grow too large stay as they were before."""
        nodes = {self.node(c) for c in self.facts} | set(self._decided) - set(self.facts)
        up = {n: n for n in nodes}
        size = dict.fromkeys(nodes, 1)
        held = {n: [n] for n in nodes}

        def top(n: str) -> str:
            while up[n] != n:
                up[n] = up[up[n]]
                n = up[n]
            return n

        edges = self._edges()
        for level in LEVELS:
            merged: dict[str, list[str]] = {}
            for a, b in edges[level]:
                x, y = top(a), top(b)
                if x == y:
                    continue
                x, y = (x, y) if size[x] >= size[y] else (y, x)
                up[y] = x
                size[x] += size[y]
                merged.setdefault(x, [x]).extend(merged.pop(y, [y]))
            for root, roots in merged.items():
                if size[root] > LARGE and level > _KEPT:
                    for one in roots:
                        if one in held:
                            yield self._part(self._spread(held.pop(one)), level - 1)
                else:
                    held[root] = [n for one in roots for n in held.pop(one)]
        for root in sorted(held):
            yield self._part(self._spread(held[root]), LEVELS[-1])

    def _edges(self) -> list[list[tuple[str, str]]]:
        """What ties nodes, by strength; decisions stand last, under CORE."""
        edges: list[list[tuple[str, str]]] = [[] for _ in LEVELS]
        for a, others in self._decided.items():
            edges[CORE] += [(self.node(a), self.node(b)) for b in others]
        for a, links in self.near.items():
            for b, link in links.items():
                if a < b:
                    edges[link.strength].append((self.node(a), self.node(b)))
        return edges

    def _spread(self, nodes: Iterable[str]) -> list[str]:
        return [c for n in nodes for c in (self.core(n) if n in self.facts else (n,))]

    def links_within(self, part: Part) -> list[Link]:
        """The links that are followed in this part, strong to weak."""
        inside = set(part.claims)
        return sorted(
            link
            for a in part.claims
            for b, link in self.near[a].items()
            if a < b and b in inside and link.strength <= part.level
        )


def _moved(block: Sequence[Order], left: Sequence[Order], taken: Sequence[Order]) -> list[Order]:
    """The block without those that left, and with those that took a seat."""
    if len(left) + len(taken) > len(block) // 8:
        gone = set(left)
        return sorted([*(o for o in block if o not in gone), *taken])
    now = list(block)
    for order in left:
        del now[bisect_left(now, order)]
    for order in taken:
        insort(now, order)
    return now


def _pairs_around(block: Sequence[Order], changed: Iterable[Order], reach: int) -> set[tuple[Order, Order]]:
    """Pairs of a block at most `reach` apart that sit around one of these places."""
    spots = sorted({bisect_left(block, order) for order in changed})
    found: set[tuple[Order, Order]] = set()
    done = 0
    for spot in spots:
        low, high = max(0, spot - reach, done), min(len(block), spot + reach + 1)
        for j in range(low, high):
            found.update((block[i], block[j]) for i in range(max(0, j - reach), j))
        done = max(done, high)
    return found
