"""What small files say of the items beside them: notes of capturing programs, with digests and signatures checked.

ProofMode, Auto Archiver and others lay a JSON or CSV file beside what they saved. `note_down` has the reading child
read such files, finds the item that each note speaks of (by the digest that it states, else by its name in the same
folder), and records what it says as a fact of that item's acquisition, told apart from what persons stated. A digest
that is not that of the bytes is a remark on the note; the item stays as it is. Signatures (`.asc`) with the key beside
them are checked where GnuPG is installed.

Start with `note_down`. Looks down to: reading, store, vault, signatures. Used by: read, custody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import following, recordings, signatures
from probanda.reading.beside import LARGEST, PAGE, STAC, Note
from probanda.reading.child import ReadingChild
from probanda.reading.model import Remark
from probanda.store.model import Decision, Deed, ItemRow
from probanda.store.store import Store

MAKER = "beside 0.1"
NO_NOTE = f"{MAKER}; no note"
"""Of files that turned out to speak of none: they are not asked again when other items come."""
STATED, KEY = "acquisition", "beside"
SIGNATURE = "signature"
_ENDINGS = (".json", ".csv")
_GENERAL = frozenset({"metadata", "meta", "info", "page"})
"""Names without ending of files that speak of the one saved page in their folder."""
_ALGORITHMS = {64: "SHA-256", 40: "SHA-1", 32: "MD5"}
_CHANGED_FIX = "Ask whoever provided both for them again: one of the two was changed, or the note is of another file."


@dataclass(frozen=True, slots=True)
class Beside:
    """What one file says of an item that it lies beside."""

    number: str
    """Registration number of the file that says so."""
    kind: str
    checked: str
    """Whether the digest that it states is that of the item."""
    facts: tuple[tuple[str, str], ...]
    item: str = ""
    """Digest of the file that says so."""


def of_decisions(decisions: Iterable[Decision], registration: str) -> tuple[Beside, ...]:
    """What was noted of one acquisition, the newest word of each file."""
    found: dict[str, Beside] = {}
    for one in decisions:
        told = one.payload.get(KEY) if one.kind == STATED and one.stands else None
        if told and one.payload["of"] == registration:
            facts = tuple((str(name), str(value)) for name, value in told["facts"])
            found[str(told["item"])] = Beside(told["number"], told["kind"], told["checked"], facts, str(told["item"]))
    return tuple(found.values())


def note_down(store: Store, eyes: Eyes) -> int:
    """Record what files say of those beside them, where that is not known yet; gives how many notes came.

    Transcripts that came after their recording was closed take its label.
    """
    rows = [row for row in store.items(eyes) if not row.destroyed]
    due_maker = f"{MAKER}; {_state(rows)}"
    there = _There(rows)
    if follow := list(following.late(store, eyes, rows)):
        store.record(eyes, follow)
    due = [
        row
        for row in rows
        if (_may_speak(row) or there.transcribes(row)) and _maker(store, row) not in (due_maker, NO_NOTE)
    ]
    if not due:
        return 0
    count = 0
    with ReadingChild() as child:
        for row in due:
            store.vault.verify(row.digest)
            notes = list(_told(store, row, child, there))
            deeds = [deed for one in notes for deed in _deed(store, eyes, row, one)]
            if deeds:
                store.record(eyes, deeds)
            count += len(deeds)
            remarks = [one.remark for one in notes if one.remark is not None]
            store.commit_members(row.digest, remarks, due_maker if notes or _is_signature(row) else NO_NOTE)
    return count


def _may_speak(row: ItemRow) -> bool:
    """True for names that such notes have; what holds other items is opened elsewhere."""
    names = [name.lower() for name in row.names]
    if row.holds:
        return False
    if any(recordings.is_timed(name) for name in names):
        return True
    return _is_signature(row) or (row.size <= LARGEST and any(name.endswith(_ENDINGS) for name in names))


def _is_signature(row: ItemRow) -> bool:
    return any(name.endswith(".asc") and not name.endswith("pubkey.asc") for name in map(str.lower, row.names))


def _maker(store: Store, row: ItemRow) -> str | None:
    made = store.made("members", row.digest)
    return made.maker if made is not None else None


def _state(rows: Sequence[ItemRow]) -> str:
    """A digest of all items and their names: what was not there yesterday may be what a note speaks of."""
    state = hashlib.sha256(b"gpg" if signatures.program() else b"")
    for row in rows:
        state.update(f"{row.digest} {row.names}\n".encode("utf-8", "surrogatepass"))
    return state.hexdigest()[:16]


# Which item a note speaks of ----------------------------------------------------------------------


class _There:
    """The items at hand, by their digests and by folder and name."""

    def __init__(self, rows: Sequence[ItemRow]) -> None:
        self.by_digest: dict[str, ItemRow] = {}
        self.in_folder: dict[str, dict[str, ItemRow]] = {}
        for row in rows:
            for digest in (row.digest, row.sha1, row.md5):
                if digest is not None:
                    self.by_digest.setdefault(digest, row)
            for name in row.names:
                folder, _, base = name.rpartition("/")
                self.in_folder.setdefault(folder, {})[base] = row

    def beside(self, row: ItemRow) -> Iterator[tuple[str, dict[str, ItemRow]]]:
        """Each base name of an item, with what else lies in that folder."""
        for name in row.names:
            folder, _, base = name.rpartition("/")
            yield base, self.in_folder[folder]

    def transcribes(self, row: ItemRow) -> ItemRow | None:
        """The recording in the same folder whose name a text bears."""
        if not any(recordings.may_transcribe(name) for name in row.names):
            return None
        found = (recordings.spoken_of(base, folder) for base, folder in self.beside(row))
        return next((one for one in found if one is not None and one.digest != row.digest), None)

    def spoken_of(self, row: ItemRow, note: Note) -> Iterator[tuple[ItemRow, bool]]:
        """The items that a note speaks of, and whether by digest."""
        found = {one.digest: one for digest in note.digests if (one := self.by_digest.get(digest)) is not None}
        if found:
            yield from ((one, True) for one in found.values())
            return
        for base, folder in self.beside(row):
            named = [folder[name] for name in note.files if name in folder]
            if not named and not note.files and note.kind in (PAGE, STAC):
                named = _of_one_name(base, folder, row)
            found |= {one.digest: one for one in named if one.digest != row.digest}
        yield from ((one, False) for one in found.values())


def _of_one_name(base: str, folder: Mapping[str, ItemRow], row: ItemRow) -> list[ItemRow]:
    """`market.html` for `market.json`, `market.html.json` or `market.meta.json`; the one page for `metadata.json`."""
    stem = base.rpartition(".")[0]
    others = {name: one for name, one in folder.items() if one.digest != row.digest and not name.endswith(_ENDINGS)}
    if stem in others:
        return [others[stem]]
    short = stem.rpartition(".")[0] if stem.rpartition(".")[2].lower() in _GENERAL else stem
    same = [one for name, one in others.items() if name.rpartition(".")[0] == short]
    pages = [one for name, one in others.items() if name.lower().endswith((".html", ".htm", ".mhtml"))]
    return same or (pages if stem.lower() in _GENERAL and len(pages) == 1 else [])


# What is recorded ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is to be recorded of one item, or remarked on the note."""

    of: ItemRow | None = None
    kind: str = ""
    checked: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    remark: Remark | None = None


