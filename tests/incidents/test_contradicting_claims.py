"""What is set side by side as a contradiction, and what is not."""

from __future__ import annotations

import pytest
from tests.incidents.factory import a_claim, a_doc, at_least, exactly, gathered, incident_with, together
from tests.incidents.test_copies_of_texts import WIRE

from probanda.incidents.model import Consolidation
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Modality
from probanda.kernel.vocabulary import ContradictionKind as Kind

EVENT = {"at": ["Port Ansel"], "on": "2031-05-03"}


def pairs(result: Consolidation, kind: Kind) -> set[tuple[str, str]]:
    return {(c.a, c.b) for c in result.contradictions if c.kind is kind}


def test_who_blame_each_other_are_two_versions_and_a_contradiction():
    quote = {"quote": "The Brigade and the Coast Guard blamed each other", "paragraph": 3}
    result = gathered(
        a_claim("a", speakers=["Northern Brigade"], by=["Coast Guard"], **quote),
        a_claim("b", speakers=["Coast Guard"], by=["Northern Brigade"], **quote),
    )
    assert pairs(result, Kind.ATTRIBUTION) == {("a", "b")}
    assert {v.label for v in incident_with(result, "a").versions} == {
        "attributed to: Coast Guard",
        "attributed to: Northern Brigade",
    }


def test_a_version_names_the_acts_laid_to_its_author_where_the_title_names_another():
    said = {"by": ["Northern Brigade"], **EVENT}
    result = gathered(
        a_claim("a", act_type=ActType.KILLING, paragraph=1, speakers=["Ines Mor"], **said),
        a_claim("b", act_type=ActType.KILLING, paragraph=1, **EVENT),
        a_claim("c", act_type=ActType.DETENTION, paragraph=1, speakers=["Ines Mor"], **said),
    )
    one = incident_with(result, "a")
    assert one.title.startswith("Killing")
    assert [v.label for v in one.versions] == [
        "attributed to: Northern Brigade (Killing, Detention)",
        "author not named",
    ]


def test_two_authors_whom_nobody_sets_against_each_other_are_no_contradiction():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], by=["Colonel Varga"], **EVENT),
    )
    assert together(result, "a", "b")
    assert result.contradictions == ()


@pytest.mark.parametrize(
    ("left", "right", "disagree"),
    [
        (exactly(11), exactly(14), True),
        (at_least(11), exactly(14), False),
        (exactly(14), Quantity(text="about 11", value=11, unit="killed"), False),
        (exactly(11), exactly(14, "wounded"), False),
        (exactly(11, "dead"), exactly(14, "people killed"), True),
        (at_least(20), exactly(14), True),
    ],
)
def test_numbers_contradict_when_no_number_satisfies_both(left, right, disagree):
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], count=left, **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], count=right, **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == ({("a", "b")} if disagree else set())


def test_soldiers_and_fishermen_are_counted_apart():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], of=["fishermen"], count=exactly(11), **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], of=["soldiers"], count=exactly(3), **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == set()


def test_a_toll_that_grows_contradicts_nothing():
    counts = [
        Quantity(text=str(n), value=n, min=n, max=n, unit="killed", as_of=day)
        for n, day in ((11, "2031-05-03"), (14, "2031-05-05"))
    ]
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], count=counts[0], **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], count=counts[1], **EVENT),
    )
    assert result.contradictions == ()


def test_no_casualties_contradicts_deaths():
    result = gathered(
        a_claim("a", "t1", speakers=["an official"], **EVENT),
        a_claim("b", "t2", speakers=["aid workers"], denied=True, count=exactly(0, "casualties"), **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == {("a", "b")}


def test_a_denial_stands_against_what_others_say_but_not_against_what_the_denier_passes_on():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT),
        a_claim("b", "t2", speakers=["Northern Brigade", "old people"], **EVENT),
        a_claim("c", "t2", speakers=["Northern Brigade"], by=["Northern Brigade"], denied=True, **EVENT),
    )
    assert pairs(result, Kind.DENIAL) == {("a", "c")}


def test_orders_and_demands_are_neither_support_nor_denial():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], modality=Modality.CALLED_FOR, **EVENT),
        a_claim("c", "t3", speakers=["Colonel Varga"], modality=Modality.ORDERED, **EVENT),
    )
    incident = incident_with(result, "a")
    assert set(incident.claims) == {"a", "b", "c"}
    assert [(v.claims, v.against) for v in incident.versions] == [(("a",), ())]
    assert result.contradictions == ()


