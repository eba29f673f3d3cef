"""Records of how two items hang together, and of the agency a text says it comes from.

Start with `Kinship`. What finds them: copies (whole texts), passages and quotations (parts), translations,
syndication; of pictures: alike.

Looks down to: nothing. Used by: alike, copies, passages, quotations, translations, syndication, origins.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KinshipKind(StrEnum):
    """In what way two texts hang together; all but the first two leave them two texts."""

    COPY = "copy"
    """One text: equal, in other case, cut, padded, noisy, under another headline, or one dispatch of an agency."""
    TRANSLATION = "translation"
    """One text in two languages: the same numbers and names in the same order. A proposal."""
    PASSAGE = "passage"
    """Two texts that share a run of words too long for chance; what lies outside it is each text's own."""
    QUOTATION = "quotation"
    """Two texts with the same words between quotation marks: one saying, however often it is printed."""
    LOOKS_ALIKE = "looks alike"
    """Two pictures, or recordings by their key frames, that look alike: perhaps one. Joins nothing by itself."""


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """One stretch of words in both texts: code points into `Doc.words` of each, ends exclusive."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True, order=True)
class Kinship:
    """Two texts hang together; a proposal, with what can be looked at on both sides.

    `a` and `b` are items, `a` < `b`. `spans` are in order of `a_start`; empty where whole texts are meant.
    """

    a: str
    b: str
    kind: KinshipKind
    reason: str
    """What agrees, in a sentence or two."""
    spans: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Syndicated:
    """The text itself says at its head or tail that it comes from an agency, or was made with an agency's reports."""

    item: str
    agency: str
    """The name under which syndication.yaml lists it, such as `AFP`."""
    partly: bool
    """True for `with agency reports`: part of the text is the paper's own."""
    start: int
    end: int
    """The words that say so: code points into `Doc.words`, end exclusive."""
    quote: str
