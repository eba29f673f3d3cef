"""What Python is given of a case, as a notebook shows it: a table of the first rows, a small chart, how many more.

Start with `listed` (lists that show themselves) and `table`. A notebook asks an object for `_repr_html_`; nothing of
any notebook is needed or imported. All words are escaped, nothing runs, nothing is asked of anywhere, and what is shown
is what the user of the case may see. Charts are tallies of what is listed, in shape and words, and never of guilt.

Looks down to: reports (words, characters), claims, actors, incidents, matrix, store (model), kernel. Used by: case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Generic, SupportsIndex, TypeVar, overload

from probanda.actors.model import ActorGroup
from probanda.claims.model import DOC, Claim
from probanda.incidents.model import Consolidation, Incident
from probanda.matrix.model import Suggestion
from probanda.reports.characters import shown
from probanda.reports.words import ACT, KIND, MODALITY, STATUS, number
from probanda.store.model import Hit, ItemRow

T = TypeVar("T")
ROWS = 20
"""Rows that are shown."""
BARS = 10
"""Bars of a chart; what is left is told as one."""
LONG = 200
"""Code points of a cell."""
NO_GUILT = "Proposed to look at. Everybody named is presumed innocent, and nothing here says that anybody did anything."


@dataclass(frozen=True, slots=True)
class Words:
    """A cell in the words of a source: set apart, in its own direction of writing."""

    text: str


Cell = str | int | None | Words


@dataclass(frozen=True, slots=True)
class Face(Generic[T]):
    """How things of one kind are shown."""

    one: str
    many: str
    heads: tuple[str, ...]
    row: Callable[[T], Sequence[Cell]]
    chart: str = ""
    """What the chart is of; empty where there is none."""
    tally: Callable[[T], str] = lambda _one: ""
    note: str = ""


class Listed(list[T]):
    """A list that a notebook shows as a table; in everything else a list."""

    __slots__ = ("face",)

    def __init__(self, things: Iterable[T], face: Face[T]) -> None:
        super().__init__(things)
        self.face = face

    def __reduce__(self) -> tuple[type[list[T]], tuple[list[T]]]:
        """Kept or sent elsewhere it is a plain list."""
        return list, (list(self),)

    @overload
    def __getitem__(self, at: SupportsIndex, /) -> T: ...

    @overload
    def __getitem__(self, at: slice, /) -> Listed[T]: ...

    def __getitem__(self, at: SupportsIndex | slice, /) -> T | Listed[T]:
        """One thing; of a slice a list that shows itself too."""
        if isinstance(at, slice):
            return Listed(super().__getitem__(at), self.face)
        return super().__getitem__(at)

    def _repr_html_(self) -> str:
        return page(self, self.face)


class Laid(tuple[Suggestion, ...]):
    """The suggestions of the matrix, which a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return page(self, SUGGESTIONS)


