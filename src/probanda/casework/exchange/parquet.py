"""Parquet: the flat tables of a case, one file for each, with what every column says beside its name.

Start with `given`. The library that writes the format comes with the extra `tables` alone: it is larger than all that
the program needs otherwise together. Equal views give equal bytes under one version of it.

Looks down to: tables, model, kernel. Used by: exchange.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from probanda.casework.exchange.model import Given, Handed, Losses, counts
from probanda.casework.exchange.tables import ALL, LEFT, TABLES, TEXTS, WHOLE, YES, Table, plain_of, rows_of
from probanda.casework.rows import Row
from probanda.kernel.errors import ProbandaError, WrongUsage


def writer(kind: str = ALL) -> Callable[[Handed], Given]:
    """What writes this table, or all. Raises WrongUsage for an unknown one, ProbandaError without the extra."""
    if kind != ALL and kind not in TABLES:
        raise WrongUsage(f"There is no table called {kind}.", f"Tables: {', '.join((ALL, *TABLES))}.")
    arrow = _library()

    def write(handed: Handed) -> Given:
        losses = Losses()
        chosen = [kind] if kind != ALL else list(TABLES)
        told = {name: rows_of(handed.view, name, losses) for name in chosen}
        if kind == ALL:
            for what, why, many in LEFT:
                losses.add(what, why, many(handed.view))
        files = tuple((f"{name}.parquet", _file(arrow, TABLES[name], rows)) for name, rows in told.items())
        return Given(files=files, written=counts({n: len(rows) for n, rows in told.items()}), left_out=losses.all())

    return write


def _library() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ProbandaError(
            "Parquet is written by a library that is not installed.",
            "Install the extra: pip install 'probanda[tables]'; or use --csv.",
        ) from error
    return pyarrow


def _file(arrow: Any, table: Table, rows: Sequence[Row]) -> bytes:
    kinds = {WHOLE: arrow.int64(), YES: arrow.bool_(), TEXTS: arrow.list_(arrow.string())}
    schema = arrow.schema(
        [
            arrow.field(c.name, kinds.get(c.kind, arrow.string()), metadata={"description": c.says})
            for c in table.columns
        ],
        metadata={"row": table.row},
    )
    columns = [
        arrow.array([_cell(row[field.name]) for row in rows], field.type) for field in schema
    ]  # fmt: skip
    out = io.BytesIO()
    arrow.parquet.write_table(arrow.Table.from_arrays(columns, schema=schema), out, compression="zstd")
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A value as a cell; half surrogates, which the format cannot hold, by their codes."""
    value = plain_of(value)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, list):
        return [_cell(one) for one in value]
    return value
