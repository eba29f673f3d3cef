"""WACZ files: web archives with their list of pages in a ZIP file (WACZ 1.1.1, Webrecorder).

The parts are: `archive/` (WARC files), `pages/` (which addresses were captured as pages), `indexes/` (left alone: what
they say follows from the WARC files), `datapackage.json` (what the parts are and their digests) and
`datapackage-digest.json` (the digest of that, and who signed it). Digests and signature are checked, and what does not
agree is a remark: the archive is read all the same. That a signature fits says that whoever held the key signed these
bytes; who that was, a person finds out.

Start with `members`. Looks down to: warc, web_pages, zip_archive, wacz_signature. Used by: formats (registry).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from probanda.reading.formats import CannotRead, Extracted, Format, Member, zip_archive, zipped
from probanda.reading.formats.bounds import MOST_MEMBERS, Budget, capped, clean
from probanda.reading.formats.captured import LONGEST
from probanda.reading.formats.wacz_signature import CHANGED_FIX, signature_said
from probanda.reading.formats.warc import LISTED, listed_of, unpacked
from probanda.reading.formats.web_pages import Listed, Looked, Opening, chosen, looked, taken
from probanda.reading.model import Remark

MEDIA_TYPE = "application/wacz"
LARGEST_DESCRIPTION = 8_000_000
"""Bytes of `datapackage.json`."""
LONGEST_LINE = 8_000_000
"""Bytes of one line of a list of pages: it may hold the page's text."""
_PACKAGE, _SEAL = "datapackage.json", "datapackage-digest.json"
_WARC = re.compile(r"archive/[^/]{1,400}\.warc(?:\.gz)?", re.I)
_PAGES = re.compile(r"pages/[^/]{1,200}\.jsonl", re.I)


def recognise(head: bytes, name: str) -> bool:
    """True for bytes that begin as a ZIP file; `recognise_file` looks what it holds."""
    return head.startswith(zipped.SIGNATURES)


def recognise_file(file: BinaryIO) -> bool:
    """True for a ZIP file that holds `datapackage.json` and WARC files in `archive/`."""
    if zipped.kind_of(file) != "archive":
        return False
    try:
        names = [one.name for one in zip_archive.members(file) if isinstance(one, Member)]
    except CannotRead:
        return False
    return _PACKAGE in names and any(_WARC.fullmatch(name) for name in names)


def extract_file(file: BinaryIO) -> Extracted:
    """The list of the pages in it."""
    parts = _Parts(file)
    found = Looked()
    for _ in looked(parts.archives(), found, LISTED):
        pass
    plan, missing = chosen(found, parts.listed, parts.files)
    title = "What this web archive holds" + (f" ({clean(parts.title)})" if parts.title else "")
    remarks = [*parts.remarks, *parts.damage, *found.remarks, *missing]
    return listed_of(title, plan, found, MEDIA_TYPE, remarks, parts.said)


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(io.BytesIO(data))


def members(file: BinaryIO) -> Iterator[Member | Remark | None]:
    """Each captured page with its bytes and what its capture says, and a remark for what is wrong."""
    return capped(_members(file))


def _members(file: BinaryIO) -> Iterator[Member | Remark | None]:
    parts = _Parts(file)
    yield from parts.check_digests()
    found = Looked(software=parts.software)
    yield from looked(parts.archives(), found)
    plan, missing = chosen(found, parts.listed, parts.files)
    yield from (*parts.remarks, *parts.damage, *found.remarks, *missing)
    yield from taken(parts.archives(), plan, Budget(packed=file.seek(0, 2)))


