"""What around a text is not part of it: menus, newsletter lines, teasers, credits, reference lists.

Start with `roles`. Furniture is kept and marked with a reason, never deleted: its words stay in the text and can be
searched, but bear no claims. The rules look at shapes (short, no full stop, repeated, below a trailer heading); the
words they need are data in `furniture.yaml` and `credits.yaml`. Where in doubt a paragraph is body.

Looks down to: kernel, formats (marks). Used by: making.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Mark
from probanda.reading.passages import ends_closed

Role = tuple[PassageRole, str]
BODY: Role = (PassageRole.BODY, "")

_FURNITURE, _HEADING, _CAPTION = PassageRole.FURNITURE, PassageRole.HEADING, PassageRole.CAPTION
_LONGEST_LINE = 600
"""Code points beyond which a paragraph is no line of furniture: rules on words look at no more."""
_EDGES = " \t\u00a0\u200e\u200f\u202a-\u202e*_#>«»›‹|•·–—-"
_SENTENCE_END = re.compile(r"[.!?؟۔][\"'”’»)\]]*(?=\s|$)")
_REFERENCE = re.compile(r"\[\d{1,4}\]")
_BARE_REFERENCES = re.compile(r"(?:\[\d{1,4}\]\s*)+\Z")
_INLINE_REFERENCE = re.compile(r"[^\s\[\]]\[\d{1,4}\]")
_PAGE = re.compile(r"(?:(?:page|p\.|صفحة)\s*\d{1,4}|\d{1,3})(?:\s*(?:of|/|de|sur|من)\s*\d{1,4})?\Z", re.IGNORECASE)
_ROW = re.compile(r"\||\S {2,}\S.* {2,}\S|\S\t")
_LIST_ENTRY = re.compile(r"(?:[-*•–—▪●]|\(?\d{1,3}[.)])\s")
_DATE_ALONE = re.compile(r"(?:\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\Z")
_PARTS = re.compile(r"\s*[|»›>•·]\s*")
_BYLINE = re.compile(r"(?:by|par|from|بقلم|كتب)[\s:]", re.IGNORECASE)
_ELLIPSIS = ("…", "...", "[…]", "[...]", "(...)")


@dataclass(frozen=True, slots=True)
class _Phrases:
    """One entry of furniture.yaml, compiled."""

    kind: str
    reason: str
    match: str
    longest: int
    trailer: bool
    pattern: re.Pattern[str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph as the rules see it."""

    text: str
    """Its first code points, trimmed."""
    plain: str
    """Small letters, one space between words, no edge marks: what phrases are compared with."""
    words: int
    closed: bool
    sentences: int


def roles(words: str, spans: Sequence[Span], marks: Sequence[Mark] = ()) -> list[Role]:
    """The role and reason of each paragraph, in order. `marks` are what the format's own structure says."""
    lines = [_line(words, span) for span in spans]
    found: list[Role | None] = _marked(spans, marks)
    for index, line in enumerate(lines):
        if found[index] is None:
            found[index] = _alone(line)
    _references(lines, found)
    _repeats(lines, found)
    _trailers(lines, found)
    _menus(lines, found)
    _headings(lines, found)
    return [role or BODY for role in found]


def title_of(words: str, spans: Sequence[Span], found: Sequence[Role]) -> str | None:
    """The first heading, where it stands before any body text; on one line."""
    for span, (role, _) in zip(spans, found, strict=True):
        if role is _HEADING:
            line = " ".join(words[span.start : span.end].split())
            if not _DATE_ALONE.match(line):
                return line
        elif role is PassageRole.BODY:
            return None
    return None


def _line(words: str, span: Span) -> _Line:
    text = words[span.start : span.end]
    short = text[:_LONGEST_LINE]
    plain = " ".join(short.casefold().replace("’", "'").split()).strip(_EDGES)
    return _Line(short, plain, len(text.split()), ends_closed(text), len(_SENTENCE_END.findall(text)))


# Rules on one paragraph alone -------------------------------------------------------------------


def _alone(line: _Line) -> Role | None:
    if not any(c.isalnum() for c in line.text):
        return _FURNITURE, "a separator line"
    if _PAGE.match(line.text):
        return _FURNITURE, "a page number"
    for phrases in _phrases():
        if not phrases.trailer and _says(phrases, line):
            return _FURNITURE, phrases.reason
    return _credit(line) or _navigation(line)


def _says(phrases: _Phrases, line: _Line) -> bool:
    if line.words > phrases.longest:
        return False
    if phrases.match != "within":
        return phrases.pattern.match(line.plain) is not None
    # Looking for plain words first is ten times quicker than the pattern, and nearly every line has none of them.
    return any(words in line.plain for words in phrases.lines) and phrases.pattern.search(line.plain) is not None


