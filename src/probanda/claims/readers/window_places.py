"""Where an act was done: in its clause, in the frame of its sentence, in the account it belongs to.

Start with `places_of` for one claim; `carry_places` goes over the whole text.

Looks down to: window_seen, window_sites, scenes. Used by: window, window_fields.
"""

from __future__ import annotations

from collections import Counter

from probanda.claims.model import Named
from probanda.claims.readers.folded import fold
from probanda.claims.readers.window_seen import UNPLACED, Draft, Seen
from probanda.claims.readers.window_sentence import PlaceSpan, Range, Sentence
from probanda.claims.readers.window_sites import Sites, bare_site, sites_of
from probanda.claims.scenes import Told, carried
from probanda.kernel.vocabulary import ActType, Modality

LAST_NAMED = 3
"""Paragraphs over which the place named last is where an act without one was done."""
HEAD = 4
"""Paragraphs at the head of a text, where a line may say where it was taken down."""
LONG_PHRASE = 4
"""Words of an act from which on it has others between them: "عثر أهالي بلدة X على جثث"."""
VEHICLES = ("boats", "bus", "vehicles")
"""What is shot at on its way is no place; "aboard a boat" is one."""
STRIKES = ("indiscriminate-attack", "attack-on-civilians", "attack", "bombing")
"""Acts whose object, a hospital or a market, is where they were done."""
FIRED = ("indiscriminate-attack", "attack-on-civilians", "attack", "bombing", "killing", "military-operation")
"""Acts whose "from" says where the guns stood."""
OFFICE_ENDS = ("commas", "joins", "breaks", "place-preps", "preps", "civilian-places")
TAKEN_IN = ("bodies-found", "wounding", "casualty-count")
"""What is counted where it was brought to: "le médecin de l'hôpital de X a reçu neuf corps"."""
OWNERS = ("armed", "combatants", "bodies", "state-words", "publications")
"""Behind these a place is part of a name: "la milice de Sella", "حكومة X"."""
OFFICE_REACH = 6
"""Words before a place among which an office that it belongs to may stand."""


