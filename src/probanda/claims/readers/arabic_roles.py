"""Who did it to whom, in Arabic: verb before subject, nouns that name the deed, "على يد" behind a passive.

Start with `Roles.parties`.

Looks down to: arabic_phrases, window_clauses, window_sentence. Used by: arabic.
"""

from __future__ import annotations

import re

from probanda.claims.readers.arabic_phrases import DOERS, LONGEST_NAME, SITES, SUFFERERS, Phrases
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import Parties, Range, Sentence, Trigger

ASKED_FOR = ("release", "access")
"""Details of proceedings that count only where somebody asks for them."""
_LIST_LEAD = re.compile(r"([^.:]{0,80}):(?:\s*\d+\s*[.)-][^.:]*)*\s*\d*\s*[.)-]?\s*$")
_SUFFERED = ("هما", "هم", "هن", "ها", "ه")
DAMMA = "ُ"
DEEDS = ("attack", "bombing", "military-operation", "siege", "looting-property", "indiscriminate-attack")
"""Types whose noun is told of who does it, where one of a killing is told of who suffers it."""
CUSTODY = ("detention", "abduction", "torture", "rape-sexual-violence")
TOLD_REACH = 8
"""Words behind a noun within which its author may be told."""
SELVES = ("انه", "انها", "انهم", "انهن", "بانه", "بانها", "بانهم", "بانهن")
"""Words for "that he, that she", folded."""


