"""Incidents and matrix for the terminal: the same facts, followed home, and nothing that moves the cursor."""

from __future__ import annotations

import re

from probanda.reports.text import incidents_text, matrix_text
from tests.reports.factory import empty, kheldoun


def test_incidents_in_plain_text_show_versions_and_lead_home() -> None:
    text = incidents_text(kheldoun())
    assert text.startswith("Proposed by machine, checked by nobody.\n")
    assert "I-1 Shelling of the market of Old Qasra" in text
    assert "Version A: attributed to: the Ninth Brigade" in text
    assert re.search(r"^\[1\] KHE-0001, paragraph 2, characters \d+–\d+", text, re.MULTILINE)


def test_every_number_in_brackets_has_its_note() -> None:
    for text in (incidents_text(kheldoun()), matrix_text(kheldoun())):
        body, notes = text.split("\nNotes\n")
        used = set(re.findall(r"\[(\d{1,2})\]", body))
        assert used
        assert used == set(re.findall(r"^\[(\d+)\]", notes, re.MULTILINE))


def test_the_matrix_in_plain_text_has_both_columns_and_no_empty_answer() -> None:
    text = matrix_text(kheldoun())
    assert "Working paper, not for filing." in text
    assert text.count("For:") == text.count("Against:") == 6
    assert "Against: Not looked for" in text


def test_no_sign_of_a_source_can_move_the_cursor() -> None:
    text = incidents_text(kheldoun())
    assert "[U+202E]gnat Salloum[U+0007]" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)


def test_a_case_of_nothing_says_so() -> None:
    assert "No incident was proposed." in incidents_text(empty())
    assert "No claim points to a crime in the law pack." in matrix_text(empty())
