"""What a suggestion says of itself: reasons, roles, inference told apart, what is kept out, and how it is worded."""

from __future__ import annotations

import ast
from dataclasses import replace
from importlib import resources

import pytest

from probanda.actors.model import DECIDED, ActorGroup, Membership
from probanda.claims.model import Named
from probanda.kernel.vocabulary import (
    ActType,
    Involvement,
    MentionKind,
    Modality,
    Side,
    Status,
    TieKind,
)
from probanda.matrix import lay_out, set_aside
from probanda.matrix.model import Bearing, Role, Suggestion

from .factory import (
    BRIGADE,
    DOC,
    EVERYONE,
    GUARD,
    PACK,
    VARO,
    a_claim,
    a_tie,
    an_incident,
    by,
    cell,
    laid_out,
    one_account,
    the,
)

ORDERING = "25(3)(b) ordering"
QUARTER = "8(2)(e)(x)"


def dated(claim, day="2031-05-11"):
    return replace(claim, date_from=day, date_to=day)


DEED = dated(a_claim(ActType.EXECUTION, by(VARO), quote="Varo shot two prisoners", victims=("prisoners",)))
OTHER = dated(
    a_claim(ActType.EXECUTION, by(VARO), quote="the colonel shot two", modality=Modality.ADMITTED, item="item 2",
            speakers=(DOC, "Colonel Varo"))
)  # fmt: skip


def test_reasons_for_say_which_claims_how_named_how_many_origins_and_when():
    found = the(laid_out(DEED, OTHER, incidents=(an_incident(DEED, OTHER),)), "8(2)(c)(iv)")
    assert found.reasons_for[:2] == (
        "1 claim names the actor as having done it (admitted).",
        "1 claim names the actor as having done it (alleged).",
    )
    said = " ".join(found.reasons_for)
    assert "Named as “Colonel Varo”." in said
    assert "at most 2 origins, 0 untraced" in said and "1 incident; told for 2031-05-11." in said


def test_reasons_count_origins_as_cells_do():
    found = the(laid_out(DEED, OTHER, origins=(one_account(DEED, OTHER),)), "8(2)(c)(iv)")
    assert any("at most 1 origin," in r for r in found.reasons_for) and cell(found, 1).origins == 1


def test_c11_each_suggestion_says_which_others_rest_on_its_claims_and_none_is_hidden():
    found = laid_out(DEED)
    assert {s.crime for s in found} == {"7(1)(a)", "8(2)(c)(i)-1", "8(2)(c)(iv)"}
    for suggestion in found:
        assert set(suggestion.shared_with) == {s.id for s in found} - {suggestion.id}
        assert suggestion.reasons_against[-1].startswith("The same claims also point to: ")


def test_layouts_without_common_claims_share_nothing():
    torture = a_claim(ActType.TORTURE, by(VARO))
    found = the(laid_out(a_claim(ActType.LOOTING_PROPERTY, by(VARO)), torture), "8(2)(e)(v)")
    assert found.shared_with == ()


def test_only_hearsay_and_nothing_checked_speak_against_opening():
    told = a_claim(ActType.KILLING, by(VARO), speakers=(DOC, "Hill Monitors", "a neighbour"))
    said = the(laid_out(told), "7(1)(a)").reasons_against
    assert any(r.startswith("Only hearsay") for r in said)
    assert "No person has checked that the texts say so." in said
    checked = the(laid_out(replace(DEED, status=Status.CHECKED)), "7(1)(a)").reasons_against
    assert "No person has checked that the texts say so." not in checked


@pytest.mark.parametrize(("reason", "machine"), [("the same name in full", True), (DECIDED, False)])
def test_an_identity_made_by_the_machine_alone_speaks_against(reason, machine):
    varo = ActorGroup(
        id=VARO.id, kind=MentionKind.PERSON, name=VARO.name, variants=(VARO.name,),
        members=(Membership("first", "its words begin this group"), Membership(VARO.name, reason)),
    )  # fmt: skip
    said = the(laid_out(DEED, actors=(varo,)), "7(1)(a)").reasons_against
    assert any("the machine alone linked the name" in r for r in said) is machine


def test_an_act_told_as_tried_says_so():
    tried = a_claim(ActType.KILLING, by(VARO), detail="attempt")
    said = the(laid_out(tried), "7(1)(a)", "25(3)(f) attempt").reasons_against
    assert "1 claim tells of the act as tried, not as carried out." in said


def test_a_unit_is_said_to_be_no_natural_person():
    assert any(
        "natural person" in r for r in the(laid_out(a_claim(ActType.KILLING, by(GUARD))), "7(1)(a)").reasons_against
    )


def test_c1_roles_follow_from_the_kind_of_element_and_whose_it_is():
    order = dated(a_claim(ActType.EXECUTION, by(VARO, Involvement.ORDERING), quote="he had them shot"))
    found = the(laid_out(order), "8(2)(c)(iv)", ORDERING)
    assert cell(found, 1).role is Role.CRIME_BASE and cell(found, 2).role is Role.CRIME_BASE
    assert cell(found, 3).role is Role.LINKAGE, "what the author was aware of"
    assert cell(found, 6).role is Role.CONTEXTUAL
    assert cell(found, 2, "mode").role is Role.LINKAGE and cell(found, 3, "mode").role is Role.CRIME_BASE


