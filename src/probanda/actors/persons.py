"""Which mentions of persons go together: first within each text, then between texts.

Within a text a short form belongs to the one fuller form that can bear it; where two can, it is left
alone. Between texts only given and family name together link, or, as the weakest of links, a
bare family name that a single person of the whole situation bears.

Start with `people_of_text` and `link_block`.

Looks down to: names, grouping, proposals. Used by: one_text, kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from probanda.actors.grouping import Link, Pair, group
from probanda.actors.proposals import Proposal, Strength, earliest
from probanda.claims.model import Mention
from probanda.names.folding import fold, skeleton
from probanda.names.model import Form, NameComparison, Verdict
from probanda.names.persons import PersonName, compare_names, person_name

LARGE_BLOCK = 120
"""More distinct names than this under one key are compared only when the names between agree too."""
SHOWN_APART = 40
"""So many bearers of one family name in one text are held apart pair by pair; between more, no rule would link them."""


@dataclass(slots=True)
class Person:
    """One person of one text, as far as its names tell."""

    mentions: list[Mention]
    names: list[PersonName]
    titles: set[str] = field(default_factory=set)
    settled: bool = True
    """False where the text leaves open who is meant."""

    @property
    def centre(self) -> Mention:
        return earliest(self.mentions)

    @property
    def least(self) -> str:
        """The least id of its mentions."""
        return min(m.id for m in self.mentions)

    @property
    def names_full(self) -> str:
        """The words of its fullest name."""
        return max(self.mentions, key=lambda m: (_weight(person_name(m.words)), m.words)).words

    def take(self, other: Person) -> None:
        """Take over the mentions and names of a shorter form."""
        self.mentions.extend(other.mentions)
        self.names.extend(other.names)
        self.titles |= other.titles

    @property
    def full(self) -> bool:
        return any(n.full for n in self.names)


# Within one text


def people_of_text(text: Sequence[Mention], proposal: Proposal) -> list[Person]:
    """The persons whom one text names (its mentions in order of place); fills in what puts their names together."""
    written: dict[tuple[PersonName, str], list[Mention]] = {}
    for m in text:
        name = person_name(m.words)
        written.setdefault((name, "" if name.tokens else fold(m.words)), []).append(m)
    people: list[Person] = []
    index = _Index()
    ordered = sorted(
        written.items(), key=lambda row: (-_weight(row[0][0]), row[0][0].tokens, row[0][0].titles, row[0][1])
    )
    for (name, _), mentions in ordered:
        one = Person(list(mentions), [name], _titles(name, mentions))
        home, reason = _home(one, name, index)
        if reason and home is None and not name.full:
            # Equal bare names may be two people here, so not even they are linked with each other.
            people.extend(Person([m], [name], one.titles, settled=False) for m in mentions)
            proposal.kept.update((m.id, reason) for m in mentions)
            continue
        proposal.star(mentions, one.centre, Strength.SAME_WORDS_IN_TEXT, "the same name in one text")
        if home is not None:
            proposal.join(
                one.centre, home.centre, Strength.SHORT_FORM_IN_TEXT, f"in this text, {reason}: {home.names_full}"
            )
            home.take(one)
            index.add(home, name)
            continue
        people.append(one)
        index.add(one, name)
        if reason:
            one.settled = False
            proposal.kept[one.centre.id] = reason
    _hold_apart(people, proposal)
    return people


def _weight(name: PersonName) -> int:
    """Names written out; initials count for nothing, so that they come after the names they may stand for."""
    return sum(len(token) > 1 for token in name.tokens)


def _titles(name: PersonName, mentions: Sequence[Mention]) -> set[str]:
    beside = {t for m in mentions if m.title for t in (*person_name(f"{m.title} x").titles, fold(m.title))}
    return set(name.titles) | beside


class _Index:
    """The people of one text by the coarse consonants of their names: each alone, and the first with each other."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, ...], list[Person]] = {}

    def add(self, person: Person, name: PersonName) -> None:
        parts = [skeleton(token) for token in name.tokens]
        for key in sorted({(part,) for part in parts} | {(parts[0], part) for part in parts[1:]}):
            people = self._by.setdefault(key, [])
            if not any(p is person for p in people):
                people.append(person)

    def near(self, name: PersonName) -> list[Person]:
        """Those whom a name may mean: a full name by first and last, an initial by the last, a bare name by itself."""
        if not name.tokens:
            return []
        last = skeleton(name.tokens[-1])
        return self._by.get((skeleton(name.tokens[0]), last) if name.full else (last,), [])


