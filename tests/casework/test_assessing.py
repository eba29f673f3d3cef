"""Assessing: grades apart, parts closed by persons, findings signed by two, and what a retraction touches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import assessing, destroying, retracting, users
from probanda.casework.undo import undo
from probanda.incidents.assessment import Finds, Part, Scale
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.model import Deed
from tests.casework.short_case import a_case
from tests.casework.typing_in import typed

pytestmark = pytest.mark.slow  # reads texts first

FILES = {
    "post.txt": "Tamrit Post, 5 May 2031\n\nSoldiers of the Third Brigade shelled Tessal on 4 May 2031, Nadira Velun "
    "said. The road to the river was closed until the evening.\n",
    "herald.txt": "Varn Herald, 5 May 2031\n\nThe bakery has no roof any more. Orso Lindt said that soldiers of "
    "the Third Brigade shelled Tessal from the hills on 4 May 2031.\n",
    "radio.txt": "Radio Oren, 6 May 2031\n\nNadira Velun, who lives by the market, told our reporter that the Third "
    "Brigade shelled Tessal on 4 May 2031. She asked for doctors to be sent to the town.\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three papers on one shelling, two of which have it from one nurse; two users with keys."""
    return a_case(tmp_path, FILES, signing=("Ada", "Ben"), matrix=True)


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    """The case, open for its owner."""
    with Case.open(folder) as case:
        yield case


def claim_in(case: Case, file: str) -> assessing.Subject:
    """The first claim of a file."""
    item = case.store.item(case.eyes, file).digest
    return assessing.subject(case.store, case.eyes, next(c.id for c in case.claims() if c.item == item))


def item(case: Case, file: str) -> assessing.Subject:
    """A file as what is assessed."""
    return assessing.subject(case.store, case.eyes, file)


def close_all(case: Case, about: assessing.Subject) -> None:
    """Close the three parts."""
    for part in Part:
        assessing.close(case.store, case.eyes, about, part, "as it says", "compared with the site")


def ben(case: Case) -> Case:
    """The same case, as the other user."""
    return Case(case.store, user="Ben")


def test_source_and_information_are_graded_apart_b2(case: Case) -> None:
    post, told = item(case, "post.txt"), claim_in(case, "post.txt")
    assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "b", "right before")
    assessing.grade(case.store, case.eyes, told, Scale.INFORMATION, "3", "fits the damage")
    assert [g.grade for g in assessing.sheet(case.store, case.eyes, post).grades] == ["B"]
    assert [g.grade for g in assessing.sheet(case.store, case.eyes, told).grades] == ["3"]
    for about, scale in ((post, Scale.INFORMATION), (told, Scale.SOURCE)):
        with pytest.raises(WrongUsage, match="is given to"):
            assessing.grade(case.store, case.eyes, about, scale, "2" if scale is Scale.INFORMATION else "B", "x")
    with pytest.raises(WrongUsage, match="no grade"):
        assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "G", "x")
    assert case.store.verify() == []


def test_a_later_grade_takes_the_place_of_an_earlier_and_undo_gives_it_back(case: Case) -> None:
    post = item(case, "post.txt")
    assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "B", "right before")
    later = assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "D", "wrong twice since")
    assert [g.grade for g in assessing.sheet(case.store, case.eyes, post).grades] == ["D"]
    undo(case.store, case.eyes, later)
    assert [g.grade for g in assessing.sheet(case.store, case.eyes, post).grades] == ["B"]


def test_an_assessment_needs_a_reason(case: Case) -> None:
    with pytest.raises(WrongUsage, match="reason"):
        assessing.grade(case.store, case.eyes, item(case, "post.txt"), Scale.SOURCE, "B", " ")


