"""The words of a sentence answer as the parser's own would."""

from __future__ import annotations

import pytest

from probanda.claims.parse import MODEL, parsed
from probanda.claims.words import Tokens, once

SENTENCES = (
    "Soldiers of the Ninth Brigade shot  two men near Warfeli on 3 May 2031, said Ana Bel, a nurse.",
    '"They took my sons," she said; nobody has seen the four since.',
    "Killed: twenty-one. The mayor, whose house they burned, had been told to leave, hadn't he?",
    " ",
    "There was no one left; they're gonna say it ain't so, and that we gotta go.",
)


@pytest.fixture(scope="module")
def model():  # type: ignore[no-untyped-def]
    """The model as it comes, all of its pipes but the names."""
    return pytest.importorskip("spacy").load(MODEL, exclude=["ner"])


@pytest.fixture(scope="module", params=SENTENCES)
def both(model, request: pytest.FixtureRequest) -> tuple[object, Tokens]:  # type: ignore[no-untyped-def]
    doc = model.make_doc(request.param)
    for token in doc[1:]:
        token.is_sent_start = False
    (tokens,) = parsed([request.param])
    return model(doc), tokens


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
    (tokens,) = parsed(["Troops left."])
    assert tokens[0].nbor().text == "left"
    with pytest.raises(IndexError):
        tokens[0].nbor(-1)


def test_an_answer_about_a_token_is_worked_out_once() -> None:
    asked = []

    @once
    def length(token) -> int:  # type: ignore[no-untyped-def]
        asked.append(token.text)
        return len(token)

    (tokens,) = parsed(["Troops left."])
    assert [length(t) for t in (*tokens, *tokens)] == [6, 4, 1, 6, 4, 1]
    assert asked == ["Troops", "left", "."]


def test_what_was_said_of_a_word_holds_for_its_use_and_no_other() -> None:
    (first,) = parsed(["They left the left bank."])
    (second,) = parsed(["They left the left bank."])
    assert [(t.text, t.pos_, t.lemma_) for t in first if t.text == "left"] == [
        ("left", "VERB", "leave"),
        ("left", "ADJ", "left"),
    ]
    assert [(t.pos_, t.lemma_) for t in first] == [(t.pos_, t.lemma_) for t in second]


def test_tokens_that_were_let_go_hold_nothing() -> None:
    (tokens,) = parsed(["Troops left."])
    first = tokens[0]
    tokens.let_go()
    assert not tokens
    assert not hasattr(first, "doc")
