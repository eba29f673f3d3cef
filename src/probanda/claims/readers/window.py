"""A reader for languages without a parser: word lists and windows, from a text to proposed claims and mentions.

Start with `WindowReader.read`, then `_all`. An act word opens a clause; within the clause position and prepositions
say who did it to whom, dates, numbers and places are taken as they stand, and words of speech around it say whose words
these are. What a language must answer for itself is in `french` and `arabic`; all words are data. The steps:
`window_prepare`, `window_keeps`, `window_bare`, `window_fields`, `window_places`, `window_sites`,
`window_stands`.

Looks down to: the room's other files, reading, kernel. Used by: claims.
"""

from __future__ import annotations

from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, Claim, Named, Reading
from probanda.claims.readers.window_bare import ask_in_list, bare_demands, bare_denials
from probanda.claims.readers.window_cited import cited_of
from probanda.claims.readers.window_clauses import clause, strip
from probanda.claims.readers.window_fields import disappeared, fill
from probanda.claims.readers.window_keeps import keeps, share
from probanda.claims.readers.window_places import carry_places
from probanda.claims.readers.window_prepare import prepare
from probanda.claims.readers.window_seen import HARMLESS, Draft, Seen
from probanda.claims.readers.window_sentence import Cue, Grammar, Sentence, Trigger
from probanda.claims.readers.window_ties import tie_claims
from probanda.claims.readers.window_when import carry_dates
from probanda.claims.readers.window_words import word_list
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType
from probanda.reading.model import Text


class WindowReader:
    """Proposes claims for texts of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    @property
    def name(self) -> str:
        """Name and version, such as `rules-fr 0.1`."""
        return self._grammar.name

    @property
    def maker(self) -> str:
        """Reader and digest of its word lists: a derived row is rebuilt when this changes."""
        return f"{self.name}; words {word_list(self._grammar.language).digest[:16]}"

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text (or part), in order of place."""
        return _all(Seen(text, self._grammar))


def _all(seen: Seen) -> Reading:
    """Look at every sentence, then settle ids."""
    prepare(seen)
    for s in seen.sentences:
        _read_sentence(seen, s)
    carry_dates(seen)
    carry_places(seen)
    disappeared(seen)
    claims = (*_claims(seen), *tie_claims(seen))
    return Reading(claims=claims, mentions=seen.book.all(), reader=seen.grammar.name)


def _read_sentence(seen: Seen, s: Sentence) -> None:
    told = [c for c in s.cues if c.speaker is not None and not c.again]
    first = next((c for c in told if not c.saying.lead), told[-1] if told else None)
    if first is not None and first.speaker is not None:  # who speaks in the main clause goes on, not whom he quotes
        seen.last_speaker = seen.named(s, first.speaker)
    if not s.triggers:
        _note_fighters(seen, s)
    drafts = [_draft(seen, s, t, s.triggers) for t in s.triggers]
    share(seen, drafts)
    kept = [d for d in drafts if keeps(seen, d, drafts)]
    if len(kept) < len(drafts):
        left = [d.trigger for d in kept]
        kept = [_draft(seen, s, t, left) for t in left]
    share(seen, kept)
    kept += bare_denials(seen, s, kept)
    ask_in_list(seen, s, kept)
    kept += bare_demands(seen, s, kept)
    for draft in kept:
        fill(seen, draft)
    seen.drafts += [d for d in kept if d.type is not ActType.OTHER or d.detail]


def _note_fighters(seen: Seen, s: Sentence) -> None:
    """Fighters of a sentence without an act: "les miliciens sont arrivés à l'aube"."""
    at = next((n for n, w in enumerate(s.words) if _fights(s, n) and not w.is_a("titles")), None)
    if at is None or any(c.speaker is not None and c.speaker[0] <= at < c.speaker[1] for c in s.cues):
        return
    end = at + 1
    while end < len(s.words) and end - at < 6 and _in_phrase(s, end):
        end += 1
    seen.fighters = (s.paragraph, seen.named(s, strip(s, at, end)))
    seen.last_actors = None


