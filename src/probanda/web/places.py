"""From what a note of a dossier prints to the place itself: a registration number with offsets, or a claim's id.

Start with `address_of`. Looks down to: store, kernel, web.desk. Used by: web.pages.search.
"""

from __future__ import annotations

import re

from probanda.kernel.errors import NotFound
from probanda.kernel.vocabulary import Family
from probanda.web.desk import Desk

_ID = re.compile(r"\s*(?:\w+\s+)?([0-9a-f]{8,64})\s*", re.IGNORECASE)
"""A claim's id or its first digits, with the word for `claim` before it or without."""
_NUMBER = re.compile(r"\s*([^\W\d_]+-\d+)\b(.*)", re.DOTALL)
"""A registration number, and whatever stands behind it."""
_SPAN = re.compile(r"(\d[\d,٬\u202f\u00a0]*)\s*[–—-]\s*(\d[\d,٬\u202f\u00a0]*)")
_REST = 80
"""Characters behind a number that may still be a note: a longer text is a search."""


def address_of(desk: Desk, asked: str) -> str | None:
    """Where this leads: `MAR-0012`, `MAR-0012, paragraph 4, characters 82–160`, `Claim 00851600df97`; None for words.

    Words with offsets lead to the claim that rests on exactly these; where none does, to the text, with them lit.
    """
    if (one := _ID.fullmatch(asked)) is not None:
        try:
            return f"/claims/{desk.store.claim(desk.eyes, one[1].lower()).id}"
        except NotFound:
            return None
    noted = _NUMBER.fullmatch(asked)
    if noted is None or len(noted[2]) > _REST:
        return None
    try:
        row = desk.store.item(desk.eyes, noted[1].upper())
    except NotFound:
        return None
    spans = _SPAN.findall(noted[2])
    if not spans:
        return f"/items/{row.number}" if not noted[2].strip() else None
    start, end = (int(re.sub(r"\D", "", n)) for n in spans[-1])
    here = [c for c in desk.store.claims(desk.eyes, item=row.digest) if (c.start, c.end) == (start, end)]
    claim = min((c.id for c in here if c.family is Family.ACT), default=None)
    return f"/claims/{claim}" if claim else f"/items/{row.number}/read?start={start}&end={end}#now"
