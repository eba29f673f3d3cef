"""Date, publisher and language: from the text's own marks and words, with the reason, never made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from probanda.reading.language import language_of
from tests.reading.making_texts import LONG, text_of


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("ORVANE, 3 MAY 31 (KNA) -- [TEXT] THE COUNCIL SAID SO.", "2031-05-03"),
        ("ORVANE, 3 MAY 88 (KNA) -- [TEXT] THE COUNCIL SAID SO.", "1988-05-03"),
        ("Orvane (3 May 2031) – The council said so.", "2031-05-03"),
        (f"A title\n\nPublished: 3 May 2031\n\n{LONG}", "2031-05-03"),
        (f"A title\n\nPublié le 1er août 2031\n\n{LONG}", "2031-08-01"),
        (f"عنوان\n\nتاريخ النشر: 3 أيار 2031\n\n{LONG}", "2031-05-03"),
        (f"A title\nMay 3, 2031 4:45 PM\n\n{LONG}", "2031-05-03"),
        (f"2031-05-03\n\n{LONG}", "2031-05-03"),
        (f"A title\n\n{LONG}\n\nDone at Orvane, 3 May 2031", "2031-05-03"),
        (f"Orvane, le 3 février 2031\n\n{LONG}", "2031-02-03"),
        (f"أورفان، ٣ جويلية ٢٠٣١\n\n{LONG}", "2031-07-03"),
        (f"A title\n\n23/05/2031\n\n{LONG}", "2031-05-23"),
    ],
)
def test_the_date_is_the_texts_own(tmp_path: Path, head: str, day: str) -> None:
    dated = text_of(tmp_path, head + "\n").dated
    assert dated is not None and (dated.start, dated.end) == (day, day)
    assert dated.reason


@pytest.mark.parametrize(
    "head",
    [
        LONG,
        f"ORVANE, May 3 (KNA) — {LONG}",  # no year
        f"A title\n\n03/05/2031\n\n{LONG}",  # day and month cannot be told apart
        f"A title\n\nThe harbour fell on 3 May 2031 after a siege of nine weeks.\n\n{LONG}",
        f"A title\n\n31 February 2031\n\n{LONG}",
        f"3 May 2031\n{LONG}\n4 May 2031\n{LONG}\n5 May 2031\n{LONG}",
    ],
)
def test_no_date_is_made_up(tmp_path: Path, head: str) -> None:
    assert text_of(tmp_path, head + "\n").dated is None


def test_a_year_of_two_digits_is_owned_up_to(tmp_path: Path) -> None:
    dated = text_of(tmp_path, "ORVANE, 3 MAY 88 (KNA) -- THE COUNCIL SAID SO.\n").dated
    assert dated is not None and "read as 1988" in dated.reason


@pytest.mark.parametrize(
    ("words", "publisher"),
    [
        ("Orvane Today\n3 May 2031\n\nShells on the market\n\nThe market was shelled.", "Orvane Today"),
        ("Le Courrier d'Orvane\n3 mai 2031\n\nLe marché a été bombardé.", "Le Courrier d'Orvane"),
        ("Post office shelled\n3 May 2031\n\nThe post office was shelled.", None),
        ("Council of Elders\nWeekly update, 3 May 2031\n\nThe market was shelled.", "Council of Elders"),
        ("Photo Proof Trust\n3 May 2031\n\nThe market was shelled.", "Photo Proof Trust"),
        ("Talvar Group\nPress release, 3 May 2031\n\nThe market was shelled.", "Talvar Group"),
        ("ORVANE, 3 MAY 31 (KNA) -- THE COUNCIL SAID SO.", "KNA"),
        ("Orvane, KNA- The council said so on Tuesday.", "KNA"),
        (f"A title\n\n{LONG}\n\nSource: Orvane Post", "Orvane Post"),
        (f"A title of it\nThe Orvane Courier, 3 May 2031\n\n{LONG}", "The Orvane Courier"),
        (f"A title of it\nOrvane Wire\n3 May 2031\n\n{LONG}", "Orvane Wire"),
        (f"A title of it\nSam Orlan\n3 May 2031\n\n{LONG}", None),
        (f"A title of it\nOrvane, 3 May 2031\n\n{LONG}", None),
        ("Orvane Liberation Front (OLF) - a group of the north - denied it.", None),
        (LONG, None),
    ],
)
def test_the_publisher_is_named_only_where_the_text_names_it(tmp_path: Path, words: str, publisher: str | None) -> None:
    assert text_of(tmp_path, words + "\n").publisher == publisher


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (LONG, "en"),
        (LONG.upper(), "en"),
        ("Le conseil a déclaré mardi que des obus avaient touché le port pour la troisième nuit.", "fr"),
        ("قال المجلس", "ar"),
        ("گفته شد که شورای شهر چند خانه را ویران شده اعلام کرده است و مردم رفته اند", "fa"),
        ("Совет сообщил во вторник, что снаряды попали в рынок в третью ночь подряд.", "ru"),
        ("მთავრობა", "ka"),
        ("Orvane fell.", None),
        ("12 34", None),
    ],
)
def test_language_comes_with_its_reason(words: str, code: str | None) -> None:
    found, reason = language_of(words)
    assert found == code
    assert reason
    if words == "Orvane fell.":
        assert reason == "too short to tell"
