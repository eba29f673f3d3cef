"""Exports in forms of no single system: tables, a graph, a map; what may leave, and what has no place in each."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
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
