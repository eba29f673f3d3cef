"""Names of places and of persons in a French sentence: prepositions, words for kinds of places, capitals.

Start with `places_of` and `person_names_of`.

Looks down to: french_phrases, window_sentence. Used by: french.
"""

from __future__ import annotations

from probanda.claims.readers.french_phrases import SOMEONE
from probanda.claims.readers.window_sentence import PlaceSpan, Sentence


def places_of(s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
    """After a preposition or a word for the kind of place; a name known as a place also after "de"."""
    found: list[PlaceSpan] = []
    n = len(s.words)
    at = 0
    while at < n:
        place = _place_at(s, at, known)
        if place is not None:
            found.append(place)
            at = place.b
            other = name_end(s, at + 1) if s.form(place.outer) == "entre" and s.form(at) == "et" else None
            if other is not None and not s.is_a(at + 1, *SOMEONE):
                found.append(PlaceSpan(at + 1, other, at + 1, True))  # "entre Sorel et Port-Vau"
                at = other
        else:
            at += 1
    return found


def _place_at(s: Sentence, at: int, known: frozenset[str]) -> PlaceSpan | None:  # noqa: PLR0911, PLR0912
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
            return _kind_of_place(s, k, at)
        if s.words[k].is_a("civilian-places", "military-places") and not s.words[k].is_a("not-places"):
            return _site(s, k, at)
        b = name_end(s, k)
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
        return _kind_of_place(s, at, at, bare=True)
    if word.is_a("civilian-places", "military-places") and at + 1 < n and s.words[at + 1].capital:
        return _site(s, at, at)  # "la porte de la maison Sorel"
    if word.capital and (at == 0 or not s.words[at - 1].capital):
        b = name_end(s, at)
        if (
            b is not None
            and s.folded(at, b) in known | s.lists.places
            and (s.is_a(at - 1, "of") or s.form(at - 1) == "," or (at == 0 and s.form(b) == ":"))
        ):
            return PlaceSpan(at, b, at, True)
    return None


def _kind_of_place(s: Sentence, at: int, outer: int, *, bare: bool = False) -> PlaceSpan | None:
    """ "le village de Sella", "le camp de déplacés de Sella": the name with the word for the kind left out."""
    k = at + 1
    n = len(s.words)
    while (
        k < n
        and s.words[k].is_a("of", "articles", "people", "adjectives", "directions")
        and not (s.words[k].capital and not (s.words[k].is_a("directions") and s.is_a(k + 1, "of")))
    ):
        k += 1
    b = name_end(s, k) if k < n else None
    if b is not None and not s.is_a(k, "armed", "bodies"):
        return PlaceSpan(k, b, outer, True)
    if bare:
        return None
    return _site(s, at, outer)


def _site(s: Sentence, at: int, outer: int) -> PlaceSpan | None:
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


def name_end(s: Sentence, at: int) -> int | None:
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


def person_names_of(s: Sentence) -> list[tuple[int, int, int]]:
    """A title before capitals, or two capitals in a row that nothing else claims."""
    found: list[tuple[int, int, int]] = []
    n = len(s.words)
    at = 0
    while at < n:
        title = at
        k = at
        while k < n and s.words[k].is_a("titles"):
            k += 1
        b = name_end(s, k) if k < n else None
        if b is None:
            at = max(at + 1, k)
            continue
        taken = any(p.a < b and k < p.b for p in s.places) or any(w.is_a(*SOMEONE, "documents") for w in s.words[k:b])
        if not taken and (k > title or (b - k >= 2 and k > 0)):
            found.append((title, k, b))
        at = b
    return found
