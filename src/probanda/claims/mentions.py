"""Names and phrases in a text: who and what is mentioned, of which kind, under which title.

Start with `MentionBook`. It is filled once from the capitalised names of a text, and then by the phrases that
fill roles in claims ("Dast's forces", "two witnesses"); it gives each place one id from content (RECORD section 2).

Looks down to: kernel, lexicon. Used by: readers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache

from probanda.claims.kinds import (
    COMMON,
    is_role,
    kind_of_name,
    of_a_state,
    person_stands_before,
    place_known,
    state_called,
)
from probanda.claims.lexicon import Lexicon, lexicon
from probanda.claims.model import PSEUDONYM, Mention, Named
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import MentionKind

_WORD = r"[^\W\d_][\w’'.\-]*[\w]|[^\W\d_]"
_SHORT_TITLE = r"(?:Brig|Gen|Col|Maj|Capt|Lt|Sgt|Cpl|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Gov|Adm|Cmdr|Fr)"
_CAP = rf"(?:{_SHORT_TITLE}\.(?=[ \n][A-Z])|[A-ZÀ-ÞĀ-Ž][\w\-]*(?:[’'](?!s\b)[\w\-]+)*|[Aa]l-[\w\-]+|el-[A-Z][\w\-]+)"
_PARTICLE = r"(?:al|el|bin|bint|ibn|abu|de|la|van|von|der|du|di|da|ould|ag)"
_NAME = re.compile(rf"{_CAP}(?:[ \n](?:{_PARTICLE}[ \n])?{_CAP}|(?:[ \n](?:of|and|for|on)(?:[ \n]the)?)[ \n]{_CAP})*")
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


_PSEUDONYM = re.compile(
    r"[\"”’']?,?\s*[(\[]?(?:which is |who asked that )?"
    r"(?:not (?:his|her|their|its) real name|an? (?:pseudonym|alias)\b"
    r"|(?:his|her|their|the)?\s*(?:real )?names? (?:(?:has|have) been |(?:was|were|is|are) )?(?:changed|withheld)"
    r"|nom d['’]emprunt|pr[ée]nom (?:modifi[ée]|chang[ée]|d['’]emprunt)|pseudonyme|اسم مستعار|ليس اسمه|ليس اسمها)",
    re.IGNORECASE,
)
"""What stands behind a name that is not the real one."""


class MentionBook:
    """The mentions of one text: found by name first, added by role later, in order of place."""

    def __init__(self, item: str, words: str, base: int, part: int) -> None:
        self._item, self._words, self.base, self._part = item, words, base, part
        self._counts: Counter[str] | None = None
        self._inside: Counter[str] | None = None
        self._surnames: set[str] | None = None
        self._found: dict[tuple[int, int], Mention] = {}
        self._seen: dict[tuple[str, str, str], int] = {}
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
        title = PSEUDONYM if _PSEUDONYM.match(self._words, end) else title
        before, after = self._words[max(0, start - CONTEXT) : start], self._words[end : end + CONTEXT]
        key = (words, before, after)
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
        near, best = self._near, (-1, 0)
        for key in (*near.get(end >> 6, ()), *near.get((end >> 6) - 1, ())):
            if start <= key[0] and key[1] <= end and (key[1], -key[0]) > (best[1], -best[0]):
                best = key
        return self._found.get(best)

    def count(self, word: str) -> int:
        """How often the text has this word, as written; of a hyphenated one its last part."""
        if self._counts is None:
            self._counts = Counter(re.findall(r"[^\W\d_]\w*", self._words))
        return self._counts[re.split(r"[-’']", word)[-1]]

    def inside(self, word: str) -> int:
        """How often the text writes the word so inside a sentence, where a capital means a name."""
        if self._inside is None:
            found = re.findall(r"(?<=[a-z,;][ \n])[^\W\d_][\w\-]*", self._words)
            self._inside = Counter(found)
        return self._inside[word]

    def all(self) -> tuple[Mention, ...]:
        """Every mention, by place."""
        return tuple(sorted(self._found.values(), key=lambda m: (m.start, m.end, m.id)))

    def kind_known(self, words: str) -> MentionKind | None:
        """The kind that the same words have elsewhere in the text."""
        return self._kinds.get(clean(words).lower())

    def surname(self, word: str) -> bool:
        """True where the text knows a person by this last name."""
        if self._surnames is None:
            self._surnames = {
                m.words.split()[-1].lower()
                for m in self.all()
                if m.kind is MentionKind.PERSON and (" " in m.words or m.title)
            }
        return word.lower() in self._surnames

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
            if (
                m.kind is MentionKind.PLACE
                and word in surnames
                and not place_known(m.words)
                and not _TOWN_OF.search(self._words[max(0, key[0] - 30) : key[0]])
            ):
                self._found[key] = replace(m, kind=MentionKind.PERSON)
                continue
            if (
                m.kind is MentionKind.PERSON
                and not m.title
                and " " in m.words.strip()
                and others.get(word) is MentionKind.PLACE
            ):
                if sum(x.words == m.words and x.kind is MentionKind.PLACE for x in self._found.values()) > 0:
                    self._found[key] = replace(m, kind=MentionKind.PLACE)
                continue
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


_TOWN_OF = re.compile(r"\b(?:town|city|village|province|region|district|camp)(?: of)?[ \n]$", re.IGNORECASE)


def nth_place(part: int, nth: int) -> str:
    """The place's number for an id; parts of a very large text count apart."""
    return f"{part}.{nth}" if part else str(nth)


