"""Phrases of the word lists, written plainly, and the patterns that the readers look for.

Start with `pattern`. The notation is told to those who add words in docs/lexicons.md; the signs are:

    shell(s), tué(e)(s)      the word, or the word with this ending
    tortur.., ..erai         a word that begins, or ends, so
    (fell | came down)       one of these
    [the | a]                one of these, or nothing
    ..3                      up to three words whatever; ..1-3 at least one of them; ..,9 commas between them too
    ANY, NAME                one word whatever; one of two letters and more with a capital
    FIGURE, TENS             a number in figures; "twenty", "forty-one"
    {not: of | from}         and this does not stand right behind it, or, as the first sign, right before it
    {then: ...}, {stop}      and this stands right behind it; a comma, a full stop or the end of a quote does

A hyphen is met by a space too. Words in capitals that the list's `families` name stand for the words of that family.

Looks down to: kernel. Used by: lexicon, and window_words with the `Spelling` of its language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from probanda.kernel.errors import ProbandaError

_BUILT_IN = {"NAME": r"(?-i:[A-Z]\w+)", "ANY": r"\w+", "FIGURE": r"\d+(?:,\d{3})*", "TENS": r"\w+ty(?:-\w+)?"}
_TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.\.,?(?:\d+-)?\d+)(?![\w.-])|(?P<look>\{(?:not:|then:|stop\}))|(?P<verb><[^<>/\s]+/[^<>/\s]+>)"
    r"|(?P<word>(?:\.\.)?[\w'’-](?:[\w'’-]|\(\w+\))*(?:\.\.(?!\w))?|[,:;«»])|(?P<sign>[()\[\]|}]))"
)
_GAP = re.compile(r"\.\.(?P<commas>,?)(?:(?P<least>\d+)-)?(?P<most>\d+)")
_PIECE = re.compile(r"\((?P<ending>\w+)\)|(?P<rest>\.\.)|(?P<hyphen>-)|(?P<capitals>[A-Z]{2,})|[^().A-Z-]+|[A-Z]")
_ELIDED = re.compile(r"'(?=[|)]|$)")
_BEFORE, _BEHIND = "\x01", "\x02"
"""Where the space of a word that may be missing stands: before it at the end of a phrase, else behind it."""
_JOINED, _MAYBE_JOINED = "\x03", "(?:(?<=')| )"
"""The same behind words of which some join the next one."""
_PLAINLY = "plainly, as docs/lexicons.md shows: “(fell | came down) ..3 on [the] house(s)”; no regular expression"
_CLOSING = {"(": ")", "[": "]", "{": "}"}

Families = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How the words of a language meet a text."""

    word: str = r"\w+"
    """A word whatever."""
    folded: Callable[[str], str] = str
    """Brings written words to the form that the text is searched in."""
    lead: str = ""
    """What may be written together with the next word, before it: the article and "and" in Arabic."""
    elides: bool = False
    """A word that ends in an apostrophe joins the next one, and an article may do so behind a gap: "l'", "d'"."""
    verb: Callable[[str, str], str] | None = None
    """The pattern of an Arabic verb <past/present>."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Patterns of further words in capitals."""


PLAIN = Spelling(folded=lambda words: words.replace("'", "['’]"))
"""English: an apostrophe may be curved."""


class PhraseBroken(ProbandaError):
    """A phrase of the lists that is not in the notation."""


def pattern(phrase: str, families: Families | None = None, spelling: Spelling = PLAIN) -> str:
    """The regular expression of a phrase, a plain space for white space; raises PhraseBroken with what is wrong."""
    reader = _Reader(phrase, families or {}, spelling)
    out = reader.whole()
    if reader.next is not None:
        raise _broken(phrase, f"“{reader.next}” closes nothing")
    return out


def opening(phrase: str) -> str:
    """The phrase up to its first word that may not be missing, with all its choices: again a phrase."""
    kept, depth, needed = [], 0, False
    for _, words in _tokens(phrase):
        kept.append(words)
        opens, closes = words in ("(", "[") or words.startswith("{"), words in (")", "]", "}")
        needed = needed or (depth == 0 and not closes and words != "[" and not words.startswith(("{", "..")))
        depth += opens - closes - (words == "{stop}")
        if depth == 0 and needed:
            break
    return " ".join(kept)


def _broken(phrase: str, why: str) -> PhraseBroken:
    return PhraseBroken(
        f"The phrase “{phrase}” of the word lists cannot be read: {why}.",
        f"Write it {_PLAINLY}.",
    )


def refuse_old_notation(entry: Mapping[str, object]) -> None:
    """Raises PhraseBroken where an entry still has `phrases`, which held regular expressions."""
    if "phrases" in entry:
        raise PhraseBroken(
            f"The entry “{entry.get('id')}” of the word lists has `phrases`, which are read no more.",
            f"Write them under `say`, {_PLAINLY}.",
        )


def _tokens(phrase: str) -> Iterator[tuple[str, str]]:
    at = 0
    while phrase[at:].strip():
        found = _TOKEN.match(phrase, at)
        if found is None:
            raise _broken(phrase, f"nothing can be made of “{phrase[at:].strip()}”")
        yield found.lastgroup or "", found.group().strip()
        at = found.end()


