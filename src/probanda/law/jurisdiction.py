"""Does the Court have jurisdiction over this incident and person, as known on a day? Start with `jurisdiction`.

Requirement D1: crime, time, place, nationality, trigger, age, natural person; each yes, no or unknown, with a
reason, the article and the instruments it rests on. The last reply, `jurisdiction`, puts them together for each
crime: one Council referral that covers the incident, or a link of territory or nationality together with a trigger
(art. 12(2), 13). No reply is a finding.

Looks down to: law.bases, law.aggression, law.inforce, law.facts, law.answers, law.when. Used by: law.answering.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from probanda.law.aggression import active, aggression, leader
from probanda.law.answers import NO, UNKNOWN, YES, Answer, Reply, all_of, any_of, deciding, every_way, joined
from probanda.law.bases import (
    ACCEPTANCE,
    ALONE,
    TRIGGER,
    Basis,
    bases,
    linked_states,
    party_on,
    states_of,
)
from probanda.law.facts import NOWHERE, Facts, Kind, Place, folded
from probanda.law.inforce import in_force
from probanda.law.model import Crime, LawPack
from probanda.law.when import FIRST_DAY, NEVER, Time, on_or_after, years_after

AGGRESSION = "8bis"
ADULT = 18
"""Years (art. 26)."""


def jurisdiction(facts: Facts, pack: LawPack, as_of: date, held: Sequence[Basis] | None = None) -> tuple[Reply, ...]:
    """Every question of jurisdiction answered, in the order of the Statute; `held`: the bases, if at hand already."""
    held = bases(facts, as_of) if held is None else held
    council = _covered(facts, held, ALONE)
    crimes = [_crime(facts, pack, crime_id) for crime_id in facts.incident.crimes] or [_no_crime()]
    place, nationality = _place(facts, held, council), _nationality(facts, held, council)
    trigger, natural, age = _trigger(facts, held), _natural(facts), _age(facts)
    own = [aggression(facts, as_of, council), leader(facts)] if AGGRESSION in facts.incident.crimes else []
    routes = _Routes(council, _link(facts, held), _covered(facts, held, TRIGGER))
    unchecked = [b.id for b in held if b.unchecked and b.covers.answer is YES]
    whole = [_with_unchecked(_whole(crime, (natural, age), own, routes), unchecked) for crime in crimes]
    return (*crimes, _time(facts, held), place, nationality, trigger, natural, age, *own, *whole)


def _covered(facts: Facts, held: Sequence[Basis], role: str) -> Answer:
    """Whether a basis of this role covers the incident; unknown where nobody says what instruments there are."""
    return UNKNOWN if facts.instruments is None else any_of(b.covers.answer for b in held if b.role == role)


# --- which crime ----------------------------------------------------------------------------------


def _no_crime() -> Reply:
    return Reply(question="crime", answer=UNKNOWN, reason="Which crime is asked about is not said.", article="art. 5")


def _crime(facts: Facts, pack: LawPack, crime_id: str) -> Reply:
    """Whether it is a crime of the Statute that counted when it happened (art. 5, 22, 24, 121(5))."""
    crime = next((c for c in pack.crimes if c.id == crime_id), None)
    if crime is None:
        reason = f"The law pack {pack.stamp} has no crime with the id {crime_id}."
        return Reply(question="crime", answer=NO, reason=reason, article="art. 5, 22(1)", about=crime_id)
    if not crime.elements:
        reason = "The crime waits for an annex that nobody has adopted; no conduct falls under it."
        return Reply(question="crime", answer=NO, reason=reason, article=f"art. 22(1), {crime_id}", about=crime_id)
    if crime_id == AGGRESSION:
        begun = active(facts)
        return Reply(question="crime", answer=begun.answer, reason=begun.reason, article=begun.article, about=crime_id)
    when = facts.incident.when
    if when is None:
        return Reply(
            question="crime", answer=UNKNOWN, reason="When it happened is not said.", article="art. 11(1), 24(1)",
            about=crime_id,
        )  # fmt: skip
    if crime.amendment:
        reply = _amended(facts, pack, crime, when)
        return replace(reply, reason=f"{reply.reason} Unchecked: {crime.verification}") if crime.unchecked else reply
    told = [in_force(pack, crime, day) for day in (when.first, when.last)]
    answers = [_answer(t.holds) for t in told]
    answer = every_way(answers)
    reason = told[-1].reason if answer is not UNKNOWN or UNKNOWN in answers else f"It may have been before {FIRST_DAY}."
    article = joined(dict.fromkeys(t.article for t in told))
    return Reply(question="crime", answer=answer, reason=reason, article=article, about=crime_id)


def _answer(holds: bool | None) -> Answer:
    return UNKNOWN if holds is None else YES if holds else NO


def _amended(facts: Facts, pack: LawPack, crime: Crime, when: Time) -> Reply:
    """A crime of an amendment, for each Party on whose territory or by whose national it was committed."""
    replies = []
    for name in linked_states(facts):
        state = facts.state(name)
        party = party_on(state, when)
        if party is NO:
            continue
        accepted = state.amendments.get(crime.amendment)
        answer, reason = _accepted(pack, crime, when, accepted)
        if party is UNKNOWN and answer is not YES:
            answer = UNKNOWN
        replies.append(
            Reply(question="crime", answer=all_of((party, answer)), reason=f"{name}: {reason}", article=ACCEPTING)
        )
    answer = all_of(r.answer for r in replies)
    if answer is YES and not _links_known(facts):
        answer, replies = UNKNOWN, []
    told = [r.reason for r in replies if r.answer is answer]
    nobody = (
        "It came by an amendment, and that each State concerned had accepted it is not recorded; what that means for "
        "States that are not Parties is not settled here."
    )
    return Reply(
        question="crime", answer=answer, reason=" ".join(told) or nobody, article=ACCEPTING, about=crime.id
    )  # fmt: skip


ACCEPTING = "art. 22, 24, 121(5)"


def _accepted(pack: LawPack, crime: Crime, when: Time, accepted: Time | None) -> tuple[Answer, str]:
    if accepted == NEVER:
        earliest = in_force(pack, crime, when.last)
        return NO, earliest.reason if earliest.holds is False else "it did not accept the amendment."
    if accepted is None:
        told = in_force(pack, crime, when.last)
        return _answer(told.holds), told.reason
    told_all = [
        in_force(pack, crime, day, acceptance)
        for day, acceptance in ((when.first, accepted.last), (when.last, accepted.first))
    ]
    return every_way(_answer(t.holds) for t in told_all), told_all[0].reason


def _links_known(facts: Facts) -> bool:
    """Whether every State that could matter is named."""
    places = facts.incident.places or facts.incident.parts
    return (
        bool(places) and facts.person.nationalities is not None and all(s for p in places or () for s in states_of(p))
    )


# --- when ------------------------------------------------------------------------------------------


def _time(facts: Facts, held: Sequence[Basis]) -> Reply:
    """Art. 11: whether the time is within reach of a Council referral, or of what the States linked to it accepted."""
    alone = [_time_of(b) for b in held if b.role == ALONE]
    linked = [_by_place(facts, held, _time_of, named=False), _by_nationality(facts, held, _time_of, named=False)]
    told = deciding("time", [*alone, *linked], linked[0])
    return replace(told, article=joined(("art. 11", told.article))) if told.answer is UNKNOWN else told


def _time_of(basis: Basis) -> Reply:
    """The basis's reply on time; where it was not known by then, that."""
    asked = [r for r in basis.replies if r.question in ("time", "known")]
    answer = all_of(r.answer for r in asked)
    return next(r for r in reversed(asked) if r.answer is answer)


