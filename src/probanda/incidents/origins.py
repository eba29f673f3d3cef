"""Where accounts start: copies of one text, and claims that go back to one speaker, document or recording.

Start with `weigh`, then `Tracing.trace` and `trace_accounts`. Each incident has a graph of its accounts (`accounts`),
whose ends are the origins; claims of one end are one origin. Decisions of persons go before all. That origins are
independent is for a person to find.

Looks down to: actors, claims, incidents.accounts, copies, corroboration, facts, links, model. Used by: gathering,
grouped, versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from probanda.actors import grouping
from probanda.actors.model import IdentityDecision
from probanda.claims.model import DOC, Claim
from probanda.incidents.accounts import ONE_DOCUMENT, Graph
from probanda.incidents.copies import Copies
from probanda.incidents.corroboration import Weighing
from probanda.incidents.facts import Facts
from probanda.incidents.links import proceeding, same_in_copies
from probanda.incidents.model import Account, Corroboration, Derivation, DerivationKind, Doc, Origin
from probanda.incidents.world import World
from probanda.kernel.vocabulary import ActType, OriginKind

Key = tuple[str, ...]

MONTH = 31
"""Days between the stated dates of two proceedings of one kind against one person, from which they are two."""
MOST_DATES = 100
"""Dates of one kind of proceeding against one person that are told apart."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """The graph of accounts of each incident."""

    weighed: Mapping[str, Weighing]
    """Incident -> its graph, weighed."""
    incident_of: Mapping[str, str]

    def trace(self, claims: Iterable[Claim]) -> tuple[Corroboration, str]:
        """How many origins stand behind those of these claims of one incident that assert it, and why."""
        support = [c for c in claims if c.asserts_event]
        if not support:
            return Corroboration(says="no claim asserts it"), "No claim asserts it."
        made, _, why_not = self.weighed[self.incident_of[support[0].id]].count(support)
        why = f"{_count(len(support), 'claim')}: {made.says}."
        reasons = sorted(set(why_not.values()))
        return made, why if not reasons else f"{why} Untraced: {'; '.join(reasons)}."

    def accounts(
        self, incident: str, claims: Iterable[Claim]
    ) -> tuple[tuple[Account, ...], tuple[Derivation, ...], Corroboration]:
        """The graph of one incident as records, and what stands behind all that is told of it."""
        weighed = self.weighed[incident]
        made, counted, why_not = weighed.count(claims)
        return weighed.accounts(counted, why_not), weighed.graph.derivations(), made


def weigh(facts: Sequence[Facts], told: World, decisions: Iterable[IdentityDecision] = ()) -> Weighing:
    """The graph of the accounts of one incident, given all its claims, with what persons decided of them.

    `told`: what its texts say, made of all claims of these texts.
    """
    facts = sorted(facts, key=lambda f: f.claim.id)
    here = {f.claim.id for f in facts}
    graph = Graph(facts, told)
    for d in sorted(decisions, key=lambda d: (d.left, d.right)):
        if d.kind == "origin" and d.left in here and d.right in here:
            _decide(graph, d)
    return Weighing(graph, facts)


def trace_accounts(
    facts: Mapping[str, Facts], keys: Mapping[str, list[Key]], decisions: Sequence[IdentityDecision] = ()
) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Origins of kind account for these claims, and claim -> founder of its account; decisions go first.

    Whatever shares a key with one of them must be among them.
    """
    claims = [facts[c].claim for c in sorted(facts)]
    account_of, reasons = _accounts(claims, keys, decisions, _other_proceedings(facts, keys))
    members: dict[str, list[str]] = {}
    for claim in claims:
        members.setdefault(account_of[claim.id], []).append(claim.id)
    accounts = tuple(
        Origin(id=founder, kind=OriginKind.ACCOUNT, claims=tuple(held), reason=reasons[founder])
        for founder, held in members.items()
        if len(held) > 1 and founder in reasons
    )
    return accounts, account_of


def _decide(graph: Graph, d: IdentityDecision) -> None:
    left, right = graph.leaf_of[d.left], graph.leaf_of[d.right]
    if d.verdict == "same":
        a, b = graph.root(left), graph.root(right)
        graph.join(graph.nodes[b], a, DerivationKind.DECIDED, "A person decided that these go back to one account.")
    elif d.verdict == "not the same":
        graph.hold_apart(left, right)


def copy_origins(copied: Copies, docs: Iterable[Doc], by_item: Mapping[str, Iterable[str]]) -> list[Origin]:
    """One origin for each group of copies, and for each item that was taken in under several names.

    `by_item`: item -> ids of its claims.
    """
    several = {d.item: d for d in docs if len(set(d.names)) > 1 and d.item not in copied.copy_of}
    groups = [(g, copied.reasons[g[0]]) for g in copied.groups]
    groups += [((i,), f"One item, taken in under {len(set(d.names))} names.") for i, d in several.items()]
    return [
        Origin(
            id=items[0],
            kind=OriginKind.COPY,
            items=items,
            claims=tuple(sorted(c for i in items for c in by_item.get(i, ()))),
            reason=why,
        )
        for items, why in groups
    ]


