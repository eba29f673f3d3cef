"""Assess: grade a source or a claim, close the parts of a verification sheet, find something verified or independent.

Start with `sheet`, which shows where an item, a claim or an incident stands; `grade`, `close` and `find` record one
deed each. The rules are those of `incidents.assessment`: two grades apart (requirement B2), three parts each open until
a person closes it (B1), two persons for `verified` and `refuted` (I2), the grade 1 only beside an account that a person
found independent (B3). A finding is signed with its author's key, and `verify` checks that signature.

Looks down to: store, incidents, access, kernel. Used by: casework (draft), cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from probanda.access.eyes import Eyes
from probanda.access.rules import Permission, demand
from probanda.casework import users
from probanda.incidents.assessment import CONFIRMED, GRADES, Closed, Finding, Finds, Grade, Part, Scale, Sheet, sheet_of
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.erasing import SIGNED, signed_words
from probanda.store.model import Decision, Deed
from probanda.store.projection import ASSESSED, FINDING, GRADE, SHEET_PART
from probanda.store.store import Store

ITEM, CLAIM, INCIDENT = "item", "claim", "incident"
SHORTEST_ID = 6
"""Letters of an id that are enough to name an incident."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is assessed."""

    on: str
    """item, claim or incident."""
    id: str
    called: str
    """How it is called to a person: a registration number, the first letters of an id, a title."""
    claims: tuple[str, ...] = ()
    """Of an incident: its claims as they were gathered when this was asked."""


def subject(store: Store, eyes: Eyes, name: str, *, incident: bool = False) -> Subject:
    """The item (number, digest, file name) or claim (id) with this name; with `incident` the incident. Raises NotFound.

    An incident bears the id of one of its claims, so it has to be asked for.
    """
    if incident:
        found = [i for i in store.incidents(eyes) or () if i.id == name or _begins(i.id, name) or name in i.claims]
        if len(found) != 1:
            raise NotFound("incident", name, "probanda incidents --json")
        return Subject(INCIDENT, found[0].id, found[0].title, found[0].claims)
    try:
        row = store.item(eyes, name)
    except NotFound:
        claim = store.claim(eyes, name)
        return Subject(CLAIM, claim.id, f"claim {claim.id[:12]}")
    return Subject(ITEM, row.digest, row.number)


def _begins(whole: str, name: str) -> bool:
    return len(name) >= SHORTEST_ID and whole.startswith(name)


# --- recording ------------------------------------------------------------------------------------


def grade(store: Store, eyes: Eyes, about: Subject, scale: Scale, given: str, reason: str) -> str:
    """Record a grade of the Admiralty code in place of the one that stood; gives the decision's id.

    The source of an item is graded from A to F, the information of a claim from 1 to 6. Raises WrongUsage; and
    ProbandaError for the grade 1 where no account of another origin was found independent of this one.
    """
    given = given.strip().upper()
    if given not in GRADES[scale]:
        raise WrongUsage(
            f"{given!r} is no grade of the {scale}.",
            "Grades: " + "; ".join(f"{one} {words}" for one, words in GRADES[scale].items()) + ".",
        )
    if (scale is Scale.SOURCE) is not (about.on == ITEM):
        raise WrongUsage(
            f"A grade of the {scale} is given to {'an item' if scale is Scale.SOURCE else 'a claim'}.",
            "Grade the source with the item's number, the information with the claim's id: they are set apart (B2).",
        )
    told: dict[str, object] = {ASSESSED: about.on, "scale": str(scale), "grade": given}
    if scale is Scale.INFORMATION and given == CONFIRMED:
        told["rests_on"] = _independent_of(store, eyes, about.id).decision
    return _record(store, eyes, GRADE, about, told, reason)


