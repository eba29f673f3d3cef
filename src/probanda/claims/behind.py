"""Who stands behind an act that a weapon, a raid or "unknown hands" are told to have done.

Start with `doers`: of the words that grammar makes the doer of an act it keeps those that can be somebody, and reads
through the others: "an army bullet", "shelling by the rebels", "a bomb planted by insurgents". `circumstance` reads
the phrases that tell who did it without being its subject: "at the hands of", "in an attack by", "in a raid in which".

Looks down to: acts, syntax, times, lexicon. Used by: roles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import DOING, act_nouns, attack_verbs
from probanda.claims.kinds import place_known
from probanda.claims.lexicon import Lexicon
from probanda.claims.sides import MACHINES, named_after_a_side
from probanda.claims.times import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from probanda.claims.words import Token

_HAPPENINGS = frozenset(
    """
    ambush assault attempt blast blaze bullet burst campaign charge clash crackdown explosion fire gunfire gunshot
    incident incursion invasion mission offensive onslaught operation purge pursuit raid round salvo search shot siege
    sweep wave
    """.split()  # noqa: SIM905
)
"""Further nouns of what happens or is fired, which do nothing by themselves."""
_HANDIWORK = frozenset({"act", "action", "deed", "doing", "handiwork", "work"})
"""What an act is told to be "of" somebody: "the murders were the work of ..."."""
_LAID_TO = {"blame": "on", "pin": "on", "attribute": "to", "ascribe": "to", "impute": "to", "link": "to", "trace": "to"}
"""Verbs by which an act is laid to somebody, with the preposition before whom it is laid to."""
_FROM_WHOM = ("armed", "named-armed", "combatants", "perpetrators", "officials")


def doers(found: list[Token], lex: Lexicon) -> list[Token]:
    """Those told to have done it, with weapons and happenings replaced by whoever is told to stand behind them."""
    out: list[Token] = []
    for token in found:
        side = sides_before(token, lex) if named_after_a_side(token, lex) else []
        out += _behind(token, lex) if is_thing(token, lex) else side or [token]
    return out


def is_thing(token: Token, lex: Lexicon) -> bool:
    """True for weapons, attacks and other happenings, which are told to do what somebody did with them."""
    lemma = token.lemma_.lower()
    if token.pos_ not in ("NOUN", "PROPN", "VERB") or named_after_a_side(token, lex):
        return False
    return lemma in _HAPPENINGS or lemma in act_nouns(lex.language) or lex.is_a(lemma, "munitions", "weapons")


def _behind(token: Token, lex: Lexicon) -> list[Token]:
    """Whose weapon or attack it is: by-phrase, owner, the word before it, or who is told to have launched it."""
    found = [t for t in syntax.prepositional(token, "by") if not is_thing(t, lex)]
    for participle in syntax.children(token, "acl", "relcl"):
        if syntax.passive(participle):
            found += syntax.agents(participle) or laid_to(participle)
        elif participle.dep_ == "relcl" and participle.lemma_.lower() in DOING | {"fire", "plant", "drop", "throw"}:
            found += [t for t in syntax.subjects(participle) if t.i != token.i]
    if (
        not found
        and token.dep_ == "dobj"
        and token.head.lemma_.lower() in _LAUNCHING
        and not syntax.passive(token.head)
    ):
        found = [t for t in syntax.subjects(token.head) if t.i != token.i]  # "launched rockets that killed"
    if found:
        return found
    if token.lemma_.lower() in _SUFFERED:
        return sides_before(token, lex)  # "after their arrest": of those who were arrested
    owners = [t for p in syntax.children(token, "poss") for t in syntax.coordinated(p)]
    if any(t.tag_ == "PRP$" for t in owners):
        return [t for t in owners if t.tag_ == "PRP$"]  # "its artillery"
    return [t for t in owners if _side(t, lex)] + sides_before(token, lex)


_LAUNCHING = frozenset(["drop", "fire", "launch", "plant", "throw", "hurl", "lob", "shoot"])
"""What is done with a weapon by who stands behind it."""
_SUFFERED = frozenset(
    """
    abduction arrest assassination capture captivity custody death detention disappearance execution imprisonment
    interrogation kidnapping killing murder torture
    """.split()  # noqa: SIM905
)
"""Nouns of what befalls a person: whose it is has suffered it."""


def sides_before(token: Token, lex: Lexicon) -> list[Token]:
    """ "An army attack", "a rebel ambush": the side that stands before what it did."""
    beside = [c for c in syntax.children(token, "compound", "nmod", "amod") if c.lemma_.lower() not in MACHINES]
    if any(c.lemma_.lower() in _HIT or lex.is_a(c.lemma_.lower(), "civilian-places") for c in beside):
        return []  # "a UN convoy attack", "an army hospital bombing": what was hit
    return [t for t in beside if _side(t, lex) and (t.dep_ != "amod" or lex.is_a(t.lemma_.lower(), *_FROM_WHOM))]


_HIT = frozenset({"aid", "bus", "convoy", "crowd", "delegation", "funeral", "patrol", "procession", "wedding"})
"""Words before an attack that tell what it was made on."""


def _side(token: Token, lex: Lexicon) -> bool:
    """A word before a weapon or an attack that tells whose it is, and not when or of what sort."""
    lemma = token.lemma_.lower()
    if lemma in MONTHS or lemma in WEEKDAYS:
        return False
    if lex.is_a(lemma, *_FROM_WHOM) or lemma in lex.classes["states"]:
        return True
    if lemma in ("government", "regime", "coalition", "junta"):
        return True
    named = token.tag_ == "NNP" and not place_known(token.text)
    return named and (token.dep_ == "poss" or (token.text.isupper() and 2 <= len(token.text) <= _LETTERS))


_LETTERS = 6
"""Letters of the longest short name of an armed side: "an NFLM attack"."""


def laid_to(verb: Token) -> list[Token]:
    """Whom a passive lays the act to: "blamed on the rebels", "attributed to soldiers"."""
    preposition = _LAID_TO.get(verb.lemma_.lower())
    if verb.lemma_.lower() == "claim":
        return syntax.agents(verb)
    return syntax.prepositional(verb, preposition) if preposition else []


def circumstance(verb: Token, lex: Lexicon) -> list[Token]:
    """Who did it, where the clause tells it beside its verb."""
    found = _hands(verb) + positions(verb, lex)
    for act in syntax.prepositional(verb, "in", "during", "from", "by", "after", "with", "under"):
        if is_thing(act, lex) or named_after_a_side(act, lex):
            found += _behind(act, lex)
        elif syntax.own_of_gerund(act) and _side(act, lex):
            found.append(act)
    return found or _in_which(verb, lex) or _when_somebody(verb, lex) or _of_the_next(verb, lex)


def _when_somebody(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Nine farmers died when aircraft bombed the school": the attack that the clause tells is what they died of."""
    if not (syntax.passive(verb) or verb.lemma_ in ("die", "lose", "perish")) or syntax.agents(verb):
        return []
    for clause in syntax.children(verb, "advcl"):
        opening = [c.lower_ for c in clause.children if c.i < clause.i and c.dep_ in ("advmod", "mark")]
        if opening[:1] in (["when"], ["after"], ["as"]) and clause.lemma_.lower() in attack_verbs(lex.language):
            return doers(syntax.agents(clause) if syntax.passive(clause) else syntax.subjects(clause), lex)
    return []


