"""Questions to a parsed sentence: who is the subject, what is the object, which words make up this phrase.

Start with `subjects` and `objects`; both look through passives, participles, relative clauses and coordination,
and say in words which way they went, because a claim carries its reason.

Looks down to: lexicon, words. Used by: roles, speakers, modality, readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from probanda.claims.lexicon import lexicon
from probanda.claims.words import once

if TYPE_CHECKING:
    from probanda.claims.words import Token, Tokens

_LEFT = frozenset(
    {"amod", "compound", "nummod", "poss", "quantmod", "nmod", "predet", "det", "neg", "case", "punct", "npadvmod"}
)
_OF_HEADS = frozenset(
    [
        "group",
        "number",
        "dozen",
        "hundred",
        "thousand",
        "member",
        "majority",
        "ten",
        "score",
        "million",
        "half",
        "government",
        "army",
        "state",
        "ministry",
        "office",
        "people",
        "men",
        "team",
        "bodies",
        "part",
        "element",
        "faction",
        "wing",
        "branch",
        "contingent",
        "column",
        "band",
        "gang",
        "crowd",
        "family",
        "handful",
        "couple",
        "pair",
        "batch",
        "busload",
        "generation",
        "resident",
        "inhabitant",
        "employee",
        "supporter",
        "follower",
        "body",
        "corpse",
        "corps",
        "remains",
    ]
)
"""Nouns that say little without what stands behind "of": "elements of the 4th Brigade", "bodies of six men"."""
_QUANTIFIERS = frozenset(
    {"some", "many", "most", "several", "few", "all", "none", "one", "any", "both", "each", "more"}
)
"""Words that stand for a part of those behind "of": "some of the prisoners"."""
_OBJECT_CONTROL = frozenset(
    [
        "order",
        "force",
        "urge",
        "instruct",
        "ask",
        "tell",
        "command",
        "compel",
        "allow",
        "enable",
        "encourage",
        "direct",
        "accuse",
        "require",
    ]
)
_BURNING = frozenset({"ablaze", "afire", "alight"})
_CALLING = frozenset({"appeal", "call", "plead"})
"""Verbs that name behind a preposition who is to do what is asked."""
RELATIVE = frozenset({"who", "which", "that", "whom"})


def starts_of(doc: Tokens) -> list[int]:
    """Where the tokens of a sentence begin, made once for all questions about it."""
    return doc.starts


def elliptical(verb: Token) -> bool:
    """A participle that a bare number precedes: "... and over 200 wounded"."""
    if verb.tag_ != "VBN" or not verb.i or children(verb, "nsubjpass", "auxpass", "aux", "dobj"):
        return False
    before = verb.doc[verb.i - 1]
    return before.tag_ == "CD" or before.lower_ in ("others", "more")


def children(token: Token, *deps: str) -> list[Token]:
    """Direct dependents with one of these relations, left to right."""
    return [c for c in token.children if c.dep_ in deps]


def coordinated(token: Token) -> list[Token]:
    """The token and what is coordinated with it, left to right; a list that is read as an apposition too."""
    out = [token]
    for c in token.children:
        if c.dep_ == "conj" and c.pos_ == "NOUN" and children(c, "nsubj"):
            continue  # "dozens of people, most of them women"
        if c.dep_ == "conj" or (c.dep_ == "appos" and _goes_on_a_list(token, c)):
            out += coordinated(c)
        elif c.dep_ == "appos" and c.i > token.i and token.tag_ == "NN" and c.tag_ == "NNP":
            out += _behind_the_name(c)
    return out


def _behind_the_name(name: Token) -> list[Token]:
    """ "The mayor, Ilan Bel, and his driver": the comma closes the apposition, the driver is another."""
    closed = any(c.i > name.i and c.doc[c.i - 1].text == "," for c in children(name, "cc"))
    more = [c for c in children(name, "conj") if c.tag_ == "NNP" or children(c, "poss", "det", "nummod")]
    return [t for c in more for t in coordinated(c)] if closed else []


def _goes_on_a_list(token: Token, appos: Token) -> bool:
    """ "The mayor, his driver and a guard": what looks like an apposition is the middle of a list.

    Two proper names or two single persons, the second with "and" behind it, and no comma after the whole, which would
    close an apposition ("Ana Bel, a teacher and mother of two, was shot").
    """
    if appos.i < token.i or not children(appos, "conj") or not children(appos, "cc"):
        return False
    proper = token.tag_ == "NNP"
    if proper != (appos.tag_ == "NNP") or (not proper and token.tag_ != "NN"):
        return False
    after = max(t.i for c in children(appos, "conj") for t in c.subtree) + 1
    return after >= len(token.doc) or token.doc[after].text not in (",", "-")


@once
def passive(verb: Token) -> bool:  # noqa: PLR0911
    """True for a passive verb, spelled out or shared ("were killed and wounded", "men killed by ...")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if _all_of_them(verb) is not None:
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.head.tag_ == "VBN" and passive(verb.head):
        return not children(
            verb, "dobj", "aux", "nsubj"
        )  # "were hunted down and killed", the second read as a past tense
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl" and children(verb, "nsubj") and children(verb, "aux"):
        return False  # "accusations that its forces have shot civilians"
    if verb.dep_ == "acl":  # "Forces under X executed 20 men", the past form read as a participle
        return not _of_a_headless_clause(verb)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return passive(verb.head) and not children(verb, "dobj", "aux")
    if verb.dep_ in ("acomp", "oprd", "attr"):
        return True
    return verb.dep_ in ("ROOT", "advcl", "ccomp", "relcl") and not children(verb, "aux", "dobj", "nsubj")


