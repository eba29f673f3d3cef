"""The clause around an act, and the words of a sentence with what the lists know of them.

Start with `clause`; `strip` and `words_of` are what the languages and the other steps share.

Looks down to: window_sentence, window_words, folded. Used by: the other `window_` files, french, arabic.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from probanda.claims.readers.folded import Folded
from probanda.claims.readers.window_sentence import QUOTES, Cue, Grammar, Range, Sentence, Trigger, Word
from probanda.claims.readers.window_words import Use, WordList, word_list

NUMBERED = ("-", "–", "—", ".", ")")
"""Signs behind the number of a paragraph."""
OURS = frozenset({"self", "we"})
"""Classes of words that tell who speaks, beside what they name."""
ASIDE = 8
"""Words of the longest aside in brackets that a clause runs over."""
LONGEST = 60
"""Words to which a clause may reach on either side of its act."""


def clause(s: Sentence, t: Trigger, among: list[Trigger]) -> Range:
    """The clause of an act: to the next break, to words of speech, to where the clause of another act begins."""
    lo, hi = _left(s, t, among), _right(s, t, among)
    if lo == 0 and s.words[0].form.isdigit() and s.form(1) in NUMBERED and t.a > 1:
        lo = 2  # the number of a paragraph
    if lo <= 1 and s.form(0) == "(" and s.form(2) == ")" and t.a > 3:
        lo = 3  # "(أ)"
    while lo < t.a and (s.words[lo].is_a("joins", "commas", "thats") or not s.words[lo].form[0].isalnum()):
        lo += 1
    while hi > t.b and (s.words[hi - 1].is_a("joins", "commas", "small") or not s.words[hi - 1].form[-1].isalnum()):
        hi -= 1
    return lo, hi


def _aside(s: Sentence, at: int) -> bool:
    """A short aside in brackets is run over: "une femme (34 ans) a été", "سيدة (34 عاما)"."""
    form = s.form(at)
    if form == ")":
        return any(s.form(n) == "(" for n in range(max(0, at - ASIDE), at))
    return form == "(" and any(s.form(n) == ")" for n in range(at, min(len(s.words), at + ASIDE)))


def _bars(s: Sentence, at: int) -> bool:
    """A clause never runs over this word."""
    word = s.words[at]
    if word.form in "()" and _aside(s, at):
        return False
    return (
        word.form in ";:()[]—–"
        or (word.form in QUOTES and at not in s.soft)
        or word.is_a("breaks", "whens")
        or any(c.a <= at < c.b for c in s.cues)
    )


def _joint(s: Sentence, at: int) -> bool:
    """A clause may end at this word."""
    return s.words[at].is_a("joins", "commas", "relatives", "thats")


def _left(s: Sentence, t: Trigger, among: list[Trigger]) -> int:
    speaking = [r for c in s.cues if c.speaker and (r := c.speaker)[1] <= t.verb and r[0] >= c.a]
    lowest = max([s.opens, t.verb - LONGEST, *(r[1] for r in speaking)])
    for cue in s.cues:
        if cue.b <= t.verb and cue.scope[0] <= t.a < cue.scope[1]:
            that = next((n for n in range(cue.b, t.verb) if s.words[n].is_a("thats")), None)
            if that is not None and not any(cue.b <= o.a < that for o in among):
                lowest = max(lowest, that + 1)
    for at in range(t.verb - 1, lowest - 1, -1):
        if _bars(s, at):
            return at + 1
        if any(o.a <= at < o.b for o in among if o is not t):
            joint = next((n for n in range(t.verb - 1, at, -1) if _joint(s, n)), at)
            return joint + 1
    return lowest


def _right(s: Sentence, t: Trigger, among: list[Trigger]) -> int:
    speakers = [c.speaker[0] for c in s.cues if c.speaker and c.speaker[0] >= t.b]
    highest = min([len(s.words), t.b + LONGEST, *speakers])
    for at in range(t.b, highest):
        if _bars(s, at):
            return at
        other = next((o for o in among if o is not t and o.verb <= at < o.b and o.a >= t.b), None)
        if other is not None:
            return next((n for n in range(other.verb - 1, t.b - 1, -1) if _joint(s, n)), other.verb)
    return highest


def bounded(s: Sentence, cues: list[Cue]) -> list[Cue]:
    """Of two verbs of speech the second stands under the first only behind "that"; words of speech end at a "but"."""
    for n, cue in enumerate(cues):
        if cue.saying.lead:
            comma = next((at for at in range(cue.a - 1, -1, -1) if s.words[at].is_a("commas")), None)
            closed = cue.b < len(s.words) and s.words[cue.b].is_a("commas")
            if comma is not None and closed and comma < cue.a - 1 and not any(comma < t.a < cue.a for t in s.triggers):
                cue.scope = (comma, cue.b)  # an aside: "au nombre de vingt selon un rescapé,"
        if cue.saying.lead or cue.scope[0] < cue.a:
            continue
        low, high = cue.scope
        for at in range(low, high):
            listing = cue.saying.modality == "called-for" and ":" in (s.form(cue.b), s.form(cue.b + 1))
            broken = s.words[at].is_a("breaks") and not _within_quote(s, cue.b, at)
            if broken or (s.words[at].form == ";" and not listing):
                high = at
                break
        following = next((c for c in cues[n + 1 :] if not c.saying.lead and c.scope[0] >= c.a), None)
        if following is not None and following.a < high:
            begins = following.a
            if following.speaker is not None and cue.b <= following.speaker[0] < begins:
                begins = following.speaker[0]
            nested = s.words[following.a].is_a("nesting") or _within_quote(s, cue.b, following.a)
            nested = nested or any(s.words[at].is_a("thats") for at in range(cue.b, begins))
            if not nested and begins > cue.b:
                high = begins
        cue.scope = (low, max(low, high))
    return cues


def _within_quote(s: Sentence, low: int, at: int) -> bool:
    """The word stands in a quote that opens behind `low`: all of it is said by who says the quote."""
    return sum(s.words[n].form in QUOTES and n not in s.soft for n in range(low, at)) % 2 == 1


def words_of(folded: Folded, low: int, high: int, grammar: Grammar, lists: WordList) -> list[Word]:
    """The words of a stretch of the folded text, each with what the lists know of it."""
    found = []
    for form, start, end in grammar.words(folded, low, high):
        word = Word(form, start, end, folded.original[folded.start(start)].isupper())
        _look_up(word, grammar, lists)
        found.append(word)
    return found


def _look_up(word: Word, grammar: Grammar, lists: WordList) -> None:
    word.classes, word.acts, word.says, word.clitic, word.stem = _known(
        word.form, grammar.readings(word.form), lists.language
    )


@lru_cache(maxsize=65536)
def _known(
    form: str, readings: tuple[tuple[str, str], ...], language: str
) -> tuple[frozenset[str], tuple[Use, ...], tuple[Use, ...], str, str]:
    """Classes and uses of a form; of several ways to part particles from it, the first that the lists know."""
    lists = word_list(language)
    mine: frozenset[str] = frozenset()
    for clitic, stem in readings:
        classes = lists.of_class.get(stem, frozenset())
        if classes and classes <= OURS:  # "our house" is a house all the same
            mine = classes
            continue
        if not clitic and stem.startswith("ال"):
            office = lists.of_class.get(stem[2:], frozenset()) - lists.small  # a title is an office as well
            classes |= office if classes else frozenset()
        if clitic:
            classes -= (lists.small - {"light", "undergo"}) | {"given-names"}
        acts, says = lists.act_forms.get(stem, ()), lists.saying_forms.get(stem, ())
        if "ال" in clitic:  # a verb takes no article
            acts, says = (tuple(u for u in uses if u.shape in ("noun", "done")) for uses in (acts, says))
        if classes or acts or says:
            acts = () if "adverbs" in classes else acts
            return classes | mine, acts, says, clitic, stem
    return mine, (), (), "", form


def words_between(s: Sentence, start: int, end: int) -> Range:
    """The words that stand between two places of the folded text."""
    a = bisect_right(s.words, start, key=lambda w: w.end)
    b = bisect_left(s.words, end, key=lambda w: w.start)
    return a, b


def someone_armed(s: Sentence) -> bool:
    """Fighters or weapons stand in the sentence; the police alone are no fighters."""
    return any(w.is_a("combatants", "munitions") for w in s.words)


def strip(s: Sentence, a: int, b: int) -> Range:
    """The range without articles and small words before it and signs and small words behind it."""
    while a < b and (s.words[a].is_a("articles", "commas") or not s.words[a].form[0].isalnum()):
        if any(c[0] == a and c[1] <= b for c in s.counts):
            break  # "une vingtaine de paysans": the article is of the number
        a += 1
    while b > a and (s.words[b - 1].is_a("small", "commas", "joins") or not s.words[b - 1].form[-1].isalnum()):
        b -= 1
    return a, b
