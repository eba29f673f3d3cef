"""Where `record.db` is lost, log, vault and keys give it again to the last row, or name what of them is harmed."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from probanda import Case
from probanda.audit.keys import SigningKey
from probanda.audit.log import Entry, make_leaf
from probanda.audit.notes import Checkpoint, signed
from probanda.audit.tree import Edge
from probanda.casework import joining
from probanda.casework.bundle import bundle
from probanda.casework.check import verify_folder
from probanda.casework.users import added
from probanda.kernel.digests import canonical, random_id
from probanda.kernel.errors import CaseInUse, NotACaseFolder, ProbandaError, RecordAltered
from probanda.store import checkpoints, logfile
from probanda.store.around import read_saved
from probanda.store.from_log import PART, NotWhole, RecordIsThere, make_anew, row_of_line
from probanda.store.model import Deed, Fault
from probanda.store.projection import DESTROYED
from probanda.store.store import DATABASE, Store
from tests.running import run
from tests.store.desk import REPORT, TESTIMONY, Desk, settings

pytestmark = pytest.mark.slow

OTHER = (
    "The council of Tamrit said on 6 May that soldiers of the Northern Brigade burned the mill and detained nine "
    "farmers.\n\nColonel Haro Venn ordered the Northern Brigade to burn the mill, a guard said.\n"
)


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case in which most kinds of decisions were made, in three sittings, with a new key between two."""
    here = tmp_path_factory.mktemp("worked")
    for name, words in {"report.txt": REPORT, "words.txt": TESTIMONY, "council.txt": OTHER}.items():
        (here / name).write_text(words, "utf-8")
    folder = here / "case"
    with Case.new(folder, situation="Karvel since 2031", prefix="KRV", name="Ada Lorin") as case:
        case.add([here / "report.txt", here / "words.txt"])
        case.read()
        case.incidents()
        _settled(case)
    with Case.open(folder) as case:
        added(case.store, case.eyes, "Ben Sorel", "BSO", ("witness",))
        case.store.set_setting(case.eyes, "situation", "Karvel since the spring of 2031")
        case.store.change_key(case.eyes, "the laptop was away for a week")
        case.add([here / "council.txt"])
    with Case.open(folder) as case:
        case.incidents()
        _decided(case)
        case.rebuild()  # nothing is left of what was worked out for eyes that nobody has any more
    proof = verify_folder(folder)
    assert (proof.faults, proof.remarks) == ((), ())
    return folder


def _settled(case: Case) -> None:
    first, second = case.claims()[:2]
    case.accept(first.id, reason="read it twice")
    case.reject(second.id)
    case.undo(second.id, reason="too soon")
    case.correct(second.id, {"places": "Tamrit"})
    case.undo(first.id)
    case.accept(first.id)


def _decided(case: Case) -> None:
    report, words = case.items()[0], case.items()[1]
    case.protect(case.actors()[0].id, reason="asked for it")
    case.label(report.digest, "public")
    case.store.record(case.eyes, [Deed(kind="label", subject=words.digest, payload={"label": "witness"})])
    case.label(words.digest, "restricted", reason="a teacher is named")  # nothing is `witness` any more
    told = {"what": "moved", "at": "2031-06-02", "note": "to the safe"}
    case.store.record(case.eyes, [Deed(kind="custody", subject=report.digest, payload=told)])
    units = [one.id for one in case.store.mentions(case.eyes) if one.words == "Northern Brigade"]
    case.identify(units[0], units[-1], "same", reason="one brigade")
    case.casefile()


@pytest.fixture
def lost(worked: Path, tmp_path: Path) -> Path:
    """A copy of that case whose record is lost, seal and all."""
    folder = Path(shutil.copytree(worked, tmp_path / "lost"))
    (folder / DATABASE).unlink()
    (folder / "record.seal").unlink()
    return folder


def read_again(folder: Path) -> None:
    """What the command does after the record was made."""
    with Case.open(folder) as case:
        case.read()
        case.incidents()
        case.matrix()


def opened_once(folder: Path) -> None:
    """The next command that writes, whichever it is."""
    Store.open(folder, writing=True).close()


def dump_of(folder: Path, *, log: bool = True) -> bytes:
    """The record as sorted lines."""
    with Store.open(folder, writing=False) as store:
        return store.dump(log=log)


def log_in(folder: Path) -> Path:
    """The log's file copy."""
    (path,) = folder.glob(f"log/*/{logfile.SEGMENT}")
    return path


