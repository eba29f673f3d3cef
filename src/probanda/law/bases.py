"""What jurisdiction may rest on, each basis with its own days, side by side: start with `bases` and `Basis`.

Requirements D2, D3, D8. Membership and declarations accept the jurisdiction and need a trigger; State referrals and
the Prosecutor's own motion are triggers and need an acceptance; a Council referral needs neither. Everything is
answered as known on a day: what was lodged later is not known before.

Looks down to: law.facts, law.answers, law.when. Used by: law.jurisdiction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of, every_way, negated
from probanda.law.facts import NOWHERE, Facts, Instrument, Kind, Limit, Place, State, folded
from probanda.law.when import EVER, FIRST_DAY, NEVER, Time, before, inside, on, on_or_after

MEMBERSHIP = "membership"
ACCEPTANCE, TRIGGER, ALONE = "acceptance", "trigger", "alone"
"""What a basis does: accepts the jurisdiction, triggers its exercise, or stands alone."""
ROLES = {Kind.COUNCIL: ALONE, Kind.STATE: TRIGGER, Kind.OWN_MOTION: TRIGGER, Kind.DECLARATION: ACCEPTANCE}
ARTICLES = {
    Kind.COUNCIL: "art. 13(b)",
    Kind.STATE: "art. 13(a), 14",
    Kind.OWN_MOTION: "art. 13(c), 15",
    Kind.DECLARATION: "art. 12(3)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One basis with what is answered of it."""

    id: str
    kind: str
    role: str
    by: str
    title: str
    lodged: Time | None
    start: Time | None
    end: Time | None
    replies: tuple[Reply, ...]
    reaches: Answer
    """Whether it reaches conduct of that time, as known on the day, before place and nationality are asked."""
    covers: Reply
    """Whether everything asked of this basis is answered with yes."""
    unchecked: str = ""
    reporting: str = ""

    @property
    def never(self) -> bool:
        """True for the membership of a State that never joined."""
        known = self.reply("known")
        return self.kind == MEMBERSHIP and self.start is None and known is not None and known.answer is NO

    def reply(self, question: str) -> Reply | None:
        """The reply to this question, where it was asked of this basis."""
        return next((r for r in self.replies if r.question == question), None)


def bases(facts: Facts, as_of: date) -> tuple[Basis, ...]:
    """Every basis that the facts speak of: memberships of States that place or person point to, then instruments."""
    held = [_membership(facts, facts.state(name), as_of) for name in linked_states(facts)]
    return (*held, *(_instrument(facts, one, as_of) for one in facts.instruments or ()))


def linked_states(facts: Facts) -> tuple[str, ...]:
    """The States that place, registration or nationality point to, each once, as first written."""
    places = facts.incident.places or facts.incident.parts or ()
    named = [s for p in places for s in (p.state, p.registered_in) if s and s != NOWHERE]
    first: dict[str, str] = {}
    for name in (*named, *(facts.person.nationalities or ())):
        first.setdefault(folded(name), name)
    return tuple(first.values())


def party_on(state: State, time: Time | None) -> Answer:
    """Whether the State was a Party throughout this time."""
    if state.party is NO:
        return NO
    return all_of((on_or_after(time, state.in_force), before(time, state.withdrawal_effect)))


# --- membership -----------------------------------------------------------------------------------


def _membership(facts: Facts, state: State, as_of: date) -> Basis:
    id_ = f"membership of {state.name}"
    article = "art. 12(1), 126"
    known = _known(id_, f"{state.name} joined", state.deposited or state.in_force, as_of, article)
    time = _member_time(facts, state, as_of, id_)
    if state.party is NO:
        known = _reply("known", NO, f"{state.name} never joined.", article, id_)
    place, nationality = _place_in(facts, state.name, id_), _national_of(facts, state.name, id_)
    return _basis(
        id_, MEMBERSHIP, ACCEPTANCE, state.name, "", state.deposited, state.in_force, state.withdrawal_effect,
        (known, time), (place, nationality), "art. 12(1)",
    )  # fmt: skip


