"""Dates as written, and the interval of days they name where the text lets them be resolved.

Start with `dates_in`. A relative date ("on Friday", "last month") is resolved against the text's own date or a
date heading above it, and stays open without one (B11). A day and month without a year take the year of another date
in the sentence, that of the text's date, or that of the last full date above, which the caller passes in. "Since" runs
to the day of writing; "until" says when something ended, not when it was, and stays open. A Hijri date is an
approximation, which its `note` says.

Looks down to: days, finding. Used by: readers, roles, speakers, discourse, parties.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from probanda.claims import days
from probanda.claims.days import HIJRI_MONTHS, PARTS, SEASONS, Interval
from probanda.claims.finding import openings

MONTHS = {m.lower(): n for n, m in enumerate(calendar.month_name) if m}
MONTHS |= {m.lower(): n for n, m in enumerate(calendar.month_abbr) if m} | {"sept": 9}
WEEKDAYS = {d.lower(): n for n, d in enumerate(calendar.day_name)}
_NUMBERS = {
    w: n
    for n, w in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),  # noqa: SIM905
        1,
    )
} | {"a": 1, "an": 1}


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


_M = rf"(?:{_any(list(MONTHS))})\b(?:\.(?=,?\s*\d))?"
_W = rf"(?:{_any(list(WEEKDAYS))})"
_Y = r"(?:1[89]|20)\d\d"
_D = r"(?:3[01]|0\d|1\d|2\d|\d)(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|to|and|until|till|through)\s*"
_P = r"(?:early|mid|late)"
_EDGE = r"(?:the\s+)?(?:beginning|start|middle|end|close|first\s+part|last\s+part)"
_N = rf"(?:\d{{1,3}}|{_any(list(_NUMBERS))})"
_HM = rf"(?:{_any(list(HIJRI_MONTHS))})"
_S = rf"(?:{_any(list(SEASONS))})"
_UNIT = r"(?:day|night|week|fortnight|month|year)"
_HAPPENED = (
    r"(?:[a-z]+\s+)?(?:abduction|airstrike|ambush|arrest|assault|assassination|attack|blast|bombardment|bombing|clash|"
    r"conflict|coup|crackdown|crisis|death|demonstration|execution|explosion|fighting|genocide|incident|incursion|"
    r"invasion|kidnapping|killing|massacre|murder|offensive|pogrom|protest|raid|riot|shelling|shooting|siege|strike|"
    r"uprising|violence|war)s?\b"
)
"""What happens on a day or in a year that stands before it: "Sunday's attack", "the 1994 genocide"."""
_ERA = r"(?:\s*(?:AH|A\.H\.|H\b|hijri))"

_SHAPES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    ("numeric", rf"(?P<a>\d{{1,2}})[./](?P<b>\d{{1,2}})[./](?P<y>{_Y})(?![\d/])"),
    ("offset-from-day", rf"(?P<n>{_N})\s+(?P<unit>days?|weeks?)\s+(?P<way>after|before)\s+(?P<event>[^.;:,]{{0,70}}?)"
     rf"(?P<d>{_D})\s+(?:of\s+)?(?P<mon>{_M})(?:,?\s+(?P<y>{_Y}))?"),
    ("hijri-day", rf"(?P<d>{_D})\s+(?:of\s+)?(?P<hm>{_HM}),?\s+(?P<y>1[34]\d\d){_ERA}?"),
    ("hijri-month", rf"(?P<hm>{_HM}),?\s+(?P<y>1[34]\d\d){_ERA}?"),
    ("span", rf"(?P<d>{_D})\s+(?P<mon>{_M})(?:,?\s+(?P<y>{_Y}))?{_TO}(?P<d2>{_D})\s+(?P<mon2>{_M})"
     rf"(?:,?\s+(?P<y2>{_Y}))?"),
    ("span", rf"(?P<mon>{_M})\s+(?P<d>{_D})(?:,?\s+(?P<y>{_Y}))?{_TO}(?P<mon2>{_M})\s+(?P<d2>{_D})"
     rf"(?:,?\s+(?P<y2>{_Y}))?(?!\d)"),
    ("days", rf"(?P<d>{_D})(?:,\s*{_D}){{1,6}},?\s+(?:and|or)\s+(?P<d2>{_D})\s+(?:of\s+)?(?P<mon>{_M})"
     rf"(?:,?\s+(?P<y>{_Y}))?"),
    ("days", rf"(?P<d>{_D})(?:{_TO}|/)(?P<d2>{_D})\s+(?:of\s+)?(?P<mon>{_M})(?:,?\s+(?P<y>{_Y}))?"),
    ("days", rf"(?P<mon>{_M})\s+(?P<d>{_D}){_TO}(?P<d2>{_D})(?:,?\s+(?P<y>{_Y}))?(?!\d)"),
    ("day", rf"(?:(?P<w>{_W}),?\s+)?(?:the\s+)?(?P<d>{_D})\s+(?:of\s+)?(?P<mon>{_M})"
     rf"(?:,?\s+(?P<y>{_Y}|\d\d(?=\b)(?!:)))?"),
    ("day", rf"(?:(?P<w>{_W}),?\s+)?(?P<mon>{_M})\s+(?P<d>{_D})(?![\d:])(?:,?\s+(?P<y>{_Y}))?"),
    ("months", rf"(?:(?P<part>{_P})[\s-]+)?(?P<mon>{_M})(?:\s+(?P<y>{_Y}))?{_TO}"
     rf"(?:(?P<part2>{_P})[\s-]+)?(?P<mon2>{_M}),?\s+(?P<y2>{_Y})"),
    ("nth-week", rf"the\s+(?P<nth>first|second|third|fourth|last)\s+(?P<of>week|half)\s+of\s+"
     rf"(?:(?P<mon>{_M})(?:,?\s+(?={_Y}))?)?(?P<y>{_Y})?(?=\b|\s|$)"),
    ("nth-day", rf"the\s+(?P<nth>first|second|third|fourth|last)\s+(?P<w>{_W})\s+(?:of|in)\s+(?P<mon>{_M})"
     rf"(?:,?\s+(?:of\s+)?(?P<y>{_Y}))?"),
    ("quarter", rf"the\s+(?P<nth>first|second|third|fourth|last|final)\s+(?:quarter|(?P<n>{_N})\s+months)\s+of\s+"
     rf"(?P<y>{_Y})"),
    ("month-of", rf"(?:(?P<part>{_P})[\s-]+)?(?P<mon>{_M})\s+(?:of\s+)?"
     r"(?P<rel>last|this|that|the\s+same|the\s+previous)\s+year\b"),
    ("month", rf"(?:(?P<part>{_P})[\s-]+|(?P<edge>{_EDGE})\s+of\s+)?(?P<mon>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})"),
    ("years", rf"(?:between|from)\s+(?P<y>{_Y})\s+(?:and|to|until|through)\s+(?P<y2>{_Y})"
     rf"|(?P<y3>{_Y})\s*[-–]\s*(?P<y4>{_Y}|\d\d(?!\d))"),
    ("season", rf"(?:(?:in|since|during)\s+)?(?:the\s+)?(?:(?P<part>{_P})\s+)?(?P<s>{_S})\s+(?:of\s+)?"
     rf"(?P<y>{_Y})(?:[/-]\d\d)?"),
    ("decade", rf"(?:(?:in|since|during)\s+)?the\s+(?:(?P<part>{_P})[\s-]+)?(?P<y>(?:1[89]|20)\d0)['’]?s"),
    ("year", rf"(?:(?:in|since|during|of|by)\s+)?(?:(?P<part>{_P})[\s-]+|(?P<edge>{_EDGE})\s+of\s+)"
     rf"(?P<y>{_Y})(?![\d-])"),
    ("year", rf"(?:(?P<part>{_P})\s+)?(?:in|since|during|of|year|until|throughout|over)\s+(?P<y>{_Y})(?![\d-])"),
    ("year", rf"the\s+(?P<y>{_Y})(?=\s+{_HAPPENED})"),
    ("ago", rf"(?P<n>{_N}|several|few)\s+(?P<unit>{_UNIT})s?\s+ago"),
    ("past", rf"(?:(?:in|over|during|within|for)\s+)?the\s+(?:past|last)\s+(?P<n>{_N})\s+(?P<unit>{_UNIT})s"),
    ("later", rf"(?P<n>{_N})\s+(?P<unit>{_UNIT})s?\s+(?P<way>later|earlier|before(?=[,.;]|$)|after(?=[,.;]|$))"),
    ("relative-day", r"\b(?P<rel>today|yesterday|tonight|this\s+(?:morning|afternoon|evening)|last\s+night"
     r"|(?:the|that)\s+(?:very\s+)?same\s+(?:day|night|evening|morning|afternoon)"
     r"|(?:the\s+)?(?:very\s+)?(?:next|following)\s+(?:day|morning|night|evening|afternoon)"
     r"|the\s+(?:day|night|morning)\s+after(?=[,.;]|$)"
     r"|the\s+(?:day|night)\s+before(?!\s+(?:the|his|her|their|he|she|they)\b)"
     r"|the\s+previous\s+(?:day|night|evening|afternoon)"
     r"|that\s+(?:day|night|evening|morning|afternoon))\b"),
    ("weekday", rf"(?:(?P<rel>last|next|on|this)\s+)?(?P<w>{_W})\b(?!['’]s(?!\s+{_HAPPENED}))"
     r"(?P<week>\s+(?:of\s+)?last\s+week)?"),
    ("weekend", r"\b(?P<rel>over\s+the|during\s+the|at\s+the|last|this|this\s+past|the\s+past)\s+weekend\b"),
    ("past", r"(?:(?:in|over|during|within)\s+)?the\s+(?:past|last)\s+(?P<hours>24|48|72)\s+hours"),
    ("year-so-far", r"since\s+the\s+(?:beginning|start)\s+of\s+(?:the|this)\s+(?P<unit>year|month)\b"),
    ("within", r"\b(?P<part>early|earlier|late|later|mid)\s+(?:in\s+)?(?:the\s+)?"
     r"(?P<rel>this|last|that|the\s+same|same)?[\s-]*"
     r"(?P<unit>week|month|year)\b"),
    ("relative", rf"\b(?:(?P<edge>{_EDGE})\s+of\s+)?"
     r"(?P<rel>last|this|next|the\s+previous|the\s+past|that|the\s+same|the\s+following)\s+"
     rf"(?P<unit>week|month|year|{_S})\b"),
    ("bare-month", rf"\b(?P<rel>in|since|during|earlier\s+in|last|this|of|by|that)\s+"
     rf"(?:(?P<part>{_P})[\s-]+|(?P<edge>{_EDGE})\s+of\s+)?(?P<mon>{_M})(?!\s+\d)"),
    ("bare-month", rf"\b(?:(?P<part>{_P})(?:\s+in)?[\s-]+|(?P<edge>{_EDGE})\s+of\s+)(?P<mon>{_M})(?!\s+\d)"),
)  # fmt: skip
_RUN, _DIGIT, _FOUR = re.compile(r"\w+"), re.compile(r"\d"), re.compile(r"(?:1[89]|20)\d\d")
_FIGURE, _YEAR = frozenset({"#"}), frozenset({"####"})
_MONTH_WORDS = frozenset(MONTHS)
_HIJRI_WORDS = frozenset(re.split(r"\W", name)[0] for name in HIJRI_MONTHS)
_JOINS = frozenset({"-", "–", "—", "to", "and", "until", "till", "through"})
_PART_WORDS = frozenset(word for part in PARTS for word in part.split())
_YEAR_LED = _PART_WORDS | {"in", "since", "during", "of", "by", "year", "until", "throughout", "over", "the"}
_MONTH_LED = _PART_WORDS | {"in", "since", "during", "earlier", "last", "this", "of", "by", "that"}
_FIRST = (
    _MONTH_LED
    | _YEAR_LED
    | _MONTH_WORDS
    | _HIJRI_WORDS
    | frozenset(SEASONS)
    | frozenset(WEEKDAYS)
    | frozenset(_NUMBERS)
    | {"the", "between", "from", "for", "within", "on", "next", "later", "several", "few", "very", "following", "that"}
    | {"today", "yesterday", "tonight", "at", "over"}
)
"""All words, figures aside, with which one of the shapes begins."""
_UNITS = frozenset({"day", "night", "week", "fortnight", "month", "year"})
_MANY_UNITS = frozenset(f"{unit}s" for unit in _UNITS)
_SIGNS: dict[str, tuple[frozenset[str], ...]] = {
    "iso": (_FIGURE, frozenset({"-"})),
    "numeric": (_YEAR, frozenset({".", "/"})),
    "offset-from-day": (_FIGURE, _MONTH_WORDS, frozenset({"after", "before"})),
    "hijri-day": (_FIGURE, _HIJRI_WORDS),
    "hijri-month": (_FIGURE, _HIJRI_WORDS),
    "span": (_FIGURE, _MONTH_WORDS, _JOINS),
    "days": (_FIGURE, _MONTH_WORDS, _JOINS | {"/"}),
    "day": (_FIGURE, _MONTH_WORDS),
    "months": (_YEAR, _MONTH_WORDS, _JOINS),
    "nth-week": (frozenset({"week", "half"}),),
    "nth-day": (_MONTH_WORDS, frozenset(WEEKDAYS)),
    "quarter": (_YEAR, frozenset({"quarter", "months"})),
    "month-of": (_MONTH_WORDS, frozenset({"year"})),
    "weekend": (frozenset({"weekend"}),),
    "year-so-far": (frozenset({"since"}), frozenset({"year", "month"})),
    "month": (_YEAR, _MONTH_WORDS),
    "years": (_YEAR, _JOINS | {"between", "from"}),
    "season": (_YEAR, frozenset(SEASONS)),
    "decade": (_FIGURE, frozenset({"the"})),
    "year": (_YEAR, _YEAR_LED),
    "ago": (frozenset({"ago"}),),
    "past": (frozenset({"past", "last"}), _MANY_UNITS | {"hours"}),
    "later": (frozenset({"later", "earlier", "before", "after"}), _UNITS | _MANY_UNITS),
    "relative-day": (frozenset({"today", "yesterday", "tonight", "morning", "afternoon", "evening", "night", "day"}),),
    "weekday": (frozenset(WEEKDAYS),),
    "within": (frozenset({"week", "month", "year"}),),
    "relative": (frozenset({"week", "month", "year", *SEASONS}),),
    "bare-month": (_MONTH_WORDS, _MONTH_LED),
}
"""Of each of these sets a sentence has a word where it names a date of the kind; "#" stands for any figure, "####" for
a year in figures."""
_ANY_SIGN: frozenset[str] = frozenset().union(*(sign for signs in _SIGNS.values() for sign in signs))
_STRONG = _ANY_SIGN - {"the", "after", "before", "since"}
"""Signs without which there is no date at all."""


def _beginnings(shape: str) -> frozenset[str]:
    """Of all words with which a date begins, and first digits of its figures, those of this shape."""
    begins = openings(shape)
    if begins is None:
        raise ValueError(f"It cannot be told how a date of this shape begins: {shape}. Write it with plain words.")
    letters = tuple(begins)
    figures = {head[0] for head in letters if head[0].isdigit()}
    return frozenset(figures | {word for word in _FIRST if f"{word} ".startswith(letters)})


_PATTERNS = tuple(
    (kind, re.compile(r"(?<![\w-])(?:" + shape + r")", re.IGNORECASE), _beginnings(shape)) for kind, shape in _SHAPES
)
_SINCE = re.compile(r"\b(?:since|ever\s+since)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE_WHEN = re.compile(r"\bsince\s+[^,;.:]{3,80}\s$", re.IGNORECASE)
""" "Since it took its claim to court in 2020": a clause, whose date opens the time up to the day of writing."""
_UNTIL = re.compile(r"\b(?:until|till|up\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
_FROM_UNTIL = re.compile(r"\bfrom\b[^.;]{2,40}\b(?:until|till|up\s+to)\s+$", re.IGNORECASE)


TO_THE_DAY_OF_WRITING = "from then to the day of writing"
ONLY_ITS_END = "only its end is told"


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as written; `first` and `last` are ISO days, None while open."""

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    full: bool
    """True when the words name the year themselves."""
    note: str = ""
    """What is approximate or concluded about the interval; empty where it simply follows from the words."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What a date may lean on: the day of writing, the year above, the day named last."""

    base: date | None
    year: int | None
    last_day: date | None


