"""Claims of one incident that cannot both hold as they stand, kept side by side with a sentence each.

Start with `contradictions`. Nothing is settled here, and nothing is added up: tolls, authors, dates and places stay as
their speakers gave them.

Rule for how many are shown: of claims of one text that say the same (same kind, same value), the least id stands for
all of them; texts that are copies each keep their own, so that every pair of texts that disagree can be found. Where an
incident has more than `MOST` such pairs of one kind, copies stand for one another: only the least text of each group
of copies is paired; if they are still more, the first `MOST` by id are shown and each says so.

Looks down to: kernel, incidents.facts, families, places, versions, words. Used by: consolidation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from probanda.claims.model import DOC
from probanda.incidents.facts import Facts, Reader
from probanda.incidents.families import ActFamily
from probanda.incidents.model import Contradiction
from probanda.incidents.places import Where
from probanda.incidents.populations import (
    OTHER,
    composition,
    is_later,
    is_least,
    is_part,
    named_in,
    population,
    speaks_of,
)
from probanda.incidents.versions import denies
from probanda.incidents.words import ARTICLES, content, folded, tokens, word_set
from probanda.kernel.digests import content_id
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, ContradictionKind, Modality
from probanda.kernel.vocabulary import ContradictionKind as Kind

MOST = 400
"""Contradictions of one kind that are shown of one incident before copies stand for one another."""

Pair = tuple[Facts, Facts, str]


def contradictions(
    facts: Mapping[str, Facts], groups: Mapping[str, Sequence[str]], reader: Reader
) -> tuple[Contradiction, ...]:
    """All contradictions within the incidents `groups` (founder -> claim ids), sorted by id; a < b, no pair twice."""
    accused = _accusations(facts.values())
    found: dict[tuple[str, str], Contradiction] = {}
    for _, members in sorted(groups.items()):
        mine = [facts[m] for m in sorted(members)]
        for kind, finder in (
            (Kind.DENIAL, lambda fs, r, c: _denials(fs, r, c, accused)),
            (Kind.NUMBER, _numbers),
            (Kind.ATTRIBUTION, lambda fs, r, c: _attributions(fs, r, c, accused)),
            (Kind.DATE, _dates),
            (Kind.PLACE, _places),
            (Kind.IDENTITY, _identities),
        ):
            for a, b, reason in _capped(finder, mine, reader):
                first, second = sorted((a.claim.id, b.claim.id))
                # One pair is shown once, under the first kind that finds it: the plainest comes first.
                if first != second and (first, second) not in found:
                    found[first, second] = _contradiction(first, second, kind, reason)
    return tuple(sorted(found.values(), key=lambda c: c.id))


def _contradiction(a: str, b: str, kind: ContradictionKind, reason: str) -> Contradiction:
    return Contradiction(id=content_id("contradiction", kind, a, b), a=a, b=b, kind=kind, reason=reason)


def _capped(
    finder: Callable[[list[Facts], Reader, Callable[[Facts], str]], Iterable[Pair]], mine: list[Facts], reader: Reader
) -> list[Pair]:
    """All pairs, each text for itself; when they are too many, copies stand for one another."""
    pairs = list(islice(finder(mine, reader, lambda f: f.claim.item), MOST + 1))
    if len(pairs) <= MOST:
        return pairs
    pairs = list(islice(finder(mine, reader, lambda f: f.text), MOST + 1))
    if len(pairs) <= MOST:
        return pairs
    return [(a, b, f"{why} (One of more than {MOST} of this kind here.)") for a, b, why in pairs[:MOST]]


def _least(facts: Iterable[Facts], key: Callable[[Facts], Hashable]) -> list[Facts]:
    """Of facts that share a key, the one with the least id."""
    least: dict[Hashable, Facts] = {}
    for f in facts:
        least.setdefault(key(f), f)
    return list(least.values())


def _accusations(facts: Iterable[Facts]) -> frozenset[tuple[str, str]]:
    """(speaker, author) for every claim in which a named speaker accuses someone else; to admit is to accuse nobody."""
    return frozenset(
        (speaker, a)
        for f in facts
        for speaker in sorted(f.chain)
        if f.claim.asserts_event and f.claim.modality is not Modality.ADMITTED
        for a in f.authors - f.chain
    )


def _speaker_key(f: Facts) -> tuple[str, str]:
    """Who speaks: a name; or the words for the unnamed and the text, since residents elsewhere are others."""
    return (f.speaker, "") if f.speaker else (folded(f.claim.innermost.words), f.text)


def _same_speaker(a: Facts, b: Facts) -> bool:
    """True for one name, the same words, or a shorter form of them: `the General Staff` and `the army's General Staff`.

    Two texts' residents are others; within one text, or its copies, the same words are the same speaker, and `the
    Ministry` is the one that the text names in full.
    """
    if a.speaker is not None and a.speaker == b.speaker:
        return True
    left, right = (_words(f.claim.innermost.words) for f in (a, b))
    if DOC in (a.claim.innermost.words, b.claim.innermost.words):
        return a.text == b.text and a.claim.innermost.words == b.claim.innermost.words
    if left == right:
        return a.text == b.text
    short, long = sorted((left, right), key=len)
    taken_up = a.text == b.text and short <= _BODIES and bool(short)
    return (len(short) > 1 or taken_up) and short < long


_BODIES = word_set(
    "agency army brigade command commission committee council court front government group militia ministry mission "
    "movement network office organisation organization panel party union"
)
"""Words by which a text takes up a body that it has named in full."""


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    return frozenset(tokens(name)) - ARTICLES


def _said(f: Facts, reader: Reader) -> str:
    if f.claim.innermost.words == DOC:
        return "the text itself"
    return reader.name(f.speaker) if f.speaker else f.claim.innermost.words


# -- denials --------------------------------------------------------------------------------------------------------


def _denials(
    mine: list[Facts], reader: Reader, text: Callable[[Facts], str], accused: frozenset[tuple[str, str]]
) -> Iterator[Pair]:
    """Each denial (one for each text and family) against one allegation of each text."""
    accusers = frozenset(content(reader.name(speaker)) for speaker, _ in accused)
    blamed = {speaker: {content(reader.name(a)) for s, a in accused if s == speaker} for speaker, _ in accused}
    denying = _least((f for f in mine if denies(f)), lambda f: (text(f), f.family, _speaker_key(f)))
    asserting = [f for f in mine if f.claim.asserts_event]
    for denial in denying:
        met = [f for f in asserting if _denied_by(denial, f) and not _of_other_side(denial, f, accusers, reader)]
        met = [f for f in met if not _blamed_too(denial, f, blamed, reader)]
        best: dict[str, Facts] = {}
        for f in sorted(met, key=lambda f: _aptness(denial, f)):
            best.setdefault(text(f), f)
        for f in best.values():
            zero = denial.claim.quantity is not None and denial.claim.quantity.max == 0
            if zero and (f.claim.quantity is None or f.claim.quantity.max != 0) and population_of(f) == "dead":
                continue  # "no casualties" disagrees on a number
            who = reader.name(next(iter(sorted(f.authors)))) if f.authors else None
            of = f", of {who}" if who else ""
            yield denial, f, f"Said by {_said(f, reader)}{of}; denied by {_said(denial, reader)}."


def _denied_by(denial: Facts, f: Facts) -> bool:
    """A denial meets what is said of the same kind of act, by others, of those it clears if it names any."""
    if f.family is not denial.family or {_matter(denial), _matter(f)} in _OTHER_MATTERS:
        return False
    if _same_speaker(denial, f) or (denial.speaker is not None and denial.speaker in f.chain):
        return False  # who denies does not contradict what he himself says, or passes on
    if _clears_only(denial) and not f.authors and f.claim.act_detail in _OUTCOMES:
        return False  # "it was not us" leaves open that people died
    if denial.claim.innermost.words == DOC and not (denial.authors or denial.victims or denial.claim.quantity):
        return False  # "a fever that has killed nobody": an aside of the text, which answers nobody
    if denial.authors and denial.authors == f.authors and denial.victims and f.victims and not _alike(denial, f):
        return False  # another crime of the same person
    # "Her testimony" is the one told of in that text.
    return f.claim.item == denial.claim.item or not speaks_of("one account", denial.claim.quote)


def _of_other_side(denial: Facts, f: Facts, accusers: frozenset[frozenset[str]], reader: Reader) -> bool:
    """True where one says that it was not them, and the other that it was a side which accuses them in turn.

    `It was not us` is then no denial of `it was they`.
    """
    if not _clears_only(denial) or not f.authors or _meant(denial, f, reader):
        return False
    named = [_words_of(author, f, reader) for author in f.authors]
    return all(any(side and side <= words for side in accusers) for words in named)


def _meant(denial: Facts, f: Facts, reader: Reader) -> bool:
    """True where one of those whom `f` names is one that the denial clears, or who makes it."""
    cleared = denial.authors | ({denial.speaker} if denial.speaker else set())
    if f.authors & cleared:
        return True
    names = {content(reader.name(one)) for one in cleared}
    return any(content(reader.name(author)) in names for author in f.authors)


def _blamed_too(denial: Facts, f: Facts, blamed: Mapping[str, Collection[frozenset[str]]], reader: Reader) -> bool:
    """True where whoever denies it of themselves says as well that it was those of whom the other tells."""
    if _meant(denial, f, reader):
        return False
    by_them = blamed.get(denial.speaker or "", ())
    named = [_words_of(author, f, reader) for author in f.authors]
    return bool(named) and all(any(x and y and (x <= y or y <= x) for y in by_them) for x in named)


_OUTCOMES = frozenset({"casualty-count", "bodies-found", "wounding"})
"""What was left behind: told without an author, it accuses nobody."""


def _clears_only(denial: Facts) -> bool:
    """True for a denial that says who it was not, and nothing about those harmed."""
    return bool(denial.authors) and not denial.victims and denial.claim.quantity is None


_OTHER_MATTERS = (frozenset({"from afar", "at hand"}), frozenset({"treatment", "taking"}))
"""Matters of one family of which one may be true and the other not: who shelled nobody may have shot prisoners."""


def _matter(f: Facts) -> str:
    """What within a family a claim is about: empty where it may be any of it."""
    if f.claim.act_type is ActType.INDISCRIMINATE_ATTACK:
        return "from afar"
    if f.claim.act_type is ActType.EXECUTION:
        return "at hand"
    if f.family is not ActFamily.CUSTODY:
        return ""
    return "treatment" if f.claim.act_type is ActType.TORTURE or f.claim.act_detail == "ill-treatment" else "taking"


def _aptness(denial: Facts, f: Facts) -> tuple[bool, bool, bool, str]:
    meant = denial.authors | ({denial.speaker} if denial.speaker else set())
    return (
        not (f.authors & meant),
        f.claim.act_type is not denial.claim.act_type,
        not f.victims & denial.victims,
        f.claim.id,
    )


# -- numbers --------------------------------------------------------------------------------------------------------


def population_of(f: Facts) -> str | None:
    """What a claim counts, or would: dead, wounded, displaced ...; the unit itself for things."""
    quantity = f.claim.quantity
    counted = population(f.claim) if quantity is not None else named_in(f.claim.act)
    if quantity is not None and counted == OTHER:
        return folded(quantity.unit)
    return counted or ("dead" if f.family is ActFamily.ATTACK and not (quantity and quantity.unit) else None)


def _numbers(mine: list[Facts], reader: Reader, text: Callable[[Facts], str]) -> Iterator[Pair]:
    """Distinct statements of one population that no number satisfies, one pair for each pair of texts."""
    counts = [f for f in mine if f.claim.quantity is not None and (f.claim.asserts_event or denies(f))]
    yield from _none_against_some(mine, reader, text)
    by_kind: dict[str, list[Facts]] = {}
    for f in counts:
        if (kind := population_of(f)) is not None:
            by_kind.setdefault(kind, []).append(f)
    for kind, block in sorted(by_kind.items()):
        told = _least(block, lambda f: (bounds_of(f), text(f), _speaker_key(f), f.victims))
        for i, b in enumerate(told):
            for a in told[:i]:
                if _disagree(a, b):
                    yield a, b, _numbers_reason(a, b, kind, reader)


def bounds_of(f: Facts) -> tuple[int | None, ...]:
    q = f.claim.quantity
    return (q.min, q.max, q.value) if q is not None else ()


def _disagree(a: Facts, b: Facts) -> bool:
    q, r = _bounds(a), _bounds(b)
    if q is None or r is None or not q.disagrees_with(r):
        return False
    if a.text == b.text and _same_speaker(a, b):
        return False  # one speaker who gives two numbers in one text, or in its copies, counts two things
    if _of_two_times(a, b) or is_part(a.claim) or is_part(b.claim):
        return False
    if _one_of_several(min(a, b, key=lambda f: _size(f.claim.quantity))):
        return False
    if {composition(a.claim), composition(b.claim)} == {"civilians", "fighters"}:
        return False  # two populations
    return not a.victims or not b.victims or _alike(a, b)


def _bounds(f: Facts) -> Quantity | None:
    """The number; of what one witness saw, or one hospital received, only the least."""
    quantity = f.claim.quantity
    return replace(quantity, max=None) if quantity is not None and is_least(f.claim) else quantity


def _one_of_several(f: Facts) -> bool:
    """True where the number counts some of those harmed, and others are told of beside them: `his father and two
    neighbours`."""
    victims, quantity = f.claim.victims, f.claim.quantity
    if quantity is None or len(victims) < 2:
        return False
    counted = [v for v in victims if folded(quantity.text) in folded(v.words)]
    return len(counted) == 1


def _of_two_times(a: Facts, b: Facts) -> bool:
    """True for counts of two days, or as of two: a toll that grows contradicts nothing."""
    q, r = a.claim.quantity, b.claim.quantity
    counted = q is not None and r is not None and q.as_of and r.as_of and q.as_of != r.as_of
    return bool(a.gap(b)) or bool(counted) or _grown(a, b)


def _grown(a: Facts, b: Facts) -> bool:
    """True where the greater of two counts is said to take the place of an earlier one."""
    low, high = sorted((a, b), key=lambda f: _size(f.claim.quantity))
    return is_later(high.claim) and high.text == low.text


def _size(quantity: Quantity | None) -> int:
    bounds = (quantity.value, quantity.min, quantity.max) if quantity is not None else ()
    return next((b for b in bounds if b is not None), 0)


_WHOLE = content("victims bodies body dead missing inhabitants villagers peasants residents casualties corpses killed")


def _alike(a: Facts, b: Facts) -> bool:
    """True when the two may count the same people: they share a word for them, or one of them says only people."""
    return bool(a.victims & b.victims) or a.victims <= _WHOLE or b.victims <= _WHOLE


def _numbers_reason(a: Facts, b: Facts, kind: str, reader: Reader) -> str:
    left, right = a.claim.quantity, b.claim.quantity
    first, second = (left.text if left else ""), (right.text if right else "")
    left_by, right_by = _said(a, reader), _said(b, reader)
    return f"{first} according to {left_by}, {second} according to {right_by} ({kind}): no number satisfies both."


def _none_against_some(mine: list[Facts], reader: Reader, text: Callable[[Facts], str]) -> Iterator[Pair]:
    """`No casualties` against any claim that people were killed, with or without a number."""
    none = [
        f for f in mine if f.claim.quantity is not None and f.claim.quantity.max == 0 and population_of(f) == "dead"
    ]
    some = [f for f in mine if f.claim.asserts_event and f.family is ActFamily.ATTACK and population_of(f) == "dead"]
    some = [f for f in some if f.claim.quantity is None or f.claim.quantity.max != 0]
    some = [
        f for f in some if f.claim.quantity is not None or f.claim.act_type in ("killing", "execution", "mass-grave")
    ]
    for a in _least(none, lambda f: (text(f), _speaker_key(f))):
        for b in _least(some, lambda f: (text(f), _speaker_key(f))):
            yield a, b, f"No deaths according to {_said(a, reader)}; deaths according to {_said(b, reader)}."


# -- who, when, where -----------------------------------------------------------------------------------------------


def _attributions(
    mine: list[Facts], reader: Reader, text: Callable[[Facts], str], accused: frozenset[tuple[str, str]]
) -> Iterator[Pair]:
    """Two authors for one act, where one of them, or a speaker of one side, accuses the other."""
    named = [f for f in mine if f.claim.asserts_event and f.authors]
    told = _least(named, lambda f: (text(f), _speaker_key(f), f.authors, f.family))
    for i, b in enumerate(told):
        for a in told[:i]:
            if a.authors & b.authors or a.family is not b.family or _same_speaker(a, b) or _one_side(a, b, reader):
                continue
            if _opposed(a, b, accused):
                left, right = (reader.name(min(f.authors)) for f in (a, b))
                yield (
                    a,
                    b,
                    (
                        f"Attributed to {left} by {_said(a, reader)}, to {right} by {_said(b, reader)}; "
                        "one side accuses the other."
                    ),
                )


def _one_side(a: Facts, b: Facts, reader: Reader) -> bool:
    """True where an author of one is named within the other's: `fighters of the Brigade`, `the Brigade's men`."""
    left, right = ([_words_of(x, f, reader) for x in f.authors] for f in (a, b))
    return any(x and y and (x <= y or y <= x) for x in left for y in right)


