"""What French answers for itself: auxiliaries, what stands left and right of a verb, names by their capitals.

Start with `French.shape` and `French.parties`. All words are data in `lexicons/fr`.

Looks down to: window, window_sentence, window_words. Used by: claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
)
from probanda.claims.readers.window_words import Saying, Use

_TOKEN = re.compile(
    r"aujourd'hui|(?<![^\W_])[^\W\d_]\.(?:-?[^\W\d_]\.)+|(?:mm?|dr|me|mgr|ste?)\.(?=\s\w)|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'"
    r"|-t-(?:il|elle|on)s?\b|-(?:ils?|elles?|on)\b"
    r"|\d+(?:er|e|ème)\b|\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
    r"|-(?:les?|la|leur|lui|moi|nous)\b"
    r"|[^\W\d_]+(?:(?!-(?:t-)?(?:ils?|elles?|on)\b)(?!(?<=ez)-(?:les?|la|leur|lui|moi|nous)\b)-\w+)*|[^\w\s]"
)
_PARTICIPLE = re.compile(r"(?:é|mis|poursuivi|reconnu|traduit)e?s?$")
SOMEONE = (
    "people", "prisoners", "combatants", "armed", "officials", "titles", "state-words", "bodies", "publications",
    "partisan", "bodies-found",
)  # fmt: skip
SITES = ("civilian-places", "military-places", "property")
LONGEST_NAME = 14
"""Words of the longest phrase that may name someone."""


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

    # -- verbs -------------------------------------------------------------------------------------------------

    def shape(self, s: Sentence, at: int, uses: tuple[Use, ...]) -> tuple[Use, str, int] | None:  # noqa: PLR0911, PLR0912
        """The participle needs its auxiliary, the noun its article; what is neither is a verb in the present."""
        if s.words[at].is_a("preps", "small") or (s.is_a(at, "prisoners") and s.is_a(at + 1, "have", "be", "ne")):
            return None  # "pendant deux jours", "d'anciens détenus ont rapporté"
        by = {use.shape: use for use in reversed(uses)}
        if "done" in by:
            found = self._auxiliary(s, at)
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
        if "noun" in by and (nominal or set(by) == {"noun"}):
            return by["noun"], "noun", at
        if nominal and not s.is_a(before, "preps") and "ger" not in by and "inf" not in by:
            return None  # "les détenus", "un disparu"
        if (
            "act" in by
            and not nominal
            and (
                s.is_a(at - 1, "pronouns", "objects", "ne", "relatives")
                or before < 0
                or not s.is_a(before, "preps", "of")
            )
        ):
            return by["act"], "active", self._group(s, at)
        if "ger" in by:
            return by["ger"], "ger", at - 1 if s.form(at - 1) == "en" else at
        if "done" in by:
            if at == 0 and by["done"].entry.object == "person":  # type: ignore[union-attr]
                return by["done"], "passive", at  # "Enlevé en janvier, il ..."
            if at == 0 or (s.words[at].is_a("people", "prisoners") and not s.is_a(at - 1, "people", "commas")):
                return None
            shared = self._shared(s, at)
            return by["done"], ("active" if shared is not None else "passive"), at
        for shape in ("inf", "order"):
            if shape in by:
                return by[shape], shape, at
        return (by["noun"], "noun", at) if "noun" in by else None

    def group(self, s: Sentence, at: int) -> int:
        """The auxiliary before a phrase that begins with a participle."""
        found = self._auxiliary(s, at)
        return found[1] if found is not None and not s.words[at].is_a("have", "be") else self._group(s, at)

    def _shared(self, s: Sentence, at: int) -> int | None:
        """Of "ont encerclé le hameau et exécuté ..." where the auxiliary that both share begins; None for a passive."""
        if not s.is_a(at - 1, "joins", "commas"):
            return None
        for n in range(at - 2, -1, -1):
            if s.words[n].form in ";:" or s.words[n].is_a("breaks", "thats", "relatives", "whens"):
                return None
            if s.words[n].is_a("have") and s.form(n + 1) != "été":
                return self._group(s, n)
            if s.words[n].is_a("be") or s.words[n].form == "été":
                return None
        return None

    def _auxiliary(self, s: Sentence, at: int) -> tuple[str, int] | None:
        """`active` or `passive` by the auxiliary before a participle, and where the verb group begins."""
        passive = False
        seen = 0
        for n in range(at - 1, -1, -1):
            word = s.words[n]
            aside = n in s.taken or (word.is_a("commas") and (n - 1 in s.taken or n + 1 in s.taken))
            if aside:
                continue  # "d'avoir, à X, le 3 mai, volontairement tué"
            seen += 1
            if seen > 7:
                return None
            if word.form == "été":
                passive = True
            elif word.is_a("have"):
                return ("passive" if passive else "active"), self._group(s, n)
            elif word.is_a("be"):
                return "passive", self._group(s, n)
            elif word.form in QUOTES:
                continue  # "avaient « chassé les intrus »"
            elif not (word.is_a("adverbs", "negators", "objects", "ne", "-pronouns") or word.form.endswith("ment")):
                return None
        return None

    @staticmethod
    def _group(s: Sentence, at: int) -> int:
        """Where a verb group begins: with its "ne" and its object pronouns."""
        while at > 0 and s.words[at - 1].is_a("ne", "objects"):
            at -= 1
        return at

    # -- phrases -----------------------------------------------------------------------------------------------

    def _ends(self, s: Sentence, at: int) -> bool:
        word = s.words[at]
        if any(a <= at < b for a, b, _ in s.counts):
            return False  # "d'au moins 44 personnes"
        return (
            word.form in STOPS
            or word.form == "été"
            or word.is_a("whens")
            or (
                word.is_a("commas", "joins", "preps", "relatives", "thats", "breaks", "have", "be", "ne", "pronouns")
                and not (word.form == "entre" and s.form(at - 1) == "d'")
                and not (word.form in ("eux", "elles") and s.form(at - 1) == "entre")
            )
            or at in s.taken
            or bool(word.says and not word.is_a("officials", "people", "bodies"))
            or any(t.a <= at < t.b and t.shape != "noun" for t in s.triggers)
            or (
                bool(word.acts)
                and not word.is_a(*SOMEONE)
                and any(u.shape in ("done", "ger", "act") for u in word.acts)
            )
        )

    def left(self, s: Sentence, at: int, lo: int) -> Range | None:
        """The phrase that ends before `at`: the subject of the verb there."""
        end = at
        while end > lo and (
            s.words[end - 1].is_a("adverbs", "ne")
            or end - 1 in s.taken
            or (s.words[end - 1].is_a("commas") and self._aside(s, end - 2))
        ):
            end -= 1
        if end > lo and s.words[end - 1].is_a("relatives"):
            end -= 1
            if end > lo and s.words[end - 1].is_a("commas"):
                end -= 1
        if end > lo and s.words[end - 1].is_a("commas"):  # an apposition: "X, porte-parole de Y, a ..."
            return self._beside(s, end - 1, max(0, lo - LONGEST_NAME))
        start = end
        while start > lo and end - start < LONGEST_NAME and not self._ends(s, start - 1):
            start -= 1
            opens = s.words[start].is_a("articles") and not s.words[start].is_a("of")
            if opens and start > lo and not s.words[start - 1].is_a("articles", "determiners", "of"):
                break  # "sans délai les personnes": the phrase begins with its article
        found = strip(s, start, end)
        if found[0] < found[1] and start > lo and s.words[start - 1].is_a("preps") and not self._pointing(s, found):
            behind = self.left(s, start - 1, lo)  # "un médecin joint par téléphone affirme"
            found = behind if behind is not None and self.someone(s, behind) else found
        return found if found[0] < found[1] else None

    @staticmethod
    def _aside(s: Sentence, at: int) -> bool:
        """A date or place between two commas: "des soldats, le 3 mai, ont ..."."""
        while at >= 0 and at in s.taken:
            at -= 1
        return at >= 0 and at + 1 in s.taken and s.words[at].is_a("commas")

    def _beside(self, s: Sentence, comma: int, lo: int) -> Range | None:
        """Of "le porte-parole de X, Y Z, a ..." the name; of "Y Z, né à X, chef de W, est ..." the name too."""
        parts: list[Range] = []
        end = comma
        for n in range(comma - 1, lo - 2, -1):
            if n < lo or s.words[n].is_a("commas"):
                parts.append((n + 1, end))
                end = n
            elif s.words[n].form in STOPS or s.words[n].is_a("breaks", "thats"):
                parts.append((n + 1, end))
                break
        found = [strip(s, a, b) for a, b in parts[:4] if not s.is_a(a, "preps", "relatives")]
        found = [r for r in found if r[0] < r[1] and self.someone(s, r) and not s.words[r[0]].acts]
        found = [r for r in found if s.words[r[0]].capital or s.words[r[0]].is_a(*SOMEONE)]
        named = [r for r in found if any(w.capital for w in s.words[r[0] + (r[0] == 0) : r[1]]) and r[1] - r[0] <= 6]
        if len(parts) < 2:
            return None
        best = next(iter(named or found[::-1]), None)
        if best is None:
            return None
        a, b = best
        while a < b - 1 and s.words[a].form != "" and not s.words[a].capital and s.words[a].is_a("adverbs"):
            a += 1
        return a, b

    def right(self, s: Sentence, at: int, hi: int) -> list[Range]:
        """The phrases that begin at `at`: an object, or several joined by commas and "et"."""
        found: list[Range] = []
        while True:
            while at < hi and (
                s.words[at].is_a("adverbs", "objects-after") or at in s.taken or s.words[at].form.endswith("ment")
            ):
                at += 1
            end = at
            while end < hi and end - at < LONGEST_NAME and not self._ends(s, end):
                end += 1
            piece = strip(s, at, end)
            if piece[0] < piece[1]:
                found.append(piece)
            after = end
            if not found or after >= hi or not s.words[after].is_a("joins", "commas"):
                return found
            after += 1
            opens = s.is_a(after, "determiners", "of") or any(c[0] == after for c in s.counts)
            if not opens and not (after < hi and s.words[after].capital):
                return found
            at = after

    def someone(self, s: Sentence, r: Range) -> bool:
        """True when the phrase can denote those who do or suffer an act."""
        if s.classes(*r) & set(SOMEONE):
            return s.words[r[0]].is_a("armed") or not s.words[r[0]].is_a("munitions", *SITES)
        if s.folded(*r) in s.lists.places:
            return True
        named = any(w.capital for w in s.words[r[0] : r[1]]) and not any(p.a <= r[0] < p.b for p in s.places)
        return named and not s.words[r[0]].is_a("munitions", *SITES)

    def sited(self, s: Sentence, r: Range) -> bool:
        """True when the phrase denotes a place or a thing that can be hit."""
        return bool(s.classes(*r) & {*SITES, "place-kinds"}) or any(p.name for p in s.places_in(*r))

    # -- parties -----------------------------------------------------------------------------------------------

    def parties(self, s: Sentence, t: Trigger, lo: int, hi: int) -> Parties:  # noqa: PLR0912
        """By position for verbs, by "de", "par" and "contre" for nouns."""
        p = Parties()
        self._forms(s, t, p, lo, hi)
        p.pronoun = t.shape in ("active", "phrase") and any(
            w.form in ("l'", "les", "le", "la") for w in s.words[t.verb : t.a]
        )
        held = t.act.type in ("torture", "rape-sexual-violence", "detention", "abduction")
        near = [w.form for w in s.words[t.verb : t.a]]
        p.pronoun = p.pronoun or (held and any(form in ("m'", "nous", "me") for form in near))
        p.pronoun = p.pronoun or (t.shape == "passive" and t.a == 0)
        p.told = t.shape == "inf" and self._told_infinitive(s, t)
        p.again = t.shape in ("active", "phrase") and s.form(t.verb - 1) in ("il", "ils", "elle", "elles")
        if t.shape == "phrase":
            self._phrase(s, t, p, lo, hi)
        elif t.shape in ("active", "ger", "inf", "order"):
            shared = self._shared(s, t.a) if t.verb == t.a else None
            verb = shared if shared is not None else t.verb
            subject = self.left(s, verb, 0 if shared is not None else lo) if t.shape == "active" else None
            if subject is None and t.shape == "active" and s.is_a(t.verb - 1, "joins", "commas"):
                shared = self._shared(s, t.verb)
                subject = self.left(s, shared, 0) if shared is not None else None
            if subject is not None and self._pointing(s, subject):
                (p.victims if t.act.subject == "victim" else p.actors).append(subject)
            if t.act.subject != "victim":
                self._suffer(s, t, p, self.right(s, t.b, hi))
            if t.shape == "inf" and p.told and not p.actors:
                self._causing(s, t, p, lo)
            if t.shape == "active" and not (p.victims or p.targets) and t.act.subject != "victim":
                taken = self._taken_by_that(s, subject[0] if subject is not None else t.verb)
                if taken is not None:
                    self._suffer(s, t, p, [taken])
        elif t.shape == "passive":
            bare = t.verb == t.a and s.is_a(t.a - 1, "commas")
            subject = self.left(s, t.verb - 1 if bare else t.verb, max(0, lo - 16) if bare else lo)
            if subject is not None:
                self._suffer(s, t, p, [subject])
                behind = self._of_before(s, subject)
                if behind is not None and not p.victims:
                    self._suffer(s, t, p, [behind])
        else:
            self._noun(s, t, p, lo, hi)
        self._agents(s, t, p, hi)
        if t.act.object == "target" or t.shape in ("noun", "phrase"):
            self._against(s, t, p, hi)
        if t.act.object in ("property", "target") and not (p.targets or p.victims):
            p.targets += self._hit_here(s, t)
        return p

    @staticmethod
    def _hit_here(s: Sentence, t: Trigger) -> list[Range]:
        """Of "ont mis le feu à la maison" the place right behind; of "ont volé les chèvres" what the phrase holds."""
        behind = [(p.a, p.b) for p in s.places if p.outer in (t.b - 1, t.b) and p.a >= t.b]
        held = [(n, n + 1) for n in range(t.a + 1, t.b) if s.words[n].is_a("property")]
        return (behind or (held if t.shape == "phrase" else []))[:1]

    @staticmethod
    def _told_infinitive(s: Sentence, t: Trigger) -> bool:
        """Behind "avant de", "ont commencé à", "a fait"; or joined to such a one: "et d'emporter"."""
        behind = t.verb - 1 if s.is_a(t.verb - 1, "of") else t.verb
        for end in (t.verb, behind):
            before = s.folded(max(0, end - 5), end)
            if any(m.end() == len(before) for m in s.lists.patterns["told-infinitive"].finditer(before)):
                return True
        at = t.verb - 1
        while at > 0 and s.words[at].is_a("of", "to"):
            at -= 1
        if at < 1 or not s.words[at].is_a("joins", "commas"):
            return False
        earlier = [o for o in s.triggers if o.b <= at and o.shape == "inf"]
        return bool(earlier) and earlier[-1].a >= at - LONGEST_NAME and French._told_infinitive(s, earlier[-1])

    def _causing(self, s: Sentence, t: Trigger, p: Parties, lo: int) -> None:
        """Of "a fait exécuter quatre captifs" the subject."""
        made = next((n for n in range(t.a - 1, max(lo - 1, t.a - 4), -1) if s.words[n].is_a("making")), None)
        if made is None:
            return
        found = self._auxiliary(s, made)
        subject = self.left(s, found[1] if found is not None else self._group(s, made), lo)
        if subject is not None and self._pointing(s, subject):
            p.actors.append(subject)

    def _taken_by_that(self, s: Sentence, begins: int) -> Range | None:
        """Of "mon voisin, que des soldats ont emmené" the one before "que"."""
        that = begins - 1
        while that > 0 and s.words[that].is_a("articles", "determiners", "adverbs", "objects"):
            that -= 1
        if that < 1 or not s.is_a(that, "thats"):
            return None
        if any(c.a <= that - 1 < c.b for c in s.cues) or s.words[that - 1].says or s.words[that - 1].acts:
            return None
        end = that - 1 if s.words[that - 1].is_a("commas") else that
        found = self.left(s, end, 0)
        return found if found is not None and self.someone(s, found) else None

    def _phrase(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        """A phrase may hold its auxiliary, and those whom it hits: "a enrôlé de force des enfants"."""
        held = s.words[t.a].is_a("have", "be")
        if t.act.subject == "author":  # "est l'œuvre de la milice"
            begin = next((n for n in range(t.b - 1, min(hi, t.b + 4)) if s.words[n].is_a("of")), t.b - 1)
            p.actors += [r for r in self.right(s, begin + 1, hi) if self.someone(s, r)]
            return
        if self._lightly(s, t, p, lo):
            return
        named = s.is_a(t.a - 1, "determiners", "preps", "of") or any(c[1] == t.a for c in s.counts)
        if named and not held and not _PARTICIPLE.search(s.words[t.a].form) and t.act.subject != "victim":
            self._noun(s, t, p, lo, t.b + LONGEST_NAME if hi > t.b + LONGEST_NAME else hi)
            return
        found = None if held else self._auxiliary(s, t.a)
        shared = self._shared(s, t.a) if found is None and not held else None
        bare = found is None and not held and shared is None and bool(_PARTICIPLE.search(s.words[t.a].form))
        passive = "été" in s.folded(t.a, t.b).split() or bare or (found is not None and found[0] == "passive")
        people = [
            n for n in range(t.a, t.b) if s.words[n].is_a("people", "prisoners") and not s.words[n].is_a("toll-words")
        ]
        inner = next(iter(people), None)
        tolled = next((c for c in s.counts if t.a < c[0] and c[1] < t.b), None)
        if inner is None and tolled is not None and t.act.detail == "casualty-count":
            p.victims.append((tolled[0], t.b))
        if inner is not None and t.act.object != "none":
            start = next((c[0] for c in s.counts if c[1] == inner), inner)
            p.victims.append((start, t.b if s.words[t.b - 1].is_a("people", "prisoners") else inner + 1))
        begins = found[1] if found is not None else self._group(s, t.a)
        subject = self.left(s, begins if shared is None else shared, lo if shared is None else 0)
        number = (
            subject is not None
            and subject[1] == t.a
            and all(any(c[0] <= n < c[1] for c in s.counts) for n in range(*subject))
        )
        if subject is not None and not number and self._pointing(s, subject):
            if passive or t.act.subject == "victim":
                self._suffer(s, t, p, [subject])
            else:
                p.actors.append(subject)
        if not passive and (t.act.subject != "victim" or not p.victims):
            self._suffer(s, t, p, self.right(s, t.b, hi))

    @staticmethod
    def _of_before(s: Sentence, r: Range) -> Range | None:
        """Of "les corps de neuf personnes" the persons."""
        inner = next((n for n in range(r[0], r[1]) if s.words[n].is_a("of")), None)
        return strip(s, inner + 1, r[1]) if inner is not None and inner + 1 < r[1] else None

    def _pointing(self, s: Sentence, r: Range) -> bool:
        return self.someone(s, r) or s.count_in(*r) is not None

    def _suffer(self, s: Sentence, t: Trigger, p: Parties, ranges: list[Range]) -> None:
        for r in ranges:
            if r in p.actors:
                continue
            if s.words[r[0]].is_a(*SITES, "place-kinds") or (
                self.sited(s, r) and not s.classes(*r) & {"people", "prisoners"}
            ):
                p.targets.append(r)
            elif t.act.object == "property":
                if s.classes(*r) & {"property"}:
                    p.targets.append(r)
                elif self._pointing(s, r):
                    p.victims.append(r)
            elif self.someone(s, r) or self._counted_people(s, r):
                if t.act.object == "target" and t.act.type in ("attack", "bombing") and self._bare_name(s, r):
                    p.targets.append(r)
                else:
                    p.victims.append(r)

    @staticmethod
    def _counted_people(s: Sentence, r: Range) -> bool:
        """A number alone, or before a word that the lists do not know: "neuf d'entre eux", "douze vendangeurs"."""
        count = s.count_in(*r)
        return count is not None and not s.classes(*r) & {"things", "animals", "munitions"}

    @staticmethod
    def _bare_name(s: Sentence, r: Range) -> bool:
        return all(w.capital or w.is_a("of", "articles") for w in s.words[r[0] : r[1]])

    def _noun(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        at = t.b
        while at < hi and (at in s.taken or s.words[at].is_a("commas", "adjectives")):
            at += 1
        if at + 1 < hi and not s.words[at].classes and s.words[at].form.isalpha() and s.words[at + 1].is_a("of"):
            at += 1  # an adjective that no list knows
        armed = {"armed", "combatants"}
        if at + 1 < hi and s.words[at].is_a("light") and s.words[at + 1].is_a("to"):
            self._suffer(s, t, p, self.right(s, at + 2, hi))  # "les tortures infligées au ..."
        elif at < hi and s.words[at].is_a("of"):
            for r in self.right(s, at + 1, hi):
                attack = t.act.type in ("attack", "bombing", "military-operation") or t.act.object == "target"
                if attack and s.words[r[0]].is_a(*armed, "state-words", "partisan"):
                    p.actors.append(r)
                    p.cues.append(s.form(at))
                else:
                    self._suffer(s, t, p, [r])
        elif t.act.subject == "victim" and not p.victims:
            count = next((c for c in s.counts if c[1] in (t.a, t.a - 1)), None)
            if count is not None:  # "neuf morts": those counted are the victims
                p.victims.append((count[0], t.b))
        self._lightly(s, t, p, lo)

    def _lightly(self, s: Sentence, t: Trigger, p: Parties, lo: int) -> bool:
        """Of "ont mené une attaque", "ont été victimes de viols" the subject; True where there is such a verb."""
        light = next((n for n in range(t.a - 1, max(lo - 1, t.a - 6), -1) if self._light(s, n)), None)
        if light is not None:
            found = self._auxiliary(s, light)
            kind, verb = found if found is not None else ("active", self._group(s, light))
            subject = self.left(s, verb, lo)
            if subject is not None and self._pointing(s, subject):
                suffers = s.words[light].is_a("undergo")
                if suffers:
                    p.victims.append(subject)
                elif kind == "active":
                    p.actors.append(subject)
                p.cues.append(s.form(light))
        return light is not None

    @staticmethod
    def _light(s: Sentence, at: int) -> bool:
        """ "mené une attaque", "victimes de tortures": of a victim only where somebody "a été victime"."""
        word = s.words[at]
        if word.form in ("victime", "victimes"):
            return at > 0 and (s.words[at - 1].is_a("be") or s.form(at - 1) == "été")
        return word.is_a("light", "undergo")

    def _agents(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        for at in range(t.b, hi):
            hands = s.words[at].form == "mains" and s.is_a(at + 1, "of")
            if not (s.words[at].is_a("by") or hands) or at in s.taken:
                continue
            for r in self.right(s, at + (2 if hands else 1), hi):
                head = s.words[r[0]]
                if head.is_a("munitions") or (head.acts and not head.is_a(*SOMEONE)):
                    p.means.append(r)
                    inner = self._of_before(s, r)
                    if inner is not None and s.classes(*inner) & {"armed", "combatants"} and not p.actors:
                        p.actors.append(inner)
                elif self.someone(s, r) and r not in p.actors and not head.is_a("not-agents"):
                    p.actors.append(r)
                    p.cues.append(s.form(at))
            return

    def _against(self, s: Sentence, t: Trigger, p: Parties, hi: int) -> None:
        at = next((n for n in range(t.b, hi) if s.words[n].is_a("against")), None)
        if at is None or p.victims or p.targets or (t.act.type == "procedural" and s.form(at) != "contre"):
            return
        at += 1
        while at < hi and s.words[at].is_a("of"):
            at += 1
        end = at
        while (
            end < hi
            and not s.words[end].is_a("commas", "joins", "relatives", "preps")
            and s.words[end].form not in STOPS
        ):
            end += 1
        r = strip(s, at, end)
        if r[0] < r[1]:
            self._suffer(s, t, p, [r])
            if not (p.victims or p.targets) and any(w.capital for w in s.words[r[0] : r[1]]):
                p.targets.append(r)

    def _forms(self, s: Sentence, t: Trigger, p: Parties, lo: int, hi: int) -> None:
        """Negation, distance and what is not said to have happened."""
        group = s.words[t.verb : t.b if t.shape == "phrase" else t.a]
        before = s.words[max(0, t.verb - 6) : t.a]
        after = s.words[t.b : min(hi, t.b + 3)]
        conditional = next((w for w in group if w.is_a("conditional")), None)
        doubt = next((w for w in [*before, *s.words[t.a : t.b], *after] if w.is_a("doubt")), None)
        if conditional or doubt:
            p.doubted = (conditional or doubt).form  # type: ignore[union-attr]
        future = next((w for w in s.words[max(0, t.verb - 2) : t.a] if w.is_a("future")), None)
        if future:
            p.unreal = future.form
        averted = next((w for w in s.words[max(0, t.verb - 4) : t.verb] if w.is_a("averted")), None)
        if averted and t.shape in ("noun", "inf"):
            p.unreal = averted.form
        denied = [w for w in s.words[max(lo, t.verb - 1) : t.b + 2] if w.is_a("negators")]
        ne = any(w.is_a("ne") for w in s.words[max(0, t.verb - 1) : t.a])
        none = next((w for w in s.words[max(lo, t.verb - 4) : t.a] if w.is_a("none")), None)
        if t.shape == "noun":
            close = next((w for w in s.words[max(0, t.a - 2) : t.a] if w.is_a("none", "without")), None)
            if close is not None:
                p.negated = close.form
            elif s.lists.patterns["did-not-happen"].search(s.folded(t.b, min(len(s.words), t.b + 12))):
                p.negated = "n'a pas eu lieu"
        elif (ne and denied) or (none and ne):
            p.negated = (denied[0] if denied else none).form  # type: ignore[union-attr]
        elif any(w.is_a("without") for w in s.words[max(0, t.verb - 2) : t.verb]) and t.shape != "passive":
            p.negated = "sans"

    # -- speech ------------------------------------------------------------------------------------------------

    def cue(self, s: Sentence, first: int, at: int, use: Use) -> Cue | None:  # noqa: PLR0911, PLR0912, PLR0915
        """A preposition has its speaker behind it; a verb before it, or behind where it follows what is said."""
        saying = use.entry
        if not isinstance(saying, Saying) or use.shape == "inf":
            return None
        n = len(s.words)
        if saying.lead and s.is_a(at + 1, "he"):
            return Cue(at, at + 2, saying, None, True, self._reach(s, at))
        if saying.lead and at > first and s.form(at) in ("source", "sources"):
            end = next((k for k in range(at + 1, n) if self._ends(s, k) or s.words[k].is_a("of")), n)
            return Cue(first, end, saying, (at, end), False, self._reach(s, at))
        if saying.lead:
            speaker = self._speaker(self.right(s, at + 1, n), s)
            if speaker is None:
                return None
            return Cue(at, speaker[1], saying, speaker, False, self._reach(s, at))
        if use.shape == "noun" or s.is_a(at - 1, "determiners"):
            return None
        if use.shape == "act" and s.form(at - 1) in ("se", "s'") and saying.modality == "say":
            return None  # "des hommes qui se disaient gendarmes"
        passive, verb = False, self._group(s, at)
        if use.shape == "phrase" and saying.accused and at > first + 1 and not s.words[at].is_a("by"):
            inner = next(
                (r for r in self.right(s, first + (2 if s.words[first].is_a("have") else 1), at) if self.someone(s, r)),
                None,
            )
            if inner is not None:  # "a déclaré X coupable"
                who = self.left(s, self._group(s, first), 0)
                return Cue(first, at + 1, saying, who, False, (at + 1, n), inner)
        if use.shape == "phrase":
            verb = self._group(s, first)
            found = self._auxiliary(s, first)
            passive = bool(_PARTICIPLE.search(s.words[first].form)) or s.words[first].is_a("be")
            passive = passive and not s.words[first].is_a("have")
            passive = passive and saying.accused and not any(u.shape == "act" for u in s.words[first].says)
            if found is not None:
                passive, verb = found[0] == "passive", found[1]
            passive = passive or "été" in s.folded(first, at + 1)
        if use.shape == "done":
            found = self._auxiliary(s, at)
            shared = self._shared(s, at) if found is None else None
            if shared is not None:
                subject = self.left(s, shared, 0)
                return Cue(at, at + 1, saying, subject, False, (at + 1, n), self._accused(s, at, saying))
            if found is None and not saying.accused:
                return None
            passive = found is None or found[0] == "passive"
            verb = found[1] if found is not None else at
        if passive:
            return self._passive_cue(s, at, verb, saying)
        pronoun = any(s.is_a(n, "-pronouns") for n in (at - 1, at + 1, verb + 1))
        before = s.words[verb - 1] if verb else None
        opens = before is None or before.is_a("commas", "joins") or before.form in QUOTES or before.form in STOPS
        if use.shape == "ger":
            if s.words[at].is_a("officials", "titles"):
                return None  # "le commandant"
            return Cue(verb, at + 1, saying, None, False, (at + 1, n), self._accused(s, at, saying))
        inverted = (
            saying.modality in ("say", "alleged", "confirmed")
            and before is not None
            and (before.form in QUOTES or before.is_a("commas"))
        )
        subject = None if inverted and self._follows(s, at) else self.left(s, verb, 0)
        if pronoun:
            return Cue(verb, at + 1, saying, None, True, (0, n))
        if opens and subject is None and verb > 0:
            behind = self._speaker(self.right(s, self._told(s, at), n), s)
            if behind is not None and not s.is_a(at + 1, "thats"):
                return Cue(verb, at + 1, saying, behind, False, (0, verb))
        if subject is not None and s.folded(*subject) in ("dernier", "dernière", "derniers", "celui-ci", "celle-ci"):
            return Cue(verb, at + 1, saying, None, True, (at + 1, n), self._accused(s, at, saying))
        if subject is None and before is not None and before.is_a("pronouns"):
            return Cue(verb, at + 1, saying, None, True, (at + 1, n), self._accused(s, at, saying))
        if (
            subject is not None
            and not self._pointing(s, subject)
            and (
                subject[1] - subject[0] > 6
                or not (s.is_a(subject[0] - 1, "articles") or s.words[subject[0]].capital)
                or s.words[subject[0]].is_a("munitions", "things", "animals", *SITES)
            )
        ):
            subject = None
        if subject is None and saying.modality == "say":
            return None
        return Cue(verb, at + 1, saying, subject, False, (at + 1, n), self._accused(s, at, saying))

    @staticmethod
    def _told(s: Sentence, at: int) -> int:
        """Behind "a raconté à l'AMP" those who were told."""
        n = at + 1
        if not s.is_a(n, "to"):
            return n
        n += 1
        while n < len(s.words) and s.words[n].is_a("articles"):
            n += 1
        end = n + 1
        while end < len(s.words) and s.words[end].capital:
            end += 1
        return end

    def _follows(self, s: Sentence, at: int) -> bool:
        """A speaker stands right behind the verb, and no "que" behind him: "..., a annoncé jeudi le gouverneur"."""
        ranges = self.right(s, at + 1, len(s.words))
        return (
            bool(ranges)
            and not s.is_a(at + 1, "thats")
            and self._speaker(ranges, s) is not None
            and not s.is_a(ranges[0][1], "thats")
        )

    def _passive_cue(self, s: Sentence, at: int, verb: int, saying: Saying) -> Cue | None:
        n = len(s.words)
        who = next((k for k in range(at + 1, min(n, at + 8)) if s.words[k].is_a("by")), None)
        speaker = self._speaker(self.right(s, who + 1, n), s) if who is not None else None
        if saying.accused:
            accused = self.left(s, verb, 0)
            named = accused if accused is not None and self._pointing(s, accused) else None
            return Cue(verb, at + 1, saying, speaker, False, (at + 1, n), named, speaker is None)
        if speaker is None and saying.modality not in ("confirmed", "alleged", "denied"):
            return None
        return Cue(verb, at + 1, saying, speaker, False, (0, n))

    def _reach(self, s: Sentence, at: int) -> Range:
        """A preposition covers its side of a "mais" or a semicolon."""
        n = len(s.words)
        low = max((k + 1 for k in range(at) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=0)
        high = min((k for k in range(at, n) if s.words[k].form == ";" or s.words[k].is_a("breaks")), default=n)
        return low, high

    def _speaker(self, ranges: list[Range], s: Sentence) -> Range | None:
        if not ranges:
            return None
        first = ranges[0]
        named = ranges[1] if len(ranges) > 1 and s.words[ranges[1][0] - 1].is_a("commas") else None
        if named is not None and named[1] - named[0] <= 4 and all(w.capital for w in s.words[named[0] : named[1]]):
            return named  # "le gouverneur de la province, Tomas Verane"
        known = s.classes(*first) & {*SOMEONE, "documents", "sources"}
        return first if known or self.someone(s, first) else None

    def _accused(self, s: Sentence, at: int, saying: Saying) -> Range | None:
        if not saying.accused:
            return None
        ranges = self.right(s, at + 1, len(s.words))
        if not ranges or not self.someone(s, ranges[0]):
            to = next((k for k in range(at + 1, min(len(s.words), at + 14)) if s.words[k].is_a("to")), None)
            ranges = self.right(s, to + 1, len(s.words)) if to is not None else []
        if not ranges or not self.someone(s, ranges[0]):
            return None
        a, b = ranges[0]
        # "accuse l'armée de tirs", "d'avoir tué": what follows "de" is the charge where an act stands there.
        charge = next(
            (k for k in range(a + 1, b) if s.words[k].is_a("of") and any(w.acts for w in s.words[k + 1 : k + 4])), b
        )
        return strip(s, a, charge)

    # -- names -------------------------------------------------------------------------------------------------

    def places(self, s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
        """After a preposition or a word for the kind of place; a name known as a place also after "de"."""
        found: list[PlaceSpan] = []
        n = len(s.words)
        at = 0
        while at < n:
            place = self._place_at(s, at, known)
            if place is not None:
                found.append(place)
                at = place.b
                other = self._name(s, at + 1) if s.form(place.outer) == "entre" and s.form(at) == "et" else None
                if other is not None and not s.is_a(at + 1, *SOMEONE):
                    found.append(PlaceSpan(at + 1, other, at + 1, True))  # "entre Sorel et Port-Vau"
                    at = other
            else:
                at += 1
        return found

    def _place_at(self, s: Sentence, at: int, known: frozenset[str]) -> PlaceSpan | None:  # noqa: PLR0911, PLR0912
        word = s.words[at]
        n = len(s.words)
        if word.is_a("place-preps"):
            k = at + 1
            while (k < n and s.words[k].is_a("articles", "directions", "place-joins")) or (
                k < n and s.words[k].form in ("à", "près")
            ):
                k += 1
            if k >= n:
                return None
            if word.form == "sur" and s.form(k) == "place" and not s.is_a(k + 1, "of"):
                return None  # "sur place"
            if word.form == "devant" and s.words[k].is_a("bodies", "courts", "inquiries"):
                return None  # "devant le tribunal"
            if s.words[k].is_a("place-kinds"):
                return self._kind_of_place(s, k, at)
            if s.words[k].is_a("civilian-places", "military-places") and not s.words[k].is_a("not-places"):
                return self._site(s, k, at)
            b = self._name(s, k)
            if (
                b is None
                or s.is_a(k, *SOMEONE, "documents", "weekday-words")
                or (s.is_a(at - 1, "preps") and word.form == "en")
            ):
                return None
            if word.form == "sur" and k > at + 1 and s.folded(k, b) not in s.lists.places | known:
                return None  # "une enquête sur la Garde"
            if word.form in ("à", "au", "aux") and any(w.says for w in s.words[max(0, at - 2) : at]):
                return None  # "a dit à Lena Ostrovar": to whom, not where
            if word.form == "en" and s.folded(k, b) not in s.lists.places | known:
                return None
            return PlaceSpan(k, b, at, True)
        if (word.is_a("place-kinds") and s.is_a(at + 1, "of")) or (
            word.is_a("place-kinds") and at + 1 < n and s.words[at + 1].capital
        ):
            return self._kind_of_place(s, at, at, bare=True)
        if word.is_a("civilian-places", "military-places") and at + 1 < n and s.words[at + 1].capital:
            return self._site(s, at, at)  # "la porte de la maison Sorel"
        if word.capital and (at == 0 or not s.words[at - 1].capital):
            b = self._name(s, at)
            if (
                b is not None
                and s.folded(at, b) in known | s.lists.places
                and (s.is_a(at - 1, "of") or s.form(at - 1) == "," or (at == 0 and s.form(b) == ":"))
            ):
                return PlaceSpan(at, b, at, True)
        return None

    def _kind_of_place(self, s: Sentence, at: int, outer: int, *, bare: bool = False) -> PlaceSpan | None:
        """ "le village de Sella", "le camp de déplacés de Sella": the name with the word for the kind left out."""
        k = at + 1
        n = len(s.words)
        while (
            k < n
            and s.words[k].is_a("of", "articles", "people", "adjectives", "directions")
            and not (s.words[k].capital and not (s.words[k].is_a("directions") and s.is_a(k + 1, "of")))
        ):
            k += 1
        b = self._name(s, k) if k < n else None
        if b is not None and not s.is_a(k, "armed", "bodies"):
            return PlaceSpan(k, b, outer, True)
        if bare:
            return None
        return self._site(s, at, outer)

    def _site(self, s: Sentence, at: int, outer: int) -> PlaceSpan | None:
        """A kind of place in a role: "dans l'école secondaire", with the name that belongs to it."""
        b = at + 1
        n = len(s.words)
        while (
            b < n
            and b - at < 8
            and (
                s.words[b].is_a("of", "articles", "adjectives", "place-parts", "people")
                or s.words[b].capital
                or s.words[b].is_a("civilian-places", "military-places")
            )
        ):
            b += 1
        while b > at + 1 and s.words[b - 1].is_a("of", "articles"):
            b -= 1
        return PlaceSpan(at, b, outer, any(w.capital for w in s.words[at:b]))

    @staticmethod
    def _name(s: Sentence, at: int) -> int | None:
        """Where a name that begins here ends: capitals, with small words between them; None where there is none."""
        n = len(s.words)
        if at >= n or not s.words[at].capital or s.words[at].is_a("small", "pronouns", "months"):
            return None
        end = at + 1
        while end < n:
            if s.words[end].capital:
                end += 1
            elif (
                s.words[end].is_a("name-joins")
                and end + 1 < n
                and s.words[end + 1].capital
                and s.words[end].form in ("el", "al")
            ):
                end += 2
            else:
                break
        return end

    def person_names(self, s: Sentence) -> list[tuple[int, int, int]]:
        """A title before capitals, or two capitals in a row that nothing else claims."""
        found: list[tuple[int, int, int]] = []
        n = len(s.words)
        at = 0
        while at < n:
            title = at
            k = at
            while k < n and s.words[k].is_a("titles"):
                k += 1
            b = self._name(s, k) if k < n else None
            if b is None:
                at = max(at + 1, k)
                continue
            taken = any(p.a < b and k < p.b for p in s.places) or any(
                w.is_a(*SOMEONE, "documents") for w in s.words[k:b]
            )
            if not taken and (k > title or (b - k >= 2 and k > 0)):
                found.append((title, k, b))
            at = b
        return found


_GRAMMAR = French()
"""One for all texts: it keeps nothing of any."""


def french_reader() -> WindowReader:
    """The reader of French texts."""
    return WindowReader(_GRAMMAR)
