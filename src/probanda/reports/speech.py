"""How the dossier speaks of a claim: who says it through whom, how they stand behind it, in whose words.

Every sentence presumes innocence: what a claim says of somebody is said to have been, never was.
Hearsay is put in words, outermost speaker first, and the source's own words stay in quotes.

Looks down to: desk, words, characters. Used by: every drafting module here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.model import SourceKind
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Modality, Polarity
from probanda.reports import dates
from probanda.reports.casefile import ItemLine
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.record import Line, Piece, Pieces, Voice
from probanda.reports.words import (
    ACT,
    BY,
    N_,
    ORDER_TOLD_BY,
    ORDER_TOLD_SAID,
    SAID,
    SOURCE,
    STATUS,
    Words,
    joined,
    number,
    words,
)

WHOLE_QUOTE = 240
"""Quotes longer than this stand in the text by the words of their act alone; the note has the whole."""
SHORT_QUOTE = 120
"""The same for cells and lists, where many quotes stand close together."""
SPELT_OUT = 8
"""So many claims of one cell or list are told one by one; the rest by their notes."""


def name(text: str) -> Piece:
    """A name as the dossier lists it."""
    return Piece(Voice.NAME, shown(text))


def form(text: str) -> Piece:
    """A name or phrase as a source writes it."""
    return Piece(Voice.FORM, shown(text))


def given(text: str) -> Piece:
    """System words in English that come with the data."""
    return Piece(Voice.GIVEN, shown(text), "en")


def titled(title: str) -> Pieces:
    """An incident's title, with a place that is written from right to left set apart: else the day after it, whose
    figures have no direction of their own, would stand before it."""
    act, dot, rest = title.partition(" · ")
    place, comma, day = rest.rpartition(", ")
    if not place or not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in place):
        return (given(title),)
    return given(f"{act}{dot}"), form(place), given(f"{comma}{day}")


def code(text: str) -> Piece:
    """Digits, offsets, commands."""
    return Piece(Voice.CODE, shown(text))


def line(*parts: Pieces | Piece, echo: bool = False) -> Line:
    """One line from pieces and runs of pieces, with a space between runs where words meet."""
    return Line(tuple(p for part in parts for p in (part if isinstance(part, tuple) else (part,))), echo)


def status(w: Words, claim: Claim) -> Piece:
    """The claim's status as a shape and a word."""
    return Piece(Voice.STATUS, w.say(STATUS[claim.status]), target=claim.status.value)


def own(item: ItemLine) -> Pieces:
    """The own evidence numbers of an item, as its holder writes them; empty where none was given."""
    return listed([name(number) for number in item.evidence])


def cited(desk: Desk, item: ItemLine) -> Pieces:
    """An item as the dossier cites it: `EV-12 (ABC-0003)`, or `ABC-0003` where it has no own number."""
    link = desk.item_link(item.number)
    if not item.evidence:
        return (link,)
    return desk.w.line("{own} ({item})", own=own(item), item=link)


def bracketed(desk: Desk, item: ItemLine) -> Pieces:
    """The same within brackets: `EV-12, ABC-0003`."""
    return listed([*([own(item)] if item.evidence else []), desk.item_link(item.number)])


def machine(w: Words, why: str) -> Pieces:
    """That an item's words are machine text, with why."""
    return w.line("Machine text: {why}; the page’s picture decides.", why=given(why.rstrip(".")))


def publication(desk: Desk, claim: Claim) -> Pieces:
    """The text itself as a speaker: its publisher where it states one, with the registration number."""
    item = desk.item(claim)
    if item is None:
        return desk.w.line("the publication")
    where = bracketed(desk, item)
    if item.publisher:
        return desk.w.line("{publisher} ({item})", publisher=form(item.publisher), item=where)
    if item.recording is not None:
        made = N_("the observation ({item})") if item.observed else N_("the transcript ({item})")
        return desk.w.line(made, item=where)
    return desk.w.line("the publication ({item})", item=where)


def speaker(desk: Desk, claim: Claim, who: Named) -> Pieces:
    """One speaker of a claim's chain."""
    return publication(desk, claim) if who.words == DOC else (form(who.words),)


def chain(desk: Desk, claim: Claim) -> Pieces:
    """All speakers, outermost first: `the publication (ABC-0002), from the observers, from residents`."""
    out = speaker(desk, claim, claim.speakers[0]) if claim.speakers else publication(desk, claim)
    for who in claim.speakers[1:]:
        out = desk.w.line("{speaker}, from {source}", speaker=out, source=speaker(desk, claim, who))
    return out


def innermost(desk: Desk, claim: Claim) -> Pieces:
    """The one it comes from, then through whom: `residents, through the observers, in ABC-0002`."""
    out = speaker(desk, claim, claim.innermost)
    for who in reversed(claim.speakers[1:-1]):
        out = desk.w.line("{source}, through {speaker}", source=out, speaker=speaker(desk, claim, who))
    if claim.innermost.words != DOC:
        item = desk.item(claim)
        if item is not None:
            out = desk.w.line("{source}, in {item}", source=out, item=cited(desk, item))
    return out


def language(desk: Desk, claim: Claim) -> str | None:
    """The language of a claim's words, as far as it could be told."""
    context = desk.case.contexts.get(claim.id)
    item = desk.item(claim)
    return (context.language if context else None) or (item.language if item else None)