def _of_the_next(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Nine were killed and 30 have been wounded in a rebel attack": what stands behind the last is told of both."""
    if not syntax.passive(verb) or syntax.agents(verb):
        return []
    later = [t for t in syntax.children(verb, "conj") if t.i > verb.i and t.pos_ == "VERB" and syntax.passive(t)]
    return [t for one in later for t in syntax.agents(one) or circumstance(one, lex)]


def _hands(token: Token) -> list[Token]:
    """ "At the hands of the militia"."""
    hands = [t for t in syntax.prepositional(token, "at") if t.lemma_.lower() == "hand"]
    hands += [t for t in syntax.prepositional(token, "in", "while in") if t.lemma_.lower() in _KEEPING]
    kept = [t for hand in hands for t in syntax.prepositional(hand, "of")]
    return kept or [t for hand in hands for t in syntax.children(hand, "poss")]


_KEEPING = frozenset({"custody", "captivity", "hand"})
"""In whose keeping somebody dies or is beaten: "died in the custody of the guards", "in rebel hands"."""


def _in_which(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Soldiers carried out a raid in which two men were shot"; "a raid by soldiers, during which ..."."""
    clause = next((t for t in [verb, *verb.ancestors] if t.dep_ == "relcl"), None)
    if clause is None or not (clause.i == verb.i or verb.dep_ == "conj"):
        return []
    opening = [t for t in clause.subtree if t.i < clause.i and t.lower_ == "which" and t.dep_ == "pobj"]
    if not opening or opening[0].head.lower_ not in ("in", "during", "after"):
        return []
    act = clause.head
    found = _behind(act, lex)
    if not found and act.dep_ in ("dobj", "nsubjpass") and act.head.lemma_.lower() in DOING | {"begin", "start"}:
        light = act.head
        found = syntax.agents(light) if syntax.passive(light) else syntax.subjects(light)
    return found


def of_noun(noun: Token, lex: Lexicon) -> list[Token]:
    """Who is told to be behind an act named by a noun, in its own phrase or by what is said of it."""
    found = _hands(noun) or _by_behind_the_object(noun, lex)
    for participle in syntax.children(noun, "acl", "relcl"):
        found += laid_to(participle) if syntax.passive(participle) else []
    head = noun.head
    if noun.dep_ == "nsubjpass":
        found += laid_to(head)
    if noun.dep_ == "nsubj" and head.lemma_ == "be":
        works = [t for t in syntax.children(head, "attr") if t.lemma_.lower() in _HANDIWORK]
        found += [t for work in works for t in syntax.prepositional(work, "of")]
    if noun.dep_ in ("dobj", "nsubj") and head.lemma_.lower() in ("blame", "pin", "attribute") and head.pos_ == "VERB":
        found += syntax.prepositional(head, _LAID_TO[head.lemma_.lower()])
    return found


def _by_behind_the_object(noun: Token, lex: Lexicon) -> list[Token]:
    """ "The blockade of the depot by reservists": a by-phrase that hangs on the depot, or on the verb above."""
    hit = [t for t in syntax.prepositional(noun, "of", "on", "against") if not _when(t)]
    found = [t for one in hit for t in syntax.prepositional(one, "by")]
    verb = noun.head
    if not found and hit and noun.dep_ == "dobj" and not syntax.passive(verb):
        found = [t for t in syntax.agents(verb) if t.i > noun.i]
    return [
        t for t in found if lex.is_a(t.lemma_.lower(), *_FROM_WHOM, "civilians") or t.tag_ == "NNP" or _side(t, lex)
    ]


def _when(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in MONTHS or lemma in WEEKDAYS or lemma in ("day", "night", "morning", "evening", "occasion")


def positions(verb: Token, lex: Lexicon) -> list[Token]:
    """ "The shells came from positions of the army", "... from a hill held by the rebels"."""
    found: list[Token] = []
    for place in syntax.prepositional(verb, "from"):
        held = [t for p in syntax.children(place, "acl") if syntax.passive(p) for t in syntax.agents(p)]
        owners = [t for t in syntax.children(place, "poss", "compound") if _side(t, lex)]
        of = syntax.prepositional(place, "of") if place.lemma_.lower() in _POSITIONS else []
        found += held or owners or [t for t in of if lex.is_a(t.lemma_.lower(), *_FROM_WHOM) or t.tag_ == "NNP"]
    return found


_POSITIONS = frozenset({"position", "line", "trench", "battery", "gun", "stronghold"})