def _told(store: Store, row: ItemRow, child: ReadingChild, there: _There) -> Iterator[_Noted]:
    if _is_signature(row):
        yield from _signed(store, row, there)
        return
    if any(recordings.may_transcribe(name) for name in row.names):
        yield from _transcribed(row, there)
        return
    absent, placed = 0, set[str]()
    for note in child.notes(store.vault.path_of(row.digest), row.doc):
        if note.kind == PAGE:
            yield _Noted()  # it speaks of something, that may come later
        spoken = [(one, by_digest) for one, by_digest in there.spoken_of(row, note) if one.digest not in placed]
        absent += not spoken and note.kind != PAGE and bool(note.files or note.digests)
        for one, by_digest in spoken:
            placed |= {one.digest} if note.kind == STAC else set()  # it says one thing of a picture: where and when
            checked, remark = _checked(one, note, by_digest)
            yield _Noted(one, note.kind, checked, note.facts, remark)
    if absent:
        said = f"It speaks of {absent:,} files that are not here, by their digests or beside it."
        yield _Noted(remark=Remark("files it names", said, "Add them too, from the same folder, if you have them."))


def _checked(one: ItemRow, note: Note, by_digest: bool) -> tuple[str, Remark | None]:
    own = {row for row in (one.digest, one.sha1, one.md5) if row}
    kinds = ", ".join(dict.fromkeys(_ALGORITHMS[len(digest)] for digest in note.digests))
    if not note.digests:
        return "it states no digest; matched by its name", None
    if by_digest and own.issuperset(note.digests):
        return f"the {kinds} that it states is that of these bytes", None
    said = f"It states another digest ({kinds}) for {one.number} than its bytes give."
    return f"the {kinds} that it states is not that of these bytes", Remark(one.doc, said, _CHANGED_FIX)


def _signed(store: Store, row: ItemRow, there: _There) -> Iterator[_Noted]:
    """A detached signature: over the file whose name or digest it bears, by the key `pubkey.asc` beside it."""
    for base, folder in there.beside(row):
        signed = base[: -len(".asc")]
        target = folder.get(signed) or there.by_digest.get(signed.lower())
        key = folder.get("pubkey.asc")
        if target is None or target.digest == row.digest or key is None:
            continue
        paths = [store.vault.path_of(one.digest) for one in (row, target, key)]
        found = signatures.check(*paths)
        facts = (("signed with", found.key or "a key that is not known"),)
        remark = None if found.fits else Remark(f"signature of {target.number}", found.said, found.fix)
        yield _Noted(target, SIGNATURE, found.said, facts, remark)
        return


def _transcribed(row: ItemRow, there: _There) -> Iterator[_Noted]:
    """The recording that a text of the same name belongs to; a file of captions may lie there before it."""
    of = there.transcribes(row)
    timed = any(recordings.is_timed(name) for name in row.names)
    if of is not None:
        kind = recordings.TRANSCRIPT if timed else recordings.WORDS
        yield _Noted(of, kind, "matched by its name; nobody compared it with what is said", ())
    elif timed:
        yield _Noted()


def _deed(store: Store, eyes: Eyes, row: ItemRow, one: _Noted) -> Iterator[Deed]:
    """The deed that records a note, where this very note is not recorded yet."""
    if one.of is None:
        return
    brought = store.acquisitions_of(eyes, one.of.digest)
    folders = {name.rpartition("/")[0] for name in row.names}
    meant = next((a for a in brought if a.name.rpartition("/")[0] in folders), brought[0])
    known = of_decisions(store.decisions(eyes, one.of.digest), meant.decision)
    if any((b.number, b.kind, b.checked, b.facts) == (row.number, one.kind, one.checked, one.facts) for b in known):
        return
    told: dict[str, Any] = {
        "item": row.digest, "number": row.number, "kind": one.kind, "checked": one.checked,
        "facts": [list(fact) for fact in one.facts],
    }  # fmt: skip
    yield Deed(
        kind=STATED, subject=one.of.digest, payload={"of": meant.decision, "stated": {}, KEY: told},
        reason=f"noted by the program: what {row.number} says ({one.kind})",
    )  # fmt: skip
