"""Texts in two languages of which one may be the other translated."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_doc

from probanda.incidents.kinship import KinshipKind
from probanda.incidents.translations import language_of, numbers_in, translations

ENGLISH = (
    "Eleven fishermen were killed and 23 wounded on 4 April 2031 when soldiers of the Northern Brigade fired on the "
    "port of Karamet, a doctor at the hospital of Rasmina has said. Yusuf Qurayn told reporters that the shooting had "
    "gone on for forty minutes and that 1,200 families have fled to Delma since then. The commander, General Hamdan "
    "Shammaq, denied that his 350 men had left their barracks."
)
FRENCH = (
    "Onze pêcheurs ont été tués et 23 blessés le 4 avril 2031 quand des soldats de la brigade du Nord ont tiré sur le "
    "port de Karamet, selon un médecin de l’hôpital de Rasmina. Les tirs ont duré quarante minutes et 1 200 familles "
    "ont fui depuis lors vers Delma, a dit aux journalistes Youssouf Qourayn. Le commandant, le général Hamdane "
    "Chammaq, a nié que ses 350 hommes soient sortis de leur caserne."
)
ARABIC = (
    "قال طبيب في مستشفى رسمينا إن أحد عشر صيادا قتلوا وأصيب ٢٣ في 4 أبريل 2031 عندما أطلق جنود لواء الشمال النار على "
    "ميناء كرامت. وقال يوسف قرين للصحفيين إن إطلاق النار استمر أربعين دقيقة وإن 1200 عائلة فرت إلى دلما منذ ذلك الحين. "
    "ونفى القائد اللواء حمدان شماق أن يكون رجاله وعددهم 350 قد غادروا ثكناتهم."
)
SAME_EVENT = (
    "Au moins onze personnes sont mortes le 4 avril 2031 à Karamet, un port de 18 000 habitants, ont indiqué des "
    "témoins. La brigade du Nord, qui tient la ville depuis sept mois, n’a pas répondu aux questions. Le général "
    "Hamdan Shammaq est sous le coup de sanctions depuis 2029 pour la mort de 60 détenus dans la prison de Delma, "
    "et les autorités de Rasmina ont ouvert une enquête qui doit durer 90 jours."
)


@pytest.mark.parametrize(("left", "right"), [(ENGLISH, FRENCH), (ENGLISH, ARABIC), (FRENCH, ARABIC)])
def test_a_translation_is_proposed_with_what_agrees(left: str, right: str):
    (kin,) = translations([a_doc("b", right), a_doc("a", left)])
    assert (kin.a, kin.b, kin.kind) == ("a", "b", KinshipKind.TRANSLATION)
    assert "350" in kin.reason and "1200" in kin.reason


def test_three_languages_make_three_pairs():
    assert len(translations([a_doc("a", ENGLISH), a_doc("b", FRENCH), a_doc("c", ARABIC)])) == 3


def test_another_report_of_the_same_event_is_no_translation():
    assert translations([a_doc("a", ENGLISH), a_doc("b", SAME_EVENT), a_doc("c", ARABIC.replace("2031", "2029"))]) != []
    assert translations([a_doc("a", ENGLISH), a_doc("b", SAME_EVENT)]) == []
    assert translations([a_doc("a", ARABIC), a_doc("b", SAME_EVENT)]) == []


def test_other_names_or_other_numbers_make_another_text():
    others = FRENCH.replace("Karamet", "Bir Nasim").replace("Rasmina", "Tal Qasir").replace("Delma", "Ain Harun")
    others = others.replace("Youssouf Qourayn", "Farid Bel Hadi").replace("Hamdane Chammaq", "Salwa Tamimi")
    assert translations([a_doc("a", ENGLISH), a_doc("b", others)]) == []
    counts = FRENCH.replace("23", "31").replace("350", "420").replace("1 200", "900")
    assert translations([a_doc("a", ENGLISH), a_doc("b", counts)]) == []


def test_texts_of_other_months_are_no_translations_of_each_other():
    left = a_doc("a", ENGLISH, dated_from="2031-04-05", dated_to="2031-04-05")
    assert translations([left, a_doc("b", FRENCH, dated_from="2031-04-06", dated_to="2031-04-06")])
    assert not translations([left, a_doc("b", FRENCH, dated_from="2032-04-06", dated_to="2032-04-06")])


def test_a_text_in_the_same_language_is_never_a_translation():
    assert translations([a_doc("a", ENGLISH), a_doc("b", ENGLISH.upper())]) == []


def test_any_order_gives_the_same():
    docs = [a_doc("a", ENGLISH), a_doc("b", FRENCH), a_doc("c", ARABIC), a_doc("d", SAME_EVENT)]
    assert translations(docs) == translations(docs[::-1])


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("twenty-three boats and five hundred people in three thousand houses", ["23", "500", "3000"]),
        ("vingt-trois bateaux, quatre-vingt-douze maisons, soixante-quinze et cinq cents personnes", None),
        ("ثلاثة وعشرون قاربا وخمسمئة شخص وثلاثة عشر رجلا و١٬٢٠٠ منزل", ["23", "500", "13", "1200"]),
        ("1,200 and 12.500 and 3 400, 45.6", ["1200", "12500", "3400", "45", "6"]),
        ("a February day in Port Ansel, 4 May; they may go", ["month 2", "4", "month 5"]),
        ("في كانون الثاني وشباط", ["month 1", "month 2"]),
    ],
)
def test_numbers_are_read_in_digits_and_words(words: str, numbers: list[str] | None):
    assert list(numbers_in(words)) == (numbers or ["23", "92", "75", "500"])


def test_languages_are_told_by_small_words_and_letters():
    assert [language_of(t) for t in (ENGLISH, FRENCH, ARABIC, "Port Ansel 4 5 6", "")] == ["en", "fr", "ar", None, None]


def test_short_reports_of_one_day_and_place_are_no_translations_of_each_other():
    said = "On 3 April 2031 eleven people died at Karamet, the watch of the harbour of Rasmina has said in a statement."
    denied = (
        "Le 3 avril 2031, la brigade a nié que onze personnes soient mortes à Karamet, au nord de Rasmina, sur la côte."
    )
    assert translations([a_doc("a", said), a_doc("b", denied)]) == []
