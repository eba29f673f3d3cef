"""Which texts are copies of one text."""

from __future__ import annotations

import random

from tests.incidents.factory import a_doc

from probanda.incidents.copies import copies
from probanda.incidents.model import Doc

WIRE = (
    "Gunmen in grey uniforms drove into the fishing quarter of Port Ansel before dawn and shot eleven men "
    "beside their boats, a harbour clerk said. The Northern Brigade said none of its men had left barracks that night."
)


def groups(*docs: Doc) -> list[tuple[str, ...]]:
    return list(copies(docs).groups)


def prose(seed: int, words: int = 120) -> str:
    pick = random.Random(seed)  # noqa: S311 - not a secret
    return " ".join(pick.choice("abcdefghijklmnop") + str(pick.randrange(400)) for _ in range(words))


def test_one_body_under_two_headlines_is_one_text():
    assert groups(
        a_doc("a", f"Eleven shot at Port Ansel\n{WIRE}"),
        a_doc("b", f"Brigade denies part in harbour raid, clerk speaks of dawn shooting\n{WIRE}"),
    ) == [("a", "b")]


def test_capitals_and_spacing_make_no_other_text():
    assert groups(a_doc("a", WIRE), a_doc("b", WIRE.upper().replace(" ", "\n ", 9))) == [("a", "b")]


def test_a_shortened_version_goes_back_to_the_longer_text():
    longer = f"{WIRE} {prose(1, 30)}."
    assert groups(a_doc("a", longer), a_doc("b", WIRE)) == [("a", "b")]


def test_two_papers_in_their_own_words_are_two_texts():
    other = (
        "A dawn raid on Port Ansel's fishing quarter left eleven men dead next to their boats, according to a clerk "
        "at the harbour. None of our men left barracks, the Northern Brigade said."
    )
    assert groups(a_doc("a", WIRE), a_doc("b", other)) == []


def test_a_text_that_quotes_another_in_passing_is_no_copy_of_it():
    assert groups(a_doc("a", WIRE), a_doc("b", f"{prose(2, 300)} {WIRE}")) == []


def test_very_short_texts_are_copies_only_when_equal():
    assert groups(
        a_doc("a", "Eleven shot at Port Ansel, clerk says"),
        a_doc("b", "Eleven shot at Port Ansel, clerk said"),
        a_doc("c", "ELEVEN shot at Port Ansel, clerk says"),
    ) == [("a", "c")]


def test_a_digest_does_not_make_copies_of_the_short_texts_it_holds():
    parts = [prose(seed, 60) for seed in range(10, 13)]
    found = groups(a_doc("digest", " ".join(parts)), *(a_doc(f"part{n}", p) for n, p in enumerate(parts)))
    assert not any({"part0", "part1"} <= set(g) for g in found)


def test_a_chain_of_slow_changes_does_not_join_its_ends():
    words = prose(20, 200).split()
    texts = [" ".join([f"x{n}{i}" for i in range(n * 30)] + words[n * 30 :]) for n in range(6)]
    found = groups(*(a_doc(f"d{n}", t) for n, t in enumerate(texts)))
    assert not any({"d0", "d5"} <= set(g) for g in found)
    assert any({"d0", "d1"} <= set(g) for g in found)


def test_a_decision_goes_before_likeness():
    docs = [a_doc("a", WIRE), a_doc("b", WIRE), a_doc("c", prose(3))]
    assert copies(docs, apart=[("a", "b")]).groups == ()
    assert copies(docs, same=[("a", "c")]).groups == (("a", "b", "c"),)


def test_a_thousand_copies_are_one_group():
    docs = [a_doc(f"d{n:04}", f"{WIRE} Filed by desk {n}.") for n in range(1000)]
    assert [len(g) for g in groups(*docs)] == [1000]