def _of_a_headless_clause(verb: Token) -> bool:
    """A participle with an object of its own, on a noun that would else be a sentence without a verb."""
    return verb.head.dep_ == "ROOT" and verb.head.pos_ in ("NOUN", "PROPN") and bool(children(verb, "dobj"))


def governor(token: Token) -> Token | None:
    """What the prepositional phrase around this token hangs on; None outside one."""
    if token.dep_ in ("pobj", "pcomp") and token.head.dep_ in ("prep", "agent", "dative"):
        head = token.head.head
        return head if head.i != token.head.i else None
    if token.dep_ == "conj":
        return governor(token.head)
    return None


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The doers of an active verb, found through coordination, participles, infinitives and relative clauses."""
    if depth > 6:
        return []
    own = children(verb, "nsubj", "expl") if not passive(verb) else agents(verb)
    if not own and _behind_a_quote(verb):
        own = [t for t in children(verb, "dobj", "attr", "dative") if t.i > verb.i][:1]
    if not own and not passive(verb):  # "the militias have, in the past, shelled ...": hung on the auxiliary
        own = [t for aux in children(verb, "aux") for t in children(aux, "nsubj")]
    if own and all(t.lower_ == "there" for t in own) and children(verb, "attr"):
        return [] if depth == 0 else children(verb, "attr")  # "there was a gang that took them and beat them"
    own = [t for t in own if t.lower_ != "there"]
    own = [t for t in own if not (t.lower_ in _QUANTIFIERS and _of_those(t))] or own
    if len(own) > 1 and any(t.text == "," for t in verb.doc[own[0].i : own[-1].i]):
        own = own[-1:]  # "Mr Speaker, the army bombed ..."
    if own:
        return _through_relative(own, verb)
    if passive(verb):
        return agents(verb.head) if verb.dep_ == "conj" and passive(verb.head) else []
    return _borrowed_subject(verb, depth + 1)


def _behind_a_quote(verb: Token) -> bool:
    """ "...", announced the mission": the verb stands right behind what was said, and its speaker behind it."""
    if verb.tag_ not in ("VBD", "VBZ") or verb.i < 2:
        return False
    marks = [t.text for t in verb.doc[max(0, verb.i - 2) : verb.i]]
    return marks in (['"', ","], [",", '"']) and bool(children(verb, "ccomp") or verb.dep_ == "ROOT")


