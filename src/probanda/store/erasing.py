"""What follows from a decision to destroy: words go out of the entries concerned, bytes out of the vault.

Start with `erase`, which brings the rows into the state that the decisions ask for, however often it is called; then
`to_unlink`, the files that may not stay. The leaves stay, so the tree still verifies: that something was decided, and
when, can be proved for ever, and what it said can be had from nobody here (RECORD sections 3 and 8).

Looks down to: kernel, audit. Used by: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from probanda.audit.keys import PublicKey
from probanda.audit.log import Entry
from probanda.kernel.digests import canonical
from probanda.store import ahead, derived, inquiry_deeds, ledger, matrix_deeds
from probanda.store import tables as t
from probanda.store.codec import from_json, to_json
from probanda.store.common import batches, compartment_names, entry_of, item_n, preserved
from probanda.store.engines import sqlite as engine
from probanda.store.projection import (
    ACCEPTANCE,
    ASSESSED,
    CLASSIFICATION,
    CONTRADICTION,
    DESTROY_ITEM,
    DESTROY_WORDS,
    DESTROYED,
    FINDING,
    GRADE,
    LAW_NOTE,
    LAW_PACK,
    LEGAL_FACT,
    OFFICIAL_COPY,
    ON_LAW,
    PRESERVING,
    RETRACTION,
    SECOND_READING,
    SHEET_PART,
    THRESHOLD,
    preserved_by,
)

WITH_CUSTODY = "with_custody"
"""In the payload of `destroy-item`: also the words of registrations, custody lines and what was found out later."""
SIGNED = "signed"
_QUOTING = (
    *PRESERVING, "protect", LEGAL_FACT, GRADE, SHEET_PART, FINDING, RETRACTION, CONTRADICTION, *matrix_deeds.KINDS,
    *inquiry_deeds.KINDS,
)  # fmt: skip
_HANDLING = ("register", "custody", "acquisition")
_KEPT = {
    "register": ("number", "size", "media_type", "label", "received_at", "blake3", "sha1", "md5", "parent"),
    "custody": ("what", "at"),
    "acquisition": ("of",),
    "label": ("label",),
    "settle": ("verdict",),
    "add-claim": (),
    SECOND_READING: ("of", "verdict"),
    "identity": ("kind", "left", "right", "verdict"),
    "protect": ("kind",),
    LEGAL_FACT: ("part",),
    "model-answer": ("model", "host"),
    GRADE: (ASSESSED, "scale", "grade"),
    SHEET_PART: (ASSESSED, "part"),
    FINDING: (ASSESSED, "finds"),
    RETRACTION: (ASSESSED, "what"),
    CONTRADICTION: ("a", "b", "mark"),
    CLASSIFICATION: ("place", "date_from", "date_to", "type"),
    ACCEPTANCE: ("state", "amendment", "on"),
    THRESHOLD: ("bar", "side"),
    LAW_NOTE: ("entry", "element"),
    OFFICIAL_COPY: ("item",),
    LAW_PACK: ("name", "version", "digest"),
    "output": ("kind", "digest", "manifest"),
    "withdraw": (),
    **matrix_deeds.KEPT,
    **inquiry_deeds.KEPT,
}
"""What stays of a payload: what the record needs to stand, and none of which is a person's words."""
_EMPTY = {"name": "(words destroyed)", "method": "", "tool": "", "collector": "", "source": None}


def may_be_erased(kind: str) -> bool:
    """True for kinds of decisions whose words can be destroyed; users, keys, settings and joins hold none."""
    return kind in _KEPT


def erase(connection: Connection) -> tuple[list[Entry], set[str]]:
    """Take the words out of every entry that a decision to destroy speaks of, and what was derived from the items.

    Gives the entries changed, as they are now, and the digests of what was preserved because of them.
    """
    changed: list[Entry] = []
    texts: set[str] = set()
    for row in connection.execute(select(t.decision).where(t.decision.c.kind == DESTROY_WORDS)).all():
        found = connection.execute(select(t.decision).where(t.decision.c.id == row.subject)).all()
        blanked = _blank(connection, found, row.id, texts)
        if any(one.kind in ON_LAW for one in blanked):  # a layout quotes reasons and notes
            _drop_layouts(connection)
        changed += blanked
    for row in connection.execute(select(t.decision).where(t.decision.c.kind == DESTROY_ITEM)).all():
        kinds = (*_QUOTING, *(_HANDLING if from_json(row.payload).get(WITH_CUSTODY) else ()))
        ids = select(t.cite.c.decision).where(t.cite.c.item == row.subject)
        found = connection.execute(
            select(t.decision).where(t.decision.c.id.in_(ids) | (t.decision.c.subject == row.subject))
        ).all()
        theirs = [
            one for one in found
            if one.kind in kinds and _goes_with(one.kind, from_json(one.payload), row.subject)
        ]  # fmt: skip
        changed += _blank(connection, theirs, row.id, texts)
        _drop_derived(connection, row.subject)
    return changed, texts