def places_of(seen: Seen, d: Draft) -> list[Named]:
    """Places of the clause; else the frame that the sentence opens with ("À X, ..."), or its only named place."""
    s = d.sentence
    spoken = [c.speaker for c in s.cues if c.speaker is not None]
    spoken += [c.accused for c in s.cues if c.accused is not None] + list(d.parties.actors)
    acts = [(t.a, t.b) for t in s.triggers if t is not d.trigger or t.b - t.a < LONG_PHRASE]
    receives = d.trigger.act.detail in TAKEN_IN
    here = [
        p
        for p in s.places
        if not (any(a <= p.a < b for a, b in spoken) and not (receives and _of_care(s, p)) and not _keepers(s, p))
        and not (p.name and any(a <= p.a < b for a, b in acts) and not s.is_a(p.a, "civilian-places"))
        and not (_of_office(s, p) and not (receives and _of_care(s, p)))
        and not _of_person(s, p)
        and not (not p.name and s.is_a(p.a, "positions"))
        and not _named_for(seen, s, p)
        and not (d.trigger.act.type in FIRED and s.is_a(p.outer, "whence"))
        and s.folded(p.a, p.b) not in seen.speaking
        and not (s.words[p.a].is_a(*VEHICLES) and s.is_a(p.outer, "against", "whence"))  # "ont tiré sur un minibus"
    ]
    struck = d.trigger.act.type in STRIKES
    chosen = [p for p in here if d.lo <= p.a and p.b <= d.hi and not _vague(s, p.a, p.b) and (struck or p.sure)]
    chosen = _behind_after(s, d, chosen)
    chosen += _going_on(here, chosen)
    if not any(p.name for p in chosen) and d.trigger.act.type not in UNPLACED and not _told_before(seen, s, d):
        names = [p for p in here if p.name and p.sure]
        names = [p for p in names if p.a >= s.opens] or names
        frame = [p for p in names if p.outer <= 1 and s.is_a(p.outer, "place-preps")]
        near = [p for p in names if not _wide(seen, s, p) and not _beyond(s, d, p)]
        before = [p for p in near if p.b <= d.trigger.a]
        wide = [p for p in names if p not in near and s.is_a(p.outer, "place-preps")]
        chosen += frame[:1] or _head(here, before[-1:]) or near[:1] or wide[:1]
        chosen += [p for p in _going_on(here, chosen) if not _wide(seen, s, p)]
    chosen += [p for p in here if p not in chosen and _frames(s, p) and not _wide(seen, s, p)]
    ranges = [(p.a, p.b) for p in chosen]
    covered = {n for a, b in ranges for n in range(a, b)}
    hit = [
        r for r in d.parties.targets if _place_like(s, r) and not _vague(s, *r) and not covered.intersection(range(*r))
    ]
    inner = [r for a, b in [*ranges, *hit] for r in [_named_in(seen, s, a, b)] if r is not None]
    named = sorted((p for p in chosen if p.name), key=lambda p: _wide(seen, s, p))  # the narrow ones first
    names_only = [(p.a, p.b) for p in named if _stays(s, p) and not seen.lists.is_wide(s.folded(p.a, p.b))] + inner
    d.placed = any(d.lo <= p.a and p.b <= d.hi for p in named)
    kept = list(dict.fromkeys([*ranges, *hit, *inner]))
    there = _there(seen, s, d) if not names_only else None
    taken_up = {r: told for r in _definite(s, d, kept) for told in [_told_site(seen, s, r)] if told is not None}
    found = {r: seen.place(s, r) for r in kept if r not in taken_up}
    if there is not None:
        taken_up.setdefault(there[0], there[1])
    d.stated = (*dict.fromkeys(taken_up.values()), *(found[r] for r in dict.fromkeys(names_only)))
    return list({n.words: n for n in reversed([*taken_up.values(), *found.values()])}.values())[::-1]


def _behind_after(s: Sentence, d: Draft, chosen: list[PlaceSpan]) -> list[PlaceSpan]:
    """ "Trois écoles fermées après la mort d'un élève sur la route": what stands before "after" is placed apart."""
    after = next((n for n in range(d.trigger.a - 1, max(-1, d.trigger.a - 3), -1) if s.is_a(n, "afters")), None)
    if after is None or d.trigger.shape != "noun":
        return chosen
    return [p for p in chosen if p.a > after] or chosen


def _beyond(s: Sentence, d: Draft, p: PlaceSpan) -> bool:
    """Behind the clause and another "while", "since" or "that": it is told of something else."""
    return p.a >= d.hi and any(s.is_a(n, "breaks", "whens", "thats") for n in range(d.hi, p.outer))


def _told_before(seen: Seen, s: Sentence, d: Draft) -> bool:
    """ "الاغتيال", with the article and nobody beside it, takes up an act told before, where that was done."""
    return (
        d.trigger.shape == "noun"
        and s.form(d.trigger.a).startswith("ال")
        and not d.parties.victims
        and not d.parties.targets
        and bool(seen.drafts)
    )


def _definite(s: Sentence, d: Draft, kept: list[Range]) -> list[Range]:
    """ "La caserne", "الثكنة": kinds of places with nothing but the article, in the clause of the act."""
    spans = [(p.a, p.b) for p in s.places if d.lo <= p.a and p.b <= d.hi and not _of_person(s, p)]
    alone = [(n, n + 1) for n in range(d.lo, d.hi) if s.is_a(n - 1, "place-preps") or s.is_a(n - 2, "place-preps")]
    return [r for r in dict.fromkeys([*kept, *spans, *alone]) if bare_site(s, *r)]


