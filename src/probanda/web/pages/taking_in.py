"""Taking files in by hand and mouse: a form, what becomes of each file, and how far reading is.

Start with `send`. A request's files are taken in one by one as they become whole, each by the same deed as `probanda
add`, so a tab that is closed loses only the file in flight; sent again, files are known by their digest. Then they are
read in the background. Without script the form sends all at once and leads to the same page.

Looks down to: casework, vault, web.arriving, web.work, web.desk. Used by: web.pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect, Response
from multipart import parse_options_header

from probanda.casework import custody, take_in
from probanda.casework.evidence_table import EvidenceRow
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Label
from probanda.vault.finding import Refused, shown
from probanda.web.arriving import LARGEST, Arrived, Arriving
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.door import same
from probanda.web.pages.items import line_of
from probanda.web.work import Outcome, Reading

BLOCK = 1 << 20
"""Bytes that are handed to the disk together."""
SPARE = 256 << 20
"""Bytes of the disk that are left free: the record has to grow, too."""
LABELS = tuple(Label)


@dataclass(frozen=True, slots=True)
class TakingIn:
    """The form."""

    labels: tuple[str, ...]
    largest: int
    """Bytes of one file."""
    free: int
    """Bytes that can be taken in before the disk is full: each is written twice for a moment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file that was sent."""

    outcome: Outcome
    seen: bool
    """True where these eyes may see the item: what one sends as restricted one may be unable to see."""
    reading: str
    """read, waits, not read, no claims looked for; empty where it is not seen."""


@dataclass(frozen=True, slots=True)
class ArrivedPage:
    """What one sent since the server was started, and how far reading is."""

    lines: tuple[Line, ...]
    reading: Reading
    waiting: int
    """Items these eyes see that wait to be read; 0 while reading goes on."""


def page_of(desk: Desk) -> TakingIn:
    """The form."""
    return TakingIn(tuple(str(one) for one in LABELS), LARGEST, _room(desk))


def arrived_of(desk: Desk) -> ArrivedPage:
    """What this user sent, newest first."""
    outcomes, reading = desk.shop.work.of(desk.user)
    rows = {row.digest: row for row in desk.store.items(desk.eyes, {one.digest for one in outcomes if one.digest})}
    lines = tuple(
        Line(one, one.digest in rows, line_of(rows[one.digest]).reading if one.digest in rows else "")
        for one in outcomes
    )
    every = [] if reading.running else desk.store.items(desk.eyes)  # looked at again and again while it runs
    waiting = sum(row.text_digest is None and row.unread_reason is None and not row.destroyed for row in every)
    return ArrivedPage(lines, reading, waiting)


def _room(desk: Desk) -> int:
    return max(0, (shutil.disk_usage(desk.store.folder).free - SPARE) // 2)


# --- what arrives ---------------------------------------------------------------------------------


def _row(fields: Mapping[str, str], name: str) -> EvidenceRow:
    """What the form says of a file."""

    def said(key: str) -> str | None:
        return fields.get(key, "").strip() or None

    return EvidenceRow(
        file=name,
        number=said("number"),
        source=said("source"),
        collector=said("collector"),
        acquired=custody.moment(said("acquired")),
        label=_label(fields),
        conditions=said("conditions"),
        line=0,
    )


def _label(fields: Mapping[str, str]) -> str:
    label = fields.get("label") or Label.INTERNAL
    if label not in LABELS:
        raise WrongUsage("That is no label.", "Labels are: public, internal, restricted.")
    return str(label)


_OF_ONE = ("path", "number")
"""Fields that go with one file; the others are said of all that follow."""


class _Taking:
    """One request: what comes is taken in at once."""

    def __init__(self, desk: Desk, boundary: str, *, form: bool) -> None:
        self.desk, self.outcomes, self._form = desk, list[Outcome](), form
        self._numbered, self._said = False, dict[str, str]()
        self._arriving = Arriving(boundary, desk.store.vault, self._allowed)

    def _allowed(self, fields: Mapping[str, str]) -> None:
        if self._form and not same(fields.get("token"), self.desk.token):
            raise HTTPException(status_code=403, detail="stale")
        if not self._form and "label" not in fields:  # left open by mistake, a file might be seen by all
            raise WrongUsage("No label was sent before the first file; nothing was kept.", "Send `label`, then files.")
        _row(fields, "")  # said before a byte is kept
        self._said = dict(fields)

    def unsaid(self) -> list[str]:
        """Fields that came behind the last file, and so were recorded of none."""
        now = self._arriving.fields
        return sorted(key for key in now if key not in _OF_ONE and now[key] != self._said.get(key))

    def feed(self, block: bytes) -> Exception | None:
        """Take in what is whole with this block; gives why no more is wanted, else None."""
        try:
            self._note(self._arriving.feed(block))
        except (ProbandaError, HTTPException) as problem:
            return problem
        return None

    def end(self) -> None:
        self._note(self._arriving.end())

    def _note(self, ones: Iterable[Arrived | Refused]) -> None:
        for one in ones:
            outcome = self._kept(one) if isinstance(one, Arrived) else _refused(one)
            self.outcomes.append(outcome)
            self.desk.shop.work.arrived(self.desk.user, outcome)

    def _kept(self, one: Arrived) -> Outcome:
        try:
            told = _row(self._arriving.fields, one.name)
            if told.number and self._numbered:
                return Outcome(shown(one.name), state="refused", reason="came with the own number of another file",
                               fix="Send files that bear a number of their own one at a time.")  # fmt: skip
            self._numbered = bool(told.number)
            with self.desk.deed() as store:
                done = take_in.keep_sent(store, self.desk.eyes, one.path, one.name, told.label or "", told)
        except ProbandaError as error:
            return Outcome(shown(one.name), state="refused", reason=error.problem, fix=error.fix)
        finally:
            with contextlib.suppress(OSError):
                one.path.unlink(missing_ok=True)
        if done.refused:
            return _refused(done.refused[0])
        taken = done.taken[0]
        state = "known" if taken.known else "again" if taken.again else "new"
        return Outcome(shown(one.name), taken.number, taken.digest, state)


def _refused(one: Refused) -> Outcome:
    return Outcome(shown(one.name), state="refused", reason=one.reason, fix=one.fix)


async def taken_in(request: Request[Any, Any, State], desk: Desk, *, form: bool = True) -> list[Outcome]:
    """Files of a request, kept one by one as they become whole, and what became of each.

    `form`: it comes from a form of ours, and bears its token. Raises WrongUsage for a body that is no form.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise WrongUsage("No files were sent.", "Go back and choose some.")
    taking = _Taking(desk, options["boundary"], form=form)
    held, broken, problem = bytearray(), False, _too_much(desk, int(request.headers.get("content-length") or 0))
    try:
        async for piece in request.stream():
            if problem is None:  # else the rest goes by: a browser hears no answer before it has sent all
                held.extend(piece)
                if len(held) >= BLOCK:
                    problem = await asyncio.to_thread(taking.feed, bytes(held))
                    held.clear()
    except HTTPException:  # the tab was closed, or the line broke: what came whole is kept
        broken = True
    try:
        if problem is None:
            problem = await asyncio.to_thread(taking.feed, bytes(held))
    finally:
        await asyncio.to_thread(taking.end)
        if any(one.state == "new" for one in taking.outcomes):
            desk.shop.work.read(desk.store, desk.user)
    if problem is not None:
        raise problem
    if broken:
        raise HTTPException(status_code=400, detail="broken off")
    if not form and (late := taking.unsaid()):
        raise WrongUsage(
            f"`{late[0][:80]}` came behind the files and was recorded of none; the files were kept.",
            "Send fields before files. What is missing is stated with `probanda custody set`.",
        )
    return taking.outcomes


