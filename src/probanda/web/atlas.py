"""What maps are drawn from besides the case: positions of places, borders that were built in, a base map of one's own.

Start with `Atlas`. Borders lie in `built/` after `make web`; without them a map shows a graticule and says so. Nothing
is ever asked of another machine.

Looks down to: names (positions), reports (borders), web.tiles. Used by: web.desk, web.pages, cli.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from probanda.kernel.errors import WrongUsage
from probanda.names.positions import Positions, own_positions
from probanda.reports.borders import Borders
from probanda.reports.mercator import Window
from probanda.web.tiles import Tiles

BUILT = Path(__file__).parent / "built"
"""Where `make web` puts what it fetched; in no repository, in every wheel that was made after it."""
NEARER = ((8, "10m"), (5, "50m"), (0, "110m"))
"""From which zoom on which scale of Natural Earth is drawn (1 : 10, 50 and 110 million)."""


@dataclass(frozen=True)
class Atlas:
    """What one server draws maps from."""

    positions: Positions = field(default_factory=Positions)
    tiles: Tiles | None = None
    built: Path = BUILT

    @classmethod
    def of(cls, places: Path | None, base_map: Path | None) -> Atlas:
        """With a list of places and a base map of one's own, where given. Raises WrongUsage."""
        try:
            own = own_positions(places.read_text("utf-8")) if places else Positions()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongUsage(f"{places} cannot be read as a list of places.", "Give a CSV file in UTF-8.") from error
        return cls(own, Tiles.opened(base_map) if base_map else None)

    @property
    def has_borders(self) -> bool:
        """True where borders were built in."""
        return (self.built / f"world-{NEARER[-1][1]}.npz").is_file()

    def land(self, window: Window) -> str:
        """The land in a window as the `d` of one SVG path; empty where borders were not built in."""
        return _land(self.built, window)


@lru_cache(maxsize=64)
def _land(built: Path, window: Window) -> str:
    scale = next(name for zoom, name in NEARER if window.zoom >= zoom)
    borders = _borders(built / f"world-{scale}.npz")
    return borders.path(window) if borders else ""


@lru_cache(maxsize=8)
def _borders(file: Path) -> Borders | None:
    import numpy as np

    if not file.is_file():
        return None
    with np.load(file, allow_pickle=False) as held:
        return Borders.of(np.cumsum(held["steps"], axis=0, dtype=np.int32), held["starts"])
