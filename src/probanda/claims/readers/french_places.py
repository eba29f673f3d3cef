"""Names of places and of persons in a French sentence: prepositions, words for kinds of places, capitals.

Start with `places_of` and `person_names_of`.

Looks down to: french_phrases, window_sentence. Used by: french.
"""

from __future__ import annotations

from dataclasses import replace

from probanda.claims.readers.french_phrases import SOMEONE
from probanda.claims.readers.window_sentence import PlaceSpan, Sentence

FACILITIES = ("civilian-places", "military-places")
LONGEST_FACILITY = 6
"""Words of the longest name of a facility before the town's."""


def places_of(s: Sentence, known: frozenset[str]) -> list[PlaceSpan]:
    """After a preposition or a word for the kind of place; a name known as a place also after "de"."""
    found: list[PlaceSpan] = []
    n = len(s.words)
    at = 0
    while at < n:
        place = _place_at(s, at, known) or _struck(s, at)
        if place is not None:
            found.append(place)
            at = place.b
            for other in _listed(s, place):
                found.append(other)
                at = other.b
        else:
            at += 1
    return _with_facilities(s, found)


def _struck(s: Sentence, at: int) -> PlaceSpan | None:
    """A facility with no preposition, "l'hôpital du district": of an attack it is what was hit, and where."""
    word = s.words[at]
    if (
        not word.is_a(*FACILITIES)
        or word.is_a("vehicles", "vague-places", "courts", "regions")
        or word.acts
        or word.says
    ):
        return None
    if (word.is_a(*SOMEONE) and not word.is_a("care")) or not s.is_a(at - 1, "articles", "of") or at in s.taken:
        return None
    place = _site(s, at, at)
    if place is None or place.name:
        return None
    b = place.b
    noun = b + 1 if s.is_a(b, "of") else b
    while s.is_a(noun, "articles"):
        noun += 1
    settled = s.is_a(noun, "place-kinds", "vague-places", "regions")  # "l'hôpital du district de Sella"
    if b < noun < len(s.words) and not settled and not s.words[noun].capital and s.form(noun).isalpha():
        b = noun + 1  # "la caserne des forges"
    return replace(place, b=b, sure=False)


def _with_facilities(s: Sentence, found: list[PlaceSpan]) -> list[PlaceSpan]:
    """A facility and the town behind it are two places: "le marché couvert de Sella", "l'école de Sella"."""
    both: list[PlaceSpan] = []
    for p in found:
        facility = _facility_before(s, p) if s.words[p.a].capital else None
        if facility is not None and not any(q.a <= facility.a < q.b for q in both):
            both.append(facility)
            p = replace(p, outer=facility.outer) if p.outer == p.a else p  # noqa: PLW2901  one phrase with it
        both.append(p)
        if s.is_a(p.a, *FACILITIES) and not s.words[p.a].capital:
            town = next((n for n in range(p.a + 2, p.b) if s.words[n].capital and s.form(n - 1) in ("de", "d'")), None)
            if town is not None and not s.is_a(town, *SOMEONE, "documents"):
                both.append(PlaceSpan(town, p.b, town, True))
    return both


def _facility_before(s: Sentence, p: PlaceSpan) -> PlaceSpan | None:
    """Of "la place du marché de Sella" what stands before "de Sella"."""
    end = p.a
    while end > 0 and s.is_a(end - 1, "of", "articles", "vague-places", "regions") and not s.is_a(end - 1, *FACILITIES):
        end -= 1
    at, first = end - 1, None
    while at >= 0 and end - at < LONGEST_FACILITY and (s.words[at].form.isalpha() or s.is_a(at, "of")):
        if s.is_a(at, *FACILITIES):
            first = at
        elif _parts_phrase(s, at):
            break
        at -= 1
    if first is None or not s.is_a(end, "of") or s.is_a(first, "courts", "vehicles", "vague-places"):
        return None
    if s.is_a(first, *SOMEONE) and not s.is_a(first, "care"):
        return None
    content = [n for n in range(first, end) if not s.is_a(n, "of", "articles", "adjectives")]
    if len(content) == 1 and s.is_a(first, "place-kinds"):
        return None  # "le camp de Sella": its kind alone
    outer = first
    while outer > 0 and (s.is_a(outer - 1, "articles") or s.is_a(outer - 1, "directions", "place-joins")):
        outer -= 1
    outer = outer - 1 if s.is_a(outer - 1, "place-preps") else first
    return PlaceSpan(first, end, outer, False)


