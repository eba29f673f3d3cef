"""Which acts point to which crimes, and which involvement to which modes: the pack's lists, applied.

To point is to say where to lay a claim out for examination, never that the crime was committed. The finest entry that
fits a claim decides: `act_type/detail`, else `*/detail`, else `act_type`. Crimes that are not `offered` are left out.
Start with `crimes_for`.

Looks down to: law.model. Used by: matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from probanda.law.model import Crime, LawPack, Mode

ORDERING = "ordering"
UNCLASSIFIED = ("NIAC",)
"""Kinds of conflict whose crimes are offered while nobody has recorded what the conflict was (C2, C3)."""


def offered(crime: Crime, kinds: Collection[str] = UNCLASSIFIED) -> bool:
    """True when acts may point to this crime by themselves; the pack holds the others all the same.

    `kinds`: the kinds of conflict recorded for the place and time (`law.standing`); crimes of another kind are not
    offered (C2, C3). Some crimes are left to a person, and one has no elements to lay out. Whether the crime was in
    force on the day is asked apart (C4).
    """
    return (crime.conflict is None or crime.conflict in kinds) and crime.suggested and bool(crime.elements)


def fits(act_type: str, detail: str | None, entries: Iterable[str]) -> bool:
    """True when one of these entries names this very act type or detail (without weighing finer ones)."""
    listed = frozenset(entries)
    return any(form in listed for form in _forms(act_type, detail))


def crimes_for(
    pack: LawPack, act_type: str, detail: str | None = None, kinds: Collection[str] = UNCLASSIFIED
) -> tuple[Crime, ...]:
    """Crimes this kind of act points to, in the pack's order; empty where it points to none (`why_none` says why)."""
    form = _finest(pack, act_type, detail, kinds)
    return tuple(c for c in pack.crimes if form in c.acts and offered(c, kinds))


def why_none(
    pack: LawPack, act_type: str, detail: str | None = None, kinds: Collection[str] = UNCLASSIFIED
) -> tuple[str, bool]:
    """Why this kind of act points to no crime, and whether a matrix mentions it even so; ("", False) if it does."""
    if crimes_for(pack, act_type, detail, kinds):
        return "", False
    form = _finest(pack, act_type, detail, kinds)
    for entry in pack.silent:
        if entry.act == form:
            return entry.why, entry.noted
    return "The pack does not map this kind of act.", False


def modes_for(pack: LawPack, involvement: str, crime: Crime, detail: str | None = None) -> tuple[Mode, ...]:
    """Modes this involvement points to, in the pack's order; what was attempted points to attempt alone (25(3)(f)).

    Where the conduct is itself an order (art. 8(2)(e)(viii), (x)), whoever gives it acts with their own hand, and is
    not laid out a second time for ordering it.
    """
    if crime.by_words and involvement == ORDERING:
        involvement = "direct"
    able = [m for m in pack.modes if involvement in m.involvements and m.fits(crime)]
    return tuple(m for m in able if detail in m.details) or tuple(m for m in able if not m.details)


def attempted(pack: LawPack, detail: str | None) -> bool:
    """True for an act that is told as tried, not as done."""
    return detail is not None and any(detail in m.details for m in pack.modes)


def _finest(pack: LawPack, act_type: str, detail: str | None, kinds: Collection[str]) -> str:
    """The finest form of this act under `silent` or an offered crime; the bare act type where neither lists one."""
    pointing = {act for crime in pack.crimes if offered(crime, kinds) for act in crime.acts}
    listed = {entry.act for entry in pack.silent} | pointing
    return next((form for form in _forms(act_type, detail) if form in listed), act_type)


def _forms(act_type: str, detail: str | None) -> tuple[str, ...]:
    return (f"{act_type}/{detail}", f"*/{detail}", act_type) if detail else (act_type,)
