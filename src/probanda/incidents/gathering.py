"""Consolidation kept: give it what changed, and it works out anew what the change touches, and nothing else.

Start with `Gathering.change`. Order of work: who is who and which place lies where (`facts.Reader`), copies of texts,
facts and links of changed claims (`web`), the parts these touch, grouped from nothing (`grouped`), the accounts that
share a key with them (`origins`), and the incidents made of all this. The result of any sequence of changes is that of
one full run.

Looks down to: actors, claims, and the other files of this room. Used by: consolidation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from probanda.actors.model import IdentityDecision
from probanda.claims.model import Actor, Claim, Named
from probanda.incidents.contradictions import contradictions
from probanda.incidents.copies import Compared, Copies
from probanda.incidents.corroboration import Weighing
from probanda.incidents.facts import Facts, Reader, days
from probanda.incidents.grouped import Group, group_part, incident
from probanda.incidents.kin import Kin
from probanda.incidents.kinship import Kinship
from probanda.incidents.model import Consolidation, Contradiction, Doc, Incident, Origin
from probanda.incidents.nesting import Nesting
from probanda.incidents.origins import Key, Tracing, account_keys, copy_origins, trace_accounts, weigh
from probanda.incidents.web import Part, Web
from probanda.incidents.world import world
from probanda.kernel.vocabulary import Family, Status
from probanda.kernel.waste import unsearched


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than before."""

    texts: Mapping[str, tuple[Doc | None, Sequence[Claim]] | None] = field(default_factory=dict)
    """Item -> its text and all its claims; None where it is gone."""
    actor_of: Mapping[str, str | None] = field(default_factory=dict)
    """Mention -> actor or place that it is linked to now; None for none."""
    names: Mapping[str, str | None] = field(default_factory=dict)
    """Actor or place -> its name; None where there is no such one any more."""
    decisions: Sequence[IdentityDecision] | None = None
    """All decisions of kinds `incident` and `origin` that stand; None where they are as before."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change made anew, by founder; what is not in the gathering any more is gone."""

    incidents: frozenset[str]
    accounts: frozenset[str]


