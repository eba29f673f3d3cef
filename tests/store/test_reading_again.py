"""What persons settled survives a new reading, by its anchor."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from probanda.claims.model import Claim, Reading
from probanda.kernel.spans import Anchor
from probanda.kernel.vocabulary import AnchorState, Modality, Status
from probanda.reading.model import Unread
from probanda.store.codec import plain
from probanda.store.settling import REJECTED_BEFORE
from tests.store.desk import REPORT, Desk, a_claim, a_text

KILLED = "the Northern Brigade killed twelve farmers"


def settled(desk: Desk, verdict: str = "accept") -> tuple[str, Claim]:
    """A report with one settled claim."""
    digest = desk.add(REPORT, "report.txt")
    (claim,) = desk.read(digest, REPORT, (KILLED,))
    desk.settle(claim, verdict)
    return digest, claim


def read_again(desk: Desk, digest: str, words: str, *claims: Claim) -> None:
    """Another reader, perhaps with another text."""
    desk.store.commit_text([a_text(digest, words)], "text 2")
    desk.store.commit_reading(digest, Reading(claims, (), "rules 2"), "reading 2")


def state(desk: Desk, claim: Claim) -> str:
    """How the anchor of a settled claim stands."""
    found = desk.store.settlement(desk.eyes, claim.id)
    assert found is not None
    return found.anchor_state


def test_an_unchanged_text_keeps_the_claim_anchored_though_no_reader_proposes_it(desk: Desk) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, REPORT)
    (kept,) = desk.store.claims(desk.eyes)
    assert (kept.id, kept.status, state(desk, claim)) == (claim.id, Status.CHECKED, AnchorState.ANCHORED)


def test_words_that_moved_are_shown_at_their_new_place_and_the_decision_is_untouched(desk: Desk) -> None:
    digest, claim = settled(desk)
    words = "A line put in front.\n\n" + REPORT.replace(" killed ", "\n killed ")
    read_again(desk, digest, words)
    kept = desk.store.claim(desk.eyes, claim.id)
    assert state(desk, claim) == AnchorState.MOVED
    assert kept.quote == words[kept.start : kept.end] == "the Northern Brigade\n killed twelve farmers"
    assert kept.act == words[kept.act_start : kept.act_end] == "killed"
    (decision,) = desk.store.decisions(desk.eyes, claim.id)
    assert decision.payload["claim"]["start"] == claim.start
    assert desk.store.verify() == []


def test_decomposed_letters_are_no_other_words(desk: Desk) -> None:
    words = "Le café de Tamrit a été brûlé par la brigade.\n"
    digest = desk.add(words, "note.txt")
    claim = a_claim(digest, words, "café de Tamrit a été brûlé", "brûlé")
    read_again(desk, digest, words, claim)
    desk.settle(claim, "accept")
    other = unicodedata.normalize("NFD", words)
    read_again(desk, digest, other)
    kept = desk.store.claim(desk.eyes, claim.id)
    assert state(desk, claim) == AnchorState.MOVED
    assert kept.quote == other[kept.start : kept.end]


@pytest.mark.parametrize("words", ["Nothing of this is here any more.\n", REPORT + REPORT])
def test_words_that_stand_nowhere_or_in_two_places_are_lost_not_guessed(desk: Desk, words: str) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, "x " + words)
    kept = desk.store.claim(desk.eyes, claim.id)
    assert state(desk, claim) == AnchorState.LOST
    assert (kept.quote, kept.start) == (claim.quote, claim.start)
    assert desk.store.verify() == []


def test_an_item_that_cannot_be_read_any_more_keeps_its_settled_claims_as_lost(desk: Desk) -> None:
    digest, claim = settled(desk)
    desk.store.commit_unread(Unread(digest, "the parser ran out of memory", "Read it with more."), "text 2")
    assert state(desk, claim) == AnchorState.LOST
    assert desk.store.item(desk.eyes, digest).unread_reason == "the parser ran out of memory"
    assert desk.store.search(desk.eyes, "farmers") == []
    assert desk.store.verify() == []


def test_a_rejection_hides_a_proposal_only_while_its_fields_are_the_rejected_ones(desk: Desk) -> None:
    digest, claim = settled(desk, "reject")
    read_again(desk, digest, REPORT, replace(claim, reader="rules 2", why="other cue"))
    assert desk.store.claim(desk.eyes, claim.id).status is Status.REJECTED
    read_again(desk, digest, REPORT, replace(claim, modality=Modality.REPORTED))
    back = desk.store.claim(desk.eyes, claim.id)
    assert (back.status, back.modality, back.flags) == (Status.PROPOSED, Modality.REPORTED, (REJECTED_BEFORE,))


def test_what_a_newer_reader_would_say_is_shown_beside_the_settled_claim(desk: Desk) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, REPORT, replace(claim, modality=Modality.REPORTED))
    assert desk.store.claim(desk.eyes, claim.id).modality is Modality.ALLEGED
    found = desk.store.settlement(desk.eyes, claim.id)
    assert found is not None
    assert found.would_now_read is not None
    assert found.would_now_read["modality"] == "reported"


def test_a_proposal_on_the_same_act_words_with_another_id_does_not_stand_beside_the_settled_claim(desk: Desk) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, REPORT, replace(claim, id="f" * 32))
    assert [one.id for one in desk.store.claims(desk.eyes)] == [claim.id]


def test_a_claim_added_by_hand_survives_and_goes_when_it_is_undone(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    desk.read(digest, REPORT)
    claim = replace(a_claim(digest, REPORT, KILLED), reader="person")
    anchor = plain(Anchor.at(digest, digest, REPORT, claim.start, claim.end))
    made = desk.decide("add-claim", claim.id, claim=plain(claim), anchor=anchor)
    read_again(desk, digest, REPORT)
    assert desk.store.claim(desk.eyes, claim.id).status is Status.CHECKED
    over = tuple(one.id for one in desk.store.standing(desk.eyes, claim.id, "settle"))
    assert over == (made,)
    corrected = desk.settle(claim, "correct", over=over, modality=Modality.REPORTED)
    assert desk.store.claim(desk.eyes, claim.id).modality is Modality.REPORTED
    desk.decide("withdraw", corrected)
    desk.decide("withdraw", made)
    assert desk.store.claims(desk.eyes) == []


def test_a_reader_whose_quote_is_not_the_text_is_refused(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    claim = a_claim(digest, REPORT, KILLED)
    with pytest.raises(ValueError, match="not its quote"):
        read_again(desk, digest, REPORT, replace(claim, start=claim.start + 1))


def test_the_same_reading_twice_changes_no_byte(desk: Desk) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, REPORT, claim)
    before = desk.store.dump()
    read_again(desk, digest, REPORT, claim)
    assert desk.store.dump() == before


def test_dropping_and_projecting_again_then_reading_again_gives_the_same_record(desk: Desk) -> None:
    digest, claim = settled(desk)
    read_again(desk, digest, REPORT, claim)
    desk.add("Other words.\n", "other.txt", "restricted")
    before = desk.store.dump()
    desk.store.rebuild()
    assert desk.store.dump() != before
    read_again(desk, digest, REPORT, claim)
    assert desk.store.dump() == before
    assert desk.store.verify() == []
