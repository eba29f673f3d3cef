"""Standing rather than doing, without a parser: who commands, belongs to, backs or holds what (as `ties` in English).

Start with `tie_claims`. The words are data: the classes `posts`, `members` and `tie-...` of a language's people.yaml;
a language without them has no ties.

Looks down to: window_clauses, window_seen, window_sentence, mentions, model. Used by: window.
"""

from __future__ import annotations

from dataclasses import dataclass

from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, Claim, Named, Tie
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_seen import Seen
from probanda.claims.readers.window_sentence import STOPS, Range, Sentence
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, Modality, TieKind

LONGEST = 10
"""Words of the longest name of a party."""
_VERBS = {
    "tie-posting": TieKind.POSTING,
    "tie-control": TieKind.CONTROL,
    "tie-support": TieKind.SUPPORT,
    "tie-joining": TieKind.MEMBERSHIP,
}
_LOYAL = {"tie-loyal": TieKind.SUBORDINATION, "tie-allied": TieKind.SUPPORT}
_NAMED = ("armed", "units", "combatants", "bodies", "state-words")


@dataclass(frozen=True, slots=True)
class FoundTie:
    """A tie as ranges of words: who stands how to whom, and the word that says so."""

    kind: TieKind
    left: Range
    right: Range
    cue: Range


def tie_claims(seen: Seen) -> list[Claim]:
    """A claim of its own family for each tie of the text, in order of place."""
    if "posts" not in seen.lists.classes:
        return []
    counter: dict[str, int] = {}
    return [
        _claim(seen, s, tie, counter)
        for s in seen.sentences
        if not s.heading and not any(w.form == "?" for w in s.words[-2:])
        for tie in ties_in(s)
    ]


def ties_in(s: Sentence) -> list[FoundTie]:
    """Every tie between two named parties in a sentence, in order."""
    found = []
    for at, word in enumerate(s.words):
        if word.is_a("posts", "members"):
            tie = _post(s, at)
        elif word.is_a(*_VERBS):
            tie = _verb(s, at)
        elif word.is_a(*_LOYAL, "tie-by"):
            tie = _participle(s, at)
        else:
            continue
        if (
            tie is not None
            and _told(s, tie.left)
            and _told(s, tie.right)
            and s.written(*tie.left) != s.written(*tie.right)
        ):
            found.append(tie)
    return found


def _post(s: Sentence, at: int) -> FoundTie | None:
    """ "X, le chef de Y", "le chef de Y, X", "X est membre de Y"."""
    if not s.is_a(at + 1, "of"):
        return None
    right = _after(s, at + 2)
    begin = at
    while begin > 0 and s.words[begin - 1].is_a("articles", "determiners", "adjectives", "before-noun"):
        begin -= 1
    if right is None:
        return None
    left = None
    if s.is_a(begin - 1, "commas", "be"):
        left = _before(s, begin - 1)
        left = None if left is not None and _framed(s, left) else left
    if (left is None or not _proper(s, left)) and s.is_a(right[1], "commas"):
        left = _after(s, right[1] + 1)
    if left is None or not _proper(s, left):
        return None
    kind = TieKind.MEMBERSHIP if s.words[at].is_a("members") else TieKind.POSTING
    return FoundTie(kind, left, right, (at, at + 1))


def _verb(s: Sentence, at: int) -> FoundTie | None:
    """ "X commande Y", "Y contrôle la ville de Z"; nothing that is denied, planned or asked."""
    word = s.words[at]
    if word.says or s.is_a(at - 1, "ne", "determiners") or any(w.is_a("negators") for w in s.words[at + 1 : at + 3]):
        return None
    begin = at
    while begin > 0 and s.words[begin - 1].is_a("have", "adverbs", "objects"):
        begin -= 1
    if s.is_a(begin - 1, "relatives"):
        begin -= 1 + s.is_a(begin - 2, "commas")
    left, right = _before(s, begin), _after(s, at + 1)
    kind = next(kind for name, kind in _VERBS.items() if word.is_a(name))
    return FoundTie(kind, left, right, (at, at + 1)) if left is not None and right is not None else None


def _participle(s: Sentence, at: int) -> FoundTie | None:
    """ "Une milice fidèle au général Y", "des rebelles soutenus par Y"."""
    word = s.words[at]
    by = word.is_a("tie-by")
    if not s.is_a(at + 1, "by" if by else "to"):
        return None
    left, right = _before(s, at), _after(s, at + 2)
    kind = TieKind.SUPPORT if by else next(kind for name, kind in _LOYAL.items() if word.is_a(name))
    if left is None or right is None or not s.classes(*left) & {*_NAMED, "partisan"}:
        return None
    return FoundTie(kind, left, right, (at, at + 1))


def _ends(s: Sentence, at: int) -> bool:
    word = s.words[at]
    return (
        word.form in STOPS
        or word.is_a("commas", "joins", "thats", "relatives", "have", "be", "ne", "pronouns", "whens", "breaks")
        or (word.is_a("preps") and not word.is_a("of"))
        or bool(word.says)
    )


def _after(s: Sentence, at: int) -> Range | None:
    end = at
    while end < len(s.words) and end - at < LONGEST and not _ends(s, end):
        end += 1
    a, b = strip(s, at, end)
    return (a, b) if a < b else None


def _before(s: Sentence, end: int) -> Range | None:
    start = end
    while start > 0 and end - start < LONGEST and not _ends(s, start - 1):
        start -= 1
    a, b = strip(s, start, end)
    return (a, b) if a < b else None


def _proper(s: Sentence, r: Range) -> bool:
    """A name of capitals, with or without a title."""
    words = [w for w in s.words[r[0] : r[1]] if not w.is_a("titles", "articles")]
    return 0 < len(words) <= 5 and all(w.capital for w in words)


def _framed(s: Sentence, r: Range) -> bool:
    """Behind a preposition: "Selon X, le chef de Y"."""
    at = r[0] - 1
    while at > 0 and s.words[at].is_a("articles") and not s.words[at].is_a("of"):
        at -= 1
    return s.is_a(at, "preps")


def _told(s: Sentence, r: Range) -> bool:
    capital = any(w.capital for w in s.words[max(r[0], 1) : r[1]])
    return capital or bool(s.classes(*r) & {*_NAMED})


def _claim(seen: Seen, s: Sentence, tie: FoundTie, counter: dict[str, int]) -> Claim:
    text = seen.text
    low, high = min(tie.left[0], tie.right[0], tie.cue[0]), max(tie.left[1], tie.right[1], tie.cue[1])
    start, end = s.offsets(low, high)
    cue_start, cue_end = s.offsets(*tie.cue)
    act = text.words[cue_start:cue_end]
    before, after = text.words[max(0, cue_start - CONTEXT) : cue_start], text.words[cue_end : cue_end + CONTEXT]
    key = content_id("tie", act, before, after)
    nth = counter.get(key, 0)
    counter[key] = nth + 1
    return Claim(
        id=content_id(text.item, "original", "tie", act, before, after, nth_place(text.part, nth)),
        item=text.item,
        start=start + text.base,
        end=end + text.base,
        quote=text.words[start:end],
        act=act,
        act_start=cue_start + text.base,
        act_end=cue_end + text.base,
        family=Family.TIE,
        act_type=ActType.OTHER,
        modality=Modality.REPORTED,
        speakers=(Named(DOC),),
        tie=Tie(tie.kind, seen.named(s, tie.left), seen.named(s, tie.right), act),
        paragraph=s.paragraph,
        reader=seen.grammar.name,
        why=f"tie: {act}",
    )
