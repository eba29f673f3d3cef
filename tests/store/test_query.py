"""What a search asks for is understood as people type it."""

from __future__ import annotations

import pytest

from probanda.store.query import MOST_TERMS, also, match_of, parse, phrase_of

TEXT = "The Coastal Guard fired on the fish market of Oren; al-Sarafi’s café burned. قالَ أحمد إنّ المدرســة هُدمت"


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("fish market", True), ("market fish", True), ('"fish market"', True), ('"market fish"', False),
        ("“fish market”", True), ("mark*", True), ("ma*", False), ('"fish mar"*', True), ("market -oren", False),
        ("market NOT oren", False), ("market -harbour", True), ("harbour OR market", True), ("harbour market", False),
        ("harbour OR pier OR oren fired", True), ("FISH", True), ("Sarafi", True), ("al-Sarafi", True),
        ("sarafi-al", False), ("cafe", True), ("CAFÉ", True), ("احمد", True), ("المدرسه هدمت", True),
        ("fish AND market", True), ("\"fish", True), ("fish)", True),
    ],
)  # fmt: skip
def test_a_query_fits_a_text(asked: str, fits: bool) -> None:
    assert parse(asked).fits(TEXT) is fits


def test_what_is_asked_for_is_found_at_its_very_words() -> None:
    spans = parse('"fish market" cafe المدرسة').spans(TEXT)
    assert [TEXT[a:b] for a, b in spans] == ["fish market", "café", "المدرســة"]


def test_words_of_the_query_language_alone_are_words() -> None:
    assert parse("OR").fits("he said or she said")
    assert parse("NOT AND").fits("not and")


def test_what_is_only_left_out_looks_for_nothing() -> None:
    assert match_of(parse("-oren -market")) is None
    assert parse("-oren").without


def test_a_long_query_is_cut_and_says_so() -> None:
    asked = parse(" ".join(f"w{n}" for n in range(MOST_TERMS + 5)))
    assert asked.cut and len(asked.needs) == MOST_TERMS


def test_other_forms_of_a_name_stand_for_all_the_words_of_it() -> None:
    form = phrase_of("أحمد")
    assert form is not None
    wide = also(parse("ahmed bakir school"), 0, 1, [(form,)])
    assert not wide.fits(TEXT)
    assert also(parse("ahmed bakir المدرسة"), 0, 1, [(form,)]).fits(TEXT)
    assert also(parse("ahmed bakir school"), 0, 1, [(form,)]).fits("the school of Bakir, Ahmed")
