"""A chain of command drawn: boxes by level, a line for each link with its number, its sources listed below; SVG.

Start with `drawn`. Solid lines are stated for the day, dashed ones for another time or none; what is told to have ended
is dotted. Nothing in the picture is live: no script, no link, no outside font.

Looks down to: chain_words, actors, kernel. Used by: casework.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from probanda.actors.command import NOW, OVER, Chain, Step
from probanda.reports.chain_words import Row, rows_of, source

BOX, TALL, GAP_X, GAP_Y, EDGE = 220, 64, 36, 76, 24
LINE, WRAP = 17, 128
LEAST = 940
Point = tuple[int, int]
MOST_BOXES = 200
"""More than this nobody can read: the rest is told of in words and stands in the list below."""
_STYLE = (
    "text{font-family:system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:13px;fill:#1d2430}"
    ".name{font-weight:600}.small{font-size:12px;fill:#4b5563}.num{font-size:12px;font-weight:600}"
    "rect{fill:#fff;stroke:#39424e;stroke-width:1.2;rx:6}.mid rect{stroke-width:2.6}.unnamed rect{stroke-dasharray:4 4}"
    "path{fill:none;stroke:#39424e;stroke-width:1.5}.other path{stroke-dasharray:6 5}.over path{stroke-dasharray:2 5}"
    "circle{fill:#fff;stroke:#39424e}"
)


def drawn(chain: Chain, beside: Sequence[Step], numbers: Mapping[str, str]) -> str:
    """The picture as one SVG document."""
    rows = rows_of(chain, beside)
    level = levels(chain)
    places = placed(chain, level)
    wide = max([LEAST, *(x + BOX + EDGE for x, _ in places.values())])
    top = 64
    bottom = top + max((y for _, y in places.values()), default=0) + TALL + 30
    title = f"Command on {chain.day.isoformat()}: {chain.nodes[chain.centre].name}"
    parts = [_text(EDGE, 30, title, "name"), _text(EDGE, 50, _key_words(), "small")]
    parts += _lines(rows, places, top, chain)
    parts += [_box(chain, key, x, top + y) for key, (x, y) in places.items()]
    if len(places) < len(level):
        parts.append(_text(EDGE, bottom, f"{len(level) - len(places)} more are not drawn; they stand below.", "small"))
    words, tall = _list(rows, chain, numbers, bottom + 12)
    tall += EDGE
    said = escape("; ".join(f"{r.number}. {r.says} ({r.standing})" for r in rows), quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {wide} {tall}" role="img">'
        f"<title>{escape(title)}</title><desc>{said}</desc><style>{_STYLE}</style>"
        f'<rect x="0" y="0" width="{wide}" height="{tall}" style="fill:#fff;stroke:none"/>'
    )
    return head + "".join((*parts, *words)) + "</svg>\n"


def _key_words() -> str:
    return (
        "Solid: stated for this day, or for a time that it lies in. Dashed: stated for another time, or for none; "
        "not known to hold. Dotted: told not to hold."
    )


def levels(chain: Chain) -> dict[str, int]:
    """How far above (negative) or below the one asked about everyone stands; the nearest place counts."""
    level = {chain.centre: 0}
    steps = [s for s in chain.steps if s.up]
    for _ in range(len(steps) + 1):
        before = len(level)
        for step in steps:
            if step.link.lower in level and step.link.upper not in level:
                level[step.link.upper] = level[step.link.lower] - 1
        if len(level) == before:
            break
    for step in (s for s in chain.steps if not s.up):
        level.setdefault(step.link.lower, level.get(step.link.upper, 0) + 1)
    for step in steps:  # what stands above a unit that the one asked about heads
        if step.link.upper not in level:
            level[step.link.upper] = min(level.get(step.link.lower, 0), 0) - 1
    return level


def placed(chain: Chain, level: Mapping[str, int], most: int = MOST_BOXES, least: int = LEAST) -> dict[str, Point]:
    """Where the boxes stand (their upper left corners), nearest to the one asked about first, `most` of them."""
    of: dict[int, list[str]] = defaultdict(list)
    order = {
        key: n for n, key in enumerate(dict.fromkeys(k for s in chain.steps for k in (s.link.upper, s.link.lower)))
    }
    for key in sorted(level, key=lambda k: (abs(level[k]), order.get(k, -1), k))[:most]:
        of[level[key]].append(key)
    widest = max(len(keys) for keys in of.values())
    middle = max(least - 2 * EDGE, widest * (BOX + GAP_X) - GAP_X) // 2
    low = min(of)
    places = {}
    for depth, keys in sorted(of.items()):
        start = EDGE + middle - (len(keys) * (BOX + GAP_X) - GAP_X) // 2
        for n, key in enumerate(keys):
            places[key] = (start + n * (BOX + GAP_X), (depth - low) * (TALL + GAP_Y))
    return places


def _box(chain: Chain, key: str, x: int, y: int) -> str:
    node = chain.nodes[key]
    lines = textwrap.wrap(node.name, 27)[:2] or [node.name]
    if len(textwrap.wrap(node.name, 27)) > 2:
        lines[1] = lines[1][:26] + "…"
    kind = " mid" if key == chain.centre else ""
    kind += " unnamed" if node.kind == "unnamed" else ""
    middle = x + BOX // 2
    words = "".join(_text(middle, y + 20 + n * 16, line, "name", "middle") for n, line in enumerate(lines))
    words += _text(middle, y + TALL - 9, node.kind, "small", "middle")
    return f'<g class="box{kind}"><rect x="{x}" y="{y}" width="{BOX}" height="{TALL}"/>{words}</g>'


def _lines(rows: Sequence[Row], places: Mapping[str, Point], top: int, chain: Chain) -> list[str]:
    return [_line(row, (x1, y1 + top), (x2, y2 + top), chain) for row, (x1, y1), (x2, y2) in ends(rows, places)]


def ends(rows: Sequence[Row], places: Mapping[str, Point]) -> list[tuple[Row, Point, Point]]:
    """Where the straight line of each link begins and ends; where several leave or reach one box they are spread along
    its edge. Links of boxes that are not placed are left out."""
    leaving, reaching = defaultdict(list), defaultdict(list)
    rows = [row for row in rows if row.link.lower in places and row.link.upper in places]
    for row in rows:
        leaving[row.link.upper].append(row)
        reaching[row.link.lower].append(row)
    for found in leaving.values():
        found.sort(key=lambda r: (places[r.link.lower], r.number))
    for found in reaching.values():
        found.sort(key=lambda r: (places[r.link.upper], r.number))
    out = []
    for row in rows:
        upper, lower = row.link.upper, row.link.lower
        start = _along(places[upper], leaving[upper].index(row), len(leaving[upper]))
        end = _along(places[lower], reaching[lower].index(row), len(reaching[lower]))
        below = places[lower][1] > places[upper][1]
        out.append((row, (start[0], start[1] + (TALL if below else 0)), (end[0], end[1] + (0 if below else TALL))))
    return out


def _along(place: Point, nth: int, of: int) -> Point:
    x, y = place
    return x + BOX * (nth + 1) // (of + 1), y


def _line(row: Row, start: tuple[int, int], end: tuple[int, int], chain: Chain) -> str:
    holds = row.link.on(chain.day)
    kind = "now" if holds in NOW else "over" if holds in OVER else "other"
    (x1, y1), (x2, y2) = start, end
    nx, ny = x1 + (x2 - x1) * 2 // 5, y1 + (y2 - y1) * 2 // 5
    return (
        f'<g class="{kind}"><path d="M{x1} {y1}L{x2} {y2}"/><circle cx="{nx}" cy="{ny}" r="11"/>'
        f"{_text(nx, ny + 4, str(row.number), 'num', 'middle')}</g>"
    )


def _list(rows: Sequence[Row], chain: Chain, numbers: Mapping[str, str], y: int) -> tuple[list[str], int]:
    parts: list[str] = []

    def add(words: str, kind: str, indent: int = 0) -> None:
        nonlocal y
        for line in textwrap.wrap(words, WRAP - indent // 6) or [""]:
            y += LINE
            parts.append(_text(EDGE + indent, y, line, kind))

    for row in rows:
        y += 6
        add(f"{row.number}. {row.says}: {row.standing}", "name")
        for one in row.link.evidence:
            add(source(one, numbers), "small", 18)
    for title, says in (
        ("Against one another", [c.says for c in chain.conflicts]),
        ("Missing", [g.says for g in chain.gaps]),
    ):
        if says:
            y += 8
            add(title, "name")
            for words in says:
                add(words, "small", 18)
    return parts, y


def _text(x: int, y: int, words: str, kind: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}" '
        f'style="unicode-bidi:plaintext">{escape(words)}</text>'
    )
