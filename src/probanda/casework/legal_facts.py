"""Facts of jurisdiction and admissibility that persons record in a case, each a decision with a reason.

Start with `record`, then `facts_of`. A fact is an entry of a file of facts (docs/jurisdiction.md): a State, an
instrument, a proceeding. Facts of the situation serve every question; those of a person or an incident are tied to it.
`facts_of` puts them beside what the record itself tells of the incident and the actor, in the keys of such a file, so
that one set of rules reads both. Each can be undone, and is seen only by whoever sees the items that it rests on.

Looks down to: casework (law_decisions, decide), store, access, law. Used by: casework (answering), cli.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from probanda.access.eyes import Eyes
from probanda.access.masking import Masker
from probanda.actors.model import ActorGroup
from probanda.casework import law_decisions
from probanda.casework.decide import called
from probanda.casework.view import View
from probanda.incidents.model import Incident
from probanda.kernel.digests import content_id
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.kernel.vocabulary import MentionKind
from probanda.law.answers_told import folded_lines
from probanda.law.facts import folded
from probanda.law.facts_read import facts_from
from probanda.law.known import known_instruments
from probanda.store.codec import to_json
from probanda.store.model import Deed
from probanda.store.projection import LEGAL_FACT
from probanda.store.store import Store

BY_NAME = ("states", "gravity")
LISTS = ("instruments", "deferrals", "notices", "challenges", "rulings", "proceedings", "conduct_of_states")
OF_CASE = ("proceedings", "challenges", "gravity", "trial_began", "stage")
"""Parts that speak of one person's case."""
ASKED = "as_of"
"""The day asked about: no fact."""
KINDS = {
    MentionKind.PERSON: "natural person",
    MentionKind.UNIT: "unit",
    MentionKind.BODY: "body",
    MentionKind.STATE: "State",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFact:
    """One recorded entry."""

    part: str
    """A key of a file of facts."""
    name: str
    """Which entry of it: a State, an id, a field; empty where the part has but one."""
    entry: Any
    incident: str | None
    person: str | None
    decision: str = ""
    by: str = ""
    at: str = ""
    reason: str = ""

    @property
    def called(self) -> str:
        """Part and name, as a list prints them."""
        return f"{self.part}: {self.name}" if self.name else self.part


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The facts of one incident and person, in the keys of a file of facts."""

    data: dict[str, Any]
    filled: tuple[str, ...]
    """Keys filled from the record itself: read by the machine, checked by nobody on that account."""
    recorded: tuple[LegalFact, ...]


# --- recording ------------------------------------------------------------------------------------


def record(
    store: Store, eyes: Eyes, data: Mapping[str, Any], reason: str, *, incident: Incident | None, person: str | None
) -> list[LegalFact]:
    """Record every entry of a file of facts, over what stood for the same; gives what was recorded.

    Raises FactsBroken for facts that cannot be asked; WrongUsage where the incident or person is not named that they
    are about, or the file holds nothing to record.
    """
    facts_from(data, known_instruments())
    found = list(_entries(data, incident.id if incident else None, _actor(store, eyes, person) if person else None))
    if not found:
        raise WrongUsage("This file holds no fact to record.", "See the keys in docs/jurisdiction.md.")
    deeds = [_deed(store, eyes, one, reason) for one in found]
    return [_read(one, {}) for one in _as_recorded(store, eyes, store.record(eyes, deeds))]


def _as_recorded(store: Store, eyes: Eyes, ids: list[str]) -> list[Any]:
    return [d for d in store.of_kind(eyes, LEGAL_FACT) if d.id in set(ids)]


def _actor(store: Store, eyes: Eyes, name: str) -> str:
    """The actor's id as those see it who see open items alone; as these eyes do where it stands in no open item."""
    try:
        return the_actor(called(store, eyes.only_open(), name), name).id
    except NotFound:
        return the_actor(called(store, eyes, name), name).id


def the_actor(groups: list[ActorGroup], name: str) -> ActorGroup:
    """The one of these that is no place. Raises NotFound, WrongUsage where the name can mean several."""
    fits = [g for g in groups if g.kind is not MentionKind.PLACE]
    if not fits:
        raise NotFound("actor called", name, "probanda actors list")
    if len(fits) > 1:
        told = ", ".join(f"{g.name} ({g.id[:12]})" for g in fits)
        raise WrongUsage(f"{name} can mean {told}.", "Name one by its id.")
    return fits[0]


def _entries(data: Mapping[str, Any], incident: str | None, person: str | None) -> Iterator[LegalFact]:
    """Each entry of the file as a fact of its own; what the file does not know (null) is none."""
    for part, value in data.items():
        if value is None or part == ASKED:
            continue
        ties = _ties(part, incident, person)
        for name, entry in _named(part, value):
            if entry is not None:
                yield LegalFact(part=part, name=name, entry=entry, incident=ties[0], person=ties[1])


def _ties(part: str, incident: str | None, person: str | None) -> tuple[str | None, str | None]:
    """The incident and the person that facts of this part are tied to."""
    if part == "incident":
        if incident is None:
            raise WrongUsage("These facts speak of an incident, and none is named.", "Name it: --incident ID.")
        return incident, None
    if part == "person" or part in OF_CASE:
        if person is None:
            raise WrongUsage(f"`{part}` speaks of a person, and none is named.", "Name the person: --person ACTOR.")
        return (incident if part in OF_CASE else None), person
    return None, None


def _named(part: str, value: Any) -> Iterator[tuple[str, Any]]:
    if part in ("incident", "person", *BY_NAME):
        yield from value.items()
    elif part in LISTS and isinstance(value, list):
        for entry in value:
            yield str(entry.get("id") or entry.get("from_pack") or content_id(part, to_json(entry))[:12]), entry
    else:
        yield "", value


def _deed(store: Store, eyes: Eyes, one: LegalFact, reason: str) -> Deed:
    subject = content_id(LEGAL_FACT, one.part, one.name.casefold(), one.incident or "", one.person or "")
    told = {
        "part": one.part, "name": one.name, "entry": one.entry, "incident": one.incident, "person": one.person,
        "rests_on": _items(store, eyes, one.entry),
    }  # fmt: skip
    over = tuple(d.id for d in store.standing(eyes, subject, LEGAL_FACT))
    return Deed(kind=LEGAL_FACT, subject=subject, payload=told, reason=reason, over=over)


def _items(store: Store, eyes: Eyes, entry: Any) -> list[str]:
    """Digests of the items that the sources and citations of an entry name by number."""
    numbers = {row.number: row.digest for row in store.items(eyes)}
    return sorted({numbers[word] for words in _sources(entry) for word in _numbers(words) if word in numbers})


def _numbers(words: str) -> list[str]:
    """The number at the head of a source such as `MAR-0001, p. 2`, and that of a page such as `MAR-0001.0002`."""
    head = words.partition(",")[0].strip()
    return [head, head.rpartition(".")[0]]


def _sources(entry: Any) -> Iterator[str]:
    if isinstance(entry, Mapping):
        for key, value in entry.items():
            if key in ("sources", "citations") and isinstance(value, list):
                yield from value
            else:
                yield from _sources(value)
    elif isinstance(entry, list):
        for one in entry:
            yield from _sources(one)


# --- looking --------------------------------------------------------------------------------------


def recorded(store: Store, eyes: Eyes) -> list[LegalFact]:
    """All recorded facts that stand, in the order of the log."""
    names = store.users()
    return [_read(d, names) for d in store.of_kind(eyes, LEGAL_FACT)]


def _read(d: Any, names: Mapping[str, str]) -> LegalFact:
    told = d.payload
    return LegalFact(
        part=told["part"], name=told["name"], entry=told["entry"], incident=told["incident"], person=told["person"],
        decision=d.id, by=names.get(d.by, d.by), at=d.at, reason=d.reason,
    )  # fmt: skip


def facts_of(store: Store, seen: View, incident: Incident, person: ActorGroup) -> Gathered:
    """What the record and its users tell of this incident and person. Raises ProbandaError where decisions differ."""
    members = {m.mention for m in person.members} | {person.id}
    mine = [
        one
        for one in recorded(store, seen.eyes)
        if (one.person is None or one.person in members)
        and (one.incident is None or one.incident == incident.id or one.incident in incident.claims)
    ]
    data = _from_record(seen, incident, person)
    filled = tuple(f"{part}.{key}" for part, told in data.items() for key in told)
    kept = _decided(mine)
    for one in kept:
        _put(data, one)
    kept += list(_accepted(store, seen.eyes, data))
    own = {f"{one.part}.{one.name}" for one in kept}
    mask = _mask(store)
    shown = tuple(
        replace(one, name=mask(one.name), entry=_each(one.entry, mask), reason=mask(one.reason)) for one in kept
    )
    return Gathered(data=_each(data, mask), filled=tuple(k for k in filled if k not in own), recorded=shown)


def _mask(store: Store) -> Callable[[str], str]:
    """Writes the names of protected persons as codenames: a reason or a source that a person typed may hold one."""
    names = [(p.kind, tuple(p.words)) for p in store.protected(store.owner)]
    return Masker(store.key, groups=names, contacts=False).mask if names else str


def _each(value: Any, mask: Callable[[str], str]) -> Any:
    """The value with every text in it masked; keys stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {key: _each(one, mask) for key, one in value.items()}
    return [_each(one, mask) for one in value] if isinstance(value, list) else value


def _from_record(seen: View, incident: Incident, person: ActorGroup) -> dict[str, Any]:
    """Title, time and names of places of the incident; name and kind of the actor. The State of a place is not told."""
    items = dict.fromkeys(c.item for c in seen.claims if c.id in incident.claims)
    told: dict[str, Any] = {"title": incident.title, "sources": [seen.numbers[i] for i in items]}
    bounds = {key: day for key, day in (("from", incident.date_from), ("to", incident.date_to)) if day}
    if bounds:
        told["when"] = bounds
    if incident.places:
        told["places"] = [{"name": name} for name in incident.places]
    who: dict[str, Any] = {"name": person.name}
    if person.kind in KINDS:
        who["kind"] = KINDS[person.kind]
    return {"incident": told, "person": who}


def _decided(mine: list[LegalFact]) -> list[LegalFact]:
    """One fact for each part and name: that of the incident goes before that of all; two that differ are refused."""
    chosen: dict[tuple[str, str], LegalFact] = {}
    for one in sorted(mine, key=lambda f: f.incident is not None):
        key = (one.part, one.name.casefold())
        other = chosen.get(key)
        if other is not None and (other.incident is None) == (one.incident is None) and other.entry != one.entry:
            sides = " and ".join(f"{f.decision[:12]} by {f.by}" for f in (other, one))
            raise ProbandaError(
                f"Two decisions differ on {one.called}: {sides}.",
                "Look at both with `probanda law facts list`, and take one back with `probanda undo`.",
            )
        chosen[key] = one
    return list(chosen.values())


def _accepted(store: Store, eyes: Eyes, data: dict[str, Any]) -> Iterator[LegalFact]:
    """Acceptances of amendments that were recorded with `law accept`, where no fact of the State says so itself."""
    states = data.setdefault("states", {})
    for one in law_decisions.recorded(store, eyes).acceptances:
        name = next((n for n in states if folded(n) == folded(one.state)), one.state)
        state = states.setdefault(name, {})
        held = state.get("amendments")
        amendments = held if isinstance(held, dict) else {}
        if one.amendment not in amendments:
            state["amendments"] = amendments | {one.amendment: one.on or "not accepted"}
            yield LegalFact(
                part="states", name=f"{name}, {one.amendment}", entry=one.on or "not accepted", incident=None,
                person=None, decision=one.decision, by=one.by, at=one.at, reason=one.reason,
            )  # fmt: skip


def _put(data: dict[str, Any], one: LegalFact) -> None:
    entry = deepcopy(one.entry)
    if one.part in LISTS and one.name:
        held = data.get(one.part)
        data[one.part] = [*(held if isinstance(held, list) else ()), entry]
    elif one.name:
        data.setdefault(one.part, {})[one.name] = entry
    elif not isinstance(data.get(one.part), list):
        data[one.part] = entry


def rests_on(gathered: Gathered) -> list[str]:
    """In lines: what the machine read, which nobody has checked on that account, and what persons recorded."""
    lines = [f"read by the machine, and no person's word: {', '.join(gathered.filled)}"] if gathered.filled else []
    lines += [f"{one.called}: recorded by {one.by}, {one.at}, {one.reason}" for one in gathered.recorded]
    return ["", "WHAT THE FACTS REST ON", *(part for line in lines for part in folded_lines(line, "  "))]
