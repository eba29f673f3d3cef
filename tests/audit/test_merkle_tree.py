"""The Merkle tree: known vectors, a second implementation, and proofs that were tampered with."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.audit.log import leaf_hash
from probanda.audit.tree import (
    EMPTY_ROOT,
    Edge,
    consistency_proof,
    inclusion_proof,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
"""The eight leaves by which implementations of RFC 6962 are compared, in hexadecimal."""

ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots for 0 to 8 leaves."""

KNOWN = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES]
MANY = [leaf_hash(str(n).encode()) for n in range(130)]


# A second implementation, straight from the definitions in RFC 6962 section 2.1, on bytes and recursive.


def split_of(size: int) -> int:
    """The largest power of two smaller than the size."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(hashes: list[str]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return bytes.fromhex(hashes[0])
    k = split_of(len(hashes))
    return hashlib.sha256(b"\x01" + mth(hashes[:k]) + mth(hashes[k:])).digest()


def path(index: int, hashes: list[str]) -> list[str]:
    if len(hashes) == 1:
        return []
    k = split_of(len(hashes))
    if index < k:
        return [*path(index, hashes[:k]), mth(hashes[k:]).hex()]
    return [*path(index - k, hashes[k:]), mth(hashes[:k]).hex()]


def subproof(m: int, hashes: list[str], whole: bool) -> list[str]:
    if m == len(hashes):
        return [] if whole else [mth(hashes).hex()]
    k = split_of(len(hashes))
    if m <= k:
        return [*subproof(m, hashes[:k], whole), mth(hashes[k:]).hex()]
    return [*subproof(m - k, hashes[k:], False), mth(hashes[:k]).hex()]


def test_roots_are_those_of_the_known_vectors():
    assert [root_of(KNOWN[:n]) for n in range(9)] == ROOTS
    assert root_of([]) == EMPTY_ROOT


def test_inclusion_proof_of_a_known_leaf():
    assert inclusion_proof(KNOWN, 0) == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@pytest.mark.parametrize("size", range(1, 131))
def test_roots_and_inclusion_proofs_agree_with_the_definition(size):
    hashes = MANY[:size]
    root = root_of(hashes)
    assert root == mth(hashes).hex()
    for index in {0, 1, size // 3, size // 2, size - 2, size - 1} & set(range(size)):
        proof = inclusion_proof(hashes, index)
        assert proof == path(index, hashes)
        assert verify_inclusion(hashes[index], index, size, proof, root)


@pytest.mark.parametrize("size", range(1, 131))
def test_consistency_proofs_agree_with_the_definition(size):
    hashes = MANY[:size]
    root = root_of(hashes)
    for old in {1, 2, 3, size // 3, size // 2, size - 1, size} & set(range(1, size + 1)):
        proof = consistency_proof(hashes, old)
        assert proof == subproof(old, hashes, True)
        assert verify_consistency(old, size, root_of(hashes[:old]), root, proof)


def test_every_leaf_and_every_beginning_of_small_trees_is_proved():
    for size in range(1, 20):
        hashes, root = MANY[:size], root_of(MANY[:size])
        for n in range(size):
            assert verify_inclusion(hashes[n], n, size, inclusion_proof(hashes, n), root)
            assert verify_consistency(n, size, root_of(hashes[:n]), root, consistency_proof(hashes, n))


def test_an_edge_goes_on_after_a_restart_as_if_nothing_had_been():
    straight, restarted = Edge(), Edge()
    for count, text in enumerate(MANY, start=1):
        straight.append(text)
        restarted = Edge.load(restarted.size, restarted.dump())
        restarted.append(text)
        assert restarted.root() == straight.root() == root_of(MANY[:count])
        assert restarted.size == count
        assert len(restarted.dump()) <= 8


def test_an_edge_that_does_not_fit_its_size_is_refused():
    edge = Edge()
    for text in MANY[:5]:
        edge.append(text)
    with pytest.raises(ValueError, match="6 leaves"):
        Edge.load(6, [*edge.dump(), MANY[0]])
    with pytest.raises(ValueError, match="not a SHA-256"):
        Edge.load(1, ["AB" * 32])


def test_the_empty_tree_is_the_beginning_of_every_tree():
    assert consistency_proof(MANY, 0) == []
    assert verify_consistency(0, 130, EMPTY_ROOT, root_of(MANY), [])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 0, EMPTY_ROOT, root_of(MANY), [])
    assert not verify_consistency(0, 130, MANY[0], root_of(MANY), [])
    assert not verify_consistency(0, 130, EMPTY_ROOT, root_of(MANY), [MANY[0]])


def test_what_does_not_exist_cannot_be_proved():
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(MANY, 130)
    with pytest.raises(ValueError, match="no beginning"):
        consistency_proof(MANY, 131)
    assert not verify_inclusion(MANY[0], 0, 0, [], EMPTY_ROOT)
    assert not verify_consistency(9, 8, root_of(MANY[:9]), root_of(MANY[:8]), [])


def flipped(text: str, bit: int) -> str:
    changed = bytearray(bytes.fromhex(text))
    changed[bit // 8] ^= 1 << (bit % 8)
    return changed.hex()


def mutations(proof: list[str], data: st.DataObject) -> list[str]:
    """One way of tampering with a proof: flip a bit, drop, add, double or swap hashes."""
    ways = ["add in front", "add behind"] + (["flip", "drop", "double"] if proof else [])
    ways += ["swap"] if len(set(proof)) > 1 else []
    way = data.draw(st.sampled_from(ways))
    at = data.draw(st.integers(0, max(0, len(proof) - 1)))
    changed = list(proof)
    if way == "flip":
        changed[at] = flipped(changed[at], data.draw(st.integers(0, 255)))
    elif way == "drop":
        del changed[at]
    elif way == "double":
        changed.insert(at, changed[at])
    elif way == "swap":
        other = (at + 1) % len(changed)
        changed[at], changed[other] = changed[other], changed[at]
    else:
        changed.insert(0 if way == "add in front" else len(changed), MANY[data.draw(st.integers(0, 129))])
    return changed


@settings(deadline=None)
@given(st.data())
def test_a_tampered_inclusion_proof_is_refused(data):
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    hashes, root = MANY[:size], root_of(MANY[:size])
    proof = inclusion_proof(hashes, index)
    assert not verify_inclusion(hashes[index], index, size, mutations(proof, data), root)
    assert not verify_inclusion(flipped(hashes[index], data.draw(st.integers(0, 255))), index, size, proof, root)
    assert not verify_inclusion(hashes[index], index, size, proof, flipped(root, data.draw(st.integers(0, 255))))
    other = data.draw(st.integers(0, size + 2).filter(lambda n: n != index))
    assert not verify_inclusion(hashes[index], other, size, proof, root)


@settings(deadline=None)
@given(st.data())
def test_a_tampered_consistency_proof_is_refused(data):
    size = data.draw(st.integers(2, 130))
    old = data.draw(st.integers(1, size - 1))
    hashes = MANY[:size]
    before, after = root_of(hashes[:old]), root_of(hashes)
    proof = consistency_proof(hashes, old)
    bit = data.draw(st.integers(0, 255))
    assert not verify_consistency(old, size, before, after, mutations(proof, data))
    assert not verify_consistency(old, size, flipped(before, bit), after, proof)
    assert not verify_consistency(old, size, before, flipped(after, bit), proof)


@settings(deadline=None)
@given(st.integers(2, 130), st.data())
def test_a_log_that_changed_an_old_entry_cannot_prove_that_it_only_grew(size, data):
    old = data.draw(st.integers(1, size - 1))
    rewritten = list(MANY[:size])
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"as it would have liked to be")
    proof = consistency_proof(rewritten, old)
    assert not verify_consistency(old, size, root_of(MANY[:old]), root_of(rewritten), proof)


def test_words_that_are_no_hash_are_refused_not_raised():
    root = root_of(MANY[:2])
    assert not verify_inclusion(MANY[0], 0, 2, ["not hexadecimal"], root)
    assert not verify_inclusion(MANY[0], 0, 2, [MANY[1].upper()], root)
    assert not verify_consistency(1, 2, MANY[0], root, [MANY[1] + "00"])
