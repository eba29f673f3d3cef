"""The verification sheet of an item: its three parts, grades and findings, by whom and why; and the deeds that fill it.

Start with `sheet_of`. The rules are those of `casework.assessing`: each part is open until a person closes it, and
nothing is verified or refuted until two persons found it so. It is made to be printed.

Looks down to: casework, incidents, store, web.desk. Used by: web.pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Response

from probanda.casework import assessing
from probanda.casework.clock import now
from probanda.casework.view import is_restricted
from probanda.incidents.assessment import GRADES, QUESTIONS, Closed, Finding, Finds, Grade, Part, Scale
from probanda.kernel.errors import WrongUsage
from probanda.store.model import ItemRow
from probanda.web.desk import AtDesk, AtForm, Desk
from probanda.web.pages.items import Line, line_of


@dataclass(frozen=True, slots=True)
class PartOf:
    """One part of the sheet."""

    name: str
    questions: tuple[str, ...]
    """What to look at; nothing ticks them off by itself."""
    closed: Closed | None
    by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page."""

    row: ItemRow
    line: Line
    restricted: bool
    source: str
    collector: str
    received: str
    state: str
    """verified, refuted, or empty: not verified."""
    parts: tuple[PartOf, ...]
    grades: tuple[tuple[Grade, str], ...]
    """Each with the name of who gave it."""
    findings: tuple[tuple[Finding, str], ...]
    remarks: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    """Grades of a source with their words."""
    printed: str


def sheet_of(desk: Desk, name: str) -> Sheet:
    """The sheet of one item. Raises NotFound."""
    store, eyes, names = desk.store, desk.eyes, desk.names
    row = store.item(eyes, name)
    found = assessing.sheet(store, eyes, _subject(row))
    brought = store.acquisitions_of(eyes, row.digest)
    return Sheet(
        row=row,
        line=line_of(row),
        restricted=is_restricted(row),
        source=row.source or "",
        collector=row.collector or "",
        received=brought[0].received_at if brought else "",
        state=str(found.state or ""),
        parts=tuple(
            PartOf(str(part), QUESTIONS[part], closed, names.get(closed.by, "") if closed else "")
            for part, closed in found.parts.items()
        ),
        grades=tuple((one, names.get(one.by, "")) for one in found.grades),
        findings=tuple((one, names.get(one.by, "")) for one in found.findings),
        remarks=found.remarks,
        choices=tuple(GRADES[Scale.SOURCE].items()),
        printed=now(),
    )


def _subject(row: ItemRow) -> assessing.Subject:
    return assessing.Subject(assessing.ITEM, row.digest, row.number)


@get("/items/{number:str}/sheet", sync_to_thread=True)
def sheet(desk: AtDesk, number: FromPath[str]) -> Response[str]:
    """The sheet."""
    return desk.answer("sheet.html", sheet_of(desk, number), "items")


@post("/items/{number:str}/sheet/close", status_code=303, sync_to_thread=True)
def close(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect:
    """Close one part with what was found."""
    part = form.get("part", "")
    if part not in set(Part):
        raise WrongUsage("A sheet has no such part.", "Its parts: source, content, technical.")
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        about, found, reason = _subject(row), form.get("found", ""), form.get("reason", "")
        assessing.close(store, desk.eyes, about, Part(part), found, reason)
    return Redirect(f"/items/{row.number}/sheet", status_code=303)


@post("/items/{number:str}/sheet/grade", status_code=303, sync_to_thread=True)
def grade(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect:
    """Grade the source."""
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        given, reason = form.get("grade", ""), form.get("reason", "")
        assessing.grade(store, desk.eyes, _subject(row), Scale.SOURCE, given, reason)
    return Redirect(f"/items/{row.number}/sheet", status_code=303)


@post("/items/{number:str}/sheet/find", status_code=303, sync_to_thread=True)
def find(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect:
    """Find it verified or refuted: signed, and counted when a second person finds the same."""
    finds = form.get("finds", "")
    if finds not in (Finds.VERIFIED, Finds.REFUTED):
        raise WrongUsage("That is no finding on an item.", "Find it verified or refuted.")
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        standard = form.get("standard", "").strip() or None
        assessing.find(
            store, desk.eyes, _subject(row), Finds(finds), form.get("reason", ""), standard=standard
        )  # fmt: skip
    return Redirect(f"/items/{row.number}/sheet", status_code=303)


PAGES: tuple[HTTPRouteHandler, ...] = (sheet, close, grade, find)
