"""What a reader must get right in the sample case: the hard things of its texts, and the documents that hold others."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from probanda import Case
from probanda.store.model import ItemRow
from tests.running import Done, exported, run

pytestmark = pytest.mark.slow


def item(done: Done, name: str) -> ItemRow:
    """The item that was taken in under a name which ends so."""
    with Case.open(done.folder) as case:
        (row,) = [row for row in case.items() if any(n.endswith(name) for n in row.names)]
    return row


def row_of(done: Done, number: str) -> str:
    """The words of this item's row in the dossier's list of items."""
    (row,) = [r for r in re.findall(r"<tr\b.*?</tr>", done.page, re.S) if f'id="item-{number}"' in r]
    return _words(row)


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_quote_is_exactly_the_words_at_its_offsets(done: Done) -> None:
    checked = set()
    for c in done.claims:
        if c["doc"].endswith(".txt"):  # of these the text is the bytes, wherever they came out of
            words = (done.folder / "vault" / c["item"][:2] / c["item"]).read_bytes().decode("utf-8")
            assert words[c["start"] : c["end"]] == c["quote"]
            checked.add(c["doc"])
    assert {"01-delma-wire-market.txt", "letter-of-the-bakers.txt"} <= checked


def test_words_of_an_order_in_a_video_are_an_order_of_the_one_who_speaks(done: Done) -> None:
    order = done.claim("10", "is to be left alive", act_type="denial-of-quarter", modality="ordered")
    assert "Chammak" in order["speakers"][-1]
    assert "Chammak" in " ".join(order["actors"])


def test_a_complaint_about_the_order_is_a_claim_of_its_own(done: Done) -> None:
    done.claim("12", "quarter", modality="alleged", speakers="Teshkur")


def test_an_admission_on_orders_is_an_admission_and_an_order_and_both_are_the_brigade_s_words(done: Done) -> None:
    admitted = done.claim("09", "executed prisoners", act_type="execution", modality="admitted")
    assert "Nasr Brigade" in admitted["speakers"][-1]
    ordered = done.claim("09", "orders of Marshal Idris al-Shammaq", modality="ordered")
    assert "Nasr Brigade" in ordered["speakers"][-1]
    assert "Shammaq" in " ".join(ordered["actors"])


def test_law_stated_accuses_nobody(done: Done) -> None:
    for c in done.claims:
        for law in ("Killing a person who has laid down", "Under the Rome Statute, to declare", "amount to war crimes"):
            assert law not in c["quote"]


def test_accused_of_doing_and_of_ordering_are_two_claims(done: Done) -> None:
    done.claim("11", "shooting prisoners", modality="alleged", actors="Ghadwan")
    ordering = done.claim("11", "ordering his men to kill", modality="alleged", actors="Ghadwan")
    assert "ordering" in ordering["involvement"]


def test_two_sides_that_accuse_each_other_are_opposed_and_never_one_actor(done: Done) -> None:
    here = [c for c in done.claims if c["doc"].startswith("06") and "accused each other" in c["quote"]]
    ids = {c["id"] for c in here}
    assert len(here) >= 2
    assert any({x["a"], x["b"]} <= ids and x["kind"] == "attribution" for x in done.contradictions)
    assert done.actor("06", "Coastal Guard") != done.actor("06", "Army of the North")


def test_tolls_stand_side_by_side_each_with_who_counted(done: Done) -> None:
    assert done.claim("07", "44 people", act_type="killing")["quantity"]["value"] == 44
    assert any(q in ("41 bodies", "41") for c in done.claims if c["quantity"] for q in [c["quantity"]["text"]])
    told = {(f["value"], f["speakers"][-1]) for f in exported(done.folder, "figures") if f["population"] == "dead"}
    assert {(41, "Saint Orla hospital"), (57, "Interim Council"), (44, "Saint Orla hospital")} <= told


def test_a_denial_contradicts(done: Done) -> None:
    denial = done.claim("08", "shelled the fish market", modality="denied")
    assert denial["polarity"] == "negative"
    assert any(denial["id"] in (x["a"], x["b"]) and x["kind"] == "denial" for x in done.contradictions)


def test_a_warrant_is_a_proceeding_and_its_crimes_stay_alleged(done: Done) -> None:
    done.claim("11", "arrest warrant", act_type="procedural", actors="International Criminal Court")
    assert not [c for c in done.claims if c["doc"].startswith("11") and c["modality"] == "adjudicated"]


def test_two_prints_of_one_wire_story_are_one_origin(done: Done) -> None:
    copies = [set(o["docs"]) for o in done.origins if o["kind"] == "copy"]
    assert {"01-delma-wire-market.txt", "02-northern-herald-market.txt"} in copies
    assert not any("07-hospital-toll.txt" in docs for docs in copies)


def test_one_man_in_two_transliterations_is_one(done: Done) -> None:
    assert done.actor("10", "Idriss Chammak") == done.actor("01", "Idris al-Shammaq")


def test_one_town_in_two_transliterations_is_one(done: Done) -> None:
    assert done.actor("10", "Bani Haroun") == done.actor("03", "Beni Harun")


def test_furniture_and_what_has_nothing_to_do_with_it_make_no_claims(done: Done) -> None:
    assert not [c for c in done.claims if "war film" in c["quote"] or "Coach attacked" in c["quote"]]
    assert not [c for c in done.claims if c["doc"].startswith("16")]


def test_the_testimony_is_left_out_and_counted(done: Done) -> None:
    assert not [c for c in done.claims if c["doc"].startswith("17")]
    for word in ("Orsan", "0142", "Leyla"):
        assert word not in done.page
    assert "1 restricted item left out" in done.said


def test_french_and_arabic_texts_give_claims_by_readers_of_their_own_and_are_searchable(done: Done) -> None:
    by = {c["doc"][:2]: c["reader"].split()[0] for c in done.claims if c["doc"][:2] in ("13", "14")}
    assert by == {"13": "rules-fr", "14": "rules-ar"}
    assert run("-C", done.folder, "search", "المدرسة").stdout.strip()


# --- documents, and what they hold


def test_claims_of_a_pdf_lead_to_page_and_box(done: Done) -> None:
    beaten = done.claim("19", "beat a teacher to death", act_type="killing", actors="Belkor")
    taken = done.claim("19", "arrested 14 men at the Tessarin checkpoint")
    assert (beaten["locator"]["page"], taken["locator"]["page"]) == (1, 2)
    for claim in (beaten, taken):
        left, top, right, bottom = claim["locator"]["box"]
        assert 0 < left < right < 596  # an A4 page has 595 by 842 points
        assert 0 < top < bottom < 842


def test_a_note_to_machine_text_shows_the_printed_words(done: Done) -> None:
    claims = [c for c in done.claims if c["doc"].startswith("19")]
    assert item(done, "19-lantern-prison-report.pdf").machine
    assert done.page.count("Machine text") >= len(claims) > 0
    assert done.page.count('src="data:image/png;base64,') == len({tuple(c["locator"]["box"]) for c in claims})


def test_a_claim_of_a_workbook_leads_to_its_cell_and_is_dated_by_its_row(done: Done) -> None:
    burned = done.claim("23", "burned six houses", actors="Nasr Brigade")
    assert burned["locator"]["cell"] == "Incidents!C2"
    assert (burned["date_from"], burned["date_to"]) == ("2031-05-13", "2031-05-13")
    abducted = done.claim("23", "abducted a bank clerk", act_type="abduction")
    assert abducted["locator"]["cell"] == "Incidents!C4"
    assert "cell Incidents!C2" in _words(done.page)


def test_a_word_file_and_a_letter_are_read_by_paragraph(done: Done) -> None:
    for doc, words in (("21", "blocked three of our trucks"), ("22", "looted the warehouse of the port")):
        locator = done.claim(doc, words)["locator"]
        assert set(locator) == {"paragraph"}


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("watch-report.txt", "22-from-the-port.eml"),
        ("letter-of-the-bakers.txt", "24-handed-over.zip"),
        ("radio-note.txt", "24-handed-over.zip"),
    ],
)
def test_an_attachment_and_members_are_items_that_name_their_parent(done: Done, name: str, parent: str) -> None:
    held, holder = item(done, f"/{name}"), item(done, parent)
    assert held.parents == (holder.digest,)
    assert held.names[0].startswith(f"{parent}/")
    assert (done.folder / "vault" / held.digest[:2] / held.digest).exists()
    row = row_of(done, held.number)
    assert f"taken out of {holder.evidence[0]} ( {holder.number} )" in row
    assert name in row


def test_a_member_bears_claims_of_its_own(done: Done) -> None:
    accused = done.claim("letter-of-the-bakers", "accuses the Army of the North of shelling the flour mill")
    assert accused["number"] == item(done, "letter-of-the-bakers.txt").number


def test_the_copy_in_the_archive_is_one_item_with_two_acquisitions(done: Done) -> None:
    page = item(done, "05-harbour-light-blog.txt")
    assert page.acquisitions == 2
    assert page.names == ("05-harbour-light-blog.txt", "24-handed-over.zip/handed over/blog copy.txt")
    assert "taken in 2 times" in row_of(done, page.number)
    assert next(c["also_docs"] for c in done.claims if c["item"] == page.digest) == ["blog copy.txt"]


def test_the_scan_is_kept_and_listed_for_ocr(done: Done) -> None:
    scan = item(done, "20-duty-book-scan.pdf")
    assert not [c for c in done.claims if c["item"] == scan.digest]
    assert f"Could not be read: {scan.number}: It is a scan of one page" in done.said
    missing = _words(done.page.split("What could not be taken in or read", 1)[1])
    assert re.search(rf"LLG-2031-08 \( {scan.number} \) 20-duty-book-scan.pdf It is a scan .{{0,200}}OCR", missing)


def test_own_evidence_numbers_stand_before_registration_numbers(done: Done) -> None:
    report = item(done, "19-lantern-prison-report.pdf")
    assert report.evidence == ("LLG-2031-07",)
    assert f"LLG-2031-07 ( {report.number} ), page 1" in _words(done.page)
    assert f"LLG-2031-07 {report.number}  {report.digest[:12]}" in run("-C", done.folder, "items").stdout


def test_what_the_table_says_stands_beside_the_item(done: Done) -> None:
    row = row_of(done, item(done, "22-from-the-port.eml").number)
    for told in ("Port Workers", "collected by A. Teshkur", "10 June 2031", "The watchman must not be named"):
        assert told in row


def test_the_dossier_was_written_in_three_forms(done: Done) -> None:
    printed, word = (done.out.with_suffix(f".{form}") for form in ("pdf", "docx"))
    assert printed.read_bytes().startswith(b"%PDF-")
    assert b"pdfaid" in printed.read_bytes()
    with zipfile.ZipFile(word) as parts:
        assert not parts.testzip()
        notes = parts.read("word/footnotes.xml").decode("utf-8")
        assert len([name for name in parts.namelist() if name.startswith("word/media/")]) > 0
    assert "Incidents!C2" in notes
    for claim in done.claims[:5]:
        assert claim["id"][:12] in notes


def test_a_page_can_be_drawn_as_it_is_printed(done: Done, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    run("-C", done.folder, "items", "20-duty-book-scan.pdf", "--page", 1, "--out", out)
    assert out.read_bytes().startswith(b"\x89PNG")
    run("-C", done.folder, "items", "20-duty-book-scan.pdf", "--page", 2, "--out", out, code=1)
