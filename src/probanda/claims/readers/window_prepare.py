"""What stands in each sentence, before anything is read: words, dates, numbers, places, acts, words of speech, quotes.

Start with `prepare`.

Looks down to: window_clauses, window_counts, window_dates, window_issuer, reading. Used by: window.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import pairwise

from probanda.claims.readers.folded import fold
from probanda.claims.readers.window_clauses import bounded, words_between, words_of
from probanda.claims.readers.window_counts import counts_in
from probanda.claims.readers.window_dates import dates_in, pairs_in
from probanda.claims.readers.window_issuer import issuer_of
from probanda.claims.readers.window_seen import Seen
from probanda.claims.readers.window_sentence import QUOTES, Cue, Sentence, Trigger
from probanda.claims.readers.window_words import Act, Saying, Use
from probanda.kernel.vocabulary import MentionKind, PassageRole
from probanda.reading.dates import dateline_of
from probanda.reading.sentences import sentences

_YEAR = re.compile(r"(?<![\w/-])(?:1[89]|20)\d\d(?!\d)")
SOFT = 6
"""Words between marks of quotation that do not part a clause."""
LONGEST_SENTENCE = 400
"""Words of a sentence that are looked at together."""
HEAD = 4
"""Lines above a text among which one may give its day."""
HEAD_WORDS = 20
"""Words of the longest of them."""
YEAR_REACH = 3
"""Paragraphs over which a year named with a day goes on to hold, as in English."""


def prepare(seen: Seen) -> None:
    """Words first, since a name may be known as a place from a later sentence; then spans, acts and speech."""
    for passage in seen.text.body:
        for span in sentences(seen.text.words, passage.start, passage.end):
            low = bisect_left(seen.folded.places, span.start)
            high = bisect_left(seen.folded.places, span.end)
            words = list(words_of(seen.folded, low, high, seen.grammar, seen.lists))
            for word in words if seen.capitals else ():
                word.capital = word.capital and not (word.classes or word.acts or word.says)
            heading = passage.role is PassageRole.HEADING
            for at in range(0, len(words), LONGEST_SENTENCE):  # a list without a full stop is read in pieces
                piece = words[at : at + LONGEST_SENTENCE]
                start, end = seen.folded.start(piece[0].start), seen.folded.end(piece[-1].end)
                number = len(seen.sentences)
                seen.sentences.append(
                    Sentence(number, piece, start, end, passage.paragraph, heading, seen.folded, seen.lists)
                )
    _dates_and_counts(seen)
    seen.headed = _datelines(seen)
    seen.known = seen.headed | {
        s.folded(p.a, p.b) for s in seen.sentences for p in seen.grammar.places(s, frozenset()) if p.name
    }
    for s in seen.sentences:
        _names_of(seen, s, seen.known)
        s.triggers = _triggers(seen, s)
        s.cues = _cues_of(seen, s)
        if any(w.is_a("elsewhere") for w in s.words):
            seen.elsewhere.add(s.paragraph)
        if any(w.is_a("calamity") for w in s.words):
            seen.mishaps.add(s.paragraph)
        if seen.lists.patterns["law"].search(s.folded(0, len(s.words))):
            seen.lawful.add(s.paragraph)
    seen.speaking = frozenset(s.folded(*c.speaker) for s in seen.sentences for c in s.cues if c.speaker is not None) - (
        seen.lists.places
    )
    _find_quotes(seen)
    issuer = issuer_of(seen.sentences, seen.lists)
    if issuer is not None:
        seen.issuer = seen.named(issuer.sentence, issuer.words)
        seen.inquiry, seen.court = issuer.inquiry, issuer.court


def _dates_and_counts(seen: Seen) -> None:
    """In order, since a year and a day named go on to hold."""
    year: tuple[int, int] | None = None
    last_day: str | None = None
    later = tuple(fold(w).words for w in seen.lists.times.get("later") or ())  # counted from the day before it
    anchor = seen.text.dated.start if seen.text.dated else _head_day(seen)
    pairs = pairs_in(seen.folded.words, seen.grammar.language)
    headed = _head_year(seen) if anchor is None else None
    for s in seen.sentences:
        carried = year[0] if year is not None and s.paragraph - year[1] <= YEAR_REACH else headed
        _numbers(seen, s, (anchor, carried, last_day), pairs)
        _without_dateline(seen, s)
        _asides(s)
        _soft_quotes(s)
        for _, _, dating in s.dates:
            if dating.first and dating.last and dating.first[:4] == dating.last[:4]:
                year = (int(dating.first[:4]), s.paragraph)
            if dating.first and dating.first == dating.last and not dating.text.endswith(later):
                last_day = dating.first


def _without_dateline(seen: Seen, s: Sentence) -> None:
    """The day in a dateline is that of writing, and of no act."""
    if s.heading or (s.number and seen.sentences[s.number - 1].paragraph == s.paragraph):
        return
    head = seen.text.words[s.start : s.start + 200]
    line = dateline_of(head) if any(mark in head for mark in ("-", "–", "—", ":")) else None
    end = s.start + len(line.words) if line is not None else s.start
    s.opens = next((n for n in range(len(s.words)) if s.offsets(n, n + 1)[0] >= end), 0)
    while 0 < s.opens < len(s.words) and not s.words[s.opens].form[0].isalnum() and s.words[s.opens].form not in QUOTES:
        s.opens += 1
    s.dates = [x for x in s.dates if s.offsets(x[0], x[1])[0] >= end]


def _head_day(seen: Seen) -> str | None:
    """The day in a short line above the text that tells of no act: "Carnet du fleuve - 21 juin 2027"."""
    for s in seen.sentences[:HEAD]:
        if s.heading and len(s.words) <= HEAD_WORDS and not any(w.acts for w in s.words):
            found = dates_in(s.folded(0, len(s.words)), seen.grammar.language, None, None, None)
            days = [d.first for d in found if d.full and d.first and d.first == d.last]
            if days:
                return days[0]
    return None


def _head_year(seen: Seen) -> int | None:
    """The one year that the headings above a text name: "Chronologie, janvier - avril 2035"."""
    years = {y for s in seen.sentences[:HEAD] if s.heading for y in _YEAR.findall(s.folded(0, len(s.words)))}
    return int(years.pop()) if len(years) == 1 else None


def _datelines(seen: Seen) -> frozenset[str]:
    """Places with which wire copy begins."""
    lines = [dateline_of(seen.text.words[p.start : p.end]) for p in seen.text.body[:3]]
    places = [re.split(r"[,،(]", line.words)[0].strip() for line in lines if line is not None]
    return frozenset(fold(p).words for p in places if 0 < len(p.split()) <= 4 and not any(c.isdigit() for c in p))


def _numbers(
    seen: Seen, s: Sentence, told: tuple[str | None, int | None, str | None], pairs: dict[str, tuple[int, date]]
) -> None:
    """Dates and numbers of a sentence; `told`: the text's own day, the year and the day named last."""
    low = s.words[0].start
    folded = s.folded(0, len(s.words))
    for dating in dates_in(folded, seen.grammar.language, *told, pairs):
        a, b = words_between(s, low + dating.start, low + dating.end)
        if a < b and not s.taken.intersection(range(a, b)):
            s.dates.append((a, b, dating))
            s.taken.update(range(a, b))
    for span, quantity in counts_in(folded, seen.grammar.language):
        a, b = words_between(s, low + span.start, low + span.end)
        if a < b and not s.taken.intersection(range(a, b)):
            start, end = seen.folded.start(low + span.start), seen.folded.end(low + span.end)
            s.counts.append((a, b, replace(quantity, text=seen.text.words[start:end])))


