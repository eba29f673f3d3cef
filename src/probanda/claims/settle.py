"""From drafts to claims: doubles and echoes of headings go, ids are made from content, offsets become the item's.

Start with `claims_of`. A `Draft` still holds tokens of the parse; a `Claim` holds words and offsets alone.

Looks down to: cited, mentions, roles, speakers, lexicon, reading, kernel. Used by: readers.
"""

from __future__ import annotations

from dataclasses import dataclass

from probanda.claims.acts import Trigger
from probanda.claims.attributed import Attribution
from probanda.claims.cited import cited_in
from probanda.claims.discourse import Sentence
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, Actor, Claim, Named, Tie
from probanda.claims.roles import Roles
from probanda.claims.times import Dating
from probanda.kernel.digests import content_id
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, Modality, Polarity
from probanda.reading.model import Text


@dataclass(slots=True)
class Draft:
    """A claim in the making, with the tokens it rests on."""

    sentence: Sentence
    trigger: Trigger
    roles: Roles
    said: Attribution
    act_type: ActType
    detail: str | None
    modality: Modality
    polarity: Polarity
    speakers: list[Named]
    actors: list[Actor]
    victims: list[Named]
    places: list[Named]
    start: int
    end: int
    act_start: int
    act_end: int
    why: list[str]
    date: Dating | None = None
    quantity: Quantity | None = None
    flags: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    stated: tuple[Named, ...] = ()
    """Those of its places that have a name and stand in its own sentence."""
    points: bool = False
    """Its words take up what was told before: "the attack", "there", "the town"."""


@dataclass(frozen=True, slots=True)
class TieDraft:
    """A tie in the making; offsets are local to the text."""

    tie: Tie
    sentence: Sentence
    start: int
    end: int
    cue_start: int
    cue_end: int
    speakers: tuple[Named, ...] = ()
    """Outermost first, without the publication."""
    modality: Modality = Modality.REPORTED
    stance: str | None = None
    date: Dating | None = None
    why: tuple[str, ...] = ()


def distinct(drafts: list[Draft]) -> list[Draft]:
    out: list[Draft] = []
    for draft in drafts:
        twin = next((o for o in out if _same(o, draft)), None)
        if twin is None:
            out.append(draft)
    return out


def _same(a: Draft, b: Draft) -> bool:
    same_words = (a.start, a.end) == (b.start, b.end)
    same_parties = [x.words for x in a.actors] == [x.words for x in b.actors]
    speakers = [x.words for x in a.speakers] == [x.words for x in b.speakers]
    if a.act_type is b.act_type and same_words and same_parties and speakers and a.detail == b.detail:
        return a.modality is b.modality and (a.quantity is None or b.quantity is None or a.quantity == b.quantity)
    return False


REACH = 2
"""Paragraphs over which "they were not seen again" tells of those taken away before."""


def _disappeared(drafts: list[Draft]) -> None:
    """Whoever was taken by agents of a State and is told never to have been seen again, was made to disappear.

    Enforced disappearance is arrest or abduction, and then silence about the fate (Rome Statute, article 7(2)(i)): the
    text tells the two in two sentences.
    """
    gone = [d for d in drafts if d.act_type is ActType.ENFORCED_DISAPPEARANCE]
    for draft in drafts if gone else ():
        if draft.act_type is not ActType.ABDUCTION:
            continue
        near = [g for g in gone if abs(g.sentence.paragraph - draft.sentence.paragraph) <= REACH]
        same = next((g for g in near if _heads(g.victims) & _heads(draft.victims)), None)
        if same is not None:
            draft.act_type = ActType.ENFORCED_DISAPPEARANCE
            draft.why.append(f"type: of the same people: {same.sentence.words[same.trigger.start : same.trigger.end]}")


def _heads(victims: list[Named]) -> set[str]:
    """The last word of each name or phrase, which two mentions of the same people share."""
    return {v.words.lower().split()[-1] for v in victims if v.words}


