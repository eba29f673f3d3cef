"""A pattern drawn: one bar for each value, certain incidents solid, possible ones hatched, the unknown apart; SVG.

Start with `drawn`. The title says that it counts what was collected. Nothing in the picture is live: no script, no
link, no outside font. Names may be of any script; each stands in a direction of its own.

Looks down to: incidents.patterns, reports.characters. Used by: cli.
"""

from __future__ import annotations

import textwrap
from html import escape

from probanda.incidents.patterns import Column, Pattern
from probanda.reports.characters import shown

EDGE, LABEL, TALL, GAP, TOP = 24, 300, 20, 10, 96
WIDE = 940
BARS = WIDE - 2 * EDGE - LABEL - 110
"""Room for the longest bar; the count stands behind it."""
MOST = 80
"""Columns that are drawn; the rest are counted below."""
LONGEST = 44
"""Letters of a label."""
_STYLE = (
    "text{font-family:system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:13px;fill:#1d2430}"
    ".name{font-weight:600;font-size:15px}.small{font-size:12px;fill:#4b5563}"
    ".sure{fill:#2f5d8a}.maybe{fill:url(#maybe);stroke:#2f5d8a}.none{fill:#e5e7eb;stroke:#6b7280}"
    ".count{font-size:12px;fill:#4b5563;paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".axis{stroke:#39424e;fill:none}.grid{stroke:#d6dae0;fill:none}"
)
_HATCH = (
    '<defs><pattern id="maybe" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><path d="M0 0V6" stroke="#2f5d8a" stroke-width="3"/></pattern></defs>'
)


def drawn(pattern: Pattern) -> str:
    """The picture as one SVG document."""
    columns = _chosen(pattern)
    most = max((_size(c) for c in columns), default=0)
    step = _step(most)
    ends = max(1, -(-most // step)) * step
    bottom = TOP + len(columns) * (TALL + GAP)
    parts = [_text(EDGE, 32, pattern.title, "name"), *_key(), *_grid(ends, step, bottom)]
    for n, column in enumerate(columns):
        parts += _bar(column, TOP + n * (TALL + GAP), ends)
    notes, tall = _notes(pattern, len(columns), bottom + 26)
    said = "; ".join(f"{c.label}: {_count(c)}" for c in columns)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{tall}" viewBox="0 0 {WIDE} {tall}" '
        f'role="img"><title>{escape(pattern.title)}</title><desc>{escape(shown(said), quote=True)}</desc>'
        f"<style>{_STYLE}</style>{_HATCH}"
        f'<rect x="0" y="0" width="{WIDE}" height="{tall}" fill="#fff"/>' + "".join((*parts, *notes)) + "</svg>\n"
    )


def _chosen(pattern: Pattern) -> list[Column]:
    """The first columns, and always that of the unknown."""
    known = [c for c in pattern.columns if not c.unknown]
    return [*known[:MOST], *(c for c in pattern.columns if c.unknown)]


def _size(column: Column) -> int:
    return len(column.certain) + len(column.possible)


def _step(most: int) -> int:
    """1, 2, 5, 10 ...: at most eight lines on the scale."""
    step, factors = 1, (2, 5, 10)
    while most / step > 8:
        power = 10 ** (len(str(step)) - 1)
        step = next(f * power for f in factors if f * power > step)
    return step


def _key() -> list[str]:
    y = 48
    x, parts = EDGE, []
    for kind, words in (
        ("sure", "told one way only"),
        ("maybe", "possible: one of several dates, places, acts, authors or groups that are told"),
        ("none", "not told"),
    ):
        parts.append(f'<rect class="{kind}" x="{x}" y="{y}" width="26" height="12"/>')
        parts.append(_text(x + 34, y + 11, words, "small"))
        x += 60 + len(words) * 6 + 14
    return parts


def _grid(ends: int, step: int, bottom: int) -> list[str]:
    parts = []
    for value in range(0, ends + 1, step):
        x = EDGE + LABEL + BARS * value // ends
        parts.append(f'<path class="{"grid" if value else "axis"}" d="M{x} {TOP - 6}V{bottom}"/>')
        parts.append(_text(x, TOP - 10, str(value), "small", "middle"))
    return parts


def _bar(column: Column, y: int, ends: int) -> list[str]:
    label = shown(column.label)
    short = label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
    begin = EDGE + LABEL
    middle = begin + BARS * len(column.certain) // ends
    end = begin + BARS * _size(column) // ends
    sure = "none" if column.unknown else "sure"
    parts = [_label(begin - 10, y + 15, short)]
    if middle > begin:
        parts.append(f'<rect class="{sure}" x="{begin}" y="{y}" width="{middle - begin}" height="{TALL}"/>')
    if end > middle:
        parts.append(f'<rect class="maybe" x="{middle}" y="{y}" width="{end - middle}" height="{TALL}"/>')
    parts.append(_text(end + 8, y + 15, _count(column), "count"))
    return parts


def _count(column: Column) -> str:
    if not column.possible:
        return str(len(column.certain))
    return f"{len(column.certain)} and {len(column.possible)} possibly"


def _notes(pattern: Pattern, drawn_columns: int, y: int) -> tuple[list[str], int]:
    says = [f"{pattern.counted} incidents. One may stand in several bars, so the bars do not add up."]
    if pattern.left_out:
        says.append(
            f"Left out: {pattern.left_out}, of which nobody says that they happened, or proceedings and statements."
        )
    if hidden := len(pattern.columns) - drawn_columns:
        says.append(f"{hidden} more are not drawn.")
    says.append(
        "More reports reach us from some places and times than from others; what is missing here may have happened."
    )
    parts = []
    for words in says:
        for line in textwrap.wrap(words, 130):
            parts.append(_text(EDGE, y, line, "small"))
            y += 18
    return parts, y + EDGE - 10


def _label(x: int, y: int, words: str) -> str:
    """A label that ends beside its bar, whatever its script: the box keeps its place, the words their direction."""
    return f'<text x="{x}" y="{y}" text-anchor="end"><tspan style="unicode-bidi:isolate">{escape(words)}</tspan></text>'


def _text(x: int, y: int, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'
