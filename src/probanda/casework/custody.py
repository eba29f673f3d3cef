"""Custody: who had an item, when, and what was done with it; and what is known of how it was acquired.

Start with `chain`, the lines of one item in the order they were recorded, and `add`, which records one. What the
machine does itself is a line too: a registration is `received`, a bundle `exported`, `original` logs `viewed` before
it gives out a byte. Lines are only added; one that is wrong is taken back by an entry (`undo`), and stays to be seen.
`acquisitions` shows what was registered beside what was stated later (`state`), which never takes its place.
Requirements A2, A5 and A6; Berkeley Protocol paras 155 and 167.

Looks down to: store, vault, reading, access, kernel. Used by: casework (properties, bundle), cli.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.casework import captures
from probanda.casework.beside import Beside, of_decisions
from probanda.casework.clock import now
from probanda.kernel.errors import ProbandaError, WrongUsage
from probanda.reading.formats.captured import Captured
from probanda.store.model import Acquisition, CustodyEvent, Decision, Deed
from probanda.store.projection import PROGRAM
from probanda.store.settings import sync_folder
from probanda.store.store import Store

CUSTODY, STATED = "custody", "acquisition"
NOT_STATED = "not stated"
"""How a missing fact is shown; in JSON it is null."""
FIELDS = ("at", "who", "from", "to", "where", "method", "note")
"""What a line of custody may say besides what happened."""
FACTS = ("collector", "acquired_at", "source", "method", "tool", "settings", "conditions")
"""The facts of an acquisition that may be stated after it was registered."""
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLine:
    """One thing that happened to an item; None where nobody said."""

    item: str
    what: str
    at: str | None
    """When it happened, as stated, with the offset from UTC where a time of day was given with one."""
    who: str | None
    giver: str | None
    receiver: str | None
    where: str | None
    method: str | None
    note: str | None
    recorded_at: str
    recorded_by: str
    """Id of the user."""
    decision: str
    stands: bool
    """False where the line was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of an acquisition: as registered, and as stated later."""

    name: str
    registered: str | None
    stated: str | None = None
    by: str | None = None
    """Id of the user who stated it."""
    at: str | None = None
    decision: str | None = None

    @property
    def value(self) -> str | None:
        """The newest there is; None where it is missing."""
        return self.stated if self.stated is not None else self.registered


@dataclass(frozen=True, slots=True, kw_only=True)
class AcquisitionFacts:
    """One taking-in of an item, with what is missing as missing."""

    number: str
    name: str
    decision: str
    facts: tuple[Fact, ...]
    capture: Captured | None = None
    """What the web archive that it was taken out of says of its capture."""
    beside: tuple[Beside, ...] = ()
    """What files that lie beside it say of it."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts that nobody stated."""
        return tuple(fact.name for fact in self.facts if fact.value is None)


# --- looking --------------------------------------------------------------------------------------


def chain(store: Store, eyes: Eyes, item: str) -> list[CustodyLine]:
    """The chain of custody of an item (number, digest or name), in the order it was recorded. Raises NotFound."""
    digest = store.item(eyes, item).digest
    return chain_of(digest, store.decisions(eyes, digest), store.users())


def chain_of(digest: str, decisions: Iterable[Decision], users: Mapping[str, str]) -> list[CustodyLine]:
    """The same from decisions at hand; `users` are names by id. Pure."""
    found = []
    for d in decisions:
        if d.subject == digest and d.kind == CUSTODY:
            found.append(_line(d, **{key: d.payload.get(key) for key in ("what", *FIELDS)}))
        elif d.subject == digest and d.kind == "register":
            found.append(_line(d, **_received(d, users)))
    return found


def _line(d: Decision, **told: Any) -> CustodyLine:
    return CustodyLine(
        item=d.subject, what=told["what"], at=told["at"], who=told["who"], giver=told["from"], receiver=told["to"],
        where=told["where"], method=told["method"], note=told["note"], recorded_at=d.at, recorded_by=d.by,
        decision=d.id, stands=d.stands,
    )  # fmt: skip


def _received(d: Decision, users: Mapping[str, str]) -> dict[str, Any]:
    """A registration as a line: what this machine did, when, for whom; who gave it is its source, where stated."""
    told = d.payload
    return {
        "what": CustodyEvent.RECEIVED.value,
        "at": told["received_at"],
        "who": users.get(d.by),
        "from": told.get("source") or None,
        "to": None,
        "where": None,
        "method": told.get("method") or None,
        "note": f"registered as {told['number']} under the name {told['name']}, with {told.get('tool') or NOT_STATED}",
    }


