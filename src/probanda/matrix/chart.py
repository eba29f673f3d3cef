"""A hypothesis charted: every element with both columns, who put what there, and where it stands in plain words.

Start with `chart`. Both columns are always there, and an empty one says who looked (requirements B7, C1). The status is
a few words that follow from what is there; no score, no probability, and nothing is ever weighed against anything else
(C8). An element is open until a person has assessed it at a stage on what still stands; a matrix with an
open element, contextual ones included, is never complete.

Looks down to: matrix (hypothesis, standing, marks, model), law. Used by: matrix (gaps), reports, casework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from probanda.kernel.vocabulary import Side
from probanda.law.model import Element
from probanda.matrix.hypothesis import (
    MODE,
    UNWEIGHED,
    Act,
    Assessment,
    Charted,
    Decided,
    Finding,
    InCell,
    Kind,
    Ref,
    Says,
    Search,
    Shelf,
    Shown,
    Slot,
    Task,
    Verdict,
    Weighed,
)
from probanda.matrix.marks import Changes, Mark, marks_of
from probanda.matrix.model import Bearing, Cell, Role, Suggestion
from probanda.matrix.standing import Standing

Weigh = Callable[[Sequence[str]], Weighed]
"""Counts the origins behind claims (ids)."""

NOTHING, HEARSAY, INFERRED = "nothing", "hearsay only", "inferred, no claim of its own"
NOBODY = "assessed by nobody"
NOBODY_LOOKED = "Nobody looked."
ROLES = {"contextual": Role.CONTEXTUAL, MODE: Role.LINKAGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a cell: what it is, what it is for, and who put it there or which rule proposed it."""

    shown: Shown
    side: Side
    role: Role
    bearing: Bearing
    note: str = ""
    rule: str = ""
    """Name of the rule that proposes it; empty where none does."""
    says: str = ""
    """What that rule says: why it stands here, and what it does not show."""
    put: Act | None = None
    """The person's decision that put it there; None where only a rule proposes it."""

    @property
    def ref(self) -> Ref:
        """What is cited."""
        return self.shown.ref

    @property
    def counts(self) -> bool:
        """False once what is cited was rejected, withdrawn, destroyed, or cannot be seen."""
        return not self.shown.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """Something that a person took out of a cell, to be seen as such."""

    shown: Shown
    act: InCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An inference or a contextual finding in a cell, and why it no longer stands where it does not."""

    finding: Finding
    basis: tuple[Shown, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """An assessment, and what it rested on that is gone since."""

    assessment: Assessment
    broken: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True while everything the cell held then still stands."""
        return not self.broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One element with both columns."""

    element: Charted
    supporting: tuple[Entry, ...] = ()
    against: tuple[Entry, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    """Inferences in this cell, and findings on its common element."""
    taken: tuple[TakenOut, ...] = ()
    searches: tuple[Search, ...] = ()
    rule_for: bool = False
    """True where a rule went through the claims for support."""
    rule_against: bool = False
    reason: str = ""
    """What the rule took for support, and what that does not show."""
    unlisted: int = 0
    """Claims that the rule found beyond those listed."""
    assessed: tuple[Assessed, ...] = ()
    for_weight: Weighed = UNWEIGHED
    against_weight: Weighed = UNWEIGHED
    tasks: tuple[Task, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def slot(self) -> Slot:
        """Where it stands."""
        return self.element.slot

    @property
    def contextual(self) -> bool:
        """True for the setting of the crime: the armed conflict, the attack."""
        return self.element.type == "contextual"

    def column(self, side: Side) -> tuple[Entry, ...]:
        """One of the two columns."""
        return self.supporting if side is Side.FOR else self.against

    def rules(self, side: Side) -> tuple[tuple[str, str], ...]:
        """Names of the rules that propose something in that column, each with what it says."""
        return tuple(dict.fromkeys((e.rule, e.says) for e in self.column(side) if e.rule))

    def standing(self, side: Side) -> tuple[Entry, ...]:
        """What of that column still counts."""
        return tuple(e for e in self.column(side) if e.counts)

    def findings(self, side: Side) -> tuple[Drawn, ...]:
        """Findings of that column that stand."""
        return tuple(d for d in self.drawn if d.finding.side is side and not d.broken)

    @property
    def holds(self) -> tuple[Ref, ...]:
        """All that stands in it, on both sides, each once."""
        refs = [e.ref for side in Side for e in self.standing(side)]
        refs += [Ref(Kind.FINDING, d.finding.decision) for side in Side for d in self.findings(side)]
        return tuple(dict.fromkeys(refs))

    @property
    def open(self) -> bool:
        """True until a person found it met, or not met, on what still stands."""
        return not any(a.holds and a.assessment.says is not Says.OPEN for a in self.assessed)

    @property
    def evidence(self) -> str:
        """Where the evidence stands, in words; counts of origins are `at most`, and never become one figure (C8)."""
        held = [self.standing(side) or self.findings(side) for side in Side]
        if not any(held):
            return NOTHING
        if not self.standing(Side.FOR) and self.findings(Side.FOR) and not held[1]:
            return INFERRED
        if self.standing(Side.FOR) and self.for_weight.hearsay and not held[1]:
            return HEARSAY
        return f"for: {self._counted(Side.FOR)}; against: {self._counted(Side.AGAINST)}"

    def _counted(self, side: Side) -> str:
        """At most how many origins, and what is untraced, of one side; the two sides are never set off."""
        weight = self.for_weight if side is Side.FOR else self.against_weight
        if not self.standing(side):
            return "a finding alone" if self.findings(side) else NOTHING
        if not weight.claims:
            return "a finding alone"
        return f"at most {_many(weight.origins)}, {weight.untraced} untraced"

    def status(self, names: Mapping[str, str]) -> str:
        """Evidence and assessments in one line; `names`: users by id."""
        told = [
            f"{a.assessment.says}, assessed at “{a.assessment.stage}” by {names.get(a.assessment.by, a.assessment.by)}"
            + ("" if a.holds else " (reopened)")
            for a in self.assessed
        ]
        return "; ".join([self.evidence, *(told or [NOBODY])])

    def looked(self, side: Side, names: Mapping[str, str]) -> tuple[str, ...]:
        """Who looked for this side, where and when; of an empty side, that nobody did."""
        told = [
            f"{s.who} looked in {s.where} on {s.when}: {s.found or 'nothing found'}{_inquiry(s)}."
            for s in self.searches
            if s.side is side
        ]
        ruled = self.rule_for if side is Side.FOR else self.rule_against
        if not self.column(side) and not self.findings(side):
            told = told or [NOBODY_LOOKED]
            if any(t.act.side is side for t in self.taken):
                return (*told, "All that stood here was taken out.")
            told.append(
                "A rule went through the claims read so far and proposes nothing."
                if ruled
                else "No rule looks for this either."
            )
        return tuple(told)


def _inquiry(s: Search) -> str:
    """Which inquiry it was part of."""
    if not s.inquiry:
        return ""
    return f" (inquiry {s.inquiry[:12]}: {s.question})" if s.question else f" (inquiry {s.inquiry[:12]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One hypothesis with every element, as one user sees it. No sum of any kind."""

    decided: Decided
    name: str
    """Who the person is called now."""
    rows: tuple[Row, ...]
    machine: Suggestion | None = None
    """What the machine suggests of the same person, crime and mode now."""
    marks: tuple[Mark, ...] = ()
    """Marks on the hypothesis as a whole: elements that a newer pack has and this one lacks."""
    pack: str = ""
    """Stamp of the pack that is in use now."""

    @property
    def open(self) -> tuple[Row, ...]:
        """Elements nobody has assessed on what still stands, contextual ones included."""
        return tuple(r for r in self.rows if r.open)

    @property
    def complete(self) -> bool:
        """True where no element is open."""
        return not self.open

    @property
    def says_open(self) -> str:
        """Which elements are open, in words."""
        if self.complete:
            return "Every element was assessed by a person."
        told = [r.slot.called + (" (contextual)" if r.contextual else "") for r in self.open]
        return f"Not complete. Open: {', '.join(told)}."

    def row(self, slot: Slot) -> Row | None:
        """The row of this element; None where the hypothesis has none."""
        return next((r for r in self.rows if r.slot == slot), None)


