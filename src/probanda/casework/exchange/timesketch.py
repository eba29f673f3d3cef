"""Timesketch: what is dated in a case, as lines of a timeline (CSV and JSON lines with the three columns it asks for).

Start with `given`. An event is one day: a claim that happened over a stretch of days is one event at its first day and
one at its last, each saying which. Timesketch asks for an instant and has no partial dates, so a day is given at
midnight UTC and the column `probanda_date` holds what the words tell. What has no day, or only a month or year, has no
place on a timeline: it is counted, with why.

Looks down to: rows (places), view, kernel. Used by: exchange.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from probanda.casework.exchange.model import Given, Handed, Losses, System, counts, items_of, lines, table
from probanda.casework.view import View
from probanda.claims.model import DOC, Claim
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import Family

Row = dict[str, str]
COLUMNS = (
    "message", "datetime", "timestamp_desc", "probanda_id", "probanda_kind", "probanda_date", "act_type", "modality",
    "polarity", "status", "speakers", "actors", "victims", "places", "quote", "document", "number", "sha256", "start",
    "end",
)  # fmt: skip
"""The first three are what Timesketch asks for; the others are shown with an event and searched."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MIDNIGHT = "T00:00:00+00:00"
PARTED = "; "


def given(handed: Handed) -> Given:
    """A timeline of a view: claims, ties and items that tell a day."""
    losses = Losses()
    rows = sorted(_rows(handed.view, losses), key=lambda r: (r["datetime"], r["probanda_id"], r["timestamp_desc"]))
    for kind, many in (
        ("incidents", len(handed.view.result.incidents)),
        ("contradictions", len(handed.view.result.contradictions)),
    ):
        losses.add(kind, "A timeline has events alone; the claims they are made of are in it.", many)
    cells = [[row.get(column, "") for column in COLUMNS] for row in rows]
    files = (("timeline.csv", table(COLUMNS, cells, losses)), ("timeline.jsonl", lines(rows)))
    return Given(files=files, written=counts(Counter(row["timestamp_desc"] for row in rows)), left_out=losses.all())


def _rows(view: View, losses: Losses) -> Iterator[Row]:
    for claim in view.claims:
        base = _claim_row(view, claim)
        yield from _claim_events(claim, base, losses)
    for item in items_of(view, losses):
        name = view.names[item.digest][0]
        base = {"probanda_id": item.digest, "probanda_kind": "item", "document": name, "number": item.number,
                "sha256": item.digest}  # fmt: skip
        days = {"Published": item.dated_from} if item.dated_from == item.dated_to else {}
        if not days:
            losses.add("item", "Its date is a stretch of days.")
        message = f"{item.number} {item.title or name}"
        yield from _events(days, base | {"message": message}, "item", losses)


def _claim_events(claim: Claim, base: Row, losses: Losses) -> Iterator[Row]:
    if claim.tie is not None:
        bounds = claim.tie.bounds or Bounds()
        first = bounds.first_precise or bounds.first_imprecise
        last = bounds.last_precise or bounds.last_imprecise
        days = {"First evidenced": first, "Last evidenced": last if last != first else None}
    else:
        first, last = claim.date_from, claim.date_to
        stretch = last is not None and first != last
        days = {"Said to begin" if stretch else "Said to happen": first, "Said to end": last if stretch else None}
    yield from _events(days, base, "tie" if claim.tie is not None else "claim", losses)


def _events(days: dict[str, str | None], base: Row, kind: str, losses: Losses) -> Iterator[Row]:
    told = {what: day for what, day in days.items() if day}
    if not told:
        losses.add(kind, "It tells no date.")
    for what, day in told.items():
        if _DAY.fullmatch(day):
            yield base | {"datetime": day + _MIDNIGHT, "timestamp_desc": what, "probanda_date": day}
        else:
            losses.add(kind, "It tells a month or year, not a day.")


def _claim_row(view: View, claim: Claim) -> Row:
    tie = claim.tie
    what = f"{tie.left.words}, {tie.kind.value}: {tie.right.words}" if tie is not None else claim.act
    denied = "denied: " if claim.polarity.value == "negative" else ""
    row = {
        "message": f"{claim.modality.value}: {denied}{what}",
        "probanda_id": claim.id,
        "probanda_kind": "tie" if claim.family is Family.TIE else "claim",
        "act_type": claim.act_type.value,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "status": claim.status.value,
        "speakers": PARTED.join(one.words for one in claim.speakers if one.words != DOC),
        "actors": PARTED.join(one.words for one in claim.actors),
        "victims": PARTED.join(one.words for one in claim.victims),
        "places": PARTED.join(one.words for one in claim.places),
        "quote": claim.quote,
        "document": view.names[claim.item][0],
        "number": view.numbers[claim.item],
        "sha256": claim.item,
        "start": str(claim.start),
        "end": str(claim.end),
    }
    return {key: value for key, value in row.items() if value}


SYSTEM = System(about="Timesketch: a timeline of dated claims and items, as CSV and JSON lines.", write=given)
