"""How the text stands behind what it tells: reported, alleged, denied, admitted, found by a court, threatened.

Start with `modality`.

Looks down to: window_seen. Used by: window_keeps, window_fields.
"""

from __future__ import annotations

from probanda.claims.readers.folded import fold
from probanda.claims.readers.window_seen import HARMLESS, Draft, Seen
from probanda.claims.readers.window_sentence import Sentence, Trigger
from probanda.kernel.vocabulary import Modality, Polarity


def modality(seen: Seen, d: Draft) -> None:
    d.modality, reason = _stands(seen, d)
    negative = d.modality is Modality.DENIED or d.trigger.act.id == "acquittal"
    negative = negative or any(c.saying.id == "acquit" for c in d.cues)
    d.polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
    d.why.append(f"modality: {d.modality.value} ({reason})")


def _stands(seen: Seen, d: Draft) -> tuple[Modality, str]:  # noqa: PLR0911, PLR0912
    s, p, act = d.sentence, d.parties, d.trigger.act
    harmful = act.type not in HARMLESS
    marks = [(c.saying.modality, s.written(c.a, c.b)) for c in reversed(d.cues)]
    by_name = dict(reversed(marks))
    checked = [c for c in d.cues if c.saying.modality == "confirmed"]
    if all(c.saying.soft and not (c.speaker and "bodies" in s.classes(*c.speaker)) for c in checked):
        by_name.pop("confirmed", None)
    if threat(seen, s, d.trigger):
        return Modality.THREATENED, "a quote of what will be done if"
    for mark, value in (
        ("denied", Modality.DENIED),
        ("admitted", Modality.ADMITTED),
        ("adjudicated", Modality.ADJUDICATED),
        ("threatened", Modality.THREATENED),
    ):
        if mark in by_name:
            return value, by_name[mark]
    if p.negated:
        return Modality.DENIED, p.negated
    proceeding = next((t for t in s.triggers if t.act.type == "procedural" and t.a < d.trigger.a), None)
    if proceeding is not None and harmful and proceeding.act.detail != "investigation":
        return Modality.ALLEGED, s.written(proceeding.a, proceeding.b)
    court = next((c for c in d.cues if c.speaker is not None and "courts" in s.classes(*c.speaker)), None)
    if court is not None and court.saying.modality in ("say", "confirmed", "alleged") and harmful:
        return Modality.ADJUDICATED, s.written(court.a, court.b)
    if seen.court and not d.cues and d.speakers == [seen.issuer] and (harmful or act.detail == "verdict"):
        return Modality.ADJUDICATED, "the words of a court"
    if act.detail == "verdict":
        return Modality.ADJUDICATED, s.written(d.trigger.a, d.trigger.b)
    if "ordered" in by_name:
        told = len(d.cues) > 1 or (seen.issuer is not None and not (d.trigger.shape == "order" or _quoted(seen, d)))
        return (Modality.ALLEGED if told else Modality.ORDERED), by_name["ordered"]
    if "called-for" in by_name and not (harmful and asked_about(d)):
        return Modality.CALLED_FOR, by_name["called-for"]
    if p.doubted and harmful:
        return Modality.ALLEGED, p.doubted
    for mark in ("accuse", "alleged", "incite"):
        if mark in by_name:
            return (Modality.ALLEGED if harmful or mark == "accuse" else Modality.REPORTED), by_name[mark]
    if "confirmed" in by_name:
        return Modality.CONFIRMED, by_name["confirmed"]
    if "condemn" in by_name:
        return (Modality.ALLEGED if d.actors and harmful else Modality.REPORTED), by_name["condemn"]
    if d.trigger.shape == "order" or quarter(seen, d):
        return Modality.ORDERED, "the words of an order"
    if d.speakers and harmful and not (seen.inquiry and not d.cues and d.speakers == [seen.issuer]):
        last = d.cues[-1] if d.cues else None
        if d.actors and _own(seen, d):
            return Modality.ADMITTED, "of their own side"
        if d.actors or p.again:
            return Modality.ALLEGED, "names an author"
        if last is not None and last.speaker is not None and "partisan" in s.classes(*last.speaker):
            return Modality.ALLEGED, "a party speaks"
    return Modality.REPORTED, d.stance or "the publication's own words"


def quarter(seen: Seen, d: Draft) -> bool:
    """ "Pas de prisonniers" in a quote: nobody tells it, somebody says it to his men."""
    start, _ = d.sentence.offsets(d.trigger.a, d.trigger.b)
    return d.trigger.act.type == "denial-of-quarter" and any(a < start < b for a, b in seen.quotes)


def _quoted(seen: Seen, d: Draft) -> bool:
    """The act stands within a quote: the words themselves."""
    start, _ = d.sentence.offsets(d.trigger.a, d.trigger.b)
    return any(a < start < b for a, b in seen.quotes)


def _own(seen: Seen, d: Draft) -> bool:
    """The innermost speaker is the author, or speaks of "our men"."""
    said = set(fold(d.speakers[-1].words).words.split())
    small = seen.lists.classes["small"]
    for actor in d.actors:
        words = fold(actor.words).words.split()
        if any(w in seen.lists.classes["ours"] for w in words):
            return True
        named = {w for w in words if w not in small and w not in seen.lists.of_class}
        if named and named <= said:
            return True
    if said & (seen.lists.classes["units"] | seen.lists.classes["bodies"]):
        s = d.sentence
        return any(s.is_a(r[0] - 1, "own") and s.words[r[0]].is_a("armed", "combatants") for r in d.parties.actors)
    return False


def asked_about(d: Draft) -> bool:
    """A proceeding stands between the demand and the act: the act is what it is about."""
    return any(t.act.type == "procedural" and t.a < d.trigger.a for t in d.sentence.triggers)


def threat(seen: Seen, s: Sentence, t: Trigger) -> bool:
    """In a quote, a future that hangs on what somebody does: "si tu parles, on viendra te chercher"."""
    patterns = seen.lists.patterns
    if "threat" not in patterns or t.act.type in ("procedural", "political-statement"):
        return False
    start, _ = s.offsets(t.a, t.b)
    folded = s.folded(0, len(s.words))
    told = any(c.b <= t.verb and any(s.form(n) == ":" for n in range(c.b, t.verb)) for c in s.cues)
    return (
        (told or any(a < start < b for a, b in seen.quotes))
        and patterns["threat"].search(folded) is not None
        and patterns["future-verb"].search(folded) is not None
    )
