"""A text with its claims in the margin: where each stands, what it says, and which words decided it.

    ¶ 3                                                     │ 1 ○ killing · alleged (accused)
    [1|Men of the Third Brigade killed four people|1] at    │   who: the Third Brigade (direct) → four people
    the mill, residents told Radio Delma.                   │   says: @doc < Radio Delma < residents
                                                            │   why: act: killed; type: kill; ...

Claims are numbered in the order of their words; `[1|` and `|1]` stand around the quote of claim 1, in as many
paragraphs as it runs over, and its note stands beside the paragraph where it begins. Only claims are explained:
sentences in which a trigger led to none are not guessed at.

A person's own eyes decide what is shown, as with `claims show`; nothing is masked, so a restricted item is said to be
one. Letters keep their logical order. Words of a source are made safe (`reports.characters`), and those of a
right-to-left script are set apart with isolates (U+2068, U+2069), so that they cannot reorder what stands beside them.

Start with `explained`, then `laid_out`. Looks down to: store, rows, claims, reports (characters). Used by: cli.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from probanda.access.eyes import Eyes
from probanda.casework.rows import Row, claim_row, tie_row
from probanda.casework.view import base_name
from probanda.claims.model import Claim
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import AnchorState, Family, PassageRole, Polarity, Status
from probanda.reading.model import Passage, Text
from probanda.reports.characters import shown
from probanda.store.model import ItemRow
from probanda.store.store import Store

WIDE = 100
"""Columns from which notes stand beside the text; below, under each paragraph."""
MARGIN = 0.45
"""Part of the columns that notes get where they stand beside the text."""
NARROWEST = 24
"""Columns below which no line is cut, however narrow the terminal says it is."""
BETWEEN = " │ "
SHAPES = {
    Status.PROPOSED: "○",
    Status.CHECKED: "●",
    Status.CORRECTED: "◐",
    Status.REJECTED: "✕",
    Status.UNSURE: "?",
}
"""How a status is drawn, here as in lists of claims."""
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
"""Bidirectional classes (Unicode Standard Annex 9) whose letters run from the right."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A claim with its number on this page."""

    number: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the source, or a mark around a quote."""

    words: str
    is_mark: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage of a text, with the claims that begin in it."""

    number: int
    role: PassageRole
    reason: str
    start: int
    """Offsets in the item's whole text, end exclusive."""
    end: int
    words: str
    pieces: tuple[Piece, ...]
    """The words with the marks of every claim that has words here."""
    claims: tuple[Numbered, ...]


# --- load -------------------------------------------------------------------------------------------


def explained(store: Store, eyes: Eyes, item: ItemRow) -> Iterator[Paragraph]:
    """The paragraphs of an item's text with its claims, part by part where the item is very large.

    Raises ProbandaError where it could not be read.
    """
    if item.unread_reason is not None:
        raise ProbandaError(f"{item.number} could not be read: {item.unread_reason}", item.unread_fix or "")
    claims = store.claims(eyes, item=item.digest)
    lost = {c.id for c in claims if _is_lost(store, eyes, c)}
    standing = numbered(c for c in claims if c.id not in lost)
    for text in store.texts(eyes, item.digest):
        yield from paragraphs(text, standing)
    if lost:
        yield _without_words(tuple(n for n in numbered(claims) if n.claim.id in lost), len(standing))


def _is_lost(store: Store, eyes: Eyes, claim: Claim) -> bool:
    """True for a claim that a person settled, and whose words the text of today no longer has."""
    if claim.status is Status.PROPOSED:
        return False
    settled = store.settlement(eyes, claim.id)
    return settled is not None and settled.anchor_state == AnchorState.LOST.value


def _without_words(claims: Sequence[Numbered], first: int) -> Paragraph:
    """What stands for no passage: claims whose words are not found any more, so that none is left out."""
    again = tuple(Numbered(number, one.claim) for number, one in enumerate(claims, first + 1))
    reason = "settled claims whose words the text of today no longer has"
    return Paragraph(0, PassageRole.BODY, reason, 0, 0, "", (), again)


def paragraph_rows(
    found: Iterable[Paragraph], item: ItemRow, actor_of: dict[str, str], users: dict[str, str]
) -> Iterator[Row]:
    """The same as rows: one for each paragraph, its claims as exports have them, with the number each has here."""
    names = tuple(map(base_name, item.names))
    for one in found:
        yield {
            "item": item.digest,
            "number": item.number,
            "paragraph": one.number,
            "role": one.role.value,
            "start": one.start,
            "end": one.end,
            "words": one.words,
            "claims": [_row(n, names, item.number, actor_of, users) for n in one.claims],
        }


