"""Passages and quotations that stand in two texts."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.factory import a_doc
from tests.incidents.test_comparing_texts import WORDS

from probanda.incidents.copies import copies
from probanda.incidents.kinship import KinshipKind
from probanda.incidents.passages import NOTICE, PASSAGE, passages, quotations

STATEMENT = (
    "Our men left the salt works at noon, the élite company first, and nobody in our ranks had any order to fire on "
    "the people who were waiting for the ferry that day at Port Ansel"
)


def prose(seed: int, words: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))  # noqa: S311 - no secret


def test_a_passage_is_given_by_its_exact_words_in_both_texts():
    a, b = f"{prose(1, 90)}. {STATEMENT}! {prose(2, 40)}", f"{prose(3, 12)}: {STATEMENT.upper()}, {prose(4, 200)}"
    (kin,) = passages([a_doc("b", b), a_doc("a", a)])
    (span,) = kin.spans
    assert (kin.a, kin.b, kin.kind) == ("a", "b", KinshipKind.PASSAGE)
    assert a[span.a_start : span.a_end] == STATEMENT
    assert b[span.b_start : span.b_end] == STATEMENT.upper()
    assert kin.reason.startswith(f"{len(STATEMENT.split())} words in a row")


@settings(max_examples=40, deadline=None)
@given(st.integers(PASSAGE, 60), st.integers(0, 80), st.integers(0, 80), st.integers(0, 999))
def test_no_run_that_is_long_enough_is_missed_wherever_it_stands(length: int, before: int, after: int, seed: int):
    run = prose(seed, length)
    a, b = f"{prose(seed + 1, before)} {run} {prose(seed + 2, after)}", f"{prose(seed + 3, after)} {run}"
    (kin,) = passages([a_doc("a", a), a_doc("b", b)])
    assert any(run in a[s.a_start : s.a_end] and run in b[s.b_start : s.b_end] for s in kin.spans)


def test_a_shorter_run_is_no_passage():
    run = " ".join(STATEMENT.split()[: PASSAGE - 1])
    assert passages([a_doc("a", f"{prose(1, 80)} {run}"), a_doc("b", f"{run} {prose(2, 80)}")]) == []


def test_the_notice_under_every_text_of_a_publisher_is_no_passage():
    docs = [a_doc(f"d{n}", f"{prose(n, 80)}. {STATEMENT}.") for n in range(NOTICE + 1)]
    assert passages(docs) == []
    assert len(passages(docs[:2])) == 1, "two texts with one ending may share more than a notice"


def test_copies_of_one_text_are_not_reported_as_sharing_a_passage():
    docs = [a_doc("a", f"{STATEMENT}. {prose(1, 80)}"), a_doc("b", f"{STATEMENT}. {prose(1, 80)}. {prose(2, 10)}")]
    found = copies(docs)
    assert found.groups and passages(docs, found.copy_of) == []


def test_a_saying_in_two_texts_is_one_however_it_is_quoted():
    a = f"{prose(1, 60)}. “The market was full when the first shell came over the wall”, the baker said. {prose(2, 9)}"
    b = f"He added: «the market was full when the first shell came over the wall, and then the second». {prose(3, 60)}"
    (kin,) = quotations([a_doc("a", a), a_doc("b", b)])
    (span,) = kin.spans
    assert kin.kind is KinshipKind.QUOTATION
    assert a[span.a_start : span.a_end] == "The market was full when the first shell came over the wall"
    assert b[span.b_start : span.b_end] == "the market was full when the first shell came over the wall"


def test_words_that_only_one_text_quotes_are_no_common_quotation():
    said = "the market was full when the first shell came over the wall"
    assert quotations([a_doc("a", f"“{said}”, she said"), a_doc("b", f"She said that {said}.")]) == []


def test_a_passage_in_many_texts_ties_each_to_the_first_and_not_all_with_all():
    docs = [a_doc(f"d{n:03}", f"{prose(n, 60)} {STATEMENT} {prose(n + 500, 60)}") for n in range(60)]
    found = {(k.a, k.b) for k in passages(docs)}
    assert {("d000", f"d{n:03}") for n in range(1, 60)} <= found
    assert len(found) < 60 * 59 / 4
