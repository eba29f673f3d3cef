"""What of the log goes with a bundle: entries opened, proofs, a signed checkpoint, and the keys that sign.

Start with `opened`. Only the entries asked for are opened, with those that make keys and the names of their
authors known; of all others there are only hashes. `Tree` makes many proofs over one log.

Looks down to: audit, access, store, kernel. Used by: casework (bundle).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from probanda.access.eyes import Eyes
from probanda.audit.notes import SIGNED_BY, Note, read_note
from probanda.audit.tree import NODE_MARK
from probanda.casework.properties import signed_notes
from probanda.kernel.errors import ProbandaError
from probanda.store.model import LogLine
from probanda.store.store import Store

Part = Mapping[int, tuple[int, Sequence[str]]]
"""Of a log that is not whole here: (size, hashes) by place, as they were brought."""
CHECKPOINTS = "checkpoints"
"""What a key is for that signs the log, as its entry says."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What of the log is shown."""

    entries: tuple[Row, ...]
    """log, n, entry, salt, leaf, proof; by log and place."""
    checkpoints: dict[str, str]
    """The signed note that the proofs lead to, by log."""
    keys: tuple[str, ...]
    """Public keys that sign or signed these logs, as `audit.keys` writes them."""
    consistency: tuple[Row, ...]
    """log, from, to, proof: from each earlier signed checkpoint to this one."""
    users: tuple[str, ...]
    """Names of the users whose entries are shown."""


def opened(store: Store, eyes: Eyes, decisions: Sequence[str]) -> Opened:
    """Open these decisions' entries, with all that is needed to check them. Raises ProbandaError.

    Our own log is signed now, so that the checkpoint covers what was recorded a moment ago.
    """
    wanted = store.log_lines(eyes, decisions)
    authors = {str(line.entry["by"]) for line in wanted}
    users = {d.id: str(d.payload["name"]) for d in store.of_kind(store.owner, "user") if d.subject in authors}
    keys = _key_lines(store, {line.log for line in wanted})
    found = {(one.log, one.n): one for one in (*wanted, *store.log_lines(store.owner, users), *keys)}
    lines = [found[place] for place in sorted(found)]
    parts = {log: part for log in sorted({line.log for line in lines}) if (part := store.proofs(log))}
    trees, notes = _trees(store, lines, parts)
    return Opened(
        entries=tuple(_row(line, trees[line.log], parts.get(line.log, {})) for line in lines),
        checkpoints=notes,
        keys=tuple(dict.fromkeys(str(line.entry["payload"]["public"]) for line in keys)),
        consistency=tuple(row for log in sorted(trees) for row in _consistency(store, log, trees[log])),
        users=tuple(sorted(set(users.values()))),
    )


def _key_lines(store: Store, logs: set[str]) -> list[LogLine]:
    """The entries that make known the keys of these logs, with those that they took the place of."""
    found: dict[str, LogLine] = {}
    asked = {d.id for d in store.of_kind(store.owner, "key") if d.payload.get("for") == CHECKPOINTS}
    while asked:
        lines = store.log_lines(store.owner, asked)
        found |= {str(line.entry["id"]): line for line in lines if line.log in logs}
        asked = {str(over) for line in lines for over in line.entry["over"]} - set(found)
    return sorted(found.values(), key=lambda line: (line.log, line.n))


def _trees(store: Store, lines: Sequence[LogLine], parts: Mapping[str, Part]) -> tuple[dict[str, Tree], dict[str, str]]:
    trees, notes = {}, {}
    for log in sorted({line.log for line in lines}):
        if log in parts:
            trees[log], notes[log] = (
                Tree([]),
                _checkpoint_of_part(store, log, [n.n for n in lines if n.log == log], parts[log]),
            )
            continue
        last = max(line.n for line in lines if line.log == log)
        notes[log] = note = _checkpoint(store, log, last + 1)
        trees[log] = Tree(store.leaf_hashes(log)[: read_note(note).checkpoint.size])
    return trees, notes


def _checkpoint(store: Store, log: str, least: int) -> str:
    """A signed checkpoint over at least so many entries: of our own log signed now, of a joined one as it came."""
    if log == store.settings.log:
        note = store.sign_checkpoint()
        if note is not None:
            return note
    known = [one for one in signed_notes(store, log) if one.checkpoint.size >= least]
    if not known:
        raise ProbandaError(
            f"The log {log} has no signed checkpoint over its entry {least - 1}, so nothing can be proved of it.",
            "Where it was joined, import it again after a command has ended there; nothing was written.",
        )
    return _written(known[0])


def _checkpoint_of_part(store: Store, log: str, places: Sequence[int], part: Part) -> str:
    """The one checkpoint to which the proofs of all these entries lead, of a log that is not whole here."""
    sizes = {part[n][0] if n in part else 0 for n in places}
    known = {one.checkpoint.size: one for one in signed_notes(store, log)}
    if len(sizes) != 1 or not sizes <= set(known):
        raise ProbandaError(
            f"The entries of the log {log} came in several bundles, each with a checkpoint of its own.",
            "Import the whole folder that they came from, or bundle the items one by one; nothing was written.",
        )
    return _written(known[sizes.pop()])


def _written(note: Note) -> str:
    signatures = [(name, base64.b64encode(key + signature).decode()) for name, key, signature in note.signatures]
    return note.text + "\n" + "".join(f"{SIGNED_BY}{name} {encoded}\n" for name, encoded in signatures)


def _row(line: LogLine, tree: Tree, part: Part) -> Row:
    proof = list(part[line.n][1]) if line.n in part else tree.inclusion(line.n)
    return {"log": line.log, "n": line.n, "entry": line.entry, "salt": line.salt, "leaf": line.leaf, "proof": proof}


def _consistency(store: Store, log: str, tree: Tree) -> Iterator[Row]:
    for old in sorted({one.checkpoint.size for one in signed_notes(store, log)}):
        if 0 < old < tree.size:
            yield {"log": log, "from": old, "to": tree.size, "proof": tree.consistency(old)}


class Tree:
    """The whole Merkle tree of a log, kept level by level, so that thousands of proofs cost a few look-ups each."""

    def __init__(self, leaves: Sequence[str]) -> None:
        self.size = len(leaves)
        self._levels = [[bytes.fromhex(one) for one in leaves]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    def inclusion(self, n: int) -> list[str]:
        """The hashes that lead from the leaf at n to the root (RFC 6962, section 2.1.1)."""
        return [one.hex() for one in self._path(0, n)]

    def consistency(self, old: int) -> list[str]:
        """The hashes that show the first `old` leaves (1 or more) to be this tree's beginning (section 2.1.2)."""
        if old == self.size:
            return []
        place, level = old - 1, 0
        while place & 1:  # climb to the largest full subtree that ends where the old tree ended
            place, level = place >> 1, level + 1
        start = [self._levels[level][place]] if place else []
        return [one.hex() for one in (*start, *self._path(level, place))]

    def _path(self, level: int, place: int) -> Iterator[bytes]:
        for row in self._levels[level:-1]:
            if place ^ 1 < len(row):
                yield row[place ^ 1]
            place >>= 1


def _above(row: Sequence[bytes]) -> list[bytes]:
    joined = [hashlib.sha256(NODE_MARK + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=False)]
    return joined + list(row[len(joined) * 2 :])
