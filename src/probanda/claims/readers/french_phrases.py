"""French verb groups and the phrases before and behind them: auxiliaries, subjects, objects, appositions.

Start with `phrase_before` and `phrases_after`.

Looks down to: window_clauses, window_sentence. Used by: french, french_parties, french_speech.
"""

from __future__ import annotations

import re

from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import QUOTES, STOPS, Range, Sentence

SOMEONE = (
    "people", "prisoners", "combatants", "armed", "officials", "titles", "state-words", "bodies", "publications",
    "partisan", "bodies-found",
)  # fmt: skip
SITES = ("civilian-places", "military-places", "property")
HELD = re.compile(r"(?:[^aeiou]é|ié|ué|éé|enu|onnu|fendu|truit|duit|mis|pris|quis|fert|vert|crit)e?s?$")
"""Endings of participles."""
LONGEST_NAME = 14
"""Words of the longest phrase that may name someone."""


def auxiliary(s: Sentence, at: int) -> tuple[str, int] | None:
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
            return ("passive" if passive else "active"), verb_group(s, n)
        elif word.is_a("be"):
            return "passive", verb_group(s, n)
        elif word.form in QUOTES:
            continue  # "avaient « chassé les intrus »"
        elif not (word.is_a("adverbs", "negators", "objects", "ne", "-pronouns") or word.form.endswith("ment")):
            return None
    return None


def shared_auxiliary(s: Sentence, at: int) -> int | None:
    """Of "ont encerclé le hameau et exécuté ..." where the auxiliary that both share begins; None for a passive."""
    if not s.is_a(at - 1, "joins", "commas"):
        return None
    for n in range(at - 2, -1, -1):
        if s.words[n].form in ";:" or s.words[n].is_a("breaks", "thats", "relatives", "whens"):
            return None
        if s.words[n].form in QUOTES and n not in s.soft:
            return None  # « ... », dit X
        if s.words[n].is_a("have") and s.form(n + 1) != "été":
            return verb_group(s, n)
        if s.words[n].is_a("be") or s.words[n].form == "été":
            return None
    return None


def shared_passive(s: Sentence, at: int) -> int | None:
    """Of "ont été arrêtés puis torturés" where the verb group begins that both share; None where there is none."""
    before = at
    while before > 0 and s.words[before - 1].is_a("adverbs", "joins", "commas"):
        before -= 1
    if before == at or not any(w.is_a("joins", "commas") or w.form == "puis" for w in s.words[before:at]):
        return None
    for n in range(before - 1, max(-1, before - LONGEST_NAME), -1):
        word = s.words[n]
        if (word.form in STOPS and n not in s.soft) or word.is_a("breaks", "thats", "relatives", "whens", "pronouns"):
            return None
        if word.form == "été" or word.is_a("be"):
            found = auxiliary(s, n + 1)
            return found[1] if found is not None and found[0] == "passive" else None
        if word.is_a("have"):
            return None
    return None


def verb_group(s: Sentence, at: int) -> int:
    """Where a verb group begins: with its "ne" and its object pronouns."""
    while at > 0 and s.words[at - 1].is_a("ne", "objects"):
        at -= 1
    return at


def ends(s: Sentence, at: int) -> bool:
    word = s.words[at]
    if any(a <= at < b for a, b, _ in s.counts):
        return False  # "d'au moins 44 personnes"
    if word.form == "sans" and s.form(at + 1) == "vie":
        return False  # "les corps sans vie de trois hommes"
    return (
        (word.form in STOPS and at not in s.soft)
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
        or (bool(word.acts) and not word.is_a(*SOMEONE) and any(u.shape in ("done", "ger", "act") for u in word.acts))
    )


