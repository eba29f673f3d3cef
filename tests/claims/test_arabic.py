"""What the Arabic reader makes of sentences about the invented country Belzan: each beside its claim."""

from __future__ import annotations

import pytest

from probanda.claims.readers.folded import fold, folded
from probanda.claims.readers.window_counts import counts_in
from probanda.claims.readers.window_dates import dates_in
from probanda.claims.readers.window_words import conjugated
from probanda.kernel.vocabulary import MentionKind, Modality, Polarity
from tests.claims.without_parser import names, only_in, reading_in

_read, _only, _names = reading_in("ar"), only_in("ar"), names


ROLES = [
    ("قتل مسلحون تسعة مزارعين في بلدة لانفك.", ["مسلحون"], ["تسعة مزارعين"], ["لانفك"]),
    ("قُتل تسعة مزارعين في بلدة لانفك.", [], ["تسعة مزارعين"], ["لانفك"]),
    ("لقي تسعة مزارعين مصرعهم برصاص الجيش في لانفك.", ["الجيش"], ["تسعة مزارعين"], ["لانفك"]),
    ("مقتل تسعة مزارعين على يد مسلحين مجهولين.", ["مسلحين مجهولين"], ["تسعة مزارعين"], []),
    ("اعتقلت الشرطة الصحفي نبيل حداد في مدينة ميرول.", ["الشرطة"], ["الصحفي نبيل حداد"], ["ميرول"]),
    ("إن مقاتلين من اللواء الثالث أعدموا أسرى.", ["مقاتلين من اللواء الثالث"], ["أسرى"], []),
    ("قصف الجيش سوق بلدة لانفك.", ["الجيش"], [], ["لانفك"]),
    ("تعرض المعتقلون للتعذيب في سجن ميرول.", [], ["المعتقلون"], ["ميرول"]),
    ("شنت الميليشيا هجوما على قرية تريسك.", ["الميليشيا"], [], ["تريسك"]),
]


@pytest.mark.parametrize(("words", "actors", "victims", "places"), ROLES, ids=[str(n) for n in range(len(ROLES))])
def test_order_and_class_say_who_did_it_to_whom(
    words: str, actors: list[str], victims: list[str], places: list[str]
) -> None:
    claim = _only(words)
    assert _names(claim.actors) == actors
    assert _names(claim.victims) == victims
    assert [p for p in _names(claim.places) if p in places] == places


MODALITIES = [
    ("قتل جنود تسعة مزارعين في لانفك.", Modality.REPORTED, None),
    ("قال شهود إن جنودا قتلوا تسعة مزارعين.", Modality.ALLEGED, "شهود"),
    ("بحسب شهود، قُتل تسعة مزارعين.", Modality.REPORTED, "شهود"),
    ("اتهمت الرابطة الجيش بقتل تسعة مزارعين.", Modality.ALLEGED, "الرابطة"),
    ("أكدت البعثة أن تسعة مزارعين قتلوا.", Modality.CONFIRMED, "البعثة"),
    ("اعترفت الجماعة بقتل تسعة مزارعين.", Modality.ADMITTED, "الجماعة"),
    ("نفى الجيش قصف قرية تريسك.", Modality.DENIED, "الجيش"),
    ("لم يقتل الجنود أي مدني في تريسك.", Modality.DENIED, None),
    ("هدد القائد بقتل الرهائن.", Modality.THREATENED, "القائد"),
    ("أمر العقيد بقتل الأسرى.", Modality.ORDERED, "العقيد"),
]


@pytest.mark.parametrize(("words", "modality", "speaker"), MODALITIES, ids=[m[1].value for m in MODALITIES])
def test_the_words_around_say_how_the_speaker_stands_behind_it(
    words: str, modality: Modality, speaker: str | None
) -> None:
    claim = _only(words)
    assert claim.modality is modality, claim.why
    assert claim.speakers[0].words == "@doc"
    assert _names(claim.speakers)[1:] == ([speaker] if speaker else [])
    assert (claim.polarity is Polarity.NEGATIVE) == (modality is Modality.DENIED)