def _parts_phrase(s: Sentence, at: int) -> bool:
    word = s.words[at]
    if word.is_a("of") or word.form == "à":
        return False
    return bool(word.acts or word.says) or word.capital or word.is_a("commas", "joins", "preps")


def _listed(s: Sentence, first: PlaceSpan) -> list[PlaceSpan]:
    """More names of the same list: "entre Sorel et Port-Vau", "les villages d'Oren, de Sella et de Varn"."""
    kind = s.words[first.a - 2 if s.is_a(first.a - 1, "of") else first.a - 1] if first.a else None
    many = kind is not None and kind.is_a("place-kinds", "civilian-places") and kind.form.endswith("s")
    if not (first.name and s.words[first.a].capital) or not (many or s.is_a(first.outer, "place-preps")):
        return []
    found: list[PlaceSpan] = []
    at = first.b
    while s.is_a(at, "joins", "commas"):
        k = at + 1
        while s.is_a(k, "of", "articles") and many:
            k += 1
        b = name_end(s, k)
        if b is None or s.is_a(k, *SOMEONE, "documents", "titles") or s.words[k].says or (b - k > 1 and not many):
            break
        found.append(PlaceSpan(k, b, k, True))
        at = b
    closed = bool(found) and s.is_a(found[-1].a - 1, "joins", "of", "articles")
    if closed and not many and (s.is_a(at, "have", "be", "ne") or (at < len(s.words) and s.words[at].says)):
        return []  # "à Oren, et Dast a dit": a new clause begins
    return found if closed else []


def _place_at(s: Sentence, at: int, known: frozenset[str]) -> PlaceSpan | None:  # noqa: PLR0911, PLR0912
    word = s.words[at]
    n = len(s.words)
    if at == 0 and word.form == "a" and n > 1 and s.words[1].capital and not s.is_a(1, *SOMEONE):
        word.classes |= {"place-preps", "preps"}  # a capital "à" without its accent: "A Sella, ..."
    if word.is_a("place-preps") or (word.form == "contre" and _at_a_wall(s, at)):
        k = at + 1
        while (k < n and s.words[k].is_a("articles", "directions", "place-joins")) or (
            k < n and s.words[k].form in ("à", "près")
        ):
            k += 1
        if k >= n:
            return None
        if word.form == "sur" and ((s.form(k) == "place" and k == at + 1) or s.form(k) == "lieux"):
            return None  # "sur place", "sur les lieux"
        if word.form in ("à", "au", "aux") and (_governed(s, at) or s.is_a(k, "vehicles")):
            return None  # "lié à X", "directrice à X", "interdit aux convois"
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
        if (
            word.form == "en"
            and s.folded(k, b) not in s.lists.places | known
            and (b - k > 1 or s.words[k].classes or s.written(at, at + 1).isupper())
        ):
            return None
        return PlaceSpan(k, b, at, True)
    if (word.is_a("place-kinds") and s.is_a(_behind_adjective(s, at), "of")) or (
        word.is_a("place-kinds") and at + 1 < n and s.words[at + 1].capital
    ):
        return _kind_of_place(s, at, at, bare=True)
    site = word.is_a("civilian-places", "military-places") and not word.is_a("courts", "bodies")
    if site and at + 1 < n and s.words[at + 1].capital:
        return _site(s, at, at)  # "la porte de la maison Sorel"
    if word.capital and at > 1 and s.is_a(at - 1, "of") and s.is_a(at - 2, "place-events"):
        b = name_end(s, at)
        if b is not None and b - at == 1 and not s.is_a(at, *SOMEONE, "documents"):
            return PlaceSpan(at, b, at, True)  # "le massacre de Sella", "la prise d'Oren"
    if word.capital and at > 1 and s.is_a(at - 1, "of") and _many_people(s, at - 2):
        b = name_end(s, at)
        acronym = len(word.form) > 1 and s.written(at, at + 1).isupper()
        if b is not None and b - at == 1 and not acronym and not s.is_a(at, *SOMEONE, "documents"):
            return PlaceSpan(at, b, at, True)  # "les pêcheurs de Varn"
    if word.capital and (at == 0 or not s.words[at - 1].capital):
        b = name_end(s, at)
        if (
            b is not None
            and (s.folded(at, b) in known | s.lists.places or (s.heading and _headline(s, at, b)))
            and (s.is_a(at - 1, "of") or s.form(at - 1) == "," or (at == 0 and s.form(b) == ":"))
        ):
            return PlaceSpan(at, b, at, True)
    return None