def _home(one: Person, name: PersonName, index: _Index) -> tuple[Person | None, str]:
    """The one person of the text whose name this can be, with the reason; None with why it stays open ('' if new)."""
    fits: list[tuple[Person, NameComparison]] = []
    weak: list[tuple[Person, NameComparison]] = []
    for person in index.near(name):
        found = _against(name, person)
        if found is not None:
            (fits if found.verdict is not Verdict.OPEN else weak).append((person, found))
    for choice in (fits, weak):
        if len(choice) > 1:
            titled = [row for row in choice if row[0].titles & one.titles]
            if len(titled) == 1:
                return titled[0][0], f"{titled[0][1].reason}, and the title agrees"
            names = " and ".join(sorted({p.names_full for p, _ in choice}))
            return None, f"more than one person of this text can be meant: {names}"
        if choice:
            return choice[0][0], choice[0][1].reason
    return None, ""


def _against(name: PersonName, person: Person) -> NameComparison | None:
    """How the name fits the person, None if it does not; each name of the person has its say."""
    results = [compare_names(name, other) for other in person.names]
    if any(r.verdict is Verdict.DIFFERENT for r in results):
        return None
    for r in results:
        if r.verdict in (Verdict.SAME, Verdict.COMPATIBLE):
            return r
    return next((r for r in results if r.form in (Form.GIVEN_ONLY, Form.INNER)), None)


def _hold_apart(people: Sequence[Person], proposal: Proposal) -> None:
    """Different full names of one text stay two people, whatever a third text says."""
    blocks: dict[str, list[Person]] = {}
    for person in people:
        if person.full:
            for key in {skeleton(n.tokens[-1]) for n in person.names if n.full}:
                blocks.setdefault(key, []).append(person)
    for key in sorted(blocks):
        block = sorted(blocks[key], key=lambda p: p.centre.id)
        for a, b in combinations(block[:SHOWN_APART], 2):
            if any(compare_names(x, y).verdict is Verdict.DIFFERENT for x in a.names for y in b.names):
                proposal.apart.append((a.centre.id, b.centre.id))


# Between texts


def person_blocks(person: Person) -> dict[tuple[str, str], list[PersonName]]:
    """The names of a person by the coarse consonants of given and family name: within these, texts are compared."""
    blocks: dict[tuple[str, str], list[PersonName]] = {}
    for name in person.names:
        if name.full:
            plain = PersonName(name.tokens, (), name.generation)
            blocks.setdefault((skeleton(name.tokens[0]), skeleton(name.tokens[-1])), []).append(plain)
    return blocks


def link_block(block: Mapping[PersonName, Sequence[Mention]]) -> Proposal:
    """Links between the persons of one block; for each name the mentions that speak for those who bear it."""
    proposal = Proposal()
    names = sorted(block, key=lambda n: (-len(n.tokens), n.tokens, n.generation or ""))
    centres = {}
    for name in names:
        centres[name] = min(block[name], key=lambda m: m.id)
        proposal.star(block[name], centres[name], Strength.SAME_NAME, "the same given and family name in another text")
    if len(names) > LARGE_BLOCK:
        parts: dict[tuple[str, ...], list[PersonName]] = {}
        for name in names:
            parts.setdefault(tuple(skeleton(t) for t in name.tokens), []).append(name)
        families = [parts[key] for key in sorted(parts)]
    else:
        families = [names]
    for family in families:
        _link_names(family[: LARGE_BLOCK * 3], centres, proposal)
    return proposal


