"""Which act words of one sentence tell the same act, so that one claim is made and not two.

Start with `folded`: "shelled the town, killing nine" is one act, and so is "the massacre was the killing of".

Looks down to: acts, speakers, syntax, lexicon. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger, act_nouns, light_verb
from probanda.claims.attributed import speech_entries
from probanda.claims.lexicon import Lexicon, lexicon

if TYPE_CHECKING:
    from probanda.claims.words import Token


def folded(trigger: Trigger, found: list[Trigger]) -> bool:  # noqa: PLR0911, PLR0912
    """True when a word only takes up an act that another word of the same clause tells."""
    token = trigger.token
    for other in found:
        if other is not trigger and _part_of(trigger, other):
            return True
        if other.token.i == token.i and other is not trigger:
            if other.start < trigger.start or other.end > trigger.end:
                return True
            continue
        if other is trigger:
            continue
        if trigger.noun and not other.noun and _takes_up(token, other.token) and other.entry.type != "procedural":
            return True
        if (
            trigger.noun
            and other.noun
            and other.token.is_ancestor(token)
            and _hangs_on(token, other.token)
            and not other.entry.generic
        ) and other.entry.type not in ("procedural", "obstruction-impunity"):
            return True
        if (
            trigger.noun
            and other.noun
            and token.head.lemma_ == "be"
            and token.dep_ == "nsubj"
            and other.token.head.i == token.head.i
        ):
            return True  # "the massacre was the killing of ..."
        if not trigger.noun and other.entry.fold and _same_event(trigger, other):
            return True
    if _verdict(trigger) and not _punishes(trigger):
        crimes = [o for o in found if o.entry.type != "procedural" and not o.entry.generic and not _part_of(o, trigger)]
        return any(o is not trigger and _tried_for(o.token, token) for o in crimes)
    if trigger.entry.fold and not trigger.noun:
        return False
    if (
        trigger.noun
        and trigger.entry.generic
        and any(o.noun and o.entry.generic and o.token.i == token.head.i and token.dep_ == "conj" for o in found)
    ):
        return True  # "war crimes and crimes against humanity"
    if trigger.noun and trigger.entry.generic:
        if any(_verdict(o) and _tried_for(token, o.token) for o in found):
            return True  # "convicted of war crimes" tells of the conviction
        inner = {t.i for t in token.subtree}
        return any(o.token.i in inner and not o.entry.generic for o in found if o is not trigger)
    return _result_of(trigger, found) is not None


def _verdict(trigger: Trigger) -> bool:
    words = trigger.token.doc.text[trigger.start : trigger.end]
    decided = re.search(r"guilty|convict|sentenc|acquit", words) is not None
    return decided and trigger.entry.type == "procedural" and not trigger.noun


def _punishes(trigger: Trigger) -> bool:
    """ "sentenced him to nine years for beating ...": the penalty is a claim of its own, beside the crime."""
    behind = trigger.token.doc.text[trigger.end :]
    return _PENALTY.search(behind) is not None


_PENALTY = re.compile(
    r"^[^.;]{0,90}\bto (?:\w+(?:-\w+)? |\d+ ){0,3}(?:years?|months?|life|death|imprisonment|lashes)\b"
)


def parts(trigger: Trigger, found: list[Trigger]) -> list[Trigger]:
    """The act words that tell more of this same act: those wounded beside the killed, what the bombs hit."""
    return [o for o in found if o is not trigger and _part_of(o, trigger)]


_STRIKES = ("attack", "bombing", "attack-on-civilians", "indiscriminate-attack")


def _part_of(inner: Trigger, outer: Trigger) -> bool:
    """ "killed nine and wounded thirty", "dropped bombs on Oren, hitting a hospital", "died when shells struck"."""
    token = inner.token
    if inner.noun:
        asked = outer.entry.type == "procedural" and not outer.noun and inner.entry.id == "detain"
        return asked and token.lemma_.lower() in ("imprisonment", "prison", "jail") and token.i > outer.token.i
    if inner.entry.id in ("wound", "hurt"):
        beside = outer.entry.type in ("killing", "execution") and not outer.noun and _beside(token, outer.token)
        return beside and not _none_hurt(token)
    if outer.noun or inner.entry.type not in _STRIKES or token.dep_ != "advcl":
        return False
    if outer.entry.type in _STRIKES and token.tag_ == "VBG" and token.head.i == outer.token.i:
        return not any(c.lower_ in ("after", "before", "while", "since") for c in token.children)
    fell = any(s.lemma_.lower() in lexicon("en").classes["munitions"] for s in syntax.children(token, "nsubj"))
    return fell and outer.entry.type == "killing" and token.head.i == outer.token.i


def _none_hurt(verb: Token) -> bool:
    """ "killed nine rebels, and no civilian was hurt": a denial of its own."""
    those = syntax.children(verb, "nsubj", "nsubjpass", "dobj")
    none = [c for t in those for c in [t, *t.children] if c.lower_ in ("no", "nobody", "none", "not")]
    return bool(none) or any(c.dep_ == "neg" for c in verb.children)


def _beside(inner: Token, outer: Token) -> bool:
    """Two verbs of one list, however many stand between them."""
    chain = [inner]
    while chain[-1].dep_ == "conj":
        chain.append(chain[-1].head)
    return not syntax.elliptical(inner) and any(t.i == outer.i for t in chain)


def _same_event(inner: Trigger, outer: Trigger) -> bool:
    """ "shelled the town by targeting ...", "clashed and killed", "fired on inmates, who were killed"."""
    token = inner.token
    if token.dep_ == "pcomp" and token.head.lower_ == "by" and token.head.head.i == outer.token.i:
        return True
    if inner.entry.type != "killing" or outer.noun:
        return False
    if token.dep_ == "conj" and token.head.i == outer.token.i and outer.entry.type == "military-operation":
        return True
    return (
        token.dep_ == "relcl"
        and syntax.passive(token)
        and outer.token.is_ancestor(token)
        and outer.entry.type != "military-operation"
    )


def _takes_up(noun: Token, verb: Token) -> bool:
    """The noun stands inside the verb's own clause, not in a list of acts or under words of speech."""
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and noun.head.i != noun.i:
        if noun.tag_ == "VBG" or noun.lower_.endswith("ing"):  # "using guns against civilians, looting": another deed
            return noun.head.lemma_.lower() in act_nouns("en") and _takes_up(noun.head, verb)
        return _takes_up(noun.head, verb)
    for child, parent in syntax.climb(noun):
        if child.dep_ in ("ccomp", "relcl", "advcl", "acl", "xcomp") or (
            speech_entries(parent) and parent.i != verb.i and parent.pos_ == "VERB"
        ):
            return False
        if parent.i == verb.i:
            return True
    return False


