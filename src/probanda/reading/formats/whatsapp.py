"""Chats saved as text: as WhatsApp writes them on both kinds of phone, and as tools write those of Signal.

    [04/05/2031, 14:03:12] Name: words          on iPhones (and, year first, by tools for Signal)
    04/05/2031, 14:03 - Name: words             on Android

What stands before a line that begins so belongs to the message before it. Digits of any script, clocks of 12 and 24
hours, signs of direction and fixed spaces are read; `chat_days` tells the day from the month. What the program writes
itself (that a message was deleted, a file left out, somebody joined) is furniture. A person can write a line into a
message that looks like the beginning of another: nothing in the file tells the two apart.

Start with `chat_of`. Looks down to: chat_days, chat_layout, chat_words, csv_table (places in bytes), encodings.
Used by: formats (registry), whatsapp_zip.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, DateMark, Extracted, Format
from probanda.reading.formats.chat_days import Order, Stamp, half_of, order_of, sent_at
from probanda.reading.formats.chat_layout import (
    ATTACHED,
    DELETED,
    EDITED,
    LONGEST_NAME,
    OMITTED,
    PROGRAM,
    SAID,
    SENDER,
    TIME,
    ChatLayout,
    Full,
    Piece,
)
from probanda.reading.formats.chat_words import EDGES, LONGEST, MARKS, plain, words
from probanda.reading.formats.csv_table import beginning, places_in_bytes
from probanda.reading.messages import PROFILE
from probanda.reading.model import Remark

LARGEST = 64_000_000
"""Bytes of a chat's text; a year of a busy group has some five million."""
MEDIA_TYPE = f"{PROFILE}lines"
_M = f"[{MARKS}]"
_SPACE = r"[ \t\u00a0\u202f]"
_DATE = (
    rf"(?P<a>\d{{1,4}}){_M}{{0,2}}(?P<sign>[./-]){_SPACE}?{_M}{{0,2}}(?P<b>\d{{1,2}}){_M}{{0,2}}(?P=sign){_SPACE}?"
    rf"{_M}{{0,2}}(?P<c>\d{{1,4}})\.?{_M}{{0,2}}"
)
_PARTED = rf"[,،]?{_SPACE}{{0,2}}(?:(?:à|at|um|kl\.?|alle|a las){_SPACE})?{_M}{{0,2}}"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    rf"(?:{_SPACE}{{0,2}}{_M}{{0,2}}(?P<half>[AaPp]\.?{_SPACE}?[Mm]\.?|[صم]|[قب]\.?ظ\.?))?{_M}{{0,2}}"
)
_STYLES = (
    re.compile(rf"^{_M}{{0,3}}(?P<time>\[{_DATE}{_PARTED}{_CLOCK}\])(?:{_SPACE}|(?=\r?$))", re.MULTILINE),
    re.compile(rf"^{_M}{{0,3}}(?P<time>{_DATE}{_PARTED}{_CLOCK}){_SPACE}[-–—](?:{_SPACE}|(?=\r?$))", re.MULTILINE),
)
_NAMED = re.compile(
    rf"(?P<doubt>[\u200e\u200f]?){_M}{{0,3}}(?:~{_SPACE}?)?{_M}{{0,2}}(?P<sender>[^:\r\n]{{1,{LONGEST_NAME}}}):"
    rf"(?:{_SPACE}|(?=[\r\n]|\Z))"
)
_LONG_NAME = 40
_QUOTED = re.compile('["“”«»„]')
_FILE = r"[^<>/\\|?*\"\r\n:]{1,200}\.[A-Za-z0-9]{2,5}"
_IN_BRACKETS = re.compile(rf"{_M}?<[^<>:\r\n]{{1,30}}:{_SPACE}?{_M}?(?P<file>{_FILE}){_M}?>")
_BEFORE_BRACKETS = re.compile(
    rf"\A{_M}{{0,2}}(?P<file>{_FILE}){_SPACE}\((?P<said>[^()\r\n]{{3,40}})\){_M}?(?=[\r\n]|\Z)"
)
_BY_LINK = re.compile(r"!?\[(?P<file>[^\[\]\r\n]{1,200})\]\((?:\./)?media/[^()\r\n]{1,400}\)")
_LAST_BRACKETS = re.compile(rf"{_M}{{0,2}}<[^<>\r\n]{{5,60}}>{_M}{{0,2}}\Z")
_LINE = re.compile(r"[^\r\n]+")
_CALLED = re.compile(r"(?:_chat|whatsapp[^/]*)\.txt\Z", re.I)
_FEWEST = 2

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a message: where its time stands, and where what follows begins."""

    start: int
    time: Spot
    end: int
    stamp: Stamp


@dataclass(slots=True)
class Chat:
    """A chat as it was read, with what its messages name."""

    order: Order
    layout: ChatLayout = field(default_factory=ChatLayout)
    files: list[tuple[int, str]] = field(default_factory=list)
    """Number of the message, and the name of the file that it names, in order."""
    counts: Counter[str] = field(default_factory=Counter)
    """Pieces of each reason."""
    undated: int = 0
    full: bool = False


def recognise(head: bytes, name: str) -> bool:
    """True for text of which the first line, and more, begin as messages, and where senders come again."""
    text = beginning(head)
    if text is None:
        return False
    text = text.replace("\0", "")
    found = list(_heads(text, _style_of(text)))
    if not found or text[: found[0].start].strip(EDGES):
        return False
    if _CALLED.search(name) or any(words().says_program(line) for line in _lines(text, 5)):
        return True
    senders = Counter(s for one in found if (s := _sender_after(text, one.end)) is not None)
    several = sum(senders.values())
    return several >= _FEWEST and several > len(senders) and 2 * several >= len(found)


def _lines(text: str, most: int) -> Iterator[str]:
    for number, line in enumerate(_LINE.finditer(text)):
        if number == most:
            return
        yield line[0][: 2 * LONGEST]


def _sender_after(text: str, at: int) -> str | None:
    found = _NAMED.match(text, at)
    return None if found is None or found["doubt"] else plain(found["sender"])


def extract(data: bytes) -> Extracted:
    """Bytes to messages. Raises CannotRead where no encoding fits or no line begins as a message."""
    encoding = judge(data)
    text = encoding.decode(data)
    byte_of = places_in_bytes(text, data, encoding)
    chat = chat_of(text, byte_of)
    if not chat.layout.messages and not chat.counts:
        raise CannotRead("No line of it begins as a message of a chat.", "Add it under a name that ends in .txt.")
    layout = chat.layout
    return Extracted(
        words=layout.words,
        runs=tuple(layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=MEDIA_TYPE,
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        published=(DateMark(layout.last_day, "day of its last message"),) if layout.last_day else (),
        remarks=tuple(_remarks(chat)),
        restricted=layout.restricted,
    )


def extract_file(file: BinaryIO) -> Extracted:
    """The same from an open file, so that a large chat is laid out part by part. Raises CannotRead as `extract`."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise CannotRead(
            f"It is a chat of {size // 1_000_000} MB; chats are read up to {LARGEST // 1_000_000} MB.",
            "It is kept and registered. Cut it into several files, each beginning with a message, and add them.",
        )
    file.seek(0)
    return extract(file.read())


