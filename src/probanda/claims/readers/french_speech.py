"""Whose words these are, in French: verbs of speech, their speakers, and what they cover.

Start with `cue_of`.

Looks down to: french_phrases, window_sentence, window_words. Used by: french.
"""

from __future__ import annotations

from probanda.claims.readers.french_parties import PARTICIPLE
from probanda.claims.readers.french_phrases import (
    SITES,
    SOMEONE,
    auxiliary,
    ends,
    phrase_before,
    phrases_after,
    pointing,
    shared_auxiliary,
    someone,
    verb_group,
)
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import QUOTES, STOPS, Cue, Range, Sentence
from probanda.claims.readers.window_words import Saying, Use


def cue_of(s: Sentence, first: int, at: int, use: Use) -> Cue | None:  # noqa: PLR0911, PLR0912, PLR0915
    """A preposition has its speaker behind it; a verb before it, or behind where it follows what is said."""
    saying = use.entry
    if not isinstance(saying, Saying) or use.shape == "inf":
        return None
    n = len(s.words)
    if saying.lead and s.is_a(at + 1, "he"):
        return Cue(at, at + 2, saying, None, True, _reach(s, at))
    if saying.lead and at > first and s.form(at) in ("source", "sources"):
        end = next((k for k in range(at + 1, n) if ends(s, k) or s.words[k].is_a("of")), n)
        return Cue(first, end, saying, (at, end), False, _reach(s, at))
    if saying.lead:
        speaker = _speaker(phrases_after(s, at + 1, n), s)
        if speaker is None or (s.form(at) == "pour" and not _in_whose_eyes(s, at, speaker)):
            return None
        return Cue(at, speaker[1], saying, speaker, False, _reach(s, at))
    lead = first - 1 if use.shape == "phrase" else at - 1
    object_before = s.is_a(lead, "objects") and s.is_a(lead - 1, "pronouns", "relatives", "ne")  # "qui les accuse"
    if use.shape == "noun" or (s.is_a(lead, "determiners") and not object_before):
        return None
    if use.shape == "act" and s.form(at - 1) in ("se", "s'") and saying.modality == "say":
        return None  # "des hommes qui se disaient gendarmes"
    passive, verb = False, verb_group(s, at)
    if use.shape == "phrase" and saying.accused and at > first + 1 and not s.words[at].is_a("by"):
        inner = next(
            (r for r in phrases_after(s, first + (2 if s.words[first].is_a("have") else 1), at) if someone(s, r)),
            None,
        )
        if inner is not None:  # "a déclaré X coupable"
            who = phrase_before(s, verb_group(s, first), 0)
            return Cue(first, at + 1, saying, who, False, (at + 1, n), inner)
    if use.shape == "phrase":
        verb = verb_group(s, first)
        found = auxiliary(s, first)
        passive = bool(PARTICIPLE.search(s.words[first].form)) or s.words[first].is_a("be")
        passive = passive and not s.words[first].is_a("have")
        passive = passive and saying.accused and not any(u.shape == "act" for u in s.words[first].says)
        if found is not None:
            passive, verb = found[0] == "passive", found[1]
        passive = passive or "été" in s.folded(first, at + 1)
    if use.shape == "done":
        found = auxiliary(s, at)
        shared = shared_auxiliary(s, at) if found is None else None
        if shared is not None:
            subject = phrase_before(s, shared, 0)
            return Cue(at, at + 1, saying, subject, False, (at + 1, n), _accused(s, at, saying))
        if found is None and not saying.accused:
            return None
        passive = found is None or found[0] == "passive"
        verb = found[1] if found is not None else at
    if passive:
        return _passive_cue(s, at, verb, saying)
    pronoun = any(s.is_a(n, "-pronouns") for n in (at - 1, at + 1, verb + 1))
    before = s.words[verb - 1] if verb else None
    opens = before is None or before.is_a("commas", "joins") or before.form in QUOTES or before.form in STOPS
    if use.shape == "ger":
        if s.words[at].is_a("officials", "titles") or s.form(at - 1) in ("se", "s'"):
            return None  # "le commandant", "des hommes se réclamant de"
        return Cue(verb, at + 1, saying, None, False, (at + 1, n), _accused(s, at, saying))
    inverted = (
        saying.modality in ("say", "alleged", "confirmed")
        and before is not None
        and (before.form in QUOTES or before.is_a("commas"))
    )
    subject = None if inverted and _follows(s, at) else phrase_before(s, verb, 0)
    if pronoun:
        return Cue(verb, at + 1, saying, None, True, (0, n))
    if opens and subject is None and verb > 0:
        behind = _speaker(phrases_after(s, _told(s, at), n), s)
        if behind is not None and not s.is_a(at + 1, "thats") and s.form(at + 1) not in ("de", "d'"):
            return Cue(verb, at + 1, saying, behind, False, (0, verb))
    if subject is not None and s.folded(*subject) in ("dernier", "dernière", "derniers", "celui-ci", "celle-ci"):
        return Cue(verb, at + 1, saying, None, True, (at + 1, n), _accused(s, at, saying))
    if subject is None and before is not None and before.is_a("pronouns"):
        return Cue(verb, at + 1, saying, None, True, (at + 1, n), _accused(s, at, saying))
    if (
        subject is not None
        and not pointing(s, subject)
        and (
            subject[1] - subject[0] > 6
            or not (s.is_a(subject[0] - 1, "articles") or s.words[subject[0]].capital)
            or s.words[subject[0]].is_a("munitions", "things", "animals", *SITES)
        )
    ):
        subject = None
    if subject is None and saying.modality == "say":
        return None
    return Cue(verb, at + 1, saying, subject, False, (at + 1, n), _accused(s, at, saying))


