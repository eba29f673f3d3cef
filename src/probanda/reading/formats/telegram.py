"""Chats that Telegram's program for computers saves as JSON: one chat (`messages`), or all of an account (`chats`).

The keys are those of Telegram's own page on its exports (core.telegram.org/import-export). Words come as a string or as
a list of pieces, times as the clock of the computer that saved them, with the same moment as seconds beside it in newer
files. Whom a message was forwarded from stands in it, and what it answers.

Start with `extract`, then `_message`; `laid_out` is shared with the reader of its pages. Words of JSON are packed
(escapes), so `runs` stay empty, as in office documents.

Looks down to: chat_layout, encodings, messages. Used by: formats (registry), telegram_html.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, BinaryIO

from probanda.reading.encodings import Encoding, judge
from probanda.reading.formats import CannotRead, DateMark, Extracted, Format
from probanda.reading.formats.bounds import capped
from probanda.reading.formats.chat_layout import (
    ATTACHED,
    EDITED,
    FORWARDED,
    OMITTED,
    PROGRAM,
    REPLY,
    SAID,
    SENDER,
    TIME,
    ChatLayout,
    Full,
    Piece,
)
from probanda.reading.messages import PROFILE
from probanda.reading.model import Remark

MEDIA_TYPE = f"{PROFILE}telegram"
LARGEST = 48_000_000
"""Bytes of a file; it is held in memory at some ten times its size."""
LONGEST = 200_000
"""Code points of one value that is shown; a message of Telegram has at most 4,096."""
PUBLIC = ("public_channel", "public_supergroup")
"""Kinds of chat that anybody can read: published, and not private by what they are."""

_KINDS = (
    "personal_chat", "bot_chat", "saved_messages", "private_group", "private_supergroup", "public_supergroup",
    "private_channel", "public_channel",
)  # fmt: skip
_ONE = re.compile(rf'"type"\s*:\s*"(?:{"|".join(_KINDS)})"')
_HOLDS = re.compile(r'"messages"\s*:\s*\[')
_ALL = re.compile(r'"personal_information"\s*:\s*\{|"chats"\s*:\s*\{\s*"about"|"chats"\s*:\s*\{\s*"list"')
_LEFT_OUT = re.compile(r"\(File (?:not included|exceeds maximum size|unavailable)")
_FILES = ("photo", "file")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_AGAIN = "It is kept and registered. Ask whoever provided it to save it again as JSON, a large chat in several files."
_WIDEST = timedelta(hours=15)
"""No clock is further from UTC; a larger difference is a wrong date."""


def recognise(head: bytes, name: str) -> bool:
    """True for JSON that begins as an export of Telegram."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        return False
    text = start.decode("utf-8", "replace")
    return (_ONE.search(text) is not None and _HOLDS.search(text) is not None) or _ALL.search(text) is not None


def extract(data: bytes) -> Extracted:
    """Bytes to messages. Raises CannotRead where it is too large, or no sound JSON, or holds no chat."""
    if len(data) > LARGEST:
        raise CannotRead(f"It is a chat of more than {LARGEST // 1_000_000} MB in one file.", _AGAIN)
    encoding = judge(data)
    whole = _parsed(encoding.decode(data))
    build = _Build()
    return _laid_out(_chats(whole, build), build, encoding)


def laid_out(
    chats: Iterable[Mapping[str, Any]], encoding: Encoding, more: Callable[[], Iterable[Remark]] = tuple
) -> Extracted:
    """Chats with the keys of an export, whatever they were read from; `more` remarks are asked for at the end. Raises
    CannotRead where no message is in them."""
    return _laid_out(chats, _Build(), encoding, more)


def _laid_out(
    chats: Iterable[Mapping[str, Any]], build: _Build, encoding: Encoding, more: Callable[[], Iterable[Remark]] = tuple
) -> Extracted:
    try:
        for chat in chats:
            build.chat(chat)
    except Full:
        build.full = True
    layout = build.layout
    if not layout.messages and not build.counts[PROGRAM]:
        raise CannotRead("It has the form of an export of Telegram, and no message is in it.", _AGAIN)
    return Extracted(
        words=layout.words,
        runs=(),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=MEDIA_TYPE,
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        published=(DateMark(layout.last_day, "day of its last message"),) if layout.last_day else (),
        remarks=tuple(capped((*_remarks(build), *more()))),
        restricted=layout.restricted if build.private else None,
    )


def extract_file(file: BinaryIO) -> Extracted:
    """The same from an open file, so that a large chat is laid out part by part."""
    file.seek(0)
    return extract(file.read(LARGEST + 1))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=_short)
    except RecursionError:
        raise CannotRead(
            "Its values stand inside one another more deeply than any program for chats writes them.",
            "It is kept and registered. Ask whoever provided it what it is; it may be made to do harm.",
        ) from None
    except ValueError:
        raise CannotRead("It begins as an export of Telegram, but is damaged or cut short.", _AGAIN) from None


def _short(digits: str) -> int | str:
    """A number of an id or a moment has at most twenty digits; a longer one stays text."""
    return int(digits) if len(digits) <= 20 else digits


def _chats(whole: Any, build: _Build) -> Iterator[Mapping[str, Any]]:
    """The chats of a file; what is no chat is counted, never guessed."""
    if not isinstance(whole, dict):
        return
    if isinstance(whole.get("messages"), list):
        yield whole
    for part in ("chats", "left_chats"):
        listed = whole.get(part)
        chats = listed.get("list") if isinstance(listed, dict) else None
        for chat in chats if isinstance(chats, list) else ():
            if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
                build.several = True
                yield chat
            else:
                build.counts["broken"] += 1


