"""Names of places and of persons in Arabic, which has no capitals: the word beside them tells.

Start with `Names.places`.

Looks down to: arabic_phrases, window_sentence. Used by: arabic.
"""

from __future__ import annotations

import re
from dataclasses import replace

from probanda.claims.readers.arabic_phrases import DOERS, NAMES, SITES, SUFFERERS, Phrases
from probanda.claims.readers.window_sentence import PlaceSpan, Sentence

LONGEST = 4
"""Words of the longest name of a person."""
ORDINALS = frozenset(
    """
    اول اولي ثاني ثانيه ثالث ثالثه رابع رابعه خامس خامسه سادس سادسه سابع سابعه ثامن ثامنه تاسع تاسعه عاشر عاشره
    اخير اخيره اثنان اثنين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره
    """.split()  # noqa: SIM905
)
"""Numbers and orders, folded and without an article: "أطفالها الثلاثة" names no place."""
TRADES = frozenset({"people", "officials", "count", "children"})
"""Classes of words that are family names as well: "الخطيب", "الحداد"."""


_NEVER_ALONE = frozenset({"بني", "بنو", "أم", "ام", "أبو", "ابو", "أبي", "ابي"})


class Names(Phrases):
    """Names of places and persons."""

    def places(self, s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
        """Behind a word for the kind of place or a preposition of place; names that the lists or the text know."""
        found: list[PlaceSpan] = []
        at = 0
        while at < len(s.words):
            place = self._place_at(s, at, known) or self._struck(s, at)
            if place is not None:
                place = self._whole_name(s, place)
                found.append(place)
                found += self._listed_on(s, place, known)
                at = found[-1].b
            else:
                at += 1
        return found

    @staticmethod
    def _whole_name(s: Sentence, place: PlaceSpan) -> PlaceSpan:
        """ "بني هارون", "أم درمان": a first word that no place bears alone brings the next one with it."""
        last, b = s.words[place.b - 1], place.b
        opens = last.form in _NEVER_ALONE and b < len(s.words) and b not in s.taken
        joins = opens and not s.words[b].clitic and s.words[b].form.isalpha()
        beside = (
            joins and len(s.written(b - 1, b + 1).split()) == 2 and s.written(b - 1, b + 1).replace(" ", "").isalpha()
        )
        return replace(place, b=b + 1) if beside else place

    def _place_at(self, s: Sentence, at: int, known: frozenset[str]) -> PlaceSpan | None:  # noqa: PLR0911, PLR0912
        word, n = s.words[at], len(s.words)
        placing = s.is_a(at - 1, "place-preps", "directions") or word.clitic[:1] == "ب"
        outer = at
        while outer > 0 and s.words[outer - 1].is_a("place-preps", "directions"):
            outer -= 1
        if at in s.taken:
            return None
        if word.is_a("place-kinds") and at + 1 < n and "ال" not in word.clitic:
            b = self._name_of(s, at, known)
            if (
                b is not None
                and s.is_a(at + 1, *SITES)
                and not word.is_a("vague-places", "takes-names")  # "ساحة المدرسة" is no name, "حي الزيتون" is one
                and not s.is_a(at + 1, "name-firsts", "name-makers")
                and s.folded(at + 1, b) not in known
                and not s.lists.is_place(s.folded(at + 1, b))
            ):
                return PlaceSpan(at, b, outer if outer < at else at, False) if placing else None
            if b is not None:
                called = s.is_a(at + 1, *SITES) and b == at + 2 and s.form(at + 1).startswith("ال")  # "حي الزيتون"
                a = at if called and not s.is_a(at + 1, "name-firsts") else at + 1
                return PlaceSpan(a, b, outer if outer < at else (at if placing else a), True)
            if self._called(s, at + 1):
                return PlaceSpan(at, at + 2, outer if outer < at else at, True)
        sited = word.is_a("civilian-places", "military-places", "lock-ups")
        sited = sited or (word.is_a("place-kinds") and "ال" in word.clitic and s.is_a(at + 1, "adjectives"))
        if sited and placing and not (word.form.startswith("ال") and word.form in s.lists.towns):
            b = at + 1
            if any(c[0] == b for c in s.counts) or s.is_a(b, "titles", "officials"):
                return None  # "بالسجن عشرين عاما", "بسجن النقيب": a sentence, not where
            while b < n and b - at < 4 and self._in_site(s, b):
                b += 1
            named = any(self._plain(s.words[k]) and not self._describes(s, at, k) for k in range(at + 1, b))
            named = named or self._called_after(s, at, b)
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
            and self._plain(s.words[at + 1])
            and self._goes_on(s, at + 1)
        ):
            return PlaceSpan(at, at + 2, outer, True)  # "شمالي رأس النبع"
        entered = s.is_a(at - 1, "entering") and s.form(at - 1).endswith("وا") and self._lone(s, at)
        if entered and not word.form.startswith("ال") and not word.is_a("given-names"):
            return PlaceSpan(at, at + 1, at, True, s.folded(at, at + 1) in known)  # "دخلوا X"
        near = self._beside(s, at)
        if near is not None:
            return PlaceSpan(at, at + 1, near, True)
        if self._written_on(s, at) and at + 1 < n and self._lone(s, at + 1):
            word.clitic, word.stem = word.form[0], word.form[1:]
            return PlaceSpan(at, at + 2, at, True)  # "بعين السنديان"
        if word.is_a("name-makers") and not word.clitic and at + 1 < n and self._lone(s, at + 1):
            return PlaceSpan(at, at + 2, outer, True)  # "عرس كفر X": the first word alone tells that it is a place
        if s.is_a(at - 1, "place-preps") and not word.is_a("not-places") and self._plain(word):
            part = self._part_of_site(s, at, known)
            if part is not None:
                return PlaceSpan(at, part, outer, True)
            b = self._name(s, at, known)
            written = s.written(at, at + 1).rstrip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
            if written.endswith(("ة", "ات", "ه", "ها", "هم", "هما", "هن")) or (
                s.form(at + 1).startswith("ال") and not word.is_a("name-firsts") and at + 1 not in s.taken
            ):
                return None  # "في كتفه", "في أدراج الوزارة"
            bare = not word.form.startswith("ال") and word.form[0].isalpha() and not s.is_a(at + 1, "thats")
            fled = b is not None and s.form(at - 1) == "من" and s.form(b) in ("الي", "نحو", "باتجاه")  # "من X إلى Y"
            if b is not None and bare and (fled or s.form(at - 1) in ("في", "قرب", "باتجاه", "صوب", "بين")):
                return PlaceSpan(at, b, outer, True, s.folded(at, b) in known and self._often(s, at, b))
        return None

    def _part_of_site(self, s: Sentence, at: int, known: frozenset[str]) -> int | None:
        """ "في حرم جامعة X", "في فناء مسجد X": a word that no list knows and the site it is a part of."""
        b = at + 1
        if s.form(at).startswith("ال") or b >= len(s.words) or b in s.taken or s.form(at).endswith(("ها", "هم", "نا")):
            return None
        if s.words[b].clitic and s.words[b].clitic[:1] != "ا":
            return None
        if s.is_a(b, "place-kinds", "name-firsts") and "ال" not in s.words[b].clitic and not s.is_a(b, *SUFFERERS):
            return self._name_of(s, b, known) if b + 1 < len(s.words) else None  # "في أحراش وادي X"
        if not s.is_a(b, "civilian-places", "military-places"):
            return None
        b += 1
        while b < len(s.words) and b - at < LONGEST and self._in_site(s, b):
            b += 1
        return b

    def _struck(self, s: Sentence, at: int) -> PlaceSpan | None:
        """A site with no preposition: of an attack it is what was hit, and where."""
        word = s.words[at]
        if at in s.taken or not word.is_a("civilian-places", "military-places") or word.acts or word.says:
            return None
        if word.is_a("vague-places", "regions", "court", "people") or word.clitic[:1] in ("ل", "ك", "و"):
            return None
        b = at + 1
        while b < len(s.words) and b - at < LONGEST and self._in_site(s, b):
            b += 1
        return PlaceSpan(at, b, at, False, False)

    @staticmethod
    def _called_after(s: Sentence, at: int, b: int) -> bool:
        """ "مدرسة النهضة", "سوق الحبوب": a bare kind and one word with the article, not of people or buildings."""
        if b - at != 2 or "ال" in s.words[at].clitic or s.form(at).startswith("ال"):
            return False
        word = s.words[at + 1]
        return "ال" in s.form(at + 1)[:3] and not word.is_a(*DOERS, *SUFFERERS, *SITES, "adjectives", "bus", "boats")

    def _called(self, s: Sentence, at: int) -> bool:
        """ "ساحة الشهداء", "حاجز الجيش": people and units after whom a place is called."""
        word = s.words[at]
        several = word.form.endswith(("ين", "ون", "ات")) or not word.is_a("titles", "officials")
        return word.is_a(*DOERS, *SUFFERERS) and several and word.form.startswith("ال") and at not in s.taken

    def _in_site(self, s: Sentence, at: int) -> bool:
        """The name of a school, a market, a prison goes on."""
        if any(c[0] == at for c in s.counts) or self._written_on(s, at) or self._unknown_verb(s.words[at]):
            return False
        if s.is_a(at, "near-places", "place-preps") or (s.is_a(at, "vague-places") and not s.form(at).startswith("ال")):
            return False  # "معسكر بضواحي X", "سوق بلدة X": the town is a place of its own
        before = s.words[at - 1]
        if s.form(at).startswith("ال") and before.is_a("lock-ups", "held-by") and s.words[at].acts:
            return not s.is_a(at, *DOERS) and at not in s.taken  # "مركز التوقيف", "غرفة التحقيق"
        loose = self._glued(s, at) or self._loose(s, at) or s.is_a(at, "belongs", "things")
        return self._goes_on(s, at) and not loose

    def _listed_on(self, s: Sentence, place: PlaceSpan, known: frozenset[str]) -> list[PlaceSpan]:
        """ "قريتي X وY", "بين X وY": names with "and" written on them, which no list knows."""
        found: list[PlaceSpan] = []
        at = place.b
        if not (s.is_a(place.a - 1, "kinds-many") or s.form(place.a - 1) == "بين"):
            return found
        while at < len(s.words):
            word = s.words[at]
            if word.form == "و" and at + 1 < len(s.words) and not s.is_a(at + 1, *DOERS, *SUFFERERS):
                b = self._name(s, at + 1, known)
                if b is None or (s.words[at + 1].classes and b == at + 2 and not s.lists.is_place(s.folded(at + 1, b))):
                    return found
                found.append(PlaceSpan(at + 1, b, place.outer, place.name))
                at = b
                continue
            if not (word.form.startswith("و") and len(word.form) > 3 and self._plain(word) and at not in s.taken):
                return found
            word.clitic, word.stem = "و", word.form[1:]
            found.append(PlaceSpan(at, at + 1, place.outer, place.name))
            at += 1
        return found

    def _beside(self, s: Sentence, at: int) -> int | None:
        """Behind "شمال", "أهالي" and the like a word that no list knows is a place: where the phrase begins."""
        word = s.words[at]
        before = s.words[at - 1] if at else word
        own = before.form != before.stem and not before.clitic  # "أهله": a pronoun stands where a name would
        leads = s.is_a(at - 1, "near-places") or (s.is_a(at - 1, "of-places") and not own)
        bare = word.form.removeprefix("ال")
        if not leads or at in s.taken or not self._plain(word) or not self._goes_on(s, at) or len(bare) < 3:
            return None
        if bare.endswith(("ون", "ين", "ات", "هم", "ها", "نا")) or bare in s.lists.classes["not-places"]:
            return None
        if bare in ORDINALS or any(a <= at < b for a, b, _ in s.counts):
            return None
        return at - 1 if s.is_a(at - 1, "near-places") else at

    @staticmethod
    def _written_on(s: Sentence, at: int) -> bool:
        """ "in" written on the first word of a name: "بكفر", "بعين"."""
        form = s.form(at)
        return form[:1] == "ب" and form[1:] in s.lists.classes["name-firsts"] and not s.words[at].acts

    @staticmethod
    def _often(s: Sentence, a: int, b: int) -> bool:
        """The text has the word more than once: it is no noun met by chance behind "in"."""
        return len(re.findall(rf"(?<!\w)[بل]?{re.escape(s.folded(a, b))}(?!\w)", s.text.words)) > 1

    def _lone(self, s: Sentence, at: int) -> bool:
        """A word that no list knows."""
        word = s.words[at]
        return self._goes_on(s, at) and self._plain(word) and not word.clitic and at not in s.taken

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
                "lies",
                "where",
                "verbs",
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
            bare = "ا" + bare if folded.startswith("لل") else bare  # "للموصل"
            bare = bare if len(bare) > 2 else folded
            unsure = length == 1 and not s.is_a(at - 1, "place-preps", "place-kinds", "directions", "commas")
            unsure = unsure and bare == folded
            alone = s.form(at - 1)[:1].isalpha() and not s.is_a(at - 1, "joins")
            if unsure and alone and bare not in known and not s.lists.is_wide(bare):
                return None  # "اللجان الزرقاء": a town of the gazetteer by its word alone
            if length == 1 and bare in s.lists.classes["common-words"] and not s.is_a(at - 1, "place-kinds"):
                return None  # a town called "كلمة"
            if unsure and bare in s.lists.classes["ambiguous-places"]:
                return None  # "دعم مالي" is no State
            if folded in known or s.lists.is_place(folded):
                return at + length
            if bare != folded and (bare in known or s.lists.is_place(bare)):
                word = s.words[at]
                word.clitic, word.stem = folded[0], word.form[1:]
                return at + length
        return None

    def _name_of(self, s: Sentence, at: int, known: frozenset[str]) -> int | None:
        """Where the name behind the word at `at`, a kind of place, ends; None where what follows only describes it."""
        kind, first, second = s.words[at], s.words[at + 1], s.words[at + 2] if at + 2 < len(s.words) else None
        if self._listed(s, at + 1, known) is None and self._describes(s, at, at + 1):
            return None
        b = self._name(s, at + 1, known)
        settled = kind.is_a("vague-places", "takes-names") and at + 1 not in s.taken
        if second is None or not settled or at + 2 in s.taken or first.form.startswith("ال") or first.clitic[:1] == "ل":
            return b
        held = first.is_a(
            "small", "preps", "joins", "relatives", "thats", "commas", "adverbs", "directions", "counting"
        )
        held = held or not first.form[0].isalpha() or self._unknown_verb(first) or at + 1 in s.taken
        if first.is_a("name-firsts") and self._lone(s, at + 2) and (b is None or b == at + 2):
            return at + 3  # "معبر أم X", "وادي بني X"
        if b is None and not held and first.is_a("place-kinds") and not first.is_a(*DOERS, *SUFFERERS, "adjectives"):
            return at + 2  # "بلدة نهران"
        calls = second.form.startswith("ال") and not second.is_a(*DOERS, *SUFFERERS, "adjectives", "lies", "relatives")
        calls = calls and not (kind.form.endswith("ه") and second.form.endswith("ه"))  # "بلدة X الحدودية"
        if not held and calls and (b is None or b == at + 2):
            return at + 3  # "قرية رجم الحمام": a noun and its genitive, whatever else the noun may mean
        return b

    def _describes(self, s: Sentence, kind: int, at: int) -> bool:
        """An adjective that goes with the kind: "جسر حجري", "مطحنة مهجورة", "البلدة الساحلية"."""
        word = s.words[at]
        bare, stem = word.form.removeprefix("ال"), (s.words[kind].stem or s.form(kind)).removeprefix("ال")
        if word.is_a("adjectives"):
            return True  # "مدينة القديمة" is none, but no list of adjectives holds names
        definite = s.form(kind).startswith("ال") or "ال" in s.words[kind].clitic
        if not self._plain(word) or word.is_a(*NAMES) or definite != word.form.startswith("ال"):
            return False
        if stem.endswith("ه") or s.is_a(kind, "kinds-many"):
            return bare.endswith("يه") or (bare.startswith("م") and bare.endswith("ه") and len(bare) >= 6)
        suffered = bare.startswith("م") and len(bare) == 5 and bare[3] == "و" and bare[1] not in "اوي"  # "مهجور"
        return (bare.endswith("ي") and len(bare) >= 4) or suffered

    def _name(self, s: Sentence, at: int, known: frozenset[str]) -> int | None:
        """Where the name behind a word for a kind of place ends: one word, two where the first wants another."""
        listed = self._listed(s, at, known)
        if listed is not None:
            return listed
        if s.form(at).endswith(("هم", "هما", "هن", "نا")) or any(a <= at < b for a, b, _ in s.counts):
            return None
        two = s.is_a(at, "name-firsts") and self._goes_on(s, at + 1) if at + 1 < len(s.words) else False
        two = two or (s.is_a(at, "name-firsts") and s.is_a(at + 1, "place-kinds") and at + 1 not in s.taken)
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
        """A given name with what goes on from it, or up to four words that no list knows behind a title."""
        found: list[tuple[int, int, int]] = []
        at, n = 0, len(s.words)
        while at < n:
            first = at
            while at < n and s.words[at].is_a("titles"):
                at += 1
            titled = at > first
            given = at < n and at not in s.taken and s.is_a(at, "given-names")
            if not (titled or given or self._kunya(s, at)):
                at += 1
                continue
            end = at
            while end < n and end - at < LONGEST and self._of_name(s, end, given or end > at):
                end += 1
            while end > at and s.is_a(end - 1, "name-joins"):
                end -= 1
            if end - at >= 2 or (end - at == 1 and at - first == 1 and not s.words[at].form.startswith("ال")):
                found.append((first, at, end))
            at = max(end, at + (not titled))
        return found

    def _kunya(self, s: Sentence, at: int) -> bool:
        """ "أبو حمزة": the first word is used of persons alone."""
        return at + 1 < len(s.words) and s.form(at) in ("ابو", "ابا", "ابي") and self._plain(s.words[at + 1])

    def _of_name(self, s: Sentence, at: int, begun: bool) -> bool:
        """The word may stand in a person's name; once it has begun, names of trades do too: "الحداد"."""
        word = s.words[at]
        if at in s.taken or not word.form[0].isalpha():
            return False
        if word.clitic[:1] in ("ب", "ل", "ك", "و", "ف") and word.clitic:
            return False
        if word.acts or word.says or not self._goes_on(s, at):
            return begun and word.is_a("given-names") and not word.clitic
        rest = word.classes - NAMES
        return not rest or (begun and word.form.startswith("ال") and rest <= TRADES)