def test_c6_what_is_only_inferred_is_told_apart_and_the_machine_draws_no_inference():
    found = the(laid_out(OTHER), "8(2)(c)(iv)")
    mind = cell(found, 2, "mode")
    assert mind.supporting == mind.circumstantial == (OTHER.id,)
    assert "Nothing says it directly" in mind.gap
    (placed,) = mind.placed
    assert (placed.side, placed.bearing, placed.rule) == (Side.FOR, Bearing.CIRCUMSTANTIAL, "own-words")
    assert "would have to be inferred" in placed.says
    assert cell(found, 1, "mode").circumstantial == ()


def test_every_listed_claim_is_placed_once_on_its_side_by_a_rule_with_a_sentence():
    fighting = a_claim(ActType.MILITARY_OPERATION, by(BRIGADE), quote="fighting went on")
    for suggestion in laid_out(DEED, OTHER, fighting, a_tie(TieKind.POSTING, VARO, BRIGADE)):
        for c in suggestion.cells:
            for side, listed in ((Side.FOR, c.supporting), (Side.AGAINST, c.against)):
                placed = [p for p in c.placed if p.side is side]
                assert sorted(i for p in placed for i in p.claims) == sorted(listed)
                assert all(p.rule and p.says for p in placed)
                circumstantial = {i for p in placed if p.bearing is Bearing.CIRCUMSTANTIAL for i in p.claims}
                assert circumstantial == set(listed) & set(c.circumstantial)


def test_a_name_beside_an_act_without_a_part_in_it_speaks_only_by_inference():
    unsaid = a_claim(ActType.KILLING, by(VARO, Involvement.UNKNOWN))
    found = the(laid_out(unsaid), "7(1)(a)")
    assert cell(found, 1).circumstantial == (unsaid.id,)
    assert "1 claim puts the name beside the act and does not say how." in found.reasons_against


PARAPHRASE = "under international law the killing of captives is a war crime"


def test_a_restated_law_is_evidence_in_no_cell_and_is_shown_as_kept_out():
    law = a_claim(ActType.EXECUTION, quote=PARAPHRASE, victims=("captives",))
    for suggestion in laid_out(DEED, law, incidents=(an_incident(DEED, law),)):
        assert law.id not in {i for c in suggestion.cells for i in (*c.supporting, *c.against)}
        assert [k.claim for k in suggestion.kept_out] == [law.id]
        assert "no evidence" in suggestion.kept_out[0].why


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(ActType.EXECUTION, by(GUARD), quote=PARAPHRASE),
        replace(a_claim(ActType.EXECUTION, quote=PARAPHRASE), places=(Named("Lenna"),)),
        replace(a_claim(ActType.EXECUTION, quote=PARAPHRASE), date_from="2031-05-11"),
    ],
)
def test_words_of_law_that_tell_of_an_event_are_evidence(claim):
    found = the(laid_out(DEED, claim, incidents=(an_incident(DEED, claim),)), "7(1)(a)", actor=VARO)
    assert found.kept_out == ()


@pytest.mark.parametrize(
    ("act_type", "quote"),
    [
        (ActType.PROCEDURAL, "the council froze his accounts for the war at Lenna"),
        (ActType.PROCEDURAL, "the judge will recuse herself from the case of the war"),
        (ActType.OBSTRUCTION_IMPUNITY, "nobody answers for the killings of the war"),
        (ActType.POLITICAL_STATEMENT, "the colonel spoke of the war"),
    ],
)
def test_sanctions_recusals_impunity_and_speeches_stand_in_no_crime_cell(act_type, quote):
    after = a_claim(act_type, by(VARO, Involvement.UNKNOWN), quote=quote)
    for suggestion in laid_out(DEED, after, incidents=(an_incident(DEED, after),)):
        cells = [c for c in suggestion.cells if c.part == "crime"]
        assert after.id not in {i for c in cells for i in (*c.supporting, *c.against)}
        assert after.id in {k.claim for k in suggestion.kept_out}


def test_c13_d5_shelter_after_the_fact_is_no_mode_and_says_where_it_belongs():
    shelter = a_claim(
        ActType.OBSTRUCTION_IMPUNITY, by(VARO, Involvement.SHELTERING), detail="sanctuary", quote="he hid them"
    )
    found = laid_out(DEED, shelter)
    assert all(shelter.id not in s.claims for s in found)
    note = next(n for n in the(found, "7(1)(a)").notes if "after the fact" in n)
    assert "art. 17(2)(a)" in note and "art. 70" in note
    (aside,) = set_aside([shelter], EVERYONE, PACK)
    assert "art. 87(7)" in aside.belongs


