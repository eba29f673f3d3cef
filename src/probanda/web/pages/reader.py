"""The reader: a text with its claims in the margin, one claim's card beside it, and the deeds that settle it.

Start with `page_of`. Offsets are code points throughout; `marking` finds those of marked words.

Looks down to: casework, store, claims, reading, web.desk, web.marking. Used by: web.pages.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from probanda.casework import decide, queue, second
from probanda.casework.view import is_restricted
from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import ActType, Family, Modality, PassageRole, Polarity, Status
from probanda.reading.model import Passage
from probanda.reports.words import ACT, MODALITY
from probanda.store import window
from probanda.store.errors import BeingRead, DecidedMeanwhile
from probanda.store.model import Decision, ItemRow
from probanda.store.projection import SECOND_READING
from probanda.web.desk import AtDesk, AtForm, Desk, period
from probanda.web.marking import marked
from probanda.web.pages.player import Part, observed_of
from probanda.web.recorded import comma, voice, worded

VERDICTS = {"accept": Status.CHECKED, "correct": Status.CORRECTED, "reject": Status.REJECTED, "unsure": Status.UNSURE}
SHOWN = 40_000
"""Code points of a text on one page."""
FIELDS = ("act_type", "act_detail", "modality", "polarity", "speakers", "actors", "victims", "places", "date_text",
          "date_from", "date_to")  # fmt: skip
"""Fields that the form of a correction offers, as `claims correct --set` calls them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same claims over them, and the same cue."""

    words: str
    claims: tuple[int, ...] = ()
    """Numbers of the claims whose quote they are part of."""
    current: bool = False
    status: str = ""
    cue: str = ""
    """a (act), s (speaker), m (modality) of the current claim."""
    ends: tuple[int, ...] = ()
    """Numbers of claims whose quote ends here."""
    now: bool = False
    """True where what was asked for begins."""
    asked: bool = False
    """Part of the words that were asked for by their offsets."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One claim beside its paragraph."""

    number: int
    id: str
    what: str
    chain: tuple[str, ...]
    status: str
    current: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One passage of the text."""

    start: int
    role: str
    reason: str
    runs: tuple[Run, ...]
    margin: tuple[Margin, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a card: `name` is the key of the record, `values` as written."""

    name: str
    values: tuple[str, ...]
    evidence: bool = False
    """True where the values are words of the source."""


@dataclass(frozen=True, slots=True)
class Past:
    """One decision on the claim."""

    what: str
    by: str
    at: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The claim that is looked at."""

    number: int
    id: str
    quote: str
    start: int
    end: int
    status: str
    fields: tuple[Field, ...]
    why: str
    flags: tuple[str, ...]
    page: int
    """The printed page on which it stands, from 1; 0 where the item has none."""
    seen: str
    """Ids of the decisions that stand: a deed done over others than these is refused."""
    past: tuple[Past, ...]
    values: tuple[tuple[str, str], ...]
    """Fields as the form of a correction starts with them."""
    reason: str = ""
    waits: bool = False
    """True where it waits for somebody else to read it, and this user, who read it first, cannot edit it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The page."""

    number: str
    title: str
    language: str | None
    length: int
    restricted: bool
    furniture: int
    claims: int
    open: int
    paragraphs: tuple[Paragraph, ...]
    card: Card | None
    previous: str
    following: str
    earlier: int | None
    later: int | None
    editing: bool
    offered: str
    """Why the queue offers this claim; empty outside the queue."""
    observed: tuple[str, Part | None] | None = None
    """Of an observation: of what, and of which part."""
    told: tuple[str, ...] = ()
    """Why a deed was refused, and what to do; what was typed stands in the form."""
    act_types: tuple[str, ...] = tuple(ActType)
    modalities: tuple[str, ...] = tuple(Modality)
    polarities: tuple[str, ...] = tuple(Polarity)


# --- the record -----------------------------------------------------------------------------------


def page_of(
    desk: Desk,
    name: str,
    claim: str | None = None,
    start: int = 0,
    *,
    end: int = 0,
    editing: bool = False,
    review: bool = False,
) -> Reader:
    """The page of one item: around the claim that is looked at, else from `start`; words up to `end` are lit.

    Raises NotFound.
    """
    store, eyes = desk.store, desk.eyes
    row = store.item(eyes, name)
    at = _looked_at(desk, row, claim, start)
    stretch = store.ask(eyes, window.stretch, row.digest, at.start if at and (claim or not start) else start, SHOWN)
    first, last = stretch.start, stretch.end
    passages = store.ask(eyes, window.passages, row.digest, first, last)
    words = store.words(eyes, row.digest, first, last)
    numbered = store.ask(eyes, window.within, row.digest, first, last)
    numbers = {one.id: n for n, one in numbered}
    at = at if at is None or at.id in numbers else _first_waiting([one for _, one in numbered], start)
    shown = [at if at and one.id == at.id else one for _, one in numbered]
    near = store.ask(eyes, window.around, at) if at else None
    every, waiting = store.ask(eyes, window.counts, row.digest)
    lit = _Lit(at, (0, 0) if claim else (start, end))
    return Reader(
        number=row.number,
        title=row.title or row.doc,
        language=row.language,
        length=row.length,
        restricted=is_restricted(row),
        furniture=sum(p.role is PassageRole.FURNITURE for p in passages),
        claims=every,
        open=waiting,
        paragraphs=tuple(
            _paragraph(desk, p, words, first, here, numbers, lit)
            for p, here in zip(passages, _by_passage(passages, shown), strict=True)
        ),
        card=_card(desk, at, near.number) if at and near else None,
        previous=near.previous if near else "",
        following=near.following if near else "",
        earlier=max(0, first - SHOWN) if stretch.earlier else None,
        later=last if stretch.later else None,
        editing=editing and at is not None,
        offered=_offered(desk, at) if review and at else "",
        observed=observed_of(desk, row),
    )


def _by_passage(passages: Sequence[Passage], claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims that reach into each of these passages, which follow one another."""
    starts = [p.start for p in passages]
    found: list[list[Claim]] = [[] for _ in passages]
    for claim in claims:
        for n in range(max(0, bisect_right(starts, claim.start) - 1), bisect_left(starts, claim.end)):
            if claim.start < passages[n].end and claim.end > passages[n].start:
                found[n].append(claim)
    return found


