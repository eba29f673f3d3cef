"""The messages of a chat, as they stand in its text: who sent each, when, and from whom it was passed on.

Start with `messages_of`. A chat is laid out (by `formats.chat_layout`) so that each message has paragraphs of its own:
its time and its sender are furniture with a reason that names them, what was said is body. Whoever reads claims goes
message by message, so that nobody's words are taken for another's.

Looks down to: model. Used by: formats (chat_layout), claims, casework.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.model import Passage, Text

PROFILE = "text/plain; profile=chat-"
"""How the media type begins that the text of a chat is said to be read as; the program's name follows."""
ARCHIVE = "application/zip; profile=chat"
"""The list of an archive that holds a chat beside its media."""
TIME = "time of a message"
SENDER = "sender of a message"
FORWARDED = "from whom a message was forwarded"
SAID = "a message"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; offsets are within its part of the text."""

    number: int
    sent: str | None
    start: int
    end: int
    sender: tuple[int, int] | None
    forwarded: tuple[int, int] | None
    """The name of whom it was forwarded from, where the file says so."""
    said: tuple[Passage, ...]
    """Its paragraphs that may bear claims."""

    @property
    def day(self) -> str | None:
        """ISO day on which it was sent; None where the file leaves it open."""
        return self.sent[:10] if self.sent else None


def is_chat(media_type: str | None) -> bool:
    """True for the text of a chat, and for the list of what came with one."""
    return media_type is not None and media_type.startswith((PROFILE, ARCHIVE))


def messages_of(text: Text) -> Iterator[Message]:
    """The messages of a text (or of a part of one), in order."""
    starts = [passage.start for passage in text.passages]
    for place in text.located:
        if place.locator.message is None:
            continue
        inside = text.passages[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        yield Message(
            number=place.locator.message,
            sent=place.locator.sent,
            start=place.start,
            end=place.end,
            sender=_named(inside, SENDER),
            forwarded=_named(inside, FORWARDED),
            said=tuple(one for one in inside if one.role is not PassageRole.FURNITURE),
        )


def _named(passages: tuple[Passage, ...], reason: str) -> tuple[int, int] | None:
    return next((((one.start, one.end)) for one in passages if one.reason == reason), None)
