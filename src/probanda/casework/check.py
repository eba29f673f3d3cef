"""Verify and rebuild: record = log = vault, or the name of what is wrong."""

from __future__ import annotations

from probanda.casework.progress import Progress, silent
from probanda.store.model import Fault
from probanda.store.store import Store

__all__ = ["Fault", "rebuild", "verify"]


def verify(store: Store, progress: Progress = silent) -> list[Fault]:
    """Compare vault, log and record; returns every fault with its name, and writes nothing."""
    progress("verifying", 0, 1)
    faults = store.verify()
    progress("verifying", 1, 1)
    return faults


def rebuild(store: Store, progress: Progress = silent) -> None:
    """Drop what was projected and derived, and project the decisions again; reading follows in casework."""
    progress("projecting decisions", 0, 1)
    store.rebuild()
    progress("projecting decisions", 1, 1)
