"""Comparing texts: any order gives the same groups, and so does adding texts to those that are there."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.factory import a_doc

from probanda.incidents.copies import Compared, copies
from probanda.incidents.model import Doc
from probanda.incidents.shingles import hashed, word_hashes
from probanda.incidents.sketches import CROWD, Index, sketched
from probanda.incidents.words import tokens

WORDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "l", "n", "rt", "sk")]


def family(seed: int, many: int) -> list[Doc]:
    """An original with many versions: cut, padded, shortened; and a text that holds the original and another."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    words = pick.choices(WORDS, k=pick.randint(30, 90))
    docs = [a_doc(f"{seed}-original", " ".join(words) + ".")]
    for n in range(many):
        cut = words[: pick.randint(len(words) // 2, len(words))]
        own = pick.choices(WORDS, k=pick.randint(0, len(words) // 2))
        docs.append(a_doc(f"{seed}-{n}", " ".join(pick.choice((cut + own, own + cut))) + "."))
    other = pick.choices(WORDS, k=40)
    docs += [a_doc(f"{seed}-digest", " ".join(words + other) + "."), a_doc(f"{seed}-other", " ".join(other) + ".")]
    return docs


def test_words_get_one_number_wherever_and_beside_whatever_they_stand():
    texts = ["Élan, STRASSE straße ﬁne 12_b", "", "الْحَرْبُ الحرب", "a", "the élan of ONE; the fine", "日本語 a"]
    known: dict[str, int] = {}
    for text, numbers in zip(texts, word_hashes(texts), strict=True):
        for word, number in zip(tokens(text), numbers.tolist(), strict=True):
            assert known.setdefault(word, number) == number
    assert len(set(known.values())) == len(known)


def test_runs_do_not_reach_over_the_border_of_two_texts():
    texts = ["a b c d", "", "e", "f g", "h i j"]
    (batch,) = hashed(texts)
    runs, ends = batch.runs(3)
    assert ends.tolist() == [2, 2, 2, 2, 3]
    alone = [hashed([t]) for t in ("a b c d", "h i j")]
    assert runs.tolist() == [n for one in alone for b in one for n in b.runs(3)[0].tolist()]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_any_order_and_any_number_of_steps_give_the_same_groups(seeds: list[int], chance: random.Random):
    docs = [d for seed in seeds for d in family(seed, 4)]
    expected = copies(docs)
    chance.shuffle(docs)
    assert copies(docs) == expected
    compared = Compared()
    while docs:
        step = chance.randint(1, len(docs))
        compared.add(docs[:step])
        docs = docs[step:]
    assert compared.copies() == expected


def test_a_crowd_that_grows_loses_the_edges_that_a_rebuild_would_not_have():
    pick = random.Random(3)  # noqa: S311 - no secret
    form = pick.choices(WORDS, k=60)
    docs = [a_doc(f"{n:03}", " ".join(form + pick.choices(WORDS, k=20)) + ".") for n in range(CROWD * 3)]
    given = sketched((d.item, d.words) for d in docs)
    at_once, step_by_step = Index(given), Index()
    for one in reversed(given):
        step_by_step.add([one])

    def edges(index: Index) -> set[frozenset[str]]:
        first = [items[0] for items in index.items]
        return {frozenset((first[a], first[b])) for a, many in index.edges.items() for b in many}

    assert edges(step_by_step) == edges(at_once)
    assert len(edges(at_once)) < len(docs) * (len(docs) - 1) // 2


def test_only_the_groups_that_a_new_text_reaches_are_worked_out_anew():
    compared = Compared([*family(1, 3), *family(2, 3)])
    touched = compared.add([a_doc("new", family(1, 0)[0].words + " Filed late.")])
    assert "new" in touched and "1-original" in touched
    assert not any(item.startswith("2-") for item in touched)


def test_a_text_that_is_there_already_changes_nothing():
    docs = family(1, 3)
    compared = Compared(docs)
    assert compared.add(docs) == frozenset()
    assert compared.copies() == copies(docs)


def test_a_digest_of_two_texts_is_no_copy_of_either():
    pick = random.Random(5)  # noqa: S311 - no secret
    first, second = (" ".join(pick.choices(WORDS, k=60)) + "." for _ in range(2))
    docs = [a_doc("a", first), a_doc("b", second), a_doc("digest", f"{first} {second}")]
    assert copies(docs).groups == ()
    assert copies(docs[::2]).groups == (("a", "digest"),), "alone it may be a longer version"
