"""Given names: which name a spelling can be, and how much its bearing tells.

Two given names of different lines of data/given.yaml are different names, however alike they sound.
Start with `GivenNames.names_of`.

Looks down to: sounds, data/given.yaml, data/variants.yaml. Used by: parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.sounds import Sounds, sounds

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class GivenNames:
    """The lists, by the sound of each spelling (script and units)."""

    lines: dict[tuple[bool, str], frozenset[int]]
    frequent: frozenset[int]
    """Names so frequent that they tell little of who bears them."""
    arabic: frozenset[int]
    """Names of the Arabic sphere."""
    families: dict[tuple[bool, str], bool]
    """Family names so common that alone they tell little."""

    def names_of(self, part: Sounds) -> frozenset[int]:
        """The lines that this spelling stands in; empty for what is no known given name."""
        found = self.lines.get((part.arabic, part.units), _NONE)
        if not found and part.arabic and part.units[-1:] == "I":  # ى is also written with points
            found = self.lines.get((True, part.units[:-1] + "M"), _NONE)
        return found

    def is_common_family(self, part: Sounds) -> bool:
        """True for a family name that very many bear."""
        return (part.arabic, part.units) in self.families


@lru_cache(maxsize=1)
def read_lists() -> dict[str, list[list[str]]]:
    """The sections of both files as they are written: name of section to its lines."""
    found: dict[str, list[list[str]]] = {}
    for name in ("variants", "given"):
        text = files("probanda.names").joinpath(f"data/{name}.yaml").read_text("utf-8")
        data: dict[str, Any] = yaml.safe_load(text)
        found.update({section: [[str(form) for form in line] for line in lines] for section, lines in data.items()})
    return found


def load(one_part: Callable[[str], str | None]) -> GivenNames:
    """The lists; `one_part` gives the text of a written name that is one part, as a person's name is taken apart."""
    lines: dict[tuple[bool, str], set[int]] = {}
    frequent: set[int] = set()
    arabic: set[int] = set()
    families: dict[tuple[bool, str], bool] = {}
    number = 0
    for section, rows in read_lists().items():
        for row in rows:
            parts = list(_sounded(row, one_part))
            if section == "common_families":
                families.update({(p.arabic, p.units): True for p in parts})
                continue
            number += 1
            if section in ("variants", "arabic_frequent"):
                frequent.add(number)
            if section.startswith("arabic") or any(p.arabic for p in parts):
                arabic.add(number)
            for part in parts:
                lines.setdefault((part.arabic, part.units), set()).add(number)
    found = {key: frozenset(numbers) for key, numbers in lines.items()}
    return GivenNames(found, frozenset(frequent), frozenset(arabic), families)


def _sounded(row: Iterable[str], one_part: Callable[[str], str | None]) -> Iterable[Sounds]:
    for form in row:
        text = one_part(form)
        if text:
            yield sounds(text)
