"""Readings of a sentence that the parser gets wrong again and again, put right before any rule asks about it.

Start with `mend`. Each function below mends one kind of misreading; it looks at structure and never at particular
words, but for verbs of saying and denying, words for what is told, and words of time. A misreading left alone can
make a witness the author of what the witness tells, or a victim the one who tells it.

Looks down to: words. Used by: finishing.
"""

from __future__ import annotations

from collections.abc import Callable

from probanda.claims.words import Token, Tokens

_SAYING = frozenset(
    "say tell report add announce state write note warn claim allege confirm explain recall insist maintain".split()  # noqa: SIM905
)
_OWNING = frozenset({"acknowledge", "admit", "confess", "deny", "dispute", "recall", "regret"})
"""Verbs by which somebody owns to a deed, or does not."""
_DENYING = frozenset({"contest", "contradict", "deny", "dismiss", "dispute", "rebut", "refute", "reject"})
_DENIES = {
    verb.removesuffix("y") + "ies" if verb.endswith("y") else verb + ("es" if verb.endswith("s") else "s"): verb
    for verb in sorted(_DENYING)
}
_TOLD = frozenset({"charge", "claim", "report", "rumor", "rumour", "account"})
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "  # noqa: SIM905
    "september october november december today yesterday night morning evening afternoon day week month year time hour "
    "minute dawn dusk noon midnight".split()
)


def mend(tokens: Tokens) -> None:
    """Put right what this sentence's reading has wrong; called once, before any token is asked anything."""
    for token in list(tokens):
        if token.tag_ in _FINITE:
            for repair in _REPAIRS:
                repair(token)
        elif token.lower_ in _MONTHS:
            _month_torn_from_its_day(token)
        elif token.dep_ == "appos":
            _another_beside(token)
        elif token.dep_ == "conj" and token.tag_ == "NNS" and token.head.tag_ == "NNP":
            _other_group(token)
        elif token.dep_ == "advcl":
            _deed_owned_or_not(token)
        elif token.tag_ in ("NNS", "NNPS") and token.lower_ in _DENIES:
            _denying_read_as_noun(token)
    for token in list(tokens):
        if token.tag_ == "VBZ" and token.dep_ in ("advcl", "ccomp") and token.lemma_ in _TOLD:
            _what_is_rejected(token)
        elif token.tag_ == "VBZ" and any(c.lower_ == "that" and c.i < token.i for c in token.children):
            _plural_read_as_verb(token)
        elif token.tag_ == "VBZ" and token.dep_ in ("nsubj", "nsubjpass"):
            _make_noun(token, token.dep_, token.head)


def _plural_read_as_verb(noun: Token) -> None:
    """ "reported on 3 May that forces loyal to Bel had shelled", "found in May that guards tortured nine men".

    Behind a time and "that" the parser takes a plural (forces, guards) for a verb of which "that" is the subject.
    """
    that = next(c for c in noun.children if c.lower_ == "that")
    if noun.dep_ in ("nsubj", "nsubjpass"):
        _make_noun(noun, noun.dep_, noun.head)
    elif noun.dep_ == "ccomp":
        objects = [c for c in noun.children if c.dep_ == "dobj"]
        deed = next((c for o in objects for c in o.children if c.dep_ == "amod" and c.tag_ in ("VBD", "VBN")), None)
        if deed is None or deed.i < noun.i or not deed.i < objects[0].i:
            return
        _hang(deed, noun.head, "ccomp")
        deed.tag_, deed.pos_ = "VBD", "VERB"
        _make_noun(noun, "nsubj", deed)
        _hang(objects[0], deed, "dobj")
    elif noun.dep_ == "relcl" and that.i == noun.i - 1:
        teller, deed = noun.head, noun.head.head
        told = next((c for c in teller.children if c.dep_ == "acl" and c.lemma_ in _SAYING and c.i < that.i), None)
        if told is None or teller.dep_ not in ("nsubj", "nsubjpass") or deed.i < noun.i or deed.dep_ != "ROOT":
            return
        _cut(told)
        told.head, told.dep_, told.tag_ = told, "ROOT", "VBD"
        _hang(deed, told, "ccomp")
        _make_noun(noun, teller.dep_, deed)
        _hang(teller, told, "nsubj")


def _make_noun(noun: Token, relation: str, verb: Token) -> None:
    noun.tag_, noun.pos_ = "NNS", "NOUN"
    _hang(noun, verb, relation)
    for that in [c for c in noun.children if c.lower_ == "that"]:
        _hang(that, verb, "mark")


