"""Which places of a sentence are the act's own.

Start with `stated`: nearest first, the act's own phrases, then the clause ("where" too), then the frame of the
sentence ("In Orla, ..."). A place at which somebody only speaks, sits or comes from is not where it was done. What
later sentences may lean on is in `scenes`.

Looks down to: acts, roles, speakers, syntax, lexicon, times, kernel. Used by: readers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger, act_nouns
from probanda.claims.attributed import speech_entries
from probanda.claims.lexicon import Lexicon
from probanda.claims.parties import COMPANIES
from probanda.claims.roles import DIRECTIONS, Roles
from probanda.claims.times import MONTHS, WEEKDAYS
from probanda.kernel.vocabulary import ActType

if TYPE_CHECKING:
    from probanda.claims.words import Token, Tokens

AT = frozenset(
    "in at near outside inside around within across throughout on over off along beside behind beyond".split()  # noqa: SIM905
)
"""Prepositions that say where."""
WAY = frozenset({"to", "into", "toward", "towards", "from", "via", "through"})
"""Prepositions that say whence and whither: they place only acts that are themselves a way."""
MOVING = frozenset(
    {
        ActType.DISPLACEMENT,
        ActType.ABDUCTION,
        ActType.DETENTION,
        ActType.ENFORCED_DISAPPEARANCE,
        ActType.HOSTAGE,
        ActType.RECRUITMENT_CHILDREN,
    }
)
"""Acts that are a way from a place or to one, so that both ends belong to them."""
TOWARDS = frozenset(
    {ActType.SIEGE, ActType.ATTACK_ON_CIVILIANS, ActType.INDISCRIMINATE_ATTACK, ActType.MILITARY_OPERATION}
)
"""Acts whose "to" names what they are aimed at: "cut off water to the quarter"."""
UNPLACED = frozenset({ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT, ActType.OBSTRUCTION_IMPUNITY})
"""Acts done at a desk: they take no place from the account around them."""
_SEATED = ("speakers", "officials", "bodies-named", "publications", "named-armed", "armed", "court", "documents")
_PEOPLE = ("prisoners", "places", "children", "victims", "civilians", "combatants")
"""Nouns whose place is where they sit: "a spokesman in Orla", "the court in Orla"."""
_SEAT_WORDS = frozenset(
    [
        "base",
        "headquarter",
        "office",
        "embassy",
        "border",
        "talk",
        "conference",
        "interview",
        "hearing",
        "session",
        "meet",
        "meeting",
        "summit",
        "trial",
        "briefing",
        "reception",
    ]
)
SETTLEMENTS = frozenset(
    """
    town village city settlement suburb neighbourhood neighborhood district hamlet area region enclave territory
    province township municipality quarter capital
    """.split()  # noqa: SIM905
)
"""Nouns that, with "the" alone, may take up the place told last, whatever it is called."""
_LIVING = frozenset({"resident", "inhabitant", "people", "villager", "citizen"})
"""Those who live at a place, so that to speak of them is to speak of it."""
TIMES = frozenset("year month week day night hour minute morning evening afternoon decade summer winter spring".split())  # noqa: SIM905
THINGS = DIRECTIONS | {"site", "field", "works", "roadside", "grave", "headquarters"}
"""Further nouns of where something is done, which as words alone mean too much to be in the lists."""
PARTS = frozenset({"suburb", "quarter", "neighbourhood", "neighborhood"})
"""Those of them that are part of the place behind "of"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a parsed sentence: its head, and why it belongs to the act."""

    token: Token
    reason: str


Known = Callable[["Token"], bool]
"""Is this token the head of a name that the text or the gazetteer has as a place?"""


def stated(trigger: Trigger, kind: ActType, roles: Roles, lex: Lexicon, known: Known) -> list[Spot]:
    """The places that the sentence itself gives to an act, in order of nearness; none is an answer too."""
    if kind in UNPLACED:  # a proceeding has the place that its own words give it, not that of the crime
        return _with_holders([Spot(t, "") for t in roles.places if _fits(t, trigger, kind, lex)], known)
    around = [*roles.places, *_hit(trigger, kind, roles, lex, known)]
    found = [Spot(t, "") for t in around if _fits(t, trigger, kind, lex)]
    if not any(known(s.token) for s in found):
        found += _where_clause(trigger.token, lex, known)
    if not any(known(s.token) for s in found):
        found += _frame(trigger, lex, known) or _just_behind(trigger, known)
    else:
        found += [s for s in _frame(trigger, lex, known) if _of_the_clause(s.token)]
    if not found:
        found = _part_of_country(trigger)
    found += [Spot(t, "") for s in found if (t := _within_which(s.token, lex, known)) is not None]
    out: list[Spot] = []
    for spot in found:
        if all(spot.token.i != s.token.i for s in out):
            out.append(spot)
    return _with_holders(out, known)


def _part_of_country(trigger: Trigger) -> list[Spot]:
    """ "Were expelled during the offensive in the east": the part of the country that the clause names."""
    clause = syntax.clause_of(trigger.token)
    found = [
        t
        for t in clause.subtree
        if t.lemma_.lower() in DIRECTIONS
        and t.dep_ == "pobj"
        and t.head.lower_ in ("in", "across", "throughout")
        and any(c.lower_ == "the" for c in t.children)
    ]
    return [Spot(t, f"the clause is placed in the {t.text}") for t in found[:1]]


def _of_the_clause(token: Token) -> bool:
    """ "In Orla, ...": at the head of the sentence and of its verb, unlike "During the fighting in Orla, ..."."""
    of = _preposition(token)
    return of is None or (_opens(of) and of.head.pos_ in ("VERB", "AUX"))


def _within_which(token: Token, lex: Lexicon, known: Known) -> Token | None:
    """The thing that stands at a named place and is where it was done: "a pit outside Orla", "the market of Orla"."""
    if not known(token) or token.dep_ != "pobj" or token.head.lower_ not in AT | {"of"}:
        return None
    thing = token.head.head
    noun = thing.lemma_.lower()
    if thing.tag_ != "NN" or (noun in SETTLEMENTS and noun not in PARTS):
        return None
    if noun not in THINGS and noun not in lex.classes["places"]:
        return None
    return None if known(thing) else thing


def _hit(trigger: Trigger, kind: ActType, roles: Roles, lex: Lexicon, known: Known) -> list[Token]:
    """Places that were hit, left or held: "shells hit the market of Orla", "fled Orla", "Orla is under siege"."""
    if trigger.noun:
        things = syntax.prepositional(trigger.token, "of", "on", "against", "upon", *AT)
        if trigger.token.dep_ == "pobj" and trigger.token.head.lower_ in ("under", "in"):
            things += syntax.children(trigger.token.head.head, "nsubj", "nsubjpass")
        verb = next((t for t in trigger.token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if verb is not None and (verb.lemma_.lower() in _UNDERGOING or _site(trigger.token)):
            things += syntax.children(verb, "nsubj", "nsubjpass")
    else:
        things = [*syntax.patients(trigger.token), *syntax.prepositional(trigger.token, *AT), *_come_to(trigger.token)]
        things += syntax.prepositional(trigger.token, "from", "to", "into") if kind in MOVING else []
        if kind in TOWARDS:  # "let no convoy pass into the town"
            inner_verbs = syntax.children(trigger.token, "ccomp", "xcomp")
            things += [t for verb in inner_verbs for t in syntax.prepositional(verb, "into", "to", "through")]
    inner = [t for thing in things for t in (thing, *_inside(thing))]
    places = [t for t in inner if t.lemma_.lower() not in COMPANIES]
    return [t for t in places if t not in roles.victims and _placelike(t, lex, known)]


_ARRIVING = frozenset(
    """
    arrive assault attack besiege bomb break burst capture come drive enter go hit invade march occupy overrun raid
    reach retake return seize shell storm surround target walk
    """.split()  # noqa: SIM905
)
"""Verbs of coming to a place, or upon it, whose place is also that of what was done there."""


def _come_to(verb: Token) -> list[Token]:
    """ "Soldiers came to the mill and led away two men", "stormed the town, killing nine": where they did it."""
    found: list[Token] = []
    current = verb
    while current.dep_ in ("conj", "advcl") and current.head.i < current.i and current.head.pos_ == "VERB":
        if current.dep_ == "advcl" and current.tag_ != "VBG":
            break
        current = current.head
        if current.lemma_.lower() in _ARRIVING:
            found += [*syntax.prepositional(current, "to", "into", "at", "in"), *syntax.children(current, "dobj")]
    return found


_UNDERGOING = frozenset({"witness", "see", "suffer", "endure", "experience", "face", "undergo"})
"""Verbs whose subject, where it is a place, is where the act named by their object was done."""


def _site(act: Token) -> bool:
    """ "Orla was the site of a massacre"."""
    of = syntax.governor(act)
    return of is not None and of.lemma_.lower() in ("site", "scene", "target", "theatre", "theater")


def _fits(token: Token, trigger: Trigger, kind: ActType, lex: Lexicon) -> bool:
    """False for whence and whither of acts that are no way, for origins of people, and for seats."""
    lemma = token.lemma_.lower()
    if lemma in MONTHS or lemma in WEEKDAYS or token.tag_ == "CD" or token.pos_ == "VERB" or lemma in TIMES:
        return False
    of = _preposition(token)
    if of is None:
        return True
    arrived = trigger.token.dep_ == "conj" and of.head.i == trigger.token.head.i
    if of.lower_ in ("from", "to", "via") and kind not in MOVING and not (arrived and of.lower_ == "to"):
        if of.lower_ == "to" and kind in TOWARDS:
            return True
        return of.head.i == trigger.token.i and of.lower_ == "from" and trigger.entry.object != "person"
    return of.lower_ not in AT or _opens(of) or not _sits(of.head, trigger.token, lex)


def _preposition(token: Token) -> Token | None:
    """The preposition that a place hangs on; through "the town of X" and "X's north" to the one before the town."""
    current = token
    for _ in range(6):
        while current.dep_ in ("conj", "appos", "compound", "nmod", "poss") and current.head.i != current.i:
            current = current.head
        if current.dep_ != "pobj" or current.head.dep_ not in ("prep", "agent", "dative"):
            return None
        of = current.head
        if of.lower_ != "of" or of.head.pos_ not in ("NOUN", "PROPN"):
            return of
        current = of.head
    return None


def _sits(head: Token, act: Token | None, lex: Lexicon) -> bool:
    """What the place is said of is a speaker, an office or a seat, or the act of speaking; no party of the act."""
    if act is not None and (head.i == act.i or act.is_ancestor(head)):
        return False
    lemma = head.lemma_.lower()
    if head.pos_ == "VERB":
        return bool(speech_entries(head)) or lemma in _SEAT_WORDS
    if head.pos_ not in ("NOUN", "PROPN"):
        return False
    if lemma in _SEAT_WORDS or _converses(head):
        return True
    if any(_holds_office(above, lex) for above in _of_chain(head)):
        return True  # "the expert on human rights in Orla"
    return lex.is_a(lemma, *_SEATED) and not lex.is_a(lemma, *_PEOPLE)


def _of_chain(noun: Token) -> list[Token]:
    """The nouns that a noun is told of: "rapporteur on the situation of human rights"."""
    out: list[Token] = []
    current = noun
    while current.dep_ == "pobj" and current.head.head.pos_ in ("NOUN", "PROPN") and len(out) < _NESTED:
        current = current.head.head
        out.append(current)
    return out


def _holds_office(noun: Token, lex: Lexicon) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in ("rapporteur", "representative") or lex.is_a(lemma, "officials", "experts")


def _converses(noun: Token) -> bool:
    """Who speaks, or is spoken to: "a farmer in Orla said", "told workers in Orla"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in ("to", "by", "with"):
        verb = verb.head
    return verb.lower_ == "according" or (
        noun.dep_ in ("nsubj", "dobj", "dative", "pobj", "agent") and verb.pos_ == "VERB" and bool(speech_entries(verb))
    )


