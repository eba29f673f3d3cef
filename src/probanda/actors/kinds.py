"""Settle what a name denotes where one text's mentions of it disagree, before anything is linked.

A reader sees one sentence at a time and may take `Verrana` for a person in one and a place in the next.
Here the whole text speaks: most mentions decide, and the gazetteer and the list of bodies are heard.
A State and its territory stay two: `Libya said` and `in Libya` are not set right against each other.

Looks down to: names, proposals. Used by: one_text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from probanda.actors.proposals import by_item
from probanda.claims.model import Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_name
from probanda.names.folding import fold, skeleton
from probanda.names.persons import person_name
from probanda.names.places import lookup

_MOVABLE = (MentionKind.PERSON, MentionKind.UNIT, MentionKind.BODY, MentionKind.PLACE)
"""Kinds that may be set right, in the order that breaks ties."""


def settle_kinds(mentions: Iterable[Mention]) -> list[Mention]:
    """The same mentions, with the kind that their whole text gives them."""
    return [m for text in by_item(mentions) for m in _settled(text)]


def _settled(text: Sequence[Mention]) -> list[Mention]:
    count: dict[str, Counter[MentionKind]] = {}
    for m in text:
        count.setdefault(fold(m.words), Counter())[m.kind] += 1
    families = {
        skeleton(n.tokens[-1]) for m in text if m.kind is MentionKind.PERSON and (n := person_name(m.words)).full
    }
    kinds = {words: _kind(words, kinds, families) for words, kinds in count.items()}
    out = []
    for m in text:
        kind = kinds[fold(m.words)]
        out.append(replace(m, kind=kind) if kind is not None and m.kind in _MOVABLE and kind is not m.kind else m)
    return out


def _kind(words: str, kinds: Counter[MentionKind], families: set[str]) -> MentionKind | None:
    """The kind for these folded words in this text; None to leave each mention as it is."""
    if not words or any(kind not in _MOVABLE for kind in kinds):
        return None
    most = min(kinds, key=lambda k: (-kinds[k], _MOVABLE.index(k)))
    known = body_name(words).known or body_name(words.upper()).known or ""
    if most in (MentionKind.PERSON, MentionKind.PLACE) and known and ":" not in known:
        return MentionKind.BODY
    tokens = person_name(words).tokens
    if most is MentionKind.PERSON and lookup(words) and tokens and skeleton(tokens[-1]) not in families:
        return MentionKind.PLACE
    return most
