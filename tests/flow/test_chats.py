"""The sample's chats through the main job: into notes with message and time, and never a sender's number."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework.view import Sharing
from probanda.store.model import ItemRow

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NUMBER = re.compile(r"55\s?0143|0143\s?22|٥٥ ٠١٤٣")
REASON = "The senders agreed."


@dataclass(frozen=True)
class Told:
    """The dossier without what is restricted, with it, and with names."""

    rows: dict[str, ItemRow]
    closed: str
    included: str
    named: str
    exported: str
    words: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    place = tmp_path_factory.mktemp("chats")
    with Case.new(place / "case", prefix="MAR") as case:
        case.add([EXAMPLES / "marsafa-chats"])
        case.read(workers=1)
        case.incidents()
        case.matrix()
        pages = []
        named = Sharing(include_restricted=REASON, with_names=REASON)
        for n, shared in enumerate((Sharing(), Sharing(include_restricted=REASON), named)):
            out = place / f"{n}.html"
            case.report(out, sharing=shared)
            pages.append(out.read_text("utf-8"))
        rows = {row.doc.rsplit("/", 1)[-1]: row for row in case.items()}
        exported = "\n".join(
            str(row) for kind in ("claims", "mentions", "incidents", "accounts")
            for row in case.export(kind, sharing=named)
        )  # fmt: skip
        whole = case.store.words(case.eyes, rows["WhatsApp Chat with أهل الميناء.txt"].digest, 0, 10_000)
        return Told(rows, *pages, exported=exported, words=whole)


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_the_group_and_what_came_with_it_wait_for_a_reason_and_a_public_channel_does_not(told: Told) -> None:
    closed = {name for name, row in told.rows.items() if row.proposed_restricted}
    assert closed == set(told.rows) - {"2-delma-town-hall.json"} and len(closed) == 3
    page = plain(told.closed)
    assert "message 1, sent 4 May 2031 10:30:00 (UTC+02:00)" in page and "message 2, sent 4 May 2031 11:00" in page
    assert "سوق السمك" not in page and "Harbour Light" in page


def test_with_a_reason_its_claims_stand_in_notes_with_message_and_time_and_the_senders_are_protected(
    told: Told,
) -> None:
    page = plain(told.included)
    assert re.search(r"message 2, sent 4 May 2031 07:21, sender protected, paragraph \d+", page)
    assert "message 6, sent 16 May 2031 21:05, sender protected" in page
    assert "message 8, sent 17 May 2031 00:10, sender protected" in page
    assert "سوق السمك" in page
    assert not re.search("سليم|المرّاكبي|هناء|عمران", page)


def test_a_number_reaches_no_dossier_and_no_export_whatever_was_asked_for(told: Told) -> None:
    assert NUMBER.search(told.words)  # it is held
    for page in (told.closed, told.included, told.named, told.exported):
        assert not NUMBER.search(page)
    assert "هناء" in told.named and "[phone]" in told.named


def test_each_file_is_tied_to_the_message_that_names_it_and_a_missing_one_is_named(told: Told) -> None:
    archive = told.rows["1-people-of-the-port.zip"]
    assert [what for what, _, _ in archive.remarks] == ["VID-20310504-WA0004.mp4"]
    assert "Message 4 names this file" in archive.remarks[0][1]
    assert archive.digest in told.rows["IMG-20310504-WA0003.png"].parents


def test_the_archive_holds_the_group_that_its_script_writes() -> None:
    spec = importlib.util.spec_from_file_location("make_chats", EXAMPLES / "make_chats.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    with zipfile.ZipFile(EXAMPLES / "marsafa-chats" / "1-people-of-the-port.zip") as kept:
        assert kept.read("WhatsApp Chat with أهل الميناء.txt").decode() == script.GROUP
