"""What one text says of who is who: the names that it puts together by itself, and what it hands to other texts.

Start with `OneText`. What a text puts together depends on the rest of the situation in three places only, and these are
asked for by question (`Question`): who bears a family name, which country an ambiguous place lies in, and which
spellings are one place. Whoever keeps texts does a text again when an answer has become another (`kept`).

Looks down to: grouping, kinds, codenames, persons, named, proposals. Used by: kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from probanda.actors.codenames import coded
from probanda.actors.grouping import Link, Pair, group
from probanda.actors.kinds import settle_kinds
from probanda.actors.model import FIRST, Membership
from probanda.actors.named import (
    CONTESTED,
    Named,
    country_of,
    left_open,
    named_of_text,
    owners,
    place_block,
    propose_groups,
    reading_among,
)
from probanda.actors.persons import Person, people_of_text, person_blocks
from probanda.actors.proposals import Proposal, Strength, earliest, place_in_text
from probanda.claims.model import OWN_ID, Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_name

ORGANISED = frozenset({MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE})

Key = tuple[str, ...]
"""A block of what several texts hand over, by kind and key: only within a block are texts compared."""

Question = tuple[str, ...]
"""`bearers` and a name: the ids of those who bear it. `reading` and a place: the id of its one reading in the countries
of the situation, or None. `speller`, a block key and a place: the form that speaks for its spellings."""

Ask = Callable[[Question], object]


@dataclass(slots=True, eq=False)
class Node:
    """Mentions that their own text puts together, by id."""

    members: tuple[Mention, ...]
    memberships: tuple[Membership, ...]
    """With the reasons of the text itself, as if nothing came from elsewhere."""
    open: tuple[str, ...]
    """Mentions for which the text itself has no reason."""
    kept: dict[str, str]
    apart: list[Pair]
    hidden: tuple[str, ...]
    """Mentions that are codes and pseudonyms."""
    groups: tuple[str, ...] = ()
    """Founders of the groups it is in now; more than one only where a decision or an item's own id parts it."""

    @property
    def item(self) -> str:
        """The text."""
        return self.members[0].item


