"""A saved chat with its media: a ZIP file in which the text of a chat lies beside what its messages name.

It is an archive like others: each member becomes an item. Beside the list it says which message names which file, what
no message names, and what is named and not there. Names are compared as they are; none is ever a path.

Start with `extract_file`. Looks down to: whatsapp, zip_archive, zipped. Used by: formats (registry).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO
from zipfile import ZipFile

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.encodings import judge
from probanda.reading.formats import HEAD, CannotRead, Extracted, Format, Mark, whatsapp, zip_archive, zipped
from probanda.reading.formats.bounds import capped
from probanda.reading.formats.chat_layout import ATTACHED
from probanda.reading.formats.whatsapp import Chat
from probanda.reading.messages import ARCHIVE
from probanda.reading.model import Located, Remark

_TEXT = ".txt"
_MOST_TEXTS = 20
"""Texts at the top of an archive that are looked at for a chat."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The chat of an archive: the name of its text, and what its messages name."""

    name: str
    chat: Chat


def recognise_file(file: BinaryIO) -> bool:
    """True for an archive with the text of a chat at its top."""
    return zipped.kind_of(file) == "archive" and _chat_name(file) is not None


def extract_file(file: BinaryIO) -> Extracted:
    """The archive's list, and which message names what. Raises CannotRead where its list cannot be found."""
    listed = zip_archive.extract_file(file)
    found = _chat(file)
    if found is None:  # too large, or broken further on: what lies beside it is as private all the same
        return replace(listed, media_type=ARCHIVE, restricted="holds the text of a chat")
    names = _names(file)
    words, located, marks = [listed.words], [], list(listed.marks)
    length = len(listed.words)
    for message, name in found.chat.files:
        if name not in names:
            continue
        line = f"Message {message:,} of {zipped.shown(found.name)} names {zipped.shown(name)}"
        start = length + 2
        words.append(line)
        length = start + len(line)
        located.append(Located(start, length, Locator(message=message)))
    if len(words) > 1:
        marks.append(Mark(len(listed.words), length, PassageRole.FURNITURE, ATTACHED))
    return replace(
        listed,
        words="\n\n".join(words),
        media_type=ARCHIVE,
        marks=tuple(marks),
        located=tuple(located),
        remarks=tuple(capped((*listed.remarks, *_missing(found, names)))),
        restricted=found.chat.layout.restricted,
    )


def extract(data: bytes) -> Extracted:
    """The same from bytes."""
    return extract_file(io.BytesIO(data))


def _missing(found: _Found, names: frozenset[str]) -> Iterable[Remark]:
    for message, name in found.chat.files:
        if name not in names:
            yield Remark(
                zipped.shown(name),
                f"Message {message:,} names this file, and it is not in the archive.",
                "Ask whoever saved the chat for it, or to save the chat once more with its media.",
            )
    named = {name for _, name in found.chat.files} | {found.name}
    if beside := len(names - named):
        yield Remark(
            f"{beside:,} file{'s' * (beside != 1)} that no message names",
            "They lie in the archive, and nothing in the chat says who sent them or when.",
            "They are taken out as items all the same. Ask whoever saved the chat where they come from.",
        )


def _names(file: BinaryIO) -> frozenset[str]:
    with zipped.opened(file) as archive:
        return frozenset(info.filename for info in archive.infolist() if not info.is_dir())


def _chat_name(file: BinaryIO) -> str | None:
    """The first text at the top that begins as a chat."""
    try:
        with zipped.opened(file) as archive:
            infos = [i for i in archive.infolist() if "/" not in i.filename and i.filename.lower().endswith(_TEXT)]
            for info in infos[:_MOST_TEXTS]:
                if whatsapp.recognise(_head(archive, info.filename), info.filename):
                    return info.filename
    except CannotRead:
        return None
    return None


def _head(archive: ZipFile, name: str) -> bytes:
    head = b""
    try:
        for block in zipped.blocks(archive, name):
            head += block
            if len(head) >= HEAD:
                break
    except CannotRead:
        return b""
    return head[:HEAD]


def _chat(file: BinaryIO) -> _Found | None:
    name = _chat_name(file)
    if name is None:
        return None
    try:
        with zipped.opened(file) as archive:
            data = zipped.part(archive, name, whatsapp.LARGEST)
        return _Found(name, whatsapp.chat_of(judge(data).decode(data)))
    except CannotRead:  # the member itself says so when it is taken out
        return None


FORMAT = Format(
    name="chat with its media",
    media_types=(ARCHIVE,),
    suffixes=(".zip",),
    recognised_by="it is a ZIP archive with the text of a chat at its top",
    recognise=zip_archive.recognise,
    recognise_file=recognise_file,
    extract=extract,
    extract_file=extract_file,
    members=zip_archive.members,
)
