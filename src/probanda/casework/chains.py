"""Who stood above whom on a day, out of the record: for an actor, and for those said to be in an incident.

Start with `chain_of`. The walk and its rules are in `actors.command`; here it is fed, level by level, with the ties
that these eyes may see. `at_incident` joins it with an incident: those said to be there, those whose area covers the
place on those days (a lead to follow, never support), and whoever stood above them.

Looks down to: actors, names, store, access, kernel. Used by: cli, reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from probanda.access.eyes import Eyes
from probanda.access.masking import Masker
from probanda.actors import command
from probanda.actors.command import Chain, Change, Evidence, Link, Node, Step, Told
from probanda.actors.control import INVOLVEMENTS, Sign, signs_of
from probanda.actors.model import by_machine
from probanda.casework.decide import called
from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.model import Incident
from probanda.kernel.bounds import Bounds, first_day, last_day
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Family, MentionKind, TieKind
from probanda.names.places import place_key, within
from probanda.store.charts import Bound, TieRow
from probanda.store.model import ItemRow
from probanda.store.store import Store

UNNAMED = "unnamed"
OWN_TIME = "its own words"
TEXTS_DAY = "the day of the text"
SHOWABLE = frozenset({MentionKind.PERSON, MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE, MentionKind.GROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """A chain with what is needed to show it."""

    chain: Chain
    signs: tuple[Sign, ...]
    """Signs of control in fact by those in the chain, apart from their posts."""
    beside: tuple[Step, ...]
    """Support and control of ground by the one asked about: no link of command."""
    numbers: dict[str, str]
    """Registration numbers by digest of the item."""
    docs: dict[str, str]
    """Base names by digest; registration numbers for restricted items."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a chain is followed; `whole`: also signs of control of all in it, which cost all their claims, and the
    numbers and names of items."""

    deepest: int = command.DEEPEST
    most: int = command.MOST_LINKS
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody connected with an incident, and the chain from there."""

    node: Node
    how: str
    """Why it is here, in words."""
    lead: bool
    """True where only an area of operation connects it: a lead to follow, no support for anything."""
    claims: tuple[str, ...]
    view: ChainView


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCommand:
    """Those connected with an incident, on a day of it."""

    incident: str
    title: str
    day: date
    day_from: str
    """Where the day comes from, in words."""
    present: tuple[Present, ...]


class Ties:
    """Ties of one user, made into links as they are asked for; each claim is read once."""

    def __init__(self, store: Store, eyes: Eyes, most: int | None = None) -> None:
        """`most`: so many claims at most for those asked about at once; `full` tells that there are more."""
        self._store, self._eyes, self._most = store, eyes, most
        self.full = False
        self.rows: dict[str, TieRow] = {}
        self.nodes: dict[str, Node] = {}
        self.items: dict[str, ItemRow] = {}
        self._asked: set[str] = set()
        self._told_so_far: list[Told] = []
        self._links: list[Link] = []
        names = [(p.kind, tuple(p.words)) for p in store.protected(store.owner)]
        self.mask = Masker(store.key, groups=names, contacts=False).mask if names else str

    def links(self, keys: Sequence[str]) -> list[Link]:
        """All links that name one of these."""
        fresh = [key for key in keys if key not in self._asked and not key.startswith(UNNAMED)]
        if fresh:
            self._asked |= set(fresh)
            rows = self._store.ties(self._eyes, fresh, limit=self._most)
            self.full |= len(rows) == self._most
            new = {row.claim.id: row for row in rows if row.claim.id not in self.rows}
            self.rows |= new
            self._note_items(row.claim.item for row in new.values() if not _own_time(row.claim))
            self._note_actors(new.values())
            self._told_so_far += [told for row in new.values() for told in self._told(row)]
            self._links = command.links_of(self._told_so_far) if new else self._links
        return self._links

    def above(self, keys: Sequence[str]) -> list[Link]:
        """Links in which one of these stands under another."""
        wanted = set(keys)
        return [link for link in self.links(keys) if link.lower in wanted]

    def below(self, keys: Sequence[str]) -> list[Link]:
        """Links in which one of these stands over another."""
        wanted = set(keys)
        return [link for link in self.links(keys) if link.upper in wanted]

    def named(self, keys: Sequence[str]) -> dict[str, Node]:
        """The nodes of these keys."""
        missing = [key for key in keys if key not in self.nodes]
        for id_, name, kind in self._store.names_of(self._eyes, missing):
            self.nodes[id_] = Node(id_, self.mask(name), kind)
        return {key: self.nodes[key] for key in keys}

    def _note_items(self, digests: Iterable[str]) -> None:
        missing = sorted(set(digests) - self.items.keys())
        self.items |= {row.digest: row for row in self._store.items(self._eyes, missing)} if missing else {}

    def _note_actors(self, rows: Iterable[TieRow]) -> None:
        ends = sorted({end.actor for row in rows for end in (row.left, row.right) if end} - self.nodes.keys())
        for id_, name, kind in self._store.names_of(self._eyes, ends):
            self.nodes[id_] = Node(id_, self.mask(name), kind)

    def _told(self, row: TieRow) -> Iterable[Told]:
        claim, tie = row.claim, row.claim.tie
        if tie is None or claim.polarity.value == "negative":
            return
        left, right = self._node(claim, tie.left, row.left, "left"), self._node(claim, tie.right, row.right, "right")
        if left.key == right.key:
            return
        bounds, basis = self._time(claim)
        linked = ((tie.left, row.left), (tie.right, row.right))
        evidence = Evidence(
            claim=claim.id,
            item=claim.item,
            quote=self.mask(claim.quote),
            speakers=tuple(s.words if s.words == DOC else self.mask(s.words) for s in claim.speakers),
            status=claim.status.value,
            bounds=bounds,
            basis=basis,
            by_machine=tuple(self.mask(named.words) for named, end in linked if end and by_machine(end.reason)),
            words=tuple(w for w in (tie.role, tie.title, tie.rank) if w),
        )
        yield Told(kind=tie.kind, left=left, right=right, role=(tie.role or "").lower(), evidence=evidence)

    def _node(self, claim: Claim, named: Named, end: Bound | None, side: str) -> Node:
        if end is not None and end.actor in self.nodes:
            return self.nodes[end.actor]
        node = Node(f"{UNNAMED}:{claim.id}:{side}", self.mask(named.words), UNNAMED)
        return self.nodes.setdefault(node.key, node)

    def _time(self, claim: Claim) -> tuple[Bounds, str]:
        """When a tie is told of: by its own words, else on the day of its text; never anything else."""
        if claim.tie is not None and claim.tie.bounds is not None:
            return claim.tie.bounds, OWN_TIME
        if claim.date_from or claim.date_to:
            return Bounds(first_imprecise=claim.date_from, last_imprecise=claim.date_to), OWN_TIME
        item = self.items.get(claim.item)
        if item is not None and (item.dated_from or item.dated_to):
            first, last = item.dated_from, item.dated_to
            if first == last:
                return Bounds(first_precise=first, last_precise=last), TEXTS_DAY
            return Bounds(first_imprecise=first, last_imprecise=last), TEXTS_DAY
        return Bounds(), ""


