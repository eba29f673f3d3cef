"""What is taken in, and what is taken out of it, is registered with all four digests of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from blake3 import blake3

from probanda import Case
from tests.flow.looking import read_texts
from tests.reading.making_archives import a_zip

NOTE = b"The council of Rasmina met on 4 May 2031.\n"
HELD = b"Two houses burned in Delma.\n"


def test_files_and_members_bear_all_their_digests(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    archive = a_zip({"held.txt": HELD})
    (source / "note.txt").write_bytes(NOTE)
    (source / "files.zip").write_bytes(archive)
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        assert not case.add([source]).failed
        read_texts(case)
        rows = {row.digest: row for row in case.items()}
        assert case.verify() == []
    for data in (NOTE, archive, HELD):
        row = rows[hashlib.sha256(data).hexdigest()]
        assert row.blake3 == blake3(data).hexdigest()
        assert row.sha1 == hashlib.sha1(data).hexdigest()  # noqa: S324 - as other systems name it
        assert row.md5 == hashlib.md5(data).hexdigest()  # noqa: S324
