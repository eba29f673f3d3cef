"""What is known of how a page was captured: as its registration keeps it, and as it is shown.

Start with `facts`. A web archive's own words go into the registration of what is taken out of it, under `capture`,
and fill the time of acquisition. They are what the archive states; nothing here says that they are true.
Requirements A2 and A3; Berkeley Protocol, para. 155.

Looks down to: reading. Used by: casework (unpack, custody, properties), cli, web.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from probanda.reading.formats.captured import PARTS, Captured, from_wire, to_wire

KEY = "capture"
PART_WORDS = {"address": "address", "source": "source of the page", "image": "dated full-page image"}


def registered(told: Captured | None) -> dict[str, Any]:
    """What the registration of a captured member says besides; empty for other members."""
    if told is None:
        return {}
    found: dict[str, Any] = {KEY: to_wire(told)}
    if told.at is not None and _is_time(told.at):
        found["acquired_at"] = told.at
    return found


def of_registration(payload: Mapping[str, Any]) -> Captured | None:
    """What a registration keeps of a capture; None where it is of none."""
    return from_wire(payload.get(KEY))


def complete(told: Captured) -> str | None:
    """How complete the capture of a page is, of three; None for what is no page."""
    if told.role != "page":
        return None
    said = f"{len(told.has)} of {len(PARTS)}"
    if told.missing:
        said += f"; missing: {', '.join(PART_WORDS[part] for part in told.missing)}"
    return said


def facts(told: Captured) -> Iterator[tuple[str, str]]:
    """Name and value of what a capture states, in the order in which it is shown."""
    if told.role == "image":
        yield "picture of", told.asked or "a page not stated"
    else:
        yield "address asked", told.asked or "not stated"
        for between in told.chain:
            yield "led on by", between
        yield "address that answered", told.answered or "not stated"
    yield "captured at", told.at or "not stated"
    yield "captured with", told.software or "not stated"
    for name, value in (("operator", told.operator), ("title in the archive", told.title), ("answer", told.status)):
        if value:
            yield name, value
    yield "record", told.record or "not stated"
    whole = complete(told)
    if whole is not None:
        yield "complete", whole
    if told.image:
        yield "full-page image", told.image


def row(told: Captured) -> Mapping[str, Any]:
    """A capture as JSON prints it: absent knowledge is null or an empty list."""
    return {
        "asked": told.asked, "answered": told.answered, "chain": list(told.chain), "at": told.at,
        "software": told.software, "operator": told.operator, "title": told.title, "status": told.status,
        "headers": [list(one) for one in told.headers], "record": told.record, "image": told.image,
        "complete": list(told.has), "missing": list(told.missing),
    }  # fmt: skip


def _is_time(at: str) -> bool:
    try:
        return "T" in at and datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False
