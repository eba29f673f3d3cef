"""How well an item is preserved: six properties, each as what is known and what is missing; and its derivatives.

Start with `report`. The six are those of the Berkeley Protocol (requirement A7): authenticity, availability,
identity, persistence, renderability, understandability. They are facts in plain words: no score, and no word on
whether what the item says is true. `derivatives` lists what was made from an item (requirement A4).

Looks down to: audit, reading, store, vault, kernel. Used by: casework (bundle), cli.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from probanda.access.eyes import OPEN, Eyes
from probanda.audit.log import leaf_hash
from probanda.audit.notes import Note, read_note, split_notes
from probanda.audit.tree import inclusion_proof, root_of, verify_inclusion
from probanda.casework import assessing, beside, captures, custody, recordings
from probanda.incidents.assessment import state_words
from probanda.kernel.errors import ItemAltered
from probanda.reading.formats.captured import Captured
from probanda.reading.messages import OBSERVED
from probanda.reading.model import Text
from probanda.store.ledger import TEXT
from probanda.store.model import CustodyEvent, Decision, ItemRow, Made
from probanda.store.store import Store

UNKNOWN_TYPE = "application/octet-stream"
COPIES = (CustodyEvent.COPIED, CustodyEvent.EXPORTED)


@dataclass(frozen=True, slots=True)
class Property:
    """One of the six."""

    name: str
    asks: str
    known: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivative:
    """Something made from an item, with all that is needed to make it again."""

    role: str
    """text: read out of the bytes; member: taken out whole and registered as an item of its own; transcript: a text
    of the same name that lay beside it."""
    parent: str
    """Digest of the item it was made from."""
    digest: str
    tool: str | None
    version: str | None
    settings: str | None
    preserved: bool
    """True where its own bytes lie in the vault; else the same tool makes it again from the parent."""
    base: int = 0
    """Code points of the item's text before this part."""

    @property
    def kept(self) -> bool:
        """True where it is preserved beside its parent, and is not the very same bytes (as a plain text's are)."""
        return self.preserved and self.digest != self.parent


# --- derivatives ----------------------------------------------------------------------------------


def derivatives(store: Store, eyes: Eyes, item: str) -> list[Derivative]:
    """What was made from an item, texts first. Raises NotFound."""
    row = store.item(eyes, item)
    return [
        *texts_of(store, eyes, row.digest), *_members(store, eyes, row.digest), *_transcripts(store, eyes, row.digest)
    ]  # fmt: skip


def texts_of(store: Store, eyes: Eyes, digest: str) -> list[Derivative]:
    """The texts of an item, part by part."""
    made = store.made(TEXT, digest)
    return [of_text(store, text, made) for text in store.texts(eyes, digest)]


def of_text(store: Store, text: Text, made: Made | None) -> Derivative:
    """One part of a text as a derivative; `made` is the ledger's line for it."""
    name, _, version = (made.maker.split(";")[0] if made else "").rpartition(" ")
    part = f"; part {text.part + 1} of {text.parts}, from character {text.base}" if text.parts > 1 else ""
    return Derivative(
        role="text", parent=text.item, digest=text.digest, tool=f"probanda {name}" if name else None,
        version=version or None, preserved=store.vault.has(text.digest), base=text.base,
        settings=f"read as {text.media_type}, encoding {text.encoding} ({text.encoding_reason}){part}",
    )  # fmt: skip


def _members(store: Store, eyes: Eyes, digest: str) -> Iterator[Derivative]:
    rows = store.items(eyes)
    frames = recordings.frames(rows)
    for row in rows:
        if digest not in row.parents:
            continue
        for one in store.acquisitions_of(eyes, row.digest):
            if one.parent == digest:
                name, _, version = one.tool.rpartition(" ")
                role = "key frame" if row.digest in frames else "member"
                role = "observation" if row.read_as == OBSERVED else role
                role = "machine transcript" if recordings.is_machine_transcript(row) else role
                yield Derivative(
                    role=role, parent=digest, digest=row.digest, tool=name or None, version=version or None,
                    settings=f"{one.method}, as {one.name}", preserved=store.vault.has(row.digest),
                )  # fmt: skip