def _through_relative(own: list[Token], verb: Token) -> list[Token]:
    out: list[Token] = []
    for t in own:
        if verb.dep_ in ("acl", "relcl") and t.lower_ in _QUANTIFIERS and _of_those(t):
            out += coordinated(verb.head)  # "26 residents, most of them old, starved"
            continue
        if t.lower_ in RELATIVE and t.tag_ in ("WP", "WDT", "IN", "DT"):
            clause = next((a for a in [verb, *verb.ancestors] if a.dep_ == "relcl"), None)
            if clause is not None:
                out.append(clause.head)
                continue
        out += coordinated(t)
    return out


def _all_of_them(verb: Token) -> Token | None:
    """The "all" of "nine men, all of them shot": a participle without an auxiliary, said of those before the comma."""
    if verb.tag_ not in ("VBN", "VBD") or children(verb, "aux", "auxpass", "dobj"):
        return None
    own = children(verb, "nsubj", "nsubjpass")
    part = own[0] if len(own) == 1 and own[0].lower_ in _QUANTIFIERS and _of_those(own[0]) else None
    behind_a_comma = part is not None and part.i > 0 and part.doc[part.i - 1].text in (",", "-", ";", "(")
    them = part is not None and any(t.lower_ == "them" for t in prepositional(part, "of"))
    return part if behind_a_comma and them else None


def _those_before(part: Token) -> list[Token]:
    """The nearest several that stand before "all of them"."""
    for t in reversed(part.doc[: part.i]):
        if t.tag_ in ("NNS", "NNPS") or (t.pos_ == "NOUN" and children(t, "nummod")):
            return [t]
        if t.tag_ == "CD" and t.head.i == t.i + 1 and t.head.pos_ in ("NOUN", "PROPN"):
            return [t.head]
    return []


def _of_those(part: Token) -> bool:
    return any(t.lower_ in ("them", "whom", "which") for t in prepositional(part, "of"))


def _borrowed_subject(verb: Token, depth: int) -> list[Token]:  # noqa: PLR0911, PLR0912
    head = verb.head
    if verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBZ", "VBP"):  # "In X, a group of men burned ...": read as of X
        return [
            t
            for p in children(verb, "prep")
            if p.i < verb.i
            for a in p.subtree
            if a.dep_ == "appos" and a.i < verb.i
            for t in coordinated(a)
        ][:1]
    if verb.dep_ == "conj" and head.pos_ == "NOUN" and head.dep_ == "ROOT":  # "an officer shot and killed ...": a noun
        return [t for o in children(head, "nsubj") for t in coordinated(o)]
    if verb.pos_ == "NOUN" and verb.dep_ == "ROOT":  # "forces fire on the crowd", read as one long name
        return [c for c in children(verb, "compound") if c.tag_ == "NNS"]
    if verb.dep_ == "advcl" and verb.tag_ in ("VBD", "VBZ", "VBP"):  # "... as X and Y accused", read as a preposition
        beside = [
            t
            for p in head.children
            if p.dep_ == "prep" and p.lower_ in ("as", "after", "before") and p.i < verb.i
            for o in children(p, "pobj")
            for t in coordinated(o)
        ]
        if beside:
            return beside
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        had = [c for c in children(head, "ccomp") if c.lemma_ == "have" and c.i < verb.i and not children(c, "dobj")]
        if had and not any(c.i < verb.i for c in children(head, "cc")):
            return subjects(had[-1], depth)  # "held that X had, in person, beaten him", the two halves torn apart
        return (
            patients(head)
            if passive(head) and verb.tag_ in ("VBG", "VBD") and not passive(verb)
            else subjects(head, depth)
        )
    if verb.tag_ == "VBG" and verb.i and own_of_gerund(verb.doc[verb.i - 1]):
        return [verb.doc[verb.i - 1]]
    if verb.dep_ == "xcomp" or (verb.dep_ in ("ccomp", "advcl") and _open(verb)):
        if head.pos_ not in ("VERB", "AUX", "ADJ"):
            return []
        if verb.dep_ == "ccomp" and verb.tag_ == "VBD":
            return []  # "a baker said that ... shelled the town": whoever says it is not the doer where one was missed
        if head.lemma_ in _OBJECT_CONTROL and children(head, "dobj"):
            return [t for o in children(head, "dobj") for t in coordinated(o)]
        if head.lemma_ in _CALLING and verb.tag_ == "VB":
            asked = [t for t in prepositional(head, "on", "upon", "to", "with") if t.i < verb.i]
            if asked:  # "appealed to the army to leave"
                return asked
        if verb.dep_ == "advcl" and passive(head) and head.lemma_.lower() in _ACCUSING and verb.tag_ == "VBG":
            return patients(head)  # "is accused of killing nine men, detaining six"
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.lemma_.lower() in _ADDING:
            teller = next((t for t in verb.ancestors if t.lemma_.lower() in _TELLING), None)
            if teller is not None and head.lemma_.lower() not in _TELLING:
                return subjects(teller, depth)  # "reported that the army attacked, adding that nine men died"
        if verb.dep_ == "advcl" and passive(head):
            return agents(head) or (patients(head) if _after(verb) else [])
        return patients(head) if passive(head) else subjects(head, depth)
    if (
        verb.dep_ in ("acl", "relcl")
        and head.pos_ in ("NOUN", "PROPN", "PRON")
        and (verb.tag_ == "VBG" or _of_a_headless_clause(verb))
    ):
        above = _over_an_aside(head) if verb.dep_ == "acl" else None
        return subjects(above, depth) if above is not None else coordinated(head)
    if verb.dep_ == "pcomp":
        return _of_preposition(verb, depth)
    if verb.dep_ in ("acomp", "attr") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth)
    return []


