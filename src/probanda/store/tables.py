"""The tables of the record (RECORD section 1), the same on every engine.

D decided, J projected from decisions, V derived by machine. What looks at one item carries its
`compartment`; what looks at several carries a `sight`. `n` joins rows on this machine and never
leaves the store. Nothing outside `store` imports this file.

Looks down to: kernel. Used by: store.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy import text as text_of

metadata = MetaData()

DENIES = "(polarity = 'negative' OR modality = 'denied')"
"""Claims that say that something did not happen; in these words, so that the database takes the index for it."""
ESCAPED = "\ufdd0"
"""A code point that is no character: stands before words that hold half surrogates and were written as JSON."""


class Words(TypeDecorator[str]):
    """Text as given, also file names that are not UTF-8 (their half surrogates cannot be stored as they are)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Escape what the database would refuse."""
        if value is None or (not value.startswith(ESCAPED) and _storable(value)):
            return value
        return ESCAPED + json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The words as they were given."""
        return str(json.loads(value[1:])) if value is not None and value.startswith(ESCAPED) else value


def _storable(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _key() -> Column[int]:
    return Column("n", Integer, primary_key=True)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _words(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Words, nullable=null)


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


# The names of compartments in use, each a rule "any of these sets of labels": `open`, `restricted`,
# `lead-only+witness`, or several joined by `/`.
compartment = Table("compartment", metadata, _key(), Column("name", Words, nullable=False, unique=True))

# --- D: decided, for ever -------------------------------------------------------------------------

decision = Table(
    "decision",
    metadata,
    _text("log"),
    _int("n"),
    Column("place", Integer, nullable=False, server_default="0"),  # in the order over all logs: see common.Ranks
    Column("id", Text, nullable=False, unique=True),
    _text("at"),
    _text("by"),
    _text("kind"),
    _text("subject"),
    _text("over"),
    _text("seen"),
    _words("reason"),
    _text("payload"),
    _text("labels"),
    _int("compartment"),  # follows the items it cites; the labels it was made with stand in `labels`
    Column("salt", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_salt", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    _text("leaf_hash"),
    PrimaryKeyConstraint("log", "n"),
    Index("decision_subject", "subject", "kind"),
    Index("decision_drawn", "kind", "leaf_hash"),
    Index("decision_place", "place"),
)
checkpoint = Table(
    "checkpoint",
    metadata,
    _text("log"),
    _int("size"),
    _text("root"),
    _text("edge"),
    _text("note", null=True),  # as this device signed it; null where no note was due
    PrimaryKeyConstraint("log", "size"),
)

# How an entry of a log that is not whole here leads to a signed checkpoint; none for a log that is.
proof = Table(
    "proof",
    metadata,
    _text("log"),
    _int("n"),
    _int("size"),
    _text("path"),
    PrimaryKeyConstraint("log", "n"),
)

# --- J: current state, projected from decisions ---------------------------------------------------

standing = Table(
    "standing",
    metadata,
    _text("subject"),
    _text("decision"),
    _text("kind"),
    _int("compartment"),
    PrimaryKeyConstraint("subject", "decision"),
    Index("standing_kind", "kind"),
)
cite = Table(
    "cite",
    metadata,
    _text("decision"),
    _text("item"),
    _int("compartment"),
    PrimaryKeyConstraint("decision", "item"),
    Index("cite_item", "item"),
)
series = Table("series", metadata, Column("prefix", Text, primary_key=True), _int("last"))
item = Table(
    "item",
    metadata,
    _key(),
    Column("digest", Text, nullable=False, unique=True),
    _int("size"),
    _text("media_type"),
    _words("label", null=True),  # as decided after registration; null while nobody did
    _text("blake3", null=True),  # other digests of the same bytes; null where no registration told them
    _text("sha1", null=True),
    _text("md5", null=True),
    _text("destroyed", null=True),  # the decision by which its bytes were destroyed
    _int("compartment"),
)
acquisition = Table(
    "acquisition",
    metadata,
    Column("decision", Text, primary_key=True),
    Column("item", Text, nullable=False, index=True),
    _text("number"),  # two devices may have given the same one
    _int("place"),  # place of the decision over all logs: acquisitions are told in that order
    _words("name"),
    _words("label"),
    _text("received_at"),
    _words("collector"),
    _words("method"),
    _words("tool"),
    _words("source", null=True),
    _text("parent", null=True),  # digest of the item it was taken out of; null where it came by itself
    _words("evidence", null=True),  # own evidence number of whoever holds it
    _words("acquired_at", null=True),
    _text("language", null=True),  # as a person said, ISO 639-1
    _words("conditions", null=True),
    _int("compartment"),
    Index("acquisition_number", "number"),
    Index("acquisition_parent", "parent"),
    Index("acquisition_evidence", "evidence"),
)
identity = Table(
    "identity",
    metadata,
    _text("kind"),
    _text("left"),
    _text("right"),
    _text("decision"),
    _text("verdict"),
    _int("compartment"),
    PrimaryKeyConstraint("kind", "left", "right", "decision"),
    Index("identity_left", "left"),
)
settled = Table(
    "settled",
    metadata,
    _text("claim"),
    _text("decision"),
    Column("item", Text, nullable=False, index=True),
    _text("verdict"),
    _text("body"),
    _text("anchor"),
    _text("act_anchor", null=True),
    _text("by"),
    _text("at"),
    _int("compartment"),
    PrimaryKeyConstraint("claim", "decision"),
)
protected = Table(
    "protected",
    metadata,
    _text("mention"),
    _text("decision"),
    _text("kind"),
    _text("words"),
    _int("compartment"),
    PrimaryKeyConstraint("mention", "decision"),
)

# --- V: derived by machine ------------------------------------------------------------------------

text = Table(
    "text",
    metadata,
    _key(),
    _int("item"),
    _int("part"),
    _text("digest", null=True),  # null where the item could not be read: then `about` says why
    _int("base"),
    _int("length"),
    _words("words"),
    _text("restricted", null=True),
    _text("about"),
    _text("places", null=True),  # where the words stand: runs of bytes, pages, boxes, cells
    _int("compartment"),
    UniqueConstraint("item", "part"),
    Index("text_compartment", "compartment", "item"),
)
passage = Table(
    "passage",
    metadata,
    _key(),
    _int("text"),
    _int("item"),
    _int("start"),  # in the item's whole text, as everywhere outside `text.about`
    _int("end"),
    _text("role"),
    _int("paragraph"),
    _text("reason"),
    _int("compartment"),
    Index("passage_place", "item", "start"),
    Index("passage_text", "text"),
)
remark = Table(
    "remark",
    metadata,
    _int("item"),
    _text("stage"),  # text, members: which stage said so
    _int("position"),
    _words("what"),
    _words("reason"),
    _words("fix"),
    _int("compartment"),
    PrimaryKeyConstraint("item", "stage", "position"),
)
recognised = Table(
    "recognised",
    metadata,
    _int("item"),
    _int("page"),
    _text("maker"),
    _text("body"),  # words with their boxes, as `reading.recognition.plain` gives them
    _int("compartment"),
    PrimaryKeyConstraint("item", "page"),
)
reading = Table(
    "reading",
    metadata,
    Column("item", Integer, primary_key=True, autoincrement=False),
    _text("reader"),
    _text("not_read", null=True),
    _int("compartment"),
)
mention = Table(
    "mention",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    _int("item"),
    _int("start"),
    _int("end"),
    _words("words"),
    _text("kind"),
    _words("folded"),
    _words("title", null=True),
    _text("same_as", null=True),
    _int("compartment"),
    Index("mention_place", "item", "start"),
)
claim = Table(
    "claim",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    _int("item"),
    _int("start"),
    _int("end"),
    _text("family"),
    _text("act_type"),
    _text("modality"),
    _text("polarity"),
    _int("day_from", null=True),
    _int("day_to", null=True),
    _words("place", null=True),
    _text("status"),
    _text("decision", null=True),
    _text("anchor_state", null=True),
    _text("reader"),
    _text("body"),
    _text("proposal", null=True),  # what the present reader proposes, whatever a person settled
    _int("compartment"),
    Index("claim_place", "item", "start"),
    Index("claim_queue", "status", "act_type", "day_from", "n", "compartment"),
    Index("claim_days", "place", "day_from", "day_to"),
    Index("claim_waiting", "family", "status", "item", "start", "compartment"),
    Index("claim_denial", "status", "item", "start", sqlite_where=literal_column(DENIES)),
)
party = Table(
    "party",
    metadata,
    _int("claim"),
    _text("role"),
    _int("position"),
    _words("words"),
    _text("mention", null=True),
    _text("involvement", null=True),
    _int("compartment"),
    PrimaryKeyConstraint("claim", "role", "position"),
    Index("party_mention", "mention", "role", "claim"),
)
actor = Table(
    "actor",
    metadata,
    _key(),
    _text("id"),
    _text("sight"),
    _words("name"),
    _text("kind"),
    _text("body"),
    UniqueConstraint("sight", "id"),
)
incident = Table(
    "incident",
    metadata,
    _key(),
    _text("id"),
    _text("sight"),
    _words("title"),
    _text("act_type"),
    _int("day_from", null=True),
    _int("day_to", null=True),
    _text("body"),
    UniqueConstraint("sight", "id"),
)
origin = Table(
    "origin",
    metadata,
    _key(),
    _text("id"),
    _text("sight"),
    _text("kind"),
    _text("body"),
    UniqueConstraint("sight", "id"),
)
membership = Table(
    "membership",
    metadata,
    _text("kind"),  # mention in actor, claim in incident, claim in origin, item in origin
    _text("sight"),
    _text("node"),
    _text("grp"),
    _words("reason"),
    PrimaryKeyConstraint("kind", "sight", "node", "grp"),
    Index("membership_group", "kind", "sight", "grp", "node"),
)
link = Table(
    "link",
    metadata,
    _text("kind"),  # contradicts-number and the like
    _text("sight"),
    _text("a"),
    _text("b"),
    _text("id"),
    _words("reason"),
    PrimaryKeyConstraint("kind", "sight", "id"),
    Index("link_a", "sight", "a"),
    Index("link_b", "sight", "b"),
)
suggestion = Table(
    "suggestion",
    metadata,
    _key(),
    _text("id"),
    _text("sight"),
    _int("position"),
    _text("actor"),
    _text("crime"),
    _text("mode"),
    _text("body"),
    UniqueConstraint("sight", "id"),
)
cell = Table(
    "cell",
    metadata,
    _text("sight"),
    _text("suggestion"),
    _text("part"),
    _int("element"),
    _text("status"),
    PrimaryKeyConstraint("sight", "suggestion", "part", "element"),
)
made = Table(
    "made",
    metadata,
    _text("stage"),
    _text("key"),
    _text("maker"),
    _text("input"),
    _text("output"),
    _int("rows"),
    PrimaryKeyConstraint("stage", "key"),
)

# --- worked out ahead: what lists are ordered and found by ------------------------------------------

# One line of the list of actors or incidents, as it is shown.
line = Table(
    "line",
    metadata,
    _text("sight"),
    _text("list"),  # actor, incident
    _words("place"),  # in the order of the list; then by id
    _text("id"),
    _text("kind"),
    _words("forms"),  # folded, one below the other: searched for letters
    _text("told"),
    PrimaryKeyConstraint("sight", "list", "place", "id"),
    Index("line_id", "sight", "list", "id"),
    Index("line_kind", "sight", "list", "kind", "place", "id"),
)
form = Table(
    "form",
    metadata,
    _text("sight"),
    _words("form"),  # of an actor's name, folded
    _text("actor"),
    PrimaryKeyConstraint("sight", "form", "actor"),
)
# What cells and contradictions make of a claim, within one sight: the order of the review queue.
bearing = Table(
    "bearing",
    metadata,
    _text("sight"),
    _text("claim"),
    _int("against"),  # cells that it speaks against
    _int("supporting"),  # cells that it speaks for
    _int("opposed"),  # 1 where it contradicts another
    _int("state"),  # WAITS, SETTLED or GONE: follows the claim
    _int("item"),  # item and place of the claim, for the order of the texts
    _int("start"),
    PrimaryKeyConstraint("sight", "claim"),
    Index("bearing_against", "sight", "state", "against", "item", "start"),
    Index("bearing_opposed", "sight", "state", "opposed", "item", "start"),
    Index("bearing_supporting", "sight", "state", "supporting", "item", "start"),
    Index("bearing_claim", "claim"),
)
WAITS, SETTLED, GONE = 0, 1, 2
# Which decisions on what is the same a gathering followed: how many stood, and the place of the newest.
followed = Table("followed", metadata, Column("sight", Text, primary_key=True), _int("standing"), _int("newest"))
# --- tallies: by what the list of items is narrowed, and how many items and claims there are of each -----------

_FACETS = ("kind", "language", "label", "reading", "review", "year")
"""See `tallies.Facets`. An empty value: not known."""
_COUNTS = ("proposed", "checked", "corrected", "rejected", "unsure")
"""Claims of acts by status."""
_WALLS = ("compartment", "of_item", "of_text")
"""Who is to see all three sees the row: that of the taking-in, that of the item, that of its text."""

# One row for each item; several where it was taken in behind several walls, of which one user sees one.
listed = Table(
    "listed",
    metadata,
    _int("item"),
    _int("place"),  # of the first taking-in within these walls, over all logs
    _int("several"),  # 1 where the item has several rows; such rows are in no tally
    *(_text(name) for name in _FACETS),
    *(_int(name) for name in _COUNTS),
    *(_int(name) for name in _WALLS),
    PrimaryKeyConstraint("item", "compartment"),
    Index("listed_place", "place"),
    Index("listed_several", "several", sqlite_where=text_of("several = 1")),
)
tally = Table(
    "tally",
    metadata,
    *(_text(name) for name in _FACETS),
    *(_int(name) for name in _WALLS),
    _int("held"),  # items
    *(_int(name) for name in _COUNTS),
    PrimaryKeyConstraint(*_FACETS, *_WALLS),
)

TALLIED = (listed, tally)
"""Follow from J and V: filled anew by `rebuild`, compared with a fresh count by `verify`."""

PROJECTED = (cite, standing, item, acquisition, series, identity, settled, protected)
"""J, all of them: emptied by `rebuild`, compared with a fresh projection by `verify`."""

DERIVED = (
    text, passage, remark, recognised, reading, mention, claim, party, actor, incident, origin, membership, link,
    suggestion, cell, made,
)  # fmt: skip
"""V, all of them: emptied by `rebuild`."""

AHEAD = (line, form, bearing, followed)
"""Worked out of V, and made anew with it; in no dump."""

OF_ITEM = (text, passage, remark, recognised, reading, mention, claim)
"""V of one item: these rows take its compartment (and `party` that of its claim)."""
