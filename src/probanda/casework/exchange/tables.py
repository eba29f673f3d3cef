"""What may leave a case as flat tables with fixed columns, for programs that count and draw: no format yet.

Start with `TABLES` (each column with its kind and what it says; docs/tables.md tells the same) and `rows_of`. Every
table refers to others by ids, and no cell holds a record; lists are lists of words or ids. An empty cell says that the
claim does not tell, never "no".

Looks down to: rows, view, claims, kernel. Used by: exchange (parquet), casework (shown).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from probanda.casework import rows
from probanda.casework.exchange.model import Losses, items_of
from probanda.casework.rows import Row
from probanda.casework.view import View
from probanda.claims.model import Actor, Claim, Named
from probanda.kernel.bounds import Bounds
from probanda.kernel.vocabulary import Family

ALL = "all"
"""Every table together."""
TEXT, WHOLE, YES, TEXTS = "text", "whole number", "yes or no", "list of texts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, and what makes its rows of a view."""

    row: str
    columns: tuple[Column, ...]
    rows: Callable[[View], Iterator[Row]]


def rows_of(view: View, table: str, losses: Losses) -> list[Row]:
    """The rows of one table in a fixed order, each with its columns alone; what has no column is counted."""
    if table == "items":
        items_of(view, losses)
    names = [column.name for column in TABLES[table].columns]
    return [{name: row.get(name) for name in names} for row in TABLES[table].rows(view)]


# --- rows -----------------------------------------------------------------------------------------


def _claims_in_order(view: View) -> list[Claim]:
    number = view.numbers
    every = (*view.claims, *view.rejected)
    return sorted(every, key=lambda c: (number[c.item], c.start, c.end, c.id))


def _items(view: View) -> Iterator[Row]:
    for item in items_of(view, Losses()):
        names = view.names[item.digest]
        yield {
            "id": item.digest, "number": item.number, "name": names[0] if names else None, "also_names": names[1:],
            "media_type": item.media_type, "size": item.size, "language": item.language, "dated_from": item.dated_from,
            "dated_to": item.dated_to, "title": item.title, "publisher": item.publisher, "label": item.label,
            "source": item.source, "collector": item.collector,
            "not_read": item.unread_reason or item.not_read,
        }  # fmt: skip


def _claims(view: View) -> Iterator[Row]:
    incident_of = {claim: i.id for i in view.result.incidents for claim in i.claims}
    for claim in _claims_in_order(view):
        row = rows.claim_row(claim, view.names[claim.item], view.numbers[claim.item], view.actor_of)
        quantity = row.pop("quantity") or {}
        cited = row.pop("cited") or {}
        yield {
            **row,
            **{f"quantity_{key}": value for key, value in quantity.items()},
            **{f"cited_{key}": value for key, value in cited.items()},
            "family": claim.family.value,
            "incident": incident_of.get(claim.id),
        }


def _quotes(view: View) -> Iterator[Row]:
    for claim in _claims_in_order(view):
        yield {
            **rows.locator_row(claim), "claim": claim.id, "item": claim.item, "number": view.numbers[claim.item],
            "words": claim.quote, "start": claim.start, "end": claim.end,
        }  # fmt: skip


def _parties(view: View) -> Iterator[Row]:
    for claim in _claims_in_order(view):
        told: tuple[tuple[str, tuple[Named | Actor, ...]], ...] = (
            ("speaker", claim.speakers), ("author", claim.actors), ("victim", claim.victims), ("place", claim.places),
        )  # fmt: skip
        for role, ones in told:
            for position, one in enumerate(ones):
                yield {
                    "claim": claim.id, "role": role, "position": position, "words": one.words, "mention": one.mention,
                    "actor": view.actor_of.get(one.mention or ""),
                    "involvement": one.involvement.value if isinstance(one, Actor) else None,
                }  # fmt: skip


def _ties(view: View) -> Iterator[Row]:
    for claim in _claims_in_order(view):
        if claim.family is not Family.TIE or claim.tie is None:
            continue
        tie, bounds = claim.tie, claim.tie.bounds or Bounds()
        yield {
            "claim": claim.id, "kind": tie.kind.value,
            "left": tie.left.words, "left_actor": view.actor_of.get(tie.left.mention or ""),
            "right": tie.right.words, "right_actor": view.actor_of.get(tie.right.mention or ""),
            "role": tie.role, "title": tie.title, "rank": tie.rank,
            "first_precise": bounds.first_precise, "last_precise": bounds.last_precise,
            "first_imprecise": bounds.first_imprecise, "last_imprecise": bounds.last_imprecise,
            "starting": bounds.starting, "ending": bounds.ending,
        }  # fmt: skip