def notes_in(folder: Path) -> Path:
    """The signed checkpoints."""
    (path,) = folder.glob(f"log/*/{checkpoints.NAME}")
    return path


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder but those that a run has while it works."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def refused(folder: Path, *saved: Path) -> list[Fault]:
    """What stands in the way of making the record; fails where it is made, or where any file was touched."""
    before = bytes_of(folder)
    kept = [one for path in saved for one in read_saved(path.name, path.read_bytes())]
    with pytest.raises(NotWhole) as caught:
        make_anew(folder, saved=kept)
    assert bytes_of(folder) == before
    for fault in caught.value.faults:
        assert fault.name in caught.value.problem
    return list(caught.value.faults)


# --- what comes again -----------------------------------------------------------------------------


def test_the_record_comes_again_to_the_last_row_and_is_proved(worked: Path, lost: Path) -> None:
    kinds = {json.loads(line)["entry"]["kind"] for line in log_in(worked).read_bytes().splitlines()}
    assert kinds >= {
        "user",
        "key",
        "settings",
        "register",
        "settle",
        "withdraw",
        "label",
        "identity",
        "protect",
        "custody",
    }
    made = make_anew(lost)
    assert made.remarks == ()
    assert (made.logs, made.entries) == (1, len(log_in(lost).read_bytes().splitlines()))
    assert verify_folder(lost).faults == ()
    read_again(lost)
    assert dump_of(lost, log=False) == dump_of(worked, log=False)
    assert dump_of(lost) == dump_of(worked)
    proof = verify_folder(lost)
    assert (proof.faults, proof.remarks) == ((), ())
    assert (proof.root, proof.checkpoint) == (verify_folder(worked).root, verify_folder(worked).checkpoint)


def test_no_file_but_the_record_and_its_seal_is_touched(worked: Path, lost: Path) -> None:
    make_anew(lost)
    opened_once(lost)
    before, after = bytes_of(worked), bytes_of(lost)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {DATABASE, "record.seal"}


@pytest.mark.slow
def test_work_goes_on_where_it_stood(lost: Path, tmp_path: Path) -> None:
    (tmp_path / "late.txt").write_text("A guard of Tamrit said on 9 May that the mill burned.\n", "utf-8")
    make_anew(lost)
    read_again(lost)
    with Case.open(lost) as case:
        case.add([tmp_path / "late.txt"])
        case.read()
        assert [item.number for item in case.items()] == ["KRV-0001", "KRV-0002", "KRV-0003", "KRV-0004"]
        claim = case.claims(status="proposed")[0]
        case.accept(claim.id)
        case.undo(claim.id)
        case.store.change_key(case.eyes)
    proof = verify_folder(lost, against=[notes_in(lost)])
    assert (proof.faults, proof.remarks) == ((), ())


@pytest.mark.slow
def test_the_command_says_what_it_does_and_the_plain_one_that_it_exists(worked: Path, lost: Path) -> None:
    said = run("-C", lost, "rebuild", code=41).stderr
    assert "no record.db" in said and "probanda rebuild --from-log" in said
    assert not (lost / DATABASE).exists()
    said = run("-C", lost, "rebuild", "--from-log", "--against", notes_in(worked)).stderr
    assert "log entries" in said and "reading the log" in said and "comparing items" in said
    assert dump_of(lost) == dump_of(worked)
    assert "record.db" in run("-C", lost, "rebuild", "--from-log", code=2).stderr


def test_where_the_settings_are_lost_too_the_log_gives_them(worked: Path, lost: Path) -> None:
    (lost / "case.toml").unlink()
    (remark,) = make_anew(lost).remarks
    assert (remark.what, remark.severity) == ("settings", 0)
    assert (lost / "case.toml").read_bytes() == (worked / "case.toml").read_bytes()
    assert verify_folder(lost).faults == ()


def test_a_seal_of_the_lost_record_does_not_stand_in_the_way(worked: Path, lost: Path) -> None:
    shutil.copy(worked / "record.seal", lost / "record.seal")
    make_anew(lost)
    opened_once(lost)
    assert verify_folder(lost).faults == ()


def test_a_line_and_a_note_cut_short_are_left_out_and_said(lost: Path) -> None:
    whole, notes = log_in(lost).read_bytes(), notes_in(lost).read_bytes()
    log_in(lost).write_bytes(whole + whole[:200])
    notes_in(lost).write_bytes(notes + notes[:40])
    (remark,) = make_anew(lost).remarks
    assert "cut short" in remark.problem
    opened_once(lost)
    assert (log_in(lost).read_bytes(), notes_in(lost).read_bytes()) == (whole, notes)
    assert verify_folder(lost).faults == ()


