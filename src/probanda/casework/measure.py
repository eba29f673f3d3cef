"""How good each reader was measured to be: figures kept beside the code, with the command that made them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from probanda.reports.casefile import Measure


def measured(readers: Sequence[str]) -> tuple[Measure, ...]:
    """The figures of each of these readers, in their order, one for each kind of texts that it was measured on; without
    figures for one that was never measured."""
    known = json.loads(files("probanda.claims").joinpath("measured.json").read_text("utf-8"))
    return tuple(one for reader in readers for one in _of_reader(reader, known.get(reader, ())))


def _of_reader(reader: str, entries: Sequence[dict[str, Any]]) -> list[Measure]:
    if not entries:
        return [Measure(reader, "", (), "")]
    return [
        Measure(reader, one["gold"], tuple((str(k), str(v)) for k, v in one["figures"]), one["command"])
        for one in entries
    ]
