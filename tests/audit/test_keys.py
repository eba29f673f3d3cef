"""Keys that sign the log: the vectors of RFC 8032, and what a key looks like on paper."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys

import pytest

from probanda.audit.keys import PublicKey, SigningKey
from probanda.casework.verify_bundle import signature_holds

VECTORS = [  # RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
NAME = "probanda/00112233445566778899aabbccddeeff/ffeeddccbbaa99887766554433221100"
KEY = SigningKey.from_seed(bytes(range(32)))


def encoded(mark: int, key: bytes) -> str:
    return base64.b64encode(bytes([mark]) + key).decode()


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS, ids=["empty", "one byte", "two bytes"])
def test_keys_and_signatures_are_those_of_the_rfc(seed, public, message, signature):
    key = SigningKey.from_seed(bytes.fromhex(seed))
    assert key.public(NAME).key.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert key.public(NAME).verifies(bytes.fromhex(signature), bytes.fromhex(message))
    assert signature_holds(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))


def test_a_public_key_is_written_as_the_notes_of_others_write_theirs():
    # A key that is published with its id by another project: name, id, and the key's 32 bytes.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = PublicKey.parse(text)
    assert (key.name, key.id.hex(), key.text) == ("PeterNeumann", "c74f20a3", text)


def test_the_id_of_a_key_is_made_from_its_name_and_its_bytes():
    public = KEY.public(NAME)
    assert public.id == hashlib.sha256(NAME.encode() + b"\n\x01" + public.key).digest()[:4]
    assert KEY.public("another").id != public.id


def test_what_a_key_wrote_is_read_back():
    public = KEY.public(NAME)
    assert PublicKey.parse(public.text) == public
    assert public.text == f"{NAME}+{public.id.hex()}+{encoded(1, public.key)}"


def test_a_new_key_is_another_each_time_and_comes_back_from_its_seed():
    one, other = SigningKey.new(), SigningKey.new()
    assert one.seed != other.seed
    assert len(one.seed) == 32
    assert SigningKey.from_seed(one.seed).sign(b"words") == one.sign(b"words")


def test_another_key_another_message_and_each_flipped_bit_are_refused():
    public, signature = KEY.public(NAME), KEY.sign(b"a checkpoint")
    assert public.verifies(signature, b"a checkpoint")
    assert not public.verifies(signature, b"a checkpoint.")
    assert not SigningKey.new().public(NAME).verifies(signature, b"a checkpoint")
    for bit in range(512):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not public.verifies(bytes(changed), b"a checkpoint"), bit


@pytest.mark.parametrize("signature", [b"", b"short", bytes(64), b"\xff" * 64, bytes(65)], ids=len)
def test_bytes_that_are_no_signature_are_refused_not_raised(signature):
    assert not KEY.public(NAME).verifies(signature, b"words")


def test_a_signature_with_the_order_of_the_group_added_is_refused_by_both():
    """It would verify in a careless program, so that one signature could be turned into another (RFC 8032, 8.4)."""
    order = 2**252 + 27742317777372353535851937790883648493
    public, signature = KEY.public(NAME), KEY.sign(b"words")
    added = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not public.verifies(added, b"words")
    with pytest.raises(ValueError, match="length or size"):
        signature_holds(public.key, added, b"words")


def test_the_stranger_s_script_agrees_on_signatures_true_and_false():
    for n in range(24):
        key, message = SigningKey.from_seed(hashlib.sha256(bytes([n])).digest()), bytes(range(n))
        public, signature = key.public(NAME), bytearray(key.sign(message))
        assert signature_holds(public.key, bytes(signature), message)
        assert not signature_holds(public.key, bytes(signature), message + b".")
        signature[40] ^= 1
        assert not signature_holds(public.key, bytes(signature), message)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nend", "no\u00a0break", "tab\t", "bell\x07", "\ud800"])
def test_a_name_that_a_note_cannot_bear_is_refused(name):
    with pytest.raises(ValueError, match="a key's name"):
        KEY.public(name)


PUBLIC = KEY.public(NAME)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "three parts"),
        ("name+00000000", "three parts"),
        (PUBLIC.text.replace("/", "!", 1), "the id of the key"),
        (f"{NAME}+00000000+{PUBLIC.text.split('+', 2)[2]}", "the id of the key"),
        (f"{NAME}+{PUBLIC.id.hex().upper()}+{PUBLIC.text.split('+', 2)[2]}", "the id of the key"),
        (PUBLIC.text + "=", "base64"),
        (f"{NAME}+{PUBLIC.id.hex()}+not base64", "not base64"),
        (f"{NAME}+{PUBLIC.id.hex()}+", "not an Ed25519 key"),
        (f"{NAME}+{PUBLIC.id.hex()}+{encoded(2, PUBLIC.key)}", "not an Ed25519 key"),
        (f"{NAME}+{PUBLIC.id.hex()}+{encoded(1, PUBLIC.key[:31])}", "has 32 bytes, not 31"),
    ],
)
def test_what_is_no_public_key_is_named_as_such(text, problem):
    with pytest.raises(ValueError, match=problem):
        PublicKey.parse(text)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)], ids=len)
def test_a_seed_of_another_length_is_refused(seed):
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey.from_seed(seed)


def test_a_secret_key_does_not_show_its_seed_when_printed():
    key = SigningKey.from_seed(b"secret seed of thirty-two bytes!")
    assert "secret" not in repr(key)
    assert "secret" not in str(key)


def test_the_library_for_signatures_stays_off_the_start_up_path():
    told = "import sys, probanda.audit.keys, probanda.audit.notes; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
