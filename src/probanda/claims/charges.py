"""What is laid at somebody's door: blame, links, fingers pointed, proceedings and pleas, and denials that name no act.

Start with `link` and `proceeding`. Each function notes on an `Attribution` who is accused, and what a court did.

Looks down to: attributed, acts, denials, lexicon, syntax, times. Used by: speakers, roles, readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import act_nouns
from probanda.claims.attributed import Attribution, add_layer, layer, say_how
from probanda.claims.denials import caller, denies_presence, supports, untrue
from probanda.claims.lexicon import lexicon
from probanda.claims.times import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from probanda.claims.words import Token

LINKS = frozenset(
    ["responsible", "complicit", "guilty", "culpable", "involved", "implicated", "accountable", "suspected", "behind"]
)


def decided(at: Token, out: Attribution) -> None:
    """ "The tribunal issued a warrant", "the court refused bail": what a court does in a case is its own word."""
    for verb in [at, *at.ancestors]:
        if verb.pos_ == "VERB":
            courts = [t for t in syntax.subjects(verb) if is_court(t)]
            if courts:
                add_layer(courts, verb, out)
            return


def without_act(at: Token, out: Attribution) -> None:
    """A denial that leans on the act told before: what is called untrue, and who is said not to have been there."""
    if untrue(at):
        out.modality, out.stance = "denied", at.lower_
        out.cues.append(at.text)
        verb = caller(at)
        if verb is not None:
            layer(syntax.subjects(verb), verb, out)
    elif supports(at):
        out.modality, out.stance = "confirmed", at.lemma_.lower()
        out.cues.append(at.text)
        layer(syntax.subjects(at), at, out)
    elif denies_presence(at):
        out.modality, out.stance = "denied", at.lemma_.lower()
        out.cues.append(at.text)
        out.accused += [
            t for t in syntax.children(at, "nsubj", "nsubjpass") if t.lower_ not in ("nobody", "none", "i", "we")
        ]
        out.accused = [t for t in out.accused if not any(c.lower_ == "no" for c in t.children)]
    elif at.lemma_.lower() == "deny":
        for clause in syntax.children(at, "ccomp", "xcomp"):
            if denies_presence(clause, under_denial=True):
                out.accused += syntax.children(clause, "nsubj", "nsubjpass")


def fired(verb: Token) -> bool:
    """ "the shells came from": where the fire came from tells who fired."""
    munitions = lexicon("en").classes["munitions"]
    return any(
        w in munitions or w in ("fire", "shot") for w in [t.lemma_.lower() for t in syntax.children(verb, "nsubj")]
    )


def held_by(verb: Token) -> list[Token]:
    """Those who hold the place that something came from: "from the hills held by the brigade"."""
    armed = lexicon("en").classes["armed"] | lexicon("en").classes["named-armed"]
    out = [
        t
        for participle in verb.subtree
        if participle.tag_ == "VBN" and participle.lemma_.lower() in ("hold", "control", "occupy", "man")
        for t in syntax.agents(participle)
    ]
    places = syntax.prepositional(verb, "from")
    out += [p for place in places for p in syntax.children(place, "poss")]
    return out or [t for t in places if t.lemma_.lower() in armed]


def seen_in_command(verb: Token) -> list[Token]:
    """ "the colonel was seen giving instructions": whoever was seen to direct the act."""
    directs = any(
        (t.lemma_.lower() == "give" and any(o.lemma_.lower() in ORDERS for o in syntax.children(t, "dobj")))
        or (t.lemma_.lower() in ("direct", "command", "lead") and t.tag_ == "VBG")
        for t in verb.subtree
    )
    return syntax.patients(verb) if directs else []


POINTING = frozenset(
    ["see", "point", "lay", "put", "pin", "come", "act", "name", "identify", "recognise", "recognize", "single"]
)


def pointed(verb: Token, out: Attribution) -> None:
    """ "pointed the finger at X", "laid the blame on X", "the order came from X", "acting on orders from X"."""
    out.cues.append(verb.text)
    say_how(out, "alleged", verb.lemma_.lower())
    inner = [*syntax.children(verb, "dobj"), verb]
    if verb.lemma_ == "see":
        out.orderers += seen_in_command(verb)
        return
    if verb.lemma_ == "come" and fired(verb):
        out.accused += held_by(verb)
        return
    if verb.lemma_ in ("come", "act"):
        papers = [t for t in syntax.prepositional(verb, "on", "under") if t.lemma_ in ORDERS] + [verb]
        out.orderers += [t for p in papers for t in syntax.prepositional(p, "from", "of")]
        out.accused = []
        return
    if verb.lemma_.lower() in ("name", "identify", "recognise", "recognize", "single"):
        marked = [*syntax.children(verb, "dobj"), *[t for n in inner for t in syntax.prepositional(n, "as")]]
        named = [t for t in marked if t.tag_ in ("NNP", "NNPS")]
        out.accused += named[:1] or [t for t in marked if t.pos_ == "PRON"][:1]
    else:
        out.accused += [t for n in inner for t in syntax.prepositional(n, "at", "on")]
    layer(syntax.subjects(verb), verb, out)


ORDERS = frozenset({"order", "instruction", "command", "directive"})


def accuse(verb: Token, objects: list[Token], who: list[Token], out: Attribution, child: Token) -> None:
    if any(o.lower_ == "other" and any(c.lower_ == "each" for c in o.children) for o in objects) or any(
        c.lower_ == "each" for c in verb.children
    ):
        out.mutual = True
        return
    if syntax.passive(verb):
        out.accused += syntax.patients(verb)
        return
    on = []
    if verb.lemma_ == "blame":  # "blamed the deaths on the rebels", however the parser hangs the phrase
        on = syntax.prepositional(verb, "on")
        if not syntax.prepositional(verb, "for"):
            on += [t for o in objects for t in syntax.prepositional(o, "on")]
        on = [t for t in on if re.split(r"\W", t.lower_)[0] not in MONTHS | WEEKDAYS and not t.like_num]
    found = on or [o for o in objects if o.i != child.i or o.lemma_.lower() not in act_nouns("en")]
    if verb.dep_ in ("acomp", "acl", "ccomp", "conj", "advcl") and not found and not who:
        found = syntax.subjects(verb)
    out.accused += [t for t in found if t not in out.accused]


_HOLDING = frozenset(["hold", "find", "consider", "deem", "declare", "believe", "think", "judge", "make", "regard"])


def link(adjective: Token, out: Attribution) -> None:
    found = []
    if adjective.dep_ in ("acomp", "oprd", "ccomp", "xcomp", "advcl") and adjective.head.lemma_.lower() in _HOLDING:
        found = syntax.patients(adjective.head) or syntax.children(adjective, "nsubj")  # "held X responsible"
    found = (
        found
        or syntax.subjects(adjective)
        or [t for t in syntax.children(adjective.head, "dobj", "nsubj") if adjective.dep_ in ("acomp", "oprd", "ccomp")]
    )
    if adjective.dep_ in ("amod", "acl", "relcl") and adjective.head.pos_ in ("NOUN", "PROPN"):
        found = [adjective.head]
    found = [t for t in found if t.lemma_.lower() not in ("people", "person", "those", "party", "one", "all")]
    if not found:
        return
    out.accused += [t for t in found if t not in out.accused]
    out.cues.append(adjective.text)
    if adjective.lemma_.lower() == "guilty" and adjective.head.lemma_ in ("find", "plead", "declare", "pronounce"):
        if adjective.head.lemma_ == "plead":
            _pleaded(adjective.head, out)
            out.own_side = False
            return
        say_how(out, "adjudicated", "guilty")
        finders = [] if syntax.passive(adjective.head) else syntax.children(adjective.head, "nsubj")
        if finders and adjective.head.tag_ in ("VBN", "VBD") and not syntax.children(adjective.head, "dobj", "ccomp"):
            judges = [t for t in finders if is_court(t) or t.pos_ == "PRON"]
            out.accused += [t for t in finders if t not in judges and t not in out.accused]  # "Miller found guilty of"
            finders = judges
        layer(finders, adjective.head, out)
    if not out.modality:
        out.modality, out.stance = "link", adjective.lemma_.lower()


_COURTS = frozenset(["court", "tribunal", "chamber", "judge", "jury", "magistrate"])
_BY_LETTERS = frozenset(["icc", "icj", "icty", "ictr", "irmct", "scsl", "eccc"])
"""International courts as they are called for short."""
VERDICTS = frozenset(["convict", "sentence", "acquit"])
_CASES = frozenset(["indict", "charge", "prosecute", "try", "want", "seek", "arrest"]) | VERDICTS


def named_court(words: set[str]) -> bool:
    """True for words (small) of a name that is a court's or a judge's."""
    return not words.isdisjoint(_BY_LETTERS | _COURTS | {"judges", "magistrates"})


def is_court(token: Token) -> bool:
    """True for a court, or a judge of one."""
    return token.lemma_.lower() in _COURTS | _BY_LETTERS or any(
        c.lower_ in _COURTS for c in token.children if c.dep_ == "compound" and token.tag_ == "NNP"
    )


def proceeding(child: Token, verb: Token, at: Token, out: Attribution) -> bool:
    """ "issued a warrant for X over the execution of ...", "indicted X for ...": the crime stays alleged against X."""
    lemma = verb.lemma_.lower()
    if verb.i == at.i:
        return False
    if lemma == "plead" and any(c.lower_ == "guilty" for c in verb.children):
        return _pleaded(verb, out)
    if lemma in VERDICTS and child.dep_ in ("dobj", "nsubjpass") and child.i != at.i and child.tag_ != "VBN":
        between = [t for t in at.ancestors if child.is_ancestor(t)] + [at]
        through = any(t.dep_ == "prep" and t.lower_ in ("of", "for", "over") for t in between)
        if not through or any(t.dep_ in ("relcl", "acl", "appos") for t in between):
            return False  # "convicted the man who had killed ..." would be another matter
    elif lemma == "sentence" and child.lower_ == "to" and _behind_for(child, at):
        pass
    elif child.dep_ != "prep" or child.lower_ not in ("over", "for", "with", "on", "of"):
        return False
    bringers: list[Token] = []
    papers = [
        o
        for o in syntax.children(verb, "dobj", "nsubjpass")
        if o.lemma_.lower() in ("warrant", "indictment", "summons", "charge")
    ]
    if papers:
        who = [
            t
            for x in [*papers, verb]
            for t in syntax.prepositional(x, "for", "against")
            if t.lemma_.lower() not in act_nouns("en")
        ]
        out.accused += [t for t in who if t not in out.accused]
    elif lemma in _CASES:
        bringers = syntax.subjects(verb) if lemma in ("charge", "indict", "prosecute") else []
        out.accused += [t for t in syntax.patients(verb) if t not in out.accused]
    else:
        return False
    out.cleared = lemma == "acquit"
    say_how(out, "adjudicated" if lemma in VERDICTS else "alleged", lemma)
    out.cues.append(verb.text)
    courts = [t for t in syntax.subjects(verb) if is_court(t)]
    if courts or bringers:
        layer(courts or bringers, verb, out)
    return True


def _behind_for(to: Token, at: Token) -> bool:
    """ "sentenced to life imprisonment for the murder of": the crime hangs on the penalty."""
    between = [t for t in at.ancestors if to.is_ancestor(t)]
    return any(t.dep_ == "prep" and t.lower_ in ("for", "over") for t in between)


def _pleaded(verb: Token, out: Attribution) -> bool:
    """ "pleaded guilty to", "pleaded not guilty to": the words of the accused themselves."""
    guilty = next(c for c in verb.children if c.lower_ == "guilty")
    denied = any(c.dep_ == "neg" or c.lower_ == "not" for t in (verb, guilty) for c in t.children)
    who = syntax.subjects(verb)
    say_how(out, "denied" if denied else "admitted", "plead")
    out.accused += [t for t in who if t not in out.accused]
    out.cues.append(f"{verb.text} guilty")
    layer(who, verb, out)
    return True