def _words_of(author: str, f: Facts, reader: Reader) -> frozenset[str]:
    written = next((n.words for n in f.claim.actors if reader.key(n.words, n.mention) == author), reader.name(author))
    return content(written)


def _opposed(a: Facts, b: Facts, accused: frozenset[tuple[str, str]]) -> bool:
    sides_a = a.authors | ({a.speaker} if a.speaker else set())
    if (a.speaker and a.speaker in b.authors) or (b.speaker and b.speaker in a.authors):
        return True
    return bool(sides_a) and any((x, y) in accused or (y, x) in accused for x in a.authors for y in b.authors)


def _dates(mine: list[Facts], reader: Reader, text: Callable[[Facts], str]) -> Iterator[Pair]:
    """Days that do not meet, stated in different texts for the same kind of act."""
    told = _least(
        (f for f in mine if f.dated and f.claim.asserts_event and not is_part(f.claim)),
        lambda f: (text(f), f.family, f.first, f.last),
    )
    for i, b in enumerate(told):
        for a in told[:i]:
            if a.family is b.family and a.claim.item != b.claim.item and a.gap(b):
                left, right = (f.claim.date_text or f.claim.date_from or "" for f in (a, b))
                yield a, b, f"Dated {left} by {_said(a, reader)}, {right} by {_said(b, reader)}."