NO_CLAIMS = [
    "إذا قتل الجنود مدنيين فستحقق المحكمة.",
    "من قتل المزارعين التسعة في لانفك؟",
    "قتل المدنيين محظور بموجب القانون الدولي.",
    "سيقتل الجنود المزارعين.",
    "افتتحت البلدية مكتبة جديدة في ميرول.",
    "قتل الصقيع محصول الطماطم.",
    "يروي الفيلم قصة جنود قتلوا مزارعين.",
    "أدى زلزال إلى مقتل تسعة أشخاص في ميرول.",
    "أخمد رجال الإطفاء حريقا دمر مستودعا قرب ميرول ولم تقع إصابات.",
    "أسفر حادث سير عن مقتل ثلاثة أشخاص الأحد. وفتحت الشرطة تحقيقا.",
    "اكتشف باحثون جزيئا يقتل البكتيريا المقاومة ويهاجم غشاءها.",
    "نظم الجيش يوما مفتوحا وتمكن الأطفال من لقاء جنود.",
    "هدمت البلدية المباني الآيلة للسقوط ونقلت السوق إلى ساحة المحطة.",
    "أغلق مزارعون الطرق المؤدية إلى العاصمة احتجاجا على رفع الضرائب.",
    "قتل دب اثنتي عشرة نعجة في الوادي وسمح المحافظ بإطلاق النار عليه.",
    "أوقفت الشركة خط الإنتاج وأحالت مئة عامل إلى التقاعد.",
]


@pytest.mark.parametrize("words", NO_CLAIMS, ids=[str(n) for n in range(len(NO_CLAIMS))])
def test_law_questions_conditions_plans_and_fiction_are_no_claims(words: str) -> None:
    assert _read(words).claims == ()


def test_marks_tatweel_and_direction_signs_change_no_offset() -> None:
    words = "\u200fقـــُتِلَ تِسعةُ مزارعينَ على يَدِ مُسلّحينَ في بلدةِ لانفك\u200f."
    claim = _only(words)
    assert claim.quote == words[claim.start : claim.end]
    assert claim.act == words[claim.act_start : claim.act_end]
    assert folded(claim.act) == "قتل"
    assert folded(claim.victims[0].words) == "تسعه مزارعين"


def test_mixed_text_keeps_exact_offsets() -> None:
    words = "وذكرت وكالة Delma News أن الجيش قصف سوق بلدة لانفك بصواريخ Grad يوم 3 مايو 2031."
    claim = _only(words)
    assert claim.quote == words[claim.start : claim.end]
    assert (claim.date_from, claim.date_to) == ("2031-05-03", "2031-05-03")


def test_each_folded_sign_leads_back_to_where_it_came_from() -> None:
    words = "قُــتِلَ ٤٤ شخصًا"
    copy = fold(words)
    assert copy.words == "قتل 44 شخصا"
    assert words[copy.start(0) : copy.end(3)] == "قُــتِلَ"
    assert words[copy.start(4) : copy.end(6)] == "٤٤"


def test_one_sentence_with_several_acts_gives_several_claims() -> None:
    words = "هاجم متمردون قرية تريسك وأحرقوا عشرين منزلا وخطفوا ممرضتين."
    claims = _read(words).claims
    assert [c.act_type.value for c in claims] == ["attack-on-civilians", "looting-property", "abduction"]
    assert all(_names(c.actors) == ["متمردون"] for c in claims)


def test_a_denial_without_an_act_is_of_the_act_told_before() -> None:
    words = "قال سكان إن اللواء قتل تسعة مزارعين.\n\nونفى المتحدث باسم اللواء هذه الاتهامات."
    last = _read(words).claims[-1]
    assert last.modality is Modality.DENIED
    assert last.act_type.value == "killing"


DATES = [
    ("يوم 3 مايو 2031", "2031-05-03", "2031-05-03"),
    ("في 3 أيار/مايو 2031", "2031-05-03", "2031-05-03"),
    ("في ٣ أيار ٢٠٣١", "2031-05-03", "2031-05-03"),
    ("في 3 كانون الثاني 2031", "2031-01-03", "2031-01-03"),
    ("في 3 جانفي 2031", "2031-01-03", "2031-01-03"),
    ("الثالث من مايو 2031", "2031-05-03", "2031-05-03"),
    ("يوم الأحد", "2031-05-11", "2031-05-11"),
    ("الشهر الماضي", "2031-04-01", "2031-04-30"),
    ("منذ عام 2029", "2029-01-01", "2029-12-31"),
    ("بين 3 و5 مايو 2031", "2031-05-03", "2031-05-05"),
]


@pytest.mark.parametrize(("words", "first", "last"), DATES, ids=[str(n) for n in range(len(DATES))])
def test_a_date_is_settled_against_the_text_s_own(words: str, first: str, last: str) -> None:
    found = dates_in(folded(f"قتل تسعة مزارعين {words}."), "ar", "2031-05-12", None, None)
    assert [(d.first, d.last) for d in found] == [(first, last)]