def test_entries_after_the_last_checkpoint_are_taken_and_said(lost: Path) -> None:
    data = notes_in(lost).read_bytes()
    notes_in(lost).write_bytes(data[: data.rindex(b"probanda/", 0, data.rindex(b"\n\n", 0, -2))])
    (remark,) = make_anew(lost).remarks
    assert remark.what == "checkpoint" and "no signed checkpoint" in remark.problem
    opened_once(lost)
    proof = verify_folder(lost)
    assert (proof.faults, proof.remarks) == ((), ())


def test_bytes_that_no_entry_names_are_told_and_left(lost: Path) -> None:
    digest = "ab" * 32
    (lost / "vault" / "ab").mkdir(exist_ok=True)
    (lost / "vault" / "ab" / digest).write_bytes(b"kept just before the power went")
    (remark,) = [one for one in make_anew(lost).remarks if one.what == "item"]
    assert remark.name == digest
    assert (lost / "vault" / "ab" / digest).exists()


# --- several logs ---------------------------------------------------------------------------------


def with_another(folder: Path) -> Path:
    """The same case after another device worked apart in a copy of it and was joined again; closed."""
    north = Path(shutil.copytree(folder, folder.with_name("north")))
    with Case.open(north) as case:
        case.store.start_log(case.eyes, "NTH", "goes north")
        case.label(case.items()[1].digest, "restricted")
        case.unsure(case.claims()[-1].id)
    with Case.open(folder) as case:
        case.label(case.items()[0].digest, "internal")
        joining.take_in_case(case.store, case.eyes, north)
        case.rebuild()
    return folder


@pytest.mark.slow
def test_joined_logs_come_again_whole_and_in_their_order(worked: Path, tmp_path: Path) -> None:
    joined = with_another(Path(shutil.copytree(worked, tmp_path / "joined")))
    before = dump_of(joined)
    (joined / DATABASE).unlink()
    made = make_anew(joined)
    assert (made.logs, made.remarks) == (2, ())
    read_again(joined)
    assert dump_of(joined) == before
    proof = verify_folder(joined)
    assert (proof.faults, proof.remarks) == ((), ())


@pytest.mark.slow
def test_of_joined_logs_the_key_tells_the_own_one_where_the_settings_are_lost(worked: Path, tmp_path: Path) -> None:
    joined = with_another(Path(shutil.copytree(worked, tmp_path / "joined")))
    settings = (joined / "case.toml").read_bytes()
    for name in (DATABASE, "case.toml"):
        (joined / name).unlink()
    make_anew(joined)
    assert (joined / "case.toml").read_bytes() == settings


def test_entries_of_a_bundle_come_again_with_their_proofs(worked: Path, tmp_path: Path) -> None:
    with Case.open(Path(shutil.copytree(worked, tmp_path / "from"))) as case:
        bundle(case.store, case.eyes, [case.items()[2].number], tmp_path / "bundle")
    with Case.new(tmp_path / "case", prefix="TAM", name="Ito Marr") as case:
        joining.take_in_case(case.store, case.eyes, tmp_path / "bundle")
    before = dump_of(tmp_path / "case")
    (tmp_path / "case" / DATABASE).unlink()
    made = make_anew(tmp_path / "case")
    assert made.logs == 2
    assert dump_of(tmp_path / "case") == before
    assert verify_folder(tmp_path / "case").faults == ()
    (proofs,) = (tmp_path / "case").glob(f"log/*/{logfile.PROOFS}")
    proofs.write_bytes(proofs.read_bytes().replace(b'"path":["', b'"path":["00'))
    (tmp_path / "case" / DATABASE).unlink()
    assert "entry" in {fault.what for fault in refused(tmp_path / "case")}


# --- what is named --------------------------------------------------------------------------------


def test_an_altered_line_is_named(lost: Path) -> None:
    lines = log_in(lost).read_bytes().splitlines(keepends=True)
    for harm in (
        lambda line: line.replace(b'"reason":""', b'"reason":"because"'),
        lambda line: line.replace(b"{", b"{ ", 1),
        lambda line: line[:80] + bytes([line[80] ^ 1]) + line[81:],
        lambda line: b"not a line\n",
        lambda line: b'{"entry":{},"leaf":"","salt":""}\n',
    ):
        log_in(lost).write_bytes(b"".join([*lines[:5], harm(lines[5]), *lines[6:]]))
        (fault,) = refused(lost)
        assert (fault.what, fault.severity) == ("entry", 41)
        assert fault.name.startswith("line 6 of log/")