def phrase_before(s: Sentence, at: int, lo: int) -> Range | None:
    """The phrase that ends before `at`: the subject of the verb there."""
    end = at
    while end > lo:
        opened = _bracketed(s, end - 1, lo)
        if opened is not None:
            end = opened
        elif (
            s.words[end - 1].is_a("adverbs", "ne")
            or end - 1 in s.taken
            or (s.words[end - 1].is_a("commas") and _aside(s, end - 2))
        ):
            end -= 1
        else:
            break
    if end > lo and s.words[end - 1].is_a("relatives"):
        end -= 1
        if end > lo and s.words[end - 1].is_a("commas"):
            end -= 1
    if end > lo and s.words[end - 1].is_a("commas"):  # an apposition: "X, porte-parole de Y, a ..."
        return _beside(s, end - 1, max(0, lo - LONGEST_NAME))
    start = end
    while start > lo and end - start < LONGEST_NAME and not ends(s, start - 1):
        start -= 1
        opens = s.words[start].is_a("articles") and not s.words[start].is_a("of")
        if opens and start > lo and not s.words[start - 1].is_a("articles", "determiners", "of"):
            break  # "sans délai les personnes": the phrase begins with its article
    start = min((c[0] for c in s.counts if c[0] < start < c[1] and c[0] >= lo), default=start)
    found = strip(s, start, end)
    within = _relative_before(s, start, lo)
    within = _doing_before(s, start, lo) if within is None else within
    if found[0] < found[1] and within is not None:  # "un infirmier qui a fui Varn assure"
        behind = phrase_before(s, within, lo)
        found = behind if behind is not None and someone(s, behind) else found
    elif found[0] < found[1] and start > lo and s.words[start - 1].is_a("preps"):
        behind = phrase_before(s, start - 1, lo)  # "un médecin joint par téléphone", "des miliciens fidèles à X"
        found = behind if behind is not None and someone(s, behind) else found
    elif found[0] < found[1] and start > lo and not pointing(s, found):
        # "des soldats qui gardaient le pont ont tué"
        that = next((n for n in range(start - 1, max(lo, start - LONGEST_NAME), -1) if _told_of(s, n)), None)
        behind = phrase_before(s, that, lo) if that is not None else None
        found = behind if behind is not None and someone(s, behind) else found
    return _one_of(s, found, lo) if found[0] < found[1] else None


def _one_of(s: Sentence, r: Range, lo: int) -> Range:
    """Of "l'un d'eux", "trois d'entre elles" the whole."""
    if s.words[r[0]].form not in ("eux", "elles") or r[1] - r[0] > 1:
        return r
    a = r[0]
    while a > lo and s.words[a - 1].form in ("d'", "entre", "de", "un", "une", "certains", "plusieurs", "l'"):
        a -= 1
    return min((c[0] for c in s.counts if c[1] == a), default=a), r[1]


def _bracketed(s: Sentence, at: int, lo: int) -> int | None:
    """Where the bracket or the pair of dashes that closes here was opened: "la Ligue (LDM) a ...", "– ... – ont"."""
    sign = s.words[at].form
    if sign not in ")–—":
        return None
    opening = "(" if sign == ")" else sign
    return next((n for n in range(at - 1, max(lo, at - LONGEST_NAME), -1) if s.words[n].form == opening), None)


def _relative_before(s: Sentence, start: int, lo: int) -> int | None:
    """Where the "qui" stands whose verb comes right before this phrase, which is its object and no subject."""
    verb = start - 1
    while verb > lo and s.words[verb].is_a("articles", "determiners", "adverbs"):
        verb -= 1
    word = s.words[verb] if verb > lo else None
    if word is None or not (word.acts or any(t.a <= verb < t.b for t in s.triggers) or HELD.search(word.form)):
        return None
    for n in range(verb - 1, max(lo - 1, verb - 8), -1):
        if s.words[n].form == "qui":
            return n
        if s.words[n].form in STOPS or s.words[n].is_a("commas", "thats", "breaks", "joins"):
            return None
    return None


def _doing_before(s: Sentence, start: int, lo: int) -> int | None:
    """Where a participle begins whose object this phrase is: "des hommes se réclamant de la Garde ont tué"."""
    at = start - 1
    while at > lo and s.words[at].is_a("articles", "determiners", "adverbs", "to", "of"):
        at -= 1
    word = s.words[at] if at > lo else None
    if word is None or not word.form.endswith("ant") or len(word.form) < 6 or word.is_a(*SOMEONE, "preps", "adverbs"):
        return None
    return at - 1 if s.form(at - 1) in ("se", "s'") else at


def _told_of(s: Sentence, at: int) -> bool:
    return s.words[at].form == "qui" or s.words[at].form in STOPS


