"""A dossier built in a process of its own, for a program that has other things to do meanwhile.

Start with `elsewhere`. The other process opens the case for reading alone, works out what is not current, drafts, and
writes the forms into a folder that nobody opens yet; recording what was worked out, and that restricted items are in
the forms, stays with whoever holds the writers' lock. Then the folder gets its name, and is there as a whole or not at
all. `here` does the same without another process.

Looks down to: built, draft, forms, gathering, consolidate, store, reports. Used by: web.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import built, consolidate, draft, forms, gathering
from probanda.casework.built import PART, Asked, Built, Document, Form
from probanda.casework.clock import now
from probanda.casework.consolidate import LaidOut, Worked
from probanda.casework.hand_on import told_in_log
from probanda.casework.progress import Progress
from probanda.kernel.digests import random_id, sha256
from probanda.kernel.errors import ProbandaError
from probanda.reports import differences, leaves
from probanda.reports.casefile import CaseFile
from probanda.reports.differences import Saying
from probanda.reports.summary import Drafted, drafts
from probanda.store.codec import plain
from probanda.store.common import REPORTS
from probanda.store.engines.pool import Task, Workers
from probanda.store.store import Store

ENDINGS = (".html", ".pdf", ".docx")
MOST = 200
"""Sayings of each kind, and decisions, that are listed of what changed; all are counted."""
TOLD = "progress.json"
EVERY = 0.3
"""Seconds between two notes of how far it is."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What the other process is asked: `what` is `gather`, `matrix` or `draft`."""

    what: str
    id: str
    user: str
    asked: Asked
    endings: tuple[str, ...] = ENDINGS


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: str
    fix: str


def elsewhere(
    store: Store, user: str, asked: Asked, writing: AbstractContextManager[object], id_: str | None = None
) -> Built:
    """Build for this user; inside `writing` while something is recorded. Raises ProbandaError."""
    id_ = id_ or random_id()
    built.tidy(store.folder, user)
    pool: Workers = Workers(1, _done, partial(_folder, str(store.folder)), _lost)
    try:
        for worked in _asked(pool, _Job("gather", id_, user, asked)):
            with writing:
                consolidate.record(store, worked)
        for laid in _asked(pool, _Job("matrix", id_, user, asked)):
            with writing:
                consolidate.record_matrix(store, laid)
        one: Built = _asked(pool, _Job("draft", id_, user, asked))
    finally:
        pool.close()
    return _finished(store, user, one, writing)


def here(store: Store, user: str, asked: Asked, endings: Sequence[str] = ENDINGS) -> Built:
    """The same in this process, from what was gathered, in these forms; for small cases."""
    built.tidy(store.folder, user)
    one = _drafted(store, _Job("draft", random_id(), user, asked, tuple(endings)))
    return _finished(store, user, one, nullcontext())


def how_far(store: Store, id_: str) -> tuple[str, int, int]:
    """The stage that the other process is at, how many are done of how many; empty where it has not begun."""
    try:
        stage, done, total = json.loads((_part(store.folder, id_) / TOLD).read_text("utf-8"))
        return str(stage), int(done), int(total)
    except (OSError, ValueError):
        return "", 0, 0


def _finished(store: Store, user: str, one: Built, writing: AbstractContextManager[object]) -> Built:
    """Log what is to be logged, then give the folder its name."""
    eyes = store.eyes(user)
    with writing:
        for form in one.forms:
            told_in_log(store, eyes, "dossier", form.name, form.sha256, one.asked.sharing)
    (_part(store.folder, one.id) / TOLD).unlink(missing_ok=True)
    _part(store.folder, one.id).rename(store.folder / REPORTS / one.id)
    return one


def _part(folder: Path, id_: str) -> Path:
    return folder / REPORTS / f"{id_}{PART}"


# --- in the other process -------------------------------------------------------------------------


@contextmanager
def _folder(folder: str) -> Iterator[str]:
    yield folder


def _asked(pool: Workers, job: _Job) -> Any:
    (answer,) = [one for rows in pool.run([Task([job], 1)], _not_here) for one in rows]
    if isinstance(answer, str):
        raise ProbandaError(f"Building came to nothing: {answer}.", "Try again, or use `probanda report`.")
    if isinstance(answer, _Failed):
        raise ProbandaError(answer.problem, answer.fix)
    return answer


def _done(folder: str, jobs: Sequence[_Job]) -> list[Any]:
    """The case is opened anew for each job: what was recorded meanwhile is in it."""
    return [_one(folder, job) for job in jobs]


def _one(folder: str, job: _Job) -> Any:
    try:
        with Store.open(Path(folder), writing=False) as store:
            return _STEPS[job.what](store, job)
    except ProbandaError as error:
        return _Failed(error.problem, error.fix)


def _gathered(store: Store, job: _Job) -> list[Worked]:
    return list(gathering.of_users(store, (job.user,)))


