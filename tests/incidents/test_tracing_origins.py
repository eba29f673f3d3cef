"""How many origins stand behind an account, at most."""

from __future__ import annotations

from tests.incidents.factory import a_claim, a_doc, gathered, incident_with
from tests.incidents.test_copies_of_texts import WIRE

from probanda.claims.model import Cited
from probanda.incidents.model import Consolidation, Origin
from probanda.kernel.vocabulary import ActType, OriginKind

EVENT = {"at": ["Port Ansel"], "on": "2031-05-03"}


def accounts(result: Consolidation) -> list[Origin]:
    return [o for o in result.origins if o.kind is OriginKind.ACCOUNT]


def test_ten_papers_that_pass_on_one_speaker_have_one_origin():
    papers = [a_claim(f"c{n}", f"t{n}", speakers=["Ines Mor"], **EVENT) for n in range(10)]
    result = gathered(*papers)
    (version,) = incident_with(result, "c0").versions
    assert (version.origins, version.untraced) == (1, 0)
    assert [o.claims for o in accounts(result)] == [tuple(c.id for c in papers)]


def test_residents_of_two_texts_are_not_one_origin():
    result = gathered(*(a_claim(c, c, speakers=["Residents"], **EVENT) for c in "ab"))
    (version,) = incident_with(result, "a").versions
    assert accounts(result) == []
    assert (version.origins, version.untraced) == (1, 1), "the second group may be the first"


def test_residents_whom_one_named_body_passes_on_are_one_origin():
    result = gathered(*(a_claim(c, c, speakers=["Harbour Watch", "residents"], **EVENT) for c in "ab"))
    assert incident_with(result, "a").versions[0].origins == 1


def test_residents_and_experts_of_one_body_are_two_origins():
    result = gathered(
        a_claim("a", "t1", speakers=["Harbour Watch", "residents"], **EVENT),
        a_claim("b", "t2", speakers=["Harbour Watch", "experts"], **EVENT),
    )
    assert incident_with(result, "a").versions[0].origins == 2


def test_a_papers_own_voice_is_untraced_and_counted_once_in_its_copies():
    docs = [a_doc("t1", f"One headline\n{WIRE}"), a_doc("t2", f"Another headline\n{WIRE}")]
    said = {"quote": "shot eleven men", "act": "shot", **EVENT}
    result = gathered(a_claim("a", "t1", **said), a_claim("b", "t2", **said), docs=docs)
    (version,) = incident_with(result, "a").versions
    assert (version.origins, version.untraced) == (0, 1)
    copy = next(o for o in result.origins if o.kind is OriginKind.COPY)
    assert copy.items == ("t1", "t2")
    assert copy.claims == ("a", "b")


def test_who_cites_a_paper_goes_back_to_that_papers_account():
    docs = [a_doc("t1", publisher="Ansel Post"), a_doc("t2", publisher="The Blog")]
    result = gathered(a_claim("a", "t1", **EVENT), a_claim("b", "t2", speakers=["Ansel Post"], **EVENT), docs=docs)
    assert [o.claims for o in accounts(result)] == [("a", "b")]
    assert incident_with(result, "a").versions[0].origins == 1


def test_one_warrant_in_two_texts_is_one_origin():
    result = gathered(
        a_claim("a", "t1", act_type=ActType.PROCEDURAL, act="issued a warrant", of=["Colonel Varga"]),
        a_claim(
            "b",
            "t2",
            act_type=ActType.PROCEDURAL,
            act="is wanted",
            cited=Cited("warrant", "a warrant", "Colonel Varga"),
        ),
        a_claim("c", "t3", act_type=ActType.PROCEDURAL, act="issued a warrant", of=["Major Hale"]),
    )
    assert [o.claims for o in accounts(result)] == [("a", "b")]


def test_warrants_of_different_years_are_two_origins():
    kind = {"act_type": ActType.PROCEDURAL, "act": "issued a warrant", "of": ["Colonel Varga"]}
    result = gathered(a_claim("a", "t1", on="2031-05-03", **kind), a_claim("b", "t2", on="2032-07-01", **kind))
    assert accounts(result) == []


def test_one_item_under_two_names_is_a_copy_of_itself():
    doc = a_doc("t1")
    twice = type(doc)(doc.item, ("one.txt", "two.txt"), doc.words)
    (origin,) = gathered(a_claim("a"), docs=[twice]).origins
    assert origin.kind is OriginKind.COPY
    assert origin.items == ("t1",)


def test_denials_and_orders_are_traced_to_nobody_as_support():
    result = gathered(a_claim("a", speakers=["Ines Mor"], denied=True, **EVENT))
    (version,) = incident_with(result, "a").versions
    assert version.claims == ()
    assert version.against == ("a",)
    assert version.origins == 0
