"""What Arabic answers for itself: particles written on words, verbs that are letters of nouns.

Start with `Arabic.shape`; who did it to whom is in `arabic_roles`, who speaks in `arabic_speech`, names are in
`arabic_names`. Without vowel marks an active and a passive verb look alike: whom the word behind it denotes decides.
All words are data in `lexicons/ar`.

Looks down to: the files named, window, window_sentence, window_words. Used by: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from probanda.claims.readers.arabic_names import Names
from probanda.claims.readers.arabic_phrases import DOERS, SITES
from probanda.claims.readers.arabic_roles import Roles
from probanda.claims.readers.arabic_speech import Speech
from probanda.claims.readers.folded import Folded
from probanda.claims.readers.window import WindowReader
from probanda.claims.readers.window_sentence import STOPS, Sentence
from probanda.claims.readers.window_words import Use, word_list

_TOKEN = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
_BEFORE = ("ال", "ب", "ل", "ك", "س", "بال", "كال", "لل", "ول", "وب", "وال", "ف", "و")
"""Particles in the order in which they are tried; "and" before a known word is a word of its own already."""
_BEHIND = ("هما", "هم", "هن", "ها", "نا", "كم", "ه")

SHORT = 4
"""Letters of a word that is no longer taken for "and" and a verb of a phrase where it is one by itself: "فارق"."""
ALI = "عليي"
"""The name, told apart from the preposition in a text that writes the two apart."""


@dataclass(frozen=True)
class Arabic(Roles, Speech, Names):
    """The grammar of the Arabic reader."""

    language: str = "ar"
    name: str = "rules-ar 0.1"

    # -- words -------------------------------------------------------------------------------------------------

    def words(self, folded: Folded, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Words and signs; "and" written on a word that the lists know stands by itself."""
        for match in _TOKEN.finditer(folded.words, start, end):
            form, at = match.group(0), match.start()
            if len(form) > 2 and form[0] in "وف" and _splits(form):
                yield form[0], at, at + 1
                form, at = form[1:], at + 1
            if form == "علي" and "على" in folded.original and folded.original[folded.end(match.end()) - 1] == "ي":
                form = ALI
            yield form, at, match.end()

    def readings(self, form: str) -> tuple[tuple[str, str], ...]:
        """The word whole, then without the particles before and the pronouns behind it."""
        found = [("", form)]
        starts = [
            (p, form[len(p) :])
            for p in _BEFORE
            if form.startswith(p) and (len(form) - len(p) >= 3 or form[len(p) :] == "حي")
        ]
        found += starts
        for particles, rest in [("", form), *starts]:
            for tail in _BEHIND:
                if rest.endswith(tail) and len(rest) - len(tail) >= 3 and "ال" not in particles:
                    stem = rest[: -len(tail)]
                    found.append((particles, stem))
                    if stem.endswith("ت"):
                        found.append((particles, stem[:-1] + "ه"))
                    elif stem.endswith(("اي", "او")):
                        found.append((particles, stem[:-1] + "ء"))  # "أبنائهم", "نساؤهم"
        return tuple(found)

    # -- verbs and nouns ---------------------------------------------------------------------------------------

    def shape(  # noqa: PLR0911
        self, s: Sentence, at: int, uses: tuple[Use, ...]
    ) -> tuple[Use, str, int] | None:
        """The noun stands behind a preposition, an article or another noun; else the same letters are a verb."""
        if any(p.name and p.sure and p.a <= at < p.b and p.b - p.a >= 2 for p in s.places) and not s.is_a(at, *SITES):
            return None  # "قرية رجم الحمام"
        by = {use.shape: use for use in reversed(uses)}
        word = s.words[at]
        verb = by.get("past") or by.get("present") or by.get("suffered")
        if "noun" in by and (verb is None or self._nominal(s, at)):
            return by["noun"], "noun", at
        if verb is not None:
            if self._no_verb(s, at) or self.written_as_noun(s, at):
                return None
            if "ال" in word.clitic or any(p in word.clitic for p in "بك") or s.is_a(at - 1, "preps"):
                return None
            start = at
            while start > 0 and s.words[start - 1].is_a("verb-particles"):
                start -= 1
            wish = verb.shape == "present" and (s.form(at - 1) == "ان" or word.clitic == "ل")
            said = any(w.says for w in s.words[max(0, at - 8) : at])
            put = "passive" if verb.shape == "suffered" else "active"
            return verb, ("inf" if wish and not said else put), start
        if "order" in by:
            return by["order"], "order", at
        if "done" in by:
            return by["done"], "passive", at
        return None

    @staticmethod
    def _no_verb(s: Sentence, at: int) -> bool:
        """Letters of a verb that are a noun here: "فجر أمس", "سجن القلعة", "أسرة"."""
        word = s.words[at]
        if word.is_a("day-parts") and (at + 1 in s.taken or s.is_a(at + 1, "adverbs")):
            return True
        kind = word.is_a("place-kinds", "civilian-places")
        if any(p.outer <= at < p.b or (kind and p.a == at + 1) for p in s.places):
            return True
        if form_of_people(s, word.form):
            return True  # "أسرته"
        return not word.clitic and word.stem == word.form and word.is_a("people", "property")

    def group(self, s: Sentence, at: int) -> int:
        """The particles before a phrase."""
        while at > 0 and s.words[at - 1].is_a("verb-particles"):
            at -= 1
        return at

    @staticmethod
    def _nominal(s: Sentence, at: int) -> bool:
        word = s.words[at]
        if word.clitic and word.clitic not in ("و", "ف", "س"):
            return True
        if word.form != word.stem and not word.clitic:
            return True  # with a pronoun behind it: "مقتله"
        before = s.words[at - 1] if at else None
        if before is None or at - 1 in s.taken or before.form in STOPS:
            return False
        if before.is_a("commas", "joins", "verb-particles", "relatives", "thats", "breaks"):
            return False
        if before.is_a("preps", "nominal", "light", "undergo"):
            return True
        return not ("ال" in before.clitic or before.is_a(*DOERS) or before.form.startswith("ال"))


def form_of_people(s: Sentence, form: str) -> bool:
    """A word for people with a pronoun behind it, which has the letters of a verb: "أسرته", "أسرتها"."""
    tail = next((x for x in _BEHIND if form.endswith("ت" + x)), None)
    return tail is not None and form[: -len(tail) - 1] + "ه" in s.lists.classes["people"]


@lru_cache(maxsize=65536)
def _splits(form: str) -> bool:
    """True where the word is known only without the "and" before it."""
    lists, grammar = word_list("ar"), Arabic()

    def known(stem: str) -> bool:
        return stem in lists.of_class or stem in lists.act_forms or stem in lists.saying_forms or lists.is_place(stem)

    told = any(known(stem) for _, stem in grammar.readings(form[1:]))
    if known(form):
        return False
    alone = lists.phrase_heads.fullmatch(form[1:]) is not None
    if lists.phrase_heads.fullmatch(form) and (not alone or (len(form) <= SHORT and not told)):
        return False  # "وجد", "فارق": the letter is the verb's own
    if re.fullmatch(r"\d.*", form[1:]) or (len(form) > 3 and alone):
        return True
    return told


_GRAMMAR = Arabic()
"""One for all texts: it keeps nothing of any."""


def arabic_reader() -> WindowReader:
    """The reader of Arabic texts."""
    return WindowReader(_GRAMMAR)
