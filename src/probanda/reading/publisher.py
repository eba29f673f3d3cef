"""Who published a text, as its marks or its own words say; None where they do not.

Start with `publisher_of`. In order: marks of the page, a line such as "Source: X", the agency of a
dateline, a short line near the top, alone or beside the date, with a word that publishers' names have.

Looks down to: kernel, formats, furniture, dates. Used by: making.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.dates import Found, dateline_of, dates_in
from probanda.reading.formats import Extracted
from probanda.reading.furniture import Role

_SOURCE = re.compile(
    r"\W{0,3}(?:source|published by|publisher|publié par|المصدر|الناشر)\s{0,2}[:：]\s{0,3}(\S[^\n]{1,80})\s*\Z", re.I
)
_DATE_ONLY = re.compile(r"[\d\s./-]+\Z")


def publisher_of(extracted: Extracted, spans: Sequence[Span], found: Sequence[Role]) -> str | None:
    """The publisher's name as written, or None."""
    if extracted.publisher:
        return extracted.publisher
    own = [
        span.of(extracted.words)[:200]
        for span, (role, _) in zip(spans, found, strict=True)
        if role is not PassageRole.FURNITURE
    ]
    return _by_line(own) or _by_dateline(own) or _by_masthead(own)


def _by_line(own: Sequence[str]) -> str | None:
    for line in [*own[:8], *own[-5:]]:
        said = _SOURCE.match(line)
        if said and len(said[1].split()) <= 8 and not _DATE_ONLY.match(said[1]):
            return said[1].strip(" .")
    return None


def _by_dateline(own: Sequence[str]) -> str | None:
    for paragraph in own[:4]:
        line = dateline_of(paragraph)
        if line is not None and line.agency:
            return line.agency
    return None


def _by_masthead(own: Sequence[str]) -> str | None:
    """A name of up to five words on a line of the first five, alone beside a line with the date, or with the date.

    A known word is asked for: places and authors stand in the same position. Above `Press release` or the like none is:
    nobody but who issues it stands there.
    """
    for index, line in enumerate(own[:5]):
        day = next(dates_in(line), None)
        below = own[index + 1] if index + 1 < len(own) else ""
        dated = next(dates_in(below), None) if len(below.split()) <= 8 else None
        if day is None and dated is None:
            continue
        name = _beside(line, day)
        words = name.split()
        issued = day is None and dated is not None and _is_paper(_beside(below, dated))
        known = any(
            word.casefold().strip(",.").removeprefix("l'").removeprefix("l’") in _lists()["words"] for word in words
        )
        # A headline is the first line, too: a name there is written as one, and only the date stands below it.
        alone = dated is not None and not _beside(below, dated)
        heads = index > 0 or day is not None or (alone and all(map(_as_in_a_name, words)))
        body = (
            index == 0
            and alone
            and any(w.casefold() in _lists()["bodies"] for w in words)
            and all(map(_as_in_a_name, words))
        )
        named = 0 < len(words) <= (7 if issued or body else 5) and not _is_paper(name) and "\n" not in name
        if named and (issued or body or (known and heads)) and not any(c.isdigit() for c in name):
            return name
    return None


def _is_paper(words: str) -> bool:
    """True for `Press release` and `Weekly update`: what a text is called, not whose it is."""
    said = [w for w in words.casefold().split() if w.strip(",.:")]
    return bool(said) and all(
        w.strip(",.:") in _lists()["papers"] or w.isdigit() or w in ("no", "no.", "n°") for w in said
    )


def _as_in_a_name(word: str) -> bool:
    """True for words with a capital and for small ones: `Courrier`, `de`, `d'Orvane`; for Arabic words too."""
    return word[:1] == word[:1].upper() or len(word) < 4 or word[1:2] in "'’"


def _beside(line: str, day: Found | None) -> str:
    """What stands on a line beside the date."""
    return (line[: day.start] + line[day.end :] if day else line).strip(" ,،-–—|\n\t.:")


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("probanda.reading").joinpath("publishers.yaml").read_text("utf-8")
    loaded = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    return {name: frozenset(words) for name, words in loaded.items()}