def test_a_hijri_date_is_kept_as_written_and_open() -> None:
    claim = _only("قُتل تسعة مزارعين يوم 12 رمضان 1452 في بلدة لانفك.")
    assert claim.date_text is not None
    assert "12 رمضان 1452" in claim.date_text
    assert (claim.date_from, claim.date_to) == (None, None)


COUNTS = [
    ("تسعة", 9, 9, 9),
    ("ما لا يقل عن ٤٤", 44, 44, None),
    ("أكثر من 400", 400, 401, None),
    ("نحو ثلاثمئة", 300, None, None),
    ("اثني عشر ألف", 12000, 12000, 12000),
    ("ثلاثة وعشرين", 23, 23, 23),
    ("ألفي", 2000, 2000, 2000),
    ("عشرات", None, 20, None),
    ("طفلين", 2, 2, 2),
]


@pytest.mark.parametrize(("words", "value", "low", "high"), COUNTS, ids=[str(n) for n in range(len(COUNTS))])
def test_numbers_in_words_and_figures_keep_their_bounds(
    words: str, value: int | None, low: int | None, high: int | None
) -> None:
    found = [q for _, q in counts_in(folded(f"قتلوا {words} من السكان"), "ar")]
    assert [(q.value, q.min, q.max) for q in found] == [(value, low, high)]


def test_names_are_mentioned_with_title_and_kind() -> None:
    mentions = _read("اعتقلت الشرطة العقيد ريك دورفال في بلدة لانفك.").mentions
    by = {m.words: m for m in mentions}
    assert by["ريك دورفال"].kind is MentionKind.PERSON
    assert by["ريك دورفال"].title == "العقيد"
    assert by["لانفك"].kind is MentionKind.PLACE


def test_a_part_of_a_large_text_gives_offsets_of_the_whole() -> None:
    words = "قتل جنود تسعة مزارعين في بلدة لانفك."
    claim = _read(words, base=500).claims[0]
    assert words[claim.start - 500 : claim.end - 500] == claim.quote


def test_the_same_text_is_read_alike_each_time() -> None:
    words = "قال شهود إن جنودا قتلوا تسعة مزارعين. ونفى الجيش هذه الاتهامات."
    assert _read(words) == _read(words)


FORMS = [
    ("قال/قول", ("قلت", "قيل", "يقل", "يقولون"), ()),
    ("أصاب/صيب", ("أصبنا", "أصيبت", "يصب", "يصاب"), ("أصابو",)),
    ("رمى/رمي", ("رموا", "رماهم", "رميت", "يرم"), ("رمىوا",)),
    ("دعا/دعو", ("دعوا", "دعت", "دعونا", "يدع"), ()),
    ("حاصر/حاصر", ("حوصرت", "حاصروهم", "يحاصرون"), ()),
    ("لقي/لقى", ("لقوا", "لقيت", "يلقون"), ()),
    ("فر/فر", ("فررنا", "فروا", "يفرون"), ("فرنا",)),
]


@pytest.mark.parametrize(("verb", "made", "never"), FORMS, ids=[str(n) for n in range(len(FORMS))])
def test_weak_verbs_change_as_grammars_have_it(verb: str, made: tuple[str, ...], never: tuple[str, ...]) -> None:
    forms = {form for form, _ in conjugated(verb)}
    assert set(made) <= forms
    assert not set(never) & forms


KINDS = [
    ("قُطع رأس حارسين في ساحة ميرول.", "execution"),
    ("اقتلعت جرافات الجيش أشجار الزيتون قرب لانفك.", "looting-property"),
    ("بات سكان تريسك يأكلون الأعشاب.", "siege"),
    ("انفجر لغم أرضي بجرار زراعي قرب تريسك.", "mine-laying"),
    ("لا نزال نجهل مصير أبنائنا.", "enforced-disappearance"),
    ("أُجبر الأسرى على حفر الخنادق.", "other"),
    ("سُحبت من تحت الأنقاض تسع جثث.", "killing"),
    ("نبشت جرافة المقبرة ونقلت الرفات.", "mass-grave"),
    ("أُخرج سكان القرى بالقوة إلى مخيم تريسك.", "displacement"),
    ("لم يُفتح أي تحقيق في ما جرى.", "obstruction-impunity"),
    ("دهمت قوة مسلحة قرية تريسك.", "attack-on-civilians"),
    ("تبادل الطرفان إطلاق النار قرب الجسر.", "military-operation"),
]


