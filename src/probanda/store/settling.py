"""What a person settled beside what the machine now proposes, and where its words stand after a new reading.

Pure. A settled claim is the decision itself; a newer reader is only shown beside it. Start with
`shown`; `place_again` holds the three rules of RECORD section 2 (tried there on 1,650 quotes).

Looks down to: kernel, claims. Used by: store (derived, check).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from probanda.claims.model import Claim
from probanda.kernel.spans import CONTEXT, Anchor
from probanda.kernel.vocabulary import AnchorState, Status

BY_SEVERAL = "checked-by-several"
"""Flag of a claim that several persons settled alike, each on a device of their own."""
CONFLICT = "conflict"
"""Flag of a claim that persons who worked apart settled otherwise: none of them wins until one decides over all."""
REJECTED_BEFORE = "rejected-before"
"""Flag of a proposal that a person rejected when its fields were others."""

VERDICTS = {
    "accept": Status.CHECKED,
    "correct": Status.CORRECTED,
    "reject": Status.REJECTED,
    "unsure": Status.UNSURE,
    "add": Status.CHECKED,
}
_OWN = {"status": Status.PROPOSED, "by": None, "at": None, "flags": (), "reader": "", "why": "", "paragraph": None}
_PLACE = {"start": 0, "end": 0, "act_start": 0, "act_end": 0, "quote": "", "id": ""}

Cut = Callable[[int, int], str]
"""Words of an item's whole text from one offset to another, as far as it goes."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision on one claim, as it stands."""

    claim: Claim
    verdict: str
    decision: str
    by: str
    at: str
    anchor: Anchor
    act_anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim as it is to be shown, with what the present reader proposes for it."""

    claim: Claim
    decision: str | None = None
    anchor_state: AnchorState | None = None
    proposal: Claim | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand now."""

    state: AnchorState
    start: int
    end: int


def shown(proposals: Iterable[Claim], settled: Iterable[Settled], cut: Cut, whole: Callable[[], str]) -> list[Shown]:
    """Every claim of one item: settled ones at their place of today, and proposals that none of them speaks for.

    `whole` gives the whole text; it is asked only when words do not stand where they stood.
    """
    waiting = {claim.id: claim for claim in proposals}
    text = _Once(whole)
    found: list[Shown] = []
    ordered = sorted(settled, key=lambda s: (s.claim.id, s.decision))
    for _, group in groupby(ordered, key=lambda s: s.claim.id):
        decided = list(group)
        one = decided[0]
        claim, state = _today(one, cut, text)
        proposal = _proposal_for(claim, waiting)
        if all(_agree(one, other) for other in decided[1:]):
            by_two = len({other.by for other in decided}) > 1
            claim = replace(claim, flags=tuple(sorted({*claim.flags, BY_SEVERAL}))) if by_two else claim
            found.append(_beside(one, claim, state, proposal))
        else:
            found.append(_in_conflict(claim, state, proposal))
    found += [Shown(claim, proposal=claim) for claim in waiting.values()]
    return sorted(found, key=lambda s: (s.claim.start, s.claim.end, s.claim.id, s.decision or ""))


def same_fields(left: Claim, right: Claim) -> bool:
    """True when two claims say the same, wherever they stand and whoever read them."""
    neutral = {**_OWN, **_PLACE}
    return replace(left, **neutral) == replace(right, **neutral)  # type: ignore[arg-type]


def place_again(anchor: Anchor, cut: Cut, whole: Callable[[], str]) -> Place:
    """Find an anchor's words in the text of today.

    Same offsets, words and context: anchored. Else, with white space folded and NFC, among the
    places where the words stand, those with both contexts, else those with one: exactly one is
    moved; none, or more than one, is lost and keeps the old offsets.
    """
    if (
        cut(anchor.start, anchor.end) == anchor.exact
        and cut(max(0, anchor.start - CONTEXT), anchor.start) == anchor.before
        and cut(anchor.end, anchor.end + CONTEXT) == anchor.after
    ):
        return Place(AnchorState.ANCHORED, anchor.start, anchor.end)
    folded, starts, ends = fold_with_map(whole())
    exact = fold(anchor.exact).strip()
    places = list(_occurrences(folded, exact)) if exact else []
    before, after = fold(anchor.before), fold(anchor.after)
    marks = [(at, _precedes(folded, at, before), _follows(folded, at + len(exact), after)) for at in places]
    for best in (
        [at for at, left, right in marks if left and right],
        [at for at, left, right in marks if left or right],
    ):
        if len(best) == 1:
            return Place(AnchorState.MOVED, starts[best[0]], ends[best[0] + len(exact) - 1])
        if best:
            break
    return Place(AnchorState.LOST, anchor.start, anchor.end)


def fold(words: str) -> str:
    """NFC, with every run of white space as one space."""
    return fold_with_map(words)[0]