def _own_time(claim: Claim) -> bool:
    return bool((claim.tie and claim.tie.bounds) or claim.date_from or claim.date_to)


def chain_of(store: Store, eyes: Eyes, name: str, day: date) -> ChainView:
    """The chain of command above and below somebody on a day, as far as the case's claims tell of one.

    `name`: an id or its first letters, or a form of the name. Raises NotFound; WrongUsage where several bear it;
    ProbandaError where names were not linked yet.
    """
    return view_of(store, eyes, _centre(store, eyes, name), day, Ties(store, eyes))


def over_time(store: Store, eyes: Eyes, name: str, start: date, end: date) -> tuple[ChainView, list[Change]]:
    """The chain at the end of a period, and what changed in it; links that lapsed before the end are among the changes.

    Raises as `chain_of`; WrongUsage where the period ends before it begins.
    """
    if end < start:
        raise WrongUsage(f"{end} is before {start}.", "Give the earlier day first: --over 2031-01-01..2031-12-31.")
    ties = Ties(store, eyes)
    centre = _centre(store, eyes, name)
    first = view_of(store, eyes, centre, start, ties)
    last = view_of(store, eyes, centre, end, ties)
    links = {(s.link.id, s.link.lower, s.link.upper): s.link for v in (first, last) for s in v.chain.steps}
    nodes = first.chain.nodes | last.chain.nodes
    view = replace(last, chain=replace(last.chain, nodes=nodes))
    return view, command.changes([links[key] for key in sorted(links)], start, end)


def at_incident(store: Store, eyes: Eyes, incident: str, day: date | None = None) -> IncidentCommand:
    """Those connected with an incident and the chains above them, on a day (its first, where none is given).

    Raises NotFound for an unknown incident; WrongUsage where it has no date and none was given.
    """
    found = [one for one in store.incidents(eyes) or () if one.id.startswith(incident)]
    if len(found) != 1:
        raise NotFound("incident", incident, "probanda incidents list")
    one = found[0]
    when, why = day_of(one, day)
    ties = Ties(store, eyes)
    there = _said_to_be_there(store, eyes, one)
    present = []
    for actor, claims in sorted(there.items()):
        view = view_of(store, eyes, actor, when, ties)
        how = f"named as author in {len(claims)} of its claims"
        present.append(
            Present(node=view.chain.nodes[actor], how=how, lead=False, claims=tuple(sorted(claims)), view=view)
        )
    for key, link in _covering(store, eyes, one, when, ties):
        if key not in there:
            view = view_of(store, eyes, key, when, ties)
            place = ties.named([link.upper])[link.upper].name
            how = f"{place} is told of as where it operates ({link.on(when).value} on this day)"
            ids = tuple(e.claim for e in link.evidence)
            present.append(Present(node=view.chain.nodes[key], how=how, lead=True, claims=ids, view=view))
    return IncidentCommand(incident=one.id, title=ties.mask(one.title), day=when, day_from=why, present=tuple(present))


