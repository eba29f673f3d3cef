"""Sound files of every format about an invented country, and damage done to them by a seeded random generator.

Start with `seeds` (sound files by name) and `mutated` (one of them, harmed). The same dice give the same harm.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from probanda.reading.formats import observation
from tests.reading import making_archives as archives
from tests.reading import making_captures as captures
from tests.reading import making_chats as chats
from tests.reading import making_documents as documents
from tests.reading import making_media as media
from tests.reading import making_pdfs as pdfs

STORY = (
    "Rasmina, 4 May 2031\n\nNadia Berrow told the council that four shells struck the fish market on Saturday. "
    "The clinic counted nine wounded and two dead.\n\nA spokesman of the Coast Guard Brigade denied it.\n"
)
_RUSSIAN = "Совет Расмины сообщил в субботу, что четыре снаряда попали в рыбный рынок; ранено девять человек.\n"
_PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>Shells on the market</title>"
    "<meta property='article:published_time' content='2031-05-04'></head><body><nav><a href=/>Home</a></nav>"
    f"<article><h1>Shells</h1><p>{STORY}</p><table><tr><td>Rasmina<td>9 wounded</table></article></body></html>"
)
_ROWS = "date,place,what\n2031-05-03,Rasmina,Nine were wounded at the fish market\n2031-05-04,Delma,Two houses burned\n"
_BULLETINS = (
    b'{"bulletins":[{"class":"bulletin","id":1,"title":"Shells","originid":"7","events":[{"title":"Shells","from_date":'
    b'"2031-05-03"}],"description":"<p>Nine were wounded at the market.</p>"}\n{"class":"bulletin","id":2}]}'
)
_NOTE = (
    b'{"status": "success", "metadata": {"url": "https://posts.example/7", "title": "Shells"}, "media": '
    b'[{"filename": "picture.jpg", "properties": {"hash": "SHA-256:' + b"ab" * 32 + b'"}}]}'
)


@cache
def seeds() -> Mapping[str, bytes]:
    """A sound file of every format that is read, small, by a name with its usual ending."""
    story = documents.p(STORY)
    report = documents.docx(story, header=documents.p("Council of Rasmina"), footnotes="")
    letter = archives.an_email_of(
        archives.a_part(STORY),
        archives.an_attachment("report.docx", report),
        archives.an_attachment("list.csv", _ROWS.encode(), "text/csv"),
    )
    files = {"report.txt": STORY.encode(), "deep/list.csv": _ROWS.encode(), "report.docx": report}
    return {
        "utf8.txt": STORY.encode(),
        "utf16.txt": STORY.encode("utf-16"),
        "cp1251.txt": (_RUSSIAN * 3).encode("cp1251"),
        "cp1256.txt": (pdfs.ARABIC * 2).encode("cp1256"),
        "page.html": _PAGE.encode(),
        "list.csv": _ROWS.encode(),
        "log.xlsx": _workbook(),
        "report.docx": report,
        "report.odt": documents.odt(f"<text:h text:outline-level='1'>Shells</text:h><text:p>{STORY}</text:p>"),
        "report.rtf": (
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Shells}}\pard " + STORY + r"\par}"
        ).encode(),
        "bare.pdf": pdfs.bare([pdfs.said("Nine people were wounded in Rasmina."), pdfs.said("Two died.")]),
        "typeset.pdf": pdfs.typeset(STORY),
        "scan.pdf": pdfs.scanned(1),
        "carrying.pdf": pdfs.carrying("list.csv", _ROWS.encode()),
        "picture.png": _picture("PNG"),
        "picture.jpg": _picture("JPEG"),
        "picture.tiff": _picture("TIFF"),
        "place.tiff": media.a_geotiff(),
        "picture.gif": _picture("GIF"),
        "picture.webp": _picture("WEBP"),
        "letter.eml": letter,
        "letters.mbox": b"".join(b"From nadia@harbour.example Sat May  3 10:15:00 2031\n" + letter for _ in range(2)),
        "iphone.txt": chats.IPHONE.encode(),
        "android.txt": chats.ARABIC.encode("utf-16"),
        "chat.zip": chats.a_chat_zip(),
        "result.json": chats.as_json(chats.telegram(*chats.MESSAGES)),
        "messages.html": chats.telegram_pages(),
        "bulletins.json": _BULLETINS,
        "import.csv": b"title,Template,When,file\nShells on the market,Incident,2031-05-03:2031-05-04,report.docx\n",
        "files.zip": archives.a_zip({**files, "within.zip": archives.a_zip(files)}),
        "files.tar": archives.a_tar(files),
        "files.tar.gz": archives.a_tar(files, "w:gz"),
        "files.tar.xz": archives.a_tar(files, "w:xz"),
        "page.warc": captures.a_warc(captures.a_capture()),
        "page.warc.gz": captures.a_warc(captures.a_capture(), packed=True),
        "page.wacz": captures.a_wacz(captures.a_warc(captures.a_capture(), packed=True)),
        "page.metadata.json": _NOTE,
        "scene.json": media.a_stac_item("place.tiff"),
        "video.mp4": media.an_mp4(),
        "video.webm": media.a_webm(),
        "sound.wav": media.a_wav(),
        "captions.srt": media.SRT.encode(),
        "captions.vtt": media.VTT.encode(),
        "observation.txt": observation.written(
            "ab" * 32, "00:01:20.000-00:01:24.000", (1, 2, 30, 40), "M. Ode", "2031-05-04T10:00:00Z", STORY
        ),
        "report.txt.gz": gzip.compress(STORY.encode(), mtime=0),
        "report.txt.xz": lzma.compress(STORY.encode()),
        "report.txt.bz2": bz2.compress(STORY.encode()),
    }


def mutated(name: str, dice: random.Random) -> tuple[str, bytes]:
    """What was done to the sound file of this name, and what came of it: one to three harms, one after another."""
    data = seeds()[name]
    done = []
    if zipfile.is_zipfile(io.BytesIO(data)) and dice.random() < 0.6:
        data, harm = _within(data, dice)
        done.append(f"within-{harm}")
    else:
        for _ in range(dice.choice((1, 1, 2, 3))):
            harm = dice.choice(tuple(_HARMS))
            data = _HARMS[harm](data, dice)
            done.append(harm)
    return "-".join(done), data


def _within(data: bytes, dice: random.Random) -> tuple[bytes, str]:
    """The ZIP file with one member harmed and packed again: what a list of sound checksums does not tell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    chosen = dice.choice(sorted(members))
    harm = dice.choice(tuple(_HARMS))
    members[chosen] = _HARMS[harm](members[chosen], dice)
    return documents.packed(members), harm


