"""Who did it, to whom, where: the roles around an act word, through passives, by-phrases, lists and light verbs.

Start with `roles_of`. Roles are tokens of the sentence; the reader turns them into words and mentions, and
resolves pronouns.

Looks down to: acts, behind, speakers, syntax, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import DOING, Trigger, act_nouns, having_a_part, light_verb, of_bodies
from probanda.claims.attributed import Attribution
from probanda.claims.behind import circumstance, is_thing, of_noun, positions, sides_before
from probanda.claims.behind import doers as behind_it
from probanda.claims.charges import LINKS
from probanda.claims.lexicon import Lexicon
from probanda.claims.parties import BODY_PARTS, COMPANIES, harmed
from probanda.claims.sides import named_after_a_side
from probanda.claims.times import MONTHS, WEEKDAYS
from probanda.kernel.vocabulary import Involvement

if TYPE_CHECKING:
    from probanda.claims.words import Token

_WHERE = (
    "in",
    "at",
    "near",
    "from",
    "on",
    "outside",
    "inside",
    "around",
    "into",
    "within",
    "across",
    "throughout",
    "over",
    "against",
    "through",
    "to",
    "between",
    "toward",
    "towards",
    "off",
    "along",
    "beside",
    "behind",
    "beyond",
)
_REGIONS = frozenset(
    [
        "state",
        "province",
        "region",
        "capital",
        "governorate",
        "district",
        "city",
        "town",
        "village",
        "territory",
        "area",
    ]
)
REFERRING = frozenset(
    [
        "town",
        "village",
        "camp",
        "city",
        "area",
        "region",
        "enclave",
        "district",
        "province",
        "territory",
        "suburb",
        "neighbourhood",
        "neighborhood",
    ]
)
"""Place nouns that, with "the" alone, take up a place named before."""
DIRECTIONS = frozenset({"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west"}) | {
    "northeast", "northwest", "southeast", "southwest", "interior", "countryside", "hinterland",
}  # fmt: skip
"""Parts of a country that stand for a place by themselves: "fighting in the north"."""
_NOT_ACTORS = frozenset(
    [
        "evidence",
        "video",
        "report",
        "attack",
        "violence",
        "fighting",
        "war",
        "conflict",
        "statement",
        "there",
        "court",
        "number",
        "total",
        "toll",
        "fire",
        "charge",
        "city",
        "crime",
    ]
)


@dataclass(slots=True)
class Roles:
    """The fillers of an act's roles, as tokens; `reasons` says in words how they were found."""

    actors: list[tuple[Token, Involvement]] = field(default_factory=list)
    victims: list[Token] = field(default_factory=list)
    targets: list[Token] = field(default_factory=list)
    places: list[Token] = field(default_factory=list)
    means: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    light: Token | None = None
    negated: bool = False
    reasons: list[str] = field(default_factory=list)


def roles_of(trigger: Trigger, said: Attribution, lex: Lexicon) -> Roles:
    """The roles of one act. Doers named by an accusation or an order come before those of the grammar."""
    roles = Roles()
    if trigger.entry.leans:
        _leaning_roles(trigger, roles, lex)
    elif trigger.noun:
        _noun_roles(trigger, roles, lex)
    else:
        _verb_roles(trigger, roles, lex)
    token = trigger.token
    if not roles.actors and token.dep_ in ("nsubj", "nsubjpass") and is_thing(token, lex):  # "the shells came from"
        _act(roles, positions(token.head, lex), trigger.entry.involvement, "whose positions it came from")
    if not roles.actors:
        _act(roles, _of_cases(token), trigger.entry.involvement, "who is told to have committed such acts")
    _from_attribution(trigger, said, roles)
    _commanders(roles)
    if trigger.entry.type == "procedural":
        roles.actors = [(t, Involvement.UNKNOWN) for t, _ in roles.actors]
    _sheltered(trigger, roles, lex)
    _places(trigger, roles, lex)
    _run_by(trigger, roles)
    roles.negated = _negated(trigger, roles)
    roles.actors = _unique(roles.actors, lex, trigger.entry.type == "procedural")
    return roles


def _of_cases(act: Token) -> list[Token]:
    """ "Cases of killing and looting carried out by the militia": whoever committed what stands above "of"."""
    while act.dep_ == "conj":
        act = act.head
    above = syntax.governor(act)
    if above is None or act.head.lower_ != "of" or above.lemma_.lower() not in _COUNTS_OF_ACTS:
        return []
    done = [p for p in syntax.children(above, "acl") if p.lemma_.lower() in DOING and syntax.passive(p)]
    return [t for participle in done for t in syntax.agents(participle)]


