"""One actor: where each form stands, who says what; split and joined by persons; a codename compared with nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework.profile import likeness, profile_of, settle, split
from probanda.kernel.errors import NotFound, WrongUsage

pytestmark = pytest.mark.slow

TEXTS = {
    "a.txt": "Residents said that men of Colonel Omar Sadr shot two men in Orla on 3 May 2031. Omar Sadr denied it.",
    "b.txt": "Colonel Omar Sadder ordered the killing of two men in Orla, a lawyer said on 5 May 2031.",
    "c.txt": "Witness K said that soldiers shot two men in Orla on 3 May 2031.",
}


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, words in TEXTS.items():
        (folder / name).write_text(words, "utf-8")
    with Case.new(tmp_path / "case", prefix="T") as made:
        made.add([folder])
        made.read()
        made.incidents()
        yield made


def test_every_form_stands_where_it_is_written(case: Case) -> None:
    found = profile_of(case.store, case.eyes, "Omar Sadr")
    words = {row.number: TEXTS[row.names[0].rpartition("/")[2]] for row in case.items()}
    for form, stands in found.forms:
        assert stands
        for one in stands:
            assert words[one.number][one.start : one.end] == form == one.words
            assert one.reason


def test_what_each_source_says_is_kept_apart(case: Case) -> None:
    found = profile_of(case.store, case.eyes, "Omar Sadder")
    speakers = [who for who, _ in found.sources]
    assert "lawyer" in speakers
    for who, said in found.sources:
        assert all(row.claim.innermost.words == who for row in said)


def test_what_was_split_stays_apart_and_comes_together_again(case: Case) -> None:
    settle(case.store, case.eyes, "Omar Sadr", "Omar Sadder", "same", "one man")
    case.incidents()
    joined = profile_of(case.store, case.eyes, "Omar Sadder").actor.id
    assert joined == profile_of(case.store, case.eyes, "Omar Sadr").actor.id
    assert split(case.store, case.eyes, "Omar Sadr", ["Omar Sadder"], "two men after all") == 1
    case.incidents()
    ids = {profile_of(case.store, case.eyes, name).actor.id for name in ("Omar Sadr", "Omar Sadder")}
    assert len(ids) == 2
    settle(case.store, case.eyes, "Omar Sadr", "Omar Sadder", "same", "one man, by his papers")
    case.incidents()
    assert (
        profile_of(case.store, case.eyes, "Omar Sadr").actor.id
        == profile_of(case.store, case.eyes, "Omar Sadder").actor.id
    )
    told = likeness(case.store, case.eyes, "Omar Sadr", "Omar Sadder")
    assert told.one


def test_a_split_that_takes_nothing_or_everything_says_what_the_forms_are(case: Case) -> None:
    with pytest.raises(WrongUsage, match="None of these forms"):
        split(case.store, case.eyes, "Omar Sadr", ["Nobody"])
    with pytest.raises(WrongUsage, match="nothing left"):
        split(case.store, case.eyes, "Omar Sadr", list(profile_of(case.store, case.eyes, "Omar Sadr").actor.variants))


def test_two_actors_are_laid_side_by_side_and_nothing_is_decided(case: Case) -> None:
    before = case.store.identity_decisions(case.eyes)
    found = likeness(case.store, case.eyes, "Omar Sadr", "Omar Sadder")
    assert not found.one
    assert [(a, b) for a, b, _ in found.names if (a, b) == ("Omar Sadr", "Omar Sadder")]
    assert (found.decided, found.shared) == ((), ())
    assert case.store.identity_decisions(case.eyes) == before


def test_a_codename_is_compared_with_nobody(case: Case) -> None:
    with pytest.raises(WrongUsage, match="codename is compared with nobody"):
        likeness(case.store, case.eyes, "Witness K", "Omar Sadr")


def test_who_is_not_there_is_not_found(case: Case) -> None:
    with pytest.raises(NotFound):
        profile_of(case.store, case.eyes, "Nobody Atall")
