"""Link mentions to persons, units, bodies, States and places, by explained rules and persons' decisions.

Start with `link`. The rules propose (persons.py, named.py), `grouping.group` disposes: decided identities
first, machine links after, never across what is held apart. The order of the mentions changes nothing.

Looks down to: names, claims.model, codenames, grouping, kinds, persons, named, own_ids. Used by: casework, incidents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from probanda.actors.codenames import coded
from probanda.actors.grouping import Conflict, Link, Pair, group
from probanda.actors.kinds import settle_kinds
from probanda.actors.model import DECIDED, FIRST, ActorGroup, IdentityDecision, Membership
from probanda.actors.named import propose_groups, propose_named, propose_places
from probanda.actors.own_ids import own_ids, propose_by_id
from probanda.actors.persons import propose_persons
from probanda.actors.proposals import Proposal, Strength
from probanda.claims.model import Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_name
from probanda.names.folding import same_token, skeleton
from probanda.names.persons import compare_persons, person_name
from probanda.names.places import place_words

MOST_APART = 12
"""Look-alikes shown with one actor; there may be more."""

_ORGANISED = frozenset({MentionKind.UNIT, MentionKind.BODY, MentionKind.STATE})


def link(mentions: Sequence[Mention], decisions: Sequence[IdentityDecision] = ()) -> tuple[ActorGroup, ...]:
    """Group mentions into actors and places, sorted by id.

    Every mention is in exactly one group. Decisions of other kinds than `actor` and `unsure` ones are left out;
    their ends may be mention ids, actor ids (a founder's mention id) or handles, which are in no output.
    A mention given twice counts once.
    """
    once = {m.id: m for m in sorted(mentions, key=lambda m: (m.id, m.words, m.start))}
    settled = {m.id: m for m in settle_kinds(once.values())}
    known = {id_: settled[id_] for id_ in once}
    same = _decided(decisions, "same")
    not_same = _decided(decisions, "not the same")
    proposal = _propose(known, same, not_same)
    grouping = group(known, same, not_same, proposal.links, proposal.apart, own_ids(known))
    root = {node: members[0] for members in grouping.groups for node in members}
    reasons = _reasons(proposal.links, same, root)
    conflicts = _conflicts(grouping.conflicts, root, known)
    groups = []
    for nodes in grouping.groups:
        members = [known[node] for node in nodes if node in known]
        if members:
            groups.append(_actor(members, reasons, proposal.kept, conflicts.get(nodes[0], ())))
    hidden = coded(m for m in known.values() if m.kind is MentionKind.PERSON)
    return _with_look_alikes(sorted(groups, key=lambda g: g.id), hidden)


def _decided(decisions: Iterable[IdentityDecision], verdict: str) -> list[Pair]:
    return sorted({(d.left, d.right) for d in decisions if d.kind == "actor" and d.verdict == verdict})


def _propose(known: dict[str, Mention], same: Sequence[Pair], not_same: Sequence[Pair]) -> Proposal:
    every = list(known.values())
    organised = [m for m in every if m.kind in _ORGANISED]
    hidden = coded(m for m in every if m.kind is MentionKind.PERSON)
    named = [m for m in every if m.kind is MentionKind.PERSON and m.id not in hidden]
    people = propose_persons(named, same, not_same)
    proposal = people.proposal
    proposal.add(propose_groups(m for m in every if m.id in hidden))  # within one text, by the same words alone
    proposal.add(propose_named(organised, people.bearers))
    proposal.add(propose_places([m for m in every if m.kind is MentionKind.PLACE], organised))
    proposal.add(propose_groups(m for m in every if m.kind is MentionKind.GROUP))
    proposal.add(propose_by_id({m.id: m for m in every if m.id not in hidden}))
    for m in every:
        other = known.get(m.same_as or "")
        if other is not None and other.item == m.item and not {m.id, other.id} & hidden:
            proposal.join(m, other, Strength.EQUATED_BY_TEXT, f"the text itself equates the two: {other.words}")
    return proposal


def _reasons(links: Iterable[Link], same: Iterable[Pair], root: dict[str, str]) -> dict[str, str]:
    """For each mention why it is in its group: a decision, else its strongest link that holds."""
    found: dict[str, str] = {}
    for a, b in same:
        if root.get(a) == root.get(b):
            found[a] = found[b] = DECIDED
    for k in sorted(links, key=lambda k: (-k.strength, k.left, k.right, k.reason)):
        if root[k.left] == root[k.right]:
            found.setdefault(k.left, k.reason)
    return found


def _conflicts(
    conflicts: Iterable[Conflict], root: dict[str, str], known: dict[str, Mention]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for c in conflicts:
        left, right = (known[end].words if end in known else end for end in (c.left, c.right))
        words = (
            f"Decisions contradict each other on whether {left} and {right} are the same; none of them was followed."
        )
        for node in sorted({root[end] for end in (c.left, c.right)}):
            found[node] = (*found.get(node, ()), words)
    return found


def _actor(
    members: Sequence[Mention], reasons: dict[str, str], kept: dict[str, str], conflicts: tuple[str, ...]
) -> ActorGroup:
    count = Counter(m.words for m in members)
    kinds = Counter(m.kind for m in members)
    kind = min(kinds, key=lambda k: (-kinds[k], k.value))
    return ActorGroup(
        id=members[0].id,
        kind=kind,
        name=min(
            count, key=lambda words: (-_fullness(words, kind), words.endswith(("'s", "’s")), -count[words], words)
        ),
        variants=tuple(sorted(count, key=lambda words: (-count[words], words))),
        members=tuple(Membership(m.id, reasons.get(m.id, FIRST)) for m in members),
        apart=tuple(dict.fromkeys(f"{m.words}: {kept[m.id]}" for m in members if m.id in kept))[:MOST_APART],
        conflicts=conflicts,
    )


def _shouted(words: str) -> bool:
    """Capitals throughout, or a possessive: written so for the sentence's sake, and not the name to show."""
    return (len(words) > 5 and words.isupper()) or "'s" in words or "’s" in words


def _fullness(words: str, kind: MentionKind) -> int:
    """How many names a form writes out."""
    if kind is MentionKind.PERSON:
        return sum(len(token) > 1 for token in person_name(words).tokens)
    if kind is MentionKind.PLACE:
        return len(place_words(words))
    name = body_name(words)
    return 0 if name.acronym else len(name.words)


def _with_look_alikes(groups: Sequence[ActorGroup], hidden: frozenset[str]) -> tuple[ActorGroup, ...]:
    """Add to each person those who bear the same family name and were kept apart, with why.

    `hidden`: mentions that are codes and pseudonyms; whom they stand for is shown beside nobody.
    """
    blocks: dict[str, list[ActorGroup]] = {}
    named = {g.id: _family(g) for g in groups if not any(m.mention in hidden for m in g.members)}
    for g in groups:
        if key := named.get(g.id):
            blocks.setdefault(skeleton(key), []).append(g)
    return tuple(_beside(g, blocks.get(skeleton(key), ()) if (key := named.get(g.id)) else ()) for g in groups)


def _family(g: ActorGroup) -> str:
    tokens = person_name(g.name).tokens if g.kind is MentionKind.PERSON else ()
    return tokens[-1] if tokens else ""


def _beside(g: ActorGroup, block: Sequence[ActorGroup]) -> ActorGroup:
    notes = list(g.apart)
    for other in block:
        if len(notes) >= MOST_APART:
            break
        if other.id != g.id and same_token(_family(g), _family(other)):
            note = f"{other.name}: {compare_persons(g.name, other.name).reason}"
            if note not in notes:
                notes.append(note)
    if len(notes) == len(g.apart):
        return g
    return ActorGroup(
        id=g.id,
        kind=g.kind,
        name=g.name,
        variants=g.variants,
        members=g.members,
        apart=tuple(notes),
        conflicts=g.conflicts,
    )
