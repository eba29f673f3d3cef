"""The drafter's desk: indexes over one case file, and the numbering of notes.

One note per claim, numbered in the order in which the dossier first uses it, reused after that. The
desk is the only thing here that changes while a dossier is drafted; it never outlives the draft.

Looks down to: casefile, words, record. Used by: every drafting module here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import OriginKind
from probanda.reports.casefile import CaseFile, ItemLine
from probanda.reports.record import Piece, Pieces, Voice
from probanda.reports.words import Words


class Desk:
    """Indexes over a case file, with the ledger of notes."""

    def __init__(self, case: CaseFile, words: Words) -> None:
        self.case = case
        self.w = words
        self.claims = {c.id: c for c in case.claims}
        self.items = {i.digest: i for i in case.items}
        self.actors = {m.mention: a for a in case.actors for m in a.members}
        self.notes: dict[str, int] = {}
        self.paragraphs = 0
        self.incident_numbers: dict[str, str] = {}
        self.incident_of: dict[str, str] = {c: i.id for i in case.incidents for c in i.claims}
        self._accounts: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self.origin_reasons: dict[str, str] = {}
        for origin in sorted(case.origins, key=lambda o: o.id):
            self.origin_reasons[origin.id] = origin.reason
            if origin.kind is OriginKind.ACCOUNT:
                for claim in origin.claims:
                    self._accounts.setdefault(claim, origin.id)
            else:
                for item in origin.items:
                    self._copies.setdefault(item, origin.id)

    def known(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """Those of the claims that this case file holds, in the order of their items and places."""
        return tuple(sorted((self.claims[i] for i in dict.fromkeys(ids) if i in self.claims), key=self.place))

    def place(self, claim: Claim) -> tuple[str, int, int, int, str]:
        """A sort key: registration number, then where the words stand."""
        item = self.items.get(claim.item)
        return (item.number if item else claim.item, claim.start, claim.end, claim.act_start, claim.id)

    def same_actor(self, left: str | None, right: str | None) -> bool:
        """True when two mentions were linked to one actor."""
        group = self.actors.get(left or "")
        return group is not None and group is self.actors.get(right or "")

    def note(self, claim: Claim) -> Piece:
        """The reference to this claim's note; numbers the note when it is first used."""
        first = claim.id not in self.notes
        n = self.notes.setdefault(claim.id, len(self.notes) + 1)
        return Piece(Voice.NOTE, str(n), target=f"n{n}", first=first)

    def refs(self, claims: Iterable[Claim]) -> Pieces:
        """References to the notes of these claims, by number."""
        return tuple(sorted((self.note(c) for c in claims), key=lambda p: int(p.text)))

    def paragraph(self) -> int:
        """The next paragraph's number."""
        self.paragraphs += 1
        return self.paragraphs

    def origin(self, claim: Claim) -> str | None:
        """The origin this claim was traced to, by its account first, then by its text; None where untraced."""
        return self._accounts.get(claim.id) or self._copies.get(claim.item)

    def item(self, claim: Claim) -> ItemLine | None:
        """The item a claim stands in, or None when the case file does not list it."""
        return self.items.get(claim.item)

    def actor(self, mention: str | None) -> ActorGroup | None:
        """The actor a mention was linked to."""
        return self.actors.get(mention) if mention else None

    def contradictions(self) -> dict[str, list[int]]:
        """Claim id to the places of its contradictions in the case file."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, c in enumerate(self.case.contradictions):
            found[c.a].append(n)
            found[c.b].append(n)
        return found
