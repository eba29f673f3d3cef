"""A time stamping authority of the tests' own, on this machine: certificates from a script, replies by openssl."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
"""


@dataclass(frozen=True)
class Authority:
    """An authority: its folder has key, certificates and configuration."""

    folder: Path
    root: bytes
    """Its root certificate in PEM."""

    def reply(self, request: bytes) -> bytes:
        """What it answers to a request."""
        (self.folder / "query").write_bytes(request)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-inkey", "key.pem"]
        command += ["-signer", "signer.pem", "-chain", "chain.pem", "-out", "answer"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return (self.folder / "answer").read_bytes()


def an_authority(folder: Path, name: str = "Marsafa Time Office", *, ended: bool = False) -> Authority:
    """A new authority with a root and a signing certificate; `ended`: the latter's time is over."""
    folder.mkdir(parents=True)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    top = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} Root")])
    below = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def builder(
        subject: x509.Name, public: ec.EllipticCurvePublicKey, since: int, until: int
    ) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(top).public_key(public)
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now + since * DAY)
        return made.not_valid_after(now + until * DAY)

    root = builder(top, root_key.public_key(), -900, 900).add_extension(x509.BasicConstraints(True, None), True)
    root = root.add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), False)
    root = root.add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
    signer = builder(below, key.public_key(), -90, -1 if ended else 90)
    signer = signer.add_extension(x509.BasicConstraints(False, None), True)
    signer = signer.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    signer = signer.add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), True)
    pem = serialization.Encoding.PEM
    root_pem = root.sign(root_key, hashes.SHA256()).public_bytes(pem)
    (folder / "signer.pem").write_bytes(signer.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (folder / "chain.pem").write_bytes(root_pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return Authority(folder, root_pem)


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@contextmanager
def listening(answer: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """A server on the loopback that answers so; gives its address, and the requests it has got."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            answer(self, got[-1])

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/tsa", got
        finally:
            server.shutdown()


def sends(data: Callable[[bytes], bytes]) -> Answer:
    """Answers each request with what this makes of it."""

    def answer(handler: BaseHTTPRequestHandler, request: bytes) -> None:
        reply = data(request)
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.send_header("Content-Length", str(len(reply)))
        handler.end_headers()
        handler.wfile.write(reply)

    return answer
