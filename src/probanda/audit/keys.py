"""The keys with which a device signs its log: Ed25519 (RFC 8032), written down as the C2SP notes do.

Start with `SigningKey.new`, then `PublicKey.text`, the one line that is given to others: with it, and nothing
of ours, they can check every checkpoint that this device signed. How notes bear signatures is in `notes`.

Looks down to: nothing. Used by: notes, store, casework.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field

ED25519 = b"\x01"
"""The mark of an Ed25519 key (C2SP signed-note, "Signature types"); other kinds are not read here."""
SEED_BYTES = 32
KEY_BYTES = 32
SIGNATURE_BYTES = 64
ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The secret half of a device's key. Who holds its seed can sign as that device; it is never printed."""

    seed: bytes = field(repr=False)
    """The 32 random bytes from which all else is made (RFC 8032, section 5.1.5): all that is to be kept."""

    def __post_init__(self) -> None:
        """Raises ValueError when the seed has not 32 bytes."""
        if len(self.seed) != SEED_BYTES:
            raise ValueError(f"the seed of a signing key has {SEED_BYTES} bytes, not {len(self.seed)}")

    @classmethod
    def new(cls) -> SigningKey:
        """A key that nobody had before, from the system's source of randomness."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key with this seed of 32 bytes. Raises ValueError for another length."""
        return cls(seed)

    def public(self, name: str) -> PublicKey:
        """The half that is given to others, under a name such as `probanda/<case>/<log>`.

        Raises ValueError when the name is empty or has white space or a plus sign in it.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return PublicKey(name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The signature of the message, 64 bytes; the same each time, since Ed25519 draws no numbers."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key by which others check signatures, and the name it signs under."""

    name: str
    key: bytes
    """32 bytes (RFC 8032, section 5.1.2)."""

    def __post_init__(self) -> None:
        """Raises ValueError for a name that a note cannot bear, and for a key of another length."""
        check_name(self.name)
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"a public key has {KEY_BYTES} bytes, not {len(self.key)}")

    @property
    def id(self) -> bytes:
        """The first 4 bytes of SHA-256(name, line feed, 0x01, key): it helps to find the key, and proves nothing."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:ID_BYTES]

    @property
    def text(self) -> str:
        """The key on one line, `name+id+key`: id in hexadecimal, 0x01 and key in base64 (C2SP signed-note, "vkey")."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """The key that `text` gave. Raises ValueError, naming what is wrong, for anything else."""
        parts = text.split("+", 2)  # a name has no plus sign, but base64 may
        if len(parts) != 3:
            raise ValueError(f"not a public key: {text!r} has not the three parts name+id+key")
        name, key_id, encoded = parts
        marked = from_base64(encoded)
        if marked[:1] != ED25519:
            raise ValueError(f"the key of {name!r} is not an Ed25519 key: its mark is {marked[:1].hex() or 'missing'}")
        found = cls(name, marked[1:])
        if key_id != found.id.hex():
            raise ValueError(f"the id of the key of {name!r} is {found.id.hex()}, not {key_id!r}")
        return found

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """True when the holder of this key signed exactly this message."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def check_name(name: str) -> None:
    """Raises ValueError for a name that cannot stand before a signature: empty, with white space, signs or a plus."""
    if not name or "+" in name or any(sign.isspace() or sign < " " for sign in name):
        raise ValueError(f"a key's name is not empty and has no white space and no plus sign: {name!r}")
    try:
        name.encode()
    except UnicodeEncodeError as wrong:
        raise ValueError(f"a key's name is text that UTF-8 can hold: {name!r}") from wrong


def from_base64(text: str) -> bytes:
    """The bytes of standard base64 with padding, in the one way of writing them. Raises ValueError otherwise."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise ValueError(f"not base64: {text!r}") from wrong
    if base64.b64encode(found).decode() != text:
        raise ValueError(f"base64 written in an unusual way: {text!r}")
    return found
