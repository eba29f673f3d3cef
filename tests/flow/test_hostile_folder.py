"""A folder made to do harm, run through the main job once: each file kept and told, and nothing reached or changed."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import unpack
from probanda.casework.take_in import recorded_name
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Status
from probanda.reading.confine import MEMORY
from probanda.reading.formats import Member
from probanda.reports.characters import shown
from probanda.store.model import ItemRow
from tests.flow.hostile import CANARY, REFUSED, Trap, lay_out
from tests.flow.looking import Watched, read_texts, without_outcome
from tests.running import run

UNSEEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
MOST_SECONDS = 400
"""A run that takes longer hangs; on a quiet machine it takes about a minute."""
GUARD = """
import json, os, sys

log = os.open(os.environ["GUARDED"], os.O_WRONLY | os.O_APPEND)
changing = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.chown",
            "os.truncate", "os.utime", "tempfile.mkstemp", "tempfile.mkdtemp"}
starting = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.startfile"}
quiet = {"socket.__new__", "socket.sendto", "socket.sendmsg", "socket.gethostname"}
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def note(kind, *said):
    line = json.dumps([kind, *(os.fsdecode(s) if isinstance(s, bytes | os.PathLike) else str(s) for s in said)])
    os.write(log, line.encode("utf-8", "backslashreplace") + b"\\n")

def guard(event, args):
    if isinstance(args[0] if args else None, int):
        return  # a descriptor, whose opening was noted
    if event == "open" and isinstance(args[2], int) and args[2] & writing:
        note("write", args[0])
    elif event in changing:
        note("write", *args[: 2 if event in ("os.rename", "os.link") else 1])
    elif event == "os.symlink":
        note("write", args[1])
    elif event in starting:
        note("start", " ".join(map(str, args[1])) if event == "subprocess.Popen" else event)
    elif event == "socket.__new__" and args[1] not in (-1, 1):
        note("socket", event, *args[1:])
    elif event in ("socket.sendto", "socket.sendmsg") and args[1] is not None:
        note("socket", event, *args[1:])
    elif event.startswith("socket.") and event not in quiet:
        note("socket", event, *args[1:])

note("process", os.getpid())
sys.addaudithook(guard)
"""
"""Python runs a module of this name in each process that finds it on its path: the command and its workers."""


@dataclass(frozen=True)
class Run:
    """One run of the main job over the hostile folder."""

    place: Path
    traps: dict[str, Trap]
    rows: dict[str, ItemRow]
    """By digest."""
    claims: list[Claim]
    quotes: list[tuple[str, str]]
    """Of each claim: its quote, and what stands in the text between its offsets."""
    code: int
    page: str
    said: str
    noted: list[list[str]]
    """What the processes wrote, started and opened: kind, then what."""
    changed: list[str]
    faults: list[str]
    memory: int
    """Bytes that the largest process held."""
    seconds: float

    def row(self, name: str) -> ItemRow:
        """The item of a file of the folder."""
        return self.rows[hashlib.sha256(self.traps[name].data).hexdigest()]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The folder, briefed under a guard that writes down what its processes do."""
    place = tmp_path_factory.mktemp("hostile")
    for name in ("canary", "temporary", "guard", "home"):
        (place / name).mkdir()
    (place / "guard" / "sitecustomize.py").write_text(GUARD, "utf-8")
    traps = lay_out(place / "files", place / "canary" / "secret.txt")
    watched = Watched(place / "files", place / "canary", place / "temporary", place / "home")
    code, said, memory, seconds = _briefed(place)
    assert (place / "case").is_dir(), said
    with Case.open(place / "case", writing=False) as case:
        claims = case.claims()
        return Run(
            place=place,
            traps=traps,
            rows={row.digest: row for row in case.items()},
            claims=claims,
            quotes=[(c.quote, case.store.words(case.eyes, c.item, c.start, c.end)) for c in claims],
            code=code,
            page=(place / "dossier.html").read_text("utf-8"),
            said=said,
            noted=[json.loads(line) for line in (place / "noted").read_text("utf-8").splitlines()],
            changed=watched.changes(),
            faults=[str(fault) for fault in case.verify()],
            memory=memory,
            seconds=seconds,
        )