def card_of(desk: Desk, claim: Claim) -> Card:
    """The card of one claim. Raises NotFound."""
    near = desk.store.ask(desk.eyes, window.around, claim)
    return _card(desk, claim, near.number)


def _offered(desk: Desk, at: Claim) -> str:
    why = queue.offered(desk.store, desk.eyes, at)
    return why.value if why else ""


def _looked_at(desk: Desk, row: ItemRow, asked: str | None, start: int) -> Claim | None:
    """The claim asked for; else the first here that waits; else the first."""
    found = asked or desk.store.ask(desk.eyes, window.first_from, row.digest, start)
    claim = desk.store.claim(desk.eyes, found) if found else None
    return claim if claim and claim.item == row.digest and claim.family is Family.ACT else None


def _first_waiting(claims: Sequence[Claim], start: int) -> Claim | None:
    """The first here that waits; else the first."""
    after = [c for c in claims if c.start >= start]
    waiting = [c for c in after if c.status is Status.PROPOSED]
    return next(iter(waiting or after), None)


@dataclass(frozen=True, slots=True)
class _Lit:
    """What is lit in the text: the claim in hand, or words that were asked for by their offsets."""

    claim: Claim | None
    span: tuple[int, int]

    @property
    def now(self) -> int:
        """Where what was asked for begins."""
        start, end = self.span
        return start if end > start or self.claim is None else self.claim.start

    def asks(self, start: int, end: int) -> bool:
        """True for a stretch of the words that were asked for."""
        return self.span[0] <= start < end <= self.span[1]


def _paragraph(
    desk: Desk,
    passage: Passage,
    words: str,
    first: int,
    here: Sequence[Claim],
    numbers: dict[str, int],
    lit: _Lit,
) -> Paragraph:
    return Paragraph(
        start=passage.start,
        role=passage.role.value,
        reason=passage.reason,
        runs=tuple(_runs(passage, words, first, here, numbers, lit)),
        margin=tuple(_margin(desk, c, numbers, lit.claim) for c in here if c.start >= passage.start),
    )


def _runs(
    passage: Passage, words: str, first: int, claims: Sequence[Claim], numbers: dict[str, int], lit: _Lit
) -> list[Run]:
    """The passage cut wherever a quote, a cue of the claim in hand or the words asked for begin or end."""
    at = lit.claim
    cues = _cues(at, passage, words, first) if at else []
    edges = {passage.start, passage.end}
    for start, end in [(c.start, c.end) for c in claims] + [(s, e) for s, e, _ in cues] + [lit.span]:
        edges |= {min(max(start, passage.start), passage.end), min(max(end, passage.start), passage.end)}
    ordered = sorted(edges)
    runs = []
    for start, end in pairwise(ordered):
        over = [c for c in claims if c.start <= start and c.end >= end]
        status = (at if at in over else over[0]).status.value if over else ""
        runs.append(
            Run(
                words[start - first : end - first],
                tuple(numbers[c.id] for c in over),
                at is not None and at in over,
                status,
                next((mark for s, e, mark in cues if s <= start and end <= e), ""),
                tuple(numbers[c.id] for c in over if c.end == end),
                now=start == lit.now,
                asked=lit.asks(start, end),
            )
        )
    return runs


