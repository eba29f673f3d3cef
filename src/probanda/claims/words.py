"""The words of one parsed sentence as plain objects, made once, because the rules ask them thousands of questions.

`finishing` makes them. A token carries the names that spaCy gives its own (`lower_`, `dep_`, `head`, `children` ...),
so that rules read as its documentation does. There each question makes new objects and looks strings up; here it
reads a field. What is seldom asked is worked out when it is asked, and kept.

Looks down to: nothing. Used by: finishing, parse, and the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from spacy.vocab import Vocab


Answer = TypeVar("Answer")


class Form(NamedTuple):
    """What holds for a written form wherever it stands."""

    text: str
    lower: str
    like_num: bool
    is_space: bool
    is_quote: bool
    is_punct: bool


class Token:
    """One word or mark of a parsed sentence. Nothing about it changes once it was mended."""

    __slots__ = (
        "_form", "_subtree", "_up", "asked", "children", "dep_", "doc", "head", "i", "idx", "lemma_", "lower_",
        "pos_", "tag_", "text",
    )  # fmt: skip

    i: int
    """Its number in the sentence, from 0."""
    idx: int
    """Where it begins, in code points of the sentence."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    head: Token
    """What it hangs on; the root hangs on itself."""
    children: list[Token]
    """What hangs on it, left to right."""
    doc: Tokens
    asked: dict[str, Any]
    """Answers about it that are kept because many rules ask for them (`once`)."""

    def __init__(self, doc: Tokens, i: int, idx: int, form: Form, lemma: str, pos: str, tag: str, dep: str) -> None:
        self.doc, self.i, self.idx, self._form = doc, i, idx, form
        self.text, self.lower_ = form.text, form.lower
        self.lemma_, self.pos_, self.tag_, self.dep_ = lemma, pos, tag, dep
        self.children = []
        self.asked: dict[str, Any] = {}
        self._up: tuple[Token, ...] | None = None
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def like_num(self) -> bool:
        """A number in figures or words."""
        return self._form.like_num

    @property
    def is_space(self) -> bool:
        """Nothing but white space."""
        return self._form.is_space

    @property
    def is_quote(self) -> bool:
        """A quotation mark."""
        return self._form.is_quote

    @property
    def is_punct(self) -> bool:
        """A mark of punctuation."""
        return self._form.is_punct

    @property
    def lefts(self) -> list[Token]:
        """Children before the token, left to right."""
        return [c for c in self.children if c.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """Children behind the token, left to right."""
        return [c for c in self.children if c.i > self.i]

    @property
    def ancestors(self) -> tuple[Token, ...]:
        """What it hangs on, from its head up to the root; empty for the root."""
        if self._up is None:
            self._up = () if self.head is self else (self.head, *self.head.ancestors)
        return self._up

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The token and all that hangs on it, directly or not; in the order of the words where no lines cross."""
        if self._subtree is None:
            before: list[Token] = []
            behind = [self]
            for child in self.children:
                side = before if child.i < self.i else behind
                side += child.subtree
            self._subtree = (*before, *behind)
        return self._subtree

    @property
    def left_edge(self) -> Token:
        """The first of all that hangs on it, or the token itself."""
        return min(self.subtree, key=_number)

    def is_ancestor(self, below: Token) -> bool:
        """True where the other token hangs on this one, directly or not."""
        return self in below.ancestors

    def nbor(self, steps: int = 1) -> Token:
        """The token so many places behind (before, if negative); IndexError where the sentence ends."""
        at = self.i + steps
        if at < 0:
            raise IndexError("There is no word before the first of a sentence: look at `i` before asking.")
        return self.doc[at]


def once(question: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """A question about a token that depends on nothing but its sentence: its answer is worked out once and kept."""
    name = question.__name__

    @wraps(question)
    def kept(token: Token) -> Answer:
        answers = token.asked
        if name not in answers:
            answers[name] = question(token)
        answer: Answer = answers[name]
        return answer

    return kept


def _number(token: Token) -> int:
    return token.i


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that stand side by side, `end` exclusive, and the one that the others hang on."""

    start: int
    end: int
    root: Token


class Tokens(list[Token]):
    """The tokens of one sentence in order, and what was once worked out about it."""

    __slots__ = ("_lemmas", "_starts", "text")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self._lemmas: frozenset[str] | None = None
        self._starts: list[int] | None = None

    @property
    def lemmas(self) -> frozenset[str]:
        """Dictionary forms of the sentence, lower case."""
        if self._lemmas is None:
            self._lemmas = frozenset([t.lemma_.lower() for t in self])
        return self._lemmas

    @property
    def starts(self) -> list[int]:
        """Where the tokens begin, in order."""
        if self._starts is None:
            self._starts = [t.idx for t in self]
        return self._starts

    def let_go(self) -> None:
        """Untie the tokens once nobody asks them any more: they hold one another, and finding such waste is dear."""
        for token in self:
            del token.doc, token.head, token.children, token.asked, token._up, token._subtree
        self.clear()

    def said(self, first: int, end: int) -> str:
        """The text from one token to just before another, as written."""
        run = self[first:end]
        return self.text[run[0].idx : run[-1].idx + len(run[-1].text)] if run else ""

    def stretch(self, start: int, end: int) -> Stretch | None:
        """The tokens that these code points touch; None where they lie outside the sentence."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        if start == self[first].idx + len(self[first].text):
            first += 1  # the space behind a word is no part of it
        return Stretch(first, last + 1, self._root(first, last + 1))

    def _at(self, place: int) -> int | None:
        """The token at a code point, or just before it where a space stands."""
        at = bisect_right(self.starts, place) - 1
        if at < 0 or place >= len(self.text):
            return None
        return at

    def _root(self, start: int, end: int) -> Token:
        run = self[start:end]
        top = next((t for t in run if t.head is t), None)
        outward = [t for t in run if not start <= t.head.i < end]
        return top or min(outward, key=self._depth, default=self[start])

    def _depth(self, token: Token) -> int:
        """Steps up to the root of the sentence; marks and spaces on which nothing hangs come last."""
        slight = (token.is_space or token.is_punct) and not token.children
        return len(self) - 1 if slight else len(token.ancestors)


@lru_cache(maxsize=65_536)
def string_of(vocab: Vocab, number: int) -> str:
    """The string that has this number in the parser's vocabulary."""
    return str(vocab.strings[number]) if number else ""


@lru_cache(maxsize=65_536)
def form_of(vocab: Vocab, number: int) -> Form:
    """The written form that has this number in the parser's vocabulary."""
    lexeme: Any = vocab[number]
    return Form(lexeme.text, lexeme.lower_, lexeme.like_num, lexeme.is_space, lexeme.is_quote, lexeme.is_punct)