@dataclass(slots=True)
class _Parts:
    """The parts of a WACZ file, and what it says of itself."""

    file: BinaryIO
    files: list[str] = field(default_factory=list)
    """Names of its WARC files, in the order of their names."""
    listed: list[Listed] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    damage: list[Remark] = field(default_factory=list)
    """Of the WARC files, as they were last walked."""
    said: list[str] = field(default_factory=list)
    """What is to be known of its digests and its signature and is no fault."""
    title: str | None = None
    software: str | None = None
    _stated: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """Digest and size of each part, as the description has them."""

    def __post_init__(self) -> None:
        package = seal = b""
        for one in zip_archive.members(self.file):
            if isinstance(one, Remark):
                self.remarks.append(one)
            elif one.name == _PACKAGE:
                package = self._small(one)
            elif one.name == _SEAL:
                seal = self._small(one)
            elif _PAGES.fullmatch(one.name):
                self._list_pages(one)
            elif _WARC.fullmatch(one.name):
                self.files.append(one.name)
        self.files.sort()
        self._describe(package)
        for said in _sealed(package, seal):
            if isinstance(said, Remark):
                self.remarks.append(said)
            else:
                self.said.append(said)

    def _small(self, one: Member) -> bytes:
        try:
            return b"".join(_up_to(one.blocks, LARGEST_DESCRIPTION))
        except CannotRead as fault:
            self.remarks.append(Remark(one.name, fault.reason, fault.fix))
            return b""

    def _describe(self, package: bytes) -> None:
        told = _json(package)
        if not isinstance(told, dict):
            said = "The description of the archive's parts cannot be read, so their digests were not checked."
            self.remarks.append(Remark(_PACKAGE, said, CHANGED_FIX))
            return
        self.title, self.software = _words(told.get("title")), _words(told.get("software"))
        resources = told.get("resources")
        for one in resources[:MOST_MEMBERS] if isinstance(resources, list) else ():
            path, stated = (_words(one.get(key)) for key in ("path", "hash")) if isinstance(one, dict) else (None, None)
            if path and stated:
                size = one.get("bytes")
                self._stated[path] = (stated, size if isinstance(size, int) else None)
        if not self._stated:
            self.said.append("It states no digests of its parts, so there was none to check.")

    def _list_pages(self, one: Member) -> None:
        broken = 0
        try:
            for line in _lines(one.blocks):
                told = _json(line)
                url = _words(told.get("url")) if isinstance(told, dict) else None
                if url and len(self.listed) < MOST_MEMBERS:
                    self.listed.append(Listed(url, _words(told.get("title"))))
                elif not isinstance(told, dict):
                    broken += 1
        except CannotRead as fault:
            self.remarks.append(Remark(one.name, fault.reason, fault.fix))
        if broken:
            said = f"{broken:,} of its lines cannot be read; pages that only they name are not taken out as items."
            self.remarks.append(Remark(one.name, said, "Ask whoever captured it for the archive again."))

    def archives(self) -> list[tuple[str, Opening]]:
        """Its WARC files, each with how it is opened from its beginning."""
        self.damage.clear()
        return [(name, partial(self._opened, name)) for name in self.files]

    def _opened(self, name: str) -> Iterator[bytes]:
        try:
            one = next(m for m in zip_archive.members(self.file) if isinstance(m, Member) and m.name == name)
            yield from unpacked(iter(one.blocks), 0, name, self.damage)
        except CannotRead as fault:
            self.damage.append(Remark(name, fault.reason, fault.fix))

    def check_digests(self) -> Iterator[Remark | None]:
        """A remark for each part that is not as the description says; a None now and then is a sign of life."""
        there = set()
        for one in zip_archive.members(self.file):
            if isinstance(one, Remark) or one.name not in self._stated:
                continue
            there.add(one.name)
            stated, size = self._stated[one.name]
            algorithm, _, value = stated.partition(":")
            if algorithm.lower().replace("-", "") not in ("sha256", "md5"):
                said = f"Its digest is of a kind that is not checked here ({clean(algorithm[:20])})."
                yield Remark(one.name, said, "Check it with a program for web archives.")
                continue
            found, length = hashlib.new(algorithm.lower().replace("-", ""), usedforsecurity=False), 0
            try:
                for block in one.blocks:
                    found.update(block)
                    length += len(block)
                    yield None
            except CannotRead:
                continue  # said where it is opened
            if found.hexdigest() != value.strip().lower() or size not in (None, length):
                said = f"Its bytes are not those that {_PACKAGE} states: one of the two was changed."
                yield Remark(one.name, said, CHANGED_FIX)
        for name in sorted(set(self._stated) - there):
            yield Remark(clean(name), f"{_PACKAGE} names it, and it is not in the archive.", CHANGED_FIX)


def _sealed(package: bytes, seal: bytes) -> Iterator[Remark | str]:
    """What the seal on the description says: a digest, and a signature where there is one; faults are remarks."""
    if not seal:
        yield "It bears no digest of its own description."
        return
    told = _json(seal)
    told = told if isinstance(told, dict) else {}
    stated = _words(told.get("hash")) or ""
    if stated.partition(":")[2].lower() != hashlib.sha256(package).hexdigest():
        yield Remark(_SEAL, f"The digest in it is not that of {_PACKAGE}: one of the two was changed.", CHANGED_FIX)
    signed = told.get("signedData")
    if not isinstance(signed, dict):
        yield "It is not signed."
        return
    checked = signature_said(signed, stated)
    yield f"Signature: {checked.said}" if checked.fits else Remark("signature", checked.said, CHANGED_FIX)


def _up_to(blocks: Iterable[bytes], most: int) -> Iterator[bytes]:
    for block in blocks:
        most -= len(block)
        if most < 0:
            raise CannotRead("It is far larger than such a description is.", CHANGED_FIX)
        yield block


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that are not blank; those that are too long give up the rest."""
    kept = b""
    for block in blocks:
        *whole, kept = (kept + block).split(b"\n")
        yield from (line for line in whole if line.strip())
        if len(kept) > LONGEST_LINE:
            raise CannotRead("It has a line that is far longer than such lists have.", CHANGED_FIX)
    if kept.strip():
        yield kept


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _words(told: object) -> str | None:
    return told[:LONGEST] if isinstance(told, str) and told else None


FORMAT = Format(
    name="web archive (WACZ)",
    media_types=(MEDIA_TYPE,),
    suffixes=(".wacz",),
    recognised_by="it is a ZIP file with datapackage.json and WARC files in archive/",
    recognise=recognise,
    recognise_file=recognise_file,
    extract=extract,
    extract_file=extract_file,
    members=members,
)