@dataclass(slots=True)
class OneText:
    """The mentions of one text (each once), and what they come to."""

    known: dict[str, Mention]
    hidden: frozenset[str]
    people: list[Person]
    persons: Proposal
    countries: set[str]
    places: dict[str, list[Mention]]
    own: bool
    """True where a mention bears an id of its item."""
    proposal: Proposal = field(default_factory=Proposal)
    """All that the text itself says, names of persons included."""
    nodes: list[Node] = field(default_factory=list)

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> OneText:
        """Read the mentions of one text."""
        once = {m.id: m for m in sorted(mentions, key=lambda m: (m.id, m.words, m.start))}
        ordered = settle_kinds(once.values())
        hidden = coded(m for m in ordered if m.kind is MentionKind.PERSON)
        persons = Proposal()
        places: dict[str, list[Mention]] = {}
        people = people_of_text([m for m in ordered if m.kind is MentionKind.PERSON and m.id not in hidden], persons)
        for m in ordered:
            if m.kind is MentionKind.PLACE:
                places.setdefault(m.words, []).append(m)
        lands = (country_of(m) for m in ordered if m.kind is MentionKind.PLACE or m.kind in ORGANISED)
        known = {m.id: m for m in sorted(ordered, key=lambda m: m.id)}
        own = any(m.same_as and m.same_as.startswith(OWN_ID) for m in ordered)
        return cls(known, hidden, people, persons, {c for c in lands if c}, places, own)

    # -- what it hands over -------------------------------------------------------------------------------------------

    def person_keys(self) -> dict[Key, list[object]]:
        """Its persons, by the blocks of their names: full ones with the name, bare ones by themselves."""
        found: dict[Key, list[object]] = {}
        for person in self.people:
            if person.full:
                for key, names in person_blocks(person).items():
                    found.setdefault(("person", *key), []).extend((name, person.centre) for name in names)
            elif person.settled and person.names[0].tokens:
                name = person.names[0]
                found.setdefault(("bare", repr(name)), []).append((name, person.centre))
        return found

    def place_keys(self, ask: Ask) -> dict[str, str]:
        """For each form of a place here the block key."""
        return {words: self._place_key(words, ask) for words in self.places}

    def _place_key(self, words: str, ask: Ask) -> str:
        key = place_block(words) or reading_among(words, self.countries)
        return key or str(ask(("reading", words)) or left_open(words)[0])

    def join(self, ask: Ask) -> dict[Key, list[object]]:
        """Put its mentions together, as the answers are now; gives what it hands over of units, bodies and places."""
        proposal = Proposal()
        handed: dict[Key, list[object]] = {}
        proposal.add(self.persons)
        every = sorted(self.known.values(), key=place_in_text)
        proposal.add(propose_groups(m for m in every if m.id in self.hidden))  # by the same words alone
        self._join_named([m for m in every if m.kind in ORGANISED], ask, proposal, handed)
        self._join_places(ask, proposal, handed)
        proposal.add(propose_groups(m for m in every if m.kind is MentionKind.GROUP))
        for m in every:
            other = self.known.get(m.same_as or "")
            if other is not None and not {m.id, other.id} & self.hidden:
                proposal.join(m, other, Strength.EQUATED_BY_TEXT, f"the text itself equates the two: {other.words}")
        self.proposal = proposal
        self.nodes = list(_nodes(self))
        return handed

    def _join_named(
        self, organised: list[Mention], ask: Ask, proposal: Proposal, handed: dict[Key, list[object]]
    ) -> None:
        def bearers(words: str) -> tuple[str, ...]:
            found = ask(("bearers", words))
            return found if isinstance(found, tuple) else ()

        proposal.add(propose_groups(m for m in organised if body_name(m.words).generic))
        named = named_of_text([m for m in organised if not body_name(m.words).generic], bearers, proposal)
        for one in named:
            owned = owners(one, bearers)
            contested = len({person for person, _ in owned}) > 1
            if contested:
                proposal.kept[one.centre.id] = CONTESTED
            for person, rest in () if contested else owned:
                handed.setdefault(("owned", person, rest), []).append(one.centre)
            for key in one.also if contested else one.keys:
                _hand(handed, key, one)
            for letters in () if one.acronym_only else one.acronyms:
                handed.setdefault(("acronym", letters), []).append((one.key, one.centre))

    def _join_places(self, ask: Ask, proposal: Proposal, handed: dict[Key, list[object]]) -> None:
        spelt: dict[Key, list[Mention]] = {}
        for words, key in self.place_keys(ask).items():
            if key == left_open(words)[0]:
                proposal.kept.update((m.id, left_open(words)[1]) for m in self.places[words])
            speaker = str(ask(("speller", key, words)))
            spelt.setdefault(("place", key, speaker), []).extend(self.places[words])
        for block, mentions in spelt.items():
            centre = earliest(mentions)
            proposal.star(mentions, centre, Strength.SAME_NAME_IN_TEXT, "the same place name in one text")
            handed[block] = [centre]


def _hand(handed: dict[Key, list[object]], key: str, one: Named) -> None:
    if key.startswith("acronym:"):
        handed.setdefault(("acronym", key.removeprefix("acronym:")), []).append(("", one.centre))
    else:
        handed.setdefault(("named", key), []).append(one)


def _nodes(text: OneText) -> Iterable[Node]:
    links = text.proposal.links
    found = group(text.known, (), (), links, text.proposal.apart).groups
    root = {id_: members[0] for members in found for id_ in members}
    reasons = reasons_of(links, root)
    apart: dict[str, list[Pair]] = {}
    for pair in text.proposal.apart:
        apart.setdefault(root[pair[0]], []).append(pair)
    kept = text.proposal.kept
    for members in found:
        yield Node(
            tuple(text.known[i] for i in members),
            tuple(Membership(i, reasons.get(i, FIRST)) for i in members),
            tuple(i for i in members if i not in reasons),
            {i: kept[i] for i in members if i in kept},
            apart.get(members[0], []),
            tuple(i for i in members if i in text.hidden),
        )


def reasons_of(links: Iterable[Link], root: dict[str, str]) -> dict[str, str]:
    """For each mention the strongest link that holds, given the group of each."""
    found: dict[str, str] = {}
    for k in sorted(links, key=lambda k: (-k.strength, k.left, k.right, k.reason)):
        if root[k.left] == root[k.right]:
            found.setdefault(k.left, k.reason)
    return found