def line_row(line: CustodyLine, users: Mapping[str, str]) -> dict[str, Any]:
    """A line as JSON prints it: null where nothing was stated."""
    return {
        "item": line.item,
        "what": line.what,
        "at": line.at,
        "who": line.who,
        "from": line.giver,
        "to": line.receiver,
        "where": line.where,
        "method": line.method,
        "note": line.note,
        "recorded_at": line.recorded_at,
        "recorded_by": users.get(line.recorded_by, line.recorded_by),
        "decision": line.decision,
        "stands": line.stands,
    }


def acquisitions(store: Store, eyes: Eyes, item: str) -> list[AcquisitionFacts]:
    """Every taking-in of an item with its facts, in order. Raises NotFound."""
    digest = store.item(eyes, item).digest
    told = store.decisions(eyes, digest)
    later = [d for d in told if d.kind == STATED and d.stands]
    registered = {d.id: d.payload for d in told if d.kind == "register"}
    found = []
    for one in store.acquisitions_of(eyes, digest):
        about = [d for d in later if d.payload["of"] == one.decision]
        payload = registered.get(one.decision, {})
        facts, capture = tuple(_facts(one, payload, about)), captures.of_registration(payload)
        notes = of_decisions(told, one.decision)
        found.append(AcquisitionFacts(
            number=one.number, name=one.name, decision=one.decision, facts=facts, capture=capture, beside=notes,
        ))  # fmt: skip
    return found


def _facts(one: Acquisition, registered: Mapping[str, Any], later: list[Decision]) -> Iterator[Fact]:
    yield Fact(name="received_at", registered=one.received_at)
    for name in FACTS:
        first = registered.get(name) or None
        newest = next((d for d in reversed(later) if d.payload["stated"].get(name)), None)
        if newest is None:
            yield Fact(name=name, registered=first)
        else:
            said = newest.payload["stated"][name]
            yield Fact(name=name, registered=first, stated=said, by=newest.by, at=newest.at, decision=newest.id)


def acquisition_row(one: AcquisitionFacts, users: Mapping[str, str]) -> dict[str, Any]:
    """An acquisition as JSON prints it: each fact with the newest value, and what was registered beside it."""
    facts = {
        fact.name: {
            "value": fact.value,
            "registered": fact.registered,
            "stated_by": users.get(fact.by, fact.by) if fact.by else None,
            "stated_at": fact.at,
            "decision": fact.decision,
        }
        for fact in one.facts
    }
    row = {"number": one.number, "name": one.name, "registration": one.decision, "missing": list(one.missing)}
    capture = {captures.KEY: captures.row(one.capture)} if one.capture is not None else {}
    beside = [{"number": b.number, "kind": b.kind, "checked": b.checked, "facts": dict(b.facts)} for b in one.beside]
    return row | facts | capture | ({"beside": beside} if beside else {})


# --- recording ------------------------------------------------------------------------------------


def add(
    store: Store,
    eyes: Eyes,
    item: str,
    what: str,
    *,
    at: str | None = None,
    who: str | None = None,
    giver: str | None = None,
    receiver: str | None = None,
    where: str | None = None,
    method: str | None = None,
    note: str | None = None,
    reason: str = "",
) -> str:
    """Record a line of custody; gives the id of the decision. What is None stays not stated.

    `at` is when it happened: a day, or a time such as `2031-05-03T14:30+02:00`. Raises NotFound, WrongUsage.
    """
    row = store.item(eyes, item)
    told = {"at": moment(at), "who": who, "from": giver, "to": receiver, "where": where, "method": method, "note": note}
    return store.record(eyes, [line_deed(row.digest, what, told, reason=reason)])[0]


def line_deed(
    digest: str, what: str, told: Mapping[str, str | None], *, reason: str = "", program: bool = False
) -> Deed:
    """The deed of one line; keys of `told` are FIELDS, and empty words are nothing stated.

    `program`: the program writes it of its own doing, so that it is a fact which nobody takes back.
    """
    payload: dict[str, Any] = {"what": str(what)} | {key: (told.get(key) or "").strip() or None for key in FIELDS}
    if program:
        payload[PROGRAM] = f"probanda {__version__}"
    return Deed(kind=CUSTODY, subject=digest, payload=payload, reason=reason)


