"""Notes of capturing programs are facts of the files they speak of: kept as their words, with digests checked."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import custody, signatures
from probanda.casework.beside import Beside
from probanda.reading.beside import Note, notes_of

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(90))
PAGE = b"<html><body><p>The harbour of Rasmina was shelled on 3 May 2031, the council said.</p></body></html>"
PROOF = (
    "File Path,File Hash SHA256,File Modified,Proof Generated,DeviceID,Location.Latitude,Location.Longitude\n"
    "/storage/DCIM/harbour.jpg,{digest},2031-05-03T09:12:00Z,2031-05-03T09:12:04Z,7f3a,34.81,21.40\n"
)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def archived(digest: str) -> bytes:
    """The JSON that Auto Archiver lays beside what it saved."""
    stored = ["https://store.example/a/harbour.jpg"]
    media = {"filename": "out/harbour.jpg", "urls": stored, "properties": {"hash": digest}}
    about = {"url": "https://posts.example/77", "title": "Harbour", "_processed_at": "2031-05-04T10:00:00+00:00"}
    return json.dumps({"status": "telethon: success", "metadata": about, "media": [media]}).encode()


@pytest.mark.parametrize(
    ("data", "kind", "files", "digests"),
    [
        (PROOF.format(digest="ab" * 32).encode(), "ProofMode", ("harbour.jpg",), ("ab" * 32,)),
        (archived("SHA-256:" + "cd" * 32), "Auto Archiver", ("harbour.jpg",), ("cd" * 32,)),
        (
            b"link,archive status,archive location,hash\nhttps://posts.example/77,success,https://s.example/x/a.mp4?k=1,SHA-256:"
            + b"ef" * 32,
            "Auto Archiver", ("a.mp4",), ("ef" * 32,),
        ),
        (b'{"url": "https://paper.example/1", "title": "Harbour", "sha1": "' + b"12" * 20 + b'"}',
         "metadata of a saved page", (), ("12" * 20,)),
        (b"File Name;URL;Captured\nmarket.html;https://paper.example/2;2031-05-04\n", "metadata of a saved page",
         ("market.html",), ()),
    ],
    ids=["ProofMode", "Auto Archiver JSON", "Auto Archiver sheet", "JSON", "CSV"],
)  # fmt: skip
def test_notes_are_known_by_their_keys(data: bytes, kind: str, files: tuple[str], digests: tuple[str]) -> None:
    (note,) = notes_of(data)
    assert (note.kind, note.files, note.digests) == (kind, files, digests)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[" * 100_000, b"a,b\n1,2\n", b'{"url": 3, "media": [[]], "metadata": {}, "status": null}',
     b'{"name": "a list of links", "note": "https://x.example"}', b'file hash sha256\n"', b"\xff\xfe\x00\x01,",
     b"[1,2]"],
)  # fmt: skip
def test_other_tables_and_broken_ones_are_no_notes(data: bytes) -> None:
    assert list(notes_of(data)) in ([], [Note("Auto Archiver", (), (), ())])


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.new(tmp_path / "case", prefix="MAR") as made:
        yield made


def noted(case: Case, tmp_path: Path, files: Mapping[str, bytes], of: str) -> tuple[Beside, ...]:
    """What is noted of a file, once these were taken in and read."""
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    case.add([tmp_path / "in"])
    case.read()
    (facts,) = custody.acquisitions(case.store, case.eyes, of)
    return facts.beside


@pytest.mark.slow
def test_a_proof_is_noted_once_with_its_sensor_records_and_its_digest_checked(case: Case, tmp_path: Path) -> None:
    digest = sha256(PICTURE)
    files = {"harbour.jpg": PICTURE, f"{digest}.proof.csv": PROOF.format(digest=digest).encode()}
    (note,) = noted(case, tmp_path, files, "harbour.jpg")
    assert note.kind == "ProofMode"
    assert note.checked == "the SHA-256 that it states is that of these bytes"
    assert dict(note.facts)["Location.Latitude"] == "34.81"
    before = case.store.decision_count
    case.read()
    assert case.store.decision_count == before
    case.rebuild()
    (facts,) = custody.acquisitions(case.store, case.eyes, "harbour.jpg")
    assert facts.beside == (note,) and facts.missing, "what a program noted is nothing that a person stated"
    assert not case.verify()


@pytest.mark.slow
def test_a_digest_of_other_bytes_is_a_remark_and_the_note_is_kept(case: Case, tmp_path: Path) -> None:
    files = {
        "a/harbour.jpg": PICTURE, "a/metadata.json": archived("SHA-256:" + "00" * 32),
        "b/market.html": PAGE, "b/market.json": b'{"url": "https://paper.example/2", "captured at": "2031-05-04"}',
    }  # fmt: skip
    (note,) = noted(case, tmp_path, files, "harbour.jpg")
    assert note.checked == "the SHA-256 that it states is not that of these bytes"
    rows = {row.doc: row for row in case.items()}
    assert "another digest" in rows["a/metadata.json"].remarks[0][1]
    (facts,) = custody.acquisitions(case.store, case.eyes, "market.html")
    assert [(one.kind, one.checked) for one in facts.beside] == [
        ("metadata of a saved page", "it states no digest; matched by its name")
    ]
    assert rows["b/market.json"].remarks == ()


@pytest.mark.slow
def test_a_note_finds_the_file_that_comes_after_it(case: Case, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_bytes(PROOF.format(digest=sha256(PICTURE)).encode())
    (tmp_path / "in" / "plain.csv").write_bytes(b"day,place\n2031-05-03,Rasmina\n")
    case.add([tmp_path / "in"])
    case.read()
    rows = {row.doc: row for row in case.items()}
    assert "not here" in rows["a.csv"].remarks[0][1] and rows["plain.csv"].remarks == ()
    (note,) = noted(case, tmp_path, {"harbour.jpg": PICTURE}, "harbour.jpg")
    assert note.number == rows["a.csv"].number
    assert next(row for row in case.items() if row.doc == "a.csv").remarks == ()


@pytest.mark.slow
@pytest.mark.needs("gpg")
def test_signatures_are_checked_with_the_key_beside_them(case: Case, tmp_path: Path) -> None:
    signed, changed = tmp_path / "harbour.jpg", tmp_path / "changed.jpg"
    signed.write_bytes(PICTURE)
    changed.write_bytes(PICTURE + b"x")
    with tempfile.TemporaryDirectory(prefix="k") as home:
        gpg = ["gpg", "--batch", "--quiet", "--homedir", home, "--passphrase", "", "--pinentry-mode", "loopback"]
        key = ("--quick-generate-key", "M. Ode <ode@harbour.example>", "ed25519", "sign", "1d")
        subprocess.run([*gpg, *key], check=True)
        subprocess.run([*gpg, "--armor", "--output", str(tmp_path / "s.asc"), "--detach-sign", str(signed)], check=True)
        subprocess.run([*gpg, "--armor", "--output", str(tmp_path / "pubkey.asc"), "--export"], check=True)
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)
    good = signatures.check(tmp_path / "s.asc", signed, tmp_path / "pubkey.asc")
    assert good.fits and good.key is not None and len(good.key) == 40
    assert not signatures.check(tmp_path / "s.asc", changed, tmp_path / "pubkey.asc").fits
    assert "could not be checked" in signatures.check(tmp_path / "s.asc", signed, changed).said
    beside = {name: (tmp_path / name).read_bytes() for name in ("s.asc", "pubkey.asc")}
    files = {"harbour.jpg": PICTURE, f"{sha256(PICTURE)}.asc": beside["s.asc"], "pubkey.asc": beside["pubkey.asc"]}
    (note,) = noted(case, tmp_path, files, "harbour.jpg")
    assert (note.kind, note.checked, dict(note.facts)) == ("signature", good.said, {"signed with": good.key})


def test_without_gpg_it_is_said_that_nothing_was_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(signatures, "program", lambda: None)
    assert "needs gpg" in signatures.check(tmp_path, tmp_path, tmp_path).said
