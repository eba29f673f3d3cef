"""E-mail (RFC 5322, MIME): the headers a person sees, the words of the message, and its attachments as members.

Headers, quoted earlier messages and the signature are furniture: they are no words of this message's author. Of a
message written twice the plain form is read, and the HTML form where the plain one is a mere stub. What stands
inside is never run, fetched or followed; attached messages come out byte for byte as they were attached.

Start with `extract`, then `_bodies`. Looks down to: mail, html, bounds. Used by: formats (registry).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, DateMark, Extracted, Format, Mark, Member, html
from probanda.reading.formats.bounds import capped, clean
from probanda.reading.formats.mail import Part, content_blocks, fault_of, headers_of, part_of, words_of
from probanda.reading.model import Remark, Run

MEDIA_TYPE = "message/rfc822"
LARGEST = 200_000_000
"""Bytes of one message; mail servers hardly take 50 MB."""
LARGEST_BODY = 32_000_000
"""Bytes of one part that are read as words."""

_SHOWN = ("from", "to", "cc", "bcc", "date", "subject")
_MOST_SAME = 20
"""Lines of one header that are shown: there should be one."""
_SURE = frozenset({"message-id", "mime-version", "received"})
_KNOWN = _SURE | frozenset(_SHOWN) | {"return-path", "delivered-to", "sender", "reply-to", "in-reply-to", "references"}
_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "image/jpeg": ".jpg",
    "image/png": ".png", "image/gif": ".gif", "application/pdf": ".pdf", "application/zip": ".zip",
    "message/rfc822": ".eml", "application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
}  # fmt: skip
_SIGNATURE_LINES = 15
"""Lines below `-- ` that may be a signature; more are the message itself."""
_HEADER_REASON = "e-mail header"
_QUOTED_REASON = "quoted from an earlier message"
_SIGNATURE_REASON = "signature of the e-mail"
_LOCKED_REASON = "encrypted"
_LOCKED_FIX = "Ask the sender or recipient for the message as they see it, saved from their own program for mail."
_AGAIN = "The message is kept as it is. Ask whoever provided it for it again."
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_BEGINNINGS = ("On ", "Le ", "Am ", "El ", "Il ", "Op ", "في ", "بتاريخ ")
_WROTE = ("wrote", "a écrit", "schrieb", "escribió", "ha scritto", "schreef", "كتب")
_LONGEST_ATTRIBUTION = 400
_TIME_OR_ADDRESS = re.compile(r"@|\d[:.h]\d\d")
_QUOTATION = re.compile(r"\s{0,20}>")
_ORIGINAL = re.compile(
    r"(?:-{2,}[ \t]{0,5}(?:Original Message|Message d.origine|Ursprüngliche Nachricht|الرسالة الأصلية)[ \t]{0,5}-{2,}"
    r"|_{10,}[ \t]{0,5}\r?\n\s{0,10}(?:From|De|من):)", re.IGNORECASE,
)  # fmt: skip
_FORWARDED = re.compile(
    r"(?:-{2,}[ \t]{0,5}(?:Forwarded message|Message transféré|رسالة معاد توجيهها)[ \t]{0,5}-{2,}"
    r"|Begin forwarded message:)",
    re.IGNORECASE,
)
_PGP = "-----BEGIN PGP MESSAGE-----"
_CITED = re.compile(rb"<(/?)blockquote\b([^>]{0,1000})>", re.IGNORECASE)
_CITE_SIGN = re.compile(rb"type\s*=\s*[\"']?cite|class\s*=\s*[\"']?[^\"'>]{0,200}quote", re.IGNORECASE)


def recognise(head: bytes, name: str) -> bool:
    """True for header lines at the very start that only e-mail has, or that make up an e-mail.

    A memorandum also begins with From, To and Date: without Message-ID, MIME-Version or Received, the sender must be
    an address and the date one that programs write, unless the name ends in `.eml`.
    """
    start = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    headers, behind = headers_of(head, start, len(head))
    names = {called for called, _ in headers}
    # Where the headers end at a line that is neither a header nor blank, this is another kind of text.
    if behind < len(head) and not head[:behind].endswith((b"\n\n", b"\r\n\r\n", b"\r\r")):
        return False
    if len(names & _KNOWN) < 2:
        return False
    if names & _SURE:
        return True
    if not ({"date", "from"} <= names and names & {"to", "subject"}):
        return False
    values = dict(headers)
    return name.lower().endswith(".eml") or (b"@" in values["from"] and _is_sent_date(values["date"]))


def extract(data: bytes) -> Extracted:
    """Headers and words of one message. Raises CannotRead where it is too large; never for what is in it."""
    _refuse_large(len(data))
    message = part_of(data)
    page = _Page()
    _put_headers(page, message)
    for body in _bodies(message):
        _put_body(page, data, body)
    if not page.bodies:
        _say_empty(page, message)
    page.remarks.extend(dict.fromkeys(_troubles(message)))
    attached = _attached(message)
    page.remarks.extend(_faults(data, attached))
    date = message.first("date")
    return Extracted(
        words="".join(page.pieces),
        runs=tuple(page.runs),
        encoding=page.encoding or "utf-8",
        encoding_reason=page.encoding_reason or "no words but those of its headers",
        media_type=MEDIA_TYPE,
        marks=tuple(sorted(page.marks, key=lambda mark: (mark.start, mark.end))),
        title=message.first("subject") or None,
        published=(DateMark(date, "Date header"),) if date else (),
        language=page.language,
        remarks=tuple(capped(page.remarks)),
        holds=len(attached),
    )


def members(file: BinaryIO) -> Iterator[Member | Remark]:
    """Attachments, embedded pictures and attached messages, in order. Raises CannotRead where it is too large."""
    data = _whole(file)
    message = part_of(data)
    attached = _attached(message)
    yield from capped(_faults(data, attached))
    for name, part in attached:
        yield Member(name=name, blocks=content_blocks(data, part), media_type=part.type)


def _extract_file(file: BinaryIO) -> Extracted:
    return extract(_whole(file))


def _whole(file: BinaryIO) -> bytes:
    _refuse_large(file.seek(0, 2))
    file.seek(0)
    return file.read()


def _refuse_large(size: int) -> None:
    if size > LARGEST:
        raise CannotRead(
            f"It is an e-mail of more than {LARGEST // 1_000_000} MB.",
            "It is kept and registered. Save its attachments in a program for mail, and add them as files.",
        )


def _is_sent_date(value: bytes) -> bool:
    try:
        return re.search(rb"\d\d:\d\d", value) is not None and bool(parsedate_to_datetime(value.decode("ascii")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return False


# Which parts are the message, and which are attached -----------------------------------------------


@dataclass(frozen=True, slots=True)
class _Body:
    """A part that is words of the message, with its other form where it was written twice."""

    part: Part
    other: Part | None = None


def _is_words(part: Part) -> bool:
    plain = part.type in ("text/plain", "text/html") and part.disposition != "attachment" and not part.filename
    return plain and not part.children


def _bodies(message: Part) -> list[_Body]:
    """The parts that a program for mail shows as the message, in order."""
    found: list[_Body] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.type == "multipart/alternative" and part.children:
            # The richest of several pages is the last (RFC 2046, 5.1.4), and so is the last plain form.
            plain, page = _last(part, "text/plain"), _last(part, "text/html")
            if plain is not None or page is not None:
                found.append(_Body(plain or page or part, page if plain is not None else None))
        elif part.children:
            waiting.extend(reversed(part.children))
        elif _is_words(part):
            found.append(_Body(part))
    return found


def _last(part: Part, kind: str) -> Part | None:
    return next((leaf for leaf in reversed(list(part.leaves())) if leaf.type == kind and _is_words(leaf)), None)


def _attached(message: Part) -> list[tuple[str, Part]]:
    """Every part that is no form of the message's words, with its name as written, or one by its number."""
    found: list[tuple[str, Part]] = []
    for number, part in enumerate(message.leaves(), 1):
        if _is_words(part) or part.type.startswith("multipart/"):
            continue
        name = part.filename or f"part-{number}{_SUFFIXES.get(part.type, '')}"
        found.append((clean(name), part))
    return found


