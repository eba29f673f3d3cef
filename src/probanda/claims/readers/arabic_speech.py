"""Who speaks in Arabic: behind the verb up to "إن", before it, or behind "بحسب".

Start with `Speech.cue`.

Looks down to: arabic_phrases, window_clauses, window_sentence, window_words. Used by: arabic.
"""

from __future__ import annotations

from probanda.claims.readers.arabic_phrases import DOERS, LONGEST_NAME, SUFFERERS, Phrases
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import QUOTES, STOPS, Cue, Range, Sentence
from probanda.claims.readers.window_words import Saying, Use


class Speech(Phrases):
    """Speakers of words of speech."""

    def cue(self, s: Sentence, first: int, at: int, use: Use) -> Cue | None:  # noqa: PLR0911, PLR0912
        """The speaker stands behind the verb up to "إن", or before it; with neither, who spoke before goes on."""
        saying = use.entry
        if not isinstance(saying, Saying) or (s.words[at].is_a("people") and s.form(at).endswith("ا")):
            return None  # "طالبا" is a student
        n = len(s.words)
        word = s.words[at]
        if use.shape in ("past", "present") and (self.written_as_noun(s, at) or word.is_a("belongs")):
            return None
        if saying.lead:
            found = self._speaker(s, at + 1, n)
            return Cue(at, found[1], saying, found, False, self._reach(s, at)) if found is not None else None
        if use.shape == "noun" and not saying.accused:
            return None
        if use.shape == "phrase" and saying.accused:
            first -= s.form(first - 1) in QUOTES  # "«مسلحين مجهولين» يقفون وراء"
            before = self.left(s, first, 0)
            if before is not None and s.classes(*before) & {"things"}:
                before = None  # "بالسجن عشرين عاما بتهمة"
            beside = before is not None and before[1] == first and before[0] < before[1]
            named = before if beside else next(iter(self.right(s, at + 1, n)), None)
            if s.form(at).endswith(("هم", "ها", "هما", "ه")) and not beside and not s.is_a(at, *DOERS):
                named = next(((a, b) for a, _, b in reversed(s.persons) if b <= first), None)  # "بعد إدانته بقتل"
            if named is None and not beside:
                named = next(((a, b) for a, _, b in reversed(s.persons) if b <= first), None)
            return Cue(first, at + 1, saying, None, False, (at + 1, n), named, True)
        if (
            use.shape not in ("past", "present", "phrase", "done", "noun", *(("suffered",) if saying.accused else ()))
            or (use.shape != "phrase" and word.clitic and word.clitic not in ("و", "ف"))
        ) and not (saying.accused and use.shape in ("done", "noun")):
            return None
        if s.is_a(at - 1, "negators") and saying.modality in ("say", "confirmed"):
            return None
        if use.shape == "suffered":  # "اتُهم الرائد بقتل"
            return Cue(at, at + 1, saying, None, False, (at + 1, n), next(iter(self.right(s, at + 1, n)), None), True)
        if use.shape == "done" and s.form(at + 1)[:1] != "ب":
            return None  # "the accused", who may do or say something himself
        if use.shape in ("done", "noun"):  # "متهم بقتل"
            subject = self.left(s, at, 0)
            return Cue(at, at + 1, saying, None, False, (at + 1, n), subject, True)
        after_what = s.is_a(at - 1, "as-said") and saying.modality in ("say", "confirmed", "alleged")
        asks = saying.modality == "called-for"
        behind = (self._within(s, first, at) if use.shape == "phrase" else None) or self._speaker(s, at + 1, n, asks)
        if use.shape == "phrase" and s.is_a(at, "thats"):
            behind = None  # "يقال إن": nobody is named
        accused: Range | None = None
        if saying.accused:
            behind, accused = self._accusing(s, at, behind)
        elif asks and behind is not None and behind[1] < n and self._asked_party(s, behind[1]):
            accused = next(iter(self.right(s, behind[1], n)), None)
        closed = at > 0 and (s.words[at - 1].form in QUOTES or s.words[at - 1].is_a("commas") or after_what)
        ends = max(at + 1, behind[1]) if behind is not None else at + 1
        that = any(s.words[k].is_a("thats") or s.words[k].form in (":", *QUOTES) for k in range(ends, min(n, ends + 4)))
        if behind is not None and (after_what or (closed and not that and not saying.accused)):
            return Cue(at - 1 if after_what else at, at + 1, saying, behind, False, (0, at))
        scope = (at + 1, n)
        if behind is not None:
            return Cue(at, at + 1, saying, behind, False, scope, accused)
        verb = at
        while verb > 0 and (s.is_a(verb - 1, "verb-particles") or s.form(verb - 1) == "ف"):
            verb -= 1
        before = self.left(s, verb, 0)
        if before is not None and (s.classes(*before) & {*DOERS, *SUFFERERS, "documents", "sources"}):
            return Cue(at, at + 1, saying, before, False, scope, accused)
        again = saying.modality == "say" or saying.same
        taken_up = s.is_a(at - 1, "but-they") and saying.modality in ("say", "denied", "admitted")
        return Cue(at, at + 1, saying, None, taken_up or (again and s.is_a(at - 1, "joins")), scope, accused)

    def _within(self, s: Sentence, first: int, at: int) -> Range | None:
        """The speaker who stands inside a phrase: "أصدر القائد أوامر"."""
        a = next((n for n in range(first + 1, at) if s.words[n].is_a(*DOERS, *SUFFERERS, "documents")), None)
        if a is None and s.words[at].clitic[:1] == "ل" and s.is_a(at, *DOERS):
            return (at, at + 1)  # "ثبت للمحكمة"
        if a is None:
            return None
        b = a + 1
        while (
            b < at
            and s.words[b].form[0].isalpha()
            and not s.words[b].is_a("preps", "commas", "joins", "documents")
            and not self._loose(s, b)
        ):
            b += 1
        return (a, b)

    @staticmethod
    def _asked_party(s: Sentence, at: int) -> bool:
        """Behind a name that is complete, whoever is asked: "تطالب الرابطة | وزارة العدل", "دعا المجلس | النائب"."""
        before, word = s.words[at - 1], s.words[at]
        closed = before.form.startswith("ال") or any(end == at for _, _, end in s.persons)
        return closed and word.is_a(*DOERS, "officials", "titles") and not word.clitic.startswith(("ب", "ل", "ك"))

    def _speaker(self, s: Sentence, at: int, hi: int, asks: bool = False) -> Range | None:
        """The phrase behind a word of speech; a title counts, and any word that the lists know as a speaker."""
        while at < hi and s.words[at].is_a("adverbs", "to-whom"):
            at += 1
        end = at
        while end < hi and end - at < LONGEST_NAME:
            word = s.words[end]
            if end > at and (word.is_a("adverbs") or self._told(s, at, end) or (asks and self._asked_party(s, end))):
                break
            if end > at and word.form == "باسم":
                end += 1
                continue
            if end > at and (word.form in STOPS or word.is_a("commas") or any(c[0] == end for c in s.counts)):
                break
            if (
                (
                    end > at
                    and s.words[at].is_a("officials", "titles", "accused", "combatants")
                    and word.is_a(*DOERS, *SUFFERERS)
                    and word.form.endswith(("ه", "ها"))
                )
                and word.form != word.stem
                and not word.clitic
            ):
                break  # "أمر العقيد رجاله": those whom he ordered
            if end > at and self._ends(s, end, at) and word.form not in ("في", "من"):
                break
            if end == at and (
                (word.clitic[:1] in ("ب", "ك", "ل") and word.clitic != "" and not word.is_a("titles"))
                or any(t.a <= at < t.b for t in s.triggers)
                or word.form in STOPS
                or word.is_a("thats", "preps", "commas", "joins", "verb-particles")
                or word.acts
            ):
                break
            if word.form == "في" and not s.is_a(at, *DOERS, *SUFFERERS):
                break
            end += 1
        found = strip(s, at, end)
        if found[0] >= found[1]:
            return None
        if end < hi and end - at <= 5 and (s.words[end].is_a("thats") or s.words[end].form == ":"):
            return found
        known = s.classes(*found) & {*DOERS, *SUFFERERS, "documents", "sources"}
        return found if known or self._unknown(s, found) else None

    @staticmethod
    def _told(s: Sentence, at: int, end: int) -> bool:
        """Those who are told stand behind who tells: "أنذرت القيادة المهربين"."""
        first, word = s.words[at], s.words[end]
        before = s.words[end - 1]
        if word.is_a("bodies", "state-words") and word.form.startswith("ال") and before.form.startswith("ال"):
            return not word.is_a("armed", "combatants")  # "يدعو المركز النيابة العامة إلى"
        both = first.form.startswith("ال") and word.form.startswith("ال") and end == at + 1
        return both and word.form.endswith(("ين", "ون")) and not first.is_a("titles", "officials")

    def _accusing(self, s: Sentence, at: int, behind: Range | None) -> tuple[Range | None, Range | None]:
        """Who accuses and who is accused: both stand in a row behind the verb, or the one before it."""
        verb = at
        while verb > 0 and (s.is_a(verb - 1, "verb-particles") or s.form(verb - 1) == "ف"):
            verb -= 1
        before = self.left(s, verb, 0)
        near, further = self.behind(s, at + 1, len(s.words))
        if before is not None and s.classes(*before) & {*DOERS, *SUFFERERS, "documents"}:
            accused = near or further or self._beyond(s, at + 1, len(s.words))
            return before, accused[0] if accused else behind
        if behind is None:
            return None, None
        a, b = behind
        for n in range(a + 1, b):
            opens = s.words[n].is_a(*DOERS, "titles") and s.form(n - 1) not in ("باسم", "من", "في")
            titled = s.words[n - 1].is_a("titles") and s.words[n].is_a("titles")
            if opens and not titled and not self._held(s, n):
                return strip(s, a, n), strip(s, n, b)
        beyond = self._beyond(s, b, len(s.words)) or [r for r in further if r[0] >= b]
        return (behind, beyond[0]) if beyond else (behind, None)

    @staticmethod
    def _reach(s: Sentence, at: int) -> Range:
        n = len(s.words)
        low = max((k + 1 for k in range(at) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=0)
        high = min((k for k in range(at, n) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=n)
        return low, high
