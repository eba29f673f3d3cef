"""Charts of the opened hypotheses for what these eyes see: load, think, give. Start with `charts`, or `one` by its id.

The thinking is in `matrix.chart`; here it is fed: who the person is now, what each thing cited leads to, how many
origins stand behind it, what the law pack in use says.

Looks down to: store, matrix, law, incidents, claims. Used by: casework (hypothesizing, draft, matrix_forms), cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup, Membership, by_machine
from probanda.casework import assessing, matrix_decided, retracting
from probanda.casework.law_packs import packs
from probanda.casework.narrow import parties
from probanda.claims.model import Claim
from probanda.incidents.assessment import Finds
from probanda.incidents.model import Incident
from probanda.kernel.vocabulary import Side, Status
from probanda.law.model import Element, LawPack
from probanda.matrix.chart import Chart, chart, proposals
from probanda.matrix.hypothesis import CRIME, MODE, Charted, Decided, Hypothesis, Kind, Ref, Shown, Slot, Weighed
from probanda.matrix.marks import Changes
from probanda.matrix.model import Cell, Suggestion
from probanda.matrix.situation import Situation
from probanda.matrix.weight import Tracing
from probanda.store import laid
from probanda.store.charts import Bound
from probanda.store.model import Decision, ItemRow
from probanda.store.projection import CONTEXTUAL, FINDING, INFERENCE
from probanda.store.store import Store


def charts(store: Store, eyes: Eyes) -> list[Chart]:
    """Every hypothesis these eyes see, in the order they were opened."""
    every = matrix_decided.decided(store, eyes)
    return list(Desk(store, eyes, every).charts()) if every else []


def one(store: Store, eyes: Eyes, name: str) -> Chart:
    """One hypothesis by its id or the first letters. Raises NotFound; WrongUsage."""
    found = matrix_decided.one(store, eyes, name)
    return next(iter(Desk(store, eyes, [found]).charts()))


def rests_on(chart: Chart, incidents: Iterable[Incident]) -> frozenset[str]:
    """Ids of all claims that a hypothesis rests on, on either side: in its cells, drawn on, suggested; and the whole of
    each incident that one of them belongs to."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, Shown):
            found.update(value.claims)
        if isinstance(value, Ref):
            found.add(value.id)
        elif isinstance(value, tuple):
            for one in value:
                walk(one)
        elif is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                walk(getattr(value, one.name))

    walk(chart.rows)
    if chart.machine is not None:
        found.update(chart.machine.claims)
    for incident in incidents:
        if incident.id in found or not found.isdisjoint(incident.claims):
            found.update(incident.claims)
    return frozenset(found)


def suggested(store: Store, eyes: Eyes, suggestion: Suggestion) -> Chart:
    """A suggestion as the chart it would be if a person opened it now: nobody put, found or assessed anything in it."""
    s = suggestion
    bare = Hypothesis(
        id=s.id, actor=s.actor, actor_name=s.actor_name, actor_kind=s.actor_kind, crime=s.crime,
        crime_title=s.crime_title, mode=s.mode, mode_title=s.mode_title, article=s.article, pack=s.pack, elements=(),
        claims=s.claims, incidents=s.incidents, suggestion=s.id,
    )  # fmt: skip
    now = present_elements(bare, law_of(laws(store, eyes), s.pack))
    elements = tuple(_charted(cell, now.get(Slot(cell.part, cell.element))) for cell in s.cells)
    whole = replace(bare, elements=elements)
    return next(iter(Desk(store, eyes, [Decided(hypothesis=whole)]).charts()))


def _charted(cell: Cell, now: Element | None) -> Charted:
    """An element as it was laid out, with what would fill or undermine it as the pack in use now has it."""
    return Charted(
        part=cell.part, no=cell.element, type=cell.type, text=cell.text, common_key=cell.common_key,
        fill=now.fill if now else "", undermine=now.undermine if now else "",
    )  # fmt: skip


def quotes(store: Store, eyes: Eyes, suggestion: Suggestion) -> dict[str, str]:
    """Where each claim of a suggestion stands, and its words, by id."""
    ids = {i for c in suggestion.cells for i in (*c.supporting, *c.against)}
    ids |= {i for g in suggestion.grounds for i in g.claims} | {k.claim for k in suggestion.kept_out}
    claims = store.claims(eyes, ids=ids)
    numbers = {r.digest: r.number for r in store.items(eyes, {c.item for c in claims})}
    return {
        c.id: f"{numbers[c.item]} {c.start}-{c.end} “{' '.join(c.quote.split())}” [{c.id[:12]}] {c.modality}"
        for c in claims
    }


