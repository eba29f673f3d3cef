"""From one act word to claims in the making: roles, speakers, kind, modality, parties, place, time and number together.

Start with `drafts_of`; each question is answered in its own file beside this one.

Looks down to: the files beside it, acts, modality, roles, speakers, quotes, settle, kernel. Used by: english.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.asked import asked_of, askers
from probanda.claims.attributed import Attribution, layer
from probanda.claims.discourse import NEUTER, PERSONAL, PLURAL, Sentence
from probanda.claims.garbled import garbled_in
from probanda.claims.lexicon import Lexicon
from probanda.claims.modality import modality_of
from probanda.claims.model import Actor, Named
from probanda.claims.quotes import content_span
from probanda.claims.readers.folding import parts, results
from probanda.claims.readers.given_orders import on_orders, quarter
from probanda.claims.readers.how_many import quantity_of
from probanda.claims.readers.told_by import speakers_of
from probanda.claims.readers.what import means_of, type_of
from probanda.claims.readers.when import date_of
from probanda.claims.readers.where import places_of
from probanda.claims.readers.who import (
    actors_of,
    denied_of,
    denier,
    of_their_own,
    of_those_told,
    same_side,
    side_of,
    suffered,
    victims_of,
)
from probanda.claims.roles import Roles, roles_of
from probanda.claims.settle import Draft
from probanda.claims.speakers import attribution
from probanda.claims.stance import Stance, stance_of
from probanda.claims.unclaimed import committed, no_claim
from probanda.kernel.vocabulary import Involvement, Modality, Polarity

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token


_NEGATIVE = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|neither|nowhere|without|no one)\b|n['’]t\b", re.IGNORECASE
)


_REFUSED = re.compile(r"\bden(?:y|ied|ies|ying) \w+", re.IGNORECASE)


_OF_THEIR_SUBJECT = ("lean-reject", "lean-own")
"""Entries whose verb is itself what its subject says: "brushed the report aside", "admitted taking part"."""


def _said(trigger: Trigger, sentence: Sentence) -> Attribution:
    """How the act is said, by the words of saying around it and by its own entry."""
    entry = trigger.entry
    said = attribution(trigger, harmful=entry.type not in ("procedural", "military-operation"))
    if _nobody_says(said):
        said = Attribution()
    if entry.denies or entry.admits:
        said.modality, said.stance = "denied" if entry.denies else "admitted", said.stance or "said"
    if entry.id in _OF_THEIR_SUBJECT and not said.layers:
        layer(syntax.subjects(trigger.token), trigger.token, said)
    refused = _REFUSED.search(sentence.words, trigger.start, trigger.end)
    if refused and said.modality == "denied" and not (entry.denies or entry.leans):
        said.modality, said.stance = "", None  # "were denied information": refused, not disputed
    return said


def drafts_of(notes: Notes, number: int, sentence: Sentence, trigger: Trigger, found: list[Trigger]) -> list[Draft]:
    """The claims that one act word makes: none, one, or two where sides blame each other or an order is told."""
    notes.found = [t for t in found if t is not trigger]
    said = _said(trigger, sentence)
    roles = roles_of(trigger, said, notes.lex)
    if _NEGATIVE.search(sentence.words, trigger.start, trigger.end):
        roles.negated = False  # "was never seen again", "no food was let in": the act itself is put as a negative
    killings = results(notes.lex, trigger)
    for result in killings:
        roles.victims += [t for t in syntax.patients(result) if t not in roles.victims]
    more = parts(trigger, found)
    for part in more:
        _take_in(part, roles, said, notes)
    if trigger.entry.id == "responsible":
        roles.actors = [(t, Involvement.ORDERING) for t in said.orderers] or [
            (t, Involvement.UNKNOWN) for t in said.accused
        ]
        roles.victims, roles.targets, roles.places = [], [], []
    if no_claim(trigger, roles, said, sentence.words, notes.lex, quoted=sentence.quoted) is not None:
        return []
    chain, reasons = speakers_of(notes, number, sentence, said, roles, trigger.start)
    if (trigger.entry.denies or trigger.entry.admits) and not chain:
        return []  # nobody is told to say so
    if said.mutual:
        return _mutual(notes, sentence, trigger, roles, said, reasons, killings)
    draft = _draft(notes, sentence, trigger, roles, said, chain, reasons, killings)
    if draft is not None:
        draft.start = min([draft.start, *[sentence.start + part.start for part in more]])
        draft.end = max([draft.end, *[sentence.start + part.end for part in more]])
    if draft is None or trigger.entry.id == "responsible":
        return [draft] if draft is not None else []
    return [draft, *on_orders(notes, draft)]


def _asked(
    notes: Notes, sentence: Sentence, trigger: Trigger, roles: Roles, actors: list[Actor], chain: list[Named]
) -> tuple[list[Actor], Roles]:
    """Those who are to do what is asked; whoever asks is no party to it."""
    found = asked_of(trigger.token, notes.lex)
    asking = {t.i for t in askers(trigger.token)}
    why: list[str] = []
    if found and not asking & {t.i for t in found}:
        wanted = replace(roles, actors=[(t, Involvement.UNKNOWN) for t in found])
        named, kept = actors_of(notes, sentence, wanted, why)
        if named:
            roles.reasons.append("asked to do it: " + ", ".join(t.text for t in found))
            return named, replace(roles, actors=kept)
    kept = [(t, i) for t, i in roles.actors if t.i not in asking]
    if len(kept) < len(roles.actors):
        actors, kept = actors_of(notes, sentence, replace(roles, actors=kept), why)
    spoken = {one.words for one in chain}
    return [a for a in actors if a.words not in spoken], replace(roles, actors=kept)


def _nobody_says(said: Attribution) -> bool:
    """ "No group has claimed responsibility": who is told not to have spoken is neither speaker nor author."""
    those = said.accused if said.modality == "admitted" else [t for layer in said.layers for t in layer.tokens]
    none = [t for t in those if t.lower_ in ("nobody", "none") or any(c.lower_ == "no" for c in t.children)]
    return bool(none) and len(none) == len(those) and said.stance == "claim"


def _ours(roles: Roles, lex: Lexicon) -> bool:
    """ "our troops", "my men", "we": the author is of the speaker's own side."""
    if any(t.lower_ in ("we", "i") for t, _ in roles.actors):
        return True
    armed = [t for t, _ in roles.actors if t.lemma_ == "man" or lex.is_a(t.lemma_.lower(), "armed", "combatants")]
    return any(c.dep_ == "poss" and c.lower_ in ("our", "my") for t in armed for c in t.children)