def _other_group(group: Token) -> None:
    """ "forces loyal to Bel and fighters backed by the council": two groups, and no Bel with fighters."""
    name = group.head
    word = name.head.head if name.dep_ == "pobj" and name.head.lower_ in ("to", "by", "with") else name
    if word.dep_ not in ("amod", "acl") or word.head.tag_ != "NNS" or word.head.i > word.i:
        return
    for clause in [c for c in name.children if c.dep_ == "acl" and c.i > group.i]:
        _hang(clause, group, "acl")
    _hang(group, word.head, "conj")


def _deed_owned_or_not(deed: Token) -> None:
    """ "denied to reporters having ordered the raid": what is denied, and no circumstance of the denial."""
    having = any(c.dep_ == "aux" and c.lower_ == "having" for c in deed.children)
    if having and deed.head.lemma_ in _OWNING and deed.left_edge.i and deed.doc[deed.left_edge.i - 1].text != ",":
        deed.dep_ = "xcomp"


def _denying_read_as_noun(word: Token) -> None:
    """ "The army rejects claims that", "Ministry dismisses report of": a verb, read as a part of a name."""
    head = word.head if word.dep_ in ("compound", "nsubj") else None
    if head is not None and head.i != word.i + 1:
        return
    who = [t for t in (*word.children, *(head.children if head else ())) if t.i < word.i and t.dep_ != "det"]
    if not who or who[-1].i != word.i - 1 or who[-1].dep_ not in ("compound", "nmod", "poss", "nsubj"):
        return
    word.tag_, word.pos_, word.lemma_ = "VBZ", "VERB", _DENIES[word.lower_]
    if head is not None:
        above, relation = head.head, head.dep_
        _cut(word)
        word.head, word.dep_ = word, "ROOT"
        _forget(word.doc)
        if above is not head:
            _hang(word, above, relation)
        _hang(head, word, "dobj")
        head.tag_, head.pos_ = ("NNS", "NOUN") if head.tag_ == "VBZ" else (head.tag_, head.pos_)
    _hang(who[-1], word, "nsubj")
    for left in [t for t in (*word.children, *(head.children if head else ())) if t.i < who[-1].i]:
        _hang(left, who[-1], left.dep_)


def _what_is_rejected(word: Token) -> None:
    """ "dismissed as propaganda reports that", "rejected Friday claims that": what is told, read as a verb."""
    verb = word.head
    if verb.lemma_ not in _DENYING or word.lemma_ not in _TOLD or verb.i > word.i:
        return
    word.tag_, word.pos_, word.dep_ = "NNS", "NOUN", "dobj"
    as_what = next((c for c in word.children if c.lower_ == "as" and c.dep_ == "mark"), None)
    if as_what is not None:
        _hang(as_what, verb, "prep")
        for noun in [c for c in word.children if c.dep_ == "nsubj"]:
            _hang(noun, as_what, "pobj")


def _another_beside(token: Token) -> None:
    """ "Forces loyal to Dast and fighters of the Front": whom "and" leads in is another, and no name of the first."""
    first = token.left_edge.i
    if first and token.doc[first - 1].lower_ in ("and", "or"):
        token.dep_ = "conj"


def _month_torn_from_its_day(month: Token) -> None:
    """ "who was in Oren on 3 May said", "who worked there until March told us": a month tells when, and tells nothing.

    The parser reads the month as apposed to somebody, or as who tells, and the day or the word before it as something
    else.
    """
    doc, at = month.doc, month.i - 1
    day = doc[at] if at >= 0 and doc[at].tag_ == "CD" else None
    before = doc[at - (day is not None)] if at - (day is not None) >= 0 else None
    if before is None or month.dep_ not in ("appos", "nsubj", "compound", "dep") or _in_a_name(month):
        return
    if before.lower_ == "that" and month.dep_ == "nsubj":  # "who hid in the well that April said"
        last = _verb_before(before)
        if last is not None:
            _hang(month, last, "npadvmod")
            _hang(before, month, "det")
        return
    if before.tag_ != "IN" or any(c is not day and c is not month for c in before.children):
        return
    if before.head.i > month.i:  # the preposition went with the verb behind it
        last = _verb_before(before)
        if last is None:
            return
        _hang(before, last, "prep")
    _hang(month, before, "pobj")
    if day is not None:
        _hang(day, month, "nummod")


