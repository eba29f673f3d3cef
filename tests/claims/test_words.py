"""The words of a sentence answer as the parser's own would."""

from __future__ import annotations

import pytest

from probanda.claims.parse import parsed
from probanda.claims.words import Tokens, once, tokens_of

SENTENCES = (
    "Soldiers of the Ninth Brigade shot  two men near Warfeli on 3 May 2031, said Ana Bel, a nurse.",
    '"They took my sons," she said; nobody has seen the four since.',
    "Killed: twenty-one. The mayor, whose house they burned, had been told to leave, hadn't he?",
    " ",
)


@pytest.fixture(scope="module", params=SENTENCES)
def both(request: pytest.FixtureRequest) -> tuple[object, Tokens]:
    (doc,) = parsed([request.param])
    return doc, tokens_of(doc, request.param)


def test_a_token_has_the_words_tags_and_place_that_the_parser_gives(both) -> None:  # type: ignore[no-untyped-def]
    doc, tokens = both
    names = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "like_num", "is_space", "is_quote")
    for theirs, ours in zip(doc, tokens, strict=True):
        assert [getattr(ours, name) for name in names] == [getattr(theirs, name) for name in names]
        assert len(ours) == len(theirs)


def test_what_hangs_on_what_is_as_the_parser_has_it(both) -> None:  # type: ignore[no-untyped-def]
    doc, tokens = both
    for theirs, ours in zip(doc, tokens, strict=True):
        assert (ours.head.i, ours.left_edge.i) == (theirs.head.i, theirs.left_edge.i)
        for name in ("children", "lefts", "rights", "ancestors", "subtree"):
            assert [t.i for t in getattr(ours, name)] == [t.i for t in getattr(theirs, name)], name
        for other, word in zip(doc, tokens, strict=True):
            assert ours.is_ancestor(word) == theirs.is_ancestor(other)


def test_a_stretch_covers_every_token_that_its_characters_touch(both) -> None:  # type: ignore[no-untyped-def]
    doc, tokens = both
    for start in range(len(tokens.text)):
        for end in range(start + 1, min(start + 30, len(tokens.text)) + 1):
            theirs, ours = doc.char_span(start, end, alignment_mode="expand"), tokens.stretch(start, end)
            assert (ours is None) == (theirs is None)
            if ours is not None and ours.start < ours.end:
                assert (ours.start, ours.end, ours.root.i) == (theirs.start, theirs.end, theirs.root.i)
    for first in range(len(tokens)):
        for end in range(first, len(tokens) + 1):
            assert tokens.said(first, end) == doc[first:end].text


def test_there_is_no_word_before_the_first() -> None:
    (doc,) = parsed(["Troops left."])
    tokens = tokens_of(doc, "Troops left.")
    assert tokens[0].nbor().text == "left"
    with pytest.raises(IndexError):
        tokens[0].nbor(-1)


def test_an_answer_about_a_token_is_worked_out_once() -> None:
    (doc,) = parsed(["Troops left."])
    asked = []

    @once
    def length(token) -> int:  # type: ignore[no-untyped-def]
        asked.append(token.text)
        return len(token)

    tokens = tokens_of(doc, "Troops left.")
    assert [length(t) for t in (*tokens, *tokens)] == [6, 4, 1, 6, 4, 1]
    assert asked == ["Troops", "left", "."]