def _member_time(facts: Facts, state: State, as_of: date, id_: str) -> Reply:
    """Art. 11(2) and 127: after the entry into force for the State, before its withdrawal took effect."""
    when, name = facts.incident.when, state.name
    since = on_or_after(when, state.in_force)
    article, told = "art. 11(2)", f"the Statute bound {name} from {state.in_force}"
    if when is None:
        reason = "When it happened is not said."
    elif state.in_force is None:
        reason = f"From when the Statute bound {name} is not said."
    elif since is not YES:
        reason = f"It happened {when}; {told}." + ("" if since is NO else " It may lie on either side.")
    else:
        until, reason, article = _until_withdrawal(facts, state, as_of)
        return _reply("time", all_of((since, until)), f"It happened {when}; {told}. {reason}".strip(), article, id_)
    return _reply("time", since, reason, article, id_)


def _until_withdrawal(facts: Facts, state: State, as_of: date) -> tuple[Answer, str, str]:
    """Whether the withdrawal leaves the conduct within reach, why, and by which article."""
    notified, effect, name = state.withdrawal_notified, state.withdrawal_effect, state.name
    if effect == NEVER:
        return YES, "", "art. 11(2)"
    if before(on(as_of), notified) is YES:
        return YES, f"That {name} would leave was not known on {as_of}.", "art. 11(2)"
    if effect is None:
        return UNKNOWN, f"Whether {name} gave notice of withdrawal is not said.", "art. 127"
    within = before(facts.incident.when, effect)
    if within is not YES or before(on(as_of), effect) is YES:
        return within, f"The withdrawal of {name} takes effect on {effect}.", "art. 127(1)"
    return _before_the_court(facts, effect, name)


def _before_the_court(facts: Facts, effect: Time, name: str) -> tuple[Answer, str, str]:
    """Art. 127(2): what was under consideration before the withdrawal took effect goes on; the rest is not settled."""
    early = [i.id for i in facts.instruments or () if _triggers(i) and before(i.lodged, effect) is YES]
    if early:
        reason = f"The matter was before the Court ({', '.join(early)}) when the withdrawal took effect on {effect}."
        return YES, reason, "art. 127(2)"
    reason = f"{name} left with effect from {effect}; that the matter was before the Court by then is not recorded."
    return UNKNOWN, reason, "art. 127(2)"


def _triggers(instrument: Instrument) -> bool:
    return instrument.kind is not None and ROLES[instrument.kind] != ACCEPTANCE


# --- instruments ----------------------------------------------------------------------------------


def _instrument(facts: Facts, one: Instrument, as_of: date) -> Basis:
    kind = one.kind
    article = ARTICLES[kind] if kind else "art. 12, 13"
    id_, by = one.id, one.by or ""
    asked = [_known(id_, _what(one), one.lodged, as_of, article), _time_of(facts, one, article)]
    if kind is Kind.STATE:
        asked.append(_referrer(facts, one))
    if kind is Kind.OWN_MOTION:
        asked.append(_authorised(one, as_of))
    asked.append(_limits(facts, one, article))
    links: tuple[Reply, ...] = ()
    if kind is Kind.DECLARATION:
        links = (_place_in(facts, by, id_), _national_of(facts, by, id_))
    else:
        asked.append(_situation(facts, one, article))
    if kind is None:
        asked.append(_reply("kind", UNKNOWN, "What kind of instrument it is, is not said.", article, id_))
    return _basis(
        id_, kind or "instrument", ROLES[kind] if kind else TRIGGER, by, one.title, one.lodged, one.start, one.end,
        tuple(asked), links, article, one.unchecked, one.reporting,
    )  # fmt: skip


def _what(one: Instrument) -> str:
    match one.kind:
        case Kind.COUNCIL:
            return "the resolution was adopted"
        case Kind.DECLARATION:
            return "the declaration was lodged"
        case Kind.OWN_MOTION:
            return "the Prosecutor asked for leave"
        case _:
            return "it was lodged"


def _time_of(facts: Facts, one: Instrument, article: str) -> Reply:
    """Whether the conduct lies within the days that the instrument reaches, and not before the Statute (art. 11(1))."""
    when, statute = facts.incident.when, on(FIRST_DAY)
    answer = all_of((on_or_after(when, statute), inside(when, one.start, one.end)))
    window = f"{one.id} reaches {_reach(one)}"
    if when is None:
        reason = "When it happened is not said."
    elif on_or_after(when, statute) is not YES:
        reason = f"It happened {when}; nothing before {FIRST_DAY} is within reach."
        article = f"art. 11(1), {article.removeprefix('art. ')}"
    elif one.start is None or one.end is None:
        lacking = " and ".join(n for n, v in (("first", one.start), ("last", one.end)) if v is None)
        reason = f"It happened {when}; the {lacking} day that {one.id} reaches is not said (`none` for an open one)."
    else:
        reason = f"It happened {when}; {window}." + (" It may lie on either side." if answer is UNKNOWN else "")
    return _reply("time", answer, reason, article, one.id)


