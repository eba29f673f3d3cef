"""Which acts point to which crimes, and which involvement to which modes: the pack's lists, applied.

To point is to say where to lay a claim out for examination, never that the crime was committed. The finest entry that
fits a claim decides: `act_type/detail`, else `*/detail`, else `act_type`. Start with `crimes_for`.

Looks down to: law.model. Used by: matrix.
"""

from __future__ import annotations

from collections.abc import Iterable

from probanda.law.model import Crime, LawPack, Mode

ORDERING = "ordering"


def fits(act_type: str, detail: str | None, entries: Iterable[str]) -> bool:
    """True when one of these entries names this very act type or detail (without weighing finer ones)."""
    listed = frozenset(entries)
    return any(form in listed for form in _forms(act_type, detail))


def crimes_for(pack: LawPack, act_type: str, detail: str | None = None) -> tuple[Crime, ...]:
    """Crimes this kind of act points to, in the pack's order; empty where it points to none (`why_none` says why)."""
    form = _finest(pack, act_type, detail)
    return tuple(c for c in pack.crimes if form in c.acts)


def why_none(pack: LawPack, act_type: str, detail: str | None = None) -> tuple[str, bool]:
    """Why this kind of act points to no crime, and whether a matrix mentions it even so; ("", False) if it does."""
    if crimes_for(pack, act_type, detail):
        return "", False
    form = _finest(pack, act_type, detail)
    for entry in pack.silent:
        if entry.act == form:
            return entry.why, entry.noted
    return "The pack does not map this kind of act.", False


def modes_for(pack: LawPack, involvement: str, crime: Crime) -> tuple[Mode, ...]:
    """Modes this involvement points to, in the pack's order.

    Where the conduct is itself an order (art. 8(2)(e)(viii), (x)), whoever gives it acts with their own hand, and is
    not laid out a second time for ordering it.
    """
    if crime.by_words and involvement == ORDERING:
        involvement = "direct"
    return tuple(m for m in pack.modes if involvement in m.involvements and m.fits(crime))


def _finest(pack: LawPack, act_type: str, detail: str | None) -> str:
    """The finest form of this act that the pack lists anywhere; the bare act type where it lists none."""
    listed = {entry.act for entry in pack.silent} | {act for crime in pack.crimes for act in crime.acts}
    return next((form for form in _forms(act_type, detail) if form in listed), act_type)


def _forms(act_type: str, detail: str | None) -> tuple[str, ...]:
    return (f"{act_type}/{detail}", f"*/{detail}", act_type) if detail else (act_type,)