def _transcripts(store: Store, eyes: Eyes, digest: str) -> Iterator[Derivative]:
    """Texts of the same name beside it; nobody states what made them."""
    for brought in store.acquisitions_of(eyes, digest):
        for note in beside.of_decisions(store.decisions(eyes, digest), brought.decision):
            if note.kind in (recordings.TRANSCRIPT, recordings.WORDS):
                other = next(iter(store.items(eyes, [note.item])), None)
                if other is not None and digest not in other.parents:
                    yield Derivative(
                        role="transcript", parent=digest, digest=note.item, tool=None, version=None,
                        settings=f"{other.number}, {other.doc}: {note.checked}", preserved=store.vault.has(note.item),
                    )  # fmt: skip


# --- the six --------------------------------------------------------------------------------------


def report(store: Store, eyes: Eyes, item: str) -> list[Property]:
    """The six properties of an item, computed now: its bytes are read and compared. Raises NotFound."""
    about = _About(store, eyes, store.item(eyes, item))
    return [_property(name, asks, told(about)) for name, asks, told in SIX]


Found = Iterator[tuple[bool, str]]
"""(True for known, False for missing; the words)."""
KNOWN, MISSING = True, False


def _property(name: str, asks: str, found: Found) -> Property:
    told = list(found)
    return Property(name, asks, tuple(w for known, w in told if known), tuple(w for known, w in told if not known))


def _stated(name: str, value: str | None) -> tuple[bool, str]:
    return (KNOWN, f"{name}: {value}") if value else (MISSING, f"{name}: {custody.NOT_STATED}")