_COUNTS_OF_ACTS = frozenset(
    "act allegation campaign case incident instance pattern report series spate string wave".split()  # noqa: SIM905
)


def _leaning_roles(trigger: Trigger, roles: Roles, lex: Lexicon) -> None:
    """Whom a phrase names that leans on the act told before: its agent, who is pointed out, or its subject."""
    token, entry = trigger.token, trigger.entry
    if entry.denies or entry.id == "lean-again":
        return
    if entry.id == "lean-count":
        roles.objects = [t for t in token.subtree if t.like_num]
        return
    found = syntax.agents(token) or syntax.prepositional(token, "from", "of", "under")
    if entry.involvement is Involvement.KNOWLEDGE and syntax.passive(token):
        found = syntax.patients(token)  # "was informed by radio"
    if not found and token.lemma_ in ("be", *_POINTING_OUT):
        found = syntax.children(token, "attr", "dobj")
    if not any(someone(t, lex) for t in found):
        found = syntax.subjects(token)
    _act(roles, [t for t in found if someone(t, lex)], entry.involvement, token.text)


_POINTING_OUT = ("recognise", "recognize", "identify", "name", "place", "see", "suspect")
"""Verbs whose object is whom somebody blames."""


def _commanders(roles: Roles) -> None:
    """ "fighters under the command of X", "guards led by X": X is told to be in command of those who did it."""
    for token, _ in list(roles.actors):
        found: list[Token] = []
        for word in syntax.prepositional(token, "under"):
            if word.lemma_.lower() in ("command", "leadership"):
                found += syntax.prepositional(word, "of", "from")
        for participle in syntax.children(token, "acl"):
            if participle.lemma_.lower() in ("command", "lead", "head") and syntax.passive(participle):
                found += syntax.agents(participle)
        for commander in found:
            if all(commander.i != t.i for t, _ in roles.actors):
                roles.actors.append((commander, Involvement.COMMAND))
                roles.reasons.append(f"in command of the authors: {commander.text}")


def _run_by(trigger: Trigger, roles: Roles) -> None:
    """ "torture in X, run by Y": who runs the place where it happens."""
    if roles.actors or not trigger.noun:
        return
    siblings = [
        t for t in trigger.token.doc if t.i > trigger.token.i and t.dep_ == "dobj" and t.head.is_ancestor(trigger.token)
    ]
    held = (
        {t.i for t in roles.places}
        | {t.i for t in siblings}
        | {trigger.token.i}
        | {t.i for t in trigger.token.ancestors if t.pos_ == "NOUN"}
    )
    for token in trigger.token.doc:
        if (
            token.lemma_ in ("run", "operate", "administer", "control", "man", "staff", "guard")
            and token.tag_ == "VBN"
            and token.dep_ in ("acl", "relcl", "advcl", "conj")
        ) and (token.head.i in held or trigger.token.is_ancestor(token)):
            roles.actors += [(t, Involvement.UNKNOWN) for t in syntax.agents(token)]
            roles.reasons.append(f"place {token.text} by")


def _sheltered(trigger: Trigger, roles: Roles, lex: Lexicon) -> None:
    """Those in a place that was hit: "a hall full of families", "a school sheltering 400 people"."""
    if roles.victims or trigger.entry.type not in ("attack", "bombing"):
        return
    token = trigger.token
    hit = roles.targets + [t for t in roles.objects if lex.is_a(t.lemma_.lower(), "civilian-places")]
    hit += syntax.prepositional(token, "on", "in", "at", "near", "around", "into", "inside", "within")
    for place in hit:
        if not lex.is_a(place.lemma_.lower(), "civilian-places"):
            continue
        people = syntax.prepositional(place, "of")
        for part in syntax.children(place, "acl", "relcl"):
            if part.lemma_.lower() in ("shelter", "house", "host", "hold", "contain", "accommodate"):
                people += syntax.children(part, "dobj")
            elif part.lemma_.lower() in ("fill", "pack", "crowd", "cram"):
                people += syntax.prepositional(part, "with")
        found = [t for t in people if lex.is_a(t.lemma_.lower(), "civilians", "victims") and t.tag_ != "NNP"]
        if found:
            roles.victims += found
            roles.reasons.append(f"in the {place.text} that was hit: " + ", ".join(t.text for t in found))
            return


