"""Dates as written, with the days they name, in the languages that are read without a parser.

Start with `dates_in`. Names of months are those of `reading/dates.yaml`, other words are data (`times.yaml`). As in
English, a relative date is settled against the text's own date or stays open; a Hijri date is kept as written.

Looks down to: times, window_words, reading (its list of months). Used by: window.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

import yaml

from probanda.claims.readers.folded import folded
from probanda.claims.readers.window_words import word_list
from probanda.claims.times import Dating

NEWS = 31
"""Days before the text's own day within which a day without a year is of that year, whatever year was told last."""
PAIRED = 40
"""Signs behind a day of another calendar within which the same day in this one may follow."""
_Y = r"(?:1[89]|20)\d\d"
_D = r"(?:[0-2]?\d|3[01])"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    text = resources.files("probanda.reading").joinpath("dates.yaml").read_text("utf-8")
    names = yaml.safe_load(text)["months"]
    return {folded(name): number for number, row in enumerate(names, 1) for name in row}


@lru_cache(maxsize=4)
def _weekdays(language: str) -> dict[str, int]:
    rows = word_list(language).times["weekdays"]
    return {folded(name): number for number, row in enumerate(rows) for name in row}


@lru_cache(maxsize=4)
def _relatives(language: str) -> dict[str, tuple[str, int]]:
    return {folded(w): (unit, shift) for w, (unit, shift) in word_list(language).times["relative"].items()}


@lru_cache(maxsize=4)
def _day_words(language: str) -> dict[str, int]:
    return {folded(w): n for w, n in word_list(language).times["day-words"].items()}