def chat_of(text: str, byte_of: Callable[[int], int] | None = None) -> Chat:
    """The messages of a text; `byte_of` leads from places in it, asked for in rising order, to bytes."""
    style = _style_of(text)
    chat = Chat(order=order_of(_days(text, style)))
    build = _Build(text, byte_of, _known_senders(text, style), chat)
    try:
        before: _Head | None = None
        for head in _heads(text, style):
            if before is None:
                build.program(0, head.start, ())
            else:
                build.one(before, head.start)
            before = head
        if before is not None:
            build.one(before, len(text))
    except Full:
        chat.full = True
    return chat


def _style_of(text: str) -> re.Pattern[str]:
    """The style in which more lines begin as messages."""
    return max(_STYLES, key=lambda style: sum(1 for _ in style.finditer(text)))


def _heads(text: str, style: re.Pattern[str]) -> Iterator[_Head]:
    """Where messages begin, one by one: a list of them all would be larger than the text."""
    for match in style.finditer(text):
        stamp = Stamp(
            match["a"], match["b"], match["c"], match["sign"], match["hour"], match["minute"], match["second"],
            half_of(match["half"]),
        )  # fmt: skip
        yield _Head(match.start(), match.span("time"), match.end(), stamp)


def _days(text: str, style: re.Pattern[str]) -> list[Stamp]:
    """The first stamp of each run of messages of one day, in order."""
    runs = groupby((head.stamp for head in _heads(text, style)), key=lambda one: (one.a, one.b, one.c))
    return [next(group) for _, group in runs]


