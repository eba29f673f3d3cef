"""Words for people told by their ending, for nobody can list all trades, beliefs and origins.

Start with `looks_like_people`.

Looks down to: nothing. Used by: acts, harmed.
"""

from __future__ import annotations

import re

_PEOPLE_ENDINGS = re.compile(
    r"(?:[a-z]{2}(?:eer|ier|ist|ian|ee|ess|ster|man|woman|men|women|person|people|folk|child|mate|kin|smith|wright)"
    r"|(?:ct|t|ss|v|d|n|k|g|m|p|l|ch|th|rd)(?:or|er)|ant)$"
)
"""Endings of words for people by trade, belief or origin: engineer, baptist, librarian, welder, tailor, assistant."""
_NO_PEOPLE = frozenset(
    """
    other matter number letter order paper water winter summer river tower power computer container cover corner
    border danger disaster hunger thunder timber monster poster register quarter shelter shoulder finger
    ladder leather weather feather plaster cluster counter factor motor tractor sector vector mirror error terror
    horror tumor plant restaurant elephant warrant grant coffee fee tree knee committee degree jubilee
    meter litre filter server printer router charter chapter character helicopter tanker bunker
    trailer cooker freezer boiler computer newsletter answer cancer fiber rubber lumber chamber folder tender render
    trigger layer banner dinner hammer manner pepper copper bumper scanner planner sweater sneaker folder holder
    starter center theater meter order butter rumor supper upper lower outer inner dagger badger
    burger hamburger finger linger ginger stopper topper copier barrier pier tier frontier terrier
    prayer list mist twist fist wrist waist dust trust specimen regimen
    """.split()  # noqa: SIM905
)
"""Words with such an ending that are no people."""


def looks_like_people(lemma: str) -> bool:
    """True for a word that ends as words for people do (dictionary form, lower case)."""
    return len(lemma) > 4 and lemma not in _NO_PEOPLE and _PEOPLE_ENDINGS.search(lemma) is not None