def test_civilians_to_one_and_fighters_to_the_other_is_a_contradiction_on_identity():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], of=["eleven villagers"], count=exactly(11), **EVENT),
        a_claim("b", "t2", speakers=["Colonel Varga"], of=["eleven terrorists"], count=exactly(11), **EVENT),
    )
    assert pairs(result, Kind.IDENTITY) == {("a", "b")}


def test_dates_a_day_apart_in_two_texts_meet_and_are_shown_to_disagree():
    result = gathered(
        a_claim("a", "t1", at=["Port Ansel"], of=["fishermen"], on="2031-05-03"),
        a_claim("b", "t2", at=["Port Ansel"], of=["fishermen"], on="2031-05-04"),
    )
    assert pairs(result, Kind.DATE) == {("a", "b")}


def test_each_copy_is_found_to_disagree_while_they_are_few():
    docs = [*(a_doc(f"t{n}", f"Headline {n}\n{WIRE}") for n in range(3)), a_doc("t9")]
    said = {"quote": "shot eleven men", "speakers": ["Ines Mor"], "by": ["Northern Brigade"], **EVENT}
    copies = [a_claim(f"c{n}", f"t{n}", **said) for n in range(3)]
    result = gathered(*copies, a_claim("d", "t9", speakers=["Northern Brigade"], denied=True, **EVENT), docs=docs)
    assert pairs(result, Kind.DENIAL) == {("c0", "d"), ("c1", "d"), ("c2", "d")}


def test_many_copies_on_both_sides_do_not_multiply_without_end():
    docs = [a_doc(f"t{n:03}", f"{WIRE} {'Denied' if n % 2 else 'Said'} in full.") for n in range(300)]
    claims = [
        a_claim(f"c{n:03}", f"t{n:03}", quote="no", speakers=["Northern Brigade"], denied=True, **EVENT)
        if n % 2
        else a_claim(f"c{n:03}", f"t{n:03}", quote="yes", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT)
        for n in range(300)
    ]
    assert pairs(gathered(*claims, docs=docs), Kind.DENIAL) == {("c000", "c001")}


def test_no_pair_is_shown_twice_and_each_has_a_sentence():
    result = gathered(
        *(
            a_claim(f"c{n}", f"t{n}", speakers=[f"Speaker {'ABCD'[n]}"], count=exactly(10 + n), denied=n == 3, **EVENT)
            for n in range(4)
        )
    )
    shown = [(c.a, c.b) for c in result.contradictions]
    assert shown
    assert len(shown) == len(set(shown))
    assert all(a < b for a, b in shown)
    assert all(c.reason.endswith(".") for c in result.contradictions)


def test_it_was_not_us_leaves_open_that_it_happened():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT),
        a_claim("b", "t2", speakers=["the hospital"], **EVENT),
        a_claim("c", "t3", speakers=["General Command"], by=["its forces"], denied=True, **EVENT),
    )
    against = {v.label: v.against for v in incident_with(result, "a").versions}
    assert against == {"attributed to: Northern Brigade": ("c",), "author not named": ()}


def test_it_was_not_us_is_against_the_one_in_whose_name_the_statement_is_headed():
    texts = [a_doc(f"t{n}", title="Statement of the Northern Brigade" if n == 3 else "") for n in (1, 2, 3)]
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT),
        a_claim("b", "t2", speakers=["Northern Brigade"], by=["Coast Guard"], **EVENT),
        a_claim("c", "t3", speakers=["General Command"], by=["its forces"], denied=True, **EVENT),
        docs=texts,
    )
    against = {v.label: v.against for v in incident_with(result, "a").versions}
    assert against == {"attributed to: Northern Brigade": ("c",), "attributed to: Coast Guard": ()}


def test_a_part_is_not_held_against_the_whole():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], quote="31 villagers were killed", count=exactly(31), **EVENT),
        a_claim(
            "b",
            "t2",
            speakers=["Tomas Ferre"],
            quote="Varga, who alone killed 9",
            count=exactly(9),
            **EVENT,
        ),
    )
    assert pairs(result, Kind.NUMBER) == set()


