"""Which words for an act tell an event of their own, and what acts in a row share.

Start with `keeps`: a verb without whom it was done to, law, a question, fiction, an inquiry's subject are no events.

Looks down to: window_seen, window_stands, window_bare. Used by: window.
"""

from __future__ import annotations

from itertools import pairwise

from probanda.claims.readers.window_bare import denied
from probanda.claims.readers.window_clauses import someone_armed
from probanda.claims.readers.window_seen import HARMLESS, Draft, Seen
from probanda.claims.readers.window_sentence import QUOTES, Sentence, Trigger
from probanda.claims.readers.window_stands import asked_about, threat

COMPANY = 3
"""Paragraphs behind an act of violence within which a fire or a death is one of the account."""
SHARES = ("part", "author")
"""Acts that were a part in one told before, or name its authors: of its type."""


def keeps(seen: Seen, d: Draft, among: list[Draft]) -> bool:  # noqa: PLR0911, PLR0912
    """False for an act word that tells no event of its own."""
    s, t, p = d.sentence, d.trigger, d.parties
    marks = {c.saying.modality for c in d.cues}
    firm = bool(marks - {"say"}) or any(c.accused for c in d.cues)
    if p.unreal and marks == {"called-for"} and asked_about(d):
        return False  # "une enquête sur la mort de ...": what is asked for is the inquiry
    firmly = {"threatened", "ordered", "denied", "called-for", "accuse", "incite", "admitted"}
    if p.unreal and not marks & firmly and not threat(seen, s, t):
        return False
    if _harmless(seen, s, t, d):
        return False
    if t.act.detail == "investigation" and s.paragraph in seen.mishaps and not someone_armed(s):
        return False
    if t.act.subject in SHARES:
        return denied(seen, s) is not None and not any(
            o.trigger.act.subject not in SHARES and o.lo < t.b <= o.hi for o in among
        )
    if t.act.type in ("procedural", "political-statement"):
        return not _doubled(seen, d, among)
    someone = p.actors or p.victims or p.targets or p.pronoun
    if t.shape == "phrase" and not someone and not firm and t.act.type == "detention" and _doubled(seen, d, among):
        return False
    if (
        t.shape == "inf"
        and not p.told
        and not marks & {"threatened", "ordered", "denied", "accuse", "incite", "admitted"}
    ):
        return False
    if t.act.object in ("person", "people") and t.shape in ("active", "ger") and not (p.victims or p.targets):
        # Verbs that want a person want one: "tuer le temps", "exécuter un budget" are no acts.
        if p.pronoun and (p.actors or p.again or t.act.type not in ("killing", "execution")):
            return True
        return bool(p.actors and t.act.object == "person" and _object_left_out(seen, d))
    if t.act.object == "property" and not p.targets and not (p.actors or firm):
        return False
    if t.act.object == "target" and t.shape == "active" and not (p.targets or p.victims or s.places):
        return False
    if t.shape in ("noun", "phrase") and _taken_up(seen, d, among):
        return False
    counted = s.count_in(d.lo, d.hi) is not None
    named_place = any(True for place in s.places_in(d.lo, d.hi) if place.name)
    if t.act.weak and not (someone or firm or (counted and t.shape == "noun")):
        return False
    if t.shape == "noun" and not (someone or firm or (named_place and not t.act.weak)):
        return False
    return t.shape != "passive" or bool(someone or t.act.object == "none")


def _accompanied(seen: Seen, s: Sentence, d: Draft) -> bool:
    """Fighters or weapons stand in the sentence, its author was told before, or an act of violence was."""
    if d.parties.again or any(w.is_a("armed", "combatants", "munitions", "partisan") for w in s.words):
        return True
    return any(
        x.type.value not in HARMLESS and 0 <= s.paragraph - x.sentence.paragraph <= COMPANY for x in seen.drafts[-6:]
    )


def _object_left_out(seen: Seen, d: Draft) -> bool:
    """Nothing stands behind the verb where its object would: "les soldats ont tiré et tué"."""
    return d.trigger.b >= d.hi or d.sentence.words[d.trigger.b].is_a("joins", "commas")


