"""Yes, no or unknown, with the reason: the three answers that questions of jurisdiction and admissibility have.

Start with `Reply`. An unknown never becomes a yes: `all_of` and `any_of` are the strong three-valued logic (Kleene), in
which whatever more is learned about an unknown leaves every yes and no standing. `every_way` is for things that are not
known exactly: whichever it was, the answer must be the same.

Looks down to: nothing. Used by: the other modules of jurisdiction in this room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What the facts given answer to a question."""

    YES = "yes"
    """The facts given answer it with yes. That they are true is not said."""
    NO = "no"
    """The facts given answer it with no."""
    UNKNOWN = "unknown"
    """A fact is missing, uncertain, or left for a person to weigh."""


YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One question answered on the facts given. Never a finding."""

    question: str
    answer: Answer
    reason: str
    article: str
    about: str = ""
    """Which crime, instrument, notice, challenge or proceeding; empty where the question is asked once."""
    instruments: tuple[str, ...] = ()
    """Ids of the instruments that the answer rests on."""
    sources: tuple[str, ...] = ()


def all_of(answers: Iterable[Answer]) -> Answer:
    """Yes where all are yes, no where one is no. Of nothing at all: unknown, for nothing was answered."""
    held = tuple(answers)
    if NO in held:
        return NO
    return YES if held and UNKNOWN not in held else UNKNOWN


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes where one is yes, no where all are no, or there are none."""
    held = tuple(answers)
    if YES in held:
        return YES
    return UNKNOWN if UNKNOWN in held else NO


def every_way(answers: Iterable[Answer]) -> Answer:
    """Of several possibilities, one of which is true: yes where all say yes, no where all say no, else unknown."""
    held = set(answers)
    return held.pop() if len(held) == 1 else UNKNOWN


def negated(answer: Answer) -> Answer:
    """No for yes, yes for no; unknown stays."""
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[answer]


def deciding(question: str, replies: Iterable[Reply], nothing: Reply) -> Reply:
    """What several replies make together: yes where one is yes. It tells the reasons of those that decide.

    `nothing` is the reply where there are none.
    """
    held = tuple(replies)
    if not held:
        return nothing
    answer = any_of(r.answer for r in held)
    told = [r for r in held if r.answer is answer]
    return Reply(
        question=question,
        answer=answer,
        reason=" ".join(dict.fromkeys(r.reason for r in told)),
        article=joined(r.article for r in told),
        instruments=tuple(dict.fromkeys(i for r in told for i in r.instruments)),
        sources=tuple(dict.fromkeys(s for r in told for s in r.sources)),
    )


def joined(articles: Iterable[str]) -> str:
    """Several provisions as one, each once: `art. 12(2)(a), 12(3)`."""
    parts = [part for article in articles for part in article.removeprefix("art. ").split(", ") if part]
    return "art. " + ", ".join(dict.fromkeys(parts)) if parts else ""