def test_every_altered_line_is_named_at_once(lost: Path) -> None:
    lines = log_in(lost).read_bytes().splitlines(keepends=True)
    for n in (2, 7):
        lines[n] = lines[n].replace(b'\\"v\\":1', b'\\"v\\":2')
    lines[4] = lines[4].replace(b'"salt":"', b'"salt":"00')
    log_in(lost).write_bytes(b"".join(lines))
    assert [fault.name.split(" of ")[0] for fault in refused(lost)] == ["line 3", "line 5", "line 8"]


@pytest.mark.parametrize("harm", ["deleted", "doubled", "swapped"])
def test_a_line_missing_doubled_or_moved_is_named(lost: Path, harm: str) -> None:
    lines = log_in(lost).read_bytes().splitlines(keepends=True)
    changed = {
        "deleted": [*lines[:7], *lines[8:]],
        "doubled": [*lines[:7], lines[6], *lines[7:]],
        "swapped": [*lines[:7], lines[8], lines[7], *lines[9:]],
    }[harm]
    log_in(lost).write_bytes(b"".join(changed))
    (fault,) = refused(lost)
    assert fault.name.startswith("line 8 of log/") and "entry 7" in fault.problem


@pytest.mark.parametrize("kind", ["register", "key", "settings", "withdraw", "settle"])
def test_a_made_up_line_at_the_end_makes_no_record(lost: Path, kind: str) -> None:
    """Where no signed checkpoint covers it, a stranger can add a line whose leaf and salt are right."""
    n, log = len(log_in(lost).read_bytes().splitlines()), log_in(lost).parent.name
    told = {"id": random_id(), "kind": kind, "subject": "x", "over": [], "seen": [], "by": "y", "reason": ""}
    entry = Entry(at="2031-07-01T08:00:00.000Z", payload={}, labels=(), **told)
    salt = b"s" * 32
    leaf = make_leaf(entry, log=log, n=n, salt=salt, sealed_salt=bytes(32))
    line = canonical({"entry": told | {"payload": {}, "labels": []}, "leaf": leaf.body.decode(), "salt": salt.hex()})
    with log_in(lost).open("ab") as file:
        file.write(line + b"\n")
    if kind == "withdraw":  # of nothing: it says nothing, and is told of
        (remark,) = make_anew(lost).remarks
        assert f"covers entry {n} of" in remark.problem
    else:
        assert refused(lost)


def test_lines_cut_off_the_end_are_found_by_the_checkpoints(lost: Path) -> None:
    lines = log_in(lost).read_bytes().splitlines(keepends=True)
    log_in(lost).write_bytes(b"".join(lines[:-2]))
    faults = refused(lost)
    assert any(fault.what == "entry" and "taken out or cut off" in fault.problem for fault in faults)


def rewritten(folder: Path, at: int) -> None:
    """Other words in one entry, with leaf, salt and all: what only a signed checkpoint can tell from the true one."""
    lines = log_in(folder).read_bytes().splitlines()
    told = json.loads(lines[at])
    leaf = json.loads(told["leaf"])
    told["entry"]["reason"] = "other words"
    entry = Entry(at=leaf["at"], **told["entry"])
    salt = bytes.fromhex(told["salt"])
    new = make_leaf(entry, log=leaf["log"], n=at, salt=salt, sealed_salt=bytes(32))
    lines[at] = canonical({**told, "leaf": new.body.decode()})
    log_in(folder).write_bytes(b"".join(line + b"\n" for line in lines))


def test_an_entry_written_anew_with_its_leaf_is_found_by_the_signed_checkpoints(lost: Path) -> None:
    rewritten(lost, 8)
    faults = refused(lost)
    assert {fault.what for fault in faults} == {"checkpoint", "entry"}
    (entry,) = [fault for fault in faults if fault.what == "entry"]
    first, _, last = entry.name.partition(" to ")
    assert int(first) <= 8 <= int(last or first)