def _there(seen: Seen, s: Sentence, d: Draft) -> tuple[Range, Named] | None:
    """ "Y ont été battus", "احتُجزوا فيها": the facility told last."""
    for n in range(d.lo, d.hi):
        if s.is_a(n, "therein") and s.form(n - 1) not in ("il", "n'"):
            site = _sites(seen).last(s, n)
            if site is not None:
                return (n, n + 1), seen.place(site.sentence, site.words)
    return None


def _told_site(seen: Seen, s: Sentence, r: Range) -> Named | None:
    site = _sites(seen).taken_up(s, r)
    return seen.place(site.sentence, site.words) if site is not None else None


def _sites(seen: Seen) -> Sites:
    if seen.sites is None:
        seen.sites = sites_of(seen.sentences, seen.headed)
    return seen.sites


def _frames(s: Sentence, p: PlaceSpan) -> bool:
    """ "À Sella, ...": where all of the sentence is placed."""
    return p.name and p.outer <= 1 and s.is_a(p.outer, "place-preps") and s.is_a(p.b, "commas")


def _keepers(s: Sentence, p: PlaceSpan) -> bool:
    """ "Les gardiens de la prison de X": what they do to those they hold is done there."""
    return s.is_a(p.a, "lock-ups", "keeps-people") or (p.a > 0 and s.is_a(p.a - 1, "lock-ups", "keeps-people"))


def _of_care(s: Sentence, p: PlaceSpan) -> bool:
    return any(w.is_a("care") for w in s.words[max(0, p.a - 2) : p.a + 1])


def _head(here: list[PlaceSpan], last: list[PlaceSpan]) -> list[PlaceSpan]:
    """Of "la maison X, au quartier Y" the narrower, which is told first."""
    while last:
        before = next((p for p in here if p.name and 0 <= last[0].outer - p.b <= 1 and p is not last[0]), None)
        if before is None:
            return last
        last = [before]
    return last


def _going_on(here: list[PlaceSpan], chosen: list[PlaceSpan]) -> list[PlaceSpan]:
    """Places that follow at once: "à Sella, dans la province de Varn"."""
    found: list[PlaceSpan] = []
    for p in here:
        if p.name and p not in chosen and any(0 <= p.outer - c.b <= 1 for c in [*chosen, *found] if c.name):
            found.append(p)
    return found


def _stays(s: Sentence, p: PlaceSpan) -> bool:
    """Where something was done, and not whence or whither; other claims may lean on it."""
    return p.sure and (not s.is_a(p.outer, "moving") or s.is_a(p.b, "where"))


def _vague(s: Sentence, a: int, b: int) -> bool:
    """ "La ville", "البلدة", without a name: it takes up a place told elsewhere, and is none of its own."""
    words = [w for w in s.words[a:b] if not w.is_a("articles", "small")]
    return len(words) == 1 and words[0].is_a("vague-places") and not words[0].capital


def _of_person(s: Sentence, p: PlaceSpan) -> bool:
    """ "Né le 4 mai à X", "Fait à X": where somebody is from or a paper was signed."""
    at = p.outer - 1
    while at > 0 and s.is_a(at, "by-wire"):
        at -= 1
    colon = (":",) if s.paragraph < HEAD else ()  # "مكان الإدلاء: مخيم X", above a testimony
    if colon and s.form(at - 1) in colon and s.is_a(at, "place-kinds", "civilian-places"):
        at -= 1
    while at >= 0 and (at in s.taken or s.is_a(at, "commas") or s.form(at) in colon) and not s.is_a(at, "of-person"):
        at -= 1
    return s.is_a(at, "of-person") and not s.is_a(at - 1, "have", "making")


