"""Masking a view: nobody named in a restricted item can be read out of it, or linked from it to an open one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing, View
from probanda.claims.model import DOC, Actor, Claim, Mention, Named, Reading
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality
from probanda.reading import read
from probanda.reading.model import Text

OPEN_WORDS = "Mirel Dovan runs the bakery in Ostra. Captain Rusk shot nobody, he said."
CLOSED_WORDS = "My name is Mirel Dovan. Captain Rusk shot my uncle Toma Dovan. Call +999 555 0101."


def _mention(item: str, words: str, name: str, kind: MentionKind) -> Mention:
    start = words.index(name)
    return Mention(f"{item[:24]}{start:08d}", item, start, start + len(name), name, kind)


def _shot(item: str, speaker: Mention, actor: Mention, victim: Mention) -> Claim:
    quote = "Captain Rusk shot my uncle Toma Dovan"
    start = CLOSED_WORDS.index(quote)
    at = CLOSED_WORDS.index("shot")
    return Claim(
        id="c" * 32, item=item, start=start, end=start + len(quote), quote=quote, act="shot", act_start=at,
        act_end=at + 4, act_type=ActType.KILLING, modality=Modality.REPORTED,
        speakers=(Named(DOC), Named(speaker.words, speaker.id)),
        actors=(Actor(actor.words, actor.id, Involvement.DIRECT),), victims=(Named(victim.words, victim.id),),
        reader="rules-en 0.1", why="author by subject: Rusk",
    )  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """One open item that names the witness as a baker, and her restricted statement."""
    (tmp_path / "open.txt").write_text(OPEN_WORDS)
    (tmp_path / "statement-of-mirel.txt").write_text(CLOSED_WORDS)
    work = Case.new(tmp_path / "case", prefix="OST")
    work.add([tmp_path / "open.txt"])
    work.add([tmp_path / "statement-of-mirel.txt"], label="restricted")
    open_item, closed_item = (i.digest for i in work.items())
    for digest in (open_item, closed_item):  # texts alone: what is claimed of them is told below
        texts = [t for t in read(work.store.vault.path_of(digest), digest, "a.txt") if isinstance(t, Text)]
        work.store.commit_text(texts, "test")
    person = MentionKind.PERSON
    baker = _mention(open_item, OPEN_WORDS, "Mirel Dovan", person)
    captain = _mention(open_item, OPEN_WORDS, "Captain Rusk", person)
    work.store.commit_reading(open_item, Reading((), (baker, captain), "rules-en 0.1"), "test")
    told = [_mention(closed_item, CLOSED_WORDS, n, person) for n in ("Mirel Dovan", "Captain Rusk", "Toma Dovan")]
    claim = _shot(closed_item, *told)
    work.store.commit_reading(closed_item, Reading((claim,), tuple(told), "rules-en 0.1"), "test")
    work.incidents()
    work.matrix()
    return work


def _shared(case: Case, **sharing: str) -> View:
    view, _ = case.export_with_view("claims", Narrowing(), Sharing(**sharing))
    return view


def test_without_a_reason_the_restricted_item_is_counted_and_nothing_else(case: Case) -> None:
    view = _shared(case)
    assert view.withheld == 1
    assert not view.claims
    assert "Toma" not in json.dumps([asdict(a) for a in view.actors])


def test_with_a_reason_no_name_of_the_restricted_item_stands_in_its_rows(case: Case) -> None:
    view = _shared(case, include_restricted="for counsel")
    (claim,) = view.claims
    text = json.dumps([asdict(claim), *(asdict(m) for m in view.mentions if m.item == claim.item)], default=str)
    for word in ("Mirel", "Dovan", "Toma", "Rusk", "0101"):
        assert word not in text
    assert "names masked" in claim.flags
    assert view.names[claim.item] == (view.numbers[claim.item],)


def test_nothing_links_the_witness_to_the_open_item_that_names_her(case: Case) -> None:
    view = _shared(case, include_restricted="for counsel")
    (claim,) = view.claims
    assert [s.mention for s in claim.speakers] == [None, None]
    closed = {m.id for m in view.mentions if m.item == claim.item}
    shown = {m.id for m in view.mentions if m.item != claim.item and m.words.startswith("Mirel")}
    named = [a for a in view.actors if any(m.mention in shown for m in a.members)]
    assert named
    assert not [m for a in named for m in a.members if m.mention in closed]


def test_names_stay_only_with_a_second_reason(case: Case) -> None:
    (claim,) = _shared(case, include_restricted="for counsel", with_names="she agreed on 3 May").claims
    assert "Toma Dovan" in claim.quote


def test_a_rejected_claim_is_exported_as_rejected_and_stands_in_no_report(case: Case) -> None:
    case.reject("c" * 32, reason="misread")
    view = _shared(case, include_restricted="for counsel")
    assert not view.claims
    assert [c.status.value for c in view.rejected] == ["rejected"]
