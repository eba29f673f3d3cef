"""Chats laid out as words: each message with its time, its sender and what was said, in paragraphs of their own.

Start with `ChatLayout`: a format hands it the messages in order and takes the words, the places and the marks out. The
parts of a message are parted by one blank line and messages by two. Times, senders and what the program wrote are
furniture, with the reason that says what they are (`reading.messages`); what people wrote is body.

What a chat is not: an export keeps no ids, no zone, no history of changes. `lost` says so, once for each chat.

Looks down to: kernel, formats, messages, model. Used by: whatsapp, telegram.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import Mark
from probanda.reading.messages import FORWARDED, SAID, SENDER, TIME
from probanda.reading.model import Located, Run

MOST_MESSAGES = 300_000
"""Messages laid out of one file."""
MOST_WORDS = 32_000_000
"""Code points laid out of one file."""
LONGEST_NAME = 120
PROGRAM = "a line of the program, and nobody's words"
DELETED = "a message that was deleted before the chat was saved"
EDITED = "says that the message was edited"
OMITTED = "a file that was left out when the chat was saved"
ATTACHED = "names a file that was sent with the message"
REPLY = "says what the message answers"

_WITHIN, _BETWEEN = "\n\n", "\n\n\n"


class Full(Exception):
    """No more messages are laid out: one of the bounds of this file is reached."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a message with the place they have in the bytes (start and end), and why they are furniture."""

    words: str
    reason: str
    at: tuple[int, int] | None = None


@dataclass(slots=True)
class ChatLayout:
    """A chat, or several, as they are laid out."""

    located: list[Located] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    messages: int = 0
    senders: set[str] = field(default_factory=set)
    last_day: str | None = None
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def words(self) -> str:
        """All that was laid out so far."""
        return "".join(self._parts)

    def heading(self, title: str) -> None:
        """The name of a chat, where a file holds several."""
        start = self._add(title, _BETWEEN)
        self.marks.append(Mark(start, self._length, PassageRole.HEADING, "name of a chat"))

    def program(self, *pieces: Piece) -> None:
        """What the program itself wrote between messages."""
        between = _BETWEEN
        for piece in pieces:
            self._piece(piece, between)
            between = _WITHIN

    def message(self, pieces: Sequence[Piece], sent: str | None) -> None:
        """One message, its pieces in order. Raises Full before a message that is too much."""
        if self.messages >= MOST_MESSAGES or self._length + sum(len(p.words) for p in pieces) > MOST_WORDS:
            raise Full
        start, between = None, _BETWEEN
        for piece in pieces:
            at = self._piece(piece, between)
            start, between = at if start is None else start, _WITHIN
            if piece.reason == SENDER:
                self.senders.add(" ".join(piece.words.split()))
        if start is None:
            return
        self.messages += 1
        self.located.append(Located(start, self._length, Locator(message=self.messages, sent=sent)))
        self.last_day = sent[:10] if sent else self.last_day

    @property
    def restricted(self) -> str:
        """Why it is proposed as restricted: whoever wrote here wrote to those in the chat and to nobody else."""
        many, people = self.messages, len(self.senders)
        return f"is a chat: {many:,} message{'s' * (many != 1)} of {people:,} sender{'s' * (people != 1)}"

    def _piece(self, piece: Piece, between: str) -> int:
        start = self._add(piece.words, between)
        if piece.at is not None:
            self.runs.append(Run(start, self._length, *piece.at))
        role = PassageRole.BODY if piece.reason == SAID else PassageRole.FURNITURE
        self.marks.append(Mark(start, self._length, role, "" if piece.reason == SAID else piece.reason))
        return start

    def _add(self, words: str, between: str) -> int:
        if self._parts:
            self._parts.append(between)
            self._length += len(between)
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return start


__all__ = [
    "ATTACHED", "DELETED", "EDITED", "FORWARDED", "LONGEST_NAME", "OMITTED", "PROGRAM", "REPLY", "SAID", "SENDER",
    "TIME", "ChatLayout", "Full", "Piece",
]  # fmt: skip
