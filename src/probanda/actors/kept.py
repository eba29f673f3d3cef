"""Actors kept: give it the texts and decisions that changed, and it links anew what the change touches, nothing else.

Start with `Linking.change`. Order of work: each changed text by itself (`one_text`); persons between texts, and who
bears which name; texts whose questions are answered otherwise now; units, bodies and places between texts, block by
block (`blocks`); and the groups that hang together with any of this (`clusters`). The result of any sequence of changes
is that of `linking.link` on all mentions and decisions, to the letter.

Looks down to: the other files of this room. Used by: linking, benchmarks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from probanda.actors.blocks import Blocks
from probanda.actors.clusters import Cluster
from probanda.actors.grouping import Pair
from probanda.actors.model import ActorGroup, IdentityDecision
from probanda.actors.named import families, one_place, reading_among
from probanda.actors.one_text import Key, Node, OneText, Question
from probanda.actors.own_ids import own_ids, propose_by_id
from probanda.actors.persons import Bearers, find_bearers, only_bearer, who_bears
from probanda.actors.proposals import Proposal
from probanda.actors.shown import Relinked, Shown
from probanda.claims.model import Mention
from probanda.kernel.waste import unsearched
from probanda.names.persons import PersonName, person_name


class Linking:
    """What is known of the names of all texts so far, and the actors and places that follow from it."""

    def __init__(self) -> None:
        self._texts: dict[str, OneText] = {}
        self._node_of: dict[str, Node] = {}
        self._same: list[Pair] = []
        self._not_same: list[Pair] = []
        self._blocks = Blocks()
        self._bearers: Bearers = {}
        self._lands: dict[str, int] = {}
        """Country -> how many texts speak of it."""
        self._spelt: dict[str, dict[str, int]] = {}
        """Block key of places -> form -> in how many texts it is written."""
        self._speller: dict[str, dict[str, str]] = {}
        self._answers: dict[Question, object] = {}
        self._asked: dict[Question, set[str]] = {}
        self._asks: dict[str, set[Question]] = {}
        self._place_keys: dict[str, dict[str, str]] = {}
        self._by_id = Proposal()
        self._own: dict[str, Pair] = {}
        self._near: dict[str, set[str]] = {}
        """What decisions and ids of items bind or part, both ways."""
        self._shown = Shown()

    def result(self) -> tuple[ActorGroup, ...]:
        """All actors and places now, sorted by id."""
        return self._shown.all()

    def change(
        self,
        texts: Mapping[str, Iterable[Mention] | None] | None = None,
        decisions: Sequence[IdentityDecision] | None = None,
    ) -> Relinked:
        """Take in what changed.

        `texts`: item -> all its mentions; None or none where it is gone. `decisions`: all that stand; None where they
        are as before. Those of other kinds than `actor` are left out.
        """
        with unsearched():
            return self._change(texts or {}, decisions)

    def _change(
        self, texts: Mapping[str, Iterable[Mention] | None], decisions: Sequence[IdentityDecision] | None
    ) -> Relinked:
        changed = {item: list(found or ()) for item, found in texts.items()}
        start = self._decide(decisions)
        gone = self._take(changed)
        touched = self._persons(changed)
        anew = set(changed) | self._other_answers("bearers")
        anew |= self._other_answers("reading")
        self._spell(anew)
        anew |= self._other_answers("speller")
        for item in sorted(anew):
            touched |= self._join(item, gone)
        start |= self._relink(touched)
        start |= self._ids_of_items()
        start |= {m.id for item in anew if item in self._texts for m in self._texts[item].known.values()}
        start |= {other for node in gone for m in node.members for other in self._near.get(m.id, ())}
        return self._shown.change(gone, (made for c in self._clusters(start) for made in c.groups()), self._node_of)

    # -- what changed -------------------------------------------------------------------------------------------------

    def _decide(self, decisions: Sequence[IdentityDecision] | None) -> set[str]:
        """Take the verdicts; gives the ends of those that are new or withdrawn."""
        if decisions is None:
            return set()
        found = {
            verdict: sorted({(d.left, d.right) for d in decisions if d.kind == "actor" and d.verdict == verdict})
            for verdict in ("same", "not the same")
        }
        before = {("same", *p) for p in self._same} | {("not the same", *p) for p in self._not_same}
        self._same, self._not_same = found["same"], found["not the same"]
        now = {("same", *p) for p in self._same} | {("not the same", *p) for p in self._not_same}
        return {end for row in before ^ now for end in row[1:]}

    def _take(self, texts: Mapping[str, Sequence[Mention]]) -> list[Node]:
        """Read changed texts; gives the nodes that are gone."""
        gone: list[Node] = []
        for item in sorted(texts):
            old = self._texts.pop(item, None)
            self._forget(item)
            if old is not None:
                gone += old.nodes
                _count(self._lands, old.countries, -1)
                for m in old.known:
                    self._node_of.pop(m, None)
            if texts[item]:
                self._texts[item] = new = OneText.of(texts[item])
                _count(self._lands, new.countries, 1)
        return gone

    def _persons(self, texts: Iterable[str]) -> set[Key]:
        """Persons between texts, and who bears which name now."""
        touched: set[Key] = set()
        for item in sorted(texts):
            text = self._texts.get(item)
            touched |= self._blocks.put("persons", item, text.person_keys() if text else {})
        for key in touched:
            if key[0] == "person":
                self._blocks.propose(key)
        people = [p for item in sorted(self._texts) for p in self._texts[item].people if p.full]
        proposals = self._blocks.proposals("person")
        if self._same or self._not_same:
            proposals = [*proposals, *(t.persons for t in self._texts.values())]
        self._bearers = find_bearers(people, proposals, self._same, self._not_same)
        return touched | self._blocks.aim(self._only_bearer)

    def _only_bearer(self, name: PersonName) -> tuple[str | None, str | None]:
        return only_bearer(name, self._bearers)

    # -- questions of one text to the situation -----------------------------------------------------------------------

    def _answer(self, question: Question) -> object:
        if question[0] == "bearers":
            return who_bears(person_name(question[1]), self._bearers)
        if question[0] == "reading":
            return reading_among(question[1], self._lands)
        return self._speller[question[1]][question[2]]

    def _asking(self, item: str, question: Question) -> object:
        self._asks.setdefault(item, set()).add(question)
        self._asked.setdefault(question, set()).add(item)
        if question not in self._answers:
            self._answers[question] = self._answer(question)
        return self._answers[question]

    def _other_answers(self, kind: str) -> set[str]:
        """Texts of whose questions of this kind one is answered otherwise now."""
        found: set[str] = set()
        for question in [q for q in self._answers if q[0] == kind]:
            if not self._asked.get(question):
                del self._answers[question]
                self._asked.pop(question, None)
                continue
            answer = self._answer(question) if self._answerable(question) else None
            if answer != self._answers[question]:
                self._answers[question] = answer
                found |= self._asked[question]
        return found

    def _answerable(self, question: Question) -> bool:
        return question[0] != "speller" or question[2] in self._speller.get(question[1], {})

    # -- places -------------------------------------------------------------------------------------------------------

    def _spell(self, anew: Iterable[str]) -> None:
        """Which forms of places are spellings of one, where their block has other forms than before."""
        blocks: set[str] = set()
        for item in sorted(anew):
            before = self._place_keys.pop(item, {})
            text = self._texts.get(item)
            now = text.place_keys(partial(self._asking, item)) if text else {}
            if now:
                self._place_keys[item] = now
            for rows, step in ((before, -1), (now, 1)):
                for words, key in rows.items():
                    forms = self._spelt.setdefault(key, {})
                    if _count(forms, (words,), step):
                        blocks.add(key)
        for key in blocks:
            alike = families(self._spelt[key], one_place)
            self._speller[key] = {words: family[0] for family in alike for words in family}

    # -- texts and blocks ---------------------------------------------------------------------------------------------

    def _forget(self, item: str) -> None:
        for question in self._asks.pop(item, ()):
            self._asked[question].discard(item)

    def _join(self, item: str, gone: list[Node]) -> set[Key]:
        """Put the mentions of a text together anew; gives the blocks to which it hands something, or did."""
        text = self._texts.get(item)
        self._forget(item)
        if text is None:
            return self._blocks.put("others", item, {})
        gone += text.nodes
        handed = text.join(partial(self._asking, item))
        for node in text.nodes:
            for m in node.members:
                self._node_of[m.id] = node
        return self._blocks.put("others", item, handed)

    def _relink(self, touched: set[Key]) -> set[str]:
        """Links of these blocks anew; gives the mentions that they linked or link."""
        ends: set[str] = set()
        for key in touched:
            ends |= self._blocks.ends(key)
            if key[0] != "person":
                self._blocks.propose(key)
            ends |= self._blocks.index(key)
        return ends

    def _ids_of_items(self) -> set[str]:
        """Ids that items give, and what decisions bind; gives the mentions whose ids bind or part otherwise now."""
        before, own_before = self._by_id, self._own
        self._by_id, self._own = Proposal(), {}
        if any(t.own for t in self._texts.values()):
            known = {i: m for t in self._texts.values() for i, m in t.known.items()}
            hidden = {i for t in self._texts.values() for i in t.hidden}
            self._own = dict(own_ids(known))
            self._by_id = propose_by_id({i: m for i, m in known.items() if i not in hidden})
        self._near = {}
        pairs = [*((k.left, k.right) for k in self._by_id.links), *self._by_id.apart, *self._same, *self._not_same]
        for a, b in (*pairs, *((i, i) for i in self._own)):
            self._near.setdefault(a, set()).add(b)
            self._near.setdefault(b, set()).add(a)
        touched = {i for i, _ in set(own_before.items()) ^ set(self._own.items())}
        for one in (before, self._by_id):
            touched |= {end for k in one.links for end in (k.left, k.right)} | {i for pair in one.apart for i in pair}
        return touched

    # -- what hangs together ------------------------------------------------------------------------------------------

    def _clusters(self, start: Iterable[str]) -> Iterable[Cluster]:
        """The parts in which anything can be linked with anything, around these mentions and handles."""
        seen: set[str] = set()
        for one in sorted(start):
            if one in seen or not (one in self._node_of or one in self._near):
                continue
            cluster = Cluster(self._same, self._not_same, self._by_id, self._own)
            keys: set[Key] = set()
            waiting = [one]
            while waiting:
                id_ = waiting.pop()
                if id_ in seen:
                    continue
                node = self._node_of.get(id_)
                ids = [m.id for m in node.members] if node else [id_]
                seen.update(ids)
                if node is not None:
                    cluster.nodes.append(node)
                for i in ids:
                    near = self._near.get(i)
                    if near is not None:
                        cluster.bound.update((i, *near))
                        waiting.extend(near - seen)
                    for key in self._blocks.at(i):
                        if key not in keys:
                            keys.add(key)
                            waiting.extend(self._blocks.ends(key) - seen)
            cluster.between = [self._blocks.proposed(key) for key in sorted(keys)]
            if cluster.bound:
                cluster.inside = [self._texts[i].proposal for i in sorted({n.item for n in cluster.nodes})]
            yield cluster


def _count(counts: dict[str, int], keys: Iterable[str], step: int) -> bool:
    """Count up or down; True where a key has come or gone."""
    changed = False
    for key in keys:
        before = counts.get(key, 0)
        counts[key] = before + step
        if not counts[key]:
            del counts[key]
        changed |= not before or not before + step
    return changed
