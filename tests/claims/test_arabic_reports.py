"""What the Arabic reader makes of reports, rulings, testimonies and chronologies about the invented country Belzan."""

from __future__ import annotations

import pytest

from probanda.claims import reader_for
from probanda.claims.model import Claim, Reading
from probanda.claims.readers.folded import folded
from probanda.claims.readers.window_dates import dates_in, pairs_in
from probanda.kernel.vocabulary import MentionKind, Modality, Polarity
from tests.claims.conftest import a_text


def _read(words: str, headings: int = 0) -> Reading:
    found = reader_for("ar")
    assert found is not None
    return found.read(a_text(words, headings=headings))


def _of(words: str, kind: str, headings: int = 0) -> Claim:
    claims = _read(words, headings).claims
    found = next((c for c in claims if c.act_type.value == kind), None)
    assert found is not None, [(c.act_type.value, c.quote) for c in claims]
    assert found.quote == words[found.start : found.end]
    return found


def _names(named: object) -> list[str]:
    return [n.words for n in named]  # type: ignore[attr-defined]


ROLES = [
    ("قتلت قوات الحدود في بلدة لانفك يوم الاثنين سبعة مدنيين.", "killing", ["قوات الحدود"], ["سبعة مدنيين"]),
    ("قتل المنشقون ثلاثة أطباء في لانفك.", "killing", ["المنشقون"], ["ثلاثة أطباء"]),
    ("اعتقلته الشرطة فجر الأحد في لانفك.", "detention", ["الشرطة"], []),
    ("تعرضت سيدة (34 عاما) للاغتصاب على يد ثلاثة جنود.", "rape-sexual-violence", ["ثلاثة جنود"], ["سيدة"]),
    ("قام عناصر من لواء الفجر بتعذيب طالبين في لانفك.", "torture", ["عناصر من لواء الفجر"], ["طالبين"]),
    ("داهمت دورية تابعة للأمن العسكري منازل في لانفك.", "attack-on-civilians", ["دورية تابعة للأمن العسكري"], []),
    ("عناصر الشرطة أجبروا المحتجين على خلع ملابسهم.", "torture", ["عناصر الشرطة"], ["المحتجين"]),
    ("قالت الناجية إنها اغتصبت في معسكر لانفك.", "rape-sexual-violence", [], ["الناجية"]),
    ("قتلت الغارة ثلاثة أطفال في لانفك.", "killing", [], ["ثلاثة أطفال"]),
]


@pytest.mark.parametrize(("words", "kind", "actors", "victims"), ROLES, ids=[str(n) for n in range(len(ROLES))])
def test_subject_and_object_are_found_beyond_what_stands_between(
    words: str, kind: str, actors: list[str], victims: list[str]
) -> None:
    claim = _of(words, kind)
    assert _names(claim.actors) == actors
    assert _names(claim.victims) == victims


def test_who_did_what_a_noun_names_is_told_behind_it() -> None:
    for words in (
        "وقع هجوم على سوق لانفك شنته ميليشيا الحدود.",
        "وثقت الرابطة هجوما لميليشيا الحدود على سوق لانفك.",
        "وثقت الرابطة هجوما من ميليشيا الحدود على سوق لانفك.",
    ):
        found = [c for c in _read(words).claims if "هجوم" in c.act]
        assert [_names(c.actors) for c in found] == [["ميليشيا الحدود"]], words


def test_a_doer_goes_on_over_joined_verbs() -> None:
    claims = _read("دخل رتل من الدرك القرية فهدم خمسين بيتا.").claims
    assert [_names(c.actors) for c in claims if c.act_type.value == "looting-property"] == [["رتل من الدرك"]]


def test_a_verb_never_ends_in_the_ta_of_a_noun() -> None:
    assert _read("شكر الأهالي قوة تابعة للبلدية.").claims == ()
    claim = _of("خطفت مجموعة تابعة للميليشيا طبيبا في لانفك.", "abduction")
    assert _names(claim.actors) == ["مجموعة تابعة للميليشيا"]
    assert _names(claim.speakers) == ["@doc"]


def test_given_names_make_a_person_and_a_town_is_none() -> None:
    by = {m.words: m.kind for m in _read("اعتقل الجنود مروان سليم الخطيب في قرية برزان.").mentions}
    assert by["مروان سليم الخطيب"] is MentionKind.PERSON
    assert by["برزان"] is MentionKind.PLACE


def test_the_name_ali_is_told_from_the_preposition() -> None:
    by = {m.words for m in _read("اعتقل الجنود علي منصور بعد هجوم على لانفك.").mentions}
    assert "علي منصور" in by


