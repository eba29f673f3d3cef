"""Times in a recording: parts such as `00:01:20.000-00:01:24.500`, told and read.

Start with `part` and `parted`. All times are whole milliseconds from the start of the recording.

Looks down to: nothing. Used by: wire, formats (captions, observation), casework.
"""

from __future__ import annotations

import re

TIME_RANGE = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d\.\d{3}-\d{2,4}:[0-5]\d:[0-5]\d\.\d{3}")
"""A part of a recording as a locator has it."""
LONGEST = 9999 * 3_600_000
"""Milliseconds beyond which no recording goes."""
_MOMENT = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d{1,2})(?:[.,](\d{1,3}))?", re.ASCII)


def moment(words: str) -> int | None:
    """Milliseconds of `1:20`, `00:01:20` or `00:01:20.500`; None for anything else."""
    found = _MOMENT.fullmatch(words.strip())
    if found is None:
        return None
    hours, minutes, seconds, part = found.groups()
    if int(minutes or 0) > 59 or int(seconds) > 59:
        return None
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)) * 1000 + int((part or "0").ljust(3, "0"))


def told(at: int) -> str:
    """Milliseconds as `HH:MM:SS.mmm`."""
    seconds, part = divmod(min(max(at, 0), LONGEST), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{part:03}"


def part(start: int, end: int) -> str:
    """A part of a recording as a locator has it; one that ends before it begins is a moment."""
    return f"{told(start)}-{told(max(start, end))}"


def parted(words: str) -> tuple[int, int] | None:
    """Start and end of `1:20-1:24`, or of a moment alone; None for anything else, or where the end comes first."""
    first, dash, last = words.replace("–", "-").partition("-")
    start = moment(first)
    end = moment(last) if dash else start
    return None if start is None or end is None or end < start else (start, end)


def short(words: str) -> tuple[str, str]:
    """The two ends of a part, full seconds without their zeros: `00:01:20`, `00:01:24.500`."""
    first, _, last = words.partition("-")
    return first.removesuffix(".000"), last.removesuffix(".000")
