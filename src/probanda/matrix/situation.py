"""What the claims say of whom, indexed once: who is named as author, what each claim points to, what belongs together.

`Situation` looks at all claims given; `Scene` is the part of it that one layout (actor, crime, mode) looks at. Start
with `Situation.of`, then `Situation.authors`.

Looks down to: matrix.offered, law, incidents, actors, claims, kernel. Used by: matrix.looks,
matrix.against, matrix.layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

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
from probanda.law.model import Crime, CueList, Element, LawPack, Mode
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix.command import Commands, Dated, Path
from probanda.matrix.cues import CueWords, says
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


@dataclass(frozen=True)
class Situation:
    """All claims that count (not rejected), with who is who and what belongs together."""

    pack: LawPack
    claims: Mapping[str, Claim]
    """By id, in order of id."""
    incidents: Mapping[str, Incident]
    incidents_of: Mapping[str, tuple[str, ...]]
    """Incident ids by claim id."""
    opposed: Mapping[str, tuple[tuple[str, ContradictionKind], ...]]
    """Claim id to the claims that contradict it, with the kind."""
    by_mention: Mapping[str, ActorGroup]
    by_words: Mapping[str, ActorGroup | None]
    """Folded form to the only group written so; None where several are."""
    recorded: Recorded = NOTHING
    """What persons recorded of the law: kinds of conflict, acceptances, thresholds, notes on case law."""
    texts: Mapping[str, Dated] = field(default_factory=dict)
    """Item to the first and last day of its text: when a tie without a time of its own is told of."""

    @classmethod
    def of(
        cls,
        claims: Iterable[Claim],
        actors: Iterable[ActorGroup],
        incidents: Iterable[Incident],
        contradictions: Iterable[Contradiction],
        pack: LawPack,
        recorded: Recorded = NOTHING,
        texts: Mapping[str, Dated] | None = None,
    ) -> Situation:
        """Index everything, sorted by content ids so that the order of arrival changes nothing."""
        kept = {c.id: c for c in sorted(claims, key=lambda c: c.id) if c.status is not Status.REJECTED}
        ordered = sorted(incidents, key=lambda i: i.id)
        incidents_of: dict[str, list[str]] = defaultdict(list)
        for incident in ordered:
            for claim in incident.claims:
                incidents_of[claim].append(incident.id)
        by_mention, by_words = _who_is_who(actors)
        return cls(
            pack,
            kept,
            {i.id: i for i in ordered},
            {claim: tuple(ids) for claim, ids in incidents_of.items()},
            _opposed(contradictions, kept),
            by_mention,
            by_words,
            recorded,
            texts or {},
        )

    @cached_property
    def law(self) -> LawThere:
        """The pack with what is recorded of the law, asked about claims."""
        return LawThere(self.pack, self.recorded, self._incidents_with, self._names_of)

    def _incidents_with(self, claim: Claim) -> Iterator[Incident]:
        return (self.incidents[i] for i in self.incidents_of.get(claim.id, ()))

    def _names_of(self, place: Named) -> Iterator[str]:
        yield place.words
        if (group := self.who(place)) is not None:
            yield group.name

    def who(self, named: Named | Author) -> ActorGroup | None:
        """The actor a role is filled with: by its mention, else by words that only one actor is written with."""
        if named.mention is not None and named.mention in self.by_mention:
            return self.by_mention[named.mention]
        return self.by_words.get(named.words.casefold())

    def cue(self, *names: str) -> tuple[CueList, ...]:
        """The pack's cue lists of these names."""
        return tuple(self._cues[n] for n in names)

    @cached_property
    def _cues(self) -> dict[str, CueList]:
        return {c.name: c for c in self.pack.cues}

    def telling(self, *cue_names: str) -> tuple[Claim, ...]:
        """Claims of an event whose quote holds a word of these lists, in order of id; worked out once for each set."""
        if cue_names not in self._told:
            self._told[cue_names] = tuple(
                c for c in self.claims.values() if c.asserts_event and self.has(c, *cue_names) and not self.kept_out(c)
            )
        return self._told[cue_names]

    def has(self, claim: Claim, *cue_names: str) -> bool:
        """True when the claim's quote holds a word of one of these lists; all lists are looked up at once, and once."""
        if claim.id not in self._hits:
            self._hits[claim.id] = self._cue_words.lists_in(claim.quote)
        return not self._hits[claim.id].isdisjoint(cue_names)

    @cached_property
    def _hits(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _cue_words(self) -> CueWords:
        return CueWords(self.pack.cues)

    def kept_out(self, claim: Claim) -> str:
        """Why this claim is evidence in no cell of a crime; empty where it may be.

        A text that restates the law speaks of no event: no author with a name, no place, no day and no number stand in
        it. Proceedings, sanctions, recusals and impunity come after the fact.
        """
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

    def group(self, actor: str) -> ActorGroup | None:
        """The actor of this id."""
        return self._groups.get(actor)

    def reason_of(self, mention: str) -> str:
        """Why this mention was linked to its actor; empty where it was not."""
        return self._reasons.get(mention, "")

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return {m.mention: m.reason for g in self._groups.values() for m in g.members}

    @cached_property
    def commands(self) -> Commands:
        """Who is said to stand over whom."""
        ties = (c for c in self.claims.values() if c.family is Family.TIE)
        return Commands(ties, self.who, self.texts)

    @cached_property
    def _groups(self) -> dict[str, ActorGroup]:
        return {g.id: g for g in self.by_mention.values()}

    def forms_of(self, actor: str) -> tuple[str, ...]:
        """Every form in which this actor is written."""
        group = self._groups.get(actor)
        return (group.name, *group.variants) if group is not None else ()

    @cached_property
    def naming(self) -> Mapping[str, tuple[Claim, ...]]:
        """Actor id to all claims that name it in any role: author, victim, speaker, or end of a tie."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            roles: list[Named | Author] = [*claim.actors, *claim.victims, *claim.speakers]
            if claim.tie is not None:
                roles += (claim.tie.left, claim.tie.right)
            for group in {g.id: g for g in map(self.who, roles) if g is not None and g.kind in CAN_ACT}:
                found[group].append(claim)
        return {actor: tuple(claims) for actor, claims in found.items()}

    @cached_property
    def operations(self) -> tuple[Claim, ...]:
        """Claims that a military operation took place."""
        return tuple(c for c in self.claims.values() if c.asserts_event and c.act_type is ActType.MILITARY_OPERATION)

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Claim, ...]]:
        """Item to its claims, in order of id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            found[claim.item].append(claim)
        return {item: tuple(claims) for item, claims in found.items()}

    @cached_property
    def whole(self) -> dict[tuple[str, tuple[str, ...]], tuple[Claim, ...]]:
        """What the whole situation says of an element, by rule and cue lists; filled by `looks`."""
        return {}

    @cached_property
    def whole_ids(self) -> dict[tuple[str, tuple[str, ...]], frozenset[str]]:
        """The ids of the same."""
        return {}

    @cached_property
    def _told(self) -> dict[tuple[str, ...], tuple[Claim, ...]]:
        return {}

    @cached_property
    def against_civilians(self) -> tuple[tuple[Claim, ...], ...]:
        """For each incident of an art. 7(1) act whose victims a claim describes as civilians: the claims that do so."""
        crimes = tuple(c for c in self.pack.crimes if c.family == "crimes_against_humanity")
        civilians = self.cue("civilians")

        def hits(claim: Claim) -> bool:
            described = any(says(v.words, civilians) for v in claim.victims)
            return described and any(self.tells_of(claim, crime) for crime in crimes)

        groups = (
            tuple(c for i in incident.claims if (c := self.claims.get(i)) is not None and hits(c))
            for incident in self.incidents.values()
        )
        return tuple(g for g in groups if g)

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
        carried_out = not claim.actors or any(a.involvement not in PRESUPPOSED for a in claim.actors)
        return (
            claim.asserts_event
            and carried_out
            and self.same_kind(claim, crime)
            and self._says_what_is_needed(claim, crime)
        )

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

    @cached_property
    def _authors(self) -> dict[str, tuple[tuple[ActorGroup, Involvement], ...]]:
        return {}

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

    @cached_property
    def named_in(self) -> Mapping[str, tuple[Claim, ...]]:
        """Actor id to the claims that name the actor as author."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for group in dict.fromkeys(g.id for g, _ in self.authors(claim)):
                found[group].append(claim)
        return {actor: tuple(claims) for actor, claims in found.items()}

    @cached_property
    def denials_about(self) -> Mapping[str, tuple[Claim, ...]]:
        """Actor id to the denials that name the actor as author, or that the actor makes."""
        found: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in self.claims.values():
            if denies(claim):
                roles: tuple[Named | Author, ...] = (*claim.actors, claim.innermost)
                for named in roles:
                    group = self.who(named)
                    if group is not None:
                        found[group.id][claim.id] = claim
        return {actor: tuple(claims.values()) for actor, claims in found.items()}

    @cached_property
    def ties_of(self) -> Mapping[str, tuple[Claim, ...]]:
        """Actor id to the affirmed ties that name the actor on either side."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            if claim.tie is not None and claim.asserts_event:
                ends = {g.id for end in (claim.tie.left, claim.tie.right) if (g := self.who(end))}
                for actor in sorted(ends):
                    found[actor].append(claim)
        return {actor: tuple(claims) for actor, claims in found.items()}

    def together_with(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """These claims and all that belong to the same incidents, in order of id."""
        ids = {c.id for c in claims}
        for incident in {i for c in ids for i in self.incidents_of.get(c, ())}:
            ids.update(self.incidents[incident].claims)
        return tuple(self.claims[i] for i in sorted(ids) if i in self.claims)


@dataclass(frozen=True)
class Scene:
    """What one layout looks at: an actor, a crime, a mode, and the claims that point there."""

    situation: Situation
    actor: ActorGroup
    crime: Crime
    mode: Mode
    own: tuple[Claim, ...]
    """Claims that name the actor and point to this crime and mode, in order of id; for a superior also those that name
    somebody under him as author of such an act."""
    paths: tuple[Path, ...] = ()
    """For a superior: how those who are named as authors are said to stand under the actor."""

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Ids of the actor and, for a superior, of those under him who are named as authors."""
        return tuple(sorted({self.actor.id, *(path.author for path in self.paths)}))

    @cached_property
    def tied(self) -> frozenset[str]:
        """Ids of these and of all that any tie puts beside one of them: no others where authors are opposed."""
        found = set(self.persons)
        for actor in self.persons:
            for claim in self.situation.ties_of.get(actor, ()):
                if claim.tie is not None:
                    ends = (self.situation.who(claim.tie.left), self.situation.who(claim.tie.right))
                    found |= {g.id for g in ends if g is not None}
        return frozenset(found)

    @cached_property
    def items(self) -> frozenset[str]:
        """The items in which the own claims stand."""
        return frozenset(c.item for c in self.own)

    @cached_property
    def around(self) -> tuple[Claim, ...]:
        """The own claims and all others of their incidents."""
        return self.situation.together_with(self.own)

    @cached_property
    def near(self) -> tuple[Claim, ...]:
        """The same, without those that are evidence in no cell."""
        return tuple(c for c in self.around if not self.situation.kept_out(c))

    @cached_property
    def about(self) -> tuple[Claim, ...]:
        """All claims that name the actor in any role."""
        return self.situation.naming.get(self.actor.id, ())

    @cached_property
    def days(self) -> tuple[tuple[str, str], ...]:
        """First and last day of each incident, and of each own claim, that has one; ISO, sorted."""
        told = [(i.date_from, i.date_to) for i in map(self.situation.incidents.__getitem__, self.incidents)]
        told += [(c.date_from, c.date_to) for c in self.own]
        spans = {(first, last or first) for first, last in told if first}
        return tuple(sorted((str(a), str(b)) for a, b in spans))

    @property
    def by_own_hand(self) -> bool:
        """True in the mode in which the author of the act and the actor are the same."""
        return any(e.look == "own-hand" for e in self.mode.elements)

    @cached_property
    def incidents(self) -> tuple[str, ...]:
        """Incidents of the own claims, in order of id."""
        return tuple(sorted({i for c in self.own for i in self.situation.incidents_of.get(c.id, ())}))

    def involved(self, claim: Claim, *kinds: Involvement) -> bool:
        """True when the claim names the actor as involved in one of these ways."""
        return self.did(self.actor.id, claim, *kinds)

    def did(self, actor: str, claim: Claim, *kinds: Involvement) -> bool:
        """True when the claim names this actor as involved in one of these ways."""
        return any(g.id == actor and how in kinds for g, how in self.situation.authors(claim))

    def persons_of(self, element: Element) -> tuple[str, ...]:
        """Ids of those an element asks about: the actor; for a superior's crime, those named as its authors.

        In the elements of a crime "the author" is whoever carries it out; the superior answers for it by the mode.
        """
        if self.paths and element not in self.mode.elements:
            return tuple(sorted({path.author for path in self.paths}))
        return (self.actor.id,)

    def said_by_actor(self, claim: Claim) -> bool:
        """True when the statement comes from the actor."""
        return self.said_by(claim, (self.actor.id,))

    def said_by(self, claim: Claim, whom: Sequence[str]) -> bool:
        """True when the statement comes from one of these."""
        speaker = self.situation.who(claim.innermost)
        return speaker is not None and speaker.id in whom


def denies(claim: Claim) -> bool:
    """True for a claim that says that an act did not happen, or was not this author's."""
    return claim.family is Family.ACT and (claim.polarity is Polarity.NEGATIVE or claim.modality is Modality.DENIED)


def _speaks_of_itself(claim: Claim, group: ActorGroup) -> bool:
    """An accuser must not become an author: who speaks is one only in words about his own conduct."""
    told = claim.modality is Modality.REPORTED and group.kind is not MentionKind.BODY
    return claim.modality in OWN_VOICE or told


def _who_is_who(actors: Iterable[ActorGroup]) -> tuple[dict[str, ActorGroup], dict[str, ActorGroup | None]]:
    by_mention: dict[str, ActorGroup] = {}
    by_words: dict[str, ActorGroup | None] = {}
    for group in sorted(actors, key=lambda a: a.id):
        for member in group.members:
            by_mention[member.mention] = group
        for form in sorted({v.casefold() for v in (group.name, *group.variants)}):
            by_words[form] = None if form in by_words else group
    return by_mention, by_words


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
