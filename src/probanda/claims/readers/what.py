"""What kind of act it is, from the word, who or what was hit, by whom, and what the text has told of it; and the means.

Start with `type_of`.

Looks down to: acts, mentions, roles, syntax, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Circumstances, Trigger, act_type_of
from probanda.claims.discourse import Sentence
from probanda.claims.lexicon import ActEntry, Lexicon
from probanda.claims.mentions import clean
from probanda.claims.roles import Roles
from probanda.kernel.vocabulary import ActType, MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.settle import Draft
    from probanda.claims.words import Token


_IN_POWER = re.compile(
    r"\b(?:one by one|surrender(?:ed|ing)|lined up|point-blank|blindfolded|against (?:the|a) \w*wall|"
    r"hands (?:tied|bound)|(?:tied|bound|roped|chained) (?:together|hand|with|to (?:a|the|each))|"
    r"made to kneel|led out|execution-style|close range)\b",
    re.IGNORECASE,
)
"""Those killed were in the power of who killed them."""
_GRAVES = frozenset(["grave", "pit", "trench", "quarry", "mineshaft"])
_STRIKES = ("attack", "bombing")
_KILLED = (ActType.KILLING, ActType.EXECUTION, ActType.ATTACK_ON_CIVILIANS)


def type_of(  # noqa: PLR0911
    notes: Notes, trigger: Trigger, roles: Roles, results: list[Token], sentence: Sentence
) -> tuple[ActType, str | None, str]:
    """The act type, its finer detail, and what decided it in words."""
    entry = trigger.entry
    if entry.id == "responsible" or entry.leans:
        return ActType(entry.type), entry.detail, "the act told before"
    if entry.generic and any(c.lower_ in _SUCH and c.dep_ == "det" for c in trigger.token.children):
        told = notes.last_act(sentence)
        if told is not None:
            return told.act_type, told.detail, "the act told before"
    if entry.type in _STRIKES and any(t.lemma_.lower() == "kill" for t in results):
        return ActType.KILLING, entry.detail, "told with those it killed"
    around = _circumstances(notes, trigger, roles, sentence)
    if entry.type in _STRIKES and not _own_target(trigger, roles):
        told = _same_strike(notes, trigger, roles, sentence)
        if told is not None:
            killed = told.act_type is ActType.KILLING  # the strike itself was on those whom it killed
            return ActType.ATTACK_ON_CIVILIANS if killed else told.act_type, told.detail, "the attack told before"
    if trigger.noun and entry.type == "killing" and not roles.victims:
        told = notes.last_act(sentence)
        if told is not None and told.act_type in _KILLED and _definite(trigger.token):
            return told.act_type, entry.detail, "the killing told before"
    if entry.id == "bodies" and around.clause & _GRAVES and _several(roles):
        return ActType.MASS_GRAVE, entry.detail, "several bodies in a pit or grave"
    if entry.type == "killing" and "civilian" in around.hit and _by_an_attack(trigger, roles, notes):
        return ActType.ATTACK_ON_CIVILIANS, entry.detail, "civilians hit by an attack"
    kind, because = act_type_of(entry, around, notes.lex)
    if entry.id in ("fire-noun", "open-fire"):
        return *_fire(notes, entry, around, roles, results), because
    return kind, entry.detail, because


def _circumstances(notes: Notes, trigger: Trigger, roles: Roles, sentence: Sentence) -> Circumstances:
    """Who and what was hit, by whom, and the words of the clause, all as dictionary forms."""
    entry = trigger.entry
    hit: set[str] = set()
    for t in roles.victims + roles.targets:
        hit.add(t.lemma_.lower())
        hit |= {c.lemma_.lower() for c in t.children if c.dep_ in ("compound", "amod", "nmod", "poss")}
        hit |= {o.lemma_.lower() for o in syntax.prepositional(t, "of")}
        hit |= {d.lower_ for p in syntax.children(t, "poss") for d in p.children}  # "the displaced persons' site"
        if t.tag_ == "NNP" and entry.type == "attack" and notes.talk.named(t, sentence)[1] is MentionKind.PERSON:
            hit.add("someone")
        if t.lower_ in ("he", "she", "him", "her") or (t.lower_ in _SOMEONE and trigger.token.lemma_ == "assault"):
            hit.add("someone")  # "they were detained and assaulted"
        if t.pos_ == "PRON":
            hit |= {w.rstrip("s") for w in re.findall(r"\w+", notes.talk.named(t, sentence)[0].words.lower())}
    if entry.type == "bombing":  # "shells hit the market"
        things = {t.lemma_.lower() for t in roles.objects} - notes.lex.classes["munitions"]
        hit |= things & notes.lex.classes["places"]
    if entry.type == "bombing" or (entry.type == "attack" and not hit):
        hit |= {t.lemma_.lower() for t in roles.places}
    doers: set[str] = set()
    for t, _ in roles.actors:
        doers |= {t.lemma_.lower()} | {c.lower_ for c in t.children if c.dep_ == "compound"}
    clause = {t.lemma_.lower() for t in syntax.clause_of(trigger.token).subtree} | {
        t.lower_ for t in trigger.token.subtree
    }
    if _IN_POWER.search(sentence.words):
        clause.add("surrendered")
    named = any(t.text[:1].isupper() for t in roles.targets)
    return Circumstances(frozenset(hit), frozenset(doers), frozenset(clause), named)


_SOMEONE = ("he", "she", "they", "him", "her", "them", "me", "us", "we", "i")
_SUCH = ("this", "that", "these", "those")
_VAGUE = frozenset(["area", "border", "land", "region", "side", "soil", "territory"])


def _own_target(trigger: Trigger, roles: Roles) -> bool:
    """The word says itself what was hit, and more than whose territory."""
    hit = roles.victims + roles.targets
    if trigger.entry.type == "bombing":
        hit = hit + roles.places
    return any(t.lemma_.lower() not in _VAGUE for t in hit)


def _same_strike(notes: Notes, trigger: Trigger, roles: Roles, sentence: Sentence) -> Draft | None:
    """The attack told before, where this word takes it up: "the attack", or bombs with no other target of their own."""
    last = notes.last_act(sentence)
    if (
        last is not None
        and trigger.noun
        and trigger.entry.id == "attack"
        and last.act_type in _KILLED
        and _definite(trigger.token)
    ):
        return last  # "denied any part in these attacks", told before as killings
    if last is None or last.trigger.entry.type not in _STRIKES:
        return None
    if trigger.noun:
        return last if _definite(trigger.token) or last.trigger.entry.type == trigger.entry.type else None
    placed = [t for t in roles.places if t.text[:1].isupper()]
    same = not placed or any(t.text in p.words for t in placed for p in last.places)
    return last if same and last.act_type is not ActType.MILITARY_OPERATION else None


def _definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "this", "these") for c in noun.children)


def _several(roles: Roles) -> bool:
    """More than one body, by grammar or by number."""
    return any(t.tag_ in ("NNS", "NNPS") for t in roles.victims)


def _by_an_attack(trigger: Trigger, roles: Roles, notes: Notes) -> bool:
    """Killed or hurt "by our fire", "in bombardments", by "the offensive"."""
    token = trigger.token
    means = syntax.prepositional(token, "by", "in", "from", "during") + syntax.children(token, "nsubj")
    means += [t for t, _ in roles.actors]
    munitions = notes.lex.classes["munitions"]
    return any(w in munitions or w in _ATTACKS for w in [t.lemma_.lower() for t in means])


_ATTACKS = frozenset(
    [
        "airstrike",
        "attack",
        "barrage",
        "bombardment",
        "bombing",
        "fire",
        "offensive",
        "raid",
        "shelling",
        "strike",
    ]
)


def _fire(
    notes: Notes, entry: ActEntry, around: Circumstances, roles: Roles, results: list[Token]
) -> tuple[ActType, str | None]:
    """Fire that killed is a killing; fire on a place is an attack on what stands there."""
    people = ("victims", "civilians", "prisoners")
    if results or any(notes.lex.is_a(word, *people) for word in around.hit):
        return ActType.KILLING if results else act_type_of(entry, around, notes.lex)[0], entry.detail
    hit = around.hit | {t.lemma_.lower() for t in roles.places}
    return act_type_of(replace(entry, type="attack"), replace(around, hit=frozenset(hit)), notes.lex)[0], entry.detail


def means_of(lex: Lexicon, trigger: Trigger) -> tuple[str, ...]:
    """Weapons named beside the act ("attacked with rockets")."""
    found = syntax.prepositional(trigger.token, "with", "by", "using")
    arms = [t for t in found if lex.is_a(t.lemma_.lower(), "munitions", "weapons", "unlawful-weapons")]
    return tuple(clean(t.doc.said(syntax.phrase(t)[0], syntax.phrase(t)[1] + 1)) for t in arms)
