"""Observations as the player lists them: the words of each, its part, and how many claims came of it, all at once.

Start with `told`. Looks down to: access, reading, kernel. Used by: web (player), through `Store.ask`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func

from probanda.access.eyes import Eyes
from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import Family
from probanda.reading.model import Text
from probanda.store import tables as t
from probanda.store.codec import formed, from_json
from probanda.store.common import batches
from probanda.store.door import seen


@dataclass(frozen=True, slots=True)
class Told:
    """One observation."""

    by: str
    words: str
    place: Locator
    claims: int
    """Of acts."""


def told(connection: Connection, eyes: Eyes, digests: Iterable[str]) -> dict[str, Told]:
    """Of each of these observations that these eyes see, by digest, what it says; none for one not read yet."""
    texts: dict[int, Text] = {}
    counts: dict[int, int] = {}
    for batch in batches(sorted(set(digests))):
        query = seen(connection, eyes, t.text).join(t.item, t.item.c.n == t.text.c.item)
        query = query.where(t.item.c.digest.in_(batch), t.text.c.digest.is_not(None), t.text.c.part == 0)
        of = t.text.c
        columns = (of.item, of.digest, of.words, of.about, of.places, t.item.c.digest.label("whole"))
        for row in connection.execute(query.with_only_columns(*columns)):
            made = {"item": row.whole, "words": row.words, "digest": row.digest, "part": 0, "base": 0, "passages": []}
            texts[row.item] = formed(Text, from_json(row.about) | (from_json(row.places) or {}) | made)
    c = t.claim.c
    for numbers in batches(sorted(texts)):
        query = seen(connection, eyes, t.claim).where(c.item.in_(numbers), c.family != Family.TIE.value)
        rows = connection.execute(query.with_only_columns(c.item, func.count().label("number")).group_by(c.item))
        counts |= {row.item: row.number for row in rows}
    return {text.item: _told(text, counts.get(n, 0)) for n, text in texts.items()}


def _told(text: Text, claims: int) -> Told:
    """The form in which an observation is read: its head, who observed it, what was observed."""
    _, by, words = text.words.split("\n\n", 2)
    return Told(by, words, text.located[0].locator, claims)
