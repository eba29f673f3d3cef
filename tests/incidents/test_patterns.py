"""Counts of incidents along one axis, what is certain in them, and what they may not say."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.incidents.factory import a_claim, gathered

from probanda.incidents.patterns import UNKNOWN, Axis, Column, Pattern, indicators, pattern
from probanda.incidents.victims import entries, groups_in
from probanda.kernel.vocabulary import ActType, Modality
from probanda.reports.pattern_picture import drawn

FAR = {"t1": "Port Ansel", "t2": "Vell", "t3": "Orro"}


def counted(axis: Axis, *claims) -> Pattern:
    result = gathered(*claims)
    return pattern(axis, result.incidents, {c.id: c for c in claims}, {})


def columns(made: Pattern) -> dict[str, tuple[int, int]]:
    return {c.label: (len(c.certain), len(c.possible)) for c in made.columns}


def three():
    return [
        a_claim("a", "t1", at=["Port Ansel"], on="2031-05-03", by=["Northern Brigade"], of=["four children"]),
        a_claim("b", "t2", at=["Vell"], on="2031-07-09", by=["Northern Brigade"], of=["two nurses"]),
        a_claim("c", "t3", act_type=ActType.LOOTING_PROPERTY, act="looted", at=["Orro"], of=["Ilse Marn"]),
    ]


def test_an_incident_stands_once_at_a_place_that_is_named_to_it_twice():
    claim = a_claim("a", "t1", at=["Vell"], on="2031-05-03")
    [one] = gathered(claim).incidents
    twice = replace(one, places=("Vell", "Vell"))
    assert columns(pattern(Axis.PLACE, [twice], {"a": claim}, {})) == {"Vell": (1, 0)}


def test_months_without_incidents_stand_between_and_the_undated_apart():
    made = counted(Axis.MONTH, *three())
    assert columns(made) == {"2031-05": (1, 0), "2031-06": (0, 0), "2031-07": (1, 0), UNKNOWN[Axis.MONTH]: (1, 0)}
    assert made.columns[-1].unknown


def test_a_date_that_spans_two_months_is_possible_in_both():
    made = counted(Axis.MONTH, a_claim("a", at=["Vell"], on="2031-05-28", until="2031-06-03"))
    assert columns(made) == {"2031-05": (0, 1), "2031-06": (0, 1)}


def test_a_date_that_spans_years_says_nothing_of_the_month():
    made = counted(Axis.MONTH, a_claim("a", at=["Vell"], on="2029-01-01", until="2031-06-03"))
    assert columns(made) == {UNKNOWN[Axis.MONTH]: (1, 0)}


def test_a_disputed_author_is_only_possible():
    made = counted(
        Axis.AUTHOR,
        a_claim("a", "t1", at=["Vell"], on="2031-05-03", by=["Northern Brigade"], speakers=["Ines Mor"]),
        a_claim(
            "b", "t1", at=["Vell"], on="2031-05-03", by=["Northern Brigade"], speakers=["General Sarv"], denied=True
        ),
    )
    assert columns(made) == {"Northern Brigade": (0, 1)}


def test_masked_men_are_no_name():
    made = counted(Axis.AUTHOR, a_claim("a", at=["Vell"], on="2031-05-03", by=["masked men"]))
    assert columns(made) == {UNKNOWN[Axis.AUTHOR]: (1, 0)}


def test_what_nobody_says_happened_and_proceedings_are_left_out():
    made = counted(
        Axis.PLACE,
        a_claim("a", "t1", modality=Modality.THREATENED, at=["Vell"]),
        a_claim("b", "t2", act_type=ActType.PROCEDURAL, act="warrant", at=["Orro"]),
        a_claim("c", "t3", at=["Port Ansel"]),
    )
    assert (made.counted, made.left_out, columns(made)) == (1, 2, {"Port Ansel": (1, 0)})


@pytest.mark.parametrize(("entry", "example"), [(e["id"], x) for e in entries() for x in e["examples"]])
def test_each_group_is_found_by_its_examples(entry: str, example: str):
    assert entry in groups_in(example)


def test_indicators_are_counts_with_their_claims():
    claims = three()
    found = indicators(gathered(*claims).incidents, {c.id: c for c in claims}, {})
    author = next(i for i in found if "named as author" in i.says)
    assert (author.speaks_to, author.count, author.claims) == ("systematic", 2, ("a", "b"))
    together = next(i for i in found if "named together" in i.says)
    assert together.claims == ("a", "b")
    places = next(i for i in found if "places are named" in i.says)
    assert (places.speaks_to, places.count) == ("widespread", 3)


@pytest.mark.parametrize("axis", list(Axis))
def test_each_title_says_that_it_counts_what_was_collected(axis: Axis):
    made = counted(axis, *three())
    picture = ElementTree.fromstring(drawn(made))  # noqa: S314 - our own
    titles = [e.text for e in picture.iter() if e.tag.endswith("}title")]
    assert titles == [made.title]
    assert made.title.endswith("counts what was collected, not what happened")
    written = "".join(picture.itertext())
    assert made.title in written.removeprefix(made.title)
    assert all(c.label in written for c in made.columns)


def test_a_picture_holds_no_markup_of_a_source():
    made = Pattern(
        axis=Axis.PLACE, columns=(Column(label="<script>x</script>", certain=("a",)),), counted=1, left_out=0
    )
    assert "<script" not in drawn(made)
