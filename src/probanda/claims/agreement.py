"""Two readers side by side: which claims both propose, where they agree and differ, and what only one of them sees.

Start with `compared`. Where two readers agree, a person may be quicker; where they differ, the text should be looked
at. Neither is right because the other says so, and nothing here says which to believe: no claim gets a figure.

Looks down to: model, names, kernel. Used by: second, casework (asking), cli.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from probanda.claims.model import DOC, Claim
from probanda.kernel.quantities import Quantity
from probanda.kernel.spans import Span
from probanda.names.folding import fold

BLOCK = 512
"""Code points of the stretches within which claims can meet."""


class Verdict(StrEnum):
    """What two readers have said in one field."""

    AGREE = "agree"
    """Both say the same."""
    DIFFER = "differ"
    """Each says something that the other does not."""
    FIRST_ONLY = "only the first"
    """The second reader leaves out something that the first says."""
    SECOND_ONLY = "only the second"
    """The first reader leaves out something that the second says."""
    SILENT = "neither"
    """Neither says anything."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two claims on the same words."""

    field: str
    both: tuple[str, ...]
    """What both say; two forms of one name as `short / long`."""
    first: tuple[str, ...]
    """What the first reader alone says."""
    second: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """What follows of the three."""
        if self.first and self.second:
            return Verdict.DIFFER
        if self.first or self.second:
            return Verdict.FIRST_ONLY if self.first else Verdict.SECOND_ONLY
        return Verdict.AGREE if self.both else Verdict.SILENT


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims, one of each reader, on the same words."""

    first: Claim
    second: Claim
    fields: tuple[Compared, ...]

    @property
    def differing(self) -> tuple[Compared, ...]:
        """The fields in which the two do not say the same."""
        return tuple(one for one in self.fields if one.verdict not in (Verdict.AGREE, Verdict.SILENT))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readings of one text."""

    pairs: tuple[Pair, ...]
    first_only: tuple[Claim, ...]
    """Proposed by the first reader alone."""
    second_only: tuple[Claim, ...]

    def counts(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """Field by field how many pairs fall under each verdict: counts of what was compared, no measure of truth."""
        table = {field: dict.fromkeys(Verdict, 0) for field in FIELDS}
        for pair in self.pairs:
            for one in pair.fields:
                table[one.field][one.verdict] += 1
        return tuple((field, tuple((verdict.value, n) for verdict, n in row.items())) for field, row in table.items())


def compared(first: Iterable[Claim], second: Iterable[Claim]) -> Agreement:
    """The claims of two readers over one item, paired where they speak of the same words; each in one pair at most.

    Two claims are paired whose act words overlap, those of one act type before others; else where the quotes of two of
    one act type overlap. The order of the claims changes nothing.
    """
    one = sorted(first, key=_by_place)
    two = sorted(second, key=_by_place)
    left, right = set(range(len(one))), set(range(len(two)))
    pairs = []
    for _, a, b in sorted(_candidates(one, two)):
        if a in left and b in right:
            left.discard(a)
            right.discard(b)
            pairs.append((a, b))
    return Agreement(
        pairs=tuple(Pair(one[a], two[b], _fields(one[a], two[b])) for a, b in sorted(pairs)),
        first_only=tuple(one[a] for a in sorted(left)),
        second_only=tuple(two[b] for b in sorted(right)),
    )


# --- which claims meet ----------------------------------------------------------------------------

_Rank = tuple[int, int, int]


def _candidates(one: Sequence[Claim], two: Sequence[Claim]) -> list[tuple[_Rank, int, int]]:
    """Claims that share a stretch of the text and overlap there, best first by their rank."""
    blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for b, claim in enumerate(two):
        for key in _blocks(claim):
            blocks[key].append(b)
    found = []
    for a, claim in enumerate(one):
        for b in sorted({b for key in _blocks(claim) for b in blocks.get(key, ())}):
            rank = _rank(claim, two[b])
            if rank is not None:
                found.append((rank, a, b))
    return found


def _blocks(claim: Claim) -> list[tuple[str, int]]:
    return [(claim.item, n) for n in range(claim.start // BLOCK, (claim.end - 1) // BLOCK + 1)]


def _rank(a: Claim, b: Claim) -> _Rank | None:
    """How two claims meet: smaller is nearer; None where they do not."""
    acts = _shared(Span(a.act_start, a.act_end), Span(b.act_start, b.act_end))
    quotes = _shared(Span(a.start, a.end), Span(b.start, b.end))
    alike = a.act_type is b.act_type
    if not acts and not (alike and quotes):
        return None
    unlike = sum(one.verdict is Verdict.DIFFER for one in _fields(a, b))  # parts several claims on one act word
    return (0 if acts and alike else 1 if acts else 2), unlike, -quotes


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _by_place(claim: Claim) -> tuple[str, int, int, int, int, str]:
    return claim.item, claim.act_start, claim.act_end, claim.start, claim.end, claim.id


# --- field by field -------------------------------------------------------------------------------


def in_fields(first: Claim, second: Claim) -> tuple[Compared, ...]:
    """Two claims on the same words, field by field in the order of `FIELDS`."""
    return _fields(first, second)


def _fields(a: Claim, b: Claim) -> tuple[Compared, ...]:
    return (
        *(_plain(field, tell(a), tell(b)) for field, tell in _PLAIN.items()),
        *(_names(field, _words_of(a, field), _words_of(b, field)) for field in _NAMES),
        _involvement(a, b),
    )


def _plain(field: str, first: tuple[str, ...], second: tuple[str, ...]) -> Compared:
    return Compared(field, first, (), ()) if first == second else Compared(field, (), first, second)


def _names(field: str, first: Sequence[str], second: Sequence[str]) -> Compared:
    """Each name of the first with the name of the second that is the same: the same form before others."""
    met = _met(first, second)
    told = {b for _, b in met}
    shared = {a for a, _ in met}
    return Compared(
        field,
        tuple(a if fold(a) == fold(b) else " / ".join(sorted((a, b), key=_length)) for a, b in met),
        tuple(words for words in first if words not in shared),
        tuple(words for words in second if words not in told),
    )


def _met(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    rest, met = list(second), {}
    for same in (_same_form, same_name):
        for words in first:
            other = None if words in met else next((r for r in rest if same(words, r)), None)
            if other is not None:
                rest.remove(other)
                met[words] = other
    return [(words, met[words]) for words in first if words in met]


def _same_form(a: str, b: str) -> bool:
    return a == b or (fold(a) == fold(b) != "")


def _involvement(a: Claim, b: Claim) -> Compared:
    """What part the authors have whom both readers name: the others are shown among the actors."""
    one, two = ({x.words: x.involvement.value for x in claim.actors} for claim in (a, b))
    both, first, second = [], [], []
    for x, y in _met(tuple(one), tuple(two)):
        if one[x] == two[y]:
            both.append(f"{x}: {one[x]}")
        else:
            first.append(f"{x}: {one[x]}")
            second.append(f"{y}: {two[y]}")
    return Compared("involvement", tuple(both), tuple(first), tuple(second))


def same_name(a: str, b: str) -> bool:
    """True where one is the end of the other, word by word: `Dast` of `General Omar Dast`, and not of `Dast's men`.

    A form of one text, so no spelling is guessed; whether two names are one person is for `actors` and a person.
    """
    short, long = sorted((_tokens(a), _tokens(b)), key=len)
    return bool(short) and long[len(long) - len(short) :] == short


def _tokens(words: str) -> list[str]:
    return fold(_OPENING.sub("", words)).split()


_OPENING = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def _length(words: str) -> tuple[int, str]:
    return len(words), words


def _words_of(claim: Claim, field: str) -> tuple[str, ...]:
    if field == "speaker":
        return (claim.innermost.words,)
    return tuple(dict.fromkeys(one.words for one in getattr(claim, field) if one.words != DOC))


def _days(claim: Claim) -> tuple[str, ...]:
    if claim.date_from or claim.date_to:
        return (" to ".join(dict.fromkeys((claim.date_from or "?", claim.date_to or "?"))),)
    return (claim.date_text,) if claim.date_text else ()


def _number(claim: Claim) -> tuple[str, ...]:
    return () if claim.quantity is None else (bounds(claim.quantity),)


def bounds(quantity: Quantity) -> str:
    """A quantity as its bounds alone: `42`, `401..`, `..80`, `34..44`, `~400`; its own words where it has none."""
    if quantity.min is not None and quantity.min == quantity.max:
        return str(quantity.min)
    if quantity.min is not None or quantity.max is not None:
        return "..".join("" if bound is None else str(bound) for bound in (quantity.min, quantity.max))
    return quantity.text if quantity.value is None else f"~{quantity.value}"


_PLAIN: dict[str, Callable[[Claim], tuple[str, ...]]] = {
    "act_type": lambda claim: (claim.act_type.value,),
    "modality": lambda claim: (claim.modality.value,),
    "polarity": lambda claim: (claim.polarity.value,),
    "date": _days,
    "quantity": _number,
}
_NAMES = ("speaker", "speakers", "actors", "victims", "places")
FIELDS = (*_PLAIN, *_NAMES, "involvement")
"""What is compared; `speaker` is the innermost one."""
