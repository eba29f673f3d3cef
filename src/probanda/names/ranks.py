"""Ranks as texts write them before a name: `Colonel`, `Brig. Gen.`, `العقيد`.

Looks down to: folding, data/ranks.yaml. Used by: claims.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml

from probanda.names.folding import fold


def rank_of(title: str) -> str | None:
    """The rank that a title is or begins with, as written; None for offices and honorifics."""
    words = title.split()
    for length in range(len(words), 0, -1):
        if fold(" ".join(words[:length]).replace(".", " ")).strip() in _ranks():
            return " ".join(words[:length])
    return None


@lru_cache(maxsize=1)
def _ranks() -> frozenset[str]:
    data = yaml.safe_load(files("probanda.names").joinpath("data/ranks.yaml").read_text("utf-8"))
    return frozenset(fold(str(word)) for word in data["before"]["ranks"])
