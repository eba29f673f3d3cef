"""Refuses facts with a key nobody reads, or a value that its key cannot hold: start with `check`.

Every refusal names the key, the reason and what to write instead.

Looks down to: law.facts_keys, kernel. Used by: law.facts_read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from probanda.kernel.bounds import first_day, last_day
from probanda.kernel.errors import ProbandaError
from probanda.law.facts_keys import KEYS, NONE_WORDS, Hold, Key


class FactsBroken(ProbandaError):
    """A file of facts that cannot be asked: which key, why, and what to write instead."""

    def __init__(self, key: str, reason: str, fix: str) -> None:
        self.key, self.reason = key, reason
        super().__init__(f"Facts, `{key}`: {reason}", fix)


def check(data: object) -> None:
    """Refuse facts with a key nobody reads, or a value that a key cannot hold. Raises FactsBroken."""
    if not isinstance(data, Mapping):
        raise FactsBroken("(the whole file)", "it is not an object.", "Write { ... } with keys such as incident.")
    _object("", data, "facts")


def _object(path: str, data: Mapping[str, Any], name: str) -> None:
    keys = KEYS[name]
    for key in data:
        if key not in keys:
            near = get_close_matches(str(key), keys, 1)
            meant = f"Perhaps `{near[0]}` is meant. " if near else ""
            fix = f"{meant}Use one of: {', '.join(keys)}."
            raise FactsBroken(f"{path}{key}", f"no such key in {_named(name)}.", fix)
    for key, told in keys.items():
        if told.must and data.get(key) in (None, ""):
            raise FactsBroken(f"{path}{key}", "it is missing.", f"Give {told.hold.value}: {told.meaning}.")
    for key, value in data.items():
        _value(f"{path}{key}", value, keys[key])


def _named(name: str) -> str:
    return "a file of facts" if name == "facts" else f"an entry of the kind `{name}`"


def _value(path: str, value: object, key: Key) -> None:
    if value is None or (key.none and value in NONE_WORDS):
        return
    problem = _problem(path, value, key)
    if problem:
        allowed = ", or `none` where somebody looked and there is none" if key.none else ""
        choices = f" Words: {', '.join(key.choices)}." if key.choices else ""
        raise FactsBroken(
            path, f"{problem}.", f"Write {key.hold.value}{allowed} ({key.meaning}); leave it out if unknown.{choices}"
        )
    if key.hold is Hold.OBJECT or (key.hold is Hold.JUDGED and isinstance(value, Mapping)):
        _object(f"{path}.", _mapping(value), key.of)
    elif key.hold is Hold.OBJECTS and isinstance(value, list):
        for at, one in enumerate(value):
            _object(f"{path}[{at}].", one, key.of)
    elif key.hold is Hold.BY_NAME:
        for name, one in _mapping(value).items():
            _object(f"{path}.{name}.", one, key.of)


def _problem(path: str, value: object, key: Key) -> str:
    """What is wrong with this value; empty where nothing is."""
    shown = f"{value!r} is not {key.hold.value}"
    if key.hold is Hold.TIME:
        return _time_problem(path, value, shown)
    if key.hold is Hold.TIMES_BY_NAME:
        return _times_problem(path, value, shown)
    if key.hold is Hold.CHOICE:
        return "" if value in key.choices else f"{value!r} is none of its words"
    return "" if HOLDS[key.hold](value) else shown


def _list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(v, kind) and v != "" for v in value)


HOLDS: Mapping[Hold, Callable[[Any], bool]] = {
    Hold.TEXT: lambda value: isinstance(value, str) and value.strip() != "",
    Hold.TEXTS: lambda value: _list_of(value, str),
    Hold.DAY: lambda value: isinstance(value, str) and len(value) == len("2031-05-03") and first_day(value) is not None,
    Hold.TRUTH: lambda value: isinstance(value, bool),
    Hold.NUMBER: lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    Hold.OBJECT: lambda value: isinstance(value, Mapping),
    Hold.OBJECTS: lambda value: _list_of(value, dict),
    Hold.BY_NAME: lambda value: isinstance(value, Mapping) and all(isinstance(v, Mapping) for v in value.values()),
    Hold.JUDGED: lambda value: isinstance(value, (bool, Mapping)),
}


def _times_problem(path: str, value: object, shown: str) -> str:
    if not isinstance(value, Mapping):
        return shown
    told = ((name, day) for name, day in value.items() if day is not None and day not in NONE_WORDS)
    return next(filter(None, (_time_problem(f"{path}.{name}", day, f"{day!r} is no date") for name, day in told)), "")


def _time_problem(path: str, value: object, shown: str) -> str:
    if not isinstance(value, Mapping):
        return "" if isinstance(value, str) and first_day(value) else shown
    for key in value:
        if key not in ("from", "to"):
            raise FactsBroken(f"{path}.{key}", "no such key in a date.", "Use from and to.")
    low, high = value.get("from"), value.get("to")
    if not low and not high:
        return "neither from nor to is given"
    for bound in (low, high):
        if bound is not None and not (isinstance(bound, str) and first_day(bound)):
            return f"{bound!r} is no date"
    if low and high and (first_day(low) or date.min) > (last_day(high) or date.max):
        return f"it ends ({high}) before it begins ({low})"
    return ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
