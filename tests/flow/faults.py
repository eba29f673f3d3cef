"""Operations of the program that are killed, or meet a failing disk, at a chosen moment; and what must hold afterwards.

Start with `OPERATIONS`: a line each, with the commands that it runs. `Warm` runs them in forks of a process that has
loaded everything before, since starting the program takes longer than most of what is to be harmed. `Grounds` keeps
the folders they begin with and what comes out where nothing disturbs them; `whole` and `gone_on` are the checks.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from probanda import Case
from probanda.casework import backup as backups
from probanda.casework import verify_bundle
from probanda.casework.bundle import bundle
from probanda.casework.check import verify_folder
from probanda.kernel.errors import ProbandaError
from probanda.store.errors import OlderRecord
from probanda.store.model import Fault
from probanda.store.store import Store
from tests.flow.many import texts
from tests.reading.making_archives import a_part, a_zip, an_attachment, an_email_of

ROOT = Path(__file__).resolve().parents[2]
TABLE = b"place,what\nDelma,two houses burned\nRasmina,nine were wounded\n"
REPORTS = 5


# --- what is done ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One command. Once it has ended with 0, what it did is acknowledged."""

    words: tuple[str, ...]
    """What follows `probanda -C CASE`; `{place}` stands for the folder in which case, reports and outputs lie."""
    makes: str | None = None
    """What it makes there and refuses to make again."""
    items: tuple[str, ...] = ()
    """Names of the items that are read afterwards."""
    brings: tuple[str, ...] = ()
    """Names of the items that are there afterwards."""
    reason: str | None = None
    """The reason of the one decision that it records."""
    adds: str | None = None
    """The user whom it adds, and refuses to add again."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Commands that are done one after the other, from a folder that is always the same."""

    name: str
    steps: Callable[[Path], list[Step]]
    """The commands for such a folder."""
    begin: Callable[[Path], None] | str
    """What fills the folder, or the name of an operation after which this one comes."""
    exact: bool = False
    """True where the state does not depend on when and in how many runs it came about."""
    repeats: bool = False
    """True where a command that was done, and is given again since nobody was told, decides once more."""


def _worked_apart(place: Path) -> None:
    """A case, a copy of it in which somebody went on, and a bundle out of another case."""
    reports = texts(place / "reports", 5)
    mine, theirs, foreign = (place / name for name in ("case", "other", "foreign"))
    with Case.new(mine, prefix="MAR", name="Ada Lorin") as case:
        case.add([reports / "report-000.txt"])
    shutil.copytree(mine, theirs)
    with Case.open(theirs) as case:
        case.store.start_log(case.eyes, "MARN", "for the north")
        case.add([reports / "report-001.txt", reports / "report-002.txt"])
        case.label("MAR-0001", "restricted")
    with Case.open(mine) as case:
        case.add([reports / "report-002.txt", reports / "report-003.txt"])
        case.label("MAR-0001", "public")
    with Case.new(foreign, prefix="FAR", name="Ben Odan") as case:
        case.add([reports / "report-004.txt"])
        bundle(case.store, case.eyes, ["FAR-0001"], place / "bundle")
    shutil.rmtree(foreign)


OPENING = Step(("settings", "accept"))
"""Opens the folder for writing, and has nothing more to do there."""


def _empty_case(place: Path) -> None:
    reports = texts(place / "reports", REPORTS)
    held = {
        f"held-{n}.txt": f"The council of Rasmina counted {n + 2} wounded on 4 May 2031.\n".encode() for n in (0, 1)
    }
    (reports / "files.zip").write_bytes(a_zip(held))
    letter = an_email_of(a_part("The clinic of Delma burned on 5 May 2031.\n"), an_attachment("a.csv", TABLE))
    (reports / "letter.eml").write_bytes(letter)
    Case.new(place / "case", prefix="MAR", name="Ada Lorin").close()


def _earlier_case(place: Path) -> None:
    """A case as the program left it when its tables were at version 0002: no keys, no settings in the log, no seal."""
    from tests.store.harm import a_case
    from tests.store.test_seal import as_before_keys

    as_before_keys(a_case(place / "case"))
    tables_at(place / "case" / "record.db", "0002")