def centre(doc: Tokens, lex: Lexicon, known: Known) -> Token | None:
    """The place that a sentence speaks of, for claims after it: the last that stands after "in", "at" and the like."""
    found = None
    for token in doc:
        if not known(token):
            continue
        of = _preposition(token)
        placed = of is not None and of.lower_ in AT and (_opens(of) or not _sits(of.head, None, lex))
        lived_in = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _LIVING
        of_act = token.dep_ in ("compound", "nmod") and token.head.lemma_.lower() in act_nouns(lex.language)
        if placed or lived_in or of_act:
            found = token
    return found


def _where_clause(token: Token, lex: Lexicon, known: Known) -> list[Spot]:
    """ "the yard of Orla prison, where they were shot", "the camp in which they died"."""
    for t in [token, *token.ancestors]:
        if t.dep_ != "relcl":
            continue
        opening = [w for w in t.subtree if w.i < t.i and w.lower_ in ("where", "which", "whose")]
        where = any(w.lower_ == "where" for w in opening) or any(
            w.lower_ == "which" and w.head.lower_ in AT for w in opening
        )
        if where:
            inner = [s for s in [t.head, *_inside(t.head)] if _placelike(s, lex, known)]
            if inner:
                return [Spot(s, f"where: {s.text}") for s in inner]
        if speech_entries(t):
            break
    return []


