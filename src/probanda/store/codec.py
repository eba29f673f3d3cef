"""Frozen dataclasses as plain JSON and back, by their own type hints; and JSON as it lies in a column.

Looks down to: kernel. Used by: store, casework.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from probanda.kernel.digests import canonical

T = TypeVar("T")


def plain(value: Any) -> Any:
    """A value made of dataclasses, enums, tuples and mappings as plain dicts, lists and strings."""
    cls: Any = type(value)
    if cls in _AS_THEY_ARE:  # most values by far
        return value
    names = _names(cls)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


@functools.cache
def _names(cls: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass; None for any other type."""
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else None


def formed(cls: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that `plain` took apart. Keys it does not know are left out, absent ones take their defaults."""
    given: dict[str, Any] = {}
    for name, make in _fields(cls):  # type: ignore[arg-type]
        if name in data:
            value = data[name]
            given[name] = value if make is None or value is None else make(value)
    return cls(**given)


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


_Make = Callable[[Any], Any]


@functools.cache
def _fields(cls: Any) -> tuple[tuple[str, _Make | None], ...]:
    """Each field of a dataclass with what makes its value out of JSON; None where JSON has it as it is."""
    hints = typing.get_type_hints(cls)
    return tuple((f.name, _maker(hints[f.name])) for f in dataclasses.fields(cls))


@functools.cache
def _maker(hint: Any) -> _Make | None:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _maker(next(arm for arm in typing.get_args(hint) if arm is not type(None)))
    if origin is tuple:
        return _tuple_maker(typing.get_args(hint))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return functools.partial(formed, hint)
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


def _tuple_maker(args: tuple[Any, ...]) -> _Make:
    if len(args) == 2 and args[1] is Ellipsis:
        each = _maker(args[0])
        if each is None:
            return tuple
        return lambda data: tuple([None if one is None else each(one) for one in data])
    makers = [_maker(arm) for arm in args]
    return lambda data: tuple(
        [one if make is None or one is None else make(one) for make, one in zip(makers, data, strict=True)]
    )
