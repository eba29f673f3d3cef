"""Whose text it is, in the languages read without a parser: who issues a report, a statement, a judgment, a testimony.

Start with `issuer_of`. As in English (`issuer`): what stands in such a text is said by whoever issued it. Words for
such papers are the classes `papers` (else `documents`) and `testimonies` of the lists, those for bodies `bodies` and
`units`. A testimony's speaker is the witness whom its heading names.

Looks down to: window_sentence, window_words. Used by: window.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from probanda.claims.readers.window_sentence import QUOTES, STOPS, Range, Sentence
from probanda.claims.readers.window_words import WordList

HEAD = 6
"""Lines at the head of a text in which it may say whose it is."""
HEAD_WORDS = 30
"""Words of the longest of them."""
FOOT = 4
"""Sentences at the end among which a signature may stand."""
OFTEN = 3
"""Times that a body of inquiry is told to say or find something before the text counts as an account of it."""
TWICE = 2
"""Times, where a line of the head names the body."""
PRONOUNS = ("انا",)
"""Behind these words alone a name is one only if it is a person's ("أنا فاطمة عيسى")."""
LONGEST_OWN = 4
"""Words of the longest name that a witness gives as his own."""
LONGEST = 12
"""Words of the longest name of a body."""

Line = tuple[Sentence, int, int]
Named = tuple[Sentence, Range]


@dataclass(frozen=True, slots=True)
class Issuer:
    """The words that name who issues the text, and whether it is a body that inquires, or a court."""

    sentence: Sentence
    words: Range
    inquiry: bool
    court: bool


def issuer_of(sentences: list[Sentence], lists: WordList) -> Issuer | None:
    """Who issues the text; None for what a publication tells."""
    head = [line for line in _lines(sentences) if line[2] - line[1] <= HEAD_WORDS][:HEAD]
    found = (
        _accuser(head, sentences)
        or _by_title(head, sentences, lists)
        or _witness(head, sentences, lists)
        or _by_heading(head, sentences)
        or _signed(sentences)
        or (None if _printed(head) else _by_findings(sentences))
    )
    if found is None:
        return None
    s, (a, b) = found
    words = s.words[a:b]
    charged = any(_paper(line, "accusations") is not None for line in head)  # a decision to indict decides on no guilt
    inquiry = any(w.is_a("inquiries") for w in words) and not charged
    return Issuer(s, (a, b), inquiry, any(w.is_a("courts") for w in words) and not charged)


def _lines(sentences: list[Sentence]) -> Iterator[Line]:
    """Lines as they stand in the first sentences: a title and what stands below it are read as one sentence."""
    for s in sentences[:HEAD]:
        low = 0
        for n in range(1, len(s.words) + 1):
            ends = n == len(s.words)
            if ends or "\n" in s.text.original[s.text.end(s.words[n - 1].end) : s.text.start(s.words[n].start)]:
                yield s, low, n
                low = n


def _paper(line: Line, kind: str) -> int | None:
    s, low, high = line
    return next((n for n in range(low, high) if s.words[n].is_a(kind)), None)


def _accuser(head: list[Line], sentences: list[Sentence]) -> Named | None:
    """Who charges, in an indictment: it stands under the name of the court that it is brought to."""
    if not any(_paper(line, "accusations") is not None for line in head):
        return None
    for s in sentences[: 2 * HEAD]:
        at = next((n for n, w in enumerate(s.words) if w.is_a("prosecutors")), None)
        if at is not None:
            return s, (at, at + 1)
    return None


def _by_title(head: list[Line], sentences: list[Sentence], lists: WordList) -> Named | None:
    """A body in the line that says what paper it is, or in a line beside it; else who speaks first in a statement."""
    kind = "papers" if "papers" in lists.classes else "documents"
    paper = next((line for line in head if (at := _paper(line, kind)) is not None and at - line[1] <= 3), None)
    paper = paper or next((line for line in head if line[0].heading and _paper(line, kind) is not None), None)
    if paper is None:
        return None
    at = _paper(paper, kind)
    s, low, high = paper
    named = [(s, _body(s, (at or 0) + 1, high)), (s, _body(s, low, at or 0))]
    named += [
        (line[0], _body(line[0], line[1], min(line[2], line[1] + 4)))
        for line in head
        if line != paper and not any(line[1] <= c.a < line[2] for c in line[0].cues)
    ]
    for one, own in named:
        if own is not None and (one.words[own[0]].is_a("courts", "inquiries") or _speaks(one, own, sentences)):
            return one, own
    for one in sentences[: HEAD + 2]:
        for cue in one.cues:
            if cue.speaker is not None and one.words[cue.speaker[0]].is_a("bodies", "armed") and not cue.saying.lead:
                return one, cue.speaker
    return None


def _own_name(sentences: list[Sentence], lists: WordList) -> Named | None:
    """Of "Je m'appelle X Y" the name."""
    pattern = lists.patterns.get("my-name")
    for s in sentences[: 2 * HEAD] if pattern is not None else ():
        found = pattern.search(s.folded(0, len(s.words))) if pattern is not None else None
        quoted = any(w.form in QUOTES for w in s.words)
        if found is None or quoted:
            continue
        end_of_phrase = s.words[0].start + found.end()
        begin = next((n for n, w in enumerate(s.words) if w.start >= end_of_phrase), len(s.words))
        if found.group(0).split()[0] in PRONOUNS and not any(a == begin for _, a, _ in s.persons):
            continue  # "أنا أعمل"
        end = begin
        while end < len(s.words) and end - begin < LONGEST_OWN and _of_name(s, end):
            end += 1
        if end > begin:
            return s, (begin, end)
    return None


