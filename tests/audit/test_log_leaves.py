"""Entries and leaves: what a leaf commits to, what it shows, and what opens it."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.audit.log import Entry, leaf_hash, make_leaf, opens, opens_sealed

SALT, SEALED_SALT = b"s" * 32, b"t" * 32
LOG = "0123456789abcdef" * 2


def an_entry(**changes: object) -> Entry:
    entry = Entry(
        id="a" * 32,
        kind="claim-checked",
        subject="c" * 32,
        over=("d" * 32,),
        seen=(("e" * 32, 4),),
        by="f" * 32,
        reason="The words say so: « Halden »",
        payload={"quote": "the mayor of Halden", "bounds": {"min": 3}, "speakers": ["a clerk"], "max": None},
        labels=("witness",),
        at="2031-05-03T09:12:03.120Z",
    )
    return replace(entry, **changes)


CHANGES = {
    "id": "0" * 32,
    "kind": "claim-rejected",
    "subject": "0" * 32,
    "over": (),
    "seen": (("e" * 32, 5),),
    "by": "0" * 32,
    "reason": "",
    "payload": {},
    "labels": (),
}


def test_a_leaf_is_canonical_json_with_two_commitments_and_its_hash():
    entry = an_entry()
    leaf = make_leaf(entry, log=LOG, n=17, salt=SALT, sealed=b"a protected name", sealed_salt=SEALED_SALT)
    # Made again here with nothing of ours, as a stranger's script would.
    words = json.dumps(
        {
            "by": entry.by,
            "id": entry.id,
            "kind": entry.kind,
            "labels": ["witness"],
            "over": ["d" * 32],
            "payload": {"bounds": {"min": 3}, "max": None, "quote": "the mayor of Halden", "speakers": ["a clerk"]},
            "reason": entry.reason,
            "seen": [["e" * 32, 4]],
            "subject": entry.subject,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    committed = hmac.new(SALT, words, hashlib.sha256).hexdigest()
    sealed = hmac.new(SEALED_SALT, b"a protected name", hashlib.sha256).hexdigest()
    body = f'{{"at":"{entry.at}","entry":"{committed}","log":"{LOG}","n":17,"sealed":"{sealed}","v":1}}'.encode()
    assert entry.canonical() == words
    assert leaf.body == body
    assert leaf.hash == hashlib.sha256(b"\x00" + body).hexdigest() == leaf_hash(body)


def test_the_entry_and_its_salt_open_the_leaf_and_nothing_else_does():
    leaf = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed_salt=SEALED_SALT)
    assert opens(leaf.body, an_entry(), SALT)
    assert not opens(leaf.body, an_entry(), SEALED_SALT)
    assert not opens(leaf.body, an_entry(at="2031-05-03T09:12:03.121Z"), SALT)


@pytest.mark.parametrize("field", sorted(CHANGES))
def test_a_change_in_any_field_is_seen(field):
    leaf = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed_salt=SEALED_SALT)
    assert not opens(leaf.body, an_entry(**{field: CHANGES[field]}), SALT)


def test_the_protected_part_opens_by_its_own_salt():
    leaf = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed=b"a protected name", sealed_salt=SEALED_SALT)
    assert opens_sealed(leaf.body, b"a protected name", SEALED_SALT)
    assert not opens_sealed(leaf.body, b"another name", SEALED_SALT)
    assert not opens_sealed(leaf.body, b"a protected name", SALT)


def test_a_leaf_shows_no_word_of_its_entry_and_not_whether_anything_is_sealed():
    plain = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed_salt=SEALED_SALT)
    closed = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed=b"a protected name", sealed_salt=SEALED_SALT)
    assert sorted(json.loads(plain.body)) == sorted(json.loads(closed.body))
    assert len(plain.body) == len(closed.body)
    for words in (b"Halden", b"claim", b"witness", b"a" * 32, b"f" * 32, b"protected"):
        assert words not in closed.body


def test_without_its_salt_an_entry_cannot_be_guessed_from_the_leaf():
    one = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed_salt=SEALED_SALT)
    other = make_leaf(an_entry(), log=LOG, n=0, salt=b"u" * 32, sealed_salt=SEALED_SALT)
    assert json.loads(one.body)["entry"] != json.loads(other.body)["entry"]


def test_a_frozen_payload_gives_the_same_bytes_as_a_plain_one():
    frozen = an_entry(payload=MappingProxyType({"inner": MappingProxyType({"b": ("x", 1), "a": None})}))
    plain = an_entry(payload={"inner": {"a": None, "b": ["x", 1]}})
    assert frozen.canonical() == plain.canonical()


@pytest.mark.parametrize(
    "wrong", [{"salt": b"short"}, {"sealed_salt": b""}, {"sealed_salt": SALT}, {"n": -1}], ids=lambda w: next(iter(w))
)
def test_a_leaf_with_a_bad_salt_or_place_is_not_made(wrong):
    with pytest.raises(ValueError, match=r"salt|place"):
        make_leaf(an_entry(), **{"log": LOG, "n": 0, "salt": SALT, "sealed_salt": SEALED_SALT, **wrong})


def test_a_payload_with_a_float_is_not_committed_to():
    with pytest.raises(TypeError, match="floats"):
        an_entry(payload={"share": 0.5}).canonical()


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_bytes_that_are_no_leaf_open_nothing_and_raise_nothing(body):
    assert not opens(body, an_entry(), SALT)
    assert not opens_sealed(body, b"", SEALED_SALT)


def test_a_leaf_written_in_another_way_is_no_leaf():
    leaf = make_leaf(an_entry(), log=LOG, n=0, salt=SALT, sealed_salt=SEALED_SALT)
    assert not opens(leaf.body.replace(b",", b", "), an_entry(), SALT)
    assert not opens(leaf.body.replace(b'"v":1', b'"v":2'), an_entry(), SALT)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_words_a_person_writes_can_be_committed_to_and_opened(reason, words):
    entry = an_entry(reason=reason, payload={"words": words})
    leaf = make_leaf(entry, log=LOG, n=3, salt=SALT, sealed_salt=SEALED_SALT)
    assert opens(leaf.body, entry, SALT)
    assert not opens(leaf.body, replace(entry, reason=reason + "."), SALT)
