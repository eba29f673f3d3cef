"""The shortest ways to fill a case. Countries and people are invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from probanda.access.eyes import Eyes
from probanda.claims.model import DOC, Actor, Claim, Mention, Named, Reading
from probanda.kernel.digests import content_id, random_id, words_digest
from probanda.kernel.spans import Anchor
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, PassageRole
from probanda.reading.model import Passage, Text
from probanda.store.codec import plain
from probanda.store.model import Deed
from probanda.store.settings import Settings
from probanda.store.store import Store

REPORT = (
    "Residents of Tamrit said on 4 May that the Northern Brigade killed twelve farmers near the mill.\n\n"
    "The Northern Brigade denied that it had killed anyone.\n"
)
TESTIMONY = "I, a teacher of Tamrit, saw the Northern Brigade take my brother from the mill at dawn.\n"


def settings() -> Settings:
    """Settings of an invented situation."""
    return Settings("Karvel since 2031", "KRV", random_id(), random_id())


def a_text(digest: str, words: str, **more: Any) -> Text:
    """A text with one passage a line."""
    passages, at = [], 0
    for line in words.splitlines(keepends=True):
        end = at + len(line.rstrip("\n"))
        if end > at:
            passages.append(Passage(at, end, PassageRole.BODY, len(passages) + 1))
        at += len(line)
    told: dict[str, Any] = {
        "language": "en", "language_reason": "its words", "encoding": "utf-8", "encoding_reason": "no mark",
        "media_type": "text/plain",
    }  # fmt: skip
    return Text(item=digest, words=words, digest=words_digest(words), passages=tuple(passages), **(told | more))


def a_claim(digest: str, words: str, quote: str, act: str = "killed", **more: Any) -> Claim:
    """A claim on the first place where `quote` stands."""
    start = words.index(quote)
    at = start + quote.index(act)
    told: dict[str, Any] = {
        "act_type": ActType.KILLING, "modality": Modality.ALLEGED, "speakers": (Named(DOC), Named("Residents")),
        "actors": (Actor("Northern Brigade", None, Involvement.DIRECT),), "reader": "rules 1", "why": act,
    }  # fmt: skip
    return Claim(
        id=content_id(digest, act, str(words[: at + 1].count(act)), quote), item=digest, start=start,
        end=start + len(quote), quote=quote, act=act, act_start=at, act_end=at + len(act), **(told | more),
    )  # fmt: skip


def a_mention(digest: str, words: str, name: str) -> Mention:
    """A mention of the first place where `name` stands."""
    start = words.index(name)
    return Mention(content_id(digest, name), digest, start, start + len(name), name, MentionKind.UNIT)


@dataclass
class Desk:
    """Somebody working in a case."""

    store: Store
    eyes: Eyes
    names: dict[str, str] = field(default_factory=dict)

    def add(self, words: str, name: str, label: str = "internal") -> str:
        """Preserve and register words as a plain text file; gives the digest."""
        found = self.store.vault.preserve(BytesIO(words.encode()))
        told = {
            "size": found.size, "media_type": "text/plain", "name": name, "label": label,
            "received_at": "2031-06-01T08:00:00.000Z", "method": "copied", "tool": "test", "collector": "Ada",
        }  # fmt: skip
        self.store.record(self.eyes, [Deed(kind="register", subject=found.digest, payload=told)])
        self.names[found.digest] = name
        return found.digest

    def read(self, digest: str, words: str, quotes: tuple[str, ...] = (), **more: Any) -> list[Claim]:
        """Commit a text and a reading of it with one claim for each quote."""
        self.store.commit_text([a_text(digest, words, **more)], "text 1")
        claims = [a_claim(digest, words, quote) for quote in quotes]
        found = tuple(a_mention(digest, words, name) for name in ("Northern Brigade",) if name in words)
        self.store.commit_reading(digest, Reading(tuple(claims), found, "rules 1"), "reading 1")
        return claims

    def settle(self, claim: Claim, verdict: str, *, over: tuple[str, ...] = (), **changes: Any) -> str:
        """Settle a claim, with changed fields if any; gives the decision's id."""
        (text,) = self.store.texts(self.eyes, claim.item)
        settled = replace(claim, **changes)
        told = {
            "verdict": verdict, "claim": plain(settled),
            "anchor": plain(Anchor.at(claim.item, text.digest, text.words, claim.start, claim.end)),
            "act_anchor": plain(Anchor.at(claim.item, text.digest, text.words, claim.act_start, claim.act_end)),
        }  # fmt: skip
        return self.store.record(self.eyes, [Deed(kind="settle", subject=claim.id, payload=told, over=over)])[0]

    def decide(self, kind: str, subject: str, over: tuple[str, ...] = (), /, **payload: Any) -> str:
        """Record one deed; gives its id."""
        return self.store.record(self.eyes, [Deed(kind=kind, subject=subject, payload=payload, over=over)])[0]