def _independent_of(store: Store, eyes: Eyes, claim: str) -> Finding:
    """The finding that another account of the same event is independent of this claim. Raises ProbandaError."""
    event = {c: i.id for i in store.incidents(eyes) or () for c in i.claims}
    origin = {c: o.id for o in store.origins(eyes) or () for c in o.claims}
    for one in findings(store, eyes):
        other = one.other if one.subject == claim else one.subject
        if one.finds is not Finds.INDEPENDENT or claim not in (one.subject, one.other) or other is None:
            continue
        if event.get(claim, claim) == event.get(other, other) and origin.get(claim, claim) != origin.get(other, other):
            return one
    raise ProbandaError(
        "The grade 1 says that other sources confirm it, and nobody has found an account of another origin independent "
        "of this one.",
        f"Find that first: `probanda assess independent {claim[:12]} OTHER-CLAIM --reason TEXT`; or grade it 2.",
    )


def close(store: Store, eyes: Eyes, about: Subject, part: Part, found: str, reason: str) -> str:
    """Close one part of a sheet: what was found, and what that rests on. It is opened again with `undo`."""
    if not found.strip():
        raise WrongUsage("A part is closed with what was found.", "Say it: --found 'the maker was there, by her word'.")
    return _record(store, eyes, SHEET_PART, about, {ASSESSED: about.on, "part": str(part), "found": found}, reason)


def find(
    store: Store, eyes: Eyes, about: Subject, finds: Finds, reason: str, *, other: str | None = None,
    standard: str | None = None,
) -> str:  # fmt: skip
    """Record a signed finding; gives the decision's id.

    `verified` and `refuted` ask that no part of the sheet is open, and count when a second person finds the same.
    `independent` is between two claims: `other` is the second. Raises WrongUsage; ProbandaError without a key, while a
    part is open, where the same person has found it before, and for two accounts known to be of one origin.
    """
    demand(store.user(eyes.user), Permission.DECIDE)
    told: dict[str, object] = {ASSESSED: about.on, "finds": str(finds), "standard": standard}
    if about.claims:
        told["claims"] = list(about.claims)
    if finds is Finds.INDEPENDENT:
        told["other"] = _other(store, eyes, about, other)
    else:
        _may_be_found(store, eyes, about, finds)
    told[SIGNED] = signature(store, eyes, FINDING, about.id, told, reason)
    return store.record(eyes, [Deed(kind=FINDING, subject=about.id, payload=told, reason=reason)])[0]


def _other(store: Store, eyes: Eyes, about: Subject, other: str | None) -> str:
    if about.on != CLAIM or other is None:
        raise WrongUsage(
            "Independence is found of two claims.", "Give both: `probanda assess independent CLAIM CLAIM`."
        )
    second = store.claim(eyes, other).id
    if second == about.id:
        raise WrongUsage("Both are the same claim.", "Name two claims.")
    for origin in store.origins(eyes) or ():
        if {about.id, second} <= set(origin.claims):
            raise ProbandaError(
                f"These two go back to one origin: {origin.reason}",
                "If that is wrong, say so first: `probanda origins apart CLAIM CLAIM --reason TEXT`.",
            )
    return second


def _may_be_found(store: Store, eyes: Eyes, about: Subject, finds: Finds) -> None:
    now = sheet(store, eyes, about)
    if now.open:
        raise ProbandaError(
            f"It cannot be found {finds} while a part of its sheet is open: {', '.join(now.open)}.",
            f"Close it first: `probanda assess close {about.called.removeprefix('claim ')} {now.open[0]} --found TEXT "
            "--reason TEXT`.",
        )
    if any(f.by == eyes.user and f.finds is finds for f in now.findings):
        raise ProbandaError(
            f"You have found it {finds} already, and it takes two persons.",
            f"Let another user look: `probanda --as NAME assess {finds} ...`.",
        )