def _troubles(message: Part) -> Iterator[Remark]:
    waiting = [message]
    while waiting:
        part = waiting.pop()
        waiting.extend(reversed(part.children))
        if part.trouble:
            yield Remark("parts of the message", f"{part.trouble[0].upper()}{part.trouble[1:]}.", _AGAIN)
        if part.type == "multipart/encrypted":
            yield Remark("the message", "It is encrypted: its words cannot be read.", _LOCKED_FIX)
        if part.type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            signed = part.parameters.get("smime-type", "").lower() == "signed-data"
            said = "It is wrapped in a signature (S/MIME), which is not opened here." if signed else None
            yield Remark("the message", said or "It is encrypted (S/MIME): its words cannot be read.", _LOCKED_FIX)
        if part.type in ("message/partial", "message/external-body"):
            yield Remark("a part of the message", "Its content is in another message or place.", _AGAIN)


def _faults(data: bytes, attached: list[tuple[str, Part]]) -> Iterator[Remark]:
    for name, part in attached:
        fault = fault_of(data, part)
        if fault is not None:
            yield Remark(name, f"It was damaged on its way: {fault}.", _AGAIN)


# The words -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """The text while it is put together."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    encoding: str | None = None
    encoding_reason: str = ""
    language: str | None = None
    bodies: int = 0

    def put(self, words: str) -> int:
        """Add words; gives where they begin."""
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        return start

    def part(self) -> None:
        """A blank line, unless nothing stands before."""
        if self.length:
            self.put("\n\n")