@dataclass(frozen=True)
class Desk:
    """What is loaded once for several charts."""

    store: Store
    eyes: Eyes
    every: Sequence[Decided]

    def charts(self) -> Iterable[Chart]:
        """A chart of each."""
        in_use = laws(self.store, self.eyes)
        for decided in self.every:
            h = decided.hypothesis
            pack = law_of(in_use, h.pack)
            group = self.person(h)
            machine = self.suggested(h, group)
            shelf = {ref: self.shown(ref, group) for ref in self._refs(decided, machine)}
            yield chart(
                decided,
                machine,
                shelf,
                self.weigh,
                present_elements(h, pack),
                self._changes(h, group),
                name=group.name if group else "",
                pack=pack.stamp,
            )

    # --- who and what

    def person(self, h: Hypothesis) -> ActorGroup | None:
        """Who the person of interest is now, as identity decisions have it, without the mentions; None where no text
        of these eyes names that person any more."""
        who = next((self._anchors[m].actor for m in (h.actor, *h.names) if m in self._anchors), h.actor)
        return self._people.get(who)

    def suggested(self, h: Hypothesis, group: ActorGroup | None) -> Suggestion | None:
        """What the machine suggests now of this person, crime and mode."""
        if group is None:
            return None
        key = (group.id, h.crime, h.mode)
        if key not in self._suggestions:
            self._suggestions[key] = self.store.ask(self.eyes, laid.of, *key)
        return self._suggestions[key]

    def weigh(self, ids: Sequence[str]) -> Weighed:
        """At most how many origins stand behind these claims."""
        claims = [self._claims[i] for i in ids if i in self._claims]
        if not claims:
            return Weighed()
        origins, untraced, hearsay = self._tracing.counted(claims)
        return Weighed(origins, untraced, hearsay, tuple(c.id for c in claims), self._tracing.starts(claims))

    def shown(self, ref: Ref, group: ActorGroup | None) -> Shown:
        """What one thing cited leads to."""
        if ref.kind is Kind.CLAIM:
            return self._claim(ref, group)
        return self._incident(ref, group) if ref.kind is Kind.INCIDENT else self._finding(ref)

    def _claim(self, ref: Ref, group: ActorGroup | None) -> Shown:
        claim = self._claims.get(ref.id)
        if claim is None:
            return Shown(ref=ref, words="", gone="it is not here, or not to be seen")
        row = self._items.get(claim.item)
        rejected = claim.status is Status.REJECTED
        return Shown(
            ref=ref,
            words=claim.quote,
            where=f"{row.number} {claim.start}-{claim.end}" if row else "",
            said_by=tuple(s.words for s in claim.speakers),
            modality=str(claim.modality),
            status=str(claim.status),
            claims=() if rejected else (claim.id,),
            mentions=mentions_of(claim),
            linked=self._only_by_machine(claim, group),
            unverified=self._unverified([claim]),
            within=row.compartment if row else "",
            retracted=self._retracted.get(claim.id, ""),
            flags=self._flags_of([claim]),
            gone="a person found that its words do not say this" if rejected else "",
        )

    def _incident(self, ref: Ref, group: ActorGroup | None) -> Shown:
        one = self._cited_incidents.get(ref.id)
        if one is None:
            return Shown(ref=ref, words="", gone="no claim of it is here, or to be seen")
        claims = [self._claims[c] for c in one.claims if c in self._claims and self._claims[c].asserts_event]
        compartments = {self._items[c.item].compartment for c in claims if c.item in self._items}
        return Shown(
            ref=ref,
            words=one.title,
            where=f"incident {one.id[:12]}, {len(claims)} claim(s) that it happened",
            claims=tuple(c.id for c in claims),
            mentions=tuple(sorted({m for c in claims for m in mentions_of(c)})),
            linked=any(self._only_by_machine(c, group) for c in claims),
            unverified=self._unverified(claims),
            within="+".join(sorted(compartments)),
            retracted=next((self._retracted[c.id] for c in claims if c.id in self._retracted), ""),
            flags=self._flags_of(claims),
        )

    def _finding(self, ref: Ref) -> Shown:
        d = self._findings.get(ref.id)
        if d is None:
            return Shown(ref=ref, words="", gone="the finding was withdrawn, or is not to be seen")
        says = str(d.payload.get("says") or f"found {d.payload.get('finds')}: {d.reason}")
        where = f"{d.kind} by {self._names.get(d.by, d.by)}, {d.at[:10]}"
        return Shown(ref=ref, words=says, where=where, status="signed")

    def within(self, ref: Ref) -> str:
        """The compartment in which something cited lies now; empty for a finding."""
        ids = [ref.id]
        if ref.kind is Kind.INCIDENT:
            ids = [c for i in self.store.ask(self.eyes, laid.incidents_of, ids) for c in i.claims]
        claims = self.store.claims(self.eyes, ids=ids) if ref.kind is not Kind.FINDING else []
        claims = [c for c in claims if ref.kind is Kind.CLAIM or c.asserts_event]
        rows = self.store.items(self.eyes, sorted({c.item for c in claims})) if claims else []
        return "+".join(sorted({r.compartment for r in rows}))

    # --- loaded once

    @cached_property
    def _anchors(self) -> dict[str, Bound]:
        """The actor of each mention that a hypothesis names its person by."""
        named = {m for one in self.every for m in (one.hypothesis.actor, *one.hypothesis.names)}
        return self.store.bound(self.eyes, named)

    @cached_property
    def _people(self) -> dict[str, ActorGroup]:
        ids = {b.actor for b in self._anchors.values()} | {one.hypothesis.actor for one in self.every}
        return {a.id: a for a in self.store.ask(self.eyes, laid.actors, ids)}

    @cached_property
    def _suggestions(self) -> dict[tuple[str, str, str], Suggestion | None]:
        return {}

    @cached_property
    def _cited_incidents(self) -> dict[str, Incident]:
        """By each of their claims, the incidents that are cited as such."""
        ids = {r.id for d in self.every for r in self._refs_of(d) if r.kind is Kind.INCIDENT}
        return {c: i for i in self.store.ask(self.eyes, laid.incidents_of, ids) for c in i.claims}

    @cached_property
    def _around(self) -> list[Incident]:
        """The incidents of what is cited here: their graphs say where accounts start."""
        return self.store.ask(self.eyes, laid.incidents_of, self._claims)

    @cached_property
    def _actors(self) -> list[ActorGroup]:
        """Whoever is named in what is cited here, with the mentions of it alone."""
        named = [p for c in self._claims.values() for p in (*parties(c), *c.speakers)]
        ids = {b.actor for b in self._named.values()}
        ids |= self.store.ask(self.eyes, laid.written, {p.words for p in named})
        held: dict[str, list[Membership]] = defaultdict(list)
        for mention, b in sorted(self._named.items()):
            held[b.actor].append(Membership(mention, b.reason))
        return [replace(a, members=tuple(held[a.id])) for a in self.store.ask(self.eyes, laid.actors, ids)]

    @cached_property
    def _named(self) -> dict[str, Bound]:
        """The actor of each mention in what is cited here, and why it is there."""
        met = {s.mention for c in self._claims.values() for s in c.speakers if s.mention}
        return self.store.bound(self.eyes, met | {m for c in self._claims.values() for m in mentions_of(c)})

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        """All claims cited anywhere in these hypotheses, rejected ones too."""
        ids: set[str] = set()
        for decided in self.every:
            for ref in self._refs_of(decided):
                if ref.kind is Kind.CLAIM:
                    ids.add(ref.id)
                elif ref.kind is Kind.INCIDENT and ref.id in self._cited_incidents:
                    ids.update(self._cited_incidents[ref.id].claims)
        return {c.id: c for c in self.store.claims(self.eyes, ids=ids)}

    @cached_property
    def _items(self) -> dict[str, ItemRow]:
        rows = self.store.items(self.eyes, sorted({c.item for c in self._claims.values()}))
        return {row.digest: row for row in rows}

    @cached_property
    def _tracing(self) -> Tracing:
        """Of the claims cited here alone: what else lies in the case changes no count of theirs."""
        standing = [c for c in self._claims.values() if c.status is not Status.REJECTED]
        situation = Situation.of(standing, self._actors, self._around, (), laws(self.store, self.eyes)[0])
        origins = self.store.ask(self.eyes, laid.origins_of, self._claims, {c.item for c in standing})
        return Tracing.of(situation, origins)

    @cached_property
    def _findings(self) -> dict[str, Decision]:
        return {d.id: d for kind in (FINDING, INFERENCE, CONTEXTUAL) for d in self.store.of_kind(self.eyes, kind)}

    @cached_property
    def _retracted(self) -> dict[str, str]:
        return retracting.marks(self.store, self.eyes)

    @cached_property
    def _flags(self) -> dict[str, tuple[str, ...]]:
        found = matrix_decided.flags(self.store, self.eyes)
        return {
            subject: tuple(f"{f.note} (noted by {self._names.get(f.by, f.by)})" for f in flags)
            for subject, flags in found.items()
        }

    @cached_property
    def _verified(self) -> frozenset[str]:
        sheets = assessing.sheets(self.store, self.eyes, assessing.ITEM)
        return frozenset(item for item, sheet in sheets.items() if sheet.state is Finds.VERIFIED)

    @cached_property
    def _names(self) -> dict[str, str]:
        return self.store.users()

    # --- small questions

    def _refs(self, decided: Decided, machine: Suggestion | None) -> list[Ref]:
        """Everything cited in a hypothesis, each once."""
        refs = [Ref(Kind.CLAIM, c) for c in decided.hypothesis.claims]
        refs += [Ref(Kind.INCIDENT, i) for i in decided.hypothesis.incidents]
        for cell in machine.cells if machine else ():
            refs += [*proposals(cell, Side.FOR), *proposals(cell, Side.AGAINST)]
        refs += [one.ref for one in decided.in_cells]
        refs += [ref for finding in (*decided.inferences, *decided.contextual) for ref in finding.cites]
        refs += [ref for assessment in decided.assessments for ref in assessment.cites]
        refs += [ref for seen in decided.seen for ref in seen.cites]
        refs += list(decided.closing.cites) if decided.closing else []
        refs += [Ref(Kind.FINDING, f.decision) for f in (*decided.inferences, *decided.contextual)]
        return list(dict.fromkeys(refs))

    def _refs_of(self, decided: Decided) -> list[Ref]:
        return self._refs(decided, self.suggested(decided.hypothesis, self.person(decided.hypothesis)))

    def _only_by_machine(self, claim: Claim, group: ActorGroup | None) -> bool:
        """True where the claim names the person by mentions that no person linked, and none that began the group."""
        if group is None:
            return False
        told = [self._named[m] for m in mentions_of(claim) if m in self._named]
        mine = [b for b in told if b.actor == group.id]
        return bool(mine) and all(by_machine(b.reason) for b in mine)

    def _unverified(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        items = sorted({c.item for c in claims} - self._verified)
        return tuple(sorted(self._items[i].number for i in items if i in self._items))

    def _flags_of(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        found = [flag for c in claims for on in (c.id, c.item) for flag in self._flags.get(on, ())]
        return tuple(dict.fromkeys(found))

    def _changes(self, h: Hypothesis, group: ActorGroup | None) -> Changes:
        if not h.at:  # nobody opened it: nothing changed since
            return Changes()
        members = frozenset(self.store.ask(self.eyes, laid.members, group.id)) if group else frozenset()
        around = members | {h.actor, *h.names}
        later = any(
            d.at > h.at and {str(d.payload["left"]), str(d.payload["right"])} & around
            for d in self._identity
        )  # fmt: skip
        return Changes(members=members, identity=later)

    @cached_property
    def _identity(self) -> list[Decision]:
        """Decisions on who is who. (What an undoing took away shows by the mentions that are the person no more.)"""
        return [d for d in self.store.of_kind(self.eyes, "identity") if d.payload.get("kind") == "actor"]


def laws(store: Store, eyes: Eyes) -> tuple[LawPack, ...]:
    """The law packs that are in use in this case now."""
    return packs(store, eyes)


def law_of(in_use: Sequence[LawPack], stamp: str) -> LawPack:
    """The pack of the same name as the one with this stamp, as it is now; the first where none is called so."""
    return next((p for p in in_use if p.name == stamp.split(" ", maxsplit=1)[0]), in_use[0])


def present_elements(h: Hypothesis, pack: LawPack) -> dict[Slot, Element]:
    """The elements of this crime and mode in the law pack in use now; those of a part it lacks are not there."""
    crimes = {c.id: c.elements for c in pack.crimes}.get(h.crime, ())
    modes = {m.id: m.elements for m in pack.modes}.get(h.mode, ())
    return {Slot(CRIME, e.no): e for e in crimes} | {Slot(MODE, e.no): e for e in modes}


def mentions_of(claim: Claim) -> tuple[str, ...]:
    """The mentions that a claim names in any role, or as an end of a tie."""
    found = [p.mention for p in parties(claim) if p.mention]
    if claim.tie is not None:
        found += [end.mention for end in (claim.tie.left, claim.tie.right) if end.mention]
    return tuple(dict.fromkeys(found))
