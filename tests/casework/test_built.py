"""Dossiers built in the workbench: whose they are, when they close, and what changed between two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import building, built, hypothesizing
from probanda.casework.built import Asked
from probanda.casework.narrow import Narrowing
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.reports.leaves import anchors, leaves
from probanda.reports.summary import drafts
from probanda.store.common import REPORTS
from tests.casework.short_case import a_case

TEXTS = {
    "one.txt": "Harbour Monitor, 3 May 2031\n\nSoldiers of the Nasr Brigade shot two fishermen in Oren on 2 May 2031.",
    "two.txt": "Inland Post, 4 May 2031\n\nGeneral Tarik Dal denied that his soldiers shot two fishermen in Oren.",
    "three.txt": "Oren Gazette\n9 May 2031\n\nMilitiamen killed a teacher in Mirel on 8 May 2031, a doctor said.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_case(tmp_path_factory.mktemp("made"), TEXTS, matrix=True)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    return Case.open(Path(shutil.copytree(made, tmp_path / "case")))


def build(case: Case, **asked: object) -> built.Built:
    return building.here(case.store, case.eyes.user, Asked(**asked), (".html",))  # type: ignore[arg-type]


def test_a_build_is_read_as_it_was_drafted_and_all_its_words_stand_on_its_leaves(case: Case) -> None:
    with case:
        one = build(case)
        (document,) = one.documents
        (drafted,) = drafts(case.casefile())
        told = [built.leaf_of(case.store, one, document, n + 1) for n in range(document.leaves)]
        assert built.cover_of(case.store, one, document).title == "Marsafa"
        # A run's time aside, what is read back is what was drafted.
        assert [leaf.sections for leaf in told] == [leaf.sections for leaf in leaves(drafted.dossier)]
        small = leaves(drafted.dossier, 2_000)
        assert len(small) > 3
        targets = {target for leaf in small for target in anchors(leaf)}
        assert {f"n{n.number}" for n in drafted.dossier.notes} | {s.id for s in drafted.dossier.sections} <= targets
        assert {n for leaf in small for n in leaf.notes} == set(drafted.dossier.notes)
        with pytest.raises(NotFound):
            built.leaf_of(case.store, one, document, document.leaves + 1)
        for name in ("../build.json", "dossier.pdf", "build.json"):
            with pytest.raises(NotFound):
                built.form_of(case.store, one, name)


def test_nobody_else_opens_a_build_and_it_closes_with_what_it_tells_of(case: Case) -> None:
    with case:
        store, eyes = case.store, case.eyes
        cleared = store.eyes(store.add_user(eyes, "T. Mirel", ("lead-only",)))
        one = build(case)
        for_mirel = building.here(store, cleared.user, Asked(), ())
        with pytest.raises(NotFound) as hidden:
            built.opened(store, cleared, one.id)
        with pytest.raises(NotFound) as unknown:
            built.opened(store, cleared, "0" * 32)
        assert str(hidden.value).replace(one.id, "ID") == str(unknown.value).replace("0" * 32, "ID")
        assert [b.id for b in built.of_user(store, cleared)] == [for_mirel.id]
        assert built.may_leave(store, eyes, one)
        case.label("one.txt", "restricted", reason="a witness is named")
        assert built.of_user(store, store.eyes(cleared.user)) == []
        assert [b.id for b in built.of_user(store, case.eyes)] == [one.id]
        assert not built.may_leave(store, case.eyes, one), "what was open is closed now: it is not handed on"
        again = build(case)
        assert again.withheld == 1
        assert built.may_leave(store, case.eyes, again)
        outputs = [d for d in store.decisions(case.eyes) if d.kind == "output"]
        assert outputs == []
        build(case, include_restricted="for counsel")
        (logged,) = [d for d in store.decisions(case.eyes) if d.kind == "output"]
        assert (logged.subject, logged.reason) == ("dossier.html", "for counsel")
        assert store.verify() == []
        built.throw_away(store, case.eyes, again.id)
        built.forget_all(store.folder)
        assert not (store.folder / REPORTS).exists()


def test_what_changed_is_told_from_the_records_with_the_decisions_between(case: Case) -> None:
    with case:
        (shot,) = [c for c in case.claims() if c.item == case.store.item(case.eyes, "three.txt").digest]
        first = build(case)
        assert built.changes_of(case.store, first) is None
        narrowed = build(case, date_from="2031-05-05")
        assert narrowed.before == "", "another scope is no earlier build of this one"
        case.accept(shot.id)
        second = build(case)
        since = built.changes_of(case.store, second)
        assert since is not None and second.before == first.id
        (decided,) = case.store.named_decisions(case.eyes, since.decisions)
        assert decided.subject == shot.id
        changed = {change.now.kind: change for change in since.changes.changed}
        assert shot.id in changed["note"].now.claims and "checked by Ada" in changed["note"].now.words
        assert "checked by nobody" in changed["stamp"].before.words
        case.reject(shot.id)
        third = build(case)
        gone = built.changes_of(case.store, third)
        assert gone is not None
        assert any(one.kind == "note" and one.claims == (shot.id,) for one in gone.changes.gone)
        unchanged = built.changes_of(case.store, build(case))
        assert unchanged is not None
        assert unchanged.counts[:2] == (0, 0)
        assert all(change.now.words.startswith("Run") for change in unchanged.changes.changed)


def test_a_hypothesis_is_told_whole_or_not_at_all(case: Case) -> None:
    with case:
        suggested = max(case.matrix(), key=lambda s: len(s.incidents))
        opened = hypothesizing.open_(case.store, case.eyes, "to look at it", suggestion=suggested.id)
        with pytest.raises(WrongUsage):
            build(case, hypothesis=opened, only_checked=True)
        one = build(case, hypothesis=opened)
        told = {c.id for c in case.view(Narrowing(hypothesis=opened)).claims}
        assert set(suggested.claims) <= told < {c.id for c in case.claims()}
        assert one.claims == len(told)
        (document,) = one.documents
        contents = str(built.cover_of(case.store, one, document).sections)
        assert "s5-opened" in contents and "s5-1" not in contents, "the one, and no suggestion besides"


def test_an_incident_is_told_under_its_title(case: Case) -> None:
    with case:
        incident = case.view().result.incidents[0]
        one = build(case, about=incident.claims[-1])
        assert one.called == incident.title
        facts = case.store.folder / REPORTS / one.id / "build.json"
        facts.write_text(facts.read_text().replace('"edition":1', '"edition":0'))
        assert built.of_user(case.store, case.eyes) == [], "one of an earlier edition is as none"
        again = build(case, about=incident.claims[-1])
        assert [b.called for b in built.of_user(case.store, case.eyes)] == [incident.title]
        assert [room.name for room in (case.store.folder / REPORTS).iterdir()] == [again.id]
