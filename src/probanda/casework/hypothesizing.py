"""What persons do in a case matrix: open and close a hypothesis, put and take, conclude, assess, search, flag.

Start with `open_`, then `put` and `assess`. Each deed is one decision (opening also records what was seen), with a
reason, undone by `undo`, and replaces what stood in the same place. Conclusions and assessments are signed with their
author's key. What would fill a gap is in `tasking`.

Looks down to: matrix_charts, matrix_decided, assessing, sorting, decide, store, matrix, law. Used by: cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from probanda.access.eyes import OPEN, Eyes
from probanda.access.rules import Permission, demand
from probanda.casework import matrix_charts, matrix_decided
from probanda.casework.assessing import Subject, signature
from probanda.casework.decide import called
from probanda.casework.law_packs import keeping
from probanda.casework.sorting import one_incident
from probanda.kernel.digests import random_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import MentionKind, Side
from probanda.law.model import Crime, LawPack, Mode, Stage
from probanda.law.pack import SHIPPED
from probanda.matrix.chart import Chart, Row, proposals
from probanda.matrix.hypothesis import CRIME, MODE, Charted, Decided, Kind, Ref, Says, Slot, Verdict
from probanda.matrix.model import Bearing, Cell, Role, Suggestion
from probanda.store import laid, listed
from probanda.store.codec import plain
from probanda.store.erasing import SIGNED
from probanda.store.model import Deed
from probanda.store.projection import (
    ADMISSIBILITY,
    CELL_ASSESSMENT,
    CELL_SEARCH,
    CLOSING,
    CONTEXTUAL,
    FINDING,
    HYPOTHESIS,
    IN_CELL,
    INFERENCE,
    INQUIRY,
    MATRIX_SEEN,
)
from probanda.store.store import Store

SHORTEST_ID = 6
"""Letters of an id that are enough to name a suggestion or a finding."""
COMMON = "common:"
"""How the subject of a finding begins that serves every cell of a common element."""
PERSONS = frozenset({MentionKind.PERSON, MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE})


# --- opening and closing --------------------------------------------------------------------------


def open_(
    store: Store, eyes: Eyes, reason: str, *, suggestion: str | None = None, person: str | None = None,
    crime: str | None = None, mode: str | None = None, incidents: Sequence[str] = (),
) -> str:  # fmt: skip
    """Open a hypothesis, from a suggestion or on a person, crime and mode; gives its id.

    It keeps the elements as the law pack has them now, and what the machine proposes in each cell counts as seen. Its
    labels are those of the claims it is opened on. Raises NotFound, WrongUsage; ProbandaError where the same person,
    crime, mode and incidents are open already.
    """
    if suggestion is not None:
        if person or crime or mode:
            raise WrongUsage("A suggestion says whom, which crime and which mode.", "Give it alone, or the three.")
        one = _suggestion(store, eyes, suggestion)
        found: Suggestion | None = one
        who, name, kind, which, how = one.actor, one.actor_name, one.actor_kind, one.crime, one.mode
    else:
        if not (person and crime and mode):
            raise WrongUsage(
                "What is opened?",
                "Name a suggestion of `probanda matrix`, or give --person NAME --crime ID --mode ID.",
            )
        group = _person(store, eyes, person)
        who, name, kind, which, how = group.id, group.name, group.kind.value, crime, mode
        found = store.ask(eyes, laid.of, who, crime, mode)
    pack, crimes, modes = _law(store, eyes, which, how, found.pack if found else "")
    ids = tuple(sorted({one_incident(store, eyes, i).id for i in incidents})) or (found.incidents if found else ())
    told = {
        **_who(store, eyes, who, found),
        "actor_name": name, "actor_kind": kind, "crime": crimes.id, "crime_title": crimes.title, "mode": modes.id,
        "mode_title": modes.title, "article": crimes.article, "pack": pack.stamp,
        "elements": [plain(e) for e in _elements(crimes, modes)], "claims": list(found.claims if found else ()),
        "incidents": list(ids), "suggestion": found.id if found else None,
    }  # fmt: skip
    _not_twice(store, eyes, told)
    id_ = random_id()
    deeds = keeping(store, eyes) if pack.name == SHIPPED else []
    deeds += [Deed(kind=HYPOTHESIS, subject=id_, payload=told, reason=reason, id=id_)]
    for slot, refs in _proposed(store, eyes, (told["actor"], *told["names"]), crimes.id, modes.id).items():
        deeds += _seen_deeds(store, eyes, id_, slot, refs, (), told["names"])
    record(store, eyes, deeds)
    return id_


def close(store: Store, eyes: Eyes, name: str, reason: str, cites: Sequence[str] = ()) -> str:
    """Close a hypothesis with its reason, and what that rests on; `undo` opens it again. Gives the decision's id."""
    one = _to_work_on(store, eyes, name)
    refs = [plain(cited(store, eyes, c)) for c in cites]
    return record(
        store, eyes, [Deed(kind=CLOSING, subject=one.hypothesis.id, payload={"cites": refs}, reason=reason)]
    )[0]  # fmt: skip


