"""A text made ready for reading: its sentences with quote marks and date headings noted, names found, parses at hand.

Start with `prepared`, then `Window`, which parses a stretch ahead and lets go of what lies far behind, so that a
large text needs no more memory than a small one.

Looks down to: finding, gate, mentions, parse, words, quotes, discourse, lexicon, reading, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from probanda.claims.discourse import Sentence
from probanda.claims.finding import Finder
from probanda.claims.gate import worth_parsing
from probanda.claims.lexicon import Lexicon, lexicon
from probanda.claims.mentions import MentionBook, find_names
from probanda.claims.model import Mention
from probanda.claims.parse import parsed, ready_for_parser, tamed_capitals
from probanda.claims.quotes import in_quotes
from probanda.kernel.vocabulary import MentionKind, PassageRole
from probanda.reading.dates import dateline_of
from probanda.reading.model import Passage, Text
from probanda.reading.sentences import sentences

AHEAD = 400
"""Sentences parsed in one go."""
BEHIND = 40
"""Sentences whose parse is kept behind the one being read."""
LONGEST = 3000
"""Code points of the longest sentence that is parsed; longer ones are tables and lists."""

_LABEL = re.compile(
    r"\s*((?:(?:The|Mr|Mrs|Ms|Dr|Sir|Lady|Lord|President|Minister|Secretary|Judge|Senator|Professor)\.? )?"
    r"[A-Z][\w’'.-]+(?: (?:of|the|al|de|for|[A-Z][\w’'.-]*)){0,6})(?: ?\(([^()\n]{2,50})\))?:[ \n](?=\S)"
)
"""Who speaks, in the record of a debate or hearing: "Ms Ana Bel (Lenfield): ..."."""
_PART = re.compile(
    r"\s*(?:\d{1,3}[.)]?\s+)?((?i:(?:the )?(?:presiding )?(?:witness|wit|accused|judge|president|counsel|"
    r"prosecutor|pros|"
    r"defen[cs]e|def|interviewer|interviewee|deponent|commissioner|chair(?:man|person|woman)?|registrar|interpreter|"
    r"moderator|court|answer|question|speaker))(?: [A-Z][\w’'-]+){0,2}"
    r"|(?:MR|MRS|MS|DR|JUDGE|COLONEL|GENERAL|PRESIDENT|SENATOR)\.? [A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+){0,2})"
    r"\s?:[ \n](?=\S)"
)
"""The same by the part somebody has in it: "THE WITNESS: ...", "Wit: ...", "MR. TESK: ..."."""
_HEADER = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*(?:\n|$)")


def common_words(text: Text, lex: Lexicon) -> frozenset[str]:
    """Words that are no names: those of the lists, and what the text itself writes small."""
    return _listed(lex.language).union(re.findall(r"(?<![\w’'])[a-z]{3,}\b", text.words))


@lru_cache(maxsize=2)
def _listed(language: str) -> frozenset[str]:
    lex = lexicon(language)
    listed = (
        w for name, words in lex.classes.items() if name not in ("states", "titles", "bodies-named") for w in words
    )
    acts = (w for e in lex.acts for w in e.verbs | e.nouns)
    speech = (w for e in lex.speech for w in e.verbs)
    return frozenset({*listed, *acts, *speech})


def prepared(text: Text, book: MentionBook, lex: Lexicon, common: frozenset[str]) -> list[Sentence]:
    """The sentences of all passages that may bear claims, in order; the names go into the book."""
    body = [p for p in text.passages if p.role is not PassageRole.FURNITURE]
    _names(text, body, book, lex, common)
    out: list[Sentence] = []
    section = None
    headers = 0
    spoken = sum(_label(text.words, p) is not None for p in body) > 1
    for passage in body:
        quoted = in_quotes(text.words[passage.start : passage.end])
        label = _label(text.words, passage) if spoken else None
        for span in sentences(text.words, passage.start, passage.end):
            words = span.of(text.words)
            header = _HEADER.match(words)
            if header:
                section, headers = header.group(1), headers + 1
                if header.end() >= len(words):
                    continue
            inside = sum(quoted[span.start - passage.start : span.end - passage.start])
            heading = passage.role is PassageRole.HEADING
            out.append(
                Sentence(
                    span.start,
                    span.end,
                    words,
                    passage.paragraph,
                    heading,
                    inside > 0.8 * (span.end - span.start),
                    section=section,
                    label=label,
                )
            )
    for sentence in out:
        sentence.timeline = headers > 1  # one date line alone is when the text was written
    return out


_SPORT = re.compile(
    r"\b(?:goals?|match(?:es)?|coach|league|cup|season|referee|goalkeepers?|strikers?|half-time|penalt(?:y|ies)|team|"
    r"players?|scored|fans|tournament|midfield\w*|final|semi-final|kick-off|wicket|innings|champions?(?:hip)?)\b",
    re.IGNORECASE,
)
SPORT_WORDS = 4
"""Different words of sport that make a text a report of one."""


def of_sport(text: Text) -> bool:
    """True for a report of a match, where teams attack, shoot and beat one another in another sense."""
    return len({w.lower() for w in _SPORT.findall(text.words)}) >= SPORT_WORDS


def _label(words: str, passage: Passage) -> tuple[int, int, int] | None:
    """Start and end of the name of who speaks this paragraph, and where the speech begins."""
    part = _PART.match(words, passage.start, passage.end)
    if part is not None:
        return part.start(1), part.end(1), part.end()
    found = _LABEL.match(words, passage.start, passage.end)
    if found is None or passage.role is PassageRole.HEADING:
        return None
    titled = re.match(r"(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|President|Minister|Judge|Senator|The) ?", found.group(1))
    named = found.group(2) or titled or len(found.group(1).split()) > 1
    group = 2 if found.group(2) and found.group(1).startswith("The ") else 1
    return (found.start(group), found.end(group), found.end()) if named else None


def _is_title(passage: Passage, words: str) -> bool:
    """Headings, and short lines without a full stop: their capitals make no names."""
    return passage.role is PassageRole.HEADING or (len(words) < 160 and not re.search(r"[.!?:;,\"”’]\s*$", words))


def _names(text: Text, body: list[Passage], book: MentionBook, lex: Lexicon, common: frozenset[str]) -> None:
    pieces, at = [], 0
    for passage in body:
        pieces.append(text.words[at : passage.start])
        words = text.words[passage.start : passage.end]
        pieces.append(tamed_capitals(words, common, title=_is_title(passage, words)))
        at = passage.end
    tamed = "".join([*pieces, text.words[at:]])
    for passage in body:
        after = _dateline(book, text.words, passage)
        find_names(book, tamed, after, passage.end, lex)
    book.settle_kinds()


_IN_CAPITALS = re.compile(
    r"\s*[A-Z]{3}[A-Z .'’-]{0,27}(?:,[^\n()]{2,30}?)?\s*(?:\([^)\n]{0,40}\))?\s*(?:-{1,2}|—|–)(?=\s)"
)
_WHERE_WRITTEN = re.compile(r"\s*([A-Z][\w’'.\- ]*?)(?=[,(\s]*(?:,|\(|--|—|–|-\s|\d))")


def _dateline(book: MentionBook, words: str, passage: Passage) -> int:
    """Put the place of a dateline into the book; where the names of the paragraph proper begin."""
    line = dateline_of(words[passage.start : passage.end])
    said = line.words if line is not None and line.day is not None else None
    if said is None:
        capitals = _IN_CAPITALS.match(words, passage.start, passage.end)
        said = capitals.group(0).strip() if capitals else None
    where = _WHERE_WRITTEN.match(said) if said else None
    at = words.find(said, passage.start, passage.end) if said else -1
    if said is None or where is None or at < 0 or len(where.group(1)) < 2:
        return passage.start
    book.add(at + where.start(1), at + where.end(1), MentionKind.PLACE)
    return at + len(said)


_LEANING = Finder.of(
    (),
    [
        r"\b(?:forged|forgery|fabricat\w+|concocted|invent(?:ed|ions?)|staged|faked?|disput\w+|baseless|unfounded|groundless|"
        r"untrue|lies?|propaganda|nonsense|hearsay|hoax|finger|blame[ds]?|never|nobody|no one|nothing|set foot|named|"
        r"identified|orders|instructions|backed up|bore out|borne out|corroborat\w+|confirm\w*|"
        r"no \w+(?: of (?:the |his |its |our )?\w+)? (?:was|were|had|has|have)|"
        r"following (?:statement|communique|declaration))\b",
    ],
)
"""Words by which a sentence without an act of its own may speak of the act told just before."""
LEANS = 4
"""Sentences behind an act in which such a word is worth the parser."""
QUOTED = 4
"""Sentences around a quoted act, in its paragraph, in which somebody may be told to have said it."""


def _with_what_leans(found: list[Sentence], wanted: list[bool]) -> list[bool]:
    """Also wanted: sentences that blame, deny or confirm what was told just before, or say whose quote it is."""
    out = list(wanted)
    for n, sentence in enumerate(found):
        if not wanted[n]:
            if sentence.words.rstrip(' "“\n').endswith(":") and any(wanted[n + 1 : n + 1 + LEANS]):
                out[n] = True  # "X wrote:" before what is told
                continue
            behind = any(wanted[max(0, n - LEANS) : n])
            out[n] = out[n] or (behind and _LEANING.search(sentence.words))
        elif sentence.quoted:
            for m in range(max(0, n - QUOTED), min(len(found), n + QUOTED + 1)):
                out[m] = out[m] or (found[m].paragraph == sentence.paragraph and not found[m].quoted)
    return out


class Window:
    """Parses sentences a stretch ahead of the reader and lets go of those far behind."""

    def __init__(self, found: list[Sentence], common: frozenset[str]) -> None:
        self._sentences, self._common = found, common
        self._wanted = _with_what_leans(found, worth_parsing([s.words for s in found]))
        self._done = 0

    def move_to(self, number: int) -> None:
        """Make sure that this sentence and those just after it are parsed."""
        if number + BEHIND >= self._done and self._done < len(self._sentences):
            self._parse(self._done, min(self._done + AHEAD, len(self._sentences)))
        if number > BEHIND:
            self._sentences[number - BEHIND - 1].root = None

    def _parse(self, start: int, end: int) -> None:
        chosen = [
            s
            for s, wanted in zip(self._sentences[start:end], self._wanted[start:end], strict=True)
            if wanted and len(s.words) < LONGEST
        ]
        ready = [ready_for_parser(_without_label(s), self._common, title=s.heading) for s in chosen]
        for sentence, tokens in zip(chosen, parsed(ready), strict=True):
            sentence.root = next((t for t in tokens if t.dep_ == "ROOT"), tokens[0] if tokens else None)
        self._done = end


def _without_label(sentence: Sentence) -> str:
    """The sentence with the name of its speaker, or its dateline, blanked, so that nobody becomes author by it."""
    words = sentence.words
    if sentence.label is not None and sentence.start <= sentence.label[0] < sentence.end:
        length = min(sentence.label[2], sentence.end) - sentence.start
    else:
        length = _head_of_news(words)
    return " " * length + words[length:] if length else words


_TOWN_IN_BRACKETS = re.compile(r"\s*\([A-Z][\w’'. -]{1,40}(?:,[^()\n]{2,40})?\)\s*(?:--?|–|—)\s")
""" "(Varn) – ", "(Varn, 3 May 2031) – ": how releases begin."""
_DASH = re.compile(r"\s*(?:--?|[–—:])\s(?:\s*\[[A-Za-z ]{2,40}\])?")
"""What ends a dateline, with the note of a monitoring service ("[Excerpts]")."""


def _head_of_news(words: str) -> int:
    """Code points of the dateline that a sentence begins with; 0 without one."""
    town = _TOWN_IN_BRACKETS.match(words)
    if town is not None:
        return town.end()
    line = dateline_of(words)
    found = _DASH.match(words, len(line.words)) if line and words.startswith(line.words) else None
    return found.end() if found is not None else 0


class NamesByPlace:
    """The names found before any claim was read, to be asked for by place."""

    def __init__(self, book: MentionBook, base: int) -> None:
        self._mentions = book.all()
        self._starts = [m.start - base for m in self._mentions]
        self._base = base

    def within(self, start: int, end: int) -> list[Mention]:
        """Names that stand wholly between these local offsets, in order."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self._mentions[low:high] if m.end - self._base <= end]
