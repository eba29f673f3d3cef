"""A chain of command in words: indented lines for a terminal, numbered as in the picture.

Start with `told`. Every link has its number, what is said of it on the day, and each source with its words.

Looks down to: actors, kernel. Used by: casework, cli.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probanda.actors.command import Chain, Evidence, Link, Node, Step, standing
from probanda.actors.control import Sign
from probanda.actors.posts import heads
from probanda.kernel.bounds import EVER, Bounds
from probanda.kernel.vocabulary import TieKind

WAY = {
    TieKind.SUBORDINATION: "under",
    TieKind.MEMBERSHIP: "of",
    TieKind.SUPPORT: "supports",
    TieKind.CONTROL: "controls",
    TieKind.AREA: "operates in",
}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One link of a chain as it is listed."""

    number: int
    link: Link
    says: str
    """Lower, role and upper in words."""
    standing: str
    up: bool
    depth: int


def rows_of(chain: Chain, beside: Sequence[Step] = ()) -> list[Row]:
    """The links numbered: those above first, nearest first, then those below, then what is no command."""
    found: list[Row] = []
    seen: set[Key] = set()
    for step in (*chain.steps, *beside):
        link = step.link
        key = (link.id, link.lower, link.upper)
        if key not in seen:
            seen.add(key)
            words = sentence(link, chain.nodes)
            found.append(Row(len(found) + 1, link, words, standing(link, chain.day), step.up, step.depth))
    return found


def sentence(link: Link, nodes: Mapping[str, Node]) -> str:
    """A link as a short statement: `Omar Sadr: commander of the Ninth Brigade`."""
    lower, upper = nodes[link.lower].name, nodes[link.upper].name
    if link.kind is TieKind.POSTING:
        holder, unit = (upper, lower) if heads(link.role) else (lower, upper)
        return f"{holder}: {link.role or 'post'} of {unit}"
    way = link.role if link.kind is TieKind.SUBORDINATION and link.role else WAY.get(link.kind, link.role)
    return (
        f"{lower}: {way} {upper}"
        if link.kind is not TieKind.MEMBERSHIP
        else f"{lower}: {link.role or 'member'} of {upper}"
    )


def source(one: Evidence, numbers: Mapping[str, str]) -> str:
    """One source of a link: its words, where they stand, who says so, and what it says of time."""
    who = " > ".join(one.speakers)
    parts = [f"“{one.quote}”", f"{numbers.get(one.item, one.item[:12])}, claim {one.claim[:12]}", who, one.status]
    parts.append(period(one.bounds) + (f" (from {one.basis})" if one.basis else ""))
    if one.by_machine:
        parts.append("linked by the machine, not yet by a person: " + ", ".join(one.by_machine))
    return "; ".join(parts)


def period(bounds: Bounds) -> str:
    """Bounds in words, with what is known of start and end."""
    if not bounds.dated:
        return "no time stated"
    out = []
    if bounds.first_precise or bounds.last_precise:
        begun, ended = ("began" if bounds.starting else "from"), ("ended" if bounds.ending else "to")
        out.append(f"{begun} {bounds.first_precise or '?'} {ended} {bounds.last_precise or '?'}")
    if bounds.first_imprecise or bounds.last_imprecise:
        first = "any time" if bounds.first_imprecise == EVER else bounds.first_imprecise or "?"
        out.append(f"at some time within {first} .. {bounds.last_imprecise or '?'}")
    return ", ".join(out)


def told(chain: Chain, beside: Sequence[Step], signs: Sequence[Sign], numbers: Mapping[str, str]) -> list[str]:
    """The chain as lines of text."""
    rows = rows_of(chain, beside)
    centre = chain.nodes[chain.centre]
    lines = [f"Command on {chain.day.isoformat()}: {centre.name} ({centre.kind})"]
    above, below = [r for r in rows if r.up], [r for r in rows if not r.up and _command(r, beside)]
    lines += _part("Above", above, numbers) or ["Above: nothing held tells who or what stood above."]
    lines += _part("Below", below, numbers)
    lines += _part(
        "Not command: support, control of ground, areas",
        [r for r in rows if not _command(r, beside) and not r.up],
        numbers,
    )
    if chain.conflicts:
        lines += ["Against one another (none is preferred)", *(f"  {c.says}" for c in chain.conflicts)]
    if chain.gaps:
        lines += ["Missing", *(f"  {g.says}" for g in chain.gaps)]
    if signs:
        lines.append("Signs of control in fact, apart from any post (each one claim; what they prove, a person says)")
        lines += [f"  {_sign(s, chain.nodes, numbers)}" for s in signs]
    if chain.cut:
        lines.append("There is more above or below; it was cut here. Ask for one of those named to go on.")
    return lines


def _command(row: Row, beside: Sequence[Step]) -> bool:
    return all(row.link is not s.link for s in beside)


def _part(title: str, rows: Sequence[Row], numbers: Mapping[str, str]) -> list[str]:
    if not rows:
        return []
    lines = [title]
    for row in rows:
        inside = "  " * row.depth
        lines.append(f"{inside}{row.number}. {row.says}  [{row.standing}]")
        lines += [f"{inside}   {source(one, numbers)}" for one in row.link.evidence]
    return lines


def _sign(sign: Sign, nodes: Mapping[str, Node], numbers: Mapping[str, str]) -> str:
    who = nodes[sign.who].name if sign.who in nodes else sign.who
    over = f" over {sign.over}" if sign.over else ""
    when = " to ".join(dict.fromkeys(d for d in (sign.date_from, sign.date_to) if d)) or "no date stated"
    where = f"{numbers.get(sign.item, sign.item[:12])}, claim {sign.claim[:12]}"
    return f"{who} {sign.kind}{over} ({when}): “{sign.quote}”; {where}; {' > '.join(sign.speakers)}; {sign.status}"
