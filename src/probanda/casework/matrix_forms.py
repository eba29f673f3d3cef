"""Opened hypotheses as JSON, as a workbook, and as a page: start with `written`.

What leaves goes through the one door (`hand_on`): restricted items stay out without a reason, names are masked where
they are due. Suggestions that nobody opened are never among them. Cells of the workbook are text, as of every table.

Looks down to: hand_on, matrix_charts, sheets, draft, reports, matrix. Used by: cli.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probanda.casework.draft import write
from probanda.casework.narrow import Narrowing
from probanda.casework.sheets import Table, xlsx_bytes
from probanda.casework.view import Sharing
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.kernel.vocabulary import Side
from probanda.law.model import NOT_OFFICIAL
from probanda.matrix.chart import Chart, Drawn, Entry, Row
from probanda.matrix.hypothesis import Act, Shown
from probanda.store.codec import plain

if TYPE_CHECKING:
    from probanda.casework.case import Case
    from probanda.reports.casefile import CaseFile

FORMS = ("html", "xlsx", "json")
COLUMNS = (
    "hypothesis", "actor_name", "crime", "mode", "element", "type", "text", "text_is", "status", "open", "side",
    "kind", "cites",
    "words", "where", "speakers", "modality", "state", "role", "bearing", "note", "put_by", "put_at", "put_reason",
    "rule", "retracted", "admissibility", "gone",
)  # fmt: skip
"""Of the workbook, in their order."""
SHORTEST_ID = 6
Names = Mapping[str, str]


def written(
    case: Case, form: str, out: Path | None, name: str | None, sharing: Sharing, lang: str = "en"
) -> tuple[CaseFile, Iterator[dict[str, Any]] | None]:
    """Write the opened hypotheses, or one of them, in a form; gives the case file, and the rows where they are printed.

    Raises WrongUsage for another form, or a file that was not named; NotFound.
    """
    if form not in FORMS:
        raise WrongUsage(f"There is no form {form!r} of a matrix.", f"Forms: {', '.join(FORMS)}.")
    if out is None and form != "json":
        raise WrongUsage(f"A matrix as {form} is a file.", f"Name it: --out matrix.{form}.")
    seen = case.casefile(Narrowing(), sharing, output="matrix")
    charts = [
        c for c in seen.charts
        if name is None or (len(name) >= SHORTEST_ID and c.decided.hypothesis.id.startswith(name))
    ]  # fmt: skip
    if name is not None and not charts:
        raise NotFound("hypothesis", name, "probanda matrix")
    if out is not None and form == "html":
        from probanda.reports import matrix_page

        write(out, matrix_page.html(seen, charts, lang).encode("utf-8", "backslashreplace"))
        return seen, None
    if out is not None and form == "xlsx":
        rows = tuple(r for c in charts for r in cell_rows(c, seen.names))
        write(out, xlsx_bytes(Table("hypotheses", COLUMNS, rows)))
        return seen, None
    if out is None:
        return seen, (chart_row(c, seen.names) for c in charts)
    write(
        out,
        "".join(json.dumps(chart_row(c, seen.names), ensure_ascii=False) + "\n" for c in charts).encode(
            "utf-8", "backslashreplace"
        ),
    )
    return seen, None


def chart_row(chart: Chart, names: Names) -> dict[str, Any]:
    """A hypothesis whole, with all its cells, for programs."""
    h, closing = chart.decided.hypothesis, chart.decided.closing
    return {
        "id": h.id, "actor_name": chart.name, "actor_kind": h.actor_kind, "crime": h.crime,
        "crime_title": h.crime_title, "mode": h.mode, "mode_title": h.mode_title, "article": h.article,
        "pack": h.pack, "pack_now": chart.pack, "suggestion": h.suggestion, "incidents": list(h.incidents),
        **_act(h, names), "closed": None if closing is None else _act(closing, names) | {"on": plain(closing.cites)},
        "complete": chart.complete, "open": [r.slot.called for r in chart.open],
        "marks": [plain(m) for m in chart.marks], "conflicts": list(chart.decided.conflicts),
        "cells": [_row(r, names) for r in chart.rows],
    }  # fmt: skip


def _row(row: Row, names: Names) -> dict[str, Any]:
    return {
        "element": row.slot.called, "part": row.slot.part, "no": row.slot.element, "type": row.element.type,
        "text": row.element.text, "text_is": NOT_OFFICIAL, "common_key": row.element.common_key,
        "status": row.status(names), "open": row.open,
        **{str(side): [_entry(e, names) for e in row.column(side)] for side in Side},
        **{f"looked_{side}": list(row.looked(side, names)) for side in Side},
        "findings": [_drawn(d, names) for d in row.drawn],
        "taken": [{"side": str(t.act.side), **_shown(t.shown), **_act(t.act, names)} for t in row.taken],
        "assessed": [
            {"stage": a.assessment.stage, "says": str(a.assessment.says), "on": plain(a.assessment.cites),
             "broken": list(a.broken), **_act(a.assessment, names)} for a in row.assessed
        ],
        "tasks": [plain(t) for t in row.tasks], "marks": [plain(m) for m in row.marks],
    }  # fmt: skip


def _entry(entry: Entry, names: Names) -> dict[str, Any]:
    return {
        **_shown(entry.shown), "role": str(entry.role), "bearing": str(entry.bearing), "note": entry.note,
        "rule": entry.rule, "rule_says": entry.says, "put": None if entry.put is None else _act(entry.put, names),
    }  # fmt: skip


def _drawn(drawn: Drawn, names: Names) -> dict[str, Any]:
    f = drawn.finding
    return {"side": str(f.side), "says": f.says, "key": f.key, "standard": f.standard, "basis": plain(f.cites),
            "broken": list(drawn.broken), **_act(f, names)}  # fmt: skip


def _shown(shown: Shown) -> dict[str, Any]:
    return {
        "kind": str(shown.ref.kind), "cites": shown.ref.id, "words": shown.words, "where": shown.where,
        "speakers": list(shown.said_by), "modality": shown.modality, "state": shown.status,
        "retracted": shown.retracted, "admissibility": list(shown.flags), "gone": shown.gone,
    }  # fmt: skip


def _act(act: Act, names: Names) -> dict[str, Any]:
    return {"by": names.get(act.by, act.by), "at": act.at, "reason": act.reason, "decision": act.decision}


def cell_rows(chart: Chart, names: Names) -> Iterator[tuple[str, ...]]:
    """One row for each thing in a cell, and one for each empty column, which says who looked; under `COLUMNS`."""
    h = chart.decided.hypothesis
    for row in chart.rows:
        open_ = "open" if row.open else "assessed"
        head = (h.id, chart.name, h.crime, h.mode, row.slot.called, row.element.type, row.element.text, NOT_OFFICIAL,
                row.status(names), open_)  # fmt: skip
        for side in Side:
            told = [_entry_cells(e, names) for e in row.column(side)]
            told += [_drawn_cells(d, names) for d in row.drawn if d.finding.side is side]
            told = told or [("", "", " ".join(row.looked(side, names)), *[""] * (len(COLUMNS) - len(head) - 4))]
            yield from ((*head, str(side), *cells) for cells in told)


def _entry_cells(entry: Entry, names: Names) -> tuple[str, ...]:
    s, put = entry.shown, entry.put
    return (
        str(s.ref.kind), s.ref.id, s.words, s.where, "; ".join(s.said_by), s.modality, s.status, str(entry.role),
        str(entry.bearing), entry.note, names.get(put.by, put.by) if put else "", put.at if put else "",
        put.reason if put else "", entry.rule, s.retracted, "; ".join(s.flags), s.gone,
    )  # fmt: skip


def _drawn_cells(drawn: Drawn, names: Names) -> tuple[str, ...]:
    f = drawn.finding
    basis = "; ".join(r.id for r in f.cites)
    return (
        "finding", f.decision, f.says, f"rests on {basis}", "", "", "signed", "", "", "", names.get(f.by, f.by), f.at,
        f.reason, "", "", "", "; ".join(drawn.broken),
    )  # fmt: skip