def _of_name(s: Sentence, at: int) -> bool:
    """A capital; in a script without them, a word of a person's name or one that no list knows."""
    word = s.words[at]
    if word.form[0].lower() != word.form[0].upper() or not word.form[0].isalpha():
        return word.capital
    return any(a <= at < b for _, a, b in s.persons) or not (word.classes or word.acts or word.says)


def _witness(head: list[Line], sentences: list[Sentence], lists: WordList) -> Named | None:
    """Of "Déposition de X Y, couturière" the name, where what follows says "I" or "we"."""
    if not any(w.is_a("ours", "we", "self") for s in sentences for w in s.words):
        return None
    named = _own_name(sentences, lists)
    if named is not None:
        return named
    for line in head:
        at = _paper(line, "testimonies")
        if at is None or at - line[1] > 3:
            continue
        s, _, high = line
        person = next(((a, b) for _, a, b in s.persons if at < a < high), None)
        if person is not None:
            return s, person
        begin = next((n for n in range(at + 1, high) if s.words[n].capital or s.words[n].is_a("people")), None)
        if begin is None:
            continue
        end = begin + 1
        while end < high and (s.words[end].capital or (s.is_a(end - 1, "people") and _of_name(s, end))):
            end += 1
        return s, (begin, end)
    return None


def _by_heading(head: list[Line], sentences: list[Sentence]) -> Named | None:
    """A line that is a body's name, where the body then says and finds, or the text says "we" outside quotes."""
    for s, low, high in head:
        found = _body(s, low, min(high, low + 2))
        if found is None or found[1] - found[0] < 2 or any(low <= c.a < high for c in s.cues):
            continue
        word = _stem(s, found[0])
        told = sum(
            1
            for o in sentences
            for c in o.cues
            if c.speaker is not None and _stem(o, c.speaker[0]) == word and o is not s
        )
        if told >= TWICE:
            return s, found
    return None


def _signed(sentences: list[Sentence]) -> Named | None:
    """A body that signs a text which says "we" outside quotes."""
    if len(sentences) <= FOOT or not any(_says_we(s) for s in sentences):
        return None
    for s in sentences[-FOOT:]:
        found = _body(s, 0, 3) if len(s.words) <= HEAD_WORDS // 2 and not s.cues and not s.triggers else None
        if found is not None:
            return s, found
    return None


def _says_we(s: Sentence) -> bool:
    return not any(w.form in QUOTES for w in s.words) and any(w.is_a("ours", "we") for w in s.words)


def _speaks(s: Sentence, body: Range, sentences: list[Sentence]) -> bool:
    """The body is named again in what follows, or the text says "we" outside quotes."""
    head = _stem(s, body[0])
    later = [(o, n) for o in sentences for n in range(len(o.words)) if o is not s or n >= body[1]]
    return any(_stem(o, n) == head for o, n in later) or any(_says_we(o) for o in sentences)


def _stem(s: Sentence, at: int) -> str:
    return s.words[at].stem or s.words[at].form


def _body(s: Sentence, low: int, high: int) -> Range | None:
    """The first body named within these words; its name runs to a sign, a joining word or what it is about."""
    at = next(
        (
            n
            for n in range(low, min(len(s.words), high))
            if s.words[n].is_a("bodies", "units", "courts", "inquiries") and not s.words[n].is_a("publications")
        ),
        None,
    )
    if at is None:
        return None
    end = at + 1
    while end < len(s.words) and end - at < LONGEST and not _closes(s, end):
        end += 1
    while end > at + 1 and s.words[end - 1].is_a("small"):
        end -= 1
    return at, end


def _closes(s: Sentence, at: int) -> bool:
    word = s.words[at]
    broken = "\n" in s.text.original[s.text.end(s.words[at - 1].end) : s.text.start(word.start)]
    return (
        broken
        or word.form in STOPS
        or word.form in "-–—"
        or word.is_a("commas", "relatives", "thats")
        or (word.is_a("preps") and not word.is_a("of"))
        or (at in s.taken and not word.is_a("of") and not word.capital)
    )


def _finds(s: Sentence, at: int) -> bool:
    """A body that inquires, or one known by its letters; no party, paper or part of a State."""
    word = s.words[at]
    if word.is_a("armed", "publications", "state-words", "partisan", "officials", "people"):
        return word.is_a("inquiries")
    start, end = s.offsets(at, at + 1)
    letters = s.text.original[start:end]
    return word.is_a("inquiries", "bodies") or (len(letters) > 2 and letters.isupper())


def _printed(head: list[Line]) -> bool:
    """A line of the head names the newspaper, the station, the blog whose own the text is."""
    return any(s.words[n].is_a("publications") for s, low, high in head for n in range(low, min(high, low + HEAD)))


def _by_findings(sentences: list[Sentence]) -> Named | None:
    """The one body that is told again and again to say and find, where no other is half as often."""
    told: Counter[str] = Counter()
    first: dict[str, Named] = {}
    for s in sentences:
        for cue in s.cues:
            if cue.speaker is None or not _finds(s, cue.speaker[0]):
                continue
            key = _stem(s, cue.speaker[0])
            told[key] += 1
            first.setdefault(key, (s, cue.speaker))
    ranked = sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))
    if not ranked or ranked[0][1] < OFTEN or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return first[ranked[0][0]]
