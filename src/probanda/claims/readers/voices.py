"""Who speaks in one sentence: the subject of its word of speech, or, where it was not parsed, whoever stands before it.

Start with `says`; `plainly_says` is for a sentence without a parse.

Looks down to: chains, discourse, attributed, syntax. Used by: quoted, told_by, memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import Attribution, Layer, speech_entries
from probanda.claims.chains import chain_of
from probanda.claims.discourse import PERSONAL, PLURAL, Sentence
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence, outermost first, by which word; whether that is one human being, or several."""

    chain: tuple[Named, ...]
    verb: str
    one: bool = False
    many: bool = False
    tokens: tuple[Token, ...] = ()


NOBODY = Voice((), "")


def says(notes: Notes, other: Sentence, *, last: bool, quoting: bool = False) -> Voice:
    """Who speaks in a sentence, outside its quotation marks; `last`: the last one told to speak rather than the first.

    `quoting`: a quote stands near, so that an order is words too.
    """
    if other.root is None:
        return NOBODY
    verbs = [t for t in other.root.doc if t.pos_ == "VERB" and (_utters(t) or (quoting and speech_entries(t)))]
    for verb in reversed(verbs) if last else verbs:
        who = [
            t
            for t in syntax.children(verb, "nsubj")
            if t.lower_ not in ("we", "i", "you", "who", "which", "that", "it")
        ]
        if who and not notes.stands_in_quotes(other, verb.idx):
            tokens = tuple(syntax.coordinated(who[0]))
            chain = chain_of(Attribution(layers=[Layer(tokens, verb.text)]), notes.talk, other)[0]
            if chain:
                return Voice(tuple(chain), verb.text, *_how_many(notes, tokens), (*tokens, *tokens[0].children))
    return NOBODY


def _utters(verb: Token) -> bool:
    """A word of speech by which somebody tells something; to order, to incite and to learn are none.

    Words that are deeds as well ("held the town", "found the bodies") are speech with what is said behind them.
    """
    if verb.lemma_.lower() in _GIVE:
        return any(o.lemma_.lower() in _TOLD for o in syntax.children(verb, "dobj"))
    if verb.lemma_.lower() == "want":
        return False
    if verb.lemma_.lower() in _DEEDS_TOO and not syntax.children(verb, "ccomp"):
        return False
    return any(e.id not in ("order", "incite", "learn", "satisfied", "threaten") for e in speech_entries(verb))


_GIVE = frozenset(["give", "offer", "provide", "make", "issue"])
_TOLD = frozenset(
    ["account", "version", "testimony", "statement", "evidence", "interview", "description", "deposition"]
)
""" "gave another version", "made a statement": telling, in two words."""
_DEEDS_TOO = frozenset(
    """
    hold rule find record count register charge submit publish post establish determine fault contest discount
    prove certify point direct cable blog answer speak interpose recite consider think fear
    """.split()  # noqa: SIM905
)


def _how_many(notes: Notes, tokens: tuple[Token, ...]) -> tuple[bool, bool]:
    """One human being, or several; neither for a body or a paper."""
    token = tokens[0]
    if token.lower_ in PERSONAL | PLURAL:
        return token.lower_ in PERSONAL, token.lower_ in PLURAL
    lemma = token.lemma_.lower()
    lex = notes.lex
    known = notes.book.kind_known(token.text) if token.tag_ == "NNP" else None
    body = lex.is_a(lemma, "bodies-named", "documents", "publications", "named-armed") or known in _BODIES
    several = len(tokens) > 1 or token.tag_ in ("NNS", "NNPS") or token.pos_ == "NUM"
    return not body and not several, several and not body


_BODIES = (MentionKind.BODY, MentionKind.STATE, MentionKind.UNIT, MentionKind.PLACE)


_SAID = (
    r"(?:(?:also|further|then|later|now|has|have|had|again) ){0,2}"
    r"(?:said|says|say|told|tells|stated|states|noted|notes|added|adds|explained|explains|recalled|recalls|recounted|"
    r"described|describes|testified|claimed|claims|alleged|alleges|reported|reports|wrote|writes|warned|insisted|"
    r"confirmed|denied|denies|stressed|declared|announced|regretted|condemned|argued|submitted|submits|contended|outlined|"
    r"gave (?:[a-z]+ ){0,3}(?:account|version|testimony|statement|evidence))\b"
)
_BESIDE = r"(?:,? \([^()\n]{2,60}\)| ?,[^,;:\n]{1,80},)?,? "
_AFTER_NAME = re.compile(_BESIDE + _SAID)
_SOMEBODY_SAID = re.compile(
    rf"(?:^|[.,;”\"] )(?:The|the|A|a|An|an|One|one|Another|another) ((?:[\w’-]+ ){{0,3}}?([a-z-]+)){_BESIDE}{_SAID}"
)


_PLURAL_SAID = re.compile(rf"\W*(?:\d+[.)]\s+)?((?:[\w’-]+ ){{0,2}}?([\w’-]+)(?: [A-Z][\w’-]*)?) {_SAID}")
""" "Residents said", "Two nurses told", "Witness K testified": somebody without an article, at the head."""


def plainly_says(notes: Notes, sentence: Sentence) -> Voice:
    """Who speaks in a sentence that the parser has not seen: a name or somebody, and behind it a word of speech."""
    words = sentence.words
    for mention in notes.names.within(sentence.start, sentence.end):
        end = mention.end - notes.text.base - sentence.start
        if _AFTER_NAME.match(words, end) and not notes.stands_in_quotes(sentence, max(end - 1, 0)):
            one = mention.kind is MentionKind.PERSON
            return Voice((Named(clean(mention.words), mention.id),), words[end : end + 20].split()[-1], one)
    found = _SOMEBODY_SAID.search(words) or _PLURAL_SAID.match(words)
    if found is None:
        return NOBODY
    head = re.sub(r"(?<!s)s$", "", found[2].lower())
    if not notes.lex.is_a(head, "speakers", "officials", "experts", "kin"):
        return NOBODY
    named = notes.book.named(sentence.start + found.start(1), sentence.start + found.end(1), MentionKind.GROUP)
    body = notes.lex.is_a(head, "bodies-named", "documents", "publications", "named-armed")
    several = head != found[2].lower()
    return Voice((named,), "said", not body and not several, several and not body)