# --- where, and whose national ---------------------------------------------------------------------


Ask = Callable[[Basis], Reply]
"""What is asked of a basis by which a State accepted the jurisdiction."""


def _consent(facts: Facts, held: Sequence[Basis], state: str, ask: Ask) -> Reply:
    """What is asked, of this State's membership or declarations: yes where one of them answers it with yes."""
    replies = [ask(b) for b in held if b.role == ACCEPTANCE and folded(b.by) == folded(state)]
    unsaid = any(b.role == ACCEPTANCE and not b.by for b in held)
    if unsaid or facts.instruments is None:
        reason = "By which State a declaration was made" if unsaid else "Whether a declaration was lodged"
        reason += " is not said."
        replies.append(Reply(question="consent", answer=UNKNOWN, reason=reason, article="art. 12(3)"))
    return deciding("consent", replies, replies[0])


def _reach(basis: Basis) -> Reply:
    """What of the basis decides whether it reaches the time: the reply that is not yes, or that of time."""
    asked = [r for r in basis.replies if r.question not in ("place", "nationality")]
    open_ = [r for r in asked if r.answer is basis.reaches]
    reply = next((r for r in open_ if r.question == "time"), open_[0])
    article = "art. 12(3)" if basis.kind == Kind.DECLARATION else reply.article
    return Reply(
        question="consent", answer=basis.reaches, reason=reply.reason, article=article, instruments=reply.instruments
    )


