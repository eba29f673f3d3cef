"""Full text search: each compartment ranked alone, merged by rank; claims are reached by their offsets.

Words are folded for Arabic as well as for Latin letters, so that a reader finds a name however it
was pointed. A query is never handed on as it is: its words are taken out and quoted.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from probanda.store import tables as t
from probanda.store.common import batches
from probanda.store.engines import sqlite as engine
from probanda.store.model import Hit

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]")
"""Harakat, Koranic marks and tatweel."""
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"})
_WORD = re.compile(r"\w+")
_PHRASE = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]")
AROUND = 80
"""Code points shown on each side of the first word found."""


def folded(words: str) -> str:
    """Words with Arabic letter forms made one: alef, ta marbuta, alef maqsura, hamza seats, no marks, no tatweel."""
    return _MARKS.sub("", unicodedata.normalize("NFC", words)).translate(_LETTERS)


def indexed(n: int, words: str) -> tuple[int, str, str]:
    """A row for the index: the folded column is empty where folding changes nothing."""
    other = folded(words)
    safe = words.encode("utf-8", "replace").decode("utf-8")
    return n, safe, "" if other == words else other.encode("utf-8", "replace").decode("utf-8")


def match_of(query: str) -> str | None:
    """The query in the index's own language: every word and "phrase" must be there; None when it has no word."""
    parts: list[str] = []
    for phrase in _PHRASE.findall(query):
        words = _WORD.findall(folded(phrase))
        if words:
            parts.append('"' + " ".join(words) + '"')
    parts += [f'"{word}"{star}' for word, star in re.findall(r"(\w+)(\*?)", folded(_PHRASE.sub(" ", query)))]
    safe = " AND ".join(parts).replace("\x00", " ")
    return safe.encode("utf-8", "replace").decode("utf-8") or None


def search(connection: Connection, visible: Sequence[int], query: str, limit: int) -> list[Hit]:
    """The best hits in the compartments given, which must be those that the asking eyes see."""
    match = match_of(query)
    if match is None or limit <= 0:
        return []
    ranked: list[tuple[float, int]] = []
    for compartment in visible:
        if engine.has_search(connection, compartment):
            ranked += [(rank, n) for n, rank in engine.find(connection, compartment, match, limit * 5)]
    rows = _passages(connection, [n for _, n in ranked])
    found = sorted(
        ((rank, rows[n]) for rank, n in ranked if n in rows),
        key=lambda hit: (hit[0], hit[1].digest, hit[1].start),
    )
    best = [row for _, row in found[:limit]]
    passages = _words_of(connection, best)
    words = [word.casefold() for word in _WORD.findall(folded(query))]
    hits: list[Hit] = []
    for row in best:
        passage = passages[row.n]
        at = _first(passage, words)
        snippet = passage[max(0, at - AROUND) : at + AROUND]
        hits.append(Hit(row.digest, "", row.start, row.end, snippet, "text"))
        hits += _claim_hits(connection, visible, row, passage, words)
    return hits[:limit]


def _passages(connection: Connection, numbers: list[int]) -> dict[int, Row[Any]]:
    found: dict[int, Row[Any]] = {}
    for batch in batches(numbers):
        query = (
            select(t.passage, t.item.c.digest, t.text.c.base)
            .join(t.item, t.item.c.n == t.passage.c.item)
            .join(t.text, t.text.c.n == t.passage.c.text)
            .where(t.passage.c.n.in_(batch))
        )
        found |= {int(row.n): row for row in connection.execute(query)}
    return found


def _words_of(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, str]:
    """The words of these passages; each text is read once, and let go before the next."""
    by_text: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_text.setdefault(row.text, []).append(row)
    found: dict[int, str] = {}
    for text, pieces in by_text.items():
        words = connection.execute(select(t.text.c.words).where(t.text.c.n == text)).scalar_one()
        found |= {row.n: words[row.start - row.base : row.end - row.base] for row in pieces}
    return found


def _claim_hits(
    connection: Connection, visible: Sequence[int], row: Row[Any], passage: str, words: list[str]
) -> list[Hit]:
    """Claims that rest on words inside this passage and hold every word asked for."""
    query = (
        select(t.claim)
        .where(t.claim.c.item == row.item, t.claim.c.compartment.in_(visible))
        .where(t.claim.c.start >= row.start, t.claim.c.end <= row.end)
        .order_by(t.claim.c.start, t.claim.c.end, t.claim.c.id)
    )
    hits = []
    for claim in connection.execute(query):
        quote = passage[claim.start - row.start : claim.end - row.start]
        have = set(_plain_words(quote))
        if all(_plain_word(word) in have for word in words):
            hits.append(Hit(row.digest, "", claim.start, claim.end, quote, "claim", claim.id))
    return hits


def _first(passage: str, words: Iterable[str]) -> int:
    """Where the first of the words stands, as nearly as folding lets us tell; else the beginning."""
    wanted = {_plain_word(word) for word in words}
    for found in _WORD.finditer(passage):
        if _plain_word(folded(found[0]).casefold()) in wanted:
            return found.start()
    return 0


def _plain_words(words: str) -> Iterable[str]:
    return (_plain_word(word.casefold()) for word in _WORD.findall(folded(words)))


def _plain_word(word: str) -> str:
    """A word without the accents that the index leaves out."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