def _suggestion(store: Store, eyes: Eyes, name: str) -> Suggestion:
    fits = store.ask(eyes, laid.begun_with, name)
    if not fits:
        raise NotFound("suggestion", name, "probanda matrix")
    if len(fits) > 1:
        raise WrongUsage(f"{name} begins several ids of suggestions.", "Give more of its letters.")
    return fits[0]


def _person(store: Store, eyes: Eyes, name: str) -> Any:
    groups = [g for g in called(store, eyes, name) if g.kind in PERSONS]
    if len(groups) != 1:
        many = "several" if groups else "no person, unit, body or State"
        raise WrongUsage(f"{name} can mean {many} here.", f"See `probanda actors show {name!r}`, and give an id.")
    return groups[0]


def _law(store: Store, eyes: Eyes, crime: str, mode: str, stamp: str) -> tuple[LawPack, Crime, Mode]:
    """Crime and mode, with the pack that has them: that of a suggestion, else the first that has the crime."""
    packs = matrix_charts.laws(store, eyes)
    with_crime = [p for p in packs if any(c.id == crime for c in p.crimes)]
    pack = matrix_charts.law_of(with_crime or packs, stamp)
    crimes = {c.id: c for c in pack.crimes}
    modes = {m.id: m for m in pack.modes}
    if crime not in crimes:
        raise NotFound("crime", crime, "probanda law list")
    if mode not in modes:
        fits = [m for m in modes if m.startswith(mode)]
        if len(fits) != 1:
            raise WrongUsage(f"{mode!r} is no mode of liability.", f"Modes: {'; '.join(modes)}.")
        mode = fits[0]
    if not modes[mode].fits(crimes[crime]):
        raise WrongUsage(f"The Statute has no {mode} for {crime}.", "See `probanda law show` of the mode.")
    return pack, crimes[crime], modes[mode]


def _elements(crime: Crime, mode: Mode) -> list[Charted]:
    return [
        Charted(part=part, no=e.no, type=e.type, text=e.text, common_key=e.common_key, fill=e.fill,
                undermine=e.undermine)
        for part, elements in ((CRIME, crime.elements), (MODE, mode.elements))
        for e in elements
    ]  # fmt: skip


def _who(store: Store, eyes: Eyes, actor: str, found: Suggestion | None) -> dict[str, Any]:
    """The anchor of the person, and the mentions by which the claims name that person.

    The anchor is a mention in a claim the hypothesis cites, else one in an open item: it shall not be hidden by an
    item that it does not rest on.
    """
    members = set(store.ask(eyes, laid.members, actor))
    claims = store.claims(eyes, ids=found.claims) if found else []
    names = sorted({m for c in claims for m in matrix_charts.mentions_of(c)} & members)
    if names:
        return {"actor": names[0], "names": names}
    open_ = {m.id for m in store.ask(eyes.only_open(), listed.mentioned, members)}
    return {"actor": min(open_) if open_ else actor, "names": []}


def _not_twice(store: Store, eyes: Eyes, told: Mapping[str, Any]) -> None:
    every = matrix_decided.decided(store, eyes)
    known = store.bound(eyes, {str(told["actor"]), *(one.hypothesis.actor for one in every)})
    group_of = {mention: one.actor for mention, one in known.items()}
    for one in every:
        h = one.hypothesis
        same = (h.crime, h.mode, list(h.incidents)) == (told["crime"], told["mode"], told["incidents"])
        who = group_of.get(h.actor, h.actor) == group_of.get(told["actor"], told["actor"])
        if one.closing is None and same and who:
            raise ProbandaError(
                f"That is open already: {h.id[:12]}, of {h.at[:10]}.", f"See it: `probanda matrix show {h.id[:12]}`."
            )


