"""Names and phrases in a text: who and what is mentioned, of which kind, under which title.

Start with `MentionBook`. It is filled once from the capitalised names of a text, and then by the phrases that
fill roles in claims ("Dast's forces", "two witnesses"); it gives each place one id from content (RECORD section 2).

Looks down to: kernel, lexicon. Used by: readers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from probanda.claims.lexicon import Lexicon
from probanda.claims.model import Mention, Named
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import MentionKind

_WORD = r"[^\W\d_][\w’'.\-]*[\w]|[^\W\d_]"
_CAP = r"(?:[A-ZÀ-ÞĀ-Ž][\w\-]*(?:[’'](?!s\b)[\w\-]+)*|[Aa]l-[\w\-]+|el-[A-Z][\w\-]+)"
_PARTICLE = r"(?:al|el|bin|bint|ibn|abu|de|la|van|von|der|du|di|da|ould|ag)"
_NAME = re.compile(rf"{_CAP}(?:[ \n](?:{_PARTICLE}[ \n])?{_CAP}|(?:[ \n](?:of|and|for|on)(?:[ \n]the)?)[ \n]{_CAP})*")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|from|into|around|outside|across|throughout|towards?|to|within)"
    r"(?: (?:the|southern|northern|eastern|western|central|neighbouring|and|nearby))*"
    r"|\b(?:city|town|village|district|province|region|port|state|camp|suburb|neighbourhood|area|capital|valley)"
    r"(?: of|,)?)[ \n]$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"^[ \n](?:province|district|region|city|town|village|camp|valley|river|airport|state|governorate|"
    r"prison|area|suburb)\b",
    re.IGNORECASE,
)
_STOP_FIRST = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "of",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "as",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "this",
        "that",
        "these",
        "those",
        "there",
        "after",
        "before",
        "while",
        "when",
        "where",
        "our",
        "his",
        "her",
        "their",
        "its",
        "my",
        "your",
        "such",
        "all",
        "no",
        "not",
        "some",
        "many",
        "most",
        "more",
        "both",
        "also",
        "now",
        "then",
        "yet",
        "if",
        "will",
        "would",
        "there's",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "last",
        "earlier",
        "later",
        "meanwhile",
        "however",
        "although",
        "since",
        "until",
        "under",
        "over",
        "according",
        "because",
        "during",
        "despite",
        "read",
        "see",
        "several",
        "reported",
        "reports",
        "residents",
        "witnesses",
        "officials",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "what",
        "who",
        "whom",
        "whose",
        "how",
        "why",
        "did",
        "does",
        "do",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "has",
        "have",
        "had",
        "had",
        "shortly",
        "prior",
        "between",
        "among",
        "against",
    ]
)


class MentionBook:
    """The mentions of one text: found by name first, added by role later, in order of place."""

    def __init__(self, item: str, words: str, base: int, part: int) -> None:
        self._item, self._words, self.base, self._part = item, words, base, part
        self._counts: Counter[str] | None = None
        self._found: dict[tuple[int, int], Mention] = {}
        self._seen: dict[str, int] = {}
        self._kinds: dict[str, MentionKind] = {}
        self._near: dict[int, list[tuple[int, int]]] = {}

    def add(
        self, start: int, end: int, kind: MentionKind, title: str | None = None, same_as: str | None = None
    ) -> Mention:
        """The mention at these local offsets; made on first asking. A later, surer kind does not change it."""
        known = self._found.get((start, end))
        if known is not None:
            if title and not known.title:
                known = self._found[(start, end)] = replace(known, title=title)
            return known
        words = self._words[start:end]
        before, after = self._words[max(0, start - CONTEXT) : start], self._words[end : end + CONTEXT]
        key = content_id(words, before, after)
        nth = self._seen.get(key, 0)
        self._seen[key] = nth + 1
        made = Mention(
            content_id(self._item, "original", words, before, after, nth_place(self._part, nth)),
            self._item,
            start + self.base,
            end + self.base,
            words,
            kind,
            title,
            same_as,
        )
        self._found[(start, end)] = made
        self._kinds.setdefault(clean(words).lower(), kind)
        self._near.setdefault(end >> 6, []).append((start, end))
        return made

    def named(self, start: int, end: int, kind: MentionKind, words: str | None = None) -> Named:
        """These words as the filler of a role, with their mention."""
        mention = self.add(start, end, kind)
        return Named(words or clean(self._words[start:end]), mention.id)

    def at(self, start: int, end: int) -> Mention | None:
        """The smallest name that stands within these local offsets at their end, if there is one."""
        keys = self._near.get(end >> 6, []) + self._near.get((end >> 6) - 1, [])
        inside = [self._found[key] for key in keys if start <= key[0] and key[1] <= end]
        return max(inside, key=lambda m: (m.end, m.end - m.start), default=None)

    def count(self, word: str) -> int:
        """How often the text has this word, as written; of a hyphenated one its last part."""
        if self._counts is None:
            self._counts = Counter(re.findall(r"[^\W\d_]\w*", self._words))
        return self._counts[re.split(r"[-’']", word)[-1]]

    def all(self) -> tuple[Mention, ...]:
        """Every mention, by place."""
        return tuple(sorted(self._found.values(), key=lambda m: (m.start, m.end, m.id)))

    def kind_known(self, words: str) -> MentionKind | None:
        """The kind that the same words have elsewhere in the text."""
        return self._kinds.get(clean(words).lower())

    def settle_kinds(self) -> None:
        """A single word read as a person, that is nobody's surname and elsewhere a place or a State, is that."""
        surnames = {
            m.words.split()[-1].lower()
            for m in self.all()
            if m.kind is MentionKind.PERSON and (" " in m.words or m.title)
        }
        others: dict[str, MentionKind] = {}
        for m in self.all():
            if m.kind is not MentionKind.PERSON:
                others.setdefault(m.words.lower(), m.kind)
        for key, m in list(self._found.items()):
            word = m.words.lower()
            if m.kind is not MentionKind.PERSON or m.title or " " in m.words.strip() or word in surnames:
                continue
            if word in others:
                self._found[key] = replace(m, kind=others[word])
            elif re.search(
                r"\b(?:attack|assault|offensive|march|raid|strike|bombing|siege|control) (?:on|of|over)[ \n]$",
                self._words[max(0, key[0] - 30) : key[0]],
            ):
                self._found[key] = replace(m, kind=MentionKind.PLACE)
        self._kinds = {clean(m.words).lower(): m.kind for m in reversed(self.all())}


