"""Time stamps from an authority outside (RFC 3161): that a checkpoint existed by a certain time, said by a stranger.

An authority is sent the SHA-256 of some bytes, here of a checkpoint, and signs it together with its own clock.
Pure: bytes in, bytes and verdicts out; who is asked, and over which wire, is casework's. Start with `request_for`,
then `checked`. What a stranger needs for the same check: `openssl ts -verify -data F.txt -in F.tsr -CAfile F.pem`.

Not checked: whether the authority's certificate was revoked (that asks the network, and would tell it of us).

Looks down to: kernel. Used by: casework.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from probanda.kernel.errors import ProbandaError, RecordAltered

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SHA256 = "2.16.840.1.101.3.4.2.1"
LARGEST = 1 << 20
"""Bytes. A reply has some thousands, with its certificates; what is larger is not read."""
GRANTED = 0
_STATUS = {1: "granted with changes", 2: "rejected", 3: "waiting", 4: "warning of revocation", 5: "revoked"}


class StampRefused(RecordAltered):
    """A reply that proves nothing, and why."""

    exit_code = 1

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The authority's reply is refused: {reason}.",
            "Nothing was kept of it. Ask again, or another authority, or check that --certificate is this one's root.",
        )


class NoCertificate(ProbandaError):
    """The certificates named cannot serve to check a reply."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The certificate file cannot be used: {problem}.",
            "Name the authority's root certificate, and those between if it has any, in one file in PEM form.",
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority said: these bytes existed by this time."""

    at: str
    """Its time, UTC, such as `2031-05-03T10:15:00Z`."""
    authority: str
    """Whom the signing certificate names."""
    serial: str
    """Its number for this token, in decimal digits (up to 160 bits)."""
    policy: str
    """The policy under which it was made, as an object identifier."""


def request_for(data: bytes) -> bytes:
    """A request for these bytes (DER): their SHA-256, a fresh random number, and the wish for its certificates."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    return builder.cert_request(cert_request=True).nonce(nonce=True).build().as_bytes()


def checked(reply: bytes, data: bytes, request: bytes, certificates: bytes) -> Stamp:
    """What the reply says of the data, after every check that RFC 3161 (2.2, 2.3, 2.4.2) asks of whoever receives it.

    `request`: as it was sent, for its random number. `certificates`: PEM, one root at least, which the caller
    trusts. The signer's certificate must lead to one of them, be made for time stamps alone, and have been valid
    at the time it states. Raises StampRefused with the reason, NoCertificate.
    """
    from rfc3161_client import VerificationError, VerifierBuilder

    roots, between = _trusted(certificates)
    nonce = _nonce_of(request, data)
    found = _decoded(reply)
    with _refusing():
        if found.status != GRANTED:
            said = "; ".join(found.status_string)
            raise StampRefused(
                f"it was {_STATUS.get(found.status, 'not granted')}" + (f" ({said[:200]})" if said else "")
            )
        told = found.tst_info
        imprint = told.message_imprint
        if imprint.hash_algorithm.dotted_string != SHA256 or imprint.message != hashlib.sha256(data).digest():
            raise StampRefused("it is about other bytes than those that were sent (another digest)")
        if told.nonce != nonce:
            raise StampRefused("it answers another request (another nonce): it may be an old reply")
        signer = _signer(found)
        verifier = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce).build()
        try:
            verifier.verify(_decoded(reply), hashlib.sha256(data).digest())
        except VerificationError as error:
            raise StampRefused(_why(str(error), signer, told.gen_time, roots)) from error
        return Stamp(
            at=_utc(told.gen_time).strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".") + "Z",
            authority=signer.subject.rfc4514_string(),
            serial=str(told.serial_number),
            policy=told.policy.dotted_string,
        )


def chain(reply: bytes, certificates: bytes) -> bytes:
    """All certificates that a later reader needs, in PEM: those trusted, and those that came with the reply."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_der_x509_certificate

    roots, between = _trusted(certificates)
    with _refusing():
        held = [load_der_x509_certificate(one) for one in sorted(_decoded(reply).signed_data.certificates)]
    pems = [one.public_bytes(Encoding.PEM) for one in (*roots, *between, *held)]
    return b"".join(dict.fromkeys(pems))


def roots_in(certificates: bytes) -> frozenset[str]:
    """SHA-256 of each root among these certificates. Raises NoCertificate."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return frozenset(hashlib.sha256(one.public_bytes(Encoding.DER)).hexdigest() for one in _trusted(certificates)[0])


def _trusted(certificates: bytes) -> tuple[list[Certificate], list[Certificate]]:
    """(roots, certificates between): a root names itself as its issuer."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise NoCertificate("it holds no certificate in PEM form") from error
    roots = [one for one in found if one.issuer == one.subject]
    if not roots:
        raise NoCertificate("none in it is a root (a root is signed by itself)")
    return roots, [one for one in found if one.issuer != one.subject]


def _nonce_of(request: bytes, data: bytes) -> int:
    from rfc3161_client._rust import parse_timestamp_request

    try:
        asked = parse_timestamp_request(request)
        nonce, imprint = asked.nonce, asked.message_imprint
        fits = imprint.hash_algorithm.dotted_string == SHA256 and imprint.message == hashlib.sha256(data).digest()
    except ValueError as error:
        raise StampRefused("the request that it should answer cannot be read") from error
    if nonce is None or not fits:
        raise StampRefused("the request that it should answer is about other bytes, or has no nonce")
    return int(nonce)


def _decoded(reply: bytes) -> Any:
    from rfc3161_client import decode_timestamp_response

    if len(reply) > LARGEST:
        raise StampRefused(f"it is larger than {LARGEST} bytes")
    with _refusing():
        return decode_timestamp_response(reply)


def _signer(found: Any) -> Certificate:
    """The certificate that signed, named by issuer and number; there must be one of that name and no second."""
    from cryptography.x509 import load_der_x509_certificate

    signers = list(found.signed_data.signer_infos)
    if len(signers) != 1:
        raise StampRefused(f"it has {len(signers)} signers, not one")
    held = [load_der_x509_certificate(one) for one in found.signed_data.certificates]
    fit = [one for one in held if (one.issuer, one.serial_number) == (signers[0].issuer, signers[0].serial_number)]
    if len(fit) != 1:
        raise StampRefused("it does not bring the one certificate that it was signed with")
    return fit[0]


def _why(said: str, signer: Certificate, at: datetime, roots: list[Certificate]) -> str:
    """The library's reason in plainer words, where one can be seen."""
    time = _utc(at)
    for one in (signer, *roots):
        if not one.not_valid_before_utc <= time <= one.not_valid_after_utc:
            return (
                f"a certificate was not valid at the time it states ({time:%Y-%m-%d}): {one.subject.rfc4514_string()}"
            )
    if "EKU" in said:
        return "its certificate is not one for time stamps"
    return f"its signature does not lead to the certificate you named ({said[:200]})"


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a reply makes the decoder do, it is refused, and the program goes on."""
    try:
        yield
    except ProbandaError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # of the compiled decoder
            raise StampRefused(f"it cannot be understood ({str(error)[:120] or type(error).__name__})") from error
        raise
