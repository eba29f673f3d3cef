"""Two users can destroy words and bytes; that they existed stays, and everything still verifies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import backup, custody, destroying, joining, users
from probanda.casework.bundle import bundle
from probanda.casework.check import verify_folder
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage

pytestmark = pytest.mark.slow  # reads texts first

WITNESS = "Nadira Velun"
TOLD = f"{WITNESS} said that soldiers of the Third Brigade killed her brother in Orvane on 3 May 2031.\n"
OTHER = "Soldiers of the Third Brigade shelled Tessal on 4 May 2031, residents said. Two people were killed.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case with a statement, a claim of it settled with a reason, a report, and two users with keys."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "statement.txt").write_text(TOLD)
    (files / "report.txt").write_text(OTHER)
    with Case.new(tmp_path / "case", situation="Marsafa", prefix="MAR", name="Ada") as case:
        case.add([files])
        case.read()
        users.added(case.store, case.eyes, "Ben", clearances=["restricted"])
        for name in ("Ada", "Ben"):
            users.give_key(case.store, case.eyes, name)
        claim = next(one for one in case.claims() if one.item == case.store.item(case.eyes, "statement.txt").digest)
        case.correct(claim.id, {"victims": "her brother"}, reason=f"{WITNESS} told me so")
        custody.add(case.store, case.eyes, "statement.txt", "received", giver=WITNESS)
        case.incidents()
        case.matrix()
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path) -> Iterator[Case]:
    """The case, open for its owner."""
    with Case.open(folder) as case:
        yield case


def ben(case: Case) -> Case:
    """The same case, as the other user."""
    return Case(case.store, user="Ben")


def destroy(case: Case, target: str, *, with_custody: bool = False) -> destroying.Destroyed:
    """Ask as the owner, confirm as the other."""
    asked = destroying.ask(case.store, case.eyes, target, "consent withdrawn", with_custody=with_custody)
    return destroying.confirm(case.store, ben(case).eyes, asked.id[:8], "the letter was checked")


def everything_in(folder: Path) -> bytes:
    """Every byte of a closed folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_bytes_and_every_quote_of_them_are_gone_from_the_whole_folder_and_it_still_verifies(folder: Path) -> None:
    before = verify_folder(folder)
    assert WITNESS.encode() in everything_in(folder)
    with Case.open(folder) as case:
        destroy(case, "statement.txt", with_custody=True)
        case.incidents()
        case.matrix()
    assert WITNESS.encode() not in everything_in(folder)
    after = verify_folder(folder)
    assert (after.faults, after.items) == ((), before.items - 1)
    with Case.open(folder, writing=False) as case:
        row = case.store.item(case.eyes, "MAR-0002" if case.items()[0].destroyed is None else "MAR-0001")
        assert row.destroyed is not None
        assert row.names == ("(words destroyed)",)
        assert "destroyed" in (row.unread_reason or "")
        assert all(claim.item != row.digest for claim in case.claims())
        assert case.search("Velun") == []


def test_file_names_and_custody_stay_unless_asked_for(folder: Path) -> None:
    with Case.open(folder) as case:
        destroy(case, "statement.txt")
        assert case.store.item(case.eyes, "statement.txt").destroyed is not None
        lines = custody.chain(case.store, case.eyes, "statement.txt")
        assert WITNESS in [line.giver for line in lines]
    assert verify_folder(folder).faults == ()


def test_the_words_of_one_entry_can_be_destroyed_and_the_item_stays(folder: Path) -> None:
    with Case.open(folder) as case:
        (settled,) = [d for d in case.store.decisions(case.eyes) if d.kind == "settle"]
        destroy(case, settled.id[:10])
        assert case.store.item(case.eyes, "statement.txt").destroyed is None
        assert "proposed" in {str(claim.status) for claim in case.claims()}
        assert "corrected" not in {str(claim.status) for claim in case.claims()}
        (gone,) = [d for d in case.store.decisions(case.eyes) if d.kind == "settle"]
        assert (gone.reason, gone.stands, set(gone.payload)) == ("", False, {"verdict", "items", "destroyed"})
    assert f"{WITNESS} told me so".encode() not in everything_in(folder)
    assert verify_folder(folder).faults == ()


