"""The accounts of one incident drawn: origins at the left, what comes from them to the right; SVG.

Start with `drawn`. A solid line means that the text names its source, a double line that the words are copied, a dashed
one that it was concluded. Nothing in the picture is live: no script, no link, no outside font.

Looks down to: origin_words, incidents (model). Used by: casework, cli.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from probanda.claims.model import DOC
from probanda.incidents.model import Incident
from probanda.reports.origin_words import KIND, LEGEND, STRENGTH, Branch, place, sentence, teller, tree, why_below

BOX, TALL, GAP_X, GAP_Y, EDGE = 250, 58, 84, 14, 24
TOP = 92
LINE, WRAP, BOLD_WRAP = 17, 160, 125
"""Height of a line; letters that fit in it, small and bold."""
LEAST = 1000
MOST_BOXES = 120
"""More than this nobody can read: the rest stands in the list below."""
_STYLE = (
    "text{font-family:system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:13px;fill:#1d2430}"
    ".name{font-weight:600}.small{font-size:12px;fill:#4b5563}.num{font-size:12px;font-weight:600}"
    "rect{fill:#fff;stroke:#39424e;stroke-width:1.2;rx:6}.root rect{stroke-width:2.6}"
    ".away rect{stroke-dasharray:5 4}.no rect{fill:#f2f3f5}"
    "path{fill:none;stroke:#39424e;stroke-width:1.4}.copy path{stroke-width:3.4;stroke:#8a94a3}"
    ".concluded path{stroke-dasharray:3 4}.maybe path{stroke:#9aa3af;stroke-dasharray:1 4}"
)


def drawn(incident: Incident, numbers: Mapping[str, str]) -> str:
    """The picture as one SVG document. `numbers`: item -> registration number."""
    branches = tree(incident)
    shown = branches[:MOST_BOXES]
    depth = depths(incident, shown)
    places = placed(shown, depth)
    wide = max([LEAST, *(x + BOX + EDGE for x, _ in places.values())])
    bottom = max((y for _, y in places.values()), default=90) + TALL + 26
    title = f"Where the accounts start: {incident.title}"
    parts = [
        _text(EDGE, 30, title, "name"),
        _text(EDGE, 50, sentence(incident), "small"),
        _text(EDGE, 70, _KEY, "small"),
    ]
    parts += _lines(incident, shown, places)
    parts += [_box(b, numbers, *places[b.account.id]) for b in shown]
    if len(shown) < len(branches):
        parts.append(
            _text(EDGE, bottom, f"{len(branches) - len(shown)} more are not drawn; they stand below.", "small")
        )
    words, tall = _list(branches, numbers, bottom + 6)
    tall += EDGE
    said = escape(" ".join(b.account.says for b in branches if b.depth == 0), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {wide} {tall}" role="img">'
        f"<title>{escape(title)}</title><desc>{said}</desc><style>{_STYLE}</style>"
        f'<rect x="0" y="0" width="{wide}" height="{tall}" style="fill:#fff;stroke:none"/>'
    )
    return head + "".join((*parts, *words)) + "</svg>\n"


_KEY = (
    "Solid line: the text names its source. Thick: the same words. Dashed: concluded. Dotted: perhaps. "
    "Dashed box: cited, not held. Grey: does not say that it happened."
)


def depths(incident: Incident, shown: Sequence[Branch]) -> dict[str, int]:
    """How many steps an account stands from its origin: held texts stand right of all that they come from."""
    depth = {b.account.id: b.depth for b in shown}
    sources = defaultdict(list)
    for edge in incident.derivations:
        if edge.account in depth and edge.source in depth:
            sources[edge.account].append(edge.source)
    for _ in range(len(depth)):
        deeper = {a: max(depth[a], *(depth[s] + 1 for s in found)) for a, found in sources.items()}
        if all(depth[a] == d for a, d in deeper.items()):
            break
        depth |= deeper
    return depth


def placed(shown: Sequence[Branch], depth: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Each account on a row of its own branch: a column keeps its order, and no line crosses a branch."""
    places: dict[str, tuple[int, int]] = {}
    taken: dict[int, int] = defaultdict(int)
    row = 0
    for branch in shown:
        column = depth[branch.account.id]
        if branch.depth == 0 or taken[column] > row:
            row = max(row, *taken.values(), taken[column]) if branch.depth == 0 else taken[column]
        y = TOP + row * (TALL + GAP_Y)
        places[branch.account.id] = (EDGE + column * (BOX + GAP_X), y)
        taken[column] = row + 1
    return places


def _box(branch: Branch, numbers: Mapping[str, str], x: int, y: int) -> str:
    one = branch.account
    kind = "root" if one.counted else ""
    held = "" if one.held or one.item is not None else " away"
    no = "" if one.supports else " no"
    first, second = _words(branch, numbers)
    return (
        f'<g class="{kind}{held}{no}"><rect x="{x}" y="{y}" width="{BOX}" height="{TALL}"/>'
        f"{_text(x + 10, y + 23, _cut(first, 34), 'name')}{_text(x + 10, y + 43, _cut(second, 42), 'small')}</g>"
    )


def _words(branch: Branch, numbers: Mapping[str, str]) -> tuple[str, str]:
    """The two lines of a box."""
    one = branch.account
    where = numbers.get(one.item, "an item") if one.item is not None else "held" if one.held else "not held"
    if branch.depth == 0:
        return f"{branch.label} {teller(one)}", f"{KIND[one.kind]} · {where}"
    if one.item is None:
        return teller(one), where
    return where, "in its own voice" if one.teller == DOC else f"naming {one.teller}"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _lines(incident: Incident, shown: Sequence[Branch], places: Mapping[str, tuple[int, int]]) -> list[str]:
    first = {(b.edge.account, b.edge.source) for b in shown if b.edge is not None}
    out = []
    for edge in incident.derivations:
        if edge.account not in places or edge.source not in places:
            continue
        kind = STRENGTH.get(edge.kind, "named") if (edge.account, edge.source) in first else "maybe"
        (x1, y1), (x2, y2) = places[edge.source], places[edge.account]
        start, end = (x1 + BOX, y1 + TALL // 2), (x2, y2 + TALL // 2)
        bend = GAP_X // 2
        out.append(
            f'<g class="{kind}"><path d="M{start[0]} {start[1]} C{start[0] + bend} {start[1]} '
            f'{end[0] - bend} {end[1]} {end[0]} {end[1]}"/></g>'
        )
    return out


def _list(branches: Sequence[Branch], numbers: Mapping[str, str], y: int) -> tuple[list[str], int]:
    parts: list[str] = []

    def add(words: str, kind: str, indent: int = 0) -> None:
        nonlocal y
        letters = BOLD_WRAP if kind == "name" else WRAP
        for line in textwrap.wrap(words, letters - indent // 6) or [""]:
            y += LINE
            parts.append(_text(EDGE + indent, y, line, kind))

    add(LEGEND, "small")
    for branch in branches:
        one = branch.account
        if branch.depth == 0:
            y += 6
            add(f"{branch.label}. {one.says}", "name")
            continue
        edge = why_below(branch.edge) if branch.edge is not None else ""
        also = f" Perhaps from {', '.join(branch.also)}." if branch.also else ""
        add(f"{place(one, numbers)}. {edge}.{also}", "small", 18 * branch.depth)
    return parts, y


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" style="unicode-bidi:plaintext">{escape(words)}</text>'