def test_a_toll_that_is_said_to_have_risen_contradicts_no_lower_one_of_its_text():
    result = gathered(
        a_claim("a", "t1", speakers=["the agency"], quote="12 were killed", count=exactly(12), **EVENT),
        a_claim("b", "t1", speakers=["the mayor"], quote="the toll rose to 21 killed", count=exactly(21), **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == set()


def test_civilians_and_fighters_are_two_populations():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], of=["civilians"], count=exactly(12, "civilians killed"), **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], of=["fighters"], count=exactly(4, "fighters killed"), **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == set()


def test_a_speaker_in_a_shorter_form_does_not_contradict_himself():
    result = gathered(
        a_claim("a", "t1", speakers=["General Staff"], modality=Modality.ADMITTED, **EVENT),
        a_claim("b", "t1", speakers=["General Staff of the Armed Forces"], denied=True, **EVENT),
    )
    assert pairs(result, Kind.DENIAL) == set()


def test_that_nobody_was_ill_treated_does_not_deny_that_they_were_taken():
    taken = a_claim("a", "t1", act_type=ActType.ABDUCTION, act="taken", speakers=["Ines Mor"], of=["students"], **EVENT)
    beaten = a_claim("b", "t1", act_type=ActType.TORTURE, act="beaten", speakers=["Ines Mor"], **EVENT)
    denial = a_claim(
        "c", "t1", act_type=ActType.TORTURE, act="ill-treated", speakers=["Warden Ode"], denied=True, **EVENT
    )
    assert pairs(gathered(taken, denial), Kind.DENIAL) == set()
    assert pairs(gathered(beaten, denial), Kind.DENIAL) == {("b", "c")}


def test_it_was_not_us_leaves_open_that_bodies_were_found():
    found = a_claim("a", "t1", act="found", detail="bodies-found", count=exactly(17, "bodies"), **EVENT)
    denial = a_claim("b", "t1", speakers=["Northern Brigade"], by=["Northern Brigade"], denied=True, **EVENT)
    blamed = a_claim("c", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT)
    assert pairs(gathered(found, denial), Kind.DENIAL) == set()
    assert pairs(gathered(blamed, denial), Kind.DENIAL) == {("b", "c")}


def test_it_was_not_us_is_no_denial_of_it_was_they():
    quote = {"quote": "The Brigade and the Coast Guard blamed each other", "paragraph": 3, "by": ["Coast Guard"]}
    result = gathered(
        a_claim("a", speakers=["Northern Brigade"], **quote),
        a_claim("b", speakers=["Coast Guard"], **{**quote, "by": ["Northern Brigade"]}),
        a_claim("c", speakers=["Brigade staff"], by=["Northern Brigade"], denied=True, paragraph=3),
    )
    assert pairs(result, Kind.DENIAL) == {("b", "c")}


def test_her_testimony_is_the_one_told_of_in_that_text():
    denial = {"speakers": ["Consul Rhee"], "by": ["soldiers"], "denied": True}
    told = a_claim("a", "t1", speakers=["Ines Mor"], by=["soldiers"], **EVENT)
    here = a_claim("b", "t1", quote="dismissed her testimony as gossip", **denial, **EVENT)
    elsewhere = a_claim("b", "t2", quote="dismissed her testimony as gossip", **denial, **EVENT)
    assert pairs(gathered(told, here), Kind.DENIAL) == {("a", "b")}
    assert pairs(gathered(told, elsewhere), Kind.DENIAL) == set()


def test_a_brigade_and_its_fighters_are_one_side():
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], by=["Northern Brigade"], **EVENT),
        a_claim("b", "t2", speakers=["Northern Brigade"], by=["the Northern Brigade’s fighters"], **EVENT),
    )
    assert pairs(result, Kind.ATTRIBUTION) == set()


def test_within_one_text_the_ministry_is_the_one_that_was_named_in_full():
    accuses = a_claim("a", "t1", speakers=["Ministry of Defence"], by=["Coast Front"], **EVENT)
    denies = {"speakers": ["Ministry"], "by": ["armed forces"], "denied": True, **EVENT}
    assert pairs(gathered(accuses, a_claim("b", "t1", **denies)), Kind.DENIAL) == set()


def test_a_state_whose_name_holds_that_of_another_is_another():
    result = gathered(
        a_claim("a", "t1", speakers=["South Karsia"], by=["Karsia"], **EVENT),
        a_claim("b", "t1", speakers=["Karsia"], by=["Karsia"], denied=True, **EVENT),
    )
    assert pairs(result, Kind.DENIAL) == {("a", "b")}