def test_a_history_signed_anew_by_another_key_is_refused(lost: Path) -> None:
    rewritten(lost, 8)
    leaves = [row_of_line(line + b"\n")["leaf_hash"] for line in log_in(lost).read_bytes().splitlines()]
    log, edge = log_in(lost).parent.name, Edge()
    for leaf in leaves:
        edge.append(leaf)
    name = checkpoints.origin_of(settings_in(lost)["case"], log)
    note = signed(Checkpoint(name, len(leaves), edge.root()), SigningKey.new(), name)
    notes_in(lost).write_bytes(checkpoints.file_of([note]))
    (fault,) = refused(lost)
    assert fault.what == "checkpoint" and "is not signed by the key" in fault.problem


def settings_in(folder: Path) -> dict[str, str]:
    """What the log's last entry about them says."""
    told = [json.loads(line)["entry"] for line in log_in(folder).read_bytes().splitlines()]
    return [entry["payload"]["settings"] for entry in told if entry["kind"] == "settings"][-1]


def test_what_was_kept_elsewhere_finds_a_log_and_its_notes_cut_off_together(worked: Path, lost: Path) -> None:
    data = notes_in(lost).read_bytes()
    cut = data[: data.rindex(b"probanda/", 0, data.rindex(b"\n\n", 0, -2))]
    notes_in(lost).write_bytes(cut)
    size = int(cut[cut.rindex(b"probanda/", 0, cut.rindex(b"\n\n", 0, -2)) :].split(b"\n")[1])
    lines = log_in(lost).read_bytes().splitlines(keepends=True)
    log_in(lost).write_bytes(b"".join(lines[:size]))
    faults = refused(lost, notes_in(worked))
    assert any(fault.what == "entry" and "cut off" in fault.problem for fault in faults)


def test_a_log_without_a_signed_checkpoint_is_not_believed(lost: Path) -> None:
    notes_in(lost).rename(lost.parent / "notes.txt")
    (fault,) = refused(lost)
    assert fault.what == "checkpoint" and fault.name.endswith(checkpoints.NAME)


def test_an_altered_note_is_named(lost: Path) -> None:
    data = notes_in(lost).read_bytes()
    for old, new in ((b"\xe2\x80\x94 probanda", b"- probanda"), (b"\ntime 2", b"\ntime 3")):
        notes_in(lost).write_bytes(data.replace(old, new, 1))
        assert {fault.what for fault in refused(lost)} == {"checkpoint"}


def test_a_missing_log_file_is_named(lost: Path) -> None:
    log_in(lost).rename(lost.parent / "log.jsonl")
    (fault,) = refused(lost)
    assert (fault.what, fault.severity) == ("log", 41)
    assert fault.name.endswith(logfile.SEGMENT) and fault.problem == "it is missing"


def test_a_folder_without_any_log_is_refused(lost: Path) -> None:
    shutil.rmtree(lost / "log")
    with pytest.raises(RecordAltered, match="no log"):
        make_anew(lost)
    (lost / "case.toml").unlink()
    with pytest.raises(NotACaseFolder):
        make_anew(lost)


def test_a_wrong_key_is_named_and_a_missing_one_told(lost: Path) -> None:
    path = lost / checkpoints.LOG_KEY
    true = path.read_bytes()
    path.write_bytes(SigningKey.new().seed)
    (fault,) = refused(lost)
    assert (fault.what, fault.name) == ("key", checkpoints.LOG_KEY)
    path.unlink()
    (remark,) = make_anew(lost).remarks
    assert (remark.what, remark.name) == ("key", checkpoints.LOG_KEY)
    path.write_bytes(true)


def test_a_change_of_key_that_was_cut_off_is_no_wrong_key(lost: Path) -> None:
    path = lost / checkpoints.LOG_KEY
    path.rename(lost / checkpoints.NEXT_KEY)
    path.write_bytes(SigningKey.new().seed)  # the old one, as it were
    assert make_anew(lost).remarks == ()
    with Store.open(lost, writing=True) as store:
        store.add_user(store.owner, "Cem")
    assert not (lost / checkpoints.NEXT_KEY).exists()
    assert verify_folder(lost).faults == ()


def test_a_missing_and_an_altered_item_are_named(lost: Path) -> None:
    first, second = sorted(path for path in lost.glob("vault/??/*"))[:2]
    first.rename(lost.parent / "taken")
    second.chmod(0o600)
    second.write_bytes(second.read_bytes() + b" ")
    faults = refused(lost)
    assert [(fault.what, fault.severity) for fault in faults] == [("item", 40)] * 2
    with pytest.raises(NotWhole) as caught:
        make_anew(lost)
    assert caught.value.exit_code == 40


