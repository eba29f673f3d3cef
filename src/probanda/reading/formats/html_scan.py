"""Tags, text and raw elements of a page, in order, with exact places: a scanner that is linear whatever the page holds.

Start with `scan`. The standard library's parser was tried and left: what it makes of unclosed comments, scripts and
tags differs between bug-fix releases of Python (results must not), and it takes time in the square of the length for
some broken pages. No tree is built; nothing is ever run.

Looks down to: nothing. Used by: formats.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Quoted values may hold `>`. All repetitions are possessive: there is nothing to go back for.
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63}+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
_ATTRIBUTES_READ = 8_000
"""Code points of a tag whose attributes are looked at."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the page: `kind` is text, open, close or raw (the inside of a script, style, title ...)."""

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: str = ""


def attributes_of(token: Token) -> dict[str, str]:
    """Names in small letters and values as written (entities not decoded); the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(token.attributes[:_ATTRIBUTES_READ]):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


def scan(page: str) -> Iterator[Token]:
    """The tokens of a page, in order. Comments, doctypes and processing instructions give none."""
    position = 0
    tag = _TAG
    while position < len(page):
        at = page.find("<", position)
        if at < 0:
            at = len(page)
        if at > position:
            yield Token("text", position, at)
        if at == len(page):
            return
        if page.startswith(("<!", "<?"), at):
            position = _behind_comment(page, at)
            continue
        found = tag.match(page, at)
        if found is None and page[at + 1 : at + 3].lstrip("/")[:1].isalpha():
            # A quote that never closes: from here on a tag ends with the next `>`, else each would be looked for
            # to the end of the page. What is left without any `>` is shown as it stands rather than lost.
            tag = _LOOSE_TAG
            found = tag.match(page, at)
            if found is None and page.find(">", at) < 0:
                yield Token("text", at, len(page))
                return
        if found is None:
            yield Token("text", at, at + 1)
            position = at + 1
            continue
        position = found.end()
        name = found[2].lower()
        yield Token("close" if found[1] else "open", at, position, name, found[3])
        if name in RAW and not found[1]:
            end = _end_of_raw(page, position, name)
            yield Token("raw", position, end, name, found[3])
            position = end


def _behind_comment(page: str, at: int) -> int:
    comment = page.startswith("<!--", at)
    closing = "-->" if comment else ">"
    end = page.find(closing, at + (2 if not comment else 4))
    return len(page) if end < 0 else end + len(closing)


def _end_of_raw(page: str, position: int, name: str) -> int:
    end = re.compile(rf"</{name}", re.IGNORECASE).search(page, position)
    return end.start() if end else len(page)
