"""Files of facts: what nobody reads and what does not fit together is refused; dates are asked in all they may mean."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from probanda.law.answers import NO, UNKNOWN, YES, Answer, all_of, any_of, every_way
from probanda.law.facts import Kind
from probanda.law.facts_check import FactsBroken
from probanda.law.facts_keys import KEYS, schema
from probanda.law.facts_read import example, facts_from
from probanda.law.known import known_instruments
from probanda.law.when import Time, after_deposit, months_after, on, on_or_after, years_after

PAGE = Path(__file__).resolve().parents[2] / "docs" / "jurisdiction.md"
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"incidnet": {}}, "incidnet", "Perhaps `incident` is meant"),
    ({"incident": {"where": "Old Port"}}, "incident.where", "places"),
    ({"incident": {"when": "spring"}}, "incident.when", "2031-05"),
    ({"incident": {"when": {"from": "2032", "to": "2031"}}}, "incident.when", "before it begins"),
    ({"incident": {"when": {"since": "2031"}}}, "incident.when.since", "from and to"),
    ({"incident": {"places": "Old Port"}}, "incident.places", "list"),
    ({"incident": {"places": [{"state": "Marsafa"}]}}, "incident.places[0].name", "missing"),
    ({"incident": {"places": [{"name": "a"}], "parts": [{"name": "b"}]}}, "incident.parts", "beside"),
    ({"person": {"kind": "robot"}}, "person.kind", "natural person"),
    ({"person": {"nationalities": "Marsafa"}}, "person.nationalities", "list"),
    ({"as_of": "2031-05"}, "as_of", "a day"),
    ({"stage": "gossip"}, "stage", "opening an investigation"),
    ({"states": {"Marsafa": {"party": False, "in_force": "2003"}}}, "states.Marsafa.party", "never joined"),
    ({"states": {"Marsafa": {"deposited": "2003-05-02", "in_force": "2004-01-01"}}}, "states.Marsafa.in_force", "126"),
    (
        {"states": {"Marsafa": {"withdrawal": {"notified": "2029-01-10", "effect": "2029-06-01"}}}},
        "states.Marsafa.withdrawal.effect", "127(1)",
    ),
    ({"instruments": [{"kind": "declaration"}]}, "instruments[0].id", "missing"),
    ({"instruments": [{"id": "a"}, {"id": "a"}]}, "instruments: a", "2 times"),
    ({"instruments": [{"id": "a", "limits": []}]}, "instruments[0].limits", "none"),
    (
        {"instruments": [{"id": "a", "kind": "declaration", "authorisation": "none"}]},
        "instruments[0].authorisation", "15(4)",
    ),
    ({"instruments": [{"from_pack": "resolution-0"}]}, "instruments[0].from_pack", "resolution-1970"),
    ({"deferrals": [{"id": "a", "from": "2031-01-01", "to": "2032-06-01"}]}, "deferrals[0].to", "twelve months"),
    ({"notices": [{"id": "n", "for": "b"}], "instruments": [{"id": "a"}]}, "notices: n", "names no instrument"),
    ({"proceedings": [{"id": "p", "opened": "2031", "decided": "2030"}]}, "proceedings[0].decided", "before"),
    ({"proceedings": [{"id": "p", "shielding": "perhaps"}]}, "proceedings[0].shielding", "true or false"),
    ({"gravity": {"score": 7}}, "gravity.score", "scale"),
    ({"gravity": {"scale": 7}}, "gravity.scale", "list"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "key", "words"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_cannot_be_asked_is_refused_with_key_reason_and_next_step(
    facts: dict[str, Any], key: str, words: str
) -> None:
    with pytest.raises(FactsBroken) as caught:
        facts_from(facts, known_instruments())
    assert caught.value.key == key and caught.value.fix
    assert words in str(caught.value)


def test_gravity_has_no_place_for_a_number() -> None:
    """D7."""
    for facts in ({"gravity": {"scale": [{"text": 40}]}}, {"gravity": {"scale": [{"text": "x", "score": 1}]}}):
        with pytest.raises(FactsBroken):
            facts_from(facts)


def test_nothing_given_is_nothing_known_and_none_is_looked_for() -> None:
    assert facts_from({}).instruments is None and facts_from({"instruments": "none"}).instruments == ()
    state = facts_from({"states": {"Marsafa": {}}}).state("marsafa")
    assert state.party is UNKNOWN and state.withdrawal_effect is None


def test_the_example_is_whole_and_uses_the_keys_of_every_part() -> None:
    facts = facts_from(json.loads(example()))
    assert [i.kind for i in facts.instruments or ()] == [Kind.COUNCIL, Kind.DECLARATION]
    assert facts.as_of == date(2031, 9, 1)


def test_every_key_is_on_the_page_in_the_table_of_its_kind() -> None:
    page = PAGE.read_text("utf-8").partition("## Keys")[2]
    tables = [set(re.findall(r"^\| `(\w+)` \|", part, re.M)) for part in page.split("\n### ")]
    for name, keys in KEYS.items():
        assert set(keys) in tables, name


def test_the_schema_has_every_key_and_refuses_others() -> None:
    made = schema()
    assert set(made["properties"]) == set(KEYS["facts"]) and made["additionalProperties"] is False
    assert set(made["$defs"]) == (set(KEYS) - {"facts"}) | {"time"}
    refs = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(made)))
    assert refs <= set(made["$defs"])


# --- three answers, and days known within bounds ---------------------------------------------------


def test_unknown_stays_unknown_unless_the_others_decide() -> None:
    assert all_of([YES, UNKNOWN]) is UNKNOWN and all_of([NO, UNKNOWN]) is NO
    assert any_of([NO, UNKNOWN]) is UNKNOWN and any_of([YES, UNKNOWN]) is YES
    assert all_of([]) is UNKNOWN and any_of([]) is NO
    assert every_way([YES, YES]) is YES and every_way([YES, NO]) is UNKNOWN and every_way([]) is UNKNOWN


@pytest.mark.parametrize(
    ("deposited", "bound"),
    [
        ("1999-02-01", "2002-07-01"),
        ("2002-04-11", "2002-07-01"),
        ("2003-05-02", "2003-08-01"),
        ("2010-10-20", "2011-01-01"),
    ],
)
def test_the_statute_binds_a_later_joiner_from_the_month_after_the_sixtieth_day(deposited: str, bound: str) -> None:
    """Art. 126."""
    assert after_deposit(on(date.fromisoformat(deposited))) == on(date.fromisoformat(bound))


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (("2031-01-01", "2031-12-31"), ("2030-12-31", "2031-01-01"), YES),
        (("2031-01-01", "2031-12-31"), ("2032-01-01", "2032-01-01"), NO),
        (("2031-01-01", "2031-12-31"), ("2031-06-01", "2031-06-01"), UNKNOWN),
    ],
)
def test_what_is_asked_of_a_date_is_asked_of_every_day_it_may_mean(
    one: tuple[str, str], other: tuple[str, str], answer: Answer
) -> None:
    times = [Time(*map(date.fromisoformat, pair)) for pair in (one, other)]
    assert on_or_after(*times) is answer


def test_terms_are_counted_by_calendar_months_and_years() -> None:
    assert months_after(on(date(2031, 1, 31)), 1) == on(date(2031, 2, 28))
    assert years_after(on(date(2012, 2, 29)), 18) == on(date(2030, 3, 1))
    assert years_after(on(date(2012, 2, 29)), 4) == on(date(2016, 2, 29))