def _harmless(seen: Seen, s: Sentence, t: Trigger, d: Draft) -> bool:  # noqa: PLR0911
    """Law, a question, a condition, fiction, a mishap: words of an act that nobody is said to have done."""
    patterns, folded = seen.lists.patterns, s.folded(0, len(s.words))
    if s.words[-1].form == "?" or (s.words[-1].form in QUOTES and s.form(len(s.words) - 2) == "?"):
        return True
    if patterns["law"].search(folded) and not (d.parties.actors and (s.dates or s.counts)):
        return True
    if s.paragraph in seen.elsewhere:
        return True
    named = (
        any(p.name for p in s.places) or any(w.capital for w in s.words[1:]) or any(w.is_a("titles") for w in s.words)
    )
    if s.paragraph in seen.lawful and not (s.dates or s.counts or named):
        return True
    if t.act.company and not _accompanied(seen, s, d):
        return True
    loss = (
        t.act.type == "killing"
        or t.act.detail in ("casualty-count", "bodies-found", "wounding", "fled")
        or t.act.type == "displacement"
    )
    if loss and any(w.is_a("calamity") for w in s.words):
        return not any(w.is_a("armed", "munitions") for w in s.words)
    if "unknown" in patterns and patterns["unknown"].search(s.folded(0, t.a)):
        return True
    return bool(patterns["condition"].search(s.folded(max(0, d.lo - 2), t.b))) and not threat(seen, s, t)


def _taken_up(seen: Seen, d: Draft, among: list[Draft]) -> bool:
    """An attack that only tells how a killing of the same clause came about: "tués dans un bombardement"."""
    if d.trigger.act.type not in ("attack", "bombing") or d.parties.negated:
        return False
    s, t = d.sentence, d.trigger
    for other in among:
        o = other.trigger
        if o is t or (o.act.type == t.act.type and o.shape == "noun") or o.act.type == "procedural":
            continue
        if o.act.type not in ("killing", "execution", "attack", "bombing", "displacement"):
            continue
        low, high = (o.b, t.a) if o.a < t.a else (t.b, o.a)
        if not any(s.words[n].is_a("joins", "commas", "breaks", "relatives") for n in range(low, high)) and not any(
            low <= c.a < high for c in s.cues
        ):
            return t.shape == "noun" or o.act.type in ("killing", "execution")
    return False


def _doubled(seen: Seen, d: Draft, among: list[Draft]) -> bool:
    """Of two words for one proceeding in one clause the first stands."""
    return any(
        o.trigger.act.type == d.trigger.act.type and o.trigger.a < d.trigger.a and o.lo < d.trigger.b <= o.hi + 1
        for o in among
        if o is not d
    )


def share(seen: Seen, kept: list[Draft]) -> None:
    """Acts in a row share what is said once: "ont attaqué et pillé le village", "le meurtre et l'enlèvement de"."""
    for before, after in pairwise(kept):
        s, t = after.sentence, after.trigger
        between = range(before.trigger.b, after.trigger.verb)
        if any(s.words[n].is_a("breaks") or s.words[n].form in ";:" or s.words[n].form in QUOTES for n in between):
            continue
        both_nouns = t.shape == "noun" and before.trigger.shape == "noun"
        if both_nouns and len(between) <= 6:
            if len(between) <= 3:
                before.parties.victims = before.parties.victims or after.parties.victims
                before.parties.targets = before.parties.targets or after.parties.targets
            before.parties.actors = before.parties.actors or after.parties.actors
            after.parties.actors = after.parties.actors or before.parties.actors
        doing = ("active", "ger", "inf", "phrase")
        same_verbs = t.shape in doing and before.trigger.shape in doing and t.act.subject != "victim"
        if same_verbs and not after.parties.actors:
            after.parties.actors = before.parties.actors
            after.parties.again = before.parties.again
        if same_verbs and len(between) <= 3 and not (before.parties.victims or before.parties.targets):
            before.parties.victims, before.parties.targets = after.parties.victims, after.parties.targets
        if t.shape == "passive" and before.trigger.shape == "passive" and len(between) <= 3:
            after.parties.victims = after.parties.victims or before.parties.victims
            before.parties.actors = before.parties.actors or after.parties.actors
