"""The further conditions for the crime of aggression: start with `aggression` and `leader`.

Articles 15 bis, 15 ter and 25(3) bis. The day from which the Court may act, and how far acceptance of the
amendments is asked of each State, are from general knowledge: every reply that rests on them says so.

Looks down to: law.bases, law.facts, law.answers, law.when. Used by: law.jurisdiction.
"""

from __future__ import annotations

from datetime import date

from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of, negated
from probanda.law.bases import party_on
from probanda.law.facts import Aggression, Facts
from probanda.law.when import NEVER, Time, months_after, on, on_or_after, years_after

AMENDMENT = "2010-aggression"
FROM = date(2018, 7, 17)
"""Decision of the Assembly of States Parties of December 2017; from general knowledge, unchecked."""
COUNCIL_HAS = 6
"""Months that the Security Council has for its own finding (art. 15 bis (8))."""


def active(facts: Facts) -> Reply:
    """Whether it happened when the Court could act on aggression at all."""
    when = facts.incident.when
    answer = on_or_after(when, on(FROM))
    reason = f"The Court may act on aggression from {FROM} (unchecked); it happened {when or 'on a day not said'}."
    return _reply(answer, reason, "art. 15 bis (2), 15 bis (3), 15 ter (3)")


def aggression(facts: Facts, as_of: date, council: Answer) -> Reply:
    """The conditions of 15 ter where a Council referral covers the incident, else those of 15 bis."""
    begun = active(facts)
    if begun.answer is NO:
        return begun
    if council is YES:
        reason = "Referred by the Security Council: neither membership nor opting out is asked."
        return _reply(begun.answer, f"{reason} {begun.reason}", "art. 15 ter")
    asked = (begun, *_between_states(facts, as_of))
    answer = all_of(r.answer for r in asked)
    told = [r for r in asked if r.answer is answer]
    article = told[0].article if answer is not YES else "art. 15 bis"
    return _reply(answer, " ".join(r.reason for r in told), article)


def _between_states(facts: Facts, as_of: date) -> tuple[Reply, ...]:
    told = facts.incident.aggression or Aggression()
    if told.by is None or told.against is None:
        reason = "Which State is said to have attacked which is not said."
        return (_reply(UNKNOWN, reason, "art. 15 bis (4), 15 bis (5)"),)
    return (_parties(facts, told), _accepted(facts, told), _not_opted_out(facts, told), _council(told, as_of))


def _parties(facts: Facts, told: Aggression) -> Reply:
    when = facts.incident.when
    each = {name: party_on(facts.state(name), when) for name in (told.by, told.against) if name}
    answer = all_of(each.values())
    said = {YES: "Both States were Parties", NO: "Not a Party then"}
    named = ", ".join(n for n, a in each.items() if a is answer)
    return _reply(
        answer, f"{said.get(answer, 'Whether they were Parties then is not known')}: {named}.", "art. 15 bis (5)"
    )


def _accepted(facts: Facts, told: Aggression) -> Reply:
    """Yes where both accepted the amendments a year before; else left open, for States read art. 121(5) differently."""
    when = facts.incident.when
    days = {n: facts.state(n).amendments.get(AMENDMENT) for n in (told.by, told.against) if n}
    answers = [on_or_after(when, years_after(day, 1) if day and day != NEVER else day) for day in days.values()]
    if all_of(answers) is YES:
        return _reply(YES, "Both States had accepted the amendments a year before.", "art. 15 bis (4), 121(5)")
    reason = (
        "That both States had accepted the amendments a year before is not recorded; how far that is asked is disputed."
    )
    return _reply(UNKNOWN, reason, "art. 15 bis (4), 121(5)")


def _not_opted_out(facts: Facts, told: Aggression) -> Reply:
    day = facts.state(told.by or "").opted_out_of_aggression
    answer = negated(on_or_after(facts.incident.when, day))
    said = {
        YES: f"{told.by} had not opted out.",
        NO: f"{told.by} had opted out ({day}).",
    }
    return _reply(answer, said.get(answer, f"Whether {told.by} had opted out before is not known."), "art. 15 bis (4)")


def _council(told: Aggression, as_of: date) -> Reply:
    """The Council's own finding, or six months of silence and the leave of the Pre-Trial Division."""
    found = _by(told.council_found_it, as_of)
    over = _by(months_after(told.notified, COUNCIL_HAS) if told.notified else None, as_of)
    leave = _by(told.division_authorised, as_of)
    answer = any_of((found, all_of((over, leave))))
    if found is YES:
        reason = f"The Security Council found an act of aggression ({told.council_found_it})."
    elif answer is YES:
        reason = f"Six months passed after the notice of {told.notified}, and the Pre-Trial Division authorised."
    else:
        words = "No finding of the Council, and not both six months of silence and leave of the Pre-Trial Division"
        reason = f"{words}, as known on {as_of}." if answer is NO else f"{words}, so far as recorded."
    return _reply(answer, reason, "art. 15 bis (7)" if found is YES else "art. 15 bis (8)")


def _by(time: Time | None, as_of: date) -> Answer:
    return on_or_after(on(as_of), time)


def leader(facts: Facts) -> Reply:
    """Art. 25(3) bis: only a person who could in fact control or direct what the State did."""
    answer = facts.person.could_direct_state
    said = {YES: "could", NO: "could not"}
    word = f"The person {said[answer]} in fact control or direct what the State did." if answer in said else ""
    reason = word or "Whether the person could in fact control or direct what the State did is not said."
    return Reply(question="leader", answer=answer, reason=reason, article="art. 25(3) bis", about="8bis")


def _reply(answer: Answer, reason: str, article: str) -> Reply:
    return Reply(question="aggression", answer=answer, reason=reason, article=article, about="8bis")
