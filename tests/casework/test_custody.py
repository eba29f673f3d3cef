"""Custody: lines are only added, what is missing says so, and originals leave a line before they leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import custody
from probanda.casework.undo import undo, undoable
from probanda.kernel.errors import ItemAltered, NotFound, ProbandaError, WrongUsage
from probanda.store.model import CustodyEvent, Deed
from probanda.store.store import Store
from tests.casework.typing_in import typed
from tests.store.desk import REPORT, TESTIMONY, Desk, settings

FACTS = {"collector": "T. Mirel", "source": "the clinic of Tamrit", "acquired_at": "2031-05-03T14:30+02:00"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The owner of a new case, opened for writing."""
    with Store.create(tmp_path / "case", settings(), "Ada Lorin") as store:
        yield Desk(store, store.owner)


@pytest.fixture
def item(desk: Desk) -> str:
    """An item whose registration says no more than a folder does."""
    return desk.add(REPORT, "report.txt")


def row_of(desk: Desk, item: str) -> dict[str, object]:
    """The last line of custody as JSON prints it."""
    return custody.line_row(custody.chain(desk.store, desk.eyes, item)[-1], desk.store.users())


def test_a_registration_is_the_first_line_and_says_what_nobody_stated(desk: Desk, item: str) -> None:
    (line,) = custody.chain(desk.store, desk.eyes, item)
    assert (line.what, line.at, line.who) == ("received", "2031-06-01T08:00:00.000Z", "Ada Lorin")
    assert line.giver is None and line.receiver is None and line.where is None
    assert "KRV-0001" in (line.note or "")


@pytest.mark.parametrize("what", list(CustodyEvent))
def test_each_event_of_custody_can_be_recorded_with_all_that_is_known_of_it(desk: Desk, item: str, what: str) -> None:
    told = {"giver": "T. Mirel", "receiver": "the safe", "where": "Tamrit", "method": "by hand", "note": "sealed bag 7"}
    custody.add(desk.store, desk.eyes, "KRV-0001", what, at="2031-05-03T14:30+02:00", who="O. Sand", **told)
    row = row_of(desk, item)
    wanted = {"what": what, "at": "2031-05-03T14:30+02:00", "who": "O. Sand", "from": "T. Mirel", "to": "the safe"}
    wanted |= {"where": "Tamrit", "method": "by hand", "note": "sealed bag 7", "recorded_by": "Ada Lorin"}
    assert row == row | wanted
    assert desk.store.verify() == []


def test_what_is_not_said_of_a_line_is_null_and_never_a_guess(desk: Desk, item: str) -> None:
    custody.add(desk.store, desk.eyes, item, "moved", who="  ")
    row = row_of(desk, item)
    assert [key for key, value in row.items() if value is None] == [
        "at",
        "who",
        "from",
        "to",
        "where",
        "method",
        "note",
    ]


@pytest.mark.parametrize("at", ["2031", "2031-05", "2031-05-03", "2031-05-03T14:30+02:00", "2031-05-03T14:30:05Z"])
def test_a_time_is_kept_as_it_was_said(desk: Desk, item: str, at: str) -> None:
    custody.add(desk.store, desk.eyes, item, "moved", at=at)
    assert row_of(desk, item)["at"] == at


@pytest.mark.parametrize(
    "at", ["2031-13", "yesterday", "2031-05-03 14:30", "03.05.2031", "2031-02-30", "2031-05-03T25:00Z"]
)
def test_what_is_no_time_is_refused_and_nothing_recorded(desk: Desk, item: str, at: str) -> None:
    with pytest.raises(WrongUsage, match="is no time"):
        custody.add(desk.store, desk.eyes, item, "moved", at=at)
    assert len(custody.chain(desk.store, desk.eyes, item)) == 1


def test_a_time_of_day_without_its_offset_is_told_apart() -> None:
    assert custody.offset_missing("2031-05-03T14:30")
    assert not custody.offset_missing("2031-05-03T14:30Z")
    assert not custody.offset_missing("2031-05-03")
    assert not custody.offset_missing(None)


def test_an_event_nobody_knows_and_an_item_nobody_has_are_refused(desk: Desk, item: str) -> None:
    with pytest.raises(WrongUsage, match="lost"):
        custody.add(desk.store, desk.eyes, item, "lost")
    with pytest.raises(NotFound):
        custody.add(desk.store, desk.eyes, "KRV-0099", "moved")


def test_a_line_taken_back_stays_to_be_seen(desk: Desk, item: str) -> None:
    wrong = custody.add(desk.store, desk.eyes, item, "moved", receiver="the wrong safe")
    custody.add(desk.store, desk.eyes, item, "moved", receiver="the safe")
    undo(desk.store, desk.eyes, wrong[:8], "another bag")
    lines = custody.chain(desk.store, desk.eyes, item)
    assert [(line.receiver, line.stands) for line in lines[1:]] == [("the wrong safe", False), ("the safe", True)]
    with pytest.raises(ProbandaError, match="undone already"):
        undo(desk.store, desk.eyes, wrong)
    assert desk.store.verify() == []


