"""From ranges of words to the fields of a claim: speakers, actors, victims, date, number, type.

Start with `fill`; `disappeared` looks back over the whole text.

Looks down to: window_seen, window_places, window_stands, window_bare. Used by: window.
"""

from __future__ import annotations

from probanda.claims.model import Actor, Named
from probanda.claims.readers.folded import fold
from probanda.claims.readers.window_bare import denied
from probanda.claims.readers.window_places import places_of
from probanda.claims.readers.window_seen import HARMLESS, Draft, Seen
from probanda.claims.readers.window_sentence import QUOTES, Cue, Range, Sentence
from probanda.claims.readers.window_stands import asked_about, modality, quarter
from probanda.claims.readers.window_when import date_of
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Involvement, Modality

BY_HANDS = ("abduction", "torture", "killing", "execution", "rape-sexual-violence", "detention", "looting-property")
"""Acts done by those who are there."""
SHARES = ("part", "author")
"""Acts that were a part in one told before, or name its authors: of its type."""


def fill(seen: Seen, d: Draft) -> None:
    s, t, p = d.sentence, d.trigger, d.parties
    d.why.append(f"act: {s.written(t.a, t.b)} ({t.act.id})")
    d.cues = d.cues or _quoted_by(seen, d)
    _widen(seen, d)
    _speakers(seen, d)
    _issued(seen, d)
    _actors(seen, d)
    d.victims = [seen.named(s, r) for r in _distinct(p.victims)]
    _taken_victims(seen, d)
    d.places = places_of(seen, d)
    d.date = date_of(seen, d)
    d.quantity = _quantity_of(seen, d)
    if t.act.id != "denial":
        d.type, d.detail = _type_of(seen, d)
    _ordered(seen, d)
    modality(seen, d)
    if p.cues:
        d.why.append("roles: " + ", ".join(dict.fromkeys(p.cues)))


def _taken_victims(seen: Seen, d: Draft) -> None:
    """ "Les ont battus": those to whom something was done just before."""
    p, number = d.parties, d.sentence.number
    if d.victims:
        seen.last_victims = (number, tuple(d.victims))
    elif p.teller and len(d.speakers) > 0 and not p.targets:
        d.victims = [d.speakers[-1]]
        d.why.append("victim: who speaks")
    elif (
        p.pronoun
        and _of_persons(d)
        and not p.targets
        and seen.last_victims is not None
        and number - seen.last_victims[0] <= 2
    ):
        if p.myself or (p.many is not None and p.many != _many(d.sentence, seen.last_victims[1])):
            return
        d.victims = list(seen.last_victims[1])
        d.why.append("victim: a pronoun for those told before")


def _of_persons(d: Draft) -> bool:
    """Somebody can suffer the act; what is looted or burnt is a thing."""
    return d.trigger.act.object != "property"


def _many(s: Sentence, named: tuple[Named, ...]) -> bool:
    """Several, a number of them, or a word in the plural; a name's own ending tells nothing."""
    small = s.lists.classes["small"]
    words = [w for w in named[0].words.split() if w[:1].islower() and w.lower() not in small]
    return len(named) > 1 or any(w.isdigit() for w in named[0].words.split()) or any(w[-1] in "sx" for w in words)


def _ordered(seen: Seen, d: Draft) -> None:
    """The words of an order are an act of who gives it."""
    words = d.trigger.shape == "order" or quarter(seen, d)
    giver = d.speakers[-1] if d.speakers and words else None
    if giver is not None and giver is not seen.issuer and not d.actors:
        d.actors.append(Actor(giver.words, giver.mention, Involvement.ORDERING))


