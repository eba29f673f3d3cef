"""What comparing two names gives, with its reason.

`NameComparison` is the verdict that clustering within texts rests on (persons, bodies, places); `Match` is what the
comparison of prepared names gives (compare): a closeness of names with a proposal. Neither says anything of guilt.

Looks down to: nothing. Used by: persons, places, bodies, compare, actors, incidents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What two written names allow one to say."""

    SAME = "same"
    """Spellings of one full name."""
    COMPATIBLE = "compatible"
    """One is a shorter form that the other can bear; whether it is he, the texts must tell."""
    DIFFERENT = "different"
    """Names of two."""
    OPEN = "open"
    """The names alone do not tell."""


class Form(StrEnum):
    """What kind of shorter form a compatible name is."""

    FULL = "full"
    """Both bear given and family name."""
    INITIAL = "initial"
    """The given name of one is only an initial."""
    FAMILY_ONLY = "family name only"
    GIVEN_ONLY = "given name only"
    INNER = "inner name only"
    """A bare name that stands inside the full one: the first of two family names, or a father's name."""
    FAMILY_MISSING = "family name missing"
    """The shorter is the beginning of the longer."""
    SHORT = "short form"
    """Of a body or unit: fewer of the same words."""
    NONE = ""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Verdict on two names, why, and which form of agreement it rests on."""

    verdict: Verdict
    reason: str
    form: Form = Form.NONE


class Sameness(StrEnum):
    """What a comparison of names proposes; whether two mentions are one person, the texts must tell."""

    SAME = "same"
    NOT_SAME = "not-same"
    OPEN = "open"
    """What is written does not tell: a part is missing, or too many bear the name."""


SAME_FROM = 0.8
"""Closeness from which two names are proposed as the same."""
OPEN_FROM = 0.5
"""Closeness from which the question is open; below, something speaks against."""


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """How close two names are. The sentence that says why is built only when it is read."""

    value: float
    """0..1, closeness of the names as written; never a probability, and nothing about persons."""
    why: Callable[[], str]

    @property
    def same(self) -> Sameness:
        """The proposal that the value stands for."""
        if self.value >= SAME_FROM:
            return Sameness.SAME
        return Sameness.OPEN if self.value >= OPEN_FROM else Sameness.NOT_SAME

    @property
    def reason(self) -> str:
        """Which parts meet, which are missing, and what speaks against."""
        return self.why()