def own_of_gerund(token: Token) -> bool:
    """ "Died in army shelling", read as dying in an army while shelling: the noun is whose shelling it was."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "by", "from", "during", "under", "amid"):
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    bare = token.head.i == token.i - 1 or all(c.dep_ in ("compound", "amod", "nmod") for c in token.lefts)
    gerund = after is not None and after.tag_ == "VBG" and after.dep_ == "advcl" and after.lemma_ in _ATTACKING
    return bare and gerund and (token.text.islower() or token.text.isupper())


_ATTACKING = frozenset({"bomb", "fight", "shell", "shoot", "strafe"})


_ADDING = frozenset({"add", "claim", "explain", "indicate", "mention", "note", "say", "specify", "state", "stress"})
_TELLING = frozenset({"announce", "confirm", "declare", "explain", "report", "say", "state", "tell", "write"})


def _over_an_aside(agent: Token) -> Token | None:
    """The verb above "hit a mill run by monks, killing nine": whoever runs what was hit did not do what follows."""
    by = agent.head
    run = by.head
    thing = run.head
    if agent.dep_ != "pobj" or by.lower_ != "by" or run.dep_ != "acl" or thing.dep_ not in ("dobj", "pobj"):
        return None
    return next((t for t in thing.ancestors if t.pos_ == "VERB"), None)


_ACCUSING = frozenset(
    """
    accuse acquit arrest blame charge condemn convict criticise criticize denounce detain expel imprison indict jail
    prosecute punish sanction sentence sue suspect try
    """.split()  # noqa: SIM905
)
"""Verbs whose object is whom it is laid to that they did what stands behind "of" or "for"."""


_PENAL = frozenset(["ask", "request", "seek", "demand", "recommend"])
"""Verbs by which a prosecutor asks for a sentence against somebody "for killing" somebody."""


def _of_preposition(verb: Token, depth: int) -> list[Token]:  # noqa: PLR0911
    """The doer of "... of killing", "... by shelling": the accused, else the subject above."""
    above = governor(verb)
    if above is None:
        return []
    if above.lemma_.lower() in _ACCUSING:
        return patients(above, depth)
    if above.lemma_.lower() in _PENAL and verb.head.lower_ == "for":
        return [
            t
            for part in above.subtree
            if part.lower_ in ("for", "against") and part.i < verb.head.i
            for t in children(part, "pobj")
            if t.tag_ in ("NN", "NNP")
        ]
    if above.pos_ in ("VERB", "AUX"):
        if passive(above) and verb.head.lower_ == "by":
            return []  # "were killed by shelling the town": those killed are not who shelled
        return patients(above, depth) if passive(above) else subjects(above, depth)
    if above.pos_ == "ADJ":
        return subjects(above, depth)
    if verb.head.lower_ in _SUCH_AS and above.dep_ == "dobj" and above.head.pos_ == "VERB":
        return subjects(above.head, depth)  # "committed crimes such as killing prisoners"
    return [t for p in children(above, "poss") for t in coordinated(p)]


_SUCH_AS = frozenset({"as", "including", "like"})


def _open(verb: Token) -> bool:
    return verb.tag_ in ("VBG", "VB", "VBN", "VBD")


def _after(verb: Token) -> bool:
    return any(c.lower_ in ("after", "before", "while", "when") for c in verb.children)


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive."""
    return [
        t
        for by in verb.children
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by")
        for o in children(by, "pobj")
        for t in coordinated(o)
    ]


