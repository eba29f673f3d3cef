"""Chats that Telegram's program for computers saves as pages to look at (`messages.html`, `messages2.html` ...).

Each page is brought into the keys of the JSON form, and laid out by its reader. What the pages leave out: kinds of
chats, ids of senders and when a message was changed. A message that follows another of the same sender bears no name;
it has that of the one before. Words of the page itself are English in every language of the program.

Start with `extract`, then `_Page`. Looks down to: html_scan, encodings, telegram. Used by: formats (registry).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any, BinaryIO

from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, Extracted, Format
from probanda.reading.formats.html_scan import Token, attributes_of, scan
from probanda.reading.formats.telegram import LARGEST, MEDIA_TYPE, laid_out
from probanda.reading.model import Remark

DELETED_ACCOUNT = "Deleted Account"
_SIGN = re.compile(
    rb"<div\s+class=\"page_body chat_page|<div\s+class=\"history\">[\s\S]{0,2000}<div\s+class=\"message "
)
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?", re.ASCII)
_ID = re.compile(r"message(-?\d{1,18})", re.ASCII)
_ANSWERED = re.compile(r"#go_to_message(\d{1,18})\Z", re.ASCII)
_VIA = re.compile(r" via @\w{1,64}\Z", re.ASCII)
_GLOBAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY = frozenset({"br", "img", "link", "meta", "input", "hr", "source", "wbr"})
_LINES = frozenset({"blockquote", "pre", "p"})
_DEEPEST = 200
_LONGEST = 200_000
"""Code points of one message; a message of Telegram has at most 4,096."""

# What the words of an element are, by a class that it bears.
_SAID, _FROM, _SERVICE, _TITLE, _WHY, _UNREAD = "said", "from", "service", "title", "why", "unread"
_BY_CLASS = {
    "from_name": _FROM, "text": _SAID, "title": _TITLE, "description": _WHY, "status": _UNREAD, "userpic": _UNREAD,
    "reply_to": _UNREAD, "date": _UNREAD, "signature": _UNREAD, "reactions": _UNREAD, "media_poll": _UNREAD,
    "video_duration": _UNREAD, "gif_play": _UNREAD, "media_wrap": _UNREAD,
}  # fmt: skip
_WITHOUT_FILE = ("media_contact", "media_call", "media_location", "media_live_location", "media_venue", "media_poll",
                 "media_game", "media_invoice")  # fmt: skip


def recognise(head: bytes, _name: str) -> bool:
    """True for a page with the history of a chat as Telegram marks it."""
    return _SIGN.search(head) is not None


def extract(data: bytes) -> Extracted:
    """Bytes to messages. Raises CannotRead where it is too large, or no message is in it."""
    if len(data) > LARGEST:
        raise CannotRead(
            f"It is a chat of more than {LARGEST // 1_000_000} MB in one page.",
            "It is kept and registered. Ask whoever provided it to save it again; the program writes smaller pages.",
        )
    encoding = judge(data)
    page = _Page(encoding.decode(data))
    return laid_out([{"name": "", "type": "", "messages": page.messages()}], encoding, lambda: _remarks(page))


def extract_file(file: BinaryIO) -> Extracted:
    """The same from an open file."""
    file.seek(0)
    return extract(file.read(LARGEST + 1))


@dataclass(slots=True)
class _Message:
    """A message while its element is open."""

    id: str
    service: bool
    joined: bool
    depth: int
    date: str = ""
    answers: str = ""
    forwarded: bool = False
    without_file: bool = False
    files: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    length: int = 0

    def add(self, target: str, words: str) -> None:
        if self.length < _LONGEST:
            self.words.setdefault(target, []).append(words[: _LONGEST - self.length])
            self.length += len(words)

    def told(self, target: str) -> str:
        """Its words, one line for each line of the page."""
        lines = "".join(self.words.get(target, ())).split("\n")
        return "\n".join(" ".join(line.split(" ")).strip() for line in lines).strip()


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: what its words are, and whether it lies in what was forwarded."""

    name: str
    target: str
    forwarded: bool


