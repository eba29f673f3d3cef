"""Who can act, who can speak, who can suffer: the last gate before a word becomes a party to a claim.

Start with `can_act`. Grammar alone makes "instability" the author of a killing and a town the one that shelled;
an author wrongly named does harm, so what is not surely someone fills no role.

Looks down to: acts, mentions, syntax, lexicon, names, kernel. Used by: chains, readers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import act_nouns
from probanda.claims.kinds import place_known
from probanda.claims.lexicon import Lexicon, lexicon
from probanda.claims.mentions import clean
from probanda.claims.sides import named_after_a_side
from probanda.claims.times import MONTHS, WEEKDAYS
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import state_of
from probanda.names.places import lookup

if TYPE_CHECKING:
    from probanda.claims.words import Token

INDEFINITE = frozenset(
    [
        "who",
        "which",
        "that",
        "whom",
        "whose",
        "what",
        "others",
        "other",
        "another",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "nobody",
        "none",
        "each",
        "those",
        "people",
        "person",
        "we",
        "i",
        "us",
        "me",
        "you",
        "this",
        "these",
        "such",
        "many",
        "several",
        "some",
        "all",
        "any",
        "most",
        "one",
        "more",
        "half",
        "both",
        "it",
        "there",
    ]
)
"""Words that stand for somebody, and name nobody."""

_PEOPLE = (
    "victims",
    "civilians",
    "prisoners",
    "combatants",
    "children",
    "armed",
    "officials",
    "speakers",
    "kin",
    "experts",
)
_BODIES = ("bodies-named", "named-armed", "court-office", "perpetrators", "spokespersons")
_COUNTED_PEOPLE = frozenset({"people", "person", "others", "many", "several", "some", "half", "one", "more", "those"})
"""Words that stand for somebody, and are all that is told of those who suffered."""
_NOT_SUFFERING = frozenset(
    {"force", "group", "report", "statement", "article", "letter", "complaint", "office", "side", "source", "media"}
)


_PARTS_OF = frozenset(
    """
    batch band branch column contingent couple dozen element faction group handful hundred member number pair part score
    section thousand wing
    """.split()  # noqa: SIM905
)
"""Nouns that can act where those behind "of" can."""
_THINGS = (
    "munitions", "weapons", "property", "places", "civilian-places", "military-places", "documents", "publications",
    "aid", "rubble", "homes", "attack", "sentence-words", "lives",
)  # fmt: skip
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ism|ance|ence|ing|ure|ship|dom|age|cy|ry|sy|th|us)$")
"""Endings of nouns that are seldom people."""
COMPANIES = frozenset({"convoy", "crowd", "delegation", "patrol", "procession", "rally"})
"""People on the way or assembled, who are hit together: "attacked an aid convoy"."""
BODY_PARTS = frozenset(
    """
    arm back breast chest ear eye face finger fingernail foot genitals hair hand head heart jaw knee leg limb mouth nail
    neck nose rib skin skull stomach throat toe tongue tooth wrist
    """.split()  # noqa: SIM905
)
"""What is done to one of these is done to whose it is."""
_ANIMALS = frozenset(
    """
    animal bird buffalo bull camel cat cattle chicken cow dog donkey elephant fish goat horse lion livestock mule ox pig
    poultry sheep wolf time hope idea bill deal way plant tree rose shrub crop data logic prose song tune text metaphor
    """.split()  # noqa: SIM905
)
"""What can be killed too, and is nobody."""


def singular(token: Token) -> str:
    """Dictionary form, lower case; of a capitalised plural too, which the tagger leaves as it is."""
    lemma = str(token.lemma_).lower()
    if (
        token.pos_ == "PROPN"
        and lemma == token.lower_
        and len(lemma) > 3
        and lemma.endswith("s")
        and lemma[-2] not in "su"
    ):
        return lemma[:-1]
    return lemma


def can_act(token: Token, words: str, kind: MentionKind, lex: Lexicon) -> bool:  # noqa: PLR0911
    """True for persons, units, bodies, States and groups of people; False for places, things and happenings."""
    if token.lower_ in INDEFINITE or clean(words).lower().split(" ")[0] in ("whose", "which"):
        return False
    lemma = singular(token)
    if named_after_a_side(token, lex) or token.lower_ == "accused":
        return True
    if _dead_body(token, lemma, lex):
        return False
    whose = syntax.prepositional(token, "of") if lemma in _PARTS_OF else []
    if any(_proper(t) or can_act(t, t.text, MentionKind.GROUP, lex) for t in whose):
        return True  # "elements of the 4th Brigade"
    if lemma == "element" and any(_of_arms(c, lex) for c in syntax.children(token, "compound", "amod", "nmod")):
        return True  # "NFM elements", "armed elements"
    thing = lex.is_a(lemma, "munitions", "documents", "property") and not lex.is_a(lemma, "speakers", "bodies-named")
    if thing or lex.is_a(lemma, "documents") or (lemma in act_nouns(lex.language) and token.tag_ != "NNP"):
        return False
    if lemma in MONTHS or lemma in WEEKDAYS:
        return False
    if _proper(token):
        return not _mere_place(words, kind, lemma, lex)
    if token.pos_ in ("PRON", "NUM") or token.like_num:
        of = syntax.prepositional(token, "of")
        return token.pos_ == "PRON" or any(can_act(t, t.text, MentionKind.GROUP, lex) for t in of)
    return lex.is_a(lemma, *_PEOPLE, *_BODIES) or _doer_noun(lemma)


def _of_arms(word: Token, lex: Lexicon) -> bool:
    return lex.is_a(word.lemma_.lower(), "armed", "named-armed") or word.text[:1].isupper() or word.lower_ == "armed"


def _dead_body(token: Token, lemma: str, lex: Lexicon) -> bool:
    """ "Their bodies showed marks": the dead do nothing; a "security body" is one that does."""
    if not lex.is_a(lemma, "bodies") or lex.is_a(lemma, "armed", "named-armed") or _proper(token):
        return False
    return not any(c.dep_ in ("compound", "amod") and c.lower_ in _OF_OFFICE for c in token.children)


_OF_OFFICE = frozenset(
    {"executive", "governing", "judicial", "legislative", "military", "official", "ruling", "security", "state"}
)


def can_speak(token: Token, words: str, kind: MentionKind, lex: Lexicon) -> bool:
    """As `can_act`; documents and publications speak too, and capitals of States are heard for them."""
    lemma = singular(token)
    if lex.is_a(lemma, "documents", "publications") and lemma != "warrant":
        return True
    if token.pos_ == "PRON" or token.lower_ in ("several", "many", "some", "one", "two", "both", "others"):
        return True
    if (lemma in MONTHS or lemma in WEEKDAYS) and not _surname(token):
        return False
    if _proper(token) or lemma in (
        "media",
        "medium",
        "hospital",
        "clinic",
        "charity",
        "centre",
        "center",
        "tv",
        "television",
        "station",
        "site",
    ):
        return not lex.is_a(lemma, "munitions")
    return can_act(token, words, kind, lex) or lemma == "message"


def can_suffer(token: Token, words: str, kind: MentionKind, lex: Lexicon) -> bool:  # noqa: PLR0911
    """True for people, alive or dead, and for those counted without a noun ("killed at least 40")."""
    if token.lower_ in INDEFINITE - _COUNTED_PEOPLE:
        return False
    lemma = singular(token)
    of = syntax.prepositional(token, "of") if lemma in _PARTS_OF or token.pos_ == "NUM" or token.like_num else []
    if of and all(t.lemma_.lower() in _ANIMALS | {"head"} for t in of):
        return False  # "hundreds of head of cattle"
    if lemma in _PARTS_OF and any(
        can_suffer(t, t.text, MentionKind.GROUP, lex) for t in syntax.prepositional(token, "of")
    ):
        return True  # "a group of women"
    if lemma in COMPANIES:
        return True
    if lemma in _NOT_SUFFERING and not any(c.dep_ in ("nummod", "compound") for c in token.children):
        return False
    if lex.is_a(lemma, *_PEOPLE, "bodies", "dead") and not lex.is_a(lemma, "documents", "publications"):
        return True
    if token.tag_ == "NNPS" or (_proper(token) and any(c.dep_ == "nummod" for c in token.children)):
        return True  # "five Karsians"
    if _proper(token):
        return kind in (MentionKind.PERSON, MentionKind.GROUP, MentionKind.UNIT)
    if token.pos_ in ("PRON", "NUM") or token.like_num:
        return True
    if token.lower_ == "those":
        return any(c.dep_ in ("relcl", "acl") for c in token.children)
    return _doer_noun(lemma) or harmed(token, lex)


def harmed(token: Token, lex: Lexicon, *, surely: bool = False) -> bool:
    """Whoever is the object of a verb that is done to people, and is no thing: "abducted the catechist".

    `surely`: of a verb that is done to people alone, so that its object alone tells that somebody was harmed.
    """
    lemma, head = singular(token), token
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    if head.dep_ not in ("dobj", "nsubjpass") or token.tag_ not in ("NN", "NNS") or head.head.pos_ != "VERB":
        return False
    verb = head.head.lemma_.lower()
    if verb not in _done_to_people(lex.language) or (surely and verb not in _TO_PEOPLE_ALONE):
        return False
    return not (
        lex.is_a(lemma, *_THINGS)
        or lemma in _ANIMALS | BODY_PARTS
        or lemma in act_nouns(lex.language)
        or _ABSTRACT.search(lemma)
        or place_known(token.text)
    )


_TO_PEOPLE_ALONE = frozenset(
    """
    abduct assassinate behead decapitate flog gang-rape imprison kidnap lynch murder rape torture waterboard
    """.split()  # noqa: SIM905
)
_ALSO_TO_THINGS = frozenset({"shoot", "hang", "wound", "hurt", "harm", "abuse", "slaughter", "injure"})


@lru_cache(maxsize=2)
def _done_to_people(language: str) -> frozenset[str]:
    """Verbs of the list of acts that are done to people."""
    verbs = (v for e in lexicon(language).acts if e.object == "person" and not e.needs for v in e.verbs)
    return frozenset(verbs) - _ALSO_TO_THINGS


def _proper(token: Token) -> bool:
    """Written as a name: by the tagger, in capitals, or with a capital inside a sentence; no number."""
    if token.tag_ == "CD":
        return False
    if token.tag_ in ("NNP", "NNPS"):
        return True
    return len(token) > 1 and (token.text.isupper() or (token.i > 0 and token.text[:1].isupper()))


def _surname(token: Token) -> bool:
    """ "Colonel March", "Ana June": a title or a given name stands before it."""
    return any(c.dep_ == "compound" and c.tag_ == "NNP" for c in token.children)


def _mere_place(words: str, kind: MentionKind, lemma: str, lex: Lexicon) -> bool:
    """A place that is no State and no seat of a government: it does not act, those who hold it do."""
    if (words.isupper() and len(words) < 8) or state_of(words) or clean(words).lower() in lex.classes["states"]:
        return False
    found = lookup(words)
    if found:
        return not any(p.kind in ("state", "capital") or p.id.endswith("/capital") for p in found)
    return kind is MentionKind.PLACE and lemma in lex.classes["places"]


_NO_DOERS = frozenset(
    """
    anger answer barrier barter border boulder bunker calendar center chamber character container corner corridor
    counter cover danger disaster door dollar error factor feather fever finger flower floor helicopter horror inferior
    interior labor ladder latter letter liquor litter locker manner master-plan matter meter minister-in monitor mirror
    mortar motor murder never number offer order other paper parlor pepper power projector quarter reactor river roller
    rumor rumour scooter sector semester shelter shoulder shower silver sister-in slander spider sponsor-in summer
    sweater sector tanker temper terror theater timber tower tractor trailer transfer trigger tumor tumour vapor vector
    water weather whether whisper winter wonder
    """.split()  # noqa: SIM905
)
"""Nouns with an ending of those who do something, and that do nothing."""


def _doer_noun(lemma: str) -> bool:
    """Nouns of people by their ending: kidnapper, abductor, loyalist, warlord, policeman."""
    return (
        len(lemma) > 5
        and lemma not in _NO_DOERS
        and lemma.endswith(("er", "or", "ist", "man", "men", "eer", "lord", "crat", "ician"))
        and not lemma.endswith(
            ("ever", "ather", "umber", "atter", "ower", "ember", "order", "after", "aster", "urder", "error", "orror")
        )
    )
