"""Which texts are copies, case variants or shortened versions of one text, found without comparing all with all.

Start with `copies`. Texts are compared by their runs of three words (shingles; A. Broder, "On the resemblance and
containment of documents", 1997), folded, headline left out. Texts meet under sampled shingles; every text of a group
was compared with the group's longest text itself, so that nothing is chained.

Looks down to: incidents.model, words. Used by: consolidation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from probanda.incidents.model import Doc
from probanda.incidents.words import tokens

RUN = 3
"""Words in a shingle."""
FEWEST = 12
"""Texts of fewer words are copies only when they are equal."""
RESEMBLES = 0.6
"""Shared shingles over all shingles of both, from which two texts are copies."""
HOLDS = 0.75
"""Share of the shorter text's shingles that stand in the longer, from which it is a shortened version."""
LEAST_PART = 1 / 3
"""A text shorter than this part of the other is an excerpt or a quotation, not a version of it."""
SAMPLE = 8
"""One shingle in eight serves as a meeting point; all of them in short texts."""
SHORT = 200
"""Shingles up to which a text is short."""
CROWD = 64
"""A shingle that already leads to this many groups is a formula (a signature, a notice) and brings no text together."""
DENSE = 0.5
"""Share of a group's pairs that must resemble each other; a looser group is split."""
CHECKED = 40
"""Members of a group whose pairs are counted: enough to tell a loose group, without comparing all of a large one."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Groups of texts that are copies of one another."""

    groups: tuple[tuple[str, ...], ...]
    """Items, sorted, at least two to a group."""
    reasons: Mapping[str, str]
    """Founder (least item) -> why its group is one."""
    copy_of: Mapping[str, str]
    """Item -> founder, for items in a group."""


@dataclass(frozen=True, slots=True)
class _Text:
    item: str
    words: tuple[str, ...]
    runs: frozenset[int]

    @property
    def size(self) -> int:
        return len(self.runs)