def patients(verb: Token, depth: int = 0) -> list[Token]:  # noqa: PLR0911, PLR0912
    """The objects of an active verb, the subject of a passive one, the noun that a participle describes."""
    if depth > 5:
        return []
    if passive(verb):
        part = _all_of_them(verb)
        if part is not None:
            return _those_before(part)
        own = children(verb, "nsubjpass", "nsubj")
        if own:
            return _through_relative(own, verb)
        if verb.dep_ == "acl":
            return coordinated(verb.head)
        if verb.dep_ in ("acomp", "oprd", "attr"):
            return subjects(verb.head, depth + 1) if not children(verb.head, "dobj") else patients(verb.head, depth + 1)
        if elliptical(verb):
            return [verb.doc[verb.i - 1]]
        if verb.dep_ == "conj":
            return patients(verb.head, depth + 1)
        return _of_the_clause_above(verb, depth + 1)
    own = [t for o in children(verb, "dobj") for t in coordinated(o)]
    if not own and verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].lower_ == "between":
        own = [t for t in prepositional(verb, "between") if children(t, "nummod")]  # "killed between 20 and 30 men"
    if own and own[0].lower_ in _BURNING:  # "set the mill alight", read as a mill alight
        own = children(own[0], "compound", "nmod") or own
    if own:  # "arrested the wife, Maria, and their daughter", the last read as joined to the verb
        ands = [c.i for c in children(verb, "cc") if c.i > own[-1].i]
        later = [c for c in children(verb, "conj") if c.tag_ in ("NN", "NNS", "NNP") and not children(c, "dobj")]
        return own + [c for c in later if any(own[-1].i < i < c.i for i in ands)]
    gerund = verb.dep_ == "compound" and verb.lower_.endswith("ing")
    if (verb.dep_ == "amod" or gerund) and verb.i < verb.head.i:  # "denied striking the town", read as a striking town
        return [verb.head]
    for sibling in children(verb, "conj"):  # "raping and killing civilians"
        alike = {sibling.tag_, verb.tag_} <= {"VBD", "VBN"} and not children(sibling, "nsubj", "aux", "auxpass")
        if sibling.i > verb.i and (sibling.tag_ == verb.tag_ or alike):
            shared = patients(sibling, depth + 1)
            if shared:
                return shared
    return []


def _of_the_clause_above(verb: Token, depth: int) -> list[Token]:  # noqa: PLR0911
    """Whom a passive without a subject is said of: "held without being charged", "was taken out to be shot"."""
    above = governor(verb) if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ == "relcl" and any(c.lower_ == "to" for c in children(verb, "aux")):
        return coordinated(verb.head)  # "the fifth member to be killed"
    if above is None or above.i == verb.i or verb.dep_ not in ("pcomp", "xcomp", "advcl"):
        return []
    if above.pos_ == "NOUN" and verb.dep_ == "pcomp":  # "the fear of being killed"
        return [t for p in children(above, "poss") for t in coordinated(p)]
    if above.pos_ not in ("VERB", "AUX", "ADJ"):
        return []
    if passive(above):
        return patients(above, depth)
    objects = children(above, "dobj")
    if objects and (verb.dep_ == "xcomp" or above.lemma_ in _OBJECT_CONTROL):
        return [t for o in objects for t in coordinated(o)]
    return subjects(above, depth)