def _widen(seen: Seen, d: Draft) -> None:
    """The quote takes in an accusation, a denial, an order: there the words of speech are part of the claim."""
    s = d.sentence
    cue = d.cues[-1] if d.cues else None
    if (
        cue is None
        or cue.saying.modality in ("say", "alleged", "confirmed")
        or (cue.saying.modality == "called-for" and asked_about(d))
        or not cue.b <= d.lo + 12
        or cue.a > d.lo
    ):
        return
    low = min([cue.a, *(r[0] for r in [cue.speaker, cue.accused] if r is not None)])
    while low > 0 and s.words[low - 1].is_a("articles"):
        low -= 1
    if not any(s.words[n].form in QUOTES or s.words[n].form in ";:" for n in range(low, d.lo)):
        d.lo = low


def _distinct(ranges: list[Range]) -> list[Range]:
    return list(dict.fromkeys(ranges))


def _quoted_by(seen: Seen, d: Draft) -> list[Cue]:
    """Within a quote that runs over sentences: the words of speech next to it, before or behind."""
    s = d.sentence
    start, _ = s.offsets(d.trigger.a, d.trigger.b)
    quote = next(((a, b) for a, b in seen.quotes if a < start < b), None)
    if quote is None or (quote[0] >= s.start and quote[1] <= s.end and quote[1] - quote[0] < 40):
        return []
    near: list[tuple[int, int, Sentence, Cue]] = []
    for other in seen.sentences[max(0, s.number - 6) : s.number + 7]:
        if other.paragraph != s.paragraph:
            continue
        for cue in other.cues:
            at, end = other.offsets(cue.a, cue.b)
            gap = quote[0] - end if end <= quote[0] else at - quote[1]
            if 0 <= gap <= 80:
                near.append((gap, cue.a, other, cue))
    if near:
        _, _, other, cue = min(near, key=lambda n: (n[0], n[2].number, n[1]))
        if cue.speaker is not None and not cue.again:
            d.speakers = [seen.named(other, cue.speaker)]
        elif seen.last_speaker is not None:
            d.speakers = [seen.last_speaker]
        d.why.append(f"speaker: quoted beside “{other.written(cue.a, cue.b)}”")
        d.stance = other.written(cue.a, cue.b)
    elif seen.last_speaker is not None:
        d.speakers = [seen.last_speaker]
        d.why.append("speaker: a quote that goes on")
    return []


def _speakers(seen: Seen, d: Draft) -> None:
    s = d.sentence
    for cue in d.cues:
        if cue.passive or (cue.saying.modality in ("ordered", "incite") and len(d.cues) > 1):
            continue
        named = None
        if cue.speaker is not None and not cue.again:
            named = seen.named(s, cue.speaker)
        elif cue.again:
            named = seen.last_speaker
        if named is not None and named.words not in {n.words for n in d.speakers}:
            d.speakers.append(named)
        d.why.append(f"speaker: {s.written(cue.a, cue.b)}")
        d.stance = s.written(cue.a, cue.b)


def _issued(seen: Seen, d: Draft) -> None:
    """The body that issues the text stands first of the speakers, and alone where nobody else speaks."""
    if seen.issuer is None or any(_same(seen, seen.issuer, n) for n in d.speakers):
        return
    if not d.speakers:
        d.why.append(f"speaker: {seen.issuer.words}, whose text it is")
    d.speakers.insert(0, seen.issuer)


def _same(seen: Seen, issuer: Named, other: Named) -> bool:
    """True of "the Commission" and "the international Commission of inquiry" alike."""
    if other.words == issuer.words:
        return True
    small = seen.lists.classes["small"]
    said = [w.removeprefix("ال") for w in fold(other.words).words.split() if w not in small]
    whole = {w.removeprefix("ال") for w in fold(issuer.words).words.split()}
    return not said or said[0] in seen.lists.classes["ours"] or set(said) <= whole


