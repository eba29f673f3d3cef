"""Pages of lists and counts tell what the whole record tells, to everybody what he sees, after any deeds."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from probanda.access.eyes import OPEN, RESTRICTED, Eyes
from probanda.casework import undo
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import Family, Status
from probanda.reading.model import Unread
from probanda.store import tables as t
from probanda.store.model import ItemRow
from probanda.store.store import Store
from probanda.web.pages.items import line_of
from tests.store.desk import REPORT, TESTIMONY, Desk

KILLED = "the Northern Brigade killed twelve farmers"
DENIED = "The Northern Brigade denied that it had killed anyone."
OTHER = "The Northern Brigade killed the miller, farmers told the monitors. The mill of Tamrit burned.\n"


def of_one(store: Store, eyes: Eyes, row: ItemRow) -> dict[str, str]:
    """The facets of an item, from its own page and its claims."""
    states = [c.status for c in store.claims(eyes, item=row.digest) if c.family is Family.ACT]
    line = line_of(row)
    return {
        "kind": line.kind, "language": line.language, "label": line.label, "reading": line.reading,
        "review": "open" if Status.PROPOSED in states else "decided" if states else "",
        "year": line.dated[:4],
    }  # fmt: skip


def agrees(store: Store, eyes: Eyes) -> None:
    """Lists and counts are those of what is loaded whole."""
    items = store.items(eyes)
    facets = {row.digest: of_one(store, eyes, row) for row in items}
    counts = store.counts(eyes)
    assert counts.items == len(items)
    assert counts.unread == sum(i.text_digest is None for i in items)
    assert counts.restricted == sum(i.compartment != OPEN for i in items)
    seen = {row.digest for row in items}
    told = Counter(c.status for c in store.claims(eyes) if c.family is Family.ACT and c.item in seen)
    assert counts.claims == {status: told[status] for status in Status}
    chosen: list[dict[str, str]] = [{}]
    chosen += [{k: v} for one in facets.values() for k, v in one.items() if v]
    chosen += [{"label": one["label"], "review": one["review"]} for one in facets.values() if one["review"]]
    for narrowed in chosen:
        fits = [row for row in items if all(facets[row.digest][k] == v for k, v in narrowed.items())]
        found = store.listed(eyes, narrowed)
        assert [one.digest for one in found.items] == [one.digest for one in fits]
        assert found.count == len(fits)
        for name, values in found.facets.items():
            if name != "origin":
                rest = {k: v for k, v in narrowed.items() if k != name}
                want = Counter(one[name] for one in facets.values() if all(one[k] == v for k, v in rest.items()))
                assert dict(values) == {value: n for value, n in want.items() if value}
    decisions = store.decisions(eyes)[::-1]
    latest = store.latest(eyes, most=1000)
    assert [one.decision for one in latest] == decisions
    assert [one.decision.id for one in latest if one.undoable] == [d.id for d in undo.undoable(store, eyes)]


def several_eyes(desk: Desk) -> list[Eyes]:
    owner = desk.store.owner
    return [owner, owner.only_open(), owner.without(RESTRICTED), owner.without("witness"), owner.without(OPEN)]


def _step(desk: Desk, dice: random.Random, third: str) -> None:
    """One deed at random."""
    store, eyes = desk.store, desk.eyes
    item, claim = dice.choice(store.items(eyes)), dice.choice(store.claims(eyes))
    over = tuple(d.id for d in store.standing(eyes, claim.id))
    labelled = tuple(d.id for d in store.standing(eyes, item.digest, "label"))
    label = dice.choice(["internal", "public", "restricted", "witness"])
    quote = "The Northern Brigade killed the miller"
    deeds: list[Callable[[], object]] = [
        lambda: desk.settle(claim, dice.choice(["accept", "reject", "unsure"]), over=over),
        lambda: desk.decide("label", item.digest, labelled, label=label),
        lambda: undo.undo(store, eyes, dice.choice([d.id for d in undo.undoable(store, eyes)])),
        lambda: desk.add(dice.choice([REPORT, OTHER]), "again.txt", label),
        lambda: desk.read(third, OTHER, (quote,), language=dice.choice(["en", "fr"])),
        lambda: store.commit_unread(Unread(third, "It is a scanned page.", "Give it a transcript."), "text 1"),
    ]
    dice.choice(deeds)()


@pytest.mark.parametrize("seed", range(2))
def test_pages_tell_what_the_whole_record_tells_after_any_sequence_of_deeds(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - any sequence will do
    store = desk.store
    one, two = desk.add(REPORT, "report.txt"), desk.add(TESTIMONY, "words.txt")
    for digest, words, quotes in ((one, REPORT, (KILLED, DENIED)), (two, TESTIMONY, ())):
        desk.read(digest, words, quotes, **({"restricted_reason": "it speaks as I"} if digest == two else {}))
    three = desk.add(OTHER, "other.txt")
    for _ in range(14):
        desk.eyes = store.owner
        with contextlib.suppress(ProbandaError, IndexError, ValueError):  # what is refused changes nothing
            _step(desk, dice, three)
        agrees(store, dice.choice(several_eyes(desk)))
    assert store.verify() == []
    store.rebuild()
    for eyes in several_eyes(desk):
        agrees(store, eyes)


def test_pages_follow_one_another_without_a_gap(desk: Desk) -> None:
    digests = [desk.add(f"Report {n} of Tamrit.", f"{n}.txt", "restricted" if n % 3 else "internal") for n in range(9)]
    desk.eyes = desk.store.owner
    for eyes, want in ((desk.eyes, digests), (desk.eyes.only_open(), digests[::3])):
        found: list[str] = []
        after, more = "", True
        while more:
            page = desk.store.listed(eyes, {}, after, 2)
            found += [one.digest for one in page.items]
            after, more = page.items[-1].number, page.more
        assert found == want
    numbers = {row.digest: row.number for row in desk.store.items(desk.eyes)}
    hidden = desk.store.listed(desk.eyes.only_open(), {}, numbers[digests[1]], 2)
    assert [one.digest for one in hidden.items] == digests[:4:3]  # as if there were no such number
    log: list[str] = []
    while page := desk.store.latest(desk.eyes, log[-1] if log else "", 4):
        log += [one.decision.id for one in page]
    assert log == [d.id for d in desk.store.decisions(desk.eyes)][::-1]


def test_a_count_that_was_changed_by_hand_is_found_and_counted_anew(desk: Desk) -> None:
    digest = desk.add(REPORT, "report.txt")
    desk.read(digest, REPORT, (KILLED,))
    for table, column in ((t.tally, "held"), (t.listed, "proposed"), (t.listed, "of_text")):
        with desk.store._writing() as connection:
            connection.execute(update(table).values(**{column: 7}))
        assert next((fault.what, fault.severity) for fault in desk.store.verify()) == ("row", 41)
        desk.store.rebuild()
        assert desk.store.verify() == []
        desk.read(digest, REPORT, (KILLED,))


def test_a_folder_without_tallies_is_counted_when_it_is_opened(desk: Desk, tmp_path: Path) -> None:
    digest = desk.add(REPORT, "report.txt")
    desk.read(digest, REPORT, (KILLED,))
    folder = desk.store.folder
    with desk.store._writing() as connection:
        for statement in (
            "DROP TABLE listed", "DROP TABLE tally", "DROP INDEX decision_place",
            "UPDATE alembic_version SET version_num = '0008'",
        ):  # fmt: skip
            connection.exec_driver_sql(statement)
    desk.store.close()
    with Store.open(folder, writing=True) as store:
        agrees(store, store.owner)
        assert store.verify() == []
