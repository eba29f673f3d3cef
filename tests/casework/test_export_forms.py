"""Exports in forms of no single system: tables, a graph, a map; what may leave, and what has no place in each."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from probanda import Case
from probanda.casework import exchange
from probanda.casework.exchange import parquet
from probanda.casework.exchange.tables import TABLES
from probanda.casework.narrow import Narrowing
from probanda.casework.view import Sharing
from probanda.kernel.errors import ProbandaError, WrongUsage
from tests.conftest import ROOT
from tests.running import Done

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def written(done: Done, tmp_path: Path) -> Callable[..., Path]:
    def write(form: str, kind: str = "all", **narrowed: str) -> Path:
        out = tmp_path / f"{form}-{kind}-{len(narrowed)}"
        with Case.open(done.folder, writing=False) as case:
            exchange.export_as(case, form, kind, out, Narrowing(**narrowed), Sharing())
        return out

    return write


def test_tables_refer_to_each_other_and_every_claim_has_its_words(written: Callable[..., Path], done: Done) -> None:
    arrow = pytest.importorskip("pyarrow.parquet")
    out = written("parquet")
    told = {name: arrow.read_table(out / f"{name}.parquet") for name in TABLES}
    rows: dict[str, list[dict[str, Any]]] = {name: table.to_pylist() for name, table in told.items()}
    for name, table in told.items():
        assert table.column_names == [column.name for column in TABLES[name].columns]
        first = TABLES[name].columns[0]
        assert table.schema.field(first.name).metadata[b"description"].decode() == first.says
    assert {c["id"] for c in rows["claims"]} >= {c["id"] for c in done.claims}
    words = {q["claim"]: q["words"] for q in rows["quotes"]}
    assert all(words[claim["id"]] == claim["quote"] for claim in done.claims)
    actors, items = {a["id"] for a in rows["actors"]}, {i["id"] for i in rows["items"]}
    assert {p["actor"] for p in rows["parties"]} - {None} <= actors
    assert {c["item"] for c in rows["claims"]} <= items
    assert {c["incident"] for c in rows["claims"]} - {None} == {i["id"] for i in rows["incidents"]}
    listed = json.loads((out / exchange.LIST).read_text())
    assert listed["withheld_items"] == 1
    assert listed["left_out"], "the matrix has no flat form"
    restricted = {row["number"] for row in rows["items"] if row["label"] == "restricted"}
    assert restricted == set()
    one = written("parquet", "claims", date_from="2031-05-01", date_to="2031-05-31")
    assert [file.name for file in sorted(one.iterdir())] == ["claims.parquet", exchange.LIST]
    assert all(c["date_from"] for c in arrow.read_table(one / "claims.parquet").to_pylist())


def test_columns_are_told_in_the_documents() -> None:
    told = (ROOT / "docs" / "tables.md").read_text("utf-8")
    for name, table in TABLES.items():
        assert f"## {name}\n\nA row is {table.row}.\n" in told
        for column in table.columns:
            assert f"| `{column.name}` | {column.kind} | {column.says} |\n" in told


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ProbandaError) as told:
        parquet.writer()
    assert "probanda[tables]" in told.value.fix
    with pytest.raises(WrongUsage):
        parquet.writer("guilt")


def test_every_edge_of_the_graph_has_its_source(written: Callable[..., Path], done: Done) -> None:
    graph = etree.parse(written("graphml") / "graph.graphml").getroot().find(f"{GRAPHML}graph")
    assert graph is not None
    nodes = {node.get("id") for node in graph.findall(f"{GRAPHML}node")}
    claims = {claim["id"]: claim for claim in done.claims}
    edges = graph.findall(f"{GRAPHML}edge")
    assert len(edges) > 100
    kinds = set()
    for edge in edges:
        told = {data.get("key"): data.text for data in edge}
        assert {edge.get("source"), edge.get("target")} <= nodes
        assert told["edge-number"].startswith("MAR-") and told["edge-quote"]
        kinds.add(told["edge-kind"])
        if (claim := claims.get(told["edge-claim"])) is not None:
            assert told["edge-polarity"] == claim["polarity"] and told["edge-start"] == str(claim["start"])
    assert {"tells", "says", "told to have done it", "told to have suffered it", "subordination"} <= kinds
    with pytest.raises(WrongUsage):
        written("graphml", "claims")


PLACES = """name,latitude,longitude,kind,radius_km,lies_in
Bani Haroun;Beni Harun;Beni Haroun,33.51,11.02,village,2,Oren District
Kilo Seven,33.62,11.11,shelter,0.1,Oren District
Oren District,33.4,11.3,district,40,
"""


def test_incidents_are_areas_homes_are_no_finer_than_their_district_and_none_is_dropped(
    done: Done, tmp_path: Path
) -> None:
    places = tmp_path / "places.csv"
    places.write_text(PLACES)
    out = tmp_path / "map"
    with Case.open(done.folder, writing=False) as case:
        exchange.export_as(case, "geojson", "incidents", out, Narrowing(), Sharing(), places)
        incidents = {i.id: i for i in case.view().result.incidents}
    features = json.loads((out / "incidents.geojson").read_text("utf-8"))["features"]
    assert {f["properties"]["incident"] for f in features} == set(incidents)
    assert len({f["id"] for f in features}) == len(features)
    placed = [f for f in features if f["geometry"]]
    assert 1 < len(placed) < len(features)
    for feature in placed:
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1] and len(ring) > 8
        assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) > 0, "counter-clockwise"
        told = feature["properties"]
        assert told["area_within_km"] == (40 if told["blurred"] else 2)
    (sheltered,) = [f for f in placed if f["properties"]["blurred"]]
    assert "Kilo Seven" in sheltered["properties"]["places_as_written"]
    assert sheltered["properties"]["area_name"] == "Oren District"
    corner = [round(at, 1) for at in sheltered["geometry"]["coordinates"][0][0]]
    assert corner == [11.7, 33.4], "the district's circle, not the shelter's"
    listed = json.loads((out / exchange.LIST).read_text())
    assert any("no known position" in one["why"] for one in listed["left_out"])
    places.write_text("name,latitude\nOren,north")
    with Case.open(done.folder, writing=False) as case, pytest.raises(WrongUsage):
        exchange.export_as(case, "geojson", "all", tmp_path / "other", Narrowing(), Sharing(), places)
