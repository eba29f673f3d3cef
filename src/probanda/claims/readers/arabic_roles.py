"""Who did it to whom, in Arabic: verb before subject, nouns that name the deed, "على يد" behind a passive.

Start with `Roles.parties`.

Looks down to: arabic_phrases, window_clauses, window_sentence. Used by: arabic.
"""

from __future__ import annotations

import re

from probanda.claims.readers.arabic_phrases import DOERS, LONGEST_NAME, SITES, SUFFERERS, Phrases
from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import STOPS, Parties, Range, Sentence, Trigger

ASKED_FOR = ("release", "access")
"""Details of proceedings that count only where somebody asks for them."""
_LIST_LEAD = re.compile(r"([^.:]{0,80}):(?:\s*\d+\s*[.)-][^.:]*)*\s*\d*\s*[.)-]?\s*$")
_SUFFERED = ("هما", "هم", "هن", "ها", "ه")
DAMMA = "ُ"


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
