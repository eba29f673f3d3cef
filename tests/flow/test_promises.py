"""Promises of the main job: the same twice, in any order, nothing read twice, nothing lost, nobody exposed."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework.view import Sharing
from tests.running import Done, brief, exported, lines, run

pytestmark = pytest.mark.slow

KINDS = ("claims", "ties", "mentions", "actors", "incidents", "contradictions", "origins", "matrix")


def without_run(page: str) -> str:
    """The dossier with its one marked element taken out."""
    taken, count = re.subn(r'<[a-z]+ id="run"[^>]*>.*?</[a-z]+>', "", page, flags=re.S)
    assert count == 1
    return taken


def test_the_same_folder_twice_gives_the_same_bytes(sample: Path, done: Done, tmp_path: Path) -> None:
    os.environ["PYTHONHASHSEED"] = "4711"
    try:
        told = ["--situation", "Marsafa since the spring of 2031", "--prefix", "MAR"]
        told += ["--table", str(sample.with_name("marsafa-evidence.csv"))]
        again = brief(sample, tmp_path / "again.html", *told, code=3)  # a scan waits for OCR
    finally:
        del os.environ["PYTHONHASHSEED"]
    assert without_run(again.page) == without_run(done.page)
    for kind in KINDS:
        assert lines(again.folder, kind) == lines(done.folder, kind)


def test_the_order_of_arrival_changes_no_export_but_the_numbers(sample: Path, done: Done, tmp_path: Path) -> None:
    files = sorted(sample.iterdir())
    random.Random(3).shuffle(files)  # noqa: S311 - an order, not a secret
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        for some in (files[:5], files[5:6], files[6:]):
            case.add(some)
            case.read()
            case.incidents()
        case.matrix()
    for kind in KINDS:
        ours, theirs = exported(tmp_path / "case", kind), exported(done.folder, kind)
        for row in [*ours, *theirs]:
            row.pop("number", None)
        assert ours == theirs, kind


def test_a_second_read_reads_nothing_and_one_new_document_is_one_reading(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    run("new", folder)
    run("-C", folder, "add", sample / "01-delma-wire-market.txt", sample / "08-army-statement.txt")
    assert "Read 2 items now" in run("-C", folder, "read").stdout
    assert "Nothing to read: 2 items are current" in run("-C", folder, "read").stdout
    run("-C", folder, "add", sample / "09-nasr-admission.txt")
    assert "Read 1 items now, 2 were current" in run("-C", folder, "read").stdout


def test_the_same_bytes_twice_are_one_item_with_two_acquisitions(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample / "07-hospital-toll.txt", tmp_path / "copy.txt")
    with Case.new(tmp_path / "case") as case:
        case.add([sample / "07-hospital-toll.txt"])
        case.add([tmp_path / "copy.txt"])
        (item,) = case.items()
        assert item.acquisitions == 2
        assert len(item.names) == 2


def test_rebuilding_gives_the_same(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    before = {kind: lines(folder, kind) for kind in KINDS}
    claim = done.claims[0]["id"]
    run("-C", folder, "claims", "accept", claim)
    checked = lines(folder, "claims")
    assert checked != before["claims"]
    run("-C", folder, "rebuild")
    assert lines(folder, "claims") == checked
    for kind in KINDS[1:]:
        assert lines(folder, kind) == before[kind], kind
    run("-C", folder, "verify")


def test_decisions_survive_reading_again_and_can_be_undone(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    claim = next(c for c in done.claims if c["modality"] == "reported")["id"]
    run("-C", folder, "claims", "correct", claim, "--set", "modality=alleged", "--reason", "only a rumour")
    run("-C", folder, "rebuild")
    row = next(c for c in exported(folder, "claims") if c["id"] == claim)
    assert (row["status"], row["modality"]) == ("corrected", "alleged")
    run("-C", folder, "claims", "undo", claim)
    row = next(c for c in exported(folder, "claims") if c["id"] == claim)
    assert (row["status"], row["modality"]) == ("proposed", "reported")


def test_a_claim_added_by_hand_is_checked_and_bears_its_quote(done: Done, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    words = (sample / "16-harbour-regatta.txt").read_text("utf-8")
    start = words.index("the pier was rebuilt")
    run("-C", folder, "claims", "add", "16-harbour-regatta.txt", start, start + 20,
        "--set", "act_type=other", "--set", "modality=reported")  # fmt: skip
    (row,) = [c for c in exported(folder, "claims") if c["doc"].startswith("16")]
    assert (row["quote"], row["status"], row["reader"]) == ("the pier was rebuilt", "checked", "person")
    run("-C", folder, "verify")


# --- harm


def test_restricted_items_come_out_only_with_a_reason_and_then_without_names(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    out = tmp_path / "with.html"
    run("-C", folder, "report", "--out", out, "--include-restricted", "for counsel of the witness")
    page = out.read_text("utf-8")
    claims = lines(folder, "claims", Sharing(include_restricted="for counsel"))
    mentions = lines(folder, "mentions", Sharing(include_restricted="for counsel"))
    actors = lines(folder, "actors", Sharing(include_restricted="for counsel"))
    incidents = lines(folder, "incidents", Sharing(include_restricted="for counsel"))
    assert "for counsel of the witness" in page
    for text in (page, claims, mentions, actors, incidents):
        for name in ("Leyla", "Orsan", "Karim", "0142"):
            assert name not in text
        assert "17-testimony" not in text
    run("-C", folder, "report", "--out", out, "--include-restricted", "for counsel", "--with-names", "she agreed")
    run("-C", folder, "report", "--out", out, "--include-restricted", "  ", code=2)


def test_a_label_on_a_letter_takes_its_attachment_out_too(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    run("-C", folder, "label", "22-from-the-port.eml", "restricted", "--reason", "the watchman must not be named")
    run("-C", folder, "report", "--out", tmp_path / "less.html", "--out", tmp_path / "less.docx")
    page = (tmp_path / "less.html").read_text("utf-8")
    assert "Report of the watch" in done.page
    assert "PWU-3" in done.page
    with zipfile.ZipFile(tmp_path / "less.docx") as word:
        written = word.read("word/document.xml").decode("utf-8") + word.read("word/footnotes.xml").decode("utf-8")
    for text in (page, written, lines(folder, "claims")):
        for told in ("Report of the watch", ">watch-report.txt", "from-the-port", "looted the warehouse", "PWU-3"):
            assert told not in text, told
    assert "3 restricted items were left out" in page


def test_pictures_of_pages_stay_out_as_soon_as_anybody_is_protected(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    assert "data:image/png" in done.page
    run("-C", folder, "actors", "protect", "Rafiq Belkor", "--reason", "only to show that it is done")
    run("-C", folder, "report", "--out", tmp_path / "masked.html", "--out", tmp_path / "masked.docx")
    page = (tmp_path / "masked.html").read_text("utf-8")
    assert "Belkor" not in page
    assert "data:image/png" not in page
    with zipfile.ZipFile(tmp_path / "masked.docx") as word:
        assert not [name for name in word.namelist() if "media" in name]
        assert "Belkor" not in "".join(word.read(n).decode("utf-8") for n in word.namelist() if n.endswith(".xml"))


def test_a_protected_person_is_masked_everywhere(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    assert "Berrow" in done.page
    run("-C", folder, "actors", "protect", "Nadia Berrow", "--reason", "asked not to be named")
    out = tmp_path / "masked.html"
    run("-C", folder, "report", "--out", out)
    assert "Berrow" not in out.read_text("utf-8")
    for kind in KINDS:
        assert "Berrow" not in lines(folder, kind)


def test_a_restricted_label_takes_an_item_out_of_everything_handed_on(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    run("-C", folder, "label", "07-hospital-toll.txt", "restricted", "--reason", "names a doctor")
    run("-C", folder, "report", "--out", tmp_path / "less.html")
    page = (tmp_path / "less.html").read_text("utf-8")
    assert "Ostrel" in done.page
    assert "Ostrel" not in page
    for kind in KINDS:
        assert "Ostrel" not in lines(folder, kind)


# --- proof


def test_a_flipped_byte_in_an_item_is_found_and_named(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    digest = done.claims[0]["item"]
    path = next(p for p in (folder / "vault").rglob(digest))
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.write_bytes(bytes(data))
    assert digest[:12] in run("-C", folder, "verify", code=40).stdout


def test_a_changed_row_is_found(done: Done, tmp_path: Path) -> None:
    import sqlite3

    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    base = sqlite3.connect(folder / "record.db")
    base.execute("update claim set modality = 'admitted' where id = ?", (done.claims[0]["id"],))
    base.commit()
    base.close()
    run("-C", folder, "verify", code=41)


# --- interruption


def test_two_processes_on_one_case_folder_the_second_is_told(done: Done, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(done.folder, folder)
    with Case.open(folder):
        said = run("-C", folder, "read", code=42).stderr
        assert "in use" in said
        run("-C", folder, "items")  # looking goes on


def killed_and_gone_on(sample: Path, done: Done, work: Path, moments: Iterable[float]) -> None:
    """Kill the main job at each of these moments (seconds), look, run it again, look again."""
    command = [sys.executable, "-m", "probanda.cli.main", "brief", str(sample), "--prefix", "MAR",
               "--situation", "Marsafa since the spring of 2031",
               "--table", str(sample.with_name("marsafa-evidence.csv"))]  # fmt: skip
    with Case.open(done.folder) as case:
        numbers = [row.number for row in case.items()]
    for n, moment in enumerate(moments):
        out, folder = work / f"killed{n}.html", work / f"case{n}"
        whole = [*command, "--out", str(out), "--case", str(folder)]
        process = subprocess.Popen(whole, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not out.exists() or out.read_text("utf-8").rstrip().endswith("</html>")
        if (folder / "case.toml").exists():
            with Case.open(folder) as case:
                assert not case.verify()
        again = subprocess.run(whole, capture_output=True, text=True, check=False)
        assert again.returncode == 3, again.stderr  # a scan waits for OCR
        with Case.open(folder) as case:
            assert not case.verify()
            assert [row.number for row in case.items()] == numbers
        assert lines(folder, "claims") == lines(done.folder, "claims")


def test_kill_at_any_moment_loses_nothing_and_the_next_run_goes_on(sample: Path, done: Done, tmp_path: Path) -> None:
    killed_and_gone_on(sample, done, tmp_path, (0.3, 0.9, 1.5, 2.4, 3.6, 5.0))


@pytest.mark.nightly
def test_kill_at_a_hundred_moments(sample: Path, done: Done, tmp_path: Path) -> None:
    killed_and_gone_on(sample, done, tmp_path, (0.2 + 0.07 * n for n in range(100)))
