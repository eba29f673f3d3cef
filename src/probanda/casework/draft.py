"""Draft a report: fill the frozen CaseFile from one narrowed view, and hand it to the reports room."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from probanda import __version__
from probanda.access.eyes import Eyes
from probanda.access.masking import Masker
from probanda.casework import looks, recordings
from probanda.casework.assessed import assessed
from probanda.casework.clock import now
from probanda.casework.hand_on import hand_on
from probanda.casework.law_packs import stamps
from probanda.casework.measure import measured
from probanda.casework.missing import not_taken_over
from probanda.casework.narrow import Narrowing
from probanda.casework.origins import cited
from probanda.casework.pictures import printed_words
from probanda.casework.progress import Progress, silent
from probanda.casework.view import Sharing, View, is_restricted
from probanda.claims.model import Claim
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import MentionKind, PassageRole, Status
from probanda.reading.messages import OBSERVED, is_chat
from probanda.reports.casefile import CaseFile, Context, ItemLine, UnreadLine, Wanted
from probanda.store.model import ItemRow
from probanda.store.store import Store

AROUND = 160
"""Code points of context shown on either side of a quote."""


def casefile(
    store: Store,
    eyes: Eyes,
    narrowing: Narrowing = Narrowing(),  # noqa: B008 - frozen, so one value serves every call
    sharing: Sharing = Sharing(),  # noqa: B008
    refused: tuple[tuple[str, str, str], ...] = (),
    progress: Progress = silent,
    to_leave: bool = False,
) -> CaseFile:
    """All that a report may use. `refused` are files that could not be taken in: (name, reason, next step).

    `to_leave`: it is meant to leave the office, so that no suggestion is in it that nobody opened.
    """
    seen = hand_on(store, eyes, narrowing, sharing)
    frames = recordings.frames(seen.items)  # nobody handed them in, and nobody waits for words on them
    readers = sorted({c.reader for c in seen.claims if c.reader and c.reader != "person"})
    return CaseFile(
        situation=store.settings.situation,
        prefix=store.settings.prefix,
        run_at=now(),
        version=__version__,
        reader=", ".join(readers) or "none used",
        pack=stamps(store, seen.eyes),
        items=_item_lines(seen, assessed(store, seen.eyes)),
        unread=tuple(_unread(seen, row) for row in seen.items if row.unread_reason and row.digest not in frames)
        + tuple(
            UnreadLine(what, row.number, reason, fix, row.evidence)
            for row in seen.items
            for what, reason, fix in row.remarks
        )
        + tuple(UnreadLine(name, None, reason, fix) for name, reason, fix in refused),
        withheld=seen.withheld,
        included_restricted=sharing.include_restricted,
        names_masked=seen.masked,
        narrowed=_narrowed(seen),
        claims=seen.claims,
        contexts=_contexts(store, seen),
        actors=seen.actors,
        incidents=seen.result.incidents,
        origins=seen.result.origins,
        contradictions=seen.result.contradictions,
        marks=seen.marks,
        suggestions=() if to_leave else seen.suggestions,
        charts=seen.charts,
        to_leave=to_leave,
        unopened=_unopened(seen),
        wanted=_wanted(seen),
        alike=looks.told(store, seen),
        measures=measured(readers),
        persons_named=sum(a.kind is MentionKind.PERSON for a in seen.actors),
        checked=sum(c.status is not Status.PROPOSED for c in seen.claims),
        names=store.users(),
        pictures=printed_words(store, seen, progress),
    )


def _unopened(seen: View) -> int:
    held = {c.machine.id for c in seen.charts if c.machine is not None and c.decided.closing is None}
    return sum(s.id not in held for s in seen.suggestions)


def _item_lines(seen: View, assessed: Mapping[str, tuple[str, ...]]) -> tuple[ItemLine, ...]:
    claims = Counter(c.item for c in seen.claims)
    held = recordings.held_by(seen.items)
    return tuple(
        _item_line(seen, row, claims[row.digest], assessed.get(row.digest, ()), held.get(row.digest))
        for row in seen.items
        if row.unread_reason is None
    )


def _item_line(seen: View, row: ItemRow, claims: int, assessed: tuple[str, ...], held: str | None) -> ItemLine:
    return ItemLine(
        digest=row.digest,
        number=row.number,
        names=seen.names[row.digest],
        size=row.size,
        media_type=row.media_type,
        language=row.language,
        dated=_dated(row),
        dated_reason=row.dated_reason if not is_restricted(row) else None,
        title=row.title,
        publisher=row.publisher,
        label=row.label,
        acquisitions=row.acquisitions,
        read=row.not_read or "whole",
        furniture=row.furniture,
        claims=claims,
        evidence=row.evidence,
        within=None if row.whole else next((seen.numbers[p] for p in row.parents if p in seen.numbers), None),
        observed=row.read_as == OBSERVED,
        recording=seen.numbers.get(held) if held else None,
        protected=is_restricted(row),
        machine=row.machine,
        source=row.source,
        collector=row.collector,
        acquired=row.acquired_at,
        conditions=row.conditions,
        assessed=assessed,
    )


def _dated(row: ItemRow) -> str | None:
    if row.dated_from is None:
        return None
    return row.dated_from if row.dated_from == row.dated_to else f"{row.dated_from} to {row.dated_to}"


def _unread(seen: View, row: ItemRow) -> UnreadLine:
    names = ", ".join(seen.names[row.digest])
    return UnreadLine(names, row.number, row.unread_reason or "", row.unread_fix or "", row.evidence)


def _narrowed(seen: View) -> tuple[str, ...]:
    asked = seen.narrowing
    words = []
    if asked.about:
        words.append(f"only what concerns {asked.about}")
    if asked.hypothesis:
        words.append("only one hypothesis, and what it rests on")
    if asked.date_from or asked.date_to:
        words.append(
            f"only claims dated from {asked.date_from or 'the first'} to {asked.date_to or 'the last'}"
            f" ({seen.left_undated} without a date left out)"
        )
    if asked.only_checked:
        words.append("only claims a person has checked")
    return tuple(words)


def _contexts(store: Store, seen: View) -> Mapping[str, Context]:
    """The words around each quote. Where names are masked in a restricted text, the surroundings stay out:
    only what a claim rests on is worth the risk of a name that no rule has recognised."""
    protected = [(p.kind, p.words) for p in store.protected(store.owner)]
    mask = Masker(store.key, groups=protected, contacts=False).mask if seen.masked else str
    of_item: dict[str, list[Claim]] = {}
    for claim in seen.claims:
        of_item.setdefault(claim.item, []).append(claim)
    found: dict[str, Context] = {}
    for row in seen.items:
        if row.digest not in of_item:
            continue
        # Around a message stand the names, numbers and words of others.
        closed = is_chat(row.read_as) or (is_restricted(row) and seen.masked)
        words, around = _words(store, seen.eyes, row), _around(store, seen.eyes, row)
        for c in of_item[row.digest]:
            first, last = around(c)
            before, after = ("", "") if closed else (words(first, c.start), words(c.end, last))
            found[c.id] = Context(mask(before), c.quote, mask(after), row.language)
    return found


def _around(store: Store, eyes: Eyes, row: ItemRow) -> Callable[[Claim], tuple[int, int]]:
    """Where the words around a quote begin and end: near it, and of an ordinary text no further than to the next
    furniture, such as a menu, or the head of an observation."""
    kept = (
        [p for p in store.passages(eyes, row.digest) if p.role is PassageRole.FURNITURE]
        if row.furniture and row.parts == 1
        else []
    )
    starts, ends = [p.start for p in kept], [p.end for p in kept]

    def around(claim: Claim) -> tuple[int, int]:
        before, after = bisect_right(ends, claim.start), bisect_left(starts, claim.end)
        first = ends[before - 1] if before else 0
        last = starts[after] if after < len(starts) else row.length
        return max(first, claim.start - AROUND), min(last, claim.end + AROUND)

    return around


def _words(store: Store, eyes: Eyes, row: ItemRow) -> Callable[[int, int], str]:
    """Words of an item between two offsets: an ordinary text is fetched once, of a very large one what is asked."""
    if row.parts == 1:
        whole = next(iter(store.texts(eyes, row.digest))).words
        return lambda start, end: whole[max(0, start) : end]
    return lambda start, end: store.words(eyes, row.digest, max(0, start), end)


def _wanted(seen: View) -> tuple[Wanted, ...]:
    """Originals that texts cite and nobody holds here (requirement A8), each with the claims that go back to it: what
    persons wrote down, and what is proposed and nobody said anything of."""
    names = seen.names
    return (
        *(Wanted(o.what, o.words, o.claims, tuple(i for i in o.items if i in names), person=True)
          for o in seen.originals if o.missing),
        *(Wanted(one.kind, one.words, one.claims) for one in not_taken_over(cited(seen), seen.originals)),
    )  # fmt: skip


def write(out: Path, page: bytes) -> None:
    """Write a whole file or none: a temporary file beside it, synced, then renamed."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(out)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ProbandaError(
            f"{out} could not be written: {error.strerror}.",
            "Name another place with --out, or free space; the case folder is whole, run `probanda report` again.",
        ) from error
