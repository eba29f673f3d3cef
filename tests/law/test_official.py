"""A user's own copy beside the elements, and the check that none of its sentences was copied; packs compared."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from probanda.law import build, load
from probanda.law.copied import RUN, runs
from probanda.law.difference import differences
from probanda.law.official import laid_beside

PACK = load()
COPY = """1  The invented book

Article 6 (a)   Heading of it
Elements
1.  First words
    over two lines.
2.  Second words.
12 A note at the foot of the page.

Article 8(2)(b)(vii)\u20132
1) One.
2) Two, see
article 8 (2) (b), which is cited here.

8 (2) (e) (x)
1. Without the word before it.

Art. 28 (a)
A paragraph without numbers
in two lines.

And another one.

Article 8 (2) (z) (i)
1. Of nothing.
"""


def words_of(text: str) -> dict[tuple[str, int | None], str]:
    return {(p.entry, p.element): " ".join(text[p.start : p.end].split()) for p in laid_beside(PACK, text).matched}


def test_headings_and_numbered_elements_are_found_however_they_are_set():
    found = words_of(COPY)
    assert found["6(a)", 1] == "First words over two lines."
    assert found["6(a)", 2] == "Second words. 12 A note at the foot of the page."
    assert found["8(2)(b)(vii)-2", 2] == "Two, see article 8 (2) (b), which is cited here."
    assert found["8(2)(e)(x)", 1] == "Without the word before it."
    assert found["28(a)", None] == "A paragraph without numbers in two lines."
    assert not any(entry == "8(2)(b)(vii)-1" for entry, _ in found)


def test_what_is_not_matched_is_said():
    beside = laid_beside(PACK, COPY)
    assert "The heading '8 (2) (z) (i)' names nothing in the pack." in beside.odd
    assert any(odd.startswith("6(a): the copy numbers 2 elements, the pack 4") for odd in beside.odd)
    assert "6(b)" in beside.missing and "6(a)" not in beside.missing and len(beside.missing) == 99


def test_an_element_with_letters_and_blank_lines_between_ends_at_the_next_number():
    text = "Article 7 (1) (i)\n1. The person:\n(a) took; or\n(b) refused.\n\n2. Next.\n"
    assert words_of(text)["7(1)(i)", 1] == "The person: (a) took; or (b) refused."


STATUTE = """Article 7
An invented heading

1. Words above the letters:

(g) Of several kinds;
(h) Of one kind
over two lines;
(i) A letter and no number;

2. For paragraph 1:
(a) A meaning of a word.

Article 8
2. Words:
(a) Of one sort:
(i) The first of it;
(ii) The second of it;
(e) Of another sort:
(ix) The ninth;
(x) The tenth of it.

Article 25
3. Words:
(a) In three ways;
(b) In other ways.

Article 28
(a) Somebody of one kind:
(i) knew; and
(ii) did nothing.
(b) Somebody else.

Article 33
1. An order, unless:
(a) one thing.