def _cues(claim: Claim, passage: Passage, words: str, first: int) -> list[tuple[int, int, str]]:
    """Where the words of act, speakers and stance of the claim in hand stand in this passage."""
    cues = [(claim.act_start, claim.act_end, "a")]
    if not passage.start <= claim.start < passage.end:
        return []
    text = words[passage.start - first : passage.end - first]
    told = [(s.words, "s") for s in claim.speakers if s.words != DOC] + ([(claim.stance, "m")] if claim.stance else [])
    for said, mark in told:
        found = _nearest(text, said, claim.start - passage.start)
        if found is not None:
            place = passage.start + found
            if not any(s < place + len(said) and place < e for s, e, _ in cues):
                cues.append((place, place + len(said), mark))
    return sorted(cues)


def _nearest(text: str, said: str, near: int) -> int | None:
    """Where these words stand next to a place; None where they do not stand there as written."""
    before, after = text.rfind(said, 0, near + len(said)), text.find(said, near)
    places = [p for p in (before, after) if p >= 0]
    return min(places, key=lambda p: abs(p - near)) if places else None


def _margin(desk: Desk, claim: Claim, numbers: dict[str, int], at: Claim | None) -> Margin:
    return Margin(
        numbers[claim.id],
        claim.id,
        f"{_act(desk, claim)}{comma(desk.words)}{desk.words.say(MODALITY[claim.modality])}",
        _chain(desk, claim),
        claim.status.value,
        claim is at,
    )


def _card(desk: Desk, claim: Claim, number: int) -> Card:
    standing = desk.store.standing(desk.eyes, claim.id, "settle")
    quantity = claim.quantity.text if claim.quantity and claim.quantity.text else ""
    fields = (
        Field("act", (claim.act,), evidence=True),
        Field("act_type", (_act(desk, claim) + (f", {claim.act_detail}" if claim.act_detail else ""),)),
        Field("modality", (desk.words.say(MODALITY[claim.modality]) + (f" ({claim.stance})" if claim.stance else ""),)),
        *([Field("polarity", (worded(desk.words, "negative"),))] if claim.polarity is Polarity.NEGATIVE else ()),
        Field("speakers", _chain(desk, claim), evidence=True),
        Field("actors", tuple(_involved(desk, a) for a in claim.actors), evidence=True),
        Field("victims", _written(claim.victims), evidence=True),
        Field("places", _written(claim.places), evidence=True),
        Field("means", claim.means, evidence=True),
        Field("date", (claim.date_text,) if claim.date_text else (), evidence=True),
        Field("period", (period(desk.words, claim.date_from, claim.date_to),) if claim.date_from else ()),
        Field("quantity", (quantity,) if quantity else (), evidence=True),
    )  # fmt: skip
    return Card(
        number=number,
        id=claim.id,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        status=claim.status.value,
        fields=fields,
        why=claim.why,
        flags=claim.flags,
        page=(claim.locator.page or 0) if claim.locator else 0,
        seen=" ".join(d.id for d in standing),
        past=tuple(
            Past(_what(d), desk.names.get(d.by, ""), d.at, d.reason, d.stands)
            for d in desk.store.history(desk.eyes, claim.id)
        ),
        values=tuple((name, _value(claim, name)) for name in FIELDS),
        waits=second.is_held(desk.store, desk.eyes, claim.id),
    )


def _what(decision: Decision) -> str:
    verdict = str(decision.payload.get("verdict", decision.kind))
    return f"{decision.kind}: {verdict}" if decision.kind == SECOND_READING else verdict


def _act(desk: Desk, claim: Claim) -> str:
    return desk.words.say(ACT[claim.act_type])


def _chain(desk: Desk, claim: Claim) -> tuple[str, ...]:
    return tuple(voice(desk.words, s.words) for s in claim.speakers)


def _involved(desk: Desk, actor: Actor) -> str:
    return f"{actor.words} ({worded(desk.words, actor.involvement.value)})"


