"""Crimes, elements, modes of liability, bars and standards of proof, as data (law pack)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a crime or mode, in our own words."""

    no: int
    type: str
    """conduct, consequence, circumstance, mental, contextual."""
    text: str
    common_key: str | None = None
    """Elements with the same key are shared by many crimes: one finding can serve many cells."""
    acts: tuple[str, ...] = ()
    """Act types (or details) of claims that speak to this element."""
    fill: str = ""
    """What would help to fill a gap here."""
    example: str = ""
    unchecked: bool = False
    """True where the words follow case law that was not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crime:
    """A crime of the Statute with all its elements, contextual ones too."""

    id: str
    title: str
    family: str
    conflict: str | None
    """IAC, NIAC or None."""
    in_force: str
    article: str
    edition: str
    elements: tuple[Element, ...]
    acts: tuple[str, ...]
    """Act types of claims that point to this crime."""
    verified: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A mode of liability with its elements."""

    id: str
    title: str
    article: str
    elements: tuple[Element, ...]
    involvements: tuple[str, ...]
    """Involvement values that point to this mode."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPack:
    """One versioned set, stamped with the digest of its files."""

    name: str
    version: str
    digest: str
    edition: str
    crimes: tuple[Crime, ...]
    modes: tuple[Mode, ...]