@dataclass(slots=True)
class _Block:
    """Lines of a body that belong together."""

    start: int
    end: int
    reason: str


def _put_headers(page: _Page, message: Part) -> None:
    for name in _SHOWN:
        for value in message.all(name)[:_MOST_SAME]:
            page.part()
            start = page.put(f"{name.capitalize()}: {value}")
            page.marks.append(Mark(start, page.length, PassageRole.FURNITURE, _HEADER_REASON))


def _put_body(page: _Page, data: bytes, body: _Body) -> None:
    chosen = body.part
    content = _content(page, data, chosen)
    if body.other is not None:
        rich = _read_html(_content(page, data, body.other), body.other)
        # “This message needs a program that shows HTML” is no message.
        if rich is not None and 5 * sum(map(str.isalnum, content.decode("latin-1"))) < _letters(rich.words):
            _put_html(page, body.other, rich)
            return
    if chosen.type == "text/html":
        read = _read_html(content, chosen)
        if read is not None:
            _put_html(page, chosen, read)
            return
    _put_plain(page, chosen, content)


def _content(page: _Page, data: bytes, part: Part) -> bytes:
    pieces: list[bytes] = []
    length = 0
    for block in content_blocks(data, part):
        pieces.append(block[: LARGEST_BODY - length])
        length += len(pieces[-1])
        if length >= LARGEST_BODY:
            said = f"Its words are read up to {LARGEST_BODY // 1_000_000} MB."
            page.remarks.append(Remark("the rest of the message", said, "Add its words as plain text."))
            break
    fault = fault_of(data, part)
    if fault is not None:
        page.remarks.append(Remark("the words of the message", f"They were damaged on their way: {fault}.", _AGAIN))
    return b"".join(pieces)


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _say_empty(page: _Page, message: Part) -> None:
    if not any(part.type in ("multipart/encrypted", "application/pkcs7-mime") for part in (message, *message.leaves())):
        page.remarks.append(Remark("the words of the message", "There are none beside its headers.", _AGAIN))


def _encoded(page: _Page, name: str, reason: str) -> None:
    page.bodies += 1
    if page.encoding is None:
        page.encoding, page.encoding_reason = name, reason


# Plain words


