"""A base map of one's own: raster tiles out of one PMTiles file (version 3), read where they lie.

Start with `Tiles.opened`. Whatever the file says of itself, a tile leaves only as a PNG, JPEG or WebP picture that
begins as one, and no larger than `LARGEST`; directories are unpacked within bounds. Vector tiles are not shown yet.

Looks down to: kernel (errors). Used by: web.atlas.
"""

from __future__ import annotations

import math
import mmap
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from probanda.kernel.errors import WrongUsage
from probanda.reports.mercator import TALL, TILE, WIDE, Window

LARGEST = 4 << 20
"""Bytes of one tile."""
MOST_PACKED, MOST_UNPACKED = 1 << 20, 16 << 20
"""Bytes of one directory of the file."""
DEPTH = 4
"""Directories below one another that the format allows."""
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
"""How pictures begin."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One tile in the picture."""

    address: str
    x: float
    y: float
    side: float


@dataclass(frozen=True, eq=False)
class Tiles:
    """One PMTiles file that is open; safe to use from several threads, since nothing in it changes."""

    name: str
    _bytes: mmap.mmap
    _head: Any

    @classmethod
    def opened(cls, file: Path) -> Tiles:
        """The tiles of this file. Raises WrongUsage for what is no PMTiles file of raster tiles."""
        from pmtiles.tile import Compression, TileType, deserialize_header

        try:
            with file.open("rb") as opened:
                mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            head = deserialize_header(mapped[:127])
        except Exception as error:  # the library has no family of errors: whatever it says, this is no such file
            raise WrongUsage(
                f"{file} cannot be read as a base map.", "Give a PMTiles file (version 3) of raster tiles."
            ) from error
        if head["tile_type"] not in (TileType.PNG, TileType.JPEG, TileType.WEBP) or head["tile_compression"] not in (
            Compression.NONE, Compression.UNKNOWN,
        ):  # fmt: skip
            raise WrongUsage(
                f"{file.name} holds tiles of another kind than pictures ({head['tile_type'].name}).",
                "Only raster tiles (PNG, JPEG, WebP) are shown; turn vector tiles into pictures first.",
            )
        return cls(file.name, mapped, head)

    def tile(self, zoom: int, x: int, y: int) -> tuple[bytes, str] | None:
        """(bytes, media type) of one tile; None where the file has none, or has something else than a picture."""
        from pmtiles.tile import find_tile, zxy_to_tileid

        if not (self._head["min_zoom"] <= zoom <= min(self._head["max_zoom"], 24)):
            return None
        if not (0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        wanted, at, long = zxy_to_tileid(zoom, x, y), self._head["root_offset"], self._head["root_length"]
        for _ in range(DEPTH):
            entry = find_tile(self._directory(at, long), wanted)
            if entry is None:
                return None
            if entry.run_length:
                return _picture(self._part(self._head["tile_data_offset"] + entry.offset, entry.length, LARGEST))
            at, long = self._head["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def _part(self, at: int, long: int, most: int) -> bytes:
        return self._bytes[at : at + long] if 0 < long <= most else b""

    @lru_cache(maxsize=64)  # noqa: B019 - lives as long as the server
    def _directory(self, at: int, long: int) -> list[Any]:
        """One directory; empty where it is none, or would unpack to more than it may."""
        from pmtiles.tile import deserialize_directory

        packed = self._part(at, long, MOST_PACKED)
        try:
            bounded = zlib.decompressobj(zlib.MAX_WBITS | 16)
            bounded.decompress(packed, MOST_UNPACKED)
            return deserialize_directory(packed) if bounded.eof else []
        except (zlib.error, EOFError, OSError, IndexError, OverflowError):
            return []

    def placed(self, window: Window) -> tuple[Placed, ...]:
        """The tiles that a window shows, in their places; the nearest there are, drawn larger, where one looks nearer
        than they go."""
        zoom = max(self._head["min_zoom"], min(self._head["max_zoom"], window.zoom))
        if zoom > window.zoom + 1:
            return ()  # so many small tiles that the picture would never be whole
        side = TILE * 2.0 ** (window.zoom - zoom)
        (left, top), count = window.corner, 1 << zoom
        across = range(max(0, math.floor(left / side)), min(count - 1, math.floor((left + WIDE) / side)) + 1)
        down = range(max(0, math.floor(top / side)), min(count - 1, math.floor((top + TALL) / side)) + 1)
        return tuple(
            Placed(f"/map/tiles/{zoom}/{x}/{y}", round(x * side - left, 1), round(y * side - top, 1), side)
            for y in down
            for x in across
        )


def _picture(found: bytes) -> tuple[bytes, str] | None:
    kind = next((kind for begins, kind in KINDS.items() if found.startswith(begins)), None)
    return None if kind is None or (kind == "image/webp" and found[8:12] != b"WEBP") else (found, kind)