def _credit(line: _Line) -> Role | None:
    """A photo credit is short and is no sentence: it begins with the word for it, or ends with an agency."""
    if line.words > 30 or _BYLINE.match(line.text):
        return None
    begins, ends = _credit_patterns()
    shown = line.text.strip()
    if begins.match(line.plain):
        return (_FURNITURE, "a photo credit") if line.words <= 12 else (_CAPTION, "a caption with its photo credit")
    agency = ends.search(shown)
    if agency is None or (line.closed and not shown.endswith((")", "]"))):
        return None
    if line.words <= 12 and _SENTENCE_END.search(shown[: agency.start()]) is None:
        return _FURNITURE, f"a photo credit: a short line that ends with {agency.group('agency')}"
    return _CAPTION, f"a caption: it ends with the photo credit {agency.group('agency')}"


def _navigation(line: _Line) -> Role | None:
    parts = _PARTS.split(line.plain)
    if len(parts) >= 3 and all(0 < len(part.split()) <= 3 for part in parts):
        return _FURNITURE, "a row of menu entries"
    return None


# Rules that look around -------------------------------------------------------------------------


def _references(lines: Sequence[_Line], found: list[Role | None]) -> None:
    """Lists of references are known by bare numbers, or by numbers set behind words in the text above.

    Without such signs a paragraph that begins with `[12]` is body: courts number their paragraphs so.
    """
    bare = [bool(_BARE_REFERENCES.match(line.text)) for line in lines]
    if not any(bare) and not any(_INLINE_REFERENCE.search(line.text) for line in lines):
        return
    for index, line in enumerate(lines):
        if bare[index]:
            found[index] = (_FURNITURE, "a bare number of a reference list")
        elif _REFERENCE.match(line.text) and line.words <= 60:
            found[index] = (_FURNITURE, "an entry of a reference list")


def _repeats(lines: Sequence[_Line], found: list[Role | None]) -> None:
    counts = Counter(line.plain for line in lines if line.plain)
    for index, line in enumerate(lines):
        if found[index] is not None or line.words > 30 or counts[line.plain] < 2:
            continue
        before = index > 0 and lines[index - 1].plain == line.plain
        after = index + 1 < len(lines) and lines[index + 1].plain == line.plain
        if index <= 1 and lines[0].plain == lines[1].plain:
            if index == 1:
                found[index] = (_FURNITURE, "the title a second time")
        elif before or after:
            found[index] = (_FURNITURE, "the same line twice running, as captions are printed")
        elif counts[line.plain] >= 3 and not line.closed and line.words <= 12:
            found[index] = (_FURNITURE, f"a line that comes back {counts[line.plain]} times")


def _trailers(lines: Sequence[_Line], found: list[Role | None]) -> None:
    """Below a heading of teasers all is furniture, until the text reads like body again."""
    below: str | None = None
    kind = ""
    for index, line in enumerate(lines):
        heading = _trailer_heading(line)
        if heading is not None:
            below, kind = line.text.strip(), heading.kind
            found[index] = (_FURNITURE, heading.reason)
        elif below is not None:
            entry = kind == "references" and _LIST_ENTRY.match(line.text) is not None
            if found[index] is None and not entry and _reads_like_body(lines, index):
                below = None
            elif found[index] is None:
                found[index] = (_FURNITURE, f"below “{below[:60]}”")


def _trailer_heading(line: _Line) -> _Phrases | None:
    return next((phrases for phrases in _phrases() if phrases.trailer and _says(phrases, line)), None)


def _reads_like_body(lines: Sequence[_Line], index: int) -> bool:
    """Teasers are titles and one-line summaries; body is two sentences at length, or sentence upon sentence."""
    line = lines[index]
    if not _full(line):
        return False
    if line.sentences >= 2 and line.words >= 25:
        return True
    return index + 1 < len(lines) and _full(lines[index + 1])


def _full(line: _Line) -> bool:
    return line.words >= 12 and line.closed and line.sentences >= 1 and not line.text.rstrip().endswith(_ELLIPSIS)


def _menus(lines: Sequence[_Line], found: list[Role | None]) -> None:
    """Three or more very short lines running, two of them words that menus have: a menu, one entry a line.

    Known words are asked for because lists of names (of the dead, of detainees) have the same shape.
    """
    known = _navigation_words()
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and found[index] is None and lines[index].words <= 3 and not lines[index].closed:
            continue
        run = range(start, index)
        if len(run) >= 3 and 2 * sum(lines[i].plain in known for i in run) >= len(run):
            for i in run:
                found[i] = (_FURNITURE, "an entry of a menu")
        start = index + 1