def _put_plain(page: _Page, part: Part, content: bytes) -> None:
    words, codec, reason = words_of(content, part.parameters.get("charset", ""))
    words, hidden = words.replace("\0", "\ufffd"), "\0" in words
    _encoded(page, codec, reason)
    exact = part.way == "as it is" and not hidden and _goes_back(words, codec, content)
    blocks = _blocks(words)
    byte = part.start
    for number, block in enumerate(blocks):
        said = words[block.start : block.end]
        if number == 0:
            page.part()
        elif not _ends_blank(words, block.start):
            page.put("\n")  # so that a paragraph never runs on from one author's words into another's
        start = page.put(said)
        if exact:
            length = len(said.encode(codec))
            page.runs.append(Run(start, page.length, byte, byte + length))
            byte += length
        else:  # packed for sending: the words come from somewhere in the part
            page.runs.append(Run(start, page.length, part.start, part.end))
        if block.reason:
            page.marks.append(Mark(start, page.length, PassageRole.FURNITURE, block.reason))
    _remark_on(page, words)


def _goes_back(words: str, codec: str, content: bytes) -> bool:
    """True where encoding the words gives their bytes again, piece by piece."""
    try:
        return not codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz")) and words.encode(codec) == content
    except UnicodeError:
        return False


def _ends_blank(words: str, at: int) -> bool:
    before = words[max(0, at - 4) : at].replace("\r\n", "\n").replace("\r", "\n")
    return before.endswith("\n\n")


def _remark_on(page: _Page, words: str) -> None:
    if _PGP in words:
        page.remarks.append(Remark("words of the message", "They are encrypted (PGP).", _LOCKED_FIX))
    if _FORWARDED.search(words):
        page.remarks.append(
            Remark(
                "the forwarded message in it",
                "Its words are another person's: they can be searched, but bear no claims here.",
                "Add the forwarded message itself, as its recipient has it.",
            )
        )


def _blocks(words: str) -> list[_Block]:
    """Lines that belong together: the author's own, quoted ones, the signature, encrypted ones."""
    found: list[_Block] = []
    at = 0
    rest = ""
    while at < len(words):
        next_line = _line_end(words, at)
        end, reason = next_line, rest
        if not rest:
            end, reason, rest = _kind_of_line(words, at, next_line)
        if rest == _SIGNATURE_REASON and (words[at : at + 1] == ">" or _attribution(words, at) is not None):
            end, reason, rest = _kind_of_line(words, at, next_line)
        elif rest == _LOCKED_REASON and words.startswith("-----END PGP", at):
            rest = ""
        blank = not words[at:end].strip()
        if found and (blank or found[-1].reason == reason):
            found[-1].end = end
        else:
            found.append(_Block(at, end, reason))
        at = end
    return found


def _kind_of_line(words: str, at: int, end: int) -> tuple[int, str, str]:
    """Where these lines end, why they are furniture, and why all that follow are; empty where not."""
    line = words[at:end].rstrip("\r\n")
    if line.startswith(">"):
        return end, _QUOTED_REASON, ""
    attributed = _attribution(words, at)
    if attributed is not None:
        return attributed, _QUOTED_REASON, ""
    if _ORIGINAL.match(words, at) or _FORWARDED.match(words, at):
        return end, _QUOTED_REASON, _QUOTED_REASON
    if line in ("-- ", "--") and _is_short(words, end):
        return end, _SIGNATURE_REASON, _SIGNATURE_REASON
    if line.startswith(_PGP):
        return end, _LOCKED_REASON, _LOCKED_REASON
    return end, "", ""


def _attribution(words: str, at: int) -> int | None:
    """The end of “On 3 May 2031 at 10:15, Nadia wrote:”, on one line or two; None where there is no such here.

    Others also write “On Sunday the council wrote:”, so an address, a time, or a quotation below is asked for.
    """
    if not words.startswith(_BEGINNINGS, at):
        return None
    end = at
    for _ in range(2):
        end = _line_end(words, end)
        said = words[at:end] if end - at <= _LONGEST_ATTRIBUTION else ""
        if said.rstrip().endswith(":") and any(verb in said for verb in _WROTE):
            sure = _TIME_OR_ADDRESS.search(said) or _QUOTATION.match(words, end)
            return end if sure else None
    return None