def _without_echoes(drafts: list[Draft], lex: Lexicon) -> list[Draft]:
    """A heading that only repeats what the body tells makes no claim; one that names a new author does."""
    body = [d for d in drafts if not d.sentence.heading]
    out = []
    for draft in drafts:
        if draft.sentence.heading:
            same = [d for d in body if d.act_type is draft.act_type]
            named = {a.words.lower() for d in same for a in d.actors if d.polarity is Polarity.POSITIVE}
            told = " ".join(d.sentence.words.lower() for d in same)
            common = [a for a in draft.actors if not _proper(a, lex)]
            if body and len(common) == len(draft.actors):
                continue
            if same and all(
                a in common
                or (not draft.speakers and a.words.lower() in told)
                or any(n in a.words.lower() for n in named)
                for a in draft.actors
            ):
                continue
        out.append(draft)
    return out


def _proper(actor: Actor, lex: Lexicon) -> bool:
    """A name rather than a common word that opens the heading."""
    words = actor.words.split()
    return any(w[:1].isupper() for w in words[1:]) or (
        words[0][:1].isupper() and not lex.is_a(words[0].lower().rstrip("s"), "speakers", "armed", "places", "victims")
    )


def claims_of(text: Text, drafts: list[Draft], ties: list[TieDraft], lex: Lexicon, reader: str) -> list[Claim]:
    """The claims of one text: acts by place, then ties by place; ids counted over both."""
    counter: dict[str, int] = {}
    _disappeared(drafts)
    order = sorted(
        _without_echoes(drafts, lex),
        key=lambda d: (d.act_start, d.act_end, d.start, d.end, [a.words for a in d.actors]),
    )
    standing = sorted(ties, key=lambda t: (t.cue_start, t.start, t.end))
    acts = [_claim(text, draft, counter, lex, reader) for draft in order]
    return acts + [_tie_claim(text, tie, counter, reader) for tie in standing]


def _id(text: Text, start: int, end: int, counter: dict[str, int]) -> str:
    """RECORD section 2: the act's words, what stands around them, and a counter when they bear several claims."""
    words = text.words
    act, before, after = words[start:end], words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]
    key = content_id(act, before, after)
    nth = counter.get(key, 0)
    counter[key] = nth + 1
    return content_id(text.item, "original", act, before, after, nth_place(text.part, nth))


def _tie_claim(text: Text, draft: TieDraft, counter: dict[str, int], reader: str) -> Claim:
    words, base = text.words, text.base
    return Claim(
        id=_id(text, draft.cue_start, draft.cue_end, counter),
        item=text.item,
        start=draft.start + base,
        end=draft.end + base,
        quote=words[draft.start : draft.end],
        act=words[draft.cue_start : draft.cue_end],
        act_start=draft.cue_start + base,
        act_end=draft.cue_end + base,
        family=Family.TIE,
        act_type=ActType.OTHER,
        modality=draft.modality,
        stance=draft.stance,
        speakers=(Named(DOC), *draft.speakers),
        tie=draft.tie,
        date_text=draft.date.text if draft.date else None,
        date_from=draft.date.first if draft.date else None,
        date_to=draft.date.last if draft.date else None,
        paragraph=draft.sentence.paragraph,
        reader=reader,
        why="; ".join(draft.why),
    )


def _claim(text: Text, draft: Draft, counter: dict[str, int], lex: Lexicon, reader: str) -> Claim:
    words = text.words
    base = text.base
    date = draft.date
    return Claim(
        id=_id(text, draft.act_start, draft.act_end, counter),
        item=text.item,
        start=draft.start + base,
        end=draft.end + base,
        quote=words[draft.start : draft.end],
        act=words[draft.act_start : draft.act_end],
        act_start=draft.act_start + base,
        act_end=draft.act_end + base,
        act_type=draft.act_type,
        act_detail=draft.detail,
        modality=draft.modality,
        stance=draft.said.stance,
        polarity=draft.polarity,
        speakers=(Named(DOC), *draft.speakers),
        actors=tuple(draft.actors),
        victims=tuple(draft.victims),
        places=tuple(draft.places),
        means=draft.means,
        date_text=date.text if date else None,
        date_from=date.first if date else None,
        date_to=date.last if date else None,
        quantity=draft.quantity,
        cited=cited_in(draft.trigger.token, draft.said, lex),
        paragraph=draft.sentence.paragraph,
        flags=draft.flags,
        reader=reader,
        why="; ".join(dict.fromkeys(draft.why)),
    )