def _of_office(s: Sentence, p: PlaceSpan) -> bool:
    """ "Le tribunal de X", "le gouverneur de la région de X": it names who, and not where."""
    if not p.name or s.is_a(p.outer, "place-preps") or s.words[p.outer].clitic[:1] == "ب":
        return False
    near = p.outer - 1
    while near > 0 and s.is_a(near, "of", "articles"):
        near -= 1
    if s.is_a(near, *OWNERS) and not s.is_a(near, "place-kinds", "civilian-places", "military-places"):
        return True
    for at in range(p.outer - 1, max(-1, p.outer - OFFICE_REACH), -1):
        word = s.words[at]
        if word.is_a("courts", "judges", "officials") and not word.is_a("place-kinds"):
            return True
        if word.acts or word.says or not word.form[0].isalpha() or word.capital:
            return False
        if word.is_a(*OFFICE_ENDS) and not word.is_a("of"):
            return False
    return False


def _named_for(seen: Seen, s: Sentence, p: PlaceSpan) -> bool:
    """A State with no preposition and no kind of place before it does something itself: "X et Y ont signé"."""
    aside = s.is_a(p.a - 1, "commas", "place-kinds", "of") or s.form(p.a - 1) == "("
    aside = aside or (s.is_a(p.a - 1, "joins") and any(q.b == p.a - 1 and q.outer < q.a for q in s.places))
    bare = p.outer == p.a and not s.words[p.a].clitic and not aside
    inner = s.is_a(p.a - 1, "civilian-places", "military-places", "regions", "directions", "near-places")
    return bare and not inner and p.a >= s.opens and not s.heading and s.folded(p.a, p.b) in seen.lists.places


def _named_in(seen: Seen, s: Sentence, a: int, b: int) -> Range | None:
    """Of "the cattle market of X" the name X, where the text or the lists know it as a place."""
    for n in range(a + 1, b):
        if s.folded(n, b) in seen.known or seen.lists.is_place(s.folded(n, b)):
            return n, b
    return None


def carry_places(seen: Seen) -> None:
    """Claims without a named place take that of the account they belong to (`scenes`)."""
    sections, number, before = {}, 0, False
    for s in seen.sentences:
        number += s.heading and not before
        before = s.heading
        sections[s.number] = number
    placed = {d.sentence.number for d in seen.drafts if d.stated}
    rows: list[tuple[int, int, Draft | None, Told]] = [
        (d.sentence.number, d.trigger.a, d, _told(seen, d, sections[d.sentence.number])) for d in seen.drafts
    ]
    for s in seen.sentences:
        named = [
            p
            for p in s.places
            if p.name
            and p.outer < p.a
            and _stays(s, p)
            and not _wide(seen, s, p)
            and not _of_office(s, p)
            and not _of_person(s, p)
            and s.folded(p.a, p.b) not in seen.speaking
        ]
        named = named if s.number not in placed else []
        if named and not s.heading:
            place = seen.place(s, (named[0].a, named[0].b))
            rows.append((s.number, -1, None, Told(s.number, s.paragraph, sections[s.number], (place,), claim=False)))
    rows.sort(key=lambda row: row[:2])
    title = _title(seen)
    for (_, _, d, told), account in zip(rows, carried([r[3] for r in rows], title), strict=True):
        answer = account or (_last_named(seen, d) if d is not None else None)
        if answer is None and d is not None and d.sentence.heading and title is not None and told.wants:
            answer = title, f"place: {title.words}, of which the heading speaks"
        if d is not None and answer is not None:
            d.places = [answer[0], *[p for p in d.places if p.words != answer[0].words]]
            d.why.append(answer[1])
    for d in seen.drafts:
        _with_towns(seen, d)
        if d.modality is Modality.CALLED_FOR:
            d.places = []  # what is asked for has been done nowhere


def _with_towns(seen: Seen, d: Draft) -> None:
    """A site is followed by the town that the text puts it in."""
    for place in [p for p in d.places if p in d.stated]:
        town = _sites(seen).around(fold(place.words).words)
        if any(fold(p.words).words in _sites(seen).towns for p in d.places):
            continue
        named = seen.place(*town) if town is not None else None
        if named is not None and all(fold(named.words).words not in fold(p.words).words for p in d.places):
            d.places.append(named)
            d.why.append(f"place: {named.words}, where {place.words} stands")