def _row(one: Numbered, names: tuple[str, ...], number: str, actor_of: dict[str, str], users: dict[str, str]) -> Row:
    claim = one.claim
    made = (tie_row if claim.family is Family.TIE else claim_row)(claim, names, number, actor_of)
    return {"mark": one.number, **made, "by": users.get(claim.by, claim.by) if claim.by else None}


# --- claims at their words --------------------------------------------------------------------------


def numbered(claims: Iterable[Claim]) -> tuple[Numbered, ...]:
    """Claims with their numbers, in the order of their words; of those that begin together the longer one first."""
    in_order = sorted(claims, key=lambda c: (c.start, -c.end, c.act_start, c.id))
    return tuple(Numbered(number, claim) for number, claim in enumerate(in_order, 1))


def paragraphs(text: Text, claims: Sequence[Numbered]) -> Iterator[Paragraph]:
    """The passages of one text (or part) with the claims whose words they hold; one walk over both, in order."""
    waiting = 0
    open_ones: list[Numbered] = []
    for passage in text.passages:
        start, end = text.base + passage.start, text.base + passage.end
        open_ones = [n for n in open_ones if n.claim.end > start]
        begun: list[Numbered] = []
        while waiting < len(claims) and claims[waiting].claim.start < end:
            if claims[waiting].claim.start >= text.base:  # else it stands in an earlier part
                begun.append(claims[waiting])
            waiting += 1
        open_ones += begun
        yield _paragraph(text, passage, open_ones, tuple(begun))


def _paragraph(text: Text, passage: Passage, here: Iterable[Numbered], begun: tuple[Numbered, ...]) -> Paragraph:
    start = text.base + passage.start
    words = text.words[passage.start : passage.end]
    return Paragraph(
        number=passage.paragraph,
        role=passage.role,
        reason=passage.reason,
        start=start,
        end=start + len(words),
        words=words,
        pieces=tuple(_pieces(words, start, here)),
        claims=begun,
    )


def _pieces(words: str, base: int, claims: Iterable[Numbered]) -> Iterator[Piece]:
    """Words cut at the ends of quotes, with a mark at each. At one place quotes close, the inner first, before others
    open, the outer first. What runs over from the paragraph before is opened anew."""
    marks: list[tuple[tuple[int, int, int], str]] = []
    for one in claims:
        first, last = max(one.claim.start - base, 0), min(one.claim.end - base, len(words))
        if first < last:
            marks.append(((first, 1, one.number), f"[{one.number}|"))
            marks.append(((last, 0, -one.number), f"|{one.number}]"))
    done = 0
    for (at, _, _), mark in sorted(marks):
        if at > done:
            yield Piece(words[done:at])
            done = at
        yield Piece(mark, is_mark=True)
    if done < len(words):
        yield Piece(words[done:])


# --- notes ------------------------------------------------------------------------------------------


def note(one: Numbered) -> list[str]:
    """What a claim says and which words decided it, line by line; what it leaves open is left out."""
    c = one.claim
    lines = [f"{one.number} {SHAPES[c.status]} {_what(c)}"]
    if c.tie is not None:
        standing = _joined(c.tie.role, c.tie.title, c.tie.rank)
        lines.append(f"who: {_safe(c.tie.left.words)} → {_safe(c.tie.right.words)}{standing}")
    elif c.actors or c.victims:
        doers = ", ".join(f"{_safe(a.words)} ({a.involvement.value})" for a in c.actors) or "nobody named"
        lines.append(f"who: {doers}" + (f" → {_words(v.words for v in c.victims)}" if c.victims else ""))
    told = {
        "act": _safe(c.act),
        "where": _words(p.words for p in c.places),
        "when": _when(c),
        "count": _count(c),
        "with": _words(c.means),
        "says": " < ".join(_safe(s.words) for s in c.speakers),
        "cites": f"{c.cited.kind}: {_safe(c.cited.words)}" if c.cited else "",
        "look": ", ".join(c.flags),
        "why": _safe(c.why),
        "id": f"{c.id[:12]}, {c.reader}",
    }
    lines += [f"{key}: {value}" for key, value in told.items() if value]
    return [lines[0], *(f"  {line}" for line in lines[1:])]


def _what(c: Claim) -> str:
    """The act (or tie) and how the innermost speaker stands behind it."""
    kind = f"tie: {c.tie.kind.value}" if c.tie else c.act_type.value + (f" ({c.act_detail})" if c.act_detail else "")
    modality = c.modality.value + (f" ({_safe(c.stance)})" if c.stance else "")
    return " · ".join([kind, modality, *(["negative"] if c.polarity is Polarity.NEGATIVE else [])])


def _when(c: Claim) -> str:
    interval = c.date_from or ""
    if c.date_to and c.date_to != c.date_from:
        interval += f" to {c.date_to}"
    if c.date_text is None:
        return interval
    return f"{_safe(c.date_text)} ({interval or 'left open'})"