def _mentions(view: View) -> Iterator[Row]:
    kept = {item.digest for item in items_of(view, Losses())}
    for m in sorted(view.mentions, key=lambda m: (view.numbers.get(m.item, ""), m.start, m.end, m.id)):
        if m.item in kept:
            yield {"id": m.id, "item": m.item, "number": view.numbers[m.item], "words": m.words, "start": m.start,
                   "end": m.end, "kind": m.kind.value, "actor": view.actor_of.get(m.id)}  # fmt: skip


def _incidents(view: View) -> Iterator[Row]:
    for row in rows.incident_rows(view.result.incidents):
        row |= {key: row["corroboration"][key] for key in ("origins_at_most", "untraced", "says")}
        row["part_of"] = [part["incident"] for part in row["part_of"]]
        yield row


def _versions(view: View) -> Iterator[Row]:
    for row in rows.incident_rows(view.result.incidents):
        told = [{"field": "author", **one} for one in row["versions"]] + row["differing"]
        for n, version in enumerate(told):
            yield {**version, "incident": row["id"], "position": n}


def _figures(view: View) -> Iterator[Row]:
    return rows.figure_rows(view.claims, view.result.incidents, view.numbers)


# --- columns --------------------------------------------------------------------------------------


def _columns(*told: str) -> tuple[Column, ...]:
    """Columns written as `name, kind: what it says`; `kind` left out is text."""
    found = []
    for one in told:
        head, _, says = one.partition(": ")
        name, _, kind = head.partition(", ")
        found.append(Column(name, kind or TEXT, says))
    return tuple(found)


_ORIGINS = (
    f"origins_at_most, {WHOLE}: how many starting points of the accounts are told apart at most",
    f"untraced, {WHOLE}: accounts whose start is not known",
)