def _actors(seen: Seen, d: Draft) -> None:
    s, p, t = d.sentence, d.parties, d.trigger
    for cue in d.cues:
        if cue.accused is not None and not p.actors:
            p.actors.append(cue.accused)
            p.cues.append(s.written(cue.a, cue.b))
    if t.act.detail == "bodies-found":  # who received or dug them up did not kill
        p.actors = [r for r in p.actors if s.classes(*r) & {"armed", "combatants"}]
    ranges = _distinct(p.actors)
    kind = Involvement.DIRECT
    ordering = next((c for c in d.cues if c.saying.modality in ("ordered", "incite")), None)
    if ordering is not None and ordering.speaker is not None:
        how = Involvement.ORDERING if ordering.saying.modality == "ordered" else Involvement.INCITING
        named = seen.named(s, ordering.speaker)
        d.actors.append(Actor(named.words, named.mention, how))
    own = next((c for c in d.cues if c.saying.modality in ("denied", "admitted", "threatened")), None)
    if own is not None and not ranges and own.speaker is not None and t.shape != "passive":
        ranges = [own.speaker]
    if (
        own is not None
        and own.again
        and s.is_a(own.a - 1, "but-they")
        and not ranges
        and seen.last_speaker is not None
        and t.shape != "passive"
    ):
        d.actors.append(Actor(seen.last_speaker.words, seen.last_speaker.mention, kind))  # "but it denied ..."
    teller = next((c for c in d.cues if c.speaker is not None and not c.passive and c.b <= t.a), None)
    if not ranges and teller is not None and s.is_a(t.verb, "perfect") and _did_it(d):
        ranges = [teller.speaker] if teller.speaker is not None else []
        p.cues.append(s.form(t.verb))
    for r in ranges:
        named = seen.named(s, r)
        if all(named.words != a.words for a in d.actors):
            d.actors.append(Actor(named.words, named.mention, kind))
    _authors_taken_up(seen, d, ranges)


def _authors_taken_up(seen: Seen, d: Draft, ranges: list[Range]) -> None:
    """A pronoun, or a passive right behind, is of the author told before; an author named here is kept for later."""
    s, p, t = d.sentence, d.parties, d.trigger
    kind = Involvement.DIRECT
    if p.again and not d.actors and seen.last_actors is not None and s.paragraph - seen.last_actors[0] <= 2:
        d.actors = [Actor(a.words, a.mention, kind) for a in seen.last_actors[1]]
        d.why.append("actor: a pronoun for the author told before")
    elif p.again and not d.actors and seen.fighters is not None and s.paragraph - seen.fighters[0] <= 2:
        d.actors = [Actor(seen.fighters[1].words, seen.fighters[1].mention, kind)]
        d.why.append("actor: a pronoun for the fighters told before")
    elif not d.actors and _suffered_there(seen, d):
        d.actors = [Actor(a.words, a.mention, kind) for a in seen.last_actors[1]] if seen.last_actors else []
        d.why.append("actor: the author told just before")
    elif ranges and t.act.type == "military-operation":
        first = ranges[0]
        seen.fighters = (
            (s.paragraph, seen.named(s, first)) if s.classes(*first) & {"armed", "combatants"} else seen.fighters
        )
    elif ranges and t.act.type not in HARMLESS:
        seen.last_actors = (s.paragraph, tuple(d.actors))
        seen.last_acted = s.number


def _suffered_there(seen: Seen, d: Draft) -> bool:
    """ "Ils ont forcé la porte. Mon père a été traîné dehors": a passive right behind, of the same day."""
    s = d.sentence
    return (
        seen.last_actors is not None
        and seen.last_actors[0] == s.paragraph
        and 0 <= s.number - seen.last_acted <= 1
        and d.trigger.act.type in BY_HANDS
        and d.trigger.act.subject not in ("victim", "cause")
        and (d.trigger.shape == "passive" or (d.trigger.shape == "phrase" and bool(d.parties.victims)))
        and not s.dates
        and not d.cues
    )


def _did_it(d: Draft) -> bool:
    """ "L'armée dit avoir ouvert le feu": who says so did it, unless found, or suffered."""
    act = d.trigger.act
    return (
        d.trigger.shape in ("active", "phrase")
        and act.subject != "victim"
        and act.detail != "bodies-found"
        and "été" not in d.sentence.folded(d.trigger.verb, d.trigger.b).split()
    )


