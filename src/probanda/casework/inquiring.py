"""The inquiry is logged: a question, where it was looked into, what came of it, dead ends (requirement A9).

Start with `open_`. "Nothing found" is an answer and is kept as one: whoever looks later need not look there again, and
whoever reads can see that somebody did. Who may see it follows from the items behind what it is about.

Looks down to: assessing, decide, hypothesizing, matrix_decided, sorting, store. Used by: casework, cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import matrix_decided
from probanda.casework.clock import now
from probanda.casework.decide import called
from probanda.casework.hypothesizing import record
from probanda.casework.sorting import one_incident
from probanda.kernel.digests import random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store.model import Decision, Deed
from probanda.store.projection import INQUIRY, INQUIRY_CLOSED, INQUIRY_LOOK
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name an inquiry."""
NOTHING = "nothing found"


@dataclass(frozen=True, slots=True)
class About:
    """What an inquiry is about, or what was found: an item, claim, incident, actor (a mention) or task."""

    kind: str
    id: str
    called: str
    """How it was called to a person when this was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One place that was looked in."""

    decision: str
    by: str
    """User id of who wrote it down."""
    at: str
    where: str
    when: str
    """The day or time as it was given."""
    result: str
    """In words; empty: nothing."""
    dead_end: bool
    """True where nobody need look there again."""
    found: tuple[About, ...]
    """Items that came of it."""

    @property
    def told(self) -> str:
        """What came of it, in words."""
        return self.result or NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """That an inquiry is at its end."""

    decision: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question with all that was done about it, as one user sees it."""

    id: str
    question: str
    about: tuple[About, ...]
    by: str
    at: str
    looks: tuple[Look, ...] = ()
    """In the order in which they were written down."""
    closed: Closed | None = None


# --- recording ------------------------------------------------------------------------------------


def open_(store: Store, eyes: Eyes, question: str, about: Sequence[str] = (), reason: str = "") -> str:
    """Open an inquiry; gives its id. `about` are names of items, claims, incidents, actors, tasks.

    Raises WrongUsage without a question, or where a name can mean two things; NotFound.
    """
    if not question.strip():
        raise WrongUsage("What is asked?", "Say it: probanda inquiry open 'Who filmed the column on the bridge?'")
    id_ = random_id()
    told = {"question": question.strip(), "cites": [cite(one) for one in subjects(store, eyes, about)]}
    return record(store, eyes, [Deed(kind=INQUIRY, subject=id_, payload=told, reason=reason, id=id_)])[0]


def looked(
    store: Store, eyes: Eyes, name: str, where: str, *, when: str = "", result: str = "",
    found: Sequence[str] = (), dead_end: bool = False, reason: str = "",
) -> Inquiry:  # fmt: skip
    """Write down where it was looked and what came of it: no `result` and nothing `found` is "nothing found".

    `when` is today where it is left out. Raises NotFound, WrongUsage; ProbandaError for a closed inquiry.
    """
    inquiry = _open(store, eyes, name)
    if not where.strip():
        raise WrongUsage("Where was it looked?", "Say it: --where 'the land registry of Tell Marsa'.")
    items = [About("item", row.digest, row.number) for row in (store.item(eyes, one) for one in found)]
    told = {
        "where": where.strip(), "when": _day(when), "dead_end": dead_end, "cites": [cite(one) for one in items],
        "result": result.strip() or ", ".join(one.called for one in items),
    }  # fmt: skip
    record(store, eyes, [Deed(kind=INQUIRY_LOOK, subject=inquiry.id, payload=told, reason=reason)])
    return one(store, eyes, inquiry.id)


def close(store: Store, eyes: Eyes, name: str, reason: str) -> Inquiry:
    """Close an inquiry with what it came to; `undo` opens it again."""
    inquiry = _open(store, eyes, name)
    record(store, eyes, [Deed(kind=INQUIRY_CLOSED, subject=inquiry.id, payload={}, reason=reason)])
    return one(store, eyes, inquiry.id)


def cite(about: About) -> dict[str, str]:
    """As a decision keeps it."""
    return {"kind": _SORTS.get(about.kind, about.kind), "id": about.id, "called": about.called}


_SORTS = {"actor": "mention"}
"""What is cited by another word than the one that persons use."""
_WORDS = {sort: word for word, sort in _SORTS.items()}


def _day(when: str) -> str:
    """The day that was given; today where none was. Raises WrongUsage for a day that has not come."""
    today = now()[:10]
    try:
        if when.strip() and date.fromisoformat(when.strip()[:10]) > date.fromisoformat(today):
            raise WrongUsage(f"{when} has not come yet.", "Say when it was looked: --when 2031-09-01.")
    except ValueError:
        raise WrongUsage(f"{when} is no day.", "Write it as 2031-05-03.") from None
    return when.strip() or today


def _open(store: Store, eyes: Eyes, name: str) -> Inquiry:
    found = one(store, eyes, name)
    if found.closed is not None:
        raise ProbandaError(
            f"It was closed on {found.closed.at[:10]}: {found.closed.reason}",
            f"Open it again first: `probanda undo {found.closed.decision[:12]} --reason TEXT`.",
        )
    return found


# --- what it is about -----------------------------------------------------------------------------


def subjects(store: Store, eyes: Eyes, names: Iterable[str]) -> list[About]:
    """What these names lead to. Raises NotFound, WrongUsage."""
    return [_subject(store, eyes, name) for name in names]


def _subject(store: Store, eyes: Eyes, name: str) -> About:
    """An item, claim, incident, task or actor by this name. An incident bears the id of one of its claims, so `claim:`,
    `incident:` and the like before the name say which is meant."""
    sort, _, rest = name.partition(":")
    if sort in _BY:
        return _BY[sort](store, eyes, rest)
    for find in _BY.values():
        try:
            return find(store, eyes, name)
        except NotFound:
            continue
    raise NotFound("item, claim, incident, task or actor called", name, "probanda search")


def _item(store: Store, eyes: Eyes, name: str) -> About:
    row = store.item(eyes, name)
    return About("item", row.digest, row.number)


def _claim(store: Store, eyes: Eyes, name: str) -> About:
    claim = store.claim(eyes, name)
    return About("claim", claim.id, f"claim {claim.id[:12]}")


def _incident(store: Store, eyes: Eyes, name: str) -> About:
    found = one_incident(store, eyes, name)
    return About("incident", found.id, found.title)


def _task(store: Store, eyes: Eyes, name: str) -> About:
    _, task = matrix_decided.task(store, eyes, name)
    return About("task", task.id, task.what)


def _actor(store: Store, eyes: Eyes, name: str) -> About:
    """By a mention in an open item where there is one: it shall not be hidden by an item that it is not about."""
    groups = called(store, eyes, name)
    if len(groups) > 1:
        raise WrongUsage(f"{name} can mean {len(groups)}.", f"See `probanda actors show {name!r}`, and give an id.")
    group = groups[0]
    openly = {m.id for m in store.mentions(eyes.only_open())} & {m.mention for m in group.members}
    return About("actor", min(openly) if openly else group.id, group.name)


_BY = {"item": _item, "incident": _incident, "claim": _claim, "task": _task, "actor": _actor}
"""In this order a bare name is tried."""


# --- looking --------------------------------------------------------------------------------------


def inquiries(store: Store, eyes: Eyes) -> list[Inquiry]:
    """Every inquiry these eyes see with what they see of it, in the order they were opened."""
    looks: dict[str, list[Look]] = defaultdict(list)
    for d in store.of_kind(eyes, INQUIRY_LOOK):
        looks[d.subject].append(_look(d))
    closed = {d.subject: d for d in store.of_kind(eyes, INQUIRY_CLOSED)}
    return [_inquiry(d, looks[d.subject], closed.get(d.subject)) for d in store.of_kind(eyes, INQUIRY)]


def one(store: Store, eyes: Eyes, name: str) -> Inquiry:
    """The inquiry with this id or its first letters. Raises NotFound; WrongUsage where they fit several."""
    fits = [i for i in inquiries(store, eyes) if i.id == name or (len(name) >= SHORTEST_ID and i.id.startswith(name))]
    if not fits:
        raise NotFound("inquiry", name, "probanda inquiry list")
    if len(fits) > 1:
        raise WrongUsage(f"{name} begins several ids of inquiries.", "Give more of its letters.")
    return fits[0]


def row(inquiry: Inquiry, names: Mapping[str, str]) -> dict[str, Any]:
    """An inquiry whole, for programs."""
    closed = inquiry.closed
    return {
        "id": inquiry.id, "question": inquiry.question, "about": [_about_row(a) for a in inquiry.about],
        "by": names.get(inquiry.by, inquiry.by), "at": inquiry.at,
        "looks": [
            {"where": k.where, "when": k.when, "result": k.told, "dead_end": k.dead_end,
             "found": [_about_row(a) for a in k.found], "by": names.get(k.by, k.by), "at": k.at,
             "decision": k.decision}
            for k in inquiry.looks
        ],
        "closed": None if closed is None else {
            "by": names.get(closed.by, closed.by), "at": closed.at, "reason": closed.reason,
            "decision": closed.decision,
        },
    }  # fmt: skip


def abouts(payload: Mapping[str, Any]) -> tuple[About, ...]:
    """What a decision cites, as persons call it."""
    return tuple(
        About(_WORDS.get(one["kind"], one["kind"]), one["id"], one.get("called", one["id"][:12]))
        for one in payload.get("cites", ())
    )


def _about_row(about: About) -> dict[str, str]:
    return {"kind": about.kind, "id": about.id, "called": about.called}


def _look(d: Decision) -> Look:
    told = d.payload
    return Look(
        decision=d.id, by=d.by, at=d.at, where=told["where"], when=told["when"], result=told["result"],
        dead_end=bool(told["dead_end"]), found=abouts(told),
    )  # fmt: skip


def _inquiry(d: Decision, looks: Sequence[Look], closed: Decision | None) -> Inquiry:
    return Inquiry(
        id=d.subject, question=d.payload["question"], about=abouts(d.payload), by=d.by, at=d.at, looks=tuple(looks),
        closed=None if closed is None else Closed(decision=closed.id, by=closed.by, at=closed.at, reason=closed.reason),
    )  # fmt: skip
