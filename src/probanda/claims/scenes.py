"""When a later claim may lean on a place told before: the account it belongs to, or nothing.

Start with `carried`. A claim without a place of its own takes that of the account around it, and its reasons say so
("place: Orla, the account goes on"); where the text gives no ground, it has none.

Looks down to: model, names. Used by: readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from probanda.claims.model import Named
from probanda.names.places import lookup, place_key, place_words, within

LOOKS_BACK = 180
"""Days before the account's own: what is told of then is a look back, which later sentences do not lean on."""
FAR = 6
"""Paragraphs over which an account that is all at one place carries it."""
MOST = 0.6
"""Share of the sentences with a placed claim above which one place is where the text's account is."""
NEXT = 1
"""Paragraphs over which it is carried from a sentence that only speaks of a place, before any act is placed."""
NEAR = 2
"""Paragraphs over which it is carried where the text tells of several places."""
_ANY = frozenset(
    """
    of the al el state province region district area city town village camp north south east west northern southern
    eastern western central upper lower new old greater prison jail valley river island hills port pass road quarter
    """.split()  # noqa: SIM905
)
"""Words of names of places that two different places may well share."""


ANOTHER = re.compile(
    r"^\W*(?:in|on) (?:another|a (?:separate|different|second|third|further|similar)|other|one other) "
    r"(?:case|cases|attack|attacks|episode|incident|incidents|instance|instances|occasion|occasions)\b"
    r"|^\W*(?:separately|elsewhere)\b"
    r"|\balso (?:documented|received (?:reports?|information|allegations)|recorded|registered|verified|reported on|"
    r"investigated)\b",
    re.IGNORECASE,
)
"""What begins another incident, which the place and the day told before are not said of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What `carried` has to know of a claim, or of a sentence without one."""

    sentence: int
    paragraph: int
    section: int
    """Number of the heading it stands under."""
    named: tuple[Named, ...]
    """Places with a name, as stated."""
    first: str | None = None
    """First day of its date, where it has one that is its own."""
    last: str | None = None
    dated: bool = False
    """It has a date of its own, resolved or not."""
    wants: bool = False
    """It is a claim that may take a place from the account."""
    points: bool = False
    """It takes up what was told: "the attack", "there", "the town"."""
    claim: bool = True
    others: tuple[str, ...] = ()
    """Every place, narrower than a State, that its sentence names in whatever role."""
    apart: bool = False
    """The sentence begins another incident: "in another case", "the mission also documented"."""
    act: str = ""
    doers: tuple[str, ...] = ()
    """Whoever is told to have done it."""
    persons: tuple[str, ...] = ()
    """Those of them who are persons."""


def carried(told: Sequence[Told], title: Named | None = None) -> list[tuple[Named, str] | None]:
    """For each (in order of the text) the place it takes from the account around it, with the reason, or None.

    In order: what other claims of the sentence state; the account that goes on from the sentences before, over a few
    paragraphs, farther where all that the text places is at one place; the one place where most of what the text
    tells is placed; the place in the text's heading, where no claim states one; the place spoken of in the paragraph
    before, where no act has been placed yet. A date of its own that is another
    day ends an account, and so do a new heading, another person's deeds of another kind, and the beginning of another
    incident. Nothing is carried into a
    sentence that itself names places, none of which holds the one that would be carried or lies in it: whoever reads
    it must ask which is meant.
    """
    main = _main_scene(told)
    out: list[tuple[Named, str] | None] = []
    last: Told | None = None
    spoken: Told | None = None
    newest: str | None = None
    for at, one in enumerate(told):
        answer: tuple[Named, str] | None = None
        if one.apart and not one.named and _same_sentence(told, at) is None:
            last, spoken = None, None
        elif one.wants and not one.named:
            answer = _answer(told, at, last, spoken, main)
            if answer is None and title is not None and main is None:
                answer = (title, "of which the heading speaks")
            if answer is None and last is None and spoken is not None and one.paragraph - spoken.paragraph <= NEXT:
                answer = (_narrowest(spoken.named), "of which the text speaks")
            if answer is not None and _elsewhere(one, answer[0]):
                answer = None
        out.append((answer[0], f"place: {answer[0].words}, {answer[1]}") if answer is not None else None)
        if one.named and not one.claim:
            spoken = one
        elif one.named and not (last is not None and _looks_back(one, newest)):
            last, spoken = one, None
            newest = max(filter(None, (newest, one.first)), default=None)
        elif answer is not None and last is not None and answer[0] in last.named:
            last = replace(last, sentence=one.sentence, paragraph=one.paragraph, section=one.section)
    return out