TABLES: dict[str, Table] = {
    "items": Table("an item that claims were looked for in, or could not be", _columns(
        "id: SHA-256 of its bytes", "number: registration number", "name: base name; the number where it is restricted",
        f"also_names, {TEXTS}: other names under which the same bytes came", "media_type: as its bytes tell",
        f"size, {WHOLE}: bytes", "language: of its text", "dated_from: first day of its own date",
        "dated_to: last day of its own date", "title: as the text states it", "publisher: as the text states it",
        "label: public, internal or another", "source: as who brought it said", "collector: as who brought it said",
        "not_read: why it, or a part of it, was not read; empty where it was",
    ), _items),
    "claims": Table("a claim: what a text says, tied to exact words; rejected ones are among them", _columns(
        "id: of the claim", "family: act or tie", "item: items.id", "number: registration number of the item",
        "act: the word for what happened", "act_type: kind of act", "act_detail: a finer kind",
        "modality: how its speaker puts it (alleged, reported, denied, ...)",
        "stance: the word that tells the modality",
        "polarity: positive, or negative where it is said not to be so", "date_text: the date as written",
        "date_from: first possible day", "date_to: last possible day",
        f"quantity_value, {WHOLE}: the number, where one is said", f"quantity_min, {WHOLE}: lower bound as said",
        f"quantity_max, {WHOLE}: upper bound as said", "quantity_unit: of what", "quantity_text: as written",
        "quantity_counter: who is said to have counted", "quantity_as_of: day for which it is said",
        f"means, {TEXTS}: weapons and other means as written",
        "cited_kind: kind of original that the text goes back to",
        "cited_words: the original as named", "status: proposed, checked, corrected, rejected, unsure",
        "by: id of the user who settled it", "at: when it was settled", f"flags, {TEXTS}: what to take care of",
        "reader: what read it", "why: the cues that decided", "incident: incidents.id, where it belongs to one",
    ), _claims),
    "quotes": Table("the exact words a claim rests on, and where a person finds them", _columns(
        "claim: claims.id", "item: items.id", "number: registration number", "words: the words, as they stand",
        f"start, {WHOLE}: code points from the start of the text", f"end, {WHOLE}: the code point after the last",
        f"page, {WHOLE}: first page, from 1", f"page_to, {WHOLE}: last page", "cell: cell of a sheet",
        f"message, {WHOLE}: message of a chat", "sent: when the message was sent", "time_from: in a recording",
        "time_to: in a recording", f"paragraph, {WHOLE}: paragraph of the text, from 1",
    ), _quotes),
    "parties": Table("somebody or some place in a role in a claim", _columns(
        "claim: claims.id", "role: speaker (outermost first), author, victim, place",
        f"position, {WHOLE}: from 0", "words: as written; `@doc` for the text itself", "mention: mentions.id",
        "actor: actors.id, where linked",
        "involvement: how an author is said to be involved",
    ), _parties),
    "ties": Table("who stands how to whom, as a claim of the family tie tells", _columns(
        "claim: claims.id", "kind: posting, subordination, membership, area, ...", "left: who, as written",
        "left_actor: actors.id", "right: to whom or what, as written", "right_actor: actors.id", "role: as written",
        "title: as written", "rank: as written", "first_precise: it held on this day, the first told",
        "last_precise: it held on this day, the last told", "first_imprecise: it held at some time from this day on",
        "last_imprecise: and up to this day", f"starting, {YES}: the first day is when it began",
        f"ending, {YES}: the last day is when it ended",
    ), _ties),
    "mentions": Table("a name or phrase in a text that means somebody or some place", _columns(
        "id: of the mention", "item: items.id", "number: registration number", "words: as written",
        f"start, {WHOLE}: code points from the start of the text", f"end, {WHOLE}: the code point after the last",
        "kind: person, unit, body, group, place, state", "actor: actors.id; empty while open",
    ), _mentions),
    "actors": Table("mentions linked to one actor or place, by rule or by a person", _columns(
        "id: of the actor", "kind: person, unit, body, group, place, state", "name: the form that is shown",
        f"variants, {TEXTS}: every form", f"mentions, {TEXTS}: mentions.id",
    ), lambda view: rows.actor_rows(view.actors)),
    "incidents": Table("claims that seem to speak of one event", _columns(
        "id: the founding claim's", "title: in words of the program", "act_type: kind of act",
        "date_from: first possible day", "date_to: last possible day", f"places, {TEXTS}: as written",
        f"claims, {TEXTS}: claims.id", f"part_of, {TEXTS}: incidents.id of what it is nested in", *_ORIGINS,
        "says: the sentence on origins",
    ), _incidents),
    "versions": Table("a version of an incident, or a field on which its speakers differ", _columns(
        "incident: incidents.id", f"position, {WHOLE}: from 0; no order of belief", "field: author, number, date, ...",
        "label: what this version says", f"claims, {TEXTS}: claims.id that tell it so",
        f"against, {TEXTS}: claims.id that speak against it", f"speakers, {TEXTS}: who tells it so", *_ORIGINS,
        "reason: why they were put together",
    ), _versions),
    "contradictions": Table("two claims that cannot both hold as they stand", _columns(
        "id: of the contradiction", "a: claims.id", "b: claims.id", "kind: on what they disagree", "reason: in words",
        "mark: what a person says of it", "because: on what ground", "marked_by: id of the user", "marked_at: when",
    ), lambda view: rows.contradiction_rows(view.result.contradictions, view.marks)),
    "origins": Table("a starting point of accounts, as far as traced", _columns(
        "id: of the origin", "kind: account or copy", f"docs, {TEXTS}: names of the items of a copy",
        f"claims, {TEXTS}: claims.id", "reason: in words",
    ), lambda view: rows.origin_rows(view.result.origins, view.names)),
    "accounts": Table("who tells an incident, in which item or through whom", _columns(
        "id: of the account", "incident: incidents.id", "teller: in words", "kind: of account", "item: items.id",
        "number: registration number", f"held, {YES}: its teller's own text is held here",
        f"claims, {TEXTS}: claims.id", f"supports, {YES}: it asserts that it happened",
        "origin: accounts.id where it starts, as far as traced; its own for a starting point",
        f"traced, {YES}: where it starts is known", f"counted, {YES}: it is counted among the origins", "why: in words",
    ), lambda view: rows.account_rows(view.result.incidents, view.names, view.numbers)),
    "figures": Table("a number that somebody said; never a sum", _columns(
        "incident: incidents.id", "claim: claims.id", "number: registration number", "population: who was counted",
        "said_to_be: what they are said to be", "unit: of what", f"speakers, {TEXTS}: who says it",
        "counter: who is said to have counted", f"value, {WHOLE}: as said", f"min, {WHOLE}: lower bound",
        f"max, {WHOLE}: upper bound", "text: as written", "as_of: day for which it is said",
        "date_from: first possible day of what is counted", "date_to: last possible day",
        f"denied, {YES}: it is said not to be so",
    ), _figures),
}  # fmt: skip
"""Every table by its name."""

LEFT: tuple[tuple[str, str, Callable[[View], int]], ...] = (
    ("hypotheses and the matrix", "They are a working paper with no flat form; `export matrix` prints them.",
     lambda view: len(view.suggestions) + len(view.charts)),
    ("originals cited and not held", "`probanda missing` lists them.", lambda view: len(view.originals)),
)  # fmt: skip
"""What no table holds: what, why, how many."""


def plain_of(value: Any) -> Any:
    """A cell's value: lists as lists of text, everything else as it is."""
    return [str(one) for one in value] if isinstance(value, list | tuple) else value