class _About:
    """An item with what the record says of it, fetched once."""

    def __init__(self, store: Store, eyes: Eyes, row: ItemRow) -> None:
        self.store, self.eyes, self.row = store, eyes, row
        self.decisions = store.decisions(eyes, row.digest)
        self.chain = [c for c in custody.chain_of(row.digest, self.decisions, store.users()) if c.stands]
        self.brought = custody.acquisitions(store, eyes, row.digest)
        self.altered = self._altered()

    def _altered(self) -> str | None:
        try:
            self.store.vault.verify(self.row.digest)
        except ItemAltered as error:
            return error.problem
        return None

    def authenticity(self) -> Found:
        """The digest, the log, and the facts of each acquisition."""
        if self.altered is None:
            yield KNOWN, f"its bytes, read just now, give the SHA-256 {self.row.digest}"
        else:
            yield MISSING, f"its bytes are not what was taken in: {self.altered}"
        yield from self._logged()
        for one in self.brought:
            which = "" if len(self.brought) == 1 else f" (as {one.number})"
            for fact in one.facts:
                if fact.name in ("collector", "acquired_at", "source", "method", "tool", "settings"):
                    yield _stated(f"{_WORDS[fact.name]}{which}", fact.value)
                if fact.name == "acquired_at" and custody.offset_missing(fact.value):
                    yield MISSING, f"the offset from UTC of that time{which}"
            if one.capture is not None:
                yield from self._captured(one.capture, which)
            for note in one.beside:
                yield KNOWN, f"{note.number}, which lies beside it{which}, speaks of it ({note.kind}): {note.checked}"
        yield from self._examined()

    def _captured(self, told: Captured, which: str) -> Found:
        for name, value in captures.facts(told):
            if value == custody.NOT_STATED:
                yield MISSING, f"{name}{which}, by the web archive"
            else:
                yield KNOWN, f"{name}{which}, as the web archive says: {value}"
        for part in told.missing if told.role == "page" else ():
            yield MISSING, f"{captures.PART_WORDS[part]}{which}: the web archive has none of this page"

    def _examined(self) -> Found:
        sheet = assessing.sheet(
            self.store, self.eyes, assessing.Subject(assessing.ITEM, self.row.digest, self.row.number)
        )
        names = self.store.users()
        for part, closed in sheet.parts.items():
            if closed is None:
                yield MISSING, f"no person's examination of it: {part} (`probanda assess close`)"
            else:
                yield KNOWN, f"examined by {names.get(closed.by, closed.by)}, {part}: {closed.found}"
        yield (KNOWN if sheet.state else MISSING), state_words(sheet, names)

    def _logged(self) -> Found:
        registered = [d for d in self.decisions if d.kind == "register"]
        for line in self.store.log_lines(self.eyes, [d.id for d in registered][:1]):
            hashes = self.store.leaf_hashes(line.log)
            proof, root = inclusion_proof(hashes, line.n), root_of(hashes)
            leaf = leaf_hash(line.leaf.encode("utf-8", "surrogatepass"))
            if verify_inclusion(leaf, line.n, len(hashes), proof, root):
                yield KNOWN, f"its registration is entry {line.n} of {len(hashes)} in log {line.log}"
                yield KNOWN, f"a proof of {len(proof)} hashes leads from that entry to the log's root {root}"
            else:
                yield MISSING, f"entry {line.n} of log {line.log} is not in the tree; run `probanda verify`"
            note = next((n for n in signed_notes(self.store, line.log) if n.checkpoint.size > line.n), None)
            if note is None:
                yield MISSING, "no signed checkpoint covers that entry yet"
            else:
                stamp = f", at {note.stamp} by the signer's clock" if note.stamp else ""
                yield KNOWN, f"a checkpoint over {note.checkpoint.size} entries that covers it was signed{stamp}"

    def availability(self) -> Found:
        """Where it lies, what other copies are known of, who may see it."""
        if self.altered is None:
            yield KNOWN, f"{self.row.size} bytes lie in this case folder's vault"
        copies = list(self._copies())
        yield from ((KNOWN, words) for words in copies)
        if not copies:
            yield MISSING, "no second copy is known: no backup, bundle or copy of it is recorded"
        if self.row.compartment != OPEN or self.row.proposed_restricted:
            reason = self.row.proposed_restricted or f"its label is {self.row.label}"
            yield KNOWN, f"restricted: {reason}; it leaves the case only with a reason"
        else:
            yield KNOWN, f"its label is {self.row.label}"
        yield _stated("conditions under which it was given", self.row.conditions)
        for line in self.chain:
            if line.what in (CustodyEvent.RETURNED, CustodyEvent.DISPOSED):
                yield KNOWN, f"{line.what} at {line.at or custody.NOT_STATED}, as its custody says"

    def _copies(self) -> Iterator[str]:
        for line in self.chain:
            if line.what in COPIES:
                to = line.receiver or "a place not stated"
                yield f"{line.what} to {to}, {line.at or 'time not stated'} (decision {line.decision[:12]})"
        yield from (f"a backup was made at {d.at} (decision {d.id[:12]})" for d in self._backups())

    def _backups(self) -> list[Decision]:
        """Backups recorded behind the item's registration in the same log: they hold all that was registered."""
        made = [d for d in self.store.of_kind(self.eyes, "output") if d.payload.get("kind") == "backup"]
        first = [d.id for d in self.decisions if d.kind == "register"][:1]
        if not made or not first:
            return []
        place = {line.entry["id"]: (line.log, line.n) for line in
                 self.store.log_lines(self.eyes, [*first, *(d.id for d in made)])}  # fmt: skip
        log, n = place[first[0]]
        return [d for d in made if place[d.id][0] == log and place[d.id][1] > n]

    def identity(self) -> Found:
        """Digests, numbers, names, parents."""
        yield KNOWN, f"SHA-256 {self.row.digest}"
        registered = [d.payload for d in self.decisions if d.kind == "register"]
        for name, key in (("BLAKE3", "blake3"), ("SHA-1 (for exchange)", "sha1"), ("MD5 (for exchange)", "md5")):
            yield _stated(name, next((str(told[key]) for told in registered if told.get(key)), None))
        for one in self.brought:
            yield KNOWN, f"registered as {one.number} under the name {one.name}"
        if self.row.evidence:
            yield KNOWN, f"own evidence numbers: {', '.join(self.row.evidence)}"
        else:
            yield MISSING, "own evidence number: none was given"
        for parent in self.row.parents:
            yield KNOWN, f"taken out of the item {parent}"

    def persistence(self) -> Found:
        """Where the bytes lie and what would be left if this folder were lost."""
        if self.altered is None:
            path = self.store.vault.path_of(self.row.digest)
            kind = "cannot be written by accident" if path.stat().st_mode & 0o222 == 0 else "can be written"
            yield KNOWN, f"one file named by its digest, which {kind}"
        else:
            yield MISSING, self.altered
        yield KNOWN, "its registration stands in the record and in the log's file copy"
        kept = [one for one in texts_of(self.store, self.eyes, self.row.digest) if one.kept]
        if kept:
            yield KNOWN, f"{len(kept)} text(s) that decisions rest on are preserved beside it"
        if not any(True for _ in self._copies()):
            yield MISSING, "nothing would be left if this folder were lost: make a backup"
        holds = self.row.conditions
        if holds:
            yield KNOWN, f"conditions that may end its keeping: {holds}"

    def renderability(self) -> Found:
        """Which reader knows its format, and what it could not show."""
        row = self.row
        if row.media_type == UNKNOWN_TYPE:
            yield MISSING, "its format could not be told from its name"
        else:
            yield KNOWN, f"format by its name: {row.media_type}"
        if row.unread_reason:
            yield MISSING, f"it could not be read: {row.unread_reason}"
        elif row.read_as is None:
            yield MISSING, "it has not been read yet: `probanda read`"
        else:
            made = self.store.made(TEXT, row.digest)
            by = f" by {made.maker}" if made else ""
            yield KNOWN, f"read as {row.read_as}{by}: {row.length} characters"
            yield _stated("encoding", row.encoding)
        for what, reason, _ in row.remarks:
            yield MISSING, f"{what}: {reason}"

    def understandability(self) -> Found:
        """Language, date, title, context; whether its words are the author's own."""
        row = self.row
        language = f"{row.language} ({row.language_reason})" if row.language else None
        yield _stated("language", language)
        if row.reader:
            yield KNOWN, f"looked through for claims by {row.reader}"
        else:
            yield MISSING, f"not looked through for claims: {row.not_read or 'not read yet'}"
        dated = f"{row.dated_from} to {row.dated_to} ({row.dated_reason})" if row.dated_from else None
        for name, value in (("date of the document", dated), ("title", row.title), ("publisher", row.publisher)):
            yield _stated(name, value)
        if row.machine:
            yield MISSING, f"its words are machine text, so its picture decides: {row.machine}"
        for parent in row.parents:
            yield KNOWN, f"its context is the item {parent} that it was taken out of"
        if row.holds:
            yield KNOWN, f"it holds {row.holds} member(s) or attachment(s)"


_WORDS = {
    "collector": "collector", "acquired_at": "time of acquisition", "source": "source", "method": "method",
    "tool": "tool and version", "settings": "settings of the tool",
}  # fmt: skip


SIX: tuple[tuple[str, str, Callable[[_About], Found]], ...] = (
    ("authenticity", "Is it what it was when it was taken in, and how was it obtained?", _About.authenticity),
    ("availability", "Can it be had, and by whom?", _About.availability),
    ("identity", "By what is it told from all others?", _About.identity),
    ("persistence", "Will its bytes last?", _About.persistence),
    ("renderability", "Can it be shown as it is?", _About.renderability),
    ("understandability", "Can a person make sense of it?", _About.understandability),
)


def signed_notes(store: Store, log: str) -> Sequence[Note]:
    """The signed checkpoints in the file beside a log, oldest first; whether they hold is for `verify` to say."""
    path = store.folder / "log" / log / "checkpoints.txt"
    try:
        return [read_note(one) for one in split_notes(path.read_text("utf-8"))]
    except (OSError, ValueError):
        return []