class Gathered(Consolidation):
    """What was gathered, of which a notebook shows the incidents."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """True for the same things gathered, shown or not."""
        told = (self.incidents, self.origins, self.contradictions)
        return isinstance(other, Consolidation) and told == (other.incidents, other.origins, other.contradictions)

    __hash__ = Consolidation.__hash__

    def _repr_html_(self) -> str:
        more = f"{number(len(self.contradictions))} contradictions, {number(len(self.origins))} origins."
        return page(self.incidents, INCIDENTS) + f"<p>{more}</p>"


def listed(things: Iterable[T], face: Face[T]) -> Listed[T]:
    """These things as a list that shows itself."""
    return Listed(things, face)


def gathered(found: Consolidation) -> Gathered:
    """The same, showing itself."""
    return Gathered(found.incidents, found.origins, found.contradictions)


def page(things: Sequence[T], face: Face[T]) -> str:
    """The table of these things, with its chart."""
    head = f"<p><b>{number(len(things))} {escape(face.one if len(things) == 1 else face.many)}</b></p>"
    if not things:
        return head
    note = f"<p>{escape(face.note)}</p>" if face.note else ""
    chart = bars(face.chart, [face.tally(one) for one in things]) if face.chart else ""
    left = len(things) - ROWS
    more = f"<p>{number(left)} more; <code>len()</code> counts all, a slice shows others.</p>" if left > 0 else ""
    return head + note + chart + table(face.heads, map(face.row, things[:ROWS])) + more


def facts(title: str, told: Sequence[tuple[str, Cell]]) -> str:
    """A few facts under a title, as a table of two columns."""
    rows = "".join(f'<tr><th scope="row">{_cell(name)}</th><td>{_cell(value)}</td></tr>' for name, value in told)
    return f"<p><b>{_cell(title)}</b></p><table><tbody>{rows}</tbody></table>"


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table; every cell escaped, with signs that could reorder a line shown by their codes."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Words):
        return f'<q dir="auto">{_text(value.text)}</q>'
    return number(value) if isinstance(value, int) else f"<bdi>{_text(value)}</bdi>" if value else ""


def _text(words: str) -> str:
    words = shown(words)
    return escape(words if len(words) <= LONG else f"{words[: LONG - 1]}…")


def bars(title: str, values: Iterable[str]) -> str:
    """How many there are of each value as bars, the most first, each with its word and number."""
    found = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    rest = sum(many for _, many in found[BARS:])
    told = [*found[:BARS], *([("all others", rest)] if rest else [])]
    most = max((many for _, many in told), default=0)
    lines = "".join(_bar(n, name or "not told", many, most) for n, (name, many) in enumerate(told))
    height = 20 * len(told) + 4
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg role="img" aria-label="{escape(title)}" width="520" '
        f'height="{height}" viewBox="0 0 520 {height}" font-size="12" fill="currentColor">{lines}</svg></figure>'
    )


def _bar(n: int, name: str, many: int, most: int) -> str:
    y, width = 20 * n + 4, max(2, round(260 * many / most))
    said = _text(name if len(name) <= 26 else f"{name[:25]}…")
    return (
        f'<text x="170" y="{y + 12}" text-anchor="end">{said}</text>'
        f'<rect x="178" y="{y}" width="{width}" height="15" fill-opacity="0.55"/>'
        f'<text x="{184 + width}" y="{y + 12}">{number(many)}</text>'
    )


# --- faces ----------------------------------------------------------------------------------------


def _days(start: str | None, end: str | None) -> str:
    return (start or "") if start == end else f"{start or '…'} – {end or '…'}"


def claims(number_of: Callable[[str], str]) -> Face[Claim]:
    """Claims, each with the registration number of its item; `number_of` is asked for those that are shown alone."""

    def row(claim: Claim) -> Sequence[Cell]:
        said = ", from ".join("the text" if one.words == DOC else one.words for one in claim.speakers)
        denied = "; said not to be so" if claim.polarity.value == "negative" else ""
        return (
            number_of(claim.item), f"{claim.start}–{claim.end}", Words(claim.quote), _act(claim),
            MODALITY[claim.modality] + denied, said, _days(claim.date_from, claim.date_to), STATUS[claim.status],
            claim.id[:12],
        )  # fmt: skip

    heads = ("Item", "Characters", "Words", "What", "How it is told", "Who says it", "Date", "Status", "Id")
    chart = "Claims by kind of act: how often it is told, not how often it was"
    return Face("claim", "claims", heads, row, chart, _act)


def _act(claim: Claim) -> str:
    return ACT[claim.act_type] if claim.tie is None else claim.tie.kind.value


def _incident(one: Incident) -> Sequence[Cell]:
    return (
        one.title, ACT[one.act_type], _days(one.date_from, one.date_to), "; ".join(dict.fromkeys(one.places)),
        len(one.versions), one.corroboration.says, len(one.claims), one.id[:12],
    )  # fmt: skip


INCIDENTS: Face[Incident] = Face(
    "incident", "incidents", ("Incident", "What", "When", "Where", "Versions", "Origins", "Claims", "Id"), _incident,
    "Incidents by the month of their first possible day",
    lambda i: (i.date_from or "")[:7],
)  # fmt: skip
ACTORS: Face[ActorGroup] = Face(
    "actor or place", "actors and places", ("Name", "Kind", "Also written", "Mentions", "Id"),
    lambda a: (a.name, KIND[a.kind], "; ".join(v for v in a.variants if v != a.name), len(a.members), a.id[:12]),
    "By kind", lambda a: KIND[a.kind], "To be named here says nothing of guilt.",
)  # fmt: skip
ITEMS: Face[ItemRow] = Face(
    "item", "items", ("Number", "Name", "Kind", "Language", "Its own date", "Label", "Not read"),
    lambda i: (i.number, i.doc, i.media_type, i.language, _days(i.dated_from, i.dated_to), i.label, i.unread_reason),
    "Items by kind", lambda i: i.media_type,
)  # fmt: skip
HITS: Face[Hit] = Face(
    "place", "places", ("Number", "Words around", "Characters", "Found in"),
    lambda h: (h.number, Words(h.snippet), f"{h.start}–{h.end}", h.kind),
)  # fmt: skip
SUGGESTIONS: Face[Suggestion] = Face(
    "suggestion", "suggestions", ("Who", "Crime", "Mode", "Why it is laid out", "What speaks against opening it", "Id"),
    lambda s: (
        s.actor_name, s.crime_title, s.mode_title, " ".join(s.reasons_for), " ".join(s.reasons_against), s.id[:12],
    ),
    "Suggestions by crime", lambda s: s.crime_title, NO_GUILT,
)  # fmt: skip
