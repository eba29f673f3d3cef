"""Origins as persons see and decide them: tree, list, cited and not held, same and apart, the rows handed on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import origins
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from tests.casework.short_case import a_case
from tests.casework.typing_in import typed

pytestmark = pytest.mark.slow  # reads texts first

FILES = {
    "watch.txt": "Harbour Watch, 5 May 2031\n\nSoldiers burned the market in Tessal on 4 May 2031, residents told "
    "Harbour Watch.\n",
    "post.txt": "Tamrit Post, 6 May 2031\n\nSoldiers burned the market in Tessal on 4 May 2031, according to Harbour "
    "Watch.\n",
    "herald.txt": "Varn Herald, 7 May 2031\n\nNadira Velun, a nurse, said that she saw soldiers burn the market in "
    "Tessal on 4 May 2031.\n",
    "court.txt": "Varn Herald, 9 August 2031\n\nThe High Court of Marsafa issued an arrest warrant for Colonel Orso "
    "Lindt on 8 August 2031.\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One body that heard residents, a paper that cites it, a nurse, and a warrant that only the press has seen."""
    return a_case(tmp_path, FILES)


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    with Case.open(folder) as case:
        yield case


def burning(case: Case):
    """The incident of the market."""
    view = origins.shown(case.store, case.eyes)
    (found,) = (i for i in view.result.incidents if "Tessal" in i.title)
    return found


def account(incident, teller: str):
    """The origin whose teller is called so."""
    (found,) = (a for a in incident.accounts if a.teller == teller and a.origin == a.id)
    return found


def test_the_paper_is_an_echo_and_the_nurse_is_not(case: Case) -> None:
    found = burning(case)
    assert (found.corroboration.origins, found.corroboration.untraced) == (2, 0)
    assert len({a.item for a in found.accounts if a.item and a.origin == account(found, "residents").id}) == 2


def test_a_person_may_join_two_origins_and_take_it_back(case: Case) -> None:
    left, right = (account(burning(case), name).id for name in ("residents", "Nadira Velun"))
    origins.settle(case.store, case.eyes, left[:8], right[:8], "same", "she is one of them")
    case.incidents()
    assert burning(case).corroboration.origins == 1
    ends = [a.id for a in burning(case).accounts if a.item is not None][:2]
    with pytest.raises(WrongUsage):
        origins.settle(case.store, case.eyes, ends[0], ends[0], "same", "")
    with pytest.raises(NotFound):
        origins.settle(case.store, case.eyes, "nobody", right, "same", "")


def test_a_person_may_hold_apart_what_the_machine_joined(case: Case) -> None:
    watch, post = (
        next(a for a in burning(case).accounts if a.item == case.store.item(case.eyes, name).digest)
        for name in ("watch.txt", "post.txt")
    )
    assert watch.origin == post.origin
    origins.settle(case.store, case.eyes, watch.id, post.id, "not the same", "the paper spoke to others")
    case.incidents()
    by_id = {a.id: a for a in burning(case).accounts}
    assert by_id[watch.id].origin != by_id[post.id].origin


def test_a_warrant_known_from_the_press_is_listed_with_who_cites_it(case: Case) -> None:
    (warrant,) = (c for c in origins.cited(origins.shown(case.store, case.eyes)) if c.kind == "warrant")
    assert "Lindt" in warrant.words
    assert warrant.items == (case.store.item(case.eyes, "court.txt").digest,)


def test_the_commands_print_list_tree_picture_and_rows(folder: Path, tmp_path: Path) -> None:
    listed = typed(folder, "origins").stdout
    assert "at most 2 origins" in listed and "dependence not excluded" in listed
    assert listed == typed(folder, "origins", "list").stdout
    (incident,) = (line.split()[0] for line in listed.splitlines() if "Tessal" in line)
    shown = typed(folder, "origins", "show", incident, "--svg", tmp_path / "o.svg").stdout
    assert "O1" in shown and "naming Harbour Watch" in shown
    assert (tmp_path / "o.svg").read_text("utf-8").startswith("<svg")
    rows = [json.loads(line) for line in typed(folder, "origins", "show", incident, "--json").stdout.splitlines()]
    exported = [json.loads(line) for line in typed(folder, "export", "accounts").stdout.splitlines()]
    assert rows == [r for r in exported if r["incident"].startswith(incident)]
    ids = {r["id"] for r in rows}
    assert all(r["origin"] in ids and {s["account"] for s in r["from"]} <= ids for r in rows)
    assert "warrant: " in typed(folder, "origins", "cited").stdout
    typed(folder, "origins", "show", incident, "--svg", tmp_path / "o.png", code=2)
    typed(folder, "origins", "show", "nothing", code=1)


def test_nothing_worked_out_is_not_nothing_found(tmp_path: Path) -> None:
    with Case.new(tmp_path / "case", situation="Marsafa") as case, pytest.raises(ProbandaError, match="not worked out"):
        origins.shown(case.store, case.eyes)


def test_tellers_of_a_restricted_item_are_masked_in_every_account(folder: Path) -> None:
    with Case.open(folder, writing=True) as case:
        case.label("herald.txt", "restricted", reason="she asked")
        case.incidents()
        told = json.dumps(list(case.export("accounts")))
        assert "Velun" not in told
        from probanda.casework.view import Sharing

        told = json.dumps(list(case.export("accounts", sharing=Sharing(include_restricted="counsel"))))
        assert "Velun" not in told and "Nadira" not in told
