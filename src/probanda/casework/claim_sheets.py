"""Ties that were read from texts as claim sheets of 2026: rows that the Security Force Monitor's tools take in.

Start with `claim_sheets`. Each tie that stands and was read from a text becomes a row of `posting.csv`, `relation.csv`
or `positioning.csv`, with a row of `citation.csv` (which page, paragraph, offsets, and the exact words), one of
`source.csv` for each item, and one of `publication.csv` for each publisher that an item names. What a tie does not tell
stays an empty cell: a row whose words give no time has none, and the item's day stands with its source.

Ids are UUIDs made from ours: a citation's from its claim, a source's from the digest of its item's bytes, a person's,
unit's or place's from the actor it is linked to now (which another decision may change).

Looks down to: claims, view, sheets (guard), reading.sheets, kernel. Used by: force_sheets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probanda.casework.sheets import Table
from probanda.casework.view import View
from probanda.claims.model import Claim, Named, Tie
from probanda.kernel.bounds import Bounds
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import Polarity, Status, TieKind
from probanda.reading.sheets import PARTED, columns_of
from probanda.store.model import ItemRow
from probanda.store.settling import CONFLICT

GENERATION = "2026"
_SHEET_OF = {
    TieKind.POSTING: "posting",
    TieKind.SUBORDINATION: "relation",
    TieKind.MEMBERSHIP: "relation",
    TieKind.AREA: "positioning",
}
_OURS = (
    "probanda:claim", "probanda:status", "probanda:item", "probanda:sha256", "probanda:paragraph", "probanda:box",
    "probanda:cell", "probanda:start", "probanda:end", "probanda:quote", "probanda:speakers",
)  # fmt: skip
"""Columns of `citation.csv` behind those of the handbook: the way back to the words."""
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class ClaimSheets:
    """The tables, by file name, and how many ties are in none of them and why."""

    tables: tuple[tuple[str, Table], ...]
    left_out: tuple[tuple[str, int], ...]


def claim_sheets(view: View, from_sheets: frozenset[str]) -> ClaimSheets:
    """Claim sheets of the ties in this view, those of the items `from_sheets` left out. Pure; the view is masked."""
    rows: dict[str, list[Row]] = {"posting": [], "relation": [], "positioning": [], "citation": []}
    left: Counter[str] = Counter()
    items = {item.digest: item for item in view.items}
    used: dict[str, ItemRow] = {}
    ordered = sorted(view.claims, key=lambda c: (view.numbers.get(c.item, ""), c.start, c.end, c.id))
    for claim in ordered:
        tie = claim.tie
        if tie is None or claim.item in from_sheets:
            continue
        if claim.polarity is Polarity.NEGATIVE:
            left["denied: the sheets have no column for what is not so"] += 1
        elif tie.kind not in _SHEET_OF:
            left[f"{tie.kind.value}: the sheets have no claim of this kind"] += 1
        else:
            used[claim.item] = items[claim.item]
            name = _SHEET_OF[tie.kind]
            rows[name].append(_common(name, claim, tie, view) | _own(name, tie, view))
            rows["citation"].append(_citation(claim, items[claim.item], view))
    of_sources, of_publications = _sources(used.values())
    tables = {
        "posting": ("posting claims", rows["posting"]),
        "relation": ("relation claims", rows["relation"]),
        "positioning": ("positioning claims", rows["positioning"]),
        "citation": ("citations", rows["citation"]),
        "source": ("sources", of_sources),
        "publication": ("publications", of_publications),
    }
    return ClaimSheets(
        tuple((f"{name}.csv", _table(name, kind, found)) for name, (kind, found) in tables.items() if found),
        tuple(sorted(left.items())),
    )


def uuid_of(digits: str) -> str:
    """The first 32 of these hexadecimal digits as a UUID of version 8 (RFC 9562), which is for ids of one's own making;
    six of its bits say so, the others are ours."""
    d = f"{digits[:12]}8{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:32]}"
    return "-".join((d[:8], d[8:12], d[12:16], d[16:20], d[20:]))


def _common(name: str, claim: Claim, tie: Tie, view: View) -> Row:
    bounds = tie.bounds or Bounds(first_imprecise=claim.date_from, last_imprecise=claim.date_to)
    return {
        "type:claim": name,
        "status:meta": _status(claim),
        "internal_comments:meta": f"Probanda, claim {claim.id}: {claim.status.value}",
        "citation:refs:claim": uuid_of(claim.id),
        "about_entity:ref:claim": _ref(tie.left, view),
        "about_entity:name:qa": tie.left.words,
        "first_precise:range": bounds.first_precise or "",
        "last_precise:range": bounds.last_precise or "",
        "first_imprecise:range": bounds.first_imprecise or "",
        "last_imprecise:range": bounds.last_imprecise or "",
        "starting:range": "Y" if bounds.starting else "N",
        "ending:range": "Y" if bounds.ending else "N",
        "type:entity": "person" if tie.kind is TieKind.POSTING else "unit",
    }


def _status(claim: Claim) -> str:
    if CONFLICT in claim.flags:
        return "conflict"
    return "accepted" if claim.status in (Status.CHECKED, Status.CORRECTED) else "work_needed"


def _own(name: str, tie: Tie, view: View) -> Row:
    left, right = (_ref(tie.left, view), tie.left.words), (_ref(tie.right, view), tie.right.words)
    if name == "posting":
        return {
            "posting:person:refs:assertion": left[0],
            "posting:person:names:qa": left[1],
            "posting:unit:refs:assertion": right[0],
            "posting:unit:names:qa": right[1],
            "posting:roles:assertion": tie.role or "",
            "posting:titles:assertion": tie.title or "",
            "posting:ranks:assertion": tie.rank or "",
        }
    if name == "relation":
        return {
            "relation:unit:refs:assertion": left[0],
            "relation:unit:names:qa": left[1],
            "relation:types:assertion": "member-of" if tie.kind is TieKind.MEMBERSHIP else "child-of",
            "relation:related_unit:refs:assertion": right[0],
            "relation:related_unit:names:qa": right[1],
        }
    return {
        "positioning:unit:refs:assertion": left[0],
        "positioning:unit:names:qa": left[1],
        "positioning:types:assertion": tie.role if tie.role in ("site", "aoo") else "aoo",
        "positioning:location:refs:assertion": right[0],
        "positioning:location:names:qa": right[1],
    }


def _ref(party: Named, view: View) -> str:
    actor = view.actor_of.get(party.mention or "")
    return uuid_of(actor) if actor else ""


def _citation(claim: Claim, item: ItemRow, view: View) -> Row:
    place = claim.locator
    page = "" if place is None or place.page is None else str(place.page)
    if place is not None and place.page_to is not None:
        page += f"-{place.page_to}"
    return {
        "source:source_id:admin": uuid_of(item.digest),
        "source:access_point_id:admin": uuid_of(claim.id),
        "source:access_point_type": "page" if page else "",
        "source:access_point_trigger": page,
        "probanda:claim": claim.id,
        "probanda:status": claim.status.value,
        "probanda:item": view.numbers[claim.item],
        "probanda:sha256": claim.item,
        "probanda:paragraph": "" if claim.paragraph is None else str(claim.paragraph),
        "probanda:box": " ".join(map(str, place.box)) if place and place.box else "",
        "probanda:cell": (place.cell or "") if place else "",
        "probanda:start": str(claim.start),
        "probanda:end": str(claim.end),
        "probanda:quote": claim.quote,
        "probanda:speakers": f"{PARTED} ".join(speaker.words for speaker in claim.speakers),
    }


def _sources(items: Iterable[ItemRow]) -> tuple[list[Row], list[Row]]:
    sources: list[Row] = []
    publications: dict[str, Row] = {}
    for item in items:
        publisher = item.publisher or ""
        known = uuid_of(content_id("publication", publisher)) if publisher else ""
        if publisher:
            publications[publisher] = {"source:publication_id:admin": known, "source:publication_name": publisher}
        sources.append(
            {
                "source:type": "image" if (item.read_as or item.media_type).startswith("image/") else "document",
                "source:source_id:admin": uuid_of(item.digest),
                "source:title": item.title or item.names[0].rsplit("/", 1)[-1],
                "source:published_timestamp": _day(item),
                "source:publication_id:admin": known,
            }
        )
    return sources, [publications[name] for name in sorted(publications)]


def _day(item: ItemRow) -> str:
    return item.dated_from if item.dated_from and item.dated_from == item.dated_to else ""


def _table(name: str, kind: str, rows: Iterable[Mapping[str, str]]) -> Table:
    columns = columns_of(kind, GENERATION) + (_OURS if name == "citation" else ())
    return Table(name, columns, tuple(tuple(row.get(column, "") for column in columns) for row in rows))