def _inside(head: Token, depth: int = 0) -> list[Token]:
    """The places that the words of a place name: "the church of Orla", "a yard at Orla prison"."""
    if depth > _NESTED:
        return []
    inner = syntax.prepositional(head, "of", *AT)
    return [found for t in inner for found in (t, *_inside(t, depth + 1))]


_NESTED = 6
"""Places within places that are followed down in one phrase."""


def _placelike(token: Token, lex: Lexicon, known: Known) -> bool:
    return known(token) or token.lemma_.lower() in THINGS or token.lemma_.lower() in lex.classes["places"]


def _frame(trigger: Trigger, lex: Lexicon, known: Known) -> list[Spot]:
    """Places of the clauses around the act, the nearest first; those of one phrase stay together."""
    found: list[tuple[int, Spot]] = []
    inner = {t.i for t in trigger.token.subtree}
    for token in trigger.token.doc:
        if not known(token) or (token.i in inner and _other_act(token, trigger)):
            continue
        of = _preposition(token)
        if of is None or of.lower_ not in AT:
            continue
        if token.dep_ in ("compound", "poss") and known(_head_of_name(token)):
            continue
        if not _opens(of) and not _after_act(of, trigger.token) and _sits(of.head, trigger.token, lex):
            continue
        step = _steps(trigger.token, of)
        if step is None:
            continue
        found.append((step, Spot(token, f"the clause is placed {of.lower_} {token.text}")))
    nearest = min((step for step, _ in found), default=0)
    return [spot for step, spot in found if step == nearest]