def _known_senders(text: str, style: re.Pattern[str]) -> frozenset[str]:
    """Names that stand before a colon where nothing speaks for a line of the program."""
    found = set()
    for head in style.finditer(text):
        match = _NAMED.match(text, head.end())
        if match is not None and not match["doubt"] and not _doubtful(match["sender"]):
            found.add(plain(match["sender"]))
    return frozenset(found)


def _doubtful(sender: str) -> bool:
    """A long name, or one with words in quotation marks, may be a line of the program with a colon in it."""
    return len(sender) > _LONG_NAME or bool(_QUOTED.search(sender)) or words().says_program(sender)


@dataclass(slots=True)
class _Build:
    """The chat while it is laid out."""

    text: str
    byte_of: Callable[[int], int] | None
    known: frozenset[str]
    chat: Chat

    def one(self, head: _Head, end: int) -> None:
        """A message, or a line of the program, from its head up to the next."""
        named = _NAMED.match(self.text, head.end)
        if named is not None and (named["doubt"] or _doubtful(named["sender"])):
            named = named if plain(named["sender"]) in self.known else None
        line = self.text[head.end : min(end, head.end + 2 * LONGEST)].split("\n", 1)[0]
        if named is None or (words().says_program(line) and self._alone(head.end, end)):
            self.program(head.end, end, (self._piece(*head.time, TIME),))
            return
        pieces = [self._piece(*head.time, TIME)]
        sender = _trimmed(self.text, *named.span("sender"))
        if sender is not None:
            pieces.append(self._piece(*sender, SENDER))
        number = self.chat.layout.messages + 1
        said = _trimmed(self.text, named.end(), end)
        files: list[str] = []
        for start, stop, reason in _parts(self.text, said, files) if said else ():
            pieces.append(self._piece(start, stop, reason))
        sent = sent_at(head.stamp, self.chat.order.name)
        self.chat.layout.message(pieces, sent)
        self.chat.undated += sent is None
        self.chat.files += [(number, name) for name in files]
        self.chat.counts.update(piece.reason for piece in pieces)

    def program(self, start: int, end: int, before: tuple[Piece, ...]) -> None:
        """What the program wrote, with its time before it."""
        spot = _trimmed(self.text, start, end)
        if spot is not None:
            self.chat.layout.program(*before, self._piece(*spot, PROGRAM))
            self.chat.counts[PROGRAM] += 1

    def _alone(self, start: int, end: int) -> bool:
        """What the program writes is one line; a person who speaks of it goes on."""
        return "\n" not in self.text[start:end].strip(EDGES)

    def _piece(self, start: int, end: int, reason: str) -> Piece:
        at = None if self.byte_of is None else (self.byte_of(start), self.byte_of(end))
        return Piece(self.text[start:end].replace("\0", "\ufffd"), reason, at)


