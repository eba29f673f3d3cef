"""Layouts that are kept as claims come and go are, to the letter, what laying all out from the start gives."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from benchmarks.matrix.generate import Made, one_more, situation

from probanda.actors.model import Membership
from probanda.kernel.vocabulary import Status
from probanda.matrix import lay_out
from probanda.matrix.laying import Laying
from probanda.matrix.situation import Given

from .factory import PACK

WHOLE = situation(claims=240, incidents=8, units=4)


def given(made: Made) -> Given:
    return Given(made.claims, made.actors, made.incidents, made.contradictions)


def anew(made: Made):
    return lay_out(made.claims, made.actors, made.incidents, made.contradictions, made.origins, PACK)


def shuffled(dice: random.Random, made: Made) -> Made:
    """One change of a kind that happens while people work."""
    claims, incidents, actors = list(made.claims), list(made.incidents), list(made.actors)
    origins, contradictions = list(made.origins), list(made.contradictions)
    kind = dice.randrange(9)
    n = dice.randrange(len(claims))
    if kind == 0:
        fresh = one_more(made, dice.randrange(len(incidents)))
        return replace(fresh, claims=sorted(fresh.claims, key=lambda c: dice.random()))
    if kind == 1:
        claims[n] = replace(claims[n], status=dice.choice((Status.REJECTED, Status.CHECKED)))
    elif kind == 2:
        gone = claims.pop(n).id
        incidents = [replace(i, claims=tuple(c for c in i.claims if c != gone)) for i in incidents]
    elif kind == 3:
        claims[n] = replace(claims[n], quote=f"{claims[n].quote}, by mistake, during the war")
    elif kind == 4:
        k = dice.randrange(len(incidents))
        incidents[k] = replace(incidents[k], date_from="2031-03-04", date_to="2031-03-05", places=("Elsewhere",))
    elif kind == 5:
        k = dice.randrange(len(actors))
        forms = (*actors[k].variants, f"form {n}")
        actors[k] = replace(actors[k], variants=forms, members=(*actors[k].members, Membership(f"m{n}", "one name")))
    elif kind == 6:
        del origins[: dice.randrange(1, 9)]
        del contradictions[: dice.randrange(1, 9)]
    elif kind == 7:
        ties = [k for k, c in enumerate(claims) if c.tie is not None]
        k = dice.choice(ties)
        claims[k] = replace(claims[k], tie=replace(claims[k].tie, bounds=None))
    else:
        a, b = dice.sample(range(len(incidents)), 2)
        moved = incidents[a].claims[: len(incidents[a].claims) // 2]
        incidents[a] = replace(incidents[a], claims=incidents[a].claims[len(moved) :])
        incidents[b] = replace(incidents[b], claims=tuple(sorted({*incidents[b].claims, *moved})))
    return replace(
        made, claims=claims, incidents=incidents, actors=actors, origins=origins, contradictions=contradictions
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_of_changes_gives_what_a_whole_run_gives(seed):
    dice = random.Random(seed)  # noqa: S311 - no secrets
    laying, made = Laying(PACK), WHOLE
    assert laying.lay(given(made), made.origins) == anew(made)
    for step in range(12):
        made = shuffled(dice, made)
        kept, fresh = laying.lay(given(made), made.origins), anew(made)
        assert [s.id for s in kept] == [s.id for s in fresh], step
        assert kept == fresh, step


def test_what_did_not_change_is_not_laid_out_again():
    laying = Laying(PACK)
    before = laying.lay(given(WHOLE), WHOLE.origins)
    again = laying.lay(given(WHOLE), WHOLE.origins)
    assert before and all(a is b for a, b in zip(before, again, strict=True))
    grown = one_more(WHOLE)
    after = laying.lay(given(grown), grown.origins)
    touched = {s.id for s in after} - {s.id for s in after if any(s is b for b in before)}
    assert touched and len(touched) < len(after)


def test_when_everything_goes_nothing_is_laid_out():
    laying = Laying(PACK)
    laying.lay(given(WHOLE), WHOLE.origins)
    assert laying.lay(Given((), (), ()), ()) == ()