def _add(place: Path) -> list[Step]:
    files = [f"{{place}}/reports/{path.name}" for path in sorted((place / "reports").iterdir())]
    return [Step(("add", "--json", *files[n : n + 3])) for n in range(0, len(files), 3)]


def _read(place: Path) -> list[Step]:
    first = ("report-000.txt", "report-001.txt")
    return [Step(("read", *first), items=first), Step(("read",), items=("files.zip", "letter.eml", "held-0.txt"))]


def _decide(place: Path) -> list[Step]:
    with Case.open(place / "case", writing=False) as case:
        ids = sorted(claim.id for claim in case.claims())
    told = [
        ("claims", "accept", ids[0]), ("label", "MAR-0001", "restricted"),
        ("claims", "correct", ids[1], "--set", "modality=alleged"), ("claims", "reject", ids[2]),
        ("custody", "add", "MAR-0002", "moved", "--to", "the safe"),
    ]  # fmt: skip
    decided = [Step((*words, "--reason", f"step {n}"), reason=f"step {n}") for n, words in enumerate(told)]
    return [*decided, Step(("user", "add", "Ben Odan", "--json"), adds="Ben Odan")]


def _bundle(place: Path) -> list[Step]:
    one = ("bundle", "MAR-0004", "--out", "{place}/out/one")
    many = ("bundle", *(f"MAR-{n:04}" for n in range(3, 8)), "--out", "{place}/out/many", "--with", "notes")
    return [Step(one, makes="out/one"), Step(many, makes="out/many")]


def _backup(place: Path) -> list[Step]:
    return [Step(("backup", "--out", f"{{place}}/out/{name}.tar"), makes=f"out/{name}.tar") for name in ("one", "two")]


def _backup_to_folder(place: Path) -> list[Step]:
    return [Step(("backup", "--out", "{place}/out/many"))] * 2


def _import(place: Path) -> list[Step]:
    folder = Step(("import", "{place}/other"), brings=("report-001.txt", "report-002.txt"))
    return [folder, Step(("import", "{place}/bundle"), brings=("report-004.txt",))]


def _migrate(place: Path) -> list[Step]:
    return [OPENING]


OPERATIONS = [
    Operation("add", _add, begin=_empty_case),
    Operation("read", _read, begin="add"),
    Operation("decide", _decide, begin="read", repeats=True),
    Operation("bundle", _bundle, begin="decide", repeats=True),
    Operation("backup", _backup, begin="decide", repeats=True),
    Operation("backup to a folder", _backup_to_folder, begin="decide", repeats=True),
    Operation("import", _import, begin=_worked_apart),
    Operation("migrate", _migrate, begin=_earlier_case, exact=True),
    # A further one is a further line here: what it is called, its commands, and after which of these it comes.
]


def tables_at(database: Path, revision: str) -> None:
    """Take from a database what later versions of its tables added, so that it is one of an earlier version."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, inspect

    from probanda.store import upgrading

    with create_engine("sqlite://").begin() as empty:
        config = Config()
        config.set_main_option("script_location", str(Path(upgrading.__file__).parent / "migrations"))
        config.attributes["connection"] = empty
        command.upgrade(config, revision)
        seen = inspect(empty)
        tables = {name: {one["name"] for one in seen.get_columns(name)} for name in seen.get_table_names()}
        indexes = {one["name"] for name in tables for one in seen.get_indexes(name)}
    with contextlib.closing(sqlite3.connect(database)) as old:
        found = old.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        for kind, name in found:
            if kind == "index" and name not in indexes:
                old.execute(f"DROP INDEX {name}")
        for kind, name in found:
            if kind != "table" or name.startswith("search_"):
                continue
            if name not in tables:
                old.execute(f"DROP TABLE {name}")
                continue
            for row in old.execute(f"PRAGMA table_info({name})").fetchall():
                if row[1] not in tables[name]:
                    old.execute(f"ALTER TABLE {name} DROP COLUMN {row[1]}")
        old.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        old.commit()
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- where it is done -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failing:
    """Which call to the system fails, counted from 1 among writes, syncs and renames; see `failing_calls.c`."""

    at: int
    error: int = 0
    how: int = 1


ONCE, FROM_THEN_ON, KILL = 1, 2, 3
NEVER = Failing(0)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run went."""

    done: list[dict[str, Any]] = field(default_factory=list)
    """For each step that ended: `code`, `out`, `err`, the newest signed note of the log (`note`), and how many calls
    were counted until then (`asked`)."""
    problem: tuple[str, str] | None = None
    """Problem and next step of the error that ended it."""
    crash: str | None = None
    """The traceback of an error that is none of the program's own."""
    killed: bool = False
    asked: int = 0
    """Calls that were counted."""
    seconds: float = 0.0

    @property
    def acknowledged(self) -> list[dict[str, Any]]:
        """Those steps that said that they were done."""
        return [one for one in self.done if one["code"] == 0]


