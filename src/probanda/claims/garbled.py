"""Wording that defeats itself is flagged for a person and never repaired (B9).

Start with `garbled_in`. The table holds verbs that are often written for one another and the company in which the
written one makes no sense.

Looks down to: nothing. Used by: readers.
"""

from __future__ import annotations

import re

_CONFUSED = (
    # written, in this company, where another verb is meant
    (
        r"\b(?:rescu|excus|accus|resuc)\w*\s+(?:him|her|it|them)sel(?:f|ves)\s+from\s+(?:the\s+|this\s+|that\s+)?(?:\w+\s+){0,2}(?:case|trial|matter|proceedings?|hearing)\b",
        "recuse",
    ),
    (r"\bprosecut\w*\s+(?:for|because of)\s+(?:his|her|their)\s+(?:faith|religion|ethnicity|beliefs)\b", "persecute"),
    (r"\bpersecut\w*\s+(?:in|before)\s+(?:the\s+)?(?:court|tribunal)\b", "prosecute"),
    (r"\bsited\s+(?:evidence|reports?|witnesses|sources)\b", "cite"),
    (r"\belicit(?:ly)?\s+(?:arms|weapons|trade|trafficking)\b", "illicit"),
    (r"\b(?:prisoners|captives|civilians|people)\s+were\s+hung\s+up\s+to\s+dry\b", "hang"),
    (r"\btortuous\s+(?:treatment|interrogation|methods)\b", "torturous"),
)
_SELF_DEFEATING = (
    re.compile(
        r"\b(?:can\s?not|can['’]t|could not|couldn['’]t)\s+(?:deny|refute|dispute)"
        r"\s+(?:his|her|its|their)\s+(?:lack|absence|ignorance|unawareness)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:can\s?not|could not|should not)\s+be\s+(?:under(?:stated|estimated))\s+(?:less|little)\b", re.IGNORECASE
    ),
    re.compile(
        r"\bdenied\s+(?:that\s+)?(?:he|she|they|it)\s+(?:did|had|was|were)(?:n['’]t| not| never)\b", re.IGNORECASE
    ),
)

_GARBLED = (*(re.compile(pattern, re.IGNORECASE) for pattern, _ in _CONFUSED), *_SELF_DEFEATING)


def garbled_in(words: str) -> tuple[str, ...]:
    """("garbled",) when these words defeat themselves, else ()."""
    if any(pattern.search(words) for pattern in _GARBLED):
        return ("garbled",)
    return ()


def recusal_meant(words: str) -> tuple[int, int] | None:
    """Where a verb stands that is read as recusing oneself although another was written; None elsewhere."""
    match = re.search(_CONFUSED[0][0], words, re.IGNORECASE)
    return (match.start(), match.end()) if match else None
