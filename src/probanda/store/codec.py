"""Frozen dataclasses as plain JSON and back, by their own type hints; and JSON as it lies in a column.

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from probanda.kernel.digests import canonical

T = TypeVar("T")


def plain(value: Any) -> Any:
    """A value made of dataclasses, enums, tuples and mappings as plain dicts, lists and strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def formed(cls: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that `plain` took apart. Keys it does not know are left out, absent ones take their defaults."""
    hints = _hints(cls)  # type: ignore[arg-type]
    return cls(**{name: _formed(hint, data[name]) for name, hint in hints.items() if name in data})


def to_json(value: Any) -> str:
    """JSON for a column: sorted keys, ASCII alone, so that any string (half surrogates too) can be kept."""
    return _written(value)


def canonical_of(words: str) -> bytes:
    """The canonical JSON of what `to_json` wrote: the same letters where none of them had to be escaped."""
    return words.encode("ascii") if words.isascii() and "\\" not in words else canonical(from_json(words))


def from_json(words: str | None) -> Any:
    """What `to_json` wrote; None stays None."""
    return None if words is None else json.loads(words)


def _apart(value: Any) -> Any:
    """What JSON does not know by itself, as plain values."""
    found = plain(value)
    if found is value:
        raise TypeError(f"{type(value).__name__} cannot be kept as JSON")
    return found


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, default=_apart).encode


@functools.cache
def _hints(cls: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}


def _formed(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [arm for arm in typing.get_args(hint) if arm is not type(None)]
        return _formed(inner[0], data)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_formed(args[0], one) for one in data)
        return tuple(_formed(arm, one) for arm, one in zip(args, data, strict=True))
    return _single(hint, data)


def _single(hint: Any, data: Any) -> Any:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return formed(hint, data)
    return hint(data) if isinstance(hint, type) and issubclass(hint, Enum) else data
