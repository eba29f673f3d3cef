"""The case matrix as persons decide it: opened, put, taken, concluded, assessed, searched, marked, closed. Each rule of
the requirements B7, C1, C6, C8, C10, C14 and I4 is a test that names it. On a copy of the sample case."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import (
    assessing,
    destroying,
    hypothesizing,
    inquiring,
    joining,
    matrix_charts,
    retracting,
    tasking,
    users,
)
from probanda.casework.undo import undo
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import Side
from probanda.law import load
from probanda.law.model import LawPack
from probanda.matrix.chart import NOBODY_LOOKED, Chart
from probanda.matrix.gaps import GapKind, gaps
from probanda.matrix.hypothesis import Kind, Ref
from probanda.reports import hypothesis_text
from probanda.store.errors import DecidedMeanwhile
from probanda.store.model import Deed
from tests.running import Done

pytestmark = pytest.mark.slow  # reads the sample case first

ORDER, COMPLAINT = "left alive", "no quarter be given"
CRIME, MODE = "8(2)(e)(x)", "25(3)(a) individual"


@pytest.fixture(scope="module")
def worked(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with two more users: Ben, cleared for restricted items, and Cem, who is not; all have keys."""
    folder = tmp_path_factory.mktemp("worked") / "case"
    shutil.copytree(done.folder, folder)
    with Case.open(folder) as case:
        users.added(case.store, case.eyes, "Ben", clearances=["restricted"])
        users.added(case.store, case.eyes, "Cem")
        for user in case.store.users():
            users.give_key(case.store, case.eyes, user)
        case.incidents()
        case.matrix()
    return folder


