"""The admissibility grid of a case: each proceeding on record laid against articles 17 and 20. Start with `grid`.

Requirement D4. A proceeding can make the case inadmissible; no proceeding on record never makes it admissible: it
is "no national case on record: inaction to be shown". So `admissible` is answered with no or unknown, never with
yes: that nothing bars the case, and that it is grave enough, is for a person to assess and for the Court to decide
(art. 17, 19(1)).

Looks down to: law.facts, law.answers, law.when. Used by: law.answering.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of, joined, negated
from probanda.law.facts import THE_COURT, Facts, Judged, Proceeding, folded
from probanda.law.when import on, on_or_after

OPEN = ("investigation", "prosecution", "trial")
CLOSED = "closed without prosecution"
TRIED = ("convicted", "acquitted")
NOT_FOUND = "none found"
NONE_ON_RECORD = "No national case on record: inaction to be shown"
UNWILLING = ("shielding", "delay", "not_independent")
CELLS = {
    "has_jurisdiction": "art. 17(1)(a)",
    "same_person": "art. 17(1), 20(3)",
    "same_conduct": "art. 17(1), 20(3)",
    "shielding": "art. 17(2)(a), 20(3)(a)",
    "delay": "art. 17(2)(b)",
    "not_independent": "art. 17(2)(c), 20(3)(b)",
    "inability": "art. 17(3)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proceeding in the grid."""

    id: str
    state: str
    court: str
    stage: str
    """As known on the day."""
    days: str
    cells: tuple[Reply, ...]
    bars: Reply
    """Whether this proceeding, as recorded, makes the case inadmissible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All proceedings, and what they make together."""

    rows: tuple[Row, ...]
    replies: tuple[Reply, ...]
    """`barred`, then `admissible`."""


def grid(facts: Facts, as_of: date) -> Grid:
    """The grid as known on this day. A proceeding opened later has its row, and bars nothing yet."""
    rows = tuple(_row(p, as_of) for p in facts.proceedings or ())
    barred = _barred(facts, as_of, rows)
    return Grid(rows=rows, replies=(barred, _admissible(barred, rows)))


def _row(one: Proceeding, as_of: date) -> Row:
    cells = () if one.stage == NOT_FOUND else tuple(_cell(one, name, getattr(one, name)) for name in CELLS)
    stage = _stage_on(one, as_of)
    days = ", ".join(f"{word} {day}" for word, day in (("opened", one.opened), ("decided", one.decided)) if day)
    return Row(
        id=one.id,
        state=one.state or "State not said",
        court=one.court,
        stage=stage or "not known",
        days=days or "no days given",
        cells=cells,
        bars=_bars(one, stage, {c.question: c.answer for c in cells}, as_of),
    )


def _cell(one: Proceeding, name: str, judged: Judged) -> Reply:
    reason = judged.reason or ("not looked at" if judged.answer is UNKNOWN else "no reason given")
    if judged.answer is not UNKNOWN and not judged.sources:
        reason += "; no source given"
    return Reply(
        question=name, answer=judged.answer, reason=f"{reason}.", article=CELLS[name], about=one.id,
        sources=judged.sources,
    )  # fmt: skip


def _stage_on(one: Proceeding, as_of: date) -> str | None:
    """The stage as known on the day; None where it was reached later, or may have been."""
    if one.stage in OPEN or one.stage == NOT_FOUND:
        return one.stage
    return one.stage if on_or_after(on(as_of), one.decided) is YES else None


def _bars(one: Proceeding, stage: str | None, cells: dict[str, Answer], as_of: date) -> Reply:
    """Which limb of art. 17(1) or 20 the proceeding falls under, and whether everything asked there is answered."""
    if stage == NOT_FOUND:
        where = f" Searched: {one.searched}." if one.searched else ""
        return _reply(one, UNKNOWN, f"{NONE_ON_RECORD}.{where}", "art. 17(1)")
    same = all_of((cells["same_person"], cells["same_conduct"]))
    opened = on_or_after(on(as_of), one.opened)
    if opened is NO or stage is None:
        answer = NO if NO in (opened, same) else UNKNOWN
        later = f"Opened only {one.opened}, after {as_of}."
        reason = later if opened is NO else "How far it had gone by then is not known."
        return _reply(one, answer, reason, "art. 17(1)")
    if stage in TRIED:
        return _tried(one, same, cells)
    return _pending(one, stage, all_of((opened, same)), cells)


