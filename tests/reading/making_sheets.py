"""Sheets of units, persons and posts about an invented country, as CSV: `made`, `header_of`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from probanda.reading.sheets import columns_of

BRIGADE, COMMAND, SAMIR, TAREK = (f"3f2b7c1e-0000-4000-8000-00000000000{n}" for n in range(1, 5))
POINT, OTHER_POINT = "7d1e0000-0000-4000-8000-000000000001", "7d1e0000-0000-4000-8000-000000000002"

UNITS = [
    {
        "unit:status:admin": "complete",
        "unit:id:admin": BRIGADE,
        "unit:name": "Third Brigade",
        "unit:name:source": f"{POINT};{OTHER_POINT}",
        "unit:name:confidence": "High",
        "unit:other_names": "Coast Brigade;اللواء الثالث",
        "unit:classification": "Army;Brigade",
        "unit:country": "ma",
        "unit:first_cited_date": "2030-01",
        "unit:first_cited_date_year": "2030",
        "unit:first_cited_date_month": "1",
        "unit:relation_type": "child",
        "unit:related_unit_id:admin": COMMAND,
        "unit:related_unit": "Northern Command",
        "unit:related_unit:source": POINT,
        "unit:related_unit:confidence": "Medium",
        "unit:related_unit_class": "Command",
        "unit:related_unit_first_cited_date": "2030-03-05",
        "unit:related_unit_first_cited_date_start": "Y",
        "unit:related_unit_last_cited_date": "2032",
        "unit:related_unit_last_cited_date_year": "2032",
        "unit:related_unit_open": "N",
        "unit:location_type": "site",
        "unit:base_name": "Camp Tarsa;Tarsa Barracks",
        "unit:base_name:source": OTHER_POINT,
        "unit:location": "Orvane",
        "unit:location_first_cited_date": "2031-05-03",
        "unit:location_last_cited_date": "2031-05-03",
        "unit:notes:admin": 'said "twice"; once, here',
    },
    {},
    {
        "unit:id:admin": COMMAND,
        "unit:name": "Northern Command",
        "unit:location_type": "aoo",
        "unit:location": "Province of Tamrit; Province of Delma",
        "unit:location_first_cited_date": "2031-02-30",
    },
]
PERSONS = [
    {
        "person:status:admin": "complete",
        "person:id:admin": SAMIR,
        "person:name": "Samir Haddad",
        "person:other_names": "Abu Nader;سمير حداد",
        "person:posting_unit_id:admin": BRIGADE,
        "person:posting_unit_name": "Third Brigade",
        "person:posting_unit:source": POINT,
        "person:posting_unit:confidence": "High",
        "person:posting_role": "Commander",
        "person:posting_role:source": OTHER_POINT,
        "person:posting_role:confidence": "Low",
        "person:posting_title": "General Officer Commanding",
        "person:posting_rank": "Colonel",
        "person:posting_first_cited_date": "2031-03-01",
        "person:posting_first_cited_date_year": "2031",
        "person:posting_first_cited_date_month": "3",
        "person:posting_first_cited_date_day": "1",
        "person:posting_first_cited_date_start": "Y",
        "person:posting_last_cited_date": "2031-09",
        "person:posting_last_cited_date_year": "2031",
        "person:posting_last_cited_date_month": "9",
        "person:posting_last_cited_date_day": "",
        "person:posting_last_cited_date_end": "N",
        "colour of the file": "green",
    },
    {
        "person:id:admin": SAMIR,
        "person:posting_unit_name": "Northern Command",
        "person:posting_role": "Deputy Commander;Chief of Staff",
        "person:posting_first_cited_date": "3/5/2032",
    },
]
POSTINGS = [
    {
        "type:claim": "posting",
        "status:meta": "conflict",
        "citation:refs:claim": f"{POINT};{OTHER_POINT}",
        "about_entity:ref:claim": TAREK,
        "about_entity:name:qa": "Tarek Moussaf",
        "first_imprecise:range": "since_beginning_of_time",
        "last_precise:range": "2031-06-21",
        "ending:range": "Y",
        "posting:person:refs:assertion": TAREK,
        "posting:unit:refs:assertion": BRIGADE,
        "posting:unit:names:qa": "Third Brigade",
        "posting:roles:assertion": "Commander",
        "posting:ranks:assertion": "Major",
    }
]
RELATIONS = [
    {
        "type:claim": "relation",
        "status:meta": "accepted",
        "citation:refs:claim": POINT,
        "relation:unit:refs:assertion": BRIGADE,
        "relation:unit:names:qa": "Third Brigade",
        "relation:types:assertion": "member-of",
        "relation:related_unit:refs:assertion": COMMAND,
        "relation:related_unit:names:qa": "Task Force Dune",
        "relation:related_unit_classes:assertion": "administrative",
        "first_precise:range": "2031-01-01",
        "last_precise:range": "2031-12-31",
    }
]
POSITIONINGS = [
    {
        "type:claim": "positioning",
        "status:meta": "work_needed",
        "citation:refs:claim": POINT,
        "about_entity:ref:claim": BRIGADE,
        "about_entity:name:qa": "Third Brigade",
        "positioning:unit:refs:assertion": BRIGADE,
        "positioning:types:assertion": "aoo",
        "positioning:location:refs:assertion": "1;2",
        "positioning:location:names:qa": "Orvane;Tamrit",
    }
]
COLUMNS: Mapping[tuple[str, str], Sequence[str]] = {
    (name, generation): columns_of(name, generation)
    for name, generation in [
        ("units", "2021"), ("persons", "2021"), ("persons_extra", "2021"), ("incidents", "2021"), ("sources", "2021"),
        ("download of personnel", "2021"), ("download of units, with what is told of each", "2021"),
        ("unit claims", "2026"), ("relation claims", "2026"), ("positioning claims", "2026"),
        ("posting claims", "2026"), ("person claims", "2026"), ("incident claims", "2026"), ("citations", "2026"),
        ("sources", "2026"), ("publications", "2026"),
    ]
}  # fmt: skip


def header_of(name: str, generation: str, rows: Sequence[Mapping[str, str]] = ()) -> list[str]:
    """The columns of a sheet, and behind them whatever else the rows fill in."""
    own = COLUMNS[name, generation]
    return [*own, *dict.fromkeys(c for row in rows for c in row if c not in own)]


def made(name: str, generation: str, rows: Sequence[Mapping[str, str]] = (), end: str = "\r\n") -> str:
    """A sheet with these rows; a row without cells is an empty line."""
    header = header_of(name, generation, rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(column, "") for column in header] if row else [])
    return out.getvalue()