def _headings(lines: Sequence[_Line], found: list[Role | None]) -> None:
    seen_body = False
    for index, line in enumerate(lines):
        if found[index] is not None:
            seen_body = seen_body or found[index] == BODY
            continue
        if _DATE_ALONE.match(line.text.strip()):
            found[index] = (_HEADING, "a date alone on its line")
            continue
        if (_BYLINE.match(line.text) and line.words <= 10) or _ROW.search(line.text) or _LIST_ENTRY.match(line.text):
            seen_body = True
            continue
        longest = 14 if seen_body else 30
        more = _longer_below(lines, found, index, 1 if seen_body else 5)
        if line.words <= longest and not _stops(line) and more and not line.text[:1].islower():
            why = "a short line without a full stop before longer text"
            found[index] = (_HEADING, why if seen_body else f"the first words: {why}")
        else:
            seen_body = True


def _longer_below(lines: Sequence[_Line], found: Sequence[Role | None], index: int, reach: int) -> bool:
    """True when one of the next `reach` paragraphs is longer text; at the top, name and date may stand between."""
    looked_at = 0
    for n in range(index + 1, len(lines)):
        if found[n] is None or found[n] == BODY:
            if lines[n].words > max(4, lines[index].words // 2) and (reach == 1 or lines[n].words >= 8):
                return True
            looked_at += 1
            if looked_at >= reach:
                return False
    return False


def _stops(line: _Line) -> bool:
    """True when the line ends as a statement does; a question or a closing quote may well be a headline."""
    return line.text.rstrip().rstrip("\"'”’»)] ").endswith((".", ":", ";", ",", "…", "۔", "؛", "،"))


def _marked(spans: Sequence[Span], marks: Sequence[Mark]) -> list[Role | None]:
    """The role of each paragraph by the marks that cover half of it: furniture before caption, heading and body."""
    found: list[Role | None] = [None] * len(spans)
    if not marks:
        return found
    ends = [span.end for span in spans]
    for wanted in (PassageRole.BODY, _HEADING, _CAPTION, _FURNITURE):
        for mark in marks:
            if mark.role is not wanted:
                continue
            index = bisect_left(ends, mark.start + 1)
            while index < len(spans) and spans[index].start < mark.end:
                held = min(spans[index].end, mark.end) - max(spans[index].start, mark.start)
                if 2 * held >= spans[index].end - spans[index].start:
                    found[index] = (mark.role, mark.reason)
                index += 1
    return found


# Words ------------------------------------------------------------------------------------------


@cache
def _phrases() -> tuple[_Phrases, ...]:
    text = resources.files("probanda.reading").joinpath("furniture.yaml").read_text("utf-8")
    shapes = {"whole": r"\A(?:{})[\s:.…!?؟>»]*\Z", "start": r"\A(?:{})", "within": r"(?:{})"}
    return tuple(
        _Phrases(
            entry["kind"],
            entry["reason"],
            entry["match"],
            entry["longest"],
            entry.get("trailer", False),
            re.compile(shapes[entry["match"]].format(_any_of(entry["lines"], entry["match"]))),
            tuple(" ".join(words.casefold().split()) for words in entry["lines"]),
        )
        for entry in yaml.load(text, _LOADER)  # noqa: S506 (a safe loader)
    )


def _any_of(lines: Sequence[str], match: str) -> str:
    folded = sorted({" ".join(line.casefold().split()) for line in lines}, key=lambda line: (-len(line), line))
    return "|".join(_bounded(line) if match != "whole" else re.escape(line) for line in folded)


def _bounded(line: str) -> str:
    before = r"(?<!\w)" if line[0].isalnum() else ""
    after = r"(?!\w)" if line[-1].isalpha() else ""
    return before + re.escape(line) + after


@cache
def _credit_words() -> dict[str, list[str]]:
    text = resources.files("probanda.reading").joinpath("credits.yaml").read_text("utf-8")
    words: dict[str, list[str]] = yaml.load(text, _LOADER)  # noqa: S506 (a safe loader)
    return words


@cache
def _credit_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _credit_words()
    begins = re.compile(r"[(\[]?(?:" + _any_of(words["begins"], "start") + ")")
    agencies = "|".join(re.escape(name) for name in sorted(words["agencies"], key=lambda name: (-len(name), name)))
    return begins, re.compile(rf"(?<![\w-])(?P<agency>{agencies})[\s)\]]*\Z")


@cache
def _navigation_words() -> frozenset[str]:
    return frozenset(" ".join(word.casefold().split()) for word in _credit_words()["navigation"])


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
