"""Retract: a source took back or corrected what it had said; what stands on it is listed, and marked.

Start with `retract`, then `resting_on`, the list; `marks` gives the flags that claims bear from then on. Nothing is
removed: the words were said, and that they were taken back was said too (promise 3). What is marked: the claims of a
retracted item, and those that stand on it by the graph of accounts (`incidents.standing`) or are of one origin with it.

Looks down to: store, incidents, matrix, kernel. Used by: casework (hand_on), cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework.assessing import CLAIM, INCIDENT, ITEM, Subject
from probanda.claims.model import Claim
from probanda.incidents.standing import standing_on
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.store.model import Decision, Deed
from probanda.store.projection import (
    ASSESSED,
    CELL_ASSESSMENT,
    CONTEXTUAL,
    FINDING,
    GRADE,
    IN_CELL,
    INFERENCE,
    RETRACTION,
    SHEET_PART,
)
from probanda.store.store import Store

RETRACTED, CORRECTED = "retracted", "corrected"
WHAT = (RETRACTED, CORRECTED)
FLAG = {RETRACTED: "retracted-by-source", CORRECTED: "corrected-by-source"}
"""Flag of a claim whose item, or which itself, was taken back or corrected."""
ECHO = "origin-retracted"
"""Flag of a claim that goes back to one origin with a claim that was taken back or corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """That a source took back, or corrected, what it had said."""

    subject: str
    on: str
    """item or claim."""
    what: str
    """retracted or corrected."""
    who: str | None
    """Who took it back, as told; None where nobody said."""
    when: str | None
    notice: str | None
    """Digest of the item that says so, where it is held."""
    by: str
    at: str
    reason: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """Something that stands on what was taken back."""

    kind: str
    """claim, echo, incident, version, contradiction, hypothesis, grade, sheet-part, finding, settled; or in a matrix
    in-cell, inference, contextual-finding, cell-assessment."""
    id: str
    words: str
    why: str = ""
    """Of an echo: why it is taken to stand on it."""


def retract(
    store: Store, eyes: Eyes, about: Subject, what: str, reason: str, *, who: str | None = None,
    when: str | None = None, notice: str | None = None,
) -> str:  # fmt: skip
    """Record that an item or claim was taken back (`retracted`) or corrected; gives the decision's id.

    `notice` is the item that says so, where it is held. `undo` takes it away again.
    """
    if what not in WHAT:
        raise WrongUsage(f"{what!r} is neither `retracted` nor `corrected`.", "Say one of the two.")
    if about.on == INCIDENT:
        raise WrongUsage("An incident is not taken back; a source's words are.", "Name the item or the claim.")
    told = {
        ASSESSED: about.on, "what": what, "who": who, "when": when,
        "notice": None if notice is None else store.item(eyes, notice).digest,
    }  # fmt: skip
    over = tuple(d.id for d in store.standing(eyes, about.id, RETRACTION))
    return store.record(eyes, [Deed(kind=RETRACTION, subject=about.id, payload=told, reason=reason, over=over)])[0]


def retractions(store: Store, eyes: Eyes) -> list[Retraction]:
    """All that stand, in the order they were recorded."""
    return [_retraction(d) for d in store.of_kind(eyes, RETRACTION)]


def _retraction(d: Decision) -> Retraction:
    told = {key: None if (value := d.payload.get(key)) is None else str(value) for key in ("who", "when", "notice")}
    return Retraction(
        subject=d.subject, on=str(d.payload[ASSESSED]), what=str(d.payload["what"]), **told, by=d.by, at=d.at,
        reason=d.reason, decision=d.id,
    )  # fmt: skip


# --- what stands on it ----------------------------------------------------------------------------


def marks(store: Store, eyes: Eyes) -> dict[str, str]:
    """Claim id -> the flag it bears because its source, or an account of the same origin, was taken back."""
    found = retractions(store, eyes)
    if not found:
        return {}
    flags: dict[str, str] = {}
    for one in found:
        direct, echoes = _touched(store, eyes, one.on, one.subject)
        flags |= dict.fromkeys(direct, FLAG[one.what])
        for claim in echoes:
            flags.setdefault(claim, ECHO)
    return flags