def copies(docs: Sequence[Doc], same: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> Copies:
    """Group these texts; `same` and `apart` are persons' decisions between items, and go before likeness."""
    texts = [_text(d) for d in docs]
    apart = frozenset(apart)
    groups: list[list[str]] = []
    for group in _gathered(_equal(texts)):
        groups += _kept_apart(group, apart)
    joined = _joined(groups, [p for p in same if all(i in {t.item for t in texts} for i in p)])
    by_item = {t.item: t for t in texts}
    found = sorted(tuple(sorted(g)) for g in joined if len(g) > 1)
    reasons = {g[0]: _reason([by_item[i] for i in g]) for g in found}
    return Copies(tuple(found), reasons, {i: g[0] for g in found for i in g})


def _text(doc: Doc) -> _Text:
    words = tuple(tokens(_body(doc)))
    runs = frozenset(_number(words[i : i + RUN]) for i in range(max(0, len(words) - RUN + 1)))
    return _Text(doc.item, words, runs)


def _body(doc: Doc) -> str:
    """The words without a headline: the stated title, or a short first line that ends no sentence."""
    words = doc.words.strip()
    if doc.title and words.startswith(doc.title.strip()):
        return words[len(doc.title.strip()) :]
    head, _, rest = words.partition("\n")
    headline = len(head.split()) <= 20 and not head.rstrip(" \"'”’)").endswith((".", "!", "?", "。", "؟", ";", ","))
    return rest if headline and len(rest.split()) >= FEWEST else words


def _number(run: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(run).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _equal(texts: Iterable[_Text]) -> list[list[_Text]]:
    """Texts of equal words together: a thousand equal copies are compared once."""
    found: dict[tuple[str, ...], list[_Text]] = {}
    for text in texts:
        found.setdefault(text.words or (text.item,), []).append(text)
    return [sorted(group, key=lambda t: t.item) for _, group in sorted(found.items())]


def _gathered(equal: Sequence[Sequence[_Text]]) -> Iterator[list[str]]:
    """Each text goes to the longest text it is a copy of, or opens a group of its own."""
    ranked = sorted(equal, key=lambda g: (-g[0].size, g[0].words, g[0].item))
    leaders: dict[int, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for n, group in enumerate(ranked):
        text = group[0]
        leader = _leader(text, ranked, leaders) if len(text.words) >= FEWEST else None
        if leader is not None:
            groups[leader].append(n)
            continue
        groups[n] = [n]
        if len(text.words) >= FEWEST:
            for run in _meeting_points(text):
                leaders.setdefault(run, []).append(n)
    for numbers in groups.values():
        for part in _dense([ranked[n] for n in numbers]):
            yield [t.item for group in part for t in group]


def _meeting_points(text: _Text) -> list[int]:
    sampled = sorted(r for r in text.runs if r % SAMPLE == 0)
    return sorted(text.runs) if text.size <= SHORT else sampled


def _leader(text: _Text, ranked: Sequence[Sequence[_Text]], leaders: Mapping[int, list[int]]) -> int | None:
    met = Counter(n for run in sorted(text.runs) for n in leaders.get(run, ())[:CROWD])
    fits = [(-_likeness(text, ranked[n][0]), n) for n, _ in met.items() if are_copies(text, ranked[n][0])]
    return min(fits)[1] if fits else None


def _likeness(a: _Text, b: _Text) -> float:
    shared = len(a.runs & b.runs)
    return shared / (a.size + b.size - shared) if shared else 0.0


def are_copies(a: _Text, b: _Text) -> bool:
    """True when the two resemble each other, or the shorter is a shortened version of the longer."""
    small, large = sorted((a.size, b.size))
    if not small or small < large * LEAST_PART:
        return False
    return _likeness(a, b) >= RESEMBLES or len(a.runs & b.runs) / small >= HOLDS


def _dense(group: list[Sequence[_Text]]) -> Iterator[list[Sequence[_Text]]]:
    """The group itself, or its closer parts when fewer than half of its pairs resemble each other.

    A digest that holds several short texts would otherwise make copies of texts that share nothing.
    """
    sample = group[:CHECKED]
    pairs = list(combinations(sample, 2))
    if not pairs or sum(are_copies(a[0], b[0]) for a, b in pairs) >= DENSE * len(pairs):
        yield group
        return
    parts: list[list[Sequence[_Text]]] = []
    for one in group:
        home = next(
            (p for p in parts if sum(are_copies(one[0], o[0]) for o in p[:CHECKED]) > len(p[:CHECKED]) / 2), None
        )
        if home is None:
            parts.append([one])
        else:
            home.append(one)
    yield from parts


def _kept_apart(group: list[str], apart: frozenset[tuple[str, str]]) -> list[list[str]]:
    """The group split so that no two items held apart by a person are together."""
    parts: list[list[str]] = []
    for item in sorted(group):
        home = next((p for p in parts if not any((min(item, o), max(item, o)) in apart for o in p)), None)
        if home is None:
            parts.append([item])
        else:
            home.append(item)
    return parts


def _joined(groups: list[list[str]], same: Iterable[tuple[str, str]]) -> list[list[str]]:
    home = {item: g for g in groups for item in g}
    for a, b in same:
        if home[a] is not home[b]:
            left, right = home[a], home[b]
            left += right
            home |= dict.fromkeys(right, left)
    return list({id(g): g for g in home.values()}.values())


def _reason(group: Sequence[_Text]) -> str:
    if len({t.words for t in group}) == 1:
        return f"{len(group)} texts with the same words, but for headline, case and spacing."
    sizes = sorted(len(t.words) for t in group)
    shortened = sizes[0] < 0.8 * sizes[-1]
    how = "some are shortened versions of the longest" if shortened else "they share most runs of three words"
    return f"{len(group)} texts that go back to one text: {how} ({sizes[0]} to {sizes[-1]} words)."