def test_settings_of_another_case_or_log_are_refused(lost: Path) -> None:
    path = lost / "case.toml"
    true = path.read_text("utf-8")
    log = log_in(lost).parent.name
    path.write_text(true.replace(log, random_id()), "utf-8")
    (fault,) = refused(lost)
    assert fault.problem == "it is missing"
    path.write_text(true.replace(settings_in(lost)["case"], random_id()), "utf-8")
    with pytest.raises(RecordAltered, match="another case"):
        make_anew(lost)
    path.write_text("situation =", "utf-8")
    with pytest.raises(ProbandaError, match="move it out"):
        make_anew(lost)
    assert not (lost / DATABASE).exists() and not (lost / PART).exists()


# --- never over anything, never half --------------------------------------------------------------


def test_a_record_that_is_there_is_never_written_over(worked: Path, lost: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal"):
        (lost / name).write_bytes(b"what is left of it")
        with pytest.raises(RecordIsThere, match="keep"):
            make_anew(lost)
        assert (lost / name).read_bytes() == b"what is left of it"
        (lost / name).unlink()
    make_anew(lost)


def test_while_another_writes_nothing_is_made(worked: Path, lost: Path) -> None:
    from probanda.store.locking import WritersLock

    lock = WritersLock(lost)
    with pytest.raises(CaseInUse):
        make_anew(lost)
    lock.free()
    assert not (lost / PART).exists()


def test_a_disk_that_fails_at_the_end_leaves_no_record(lost: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(lost)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("probanda.store.seal.remove", fails)
    with pytest.raises(ProbandaError, match="no space left"):
        make_anew(lost)
    assert bytes_of(lost) == before
    monkeypatch.undo()
    make_anew(lost)


SLOWLY = """
import sys, time
from pathlib import Path
from probanda.store import from_log
def told(stage, done, of):
    print(stage, done, flush=True)
    time.sleep(float(sys.argv[2]))
from_log.BATCH = 3
from_log.make_anew(Path(sys.argv[1]), told=told)
"""


@pytest.mark.slow
@pytest.mark.parametrize("words", [3, 7, 12])
def test_killed_in_the_middle_there_is_no_record_and_the_next_run_makes_it(lost: Path, words: int) -> None:
    told = [sys.executable, "-c", SLOWLY, str(lost), "0.02"]
    with subprocess.Popen(told, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        for _ in range(words):
            assert child.stdout.readline()
        time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    assert not (lost / DATABASE).exists()
    assert verify_folder(lost).severity == 41
    make_anew(lost)
    assert not list(lost.glob(f"{PART}*"))
    assert verify_folder(lost).faults == ()


# --- one line -------------------------------------------------------------------------------------


def test_a_line_gives_the_row_it_was_written_from(worked: Path) -> None:
    database = sqlite3.connect(f"file:{worked / DATABASE}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = database.execute("SELECT * FROM decision ORDER BY n").fetchall()
    lines = log_in(worked).read_bytes().splitlines(keepends=True)
    for stored, line in zip(rows, lines, strict=True):
        row = row_of_line(line)
        assert (row.pop("sealed"), row.pop("sealed_salt")) == (b"", b"")
        assert row == {name: stored[name] for name in row}
        assert set(stored.keys()) - set(row) <= {"place", "compartment", "sealed", "sealed_salt"}
    database.close()


def test_a_line_whose_words_were_destroyed_says_so_and_needs_no_salt(worked: Path) -> None:
    told = json.loads(log_in(worked).read_bytes().splitlines()[5])
    told |= {"salt": ""}
    with pytest.raises(ValueError, match="other fields"):
        row_of_line(canonical(told) + b"\n")
    told["entry"]["payload"] = {DESTROYED: random_id()}
    row = row_of_line(canonical(told) + b"\n")
    assert (row["salt"], row["leaf"].decode(), row["n"]) == (b"", told["leaf"], 5)
    told["salt"] = "00" * 32
    with pytest.raises(ValueError, match="commits to"):
        row_of_line(canonical(told) + b"\n")


def test_a_name_that_is_no_text_comes_again(folder: Path) -> None:
    """A name that is not UTF-8 stands in the log with half surrogates, which no column of text can hold."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        Desk(store, store.owner).add(REPORT, "b\udce9ton.txt")
    before = dump_of(folder)
    (folder / DATABASE).unlink()
    make_anew(folder)
    assert dump_of(folder) == before
    assert verify_folder(folder).faults == ()
