"""What the claims say of whom, indexed once: who is named as author, what each claim points to, what belongs together.

Start with `Situation.change`, then `Situation.authors`. What a claim says is worked out once and kept until the claim,
its incidents or those it names change; what the claims of one incident say of an element is kept by incident. The part
that one layout looks at is a `matrix.scene.Scene`.

Looks down to: matrix.indexes, offered, command, cues; law, incidents, actors, claims, kernel. Used by: all of matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

from probanda.actors.model import ActorGroup
from probanda.claims.model import Actor as Author
from probanda.claims.model import Claim, Named
from probanda.incidents.model import Contradiction, Incident
from probanda.kernel.vocabulary import (
    ActType,
    ContradictionKind,
    Family,
    Involvement,
    MentionKind,
    Modality,
    Polarity,
    Status,
)
from probanda.law import attempted, modes_for
from probanda.law.model import Crime, CueList, LawPack, Mode
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix.command import Commands, Dated
from probanda.matrix.cues import CueWords, says
from probanda.matrix.indexes import Index, Moved, People
from probanda.matrix.offered import LawThere

CAN_ACT = (MentionKind.PERSON, MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE)
"""Places, and groups without a name of their own, are laid out for nobody."""
OWN_VOICE = (Modality.ADMITTED, Modality.ORDERED, Modality.THREATENED)
"""Modalities in which a speaker speaks of his own conduct."""
NO_EVENT = (Modality.DENIED, Modality.CALLED_FOR)
OF_NO_CRIME = (ActType.PROCEDURAL, ActType.OBSTRUCTION_IMPUNITY, ActType.POLITICAL_STATEMENT)
"""Proceedings, sanctions, recusals, impunity and speeches: evidence of no element of a crime."""
AFTER = "A step in proceedings, a sanction, a recusal, impunity or a speech: it shows no act of a crime."
RESTATED = "It restates the law and tells of no event; a paraphrase of the law is no evidence."
LAW = "law-restated"
"""Name of the cue list of words by which a text tells what the law says."""
PRESUPPOSED = (
    Involvement.ORDERING,
    Involvement.INCITING,
    Involvement.PLANNING,
    Involvement.SHELTERING,
    Involvement.BENEFITING,
)
"""That someone ordered (planned, sheltered ...) does not yet say that the act was carried out."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a matrix is laid out from."""

    claims: Sequence[Claim]
    actors: Sequence[ActorGroup]
    incidents: Sequence[Incident]
    contradictions: Sequence[Contradiction] = ()
    texts: Mapping[str, Dated] = field(default_factory=dict)
    """Item to the first and last day of its text: when a tie without a time of its own is told of."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change touched."""

    claims: frozenset[str]
    """Ids of claims that are new or gone, that say or belong otherwise than before, or stand beside such a one."""
    incidents: frozenset[str]
    actors: frozenset[str]
    ties: bool
    """True where a claim about who stood where was among them."""


T = TypeVar("T")
Opposed = tuple[tuple[str, ContradictionKind], ...]
Entries = list[tuple[Index, Hashable]]
EVIDENCE = "evidence"
"""Key of all claims of an incident but those kept out."""
OPERATIONS = "military operations"
"""Key under which `told` holds claims of military operations; all other keys of it are names of cue lists."""