PAPERS = [
    ("تقرير فريق الخبراء عن بلزان\n\nقُتل تسعة مزارعين في قرية لانفك. وقابل الفريق 30 شاهدا.", 1, "فريق الخبراء"),
    ("رابطة أسر المفقودين\nبيان صحفي\n\nإننا نطالب بالعدالة. خطفت الميليشيا تسعة طلاب.", 1, "رابطة أسر المفقودين"),
    ("شهادة خليل عبد الستار، خباز من لانفك\n\nجاؤوا إلى بيتي وضربوني بالعصي.", 1, "خليل عبد الستار"),
    ("اسمي سعاد خليل، وعمري ثلاثون عاما.\n\nقتل الجنود زوجي في لانفك.", 0, "سعاد خليل"),
    ("النيابة العسكرية\nأمر إحالة\n\nقتل المتهم تسعة مزارعين في لانفك.", 1, "النيابة"),
]


@pytest.mark.parametrize(("words", "headings", "issuer"), PAPERS, ids=[str(n) for n in range(len(PAPERS))])
def test_whose_paper_it_is_speaks_in_it(words: str, headings: int, issuer: str) -> None:
    claims = _read(words, headings).claims
    assert claims
    assert all(issuer in " ".join(_names(c.speakers)) for c in claims), [_names(c.speakers) for c in claims]


def test_a_witness_suffers_what_was_done_to_him() -> None:
    claim = _of("شهادة خليل عبد الستار\n\nجاء الجنود إلى بيتي وضربوني بالعصي.", "torture", 1)
    assert _names(claim.victims) == ["خليل عبد الستار"]


def test_a_newspaper_that_tells_of_a_body_is_not_its_paper() -> None:
    words = (
        "إذاعة ميرول - 3 مايو 2031\n\nقالت الرابطة إن جنودا قتلوا راعيا. وذكرت الرابطة أن البيوت أحرقت. "
        "وأضافت الرابطة أن ثلاثة خطفوا. قتل مسلحون طبيبا في لانفك."
    )
    assert _names(_read(words, 1).claims[-1].speakers) == ["@doc"]


def test_what_a_court_tells_and_decides_is_adjudicated() -> None:
    words = "محكمة جنايات ميرول\nحكم\n\nقتل المتهم تسعة مزارعين في لانفك. حكمت المحكمة بسجن المتهم عشرين سنة."
    found = _read(words, 1).claims
    assert {c.modality for c in found} == {Modality.ADJUDICATED}, [(c.quote, c.why) for c in found]
    freed = _of("برأت محكمة ميرول النقيب ريك دورفال من تهمة التعذيب.", "procedural")
    assert (freed.modality, freed.polarity) == (Modality.ADJUDICATED, Polarity.NEGATIVE)


def test_a_list_of_demands_takes_the_line_above_it() -> None:
    words = "خطفت الميليشيا طبيبا.\n\nإننا نطالب:\n\n1. بفتح تحقيق مستقل؛\n\n2. بالإفراج الفوري عن سامر داود."
    found = [c for c in _read(words).claims if c.act_type.value == "procedural"]
    assert found
    assert {c.modality for c in found} == {Modality.CALLED_FOR}


def test_the_first_of_two_speakers_goes_on() -> None:
    words = "قال ناطق باسم الوزارة إن ما ذكرته صحف معادية كذب. وأضاف أن مسلحين قتلوا راعيا."
    assert _names(_of(words, "killing").speakers)[-1] == "ناطق باسم الوزارة"


def test_a_threat_behind_a_colon_is_one() -> None:
    claim = _of("قال لنا الضابط: سنقتل رجالكم إن لم تسلموا السلاح.", "killing")
    assert claim.modality is Modality.THREATENED


PLACES = [
    ("قُتل ثلاثة صيادين قرب المريجل.", ["المريجل"]),
    ("احتُجز الرجال في مدرسة البنات بحي الزيتون.", ["مدرسة البنات", "حي الزيتون"]),
    ("أغارت طائرات على قريتي لانفك وتريسك.", ["لانفك", "تريسك"]),
    ("عُثر على خمس جثث في بئر مهجورة بكفر طورق.", ["بئر مهجورة", "كفر طورق"]),
    ("اعتقلت الشرطة طالبا في سوق الخضار بالمريجل شمالي المريجل.", ["سوق الخضار", "المريجل"]),
    ("وُجدت جثة مكبلة في صندوق.", []),
]


