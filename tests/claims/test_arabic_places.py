"""Where the Arabic reader finds places, and which town a site lies in: invented places and a few real towns.

Where to start: `NAMED`, sentences beside the places of their first claim.
Looks down to: without_parser. Used by: nobody.
"""

from __future__ import annotations

import pytest

from probanda.kernel.vocabulary import Modality
from probanda.names.places import in_arabic, lookup
from tests.claims.without_parser import names, reading_in

_read, _names = reading_in("ar"), names

NAMED = {
    "a noun and its genitive are one name, whatever else the noun means": (
        "قُتل ثلاثة مزارعين في قرية رجم الحمام يوم الجمعة.",
        ["رجم الحمام"],
    ),
    "a quarter may be called after a thing": ("قُتل طفلان في حي الزيتون.", ["الزيتون"]),
    "a name of a common word behind a second word of the name": ("خُطف سائقان عند معبر أم بلور.", ["أم بلور"]),
    "an adjective is no name": ("قُتل حارسان على جسر حجري في بلدة لانفك.", ["جسر", "لانفك"]),
    "a part of a landscape and the name it belongs to": ("قُتل راعيان في أحراش وادي الطين.", ["وادي الطين"]),
    "a list behind a plural": (
        "هاجم مسلحون قرى ساروجة وعين الطين وباب النهر.",
        ["ساروجة", "عين الطين", "باب النهر"],
    ),
    "behind they entered": ("دخلوا كارما فجرا وقتل المسلحون تسعة رجال.", ["كارما"]),
    "a town of the gazetteer with a particle on it": ("قتلت الميليشيا طبيبا ببنغازي.", ["بنغازي"]),
    "two towns of the gazetteer": ("قصف الجيش أحياء سكنية في تعز ومأرب.", ["أحياء سكنية", "تعز", "مأرب"]),
    "a town called by a common word, behind its kind": ("قُتل جنود ومدنيون في مدينة البيضاء.", ["البيضاء"]),
    "where those were who are told within the words of the act": (
        "عثر أهالي بلدة لانفك على جثث خمسة شبان.",
        ["لانفك"],
    ),
    "what is told before after": (
        "أُغلقت ثلاث مدارس في المريجل بعد مقتل معلمتين على طريق العقيق.",
        ["العقيق"],
    ),
    "guards do it where they guard": ("كان حراس سجن الصخرة يعذبون الأسرى ليلا.", ["الصخرة"]),
}


@pytest.mark.parametrize("case", NAMED)
def test_places_are_recognised_by_their_build_and_company(case: str) -> None:
    words, places = NAMED[case]
    claim = next(c for c in _read(words).claims if c.places)
    assert len(claim.places) == len(places), _names(claim.places)
    assert all(place in found for place, found in zip(places, _names(claim.places), strict=True)), _names(claim.places)


NOT_NAMED = {
    "a family is nobody's doing and no place": "طالبت الخاطفون أسرته بفدية كبيرة.",
    "an adjective of a unit has the letters of a town": "اعتقلت اللجان الزرقاء تسعة رجال.",
    "part of a body": "ضربوا الأسير بعصا في ظهري.",
    "letters of a town within a door": "قتلوا تاجرا أمام باب الدكان.",
}


@pytest.mark.parametrize("case", NOT_NAMED)
def test_words_that_look_like_places_are_none(case: str) -> None:
    assert [p for c in _read(NOT_NAMED[case]).claims for p in _names(c.places)] == []


def test_a_quarter_lies_in_the_town_with_which_the_text_begins() -> None:
    words = (
        "لانفك، 14 نوفمبر 2026 (وكالة المدى) - قُتل ستة أشخاص في قصف على حي الصفارين، وفق ما أفاد به شهود من سكان الحي."
    )
    places = _names(_read(words).claims[0].places)
    assert places[0].endswith("الصفارين") and "لانفك" in places


def test_a_quarter_with_a_town_of_its_own_takes_no_other() -> None:
    words = "زيتا، 14 نوفمبر 2026 (وكالة المدى) - قُتل ستة أشخاص في حي الصفارين ببلدة لانفك، وفق ما أفاد به شهود."
    assert "زيتا" not in _names(_read(words).claims[0].places)


def test_the_said_prison_is_the_one_told_before() -> None:
    words = "احتُجز الرجال في سجن الصخرة. وعذب الحراس ثلاثة أسرى في السجن المذكور."
    assert "الصخرة" in " ".join(_names(_read(words).claims[-1].places))