def signature(store: Store, eyes: Eyes, kind: str, about: str, told: Mapping[str, object], reason: str) -> str:
    """The signature of this user under a decision, in hexadecimal. Raises ProbandaError for a user without a key."""
    key = users.signing_key(store, eyes.user)
    if key is None:
        name = store.users().get(eyes.user, eyes.user)
        raise ProbandaError(
            f"{name} has no key here, and findings are signed.",
            f"Give one: `probanda user key {name!r}`; nothing was recorded.",
        )
    return key.sign(signed_words(store.settings.case, eyes.user, kind, about, told, reason)).hex()


def _record(store: Store, eyes: Eyes, kind: str, about: Subject, told: dict[str, object], reason: str) -> str:
    """One deed in place of what stood in the same slot."""
    if about.claims:
        told["claims"] = list(about.claims)
    slot = {key: told[key] for key in (ASSESSED, "scale", "part") if key in told}
    over = [
        d.id
        for d in store.standing(eyes, about.id, kind)
        if all(d.payload.get(key) == value for key, value in slot.items())
    ]
    return store.record(
        eyes, [Deed(kind=kind, subject=about.id, payload=told, reason=reason, over=tuple(over))]
    )[0]  # fmt: skip


# --- looking --------------------------------------------------------------------------------------


def grades(store: Store, eyes: Eyes) -> list[Grade]:
    """All grades that stand, in the order they were given."""
    return [
        Grade(
            subject=d.subject, scale=Scale(str(d.payload["scale"])), grade=str(d.payload["grade"]), by=d.by, at=d.at,
            reason=d.reason, decision=d.id, rests_on=_text(d, "rests_on"),
        )
        for d in store.of_kind(eyes, GRADE)
    ]  # fmt: skip


def parts(store: Store, eyes: Eyes, on: str | None = None) -> list[Closed]:
    """All closed parts that stand; of items, claims or incidents where `on` says so."""
    return [
        Closed(
            subject=d.subject, part=Part(str(d.payload["part"])), found=str(d.payload.get("found", "")), by=d.by,
            at=d.at, reason=d.reason, decision=d.id,
        )
        for d in store.of_kind(eyes, SHEET_PART)
        if on is None or d.payload.get(ASSESSED) == on
    ]  # fmt: skip


def findings(store: Store, eyes: Eyes, on: str | None = None) -> list[Finding]:
    """All findings that stand; `verify` says whether their signatures hold."""
    return [
        Finding(
            subject=d.subject, finds=Finds(str(d.payload["finds"])), by=d.by, at=d.at, reason=d.reason, decision=d.id,
            standard=_text(d, "standard"), other=_text(d, "other"), signed=bool(d.payload.get(SIGNED)),
        )
        for d in store.of_kind(eyes, FINDING)
        if on is None or d.payload.get(ASSESSED) == on
    ]  # fmt: skip


def _text(decision: Decision, key: str) -> str | None:
    value = decision.payload.get(key)
    return None if value is None else str(value)


def sheet(store: Store, eyes: Eyes, about: Subject) -> Sheet:
    """Where one subject stands."""
    return _of([about], parts(store, eyes, about.on), grades(store, eyes), findings(store, eyes, about.on))[0]


def sheets(store: Store, eyes: Eyes, on: str) -> dict[str, Sheet]:
    """The sheets of all items, claims or incidents about which anything was assessed, by subject."""
    closed, made = parts(store, eyes, on), findings(store, eyes, on)
    given = [g for g in grades(store, eyes) if (g.scale is Scale.SOURCE) is (on == ITEM)] if on != INCIDENT else []
    ids = {p.subject for p in closed} | {g.subject for g in given} | {f.subject for f in made}
    ids |= {f.other for f in made if f.other}
    about = [Subject(on, one, "") for one in sorted(ids)]
    return {s.subject: s for s in _of(about, closed, given, made)}


def _of(
    about: Sequence[Subject], closed: Iterable[Closed], given: Iterable[Grade], made: Sequence[Finding]
) -> list[Sheet]:
    closed, given = list(closed), list(given)
    standing = {f.decision for f in made}
    return [sheet_of(one.id, closed, given if one.on != INCIDENT else (), made, standing) for one in about]
