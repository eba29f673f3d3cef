"""What each permission needs, as one table: any row is enough, and in a row every word must hold.

Start with `NEEDS`; each word in it is a small function below `User`. `may` asks the table, `demand`
raises, and `eyes_of` gives the eyes through which a user sees the store.

Looks down to: kernel. Used by: store, casework, cli.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from probanda.access.eyes import OPEN, RESTRICTED, Eyes
from probanda.kernel.errors import ProbandaError

NAMES = "names"
"""The clearance to see protected names. A word of its own: to be cleared for restricted items is not enough."""


class Permission(StrEnum):
    """What a user may do."""

    READ_CLAIM = "read-claim"
    """See a claim, the item it rests on, and that they exist."""
    DECIDE = "decide"
    """Accept, correct, reject, link, label: anything that is signed."""
    EXPORT = "export"
    """Take what one sees out of the case: report, export, bundle."""
    INCLUDE_RESTRICTED = "include-restricted"
    """Take restricted items out too, their names as codenames."""
    SEE_NAMES = "see-names"
    """See, and take out, protected names themselves."""
    MANAGE = "manage"
    """Add users, change clearances, set walls."""


@dataclass(frozen=True, slots=True)
class User:
    """Someone who uses the system. Names stand here and in no other record."""

    id: str
    """Random id; what decisions carry."""
    name: str
    clearances: frozenset[str]
    """The labels whose things this user may see."""
    owner: bool
    """True for whoever made the case folder: sees all, manages all."""


Needed = Callable[[User, str], bool]
"""A word of the table: does it hold for this user and this compartment?"""


def owns_the_case(user: User, compartment: str) -> bool:
    """The user made the case folder."""
    return user.owner


def sees_it(user: User, compartment: str) -> bool:
    """The thing is open, or the user is cleared for every label of its compartment."""
    return compartment == OPEN or all(label in user.clearances for label in compartment.split("+"))


def cleared_for_restricted(user: User, compartment: str) -> bool:
    """The user is cleared for restricted items."""
    return RESTRICTED in user.clearances


def cleared_for_names(user: User, compartment: str) -> bool:
    """The user is cleared for protected names."""
    return NAMES in user.clearances


NEEDS: Mapping[Permission, tuple[tuple[Needed, ...], ...]] = {
    Permission.READ_CLAIM: ((owns_the_case,), (sees_it,)),
    Permission.DECIDE: ((owns_the_case,), (sees_it,)),
    Permission.EXPORT: ((owns_the_case,), (sees_it,)),
    Permission.INCLUDE_RESTRICTED: ((owns_the_case,), (sees_it, cleared_for_restricted)),
    Permission.SEE_NAMES: ((owns_the_case,), (sees_it, cleared_for_restricted, cleared_for_names)),
    Permission.MANAGE: ((owns_the_case,),),
}


class NotAllowed(ProbandaError):
    """The user lacks a permission. The words tell nothing of what lies behind it."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(
            f"You may not do this: it needs the permission `{permission}`.",
            "Ask the owner of the case for it; nothing was changed.",
        )


def may(user: User, permission: Permission, compartment: str = OPEN) -> bool:
    """True when some row of the table holds for this user and this compartment."""
    return any(all(word(user, compartment) for word in row) for row in NEEDS[permission])


def demand(user: User, permission: Permission, compartment: str = OPEN) -> None:
    """Raise NotAllowed unless the user may."""
    if not may(user, permission, compartment):
        raise NotAllowed(permission)


def eyes_of(user: User, compartments: Iterable[str]) -> Eyes:
    """The user's eyes, given the compartments that exist: what is open, and each he is cleared for."""
    return Eyes(user.id, frozenset(c for c in {OPEN, *compartments} if may(user, Permission.READ_CLAIM, c)))
