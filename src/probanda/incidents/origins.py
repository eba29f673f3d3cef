"""Where accounts start: copies of one text, and claims that go back to one speaker, document or recording.

Start with `account_keys`, then `trace_accounts` and `Tracing.trace`. A publication's own voice and unnamed speakers
whom no named body passes on are untraced: they may be echoes, and are counted apart. That origins are independent is
for a person to find.

Looks down to: actors, claims, incidents.copies, facts, links, model. Used by: consolidation, versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from probanda.actors import grouping
from probanda.actors.model import IdentityDecision
from probanda.claims.model import DOC, Claim
from probanda.incidents.copies import Copies
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.links import proceeding, same_in_copies
from probanda.incidents.model import Doc, Origin
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import ActType, OriginKind

Key = tuple[str, ...]

ONE_DOCUMENT = frozenset({"warrant", "complaint", "letter"})
"""Originals that are taken for one wherever they are named alike; of reports and videos a body makes many."""
MONTH = 31
"""Days between the stated dates of two proceedings of one kind against one person, from which they are two."""
MOST_DATES = 100
"""Dates of one kind of proceeding against one person that are told apart."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How far some claims could be traced."""

    origins: int
    """At most this many origins."""
    untraced: int
    """Accounts that could not be traced; one told in several copies of a text is one."""
    why: str


@dataclass(frozen=True, slots=True)
class Tracing:
    """All origins, and which account each claim belongs to."""

    origins: tuple[Origin, ...]
    account_of: Mapping[str, str]
    """Claim -> founder of its account; for every claim."""
    traced: AbstractSet[str]
    """Founders of the accounts that go back to a named speaker or an original that is named."""

    def trace(self, claims: Iterable[Claim]) -> Trace:
        """At most how many origins stand behind those of these claims that assert an event; how many are untraced."""
        support = [c for c in claims if c.asserts_event]
        accounts = {self.account_of[c.id] for c in support}
        traced = len(accounts & self.traced)
        untraced = len(accounts) - traced
        why = (
            f"{_count(len(support), 'claim')} from at most {_count(traced, 'origin')}"
            f", {untraced} untraced (the text's own voice, or speakers without a name)."
            if support
            else "No claim asserts it."
        )
        return Trace(traced, untraced, why)


def trace_accounts(
    facts: Mapping[str, Facts], keys: Mapping[str, list[Key]], decisions: Sequence[IdentityDecision] = ()
) -> Tracing:
    """The accounts that these claims tell; whatever shares a key with one of them must be among them."""
    claims = [facts[c].claim for c in sorted(facts)]
    account_of, reasons = _accounts(claims, keys, decisions, _other_proceedings(facts, keys))
    traced = frozenset(account_of[c.id] for c in claims if any(k[0] != "copy" and k[0] != "voice" for k in keys[c.id]))
    members: dict[str, list[str]] = {}
    for claim in claims:
        members.setdefault(account_of[claim.id], []).append(claim.id)
    accounts = tuple(
        Origin(id=founder, kind=OriginKind.ACCOUNT, claims=tuple(held), reason=reasons[founder])
        for founder, held in members.items()
        if len(held) > 1 and founder in reasons
    )
    return Tracing(accounts, account_of, traced)


def meeting(key: Key) -> Key:
    """The key under which claims meet: a paper's own voice and those who name the paper as speaker tell one account."""
    return ("speaker", *key[1:]) if key[0] == "voice" else key


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
    facts: Facts, incident_of: Mapping[str, str], copy_of: Mapping[str, str], reader: Reader, publisher: str | None
) -> list[Key]:
    """The keys under which this claim meets others of the same account; none but `copy` and `voice` trace it.

    `publisher`: of the claim's text, as written, where it is known.
    """
    claim = facts.claim
    event = incident_of.get(claim.id, claim.id)
    keys: list[Key] = []
    if claim.item in copy_of:
        keys.append(("copy", *same_in_copies(facts)))
    if facts.cited is not None:
        whole = facts.cited.partition(":")[0] in ONE_DOCUMENT
        keys.append(("cited", facts.cited) if whole else ("cited", facts.cited, event))
    for kind, about in _proceedings(facts):
        keys.append(("proceeding", kind, about))
        if facts.first is not None:
            keys.append(("dated", kind, about, str(facts.first)))
    passed_on = next((k for s in reversed(claim.speakers) if (k := reader.named(s)) is not None), None)
    if facts.speaker is not None:
        keys.append(("speaker", facts.speaker, event))
        if claim.paragraph is not None:
            keys.append(("speaker", facts.speaker, f"in {claim.item}, paragraph {claim.paragraph}"))
    elif passed_on is not None:
        # Several unnamed groups may speak through one body: they are told apart by how it calls them.
        keys.append(("speaker", passed_on, event, folded(claim.innermost.words)))
    elif claim.innermost.words == DOC and publisher:
        keys.append(("voice", reader.key(publisher), event))
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
            blocks.setdefault(meeting(key), []).append(claim.id)
    ids = {c.id for c in claims}
    decided = [d for d in decisions if d.kind == "origin" and d.left in ids and d.right in ids]
    same = sorted((d.left, d.right) for d in decided if d.verdict == "same")
    apart = sorted((d.left, d.right) for d in decided if d.verdict == "not the same")
    ranked = sorted((k for k in blocks if len(blocks[k]) > 1), key=lambda k: (_RANK[k[0]], k))
    links = [grouping.Link(blocks[k][0], other, -_RANK[k[0]], _why(k)) for k in ranked for other in blocks[k][1:]]
    groups = grouping.group(ids, same, apart, links, held).groups
    founder = {member: group[0] for group in groups for member in group}
    reasons: dict[str, str] = {founder[a]: "A person decided that these go back to one account." for a, _ in same}
    for key in reversed(ranked):  # the strongest reason is said
        if len({founder[c] for c in blocks[key]}) == 1:
            reasons[founder[blocks[key][0]]] = _why(key)
    for group in groups:
        if len(group) > 1:
            reasons.setdefault(group[0], "Each claim shares a speaker or an original with another one here.")
    return founder, reasons


_RANK = {"dated": 0, "copy": 1, "cited": 2, "proceeding": 3, "speaker": 4}


def _why(key: Key) -> str:
    return {
        "cited": f"All go back to one {key[1].partition(':')[0]} that the texts name.",
        "dated": f"All speak of one proceeding ({key[1]}) against the same person.",
        "proceeding": f"All speak of one proceeding ({key[1]}) against the same person.",
        "speaker": "All go back to what the same speaker said of this, told in one text or passed on by others.",
        "copy": "The same claim in copies of one text.",
    }[key[0]]


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
