"""Who holds what post, belongs to whom, stands under whom, sits where: as told, for the time told, by whom."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

import pytest
import yaml

from probanda.claims.model import Claim, Reading
from probanda.kernel.bounds import EVER, Bounds
from probanda.kernel.vocabulary import Family, Modality, TieKind

Read = Callable[..., Reading]

DATA = yaml.safe_load((resources.files("probanda.claims") / "lexicons" / "en" / "ties.yaml").read_text("utf-8"))
EXAMPLES = [
    (one["kind"], words, wanted) for one in DATA["ties"] for pair in one["examples"] for words, wanted in pair.items()
]
AROUND = " Soldiers of the Ninth Brigade shot nine farmers in Orla. The Orla Militia and Northern Command were there."


def _ties(reading: Reading) -> list[Claim]:
    return [c for c in reading.claims if c.family is Family.TIE]


def _told(claim: Claim) -> str:
    assert claim.tie is not None
    return f"{claim.tie.left.words} | {claim.tie.role} | {claim.tie.right.words}"


@pytest.mark.parametrize(("kind", "words", "wanted"), EXAMPLES)
def test_every_example_of_the_list_is_read_as_it_says(kind: str, words: str, wanted: str, read: Read) -> None:
    found = [(c.tie.kind.value, _told(c)) for c in _ties(read(words + AROUND)) if c.tie]
    assert (kind, wanted) in found


def test_the_quote_holds_both_ends_and_the_word_between(read: Read) -> None:
    text = "In Orla, Colonel Omar Sadr, the commander of the Ninth Brigade, was seen by soldiers who shot two men."
    (claim,) = [c for c in _ties(read(text)) if c.tie and c.tie.kind is TieKind.POSTING]
    assert text[claim.start : claim.end] == claim.quote == "Colonel Omar Sadr, the commander of the Ninth Brigade"
    assert claim.tie is not None
    assert (claim.tie.title, claim.tie.rank) == ("Colonel", "Colonel")


@pytest.mark.parametrize(
    "words",
    [
        "Omar Sadr is not the commander of the Ninth Brigade.",
        "Omar Sadr would command the Ninth Brigade.",
        "Soldiers led away two teachers of the Tevra School.",
        "Omar Sadr denied that he commanded the Ninth Brigade.",
        "The mayor of Orla was shot by soldiers.",
    ],
)
def test_what_is_denied_wished_or_no_standing_is_no_post(words: str, read: Read) -> None:
    assert not [_told(c) for c in _ties(read(words + " Soldiers shot nine farmers in Orla.")) if c.tie]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "Omar Sadr has commanded the Ninth Brigade since 3 May 2030.",
            Bounds(first_precise="2030-05-03", last_precise="2031-06-01", starting=True),
        ),
        (
            "Omar Sadr was appointed commander of the Ninth Brigade on 3 May 2030.",
            Bounds(first_precise="2030-05-03", last_precise="2030-05-03", starting=True),
        ),
        (
            "Omar Sadr commanded the Ninth Brigade until 3 May 2030.",
            Bounds(first_imprecise=EVER, last_precise="2030-05-03", last_imprecise="2030-05-03", ending=True),
        ),
        (
            "Omar Sadr, the former commander of the Ninth Brigade, was seen in Orla.",
            Bounds(first_imprecise=EVER, last_imprecise="2031-06-01", ending=True),
        ),
        ("Omar Sadr, the commander of the Ninth Brigade, was seen in Orla.", None),
        (
            "Omar Sadr commanded the Ninth Brigade in 2029.",
            Bounds(first_imprecise="2029-01-01", last_imprecise="2029-12-31"),
        ),
        (
            "Omar Sadr has led the Ninth Brigade since 2029.",
            Bounds(first_precise="2029", last_precise="2031-06-01", starting=True),
        ),
        (
            "Omar Sadr was removed as commander of the Ninth Brigade on 3 May 2030.",
            Bounds(first_precise="2030-05-03", last_precise="2030-05-03", ending=True),
        ),
    ],
)
def test_time_is_what_the_words_tell_and_no_more(words: str, wanted: Bounds | None, read: Read) -> None:
    (claim,) = [c for c in _ties(read(f"{words}\n\nSoldiers shot nine farmers.", dated="2031-06-01")) if c.tie]
    assert claim.tie is not None
    assert claim.tie.bounds == wanted


def test_who_says_so_goes_with_the_tie(read: Read) -> None:
    text = "A deserter said that Omar Sadr commanded the Ninth Brigade. Soldiers shot nine farmers in Orla."
    (claim,) = _ties(read(text))
    assert [s.words for s in claim.speakers] == ["@doc", "deserter"]
    accused = "The lawyer alleged that Omar Sadr commanded the Ninth Brigade. Soldiers shot nine farmers in Orla."
    assert [c.modality for c in _ties(read(accused))] == [Modality.ALLEGED]


def test_groups_under_somebody_s_command_are_his_wherever_the_parser_hangs_them(read: Read) -> None:
    text = "Marshal Omar Sadr entered Orla. A group accused him of crimes by armed groups under his command."
    assert "Omar Sadr | command | armed groups" in [_told(c) for c in _ties(read(text))]


def test_a_unit_without_a_capital_is_not_read_as_the_man_named_beside_it(read: Read) -> None:
    text = "A warrant is out for the senior commander of the Karsi militia, Omar Sadr, over the murder of nine men."
    assert "Omar Sadr | senior commander | Karsi militia" in [_told(c) for c in _ties(read(text))]


def test_a_pronoun_is_read_with_its_reason(read: Read) -> None:
    text = "Soldiers saw Omar Sadr in Orla, where nine farmers were shot. He commands the Ninth Brigade."
    (claim,) = [c for c in _ties(read(text)) if c.tie and c.tie.kind is TieKind.POSTING]
    assert claim.tie is not None
    assert claim.tie.left.words == "Omar Sadr"
    assert "read as Omar Sadr" in claim.why
