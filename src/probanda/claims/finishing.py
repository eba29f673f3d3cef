"""Part of speech and dictionary form of every word, asked of the model once for each form in each use.

Start with `Finish.of`, then call it with what tagger and parser have been over. Nearly all rules of the model's
attribute ruler look at one word: its form, its tag and its relation settle what they and the lemmatiser say of it, so
that is worked out once and kept. Where a rule over several words may meet ("gon na", "there was"), ruler and
lemmatiser themselves go over the sentence.

Looks down to: mending, words. Used by: parse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from probanda.claims.mending import mend
from probanda.claims.words import Form, Token, Tokens, form_of, string_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Use = tuple[int, int, int]
"""Form, tag and relation of a word, by their numbers in the model's vocabulary."""
_USE: list[int | str] = ["ORTH", "TAG", "DEP"]
_PLACE: list[int | str] = ["IDX", "HEAD"]
_SETTLED = frozenset({"ORTH", "TEXT", "LOWER", "SHAPE", "IS_SPACE", "TAG", "DEP"})
"""What a rule may ask of a word for its answer to hold wherever the word is used so."""
_MOST = 100_000
"""Uses kept; beyond them all are forgotten, so that a long run does not grow."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What holds of a word used so."""

    form: Form
    lemma: str
    pos: str
    tag: str
    dep: str
    opens: bool
    """A rule over several words may begin with it."""


@dataclass(slots=True)
class Finish:
    """Makes tokens of what tagger and parser have been over."""

    single: Callable[[Doc], Doc]
    """The rules that look at one word."""
    whole: Callable[[Doc], Doc]
    """All rules."""
    lemmas: Callable[[Doc], Doc]
    openings: Callable[[Doc], list[tuple[int, int, int]]]
    """Finds the words with which a rule over several may begin: number of the rule, start, end."""
    known: dict[Use, _Said] = field(default_factory=dict)

    @classmethod
    def of(cls, pipeline: Language) -> Finish:
        """From a model whose attribute ruler and lemmatiser are loaded; they need not run with the others."""
        from spacy.matcher import Matcher
        from spacy.pipeline import AttributeRuler

        ruler: Any = pipeline.get_pipe("attribute_ruler")
        single, openings = AttributeRuler(pipeline.vocab), Matcher(pipeline.vocab)
        for entry in ruler.patterns:
            alone = [rule for rule in entry["patterns"] if len(rule) == 1 and rule[0].keys() <= _SETTLED]
            several = [rule for rule in entry["patterns"] if rule not in alone]
            if several:
                openings.add(str(several), [[rule[0]] for rule in several])
            if alone:
                single.add(alone, entry["attrs"], entry["index"])
        lemmas: Any = pipeline.get_pipe("lemmatizer")
        return cls(single, ruler, lemmas, openings)

    def __call__(self, docs: Sequence[Doc], sentences: Sequence[str]) -> list[Tokens]:
        """The tokens of each sentence; `sentences` are what the parser was given."""
        uses = [_uses(doc) for doc in docs]
        if docs:
            self._ask(docs[0].vocab, uses)
        return [self._tokens(*one) for one in zip(docs, sentences, uses, strict=True)]

    def _ask(self, vocab: Any, sentences: Iterable[list[Use]]) -> None:
        """Get to know the uses that were not met before."""
        if len(self.known) > _MOST:
            self.known.clear()
        new = [use for use in dict.fromkeys(use for uses in sentences for use in uses) if use not in self.known]
        if not new:
            return
        from spacy.tokens import Doc

        words, tags, relations = ([string_of(vocab, use[n]) for use in new] for n in range(3))
        doc = self.lemmas(self.single(Doc(vocab, words=words, tags=tags, deps=relations, heads=list(range(len(new))))))
        opening = {start for _, start, _ in self.openings(doc)}
        for n, (use, token) in enumerate(zip(new, doc, strict=True)):
            said = token.lemma_, token.pos_, token.tag_, token.dep_
            self.known[use] = _Said(form_of(vocab, use[0]), *said, opens=n in opening)

    def _tokens(self, doc: Doc, words: str, uses: list[Use]) -> Tokens:
        said = [self.known[use] for use in uses]
        if any([one.opens for one in said]):  # noqa: C419 - a list is quicker for so few
            self.lemmas(self.whole(doc))
            said = [
                _Said(one.form, token.lemma_, token.pos_, token.tag_, token.dep_, opens=True)
                for one, token in zip(said, doc, strict=True)
            ]
        out = Tokens(words)
        places = doc.to_array(_PLACE)
        for i, (one, idx) in enumerate(zip(said, places[:, 0].tolist(), strict=True)):
            out.append(Token(out, i, idx, one.form, one.lemma, one.pos, one.tag, one.dep))
        steps = places[:, 1].astype("int64").tolist()  # how far the head is, negative where it stands before
        for token, step in zip(out, steps, strict=True):
            token.head = out[token.i + step]
            if step:
                token.head.children.append(token)
        mend(out)
        return out


def _uses(doc: Doc) -> list[Use]:
    forms, tags, relations = doc.to_array(_USE).T.tolist()
    return list(zip(forms, tags, relations, strict=True))
