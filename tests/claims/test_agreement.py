"""Two readers side by side: what both say, where they differ, and what only one of them saw; no figure for a claim."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from probanda.claims import agreement
from probanda.claims.agreement import FIELDS, Compared, Pair, Verdict, compared, same_name
from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.kernel.digests import content_id
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Involvement, Modality

WORDS = (
    "Monitors said that the Third Brigade shot forty herders near the mill in May. "
    "Colonel Idris Vant denied it. The brigade burned the mill and looted the school."
)


def a_claim(quote: str, act: str, **fields: Any) -> Claim:
    start = WORDS.index(quote)
    at = start + quote.index(act)
    told: dict[str, Any] = {
        "act_type": ActType.KILLING, "modality": Modality.ALLEGED, "speakers": (Named(DOC), Named("Monitors")),
        "actors": (Actor("Third Brigade", None, Involvement.DIRECT),), "reader": "rules 1", "why": act,
    }  # fmt: skip
    return Claim(
        id=content_id(act, str(at), repr(sorted(fields))), item="0" * 64, start=start, end=start + len(quote),
        quote=quote, act=act, act_start=at, act_end=at + len(act), **(told | fields),
    )  # fmt: skip


def shot(**fields: Any) -> Claim:
    return a_claim("the Third Brigade shot forty herders near the mill", "shot", **fields)


def burned(**fields: Any) -> Claim:
    return a_claim("The brigade burned the mill", "burned", act_type=ActType.LOOTING_PROPERTY, **fields)


def told(pair: Pair) -> dict[str, Compared]:
    return {one.field: one for one in pair.fields}


def only(first: Claim, second: Claim) -> dict[str, Compared]:
    (pair,) = compared([first], [second]).pairs
    return told(pair)


# --- pairing


def test_what_only_one_reader_proposes_is_said_so() -> None:
    found = compared([shot()], [burned()])
    assert (found.pairs, found.first_only, found.second_only) == ((), (shot(),), (burned(),))


def test_claims_on_the_same_act_words_are_a_pair_that_agrees() -> None:
    found = compared([shot(), burned()], [burned(), shot()])
    assert [(p.first, p.second) for p in found.pairs] == [(shot(), shot()), (burned(), burned())]
    assert not any(p.differing for p in found.pairs)


def test_the_same_act_words_under_another_type_are_a_pair_that_differs() -> None:
    fields = only(shot(), shot(act_type=ActType.EXECUTION))
    assert fields["act_type"] == Compared("act_type", (), ("killing",), ("execution",))
    assert fields["act_type"].verdict is Verdict.DIFFER


def test_other_act_words_are_a_pair_only_within_one_quote_and_type() -> None:
    whole = "The brigade burned the mill and looted the school"
    burning = a_claim(whole, "burned", act_type=ActType.LOOTING_PROPERTY)
    looting = a_claim(whole, "looted", act_type=ActType.LOOTING_PROPERTY)
    assert len(compared([burning], [looting]).pairs) == 1
    assert not compared([burning], [replace(looting, act_type=ActType.OTHER)]).pairs


def test_each_claim_is_in_one_pair_and_the_nearest_is_taken() -> None:
    whole = "The brigade burned the mill and looted the school"
    both = [a_claim(whole, act, act_type=ActType.LOOTING_PROPERTY) for act in ("burned", "looted")]
    found = compared(both, reversed(both))
    assert [(p.first.act, p.second.act) for p in found.pairs] == [("burned", "burned"), ("looted", "looted")]


def test_of_several_claims_on_one_act_word_those_meet_that_say_the_same() -> None:
    one = [shot(actors=(Actor(name),)) for name in ("Third Brigade", "Colonel Idris Vant")]
    found = compared(one, reversed(one))
    assert [p.differing for p in found.pairs] == [(), ()]


def test_the_same_words_in_two_items_never_meet() -> None:
    assert not compared([shot()], [replace(shot(), item="1" * 64)]).pairs


def test_the_order_of_the_claims_changes_nothing() -> None:
    first, second = [shot(), burned(), shot(actors=())], [burned(actors=()), shot(), shot(modality=Modality.REPORTED)]
    expected = compared(first, second)
    for seed in range(5):
        random.Random(seed).shuffle(first)  # noqa: S311
        random.Random(seed).shuffle(second)  # noqa: S311
        assert compared(first, second) == expected


def test_claims_far_apart_are_never_laid_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    plain = agreement._rank

    def counting(a: Claim, b: Claim) -> Any:
        nonlocal looked
        looked += 1
        return plain(a, b)

    monkeypatch.setattr(agreement, "_rank", counting)
    apart = [replace(shot(), start=n * 2000, end=n * 2000 + 50, act_start=n * 2000, act_end=n * 2000 + 4) for n in
             range(300)]  # fmt: skip
    assert len(compared(apart, apart).pairs) == 300
    assert looked == 300


# --- field by field


def test_every_field_has_a_verdict() -> None:
    assert set(only(shot(), shot())) == set(FIELDS)
    verdicts = {field: one.verdict for field, one in only(shot(), shot()).items()}
    assert verdicts["actors"] is Verdict.AGREE
    assert verdicts["victims"] is Verdict.SILENT


def test_of_lists_the_shared_and_the_own_words_are_told_apart() -> None:
    first = shot(victims=(Named("herders"), Named("two boys")))
    second = shot(victims=(Named("herders"), Named("a nurse")))
    assert only(first, second)["victims"] == Compared("victims", ("herders",), ("two boys",), ("a nurse",))


def test_who_is_silent_is_told_apart_from_who_differs() -> None:
    assert only(shot(places=(Named("mill"),)), shot())["places"].verdict is Verdict.FIRST_ONLY
    assert only(shot(), shot(places=(Named("mill"),)))["places"].verdict is Verdict.SECOND_ONLY


def test_a_longer_form_of_a_name_agrees_and_both_forms_are_shown() -> None:
    fields = only(shot(actors=(Actor("Vant"),)), shot(actors=(Actor("Colonel Idris Vant"),)))
    assert fields["actors"].both == ("Vant / Colonel Idris Vant",)


SAME = [("Dast", "General Omar Dast"), ("the mill", "mill"), ("herders", "forty herders"), ("DAST", "Dast")]
OTHERS = [("Dast", "Dast's men"), ("Omar Dast", "Omar Vant"), ("men", "women"), ("", "Dast"), ("the", "the mill")]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_end_of_a_name_is_the_name(a: str, b: str) -> None:
    assert same_name(a, b) and same_name(b, a)


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_a_persons_men_are_not_the_person(a: str, b: str) -> None:
    assert not same_name(a, b) and not same_name(b, a)


def test_the_part_is_compared_of_authors_whom_both_name() -> None:
    first = shot(actors=(Actor("Vant", None, Involvement.ORDERING), Actor("Third Brigade", None, Involvement.DIRECT)))
    second = shot(actors=(Actor("Colonel Idris Vant", None, Involvement.COMMAND),))
    fields = only(first, second)
    assert fields["actors"] == Compared("actors", ("Vant / Colonel Idris Vant",), ("Third Brigade",), ())
    assert fields["involvement"] == Compared("involvement", (), ("Vant: ordering",), ("Colonel Idris Vant: command",))


BOUNDS = [
    (Quantity(text="forty", value=40, min=40, max=40), "40"),
    (Quantity(text="at least forty", value=40, min=40), "40.."),
    (Quantity(text="up to 80", value=80, max=80), "..80"),
    (Quantity(text="about 40", value=40), "~40"),
    (Quantity(text="dozens"), "dozens"),
]


@pytest.mark.parametrize(("quantity", "shown"), BOUNDS)
def test_other_bounds_are_another_number(quantity: Quantity, shown: str) -> None:
    for other, words in BOUNDS:
        verdict = only(shot(quantity=quantity), shot(quantity=other))["quantity"].verdict
        assert (verdict is Verdict.AGREE) == (words == shown)


def test_dates_are_compared_by_their_days_and_open_ones_by_their_words() -> None:
    day = {"date_text": "3 May 2031", "date_from": "2031-05-03", "date_to": "2031-05-03"}
    again = day | {"date_text": "on 3 May"}
    assert only(shot(**day), shot(**again))["date"].verdict is Verdict.AGREE
    assert only(shot(**day), shot(date_text="in May"))["date"].verdict is Verdict.DIFFER


def test_the_counts_say_how_many_and_give_no_figure_for_a_claim() -> None:
    found = compared([shot(), burned()], [shot(modality=Modality.REPORTED), burned()])
    counts = {field: dict(row) for field, row in found.counts()}
    assert counts["modality"]["agree"] == counts["modality"]["differ"] == 1
    assert all(sum(row.values()) == 2 for row in counts.values())
    assert all(isinstance(n, int) for row in counts.values() for n in row.values())