def _told(s: Sentence, at: int) -> int:
    """Behind "a raconté à l'AMP" those who were told."""
    n = at + 1
    if not s.is_a(n, "to"):
        return n
    n += 1
    while n < len(s.words) and s.words[n].is_a("articles"):
        n += 1
    end = n + 1
    letters = n < len(s.words) and s.written(n, n + 1).isupper() and len(s.words[n].form) > 1
    while end < len(s.words) and s.words[end].capital and not letters:
        end += 1
    return end


def _in_whose_eyes(s: Sentence, at: int, speaker: Range) -> bool:
    """ "Pour X, ..." at the head of a sentence: a view where X is a name, an office or a body."""
    opens = at == 0 or (at == 1 and s.words[0].form in QUOTES)
    whose = s.words[speaker[0]].capital or s.words[speaker[0]].is_a("officials", "titles", "bodies", "courts")
    return opens and whose and s.is_a(speaker[1], "commas")


def _follows(s: Sentence, at: int) -> bool:
    """A speaker stands right behind the verb, and no "que" behind him: "..., a annoncé jeudi le gouverneur"."""
    ranges = phrases_after(s, at + 1, len(s.words))
    return (
        bool(ranges)
        and not s.is_a(at + 1, "thats", "preps")
        and s.form(at + 1) not in ("de", "d'")
        and _speaker(ranges, s) is not None
        and not s.is_a(ranges[0][1], "thats")
    )


def _passive_cue(s: Sentence, at: int, verb: int, saying: Saying) -> Cue | None:
    n = len(s.words)
    who = next((k for k in range(at + 1, min(n, at + 8)) if s.words[k].is_a("by")), None)
    speaker = _speaker(phrases_after(s, who + 1, n), s) if who is not None else None
    if saying.accused and s.is_a(at + 1, "to"):  # "l'attaque est imputée à X"
        behind = _speaker(phrases_after(s, at + 2, n), s)
        return Cue(verb, at + 1, saying, None, False, (0, n), behind, True) if behind is not None else None
    if saying.accused:
        accused = phrase_before(s, verb - 1 if s.is_a(verb - 1, "commas") else verb, 0)
        named = accused if accused is not None and pointing(s, accused) else None
        return Cue(verb, at + 1, saying, speaker, False, (at + 1, n), named, speaker is None)
    if speaker is None and saying.modality not in ("confirmed", "alleged", "denied"):
        return None
    return Cue(verb, at + 1, saying, speaker, False, (0, n))


def _reach(s: Sentence, at: int) -> Range:
    """A preposition covers its side of a "mais" or a semicolon."""
    n = len(s.words)
    low = max((k + 1 for k in range(at) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=0)
    high = min((k for k in range(at, n) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=n)
    return low, high


def _speaker(ranges: list[Range], s: Sentence) -> Range | None:
    if not ranges:
        return None
    first = ranges[0]
    begin = ranges[1][0] - 1 if len(ranges) > 1 else 0
    while begin > 0 and s.words[begin].is_a("articles"):
        begin -= 1  # "son directeur, le docteur X"
    named = ranges[1] if len(ranges) > 1 and s.words[begin].is_a("commas") else None
    if (
        named is not None
        and named[1] - named[0] <= 4
        and all(w.capital or w.is_a("titles") for w in s.words[named[0] : named[1]])
    ):
        return named  # "le gouverneur de la province, Tomas Verane"
    known = s.classes(*first) & {*SOMEONE, "documents", "sources"}
    return first if known or someone(s, first) else None


def _accused(s: Sentence, at: int, saying: Saying) -> Range | None:
    if not saying.accused:
        return None
    ranges = phrases_after(s, at + 1, len(s.words))
    if not ranges or not someone(s, ranges[0]):
        to = next((k for k in range(at + 1, min(len(s.words), at + 14)) if s.words[k].is_a("to")), None)
        ranges = phrases_after(s, to + 1, len(s.words)) if to is not None else []
    if not ranges or not someone(s, ranges[0]):
        return None
    a, b = ranges[0]
    # "accuse l'armée de tirs", "d'avoir tué": what follows "de" is the charge where an act stands there.
    charge = next(
        (k for k in range(a + 1, b) if s.words[k].is_a("of") and any(w.acts for w in s.words[k + 1 : k + 4])), b
    )
    return strip(s, a, charge)