def disappeared(seen: Seen) -> None:
    """Whoever was taken away and not seen again was made to disappear (`settle`)."""
    gone = [d for d in seen.drafts if d.type is ActType.ENFORCED_DISAPPEARANCE]
    for d in seen.drafts if gone else ():
        if d.type is not ActType.ABDUCTION or d.modality in (Modality.THREATENED, Modality.ORDERED):
            continue
        heads = {v.words.lower().split()[-1] for v in d.victims}
        for g in gone:
            near = g.sentence.paragraph - d.sentence.paragraph
            same = heads & {v.words.lower().split()[-1] for v in g.victims}
            if (same and abs(near) <= 2) or (not g.victims and 0 <= g.sentence.number - d.sentence.number <= 1):
                d.type = ActType.ENFORCED_DISAPPEARANCE
                d.why.append(f"type: of the same people: {g.sentence.written(g.trigger.a, g.trigger.b)}")
                break


def _quantity_of(seen: Seen, d: Draft) -> Quantity | None:
    """The number of those it was done to: in their own words, or beside a noun such as "morts"."""
    s = d.sentence
    for a, b in d.parties.victims:
        inside = s.count_in(max(d.lo, a - 1), b)
        if inside is not None:
            return inside[2]
    at = d.trigger.a
    beside = [
        c
        for c in s.counts
        if not s.is_a(c[1], "things")
        and d.lo <= c[0]
        and c[1] <= d.hi
        and (c[1] in (at, at - 1) or c[0] == d.trigger.b)
    ]
    if not beside and d.trigger.act.detail == "casualty-count" and d.trigger.shape == "phrase":  # "the toll rose to 17"
        beside = [c for c in s.counts if d.trigger.b <= c[0] < d.hi and s.is_a(c[0] - 1, "toll-to")][:1]
    return beside[0][2] if beside else None


def _told_of_civilians(seen: Seen, s: Sentence) -> bool:
    """ "Cette attaque", behind one that hit those who do not fight."""
    near = [d for d in seen.drafts if s.paragraph - d.sentence.paragraph <= 4 and d.type.value not in HARMLESS]
    return bool(near) and near[-1].type in (ActType.ATTACK_ON_CIVILIANS, ActType.INDISCRIMINATE_ATTACK, ActType.KILLING)


def _type_of(seen: Seen, d: Draft) -> tuple[ActType, str | None]:  # noqa: PLR0911
    """The act type; whom or what it hit settles attacks and bombings."""
    s, act, p = d.sentence, d.trigger.act, d.parties
    told = denied(seen, s) if act.subject in SHARES else None
    if told is not None:
        return told.type, told.detail
    hit = frozenset(n for r in p.victims + p.targets for n in s.classes(*r))
    around = s.classes(d.lo, d.hi)
    if act.type in ("attack", "bombing"):
        fighters = hit & {"combatants", "military-places"} and not hit & {"people", "civilian-places"}
        if fighters:
            return ActType.MILITARY_OPERATION, act.detail
        if hit & {"people", "civilian-places"} or "civilian-places" in around:
            return ActType.ATTACK_ON_CIVILIANS, act.detail
        if act.type == "bombing":
            return ActType.INDISCRIMINATE_ATTACK, act.detail
        if p.victims and act.type == "attack":
            return ActType.ATTACK_ON_CIVILIANS, act.detail  # a people, a name: nobody who is told to fight
        if not p.targets and d.trigger.shape == "noun" and _told_of_civilians(seen, s):
            return ActType.ATTACK_ON_CIVILIANS, act.detail
        return (ActType.ATTACK_ON_CIVILIANS if p.targets else ActType.MILITARY_OPERATION), act.detail
    if act.type == "killing" and act.object == "person" and not act.detail:
        if hit & {"prisoners"}:
            return ActType.EXECUTION, act.detail
        if hit & {"combatants"} and not hit & {"people"}:
            return ActType.MILITARY_OPERATION, "casualty-count"
    return ActType(act.type), act.detail