def _reach(one: Instrument) -> str:
    until = "with an open end" if one.end == NEVER else f"to {one.end}"
    named = one.start is not None and one.start != EVER
    return f"from {one.start} {until}" if named else f"back with no first day named, {until}"


def _referrer(facts: Facts, one: Instrument) -> Reply:
    """Art. 14(1): only a State Party may refer."""
    if one.by is None:
        return _reply("referrer", UNKNOWN, "Who referred it is not said.", "art. 14(1)", one.id)
    answer = party_on(facts.state(one.by), one.lodged)
    said = {YES: "was a Party when it referred", NO: "was no Party when it referred"}
    told = said.get(
        answer, "may or may not have been a Party when it referred: days of joining or leaving are not said"
    )
    return _reply("referrer", answer, f"{one.by} {told}.", "art. 14(1)", one.id)


def _authorised(one: Instrument, as_of: date) -> Reply:
    """Art. 15(3) to (5): the Prosecutor's own motion needs the leave of the Pre-Trial Chamber."""
    article = "art. 15(3), 15(4)"
    if one.decision is None:
        return _reply("authorised", UNKNOWN, "What the Pre-Trial Chamber decided is not said.", article, one.id)
    if one.decision == "pending":
        return _reply("authorised", NO, "The Pre-Trial Chamber has not decided yet.", article, one.id)
    taken = on_or_after(on(as_of), one.decided)
    if one.decision == "refused":
        reason = f"The Pre-Trial Chamber refused ({one.decided or 'day not said'}); a new request on new facts is open."
        return _reply("authorised", NO, reason, "art. 15(4), 15(5)", one.id)
    said = {YES: f"The Pre-Trial Chamber gave leave on {one.decided}.", NO: f"Leave came only on {one.decided}."}
    return _reply("authorised", taken, said.get(taken, "On which day leave was given is not said."), article, one.id)


def _situation(facts: Facts, one: Instrument, article: str) -> Reply:
    """Whether the incident lies in the situation that the instrument speaks of, at whichever place it was."""
    places = facts.incident.places or facts.incident.parts
    if not one.situation or not places:
        lacking = "Of which situation it speaks" if not one.situation else "Where it happened"
        return _reply("situation", UNKNOWN, f"{lacking} is not said.", article, one.id)
    answer = every_way(_in_situation(facts, place, one.situation) for place in places)
    named, speaks = ", ".join(p.name for p in places), f"the situation is {', '.join(one.situation)}"
    said = {YES: f"{named} lies in it", NO: f"{named} lies outside"}
    return _reply("situation", answer, f"{said.get(answer, f'{named} may lie outside')}: {speaks}.", article, one.id)


def _in_situation(facts: Facts, place: Place, situation: tuple[str, ...]) -> Answer:
    """No only where the situation is made of whole States and the place lies in another or in none."""
    wanted = {folded(s) for s in situation}
    own = {folded(n) for n in (place.name, place.state or "", place.registered_in or "", *place.within)}
    if wanted & own:
        return YES
    states = {folded(s.name) for s in facts.states}
    aboard_unknown = place.aboard and place.registered_in is None
    return NO if wanted <= states and place.state is not None and not aboard_unknown else UNKNOWN


# --- what the text of an instrument leaves out ----------------------------------------------------


def _limits(facts: Facts, one: Instrument, article: str) -> Reply:
    if one.limits is None:
        reason = "Whether its text leaves anything out is not said (`none` where it does not)."
        return _reply("limits", UNKNOWN, reason, article, one.id)
    if not one.limits:
        return _reply("limits", YES, "Its text leaves nothing out.", article, one.id)
    left_out = [(limit, _left_out(facts, limit)) for limit in one.limits]
    answer = all_of(negated(out) for _, out in left_out)
    telling = [limit for limit, out in left_out if answer is YES or negated(out) is answer]
    said = {YES: "None of this is left out here", NO: "Its text leaves this out"}
    reason = f"{said.get(answer, 'Its text may leave this out')}: {'; '.join(limit.text for limit in telling)}."
    where = ", ".join(dict.fromkeys(limit.article for limit in telling if limit.article))
    return _reply("limits", answer, reason, f"{article}; {one.id}, {where}" if where else article, one.id)


