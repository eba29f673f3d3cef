"""Characters of a source made safe to show: what could reorder, hide or break a page is shown by its code.

Start with `shown`. Letters, marks and joiners of every script stay as they are; so do the marks
U+200E, U+200F and U+061C, which right-to-left texts need and which cannot reach beyond an isolated
run. Embeddings, overrides and isolates (Unicode Standard Annex 9), controls, lone surrogates and
invisible tags are shown as `[U+202E]`.

Looks down to: nothing. Used by: speech and every drafting module here.
"""

from __future__ import annotations

import re
from typing import Final

UNSAFE: Final = re.compile(
    "["
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f"  # controls, but for white space
    "\\u180e\\u200b\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"  # bidi controls, invisible operators
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"  # surrogates, noncharacters
    "\\U000e0000-\\U000e0fff"  # tags
    "]"
)
SPACE: Final = re.compile("[\\t\\n\\v\\f\\r\\x85\\u2028\\u2029]+")


def shown(text: str) -> str:
    """The text with unsafe characters shown by their codes; line breaks become single spaces."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub(_code, SPACE.sub(" ", text))


def _code(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"
