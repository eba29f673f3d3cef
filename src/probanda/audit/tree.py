"""The Merkle tree over the log's leaves (RFC 6962, section 2.1): roots, proofs, and their checking.

Pure: hashes in, hashes and verdicts out. A node's hash is SHA-256(0x01 || left || right); leaf
hashes come from `log`. Start with `Edge`, which grows a tree while keeping only its right edge,
then `verify_inclusion` and `verify_consistency`, which a stranger can redo by hand (their steps are
those of RFC 9162, sections 2.1.3.2 and 2.1.4.2). All hashes are 64 hexadecimal digits.

Looks down to: nothing. Used by: store, casework.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

NODE_MARK = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").hexdigest()
"""Root of the tree without a leaf: the SHA-256 of nothing."""


class Edge:
    """A growing tree, kept as the roots of its full subtrees from large to small: log2(size) hashes.

    This is all a checkpoint has to hold for the log to go on after a restart.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def append(self, leaf_hash: str) -> None:
        """Add the next leaf by its hash. Raises ValueError when that is no SHA-256."""
        node = _bytes(leaf_hash)
        before = self._size
        while before & 1:  # a full subtree of the same height waits on the left: join them
            node = _node(self._peaks.pop(), node)
            before >>= 1
        self._peaks.append(node)
        self._size += 1

    def root(self) -> str:
        """The root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _node(peak, node)
        return node.hex()

    def dump(self) -> list[str]:
        """The hashes of the edge, large subtrees first; with `size`, all that `load` needs."""
        return [peak.hex() for peak in self._peaks]

    @classmethod
    def load(cls, size: int, hashes: Sequence[str]) -> Edge:
        """The edge that `dump` gave. Raises ValueError when there are not as many hashes as that size has."""
        if size < 0 or len(hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves does not have an edge of {len(hashes)} hashes")
        edge = cls()
        edge._size = size
        edge._peaks = [_bytes(text) for text in hashes]
        return edge


def root_of(hashes: Iterable[str]) -> str:
    """The root of the tree with these leaf hashes, in their order."""
    edge = Edge()
    for text in hashes:
        edge.append(text)
    return edge.root()


def inclusion_proof(hashes: Sequence[str], index: int) -> list[str]:
    """The hashes that lead from the leaf at `index` to the root. Raises ValueError when there is no such leaf."""
    if not 0 <= index < len(hashes):
        raise ValueError(f"no leaf {index} in a tree of {len(hashes)}")
    return [node.hex() for node in _path([_bytes(text) for text in hashes], index)]


def consistency_proof(hashes: Sequence[str], old_size: int) -> list[str]:
    """The hashes that show the tree of the first `old_size` leaves to be the beginning of this one.

    Empty when the old tree is empty or is the whole. Raises ValueError when it is larger than this one.
    """
    if not 0 <= old_size <= len(hashes):
        raise ValueError(f"a tree of {len(hashes)} leaves has no beginning of {old_size}")
    if old_size in (0, len(hashes)):
        return []
    level = [_bytes(text) for text in hashes]
    node = old_size - 1
    while node & 1:  # climb to the largest full subtree that ends where the old tree ended
        level = _above(level)
        node >>= 1
    # That subtree is the whole old tree when it is the leftmost: the verifier has its hash already.
    start = [level[node]] if node else []
    return [found.hex() for found in start + _path(level, node)]


def verify_inclusion(leaf_hash: str, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """True when the proof shows that the leaf stands at `index` in the tree of `size` leaves with that root."""
    if not 0 <= index < size:
        return False
    try:
        node, steps, wanted = _bytes(leaf_hash), [_bytes(text) for text in proof], _bytes(root)
    except ValueError:
        return False
    place, last = index, size - 1
    for step in steps:
        if last == 0:
            return False  # more hashes than the tree is high
        if place & 1 or place == last:
            node = _node(step, node)
            while place and not place & 1:  # a lone right end: it rose without a sibling
                place, last = place >> 1, last >> 1
        else:
            node = _node(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == wanted


def verify_consistency(old_size: int, new_size: int, old_root: str, new_root: str, proof: Sequence[str]) -> bool:
    """True when the proof shows that nothing in the old tree was changed, only added to.

    The empty tree is the beginning of every tree, and a tree is its own beginning; both have an empty proof.
    """
    if not 0 <= old_size <= new_size:
        return False
    try:
        steps, old_wanted, new_wanted = [_bytes(text) for text in proof], _bytes(old_root), _bytes(new_root)
    except ValueError:
        return False
    if new_size == 0 or old_size in (0, new_size):
        start_is_right = old_root == EMPTY_ROOT if old_size == 0 else old_wanted == new_wanted
        return not steps and start_is_right and (new_size > 0 or new_root == EMPTY_ROOT)
    return _grew(old_size, new_size, old_wanted, new_wanted, steps)


def _grew(old_size: int, new_size: int, old_wanted: bytes, new_wanted: bytes, steps: list[bytes]) -> bool:
    """Fold the proof twice at once: into the old root from what lay left, into the new one from all."""
    if old_size & (old_size - 1) == 0:  # the old tree is one full subtree: it is its own first step
        steps = [old_wanted, *steps]
    if not steps:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = _node(step, old), _node(step, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = _node(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_wanted and new == new_wanted


def _path(level: list[bytes], index: int) -> list[bytes]:
    """The siblings from a node of this level up to the root; a node without one rises alone."""
    path = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level = _above(level)
        index >>= 1
    return path


def _above(level: list[bytes]) -> list[bytes]:
    joined = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return joined + level[len(joined) * 2 :]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE_MARK + left + right).digest()


def _bytes(text: str) -> bytes:
    """The 32 bytes of a hash. Raises ValueError for anything but 64 lower-case hexadecimal digits."""
    found = bytes.fromhex(text)
    if len(found) != hashlib.sha256().digest_size or found.hex() != text:
        raise ValueError(f"not a SHA-256 in hexadecimal: {text!r}")
    return found
