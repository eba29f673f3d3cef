"""Section 3: persons and units: their names as written, what is claimed of them, by whom, and what speaks against it.

Persons first, then units, then bodies, States and groups of whom something is claimed. Those who only
speak are listed compactly as sources. Look-alikes that were kept apart are named with the reason.

Looks down to: desk, speech, words. Used by: dossier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim, Tie
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, Polarity
from probanda.reports.desk import Desk
from probanda.reports.parts.division import Entry
from probanda.reports.parts.incidents import nothing_found
from probanda.reports.record import Block, Cell, Line, Listing, Paragraph, Piece, Row, Section, Table
from probanda.reports.speech import (
    SPELT_OUT,
    act,
    by,
    form,
    given,
    line,
    listed,
    more,
    name,
    quote,
    said,
    says,
)
from probanda.reports.words import ACT, INVOLVED, KIND, N_, TIE, joined, strong, words

SHOWN_VARIANTS = 12
"""So many written forms of one name are listed; a name with more is a sign of a wrong link, and it says so."""

GROUPS = (
    ("persons", N_("Persons"), (MentionKind.PERSON,)),
    ("units", N_("Units"), (MentionKind.UNIT,)),
    ("others", N_("Bodies, States and groups"), (MentionKind.BODY, MentionKind.STATE, MentionKind.GROUP)),
)


@dataclass(slots=True)
class _Part:
    """What the claims say about one actor, while it is gathered."""

    of: list[tuple[Claim, Involvement]] = field(default_factory=list)
    denied: list[Claim] = field(default_factory=list)
    harmed: list[Claim] = field(default_factory=list)
    ties: list[Claim] = field(default_factory=list)
    says: list[Claim] = field(default_factory=list)

    @property
    def spoken_of(self) -> bool:
        return bool(self.of or self.denied or self.harmed or self.ties)

    @property
    def cited(self) -> tuple[str, ...]:
        told = [*(c for c, _ in self.of), *self.denied, *self.harmed, *self.ties]
        return tuple(dict.fromkeys(c.id for c in told))

    @property
    def weight(self) -> int:
        return len(self.cited)


@dataclass(frozen=True, slots=True)
class Counts:
    """The claims that name an actor, and how many of them as involved, in denials, as harmed, in ties."""

    claims: tuple[str, ...]
    involved: int
    denied: int
    harmed: int
    ties: int

    @property
    def named(self) -> int:
        """How many claims name the actor."""
        return len(self.claims)


def entries(desk: Desk) -> list[Entry]:
    """What the section tells, in its order: actors by group, those harmed, words linked to nobody, sources."""
    gathered, unlinked = _gather(desk)
    found = []
    for key, _, kinds in GROUPS:
        actors = [
            a
            for a in desk.case.actors
            if a.kind in kinds and gathered[a.id].spoken_of and not _only_harmed(a, gathered[a.id])
        ]
        actors.sort(key=lambda a: (-gathered[a.id].weight, a.name, a.id))
        found += [Entry(key, gathered[a.id].cited, actor=a) for a in actors]
    harmed = [a for a in desk.case.actors if _only_harmed(a, gathered[a.id])]
    harmed.sort(key=lambda a: (a.name, a.id))
    found += [Entry("harmed", tuple(c.id for c in gathered[a.id].harmed), actor=a) for a in harmed]
    found += [Entry("unlinked", (c.id,), claim=c) for c in unlinked]
    speakers = [
        a
        for a in desk.case.actors
        if a.kind is not MentionKind.PLACE and gathered[a.id].says and not gathered[a.id].spoken_of
    ]
    speakers.sort(key=lambda a: (-len(gathered[a.id].says), a.name, a.id))
    return [*found, *(Entry("sources", tuple(c.id for c in gathered[a.id].says), actor=a) for a in speakers)]


def counts(desk: Desk) -> dict[str, Counts]:
    """By actor id: in how many claims each is named, and how."""
    gathered, _ = _gather(desk)
    return {
        actor: Counts(part.cited, len({c.id for c, _ in part.of}), len(part.denied), len(part.harmed), len(part.ties))
        for actor, part in gathered.items()
    }


def section(desk: Desk, chosen: Sequence[Entry] | None = None) -> Section:
    """The section on persons and units: all, or those chosen for one annex."""
    w = desk.w
    gathered, _ = _gather(desk)
    chosen = entries(desk) if chosen is None else chosen
    of_part: dict[str, list[ActorGroup]] = defaultdict(list)
    for entry in chosen:
        if entry.actor is not None:
            of_part[entry.part].append(entry.actor)
    parts = [_group(desk, key, title, of_part[key], gathered) for key, title, _ in GROUPS if of_part[key]]
    if harmed := of_part["harmed"]:
        parts.append(
            _plain("s3-harmed", w.line("Named as harmed, without a name of their own"), _crowd(desk, harmed, gathered))
        )
    if unlinked := [e.claim for e in chosen if e.claim is not None]:
        lines = [
            line(form(a.words), words(": "), said(desk, c))
            for c in unlinked
            for a in c.actors
            if not desk.actor(a.mention)
        ]
        unknown = w.line("Named by words that were linked to nobody")
        parts.append(_plain("s3-unlinked", unknown, Listing((), tuple(lines), "compact")))
    if sources := _sources(desk, of_part["sources"], gathered):
        parts.append(_plain("s3-sources", w.line("Sources: those who only speak"), sources))
    blocks: tuple[Block, ...] = (
        Paragraph(
            w.line(
                "What follows is what is claimed, not what is known. Names were linked by machine; a link is a "
                "proposal until a person has checked it."
            ),
            role="aside",
        ),
    )
    if not parts:
        blocks = (Paragraph(w.line("No claim names anybody."), desk.paragraph()),)
    return Section(
        id="s3", number="3", title=w.line("Persons and units"), level=2, blocks=blocks, parts=tuple(parts), listed=True
    )


def _plain(id_: str, title: tuple[Piece, ...], block: Block) -> Section:
    return Section(id=id_, number="", title=title, level=3, blocks=(block,))


def _gather(desk: Desk) -> tuple[dict[str, _Part], list[Claim]]:
    """What the claims say of each actor, and the claims that name somebody by words linked to nobody."""
    gathered: dict[str, _Part] = defaultdict(_Part)
    unlinked: list[Claim] = []
    for claim in desk.known(desk.claims):
        for actor in claim.actors:
            group = desk.actor(actor.mention)
            if group is None:
                _once(unlinked, claim)
            elif _speaks_against(claim):
                _once(gathered[group.id].denied, claim)
            else:
                gathered[group.id].of.append((claim, actor.involvement))
        for victim in claim.victims if _says_that_it_happened(claim) else ():
            if group := desk.actor(victim.mention):
                _once(gathered[group.id].harmed, claim)
        for side in (claim.tie.left, claim.tie.right) if claim.tie else ():
            if group := desk.actor(side.mention):
                _once(gathered[group.id].ties, claim)
        for who in claim.speakers:
            if group := desk.actor(who.mention):
                _once(gathered[group.id].says, claim)
    return gathered, unlinked


def _once(claims: list[Claim], claim: Claim) -> None:
    if not claims or claims[-1] is not claim:
        claims.append(claim)


def _says_that_it_happened(claim: Claim) -> bool:
    """True where somebody is said to have been harmed; a denial or a demand names nobody as harmed."""
    return not _speaks_against(claim) and claim.modality is not Modality.CALLED_FOR


def _speaks_against(claim: Claim) -> bool:
    return claim.modality is Modality.DENIED or claim.polarity is Polarity.NEGATIVE


def _group(desk: Desk, key: str, title: str, actors: Sequence[ActorGroup], gathered: dict[str, _Part]) -> Section:
    w = desk.w
    heads = (w.line("Name, and forms as written"), w.line("What is claimed, and by whom"), w.line("Against it"))
    rows = tuple(_row(desk, a, gathered[a.id]) for a in actors)
    table = Table(w.say(title), heads, rows, "persons")
    return Section(id=f"s3-{key}", number="", title=w.line(title), level=3, blocks=(table,), listed=True)


def _row(desk: Desk, actor: ActorGroup, part: _Part) -> Row:
    against = tuple(line(by(desk, c), words(": "), quote(desk, c)) for c in part.denied[:SPELT_OUT])
    if part.denied[SPELT_OUT:]:
        against = (*against, more(desk, part.denied[SPELT_OUT:]))
    if not against:
        against = (line(nothing_found(desk)),)
    claimed = (*_claimed(desk, part), *_harmed(desk, part), *_ties(desk, part))
    if not claimed:
        claimed = (line(desk.w.line("No claim affirms anything here; what is denied stands beside.")),)
    return Row(Cell(_name(desk, actor)), (Cell(claimed), Cell(against, "against")))


def _only_harmed(actor: ActorGroup, part: _Part) -> bool:
    """True for a group without a name (`men`, `many dead`) of which nothing is said but that it was harmed."""
    return actor.kind is MentionKind.GROUP and bool(part.harmed) and not (part.of or part.denied or part.ties)


def _crowd(desk: Desk, actors: Sequence[ActorGroup], gathered: dict[str, _Part]) -> Listing:
    """Groups without a name, by the act they are named as harmed by."""
    by_act: dict[ActType, list[tuple[Piece, ...]]] = defaultdict(list)
    for actor in actors:
        claims = gathered[actor.id].harmed
        for kind in dict.fromkeys(c.act_type for c in claims):
            of_kind = [c for c in claims if c.act_type is kind]
            by_act[kind].append((form(actor.name), *desk.refs(of_kind)))
    lines = [
        line(strong(desk.w.line(ACT[kind])), words(": "), joined(by_act[kind], "; "))
        for kind in ActType
        if by_act[kind]
    ]
    return Listing((), tuple(lines), "compact")


def _name(desk: Desk, actor: ActorGroup) -> tuple[Line, ...]:
    w = desk.w
    lines = [line(name(actor.name))]
    if actor.kind not in (MentionKind.PERSON, MentionKind.UNIT):
        lines.append(line(w.line(KIND[actor.kind])))
    variants = [v for v in actor.variants if v != actor.name]
    if variants:
        forms = listed([form(v) for v in variants[:SHOWN_VARIANTS]], "; ")
        lines.append(line(w.line("also written {forms}", forms=forms)))
    if variants[SHOWN_VARIANTS:]:
        rest = len(variants) - SHOWN_VARIANTS
        lines.append(
            line(w.line_n("and {n} further form: check the link", "and {n} further forms: check the links", rest))
        )
    lines += [line(w.line("kept apart: {name}", name=given(text))) for text in actor.apart]
    return tuple(lines)


def _claimed(desk: Desk, part: _Part) -> tuple[Line, ...]:
    """One line for each involvement and kind of act, with everyone who says so."""
    w = desk.w
    grouped: dict[tuple[int, int, str], list[Claim]] = defaultdict(list)
    for claim, involvement in part.of:
        detail = (claim.act_detail or "") if claim.act_type is ActType.OTHER else ""
        key = (list(Involvement).index(involvement), list(ActType).index(claim.act_type), detail)
        if claim not in grouped[key]:
            grouped[key].append(claim)
    lines = []
    for key in sorted(grouped):
        claims = grouped[key]
        # To file a complaint is no part in a crime: proceedings are told in one neutral way.
        how = Involvement.UNKNOWN if claims[0].act_type is ActType.PROCEDURAL else list(Involvement)[key[0]]
        what = w.line(INVOLVED[how], act=act(w, claims[0]))
        lines.append(line(strong(what), words(" · "), _said_by(desk, claims)))
    return tuple(lines)


def _said_by(desk: Desk, claims: Sequence[Claim]) -> tuple[Piece, ...]:
    """Who says so: the same speaker in the same manner once, with all notes."""
    runs: dict[str, tuple[tuple[Piece, ...], list[Claim]]] = {}
    for claim in claims:
        who = says(desk, claim)
        runs.setdefault("".join(p.text for p in who), (who, []))[1].append(claim)
    spelt = [(*who, *desk.refs(cs)) for who, cs in list(runs.values())[:SPELT_OUT]]
    rest = [c for _, cs in list(runs.values())[SPELT_OUT:] for c in cs]
    if rest:
        spelt.append(more(desk, rest).pieces)
    return joined(spelt, "; ")


def _harmed(desk: Desk, part: _Part) -> tuple[Line, ...]:
    w = desk.w
    grouped: dict[ActType, list[Claim]] = defaultdict(list)
    for claim in part.harmed:
        grouped[claim.act_type].append(claim)
    return tuple(
        line(
            strong(w.line("named as harmed by: {act}", act=act(w, grouped[kind][0]))),
            words(" · "),
            _said_by(desk, grouped[kind]),
        )
        for kind in ActType
        if kind in grouped
    )


def _ties(desk: Desk, part: _Part) -> tuple[Line, ...]:
    lines = [line(_tie(desk, c, c.tie), words(" · "), by(desk, c)) for c in part.ties[:SPELT_OUT] if c.tie]
    if part.ties[SPELT_OUT:]:
        lines.append(more(desk, part.ties[SPELT_OUT:]))
    return tuple(lines)


def _tie(desk: Desk, claim: Claim, tie: Tie) -> tuple[Piece, ...]:
    w = desk.w
    said_so = w.line(TIE[tie.kind], left=form(tie.left.words), right=form(tie.right.words))
    roles = [form(r) for r in dict.fromkeys((tie.rank, tie.title, tie.role)) if r]
    if roles:
        said_so = w.line("{tie} ({roles})", tie=said_so, roles=listed(roles))
    if claim.polarity is Polarity.NEGATIVE:
        said_so = w.line("said not to be so: {tie}", tie=said_so)
    return said_so


def _sources(desk: Desk, speakers: Sequence[ActorGroup], gathered: dict[str, _Part]) -> Listing | None:
    lines: list[Line] = []
    for kind in MentionKind:
        actors = [a for a in speakers if a.kind is kind]
        if actors:
            shown = [(name(a.name), *desk.refs(gathered[a.id].says)) for a in actors]
            lines.append(line(desk.w.line(KIND[kind]), words(": "), joined(shown, "; ")))
    return Listing((), tuple(lines), "compact") if lines else None
