"""Search: any query is understood, and each compartment is ranked alone."""

from __future__ import annotations

import pytest

from tests.store.desk import REPORT, Desk

QUERIES = [
    '"', '""', "NEAR(", "a AND", "OR", "words:", "*", "-mill", "^mill", "(", "{words}: x", "mill*", '"the mill"',
    "'; DROP TABLE item; --", "\x00", "\ud800", "ـــ", "", "   ", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_is_an_error(desk: Desk, query: str) -> None:
    desk.read(desk.add(REPORT, "report.txt"), REPORT)
    assert isinstance(desk.store.search(desk.eyes, query), list)


def test_words_are_found_whatever_their_accents_and_case(desk: Desk) -> None:
    words = "Le préfet de Tamrît a démenti.\n"
    desk.read(desk.add(words, "note.txt"), words)
    for query in ("prefet", "PRÉFET", "Tamrit", "demen*", '"a dementi"'):
        (hit,) = desk.store.search(desk.eyes, query)
        assert hit.snippet
    assert desk.store.search(desk.eyes, '"dementi a"') == []


def test_arabic_is_found_with_other_letter_forms_and_without_marks(desk: Desk) -> None:
    words = "قالَ أحمد إنّ المدينة على الجبهــة.\n"
    desk.read(desk.add(words, "خبر.txt"), words)
    for query in ("احمد", "أحمد", "المدينه", "الجبهة", "علي", "قال", "ان"):
        assert len(desk.store.search(desk.eyes, query)) == 1, query


def test_a_hit_leads_to_its_words(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, ("the Northern Brigade killed twelve farmers",))
    text, found = desk.store.search(desk.eyes, "twelve farmers")
    assert desk.store.words(desk.eyes, digest, text.start, text.end) == REPORT.splitlines()[0]
    assert (found.kind, found.claim, found.snippet) == ("claim", claim.id, claim.quote)
    assert found.number == "KRV-0001"


def test_a_text_in_parts_is_one_text_with_offsets_of_its_own(desk: Desk) -> None:
    from dataclasses import replace

    from tests.store.desk import a_text

    parts = ["The first part ends here.\n", "The second speaks of the mill.\n"]
    whole = "".join(parts)
    digest = desk.add(whole, "long.txt")
    texts = [replace(a_text(digest, words), part=n, parts=2, base=len(parts[0]) * n) for n, words in enumerate(parts)]
    desk.store.commit_text(texts, "text 1")
    assert list(desk.store.texts(desk.eyes, digest)) == texts
    assert desk.store.words(desk.eyes, digest, 20, 36) == whole[20:36]
    (hit,) = desk.store.search(desk.eyes, "mill")
    assert desk.store.words(desk.eyes, digest, hit.start, hit.end) == parts[1].strip()
    assert [p.start for p in desk.store.passages(desk.eyes, digest)] == [0, len(parts[0])]
    assert desk.store.item(desk.eyes, digest).length == len(whole)
    assert desk.store.verify() == []


def test_a_text_that_was_replaced_is_found_by_its_new_words_only(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    desk.read(digest, REPORT)
    desk.read(digest, "Only this now.\n")
    assert desk.store.search(desk.eyes, "farmers") == []
    assert len(desk.store.search(desk.eyes, "now")) == 1
    assert desk.store.verify() == []