def _briefed(place: Path) -> tuple[int, str, int, float]:
    (place / "noted").touch()
    environment = os.environ | {
        "PYTHONPATH": str(place / "guard"),
        "GUARDED": str(place / "noted"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(place / "temporary"),
        "HOME": str(place / "home"),
    }
    command = [sys.executable, "-m", "probanda.cli.main", "brief", "files", "--out", "dossier.html", "--case", "case"]
    begun = time.monotonic()
    with (place / "said").open("wb") as out:
        running = subprocess.Popen(command, cwd=place, env=environment, stdout=out, stderr=subprocess.STDOUT)
        too_long = threading.Timer(MOST_SECONDS, running.kill)
        too_long.start()
        _, status, usage = os.wait4(running.pid, 0)  # with the largest of its children and theirs
        too_long.cancel()
    running.returncode = os.waitstatus_to_exitcode(status)
    said = (place / "said").read_text("utf-8")
    return running.returncode, said, usage.ru_maxrss * 1024, time.monotonic() - begun


slow = pytest.mark.slow


# What becomes of the files -----------------------------------------------------------------------


@slow
def test_the_run_ends_with_the_code_for_files_that_could_not_be_read(done: Run) -> None:
    assert done.code == 3, done.said
    assert "Traceback" not in done.said


@slow
def test_every_file_is_preserved_and_registered_under_its_name(done: Run) -> None:
    for name, trap in done.traps.items():
        row = done.row(name)
        assert (done.place / "case" / "vault" / row.digest[:2] / row.digest).read_bytes() == trap.data
        assert recorded_name(name) in row.names


@slow
def test_every_item_has_words_or_a_reason_that_a_person_understands(done: Run) -> None:
    assert [wrong for row in done.rows.values() for wrong in without_outcome(row)] == []


@slow
def test_each_trap_is_read_or_refused_as_it_should_be_and_says_why(done: Run) -> None:
    wrong = []
    for name, trap in done.traps.items():
        row = done.row(name)
        told = " ".join([row.unread_reason or "", *(reason for _, reason, _ in row.remarks)])
        if (row.unread_reason is None) != trap.read or trap.said not in told:
            wrong.append((name, trap.said, told))
    assert wrong == []


@slow
def test_what_archives_and_letters_hold_is_taken_out_under_names_that_are_no_paths(done: Run) -> None:
    for name, trap in done.traps.items():
        held = [row for row in done.rows.values() if done.row(name).digest in row.parents]
        assert trap.held in {None, len(held)}, (name, [row.names for row in held])
    names = {name for row in done.rows.values() for name in row.names}
    assert {"leading.zip/../../outside.txt", "leading.zip/Report.txt", "leading.zip/REPORT.TXT"} <= names
    assert any(name.startswith("leading.tar/nnn") and name.endswith("…") for name in names)


@slow
def test_bombs_do_not_go_off(done: Run) -> None:
    assert sum(row.size for row in done.rows.values()) < 1 << 30
    of_bomb = [row for row in done.rows.values() if any("zeros.zip" in name for name in row.names)]
    assert max(row.size for row in of_bomb) < 20 << 20
    assert any("larger than the archive says" in reason for row in of_bomb for _, reason, _ in row.remarks)


@slow
def test_things_within_things_end_at_a_depth_and_say_so(done: Run) -> None:
    depth = [max(name.count("/") for name in row.names) for row in done.rows.values() if "matryoshka" in row.names[0]]
    assert max(depth) == unpack.DEEPEST
    assert any("deep already" in reason for row in done.rows.values() for _, reason, _ in row.remarks)


@slow
def test_what_is_no_file_is_refused_by_name(done: Run) -> None:
    for name in REFUSED:
        assert re.search(rf"Not taken in: {re.escape(name)} is a (pipe|link)", done.said), name
        assert name in done.page


# What is reached and changed ---------------------------------------------------------------------


@slow
def test_the_canary_is_silent(done: Run) -> None:
    song = CANARY.encode()
    files = [path for path in (done.place / "case").rglob("*") if path.is_file()]
    assert len(files) > len(done.traps)
    singing = [path for path in (*files, done.place / "dossier.html", done.place / "said") if song in path.read_bytes()]
    assert singing == []


@slow
def test_nothing_outside_the_case_folder_is_made_or_changed(done: Run) -> None:
    assert done.changed == []
    ours = {"files", "canary", "temporary", "guard", "home", "noted", "said", "case", "dossier.html"}
    assert {path.name for path in done.place.iterdir()} == ours
    assert {path.name for path in (done.place / "guard").iterdir()} == {"sitecustomize.py"}
    assert done.faults == []
    assert list((done.place / "case" / "vault" / "tmp").iterdir()) == []


@slow
def test_no_process_writes_elsewhere(done: Run) -> None:
    case = done.place / "case"
    written = {done.place / path for kind, *paths in done.noted if kind == "write" for path in paths}
    assert any(path.is_relative_to(case / "vault") for path in written)  # the guard sees what is written
    strange = [path for path in written if not path.is_relative_to(case) and path != Path(os.devnull)]
    dossier = {path for path in strange if path.parent == done.place and "dossier.html" in path.name}
    assert set(strange) - dossier - {done.place} == set()  # the folder of the dossier is made where it is not there


@slow
def test_no_process_opens_a_socket_but_those_between_itself_and_its_children(done: Run) -> None:
    assert len({who for kind, who, *_ in done.noted if kind == "process"}) >= 2  # the command and its workers
    # A library that the language model brings along looks once whether this machine could bind an address of its own.
    looks = (["socket", "socket.__new__", "10", "1", "0"], ["socket", "socket.bind", "('::1', 0)"])
    assert [one for one in done.noted if one[0] == "socket" and one not in looks] == []


@slow
def test_no_program_is_started_but_our_own_children(done: Run) -> None:
    started = [words for kind, words in (one[:2] for one in done.noted) if kind == "start"]
    assert started
    ours = re.compile(re.escape(sys.executable) + r" .*-m probanda\.(reading\.child|store\.engines\.worker) \d+")
    assert [words for words in started if not ours.fullmatch(words)] == []


@slow
def test_time_and_memory_are_bounded(done: Run) -> None:
    assert done.seconds < MOST_SECONDS
    assert done.memory < MEMORY + (MEMORY >> 1)  # the parent, with its language model, has no limit of its own


# What is shown -----------------------------------------------------------------------------------


@slow
def test_names_and_words_are_shown_escaped_on_the_page_and_on_the_terminal(done: Run) -> None:
    for words in (done.page, done.said):
        found = UNSEEN.search(words)
        assert found is None, words[max(0, found.start() - 60) : found.end() + 20]
    assert "<img src=x" not in done.page
    page = html.unescape(done.page)
    closed = {name for name in done.traps if done.row(name).proposed_restricted}  # told by their numbers alone
    assert {name for name in done.traps if shown(recorded_name(name)) not in page} <= closed
    assert closed == {"chat.zip", "messages.html"}


@slow
@pytest.mark.parametrize("command", ["incidents", "items", "claims list", "actors list", "search villagers"])
def test_lists_on_the_terminal_show_names_escaped(done: Run, command: str) -> None:
    listed = run("-C", done.place / "case", *command.split()).stdout
    assert listed
    found = UNSEEN.search(listed)
    assert found is None, listed[max(0, found.start() - 60) : found.end() + 20]


@slow
def test_offsets_stay_exact_whatever_stands_between_the_letters(done: Run) -> None:
    assert len(done.claims) >= 20
    assert [(quote, there) for quote, there in done.quotes if quote != there] == []
    with_claims = {done.rows[c.item].doc for c in done.claims}
    assert {"bidi.txt", "width.txt", "marks.txt", "nul.txt", "tags.txt", "lone.txt", "alike.txt"} <= with_claims


@slow
def test_plain_text_is_kept_letter_by_letter(done: Run) -> None:
    with Case.open(done.place / "case", writing=False) as case:
        for name in ("bidi.txt", "width.txt", "marks.txt", "alike.txt", "tags.txt", "nul.txt"):
            (text,) = case.store.texts(case.eyes, done.row(name).digest)
            assert text.words == done.traps[name].data.decode("utf-8"), name
            for before, after in pairwise(text.passages):
                assert before.end <= after.start


@slow
def test_what_evidence_orders_is_not_done(done: Run) -> None:
    assert {claim.status for claim in done.claims} == {Status.PROPOSED}
    with Case.open(done.place / "case", writing=False) as case:
        assert {one.kind for one in case.store.decisions(case.eyes)} == {"register", "user", "key", "settings"}


# Without the folder ------------------------------------------------------------------------------


class _Lying:
    """Stands for a reading child that a hostile archive has taken over: it gives back what it was given."""

    def __init__(self, gives: dict[bytes, bytes]) -> None:
        self._gives = gives

    def __enter__(self) -> _Lying:
        return self

    def __exit__(self, *ended: object) -> None:
        pass

    def members(self, path: Path, name: str) -> Iterator[Member]:
        """What is written down for these bytes, as a member."""
        yield Member(name="again.zip", blocks=[self._gives[path.read_bytes()]])


@pytest.mark.parametrize("round_by", ["itself", "another"])
def test_an_item_that_holds_itself_is_taken_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, round_by: str
) -> None:
    from tests.reading.making_archives import a_zip

    first, second = a_zip({"a": b"1"}), a_zip({"b": b"2"})
    gives = {first: first} if round_by == "itself" else {first: second, second: first}
    monkeypatch.setattr(unpack, "ReadingChild", lambda: _Lying(gives))
    (tmp_path / "round.zip").write_bytes(first)
    with Case.new(tmp_path / "case", prefix="MAR") as case:
        case.add([tmp_path / "round.zip"])
        read_texts(case)
        rows = case.items()
        assert len(rows) == len(gives)
        assert any("the very item" in reason for row in rows for _, reason, _ in row.remarks)
        assert case.verify() == []