def _line_end(words: str, at: int) -> int:
    """Where the line that stands at `at` ends, its break included."""
    line = _LINE.match(words, at)
    return line.end() if line is not None else len(words)


def _is_short(words: str, at: int) -> bool:
    """True where few enough lines follow, up to quoted ones, to be a signature."""
    for _ in range(_SIGNATURE_LINES + 1):
        if at == len(words) or words[at : at + 1] == ">":
            return True
        at = _line_end(words, at)
    return False


# Words in HTML


def _read_html(content: bytes, part: Part) -> Extracted | None:
    """The page read as HTML, its runs in bytes of the page as given to it; None where it cannot be."""
    words, codec, reason = words_of(content, part.parameters.get("charset", ""))
    # Without NUL, so that the page is not taken for UTF-16.
    page = words.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        read = html.extract(page)
    except CannotRead:
        return None
    quoted = [
        Mark(run.start, run.end, PassageRole.FURNITURE, _QUOTED_REASON)
        for run in _within(read.runs, list(_cited(page)))
    ]
    exact = part.way == "as it is" and page == content
    runs = tuple(replace(r, byte_start=r.byte_start + part.start, byte_end=r.byte_end + part.start) for r in read.runs)
    coarse = (Run(0, len(read.words), part.start, part.end),) if read.words and part.end > part.start else ()
    return replace(
        read,
        marks=(*read.marks, *quoted, *_behind_signs(read.words)),
        runs=runs if exact else coarse,
        encoding=codec,
        encoding_reason=reason,
    )


def _cited(page: bytes) -> Iterator[tuple[int, int]]:
    """Where the page quotes an earlier message: `<blockquote>` with the sign that programs for mail give it."""
    depth = 0
    start: int | None = None
    for found in _CITED.finditer(page):
        depth = max(0, depth + (-1 if found[1] else 1))
        if start is None and not found[1] and _CITE_SIGN.search(found[2]):
            start, depth = found.start(), 1
        elif start is not None and depth == 0:
            yield start, found.end()
            start = None
    if start is not None:
        yield start, len(page)


def _within(runs: tuple[Run, ...], stretches: list[tuple[int, int]]) -> Iterator[Run]:
    number = 0
    for run in runs:
        while number < len(stretches) and stretches[number][1] <= run.byte_start:
            number += 1
        if number < len(stretches) and run.byte_start >= stretches[number][0]:
            yield run


def _behind_signs(words: str) -> Iterator[Mark]:
    """Lines that say who wrote what follows, and all behind a sign that an earlier message follows."""
    at = 0
    while at < len(words):
        end = words.find("\n", at)
        end = len(words) if end < 0 else end
        if _ORIGINAL.match(words, at) or _FORWARDED.match(words, at):
            yield Mark(at, len(words), PassageRole.FURNITURE, _QUOTED_REASON)
            return
        attributed = _attribution(words, at)
        if attributed is not None:
            yield Mark(at, attributed, PassageRole.FURNITURE, _QUOTED_REASON)
        at = end + 1


def _put_html(page: _Page, part: Part, read: Extracted) -> None:
    _encoded(page, read.encoding, read.encoding_reason)
    page.part()
    start = page.put(read.words)
    page.runs.extend(replace(run, start=run.start + start, end=run.end + start) for run in read.runs)
    page.marks.extend(replace(mark, start=mark.start + start, end=mark.end + start) for mark in read.marks)
    page.language = page.language or read.language
    _remark_on(page, read.words)


FORMAT = Format(
    name="e-mail",
    media_types=(MEDIA_TYPE,),
    suffixes=(".eml",),
    recognised_by="it begins with header lines of e-mail: Message-ID and others, or a sender's address and a sent date",
    recognise=recognise,
    extract=extract,
    extract_file=_extract_file,
    members=members,
)