def subjects_before(s: Sentence, at: int, lo: int) -> list[Range]:
    """The subject of the verb at `at`, and those joined to it: "des soldats et des miliciens ont ..."."""
    verb = at
    while verb > 0 and s.words[verb - 1].is_a("adverbs", "ne"):
        verb -= 1
    if s.form(verb - 1) == "qui":
        lo = 0  # "X, qui a ...": the clause begins behind its own subject
    one = phrase_before(s, at, lo)
    found: list[Range] = []
    while one is not None:
        found.insert(0, one)
        n = begins(s, one, lo)
        if n <= lo + 1 or not s.words[n - 1].is_a("joins", "commas"):
            break
        if s.words[n - 1].is_a("commas") and len(found) == 1:
            break  # a comma alone closes a frame or an apposition
        before = phrase_before(s, n - 1, lo) if s.words[n - 2].form not in STOPS else None
        if before is None or before[1] < n - 1 or not pointing(s, before) or not _opens_clause(s, before, lo):
            break
        one = before
    return found


def begins(s: Sentence, r: Range, lo: int) -> int:
    """Where a phrase begins with its articles and its number."""
    n = r[0]
    n = min((c[0] for c in s.counts if c[0] < n <= c[1]), default=n)
    while n > lo and s.words[n - 1].is_a("articles", "determiners", "before-noun") and not s.words[n - 1].is_a("preps"):
        n -= 1
    return n


def _opens_clause(s: Sentence, r: Range, lo: int) -> bool:
    """The phrase is a subject: nothing stands before it, or a sign, "que", or a date."""
    n = begins(s, r, lo)
    if n == r[0] and not (s.words[n].capital or s.words[n].is_a("before-noun", "people", "armed")):
        return False
    return (
        n <= lo
        or n - 1 in s.taken
        or s.words[n - 1].form in STOPS
        or s.words[n - 1].is_a("commas", "joins", "thats", "breaks", "whens", "relatives")
    )


def _aside(s: Sentence, at: int) -> bool:
    """A date or place between two commas: "des soldats, le 3 mai, ont ..."."""
    while at >= 0 and at in s.taken:
        at -= 1
    return at >= 0 and at + 1 in s.taken and s.words[at].is_a("commas")


def _beside(s: Sentence, comma: int, lo: int) -> Range | None:
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
    found = [r for r in found if r[0] < r[1] and someone(s, r) and not s.words[r[0]].acts]
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


def phrases_after(s: Sentence, at: int, hi: int) -> list[Range]:
    """The phrases that begin at `at`: an object, or several joined by commas and "et"."""
    found: list[Range] = []
    if s.is_a(at, "thats") and any(w.is_a("ne") for w in s.words[max(0, at - 4) : at]):
        at += 1  # "n'a visé que des positions"
    while True:
        while at < hi and (
            s.words[at].is_a("adverbs", "objects-after") or at in s.taken or s.words[at].form.endswith("ment")
        ):
            at += 1
        end = at
        while end < hi and end - at < LONGEST_NAME and not ends(s, end):
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


def someone(s: Sentence, r: Range) -> bool:
    """True when the phrase can denote those who do or suffer an act."""
    if s.classes(*r) & set(SOMEONE):
        return s.words[r[0]].is_a("armed", "bodies") or not s.words[r[0]].is_a("munitions", *SITES)
    if s.folded(*r) in s.lists.places:
        return True
    if is_people(s, r) or (r[1] - r[0] > 1 and s.words[r[1] - 1].form in ("eux", "elles")):
        return True
    named = any(w.capital for w in s.words[r[0] : r[1]]) and not any(p.a <= r[0] < p.b for p in s.places)
    return named and not s.words[r[0]].is_a("munitions", *SITES)


def is_people(s: Sentence, r: Range) -> bool:
    """ "Les Orenois", "des Sellans": a capital in the plural, behind an article of the plural, is a people."""
    first = s.words[r[0]]
    return (
        first.capital
        and r[0] > 0
        and not first.classes
        and first.form.endswith("s")
        and s.form(r[0] - 1) in ("les", "des", "aux", "ces", "certains", "plusieurs", "d'")
        and (r[1] - r[0] == 1 or not s.words[r[0] + 1].capital)
        and s.folded(r[0], r[0] + 1) not in s.lists.places
    )


def sited(s: Sentence, r: Range) -> bool:
    """True when the phrase denotes a place or a thing that can be hit."""
    return bool(s.classes(*r) & {*SITES, "place-kinds"}) or any(p.name for p in s.places_in(*r))


def pointing(s: Sentence, r: Range) -> bool:
    return someone(s, r) or s.count_in(*r) is not None


def of_within(s: Sentence, r: Range) -> Range | None:
    """Of "les corps de neuf personnes" the persons."""
    inner = next((n for n in range(r[0], r[1]) if s.words[n].is_a("of")), None)
    return strip(s, inner + 1, r[1]) if inner is not None and inner + 1 < r[1] else None
