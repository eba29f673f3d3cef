"""Measure the readers on a gold folder: take its texts into a case folder that is thrown away, read them, compare.

    from probanda.casework.evaluate import evaluate

    for group in evaluate(Path("our-gold")).groups:
        print(group.reader, group.language, group.score)

What is measured is the main job's own reading, by the commands' own path. Readers and languages are shown apart and
never added up: a figure over two languages says nothing of either.

Start with `evaluate`. Looks down to: gold, gold_groups, case, claims (scoring, grouping). Used by: cli, benchmarks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from probanda.casework.case import Case
from probanda.casework.gold import GoldFolder, load_gold
from probanda.casework.gold_groups import Groups, Proposed, compare, load_groups, pairs_of
from probanda.casework.progress import Progress, silent
from probanda.casework.view import base_name
from probanda.claims.grouping import Grouping
from probanda.claims.model import DOC, Claim
from probanda.claims.scoring import Count, Figure, Gold, Score, Statement, folded, pairs, score
from probanda.kernel.errors import ProbandaError
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import Family, OriginKind
from probanda.store.model import ItemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One reader on the texts of one language."""

    language: str | None
    """ISO 639-1 code; None where it could not be told."""
    reader: str | None
    """Reader and version; None where no reader looked for claims."""
    texts: int
    expected: int
    """Claims that people found in them."""
    score: Score | None
    """None where no reader looked for claims: not looked for is not nothing found."""
    inexact: int = 0
    """Quotes that are not exactly the words at their offsets: any is a fault of the reader."""
    why: str = ""
    """Why no reader looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured on one gold folder."""

    groups: tuple[Group, ...]
    """Sorted by language and reader; those without a reader last."""
    groupings: tuple[Grouping, ...]
    """What was put together in all texts, whoever read them; only the kinds that the gold tells of."""
    unlisted: int
    """Claims of the gold on texts that annotated_docs.json does not list: left aside."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One text of the gold as it was read."""

    doc: str
    item: ItemRow
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    inexact: int


def evaluate(folder: Path, split: str | None = None, progress: Progress = silent) -> Evaluation:
    """Read a gold's texts and measure what was proposed. `split`: only these texts, `development` or `scored`.

    Raises GoldBroken where the gold is not what its format says, ProbandaError where a text cannot be taken in.
    """
    gold = load_gold(folder, split)
    told = load_groups(folder, gold.gold)
    with (
        tempfile.TemporaryDirectory(prefix="probanda-eval-") as scratch,
        Case.new(Path(scratch) / "case", situation="measuring", progress=progress) as case,
    ):
        texts = list(_read(gold, case))
        together = () if told == Groups() else tuple(_together(gold, told, case, texts))
    return Evaluation(groups=tuple(_groups(gold, texts)), groupings=together, unlisted=gold.unlisted)


def _read(gold: GoldFolder, case: Case) -> Iterator[_Read]:
    """Take in, read, check the gold's quotes against the texts as read; then each text with what was proposed."""
    doc_of = {path.name: doc for doc, path in gold.files.items()}
    taken = case.add(list(gold.files.values()))
    if taken.refused:
        first = taken.refused[0]
        raise ProbandaError(f"A text of the gold cannot be taken in: {first.name} {first.reason}.", first.fix)
    case.read()
    for item in case.items():
        claims = tuple(c for c in case.claims(item=item.digest) if c.family is Family.ACT)
        words = partial(case.store.words, case.eyes, item.digest)
        inexact = sum(words(c.start, c.end) != c.quote for c in claims)
        for copy, name in enumerate(item.names, 1):
            doc = doc_of.get(base_name(name))
            if doc is not None:  # what was taken out of another item has no gold
                if item.unread_reason is None:
                    gold.check_quotes(doc, words)
                stated = tuple(_statement(c, doc, copy) for c in claims)
                yield _Read(doc, item, claims, stated, inexact)


def _together(gold: GoldFolder, told: Groups, case: Case, texts: Iterable[_Read]) -> Iterator[Grouping]:
    """Link names, gather incidents and origins as the main job does, and compare with what people put together."""
    done = case.incidents()
    docs: dict[str, list[str]] = {}
    proposed: list[Statement] = []
    for one in texts:
        docs.setdefault(one.item.digest, []).append(one.doc)
        proposed += one.statements
    actor_of = {m.mention: a.id for a in case.actors() for m in a.members}
    mentions = sorted(case.store.mentions(case.eyes), key=lambda m: (m.item, m.start, m.end, m.id))
    ours = Proposed(
        bearers={
            (doc, folded(m.words)): actor_of.get(m.id, f"unlinked {m.id}")
            for m in mentions
            for doc in docs.get(m.item, ())
        },
        incidents=[(i.id, i.claims) for i in sorted(done.incidents, key=lambda i: i.id)],
        contradictions=[(c.a, c.b) for c in done.contradictions],
        copies=frozenset(
            pair
            for origin in done.origins
            if origin.kind is OriginKind.COPY
            for pair in pairs_of({doc for item in origin.items for doc in docs.get(item, ())})
        ),
    )
    yield from compare(told, ours, gold.gold, pairs(proposed, gold.gold.claims))


