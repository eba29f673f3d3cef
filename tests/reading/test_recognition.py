"""Words recognised on pictures: what the library's rows become, and how pages make a text."""

from __future__ import annotations

import pytest

from probanda.reading.recognised import piece_of, remarks_on, together
from probanda.reading.recognition import PageWords, Word, _paragraphs, page_from, plain

ROWS = """1\t1\t0\t0\t0\t0\t0\t0\t800\t1200\t-1\t
4\t1\t1\t1\t1\t0\t80\t90\t300\t30\t-1\t
5\t1\t1\t1\t1\t1\t80\t90\t100\t30\t91.6\tThe
5\t1\t1\t1\t1\t2\t200\t90\t180\t30\t44.2\tsol-
5\t1\t1\t1\t2\t1\t80\t130\t120\t30\t88.0\tdiers
5\t1\t1\t1\t2\t2\t220\t130\t60\t30\t-1\t \t
5\t1\t2\t1\t1\t1\t80\t400\t90\t30\t95.0\t\u200fأخذ
5\t1\t2\t1\t1\t2\t180\t400\t90\t30\t95.0\ta\tb
"""


@pytest.fixture
def page() -> PageWords:
    """A page of two paragraphs, at two pixels to a point."""
    return PageWords(3, _paragraphs(ROWS, 2.0))


def test_words_keep_their_boxes_and_how_sure_the_program_was(page: PageWords) -> None:
    first = page.paragraphs[0][0]
    assert first == (Word("The", (40, 45, 90, 60), 92), Word("sol-", (100, 45, 190, 60), 44))
    assert page.paragraphs[1][0][0].words == "أخذ", "marks of direction are the program's, not the page's"
    assert page.paragraphs[1][0][1].words == "a b"


def test_a_divided_word_is_joined_and_each_word_can_be_found_on_the_page(page: PageWords) -> None:
    piece = piece_of(page)
    assert piece.words == "The soldiers\n\nأخذ a b"
    assert [piece.words[p.start : p.end] for p in piece.located] == ["The", "sol", "diers", "أخذ", "a b"]
    assert {p.locator.page for p in piece.located} == {3}


def test_pieces_follow_one_another_with_their_places(page: PageWords) -> None:
    whole = together([piece_of(page), piece_of(PageWords(4, ())), piece_of(page)])
    assert whole.words == "The soldiers\n\nأخذ a b\n\nThe soldiers\n\nأخذ a b"
    assert [whole.words[p.start : p.end] for p in whole.located[5:]] == ["The", "sol", "diers", "أخذ", "a b"]


def test_pages_without_words_and_pages_of_little_certainty_are_named() -> None:
    faint = PageWords(2, (((Word("perhaps", (0, 0, 9, 9), 31),),),))
    sure = PageWords(5, (((Word("surely", (0, 0, 9, 9), 95),),),))
    told = remarks_on({1: PageWords(1, ()), 2: faint, 5: sure})
    assert [(one.what, "31 of 100" in one.reason) for one in told] == [("page 1", False), ("page 2", True)]


def test_what_a_child_says_of_a_page_is_checked(page: PageWords) -> None:
    assert page_from(plain(page)) == page
    for bad in ([0, []], [1, [[[["two\nlines", 1, 2, 3, 4, 90]]]]], [1, [[[["word", "left", 2, 3, 4, 90]]]]], 7):
        with pytest.raises((TypeError, ValueError)):
            page_from(bad)
