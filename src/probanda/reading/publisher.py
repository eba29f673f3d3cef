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
from probanda.reading.dates import dateline_of, dates_in
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

    A known word is asked for: places and authors stand in the same position.
    """
    for index, line in enumerate(own[:5]):
        day = next(dates_in(line), None)
        beside = any(next(dates_in(near), None) and len(near.split()) <= 8 for near in own[index + 1 : index + 2])
        if day is None and not (beside and index > 0):
            continue
        name = (line[: day.start] + line[day.end :] if day else line).strip(" ,،-–—|\n\t.:")
        words = name.split()
        known = any(word.casefold().strip(",.") in _known() for word in words)
        if 0 < len(words) <= 5 and known and "\n" not in name and not any(c.isdigit() for c in name):
            return name
    return None


@cache
def _known() -> frozenset[str]:
    text = resources.files("probanda.reading").joinpath("publishers.yaml").read_text("utf-8")
    return frozenset(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["words"])  # noqa: S506 (a safe loader)
