"""Detached OpenPGP signatures, checked with GnuPG where it is installed (`gpg`); nothing of ours reads them.

The key is the one that lies beside the signature. That it fits says that whoever held the key signed these bytes; who
that was, a person finds out. The keyring is a folder that is thrown away; no key of the user's is used or changed.

Start with `check`. Looks down to: nothing here. Used by: beside.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a signature or key."""
SECONDS = 60
_VALID = re.compile(rb"^\[GNUPG:\] VALIDSIG ([0-9A-F]{40,64}) \S+ (\d+)", re.M)
_BAD = re.compile(rb"^\[GNUPG:\] BADSIG", re.M)


@dataclass(frozen=True, slots=True)
class Signature:
    """What checking a signature gave."""

    fits: bool
    said: str
    fix: str = ""
    key: str | None = None
    """Fingerprint of the key, in hexadecimal."""


def program() -> str | None:
    """The path of GnuPG; None where it is not installed."""
    return shutil.which("gpg")


def check(signature: Path, signed: Path, key: Path) -> Signature:
    """Whether the signature is one over the bytes of `signed`, by `key`."""
    gpg = program()
    if gpg is None:
        return Signature(
            False, "The signature was not checked: that needs gpg.", "Install GnuPG and run `probanda read` again."
        )
    if max(signature.stat().st_size, key.stat().st_size) > LARGEST:
        return Signature(False, "The signature or its key is far too large to be one.", "Ask for both again.")
    with tempfile.TemporaryDirectory(prefix="probanda-") as home:
        try:
            _run(gpg, home, "--import", str(key))
            said = _run(gpg, home, "--status-fd", "1", "--verify", str(signature), str(signed))
        except (OSError, subprocess.TimeoutExpired):
            return Signature(False, "The signature was not checked: gpg did not answer.", "Check it by hand with gpg.")
    valid = _VALID.search(said)
    if valid is not None:
        print_of_key = valid[1].decode()
        return Signature(True, "its signature fits these bytes and the key that lies beside it", key=print_of_key)
    if _BAD.search(said):
        return Signature(
            False, "The signature does not fit: the bytes, the signature or the key were changed.",
            "Ask whoever provided them for all of them again.",
        )  # fmt: skip
    return Signature(
        False, "The signature could not be checked with the key that lies beside it.",
        "Ask whoever provided it for the public key, and check it by hand with gpg.",
    )  # fmt: skip


def _run(gpg: str, home: str, *arguments: str) -> bytes:
    done = subprocess.run(  # noqa: S603 (the program that is installed; names of files are paths in the vault)
        [gpg, "--batch", "--no-tty", "--no-autostart", "--homedir", home, "--trust-model", "always",
         "--no-auto-key-retrieve", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
        env={"PATH": os.defpath, "LC_ALL": "C"}, cwd="/",
    )  # fmt: skip
    return done.stdout