class Warm:
    """A process that has loaded the program and its language model, and runs steps in forks of itself."""

    def __init__(self, calls: Path | None = None) -> None:
        """`calls`: the compiled `failing_calls.c`, where calls are to fail."""
        told = {"LD_PRELOAD": str(calls)} if calls is not None else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.flow.faults"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=ROOT, env=os.environ | told,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def run(
        self, place: Path, steps: Iterable[Step], *, kill_after: float | None = None, failing: Failing | None = None
    ) -> Ran:
        """Run these steps until one fails; `kill_after`: seconds from the first step's beginning."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = {
            "place": str(place), "steps": [step.words for step in steps], "kill_after": kill_after,
            "failing": failing and [failing.at, failing.error, failing.how],
        }  # fmt: skip
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return Ran(**json.loads(self._process.stdout.readline()))


def serve() -> None:
    """Run what comes on standard input, one request a line, each in a fork."""
    _load()
    for line in sys.stdin:
        told = json.loads(line)
        mine, its = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(mine)
            _in_fork(told, its)
        os.close(its)
        print(json.dumps(_watched(process, mine, told["kill_after"])), flush=True)


def _load() -> None:
    """All that a command would load on its way."""
    import alembic.command  # noqa: F401

    import probanda.cli.main
    from probanda.casework import consolidate, custody, decide, joining, take_in, unpack, users  # noqa: F401
    from probanda.claims import reader_for
    from tests.store.desk import REPORT, a_text

    reader = reader_for("en")
    assert reader is not None
    reader.read(a_text("0" * 64, REPORT))
    assert probanda.cli.main.app is not None


def _in_fork(told: dict[str, Any], answers: int) -> None:
    """Run the steps, tell each as it ends, and end without any of the tidying of an ordinary end."""

    def tell(**what: Any) -> None:
        os.write(answers, json.dumps(what).encode() + b"\n")

    calls = ctypes.CDLL(None)
    try:
        tell(begun=True)
        if told["failing"] is not None:
            calls.faults_arm(ctypes.c_long(told["failing"][0]), *told["failing"][1:])
        for words in told["steps"]:
            done = _one(Path(told["place"]), words)
            asked = calls.faults_asked() if told["failing"] is not None else 0
            tell(done=done | {"asked": asked})
            if done["code"]:
                break
    except ProbandaError as error:
        tell(problem=(error.problem, error.fix))
    except BaseException:
        tell(crash=traceback.format_exc())
    finally:
        if told["failing"] is not None:
            tell(asked=calls.faults_asked())
        os._exit(0)


def _one(place: Path, words: Sequence[str]) -> dict[str, Any]:
    from probanda.cli.main import app

    out, err = io.StringIO(), io.StringIO()
    case = place / "case"
    given = ["-C", str(case), *(word.replace("{place}", str(place)) for word in words)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = app(given, standalone_mode=False) or 0
    notes = "\n" + "".join(path.read_text() for path in case.glob("log/*/checkpoints.txt"))
    note = notes[notes.rfind("\nprobanda/") + 1 :].strip()  # where signing failed, there may be none
    return {"code": code, "out": out.getvalue(), "err": err.getvalue(), "note": note}


def _watched(process: int, answers: int, kill_after: float | None) -> dict[str, Any]:
    """What a fork told until it ended, or was killed at its time."""
    heard, begun = b"", None
    while True:
        left = None if begun is None or kill_after is None else max(0.0, begun + kill_after - time.monotonic())
        if not select.select([answers], [], [], left)[0]:
            os.kill(process, signal.SIGKILL)
            kill_after = None
            continue
        piece = os.read(answers, 1 << 16)
        if not piece:
            break
        begun = begun or time.monotonic()
        heard += piece
    seconds = time.monotonic() - (begun or time.monotonic())
    os.close(answers)
    _, status = os.waitpid(process, 0)
    found: dict[str, Any] = {"done": [], "killed": os.WIFSIGNALED(status), "seconds": seconds}
    for line in heard.split(b"\n")[:-1]:
        told = json.loads(line)
        found["done"] += [told.pop("done")] if "done" in told else []
        found |= {key: value for key, value in told.items() if key != "begun"}
    return found


# --- the folders it is done in --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Calm:
    """What comes out where nothing disturbs."""

    place: Path
    steps: list[Step]
    before: list[str]
    """What the tables held to begin with, as statements."""
    state: list[str]
    seconds: float
    """How long the steps take."""
    calls: int
    """How many calls are counted, where they are, in the first step."""


class Grounds:
    """The folders that operations begin with, each made once; copies of them are harmed."""

    def __init__(self, folder: Path, warm: Warm, *, counting: bool = False) -> None:
        self._folder, self.warm, self._counting = folder, warm, counting
        self._calm: dict[str, Calm] = {}
        self._copies = 0

    def calm(self, operation: Operation) -> Calm:
        """The operation done undisturbed."""
        if operation.name not in self._calm:
            steps = operation.steps(self._start(operation))
            place = self.copy(operation)
            ran = self.warm.run(place, steps, failing=NEVER if self._counting else None)
            assert [one["code"] for one in ran.done] == [0] * len(steps), ran
            before, found = _tables(self._start(operation)), state(place / "case", operation)
            self._calm[operation.name] = Calm(place, steps, before, found, ran.seconds, ran.done[0]["asked"])
        return self._calm[operation.name]

    def copy(self, operation: Operation) -> Path:
        """The folder it begins with, to be harmed."""
        self._copies += 1
        return Path(shutil.copytree(self._start(operation), self._folder / f"copy-{self._copies}"))

    def _start(self, operation: Operation) -> Path:
        if isinstance(operation.begin, str):
            return self.calm(next(one for one in OPERATIONS if one.name == operation.begin)).place
        place = self._folder / operation.name
        if not place.exists():
            place.mkdir()
            operation.begin(place)
        return place


# --- what must hold afterwards --------------------------------------------------------------------

_AT_RANDOM = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])|\d{4}-\d\d-\d\dT[\d:.]+Z|MAR-\d{4}")
_OF_RUNS = frozenset({"output", "custody", "key", "settings"})
"""Kinds of decisions that a run adds about itself, once for each time that it was begun."""

_OF_SETTLING = ("status", "at", "by")


def state(folder: Path, operation: Operation) -> list[str]:
    """What the record says now; but for an exact operation without ids, times, numbers, which each run makes anew."""
    with Store.open(folder, writing=False) as store:
        rows = [json.loads(line) for line in store.dump(log=False).splitlines()]
    lines = []
    for name, row in rows:
        if (name == "standing" and row["kind"] in _OF_RUNS and operation.name != "decide") or name == "series":
            continue
        if not operation.exact:
            for told in {"made": ["output"], "acquisition": ["place"]}.get(name, []):  # a digest of times; in the log
                row.pop(told, None)
        if name == "settled":  # the claim as it was before it was settled, perhaps by the same command
            row["body"] = {key: value for key, value in json.loads(row["body"]).items() if key not in _OF_SETTLING}
        line = json.dumps([name, row], sort_keys=True)
        lines.append(line if operation.exact else _AT_RANDOM.sub("*", line))
    return sorted(set(lines) if operation.repeats else lines)


def _tables(place: Path) -> list[str]:
    """All rows of all tables, of whatever version, but those of the search, as statements."""
    with contextlib.closing(sqlite3.connect(place / "case" / "record.db")) as database:
        return [line for line in database.iterdump() if "search_" not in line]


def whole(place: Path, calm: Calm, ran: Ran, steps: Sequence[Step]) -> tuple[Fault, ...]:
    """Nothing acknowledged is lost, nothing is half there, and nothing is wrong; gives the remarks of `verify`."""
    against = []
    if ran.acknowledged and ran.acknowledged[-1]["note"]:
        against.append(place / "note.txt")
        against[0].write_text(ran.acknowledged[-1]["note"] + "\n", "utf-8")
    try:
        proof = verify_folder(place / "case", against=against)
    except OlderRecord:  # before it was brought up: then nothing of it may have changed
        assert not ran.acknowledged
        assert _tables(place) == calm.before
        return ()
    assert proof.faults == (), proof.faults
    with Case.open(place / "case", writing=False) as case:
        for step, done in zip(steps, ran.acknowledged, strict=False):
            _is_there(case, place, step, done)
    _outputs_are_whole(place)
    for path in against:
        path.unlink()
    return proof.remarks


def _is_there(case: Case, place: Path, step: Step, done: dict[str, Any]) -> None:
    """What one command said that it had done."""
    if step.makes is not None:
        assert (place / step.makes).exists()
    if step.reason is not None:
        assert [d.reason for d in case.store.decisions(case.eyes)].count(step.reason) == 1
    rows = {row.digest: row for row in case.items()}
    for told in map(json.loads, done["out"].splitlines()) if "--json" in step.words else ():
        if "digest" in told:
            assert told["number"] == rows[told["digest"]].number
            case.store.vault.verify(told["digest"])
        else:
            assert case.store.users()[told["id"]] == told["name"]
    named = {name.rpartition("/")[2]: row for row in rows.values() for name in row.names}
    assert set(step.brings) <= named.keys()
    for name in step.items:
        assert named[name].text_digest is not None or named[name].holds
        assert named[name].reader is not None or named[name].not_read or named[name].holds


def _outputs_are_whole(place: Path) -> None:
    """A bundle or a backup that is there under its name can be checked, or restored."""
    said = io.StringIO()
    for tag in place.glob("out/[!.]*/bagit.txt"):
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            assert verify_bundle.main([str(tag.parent)]) == 0, said.getvalue()
    for made in (*place.glob("out/[!.]*.tar"), *place.glob("out/[!.]*/rounds/*")):
        backups.restore(made, place / "restored")
        shutil.rmtree(place / "restored")


def gone_on(grounds: Grounds, operation: Operation, place: Path) -> None:
    """The same commands again, without any hand, come to what they would have come to undisturbed."""
    calm = grounds.calm(operation)
    steps = [step for step in calm.steps if not _refused_again(place, step)] or [OPENING]
    again = grounds.warm.run(place, steps)
    assert [one["code"] for one in again.done] == [0] * len(steps), again
    # A deed that nobody was told of may be there twice now, so those are not counted again.
    assert whole(place, calm, again, () if operation.repeats else steps) == ()
    found = state(place / "case", operation)
    assert found == calm.state, sorted(set(found) ^ set(calm.state))
    for part in ("", "out"):
        assert _names(place / part) == _names(calm.place / part)


def _refused_again(place: Path, step: Step) -> bool:
    """True where what this command makes or adds is there already, as a person would be told."""
    if step.adds is not None:
        with Case.open(place / "case", writing=False) as case:
            return step.adds in case.store.users().values()
    return step.makes is not None and (place / step.makes).exists()


def _names(folder: Path) -> list[str]:
    """What lies there under a name; a workplace that a kill left is hidden, and goes with the next backup."""
    return sorted(path.name for path in folder.glob("[!.]*")) if folder.is_dir() else []


if __name__ == "__main__":
    serve()
