"""Numbers as a source gives them: words and figures, bounds and approximations ("at least 40", "dozens").

Start with `quantities_in`. "More than 400" has min 401; "about 400" has value 400 and neither bound; a plain
"42" has all three. Distances, sums of money, times of day, spans of time, ages and numbers that name something
("Camp 5", "the 4th brigade") are no quantities; dates are the caller's to leave out. `span_in` reads a span of time
where that is what is counted: the years of a sentence, the days of a siege.

Looks down to: kernel, lexicon. Used by: roles, readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from probanda.claims.lexicon import Lexicon, lexicon
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Span

_FIGURE = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    m = lexicon(language).measures
    word = _any(list(m["numbers"]))
    scale = _any(list(m["scales"]))
    # "twenty-five", "two hundred and six", "three thousand"
    words = rf"(?:{word})(?:[\s-](?:{word}))?(?:\s+(?:{scale})(?:\s+and\s+(?:{word})(?:[\s-](?:{word}))?)?)?"
    one = rf"(?:(?:{_FIGURE})(?:\s+(?:{scale}))?|{words})"
    bounds = _any([b for key in ("above", "at-least", "at-most", "below", "about") for b in m[key]])
    behind = "|".join(_behind(b) for key in sorted(m["behind"]) for b in m["behind"][key])
    return re.compile(
        rf"(?:\b(?P<bound>{bounds})\s+)?"
        rf"(?:\b(?P<vague>{_any(list(m['vague']))})\b"
        rf"|\b(?P<fixed>{_any(list(m['fixed']))})\b"
        rf"|(?:\bbetween\s+(?P<blow>{one})\s+and\s+|(?<![\w.,:$€£-])(?P<low>{one})\s+(?:to|or)\s+"
        rf"|(?<![\w.,:$€£-])(?P<figlow>{_FIGURE})\s*[-–]\s*(?=\d))(?P<high>{one})(?![\w-])"
        rf"|(?<![\w.,:/$€£-])(?P<one>{_FIGURE}|{words})(?:[\s-](?P<scale>{scale}))?(?![\w:]|[-.,]\d|-(?!odd\b|plus\b))"
        rf"|\b(?:a|(?P<several>several))\s+(?P<ascale>{scale})\b)"
        rf"(?:\s*(?P<behind>{behind})(?!\w))?",
        re.IGNORECASE,
    )


def _behind(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+")


@lru_cache(maxsize=2)
def _no_count(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may not stand behind a number, and not before it, where it counts someone."""
    m = lexicon(language).measures
    after = re.compile(rf"\s*-?\s*(?:{_any(m['units'])})(?!\w)", re.IGNORECASE)
    before = re.compile(
        rf"(?:(?i:\b(?:{_any(m['numbered'])})\.?)\s+|\b(?:{_any(m['named'])})\s+|\b[Nn]ot\s+(?=one\b)|\b(?i:at)\s+(?=[0-2]\d[0-5]\d\b)|[$€£]\s*|\b(?:US|EUR|USD)\s*\$?)"
    )
    return after, before


def quantities_in(
    words: str, language: str = "en", *, apart: Sequence[tuple[int, int]] = ()
) -> list[tuple[Span, Quantity]]:
    """Every number in these words that counts, with its bounds, left to right.

    `apart`: start and end of what is left out though it holds numbers, such as dates.
    """
    lex = lexicon(language)
    after, before = _no_count(language)
    found = []
    for match in _numbers(words, language):
        if any(start <= match.start() < end or start < match.end() <= end for start, end in apart):
            continue
        bare = match.start() + len(match.group("bound") or "")
        start = re.match(r"\s*", words[bare:]).end() + bare  # type: ignore[union-attr]
        if after.match(words, match.end()) or _led_by(before, words, start) or _age(match, words):
            continue
        quantity = _read(match, lex)
        if quantity is not None:
            found.append((Span(match.start(), match.end()), quantity))
    return found


def _numbers(words: str, language: str) -> Iterator[re.Match[str]]:
    """As the pattern's `finditer`, which would try every letter: a number begins where a word of one begins."""
    pattern, openers, end = _pattern(language), _openers(language), 0
    for word in _WORD.finditer(words):
        said = word.group(0)
        if word.start() < end or not (said[0].isdigit() or said.lower() in openers):
            continue
        match = pattern.match(words, word.start())
        if match is not None:
            end = match.end()
            yield match


@lru_cache(maxsize=2)
def _openers(language: str) -> frozenset[str]:
    """The first words of all that `_pattern` meets, figures aside."""
    m = lexicon(language).measures
    lists = ("above", "at-least", "at-most", "below", "about", "vague", "fixed", "numbers")
    said = {re.split(r"\W+", str(words).strip())[0].lower() for name in lists for words in m[name]}
    return frozenset(said | {"between", "a", "several"})


