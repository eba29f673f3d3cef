"""Sort claims into incidents by hand: add, take out, move, split, merge, say what is part of what; undo the last act.

Each act is recorded as identity decisions (RECORD section 2), which outlast every later reading, since they join and
hold apart claims and *handles*, never rows. A handle is a random id that stands for an incident as a person saw it. It
is opened when a person first takes something out of an incident, and holds the claims that stayed. `undo` takes back
all decisions of one act, named by its `act`.

Looks down to: decide, store, incidents, access, kernel. Used by: case, cli.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from probanda.access.eyes import Eyes
from probanda.actors.model import HANDLE, IdentityDecision
from probanda.casework.decide import identity_deed
from probanda.incidents.model import LEFT_IN_RIGHT, NESTED, NOT_NESTED, RIGHT_IN_LEFT, Incident
from probanda.kernel.digests import random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store import listed
from probanda.store.model import Deed
from probanda.store.store import Store

SAME, APART = "same", "not the same"
EVENT = "incident"


def one_incident(store: Store, eyes: Eyes, name: str) -> Incident:
    """The incident that a name leads to: its id or that of any of its claims, or their first letters.

    Raises NotFound; WrongUsage where the letters fit several.
    """
    found = store.ask(eyes, listed.incident, named(store, eyes, name))
    if found is None:
        raise NotFound("incident or claim", name, "probanda incidents list")
    return found


def named(store: Store, eyes: Eyes, name: str) -> str:
    """The id of the same. Raises as `one_incident`."""
    found = sorted({incident for _, incident in store.ask(eyes, listed.begun_with, name, FITTING)})
    if not found:
        raise NotFound("incident or claim", name, "probanda incidents list")
    if len(found) > 1:
        shown = ", ".join(one[:12] for one in found)
        raise WrongUsage(f"{name} can mean several incidents: {shown}.", "Give more letters of the id.")
    return found[0]


FITTING = 20
"""Claims that are looked at where first letters fit several."""


def one_claim(store: Store, eyes: Eyes, name: str) -> str:
    """The id of the claim of an incident that these first letters name. Raises NotFound; WrongUsage for several."""
    found = sorted({claim for claim, _ in store.ask(eyes, listed.begun_with, name, FITTING)})
    if not found:
        raise NotFound("claim in an incident", name, "probanda incidents list")
    if len(found) > 1:
        raise WrongUsage(f"{name} can mean several claims.", "Give more letters of the id: `probanda claims list`.")
    return found[0]


def add(store: Store, eyes: Eyes, claim: str, incident: str, reason: str = "") -> Incident:
    """A claim belongs to this incident, whatever the machine proposes."""
    one, home = one_claim(store, eyes, claim), one_incident(store, eyes, incident)
    if one in home.claims:
        raise WrongUsage(
            f"Claim {one[:12]} is in this incident already.", f"See it: `probanda incidents show {home.id}`."
        )
    _record(store, eyes, [(one, _anchor(store, eyes, home), SAME)], reason)
    return home


def take(store: Store, eyes: Eyes, claim: str, incident: str, reason: str = "") -> Incident:
    """A claim does not belong to this incident: `claim, not the same, handle`."""
    one, home = one_claim(store, eyes, claim), one_incident(store, eyes, incident)
    if one not in home.claims:
        raise WrongUsage(f"Claim {one[:12]} is not in this incident.", f"See it: `probanda incidents show {home.id}`.")
    if len(home.claims) == 1:
        raise WrongUsage("It is the only claim of this incident.", "Add it to the one where it belongs instead.")
    verdicts = _part_with(store, eyes, home, [one])
    handle = next(b for a, b, verdict in verdicts if verdict == SAME)
    _record(store, eyes, [*verdicts, (one, handle, APART)], reason)
    return home


def move(
    store: Store, eyes: Eyes, claims: Sequence[str], incident: str, other: str, reason: str = ""
) -> tuple[Incident, Incident]:
    """Claims of one incident belong to the other: taken out and added in one act, which one `undo` takes back.

    Those that stay are kept together, as by `take`. Raises NotFound, WrongUsage.
    """
    home, goal = _two(store, eyes, incident, other)
    out = sorted({one_claim(store, eyes, c) for c in claims})
    if not out or not set(out) <= set(home.claims):
        raise WrongUsage(
            f"Name some of the {len(home.claims)} claims of this incident.",
            f"See them: `probanda incidents show {home.id}`.",
        )
    if len(out) == len(home.claims):
        raise WrongUsage(
            "Those are all claims of this incident.", "Where the two are one incident, join them: `incidents merge`."
        )
    verdicts = _part_with(store, eyes, home, out)
    handle = next(b for a, b, verdict in verdicts if verdict == SAME)
    there = _anchor(store, eyes, goal)
    verdicts += [verdict for one in out for verdict in ((one, handle, APART), (one, there, SAME))]
    _record(store, eyes, verdicts, reason)
    return home, goal


def split(store: Store, eyes: Eyes, incident: str, claims: Sequence[str], reason: str = "") -> tuple[str, ...]:
    """Make an incident of their own of these claims: a new handle, its members, and *not the same* between handles."""
    home = one_incident(store, eyes, incident)
    out = sorted({one_claim(store, eyes, c) for c in claims})
    if not out or not set(out) < set(home.claims):
        raise WrongUsage(
            f"Name some of the {len(home.claims)} claims of this incident, and not all of them.",
            f"See them: `probanda incidents show {home.id}`.",
        )
    verdicts = _part_with(store, eyes, home, out)
    stays, goes = next(b for a, b, verdict in verdicts if verdict == SAME), _handle()
    verdicts += [(one, goes, SAME) for one in out]
    _record(store, eyes, [*verdicts, (stays, goes, APART)], reason)
    return tuple(out)


def merge(store: Store, eyes: Eyes, left: str, right: str, reason: str = "") -> tuple[Incident, Incident]:
    """Two incidents are one."""
    a, b = _two(store, eyes, left, right)
    _record(store, eyes, [(_anchor(store, eyes, a), _anchor(store, eyes, b), SAME)], reason)
    return a, b


def part(
    store: Store, eyes: Eyes, inner: str, outer: str, reason: str = "", *, holds: bool = True
) -> tuple[Incident, Incident]:
    """One incident is a part of the other (an attack in a siege), or is not: `holds`. Both stay incidents."""
    a, b = _two(store, eyes, inner, outer)
    left, right = _anchor(store, eyes, a), _anchor(store, eyes, b)
    verdict = (LEFT_IN_RIGHT if left < right else RIGHT_IN_LEFT) if holds else NOT_NESTED
    store.record(eyes, [_of_act(identity_deed(store, eyes, left, right, verdict, NESTED, reason), random_id())])
    return a, b


def undo(store: Store, eyes: Eyes, reason: str = "") -> int:
    """Take back the last act on incidents that stands; gives how many decisions it was made of."""
    standing = [d for d in store.of_kind(eyes, "identity") if d.payload.get("kind") in (EVENT, NESTED)]
    if not standing:
        raise ProbandaError("Nobody has sorted incidents: there is nothing to undo.", "See `probanda incidents list`.")
    act = standing[-1].payload.get("act")
    last = [d for d in standing if act is not None and d.payload.get("act") == act] or standing[-1:]
    store.record(eyes, [Deed(kind="withdraw", subject=d.id, payload={}, reason=reason) for d in reversed(last)])
    return len(last)


def _two(store: Store, eyes: Eyes, left: str, right: str) -> tuple[Incident, Incident]:
    a, b = one_incident(store, eyes, left), one_incident(store, eyes, right)
    if a.id == b.id:
        raise WrongUsage("Both names lead to one incident.", "See them with `probanda incidents list`.")
    return a, b


def _handle() -> str:
    return HANDLE + random_id()


def _decided(store: Store, eyes: Eyes) -> list[IdentityDecision]:
    return [d for d in store.identity_decisions(eyes, EVENT) if d.verdict == SAME]


def _handles(store: Store, eyes: Eyes, incident: Incident) -> list[str]:
    """The handles that hold claims of this incident."""
    ends = [(d.left, d.right) for d in _decided(store, eyes)]
    return sorted({b for x, y in ends for a, b in ((x, y), (y, x)) if a in incident.claims and b.startswith(HANDLE)})


def _anchor(store: Store, eyes: Eyes, incident: Incident) -> str:
    """What stands for an incident in a decision: its handle, or the claim that founded it."""
    return next(iter(_handles(store, eyes, incident)), incident.id)


def _part_with(store: Store, eyes: Eyes, home: Incident, out: Iterable[str]) -> list[tuple[str, str, str]]:
    """Verdicts by which the claims that stay hang on one handle, and none of those that go is said to be one of them.

    The first *same* among them is with the handle of those that stay.
    """
    gone = set(out)
    stay = [c for c in home.claims if c not in gone]
    handles = _handles(store, eyes, home)
    handle = handles[0] if handles else _handle()
    ends = {*stay, *handles}
    verdicts = [(c, handle, SAME) for c in stay]
    for d in _decided(store, eyes):
        for a, b in ((d.left, d.right), (d.right, d.left)):
            if a in gone and b in ends:
                verdicts.append((a, b, APART))
    return verdicts


def _record(store: Store, eyes: Eyes, verdicts: Sequence[tuple[str, str, str]], reason: str) -> None:
    """Record an act as its decisions; what stands already is left as it is."""
    known = {(d.left, d.right): d.verdict for d in store.identity_decisions(eyes, EVENT)}
    told = {(min(a, b), max(a, b)): v for a, b, v in verdicts}
    new = [(*ends, verdict) for ends, verdict in told.items() if known.get(ends) != verdict]
    act = random_id()
    store.record(eyes, [_of_act(identity_deed(store, eyes, a, b, v, EVENT, reason), act) for a, b, v in new])


def _of_act(deed: Deed, act: str) -> Deed:
    return replace(deed, payload={**deed.payload, "act": act})
