"""Deciding on names and labels: clear about who is meant, and a later word replaces an earlier one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import decide
from probanda.kernel.errors import NotFound, WrongUsage
from tests.running import run

pytestmark = pytest.mark.slow

FIRST = """Raid on Varna Ridge

Soldiers of the Second Battalion killed 12 villagers in Varna Ridge on 4 June 2031, Oskar Demirel said.
"""
SECOND = """A witness in Warna Rigde

Oskar Demirel told reporters that soldiers of the Third Company burned houses in Warna Rigde on 4 June 2031.
"""


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case, read and consolidated."""
    folder = tmp_path_factory.mktemp("deciding")
    (folder / "reports").mkdir()
    (folder / "reports" / "first.txt").write_text(FIRST, "utf-8")
    (folder / "reports" / "second.txt").write_text(SECOND, "utf-8")
    with Case.new(folder / "case", prefix="VAR") as case:
        case.add([folder / "reports"])
        case.read()
        case.incidents()
    return folder / "case"


@pytest.fixture
def case(worked_out: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, open for writing."""
    shutil.copytree(worked_out, tmp_path / "case")
    with Case.open(tmp_path / "case") as opened:
        yield opened


def group_of(case: Case, name: str) -> str:
    """The id of the actor or place that a name leads to."""
    (found,) = decide.called(case.store, case.eyes, name)
    return found.id


def say(case: Case, left: str, right: str, verdict: str) -> None:
    """Decide on two names, and work out again who is who."""
    case.identify(*decide.ends(case.store, case.eyes, left, right), verdict)
    case.incidents()


def test_a_later_word_on_two_names_replaces_the_earlier_one(case: Case) -> None:
    left, right = "Second Battalion", "Third Company"
    assert group_of(case, left) != group_of(case, right)
    say(case, left, right, "same")
    assert group_of(case, left) == group_of(case, right)
    say(case, right.upper(), left, "not the same")
    assert group_of(case, left) != group_of(case, right)
    say(case, left, right, "same")
    assert group_of(case, left) == group_of(case, right)
    assert case.verify() == []


def test_what_the_reader_has_joined_can_be_held_apart(case: Case) -> None:
    ends = sorted(m.id for m in case.store.mentions(case.eyes) if m.words.startswith("Oskar Demirel"))
    assert len({a.id for a in case.actors() for m in a.members if m.mention in ends}) == 1
    case.identify(ends[0], ends[1], "not the same", reason="father and son")
    case.incidents()
    assert len({a.id for a in case.actors() for m in a.members if m.mention in ends}) == 2


def test_a_name_that_nobody_bears_is_not_found(case: Case) -> None:
    with pytest.raises(NotFound, match="Nobody Atall"):
        decide.called(case.store, case.eyes, "Nobody Atall")


def test_one_name_alone_cannot_be_decided_on(case: Case) -> None:
    with pytest.raises(WrongUsage):
        decide.ends(case.store, case.eyes, "Second Battalion", "second battalion")


def test_everybody_who_bears_a_protected_name_is_masked_and_it_may_be_said_again(case: Case) -> None:
    ends = sorted(m.id for m in case.store.mentions(case.eyes) if m.words.startswith("Oskar Demirel"))
    case.identify(ends[0], ends[1], "not the same")
    case.incidents()
    case.protect("oskar demirel", reason="both have asked")
    case.protect("Oskar Demirel", reason="asked again")
    for kind in ("claims", "mentions", "actors", "incidents", "origins"):
        assert "Demirel" not in str(list(case.export(kind)))


def test_a_label_can_be_changed_and_changed_back(case: Case) -> None:
    case.label("VAR-0001", "restricted", reason="a witness")
    case.label("VAR-0001", "internal", reason="she agrees")
    assert [i.label for i in case.items()] == ["internal", "internal"]
    assert case.verify() == []


def test_where_a_name_can_mean_several_it_is_asked_which(case: Case) -> None:
    ends = sorted(m.id for m in case.store.mentions(case.eyes) if m.words.startswith("Oskar Demirel"))
    case.identify(ends[0], ends[1], "not the same")
    case.incidents()
    with pytest.raises(WrongUsage, match="can mean several") as caught:
        decide.ends(case.store, case.eyes, "Oskar Demirel", "Second Battalion")
    assert ends[0][:12] in caught.value.problem
    assert "first letters of their ids" in caught.value.fix
    assert decide.ends(case.store, case.eyes, ends[0], "Second Battalion")[0] == ends[0]


def test_the_command_says_where_names_are_listed(case: Case) -> None:
    folder = case.store.folder
    case.close()
    said = run("-C", folder, "actors", "same", "Second Battalion", "nobody at all", code=1).stderr
    assert "probanda actors list" in said


@pytest.mark.parametrize("words", [["incidents"], ["matrix"], ["export", "claims"], ["report", "--out", "page.html"]])
def test_every_output_with_restricted_items_is_logged_with_its_reason(
    case: Case, tmp_path: Path, words: list[str]
) -> None:
    case.label("VAR-0001", "restricted")
    folder = case.store.folder
    case.incidents()
    case.close()
    run("-C", folder, *words, cwd=tmp_path)
    run("-C", folder, *words, "--include-restricted", "for counsel", cwd=tmp_path)
    with Case.open(folder) as again:
        outputs = [d for d in again.store.decisions(again.eyes) if d.kind == "output"]
        assert [d.reason for d in outputs] == ["for counsel"]