def _at_a_wall(s: Sentence, at: int) -> bool:
    """ "Abattus contre le mur de l'école": against what stands there, and not against whom."""
    k = at + 1
    while s.is_a(k, "articles"):
        k += 1
    return s.is_a(k, "civilian-places", "military-places") and not s.is_a(k, "vehicles", *SOMEONE)


def _headline(s: Sentence, at: int, b: int) -> bool:
    """ "Sella : deux morts au marché": a heading opens with the one name of the place it tells of."""
    return at == 0 and b == 1 and s.form(b) == ":" and not s.words[at].classes and len(s.words) > LONGEST_FACILITY


def _many_people(s: Sentence, at: int) -> bool:
    """A plural of people, known or not; no officials, whose place is their office."""
    word = s.words[at]
    if word.capital or not word.form.endswith(("s", "x")) or word.is_a("officials", "titles", "bodies", "armed"):
        return False
    return word.is_a("people", "prisoners") and not word.is_a("combatants")


def _behind_adjective(s: Sentence, at: int) -> int:
    """Of "la prison centrale de Mirol" where "de" stands."""
    n = at + 1
    if n + 1 < len(s.words) and (s.is_a(n, "adjectives") or not s.words[n].classes) and s.words[n].form.isalpha():
        n += not s.words[n].capital
    return n


def _governed(s: Sentence, at: int) -> bool:
    """The preposition belongs to the word before it, and says to whom or to what: "lié à", "porte-parole à"."""
    n = at - 1
    while n > 0 and s.words[n].is_a("adverbs"):
        n -= 1
    if s.is_a(n, "to-whom"):
        return True
    reach = next((k for k in range(n, max(-1, n - 6), -1) if s.words[k].is_a("officials", "titles")), None)
    b = name_end(s, at + 1)
    return (
        reach is not None
        and b is not None
        and b - at > 2  # a body of several capitals, and no town
        and not any(s.words[k].is_a("commas", "have", "be") or s.words[k].acts for k in range(reach, at))
    )


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
    compound = k < n and s.is_a(k - 1, "of") and not s.is_a(k, *SOMEONE)  # "le poste de contrôle de Tresk"
    if k + 2 < n and (compound or not s.words[k].classes) and s.words[k].form.isalpha() and not s.words[k].capital:
        after = k + 1  # an adjective that no list knows: "la ville portuaire de Varn"
        while after < n and s.words[after].is_a("of", "articles"):
            after += 1
        if after < n and s.words[after].capital and (after > k + 1):
            k = after
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
            and s.words[end].form in ("el", "al", "es", "ed", "ez", "ben", "bou", "ould")
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
