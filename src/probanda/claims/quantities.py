"""Numbers as a source gives them: words and figures, bounds and approximations ("at least 40", "dozens").

Start with `quantities_in`. "More than 400" has min 401; "about 400" has value 400 and neither bound; a plain
"42" has all three.

Looks down to: kernel, lexicon. Used by: roles, readers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from probanda.claims.lexicon import Lexicon, lexicon
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Span


@lru_cache(maxsize=2)
def _pattern(language: str) -> re.Pattern[str]:
    m = lexicon(language).measures
    words = "|".join(sorted(m["numbers"], key=len, reverse=True))
    scales = "|".join(m["scales"])
    vague = "|".join(sorted(m["vague"], key=len, reverse=True))
    bounds = "|".join(
        re.escape(b).replace(r"\ ", r"\s+")
        for key in ("above", "at-least", "at-most", "below", "about")
        for b in sorted(m[key], key=len, reverse=True)
    )
    figure = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
    return re.compile(
        rf"(?:\b(?P<bound>{bounds})\s+)?"
        rf"(?:\b(?P<vague>{vague})\b"
        rf"|(?<![\w.,-])(?P<low>{figure})\s*(?:-|–|to)\s*(?P<high>{figure})(?![\w-])"
        rf"|(?<![\w.,:$€£-])(?P<figure>{figure})(?:[\s-](?P<fscale>{scales}))?(?![\w:-])"
        r"(?!\s*(?:[ap]\.?m\b|km\b|kilomet|miles\b|per cent|percent|%|-year))"
        rf"|\b(?P<words>(?:{words})(?:[\s-](?:{words}))?)(?:[\s-](?P<wscale>{scales}))?\b"
        rf"|\b(?:a|several)\s+(?P<ascale>{scales})\b)",
        re.IGNORECASE,
    )


def quantities_in(words: str, language: str = "en") -> list[tuple[Span, Quantity]]:
    """Every number in these words with its bounds, left to right; dates and ordinals are the caller's to leave out."""
    lex = lexicon(language)
    found = []
    for match in _pattern(language).finditer(words):
        quantity = _read(match, lex)
        if quantity is not None:
            found.append((Span(match.start(), match.end()), quantity))
    return found


def _read(match: re.Match[str], lex: Lexicon) -> Quantity | None:
    m = lex.measures
    text = match.group(0)
    if match.group("vague"):
        return Quantity(text=text, min=m["vague"][re.sub(r"\s+", " ", match.group("vague").lower())])
    if match.group("low"):
        low, high = _figure(match.group("low")), _figure(match.group("high"))
        return Quantity(text=text, min=low, max=high) if low < high else None
    if match.group("figure"):
        number = float(match.group("figure").replace(",", "")) * m["scales"].get(
            (match.group("fscale") or "").lower(), 1
        )
    elif match.group("words"):
        number = sum(m["numbers"][w] for w in re.split(r"[\s-]+", match.group("words").lower()))
        number *= m["scales"].get((match.group("wscale") or "").lower(), 1)
    else:
        number = m["scales"][match.group("ascale").lower()]
        if text.lower().split()[0] == "several" or "several" in text.lower():
            return Quantity(text=text, min=2 * int(number))
    return _bounded(text, int(number), re.sub(r"\s+", " ", (match.group("bound") or "").lower()), m)


def _bounded(text: str, number: int, bound: str, m: dict[str, list[str]]) -> Quantity:
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


def _figure(text: str) -> int:
    return int(float(text.replace(",", "")))
