"""Noun phrases of Arabic: where they end, whether they name who does or who suffers.

Start with `Phrases.right`. Position and the classes of the lists decide; there is no parser.

Looks down to: window_clauses, window_sentence. Used by: arabic and what stands beside it.
"""

from __future__ import annotations

from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import QUOTES, STOPS, Range, Sentence, Trigger, Word

DOERS = ("armed", "combatants", "bodies", "state-words", "partisan", "publications")
SUFFERERS = ("people", "prisoners", "officials", "titles", "bodies-found")
SITES = ("civilian-places", "military-places", "property", "place-kinds")
NAMES = frozenset({"given-names", "name-joins", "name-firsts", "names-in-ya", "ambiguous-places"})
"""Classes of words that may be a name or part of one, and tell nothing else."""
LONGEST_NAME = 12
QUOTED = 9
"""Words of the longest name between quotation marks, with the marks."""


class Phrases:
    """Phrases beside a word, and what they denote."""

    def _ends(  # noqa: PLR0911
        self, s: Sentence, at: int, head: int, own: Trigger | None = None
    ) -> bool:
        """The phrase that begins at `head` ends before `at`; words of the act `own` do not end it."""
        word = s.words[at]
        if any(start < at < end for _, start, end in s.persons):
            return False
        if at > head and (word.is_a("belongs") or (s.is_a(at - 1, "belongs") and word.clitic[:1] in ("ل", ""))):
            return word.form in STOPS
        if any(c[0] <= at < c[1] for c in s.counts) and (at > head or s.words[at].is_a("verb-particles", "preps")):
            return False
        if word.form in ("منهم", "منهن") and any(c[1] == at for c in s.counts):
            return False
        if word.form == "من" and at > head:
            return not (s.is_a(at + 1, *DOERS[:-1], *SUFFERERS) or any(c[0] == at + 1 for c in s.counts))
        if at > head and self._in_marks(s, at):
            return False
        return (
            word.form in STOPS
            or word.is_a("commas", "preps", "relatives", "thats", "breaks", "verb-particles", "joins")
            or (word.is_a("light", "undergo") and not word.form.startswith("ال"))
            or at in s.taken
            or (bool(word.says) and not word.is_a(*DOERS, *SUFFERERS))
            or (at > head and (self._unknown_verb(word) or word.is_a("adverbs", "pronouns", "whens", "blame", "verbs")))
            or any(t.a <= at < t.b for t in s.triggers if t is not own)
            or (at > head and word.form != "باسم" and word.clitic[:1] in ("ب", "ل", "ك") and word.clitic != "")
            or (bool(word.acts) and not word.is_a(*DOERS, *SUFFERERS, *SITES))
            or (at > head and (self._glued(s, at) or self._loose(s, at)))
        )

    @staticmethod
    def _in_marks(s: Sentence, at: int) -> bool:
        """Marks around the name of a unit behind the word for it: "ميليشيا «الصقور»"."""
        if at not in s.soft:
            return False
        begins = at + 1 < len(s.words) and s.words[at - 1].is_a("armed", "bodies", "combatants")
        closes = any(s.words[n].form in QUOTES and n in s.soft for n in range(at - 1, max(-1, at - QUOTED), -1))
        return begins or closes

    def _loose(self, s: Sentence, at: int) -> bool:
        """An indefinite word behind a definite one is no part of its phrase: "اعتقلت الناشطين ليلتها"."""
        before, word = s.words[at - 1], s.words[at]
        definite = before.form.startswith("ال") and not before.is_a("titles", "given-names", "name-joins")
        if (
            not definite
            or word.form.startswith("ال")
            or word.form[0].isdigit()
            or any(c[0] <= at < c[1] for c in s.counts)
        ):
            return False
        if before.is_a("people", "officials", "combatants") and self._plain(word):
            return False  # "المسعف" and his name
        named = any(f <= at < end for f, _, end in s.persons) or any(p.outer <= at < p.b for p in s.places)
        return (
            not named
            and word.form[0].isalpha()
            and "ال" not in word.clitic
            and not word.is_a(*DOERS, *SUFFERERS, *SITES)
        )

    @staticmethod
    def _glued(s: Sentence, at: int) -> bool:
        """ "بسكين", "للتحقيق": a preposition written on a word that no list knows, and no part of a name."""
        word = s.words[at]
        if word.classes or len(word.form) < 4 or any(a <= at < b for a, _, b in s.persons):
            return False
        sure = word.form.startswith(("بال", "لل", "كال"))
        return sure or (word.form[0] in "بل" and not s.is_a(at - 1, "titles", "given-names", "name-joins"))

    @staticmethod
    def written_as_noun(s: Sentence, at: int) -> bool:
        """The word ends in the ta of a noun, which no verb has: "تابعة", "قتلة"."""
        return s.written(at, at + 1).rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652").endswith("ة")

    @staticmethod
    def _plain(word: Word) -> bool:
        """No list knows the word, but as a name."""
        return not (word.classes - NAMES or word.acts or word.says)

    @staticmethod
    def _unknown_verb(word: Word) -> bool:
        """A verb that no list knows: a plural in وا, or a word in ya, as few nouns are, and those are listed names."""
        if word.form.endswith("وا") and len(word.form) >= 5 and not word.classes:
            return True
        return word.form[0] == "ي" and len(word.form) >= 4 and not word.classes and not word.is_a("names-in-ya")

    def right(self, s: Sentence, at: int, hi: int) -> list[Range]:
        """The phrases that begin at `at`, joined ones each by itself."""
        found: list[Range] = []
        while at < hi:
            while at < hi and (s.words[at].is_a("adverbs") or at in s.taken):
                at += 1
            if at < hi and s.form(at) in QUOTES and self.quoted(s, at, hi):
                found.append(self.quoted(s, at, hi) or (at, at))
                break
            end = at
            while end < hi and end - at < LONGEST_NAME and not self._ends(s, end, at):
                end += 1
            if end == at:
                break
            found += self._closed(s, self._parted(s, at, end))
            if end >= hi or not s.words[end].is_a("joins") or end + 1 >= hi:
                break
            if not (s.is_a(end + 1, *DOERS, *SUFFERERS, *SITES) or any(c[0] == end + 1 for c in s.counts)):
                break
            at = end + 1
        return found

    @staticmethod
    def _closed(s: Sentence, ranges: list[Range]) -> list[Range]:
        """The closing mark belongs to a name whose opening mark does."""
        return [(a, b + (sum(n in s.soft for n in range(a, b)) % 2 == 1 and b in s.soft)) for a, b in ranges]

    def behind(self, s: Sentence, at: int, hi: int) -> tuple[list[Range], list[Range]]:
        """The phrases next to a verb, and the next ones beyond prepositions, dates and asides: subject and object."""
        near = [
            r for r in self.right(s, at, hi) if r[0] < r[1] and not self._hanging(s, r) and not s.is_a(r[0], "things")
        ]
        for n in range(1, len(near)):
            if near[n - 1][1] == near[n][0]:
                return near[:n], near[n:]
        if not near:
            struck = at < hi and s.words[at].clitic[:1] == "ب" and s.is_a(at, "munitions")
            aside = s.is_a(at, "commas") and (at + 1 in s.taken or s.is_a(at + 1, "preps"))  # "أعدموا، في 4 تموز، تسعة"
            return [], self._beyond(s, at, hi) if struck or aside else []
        return near, self._beyond(s, near[-1][1], hi)

    def _beyond(self, s: Sentence, at: int, hi: int) -> list[Range]:
        """Those named further on, where only places, dates, manner and asides stand between."""
        began, aside = at, False
        while at < hi:
            word = s.words[at]
            if at > began and self._opens(s, at):
                return self.right(s, at, hi)
            if word.is_a("commas"):
                lead = at + 1 < hi and (at + 1 in s.taken or s.is_a(at + 1, "preps", "adverbs"))
                if not (lead or aside):
                    return []  # what stands in apposition is the same one
                aside, at = lead and not aside, at + 1
            elif word.form == "(":
                at = next((n for n in range(at, hi) if s.form(n) == ")"), hi) + 1
            elif at in s.taken or word.is_a("adverbs"):
                at += 1
            elif word.is_a("preps") or (word.clitic[:1] in ("ب", "ل") and word.clitic) or self._glued(s, at):
                at += 1
                manner = s.form(at - 1)[:1] == "ب" and not s.form(at - 1).startswith("بال")
                at += manner and at < hi and s.form(at).endswith(("ي", "يه")) and not s.form(at).startswith("ال")
                while at < hi and at not in s.taken and not self._ends(s, at, at - 1) and not self._opens(s, at):
                    at += 1
            else:
                return []
        return []

    def _opens(self, s: Sentence, at: int) -> bool:
        """A number, a person or people, with no preposition before: they begin a phrase of their own."""
        if s.is_a(at - 1, "preps", "joins") or at in s.taken or s.words[at].clitic[:1] in ("ب", "ل", "ك"):
            return False
        if s.is_a(at, "armed", "combatants") and not self._held(s, at):
            return True
        counted = any(c[0] == at for c in s.counts) and s.is_a(at + 1, *SUFFERERS, *SITES, "combatants", "count")
        named = any(f == at for f, _, _ in s.persons)
        return counted or named or (s.is_a(at, *SUFFERERS) and not self._held(s, at))

    @staticmethod
    def _hanging(s: Sentence, r: Range) -> bool:
        """A phrase that opens with a particle written on a word that no list knows: "بحروق"."""
        first = s.words[r[0]]
        if first.clitic[:1] == "ب" and first.is_a("munitions"):
            return True  # "قصف بالمدفعية"
        return not first.classes and first.form[:1] in "بل" and len(first.form) > 3 and not first.is_a("titles")

    def _parted(self, s: Sentence, a: int, b: int) -> list[Range]:
        """A run of nouns cut where doers end and those begin to whom it was done: "الجيش | ثلاثة مدنيين"."""
        counted_to = next((c[1] for c in s.counts if c[0] == a), None)
        if counted_to is not None:  # "أربعة جنود | امرأة"
            armed = s.is_a(counted_to, "combatants")
            for at in range(counted_to + 1, b) if armed else ():
                if s.is_a(at, "people", "prisoners") and not s.form(at).startswith("ال") and s.form(at - 1) != "من":
                    return [strip(s, a, at), strip(s, at, b)]
            return [strip(s, a, b)]
        doer = s.words[a].is_a(*DOERS)
        for at in range(a + 1, b):
            if (
                s.form(at - 1) in ("من", "باسم")
                or s.is_a(at - 1, "accused")
                or any(start < at < end for _, start, end in s.persons)
                or sum(n in s.soft for n in range(a, at)) % 2 == 1
            ):
                continue
            counted = any(c[0] == at for c in s.counts)
            titled = any(f == at for f, _, _ in s.persons) and not s.is_a(at - 1, "titles", "officials", "accused")
            if (counted and (doer or s.form(at - 1).startswith("ال") or at - a > 1)) or (
                (doer or s.form(at - 1).startswith("ال"))
                and (s.words[at].is_a(*SUFFERERS, *SITES) or titled)
                and not self._held(s, at)
            ):
                return [strip(s, a, at), strip(s, at, b)]
        return [strip(s, a, b)]

    @staticmethod
    def quoted(s: Sentence, at: int, hi: int) -> Range | None:
        """A name between quotation marks: "«مسلحين مجهولين»"."""
        end = next((n for n in range(at + 2, min(hi, at + QUOTED)) if s.form(n) in QUOTES), None)
        return None if end is None or any(t.a < end and at < t.b for t in s.triggers) else (at + 1, end)

    @staticmethod
    def _held(s: Sentence, at: int) -> bool:
        """A word with the article belongs to the bare noun before it: "قائد الشرطة"."""
        before = s.words[at - 1]
        bare = "ال" not in before.clitic and not before.form.startswith("ال") and before.form != "عيان"
        led = (
            before.is_a("armed") and not before.form.endswith(("ون", "ين")) and s.is_a(at, "titles")
        )  # "قوات العقيد X"
        return ("ال" in s.words[at].clitic or led) and bare

    def left(self, s: Sentence, at: int, lo: int) -> Range | None:
        """The phrase that ends before `at`, where the subject stands before its verb."""
        end = at
        while end > lo and (s.words[end - 1].is_a("adverbs") or end - 1 in s.taken):
            end -= 1
        if end - 1 > lo and s.form(end - 1) in QUOTES:
            opens = next((n for n in range(end - 2, max(lo - 1, end - QUOTED), -1) if s.form(n) in QUOTES), None)
            return None if opens is None or opens + 1 >= end - 1 else (opens + 1, end - 1)
        start = end
        while start > lo and end - start < LONGEST_NAME:
            if self._ends(s, start - 1, lo - 1) and not (s.form(start - 1) == "من" and start - 1 > lo):
                break
            start -= 1
        found = strip(s, start, end)
        return self._parted(s, *found)[0] if found[0] < found[1] else None

    def _doer(self, s: Sentence, r: Range) -> bool:
        if s.form(r[0] + 1) == "من" and s.is_a(r[0] + 2, "armed") and s.is_a(r[0], "people") and r[1] > r[0] + 2:
            return s.count_in(*r) is None  # "أفرادا من فيلق الحدود"
        if s.is_a(r[0], *SITES) and not s.is_a(r[0], "armed", "combatants", "state-words"):
            return False  # a hospital, a school: a body too, but no doer of harm
        return s.words[r[0]].is_a(*DOERS, "accused") or (
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
        return Phrases._plain(word) and bare.endswith(("ون", "ين")) and len(bare) >= 5 and bare[0] not in "يت"

    @staticmethod
    def _named(s: Sentence, r: Range) -> bool:
        return any(w.is_a("titles") for w in s.words[r[0] : r[1]]) or any(f == r[0] for f, _, _ in s.persons)

    def _site(self, s: Sentence, r: Range) -> bool:
        return s.words[r[0]].is_a(*SITES) or any(p.name for p in s.places_in(*r))

    @staticmethod
    def _somebody(s: Sentence, r: Range) -> bool:
        """Words of which the lists know nothing: behind a passive, or where "they" did it, they name a person."""
        if s.form(r[0]).startswith("ال"):
            return False
        return all(Phrases._plain(w) for w in s.words[r[0] : r[1]])

    @staticmethod
    def _unknown(s: Sentence, r: Range) -> bool:
        """Two or three words that no list knows, none with an article first: most likely a name."""
        words = s.words[r[0] : r[1]]
        return 2 <= len(words) <= 4 and all(Phrases._plain(w) for w in words) and not words[0].form.startswith("ال")
