"""What French answers for itself: words, auxiliaries, and where the rest is answered.

Start with `French`. Phrases, parties, speech and places have a file each; all words are data in `lexicons/fr`.

Looks down to: french_phrases, french_parties, french_speech, french_places, window. Used by: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from probanda.claims.readers.folded import Folded
from probanda.claims.readers.french_parties import parties_of
from probanda.claims.readers.french_phrases import auxiliary, shared_auxiliary, verb_group
from probanda.claims.readers.french_places import person_names_of, places_of
from probanda.claims.readers.french_speech import cue_of
from probanda.claims.readers.window import WindowReader
from probanda.claims.readers.window_sentence import Cue, Parties, PlaceSpan, Sentence, Trigger
from probanda.claims.readers.window_words import Use

_TOKEN = re.compile(
    r"aujourd'hui|(?<![^\W_])[^\W\d_]\.(?:-?[^\W\d_]\.)+|(?:mm?|dr|me|mgr|ste?)\.(?=\s\w)|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'"
    r"|-t-(?:il|elle|on)s?\b|-(?:ils?|elles?|on)\b"
    r"|\d+(?:er|e|ème)\b|\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
    r"|-(?:les?|la|leur|lui|moi|nous)\b"
    r"|[^\W\d_]+(?:(?!-(?:t-)?(?:ils?|elles?|on)\b)(?!(?<=ez)-(?:les?|la|leur|lui|moi|nous)\b)-\w+)*|[^\w\s]"
)


@dataclass(frozen=True)
class French:
    """The grammar of the French reader."""

    language: str = "fr"
    name: str = "rules-fr 0.1"

    def words(self, folded: Folded, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Words and signs; elided articles and inverted pronouns stand by themselves."""
        for match in _TOKEN.finditer(folded.words, start, end):
            yield match.group(0), match.start(), match.end()

    def readings(self, form: str) -> tuple[tuple[str, str], ...]:
        """French writes no particles on its words."""
        return (("", form),)

    def shape(self, s: Sentence, at: int, uses: tuple[Use, ...]) -> tuple[Use, str, int] | None:
        """The participle needs its auxiliary, the noun its article; what is neither is a verb in the present."""
        return _shape(s, at, uses)

    def group(self, s: Sentence, at: int) -> int:
        """The auxiliary before a phrase that begins with a participle."""
        found = auxiliary(s, at)
        return found[1] if found is not None and not s.words[at].is_a("have", "be") else verb_group(s, at)

    def parties(self, s: Sentence, t: Trigger, lo: int, hi: int) -> Parties:
        """By position for verbs, by "de", "par" and "contre" for nouns."""
        return parties_of(s, t, lo, hi)

    def cue(self, s: Sentence, first: int, at: int, use: Use) -> Cue | None:
        """A preposition has its speaker behind it; a verb before it, or behind where it follows what is said."""
        return cue_of(s, first, at, use)

    def places(self, s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
        """After a preposition or a word for the kind of place; a name known as a place also after "de"."""
        return places_of(s, known)

    def person_names(self, s: Sentence) -> list[tuple[int, int, int]]:
        """A title before capitals, or two capitals in a row that nothing else claims."""
        return person_names_of(s)


def _shape(s: Sentence, at: int, uses: tuple[Use, ...]) -> tuple[Use, str, int] | None:  # noqa: PLR0911, PLR0912
    """The participle needs its auxiliary, the noun its article; what is neither is a verb in the present."""
    if s.words[at].is_a("preps", "small") or (s.is_a(at, "prisoners") and s.is_a(at + 1, "have", "be", "ne")):
        return None  # "pendant deux jours", "d'anciens détenus ont rapporté"
    by = {use.shape: use for use in reversed(uses)}
    if "done" in by:
        found = auxiliary(s, at)
        if found is not None:
            kind, verb = found
            if kind == "passive" and any(w.form in ("se", "s'") for w in s.words[verb:at]):
                return None  # "se sont abattues sur la ville"
            if getattr(by["done"].entry, "subject", "") == "victim":
                kind = "active"
            return by["done"], kind, verb
    if "noun" in by and s.words[at].is_a("people") and s.is_a(at + 1, "have", "be", "ne"):
        return None  # "des blessés ont été achevés": those to whom something was done
    before = at - 1
    counted = False
    while before >= 0 and (s.words[before].is_a("before-noun") or any(a <= before < b for a, b, _ in s.counts)):
        counted = counted or any(a <= before < b for a, b, _ in s.counts)
        before -= 1
    nominal = counted or (before >= 0 and s.words[before].is_a("determiners", "preps", "of"))
    if nominal and s.is_a(before, "objects") and s.is_a(before - 1, "pronouns", "relatives", "ne", "objects"):
        nominal = counted  # "on le torturait", "qui les a tués"
    if nominal and s.is_a(before, "objects") and s.words[at].form.endswith(("aient", "ait", "èrent", "irent")):
        nominal = counted  # "les gardiens les torturaient"
    if "noun" in by and (nominal or set(by) == {"noun"}):
        return by["noun"], "noun", at
    if nominal and not s.is_a(before, "preps") and "ger" not in by and "inf" not in by:
        return None  # "les détenus", "un disparu"
    if (
        "act" in by
        and not nominal
        and (
            s.is_a(at - 1, "pronouns", "objects", "ne", "relatives") or before < 0 or not s.is_a(before, "preps", "of")
        )
    ):
        return by["act"], "active", verb_group(s, at)
    if "ger" in by:
        return by["ger"], "ger", at - 1 if s.form(at - 1) == "en" else at
    if "done" in by:
        if at == 0 and by["done"].entry.object == "person":  # type: ignore[union-attr]
            return by["done"], "passive", at  # "Enlevé en janvier, il ..."
        if at == 0 or (s.words[at].is_a("people", "prisoners") and not s.is_a(at - 1, "people", "commas")):
            return None
        shared = shared_auxiliary(s, at)
        return by["done"], ("active" if shared is not None else "passive"), at
    for shape in ("inf", "order"):
        if shape in by:
            return by[shape], shape, at
    return (by["noun"], "noun", at) if "noun" in by else None


_GRAMMAR = French()
"""One for all texts: it keeps nothing of any."""


def french_reader() -> WindowReader:
    """The reader of French texts."""
    return WindowReader(_GRAMMAR)