def _either(words: object) -> str:
    listed = sorted((folded(w) for w in words), key=lambda w: (-len(w), w))  # type: ignore[attr-defined]
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in listed) or "(?!)"


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    t = word_list(language).times
    month = rf"(?:{_either(m for m in _months() if len(m) > 2)})(?:\.(?=\s*\d\d\d\d))?(?!\w)"
    short = rf"(?:{_either(_months())})(?:\.(?=\s*\d\d\d\d))?(?!\w)"
    month2 = rf"{short}(?:\s?/\s?{short})?"
    weekday = rf"(?:{_either(_weekdays(language))})(?!\w)"
    day = rf"(?:{_D}(?:er|e)?|{_either(_day_words(language))})(?!\w)"
    of, in_year, to = (_either(t[key]) for key in ("of-month", "in-year", "to"))
    lead = rf"(?:(?:{_either(t['day-lead'])})\s+)?"
    year = rf"(?:\s*,?\s*(?:(?:{in_year})\s+)?(?P<y>{_Y})(?!\d))"
    behind = r"(?:\s+|(?<=[-']))"
    parts = rf"(?P<part>{_either(w for ws in t['parts'].values() for w in ws)}){behind}"
    part = rf"(?:{parts})?"
    month_lead = rf"(?:{_either(t['month-lead'])}){behind}"
    between, back, later = (_either(t.get(key) or ()) for key in ("between", "ago", "later"))
    number = rf"(?P<n>\d{{1,2}}|{_either(_small_numbers(language))})"
    units = "|".join(rf"(?P<{unit}>{_either(words)})" for unit, words in (t.get("units") or {}).items()) or "(?!)"
    weekday_of = rf"(?:(?:{weekday})\s*,?\s*(?:(?:{_either(t['after-weekday'])})\s+)?)?"
    shapes = (
        ("iso", r"(?P<y>\d{4})[-/](?P<m>\d\d?)[-/](?P<d>\d\d?)(?!\d)"),
        ("numbers", r"(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)"),
        ("hijri", rf"{lead}{_hijri(language)}"),
        ("day-of-this", rf"{lead}(?P<d>{day})\s*(?:(?:{of})\s+)?(?P<rel>{_either(_months_told(language))})(?!\w)"),
        ("day-of-same", rf"{lead}(?P<d>{day})\s*(?:{_either(t.get('same-month') or ())})(?!\w)"),
        ("month-of-same", rf"(?:{month_lead})?(?:{_either(t.get('month-same') or ())})(?!\w)"),
        (
            "days-apart",
            rf"{lead}{weekday_of}(?P<d>{day})\s*(?:(?:{of})\s+)?(?P<mon>{short})(?:\s+(?P<y1>{_Y}))?"
            rf"\s*(?:{to})\s*(?:{lead}){weekday_of}(?P<d2>{day})\s*(?:(?:{of})\s+)?(?P<mon2>{short}){year}?",
        ),
        (
            "days",
            rf"{lead}(?P<d>{day})\s*(?:{to})\s*(?:{lead})(?P<d2>{day})\s*(?:(?:{of})\s+)?(?P<mon>{month2}){year}?",
        ),
        (
            "share-of-month",
            rf"(?P<share>{_either(t.get('month-shares') or ())})\s+(?:(?:{of})\s+|d')?(?P<mon>{month2}){year}?",
        ),
        ("day", rf"{lead}{weekday_of}(?P<d>{day})\s*(?:(?:{of})\s+)?(?P<mon>{month2}){year}?"),
        ("spread", rf"(?P<mon>{month2})\s+(?P<y>{_Y})\s*(?:{to})\s*(?P<mon2>{month2})\s+(?P<y2>{_Y})(?!\d)"),
        ("months", rf"(?P<mon>{month2})\s+(?:{to})\s*(?P<mon2>{month2}){year}"),
        ("month", rf"{part}(?:{month_lead})?(?P<mon>{month2}){year}"),
        ("months-bare", rf"(?:{between})\s+(?P<mon>{month})\s+(?:{to})\s*(?P<mon2>{month})"),
        (
            "season",
            rf"(?:{_either(t.get('season-lead') or ())}){behind}(?P<season>{_either(_seasons(language))}){year}",
        ),
        ("decade", rf"(?:{_either(t.get('decade-lead') or ())})\s+(?P<y>{_Y})(?!\d)"),
        ("years", rf"(?:{_either(t['years-lead'])})\s+(?P<y>{_Y})\s*(?:{to})\s*(?P<y2>{_Y})(?!\d)"),
        (
            "share",
            rf"(?P<share>{_either(t.get('shares') or ())})\s+(?:(?:{of})\s+)?(?:(?:{in_year})\s+)?(?P<y>{_Y})(?![\d-])",
        ),
        (
            "year",
            rf"(?:{part}(?:{_either(t['year-lead'])})\s+|{parts.replace('part', 'part2')})(?P<y>{_Y})(?![\d-])",
        ),
        (
            "span",
            rf"(?:{_either(t.get('span-lead') or ())})\s+(?P<span>{_either(_spans(language))})(?!\w)(?!\s+من(?!\w))",
        ),
        (
            "relative",
            rf"{part}(?P<rel>{_either(_relatives(language))})(?!\w)"
            rf"(?!\s+(?:{_either(t.get('relative-never') or ())})(?!\w))",
        ),
        ("ago", rf"(?:{back})\s+{number}\s+(?:{units})(?!\w)"),
        ("later", rf"{number}\s+(?:{units})\s+(?P<later>{later})(?!\w)"),
        ("weekdays", rf"(?:{between})\s+(?P<w>{weekday})\s+(?:{to})\s*(?P<w2>{weekday})"),
        ("weekday", rf"{lead}(?P<w>{weekday})(?:\s+(?P<last>{_either(t['last'])})(?!\w))?"),
        (
            "bare-month",
            rf"(?:{part}{month_lead}|{parts.replace('part', 'part2')})(?P<mon>{month2})"
            rf"(?:\s+(?P<last>{_either(t['last'])})(?!\w))?",
        ),
    )
    glued = f"(?:{'|'.join(folded(g) for g in t['glued'])})?" if t["glued"] else ""
    return tuple((kind, re.compile(rf"(?<![\w-]){glued}(?P<all>{shape})")) for kind, shape in shapes)


def _hijri(language: str) -> str:
    t = word_list(language).times
    day = rf"(?:{_D}|{_either(_day_words(language))})(?!\w)"
    of = _either(t["of-month"])
    return (
        rf"(?P<d>{day})\s*(?:(?:{of})\s+)?(?P<moon>{_either(t['hijri-months'])})"
        rf"(?:\s+(?:(?:{_either(t['in-year'])})\s+)?\d{{3,4}}(?:\s?هـ?)?)?(?!\w)"
    )


@lru_cache(maxsize=4)
def _months_told(language: str) -> tuple[str, ...]:
    """Of the words that lie a while from the text's own day those for a month: "this month"."""
    return tuple(w for w, (unit, _) in _relatives(language).items() if unit == "month")