class Gathering:
    """What is known of all texts so far, and the incidents, origins and contradictions that follow from it."""

    def __init__(self, within: Callable[[str, str], bool | None] | None = None) -> None:
        self._actor_of: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._docs: dict[str, Doc] = {}
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._dated: dict[str, tuple[int, int]] = {}
        self._reader = Reader(self._actor_of, self._names, within)
        self._facts: dict[str, Facts] = {}
        self._items = _Index()
        """What bears on the claims of a text -> the texts: mentions, actors, unlinked words, places."""
        self._copied = Copies((), {}, {})
        self._kin: dict[str, list[Kinship]] = {}
        """Item -> the words and quotations it shares with others."""
        self._compared, self._alike = Compared(), Kin()
        self._seen: dict[str, Doc] = {}
        """The texts as they were compared last."""
        self._decisions: tuple[IdentityDecision, ...] = ()
        self._web = Web(self._reader.places, self._dated)
        self._part_of: dict[str, Part] = {}
        self._groups: dict[str, Group] = {}
        self._founder: dict[str, str] = {}
        """Claim -> founder of its incident."""
        self._accounts = _Accounts()
        self._incidents: dict[str, Incident] = {}
        self._nesting = Nesting(self._reader.places)
        self._against: dict[str, tuple[Contradiction, ...]] = {}

    def result(self) -> Consolidation:
        """All that is proposed now, sorted by id."""
        by_item = {item: sorted(c.id for c in claims) for item, claims in self._claims.items()}
        copied = copy_origins(self._copied, [self._docs[i] for i in sorted(self._docs)], by_item)
        origins = sorted([*copied, *self._accounts.origins.values()], key=lambda o: (o.id, o.kind))
        against = sorted((c for found in self._against.values() for c in found), key=lambda c: c.id)
        incidents = tuple(self._with_parts())
        return Consolidation(incidents, tuple(origins), tuple(against))

    def _with_parts(self) -> Iterable[Incident]:
        founder = {**self._founder, **{h: i for i, g in self._groups.items() for h in g.handles}}
        found = self._nesting.parts(self._decisions, founder)
        for i in sorted(self._incidents):
            yield replace(self._incidents[i], part_of=found[i]) if i in found else self._incidents[i]

    def change(self, change: Change) -> Touched:
        """Take in what changed; gives what was made anew."""
        with unsearched():
            return self._change(change)

    def _change(self, change: Change) -> Touched:
        decided = self._decide(change.decisions)
        changed = self._read_anew(change) | {f.claim.item for c in decided if (f := self._facts.get(c)) is not None}
        changed |= self._copied_anew(change)
        old = {c.id for item in changed for c in self._claims.get(item, ())}
        self._claims.update({i: _standing(t[1]) for i, t in change.texts.items() if t is not None})
        for item, text in change.texts.items():
            if text is None:
                self._claims.pop(item, None)
        come = {c.id: self._fact(c) for item in sorted(changed) for c in self._claims.get(item, ())}
        regrouped = self._regroup(old, come, decided)
        return self._tell_anew(old, come, regrouped)

    # -- who is who, and where is what --------------------------------------------------------------------------------

    def _read_anew(self, change: Change) -> set[str]:
        """Bring the reader up to date; gives the texts whose claims may be read otherwise."""
        index, reader = self._items, self._reader
        linked = {m: a for m, a in change.actor_of.items() if self._actor_of.get(m) != a}
        named = {a: n for a, n in change.names.items() if self._names.get(a) != n}
        first = set(change.texts)
        first |= index.of(("mention", m) for m in linked) | index.of(("actor", a) for a in named)
        for item in sorted(first):
            if item in self._claims:
                reader.drop(item)
                index.drop(item)
        for key in named:
            reader.places.renamed(key)
        _update(self._actor_of, linked)
        _update(self._names, named)
        now = {i: self._now(i, change) for i in first}
        taken = {i: claims for i, claims in now.items() if claims is not None}
        for item in sorted(taken):
            reader.take(item, taken[item])
        for item in index.of(("words", w) for w in reader.renewed()) - first:
            index.drop(item)
            taken[item] = self._claims[item]
        for item in sorted(taken):
            reader.locate(item, taken[item])
            index.put(item, self._bearings(taken[item], self._docs.get(item)))
        return first | set(taken) | index.of(("place", p) for p in reader.places.changed())

    def _now(self, item: str, change: Change) -> tuple[Claim, ...] | None:
        """The claims of a text from now on, and its date; None where it is gone."""
        if item not in change.texts:
            return self._claims[item]
        text = change.texts[item]
        self._docs.pop(item, None)
        self._dated.pop(item, None)
        if text is None:
            return None
        doc, claims = text
        if doc is not None:
            self._docs[item] = doc
            first, last = days(doc.dated_from, doc.dated_to)
            if first is not None and last is not None:
                self._dated[item] = (first, last)
        return _standing(claims)

    def _bearings(self, claims: Iterable[Claim], doc: Doc | None) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for c in claims:
            named: tuple[Named | Actor, ...] = (*c.speakers, *c.actors, *c.victims, *c.places)
            mentions = {n.mention for n in named if n.mention is not None}
            found |= {("mention", m) for m in mentions}
            found |= {("actor", self._actor_of[m]) for m in mentions if m in self._actor_of}
            words = self._reader.uses(c, doc.publisher if doc else None)
            found |= {("words", w) for w in words} | {("actor", self._reader.key(w)) for w in words}
            found |= {("place", k) for n in c.places if (k := self._reader.place(n.words, n.mention)) is not None}
        return found

    def _copied_anew(self, change: Change) -> set[str]:
        """Find the copies; gives the texts that are copies of another one than before."""
        same, apart = (_verdicts(self._decisions, "origin", v) for v in ("same", "not the same"))
        before = _by_item(self._copied, self._kin)
        others = {i: doc for i in change.texts if (doc := self._docs.get(i)) != self._seen.get(i)}
        if others or change.decisions is not None:
            self._compare(others)
            self._copied = self._compared.copies(same, apart, self._alike.one_text())
            self._kin = {}
            for one in self._alike.kinships(self._copied):
                for item in (one.a, one.b):
                    self._kin.setdefault(item, []).append(one)
        now = _by_item(self._copied, self._kin)
        return {i for i in {*before, *now} if before.get(i) != now.get(i) and i in self._docs}

    def _compare(self, texts: Mapping[str, Doc | None]) -> None:
        """Compare these texts with all others; None: a text is gone."""
        self._alike.change(texts)
        if self._seen.keys().isdisjoint(texts):  # texts that only come are compared with what is there
            self._compared.add(self._docs[i] for i in sorted(texts))
        else:
            self._compared = Compared(self._docs[i] for i in sorted(self._docs))
        self._seen = dict(self._docs)

    def _fact(self, claim: Claim) -> Facts:
        told = self._dated.get(claim.item)
        made = self._reader.facts(claim, self._copied.copy_of.get(claim.item, claim.item))
        return replace(made, told=told[1] if told else None)

    # -- which claims tell of one event ---------------------------------------------------------------------------

    def _decide(self, decisions: Sequence[IdentityDecision] | None) -> set[str]:
        """Take over the decisions that stand; gives the ends of those that did not stand before, or do no more."""
        if decisions is None:
            return set()
        before, now = set(self._decisions), set(decisions)
        self._decisions = tuple(sorted(now, key=lambda d: (d.kind, d.left, d.right, d.verdict)))
        same: dict[str, set[str]] = {}
        for a, b in _verdicts(self._decisions, "incident", "same"):
            same.setdefault(a, set()).add(b)
            same.setdefault(b, set()).add(a)
        self._web.decide(same)
        return {end for d in before ^ now for end in (d.left, d.right)}

    def _regroup(self, old: set[str], come: Mapping[str, Facts], decided: set[str]) -> set[str]:
        """Work out the parts anew that a change touched; gives the claims of groups that are other ones now.

        A group of the same claims for the same reasons, of which none changed, is as it was: what is told of it stands.
        """
        acts = {c: f for c, f in come.items() if f.claim.family is Family.ACT}
        in_web = sorted(c for c in old if c in self._web.facts)
        for claim in old - set(come):
            self._facts.pop(claim, None)
        self._facts.update(come)
        apart = frozenset(
            end for d in self._decisions if d.kind == "incident" and d.verdict != "unsure" for end in (d.left, d.right)
        )
        touched = self._web.change(in_web, acts, apart) | decided
        around = touched.union(*(_whole(self._part_of[t]) for t in touched if t in self._part_of))
        before_part = {c: self._part_of.pop(c) for c in around if c in self._part_of}
        groups: dict[str, Group] = {}
        moved: set[str] = set()
        for part in self._web.parts(around):
            whole = _whole(part)
            self._part_of.update(dict.fromkeys(whole, part))
            if part == before_part.get(whole[0]) and touched.isdisjoint(whole):
                continue  # the same claims, tied as before
            moved.update(part.claims)
            groups.update((g.claims[0], g) for g in group_part(part, self._web, self._reader.places, self._decisions))
        before = {i: self._groups.pop(i) for i in {self._founder[c] for c in touched | moved if c in self._founder}}
        same = {i for i, g in groups.items() if g == before.get(i) and come.keys().isdisjoint(g.claims)}
        self._groups.update(groups)
        for claim in touched | moved:
            self._founder.pop(claim, None)
        self._founder.update({c: founder for founder, g in groups.items() for c in g.claims})
        self._left = before.keys() - groups.keys()
        return {c for founder, g in groups.items() if founder not in same for c in g.claims}

    # -- what is told of them -----------------------------------------------------------------------------------------

    def _tell_anew(self, old: set[str], come: Mapping[str, Facts], regrouped: set[str]) -> Touched:
        """Accounts, versions and contradictions of what was regrouped."""
        for founder in self._left:
            for known in (self._incidents, self._against):
                known.pop(founder, None)
        keys: dict[str, list[Key] | None] = dict.fromkeys(old - set(come))
        anew = sorted({self._founder[c] for c in regrouped})
        for founder in anew:
            keys.update(self._tell(founder, self._groups[founder]))
        told = {i: (self._incidents[i], [self._facts[c] for c in self._groups[i].claims]) for i in anew}
        self._nesting.change({*anew, *self._left}, told)
        for claim in set(come) - regrouped:
            keys[claim] = account_keys(self._facts[claim], self._founder, self._copied.copy_of, {})
        decisions = [d for d in self._decisions if d.kind == "origin"]
        accounts = self._accounts.change(keys, self._facts, decisions)
        return Touched(frozenset(anew) | self._left, accounts)

    def _tell(self, founder: str, group: Group) -> dict[str, list[Key]]:
        """What is said of one incident; gives the keys under which its claims meet others of the same account."""
        mine = [self._facts[c] for c in group.claims]
        weighed = {founder: self._weigh(group)}  # not kept: the texts of an incident, looked at for it alone, are many
        tracing = Tracing(weighed, self._founder)
        self._incidents[founder] = incident(group, mine, self._reader, tracing, self._titles(mine))
        self._against[founder] = contradictions({f.claim.id: f for f in mine}, {founder: group.claims}, self._reader)
        return {f.claim.id: account_keys(f, self._founder, self._copied.copy_of, weighed) for f in mine}

    def _weigh(self, group: Group) -> Weighing:
        """The accounts of one incident, by what its own texts say and nothing else."""
        mine = [self._facts[c] for c in group.claims]
        items = sorted({f.claim.item for f in mine})
        around = [self._facts[c.id] for item in items for c in self._claims[item]]
        docs = [self._docs[i] for i in items if i in self._docs]
        dated = {i: self._dated[i][0] for i in items if i in self._dated}
        kin = {one for i in items for one in self._kin.get(i, ())}
        told = world(around, docs, self._copied, self._reader, dated, kin)
        return weigh(mine, told, self._decisions)

    def _titles(self, facts: Iterable[Facts]) -> dict[str, str]:
        docs = {f.claim.item: self._docs.get(f.claim.item) for f in facts}
        return {item: doc.title for item, doc in docs.items() if doc is not None and doc.title}


