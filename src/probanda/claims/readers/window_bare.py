"""Denials, accusations and demands that no word for an act follows: they are about an act told before.

Start with `bare_denials` and `bare_demands`.

Looks down to: window_seen, window_clauses. Used by: window, window_keeps, window_fields.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_seen import HARMLESS, Draft, Seen
from probanda.claims.readers.window_sentence import Cue, Parties, Range, Sentence, Trigger
from probanda.kernel.vocabulary import ActType

ASKED_REACH = 12
"""Paragraphs behind a wrong within which a demand without a word for an act is one about it."""
LISTED = 12
"""Sentences over which a list of demands may run."""
_GRAVE = (
    ActType.EXECUTION,
    ActType.KILLING,
    ActType.ATTACK_ON_CIVILIANS,
    ActType.INDISCRIMINATE_ATTACK,
    ActType.TORTURE,
)


def bare_denials(seen: Seen, s: Sentence, kept: list[Draft]) -> list[Draft]:
    """ "L'armée a démenti toute responsabilité", "impute ces actes à la milice": said of the act told before."""
    found: list[Draft] = []
    for cue in s.cues:
        blames = cue.saying.modality == "accuse" and cue.accused is not None
        threat = cue.saying.modality == "threatened"
        if not (cue.saying.modality == "denied" or blames or threat) or any(cue in d.cues for d in kept):
            continue
        folded = s.folded(cue.a, min(len(s.words), cue.b + 12))
        last = denied(seen, s)
        about = "accusation" if cue.saying.modality == "denied" else "these-acts"
        bare = cue.saying.modality == "denied" and all(not w.form[0].isalnum() for w in s.words[cue.b :])
        if last is None or not (bare or threat or seen.lists.patterns[about].search(folded)):
            continue
        act = replace(last.trigger.act, id="denial", object="none")
        t = Trigger(cue.a, cue.b, act, "phrase", cue.a)
        low = min([cue.a, *(r[0] for r in [cue.speaker] if r is not None)])
        while low > 0 and s.words[low - 1].is_a("articles"):
            low -= 1
        high = next((n for n in range(cue.b, len(s.words)) if s.words[n].form in ".;:"), len(s.words))
        draft = Draft(s, t, low, high, Parties(), [cue])
        draft.type, draft.detail = last.type, last.detail
        found.append(draft)
    return found


def bare_demands(seen: Seen, s: Sentence, kept: list[Draft]) -> list[Draft]:
    """ "Nous exigeons la fin des rondes": asked for in a text that told of wrongs, by no word for an act.

    A list behind a colon asks for each of its points.
    """
    asked = seen.lists.patterns.get("asked")
    if asked is None or not any(
        d.type.value not in HARMLESS and s.paragraph - d.sentence.paragraph <= ASKED_REACH for d in seen.drafts
    ):
        return []
    cue = next((c for c in s.cues if c.saying.modality == "called-for"), None)
    covered = any(c.saying.modality == "called-for" for d in kept for c in d.cues)
    listed = _listed(seen, s)
    if cue is None and not listed:
        seen.asking = None
        return []
    low = cue.a if cue is not None else 0
    if cue is not None and cue.speaker is not None and cue.speaker[1] <= cue.a:
        low = cue.speaker[0]
    high = len(s.words)
    while high > low + 1 and not s.words[high - 1].form[-1].isalnum():
        high -= 1
    if cue is not None:
        seen.asking = (s.number, cue, s)
    over = cue or (seen.asking[1] if seen.asking is not None else None)
    if over is None or high <= low:
        return []
    points = _points_of(s, cue, high) if cue is not None else []
    if points:
        found = []
        for n, (a, b) in enumerate(points):
            if asked.search(s.folded(a, b)) and not any(d.trigger.a < b and a < d.trigger.b for d in kept):
                found.append(_demand(seen, s, over, a if n else low, b, (a, a + 1)))
        return found
    if covered or kept or not asked.search(s.folded(low, high)):
        return []
    at = (cue.a, cue.b) if cue is not None else (low, low + 1)
    draft = _demand(seen, s, over, low, high, at)
    if cue is None and seen.asking is not None:
        asker = seen.asking[2]
        draft.cues = [replace(over, speaker=None, again=False, accused=None, a=at[0], b=at[1])]
        if over.speaker is not None and not over.again:
            draft.speakers = [seen.named(asker, over.speaker)]
    return [draft]


def ask_in_list(seen: Seen, s: Sentence, kept: list[Draft]) -> None:
    """Acts in a point of a list that a demand opened are asked for, by whoever opened it."""
    if seen.asking is None or not _listed(seen, s) or any(c.saying.modality == "called-for" for c in s.cues):
        return
    _number, over, asker = seen.asking
    for d in kept:
        if not any(c.saying.modality == "called-for" for c in d.cues):
            d.cues.insert(0, replace(over, speaker=None, again=False, accused=None, a=d.lo, b=d.lo))
            if over.speaker is not None and not over.again:
                d.speakers = [seen.named(asker, over.speaker)]


def _demand(seen: Seen, s: Sentence, cue: Cue, low: int, high: int, at: Range) -> Draft:
    act = replace(seen.lists.acts[0], id="demand", type="procedural", detail="demand", object="none")
    a, b = at
    while a + 1 < high and not s.words[a].form[0].isalnum():
        a += 1
    return Draft(s, Trigger(a, max(b, a + 1), act, "phrase", a), min(low, a), high, Parties(), [cue])


def _points_of(s: Sentence, cue: Cue, high: int) -> list[Range]:
    """The points of a list within the sentence: behind its colon, parted by semicolons."""
    colon = next((n for n in range(cue.b, min(high, cue.b + 3)) if s.words[n].form == ":"), None)
    if colon is None:
        return []
    ends = [n for n in range(colon + 1, high) if s.words[n].form == ";"]
    if not ends:
        return []
    bounds = [colon, *ends, high]
    return [strip(s, a + 1, b) for a, b in pairwise(bounds) if b - a > 2]


def _listed(seen: Seen, s: Sentence) -> bool:
    """The sentence is a point of a list that a demand with a colon opened."""
    if seen.asking is None or s.number == seen.asking[0] or s.number - seen.asking[0] > LISTED:
        return False
    opened = seen.asking[2]
    if not any(w.form == ":" for w in opened.words[-2:]):
        return False
    return (
        s.words[0].form in "-–—•*·"
        or s.words[0].is_a("opens-point" if "opens-point" in s.lists.classes else "thats")
        or s.words[0].form.isdigit()
        or (s.words[0].form == "(" and s.form(2) == ")")
    )


def denied(seen: Seen, s: Sentence) -> Draft | None:
    """The act that a bare denial is about: of those told just before, one with an author, and the gravest."""
    near = [
        d
        for d in seen.drafts
        if d.type.value not in HARMLESS and s.paragraph - d.sentence.paragraph <= 4 and d.trigger.act.id != "denial"
    ]
    named = [d for d in near if d.actors] or near
    grave = [d for d in named if d.type in _GRAVE] or named
    return grave[-1] if grave else None