# --- cells ----------------------------------------------------------------------------------------


def put(
    store: Store, eyes: Eyes, name: str, element: str, side: str, what: str, reason: str, *, incident: bool = False,
    role: str | None = None, bearing: str | None = None, note: str = "",
) -> str:  # fmt: skip
    """Put a claim, an incident or a finding on one side of a cell; gives the decision's id."""
    chart, one = row_of(store, eyes, name, element)
    ref = cited(store, eyes, what, incident=incident)
    if any(e.ref == ref and e.put is not None for e in one.column(_side(side))):
        raise WrongUsage(f"{what} stands there already.", f"See it: `probanda matrix show {name}`.")
    told = how_it_stands(store, eyes, chart, ref, role, bearing, note)
    return record(store, eyes, [in_cell(chart, one, _side(side), Verdict.PUT, ref, told, reason)])[0]


def how_it_stands(
    store: Store, eyes: Eyes, chart: Chart, ref: Ref, role: str | None = None, bearing: str | None = None,
    note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """What is recorded of something beside the cell it is put into: role, bearing, note, the walls it lies behind."""
    return {
        "role": one_of(Role, role, "role"), "bearing": one_of(Bearing, bearing, "bearing"), "note": note,
        "within": matrix_charts.Desk(store, eyes, [chart.decided]).within(ref),
    }  # fmt: skip


def take(store: Store, eyes: Eyes, name: str, element: str, what: str, reason: str, side: str | None = None) -> str:
    """Take something out of a cell, whoever put it there or whichever rule proposed it; it stays to be seen."""
    chart, row = row_of(store, eyes, name, element)
    sides = [_side(side)] if side else list(Side)
    found = [(s, e.ref) for s in sides for e in row.column(s) if _begins(e.ref.id, what)]
    if not found:
        raise WrongUsage(f"{what} does not stand in element {row.slot.called}.", f"See `probanda matrix show {name}`.")
    if len(found) > 1:
        raise WrongUsage(f"{what} stands there more than once.", "Say which: --side for or --side against; or the id.")
    at, ref = found[0]
    return record(store, eyes, [in_cell(chart, row, at, Verdict.TAKEN, ref, {}, reason)])[0]


def in_cell(
    chart: Chart, row: Row, side: Side, verdict: Verdict, ref: Ref, told: Mapping[str, Any], reason: str
) -> Deed:
    """One deed in place of what was decided of the same thing on the same side of this cell."""
    over = tuple(
        p.decision for p in chart.decided.in_cells if p.slot == row.slot and p.side is side and p.ref == ref
    )  # fmt: skip
    payload = {**_at(row.slot), "side": str(side), "verdict": str(verdict), "cites": [plain(ref)], **told}
    return Deed(kind=IN_CELL, subject=chart.decided.hypothesis.id, payload=payload, reason=reason, over=over)


def cited(store: Store, eyes: Eyes, name: str, *, incident: bool = False) -> Ref:
    """What a person means by an id: a claim, else a finding (by its decision); with `incident` an incident."""
    if incident:
        return Ref(Kind.INCIDENT, one_incident(store, eyes, name).id)
    try:
        return Ref(Kind.CLAIM, store.claim(eyes, name).id)
    except NotFound:
        made = [d.id for kind in (FINDING, INFERENCE, CONTEXTUAL) for d in store.of_kind(eyes, kind)]
        fits = [id_ for id_ in made if _begins(id_, name)]
        if len(fits) == 1:
            return Ref(Kind.FINDING, fits[0])
        raise NotFound("claim or finding", name, "probanda claims list") from None


# --- conclusions and assessments ------------------------------------------------------------------


def infer(
    store: Store, eyes: Eyes, name: str, element: str, says: str, basis: Sequence[str], reason: str, *,
    side: str = "for", standard: str | None = None,
) -> str:  # fmt: skip
    """Draw a conclusion on one element from a basis: a signed finding of its own (C6). Gives the decision's id.

    Each thing of the basis is the id of a claim or finding, or `incident:ID`.
    """
    chart, row = row_of(store, eyes, name, element)
    told = {**_at(row.slot), **_conclusion(store, eyes, says, basis, side, standard)}
    return _signed(store, eyes, INFERENCE, chart.decided.hypothesis.id, told, reason)


def find(
    store: Store, eyes: Eyes, key: str, says: str, basis: Sequence[str], reason: str, *, side: str = "for",
    standard: str | None = None,
) -> str:  # fmt: skip
    """Find something on an element that many crimes share, such as the armed conflict: signed, shown in each cell."""
    packs = matrix_charts.laws(store, eyes)
    elements = [e for pack in packs for part in (pack.crimes, pack.modes) for c in part for e in c.elements]
    keys = sorted({e.common_key for e in elements if e.common_key})
    if key not in keys:
        raise WrongUsage(f"No element is called {key!r}.", f"Elements that several crimes share: {', '.join(keys)}.")
    told = {"key": key, **_conclusion(store, eyes, says, basis, side, standard)}
    return _signed(store, eyes, CONTEXTUAL, COMMON + key, told, reason)


def _conclusion(
    store: Store, eyes: Eyes, says: str, basis: Sequence[str], side: str, standard: str | None
) -> dict[str, Any]:
    if not says.strip():
        raise WrongUsage("What is concluded?", "Say it: --says 'he knew of the order'.")
    if not basis:
        raise WrongUsage(
            "A conclusion has a basis, and falls with it.", "Name each claim or finding it rests on: --basis ID."
        )
    refs = [based_on(store, eyes, one) for one in basis]
    return {"says": says, "side": str(_side(side)), "standard": standard,
            "cites": [plain(r) for r in dict.fromkeys(refs)]}  # fmt: skip


def based_on(store: Store, eyes: Eyes, name: str) -> Ref:
    """One thing of a basis: the id of a claim or finding, or `incident:ID`."""
    if name.startswith("incident:"):
        return cited(store, eyes, name.removeprefix("incident:"), incident=True)
    return cited(store, eyes, name)


def assess(store: Store, eyes: Eyes, name: str, element: str, says: str, stage: str, reason: str) -> str:
    """Say of an element whether it is met at a stage's standard: signed, with what the cell holds now (C8).

    Raises WrongUsage for an unknown stage; ProbandaError where nothing stands in a cell that is said to be met.
    """
    chart, row = row_of(store, eyes, name, element)
    held, said = row.holds, Says(str(one_of(Says, says, "answer")))
    if said is Says.MET and not held:
        raise ProbandaError(
            f"Nothing stands in element {row.slot.called}, so nothing can be found met on it.",
            f"Put something there: `probanda matrix put {name} {row.slot.called} for CLAIM --reason TEXT`.",
        )
    pack = matrix_charts.law_of(matrix_charts.laws(store, eyes), chart.decided.hypothesis.pack)
    at = _stage(pack, stage)
    mine = [
        a.decision for a in chart.decided.assessments
        if a.slot == row.slot and a.stage == at.stage and a.by == eyes.user
    ]  # fmt: skip
    told = {**_at(row.slot), "stage": at.stage, "standard": at.standard, "says": str(said), "assessor": eyes.user,
            "pack": pack.stamp, "cites": [plain(r) for r in held]}  # fmt: skip
    return _signed(store, eyes, CELL_ASSESSMENT, chart.decided.hypothesis.id, told, reason, over=mine)


def _stage(pack: LawPack, name: str) -> Stage:
    """A stage by its rank or the beginning of its name. Raises WrongUsage, naming all."""
    stages = pack.stages
    fits = [s for s in stages if name == str(s.rank) or s.stage.startswith(name.strip().casefold())]
    if len(fits) != 1:
        told = "; ".join(f"{s.rank} {s.stage} ({s.standard}, art. {s.article})" for s in stages)
        raise WrongUsage(f"{name!r} names no one stage.", f"Stages: {told}.")
    return fits[0]


# --- searches, marks, flags -----------------------------------------------------------------------


def searched(
    store: Store, eyes: Eyes, name: str, element: str, side: str, where: str, when: str, *, found: str = "",
    who: str | None = None, inquiry: str | None = None, reason: str = "",
) -> str:  # fmt: skip
    """Record that somebody looked for something on one side of a cell, where, when, and what came of it.

    `inquiry`: the id of the one it was part of; what is left empty is then told from what it has come to.
    """
    chart, row = row_of(store, eyes, name, element)
    if inquiry is None and not (where.strip() and when.strip()):
        raise WrongUsage(
            "Where and when was it looked for?",
            "Say --where 'the court files' --when 2031-09-01, or name the inquiry: --inquiry ID.",
        )
    told = {**_at(row.slot), "side": str(_side(side)), "where": where, "when": when, "found": found,
            "who": who or store.users().get(eyes.user, eyes.user), INQUIRY: inquiry or ""}  # fmt: skip
    deed = Deed(kind=CELL_SEARCH, subject=chart.decided.hypothesis.id, payload=told, reason=reason)
    return record(store, eyes, [deed])[0]


def seen(store: Store, eyes: Eyes, name: str, element: str | None = None, reason: str = "") -> int:
    """Say that the marks of a cell were seen, or of all cells; gives how many marks. Nothing else changes."""
    one = _to_work_on(store, eyes, name)
    chart = next(iter(matrix_charts.Desk(store, eyes, [one]).charts()))
    rows = chart.rows if element is None else (_of(chart, element),)
    h = one.hypothesis
    proposed = _proposed(store, eyes, (h.actor, *h.names), h.crime, h.mode)
    names = _names_now(store, eyes, chart)
    deeds = []
    for row in rows:
        if row.marks:
            keys = [m.key for m in row.marks]
            deeds += _seen_deeds(store, eyes, h.id, row.slot, proposed.get(row.slot, ()), keys, names, reason)
    if deeds:
        record(store, eyes, deeds)
    return sum(len(row.marks) for row in rows)


def flag(store: Store, eyes: Eyes, about: Subject, note: str, reason: str) -> str:
    """Note that an item or claim is said to have been gained by a breach of rights (I4; art. 69(7)).

    The flag decides nothing: it is shown in every cell in which the claim stands. `undo` takes it away.
    """
    if about.on not in ("item", "claim"):
        raise WrongUsage("An item or a claim can be gained by a breach of rights.", "Name one of the two.")
    if not note.strip():
        raise WrongUsage("What is said of how it was gained?", "Say it: --note 'taken without a warrant'.")
    over = tuple(d.id for d in store.standing(eyes, about.id, ADMISSIBILITY))
    told = {"on": about.on, "note": note}
    return record(
        store, eyes, [Deed(kind=ADMISSIBILITY, subject=about.id, payload=told, reason=reason, over=over)]
    )[0]  # fmt: skip


def _seen_deeds(
    store: Store, eyes: Eyes, id_: str, slot: Slot, refs: Iterable[Ref], keys: Sequence[str], names: Sequence[str],
    reason: str = "",
) -> list[Deed]:  # fmt: skip
    """What was seen of a cell, one deed for each compartment its claims lie in, so that who may not see the one still
    sees the other. Marks go with the claim they are about; those about no claim here with what is open."""
    claims = {c.id: c for c in store.claims(eyes, ids={r.id for r in refs} | set(_ids_in(keys)))}
    rows = {r.digest: r.compartment for r in store.items(eyes, {c.item for c in claims.values()})}
    inside = {id_: rows[c.item] for id_, c in claims.items()}
    groups: dict[str, tuple[list[Ref], list[str]]] = defaultdict(lambda: ([], []))
    for ref in refs:
        groups[inside.get(ref.id, OPEN)][0].append(ref)
    for key in keys:
        about = next((i for i in _ids_in([key]) if i in inside), None)
        groups[inside[about] if about else OPEN][1].append(key)
    deeds = []
    for within, (held, marks) in sorted(groups.items()):
        also = [i for key in marks for i in _ids_in([key]) if i in inside]
        said = {m for i in {*(r.id for r in held), *also} for m in matrix_charts.mentions_of(claims[i])}
        told = {**_at(slot), "marks": marks, "within": within, "names": sorted(said & set(names)),
                "cites": [plain(r) for r in dict.fromkeys([*held, *(Ref(Kind.CLAIM, i) for i in also)])]}  # fmt: skip
        deeds.append(Deed(kind=MATRIX_SEEN, subject=id_, payload=told, reason=reason))
    return deeds


def _ids_in(keys: Iterable[str]) -> list[str]:
    """Ids of the claims that keys of marks speak of."""
    return [part for key in keys if not key.startswith("pack:") for part in key.split(":")[1:2]]


def _names_now(store: Store, eyes: Eyes, chart: Chart) -> list[str]:
    """All mentions that are the person now."""
    person = matrix_charts.Desk(store, eyes, [chart.decided]).person(chart.decided.hypothesis)
    return store.ask(eyes, laid.members, person.id) if person else []


# --- small pieces ---------------------------------------------------------------------------------


def record(store: Store, eyes: Eyes, deeds: Sequence[Deed]) -> list[str]:
    """Record deeds of somebody who may decide; gives their ids."""
    demand(store.user(eyes.user), Permission.DECIDE)
    return store.record(eyes, deeds)


def _signed(
    store: Store, eyes: Eyes, kind: str, subject: str, told: dict[str, Any], reason: str, over: Sequence[str] = ()
) -> str:
    demand(store.user(eyes.user), Permission.DECIDE)
    told[SIGNED] = signature(store, eyes, kind, subject, told, reason)
    return store.record(eyes, [Deed(kind=kind, subject=subject, payload=told, reason=reason, over=tuple(over))])[0]


def _to_work_on(store: Store, eyes: Eyes, name: str) -> Decided:
    """A hypothesis that is not closed. Raises NotFound; ProbandaError for a closed one."""
    one = matrix_decided.one(store, eyes, name)
    if one.closing is not None:
        raise ProbandaError(
            f"It was closed on {one.closing.at[:10]}: {one.closing.reason}",
            f"Open it again first: `probanda undo {one.closing.decision[:12]} --reason TEXT`.",
        )
    return one


def row_of(store: Store, eyes: Eyes, name: str, element: str) -> tuple[Chart, Row]:
    """The chart of a hypothesis that is not closed, and the row of one of its elements."""
    one = _to_work_on(store, eyes, name)
    chart = next(iter(matrix_charts.Desk(store, eyes, [one]).charts()))
    return chart, _of(chart, element)


def _of(chart: Chart, element: str) -> Row:
    row = next((r for r in chart.rows if r.slot.called == element.strip().casefold()), None)
    if row is None:
        had = ", ".join(r.slot.called for r in chart.rows)
        raise WrongUsage(f"It has no element {element}.", f"Its elements: {had} (m: of the mode).")
    return row


def _at(slot: Slot) -> dict[str, Any]:
    return {"part": slot.part, "element": slot.element}


def _slot_of(cell: Cell) -> Slot:
    return Slot(cell.part, cell.element)


def _proposed(
    store: Store, eyes: Eyes, person: Iterable[str], crime: str, mode: str
) -> dict[Slot, tuple[Ref, ...]]:  # fmt: skip
    """What rules propose in each cell, for these eyes and for what can be handed on without a reason: where very many
    claims speak to an element, the two list others of them, and neither is news."""
    found: dict[Slot, list[Ref]] = defaultdict(list)
    by = tuple(person)
    for sight in dict.fromkeys((eyes, eyes.only_open())):
        known = store.bound(sight, by)
        who = next((known[m].actor for m in by if m in known), None)
        one = store.ask(sight, laid.of, who, crime, mode) if who else None
        for cell in one.cells if one else ():
            found[_slot_of(cell)] += [*proposals(cell, Side.FOR), *proposals(cell, Side.AGAINST)]
    return {slot: tuple(dict.fromkeys(refs)) for slot, refs in found.items()}


def _side(side: str) -> Side:
    return Side(str(one_of(Side, side, "side")))


def one_of(words: Any, given: str | None, what: str) -> str | None:
    """The word of a closed list that was given, in any case, with hyphens or spaces. Raises WrongUsage, naming all."""
    if given is None:
        return None
    folded = given.strip().casefold().replace("-", " ")
    for word in words:
        if folded == str(word):
            return str(word)
    raise WrongUsage(f"{given!r} is no {what}.", f"Say one of: {', '.join(words)}.")


def _begins(whole: str, name: str) -> bool:
    return whole == name or (len(name) >= SHORTEST_ID and whole.startswith(name))
