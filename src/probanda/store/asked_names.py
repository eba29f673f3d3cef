"""Whose name the words of a search are: actors and places one of whose written forms holds them.

Start with `bearers`. The words are looked for in the full text, the names that stand at the newest of those places are
followed to their actors; whoever has just these words as a form of the name is found by it. So nothing is read but what
lies near the words, and nothing but what these eyes see.

Looks down to: query, names, kernel, access. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Connection, select, type_coerce

from probanda.access.eyes import Eyes
from probanda.kernel.vocabulary import MentionKind
from probanda.names.folding import fold
from probanda.store import tables as t
from probanda.store.common import batches
from probanda.store.door import seen, visible
from probanda.store.engines import sqlite as engine
from probanda.store.query import Phrase, Query, match_of, words_of

LOOKED_AT = 200
"""Newest places with the words at which names are looked for."""
_ARTICLES = frozenset({"the", "al", "el", "la", "le", "les", "l", "an", "ar", "as", "at"})


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor or place that bears a name."""

    id: str
    kind: str
    name: str
    form: str
    """The written form that holds the words asked for."""
    whole: bool
    """The words are that form, and not a part of it."""
    variants: tuple[str, ...]
    """Every form written, most frequent first."""


def bearers(connection: Connection, eyes: Eyes, phrase: Phrase) -> list[Bearer]:
    """Actors and places of which one form holds these words: those that bear them whole first, then by name."""
    found: dict[str, tuple[bool, str]] = {}
    mentions = _mentions(connection, eyes, phrase)
    for batch in batches(sorted(mentions)):
        group = t.membership.c
        query = select(group.node, group.grp).where(
            group.kind == "mention-in-actor", group.sight == eyes.sight, group.node.in_(batch)
        )
        for node, actor in connection.execute(query):
            words = mentions[node]
            form = (_bare(words_of(words)) == _bare(phrase.words) and not phrase.begins, words)
            found[actor] = max(found.get(actor, form), form, key=lambda one: (one[0], -len(one[1]), one[1]))
    if not phrase.begins:  # whoever has just this form, wherever it stands
        same = seen(connection, eyes, t.form).where(t.form.c.form == fold(" ".join(phrase.words)))
        for actor in connection.execute(same.with_only_columns(t.form.c.actor)).scalars():
            found[actor] = (True, found[actor][1]) if actor in found else (True, "")
    told = [_bearer(row, *found[row.id]) for row in _actors(connection, eyes, sorted(found))]
    return sorted(told, key=lambda one: (not one.whole, one.name.casefold(), one.id))


def _mentions(connection: Connection, eyes: Eyes, phrase: Phrase) -> dict[str, str]:
    """Names that hold these words, by their mentions' ids."""
    match = match_of(Query((((phrase,),),)))
    compartments = [n for n in sorted(visible(connection, eyes)) if engine.has_search(connection, n)]
    places: list[int] = []
    for compartment in compartments if match else ():
        places += engine.newest(connection, compartment, match or "", LOOKED_AT)
    found: dict[str, str] = {}
    for batch in batches(sorted(places, reverse=True)[:LOOKED_AT]):
        query = (
            select(t.mention.c.id, t.mention.c.words)
            .join(t.passage, t.passage.c.item == t.mention.c.item)
            .where(t.passage.c.n.in_(batch), t.mention.c.compartment.in_(compartments))
            .where(t.mention.c.start >= t.passage.c.start, t.mention.c.start < t.passage.c.end)
            .where(t.mention.c.kind != MentionKind.GROUP.value)
        )
        named = ((id_, words) for id_, words in connection.execute(query))
        found |= {id_: words for id_, words in named if next(phrase.at(words_of(words)), None) is not None}
    return found


def _actors(connection: Connection, eyes: Eyes, ids: Sequence[str]) -> Iterable[Any]:
    """Id, kind, name and written forms, without the thousands of places where a name may stand."""
    forms = type_coerce(t.actor.c.body, JSON)["variants"].label("forms")
    for batch in batches(ids):
        query = seen(connection, eyes, t.actor).where(t.actor.c.id.in_(batch))
        query = query.where(t.actor.c.kind != MentionKind.GROUP.value)
        yield from connection.execute(query.with_only_columns(t.actor.c.id, t.actor.c.kind, t.actor.c.name, forms))


def _bearer(row: Any, whole: bool, form: str) -> Bearer:
    return Bearer(row.id, row.kind, row.name, form or row.name, whole, tuple(row.forms or ()))


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without the article in front: the Northern Brigade, Northern Brigade."""
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