def clean(words: str) -> str:
    """Words on one line, single-spaced."""
    return " ".join(words.split())


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
    if " " not in text and "\n" not in text:
        return [(start, end)]
    joins = list(re.finditer(r"[ \n](?:and|on|for|of)(?:[ \n]the)?[ \n]", text))
    cuts = [0]
    for join in joins:
        left = text[cuts[-1] : join.start()]
        head = re.split(r"\s", left)[-1].lower()
        inner = join.group(0).split()[0]
        institution = (
            head in lex.classes["bodies-named"]
            or head in lex.classes["named-armed"]
            or (inner == "for" and head in _CALLING)
            or head in ("republic", "kingdom", "emirates", "state", "high", "law", "front", "islamic")
        )
        if inner == "and" and institution and cuts[-1] == 0 and " for " in left + " ":
            continue
        if inner in ("of", "for") and institution:
            continue
        office = inner == "of" and head.rstrip(".") in lex.classes["titles"]
        if office and re.split(r"\s", text[join.end() :])[0].lower().rstrip(",") in _OFFICES:
            continue
        cuts += [join.start(), join.end()]
    cuts.append(len(text))
    return [(start + cuts[k], start + cuts[k + 1]) for k in range(0, len(cuts), 2)]


_CALLING = frozenset(
    """
    witness witnesses citizens lawyers doctors journalists mothers physicians reporters friends women youth centre
    center campaign voices network people artists writers students parents families
    """.split()  # noqa: SIM905
)
"""With "for" behind them these make the name of an organisation."""


_UNBROKEN = re.compile(r"\S+")


def _one_name(book: MentionBook, words: str, start: int, end: int, lex: Lexicon) -> None:
    start, end = _without_opening(words, start, end)
    tokens = [m.span() for m in _UNBROKEN.finditer(words, start, end)]
    first = _after_titles(words, tokens, lex)
    if first >= len(tokens):
        return
    title = clean(words[tokens[0][0] : tokens[first - 1][1]]) if first else None
    if first and set(title.lower().split() if title else ()) & lex.classes["bodies-named"]:
        _body_before(book, words, tokens[:first], lex)
    start = tokens[first][0]
    text = words[start:end]
    if not _is_name(book, text, words, start, lex) and (not title or is_role(text, lex)):
        return
    kind = kind_of_name(text, title, words[max(0, start - 40) : start], words[end : end + 14], lex)
    made = book.add(start, end, kind, title)
    bracket = _SHORT.match(words, end, end + 16) if words[end : end + 2] in _BEFORE_SHORT else None
    if bracket:
        group = 1 if bracket.group(1) else 2
        s = bracket.start(group)
        book.add(s, s + len(bracket.group(group)), kind, None, made.id)


_SHORT = re.compile(r"[ \n]\((?:the )?([A-Z][A-Za-z\-]{1,9})\)|,? or ([A-Z]{2,8}),")
"""The letters that a name is called by, right behind it."""
_BEFORE_SHORT = frozenset({" (", "\n(", ", ", " o"})


def _after_titles(words: str, tokens: list[tuple[int, int]], lex: Lexicon) -> int:
    """Number of tokens that are title: up to the last title word before a name ("Ministry Spokesman Ilo Dant")."""
    lowered = [words[s:e].lower().rstrip(".,") for s, e in tokens]
    titles = [n for n, w in enumerate(lowered) if w in lex.classes["titles"]]
    if not titles:
        return 0
    last = titles[-1]
    if last + 1 < len(tokens) and lowered[last + 1] == "of":  # "Secretary of State Ana Bel"
        at = last + 2
        while at < len(tokens) and lowered[at] in _OFFICES:
            at += 1
        return at if at > last + 2 else 0
    if last + 1 >= len(tokens):
        return len(tokens) if len(titles) == len(tokens) else 0
    if any(w in ("hospital", "staff") or lex.is_a(w, "named-armed", "bodies-named") for w in lowered[last + 1 :]):
        return 0
    return last + 1