def _statement(claim: Claim, doc: str, copy: int) -> Statement:
    """A proposed claim as the scorer sees it; those of the same bytes under a further name have ids of their own."""
    first = claim.date_from
    return Statement(
        id=claim.id if copy == 1 else f"{claim.id}~{copy}",
        doc=doc,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        speakers=tuple(s.words for s in claim.speakers if s.words != DOC),
        modality=claim.modality.value,
        act_type=claim.act_type.value,
        actors=tuple(a.words for a in claim.actors),
        victims=tuple(v.words for v in claim.victims),
        places=tuple(p.words for p in claim.places),
        date_from=first,
        date_to=(claim.date_to or first) if first else None,
        quantities=_counts(claim.quantity),
    )


def _counts(quantity: Quantity | None) -> tuple[Count, ...]:
    if quantity is None:
        return ()
    made = Count(quantity.value, quantity.min, quantity.max)
    return () if made == Count(None, None, None) else (made,)


# --- readers and languages apart --------------------------------------------------------------------


def _groups(gold: GoldFolder, texts: Iterable[_Read]) -> Iterator[Group]:
    by_language: dict[str | None, list[_Read]] = {}
    for one in texts:
        by_language.setdefault(gold.language or one.item.language, []).append(one)
    aside: list[Group] = []
    for language in sorted(by_language, key=lambda code: (code is None, code or "")):
        here = by_language[language]
        readers = _readers(here, language)
        for reader in readers:
            # Where the gold says its language, texts taken for another one count too: to miss them is to miss them.
            read = [one for one in here if gold.language or _reader(one)]
            yield _measured(gold.gold, reader, language, read)
        unread = [one for one in here if not readers or (not gold.language and not _reader(one))]
        if unread:
            aside.append(_not_looked(gold.gold, language, unread))
    yield from aside


def _reader(one: _Read) -> str | None:
    """Who looked for claims in this text."""
    return one.item.reader or None


def _readers(texts: Iterable[_Read], language: str | None) -> list[str]:
    """Who read texts of this language: all who proposed a claim, or those who looked where nobody did."""
    own = [one for one in texts if one.item.language == language]
    proposing = {c.reader for one in own for c in one.claims}
    return sorted(proposing or {name for one in own if (name := _reader(one))})


def _measured(gold: Gold, reader: str, language: str | None, texts: list[_Read]) -> Group:
    here = gold.of(one.doc for one in texts)
    proposed = [
        statement
        for one in texts
        for claim, statement in zip(one.claims, one.statements, strict=True)
        if claim.reader == reader
    ]
    return Group(
        language=language,
        reader=reader,
        texts=len(texts),
        expected=len(here.claims),
        score=score(proposed, here),
        inexact=sum({one.item.digest: one.inexact for one in texts}.values()),
    )


def _not_looked(gold: Gold, language: str | None, texts: list[_Read]) -> Group:
    whys = sorted({one.item.unread_reason or one.item.not_read or "not read" for one in texts})
    return Group(
        language=language,
        reader=None,
        texts=len(texts),
        expected=len(gold.of(one.doc for one in texts).claims),
        score=None,
        why="; ".join(whys),
    )


# --- as rows ----------------------------------------------------------------------------------------


def group_row(group: Group, errors: int = 0) -> dict[str, Any]:
    """One group as `probanda eval --json` prints it; `errors`: how many missed and unfounded claims are named."""
    row: dict[str, Any] = {
        "reader": group.reader,
        "language": group.language,
        "texts": group.texts,
        "expected": group.expected,
    }
    found = group.score
    if found is None:
        return row | {"why": group.why, "figures": None}
    row |= {
        "texts_in_part": found.in_part,
        "figures": {f.field: figure_row(f) for f in found.figures},
        "dates_in_text": {"expected": found.resolvable, "right": found.resolved},
        "no_claims": {"given": found.no_claims, "taken": len(found.taken)},
        "in_texts_without": found.in_empty,
        "outside_precision": found.outside,
        "inexact_quotes": group.inexact,
    }
    if errors:
        row["missed"] = [_named(s) for s in found.missed[:errors]]
        row["unfounded"] = [_named(s) for s in found.unfounded[:errors]]
    return row


def grouping_row(grouping: Grouping) -> dict[str, Any]:
    """One kind of grouping as `probanda eval --json` prints it."""
    return {
        "grouping": grouping.kind,
        "precision": None if grouping.precision is None else round(grouping.precision, 4),
        "recall": round(grouping.recall, 4),
        "f1": None if grouping.f1 is None else round(grouping.f1, 4),
        "expected": grouping.expected,
    }


def figure_row(figure: Figure) -> dict[str, float | int]:
    """One field's figures, with four digits, and the counts they come from."""
    return {
        "precision": round(figure.precision, 4),
        "recall": round(figure.recall, 4),
        "f1": round(figure.f1, 4),
        "right": figure.right,
        "right_in_whole": figure.right_in_whole,
        "proposed": figure.proposed,
        "expected": figure.expected,
    }


def _named(one: Statement) -> dict[str, Any]:
    return {"id": one.id, "doc": one.doc, "start": one.start, "end": one.end, "quote": one.quote}