@lru_cache(maxsize=4)
def _spans(language: str) -> dict[str, tuple[str, int]]:
    """ "يومين", "ثلاثة أشهر": words for a span of time, each with its unit and length."""
    lists = word_list(language)
    numbers = {folded(w): int(n) for n, ws in lists.measures["numbers"].items() for w in ws if int(n) <= 60}
    found: dict[str, tuple[str, int]] = {}
    for unit, words in (lists.times.get("spans") or {}).items():
        for word in words["one"]:
            found[folded(word)] = (unit, 1)
        for word in words.get("two") or ():
            found[folded(word)] = (unit, 2)
        for word in words["many"]:
            found |= {f"{number} {folded(word)}": (unit, n) for number, n in numbers.items()}
            found |= {f"{n} {folded(word)}": (unit, n) for n in range(2, 61)}
    return found


def pairs_in(words: str, language: str) -> dict[str, tuple[int, date]]:
    """Days of the Hijri calendar that the text itself gives in both: month, then its day and the other date.

    "14 شوال 1402 الموافق 4 آب 1982". Other days of that month are counted from it; no table is used.
    """
    t = word_list(language).times
    if not t["hijri-months"]:
        return {}
    found: dict[str, tuple[int, date]] = {}
    for match in re.finditer(rf"(?<![\w-]){_hijri(language)}", words):
        near = words[match.end() : match.end() + PAIRED]
        for dating in dates_in(near, language, None, None, None)[:1]:
            told = re.search(rf"(?:{_either(t['paired'])}|\(|/)", near[: dating.start])
            if told is not None and dating.full and dating.first and dating.first == dating.last:
                found.setdefault(match["moon"], (_day(match["d"], language), date.fromisoformat(dating.first)))
    return found


def dates_in(
    words: str,
    language: str,
    anchor: str | None,
    year: int | None,
    last_day: str | None,
    pairs: dict[str, tuple[int, date]] | None = None,
) -> list[Dating]:
    """Every date in these folded words, left to right; offsets and `text` are of the folded words.

    `anchor`: ISO day of the text; `year`: that of the last full date above; `last_day`: ISO day last named; `pairs`:
    days of another calendar that the text gives in both (`pairs_in`).
    """
    found: list[Dating] = []
    base = date.fromisoformat(anchor) if anchor else None
    for kind, pattern in _patterns(language):
        for match in pattern.finditer(words):
            start, end = match.span("all")
            if any(d.start < end and start < d.end for d in found):
                continue
            before = [d for d in found if d.end <= start and d.first and d.first == d.last]
            latest = max(before, key=lambda d: d.start).first if before else last_day
            try:
                interval = _resolve(kind, match.groupdict(), language, base, year, latest, pairs or {})
            except ValueError:
                interval = None
            first, last = (interval[0].isoformat(), interval[1].isoformat()) if interval else (None, None)
            full = bool(match.groupdict().get("y"))
            if first and last and base is not None and _since(language).search(words[max(0, start - 12) : end]):
                last = max(last, base.isoformat())
            found.append(Dating(start, end, words[start:end], first, last, full))
    return sorted(found, key=lambda d: d.start)


@lru_cache(maxsize=4)
def _small_numbers(language: str) -> dict[str, int]:
    return {folded(w): n for n, ws in word_list(language).measures["numbers"].items() if n <= 20 for w in ws}


@lru_cache(maxsize=4)
def _seasons(language: str) -> dict[str, int]:
    """The first month of each season, by its name."""
    return {folded(w): n for w, n in (word_list(language).times.get("seasons") or {}).items()}


@lru_cache(maxsize=4)
def _since(language: str) -> re.Pattern[str]:
    """What began on a day and goes on to that of the text: "depuis jeudi"."""
    lead = _either(word_list(language).times.get("since") or ())
    return re.compile(rf"(?<!\w)(?:{lead})\s+(?:\w+\s+){{0,2}}[\w ]*$")


Interval = tuple[date, date] | None