# The harms ---------------------------------------------------------------------------------------


def _piece(data: bytes, dice: random.Random) -> tuple[int, int]:
    """A stretch of the bytes: start and end."""
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 4, 16, 64, 256, 1024, 8192)))


def _flipped(data: bytes, dice: random.Random) -> bytes:
    harmed = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 32, 128)) if data else 0):
        harmed[dice.randrange(len(harmed))] ^= 1 << dice.randrange(8)
    return bytes(harmed)


def _cut_short(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _cut_out(data: bytes, dice: random.Random) -> bytes:
    start, end = _piece(data, dice)
    return data[:start] + data[end:]


def _doubled(data: bytes, dice: random.Random) -> bytes:
    start, end = _piece(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50)) + data[end:]


def _swapped(data: bytes, dice: random.Random) -> bytes:
    a, b, c, d = sorted(dice.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _spliced(data: bytes, dice: random.Random) -> bytes:
    other = seeds()[dice.choice(tuple(seeds()))]
    start, end = _piece(data, dice)
    first, last = _piece(other, dice)
    return data[:start] + other[first:last] + data[dice.choice((start, end)) :]


def _blown_up(data: bytes, dice: random.Random) -> bytes:
    """A number made very large, or nothing: where digits stand, in digits; else in two, four or eight bytes."""
    digits = [found.span() for found in re.finditer(rb"\d+", data)]
    if digits and dice.random() < 0.5:
        start, end = dice.choice(digits)
        return data[:start] + dice.choice((b"0", b"-1", b"99999999", b"4294967295", b"9" * 400)) + data[end:]
    form = dice.choice(("<H", ">H", "<L", ">L", "<Q", ">Q"))
    most = (1 << (8 * struct.calcsize(form))) - 1
    value = struct.pack(form, dice.choice((0, most, most >> 1, (most >> 1) + 1, most - 7)))
    at = dice.randrange(len(data) + 1)
    return data[:at] + value + data[at + len(value) :]


_HARMS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flipped": _flipped,
    "short": _cut_short,
    "hole": _cut_out,
    "doubled": _doubled,
    "swapped": _swapped,
    "spliced": _spliced,
    "blown": _blown_up,
}


# Sound files that no other maker makes -----------------------------------------------------------


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["Date", "Place", "What"], ["3 May 2031", "Rasmina", "Nine were wounded."], ["4 May", "Delma", 12.5]):
        sheet.append(row)
    book.create_sheet("Hidden").append(["Two died."])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _picture(kind: str) -> bytes:
    from PIL import Image

    one = Image.new("RGB", (90, 60), (200, 200, 200))
    one.paste((0, 0, 0), (0, 0, 20, 20))
    made = io.BytesIO()
    one.save(made, kind)
    return made.getvalue()