@pytest.mark.parametrize(("words", "places"), PLACES, ids=[str(n) for n in range(len(PLACES))])
def test_places_are_named_by_the_words_beside_them(words: str, places: list[str]) -> None:
    claim = _read(words).claims[0]
    assert [p for p in _names(claim.places) if p in places] == places or not places
    assert bool(claim.places) == bool(places)


def test_whence_it_was_done_is_not_where_the_account_goes_on() -> None:
    words = "قصف الجيش بلدة لانفك من تلة الرادار. وقُتل تسعة مزارعين."
    assert [_names(c.places)[0] for c in _read(words).claims][-1] == "لانفك"


DATES = [
    ("قبل يومين", "2031-05-10", "2031-05-10"),
    ("قبل ثلاثة أشهر", "2031-02-01", "2031-02-28"),
    ("في الليلة التالية", "2031-05-03", "2031-05-03"),
    ("في صيف عام 2030", "2030-06-01", "2030-08-31"),
    ("في النصف الأول من عام 2030", "2030-01-01", "2030-06-30"),
    ("في العاشر من الشهر الجاري", "2031-05-10", "2031-05-10"),
    ("يوم 2031/05/03", "2031-05-03", "2031-05-03"),
    ("في مايو/أيار الماضي", "2030-05-01", "2030-05-31"),
    ("في عامي 2029 و2030", "2029-01-01", "2030-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), DATES, ids=[str(n) for n in range(len(DATES))])
def test_a_date_is_counted_from_the_text_s_own_or_the_last(words: str, first: str, last: str) -> None:
    found = dates_in(folded(f"قتل تسعة مزارعين {words}."), "ar", "2031-05-12", None, "2031-05-02")
    assert [(d.first, d.last) for d in found] == [(first, last)]


def test_a_hijri_day_is_settled_by_the_pair_that_the_text_gives() -> None:
    words = folded("ميرول، 3 رمضان 1452 هـ الموافق 28 كانون الأول 2030. قُتل راع يوم 5 رمضان.")
    found = dates_in(words, "ar", None, None, None, pairs_in(words, "ar"))
    assert [d.first for d in found] == ["2030-12-28", "2030-12-28", "2030-12-30"]
    assert pairs_in(folded("قُتل راع يوم 5 رمضان 1452."), "ar") == {}


IDIOMS = [
    ("بقر المسلحون بطون الحوامل في لانفك.", "killing"),
    ("لفظ الراعي أنفاسه متأثرا بطلقة جندي.", "killing"),
    ("أودعوا السجن بلا تهمة.", "detention"),
    ("ألقت الشرطة القبض على محاميين في لانفك.", "detention"),
    ("تناوب أربعة جنود على اغتصابها.", "rape-sexual-violence"),
    ("خُلعت أظافر المعلم في القبو.", "torture"),
    ("لا يُعرف مصير تسعة من أبناء القرية.", "enforced-disappearance"),
    ("رفض القاضي النظر في الشكوى.", "obstruction-impunity"),
    ("أمر الرائد بألا يبقى منهم أحد.", "denial-of-quarter"),
    ("تسلمت الأسرة جثة ابنها وعليها آثار الحبال.", "killing"),
    ("بقيت ابنتي محتجزة في الثكنة.", "detention"),
    ("نُهبت متاجر السوق على أيدي ملثمين.", "looting-property"),
]


@pytest.mark.parametrize(("words", "kind"), IDIOMS, ids=[str(n) for n in range(len(IDIOMS))])
def test_more_idioms_name_their_act(words: str, kind: str) -> None:
    assert kind in {c.act_type.value for c in _read(words).claims}


NO_CLAIMS = [
    "أصدرت المحكمة حكما في نزاع عقاري بين مستأجر ومالك.",
    "برأ الطبيب المريض من علته.",
    "سقطت أوراق الشجر في حديقة البلدية.",
    "استعاد المريض وعيه بعد عملية جراحية.",
    "نفذت الشرطة حملة مرورية وحررت مئات المخالفات.",
    "سيطر الملل على الجمهور في المسرح.",
]


@pytest.mark.parametrize("words", NO_CLAIMS, ids=[str(n) for n in range(len(NO_CLAIMS))])
def test_ordinary_news_with_the_same_words_gives_nothing(words: str) -> None:
    assert _read(words).claims == ()


def test_a_square_or_a_checkpoint_is_called_after_people_and_units() -> None:
    assert _names(_of("خطف مجهولون طبيبا عند حاجز الميليشيا.", "abduction").places) == ["حاجز الميليشيا"]
    assert "ساحة الشهداء" in _names(_of("أطلق الجنود النار على متظاهرين في ساحة الشهداء.", "killing").places)
