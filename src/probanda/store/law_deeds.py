"""What decisions on the law need to be true: classification, acceptance, threshold, note, user's copy, pack.

Start with `prepared`. None of them is about an item, but a copy of the official text that was
taken in as one.

Looks down to: kernel, access, audit. Used by: store (deeds).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from probanda.access.eyes import Eyes
from probanda.audit.log import Entry
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.store import tables as t
from probanda.store.door import seen
from probanda.store.projection import ACCEPTANCE, CLASSIFICATION, LAW_NOTE, LAW_PACK, OFFICIAL_COPY, THRESHOLD

Keep = Callable[[bytes], str]
"""Preserves bytes; gives their digest."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    CLASSIFICATION: ("place", "date_from", "date_to", "type"),
    ACCEPTANCE: ("state", "amendment", "on"),
    THRESHOLD: ("bar", "side"),
    LAW_NOTE: ("entry", "element", "text", "citation", "court", "date"),
    OFFICIAL_COPY: ("name", "words", "item", "matched"),
    LAW_PACK: ("name", "version", "digest", "words", "laid_out"),
}
REASONED = (CLASSIFICATION, ACCEPTANCE, THRESHOLD)
"""Kinds that decide which crimes are offered, and so need a reason."""


def prepared(connection: Connection, keep: Keep, eyes: Eyes, entry: Entry) -> Entry:
    """The entry with its words preserved in the vault, and the items it cites. Raises WrongUsage, NotFound."""
    if missing := [key for key in NEEDED[entry.kind] if key not in entry.payload]:
        raise WrongUsage(
            f"A decision of kind {entry.kind} lacks {', '.join(missing)}.", "Give these fields and send it again."
        )
    if entry.kind in REASONED and not entry.reason.strip():
        raise WrongUsage("Such a decision needs a reason.", "Say what it rests on: --reason 'a treaty of 3 May'.")
    told: dict[str, Any] = {key: value for key, value in entry.payload.items() if key != "words"}
    if "words" in entry.payload:
        told["text"] = keep(str(entry.payload["words"]).encode("utf-8", _escaped(entry)))
    if item := told.get("item"):
        _see(connection, eyes, str(item))
        told["items"] = [item]
    return replace(entry, payload=told)


def _escaped(entry: Entry) -> str:
    """A file's bytes come back as they were, those that are no UTF-8 too; a text keeps its half surrogates."""
    return "surrogatepass" if entry.payload.get("item") else "surrogateescape"


def _see(connection: Connection, eyes: Eyes, digest: str) -> None:
    if connection.execute(seen(connection, eyes, t.item).where(t.item.c.digest == digest)).first() is None:
        raise NotFound("item", digest[:12], "probanda items")