def _fights(s: Sentence, at: int) -> bool:
    """Fighters by their name, or men by their arms: "des hommes armés"."""
    word = s.words[at]
    return word.is_a("combatants") or (
        word.is_a("armed") and any(w.is_a("fighter-marks") for w in s.words[at + 1 : at + 4])
    )


def _in_phrase(s: Sentence, at: int) -> bool:
    word = s.words[at]
    if word.is_a("of"):
        return True
    return not (word.is_a("small", "commas", "joins", "preps", "adverbs", "negators") or word.acts or word.says) and (
        word.form[0].isalnum() and (word.capital or word.is_a("adjectives", "armed", "combatants", "units"))
    )


def _draft(seen: Seen, s: Sentence, t: Trigger, among: list[Trigger]) -> Draft:
    lo, hi = clause(s, t, among)
    draft = Draft(s, t, lo, hi, seen.grammar.parties(s, t, lo, hi))
    draft.cues = _cues_over(seen, s, t)
    return draft


def _cues_over(seen: Seen, s: Sentence, t: Trigger) -> list[Cue]:
    """The words of speech that this act stands under, outermost first."""
    over = [
        c
        for c in s.cues
        if c.scope[0] <= t.a < c.scope[1]
        and not c.a <= t.a < c.b
        and not (c.speaker is not None and c.speaker[0] <= t.a < c.speaker[1])
    ]
    if t.shape == "passive" and t.verb == t.a:  # "la libération des meuniers arrêtés lundi"
        over = [c for c in over if c.saying.modality != "called-for"]
    after = [c for c in over if c.a > t.a and not c.saying.lead]
    before = [c for c in over if c.a < t.a]
    return after + before + [c for c in over if c.a > t.a and c.saying.lead]


def _claims(seen: Seen) -> list[Claim]:
    kept = [d for d in seen.drafts if not d.sentence.heading or _states(d)]
    counter: dict[str, int] = {}
    return [_claim(seen, d, counter) for d in sorted(kept, key=lambda d: (d.sentence.start, d.trigger.a, d.trigger.b))]


def _states(d: Draft) -> bool:
    """A heading that states an act is a claim; one that only names its subject is not."""
    p = d.parties
    if d.type.value in HARMLESS:
        return d.trigger.shape in ("active", "passive")
    return d.trigger.shape != "noun" or bool(p.actors or p.victims or d.quantity)


def _claim(seen: Seen, d: Draft, counter: dict[str, int]) -> Claim:
    s, t, text = d.sentence, d.trigger, seen.text
    start, end = s.offsets(d.lo, d.hi)
    act_start, act_end = s.offsets(t.a, t.b)
    act = text.words[act_start:act_end]
    before, after = text.words[max(0, act_start - CONTEXT) : act_start], text.words[act_end : act_end + CONTEXT]
    key = content_id(act, before, after)
    nth = counter.get(key, 0)
    counter[key] = nth + 1
    return Claim(
        id=content_id(text.item, "original", act, before, after, nth_place(text.part, nth)),
        item=text.item,
        start=start + text.base,
        end=end + text.base,
        quote=text.words[start:end],
        act=act,
        act_start=act_start + text.base,
        act_end=act_end + text.base,
        act_type=d.type,
        act_detail=d.detail,
        modality=d.modality,
        stance=d.stance,
        polarity=d.polarity,
        speakers=(Named(DOC), *d.speakers),
        actors=tuple(d.actors),
        victims=tuple(d.victims),
        places=tuple(d.places),
        means=tuple(dict.fromkeys(s.written(a, b) for a, b in d.parties.means)),
        date_text=d.date.text if d.date else None,
        date_from=d.date.first if d.date else None,
        date_to=d.date.last if d.date else None,
        quantity=d.quantity,
        cited=cited_of(d),
        paragraph=s.paragraph,
        reader=seen.grammar.name,
        why="; ".join(dict.fromkeys(d.why)),
    )
