"""What persons record of the law of a case: kind of conflict, acceptances, thresholds, notes on case law.

Start with `recorded`, which the matrix asks, then `classify`. Each is a decision with a reason, and can be undone. The
pack under which it was made is kept with it (requirement C14).

Looks down to: law_packs, law, matrix, store. Used by: casework (consolidate, narrow), cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework.law_packs import keeping, packs
from probanda.kernel.digests import content_id
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.law import load
from probanda.law.model import Crime, LawPack, Mode
from probanda.law.pack import SHIPPED
from probanda.law.recorded import (
    Acceptance,
    CaseLawNote,
    Classification,
    ConflictType,
    Recorded,
    Side,
    Threshold,
)
from probanda.law.telling import named
from probanda.law.twins import Mapped, in_conflict
from probanda.matrix.situation import Situation
from probanda.store.model import Decision, Deed
from probanda.store.projection import ACCEPTANCE, CLASSIFICATION, LAW_NOTE, ON_LAW, THRESHOLD
from probanda.store.store import Store


@dataclass(frozen=True, slots=True)
class Remapped:
    """What a classification changes for the crimes of one pack that are laid out for its place and period."""

    pack: str
    mapped: Mapped
    open: tuple[str, ...] = ()
    """War crimes that stay beside their twins, since the kind of conflict is open or mixed."""


# --- looking --------------------------------------------------------------------------------------


def recorded(store: Store, eyes: Eyes) -> Recorded:
    """All that stands, each in the order of the log."""
    names = store.users()
    return Recorded(
        classifications=tuple(_classification(d, names) for d in store.of_kind(eyes, CLASSIFICATION)),
        acceptances=tuple(_acceptance(d, names) for d in store.of_kind(eyes, ACCEPTANCE)),
        thresholds=tuple(_threshold(d, names) for d in store.of_kind(eyes, THRESHOLD)),
        notes=tuple(_note(d, names) for d in store.of_kind(eyes, LAW_NOTE)),
    )


def decisions(store: Store, eyes: Eyes) -> list[Decision]:
    """The decisions on the law that stand, in the order of the log."""
    return [d for d in store.decisions(eyes) if d.kind in ON_LAW and d.stands]


def _signed(d: Decision, names: Mapping[str, str]) -> dict[str, Any]:
    return {"decision": d.id, "by": names.get(d.by, d.by), "at": d.at, "reason": d.reason}


def _classification(d: Decision, names: Mapping[str, str]) -> Classification:
    told = d.payload
    return Classification(
        place=told["place"], date_from=told["date_from"], date_to=told["date_to"], type=ConflictType(told["type"]),
        intensity=told.get("intensity", ""), organisation=told.get("organisation", ""), **_signed(d, names),
    )  # fmt: skip


def _acceptance(d: Decision, names: Mapping[str, str]) -> Acceptance:
    return Acceptance(
        state=d.payload["state"], amendment=d.payload["amendment"], on=d.payload["on"],
        instrument=d.payload.get("instrument", ""), **_signed(d, names),
    )  # fmt: skip


def _threshold(d: Decision, names: Mapping[str, str]) -> Threshold:
    return Threshold(bar=d.payload["bar"], side=Side(d.payload["side"]), **_signed(d, names))


def _note(d: Decision, names: Mapping[str, str]) -> CaseLawNote:
    keys = ("entry", "element", "text", "citation", "court", "date")
    return CaseLawNote(**{key: d.payload[key] for key in keys}, **_signed(d, names))


# --- recording ------------------------------------------------------------------------------------


def classify(
    store: Store,
    eyes: Eyes,
    kind: str,
    *,
    place: str = "",
    date_from: str | None = None,
    date_to: str | None = None,
    reason: str,
    intensity: str = "",
    organisation: str = "",
) -> tuple[str, tuple[Remapped, ...]]:
    """Record what a conflict was for a place (empty: the whole situation) and period, over what stood for the same.

    Gives the decision's id and what it changes for the crimes laid out now. Days are ISO. Raises WrongUsage.
    """
    if kind not in set(ConflictType):
        raise WrongUsage(f"{kind} is no kind of conflict.", f"Use one of: {', '.join(ConflictType)}.")
    for day in filter(None, (date_from, date_to)):
        _day(day)
    if date_from and date_to and date_from > date_to:
        raise WrongUsage(f"The period ends before it begins ({date_from} to {date_to}).", "Give --from before --to.")
    place = place.strip()
    subject = content_id(CLASSIFICATION, place.casefold(), date_from or "", date_to or "")
    told = {
        "place": place, "date_from": date_from, "date_to": date_to, "type": kind,
        "intensity": intensity.strip(), "organisation": organisation.strip(),
    }  # fmt: skip
    decision = _record(store, eyes, CLASSIFICATION, subject, told, reason)
    one = next(c for c in recorded(store, eyes).classifications if c.decision == decision)
    return decision, remapped(store, eyes, one)


def remapped(store: Store, eyes: Eyes, one: Classification) -> tuple[Remapped, ...]:
    """For each pack: what becomes of the crimes now laid out for claims of this place and period."""
    suggestions = store.suggestions(eyes) or []
    if not suggestions:
        return ()
    found = []
    wanted = {c for s in suggestions for c in s.claims}
    claims = [c for c in store.claims(eyes) if c.id in wanted]
    for pack in packs(store, eyes):
        there = Situation.of(
            claims, store.actors(eyes) or (), store.incidents(eyes) or (), (), pack, Recorded(classifications=(one,))
        )
        covered = {c.id for c in claims if there.law.conflict(c).basis}
        ids = [c.id for c in pack.crimes if any(
            s.crime == c.id and s.pack == pack.stamp and covered.intersection(s.claims) for s in suggestions
        )]  # fmt: skip
        if ids:
            found.append(_remapped(pack, ids, one.type))
    return tuple(found)


def _remapped(pack: LawPack, ids: list[str], kind: ConflictType) -> Remapped:
    if kind in (ConflictType.IAC, ConflictType.NIAC):
        return Remapped(pack.stamp, in_conflict(pack, ids, kind.value.upper()))
    war = tuple(i for i in ids if pack.crime(i).conflict)
    if kind is ConflictType.NONE:
        kept = tuple(i for i in ids if i not in war)
        return Remapped(pack.stamp, Mapped(kept=kept, changed=(), without_twin=war))
    return Remapped(pack.stamp, Mapped(kept=tuple(ids), changed=(), without_twin=()), open=war)


def accept(
    store: Store, eyes: Eyes, state: str, amendment: str, on: str | None, *, reason: str, instrument: str = ""
) -> str:
    """Record that a State deposited its acceptance of an amendment on this day; None: that it did not accept it.

    Gives the decision's id. Raises NotFound for an amendment of no pack, WrongUsage for what is no day.
    """
    known = {a.id for pack in packs(store, eyes) for a in pack.amendments}
    if amendment not in known:
        raise NotFound("amendment", amendment, "probanda law list")
    if on is not None:
        _day(on)
    state = state.strip()
    if not state:
        raise WrongUsage("No State was named.", "Name it: probanda law accept Marsafa 2010-weapons --on 2029-05-03")
    subject = content_id(ACCEPTANCE, state.casefold(), amendment)
    told = {"state": state, "amendment": amendment, "on": on, "instrument": instrument.strip()}
    return _record(store, eyes, ACCEPTANCE, subject, told, reason)


def set_threshold(store: Store, eyes: Eyes, bar: str, side: str, *, reason: str) -> str:
    """Record on which side of a threshold the whole situation lies; gives the decision's id (requirement C12).

    Raises NotFound for what is no bar of a pack, WrongUsage.
    """
    if side not in set(Side):
        raise WrongUsage(f"{side} is no side of a threshold.", f"Use one of: {', '.join(Side)}.")
    bars = {b.id: b for pack in packs(store, eyes) for b in pack.bars}
    if bar not in bars:
        raise NotFound("bar", bar, "probanda law list")
    if not bars[bar].threshold:
        thresholds = ", ".join(b.id for b in bars.values() if b.threshold)
        raise WrongUsage(f"{bar} is a bar, but no threshold of a conflict.", f"Thresholds are: {thresholds}.")
    return _record(store, eyes, THRESHOLD, content_id(THRESHOLD, bar), {"bar": bar, "side": side}, reason)


def note(
    store: Store, eyes: Eyes, entry: str, element: int | None, text: str, *, citation: str, court: str = "",
    day: str = "", reason: str = "",
) -> str:  # fmt: skip
    """Note what a decision of a court says on an entry or element; many notes may stand. Gives the decision's id.

    Raises NotFound, WrongUsage for a note without words or citation.
    """
    if not text.strip() or not citation.strip():
        raise WrongUsage("A note on case law needs its words and a citation.", "Give --text and --citation.")
    found = the_entry(packs(store, eyes), entry, element)
    told = {
        "entry": found, "element": element, "text": text.strip(), "citation": citation.strip(), "court": court.strip(),
        "date": day.strip(),
    }  # fmt: skip
    subject = content_id(LAW_NOTE, found, str(element or ""))
    deed = Deed(kind=LAW_NOTE, subject=subject, payload=told, reason=reason)
    return store.record(eyes, [*keeping(store, eyes), deed])[-1]


def the_entry(all_packs: Iterable[LawPack], words: str, element: int | None) -> str:
    """The id of the one entry that these words name, which has this element. Raises NotFound, WrongUsage."""
    for pack in all_packs:
        found = named(pack, words)
        whole = [e for e in found if e.id.casefold() == words.casefold()] or list(found)
        if len(whole) > 1:
            raise WrongUsage(f"{words} can mean {', '.join(e.id for e in whole)}.", "Name one of them whole.")
        if whole:
            one = whole[0]
            numbers = [e.no for e in one.elements] if isinstance(one, Crime | Mode) else []
            if element is not None and element not in numbers:
                raise NotFound(f"element of {one.id}", str(element), f'probanda law show "{one.id}"')
            return one.id
    raise NotFound("entry of the law pack named", words, "probanda law list")


def _record(store: Store, eyes: Eyes, kind: str, subject: str, told: dict[str, Any], reason: str) -> str:
    """Record it over what stands for the same, with the pack under which it is decided."""
    pack = load(SHIPPED)
    used = {"name": pack.name, "version": pack.version, "digest": pack.digest}
    over = tuple(d.id for d in store.standing(eyes, subject, kind))
    deed = Deed(kind=kind, subject=subject, payload=told | {"pack": used}, reason=reason, over=over)
    return store.record(eyes, [*keeping(store, eyes), deed])[-1]


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise WrongUsage(f"{words} is no day.", "Write it as 2031-05-03.") from None
