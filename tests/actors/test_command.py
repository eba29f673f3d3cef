"""Who stands over whom on a day: stated links only, time never filled in, conflicts and gaps named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from probanda.actors.command import MOST_LINKS, Chain, Evidence, Link, Node, Told, chain, changes, links_of
from probanda.kernel.bounds import Bounds, Holds
from probanda.kernel.vocabulary import TieKind

POSTING, SUBORDINATION, MEMBERSHIP = TieKind.POSTING, TieKind.SUBORDINATION, TieKind.MEMBERSHIP
KINDS = {"p": "person", "u": "unit"}


def _node(name: str) -> Node:
    return Node(name, name, KINDS[name[0]])


def _told(number: int, kind: TieKind, left: str, right: str, role: str = "", **bounds: object) -> Told:
    evidence = Evidence(
        claim=f"{number:032x}",
        item="i",
        quote=f"{left} {role} {right}",
        speakers=("@doc",),
        status="proposed",
        bounds=Bounds(**bounds),  # type: ignore[arg-type]
    )
    return Told(kind=kind, left=_node(left), right=_node(right), role=role, evidence=evidence)


def _day(words: str) -> dict[str, object]:
    return {"first_precise": words, "last_precise": words}


def _chain(told: Sequence[Told], centre: str, day: str) -> Chain:
    links = links_of(told)
    asked: list[int] = []

    def above(keys: Sequence[str]) -> list[Link]:
        asked.append(len(keys))
        return [one for one in links if one.lower in keys]

    def below(keys: Sequence[str]) -> list[Link]:
        return [one for one in links if one.upper in keys]

    return chain(centre, date.fromisoformat(day), above, below, lambda keys: {k: _node(k) for k in keys})


def _above(found: Chain) -> list[tuple[str, str, Holds]]:
    return [(s.link.lower, s.link.upper, s.holds) for s in found.steps if s.up]


ARMY = [
    _told(1, POSTING, "p Sadr", "u Ninth", "commander", **_day("2031-05-03")),
    _told(2, SUBORDINATION, "u Ninth", "u North", "under", **_day("2031-05-03")),
    _told(3, POSTING, "p Amar", "u North", "general commander", first_precise="2031-01-01", last_precise="2031-12-31"),
    _told(4, MEMBERSHIP, "p Omar", "u Ninth", "fighter", **_day("2031-05-03")),
]


def test_the_chain_goes_up_through_what_stands_over_a_unit() -> None:
    found = _chain(ARMY, "u Ninth", "2031-05-03")
    assert _above(found) == [
        ("u Ninth", "p Sadr", Holds.STATED),
        ("u Ninth", "u North", Holds.STATED),
        ("u North", "p Amar", Holds.STATED),
    ]
    assert [s.link.lower for s in found.steps if not s.up] == ["p Omar"]


def test_above_a_commander_stands_what_stands_above_his_unit() -> None:
    found = _chain(ARMY, "p Sadr", "2031-05-03")
    assert ("u Ninth", "u North", Holds.STATED) in _above(found)
    assert all(upper != "p Sadr" for _, upper, _ in _above(found))


def test_a_link_told_for_another_day_is_shown_and_not_taken_to_hold() -> None:
    found = _chain(ARMY, "u Ninth", "2031-06-03")
    assert ("u Ninth", "p Sadr", Holds.EARLIER) in _above(found)
    assert any("who headed u Ninth on this day" in gap.says for gap in found.gaps)


def test_between_two_times_it_may_have_held_and_is_not_stated() -> None:
    later = _told(9, POSTING, "p Sadr", "u Ninth", "commands", **_day("2031-09-03"))
    assert ("u Ninth", "p Sadr", Holds.BETWEEN) in _above(_chain([*ARMY, later], "u Ninth", "2031-06-03"))


def test_a_told_end_is_no_gap_between_two_times() -> None:
    ended = _told(9, POSTING, "p Sadr", "u Ninth", "commander", **_day("2031-05-20"), ending=True)
    again = _told(10, POSTING, "p Sadr", "u Ninth", "commander", **_day("2032-05-20"))
    assert ("u Ninth", "p Sadr", Holds.ENDED) in _above(_chain([ARMY[0], ended, again], "u Ninth", "2031-06-03"))


def test_two_heads_of_one_unit_are_a_conflict_and_none_is_preferred() -> None:
    other = _told(9, POSTING, "p Taleb", "u Ninth", "head", **_day("2031-05-03"))
    found = _chain([*ARMY, other], "u Ninth", "2031-05-03")
    assert [c.says for c in found.conflicts] == ["p Sadr and p Taleb are each said to head u Ninth at this time."]
    assert {upper for lower, upper, _ in _above(found) if lower == "u Ninth"} == {"p Sadr", "p Taleb", "u North"}


def test_a_deputy_is_no_second_head() -> None:
    other = _told(9, POSTING, "p Taleb", "u Ninth", "deputy commander", **_day("2031-05-03"))
    found = _chain([*ARMY, other], "u Ninth", "2031-05-03")
    assert not found.conflicts
    assert "p Taleb" in {s.link.lower for s in found.steps if not s.up}


def test_support_is_no_command() -> None:
    found = _chain(
        [*ARMY, _told(9, TieKind.SUPPORT, "u Council", "u Ninth", "backs", **_day("2031-05-03"))],
        "u Ninth",
        "2031-05-03",
    )
    assert "u Council" not in found.nodes


def test_nothing_told_is_a_gap_and_no_link() -> None:
    found = _chain([], "u Ninth", "2031-05-03")
    assert found.steps == ()
    assert [gap.says for gap in found.gaps] == [
        "Nothing held says who headed u Ninth.",
        "Nothing held says what stood over u Ninth.",
    ]


def test_a_ring_of_units_ends() -> None:
    ring = [
        _told(1, SUBORDINATION, "u A", "u B", **_day("2031-05-03")),
        _told(2, SUBORDINATION, "u B", "u C", **_day("2031-05-03")),
        _told(3, SUBORDINATION, "u C", "u A", **_day("2031-05-03")),
    ]
    found = _chain(ring, "u A", "2031-05-03")
    assert {(lower, upper) for lower, upper, _ in _above(found)} == {("u A", "u B"), ("u B", "u C")}
    assert not found.cut


def test_a_chain_longer_than_can_be_read_says_that_it_was_cut() -> None:
    tall = [_told(n, SUBORDINATION, f"u {n}", f"u {n + 1}", **_day("2031-05-03")) for n in range(30)]
    assert _chain(tall, "u 0", "2031-05-03").cut


def test_more_than_can_be_read_in_one_direction_is_cut_and_said() -> None:
    many = [_told(n, MEMBERSHIP, f"p {n:03d}", "u Ninth", "fighter", **_day("2031-05-03")) for n in range(400)]
    found = _chain(many, "u Ninth", "2031-05-03")
    assert (found.cut, len(found.steps)) == (True, MOST_LINKS)


def test_what_is_not_told_to_hold_any_more_is_not_followed() -> None:
    left = [
        _told(1, SUBORDINATION, "u A", "u B", first_precise="2030-01-01", last_precise="2030-06-01", ending=True),
        _told(2, SUBORDINATION, "u B", "u C", **_day("2031-05-03")),
    ]
    assert _above(_chain(left, "u A", "2031-05-03")) == [("u A", "u B", Holds.ENDED)]


def test_a_change_stands_at_the_first_day_of_which_something_else_is_told() -> None:
    links = links_of(
        [
            _told(
                1,
                POSTING,
                "p Sadr",
                "u Ninth",
                "commander",
                first_precise="2031-03-05",
                last_precise="2031-08-20",
                starting=True,
            )
        ]
    )
    found = changes(links, date(2031, 1, 1), date(2031, 12, 31))
    assert [(c.day.isoformat(), c.before, c.after) for c in found] == [
        ("2031-03-05", Holds.NOT_YET, Holds.STATED),
        ("2031-08-21", Holds.STATED, Holds.EARLIER),
    ]
    with pytest.raises(ValueError, match="before"):
        changes(links, date(2031, 12, 31), date(2031, 1, 1))


def test_the_order_of_claims_changes_nothing() -> None:
    assert links_of(ARMY) == links_of(ARMY[::-1])