def chart(
    decided: Decided,
    machine: Suggestion | None,
    shelf: Shelf,
    weigh: Weigh,
    present: Mapping[Slot, Element],
    changes: Changes,
    *,
    name: str = "",
    pack: str = "",
) -> Chart:
    """Chart one hypothesis.

    `machine`: what is suggested now of the same person, crime and mode; `shelf`: what everything cited leads to;
    `present`: the elements of the pack in use now, where it still has the crime and mode; `changes`: what
    changed around the hypothesis since it was opened.
    """
    cells = {Slot(c.part, c.element): c for c in machine.cells} if machine else {}
    standing = Standing(decided, shelf)
    rows = [_row(decided, element, cells.get(element.slot), standing, weigh) for element in decided.hypothesis.elements]
    marked = tuple(_marked(decided, row, cells.get(row.slot), standing, present, changes) for row in rows)
    return Chart(
        decided=decided,
        name=name or decided.hypothesis.actor_name,
        rows=marked,
        machine=machine,
        marks=_unlaid(decided, present),
        pack=pack,
    )


def _row(decided: Decided, element: Charted, cell: Cell | None, standing: Standing, weigh: Weigh) -> Row:
    slot = element.slot
    taken = standing.taken(slot)
    columns = {side: _column(decided, element, side, cell, standing) for side in Side}
    drawn = [
        Drawn(finding=f, basis=tuple(standing.shown(r) for r in f.cites), broken=standing.broken(f, slot))
        for f in (*decided.inferences, *decided.contextual)
        if f.slot == slot or (f.key is not None and f.key == element.common_key)
    ]
    assessed = [
        Assessed(assessment=a, broken=standing.lost(a.cites, slot)) for a in decided.assessments if a.slot == slot
    ]
    return Row(
        element=element,
        supporting=columns[Side.FOR],
        against=columns[Side.AGAINST],
        drawn=tuple(drawn),
        taken=tuple(TakenOut(shown=standing.shown(t.ref), act=t) for t in taken.values()),
        searches=tuple(s for s in decided.searches if s.slot == slot),
        rule_for=cell is not None and cell.searched_for,
        rule_against=cell is not None and cell.searched_against,
        reason=cell.reason if cell else "",
        unlisted=cell.unlisted if cell else 0,
        assessed=tuple(assessed),
        for_weight=weigh(_claims(columns[Side.FOR])),
        against_weight=weigh(_claims(columns[Side.AGAINST])),
        tasks=tuple(t for t in decided.tasks if t.slot == slot),
    )


