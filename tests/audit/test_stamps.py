"""Time stamps: what a reply proves, and that every reply which does not prove it is refused with its reason."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from tests.casework.authority import Authority, an_authority

from probanda.audit import stamps
from probanda.audit.stamps import NoCertificate, StampRefused

pytestmark = pytest.mark.needs("openssl")

NOTE = b"probanda/karvel/log\n17\nAAAA\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return an_authority(tmp_path_factory.mktemp("office") / "one")


def refusal(reply: bytes, request: bytes, root: bytes, data: bytes = NOTE) -> str:
    with pytest.raises(StampRefused) as caught:
        stamps.checked(reply, data, request, root)
    assert caught.value.exit_code == 1
    return caught.value.reason


def test_a_true_reply_says_who_and_when(office: Authority) -> None:
    request = stamps.request_for(NOTE)
    stamp = stamps.checked(office.reply(request), NOTE, request, office.root)
    assert stamp.authority == "CN=Marsafa Time Office"
    assert stamp.at.endswith("Z") and stamp.policy == "1.2.3.4.1"


def test_each_request_has_a_number_of_its_own() -> None:
    assert len({stamps.request_for(NOTE) for _ in range(20)}) == 20


def test_nothing_of_the_data_is_in_the_request_but_its_digest() -> None:
    request = stamps.request_for(NOTE)
    assert bytes.fromhex(stamps.hashlib.sha256(NOTE).hexdigest()) in request
    assert len(request) < 80 and b"karvel" not in request


def test_a_stranger_can_check_a_stamp_with_openssl_alone(office: Authority, tmp_path: Path) -> None:
    request = stamps.request_for(NOTE)
    reply = office.reply(request)
    (tmp_path / "n.txt").write_bytes(NOTE)
    (tmp_path / "n.tsr").write_bytes(reply)
    (tmp_path / "n.pem").write_bytes(stamps.chain(reply, office.root))
    command = ["openssl", "ts", "-verify", "-data", "n.txt", "-in", "n.tsr", "-CAfile", "n.pem"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "n.txt").write_bytes(NOTE + b"\n")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode != 0


def test_a_reply_to_another_request_is_refused(office: Authority) -> None:
    old, new = stamps.request_for(NOTE), stamps.request_for(NOTE)
    assert "nonce" in refusal(office.reply(old), new, office.root)


def test_a_reply_about_other_bytes_is_refused(office: Authority) -> None:
    request = stamps.request_for(NOTE)
    assert "another digest" in refusal(office.reply(stamps.request_for(b"other")), request, office.root)
    assert "other bytes" in refusal(office.reply(request), request, office.root, data=b"other")


def test_a_reply_signed_by_somebody_else_is_refused(office: Authority, tmp_path: Path) -> None:
    other = an_authority(tmp_path / "other")  # bears the same names
    request = stamps.request_for(NOTE)
    assert "does not lead to the certificate" in refusal(other.reply(request), request, office.root)
    stamps.checked(other.reply(request), NOTE, request, other.root)


def test_a_certificate_whose_time_was_over_is_refused(tmp_path: Path) -> None:
    ended = an_authority(tmp_path / "ended", ended=True)
    request = stamps.request_for(NOTE)
    assert "not valid at the time" in refusal(ended.reply(request), request, ended.root)


def test_a_rejection_is_told_with_its_reason(office: Authority) -> None:
    request = stamps.request_for(NOTE)
    assert "rejected" in refusal(office.reply(b"no request at all"), request, office.root)


@pytest.mark.parametrize("junk", [b"", b"\0", b"<html>Log in first</html>", b"0" * 5000, b"0\x82\xff\xff", b"\x30\x80"])
def test_junk_is_refused(office: Authority, junk: bytes) -> None:
    assert "cannot be understood" in refusal(junk, stamps.request_for(NOTE), office.root)


def test_a_huge_reply_is_refused_unread(office: Authority) -> None:
    assert "larger" in refusal(b"0" * (stamps.LARGEST + 1), stamps.request_for(NOTE), office.root)


@pytest.mark.parametrize("count", [60, pytest.param(3000, marks=pytest.mark.nightly)])
def test_a_changed_reply_is_refused_or_says_the_same(office: Authority, count: int) -> None:
    request = stamps.request_for(NOTE)
    reply = office.reply(request)
    true = stamps.checked(reply, NOTE, request, office.root)
    chance, refused = random.Random(5), 0  # noqa: S311
    for _ in range(count):
        changed = bytearray(reply)
        changed[chance.randrange(len(reply))] ^= 1 << chance.randrange(8)
        try:
            assert stamps.checked(bytes(changed), NOTE, request, office.root) == true
        except StampRefused:
            refused += 1
    assert refused > count * 0.6
    for cut in range(0, len(reply), 97):
        refusal(reply[:cut], request, office.root)


def test_what_is_no_root_cannot_serve_as_one(office: Authority) -> None:
    for wrong in (b"", b"no certificate", (office.folder / "signer.pem").read_bytes()):
        with pytest.raises(NoCertificate):
            stamps.roots_in(wrong)
