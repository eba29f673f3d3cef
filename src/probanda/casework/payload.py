"""What goes into a bundle: the chosen items' texts, derivatives, claims and custody as rows, and nothing else.

Start with `gathered`. Rows hold what stands now; who is the same as whom, who is protected and what was concluded
stay home, unless `notes` are asked for. All order follows digests and places, so the same record gives the same bytes.

Looks down to: access, store, kernel. Used by: casework (bundle).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from probanda.access.eyes import Eyes
from probanda.casework import custody
from probanda.casework.bag import Bag
from probanda.casework.properties import of_text
from probanda.casework.rows import claim_row, tie_row
from probanda.casework.view import base_name
from probanda.claims.model import Claim
from probanda.kernel.digests import Digest
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import Family, Status
from probanda.store.ledger import TEXT
from probanda.store.model import Decision, ItemRow
from probanda.store.projection import DESTROYED, ON_CLAIMS, preserved_by
from probanda.store.settling import CONFLICT
from probanda.store.store import Store

ON_ITEMS = frozenset({"register", "label", "custody", "acquisition", "settle", "add-claim"})
"""Kinds of decisions on an item that go with it."""
ON_WHO = frozenset({"identity"})
TEXTS = "data/texts"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payload:
    """The bag with all that is under data/, and the decisions whose log entries go with it."""

    bag: Bag
    decisions: tuple[Decision, ...]
    claims: int


def gathered(store: Store, eyes: Eyes, rows: Sequence[ItemRow], *, notes: bool) -> Payload:
    """The payload of these items, as these eyes see them. Raises ProbandaError where a claim's words are nowhere."""
    decisions = _going(store, eyes, {row.digest for row in rows}, notes)
    users = store.users()
    bag, tables = Bag(), _Tables()
    on: dict[str, list[Decision]] = defaultdict(list)
    for d in decisions:
        on[d.subject].append(d)
    for row in rows:
        bag.items[row.digest] = row.size
        tables.items.append(_item_row(row, on[row.digest]))
        chain = custody.chain_of(row.digest, on[row.digest], users)
        tables.custody += [_custody_row(custody.line_row(line, users)) for line in chain]
        _Texts(store, eyes, row, bag, tables).add({d.id: d for d in decisions})
    told = {name: getattr(tables, name) for name in ("items", "derivatives", "claims", "custody")}
    if notes:
        told["notes"] = [_note_row(d) for d in decisions if d.kind in ON_WHO and d.stands]
    bag.files |= {f"data/{name}.jsonl": jsonl(lines) for name, lines in told.items()}
    return Payload(bag, tuple(decisions), len(tables.claims))


def jsonl(rows: Iterable[Row]) -> bytes:
    """Rows as JSON lines with sorted keys, in UTF-8."""
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]
    return "".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")


class _Tables:
    """The rows of each file."""

    def __init__(self) -> None:
        self.items: list[Row] = []
        self.derivatives: list[Row] = []
        self.claims: list[Row] = []
        self.custody: list[Row] = []


def _going(store: Store, eyes: Eyes, chosen: set[str], notes: bool) -> list[Decision]:
    """The decisions that rest on chosen items alone and go with them, each with what took it back, at any depth."""
    cited = [d for d in store.citing(eyes, chosen) if {str(one) for one in d.payload.get("items", ())} <= chosen]
    kinds = ON_ITEMS | (ON_WHO if notes else frozenset())
    going = {d.id for d in cited if d.kind in kinds}
    while more := {d.id for d in cited if d.kind == "withdraw" and d.subject in going} - going:
        going |= more
    # What was destroyed of a decision's words cannot be opened, so such a one stays home.
    return [d for d in cited if d.id in going and not d.payload.get(DESTROYED)]


def _item_row(row: ItemRow, decisions: Sequence[Decision]) -> Row:
    told = [d.payload for d in decisions if d.kind == "register"]

    def registered(key: str) -> Any:
        return next((one[key] for one in told if one.get(key)), None)

    return {
        "digest": row.digest,
        "number": registered("number"),  # as registered: without the mark by which two devices' numbers are told apart
        "evidence": list(row.evidence),
        "names": list(row.names),
        "size": row.size,
        "media_type": row.media_type,
        "parent": list(row.parents) if len(row.parents) > 1 else next(iter(row.parents), None),
        "blake3": registered("blake3"),
        "sha1": registered("sha1"),
        "md5": registered("md5"),
    }


