"""Links between claims of one text: side by side, in one sentence, a denial and what it answers, one course of events.

Start with `within_texts`.

Looks down to: incidents.ties, facts, families, places, words. Used by: links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probanda.incidents.facts import Facts
from probanda.incidents.families import BY_TARGET, EPISODE, ActFamily
from probanda.incidents.places import Places, Where
from probanda.incidents.ties import NEAREST, Link, Strength, blocks, conflict, tie
from probanda.incidents.words import content
from probanda.kernel.vocabulary import Modality, Polarity

NEXT_SENTENCE = 120
"""Code points after which a claim without place, time or parties no longer leans on the one before it."""
CLOSE = 300
"""Code points between two claims that stand side by side; as many make a paragraph where these are not known."""
SHORT_TEXT = 3000
"""Code points between the first and the last claim of a text that is taken to tell of one place."""


def within_texts(facts: Sequence[Facts], places: Places) -> Iterator[Link]:
    """Links within each text; each claim meets the few before it, a denial all of its text."""
    for _, block in blocks(facts, lambda f: [(f.claim.item,)]):
        told = sorted(block, key=lambda f: (f.claim.start, f.claim.end, f.claim.id))
        for i, later in enumerate(told):
            for earlier in told[max(0, i - NEAREST) : i]:
                if not conflict(earlier, later, places):
                    yield from _told_together(earlier, later, places)
            yield from _carried(later, told[max(0, i - NEAREST) : i], places)
            if later.claim.polarity is Polarity.NEGATIVE:
                yield from _answers(later, told[:i] + told[i + 1 :], places)
        yield from _one_place(told, places)


def _told_together(a: Facts, b: Facts, places: Places) -> Iterator[Link]:
    """Two claims of one text, near each other, that nothing keeps apart."""
    one_kind = a.family is b.family
    where = places.compare(a.places, b.places)
    if a.family in BY_TARGET:
        return
    meet = where is Where.SAME or _authors_agree(a, b) or a.speaker in b.authors or b.speaker in a.authors
    if not meet:
        return
    if a.claim.end > b.claim.start and (one_kind or where in (Where.SAME, Where.UNSTATED)):
        yield tie(Strength.SENTENCE, a, b, "Told in the same sentence.")
    if one_kind and a.family is ActFamily.QUARTER and _orderers_agree(a, b):
        yield tie(Strength.ORDER, a, b, "The same text speaks of the same kind of order by the same person.")
    apart = paragraphs_apart(a, b)
    bare = not (b.places or b.authors or b.hit or b.first is not None)
    between = b.claim.start - a.claim.end
    one_mouth = a.speaker == b.speaker or a.speaker is None or b.speaker is None
    leans = bare and between <= NEXT_SENTENCE and (apart == 0 or one_mouth)
    beside = (apart == 0 and between <= CLOSE) or leans
    # One word for two acts ties them over paragraphs only in one mouth: two people may speak of two lootings.
    worded = content(a.claim.act) & content(b.claim.act) if apart == 0 or a.speaker == b.speaker else frozenset()
    shared = worded or a.hit & b.hit or a.authors & b.authors
    answer = (a.claim.polarity is Polarity.NEGATIVE) != (b.claim.polarity is Polarity.NEGATIVE)
    if one_kind and not answer and (beside or (apart <= 2 and (shared or where is Where.SAME))):
        yield tie(Strength.BESIDE, a, b, "Told side by side in the same text, of the same kind of act.")
    around = (where is Where.SAME_WIDE and apart <= 2 and shared) or (where is Where.INSIDE and apart <= 3)
    if one_kind and (where is Where.SAME or around):
        yield tie(
            Strength.SAME_TEXT, a, b, "The same text tells of the same kind of act at the same place, or one in it."
        )
    if where is Where.SAME and not one_kind and apart <= 3 and _authors_agree(a, b):
        yield tie(Strength.EPISODE, a, b, "The same text tells both as one course of events at the same place.")


def _carried(later: Facts, before: Sequence[Facts], places: Places) -> Iterator[Link]:
    """A claim with parties and no place of its own is told of the place that the text named last for that kind of act.

    Only a claim that states a place carries it on, and two paragraphs far: so nothing is chained through the text.
    """
    if later.places or not (later.authors or later.hit) or later.family in BY_TARGET:
        return
    for earlier in reversed(before):
        if earlier.family is later.family and earlier.places:
            near = paragraphs_apart(earlier, later) <= 2 and _authors_agree(earlier, later)
            if near and earlier.claim.polarity is later.claim.polarity and not conflict(earlier, later, places):
                why = "The same text tells of the same kind of act shortly before, and names no other place since."
                yield tie(Strength.CARRIED, earlier, later, why)
            return


def _one_place(told: Sequence[Facts], places: Places) -> Iterator[Link]:
    """Where a short text places harm at one narrow place only, claims of the same kind without a place are of there."""
    harm = [f for f in told if f.family in EPISODE]
    placed = [f for f in harm if f.places]
    if (
        not placed
        or harm[-1].claim.end - harm[0].claim.start > SHORT_TEXT
        or any(places.wide(p) for f in placed for p in f.places)
    ):
        return
    if any(places.compare(placed[0].places, f.places) is not Where.SAME for f in placed):
        return
    for f in harm:
        of_kind = [p for p in placed if p.family is f.family and p.claim.polarity is f.claim.polarity]
        if f.places or not of_kind:
            continue
        nearest = min(of_kind, key=lambda p: (abs(p.claim.start - f.claim.start), p.claim.id))
        if _authors_agree(f, nearest) and not conflict(f, nearest, places):
            yield tie(Strength.CARRIED, f, nearest, "The same kind of act, in a text that speaks of one place only.")


def _answers(denial: Facts, others: Sequence[Facts], places: Places) -> Iterator[Link]:
    """A denial answers the nearest allegation in its text, one against its own author first."""
    open_ = [f for f in others if f.claim.asserts_event and not conflict(denial, f, places)]
    if not open_ or denial.family not in EPISODE | {ActFamily.QUARTER, ActFamily.OPERATIONS}:
        return

    def nearness(f: Facts) -> tuple[bool, bool, bool, int, str]:
        named = not (f.authors & (denial.authors | {denial.speaker or ""}))
        after = f.claim.start > denial.claim.start
        return f.family is not denial.family, named, after, abs(f.claim.start - denial.claim.start), f.claim.id

    nearest = min(open_, key=nearness)
    yield tie(Strength.ANSWER, denial, nearest, "A denial, joined to the allegation it stands nearest to in its text.")


def paragraphs_apart(a: Facts, b: Facts) -> int:
    """Paragraphs between an earlier and a later claim of one text; judged by distance where they are not known."""
    if a.claim.paragraph is not None and b.claim.paragraph is not None:
        return abs(a.claim.paragraph - b.claim.paragraph)
    return max(0, b.claim.start - a.claim.end) // CLOSE


def _authors_agree(a: Facts, b: Facts) -> bool:
    """True unless the two name different authors: then a place they share, or one accusing the other, must tie them."""
    return not a.named or not b.named or bool(a.authors & b.authors)


def _orderers_agree(a: Facts, b: Facts) -> bool:
    """True when nothing says that two orders come from different people; who speaks an order is its author."""
    left, right = (
        f.authors | ({f.speaker} if f.speaker and f.claim.modality is Modality.ORDERED else set()) for f in (a, b)
    )
    return not left or not right or bool(left & right)
