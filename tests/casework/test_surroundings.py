"""What a small picture of a thing shows: the part with the most claims, the rest counted, one step and no more."""

from __future__ import annotations

from probanda.casework.surroundings import Thing, chosen, repeated
from probanda.incidents.model import Account, Derivation, DerivationKind, Incident, SourceKind
from probanda.kernel.vocabulary import ActType


def test_those_with_the_most_claims_are_shown_and_the_others_counted() -> None:
    things = [Thing(f"k{n}", "unit", name, (("author", n % 3), ("speaker", 1))) for n, name in enumerate("dcbaf")]
    group = chosen(things, 3, "happened")
    assert [one.name for one in group.things] == ["b", "c", "f"]
    assert group.more == 2
    assert chosen(reversed(things), 3, "happened") == group
    assert chosen(things, 9, "happened").more == 0


def account(id_: str, teller: str, item: str | None) -> Account:
    return Account(id=id_, teller=teller, kind=SourceKind.HEARSAY, why="", item=item)


def edge(account: str, source: str, kind: DerivationKind = DerivationKind.CITES) -> Derivation:
    return Derivation(account=account, source=source, kind=kind, reason="")


def test_whom_a_text_repeats_and_who_repeats_it_are_one_step_away_and_never_itself() -> None:
    one = Incident(
        id="e", title="t", act_type=ActType.KILLING, date_from=None, date_to=None, places=(), claims=(), versions=(),
        accounts=(
            account("clerk", "a clerk", None), account("mine", "a clerk", "paper"), account("own", "@doc", "paper"),
            account("echo", "@doc", "radio"), account("far", "@doc", "blog"), account("else", "a nurse", None),
        ),
        derivations=(
            edge("mine", "clerk"), edge("own", "mine", DerivationKind.WITHIN),
            edge("echo", "own", DerivationKind.COPY), edge("far", "echo"), edge("far", "else"),
        ),
    )  # fmt: skip
    before, after = repeated("paper", [one, one])
    assert before == {"": {"a clerk": {"cites": 2}}}
    assert after == {"radio": {"": {"copy": 2}}}
    assert repeated("blog", [one])[0] == {"radio": {"": {"cites": 1}}, "": {"a nurse": {"cites": 1}}}
    assert repeated("nothing", [one]) == ({}, {})