def test_a_help_and_a_plan_are_laid_out_apart_from_doing_and_ordering():
    hows = (
        Involvement.DIRECT,
        Involvement.ORDERING,
        Involvement.INCITING,
        Involvement.AIDING,
        Involvement.PLANNING,
    )
    claims = [a_claim(ActType.EXECUTION, by(VARO, how), quote=f"it is said: {how}") for how in hows]
    found = [s for s in laid_out(*claims) if s.crime == "7(1)(a)"]
    assert {s.mode for s in found} == {
        "25(3)(a) individual",
        ORDERING,
        "25(3)(b) soliciting or inducing",
        "25(3)(c) aiding",
        "25(3)(d) common purpose",
    }
    for suggestion in found:
        assert len(suggestion.claims) == 1, "each mode has its own claims"
    helped = the(laid_out(claims[3]), "7(1)(a)", "25(3)(c) aiding")
    assert cell(helped, 1, "mode").supporting == (claims[3].id,) and "With what aim" in cell(helped, 1, "mode").reason
    planned = the(laid_out(claims[4]), "7(1)(a)", "25(3)(d) common purpose")
    assert cell(planned, 3, "mode").supporting == (claims[4].id,) and cell(planned, 2, "mode").supporting == ()


def test_an_order_that_nobody_be_spared_has_five_rows_the_order_in_the_first_and_command_in_the_third():
    """The way a commander's filmed order, and a complaint about it, are laid out together."""
    order = a_claim(
        ActType.DENIAL_OF_QUARTER, by(VARO, Involvement.ORDERING), quote="no quarter to the enemy",
        modality=Modality.ORDERED, speakers=(DOC, "Colonel Varo"),
    )  # fmt: skip
    complaint = a_claim(
        ActType.DENIAL_OF_QUARTER,
        by(VARO),
        quote="Varo broke the ban on such orders",
        speakers=(DOC, "Hill Monitors"),
        item="2",
    )
    heads = a_tie(TieKind.POSTING, VARO, BRIGADE, "commander")
    found = the(laid_out(order, complaint, heads, incidents=(an_incident(order, complaint),)), QUARTER)
    assert [c.element for c in found.cells if c.part == "crime"] == [1, 2, 3, 4, 5]
    assert set(cell(found, 1).supporting) == {order.id, complaint.id} and cell(found, 1).origins == 2
    command = cell(found, 3)
    assert command.supporting == command.circumstantial == (heads.id,)
    assert "Nothing says it directly" in command.gap and "no effective control" in command.placed[0].says
    assert cell(found, 2).supporting == (order.id,), "its own words hold such a phrase"
    assert cell(found, 4).gap.startswith("Nothing found.") and cell(found, 5).supporting == (order.id,)


VERDICTS = (
    "guilt", "culprit", "perpetrator", "proved", "proven", "proves", "convict", "criminal", "murderer", "certainly",
    "undoubtedly", "obviously", "is responsible", "was responsible", "liable", "probab", "likely", "score",
)  # fmt: skip


def sentences_of_the_room():
    """Every string written in the room's files, docstrings apart."""
    for file in sorted(resources.files("probanda.matrix").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            comments = {
                n.value for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in comments:
                    yield file.name, node.value


def test_c10_no_sentence_of_the_room_holds_a_word_of_verdict_or_of_odds():
    found = [(file, s) for file, s in sentences_of_the_room() if any(v in s.casefold() for v in VERDICTS)]
    assert not [f for f in found if "presumed innocent" not in f[1]]


def told(suggestion: Suggestion):
    """What the room says of a suggestion, without the words of the law pack and of the texts."""
    yield from (*suggestion.reasons_for, *suggestion.reasons_against)
    yield from (p.says for c in suggestion.cells for p in c.placed)
    yield from (c.reason for c in suggestion.cells)
    yield from (g.says for g in suggestion.grounds)
    yield from (k.why for k in suggestion.kept_out)


def test_c10_no_produced_sentence_holds_a_word_of_verdict_or_of_odds():
    claims = [
        a_claim(kind, by(VARO, how), by(BRIGADE), quote=f"{kind} {how} in the war, by mistake, they say")
        for kind in (ActType.EXECUTION, ActType.TORTURE, ActType.DENIAL_OF_QUARTER, ActType.ATTACK_ON_CIVILIANS)
        for how in Involvement
    ]
    found = lay_out([*claims, a_tie(TieKind.POSTING, VARO, BRIGADE)], EVERYONE, (an_incident(*claims),), (), (), PACK)
    said = {sentence for suggestion in found for sentence in told(suggestion)}
    assert len(said) > 50
    assert not [s for s in said if any(v in s.casefold() for v in VERDICTS)]


def test_c8_nothing_in_a_suggestion_is_a_number_but_counts_of_claims_origins_and_elements():
    numbers = {
        name
        for cls in (Suggestion, type(laid_out(DEED)[0].cells[0]))
        for name, kind in cls.__annotations__.items()
        if kind in ("int", "float")
    }
    assert numbers == {"element", "origins", "untraced", "unlisted", "unlisted_against"}