class _Reader:
    """Reads a phrase from left to right."""

    def __init__(self, phrase: str, families: Families, spelling: Spelling) -> None:
        self._phrase, self._families, self._spelling = phrase, families, spelling
        self._left = list(_tokens(phrase))[::-1]

    @property
    def next(self) -> str | None:
        return self._left[-1][1] if self._left else None

    def whole(self) -> str:
        """The phrase with what must not stand before it."""
        out = ""
        while self.next == "{not:":
            self._left.pop()
            out += self._not_before()
        return out + self.sequence("", lead=not out)

    def sequence(self, closing: str, *, lead: bool) -> str:
        """Items up to `closing` or "|", joined by spaces; what may be missing brings its own.

        `lead`: what a language may write before a word may stand before the first item too.
        """
        items: list[tuple[str, str]] = []
        while self._left and self.next not in (closing, "|"):
            kind, words = self._left.pop()
            if kind == "sign" and words not in "([":
                raise _broken(self._phrase, f"“{words}” closes nothing")
            items.append(self._item(kind, words, lead=lead or bool(items)))
        return self._joined(items)

    def _joined(self, items: list[tuple[str, str]]) -> str:
        """Items, each with its kind: "must" stand there, "may" be missing, or "look" at what follows."""
        last = max((n for n, (kind, _) in enumerate(items) if kind == "must"), default=len(items))
        out, owed = "", ""
        for n, (kind, piece) in enumerate(items):
            if kind == "look":
                spaced = n > 0 and items[n - 1][0] == "may" and n - 1 <= last
                out += piece.replace(_BEFORE, "" if spaced else " ")
            elif kind == "must":
                out, owed = out + owed + piece, self._space(piece)
            elif n > last:
                out += piece.replace(_BEFORE, " ").replace(_BEHIND, "").replace(_JOINED, "")
            else:
                out += owed + piece.replace(_BEFORE, "").replace(_BEHIND, " ").replace(_JOINED, _MAYBE_JOINED)
                owed = ""
        return out

    def _item(self, kind: str, words: str, *, lead: bool) -> tuple[str, str]:
        """Its kind and its pattern, with places for the space before or behind it where it brings its own."""
        before = self._spelling.lead if lead else ""
        if kind == "gap":
            return "may", self._gap(words)
        if kind == "look":
            return "look", self._look(words)
        if words == "[":
            inner = self._choice("[", lead=lead)
            behind = _BEHIND if self._space(inner) == " " else _JOINED
            return "may", f"(?:{_BEFORE}{inner}{behind})?"
        if words == "(":
            return "must", before + self._choice("(", lead=not before)
        if kind == "verb" and self._spelling.verb is not None:
            past, _, present = words.strip("<>").partition("/")
            return "must", before + self._spelling.verb(past, present)
        return "must", before + self._word(words)

    def _gap(self, words: str) -> str:
        found = _GAP.fullmatch(words)
        assert found is not None  # noqa: S101 - it was read as one
        word = r"[\w,'’-]+" if found["commas"] else self._spelling.word
        article = "(?:[ld]')?" if self._spelling.elides else ""
        return rf"(?:{_BEFORE}{word}{_BEHIND}){{{found['least'] or 0},{found['most']}}}{article}"

    def _look(self, words: str) -> str:
        if words == "{stop}":
            return r"(?=[.,;:\"”])"
        end = r"(?:(?<=')|(?!\w))" if self._spelling.elides else r"(?!\w)"
        return f"(?{'!' if words == '{not:' else '='}{_BEFORE}{self._choice('{', lead=True)}{end})"

    def _not_before(self) -> str:
        """Looks back over words as they stand, one look for each."""
        words: list[str] = []
        out = ""
        while self._left:
            kind, word = self._left.pop()
            if word in ("|", "}"):
                out += rf"(?<!{self._spelling.folded(' '.join(words))}\s)"
                words = []
                if word == "}":
                    return out
            elif kind != "word" or set("(.") & set(word):
                raise _broken(self._phrase, "what may not stand before it is to be plain words")
            else:
                words.append(word)
        raise _broken(self._phrase, "a “{” is not closed")

    def _space(self, piece: str) -> str:
        """The space behind it; where some of its words end in an apostrophe, it may be missing."""
        if not self._spelling.elides or not _ELIDED.search(piece):
            return " "
        return "" if piece.endswith("'") and "|" not in piece else _MAYBE_JOINED

    def _choice(self, opening: str, *, lead: bool) -> str:
        out = []
        closing = _CLOSING[opening]
        while True:
            out.append(self.sequence(closing, lead=lead))
            if not self._left:
                raise _broken(self._phrase, f"a “{opening}” is not closed")
            if self._left.pop()[1] == closing:
                break
        return out[0] if len(out) == 1 else f"(?:{'|'.join(out)})"

    def _word(self, word: str) -> str:
        return _PIECE.sub(lambda m: self._piece(m, word), word)

    def _piece(self, found: re.Match[str], word: str) -> str:
        piece, kind = found.group(), found.lastgroup
        if kind == "ending":
            ending = self._spelling.folded(found["ending"])
            return f"{ending}?" if len(ending) == 1 else f"(?:{ending})?"
        if kind == "rest":
            return r"\w*" if found.start() else r"\w+"
        if kind == "hyphen":
            return "(?: |-)" if 0 < found.start() < len(word) - 1 else "-"
        if kind == "capitals" and (built_in := self._spelling.words.get(piece) or _BUILT_IN.get(piece)):
            return built_in
        if kind == "capitals" and piece in self._families:
            return f"(?:{'|'.join(pattern(w, self._families, self._spelling) for w in self._families[piece])})"
        return self._spelling.folded(piece)
