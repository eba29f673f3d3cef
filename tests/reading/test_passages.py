"""Where paragraphs end: blank lines, lines of their own, hard-wrapped copy."""

from __future__ import annotations

import time

import pytest

from probanda.reading.passages import paragraphs
from tests.reading.making_texts import LONG

WIRE = (
    "ORVANE, 3 MAY 31 (KNA) -- [TEXT] THE COUNCIL OF ORVANE SAID TODAY THAT\n"
    "SHELLS HAD STRUCK THE HARBOUR QUARTER OF THE CITY FOR A THIRD NIGHT, AND\n"
    "THAT FORTY HOUSES WERE LOST.\n"
    "\n"
    "   THE ARMY OF THE NORTH DENIED IT.  ITS SPOKESMAN SAID THAT NO GUN HAD\n"
    "BEEN FIRED FROM THE HILLS SINCE SUNDAY, WHEN THE TRUCE OF THE PROVINCES\n"
    "BEGAN.\n"
)


def said(words: str) -> list[str]:
    """The words of each paragraph."""
    return [span.of(words) for span in paragraphs(words)]


def test_hard_wrapped_copy_stays_one_paragraph_until_a_blank_line() -> None:
    assert len(said(WIRE)) == 2
    assert said(WIRE)[1].startswith("THE ARMY") and said(WIRE)[1].endswith("BEGAN.")


def test_lines_that_end_as_sentences_do_are_paragraphs() -> None:
    assert len(said(f"A title\n{LONG}\n{LONG}\n")) == 3


def test_a_line_that_breaks_off_goes_on_in_small_letters() -> None:
    assert said("The council sent a letter and hung a\n      banner on the hall of the Orvane\n      Council.\n") == [
        "The council sent a letter and hung a\n      banner on the hall of the Orvane\n      Council."
    ]


def test_list_entries_stand_alone() -> None:
    assert len(said("The council found that\n- the guns were moved\n- the truce was broken\n1. Guns\n2. Men\n")) == 5


def test_every_kind_of_line_end_is_known() -> None:
    assert said("One.\r\n\r\nTwo.\rThree.\u2028Four.") == ["One.", "Two.", "Three.", "Four."]


def test_empty_and_blank_texts_have_no_paragraph() -> None:
    assert said("") == said(" \n\t\n") == said("\ufeff") == []


@pytest.mark.nightly  # a timing: never in the way of a change
def test_time_grows_no_faster_than_the_text() -> None:
    for unit in ("\n", " ", "a\n", "A b\n\n", "word ", "\r\n \r\n", "-\n", "x\x0b"):
        times = []
        for count in (20_000, 80_000):
            words = unit * count
            started = time.process_time()
            paragraphs(words)
            times.append(max(time.process_time() - started, 0.005))
        assert times[1] < 10 * times[0], unit