def _pending(one: Proceeding, stage: str, same: Answer, cells: dict[str, Answer]) -> Reply:
    """Art. 17(1)(a) and (b): a State with jurisdiction genuinely investigates or prosecutes, or has closed its case."""
    unwilling = any_of(cells[name] for name in UNWILLING)
    answer = all_of((cells["has_jurisdiction"], same, negated(unwilling), negated(cells["inability"])))
    limb = "art. 17(1)(b)" if stage == CLOSED else "art. 17(1)(a)"
    if answer is not NO:
        lacking = _open(cells, ("has_jurisdiction", "same_person", "same_conduct", *UNWILLING, "inability"))
        reason = f"{stage}, genuine as recorded." if answer is YES else f"{stage}; not known: {lacking or 'its days'}."
        return _reply(one, answer, reason, limb)
    if same is NO or cells["has_jurisdiction"] is NO:
        return _reply(one, NO, _why_not(cells, ("has_jurisdiction", "same_person", "same_conduct")), limb)
    failing = [name for name in (*UNWILLING, "inability") if cells[name] is YES]
    article = joined((limb, *("art. 17(3)" if n == "inability" else "art. 17(2)" for n in failing)))
    return _reply(one, NO, f"Not genuine as recorded: {_words(failing)}.", article)


def _tried(one: Proceeding, same: Answer, cells: dict[str, Answer]) -> Reply:
    """Art. 20: tried before. Only shielding and want of independence lift the bar; nothing lifts the Court's own."""
    if folded(one.state or "") == THE_COURT:
        said = {YES: "Tried by the Court for this conduct.", NO: _why_not(cells, ("same_person", "same_conduct"))}
        return _reply(one, same, said.get(same, "Whether it was this person and conduct is not known."), "art. 20(1)")
    lifted = any_of((cells["shielding"], cells["not_independent"]))
    answer, limb = all_of((same, negated(lifted))), "art. 17(1)(c), 20(3)"
    if answer is YES:
        return _reply(one, YES, f"{one.stage} for this conduct in a genuine trial, as recorded.", limb)
    if answer is UNKNOWN:
        lacking = _open(cells, ("same_person", "same_conduct", "shielding", "not_independent"))
        return _reply(one, UNKNOWN, f"{one.stage}; not known: {lacking}.", limb)
    if same is NO:
        return _reply(one, NO, _why_not(cells, ("same_person", "same_conduct")), limb)
    exceptions = (("shielding", "art. 20(3)(a)"), ("not_independent", "art. 20(3)(b)"))
    lifting = [(name, article) for name, article in exceptions if cells[name] is YES]
    reason = f"The earlier trial does not bar, as recorded: {_words(n for n, _ in lifting)}."
    return _reply(one, NO, reason, joined(("art. 17(1)(c)", *(a for _, a in lifting))))


def _barred(facts: Facts, as_of: date, rows: Sequence[Row]) -> Reply:
    """Whether a proceeding on record makes the case inadmissible."""
    article = "art. 17(1), 20"
    if facts.proceedings is None:
        reason = f"{NONE_ON_RECORD}; nobody has recorded whether any State has a case."
        return Reply(question="barred", answer=UNKNOWN, reason=reason, article=article)
    cases = [p for p in facts.proceedings if p.stage != NOT_FOUND]
    about_this = (
        all_of((p.same_person.answer, p.same_conduct.answer, on_or_after(on(as_of), p.opened))) for p in cases
    )
    if any_of(about_this) is NO:
        reason = f"{NONE_ON_RECORD}."
        if cases:
            reason += " What is on record is about another person or other conduct, or was opened later."
        return Reply(question="barred", answer=UNKNOWN, reason=reason, article=article)
    answers = [r.bars.answer for r in rows if r.stage != NOT_FOUND]
    answer = any_of(answers)
    ids = ", ".join(r.id for r in rows if r.stage != NOT_FOUND and r.bars.answer is answer)
    reason = {
        YES: f"As recorded, {ids} makes the case inadmissible.",
        NO: "No proceeding on record bars the case; that no other State has one is not said.",
        UNKNOWN: f"Not known of {ids}.",
    }[answer]
    return Reply(question="barred", answer=answer, reason=reason, article=article)


def _admissible(barred: Reply, rows: Sequence[Row]) -> Reply:
    if barred.answer is YES:
        barring = [r.bars for r in rows if r.bars.answer is YES]
        article = joined(r.article for r in barring)
        return Reply(question="admissible", answer=NO, reason=barred.reason, article=article)
    reason = (
        f"{barred.reason} Never answered with yes here: a person assesses, the Court decides; gravity is described."
    )
    return Reply(question="admissible", answer=UNKNOWN, reason=reason, article="art. 17, 19(1)")


def _why_not(cells: dict[str, Answer], names: Sequence[str]) -> str:
    words = {
        "has_jurisdiction": "the State has no jurisdiction",
        "same_person": "another person",
        "same_conduct": "other conduct",
    }
    return f"As recorded: {', '.join(words[n] for n in names if cells[n] is NO)}."


def _open(cells: dict[str, Answer], names: Sequence[str]) -> str:
    return _words(n for n in names if cells[n] is UNKNOWN)


def _words(names: Iterable[str]) -> str:
    return ", ".join(n.replace("_", " ") for n in names)


def _reply(one: Proceeding, answer: Answer, reason: str, article: str) -> Reply:
    return Reply(
        question="bars", answer=answer, reason=reason[:1].upper() + reason[1:], article=article, about=one.id,
        sources=one.sources,
    )  # fmt: skip
