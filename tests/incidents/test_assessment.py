"""Sheets: open until a person closes a part, verified only by two, grades apart and never added up."""

from __future__ import annotations

import pytest

from probanda.incidents.assessment import (
    GRADES,
    QUESTIONS,
    Closed,
    Finding,
    Finds,
    Grade,
    Part,
    Scale,
    sheet_of,
    state_words,
)

NAMES = {"u1": "Ada", "u2": "Ben"}
AT = "2031-06-01T08:00:00.000Z"


def closed(part: Part, subject: str = "item") -> Closed:
    """A part that Ada closed."""
    return Closed(subject=subject, part=part, found="as it says", by="u1", at=AT, reason="looked", decision=f"d-{part}")


def finding(by: str, finds: Finds = Finds.VERIFIED, other: str | None = None) -> Finding:
    """A finding on `item`."""
    return Finding(subject="item", finds=finds, by=by, at=AT, reason="looked", decision=f"f-{by}-{finds}", other=other)


def graded(grade: str, scale: Scale = Scale.INFORMATION, rests_on: str | None = None) -> Grade:
    """A grade on `item`."""
    return Grade(subject="item", scale=scale, grade=grade, by="u1", at=AT, reason="r", decision=f"g-{scale}-{grade}",
                 rests_on=rests_on)  # fmt: skip


ALL = tuple(closed(part) for part in Part)


def test_nothing_is_verified_unless_somebody_looked_b1() -> None:
    assert state_words(sheet_of("item"), NAMES) == "not verified: source, content and technical open"


def test_a_part_is_open_until_a_person_closes_it_b1() -> None:
    sheet = sheet_of("item", [closed(Part.CONTENT), closed(Part.SOURCE, "another")])
    assert sheet.open == (Part.SOURCE, Part.TECHNICAL)
    assert state_words(sheet, NAMES) == "not verified: source and technical open"


def test_closed_parts_alone_verify_nothing() -> None:
    assert state_words(sheet_of("item", ALL), NAMES) == (
        "not verified: all three parts are closed, and nobody made a finding"
    )


def test_one_person_is_not_enough_and_two_are_i2() -> None:
    one = sheet_of("item", ALL, findings=[finding("u1")])
    assert one.state is None
    assert "a second person has not looked yet" in state_words(one, NAMES)
    two = sheet_of("item", ALL, findings=[finding("u1"), finding("u2")])
    assert two.state is Finds.VERIFIED
    assert state_words(two, NAMES) == "found verified by Ada and Ben"


def test_the_same_person_twice_is_one_person() -> None:
    again = Finding(subject="item", finds=Finds.VERIFIED, by="u1", at=AT, reason="again", decision="f-again")
    assert sheet_of("item", ALL, findings=[finding("u1"), again]).state is None


def test_persons_who_differ_leave_it_open() -> None:
    sheet = sheet_of("item", ALL, findings=[finding("u1"), finding("u2", Finds.REFUTED)])
    assert sheet.state is None
    assert state_words(sheet, NAMES) == "not verified: persons found differently"
    assert any("refuted" in words for words in sheet.remarks)


def test_refuting_takes_two_persons_as_verifying_does_b7() -> None:
    assert sheet_of("item", ALL, findings=[finding("u1", Finds.REFUTED), finding("u2", Finds.REFUTED)]).state is (
        Finds.REFUTED
    )


def test_a_finding_is_remarked_when_a_part_was_opened_again() -> None:
    sheet = sheet_of("item", ALL[:2], findings=[finding("u1"), finding("u2")])
    assert any("technical" in words for words in sheet.remarks)


def test_the_two_grades_stand_apart_b2() -> None:
    sheet = sheet_of("item", grades=[graded("B", Scale.SOURCE), graded("3")])
    assert [(g.scale, g.grade) for g in sheet.grades] == [(Scale.INFORMATION, "3"), (Scale.SOURCE, "B")]
    assert sheet.remarks == ()


@pytest.mark.parametrize(("scale", "last"), [(Scale.SOURCE, "F"), (Scale.INFORMATION, "6")])
def test_each_scale_ends_with_what_cannot_be_judged_b2(scale: Scale, last: str) -> None:
    assert "cannot be judged" in GRADES[scale][last]
    assert len(GRADES[scale]) == 6


def test_a_grade_whose_ground_was_taken_back_says_so() -> None:
    on = graded("1", rests_on="f-1")
    assert sheet_of("item", grades=[on], standing=["f-1"]).remarks == ()
    assert any("was taken back" in words for words in sheet_of("item", grades=[on]).remarks)


def test_independence_says_nothing_of_verification() -> None:
    sheet = sheet_of("other", findings=[finding("u1", Finds.INDEPENDENT, other="other")])
    assert len(sheet.findings) == 1 and sheet.state is None and sheet.remarks == ()


def test_each_part_says_what_to_look_at() -> None:
    assert all(QUESTIONS[part] and all(q.endswith("?") for q in QUESTIONS[part]) for part in Part)
