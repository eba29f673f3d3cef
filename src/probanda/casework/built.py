"""Dossiers that were built in the workbench, as they lie in the case folder: frozen records, not pages.

Start with `Built`. Each lies in a folder of its own below `tmp/reports`: what it was built from and for whom
(`build.json`), its leaves as records, its sayings for comparing, the printed words as pictures, and its forms (HTML,
PDF, DOCX) byte for byte. They are derived: no part of the record, in no backup, and gone without loss.

A build is its builder's own. It is opened only while the builder still sees every item that it tells of: a wall that
goes up, a label that closes, an item destroyed take the build away with it.

Looks down to: store (codec, items), reports (record, leaves, differences), kernel. Used by: building, destroying, web.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from probanda.access.eyes import Eyes
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing
from probanda.kernel.digests import sha256
from probanda.kernel.errors import NotFound
from probanda.reports.casefile import Picture
from probanda.reports.differences import Changes, Saying
from probanda.reports.leaves import Leaf
from probanda.reports.record import Block, Dossier, Note, Section
from probanda.store import told_of
from probanda.store.codec import formed, plain
from probanda.store.common import REPORTS
from probanda.store.store import Store

FACTS, SAYINGS, CHANGES = "build.json", "sayings.json", "changes.json"
PART = ".part"
EDITION = 1
LISTED = 30
"""Builds of one user that are listed; older ones are thrown away when another is built."""
_DIGEST = 64
_ID = re.compile(r"[0-9a-f]{32}")
_FORM = re.compile(r"dossier(?:\.annex-[a-z]\d*)?\.(?:html|pdf|docx)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked to have built: the same choices as `probanda report` has."""

    about: str = ""
    hypothesis: str = ""
    date_from: str = ""
    date_to: str = ""
    only_checked: bool = False
    to_leave: bool = False
    include_restricted: str = ""
    """Why restricted items are in it; empty where they are not."""
    with_names: str = ""
    lang: str = "en"

    @property
    def narrowing(self) -> Narrowing:
        """What of the case is told."""
        return Narrowing(
            about=self.about or None,
            hypothesis=self.hypothesis or None,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
            only_checked=self.only_checked,
        )

    @property
    def sharing(self) -> Sharing:
        """What of the restricted is told."""
        return Sharing(include_restricted=self.include_restricted or None, with_names=self.with_names or None)

    @property
    def scope(self) -> tuple[object, ...]:
        """What makes two builds comparable: the same choices; reasons may be worded otherwise."""
        return (
            self.about, self.hypothesis, self.date_from, self.date_to, self.only_checked, self.to_leave,
            bool(self.include_restricted), bool(self.with_names), self.lang,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A file to hand on."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """The dossier, the summary, or one annex."""

    name: str
    """Empty for the dossier or the summary."""
    title: str
    leaves: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A build."""

    id: str
    by: str
    """Id of the user who built it: nobody else opens it."""
    at: str
    asked: Asked
    sizes: Mapping[str, int]
    """How far each log had come."""
    items: str
    """Digests of all items it tells of, sorted, one after the other: very many are read at once."""
    protected: str
    """Digest of who was protected."""
    withheld: int
    claims: int
    checked: int
    incidents: int
    documents: tuple[Document, ...]
    forms: tuple[Form, ...]
    before: str = ""
    """The build of the same scope that it was compared with; empty for the first."""
    edition: int = 0
    """Of the files of a build; one of another edition is as none, and goes when another is built."""
    called: str = ""
    """What the actor, place or incident that it is about is called; empty where nothing has that id."""

    @property
    def digests(self) -> tuple[str, ...]:
        """Digests of all items it tells of."""
        return tuple(self.items[n : n + _DIGEST] for n in range(0, len(self.items), _DIGEST))


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceBefore:
    """What changed since the build before it, as it was found when this one was built."""

    at: str
    """When the other was built."""
    changes: Changes
    counts: tuple[int, int, int, int]
    """Added, gone, changed, the same: of all, where `changes` holds the first of them."""
    decisions: tuple[str, ...]
    """Ids of the decisions between the two, in the order of the log."""
    more: bool
    """True where there are more than are listed."""


# --- finding and opening --------------------------------------------------------------------------


def of_user(store: Store, eyes: Eyes) -> list[Built]:
    """This user's builds that may still be opened, newest first."""
    found: list[Built] = []
    known: set[str] = set()
    for one in _all(store.folder):
        # Whoever sees all that one tells of sees what another tells of the same items: these are not asked for again.
        if one.by == eyes.user and (known.issuperset(digests := one.digests) or is_seen(store, eyes, one)):
            known.update(digests)
            found.append(one)
    return found


def opened(store: Store, eyes: Eyes, id_: str) -> Built:
    """One build. Raises NotFound, in the same words, where there is none, for another's, and for one that tells of
    what its builder may not see any more."""
    found = _read(store.folder / REPORTS / id_) if _ID.fullmatch(id_) else None
    if found is None or found.by != eyes.user or not is_seen(store, eyes, found):
        raise NotFound("report", id_, "/reports")
    return found


def is_seen(store: Store, eyes: Eyes, one: Built) -> bool:
    """True while these eyes see every item that the build tells of, and none was destroyed."""
    return store.ask(eyes, told_of.sees_all, one.digests)


def may_leave(store: Store, eyes: Eyes, one: Built) -> bool:
    """False where it must be built anew before it is handed on: since then an item of it was closed that was in it
    openly, or somebody was protected, or is no longer."""
    openly = one.asked.include_restricted or store.ask(eyes.only_open(), told_of.sees_all, one.digests)
    return bool(openly) and one.protected == protected_now(store)


def protected_now(store: Store) -> str:
    """A digest of who is protected, whoever asks: it tells nothing of whom."""
    return sha256(as_json(sorted(p.mention for p in store.protected(store.owner))))


def _all(folder: Path) -> list[Built]:
    rooms = folder / REPORTS
    found = [_read(one) for one in sorted(rooms.iterdir())] if rooms.is_dir() else []
    return sorted((one for one in found if one is not None), key=lambda one: (one.at, one.id), reverse=True)


def _read(folder: Path) -> Built | None:
    try:
        found = formed(Built, json.loads((folder / FACTS).read_text("utf-8")))
        return found if found.edition == EDITION and isinstance(found.items, str) else None
    except (OSError, ValueError, TypeError):
        return None


def cover_of(store: Store, one: Built, document: Document) -> Dossier:
    """The cover of a document, with the headings of its contents."""
    return _dossier(_json(store, one, _file(document, "cover.json")))


def leaf_of(store: Store, one: Built, document: Document, number: int) -> Leaf:
    """One leaf of a document. Raises NotFound."""
    if not 1 <= number <= document.leaves:
        raise NotFound("leaf", str(number), f"/reports/{one.id}")
    told = _json(store, one, _file(document, f"{number}.json"))
    return Leaf(told["number"], tuple(map(_section, told["sections"])), tuple(formed(Note, n) for n in told["notes"]))


def places_of(store: Store, one: Built, document: Document) -> dict[str, int]:
    """On which leaf each target of a link stands."""
    return dict(_json(store, one, _file(document, "places.json")))


def picture_of(store: Store, one: Built, document: Document, note: int) -> bytes:
    """The picture of one note as PNG. Raises NotFound."""
    try:
        return (_folder(store, one) / _file(document, f"n{note}.png")).read_bytes()
    except OSError:
        raise NotFound("picture", str(note), f"/reports/{one.id}") from None


def form_of(store: Store, one: Built, name: str) -> Path:
    """The file of one form. Raises NotFound."""
    if not _FORM.fullmatch(name) or name not in {form.name for form in one.forms}:
        raise NotFound("file", name, f"/reports/{one.id}")
    return _folder(store, one) / name


def sayings_of(store: Store, one: Built) -> list[Saying]:
    """What a build says, for comparing."""
    return [formed(Saying, told) for told in _json(store, one, SAYINGS)]


def changes_of(store: Store, one: Built) -> SinceBefore | None:
    """What changed since the build before; None for a first one."""
    return formed(SinceBefore, _json(store, one, CHANGES)) if one.before else None


def _json(store: Store, one: Built, name: str) -> Any:
    try:
        return json.loads((_folder(store, one) / name).read_text("utf-8"))
    except (OSError, ValueError):
        raise NotFound("report", one.id, "/reports") from None


def _folder(store: Store, one: Built) -> Path:
    return store.folder / REPORTS / one.id


def _file(document: Document, name: str) -> str:
    return f"{document.name or 'dossier'}/{name}"


# --- throwing away --------------------------------------------------------------------------------


def throw_away(store: Store, eyes: Eyes, id_: str) -> None:
    """Remove one of this user's builds. Raises NotFound."""
    one = opened(store, eyes, id_)
    shutil.rmtree(_folder(store, one), ignore_errors=True)


def forget_all(folder: Path) -> None:
    """Remove every build, whoever built it: words were destroyed that it may hold, and it can be built again."""
    shutil.rmtree(folder / REPORTS, ignore_errors=True)


def tidy(folder: Path, user: str) -> None:
    """Remove what a build that was cut off left behind or an earlier edition wrote, and this user's oldest builds where
    there are very many."""
    rooms = folder / REPORTS
    for left in sorted(rooms.iterdir()) if rooms.is_dir() else ():
        if _read(left) is None or left.name.endswith(PART):
            shutil.rmtree(left, ignore_errors=True)
    for one in [one for one in _all(folder) if one.by == user][LISTED - 1 :]:
        shutil.rmtree(rooms / one.id, ignore_errors=True)


# --- records as JSON ------------------------------------------------------------------------------


def as_json(value: Any) -> bytes:
    """Plain values as bytes of a file."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def plain_cover(cover: Dossier) -> dict[str, Any]:
    """A cover as plain values."""
    return {**plain(replace(cover, sections=())), "sections": _plain_sections(cover.sections)}


def plain_leaf(leaf: Leaf) -> dict[str, Any]:
    """A leaf as plain values; pictures lie beside it."""
    return {
        "number": leaf.number,
        "sections": _plain_sections(leaf.sections),
        "notes": [plain(replace(note, picture=_bare(note.picture))) for note in leaf.notes],
    }


def _bare(picture: Picture | None) -> Picture | None:
    """A picture without its bytes: of these a file is made."""
    return replace(picture, png="") if picture else None  # type: ignore[arg-type]


def _plain_sections(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [
        {
            **plain(replace(one, blocks=(), parts=())),
            "blocks": [[block.kind, plain(block)] for block in one.blocks],
            "parts": _plain_sections(one.parts),
        }
        for one in sections
    ]


@cache
def _blocks() -> dict[str, type[Any]]:
    return {kind.kind: kind for kind in get_args(Block)}


def _section(told: Mapping[str, Any]) -> Section:
    bare = formed(Section, {**told, "blocks": [], "parts": []})
    return replace(
        bare,
        blocks=tuple(formed(_blocks()[kind], block) for kind, block in told["blocks"]),
        parts=tuple(map(_section, told["parts"])),
    )


def _dossier(told: Mapping[str, Any]) -> Dossier:
    bare = formed(Dossier, {**told, "sections": [], "notes": []})
    return replace(bare, sections=tuple(map(_section, told["sections"])))


def shortened(changes: Changes, most: int) -> Changes:
    """The first of each."""
    return Changes(changes.added[:most], changes.gone[:most], changes.changed[:most], changes.same)
