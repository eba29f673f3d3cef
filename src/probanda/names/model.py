"""What comparing two names gives: a verdict in words, with its reason. No scores.

Looks down to: nothing. Used by: persons, places, bodies, actors, incidents.
"""

from __future__ import annotations

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
