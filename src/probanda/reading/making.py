"""From what a format extracted to a `Text`: paragraphs, roles, language, date, publisher, and what it reads like.

Start with `text_of`. Pure: the same bytes give the same text.

Looks down to: formats, passages, furniture, language, dates, publisher, testimony. Used by: parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probanda.kernel.digests import words_digest
from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.dates import date_of
from probanda.reading.formats import Extracted
from probanda.reading.furniture import Role, roles, title_of
from probanda.reading.language import language_of
from probanda.reading.model import Dated, Text
from probanda.reading.passages import paragraphs, passages
from probanda.reading.publisher import publisher_of
from probanda.reading.testimony import restricted_reason

_ENOUGH = 20_000
"""Code points of body from which language is told."""


@dataclass(frozen=True, slots=True)
class About:
    """What the first part of a text says of the whole; later parts take it over."""

    language: str | None
    language_reason: str
    title: str | None
    publisher: str | None
    dated: Dated | None
    restricted_reason: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in its text."""

    part: int = 0
    parts: int = 1
    base: int = 0
    paragraphs: int = 0
    """Paragraphs before this part."""


def text_of(item: str, extracted: Extracted, place: Place | None = None, about: About | None = None) -> Text:
    """The text of an item, or of the part of it that stands at `place`; `about` is what its first part said."""
    place = place or Place()
    words = extracted.words
    spans = paragraphs(words)
    found = roles(words, spans, extracted.marks)
    about = about or _about(extracted, spans, found)
    return Text(
        item=item,
        words=words,
        digest=words_digest(words),
        passages=passages(spans, found, place.paragraphs + 1),
        language=about.language,
        language_reason=about.language_reason,
        encoding=extracted.encoding,
        encoding_reason=extracted.encoding_reason,
        media_type=extracted.media_type,
        title=about.title,
        publisher=about.publisher,
        dated=about.dated,
        restricted_reason=about.restricted_reason,
        runs=extracted.runs,
        located=extracted.located,
        remarks=extracted.remarks,
        machine=extracted.machine,
        holds=extracted.holds,
        facts=extracted.facts,
        part=place.part,
        parts=place.parts,
        base=place.base,
    )


def about_of(text: Text) -> About:
    """What a first part says of the whole text."""
    return About(text.language, text.language_reason, text.title, text.publisher, text.dated, text.restricted_reason)


def _about(extracted: Extracted, spans: Sequence[Span], found: Sequence[Role]) -> About:
    words = extracted.words
    language, reason = _language(words, spans, found)
    said = (extracted.language or "").split("-")[0].lower()
    if language is None and len(said) == 2 and said.isalpha() and said.isascii():
        language, reason = said, f"{reason} by its words; the page's mark says “{said}”"
    publisher = publisher_of(extracted, spans, found)
    dated = date_of(extracted, spans, found)
    return About(
        language=language,
        language_reason=reason,
        title=extracted.title or title_of(words, spans, found),
        publisher=publisher,
        dated=dated,
        restricted_reason=extracted.restricted
        or restricted_reason(words, spans, found, published=publisher is not None),
    )


def _language(words: str, spans: Sequence[Span], found: Sequence[Role]) -> tuple[str | None, str]:
    """Told from body; where there is none, from headings and captions, which may be all a short text has."""
    for wanted in ((PassageRole.BODY,), (PassageRole.HEADING, PassageRole.CAPTION), (PassageRole.FURNITURE,)):
        sample = _sample(words, spans, found, wanted)
        if sample:
            return language_of(sample)
    return None, "no letters"


def _sample(words: str, spans: Sequence[Span], found: Sequence[Role], wanted: tuple[PassageRole, ...]) -> str:
    chosen: list[str] = []
    length = 0
    for span, (role, _) in zip(spans, found, strict=True):
        if role in wanted:
            chosen.append(words[span.start : span.end][:_ENOUGH])
            length += len(chosen[-1])
            if length >= _ENOUGH:
                break
    return "\n".join(chosen)
