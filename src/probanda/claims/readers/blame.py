"""Words of blame or denial that name no act of their own, and so speak of the act told before.

Start with `with_blame`: "The army denied the accusation.", "Witnesses pointed the finger at the militia.", "The
ministry said the pictures were forged.", "His lawyer said he had never set foot in the camp."

Looks down to: denials, speakers, acts, discourse, syntax, lexicon. Used by: readers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.attributed import speech_entries
from probanda.claims.charges import ORDERS, fired, held_by, seen_in_command
from probanda.claims.denials import denies_presence, supports, untrue
from probanda.claims.discourse import Sentence
from probanda.claims.lexicon import ActEntry

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.settle import Draft
    from probanda.claims.words import Token

_REJECTED = frozenset(
    [
        "accusation",
        "accusations",
        "account",
        "allegation",
        "allegations",
        "charge",
        "charges",
        "claim",
        "claims",
        "finding",
        "involvement",
        "it",
        "report",
        "reports",
        "responsibility",
        "story",
        "testimony",
        "this",
    ]
)
"""What is denied where the word of denial has no act under it."""
_DENYING = frozenset(["deny", "reject", "dismiss", "refute", "rebut", "dispute"])
_MARKED = frozenset(["name", "identify", "recognise", "recognize", "single"])
_ROLES = frozenset(
    [
        "attacker",
        "author",
        "chief",
        "commander",
        "culprit",
        "gunman",
        "killer",
        "leader",
        "officer",
        "perpetrator",
        "ringleader",
        "shooter",
    ]
)
"""What somebody is named as who is thereby blamed for the act told before."""


_WHOEVER = frozenset({"those", "people", "persons", "anyone", "anybody", "individuals", "whoever"})
""" "to punish those responsible" blames nobody."""


def with_blame(notes: Notes, found: list[Trigger], root: Token, sentence: Sentence) -> list[Trigger]:
    """The act words found, and those of an accusation or denial that leans on the act told before."""
    last = notes.last_act(sentence)
    if last is None:
        return found
    last = next(d for d in notes.drafts if d.sentence is last.sentence and d.act_type not in notes.SLIGHT)
    out = list(found)
    for token in root.doc:
        if token.pos_ not in ("VERB", "ADJ", "AUX", "NOUN"):
            continue
        pointed = _points(token) or _backs(token)
        leans = pointed or _accuses(token) or _denies(token) or _not_there(token, sentence, last)
        if leans and (pointed or not _tells_of_an_act(token, found)):
            out.append(Trigger(token, _as_told(last), token.idx, token.idx + len(token), False))
    return sorted(out, key=lambda t: (t.start, t.end))


def _as_told(last: Draft) -> ActEntry:
    """The entry of the act told before, for a word that only leans on it."""
    return replace(
        last.trigger.entry,
        id="responsible",
        object="none",
        type=last.act_type.value,
        detail=last.detail,
        generic=False,
        weak=False,
    )


def _tells_of_an_act(token: Token, found: list[Trigger]) -> bool:
    """True where an act of its own stands under the word, or right above it."""
    inner = {t.i for t in token.subtree} - {
        t.i for c in token.children if c.dep_ == "advcl" or (c.dep_ == "conj" and c.pos_ == "VERB") for t in c.subtree
    }  # "blames the brigade, while the bishop says ..."
    if token.pos_ == "VERB":  # "the militia, which has raided two towns, denied responsibility"
        inner -= {t.i for s in syntax.children(token, "nsubj") for c in syntax.children(s, "relcl") for t in c.subtree}
    if token.head.lemma_ == "be":  # "the report of a bombardment is false"
        inner |= {t.i for s in syntax.children(token.head, "nsubj") for t in s.subtree}
    if any(
        t.dep_ == "pcomp" and t.head.lower_ in ("of", "for") and not _of_another(t.head, token) for t in token.subtree
    ):
        return True
    return any(t.token.i in inner or token.head.i == t.token.i for t in found if t.entry.type != "procedural")


def _of_another(preposition: Token, token: Token) -> bool:
    """ "blamed a group suspected of planning a coup": what another verb below says."""
    above = preposition.head
    return above.i != token.i and above.pos_ == "VERB"


def _backs(token: Token) -> bool:
    """ "These accounts were borne out by nurses", "the report confirmed them": support for the act told."""
    if not supports(token):
        return False
    objects = syntax.patients(token)
    return any(t.lower_ in ("this", "that", "it") or t.lemma_.lower() in _REJECTED for t in objects)


def _accuses(token: Token) -> bool:
    """ "blamed the army", "is responsible", "accused the brigade of it"; not "the accused"."""
    lemma = token.lemma_.lower()
    if lemma not in ("blame", "accuse", "responsible") or token.pos_ not in ("VERB", "ADJ") or _as_a_noun(token):
        return False
    if lemma == "accuse":
        of = [
            t for p in token.subtree if p.lower_ == "of" and p.i > token.i for t in syntax.children(p, "pobj", "pcomp")
        ]
        return all(t.lower_ in ("it", "this", "that") for t in of)
    if lemma == "responsible" and token.head.lower_ in _WHOEVER:
        return False
    return lemma == "blame" or not syntax.prepositional(token, "for")


def _as_a_noun(token: Token) -> bool:
    return any(c.dep_ == "det" for c in token.children) or token.dep_ in ("nsubj", "pobj", "attr")


def _denies(token: Token) -> bool:
    """ "denied the accusation", "rejected the report", "the pictures were forged", "called the claims baseless"."""
    if token.lemma_.lower() in _DENYING and token.pos_ == "VERB" and not _as_a_noun(token):
        objects = {o.lemma_.lower() for o in syntax.patients(token)}
        inside = [c for c in syntax.children(token, "ccomp", "xcomp") if denies_presence(c, under_denial=True)]
        return bool(objects & _REJECTED or inside)
    return untrue(token)


def _not_there(token: Token, sentence: Sentence, last: Draft) -> bool:
    """ "had never been in the camp", of those told to have done it, said by someone or standing in quotes."""
    if not denies_presence(token) or not (sentence.quoted or any(speech_entries(a) for a in token.ancestors)):
        return False
    told = {w for a in last.actors for w in a.words.lower().split()} | {
        w for p in last.places for w in p.words.lower().split()
    }
    own = [t for t in syntax.children(token, "nsubj", "nsubjpass") if t.tag_ in ("NNP", "NNPS") or t.pos_ == "NOUN"]
    plain = all(t.lemma_.lower() in ("client", "son", "one") or any(c.lower_ == "no" for c in t.children) for t in own)
    return plain or any(t.lower_ in told for t in token.subtree if t.pos_ in ("NOUN", "PROPN"))


def _points(verb: Token) -> bool:  # noqa: PLR0911
    """ "pointed the finger at", "laid the blame on", "named him as the commander", "the order came from"."""
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB":
        return False
    objects = {o.lemma_.lower() for o in syntax.children(verb, "dobj")}
    if lemma == "point":
        return "finger" in objects
    if lemma in ("lay", "put", "pin"):
        return "blame" in objects
    if lemma in _MARKED:
        marked = objects | {t.lemma_.lower() for t in syntax.prepositional(verb, "as")}
        return bool(marked & _ROLES) and bool(syntax.subjects(verb))
    if lemma == "come" and fired(verb):
        return bool(syntax.prepositional(verb, "from") and held_by(verb))
    if lemma == "see" and syntax.passive(verb):
        return bool(seen_in_command(verb))
    if lemma == "come":
        return bool(
            ORDERS & {t.lemma_.lower() for t in syntax.children(verb, "nsubj")} and syntax.prepositional(verb, "from")
        )
    papers = syntax.prepositional(verb, "on", "under") if lemma == "act" else []
    return any(t.lemma_.lower() in ORDERS and syntax.prepositional(t, "from", "of") for t in papers)
