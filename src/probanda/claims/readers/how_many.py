"""How many: the number that stands with those, or that, which the act was done to.

Start with `quantity_of`. First those hit, then what the act's noun is counted by ("18 reports of rape"), then the years
of a sentence or the days of a siege, then those who did it, where nobody else is counted.

Looks down to: quantities, times, acts, mentions, syntax, settle, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.discourse import PLURAL, Sentence
from probanda.claims.mentions import clean
from probanda.claims.quantities import quantities_in, span_in
from probanda.claims.settle import Draft
from probanda.claims.times import Dating, dates_in
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import ActType, Polarity

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token

AUTHORS = "authors"
"""Unit of a number that counts those who did it."""
_AS_OF = re.compile(r"\b(?:as of|as at|by|up to|until)\s+(?:the\s+)?$", re.IGNORECASE)

_Number = tuple[Span, Quantity]


def quantity_of(notes: Notes, sentence: Sentence, draft: Draft) -> Quantity | None:
    """The number that stands with those hit, or with the act's noun; None where there is none."""
    trigger = draft.trigger
    if draft.roles.negated and trigger.noun and draft.polarity is Polarity.NEGATIVE:
        return Quantity(text="no", value=0, min=0, max=0, unit=trigger.token.text.lower())
    dates = dates_in(sentence.words, notes.text.dated.end if notes.text.dated else None)
    numbers = quantities_in(sentence.words, apart=[(d.start, d.end) for d in dates])
    found = _hit(draft, numbers) or _counted(trigger.token, numbers) if numbers else None
    found = found or (_reached(sentence, draft, numbers) if numbers else None)
    found = found or _lasting(sentence, draft) or (_authors(draft, numbers) if numbers else None)
    if found is None:
        return None
    if found.unit != AUTHORS and found.min == found.max and any(c.startswith("estimat") for c in draft.said.cues):
        found = replace(found, min=None, max=None)
    return replace(found, as_of=_as_of(sentence, dates))


def _hit(draft: Draft, numbers: list[_Number]) -> Quantity | None:
    trigger = draft.trigger
    fillers = draft.roles.victims + draft.roles.targets + draft.roles.objects
    if trigger.entry.id in ("drop-bombs", "use-weapon") or (trigger.entry.type in _BY_FIRE and not trigger.noun):
        things = syntax.subjects(trigger.token) + syntax.patients(trigger.token)
        fillers = fillers + [t for t in things if trigger.entry.type not in _BY_FIRE or not _side(draft, t)]
    if trigger.noun:
        fillers = [*fillers, trigger.token]
    return next((q for token in fillers if (q := _beside(token, numbers)) is not None), None) or _they(draft, numbers)


_BY_FIRE = ("attack", "bombing")
"""Acts that are counted by what was fired, where nobody hit is counted: "three rounds fell on the town"."""


def _side(draft: Draft, token: Token) -> bool:
    return any(t.i == token.i for t, _ in draft.roles.actors)


def _beside(token: Token, numbers: list[_Number]) -> Quantity | None:
    """The number inside the phrase of a token, with the token as its unit."""
    first, last = syntax.phrase(token)
    low, high = token.doc[first].idx, token.doc[last].idx + len(token.doc[last])
    bound = [c for c in token.children if c.dep_ in ("nummod", "amod", "advmod", "quantmod")]
    low = min([low, *[t.idx for c in bound for t in c.subtree]])
    if token.lemma_.lower() in _COUNTS:  # "a family of five"
        high = max([high, *[t.idx + len(t) for t in syntax.prepositional(token, "of")]])
    behind = token.idx + len(token)
    for span, quantity in numbers:
        if span.start >= behind and token.lemma_.lower() not in _COUNTS:
            continue  # "a camp of 21,000 people" is one camp
        if span.start < high and low < span.end:
            unit = _unit(token)
            return replace(quantity, text=clean(quantity.text), unit=unit)
    return None


def _unit(token: Token) -> str:
    """What is counted, in the text's plain word: "dozens of students" are students, a bare number counts people."""
    if token.like_num or token.tag_ == "CD":
        return "people"
    of = syntax.prepositional(token, "of")
    counted = [t for t in of if t.tag_ in ("NNS", "NNPS") and not t.like_num]
    if counted and (token.lemma_.lower() in _COUNTS - {"body", "family"} or token.lemma_.lower() in _SCALES):
        return _unit(counted[0]) if counted[0].lemma_.lower() in _SCALES else counted[0].text.lower()
    return "people" if token.lemma_.lower() in _SCALES else token.text.lower()


