"""What differs between two law packs, entry by entry and element by element: start with `differences`.

A newer pack shows a difference and rewrites nothing: whoever decided under the older one reads this.

Looks down to: law.model. Used by: casework, cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from probanda.law.model import LawPack

KINDS = ("crimes", "modes", "exclusions", "bars", "stages", "rules", "amendments", "silent", "not_modes", "cues")
_NAMES = {"silent": "act", "not_modes": "involvement", "cues": "name", "stages": "stage"}
"""What names an entry of a kind, where it is not its id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same; None where there is nothing on that side."""

    kind: str
    """crimes, modes, exclusions, bars, stages, rules, amendments, silent, not_modes, cues, or pack."""
    entry: str
    element: int | None
    what: str
    """The field; `entry` or `element` where the whole of it came or went."""
    before: str | None
    after: str | None


def differences(old: LawPack, new: LawPack) -> tuple[Difference, ...]:
    """Every difference, in the order of the new pack, then what went."""
    return tuple(_all(old, new))


def _all(old: LawPack, new: LawPack) -> Iterator[Difference]:
    for name in ("name", "version", "edition", "statement", "first"):
        yield from _field("pack", new.name, None, name, getattr(old, name), getattr(new, name))
    for kind in KINDS:
        yield from _entries(kind, _by_name(kind, getattr(old, kind)), _by_name(kind, getattr(new, kind)))


def _by_name(kind: str, entries: Sequence[Any]) -> dict[str, Any]:
    return {str(getattr(e, _NAMES.get(kind, "id"))): e for e in entries}


def _entries(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name, entry in new.items():
        before = old.get(name)
        if before is None:
            yield Difference(kind, name, None, "entry", None, _title(entry))
            continue
        for field in fields(entry):
            if field.name == "elements":
                yield from _elements(kind, name, before.elements, entry.elements)
            else:
                told = getattr(before, field.name), getattr(entry, field.name)
                yield from _field(kind, name, None, field.name, *told)
    for name, entry in old.items():
        if name not in new:
            yield Difference(kind, name, None, "entry", _title(entry), None)


def _elements(kind: str, name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    before, after = ({e.no: e for e in side} for side in (old, new))
    for no in sorted(before.keys() | after.keys()):
        if no not in before or no not in after:
            told = [e[no].text if no in e else None for e in (before, after)]
            yield Difference(kind, name, no, "element", *told)
            continue
        for field in fields(after[no]):
            told = [getattr(e[no], field.name) for e in (before, after)]
            yield from _field(kind, name, no, field.name, *told)


def _field(kind: str, name: str, no: int | None, what: str, before: Any, after: Any) -> Iterator[Difference]:
    if before != after:
        yield Difference(kind, name, no, what, _words(before), _words(after))


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _title(entry: Any) -> str:
    return str(getattr(entry, "title", "") or getattr(entry, "text", "") or getattr(entry, "why", ""))
