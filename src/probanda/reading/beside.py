"""What a small file says of files that lie beside it: the notes of capturing programs, as JSON or CSV.

Four kinds are known by their keys: ProofMode (a line for each proof, with the SHA-256 of the file and what the
device's sensors told), Auto Archiver (its JSON, and the sheet it fills), STAC items (footprint, time and files of a
satellite's picture, by the specification of SpatioTemporal Asset Catalogs 1.0), and plain metadata of a saved page (an
address, with a file or a digest), as Hunchly and others lay beside it. Whatever such a file says is kept as its words;
what of it is true, and whether the digest is that of the bytes, is not asked here.

Start with `notes_of`. Looks down to: encodings, footprints, formats. Used by: child.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from probanda.reading import footprints
from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead
from probanda.reading.formats.csv_table import delimiter_of

LARGEST = 20_000_000
"""Bytes of such a file."""
MOST_NOTES, MOST_FACTS, LONGEST = 20_000, 150, 1_000
PROOFMODE, AUTO_ARCHIVER, PAGE = "ProofMode", "Auto Archiver", "metadata of a saved page"
STAC = "STAC item"

_ADDRESS = frozenset({"url", "link", "page url", "source url", "original url", "address", "final url"})
_FILE = frozenset({"file", "filename", "file name", "file path", "filepath", "path", "archive location", "saved as"})
_HASH = frozenset(
    {"hash", "sha256", "sha-256", "sha1", "sha-1", "md5", "file hash sha256", "file hash", "page hash", "digest"}
)
_DIGEST = re.compile(r"(?:\A|[^0-9a-fA-F])([0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})(?:\Z|[^0-9a-fA-F])")
_BASE = re.compile(r"[^/\\]+\Z")
_MULTIHASH = re.compile(r"1220([0-9a-fA-F]{64})")
"""A SHA-256 as STAC's file extension writes it: the code of the function, the length, the digest."""
_MOST_CORNERS = 100_000


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one file."""

    kind: str
    files: tuple[str, ...]
    """Base names of the file it speaks of, as far as it names one."""
    digests: tuple[str, ...]
    """In hexadecimal, small letters: SHA-256, SHA-1 or MD5, as their length tells."""
    facts: tuple[tuple[str, str], ...]
    """Everything it says, under its own names."""


def notes_of(data: bytes) -> Iterator[Note]:
    """The notes in these bytes; none where they are of no kind known here. Never raises for what the bytes are."""
    found = _from_json(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else _from_rows(_rows(data))
    for number, note in enumerate(found):
        if number >= MOST_NOTES:
            return
        yield note


# CSV ----------------------------------------------------------------------------------------------


def _rows(data: bytes) -> Iterator[dict[str, str]]:
    try:
        text = judge(data).decode(data).removeprefix("\ufeff") if data else ""
    except CannotRead:
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, named=True, whole=True) or ",")
    try:
        names = [name.strip() for name in next(reader, [])]
        for cells in reader:
            yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
    except csv.Error:
        return


def _from_rows(rows: Iterable[Mapping[str, str]]) -> Iterator[Note]:
    for row in rows:
        keys = {_key(name) for name in row}
        if "file hash sha256" in keys:
            yield _note(PROOFMODE, row)
        elif "archive status" in keys and "link" in keys:
            yield _note(AUTO_ARCHIVER, row)
        elif keys & _ADDRESS and keys & (_FILE | _HASH):
            yield _note(PAGE, row)


# JSON ---------------------------------------------------------------------------------------------


def _from_json(data: bytes) -> Iterator[Note]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return
    for one in told if isinstance(told, list) else [told]:
        if not isinstance(one, dict):
            continue
        media, about = one.get("media"), one.get("metadata")
        if isinstance(one.get("stac_version"), str) and one.get("type") == "Feature":
            yield from _from_stac(one)
        elif isinstance(media, list) and isinstance(about, dict) and "status" in one:
            yield from _from_archiver(one, about, media)
        else:
            yield from _from_object(one)


def _from_archiver(whole: Mapping[str, Any], about: Mapping[str, Any], media: Iterable[Any]) -> Iterator[Note]:
    common = {"archive status": _said(whole["status"]), **_flat(about)}
    for one in media:
        if isinstance(one, dict):
            told = {**_flat(one), **_flat(one.get("properties"))}
            files = [str(one[key]) for key in ("filename", "key", "_key") if isinstance(one.get(key), str)]
            yield _note(AUTO_ARCHIVER, {**common, **told}, files)


def _from_stac(whole: Mapping[str, Any]) -> Iterator[Note]:
    """A note for each file that it names, and one for the picture of its own name, which it may not name at all."""
    around = footprints.hull(_points(whole.get("geometry"))) or footprints.hull(_boxed(whole.get("bbox")))
    properties = _flat(whole.get("properties"))
    times = {name: properties[name] for name in footprints.TIMES if name in properties}
    named = {name: said for name in ("id", "collection") if (said := _said(whole.get(name)))}
    common = {footprints.FOOTPRINT: footprints.told(around), **times, **named, **properties}
    assets = whole.get("assets")
    for name, one in assets.items() if isinstance(assets, dict) else ():
        if isinstance(one, dict) and isinstance(one.get("href"), str):
            digest = _MULTIHASH.fullmatch(str(one.get("file:checksum")))
            note = _note(STAC, {**common, "asset": str(name), **_flat(one)}, [one["href"]])
            yield replace(note, digests=(digest[1].lower(),)) if digest else note
    yield _note(STAC, common)


def _points(geometry: Any) -> list[footprints.Corner]:
    """The points of a Polygon or MultiPolygon of GeoJSON: longitude first."""
    found: list[footprints.Corner] = []
    waiting = [geometry.get("coordinates")] if isinstance(geometry, dict) else []
    while waiting and len(found) < _MOST_CORNERS:
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            continue
        if isinstance(one[0], list):
            waiting += one
        elif len(one) >= 2 and all(isinstance(part, int | float) for part in one[:2]):
            found.append((one[1], one[0]))
    return found


def _boxed(box: Any) -> list[footprints.Corner]:
    """The corners of a bounding box of four or six numbers."""
    if not (isinstance(box, list) and len(box) in (4, 6) and all(isinstance(one, int | float) for one in box)):
        return []
    west, south, east, north = box[0], box[1], box[len(box) // 2], box[len(box) // 2 + 1]
    return [(south, west), (south, east), (north, east), (north, west)]


def _from_object(told: Mapping[str, Any]) -> Iterator[Note]:
    flat = _flat(told)
    keys = {_key(name) for name in flat}
    if "file hash sha256" in keys:
        yield _note(PROOFMODE, flat)
    elif any(_key(name) in _ADDRESS and value.startswith(("http://", "https://")) for name, value in flat.items()):
        yield _note(PAGE, flat)


def _flat(told: Any) -> dict[str, str]:
    """What stands in an object itself: words, numbers, and short lists of these."""
    if not isinstance(told, dict):
        return {}
    return {str(name)[:200]: said for name, value in told.items() if (said := _said(value))}


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)[:LONGEST]
    if isinstance(value, list) and value and all(isinstance(one, str | int | float) for one in value[:50]):
        return ", ".join(str(one)[:LONGEST] for one in value[:50])
    return ""


# Both ---------------------------------------------------------------------------------------------


def _note(kind: str, told: Mapping[str, str], files: Iterable[str] = ()) -> Note:
    named = [*files, *(value for name, value in told.items() if _key(name) in _FILE)]
    bases = [base[0][:400] for one in named if (base := _BASE.search(one.partition("?")[0].strip())) is not None]
    hashes = [
        digest[1].lower()
        for name, value in told.items()
        if _key(name) in _HASH and (digest := _DIGEST.search(value[:LONGEST])) is not None
    ]
    facts = [(name[:200], value[:LONGEST]) for name, value in told.items() if value][:MOST_FACTS]
    return Note(kind, tuple(dict.fromkeys(bases)), tuple(dict.fromkeys(hashes)), tuple(facts))


def _key(name: str) -> str:
    return " ".join(re.sub(r"[_\s]+", " ", name.casefold()).split())
