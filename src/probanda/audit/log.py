"""Entries of the log, and the leaves that commit to them without showing a word of them.

Pure: entries and salts in, bytes and verdicts out. Read `Entry` first, then `make_leaf`, then
`opens`, which is all that a reader needs to check one entry against its leaf (RECORD section 3).

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from probanda.kernel.digests import canonical

LEAF_VERSION = 1
SALT_BYTES = 32
"""Length of a salt, for an entry and for its protected part alike."""
LEAF_MARK = b"\x00"
"""Stands before a leaf when it is hashed, so that no leaf can pass for a node (RFC 6962, section 2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision as the log keeps it: who decided what about which subject, why, and over what."""

    id: str
    """Random id, made by the face, so that the same deed sent twice is one decision."""
    kind: str
    subject: str
    over: tuple[str, ...]
    """Ids of the decisions that this one replaces."""
    seen: tuple[tuple[str, int], ...]
    """(log, size) of the other logs that its author had seen."""
    by: str
    """Random id of the user; never a name."""
    reason: str
    payload: Mapping[str, object]
    labels: tuple[str, ...]
    """The labels of its compartment."""
    at: str
    """UTC time such as `2026-11-21T09:12:03.120Z`. It stands in the leaf, so it is not committed to a second time."""

    def canonical(self) -> bytes:
        """The bytes that the leaf commits to: canonical JSON of every field but `at`.

        Raises TypeError when the payload holds what canonical JSON cannot (a float, an integer of
        2^53 or more, a key that is not ASCII).
        """
        return canonical(
            {
                "id": self.id,
                "kind": self.kind,
                "subject": self.subject,
                "over": list(self.over),
                "seen": [list(pair) for pair in self.seen],
                "by": self.by,
                "reason": self.reason,
                "payload": _plain(self.payload),
                "labels": list(self.labels),
            }
        )


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the tree holds of an entry."""

    body: bytes
    """Canonical JSON with the keys at, entry, log, n, sealed and v."""
    hash: str
    """SHA-256 of 0x00 and the body, in hexadecimal."""


def make_leaf(entry: Entry, *, log: str, n: int, salt: bytes, sealed: bytes = b"", sealed_salt: bytes) -> Leaf:
    """The leaf of an entry at place `n` of `log`: two commitments, a time and a place, and nothing else.

    `sealed` is the protected part (a witness's name, say), or nothing: a leaf with a protected part
    looks like one without. Both salts are 32 random bytes and differ. Raises ValueError otherwise.
    """
    if len(salt) != SALT_BYTES or len(sealed_salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)} and {len(sealed_salt)}")
    if salt == sealed_salt:
        raise ValueError("an entry and its protected part need two different salts")
    if n < 0:
        raise ValueError(f"a place in a log is not negative: {n}")
    body = canonical(
        {
            "at": entry.at,
            "entry": commitment(salt, entry.canonical()),
            "log": log,
            "n": n,
            "sealed": commitment(sealed_salt, sealed),
            "v": LEAF_VERSION,
        }
    )
    return Leaf(body, leaf_hash(body))


def leaf_hash(body: bytes) -> str:
    """The hash under which a leaf's bytes stand in the tree, in hexadecimal."""
    return hashlib.sha256(LEAF_MARK + body).hexdigest()


def commitment(salt: bytes, words: bytes) -> str:
    """HMAC-SHA256 of the words under the salt: tells nothing of them until both are handed over."""
    return hmac.digest(salt, words, "sha256").hex()


def opens(leaf_body: bytes, entry: Entry, salt: bytes) -> bool:
    """True when this entry, with this salt, is what the leaf committed to, and its time is the leaf's."""
    leaf = _read(leaf_body)
    return leaf.get("at") == entry.at and _agrees(leaf.get("entry"), commitment(salt, entry.canonical()))


def stands_at(leaf_body: bytes, log: str, n: int, at: str) -> bool:
    """True when the leaf names this log, place and time: all that can be told where the words are not to be had."""
    leaf = _read(leaf_body)
    return (leaf.get("log"), leaf.get("n"), leaf.get("at")) == (log, n, at)


def opens_sealed(leaf_body: bytes, sealed: bytes, sealed_salt: bytes) -> bool:
    """True when this protected part, with its salt, is what the leaf committed to."""
    return _agrees(_read(leaf_body).get("sealed"), commitment(sealed_salt, sealed))


def _read(leaf_body: bytes) -> dict[str, Any]:
    """The fields of a leaf, or none when the bytes are not exactly a leaf of this version."""
    try:
        leaf = json.loads(leaf_body.decode("utf-8", "surrogatepass"))
        whole = isinstance(leaf, dict) and leaf.get("v") == LEAF_VERSION and canonical(leaf) == leaf_body
    except (ValueError, TypeError, RecursionError):
        return {}
    return leaf if whole else {}


def _agrees(stated: object, found: str) -> bool:
    return isinstance(stated, str) and hmac.compare_digest(stated.encode("utf-8", "surrogatepass"), found.encode())


def _plain(value: object) -> object:
    """Mappings and sequences as plain dicts and lists, so that a frozen payload gives the same bytes."""
    if value is None or isinstance(value, str):  # most of what there is
        return value
    if isinstance(value, Mapping):
        return {key: inner if type(inner) is str else _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
