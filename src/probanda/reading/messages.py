"""What named persons tell in a text laid out so: messages of a chat, turns of a transcript, an observation.

Start with `messages_of`: who tells, when, and from whom it was passed on. A chat is laid out (by
`formats.chat_layout`) so that each message has paragraphs of its own:
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
VOICE = "whose voice it is, by the file"
"""Of captions that name voices."""
OBSERVER = "who observed it"
OBSERVED = "text/plain; profile=observation"
"""What a named person saw or heard in a part of a picture or recording."""
VOICED = "profile=voices"
"""How the media type of captions ends that name who speaks."""
_TELLERS = (SENDER, VOICE, OBSERVER)


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
    teller: str = SENDER
    """What whoever tells it is to it: SENDER, VOICE or OBSERVER."""

    @property
    def day(self) -> str | None:
        """ISO day on which it was sent; None where the file leaves it open."""
        return self.sent[:10] if self.sent else None


def is_chat(media_type: str | None) -> bool:
    """True for the text of a chat, and for the list of what came with one."""
    return media_type is not None and media_type.startswith((PROFILE, ARCHIVE))


def is_told(media_type: str | None) -> bool:
    """True for a text that is read piece by piece, each told by whom the file names."""
    return is_chat(media_type) or media_type == OBSERVED or (media_type or "").endswith(VOICED)


def messages_of(text: Text) -> Iterator[Message]:
    """The messages of a text (or of a part of one), in order."""
    starts = [passage.start for passage in text.passages]
    for count, place in enumerate(text.located, 1):
        if is_chat(text.media_type) and place.locator.message is None:
            continue
        inside = text.passages[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        yield Message(
            number=place.locator.message or count,
            sent=place.locator.sent,
            start=place.start,
            end=place.end,
            sender=_named(inside, *_TELLERS),
            forwarded=_named(inside, FORWARDED),
            teller=_reason(inside),
            said=tuple(one for one in inside if one.role is not PassageRole.FURNITURE),
        )


def _named(passages: tuple[Passage, ...], *reasons: str) -> tuple[int, int] | None:
    return next((((one.start, one.end)) for one in passages if one.reason in reasons), None)


def _reason(passages: tuple[Passage, ...]) -> str:
    return next((one.reason for one in passages if one.reason in _TELLERS), SENDER)