def test_the_grade_one_needs_a_second_origin_found_independent_b3(case: Case) -> None:
    post, herald, radio = (claim_in(case, f"{name}.txt") for name in ("post", "herald", "radio"))
    with pytest.raises(ProbandaError, match="independent"):
        assessing.grade(case.store, case.eyes, post, Scale.INFORMATION, "1", "two papers")
    with pytest.raises(ProbandaError, match="one origin"):
        assessing.find(case.store, case.eyes, post, Finds.INDEPENDENT, "two papers", other=radio.id)
    found = assessing.find(case.store, case.eyes, post, Finds.INDEPENDENT, "never met", other=herald.id)
    assessing.grade(case.store, case.eyes, post, Scale.INFORMATION, "1", "the baker saw it too")
    assert assessing.sheet(case.store, case.eyes, post).remarks == ()
    undo(case.store, case.eyes, found)
    assert any("taken back" in words for words in assessing.sheet(case.store, case.eyes, post).remarks)


def test_verified_takes_closed_parts_and_two_persons_i2(case: Case) -> None:
    post = item(case, "post.txt")
    with pytest.raises(ProbandaError, match="open: source, content, technical"):
        assessing.find(case.store, case.eyes, post, Finds.VERIFIED, "seen")
    close_all(case, post)
    assessing.find(case.store, case.eyes, post, Finds.VERIFIED, "seen")
    assert assessing.sheet(case.store, case.eyes, post).state is None
    with pytest.raises(ProbandaError, match="two persons"):
        assessing.find(case.store, case.eyes, post, Finds.VERIFIED, "seen again")
    assessing.find(case.store, ben(case).eyes, post, Finds.VERIFIED, "seen as well")
    assert assessing.sheet(case.store, case.eyes, post).state is Finds.VERIFIED
    assert case.store.verify() == []


def test_a_finding_is_signed_by_its_author(case: Case) -> None:
    users.added(case.store, case.eyes, "Cleo")
    post, cleo = item(case, "post.txt"), Case(case.store, user="Cleo")
    close_all(case, post)
    with pytest.raises(ProbandaError, match="no key"):
        assessing.find(case.store, cleo.eyes, post, Finds.VERIFIED, "seen")
    told = {"on": "item", "finds": "verified", "signed": "00" * 64}
    case.store.record(cleo.eyes, [Deed(kind="finding", subject=post.id, payload=told, reason="forged")])
    assert any("bears no signature" in fault.problem for fault in case.store.verify())


def test_an_incident_is_assessed_with_the_claims_it_holds(case: Case) -> None:
    incident = next(i for i in case.store.incidents(case.eyes) or () if len(i.claims) > 1)
    about = assessing.subject(case.store, case.eyes, incident.id[:8], incident=True)
    close_all(case, about)
    assert assessing.sheet(case.store, case.eyes, about).open == ()
    same_id = assessing.subject(case.store, case.eyes, incident.id)
    assert same_id.on == "claim"
    assert len(assessing.sheet(case.store, case.eyes, same_id).open) == 3


def test_deciding_on_a_claim_and_assessing_it_are_two_things(case: Case) -> None:
    told = claim_in(case, "post.txt")
    assessing.grade(case.store, case.eyes, told, Scale.INFORMATION, "3", "fits")
    case.accept(told.id)
    case.undo(told.id)
    assert [g.grade for g in assessing.sheet(case.store, case.eyes, told).grades] == ["3"]
    with pytest.raises(ProbandaError, match="nothing to undo"):
        case.undo(told.id)


def test_a_retraction_lists_what_stands_on_it_and_marks_it(case: Case) -> None:
    post = item(case, "post.txt")
    told, echo = claim_in(case, "post.txt"), claim_in(case, "radio.txt")
    assessing.grade(case.store, case.eyes, told, Scale.INFORMATION, "3", "fits")
    case.accept(told.id)
    retracting.retract(case.store, case.eyes, post, "retracted", "on page 2", who="Tamrit Post", notice="radio.txt")
    rests = retracting.resting_on(case.store, case.eyes, post)
    kinds = {r.kind for r in rests}
    assert {"claim", "echo", "incident", "version", "grade", "settled"} <= kinds
    assert told.id in {r.id for r in rests if r.kind == "claim"}
    assert echo.id in {r.id for r in rests if r.kind == "echo"}
    flags = {c.id: c.flags for c in case.casefile().claims}
    assert "retracted-by-source" in flags[told.id]
    assert "origin-retracted" in flags[echo.id]
    assert not any("retracted" in f for f in flags[claim_in(case, "herald.txt").id])
    assert len(case.casefile().claims) == len(case.claims())  # nothing was removed


