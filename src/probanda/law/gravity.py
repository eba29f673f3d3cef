"""Gravity in four texts, each with where it stands: scale, nature, manner, impact. Start with `gravity`.

Requirement D7; art. 17(1)(d), and the four headings of the Office of the Prosecutor's policy of 2016. No number, no
answer but unknown: whether a case is grave enough is for a person and the Court.

Looks down to: law.facts, law.answers. Used by: law.answering.
"""

from __future__ import annotations

from probanda.law.answers import UNKNOWN, Reply
from probanda.law.facts import Cited, Facts

HEADINGS = ("scale", "nature", "manner", "impact")


def described(facts: Facts) -> dict[str, tuple[Cited, ...]]:
    """The four headings in their order, with the texts given under each."""
    return {heading: facts.gravity.get(heading, ()) for heading in HEADINGS}


def gravity(facts: Facts) -> Reply:
    """What is described and what is not; never an answer."""
    texts = described(facts)
    missing = [h for h, held in texts.items() if not held]
    bare = [h for h, held in texts.items() if any(not one.citations for one in held)]
    told = "Described by scale, nature, manner and impact, for a person to assess."
    if missing:
        told = f"Not described: {', '.join(missing)}. Whether the case is grave enough is for a person to assess."
    if bare:
        told += f" Without citation: {', '.join(bare)}."
    sources = tuple(dict.fromkeys(c for held in texts.values() for one in held for c in one.citations))
    return Reply(question="gravity", answer=UNKNOWN, reason=told, article="art. 17(1)(d)", sources=sources)