def _at(facts: Facts, held: Sequence[Basis], place: Place, ask: Ask) -> Reply:
    """Whether the State of the territory or of registration accepted the jurisdiction."""
    replies = []
    for state in states_of(place):
        if state is None:
            reason = "Under which State it came is not said."
            replies.append(Reply(question="consent", answer=UNKNOWN, reason=reason, article=""))
        elif state == NOWHERE:
            reason = "No State's territory."
            replies.append(Reply(question="consent", answer=NO, reason=reason, article=""))
        else:
            replies.append(_consent(facts, held, state, ask))
    return deciding("consent", replies, replies[0])


def _by_place(facts: Facts, held: Sequence[Basis], ask: Ask, *, named: bool = True) -> Reply:
    article = "art. 12(2)(a)"
    places = facts.incident.places or facts.incident.parts
    if not places:
        return Reply(question="place", answer=UNKNOWN, reason="Where it happened is not said.", article=article)
    each = [_at(facts, held, place, ask) for place in places]
    answer = every_way(r.answer for r in each)
    told = (f"{p.name}: {r.reason}" if named else r.reason for p, r in zip(places, each, strict=True))
    reasons = " ".join(dict.fromkeys(told))
    if answer is UNKNOWN and len(places) > 1:
        apart = "parts lie inside and outside; that a part suffices is case law, unchecked"
        reasons = (
            f"Not all places answer alike ({apart if facts.incident.parts else 'it is not known which'}): {reasons}"
        )
    return Reply(
        question="place",
        answer=answer,
        reason=reasons,
        article=joined(
            (article, *(r.article for r in each if "12" in r.article)) if named else (r.article for r in each)
        ),
        instruments=tuple(dict.fromkeys(i for r in each for i in r.instruments)),
    )


def _by_nationality(facts: Facts, held: Sequence[Basis], ask: Ask, *, named: bool = True) -> Reply:
    article = "art. 12(2)(b)"
    nationalities = facts.person.nationalities
    if nationalities is None:
        reason = "The person's nationality is not said."
        return Reply(question="nationality", answer=UNKNOWN, reason=reason, article=article)
    each = [_consent(facts, held, state, ask) for state in nationalities]
    nothing = Reply(question="nationality", answer=NO, reason="The person has no nationality.", article="")
    told = deciding("nationality", each, nothing)
    if not named:
        return told
    held_by = f"Nationality: {', '.join(nationalities)}. " if nationalities else ""
    article = joined((article, told.article if "12" in told.article else ""))
    return Reply(
        question="nationality", answer=told.answer, reason=held_by + told.reason, article=article,
        instruments=told.instruments,
    )  # fmt: skip


def _link(facts: Facts, held: Sequence[Basis]) -> Answer:
    return any_of((_by_place(facts, held, _reach).answer, _by_nationality(facts, held, _reach).answer))


def _place(facts: Facts, held: Sequence[Basis], council: Answer) -> Reply:
    if council is not YES:
        return _perhaps_not_asked(_by_place(facts, held, _reach), council)
    covering = [b for b in held if b.role == ALONE and b.covers.answer is YES]
    reasons = [r.reason for b in covering if (r := b.reply("situation"))]
    reason = f"{' '.join(reasons)} No link of territory is asked under a Council referral."
    return _not_asked("place", reason, covering)


def _nationality(facts: Facts, held: Sequence[Basis], council: Answer) -> Reply:
    if council is not YES:
        return _perhaps_not_asked(_by_nationality(facts, held, _reach), council)
    covering = [b for b in held if b.role == ALONE and b.covers.answer is YES]
    reason = "No link of nationality is asked under a Council referral; foreign nationality changes nothing."
    return _not_asked("nationality", reason, covering)


def _perhaps_not_asked(reply: Reply, council: Answer) -> Reply:
    """A missing link decides nothing while a Council referral may cover the incident."""
    if reply.answer is not NO or council is not UNKNOWN:
        return reply
    reason = f"{reply.reason} But a Council referral may cover it, and would ask for no such link."
    return replace(reply, answer=UNKNOWN, reason=reason, article=joined((reply.article, "art. 13(b)")))