def test_whoever_says_that_it_was_others_does_not_deny_that_it_was_they():
    denial = a_claim("b", "t2", speakers=["Major Telt"], by=["border guards"], denied=True, **EVENT)
    blames = a_claim("c", "t2", speakers=["Major Telt"], by=["men of the Ketta clan"], **EVENT)
    same_view = a_claim("a", "t1", speakers=["Ines Mor"], by=["Ketta clan"], **EVENT)
    other_view = a_claim("d", "t3", speakers=["Tomas Ferre"], by=["border guards"], **EVENT)
    found = pairs(gathered(denial, blames, same_view, other_view), Kind.DENIAL)
    assert found == {("b", "d")}


def counted(text: str, value: int, unit: str) -> Quantity:
    return Quantity(text=text, value=value, min=value, max=value, unit=unit)


@pytest.mark.parametrize(
    ("quote", "victims", "count"),
    [
        ("the guards shot six of them", ["six of them"], counted("six", 6, "people")),
        ("shot his father and two neighbours", ["his father", "two neighbours"], counted("two", 2, "neighbours")),
        ("he counted 14 bodies by the gate", [], counted("14", 14, "bodies")),
        ("nine fresh graves behind the chapel", [], counted("nine", 9, "graves")),
    ],
)
def test_what_one_person_saw_or_lost_is_not_held_against_the_toll(quote, victims, count):
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], quote="31 people were killed", count=exactly(31, "people"), **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], quote=quote, of=victims, count=count, **EVENT),
    )
    assert together(result, "a", "b")
    assert pairs(result, Kind.NUMBER) == set()


def test_a_part_larger_than_the_toll_still_contradicts_it():
    part = counted("77", 77, "rebels")
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], of=["three rebels"], count=exactly(3, "rebels"), **EVENT),
        a_claim("b", "t2", speakers=["Tomas Ferre"], of=["77 rebels", "12 guards"], count=part, **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == {("a", "b")}


def test_what_a_text_tells_as_a_separate_incident_is_another_one():
    here = {"at": ["Port Ansel"], "paragraph": 3}
    first = a_claim("a", "t1", of=["traders"], quote="soldiers shot two traders in Port Ansel", **here)
    words = "soldiers shot four fishermen in Port Ansel"
    second = a_claim("b", "t1", of=["fishermen"], quote=words, **here)
    apart = a_claim("b", "t1", of=["fishermen"], quote=f"In a separate incident, {words}", start=3900, **here)
    assert together(gathered(first, second), "a", "b")
    assert not together(gathered(first, apart), "a", "b")


def test_an_aside_of_the_text_denies_nothing():
    told = a_claim("a", "t1", speakers=["Ines Mor"], by=["soldiers"], **EVENT)
    aside = a_claim("b", "t1", quote="the fever has killed nobody yet", denied=True, **EVENT)
    assert pairs(gathered(told, aside), Kind.DENIAL) == set()


@pytest.mark.parametrize(("toll", "disagree"), [(exactly(31, "people"), False), (exactly(12, "people"), True)])
def test_what_a_hospital_received_is_the_least(toll, disagree):
    words = "her staff had received 16 bodies"
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], count=toll, **EVENT),
        a_claim("b", "t2", speakers=["Doctor Sol"], quote=words, count=counted("16", 16, "bodies"), **EVENT),
    )
    assert pairs(result, Kind.NUMBER) == ({("a", "b")} if disagree else set())


def test_those_released_are_not_counted_against_those_detained():
    held = {"act_type": ActType.DETENTION, "of": ["men"], **EVENT}
    result = gathered(
        a_claim("a", "t1", speakers=["Ines Mor"], act="detained", count=exactly(11, "men"), **held),
        a_claim("b", "t1", speakers=["police"], act="released", detail="release", count=exactly(3, "men"), **held),
    )
    assert pairs(result, Kind.NUMBER) == set()


def test_a_bare_number_counts_what_was_told_before():
    stalls = {"act_type": ActType.LOOTING_PROPERTY, **EVENT}
    result = gathered(
        a_claim("a", "t1", speakers=["council"], detail="casualty-count", count=exactly(85, "people"), **stalls),
        a_claim("b", "t1", speakers=["coroner"], count=exactly(4, "traders"), **EVENT),
        a_claim("c", "t2", speakers=["Ines Mor"], count=exactly(117, "shops"), **stalls),
    )
    assert pairs(result, Kind.NUMBER) == {("a", "c")}
