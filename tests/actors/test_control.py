"""Signs of control in fact stand apart from posts: orders, knowledge, means given; an alliance is none."""

from __future__ import annotations

from probanda.actors.control import HELD, KNEW, ORDERS, SUPPLIED, signs_of
from probanda.claims.model import DOC, Actor, Claim, Named, Tie
from probanda.kernel.vocabulary import ActType, Family, Involvement, Modality, Polarity, TieKind

OF = {"m1": "a1", "m2": "a2"}


def _claim(number: int, **how: object) -> Claim:
    given: dict[str, object] = {
        "id": f"{number:032x}", "item": "i", "start": 0, "end": 5, "quote": "words", "act": "words", "act_start": 0,
        "act_end": 5, "act_type": ActType.KILLING, "modality": Modality.ALLEGED, "speakers": (Named(DOC),),
        "reader": "r", "why": "w",
    }  # fmt: skip
    return Claim(**(given | how))  # type: ignore[arg-type]


def _tie(number: int, kind: TieKind, role: str) -> Claim:
    tie = Tie(kind, Named("Council", "m1"), Named("militia", "m2"), role)
    return _claim(number, family=Family.TIE, tie=tie)


def _kinds(*claims: Claim) -> list[tuple[str, str, str]]:
    return [(s.who, s.kind, s.over) for s in signs_of(["a1"], claims, OF.get)]


def test_an_order_is_a_sign_over_those_who_did_it() -> None:
    actors = (Actor("Sadr", "m1", Involvement.ORDERING), Actor("the brigade", "m2", Involvement.DIRECT))
    assert _kinds(_claim(1, actors=actors)) == [("a1", ORDERS, "the brigade")]


def test_who_did_it_himself_shows_no_control_over_others() -> None:
    assert _kinds(_claim(1, actors=(Actor("Sadr", "m1", Involvement.DIRECT),))) == []


def test_knowledge_is_told_as_what_it_is() -> None:
    assert _kinds(_claim(1, actors=(Actor("Sadr", "m1", Involvement.KNOWLEDGE),))) == [("a1", KNEW, "")]


def test_a_denied_order_is_no_sign() -> None:
    actors = (Actor("Sadr", "m1", Involvement.ORDERING),)
    assert _kinds(_claim(1, actors=actors, polarity=Polarity.NEGATIVE)) == []


def test_means_are_a_sign_and_an_alliance_is_none() -> None:
    armed, allied = _tie(1, TieKind.SUPPORT, "armed"), _tie(2, TieKind.SUPPORT, "allied with")
    assert _kinds(armed, allied) == [("a1", SUPPLIED, "militia")]
    assert _kinds(_tie(3, TieKind.CONTROL, "controls")) == [("a1", HELD, "militia")]


def test_only_those_asked_about_are_told_of() -> None:
    assert signs_of(["a9"], [_tie(3, TieKind.CONTROL, "controls")], OF.get) == []