_OFFICES = frozenset(
    """
    state defence defense the interior justice foreign affairs information health finance war culture staff and home
    internal security education public order
    """.split()  # noqa: SIM905
)
"""What a secretary or minister may be of, so that the words after it are the name."""


def _body_before(book: MentionBook, words: str, tokens: list[tuple[int, int]], lex: Lexicon) -> None:
    named = [n for n, (s, e) in enumerate(tokens) if words[s:e].lower() in lex.classes["bodies-named"]]
    if named:
        book.add(tokens[0][0], tokens[named[-1]][1], MentionKind.BODY)


_PEOPLES = re.compile(r"(?:ians?|ans|ese|ists?|ish|ern|ites?)$")


def _is_name(book: MentionBook, text: str, words: str, start: int, lex: Lexicon) -> bool:  # noqa: PLR0911
    lower = clean(text).lower()
    parts = [p.rstrip(".") for p in lower.split(" ")]
    if (
        len(text) < 2
        or lower in _STOP_FIRST
        or lower.rstrip(".") in lex.classes["titles"]
        or ("-" in lower and _DESCRIBING.search(lower))
        or _is_label(text, words, start)
    ):
        return False
    if person_stands_before(words[max(0, start - 30) : start], lex) and not lex.is_a(parts[0], "titles"):
        return not (len(parts) == 1 and (of_a_state(lower) or lower in _common(lex.language)))
    if " for " not in lower and all(p in COMMON or p in _STOP_FIRST or of_a_state(p) for p in parts):
        return False
    if " " in lower:
        return True
    if lower in lex.classes["states"] or state_called(text) or place_known(text):
        return not (of_a_state(lower) and not lex.is_a(lower, "states"))
    if lower in _common(lex.language) or _PEOPLES.search(lower):
        return False
    if _opens_sentence(words, start):
        return book.inside(text) > 0 and book.count(lower) == 0
    return True


_DESCRIBING = re.compile(
    r"-(?:backed|led|based|style|era|born|held|controlled|run|allied|aligned|affiliated|linked|like)$"
)


_LABEL = re.compile(r"[ \u00a0]*:(?=\s)")


def _is_label(text: str, words: str, start: int) -> bool:
    """A word that opens its line and stands before a colon labels what follows ("Date: 19 May"); it names nobody.

    Unless it comes again without the colon, or several times with it, as a speaker in a transcript does.
    """
    if not _LABEL.match(words, start + len(text)) or " " in text:
        return False
    return (start == 0 or words[start - 1] == "\n") and words.count(text) == 1


@lru_cache(maxsize=4)
def _common(language: str) -> frozenset[str]:
    classes = lexicon(language).classes
    return frozenset(
        w + s
        for name in ("civilians", "armed", "speakers", "places", "victims")
        for w in classes[name]
        for s in ("", "s")
    )


def _opens_sentence(words: str, start: int) -> bool:
    before = words[max(0, start - 3) : start].rstrip(" \n\"“”'‘’")
    return not before or before[-1] in ".!?:"


def _without_opening(words: str, start: int, end: int) -> tuple[int, int]:
    while True:
        first = _FIRST.match(words, start, end)
        if first is None or not _opens_no_name(first.group(1), words, start):
            break
        start = first.end()
    return start, end


_FIRST = re.compile(r"(\S+)[ \n]+(?=\S)")


def _opens_no_name(word: str, words: str, start: int) -> bool:
    """A small word before a name, or a common word that has its capital from the start of a sentence alone."""
    lower = word.lower().rstrip(".,")
    return lower in _STOP_FIRST or (lower in COMMON - {"brig"} and lower not in _KEEP and _opens_sentence(words, start))


_KEEP = frozenset(
    """
    state court government ministry justice human national international regional federal independent special
    military general colonel marshal president minister prosecutor commander captain prime foreign defence defense
    northern southern eastern western police army islamic joint mr mrs ms dr col gen maj capt lt sgt cpl rt hon
    """.split()  # noqa: SIM905
)
"""Common words with which a name may well begin."""


def kind_of_phrase(words: str, head: str, lex: Lexicon, *, proper: bool) -> MentionKind:  # noqa: PLR0911
    """The kind of a phrase that fills a role, from its head."""
    if head in lex.classes["publications"] or head in lex.classes["documents"]:
        return (
            MentionKind.BODY if head in lex.classes["publications"] or re.search(r"[A-Z]", words) else MentionKind.GROUP
        )
    if not proper and head in ("militia", "brigade", "army"):
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
    if proper and is_role(words, lex) and head not in lex.classes["places"]:
        return MentionKind.GROUP
    if proper:
        return kind_of_name(words, None, "", "", lex)
    if head in lex.classes["places"]:
        return MentionKind.PLACE
    return MentionKind.GROUP