def account_keys(
    facts: Facts, incident_of: Mapping[str, str], copy_of: Mapping[str, str], weighed: Mapping[str, Weighing]
) -> list[Key]:
    """The keys under which this claim meets others of the same account."""
    claim = facts.claim
    keys: list[Key] = []
    if claim.item in copy_of:
        keys.append(("copy", *same_in_copies(facts)))
    if facts.cited is not None:
        whole = facts.cited.partition(":")[0] in ONE_DOCUMENT
        keys.append(("cited", facts.cited) if whole else ("cited", facts.cited, incident_of.get(claim.id, claim.id)))
    for kind, about in _proceedings(facts):
        keys.append(("proceeding", kind, about))
        if facts.first is not None:
            keys.append(("dated", kind, about, str(facts.first)))
    incident = incident_of.get(claim.id)
    if incident is not None:
        graph = weighed[incident].graph
        root = graph.nodes[graph.root(graph.leaf_of[claim.id])]
        keys.append(("root", incident, root.id, root.words))
        if root.original in ONE_DOCUMENT:
            keys.append(("proceeding", *map(str, root.key[1:])))
        leaf = graph.nodes[graph.leaf_of[claim.id]]
        teller = leaf.teller
        if leaf.own_voice and claim.item in graph.world.own_eyes:
            keys.append(("speaker", "own reporter", f"in {claim.item}"))
        if teller is not None and teller.named and claim.paragraph is not None:
            keys.append(("speaker", teller.key, f"in {claim.item}, paragraph {claim.paragraph}"))
    elif facts.speaker is not None and claim.paragraph is not None:
        keys.append(("speaker", facts.speaker, f"in {claim.item}, paragraph {claim.paragraph}"))
    return keys


def _proceedings(facts: Facts) -> list[tuple[str, str]]:
    """One warrant, complaint or indictment: its kind and the person it is about."""
    claim = facts.claim
    kind = proceeding(claim)
    if claim.act_type is not ActType.PROCEDURAL or not kind:
        return []
    return [(kind, k) for k in sorted(facts.targets)]


def _other_proceedings(facts: Mapping[str, Facts], keys: Mapping[str, list[Key]]) -> list[tuple[str, str]]:
    """Pairs of claims on one kind of proceeding against one person whose dates are a month or more apart: two of them.

    One claim stands for each date; those of the same date are first to be joined.
    """
    dated: dict[Key, dict[int, str]] = {}
    for claim in sorted(facts):
        first = facts[claim].first
        if first is not None:
            for key in keys[claim]:
                if key[0] == "proceeding":
                    dated.setdefault(key, {}).setdefault(first, claim)
    apart = []
    for _, by_day in sorted(dated.items()):
        days = sorted(by_day)[:MOST_DATES]
        apart += [(by_day[a], by_day[b]) for a, b in combinations(days, 2) if b - a > MONTH]
    return apart


def _accounts(
    claims: Sequence[Claim],
    keys: Mapping[str, list[Key]],
    decisions: Sequence[IdentityDecision],
    held: Sequence[tuple[str, str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Claim -> founder of its account, and founder -> why the account is one."""
    blocks: dict[Key, list[str]] = {}
    for claim in claims:
        for key in keys[claim.id]:
            blocks.setdefault(key, []).append(claim.id)
    ids = {c.id for c in claims}
    decided = [d for d in decisions if d.kind == "origin" and d.left in ids and d.right in ids]
    same = sorted((d.left, d.right) for d in decided if d.verdict == "same")
    apart = sorted((d.left, d.right) for d in decided if d.verdict == "not the same")
    ranked = sorted((k for k in blocks if len(blocks[k]) > 1), key=lambda k: (_RANK[k[0]], k))
    links = [grouping.Link(blocks[k][0], other, -_RANK[k[0]], _why(k)) for k in ranked for other in blocks[k][1:]]
    groups = grouping.group(ids, same, apart, links, held).groups
    founder = {member: group[0] for group in groups for member in group}
    reasons: dict[str, str] = {}
    size = {group[0]: len(group) for group in groups}
    held_by = {key: founder[blocks[key][0]] for key in ranked if len({founder[c] for c in blocks[key]}) == 1}
    best: dict[str, tuple[int, int]] = {}
    for key in ranked:  # what holds the most of it is said, of these the strongest
        group = held_by.get(key)
        if group is not None and (group not in best or (-len(blocks[key]), _RANK[key[0]]) < best[group]):
            best[group] = -len(blocks[key]), _RANK[key[0]]
            reasons[group] = _why(key) if len(blocks[key]) == size[group] else f"Most of them: {_small(_why(key))}"
    reasons |= {founder[a]: "A person decided that these go back to one account." for a, _ in same}
    for one, many in size.items():
        if many > 1:
            reasons.setdefault(one, "Each claim shares a speaker or an original with another one here.")
    return founder, reasons


_RANK = {"dated": 0, "copy": 1, "cited": 2, "proceeding": 3, "root": 4, "speaker": 5}


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _why(key: Key) -> str:
    return {
        "cited": f"All go back to one {key[1].partition(':')[0]} that the texts name.",
        "dated": f"All speak of one proceeding ({key[1]}) against the same person.",
        "proceeding": f"All speak of one proceeding ({key[1]}) against the same person.",
        "root": f"All go back to one account of this event: {_teller(key[-1])}.",
        "speaker": "All go back to what the same speaker said of this, told in one text or passed on by others.",
        "copy": "The same claim in copies of one text.",
    }[key[0]]


def _teller(words: str) -> str:
    return "one text’s own words" if words == DOC else words


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
