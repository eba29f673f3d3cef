"""Words of an order, words about an order, and names of the law: three things that share their vocabulary.

Start with `names_law` (the article on denying quarter is no denial of quarter), `instructs` (only words that are
themselves an instruction make their speaker the author of an order) and `giver_of` ("X told us that Y gave the
order: ..." is Y's order as X tells it).

Looks down to: acts, speakers, syntax. Used by: modality, readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.attributed import speech_entries

if TYPE_CHECKING:
    from probanda.claims.words import Token

_LAW_NOUNS = frozenset(
    [
        "article",
        "articles",
        "definition",
        "prohibition",
        "convention",
        "law",
        "statute",
        "interpretation",
        "provision",
        "rule",
        "ban",
        "notion",
        "concept",
        "meaning",
        "element",
        "elements",
        "doctrine",
        "treaty",
        "protocol",
        "section",
        "clause",
        "paragraph",
        "chapter",
        "principle",
        "norm",
    ]
)
"""What an act word under one of these names is a rule, never an event."""

_CHARGE_NOUNS = frozenset(
    [
        "crime",
        "crimes",
        "charge",
        "charges",
        "count",
        "counts",
        "offence",
        "offences",
        "offense",
        "offenses",
    ]
)
"""Under these an act word is an event only where someone is said to have committed it."""

_LINKING = frozenset({"of", "on", "against", "about", "concerning", "for", "with", "prohibiting", "forbidding"})

_INSTRUCTION = re.compile(
    r"\b(?:there (?:shall|will|must|is to|are to) be no|(?:is|are) to (?:be|come|remain|leave)|(?:shall|must|"
    r"will) (?:not )?"
    r"(?:be|come|leave|remain|live)|(?:i|we) (?:want|will have|will take|wish|need) no|(?:i|we) (?:do not|"
    r"don['’]t) want|"
    r"(?:do not|don['’]t|never) (?:take|leave|spare|bring|show|let)|no (?:prisoners|quarter|mercy|survivors|"
    r"captives)\b[^,;]{0,40}[!.\"”]?$|"
    r"(?:are|is) not to|no one wants|nobody wants)",
    re.IGNORECASE,
)
_IMPERATIVE = frozenset(
    [
        "kill",
        "shoot",
        "take",
        "leave",
        "spare",
        "show",
        "burn",
        "finish",
        "destroy",
        "execute",
        "bring",
        "hang",
        "slaughter",
        "let",
        "give",
        "burn",
    ]
)


def names_law(trigger: Trigger) -> bool:
    """True where the act word only names a rule: "the article on ...", "the prohibition of ..."."""
    token = trigger.token
    after = token.doc[token.i + 1 : token.i + 4]
    span_end = next((t.i for t in token.doc if t.idx >= trigger.end), len(token.doc))
    if any(t.lower_ in _LAW_NOUNS - {"rule"} for t in token.doc[span_end : span_end + 2]):
        return True
    if len(after) and token.dep_ == "compound" and token.head.lower_ in _LAW_NOUNS:
        return True
    return _under(trigger, _LAW_NOUNS)


def names_charge(trigger: Trigger) -> bool:
    """True under "the crime of ...", "a count of ...": an event only where someone is said to have done it."""
    return _under(trigger, _CHARGE_NOUNS)


def _under(trigger: Trigger, nouns: frozenset[str]) -> bool:
    """One of these nouns governs the act through a preposition or two, or stands within three words before it."""
    first = next((t for t in trigger.token.doc if t.idx >= trigger.start), trigger.token)
    for back in (1, 2, 3):
        at = first.i - back
        if at - 1 < 0:
            break
        if first.doc[at].lower_ in _LINKING and first.doc[at - 1].lower_ in nouns:
            return True
        if first.doc[at].pos_ in ("VERB", "AUX", "PUNCT"):
            break
    return False


def instructs(words: str, act: str) -> bool:
    """True for words that are themselves an instruction: an imperative, "there shall be no ...", "I want no ..."."""
    plain = words.strip(" \"“”'‘’\n")
    first = re.match(r"(?:please |then |go and |just )?(\w+)", plain.lower())
    if first and first.group(1) in _IMPERATIVE | {"no", "nobody", "none", "spare"}:
        return True
    clause = re.match(r"(\w+)", act.lower())
    imperative = clause is not None and clause.group(1) in _IMPERATIVE | {"do", "don", "never"}
    return bool(_INSTRUCTION.search(plain)) or (
        imperative and re.search(r"(?:^|[.!:;,\"“]\s*)" + re.escape(act), plain) is not None
    )


_COMMAND = re.compile(
    r"^\W*(?:please |then |now |just |go (?:and )?|you (?:must|will|are to) |do not |don['’]t |never )?"
    r"(?:arrest|beat|blow up|burn|clear|cut|destroy|drive|eliminate|empty|execute|finish|fire|flatten|get rid of|"
    r"hang|hit|kill|level|liquidate|open fire|raze|round up|seize|shell|shoot|show|silence|strike|take|torch|wipe out|"
    r"leave|let|spare|bring) "
    r"(?:them|him|her|it|everyone|everybody|everything|all|anyone|anybody|anything|the|every|no|nobody|no one|nothing|"
    r"none|me|those|these|any|that|this|their|his|her|on|out|off|at)\b",
    re.IGNORECASE,
)


def commands(words: str) -> bool:
    """True for quoted words of which a sentence is itself a command to do harm: "Burn them", "Leave nobody"."""
    return any(_COMMAND.match(part) for part in re.split(r"(?<=[.!?:;])\s", words.strip(" \"“”'‘’\n")))


def giver_of(root: Token) -> list[Token]:
    """Who gave the order that the words after a colon are, where that is not who tells of it; empty otherwise."""
    found: list[Token] = []
    for token in root.doc:
        gives = (
            token.lemma_ in ("order", "instruct", "command", "shout", "radio", "yell", "scream")
            and token.pos_ == "VERB"
        )
        gives = gives or (
            token.pos_ == "VERB"
            and token.lemma_ in ("give", "issue", "transmit", "relay", "repeat", "pass", "send")
            and any(o.lemma_ in ("order", "instruction", "command", "message") for o in syntax.children(token, "dobj"))
        )
        under = token.dep_ in ("ccomp", "relcl") and any(speech_entries(a) for a in token.ancestors)
        if gives and under:
            found = [t for t in syntax.subjects(token) if t.lower_ not in ("i", "we", "you")]
        elif under and token.pos_ == "VERB" and speech_entries(token) and token.i > root.i:
            inner = [t for t in syntax.children(token, "nsubj") if t.lower_ not in ("i", "we", "you", "they", "it")]
            found = inner or found
    return found