@dataclass(slots=True)
class _Build:
    """The chats while they are laid out."""

    layout: ChatLayout = field(default_factory=ChatLayout)
    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    several: bool = False
    private: bool = False
    full: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    """Of the chat being read: the id of a message, and its number here."""

    def chat(self, chat: Mapping[str, Any]) -> None:
        """One chat, its messages in the order of the file."""
        self._numbers.clear()
        self.private = self.private or _words(chat.get("type")) not in PUBLIC
        name = _words(chat.get("name"))
        if name and self.several:
            self.layout.heading(name)
        for message in chat["messages"]:
            if not isinstance(message, dict):
                self.counts["broken"] += 1
            elif _words(message.get("type")) == "service":
                self._service(message)
            else:
                self._message(message)

    def _service(self, message: Mapping[str, Any]) -> None:
        said = [_words(message.get(key)) for key in ("actor", "action", "title")]
        told = " · ".join(part for part in said if part)
        if told:
            self.layout.program(*_when(message), Piece(told, PROGRAM))
            self.counts[PROGRAM] += 1

    def _message(self, message: Mapping[str, Any]) -> None:
        pieces = [*_when(message)]
        sender = _words(message.get("from")) or _words(message.get("from_id"))
        pieces += [Piece(sender, SENDER)] if sender else []
        forwarded = _words(message.get("forwarded_from")) or _words(message.get("forwarded_from_id"))
        pieces += [Piece(forwarded, FORWARDED)] if forwarded else []
        answered = self._numbers.get(_words(message.get("reply_to_message_id")))
        pieces += [Piece(f"answers message {answered:,}", REPLY)] if answered else []
        said = _text(message.get("text"))
        pieces += [Piece(said, SAID)] if said.strip() else []
        pieces += self._files(message)
        edited = _edited(message)
        pieces += [Piece(f"edited {edited}", EDITED)] if edited else []
        self.layout.message(pieces, _sent(message))
        self.counts.update(piece.reason for piece in pieces)
        self._numbers[_words(message.get("id"))] = self.layout.messages

    def _files(self, message: Mapping[str, Any]) -> Iterator[Piece]:
        for key in _FILES:
            path = _words(message.get(key))
            if path and _LEFT_OUT.match(path):
                yield Piece(_words(message.get("file_name")) or path, OMITTED)
            elif path:
                yield Piece(path, ATTACHED)


def _when(message: Mapping[str, Any]) -> Iterator[Piece]:
    date = _words(message.get("date"))
    if date:
        yield Piece(date, TIME)


def _words(value: Any) -> str:
    """A value that should be short text or a number, on one line; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(_sound(str(value)[:LONGEST]).split())


def _text(value: Any) -> str:
    """Words as a string, or as a list of strings and of pieces with a `text` of their own."""
    pieces = value if isinstance(value, list) else [value]
    found = [one.get("text") if isinstance(one, dict) else one for one in pieces]
    return _sound("".join(one for one in found if isinstance(one, str))[:LONGEST])


def _sound(words: str) -> str:
    """Without half characters (JSON can name them) and NUL, which no text can hold."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _sent(message: Mapping[str, Any]) -> str | None:
    """The time by the clock of the computer that saved it, with its distance from UTC where the moment is told too."""
    said = _words(message.get("date"))
    if not _ISO.fullmatch(said):
        return None
    try:
        local = datetime.fromisoformat(said)
    except ValueError:
        return None
    moment = _words(message.get("date_unixtime"))
    if not (moment.isascii() and moment.isdigit() and len(moment) <= 11):
        return said
    try:
        apart = local - datetime.fromtimestamp(int(moment), UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return said
    if abs(apart) > _WIDEST or apart.seconds % 60:
        return said
    return local.replace(tzinfo=timezone(apart)).isoformat()


def _edited(message: Mapping[str, Any]) -> str:
    """When it was changed; older files write the first second of 1970 for never."""
    said = _words(message.get("edited"))
    return said if _ISO.fullmatch(said) and not said.startswith(("1970-01-01", "1969-12-31")) else ""


def _remarks(build: _Build) -> Iterator[Remark]:
    yield Remark(
        "what a saved chat leaves out",
        "Messages are numbered here in the order of the file; times are by the clock of the computer that saved them. "
        "What was deleted, or stood there before a change, is not in it.",
        "Where that matters, ask others of the chat for what they saved, or look at the channel itself.",
    )
    if count := build.counts[OMITTED]:
        yield Remark(
            f"{count:,} file{'s' * (count != 1)} left out",
            "The chat was saved without them.",
            "Ask whoever saved it to save it once more with its media.",
        )
    if count := build.counts[EDITED]:
        yield Remark(
            f"{count:,} message{'s' * (count != 1)} changed",
            "They were edited after they had been sent; only the last form of their words is here.",
            "Ask others of the chat for what they saved before.",
        )
    if count := build.counts["broken"]:
        yield Remark(
            f"{count:,} entr{'ies' if count != 1 else 'y'} of its lists",
            "They have not the form of a message or a chat; nothing is read from them.",
            "Look at the item's bytes, or ask for the chat again.",
        )
    if build.full:
        yield Remark(
            "the rest of the chat",
            f"It is larger than is read of one file ({build.layout.messages:,} messages were).",
            "Ask for the chat saved in several files, and add them.",
        )


FORMAT = Format(
    name="Telegram chat",
    media_types=(MEDIA_TYPE,),
    suffixes=(".json",),
    recognised_by="it is JSON with the keys of an export of Telegram: a kind of chat and its messages, or all chats",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
)
