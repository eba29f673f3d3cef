"""The reader of chats: message by message with the reader of their language, each said by whoever sent it.

Start with `ChatReader.read`. A message is read as a text of its own: its day is what "yesterday" counts from, and no
word of another sender stands around it. Whoever sent it speaks, between the chat and whom the message itself names; of
a message that the file says was forwarded, the sender has it from the one whom the file names. "I" and "we" in it are
the sender.

Looks down to: reading.messages, mentions, kernel. Used by: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from probanda.claims.mentions import clean, nth_place
from probanda.claims.model import DOC, Claim, Mention, Named, Reading
from probanda.claims.readers.within import Within
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, MentionKind, Modality
from probanda.reading.messages import SENDER, Message, messages_of
from probanda.reading.model import Dated, Passage, Text

if TYPE_CHECKING:
    pass

NAME = "chats 0.1"
WHY = "who sent the message, by the file"
FORWARDED_WHY = "forwarded from, by the file"
_NO_ACCUSATION = (ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT, ActType.MILITARY_OPERATION, ActType.OTHER)
_MYSELF = re.compile(r"(?:i|we|me|us|my|our|je|nous|on|moi|انا|أنا|نحن|احنا|إحنا)", re.I)


@dataclass(frozen=True, slots=True)
class ChatReader(Within):
    """Reads a chat in one language."""

    own = NAME

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one chat (or part), in the order of its messages."""
        claims: list[Claim] = []
        mentions: dict[str, Mention] = {}
        senders: set[str] = set()
        for message in messages_of(text):
            if message.sender is not None and (name := text.words[slice(*message.sender)]) not in senders:
                senders.add(name)  # also of those who say nothing that is a claim: their names are protected too
                mentions |= {one.id: one for one in _tellers(text, message)}
            if not message.said:
                continue
            found = self.inner.read(_alone(text, message))
            mentions |= {one.id: one for one in found.mentions}
            if found.claims:
                tellers = list(_tellers(text, message))
                mentions |= {one.id: one for one in tellers}
                claims += (_told(claim, tellers, message.teller) for claim in found.claims)
        return Reading(claims=tuple(claims), mentions=tuple(mentions.values()), reader=self.inner.name)


def _alone(text: Text, message: Message) -> Text:
    """A message as a text of its own, with its head, which bears no claims but makes its places its own.

    `part` numbers it, so that the same words sent twice are two places.
    """
    day = message.day
    return replace(
        text,
        words=text.words[message.start : message.end],
        passages=tuple(_moved(one, message.start) for one in message.said),
        title=None,
        publisher=None,
        dated=Dated(day, day, "the day on which the message was sent") if day else None,
        runs=(),
        located=(),
        remarks=(),
        part=message.number,
        base=text.base + message.start,
    )


def _moved(passage: Passage, by: int) -> Passage:
    return replace(passage, start=passage.start - by, end=passage.end - by)


def _tellers(text: Text, message: Message) -> Iterator[Mention]:
    """Whoever sent the message, then whoever it was forwarded from, as mentions of persons at their place."""
    for span in (message.sender, message.forwarded):
        if span is None:
            continue
        start, end = span
        words = text.words[start:end]
        before, after = text.words[max(0, start - CONTEXT) : start], text.words[end : end + CONTEXT]
        known = content_id(text.item, "original", words, before, after, nth_place(message.number, 0))
        yield Mention(known, text.item, start + text.base, end + text.base, words, MentionKind.PERSON)


def _told(claim: Claim, tellers: list[Mention], teller: str) -> Claim:
    """The claim as said by its sender, with those behind whom the message itself names."""
    if not tellers:
        return claim
    chain = [Named(clean(one.words), one.id) for one in tellers]
    inner = [one for one in claim.speakers if one.words != DOC and not _MYSELF.fullmatch(one.words)]
    own = not inner and claim.family is Family.ACT and claim.modality is Modality.REPORTED
    why = [claim.why, WHY if teller == SENDER else teller, *([FORWARDED_WHY] if len(tellers) > 1 else [])]
    return replace(
        claim,
        speakers=(Named(DOC), *chain, *inner),
        modality=Modality.ALLEGED if own and _accuses(claim) else claim.modality,
        stance=claim.stance or ("said" if own else None),
        why="; ".join(part for part in why if part),
    )


def _accuses(claim: Claim) -> bool:
    """What somebody says of a named author is alleged (eval conventions); a publication would be said to report it."""
    return bool(claim.actors) and claim.act_type not in _NO_ACCUSATION
