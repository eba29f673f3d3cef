"""The record: what was decided, what was derived from it, and who may see which of it.

Start with `store.Store`, which every call goes through. What happens inside, in the order of the work:
`record` (a deed becomes a decision, a leaf, and current state), `derived` (what machines made),
`views` (the single door, and the readers), `search`, and `check` (the proof that all agree).

Looks down to: reports, matrix, incidents, actors, claims, reading, vault, access, audit, kernel.
Used by: casework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["Deed", "Settings", "Store"]

if TYPE_CHECKING:
    from probanda.store.model import Deed
    from probanda.store.settings import Settings
    from probanda.store.store import Store


def __getattr__(name: str) -> Any:
    """The three names of the front door, loaded when asked for: the database layer is slow to import."""
    if name == "Store":
        from probanda.store.store import Store

        return Store
    if name == "Deed":
        from probanda.store.model import Deed

        return Deed
    if name == "Settings":
        from probanda.store.settings import Settings

        return Settings
    raise AttributeError(name)