BEHIND = 14
"""Tokens behind an act word in which a place is looked for without the help of the parse."""


def _just_behind(trigger: Trigger, known: Known) -> list[Spot]:
    """ "killed 28 people in X village", where the parse has gone astray: the next "in" before another verb."""
    doc = trigger.token.doc
    at = None
    for token in doc[trigger.token.i + 1 : trigger.token.i + BEHIND]:
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD", "WDT", "WP") or token.text in (";", ":", '"'):
            break
        if token.lower_ in AT:
            at = token
        elif at is not None and token.i - at.i <= 4 and known(token):
            head = _head_of_name(token)
            spot = head if known(head) else token
            return [Spot(spot, f"the words behind the act, {at.lower_} {spot.text}")]
    return []


def _head_of_name(token: Token) -> Token:
    while token.dep_ in ("compound", "poss", "amod") and token.head.i != token.i:
        token = token.head
    return token


def _other_act(token: Token, trigger: Trigger) -> bool:
    """Inside the act's own words but within a clause of its own that is about something else."""
    for t in token.ancestors:
        if t.i == trigger.token.i:
            return False
        if t.dep_ in ("relcl", "ccomp") and t.pos_ in ("VERB", "AUX"):
            return True
    return False


def _after_act(of: Token, act: Token) -> bool:
    """ "announced the death of nine men in Orla": the words hang on the verb of saying, but stand behind the act."""
    above = of.head
    for _ in range(_NESTED):  # "documented 70 deaths during fighting across Karsia"
        if above.dep_ != "pobj" or above.pos_ not in ("NOUN", "PROPN") or above.i < act.i:
            break
        above = above.head.head
    return above.i < act.i < of.i


def _opens(of: Token) -> bool:
    """The phrase stands at the head of the sentence: "On 3 May, in Orla, residents said ..."."""
    return not any(
        t.pos_ in ("VERB", "AUX") or t.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for t in of.doc[: of.i]
    )


def _steps(act: Token, of: Token) -> int | None:
    """How far the place stands from the act, counted in clauses; None where another clause keeps it to itself."""
    if of.head.i == act.i or act.is_ancestor(of):
        return 0
    chain = [act, *act.ancestors]
    for step, above in enumerate(chain):
        if above.i == of.head.i or above.is_ancestor(of):
            between = [t for t in of.ancestors if above.is_ancestor(t)]
            if any(t.dep_ in ("relcl", "ccomp", "acl") and t.i != act.i for t in between):
                return None
            if speech_entries(above) and above.i != act.i and not _opens(of) and not _after_act(of, act):
                return None
            return step + 1
    return None


def _with_holders(spots: list[Spot], known: Known) -> list[Spot]:
    """ "Orla, North Province": what stands after the comma holds the place; it comes along, once."""
    out: list[Spot] = []
    for spot in spots:
        out.append(spot)
        token = spot.token
        while known(token):
            after = syntax.phrase(token)[1] + 1
            doc = token.doc
            if after + 1 >= len(doc) or doc[after].text != ",":
                break
            following = next((t for t in doc[after + 1 : after + 5] if known(t) and _head_of_name(t).i == t.i), None)
            if following is None or syntax.phrase(following)[0] != after + 1:
                break
            token = following
            if any(s.token.i == token.i for s in [*spots, *out]):
                continue
            out.append(Spot(token, f"holds {spot.token.text}"))
        for what in syntax.children(spot.token, "appos"):  # "Orla, a village in the Sul valley"
            holders = syntax.prepositional(what, "in", "of", "on", "near") if what.lemma_.lower() in SETTLEMENTS else []
            out += [
                Spot(t, f"holds {spot.token.text}") for t in holders if known(t) and all(t.i != s.token.i for s in out)
            ]
    return out