def _written(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(n.words for n in named)


def _value(claim: Claim, field: str) -> str:
    """A field as `decide.parse_sets` takes it."""
    if field == "actors":
        return "; ".join(f"{a.words} ({a.involvement.value})" for a in claim.actors)
    value = getattr(claim, field)
    if isinstance(value, tuple):
        return "; ".join(n.words for n in value)
    return "" if value is None else str(value)


# --- the pages and deeds --------------------------------------------------------------------------


@get("/items/{number:str}/read", sync_to_thread=True)
def read(
    desk: AtDesk,
    number: FromPath[str],
    claim: FromQuery[str | None] = None,
    start: FromQuery[int] = 0,
    end: FromQuery[int] = 0,
    edit: FromQuery[bool] = False,
    review: FromQuery[bool] = False,
) -> Response[str]:
    """The reader on an item."""
    page = page_of(desk, number, claim, start, end=end, editing=edit, review=review)
    return desk.answer("reader.html", page, "reader")


@get("/review", sync_to_thread=True)
def review(desk: AtDesk) -> Redirect:
    """The next claim of the queue; the overview where none waits."""
    offers = queue.waiting(desk.store, desk.eyes, limit=1)
    return Redirect(f"/claims/{offers[0].claim}?review=true" if offers else "/")


@get("/claims/{claim:str}", sync_to_thread=True)
def claim_at(desk: AtDesk, claim: FromPath[str], review: FromQuery[bool] = False) -> Redirect:
    """The lasting address of a claim: its place in the reader."""
    found = desk.store.claim(desk.eyes, claim)
    return Redirect(_address(desk.store.item(desk.eyes, found.item), found.id, review=review))


@post("/claims/{claim:str}/settle", status_code=303, sync_to_thread=True)
def settle(desk: AtDesk, form: AtForm, claim: FromPath[str]) -> Redirect | Response[str]:
    """Accept, correct, reject, leave unsure, or undo; then on to the next claim that waits.

    Where somebody else decided meanwhile, the page comes back with what they did, and with what was typed here.
    """
    try:
        return _settled(desk, form, claim)
    except (DecidedMeanwhile, BeingRead) as refusal:
        found = desk.store.claim(desk.eyes, claim)
        page = page_of(desk, found.item, found.id, editing=form.get("verdict") == "correct", review="review" in form)
        card = replace(page.card, reason=form.get("reason", ""), values=_typed(page.card, form)) if page.card else None
        page = replace(page, card=card, told=(refusal.problem, refusal.fix))
        return desk.answer("reader.html", page, "reader", status=409)


def _typed(card: Card, form: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, form.get(name, value)) for name, value in card.values)


def _settled(desk: Desk, form: dict[str, str], claim: str) -> Redirect:
    verdict, reason = form.get("verdict", ""), form.get("reason", "")
    over = tuple(form.get("seen", "").split())
    with desk.deed() as store:
        found = store.claim(desk.eyes, claim)
        if verdict == "undo":
            decide.undo(store, desk.eyes, found.id, reason)
            going = found.id
        elif verdict in VERDICTS:
            changes = _changes(found, form) if verdict == "correct" else None
            second.settle(store, desk.eyes, found.id, verdict, changes=changes, reason=reason, over=over)
            if form.get("review"):
                return Redirect("/review", status_code=303)
            going = form.get("next") or found.id
        else:
            raise WrongUsage("That is no decision on a claim.", "Accept, correct, reject, leave it unsure, or undo.")
    return Redirect(_address(desk.store.item(desk.eyes, found.item), going), status_code=303)


def _changes(claim: Claim, form: dict[str, str]) -> dict[str, str]:
    """What of the form is not as it was."""
    told = {name: form[name].strip() for name in FIELDS if name in form}
    return {name: value for name, value in told.items() if value != _value(claim, name)}


@post("/items/{number:str}/claims", status_code=303, sync_to_thread=True)
def add(desk: AtDesk, form: AtForm, number: FromPath[str]) -> Redirect:
    """A claim of one's own on marked words."""
    with desk.deed() as store:
        row = store.item(desk.eyes, number)
        start, end = marked(store.words(desk.eyes, row.digest, 0, row.length), form)
        values = {name: form[name].strip() for name in FIELDS if form.get(name, "").strip()}
        made = decide.add_claim(store, desk.eyes, row.digest, start, end, values, form.get("reason", ""))
    return Redirect(_address(row, made.id), status_code=303)


def _address(row: ItemRow, claim: str, *, review: bool = False) -> str:
    return f"/items/{row.number}/read?claim={claim}{'&review=true' if review else ''}#now"


PAGES: tuple[HTTPRouteHandler, ...] = (read, review, claim_at, settle, add)
