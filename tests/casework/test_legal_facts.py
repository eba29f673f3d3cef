"""Facts of jurisdiction that persons record: decisions with a reason, undone one by one, seen through a user's eyes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from probanda import Case
from probanda.casework import destroying, users
from probanda.casework.answering import answers_in
from probanda.casework.decide import protect
from probanda.casework.law_decisions import accept
from probanda.casework.legal_facts import Gathered, facts_of, record, recorded, the_actor
from probanda.casework.undo import undo
from probanda.incidents.model import Incident
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.law.answering import Answers
from probanda.law.facts_check import FactsBroken
from probanda.store.model import Deed
from probanda.store.projection import LEGAL_FACT
from tests.running import run

pytestmark = pytest.mark.slow  # reads texts first

FILES = {
    "post.txt": "Tamrit Post, 5 May 2031\n\nColonel Orso Lindt ordered soldiers of the Third Brigade to shell the "
    "market of Tessal on 4 May 2031, Nadira Velun said.\n\nColonel Orso Lindt said on 5 May 2031 that he gave no such "
    "order.\n",
    "file.txt": "Varn Herald, 6 May 2031\n\nThe prosecutor of Varn said on 6 May 2031 that a file was opened.\n",
}
REGISTER: dict[str, Any] = {
    "states": {"Marsafa": {"in_force": "2003-08-01", "withdrawal": "none"}},
    "instruments": [
        {"id": "referral", "kind": "State referral", "by": "Marsafa", "lodged": "2031-06-15", "situation": ["Marsafa"],
         "start": "none", "end": "none", "limits": "none"},
    ],
}  # fmt: skip
OF_INCIDENT = {"incident": {"places": [{"name": "Tessal", "state": "Marsafa"}], "crimes": ["8(2)(e)(i)"]}}
OF_PERSON: dict[str, Any] = {"person": {"nationalities": ["Marsafa"], "born": "1985"}}
FILE_3 = {"proceedings": [{"id": "file 3", "state": "Marsafa", "stage": "investigation", "opened": "2031-05-06"}]}
LATE = "2031-09-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers, read and sorted once."""
    folder = tmp_path_factory.mktemp("law")
    files = folder / "files"
    files.mkdir()
    for name, words in FILES.items():
        (files / name).write_text(words)
    with Case.new(folder / "case", situation="Marsafa", prefix="MAR", name="Ada") as case:
        case.add([files])
        case.read()
        case.incidents()
        users.added(case.store, case.eyes, "Ben")
    return folder / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, open for its owner."""
    shutil.copytree(made, tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        yield case


def the_incident(case: Case) -> Incident:
    return next(i for i in case.view().result.incidents if "Tessal" in i.places)


def add(case: Case, data: dict[str, Any], reason: str = "register of treaties", person: str | None = None) -> list[str]:
    done = record(case.store, case.eyes, data, reason, incident=the_incident(case), person=person)
    return [one.decision for one in done]


def gathered(case: Case) -> Gathered:
    seen = case.view()
    lindt = the_actor([a for a in seen.actors if "Lindt" in a.name], "Lindt")
    return facts_of(case.store, seen, the_incident(case), lindt)


def answers(case: Case) -> Answers:
    return answers_in(case.store, case.view(), the_incident(case), "Orso Lindt", as_of=LATE)[0]


def answer(case: Case, question: str) -> str:
    return str(next(r.answer for r in answers(case).replies() if r.question == question))


def test_the_record_alone_answers_little_and_says_what_it_filled(case: Case) -> None:
    """D1: time and place come from the claims; nothing says where Tessal lies or who joined."""
    told = gathered(case)
    assert told.data["incident"]["when"] == {"from": "2031-05-04", "to": "2031-05-04"}
    assert told.data["person"]["kind"] == "natural person" and "incident.when" in told.filled
    assert told.recorded == ()
    assert [answer(case, q) for q in ("place", "nationality", "trigger", "age")] == ["unknown"] * 4


def test_recorded_facts_answer_and_undo_takes_the_answer_back(case: Case) -> None:
    """D1, D2, D8."""
    add(case, REGISTER)
    add(case, OF_INCIDENT)
    (nationality, born) = add(case, OF_PERSON, person="Orso Lindt")
    assert [answer(case, q) for q in ("crime", "time", "place", "nationality", "age", "jurisdiction")] == ["yes"] * 6
    undo(case.store, case.eyes, born)
    assert answer(case, "age") == "unknown" and answer(case, "nationality") == "yes"
    undo(case.store, case.eyes, nationality)
    assert answer(case, "nationality") == "unknown"
    assert case.store.verify() == []


def test_a_later_fact_takes_the_place_of_an_earlier_and_undo_gives_it_back(case: Case) -> None:
    add(case, REGISTER)
    (left,) = add(case, {"states": {"Marsafa": {"party": False}}}, "the register was misread")
    assert gathered(case).data["states"]["Marsafa"] == {"party": False}
    undo(case.store, case.eyes, left)
    assert gathered(case).data["states"]["Marsafa"]["in_force"] == "2003-08-01"


def test_a_proceeding_of_a_state_is_about_one_person_and_never_makes_a_case_admissible(case: Case) -> None:
    """D4."""
    with pytest.raises(WrongUsage, match="--person"):
        add(case, FILE_3)
    add(case, FILE_3, person="Orso Lindt")
    assert answer(case, "bars") == answer(case, "admissible") == "unknown"


def test_none_on_record_gives_way_to_what_is_recorded_later(case: Case) -> None:
    add(case, {"proceedings": "none"}, "asked at three courts", person="Orso Lindt")
    assert gathered(case).data["proceedings"] == "none"
    add(case, FILE_3, person="Orso Lindt")
    assert [p["id"] for p in gathered(case).data["proceedings"]] == ["file 3"]


def test_a_fact_needs_a_reason_and_must_be_one_that_can_be_asked(case: Case) -> None:
    with pytest.raises(WrongUsage, match="reason"):
        add(case, REGISTER, " ")
    with pytest.raises(FactsBroken, match="nationality"):
        add(case, {"person": {"nationality": "Marsafa"}}, person="Orso Lindt")
    with pytest.raises(WrongUsage, match="no fact"):
        add(case, {"as_of": LATE})
    assert recorded(case.store, case.eyes) == []


def test_what_rests_on_a_restricted_item_is_seen_only_by_who_sees_the_item(case: Case) -> None:
    number = case.store.item(case.eyes, "file.txt").number
    case.label("file.txt", "restricted", reason="a witness speaks")
    sourced = {"states": {"Tamrit": {"party": False, "sources": [f"{number}, paragraph 2"]}}}
    add(case, sourced)
    add(case, REGISTER)
    ben = Case(case.store, user="Ben")
    assert {one.name for one in recorded(case.store, case.eyes)} == {"Tamrit", "Marsafa", "referral"}
    assert {one.name for one in recorded(case.store, ben.eyes)} == {"Marsafa", "referral"}
    assert "Tamrit" not in gathered(case).data["states"], "nor is it handed on without a reason"


def test_an_acceptance_recorded_with_the_law_of_the_case_counts_here_too(case: Case) -> None:
    """C4, D1: `law accept` and `law facts add` speak of one State."""
    add(case, REGISTER)
    add(case, {"incident": OF_INCIDENT["incident"] | {"crimes": ["8(2)(e)(xix)"]}})
    add(case, OF_PERSON, person="Orso Lindt")
    assert answer(case, "crime") == "unknown"
    accept(case.store, case.eyes, "marsafa", "2019-starvation", "2028-03-01", reason="register")
    assert answer(case, "crime") == "yes"
    assert any("2019-starvation" in one.name for one in gathered(case).recorded)


def test_a_protected_name_that_somebody_typed_is_masked(case: Case) -> None:
    protect(case.store, case.eyes, "Nadira Velun", "she asked for it")
    ruling = {
        "body": "Chamber of Marsafa",
        "decision": "Nadira Velun is heard in camera.",
        "sources": ["Velun, page 2"],
    }
    add(case, {"rulings": [ruling]}, "letter of Nadira Velun")
    told = gathered(case)
    assert "Velun" not in json.dumps(told.data) + "".join(f.reason + json.dumps(f.entry) for f in told.recorded)
    assert "Chamber of Marsafa" in json.dumps(told.data)


def test_the_words_of_a_fact_can_be_destroyed_by_two_users_and_it_says_nothing_any_more(case: Case) -> None:
    """Promise 3 and section 4 of the design: that it was decided stays, what it said does not."""
    for name in ("Ada", "Ben"):
        users.give_key(case.store, case.eyes, name)
    (fact,) = add(case, {"states": {"Tamrit": {"party": False, "sources": ["a witness"]}}})
    asked = destroying.ask(case.store, case.eyes, fact, "names a witness")
    destroying.confirm(case.store, Case(case.store, user="Ben").eyes, asked.id, "agreed")
    assert recorded(case.store, case.eyes) == [] and "Tamrit" not in gathered(case).data["states"]
    assert case.store.verify() == []


def test_two_decisions_that_differ_are_told_and_neither_is_chosen(case: Case) -> None:
    """They stand side by side where an actor was recorded under two ids that later became one."""
    add(case, OF_PERSON, person="Orso Lindt")
    told = gathered(case)
    lindt = next(a for a in case.view().actors if a.name == told.data["person"]["name"])
    (deed,) = case.store.of_kind(case.eyes, LEGAL_FACT)[:1]
    other = next(m.mention for m in lindt.members if m.mention != deed.payload["person"])
    payload = {k: v for k, v in deed.payload.items() if k != "items"} | {"person": other, "entry": ["Tamrit"]}
    case.store.record(case.eyes, [Deed(kind=LEGAL_FACT, subject="another", payload=payload, reason="x")])
    with pytest.raises(ProbandaError, match="differ"):
        gathered(case)


def test_the_commands_record_list_print_and_answer(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    case.close()
    data = tmp_path / "facts.json"
    data.write_text(json.dumps(REGISTER | OF_INCIDENT | OF_PERSON))
    rows = map(json.loads, run("-C", folder, "incidents", "list", "--json").stdout.splitlines())
    incident = next(row["id"] for row in rows if "Tessal" in row["places"])
    tied = ("--incident", incident, "--person", "Orso Lindt")
    run("-C", folder, "law", "facts", "add", data, "--reason", "x", code=2)
    run("-C", folder, "law", "facts", "add", data, *tied, "--reason", "register")
    assert "states: Marsafa" in run("-C", folder, "law", "facts", "list").stdout
    printed = run("-C", folder, "law", "facts", "show", *tied).stdout
    (tmp_path / "again.json").write_text(printed)
    by_hand = run("law", "jurisdiction", "--facts", tmp_path / "again.json", "--as-of", LATE, "--json").stdout
    out = json.loads(run("-C", folder, "law", "jurisdiction", *tied, "--as-of", LATE, "--json").stdout)
    assert json.loads(by_hand)["jurisdiction"] == out["jurisdiction"], "one set of rules reads both"
    assert out["facts"] == json.loads(printed) and len(out["recorded"]) == 6
    told = run("-C", folder, "law", "jurisdiction", *tied, "--crime", "7(1)(a)", "--as-of", LATE).stdout
    assert "7(1)(a)" in told and "read by the machine" in told and "This is no finding" in told
