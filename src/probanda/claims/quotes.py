"""The words a claim is shown with: the smallest clause that holds act, roles, place and time.

Start with `content_span`. Attribution is trimmed off where the grammar lets it ("Neighbours said that ...").

Looks down to: acts, roles, speakers, syntax, discourse. Used by: readers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.attributed import Attribution, speech_entries
from probanda.claims.discourse import Sentence
from probanda.claims.roles import Roles

if TYPE_CHECKING:
    from probanda.claims.words import Token

_TRIM_LEFT = " \t\r\n\"'“”‘’,;:.-–—)]`"
_TRIM_RIGHT = ' \t\r\n"“”,;:-–—([`'
FAR_SUBJECT = 120
"""Code points over which a quote reaches back to a subject that stands before its clause."""
_MARKS = re.compile(r"[\"“”„«»]|``|''")
_SHED = frozenset({"say", "report", "allege", "confirm", "admit"})


@lru_cache(maxsize=32)
def in_quotes(words: str) -> tuple[bool, ...]:
    """For each code point whether it stands within quotation marks (the marks themselves count as within)."""
    if not _MARKS.search(words):
        return (False,) * len(words)
    out, inside = [], False
    n = 0
    while n < len(words):
        c = words[n]
        mark = c in '"“”„«»' or words.startswith("``", n) or words.startswith("''", n)
        width = 2 if mark and c in "`'" else 1
        if mark:
            opens = c in "“„«`" or (c in "\"”»'" and not inside)
            out += [True] * width
            inside = opens
        else:
            out.append(inside)
        n += width
    return tuple(out[: len(words)])


def content_span(
    sentence: Sentence, trigger: Trigger, roles: Roles, said: Attribution, others: list[Trigger]
) -> tuple[int, int]:
    """Local offsets in the text of the claim's quote; always holds the act's own words."""
    if syntax.elliptical(trigger.token):
        before = trigger.token.doc[syntax.phrase(trigger.token.nbor(-1))[0]]
        return _trimmed(sentence, before.idx, trigger.end, trigger)
    top = _top(trigger.token, roles)
    tokens = _kept(top, trigger, said)
    authors = [t for t, _ in roles.actors]
    if not authors and trigger.token.dep_ == "conj" and not trigger.noun:
        authors = [t for t in syntax.subjects(trigger.token) if t.pos_ == "PRON"]  # "They ... and shot him"
    wanted = authors + roles.victims + roles.targets + roles.places
    low = min(t.idx for t in tokens)
    high = max(t.idx + len(t) for t in tokens)
    for token in wanted:
        first, last = syntax.phrase(token)
        doc = token.doc
        apart = doc[last].idx + len(doc[last]) < low
        author = any(token.i == t.i for t in authors)
        if apart and author and any(doc[last].idx < o.start and o.end <= low for o in others):
            continue  # another act stands between, with a quote of its own
        far = FAR_SUBJECT if apart else 400
        if abs(doc[first].idx - trigger.start) > far:
            continue
        low, high = min(low, doc[first].idx), max(high, doc[last].idx + len(doc[last]))
    low, high = min(low, trigger.start), max(high, trigger.end)
    return _trimmed(sentence, low, high, trigger)


def _top(token: Token, roles: Roles) -> Token:
    """The head of the clause, going up through verbs that share its subject and stopping below words of speech."""
    current = token
    while current.head.i != current.i:
        parent = current.head
        if current.dep_ in ("ccomp", "parataxis") and any(e.id in _SHED for e in speech_entries(parent)):
            break
        if current.dep_ in ("relcl", "advcl") and current.pos_ in ("VERB", "AUX") and _has_subject(current):
            break
        if (
            current.dep_ == "conj"
            and current.tag_ not in ("VBG", "VB")
            and current.pos_ in ("VERB", "AUX")
            and parent.pos_ in ("VERB", "AUX")
        ):
            break
        if current.dep_ == "ccomp" and parent.pos_ in ("VERB", "AUX") and not speech_entries(parent):
            break
        if parent.pos_ == "NOUN" and current.dep_ in ("acl", "relcl") and current.pos_ == "VERB":
            break
        current = parent
    return current


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "agent") for c in verb.children)


def _kept(top: Token, trigger: Trigger, said: Attribution) -> list[Token]:
    """The clause without attributive tails, later coordinated clauses and long relative clauses without an act."""
    path = {t.i for t in [trigger.token, *trigger.token.ancestors]}
    dropped: set[int] = set()
    for token in top.subtree:
        if token.i in path:
            continue
        if syntax.elliptical(token):
            first = syntax.phrase(token.nbor(-1))[0]
            dropped |= set(range(first - 1, token.i + 1)) - path
        if (
            token.lemma_ == "order"
            and token.dep_ == "pobj"
            and token.head.lower_ in ("on", "under")
            and token.head.head.i in path
        ):
            dropped |= {t.i for t in token.head.subtree}
        cut = (
            (token.lower_ == "according" and token.dep_ == "prep")
            or (
                token.dep_ in ("conj", "cc")
                and token.head.i in path
                and token.head.pos_ in ("VERB", "AUX")
                and token.i > trigger.token.i
            )
            or (token.dep_ == "mark" and token.i == top.left_edge.i)
            or (
                token.dep_ in ("ccomp", "parataxis")
                and token.head.i in path
                and any(e.id in _SHED for e in speech_entries(token))
            )
            or (
                token.dep_ in ("relcl", "advcl")
                and token.i > trigger.token.i
                and token.left_edge.i > trigger.token.i + 6
                and not (token.tag_ == "VBG" and token.head.i == trigger.token.i)
            )
        )
        if cut:
            dropped |= {t.i for t in token.subtree} if token.dep_ not in ("cc", "mark") else {token.i}
    kept = [t for t in top.subtree if t.i not in dropped and not t.is_space]
    return _contiguous(kept, trigger.token)


def _contiguous(kept: list[Token], centre: Token) -> list[Token]:
    """The run around the act word, allowing small holes."""
    kept = sorted({t.i: t for t in [*kept, centre]}.values(), key=lambda t: t.i)
    at = next(n for n, t in enumerate(kept) if t.i == centre.i)
    low = high = at
    while low > 0 and kept[low].i - kept[low - 1].i <= 12:
        low -= 1
    while high + 1 < len(kept) and kept[high + 1].i - kept[high].i <= 4:
        high += 1
    return kept[low : high + 1]


def _trimmed(sentence: Sentence, low: int, high: int, trigger: Trigger) -> tuple[int, int]:
    words = sentence.words
    while low < trigger.start and words[low] in _TRIM_LEFT:
        low += 1
    while high > trigger.end and (words[high - 1] in _TRIM_RIGHT or words[high - 1] == "."):
        high -= 1
    return sentence.start + low, sentence.start + high
