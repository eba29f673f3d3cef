"""The inquiry is logged and what is missing is listed (A9, A8): each rule of `inquiring` and `missing` is a test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.access.eyes import RESTRICTED
from probanda.casework import destroying, inquiring, missing, users
from probanda.casework.undo import undo
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from tests.casework.short_case import a_case

TEXTS = {
    "raid.txt": "The guard shot two herders at Tell Marsa on 3 May 2031, the council said.",
    "note.txt": "A clerk keeps the roster of the guard in her house.",
    "sealed.txt": "The roster of the guard, May 2031: Aram Dehn, Sel Bakri.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three texts, the last one restricted; Cem may not see it."""
    folder = a_case(tmp_path_factory.mktemp("inquiry"), TEXTS, signing=("Ada",))
    with Case.open(folder) as case:
        users.added(case.store, case.eyes, "Cem")
        users.added(case.store, case.eyes, "Ben", clearances=["restricted"])
        users.give_key(case.store, case.eyes, "Ben")
        case.label(number(case, "sealed"), RESTRICTED, reason="names of clerks")
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, open for its owner."""
    shutil.copytree(made, tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        yield case


def number(case: Case, name: str) -> str:
    return next(row.number for row in case.items() if row.names[0].endswith(f"{name}.txt"))


def cem(case: Case) -> Case:
    return Case(case.store, user="Cem")


def test_an_inquiry_keeps_where_it_was_looked_dead_ends_too_until_it_is_closed(case: Case) -> None:
    store, eyes = case.store, case.eyes
    with pytest.raises(WrongUsage):
        inquiring.open_(store, eyes, " ")
    id_ = inquiring.open_(store, eyes, "Who was on the roster?", [number(case, "note")])
    inquiring.looked(store, eyes, id_[:8], "the town archive", when="2026-05-01", dead_end=True)
    inquiring.looked(store, eyes, id_, "the clerk's house", found=[number(case, "note")], result="she spoke of it")
    with pytest.raises(WrongUsage):
        inquiring.looked(store, eyes, id_, "the moon", when="2999-01-01")
    closed = inquiring.close(store, eyes, id_, "she will not give it")
    first, second = closed.looks
    assert (first.told, first.dead_end, first.when) == (inquiring.NOTHING, True, "2026-05-01")
    assert (second.told, [a.called for a in second.found]) == ("she spoke of it", [number(case, "note")])
    with pytest.raises(ProbandaError, match="closed"):
        inquiring.looked(store, eyes, id_, "elsewhere")
    assert closed.closed is not None
    undo(store, eyes, closed.closed.decision, "a second clerk")
    assert inquiring.one(store, eyes, id_).closed is None


def test_it_can_be_about_an_item_a_claim_an_incident_or_an_actor(case: Case) -> None:
    claim = case.claims()[0].id
    id_ = inquiring.open_(
        case.store, case.eyes, "?!", [number(case, "raid"), f"claim:{claim}", f"incident:{claim}", "Tell Marsa"]
    )
    kinds = [a.kind for a in inquiring.one(case.store, case.eyes, id_).about]
    assert kinds == ["item", "claim", "incident", "actor"]
    with pytest.raises(NotFound):
        inquiring.open_(case.store, case.eyes, "Where?", ["no such thing"])


def test_who_may_not_see_what_it_is_about_or_what_was_found_sees_nothing_of_it(case: Case) -> None:
    sealed = number(case, "sealed")
    hidden = inquiring.open_(case.store, case.eyes, "Is the roster genuine?", [sealed])
    open_ = inquiring.open_(case.store, case.eyes, "Where is the roster?", [number(case, "note")])
    inquiring.looked(case.store, case.eyes, open_, "the clerk", found=[sealed])
    seen = inquiring.inquiries(case.store, cem(case).eyes)
    assert [one.id for one in seen] == [open_]
    assert seen[0].looks == ()
    with pytest.raises(NotFound):
        inquiring.looked(case.store, cem(case).eyes, hidden, "anywhere")
    assert len(inquiring.one(case.store, case.eyes, open_).looks) == 1


def test_its_words_go_with_the_item_that_it_names_and_with_no_other(case: Case) -> None:
    about = inquiring.open_(case.store, case.eyes, "Is the roster genuine?", [number(case, "sealed")])
    other = inquiring.open_(case.store, case.eyes, "Where is the clerk?", [number(case, "note")])
    inquiring.looked(case.store, case.eyes, other, "her house", found=[number(case, "sealed")])
    asked = destroying.ask(case.store, case.eyes, number(case, "sealed"), "she took it back")
    destroying.confirm(case.store, Case(case.store, user="Ben").eyes, asked.id, "agreed")
    assert [one.id for one in inquiring.inquiries(case.store, case.eyes)] == [other]
    assert inquiring.one(case.store, case.eyes, other).looks == ()
    gone = next(d for d in case.store.decisions(case.eyes) if d.id == about)
    assert "question" not in gone.payload
    assert case.store.verify() == []


def test_everything_of_it_is_there_again_after_a_rebuild(case: Case) -> None:
    id_ = inquiring.open_(case.store, case.eyes, "Where is the roster?", [number(case, "note")])
    before = inquiring.looked(case.store, case.eyes, id_, "the archive", dead_end=True)
    case.rebuild()
    assert inquiring.one(case.store, case.eyes, id_) == before


def test_what_is_cited_and_not_held_is_missing_until_it_is_found_or_given_up(case: Case) -> None:
    store, eyes = case.store, case.eyes
    roster = missing.add(store, eyes, "document", "the roster of the guard", [number(case, "note")])
    film = missing.add(store, eyes, "video", "the film of the bridge")
    assert {w.words for w in case.casefile().wanted} >= {"the roster of the guard", "the film of the bridge"}
    done = missing.found(store, eyes, roster, number(case, "sealed"), "the clerk gave it")
    assert [a.called for a in done.found] == [number(case, "sealed")]
    assert "the roster of the guard" not in {w.words for w in case.casefile().wanted}, "its maker knows that it is here"
    assert missing.originals(store, cem(case).eyes)[0].missing, "he may not see that it was found"
    missing.close(store, eyes, film, "the telephone was burnt")
    with pytest.raises(ProbandaError, match="closed"):
        missing.found(store, eyes, film, number(case, "raid"), "no")
    assert not [o for o in missing.originals(store, eyes) if o.missing]
    undo(store, eyes, done.decisions[0], "another month")
    assert [o.id for o in missing.originals(store, eyes) if o.missing] == [roster]