def _of_account(seen: Seen, stated: tuple[Named, ...]) -> tuple[Named, ...]:
    """The place that the text names most often first: an account goes on there, not at the corner told once."""
    often = _how_often(seen)
    return tuple(sorted(stated, key=lambda n: -often.get(fold(n.words).words, 1)))


def _how_often(seen: Seen) -> Counter[str]:
    if seen.often is None:
        seen.often = Counter(s.folded(p.a, p.b) for s in seen.sentences for p in s.places if p.name)
    return seen.often


def _last_named(seen: Seen, d: Draft) -> tuple[Named, str] | None:
    """The place named last before the act, within a few paragraphs, where no account carries one."""
    if (
        d.stated
        or d.placed
        or d.parties.habit
        or d.trigger.act.type in UNPLACED
        or d.type.value in UNPLACED
        or d.modality is Modality.THREATENED
    ):
        return None
    for s in reversed(seen.sentences[: d.sentence.number]):
        if d.sentence.paragraph - s.paragraph > LAST_NAMED:
            return None
        spoken = [c.speaker for c in s.cues if c.speaker is not None]
        for p in reversed(s.places):
            if (
                not p.name
                or not _stays(s, p)
                or _wide(seen, s, p)
                or _of_office(s, p)
                or _of_person(s, p)
                or s.folded(p.a, p.b) in seen.speaking
            ):
                continue
            if not any(a <= p.a < b for a, b in spoken):
                place = seen.place(s, (p.a, p.b))
                return place, f"place: {place.words}, named last before"
    return None


def _wide(seen: Seen, s: Sentence, p: PlaceSpan) -> bool:
    """A State or a large region, too wide to say where: "en Belgique", "dans la province de Namur"."""
    if any(w.is_a("regions") for w in s.words[max(0, p.outer - 1) : p.a + 1]):
        return True
    state = s.is_a(p.outer, "country-preps") and p.a == p.outer + 1
    return state or seen.lists.is_wide(s.folded(p.a, p.b))


def _told(seen: Seen, d: Draft, section: int) -> Told:
    s, date = d.sentence, d.date
    points = d.parties.again or d.parties.pronoun or any(w.is_a("pointing") for w in s.words)
    return Told(
        s.number,
        s.paragraph,
        section,
        _of_account(seen, d.stated),
        date.first if date else None,
        date.last if date else None,
        date is not None,
        d.trigger.act.type not in UNPLACED
        and d.type.value not in UNPLACED
        and not (d.placed and not d.stated and d.type is not ActType.DISPLACEMENT)  # those who fled left from somewhere
        and not d.parties.habit
        and d.modality is not Modality.THREATENED,  # what is yet to come is done nowhere yet
        points,
    )


def _title(seen: Seen) -> Named | None:
    """The one place that the heading names."""
    found: dict[str, Named] = {}
    for s in seen.sentences:
        if not s.heading:
            break
        for p in s.places:
            if p.name and not _wide(seen, s, p) and not _of_person(s, p):
                found.setdefault(s.folded(p.a, p.b), seen.place(s, (p.a, p.b)))
    return next(iter(found.values())) if len(found) == 1 else None


def _place_like(s: Sentence, r: Range) -> bool:
    """What was hit is where it happened, if it is a place: a market, a village, a name that no list knows."""
    head = next(
        (w for n, w in enumerate(s.words[r[0] : r[1]], r[0]) if not any(a <= n < b for a, b, _ in s.counts)), None
    )
    counted = any(a < r[1] and r[0] < b and (q.value or q.min or 0) > 1 for a, b, q in s.counts)
    if s.classes(*r) & {"people", "combatants", "armed"} and not (head and head.is_a("civilian-places", "place-kinds")):
        return False
    if head is None or (counted and head.is_a("property")) or head.is_a(*VEHICLES, "things-many"):
        return False  # "fifty houses", "a boat": what was hit, and not where
    return head.is_a("civilian-places", "military-places", "place-kinds") or not (head.classes or head.acts)
