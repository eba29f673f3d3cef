"""Records of other systems: every value stands at its line and key or in its cell, and hostile files do no harm."""

from __future__ import annotations

import json

import pytest

from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, atlos, followthemoney, recognise
from probanda.reading.making import text_of
from probanda.reading.records import records_of

PERSON = '{"id": "p1", "schema": "Person", "properties": {"name": ["Hadi Zarrin", "ZARRIN, Hadi"], "weight": [80]}}'
STATEMENTS = (
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset\r\n"
    'p1,x1,name,name,Person,"Zarrin, ""Abu"" Hadi",tests\r\n'
    "p1,x2,name,name,Person,=1+1,tests\r\n"
)
ATLOS = (
    "slug,status,description,sensitive,date,more_info\n"
    'AB,To Do,"Soldiers came to the mill.\nThey burned it.",Not Sensitive,2031-05-03,"@SUM(1)"\n'
)


def places(found: Extracted) -> dict[str, str]:
    return {one.locator.cell or "": found.words[one.start : one.end] for one in found.located}


def test_values_of_json_stand_at_their_line_and_key() -> None:
    found = followthemoney.extract(f"\ufeff{PERSON}\n\nno json\n{PERSON.replace('p1', 'p2')}\n".encode())
    assert places(found)["line 1, name #2"] == "ZARRIN, Hadi"
    assert places(found)["line 4, id"] == "p2" and places(found)["line 4, weight"] == "80"
    assert [one.what for one in found.remarks] == ["1 lines of the file"]
    records = list(records_of(text_of("d" * 64, found)))
    assert [(r.number, r.says("id"), len(r.all("name"))) for r in records] == [(1, "p1", 2), (4, "p2", 2)]


def test_cells_of_a_table_are_their_own_bytes() -> None:
    data = STATEMENTS.encode("utf-8-sig")
    found = followthemoney.extract(data)
    assert places(found)["F2"] == 'Zarrin, "Abu" Hadi' and places(found)["F3"] == "=1+1", "nothing is put right"
    for run in found.runs:
        assert data[run.byte_start : run.byte_end].decode() == found.words[run.start : run.end]
    assert [r.says("value") for r in records_of(text_of("d" * 64, found))] == ['Zarrin, "Abu" Hadi', "=1+1"]


def test_of_an_incident_only_prose_is_body() -> None:
    text = text_of("d" * 64, atlos.extract(ATLOS.encode()))
    body = [text.words[p.start : p.end] for p in text.passages if p.role is not PassageRole.FURNITURE]
    assert body == ["Soldiers came to the mill.", "They burned it.", "@SUM(1)"]
    (record,) = records_of(text)
    assert record.says("date") == "2031-05-03" and record.says("slug") == "AB"
    assert text.restricted_reason is None
    hidden = atlos.extract(ATLOS.replace("Not Sensitive", "Personal Information Visible").encode())
    assert hidden.restricted is not None, "what Atlos shields is withheld"


def test_the_files_of_a_full_export_are_told_by_their_keys() -> None:
    incident = {
        "attr_description": "Soldiers burned the mill.", "attr_geolocation": {"coordinates": [2.5, 1.5]},
        "slug": "P-AB", "project_attributes": [{"name": "Weather", "value": ["dry", "hot"]}],
        "source_material": [{"source_url": "https://example.org/1", "artifacts": [{"file_hash_sha256": "B" * 64}]}],
    }  # fmt: skip
    data = json.dumps(incident).encode()
    assert recognise(data, "x.zip/P-AB/metadata.json").name == "Atlos"
    found = places(atlos.extract(data))
    assert found["line 1, description"] == "Soldiers burned the mill."
    assert (found["line 1, latitude"], found["line 1, longitude"]) == ("1.5", "2.5")
    assert found["line 1, Weather #2"] == "hot" and found["line 1, file_hash_sha256"] == "B" * 64
    notes = text_of("d" * 64, atlos.extract(b'[{"explanation": "I think ten men were killed."}]'))
    assert not notes.body, "what users write to one another bears no claims"


@pytest.mark.parametrize(
    "line",
    [
        PERSON.replace('"Hadi Zarrin"', '"Hadi\\u0000 \\ud800Zarrin"'),
        PERSON.replace('["Hadi Zarrin", "ZARRIN, Hadi"]', "[" * 5_000 + "]" * 5_000),
        PERSON.replace("80", "9" * 5_000),
        PERSON.replace("Hadi Zarrin", "H" * 2_000_000),
        PERSON.replace('"name"', '"na\\nme: x"'),
        '{"id": "p1", "schema": "Person", "properties": {"name": {"a": 1}, "b": [null, true, {}]}}',
        '{"id": "p1", "schema": "Person", "properties": {"x": ' + json.dumps(["v"] * 20_000) + "}}",
    ],
    ids=["NUL and half characters", "deep", "a long number", "a huge value", "a key like a place", "no form", "many"],
)
def test_hostile_lines_cost_themselves_alone(line: str) -> None:
    found = followthemoney.extract(f"{line}\n{PERSON.replace('p1', 'last')}\n".encode())
    assert places(found)["line 2, id"] == "last"
    assert "\0" not in found.words and found.words.encode()
    assert len(found.words) < 1_000_000 and len(found.located) < 6_000
    assert all(r.reason for r in found.remarks)
    assert text_of(sha256(line.encode()), found).words


def test_what_is_no_record_is_not_taken_for_one() -> None:
    for module, data in (
        (followthemoney, b'{"schema": "Person", "properties": {'),
        (atlos, b'{"attr_description": ' + b"[" * 100_000),
        (atlos, b"status,description,sensitive\n"),
    ):
        with pytest.raises(CannotRead):
            module.extract(data)
    assert recognise(b'{"type": "personal_chat", "messages": []}', "x.json").name == "Telegram chat"
    assert recognise(b"name,role,day\nAna,cook,2031-05-03\nOmar,guard,2031-05-04\n", "x.csv").name == "CSV table"
    assert recognise(b'{"a": 1}\n', "metadata.json").name == "plain text"