_WORD = re.compile(r"\w+")


def span_in(words: str, language: str = "en") -> Quantity | None:
    """The first span of time in these words ("25 years", "140-day"), its unit in the plural, or None."""
    m = lexicon(language).measures
    number = rf"(?:{_FIGURE}|(?:{_any(list(m['numbers']))})(?:[\s-](?:{_any(list(m['numbers']))}))?)"
    bounds = _any([b for key in ("above", "at-least", "at-most", "below", "about") for b in m[key]])
    found = re.search(
        rf"(?:\b(?P<bound>{bounds})\s+)?(?<![\w.,:])(?P<n>{number})[\s-]+(?P<unit>day|week|month|year)s?\b(?![\s-]+olds?\b)",
        words,
        re.IGNORECASE,
    )
    if found is None:
        return None
    text, unit = re.sub(r"\s+", " ", found.group(0)), found.group("unit").lower() + "s"
    bounded = _bounded(text, _whole(found.group("n"), m), re.sub(r"\s+", " ", (found.group("bound") or "").lower()), m)
    return Quantity(text=text, value=bounded.value, min=bounded.min, max=bounded.max, unit=unit)


def _led_by(before: re.Pattern[str], words: str, start: int) -> bool:
    """What stands right before the number is one of these."""
    return any(found.end() == start for found in before.finditer(words, max(0, start - 24), start + 6))


def _age(match: re.Match[str], words: str) -> bool:
    """ "Dant, 71, was", "boys under fifteen", "as young as twelve", "9 and older"."""
    before, after = words[max(0, match.start() - 20) : match.start()], words[match.end() : match.end() + 20]
    if re.search(r"[A-Z][\w’'-]+,\s$", before) and re.match(r",", after) and not match.group("bound"):
        return True
    if re.search(r"\bas\s+(?:young|old)\s+as\s+$", before):
        return True
    if re.match(r"\s+(?:and|or|years?\s+and)\s+(?:older|younger|over|under)\b", after):
        return True
    below = (match.group("bound") or "").lower() in ("under", "over", "above")
    return below and re.match(r"\s*(?:[,.;]|$|when\b|who\b|at\b|years\b)", after) is not None


def _read(match: re.Match[str], lex: Lexicon) -> Quantity | None:
    m = lex.measures
    text = match.group(0)
    if match.group("vague"):
        return Quantity(text=text, min=m["vague"][re.sub(r"\s+", " ", match.group("vague").lower())])
    low = match.group("blow") or match.group("low") or match.group("figlow")
    if low:
        first, last = _whole(low, m), _whole(match.group("high"), m)
        return Quantity(text=text, min=first, max=last) if first < last else None
    if match.group("fixed"):
        number = m["fixed"][re.sub(r"\s+", " ", match.group("fixed").lower())]
    elif match.group("one"):
        if "." in match.group("one") and not match.group("scale"):
            return None
        number = _whole(f"{match.group('one')} {match.group('scale') or ''}", m)
    else:
        number = m["scales"][match.group("ascale").lower()]
        if match.group("several"):
            return Quantity(text=text, min=2 * number)
    bound = re.sub(r"\s+", " ", (match.group("bound") or "").lower())
    return _bounded(text, number, bound or _bound_behind(match.group("behind"), m), m)


def _bound_behind(words: str | None, m: dict[str, Any]) -> str:
    """The bound that words behind a number set, as one that would stand before it."""
    said = re.sub(r"\s+", " ", (words or "").lower())
    return next((str(m[key][0]) for key, these in m["behind"].items() if said in these), "")


def _bounded(text: str, number: int, bound: str, m: dict[str, Any]) -> Quantity:
    if bound in m["above"]:
        return Quantity(text=text, value=number, min=number + 1)
    if bound in m["at-least"]:
        return Quantity(text=text, value=number, min=number)
    if bound in m["at-most"]:
        return Quantity(text=text, value=number, max=number)
    if bound in m["below"]:
        return Quantity(text=text, value=number, max=number - 1)
    if bound in m["about"]:
        return Quantity(text=text, value=number)
    return Quantity(text=text, value=number, min=number, max=number)


def _whole(text: str, m: dict[str, Any]) -> int:
    """A number in figures or words: "1,200", "1.5 million", "two hundred and six"."""
    words = re.split(r"[\s-]+", text.lower().strip())
    total, part = 0.0, 0.0
    for word in words:
        if word == "and":
            continue
        if word in m["scales"]:
            total, part = total + (part or 1) * m["scales"][word], 0.0
        elif word in m["numbers"]:
            part += m["numbers"][word]
        else:
            part += float(word.replace(",", ""))
    return int(total + part)
