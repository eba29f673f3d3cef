"""The same conduct in the other kind of conflict: which crime takes the place of which, and which have none.

Requirements C2 and C3: a change of the recorded classification maps paired crimes and names those without a twin. To
map is to say which crime asks to be examined instead, never that anything was committed. Start with `in_conflict`.

Looks down to: law.model. Used by: casework (classifying).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probanda.law.model import LawPack


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What becomes of crimes when a conflict is classified; ids, in the order given."""

    kept: tuple[str, ...]
    """Crimes of that kind of conflict already, or of none."""
    changed: tuple[tuple[str, str], ...]
    """From the crime to its twin."""
    without_twin: tuple[str, ...]
    """Crimes that the other kind of conflict does not have: they are not offered there (C3)."""


def in_conflict(pack: LawPack, crime_ids: Sequence[str], conflict: str) -> Mapped:
    """These crimes as they stand once the conflict is classified as `conflict` (IAC or NIAC). KeyError: unknown id."""
    kept: list[str] = []
    changed: list[tuple[str, str]] = []
    without: list[str] = []
    for crime in (pack.crime(i) for i in crime_ids):
        if crime.conflict in (None, conflict):
            kept.append(crime.id)
        elif crime.twin:
            changed.append((crime.id, crime.twin))
        else:
            without.append(crime.id)
    return Mapped(kept=tuple(kept), changed=tuple(changed), without_twin=tuple(without))