def _unique(actors: list[tuple[Token, Involvement]], lex: Lexicon, proceeding: bool) -> list[tuple[Token, Involvement]]:
    seen: set[int] = set()
    out = []
    for token, involvement in actors:
        lemma = token.lemma_.lower()
        if (
            token.i not in seen
            and (lemma not in _NOT_ACTORS or (proceeding and lemma == "court"))
            and not lex.is_a(lemma, "munitions", "weapons")
            and (lemma not in act_nouns(lex.language) or (token.dep_ == "nsubj" and named_after_a_side(token, lex)))
        ):
            seen.add(token.i)
            out.append((token, involvement))
    return out


def _act(roles: Roles, tokens: list[Token], involvement: Involvement, reason: str) -> None:
    for token in tokens:
        roles.actors.append((token, involvement))
    if tokens:
        roles.reasons.append(f"author by {reason}: {', '.join(t.text for t in tokens)}")


def _verb_roles(trigger: Trigger, roles: Roles, lex: Lexicon) -> None:  # noqa: PLR0911, PLR0912, PLR0915
    verb, entry = trigger.token, trigger.entry
    roles.light = light_verb(verb) if verb.dep_ == "pcomp" else None
    if roles.light is not None:
        light = roles.light
        _act(
            roles,
            syntax.agents(light) if syntax.passive(light) else syntax.subjects(light),
            entry.involvement,
            f"subject of {light.text}",
        )
        if entry.object == "person":  # "committed crimes such as killing prisoners"
            roles.victims = _whole(syntax.patients(verb))
        elif entry.object == "target":
            roles.targets = syntax.patients(verb)
        return
    is_passive = syntax.passive(verb)
    objects = syntax.patients(verb)
    if entry.subject == "victim":
        roles.victims = _whole(objects if is_passive else syntax.subjects(verb)) + _along(verb)
        told = behind_it(syntax.agents(verb), lex) or circumstance(verb, lex)
        _act(roles, told, entry.involvement, "by-phrase")
        return
    if entry.id in ("imprisonment-asked", "sentence-asked"):
        asked = [verb, *[t for t in verb.subtree if t.lemma_.lower() in lex.classes["sentence-words"]]]
        roles.actors = [
            (t, Involvement.UNKNOWN)
            for a in asked
            for t in syntax.prepositional(a, "for")
            if someone(t, lex) and t.tag_ != "CD"
        ]
        return
    if entry.subject == "theme":
        roles.victims = [t for t in objects if of_bodies(t, lex)] or objects
        return
    if entry.subject == "actor" and entry.object == "none" and is_passive and not syntax.agents(verb):
        if entry.id == "appointed":
            _act(roles, objects or _after_subject(verb), entry.involvement, "subject of the passive")
        roles.objects = objects
        return
    if verb.lemma_.lower() == "lose" and not is_passive:  # "the brigade lost two men", "she lost her son"
        roles.victims = [t for t in objects if someone(t, lex)]
        _act(roles, circumstance(verb, lex), entry.involvement, "the attack they lost it in")
        return
    doers = [] if entry.subject == "witness" else syntax.subjects(verb)
    if verb.lemma_.lower() in ("disappear", "vanish") and not objects and not is_passive:
        roles.victims = doers  # "nine detainees who have disappeared"
        return
    if entry.id == "dead":  # "claimed the lives of nine workers"
        lives = [t for o in objects if o.lemma_.lower() in ("life", "live") for t in syntax.prepositional(o, "of")]
        objects = lives or objects
    if entry.id == "not-seen":
        roles.victims = objects or doers
        _act(roles, _who_came(verb, lex), entry.involvement, "who was there when they were last seen")
        return
    if verb.lemma_.lower() == "starve" and not objects and not is_passive:
        roles.victims = doers
        return
    if _headline_passive(trigger, doers, objects, lex):
        roles.victims = doers
        roles.reasons.append("the subject read as those it was done to")
        return
    if entry.id == "failed" and verb.dep_ == "conj" and verb.head.dep_ == "ccomp" and verb.head.head.lemma_ in _KNOWING:
        doers = syntax.subjects(verb.head.head)  # "knew that his men had killed them and failed to punish them"
    if entry.id == "appointed" and not is_passive:
        doers = objects or doers
    told = behind_it(doers, lex)
    if not told:
        told = circumstance(verb, lex)
    _act(roles, told, entry.involvement, "by-phrase" if is_passive else "subject")
    if entry.object == "person":
        roles.victims = _whole(objects) + _along(verb)
        roles.victims = _among(roles.victims)
    elif entry.object == "target":
        roles.targets = objects + syntax.prepositional(verb, "on", "at", "into", "against", "upon")
    elif entry.object == "case":
        if verb.lemma_.lower() in _BEFALLING:
            roles.victims = objects
        else:
            roles.actors += [(token, Involvement.UNKNOWN) for token in objects]
    else:
        roles.objects = objects
        roles.targets = syntax.prepositional(verb, "on", "against", "into", "within", "inside") if entry.fold else []
    if entry.type == "looting-property" and not roles.victims:
        roles.victims = _robbed(verb, lex) + _locked_in(verb, lex)


