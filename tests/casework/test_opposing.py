"""Contradictions marked by persons: the mark hangs on the two claims, hides nothing, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import assessing, opposing, users
from probanda.casework.undo import undo
from probanda.casework.view import Sharing
from probanda.incidents.assessment import Finds, Part
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from tests.casework.short_case import a_case
from tests.casework.typing_in import typed

pytestmark = pytest.mark.slow  # reads texts first

FILES = {
    "post.txt": "Tamrit Post, 5 May 2031\n\nSoldiers of the Third Brigade shelled Tessal on 4 May 2031, killing 14 "
    "people, Nadira Velun said. The road to the river was closed until the evening.\n",
    "herald.txt": "Varn Herald, 6 May 2031\n\nThe Third Brigade denied that it had shelled Tessal on 4 May 2031. The "
    "hospital said that 31 people were killed in Tessal on 4 May 2031.\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers that disagree on a shelling."""
    return a_case(tmp_path, FILES)


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    """The case, open for its owner."""
    with Case.open(folder) as case:
        yield case


def denial(case: Case):
    """The denial that was proposed between the two papers."""
    item = {c.id: c.item for c in case.claims()}
    found = [c for c in case.store.contradictions(case.eyes) or () if c.kind == "denial" and item[c.a] != item[c.b]]
    assert len(found) == 1
    return found[0]


def test_a_mark_needs_a_reason_and_says_why_it_is_only_apparent(case: Case) -> None:
    one = denial(case)
    with pytest.raises(WrongUsage):
        opposing.mark(case.store, case.eyes, one.id, "real", " ")
    with pytest.raises(WrongUsage):
        opposing.mark(case.store, case.eyes, one.id, "apparent", "two days")
    with pytest.raises(WrongUsage):
        opposing.mark(case.store, case.eyes, one.id, "settled", "two days")
    with pytest.raises(NotFound):
        opposing.mark(case.store, case.eyes, "0" * 12, "real", "two days")
    assert opposing.marks(case.store, case.eyes) == {}


def test_a_later_mark_takes_the_place_of_an_earlier_and_undo_brings_it_back(case: Case) -> None:
    one = denial(case)
    opposing.mark(case.store, case.eyes, one.id[:8], "real", "both speak of 4 May")
    later = opposing.mark(case.store, case.eyes, one.id, "apparent", "two shellings", because="event")
    assert opposing.marks(case.store, case.eyes)[one.a, one.b].mark == "apparent"
    undo(case.store, case.eyes, later)
    assert opposing.marks(case.store, case.eyes)[one.a, one.b].mark == "real"
    assert case.verify() == []


def test_resolved_is_said_by_a_finding_that_stands(case: Case) -> None:
    one = denial(case)
    with pytest.raises(ProbandaError, match="finding"):
        opposing.mark(case.store, case.eyes, one.id, "resolved", "seen on the site", because="123456")
    users.give_key(case.store, case.eyes, "Ada")
    about = assessing.subject(case.store, case.eyes, one.a)
    for part in Part:
        assessing.close(case.store, case.eyes, about, part, "looked at", "the site")
    found = assessing.find(case.store, case.eyes, about, Finds.VERIFIED, "the site")
    opposing.mark(case.store, case.eyes, one.id, "resolved", "see there", because=found[:10])
    assert opposing.marks(case.store, case.eyes)[one.a, one.b].because == found


def test_a_mark_outlasts_another_reading_and_hides_nothing(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        one = denial(case)
        opposing.mark(case.store, case.eyes, one.id, "apparent", "Velun means the other brigade", because="sense")
        case.rebuild()
        row = next(r for r in case.export("contradictions") if r["id"] == one.id)
        assert (row["a"], row["b"], row["mark"], row["because"]) == (one.a, one.b, "apparent", "sense")
        assert case.store.users()[row["marked_by"]] == "Ada"
        assert "Velun means" not in json.dumps(row)
        case.report(tmp_path / "dossier.html")
    page = (tmp_path / "dossier.html").read_text("utf-8")
    assert "marked as apparent: a word is meant in two senses" in page
    assert "Velun means the other brigade" not in page
    assert "shelled Tessal" in page
    assert "denied that it had shelled" in page


def test_marks_on_restricted_items_are_seen_by_nobody_who_may_not(folder: Path) -> None:
    with Case.open(folder) as case:
        one = denial(case)
        opposing.mark(case.store, case.eyes, one.id, "real", "both speak of 4 May")
        case.label("post.txt", "restricted", reason="consent")
        case.incidents()
        assert case.view().marks == {}
        assert all({c.a, c.b} != {one.a, one.b} for c in case.view().result.contradictions)
        seen = case.view(sharing=Sharing(include_restricted="for counsel"))
        assert [m.mark for m in seen.marks.values()] == ["real"]


def test_the_commands_list_show_and_mark(folder: Path) -> None:
    with Case.open(folder) as case:
        one = denial(case)
    told = typed(folder, "contradictions", "list").stdout
    assert one.id[:12] in told
    assert "nobody has marked it" in told
    shown = typed(folder, "contradictions", "show", one.id[:8]).stdout
    assert "MAR-0001" in shown
    assert "MAR-0002" in shown
    typed(folder, "contradictions", "mark", one.id[:8], "apparent", "--because", "later", "--reason", "two days")
    assert "marked as apparent: one is a later count" in typed(folder, "contradictions", "list").stdout
    row = json.loads(typed(folder, "contradictions", "show", one.id[:8], "--json").stdout)
    assert row["claim_a"]["quote"]
    assert row["mark"] == "apparent"


def test_figures_and_patterns_are_told_of_what_may_be_handed_on(folder: Path, tmp_path: Path) -> None:
    told = typed(folder, "figures").stdout
    assert "from 14 to 31" in told or ("14" in told and "31" in told)
    assert "45" not in told
    rows = [json.loads(line) for line in typed(folder, "export", "figures").stdout.splitlines()]
    assert {row["value"] for row in rows} == {14, 31}
    picture = tmp_path / "months.svg"
    typed(folder, "patterns", "--by", "month", "--svg", str(picture))
    assert "2031-05" in picture.read_text("utf-8")
    with Case.open(folder) as case:
        case.label("post.txt", "restricted", reason="consent")
        case.incidents()
    rows = [json.loads(line) for line in typed(folder, "figures", "--json").stdout.splitlines()]
    assert {f["value"] for row in rows for f in row["figures"]} == {31}
    assert "widespread" in typed(folder, "patterns").stdout


def test_a_protected_person_is_masked_in_every_one_of_these_outputs(folder: Path) -> None:
    with Case.open(folder) as case:
        one = denial(case)
        opposing.mark(case.store, case.eyes, one.id, "real", "Nadira Velun was there")
        case.protect("Nadira Velun", reason="she asked for it")
        case.incidents()
    for words in (
        ["contradictions", "list"],
        ["contradictions", "list", "--json"],
        ["contradictions", "show", one.id],
        ["contradictions", "show", one.id, "--json"],
        ["figures"],
        ["figures", "--json"],
        ["export", "figures"],
        ["patterns"],
        ["patterns", "--json"],
    ):
        told = typed(folder, *words).stdout
        assert told
        assert "Velun" not in told
