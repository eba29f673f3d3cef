"""A second implementation of the log's tree, made from the definitions alone (RFC 6962, section 2.1), for comparison.

It shares nothing with `probanda.audit.tree`: that one walks upwards, level by level and bit by bit; this one
splits downwards, as the definitions do, remembers the nodes it has seen, and checks a proof by taking its last
hash off first. Hashes are bytes here, hexadecimal there.
"""

from __future__ import annotations

from hashlib import sha256


class Definition:
    """The trees over the beginnings of one row of leaves, by the letter: MTH, PATH and PROOF of the RFC."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.leaves = leaves
        self._seen: dict[tuple[int, int], bytes] = {}

    def mth(self, start: int, end: int) -> bytes:
        """MTH(D[start:end])."""
        if start == end:
            return sha256(b"").digest()
        if (start, end) not in self._seen:
            if end - start == 1:
                node = self.leaves[start]
            else:
                k = start + split(end - start)
                node = sha256(b"\x01" + self.mth(start, k) + self.mth(k, end)).digest()
            self._seen[start, end] = node
        return self._seen[start, end]

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        """PATH(m, D[start:end]); m counts from `start`."""
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, n: int) -> list[bytes]:
        """PROOF(m, D[n]), for 0 < m < n."""
        return self._subproof(m, 0, n, True)

    def _subproof(self, m: int, start: int, end: int, whole: bool) -> list[bytes]:
        if m == end - start:
            return [] if whole else [self.mth(start, end)]
        k = split(end - start)
        if m <= k:
            return [*self._subproof(m, start, start + k, whole), self.mth(start + k, end)]
        return [*self._subproof(m - k, start + k, end, False), self.mth(start, start + k)]


def split(n: int) -> int:
    """The largest power of two smaller than n, for n > 1."""
    k = 1
    while 2 * k < n:
        k = 2 * k
    return k


def includes(leaf: bytes, m: int, n: int, proof: list[bytes], root: bytes) -> bool:
    """True when the proof leads from the leaf at m to the root of a tree of n."""
    return 0 <= m < n and _root_from(leaf, m, n, proof) == root


def grew(m: int, n: int, old: bytes, new: bytes, proof: list[bytes]) -> bool:
    """True when the proof leads to both roots, for 0 < m < n."""
    return _roots_from(m, n, proof, old) == (old, new)


def _root_from(leaf: bytes, m: int, n: int, proof: list[bytes]) -> bytes | None:
    if n == 1 or not proof:
        return leaf if n == 1 and not proof else None
    k, last = split(n), proof[-1]
    if m < k:
        left, right = _root_from(leaf, m, k, proof[:-1]), last
    else:
        left, right = last, _root_from(leaf, m - k, n - k, proof[:-1])
    return None if left is None or right is None else sha256(b"\x01" + left + right).digest()


def _roots_from(m: int, n: int, proof: list[bytes], known: bytes | None) -> tuple[bytes, bytes] | None:
    """The old and the new root below this node; `known` is the old root while the node is leftmost, and None else."""
    if m == n:
        ends = [known] if known is not None else proof
        return (ends[0], ends[0]) if len(ends) == 1 and (known is None or not proof) else None
    if not proof:
        return None
    k, last = split(n), proof[-1]
    below = _roots_from(m, k, proof[:-1], known) if m <= k else _roots_from(m - k, n - k, proof[:-1], None)
    if below is None:
        return None
    if m <= k:
        return below[0], sha256(b"\x01" + below[1] + last).digest()
    return sha256(b"\x01" + last + below[0]).digest(), sha256(b"\x01" + last + below[1]).digest()
