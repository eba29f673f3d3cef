"""Sites that a text tells in French and Arabic: with their town, taken up again, and places that are not of the act.

Start with `TOLD`. The texts are about the invented countries Belzan and Marsafa.
"""

from __future__ import annotations

import pytest

from probanda.claims.readers.window_dates import dates_in
from tests.claims.without_parser import names, reading_in

TOLD = [
    # a facility and the town behind it are two places
    ("fr", "La milice a tué neuf paysans dans l'école primaire de Tresk.", ["école primaire", "Tresk"], []),
    ("fr", "La milice a tué neuf paysans au camp de Tresk.", ["Tresk"], ["camp"]),
    ("ar", "قتل مسلحون تسعة مزارعين في فناء مدرسة ميرول.", ["فناء مدرسة ميرول"], []),
    ("ar", "قصف الجيش سوق بلدة لانفك.", ["سوق", "لانفك"], []),
    # what an attack struck is where it was done
    ("ar", "استهدفت غارة جوية مستشفى السلام في لانفك.", ["مستشفى السلام", "لانفك"], []),
    # the site is taken up by its kind, and the town with it
    (
        "fr",
        "La caserne des forges, à Tresk, est ancienne.\n\nLe 3 mai 2031, neuf paysans ont été torturés à la caserne.",
        ["caserne des forges", "Tresk"],
        [],
    ),
    (
        "ar",
        "تقع ثكنة الدلب على أطراف مدينة لانفك.\n\nعذّب الحراس تسعة مزارعين في الثكنة.",
        ["الدلب", "لانفك"],
        ["الثكنة"],
    ),
    # "there"
    ("fr", "La prison centrale de Mirol a fermé. Neuf paysans y ont été torturés.", ["Mirol"], []),
    # where guns stood, where somebody came from or is posted, is not where it was done
    ("ar", "قصفت المدفعية المتمركزة في هضبة الكرز بلدة لانفك.", ["لانفك"], ["الكرز"]),
    ("fr", "Des soldats revenus de Mirol ont tué neuf paysans à Tresk.", ["Tresk"], ["Mirol"]),
    # those who fled left from where the account is
    (
        "ar",
        "هاجم مسلحون قرية لانفك فجر الأحد. وفرّ ألف شخص إلى بلدة ميرول.",
        ["لانفك", "ميرول"],
        [],
    ),
    # a State that does something itself is no place, a unit's name neither
    ("ar", "قتلت قوات روسيا تسعة مزارعين في لانفك.", ["لانفك"], ["روسيا"]),
    ("fr", "La milice de Mirol a tué neuf paysans à Tresk.", ["Tresk"], ["Mirol"]),
    # numbers are no names
    ("ar", "قتلت الغارة أما وأطفالها الثلاثة في لانفك.", ["لانفك"], ["الثلاثة"]),
    # the frame of a sentence goes on
    ("fr", "À Tresk, les miliciens ont tué neuf paysans dans le quartier Sud.", ["Tresk"], []),
    # against a wall is where, against people is not
    ("fr", "Les soldats ont fusillé neuf paysans contre le mur du moulin.", ["mur du moulin"], ["paysans"]),
]


@pytest.mark.parametrize(("language", "words", "places", "none"), TOLD, ids=[t[1][:40] for t in TOLD])
def test_the_last_act_has_these_places_and_not_those(
    language: str, words: str, places: list[str], none: list[str]
) -> None:
    found = names(reading_in(language)(words).claims[-1].places)
    assert [p for p in places if any(p in n for n in found)] == places
    assert [n for n in found if n in none] == []


def test_what_is_asked_for_was_done_nowhere() -> None:
    words = "La milice a tué neuf paysans à Tresk. L'association demande une enquête indépendante."
    asked = [c for c in reading_in("fr")(words).claims if c.modality == "called-for"]
    assert asked
    assert all(c.places == () for c in asked)


def test_a_town_of_a_site_says_why() -> None:
    claim = reading_in("ar")("تقع ثكنة الدلب على أطراف مدينة لانفك.\n\nعذّب الحراس تسعة مزارعين في الثكنة.").claims[-1]
    assert "stands" in claim.why


SHARES = [
    ("ar", "الاسبوع الاول من ايار 2031", "2031-05-01", "2031-05-07"),
    ("ar", "الاسبوع الاخير من شباط 2032", "2032-02-23", "2032-02-29"),
    ("ar", "ليله الثالث علي الرابع من ايلول 2031", "2031-09-03", "2031-09-04"),
    ("fr", "la seconde quinzaine d'avril 2031", "2031-04-16", "2031-04-30"),
]


@pytest.mark.parametrize(("language", "words", "first", "last"), SHARES, ids=[s[1] for s in SHARES])
def test_weeks_and_halves_of_a_month(language: str, words: str, first: str, last: str) -> None:
    found = dates_in(words, language, None, None, None)
    assert [(d.first, d.last) for d in found] == [(first, last)]