@pytest.mark.parametrize("how", ["grows", "is written over"])
def test_a_file_that_changes_while_it_is_taken_in_is_refused_or_kept_as_it_once_was(tmp_path: Path, how: str) -> None:
    line = b"%08d Nine were wounded in Rasmina.\n"
    source = tmp_path / "log.txt"
    source.write_bytes(b"".join(line % n for n in range(300_000)))
    stop = threading.Event()

    def write() -> None:
        number = 300_000
        with source.open("ab" if how == "grows" else "r+b", buffering=0) as file:
            while not stop.is_set():
                file.write(line % number)
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with Case.new(tmp_path / "case", prefix="MAR") as case:
            taken = case.add([source])
            refused = taken.refused
            kept = [case.store.vault.read(one.digest) for one in taken.taken]
            assert case.verify() == []
    finally:
        stop.set()
        writer.join()
    assert len(kept) + len(refused) == 1
    if kept:  # nobody wrote in those milliseconds: then it is a state that was
        assert source.read_bytes().startswith(kept[0])
    else:
        assert (refused[0].name, refused[0].reason.split(",")[0]) == ("log.txt", "changed while it was being read")
        assert "add it again" in refused[0].fix
        assert list((tmp_path / "case" / "vault" / "tmp").iterdir()) == []
