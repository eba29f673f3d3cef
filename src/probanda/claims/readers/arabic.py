"""What Arabic answers for itself: particles written on words, verb before subject, nouns that name the deed.

Start with `Arabic.shape` and `Arabic.parties`. Without vowel marks an active and a passive verb look alike: whom the
word behind it denotes decides. All words are data in `lexicons/ar`.

Looks down to: window, window_sentence, window_words. Used by: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from probanda.claims.readers.folded import Folded
from probanda.claims.readers.window import WindowReader
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import (
    QUOTES,
    STOPS,
    Cue,
    Parties,
    PlaceSpan,
    Range,
    Sentence,
    Trigger,
    Word,
)
from probanda.claims.readers.window_words import Saying, Use, word_list

_TOKEN = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
_BEFORE = ("ال", "ب", "ل", "ك", "س", "بال", "كال", "لل", "ول", "وب", "وال", "ف", "و")
"""Particles in the order in which they are tried; "and" before a known word is a word of its own already."""
_BEHIND = ("هما", "هم", "هن", "ها", "نا", "ه")
_SUFFERED = ("هما", "هم", "هن", "ها", "ه")
DOERS = ("armed", "combatants", "bodies", "state-words", "partisan", "publications")
SUFFERERS = ("people", "prisoners", "officials", "titles", "bodies-found")
SITES = ("civilian-places", "military-places", "property", "place-kinds")
LONGEST_NAME = 12
ASKED_FOR = ("release", "access")
"""Details of proceedings that count only where somebody asks for them."""
_LIST_LEAD = re.compile(r"([^.:]{0,80}):(?:\s*\d+\s*[.)-][^.:]*)*\s*\d*\s*[.)-]?\s*$")
DAMMA = "ُ"


@dataclass(frozen=True)
class Arabic:
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
                yield form[1:], at + 1, match.end()
            else:
                yield form, at, match.end()

    def readings(self, form: str) -> tuple[tuple[str, str], ...]:
        """The word whole, then without the particles before and the pronouns behind it."""
        found = [("", form)]
        starts = [(p, form[len(p) :]) for p in _BEFORE if form.startswith(p) and len(form) - len(p) >= 3]
        found += starts
        for particles, rest in [("", form), *starts]:
            for tail in _BEHIND:
                if rest.endswith(tail) and len(rest) - len(tail) >= 3 and "ال" not in particles:
                    stem = rest[: -len(tail)]
                    found.append((particles, stem))
                    if stem.endswith("ت"):
                        found.append((particles, stem[:-1] + "ه"))
        return tuple(found)

    # -- verbs and nouns ---------------------------------------------------------------------------------------

    def shape(  # noqa: PLR0911
        self, s: Sentence, at: int, uses: tuple[Use, ...]
    ) -> tuple[Use, str, int] | None:
        """The noun stands behind a preposition, an article or another noun; else the same letters are a verb."""
        by = {use.shape: use for use in reversed(uses)}
        word = s.words[at]
        verb = by.get("past") or by.get("present") or by.get("suffered")
        if "noun" in by and (verb is None or self._nominal(s, at)):
            return by["noun"], "noun", at
        if verb is not None:
            if self._no_verb(s, at):
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

    # -- phrases -----------------------------------------------------------------------------------------------

    def _ends(self, s: Sentence, at: int, head: int) -> bool:
        word = s.words[at]
        if any(c[0] <= at < c[1] for c in s.counts) and (at > head or s.words[at].is_a("verb-particles", "preps")):
            return False
        if word.form in ("منهم", "منهن") and any(c[1] == at for c in s.counts):
            return False
        if word.form == "من" and at > head:
            return not (s.is_a(at + 1, *DOERS, *SUFFERERS) or any(c[0] == at + 1 for c in s.counts))
        return (
            word.form in STOPS
            or word.is_a(
                "commas", "preps", "relatives", "thats", "breaks", "verb-particles", "joins", "light", "undergo"
            )
            or at in s.taken
            or (bool(word.says) and not word.is_a(*DOERS, *SUFFERERS))
            or (at > head and (self._unknown_verb(word) or word.is_a("adverbs", "pronouns")))
            or any(t.a <= at < t.b for t in s.triggers)
            or (at > head and word.form != "باسم" and word.clitic[:1] in ("ب", "ل", "ك") and word.clitic != "")
            or (bool(word.acts) and not word.is_a(*DOERS, *SUFFERERS, *SITES))
        )

    @staticmethod
    def _unknown_verb(word: Word) -> bool:
        """A present tense that no list knows: few nouns begin with ya, and those that do are listed names."""
        return word.form[0] == "ي" and len(word.form) >= 4 and not word.classes and not word.is_a("names-in-ya")

    def right(self, s: Sentence, at: int, hi: int) -> list[Range]:
        """The phrases that begin at `at`, joined ones each by itself."""
        found: list[Range] = []
        while at < hi:
            while at < hi and (s.words[at].is_a("adverbs") or at in s.taken):
                at += 1
            end = at
            while end < hi and end - at < LONGEST_NAME and not self._ends(s, end, at):
                end += 1
            if end == at:
                break
            found += self._parted(s, at, end)
            if end >= hi or not s.words[end].is_a("joins") or end + 1 >= hi:
                break
            if not (s.is_a(end + 1, *DOERS, *SUFFERERS, *SITES) or any(c[0] == end + 1 for c in s.counts)):
                break
            at = end + 1
        return found

    def _parted(self, s: Sentence, a: int, b: int) -> list[Range]:
        """A run of nouns cut where doers end and those begin to whom it was done: "الجيش | ثلاثة مدنيين"."""
        for at in range(a + 1, b):
            counted = any(c[0] == at for c in s.counts)
            if not s.words[a].is_a(*DOERS) or any(c[0] == a for c in s.counts):
                break
            if s.form(at - 1) == "من" or s.form(at - 1) == "باسم":
                continue
            if counted or (s.words[at].is_a(*SUFFERERS, *SITES) and not self._held(s, at)):
                return [strip(s, a, at), strip(s, at, b)]
        return [strip(s, a, b)]

    @staticmethod
    def _held(s: Sentence, at: int) -> bool:
        """A word with the article belongs to the bare noun before it: "قائد الشرطة"."""
        before = s.words[at - 1]
        bare = "ال" not in before.clitic and not before.form.startswith("ال")
        return "ال" in s.words[at].clitic and bare

    def left(self, s: Sentence, at: int, lo: int) -> Range | None:
        """The phrase that ends before `at`, where the subject stands before its verb."""
        end = at
        while end > lo and (s.words[end - 1].is_a("adverbs") or end - 1 in s.taken):
            end -= 1
        start = end
        while start > lo and end - start < LONGEST_NAME:
            if self._ends(s, start - 1, lo - 1) and not (s.form(start - 1) == "من" and start - 1 > lo):
                break
            start -= 1
        found = strip(s, start, end)
        return self._parted(s, *found)[0] if found[0] < found[1] else None

    def _doer(self, s: Sentence, r: Range) -> bool:
        return s.words[r[0]].is_a(*DOERS) or (
            bool(s.classes(*r) & {"combatants", "armed"})
            and not s.words[r[0]].is_a(*SUFFERERS)
            and s.count_in(*r) is None
        )

    def _sufferer(self, s: Sentence, r: Range) -> bool:
        counted = s.count_in(*r) is not None and not s.classes(*r) & {"things", "animals"}
        return (
            counted
            or self._sound_plural(s, r[0])
            or bool(s.classes(*r) & {*SUFFERERS, "combatants"})
            or self._named(s, r)
        )

    @staticmethod
    def _sound_plural(s: Sentence, at: int) -> bool:
        """ "المصلون", "المختطفين": a plural in ون or ين that no list knows is of people."""
        word = s.words[at]
        bare = word.form.removeprefix("ال")
        return (
            not word.classes
            and not word.acts
            and bare.endswith(("ون", "ين"))
            and len(bare) >= 5
            and bare[0] not in "يت"
        )

    @staticmethod
    def _named(s: Sentence, r: Range) -> bool:
        return any(
            s.words[r[0]].start <= w.start < s.words[r[1] - 1].end and w.is_a("titles") for w in s.words[r[0] : r[1]]
        )

    def _site(self, s: Sentence, r: Range) -> bool:
        return s.words[r[0]].is_a(*SITES) or any(p.name for p in s.places_in(*r))

    # -- parties -----------------------------------------------------------------------------------------------

    def parties(self, s: Sentence, t: Trigger, lo: int, hi: int) -> Parties:
        """By class and order: who can do it stands first; behind "على يد" the author of a passive."""
        p = Parties()
        self._forms(s, t, p, lo)
        if t.act.detail in ASKED_FOR and not self._asked(s, t):
            p.unreal = "not asked for"
        if "animals" in t.act.forbids and any(w.is_a("animals") for w in s.words):
            p.unreal = "of animals"
        if t.shape == "phrase" and t.act.forbids and s.classes(t.a, t.b) & set(t.act.forbids):
            p.unreal = "the words within"
        self._agents(s, t, p, hi)
        if t.shape == "noun":
            self._noun(s, t, p, lo, hi)
        elif t.shape != "order":
            self._verb(s, t, p, lo, hi)
        if not p.victims and not p.targets:
            self._against(s, t, p, hi)
        return p

    @staticmethod
    def _asked(s: Sentence, t: Trigger) -> bool:
        """Somebody demands it in the sentence, or in the line above a list of demands."""
        if any(w.is_a("demands", "judges") for w in s.words[: t.b]):
            return True
        start = s.words[0].start
        lead = _LIST_LEAD.search(s.text.words, max(0, start - 600), start)
        return lead is not None and any(w in s.lists.classes["demands"] for w in lead.group(1).split())

    def _verb(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:  # noqa: PLR0911
        behind = [r for r in self.right(s, t.b, hi) if r[0] < r[1] and not self._hanging(s, r)]
        self._pronouns(s, t, p)
        if t.shape == "phrase" and t.act.type != "procedural" and (self._light(s, t, p, lo) or self._inside(s, t, p)):
            self._suffer(s, t, p, behind)
            return
        before = self.left(s, t.verb, lo) if not behind or self._after_subject(s, t, lo) else None
        if t.verb > 1 and s.is_a(t.verb - 1, "relatives"):
            before = self.left(s, t.verb - 1, 0)  # "العصابات التي تحتجز المهاجرين"
        word = s.words[t.a]
        start = s.text.start(word.start)
        marked = DAMMA in s.text.original[start : start + 3] and t.shape == "active"
        passive = marked or bool(p.actors) or t.shape == "passive"
        if t.act.subject == "victim":
            ranges = behind[:1] if behind and self._sufferer(s, behind[0]) else [before] if before else behind
            for r in ranges:
                if self._sufferer(s, r) or self._doer(s, r):
                    p.victims.append(r)
            return
        if before is not None and self._doer(s, before) and not passive:
            p.actors.append(before)
            self._suffer(s, t, p, behind)
            return
        if before is not None and (self._sufferer(s, before) or self._site(s, before)) and not behind:
            self._suffer(s, t, p, [before])
            return
        if marked and not behind and before is None:
            p.pronoun = True  # "اختُطف في كانون الثاني": somebody named before
        first = behind[:1]
        if (
            first
            and t.act.object == "person"
            and not t.act.weak
            and (passive or p.again)
            and self._somebody(s, first[0])
        ):
            self._suffer(s, t, p, behind)
            p.victims = p.victims or ([] if p.targets else first)
            return
        if len(behind) == 1 and t.act.object == "person" and self._doer(s, first[0]) and not passive:
            further = self._further(s, first[0][1], hi)
            if further:
                p.actors.append(first[0])
                self._suffer(s, t, p, further)
                return
        if first and self._doer(s, first[0]) and not passive and (len(behind) > 1 or self._acts_alone(s, t, first[0])):
            p.actors.append(first[0])
            self._suffer(s, t, p, behind[1:] or self._further(s, first[0][1], hi))
            return
        self._suffer(s, t, p, behind)

    @staticmethod
    def _hanging(s: Sentence, r: Range) -> bool:
        """A phrase that opens with a particle written on a word that no list knows: "بحروق"."""
        first = s.words[r[0]]
        return not first.classes and first.form[:1] in "بل" and len(first.form) > 3 and not first.is_a("titles")

    @staticmethod
    def _pronouns(s: Sentence, t: Trigger, p: Parties) -> None:
        """A pronoun written behind the verb suffers the act; a plural verb takes up the author told before."""
        form = s.words[t.a].form
        tail = next(
            (
                x
                for x in _SUFFERED
                if form.endswith(x)
                and form[: -len(x)] + ("ا" if form[: -len(x)].endswith("و") else "") in s.lists.act_forms
            ),
            "",
        )
        p.pronoun = bool(tail) and t.shape == "active"
        if form.endswith(("نا", "ني")) and t.act.type in ("torture", "rape-sexual-violence", "detention", "abduction"):
            p.pronoun = t.shape == "active"
        stem = form.removesuffix(tail) if tail else form
        p.again = t.shape == "active" and stem.endswith(("وا", "ون", "و"))

    def _inside(self, s: Sentence, t: Trigger, p: Parties) -> bool:
        """Doers and sufferers within a phrase: "لقي تسعة مدنيين مصرعهم", "أطلقت الشرطة النار"."""
        a = next((n for n in range(t.a, t.b) if s.words[n].is_a(*DOERS, *SUFFERERS)), None)
        if a is None:
            return False
        start = next((c[0] for c in s.counts if c[1] == a and c[0] >= t.a), a)
        b = a + 1
        while b < t.b - 1 and not (s.words[b].classes or s.words[b].acts or b in s.taken):
            b += 1
        r = (start, b)
        if self._doer(s, r) and t.act.subject != "victim":
            p.actors.append(r)
        else:
            p.victims.append(r)
        return True

    def _further(self, s: Sentence, at: int, hi: int) -> list[Range]:
        """Those counted further on in the clause, where words about the doers stand between."""
        for a, b, _ in s.counts:
            if at < a < hi and not s.words[a - 1].is_a("preps", "joins") and s.is_a(b, *SUFFERERS, "combatants"):
                return [(a, b + 1)]
        for n in range(at, hi):
            if (n - 1 in s.taken or s.is_a(n - 1, "adverbs")) and n not in s.taken and s.is_a(n, *SUFFERERS):
                return self.right(s, n, hi)[:1]
        return []

    @staticmethod
    def _fought(s: Sentence, p: Parties) -> bool:
        """The author is of those who fight: whom they kill or arrest is somebody, known to the lists or not."""
        return any(s.classes(*r) & {"armed", "combatants"} for r in p.actors)

    def _after_subject(self, s: Sentence, t: Trigger, lo: int) -> bool:
        before = t.verb - 1
        return before >= lo and not s.words[before].is_a("commas", "joins", "thats", "breaks", "relatives")

    def _acts_alone(self, s: Sentence, t: Trigger, r: Range) -> bool:
        """A doer with no one behind it: it shelled, it raided; but those that only "قتل" names were killed."""
        if t.act.object in ("target", "property", "none"):
            return True
        pronoun = s.words[t.a].form.endswith(("ه", "ها", "هم", "هما")) and s.count_in(*r) is None
        return pronoun and not s.words[r[0]].is_a("combatants")

    def _suffer(self, s: Sentence, t: Trigger, p: Parties, ranges: list[Range]) -> None:
        for r in ranges:
            if r in p.actors or r in p.victims or r[0] >= r[1]:
                continue
            if r[1] == t.a and any(c[0] == r[0] and c[1] == r[1] for c in s.counts):
                continue  # "ثلاث | قذائف سقطت": they count what the act names
            head = next((n for n in range(*r) if not any(a <= n < b for a, b, _ in s.counts)), r[0])
            if t.act.object == "none" and t.act.subject != "victim" and not s.is_a(head, "people", "prisoners"):
                continue
            if (self._site(s, r) or s.is_a(head, *SITES)) and not s.is_a(head, *SUFFERERS):
                p.targets.append(r)
            elif self._sufferer(s, r) or (self._doer(s, r) and t.act.object in ("person", "people", "target")):
                p.victims.append(r)
            elif s.classes(*r) & {"things", "animals"} or t.act.object not in ("person", "people"):
                continue
            elif self._unknown(s, r) or (t.act.object == "person" and self._fought(s, p)):
                p.victims.append(r)

    @staticmethod
    def _somebody(s: Sentence, r: Range) -> bool:
        """Words of which the lists know nothing: behind a passive, or where "they" did it, they name a person."""
        if s.form(r[0]).startswith("ال"):
            return False
        return not s.classes(*r) and not any(w.acts or w.says for w in s.words[r[0] : r[1]])

    @staticmethod
    def _unknown(s: Sentence, r: Range) -> bool:
        """Two or three words that no list knows, none with an article first: most likely a name."""
        words = s.words[r[0] : r[1]]
        return (
            2 <= len(words) <= 4 and not any(w.classes or w.acts for w in words) and not words[0].form.startswith("ال")
        )

    def _noun(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        word = s.words[t.b - 1]
        behind = [] if word.form != word.stem and not word.clitic else self.right(s, t.b, hi)
        if s.is_a(t.b, "relatives") and s.is_a(t.b + 1, "undergo"):  # "التعذيب الذي تعرض له فلان"
            self._suffer(s, t, p, self.right(s, t.b + 3, hi))
        attack = t.act.type in ("attack", "bombing", "military-operation", "siege", "looting-property")
        if behind:
            first = behind[0]
            onward = next(
                (
                    n
                    for n in range(first[1], min(hi, first[1] + 2))
                    if s.words[n].clitic.startswith("ل") and n not in s.taken
                ),
                None,
            )
            if self._doer(s, first) and (attack or len(behind) > 1 or onward is not None) and not p.actors:
                p.actors.append(first)
                rest = behind[1:] or ([r for r in [self._bare(s, onward, hi)] if r] if onward is not None else [])
                self._suffer(s, t, p, rest)
            else:
                self._suffer(s, t, p, behind)
        elif t.act.subject == "victim" and not p.victims:
            count = next((c for c in s.counts if c[1] == t.a or c[0] == t.b), None)
            if count is not None:
                p.victims.append((min(count[0], t.a), max(count[1], t.b)))
        self._light(s, t, p, lo)

    def _bare(self, s: Sentence, at: int, hi: int) -> Range | None:
        end = at + 1
        while end < hi and end - at < LONGEST_NAME and not self._ends(s, end, at):
            end += 1
        return (at, end)

    def _light(self, s: Sentence, t: Trigger, p: Parties, lo: int) -> bool:
        """Of "شن الجيش هجوما", "تعرض الأسرى للتعذيب" the subject; True where there is such a verb."""
        light = next((n for n in range(t.a - 1, max(lo - 1, t.a - 9), -1) if s.words[n].is_a("light", "undergo")), None)
        if light is None:
            return False
        between = [r for r in self.right(s, light + 1, t.a) if self._doer(s, r) or self._sufferer(s, r)]
        subject = between[0] if between else self.left(s, light, lo)
        if subject is None:
            return False
        p.cues.append(s.form(light))
        if s.words[light].is_a("undergo"):
            self._suffer(s, t, p, [subject])
        elif not p.actors and not s.classes(*subject) & {"munitions", "things", "animals"}:
            p.actors.append(subject)
        return True

    def _agents(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        folded = s.lists.patterns["by"]
        for at in range(t.b, hi):
            word = s.words[at]
            if word.clitic == "ب" and word.is_a("munitions"):
                p.means.append((at, at + 1))
                p.actors += [r for r in self.right(s, at + 1, hi)[:1] if s.words[r[0]].is_a(*DOERS)]
                continue
            match = folded.match(s.text.words, word.start, s.words[hi - 1].end)
            if match is None or not match.group(0):
                continue
            after = next((n for n in range(at, hi) if s.words[n].start >= match.end()), hi)
            for r in self.right(s, after, hi):
                if self._doer(s, r) or self._sufferer(s, r):
                    p.actors.append(r)
                    p.cues.append(match.group(0))
            if p.actors:
                return

    def _against(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        if t.act.object not in ("target", "property", "person"):
            return
        at = next((n for n in range(t.b, hi) if s.words[n].is_a("against")), None)
        if at is not None and t.act.object == "target":
            end = at + 1
            while (
                end < hi
                and end - at < 6
                and s.words[end].form not in STOPS
                and not s.words[end].is_a("commas", "joins", "relatives", "preps")
            ):
                end += 1
            r = strip(s, at + 1, end)
            if r[0] < r[1]:
                self._suffer(s, t, p, [r])
                if not (p.victims or p.targets):
                    p.targets.append(r)

    def _forms(self, s: Sentence, t: Trigger, p: Parties, lo: int) -> None:
        before = s.words[max(0, t.a - 3) : t.a]
        near = list(s.words[max(lo, t.verb - 2) : t.a])
        if s.words[t.a].clitic == "س" or any(w.is_a("future") for w in near):
            p.unreal = "future"
        negation = next((w for w in s.words[max(lo, t.verb) : t.a] if w.is_a("negators")), None)
        if t.shape != "noun" and negation is None and t.verb > 0 and s.words[t.verb - 1].is_a("negators"):
            negation = s.words[t.verb - 1]
        if t.shape == "noun":
            negation = next((w for w in before if w.is_a("noun-negators")), None)
            if negation is None and s.lists.patterns["did-not-happen"].search(
                s.folded(max(0, t.a - 4), min(len(s.words), t.b + 8))
            ):
                p.negated = "لم يقع"
            elif negation is None and s.lists.patterns["untrue"].search(s.folded(0, len(s.words))):
                p.negated = "عار عن الصحة"
        willing = next((w for w in s.words[t.a : t.b] if w.is_a("willingly")), None)
        if willing is not None:
            p.negated = willing.form
        if negation is not None:
            p.negated = negation.form
            if negation.form == "لا" and any(w.is_a("ever") for w in s.words[t.b :]):
                p.unreal = "of no one time"
        doubt = next((w for w in s.words[max(0, t.verb - 5) : min(len(s.words), t.b + 4)] if w.is_a("doubt")), None)
        may = t.verb < t.a and s.form(t.a - 1) == "قد" and s.words[t.a].form[:1] in "يت"
        if may or (t.shape == "phrase" and s.form(t.a)[:1] in "يت" and s.form(t.a - 1) in ("قد", "ربما")):
            p.unreal = "قد"  # with a verb in the present: it may yet happen
        elif doubt is not None:
            p.doubted = doubt.form
        averted = next((w for w in s.words[max(0, t.verb - 4) : t.verb] if w.is_a("averted")), None)
        if averted is not None and t.shape in ("noun", "inf"):
            p.unreal = averted.form

    # -- speech ------------------------------------------------------------------------------------------------

    def cue(self, s: Sentence, first: int, at: int, use: Use) -> Cue | None:  # noqa: PLR0911
        """The speaker stands behind the verb up to "إن", or before it; with neither, who spoke before goes on."""
        saying = use.entry
        if not isinstance(saying, Saying) or (s.words[at].is_a("people") and s.form(at).endswith("ا")):
            return None  # "طالبا" is a student
        n = len(s.words)
        word = s.words[at]
        if saying.lead:
            found = self._speaker(s, at + 1, n)
            return Cue(at, found[1], saying, found, False, self._reach(s, at)) if found is not None else None
        if use.shape == "noun" and not saying.accused:
            return None
        if use.shape == "phrase" and saying.accused:
            first -= s.form(first - 1) in QUOTES  # "«مسلحين مجهولين» يقفون وراء"
            before = self.left(s, first, 0)
            beside = before is not None and before[1] == first and before[0] < before[1]
            named = before if beside else next(iter(self.right(s, at + 1, n)), None)
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
        if use.shape in ("done", "noun"):  # "متهم بقتل"
            subject = self.left(s, at, 0)
            return Cue(at, at + 1, saying, None, False, (at + 1, n), subject, True)
        after_what = s.is_a(at - 1, "as-said")
        behind = (self._within(s, first, at) if use.shape == "phrase" else None) or self._speaker(s, at + 1, n)
        accused: Range | None = None
        if saying.accused:
            behind, accused = self._accusing(s, at, behind)
        closed = at > 0 and (s.words[at - 1].form in QUOTES or s.words[at - 1].is_a("commas") or after_what)
        ends = max(at + 1, behind[1]) if behind is not None else at + 1
        that = any(s.words[k].is_a("thats") or s.words[k].form in (":", *QUOTES) for k in range(ends, min(n, ends + 4)))
        if behind is not None and (after_what or (closed and not that and not saying.accused)):
            return Cue(at - 1 if after_what else at, at + 1, saying, behind, False, (0, at))
        scope = (at + 1, n)
        if behind is not None:
            return Cue(at, at + 1, saying, behind, False, scope, accused)
        before = self.left(s, at - 1 if s.form(at - 1) == "ف" else at, 0)
        if before is not None and (s.classes(*before) & {*DOERS, *SUFFERERS, "documents", "sources"}):
            return Cue(at, at + 1, saying, before, False, scope, accused)
        again = saying.modality == "say" or saying.same
        return Cue(at, at + 1, saying, None, again and s.is_a(at - 1, "joins"), scope, accused)

    @staticmethod
    def _within(s: Sentence, first: int, at: int) -> Range | None:
        """The speaker who stands inside a phrase: "أصدر القائد أوامر"."""
        a = next((n for n in range(first + 1, at) if s.words[n].is_a(*DOERS, *SUFFERERS, "documents")), None)
        if a is None:
            return None
        b = a + 1
        while b < at and s.words[b].form[0].isalpha() and not s.words[b].is_a("preps", "commas", "joins", "documents"):
            b += 1
        return (a, b)

    def _speaker(self, s: Sentence, at: int, hi: int) -> Range | None:
        """The phrase behind a word of speech; a title counts, and any word that the lists know as a speaker."""
        while at < hi and s.words[at].is_a("adverbs", "to-whom"):
            at += 1
        end = at
        while end < hi and end - at < LONGEST_NAME:
            word = s.words[end]
            if end > at and (word.is_a("adverbs") or self._told(s, at, end)):
                break
            if end > at and word.form == "باسم":
                end += 1
                continue
            if end > at and (word.form in STOPS or word.is_a("commas") or any(c[0] == end for c in s.counts)):
                break
            if (
                (
                    end > at
                    and s.words[at].is_a("officials", "titles")
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
        both = first.form.startswith("ال") and word.form.startswith("ال") and end == at + 1
        return both and word.form.endswith(("ين", "ون")) and not first.is_a("titles", "officials")

    def _accusing(self, s: Sentence, at: int, behind: Range | None) -> tuple[Range | None, Range | None]:
        """Who accuses and who is accused, where both stand in a row behind the verb."""
        if behind is None:
            return None, None
        a, b = behind
        for n in range(a + 1, b):
            opens = s.words[n].is_a(*DOERS, "titles") and s.form(n - 1) not in ("باسم", "من", "في")
            titled = s.words[n - 1].is_a("titles") and s.words[n].is_a("titles")
            if opens and not titled and not self._held(s, n):
                return strip(s, a, n), strip(s, n, b)
        before = self.left(s, at - 1 if s.form(at - 1) == "ف" else at, 0)
        return (before, behind) if before is not None else (behind, None)

    @staticmethod
    def _reach(s: Sentence, at: int) -> Range:
        n = len(s.words)
        low = max((k + 1 for k in range(at) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=0)
        high = min((k for k in range(at, n) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=n)
        return low, high

    # -- names -------------------------------------------------------------------------------------------------

    def places(self, s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
        """Behind a word for the kind of place or a preposition of place; names that the lists or the text know."""
        found: list[PlaceSpan] = []
        at = 0
        while at < len(s.words):
            place = self._place_at(s, at, known)
            if place is not None:
                found.append(place)
                at = place.b
            else:
                at += 1
        return found

    def _place_at(self, s: Sentence, at: int, known: frozenset[str]) -> PlaceSpan | None:  # noqa: PLR0911, PLR0912
        word, n = s.words[at], len(s.words)
        placing = s.is_a(at - 1, "place-preps", "directions") or word.clitic[:1] == "ب"
        outer = at
        while outer > 0 and s.words[outer - 1].is_a("place-preps", "directions"):
            outer -= 1
        if at in s.taken:
            return None
        if word.is_a("place-kinds") and at + 1 < n and "ال" not in word.clitic:
            b = self._name(s, at + 1, known)
            if b is not None:
                return PlaceSpan(at + 1, b, outer if outer < at else (at if placing else at + 1), True)
        if word.is_a("civilian-places", "military-places") and placing:
            b = at + 1
            if any(c[0] == b for c in s.counts) or s.is_a(b, "titles", "officials"):
                return None  # "بالسجن عشرين عاما", "بسجن النقيب": a sentence, not where
            while b < n and b - at < 4 and self._goes_on(s, b) and not any(c[0] == b for c in s.counts):
                b += 1
            named = any(not w.classes for w in s.words[at + 1 : b])
            return PlaceSpan(at, b, outer if outer < at else at, named)
        listed = self._listed(s, at, known)
        if listed is not None:
            return PlaceSpan(at, listed, outer, True)
        if (
            s.is_a(at - 1, "place-preps", "directions")
            and word.is_a("name-firsts")
            and not word.is_a(*SITES, "not-places", "titles")
            and at + 1 < n
            and s.form(at + 1).startswith("ال")
            and not s.words[at + 1].classes
            and self._goes_on(s, at + 1)
        ):
            return PlaceSpan(at, at + 2, outer, True)  # "شمالي رأس النبع"
        if word.is_a("name-makers") and not word.clitic and at + 1 < n and self._plain(s, at + 1):
            return PlaceSpan(at, at + 2, outer, True)  # "عرس كفر X": the first word alone tells that it is a place
        if (
            s.is_a(at - 1, "place-preps")
            and not word.is_a("not-places")
            and not word.classes
            and not word.acts
            and not word.says
        ):
            b = self._name(s, at, known)
            written = s.written(at, at + 1).rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
            if written.endswith(("ه", "ها", "هم", "هما", "هن")) or (
                s.form(at + 1).startswith("ال") and not word.is_a("name-firsts") and at + 1 not in s.taken
            ):
                return None  # "في كتفه", "في أدراج الوزارة"
            bare = not word.form.startswith("ال") and word.form[0].isalpha() and not s.is_a(at + 1, "thats")
            if b is not None and bare and s.form(at - 1) in ("في", "قرب", "باتجاه", "صوب"):
                return PlaceSpan(at, b, outer, True)
        return None

    def _plain(self, s: Sentence, at: int) -> bool:
        """A word that no list knows."""
        word = s.words[at]
        return self._goes_on(s, at) and not (word.classes or word.clitic or at in s.taken)

    @staticmethod
    def _goes_on(s: Sentence, at: int) -> bool:
        word = s.words[at]
        return (
            word.form[0].isalpha()
            and not word.is_a(
                "preps",
                "joins",
                "thats",
                "relatives",
                "breaks",
                "small",
                "commas",
                "verb-particles",
                "light",
                "adverbs",
                "undergo",
                "not-places",
                "munitions",
            )
            and not (word.acts or word.says)
            and not (word.clitic[:1] in ("ب", "ل", "ك") and word.clitic)
        )

    def _listed(self, s: Sentence, at: int, known: frozenset[str]) -> int | None:
        """Where a name of the gazetteer, or one that the text uses of a place, ends."""
        for length in (3, 2, 1):
            if at + length > len(s.words):
                continue
            folded = s.folded(at, at + length)
            bare = folded[1:] if folded[:1] in ("ب", "ل") else folded
            unsure = length == 1 and not s.is_a(at - 1, "place-preps", "place-kinds", "directions", "commas")
            if unsure and bare in s.lists.classes["ambiguous-places"]:
                return None  # "دعم مالي" is no State
            if folded in known | s.lists.places:
                return at + length
            if bare != folded and bare in known | s.lists.places:
                word = s.words[at]
                word.clitic, word.stem = folded[0], word.form[1:]
                return at + length
        return None

    def _name(self, s: Sentence, at: int, known: frozenset[str]) -> int | None:
        """Where the name behind a word for a kind of place ends: one word, two where the first wants another."""
        listed = self._listed(s, at, known)
        if listed is not None:
            return listed
        if s.form(at).endswith(("هم", "هما", "هن", "نا")) or any(a <= at < b for a, b, _ in s.counts):
            return None
        two = s.is_a(at, "name-firsts") and self._goes_on(s, at + 1) if at + 1 < len(s.words) else False
        if two and s.form(at + 1).startswith("ال") and not s.is_a(at + 1, *DOERS, *SUFFERERS):
            return at + 2  # "أم الحصى": a name, though "أم" alone is a mother
        if (
            not self._goes_on(s, at)
            or at in s.taken
            or s.is_a(at, *DOERS, *SUFFERERS, "adjectives", "not-places", "place-kinds", "directions")
        ):
            return None
        if s.is_a(at, "name-firsts") and at + 1 < len(s.words) and self._goes_on(s, at + 1):
            return at + 2
        return at + 1

    def person_names(self, s: Sentence) -> list[tuple[int, int, int]]:
        """Two or three words that no list knows behind a title."""
        found: list[tuple[int, int, int]] = []
        at, n = 0, len(s.words)
        while at < n:
            if not s.words[at].is_a("titles"):
                at += 1
                continue
            k = at
            while k < n and s.words[k].is_a("titles"):
                k += 1
            b = k
            while (
                b < n
                and b - k < 3
                and self._goes_on(s, b)
                and not s.words[b].is_a(*DOERS, *SITES, "adjectives")
                and b not in s.taken
            ):
                if s.words[b].classes - {"name-firsts"}:
                    break
                b += 1
            if b - k >= 2 or (b - k == 1 and k - at == 1 and not s.words[k].form.startswith("ال")):
                found.append((at, k, b))
            at = max(b, k)
        return found


@lru_cache(maxsize=65536)
def _splits(form: str) -> bool:
    """True where the word is known only without the "and" before it."""
    lists, grammar = word_list("ar"), Arabic()

    def known(stem: str) -> bool:
        return stem in lists.of_class or stem in lists.act_forms or stem in lists.saying_forms or stem in lists.places

    if known(form):
        return False
    if re.fullmatch(r"\d.*", form[1:]) or (len(form) > 3 and lists.phrase_heads.fullmatch(form[1:])):
        return True
    return any(known(stem) for _, stem in grammar.readings(form[1:]))


_GRAMMAR = Arabic()
"""One for all texts: it keeps nothing of any."""


def arabic_reader() -> WindowReader:
    """The reader of Arabic texts."""
    return WindowReader(_GRAMMAR)