class _Index:
    """What bears on a text, both ways."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], set[str]] = {}
        self._bears: dict[str, set[tuple[str, str]]] = {}

    def put(self, item: str, bears: set[tuple[str, str]]) -> None:
        self._bears[item] = bears
        for one in bears:
            self._texts.setdefault(one, set()).add(item)

    def drop(self, item: str) -> None:
        for one in self._bears.pop(item, ()):
            self._texts[one].discard(item)
            if not self._texts[one]:
                del self._texts[one]

    def of(self, bearings: Iterable[tuple[str, str]]) -> set[str]:
        return {item for one in bearings for item in self._texts.get(one, ())}


class _Accounts:
    """The accounts that claims tell, worked out anew where a key is shared with what changed."""

    def __init__(self) -> None:
        self._keys: dict[str, list[Key]] = {}
        self._blocks: dict[Key, set[str]] = {}
        self._members: dict[str, list[str]] = {}
        self.account_of: dict[str, str] = {}
        self.origins: dict[str, Origin] = {}

    def change(
        self, keys: Mapping[str, list[Key] | None], facts: Mapping[str, Facts], decisions: Sequence[IdentityDecision]
    ) -> frozenset[str]:
        """New keys of claims (None: gone); gives the accounts made anew."""
        start: set[str] = set(keys)
        for claim in sorted(keys):
            start.update(self._members.get(self.account_of.get(claim, ""), ()))
            for key in self._keys.pop(claim, ()):
                self._blocks[key].discard(claim)
            found = keys[claim]
            if found is not None:
                self._keys[claim] = found
                for key in found:
                    self._blocks.setdefault(key, set()).add(claim)
        ends: dict[str, set[str]] = {}
        for d in decisions:
            ends.setdefault(d.left, set()).add(d.right)
            ends.setdefault(d.right, set()).add(d.left)
        closed: set[str] = set()
        waiting = [c for c in start if c in self._keys]
        while waiting:
            claim = waiting.pop()
            if claim in closed:
                continue
            closed.add(claim)
            waiting.extend(c for c in ends.get(claim, ()) if c in self._keys)
            for key in self._keys[claim]:
                waiting.extend(c for c in self._blocks[key] if c not in closed)
        gone = {self.account_of[c] for c in closed | start if c in self.account_of}
        for founder in gone:
            self._members.pop(founder, None)
            self.origins.pop(founder, None)
        for claim in start - closed:
            self.account_of.pop(claim, None)
        made, account_of = trace_accounts({c: facts[c] for c in closed}, {c: self._keys[c] for c in closed}, decisions)
        self.account_of.update(account_of)
        self.origins.update({o.id: o for o in made})
        for claim in sorted(closed):
            self._members.setdefault(account_of[claim], []).append(claim)
        return frozenset(gone | set(account_of.values()))


def _standing(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """These claims, each once, but the rejected ones."""
    found = {c.id: c for c in claims if c.status is not Status.REJECTED}
    return tuple(found[i] for i in sorted(found))


def _by_item(copied: Copies, kin: Mapping[str, Sequence[Kinship]]) -> dict[str, tuple[object, ...]]:
    """Item -> the copies it is one of, why they are, and what else it shares with other texts."""
    found: dict[str, tuple[object, ...]] = {
        item: (group, copied.reasons[group[0]]) for group in copied.groups for item in group
    }
    return found | {item: (*found.get(item, ()), tuple(ones)) for item, ones in kin.items()}


def _whole(part: Part) -> tuple[str, ...]:
    return (*part.claims, *part.handles)


def _verdicts(decisions: Iterable[IdentityDecision], kind: str, verdict: str) -> list[tuple[str, str]]:
    return sorted(
        {(min(d.left, d.right), max(d.left, d.right)) for d in decisions if (d.kind, d.verdict) == (kind, verdict)}
    )


def _update(known: dict[str, str], changes: Mapping[str, str | None]) -> None:
    for key, value in changes.items():
        if value is None:
            known.pop(key, None)
        else:
            known[key] = value
