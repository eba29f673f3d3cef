"""What a reader must get right in the sample case: the fifteen hard things, each tied to exact words."""

from __future__ import annotations

import pytest

from tests.running import Done

pytestmark = pytest.mark.slow


def test_every_quote_is_exactly_the_words_at_its_offsets(done: Done, sample) -> None:
    for c in done.claims:
        if c["doc"].endswith(".txt"):
            words = (sample / c["doc"]).read_bytes().decode("utf-8")
            assert words[c["start"] : c["end"]] == c["quote"]


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
    assert any(x["kind"] == "number" for x in done.contradictions)


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


def test_texts_in_other_languages_are_kept_and_searchable(done: Done) -> None:
    from tests.running import run

    assert "14-" in run("-C", done.folder, "items").stdout
    assert "no reader for fr" in done.said
    assert "no reader for ar" in done.said
    assert run("-C", done.folder, "search", "المدرسة").stdout.strip()