def _tried_for(act: Token, verb: Token) -> bool:
    """The act is what the verdict is about ("convicted of the murder of ..."): one claim, adjudicated."""
    through = False
    for child, parent in syntax.climb(act):
        if child.dep_ in ("relcl", "advcl", "ccomp"):
            return False
        through = through or (child.dep_ == "prep" and child.lower_ in ("of", "for", "on", "to"))
        if parent.i == verb.i:
            return through
    return False


def _hangs_on(inner: Token, outer: Token) -> bool:
    for child, parent in syntax.climb(inner):
        if child.dep_ in ("ccomp", "relcl", "advcl", "conj", "appos"):
            return False
        if child.lower_ in ("including", "after", "before"):
            return False
        if parent.i == outer.i:
            return True
    return False


def _result_of(trigger: Trigger, found: list[Trigger]) -> Trigger | None:
    """The attack whose result this killing is ("shelled the town, killing nine")."""
    token = trigger.token
    current = token
    while current.dep_ == "conj" and current.tag_ == "VBG" and current.head.tag_ == "VBG":
        current = current.head
    if current.tag_ != "VBG" or current.dep_ not in ("advcl", "conj", "acl"):
        return None
    if (
        current.i != token.i
        and any(
            c.dep_ in ("nummod", "quantmod") or c.like_num
            for o in syntax.children(token, "dobj")
            for c in [o, *o.children]
        )
        and trigger.entry.id == "wound"
    ):
        return None
    return next((o for o in found if o.entry.fold and _heads(o, current.head)), None)


def _heads(outer: Trigger, verb: Token) -> bool:
    """The verb is the act itself, or lends a noun act its subject ("opened fire ..., killing nine")."""
    light = light_verb(outer.token) if outer.noun else outer.token
    return light is not None and light.i == verb.i


def results(lex: Lexicon, trigger: Trigger) -> list[Token]:
    """Killings and woundings that an attack had as its result."""
    head = light_verb(trigger.token) if trigger.noun else trigger.token
    if not trigger.entry.fold or head is None:
        return []
    names = lex.acts
    killing = {v for e in names if e.type == "killing" for v in e.verbs}
    first = [c for c in syntax.children(head, "advcl", "conj") if c.tag_ == "VBG" and c.lemma_.lower() in killing]
    return first + [c for verb in first for c in syntax.children(verb, "conj") if c.lemma_.lower() in killing]
