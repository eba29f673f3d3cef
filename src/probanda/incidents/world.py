"""What the graphs of all incidents have in common: the texts looked at once, for who tells, whose they are, from whom.

Start with `world`.

Looks down to: claims, incidents.chains, copies, facts, kinship, syndication, telling, model, words. Used by: accounts,
origins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.chains import Chains, Teller
from probanda.incidents.copies import Copies
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.kinship import Kinship
from probanda.incidents.model import Doc
from probanda.incidents.one_person import one_person
from probanda.incidents.syndication import syndicated
from probanda.incidents.telling import HEAD, HEAD_LINES, Also, Told, also_told, credit, issued_by, tellings
from probanda.incidents.words import folded, is_named


@dataclass(frozen=True, slots=True)
class World:
    """What the graphs of all incidents have in common."""

    reader: Reader
    chains: Chains
    chain_of: Mapping[str, tuple[Teller, ...]]
    """Claim -> its tellers, outermost first, without the publication."""
    told: Mapping[str, Told]
    docs: Mapping[str, Doc]
    credited: Mapping[str, Named]
    """Item -> the agency that its head or foot names as its source."""
    own_eyes: Mapping[str, str]
    """Item -> the words in which its own reporter says to have seen it."""
    issued: Mapping[str, tuple[str, ...]]
    """Item without a publisher -> the lines at its head that call it a statement."""
    makers: Mapping[str, str]
    """Item -> who made the images that it speaks of, where it names one maker only."""
    dated: Mapping[str, int]
    also: Mapping[str, tuple[Also, ...]]
    copied: Copies
    kin: Mapping[str, tuple[tuple[str, Kinship], ...]]
    """Item -> the other texts that share words with it, and how."""

    def scope(self, item: str) -> str:
        """Within what a described teller of this text is the same: its publisher's, or its copies', or its own."""
        return self.chains.published.get(item) or self.copied.copy_of.get(item, item)


def world(
    facts: Iterable[Facts],
    docs: Sequence[Doc],
    copied: Copies,
    reader: Reader,
    dated: Mapping[str, int],
    kinships: Iterable[Kinship] = (),
) -> World:
    """Look at the texts once, for the graphs of all their incidents."""
    claims = [f.claim for f in facts]
    by_item = {d.item: d for d in docs}
    used = sorted({c.item for c in claims})
    told = tellings(claims, by_item)
    here = [by_item[i] for i in used if i in by_item]
    chains = Chains(reader, told, _publishers(claims, told.values(), here), claims)
    also = {d.item: told_before for d in here if (told_before := also_told(d))}
    credited = {d.item: Named(agency) for d in here if (agency := credit(d) or _wholly_from(d))}
    eyes = {
        c.item: told[c.id].saw
        for c in reversed(claims)
        if c.id in told and told[c.id].saw and any(chains.own_reporter(s, c.item) for s in c.speakers[1:])
    }
    named: dict[str, set[str]] = {}
    for c in claims:
        if c.id in told and told[c.id].maker and told[c.id].original:
            named.setdefault(c.item, set()).add(told[c.id].maker)
    makers = {item: min(found) for item, found in named.items() if len(found) == 1}
    issued = {d.item: lines for d in here if not d.publisher and (lines := issued_by(d))}
    by_text: dict[str, list[Claim]] = {}
    for claim in claims:
        by_text.setdefault(claim.item, []).append(claim)
    chain_of = {c: chain for _, mine in sorted(by_text.items()) for c, chain in _chains(mine, chains, told).items()}
    return World(
        reader, chains, chain_of, told, by_item, credited, eyes, issued, makers, dated, also, copied, _kin(kinships)
    )


def _chains(claims: Iterable[Claim], chains: Chains, told: Mapping[str, Told]) -> dict[str, tuple[Teller, ...]]:
    """The tellers of the claims of one text."""
    ordered = sorted(claims, key=lambda c: (c.start, c.end, c.id))
    return one_person(ordered, chains.of_text(ordered), told)


def _wholly_from(doc: Doc) -> str:
    """The agency of the lists from which a text says to come as a whole; empty for `with agency reports`."""
    found = syndicated(doc)
    return found.agency if found is not None and not found.partly else ""


def _kin(kinships: Iterable[Kinship]) -> dict[str, tuple[tuple[str, Kinship], ...]]:
    out: dict[str, list[tuple[str, Kinship]]] = {}
    for one in sorted(kinships):
        out.setdefault(one.a, []).append((one.b, one))
        out.setdefault(one.b, []).append((one.a, one))
    return {item: tuple(found) for item, found in out.items()}


def _publishers(claims: Iterable[Claim], told: Iterable[Told], docs: Iterable[Doc]) -> dict[str, Named]:
    """Item -> its publisher; where the text bears none, a name at its head that others cite, or say they told it."""
    heard = [Named(words) for said in told for words in (*said.to, said.maker) if words]
    spoken = [s for c in claims for s in c.speakers if s.words != DOC and is_named(s.words)]
    cited = {folded(n.words): n for n in (*heard, *spoken)}
    out = {}
    for doc in docs:
        if doc.publisher:
            out[doc.item] = Named(doc.publisher)
            continue
        for line in doc.words[:HEAD].splitlines()[:HEAD_LINES]:
            name = folded(line.split(",")[0])
            if name in cited:
                out[doc.item] = cited[name]
                break
    return out
