"""Which items take a label with another one: what came only out of it, observations of it, transcripts of it.

A transcript lies beside its recording as an item of its own, and says what the recording says: whoever closes the
recording means the words too. So it follows where the recording is closed, and is opened with it only as far as it was
open by itself. A recording never follows its transcript.

Start with `followers` (when a label is decided) and `late` (transcripts that came after the label). Looks down to:
recordings, store. Used by: decide, beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import recordings
from probanda.kernel.vocabulary import Label
from probanda.reading.messages import OBSERVED
from probanda.store.model import Deed, ItemRow
from probanda.store.store import Store

KIND, FOLLOWS = "label", "follows"
_OPEN = frozenset({str(Label.INTERNAL), str(Label.PUBLIC)})


def deed(store: Store, eyes: Eyes, digest: str, payload: dict[str, Any], reason: str) -> Deed:
    """The deed that labels an item, in place of what stands."""
    over = tuple(d.id for d in store.standing(eyes, digest, KIND))
    return Deed(kind=KIND, subject=digest, payload=payload, reason=reason, over=over)


def followers(store: Store, eyes: Eyes, row: ItemRow, value: str) -> list[Deed]:
    """The deeds by which other items, at all depths, take the label that this one is given.

    What a person labelled by itself is never opened so: it only follows where the new label is the stricter one.
    """
    rows = store.items(eyes)
    spoken = recordings.held_by(rows)
    within, found = {row.digest}, list[tuple[ItemRow, str | None]]()
    more = True
    while more:  # one round for each depth
        rest = [one for one in rows if one.digest not in within]
        held = [one for one in rest if not one.whole and one.parents and within.issuperset(one.parents)]
        words = [one for one in rest if one not in held and spoken.get(one.digest) in within]
        found += [(one, _of_member(store, eyes, one, value)) for one in held]
        found += [(one, _of_transcript(store, eyes, one, value)) for one in words]
        within.update(one.digest for one in (*held, *words))
        more = bool(held or words)
    why = f"Follows {row.number}."
    return [
        deed(store, eyes, one.digest, {KIND: label, FOLLOWS: row.digest}, why)
        for one, label in found
        if label is not None
    ]


def late(store: Store, eyes: Eyes, rows: Sequence[ItemRow]) -> Iterator[Deed]:
    """The deeds by which transcripts take the label of a recording that was closed before they came.

    A transcript whose label a person ever decided is left as it is.
    """
    by_digest = {row.digest: row for row in rows}
    for digest, of in recordings.held_by(rows).items():
        one, medium = by_digest[digest], by_digest[of]
        if one.read_as == OBSERVED or medium.label != Label.RESTRICTED or one.label == Label.RESTRICTED:
            continue
        if not any(d.kind == KIND for d in store.decisions(eyes, digest)):
            payload = {KIND: str(Label.RESTRICTED), FOLLOWS: of}
            yield deed(store, eyes, digest, payload, f"Follows {medium.number}.")


def _of_member(store: Store, eyes: Eyes, row: ItemRow, value: str) -> str | None:
    """The label that a member or observation takes; None where it keeps its own."""
    if value == Label.RESTRICTED:
        return None if row.label == value else value
    return value if all(FOLLOWS in one.payload for one in store.standing(eyes, row.digest, KIND)) else None


def _of_transcript(store: Store, eyes: Eyes, row: ItemRow, value: str) -> str | None:
    """The same of a transcript, which is opened only where it followed before, no further than it was taken in as, and
    not at all where it reads like a testimony."""
    if value == Label.RESTRICTED:
        return None if row.label == value else value
    decided = store.standing(eyes, row.digest, KIND)
    taken = [one.label for one in store.acquisitions_of(eyes, row.digest)]
    if not decided or not all(FOLLOWS in one.payload for one in decided) or not _OPEN.issuperset(taken):
        return None
    if any(text.restricted_reason for text in store.texts(eyes, row.digest)):
        return None
    return str(Label.PUBLIC) if {value, *taken} == {Label.PUBLIC} else str(Label.INTERNAL)