def _trimmed(text: str, start: int, end: int) -> Spot | None:
    """Without the space and the unseen signs at its ends; None where nothing is left."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end) if start < end else None


def _parts(text: str, said: Spot, files: list[str]) -> Iterator[tuple[int, int, str]]:
    """What somebody wrote, and what the program wrote among it, in order; names of files go into `files`."""
    whole = text[said[0] : said[1]]
    if len(whole) <= LONGEST and plain(whole) in words().deleted:
        yield *said, DELETED
        return
    at = said[0]
    for start, end, reason in sorted(_apart(whole, files)):
        if said[0] + start < at:
            continue  # within what was carved out before
        own = _trimmed(text, at, said[0] + start)
        if own is not None:
            yield *own, SAID
        program = _trimmed(text, said[0] + start, said[0] + end)
        if program is not None:
            yield *program, reason
        at = said[0] + end
    rest = _trimmed(text, at, said[1])
    if rest is not None:
        yield *rest, SAID


def _apart(whole: str, files: list[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of a message that the program wrote, with the reason."""
    for pattern in (_IN_BRACKETS, _BY_LINK):
        for found in pattern.finditer(whole):
            files.append(found["file"].strip(EDGES))
            yield *found.span(), ATTACHED
    first = _BEFORE_BRACKETS.match(whole)
    if first is not None and plain(first["said"]) in words().attached:
        files.append(first["file"].strip(EDGES))
        yield *first.span(), ATTACHED
    for line in _LINE.finditer(whole):
        if len(line[0]) <= LONGEST and plain(line[0]) in words().omitted:
            yield *line.span(), OMITTED
    last = _LAST_BRACKETS.search(whole, max(0, len(whole) - 70))
    if last is not None and plain(last[0]) in words().edited:
        yield *last.span(), EDITED


# What is to be said of it ----------------------------------------------------------------------------------


def _remarks(chat: Chat) -> Iterator[Remark]:
    told = f"Days are read {_ORDERS[chat.order.name]}: {chat.order.reason}." if chat.order.name else ""
    yield Remark(
        "what a saved chat leaves out",
        "It names no zone of its times and gives its messages no numbers of their own (they are counted here); that a "
        f"message was forwarded, or what stood there before a change, is not in it. {told}".strip(),
        "Where that matters, have the telephone itself examined, or ask others of the chat for what they saved.",
    )
    if chat.undated and not chat.order.name:
        yield Remark(
            f"days of {_many(chat.undated, 'message')}",
            f"They stay open: {chat.order.reason}.",
            "Ask whoever saved the chat for the language and country that the telephone was set to.",
        )
    elif chat.undated:
        yield Remark(
            f"days of {_many(chat.undated, 'message')}",
            "They are no days of the common calendar (a telephone may be set to another one).",
            "Read them by hand; they stand in the text as written.",
        )
    if count := chat.counts[OMITTED]:
        yield Remark(
            f"{_many(count, 'file')} left out",
            "The chat was saved without its files, or without some of them.",
            "Ask whoever saved it to save it once more with its media.",
        )
    if count := chat.counts[DELETED]:
        yield Remark(
            f"{_many(count, 'message')} deleted",
            "Their words were taken back before the chat was saved; that they were sent is in it.",
            "Ask others of the chat for what they saved, before and since.",
        )
    if count := chat.counts[EDITED]:
        yield Remark(
            f"{_many(count, 'message')} changed",
            "They were edited after they had been sent; only the last form of their words is here.",
            "Ask others of the chat for what they saved before.",
        )
    if chat.full:
        yield Remark(
            "the rest of the chat",
            f"It is larger than is read of one file ({chat.layout.messages:,} messages were).",
            "Cut it into several files, each beginning with a message, and add them.",
        )


_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


FORMAT = Format(
    name="chat",
    media_types=(MEDIA_TYPE,),
    suffixes=(".txt", ".md"),
    recognised_by="its lines begin with day, time and sender, as WhatsApp saves chats and tools save those of Signal",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
)
