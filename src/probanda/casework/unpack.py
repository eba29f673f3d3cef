"""Take out what items hold: members of archives, attachments, each an item of its own with its parent named.

Start with `unpack`. The members come from the reading child as a stream, are preserved like any file before any parser
sees them, and are registered under the name `PARENT/MEMBER`, with the parent's label. A name is recorded and shown,
and never used as a path. Bounds keep a hostile archive from filling the disk: how deep things may lie in one another,
how many items and how many bytes may come out of one item that was taken in. What a bound stops is remarked by name.

Looks down to: take_in, store, vault, reading. Used by: read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from probanda.access.eyes import Eyes
from probanda.casework import captures
from probanda.casework.progress import Progress, silent
from probanda.casework.take_in import registration
from probanda.reading.child import ReadingChild
from probanda.reading.formats import CannotRead, Member
from probanda.reading.model import Remark, Unread
from probanda.store.model import Deed, ItemRow
from probanda.store.store import Store
from probanda.vault.copying import NotPreserved
from probanda.vault.finding import shown

MAKER = "members 0.3"
DEEPEST = 8
"""Items within items within items: so deep, and no deeper."""
MOST_ITEMS = 50_000
"""Items out of one item that was taken in, at all depths."""
MOST_TIMES, MOST_BESIDES = 400, 1 << 30
"""Bytes out of one item that was taken in, at all depths: so many times its size, and so many besides."""
GROUP = 256


@dataclass(slots=True)
class _Root:
    """An item that was taken in by itself, and what came out of it so far."""

    size: int
    items: int = 0
    drawn: int = 0

    @property
    def left(self) -> int:
        return self.size * MOST_TIMES + MOST_BESIDES - self.drawn


@dataclass(slots=True)
class _Lines:
    """How items lie in one another."""

    depth: dict[str, int] = field(default_factory=dict)
    above: dict[str, frozenset[str]] = field(default_factory=dict)
    """Digests of all items that this one lies in, at all depths."""
    root: dict[str, _Root] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[ItemRow]) -> _Lines:
        lines, waiting = cls(), {row.digest: row for row in rows}
        for row in waiting.values():
            if row.whole or not any(parent in waiting for parent in row.parents):
                lines.add_root(row.digest, row.size)
        found = True
        while found:  # one round for each depth, and depths are few
            found = False
            for row in waiting.values():
                parent = next((p for p in row.parents if p in lines.root), None)
                if row.digest not in lines.root and parent is not None:
                    lines.add(row.digest, parent, row.size)
                    found = True
        return lines

    def add_root(self, digest: str, size: int) -> None:
        self.depth[digest], self.above[digest], self.root[digest] = 0, frozenset(), _Root(size)

    def add(self, digest: str, parent: str, size: int) -> None:
        root = self.root[parent]
        root.items += 1
        root.drawn += size
        if digest not in self.root:
            self.depth[digest], self.root[digest] = self.depth[parent] + 1, root
            self.above[digest] = self.above[parent] | {parent}


def unpack(store: Store, eyes: Eyes, rows: Sequence[ItemRow], progress: Progress = silent) -> int:
    """Take out what these items hold, where that was not done before; gives how many items came to be registered."""
    due = [row for row in rows if row.holds and not _current(store, row)]
    if not due:
        return 0
    lines = _Lines.of(store.items(eyes))
    before = len(lines.root)
    with ReadingChild() as child, store.taking_in():
        for done, row in enumerate(due, 1):
            _one(store, eyes, row, child, lines)
            progress("taking out what items hold", done, len(due))
    return len(lines.root) - before


def _current(store: Store, row: ItemRow) -> bool:
    if row.destroyed:
        return True
    made = store.made("members", row.digest)
    return made is not None and made.maker == MAKER


def _one(store: Store, eyes: Eyes, row: ItemRow, child: ReadingChild, lines: _Lines) -> None:
    """Register what one item holds, in groups, and note what could not be taken out."""
    store.vault.verify(row.digest)
    remarks: list[Remark] = []
    if lines.depth[row.digest] >= DEEPEST:
        remarks.append(
            Remark(
                f"{row.holds} member{'s' if row.holds != 1 else ''}",
                f"It lies {DEEPEST} items deep already; what it holds was not taken out.",
                "Save what it holds to a folder of its own and add that.",
            )
        )
    else:
        deeds: list[Deed] = []
        for member in child.members(store.vault.path_of(row.digest), row.doc):
            if isinstance(member, Unread):
                remarks.append(Remark("the rest", member.reason, member.fix))
            elif isinstance(member, Remark):
                remarks.append(member)
            else:
                _keep(store, row, member, lines, deeds, remarks)
            if len(deeds) >= GROUP:
                _record(store, eyes, deeds)
                deeds = []
        _record(store, eyes, deeds)
    store.commit_members(row.digest, remarks, MAKER)


def _keep(store: Store, row: ItemRow, member: Member, lines: _Lines, deeds: list[Deed], remarks: list[Remark]) -> None:
    root = lines.root[row.digest]
    if root.items >= MOST_ITEMS:
        if not any(remark.what == "the rest" for remark in remarks):
            reason = f"{MOST_ITEMS:,} items came out of one item already; no more are taken out."
            remarks.append(Remark("the rest", reason, "Save the rest to a folder and add that."))
        return
    try:
        kept = store.vault.preserve(io.BufferedReader(_Stream(member.blocks, root.left), 1 << 20))
    except CannotRead as fault:
        remarks.append(Remark(member.name, fault.reason, fault.fix))
        return
    except NotPreserved as fault:
        # A full disk, say, and no fault of the member: a remark would stay, and the next run not try again.
        named = f"The member {shown(member.name)} of {row.number}"
        raise NotPreserved(fault.problem.replace("The stream", named, 1), fault.fix) from fault
    gone = store.destroyed()
    if kept.digest in gone:
        store.vault.destroy(kept.digest)
        said = f"It was destroyed here by decision {gone[kept.digest]}, and is not taken out again."
        remarks.append(
            Remark(member.name, said, "Its bytes are still in what holds it: destroy that too, if it is meant.")
        )
        return
    if kept.digest in lines.above[row.digest] or kept.digest == row.digest:
        remarks.append(
            Remark(member.name, "It is the very item that it was taken out of.", "Nothing needs to be done.")
        )
        return
    lines.add(kept.digest, row.digest, kept.size)
    deeds.append(
        registration(
            kept,
            f"{row.doc}/{member.name}",
            method=f"taken out of {row.number}",
            label=row.label,
            told={"source": row.source, "parent": row.digest, **captures.registered(member.capture)},
            media_type=member.media_type,
        )
    )


def _record(store: Store, eyes: Eyes, deeds: Sequence[Deed]) -> None:
    """Register what was not registered out of this very parent under this very name before."""
    new: list[Deed] = []
    brought = store.acquisitions(eyes, (deed.subject for deed in deeds))
    told = {digest: {(one.name, one.parent) for one in found} for digest, found in brought.items()}
    for deed in deeds:
        known = told[deed.subject]
        mine = (str(deed.payload["name"]), str(deed.payload["parent"]))
        if mine not in known:
            known.add(mine)
            new.append(deed)
    if new:
        store.record(eyes, new)


class _Stream(io.RawIOBase):
    """The blocks of a member as a stream of at most `left` bytes; what goes on after that is given up."""

    def __init__(self, blocks: Iterable[bytes], left: int) -> None:
        super().__init__()
        self._blocks: Iterator[bytes] = iter(blocks)
        self._rest, self._left = b"", left

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the blocks. Raises CannotRead for a member given up."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = block
            self._left -= len(block)
            if self._left < 0:
                raise CannotRead(
                    "More would come out of one item than is plausible for its size.",
                    "If it is no trap, save what it holds to a folder and add that.",
                )
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