@pytest.fixture
def case(worked: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of it, open for its owner."""
    shutil.copytree(worked, tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        yield case


def as_user(case: Case, name: str) -> Case:
    return Case(case.store, user=name)


def claim(case: Case, words: str) -> str:
    """The id of the first claim that holds these words."""
    return next(c.id for c in case.claims() if words in c.quote)


def suggestion(case: Case, crime: str = CRIME, person: str = "Shammaq") -> str:
    return next(s.id for s in case.store.suggestions(case.eyes) or () if s.crime == crime and person in s.actor_name)


def opened(case: Case, crime: str = CRIME, person: str = "Shammaq") -> str:
    return hypothesizing.open_(
        case.store, case.eyes, "the order in the video", suggestion=suggestion(case, crime, person)
    )


def charted(case: Case, id_: str) -> Chart:
    """The chart as it is now, worked out anew where something changed."""
    case.incidents()
    case.matrix()
    return matrix_charts.one(case.store, case.eyes, id_)


def row(case: Case, id_: str, element: str):  # type: ignore[no-untyped-def]
    return next(r for r in charted(case, id_).rows if r.slot.called == element)


def marked(case: Case, id_: str) -> dict[str, set[str]]:
    """Element to the kinds of its marks."""
    return {r.slot.called: {m.kind for m in r.marks} for r in charted(case, id_).rows if r.marks}


def held(case: Case, id_: str, words: str) -> set[str]:
    """The elements in which this claim stands."""
    one = claim(case, words)
    return {r.slot.called for r in charted(case, id_).rows for s in Side for e in r.column(s) if e.ref.id == one}


# --- opening and closing


def test_a_claim_rejected_since_stands_in_no_suggestion(case: Case) -> None:
    claim = next(c for s in case.matrix() for cell in s.cells for c in cell.supporting)
    case.reject(claim, reason="the text speaks of another day")
    assert all(claim not in (*cell.supporting, *cell.against) for s in case.matrix() for cell in s.cells)


def test_only_a_person_opens_a_hypothesis_and_a_reason_is_due(case: Case) -> None:
    assert matrix_charts.charts(case.store, case.eyes) == []
    with pytest.raises(WrongUsage, match="reason"):
        hypothesizing.open_(case.store, case.eyes, " ", suggestion=suggestion(case))
    id_ = opened(case)
    h = charted(case, id_).decided.hypothesis
    assert (h.crime, h.mode, h.reason, h.by) == (CRIME, MODE, "the order in the video", case.eyes.user)
    with pytest.raises(ProbandaError, match="open already"):
        opened(case)
    assert case.store.verify() == []


def test_a_person_opens_what_no_rule_suggests(case: Case) -> None:
    id_ = hypothesizing.open_(
        case.store, case.eyes, "her note", person="Salim Ghadwan", crime="7(1)(e)", mode="28(b)",
        incidents=[claim(case, ORDER)],
    )  # fmt: skip
    chart = charted(case, id_)
    assert chart.machine is None and chart.decided.hypothesis.incidents
    assert all(r.evidence == "nothing" and r.open for r in chart.rows)
    with pytest.raises(NotFound, match="crime"):
        hypothesizing.open_(case.store, case.eyes, "x", person="Salim Ghadwan", crime="9(9)", mode="28(b)")
    with pytest.raises(WrongUsage, match="What is opened"):
        hypothesizing.open_(case.store, case.eyes, "x", person="Salim Ghadwan")


def test_opening_one_hypothesis_hides_no_suggestion_of_another_crime_c11(case: Case) -> None:
    before = {s.id for s in case.store.suggestions(case.eyes) or ()}
    opened(case)
    case.matrix()
    assert {s.id for s in case.store.suggestions(case.eyes) or ()} == before


def test_a_closed_hypothesis_keeps_its_reason_and_is_opened_again_by_undo(case: Case) -> None:
    id_ = opened(case)
    decision = hypothesizing.close(case.store, case.eyes, id_, "he was abroad", [claim(case, COMPLAINT)])
    chart = charted(case, id_)
    assert chart.decided.closing is not None and chart.decided.closing.reason == "he was abroad"
    assert chart.decided.closing.cites == (Ref(Kind.CLAIM, claim(case, COMPLAINT)),)
    assert gaps([chart]) == ()
    with pytest.raises(ProbandaError, match="closed on"):
        hypothesizing.put(case.store, case.eyes, id_, "1", "for", claim(case, COMPLAINT), "x")
    undo(case.store, case.eyes, decision)
    assert charted(case, id_).decided.closing is None


def test_undoing_the_opening_takes_all_of_it_away_and_its_undoing_brings_all_back(case: Case) -> None:
    id_ = opened(case)
    hypothesizing.take(case.store, case.eyes, id_, "1", claim(case, COMPLAINT), "repeats it")
    undo(case.store, case.eyes, id_)
    with pytest.raises(NotFound):
        matrix_charts.one(case.store, case.eyes, id_)
    back = next(d for d in reversed(case.store.decisions(case.eyes)) if d.kind == "withdraw")
    undo(case.store, case.eyes, back.id)
    assert [t.act.reason for t in row(case, id_, "1").taken] == ["repeats it"]
    assert case.store.verify() == []


# --- both columns, status in words


def test_every_element_contextual_ones_too_is_listed_with_both_columns_b7_c1(case: Case) -> None:
    id_ = opened(case)
    chart, pack = charted(case, id_), load()
    told = [(r.slot.part, r.slot.element) for r in chart.rows]
    assert told == [("crime", e.no) for e in pack.crime(CRIME).elements] + [
        ("mode", e.no) for e in pack.mode(MODE).elements
    ]
    assert any(r.contextual for r in chart.rows)
    lines = hypothesis_text.shown(chart, case.store.users())
    assert lines.count("    for") == lines.count("    against") == len(chart.rows)
    assert max(map(len, lines)) <= 100


def test_an_empty_against_says_who_searched_where_and_when_or_that_nobody_looked_b7(case: Case) -> None:
    id_ = opened(case)
    assert row(case, id_, "1").looked(Side.AGAINST, {})[0] == NOBODY_LOOKED
    hypothesizing.searched(case.store, case.eyes, id_, "1", "against", "the staff's papers", "2031-09-01", who="M. Ode")
    said = row(case, id_, "1").looked(Side.AGAINST, {})
    assert said[0] == "M. Ode looked in the staff's papers on 2031-09-01: nothing found."
    assert NOBODY_LOOKED not in said
    assert "M. Ode looked in the staff's papers" in " ".join(hypothesis_text.shown(charted(case, id_), {}))


def test_what_is_put_and_taken_says_who_and_why_and_the_other_side_is_never_touched(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    hypothesizing.put(
        case.store, case.eyes, id_, "5", "against", order, "speaks of a town alone", role="contextual",
        bearing="circumstantial", note="see the whole video",
    )  # fmt: skip
    (entry,) = row(case, id_, "5").against
    assert (str(entry.role), str(entry.bearing), entry.note) == ("contextual", "circumstantial", "see the whole video")
    assert entry.put is not None and entry.put.by == case.eyes.user and entry.put.reason == "speaks of a town alone"
    assert row(case, id_, "1").supporting[0].put is None and row(case, id_, "1").supporting[0].rule
    hypothesizing.take(case.store, case.eyes, id_, "1", order, "wrong translation", side="for")
    one = row(case, id_, "1")
    assert order not in {e.ref.id for e in one.supporting}
    assert [(t.shown.ref.id, t.act.reason) for t in one.taken] == [(order, "wrong translation")]
    assert row(case, id_, "5").against
    hypothesizing.put(case.store, case.eyes, id_, "1", "for", order, "the second translator agrees")
    assert not row(case, id_, "1").taken


def test_an_incident_and_a_finding_can_stand_in_a_cell(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    hypothesizing.put(case.store, case.eyes, id_, "m1", "for", order, "the whole evening", incident=True)
    concluded = hypothesizing.infer(case.store, case.eyes, id_, "m2", "he meant it", [order], "his words")
    hypothesizing.put(case.store, case.eyes, id_, "2", "for", concluded, "the same mind")
    kinds = {e.ref.kind for e in row(case, id_, "m1").supporting} | {e.ref.kind for e in row(case, id_, "2").supporting}
    assert kinds == {Kind.CLAIM, Kind.INCIDENT, Kind.FINDING}


def test_status_is_a_few_words_and_no_score_c8(case: Case) -> None:
    id_, names = opened(case), case.store.users()
    assert row(case, id_, "5").status(names) == "nothing; assessed by nobody"
    assert (
        row(case, id_, "1").status(names) == "for: at most 2 origins, 0 untraced; against: nothing; assessed by nobody"
    )
    hypothesizing.put(
        case.store, case.eyes, id_, "1", "against", claim(case, "denies that its forces shelled"), "denial"
    )
    assert row(case, id_, "1").evidence == "for: at most 2 origins, 0 untraced; against: at most 1 origin, 0 untraced"
    hypothesizing.put(case.store, case.eyes, id_, "5", "for", claim(case, COMPLAINT), "she speaks of fighting")
    assert row(case, id_, "5").evidence == "hearsay only"
    text = json.dumps(hypothesis_text.shown(charted(case, id_), names))
    for word in ("%", "score", "probab", "likel"):
        assert word not in text


def test_wording_presumes_innocence_c10(case: Case) -> None:
    text = "\n".join(hypothesis_text.shown(charted(case, opened(case)), {})).casefold()
    assert "presumed innocent" in text
    assert "guilt" not in text and "perpetrator" not in text and "suspect" not in text


# --- inferences


def test_an_inference_is_a_signed_finding_of_its_own_with_its_basis_c6(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    with pytest.raises(WrongUsage, match="basis"):
        hypothesizing.infer(case.store, case.eyes, id_, "2", "he meant it", [], "his words")
    hypothesizing.infer(case.store, case.eyes, id_, "2", "he meant it", [order], "his words")
    (drawn,) = row(case, id_, "2").drawn
    assert drawn.finding.says == "he meant it" and [s.ref.id for s in drawn.basis] == [order] and not drawn.broken
    assert case.store.verify() == []


TAKEN_AWAY = {
    "rejected": lambda c, i, o: c.reject(o, reason="it does not say so"),
    "retracted": lambda c, i, o: retracting.retract(
        c.store, c.eyes, assessing.subject(c.store, c.eyes, o), "retracted", "the paper took it back"
    ),
    "taken out": lambda c, i, o: hypothesizing.take(c.store, c.eyes, i, "2", o, "another video", side="for"),
    "erased": lambda c, i, o: destroying.confirm(
        c.store,
        as_user(c, "Ben").eyes,
        destroying.ask(c.store, c.eyes, c.store.claim(c.eyes, o).item, "consent withdrawn").id,
        "the letter was checked",
    ),
}


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_take_away_any_of_the_basis_and_the_cell_reopens_c6(case: Case, how: str) -> None:
    id_, order = opened(case), claim(case, ORDER)
    hypothesizing.infer(case.store, case.eyes, id_, "2", "he meant it", [order, claim(case, COMPLAINT)], "his words")
    hypothesizing.assess(case.store, case.eyes, id_, "2", "met", "1", "one reading alone")
    assert not row(case, id_, "2").open
    TAKEN_AWAY[how](case, id_, order)
    one = row(case, id_, "2")
    if how == "erased":  # with the words of what was concluded from them
        assert one.open and not one.assessed and not one.drawn and case.store.verify() == []
        return
    assert one.open and one.assessed[0].broken and one.drawn[0].broken
    assert "(reopened)" in one.status({})
    assert GapKind.REOPENED in {g.kind for g in gaps([charted(case, id_)]) if g.slot == one.slot}
    assert case.store.verify() == []


def test_an_inference_on_an_inference_falls_with_it(case: Case) -> None:
    id_ = opened(case)
    first = hypothesizing.infer(case.store, case.eyes, id_, "2", "he meant it", [claim(case, ORDER)], "his words")
    hypothesizing.infer(case.store, case.eyes, id_, "m2", "with knowledge too", [first], "it follows")
    undo(case.store, case.eyes, first)
    assert row(case, id_, "m2").drawn[0].broken


def test_one_contextual_finding_serves_every_cell_of_its_element_and_is_shown_in_each(case: Case) -> None:
    quarter, murder = opened(case), opened(case, "8(2)(c)(i)-1")
    basis = claim(case, "shelling the fish market")
    with pytest.raises(WrongUsage, match="niac-link"):
        hypothesizing.find(case.store, case.eyes, "no-such", "x", [basis], "x")
    decision = hypothesizing.find(
        case.store, case.eyes, "niac-link", "an armed conflict", [basis], "two organised sides"
    )

    def shown() -> dict[str, list[tuple[str, bool]]]:
        return {
            id_: [(r.slot.called, bool(r.drawn[0].broken)) for r in charted(case, id_).rows if r.drawn]
            for id_ in (quarter, murder)
        }

    assert shown() == {quarter: [("4", False)], murder: [("4", False)]}
    case.reject(basis, reason="it does not say so")
    assert shown() == {quarter: [("4", True)], murder: [("4", True)]}
    undo(case.store, case.eyes, decision)
    assert shown() == {quarter: [], murder: []}


# --- assessments


def test_an_assessment_is_signed_names_its_stage_and_what_the_cell_held_c8(case: Case) -> None:
    id_ = opened(case)
    with pytest.raises(WrongUsage, match="Stages: 1 opening"):
        hypothesizing.assess(case.store, case.eyes, id_, "1", "met", "the end", "x")
    with pytest.raises(ProbandaError, match="Nothing stands"):
        hypothesizing.assess(case.store, case.eyes, id_, "5", "met", "1", "x")
    hypothesizing.assess(case.store, case.eyes, id_, "1", "met", "warrant", "his own words")
    (one,) = row(case, id_, "1").assessed
    a = one.assessment
    assert (a.stage, a.standard) == ("warrant of arrest or summons", "reasonable grounds to believe")
    assert {r.id for r in a.cites} == {e.ref.id for e in row(case, id_, "1").supporting}
    (decision,) = case.store.of_kind(case.eyes, "cell-assessment")
    assert decision.payload["signed"] and case.store.verify() == []


def test_verify_names_a_finding_or_assessment_whose_signature_does_not_hold(case: Case) -> None:
    id_ = opened(case)
    hypothesizing.assess(case.store, case.eyes, id_, "1", "not-met", "1", "read again")
    (right,) = case.store.of_kind(case.eyes, "cell-assessment")
    told = {**right.payload, "says": "met"}  # the signature is that of other words
    case.store.record(
        case.eyes, [Deed(kind="cell-assessment", subject=id_, payload=told, reason=right.reason, over=(right.id,))]
    )
    assert any("bears no signature" in fault.problem for fault in case.store.verify())


def test_nobody_assesses_in_the_name_of_another(case: Case) -> None:
    id_ = opened(case)
    hypothesizing.assess(case.store, case.eyes, id_, "1", "not-met", "1", "read again")
    (right,) = case.store.of_kind(case.eyes, "cell-assessment")
    deed = Deed(kind="cell-assessment", subject=id_, payload=dict(right.payload), reason="x")
    with pytest.raises(WrongUsage, match="own name"):
        case.store.record(as_user(case, "Ben").eyes, [deed])


def test_two_persons_may_assess_otherwise_and_both_stand(case: Case) -> None:
    id_ = opened(case)
    hypothesizing.assess(case.store, case.eyes, id_, "1", "met", "1", "his words")
    ben = as_user(case, "Ben")
    hypothesizing.assess(case.store, ben.eyes, id_, "1", "not met", "1", "a rumour of words")
    assert [str(a.assessment.says) for a in row(case, id_, "1").assessed] == ["met", "not met"]
    hypothesizing.assess(case.store, ben.eyes, id_, "1", "cannot-be-said", "1", "on reflection")
    assert [str(a.assessment.says) for a in row(case, id_, "1").assessed] == ["met", "cannot be said"]


def test_a_matrix_with_an_open_element_contextual_ones_included_is_never_complete_and_says_which_c1(case: Case) -> None:
    id_ = opened(case)
    for r in charted(case, id_).rows:
        if not r.contextual:
            hypothesizing.assess(case.store, case.eyes, id_, r.slot.called, "not-met", "1", "as read")
    chart = charted(case, id_)
    assert not chart.complete and chart.says_open == "Not complete. Open: 4 (contextual)."
    hypothesizing.assess(case.store, case.eyes, id_, "4", "cannot be said", "1", "no report on the fighting")
    assert not charted(case, id_).complete, "to leave it open is not to have assessed it"
    hypothesizing.assess(case.store, case.eyes, id_, "4", "met", "1", "five accounts of fighting")
    assert charted(case, id_).complete


# --- marks (C14)


def another_pack(crime: str, no: int, text: str) -> LawPack:
    """The pack that ships, with one element of one crime worded otherwise."""
    pack = load()
    changed = [
        replace(c, elements=tuple(replace(e, text=text) if e.no == no else e for e in c.elements))
        if c.id == crime
        else c
        for c in pack.crimes
    ]
    return replace(pack, version="9.9", crimes=tuple(changed))


def test_a_newer_pack_marks_exactly_the_cells_it_changes_until_seen_and_rewrites_nothing_c14(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarter, murder = opened(case), opened(case, "8(2)(c)(i)-1")
    stamp, words = load().stamp, row(case, quarter, "2").element.text
    assert charted(case, quarter).decided.hypothesis.pack == stamp and marked(case, quarter) == {}
    newer = another_pack(CRIME, 2, "It was said in order to threaten.")
    monkeypatch.setattr(matrix_charts, "laws", lambda store, eyes: (newer,))
    assert marked(case, quarter) == {"2": {"pack"}} and marked(case, murder) == {}
    chart = charted(case, quarter)
    assert (chart.decided.hypothesis.pack, chart.pack) == (stamp, newer.stamp)
    assert [d.payload["digest"] for d in case.store.of_kind(case.eyes, "law-pack")] == [load().digest], "kept whole"
    assert row(case, quarter, "2").element.text == words
    assert hypothesizing.seen(case.store, case.eyes, quarter, "2") == 1
    assert marked(case, quarter) == {} and row(case, quarter, "2").element.text == words
    newest = another_pack(CRIME, 2, "It was said as a threat.")
    monkeypatch.setattr(matrix_charts, "laws", lambda store, eyes: (newest,))
    assert marked(case, quarter) == {"2": {"pack"}}, "what was seen was the older change"


def test_a_retraction_marks_exactly_the_cells_it_touches_until_seen_c14(case: Case) -> None:
    id_ = opened(case)
    about = assessing.subject(case.store, case.eyes, claim(case, "led by Marshal Idris al-Shammaq"))
    cells = held(case, id_, "led by Marshal Idris al-Shammaq")
    assert cells and marked(case, id_) == {}
    retracting.retract(case.store, case.eyes, about, "retracted", "the agency took it back")
    touched = set(retracting.marks(case.store, case.eyes))
    expected = {
        r.slot.called for r in charted(case, id_).rows for s in Side for e in r.column(s) if e.ref.id in touched
    }
    assert cells <= expected and marked(case, id_) == {cell: {"retraction"} for cell in expected}
    hypothesizing.seen(case.store, case.eyes, id_)
    assert marked(case, id_) == {}


def test_a_changed_identity_marks_exactly_the_cells_that_changed_c14(case: Case) -> None:
    id_ = opened(case)
    before = {r.slot.called: {e.ref for s in Side for e in r.column(s)} for r in charted(case, id_).rows}
    other = opened(case, "8(2)(c)(i)-1", "Ghadwan")
    group = next(a for a in case.actors() if a.name == "Idris al-Shammaq")
    chammak = {m.id: m.words for m in case.store.mentions(case.eyes) if "Chammak" in m.words}
    out = sorted(m.mention for m in group.members if m.mention in chammak)
    stays = next(m.mention for m in group.members if m.mention not in chammak)
    assert out
    for mention in out:
        case.identify(mention, stays, "not the same", reason="two men, as the clerk says")
    now = {r.slot.called: {e.ref for s in Side for e in r.column(s)} for r in charted(case, id_).rows}
    changed = {slot for slot in before if before[slot] != now[slot]}
    assert changed and changed != set(before)
    assert marked(case, id_) == {slot: {"identity"} for slot in changed}
    assert marked(case, other) == {}
    hypothesizing.seen(case.store, case.eyes, id_)
    assert marked(case, id_) == {}


def test_a_wall_marks_exactly_the_cells_it_touches_for_those_who_see_them_c14(case: Case) -> None:
    id_ = opened(case)
    cells = held(case, id_, "led by Marshal Idris al-Shammaq")
    item = case.store.claim(case.eyes, claim(case, "led by Marshal Idris al-Shammaq")).item
    same_item = {c.id for c in case.claims() if c.item == item}
    case.label(item, "restricted", reason="names a source")
    expected = {
        r.slot.called for r in charted(case, id_).rows for s in Side for e in r.column(s) if e.ref.id in same_item
    }
    assert cells <= expected and marked(case, id_) == {cell: {"wall"} for cell in expected}


# --- eyes


def test_who_may_not_see_a_claim_never_sees_what_was_decided_on_it(case: Case) -> None:
    id_, cem = opened(case), as_user(case, "Cem")
    item = case.store.item(case.eyes, "25-who-commanded.txt").digest
    secret = next(c.id for c in case.claims() if c.item == item and "Ghadwan commanded" in c.quote)
    case.label(item, "restricted", reason="names two officers")
    hypothesizing.put(case.store, case.eyes, id_, "5", "against", secret, "ZEBRA thinks otherwise")
    hypothesizing.infer(case.store, case.eyes, id_, "m2", "ZEBRA concludes", [secret], "as read")
    assert "ZEBRA" in "\n".join(hypothesis_text.shown(charted(case, id_), {}))
    for kind in ("in-cell", "inference"):
        assert case.store.of_kind(case.eyes, kind) and not case.store.of_kind(cem.eyes, kind)
    cem.incidents()
    cem.matrix()
    told = "\n".join(line for c in matrix_charts.charts(case.store, cem.eyes) for line in hypothesis_text.shown(c, {}))
    assert "ZEBRA" not in told and secret[:12] not in told
    with pytest.raises(NotFound):
        hypothesizing.put(case.store, cem.eyes, id_, "5", "for", secret, "x")


def test_a_hypothesis_bears_the_labels_of_what_it_was_opened_on(case: Case) -> None:
    case.label("10-order-in-video.txt", "restricted", reason="the uploader")
    case.incidents()
    case.matrix()
    id_, cem = opened(case), as_user(case, "Cem")
    assert matrix_charts.charts(case.store, cem.eyes) == []
    with pytest.raises(NotFound, match="hypothesis"):
        matrix_charts.one(case.store, cem.eyes, id_)
    with pytest.raises(NotFound):
        hypothesizing.searched(case.store, cem.eyes, id_, "1", "against", "papers", "2031-09-01")
    assert matrix_charts.one(case.store, as_user(case, "Ben").eyes, id_)


def test_a_deed_over_what_no_longer_stands_is_refused(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    hypothesizing.take(case.store, case.eyes, id_, "1", order, "wrong")
    payload = {
        "part": "crime",
        "element": 1,
        "side": "for",
        "verdict": "put",
        "cites": [{"kind": "claim", "id": order}],
    }
    with pytest.raises(DecidedMeanwhile):
        case.store.record(case.eyes, [Deed(kind="in-cell", subject=id_, payload=payload, reason="x")])


def test_two_devices_that_decide_otherwise_of_one_thing_in_a_cell_are_a_conflict_shown_in_it(
    worked: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    shutil.copytree(worked, one)
    with Case.open(one) as case:
        id_, order = opened(case), claim(case, ORDER)
    shutil.copytree(one, other)
    with Case.open(other) as case:
        case.store.start_log(case.eyes, "NORTH", "goes north")
        hypothesizing.put(case.store, case.eyes, id_, "1", "for", order, "heard it again")
    with Case.open(one) as case:
        taken = hypothesizing.take(case.store, case.eyes, id_, "1", order, "another voice")
        joining.take_in_case(case.store, case.eyes, other)
        (told,) = charted(case, id_).decided.conflicts
        assert "decided otherwise of one thing here" in told and taken[:12] in told
        undo(case.store, case.eyes, taken)
        assert charted(case, id_).decided.conflicts == ()
        assert case.store.verify() == []


# --- breach of rights


def test_evidence_said_to_be_gained_by_a_breach_of_rights_is_flagged_in_each_cell_it_stands_in_i4(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    about = assessing.subject(case.store, case.eyes, case.store.claim(case.eyes, order).item)
    with pytest.raises(WrongUsage, match="reason"):
        hypothesizing.flag(case.store, case.eyes, about, "taken without a warrant", "")
    decision = hypothesizing.flag(case.store, case.eyes, about, "taken without a warrant", "counsel's letter")
    of_item = {c.id for c in case.claims() if c.item == about.id}
    entries = [e for r in charted(case, id_).rows for s in Side for e in r.column(s)]
    assert {e.ref.id for e in entries if e.shown.flags} == of_item & {e.ref.id for e in entries} != set()
    text = "\n".join(hypothesis_text.shown(charted(case, id_), {}))
    assert text.count("art. 69(7): taken without a warrant") == sum(bool(e.shown.flags) for e in entries)
    assert GapKind.BREACH in {g.kind for g in gaps([charted(case, id_)])}
    undo(case.store, case.eyes, decision)
    assert not any(e.shown.flags for r in charted(case, id_).rows for s in Side for e in r.column(s))


# --- gaps and tasks


def test_gaps_say_what_is_missing_thin_one_sided_hearsay_contradicted_or_unchecked_and_what_would_fill_it(
    case: Case,
) -> None:
    id_ = opened(case, "8(2)(c)(i)-1", "Ghadwan")
    found = gaps([charted(case, id_)])
    kinds = {g.kind for g in found}
    assert {GapKind.MISSING, GapKind.ONE_SIDED, GapKind.CONTRADICTED, GapKind.UNVERIFIED, GapKind.IDENTITY} <= kinds
    assert all(g.needs for g in found) and all(g.fill for g in found if g.kind is GapKind.MISSING)
    one = next(g for g in found if g.kind is GapKind.ONE_SIDED)
    hypothesizing.searched(case.store, case.eyes, id_, one.slot.called, "against", "papers", "2031-09-01")
    assert (one.kind, one.slot) not in {(g.kind, g.slot) for g in gaps([charted(case, id_)])}


def test_what_would_fill_a_gap_is_a_task_that_is_assigned_logged_and_closed(case: Case) -> None:
    id_ = opened(case)
    with pytest.raises(WrongUsage, match="witness"):
        tasking.add(case.store, case.eyes, id_, "5", "magic", "x")
    task = tasking.add(case.store, case.eyes, id_, "5", "witness", "an officer of the staff")
    assert {t.id for g in gaps([charted(case, id_)]) if g.slot.called == "5" for t in g.tasks} == {task}
    tasking.assign(case.store, case.eyes, task, "M. Ode")
    tasking.log(case.store, case.eyes, task, "wrote to two of them")
    done = tasking.close(case.store, case.eyes, task[:8], "both refused")
    assert (done.assigned, done.closed, [line.words for line in done.lines]) == (
        "M. Ode", "both refused", ["wrote to two of them"],
    )  # fmt: skip
    assert not any(g.tasks for g in gaps([charted(case, id_)]))
    with pytest.raises(ProbandaError, match="is closed"):
        tasking.assign(case.store, case.eyes, task, "L. Bren")
    undo(case.store, case.eyes, done.decision)
    assert tasking.assign(case.store, case.eyes, task, "L. Bren").assigned == "L. Bren"
    assert case.store.verify() == []


# --- rebuilt, and destroyed


def test_a_search_names_the_inquiry_and_tells_what_that_has_come_to(case: Case) -> None:
    id_ = opened(case)
    asked = inquiring.open_(case.store, case.eyes, "Who else was there?", [case.items()[0].number])
    inquiring.looked(case.store, case.eyes, asked, "the staff's papers", when="2026-01-05", dead_end=True)
    hypothesizing.searched(case.store, case.eyes, id_, "1", "against", "", "", inquiry=asked, who="M. Ode")

    def told() -> str:
        return " ".join(" ".join(hypothesis_text.shown(charted(case, id_), {})).split())

    assert f"M. Ode looked in the staff's papers on 2026-01-05: nothing found (inquiry {asked[:12]}: Who else" in told()
    inquiring.looked(case.store, case.eyes, asked, "the mill", when="2026-02-05", result="a list of names")
    assert "the staff's papers; the mill on 2026-02-05: a list" in " ".join(
        hypothesis_text.shown(charted(case, id_), {})
    )


def test_everything_decided_is_there_again_after_a_rebuild(case: Case) -> None:
    id_ = opened(case)
    hypothesizing.take(case.store, case.eyes, id_, "1", claim(case, COMPLAINT), "repeats it")
    hypothesizing.infer(case.store, case.eyes, id_, "2", "he meant it", [claim(case, ORDER)], "his words")
    before = hypothesis_text.shown(charted(case, id_), {})
    case.rebuild()
    assert hypothesis_text.shown(charted(case, id_), {}) == before


def test_words_in_a_matrix_go_with_the_item_they_cite(case: Case) -> None:
    id_, order = opened(case), claim(case, ORDER)
    hypothesizing.put(case.store, case.eyes, id_, "5", "for", order, "ZEBRA says so", note="ZEBRA again")
    item = case.store.claim(case.eyes, order).item
    asked = destroying.ask(case.store, case.eyes, item, "consent withdrawn")
    destroying.confirm(case.store, as_user(case, "Ben").eyes, asked.id, "the letter was checked")
    assert "ZEBRA" not in json.dumps([dict(d.payload) | {"reason": d.reason} for d in case.store.decisions(case.eyes)])
    assert case.store.verify() == []
