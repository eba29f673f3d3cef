"""Codenames: whoever must not be seen is not left in the words, however the name was written."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from probanda.access.common_words import COMMON
from probanda.access.letters import fold
from probanda.access.masking import SHARED, Masker

KEY, OTHER_KEY = b"the key of one case, 32 bytes ok", b"the key of another, also 32 long"
FERRIN = ("Osk Ferrin", "person")


def a_masker(*names: tuple[str, str], key: bytes = KEY, groups=()) -> Masker:
    return Masker(key, names, groups=groups)


def code(masker: Masker, words: str, kind: str = "person") -> str:
    return masker.codename((kind, (words,)))


WAYS = [
    "Osk Ferrin",
    "OSK FERRIN",
    "osk ferrin",
    "Osk  Ferrin",
    "Osk\u00a0Ferrin",
    "Osk\u202fFerrin",
    "Osk\nFerrin",
    "Osk\r\n   Ferrin",
    "Osk Fer-\nrin",
    "Osk Fer\nrin",
    "O\u200bsk Fer\u200drin",
    "O\u00adsk Fer\u00adrin",
    "\u2067Osk Ferrin",
    "O\u0301sk Fe\u0300rrin",
    "Ösk Férrin",
    "OskFerrin",
    "osk_ferrin",
    "Osk-Ferrin",
    "Ｏｓｋ Ｆｅｒｒｉｎ",
    "Оsk Fеrrin",  # the O and the first e are Cyrillic
]


@pytest.mark.parametrize("written", WAYS)
def test_a_name_is_found_however_it_is_written(written):
    masker = a_masker(FERRIN)
    masked = masker.mask(f"They say that {written} gave the order.")
    assert masked.replace("\u2067", "") == f"They say that {code(masker, 'Osk Ferrin')} gave the order."


CLINGING = [
    ("Osk Ferrin's men", "{}'s men"),
    ("Osk Ferrin’s men", "{}’s men"),
    ("the Ferrins fled", "the {}s fled"),
    ("d'Osk Ferrin", "d'{}"),
    ("Colonel Ferrin spoke. Osk did not.", "Colonel {} spoke. {} did not."),
    ("(Ferrin), “Ferrin”", "({}), “{}”"),
    ("Osk (Ferrin), “Osk” Ferrin, Osk/Ferrin", "{} ({}), “{}” {}, {}/{}"),
    ("#FreeOskFerrin @doc", "#Free{} @doc"),
]


@pytest.mark.parametrize(("words", "masked"), CLINGING)
def test_what_clings_to_a_name_stays(words, masked):
    masker = a_masker(FERRIN)
    assert masker.mask(words) == masked.replace("{}", code(masker, "Osk Ferrin"))


ARABIC = [
    ("قال سعيد الهالدن", "قال {}"),
    ("وسعيد الهالدن", "و{}"),
    ("فبسعيد الهالدن", "فب{}"),
    ("لسَعِيد الهالدن", "ل{}"),
    ("للهالدن", "لل{}"),
    ("والهالدن", "و{}"),
    ("سعيـد الهالدن", "{}"),
    ("سعید الهالدن", "{}"),  # written with a Persian ye
    ("سعيد\nالهالدن،", "{}،"),
]


@pytest.mark.parametrize(("words", "masked"), ARABIC)
def test_arabic_names_are_found_under_prefixes_vowel_signs_and_other_shapes(words, masked):
    masker = a_masker(("سعيد الهالدن", "person"))
    assert masker.mask(words) == masked.replace("{}", code(masker, "سعيد الهالدن"))


def test_a_hamza_or_article_more_or_less_does_not_hide_a_name():
    masker = a_masker(("أحمد عبدالرحمن هيفاء", "person"))
    hidden = code(masker, "أحمد عبدالرحمن هيفاء")
    assert masker.mask("احمد عبد الرحمن هيفاء") == hidden
    assert masker.mask("وأحمد") == f"و{hidden}"


def test_common_words_titles_and_lower_case_words_in_a_name_are_left():
    masker = a_masker(("General May Grace van Olm", "person"))
    words = "In May the General said grace, and an olm swam by."
    assert masker.mask(words) == words
    assert masker.mask("Mrs Olm and Grace") == f"Mrs {code(masker, 'General May Grace van Olm')} and " + code(
        masker, "General May Grace van Olm"
    )


def test_two_ordinary_words_across_a_line_are_no_broken_name():
    masker = a_masker(("Ina", "person"), ("Asam", "person"))
    assert masker.mask("It was in\na house, as\nam I.") == "It was in\na house, as\nam I."
    assert masker.mask("Then Ina came") == f"Then {code(masker, 'Ina')} came"


def test_a_name_inside_another_word_is_left():
    masker = a_masker(("Olm", "person"), ("Karsk", "place"))
    words = "The Olmek river runs by Karskhaven."
    assert masker.mask(words) == words


def test_units_and_places_get_codenames_of_their_kind_and_are_not_taken_apart():
    masker = a_masker(("Red Hill Brigade", "unit"), ("Old Karsk", "place"))
    masked = masker.mask("The red hill brigade left Old Karsk. A Red flag; Old men.")
    assert re.fullmatch(r"The Unit-\w{4} left Place-\w{4}\. A Red flag; Old men\.", masked)


@pytest.mark.parametrize("name", ["Person", "Name"])
def test_words_masked_once_stay_as_they_are_whatever_people_are_called(name):
    masker = a_masker((name, "person"), FERRIN, ("Dal Ferrin", "person"))
    masked = masker.mask(f"{name} saw Osk Ferrin and another Ferrin")
    assert masked == f"{code(masker, name)} saw {code(masker, 'Osk Ferrin')} and another {SHARED}"
    assert masker.mask(masked) == masked


def test_a_number_in_a_units_name_may_stand_apart():
    masker = a_masker(("106th Brigade", "unit"))
    hidden = code(masker, "106th Brigade", "unit")
    assert masker.mask("the 106th, 106 th brigade, 1106th Brigade") == f"the 106th, {hidden}, 1106th Brigade"


def test_names_alone_can_be_masked_and_contacts_left():
    masker = Masker(KEY, [FERRIN], contacts=False)
    assert masker.mask("Ferrin: +44 7700 900123") == f"{code(masker, 'Osk Ferrin')}: +44 7700 900123"


def test_the_longest_name_wins():
    masker = a_masker(("Karsk", "place"), ("Karsk Night Watch", "unit"))
    assert masker.mask("Karsk Night Watch of Karsk") == (
        f"{code(masker, 'Karsk Night Watch', 'unit')} of {code(masker, 'Karsk', 'place')}"
    )


def test_all_variants_of_a_group_get_one_codename_in_any_order():
    variants = ("Sa'id Tolvar", "Saeed Tolvar", "سعيد تولفار")
    maskers = [Masker(KEY, groups=[("person", order)]) for order in permutations(variants)]
    codename = maskers[0].codename(("person", variants))
    assert re.fullmatch(r"Person-[0-9A-HJKMNP-TV-Z]{4}", codename)
    for masker in maskers:
        assert masker.codename(("person", variants[::-1])) == codename
        assert masker.mask("Said Tolvar, SAEED TOLVAR, سعيد تولفار") == ", ".join([codename] * 3)


def test_one_name_has_one_codename_under_one_key_and_another_under_another():
    assert code(a_masker(FERRIN), "Osk Ferrin") == code(a_masker(FERRIN, ("Karsk", "place")), "ÓSK  FERRIN")
    assert code(a_masker(FERRIN), "Osk Ferrin") != code(a_masker(FERRIN, key=OTHER_KEY), "Osk Ferrin")


def test_a_name_that_two_people_share_is_given_to_neither():
    masker = a_masker(FERRIN, ("Dal Ferrin", "person"))
    assert masker.mask("Ferrin and Dal Ferrin") == f"{SHARED} and {code(masker, 'Dal Ferrin')}"


def test_a_place_that_bears_a_persons_name_is_masked_as_the_person():
    for names in permutations([("Olmar", "person"), ("Olmar", "place"), ("Olmar", "unit")]):
        masker = Masker(KEY, names)
        assert masker.mask("olmar") == code(masker, "Olmar")


def test_a_name_that_a_group_holds_is_not_listed_a_second_time():
    masker = Masker(KEY, [FERRIN], groups=[("person", ("Osk Ferrin", "Colonel Osk"))])
    assert masker.mask("Osk Ferrin") == masker.codename(("person", ("Osk Ferrin", "Colonel Osk")))


def test_codenames_that_meet_are_lengthened_in_whatever_order():
    names = [(f"Name{a}{b}{c}", "person") for a in "bcdfghjklmnp" for b in "aeiouy" for c in range(50)]
    masker, backwards = Masker(KEY, names), Masker(KEY, names[::-1])
    codenames = [code(masker, words) for words, _ in names]
    assert len(set(codenames)) == len(names) == 3600
    assert any(len(codename) > len("Person-7K2M") for codename in codenames), "none met: take more names"
    assert codenames == [code(backwards, words) for words, _ in names]
    first = {codename[:11] for codename in codenames if len(codename) == 11}
    assert not any(codename[:11] in first for codename in codenames if len(codename) > 11)


def test_nothing_listed_leaves_words_without_contacts_as_they_are():
    masker = a_masker()
    assert masker.mask("Nobody saw it.\n") == "Nobody saw it.\n"
    assert a_masker(("", "person"), ("—", "person"), ("A", "person")).mask("A man — nobody.") == "A man — nobody."


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        Masker(b"short")


LATIN = "abcdefghijklmnopqrstuvwxyzáčđéğłñøşüž"
ARABIC_LETTERS = "ابتثجحخدرزسشصضطعغفقكلمنهويأإآةىؤئ"


def name_of(letters: str) -> st.SearchStrategy[str]:
    word = st.text(letters, min_size=2, max_size=8).map(str.title).filter(lambda word: len(fold(word)) > 1)
    return st.lists(word, min_size=1, max_size=4).map(" ".join)


NAMES = st.one_of(name_of(LATIN), name_of(ARABIC_LETTERS))
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202b\u00ad"


def rewritten(name: str, data: st.DataObject) -> str:
    """The name in another case, without diacritics, with other spaces and things that do not show."""
    way = data.draw(st.sampled_from(["upper", "lower", "title", "swapcase", "as it is"]))
    name = name if way == "as it is" else getattr(name, way)()
    form = data.draw(st.sampled_from(["NFC", "NFD", "bare"]))
    apart = unicodedata.normalize("NFD" if form != "NFC" else "NFC", name)
    name = "".join(c for c in apart if unicodedata.category(c) != "Mn") if form == "bare" else apart
    between = data.draw(st.sampled_from([" ", "\n", "\u00a0", "  ", " \n ", "\u202f", "\r\n", "-", "_"]))
    name = name.replace(" ", between)
    if data.draw(st.booleans()):
        at = data.draw(st.integers(1, len(name) - 1))
        name = name[:at] + data.draw(st.sampled_from(INVISIBLE)) + name[at:]
    return name


@settings(deadline=None, max_examples=300)
@given(NAMES, st.data())
def test_a_listed_name_is_never_left_in_any_writing(name, data):
    # Around it stand words of a third script, so that only the codename can come out.
    masker = a_masker((name, "person"))
    masked = masker.mask(f"λόγος {rewritten(name, data)} λόγος")
    assert masked == f"λόγος {code(masker, name)} λόγος"


@settings(deadline=None, max_examples=300)
@given(NAMES, st.data())
def test_a_listed_name_is_never_left_when_a_line_ends_inside_it(name, data):
    masker = a_masker((name, "person"))
    at = data.draw(st.integers(1, len(name) - 1))
    broken = name[:at] + data.draw(st.sampled_from(["\n", "-\n", "\u00a0", "\u2010\n  "])) + name[at:]
    assume(not all(fold(piece) in COMMON for piece in re.split(r"[\s\u2010-]+", broken)))
    assert masker.mask(f"λόγος {broken} λόγος") == f"λόγος {code(masker, name)} λόγος"


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_no_name_of_many_is_left_and_masking_again_changes_nothing(names, data):
    masker = Masker(KEY, [(name, "person") for name in names])
    order = data.draw(st.permutations(names))
    masked = masker.mask(" λόγος ".join(rewritten(name, data) for name in order))
    left = re.sub(r"Person-[0-9A-Z]+|\[name\]|λόγος", " ", masked)
    assert not any(fold(piece) for piece in left.split())
    assert masker.mask(masked) == masked
    assert Masker(KEY, [(name, "person") for name in order]).mask(masked) == masked


@settings(deadline=None)
@given(st.text())
def test_any_words_can_be_masked(words):
    masker = a_masker(FERRIN, ("سعيد الهالدن", "person"))
    assert fold("Osk Ferrin") not in masker.mask(words + " Osk Ferrin").casefold()


GROWING = [
    "a",
    "a-",
    "aaaa\n",
    "Aa ",
    "1",
    "1 ",
    "12 ",
    "1.",
    "12-34",
    "@",
    "a@",
    "a.",
    "a@a.",
    "12 Aaaa ",
    "12 rue de la ",
    "شارع ",
    "12 شارع كلمة ",
    "http://",
    "x.com/",
    "www.",
    "+",
    "(",
    " ",
    "\u200b",
    "و",
    "[at]",
    "tel ",
    "1,000",
    "passport no ",
]


@pytest.mark.nightly  # a timing: never in the way of a change
@pytest.mark.parametrize("piece", GROWING, ids=range(len(GROWING)))
def test_time_grows_with_the_length_of_the_words_and_no_faster(piece):
    masker = a_masker(("a" * 30, "person"), ("Aa aa aa", "person"), ("وووووو", "person"))

    def seconds(size: int) -> float:
        words = (piece * size)[:size]
        best = 9.0
        for _ in range(2):
            start = time.perf_counter()
            masker.mask(words)
            best = min(best, time.perf_counter() - start)
        return best

    # Four times the words: four times the time, sixteen times if it were quadratic.
    assert seconds(24_000) < 9 * seconds(6_000) + 0.05