def _count(c: Claim) -> str:
    q = c.quantity
    if q is None:
        return ""
    exact = str(q.value) if q.value is not None and q.min == q.max else ""
    bounds = [] if exact else [f"{word} {n}" for word, n in (("at least", q.min), ("at most", q.max)) if n is not None]
    counts = _joined(f"{exact} {q.unit}".strip(), *bounds)
    counted = f", counted by {_safe(q.counter)}" if q.counter else ""
    return f"{_safe(q.text)}{counts}{counted}" + (f", as of {q.as_of}" if q.as_of else "")


def _joined(*words: str | None) -> str:
    told = ", ".join(_safe(w) for w in words if w)
    return f" ({told})" if told else ""


def _words(many: Iterable[str]) -> str:
    return ", ".join(_safe(one) for one in many)


# --- letters ----------------------------------------------------------------------------------------


def runs_from_right(words: str) -> bool:
    """True when there are letters of a right-to-left script in these words."""
    return not words.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in words)


def _safe(words: str) -> str:
    """Words of a source for a line of ours: one line, safe, and set apart where they run from the right."""
    one_line = shown(words)
    return f"{ISOLATE}{one_line}{END_OF_ISOLATE}" if runs_from_right(one_line) else one_line


def columns(words: str) -> int:
    """How many columns of a terminal the words take: marks over letters none, wide signs two."""
    return len(words) if words.isascii() else sum(map(_column, words))


def _column(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def wrapped(words: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most so many columns, cut between words; a word that is too long is cut where it must be.

    Lines after the first begin with `indent`. An isolate that a cut parts is closed and opened again.
    """
    lines, line, used = [], "", 0
    for word in _short_enough(words, width - len(indent)):
        more = columns(word)
        if line.strip() and used + 1 + more > width:
            lines.append(line)
            line, used = indent + word, len(indent) + more
        else:
            line, used = (f"{line} {word}", used + 1 + more) if line.strip() else (line + word, used + more)
    return _isolates_whole([*lines, line])


def _short_enough(words: str, width: int) -> Iterator[str]:
    for word in re.findall(r"^ +(?=\S)|[^ ]+", words):
        rest, taken, used = word, 0, 0
        if columns(word) <= width:
            yield word
            continue
        for sign in word:
            if used + _column(sign) > width:
                yield rest[:taken]
                rest, taken, used = rest[taken:], 0, 0
            taken, used = taken + 1, used + _column(sign)
        yield rest


def _isolates_whole(lines: list[str]) -> list[str]:
    found, depth = [], 0
    for line in lines:
        whole = ISOLATE * depth + line
        depth = max(0, whole.count(ISOLATE) - whole.count(END_OF_ISOLATE))
        found.append(whole + END_OF_ISOLATE * depth)
    return found


# --- the page ---------------------------------------------------------------------------------------


def laid_out(paragraph: Paragraph, width: int) -> Iterator[str]:
    """The lines of one paragraph and its notes for a terminal of so many columns; ends with an empty line.

    From `WIDE` columns on, notes stand beside the words; below that, under them.
    """
    width = max(width, NARROWEST)
    notes = [line for one in paragraph.claims for line in note(one)]
    if width < WIDE:
        yield from _text_lines(paragraph, width)
        for line in notes:
            yield from wrapped(f"    {line}", width, " " * 8)
        yield ""
        return
    right = int(width * MARGIN)
    left = width - right - len(BETWEEN)
    beside = [cut for line in notes for cut in wrapped(line, right, " " * 4)]
    for words, told in zip_longest(_text_lines(paragraph, left), beside, fillvalue=""):
        line = f"{words}{' ' * (left - columns(words))}{BETWEEN}{told}" if beside else words
        yield line.rstrip()
    yield ""


def _text_lines(paragraph: Paragraph, width: int) -> list[str]:
    """The number and role of a paragraph, and its words with the marks; each line set apart if it runs from the
    right."""
    role = "" if paragraph.role is PassageRole.BODY else f" {paragraph.role.value}"
    reason = f" ({_safe(paragraph.reason)})" if paragraph.reason else ""
    apart = runs_from_right(paragraph.words)
    marked = "".join(
        f"{ISOLATE}{p.words}{END_OF_ISOLATE}" if p.is_mark and apart else p.words if p.is_mark else shown(p.words)
        for p in paragraph.pieces
    )
    lines = wrapped(marked.strip(), width)
    if apart:
        lines = [f"{ISOLATE}{line}{END_OF_ISOLATE}" for line in lines]
    return [*wrapped(f"¶ {paragraph.number}{role}{reason}", width), *lines]
