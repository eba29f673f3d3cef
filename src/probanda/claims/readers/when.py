"""When it was done: which date of the sentence is the act's own, and what day a text's "Tuesday" counts from.

Start with `date_of`; `remember_days` keeps what later sentences lean on, `carried_days` lets them lean on it.

Looks down to: times, acts, speakers, settle, reading. Used by: readers.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims.acts import Trigger, act_nouns, light_verb
from probanda.claims.attributed import speech_entries
from probanda.claims.discourse import Sentence
from probanda.claims.settle import Draft
from probanda.claims.syntax import starts_of
from probanda.claims.times import Dating, dates_in
from probanda.kernel.vocabulary import Modality
from probanda.reading.dates import dateline_of

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token

YEAR_REACH = 3
"""Paragraphs over which a year named with a day goes on to hold."""


def _anchor(notes: Notes, sentence: Sentence) -> str | None:
    if sentence.section:
        return sentence.section
    return notes.text.dated.end if notes.text.dated else None


def _year(notes: Notes, sentence: Sentence) -> int | None:
    """The year that a day without one takes: that of a day named in the paragraphs just above, else none."""
    return notes.talk.year if sentence.paragraph - notes.talk.year_paragraph <= YEAR_REACH else None


def dates_of(notes: Notes, sentence: Sentence) -> list[Dating]:
    """Every date of a sentence, resolved where the text allows; the line of place and day of writing is left out."""
    written = _where_written(notes, sentence)  # the day of writing is not the day of the act
    return [d for d in days_of(notes, sentence) if d.start >= written]


def days_of(notes: Notes, sentence: Sentence) -> list[Dating]:
    """Every date that the sentence names, read as the text up to it allows; kept for what is carried later."""
    found = notes.days.get(sentence.start)
    if found is None:
        year, last = _year(notes, sentence), notes.talk.last_day
        found = dates_in(sentence.words, _anchor(notes, sentence), year, last)
        if found:
            notes.days[sentence.start] = found
    return found


def date_of(notes: Notes, sentence: Sentence, draft: Draft) -> Dating | None:
    """The date that is the act's own, or None: one that hangs on the act, then one inside its clause, then one that
    opens the sentence. What is approximate about it goes into the draft's reasons."""
    if draft.modality is Modality.CALLED_FOR or draft.trigger.entry.leans:
        return None  # the day on which it was asked, or said of what was told before, is not the day of the act
    written = _where_written(notes, sentence)
    parties = frozenset(t.i for t, _ in draft.roles.actors) | {t.i for t in draft.roles.victims}
    found = [d for d in dates_of(notes, sentence) if not _of_another(sentence, draft.trigger, d, parties)]
    local_start, local_end = draft.start - sentence.start, draft.end - sentence.start
    own = [d for d in found if _hangs_on(draft.trigger, d)]
    inside = [d for d in found if local_start <= d.start and d.end <= local_end]
    before = [d for d in found if d.start < written + 25]
    pool = own or inside or before or (found if len(found) == 1 and len(sentence.words) < 300 else [])
    if pool:
        at = draft.act_start - sentence.start
        chosen = min(pool, key=lambda d: (d.first is None, abs(d.start - at), d.start))
        draft.why += [f"date: {chosen.note}"] if chosen.note else []
        return chosen
    if sentence.section and sentence.timeline:
        return Dating(0, 0, sentence.section, sentence.section, sentence.section, True)
    return None


def _where_written(notes: Notes, sentence: Sentence) -> int:
    """Where the words proper begin, behind the line that says where and when a text was written."""
    return where_written(notes.text.words[sentence.start : sentence.start + 200])


@lru_cache(maxsize=256)
def where_written(words: str) -> int:
    """Length of the line at the head of a paragraph that says where and when it was written; 0 without one."""
    if not any(mark in words[:_HEAD] for mark in ("-", "–", "—", ":")):
        return 0
    line = dateline_of(words)
    return len(line.words) if line is not None else 0


_HEAD = 160
"""Code points in which such a line ends."""


def _token_at(trigger: Trigger, found: Dating) -> Token | None:
    """The first token of the date that has a place in the parse."""
    doc = trigger.token.doc
    starts = starts_of(doc)
    at = max(bisect_right(starts, found.start) - 1, 0)  # the last token that begins there or before
    for n in (at - 1, at):
        if n >= 0 and starts[n] <= found.start < starts[n] + len(doc[n]) + 1 and not doc[n].is_space:
            return doc[n]
    return None


def _hangs_on(trigger: Trigger, found: Dating) -> bool:
    """The date is among the words of the act itself, in no clause of its own."""
    at = _token_at(trigger, found)
    if at is None:
        return False
    for above in at.ancestors:
        if above.i == trigger.token.i:
            return True
        if above.pos_ in ("VERB", "AUX"):  # "on Tuesday convicted him and sentenced him": shared by both
            return trigger.token.dep_ == "conj" and trigger.token.head.i == above.i and at.i < above.i
    return False


_HAPPENINGS = frozenset({"case", "episode", "event", "incident", "instance", "occasion", "operation"})
_TAKING_PLACE = frozenset({"carry", "commit", "happen", "occur", "perpetrate", "take"})
_BEFOREHAND = frozenset({"already", "earlier", "formerly", "previously"})


def _of_another(sentence: Sentence, trigger: Trigger, found: Dating, parties: frozenset[int]) -> bool:
    return (
        _when_said(sentence, trigger, found, parties)
        or _when_tried(trigger, found)
        or _of_another_act(trigger, found)
        or _earlier_than(trigger, found)
    )