@post("/taking-in/send", status_code=200, request_max_body_size=None)
async def send(request: Request[Any, Any, State], desk: AtDesk) -> Response[Any]:
    """Files of the form. Answers with JSON where the script asks."""
    outcomes = await taken_in(request, desk)
    if "application/json" in request.headers.get("accept", ""):
        return Response([_told(one) for one in outcomes], media_type="application/json")
    if not outcomes:
        raise WrongUsage("No files were sent.", "Go back and choose some.")
    return Redirect("/taking-in/arrived", status_code=303)


def _too_much(desk: Desk, length: int) -> Exception | None:
    if length <= _room(desk):
        return None
    return ProbandaError(
        "The disk of the case has too little room for what was sent; nothing was kept.",
        "Free space there, or send less at a time.",
    )


def _told(one: Outcome) -> dict[str, str]:
    return {"name": one.name, "number": one.number, "state": one.state, "reason": one.reason, "fix": one.fix}


# --- the pages ------------------------------------------------------------------------------------


@get("/taking-in", sync_to_thread=True)
def taking_in(desk: AtDesk) -> Response[str]:
    """The form."""
    return desk.answer("taking-in.html", page_of(desk), "items")


@get("/taking-in/arrived", sync_to_thread=True)
def arrived(desk: AtDesk) -> Response[str]:
    """What became of the files, and how far reading is."""
    return desk.answer("arrived.html", arrived_of(desk), "items")


@post("/taking-in/read", status_code=303, sync_to_thread=True)
def read_waiting(desk: AtDesk, form: AtForm) -> Redirect:
    """Have what waits read."""
    desk.shop.work.read(desk.store, desk.user)
    return Redirect("/taking-in/arrived", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (taking_in, send, arrived, read_waiting)
