"""Texts that come and go, decisions that are taken and withdrawn: what is kept is what a full run says.

All persons, units and towns that the gazetteer does not hold are invented.
"""

from __future__ import annotations

import random

import pytest

from probanda.actors.kept import Linking
from probanda.actors.linking import link
from probanda.actors.model import IdentityDecision
from probanda.claims.model import OWN_ID, PSEUDONYM, Mention
from probanda.kernel.vocabulary import MentionKind as Kind

NAMES = {
    Kind.PERSON: (
        "Tarik Qarmouni", "Tarek Karmouni", "Tarik Zayd Qarmouni", "Munir Qarmouni", "Gen. Qarmouni", "Qarmouni",
        "T. Qarmouni", "Tarik", "Salma Verrane", "Verrane", "Witness W-12", "Omar Tarik Qarmouni", "President Verrane",
    ),
    Kind.UNIT: (
        "Qarmouni's forces", "Qarmouni forces", "the Verrane Brigade", "Verrane Brigade", "Tal Amra Guard", "the Guard",
        "local militia", "Verrane's brigade", "TAG", "Tal Amra Gard",
    ),
    Kind.BODY: ("UN Security Council", "Security Council", "Tal Amra Relief League", "TARL", "Relief League"),
    Kind.STATE: ("Libya", "Lebanon"),
    Kind.PLACE: ("Tripoli", "Verrane", "Veranuma", "Verranouma", "Verranumah", "Dorn", "Libya", "Tripoli, Lebanon"),
    Kind.GROUP: ("residents", "the residents", "witnesses"),
}  # fmt: skip


class World:
    """Texts and decisions that change at random."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)  # noqa: S311 - not a secret
        self.held: dict[str, list[Mention]] = {}
        self.decisions: set[IdentityDecision] = set()
        self.sheets = seed % 3 == 0

    def text(self, item: str) -> list[Mention]:
        """A text of up to eight names, some equated by the text itself or with an id of their own."""
        found: list[Mention] = []
        for n in range(self.pick.randrange(1, 9)):
            kind = self.pick.choice(tuple(NAMES))
            words, same_as, title = self.pick.choice(NAMES[kind]), None, None
            if found and self.pick.random() < 0.08:
                same_as = self.pick.choice(found).id
            elif self.sheets and kind in (Kind.PERSON, Kind.UNIT) and self.pick.random() < 0.15:
                same_as = OWN_ID + f"{self.pick.randrange(4):032}"
            if kind is Kind.PERSON and self.pick.random() < 0.1:
                title = self.pick.choice((PSEUDONYM, "President", "General"))
            id_ = f"{self.pick.randrange(10**6):06}.{item}.{n}"
            found.append(Mention(id_, item, n * 50, n * 50 + len(words), words, kind, title, same_as))
        return found

    def step(self, kept: Linking) -> object:
        """One change of a random kind."""
        chance = self.pick.random()
        if chance < 0.5 or not self.held:
            coming = {f"t{self.pick.randrange(9)}" for _ in range(self.pick.randrange(1, 4))}
            new = {item: self.text(item) for item in sorted(coming)}
            self.held |= new
            return kept.change(new)
        if chance < 0.65:
            item = self.pick.choice(sorted(self.held))
            del self.held[item]
            return kept.change({item: None})
        if chance < 0.8 and self.decisions:
            self.decisions.discard(self.pick.choice(sorted(self.decisions, key=repr)))
        else:
            ends = [*sorted(m.id for found in self.held.values() for m in found), "handle:1", "handle:2"]
            left, right = self.pick.choice(ends), self.pick.choice(ends)
            verdict = self.pick.choice(("same", "not the same", "unsure"))
            self.decisions.add(IdentityDecision(left, right, verdict))
        return kept.change(decisions=tuple(self.decisions))

    def whole(self) -> object:
        """What a full run says now, the mentions in any order."""
        mentions = [m for found in self.held.values() for m in found]
        self.pick.shuffle(mentions)
        return link(mentions, tuple(self.decisions))


@pytest.mark.parametrize("seed", range(12))
def test_after_any_sequence_of_changes_the_actors_are_those_of_a_full_run(seed):
    world, kept = World(seed), Linking()
    actor_of: dict[str, str] = {}
    names: dict[str, str] = {}
    for n in range(40):
        told = world.step(kept)
        _follow(actor_of, told.actor_of)
        _follow(names, told.names)
        assert kept.result() == world.whole(), f"after step {n}"
        assert actor_of == {m.mention: a.id for a in kept.result() for m in a.members}, f"after step {n}"
        assert names == {a.id: a.name for a in kept.result()}, f"after step {n}"


def _follow(known: dict[str, str], changes: dict[str, str | None]) -> None:
    for key, value in changes.items():
        if value is None:
            known.pop(key, None)
        else:
            known[key] = value


def _texts(**items: tuple[str, Kind]) -> dict[str, list[Mention]]:
    return {item: [Mention(f"{item}.0", item, 0, len(words), words, kind)] for item, (words, kind) in items.items()}


def test_a_change_tells_of_no_actor_elsewhere():
    kept = Linking()
    kept.change(_texts(alpha=("Tarik Qarmouni", Kind.PERSON), beta=("Dorn", Kind.PLACE)))
    told = kept.change(_texts(gamma=("Dorn", Kind.PLACE)))
    assert told.actor_of == {"gamma.0": "beta.0"}
    assert told.names == {}


def test_a_second_bearer_parts_a_bare_family_name_from_the_first_and_joins_it_again_when_gone():
    kept = Linking()
    kept.change(_texts(alpha=("Tarik Qarmouni", Kind.PERSON), beta=("Qarmouni", Kind.PERSON)))
    assert len(kept.result()) == 1
    kept.change(_texts(gamma=("Munir Qarmouni", Kind.PERSON)))
    assert len(kept.result()) == 3
    assert kept.change({"gamma": None}).actor_of == {"gamma.0": None, "beta.0": "alpha.0"}


def test_a_country_told_of_by_a_later_text_settles_a_place_of_two_readings():
    kept = Linking()
    kept.change(_texts(alpha=("Tripoli", Kind.PLACE)))
    assert "several readings" in kept.result()[0].apart[0]
    kept.change(_texts(beta=("Lebanon", Kind.STATE)))
    assert not any(a.apart for a in kept.result())
