"""Many invented names, and for each a second spelling, by habits of writing: for measuring blocking.

Given names are those of names/data and invented ones (3,000 in all), family names are put together from syllables
(9,000); few names are borne by many, as in life. The same seed gives the same names. The second side writes each name
as another hand would: other vowels, French or English letters, doubled letters, an article, a title, a name between
left out, family name first.
"""

from __future__ import annotations

import random
from itertools import accumulate

from probanda.names.given import read_lists
from probanda.names.sounds import is_arabic

GIVEN, FAMILIES, SEED = 3_000, 9_000, 20_311
_ONSETS = ("b", "d", "f", "gh", "h", "j", "k", "kh", "l", "m", "n", "q", "r", "s", "sh", "t", "th", "w", "y", "z")
_VOWELS = ("a", "i", "u", "aa", "ou", "ee", "a", "i")
_ENDINGS = ("", "", "i", "a", "n", "r", "m", "d", "wi", "ni")
_HABIT_WORDS = (
    "kh k, gh g, q k, q g, j dj, sh ch, th t, dh d, ou u, ou oo, u ou, ee i, i e, a e, aa a, w ou, z dh, u o, f ff, "
    "m mm, l ll, n nn"
)
_HABITS = [tuple(pair.split(" ")) for pair in _HABIT_WORDS.split(", ")]


def generated(count: int) -> tuple[list[str], list[str]]:
    """`count` names, and each of them in another spelling; the n-th of both are one name."""
    chance = random.Random(SEED)  # noqa: S311
    given = [form for lines in read_lists().values() for line in lines for form in line[:1] if not is_arabic(form)]
    given += [form for lines in read_lists().values() for line in lines for form in line[1:2] if is_arabic(line[0])]
    given = _filled(chance, [g.lower() for g in dict.fromkeys(given) if " " not in g], GIVEN, (1, 2))
    families = _filled(chance, [], FAMILIES, (2, 3))
    chance.shuffle(given)
    frequent, rare = _frequencies(given), _frequencies(families)
    left: dict[str, None] = {}
    while len(left) < count:
        parts = chance.choices(given, cum_weights=frequent) + chance.choices(families, cum_weights=rare)
        if chance.random() < 0.4:
            parts[1:1] = chance.choices(given, cum_weights=frequent)
        left[" ".join(p.title() for p in parts)] = None
    return list(left), [_other_hand(chance, name) for name in left]


def _frequencies(names: list[str]) -> list[float]:
    """Weights by which few names are borne by many and most by few, added up (Zipf's law, flattened at its head)."""
    return list(accumulate(1 / (n + 50) for n in range(len(names))))


def _filled(chance: random.Random, names: list[str], count: int, syllables: tuple[int, int]) -> list[str]:
    found = dict.fromkeys(names)
    while len(found) < count:
        made = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(*syllables)))
        made += chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_ENDINGS)
        found[made] = None
    return list(found)[:count]


def _other_hand(chance: random.Random, name: str) -> str:
    parts = name.lower().split()
    if len(parts) == 3 and chance.random() < 0.3:
        parts.pop(1)
    parts = [_spelled(chance, part) for part in parts]
    if chance.random() < 0.3:
        parts[-1] = chance.choice(("al-", "el-", "al ")) + parts[-1]
    words = [p.title() for p in parts]
    if chance.random() < 0.08:
        words = [words[-1] + ",", *words[:-1]]
    if chance.random() < 0.15:
        words.insert(0, chance.choice(("Gen.", "Colonel", "Dr", "Sheikh")))
    return " ".join(words)


def _spelled(chance: random.Random, part: str) -> str:
    for _ in range(chance.choice((0, 1, 1, 2))):
        habits = [(a, b) for a, b in _HABITS if a in part]
        if habits:
            a, b = chance.choice(habits)
            part = part.replace(a, b, 1)
    return part