def to_unlink(connection: Connection, digests: Iterable[str]) -> list[str]:
    """Of these digests, those whose bytes may not stay: of destroyed items, and of what no decision preserves now."""
    wanted = sorted(set(digests))
    gone = {
        str(one)
        for one in connection.execute(select(t.decision.c.subject).where(t.decision.c.kind == DESTROY_ITEM)).scalars()
    }
    registered: set[str] = set()
    for batch in batches(wanted):
        query = select(t.acquisition.c.item).where(t.acquisition.c.item.in_(batch))
        registered.update(connection.execute(query).scalars())
    kept = preserved(connection)
    return [one for one in wanted if one in gone or (one not in registered and one not in kept)]


def is_rightly_erased(entry: Entry, by: Mapping[str, Entry]) -> bool:
    """True where a decision to destroy that is in the log speaks of this entry; `by`: entries by id."""
    decision = by.get(str(entry.payload[DESTROYED]))
    if decision is None:
        return False
    if decision.kind == DESTROY_WORDS:
        return decision.subject == entry.id
    kinds = (*_QUOTING, *(_HANDLING if decision.payload.get(WITH_CUSTODY) else ()))
    about = (*entry.payload.get("items", ()), entry.subject)  # type: ignore[misc]
    return decision.kind == DESTROY_ITEM and entry.kind in kinds and decision.subject in about


def signed_words(case: str, by: str, kind: str, subject: str, told: Mapping[str, Any], reason: str) -> bytes:
    """What a user signs: case, user, kind, subject, what was said and why, in canonical JSON."""
    said = {key: value for key, value in told.items() if key not in (SIGNED, "items", matrix_deeds.OWN)}
    return canonical({"by": by, "case": case, "kind": kind, "reason": reason, "said": said, "subject": subject})


def is_signed(entry: Entry, keys: Iterable[PublicKey]) -> bool:
    """True where one of these keys of its author signed this request or decision to destroy.

    A key's name says in which case it was made, and so what was signed.
    """
    try:
        signature = bytes.fromhex(str(entry.payload[SIGNED]))
    except (KeyError, ValueError):
        return False
    for key in keys:
        _, case, *_ = [*key.name.split("/"), ""]
        if key.verifies(
            signature, signed_words(case, entry.by, entry.kind, entry.subject, entry.payload, entry.reason)
        ):
            return True
    return False


def _blank(connection: Connection, rows: Sequence[Any], decision: str, texts: set[str]) -> list[Entry]:
    found = []
    for row in rows:
        if not row.salt or not may_be_erased(row.kind):
            continue
        told = from_json(row.payload)
        texts.update(preserved_by(row.kind, told))
        left = {key: told[key] for key in (*_KEPT[row.kind], "items", matrix_deeds.OWN) if key in told} | {
            DESTROYED: decision
        }
        if row.kind == "register":
            left |= _EMPTY
        if row.kind == "acquisition":
            left["stated"] = {}
        words = {"payload": to_json(left), "reason": "", "salt": b"", "sealed": b"", "sealed_salt": b""}
        connection.execute(update(t.decision).where(t.decision.c.id == row.id).values(**words))
        found.append(entry_of(connection.execute(select(t.decision).where(t.decision.c.id == row.id)).one()))
    return found


def _goes_with(kind: str, payload: Mapping[str, Any], item: str) -> bool:
    return matrix_deeds.goes_with(kind, payload, item) and inquiry_deeds.goes_with(kind, payload, item)


def _drop_layouts(connection: Connection) -> None:
    """Take away all layouts, in every sight; `matrix` makes them anew."""
    for table in (t.suggestion, t.cell):
        connection.execute(delete(table))
    ahead.reweigh(connection)
    connection.execute(delete(t.made).where(t.made.c.stage == ledger.SUGGESTIONS))


def _drop_derived(connection: Connection, digest: str) -> None:
    """Take away all that was read out of an item, and what was gathered in any sight, which may quote it."""
    item = item_n(connection, digest)
    if item is None or not derived.has_any(connection, item):
        return
    derived.drop(connection, item)
    for table in (t.actor, t.incident, t.origin, t.membership, t.link, t.suggestion, t.cell):
        connection.execute(delete(table))
    ahead.clear(connection)
    stages = (ledger.CONSOLIDATION, ledger.SUGGESTIONS)
    connection.execute(delete(t.made).where(t.made.c.stage.in_(stages)))
    for compartment in compartment_names(connection):
        engine.purge(connection, compartment)