def _link_names(names: Sequence[PersonName], centres: dict[PersonName, Mention], proposal: Proposal) -> None:
    fuller: dict[PersonName, list[tuple[PersonName, NameComparison]]] = {}
    clash: set[frozenset[PersonName]] = set()
    for x, y in combinations(names, 2):  # x has at least as many names as y
        result = compare_names(x, y)
        if result.verdict is Verdict.SAME:
            a, b = sorted((centres[x], centres[y]), key=lambda m: m.id)
            proposal.join(
                b, a, Strength.SAME_NAME, f"spelling of the name in another text ({a.words}): {result.reason}"
            )
        elif result.verdict is Verdict.COMPATIBLE:
            fuller.setdefault(y, []).append((x, result))
        elif result.verdict is Verdict.DIFFERENT:
            clash.add(frozenset((x, y)))
            proposal.apart.append((centres[x].id, centres[y].id))
    for name in names:
        above = fuller.get(name, [])
        if any(frozenset((x, y)) in clash for (x, _), (y, _) in combinations(above, 2)):
            proposal.kept[centres[name].id] = "fuller names in other texts that fit belong to different people"
            continue
        for x, result in above:
            proposal.join(
                centres[name], centres[x], Strength.COMPATIBLE_NAME,
                f"agrees with the fuller name in another text ({centres[x].words}): {result.reason}",
            )  # fmt: skip


Bearers = Mapping[str, Sequence[tuple[str, PersonName]]]
"""The persons of the situation by family name (its coarse consonants): the id of a mention of each, and a name."""


def find_bearers(
    people: Sequence[Person],
    proposals: Iterable[Proposal],
    same: Sequence[Pair] = (),
    not_same: Sequence[Pair] = (),
) -> Bearers:
    """Who bears which family name, after these links and the verdicts of persons.

    `people`: those with full names. `proposals`: what puts their names together between texts, and, where there are
    verdicts, within texts too: without a verdict nothing can part what one text puts together.
    """
    decided = bool(same or not_same)
    nodes = {m.id for p in people for m in p.mentions} if decided else {p.centre.id for p in people}
    links: list[Link] = []
    apart: list[Pair] = []
    for proposal in proposals:
        links.extend(k for k in proposal.links if k.left in nodes and k.right in nodes)
        apart.extend(pair for pair in proposal.apart if pair[0] in nodes and pair[1] in nodes)
    grouped = group(nodes.union(*same, *not_same), same, not_same, links, apart)
    least = {node: node for node in nodes} | {p.centre.id: p.least for p in people}
    root = {}
    for members in grouped.groups:
        first = min(least.get(node, node) for node in members)
        root.update(dict.fromkeys(members, first))
    found: dict[str, dict[tuple[str, PersonName], None]] = {}
    for person in people:
        for name in person.names:
            if name.full:
                found.setdefault(skeleton(name.tokens[-1]), {})[(root[person.centre.id], name)] = None
    return {key: sorted(rows, key=lambda r: (r[0], r[1].tokens, r[1].titles)) for key, rows in found.items()}


def who_bears(name: PersonName, bearers: Bearers) -> tuple[str, ...]:
    """The persons whose full name can bear this one, less those whom another of their names parts from it."""
    if not name.tokens:
        return ()
    fitting, parted = set(), set()
    for person, full in bearers.get(skeleton(name.tokens[-1]), ()):
        verdict = compare_names(name, full).verdict
        if verdict in (Verdict.SAME, Verdict.COMPATIBLE):
            fitting.add(person)
        elif verdict is Verdict.DIFFERENT:
            parted.add(person)
    return tuple(sorted(fitting - parted))


def only_bearer(name: PersonName, bearers: Bearers) -> tuple[str | None, str | None]:
    """Whom a text can mean that gives a bare family name only: the one person of the situation who bears it, by the
    id of a mention, or why it is left open; neither where nobody does."""
    people = who_bears(PersonName(name.tokens[-1:], (), None), bearers)
    if len(people) > 1:
        return None, "more than one person of this situation bears this family name"
    if people and who_bears(name, bearers):  # an initial may part them
        return people[0], None
    return None, None


def link_bare(mentions: Iterable[Mention], home: str | None, kept: str | None) -> Proposal:
    """What `only_bearer` comes to for those who are named so in their texts."""
    proposal = Proposal()
    reason = "this text gives only the family name; one single person of the situation bears it (to be checked)"
    for m in mentions:
        if kept is not None:
            proposal.kept[m.id] = kept
        elif home is not None:
            proposal.links.append(Link(m.id, home, Strength.ONLY_BEARER, reason))
    return proposal