@pytest.mark.parametrize(("words", "kind"), KINDS, ids=[str(n) for n in range(len(KINDS))])
def test_idioms_name_their_act(words: str, kind: str) -> None:
    assert kind in {c.act_type.value for c in _read(words).claims}


MORE_NO_CLAIMS = [
    "هاجم النائب الحكومة في كلمته.",
    "ضربت موجة حر ميرول.",
    "قد يؤدي القصف إلى مقتل مدنيين.",
    "إن رجالنا لا يستهدفون المدنيين أبدا.",
    "يذبح التجار المستهلك بأسعارهم.",
    "لم تتمكن اللجنة من تحديد المسؤول عن قصف المدرسة.",
    "انفجرت ماسورة مياه في الحي.",
    "يحق لكل محتجز الاستعانة بمحام.",
    "أطلقت الجامعة مبادرة لمحو الأمية.",
]


@pytest.mark.parametrize("words", MORE_NO_CLAIMS, ids=[str(n) for n in range(len(MORE_NO_CLAIMS))])
def test_warlike_words_of_trade_weather_and_debate_are_no_claims(words: str) -> None:
    assert _read(words).claims == ()


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("ما بين أربعين وثمانية وأربعين", 40, 48),
        ("بين مئة وعشرين ومئة وخمسين", 120, 150),
        ("بين 30 و35", 30, 35),
        ("إحدى وستين", 61, 61),
        ("مهندسان", 2, 2),
        ("طبيبتين", 2, 2),
    ],
)
def test_ranges_in_words_and_duals_are_counted(words: str, low: int, high: int) -> None:
    found = [q for _, q in counts_in(folded(f"قتلوا {words} من السكان"), "ar")]
    assert [(q.min, q.max) for q in found] == [(low, high)]


def test_those_who_are_warned_are_not_part_of_who_warns() -> None:
    claim = _only("أنذرت القيادة المهربين بقتل رهائنهم.")
    assert _names(claim.speakers) == ["@doc", "القيادة"]


def test_a_doer_named_before_a_relative_clause_is_found() -> None:
    claim = _only("العصابات التي تحتجز المهاجرين في لانفك معروفة.")
    assert [folded(a.words) for a in claim.actors] == ["العصابات"]
    assert _names(claim.victims) == ["المهاجرين"]


def test_a_list_of_demands_is_asked_for_by_the_line_above_it() -> None:
    claims = _read("إننا نطالب:\n1. بالإفراج الفوري عن سامر داود؛\n2. بالكشف عن مصير المعتقلين.").claims
    assert {c.act_type.value for c in claims} == {"procedural"}


def test_a_place_left_of_the_own_will_is_a_displacement_denied() -> None:
    claim = _only("قال ناطق باسم الجيش إن السكان غادروا البلدة طوعا.")
    assert claim.act_type.value == "displacement"
    assert claim.polarity is Polarity.NEGATIVE


def test_what_is_his_and_what_belongs_to_an_office_is_no_place() -> None:
    for words in ("قُتل الراعي برصاصة في كتفه.", "قُتل الراعي وبقي ملفه في أدراج الوزارة."):
        assert all(not c.places for c in _read(words).claims)


def test_a_name_of_two_words_is_a_place_behind_a_direction_or_a_kind() -> None:
    claim = _only("قُتل تسعة صيادين قبالة جزيرة أم الحجل.")
    assert _names(claim.places) == ["أم الحجل"]


def test_those_in_quotes_who_stand_behind_it_are_the_authors() -> None:
    claim = _read("قال متحدث إن «مسلحين مجهولين» يقفون وراء قصف قرية تريسك.").claims[0]
    assert [folded(a.words) for a in claim.actors] == ["مسلحين مجهولين"]


def test_the_first_word_of_a_village_tells_that_it_is_a_place() -> None:
    found = _read("لن ننسى أيام كفر لانا. قتل مسلحون تسعة مزارعين.").claims
    assert [_names(c.places) for c in found] == [["كفر لانا"]]


def test_the_town_without_its_name_is_no_place_of_its_own() -> None:
    found = _read("قتل مسلحون تسعة مزارعين في مدينة ميرول. ثم قصف الجيش البلدة.").claims
    assert [_names(c.places) for c in found] == [["ميرول"], ["ميرول"]]


def test_a_prison_term_is_no_place() -> None:
    found = _read("قضت محكمة جنايات ميرول بسجن النقيب سامر طورق عشرين عاما.").claims
    assert [_names(c.places) for c in found] == [[]]
