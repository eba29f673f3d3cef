"""The signature on a WACZ file, checked: ECDSA over the digest of its description (WACZ Auth and Verification 0.1.0).

With a key alone, the signer is whoever made the key; with a certificate, the holder of the domain that it names, if a
person trusts who issued it: chain and time stamp are not checked here, and that is said.

Looks down to: nothing here (cryptography). Used by: wacz.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHANGED_FIX = "It is read as it stands. Ask whoever captured it for it again, and what happened to it since."


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a signature gave, in words."""

    fits: bool
    said: str


def signature_said(signed: Mapping[str, Any], digest: str) -> Checked:
    """Whether this signature is one over `digest`, which the seal states. Never raises."""
    software, created = (_said(signed.get(key)) for key in ("software", "created"))
    by = f" (made {created or 'at a time not stated'} with {software or 'a program not stated'})"
    if _said(signed.get("hash")) != digest:
        return Checked(False, f"It is a signature on another digest than the archive's own{by}.")
    domain = _said(signed.get("domain"))
    try:
        fits = _fits(signed, digest)
    except (ValueError, TypeError, IndexError):
        return Checked(False, f"It could not be checked: key or signature are of a kind not known here{by}.")
    whose = f"the certificate for the domain {domain}" if domain else "the key that lies beside it"
    if not fits:
        return Checked(False, f"It was not made with {whose} over this archive's digest{by}.")
    more = (
        "; who issued the certificate, and its time stamp, were not checked"
        if domain
        else "; who holds that key, a person has to find out"
    )
    return Checked(True, f"it was made with {whose} over this archive's digest{by}{more}.")


def _fits(signed: Mapping[str, Any], digest: str) -> bool:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key
    from cryptography.x509 import load_pem_x509_certificates

    given = base64.b64decode(str(signed.get("signature", ""))[:4_000])
    try:
        if signed.get("domain"):
            key: Any = load_pem_x509_certificates(str(signed.get("domainCert", ""))[:100_000].encode())[0].public_key()
        else:
            key = load_der_public_key(base64.b64decode(str(signed.get("publicKey", ""))[:4_000]))
    except UnsupportedAlgorithm as fault:
        raise ValueError(str(fault)) from fault
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("no key of an elliptic curve")
    half = (key.curve.key_size + 7) // 8
    forms = [given]
    if len(given) == 2 * half:  # as browsers write it (IEEE P1363): two numbers of one length, side by side
        forms.append(encode_dss_signature(int.from_bytes(given[:half], "big"), int.from_bytes(given[half:], "big")))
    for form in forms:
        try:
            key.verify(form, digest.encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            continue
        return True
    return False


def _said(told: object) -> str | None:
    return "".join(c if c.isprintable() else "\ufffd" for c in told[:200]) if isinstance(told, str) and told else None
