"""The sheets in which others keep who commands whom: which table is one, and what its columns mean.

Start with `sheet_of`. The knowledge is data (`sheets.yaml`): two generations of the Security Force Monitor's sheets. A
table is one of them where its header holds the columns by which that sheet is known, written exactly so; columns that
no list names are kept and told. `grid` finds each cell in the bytes and puts other words there.

Looks down to: kernel. Used by: formats.sheet, claims.readers.sheet, casework.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.kernel.digests import sha256

PROFILE = "text/csv; profile=security-force-monitor-"
"""How the media type of such a sheet begins; its generation follows."""
MOST_COLUMNS = 2_000
"""Columns beyond which a table is no sheet of this kind (the widest has some 130)."""
PARTED = ";"
"""What parts the entries of one cell."""
BESIDE = (":source", ":confidence")
"""What a column of 2021 has beside it: where a value comes from, and how sure those who wrote the sheet are of it."""
DAY_PARTS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Only:
    """A condition on a row: this column says one of these words."""

    column: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Cells that name somebody or something."""

    kind: str
    """person, unit or place."""
    name: tuple[str, ...]
    """Columns that give the name; the first that is filled in counts."""
    others: tuple[str, ...] = ()
    """Columns of further names of the same."""
    id: str | None = None
    """The column of the id that the sheet gives."""
    aliases: bool = False
    """True where the entries of one cell are names of one thing, not several things."""
    about: bool = False
    """True where the claim's own entity may stand for it."""
    only: Only | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a row states of two parties, and which columns say so."""

    what: str
    tie: str | None
    """Kind of tie; None where a column says it."""
    tie_column: str | None = None
    tie_words: Mapping[str, str] = field(default_factory=dict)
    tie_missing: tuple[str, str, str] | None = None
    """Without that column: with this column in the header the second is meant, else the third."""
    left: Party
    right: Party
    only: Only | None = None
    needs: tuple[str, ...] = ()
    each: str | None = None
    act: str | None = None
    role: str | None = None
    plain: tuple[str, ...] = ()
    """Words of the role's column that add nothing to the kind of tie."""
    title: str | None = None
    rank: str | None = None
    first: str | None = None
    last: str | None = None
    starting: str | None = None
    ending: str | None = None
    still: str | None = None
    range: bool = False
    sources: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet."""

    name: str
    generation: str
    signs: tuple[str, ...]
    columns: tuple[str, ...]
    """Its own columns, without those that stand beside them."""

    @property
    def media_type(self) -> str:
        """What its text is said to be read as."""
        return f"{PROFILE}{self.generation}"

    def missing(self, header: Sequence[str]) -> tuple[str, ...]:
        """Columns of this sheet that the header does not have."""
        there = set(map(str.strip, header))
        return tuple(column for column in self.columns if column not in there)

    def unknown(self, header: Sequence[str]) -> tuple[str, ...]:
        """Columns of the header that no sheet of this generation has, and doubles of those it has."""
        known, seen, out = _known(self.generation), set(), []
        for column in map(str.strip, header):
            if column and (column not in known or column in seen):
                out.append(column)
            seen.add(column)
        return tuple(out)


def sheet_of(header: Sequence[str]) -> Sheet | None:
    """The kind of sheet that has this header; None for any other table."""
    if len(header) > MOST_COLUMNS:
        return None
    there = set(map(str.strip, header))
    return next((sheet for sheet in sheets() if there.issuperset(sheet.signs)), None)


def generation_of(media_type: str | None) -> str | None:
    """`2021` or `2026` where a text was read as such a sheet; None else."""
    return media_type.removeprefix(PROFILE) if media_type is not None and media_type.startswith(PROFILE) else None


@cache
def sheets() -> tuple[Sheet, ...]:
    """All kinds of sheets, in the order in which a header is compared with them."""
    return tuple(_sheet(one) for one in _data()["sheets"])


@cache
def facts(generation: str) -> tuple[Fact, ...]:
    """What rows of this generation can state."""
    return tuple(_fact(one) for one in _data()["facts"] if one["generation"] == generation)


@cache
def parties(generation: str) -> tuple[Party, ...]:
    """Cells of this generation that name somebody or something, whatever is stated of it."""
    return tuple(_party(one) for one in _data()["names"] if one["generation"] == generation)


def status_flags() -> Mapping[str, str]:
    """From the words of a status column to the flag of a claim."""
    found: Mapping[str, str] = _data()["flags"]
    return found


def columns_of(name: str, generation: str) -> tuple[str, ...]:
    """The columns of a sheet in their order."""
    return next(one.columns for one in sheets() if (one.name, one.generation) == (name, generation))


@cache
def digest() -> str:
    """Digest of what is known of these sheets: who reads by it is another reader when it changes."""
    return sha256(_file())


def date_columns(column: str) -> tuple[tuple[str, str, str], ...]:
    """The columns beside a day that give its year, month and day, in each way they are called."""
    return tuple((f"{column}{sign}year", f"{column}{sign}month", f"{column}{sign}day") for sign in "_:")


def _sheet(one: Mapping[str, Any]) -> Sheet:
    common = tuple(_data()["common"]) if one.get("common") else ()
    own = [*one.get("plain", ()), *one.get("sourced", ()), *one.get("dated", ()), *one.get("days", ())]
    return Sheet(
        name=one["name"],
        generation=one["generation"],
        signs=tuple(one["signs"]),
        columns=tuple(dict.fromkeys((*common, *own))),
    )


@cache
def _known(generation: str) -> frozenset[str]:
    found: set[str] = set()
    for one in _data()["sheets"]:
        if one["generation"] != generation:
            continue
        found |= set(_sheet(one).columns)
        found |= {f"{name}{sign}" for name in (*one.get("sourced", ()), *one.get("dated", ())) for sign in BESIDE}
        for name in (*one.get("dated", ()), *one.get("days", ())):
            found |= {part for parts in date_columns(name) for part in parts}
    return frozenset(found)


def _fact(one: Mapping[str, Any]) -> Fact:
    tie = one["tie"]
    by_column = tie if isinstance(tie, dict) else {}
    missing = by_column.get("missing")
    columns = ("each", "act", "role", "title", "rank", "first", "last", "starting", "ending", "still", "status")
    return Fact(
        what=one["what"],
        tie=None if by_column else tie,
        tie_column=by_column.get("column"),
        tie_words=by_column.get("words", {}),
        tie_missing=(missing["having"], missing["then"], missing["else"]) if missing else None,
        left=_party(one["left"]),
        right=_party(one["right"]),
        only=_only(one),
        needs=tuple(one.get("needs", ())),
        plain=tuple(one.get("plain", ())),
        range=bool(one.get("range")),
        sources=tuple(one.get("sources", ())),
        confidence=tuple(one.get("confidence", ())),
        **{key: one.get(key) for key in columns},
    )


def _party(one: Mapping[str, Any]) -> Party:
    return Party(
        kind=one["kind"],
        name=tuple(one["name"]),
        others=tuple(one.get("others", ())),
        id=one.get("id"),
        aliases=bool(one.get("aliases")),
        about=bool(one.get("about")),
        only=_only(one),
    )


def _only(one: Mapping[str, Any]) -> Only | None:
    said = one.get("only")
    return Only(said["column"], frozenset(said["is"])) if said else None


@cache
def _file() -> bytes:
    return files(__name__).joinpath("sheets.yaml").read_bytes()


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_file().decode("utf-8"))
    return data
