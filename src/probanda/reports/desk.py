"""The drafter's desk: indexes over one case file, and the numbering of notes.

One note per claim, numbered in the order in which the dossier first uses it, reused after that. The
desk is the only thing here that changes while a dossier is drafted; it never outlives the draft.

Looks down to: casefile, words, record. Used by: every drafting module here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction
from probanda.kernel.vocabulary import OriginKind
from probanda.reports.casefile import CaseFile, ItemLine
from probanda.reports.characters import shown
from probanda.reports.record import Piece, Pieces, Voice
from probanda.reports.words import Words


class Desk:
    """Indexes over a case file, with the ledger of notes."""

    def __init__(self, case: CaseFile, words: Words) -> None:
        self.case = case
        self.w = words
        self.claims = {c.id: c for c in case.claims}
        self.items = {i.digest: i for i in case.items}
        self.by_number = {i.number: i for i in case.items}
        self.items_here = True
        """False in an annex that has no table of items: a registration number then leads nowhere."""
        self.annex = ""
        """Label of the annex that is drafted; empty where the dossier is one."""
        self.annex_of: Mapping[str, str] = {}
        """Incident number to the label of the annex it stands in; empty where the dossier is one."""
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
        self._opposed: dict[str, list[Contradiction]] = defaultdict(list)
        for c in case.contradictions:
            if c.a in self.claims and c.b in self.claims:
                for claim in dict.fromkeys((c.a, c.b)):
                    self._opposed[claim].append(c)

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

    def opposed(self, claims: Iterable[Claim]) -> list[Contradiction]:
        """The contradictions in which one of these claims is a side, each once; both sides are in the case file."""
        return list({c.id: c for claim in claims for c in self._opposed.get(claim.id, ())}.values())

    def item_link(self, number: str) -> Piece:
        """A registration number, leading to its row in the table of items where that stands here."""
        if self.items_here and number in self.by_number:
            return Piece(Voice.LINK, shown(number), target=f"item-{number}")
        return Piece(Voice.CODE, shown(number))

    def incident_link(self, number: str, *, bracketed: bool = False) -> Pieces:
        """An incident's number, leading to it; where it stands in another annex, that annex in words."""
        annex = self.annex_of.get(number, self.annex)
        if annex == self.annex:
            return (Piece(Voice.LINK, number, target=number),)
        away = Piece(Voice.CODE, number)
        if bracketed:
            return self.w.line("{annex}, incident {incident}", incident=away, annex=annex)
        return self.w.line("{incident} ({annex})", incident=away, annex=annex)