def day_of(incident: Incident, day: date | None) -> tuple[date, str]:
    """The day to ask about an incident, and where it comes from. Raises WrongUsage where there is none."""
    if day is not None:
        return day, "the day asked for"
    first = first_day(incident.date_from) or last_day(incident.date_to)
    if first is None:
        raise WrongUsage("This incident has no date that was told.", "Say for which day to ask: --on 2031-05-03.")
    return first, "the first day that its claims give"


def _said_to_be_there(store: Store, eyes: Eyes, incident: Incident) -> dict[str, list[str]]:
    claims = store.claims(eyes, ids=incident.claims)
    bound = store.bound(eyes, [a.mention for c in claims for a in c.actors if a.mention])
    there: dict[str, list[str]] = {}
    for claim in claims:
        for actor in claim.actors:
            end = bound.get(actor.mention or "")
            if end is not None and claim.id not in there.setdefault(end.actor, []):
                there[end.actor].append(claim.id)
    return there


def _covering(store: Store, eyes: Eyes, incident: Incident, day: date, ties: Ties) -> list[tuple[str, Link]]:
    """Links of area whose place is, or holds, a place of the incident, and which are not told to have ended."""
    wanted = {place_key(p) for p in incident.places}
    places = [
        a.id
        for a in store.actors(eyes) or ()
        if a.kind is MentionKind.PLACE
        and any(place_key(v) in wanted or any(within(p, v) for p in incident.places) for v in a.variants)
    ]
    found = {
        (link.lower, link.id): link
        for link in ties.links(places)
        if link.kind is TieKind.AREA and link.upper in places and link.on(day) not in command.OVER
    }
    return [(key, found[key, id_]) for key, id_ in sorted(found)]


def view_of(store: Store, eyes: Eyes, centre: str, day: date, ties: Ties, reach: Reach = Reach()) -> ChainView:
    """The chain from the actor with this id, through ties that may have been asked already."""
    chain = command.chain(centre, day, ties.above, ties.below, ties.named, deepest=reach.deepest, most=reach.most)
    keys = [key for key in chain.nodes if not key.startswith(UNNAMED)] if reach.whole else []
    shown = signs_in(store, eyes, keys, store.claims_of(eyes, keys, INVOLVEMENTS), ties)
    beside = tuple(
        Step(link, link.on(day), 1, up=False)
        for link in ties.links([centre])
        if centre in (link.lower, link.upper) and link.kind not in command.UPWARD
    )
    ties.named([key for s in beside for key in (s.link.lower, s.link.upper)])
    nodes = chain.nodes | {key: ties.nodes[key] for s in beside for key in (s.link.lower, s.link.upper)}
    used = {e.item for s in (*chain.steps, *beside) for e in s.link.evidence} | {s.item for s in shown}
    rows = {row.digest: row for row in store.items(eyes, used)} if used and reach.whole else {}
    return ChainView(
        chain=replace(chain, nodes=nodes),
        signs=shown,
        beside=beside,
        numbers={digest: row.number for digest, row in rows.items()},
        docs={digest: _doc(row) for digest, row in rows.items()},
    )


def signs_in(store: Store, eyes: Eyes, keys: Sequence[str], acts: Sequence[Claim], ties: Ties) -> tuple[Sign, ...]:
    """Signs of control in fact by these actors, in claims of acts and in the ties that were asked for."""
    of_ties = [row.claim for row in ties.rows.values() if row.claim.family is Family.TIE]
    mentions = [a.mention for c in acts for a in c.actors if a.mention]
    mentions += [c.tie.left.mention for c in of_ties if c.tie and c.tie.left.mention]
    bound = store.bound(eyes, mentions)
    signs = signs_of(keys, (*acts, *of_ties), lambda mention: bound[mention].actor if mention in bound else None)
    return tuple(
        replace(s, quote=ties.mask(s.quote), over=ties.mask(s.over), speakers=tuple(map(ties.mask, s.speakers)))
        for s in signs
    )


def _doc(row: ItemRow) -> str:
    return row.names[0].rsplit("/", 1)[-1] if row.names and row.compartment == "open" else row.number


def _centre(store: Store, eyes: Eyes, name: str) -> str:
    groups = [g for g in store.actors_written(eyes, name) if g.kind in SHOWABLE]
    if not groups:
        if store.actors(eyes) is None:
            raise ProbandaError("Names were not linked to persons and units yet.", "Run `probanda incidents` first.")
        groups = [g for g in called(store, eyes, name) if g.kind in SHOWABLE]
    if not groups:
        raise NotFound("person, unit or body called", name, "probanda actors list")
    if len(groups) > 1:
        shown = ", ".join(f"{g.id[:12]} ({g.kind.value} {g.name})" for g in groups)
        raise WrongUsage(f"{name} can mean several: {shown}.", "Name the one you mean by the first letters of its id.")
    return groups[0].id
