"""Which values of another system's records somebody wrote as prose, and their words without tags.

Start with `is_prose`. Looks down to: html_scan. Used by: bayanat, record_table.
"""

from __future__ import annotations

import html
import re

from probanda.reading.formats.html_scan import RAW, scan

_PROSE = re.compile(r"(?:actor_profiles\[\d+\]\.|profile_\d+_)?(?:description|public_description)")
_TITLE = re.compile(r"(?:title|title_ar)")
_BLOCKS = frozenset(
    ["p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "blockquote",
     "section", "article", "hr", "pre", "dl", "dt", "dd"]
)  # fmt: skip
_TAGGED = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|&(?:#\d{1,7}|\w{2,10});")
_SPACE = re.compile(r"[ \t]*\n\s*\n\s*")


def is_prose(path: str) -> bool:
    """True for a field in which persons tell what happened."""
    return _PROSE.fullmatch(path) is not None


def is_title(path: str) -> bool:
    """True for the title of the record itself."""
    return _TITLE.fullmatch(path) is not None


def without_tags(words: str) -> str:
    """The words of a piece of HTML, its blocks as paragraphs; other words unchanged."""
    if not _TAGGED.search(words):
        return words
    parts = []
    for token in scan(words):
        if token.kind == "text":
            parts.append(html.unescape(words[token.start : token.end]).replace("\xa0", " "))
        elif token.name in _BLOCKS and token.name not in RAW:
            parts.append("\n\n")
    return _SPACE.sub("\n\n", "".join(parts)).strip()