def test_undo_takes_the_mark_away(case: Case) -> None:
    told = claim_in(case, "post.txt")
    undo(case.store, case.eyes, retracting.retract(case.store, case.eyes, told, "corrected", "nine, not ten"))
    assert retracting.marks(case.store, case.eyes) == {}


def test_who_cannot_see_an_item_cannot_assess_it_or_see_what_was_assessed(case: Case) -> None:
    post = item(case, "post.txt")
    assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "B", "right before")
    case.label("post.txt", "restricted")
    with pytest.raises(NotFound):
        assessing.grade(case.store, ben(case).eyes, post, Scale.SOURCE, "C", "guessed")
    assert assessing.grades(case.store, ben(case).eyes) == []
    assert [g.grade for g in assessing.grades(case.store, case.eyes)] == ["B"]


def test_destroying_an_item_destroys_what_was_written_of_it(case: Case) -> None:
    post = item(case, "post.txt")
    assessing.close(case.store, case.eyes, post, Part.SOURCE, "Nadira Velun was there", "she said so")
    users.added(case.store, case.eyes, "Dara", clearances=["restricted"])
    users.give_key(case.store, case.eyes, "Dara")
    asked = destroying.ask(case.store, case.eyes, "post.txt", "consent withdrawn")
    destroying.confirm(case.store, Case(case.store, user="Dara").eyes, asked.id, "the letter was checked")
    assert "Nadira Velun was there" not in str([d.payload for d in case.store.decisions(case.store.owner)])
    assert case.store.verify() == []


def test_the_dossier_says_where_verification_stands(case: Case) -> None:
    post = item(case, "post.txt")
    assessing.grade(case.store, case.eyes, post, Scale.SOURCE, "B", "right before")
    lines = {line.number: line for line in case.casefile().items}
    number = case.store.item(case.eyes, "post.txt").number
    assert lines[number].assessed == (
        "not verified: source, content and technical open",
        "source graded B, usually reliable, by Ada",
    )
    assert lines[case.store.item(case.eyes, "herald.txt").number].assessed == ()


def test_every_deed_has_its_command(folder: Path) -> None:
    rows = [json.loads(line) for line in typed(folder, "claims", "list", "--json").stdout.splitlines()]
    claim = next(r["id"] for r in rows if r["doc"] == "post.txt")
    other = next(r["id"] for r in rows if r["doc"] == "herald.txt")
    assert "To look at" in typed(folder, "assess", "show", "MAR-0001").stdout
    typed(folder, "assess", "source", "MAR-0001", "B", "--reason", "right before")
    typed(folder, "assess", "independent", claim[:10], other[:10], "--reason", "never met")
    typed(folder, "assess", "information", claim[:10], "1", "--reason", "both saw it")
    for part in ("source", "content", "technical"):
        typed(folder, "assess", "close", claim[:10], part, "--found", "fits", "--reason", "looked")
    typed(folder, "assess", "verified", claim[:10], "--reason", "looked")
    assert "second person" in typed(folder, "assess", "list").stdout
    assert "incident" in typed(folder, "assess", "resting", claim[:10]).stdout
    done = json.loads(typed(folder, "assess", "retract", claim[:10], "--reason", "page 2", "--json").stdout)
    assert done["rests"]
    typed(folder, "assess", "close", claim[:10], "smell", "--found", "x", "--reason", "y", code=2)