def nth_place(part: int, nth: int) -> str:
    """The place's number for an id; parts of a very large text count apart."""
    return f"{part}.{nth}" if part else str(nth)


def clean(words: str) -> str:
    """Words on one line, single-spaced."""
    return re.sub(r"\s+", " ", words).strip()


def find_names(book: MentionBook, words: str, start: int, end: int, lex: Lexicon) -> None:
    """Put the capitalised names between these offsets into the book, with kind, title and acronym.

    `words` may be the text with its capitals tamed: same length, same offsets.
    """
    for match in _NAME.finditer(words, start, end):
        for s, e in _pieces(words, match.start(), match.end(), lex):
            _one_name(book, words, s, e, lex)


def _pieces(words: str, start: int, end: int, lex: Lexicon) -> list[tuple[int, int]]:
    """A run of capitals cut where "and", "of", "on", "for" join separate names rather than belong to one."""
    text = words[start:end]
    joins = list(re.finditer(r"[ \n](?:and|on|for|of)(?:[ \n]the)?[ \n]", text))
    cuts = [0]
    for join in joins:
        left = text[cuts[-1] : join.start()]
        head = re.split(r"\s", left)[-1].lower()
        inner = join.group(0).split()[0]
        institution = (
            head in lex.classes["bodies-named"]
            or head in lex.classes["named-armed"]
            or head in ("republic", "kingdom", "emirates", "state", "high", "law", "front", "islamic")
        )
        if inner == "and" and institution and cuts[-1] == 0 and " for " in left + " ":
            continue
        if inner in ("of", "for") and institution:
            continue
        cuts += [join.start(), join.end()]
    cuts.append(len(text))
    return [(start + cuts[k], start + cuts[k + 1]) for k in range(0, len(cuts), 2)]


def _one_name(book: MentionBook, words: str, start: int, end: int, lex: Lexicon) -> None:
    start, end = _without_opening(words, start, end)
    tokens = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", words[start:end])]
    first = _after_titles(words, tokens, lex)
    if first >= len(tokens):
        return
    title = clean(words[tokens[0][0] : tokens[first - 1][1]]) if first else None
    if first and set(title.lower().split() if title else ()) & lex.classes["bodies-named"]:
        _body_before(book, words, tokens[:first], lex)
    start = tokens[first][0]
    text = words[start:end]
    if not _is_name(book, text, words, start, lex) and not title:
        return
    kind = kind_of_name(text, title, words[max(0, start - 40) : start], words[end : end + 14], lex)
    made = book.add(start, end, kind, title)
    bracket = re.match(r"[ \n]\((?:the )?([A-Z][A-Za-z\-]{1,9})\)|,? or ([A-Z]{2,8}),", words[end : end + 16])
    if bracket:
        group = 1 if bracket.group(1) else 2
        s = end + bracket.start(group)
        book.add(s, s + len(bracket.group(group)), kind, None, made.id)


