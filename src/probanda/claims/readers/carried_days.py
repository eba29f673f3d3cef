"""The day of an account, carried to what it goes on to tell: the reason says from where.

Start with `carry_days`, called once, when all sentences were read and their places are known. A day is carried within
a sentence, and within a paragraph where the text tells of that day alone: where it tells of several, nobody but a
person can say which of them a sentence without one belongs to. What has a day of its own, what rejects, asks or
threatens, what tries somebody, and what is told of no past moment ("have been killed", "are held") takes none.

Looks down to: notes, places, model, settle, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from probanda.claims.attributed import speech_entries
from probanda.claims.model import Named
from probanda.claims.places import UNPLACED
from probanda.claims.scenes import ANOTHER
from probanda.claims.settle import Draft
from probanda.claims.times import Dating
from probanda.kernel.vocabulary import Modality, Polarity

if TYPE_CHECKING:
    from probanda.claims.discourse import Sentence
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token

LONGEST = 366
"""Days that what is carried within a sentence may span; what is carried farther is a single day."""
_UNTOLD = (Modality.CALLED_FOR, Modality.THREATENED, Modality.DENIED, Modality.ORDERED)
_HAPPENED = re.compile(
    r"^\W*(?:the|this|these|both)\s+(?:[\w-]+\s+){0,3}?(?:abductions?|airstrikes?|ambush|assaults?|attacks?|arrests?|"
    r"blasts?|bombings?|clash(?:es)?|crimes?|deaths?|events?|executions?|explosions?|incidents?|killings?|massacres?|"
    r"murders?|raids?|shellings?|shootings?|strikes?|violence)\s+(?:[\w’'-]+\s+){0,5}?"
    r"(?:took place|taken place|occurred|happened|came|began|started|was carried out|were carried out)\b",
    re.IGNORECASE,
)
"""A sentence that says when, and where, what was just told took place."""


def carry_days(notes: Notes) -> None:
    """Give claims without a day that of the account they belong to, with the reason; never one nobody told."""
    _said_afterwards(notes)
    only = _only_day(notes)
    told: Draft | None = None
    for draft in sorted(notes.drafts, key=lambda d: (d.act_start, d.start)):
        if draft.date is not None:
            told = draft if _carries(draft) else None
        elif told is not None and told.date is not None and _takes(notes, draft) and _goes_on(notes, told, draft, only):
            _give(draft, told.date, "the account goes on")
        elif told is not None and told.date is not None and _results_from(notes, told, draft):
            _give(draft, told.date, "of what it came of")


def _goes_on(notes: Notes, told: Draft, draft: Draft, only: bool) -> bool:
    if _apart(told, draft):
        return False
    if draft.sentence.start == told.sentence.start:
        return True
    if ANOTHER.search(draft.sentence.words):
        return False
    if _THOSE.search(draft.sentence.words):
        return draft.sentence.paragraph - told.sentence.paragraph <= 1
    if draft.sentence.paragraph != told.sentence.paragraph:
        return False
    return only or _next(notes, told, draft)


def _results_from(notes: Notes, told: Draft, draft: Draft) -> bool:
    """ "An attack on 3 May, killing nine", "a bombing on 3 May that left nine dead": the same day, if the only one."""
    if told.sentence.start != draft.sentence.start or draft.polarity is Polarity.NEGATIVE or draft.modality in _UNTOLD:
        return False
    token = draft.trigger.token
    for verb in [token, *token.ancestors][:3]:
        if verb.pos_ == "VERB" and verb.lemma_.lower() in _RESULTING and verb.i > told.trigger.token.i:
            led = verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl")
            which = verb.dep_ == "relcl" and any(c.lower_ in ("that", "which") for c in verb.children)
            others = [d for d in notes.days.get(draft.sentence.start, []) if not _of_saying(notes, d)]
            return (led or which) and len(others) == 1
    return False


_RESULTING = frozenset(
    "cause claim damage destroy displace force injure kill lead leave result wipe wound".split()  # noqa: SIM905
)
"""What an attack is told to have done, in words behind it."""
_THOSE = re.compile(
    r"\b(?:during|in|over|throughout) (?:those|these) (?:days|weeks|months)\b|\b(?:during|in|over) (?:that|this) "
    r"(?:period|time|siege)\b",
    re.IGNORECASE,
)
"""Words that point back to a time told before."""


def _next(notes: Notes, told: Draft, draft: Draft) -> bool:
    """The sentence right behind the one that told the day."""
    between = notes.text.words[told.sentence.end : draft.sentence.start]
    day = told.date
    return not between.strip() and day is not None and day.first == day.last


def _said_afterwards(notes: Notes) -> None:
    """ "... killed nine men. The attack took place on 3 May": the day of what was told in the sentence before."""
    before: list[Draft] = []
    drafts = sorted(notes.drafts, key=lambda d: d.act_start)
    at = 0
    for sentence in notes.sentences:
        here = []
        while at < len(drafts) and drafts[at].sentence.start <= sentence.start:
            here.append(drafts[at])
            at += 1
        if before and _HAPPENED.search(sentence.words):
            found = [d for d in notes.days.get(sentence.start, []) if d.first is not None]
            for draft in before if len(found) == 1 else ():
                if draft.date is None and _takes(notes, draft) and _near(draft.sentence, sentence):
                    _give(draft, found[0], "which the text gives afterwards")
        before = here or before


def _near(earlier: Sentence, later: Sentence) -> bool:
    return later.paragraph - earlier.paragraph <= 1 and earlier.section == later.section


def _give(draft: Draft, day: Dating, reason: str) -> None:
    draft.date = replace(day, note=reason)
    draft.why.append(f"date: {' '.join(day.text.split())}, {reason}")


def _carries(draft: Draft) -> bool:
    """A day, or a few of them, on which something is told to have happened."""
    day = draft.date
    if day is None or day.first is None or day.last is None or draft.act_type in UNPLACED:
        return False
    return _length(day) <= LONGEST and not day.note.startswith("from then")


def _length(day: Dating) -> int:
    return (date.fromisoformat(day.last or "") - date.fromisoformat(day.first or "")).days + 1


def _only_day(notes: Notes) -> bool:
    """True where all that the text dates it dates to one and the same day."""
    dated = [d.date for d in notes.drafts if d.date is not None and d.date.first is not None]
    days = {(d.first, d.last) for d in dated}
    if len(days) != 1 or any(first != last for first, last in days):
        return False
    whole = [d for found in notes.days.values() for d in found if d.first is not None and d.first == d.last]
    return all((d.first, d.last) in days or _of_saying(notes, d) for d in whole)


def _takes(notes: Notes, draft: Draft) -> bool:
    """An act told as done at one moment of the past, in a sentence that names no other day."""
    if draft.polarity is Polarity.NEGATIVE or draft.modality in _UNTOLD or draft.act_type in UNPLACED:
        return False
    entry = draft.trigger.entry
    if draft.sentence.heading or entry.leans or entry.denies or entry.id == "responsible" or not _past(draft):
        return False
    return not any(d.first is None or not _of_saying(notes, d) for d in notes.days.get(draft.sentence.start, []))


def _of_saying(notes: Notes, day: Dating) -> bool:
    """The day of the text itself, on which something was said."""
    written = notes.text.dated.end if notes.text.dated else None
    return written is not None and day.first == day.last == written


def _past(draft: Draft) -> bool:  # noqa: PLR0911
    """Told as of a moment of the past: "was shot", "had burned the village" in somebody's words, not "are held"."""
    token = draft.trigger.token
    if token.pos_ not in ("VERB", "AUX"):
        return _noun_of_past(draft, token)
    for verb in [token, *token.ancestors]:
        if verb.tag_ == "VBD":
            return True
        if verb.tag_ in ("VBZ", "VBP", "VB", "MD"):
            return False
        helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if helpers & {"has", "have", "is", "are", "will", "may", "might", "could", "would"}:
            return False
        if helpers & {"was", "were"}:
            return True
        if "had" in helpers:
            return bool(draft.said.layers) or bool(draft.speakers)
    return False


def _noun_of_past(draft: Draft, noun: Token) -> bool:
    """ "The attack left 12 dead": what is taken up and told, with those it was done to; no bare accusation."""
    verb = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return bool(draft.victims) and verb is not None and verb.tag_ == "VBD" and not speech_entries(verb)


def _apart(told: Draft, draft: Draft) -> bool:
    """Both name a place, and not the same one; or another heading stands between them."""
    if told.sentence.section != draft.sentence.section:
        return True
    return bool(told.stated and draft.stated) and not _shared(list(told.stated), list(draft.stated))


def _shared(some: list[Named], others: list[Named]) -> bool:
    return bool({n.words.lower() for n in some} & {n.words.lower() for n in others})
