"""Jurisdiction and admissibility as the articles have them: cases written by hand, unknown facts stay unknown."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.law import load
from probanda.law.answers import YES
from probanda.law.answers_told import WIDTH, as_data, told
from probanda.law.facts_check import FactsBroken
from tests.law.jurisdiction_cases import Given, asked, by_name, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.file[:-5]}: {c.id}")
def test_each_case_is_answered_as_its_article_says(case: Given) -> None:
    """D1 to D8: answer and article of each question, for facts written from the rule."""
    answers = asked(case.facts)
    replies = by_name(answers)
    for question, expected in case.expect.items():
        answer, _, article = expected.partition(" | ")
        reply = replies[question]
        assert str(reply.answer) == answer, (question, reply)
        assert article in reply.article, (question, reply)
        assert reply.reason, question
    text = " ".join(line.strip() for line in told(answers)).casefold()
    for words in case.says:
        assert words.casefold() in text, words


def test_every_article_from_11_to_19_and_those_around_it_is_touched() -> None:
    """The cases ask each article, in their rules and in what must be answered."""
    told = " ".join(case.rule + " " + " ".join(case.expect.values()) for case in CASES)
    articles = {f"{n}" for n in range(11, 20)} | {"15 bis", "15 ter", "20", "22", "24", "25", "26", "87", "127"}
    asked_for = {a for a in articles if re.search(rf"(?<![\d(]){a}(?!\d)", told)}
    assert asked_for == articles
    assert len(CASES) >= 60 and len({c.id for c in CASES}) == len(CASES)


def test_each_requirement_on_jurisdiction_is_named_by_a_case() -> None:
    """D1 to D8 of the requirements."""
    named = {found for case in CASES for found in re.findall(r"\bD\d\b", case.rule)}
    assert named == {f"D{n}" for n in range(1, 9)}


def test_each_question_is_seen_with_each_answer_it_can_have() -> None:
    """D1, D4: no question that a case can only answer in one way, save those that are never answered with yes."""
    seen: dict[str, set[str]] = {}
    for case in CASES:
        for question, expected in case.expect.items():
            seen.setdefault(question.partition("/")[0], set()).add(expected.partition(" | ")[0])
    for question in ("crime", "time", "place", "nationality", "trigger", "age", "jurisdiction", "bars", "pause"):
        assert seen[question] == {"yes", "no", "unknown"}, question
    assert seen["admissible"] == {"no", "unknown"}, "D4: no record makes a case admissible"
    assert seen["gravity"] == {"unknown"}, "D7"


# --- what is printed -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES[::7], ids=lambda c: c.id)
def test_every_print_names_the_standard_of_proof_and_is_no_finding(case: Given) -> None:
    """C9, C10: the standard of the stage, "this is no finding", lines of at most 100 signs."""
    answers = asked(case.facts)
    lines = told(answers)
    standard = next(s.standard for s in load().stages if s.stage == case.facts["stage"])
    assert any(standard in line for line in lines)
    assert any("This is no finding" in line for line in lines)
    assert max(map(len, lines)) <= WIDTH
    assert standard in as_data(answers)["standard_of_proof"] and "no finding" in as_data(answers)["no_finding"]


def test_where_no_stage_is_named_all_four_standards_are() -> None:
    """C9."""
    facts = {k: v for k, v in CASES[0].facts.items() if k != "stage"}
    printed = " ".join(line.strip() for line in told(asked(facts)))
    assert all(stage.standard in printed for stage in load().stages)


def test_where_nobody_says_what_instruments_there_are_nothing_is_decided_by_their_absence() -> None:
    """D8: not looked for is not none; none at all is no."""
    facts = copy.deepcopy(next(c.facts for c in CASES if c.id == "a Council referral needs no link"))
    del facts["instruments"]
    replies = by_name(asked(facts))
    assert {str(replies[q].answer) for q in ("time", "place", "nationality", "trigger", "jurisdiction")} == {"unknown"}
    replies = by_name(asked(facts | {"instruments": "none"}))
    assert {str(replies[q].answer) for q in ("time", "place", "nationality", "trigger", "jurisdiction")} == {"no"}


def test_crimes_may_be_written_as_elsewhere_and_a_beginning_asks_of_all_below_it() -> None:
    """D1: each crime has an answer of its own."""
    facts = copy.deepcopy(CASES[0].facts)
    facts["incident"]["crimes"] = ["8.2.e.x", "7(1)(g)"]
    about = [r.about for r in asked(facts).jurisdiction if r.question == "jurisdiction"]
    assert about == ["8(2)(e)(x)", *(f"7(1)(g)-{n}" for n in range(1, 7))]


def test_a_missing_link_decides_nothing_while_a_council_referral_may_cover_the_incident() -> None:
    """D3."""
    facts = copy.deepcopy(next(c.facts for c in CASES if c.id == "a Council referral needs no link"))
    del facts["instruments"][0]["end"]
    replies = by_name(asked(facts))
    assert [str(replies[q].answer) for q in ("place", "nationality", "jurisdiction")] == ["unknown"] * 3


def test_a_ruling_keeps_the_name_of_its_body_and_changes_no_answer() -> None:
    """C9, art. 15(4), 19(1)."""
    facts = CASES[0].facts
    ruled = facts | {
        "rulings": [
            {"body": "Chamber of Marsafa", "decision": "No jurisdiction.", "article": "art. 19", "date": "2031-08-01"}
        ]
    }
    assert [r.answer for r in asked(facts).replies()] == [r.answer for r in asked(ruled).replies()]
    assert any("Chamber of Marsafa" in line for line in told(asked(ruled)))
    assert not any("Chamber of Marsafa, 2031" in line for line in told(asked(ruled | {"as_of": "2031-07-01"})))


def test_instruments_of_the_pack_are_used_and_marked_unchecked() -> None:
    """D2: a referral is an object with body, date, start of scope, reporting duty; what was not checked is said."""
    facts = {
        "as_of": "2025-06-01",
        "incident": {"when": "2016", "crimes": ["7(1)(a)"], "places": [{"name": "a town", "state": "Libya"}]},
        "person": {"nationalities": ["Tamrit"]},
        "states": {"Tamrit": {"party": False}, "Libya": {"party": False}},
        "instruments": [{"from_pack": "resolution-1970"}, {"from_pack": "libya-declaration-2025"}],
    }
    answers = asked(facts)
    held = {b.id: b for b in answers.bases}
    assert held["resolution-1970"].by == "Security Council" and "six months" in held["resolution-1970"].reporting
    replies = by_name(answers)
    assert str(replies["time/resolution-1970"].answer) == "yes"
    assert str(replies["limits/resolution-1970"].answer) == "unknown", "nobody said whether in a Council operation"
    assert str(replies["limits/libya-declaration-2025"].answer) == "unknown"
    assert sum("UNCHECKED" in line for line in told(answers)) == 2
    covered = asked(facts | {"incident": facts["incident"] | {"authorised_operation": False}})
    assert "Unchecked" in by_name(covered)["trigger"].reason
    whole = next(r for r in covered.jurisdiction if r.question == "jurisdiction")
    assert str(whole.answer) == "unknown" and "natural person" in whole.reason
    whom = {"kind": "natural person", "born": "1970", "nationalities": ["Tamrit"]}
    yes = asked(facts | {"person": whom, "incident": facts["incident"] | {"authorised_operation": False}})
    assert "Nobody has checked resolution-1970" in by_name(yes)["jurisdiction"].reason
    early = by_name(asked(facts | {"as_of": "2025-05-11"}))
    assert str(early["known/libya-declaration-2025"].answer) == "no"


# --- an unknown fact never becomes yes -------------------------------------------------------------

NEEDED = {"as_of", "id", "name", "text", "what", "state", "kind", "body", "decision", "from_pack"}
"""The day asked about, and keys without which an entry is refused: no facts that can be unknown."""
WHOLE = {"places", "parts", "nationalities", "limits", "deferrals", "proceedings", "within", "except", "of"}
"""Lists that are one fact: the possible places, all nationalities. To take one entry out says something new."""


def paths(data: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every fact that can be deleted: keys at any depth, and entries of lists that only gather."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, below in steps:
        whole = isinstance(data, list) and (isinstance(below, str) or above[-1] in WHOLE)
        if not whole and not (step in NEEDED and must(above, step)):
            yield (*above, step)
        yield from paths(below, (*above, step))


def must(above: tuple[Any, ...], step: str) -> bool:
    """Whether facts are refused without this key, or it is the day asked about."""
    return not (step == "kind" and above[:1] in (("person",), ("instruments",), ("incident",))) and not (
        step == "state" and above[:1] in (("proceedings",), ("incident",))
    ) and not (step == "name" and above == ("person",)) and not (
        step == "decision" and above[:1] in (("instruments",), ("notices",))
    )  # fmt: skip


def without(facts: dict[str, Any], gone: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """The facts without these; deeper and later ones first, so that the paths of the others hold."""
    left = copy.deepcopy(facts)
    for path in sorted(gone, key=lambda p: tuple((isinstance(s, str), str(s).zfill(4)) for s in p), reverse=True):
        held = left
        for step in path[:-1]:
            held = held[step]
        del held[path[-1]]
    return left


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.file[:-5]}: {c.id}")
def test_deleting_any_one_fact_of_a_case_never_makes_a_yes(case: Given) -> None:
    """D1, D8: each fact of each case deleted in turn."""
    for gone in paths(case.facts):
        no_new_yes(case.facts, [gone])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_deleting_facts_never_makes_a_yes(data: st.DataObject) -> None:
    """D1, D8: whatever is deleted from whatever facts, no question that was not answered with yes becomes yes."""
    facts = mixed(data)
    every = list(paths(facts))
    gone = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=6, unique=True))
    gone = [p for p in gone if not any(p[: len(q)] == q and p != q for q in gone)]
    no_new_yes(facts, gone)


def no_new_yes(facts: dict[str, Any], gone: list[tuple[Any, ...]]) -> None:
    """Without these facts, nothing is answered with yes that was not before; a refusal of what is left is no yes."""
    before = {r.question + "/" + r.about: r for r in asked(facts).replies()}
    try:
        after = list(asked(without(facts, gone)).replies())
    except FactsBroken:
        return
    for reply in after:
        earlier = before.get(f"{reply.question}/{reply.about}")
        if reply.answer is YES:
            assert earlier is not None and earlier.answer is YES, (gone, reply, earlier)


def mixed(data: st.DataObject) -> dict[str, Any]:
    """The facts of one case, with whole parts of other cases in place of its own."""
    facts = copy.deepcopy(data.draw(st.sampled_from(CASES)).facts)
    for part in ("incident", "person", "states", "instruments", "proceedings", "challenges", "deferrals", "notices"):
        other = data.draw(st.sampled_from([None, *CASES]))
        if other is not None and part in other.facts:
            facts[part] = copy.deepcopy(other.facts[part])
    ids = {i.get("id") for i in facts.get("instruments") or ()}
    facts["notices"] = [n for n in facts.get("notices") or () if n["for"] in ids]
    return facts
