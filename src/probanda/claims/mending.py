"""Readings of a sentence that the parser gets wrong again and again, put right before any rule asks about it.

Start with `mend`. Each function below mends one kind of misreading; it looks at structure and never at particular
words, but for verbs of saying and words of time. A misreading left alone can make a witness the author of what the
witness tells, or a victim the one who tells it.

Looks down to: words. Used by: finishing.
"""

from __future__ import annotations

from collections.abc import Callable

from probanda.claims.words import Token, Tokens

_SAYING = frozenset(
    "say tell report add announce state write note warn claim allege confirm explain recall insist maintain".split()  # noqa: SIM905
)
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "  # noqa: SIM905
    "september october november december today yesterday night morning evening afternoon day week month year time hour "
    "minute dawn dusk noon midnight".split()
)


def mend(tokens: Tokens) -> None:
    """Put right what this sentence's reading has wrong; called once, before any token is asked anything."""
    for verb in list(tokens):
        if verb.tag_ in _FINITE:
            for repair in _REPAIRS:
                repair(verb)


def _teller_behind_what_was_told(verb: Token) -> None:
    """ "... shot nine men in Oren, a spokesman for the clinic, Name Surname, told reporters": the nine men told it not.

    The parser makes the object of the clause before the comma the subject of the saying, and the teller what is said
    of it.
    """
    if verb.lemma_ not in _SAYING:
        return
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if clause is None or subject is None or not clause.i < subject.i:
        return
    before = subject.doc[: subject.left_edge.i]
    if not before or before[-1].text in (",", '"') or any(c.dep_ == "dobj" for c in clause.children):
        return
    teller = next((t for t in subject.subtree if t.dep_ == "appos" and _behind_a_comma(t)), None)
    if teller is not None:
        _hang(teller, verb, "nsubj")
        _hang(subject, clause, "dobj")


def _telling_made_a_second_deed(verb: Token) -> None:
    """ "... shot nine men in Oren, a teacher at the school, Name Surname, told us": who shot them did not tell us."""
    if verb.lemma_ not in _SAYING or verb.dep_ != "conj" or any(c.dep_ == "nsubj" for c in verb.children):
        return
    start = verb.i - 1
    while start > 0 and verb.doc[start - 1].pos_ == "PROPN":
        start -= 1
    deed = verb.head
    between_commas = start < verb.i - 1 and verb.doc[verb.i - 1].text == "," and verb.doc[start - 1].text == ","
    if not between_commas or deed.i > start:
        return
    above, relation = deed.head, deed.dep_
    _cut(verb)
    if above is deed:
        verb.head, verb.dep_ = verb, "ROOT"
    else:
        _hang(verb, above, relation)
    _hang(deed, verb, "ccomp")
    _hang(verb.doc[verb.i - 2], verb, "nsubj")


def _behind_a_comma(token: Token) -> bool:
    edge = token.left_edge
    return edge.i > 0 and edge.doc[edge.i - 1].text == ","


def _doer_behind_a_time(verb: Token) -> None:
    """ "that on Monday a drone fired rockets": the drone is who fired, and no stretch of time."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in verb.children):
        return
    noun = next((c for c in reversed(verb.lefts) if c.dep_ == "npadvmod"), None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.lower_ in _TIME or noun.lemma_ in _TIME:
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    noun.dep_ = "nsubjpass" if passive else "nsubj"


def _hang(token: Token, head: Token, relation: str) -> None:
    """Make a token hang on another one; not where that hangs on it."""
    if head is token or token in head.ancestors:
        return
    _cut(token)
    token.head, token.dep_ = head, relation
    head.children = sorted([*head.children, token], key=lambda t: t.i)
    for one in token.doc:  # what was worked out meanwhile is of the old reading
        one._up = one._subtree = None


def _cut(token: Token) -> None:
    """Take a token from what it hangs on."""
    if token.head is not token:
        token.head.children.remove(token)
        token.head = token


_REPAIRS: tuple[Callable[[Token], None], ...] = (
    _teller_behind_what_was_told,
    _telling_made_a_second_deed,
    _doer_behind_a_time,
)
