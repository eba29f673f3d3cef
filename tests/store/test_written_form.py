"""The short ways by which many items are recorded write, letter for letter and row for row, what the long ways do."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, select

from probanda.kernel.digests import canonical, canonical_object
from probanda.store import tables as t
from probanda.store.codec import canonical_of, from_json, plain, to_json
from probanda.store.logfile import line_of
from probanda.store.many import insert_many

LETTERS = st.text(st.characters(exclude_categories=()), max_size=12)  # half surrogates, controls and DEL among them
KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | LETTERS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


class Kind(Enum):
    SEEN = "seen"


class Word(StrEnum):
    HEARD = "gehört"


@dataclass(frozen=True)
class Part:
    name: str
    kind: Kind
    inner: tuple[Any, ...] = ()


def by_the_letter(value: object) -> bytes:
    """RFC 8785, sections 3.2.2 and 3.2.3, written out by hand for what is allowed here."""
    match value:
        case None | True | False:
            return {None: b"null", True: b"true", False: b"false"}[value]
        case int():
            return str(value).encode()
        case str():
            return b'"' + "".join(map(letter, value)).encode("utf-8", "surrogatepass") + b'"'
        case list():
            return b"[" + b",".join(map(by_the_letter, value)) + b"]"
        case dict():
            keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
            return b"{" + b",".join(by_the_letter(key) + b":" + by_the_letter(value[key]) for key in keys) + b"}"
    raise AssertionError(value)


def letter(one: str) -> str:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return short.get(one) or (f"\\u{ord(one):04x}" if one < " " else one)


@given(VALUES)
@settings(deadline=None)
def test_canonical_json_is_what_rfc_8785_asks_for(value: object) -> None:
    assert canonical(value) == by_the_letter(value)


@given(VALUES, st.sampled_from([1.5, 2**53, -(2**53), {"ä": 1}, {1: "a"}, float("nan")]))
@settings(deadline=None)
def test_what_canonical_json_refuses_it_refuses_at_any_depth(value: object, wrong: object) -> None:
    for held in ([value, wrong], {"a": value, "b": wrong}, {"a": [{"b": (wrong,)}]}, wrong):
        with pytest.raises(TypeError):
            canonical(held)


@given(st.dictionaries(st.text(st.sampled_from("abcxyz_"), min_size=1, max_size=5), VALUES, max_size=5))
@settings(deadline=None)
def test_an_object_put_together_from_its_parts_is_the_object_written_at_once(value: dict[str, object]) -> None:
    assert canonical_object({key: canonical(inner) for key, inner in value.items()}) == canonical(value)


@given(VALUES)
@settings(deadline=None)
def test_a_column_as_canonical_json_is_its_value_as_canonical_json(value: object) -> None:
    assert canonical_of(to_json(value)) == canonical(value)


@given(VALUES)
@settings(deadline=None)
def test_a_column_holds_sorted_ascii_json_of_the_plain_value(value: object) -> None:
    held = {"part": Part("ä", Kind.SEEN, (value, Word.HEARD)), "map": MappingProxyType({"z": value, "a": Kind.SEEN})}
    long_way = json.dumps(plain(held), sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert to_json(held) == long_way
    assert long_way.isascii()
    assert from_json(long_way)["part"]["inner"] == [value, "gehört"]


@pytest.mark.parametrize("wrong", [{1, 2}, b"bytes", object(), float("nan")])
def test_what_json_does_not_know_is_refused(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        to_json({"a": wrong})


@given(st.dictionaries(KEYS, VALUES, max_size=4), LETTERS)
@settings(deadline=None)
def test_a_line_of_the_log_is_canonical_json_of_entry_leaf_and_salt(payload: dict[str, object], reason: str) -> None:
    told = {"id": "a1", "kind": "label", "subject": "c3", "by": "d4", "reason": reason}
    lists = {"over": ["b2"], "seen": [["e5", 4]], "payload": payload, "labels": ["witness"]}
    columns = {key: to_json(value) for key, value in lists.items()}
    row: Any = SimpleNamespace(
        **told, **columns, leaf='{"v":1,"ä":"\udc80"}'.encode("utf-8", "surrogatepass"), salt=b"s\xff"
    )
    line = {"entry": told | lists, "leaf": '{"v":1,"ä":"\udc80"}', "salt": "73ff"}
    assert line_of(row) == by_the_letter(line) + b"\n"


def test_rows_written_many_at_once_are_the_rows_written_one_by_one(tmp_path: Path) -> None:
    words = ["plain.txt", "Brücke \udcff.txt", "\ufdd0 said", "", None]
    rows = [
        {
            "decision": f"{n:032}", "item": f"{n:064}", "number": f"MAR-{n:04}", "place": n, "name": words[n % 4],
            "label": "internal", "received_at": "2031-05-03T09:12:03.120Z", "collector": "Ada Lorin", "method": "",
            "tool": "", "source": words[n % 5], "parent": None, "evidence": words[n % 5], "compartment": 1,
        }
        for n in range(20)
    ]  # fmt: skip
    held = []
    for marks in ("qmark", "named"):
        for many in (False, True):
            database = create_engine(f"sqlite:///{tmp_path / marks}{many}", paramstyle=marks)
            with database.begin() as connection:
                t.metadata.create_all(connection)
                if many:
                    insert_many(connection, t.acquisition, rows)
                    insert_many(connection, t.acquisition, [])
                else:
                    for row in rows:
                        connection.execute(insert(t.acquisition).values(**row))
                told = connection.execute(select(t.acquisition).order_by(t.acquisition.c.place)).all()
                kept = connection.exec_driver_sql("SELECT name, source, evidence FROM acquisition ORDER BY place").all()
                held.append(([tuple(row) for row in told], [tuple(row) for row in kept]))
            database.dispose()
    assert held == [held[0]] * 4
    assert [row.name for row in told] == [row["name"] for row in rows]
    assert any(re.match("\ufdd0", row.name) for row in kept)
