"""Folders that worked apart are joined: nothing renumbered, nothing lost, and it does not matter who joins whom."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import joining
from probanda.casework.bundle import bundle
from probanda.casework.check import verify_folder
from probanda.kernel.errors import CaseInUse, RecordAltered, WrongUsage
from probanda.store.errors import SeveralItems
from probanda.store.joining import CannotJoin, Forked, Part

pytestmark = pytest.mark.slow  # reads texts first

SHELLED = "Soldiers of the Third Brigade shelled Orvane on 3 May 2031. Five people were killed, a nurse said.\n"
BURNED = "The village of Tessal was burned on 9 June 2031. Militiamen shot two farmers, residents said.\n"
TAKEN = "On 11 July 2031 policemen arrested a teacher in Dormo, his brother said. He was beaten in the station.\n"

Deeds = Callable[[Case], object]


def make(folder: Path, prefix: str = "MAR", **texts: str) -> Path:
    """A closed case with these texts, read."""
    with Case.new(folder, situation="Marsafa", prefix=prefix, name="Ada") as case:
        put(case, folder.with_name(f"{folder.name}-files"), **texts)
    return folder


def put(case: Case, files: Path, **texts: str) -> None:
    files.mkdir(exist_ok=True)
    for name, words in texts.items():
        (files / f"{name}.txt").write_text(words)
    case.add([files])
    case.read()


def apart(folder: Path, name: str, prefix: str) -> Path:
    """A copy that works apart from now on."""
    copy = folder.with_name(name)
    shutil.copytree(folder, copy)
    with Case.open(copy) as case:
        case.store.start_log(case.eyes, prefix, "goes north")
    return copy


def import_into(folder: Path, source: Path) -> joining.Imported:
    with Case.open(folder) as case:
        return joining.take_in_case(case.store, case.eyes, source)


def state(folder: Path) -> bytes:
    """The record as it stands after all was read and gathered; a fault ends the test."""
    with Case.open(folder) as case:
        case.read()
        case.incidents()
        case.matrix()
        told = case.store.dump(log=False)
    proof = verify_folder(folder)
    assert proof.faults == ()
    return told


def both_ways(one: Path, other: Path) -> tuple[Path, Path]:
    """One with the other in it, and the other with the one in it; the folders themselves stay as they were."""
    into_one, into_other = one.with_name(f"{one.name}+"), other.with_name(f"{other.name}+")
    shutil.copytree(one, into_one)
    shutil.copytree(other, into_other)
    import_into(into_one, other)
    import_into(into_other, one)
    return into_one, into_other


def with_deeds(folder: Path, *deeds: Deeds) -> None:
    with Case.open(folder) as case:
        for deed in deeds:
            deed(case)


def claim_of(case: Case, act: str) -> str:
    return next(claim.id for claim in case.claims() if act in claim.act)


def test_it_does_not_matter_who_joins_whom_nor_how_often(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED, b=BURNED)
    two = apart(one, "two", "MARN")
    with Case.open(one) as case:
        case.accept(claim_of(case, "shelled"))
        case.label("b.txt", "restricted")
        put(case, tmp_path / "more", c=TAKEN)
        case.store.add_user(case.eyes, "Ben")
    with Case.open(two) as case:
        case.reject(claim_of(case, "burned"), reason="it says nothing of who")
        put(case, tmp_path / "north", d=TAKEN.replace("Dormo", "Sella"), e="Nothing of note happened in Orvane.\n")
        case.undo(claim_of(case, "burned"))
    ours, theirs = both_ways(one, two)
    assert state(ours) == state(theirs)
    before = state(ours)
    assert import_into(ours, theirs).entries == 1  # that the other joined us
    assert import_into(ours, two).entries == 0
    assert state(ours) == before
    with Case.open(ours, writing=False) as case:
        numbers = ["MAR-0001", "MAR-0002", "MAR-0003", "MARN-0001", "MARN-0002"]
        assert sorted(row.number for row in case.items()) == numbers
        assert [one.own for one in case.store.logs()] == [True, False]


def test_cases_that_never_knew_each_other_can_be_joined_and_numbers_given_twice_are_told_apart(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", b=BURNED, a=SHELLED)
    ours, theirs = both_ways(one, two)
    assert state(ours) == state(theirs)
    with Case.open(ours) as case:
        numbers = {row.number for row in case.items()}
        assert {number.partition("@")[0] for number in numbers} <= {"MAR-0001", "MAR-0002"}
        marked = [number for number in numbers if "@" in number]
        assert [case.store.item(case.eyes, number).number for number in marked] == marked
        if marked:
            with pytest.raises(SeveralItems, match="MAR-0001@"):
                case.store.item(case.eyes, "MAR-0001")
        assert case.store.owner.user in case.store.users()
        put(case, tmp_path / "later", c=TAKEN)
        assert case.store.item(case.eyes, "c.txt").number == "MAR-0003"


def test_two_who_decide_one_claim_otherwise_leave_a_conflict_that_a_decision_over_both_settles(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two = apart(one, "two", "MARN")
    with_deeds(one, lambda case: case.accept(claim_of(case, "shelled")))
    with_deeds(two, lambda case: case.reject(claim_of(case, "shelled"), reason="no"))
    ours, theirs = both_ways(one, two)
    assert state(ours) == state(theirs)
    with Case.open(ours) as case:
        (found,) = joining.conflicts(case.store, case.eyes)
        claim = case.store.claim(case.eyes, found.subject)
        assert (found.kind, str(claim.status), "conflict" in claim.flags) == ("claim", "unsure", True)
        assert {one.payload["verdict"] for one in found.decisions} == {"accept", "reject"}
        case.accept(found.subject, reason="we talked")
        assert joining.conflicts(case.store, case.eyes) == []
        assert str(case.store.claim(case.eyes, found.subject).status) == "checked"
    import_into(theirs, ours)
    assert state(theirs) == state(ours)


def test_two_who_decide_alike_are_an_agreement_and_no_conflict(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two = apart(one, "two", "MARN")
    for folder, who in ((one, "Ben"), (two, "Cleo")):
        with Case.open(folder) as case:
            case.store.add_user(case.eyes, who, ["restricted"])
        with Case.open(folder, user=who) as case:
            case.accept(claim_of(case, "shelled"))
    ours, _ = both_ways(one, two)
    with Case.open(ours, writing=False) as case:
        assert joining.conflicts(case.store, case.eyes) == []
        (agreed,) = case.store.conflicts(case.eyes)
        assert agreed.agreed
        claim = case.store.claim(case.eyes, agreed.subject)
        assert (str(claim.status), claim.flags) == ("checked", ("checked-by-several",))


def test_of_two_labels_the_stricter_holds_until_somebody_settles_it(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two = apart(one, "two", "MARN")
    with_deeds(one, lambda case: case.label("a.txt", "public"))
    with_deeds(two, lambda case: case.label("a.txt", "restricted"))
    ours, theirs = both_ways(one, two)
    assert state(ours) == state(theirs)
    with Case.open(ours) as case:
        assert case.store.item(case.eyes, "a.txt").label == "restricted"
        assert case.store.items(case.eyes.only_open()) == []
        assert [one.kind for one in joining.conflicts(case.store, case.eyes)] == ["label"]
        case.label("a.txt", "internal")
        assert case.store.item(case.eyes, "a.txt").label == "internal"
        assert joining.conflicts(case.store, case.eyes) == []


def test_a_decision_undone_there_and_decided_over_here_is_shown(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    with Case.open(one) as case:
        claim = claim_of(case, "shelled")
        case.accept(claim)
    two = apart(one, "two", "MARN")
    with_deeds(one, lambda case: case.undo(claim))
    with_deeds(two, lambda case: case.correct(claim, {"places": "Orvane"}))
    ours, theirs = both_ways(one, two)
    assert state(ours) == state(theirs)
    with Case.open(ours) as case:
        (found,) = joining.conflicts(case.store, case.eyes)
        assert (found.kind, [one.kind for one in found.decisions]) == ("undone", ["withdraw", "settle"])
        assert str(case.store.claim(case.eyes, claim).status) == "corrected"


def test_three_who_worked_apart_come_to_one_record_in_any_order(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two, three = apart(one, "two", "MARN"), apart(one, "three", "MARS")
    for folder, words in ((two, BURNED), (three, TAKEN)):
        with Case.open(folder) as case:
            put(case, tmp_path / f"{folder.name}-more", **{folder.name: words})
            case.accept(claim_of(case, "shelled"))
    first, second = tmp_path / "first", tmp_path / "second"
    shutil.copytree(one, first)
    shutil.copytree(three, second)
    import_into(first, two)
    import_into(first, three)
    import_into(two, one)
    import_into(second, two)
    assert state(first) == state(second)
    with Case.open(first, writing=False) as case:
        assert len(case.store.logs()) == 3


def test_a_copy_that_went_on_with_the_same_log_is_a_fork_and_nothing_is_taken(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two = tmp_path / "two"
    shutil.copytree(one, two)
    for folder, words in ((one, BURNED), (two, TAKEN)):
        with Case.open(folder) as case:
            put(case, tmp_path / f"{folder.name}-more", **{folder.name: words})
    with Case.open(one) as case:
        before = case.store.dump()
        with pytest.raises(Forked, match="entry"):
            joining.take_in_case(case.store, case.eyes, two)
        assert case.store.dump() == before
    assert verify_folder(one).faults == ()


def test_an_older_copy_takes_in_what_its_own_log_went_on_to_say(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    older = tmp_path / "older"
    shutil.copytree(one, older)
    with Case.open(one) as case:
        put(case, tmp_path / "more", b=BURNED)
    import_into(older, one)
    assert state(older) == state(one)


def test_what_does_not_verify_or_is_in_use_or_is_nothing_is_refused(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", b=BURNED)
    with Case.open(one) as case:
        before = case.store.dump()
        with Case.open(two), pytest.raises(CaseInUse):
            joining.take_in_case(case.store, case.eyes, two)
        with pytest.raises(WrongUsage, match="neither a case folder nor a bundle"):
            joining.take_in_case(case.store, case.eyes, tmp_path)
        with pytest.raises(WrongUsage, match="into itself"):
            joining.take_in_case(case.store, case.eyes, one)
        item = next((two / "vault").glob("??/*"))
        item.chmod(0o644)
        item.write_bytes(b"other bytes")
        with pytest.raises(RecordAltered, match="Nothing was imported"):
            joining.take_in_case(case.store, case.eyes, two)
        assert case.store.dump() == before


def test_a_copy_begins_a_log_of_its_own_and_cannot_go_on_with_the_old_one(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    two = apart(one, "two", "MARN")
    assert verify_folder(two).faults == ()
    with Case.open(one, writing=False) as case:
        old, keys = case.store.settings.log, case.store.public_keys()
    with Case.open(two, writing=False) as case:
        own, other = sorted(case.store.logs(), key=lambda one: not one.own)
        assert (own.prefix, other.log, other.prefix) == ("MARN", old, "MAR")
        assert case.store.public_keys() != keys
        (begun,) = [one for one in case.store.decisions(case.eyes) if one.kind == "join"]
        assert (begun.subject, begun.payload["size"]) == (old, other.size)
    assert (one / "keys" / "log.key").read_bytes() != (two / "keys" / "log.key").read_bytes()


def test_a_bundle_comes_in_with_its_proofs_and_the_whole_folder_completes_it_later(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED, c=TAKEN)
    with Case.open(two) as case:
        case.accept(claim_of(case, "burned"))
        case.undo(claim_of(case, "burned"))
        case.accept(claim_of(case, "shot"))
        case.label("c.txt", "restricted")
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    done = import_into(one, tmp_path / "bundle")
    assert (done.kind, done.logs[0].whole, len(done.conflicts)) == ("bundle", False, 0)
    state(one)
    with Case.open(one, writing=False) as case:
        assert [row.number for row in case.items()] == ["MAR-0001", "NOR-0001"]
        assert str(case.store.claim(case.eyes, claim_of(case, "shot")).status) == "checked"
    assert import_into(one, tmp_path / "bundle").entries == 0
    import_into(one, two)
    assert verify_folder(one).faults == ()
    with Case.open(one, writing=False) as case:
        assert all(log.whole for log in case.store.logs())
        assert len(case.items()) == 3


def test_a_bundle_of_a_log_that_was_joined_whole_adds_what_is_newer(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED)
    import_into(one, two)
    with Case.open(two) as case:
        put(case, tmp_path / "more", c=TAKEN)
        bundle(case.store, case.eyes, ["c.txt"], tmp_path / "bundle")
    assert import_into(one, tmp_path / "bundle").entries > 0
    state(one)
    import_into(one, two)
    assert verify_folder(one).faults == ()


def test_a_bundle_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED)
    with Case.open(two) as case:
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    entries = tmp_path / "bundle" / "log" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes().replace(b"b.txt", b"x.txt"))
    with pytest.raises(RecordAltered, match="Nothing was imported"):
        import_into(one, tmp_path / "bundle")
    assert verify_folder(one).faults == ()


def test_a_proof_that_was_changed_afterwards_is_named(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED)
    with Case.open(two) as case:
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    import_into(one, tmp_path / "bundle")
    with Case.open(one) as case, case.store._writing() as connection:
        connection.exec_driver_sql("UPDATE proof SET path = '[]' WHERE n = (SELECT max(n) FROM proof)")
    assert any("does not lead to the checkpoint" in fault.problem for fault in verify_folder(one).faults)


def test_a_run_cut_off_before_the_log_files_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED)

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("probanda.store.logfile.rewrite", killed)
        case = Case.open(one)
        with pytest.raises(Killed):
            joining.take_in_case(case.store, case.eyes, two)
        case.store._engine.dispose()
        assert case.store._lock is not None
        case.store._lock.free()
    with Case.open(one):
        pass
    assert verify_folder(one).faults == ()
    assert import_into(one, two).entries == 0


def test_a_log_whose_whole_and_newer_parts_cannot_be_put_together_is_refused(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", "NOR", b=BURNED)
    with Case.open(two) as case:
        put(case, tmp_path / "more", c=TAKEN)
        bundle(case.store, case.eyes, ["c.txt"], tmp_path / "bundle")
    with Case.open(one) as case:
        joining.take_in_case(case.store, case.eyes, tmp_path / "bundle")
        parts = case.store.parts()
        part = next(part for part in parts if part.log != case.store.settings.log)
        bare = type(part)(part.log, {10**6: "ab" * 32}, [], [], {})
        with pytest.raises(CannotJoin, match="not all here"):
            case.store.take_over(case.eyes, [bare], {"from": "folder"})


def test_a_bundle_cannot_open_what_is_closed_here(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED, b=BURNED), make(tmp_path / "two", "NOR", b=BURNED)
    with Case.open(one) as case:
        case.label("b.txt", "restricted")
    with Case.open(two) as case:
        case.label("b.txt", "public")
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    assert import_into(one, tmp_path / "bundle").left == 1
    state(one)
    with Case.open(one, writing=False) as case:
        assert case.store.item(case.eyes, "b.txt").label == "restricted"
        assert [row.names for row in case.store.items(case.eyes.only_open())] == [("a.txt",)]


def test_a_bundle_that_decides_over_what_was_decided_here_brings_both(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    with Case.open(one) as case:
        case.accept(claim_of(case, "shelled"))
    two = apart(one, "two", "MARN")
    with Case.open(two) as case:
        case.reject(claim_of(case, "shelled"))
        bundle(case.store, case.eyes, ["a.txt"], tmp_path / "bundle")
    with Case.open(one) as case:
        before = case.store.dump()
    done = import_into(one, tmp_path / "bundle")  # it brings the decision that it replaces, so that all can be seen
    assert done.entries > 0
    with Case.open(one) as case:
        assert case.store.dump() != before
        assert str(case.store.claim(case.eyes, claim_of(case, "shelled")).status) == "rejected"


def test_a_bundle_that_reaches_for_decisions_it_does_not_bring_is_refused(tmp_path: Path) -> None:
    row = {"id": "a" * 32, "n": 0, "kind": "settle", "subject": "b" * 64, "over": f'["{"c" * 32}"]'}
    with pytest.raises(WrongUsage, match="does not bring"):
        joining._refuse_reaching(tmp_path, [Part("d" * 32, {}, [row], [])])
    joining._refuse_reaching(tmp_path, [Part("d" * 32, {}, [row, row | {"id": "c" * 32, "over": "[]"}], [])])


def test_what_a_folder_opens_is_named(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    with Case.open(one) as case:
        case.label("a.txt", "restricted")
    two = apart(one, "two", "MARN")
    with Case.open(two) as case:
        case.label("a.txt", "internal")
    assert import_into(one, two).opened == ("MAR-0001",)


def test_a_bundle_out_of_a_joined_case_passes_its_own_script(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", a=SHELLED), make(tmp_path / "two", b=BURNED, c=SHELLED)
    three = apart(one, "three", "MARS")
    with_deeds(one, lambda case: case.accept(claim_of(case, "shelled")))
    with_deeds(three, lambda case: case.reject(claim_of(case, "shelled"), reason="no"))
    import_into(one, two)
    import_into(one, three)
    with Case.open(one) as case:
        case.read()
        assert joining.conflicts(case.store, case.eyes)
        assert any("@" in row.number for row in case.items())
        bundle(case.store, case.eyes, [row.digest for row in case.items()], tmp_path / "bundle")
    with Case.new(tmp_path / "other", situation="Elsewhere") as case:
        assert joining.take_in_case(case.store, case.eyes, tmp_path / "bundle").entries > 0
    state(tmp_path / "other")


def test_an_older_copy_refuses_a_bundle_of_what_its_own_log_went_on_to_say(tmp_path: Path) -> None:
    one = make(tmp_path / "one", a=SHELLED)
    older = tmp_path / "older"
    shutil.copytree(one, older)
    with Case.open(one) as case:
        put(case, tmp_path / "more", b=BURNED)
        bundle(case.store, case.eyes, ["b.txt"], tmp_path / "bundle")
    with pytest.raises(CannotJoin, match="older copy"):
        import_into(older, tmp_path / "bundle")
    assert verify_folder(older).faults == ()
    assert not (older / "tmp" / "taking-in").exists()


def test_a_log_whose_name_is_a_path_is_refused(tmp_path: Path) -> None:
    with Case.open(make(tmp_path / "one", a=SHELLED)) as case, pytest.raises(CannotJoin, match="no name of a log"):
        case.store.compare([Part("../x", {}, [], [])])
