"""A change costs what it touches, and the result is that of a full run, whatever came before."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.incidents.factory import a_claim, a_doc
from tests.incidents.test_consolidating_any_order import a_world

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Actor, Claim, Named
from probanda.incidents import consolidate, web
from probanda.incidents.consolidation import texts_of
from probanda.incidents.gathering import Change, Gathering
from probanda.incidents.model import LEFT_IN_RIGHT, NESTED, RIGHT_IN_LEFT, Doc
from probanda.kernel.vocabulary import ActType, Status


def within(inner: str, outer: str) -> bool | None:
    """A gazetteer of the invented country: towns whose names end alike lie in the province of that letter."""
    if outer.startswith("Province"):
        return inner.endswith(outer[-1].lower()) if inner.startswith("Town") else None
    return None


class World:
    """Texts that come, go and change, names that are linked and parted, decisions that are taken and withdrawn."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)  # noqa: S311 - not a secret
        claims, docs = a_world(seed, claims=70, towns=5, days=12)
        self.texts = texts_of([self.linked(c) for c in claims], docs)
        self.held: dict[str, tuple[Doc | None, list[Claim]]] = {}
        self.actor_of: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.decisions: set[IdentityDecision] = set()

    def linked(self, claim: Claim) -> Claim:
        """The claim with mentions for half of its names, and now and then a province beside its town."""
        if claim.places and self.pick.random() < 0.2:
            outer = f"Province {self.pick.choice('AB')}"
            inner = claim.places[0].words
            quote = f"{claim.quote} in {inner}, {outer}" if self.pick.random() < 0.6 else claim.quote
            claim = replace(claim, places=(*claim.places, Named(outer)), quote=quote)
        if claim.places and self.pick.random() < 0.3:
            town = claim.places[0].words
            if self.pick.random() < 0.5:
                claim = replace(claim, act_type=ActType.SIEGE, date_from="2031-01-02", date_to="2031-01-09")
            else:
                claim = replace(claim, quote=f"{claim.quote} during the siege of {town}")
        known = self.pick.random() < 0.5
        return replace(
            claim,
            actors=tuple(Actor(a.words, f"{claim.id}/{a.words}" if known else None) for a in claim.actors),
            places=tuple(Named(p.words, f"{claim.id}/{p.words}" if known else None) for p in claim.places),
        )

    def step(self) -> Change:
        """One change of a random kind."""
        kind = self.pick.randrange(7)
        if kind <= 1 or not self.held:
            waiting = sorted(set(self.texts) - set(self.held))
            coming = self.pick.sample(waiting, min(len(waiting), self.pick.randrange(1, 4)))
            self.held |= {i: self.texts[i] for i in coming}
            return Change(texts={i: self.held[i] for i in coming}, **self.named(coming))
        item = self.pick.choice(sorted(self.held))
        if kind == 2:
            del self.held[item]
            return Change(texts={item: None})
        if kind == 3:
            doc, claims = self.held[item]
            one = self.pick.randrange(len(claims)) if claims else 0
            status = self.pick.choice((Status.REJECTED, Status.CHECKED, Status.PROPOSED))
            changed = [
                replace(c, status=status, places=(Named("Town Ca"),) if self.pick.random() < 0.3 else c.places)
                if n == one
                else c
                for n, c in enumerate(claims)
            ]
            self.held[item] = (doc, changed)
            return Change(texts={item: self.held[item]})
        if kind == 4:
            return Change(**self.named([item]))
        if kind == 5 and self.decisions and self.pick.random() < 0.4:
            self.decisions.discard(self.pick.choice(sorted(self.decisions, key=repr)))
            return Change(decisions=tuple(self.decisions))
        ends = [c.id for _, claims in self.held.values() for c in claims] + ["handle-1", "handle-2"]
        left, right = self.pick.choice(ends), self.pick.choice(ends)
        verdict, about = (
            self.pick.choice(("same", "not the same")),
            self.pick.choice(("incident", "incident", "origin", NESTED)),
        )
        if about == NESTED:
            verdict = self.pick.choice((LEFT_IN_RIGHT, RIGHT_IN_LEFT))
        self.decisions.add(IdentityDecision(min(left, right), max(left, right), verdict, about))
        return Change(decisions=tuple(sorted(self.decisions, key=repr)))

    def named(self, items: list[str]) -> dict[str, dict[str, str | None]]:
        """Mentions of these texts linked to actors, some to another than before; a name may change."""
        linked: dict[str, str | None] = {}
        names: dict[str, str | None] = {}
        for item in items:
            for claim in self.held[item][1]:
                for n in (*claim.actors, *claim.places):
                    if n.mention and self.pick.random() < 0.8:
                        actor = f"actor {n.words}" if self.pick.random() < 0.9 else f"other {n.words}"
                        linked[n.mention] = self.actor_of[n.mention] = actor
                        names[actor] = n.words if self.pick.random() < 0.97 else f"New {n.words}"
        self.names |= {k: v for k, v in names.items() if v}
        return {"actor_of": linked, "names": names}

    def whole(self) -> object:
        """What a full run says now."""
        claims = [c for _, found in self.held.values() for c in found]
        docs = [d for d, _ in self.held.values() if d is not None]
        self.pick.shuffle(claims)
        return consolidate(claims, docs, self.actor_of, self.names, tuple(self.decisions), within)


@pytest.mark.parametrize("large", [400, 5])
@pytest.mark.parametrize("seed", range(12))
def test_after_any_sequence_of_changes_the_result_is_that_of_a_full_run(seed, large, monkeypatch):
    monkeypatch.setattr(web, "LARGE", large)  # small webs stop growing then, as large ones do
    world, kept = World(seed), Gathering(within)
    for n in range(30):
        kept.change(world.step())
        if n % 3 == 2:
            assert kept.result() == world.whole(), f"after step {n}"
    assert any(p for i in kept.result().incidents for p in i.part_of), "an attack within a siege is among them"


def test_texts_that_come_one_by_one_in_any_order_give_one_result():
    claims, docs = a_world(3, claims=80, towns=4, days=10)
    texts = texts_of(claims, docs)
    whole = consolidate(claims, docs, {}, {})
    for seed in range(4):
        order = sorted(texts)
        random.Random(seed).shuffle(order)  # noqa: S311 - not a secret
        kept = Gathering()
        for item in order:
            kept.change(Change(texts={item: texts[item]}))
        assert kept.result() == whole


def test_a_change_touches_no_incident_elsewhere():
    far = [a_claim(f"f{n}", f"far{n}", at=["Dorn"], on="2031-05-03") for n in range(3)]
    kept = Gathering()
    kept.change(Change(texts_of(far, [a_doc(f"far{n}", f"text {n}") for n in range(3)])))
    new = a_claim("n1", "new", at=["Tal Amra"], on="2031-07-01")
    touched = kept.change(Change(texts_of([new], [a_doc("new", "another text")])))
    assert touched.incidents == {"n1"}
