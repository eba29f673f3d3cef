"""Furniture is marked with a reason and kept; body is never taken for furniture."""

# ruff: noqa: E501 (texts in tables stand on one line)

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from probanda.kernel.vocabulary import PassageRole
from tests.reading.making_texts import LONG, furniture_of, roles_of, text_of

SECOND = "The mayor of Orvane denied on Wednesday that his guards had fired, and asked for an inquiry by the province."


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter",
        "The Orvane Post Newsletter Subscribe",
        "Abonnez-vous à notre lettre",
        "اشترك في النشرة البريدية",
        "Share this article",
        "Partager sur",
        "We use cookies to give you the best experience on our website.",
        "© 2031 The Orvane Post",
        "Copyright 2031 Orvane Media. All rights reserved.",
        "جميع الحقوق محفوظة",
        "Guards at the harbour Getty",
        "(Photo: Sam Orlan/AFP)",
        "Photo: Orvane Post",
        "تصوير: سامي",
        "Home | News | World | Sport",
        "Read more",
        "اقرأ المزيد",
        "Read also: Ten boats to see this summer",
        "Tags: harbour, shells, council",
        "Leave a reply",
        "* * *",
        "--------",
        "Page 3 of 10",
    ],
)
def test_a_line_of_furniture_is_marked_with_its_reason(tmp_path: Path, line: str) -> None:
    text = text_of(tmp_path, f"Shells on Orvane\n\n{LONG}\n\n{line}\n\n{SECOND}\n")
    assert furniture_of(text) == [line]
    assert all(p.reason for p in text.passages if p.role is PassageRole.FURNITURE)
    assert line in text.words


@pytest.mark.parametrize(
    "line",
    [
        "By Sam Orlan",
        "By Sam Orlan, Reuters",
        "(c) ordering or failing to prevent the killing of prisoners.",
        "اشترك في القتل قائد الكتيبة",
        "The men were told to sign up for the militia.",
        "Soldiers shared the loot.",
        "[12] The Chamber finds that the order was given.",
        "Copies of the order were found in the office.",
        "12 people died.",
        "He told AFP that the guards fired first, and that nobody had warned the crowd at the gate.",
        "“Nobody was warned.”",
    ],
)
def test_what_only_resembles_furniture_stays_in_the_text_proper(tmp_path: Path, line: str) -> None:
    assert furniture_of(text_of(tmp_path, f"Shells on Orvane\n\n{LONG}\n\n{line}\n\n{SECOND}\n")) == []


def test_below_a_trailer_all_is_furniture_to_the_end(tmp_path: Path) -> None:
    tail = "Check Also\n\nTen boats to see\n\nA sailor in the south bought a very old yacht, The …\n\nThe sea is calm and the boats are new, says …"
    text = text_of(tmp_path, f"Shells on Orvane\n\n{LONG}\n\n{tail}\n")
    assert len(furniture_of(text)) == 4
    assert "below “Check Also”" in text.passages[-1].reason


@pytest.mark.parametrize("heading", ["Related articles", "Lire aussi", "اقرأ أيضاً"])
def test_after_teasers_in_the_middle_body_is_body_again(tmp_path: Path, heading: str) -> None:
    text = text_of(
        tmp_path, f"Shells on Orvane\n\n{LONG}\n\n{heading}\n\nTen boats to see\n\n{LONG} More.\n\n{SECOND}\n"
    )
    assert furniture_of(text) == [heading, "Ten boats to see"]


def test_a_line_printed_twice_running_is_a_caption(tmp_path: Path) -> None:
    caption = "General Orlan allegedly beside the harbour master."
    text = text_of(tmp_path, f"Shells on Orvane\n\n{LONG}\n\n{caption}\n{caption}\n\n{SECOND}\n")
    assert furniture_of(text) == [caption, caption]


def test_reference_lists_and_categories_are_furniture(tmp_path: Path) -> None:
    body = LONG.replace("night.", "night.[1][2]")
    tail = "References\n\nCategory:Sieges of Orvane\n\n[1]\n\n[2] Orvane Post, 3 May 2031"
    text = text_of(tmp_path, f"{body}\n\n{SECOND}\n\n{tail}\n")
    assert furniture_of(text) == tail.split("\n\n")


def test_a_list_of_the_dead_is_no_menu(tmp_path: Path) -> None:
    names = ["Sam Orlan", "Mira Toth", "Home Addel", "Ada Bren"]
    text = text_of(tmp_path, f"{LONG}\n\n" + "\n".join(names) + "\n")
    assert furniture_of(text) == []


def test_headings_and_title_are_told_by_shape(tmp_path: Path) -> None:
    text = text_of(tmp_path, f"Shells on Orvane\nThe Orvane Post\n3 May 2031\n\n{LONG}\n\nThe inquiry\n\n{SECOND}\n")
    assert text.title == "Shells on Orvane"
    assert ("heading", "The inquiry") in roles_of(text)


def test_dates_of_a_chronology_head_their_entries(tmp_path: Path) -> None:
    text = text_of(tmp_path, f"2031-05-03\n{LONG}\n-----\n2031-05-09\n{SECOND}\n-----\n2031-06-01\n{SECOND} So.\n")
    assert [w for role, w in roles_of(text) if role == "heading"] == ["2031-05-03", "2031-05-09", "2031-06-01"]
    assert text.dated is None


def test_every_phrase_marks_itself() -> None:
    from importlib import resources

    from probanda.kernel.spans import Span
    from probanda.reading.furniture import roles

    entries = yaml.safe_load(resources.files("probanda.reading").joinpath("furniture.yaml").read_text("utf-8"))
    for entry in entries:
        for line in entry["lines"]:
            assert isinstance(line, str), (entry["kind"], line)
            ((role, _),) = roles(line, [Span(0, len(line))])
            assert role is PassageRole.FURNITURE, line