def test_a_town_is_where_an_account_goes_on_though_a_list_knows_it() -> None:
    words = "قصف الجيش سوقا في ترهونة. وقُتل تسعة مزارعين."
    assert _names(_read(words).claims[-1].places) == ["ترهونة"]


def test_every_spelling_in_arabic_is_found_in_the_gazetteer() -> None:
    assert len(in_arabic("city", "town")) > 300
    assert [form for form in in_arabic("city", "town", "camp", "village") if not lookup(form)] == []


MODALITIES = {
    "a word in sin is no threat": (
        "قال الطبيب سامر عواد: «وصلتنا تسع جثث بعد ستة أيام في سيارة إسعاف».",
        Modality.REPORTED,
    ),
    "an order told by another is an allegation": (
        "إفادة نجاة البرعي\n\nأنا نجاة البرعي، كنا في بيتنا. أمر العقيد بقتل الأسرى.",
        Modality.ALLEGED,
    ),
}


@pytest.mark.parametrize("case", MODALITIES)
def test_how_the_words_are_meant(case: str) -> None:
    words, modality = MODALITIES[case]
    assert _read(words).claims[-1].modality is modality


DATES = {
    "a day of the same month": ("خُطف الطبيب في 3 أيار 2031. وفي 12 منه عُثر على جثته.", "2031-05-12"),
    "the same month": ("خُطف الطبيب في 3 أيار 2031. وفي الشهر نفسه قُتل تسعة مزارعين.", "2031-05-01"),
    "an account of an earlier year goes on": (
        "التقرير صدر في 20 أيلول 2033. في أيار 2029 افتتح السجن. وفي 14 تموز قتل الحراس تسعة أسرى.",
        "2029-07-14",
    ),
    "a year of a range of months goes on to hold": (
        "جرى ذلك بين كانون الثاني وحزيران 2028. وفي 17 شباط قُتل تسعة مزارعين.",
        "2028-02-17",
    ),
}


@pytest.mark.parametrize("case", DATES)
def test_dates_that_lean_on_what_was_told(case: str) -> None:
    words, first = DATES[case]
    assert _read(words).claims[-1].date_from == first


WHO = {
    "a unit whose name stands between marks": (
        'قتلت ميليشيا "الصقور" ثلاثة مزارعين.',
        ['ميليشيا "الصقور"'],
        ["ثلاثة مزارعين"],
    ),
    "an aside between verb and object": (
        "إن أفرادا من فيلق الحدود أعدموا، في 4 تموز، تسعة رعاة.",
        ["أفرادا من فيلق الحدود"],
        ["تسعة رعاة"],
    ),
    "the weapon first": ("قصف الجيش بالمدفعية الثقيلة تسعة مزارعين.", ["الجيش"], ["تسعة مزارعين"]),
    "a drone within the words of the act": (
        "أسفرت غارة لطائرة مسيرة عن مقتل ثلاثة مزارعين.",
        ["طائرة مسيرة"],
        ["ثلاثة مزارعين"],
    ),
    "judge and judged": (
        "حكمت محكمة لانفك على النقيب سالم غدوان بالسجن عشرين عاما.",
        ["محكمة لانفك"],
        ["النقيب سالم غدوان"],
    ),
    "who is asked": ("تطالب الرابطة وزارة العدل بفتح تحقيق مستقل.", ["وزارة العدل"], []),
}


@pytest.mark.parametrize("case", WHO)
def test_who_did_it_to_whom(case: str) -> None:
    words, actors, victims = WHO[case]
    claim = _read(words).claims[0]
    assert (_names(claim.actors), _names(claim.victims)) == (actors, victims)


def test_where_a_testimony_was_taken_down_is_not_where_it_was_done() -> None:
    words = (
        "إفادة الشاهد سالم غدوان\n\nالمكان: مخيم السدرة\n\nأنا سالم غدوان، كنت حارسا. قتل الجنود تسعة رجال أمام عيني."
    )
    assert _names(_read(words, headings=2).claims[-1].places) == []


@pytest.mark.parametrize("place", ["بني هارون", "أم درمان", "أبو سليم"])
def test_a_first_word_that_no_place_bears_alone_brings_the_next(place: str) -> None:
    (killing,) = _read(f"قتل مسلحون ثلاثة مزارعين في {place}.").claims
    assert [p.words for p in killing.places] == [place]
