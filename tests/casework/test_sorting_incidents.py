"""Incidents sorted by hand: what a person decided outlasts every later reading, and can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import gathering, sorting
from probanda.incidents.model import Incident
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store import listed

pytestmark = pytest.mark.slow

TEXTS = {
    "a.txt": "Soldiers killed 12 farmers in Orlan on 3 May 2031, residents said.",
    "b.txt": "Twelve farmers were killed in Orlan on 3 May 2031, a rights group said.",
    "c.txt": "Gunmen killed four farmers in Orlan on 3 May 2031, a doctor said.",
    "d.txt": "Militiamen looted shops in Brenna on 9 June 2031, traders said.",
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


def told_in(case: Case, name: str) -> str:
    """The first claim of a text."""
    item = next(r.digest for r in case.items() if r.names[0].endswith(name))
    return min(c.id for c in case.store.claims(case.eyes, item=item) if c.tie is None)


def home(case: Case, claim: str) -> Incident:
    return next(i for i in case.store.incidents(case.eyes) or () if claim in i.claims)


def read_again(case: Case) -> None:
    """As with another reader: all is read and gathered anew."""
    case.read(everything=True)
    case.incidents()


def groups(case: Case) -> set[tuple[str, ...]]:
    return {i.claims for i in case.store.incidents(case.eyes) or ()}


def test_what_is_taken_out_stays_out_after_reading_again_and_comes_back(case: Case) -> None:
    before, out = groups(case), told_in(case, "c.txt")
    rest = set(home(case, out).claims) - {out}
    assert rest
    sorting.take(case.store, case.eyes, out, out, "another raid")
    read_again(case)
    assert rest <= set(home(case, min(rest)).claims)
    assert out not in home(case, min(rest)).claims
    sorting.add(case.store, case.eyes, out, min(rest), "the same after all")
    read_again(case)
    assert groups(case) == before


def test_what_is_added_and_merged_stays_after_reading_again(case: Case) -> None:
    far, one = told_in(case, "d.txt"), told_in(case, "a.txt")
    sorting.merge(case.store, case.eyes, far, one, "one campaign")
    read_again(case)
    assert {far, one} <= set(home(case, one).claims)
    assert dict(home(case, one).reasons)[far] == "A person decided that it belongs here."


def test_a_split_makes_two_incidents_and_undo_makes_them_one(case: Case) -> None:
    before, out = groups(case), told_in(case, "a.txt")
    assert sorting.split(case.store, case.eyes, out, [out], "another night") == (out,)
    case.incidents()
    assert home(case, out).claims == (out,)
    assert sorting.undo(case.store, case.eyes) > 1
    case.incidents()
    assert groups(case) == before
    with pytest.raises(ProbandaError, match="nothing to undo"):
        sorting.undo(case.store, case.eyes)


def test_a_part_lies_in_the_other_and_both_stay_incidents(case: Case) -> None:
    before, inner, outer = groups(case), told_in(case, "d.txt"), told_in(case, "a.txt")
    sorting.part(case.store, case.eyes, inner, outer, "during the same siege")
    read_again(case)
    assert groups(case) == before
    (around,) = home(case, inner).part_of
    assert (around.incident, around.decided) == (home(case, outer).id, True)
    sorting.part(case.store, case.eyes, inner, outer, holds=False)
    case.incidents()
    assert home(case, inner).part_of == ()


def test_texts_that_come_one_by_one_from_the_last_give_the_same_incidents_as_all_at_once(
    case: Case, tmp_path: Path
) -> None:
    with Case.new(tmp_path / "other", prefix="T") as other:
        for name in sorted(TEXTS, reverse=True):
            other.add([tmp_path / "texts" / name])
            other.read()
            other.incidents()
        assert list(other.store.incidents(other.eyes) or ()) == list(case.store.incidents(case.eyes) or ())
        assert list(other.store.origins(other.eyes) or ()) == list(case.store.origins(case.eyes) or ())


def test_decisions_that_contradict_each_other_are_shown_and_none_is_followed(case: Case) -> None:
    from probanda.casework.decide import identify

    a, b, d = (told_in(case, n) for n in ("a.txt", "b.txt", "d.txt"))
    identify(case.store, case.eyes, a, d, "same", "incident")
    identify(case.store, case.eyes, b, d, "same", "incident")
    identify(case.store, case.eyes, a, b, "not the same", "incident")
    case.incidents()
    assert any("none of them was followed" in words for words in home(case, a).conflicts)
    assert home(case, d).claims == (d,)


def test_what_makes_no_sense_is_refused_with_a_next_step(case: Case) -> None:
    one, far = told_in(case, "a.txt"), told_in(case, "d.txt")
    with pytest.raises(WrongUsage, match="in this incident already"):
        sorting.add(case.store, case.eyes, one, one)
    with pytest.raises(WrongUsage, match="not in this incident"):
        sorting.take(case.store, case.eyes, far, one)
    with pytest.raises(WrongUsage, match="not all of them"):
        sorting.split(case.store, case.eyes, far, [far])
    with pytest.raises(NotFound):
        sorting.one_incident(case.store, case.eyes, "nobody")


def test_a_claim_is_moved_in_one_act_which_one_undo_takes_back(case: Case) -> None:
    before, out, far = groups(case), told_in(case, "c.txt"), told_in(case, "d.txt")
    rest = set(home(case, out).claims) - {out}
    sorting.move(case.store, case.eyes, [out], out, far, "another raid")
    read_again(case)
    assert out in home(case, far).claims
    assert rest <= set(home(case, min(rest)).claims)
    sorting.undo(case.store, case.eyes)
    case.incidents()
    assert groups(case) == before
    with pytest.raises(WrongUsage):
        sorting.move(case.store, case.eyes, [far], out, far)


def test_what_is_gathered_elsewhere_follows_the_decisions_and_says_when_it_does_not(case: Case) -> None:
    out, far = told_in(case, "c.txt"), told_in(case, "d.txt")
    assert case.store.ask(case.eyes, listed.followed) == case.store.ask(case.eyes, listed.same_or_not)
    sorting.merge(case.store, case.eyes, out, far)
    assert case.store.ask(case.eyes, listed.followed) != case.store.ask(case.eyes, listed.same_or_not)
    gathering.elsewhere(case.store, (case.eyes.user,), threading.Lock())
    assert case.store.ask(case.eyes, listed.followed) == case.store.ask(case.eyes, listed.same_or_not)
    assert far in home(case, out).claims
    made = case.store.made("consolidation", case.eyes.sight)
    case.incidents()
    assert case.store.made("consolidation", case.eyes.sight) == made