def prepositional(token: Token, *words: str) -> list[Token]:
    """Objects of these prepositions hanging on the token, coordination included ("outside of the town" too)."""
    return [t for p in _prepositions(token) if p.lower_ in words for o in _objects(p) for t in coordinated(o)]


def _objects(preposition: Token) -> list[Token]:
    own = children(preposition, "pobj")
    if own or preposition.lower_ not in ("outside", "inside"):
        return own
    return [o for of in children(preposition, "prep") if of.lower_ == "of" for o in children(of, "pobj")]


def _outside_of(word: Token) -> bool:
    return word.dep_ == "advmod" and word.lower_ in ("outside", "inside") and bool(children(word, "prep"))


def _prepositions(token: Token) -> list[Token]:
    """The prepositions on a token, coordinated ones too ("in the west and in the south")."""
    own = [p for p in token.children if p.dep_ in ("prep", "agent", "dative") or _outside_of(p)]
    return own + [c for p in own for c in p.children if c.dep_ == "conj" and (c.tag_ == "IN" or children(c, "pobj"))]


@once
def phrase(head: Token) -> tuple[int, int]:
    """First and last token index (inclusive) of the noun phrase as a reader would quote it, without its article."""
    left = head.i
    for c in reversed(list(head.lefts)):
        if c.dep_ == "advmod" and head.pos_ == "NUM":  # "at least 40"
            left = min(left, c.left_edge.i)
            continue
        if _a_time(c):
            break  # "On 3 May 2014 border guards ...", "The same day soldiers ..."
        if c.dep_ not in _LEFT or (c.dep_ == "punct" and c.text not in ("-", "'", '"')):
            break
        left = min(left, c.left_edge.i)
    right = head.i
    for c in head.rights:
        if c.dep_ in ("relcl", "acl") and head.lower_ == "those" and c.i - head.i <= _SHORT_CLAUSE:
            edge = max(t.i for t in c.subtree)
            right = max(right, edge if edge - head.i <= _SHORT_CLAUSE else c.i)
        elif (
            c.dep_ == "prep"
            and c.lower_ == "for"
            and c.i == right + 1
            and head.text[:1].isupper()
            and any(t.text[:1].isupper() for t in children(c, "pobj"))
            and head.dep_ not in ("dobj", "pobj")
        ):
            right = max(right, _short_edge(c))  # "Witness for Peace"
        elif (
            c.dep_ == "prep"
            and c.i == right + 1
            and (
                (c.lower_ == "of" and _takes_of(head, c))
                or (c.lower_ == "from" and _takes_from(head, c))
                or (c.lower_ == "under" and _takes_commander(head, c))
                or (c.lower_ == "in" and any(t.lemma_.lower() in _CLOTHES for t in children(c, "pobj")))
            )
        ):
            right = max(right, _short_edge(c))
        elif c.i == right + 1 and (whose := _allegiance(head, c)) is not None:
            right = max(right, phrase(whose)[1])
    if left < head.i and head.dep_ == "pobj" and left == head.head.i + 1 and _done_to(head.doc[left], head):
        left += 1  # "accused of killing porters", read as porters who kill
    while left < head.i and (head.doc[left].is_space or head.doc[left].lower_ == "dead"):
        left += 1  # "shot dead two men"
    while (left < head.i and head.doc[left].dep_ in ("det", "punct")) or (
        left < head.i and head.doc[left].lower_ in ("the", "a", "an")
    ):
        left += 1
    return left, right


def _a_time(word: Token) -> bool:
    if word.dep_ == "nmod":
        return bool(children(word, "nummod"))
    return word.dep_ in ("npadvmod", "compound") and any(
        t.lower_ in ("same", "next", "following") for t in word.children
    )


def _done_to(first: Token, head: Token) -> bool:
    gerund = first.tag_ == "VBG" and first.dep_ == "amod" and first.lemma_.lower() in _HARMING
    return gerund and head.head.lower_ in ("of", "for", "as", "including", "like", "from")


