"""Answers on jurisdiction and admissibility told in lines of at most 100 signs, and as plain data.

Start with `told` and `as_data`. Both always name the day, the standard of proof of the stage (C9), and say that
this is no finding. Pure: it writes nothing.

Looks down to: law.answering, law.answers, law.bases, law.admissibility, law.gravity. Used by: cli.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from probanda.law.admissibility import Row
from probanda.law.answering import NO_FINDING, Answers, consequence
from probanda.law.answers import Reply
from probanda.law.bases import ACCEPTANCE, ALONE, MEMBERSHIP, Basis
from probanda.law.gravity import described
from probanda.law.when import Time

WIDTH = 100
NAMES = {
    "crime": "crime of the Statute at that time",
    "known": "known by then",
    "limits": "not left out by its text",
    "situation": "in the situation",
    "referrer": "referred by a Party",
    "authorised": "leave of the Chamber",
    "covers": "covers the incident",
    "leader": "in a position to direct the State",
    "natural_person": "natural person",
    "challenge_by_whom": "may it be brought",
    "challenge_first": "the first",
    "challenge_in_time": "in time",
    "challenge_allowed": "allowed",
    "investigation_suspended": "suspends",
    "notice_due": "due",
    "notice_in_time": "answered in time",
    "left_to_state": "left to the State",
    "review_open": "open to review",
    "has_jurisdiction": "State has jurisdiction",
    "same_person": "same person",
    "same_conduct": "same conduct",
    "not_independent": "not independent",
    "bars": "makes inadmissible",
    "barred": "barred by a proceeding on record",
}
ROLE = {
    ACCEPTANCE: "accepts the jurisdiction; needs a trigger (art. 13(a) or (c))",
    ALONE: "stands alone; no link of territory or nationality is needed (art. 12(2), 13(b))",
}
TRIGGERS = "a trigger; needs a link of territory or nationality (art. 12(2))"


def told(answers: Answers) -> list[str]:
    """Everything in lines."""
    return [
        *_head(answers),
        *_section("JURISDICTION", _replies(answers.jurisdiction)),
        *_section("BASES, SIDE BY SIDE", (line for b in answers.bases for line in _basis(b))),
        *_section("PAUSE, NOTICES, CHALLENGES", _procedure(answers)),
        *_section("ADMISSIBILITY", _admissibility(answers)),
        *_section("GRAVITY", _gravity(answers)),
        *_section("RULINGS, EACH OF ITS OWN BODY", _rulings(answers)),
        *_section("NOT KNOWN ON THAT DAY, BUT IN THE FACTS", (f"  {one}" for one in answers.later)),
    ]


def _head(answers: Answers) -> list[str]:
    facts = answers.facts
    title = f"{facts.incident.title or 'Incident without a title'} / {facts.person.name or 'person not named'}"
    lines = [*folded_lines(title, ""), f"As known on {answers.as_of}. Law pack {answers.pack}."]
    lines += folded_lines(f"Standard of proof: {standards(answers)}", "")
    return [*lines, *folded_lines(NO_FINDING, "")]


def standards(answers: Answers) -> str:
    """The standard of the stage, or of each stage where none is named, with its article."""
    named = "; ".join(f"{s.standard} ({s.stage}, art. {s.article})" for s in answers.stages)
    return f"{named}." + ("" if answers.facts.stage else " No stage is named in the facts.")


def _section(title: str, lines: Iterator[str] | Sequence[str]) -> list[str]:
    held = list(lines)
    return ["", title, *held] if held else []


def _replies(replies: Sequence[Reply]) -> list[str]:
    return [line for reply in replies for line in _reply(reply, "  ")]


def _reply(reply: Reply, indent: str, *, about: bool = True) -> list[str]:
    """`question: answer` and the article, then the reason below."""
    name = NAMES.get(reply.question, reply.question)
    named = f"{name} {reply.about}" if about and reply.about else name
    head = f"{named}: {str(reply.answer).upper()}"
    lines = folded_lines(f"{head}  ({reply.article})" if reply.article else head, indent)
    lines += folded_lines(reply.reason, indent + "    ")
    return lines + (folded_lines(f"Sources: {', '.join(reply.sources)}", indent + "    ") if reply.sources else [])


def _basis(basis: Basis) -> list[str]:
    by = f" by {basis.by}" if basis.by and basis.kind != MEMBERSHIP else ""
    if basis.never:
        return folded_lines(f"{basis.id}: none. {basis.replies[0].reason}", "  ")
    lines = folded_lines(f"{basis.id}: {basis.kind}{by}; {ROLE.get(basis.role, TRIGGERS)}", "  ")
    lines += folded_lines(basis.title, "    ") if basis.title else []
    reach = f"Lodged {_day(basis.lodged)}; reaches from {_start(basis.start)} to {_end(basis.end)}."
    lines += folded_lines(reach, "    ")
    lines += folded_lines(f"Reporting: {basis.reporting}", "    ") if basis.reporting else []
    lines += folded_lines(f"UNCHECKED: {basis.unchecked}", "    ") if basis.unchecked else []
    for reply in (*basis.replies, basis.covers):
        lines += _reply(reply, "    ", about=False)
    return lines


def _procedure(answers: Answers) -> list[str]:
    lines = _reply(answers.pause, "  ")
    for title, replies in (("notice", answers.notices), ("challenge", answers.challenges)):
        for about in dict.fromkeys(r.about for r in replies):
            lines += folded_lines(f"{title} {about}", "  ")
            lines += [line for r in replies if r.about == about for line in _reply(r, "    ", about=False)]
    return lines


def _admissibility(answers: Answers) -> list[str]:
    lines = [line for row in answers.grid.rows for line in _row(row)]
    lines += _replies(answers.grid.replies)
    for one in answers.facts.conduct_of_states:
        when = f" ({one.when})" if one.when else ""
        lines += folded_lines(f"{one.state}, {one.kind}{when}: {one.what}", "  ")
        lines += folded_lines(consequence(answers.facts, one), "      ")
        lines += folded_lines(f"Sources: {', '.join(one.sources)}", "      ") if one.sources else []
    return lines


def _row(row: Row) -> list[str]:
    court = f", {row.court}" if row.court else ""
    lines = folded_lines(f"{row.id}: {row.state}{court}; {row.stage}; {row.days}", "  ")
    return lines + [line for r in (*row.cells, row.bars) for line in _reply(r, "    ", about=False)]


def _gravity(answers: Answers) -> list[str]:
    lines = []
    for heading, texts in described(answers.facts).items():
        lines += [] if texts else [f"  {heading}: not described"]
        for one in texts:
            cited = f" [{'; '.join(one.citations)}]" if one.citations else " [no citation]"
            lines += folded_lines(f"{heading}: {one.text}{cited}", "  ")
    return lines + _reply(answers.gravity, "  ")


def _rulings(answers: Answers) -> list[str]:
    lines = []
    for one in answers.rulings:
        article = f" ({one.article})" if one.article else ""
        lines += folded_lines(f"{one.body}, {_day(one.day)}{article}: {one.decision}", "  ")
    if lines:
        lines += folded_lines("Kept under the body's name and applied to no answer above.", "  ")
    return lines


def _day(time: Time | None) -> str:
    return "on a day not said" if time is None else str(time)


def _start(time: Time | None) -> str:
    return "a day not said" if time is None else "the beginning" if time.last == time.first.min else str(time)


def _end(time: Time | None) -> str:
    return "a day not said" if time is None else "an open end" if str(time) == "none" else str(time)


def folded_lines(words: str, indent: str) -> list[str]:
    """One sentence in lines of at most `WIDTH` signs."""
    return wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)


# --- as plain data --------------------------------------------------------------------------------


def as_data(answers: Answers) -> dict[str, Any]:
    """The same as one object."""
    return {
        "as_of": answers.as_of.isoformat(),
        "incident": answers.facts.incident.title or None,
        "person": answers.facts.person.name or None,
        "law_pack": answers.pack,
        "stages": [{"stage": s.stage, "article": s.article, "standard": s.standard} for s in answers.stages],
        "standard_of_proof": standards(answers),
        "no_finding": NO_FINDING,
        "jurisdiction": [_row_of(r) for r in answers.jurisdiction],
        "bases": [_basis_row(b) for b in answers.bases],
        "pause": _row_of(answers.pause),
        "notices": [_row_of(r) for r in answers.notices],
        "challenges": [_row_of(r) for r in answers.challenges],
        "proceedings": [_proceeding_row(r) for r in answers.grid.rows],
        "admissibility": [_row_of(r) for r in answers.grid.replies],
        "conduct_of_states": [
            {
                "state": c.state, "kind": c.kind, "what": c.what, "when": str(c.when) if c.when else None,
                "meaning": consequence(answers.facts, c), "sources": list(c.sources),
            }
            for c in answers.facts.conduct_of_states
        ],
        "gravity": {
            "texts": {
                heading: [{"text": one.text, "citations": list(one.citations)} for one in texts]
                for heading, texts in described(answers.facts).items()
            },
            **_row_of(answers.gravity),
        },
        "rulings": [
            {
                "body": r.body, "decision": r.decision, "article": r.article or None,
                "date": str(r.day) if r.day else None, "sources": list(r.sources),
            }
            for r in answers.rulings
        ],
        "not_known_then": list(answers.later),
    }  # fmt: skip


def _row_of(reply: Reply) -> dict[str, Any]:
    return {
        "question": reply.question,
        "about": reply.about or None,
        "answer": str(reply.answer),
        "reason": reply.reason,
        "article": reply.article,
        "instruments": list(reply.instruments),
        "sources": list(reply.sources),
    }


def _basis_row(basis: Basis) -> dict[str, Any]:
    return {
        "id": basis.id,
        "kind": basis.kind,
        "role": basis.role,
        "by": basis.by or None,
        "title": basis.title or None,
        "lodged": str(basis.lodged) if basis.lodged else None,
        "start": None
        if basis.start is None
        else "none"
        if basis.start.last == basis.start.first.min
        else str(basis.start),
        "end": str(basis.end) if basis.end else None,
        "covers": str(basis.covers.answer),
        "answers": [_row_of(r) for r in (*basis.replies, basis.covers)],
        "reporting": basis.reporting or None,
        "unchecked": basis.unchecked or None,
    }


def _proceeding_row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "court": row.court or None,
        "stage": row.stage,
        "days": row.days,
        "cells": [_row_of(r) for r in row.cells],
        "bars": _row_of(row.bars),
    }