def marked(claims: Iterable[Claim], flags: Mapping[str, str]) -> list[Claim]:
    """The claims with these flags among their own."""
    return [
        replace(c, flags=tuple(sorted({*c.flags, flags[c.id]}))) if c.id in flags else c for c in claims
    ]  # fmt: skip


def _touched(store: Store, eyes: Eyes, on: str, subject: str) -> tuple[set[str], dict[str, str]]:
    """Claims taken back themselves, and those that stand on one of them or share its origin, with why."""
    if on == ITEM:
        direct = {c.id for c in store.claims(eyes, item=subject) if c.status is not Status.REJECTED}
    else:
        direct = {subject}
    echoes = {
        claim: origin.reason
        for origin in store.origins(eyes) or ()
        if direct & set(origin.claims) or (on == ITEM and subject in origin.items)
        for claim in origin.claims
        if claim not in direct
    }
    for incident in store.incidents(eyes) or ():
        echoes |= standing_on(incident, direct)
    return direct, echoes


def resting_on(store: Store, eyes: Eyes, about: Subject) -> list[Rests]:
    """Everything here that stands on this item or claim, the nearest first."""
    direct, echoes = _touched(store, eyes, about.on, about.id)
    touched = direct | set(echoes)
    quotes = {c.id: c.quote for c in store.claims(eyes, ids=sorted(touched))}
    rows = [Rests(kind=CLAIM, id=c, words=quotes.get(c, "")) for c in sorted(direct)]
    rows += [Rests(kind="echo", id=c, words=quotes.get(c, ""), why=echoes[c]) for c in sorted(echoes)]
    for incident in store.incidents(eyes) or ():
        held = touched & set(incident.claims)
        if not held:
            continue
        rows.append(Rests(kind=INCIDENT, id=incident.id, words=_share(incident.title, len(held), len(incident.claims))))
        for version in incident.versions:
            mine = touched & set(version.claims)
            if mine:
                rows.append(Rests(kind="version", id=incident.id,
                                  words=_share(version.label, len(mine), len(version.claims))))  # fmt: skip
    rows += [
        Rests(kind="contradiction", id=c.id, words=c.reason)
        for c in store.contradictions(eyes) or ()
        if touched & {c.a, c.b}
    ]
    for one in store.suggestions(eyes) or ():
        cells = [c for c in one.cells if touched & {*c.supporting, *c.against}]
        if cells:
            rows.append(Rests(kind="hypothesis", id=one.id, words=f"{one.crime} ({one.mode}): {len(cells)} cell(s)"))
    return rows + _decided(store, eyes, {about.id, *touched})


def _share(what: str, held: int, whole: int) -> str:
    return f"{what}: {'all' if held == whole else held} of its {whole} claim(s)" if whole > 1 else f"{what}: its claim"


def _decided(store: Store, eyes: Eyes, ids: set[str]) -> list[Rests]:
    names = store.users()
    rows = []
    for kind in (GRADE, SHEET_PART, FINDING):
        for d in store.of_kind(eyes, kind):
            cited = {d.subject, str(d.payload.get("other")), *map(str, _listed(d.payload.get("claims")))}
            if ids & cited:
                told = d.payload.get("grade") or d.payload.get("part") or d.payload.get("finds")
                rows.append(Rests(kind=kind, id=d.id, words=f"{told}, by {names.get(d.by, d.by)} at {d.at}"))
    for kind in (IN_CELL, INFERENCE, CONTEXTUAL, CELL_ASSESSMENT):
        for d in store.of_kind(eyes, kind):
            said: Any = d.payload
            if ids & {str(one["id"]) for one in said.get("cites", ())}:
                in_cell = f"hypothesis {d.subject[:12]}, element {said.get('element')}"
                where = d.subject if kind == CONTEXTUAL else in_cell
                rows.append(Rests(kind=kind, id=d.id, words=f"{where}, by {names.get(d.by, d.by)} at {d.at}"))
    rows += [
        Rests(kind="settled", id=c.id, words=f"{c.status} by {names.get(c.by, c.by)}" if c.by else str(c.status))
        for c in store.claims(eyes, ids=sorted(ids))
        if c.status is not Status.PROPOSED
    ]
    return rows


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