def _resolve(  # noqa: PLR0911, PLR0912
    kind: str,
    g: dict[str, str | None],
    language: str,
    base: date | None,
    year: int | None,
    last_day: str | None,
    pairs: dict[str, tuple[int, date]],
) -> Interval:
    named = int(g.get("y") or 0) or None
    if kind in ("iso", "numbers"):
        day = date(int(g["y"] or 0), int(g["m"] or 0), int(g["d"] or 0))
        return day, day
    if kind == "days-apart":
        return _apart(g, language, named, base, year)
    if kind == "months-bare":
        named = year if base is None else base.year - (_month(g["mon2"]) > base.month)
        return None if named is None else (date(named, _month(g["mon"]), 1), _month_end(named, _month(g["mon2"])))
    if kind == "share-of-month":
        return _share_of_month(g, language, named, base, year)
    if kind == "season" and named:
        month = _seasons(language)[g["season"] or ""]
        return date(named, month, 1), _month_end(named + (month > 10), (month + 1) % 12 + 1)
    if kind == "decade" and named:
        return date(named, 1, 1), date(named + 9, 12, 31)
    if kind in ("ago", "later"):
        return _counted(kind, g, language, base, last_day)
    if kind == "weekdays" and base is not None:
        end = _resolve("weekday", {"w": g["w2"], "last": None}, language, base, year, last_day, pairs)
        days = _weekdays(language)
        gap = (days[g["w2"] or ""] - days[g["w"] or ""]) % 7
        return (end[0] - timedelta(days=gap), end[1]) if end else None
    if kind in ("day", "days"):
        return _days(g, language, named, base, year)
    if kind == "hijri":
        pair = pairs.get(g["moon"] or "")
        if pair is None:
            return None
        day = pair[1] + timedelta(days=_day(g["d"], language) - pair[0])
        return day, day
    if kind in ("day-of-same", "month-of-same"):
        return _same_month(kind, g, language, last_day)
    if kind == "day-of-this" and base is not None:
        first, _ = _relative(*_relatives(language)[re.sub(r"\s+", " ", g["rel"] or "")], base, last_day) or (base, base)
        day = first.replace(day=_day(g["d"], language))
        return day, day
    if kind == "share" and named:
        return _share_of_year(g["share"] or "", named, language)
    if kind == "span" and base is not None:
        unit, length = _spans(language)[re.sub(r"\s+", " ", g["span"] or "")]
        return _relative(unit, -length, base, last_day)
    if kind == "spread" and named:
        return date(named, _month(g["mon"]), 1), _month_end(int(g["y2"] or 0), _month(g["mon2"]))
    if kind == "months" and named:
        return date(named, _month(g["mon"]), 1), _month_end(named, _month(g["mon2"]))
    if kind == "month" and named:
        return _part(date(named, _month(g["mon"]), 1), _month_end(named, _month(g["mon"])), g["part"], language)
    if kind == "years" and named:
        return date(named, 1, 1), date(int(g["y2"] or 0), 12, 31)
    if kind == "year" and named:
        return _part(date(named, 1, 1), date(named, 12, 31), g["part"] or g["part2"], language)
    if kind == "bare-month":
        month = _month(g["mon"])
        g = {**g, "part": g["part"] or g["part2"]}
        if base is not None and not (year is not None and year < base.year and not g["last"]):
            before = month > base.month or (bool(g["last"]) and month == base.month)
            year = base.year - 1 if before else base.year
        return None if year is None else _part(date(year, month, 1), _month_end(year, month), g["part"], language)
    if kind == "relative":
        unit, shift = _relatives(language)[re.sub(r"\s+", " ", g["rel"] or "")]
        told = _relative(unit, shift, base, last_day)
        return _part(*told, g["part"], language) if told is not None and unit in ("month", "year") else told
    if kind == "weekday" and base is not None:
        back = (base.weekday() - _weekdays(language)[g["w"] or ""]) % 7
        day = base - timedelta(days=back or (7 if g["last"] else 0))
        return day, day
    return None


def _days(g: dict[str, str | None], language: str, named: int | None, base: date | None, year: int | None) -> Interval:
    month, first = _month(g["mon"]), _day(g["d"], language)
    last = _day(g.get("d2") or g["d"], language)
    if named is None and base is not None and year is not None and year < base.year:
        recent = timedelta(0) <= base - date(base.year, month, first) <= timedelta(days=NEWS)
        named = None if recent else year  # an account of an earlier year goes on
    if named is None and base is not None:
        named = base.year if date(base.year, month, first) <= base + timedelta(days=31) else base.year - 1
    named = named if named is not None else year
    return None if named is None else (date(named, month, first), date(named, month, last))


def _apart(g: dict[str, str | None], language: str, named: int | None, base: date | None, year: int | None) -> Interval:
    """From a day of one month to a day of another: "du 28 avril au 3 mai"."""
    month = _month(g["mon2"])
    told = year if base is None or (year is not None and year < base.year) else None
    named = named or told or (base.year - (month > base.month) if base is not None else None)
    if named is None:
        return None
    first = int(g["y1"] or 0) or named - (_month(g["mon"]) > month)
    begin, end = date(first, _month(g["mon"]), _day(g["d"], language)), date(named, month, _day(g["d2"], language))
    return (begin, end) if begin <= end else None


