"""Attacks that are named after the side that made them, and so stand for it: "the Karsian-backed offensive".

Start with `named_after_a_side`.

Looks down to: times, lexicon. Used by: behind, roles, parties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims.lexicon import Lexicon
from probanda.claims.times import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from probanda.claims.words import Token

MACHINES = frozenset(
    """
    aircraft artillery bomber car drone fighter-jet frigate gunboat gunship helicopter howitzer jet mortar plane rocket
    shell suicide tank truck vehicle warplane warship
    """.split()  # noqa: SIM905
)
"""Words before an attack that tell with what it was made, and not by whom."""
_STRIKES = frozenset(["airstrike", "attack", "bombardment", "campaign", "offensive", "raid", "shelling", "strike"])


def named_after_a_side(token: Token, lex: Lexicon) -> bool:
    """True for a noun of attack that a State, a people or an armed side stands before."""
    return token.lemma_.lower() in _STRIKES and any(
        c.dep_ in ("amod", "compound", "nmod")
        and (
            any(t.text[:1].isupper() and t.i > 0 for t in c.subtree)
            or lex.is_a(c.lemma_.lower(), "armed", "named-armed")
        )
        and c.lower_ not in MONTHS
        and c.lower_ not in WEEKDAYS
        and c.lemma_.lower() not in MACHINES
        for c in token.children
    )
