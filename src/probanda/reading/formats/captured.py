"""What a web capture says of itself: addresses, time, software, headers, and how complete it is.

Start with `Captured`. It is what the archive states, and no more: nothing here says that a page ever stood at its
address. `missing` counts against requirement A3 (Berkeley Protocol, para. 155): the address, the page's source, and
an image of the full page with its date and time.

Looks down to: nothing. Used by: formats (web_pages), child, casework (unpack, captures).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST_HEADERS = 100
LONGEST = 4_000
"""Code points of one thing that is said."""
PARTS = ("address", "source", "image")
"""What a capture of a page is to have, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One capture, in the archive's own words; None where it does not say."""

    role: str
    """page, or file (sound, video, PDF and the like): what was answered at an address; image: a picture of a page that
    the capturing program made."""
    asked: str | None = None
    """The address that was asked."""
    answered: str | None = None
    """The address that answered; another one than was asked behind redirects."""
    chain: tuple[str, ...] = ()
    """Addresses between the two, in order."""
    at: str | None = None
    """When, as stated: ISO 8601."""
    status: str | None = None
    """The line of the answer, such as `HTTP/1.1 200 OK`."""
    headers: tuple[tuple[str, str], ...] = ()
    """Headers of the answer; cookies are named, and their values left out."""
    software: str | None = None
    operator: str | None = None
    title: str | None = None
    """The page's title as the archive's list of pages has it."""
    record: str | None = None
    """Which record of which file of the archive it is."""
    has: tuple[str, ...] = ()
    """Which of `PARTS` the archive has of this page."""
    image: str | None = None
    """Name of the full-page image, where there is one."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of `PARTS` it has not."""
        return tuple(part for part in PARTS if part not in self.has)


def to_wire(one: Captured | None) -> dict[str, Any] | None:
    """As JSON: what is not stated is left out."""
    return None if one is None else {key: value for key, value in asdict(one).items() if value}


def from_wire(told: object) -> Captured | None:
    """Back from JSON, of a child that nobody trusts: what does not fit is left out, what is too long is cut."""
    if not isinstance(told, Mapping):
        return None
    rows = [tuple(map(_said, row)) for row in _list(told.get("headers")) if isinstance(row, list | tuple)]
    return Captured(
        role=_said(told.get("role")) or "page",
        headers=tuple((row[0], row[1]) for row in rows if len(row) == 2),
        chain=tuple(map(_said, _list(told.get("chain")))),
        has=tuple(part for part in PARTS if part in _list(told.get("has"))),
        **{key: _said(told.get(key)) or None for key in _WORDS},
    )


_WORDS = ("asked", "answered", "at", "status", "software", "operator", "title", "record", "image")


def _list(told: object) -> list[object]:
    return list(told)[:MOST_HEADERS] if isinstance(told, list | tuple) else []


def _said(told: object) -> str:
    return told[: LONGEST + 1] if isinstance(told, str) else ""
