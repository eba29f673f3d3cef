"""A chart of command over time: the days at which something changes, what begins and ends, and what is in dispute."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from probanda.actors.command import Evidence, Link, Node, Told, around, chain, links_of
from probanda.casework import commanding
from probanda.kernel.bounds import Bounds
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import TieKind

NODES = {key: Node(key, name, kind) for key, name, kind in (
    ("a", "Adan Roe", "person"), ("b", "Bela Tor", "person"), ("u", "Fifth Column", "unit"),
    ("h", "Harbour Command", "unit"), ("s", "South Staff", "body"),
)}  # fmt: skip
MAY, JUNE, JULY = date(2031, 5, 10), date(2031, 6, 10), date(2031, 7, 10)


def told(kind: TieKind, left: str, right: str, role: str, **bounds: str | bool) -> Told:
    """A claim that ties two, with its time."""
    one = Evidence(
        claim=f"{left}{right}{sorted(bounds.items())}", item="i", quote="words", speakers=("@doc",), status="proposed",
        bounds=Bounds(**bounds),  # type: ignore[arg-type]
    )  # fmt: skip
    return Told(kind=kind, left=NODES[left], right=NODES[right], role=role, evidence=one)


LINKS = links_of([
    told(TieKind.POSTING, "a", "u", "commander", first_precise="2031-05-01", last_precise="2031-06-20",
         starting=True, ending=True),
    told(TieKind.POSTING, "b", "u", "commander", first_precise="2031-06-01", last_precise="2031-07-31"),
    told(TieKind.SUBORDINATION, "u", "h", "under", first_precise="2031-05-10", last_precise="2031-05-10"),
    told(TieKind.SUBORDINATION, "h", "s", "under"),
])  # fmt: skip


def above(keys: object) -> list[Link]:
    return [link for link in LINKS if link.lower in keys]  # type: ignore[operator]


def below(keys: object) -> list[Link]:
    return [link for link in LINKS if link.upper in keys]  # type: ignore[operator]


def test_the_days_are_those_from_which_something_else_is_told() -> None:
    days = commanding.changing_days(LINKS)
    assert [day.isoformat() for day in days] == [
        "2031-05-01", "2031-05-10", "2031-05-11", "2031-06-01", "2031-06-21", "2031-08-01",
    ]  # fmt: skip
    for link in LINKS:
        for first, after in pairwise(days):
            last = date.fromordinal(after.toordinal() - 1)
            assert link.on(first) == link.on(last), (link, first)
    assert commanding.last_told(LINKS, days) == date(2031, 6, 21)
    assert commanding.last_told(LINKS[:0], ()) is None


def test_what_begins_what_ends_and_what_is_in_dispute_between_two_days() -> None:
    found = commanding.between(LINKS, NODES, MAY, JULY)
    assert [(c.link.upper, c.day.isoformat()) for c in found.begun] == [("b", "2031-06-01")]
    assert [(c.link.upper, c.day.isoformat()) for c in found.ended] == [("h", "2031-05-11"), ("a", "2031-06-21")]
    (dispute,) = found.disputed
    assert (dispute.first, dispute.last) == (date(2031, 6, 1), date(2031, 6, 21))
    assert "Adan Roe" in dispute.conflict.says
    assert "Bela Tor" in dispute.conflict.says
    (lasting,) = commanding.between(LINKS, NODES, MAY, JUNE).disputed
    assert lasting.last is None
    with pytest.raises(WrongUsage):
        commanding.between(LINKS, NODES, JULY, MAY)


def test_what_may_be_met_holds_what_is_over_and_stops_at_the_levels_asked_for() -> None:
    def of(links: tuple[Link, ...]) -> set[tuple[str, str]]:
        return {(link.lower, link.upper) for link in links}

    assert of(around("u", above, below)) == {("u", "a"), ("u", "b"), ("u", "h"), ("h", "s")}
    near = around("u", above, below, deepest=1)
    assert of(near) == {("u", "a"), ("u", "b"), ("u", "h")}
    on = chain("u", JULY, above, below, lambda keys: {key: NODES[key] for key in keys}, deepest=1)
    assert {(s.link.lower, s.link.upper) for s in on.steps} == of(near)
    assert on.cut
    assert not chain("u", JULY, above, below, lambda keys: {key: NODES[key] for key in keys}).cut
