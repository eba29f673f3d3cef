"""The date a text bears: found in its marks or its own words, never taken from the file, never made up.

Start with `date_of`. In order: marks of the page; "Published: 3 May 2031"; a dateline; a date alone on a line at the
top; place and date where a letter is signed. A date that lacks its year is no date here. Years of two digits above
40 are read as 19xx, others as 20xx, and the reason says so. Names of months are data in `dates.yaml`.

Looks down to: kernel, formats, furniture. Used by: making, publisher (datelines).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Extracted
from probanda.reading.furniture import Role
from probanda.reading.model import Dated

TOP = 8
"""Paragraphs at the top in which a line with the date is looked for."""
FOOT = 6
"""Paragraphs at the foot in which a signature's place and date are looked for."""
_OWN = frozenset({PassageRole.BODY, PassageRole.HEADING})
_LOOKED_AT = 300
"""Code points of a paragraph that are looked at."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A date found in a stretch: the day, where it stands, and whether its year had two digits."""

    day: date
    start: int
    end: int
    short_year: bool = False


@dataclass(frozen=True, slots=True)
class Dateline:
    """How wire copy begins: place, date, agency."""

    words: str
    day: Found | None
    agency: str | None


def date_of(extracted: Extracted, spans: Sequence[Span], found: Sequence[Role]) -> Dated | None:
    """The text's own date with its reason, or None."""
    words = extracted.words
    own = [span.of(words)[:_LOOKED_AT] for span, (role, _) in zip(spans, found, strict=True) if role in _OWN]
    return _by_marks(extracted) or _by_label(own) or _by_dateline(own) or _by_line(own) or _by_signature(own)


def dates_in(words: str) -> Iterator[Found]:
    """Every full date in these words, in order."""
    for match in _patterns().finditer(words):
        found = _read(match)
        if found is not None:
            yield found


def dateline_of(paragraph: str) -> Dateline | None:
    """The dateline with which this paragraph begins, if it does: "ORVANE, 3 May 31 (KNA) -- The council ...".

    It ends with a dash within 120 code points, begins with a capital, and holds a date or an agency.
    """
    head = _DATELINE.match(paragraph[:160])
    if head is None:
        return None
    said = head["line"].strip()
    day = next(dates_in(said), None)
    bracket = _BRACKET.search(said)
    agency = bracket[1].strip() if bracket and not any(dates_in(bracket[1])) else None
    if agency is None:
        tail = _AGENCY_TAIL.search(said)
        agency = tail[1] if tail else None
    if day is None and (agency is None or not _is_place(said, agency)):
        return None
    return Dateline(said, day, agency)


def _is_place(line: str, agency: str) -> bool:
    """True when what stands before the agency may be a place: few words, capitals, not the agency's full name."""
    names = _WORD.findall(line[: line.rfind(agency)])
    initials = "".join(name[0] for name in names)
    return 0 < len(names) <= 5 and all(name[0].isupper() for name in names) and agency not in initials


_DATELINE = re.compile(
    r"\W{0,3}(?P<line>[^\W\d_a-z](?:[^.!?\n]|(?<=[A-Z][a-z][a-z])\.(?=\s\d)){2,118}?(?:\([^()\n]{2,60}\)|\b[A-Z]{2,6}|\d{2}))\s{0,3}(?:--?|[–—:])(?=\s|\[)"
)
_BRACKET = re.compile(r"\(([^()\n]{2,60})\)\s*\Z")
_AGENCY_TAIL = re.compile(r",\s*([A-Z]{2,6})\Z")


def _by_marks(extracted: Extracted) -> Dated | None:
    for mark in extracted.published:
        day = next(dates_in(mark.value), None)
        if day is not None:
            return _dated(day, f"the page's mark {mark.mark}: “{mark.value}”")
    return None


def _by_label(own: Sequence[str]) -> Dated | None:
    for line in [*own[:TOP], *own[-3:]]:
        if _label().match(line) and len(line.split()) <= 25:
            day = next(dates_in(line), None)
            if day is not None:
                return _dated(day, f"the line “{_short(line)}”")
    return None


def _by_dateline(own: Sequence[str]) -> Dated | None:
    for paragraph in own[:4]:
        line = dateline_of(paragraph)
        if line is not None and line.day is not None:
            return _dated(line.day, f"its dateline “{_short(line.words)}”")
    return None


def _by_line(own: Sequence[str]) -> Dated | None:
    """A date on a line of its own; where there are several, the text is a chronology and they date its entries."""
    if _is_chronology(own):
        return None
    index, day = next(((i, day) for i, line in enumerate(own[:TOP]) if (day := _alone(line))), (0, None))
    if day is None:
        return None
    return _dated(day, f"a line near its beginning, “{_short(own[index])}”")


