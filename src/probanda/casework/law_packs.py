"""Law packs by name or in a folder of the user's own: start with `pack_at`.

Looks down to: law. Used by: cli.
"""

from __future__ import annotations

from pathlib import Path

from probanda.kernel.errors import WrongUsage
from probanda.law import build, load
from probanda.law.model import LawPack


def pack_at(place: str) -> LawPack:
    """The pack in this folder, else the one of this name that ships. Raises LawPackBroken; WrongUsage for a file."""
    folder = Path(place)
    if folder.is_file():
        raise WrongUsage(
            f"{place} is a file, not a law pack.", "Name the folder that holds pack.yaml and its neighbours."
        )
    if not folder.is_dir():
        return load(place)
    return build(folder.name, {f.name: f.read_text(encoding="utf-8") for f in sorted(folder.glob("*.yaml"))})
