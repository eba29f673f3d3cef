"""Archives, sound and hostile, and e-mails of an invented country."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from base64 import encodebytes
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from probanda.reading.formats import CannotRead, Member
from probanda.reading.model import Remark

NOTE = "The council of Rasmina counted nine wounded at the clinic on 4 May 2031.\n"
REPORT = (
    "Nadia Berrow told the council of Rasmina that four shells struck the fish market on Saturday morning. "
    "The clinic counted nine wounded."
)
HEADERS = (
    "From: Nadia Berrow <nadia@harbour.example>\r\n"
    "To: Leyla Orsan <leyla@watch.example>\r\n"
    "Date: Sat, 03 May 2031 10:15:00 +0200\r\n"
    "Subject: Shells on the market\r\n"
    "Message-ID: <1@harbour.example>\r\n"
    "MIME-Version: 1.0\r\n"
)


def a_zip(files: Mapping[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A sound ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, way)
    return made.getvalue()


def a_raw_zip(entries: list[tuple[bytes, int, bytes, int, int]]) -> bytes:
    """A ZIP of (name, flags, packed bytes, way, stated size), as no sound program writes it."""
    bodies, listed = b"", b""
    for name, flags, packed, way, size in entries:
        at = len(bodies)
        fixed = struct.pack("<5H3L", 20, flags, way, 0, 33, 0, len(packed), size)
        bodies += b"PK\x03\x04" + fixed + struct.pack("<2H", len(name), 0) + name + packed
        listed += b"PK\x01\x02\x14\x03" + fixed + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, at) + name
    end = struct.pack("<4H2LH", 0, 0, len(entries), len(entries), len(listed), len(bodies), 0)
    return bodies + listed + b"PK\x05\x06" + end


def an_overlapping_zip(members: int, size: int) -> bytes:
    """A ZIP whose list names one and the same bytes many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(size)
    packed = packer.compress(zeros) + packer.flush()
    fixed = struct.pack("<5H3L", 20, 0, 8, 0, 33, zlib.crc32(zeros), len(packed), size)
    body = b"PK\x03\x04" + fixed + struct.pack("<2H", 1, 0) + b"a" + packed
    one = b"PK\x01\x02\x14\x03" + fixed + struct.pack("<5H2L", 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = one * members
    end = struct.pack("<4H2LH", 0, 0, members, members, len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end


def a_tar(files: Mapping[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A sound tar archive, packed where `mode` says so."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    made.seek(0)
    return made.getvalue()


def a_tar_header(name: bytes, size: int, kind: bytes = b"0") -> bytes:
    """One header block that may claim anything."""
    block = bytearray(512)
    block[: len(name)] = name
    block[124:136] = b"%011o\0" % size
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[257:265] = b"ustar\00000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def zeros_packed(size: int) -> bytes:
    """So many zeros in gzip, made in little memory."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])


def a_gzip_named(name: str, data: bytes) -> bytes:
    """gzip with the name of the file in it."""
    made = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=made, mtime=0) as packed:
        packed.write(data)
    return made.getvalue()


def an_email(body: str = REPORT, headers: str = HEADERS, kind: str = "text/plain; charset=utf-8") -> bytes:
    """A message with one part."""
    return f"{headers}Content-Type: {kind}\r\n\r\n{body}\r\n".encode()


def an_email_of(*parts: str, kind: str = "mixed", headers: str = HEADERS) -> bytes:
    """A message of several parts, each with its own headers."""
    return f"{headers}{a_multipart(*parts, kind=kind, sign='top')}".encode()


def a_multipart(*parts: str, kind: str, sign: str) -> str:
    """A part of parts."""
    inner = "".join(f"--{sign}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{sign}"\r\n\r\n{inner}--{sign}--\r\n'


def a_part(body: str, kind: str = "text/plain; charset=utf-8", more: str = "") -> str:
    """One part."""
    return f"Content-Type: {kind}\r\n{more}\r\n{body}"


def an_attachment(name: str, data: bytes, kind: str = "application/octet-stream") -> str:
    """A file that is attached, in base64."""
    sent = encodebytes(data).decode().replace("\n", "\r\n")
    disposed = f'Content-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
    return a_part(sent, kind, disposed)


def taken_out(
    members: Callable[[BinaryIO], Iterator[Member | Remark]], data: bytes
) -> tuple[list[tuple[str, bytes]], list[Remark]]:
    """Every member with its bytes, and the remarks; a member that fails becomes a remark, as for whoever takes in."""
    found: list[tuple[str, bytes]] = []
    remarks: list[Remark] = []
    for one in members(io.BytesIO(data)):
        if isinstance(one, Remark):
            remarks.append(one)
            continue
        try:
            found.append((one.name, b"".join(one.blocks)))
        except CannotRead as reason:
            remarks.append(Remark(one.name, reason.reason, reason.fix))
    return found, remarks