_Groups = dict[str, str | None]


def dates_in(
    words: str,
    anchor: str | None = None,
    year: int | None = None,
    last_day: str | None = None,
) -> list[Dating]:
    """Every date in these words, left to right.

    `anchor`: ISO day on which the text or section was written; `year`: that of the last full date above;
    `last_day`: ISO day last named, for "the next day".
    """
    return list(_dates(words, anchor, year, last_day))


@lru_cache(maxsize=256)
def _dates(words: str, anchor: str | None, year: int | None, last_day: str | None) -> tuple[Dating, ...]:
    """As `dates_in`; several questions about one sentence ask for its dates."""
    matches = _matches(words)
    if not matches:
        return ()
    base = date.fromisoformat(anchor) if anchor else None
    own = {int(m["y"]) for kind, m in matches if kind in ("day", "days") and len(m["y"] or "") == 4}
    found: list[Dating] = []
    for kind, match in matches:
        single = [d for d in found if d.first and d.first == d.last]
        before = single[-1].first if single else last_day
        around = _Around(
            base,
            own.copy().pop() if len(own) == 1 else year,
            date.fromisoformat(before) if before else None,
        )
        if len(own) == 1 and kind in ("day", "days") and not match["y"]:
            around = replace(around, base=None)
        found.append(_dating(kind, match, words, around))
    return tuple(found)


