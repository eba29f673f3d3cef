"""Whatever the keys of a file of facts allow is answered, or refused with the key: nothing else comes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probanda.law import load
from probanda.law.answering import answered
from probanda.law.answers import Answer
from probanda.law.answers_told import WIDTH, as_data, told
from probanda.law.facts_check import FactsBroken
from probanda.law.facts_keys import KEYS, Hold, Key
from probanda.law.facts_read import facts_from
from probanda.law.known import known_instruments

DAYS = ("2002-06-30", "2002-07-01", "2003", "2012-02-29", "2031-05", "2031-05-03", "2031-12-31", "9999-12-31")
NAMES = ("Marsafa", "Tamrit", "none", "the Court", "8(2)(e)(x)", "8bis", "8(2)(e)(xix)", "resolution-1970")
DAY = st.sampled_from(DAYS)
TIME = st.one_of(DAY, st.fixed_dictionaries({"from": DAY}), st.fixed_dictionaries({"from": DAY, "to": DAY}))
TEXT = st.sampled_from(NAMES)


def holding(key: Key, depth: int, *, must: bool = False) -> st.SearchStrategy[Any]:
    """Values that this key may hold, null and none among them."""
    plain: dict[Hold, st.SearchStrategy[Any]] = {
        Hold.TEXT: TEXT,
        Hold.TEXTS: st.lists(TEXT, max_size=2),
        Hold.DAY: st.sampled_from([d for d in DAYS if len(d) == 10]),
        Hold.TIME: TIME,
        Hold.TRUTH: st.booleans(),
        Hold.NUMBER: st.integers(0, 2),
        Hold.CHOICE: st.sampled_from(key.choices or ("",)),
        Hold.TIMES_BY_NAME: st.dictionaries(st.sampled_from(["2019-starvation", "2010-aggression"]), TIME, max_size=2),
    }
    if key.hold in plain:
        found = plain[key.hold]
    else:
        below = st.deferred(lambda: entry(key.of, depth + 1))
        found = {
            Hold.OBJECT: below,
            Hold.OBJECTS: st.lists(below, max_size=2),
            Hold.BY_NAME: st.dictionaries(st.sampled_from(["Marsafa", "Tamrit"]), below, max_size=2),
            Hold.JUDGED: st.one_of(st.booleans(), below),
        }[key.hold]
    return found if must else st.one_of(found, st.none(), *([st.just("none")] if key.none else []))


def entry(name: str, depth: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """An object of this kind, with any of its keys and all that it must have."""
    keys = KEYS[name]
    must = {k: holding(key, depth, must=True) for k, key in keys.items() if key.must}
    return st.fixed_dictionaries(must, optional={k: holding(key, depth) for k, key in keys.items() if not key.must})


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(entry("facts"))
def test_any_facts_are_answered_or_refused_with_their_key(data: dict[str, Any]) -> None:
    """D1, D4, D7: yes, no or unknown with a reason; never admissible, never a weight of gravity."""
    try:
        facts = facts_from(data, known_instruments())
    except FactsBroken as refused:
        assert refused.key and refused.fix
        return
    answers = answered(facts, load(), facts.as_of or date(2031, 9, 1))
    assert all(reply.answer in Answer and reply.reason for reply in answers.replies())
    assert answers.grid.replies[1].answer is not Answer.YES and answers.gravity.answer is Answer.UNKNOWN
    assert all(len(line) <= WIDTH for line in told(answers)) and as_data(answers)["no_finding"]