class Situation:
    """All claims that count (not rejected), with who is who and what belongs together."""

    def __init__(self, pack: LawPack, recorded: Recorded = NOTHING) -> None:
        self.pack = pack
        self.recorded = recorded
        """What persons recorded of the law: kinds of conflict, acceptances, thresholds, notes on case law."""
        self.claims: dict[str, Claim] = {}
        self.incidents: dict[str, Incident] = {}
        self.incidents_of: dict[str, tuple[str, ...]] = {}
        """Incident ids by claim id, in order."""
        self.opposed: dict[str, Opposed] = {}
        """Claim id to the claims that contradict it, with the kind."""
        self.texts: Mapping[str, Dated] = {}
        self.law = LawThere(pack, recorded, self._incidents_with, self._names_of)
        self.people = People()
        self.named_in = Index()
        """Actor id, and actor id with involvement, to the claims that name the actor as author."""
        self.aside = Index()
        """The same, of claims that point to no crime."""
        self.naming = Index()
        """Id to all claims that name the actor in any role (author, victim, speaker, end of a tie), or the place."""
        self.with_word = Index()
        """Actor id and name of a cue list to the claims that name the actor and have such a word."""
        self.denials_about = Index()
        """Actor id to the denials that name the actor as author, or that the actor makes."""
        self.ties_of = Index()
        """Actor id to the affirmed ties that name the actor on either side."""
        self.harmed = Index()
        """Actor id to the claims that name the actor as victim."""
        self.on_day = Index()
        """Actor id and day to the claims of that day alone that name the actor as author."""
        self.by_item = Index()
        self.told = Index()
        """Name of a cue list to the claims of an event whose quote has such a word, the kept out apart."""
        self._entered: dict[str, Entries] = {}
        self._cues: dict[str, CueList] = {c.name: c for c in pack.cues}
        self._cue_words = CueWords(pack.cues)
        self._hits: dict[str, frozenset[str]] = {}
        self._kept_out: dict[str, str] = {}
        self._authors: dict[str, tuple[tuple[ActorGroup, Involvement], ...]] = {}
        self._lists_in: dict[str, frozenset[str]] = {}
        self._mentions: set[str] = set()
        self._words: set[str] = set()
        self._facts: dict[str, dict[Hashable, tuple[Claim, ...]]] = defaultdict(dict)
        """Incident -> what its claims say of an element."""
        self._words_of: dict[str, Mapping[str, Sequence[Claim]]] = {}
        self._gathered: dict[tuple[str, ...], dict[Hashable, tuple[Claim, ...]]] = defaultdict(dict)
        """The same for several incidents together."""
        self._whole: dict[Hashable, Whole] = {}
        self._made: dict[Hashable, tuple[tuple[Claim, ...], Any]] = {}
        self._commands: Commands | None = None

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        actors: Sequence[ActorGroup],
        incidents: Sequence[Incident],
        contradictions: Sequence[Contradiction],
        pack: LawPack,
        recorded: Recorded = NOTHING,
    ) -> Situation:
        """A situation of these alone."""
        made = cls(pack, recorded)
        made.change(Given(claims, actors, incidents, contradictions))
        return made

    def change(self, given: Given) -> Changed:
        """Take these in place of all before, and work out again what that touches, nothing else."""
        kept = {c.id: c for c in given.claims if c.status is not Status.REJECTED}
        events = {i.id: i for i in given.incidents}
        opposed = _opposed(given.contradictions, kept)
        incidents = _differing(self.incidents, events)
        claims = _differing(self.claims, kept) | _differing(self.opposed, opposed)
        claims |= {other for c in claims for opp in (self.opposed, opposed) for other, _ in opp.get(c, ())}
        moved = self.people.change(given.actors)
        claims |= self._that_name(moved)
        actors = {g for c in claims for g in self.named_by(c)} | moved.actors
        ties = given.texts != self.texts or any(self._tie(c) for c in claims)
        touched = incidents | {i for c in claims for i in self.incidents_of.get(c, ())}
        members = {c for i in incidents for by in (self.incidents, events) if i in by for c in by[i].claims} - claims
        before = {c: self._setting(c) for c in members}
        for claim in claims:
            self._leave(claim)
        self.claims, self.opposed, self.texts = kept, opposed, given.texts
        self._join(incidents, events)
        elsewhere = {c for c in members if self._set_anew(c) != before[c]}
        for claim in elsewhere:
            actors.update(self.named_by(claim))
            self._leave(claim)
        claims |= elsewhere
        touched |= {i for c in claims for i in self.incidents_of.get(c, ())}
        self._forget(touched)
        for claim in sorted(claims & kept.keys()):
            self._enter(kept[claim])
        ties |= any(self._tie(c) for c in claims)
        actors |= {g for c in claims for g in self.named_by(c)}
        self._commands = None if ties else self._commands
        return Changed(frozenset(claims), frozenset(touched), frozenset(actors), ties)

    def _setting(self, claim: str) -> object:
        """Where, when and in which incidents a claim is."""
        known = self.claims.get(claim)
        return (self.law.setting(known), self.incidents_of.get(claim)) if known is not None else None

    def _set_anew(self, claim: str) -> object:
        self.law.forget(claim)
        return self._setting(claim)

    def _tie(self, claim: str) -> bool:
        return claim in self.claims and self.claims[claim].tie is not None

    def named_by(self, claim: str) -> Iterator[str]:
        """Ids of the actors and places that this claim names in a role."""
        return (str(key) for index, key in self._entered.get(claim, ()) if index is self.naming)

    def _that_name(self, moved: Moved) -> set[str]:
        """Claims in which a role is now filled by another actor, or by one that is called otherwise."""
        found = {c.id for actor in moved.renamed for c in self.naming.get(actor)}
        mentions, words = moved.mentions & self._mentions, moved.words & self._words
        if mentions or words:
            found |= {
                c.id
                for c in self.claims.values()
                if any(r.mention in mentions or r.words.casefold() in words for r in _roles(c))
            }
        return found

    def _join(self, changed: Iterable[str], now: dict[str, Incident]) -> None:
        """Take these incidents in place of what they were."""
        members = {c for i in changed for by in (self.incidents, now) if i in by for c in by[i].claims}
        of: dict[str, set[str]] = {c: set(self.incidents_of.pop(c, ())) - set(changed) for c in members}
        for incident in changed:
            for claim in now[incident].claims if incident in now else ():
                of[claim].add(incident)
        self.incidents_of |= {claim: tuple(sorted(ids)) for claim, ids in of.items() if ids}
        self.incidents = now

    def _forget(self, incidents: set[str]) -> None:
        """Drop what is known of these incidents."""
        for incident in incidents:
            self._facts.pop(incident, None)
            self._words_of.pop(incident, None)
        for parts in [parts for parts in self._gathered if not incidents.isdisjoint(parts)]:
            del self._gathered[parts]

    def _leave(self, claim: str) -> None:
        for index, key in self._entered.pop(claim, ()):
            index.drop(key, claim)
        for known in (self._hits, self._kept_out, self._authors):
            known.pop(claim, None)
        self.law.forget(claim)

    def _enter(self, claim: Claim) -> None:
        entries: Entries = [(self.by_item, claim.item)]
        hits, roles = self._lists(claim), list(_roles(claim))
        self._mentions.update(r.mention for r in roles if r.mention is not None)
        self._words.update(r.words.casefold() for r in roles)
        groups = {g.id: g for g in map(self.who, roles) if g is not None}
        for group in groups.values():
            entries.append((self.naming, group.id))
            if group.kind in CAN_ACT:
                entries += [(self.with_word, (group.id, cue)) for cue in hits]
        for author, how in self.authors(claim):
            entries += [(self.named_in, author.id), (self.named_in, (author.id, how))]
            if not self.points_to_a_crime(claim):
                entries += [(self.aside, author.id), (self.aside, (author.id, how))]
        entries += [(self.harmed, g.id) for v in claim.victims if (g := self.who(v)) is not None]
        if claim.date_from is not None and claim.date_from == (claim.date_to or claim.date_from):
            doers = {g.id for a in claim.actors if (g := self.who(a)) is not None}
            entries += [(self.on_day, (actor, claim.date_from)) for actor in doers]
        if denies(claim):
            voices: list[Named | Author] = [*claim.actors, claim.innermost]
            deniers = {g.id for r in voices if (g := self.who(r)) is not None}
            entries += [(self.denials_about, actor) for actor in deniers]
        if claim.tie is not None and claim.asserts_event:
            ends = {g.id for end in (claim.tie.left, claim.tie.right) if (g := self.who(end)) is not None}
            entries += [(self.ties_of, actor) for actor in ends]
        if claim.asserts_event and not self.kept_out(claim):
            entries += [(self.told, cue) for cue in hits]
            if claim.act_type is ActType.MILITARY_OPERATION:
                entries.append((self.told, OPERATIONS))
        for index, key in entries:
            index.put(key, claim)
        self._entered[claim.id] = entries

    def _incidents_with(self, claim: Claim) -> Iterator[Incident]:
        return (self.incidents[i] for i in self.incidents_of.get(claim.id, ()))

    def _names_of(self, place: Named) -> Iterator[str]:
        yield place.words
        if (group := self.who(place)) is not None:
            yield group.name

    def who(self, named: Named | Author) -> ActorGroup | None:
        """The actor a role is filled with: by its mention, else by words that only one actor is written with."""
        return self.people.who(named)

    def group(self, actor: str) -> ActorGroup | None:
        """The actor of this id."""
        return self.people.groups.get(actor)

    def forms_of(self, actor: str) -> tuple[str, ...]:
        """Every form in which this actor is written."""
        group = self.group(actor)
        return (group.name, *group.variants) if group is not None else ()

    @property
    def commands(self) -> Commands:
        """Who is said to stand over whom."""
        if self._commands is None:
            ties = (c for c in self.claims.values() if c.family is Family.TIE)
            self._commands = Commands(ties, self.who, self.texts)
        return self._commands

    def cue(self, *names: str) -> tuple[CueList, ...]:
        """The pack's cue lists of these names; a pack need not have those that only rules name."""
        return tuple(self._cues[n] for n in names if n in self._cues)

    def has(self, claim: Claim, *cue_names: str) -> bool:
        """True when the claim's quote holds a word of one of these lists; all lists are looked up at once, and once."""
        return not self._lists(claim).isdisjoint(cue_names)

    def _lists(self, claim: Claim) -> frozenset[str]:
        if claim.id not in self._hits:
            self._hits[claim.id] = self._cue_words.lists_in(claim.quote)
        return self._hits[claim.id]

    def words_have(self, words: str, cue_names: Iterable[str]) -> bool:
        """True when these words, of which many claims may have the same, hold a word of one of these lists."""
        if words not in self._lists_in:
            self._lists_in[words] = self._cue_words.lists_in(words)
        return not self._lists_in[words].isdisjoint(cue_names)

    def about(self, actor: str, cue: str) -> tuple[Claim, ...]:
        """The claims that name the actor in any role and have a word of this list, in order of id."""
        return self.with_word.get((actor, cue))

    def kept_out(self, claim: Claim) -> str:
        """Why this claim is evidence in no cell of a crime; empty where it may be.

        A text that restates the law speaks of no event: no author with a name, no place, no day and no number stand in
        it. Proceedings, sanctions, recusals and impunity come after the fact.
        """
        if claim.id not in self._kept_out:
            self._kept_out[claim.id] = self._why_out(claim)
        return self._kept_out[claim.id]

    def _why_out(self, claim: Claim) -> str:
        if claim.family is Family.ACT and claim.act_type in OF_NO_CRIME:
            return AFTER
        if LAW in self._cues and self.has(claim, LAW) and not self._of_an_event(claim):
            return RESTATED
        return ""

    def _of_an_event(self, claim: Claim) -> bool:
        if claim.tie is not None or claim.date_from or claim.date_to or claim.places or claim.quantity is not None:
            return True
        groups = (self.who(a) for a in claim.actors)
        return any(g is not None and g.kind in CAN_ACT for g in groups)

    def nearby(self, incidents: tuple[str, ...], key: Hashable, test: Callable[[Claim], bool]) -> tuple[Claim, ...]:
        """The claims of these incidents that pass a test, in order of id; those kept out pass none.

        `key` names the test, which may look at the claim, at whom it names and at its incidents, and at nothing else:
        the answer is kept by incident until one of these changes.
        """
        known = self._gathered[incidents]
        if key not in known:
            found = {c.id: c for i in incidents for c in self._of_incident(i, key, test)}
            known[key] = tuple(found[c] for c in sorted(found))
        return known[key]

    def _of_incident(self, incident: str, key: Hashable, test: Callable[[Claim], bool]) -> tuple[Claim, ...]:
        known = self._facts[incident]
        if key not in known:
            if EVIDENCE not in known:
                claims = (self.claims[c] for c in self.incidents[incident].claims if c in self.claims)
                known[EVIDENCE] = tuple(c for c in claims if not self.kept_out(c))
            if key != EVIDENCE:
                known[key] = tuple(c for c in known[EVIDENCE] if test(c))
        return known[key]

    def nearby_with(self, incidents: tuple[str, ...], cue_names: tuple[str, ...]) -> tuple[Claim, ...]:
        """The claims of these incidents whose quote holds a word of one of these lists, as `nearby` gives them."""
        known = self._gathered[incidents]
        key = ("word", cue_names)
        if key not in known:
            found = {c.id: c for i in incidents for cue in cue_names for c in self._by_word(i).get(cue, ())}
            known[key] = tuple(found[c] for c in sorted(found))
        return known[key]

    def _by_word(self, incident: str) -> Mapping[str, Sequence[Claim]]:
        """The claims of an incident by the lists of which they hold a word."""
        if incident not in self._words_of:
            found: dict[str, list[Claim]] = defaultdict(list)
            for claim in self._of_incident(incident, EVIDENCE, lambda c: True):
                for cue in self._lists(claim):
                    found[cue].append(claim)
            self._words_of[incident] = found
        return self._words_of[incident]

    def out_of(self, incidents: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of these incidents that are evidence in no cell, in order of id."""
        found = {c.id: c for i in incidents for c in self._left_out(i)}
        return tuple(found[c] for c in sorted(found))

    def _left_out(self, incident: str) -> tuple[Claim, ...]:
        known = self._facts[incident]
        if "kept out" not in known:
            claims = (self.claims[c] for c in self.incidents[incident].claims if c in self.claims)
            known["kept out"] = tuple(c for c in claims if self.kept_out(c))
        return known["kept out"]

    def kept(self, key: Hashable, claims: tuple[Claim, ...], make: Callable[[], T]) -> T:
        """What `make` gives of the claims of an index, made anew only when these are other ones."""
        known = self._made.get(key)
        if known is None or known[0] is not claims:
            known = self._made[key] = (claims, make())
        return known[1]

    def whole(self, key: Hashable, told: Sequence[tuple[Claim, ...]]) -> Whole:
        """What the whole situation says of an element; the same object as before where none of its sources changed."""
        known = self._whole.get(key)
        if known is None or len(known.sources) != len(told) or not all(map(is_, known.sources, told)):
            claims = in_order([c for source in told for c in source])
            known = self._whole[key] = Whole(tuple(told), claims, frozenset(c.id for c in claims))
        return known

    def against_civilians(self) -> tuple[tuple[Claim, ...], ...]:
        """For each incident of an art. 7(1) act whose victims a claim describes as civilians: the claims that do so."""
        crimes = tuple(c for c in self.pack.crimes if c.family == "crimes_against_humanity")

        def hits(claim: Claim) -> bool:
            described = any(self.words_have(v.words, ("civilians",)) for v in claim.victims)
            return described and any(self.tells_of(claim, crime) for crime in crimes)

        groups = (self._of_incident(i, "against civilians", hits) for i in sorted(self.incidents))
        return tuple(g for g in groups if g)

    def ids_named_in(self, actor: str) -> frozenset[str]:
        """Ids of the claims that name the actor as author."""
        named = self.named_in.get(actor)
        return self.kept(("ids", actor), named, lambda: frozenset(c.id for c in named))

    def same_kind(self, claim: Claim, crime: Crime) -> bool:
        """True when the kind of act is one that points to this crime, whether the claim affirms it or denies it."""
        return claim.family is Family.ACT and self.law.same_kind(claim, crime)

    def points_to_a_crime(self, claim: Claim) -> bool:
        """True when the kind of act points to any crime that is offered there and then."""
        return bool(self.law.crimes(claim))

    def tells_of(self, claim: Claim, crime: Crime) -> bool:
        """True when the claim says that an act that points to this crime was carried out, and not just tried."""
        if attempted(self.pack, claim.act_detail):
            return False
        return self.tells_of_trying(claim, crime)

    def tells_of_trying(self, claim: Claim, crime: Crime) -> bool:
        """The same, where it is enough that the act was tried (art. 25(3)(b) to (d): happened or was attempted)."""
        if not self.same_kind(claim, crime) or not claim.asserts_event:
            return False
        carried_out = not claim.actors or any(a.involvement not in PRESUPPOSED for a in claim.actors)
        return carried_out and self._says_what_is_needed(claim, crime)

    def needed(self, claim: Claim) -> tuple[str, ...]:
        """What the crimes that this kind of act points to ask for in the words of a claim besides it."""
        asked = dict.fromkeys(c.needs for c in self.law.crimes(claim) if c.needs)
        return tuple("words of an order" if n == "order" else self._cues[n].why for n in asked)

    def _says_what_is_needed(self, claim: Claim, crime: Crime) -> bool:
        """True where the words say what the crime asks for besides the kind of act, as a cue list has it."""
        if crime.needs in ("", "order"):
            return True
        (cue,) = self.cue(crime.needs)
        roles = "; ".join([claim.act, *(n.words for n in (*claim.victims, *claim.places)), *claim.means])
        return says(roles if cue.roles else claim.quote, (cue,))

    def authors(self, claim: Claim) -> tuple[tuple[ActorGroup, Involvement], ...]:
        """Whom the claim names as author, and how involved: never a victim, a mere speaker, a court or a prosecutor."""
        if claim.id not in self._authors:
            self._authors[claim.id] = tuple(self._named_as_authors(claim))
        return self._authors[claim.id]

    def _named_as_authors(self, claim: Claim) -> Iterator[tuple[ActorGroup, Involvement]]:
        if claim.family is not Family.ACT or claim.polarity is not Polarity.POSITIVE or claim.modality in NO_EVENT:
            return
        victims = {g.id for v in claim.victims if (g := self.who(v))}
        speakers = {g.id for s in claim.speakers if (g := self.who(s))}
        for actor in claim.actors:
            group = self.who(actor)
            if group is None or group.kind not in CAN_ACT or group.id in victims or self._judges(group):
                continue
            if group.id in speakers and not _speaks_of_itself(claim, group):
                continue
            yield group, actor.involvement

    def _judges(self, group: ActorGroup) -> bool:
        return group.kind is MentionKind.BODY and says(group.name, self.cue("courts"))

    def points(self, claim: Claim, involvement: Involvement) -> tuple[tuple[Crime, Mode], ...]:
        """Crimes and modes to which a claim points for an author involved in this way."""
        found = []
        for crime in self.law.crimes(claim):
            orders = claim.modality is Modality.ORDERED or involvement is Involvement.ORDERING
            if crime.needs == "order" and not orders:
                continue
            if not self._says_what_is_needed(claim, crime):
                continue
            # Words that order or threaten are no event: an order points to ordering, a threat only to crimes in words.
            if not crime.by_words and claim.modality is Modality.THREATENED:
                continue
            if not crime.by_words and claim.modality is Modality.ORDERED and involvement not in PRESUPPOSED:
                continue
            found += [(crime, mode) for mode in modes_for(self.pack, involvement.value, crime, claim.act_detail)]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole situation says of an element."""

    sources: tuple[tuple[Claim, ...], ...]
    claims: tuple[Claim, ...]
    ids: frozenset[str]


def denies(claim: Claim) -> bool:
    """True for a claim that says that an act did not happen, or was not this author's."""
    return claim.family is Family.ACT and (claim.polarity is Polarity.NEGATIVE or claim.modality is Modality.DENIED)


def _speaks_of_itself(claim: Claim, group: ActorGroup) -> bool:
    """An accuser must not become an author: who speaks is one only in words about his own conduct."""
    told = claim.modality is Modality.REPORTED and group.kind is not MentionKind.BODY
    return claim.modality in OWN_VOICE or told


def _roles(claim: Claim) -> Iterator[Named | Author]:
    """Everybody a claim names as author, victim or speaker, at an end of a tie, or as the place."""
    yield from claim.actors
    yield from claim.victims
    yield from claim.speakers
    yield from claim.places
    if claim.tie is not None:
        yield claim.tie.left
        yield claim.tie.right


def _differing(was: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """Keys under which there is something else than before; what is the very same object is not looked into."""
    gone = was.keys() - now.keys()
    return gone | {k for k, v in now.items() if (old := was.get(k)) is not v and old != v}


def _opposed(
    contradictions: Iterable[Contradiction], kept: Mapping[str, Claim]
) -> dict[str, tuple[tuple[str, ContradictionKind], ...]]:
    found: dict[str, set[tuple[str, ContradictionKind]]] = defaultdict(set)
    for c in contradictions:
        if c.a in kept and c.b in kept:
            found[c.a].add((c.b, c.kind))
            found[c.b].add((c.a, c.kind))
    return {claim: tuple(sorted(others)) for claim, others in found.items()}


def in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Each claim once, in order of id."""
    return tuple({c.id: c for c in sorted(claims, key=lambda c: c.id)}.values())
