"""Reads a file of facts into records, and refuses facts that do not fit together: start with `facts_from`.

Looks down to: law.facts, law.facts_check, law.facts_keys, law.when. Used by: casework.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Any

from probanda.kernel.bounds import first_day, last_day
from probanda.law.answers import NO, YES
from probanda.law.facts import (
    NOWHERE,
    Aggression,
    Challenge,
    Cited,
    Deferral,
    Facts,
    Incident,
    Instrument,
    Judged,
    Kind,
    Limit,
    Notice,
    Person,
    Place,
    Proceeding,
    Ruling,
    State,
    StateConduct,
    answer_of,
)
from probanda.law.facts_check import FactsBroken, check
from probanda.law.facts_keys import NONE_WORDS
from probanda.law.when import EVER, NEVER, Time, after_deposit, months_after, years_after

Given = Mapping[str, Any]
PAUSE = 12
"""Months of a pause (art. 16)."""


def facts_from(data: object, known: Mapping[str, Instrument] | None = None) -> Facts:
    """The facts of a parsed file; `known` are the instruments of the law pack by id. Raises FactsBroken."""
    check(data)
    given: Given = data if isinstance(data, Mapping) else {}
    facts = Facts(
        incident=_incident(given.get("incident") or {}),
        person=_person(given.get("person") or {}),
        states=tuple(_state(name, entry) for name, entry in (given.get("states") or {}).items()),
        instruments=_listed(given, "instruments", lambda at, e: _instrument(at, e, known or {})),
        deferrals=_listed(given, "deferrals", _deferral),
        notices=_listed(given, "notices", _notice) or (),
        challenges=_listed(given, "challenges", _challenge) or (),
        rulings=_listed(given, "rulings", _ruling) or (),
        proceedings=_listed(given, "proceedings", _proceeding),
        conduct_of_states=_listed(given, "conduct_of_states", _conduct) or (),
        gravity=MappingProxyType({name: _cited(texts) for name, texts in (given.get("gravity") or {}).items()}),
        trial_began=_time(given.get("trial_began")),
        stage=given.get("stage"),
        as_of=date.fromisoformat(given["as_of"]) if given.get("as_of") else None,
    )
    _refuse_doubles(facts)
    return facts


def example() -> str:
    """A file of facts to begin with, about an invented State."""
    return (resources.files("probanda.law") / "facts_example.json").read_text(encoding="utf-8").rstrip()


def instrument_from(data: object, at: str = "instruments") -> Instrument:
    """One instrument, as the pack and a case write it. Raises FactsBroken."""
    check({"instruments": [data]})
    return _instrument(at, data if isinstance(data, Mapping) else {}, {})


def proceeding_from(data: object, at: str = "proceedings") -> Proceeding:
    """One proceeding of a State. Raises FactsBroken."""
    check({"proceedings": [data]})
    return _proceeding(at, data if isinstance(data, Mapping) else {})


# --- one record each ------------------------------------------------------------------------------


def _incident(data: Given) -> Incident:
    if data.get("places") is not None and data.get("parts") is not None:
        raise FactsBroken(
            "incident.parts", "it stands beside `places`.",
            "Give `places` where it happened at one of them, `parts` where parts of it happened at each.",
        )  # fmt: skip
    aggression = data.get("aggression")
    return Incident(
        title=data.get("title") or "",
        crimes=_texts(data, "crimes"),
        when=_time(data.get("when")),
        places=_places(data.get("places")),
        parts=_places(data.get("parts")),
        authorised_operation=answer_of(data.get("authorised_operation")),
        aggression=_aggression(aggression) if aggression else None,
        sources=_texts(data, "sources"),
    )


def _aggression(data: Given) -> Aggression:
    return Aggression(
        by=data.get("by"),
        against=data.get("against"),
        council_found_it=_time(data.get("council_found_it")),
        notified=_time(data.get("notified")),
        division_authorised=_time(data.get("division_authorised")),
    )


def _places(data: list[Given] | None) -> tuple[Place, ...] | None:
    return tuple(_place(one) for one in data) if data else None


def _place(data: Given) -> Place:
    state = data.get("state")
    return Place(
        name=data["name"],
        state=NOWHERE if state in NONE_WORDS else state,
        registered_in=data.get("registered_in"),
        aboard=data.get("kind") in ("vessel", "aircraft") or data.get("registered_in") is not None,
        within=_texts(data, "within"),
    )


def _person(data: Given) -> Person:
    nationalities = data.get("nationalities")
    return Person(
        name=data.get("name") or "",
        kind=data.get("kind"),
        nationalities=None if nationalities is None else tuple(nationalities),
        born=_time(data.get("born")),
        could_direct_state=answer_of(data.get("could_direct_state")),
        sources=_texts(data, "sources"),
    )


def _state(name: str, data: Given) -> State:
    deposited, in_force = _time(data.get("deposited")), _time(data.get("in_force"))
    party = answer_of(data.get("party"))
    if party is NO and (deposited or in_force):
        reason = "the State never joined, and yet a day is given from which the Statute bound it."
        raise FactsBroken(f"states.{name}.party", reason, "Take out `party: false`, or the days.")
    if deposited:
        in_force = _fitting(name, after_deposit(deposited), in_force)
    notified, effect = _withdrawal(name, data.get("withdrawal"))
    amendments = data.get("amendments")
    return State(
        name=name,
        party=YES if in_force else party,
        deposited=deposited,
        in_force=in_force,
        withdrawal_notified=notified,
        withdrawal_effect=effect,
        amendments=MappingProxyType(
            {key: day for key, told in amendments.items() if (day := _time(told))}
            if isinstance(amendments, Mapping) else {}
        ),
        opted_out_of_aggression=_time(data.get("opted_out_of_aggression")),
        sources=_texts(data, "sources"),
    )  # fmt: skip


def _fitting(name: str, worked_out: Time, told: Time | None) -> Time:
    """The entry into force that was told, if it can follow from the deposit; else the one worked out."""
    if told is None:
        return worked_out
    if told.last < worked_out.first or told.first > worked_out.last:
        raise FactsBroken(
            f"states.{name}.in_force", f"{told} does not follow from the deposit, which gives {worked_out} (art. 126).",
            "Look up both days, and mend or leave out one.",
        )  # fmt: skip
    return told


def _withdrawal(name: str, data: Given | str | None) -> tuple[Time | None, Time | None]:
    if isinstance(data, str):
        return NEVER, NEVER
    notified, effect = _time((data or {}).get("notified")), _time((data or {}).get("effect"))
    after_a_year = years_after(notified, 1) if notified else None
    if effect and after_a_year and effect.last < after_a_year.first:
        raise FactsBroken(
            f"states.{name}.withdrawal.effect", f"{effect} is less than a year after the notice of {notified}.",
            f"A withdrawal takes effect after one year at the earliest, here {after_a_year} (art. 127(1)).",
        )  # fmt: skip
    return notified, effect or after_a_year


def _instrument(at: str, data: Given, known: Mapping[str, Instrument]) -> Instrument:
    taken = data.get("from_pack")
    if taken is not None:
        return _from_pack(at, data, taken, known)
    if not data.get("id"):
        raise FactsBroken(f"{at}.id", "it is missing.", "Give the instrument a short name of its own.")
    kind = data.get("kind")
    authorisation = data.get("authorisation")
    if authorisation is not None and kind not in (None, Kind.OWN_MOTION):
        reason = "only an investigation of the Prosecutor's own motion asks for one (art. 15(4))."
        raise FactsBroken(f"{at}.authorisation", reason, "Take it out, or mend `kind`.")
    decided = authorisation if isinstance(authorisation, Mapping) else {}
    limits = data.get("limits")
    return Instrument(
        id=data["id"],
        kind=Kind(kind) if kind else None,
        title=data.get("title") or "",
        by=data.get("by"),
        lodged=_time(data.get("lodged")),
        start=EVER if data.get("start") in NONE_WORDS else _time(data.get("start")),
        end=_time(data.get("end")),
        situation=_texts(data, "situation"),
        limits=() if isinstance(limits, str) else _limits(at, limits),
        decision="pending" if isinstance(authorisation, str) else decided.get("decision"),
        decided=_time(decided.get("date")),
        reporting=data.get("reporting") or "",
        unchecked=data.get("unchecked") or "",
        sources=_texts(data, "sources"),
    )


def _from_pack(at: str, data: Given, taken: str, known: Mapping[str, Instrument]) -> Instrument:
    if taken not in known:
        held = ", ".join(known) or "none"
        raise FactsBroken(f"{at}.from_pack", f"the law pack holds no instrument `{taken}`.", f"It holds: {held}.")
    if len(data) > 1:
        raise FactsBroken(
            f"{at}.from_pack", "it stands beside other keys.", "Let it stand alone, or write the instrument out whole."
        )
    return known[taken]


def _limits(at: str, data: list[Given] | None) -> tuple[Limit, ...] | None:
    if data is None:
        return None
    if not data:
        raise FactsBroken(f"{at}.limits", "the list is empty.", 'Write "none" where the text leaves out nothing.')
    return tuple(_limit(f"{at}.limits[{n}]", one) for n, one in enumerate(data))


def _limit(at: str, data: Given) -> Limit:
    nationals = data.get("nationals") or {}
    applies = data.get("applies")
    if applies is not None and (nationals or data.get("only_in_authorised_operation")):
        raise FactsBroken(
            f"{at}.applies", "it stands beside facts that answer the same.", "Give one of the two, not both."
        )
    if nationals.get("of") and nationals.get("of_states_not_party"):
        raise FactsBroken(
            f"{at}.nationals", "`of` and `of_states_not_party` stand together.", "Write two limits, one for each."
        )
    return Limit(
        text=data["text"],
        article=data.get("article") or "",
        nationals_of=_texts(nationals, "of"),
        nationals_of_states_not_party=bool(nationals.get("of_states_not_party")),
        excepted=_texts(nationals, "except"),
        only_in_authorised_operation=bool(data.get("only_in_authorised_operation")),
        applies=None if applies is None else answer_of(applies),
    )


def _deferral(at: str, data: Given) -> Deferral:
    start, end = _time(data.get("from")), _time(data.get("to"))
    if start and end and end.first > months_after(start, PAUSE).last:
        raise FactsBroken(
            f"{at}.to", f"{end} is more than twelve months after {start}.",
            "A pause lasts twelve months (art. 16); write a renewal as a deferral of its own.",
        )  # fmt: skip
    return Deferral(
        id=data["id"],
        requested=_time(data.get("requested")),
        start=start,
        end=end,
        renews=data.get("renews") or "",
        sources=_texts(data, "sources"),
    )


def _notice(_at: str, data: Given) -> Notice:
    chamber = data.get("chamber")
    ruled = chamber if isinstance(chamber, Mapping) else {}
    return Notice(
        id=data["id"],
        to=data.get("to") or "",
        instrument=data.get("for"),
        received=_time(data.get("received")),
        answered=_time(data.get("answered")),
        asks_deferral=answer_of(data.get("asks_deferral")),
        chamber="none" if isinstance(chamber, str) else ruled.get("decision"),
        chamber_day=_time(ruled.get("date")),
        deferred=_time(data.get("deferred")),
        sources=_texts(data, "sources"),
    )


def _challenge(_at: str, data: Given) -> Challenge:
    earlier = data.get("earlier")
    return Challenge(
        id=data["id"],
        by=data.get("by") or "",
        who=data.get("who"),
        ground=data.get("ground"),
        tried_before=answer_of(data.get("tried_before")),
        made=_time(data.get("made")),
        earlier=0 if earlier in NONE_WORDS else earlier,
        leave=answer_of(data.get("leave")),
        decided=_time(data.get("decided")),
        sources=_texts(data, "sources"),
    )


def _ruling(_at: str, data: Given) -> Ruling:
    return Ruling(
        body=data["body"],
        decision=data["decision"],
        article=data.get("article") or "",
        day=_time(data.get("date")),
        sources=_texts(data, "sources"),
    )


def _proceeding(at: str, data: Given) -> Proceeding:
    cells = ("has_jurisdiction", "same_person", "same_conduct", "shielding", "delay", "not_independent", "inability")
    opened, decided = _time(data.get("opened")), _time(data.get("decided"))
    if opened and decided and decided.last < opened.first:
        raise FactsBroken(f"{at}.decided", f"{decided} is before it was opened ({opened}).", "Look up both days.")
    return Proceeding(
        id=data["id"],
        state=data.get("state"),
        court=data.get("court") or "",
        stage=data.get("stage"),
        searched=data.get("searched") or "",
        opened=opened,
        decided=decided,
        sources=_texts(data, "sources"),
        **{cell: _judged(data.get(cell)) for cell in cells},
    )


def _judged(data: Given | bool | None) -> Judged:
    if data is None or isinstance(data, bool):
        return Judged(answer=answer_of(data))
    return Judged(
        answer=answer_of(data.get("answer")), reason=data.get("reason") or "", sources=_texts(data, "sources")
    )


def _conduct(_at: str, data: Given) -> StateConduct:
    return StateConduct(
        state=data["state"],
        kind=data["kind"],
        what=data["what"],
        when=_time(data.get("when")),
        sources=_texts(data, "sources"),
    )


def _cited(data: list[Given] | None) -> tuple[Cited, ...]:
    return tuple(Cited(text=one["text"], citations=_texts(one, "citations")) for one in data or ())


# --- small pieces ---------------------------------------------------------------------------------


def _listed(data: Given, key: str, read: Any) -> tuple[Any, ...] | None:
    """The entries of a list; None where nobody says, empty where somebody says that there are none."""
    told = data.get(key)
    if told is None:
        return None
    return () if isinstance(told, str) else tuple(read(f"{key}[{at}]", one) for at, one in enumerate(told))


def _texts(data: Given, key: str) -> tuple[str, ...]:
    return tuple(data.get(key) or ())


def _time(value: Given | str | None) -> Time | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Time(first_day(value.get("from")) or date.min, last_day(value.get("to")) or date.max)
    if value in NONE_WORDS:
        return NEVER
    return Time(first_day(value) or date.min, last_day(value) or date.max)


def _refuse_doubles(facts: Facts) -> None:
    lists: tuple[tuple[str, Iterable[Any] | None], ...] = (
        ("instruments", facts.instruments), ("deferrals", facts.deferrals), ("notices", facts.notices),
        ("challenges", facts.challenges), ("proceedings", facts.proceedings),
    )  # fmt: skip
    for name, entries in lists:
        for id_, times in Counter(e.id for e in entries or ()).items():
            if times > 1:
                raise FactsBroken(f"{name}: {id_}", f"the id stands {times} times.", "Give each entry its own.")
    ids = {i.id for i in facts.instruments or ()}
    for notice in facts.notices:
        if facts.instruments is not None and notice.instrument and notice.instrument not in ids:
            reason = f"`for: {notice.instrument}` names no instrument."
            raise FactsBroken(f"notices: {notice.id}", reason, f"Name one of them: {', '.join(sorted(ids)) or 'none'}.")