def _in_a_name(month: Token) -> bool:
    """ "Colonel March", "April Vane"."""
    doc = month.doc
    after = doc[month.i + 1] if month.i + 1 < len(doc) else None
    return doc[month.i - 1].tag_ == "NNP" or (after is not None and after.tag_ == "NNP")


def _verb_before(token: Token) -> Token | None:
    return next((t for t in reversed(token.doc[: token.i]) if t.pos_ == "VERB" or t.lemma_ == "be"), None)


def _who_stands_before_a_clause(verb: Token) -> None:
    """ "Drivers stopped there on 2 May said", "Militiamen allied to the mayor shot": those at the head do or tell it.

    The parser reads the participle as a verb of its own, which the other stands beside or tells of.
    """
    last = verb.doc[verb.i - 1] if verb.i else None
    if last is None or any(c.dep_ in ("nsubj", "nsubjpass", "mark") for c in verb.children):
        return
    if last.pos_ in ("PUNCT", "CCONJ", "SCONJ", "AUX", "ADV") or last.dep_ in ("aux", "auxpass", "neg"):
        return
    root = verb.ancestors[-1] if verb.ancestors else verb
    if any(t.text in (";", ":", '"') for t in verb.doc[min(root.i, verb.i) : verb.i]):
        return
    after_a_time = verb.lemma_ in _SAYING and last.lower_ in _TIME | _MONTHS
    if root.i < verb.i and root.pos_ in ("NOUN", "PROPN") and after_a_time:
        _make_root(verb, root)  # "A midwife who worked there until March said"
        return
    clause = _participle_before(verb, root)
    who = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None) if clause else None
    if clause is not None and who is not None:
        _cut(who)
        if verb is not root:
            _make_root(verb, who)
        _hang(who, verb, "nsubj")
        _hang(clause, who, "acl")
        clause.tag_ = "VBN" if clause.tag_ == "VBD" else clause.tag_


def _participle_before(verb: Token, root: Token) -> Token | None:
    """The participle, read as a verb beside the other one or as one that tells of it."""
    if verb is root:
        told = verb.lemma_ in _SAYING and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
        found = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None) if told else None
    else:
        beside = verb.dep_ == "conj" and verb.lemma_ in _SAYING
        told_of = verb.dep_ == "ccomp" and root.lemma_ not in _SAYING
        found = root if (beside or told_of) and verb.head is root and root.i < verb.i else None
        if found is not None and any(c.dep_ == "cc" for c in found.children):
            return None
    if found is None or found.tag_ not in ("VBN", "VBD", "VBG"):
        return None
    if any(c.dep_ in ("aux", "auxpass", "dobj") for c in found.children):
        return None
    return None if any(t.dep_ == "punct" for t in verb.doc[found.i : verb.i]) else found


def _make_root(verb: Token, who: Token) -> None:
    """The verb becomes what the whole sentence hangs on, and those who do it hang on the verb."""
    old = verb.ancestors[-1]
    _cut(verb)
    verb.head, verb.dep_ = verb, "ROOT"
    _forget(verb.doc)
    _hang(who, verb, "nsubj")
    for mark in [c for c in old.children if c.dep_ == "punct" and c.i > verb.i]:
        _hang(mark, verb, "punct")


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


def _deeds_of_a_list(deed: Token) -> None:
    """ "told us that guards entered the village, burned 60 houses and shot nine men": the guards did, not who tells it.

    The parser lets the second deed of a list stand beside the telling, which makes the witness its author.
    """
    teller = deed.head
    if deed.dep_ != "conj" or teller.lemma_ not in _SAYING or not deed.i or deed.doc[deed.i - 1].text != ",":
        return
    if deed.lemma_ in _SAYING or any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in deed.children):
        return
    clauses = [c for c in teller.children if c.dep_ == "ccomp" and teller.i < c.i < deed.i]
    first = clauses[-1] if clauses else None
    if first is not None and any(c.dep_ == "nsubj" for c in first.children):
        _hang(deed, first, "conj")


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
    _forget(token.doc)


def _forget(tokens: Tokens) -> None:
    """What was worked out meanwhile is of the old reading."""
    for one in tokens:
        one._up = one._subtree = None


def _cut(token: Token) -> None:
    """Take a token from what it hangs on."""
    if token.head is not token:
        token.head.children.remove(token)
        token.head = token


_REPAIRS: tuple[Callable[[Token], None], ...] = (
    _teller_behind_what_was_told,
    _telling_made_a_second_deed,
    _who_stands_before_a_clause,
    _deeds_of_a_list,
    _doer_behind_a_time,
)
