"""A text as plain data and back: how the child hands it over. The way back trusts nothing.

Start with `to_wire`, then `text_from`. Looks down to: model, kernel. Used by: child.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from probanda.kernel.digests import words_digest
from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import LONGEST_FACT, MOST_FACTS, Dated, Located, Passage, Remark, Run, Text
from probanda.reading.timing import TIME_RANGE

_STRINGS = ("words", "language_reason", "encoding", "encoding_reason", "media_type")
_MAYBE = ("language", "title", "publisher", "restricted_reason", "machine")
_NUMBERS = ("part", "parts", "base", "holds")


def to_wire(text: Text) -> dict[str, Any]:
    """The text as lists, strings and numbers. Item and digest are left out: the parent knows or computes them."""
    return {
        **{name: getattr(text, name) for name in (*_STRINGS, *_MAYBE, *_NUMBERS)},
        "passages": [[p.start, p.end, p.role.value, p.paragraph, p.reason] for p in text.passages],
        "runs": [[r.start, r.end, r.byte_start, r.byte_end] for r in text.runs],
        "dated": asdict(text.dated) if text.dated else None,
        "located": [[p.start, p.end, *_flat(p.locator)] for p in text.located],
        "remarks": [[r.what, r.reason, r.fix] for r in text.remarks],
        "facts": [list(fact) for fact in text.facts],
    }


def text_from(data: dict[str, Any], item: str) -> Text:
    """The text again. Raises ValueError, KeyError or TypeError for data that make no sound text."""
    values: dict[str, Any] = {name: _checked(data[name], str) for name in _STRINGS}
    values |= {name: None if data[name] is None else _checked(data[name], str) for name in _MAYBE}
    values |= {name: _checked(data[name], int) for name in _NUMBERS}
    words = values["words"]
    return Text(
        item=item,
        digest=words_digest(words),
        passages=_passages(data["passages"], len(words)),
        runs=_runs(data["runs"], len(words)),
        dated=_dated(data["dated"]),
        located=_located(data["located"], len(words)),
        remarks=tuple(remark_from(row) for row in _checked(data["remarks"], list)),
        facts=facts_from(data["facts"]),
        **values,
    )


def remark_from(row: Any) -> Remark:
    """A remark from its three strings. Raises ValueError or TypeError for anything else."""
    what, reason, fix = (_checked(value, str) for value in _checked(row, list))
    return Remark(what, reason, fix)


def facts_from(rows: Any) -> tuple[tuple[str, str], ...]:
    """What a file states of itself, from names and values. Raises ValueError or TypeError for anything else."""
    found = []
    for row in _checked(rows, list)[:MOST_FACTS]:
        name, value = (_checked(words, str)[:LONGEST_FACT] for words in _checked(row, list))
        found.append((name, value))
    return tuple(found)


def _flat(locator: Locator) -> list[Any]:
    box = list(locator.box) if locator.box else None
    return [locator.page, locator.page_to, box, locator.cell, locator.message, locator.sent, locator.time]


def _located(rows: Any, length: int) -> tuple[Located, ...]:
    found: list[Located] = []
    last = 0
    for start, end, page, page_to, box, cell, message, sent, time in _checked(rows, list):
        if not last <= _checked(start, int) < _checked(end, int) <= length:
            raise ValueError("places out of order or outside the words")
        last = end
        for number in (page, page_to, message):
            if number is not None and _checked(number, int) < 1:
                raise ValueError("pages and messages are counted from 1")
        for words in (cell, sent):
            if words is not None:
                _checked(words, str)
        if time is not None and not TIME_RANGE.fullmatch(_checked(time, str)):
            raise ValueError("no part of a recording")
        place = Locator(page=page, page_to=page_to, box=_box(box), cell=cell, message=message, sent=sent, time=time)
        found.append(Located(start, end, place))
    return tuple(found)


def _box(values: Any) -> tuple[int, int, int, int] | None:
    if values is None:
        return None
    left, top, right, bottom = (_checked(value, int) for value in _checked(values, list))
    return left, top, right, bottom


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _passages(rows: Any, length: int) -> tuple[Passage, ...]:
    found: list[Passage] = []
    last = 0
    for start, end, role, paragraph, reason in _checked(rows, list):
        if not last <= _checked(start, int) < _checked(end, int) <= length:
            raise ValueError("passages out of order or outside the words")
        last = end
        found.append(Passage(start, end, PassageRole(role), _checked(paragraph, int), _checked(reason, str)))
    return tuple(found)


def _runs(rows: Any, length: int) -> tuple[Run, ...]:
    found: list[Run] = []
    last = 0
    for row in _checked(rows, list):
        run = Run(*(_checked(value, int) for value in row))
        if not last <= run.start < run.end <= length or not 0 <= run.byte_start < run.byte_end:
            raise ValueError("runs out of order or outside the words")
        last = run.end
        found.append(run)
    return tuple(found)


def _dated(data: Any) -> Dated | None:
    if data is None:
        return None
    return Dated(**{field.name: _checked(data[field.name], str) for field in fields(Dated)})