_HARMING = frozenset(
    """
    abduct arrest assassinate attack beat behead bomb detain execute harass kidnap kill massacre murder rape shell
    shoot slaughter target torture
    """.split()  # noqa: SIM905
)
_SHORT_CLAUSE = 9
"""Words up to which the clause that says who "those" are is part of the phrase."""
_CLOTHES = frozenset({"uniform", "fatigue", "fatigues", "plainclothes", "clothes", "mask", "camouflage", "balaclava"})
"""What unknown authors are described by: "men in uniform"."""


def _takes_of(head: Token, of: Token) -> bool:
    inner = children(of, "pobj")
    if not inner:
        return False
    if head.tag_ == "NNS" and inner[0].tag_ == "NNP" and head.lemma_.lower() not in _PLACES_OF_MANY:
        return True  # "fighters of the Northern Front", "inhabitants of Orla"
    if head.lemma_.lower() in _OF_HEADS or head.pos_ == "NUM" or head.lower_ in _QUANTIFIERS:
        return True
    return head.text[:1].isupper() and inner[0].text[:1].isupper()


_PLACES_OF_MANY = frozenset({"village", "town", "city", "district", "part", "area", "street", "outskirt", "suburb"})
"""Plurals that are places of what stands behind "of", which has a name of its own."""


def _takes_from(head: Token, origin: Token) -> bool:
    inner = children(origin, "pobj")
    named = [t for o in inner[:1] for t in (o, *children(o, "compound")) if t.tag_ == "NNP"]  # "from the Ketta clan"
    return head.tag_ in ("NN", "NNS") and bool(named) and head.dep_ in ("nsubj", "pobj", "nsubjpass")


def _takes_commander(head: Token, under: Token) -> bool:
    """ "Men under the authority of Captain Bel", "troops under Captain Bel": what is told of who they are."""
    inner = children(under, "pobj")
    if head.tag_ != "NNS" or not inner:
        return False
    of_somebody = inner[0].lemma_.lower() in _AUTHORITY and bool(prepositional(inner[0], "of"))
    return of_somebody or inner[0].tag_ == "NNP"


def _allegiance(head: Token, word: Token) -> Token | None:
    """Whose they are: "forces loyal to Captain Bel", "a militia backed by the government"; None where it is not told.

    Whom they are with must be somebody: what is "backed by tanks" or "linked to the raid" is no side of its own.
    """
    lex = lexicon("en")
    if word.dep_ not in ("acl", "amod") or not lex.is_a(word.lower_, "allegiance"):
        return None
    if head.tag_ not in ("NN", "NNS", "NNPS") or lex.is_a(head.lemma_.lower(), "places"):
        return None
    behind = [p for p in word.children if p.i == word.i + 1 and p.lower_ in ("to", "with", "by", "of")]
    ends = [o for p in behind for o in children(p, "pobj")]
    if not ends:
        return None
    end = ends[0]
    somebody = end.tag_ in ("NNP", "NNPS") or lex.is_a(end.lemma_.lower(), *_SIDES)
    return end if somebody and not lex.is_a(end.lemma_.lower(), "munitions", "weapons") else None


_SIDES = ("officials", "armed", "named-armed", "bodies-named", "titles", "combatants", "perpetrators", "speakers")
_AUTHORITY = frozenset({"authority", "command", "control", "leadership", "order", "orders"})


def _short_edge(of: Token) -> int:
    inner = children(of, "pobj")[:1]
    if inner and of.lower_ in ("under", "in"):  # "men in the uniform of the police"
        inner = prepositional(inner[0], "of")[:1] or inner
    return phrase(inner[0])[1] if inner else of.i


@once
def clause_of(token: Token) -> Token:
    """The verb or head of the smallest clause that holds the token."""
    for t in [token, *token.ancestors]:
        if t.dep_ in ("ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "parataxis") and t.pos_ in (
            "VERB",
            "AUX",
        ):
            return t
    return [token, *token.ancestors][-1]


def climb(token: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs (child, parent) from the token up to the root."""
    current = token
    while current.head.i != current.i:
        yield current, current.head
        current = current.head
