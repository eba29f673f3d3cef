"""Ledgers of figures: spans of what sources say, and nothing added."""

from __future__ import annotations

from itertools import permutations

from tests.incidents.factory import a_claim, at_least, exactly

from probanda.incidents.figures import Span, ledger
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Modality
from probanda.reports.figure_words import of_whom, reach


def the_dead(*claims) -> Span:
    return next(s for s in ledger(claims).spans if s.population == "dead")


def test_a_span_goes_from_the_lowest_bound_to_the_highest_and_adds_nothing():
    span = the_dead(
        a_claim("a", "t1", speakers=["the hospital"], count=exactly(14)),
        a_claim("b", "t2", speakers=["the mayor"], count=exactly(30)),
        a_claim("c", "t3", speakers=["residents"], count=at_least(20)),
    )
    assert (span.low, span.high, span.open_above) == (14, 30, 1)
    assert reach(span) == "from 14 to 30; 1 figure without a maximum"
    assert span.why == "not added, because 3 speakers may count the same people"


def test_about_so_many_bounds_nothing():
    span = the_dead(a_claim("a", count=Quantity(text="about 30", value=30, unit="killed")))
    assert (span.low, span.high, span.about) == (None, None, (30,))
    assert reach(span) == "about 30"


def test_fighters_may_be_among_the_dead_unless_the_source_says_civilians():
    unsaid = the_dead(a_claim("a", of=["12 people"], count=exactly(12, "people")))
    civil = the_dead(a_claim("a", of=["12 civilians"], count=exactly(12, "civilians")))
    assert of_whom(unsaid) == "fighters may be among them"
    assert of_whom(civil) == "1 of 1 said to count civilians"


def test_fled_and_made_to_go_are_two_populations():
    made = ledger([
        a_claim("a", act="fled", act_type=ActType.DISPLACEMENT, count=exactly(900, "people")),
        a_claim("b", act="were expelled", act_type=ActType.DISPLACEMENT, count=exactly(40, "people")),
    ])  # fmt: skip
    assert [(s.population, s.low) for s in made.spans] == [("displaced", 900), ("transferred", 40)]


def test_orders_and_threats_state_no_figure_and_a_rejected_one_bounds_nothing():
    threat = a_claim("a", modality=Modality.THREATENED, count=exactly(100))
    rejected = a_claim("b", denied=True, count=exactly(50))
    none_dead = a_claim("c", denied=True, count=exactly(0, "casualties"))
    made = ledger([threat, rejected, none_dead])
    assert [(f.claim, f.denied) for f in made.figures] == [("c", False), ("b", True)]
    assert (made.spans[0].low, made.spans[0].high) == (0, 0)


def test_the_order_of_claims_changes_nothing():
    claims = [a_claim("a", "t1", count=exactly(3)), a_claim("b", "t2", count=at_least(9)),
              a_claim("c", "t3", act="wounded", count=exactly(4, "wounded"))]  # fmt: skip
    assert len({ledger(some) for some in permutations(claims)}) == 1
