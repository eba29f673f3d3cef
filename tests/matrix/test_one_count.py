"""The matrix counts origins as the graph of accounts does: the same claims give the same numbers everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Cited, Claim
from probanda.incidents.model import Consolidation
from probanda.kernel.vocabulary import ActType
from probanda.law import load
from probanda.matrix.situation import Situation
from probanda.matrix.weight import Tracing
from tests.incidents.factory import a_claim, a_doc, gathered, incident_with

FERRY = {"at": ["Port Ansel"], "on": "2031-05-03"}
MILL = {"at": ["Varn"], "on": "2031-08-20"}
TEXTS = {
    "t1": ("Residents told Harbour Watch that men of the Delta Guard burned the ferry.", "Harbour Watch", "residents"),
    "t2": ("Men of the Delta Guard burned the ferry, according to Harbour Watch.", "Harbour Watch"),
    "t3": ("Witnesses said that men of the Delta Guard burned the ferry.", "witnesses"),
    "t4": ("The Ministry of Rivers said that smugglers burned the ferry.", "Ministry of Rivers"),
    "t5": ("The ferry was burned, it is said.",),
}


def ferry() -> tuple[list[Claim], Consolidation]:
    """One event in five texts: two authors, a chain of citations, two groups without a name, a rumour."""
    claims = []
    for item, (words, *speakers) in TEXTS.items():
        by = ["smugglers"] if item == "t4" else ["Delta Guard"] if "Guard" in words else []
        claims.append(a_claim(f"claim of {item}", item, by=by, speakers=speakers, quote=words[:-1], **FERRY))
    return claims, gathered(*claims, docs=[a_doc(i, words) for i, (words, *_) in TEXTS.items()])


def count(claims: Iterable[Claim], result: Consolidation, of: Iterable[str]) -> tuple[int, int]:
    situation = Situation.of(claims, (), result.incidents, result.contradictions, load())
    origins, untraced, _ = Tracing.of(situation, result.origins).counted(tuple(situation.claims[c] for c in of))
    return origins, untraced


def test_a_cell_says_what_the_incident_and_its_versions_say():
    claims, result = ferry()
    (incident,) = result.incidents
    said = incident.corroboration
    assert (said.origins, said.untraced) == (2, 2)
    assert count(claims, result, incident.claims) == (said.origins, said.untraced)
    assert len(incident.versions) == 3
    for version in incident.versions:
        assert count(claims, result, version.claims) == (version.origins, version.untraced), version.label


def test_who_cites_a_body_adds_nothing_to_those_it_heard():
    claims, result = ferry()
    assert count(claims, result, ["claim of t1", "claim of t2"]) == (1, 0)


def test_two_groups_without_a_name_are_not_two_origins():
    claims, result = ferry()
    assert count(claims, result, ["claim of t1", "claim of t3"]) == (1, 1)


def test_one_person_who_tells_of_two_events_is_one_origin_of_what_both_show():
    one = a_claim("one", "t1", speakers=["Ines Mor"], quote="they burned the ferry", **FERRY)
    other = a_claim("other", "t2", speakers=["Ines Mor"], quote="they burned the mill", **MILL)
    third = a_claim("third", "t3", speakers=["Jon Ketil"], quote="they broke into the mill", **MILL)
    result = gathered(one, other, third)
    assert incident_with(result, "one").id != incident_with(result, "other").id
    assert count([one, other, third], result, ["one", "other"]) == (1, 0)
    assert count([one, other, third], result, ["one", "other", "third"]) == (2, 0)


def test_the_same_words_for_people_of_two_events_tell_nobody_apart():
    one = a_claim("one", "t1", speakers=["residents"], quote="they burned the ferry", **FERRY)
    other = a_claim("other", "t2", speakers=["residents"], quote="they burned the mill", **MILL)
    assert count([one, other], gathered(one, other), ["one", "other"]) == (1, 1)


def test_what_a_person_decided_of_two_events_is_followed():
    one = a_claim("one", "t1", speakers=["a nurse"], quote="they burned the ferry", **FERRY)
    other = a_claim("other", "t2", speakers=["Ines Mor"], quote="they burned the mill", **MILL)
    decided = IdentityDecision("one", "other", "same", kind="origin")
    assert count([one, other], gathered(one, other, decisions=[decided]), ["one", "other"]) == (1, 0)


def test_a_warrant_that_two_events_rest_on_is_one_origin():
    def told(claim: str, item: str, when: dict[str, object]) -> Claim:
        warrant = Cited("warrant", "the arrest warrant", of="Colonel Varo")
        return a_claim(claim, item, act_type=ActType.KILLING, cited=warrant, quote=f"the warrant names {claim}", **when)

    one, other = told("one", "t1", FERRY), told("other", "t2", MILL)
    assert count([one, other], gathered(one, other), ["one", "other"]) == (1, 0)
