"""Who says it, across sentences: whose text it is, verdicts, denials without an act, witnesses, support."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.vocabulary import Family

from .test_sentences import fits

Read = Callable[..., Reading]

COMMUNIQUE = """GENERAL COMMAND OF THE KARSIAN ARMY
Communique No. 12, 3 May 2031

At dawn terrorists burned a school in Oren. Our soldiers shot two of the attackers.

We deny that any villager was killed."""

REPORT = """Report of the Commission of Inquiry on Lower Tarn

12. Soldiers burned the market of Oren in April 2031. The Commission was not able to visit Varn.

13. A nurse told the Commission that fighters had shot two students."""

PETITION = """Missing since the harvest

Statement of the Committee of Mothers, 12 August 2031

On 3 August soldiers led away Ilo Dant and Omar Vesh. Omar Vesh has not been seen since. We ask for an answer."""

NEWS = """Market burned in Oren

Soldiers burned the market of Oren on Monday. A nurse said that two students were shot."""


def the(words: str, reading: Reading) -> Claim:
    found = [c for c in reading.claims if words in c.quote and c.family is Family.ACT]
    assert len(found) == 1, [c.quote for c in reading.claims]
    return found[0]


def test_a_communique_is_the_statement_of_whoever_issued_it(read: Read) -> None:
    reading = read(COMMUNIQUE)
    burned = the("burned a school", reading)
    assert burned.speakers[-1].words == "GENERAL COMMAND OF THE KARSIAN ARMY"
    assert burned.modality.value == "alleged"
    denied = the("villager was killed", reading)
    assert denied.speakers[-1].words == "GENERAL COMMAND OF THE KARSIAN ARMY"
    assert denied.modality.value == "denied"


def test_what_our_soldiers_did_is_admitted(read: Read) -> None:
    words = "“Our soldiers burned the barn,” said Colonel Vesh."
    assert read(words).claims[0].modality.value == "admitted"


def test_what_a_commission_of_inquiry_tells_in_its_own_voice_it_has_found(read: Read) -> None:
    reading = read(REPORT)
    burned = the("burned the market", reading)
    assert "Commission" in burned.speakers[-1].words
    assert burned.modality.value == "confirmed"
    shot = the("shot two students", reading)
    assert shot.speakers[-1].words == "nurse"
    assert shot.modality.value == "alleged"


def test_a_petition_speaks_for_those_who_made_it_and_those_taken_have_disappeared(read: Read) -> None:
    reading = read(PETITION)
    taken = the("led away", reading)
    assert taken.speakers[-1].words == "Committee of Mothers"
    assert taken.act_type.value == "enforced-disappearance"
    assert "same people" in taken.why


def test_news_speaks_for_itself(read: Read) -> None:
    burned = the("Soldiers burned", read(NEWS))
    assert [s.words for s in burned.speakers] == ["@doc"]
    assert burned.modality.value == "reported"


KILLED = "Soldiers of the Red Lance brigade killed nine farmers in Oren. "
DENIALS: list[tuple[str, dict[str, Any]]] = [
    ("The ministry said the pictures were forged.", {"chain": ["ministry"]}),
    ("A spokesman called the reports baseless.", {"chain": ["spokesman"]}),
    ("The ambassador dismissed the testimony as hearsay.", {"chain": ["ambassador"]}),
    ("The ministry said no soldier had been in Oren at the time.", {"chain": ["ministry"]}),
    ("The brigade said its men had never been in Oren.", {"chain": ["brigade"]}),
    ("The authorities say they know nothing of it.", {"chain": ["authorities"]}),
    ("Colonel Vesh denied that he was in Oren that day.", {"chain": ["Vesh"], "actors": ["Vesh"]}),
    ("“This is a lie,” the minister said.", {"chain": ["minister"]}),
]


@pytest.mark.parametrize(("words", "want"), DENIALS, ids=[w[:40] for w, _ in DENIALS])
def test_a_denial_that_names_no_act_denies_the_act_told_before(words: str, want: dict[str, Any], read: Read) -> None:
    claims = read(KILLED + words).claims
    expected = {"type": "killing", "modality": "denied", "polarity": "negative", **want}
    assert any(fits(c, expected) for c in claims), [(c.modality.value, c.quote) for c in claims]


def test_who_is_somewhere_else_denies_nothing(read: Read) -> None:
    claims = read(
        "Two nurses were killed in Oren. A clerk said the minister had not been in the country since May."
    ).claims
    assert [c.modality.value for c in claims] == ["reported"]


LEANING: list[tuple[str, dict[str, Any]]] = [
    ("She named the officer as Captain Dast.", {"modality": "alleged", "actors": ["Dast"]}),
    (
        "Colonel Dast was seen at the gate giving instructions, witnesses said.",
        {"modality": "alleged", "actors": ["Dast"], "involvement": "ordering", "chain": ["witnesses"]},
    ),
    ("It was corroborated by two teachers.", {"modality": "confirmed", "chain": ["teachers"]}),
    (
        "The mayor blames rebels, while the bishop says nothing.",
        {"modality": "alleged", "actors": ["rebels"], "chain": ["mayor"]},
    ),
]


@pytest.mark.parametrize(("words", "want"), LEANING, ids=[w[:40] for w, _ in LEANING])
def test_blame_and_support_lean_on_the_act_told_before(words: str, want: dict[str, Any], read: Read) -> None:
    claims = read("A nurse said that fighters killed nine farmers in Oren. " + words).claims
    assert any(fits(c, {"type": "killing", **want}) for c in claims), [
        (c.modality.value, [a.words for a in c.actors], c.quote) for c in claims
    ]


def test_where_the_fire_came_from_names_who_fired(read: Read) -> None:
    words = "Shells struck the market in Oren. A clerk said the shells came from a ridge held by the 3rd Brigade."
    blamed = the("came from", read(words))
    assert [a.words for a in blamed.actors] == ["3rd Brigade"]
    assert blamed.modality.value == "alleged"


VERDICTS: list[tuple[str, dict[str, Any]]] = [
    (
        "The High Court on Friday convicted Omar Vesh of the murder of six farmers.",
        {"type": "killing", "modality": "adjudicated", "chain": ["High Court"], "actors": ["Omar Vesh"]},
    ),
    (
        "The court found that Captain Dast had ordered the execution of nine villagers.",
        {"type": "execution", "modality": "adjudicated", "chain": ["court"], "involvement": "ordering"},
    ),
    (
        "Milo Dars pleaded guilty in March to kidnapping two nurses.",
        {"type": "abduction", "modality": "admitted", "chain": ["Milo Dars"]},
    ),
    (
        "A guard pleaded not guilty to the killing of a student.",
        {"type": "killing", "modality": "denied", "polarity": "negative", "chain": ["guard"]},
    ),
    (
        "The prosecution asked for thirty years.",
        {"type": "procedural", "modality": "called-for", "chain": ["prosecution"]},
    ),
    (
        "The governor should suspend Captain Dast and open an inquiry into the killing of nine farmers.",
        {"type": "procedural", "modality": "called-for"},
    ),
]


@pytest.mark.parametrize(("words", "want"), VERDICTS, ids=[w[:40] for w, _ in VERDICTS])
def test_courts_decide_and_the_accused_plead(words: str, want: dict[str, Any], read: Read) -> None:
    claims = read(words).claims
    assert any(fits(c, want) for c in claims), [
        (c.act_type.value, c.modality.value, [s.words for s in c.speakers], c.quote) for c in claims
    ]


def test_a_verdict_without_its_court_is_that_of_the_court_named_before(read: Read) -> None:
    words = (
        "The High Court convicted Omar Vesh of the murder of six farmers. Dars was acquitted of the rape of two women."
    )
    acquitted = the("acquitted", read(words))
    assert (acquitted.modality.value, acquitted.polarity.value) == ("adjudicated", "negative")
    assert acquitted.speakers[-1].words == "High Court"


def test_a_semicolon_inside_a_quote_does_not_part_it_from_its_speaker(read: Read) -> None:
    words = "“There was no deportation; people left of their own will,” the minister said."
    denied = read(words).claims[0]
    assert denied.modality.value == "denied"
    assert denied.speakers[-1].words == "minister"


def test_whoever_saw_it_tells_it(read: Read) -> None:
    seen = read("Her neighbour, Ila Sorn, saw soldiers shoot two men.").claims[0]
    assert seen.speakers[-1].words == "Ila Sorn"
    assert seen.modality.value == "alleged"


def test_such_an_act_is_itself_a_charge_and_a_count_of_dead_is_not(read: Read) -> None:
    assert read("Residents said that two women were raped in Oren.").claims[0].modality.value == "alleged"
    assert read("Residents said that nine people were killed in Oren.").claims[0].modality.value == "reported"


def test_a_sentence_for_killing_is_asked_against_the_accused_and_not_against_the_prosecutor(read: Read) -> None:
    words = "Prosecutor Melk sought 12 years imprisonment for General Dast “for ordering the shooting of nine pupils”."
    claims = [c for c in read(words).claims if c.act == "shooting"]
    assert [a.words for c in claims for a in c.actors] == ["Dast"]
    assert claims[0].modality.value == "alleged"


def test_no_evidence_that_is_a_denial(read: Read) -> None:
    denied = read("There is no evidence that soldiers killed the nine farmers, the general said.").claims[0]
    assert (denied.modality.value, denied.polarity.value) == ("denied", "negative")


def test_what_nobody_could_verify_is_not_confirmed(read: Read) -> None:
    claims = read(KILLED + "Neither account could be independently verified.").claims
    assert all(c.modality.value != "confirmed" for c in claims)


def test_it_stays_open_where_two_bodies_compete(read: Read) -> None:
    words = "The Dawn Front and the Red Lance brigade shelled Oren. It killed nine farmers."
    killed = the("killed nine", read(words))
    assert killed.actors == ()
    assert "reference-open" in killed.flags
