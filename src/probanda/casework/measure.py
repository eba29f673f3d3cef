"""How good each reader was measured to be: figures kept beside the code, with the command that made them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from probanda.reports.casefile import Measure


def measured(readers: Sequence[str]) -> Measure | None:
    """The figures for the first of these readers that was measured; None where none was."""
    known = json.loads(files("probanda.claims").joinpath("measured.json").read_text("utf-8"))
    for reader in readers:
        if reader in known:
            entry = known[reader]
            figures = tuple((str(k), str(v)) for k, v in entry["figures"])
            return Measure(reader, entry["gold"], figures, entry["command"])
    return None