def fold_with_map(words: str) -> tuple[str, list[int], list[int]]:
    """The folded words, and for each of their code points where it starts and ends in the words as given."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(words):
        piece = words[start:end]
        if piece.isspace():
            if pieces and pieces[-1] == " ":
                ends[-1] = end
                continue
            piece = " "
        else:
            piece = unicodedata.normalize("NFC", piece)
        pieces.extend(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return "".join(pieces), starts, ends


def _clusters(words: str) -> Iterable[tuple[int, int]]:
    """Stretches that may be normalised apart: a code point and the combining marks after it."""
    if unicodedata.is_normalized("NFC", words):
        return ((at, at + 1) for at in range(len(words)))
    edges = [at for at, char in enumerate(words) if at == 0 or not unicodedata.combining(char)]
    return pairwise([*edges, len(words)])


def _occurrences(folded: str, exact: str) -> Iterable[int]:
    at = folded.find(exact)
    while at >= 0:
        yield at
        at = folded.find(exact, at + 1)


def _precedes(folded: str, at: int, before: str) -> bool:
    """True when `before` stands in front; an empty one says that the words opened the text."""
    return folded[:at].endswith(before) if before.strip() else not folded[:at].strip()


def _follows(folded: str, at: int, after: str) -> bool:
    return folded.startswith(after, at) if after.strip() else not folded[at:].strip()


def _today(one: Settled, cut: Cut, whole: Callable[[], str]) -> tuple[Claim, AnchorState]:
    """The settled claim at its place in the text of today; as it was settled where the anchor is lost."""
    claim = replace(one.claim, status=VERDICTS[one.verdict], by=one.by, at=one.at)
    place = place_again(one.anchor, cut, whole)
    if place.state is not AnchorState.MOVED:
        return claim, place.state
    quote = cut(place.start, place.end)
    act = _act_inside(one, claim, place, cut, whole)
    return (
        replace(
            claim,
            start=place.start,
            end=place.end,
            quote=quote,
            act_start=act.start,
            act_end=act.end,
            act=cut(act.start, act.end),
        ),
        place.state,
    )


def _act_inside(one: Settled, claim: Claim, quote: Place, cut: Cut, whole: Callable[[], str]) -> Place:
    """The act's words inside a quote that moved; the whole quote where they cannot be told."""
    if one.act_anchor is not None:
        act = place_again(one.act_anchor, cut, whole)
        if act.state is not AnchorState.LOST and quote.start <= act.start and act.end <= quote.end:
            return act
    words = cut(quote.start, quote.end)
    if words.count(claim.act) == 1:
        start = quote.start + words.index(claim.act)
        return Place(AnchorState.MOVED, start, start + len(claim.act))
    return quote


def _agree(one: Settled, other: Settled) -> bool:
    """Both say the same of a claim: a verdict on no fields, or the same fields."""
    ours, theirs = (VERDICTS[s.verdict] for s in (one, other))
    if {ours, theirs} & {Status.REJECTED, Status.UNSURE}:
        return ours is theirs
    return same_fields(one.claim, other.claim)


def _in_conflict(claim: Claim, state: AnchorState, proposal: Claim | None) -> Shown:
    """The claim as the machine proposes it, else as one of them has it; nobody's verdict stands."""
    shown_now = proposal if proposal is not None else claim
    flags = tuple(sorted({*shown_now.flags, CONFLICT}))
    return Shown(replace(shown_now, status=Status.UNSURE, by=None, at=None, flags=flags), None, state, proposal)


def _proposal_for(claim: Claim, waiting: dict[str, Claim]) -> Claim | None:
    """Take out of the waiting proposals the one that a settled claim speaks for: same id, else same act words."""
    if claim.id in waiting:
        return waiting.pop(claim.id)
    there = [p for p in waiting.values() if (p.act_start, p.act_end) == (claim.act_start, claim.act_end)]
    alike = [p for p in there if p.act_type is claim.act_type and p.family is claim.family]
    if not alike:
        return None
    return waiting.pop(min(alike, key=lambda p: p.id).id)


def _beside(one: Settled, claim: Claim, state: AnchorState, proposal: Claim | None) -> Shown:
    """A rejection hides a proposal only while its fields are the rejected ones; otherwise it comes back, marked."""
    if claim.status is Status.REJECTED and proposal is not None and not same_fields(one.claim, proposal):
        back = replace(proposal, flags=tuple(sorted({*proposal.flags, REJECTED_BEFORE})))
        return Shown(back, one.decision, state, proposal)
    return Shown(claim, one.decision, state, proposal)


class _Once:
    """A text asked for at most once."""

    def __init__(self, whole: Callable[[], str]) -> None:
        self._whole, self._words = whole, ""
        self._asked = False

    def __call__(self) -> str:
        if not self._asked:
            self._words, self._asked = self._whole(), True
        return self._words