def _answer(
    told: Sequence[Told], at: int, last: Told | None, spoken: Told | None, main: tuple[Told, bool] | None
) -> tuple[Named, str] | None:
    one = told[at]
    beside = _same_sentence(told, at)
    if beside is not None:
        return _narrowest(beside.named), "the same sentence"
    if spoken is not None and spoken.paragraph == one.paragraph and spoken.section == one.section:
        return _narrowest(spoken.named), "of which the paragraph speaks"
    only = main is not None and main[1]
    if last is not None and _goes_on(last, one, only):
        return _narrowest(last.named), "the account goes on"
    after = _following(told, at)
    if after is not None and not after.claim and (after.paragraph, after.section) == (one.paragraph, one.section):
        return _narrowest(after.named), "of which the paragraph goes on to speak"
    if main is not None and not one.dated and main[0].sentence < one.sentence and not _others_deeds(main[0], one):
        return _narrowest(main[0].named), "where what the text tells is placed"
    return None


def _elsewhere(one: Told, place: Named) -> bool:
    """The sentence names places, and none of them has to do with this one."""
    return bool(one.others) and not any(_related(other, place.words) for other in one.others)


def _related(one: str, other: str) -> bool:
    shared = set(place_words(one)) & set(place_words(other))
    return bool(shared - _ANY or _key(one) == _key(other) or within(one, other) or within(other, one))


def _following(told: Sequence[Told], at: int) -> Told | None:
    """The first row of the next sentence."""
    later = at + 1
    while later < len(told) and told[later].sentence == told[at].sentence:
        later += 1
    return told[later] if later < len(told) else None


def _main_scene(told: Sequence[Told]) -> tuple[Told, bool] | None:
    """The place of most of the text's placed claims, if there is such a one, and whether it is the only one."""
    scenes: dict[str, list[Told]] = {}
    of_word: dict[str, str] = {}
    for one in told:
        if one.named and one.claim:
            words = [w for w in place_words(_narrowest(one.named).words) if w not in _ANY] or ["?"]
            name = next((of_word[w] for w in words if w in of_word), words[0])
            of_word.update(dict.fromkeys(words, name))
            group = scenes.setdefault(name, [])
            if not group or group[-1].sentence != one.sentence:
                group.append(one)
    if not scenes:
        return None
    best = max(scenes.values(), key=len)
    total = sum(len(g) for g in scenes.values())
    if len(scenes) > 1 and (len(best) < 2 or len(best) / total < MOST):
        return None
    return best[0], len(scenes) == 1


def _same_sentence(told: Sequence[Told], at: int) -> Told | None:
    """The one place that other claims of the sentence have, if they agree."""
    number = told[at].sentence
    low = at
    while low > 0 and told[low - 1].sentence == number:
        low -= 1
    high = at
    while high + 1 < len(told) and told[high + 1].sentence == number:
        high += 1
    placed = [t for t in told[low : high + 1] if t.named and t.claim]
    keys = {_key(_narrowest(t.named).words) for t in placed}
    return placed[0] if len(keys) == 1 else None


def _goes_on(last: Told, one: Told, single: bool) -> bool:
    if one.section != last.section and not single:
        return False
    if not _overlap(one, last) and not one.points:
        return False
    if _others_deeds(last, one):
        return False
    return one.paragraph - last.paragraph <= (FAR if single else NEAR + int(one.points))


def _others_deeds(last: Told, one: Told) -> bool:
    """What follows is told of another person, who did something else; "the attack" still takes up what was told."""
    if one.points or one.act == last.act or not last.doers or not one.persons:
        return False
    return not any(_one_name(person, doer) for person in one.persons for doer in last.doers)


def _one_name(one: str, other: str) -> bool:
    """The last word of either name is a word of the other: "Dast", "General Dast's men"."""
    mine, theirs = (re.findall(r"\w\w+", name.lower()) for name in (one, other))
    return bool(mine and theirs) and (mine[-1] in theirs or theirs[-1] in mine)


def _overlap(one: Told, last: Told) -> bool:
    """False where both have days, and not the same ones."""
    if one.first and last.first:
        return bool(one.last and last.last and one.first <= last.last and last.first <= one.last)
    return not (one.dated and last.dated and one.first != last.first)


def _looks_back(one: Told, newest: str | None) -> bool:
    """ "X, where soldiers killed nine in 1985", in an account of another year."""
    if not one.last or newest is None:
        return False
    return (date.fromisoformat(newest) - date.fromisoformat(one.last)).days > LOOKS_BACK


@lru_cache(maxsize=4096)
def _key(words: str) -> str:
    return place_key(words)


def _narrowest(named: Sequence[Named]) -> Named:
    """The place that lies in the others, where the gazetteer knows; States only if there is nothing narrower."""

    def width(n: Named) -> tuple[bool, int]:
        found = lookup(n.words)
        state = bool(found) and all(p.kind == "state" for p in found)
        return state, sum(1 for other in named if other is not n and within(other.words, n.words))

    return min(named, key=lambda n: (*width(n), named.index(n)))
