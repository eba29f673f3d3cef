"""Comparing texts: any order gives the same groups, and so does adding texts to those that are there."""

from __future__ import annotations

import random
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.incidents.factory import a_doc

from probanda.incidents import overlaps
from probanda.incidents.copies import Compared, body, copies
from probanda.incidents.model import Doc
from probanda.incidents.overlaps import Laid
from probanda.incidents.shingles import hashed, runs_of, word_hashes
from probanda.incidents.sketches import BITS, CROWD, RUN, Index, sketched
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


MIXED = [
    "Élan, STRASSE straße ﬁne 12_b",
    "",
    "الْحَرْبُ الحرب",
    "a",
    "the élan of ONE; the fine",
    "日本語 a",
    "plain words, and More",
    "№ 5 … ½ ™ İstanbul 한국 한국의",
    "x\ud800y \x00 z",
    "a\nb",
    " ",
    "z" * 70 + "y " + "z" * 71 + " " + "Z" * 70,
    "eight888 eight8889 sixteen_sixteen_ sixteen_sixteen_s",
]


def test_words_get_one_number_wherever_and_beside_whatever_they_stand():
    known: dict[str, int] = {}
    for texts in (MIXED, MIXED[::-1], *([text] for text in MIXED)):
        for text, numbers in zip(texts, word_hashes(texts), strict=True):
            for word, number in zip(tokens(text), numbers.tolist(), strict=True):
                assert known.setdefault(word, number) == number
    assert len(set(known.values())) == len(known)


def test_many_texts_at_once_give_the_runs_that_each_gives_alone():
    texts = [*MIXED, "one two three four", "one two", "", "one two three one two three one two three", "five six seven"]
    items = [str(n) for n in range(len(texts))]
    together = [runs.tolist() for some in sketched(items, texts) for runs in some.runs]
    alone = [
        runs.tolist() for item, text in zip(items, texts, strict=True) for runs in sketched([item], [text])[0].runs
    ]
    assert together == alone
    for text, runs in zip(texts, together, strict=True):
        (words,) = word_hashes([text])
        assert runs == sorted({n >> (64 - BITS) for n in runs_of(words, RUN).tolist()})


def test_only_texts_with_the_same_words_in_the_same_order_count_as_equal():
    texts = ["a b b a", "b a a b", "A, b; b a!", "a b a b", "b a b a", "a b", "", " ", "x " * 40, "x " * 41]
    (some,) = sketched([str(n) for n in range(len(texts))], texts)
    assert [n for n in range(len(texts)) if some.equal.tolist().index(some.equal[n]) != n] == [2]


def test_runs_of_words_are_counted_within_one_text():
    texts = ["a b c d", "", "e", "f g", "h i j"]
    (batch,) = hashed(texts)
    assert batch.ends.tolist() == [4, 4, 5, 7, 10]
    (some,) = sketched(list("12345"), texts)
    assert some.sizes.tolist() == [2, 0, 0, 0, 1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 60), max_size=40), min_size=2, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40),
    st.sampled_from([0.0, 0.8, 9.0]),
    st.sampled_from([1, 40, 1 << 15]),
)
def test_what_pairs_share_is_counted_the_same_however_texts_are_laid_out(sets, pairs, dense, room):
    runs = [np.array(sorted(one), np.uint64) for one in sets]
    chosen = [(a % len(sets), b % len(sets)) for a, b in pairs if a % len(sets) != b % len(sets)]
    a, b = (np.array([pair[n] for pair in chosen], np.int64) for n in (0, 1))
    with patch.multiple(overlaps, PAIRS=dense, TOGETHER=room, ROWS=room, MANY=min(room, 3)):
        laid = Laid(runs, a[::2], b[::2])
        assert laid.common(a, b).tolist() == [len(sets[x] & sets[y]) for x, y in chosen]


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
    at_once, step_by_step = Index(sketched([d.item for d in docs], [d.words for d in docs])), Index()
    for doc in reversed(docs):
        step_by_step.add(sketched([doc.item], [doc.words]))

    def edges(index: Index) -> set[frozenset[str]]:
        one, other = (index.items(ends.tolist()) for ends in index.beside(np.arange(len(index))))
        return {frozenset(pair) for pair in zip(one, other, strict=True)}

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


def test_a_headline_is_no_part_of_the_body_and_a_sentence_is():
    rest = "Riders burned the ferry landing at Ousel Ford on Sunday night, and nobody has been seen there since."
    assert body(f"Ferry landing burned at Ousel Ford\n{rest}").strip() == rest
    assert body(f"Riders came.\n{rest}") == f"Riders came.\n{rest}"
    assert body(f"Ferry landing burned: {rest}", "Ferry landing burned:").strip() == rest
    assert body("A line\nand a short one") == "A line\nand a short one"