def _soft_quotes(s: Sentence) -> None:
    """Marks around so few words that they are part of a clause, and no speech of their own."""
    marks = [n for n, w in enumerate(s.words) if w.form in QUOTES]
    at = 0
    while at + 1 < len(marks):
        a, b = marks[at], marks[at + 1]
        if b - a <= SOFT and not any(w.form in ".!?,;:" for w in s.words[a + 1 : b]) and _in_clause(s, a, b):
            s.soft |= {a, b}
        at += 2


def _in_clause(s: Sentence, a: int, b: int) -> bool:
    """An article, a preposition or a number stands before the marks; or they are around one word within a clause."""
    if a == 0:
        return False
    before = s.words[a - 1]
    if before.is_a("determiners", "of", "preps") or any(c[1] == a for c in s.counts):
        return True
    return b - a <= 3 and before.form.isalpha() and not before.says


def _asides(s: Sentence) -> None:
    """ "De son côté", "à bout portant": words between a subject and its verb that name nobody."""
    pattern = s.lists.patterns.get("aside")
    low = s.words[0].start
    for match in pattern.finditer(s.folded(0, len(s.words))) if pattern is not None else ():
        s.taken.update(range(*words_between(s, low + match.start(), low + match.end())))


def _names_of(seen: Seen, s: Sentence, known: frozenset[str]) -> None:
    s.places = seen.grammar.places(s, known)
    for place in s.places:
        if place.outer < place.a:
            s.taken.update(range(place.outer, place.b))
    s.persons = seen.grammar.person_names(s)
    for first, start, end in s.persons:
        title = s.written(first, start) if first < start else None
        seen.book.add(*s.offsets(start, end), MentionKind.PERSON, title)
    for place in s.places:
        if place.name:
            seen.book.add(*seen.name_offsets(s, (place.a, place.b)), MentionKind.PLACE)