def _by_signature(own: Sequence[str]) -> Dated | None:
    if _is_chronology(own):
        return None
    for line in own[-FOOT:]:
        day = _alone(line)
        if day is not None or (_done().match(line) and len(line.split()) <= 15):
            day = day or next(dates_in(line), None)
            if day is not None:
                return _dated(day, f"place and date where it is signed, “{_short(line)}”")
    return None


def _is_chronology(own: Sequence[str]) -> bool:
    return len({day.day for line in own if (day := _alone(line)) is not None}) > 2


def _alone(line: str) -> Found | None:
    """The date of a line that holds only a date, with at most a place of three words, weekday and time."""
    if len(line.split()) > 14 or line.count("\n") > 1:
        return None
    day = next(dates_in(line), None)
    if day is None:
        return None
    rest = _WORD.findall((line[: day.start] + " " + line[day.end :]).casefold())
    left = [word for word in rest if word not in _beside()]
    return day if len(left) <= 3 and not line.rstrip().endswith((".", "?", "!")) else None


def _dated(found: Found, reason: str) -> Dated:
    if found.short_year:
        reason += f"; its year of two digits is read as {found.day.year}"
    return Dated(found.day.isoformat(), found.day.isoformat(), reason)


def _short(line: str) -> str:
    return " ".join(line.split())[:100]


# Reading one date -------------------------------------------------------------------------------


def _read(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    if parts["iso_year"]:
        return _found(match, parts["iso_year"], int(parts["iso_month"]), parts["iso_day"])
    if parts["num_year"]:
        first, second = int(parts["num_a"]), int(parts["num_b"])
        # Day and month cannot be told apart where both are 12 or less: such a date is left alone.
        if first == second or first > 12 >= second:
            return _found(match, parts["num_year"], second, parts["num_a"])
        if second > 12 >= first:
            return _found(match, parts["num_year"], first, parts["num_b"])
        return None
    if parts["dmy_year"]:
        return _found(match, parts["dmy_year"], _month(parts["dmy_month"]), parts["dmy_day"])
    return _found(match, parts["mdy_year"], _month(parts["mdy_month"]), parts["mdy_day"])


def _found(match: re.Match[str], year: str, month: int, day: str) -> Found | None:
    number = int(year)
    short = len(year) == 2
    if short:
        number += 1900 if number > 40 else 2000
    if not 1900 <= number <= 2100:
        return None
    try:
        return Found(date(number, month, int(day)), match.start(), match.end(), short)
    except ValueError:
        return None


@cache
def _patterns() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=lambda name: (-len(name), name)))
    month = rf"(?:{names})(?![^\W\d_])"
    return re.compile(
        r"(?<!\d)(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?!\d)"
        r"|(?<![\d./])(?P<num_a>\d{1,2})[./](?P<num_b>\d{1,2})[./](?P<num_year>\d{4})(?![\d/])"
        rf"|(?<!\d)(?P<dmy_day>\d{{1,2}})(?:st|nd|rd|th|er)?[ \u00a0\n]{{1,3}}(?:of |de )?(?P<dmy_month>{month})"
        r"(?:[ \u00a0]?/[ \u00a0]?[^\W\d_]{3,12})?\.?,?[ \u00a0\n]{1,3}(?:عام |سنة )?(?P<dmy_year>\d{4}|\d{2})(?![\d:])"
        rf"|(?<![^\W\d_])(?P<mdy_month>{month})\.?[ \u00a0\n]{{1,3}}(?P<mdy_day>\d{{1,2}})(?:st|nd|rd|th)?,?"
        r"[ \u00a0\n]{1,3}(?P<mdy_year>\d{4})(?!\d)",
        re.IGNORECASE,
    )


def _month(name: str) -> int:
    return _months()[name.casefold()]


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(_data()["months"], 1) for name in names}


@cache
def _label() -> re.Pattern[str]:
    words = sorted(_data()["published"], key=lambda word: (-len(word), word))
    return re.compile(r"\W{0,3}(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)


@cache
def _done() -> re.Pattern[str]:
    return re.compile(r"\W{0,3}(?:" + "|".join(map(re.escape, sorted(_data()["done"]))) + ")", re.IGNORECASE)


@cache
def _beside() -> frozenset[str]:
    return frozenset(_data()["beside"])


@cache
def _data() -> dict[str, Any]:
    text = resources.files("probanda.reading").joinpath("dates.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    return data
