"""The parts of an e-mail: its headers, and the tree of its parts with the place of each in the bytes.

RFC 5322 (headers), RFC 2045 to 2049 (parts, encoded words), RFC 2231 (names of files). The standard library's parser
was left: it recurses with each level of parts, raises on hostile headers, gives no places in the bytes, and
writes an attached message anew, so that its bytes and digest would no longer be those that were sent.

Start with `part_of`, then `Part`. Looks down to: encodings. Used by: eml, mbox.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead

DEEPEST = 50
"""Levels of parts within parts that are looked at."""
MOST_PARTS = 5_000
"""Parts of one message that are looked at."""
LONGEST_HEADERS = 1 << 20
"""Bytes of one part's headers."""
MOST_LINES = 2_000
"""Header lines of one part."""
LONGEST_VALUE = 20_000
"""Bytes of one header's value that are read; a list of hundreds of recipients has about so many."""

HEADER = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_WORD = re.compile(r"=\?([!-)+->@-~]{1,60})(?:\*[!->@-~]{0,20})?\?([bBqQ])\?([ ->@-~]{0,4000})\?=")
_PARAMETER = re.compile(r';\s*([^\s;="]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,4000})"?|([^;]{0,4000}))', re.DOTALL)
_NOT_FOR_TEXT = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
_NO_SIGN = re.compile(rb"[^A-Za-z0-9+/=\s]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Part:
    """One part of a message, or the whole: `data[start:end]` is its content, behind the headers."""

    headers: list[tuple[str, bytes]]
    """Name in small letters, and value with its lines joined; in order."""
    start: int
    end: int
    type: str
    """Such as `text/plain`, in small letters."""
    parameters: dict[str, str]
    disposition: str
    filename: str | None
    children: list[Part] = field(default_factory=list)
    trouble: str | None = None
    """Why it could not be parted as it says."""

    def all(self, name: str) -> list[str]:
        """Every value of this header, decoded."""
        return [decoded_value(value) for called, value in self.headers if called == name]

    def first(self, name: str) -> str:
        """The first value of this header, decoded; empty where there is none."""
        return next((decoded_value(value) for called, value in self.headers if called == name), "")

    @property
    def way(self) -> str:
        """How its content was made fit for sending: `base64`, `quoted-printable`, or `as it is`."""
        said = self.first("content-transfer-encoding").lower().split(";")[0].strip()
        return said if said in ("base64", "quoted-printable") else "as it is"

    def leaves(self) -> Iterator[Part]:
        """Parts without parts, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.children:
                waiting.extend(reversed(part.children))
            else:
                yield part


def part_of(data: bytes) -> Part:
    """The message's tree of parts. Never raises for what the bytes are; `trouble` says what was wrong."""
    whole = _part(data, 0, len(data), "text/plain")
    waiting = [(whole, 0)]
    count = 1
    while waiting:
        part, depth = waiting.pop()
        if not part.type.startswith("multipart/"):
            continue
        if depth >= DEEPEST:
            part.trouble = f"its parts lie within one another more than {DEEPEST} deep"
            continue
        usual = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        for start, end in _pieces(data, part):
            count += 1
            if count > MOST_PARTS:
                part.trouble = f"it has more than {MOST_PARTS:,} parts"
                return whole
            child = _part(data, start, end, usual)
            part.children.append(child)
        waiting.extend((child, depth + 1) for child in reversed(part.children))
    return whole


def headers_of(data: bytes, start: int, end: int) -> tuple[list[tuple[str, bytes]], int]:
    """The header lines from `start` on, and where the content begins: behind the blank line, or at a line of none."""
    found: list[tuple[str, bytes]] = []
    at = start
    last = min(end, start + LONGEST_HEADERS)
    pieces: list[bytes] = []
    while at < last and len(found) < MOST_LINES:
        line = _LINE.match(data, at, last)
        if line is None:
            break
        said = line[0]
        if not said.strip(b"\r\n"):
            at = line.end()
            break
        header = HEADER.match(said)
        if said[:1] in b" \t" and found:
            pieces.append(said)
        elif header is not None:
            _join(found, pieces)
            found.append((header[1].decode("ascii").lower(), b""))
            pieces = [said[header.end() :]]
        else:
            break
        at = line.end()
    _join(found, pieces)
    return found, at


def _join(found: list[tuple[str, bytes]], pieces: list[bytes]) -> None:
    if found:
        value = b"".join(pieces)[:LONGEST_VALUE]
        found[-1] = (found[-1][0], b" ".join(value.split()))


def _part(data: bytes, start: int, end: int, usual: str) -> Part:
    headers, content = headers_of(data, start, end)
    said = next((_plain(value) for name, value in headers if name == "content-type"), "")
    kind = said.split(";")[0].strip().lower()
    if not re.fullmatch(r"[!#-'*+.0-9A-Z^_`a-z{|}~-]+/[!#-'*+.0-9A-Z^_`a-z{|}~-]+", kind):
        kind = usual
    parameters = _parameters(said)
    disposed = next((_plain(value) for name, value in headers if name == "content-disposition"), "")
    named = _parameters(disposed).get("filename") or parameters.get("name")
    return Part(
        headers=headers,
        start=min(content, end),
        end=end,
        type=kind[:100],
        parameters=parameters,
        disposition=disposed.split(";")[0].strip().lower()[:40],
        filename=decoded_words(named) if named else None,
    )


def _pieces(data: bytes, part: Part) -> Iterator[tuple[int, int]]:
    """Where the parts of this part stand, between its boundary lines (RFC 2046, 5.1.1)."""
    boundary = part.parameters.get("boundary", "").rstrip()[:200]
    if not boundary:
        part.trouble = "it says that it has parts, but not where they begin; it is shown as it stands"
        part.type = "text/plain"
        return
    sign = boundary.encode("ascii", "replace")
    line = re.compile(rb"--" + re.escape(sign) + rb"(--)?[ \t]*(?=[\r\n]|\Z)(?:\r\n|\n|\r)?")
    start: int | None = None
    for found in line.finditer(data, part.start, part.end):
        if found.start() > part.start and data[found.start() - 1] not in b"\r\n":
            continue
        if start is not None:
            yield start, max(start, _before_break(data, start, found.start()))
        start = found.end()
        if found[1]:
            if re.search(rb"\w", data[start : min(part.end, start + 100_000)]):
                part.trouble = "there is text behind its last part, which programs for mail do not show"
            return
    if start is None:
        part.trouble = "the signs that should part it are missing; it is shown as it stands"
        part.type = "text/plain"
        return
    part.trouble = "it breaks off: the sign of its end is missing"
    yield start, part.end


def _before_break(data: bytes, start: int, at: int) -> int:
    """The end of the line before: its line break belongs to the boundary."""
    if data[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1 if at > start else at


# Content -------------------------------------------------------------------------------------------


def content_blocks(data: bytes, part: Part) -> Iterator[bytes]:
    """The part's bytes as they were before sending, in blocks. Faulty ones give what can be read; see `fault_of`."""
    step = 1 << 20
    if part.way == "base64":
        yield from _base64(data, part.start, part.end, step)
    elif part.way == "quoted-printable":
        at = part.start
        while at < part.end:
            end = data.rfind(b"\n", at, min(at + step, part.end)) + 1
            end = end if end > at and at + step < part.end else min(at + step, part.end)
            yield quopri.decodestring(data[at:end])
            at = end
    else:
        for at in range(part.start, part.end, step):
            yield data[at : min(at + step, part.end)]


def _base64(data: bytes, start: int, end: int, step: int) -> Iterator[bytes]:
    rest = b""
    for at in range(start, end, step):
        signs = rest + re.sub(rb"[^A-Za-z0-9+/=]", b"", data[at : min(at + step, end)])
        padded = signs.find(b"=")
        if padded >= 0:
            yield _whole(signs[:padded])
            return
        whole = len(signs) - len(signs) % 4
        rest = signs[whole:]
        if whole:
            yield base64.b64decode(signs[:whole])
    if rest:
        yield _whole(rest)


def _whole(signs: bytes) -> bytes:
    """Signs without padding; a lone last sign stands for no byte."""
    if len(signs) % 4 == 1:
        signs = signs[:-1]
    return base64.b64decode(signs + b"=" * (-len(signs) % 4))


def fault_of(data: bytes, part: Part) -> str | None:
    """What is wrong with the part's base64; None where it is sound, or is another way of sending."""
    if part.way != "base64":
        return None
    if _NO_SIGN.search(data, part.start, part.end):
        return "its base64 holds signs that are none; they were passed over"
    padded = data.find(b"=", part.start, part.end)
    if padded >= 0 and re.compile(rb"[^=\s]").search(data, padded, part.end):
        return "its base64 has an end in the middle; what stands behind was not read"
    blanks = sum(data.count(blank, part.start, part.end) for blank in (b"\n", b"\r", b" ", b"\t"))
    if (part.end - part.start - blanks) % 4:
        return "its base64 breaks off"
    return None


def words_of(content: bytes, said: str) -> tuple[str, str, str]:
    """Decoded words, the encoding, and the reason. `said` is the charset that the part states; it is tried first."""
    codec = _codec(said)
    if codec is not None and codec != "ascii":
        for tried in ("cp1252", codec) if codec == "iso8859-1" else (codec,):
            try:
                return content.decode(tried), tried, f"the message says {said[:40].lower()}"
            except (UnicodeError, ValueError):
                continue
    try:
        encoding = judge(content)
        words = encoding.decode(content)
    except CannotRead:
        return content.decode("utf-8", "replace"), "utf-8", "no encoding fits; faulty places are shown as U+FFFD"
    differs = f"; the message says {said[:40].lower()}, which its bytes are not" if codec not in (None, "ascii") else ""
    return words, encoding.name, encoding.reason + differs


def _codec(said: str) -> str | None:
    """The codec of a stated charset; None for what is unknown or no encoding of text."""
    try:
        found = codecs.lookup(said.strip().strip("\"'")[:60])
    except (LookupError, ValueError):
        return None
    is_text: bool = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name.replace("_", "-") not in _NOT_FOR_TEXT else None


# Header values -------------------------------------------------------------------------------------


def decoded_value(value: bytes) -> str:
    """A header's value as a person sees it: encoded words decoded, on one line, without control characters."""
    return _CONTROL.sub("\ufffd", " ".join(decoded_words(_plain(value)).split()))


def decoded_words(value: str) -> str:
    """RFC 2047: `=?utf-8?B?...?=` as words. Neighbours in one charset are joined first: a sign may be cut in two."""
    pieces: list[str] = []
    charset, waiting, at = "", b"", 0
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        content = _encoded(found[2], found[3])
        if (between.strip() or not at) or found[1].lower() != charset:
            pieces.append(_in_charset(waiting, charset))
            pieces.append(between if between.strip() or not at else "")
            charset, waiting = found[1].lower(), content
        else:
            waiting += content
        at = found.end()
    return "".join((*pieces, _in_charset(waiting, charset), value[at:]))


def _encoded(way: str, signs: str) -> bytes:
    if way in "bB":
        try:
            return _whole(re.sub(rb"[^A-Za-z0-9+/]", b"", signs.encode("ascii")))
        except binascii.Error:
            return signs.encode("ascii")
    return quopri.decodestring(signs.encode("ascii"), header=True)


def _in_charset(content: bytes, charset: str) -> str:
    return words_of(content, charset)[0] if content else ""


def _plain(value: bytes) -> str:
    """Raw bytes of a header (RFC 6532 allows UTF-8)."""
    return value.decode("utf-8") if value.isascii() else words_of(value, "")[0]


def _parameters(value: str) -> dict[str, str]:
    """`; name=value` with quotes taken off; RFC 2231 pieces and charsets put together."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        name = match[1].lower()
        said = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
        base, star, number = name.partition("*")
        if not star:
            found.setdefault(name, said)
            continue
        digits = number.rstrip("*")
        place = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
        pieces.setdefault(base, []).append((place, name.endswith("*"), said))
    for name, parts in pieces.items():
        found[name] = _joined(sorted(parts, key=lambda piece: piece[0]))
    return found


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    charset = ""
    content = b""
    for number, (_, coded, said) in enumerate(parts):
        text = said
        if coded and number == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content += unquote_to_bytes(text) if coded else text.encode("utf-8", "surrogateescape")
    return words_of(content, charset)[0]