def _left_out(facts: Facts, limit: Limit) -> Answer:
    if limit.applies is not None:
        return limit.applies
    asked = []
    if limit.nationals_of or limit.nationals_of_states_not_party:
        asked.append(_nationals_left_out(facts, limit))
    if limit.only_in_authorised_operation:
        asked.append(facts.incident.authorised_operation)
    return all_of(asked)


def _nationals_left_out(facts: Facts, limit: Limit) -> Answer:
    held = facts.person.nationalities
    if held is None:
        return UNKNOWN
    if limit.nationals_of:
        named = {folded(s) for s in limit.nationals_of}
        return any_of(YES if folded(n) in named else NO for n in held)
    excepted = {folded(s) for s in limit.excepted}
    others = (n for n in held if folded(n) not in excepted)
    return any_of(negated(party_on(facts.state(n), facts.incident.when)) for n in others)


# --- links of place and nationality ---------------------------------------------------------------


def _place_in(facts: Facts, state: str, id_: str) -> Reply:
    """Whether it happened on this State's territory, or on board its vessel or aircraft, wherever it was."""
    places = facts.incident.places or facts.incident.parts
    if not places or not state:
        lacking = "Where it happened" if state else "By which State it was made"
        return _reply("place", UNKNOWN, f"{lacking} is not said.", "art. 12(2)(a)", id_)
    answer = every_way(_of_state(place, state) for place in places)
    named = ", ".join(p.name for p in places)
    said = {YES: f"{named}: {state}.", NO: f"{named}: not {state}."}
    return _reply("place", answer, said.get(answer, f"{named}: perhaps {state}, perhaps not."), "art. 12(2)(a)", id_)


def _of_state(place: Place, state: str) -> Answer:
    return any_of(UNKNOWN if s is None else YES if folded(s) == folded(state) else NO for s in states_of(place))


def states_of(place: Place) -> tuple[str | None, ...]:
    """The State of the territory, and that of registration where it was on board; None for one not said."""
    return (place.state, place.registered_in) if place.aboard else (place.state,)


def _national_of(facts: Facts, state: str, id_: str) -> Reply:
    held, article = facts.person.nationalities, "art. 12(2)(b)"
    if held is None or not state:
        lacking = "The person's nationality" if state else "By which State it was made"
        return _reply("nationality", UNKNOWN, f"{lacking} is not said.", article, id_)
    answer = any_of(YES if folded(n) == folded(state) else NO for n in held)
    said = ", ".join(held) or "none"
    return _reply("nationality", answer, f"Nationality: {said}.", article, id_)


# --- small pieces ---------------------------------------------------------------------------------


def _known(id_: str, what: str, lodged: Time | None, as_of: date, article: str) -> Reply:
    answer = on_or_after(on(as_of), lodged)
    if lodged is None:
        return _reply("known", UNKNOWN, f"When {what} is not said.", article, id_)
    later = {NO: f", after {as_of}", UNKNOWN: f", which may be after {as_of}"}.get(answer, "")
    return _reply("known", answer, f"{what[0].upper()}{what[1:]} {lodged}{later}.", article, id_)


def _basis(
    id_: str, kind: str, role: str, by: str, title: str, lodged: Time | None, start: Time | None, end: Time | None,
    asked: tuple[Reply, ...], links: tuple[Reply, ...], article: str, unchecked: str = "", reporting: str = "",
) -> Basis:  # fmt: skip
    """A basis whose own questions must all be answered with yes, and one of its links, where it has any."""
    reaches = all_of(r.answer for r in asked)
    answer = all_of((reaches, any_of(r.answer for r in links))) if links else reaches
    return Basis(
        id=id_, kind=str(kind), role=role, by=by, title=title, lodged=lodged, start=start, end=end,
        replies=(*asked, *links), reaches=reaches,
        covers=_reply("covers", answer, _why(answer, asked, links), article, id_),
        unchecked=unchecked, reporting=reporting,
    )  # fmt: skip


def _why(answer: Answer, asked: Iterable[Reply], links: tuple[Reply, ...]) -> str:
    if answer is YES:
        return "Everything asked of it is answered with yes."
    open_ = [r.question for r in asked if r.answer is answer]
    if links and any_of(r.answer for r in links) is answer:
        open_.append("place or nationality")
    return f"Answered with {answer}: {', '.join(open_)}."


def _reply(question: str, answer: Answer, reason: str, article: str, id_: str) -> Reply:
    return Reply(question=question, answer=answer, reason=reason, article=article, about=id_, instruments=(id_,))