_BEFALLING = frozenset(
    {"sentence", "convict", "jail", "imprison", "acquit", "court-martial", "exonerate", "release", "free", "deport"}
)
"""Proceedings that befall somebody, who is then no author: of a charge or a warrant it is the one directed at."""


def _who_came(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Have not been seen since soldiers stopped their car": those whom the text puts there."""
    came = [c for c in syntax.children(verb, "advcl") if any(m.lower_ in ("since", "after") for m in c.children)]
    found = [t for c in came for t in syntax.subjects(c)]
    if verb.dep_ == "relcl" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in _LEADING_AWAY:
        found += syntax.subjects(verb.head.head)  # "took away two men, who have not been seen since"
    agents = ("armed", "named-armed", "perpetrators", "combatants")
    return [t for t in found if t.lemma_.lower() in _SQUADS or lex.is_a(t.lemma_.lower(), *agents)]


_LEADING_AWAY = frozenset(["arrest", "abduct", "detain", "drag", "kidnap", "lead", "load", "pick", "seize", "take"])
_SQUADS = frozenset({"patrol", "squad", "unit", "convoy", "column", "agent", "officer", "police", "guard"})


def _robbed(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Took the bracelets from families", "stole 20 cows from a widow"."""
    of = [t for o in syntax.children(verb, "dobj") for t in syntax.prepositional(o, "from")]
    return [t for t in [*syntax.prepositional(verb, "from"), *of] if someone(t, lex) and t.pos_ == "NOUN"]


def _locked_in(verb: Token, lex: Lexicon) -> list[Token]:
    """ "Burned the house with the family inside"."""
    with_them = [verb, *syntax.children(verb, "dobj")]
    found = [t for at in with_them for t in syntax.prepositional(at, "with")]
    inside = ("inside", "within", "in")
    return [t for t in found if any(c.lower_ in inside for c in t.children) and someone(t, lex)]


def _whole(objects: list[Token]) -> list[Token]:
    """Those whose body was harmed: "cut off the hands of two thieves", "his arm was broken"."""
    out: list[Token] = []
    for token in objects:
        if token.lemma_.lower() in BODY_PARTS:
            owners = syntax.prepositional(token, "of") + [
                t for p in syntax.children(token, "poss") for t in syntax.coordinated(p)
            ]
            out += [t for t in owners if t not in out]
        elif token not in out:
            out.append(token)
    return out


def _among(members: list[Token]) -> list[Token]:
    """Of "nine farmers were among those executed" the nine farmers."""
    out: list[Token] = []
    for t in members:
        among = t.head if t.lower_ in ("those", "people", "persons") and t.dep_ == "pobj" else None
        be = among.head if among is not None and among.lower_ == "among" and among.head.lemma_ == "be" else None
        out += syntax.subjects(be) or [t] if be is not None else [t]
    return out


def _along(verb: Token) -> list[Token]:
    """ "Was killed along with two of his children", "shot together with a neighbour"."""
    out: list[Token] = []
    for beside in syntax.children(verb, "prep", "advmod", "prt"):
        if beside.lower_ in ("along", "together", "alongside"):
            found = syntax.children(beside, "pobj") or syntax.prepositional(beside, "with")
            found = found or [t for t in syntax.prepositional(verb, "with") if t.i > beside.i]
            out += [t for one in found for t in syntax.coordinated(one) if t not in out]
    return [t for t in out if t.pos_ != "VERB" and not t.text.isupper()]


def _headline_passive(trigger: Trigger, doers: list[Token], objects: list[Token], lex: Lexicon) -> bool:
    """ "Nine Farmers Killed in Oren": a past form without an object, whose subject are people and no armed side."""
    verb = trigger.token
    if (
        trigger.entry.object != "person"
        or objects
        or verb.tag_ not in ("VBD", "VBN")
        or syntax.children(verb, "aux", "prt")
    ):
        return False
    people = ("victims", "civilians", "prisoners", "children")
    heads = [t.lemma_.lower() for t in doers]
    return bool(heads) and all(
        (lex.is_a(h, *people) or t.pos_ == "NUM") and not lex.is_a(h, "armed")
        for h, t in zip(heads, doers, strict=True)
    )


def _after_subject(verb: Token) -> list[Token]:
    """ "was X's lawyer before being named judge": the subject of the clause above."""
    for _, parent in syntax.climb(verb):
        found = syntax.children(parent, "nsubj", "nsubjpass")
        if found:
            return found
    return []


_KNOWING = frozenset(["know", "learn", "hear", "see", "discover", "realise", "realize"])
_COUNTED = frozenset(["toll", "number", "count", "figure"])
"""Nouns of a count, whose number stands with the verb: "the toll rose to 44", "put the number of dead at 57"."""


def _noun_roles(trigger: Trigger, roles: Roles, lex: Lexicon, depth: int = 0) -> None:  # noqa: PLR0912
    noun, entry = trigger.token, trigger.entry
    roles.light = light_verb(noun)
    by = [] if _told_by(noun) else syntax.prepositional(noun, "by")
    for participle in syntax.children(noun, "acl", "relcl"):
        if participle.lemma_.lower() in DOING | {"blame"} and syntax.passive(participle):
            by += syntax.agents(participle) or (
                syntax.prepositional(participle, "on") if participle.lemma_ == "blame" else []
            )
        elif participle.lemma_.lower() in DOING and participle.dep_ == "relcl" and not syntax.passive(participle):
            by += [t for t in syntax.subjects(participle) if t.i != noun.i]
    _act(roles, by or of_noun(noun, lex), entry.involvement, "by-phrase")
    if noun.lemma_.lower() in _COUNTED and noun.head.pos_ in ("VERB", "AUX"):
        roles.objects += syntax.prepositional(noun.head, "to", "at", "from") + syntax.children(
            noun.head, "attr", "dobj"
        )
        roles.objects = [t for t in roles.objects if t.i != noun.i]
    light = roles.light
    lends = light is not None and (light.lemma_.lower() in DOING or having_a_part(noun) is not None)
    if light is not None and (lends or entry.light_only or entry.type == "procedural"):
        doers = syntax.agents(light) if syntax.passive(light) else syntax.subjects(light)
        _act(roles, doers, entry.involvement, f"subject of {light.text}")
        if entry.light_only and not syntax.passive(light):
            roles.victims += [t for o in syntax.children(light, "dobj") for t in syntax.coordinated(o) if t.i != noun.i]
        roles.targets += syntax.prepositional(light, "on", "against")
    frame = syntax.governor(noun)
    if frame is not None and frame.lemma_.lower() in ("target", "victim", "scene", "site", "object"):
        roles.targets += syntax.subjects(frame.head) if frame.head.lemma_ in ("be", "become") else []
    if noun.dep_ == "nsubj" and entry.type in (
        "siege",
        "bombing",
        "attack",
    ):  # "the blockade left 300 people without food"
        roles.victims += [t for t in syntax.patients(noun.head) if someone(t, lex) and t.pos_ != "PROPN"]
    of = [t for t in syntax.prepositional(noun, "of") if not _a_time(t)]
    on = [t for t in syntax.prepositional(noun, "on", "against", "upon") if not _a_time(t)]
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in ("blame", "pin"):
        on = []  # "blamed the deaths on the rebels" names authors
    owners = [t for p in syntax.children(noun, "poss") for t in syntax.coordinated(p)]
    owners = [t for t in owners if not _a_time(t)]
    if entry.type in ("attack", "bombing", "siege", "military-operation"):
        roles.targets += of + on
        _act(roles, owners or ([] if roles.actors else sides_before(noun, lex)), entry.involvement, "possessive")
    elif entry.generic or entry.type in ("procedural", "obstruction-impunity"):
        _act(roles, owners, entry.involvement, "possessive")
        roles.victims += [t for t in on if entry.type != "procedural" and someone(t, lex)]
        if entry.id == "arrest-warrant":
            roles.actors += [
                (t, Involvement.UNKNOWN) for t in syntax.prepositional(noun, "for", "against") + _warrant_for(light)
            ]
    else:
        roles.victims += [t for t in of + on if someone(t, lex)]
        if not roles.victims:  # "convicted of murder in the death of Ana Bel"
            deaths = [t for t in syntax.prepositional(noun, "in", "over") if t.lemma_.lower() in _DEATHS]
            roles.victims += [v for t in deaths for v in syntax.prepositional(t, "of") if someone(v, lex)]
        armed = [t for t in owners if of or lex.is_a(t.lemma_.lower(), "armed", "named-armed")]
        _act(roles, armed, entry.involvement, "possessive")
        if not armed:
            roles.victims += owners
    if depth == 0:
        _shared(trigger, roles, lex)


_DEATHS = frozenset({"death", "disappearance", "killing", "murder", "shooting"})


def _a_time(token: Token) -> bool:
    """ "Monday's attack", "the killings on 3 May": when, not whom."""
    lemma = token.lemma_.lower()
    return lemma in MONTHS or lemma in WEEKDAYS or lemma in _TIMES


_TIMES = frozenset(
    {"today", "yesterday", "tonight", "day", "night", "morning", "afternoon", "evening", "week", "month"}
)


def _told_by(noun: Token) -> bool:
    """ "was informed of the killings by the mayor": the by-phrase is of the passive verb above, not of the act."""
    verb = syntax.governor(noun)
    return (
        verb is not None
        and verb.pos_ == "VERB"
        and syntax.passive(verb)
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("of", "about", "for", "over", "with")
        and not syntax.agents(verb)
    )


def someone(token: Token, lex: Lexicon) -> bool:
    """True for what can be a victim: people by class, a name, a number, a pronoun."""
    lemma = token.lemma_.lower()
    if token.lower_ in ("it", "this", "that"):
        return False
    people = ("victims", "civilians", "prisoners", "combatants", "children", "officials", "armed", "speakers")
    return (
        lex.is_a(lemma, *people)
        or token.pos_ in ("PROPN", "PRON", "NUM")
        or any(c.dep_ == "nummod" for c in token.children)
        or harmed(token, lex, surely=True)
    )


def _warrant_for(light: Token | None) -> list[Token]:
    return syntax.prepositional(light, "for", "against") if light is not None else []


def _shared(trigger: Trigger, roles: Roles, lex: Lexicon) -> None:
    """A noun in a list shares author and target with the list's head, or with the noun that "including" hangs on."""
    noun = trigger.token
    heads: list[Token] = []
    current = noun
    while current.dep_ == "conj" and current.head.i != current.i:
        current = current.head
        heads.append(current)
    if (
        current.dep_ == "pobj"
        and current.head.lower_ in ("including", "like", "as")
        and current.head.head.pos_ in ("NOUN", "PROPN", "VERB")
    ):
        above = current.head.head
        heads.append(above if above.pos_ in ("NOUN", "PROPN") else current)
        heads += syntax.children(above, "dobj", "nsubj") if above.pos_ == "VERB" else []
    if current.dep_ == "appos":
        heads.append(current.head)
    later = [t for t in syntax.coordinated(current) if t.i != noun.i]
    for other in heads + later:
        if other.pos_ not in ("NOUN", "PROPN") and other.tag_ != "VBG":
            continue
        borrowed = Roles()
        _noun_roles(Trigger(other, trigger.entry, 0, 0, True), borrowed, lex, depth=1)
        if not roles.actors:
            roles.actors = list(borrowed.actors)
            roles.reasons += borrowed.reasons
        if not roles.victims and not roles.targets:
            roles.victims, roles.targets = list(borrowed.victims), list(borrowed.targets)
        roles.places += [t for t in syntax.prepositional(other, "in", "at", "near") if t not in roles.places]


def _from_attribution(trigger: Trigger, said: Attribution, roles: Roles) -> None:
    entry = trigger.entry
    if said.orderers:
        roles.actors = [(t, Involvement.ORDERING) for t in said.orderers]
        roles.reasons.append("author of the order: " + ", ".join(t.text for t in said.orderers))
        return
    if _left_undone(trigger):
        roles.actors = [(t, Involvement.FAILING_TO_ACT) for t, _ in roles.actors] or [
            (t, Involvement.FAILING_TO_ACT) for t in syntax.subjects(trigger.token.head)
        ]
        roles.reasons.append(f"did not {trigger.token.head.lemma_} it")
        return
    if said.inciters and entry.type not in ("procedural",):
        roles.actors = [(t, Involvement.INCITING) for t in said.inciters]
        roles.reasons.append("calls for it: " + ", ".join(t.text for t in said.inciters))
        return
    if said.accused and (not roles.actors or trigger.noun):
        known = {t.i for t in said.accused}
        if not roles.actors or roles.light is None:
            named = Involvement.UNKNOWN if said.stance in LINKS else entry.involvement
            roles.actors = [(t, named) for t in said.accused] + [
                (t, i)
                for t, i in roles.actors
                # "a warrant for X, an ally of Y, over crimes he committed": he is the accused, nobody else
                if t.i not in known and trigger.noun and not said.layers and t.tag_ != "PRP"
            ]
            roles.reasons.append("named by the accusation: " + ", ".join(t.text for t in said.accused))


def _left_undone(trigger: Trigger) -> bool:
    """ "could have prevented the massacre", "failed to stop the killings": what was not prevented."""
    verb = trigger.token.head
    if (
        not trigger.noun
        or trigger.token.dep_ != "dobj"
        or verb.lemma_.lower() not in ("prevent", "stop", "halt", "avert", "punish")
    ):
        return False
    lowered = {c.lower_ for c in verb.children}
    if lowered & {"could", "should"} and "have" in lowered:
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("fail", "refuse", "neglect", "decline", "omit")


def left_undone(trigger: Trigger) -> bool:
    """True where the claim is that someone did not prevent or stop the act."""
    return _left_undone(trigger)


def _places(trigger: Trigger, roles: Roles, lex: Lexicon) -> None:  # noqa: PLR0912
    for target in roles.targets + roles.victims:
        _place(target, roles, lex, target=True)
        for t in syntax.prepositional(target, *_WHERE, "of"):
            _place(t, roles, lex)
        for clause in syntax.children(target, "relcl", "acl"):
            if clause.lemma_.lower() in _BEING_THERE:
                for t in syntax.prepositional(clause, *_WHERE):
                    _place(t, roles, lex, target=True)
    for doer, _ in roles.actors:
        if doer.i > trigger.token.i and doer.dep_ == "pobj":  # "killed by the brigade in Oren"
            for t in syntax.prepositional(doer, "in", "at", "near", "on", "outside"):
                _place(t, roles, lex)
    centre = [trigger.token, *([roles.light] if roles.light is not None else [])]
    above = trigger.token
    while (
        above.dep_ in ("pcomp", "pobj", "prep", "xcomp", "conj", "amod", "dobj", "nsubj", "nsubjpass")
        and above.head.i != above.i
    ):
        above = above.head
        if above.pos_ in ("VERB", "AUX"):
            centre.append(above)
            if above.dep_ not in ("xcomp", "conj"):
                break
    for token in centre:
        for t in syntax.prepositional(token, *_WHERE):
            _place(t, roles, lex)
            if t.lemma_.lower() in act_nouns(lex.language):  # "killed in the shelling of the market in Oren"
                for hit in syntax.prepositional(t, "of", "on", "in", "at", "near", "against"):
                    _place(hit, roles, lex, target=True)
        for a in token.children:
            if a.dep_ in ("advmod", "nsubjpass", "nsubj", "dobj"):
                for t in syntax.prepositional(a, *_WHERE, *(["of"] if a.lower_ in DIRECTIONS else [])):
                    _place(t, roles, lex)
    if trigger.noun:
        for c in syntax.children(trigger.token, "compound", "nmod"):
            if c.text[:1].isupper() and c.tag_ == "NNP":
                _place(c, roles, lex)


_BEING_THERE = frozenset(
    """
    block camp crowd cower detain gather hide hold house imprison keep live lock occupy pray queue shelter sit sleep
    stand stay travel wait work worship
    """.split()  # noqa: SIM905
)
"""What those who suffered were doing where it was done to them: "people who had hidden in the chapel"."""


def _place(token: Token, roles: Roles, lex: Lexicon, target: bool = False, depth: int = 0) -> None:  # noqa: PLR0912
    lemma = token.lemma_.lower()
    if depth > 4 or token in roles.places or lemma in MONTHS or lemma in WEEKDAYS or token.like_num:
        return
    named = token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS")
    if lemma in COMPANIES:
        return
    if lex.is_a(lemma, "bodies-named", "named-armed", "armed", "titles") and lemma not in lex.classes["places"]:
        return
    if (
        target
        and (token.tag_ == "NNPS" or any(c.dep_ == "nummod" for c in token.children))
        and lemma not in lex.classes["places"]
    ):
        return
    part = lemma in DIRECTIONS and not target and any(c.lower_ == "the" for c in token.children)
    if part or (named and lemma in lex.classes["places"]):
        roles.places.append(token)
    elif lemma in lex.classes["places"]:
        inner = syntax.prepositional(token, "of")
        proper = [t for t in inner if t.text[:1].isupper()]
        compound = any(
            c.dep_ in ("compound", "nmod", "poss", "amod")
            and (c.text[:1].isupper() or lemma in lex.classes["civilian-places"])
            for c in token.children
        )
        definite = any(c.lower_ == "the" for c in token.children) and lemma in REFERRING
        if definite and not proper and not compound:
            roles.places.append(token)
        elif compound or not proper:  # noqa: SIM102
            if compound or lemma in lex.classes["civilian-places"] | {"prison", "jail"} or target:
                roles.places.append(token)
        for t in proper + [a for a in syntax.children(token, "appos") if a.text[:1].isupper()]:
            _place(t, roles, lex, depth=depth + 1)
        for p in syntax.children(token, "poss"):
            if p.text[:1].isupper() and (
                lemma in _REGIONS or lex.is_a(p.doc.said(syntax.phrase(p)[0], p.i + 1).lower(), "states")
            ):
                roles.places.append(p)
    elif named and not (target and _person_like(token, lex)):  # noqa: SIM102
        if not target or lemma in lex.classes["states"] or lemma in lex.classes["places"] or target:
            roles.places.append(token)
    for t in syntax.prepositional(token, "in", "near", "at", "between"):
        _place(t, roles, lex, depth=depth + 1)
    for side in token.children:  # "a checkpoint south of Oren"
        if side.lower_ in DIRECTIONS:
            for t in syntax.prepositional(side, "of"):
                _place(t, roles, lex, depth=depth + 1)
    for c in syntax.children(token, "conj"):
        if target is False:
            _place(c, roles, lex, depth=depth + 1)


def _person_like(token: Token, lex: Lexicon) -> bool:
    lefts = [c.lower_.rstrip(".") for c in token.children if c.dep_ == "compound"]
    return any(w in lex.classes["titles"] for w in lefts) or lex.is_a(
        token.lemma_.lower(), "named-armed", "bodies-named"
    )


def _none(what: Token, trigger: Trigger) -> bool:
    """ "no houses", "nobody", unless these words are themselves the act: "took no prisoners"."""
    words = [what, *(c for c in what.children if c.dep_ == "det")]
    return any(t.lower_ in ("no", "nobody", "none") and not trigger.start <= t.idx < trigger.end for t in words)


def _negated(trigger: Trigger, roles: Roles) -> bool:
    if trigger.entry.id in ("quarter", "not-seen"):
        return False
    token = trigger.token
    subject = syntax.children(token, "nsubj", "nsubjpass")
    if token.dep_ == "acomp" and token.head.lemma_ == "be":  # "had been ill-treated", read as an adjective
        subject = syntax.children(token.head, "nsubj", "nsubjpass")
        if any(c.dep_ == "neg" for c in token.head.children):
            return True
    if any(
        s.lower_ in ("nobody", "none")
        or any(c.lower_ == "no" and c.dep_ == "det" for c in s.children)
        or any(c.lower_ == "not" for n in s.children if n.dep_ == "nummod" for c in n.children)  # "not one prisoner"
        for s in subject
    ):
        return True
    if any(c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") for c in token.children):
        return True
    somebody = any(t.tag_ not in ("WDT", "WP") for t, _ in roles.actors)
    if somebody and not trigger.noun and any(_none(t, trigger) for t in syntax.children(token, "dobj")):
        return True  # "killed no civilians", "burned no houses", "shot nobody"
    light_not = roles.light is not None and any(c.dep_ == "neg" for c in roles.light.children)
    return light_not or (token.dep_ == "pobj" and token.head.lower_ == "without")
