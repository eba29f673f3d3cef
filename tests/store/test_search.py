"""Search: any query is understood, and each compartment is ranked alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.store import search as finding
from probanda.store.query import parse
from probanda.store.search import Wanted
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


def _case(desk: Desk, many: int) -> list[str]:
    """Items that speak of the mill; every third in French, the second sentence of each with a claim."""
    digests = []
    for n in range(many):
        words = f"The mill of Tamrit burned, report {n}.\n\nThe Northern Brigade killed {n + 2} farmers at the mill.\n"
        digest = desk.add(words, f"{n:02}.txt")
        desk.read(
            digest, words, (f"The Northern Brigade killed {n + 2} farmers",), language="fr" if n % 3 == 0 else "en"
        )
        digests.append(digest)
    return digests


@pytest.mark.parametrize("ranked", [True, False])
def test_pages_show_each_item_once_whatever_the_order(
    desk: Desk, ranked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = _case(desk, 11)
    if not ranked:
        monkeypatch.setattr(finding, "MOST_RANKED", 6)
        monkeypatch.setattr(finding, "WINDOW", 5)
    seen: list[str] = []
    after, pages = "", 0
    while pages < 20:
        found = desk.store.look(desk.eyes, parse("mill"), Wanted(after=after, items=4))
        assert found.ranked is ranked
        seen += [item.digest for item in found.items]
        after, pages = found.after, pages + 1
        if not after:
            break
    assert sorted(seen) == sorted(digests)
    assert len(seen) == len(set(seen))
    if not ranked:
        assert seen == digests[::-1]


def test_hits_are_narrowed_and_counted_by_what_items_are(desk: Desk) -> None:
    digests = _case(desk, 7)
    every = desk.store.look(desk.eyes, parse("mill"), Wanted())
    assert dict(every.facets["language"]) == {"en": 4, "fr": 3}
    assert (every.fitting, every.places) == (7, 14)
    french = desk.store.look(desk.eyes, parse("mill"), Wanted({"language": "fr"}))
    assert {item.digest for item in french.items} == set(digests[::3])
    assert dict(french.facets["language"]) == {"en": 4, "fr": 3}
    with_claims = desk.store.look(desk.eyes, parse("farmers"), Wanted({"what": "claim"}))
    assert len(with_claims.items) == 7
    assert all(place.claims for item in with_claims.items for place in item.places)
    assert desk.store.look(desk.eyes, parse("mill farmers"), Wanted({"what": "claim"})).items == ()
    one = desk.store.look(desk.eyes, parse("mill"), Wanted({"item": digests[2]}))
    assert [item.digest for item in one.items] == [digests[2]]
    assert one.places == 2


def test_a_claim_far_down_is_not_lost(desk: Desk) -> None:
    words = "\n\n".join(
        ["Farmers said the mill stood."] * 400 + ["The Northern Brigade killed ten farmers of the mill."]
    )
    digest = desk.add(words, "long.txt")
    desk.read(digest, words, ("The Northern Brigade killed ten farmers of the mill",))
    found = desk.store.look(desk.eyes, parse("farmers mill"), Wanted({"what": "claim"}))
    assert [len(place.claims) for item in found.items for place in item.places] == [1]
    assert found.claims == 1


def test_what_is_new_is_what_was_read_in_since(desk: Desk) -> None:
    _case(desk, 2)
    mark = desk.store.mark(desk.eyes)
    assert desk.store.beyond(desk.eyes, parse("mill"), mark, 10) == 0
    later = "The mill again.\n"
    digest = desk.add(later, "later.txt")
    desk.read(digest, later)
    assert desk.store.beyond(desk.eyes, parse("mill"), mark, 10) == 1
    newest = desk.store.mark(desk.eyes)
    desk.read(digest, "Something else, and no more.\n")
    assert desk.store.beyond(desk.eyes, parse("mill"), newest, 10) is None


def test_what_lies_behind_a_wall_changes_no_byte_of_what_is_found(another: Callable[[str], Desk]) -> None:
    worlds = []
    for name in ("without", "with"):
        desk = another(name)
        for n in range(6):
            if name == "with":
                hidden = f"The mill, the mill, the mill of Brigade {n}.\n"
                desk.read(desk.add(hidden, f"h{n}.txt", "restricted"), hidden)
            words = f"The mill of Tamrit, {'mill ' * n} said the Northern Brigade.\n"
            desk.read(desk.add(words, f"{n}.txt"), words)
        walled = desk.store.eyes(desk.store.add_user(desk.eyes, "Ben"))
        told: list[object] = []
        for most in (5_000, 3):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(finding, "MOST_RANKED", most)
                patch.setattr(finding, "WINDOW", most)
                for asked in ("mill", "mill -tamrit", "brigade*", '"of Tamrit" OR brigade'):
                    after = ""
                    for _ in range(4):
                        found = desk.store.look(walled, parse(asked), Wanted(after=after, items=2))
                        told.append(found)
                        after = found.after
                    told.append(desk.store.bearers(walled, parse(asked).needs[0][0][0]))
        worlds.append(repr(told))
    assert worlds[0] == worlds[1]
    assert "mill" in worlds[0]