def _places(mine: list[Facts], reader: Reader, text: Callable[[Facts], str]) -> Iterator[Pair]:
    """Places of which neither lies in the other, stated for the same kind of act."""
    told = _least((f for f in mine if f.places and f.claim.asserts_event), lambda f: (text(f), f.family, f.places))
    for i, b in enumerate(told):
        for a in told[:i]:
            if a.family is b.family and reader.places.compare(a.places, b.places) is Where.APART:
                left, right = (reader.places.name(min(f.places)) for f in (a, b))
                yield a, b, f"Placed at {left} by {_said(a, reader)}, at {right} by {_said(b, reader)}."


_CIVILIAN = word_set("civilian resident villager child children woman women worshipper patient farmer student")
_FIGHTING = word_set("fighter militant terrorist rebel insurgent combatant soldier gunman gunmen extremist")


def _identities(mine: list[Facts], reader: Reader, text: Callable[[Facts], str]) -> Iterator[Pair]:
    """Those who were hit are civilians to one speaker and fighters to another, in the same number."""
    told = _least(
        (f for f in mine if f.claim.asserts_event and f.claim.quantity is not None and f.family is ActFamily.ATTACK),
        lambda f: (text(f), _speaker_key(f), bounds_of(f), f.victims),
    )
    for i, b in enumerate(told):
        for a in told[:i]:
            if (
                bounds_of(a) == bounds_of(b)
                and _speaker_key(a) != _speaker_key(b)
                and {status_of(a), status_of(b)} == {"c", "f"}
            ):
                yield (
                    a,
                    b,
                    f"To {_said(a, reader)} and {_said(b, reader)} those hit are not the same: civilians, or fighters.",
                )


def status_of(f: Facts) -> str | None:
    words = {t.removesuffix("s") for n in f.claim.victims for t in tokens(n.words)}
    civil, fighting = bool(words & _CIVILIAN), bool(words & _FIGHTING)
    return None if civil == fighting else "c" if civil else "f"
