"""Digests, ids and canonical JSON: the same bytes always give the same name."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

Digest = str
"""64 lower-case hexadecimal digits of a SHA-256."""


def sha256(data: bytes) -> Digest:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def words_digest(words: str) -> Digest:
    """The SHA-256 of a text's words in UTF-8 (lone surrogates kept as they are)."""
    return sha256(words.encode("utf-8", "surrogatepass"))


def canonical(value: Any) -> bytes:
    """Canonical JSON after RFC 8785, restricted: no floats, integers below 2^53, ASCII keys, strings as given."""
    _check(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def content_id(*parts: str) -> str:
    """A 128-bit id from content alone (32 hexadecimal digits): equal parts, equal id, on any machine."""
    return sha256(canonical(list(parts)))[:32]


def random_id() -> str:
    """A random 128-bit id (32 hexadecimal digits), for what persons decide."""
    return secrets.token_hex(16)


def _check(value: Any) -> None:
    if value is None or type(value) is str:  # most of what there is
        return
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no floats: keep numbers as integers or text")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        raise TypeError("canonical JSON holds integers below 2^53 only")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise TypeError(f"canonical JSON has ASCII keys only, not {key!r}")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