def quote(desk: Desk, claim: Claim, most: int = WHOLE_QUOTE) -> Piece:
    """The claim's exact words; the words of the act where the whole is longer than `most` characters."""
    text = claim.quote if len(claim.quote) <= most or not claim.act else claim.act
    return Piece(Voice.QUOTE, shown(text), language(desk, claim))


def said(desk: Desk, claim: Claim) -> Pieces:
    """A claim in one sentence: how it is said, by whom, in which words, with its note."""
    told = desk.w.line(_said(desk, claim), speakers=chain(desk, claim), words=quote(desk, claim))
    if claim.polarity is Polarity.NEGATIVE and claim.modality is not Modality.DENIED:
        told = desk.w.line("Said not to be so. {told}", told=told)
    return (*told, desk.note(claim))


def by(desk: Desk, claim: Claim) -> Pieces:
    """Who says it and how, in few words, with its note."""
    return (*says(desk, claim), desk.note(claim))


def says(desk: Desk, claim: Claim) -> Pieces:
    """Who says it and how, in few words."""
    manner = ORDER_TOLD_BY if tells_of_order(desk, claim) else BY[claim.modality]
    return desk.w.line(manner, speaker=innermost(desk, claim))


def _said(desk: Desk, claim: Claim) -> str:
    return ORDER_TOLD_SAID if tells_of_order(desk, claim) else SAID[claim.modality]


def tells_of_order(desk: Desk, claim: Claim) -> bool:
    """True when the speaker tells of an order that somebody else is said to have given: not the giver's words."""
    if claim.modality is not Modality.ORDERED:
        return False
    speaker = claim.innermost
    return not any(a.words == speaker.words or desk.same_actor(a.mention, speaker.mention) for a in claim.actors)


def act(w: Words, claim: Claim) -> Pieces:
    """The kind of act; the finer word where the kind is `other`."""
    if claim.act_type is ActType.OTHER and claim.act_detail:
        return (given(claim.act_detail.replace("-", " ")),)
    return w.line(ACT[claim.act_type])


def told(desk: Desk, claims: Sequence[Claim], first: int = SPELT_OUT) -> tuple[Line, ...]:
    """Claims one by one, those of one origin together and marked as echoes; a long rest by its notes alone."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(desk.origin(claim) or claim.id, []).append(claim)
    ordered = [(c, n > 0) for group in groups.values() for n, c in enumerate(group)]
    lines = [line(by(desk, c), words(": "), quote(desk, c, SHORT_QUOTE), echo=echo) for c, echo in ordered[:first]]
    rest = [c for c, _ in ordered[first:]]
    if rest:
        lines.append(more(desk, rest))
    return tuple(lines)


def more(desk: Desk, claims: Sequence[Claim]) -> Line:
    """Further claims, by their notes."""
    lead = desk.w.line_n("and {n} further claim", "and {n} further claims", len(claims))
    return line(lead, desk.refs(claims))


def when(desk: Desk, claim: Claim) -> str:
    """The claim's date in words, the year in brackets where its words do not state it."""
    stated = dates.year_stated(claim.date_from or claim.date_to, claim.date_text)
    return dates.spoken(desk.w, claim.date_from, claim.date_to, year_stated=stated)


def origins(w: Words, most: int, untraced: int) -> str:
    """`at most n origins, m untraced`; that they do not depend on one another is never said."""
    known = w.count("at most {n} origin", "at most {n} origins", most)
    return w.say("{known}, {n} untraced", known=known, n=number(untraced))


def kinds(w: Words, counted: Sequence[tuple[SourceKind, int]]) -> str:
    """`2 eyewitness, 1 document`; empty where nothing is counted."""
    return ", ".join(f"{number(n)} {w.say(SOURCE[kind])}" for kind, n in counted)


def bounds(w: Words, q: Quantity) -> str:
    """A quantity as bounds: `at least 41`, `at most 12`, `between 4 and 9`, `about 400`, `42`."""
    if q.min is not None and q.min == q.max:
        return number(q.min)
    if q.min is not None and q.max is not None:
        return w.say("between {low} and {high}", low=number(q.min), high=number(q.max))
    if q.min is not None:
        return w.say("at least {n}", n=number(q.min))
    if q.max is not None:
        return w.say("at most {n}", n=number(q.max))
    if q.value is not None:
        return w.say("about {n}; no bounds stated", n=number(q.value))
    return w.say("no number stated")


def figure(desk: Desk, claim: Claim, q: Quantity) -> Pieces:
    """One figure with who counted, as of when, in which words."""
    w = desk.w
    counter = (form(q.counter),) if q.counter else innermost(desk, claim)
    parts = w.line("{bounds}, counted by {counter}", bounds=bounds(w, q), counter=counter)
    if q.as_of:
        as_of = dates.spoken(w, q.as_of, q.as_of) if dates.first_day(q.as_of) else form(q.as_of)
        parts = w.line("{figure}, as of {date}", figure=parts, date=as_of)
    text = Piece(Voice.QUOTE, shown(q.text), language(desk, claim))
    return (*w.line("{figure}: {words}", figure=parts, words=text), desk.note(claim))


def listed(pieces: Sequence[Pieces | Piece], between: str = ", ") -> Pieces:
    """Names or runs, joined by commas."""
    return joined([p if isinstance(p, tuple) else (p,) for p in pieces], between)