def state(store: Store, eyes: Eyes, item: str, facts: Mapping[str, str | None], reason: str = "") -> str:
    """State facts of an acquisition that were missing or wrong; gives the id of the decision.

    They stand beside what was registered, for all to see. Where an item was taken in several times, its
    registration number says which is meant, and the first is where none does. Raises NotFound, WrongUsage.
    """
    stated = {name: value.strip() for name, value in facts.items() if value is not None and value.strip()}
    if not stated:
        raise WrongUsage(
            "Nothing was stated.", "Say what is known, such as --collector 'T. Mirel' --source 'a clinic'."
        )
    if unknown := sorted(set(stated) - set(FACTS)):
        raise WrongUsage(f"{unknown[0]} is no fact of an acquisition.", f"Those are: {', '.join(FACTS)}.")
    if "acquired_at" in stated:
        stated["acquired_at"] = str(moment(stated["acquired_at"]))
    row = store.item(eyes, item)
    brought = store.acquisitions_of(eyes, row.digest)
    meant = next((one for one in brought if item in (one.number, one.evidence)), brought[0])
    deed = Deed(kind=STATED, subject=row.digest, payload={"of": meant.decision, "stated": stated}, reason=reason)
    return store.record(eyes, [deed])[0]


def moment(at: str | None) -> str | None:
    """When something happened, as it may be stated: a year, month or day, or a time of day, best with its offset.

    Nothing is added to it: an offset that was not stated stays so. Raises WrongUsage for anything else.
    """
    if at is None or not at.strip():
        return None
    at = at.strip()
    try:
        if _DAY.fullmatch(at):
            year, month, day = [*map(int, at.split("-")), 1, 1][:3]
            datetime(year, month, day)  # only asked whether there is such a day
        elif "T" in at:
            datetime.fromisoformat(at)
        else:
            raise ValueError(at)
    except ValueError:
        raise WrongUsage(
            f"{at} is no time.", "Write 2031, 2031-05, 2031-05-03 or 2031-05-03T14:30+02:00 (with the offset from UTC)."
        ) from None
    return at


def offset_missing(at: str | None) -> bool:
    """True for a time of day without its offset from UTC."""
    return at is not None and "T" in at and datetime.fromisoformat(at).tzinfo is None


def original(store: Store, eyes: Eyes, item: str, out: Path, reason: str) -> str:
    """Give a person the original bytes: logged as `viewed` with its reason, then written to `out`, checked on the way.

    Gives the digest. The line is in the log before a byte leaves, so a write that fails leaves a line too. Raises
    WrongUsage without a reason or where `out` exists, NotFound, ItemAltered, ProbandaError where it cannot be written.
    """
    _need_reason(reason)
    if out.exists():
        raise WrongUsage(f"{out} is there already.", "Name a file that is not; nothing was written or logged.")
    note = f"the original bytes, written to a file named {out.name}"
    digest = viewed(store, eyes, item, reason, method="probanda custody original", note=note)
    _give(store, digest, out)
    return digest


def viewed(store: Store, eyes: Eyes, item: str, reason: str, *, method: str, note: str) -> str:
    """Log that a person is given the original bytes, having checked that they are what was taken in; gives the digest.

    To be called before a byte leaves. Raises WrongUsage without a reason, NotFound, ItemAltered.
    """
    _need_reason(reason)
    row = store.item(eyes, item)
    store.vault.verify(row.digest)
    told = {"who": store.users().get(eyes.user), "at": now(), "method": method, "note": note}
    store.record(eyes, [line_deed(row.digest, CustodyEvent.VIEWED, told, reason=reason, program=True)])
    return row.digest


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise WrongUsage("To take out an original needs a reason.", "Say why: --reason 'to show it to the witness'.")


def _give(store: Store, digest: str, out: Path) -> None:
    part = out.with_name(f".{out.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            with store.vault.open(digest) as source, part.open("xb") as file:
                while piece := source.read(CHUNK):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            part.replace(out)
            sync_folder(out.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ProbandaError(
            f"{out} could not be written: {error.strerror}.",
            "Name another place with --out, or free space; the log says that the original was asked for.",
        ) from error