def _earlier_than(trigger: Trigger, found: Dating) -> bool:
    """ "In June troops found graves of men previously detained": what was done before is not of that day."""
    if not any(c.lower_ in _BEFOREHAND and c.dep_ == "advmod" for c in trigger.token.children):
        return False
    at = _token_at(trigger, found)
    return at is None or not (at.i == trigger.token.i or trigger.token.is_ancestor(at))


_DURING = frozenset({"in", "during", "at", "on", "by", "from", "amid", "throughout"})


def _of_another_act(trigger: Trigger, found: Dating) -> bool:
    """The day of what is told beside the act: "reprisal for Friday's ambush", "shot men captured on 3 May"."""
    at = _token_at(trigger, found)
    if at is None or at.i == trigger.token.i:
        return False
    for word in [at, *at.ancestors]:
        if word.i == trigger.token.i:
            return False
        above = word.head
        if word.dep_ in ("poss", "nummod", "compound") and above.lemma_.lower() in act_nouns("en"):
            during = above.dep_ == "pobj" and above.head.lower_ in _DURING
            return above.i != trigger.token.i and not (during and _beside(above.head.head, trigger.token))
        if word.dep_ == "relcl" and above.i != trigger.token.i and trigger.token.is_ancestor(word):
            earlier = any(c.lower_ == "had" for c in word.children)  # "men who had been captured on 3 May"
            return earlier or (word.i < trigger.token.i and above.dep_ in ("nsubj", "nsubjpass"))
    return False


def _beside(word: Token, act: Token) -> bool:
    """One of them stands in the words of the other."""
    return word.i == act.i or word.is_ancestor(act) or act.is_ancestor(word)


def _when_tried(trigger: Trigger, found: Dating) -> bool:
    """ "Was convicted on Tuesday of the murder": the day of a proceeding is not that of the crime."""
    at = _token_at(trigger, found)
    if at is None:
        return False
    if trigger.entry.type == "procedural":
        return _of_the_crime(trigger, at)
    if at.i > trigger.token.i:
        return False
    verb = next((a for a in at.ancestors if a.pos_ == "VERB"), None)
    return (
        verb is not None
        and verb.i != trigger.token.i
        and verb.is_ancestor(trigger.token)
        and verb.lemma_.lower() in _TRYING
    )


def _of_the_crime(trigger: Trigger, at: Token) -> bool:
    """ "Asked for 25 years for the killing of inmates held in 1986": the day of what the proceeding is about."""
    for above in [at, *at.ancestors]:
        if above.i == trigger.token.i:
            return False
        if above.dep_ in ("acl", "relcl") or above.lemma_.lower() in act_nouns("en"):
            return above.i != trigger.token.head.i
    return False


_TRYING = frozenset(
    """
    convict sentence acquit try indict charge arraign plead accuse prosecute summon extradite condemn announce issue
    unseal file submit
    """.split()  # noqa: SIM905
)
"""Verbs of a proceeding, or of making known, whose day is not that of the act they are about."""


def _when_said(  # noqa: PLR0911
    sentence: Sentence, trigger: Trigger, found: Dating, parties: frozenset[int]
) -> bool:
    """True for the day on which something was said, planned for, or counted up to, rather than done."""
    before = sentence.words[: found.start].rstrip().lower()
    if before.endswith(("as of", "as at")) or (
        before.endswith((" by", " until", " till")) and trigger.entry.subject == "theme"
    ):
        return True
    at = _token_at(trigger, found)
    if at is None or at.i == trigger.token.i or trigger.token.is_ancestor(at):
        return False
    verb = next((a for a in at.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.i == trigger.token.i:
        return False
    if not verb.is_ancestor(trigger.token):  # "in a video posted on Sunday": the day of another thing
        if verb.lemma_.lower() in _TAKING_PLACE and verb.head.lemma_.lower() in _HAPPENINGS:
            return False  # "murder, in an incident which took place on 3 May"
        told_of = verb.dep_ in ("acl", "relcl") and not trigger.token.is_ancestor(verb)
        return told_of and verb.head.i not in parties  # "by men who came on 7 May": the day they did it
    light = light_verb(trigger.token)
    if verb.lemma_.lower() in _RECORDING and (found.first != found.last or at.i > trigger.token.i):
        return any(a.dep_ in ("nsubj", "nsubjpass") and verb.is_ancestor(a) for a in [at, *at.ancestors])
    if verb.lemma_.lower() in _REACTING and at.i > trigger.token.i and any(c.isdigit() for c in found.text):
        return False
    return bool(speech_entries(verb)) and (light is None or light.i != verb.i)


_REACTING = frozenset({"bemoan", "condemn", "decry", "denounce", "deplore", "lament", "mourn", "protest", "regret"})
"""What is condemned, "the raid on the clinic on 2 July", was done that day; "on Friday" may be that of the words."""
_RECORDING = frozenset({"count", "document", "log", "record", "register", "tally", "verify"})
"""What is documented "from 1 to 31 May", or is named before "on 9 June", happened then; nobody keeps watch a day."""


def remember_days(notes: Notes, sentence: Sentence) -> None:
    """Keep the year and the last whole day that a sentence tells of, for days named later without them."""
    for d in days_of(notes, sentence):
        if d.first and d.last and d.first[:7] == d.last[:7]:
            notes.talk.year, notes.talk.year_paragraph = int(d.first[:4]), sentence.paragraph
        if d.first and d.first == d.last:
            notes.talk.last_day = d.first
