"""Destroying what may not be kept: the bytes of an item, or the words of an entry, by two users and with a reason.

Start with `ask`, then `confirm`: one user asks, another decides, and both sign with their keys. That something was
there, and that it was destroyed, when and by whom, stays in the log; the tree still verifies. Copies that this case
knows of (bundles, backups, an archive that holds the same bytes) are named, since nothing here can reach them.
The reason for it: consent withdrawn, or data held without a ground (Murad Code; Berkeley Protocol, paras 60-62).

Looks down to: access, audit, store, kernel. Used by: cli.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from probanda.access.eyes import Eyes
from probanda.access.rules import Permission, demand
from probanda.casework import built, users
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.erasing import WITH_CUSTODY, signed_words
from probanda.store.model import Decision, Deed, ItemRow
from probanda.store.projection import ASK_TO_DESTROY, DESTROY_ITEM, DESTROY_WORDS
from probanda.store.store import Store

ITEM, WORDS = "item", "words"
SHORTEST_ID = 6
"""Letters of an id that are enough to name a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy elsewhere that this case knows of."""

    kind: str
    """bundle, backup, holds (an item here that holds the same bytes) or member (an item taken out of it)."""
    name: str
    at: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asked for, and nobody has decided or withdrawn."""

    id: str
    what: str
    subject: str
    called: str
    """The item's number, or the kind of the decision."""
    with_custody: bool
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """What `confirm` did."""

    what: str
    subject: str
    called: str
    copies: tuple[Copy, ...]


def ask(store: Store, eyes: Eyes, target: str, reason: str, *, with_custody: bool = False) -> Request:
    """Ask for an item (number, digest, name) or a decision's words (id) to be destroyed. Nothing is destroyed yet.

    `with_custody`: of an item also the words of its registrations and custody lines (file names, who gave it).
    Raises NotFound; WrongUsage without a reason, and for a decision whose words cannot be destroyed.
    """
    what, subject = _target(store, eyes, target)
    told = {"what": what, WITH_CUSTODY: with_custody and what == ITEM}
    signed = _signature(store, eyes, ASK_TO_DESTROY, subject, told, reason)
    deed = Deed(kind=ASK_TO_DESTROY, subject=subject, payload=told | {"signed": signed}, reason=reason)
    store.record(eyes, [deed])
    return next(one for one in requests(store, eyes) if one.id == deed.id)


def requests(store: Store, eyes: Eyes) -> list[Request]:
    """What was asked for and still waits for a second user."""
    return [
        Request(
            id=d.id, what=str(d.payload["what"]), subject=d.subject, called=_called(store, eyes, d),
            with_custody=bool(d.payload.get(WITH_CUSTODY)), by=d.by, at=d.at, reason=d.reason,
        )
        for d in store.of_kind(eyes, ASK_TO_DESTROY)
    ]  # fmt: skip


def confirm(store: Store, eyes: Eyes, request: str, reason: str) -> Destroyed:
    """Decide, as another user, that it is destroyed; it is done at once and nothing undoes it.

    Raises NotFound; WrongUsage for the same user, without a reason or a key; NotAllowed. What was gathered out of
    several items is dropped where it may quote this one: `incidents` and `matrix` make it anew.
    """
    demand(store.user(eyes.user), Permission.DECIDE)
    waiting = requests(store, eyes)
    fits = [one for one in waiting if one.id == request or (len(request) >= SHORTEST_ID and one.id.startswith(request))]
    if len(fits) != 1:
        raise NotFound("request to destroy", request, "probanda destroy list")
    one = fits[0]
    if one.by == eyes.user:
        raise WrongUsage(
            "Two users destroy something together: one asks, another decides.",
            "Let another user decide: `probanda --as NAME destroy confirm ...`.",
        )
    kind = DESTROY_ITEM if one.what == ITEM else DESTROY_WORDS
    copies = copies_of(store, eyes, one.what, one.subject)
    told: dict[str, Any] = {
        "request": one.id, WITH_CUSTODY: one.with_custody, "copies": [c.decision for c in copies if c.decision],
    }  # fmt: skip
    signed = _signature(store, eyes, kind, one.subject, told, reason)
    store.destroy(eyes, Deed(kind=kind, subject=one.subject, payload=told | {"signed": signed}, reason=reason))
    built.forget_all(store.folder)  # what was built in the workbench may hold these words
    return Destroyed(what=one.what, subject=one.subject, called=one.called, copies=tuple(copies))


def copies_of(store: Store, eyes: Eyes, what: str, subject: str) -> list[Copy]:
    """The copies of an item's bytes, or of an entry's words, that this case knows of."""
    told = store.decisions(eyes)
    at = {d.id: place for place, d in enumerate(told)}
    items = [subject] if what == ITEM else [str(x) for d in told if d.id == subject for x in d.payload.get("items", ())]
    first = min((at[d.id] for d in told if d.subject in (subject, *items) and d.kind == "register"), default=0)
    first = at.get(subject, first)
    found = []
    for d in told:
        if d.kind == "output" and d.payload.get("kind") == "backup" and at[d.id] > first:
            found.append(Copy(kind="backup", name=str(d.payload.get("name", "")), at=d.at, decision=d.id))
        elif d.kind == "custody" and d.subject in items and d.payload.get("what") == "exported" and at[d.id] > first:
            found.append(Copy(kind="bundle", name=str(d.payload.get("to") or ""), at=d.at, decision=d.id))
    return found + (_kin(store, eyes, subject) if what == ITEM else [])


def _kin(store: Store, eyes: Eyes, digest: str) -> list[Copy]:
    """Items here that hold the same bytes, and those that were taken out of it."""
    rows = {row.digest: row for row in store.items(eyes)}
    mine = rows.get(digest)
    above = [rows[parent] for parent in (mine.parents if mine else ()) if parent in rows and not rows[parent].destroyed]
    below = [row for row in rows.values() if digest in row.parents and not row.destroyed]

    def told(kind: str, row: ItemRow) -> Copy:
        return Copy(kind=kind, name=row.number, at="", decision="")

    return [*(told("holds", row) for row in above), *(told("member", row) for row in below)]


def _signature(store: Store, eyes: Eyes, kind: str, subject: str, told: Mapping[str, Any], reason: str) -> str:
    key = users.signing_key(store, eyes.user)
    if key is None:
        name = store.users().get(eyes.user, eyes.user)
        raise ProbandaError(
            f"{name} has no key here, and to destroy something takes the signatures of two users.",
            f"Give one: `probanda user key {name!r}`; nothing was recorded.",
        )
    return key.sign(signed_words(store.settings.case, eyes.user, kind, subject, told, reason)).hex()


def _target(store: Store, eyes: Eyes, target: str) -> tuple[str, str]:
    try:
        return ITEM, store.item(eyes, target).digest
    except NotFound:
        fits = [d for d in store.decisions(eyes) if len(target) >= SHORTEST_ID and d.id.startswith(target)]
        if len(fits) == 1:
            return WORDS, fits[0].id
        raise NotFound("item or decision", target, "probanda items") from None


def _called(store: Store, eyes: Eyes, request: Decision) -> str:
    if request.payload["what"] == ITEM:
        return store.item(eyes, request.subject).number
    return next((d.kind for d in store.decisions(eyes) if d.id == request.subject), WORDS)