def _take_in(part: Trigger, roles: Roles, said: Attribution, notes: Notes) -> None:
    """What another word tells of the same act: more victims, what was hit, where."""
    more = roles_of(part, said, notes.lex)
    for mine, others in ((roles.victims, more.victims), (roles.targets, more.targets), (roles.places, more.places)):
        known = {t.i for t in mine}
        mine += [t for t in others if t.i not in known]
    roles.reasons.append(f"of the same act: {part.token.text}")


def _mutual(
    notes: Notes,
    sentence: Sentence,
    trigger: Trigger,
    roles: Roles,
    said: Attribution,
    reasons: list[str],
    results: list[Token],
) -> list[Draft]:
    """Two sides that blame each other: two opposed claims on the same words."""
    sides = [t for layer in said.layers for t in layer.tokens]
    out = []
    for speaker in sides:
        for accused in sides:
            if accused.i == speaker.i:
                continue
            mine = replace(roles, actors=[(accused, Involvement.DIRECT)])
            named = notes.talk.named(speaker, sentence)[0]
            draft = _draft(notes, sentence, trigger, mine, said, [named], [*reasons, "each blames the other"], results)
            if draft is not None:
                draft.modality = Modality.ALLEGED
                out.append(draft)
    return out


def _draft(
    notes: Notes,
    sentence: Sentence,
    trigger: Trigger,
    roles: Roles,
    said: Attribution,
    chain: list[Named],
    reasons: list[str],
    results: list[Token],
) -> Draft | None:
    entry = trigger.entry
    why = [f"act: {sentence.words[trigger.start : trigger.end]}"]
    notes.open = False
    notes.speaking = chain
    ours = _ours(roles, notes.lex)
    actors, kept = actors_of(notes, sentence, roles, why)
    roles = replace(roles, actors=kept)
    pronoun = any(t.lower_ in PERSONAL | PLURAL | NEUTER for t, _ in roles.actors)
    if chain and (
        (ours and not actors) or said.own_side or (said.modality == "admitted" and pronoun and not said.orderers)
    ):
        side = side_of(notes, chain)
        actors = [Actor(side.words, side.mention, Involvement.DIRECT)]
    if chain and not ours and not said.own_side and said.modality != "admitted" and suffered(chain[-1], notes.lex):
        actors = [a for a in actors if not same_side(chain[-1], a)]  # the boy who tells it
    kind, detail, because = type_of(notes, trigger, roles, results, sentence)
    if entry.generic and not actors and not committed(trigger.token, roles.places, said):
        return None
    own = bool(chain) and (any(same_side(chain[-1], a) for a in actors) or ours)
    modality, polarity, reason = modality_of(
        trigger, kind, roles, said, speaker=chain[-1].words if chain else "", own=own, lex=notes.lex
    )
    if modality is Modality.CALLED_FOR and not entry.id.endswith("-asked"):
        actors, roles = _asked(notes, sentence, trigger, roles, actors, chain)
    if modality is Modality.THREATENED and not actors and chain:
        actors = [Actor(chain[-1].words, chain[-1].mention, Involvement.UNKNOWN)]  # whoever threatens means to do it
    if polarity is Polarity.NEGATIVE and said.modality == "denied" and not actors:
        actors = denier(notes, chain) or denied_of(notes, trigger, sentence)
    if polarity is Polarity.NEGATIVE and chain and not actors:
        actors = of_their_own(notes, sentence, trigger, chain)
    elif said.modality == "confirmed" and not actors:
        actors = denied_of(notes, trigger, sentence)
    if not actors and (told := of_those_told(notes, sentence, trigger, roles)):
        actors = told
        why.append("author: as of those told of in the sentence before")
    modality, actors = quarter(notes, trigger, modality, actors, chain, sentence)
    why += [f"type: {because}", *roles.reasons, f"modality: {reason}"]
    why += [f"speakers: {', '.join(said.cues)}"] if said.cues else []
    why += reasons
    last = notes.last_act(sentence)
    if (
        entry.id in ("not-seen", "missing")
        and last is not None
        and last.victims
        and any(t.lower_ in PERSONAL | PLURAL for t in roles.victims)
    ):
        victims = list(last.victims)  # those who were taken, not those who took them
        why.append("those it was done to: as in the act told before")
    else:
        victims = victims_of(notes, sentence, roles, kind, actors)
    where = places_of(notes, sentence, trigger, kind, roles)
    start, end = content_span(sentence, trigger, roles, said, notes.found)
    draft = Draft(
        sentence,
        trigger,
        roles,
        said,
        kind,
        detail,
        modality,
        polarity,
        chain,
        actors,
        victims,
        where.places,
        start,
        end,
        sentence.start + trigger.start,
        sentence.start + trigger.end,
        [*why, *where.reasons],
        stated=where.stated,
        points=where.points,
    )
    draft.date = date_of(notes, sentence, draft)
    draft.quantity = quantity_of(notes, sentence, draft)
    draft.means = means_of(notes.lex, trigger)
    draft.flags = garbled_in(notes.text.words[start:end]) + (("reference-open",) if notes.open else ())
    if stance_of(trigger, roles) in (Stance.NOT_DENIED, Stance.LEFT_OPEN):
        draft.flags += ("denial-open",)
    return draft