_SCALES = frozenset({"dozen", "score", "hundred", "thousand", "million", "ten"})
_COUNTS = frozenset({"group", "number", "total", "toll", "list", "column", "band", "crowd", "figure", "family", "body"})
"""Nouns whose number stands behind them: "a group of 40", "a family of five"."""


def _they(draft: Draft, numbers: list[_Number]) -> Quantity | None:
    """ "Eleven said they had been taken": those who speak of themselves, counted where they speak."""
    they = [t for t in draft.roles.victims if t.lower_ in PLURAL]
    for layer in draft.said.layers if they else []:
        for token in layer.tokens:
            if token.like_num or token.tag_ == "CD":
                return _beside(token, numbers)
    return None


_REACHES = re.compile(r"\b(?:to|at|of|reached|reaching|hit|passed|topped|exceeded|is|was|now|:)\s+$", re.IGNORECASE)


def _reached(sentence: Sentence, draft: Draft, numbers: list[_Number]) -> Quantity | None:
    """ "Raised the number of dead from the attack to 37": the figure that a count is told to have."""
    if draft.trigger.token.lemma_.lower() not in ("toll", "number", "count", "figure"):
        return None
    later = [(s, q) for s, q in numbers if s.start >= draft.trigger.end and _REACHES.search(sentence.words[: s.start])]
    return replace(later[-1][1], text=clean(later[-1][1].text), unit="people") if later else None


_DYING = frozenset({"die", "kill", "perish", "fall", "wound", "injure", "hurt", "suffer", "lose"})


def _counted(act: Token, numbers: list[_Number]) -> Quantity | None:
    """ "18 reports of rape", "nine men died as a result of torture"."""
    above = syntax.governor(act)
    if above is not None and above.pos_ == "NOUN" and act.head.lower_ == "of" and act.head.head.i == above.i:
        if above.lemma_.lower() == "result":
            verb = next((t for t in above.ancestors if t.pos_ == "VERB"), None)
            who = syntax.children(verb, "nsubj", "nsubjpass") if verb is not None and verb.lemma_ in _DYING else []
            return next((q for t in who if (q := _beside(t, numbers)) is not None), None)
        if any(c.dep_ == "nummod" for c in above.children) or above.lemma_.lower() in _SCALES:
            return _beside(above, numbers)
    return None


def _lasting(sentence: Sentence, draft: Draft) -> Quantity | None:
    """The years of a sentence, asked for or passed, and the days of a siege: spans that measure the act itself."""
    trigger = draft.trigger
    if draft.act_type is ActType.SIEGE:
        beside = sentence.words[max(0, trigger.start - 24) : trigger.end]
        return span_in(beside) if trigger.noun else None
    if draft.act_type is not ActType.PROCEDURAL or not _SENTENCE.search(
        sentence.words[trigger.start : trigger.end + 40]
    ):
        return None
    return span_in(sentence.words[trigger.start : trigger.end + 40])


_SENTENCE = re.compile(r"sentenc|imprison|jail|prison|asked for|years", re.IGNORECASE)


def _authors(draft: Draft, numbers: list[_Number]) -> Quantity | None:
    """Those who did it, where the act is told as done and nobody it was done to is counted."""
    if draft.act_type in (ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT, ActType.OTHER):
        return None
    tokens = [t for t, _ in draft.roles.actors] + [
        inner for t, _ in draft.roles.actors for inner in syntax.prepositional(t, "of") if t.lemma_.lower() == "group"
    ]
    found = next((q for t in tokens if t.pos_ != "PROPN" and (q := _beside(t, numbers)) is not None), None)
    return replace(found, unit=AUTHORS) if found is not None else None


def _as_of(sentence: Sentence, dates: list[Dating]) -> str | None:
    """The day up to which it was counted: "as of 3 May, 40 people had been killed"."""
    for found in dates:
        if found.last and _AS_OF.search(sentence.words[: found.start]):
            return found.last
        if (
            not found.last
            and found.first is None
            and re.search(r"\bas (?:of|at)\b", sentence.words[: found.start][-8:])
        ):
            return found.text
    return None
