"""Pictures of boxes and lines as a page shows them: a record that a template writes as SVG, every word escaped.

Start with `Picture`. What kind of thing a box is stands in its shape and in a word; colour says nothing. Boxes are
links, so that the picture is gone through by the key Tab.

Looks down to: nothing. Used by: web.pages (chain, graph), templates/drawing.html.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

Point = tuple[int, int]
LETTERS, LINES = 27, 2
"""Of a name in a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One thing."""

    x: int
    y: int
    wide: int
    tall: int
    shape: str
    """The path of its outline."""
    name: tuple[str, ...]
    """Its name in lines, cut where it is longer."""
    whole: str
    """Its name uncut."""
    kind: str
    href: str = ""
    look: str = ""
    """`root` for the one asked about, `want` for what is not known or not held."""
    ours: bool = False
    """True where the name is words of ours (a title), and not of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line between two boxes."""

    path: str
    look: str
    """`now`, `other` or `over`: solid, dashed, dotted; `copy` for a thick one."""
    number: int | None = None
    at: Point = (0, 0)
    """Where the number stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All of it."""

    wide: int
    tall: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def lines_of(name: str, letters: int = LETTERS) -> tuple[str, ...]:
    """A name in at most `LINES` lines, with … where it is longer."""
    lines = textwrap.wrap(name, letters) or [name]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: letters - 1].rstrip()}…"]
    return tuple(lines)


def outline(kind: str, x: int, y: int, wide: int, tall: int) -> str:
    """The outline of a thing of this kind, as an SVG path: a person is round, a unit square, a body has cut corners, a
    State a double border, an incident points to both sides, a text has a folded corner, a speaker a tail."""
    r, b, h = x + wide, y + tall, tall // 2
    square = f"M{x} {y}H{r}V{b}H{x}Z"
    cut = f"M{x + 10} {y}H{r - 10}L{r} {y + 10}V{b - 10}L{r - 10} {b}H{x + 10}L{x} {b - 10}V{y + 10}Z"
    return {
        "person": f"M{x + h} {y}H{r - h}A{h} {h} 0 0 1 {r - h} {b}H{x + h}A{h} {h} 0 0 1 {x + h} {y}Z",
        "body": cut,
        "group": cut,
        "state": f"{square}M{x + 4} {y + 4}H{r - 4}V{b - 4}H{x + 4}Z",
        "incident": f"M{x + 16} {y}H{r - 16}L{r} {y + h}L{r - 16} {b}H{x + 16}L{x} {y + h}Z",
        "text": f"M{x} {y}H{r - 14}L{r} {y + 14}V{b}H{x}ZM{r - 14} {y}V{y + 14}H{r}",
        "speaker": f"M{x} {y}H{r}V{b - 6}H{x + 32}L{x + 20} {b}V{b - 6}H{x}Z",
    }.get(kind, square)
