"""French verb groups and the phrases before and behind them: auxiliaries, subjects, objects, appositions.

Start with `phrase_before` and `phrases_after`.

Looks down to: window_clauses, window_sentence. Used by: french, french_parties, french_speech.
"""

from __future__ import annotations

from probanda.claims.readers.window_clauses import strip
from probanda.claims.readers.window_sentence import QUOTES, STOPS, Range, Sentence

SOMEONE = (
    "people", "prisoners", "combatants", "armed", "officials", "titles", "state-words", "bodies", "publications",
    "partisan", "bodies-found",
)  # fmt: skip
SITES = ("civilian-places", "military-places", "property")
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
        if s.words[n].is_a("have") and s.form(n + 1) != "été":
            return verb_group(s, n)
        if s.words[n].is_a("be") or s.words[n].form == "été":
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
        or (bool(word.acts) and not word.is_a(*SOMEONE) and any(u.shape in ("done", "ger", "act") for u in word.acts))
    )


def phrase_before(s: Sentence, at: int, lo: int) -> Range | None:
    """The phrase that ends before `at`: the subject of the verb there."""
    end = at
    while end > lo and (
        s.words[end - 1].is_a("adverbs", "ne")
        or end - 1 in s.taken
        or (s.words[end - 1].is_a("commas") and _aside(s, end - 2))
    ):
        end -= 1
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
    found = strip(s, start, end)
    if found[0] < found[1] and start > lo and s.words[start - 1].is_a("preps") and not pointing(s, found):
        behind = phrase_before(s, start - 1, lo)  # "un médecin joint par téléphone affirme"
        found = behind if behind is not None and someone(s, behind) else found
    return found if found[0] < found[1] else None


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
        return s.words[r[0]].is_a("armed") or not s.words[r[0]].is_a("munitions", *SITES)
    if s.folded(*r) in s.lists.places:
        return True
    named = any(w.capital for w in s.words[r[0] : r[1]]) and not any(p.a <= r[0] < p.b for p in s.places)
    return named and not s.words[r[0]].is_a("munitions", *SITES)


def sited(s: Sentence, r: Range) -> bool:
    """True when the phrase denotes a place or a thing that can be hit."""
    return bool(s.classes(*r) & {*SITES, "place-kinds"}) or any(p.name for p in s.places_in(*r))


def pointing(s: Sentence, r: Range) -> bool:
    return someone(s, r) or s.count_in(*r) is not None


def of_within(s: Sentence, r: Range) -> Range | None:
    """Of "les corps de neuf personnes" the persons."""
    inner = next((n for n in range(r[0], r[1]) if s.words[n].is_a("of")), None)
    return strip(s, inner + 1, r[1]) if inner is not None and inner + 1 < r[1] else None
