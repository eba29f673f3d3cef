"""What was gathered before a label was set tells nothing of the words behind that label."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from probanda import Case
from probanda.casework.narrow import still_seen
from probanda.store import listed
from probanda.store.ahead import ACTORS
from tests.running import Done


def test_a_label_holds_at_once_for_what_was_gathered_before(done: Done, tmp_path: Path) -> None:
    with Case.open(Path(shutil.copytree(done.folder, tmp_path / "case"))) as case:
        own = {m.id: m.item for m in case.store.mentions(case.eyes)}
        closed = {i.digest for i in case.items() if i.label == "restricted" or i.proposed_restricted}
        alone = next(
            a for a in case.actors()
            if len({own[m.mention] for m in a.members}) == 1 and own[a.members[0].mention] not in closed
            and a.kind == "person" and len(a.name) > 8
        )  # fmt: skip
        before = json.dumps(list(case.export("actors")), ensure_ascii=False)
        assert alone.name in before
        case.label(own[alone.members[0].mention], "restricted", reason="a witness asked for it")
        for kind in ("actors", "incidents", "origins", "contradictions", "claims", "mentions"):
            assert alone.name not in json.dumps(list(case.export(kind)), ensure_ascii=False), kind
        case.report(tmp_path / "dossier.html")
        assert alone.name not in (tmp_path / "dossier.html").read_text("utf-8")
        open_eyes = case.eyes.only_open()
        assert case.store.actors(open_eyes) is None, "nor do the lists of whoever sees open items alone tell of it"
        assert case.store.ask(open_eyes, listed.page, ACTORS, 5) == []
        assert case.actors(), "who sees the item sees what was gathered"
        case.incidents()
        assert alone.name not in {a.name for a in case.store.actors(open_eyes) or ()}


def test_a_group_is_told_by_what_is_seen_of_it(done: Done) -> None:
    with Case.open(done.folder, writing=False) as case:
        actors, mentions = case.actors(), case.store.mentions(case.eyes)
    assert still_seen(actors, mentions) == tuple(actors)
    group = max(actors, key=lambda a: (len(a.variants), a.id))
    gone = group.variants[-1]
    kept = [m for m in mentions if m.words != gone]
    (told,) = [
        a for a in still_seen(actors, kept) if {m.mention for m in a.members} & {m.mention for m in group.members}
    ]
    assert gone not in told.variants and gone != told.name
    assert {m.mention for m in told.members} == {m.mention for m in group.members} & {m.id for m in kept}
    assert still_seen(actors, []) == ()