Article 99
Of no concern.
"""


def test_articles_with_paragraphs_letters_and_numbers_lead_to_the_entries_as_in_the_statute():
    found = words_of(STATUTE)
    assert found["7(1)(g)-3", None] == "(g) Of several kinds;"
    assert found["7(1)(h)", None] == "(h) Of one kind over two lines;"
    assert found["7(1)(i)", None] == "(i) A letter and no number;"
    assert found["8(2)(a)(i)", None] == "(i) The first of it;"
    assert found["8(2)(a)(ii)-2", None] == "(ii) The second of it;"
    assert found["8(2)(e)(x)", None] == "(x) The tenth of it."
    assert found["25(3)(a) jointly", None] == "(a) In three ways;"
    assert found["28(a)", None] == "(a) Somebody of one kind: (i) knew; and (ii) did nothing."
    assert found["28(b)", None] == "(b) Somebody else."
    assert found["33", None] == "1. An order, unless: (a) one thing."
    assert laid_beside(PACK, STATUTE).odd == ()


def test_elements_that_a_word_processor_numbered_are_taken_in_order_where_their_number_is_right():
    lines = "One.\nTwo.\nThree.\nFour.\nFive.\n"
    found = words_of(f"Article 8 (2) (c) (i)-1\nA heading\nElements\n{lines}")
    assert [found["8(2)(c)(i)-1", n] for n in range(1, 6)] == lines.split()
    beside = laid_beside(PACK, f"Article 8 (2) (c) (i)-1\nA title\nElements\n{lines}Six.\n\nArticle 6 (a)\n1. One.\n")
    assert any("6 lines without numbers" in odd for odd in beside.odd)
    assert not any(p.entry == "8(2)(c)(i)-1" for p in beside.matched)


def test_nothing_is_found_in_what_is_no_law():
    assert laid_beside(PACK, "Dear all,\n1. Bring bread.\n8 (2) people came.\n").matched == ()


def test_ten_words_in_a_row_are_found_and_nine_are_not():
    words = PACK.crime("8(2)(e)(i)").elements[2].note.rstrip(".").split()
    assert len(words) >= RUN
    (run,) = [r for r in runs(PACK, "Before it " + " ".join(words[:10]).upper() + ", after it") if r.words >= RUN]
    assert run.words == 10 and run.element == 3
    assert runs(PACK, "Before it " + " ".join(words[:9]) + " otherwise") == ()


def test_terms_of_art_do_not_count_toward_the_run():
    text = PACK.mode("28(a)").elements[5].text
    assert runs(PACK, text)
    (whole,) = {r.words for r in runs(replace(PACK, terms=()), text) if r.entry == "28(a)"}
    (counted,) = {r.words for r in runs(PACK, text) if r.entry == "28(a)"}
    assert counted < whole


def test_every_text_of_the_pack_is_looked_at():
    for text in (PACK.exclusions[0].conditions, PACK.bars[0].test, PACK.rules[0].text, PACK.crimes[0].note):
        assert runs(PACK, text) or len(text.split()) < RUN + 3, text


def files() -> dict[str, str]:
    folder = resources.files("probanda.law") / "packs" / "rome"
    return {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("article-8e.yaml", "title: Pillaging (NIAC)", "title: Pillage", ("crimes", "8(2)(e)(v)", None, "title")),
        ("pack.yaml", 'version: "0.3"', 'version: "0.4"', ("pack", "rome", None, "version")),
        ("pack.yaml", "standard: beyond reasonable", "standard: beyond", ("stages", "conviction", None, "standard")),
        ("modes.yaml", "commanded the garrison.", "commanded.", ("modes", "28(a)", 1, "example")),
        ("cues.yaml", "words: [forced prostitution, ", "words: [", ("cues", "forced-prostitution", None, "words")),
    ],
)  # fmt: skip
def test_a_newer_pack_shows_each_difference(file, old, new, told):
    texts = files()
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    newer = build("rome", texts)
    assert told in {(d.kind, d.entry, d.element, d.what) for d in differences(PACK, newer)}
    assert newer.digest != PACK.digest


def test_a_pack_does_not_differ_from_itself():
    assert differences(PACK, build("rome", files())) == ()


def test_what_came_and_what_went_is_said_whole():
    less = replace(PACK, crimes=PACK.crimes[1:])
    (gone,) = differences(PACK, less)
    (come,) = differences(less, PACK)
    assert (gone.entry, gone.before, gone.after) == ("6(a)", "Genocide by killing", None)
    assert (come.entry, come.before, come.after) == ("6(a)", None, "Genocide by killing")
    fewer = replace(PACK, crimes=(replace(PACK.crimes[0], elements=PACK.crimes[0].elements[:-1]), *PACK.crimes[1:]))
    (element,) = differences(PACK, fewer)
    assert (element.entry, element.element, element.what, element.after) == ("6(a)", 4, "element", None)