def _matrix(store: Store, job: _Job) -> list[LaidOut | None]:
    eyes = store.eyes(job.user)
    return [consolidate.work_out_matrix(store, one) for one in dict.fromkeys((eyes.only_open(), eyes))]


def _lost(job: _Job, how: str) -> str:
    return how


_not_here: Callable[[Sequence[_Job]], list[Any]] = lambda rows: []  # noqa: E731 - nothing is done here


# --- drafting -------------------------------------------------------------------------------------


def _drafted(store: Store, job: _Job) -> Built:
    """Draft and write everything into a folder that is not finished."""
    folder = _part(store.folder, job.id)
    folder.mkdir(parents=True)
    told = _telling(folder)
    eyes = store.eyes(job.user).blinded()  # as the pages show it: nobody reads here what is kept from them there
    told("drafting", 0, 1)
    sizes, protected = store.log_sizes(), built.protected_now(store)
    case = draft.casefile(
        store, eyes, job.asked.narrowing, job.asked.sharing, progress=told, to_leave=job.asked.to_leave
    )
    drafted = drafts(case, job.asked.lang)
    documents = tuple(_kept(folder, one) for one in drafted)
    says = [saying for one in drafted for saying in differences.sayings(one.dossier)]
    _write(folder / built.SAYINGS, plain(says))
    before = next((b for b in built.of_user(store, store.eyes(job.user)) if b.asked.scope == job.asked.scope), None)
    if before is not None:
        _write(folder / built.CHANGES, plain(_since(store, eyes, before, says)))
    one = Built(
        id=job.id,
        edition=built.EDITION,
        by=job.user,
        at=now(),
        asked=job.asked,
        sizes=sizes,
        items=_items(store, eyes, case),
        protected=protected,
        withheld=case.withheld,
        claims=len(case.claims),
        checked=case.checked,
        incidents=len(case.incidents),
        documents=documents,
        forms=_forms(folder, case, job, told),
        before=before.id if before else "",
        called=_called(job.asked.about, case) if job.asked.about else "",
    )
    _write(folder / built.FACTS, plain(one))
    return one


def _telling(folder: Path) -> Progress:
    last = [0.0]

    def told(stage: str, done: int, total: int) -> None:
        if time.monotonic() - last[0] > EVERY or done == 0:
            last[0] = time.monotonic()
            _write(folder / TOLD, [stage, done, total])

    return told


def _kept(folder: Path, drafted: Drafted) -> Document:
    """Write one document leaf by leaf, with what its links lead to and its pictures."""
    room = folder / (drafted.name or "dossier")
    room.mkdir()
    cut = leaves.leaves(drafted.dossier)
    places: dict[str, int] = {}
    for leaf in cut:
        for target in leaves.anchors(leaf):
            places.setdefault(target, leaf.number)
        _write(room / f"{leaf.number}.json", built.plain_leaf(leaf))
    _write(room / "cover.json", built.plain_cover(leaves.cover(drafted.dossier)))
    _write(room / "places.json", places)
    for note in drafted.dossier.notes:
        if note.picture is not None:
            (room / f"n{note.number}.png").write_bytes(note.picture.png)
    return Document(drafted.name, drafted.dossier.title, len(cut))


def _forms(folder: Path, case: CaseFile, job: _Job, told: Progress) -> tuple[Form, ...]:
    found = []
    outs = [folder / f"dossier{ending}" for ending in job.endings]
    for path, data in forms.rendered(case, outs, job.asked.lang, told):
        path.write_bytes(data)
        found.append(Form(path.name, len(data), sha256(data)))
    return tuple(found)


def _called(about: str, case: CaseFile) -> str:
    """The title of the incident, or the name of the actor or place, that an id or the id of a claim leads to."""
    incident = next((one.title for one in case.incidents if about == one.id or about in one.claims), "")
    return incident or next((one.name for one in case.actors if about == one.id), "")


def _items(store: Store, eyes: Eyes, case: CaseFile) -> str:
    """Digests of the items it tells of, those among them that it names as not read."""
    unread = {line.number for line in case.unread}
    named = {row.digest for row in store.items(eyes) if row.number in unread and not row.destroyed} if unread else set()
    return "".join(sorted(named | {item.digest for item in case.items}))


def _since(store: Store, eyes: Eyes, before: Built, says: Sequence[Saying]) -> built.SinceBefore:
    """What changed since the build before, and which decisions lie between."""
    found = differences.compared(built.sayings_of(store, before), says)
    between = store.decisions_after(eyes, before.sizes, MOST + 1)
    return built.SinceBefore(
        at=before.at,
        changes=built.shortened(found, MOST),
        counts=(len(found.added), len(found.gone), len(found.changed), found.same),
        decisions=tuple(one.id for one in between[:MOST]),
        more=len(between) > MOST,
    )


_STEPS: dict[str, Callable[[Store, _Job], Any]] = {"gather": _gathered, "matrix": _matrix, "draft": _drafted}


def _write(path: Path, value: Any) -> None:
    path.write_bytes(built.as_json(value))