def _not_asked(question: str, reason: str, covering: Sequence[Basis]) -> Reply:
    return Reply(
        question=question, answer=YES, reason=reason, article="art. 12(2), 13(b)",
        instruments=tuple(b.id for b in covering),
    )  # fmt: skip


# --- trigger ---------------------------------------------------------------------------------------


def _trigger(facts: Facts, held: Sequence[Basis]) -> Reply:
    """Art. 13: whether a referral or the Prosecutor's own motion covers the incident."""
    replies = []
    for basis in held:
        if basis.role == ACCEPTANCE:
            continue
        covers = basis.covers
        told = " ".join(r.reason for r in basis.replies if r.answer is covers.answer)
        told += f" Unchecked: {basis.unchecked}" if basis.unchecked else ""
        replies.append(
            Reply(question="trigger", answer=covers.answer, reason=f"{basis.id}: {told}", article=covers.article,
                  instruments=(basis.id,))
        )  # fmt: skip
    given = facts.instruments is not None
    reason = f"{'Among the instruments given is no' if given else 'Nothing is said of a'} referral or own motion."
    nothing = Reply(question="trigger", answer=NO if given else UNKNOWN, reason=reason, article="art. 13")
    return deciding("trigger", replies, nothing)


# --- who -------------------------------------------------------------------------------------------


def _natural(facts: Facts) -> Reply:
    kind = facts.person.kind
    answer = UNKNOWN if kind is None else YES if kind == "natural person" else NO
    reason = "Whether this is a natural person is not said." if kind is None else f"Recorded as a {kind}."
    if answer is NO:
        reason += " Ask who the persons behind it are."
    return Reply(question="natural_person", answer=answer, reason=reason, article="art. 25(1)")


def _age(facts: Facts) -> Reply:
    """Art. 26: eighteen or over throughout the time in question; the eighteenth birthday counts as eighteen."""
    born, when = facts.person.born, facts.incident.when
    if born is None or when is None:
        lacking = "The date of birth" if born is None else "When it happened"
        return Reply(question="age", answer=UNKNOWN, reason=f"{lacking} is not said.", article="art. 26")
    adult = years_after(born, ADULT)
    answer = on_or_after(when, adult)
    said = {YES: "18 or over", NO: "under 18"}.get(answer, "18, or not yet 18")
    reason = f"Born {born}, so {said} when it happened ({when})."
    return Reply(question="age", answer=answer, reason=reason, article="art. 26")


# --- together --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Routes:
    """The two ways to jurisdiction: a Council referral alone, or a link of territory or nationality with a trigger."""

    council: Answer
    link: Answer
    trigger: Answer

    @property
    def words(self) -> str:
        """How each of them stands."""
        beside = f"link of place or nationality: {self.link}, with a trigger: {self.trigger}"
        return f"a basis that covers it (Council referral: {self.council}; {beside})"


def _whole(crime: Reply, who: tuple[Reply, Reply], own: Sequence[Reply], routes: _Routes) -> Reply:
    """What the replies make together for one crime."""
    mine = own if crime.about == AGGRESSION else ()
    conditions = [r for r in mine if r.question == "leader"]
    bis = [r.answer for r in mine if r.question == "aggression"]
    route = any_of((routes.council, all_of((routes.link, routes.trigger, *bis))))
    answers = [crime.answer, *(r.answer for r in (*who, *conditions)), route]
    answer = all_of(answers)
    named = [crime.question, *(r.question for r in (*who, *conditions)), routes.words]
    standing = ", ".join(n.replace("_", " ") for n, one in zip(named, answers, strict=True) if one is answer)
    reason = {
        YES: "Every question is answered with yes on the facts given.",
        NO: f"Answered with no: {standing}.",
        UNKNOWN: f"Not answered yet: {standing}.",
    }[answer]
    return Reply(
        question="jurisdiction",
        answer=answer,
        reason=reason,
        article="art. 5, 11, 12, 13, 25(1), 26",
        about=crime.about,
    )


def _with_unchecked(whole: Reply, unchecked: Sequence[str]) -> Reply:
    """The reply, saying that what covers the incident was not checked."""
    if whole.answer is not YES or not unchecked:
        return whole
    return replace(whole, reason=f"{whole.reason} Nobody has checked {', '.join(unchecked)}.")