def test_facts_stated_later_are_shown_beside_what_was_registered(desk: Desk, item: str) -> None:
    first = custody.state(desk.store, desk.eyes, item, {**FACTS, "collector": "T. Mirell"})
    custody.state(desk.store, desk.eyes, item, {"collector": "T. Mirel"}, "a slip of the pen")
    (one,) = custody.acquisitions(desk.store, desk.eyes, item)
    facts = {fact.name: fact for fact in one.facts}
    assert (facts["collector"].registered, facts["collector"].value) == ("Ada", "T. Mirel")
    assert (facts["source"].registered, facts["source"].value) == (None, "the clinic of Tamrit")
    assert one.missing == ("settings", "conditions")
    row = desk.store.item(desk.eyes, item)
    assert (row.collector, row.source, row.acquired_at) == ("T. Mirel", *list(FACTS.values())[1:])
    assert first in {d.id for d in desk.store.decisions(desk.eyes, item)}
    assert desk.store.acquisitions_of(desk.eyes, item)[0].collector == "Ada", "the registration itself stays"


def test_when_a_statement_is_taken_back_the_one_before_shows_again(desk: Desk, item: str) -> None:
    custody.state(desk.store, desk.eyes, item, {"collector": "T. Mirel"})
    second = custody.state(desk.store, desk.eyes, item, {"collector": "nobody", "conditions": "as a lead only"})
    undo(desk.store, desk.eyes, second)
    row = desk.store.item(desk.eyes, item)
    assert (row.collector, row.conditions) == ("T. Mirel", None)


def test_of_two_acquisitions_the_number_says_which_is_meant(desk: Desk, item: str) -> None:
    desk.add(REPORT, "again.txt")
    custody.state(desk.store, desk.eyes, "KRV-0002", {"source": "a neighbour"})
    first, second = custody.acquisitions(desk.store, desk.eyes, item)
    assert "source" in first.missing and "source" not in second.missing


def test_nothing_stated_and_unknown_facts_are_refused(desk: Desk, item: str) -> None:
    with pytest.raises(WrongUsage, match="Nothing"):
        custody.state(desk.store, desk.eyes, item, {"collector": None, "source": " "})
    with pytest.raises(WrongUsage, match="colour"):
        custody.state(desk.store, desk.eyes, item, {"colour": "red"})


def test_custody_of_a_restricted_item_is_behind_its_wall(desk: Desk) -> None:
    closed = desk.add(TESTIMONY, "testimony.txt", "restricted")
    custody.add(desk.store, desk.eyes, closed, "moved", receiver="the safe")
    custody.state(desk.store, desk.eyes, closed, FACTS)
    clerk = desk.store.eyes(desk.store.add_user(desk.eyes, "Clerk"))
    with pytest.raises(NotFound):
        custody.chain(desk.store, clerk, closed)
    assert not any(d.subject == closed for d in desk.store.decisions(clerk))
    assert undoable(desk.store, clerk) == []


def test_an_original_is_logged_as_viewed_before_a_byte_leaves(desk: Desk, item: str, tmp_path: Path) -> None:
    out = tmp_path / "out" / "report.txt"
    custody.original(desk.store, desk.eyes, item, out, "to show it to counsel")
    assert out.read_text("utf-8") == REPORT
    assert [path.name for path in out.parent.iterdir()] == ["report.txt"]
    line = custody.chain(desk.store, desk.eyes, item)[-1]
    (d,) = [d for d in desk.store.decisions(desk.eyes, item) if d.id == line.decision]
    assert (line.what, line.who, d.reason) == ("viewed", "Ada Lorin", "to show it to counsel")


