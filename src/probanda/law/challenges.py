"""Challenges to jurisdiction or admissibility: who may bring one, how often, until when, and what it stops (art. 19).

Start with `challenges`. Requirement D6.

Looks down to: law.facts, law.answers, law.when. Used by: law.answering.
"""

from __future__ import annotations

from datetime import date

from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of, negated
from probanda.law.facts import Challenge, Facts
from probanda.law.when import Time, before, on, on_or_after

STATES = ("State with jurisdiction", "State whose acceptance is needed")
WHO = {
    "accused": (YES, "The accused may challenge.", "art. 19(2)(a)"),
    "person under warrant or summons": (YES, "Whoever a warrant or summons names may challenge.", "art. 19(2)(a)"),
    "State whose acceptance is needed": (YES, "A State whose acceptance is needed may challenge.", "art. 19(2)(c)"),
    "Prosecutor": (NO, "The Prosecutor may ask for a ruling, which is no challenge.", "art. 19(3)"),
    "victim": (NO, "Victims may submit observations; they may not challenge.", "art. 19(3)"),
    "other": (NO, "Only the accused or the person named, and the States named in the article, may.", "art. 19(2)"),
}


def challenges(facts: Facts, as_of: date) -> tuple[Reply, ...]:
    """For each challenge: may it be brought by whom it was, is it the first, in time, allowed, and what it suspends."""
    return tuple(reply for one in facts.challenges for reply in _challenge(one, facts.trial_began, as_of))


def _challenge(one: Challenge, trial: Time | None, as_of: date) -> tuple[Reply, ...]:
    who, first, in_time = _by_whom(one), _first(one), _in_time(one, trial)
    return (who, first, in_time, _allowed(one, (who, first, in_time), trial, as_of), _suspends(one, as_of))


def _by_whom(one: Challenge) -> Reply:
    question = "challenge_by_whom"
    if one.who is None:
        return _reply(question, UNKNOWN, "In what capacity it was brought is not said.", "art. 19(2)", one)
    if one.who != "State with jurisdiction":
        answer, reason, article = WHO[one.who]
        return _reply(question, answer, reason, article, one)
    article = "art. 19(2)(b)"
    if one.ground is None:
        return _reply(question, UNKNOWN, "What it attacks is not said.", article, one)
    if one.ground == "admissibility":
        return _reply(question, YES, "A State that investigates or prosecutes, or has done so, may.", article, one)
    reason = "A State with jurisdiction may challenge only because it investigates or prosecutes, or has done so."
    return _reply(question, NO, reason, article, one)


def _first(one: Challenge) -> Reply:
    """Once by any person or State; the Court may by exception allow more."""
    article = "art. 19(4)"
    if one.earlier is None:
        reason = f"Whether {one.by or 'the same'} challenged before is not said."
        return _reply("challenge_first", UNKNOWN, reason, article, one)
    if one.earlier:
        return _reply("challenge_first", NO, f"{one.by or 'The same'} challenged before ({one.earlier}).", article, one)
    return _reply("challenge_first", YES, f"The first challenge of {one.by or 'this person or State'}.", article, one)


def _in_time(one: Challenge, trial: Time | None) -> Reply:
    """Before the trial begins, or when it begins."""
    answer = on_or_after(trial, one.made)
    made, began = one.made or "on a day not said", trial or "on a day not said"
    reason = f"Made {made}; trial began: {began}."
    return _reply("challenge_in_time", answer, reason, "art. 19(4)", one)


def _allowed(one: Challenge, asked: tuple[Reply, Reply, Reply], trial: Time | None, as_of: date) -> Reply:
    """Art. 19(4): the first and in time, or by exceptional leave; from the start of trial on 17(1)(c) alone."""
    who, first, in_time = (r.answer for r in asked)
    rightly = any_of((all_of((first, in_time)), one.leave))
    ground = any_of((_attacks_jurisdiction(one), before(one.made, trial), one.tried_before))
    made = on_or_after(on(as_of), one.made)
    answer = all_of((who, rightly, ground, made))
    if made is NO:
        reason, article = f"Made only {one.made}, after {as_of}.", "art. 19"
    elif who is NO:
        reason, article = asked[0].reason, asked[0].article
    elif ground is NO:
        reason = "From the start of trial admissibility may be challenged only because the person was tried before."
        article = "art. 19(4), 17(1)(c)"
    elif rightly is not YES:
        reason = "Neither the first and in time, nor brought with exceptional leave"
        reason, article = f"{reason}{'' if rightly is NO else ', so far as recorded'}.", "art. 19(4)"
    else:
        by_leave = "with exceptional leave" if all_of((first, in_time)) is not YES else "the first, and in time"
        reason, article = f"Brought by one who may, {by_leave}.", "art. 19(2), 19(4)"
        if answer is UNKNOWN:
            reason = "Who brought it, when, or on what ground, is not said."
    return _reply("challenge_allowed", answer, reason, article, one)


def _attacks_jurisdiction(one: Challenge) -> Answer:
    return UNKNOWN if one.ground is None else YES if one.ground == "jurisdiction" else NO


def _suspends(one: Challenge, as_of: date) -> Reply:
    """Art. 19(7): a challenge by a State suspends the investigation until it is decided."""
    article = "art. 19(7)"
    by_state = UNKNOWN if one.who is None else YES if one.who in STATES else NO
    undecided = negated(on_or_after(on(as_of), one.decided))
    answer = all_of((by_state, on_or_after(on(as_of), one.made), undecided))
    if by_state is NO:
        reason = "Only a challenge by a State suspends the investigation."
    elif undecided is NO:
        reason = f"Decided {one.decided}."
    else:
        reason = "A challenge by a State suspends the investigation until it is decided"
        reason += "." if answer is YES else ", so far as recorded."
    return _reply("investigation_suspended", answer, reason, article, one)


def _reply(question: str, answer: Answer, reason: str, article: str, one: Challenge) -> Reply:
    return Reply(question=question, answer=answer, reason=reason, article=article, about=one.id, sources=one.sources)
