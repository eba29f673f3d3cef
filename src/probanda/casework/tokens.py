"""Tokens by which a program asks for a user: made, listed, ended, and looked at when one is shown.

Start with `made` and `holder`. A token is `probanda_ID_SECRET`: the id is the subject of its decision (kind `token`),
the secret 256 random bits, of which the record keeps the SHA-256 alone; nothing slower is needed for what nobody can
guess. It is a user's and gives no more than that user has, in the scopes it was made for, until its last day. It holds
on the device whose log it was made in: a folder that was joined brings no way in with it.

Looks down to: access, store, kernel. Used by: cli, web.api.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from probanda.access.eyes import Eyes
from probanda.access.rules import Permission, demand
from probanda.casework.clock import now
from probanda.kernel.digests import random_id, sha256
from probanda.kernel.errors import NotFound, WrongUsage
from probanda.store.model import Decision, Deed
from probanda.store.projection import TOKEN
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name a token."""
MARK = "probanda"
_FORM = re.compile(rf"{MARK}_([0-9a-f]{{32}})_([A-Za-z0-9_-]{{43}})", re.ASCII)
_NOBODY = sha256(b"")
"""Compared where there is no such token, so that both take the same steps."""


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    """See what its user sees."""
    DECIDE = "decide"
    """Record decisions, and see."""
    TAKE_IN = "take-in"
    """Give files in, and hear what became of them; nothing else."""
    REPORT = "report"
    """Have reports built and take them, and see."""


INCLUDES = {Scope.DECIDE: (Scope.READ,), Scope.REPORT: (Scope.READ,)}
"""Nobody decides on what they do not see; a report holds what its user sees."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its secret."""

    id: str
    name: str
    """What it is called, so that its owner knows which to end."""
    user: str
    """Id of the user it asks for."""
    scopes: tuple[Scope, ...]
    until: str | None
    """Its last day, UTC; None for none."""
    made_at: str
    by: str
    """Id of the user who made it."""
    ended_at: str | None = None
    """When it was ended; None while it was not."""

    def gives(self, scope: Scope) -> bool:
        """True where it may be used so."""
        return scope in self.scopes or any(scope in INCLUDES.get(one, ()) for one in self.scopes)

    def is_over(self, today: str) -> bool:
        """True where it was ended, or its last day is past. `today`: ISO 8601, UTC."""
        return self.ended_at is not None or (self.until is not None and today[:10] > self.until)


def made(
    store: Store, eyes: Eyes, name: str, scopes: Iterable[str], *, until: str | None = None, user: str | None = None
) -> tuple[Token, str]:
    """A new token, and its words, which are shown this once. Users make their own; who manages the case, anybody's.

    `until`: its last day, YYYY-MM-DD. `user`: id of the user it is for; None for oneself. Raises WrongUsage for a
    scope or day that there is not, or a name that a token of this user bears already; NotAllowed.
    """
    user = user or eyes.user
    if user != eyes.user:
        demand(store.user(eyes.user), Permission.MANAGE)
    name, wanted, last = name.strip(), _scopes(scopes), _day(until)
    if not name:
        raise WrongUsage("A token needs a name.", "Say what it is for: `probanda token add 'weekly figures'`.")
    if any(one.name == name and one.user == user and not one.is_over(now()) for one in listed(store, eyes)):
        raise WrongUsage(f"There is a token called {name} already.", "Give another name, or end that one first.")
    id_, secret = random_id(), secrets.token_urlsafe(32)
    told = {
        "name": name, "user": user, "scopes": [str(one) for one in wanted], "until": last, "ended": False,
        "digest": sha256(secret.encode()),
    }  # fmt: skip
    store.record(eyes, [Deed(kind=TOKEN, subject=id_, payload=told)])
    return _token(store.history(eyes, id_)), f"{MARK}_{id_}_{secret}"


def listed(store: Store, eyes: Eyes) -> list[Token]:
    """The tokens of this user, for whoever manages the case those of all, ended ones too, as they were made."""
    all_of_them = store.user(eyes.user).owner
    standing = store.of_kind(store.owner if all_of_them else eyes, TOKEN)
    overs = [over for d in standing if d.payload["ended"] for over in d.over]
    made_first = store.named_decisions(store.owner, overs) if overs else []
    told: dict[str, list[Decision]] = {}
    for one in (*made_first, *standing):
        told.setdefault(one.subject, []).append(one)
    mine = [one for one in map(_token, told.values()) if all_of_them or one.user == eyes.user]
    return sorted(mine, key=lambda one: (one.made_at, one.id))


def ended(store: Store, eyes: Eyes, name: str, reason: str = "") -> Token:
    """End a token, named by its name, its id or the first letters of it. Raises NotFound, also where several fit."""
    found = [one for one in listed(store, eyes) if one.ended_at is None]
    fits = [one for one in found if one.id == name] or [one for one in found if one.name == name]
    fits = fits or [one for one in found if len(name) >= SHORTEST_ID and one.id.startswith(name)]
    if len(fits) != 1:
        raise NotFound("token called", name, "probanda token list")
    (one,) = fits
    over = tuple(d.id for d in store.standing(eyes, one.id, TOKEN))
    told = {"user": one.user, "ended": True}
    store.record(eyes, [Deed(kind=TOKEN, subject=one.id, payload=told, over=over, reason=reason)])
    return _token(store.history(eyes, one.id))


def holder(store: Store, shown: str) -> Token | None:
    """The token of these words; None for one that there is not, that has ended, or of another device."""
    form = _FORM.fullmatch(shown)
    told = store.history(store.owner, form[1]) if form else []
    first = next((d for d in told if d.kind == TOKEN and not d.payload["ended"]), None)
    kept = str(first.payload["digest"]) if first else _NOBODY
    same = hmac.compare_digest(sha256((form[2] if form else "").encode()), kept)
    if first is None or not same or first.log != store.settings.log:
        return None
    token = _token(told)
    return None if token.is_over(now()) else token


def _token(told: list[Decision]) -> Token:
    first = next(d for d in told if d.kind == TOKEN and not d.payload["ended"])
    over = next((d for d in told if d.kind == TOKEN and d.payload["ended"]), None)
    payload = first.payload
    return Token(
        id=first.subject,
        name=str(payload["name"]),
        user=str(payload["user"]),
        scopes=tuple(Scope(one) for one in payload["scopes"]),
        until=payload["until"],
        made_at=first.at,
        by=first.by,
        ended_at=over.at if over else None,
    )


def _scopes(asked: Iterable[str]) -> list[Scope]:
    known = {str(one): one for one in Scope}
    told = set(asked)
    if not told or told - set(known):
        wrong = ", ".join(sorted(told - set(known)))
        raise WrongUsage(
            f"There is no scope {wrong}." if wrong else "A token needs a scope.", f"Scopes are: {', '.join(known)}."
        )
    return [known[name] for name in known if name in told]


def _day(until: str | None) -> str | None:
    if until is None:
        return None
    try:
        day = date.fromisoformat(until).isoformat()
    except ValueError:
        raise WrongUsage(f"{until} is no day.", "Give the last day as YYYY-MM-DD.") from None
    if day < now()[:10]:
        raise WrongUsage(f"{day} is past.", "Give a day to come; nothing was recorded.")
    return day