def _custody_row(row: Row) -> Row:
    """The line, with its log entry under the name by which the checking script looks for it."""
    return {("entry" if key == "decision" else key): value for key, value in row.items()}


def _note_row(d: Decision) -> Row:
    told = {key: d.payload[key] for key in ("kind", "left", "right", "verdict")}
    return {"entry": d.id, **told, "by": d.by, "at": d.at, "reason": d.reason}


class _Texts:
    """The texts of one item, and its claims, each with the text that its words stand in."""

    def __init__(self, store: Store, eyes: Eyes, row: ItemRow, bag: Bag, tables: _Tables) -> None:
        self.store, self.eyes, self.row, self.bag, self.tables = store, eyes, row, bag, tables
        self.parts: list[tuple[Digest, int, str]] = []
        """Digest, place in the item's whole text, and words of each part."""
        self.earlier: set[tuple[Digest, int]] = set()

    def add(self, decisions: Mapping[str, Decision]) -> None:
        """Put texts into the bag and rows into the tables."""
        made = self.store.made(TEXT, self.row.digest)
        for text in self.store.texts(self.eyes, self.row.digest):
            self.parts.append((text.digest, text.base, text.words))
            self.bag.files[f"{TEXTS}/{text.digest}"] = text.words.encode("utf-8", "surrogatepass")
            one = of_text(self.store, text, made)
            told = {"tool": one.tool, "version": one.version, "settings": one.settings, "role": one.role}
            self.tables.derivatives.append({"text": one.digest, "item": self.row.digest, "base": one.base, **told})
        for claim in self.store.claims(self.eyes, item=self.row.digest):
            self.tables.claims.append(self._claim(claim, decisions))
        for d in decisions.values():  # also what was decided once and stands no more: whoever imports it keeps it whole
            of_item = d.kind in ON_CLAIMS and self.row.digest in d.payload.get("items", ())
            for cited in preserved_by(d.kind, d.payload) if of_item else ():
                self.bag.files.setdefault(f"{TEXTS}/{cited}", self.store.vault.read(cited))

    def _claim(self, claim: Claim, decisions: Mapping[str, Decision]) -> Row:
        """A claim as exported, but without links to persons: who is who stays home."""
        make = claim_row if claim.family is Family.ACT else tie_row
        if CONFLICT in claim.flags:  # nobody's verdict stands, so what goes is what the machine proposes
            claim = replace(claim, status=Status.PROPOSED)
        told = make(claim, tuple(base_name(name) for name in self.row.names), self.row.number, {})
        for digest, base, words in self.parts:
            if claim.start >= base and words[claim.start - base : claim.end - base] == claim.quote:
                return told | {"text": digest, "base": base}
        return told | self._as_settled(claim, decisions)

    def _as_settled(self, claim: Claim, decisions: Mapping[str, Decision]) -> Row:
        """The text preserved for a claim whose words stand in no text of today, and their place there."""
        found = self.store.settlement(self.eyes, claim.id)
        if found is None or found.decision not in decisions:
            raise ProbandaError(
                f"The words of claim {claim.id[:12]} stand in no text of its item {self.row.number}.",
                "Run `probanda verify`, then `probanda read`; nothing was written.",
            )
        payload: Mapping[str, Any] = decisions[found.decision].payload
        anchor, base = payload["anchor"], payload["text_base"]
        text = anchor["text"]
        self.bag.files.setdefault(f"{TEXTS}/{text}", self.store.vault.read(text))
        if (text, base) not in self.earlier:
            self.earlier.add((text, base))
            settings = "an earlier reading, preserved because a decision rests on it"
            told = {"tool": None, "version": None, "settings": settings, "role": "text"}
            self.tables.derivatives.append({"text": text, "item": claim.item, "base": base, **told})
        return {"text": text, "base": base, "start": anchor["start"], "end": anchor["end"]}