class Roles(Phrases):
    """Authors and victims of an act, by class and order."""

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
        if t.act.detail == "verdict":
            self._sentenced(s, t, p, hi)
        if not p.victims and not p.targets:
            self._against(s, t, p, hi)
        return p

    def _sentenced(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        """Of a judgment the court gives it, and who is judged bears it: "حكمت محكمة X على النقيب Y بالسجن"."""
        court = next((n for n in range(t.a, min(hi, t.b + 2)) if s.is_a(n, "judges")), None)
        if court is not None and not p.actors:
            end = court + 1
            while end < hi and end - court < LONGEST_NAME:
                seat = next((x.b for x in s.places if x.a == end), None)  # "محكمة X"
                if seat is None and self._ends(s, end, court, t):
                    break
                end = seat or end + 1
            p.actors.append(strip(s, court, end))
        if p.victims:
            return
        for at in range(t.a, min(len(s.words), t.b + LONGEST_NAME)):
            led = s.form(at - 1) in ("علي", "بحق", "بسجن", "باعدام", "بحبس", "ببراءه", "بادانه", "برات", "بتبرءه")
            counted = any(c[0] <= at <= c[1] for c in s.counts)
            somebody = s.is_a(at, *SUFFERERS, "accused", "combatants") or any(f == at for f, _, _ in s.persons)
            if led and (somebody or counted):
                end = at + 1
                while end < len(s.words) and not self._ends(s, end, at, t):
                    end += 1
                p.victims.append(strip(s, at, end))
                return

    @staticmethod
    def _asked(s: Sentence, t: Trigger) -> bool:
        """Somebody demands it in the sentence, or in the line above a list of demands."""
        if any(w.is_a("demands", "judges") for w in s.words[: t.b]):
            return True
        start = s.words[0].start
        lead = _LIST_LEAD.search(s.text.words, max(0, start - 600), start)
        return lead is not None and any(w in s.lists.classes["demands"] for w in lead.group(1).split())

    def _verb(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        """Of a verb: the subject stands first, the object behind it, whatever stands between; or the subject before."""
        self._pronouns(s, t, p)
        if p.again and s.is_a(t.verb - 1, "joins"):
            self._still_they(s, t, p)
        at = self._past_weapon(s, t)
        hi = hi if at == t.b else max(hi, self._clause_end(s, at))
        first, further = self.behind(s, at, hi)
        if t.shape == "phrase" and t.act.type != "procedural" and (self._light(s, t, p, lo) or self._inside(s, t, p)):
            self._before_phrase(s, t, p, lo)
            self._suffer(s, t, p, first)
            return
        before = self._subject_before(s, t, lo, bool(first))
        passive = self._marked(s, t) or bool(p.actors) or t.shape == "passive"
        if t.act.subject == "victim":
            self._undergone(s, p, before, first)
        elif before is not None and self._doer(s, before) and not passive:
            p.actors.append(before)
            self._suffer(s, t, p, first or further)
        elif before is not None and not first and (self._sufferer(s, before) or self._site(s, before)):
            self._suffer(s, t, p, [before])
        elif before is not None and first and not passive and self._subject_of_that(s, before):
            p.actors.append(before)
            self._suffer(s, t, p, first)
        elif passive or p.again or not first or self._goes_on_doing(s, t, p, first[0]):
            self._object(s, t, p, first)
            p.pronoun = p.pronoun or (passive and not first and before is None and self._marked(s, t))
            if not (first or p.victims) and before is None:
                self._one_told(s, t, p, passive or t.shape == "active")
                p.pronoun = p.pronoun or (not p.victims and self._of_someone(s, t))
        elif self._does(s, t, p, first[0], further):
            p.actors += first if further or p.pronoun else first[:1]
            self._suffer(s, t, p, further)
        else:
            self._suffer(s, t, p, first)

    @staticmethod
    def _past_weapon(s: Sentence, t: Trigger) -> int:
        """Behind a subject that is no one: "قتلت الغارة أما"."""
        at, n = t.b, len(s.words)
        if t.shape != "phrase" and at < n and s.is_a(at, "munitions") and not s.is_a(at, "armed", "combatants"):
            at += 1
            while at < n and s.words[at].form.startswith("ال") and not s.is_a(at, *DOERS, *SUFFERERS, *SITES):
                at += 1
        elif t.shape == "phrase" and s.form(t.b - 1).startswith("ال") and at < n:  # "دمر القصف | الجوي"
            word = s.words[at]
            plain = word.form.startswith("ال") and not word.is_a(*DOERS, *SUFFERERS, *SITES) and at not in s.taken
            at += plain and word.form.endswith(("ي", "يه"))
        return at

    @staticmethod
    def _clause_end(s: Sentence, at: int) -> int:
        """The next sign or word that breaks a sentence."""
        ends = (n for n in range(at, len(s.words)) if not s.form(n)[0].isalnum() or s.is_a(n, "breaks", "whens"))
        return next(ends, len(s.words))

    @staticmethod
    def _marked(s: Sentence, t: Trigger) -> bool:
        """A past passive that shows its vowel: "قُتل", "أُصيب", "اعتُقل", "استُخدم"."""
        if s.form(t.a).startswith("اصيب"):
            return True
        start = s.text.start(s.words[t.a].start)
        reach = 5 if s.form(t.a).startswith("ا") else 3
        return t.shape == "active" and s.form(t.a)[0] != "ي" and DAMMA in s.text.original[start : start + reach]

    def _subject_before(self, s: Sentence, t: Trigger, lo: int, behind: bool) -> Range | None:
        """The phrase before a verb; before "who", the one that the relative clause tells of."""
        if t.verb > 1 and s.is_a(t.verb - 1, "relatives"):
            return self.left(s, t.verb - 1, 0)  # "العصابات التي تحتجز المهاجرين"
        found = self.left(s, t.verb, lo) if not behind or self._after_subject(s, t, lo) else None
        if (found is None or not self._doer(s, found)) and lo < t.verb and s.is_a(lo - 1, "thats"):
            first = next(iter(self.right(s, lo, t.verb)), None)  # "أن عناصر من X، مدعومين ب...، دخلوا"
            if first is not None and s.words[first[0]].is_a("armed", "combatants") and self._doer(s, first):
                return first
        return found

    def _undergone(self, s: Sentence, p: Parties, before: Range | None, first: list[Range]) -> None:
        """Of "مات", "نزح": who stands at the verb."""
        ranges = first if first and self._sufferer(s, first[0]) else [before] if before else first
        p.victims += [r for r in ranges if self._sufferer(s, r) or self._doer(s, r)]

    def _object(self, s: Sentence, t: Trigger, p: Parties, first: list[Range]) -> None:
        """Those behind a passive, or behind "they did": names that no list knows among them."""
        self._suffer(s, t, p, first)
        if first and t.act.object == "person" and not t.act.weak and self._somebody(s, first[0]):
            p.victims = p.victims or ([] if p.targets else first[:1])

    def _does(self, s: Sentence, t: Trigger, p: Parties, r: Range, further: list[Range]) -> bool:
        """The phrase next to a verb did it: by its class, or since whom it was done to is named behind it."""
        if further:
            return self._doer(s, r) or s.count_in(*r) is None
        if not self._doer(s, r):
            return p.pronoun and s.count_in(*r) is None
        return t.act.object in ("target", "property", "none") or p.pronoun or s.words[r[0]].is_a("bodies")

    @staticmethod
    def _one_told(s: Sentence, t: Trigger, p: Parties, suffered: bool) -> None:
        """ "قالت إنها اغتصبت": whoever speaks, where only a pronoun stands between."""
        if t.act.object != "person" or not suffered or s.form(t.verb - 1) not in SELVES:
            return
        cue = next((c for c in reversed(s.cues) if c.b <= t.verb and c.speaker is not None), None)
        if cue is not None and cue.speaker is not None and cue.speaker[1] >= t.verb - 2:
            p.victims.append(cue.speaker)

    @staticmethod
    def _subject_of_that(s: Sentence, r: Range) -> bool:
        """ "أن فئة ضالة هاجمت مخفرا": what stands between "that" and the verb is its subject."""
        return s.is_a(r[0] - 1, "thats") and s.count_in(*r) is None and not s.is_a(r[0], "prisoners", *SITES)

    def _still_they(self, s: Sentence, t: Trigger, p: Parties) -> None:
        """ "اعترض رجال من X قافلة فسلبوا ركابها": the subject of the verb before goes on."""
        low = max((c.b for c in s.cues if c.b <= t.verb), default=0)
        n = next((n for n in range(low, t.verb - 1) if s.is_a(n, "armed", "combatants") and self._free(s, n)), None)
        if n is None or p.actors or (n and not (s.words[n - 1].acts or s.is_a(n - 1, "verbs", "light", "thats"))):
            return
        r = next(iter(self.right(s, n, t.verb)), None)
        if r is not None and self._doer(s, r):
            p.actors.append(r)
            p.again = False

    def _goes_on_doing(self, s: Sentence, t: Trigger, p: Parties, first: Range) -> bool:
        """ "دخل رتل من الجيش القرية فهدم البيوت": the same doer goes on; "that she" takes up the one told before."""
        if t.shape != "active" or self._doer(s, first):
            return False
        if s.form(t.verb - 1) in SELVES:
            p.again = True
            return True
        if not s.is_a(t.verb - 1, "joins"):
            return False
        low = max((c.b for c in s.cues if c.b <= t.verb), default=0)
        for n in range(t.verb - 2, low - 1, -1):
            if s.words[n].is_a("armed", "combatants") and self._free(s, n):
                end, own = n + 1, next((o for o in s.triggers if o.a <= n < o.b), None)
                while end < t.verb and not self._ends(s, end, n, own):
                    end += 1
                p.actors.append(self._parted(s, *strip(s, n, end))[0])
                return True
        return False

    def _free(self, s: Sentence, n: int) -> bool:
        """The word begins a phrase that stands under no preposition, and suffers no act."""
        before = s.words[n - 1] if n else None
        if n in s.taken or s.words[n].clitic[:1] in ("ب", "ل", "ك") or any(c[0] <= n <= c[1] for c in s.counts):
            return False
        if before is None or not before.form[0].isalpha():
            return True
        return not (before.is_a("preps", *DOERS, *SUFFERERS, *SITES) or before.form.startswith("ال"))

    @staticmethod
    def _of_someone(s: Sentence, t: Trigger) -> bool:
        """ "اختطفت من أمام منزلها": a past that wants an object and has none is a passive, of somebody told before."""
        tail = s.words[t.b : t.b + 1]
        bare = not tail or tail[0].is_a("preps", "commas") or not tail[0].form[0].isalpha() or t.b in s.taken
        past = s.words[t.a].form[0] not in "يتنا" or s.words[t.a].form.startswith("ا")
        return bare and past and t.shape == "active" and t.act.type in CUSTODY

    def _before_phrase(self, s: Sentence, t: Trigger, p: Parties, lo: int) -> None:
        """The doer before a phrase: "عناصر الشرطة أجبروا المحتجين على"."""
        if (
            p.actors
            or t.act.subject == "victim"
            or not (p.victims or p.targets or t.act.type in ("siege", "mine-laying"))
        ):
            return
        before = self._subject_before(s, t, lo, behind=False)
        if before is not None and self._doer(s, before):
            p.actors.append(before)

    def _pronouns(self, s: Sentence, t: Trigger, p: Parties) -> None:
        """A pronoun written behind the verb suffers the act; a plural verb takes up the author told before."""
        word = s.words[t.b - 1 if t.shape == "phrase" and s.words[t.b - 1].acts else t.a]
        form, forms = word.form, s.lists.act_forms
        tail = next(
            (
                x
                for x in _SUFFERED
                if form.endswith(x)
                and ((form[: -len(x)] + ("ا" if form[: -len(x)].endswith("و") else "")) in forms or t.shape == "phrase")
            ),
            "",
        )
        doing = t.shape in ("active", "phrase")
        verbal = t.shape == "active" or (t.shape == "phrase" and word is s.words[t.a])
        p.pronoun = bool(tail) and verbal and not self.written_as_noun(s, t.a)
        if form.endswith(("ني", "نا")) and doing and t.act.object in ("person", "people", "none"):
            p.teller = form.endswith("ني") or t.act.type in (
                "torture",
                "rape-sexual-violence",
                "detention",
                "abduction",
            )
            p.pronoun = p.teller
        stem = form.removesuffix(tail) if tail else form.removesuffix("ني")
        p.again = doing and stem.endswith(("وا", "ون", "و")) and not word.is_a("preps", "negators", "small")

    @staticmethod
    def _someone_at(s: Sentence, n: int) -> bool:
        """A phrase begins that names people, a person, or who did it, and no prepositional one."""
        if any(f == n for f, _, _ in s.persons):
            return True
        if s.form(n) in ("مجهول", "مجهوله") and n and s.form(n - 1)[:1].isalpha() and not s.words[n - 1].acts:
            return False  # "جهة مجهولة"
        doer = s.words[n].is_a(*DOERS) and not s.is_a(n - 1, "preps")
        return (doer or s.words[n].is_a(*SUFFERERS)) and not s.is_a(n, "munitions")

    def _inside(self, s: Sentence, t: Trigger, p: Parties) -> bool:
        """Doers and sufferers within a phrase: "لقي تسعة مدنيين مصرعهم", "أطلقت الشرطة النار"."""
        a = next((n for n in range(t.a, t.b) if self._someone_at(s, n)), None)
        if a is None:
            return False
        start = next((c[0] for c in s.counts if c[1] == a and (c[0] >= t.a or a == t.a)), a)
        b = a + 1
        while b < t.b - 1 and not self._ends(s, b, a, t) and not self._object_at(s, b):
            b += 1
        r = (start, b)
        parted = self._parted(s, *r)
        if len(parted) == 2 and t.act.subject != "victim" and self._doer(s, parted[0]):
            p.actors.append(parted[0])  # "أجبر المقاتلون | سكان قرية X على"
            self._suffer(s, t, p, parted[1:])
            return True
        if s.words[a].clitic[:1] == "ل" and self._doer(s, r):
            p.actors.append(r)  # "غارة لطائرة مسيرة"
            return False
        if self._site(s, r) and t.act.object in ("target", "property", "none") and not self._doer(s, r):
            p.targets.append(r)
        elif self._doer(s, r) and t.act.subject != "victim":
            p.actors.append(r)
        else:
            p.victims.append(r)
        return True

    @staticmethod
    def _object_at(s: Sentence, at: int) -> bool:
        """Behind a plural in ون with its article no genitive stands: "قطع المقاتلون | الماء"."""
        before, word = s.words[at - 1].form, s.words[at].form
        both = before.startswith("ال") and word.startswith("ال")
        return both and before.endswith("ون") and not word.endswith(("ون", "ين"))

    @staticmethod
    def _fought(s: Sentence, p: Parties) -> bool:
        """The author is of those who fight: whom they kill or arrest is somebody, known to the lists or not."""
        return any(s.classes(*r) & {"armed", "combatants"} for r in p.actors)

    def _after_subject(self, s: Sentence, t: Trigger, lo: int) -> bool:
        before = t.verb - 1
        return before >= lo and not s.words[before].is_a("commas", "joins", "thats", "breaks", "relatives")

    def _suffer(self, s: Sentence, t: Trigger, p: Parties, ranges: list[Range]) -> None:
        for r in ranges:
            if r[1] - r[0] == 1 and s.is_a(r[0], "states-of"):
                continue  # "أردوه قتيلا": what became of him, and nobody
            if r in p.victims or r[0] >= r[1] or any(a < r[1] and r[0] < b for a, b in p.actors):
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

    def _noun(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        word = s.words[t.b - 1]
        behind = [] if word.form != word.stem and not word.clitic else self.right(s, t.b, hi)
        if s.is_a(t.b, "relatives") and s.is_a(t.b + 1, "undergo"):  # "التعذيب الذي تعرض له فلان"
            self._suffer(s, t, p, self.right(s, t.b + 3, hi))
        attack = t.act.type in DEEDS
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
        if not p.actors:
            self._told_behind(s, t, p, min(len(s.words), t.b + TOLD_REACH))

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
        undergoes = s.words[light].is_a("undergo")
        between = [
            r
            for r in self.right(s, light + 1, t.a)
            if self._doer(s, r) or (self._sufferer(s, r) and (undergoes or s.count_in(*r) is None))
        ]
        subject = between[0] if between else self._before_light(s, light, lo)
        if subject is None:
            return False
        p.cues.append(s.form(light))
        if undergoes:
            self._suffer(s, t, p, [subject])
        elif not p.actors and not s.classes(*subject) & {"munitions", "things", "animals"}:
            p.actors.append(subject)
        return True

    def _before_light(self, s: Sentence, light: int, lo: int) -> Range | None:
        verb = light
        while verb > lo and s.is_a(verb - 1, "verb-particles"):
            verb -= 1
        if s.is_a(verb - 1, "relatives"):
            return self.left(s, verb - 1, 0)
        return self.left(s, verb, lo)

    def _told_behind(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        """Who did what a noun names, in the clause behind it: "هجوم شنته", "غارة لقوات", "قصف من", "نسبت إلى"."""
        for at in range(t.b, min(hi, t.b + TOLD_REACH)):
            word = s.words[at]
            if word.is_a("light") and word.form.endswith(("ه", "ها", "هم", "هما")) and not word.clitic:
                named = self.right(s, at + 1, hi)[:1]
            elif word.clitic[:1] == "ل" and word.is_a(*DOERS) and t.act.type in DEEDS:
                named = [r for r in [self._bare(s, at, hi)] if r]
            elif word.form == "من" and s.is_a(at + 1, "armed", "combatants", "munitions") and t.act.type in DEEDS:
                named = self.right(s, at + 1, hi)[:1]
            else:
                continue
            if named and (self._doer(s, named[0]) or word.is_a("light")):
                p.actors.append(named[0])
                p.cues.append(word.form)
                return

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
            place = next((p for p in s.places if p.a == at + 1), None)
            end = place.b if place is not None else at + 1
            while end < hi and end - at < LONGEST_NAME and not self._ends(s, end, at + 1):
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