def _counted(kind: str, g: dict[str, str | None], language: str, base: date | None, last_day: str | None) -> Interval:
    """So many days, weeks, months, years before the text, or after the day last named."""
    said = re.sub(r"\s+", " ", g["n"] or "")
    number = int(said) if said.isdigit() else _small_numbers(language)[said]
    unit = next(u for u in ("day", "week", "month", "year") if g.get(u))
    if kind == "later":
        start, sign = (date.fromisoformat(last_day) if last_day else None), 1
        earlier = word_list(language).times["earlier"]
        sign = -1 if re.sub(r"\s+", " ", g["later"] or "") in {folded(w) for w in earlier} else 1
    else:
        start, sign = base, -1
    if start is None:
        return None
    if unit in ("day", "week"):
        day = start + timedelta(days=sign * number * (7 if unit == "week" else 1))
        slack = timedelta(days=3 if unit == "week" else 0)
        return day - slack, day + slack
    return _relative(unit, sign * number, start, None)


def _same_month(kind: str, g: dict[str, str | None], language: str, last_day: str | None) -> Interval:
    """ "في 23 منه", "في الشهر نفسه": a day, or all, of the month of the day named last."""
    if last_day is None:
        return None
    told = date.fromisoformat(last_day)
    if kind == "month-of-same":
        return told.replace(day=1), _month_end(told.year, told.month)
    day = told.replace(day=_day(g["d"], language))
    return day, day


def _relative(unit: str, shift: int, base: date | None, last_day: str | None) -> Interval:  # noqa: PLR0911
    if unit == "after":
        if last_day is None:
            return None
        day = date.fromisoformat(last_day) + timedelta(days=shift)
        return day, day
    if base is None:
        return None
    if unit == "day":
        return base + timedelta(days=shift), base + timedelta(days=shift)
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(base.year + shift, 1, 1), date(base.year + shift, 12, 31)
    y, m = divmod(base.year * 12 + base.month - 1 + shift, 12)
    return date(y, m + 1, 1), _month_end(y, m + 1)


def _share_of_year(said: str, year: int, language: str) -> Interval:
    """ "النصف الأول من 2030": the first half, the last quarter."""
    table = word_list(language).times["shares"]
    first, last = next(tuple(m) for w, m in table.items() if folded(w) == re.sub(r"\s+", " ", said))
    return date(year, first, 1), _month_end(year, last)


def _share_of_month(
    g: dict[str, str | None], language: str, named: int | None, base: date | None, year: int | None
) -> Interval:
    """ "الأسبوع الأول من أيار": the first seven days; 0 as the first day stands for the last seven."""
    table = {folded(w): tuple(days) for w, days in word_list(language).times["month-shares"].items()}
    first, last = table[re.sub(r"\s+", " ", g["share"] or "")]
    month = _month(g["mon"])
    if named is None:
        named = base.year - (month > base.month) if base is not None else year
    if named is None:
        return None
    end = _month_end(named, month)
    if first == 0:
        return end - timedelta(days=6), end
    return date(named, month, first), min(end, end.replace(day=min(last, end.day)))


def _part(first: date, last: date, part: str | None, language: str) -> Interval:
    """Early, mid and late are thirds, as in English (`times`)."""
    if not part:
        return first, last
    parts = word_list(language).times["parts"]
    said = re.sub(r"\s+", " ", part)
    third = next(n for n, key in enumerate(("early", "mid", "late")) if said in {folded(w) for w in parts[key]})
    if (last - first).days > 40:
        return date(first.year, 1 + 4 * third, 1), _month_end(first.year, 4 + 4 * third)
    starts = (1, 11, 21)
    return first.replace(day=starts[third]), last if third == 2 else first.replace(day=starts[third] + 9)


def _month(text: str | None) -> int:
    """The first name decides where two are given ("يناير/كانون الثاني")."""
    return _months()[re.sub(r"\s+", " ", (text or "").split("/")[0]).strip().rstrip(".")]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(text: str | None, language: str) -> int:
    figures = re.sub(r"\D", "", text or "")
    return int(figures) if figures else _day_words(language)[re.sub(r"\s+", " ", text or "")]