class _Page:
    """A page while it is read, from front to back."""

    def __init__(self, source: str) -> None:
        self.counts: Counter[str] = Counter()
        self._source = source
        self._stack: list[_Open] = []
        self._now: _Message | None = None
        self._sender = self._origin = ""

    def messages(self) -> Iterator[dict[str, Any]]:
        """Each message with the keys of the JSON form, in the order of the page."""
        for token in scan(self._source):
            if token.kind == "open":
                attributes = attributes_of(token)
                if token.name == "div" and "message" in attributes.get("class", "").split():
                    yield from self._done()
                    self._begin(attributes)
                self._open(token, attributes)
            elif token.kind == "close":
                self._close(token.name)
                if self._now is not None and len(self._stack) <= self._now.depth:
                    yield from self._done()
            elif token.kind == "text" and self._now is not None and self._stack:
                words = _SPACE.sub(" ", unescape(self._source[token.start : token.end]))
                self._now.add(self._stack[-1].target, words)
        yield from self._done()

    def _begin(self, attributes: dict[str, str]) -> None:
        classes, found = attributes.get("class", "").split(), _ID.fullmatch(attributes.get("id", ""))
        self._now = _Message(
            found[1] if found else "", "service" in classes, "joined" in classes, min(len(self._stack), _DEEPEST)
        )

    def _open(self, token: Token, attributes: dict[str, str]) -> None:
        if token.name == "br" or token.name in _LINES:
            self._line()
        if token.name in _EMPTY or token.attributes.endswith("/"):
            return
        classes = attributes.get("class", "").split()
        above = self._stack[-1] if self._stack else _Open("", _UNREAD, False)
        target, forwarded = above.target, above.forwarded
        if self._now is not None:
            target = next((_BY_CLASS[one] for one in classes if one in _BY_CLASS), target)
            if self._now.service:
                target = _SERVICE if "body" in classes else target
            elif {"forwarded", "body"} <= set(classes):
                forwarded = self._now.forwarded = True
            self._note(self._now, token.name, classes, attributes)
        if target == _FROM and forwarded:
            target = "origin"
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Open(token.name, target, forwarded))

    def _note(self, now: _Message, name: str, classes: list[str], attributes: dict[str, str]) -> None:
        """What attributes say of a message."""
        if "date" in classes and "pull_right" in classes:
            now.date = unescape(attributes.get("title", ""))
        if any(one in _WITHOUT_FILE for one in classes):
            now.without_file = True
            self.counts["without file"] += 1
        href = unescape(attributes.get("href", ""))
        if name != "a" or not href:
            return
        answered = _ANSWERED.search(href)
        if answered is not None:
            now.answers = now.answers or answered[1]
        elif "pull_left" in classes and not _GLOBAL.match(href):
            now.files.append(href)

    def _line(self) -> None:
        if self._now is not None and self._stack:
            self._now.add(self._stack[-1].target, "\n")

    def _close(self, name: str) -> None:
        if name in _LINES:
            self._line()
        if any(one.name == name for one in self._stack):
            while self._stack.pop().name != name:
                pass

    def _done(self) -> Iterator[dict[str, Any]]:
        """The message that ends here, if one was open."""
        now, self._now = self._now, None
        if now is None:
            return
        if now.service:
            self._sender = self._origin = ""
            if not now.id.startswith("-"):  # else it says the day of what follows
                yield {"type": "service", "actor": now.told(_SERVICE)}
            return
        if not now.joined:
            sender = _VIA.sub("", now.told(_FROM))
            self._sender = "" if sender == DELETED_ACCOUNT else sender
        origin = _VIA.sub("", now.told("origin"))
        self._origin = (origin or self._origin) if now.forwarded else ""
        message = {
            "id": now.id, "type": "message", "from": self._sender, "text": now.told(_SAID), **_time(now.date),
            "forwarded_from": self._origin, "reply_to_message_id": now.answers,
        }  # fmt: skip
        yield message | _files(now)


def _files(now: _Message) -> dict[str, Any]:
    if now.files:
        return dict(zip(("photo", "file"), now.files, strict=False))
    why = "" if now.without_file else now.told(_WHY)
    return {"file": f"(File unavailable: {why})", "file_name": now.told(_TITLE)} if why else {}


def _time(title: str) -> dict[str, str]:
    """Date as JSON has it, and the moment where the distance from UTC stands beside it."""
    found = _DATE.fullmatch(title.strip())
    if found is None:
        return {}
    day, month, year, clock, zone = found.groups()
    date = f"{year}-{month}-{day}T{clock}"
    try:
        moment = {"date_unixtime": str(int(datetime.fromisoformat(date + zone).timestamp()))} if zone else {}
    except (ValueError, OverflowError):
        moment = {}
    return {"date": date, **moment}


def _remarks(page: _Page) -> Iterator[Remark]:
    yield Remark(
        "what the pages of a chat leave out",
        "They do not say who a deleted account was, whether a message was changed, and whether anybody can read the "
        "chat: it is withheld as a private one.",
        "Ask for the same chat saved as JSON (`result.json`), which says so.",
    )
    if count := page.counts["without file"]:
        yield Remark(
            "contacts, calls, places and polls",
            f"{count:,} of them are parts of messages, and are not read.",
            "Look at the item's bytes for them.",
        )


FORMAT = Format(
    name="Telegram chat as pages",
    media_types=(MEDIA_TYPE,),
    suffixes=(".html",),
    recognised_by="it is a page with the history of a chat, marked as Telegram's program for computers marks it",
    recognise=recognise,
    extract=extract,
    extract_file=extract_file,
)