@lru_cache(maxsize=256)
def _matches(words: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """The words that name dates, with their kind, left to right; of two that overlap the kind listed first."""
    lower = words.lower()
    runs = [(m.start(), m.group(0)) for m in _RUN.finditer(lower)]
    seen = {run for _, run in runs}
    if not _DIGIT.search(words):
        if seen.isdisjoint(_STRONG):
            return ()
    elif _FOUR.search(words):
        seen |= {"#", "####"}
    else:
        seen.add("#")
    seen |= {sign for sign in "-–—/." if sign in lower}
    starts = None
    if len(lower) == len(words):
        starts = [(at, run if run in _FIRST else run[0]) for at, run in runs if run in _FIRST or run[0].isdigit()]
    taken: list[tuple[int, int]] = []
    matches: list[tuple[str, re.Match[str]]] = []
    for kind, pattern, begins in _fitting(frozenset(seen & _ANY_SIGN)):
        for match in _found(pattern, words, starts if starts is None else [at for at, key in starts if key in begins]):
            if any(s < match.end() and match.start() < e for s, e in taken) or _no_date(kind, match):
                continue
            taken.append((match.start(), match.end()))
            matches.append((kind, match))
    return tuple(sorted(matches, key=lambda m: m[1].start()))


def _found(pattern: re.Pattern[str], words: str, starts: list[int] | None) -> Iterator[re.Match[str]]:
    """As `finditer`, which would try every letter: a date begins where one of its first words does."""
    if starts is None:
        yield from pattern.finditer(words)
        return
    end = 0
    for at in starts:
        match = pattern.match(words, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match


@lru_cache(maxsize=512)
def _fitting(seen: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """The kinds of date that a sentence with these signs can hold."""
    return tuple(one for one in _PATTERNS if not any(seen.isdisjoint(sign) for sign in _SIGNS[one[0]]))


def _no_date(kind: str, match: re.Match[str]) -> bool:
    """ "may" the verb, "march" the deed, "second week" without what it is of, two days that are no span."""
    if kind == "span" and re.search(r"\band\b", match.group(0)):
        return not match.string[: match.start()].lower().rstrip().endswith("between")
    if kind == "nth-week":
        return not (match["mon"] or match["y"])
    if kind == "day":
        month = (match["mon"] or "").rstrip(".")
        return month in ("may", "march", "mar") and not match["y"] and month.islower()
    if kind == "within":
        return match["part"].lower() == "mid" and not match["rel"]
    return kind == "bare-month" and match["mon"].rstrip(".") in ("may", "march", "mar")


def _dating(kind: str, match: re.Match[str], words: str, around: _Around) -> Dating:
    groups = match.groupdict()
    try:
        interval, note = _RESOLVERS[kind](groups, around)
    except (ValueError, KeyError):
        interval, note = None, ""
    start = match.start()
    led = words[max(0, start - 60) : start]
    opening = match.group(0).split()[0].lower()
    if interval and (
        opening == "since" or _SINCE.search(led) or _SINCE_WHEN.search(words[max(0, start - 100) : start])
    ):
        base = around.base
        interval = (interval[0], base) if base is not None and base >= interval[0] else None
        note = TO_THE_DAY_OF_WRITING
    elif interval and (opening == "until" or _UNTIL.search(led)) and not _FROM_UNTIL.search(led):
        interval, note = None, ONLY_ITS_END
    full = any(groups.get(k) for k in ("y", "y2", "y3"))
    first, last = (interval[0].isoformat(), interval[1].isoformat()) if interval else (None, None)
    if first and last and first > last:
        first = last = None
    return Dating(start, match.end(), match.group(0), first, last, full, note)


# -- one kind of words each ---------------------------------------------------------------------------------------

_Answer = tuple[Interval | None, str]


def _iso(g: _Groups, _: _Around) -> _Answer:
    day = date(_int(g["y"]), _int(g["m"]), _int(g["d"]))
    return (day, day), ""


def _numeric(g: _Groups, _: _Around) -> _Answer:
    """Day and month cannot be told apart where both are 12 or less and differ: left open."""
    a, b = _int(g["a"]), _int(g["b"])
    if a <= 12 and b <= 12 and a != b:
        return None, "day and month cannot be told apart"
    day = date(_int(g["y"]), b, a) if a > 12 or a == b else date(_int(g["y"]), a, b)
    return (day, day), ""


def _day(g: _Groups, around: _Around) -> _Answer:
    number, first_day = _month(g["mon"]), _int(g["d"])
    last_of = _int(g.get("d2") or g["d"])
    y = _year(g.get("y"))
    y = y if y is not None else _year_of(number, first_day, around)
    return (None, "") if y is None else ((date(y, number, first_day), date(y, number, last_of)), "")


def _year_of(number: int, day: int, around: _Around) -> int | None:
    base = around.base
    if base is not None:
        there = date(base.year, number, day) if _exists(base.year, number, day) else None
        return base.year if there is not None and there <= base + timedelta(days=31) else base.year - 1
    return around.year


def _span(g: _Groups, around: _Around) -> _Answer:
    last_month = _month(g["mon2"])
    y2 = _year(g["y2"]) or _year(g["y"]) or _year_of(last_month, _int(g["d2"]), around)
    if y2 is None:
        return None, ""
    y = _year(g["y"]) or (y2 - 1 if _month(g["mon"]) > last_month else y2)
    return (date(y, _month(g["mon"]), _int(g["d"])), date(y2, last_month, _int(g["d2"]))), ""


def _month_of(g: _Groups, _: _Around) -> _Answer:
    return days.part_of(days.month(_int(g["y"]), _month(g["mon"])), _part(g)), ""


def _months(g: _Groups, _: _Around) -> _Answer:
    y2 = _int(g["y2"])
    y = _year(g["y"]) or (y2 - 1 if _month(g["mon"]) > _month(g["mon2"]) else y2)
    first = days.part_of(days.month(y, _month(g["mon"])), g["part"])[0]
    return (first, days.part_of(days.month(y2, _month(g["mon2"])), g["part2"])[1]), ""


def _nth_week(g: _Groups, around: _Around) -> _Answer:
    y = _year(g["y"]) or (_year_of(_month(g["mon"]), 1, around) if g["mon"] else None)
    if y is None:
        return None, ""
    whole = days.month(y, _month(g["mon"])) if g["mon"] else days.year_of(y)
    nth = ("first", "second", "third", "fourth", "last").index((g["nth"] or "").lower())
    if g["of"] == "half":
        return (days.half_of(whole, nth == 1), "") if nth < 2 else (None, "")
    return (days.nth_week(whole, -1 if nth == 4 else nth), "") if g["mon"] else (None, "")


def _nth_day(g: _Groups, around: _Around) -> _Answer:
    """ "The last Friday of April", "the first Monday in May 2031"."""
    number = _month(g["mon"])
    y = _year(g["y"]) or _year_of(number, 1, around)
    if y is None:
        return None, ""
    first, last = days.month(y, number)
    wanted, nth = WEEKDAYS[(g["w"] or "").lower()], (g["nth"] or "").lower()
    if nth == "last":
        day = last - timedelta(days=(last.weekday() - wanted) % 7)
    else:
        weeks = ("first", "second", "third", "fourth").index(nth)
        day = first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * weeks)
    return (day, day), ""


def _years(g: _Groups, _: _Around) -> _Answer:
    first = _int(g["y"] or g["y3"])
    last = g["y2"] or g["y4"] or ""
    return (date(first, 1, 1), date(_int(last if len(last) == 4 else str(first)[:2] + last), 12, 31)), ""


def _season(g: _Groups, _: _Around) -> _Answer:
    return days.part_of(days.season_of((g["s"] or "").lower(), _int(g["y"])), g["part"]), "seasons of the north"


def _decade(g: _Groups, _: _Around) -> _Answer:
    return days.part_of(days.decade_of(_int(g["y"])), g["part"]), ""


def _whole_year(g: _Groups, _: _Around) -> _Answer:
    return days.part_of(days.year_of(_int(g["y"])), _part(g)), ""


def _hijri_day(g: _Groups, _: _Around) -> _Answer:
    found = days.hijri_day(_int(g["y"]), HIJRI_MONTHS[days.folded_month(g["hm"] or "")], _int(g["d"]))
    return found, "Hijri date by the arithmetic calendar, a day either way"


def _hijri_month(g: _Groups, _: _Around) -> _Answer:
    found = days.hijri_month(_int(g["y"]), HIJRI_MONTHS[days.folded_month(g["hm"] or "")])
    return found, "Hijri month by the arithmetic calendar, a day either way"


def _offset_from_day(g: _Groups, around: _Around) -> _Answer:
    """ "Two days after the attack of 3 May 2031": counted from the day that the words name."""
    there, _ = _day({**g, "w": None}, around)
    return (
        (_shifted(there[0], g, -1 if g["way"] == "before" else 1), "counted from the day named with it")
        if there
        else (None, "")
    )


def _ago(g: _Groups, around: _Around) -> _Answer:
    if around.base is None or g["n"] in ("several", "few"):
        return None, ""
    return _shifted(around.base, g, -1), "counted back from the day of writing"


def _later(g: _Groups, around: _Around) -> _Answer:
    if around.last_day is None:
        return None, ""
    back = (g["way"] or "").lower() in ("earlier", "before")
    return _shifted(around.last_day, g, -1 if back else 1), "counted from the day named before"


def _quarter(g: _Groups, _: _Around) -> _Answer:
    """ "The first quarter of 2030", "the last three months of 2030"."""
    months = _NUMBERS.get((g["n"] or "3").lower()) or _int(g["n"] or "3")
    nth = (g["nth"] or "").lower()
    if not 1 <= months <= 12 or (g["n"] and nth not in ("first", "last", "final")):
        return None, ""
    quarters = ("first", "second", "third", "fourth")
    begin = 12 - months if nth in ("last", "final") else months * quarters.index(nth)
    year = _int(g["y"])
    return (date(year, begin + 1, 1), days.month(year, begin + months)[1]), ""


def _month_of_year(g: _Groups, around: _Around) -> _Answer:
    """ "In December last year", "in May of that year": counted from the day of writing, or the year told before."""
    rel = re.sub(r"\s+", " ", (g["rel"] or "").lower())
    if rel in ("that", "the same"):
        year = around.last_day.year if around.last_day else around.year
    else:
        year = around.base.year - (rel in ("last", "the previous")) if around.base else None
    return (None, "") if year is None else (days.part_of(days.month(year, _month(g["mon"])), g["part"]), "")


def _weekend(g: _Groups, around: _Around) -> _Answer:
    """The latest Saturday and Sunday up to the day of writing."""
    if around.base is None:
        return None, ""
    before = (g["rel"] or "").lower() == "last" and around.base.weekday() == 5
    saturday = days.weekday_near(around.base, 5, "last" if before else "on")
    return (saturday, min(saturday + timedelta(days=1), around.base)), ""


def _so_far(g: _Groups, around: _Around) -> _Answer:
    if around.base is None:
        return None, ""
    return (_unit((g["unit"] or "").lower(), around.base, 0)[0], around.base), "up to the day of writing"


def _past(g: _Groups, around: _Around) -> _Answer:
    if around.base is None:
        return None, ""
    if g.get("hours"):
        return (around.base - timedelta(hours=_int(g["hours"])), around.base), "up to the day of writing"
    return (_back(around.base, g), around.base), "up to the day of writing"


def _back(base: date, g: _Groups) -> date:
    """So many days, weeks, months or years before: "in the past two years" runs from the same day two years ago."""
    n = _NUMBERS.get((g["n"] or "").lower()) or _int(g["n"])
    unit = (g["unit"] or "").lower().rstrip("s")
    if unit in ("day", "night", "week", "fortnight"):
        return base - timedelta(days=n * {"week": 7, "fortnight": 14}.get(unit, 1))
    first, last = days.months_from(base.year, base.month, -n * (12 if unit == "year" else 1))
    return min(first + timedelta(days=base.day - 1), last)


def _shifted(base: date, g: _Groups, way: int) -> Interval:
    """Whole days exactly; weeks with three days on both sides, months and years as wholes, as such words mean it."""
    n = _NUMBERS.get((g["n"] or "").lower()) or _int(g["n"])
    unit = (g["unit"] or "").lower().rstrip("s")
    if unit in ("day", "night"):
        day = base + timedelta(days=way * n)
        return day, day
    if unit in ("week", "fortnight"):
        day = base + timedelta(weeks=way * n * (2 if unit == "fortnight" else 1))
        return day - timedelta(days=3), day + timedelta(days=3)
    return days.months_from(base.year, base.month, way * n) if unit == "month" else days.year_of(base.year + way * n)


def _relative_day(g: _Groups, around: _Around) -> _Answer:
    rel = re.sub(r"\s+", " ", (g["rel"] or "").lower()).removeprefix("the ").removeprefix("very ")
    after = rel.endswith(" after")
    if rel.startswith(("today", "yesterday", "tonight", "this ", "last ")):
        if around.base is None:
            return None, ""
        day = around.base - timedelta(days=1 if rel in ("yesterday", "last night") else 0)
        return (day, day), ""
    if around.last_day is None:
        return None, ""
    shift = (
        1
        if after or rel.startswith(("next", "following"))
        else -1
        if rel.startswith("previous") or "before" in rel
        else 0
    )
    day = around.last_day + timedelta(days=shift)
    return (day, day), ""


def _weekday(g: _Groups, around: _Around) -> _Answer:
    if around.base is None:
        return None, ""
    wanted = WEEKDAYS[(g["w"] or "").lower()]
    if g["week"]:
        day = days.week_of(around.base, -1)[0] + timedelta(days=wanted)
        return (day, day), ""
    day = days.weekday_near(around.base, wanted, (g["rel"] or "").lower())
    return (day, day), ""


def _relative(g: _Groups, around: _Around) -> _Answer:
    rel = re.sub(r"\s+", " ", (g["rel"] or "").lower())
    unit = (g["unit"] or "").lower()
    base = around.base
    if rel in ("that", "the same", "the following"):
        base = around.last_day or (date(around.year, 1, 1) if around.year and unit == "year" else None)
    shift = {"last": -1, "the previous": -1, "the past": -1, "next": 1, "the following": 1}.get(rel, 0)
    if base is None:
        return None, ""
    if unit in SEASONS:
        return _last_season(unit, base, shift), "seasons of the north"
    whole = _unit(unit, base, shift)
    return (days.part_of(whole, _part(g)) if unit != "week" else whole), ""


def _last_season(name: str, base: date, shift: int) -> Interval | None:
    if shift > 0:
        return None
    this = days.season_of(name, base.year)
    ended = this[1] < base or (shift == 0 and this[0] <= base)
    return this if ended else days.season_of(name, base.year - 1)


def _unit(unit: str, base: date, shift: int) -> Interval:
    if unit == "week":
        return days.week_of(base, shift)
    return days.year_of(base.year + shift) if unit == "year" else days.months_from(base.year, base.month, shift)


def _within(g: _Groups, around: _Around) -> _Answer:
    """ "Early this year", "late last year", "earlier this month" (up to the day of writing), "later that year"."""
    rel = re.sub(r"\s+", " ", (g["rel"] or "this").lower())
    part, unit = (g["part"] or "").lower(), (g["unit"] or "").lower()
    month = g["rel"] is None and part == "earlier" and unit == "month" and around.last_day is not None
    back = rel in ("that", "the same", "same") or month
    base = around.last_day if back else around.base
    if base is None and back and around.year is not None and unit == "year" and part in PARTS:
        base = date(around.year, 1, 1)
    if base is None:
        return None, ""
    whole = _unit(unit, base, -1 if rel == "last" else 0)
    if part == "earlier":
        return ((whole[0], base) if rel != "last" else whole), ""
    if part == "later":
        return ((base, whole[1]) if back else None), ""
    return (days.part_of(whole, part) if unit != "week" else whole), ""


def _bare_month(g: _Groups, around: _Around) -> _Answer:
    number = _month(g["mon"])
    base = around.base
    if (g.get("rel") or "").lower() == "that":
        return None, ""
    y = around.year if base is None else (base.year if number <= base.month else base.year - 1)
    if base is not None and (g.get("rel") or "").lower() == "last" and number == base.month:
        y = base.year - 1
    return (None, "") if y is None else (days.part_of(days.month(y, number), _part(g)), "")


_RESOLVERS: dict[str, Callable[[_Groups, _Around], _Answer]] = {
    "iso": _iso,
    "numeric": _numeric,
    "offset-from-day": _offset_from_day,
    "hijri-day": _hijri_day,
    "hijri-month": _hijri_month,
    "span": _span,
    "days": _day,
    "day": _day,
    "months": _months,
    "nth-week": _nth_week,
    "nth-day": _nth_day,
    "quarter": _quarter,
    "month-of": _month_of_year,
    "weekend": _weekend,
    "year-so-far": _so_far,
    "month": _month_of,
    "years": _years,
    "season": _season,
    "decade": _decade,
    "year": _whole_year,
    "ago": _ago,
    "past": _past,
    "later": _later,
    "relative-day": _relative_day,
    "weekday": _weekday,
    "within": _within,
    "relative": _relative,
    "bare-month": _bare_month,
}


def _part(g: _Groups) -> str | None:
    edge = g.get("edge")
    if edge:
        return re.sub(r"^the ", "", re.sub(r"\s+", " ", edge.lower()))
    return g.get("part")


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 1900 + int(text) + (100 if int(text) <= 40 else 0)


def _month(text: str | None) -> int:
    return MONTHS[(text or "").lower().rstrip(".")]


def _exists(year: int, number: int, day: int) -> bool:
    return 1 <= number <= 12 and 1 <= day <= calendar.monthrange(year, number)[1]


def _int(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or ""))
