"""Pauses that the Security Council asks for (art. 16), and notices to States before an investigation (art. 18).

Start with `pause` and `notices`. Neither touches jurisdiction: they say whether an investigation may go on now.
Requirement D6.

Looks down to: law.facts, law.answers, law.when. Used by: law.answering.
"""

from __future__ import annotations

from datetime import date

from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of
from probanda.law.facts import Deferral, Facts, Kind, Notice
from probanda.law.when import NEVER, Time, before, months_after, on, on_or_after

TWELVE, SIX, ONE = 12, 6, 1
"""Months: of a pause (art. 16), until a review (18(3)), to answer a notice (18(2))."""


def pause(facts: Facts, as_of: date) -> Reply:
    """Whether a request of the Council stops investigation and prosecution on this day."""
    if facts.deferrals is None:
        return _pause(UNKNOWN, "Whether the Security Council asked for a pause is not said.", ())
    if not facts.deferrals:
        return _pause(NO, "No request of the Security Council: somebody looked, and there is none.", ())
    each = [(one, *_runs(one, as_of)) for one in facts.deferrals]
    answer = any_of(a for _, a, _ in each)
    told = [f"{one.id}: {reason}" for one, a, reason in each if a is answer]
    return _pause(answer, " ".join(told), tuple(one.id for one, a, _ in each if a is answer))


def _pause(answer: Answer, reason: str, ids: tuple[str, ...]) -> Reply:
    return Reply(question="pause", answer=answer, reason=reason, article="art. 16", instruments=ids)


def _runs(one: Deferral, as_of: date) -> tuple[Answer, str]:
    day = on(as_of)
    renewal = f" It renews {one.renews}." if one.renews else ""
    asked, begun = on_or_after(day, one.requested), on_or_after(day, one.start)
    if one.end is not None:
        running = all_of((asked, begun, on_or_after(one.end, day)))
        return running, f"from {one.start or 'a day not said'} to {one.end}.{renewal}"
    latest = months_after(one.start, TWELVE) if one.start else None
    over = before(latest, day)
    limit = f" Twelve months end at the latest on {latest}." if latest else ""
    running = NO if NO in (asked, begun) or over is YES else UNKNOWN
    return running, f"from {one.start or 'a day not said'}; its last day is not said.{limit}{renewal}"


def notices(facts: Facts, as_of: date) -> tuple[Reply, ...]:
    """For each notice: whether one is due, whether the State answered in its month, whether it is left to the State."""
    return tuple(reply for one in facts.notices for reply in _notice(facts, one, as_of))


def _notice(facts: Facts, one: Notice, as_of: date) -> tuple[Reply, ...]:
    due, in_time = _due(facts, one), _in_time(one, as_of)
    replies = [due, in_time, _left_to_state(one, due.answer, in_time.answer, as_of)]
    if one.deferred is not None:
        replies.append(_review(one, as_of))
    return tuple(replies)


def _due(facts: Facts, one: Notice) -> Reply:
    """Art. 18(1): after a State's referral and of the Prosecutor's own motion, never after a Council referral."""
    kind = next((i.kind for i in facts.instruments or () if i.id == one.instrument), None)
    if kind is Kind.COUNCIL:
        reason = "No notice is due after a Council referral; this one has no effect of its own."
        return _reply("notice_due", NO, reason, "art. 18(1), 13(b)", one)
    if kind in (Kind.STATE, Kind.OWN_MOTION):
        return _reply("notice_due", YES, f"A notice is due: the investigation began by {kind}.", "art. 18(1)", one)
    return _reply("notice_due", UNKNOWN, "Which referral began the investigation is not said.", "art. 18(1)", one)


def _in_time(one: Notice, as_of: date) -> Reply:
    """Art. 18(2): an answer within one month of receipt."""
    article = "art. 18(2)"
    if one.received is None:
        return _reply("notice_in_time", UNKNOWN, "When the State received the notice is not said.", article, one)
    term = months_after(one.received, ONE)
    if one.answered is None:
        reason = f"Whether {one.to or 'the State'} answered by {term} is not said."
        return _reply("notice_in_time", UNKNOWN, reason, article, one)
    if one.answered == NEVER or on_or_after(on(as_of), one.answered) is NO:
        over = before(term, on(as_of)) is YES
        reason = f"No answer as known on {as_of}; the month {'ended' if over else 'runs'} to {term}."
        return _reply("notice_in_time", NO if over else UNKNOWN, reason, article, one)
    answer = all_of((on_or_after(term, one.answered), on_or_after(on(as_of), one.answered)))
    reason = f"Received {one.received}, answered {one.answered}; the month ended on {term}."
    return _reply("notice_in_time", answer, reason, article, one)


def _left_to_state(one: Notice, due: Answer, in_time: Answer, as_of: date) -> Reply:
    """Art. 18(2): the Prosecutor leaves it to a State that asks in time, unless the Chamber authorises otherwise."""
    article = "art. 18(2)"
    answer = all_of((due, in_time, one.asks_deferral, _not_authorised(one, as_of)))
    chamber = {"none": "no ruling of the Chamber", None: "whether the Chamber ruled is not said"}
    ruled = chamber.get(one.chamber) or f"the Chamber: {one.chamber} ({one.chamber_day or 'day not said'})"
    said = {YES: "asked in time to be left to it", NO: "is not left to it"}
    reason = f"{one.to or 'The State'}: {said.get(answer, 'may have to be left to it')}; {ruled}."
    return _reply("left_to_state", answer, reason, article, one)


def _not_authorised(one: Notice, as_of: date) -> Answer:
    if one.chamber is None:
        return UNKNOWN
    if one.chamber != "authorised":
        return YES
    ruled = on_or_after(on(as_of), one.chamber_day)
    return {YES: NO, NO: YES}.get(ruled, UNKNOWN)


def _review(one: Notice, as_of: date) -> Reply:
    """Art. 18(3): open to review six months after the deferral, or when circumstances have changed a great deal."""
    article, deferred = "art. 18(3)", one.deferred
    if deferred is None or deferred == NEVER:
        return _reply("review_open", NO, "The Prosecutor left nothing to the State.", article, one)
    open_from: Time = months_after(deferred, SIX)
    answer = on_or_after(on(as_of), open_from)
    reason = f"Left to the State {deferred}; open to review from {open_from}, earlier where circumstances changed much."
    return _reply("review_open", answer, reason, article, one)


def _reply(question: str, answer: Answer, reason: str, article: str, one: Notice) -> Reply:
    ids = (one.instrument,) if one.instrument else ()
    return Reply(
        question=question, answer=answer, reason=reason, article=article, about=one.id, instruments=ids,
        sources=one.sources,
    )  # fmt: skip
