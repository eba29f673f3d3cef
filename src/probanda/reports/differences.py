"""What changed between two drafts of a dossier: paragraphs, rows, lines and notes that are new, gone, or say otherwise.

Start with `sayings`, then `compared`. A saying is one paragraph, one row of a table, one line of a list, or one note,
with the words it says and the claims it rests on. Numbers of paragraphs and notes are left out: they move when
something is put in above. Two sayings are one and the same where they say the same under the same heading; else they
are paired by what they are about (a note by its claim, others by the claims they rest on), never by likeness of words.

Looks down to: leaves, record. Used by: casework.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from probanda.reports.leaves import runs_of
from probanda.reports.record import Block, Dossier, Listing, Piece, Row, Section, Table, Timeline, Voice

_OWN = re.compile(r"\b(I|S|H)-\d+\b")
"""Numbers that a draft gives to incidents, suggestions and hypotheses: they move as paragraphs' numbers do."""
_PARTS = re.compile(r"\s+|\S+")
"""Words and what stands between them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing a dossier says."""

    kind: str
    """`stamp`, `fact`, `paragraph`, `row`, `line`, `opposed` or `note`."""
    under: str
    """The heading it stands under, in words."""
    words: str
    claims: tuple[str, ...]
    """Ids of the claims it rests on, sorted."""
    anchor: str
    """Where a link to it leads: a note, a row, or the section it stands in."""

    @property
    def same(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What makes two of them one and the same: their own numbers aside."""
        return (self.kind, _OWN.sub("-", self.under), _OWN.sub("-", self.words), self.claims)

    @property
    def about(self) -> tuple[str, str]:
        """Its heading and how it begins: a row is about its head, a fact about its label."""
        head, sign, _ = self.words.partition(": ")
        return (self.kind + _OWN.sub("-", self.under), head if sign else "")


@dataclass(frozen=True, slots=True)
class Changed:
    """A saying that says otherwise now."""

    before: Saying
    now: Saying


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, in the order of the dossier as it is now (what is gone: as it was)."""

    added: tuple[Saying, ...]
    gone: tuple[Saying, ...]
    changed: tuple[Changed, ...]
    same: int
    """How many say what they said."""


def sayings(dossier: Dossier) -> tuple[Saying, ...]:
    """All that a dossier says, in order: cover, sections, notes."""
    claim_of = {f"n{note.number}": note.claim for note in dossier.notes}
    stamp = " ".join([dossier.stamp, *(_words(line.pieces) for line in dossier.stamp_lines)])
    found = [Saying("stamp", "", stamp, (), "")]
    for fact in dossier.facts:
        told = " ".join(_words(line.pieces) for line in fact.lines)
        found.append(Saying("fact", "", f"{fact.label}: {told}", (), ""))
    for section in dossier.sections:
        found += _of_section(section, claim_of)
    for note in dossier.notes:
        remarks = " · ".join(_words(line.pieces) for line in note.remarks)
        words = f"{_words(note.place)}: {_words(note.said)} · “{note.quote}” · {remarks}"
        found.append(Saying("note", dossier.notes_title, words, (note.claim,), f"n{note.number}"))
    return tuple(found)


def _of_section(section: Section, claim_of: Mapping[str, str]) -> Iterator[Saying]:
    under = _words(section.title)
    for block in section.blocks:
        yield from _of_block(block, under, section.id, claim_of)
    for part in section.parts:
        yield from _of_section(part, claim_of)


def _of_block(block: Block, under: str, anchor: str, claim_of: Mapping[str, str]) -> Iterator[Saying]:
    if isinstance(block, Table):
        for row in block.rows:
            if not row.group:
                yield _row(block, row, under, anchor, claim_of)
    elif isinstance(block, Listing):
        label = f"{_words(block.label)}: " if block.label else ""
        for line in block.lines:
            yield Saying("line", under, label + _words(line.pieces), _claims(line.pieces, claim_of), line.id or anchor)
    elif not isinstance(block, Timeline):  # a picture of the rows beside it
        kind = "paragraph" if block.kind == "paragraph" else "opposed"
        pieces = tuple(piece for run in runs_of(block) for piece in (*run, Piece(Voice.WORDS, " ")))
        yield Saying(kind, under, _words(pieces).strip(), _claims(pieces, claim_of), anchor)


def _row(table: Table, row: Row, under: str, anchor: str, claim_of: Mapping[str, str]) -> Saying:
    cells = [" · ".join(_words(line.pieces) for line in cell.lines) for cell in (row.head, *row.cells)]
    pieces = tuple(piece for cell in (row.head, *row.cells) for line in cell.lines for piece in line.pieces)
    words = f"{cells[0]}: " + "; ".join(cells[1:])
    return Saying("row", under, words, _claims(pieces, claim_of), row.id or anchor)


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.voice is not Voice.NOTE)


def _claims(pieces: Sequence[Piece], claim_of: Mapping[str, str]) -> tuple[str, ...]:
    targets = (piece.target for piece in pieces if piece.voice is Voice.NOTE)
    return tuple(sorted({claim_of[target] for target in targets if target in claim_of}))


def compared(before: Sequence[Saying], now: Sequence[Saying]) -> Changes:
    """What changed from one draft to the next. Equal drafts give no changes, in whatever order they stand."""
    there: dict[object, int] = defaultdict(int)
    for one in before:
        there[one.same] += 1
    new: list[Saying] = []
    for one in now:
        if there[one.same]:
            there[one.same] -= 1
        else:
            new.append(one)
    old: list[Saying] = []
    for one in reversed(before):
        if there[one.same]:
            there[one.same] -= 1
            old.append(one)
    old.reverse()
    pairs = _paired(old, new)
    changed = tuple(Changed(old[a], new[b]) for a, b in sorted(pairs.items(), key=lambda pair: pair[1]))
    taken = set(pairs.values())
    return Changes(
        added=tuple(one for n, one in enumerate(new) if n not in taken),
        gone=tuple(one for n, one in enumerate(old) if n not in pairs),
        changed=changed,
        same=len(now) - len(new),
    )


def apart(before: str, now: str) -> tuple[str, str, str, str]:
    """Two wordings as what both begin with, what the first and what the second alone says, and what both end with;
    parted between words."""
    old, new = _PARTS.findall(before), _PARTS.findall(now)
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    ends = len(old) - tail, len(new) - tail
    return "".join(old[:head]), "".join(old[head : ends[0]]), "".join(new[head : ends[1]]), "".join(old[ends[0] :])


def _paired(old: Sequence[Saying], new: Sequence[Saying]) -> dict[int, int]:
    """Which of the old is which of the new: by heading and head, then by the first claim both rest on; each once, in
    order. Index to index."""
    pairs: dict[int, int] = {}
    for keys in (_by_about, _by_claims):
        waiting: dict[object, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for n, one in enumerate(new):
            if n not in taken:
                for key in keys(one):
                    waiting[key].append(n)
        for n, one in enumerate(old):
            if n in pairs:
                continue
            fits = (m for key in keys(one) for m in waiting[key] if m not in taken)
            found = next(fits, None)
            if found is not None:
                pairs[n] = found
                taken.add(found)
    return pairs


def _by_about(one: Saying) -> list[object]:
    """A note is its claim's; a row or fact is its head's."""
    if one.kind == "note":
        return [("note", one.claims)]
    return [one.about] if one.kind in ("row", "fact") else [one.kind] if one.kind == "stamp" else []


def _by_claims(one: Saying) -> list[object]:
    """A key for each claim it rests on, for things of one kind."""
    return [(one.kind, claim) for claim in one.claims] if one.kind != "note" else []
