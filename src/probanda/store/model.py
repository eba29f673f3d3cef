"""What goes into the store and what comes out of it: frozen values that hold no row number.

Start with `Deed` (what a person does) and `ItemRow` (an item as one user is given it).

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from probanda.kernel.digests import random_id


class CustodyEvent(StrEnum):
    """What can happen to an item in somebody's hands (Berkeley Protocol para 167)."""

    RECEIVED = "received"
    MOVED = "moved"
    COPIED = "copied"
    VIEWED = "viewed"
    """A person was given the original bytes."""
    ANALYSED = "analysed"
    EXPORTED = "exported"
    RETURNED = "returned"
    DISPOSED = "disposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something a person decides, before it is recorded. The same id sent twice is one decision."""

    kind: str
    """user, user-key, token, register, acquisition, custody, label, settle, add-claim, identity, protect, output,
    second-reading, model-answer, those of `store.law_deeds`, `store.matrix_deeds`
    and `store.inquiry_deeds`, withdraw."""
    subject: str
    payload: Mapping[str, Any]
    """Plain JSON: no floats, integers below 2^53."""
    reason: str = ""
    over: tuple[str, ...] = ()
    """Ids of the decisions its author saw and replaces."""
    labels: tuple[str, ...] = ()
    """Labels of its own, besides those of the items it cites."""
    sealed: bytes | None = None
    """The protected part: committed to in the leaf, and never written to the log's file copy."""
    id: str = field(default_factory=random_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the stream, as recorded."""

    id: str
    kind: str
    subject: str
    payload: Mapping[str, Any]
    reason: str
    over: tuple[str, ...]
    labels: tuple[str, ...]
    by: str
    at: str
    stands: bool = False
    """True while no other decision replaced it and it was not withdrawn."""
    log: str = ""
    """Id of the log it stands in: which device it was made on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Decisions that stand side by side, since devices that worked apart each made one."""

    kind: str
    """claim, identity, label, protect: what they decide; undone: one was undone there and decided over here; evidence:
    one evidence number for two items."""
    subject: str
    decisions: tuple[Decision, ...]
    agreed: bool
    """True when all say the same: no conflict, but a second person's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """One taking-in of an item."""

    item: str
    number: str
    name: str
    label: str
    received_at: str
    collector: str
    method: str
    tool: str
    source: str | None
    decision: str
    parent: str | None = None
    """Digest of the item it was taken out of."""
    evidence: str | None = None
    """Own evidence number of whoever holds it."""
    acquired_at: str | None = None
    conditions: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item as these eyes may see it. Fields of its text are None or 0 until it was read."""

    digest: str
    size: int
    media_type: str
    number: str
    """The first registration number that these eyes may see; outputs cite it."""
    names: tuple[str, ...]
    """Names of the acquisitions, sorted by bytes; the first is what exports call `doc`."""
    label: str
    compartment: str
    acquisitions: int
    proposed_restricted: str | None = None
    """Why the machine proposes to restrict it; None where it does not or a person has decided the label."""
    text_digest: str | None = None
    """Digest of the text's first part; None when no text was made."""
    read_as: str | None = None
    """Media type the text was read as; it may differ from the one told at registration."""
    language: str | None = None
    language_reason: str | None = None
    encoding: str | None = None
    dated_from: str | None = None
    dated_to: str | None = None
    dated_reason: str | None = None
    title: str | None = None
    publisher: str | None = None
    parts: int = 0
    furniture: int = 0
    passages: int = 0
    length: int = 0
    """Code points of its text, all parts together."""
    unread_reason: str | None = None
    unread_fix: str | None = None
    not_read: str | None = None
    """Why no claims were looked for; None when they were, or reading has not come to it yet."""
    reader: str | None = None
    """Which reader looked for claims; None until one did."""

    machine: str | None = None
    """Why its words are machine text; None where they are the author's own."""
    holds: int = 0
    """Members or attachments it holds."""
    remarks: tuple[tuple[str, str, str], ...] = ()
    """(what, reason, next step) for parts that were not read or not taken out."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the file states of itself (camera, time, place, length), by name; nothing that anybody checked."""
    evidence: tuple[str, ...] = ()
    """Own evidence numbers, in the order they were given."""
    parents: tuple[str, ...] = ()
    """Digests of the items it was taken out of."""
    whole: bool = True
    """True where some taking-in of it was not out of another item."""
    source: str | None = None
    collector: str | None = None
    acquired_at: str | None = None
    conditions: str | None = None
    blake3: str | None = None
    """Other digests of its bytes, in hexadecimal; None where no registration told them."""
    sha1: str | None = None
    md5: str | None = None
    destroyed: str | None = None
    """Id of the decision by which its bytes were destroyed; None while they are here."""

    @property
    def doc(self) -> str:
        """The name that exports use: the first base name."""
        return self.names[0] if self.names else self.number


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person decided of a claim, and whether its words still stand where they stood."""

    claim: str
    verdict: str
    decision: str
    anchor_state: str
    by: str
    at: str
    would_now_read: Mapping[str, Any] | None
    """What the present reader proposes instead, as claim JSON; None where it agrees or proposes nothing."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A person who is to be masked everywhere."""

    mention: str
    words: tuple[str, ...]
    kind: str
    decision: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a search found."""

    item: str
    number: str
    start: int
    end: int
    snippet: str
    kind: str
    """text or claim."""
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An entry as the log's file copy has it, with its place: what is handed over so that others can check it."""

    log: str
    n: int
    entry: Mapping[str, Any]
    salt: str
    """In hexadecimal."""
    leaf: str
    """The leaf's own text, to which the entry under its salt must lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """How far a log is held here."""

    log: str
    own: bool
    """True for the log that this device writes."""
    entries: int
    size: int
    """Entries covered by its last checkpoint; more than `entries` where it is not whole."""
    root: str
    whole: bool
    prefix: str | None
    """Prefix of its registration numbers, as its last settings say."""
    first: str
    """When its first entry here was made."""
    last: str


@dataclass(frozen=True, slots=True)
class Made:
    """One partition of what machines derived: from what, by what, and what came out."""

    stage: str
    key: str
    maker: str
    input: str
    output: str
    rows: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not what was written."""

    what: str
    """item, entry, checkpoint, log, row, claim, partition, database, search, block, seal, settings, key, stamp,
    stray, clock."""
    name: str
    problem: str
    severity: int
    """40: an item altered; 41: log, checkpoint or record altered; 0: a remark, which is no fault."""
