"""Records of Bayanat as its tables have them: a column for each entry of a list, `<field>.<table>-<n>`, `<id>-<title>`.

Start with `bulletins_csv`. The first column is a row number without a name; an empty list is a column of its own;
a cell that a spreadsheet program could take for a formula has an apostrophe in front.

Looks down to: sheets (guard). Used by: bayanat.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from probanda.casework.sheets import Table, csv_bytes

Record = Mapping[str, Any]
_RELATED = (
    ("related_bulletins", "bulletin", "bulletin_relations", "bulletin", "title"),
    ("related_actors", "actor", "actor_relations", "actor", "name"),
    ("related_incidents", "incident", "incident_relations", "incident", "title"),
)
_BULLETIN = (
    "id", "title", "title_ar", "origin_id", "source_link", "sjac_title", "sjac_title_ar", "description",
    "publish_date", "documentation_date",
)  # fmt: skip
_BULLETIN_LISTS = (
    ("labels", "label", "labels", "", "title"),
    ("verified_labels", "label", "verLabels", "", "title"),
    ("sources", "source", "sources", "", "title"),
    ("locations", "location", "locations", "", "title"),
    ("geo_locations", "geo_location", "geoLocations", "", "title"),
    ("media", "media", "medias", "", "title"),
    ("events", "event", "events", "", "title"),
    *_RELATED,
)
_ACTOR = (
    "id", "name", "name_ar", "nickname", "nickname_ar", "middle_name", "middle_name_ar", "last_name", "last_name_ar",
    "mother_name", "mother_name_ar", "sex", "age", "civilian", "type",
)  # fmt: skip
_ACTOR_LISTS = (
    ("media", "media", "medias", "", "title"),
    ("events", "event", "events", "", "title"),
    *_RELATED,
)
_PROFILE = ("mode", "originid", "description", "source_link", "source_link_type", "publish_date", "documentation_date")


def bulletins_csv(records: Sequence[Record]) -> bytes:
    """The table of bulletins."""
    plain = [
        {name: _text(one.get("originid" if name == "origin_id" else name)) for name in _BULLETIN} for one in records
    ]
    return _table(_BULLETIN, plain, _BULLETIN_LISTS, records, ())


def actors_csv(records: Sequence[Record]) -> bytes:
    """The table of actors."""
    last = tuple(f"profile_1_{name}" for name in _PROFILE)
    plain = []
    for one in records:
        profile: Record = next(iter(one.get("actor_profiles", ())), {})
        row = {name: _text(one.get(name)) for name in _ACTOR}
        row["id_numbers"] = json.dumps(one.get("id_number", []), ensure_ascii=False)
        plain.append(row | {f"profile_1_{name}": _text(profile.get(name)) for name in _PROFILE})
    return _table(_ACTOR, plain, _ACTOR_LISTS, records, ("id_numbers", *last))


def _table(
    first: Sequence[str], plain: Sequence[dict[str, str]], lists: Sequence[tuple[str, str, str, str, str]],
    records: Sequence[Record], last: Sequence[str],
) -> bytes:  # fmt: skip
    columns = [*first]
    for column, table, key, inner, title in lists:
        most = 0
        for row, record in zip(plain, records, strict=True):
            found = [one[inner] if inner else one for one in record.get(key) or ()]
            most = max(most, len(found))
            row |= {f"{column}.{table}-{n}": f"{one['id']}-{one[title]}" for n, one in enumerate(found, 1)}
        columns += [f"{column}.{table}-{n}" for n in range(1, most + 1)] or [column]
    columns += last
    rows = tuple((str(n), *(row.get(c, "") for c in columns)) for n, row in enumerate(plain))
    return csv_bytes(Table("bayanat", ("", *columns), rows))


def _text(value: object) -> str:
    return "" if value is None else str(value)
