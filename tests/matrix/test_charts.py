"""Charts of opened hypotheses out of records alone: columns, standing, marks, gaps. Quick: without a case folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from probanda.kernel.vocabulary import Side
from probanda.law import load
from probanda.law.model import Element
from probanda.matrix.chart import INFERRED, Chart, chart
from probanda.matrix.gaps import GapKind, gaps
from probanda.matrix.hypothesis import (
    Assessment,
    Charted,
    Decided,
    Finding,
    Hypothesis,
    InCell,
    Kind,
    Ref,
    Says,
    Search,
    Seen,
    Shown,
    Slot,
    Task,
    Verdict,
    Weighed,
)
from probanda.matrix.hypothesis import Needs as Wanted
from probanda.matrix.marks import Changes
from probanda.matrix.model import Bearing, Cell, CellStatus, Placed, Role, Suggestion

ONE, TWO, CONTEXT, MODE = Slot("crime", 1), Slot("crime", 2), Slot("crime", 3), Slot("mode", 1)
KINDS = {ONE: "conduct", TWO: "mental", CONTEXT: "contextual", MODE: "conduct"}
ELEMENTS = tuple(
    Charted(part=s.part, no=s.element, type=kind, text=f"Element {s.called}.", fill=f"Fill {s.called}.",
            undermine="Against it.", common_key="war" if s == CONTEXT else None)
    for s, kind in KINDS.items()
)  # fmt: skip
PRESENT = {e.slot: Element(no=e.no, type=e.type, text=e.text, common_key=e.common_key) for e in ELEMENTS}
OPENED = Hypothesis(
    id="h" * 32, actor="m1", actor_name="Colonel Varo", actor_kind="person", crime="C", crime_title="A crime",
    mode="M", mode_title="A mode", article="art. 1", pack="pack 1", elements=ELEMENTS, names=("m1", "m2"), by="ada",
)  # fmt: skip


def ref(name: str, kind: Kind = Kind.CLAIM) -> Ref:
    return Ref(kind, name)


def shown(name: str, **more: object) -> Shown:
    told: dict = {"words": f"words of {name}", "claims": (name,), "status": "proposed"} | more
    return Shown(ref=ref(name), **told)


def cell(slot: Slot, supporting: Sequence[str] = (), against: Sequence[str] = (), **more: object) -> Cell:
    told: dict = {"searched_against": True} | more
    return Cell(
        element=slot.element, part=slot.part, text="", type=KINDS[slot], status=CellStatus.MIXED,
        supporting=tuple(supporting), against=tuple(against), **told,
    )  # fmt: skip


def suggested(*cells: Cell) -> Suggestion:
    return Suggestion(
        id="s", actor="a", actor_name="Colonel Varo", crime="C", crime_title="", mode="M", mode_title="", article="",
        pack="pack 1", claims=(), incidents=(), cells=cells,
    )  # fmt: skip


def weigh(ids: Sequence[str]) -> Weighed:
    """Each claim is an origin of its own; those whose name begins with `h` are hearsay."""
    return Weighed(len(ids), 0, bool(ids) and all(i.startswith("h") for i in ids), tuple(ids))


def charted(
    *things: Shown, cells: Sequence[Cell] = (), present: dict[Slot, Element] | None = None,
    changes: Changes = Changes(members=frozenset({"m1", "m2"})), **decided: object,  # noqa: B008 - frozen
) -> Chart:  # fmt: skip
    told: dict = decided
    return chart(
        Decided(hypothesis=OPENED, **told), suggested(*cells) if cells else None, {s.ref: s for s in things}, weigh,
        PRESENT if present is None else present, changes, pack="pack 2",
    )  # fmt: skip


def put(slot: Slot, side: Side, name: str, verdict: Verdict = Verdict.PUT, **more: object) -> InCell:
    told: dict = {"by": "ada", "reason": "why"} | more
    return InCell(slot=slot, side=side, verdict=verdict, ref=ref(name), decision=f"d {name}", **told)


def concluded(slot: Slot | None, *basis: Ref, key: str | None = None, decision: str = "f1") -> Finding:
    return Finding(slot=slot, key=key, says="he knew", cites=basis, decision=decision, by="ada", reason="because")


def test_every_element_has_a_row_with_two_columns_also_where_nothing_is_suggested_c1() -> None:
    done = charted()
    assert [r.slot for r in done.rows] == list(KINDS)
    assert all(r.column(side) == () and r.evidence == "nothing" for r in done.rows for side in Side)
    assert done.says_open == "Not complete. Open: 1, 2, 3 (contextual), m1."


def test_what_is_proposed_and_what_is_put_stand_side_by_side_each_as_what_it_is_b7() -> None:
    ruled = Placed(
        claims=("a",), side=Side.FOR, rule="act", role=Role.LINKAGE, bearing=Bearing.CIRCUMSTANTIAL, says="It says so."
    )  # fmt: skip
    one = put(ONE, Side.AGAINST, "b", role=Role.LINKAGE, bearing=Bearing.CIRCUMSTANTIAL, note="see p. 2")
    done = charted(shown("a"), shown("b"), cells=[cell(ONE, ["a"], placed=(ruled,))], in_cells=(one,))
    row = done.row(ONE)
    assert row is not None
    assert [(e.ref.id, e.rule, e.put) for e in row.supporting] == [("a", "act", None)]
    assert (row.supporting[0].role, row.supporting[0].bearing) == (Role.LINKAGE, Bearing.CIRCUMSTANTIAL)
    assert row.rules(Side.FOR) == (("act", "It says so."),)
    assert [(e.ref.id, e.rule, e.put, e.note) for e in row.against] == [("b", "", one, "see p. 2")]
    assert row.evidence == "for: at most 1 origin, 0 untraced; against: at most 1 origin, 0 untraced"


def test_what_was_taken_out_counts_no_more_and_is_still_to_be_seen() -> None:
    out = put(ONE, Side.FOR, "a", Verdict.TAKEN)
    row = charted(shown("a"), cells=[cell(ONE, ["a"])], in_cells=(out,)).rows[0]
    assert row.supporting == () and [t.shown.ref.id for t in row.taken] == ["a"] and row.evidence == "nothing"
    assert "All that stood here was taken out." in row.looked(Side.FOR, {})


def test_hearsay_alone_is_said_so_and_one_denial_beside_it_is_never_swallowed() -> None:
    assert charted(shown("h1"), cells=[cell(ONE, ["h1"])]).rows[0].evidence == "hearsay only"
    row = charted(shown("h1"), shown("b"), cells=[cell(ONE, ["h1"], ["b"])]).rows[0]
    assert "against: at most 1 origin" in row.evidence


def test_a_column_with_a_finding_alone_says_so_c6() -> None:
    done = charted(shown("a"), inferences=(concluded(TWO, ref("a")),))
    assert done.row(TWO).evidence == INFERRED  # type: ignore[union-attr]


def test_a_conclusion_falls_with_any_part_of_its_basis_and_what_rests_on_it_falls_too_c6() -> None:
    first = concluded(TWO, ref("a"), ref("b"))
    second = concluded(MODE, ref("f1", Kind.FINDING), decision="f2")
    things = [shown("a"), shown("b"), replace(shown("x"), ref=ref("f1", Kind.FINDING), claims=())]
    whole = charted(*things, inferences=(first, second))
    assert not whole.row(TWO).drawn[0].broken and not whole.row(MODE).drawn[0].broken  # type: ignore[union-attr]
    for gone in (shown("b", gone="rejected"), shown("b", retracted="retracted-by-source")):
        done = charted(things[0], gone, things[2], inferences=(first, second))
        assert done.row(TWO).drawn[0].broken and done.row(MODE).drawn[0].broken  # type: ignore[union-attr]
    assert charted(things[0], things[2], inferences=(first, second)).row(TWO).drawn[0].broken  # type: ignore[union-attr]


def test_findings_that_rest_on_each_other_in_a_circle_end() -> None:
    a = concluded(TWO, ref("f2", Kind.FINDING), decision="f1")
    b = concluded(TWO, ref("f1", Kind.FINDING), decision="f2")
    things = [replace(shown("x"), ref=ref(f, Kind.FINDING), claims=()) for f in ("f1", "f2")]
    assert [d.broken for d in charted(*things, inferences=(a, b)).row(TWO).drawn] == [(), ()]  # type: ignore[union-attr]


def test_a_contextual_finding_stands_in_the_cells_of_its_key_alone() -> None:
    done = charted(shown("a"), contextual=(concluded(None, ref("a"), key="war"),))
    assert [r.slot for r in done.rows if r.drawn] == [CONTEXT]


def test_an_assessment_holds_while_all_that_the_cell_held_stands_c8() -> None:
    made = Assessment(slot=ONE, stage="a stage", says=Says.MET, cites=(ref("a"),), by="ada")
    assert not charted(shown("a"), assessments=(made,)).rows[0].open
    row = charted(shown("a", gone="rejected"), assessments=(made,)).rows[0]
    assert row.open and "met, assessed at “a stage” by Ada (reopened)" in row.status({"ada": "Ada"})
    left = replace(made, says=Says.OPEN)
    assert charted(shown("a"), assessments=(left,)).rows[0].open


def test_all_but_the_context_assessed_is_not_complete_c1() -> None:
    made = tuple(Assessment(slot=s, stage="a", says=Says.NOT_MET, by="ada") for s in KINDS if s != CONTEXT)
    done = charted(assessments=made)
    assert not done.complete and done.says_open == "Not complete. Open: 3 (contextual)."
    assert charted(assessments=(*made, Assessment(slot=CONTEXT, stage="a", says=Says.MET))).complete


def test_an_empty_column_says_nobody_looked_apart_from_what_a_rule_did_b7() -> None:
    row = charted(cells=[cell(ONE)]).rows[0]
    assert row.looked(Side.AGAINST, {}) == (
        "Nobody looked.", "A rule went through the claims read so far and proposes nothing.",
    )  # fmt: skip
    made = Search(slot=ONE, side=Side.AGAINST, who="Ada", where="the archive", when="2031-09-01")
    row = charted(cells=[cell(ONE, searched_against=False)], searches=(made,)).rows[0]
    assert row.looked(Side.AGAINST, {}) == (
        "Ada looked in the archive on 2031-09-01: nothing found.", "No rule looks for this either.",
    )  # fmt: skip


def kinds(done: Chart) -> dict[str, set[str]]:
    return {r.slot.called: {m.kind for m in r.marks} for r in done.rows if r.marks}


def test_each_change_marks_exactly_the_cells_it_touches_c14() -> None:
    cells = [cell(ONE, ["a"]), cell(TWO, ["b"])]
    seen = (Seen(slot=ONE, cites=(ref("a"),), within="open"), Seen(slot=TWO, cites=(ref("b"),), within="open"))
    things = [shown("a", within="open"), shown("b", within="open")]
    assert kinds(charted(*things, cells=cells, seen=seen)) == {}
    newer = PRESENT | {TWO: replace(PRESENT[TWO], text="Worded otherwise.")}
    assert kinds(charted(*things, cells=cells, seen=seen, present=newer)) == {"2": {"pack"}}
    back = shown("b", within="open", retracted="retracted-by-source")
    assert kinds(charted(things[0], back, cells=cells, seen=seen)) == {"2": {"retraction"}}
    walled = shown("a", within="restricted")
    assert kinds(charted(walled, things[1], cells=cells, seen=seen)) == {"1": {"wall"}}
    other = shown("b", within="open", mentions=("m2",))
    lost = Changes(members=frozenset({"m1"}), identity=True)
    assert kinds(charted(things[0], other, cells=cells, seen=seen, changes=lost)) == {"2": {"identity"}}
    more = [*things, shown("c", within="open")]
    assert kinds(charted(*more, cells=[cell(ONE, ["a", "c"]), cells[1]], seen=seen)) == {"1": {"new"}}
    assert kinds(charted(*things, cells=[cell(ONE), cells[1]], seen=seen)) == {"1": {"gone"}}


def test_a_mark_that_was_seen_is_gone_and_a_later_one_is_not_c14() -> None:
    cells, thing = [cell(ONE, ["a"])], shown("a", retracted="retracted-by-source")
    first = Seen(slot=ONE, cites=(ref("a"),))
    (mark,) = charted(thing, cells=cells, seen=(first,)).rows[0].marks
    looked = Seen(slot=ONE, cites=(ref("a"),), marks=(mark.key,))
    assert kinds(charted(thing, cells=cells, seen=(first, looked))) == {}
    again = shown("a", retracted="corrected-by-source")
    assert kinds(charted(again, cells=cells, seen=(first, looked))) == {"1": {"retraction"}}


def test_an_element_that_a_newer_pack_adds_marks_the_hypothesis_and_rewrites_nothing_c14() -> None:
    added = PRESENT | {Slot("crime", 4): Element(no=4, type="mental", text="A new one.")}
    done = charted(present=added)
    assert [m.kind for m in done.marks] == ["pack"] and len(done.rows) == len(ELEMENTS) and kinds(done) == {}
    without = {slot: e for slot, e in PRESENT.items() if slot != MODE}
    assert kinds(charted(present=without)) == {"m1": {"pack"}}


def lacking(done: Chart, slot: Slot) -> set[GapKind]:
    return {g.kind for g in gaps([done]) if g.slot == slot}


def test_each_kind_of_gap_is_named_with_what_would_fill_it() -> None:
    looked = tuple(Search(slot=s, side=Side.AGAINST, who="Ada", where="x", when="2031") for s in (ONE, TWO))
    done = charted(shown("h1"), cells=[cell(ONE, ["h1"])], searches=looked)
    assert lacking(done, ONE) == {GapKind.THIN, GapKind.HEARSAY} and lacking(done, TWO) == {GapKind.MISSING}
    assert lacking(done, MODE) == {GapKind.MISSING, GapKind.ONE_SIDED}
    weak = shown("a", linked=True, unverified=("X-0001",), flags=("taken in a raid",))
    done = charted(weak, shown("b"), shown("c"), cells=[cell(ONE, ["a", "c"], ["b"])])
    assert lacking(done, ONE) == {GapKind.CONTRADICTED, GapKind.IDENTITY, GapKind.UNVERIFIED, GapKind.BREACH}
    missing = next(g for g in gaps([charted()]) if g.slot == TWO and g.kind is GapKind.MISSING)
    assert missing.fill == "Fill 2." and set(missing.needs) == {Wanted.WITNESS, Wanted.DOCUMENT}


def test_a_task_stands_with_the_gaps_of_its_element_until_it_is_closed() -> None:
    task = Task(id="t", slot=ONE, needs=Wanted.DOCUMENT, what="the roster")
    assert all(g.tasks == (task,) for g in gaps([charted(tasks=(task,))]) if g.slot == ONE)
    closed = replace(task, closed="burnt")
    assert all(not g.tasks for g in gaps([charted(tasks=(closed,))]))


def test_no_field_of_a_chart_is_a_score_or_a_probability_c8() -> None:
    from dataclasses import fields

    from probanda.matrix import chart as room

    named = {f.name for cls in (room.Chart, room.Row, room.Entry, Weighed) for f in fields(cls)}
    assert not {n for n in named for word in ("score", "prob", "percent", "confidence") if word in n}
    assert load().stages and {s.value for s in Says} == {"met", "not met", "cannot be said"}