def _after_titles(words: str, tokens: list[tuple[int, int]], lex: Lexicon) -> int:
    """Number of tokens that are title: up to the last title word before a name ("Ministry Spokesman Ilo Dant")."""
    lowered = [words[s:e].lower().rstrip(".,") for s, e in tokens]
    titles = [n for n, w in enumerate(lowered) if w in lex.classes["titles"]]
    if not titles:
        return 0
    last = titles[-1]
    if last + 1 < len(tokens) and lowered[last + 1] == "of":
        return last + 3 if last + 3 < len(tokens) else 0  # "Secretary of State Ana Bel"
    if last + 1 >= len(tokens):
        return len(tokens) if len(titles) == len(tokens) else 0
    if lowered[-1] in lex.classes["named-armed"] | lex.classes["bodies-named"]:
        return 0
    return last + 1


def _body_before(book: MentionBook, words: str, tokens: list[tuple[int, int]], lex: Lexicon) -> None:
    named = [n for n, (s, e) in enumerate(tokens) if words[s:e].lower() in lex.classes["bodies-named"]]
    if named:
        book.add(tokens[0][0], tokens[named[-1]][1], MentionKind.BODY)


_PEOPLES = re.compile(r"(?:ians?|ans|ese|ists?|ish|ern|ites?)$")


def _is_name(book: MentionBook, text: str, words: str, start: int, lex: Lexicon) -> bool:
    lower = clean(text).lower()
    if len(text) < 2 or lower in _STOP_FIRST or lower.rstrip(".") in lex.classes["titles"]:
        return False
    if " " in lower:
        return True
    if lower in lex.classes["states"]:
        return True
    if lower in _common(lex) or _PEOPLES.search(lower):
        return False
    if _opens_sentence(words, start):
        return book.count(text) > 1 and book.count(lower) == 0
    return True


def _common(lex: Lexicon) -> set[str]:
    return {
        w + s
        for name in ("civilians", "armed", "speakers", "places", "victims")
        for w in lex.classes[name]
        for s in ("", "s")
    }


def _opens_sentence(words: str, start: int) -> bool:
    before = words[max(0, start - 3) : start].rstrip(" \n\"“”'‘’")
    return not before or before[-1] in ".!?:"


def _without_opening(words: str, start: int, end: int) -> tuple[int, int]:
    while True:
        first = re.match(r"(\S+)[ \n]+(?=\S)", words[start:end])
        if first is None or first.group(1).lower() not in _STOP_FIRST:
            break
        start += first.end()
    return start, end


def kind_of_name(text: str, title: str | None, before: str, after: str, lex: Lexicon) -> MentionKind:  # noqa: PLR0911
    """Person, unit, body, State or place, from the words of the name, its title and what stands beside it."""
    parts = clean(text).split(" ")
    last, lowered = parts[-1].lower(), {p.lower() for p in parts}
    folded = clean(text).lower()
    if folded in lex.classes["states"]:
        return MentionKind.PLACE if _PLACE_BEFORE.search(before) else MentionKind.STATE
    if title:
        return MentionKind.PERSON
    if last in lex.classes["named-armed"] or lowered & {
        "army",
        "brigade",
        "militia",
        "battalion",
        "regiment",
        "forces",
        "militias",
    }:
        return MentionKind.UNIT
    if re.match(r"^[ \n](?:militia|brigade|battalion|rebel|fighter|forces|army|group|insurgent|militant|gunm)", after):
        return MentionKind.UNIT
    if lowered & lex.classes["bodies-named"]:
        return MentionKind.BODY
    if last in lex.classes["places"] or _PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after):
        return MentionKind.PLACE
    if len(parts) == 1 and text.isupper() and 2 <= len(text) <= 8:
        return MentionKind.BODY
    if len(parts) == 1 and re.search(r"\b(?:of|on|for)[ \n]$", before):
        return MentionKind.PLACE
    if parts[0].lower() in (
        "middle",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "upper",
        "lower",
        "central",
    ):
        return MentionKind.PLACE
    return MentionKind.PERSON


def kind_of_phrase(words: str, head: str, lex: Lexicon, *, proper: bool) -> MentionKind:  # noqa: PLR0911
    """The kind of a phrase that fills a role, from its head."""
    if head in lex.classes["publications"] | lex.classes["documents"]:
        return MentionKind.BODY
    if not proper and set(re.findall(r"\w+", words.lower())) & {"militia", "brigade", "army"}:
        return MentionKind.UNIT
    if head in lex.classes["named-armed"] or (
        head in lex.classes["armed"] and head not in ("regime", "officer", "group", "coalition")
    ):
        return (
            MentionKind.UNIT
            if re.search(r"[A-Z]", words)
            or head
            in (
                "army",
                "militia",
                "police",
                "brigade",
                "battalion",
                "regiment",
                "front",
                "division",
                "corps",
                "legion",
                "navy",
                "gendarmerie",
                "command",
            )
            else MentionKind.GROUP
        )
    if clean(words).lower() in lex.classes["states"] or head in ("government", "regime", "authority"):
        return MentionKind.STATE
    if head in lex.classes["bodies-named"]:
        return MentionKind.BODY
    if proper:
        return kind_of_name(words, None, "", "", lex)
    if head in lex.classes["places"]:
        return MentionKind.PLACE
    return MentionKind.GROUP
