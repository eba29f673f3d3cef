"""Digests, ids and canonical JSON: the same bytes always give the same name."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
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
    return _written(value).encode("utf-8", "surrogatepass")


def canonical_object(parts: Mapping[str, bytes]) -> bytes:
    """Canonical JSON of an object whose values are canonical JSON already; its keys are names without marks."""
    return b"{%b}" % b",".join(b'"%b":%b' % (key.encode("ascii"), parts[key]) for key in sorted(parts))


def content_id(*parts: str) -> str:
    """A 128-bit id from content alone (32 hexadecimal digits): equal parts, equal id, on any machine."""
    written = f"[{','.join(map(_string, parts))}]"  # as `canonical` has it, without a writer made anew for each id
    return sha256(written.encode("utf-8", "surrogatepass"))[:32]


def random_id() -> str:
    """A random 128-bit id (32 hexadecimal digits), for what persons decide."""
    return secrets.token_hex(16)


_string: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _check(value: Any) -> None:
    inside: Iterable[Any] = ()
    if isinstance(value, dict):
        _check_keys(value)
        inside = value.values()
    elif isinstance(value, list | tuple):
        inside = value
    elif isinstance(value, float):
        raise TypeError("canonical JSON holds no floats: keep numbers as integers or text")
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        raise TypeError("canonical JSON holds integers below 2^53 only")
    for inner in inside:
        if inner is not None and type(inner) is not str:  # most of what there is needs no look
            _check(inner)


def _check_keys(value: dict[Any, Any]) -> None:
    if set(map(type, value)) == {str} and "".join(value).isascii():  # nearly always: one look at all of them
        return
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise TypeError(f"canonical JSON has ASCII keys only, not {key!r}")