def test_it_takes_two_users_with_keys_and_a_reason(case: Case) -> None:
    asked = destroying.ask(case.store, case.eyes, "statement.txt", "consent withdrawn")
    with pytest.raises(WrongUsage, match="Two users"):
        destroying.confirm(case.store, case.eyes, asked.id, "I am sure")
    with pytest.raises(WrongUsage, match="reason"):
        destroying.confirm(case.store, ben(case).eyes, asked.id, " ")
    with pytest.raises(WrongUsage, match="reason"):
        destroying.ask(case.store, case.eyes, "report.txt", "")
    users.added(case.store, case.eyes, "Cleo", clearances=["restricted"])
    with pytest.raises(ProbandaError, match="has no key"):
        destroying.confirm(case.store, Case(case.store, user="Cleo").eyes, asked.id, "yes")
    assert case.store.item(case.eyes, "statement.txt").destroyed is None
    assert [one.called for one in destroying.requests(case.store, case.eyes)] == [
        case.store.item(case.eyes, "statement.txt").number
    ]


def test_a_request_that_was_withdrawn_or_done_cannot_be_confirmed(case: Case) -> None:
    from probanda.casework.undo import undo

    asked = destroying.ask(case.store, case.eyes, "statement.txt", "consent withdrawn")
    undo(case.store, case.eyes, asked.id)
    with pytest.raises(NotFound):
        destroying.confirm(case.store, ben(case).eyes, asked.id, "yes")
    destroy(case, "statement.txt")
    assert destroying.requests(case.store, case.eyes) == []


def test_users_keys_and_settings_have_no_words_to_destroy(case: Case) -> None:
    for kind in ("user", "key", "settings"):
        first = next(d for d in case.store.decisions(case.eyes) if d.kind == kind)
        with pytest.raises(WrongUsage, match="cannot be destroyed"):
            destroying.ask(case.store, case.eyes, first.id, "no")


