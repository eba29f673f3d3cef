"""The reader of Atlos's incidents: what their descriptions say, with the day and place that their fields tell.

Start with `AtlosReader.read`; `told` says what of a text gave no claim. A description is prose: it is read by the
reader of its language, incident by incident. Where its words tell no day that could be worked out, that of the
incident's field stands in, and its place stands beside those of the words; `why` says so. Marks and statuses are those
of Atlos's users, and no decision here.

Looks down to: reading.records, mentions, kernel. Used by: claims, casework (exchange).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from probanda.claims.mentions import nth_place
from probanda.claims.model import Claim, Mention, Named, Reading
from probanda.claims.readers.within import Within
from probanda.kernel.bounds import first_day
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import Family, MentionKind, PassageRole
from probanda.reading.model import Text
from probanda.reading.records import Record, Value, records_kind, records_of

if TYPE_CHECKING:
    pass

NAME = "atlos 0.1"
KIND, UPDATES = "atlos", "atlos-updates"
DESCRIPTION, FURTHER = "description", "more_info"
DATE, PLACE, DIGEST = "date", "general_location", "file_hash_sha256"
_USED = frozenset((DESCRIPTION, FURTHER, DATE, PLACE, DIGEST))
_SOURCE = re.compile(r"source(?:_url|_\d+)")
_REASONS = {
    "status": "It says how far its users have come, and is no decision here.",
    "latitude": "Claims have places by name alone; the point is kept and searched.",
    "longitude": "Claims have places by name alone; the point is kept and searched.",
    "sensitive": "Marks of other users are not taken over; label the item instead.",
    "restrictions": "Marks of other users are not taken over; label the item instead.",
    "assignments": "Who works on it is of no weight here.",
}
_ADDRESS = "Nothing is collected from the network here; add what it leads to."
_ELSE = "There is no field for it here; its words are kept and searched."


@dataclass(frozen=True, slots=True)
class AtlosReader(Within):
    """Reads incidents in one language."""

    own = NAME

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one file, in the order of its incidents."""
        claims: list[Claim] = []
        mentions: dict[str, Mention] = {}
        for record in records_of(text):
            place = _place(text, record)
            if place is not None:
                mentions[place.id] = place
            for value in (*record.all(DESCRIPTION), *record.all(FURTHER)):
                found = self.inner.read(_alone(text, record, value))
                mentions |= {one.id: one for one in found.mentions}
                whole = value.key == DESCRIPTION
                claims += (_told(claim, record, place) if whole else claim for claim in found.claims)
        return Reading(claims=tuple(claims), mentions=tuple(mentions.values()), reader=self.inner.name)


def reads(media_type: str | None) -> bool:
    """Whether a text read as this is Atlos's."""
    return records_kind(media_type) in (KIND, UPDATES)


def told(text: Text) -> tuple[Mapping[str, int], Mapping[tuple[str, str], int], tuple[tuple[str, str], ...]]:
    """What was understood, what was not (kind and reason), and digests of files (SHA-256)."""
    understood: Counter[str] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    digests: list[str] = []
    for record in records_of(text):
        if records_kind(text.media_type) == UPDATES:
            left["update", "What its users wrote to one another is searched, and never read for claims."] += 1
            continue
        understood["incident" if record.first(DESCRIPTION) else "source"] += 1
        digests += [one.words.strip().lower() for one in record.all(DIGEST)]
        for value in record.values:
            if value.key == DATE and _day(record) is None:
                left[DATE, "It is no day as Atlos writes it (2031-05-03)."] += 1
            if value.key not in _USED:
                why = _ADDRESS if _SOURCE.fullmatch(value.key) else _REASONS.get(value.key, _ELSE)
                left[value.key, why] += 1
    return understood, left, tuple(("sha256", one) for one in digests)


def _day(record: Record) -> str | None:
    said = record.says(DATE)
    return said if len(said) == len("2031-05-03") and first_day(said) is not None else None


def _alone(text: Text, record: Record, value: Value) -> Text:
    """A description as a text of its own. `part` numbers it, so that the same words twice are two places."""
    start, end = value.start - text.base, value.end - text.base
    ends = [passage.end for passage in text.passages]
    inside = takewhile(lambda one: one.start < end, text.passages[bisect_right(ends, start) :])
    return replace(
        text,
        words=text.words[start:end],
        passages=tuple(
            replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
            for one in inside
            if one.role is not PassageRole.FURNITURE
        ),
        title=None,
        publisher=None,
        dated=None,  # the field tells the day of the incident, and "yesterday" counts from that of the writing
        runs=(),
        located=(),
        remarks=(),
        part=record.number,
        base=value.start,
    )


def _place(text: Text, record: Record) -> Mention | None:
    """The incident's place, as a mention."""
    value = record.first(PLACE)
    if value is None or not value.words.strip():
        return None
    words = value.words.strip()
    start = value.start + value.words.index(words)
    first, last = start - text.base, start - text.base + len(words)
    before, after = text.words[max(0, first - CONTEXT) : first], text.words[last : last + CONTEXT]
    own = content_id(text.item, "original", words, before, after, nth_place(record.number, 0))
    return Mention(own, text.item, start, start + len(words), words, MentionKind.PLACE)


def _told(claim: Claim, record: Record, place: Mention | None) -> Claim:
    """The claim with the incident's day, where its own words tell none, and with the incident's place."""
    if claim.family is not Family.ACT:
        return claim
    why = [claim.why] if claim.why else []
    day = _day(record)
    if day is not None and not claim.date_from and not claim.date_to:
        claim = replace(claim, date_text=claim.date_text or day, date_from=day, date_to=day)
        why.append(f"day by the field {DATE}")
    if place is not None and all(one.words != place.words for one in claim.places):
        claim = replace(claim, places=(*claim.places, Named(place.words, place.id)))
        why.append(f"place by the field {PLACE}")
    return replace(claim, why="; ".join(why))
