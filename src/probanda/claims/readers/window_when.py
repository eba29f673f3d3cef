"""When an act was done: the date of its clause, else the one of its sentence, else the day its account goes on with.

Start with `date_of` for one claim; `carry_dates` goes over the whole text. The day on which something was said,
printed or tried is not the day of the act.

Looks down to: window_seen, times. Used by: window, window_fields.
"""

from __future__ import annotations

from dataclasses import replace

from probanda.claims.readers.window_seen import UNPLACED, Draft, Seen
from probanda.claims.readers.window_sentence import Cue, Sentence, Trigger
from probanda.claims.times import Dating
from probanda.kernel.vocabulary import Modality

FRAME = 2
"""Words before a date that opens its sentence, or "Dans la nuit"."""
Placed = tuple[int, int, Dating]


def date_of(seen: Seen, d: Draft) -> Dating | None:
    """The date of the clause nearest to the act; else one that opens the sentence, else its only one; as written."""
    s, at = d.sentence, d.trigger.a
    own = [x for x in s.dates if not _of_another(s, d.trigger, x)]
    inside = [x for x in own if d.lo <= x[0] and x[1] <= d.hi]
    opening = [x for x in own if x[0] <= FRAME and x[0] < at]
    alone = [x for x in own if not any(at < o.a < x[0] for o in s.triggers)]
    found = inside or opening or (alone if len(own) == 1 else [])
    if not found:
        return None
    _a, _b, dating = min(found, key=lambda x: (x[2].first is None, abs(x[0] - at), x[0]))
    return _written(seen, s, dating)


def _of_another(s: Sentence, t: Trigger, x: Placed) -> bool:
    """The day of a statement, of a paper, of a trial: "a déclaré jeudi", "publié le 3 mai", "condamné mardi pour"."""
    return _said(s, x) or _of_paper(s, x) or _of_trial(s, t, x)


def _of_saying(s: Sentence, c: Cue, x: Placed) -> bool:
    a, b = x[0], x[1]
    if c.saying.lead:
        return c.speaker is not None and c.speaker[1] - 1 <= a <= c.speaker[1] and not s.is_a(c.speaker[1], "commas")
    low = min(c.a, c.speaker[0]) if c.speaker is not None else c.a
    high = max(c.b, c.speaker[1]) if c.speaker is not None else c.b
    if any(s.words[n].is_a("thats") for n in range(c.b, a)) or any(low < t.b and t.a < high for t in s.triggers):
        return False
    return low <= a <= high or a == c.b or b == low


def _of_paper(s: Sentence, x: Placed) -> bool:
    """Behind "publié", "daté", "paru": the day of a paper."""
    return any(s.is_a(n, "published") for n in range(x[0] - 1, max(-1, x[0] - 4), -1))


def _of_trial(s: Sentence, t: Trigger, x: Placed) -> bool:
    """Nearer to a proceeding that the act is the subject of than to the act."""
    if t.act.type == "procedural":
        return False
    trying = [(o.a, o.b) for o in s.triggers if o.act.type == "procedural" and o.a < t.a]
    trying += [(c.a, c.b) for c in s.cues if c.saying.modality in ("adjudicated", "accuse", "condemn") and c.a < t.a]
    return any(min(abs(x[0] - b), abs(a - x[1])) < abs(t.a - x[1]) and x[0] < t.a for a, b in trying)


def carry_dates(seen: Seen) -> None:
    """Within a paragraph the day told last goes on to hold, for what is told and not denied or demanded.

    A sentence that tells no act may name it: "Le 9 octobre, nous avons entendu des véhicules."
    """
    rows: list[tuple[int, int, Draft | None, Sentence]] = [
        (d.sentence.number, d.trigger.a, d, d.sentence) for d in seen.drafts
    ]
    told = {d.sentence.number for d in seen.drafts}
    rows += [(s.number, -1, None, s) for s in seen.sentences if s.dates and s.number not in told and not s.heading]
    last: tuple[int, Dating] | None = None
    for _number, _at, d, s in sorted(rows, key=lambda row: row[:2]):
        if d is None:
            named = [x[2] for x in s.dates if x[2].first and not _of_paper(s, x) and not _said(s, x)]
            last = (s.paragraph, _written(seen, s, named[0])) if named else last
        elif d.date is not None and d.date.first:
            last = (s.paragraph, d.date)
        elif (
            last is not None
            and last[0] == s.paragraph
            and not s.dates
            and d.date is None
            and d.type.value not in UNPLACED
            and d.modality not in (Modality.DENIED, Modality.CALLED_FOR, Modality.THREATENED)
        ):
            d.date = last[1]
            d.why.append(f"date: {last[1].text}, told before in the paragraph")


def _said(s: Sentence, x: Placed) -> bool:
    return any(_of_saying(s, c, x) for c in s.cues)


def _written(seen: Seen, s: Sentence, dating: Dating) -> Dating:
    """The dating with its words as the text has them."""
    start = seen.folded.start(s.words[0].start + dating.start)
    end = seen.folded.end(s.words[0].start + dating.end)
    return replace(dating, text=seen.text.words[start:end])
