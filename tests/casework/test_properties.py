"""The six properties are facts in plain words: what is known, what is missing, and never a score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from probanda.casework import custody
from probanda.casework.properties import Property, derivatives, report
from probanda.kernel.digests import words_digest
from probanda.store.store import Store
from tests.store.desk import REPORT, Desk, settings

NAMES = ["authenticity", "availability", "identity", "persistence", "renderability", "understandability"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The owner of a new case, opened for writing."""
    with Store.create(tmp_path / "case", settings(), "Ada Lorin") as store:
        yield Desk(store, store.owner)


def of(desk: Desk, item: str) -> dict[str, Property]:
    """The properties of an item, by name."""
    return {one.name: one for one in report(desk.store, desk.eyes, item)}


def test_an_item_that_was_only_registered_lacks_much_and_says_what(desk: Desk) -> None:
    found = of(desk, desk.add(REPORT, "report.txt"))
    assert list(found) == NAMES
    assert "source: not stated" in found["authenticity"].missing
    assert "time of acquisition: not stated" in found["authenticity"].missing
    assert any("second copy" in words for words in found["availability"].missing)
    assert any("has not been read" in words for words in found["renderability"].missing)
    assert "language: not stated" in found["understandability"].missing


def test_what_was_read_and_stated_is_known(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    desk.read(item, REPORT)
    custody.state(desk.store, desk.eyes, item, {"source": "a clinic", "acquired_at": "2031-05-03T14:30"})
    custody.add(desk.store, desk.eyes, item, "copied", at="2031-06-02", receiver="a disk in the safe")
    found = of(desk, item)
    assert "source: a clinic" in found["authenticity"].known
    assert "the offset from UTC of that time" in found["authenticity"].missing
    assert any(words.startswith("copied to a disk in the safe, 2031-06-02") for words in found["availability"].known)
    assert not any("second copy" in words for words in found["availability"].missing)
    assert any(words.startswith("read as text/plain by text 1") for words in found["renderability"].known)
    assert "language: en (its words)" in found["understandability"].known


def test_the_log_proves_the_registration(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    known = of(desk, item)["authenticity"].known
    assert any(f"leads from that entry to the log's root {desk.store.root}" in words for words in known)


def test_a_changed_byte_is_what_is_missing(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    path = desk.store.vault.path_of(item)
    path.chmod(0o600)
    path.write_bytes(REPORT.encode().replace(b"twelve", b"eleven"))
    found = of(desk, item)
    assert any("are not what was taken in" in words for words in found["authenticity"].missing)
    assert not any("give the SHA-256" in words for words in found["authenticity"].known)
    assert not any("vault" in words for words in found["availability"].known)
    assert found["persistence"].missing


def test_a_backup_made_later_is_a_copy_and_one_made_before_is_none(desk: Desk) -> None:
    backup = {"kind": "backup", "digest": "0" * 64}
    desk.decide("output", "1" * 32, (), **backup)
    item = desk.add(REPORT, "report.txt")
    assert not any("backup was made" in words for words in of(desk, item)["availability"].known)
    desk.decide("output", "2" * 32, (), **backup)
    assert sum("backup was made" in words for words in of(desk, item)["availability"].known) == 1


def test_no_score_is_given(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    desk.read(item, REPORT)
    words = " ".join(w for one in report(desk.store, desk.eyes, item) for w in (*one.known, *one.missing))
    assert not re.search(r"\d ?%|\bscore|\bout of \d|\bprobab(?!anda)", words)


def test_a_text_names_parent_tool_version_settings_and_its_own_digest(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    words = REPORT.upper()
    desk.read(item, words)
    (one,) = derivatives(desk.store, desk.eyes, item)
    assert (one.role, one.parent, one.digest) == ("text", item, words_digest(words))
    assert (one.tool, one.version, one.preserved) == ("probanda text", "1", False)
    assert one.settings == "read as text/plain, encoding utf-8 (no mark)"


def test_a_text_that_a_decision_rests_on_is_preserved(desk: Desk) -> None:
    item = desk.add(REPORT, "report.txt")
    words = "Read from a scan:\n" + REPORT
    (claim,) = desk.read(item, words, ("the Northern Brigade killed twelve farmers near the mill.",))
    desk.settle(claim, "accept")
    assert [one.preserved for one in derivatives(desk.store, desk.eyes, item)] == [True]
    assert any("1 text(s)" in known for known in of(desk, item)["persistence"].known)


def test_what_was_taken_out_of_an_item_is_its_derivative(desk: Desk) -> None:
    item = desk.add(REPORT, "letter.eml")
    member = desk.store.vault.preserve(BytesIO(b"an annex")).digest
    told = {"size": 8, "media_type": "text/plain", "name": "letter.eml/annex.txt", "label": "internal", "parent": item}
    told |= {"received_at": "2031-06-01T08:00:00.000Z", "method": "taken out of KRV-0001", "tool": "probanda 0.1.0"}
    desk.decide("register", member, (), **told)
    (one,) = derivatives(desk.store, desk.eyes, item)
    assert (one.role, one.parent, one.digest, one.tool, one.version) == ("member", item, member, "probanda", "0.1.0")
    assert f"taken out of the item {item}" in of(desk, member)["identity"].known
