"""Blocks: what several texts hand over under one key, and the links between them, kept for each block.

Start with `Blocks`: `put` says which blocks a text touches, `propose` works a block out anew.

Looks down to: one_text, persons, named, proposals. Used by: kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from probanda.actors.named import link_acronym, link_owned, link_place, link_same_name
from probanda.actors.one_text import Key
from probanda.actors.persons import link_bare, link_block
from probanda.actors.proposals import Proposal
from probanda.claims.model import Mention
from probanda.names.persons import PersonName

_EMPTY = Proposal()

Aim = tuple[str | None, str | None]
"""What `persons.only_bearer` says of a bare name."""


class Blocks:
    """All blocks, by key."""

    def __init__(self) -> None:
        self._handed: dict[Key, dict[str, list[Any]]] = {}
        """Block -> text -> what it handed over, by kind of block."""
        self._keys: dict[tuple[str, str], list[Key]] = {}
        self._proposed: dict[Key, Proposal] = {}
        self._ends: dict[Key, frozenset[str]] = {}
        """The mentions of which a block's proposal speaks, as indexed."""
        self._at: dict[str, set[Key]] = {}
        self._aims: dict[Key, Aim] = {}

    def put(self, stage: str, item: str, handed: Mapping[Key, list[Any]]) -> set[Key]:
        """Replace what a text hands over at a stage of the work; gives the blocks it was and is in."""
        before = self._keys.pop((stage, item), [])
        for key in before:
            del self._handed[key][item]
            if not self._handed[key]:
                del self._handed[key]
        for key, rows in handed.items():
            self._handed.setdefault(key, {})[item] = rows
        if handed:
            self._keys[stage, item] = list(handed)
        return {*before, *handed}

    def aim(self, answer: Callable[[PersonName], Aim]) -> set[Key]:
        """Ask whom each bare name can mean; gives the blocks in which that is another now."""
        touched: set[Key] = set()
        for key, texts in self._handed.items():
            if key[0] == "bare":
                found = answer(next(iter(texts.values()))[0][0])
                if self._aims.get(key) != found:
                    self._aims[key] = found
                    touched.add(key)
        return touched

    def propose(self, key: Key) -> None:
        """Work out the links of a block."""
        texts = self._handed.get(key)
        if texts is None:
            self._proposed.pop(key, None)
            self._aims.pop(key, None)
            return
        rows = [row for item in sorted(texts) for row in texts[item]]
        self._proposed[key] = _proposal(key, rows, self._aims.get(key, (None, None)))

    def index(self, key: Key) -> frozenset[str]:
        """Bring the index up to date for a block; gives the mentions of which its proposal speaks."""
        p = self._proposed.get(key, _EMPTY)
        ends = {k.left for k in p.links}
        ends.update(k.right for k in p.links)
        ends.update(p.kept)
        ends.update(i for pair in p.apart for i in pair)
        before, now = self._ends.pop(key, frozenset()), frozenset(ends)
        for i in before - now:
            self._at[i].discard(key)
            if not self._at[i]:
                del self._at[i]
        for i in now - before:
            self._at.setdefault(i, set()).add(key)
        if now:
            self._ends[key] = now
        return now

    def ends(self, key: Key) -> frozenset[str]:
        """The mentions of which a block's proposal speaks, as it was last indexed."""
        return self._ends.get(key, frozenset())

    def at(self, mention: str) -> Iterable[Key]:
        """The blocks that speak of a mention."""
        return self._at.get(mention, ())

    def proposed(self, key: Key) -> Proposal:
        """What a block proposes."""
        return self._proposed.get(key, _EMPTY)

    def proposals(self, kind: str) -> list[Proposal]:
        """What all blocks of a kind propose."""
        return [p for key, p in self._proposed.items() if key[0] == kind]


def _proposal(key: Key, rows: list[Any], aim: Aim) -> Proposal:
    if key[0] == "person":
        block: dict[PersonName, list[Mention]] = {}
        for name, centre in rows:
            block.setdefault(name, []).append(centre)
        return link_block(block)
    if key[0] == "bare":
        return link_bare((centre for _, centre in rows), *aim)
    if key[0] == "acronym":
        full: dict[str, Mention] = {}
        for name, centre in rows:
            if name:
                full.setdefault(name, centre)
        return link_acronym(key[1], [centre for name, centre in rows if not name], full)
    if key[0] == "named":
        return link_same_name(rows)
    return link_owned(rows) if key[0] == "owned" else link_place(rows)
