"""Whose eyes a call is made through: a frozen value that every call to the store carries.

`access` knows users, labels and compartments, never records. A compartment is one distinct set of
labels; a user sees it when cleared for each of its labels. `open` is the compartment of no label
that restricts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

OPEN = "open"
RESTRICTED = "restricted"


def compartment_of(labels: Iterable[str]) -> str:
    """The compartment of things that bear these labels: `open`, or the restricting labels joined by `+`."""
    closing = sorted(set(labels) - {"public", "internal"})
    return "+".join(closing) if closing else OPEN


@dataclass(frozen=True, slots=True)
class Eyes:
    """A user, and the compartments he may see."""

    user: str
    """Random id of the user; names stand only in the user's record."""
    compartments: frozenset[str]
    blind: bool = False
    """True for a reader of claims, from whom the first reading of a claim is kept back while theirs would be the
    second (`store.second`)."""

    def sees(self, compartment: str) -> bool:
        """True when rows of this compartment may reach this user."""
        return compartment in self.compartments

    @property
    def sight(self) -> str:
        """The name of what these eyes see together; whatever looks at several items is computed within it."""
        return "|".join(sorted(self.compartments))

    def without(self, *compartments: str) -> Eyes:
        """Narrower eyes, for an output that leaves these compartments out."""
        return replace(self, compartments=self.compartments - set(compartments))

    def blinded(self) -> Eyes:
        """The same eyes, for reading claims: what somebody else decided of a drawn claim is kept from them."""
        return replace(self, blind=True)

    def only_open(self) -> Eyes:
        """Eyes that see nothing restricted."""
        return replace(self, compartments=frozenset({OPEN}) & self.compartments)