def _claims(entries: Sequence[Entry]) -> list[str]:
    return sorted({c for e in entries if e.counts for c in e.shown.claims})


def _column(decided: Decided, element: Charted, side: Side, cell: Cell | None, standing: Standing) -> tuple[Entry, ...]:
    """What the rules propose and persons put there, without what persons took out; what is put stands first."""
    slot = element.slot
    proposed = proposals(cell, side)
    role = cell.role if cell else ROLES.get(element.type, ROLES.get(element.part, Role.CRIME_BASE))
    rules = {i: p for p in (cell.placed if cell else ()) if p.side is side for i in p.claims}
    put = {
        p.ref: p for p in decided.in_cells if p.slot == slot and p.side is side and p.verdict is Verdict.PUT
    }  # fmt: skip
    out = {ref for ref, act in standing.taken(slot).items() if act.side is side} - put.keys()
    entries = []
    for ref in (*put, *(r for r in proposed if r not in put and r not in out)):
        one, rule = put.get(ref), rules.get(ref.id)
        proposed_as = rule.role if rule else role
        entries.append(
            Entry(
                shown=standing.shown(ref),
                side=side,
                role=one.role if one and one.role else proposed_as,
                bearing=one.bearing if one and one.bearing else rule.bearing if rule else Bearing.DIRECT,
                note=one.note if one else "",
                rule=rule.rule if rule else "",
                says=rule.says if rule else "",
                put=one,
            )
        )
    return tuple(entries)


def proposals(cell: Cell | None, side: Side) -> tuple[Ref, ...]:
    """What the rules propose for one side of a cell."""
    ids = () if cell is None else cell.supporting if side is Side.FOR else cell.against
    return tuple(Ref(Kind.CLAIM, i) for i in ids)


def _marked(
    decided: Decided,
    row: Row,
    cell: Cell | None,
    standing: Standing,
    present: Mapping[Slot, Element],
    changes: Changes,
) -> Row:
    now = {ref for side in Side for ref in proposals(cell, side)}
    cited = {e.ref: e.shown for side in Side for e in row.column(side)}
    cited |= {s.ref: s for d in row.drawn for s in d.basis}
    found = marks_of(decided, row.element, present, now, cited, standing, changes)
    return replace(row, marks=found)


def _unlaid(decided: Decided, present: Mapping[Slot, Element]) -> tuple[Mark, ...]:
    """Elements that the pack in use now has, and this hypothesis was opened without."""
    known = {e.slot for e in decided.hypothesis.elements}
    return tuple(
        Mark(f"pack:{slot.called}", "pack", f"The pack has an element {slot.called} now: {element.text}")
        for slot, element in sorted(present.items(), key=lambda one: one[0])
        if slot not in known
    )


def _many(count: int) -> str:
    return f"{count} origin" + ("" if count == 1 else "s")