def test_an_original_that_cannot_be_written_has_left_its_line_and_nothing_else(
    desk: Desk, item: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(ProbandaError, match="could not be written"):
        custody.original(desk.store, desk.eyes, item, tmp_path / "file" / "report.txt", "for counsel")
    assert custody.chain(desk.store, desk.eyes, item)[-1].what == "viewed"


def test_no_original_without_a_reason_over_a_file_or_with_other_bytes(desk: Desk, item: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="reason"):
        custody.original(desk.store, desk.eyes, item, tmp_path / "report.txt", " ")
    (tmp_path / "there.txt").write_text("kept", "utf-8")
    with pytest.raises(WrongUsage, match="there already"):
        custody.original(desk.store, desk.eyes, item, tmp_path / "there.txt", "for counsel")
    path = desk.store.vault.path_of(item)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    with pytest.raises(ItemAltered):
        custody.original(desk.store, desk.eyes, item, tmp_path / "report.txt", "for counsel")
    assert not (tmp_path / "report.txt").exists() and (tmp_path / "there.txt").read_text("utf-8") == "kept"
    assert len(custody.chain(desk.store, desk.eyes, item)) == 1


def test_what_the_program_itself_gave_out_is_a_fact_that_nobody_takes_back(
    desk: Desk, item: str, tmp_path: Path
) -> None:
    custody.original(desk.store, desk.eyes, item, tmp_path / "report.txt", "for counsel")
    line = custody.chain(desk.store, desk.eyes, item)[-1].decision
    with pytest.raises(WrongUsage, match="records a fact"):
        undo(desk.store, desk.eyes, line)
    with pytest.raises(WrongUsage, match="records a fact"):  # nor past this room
        desk.store.record(desk.eyes, [Deed(kind="withdraw", subject=line, payload={})])
    assert line not in {d.id for d in undoable(desk.store, desk.eyes)}


def test_undoing_a_label_closes_again_what_had_followed_it(tmp_path: Path) -> None:
    with Case.new(tmp_path / "case", prefix="KRV", name="Ada Lorin") as case:
        desk = Desk(case.store, case.eyes)
        letter = desk.add(REPORT, "letter.eml", "restricted")
        told = {
            "size": len(TESTIMONY),
            "media_type": "text/plain",
            "name": "letter.eml/annex.txt",
            "label": "restricted",
        }
        annex = desk.add(TESTIMONY, "annex.txt", "restricted")
        other = desk.store.vault.preserve(BytesIO(b"an annex")).digest
        told |= {"received_at": "2031-06-01T08:00:00.000Z", "parent": letter}
        desk.decide("register", other, (), **told)
        case.label(letter, "internal", reason="consent")
        assert case.store.item(case.eyes, other).label == "internal"
        (label,) = [d for d in case.store.decisions(case.eyes, letter) if d.kind == "label"]
        done = undo(case.store, case.eyes, label.id, "consent withdrawn")
        assert [d.subject for d in done.followed] == [other]
        assert {case.store.item(case.eyes, one).label for one in (letter, other, annex)} == {"restricted"}
        assert case.verify() == []


def test_what_stands_on_a_decision_is_named_and_nothing_is_done(desk: Desk, item: str) -> None:
    first = desk.decide("label", item, (), label="restricted")
    second = desk.decide("label", item, (first,), label="internal")
    with pytest.raises(ProbandaError, match=second):
        undo(desk.store, desk.eyes, first)
    undo(desk.store, desk.eyes, second)
    undo(desk.store, desk.eyes, first)
    assert desk.store.item(desk.eyes, item).label == "internal"


def test_an_undoing_can_be_undone_and_unknown_ones_are_not_found(desk: Desk, item: str) -> None:
    label = desk.decide("label", item, (), label="restricted")
    undo(desk.store, desk.eyes, label)
    back = next(d for d in undoable(desk.store, desk.eyes) if d.kind == "withdraw")
    undo(desk.store, desk.eyes, back.id)
    assert desk.store.item(desk.eyes, item).label == "restricted"
    with pytest.raises(NotFound):
        undo(desk.store, desk.eyes, "0" * 32)
    with pytest.raises(WrongUsage, match="records a fact"):
        undo(desk.store, desk.eyes, desk.store.decisions(desk.eyes, item)[0].id)


def test_the_commands_say_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    folder = tmp_path / "case"
    Case.new(folder, prefix="MAR").close()
    typed(folder, "add", tmp_path / "report.txt")
    typed(folder, "custody", "add", "MAR-0001", "moved", "--at", "2031-05-03T14:30", "--by", "T. Mirel")
    typed(folder, "custody", "set", "MAR-0001", "--source", "a clinic")
    said = typed(folder, "custody", "list", "MAR-0001").stdout
    assert "2031-05-03T14:30 (offset not stated)" in said and "collector   not stated" in said
    assert "a clinic  (stated by" in said and "registered: not stated" in said
    (told,) = map(json.loads, typed(folder, "custody", "list", "MAR-0001", "--json").stdout.splitlines())
    assert told["custody"][1]["where"] is None and "collector" in told["acquisitions"][0]["missing"]
    (row,) = map(json.loads, typed(folder, "items", "--json").stdout.splitlines())
    assert row["source"] == "a clinic"


def test_all_of_it_follows_from_the_decisions_alone(desk: Desk, item: str) -> None:
    line = custody.add(desk.store, desk.eyes, item, "moved", receiver="the safe")
    custody.state(desk.store, desk.eyes, item, FACTS)
    undo(desk.store, desk.eyes, line)
    before = desk.store.dump(), custody.chain(desk.store, desk.eyes, item), desk.store.items(desk.eyes)
    desk.store.rebuild()
    assert (desk.store.dump(), custody.chain(desk.store, desk.eyes, item), desk.store.items(desk.eyes)) == before
    assert desk.store.verify() == []
