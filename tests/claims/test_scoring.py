"""Laying proposed claims against those that people found: what counts as right, and what each figure is made of."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from probanda.claims import scoring
from probanda.claims.scoring import FIELDS, Count, Gold, NoClaim, Statement, pairs, same_name, score


def a_claim(name: str, start: int = 0, end: int = 40, doc: str = "wire", **fields: object) -> Statement:
    """A claim on these words; the rest as told."""
    told: dict[str, object] = {"modality": "alleged", "act_type": "killing"} | fields
    return Statement(id=name, doc=doc, start=start, end=end, **told)  # type: ignore[arg-type]


def a_gold(*claims: Statement, partial: tuple[str, ...] = (), no_claims: tuple[NoClaim, ...] = (), **more: str) -> Gold:
    """A gold with these claims; `more` names further texts."""
    docs = sorted({c.doc for c in claims} | set(partial) | {n.doc for n in no_claims} | set(more))
    return Gold(docs=tuple(docs), partial=frozenset(partial), claims=claims, no_claims=no_claims)


FULL = a_claim(
    "full",
    speakers=("Radio Delma", "residents"),
    actors=("the Third Brigade", "General Orsk"),
    victims=("four villagers",),
    places=("Delma", "Kesh province"),
    date_from="2031-05-03",
    date_to="2031-05-05",
    quantities=(Count(4, 4, 4),),
)


# --- laying together --------------------------------------------------------------------------------


def test_a_gold_against_itself_is_right_in_every_field() -> None:
    found = score([FULL, a_claim("own", 100, 120)], a_gold(FULL, a_claim("own", 100, 120)))
    assert [f.field for f in found.figures] == list(FIELDS)
    assert {(f.precision, f.recall, f.f1) for f in found.figures} == {(1.0, 1.0, 1.0)}
    assert not found.missed and not found.unfounded


def test_each_claim_is_laid_to_one_other_at_most() -> None:
    found = score([a_claim("one"), a_claim("two", 0, 38)], a_gold(a_claim("gold")))
    claims = found.figure("claims")
    assert (claims.right, claims.proposed, claims.expected) == (1, 2, 1)
    assert (claims.precision, claims.recall) == (0.5, 1.0)
    assert claims.f1 == pytest.approx(2 / 3)
    assert [c.id for c in found.unfounded] == ["two"]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        (0, 40, True),
        (20, 60, True),  # half of the shorter, a third of both
        (21, 61, False),  # less than half of the shorter
        (0, 6, True),  # all of the shorter, 0.15 of both
        (0, 5, False),  # all of the shorter, but too little of both
        (40, 80, False),  # beside one another
    ],
)
def test_two_quotes_meet_where_they_share_half_of_the_shorter_and_enough_of_both(
    start: int, end: int, meets: bool
) -> None:
    assert bool(pairs([a_claim("p", start, end)], [a_claim("g")])) is meets


def test_claims_of_different_texts_never_meet() -> None:
    assert pairs([a_claim("p", doc="wire")], [a_claim("g", doc="blog")]) == []


def test_of_claims_on_the_same_words_those_meet_whose_fields_agree() -> None:
    killing, burning = a_claim("g1", act_type="killing"), a_claim("g2", act_type="looting-property")
    laid = pairs([a_claim("p1", act_type="looting-property"), a_claim("p2")], [killing, burning])
    assert {(p.id, g.id) for p, g in laid} == {("p1", "g2"), ("p2", "g1")}


def test_fields_never_outdo_a_quote_that_fits_clearly_better() -> None:
    near, far = a_claim("near", 0, 40, act_type="siege", modality="denied"), a_claim("far", 0, 60)
    assert [(p.id, g.id) for p, g in pairs([a_claim("p", 0, 40)], [near, far])] == [("p", "near")]


def test_the_order_of_claims_changes_nothing() -> None:
    rnd = random.Random(5)  # noqa: S311 - an order, no secret
    gold = [a_claim(f"g{n}", n * 7, n * 7 + 30, actors=(f"unit {n}",)) for n in range(40)]
    ours = [a_claim(f"p{n}", n * 7 + 3, n * 7 + 31, actors=(f"unit {n % 9}",)) for n in range(40)]
    first = score(ours, a_gold(*gold))
    for _ in range(5):
        rnd.shuffle(gold)
        rnd.shuffle(ours)
        again = score(ours, a_gold(*gold))
        assert again == first


def test_only_neighbours_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    overlap = scoring._overlap

    def counting(p: Statement, g: Statement) -> tuple[float, float]:
        nonlocal compared
        compared += 1
        return overlap(p, g)

    monkeypatch.setattr(scoring, "_overlap", counting)
    many = [a_claim(f"c{n}", n * 50, n * 50 + 40) for n in range(2000)]
    assert len(pairs(many, many)) == 2000
    assert compared == 2000


# --- names, counts, days ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("the Third Brigade", "Third Brigade", True),
        ("General Orsk", "Orsk", True),
        ("Mirel Dovan", "Dovan", True),
        ("Éléonore Dovan", "Eleonore Dovan", True),
        ("Idris al-Shammaq", "Idris al Shamaq", True),
        ("Kesh Valley Council", "Council of the Kesh Valley", True),
        ("the Third Brigade", "the Fourth Brigade", False),
        ("Mirel Dovan", "Toma Dovan", False),
        ("لواء دلما", "لواءُ دلما", True),
        ("سكان دلما", "جنود اللواء", False),
        ("the", "Orsk", False),
        ("the", "of", True),
    ],
)
def test_names_agree_where_their_words_do(left: str, right: str, same: bool) -> None:
    assert same_name(left, right) is same
    assert same_name(right, left) is same


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        (Count(4, 4, 4), Count(4, None, None), True),
        (Count(4, 4, 4), Count(5, 5, 5), False),
        (Count(None, 401, None), Count(400, 401, None), True),
        (Count(None, 401, None), Count(400, None, None), False),
        (Count(0, 0, 0), Count(0, None, None), True),
        (Count(None, 10, 20), Count(None, 20, 30), True),
    ],
)
def test_counts_agree_by_number_or_else_by_bound(ours: Count, theirs: Count, agree: bool) -> None:
    assert ours.agrees(theirs) is agree


def test_each_name_is_counted_once() -> None:
    twice = replace(FULL, id="p", actors=("Third Brigade", "the Third Brigade"))
    actors = score([twice], a_gold(FULL)).figure("actors")
    assert (actors.right, actors.proposed, actors.expected) == (1, 2, 2)


def test_a_day_within_the_interval_overlaps_and_is_not_exact() -> None:
    found = score([replace(FULL, id="p", date_from="2031-05-04", date_to="2031-05-04")], a_gold(FULL))
    assert found.figure("dates, overlapping").recall == 1.0
    assert found.figure("dates, exactly").recall == 0.0


def test_dates_from_outside_the_text_do_not_count_where_a_text_is_asked_what_it_tells() -> None:
    outside = replace(FULL, id="outside", start=100, end=140, dated_outside=True)
    found = score([replace(FULL, id="p")], a_gold(FULL, outside))
    assert (found.resolved, found.resolvable) == (1, 1)
    assert found.figure("dates, overlapping").expected == 2


def test_the_publications_own_voice_is_a_field_of_its_own() -> None:
    spoken, own = a_claim("g1", speakers=("residents",)), a_claim("g2", 100, 140)
    found = score([a_claim("p1"), a_claim("p2", 100, 140)], a_gold(spoken, own))
    assert found.figure("innermost speaker").recall == 0.0
    voice = found.figure("own voice")
    assert (voice.right, voice.proposed, voice.expected) == (1, 2, 1)


# --- what is measured on what -----------------------------------------------------------------------


def test_a_field_counts_only_where_the_claim_was_found() -> None:
    found = score([replace(FULL, id="p", start=200, end=240)], a_gold(FULL))
    assert all(f.right == 0 for f in found.figures)
    assert found.figure("places").proposed == 2
    assert [c.id for c in found.missed] == ["full"]


def test_texts_annotated_in_part_count_for_recall_alone() -> None:
    inside = [a_claim("p1", doc="part"), a_claim("p2", 300, 340, doc="part"), a_claim("p3", doc="wire")]
    found = score(inside, a_gold(a_claim("g1", doc="part"), a_claim("g3", doc="wire"), partial=("part",)))
    claims = found.figure("claims")
    assert (claims.right, claims.expected) == (2, 2)
    assert (claims.right_in_whole, claims.proposed) == (1, 1)
    assert (found.in_part, found.outside, found.unfounded) == (1, 2, ())


def test_claims_on_texts_that_the_gold_does_not_list_are_left_aside() -> None:
    assert score([a_claim("p", doc="elsewhere")], a_gold(a_claim("g"))).figure("claims").proposed == 0


def test_words_that_are_no_claim_are_told_when_they_are_taken_for_one() -> None:
    law, rain = NoClaim("wire", 0, 40, "q", "law"), NoClaim("wire", 100, 140, "q", "weather")
    found = score([a_claim("p", 10, 50), a_claim("q", 130, 180)], a_gold(no_claims=(law, rain)))
    assert found.taken == (law,)
    assert found.no_claims == 2


def test_claims_in_texts_without_any_are_counted() -> None:
    found = score([a_claim("p", doc="recipe")], a_gold(a_claim("g"), recipe=""))
    assert found.in_empty == 1
    assert found.figure("claims").precision == 0.0


def test_nothing_proposed_and_nothing_to_find_is_right_and_nothing_proposed_of_something_is_not() -> None:
    nothing = score([], a_gold(recipe=""))
    assert {(f.precision, f.recall) for f in nothing.figures} == {(1.0, 1.0)}
    claims = score([], a_gold(a_claim("g"))).figure("claims")
    assert (claims.precision, claims.recall, claims.f1) == (0.0, 0.0, 0.0)