def _triggers(seen: Seen, s: Sentence) -> list[Trigger]:
    found: list[Trigger] = []
    folded = s.folded(0, len(s.words))
    if seen.lists.any_phrase.search(folded):
        low = s.words[0].start
        for pattern, act in seen.lists.act_phrases:
            for match in pattern.finditer(folded):
                a, b = words_between(s, low + match.start(), low + match.end())
                a += b - a > 1 and s.is_a(a, "joins")  # "and" written on the first word is no part of the act
                if not any(t.a < b and a < t.b for t in found) and _fits(seen, s, a, b, act):
                    found.append(Trigger(a, b, act, "phrase", seen.grammar.group(s, a)))
    for at, word in enumerate(s.words):
        if not word.acts or any(t.a <= at < t.b for t in found):
            continue
        fitting = tuple(
            u for u in word.acts if isinstance(u.entry, Act) and _fits(seen, s, at, at + 1, u.entry, u.shape)
        )
        chosen = seen.grammar.shape(s, at, fitting) if fitting else None
        if chosen is not None and isinstance(chosen[0].entry, Act):
            found.append(Trigger(at, at + 1, chosen[0].entry, chosen[1], chosen[2]))
    found.sort(key=lambda t: (t.a, t.b))
    return [t for n, t in enumerate(found) if not (n and _one_act(s, found[n - 1], t))]


def _one_act(s: Sentence, before: Trigger, after: Trigger) -> bool:
    """ "Frappée à" and "coups de crosse": two words for one act, with nothing but a preposition between them."""
    between = range(before.b, after.a)
    return before.act.type == after.act.type and (
        len(between) == 0 or (len(between) == 1 and s.is_a(before.b, "of", "preps") and after.shape != "noun")
    )


def _fits(seen: Seen, s: Sentence, a: int, b: int, act: Act, shape: str = "") -> bool:
    """The company that the entry asks for is there, and none that it forbids."""
    around = range(max(0, a - 14), min(len(s.words), b + 14))
    near = range(max(0, a - 5), min(len(s.words), b + 6))
    held = not shape and b - a > 1  # a phrase may itself hold a word that it asks for

    def has(name: str, where: range) -> bool:
        return any(
            (n < a or n >= b or (held and where is around and name == s.words[n].form))
            and (
                name in s.words[n].classes
                or name in (s.words[n].form, s.words[n].stem, s.words[n].form.removeprefix("ال"))
            )
            for n in where
        )

    if act.needs and not any(has(name, around) for name in act.needs) and not ("count" in act.needs and s.counts):
        return False
    return not any(has(name, near) for name in act.forbids)


def _cues_of(seen: Seen, s: Sentence) -> list[Cue]:
    found: list[Cue] = []
    folded = s.folded(0, len(s.words))
    spots: list[tuple[int, int, Use]] = []
    low = s.words[0].start
    for pattern, saying in seen.lists.saying_phrases:
        for match in pattern.finditer(folded):
            a, b = words_between(s, low + match.start(), low + match.end())
            spots.append((b - 1, a, Use(saying, "phrase")))
    held = [(a, last) for last, a, _ in spots]
    for at, word in enumerate(s.words):
        if any(a <= at <= last for a, last in held) or at in s.taken:
            continue
        spots += [(at, at, use) for use in word.says]
    for at, first, use in sorted(spots, key=lambda x: (x[1], x[0])):
        if any(t.a <= at < t.b for t in s.triggers) and use.shape != "phrase":
            continue
        threat = isinstance(use.entry, Saying) and use.entry.modality == "threatened"
        if threat and any(t.a <= first and at < t.b for t in s.triggers):
            continue  # "we shall kill": the act itself, threatened by whoever says so
        needs = use.entry.needs
        if isinstance(use.entry, Saying) and needs:
            following = s.words[at + 1 : at + 15]
            if not any(w.form in needs or w.stem in needs for w in following):
                continue
        cue = seen.grammar.cue(s, first, at, use)
        if cue is not None and not any(c.a <= cue.a < c.b for c in found):
            cue.a = min(cue.a, first)
            found.append(cue)
    for before, cue in pairwise(found):
        if cue.speaker is None and not cue.again and not cue.passive and s.is_a(cue.a - 1, "joins"):
            cue.speaker = before.speaker  # "a condamné ... et demandé": one speaker of both
    return bounded(s, found)


def _find_quotes(seen: Seen) -> None:
    """Quotes that run within a paragraph, as offsets of the text; one left open ends with its paragraph."""
    for passage in seen.text.body:
        begin: int | None = None
        for at in range(passage.start, passage.end):
            sign = seen.text.words[at]
            if (begin is None and sign in "«“„") or (begin is None and sign == '"'):
                begin = at
            elif begin is not None and sign in '»”"':
                seen.quotes.append((begin, at + 1))
                begin = None
        if begin is not None:
            seen.quotes.append((begin, passage.end))
