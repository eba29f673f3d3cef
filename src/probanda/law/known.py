"""Instruments of real situations that a law pack holds, by id: start with `known_instruments`.

The package's own file `packs/<name>/instruments.yaml` is the only thing read here. Its keys are those of a file of
facts.

Looks down to: law.facts, law.facts_read. Used by: casework.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

from probanda.law.facts import Instrument
from probanda.law.facts_read import instrument_from

FILE = "instruments.yaml"


@cache
def known_instruments(pack: str = "rome") -> Mapping[str, Instrument]:
    """The instruments of this pack; empty for a pack that holds none. Raises FactsBroken."""
    file = resources.files("probanda.law") / "packs" / pack / FILE
    if not file.is_file():
        return MappingProxyType({})
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["instruments"]
    held = [instrument_from(entry, f"{FILE}: {entry.get('id')}") for entry in entries]
    return MappingProxyType({one.id: one for one in held})
