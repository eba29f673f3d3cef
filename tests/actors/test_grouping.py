"""The constrained union: decisions first, links after, nothing across what is held apart."""

from hypothesis import given
from hypothesis import strategies as st

from probanda.actors.grouping import Link, group


def a_link(left, right, strength=1):
    return Link(left, right, strength, "for the test")


def test_links_gather_and_every_node_is_in_one_group():
    result = group("abcd", links=[a_link("a", "b"), a_link("b", "c")])
    assert result.groups == (("a", "b", "c"), ("d",))


def test_decided_same_is_closed_transitively_and_stronger_than_what_the_machine_holds_apart():
    result = group("abc", same=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert result.groups == (("a", "b", "c"),)


def test_decided_not_the_same_holds_whole_groups_apart():
    result = group("abcd", same=[("a", "b"), ("c", "d")], not_same=[("a", "c")], links=[a_link("b", "d", 9)])
    assert result.groups == (("a", "b"), ("c", "d"))
    assert result.refused == (a_link("b", "d", 9),)


def test_a_third_does_not_join_two_held_apart_and_the_stronger_link_wins():
    result = group("abx", links=[a_link("x", "a", 1), a_link("x", "b", 2)], apart=[("a", "b")])
    assert result.groups == (("a",), ("b", "x"))


def test_of_equal_links_the_ids_decide():
    result = group("abx", links=[a_link("x", "b"), a_link("x", "a")], apart=[("a", "b")])
    assert result.groups == (("a", "x"), ("b",))


def test_a_contradiction_of_decisions_is_shown_and_won_by_neither():
    result = group("abcd", same=[("a", "b"), ("b", "c"), ("c", "d")], not_same=[("a", "c")])
    (conflict,) = result.conflicts
    assert (conflict.left, conflict.right) == ("a", "c")
    assert conflict.path == (("a", "b"), ("b", "c"))
    assert result.groups == (("a",), ("b",), ("c", "d"))


def test_a_handle_that_stands_in_decisions_only_becomes_a_node():
    assert group("ab", same=[("a", "handle"), ("handle", "b")]).groups == (("a", "b", "handle"),)


_node = st.sampled_from("abcdefgh")
_pairs = st.lists(st.tuples(_node, _node), max_size=8)
_links = st.lists(st.builds(a_link, _node, _node, st.integers(1, 3)), max_size=12)


@given(_pairs, _pairs, _links, _pairs, st.randoms())
def test_the_order_of_inputs_changes_nothing_and_what_is_held_apart_stays_apart(same, not_same, links, apart, random):
    first = group("abcdefgh", same, not_same, links, apart)
    shuffled = []
    for given_rows in (same, not_same, links, apart):
        rows = [a_link(r.right, r.left, r.strength) if isinstance(r, Link) else (r[1], r[0]) for r in given_rows]
        random.shuffle(rows)
        shuffled.append(rows)
    again = group("hgfedcba", *shuffled)
    assert again.groups == first.groups
    home = {node: members for members in first.groups for node in members}
    void = {frozenset((c.left, c.right)) for c in first.conflicts}
    for a, b in not_same:
        if a != b and frozenset((a, b)) not in void:
            assert home[a] != home[b]