def test_known_copies_are_named(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        bundle(case.store, case.eyes, ["statement.txt"], tmp_path / "given", include_restricted="for counsel")
    backup.backup(folder, tmp_path / "second.tar")
    with Case.open(folder) as case:
        done = destroy(case, "statement.txt")
    assert {(one.kind, one.name) for one in done.copies} == {
        ("bundle", "a bundle named given"), ("backup", "second.tar")
    }  # fmt: skip
    assert backup.backup(folder, tmp_path / "third.tar").backup.items == 1


def test_the_same_bytes_are_not_taken_in_again(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        destroy(case, "statement.txt")
        done = case.add([tmp_path / "files"])
        assert [one.reason.partition(" by decision")[0] for one in done.refused] == ["was destroyed here"]
        case.read()
    assert verify_folder(folder).faults == ()
    assert WITNESS.encode() not in b"".join(
        path.read_bytes() for path in (folder / "vault").rglob("*") if path.is_file()
    )


def test_a_run_that_was_cut_off_after_the_decision_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    case = Case.open(folder)
    with monkeypatch.context() as patched:
        patched.setattr("probanda.vault.vault.Vault.destroy", killed)
        with pytest.raises(Killed):
            destroy(case, "statement.txt", with_custody=True)
    case.store._engine.dispose()
    assert case.store._lock is not None
    case.store._lock.free()
    with Case.open(folder):
        pass
    assert verify_folder(folder).faults == ()
    assert WITNESS.encode() not in everything_in(folder)


def test_a_folder_that_is_joined_destroys_here_only_when_a_person_says_so(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with Case.open(copy) as case:
        case.store.start_log(case.eyes, "MARN")
        claim = next(one for one in case.claims() if str(one.status) == "corrected")
        case.accept(claim.id, reason=f"{WITNESS} again")
    with Case.open(folder) as case:
        destroy(case, "statement.txt", with_custody=True)
    with Case.open(copy) as case:
        with pytest.raises(WrongUsage, match="--accept-destroyed"):
            joining.take_in_case(case.store, case.eyes, folder)
        assert case.store.item(case.eyes, "statement.txt").destroyed is None
        joining.take_in_case(case.store, case.eyes, folder, accept_destroyed=True)
        case.incidents()
        case.matrix()
        theirs = case.store.dump(log=False)
    assert verify_folder(copy).faults == ()
    assert WITNESS.encode() not in everything_in(copy)
    with Case.open(folder) as case:
        joining.take_in_case(case.store, case.eyes, copy)
        case.incidents()
        case.matrix()
        assert case.store.dump(log=False) == theirs
    assert verify_folder(folder).faults == ()
    assert WITNESS.encode() not in everything_in(folder)


def test_words_that_are_gone_without_a_decision_are_a_fault(folder: Path) -> None:
    with Case.open(folder) as case, case.store._writing() as connection:
        connection.exec_driver_sql(
            "UPDATE decision SET payload = '{\"destroyed\": \"0123\", \"items\": []}', salt = x'' WHERE kind = 'settle'"
        )
    assert any("no decision destroyed them" in fault.problem for fault in verify_folder(folder).faults)


def test_bytes_that_come_back_are_a_fault(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        destroy(case, "statement.txt")
        case.store.vault.preserve_many([tmp_path / "files" / "statement.txt"]).__next__()
    assert any("lie in the vault" in fault.problem for fault in verify_folder(folder).faults)


def test_a_signature_that_is_not_the_users_is_a_fault(folder: Path) -> None:
    with Case.open(folder) as case:
        destroy(case, "statement.txt")
        told = [one for one in case.store.decisions(case.eyes) if one.kind in ("ask-to-destroy", "destroy-item")]
        first, second = (str(one.payload["signed"]) for one in told)
        assert len(told) == 2
        with case.store._writing() as connection:
            connection.exec_driver_sql("UPDATE decision SET payload = replace(payload, ?, ?)", (second, first))
    assert any("bears no signature" in fault.problem for fault in verify_folder(folder).faults)


def test_a_bundle_leaves_out_what_has_no_words_any_more(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        (settled,) = [d for d in case.store.decisions(case.eyes) if d.kind == "settle"]
        destroy(case, settled.id)
        bundle(case.store, case.eyes, ["statement.txt"], tmp_path / "given", include_restricted="for counsel")
    with Case.new(tmp_path / "other", situation="Elsewhere") as case:
        assert joining.take_in_case(case.store, case.eyes, tmp_path / "given").kind == "bundle"


def test_words_of_a_note_on_the_law_go_from_the_layouts_too_and_an_own_copy_goes_with_its_item(folder: Path) -> None:
    from probanda.casework import law_decisions, official
    from probanda.law import load

    secret, copied = "as Nadira Velun told the chamber", "Sentence of a copy."
    (folder.parent / "law.txt").write_text(f"Article 8 (2) (e) (x)\n1. {copied}\n")
    with Case.open(folder) as case:
        case.add([folder.parent / "law.txt"])
        case.read()
        official.attach(case.store, case.eyes, "law.txt", [load()])
        note = law_decisions.note(case.store, case.eyes, "7(1)(a)", 1, secret, citation="Case 4")
        case.matrix()
        assert any(secret in n for s in case.store.suggestions(case.eyes) or () for c in s.cells for n in c.notes)
        destroy(case, note)
        assert case.store.suggestions(case.eyes) is None
        case.matrix()
        destroy(case, "law.txt")
        assert official.beside(case.store, case.eyes) == {}
    everything = everything_in(folder)
    assert secret.encode() not in everything and copied.encode() not in everything
    assert verify_folder(folder).faults == ()


def test_a_law_pack_kept_for_comparison_stays_readable_after_items_are_destroyed(case: Case) -> None:
    from probanda.casework import law_decisions, law_packs

    law_decisions.classify(case.store, case.eyes, "niac", reason="one State's army and rebels")
    destroy(case, "statement.txt")
    (kept,) = law_packs.kept(case.store, case.eyes)
    assert law_packs.kept_pack(case.store, kept).name == "rome" and case.verify() == []
