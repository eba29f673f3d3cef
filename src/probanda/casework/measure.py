"""How good each reader was measured to be: figures kept beside the code, with the command that made them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from probanda.reports.casefile import Measure


def measured(readers: Sequence[str]) -> tuple[Measure, ...]:
    """The figures of each of these readers, in their order; without figures for one that was never measured."""
    known = json.loads(files("probanda.claims").joinpath("measured.json").read_text("utf-8"))
    return tuple(_measure(reader, known.get(reader)) for reader in readers)


def _measure(reader: str, entry: dict[str, Any] | None) -> Measure:
    if entry is None:
        return Measure(reader, "", (), "")
    return Measure(reader, entry["gold"], tuple((str(k), str(v)) for k, v in entry["figures"]), entry["command"])
