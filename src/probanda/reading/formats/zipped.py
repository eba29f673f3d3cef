"""ZIP files opened safely: what kind of document one is, and one part of it, with bounds.

Start with `kind_of`, then `opened` and `part`. Office documents (DOCX, ODT, XLSX, ODS) are ZIP files, and so are
plain archives. Nothing is ever written, so names in the file need no cleaning here; sizes that the file states of
itself are never believed. The kinds of part are told as the makers' standards say: ISO/IEC 29500-2 for
`[Content_Types].xml`, OASIS OpenDocument 1.3 part 2 for the member `mimetype`.

Looks down to: formats (CannotRead). Used by: docx, odt, xlsx, zip.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from probanda.reading.formats import CannotRead

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
"""First bytes of a ZIP file: with members, and without."""
LARGEST_PART = 200_000_000
"""Bytes of one part, expanded."""
LARGEST_RATIO = 300
"""Expanded bytes for each packed one; deflate gives up to 1,032, and office documents hardly 50."""
_RATIO_FROM = 10_000_000
"""Expanded bytes from which the ratio counts: small parts of white space pack well and do no harm."""
LARGEST_DIRECTORY = 32_000_000
"""Bytes of the list of members: it is held in memory, at some ten times its size."""
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, ValueError,
    NotImplementedError, EOFError,
)  # fmt: skip
"""What the standard library raises for damaged ZIP files and for ways of packing that it does not know."""
_BLOCK = 1 << 18
_TAIL = 65_557
"""The end record and the longest comment behind it."""

_MAIN_PARTS = (
    ("docx", re.compile(rb"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.[a-z]+\.macroEnabled", re.I)),
    (
        "xlsx",
        re.compile(
            rb"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.(?:sheet|template)\.macroEnabled\.main\+xml", re.I
        ),
    ),
)
_MIMETYPES = (
    ("odt", re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template|-web|-master)?\s*\Z")),
    ("ods", re.compile(rb"application/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?\s*\Z")),
)
_OTHER_DOCUMENT = re.compile(rb"application/(?:vnd\.oasis\.opendocument|vnd\.sun\.xml|epub\+zip)")
_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"))


def kind_of(file: BinaryIO) -> str | None:
    """What a file that begins as a ZIP is: `docx`, `odt`, `xlsx`, `ods` or `archive`.

    None for what is no ZIP, and for documents of a kind that nobody here reads (slides, drawings, books), which are
    no archives to a person. A damaged ZIP gets the kind that its beginning shows, else `archive`: whoever reads it
    then says what is wrong with it. The place in the file afterwards is anywhere.
    """
    file.seek(0)
    head = file.read(65_536)
    if not head.startswith(SIGNATURES):
        return None
    try:
        with opened(file) as archive:
            return _kind(archive)
    except CannotRead:
        return _kind_from_head(head)


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive in an open file. Raises CannotRead where it is damaged, cut short, or lists far too much."""
    if _directory_size(file) > LARGEST_DIRECTORY:
        raise CannotRead(
            f"The list of what this ZIP file holds is longer than {LARGEST_DIRECTORY // 1_000_000} MB.",
            "It is kept and registered. Have it unpacked by someone who knows where it comes from, and add the files.",
        )
    try:
        return zipfile.ZipFile(file)
    except _DAMAGE:
        raise CannotRead(
            "It begins as a ZIP file (an archive or office document), but is damaged or cut short: "
            "the list of its members at the end cannot be used.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        ) from None


def part(archive: zipfile.ZipFile, name: str, most: int = LARGEST_PART) -> bytes:
    """The bytes of one member, expanded. Raises CannotRead as `blocks` does."""
    return b"".join(blocks(archive, name, most))


def blocks(archive: zipfile.ZipFile, name: str, most: int = LARGEST_PART) -> Iterator[bytes]:
    """The bytes of one member, expanded, block by block.

    Raises CannotRead where there is none of that name, it is locked or damaged, or it grows beyond `most` bytes or
    beyond `LARGEST_RATIO` times its packed size.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise CannotRead(
            f"The part “{shown(name)}” is missing from it.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        ) from None
    if info.flag_bits & 0x1:
        raise CannotRead(
            f"Its part “{shown(name)}” is locked with a password.",
            "It is kept and registered. Ask whoever provided it for the password, and add an unlocked copy as well.",
        )
    size, packed = 0, max(info.compress_size, 1)
    try:
        with archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > most or (size > _RATIO_FROM and size > LARGEST_RATIO * packed):
                    raise CannotRead(
                        f"Its part “{shown(name)}” grows beyond bounds when it is unpacked "
                        f"(more than {size // 1_000_000} MB from {packed:,} bytes).",
                        "It is kept and registered. Ask whoever provided it what it is; it may be made to do harm.",
                    )
                yield block
    except (*_DAMAGE, RuntimeError):
        raise CannotRead(
            f"Its part “{shown(name)}” is damaged and cannot be unpacked.",
            "It is kept and registered. Ask whoever provided it for the file again.",
        ) from None


def shown(name: str) -> str:
    """A member's name for a sentence: signs that are not printed are left out, and long names are cut."""
    return "".join(c if c.isprintable() else "�" for c in name[:120])


def _kind(archive: zipfile.ZipFile) -> str | None:
    names = archive.NameToInfo
    if "mimetype" in names:
        said = _small(archive, "mimetype")
        for kind, sign in _MIMETYPES:
            if sign.match(said):
                return kind
        if _OTHER_DOCUMENT.match(said):
            return None
    if "[Content_Types].xml" in names:
        types = _small(archive, "[Content_Types].xml").replace(b"\0", b"")
        found = [kind for kind, sign in _MAIN_PARTS if sign.search(types)]
        # A document may hold a sheet of its own kind only inside `embeddings`; the folder decides if both are named.
        for folder, kind in _FOLDERS:
            if kind in found and any(name.startswith(folder.decode()) for name in names):
                return kind
        return found[0] if found else None
    return "archive"


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return part(archive, name, 2_000_000)
    except CannotRead:
        return b""


def _kind_from_head(head: bytes) -> str:
    """From the names of the first members, which stand before each member's bytes."""
    if head[30:38] == b"mimetype":
        said = head[38 : 38 + min(int.from_bytes(head[22:26], "little"), 100)]
        return next((kind for kind, sign in _MIMETYPES if sign.match(said)), "archive")
    for found in re.finditer(rb"PK\x03\x04", head):
        name = head[found.start() + 30 : found.start() + 40]
        for folder, kind in _FOLDERS:
            if name.startswith(folder):
                return kind
    return "archive"


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the list of members as the end record states them (which is how many would be read); 0 without one.

    PKWARE's APPNOTE 4.3.14 to 4.3.16.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0
    stated = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        large = tail.rfind(b"PK\x06\x06", 0, at)
        if large >= 0 and len(tail) >= large + 48:
            stated = max(stated if stated != 0xFFFFFFFF else 0, int.from_bytes(tail[large + 40 : large + 48], "little"))
    return min(stated, size)
