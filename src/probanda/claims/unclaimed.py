"""Act words that make no claim: law, questions, conditions, wishes, examples, chances, words in passing.

Start with `no_claim`.

Looks down to: acts, attributed, bare, harmed, orders, roles, syntax. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger, of_bodies
from probanda.claims.attributed import Attribution
from probanda.claims.bare import attested, happened, head_of_list, verbless
from probanda.claims.denials import FALSE
from probanda.claims.harmed import done_to_people
from probanda.claims.lexicon import Lexicon
from probanda.claims.measures import intended, should
from probanda.claims.orders import names_charge, names_law
from probanda.claims.roles import Roles, left_undone

if TYPE_CHECKING:
    from probanda.claims.words import Token

_LAW = re.compile(
    r"(?:^|[.;:]\s)(?:to )?\w+(?:ing)?\b[^.]{0,120}\b(?:is|are|would be) (?:an? )?(?:serious |"
    r"grave )?(?:war crime|crime|breach|violation)s?\b|"
    r"\b(?:amounts? to|constitutes?|(?:is|are) (?:also )?(?:an? )?(?:serious )?(?:war )?crimes?\b|"
    r"(?:is|are|becomes?) (?:forbidden|unlawful|illegal|punishable)|(?:need|may) not be|(?:has|have) no excuse|"
    r"(?:is|are) (?:considered|deemed|regarded as) (?:an? )?(?:\w+ )?(?:war )?(?:crimes?|breach)|"
    r"is (?:not )?(?:\w+ )?prohibited|are (?:not )?prohibited|is defined|means|defines?|is a crime|are crimes|"
    r"under international law|"
    r"(?:article|section|rule|protocol|convention|statute|treaty|law|code)s?\b[^.]{0,30}\b(?:prohibits?|forbids?|bans?|"
    r"punish(?:es)?|protects?|requires?|obliges?)|"
    r"(?:rome )?statute (?:of|states|says|provides)|elements of crimes?|obligation|universal jurisdiction|"
    r"allows? (?:for )?the (?:prosecution|punishment|trial))\b",
    re.IGNORECASE,
)


_ANYONE = re.compile(
    r"^(?:an?|any|every|whoever|anyone|anybody|those|persons?|people)\b.{0,120}?\b(?:who|that|whoever)\b.{0,160}?"
    r"\b(?:(?:may|can|shall|must|will) (?:also )?(?:be|incur|bear|face)|cannot|may not|answers|"
    r"is (?:guilty|liable|responsible)|commits|"
    r"risks?)\b|\bwhoever \w+s\b",
    re.IGNORECASE | re.DOTALL,
)


_NUMBERED = re.compile(r"^\W*(?:\d+[.)]|\(?[a-z]\))\s+")


_WISH = frozenset(
    [
        "plan",
        "aim",
        "intend",
        "want",
        "hope",
        "try",
        "attempt",
        "seek",
        "prepare",
        "prevent",
        "stop",
        "avoid",
        "end",
        "protect",
        "save",
        "avert",
        "foil",
        "halt",
        "fear",
        "risk",
        "prohibit",
        "forbid",
        "ban",
        "combat",
        "fight",
        "counter",
        "curb",
        "vow",
        "refrain",
        "promise",
        "pledge",
        "thwart",
        "deter",
        "continue-to-fight",
        "oppose",
        "refuse",
        "fail",
        "decline",
        "neglect",
        "discuss",
        "facilitate",
        "need",
        "study",
        "teach",
        "train",
    ]
)


_CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})


_HYPOTHETICAL = frozenset(
    {"would", "could", "should", "can", "might", "may", "must", "will", "shall", "'ll", "ca", "wo"}
)


def no_claim(  # noqa: PLR0911, PLR0912
    trigger: Trigger, roles: Roles, said: Attribution, words: str, lex: Lexicon, *, quoted: bool = False
) -> str | None:
    """Why this act word makes no claim: a question, the law, a condition, a wish, a bare word; None when it may."""
    if words.rstrip("\"'”’ ").endswith("?"):
        return "a question"
    entry = trigger.entry
    specific = bool(roles.actors or roles.places or any(_specific(t) for t in roles.victims + roles.targets))
    general = not (_particular(roles) or said.accused or _judged(trigger) or entry.id == "justice-asked")
    if general and _LAW.search(words):
        return "states the law"
    if _ANYONE.search(_NUMBERED.sub("", words).strip(' "“')) and not _particular(roles):
        return "said of anyone"
    if names_law(trigger):
        return "names a rule"
    if entry.type != "obstruction-impunity" and names_charge(trigger) and not (roles.actors or said.accused):
        return "names a crime"
    if _claimed_by_nobody(trigger, words):
        return "nobody is said to have done it"
    if entry.id == "quarter" and not quoted and _conditional(trigger.token):
        return "a condition"
    if entry.id == "quarter":
        return None if re.search(r"[!.]|\bno\b", words) else "bare"
    if _conditional(trigger.token):
        return "a condition"
    if _supposed(trigger.token):
        return "a supposition"
    if trigger.noun and not roles.actors and _only_example(trigger.token):
        return "an example of a kind"
    if trigger.noun and _of_those_responsible(trigger.token) and not (roles.victims or roles.places):
        return "told already, and named with whoever did it"
    if trigger.noun and _to_be_checked(trigger.token):
        return "what somebody is to find out"
    if trigger.noun and _only_dates(trigger.token):
        return "named only for its day"
    if roles.negated and entry.type in ("procedural", "detention") and not (said.layers or said.modality or quoted):
        return "said not to have happened, and denied by nobody"
    if entry.id == "attack" and not trigger.noun and _in_words(trigger.token, roles, lex):
        return "an attack in words"
    if entry.type == "procedural" and _only_judged(trigger.token):
        return "what somebody thinks of a proceeding"
    procedural = entry.type == "procedural"
    if entry.id == "justice-asked" and not (said.modality == "called-for" or said.inciters or should(trigger.token)):
        return "justice spoken of, and not demanded"
    if (
        procedural
        and said.modality not in ("called-for", "threatened")
        and not intended(trigger)
        and _merely_possible(trigger)
    ):
        return "a step that may be taken"
    if procedural and roles.negated and said.modality == "called-for":
        return "not asked for"
    if left_undone(trigger):
        return None
    if entry.leans and entry.assessment and not _judged(trigger):
        return "states the law"
    if entry.setting:
        return _told_of_nothing(trigger, said, words)
    token = trigger.token
    whole = syntax.children(token, "nsubj", "mark", "aux")  # "allegations that soldiers had shot ..."
    if not trigger.noun and token.dep_ == "acl" and token.tag_ == "VBN" and not syntax.agents(token) and not whole:
        counted = any(c.dep_ == "nummod" for c in token.head.children) or token.head.pos_ == "NUM"
        told = token.head.dep_ not in ("nsubj", "nsubjpass", "conj") or counted or verbless(token.doc)
        if not told and entry.type != "siege":
            return "said of someone in passing"
    of_people = entry.object == "person" and entry.type != "recruitment-children"  # children bear arms, too
    objects = syntax.patients(token) if not trigger.noun and of_people else []
    if entry.type == "execution" and token.lower_ == "hung" and not done_to_people(token, roles.victims, lex):
        return "things hang"  # people are hanged, or hung by the arms
    emptied = entry.type == "displacement" and any(lex.is_a(t.lemma_.lower(), "civilian-places") for t in objects)
    if objects and not (emptied or done_to_people(token, objects, lex)):
        return "not done to people"
    if entry.subject == "theme" and not any(of_bodies(t, lex) for t in roles.victims):
        return "no bodies found"
    if entry.id == "bodies-received" and not any(c.like_num for t in roles.victims for c in [t, *t.children]):
        return "no count of bodies"
    if (
        entry.id == "burn"
        and token.lemma_ == "ravage"
        and any(t.lemma_.lower() in ("conflict", "fighting", "violence", "war") for t in syntax.subjects(token))
    ):
        return "the war in general"
    if trigger.noun and token.dep_ == "nsubj" and _came_as(token) and not (roles.targets or roles.victims):
        return "told already"
    if entry.id == "flee" and _doers_fled(token):
        return "those who did it got away"
    if entry.id == "capture" and not roles.actors:
        return "no author"
    if entry.id == "capture" and not trigger.noun and any(
        t.lower_ in ("them", "him", "her", "us") or lex.is_a(t.lemma_.lower(), "civilians") for t in syntax.patients(token)
    ):
        return "people taken, and no place"
    if entry.id == "capture" and token.dep_ == "amod":
        return "no author"
    if (
        not procedural
        and said.modality not in ("threatened", "ordered", "denied")
        and not said.orderers
        and not said.inciters
    ):
        reason = _unreal(trigger, said)
        if reason:
            return reason
    strong = bool(
        said.modality in ("denied", "admitted", "condemn", "alleged", "link", "confirmed", "called-for", "adjudicated")
        and (said.layers or said.accused)
    )
    strong = strong or (said.modality == "denied" and said.stance in FALSE)
    strong = strong or bool(
        said.layers and trigger.token.dep_ == "nsubj" and entry.type in ("killing", "execution") and not entry.weak
    )
    strong = (
        strong
        or bool(said.layers and (head_of_list(trigger.token).dep_ == "dobj" or roles.negated))
        or (trigger.noun and not entry.weak and entry.type not in ("procedural", "attack") and happened(trigger.token))
        or (quoted and roles.negated and trigger.token.head.tag_ == "VBD")
    )
    if entry.weak and not (specific or roles.victims or roles.objects or strong):
        return "a bare mention"
    if (
        trigger.noun
        and entry.type == "attack"
        and roles.light is None
        and not (trigger.token.dep_ == "ROOT" and (roles.targets or roles.places))
        and not strong
        and not (roles.actors and roles.targets)
    ) and not any(lex.is_a(t.lemma_.lower(), "civilian-places", "civilians") for t in roles.targets):
        return "an attack in passing"
    strong = strong or _with_a_verb(trigger) or entry.id == "unpunished-deed"
    counted = any(t.like_num for t in roles.objects) and (trigger.entry.id == "death" or entry.id.startswith("number-"))
    if trigger.noun and not (roles.actors or roles.victims or roles.targets or roles.places or strong or counted):
        return "a bare mention"
    if entry.generic and not roles.actors and not committed(trigger.token, roles.places):
        return "crimes without an author"
    return None


def committed(noun: Token, places: list[Token]) -> bool:
    """ "grave crimes allegedly committed in the valley": said of a place or a time, if of nobody."""
    done = [c for c in syntax.children(noun, "acl", "relcl") if c.lemma_.lower() in ("commit", "perpetrate")]
    hedged = any(c.lower_ in ("allegedly", "reportedly") for v in done for c in v.children)
    hedged = hedged or any(c.lower_ == "alleged" for c in noun.children)
    if any(c.dep_ == "nummod" for c in noun.children) and syntax.prepositional(noun, "against"):
        return True  # "104 violations against journalists"
    placed = bool(places) or any(syntax.prepositional(v, "in", "at", "near", "during") for v in done)
    return bool(done) and placed and hedged


def _judged(trigger: Trigger) -> bool:
    """ "The strike may amount to a war crime": said of a deed that was told, and not of a kind of deed."""
    if not (trigger.entry.leans and trigger.entry.assessment):
        return False
    subjects = syntax.children(trigger.token, "nsubj")
    return any(
        t.lower_ in ("it", "this", "they", "these", "which", "that")
        or any(c.lower_ in ("the", "this", "that", "these", "those", "such") for c in t.children)
        for t in subjects
    )


_PENALTY_OF_LAW = re.compile(
    r"\b(?:carr(?:y|ies|ied)|punishable|maximum|risk(?:s|ed)?|liable)\b[^.;]{0,30}(?:years|life|death|prison)",
    re.IGNORECASE,
)


def _merely_possible(trigger: Trigger) -> bool:
    """ "could be prosecuted", "an appeal shall be filed within five days": a rule or a chance, no step."""
    token = trigger.token
    verb = next((t for t in [token, *token.ancestors] if t.pos_ in ("VERB", "AUX")), None)
    chance = ("could", "would", "may", "might", "can", "shall")
    told = trigger.token.doc.text[trigger.start : trigger.end].lower().split()
    within = any(word in chance for word in told) or _PENALTY_OF_LAW.search(trigger.token.doc.text[: trigger.end])
    return bool(within) or (verb is not None and any(c.dep_ == "aux" and c.lower_ in chance for c in verb.children))


def _with_a_verb(trigger: Trigger) -> bool:
    """A phrase with a verb in it tells of the act, whichever of its words the parser takes for its head."""
    inside = [t for t in trigger.token.doc if trigger.start <= t.idx < trigger.end]
    acts = ("issues", "issued", "issuing")  # "ISSUES" in capitals is taken for a name
    return len(inside) > 1 and any(t.pos_ == "VERB" or t.lower_ in acts for t in inside)


def _came_as(noun: Token) -> bool:
    """ "The attacks came as the forces closed in": of attacks told before, and says only what happened meanwhile."""
    verb = noun.head
    definite = any(c.lower_ in ("the", "these", "this") for c in noun.children)
    return definite and verb.lemma_ == "come" and bool(syntax.children(verb, "advcl", "prep")) and noun.i < verb.i


def _doers_fled(verb: Token) -> bool:
    """ "shot him and fled": those who got away are those who did it."""
    doer = verb.head if verb.dep_ == "conj" and verb.head.pos_ == "VERB" else None
    if doer is not None and syntax.children(doer, "dobj", "prt") and not syntax.children(verb, "nsubj"):
        return True
    subjects = {t.lemma_.lower() for t in syntax.subjects(verb)}
    return bool(
        subjects
        & {"assailant", "attacker", "gunman", "killer", "robber", "suspect", "thief", "perpetrator", "kidnapper"}
    )


def _told_of_nothing(trigger: Trigger, said: Attribution, words: str) -> str | None:
    """Why a phrase that tells an act by what stands around it tells none after all: a condition, a plan."""
    if _IF.match(_NUMBERED.sub("", words)):
        return "a condition"
    phrase = trigger.token.doc.text[trigger.start : trigger.end]
    if said.modality in ("threatened", "ordered", "denied", "called-for") or said.orderers or _MODAL.search(phrase):
        return None
    reason = _unreal(trigger, said)
    return None if reason and (trigger.entry.type == "mass-grave" and "could" in reason + words) else reason


_NOBODY_CLAIMED = re.compile(
    r"\b(?:no (?:\w+ )?(?:group|one|side|party|organi[sz]ation)|nobody) (?:\w+ )?claimed\b", re.IGNORECASE
)


def _claimed_by_nobody(trigger: Trigger, words: str) -> bool:
    """Only the claim of responsibility is negated: "the bombing, which killed nine" is told behind it."""
    claimed = _NOBODY_CLAIMED.search(words)
    return claimed is not None and (trigger.noun or trigger.entry.id == "responsible" or trigger.start < claimed.end())


_IF = re.compile(r"\W*(?:if|whoever|suppose|imagine|should|unless|were it)\b", re.IGNORECASE)


_MODAL = re.compile(r"\b(?:must|should|shall|may|might|could|can)\b", re.IGNORECASE)


def _of_those_responsible(noun: Token) -> bool:
    """ "to punish those responsible for the killings", "the perpetrators of the attack"."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    if noun.dep_ != "pobj" or not any(c.lower_ in ("the", "this", "these", "such") for c in noun.children):
        return False
    if noun.head.lower_ == "of":
        return above.lemma_.lower() in ("perpetrator", "author", "culprit")
    return (
        noun.head.lower_ == "for"
        and above.lower_ == "responsible"
        and above.head.lower_ in ("those", "people", "anyone", "persons")
    )


def _to_be_checked(noun: Token) -> bool:
    """ "could not reach the town to verify the death toll": nothing was found out yet."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in ("ascertain", "check", "confirm", "establish", "verify"):
        return False
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return to and verb.head.lemma_.lower() not in ("able", "manage")


_MOMENTS = frozenset(
    ["day", "night", "morning", "evening", "eve", "anniversary", "date", "hour", "week", "time", "wake"]
)


def _only_dates(noun: Token) -> bool:
    """ "on the day of the massacre": the act is told elsewhere, and here only says when."""
    above = syntax.governor(noun)
    return above is not None and above.lemma_.lower() in _MOMENTS and noun.head.lower_ == "of"


_SCENARIO = re.compile(
    r"\b(?:in (?:the|this|that|our|one|a|an) (?:\w+ ){0,2}(?:scenario|exercise|drill|simulation|rehearsal)|"
    r"contingency plan|"
    r"(?:exercise|drill|simulation) in which|case study)\b",
    re.IGNORECASE,
)


def _only_example(noun: Token) -> bool:
    """ "a crime such as torture, rape or hostage-taking": named as one of a kind."""
    first = head_of_list(noun)
    before = first.doc[max(0, first.left_edge.i - 2) : first.left_edge.i]
    if [t.lower_ for t in before] != ["such", "as"] or _told_of_somebody(first):
        return False
    kind = next((t for t in first.ancestors if t.pos_ == "NOUN"), None)
    return kind is None or not attested(kind)  # "witnesses described abuses such as house-to-house killings"


def _told_of_somebody(noun: Token) -> bool:
    return bool(syntax.prepositional(noun, "of", "by", "in"))


def _supposed(token: Token) -> bool:
    """ "Suppose a soldier shoots ...", "Imagine that ...", "whether he commits a crime depends"."""
    if _SCENARIO.search(token.doc.text[: token.idx]):
        return True
    return any(
        t.lemma_.lower() in ("suppose", "imagine", "assume") and t.dep_ == "ROOT" and not syntax.children(t, "nsubj")
        for t in token.doc
    )


def _in_words(verb: Token, roles: Roles, lex: Lexicon) -> bool:
    """ "attacked the opposition for its plan", "over the budget": said by somebody who is no armed side."""
    armed = any(lex.is_a(t.lemma_.lower(), "armed", "named-armed", "combatants") for t, _ in roles.actors)
    return not armed and any(syntax.prepositional(t, "for", "over") for t in [verb, *roles.targets])


def _only_judged(noun: Token) -> bool:
    """ "called the warrant a farce": an opinion of a proceeding tells of none."""
    verb = noun.head
    if verb.lemma_.lower() in ("call", "describe", "brand", "label") and noun.dep_ in ("dobj", "nsubj"):
        return True
    judged = noun.dep_ == "nsubj" and verb.dep_ in ("ccomp", "oprd") and verb.head.lemma_.lower() in ("call", "label")
    return judged


def _specific(token: Token) -> bool:
    return (
        any(c.dep_ in ("nummod", "det", "poss") or c.text[:1].isupper() for c in token.children)
        or token.text[:1].isupper()
    )


def _particular(roles: Roles) -> bool:
    fillers = [t for t, _ in roles.actors] + roles.places + roles.targets
    return any(
        t.tag_ in ("NNP", "NNPS")
        or (t.pos_ == "PRON" and t.lower_ in ("he", "she", "they"))
        or any(c.text[:1].isupper() and c.tag_ == "NNP" for c in t.children)
        for t in fillers
    )


def _conditional(token: Token) -> bool:
    return any(
        c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONAL
        for t in [token, *token.ancestors]
        if t.dep_ in ("advcl", "ccomp", "pcomp") or t is token
        for c in t.children
    )


def _unreal(trigger: Trigger, said: Attribution) -> str | None:  # noqa: PLR0911, PLR0912
    verb = trigger.token if not trigger.noun else _verb_above(trigger.token)
    current = verb
    steps = 0
    while current is not None and steps < 4:
        if current.lemma_.lower() in _ABLE and current.dep_ == "xcomp" and current.head.lemma_ == "able":
            return None  # "were able to confirm the burning of"
        modal = next((c for c in current.children if c.dep_ == "aux" and c.lower_ in _HYPOTHETICAL), None)
        past = any(c.dep_ == "aux" and c.lemma_ == "have" for c in current.children)
        able = modal is not None and modal.lower_ in ("could", "can") and current.lemma_.lower() in _ABLE
        if modal is not None and trigger.noun and _known_deed(trigger.token, current):
            break
        if modal is not None and not able and not (past and modal.lower_ in ("may", "might", "must", "could")):
            return f"not said to have happened ({modal.text})"
        if current.dep_ == "csubj" and any(
            c.dep_ == "aux" and c.lower_ in _HYPOTHETICAL for c in current.head.children
        ):
            return "not said to have happened"
        if current.dep_ not in ("xcomp", "conj", "pcomp", "advcl", "acl"):
            break
        if current.dep_ == "xcomp" or (
            current.dep_ in ("advcl", "acl") and any(c.lower_ == "to" and c.dep_ == "aux" for c in current.children)
        ):
            above = current.head
            purpose = any(c.lower_ == "to" and c.dep_ == "aux" for c in current.children)
            if above.lemma_.lower() == "be" and purpose:
                return "a task"
            if above.lemma_.lower() in _WISH:
                return f"planned or prevented ({above.text})"
            if purpose and current.dep_ in ("advcl", "acl") and not trigger.noun:
                return "a purpose"
            if purpose and above.pos_ == "ADJ" and above.lemma_ not in ("responsible",):
                return "not said to have happened"
        if not trigger.noun and current.dep_ in ("pcomp", "acl"):
            noun = current.head.head if current.dep_ == "pcomp" else syntax.governor(current.head)
            if noun is not None and noun.lemma_.lower() in ("fear", "risk", "danger", "threat"):
                return "feared"
        if (
            current.dep_ == "pcomp"
            and current.head.head.lemma_.lower() in _WISH
            and current.head.lower_ in ("from", "of", "at")
        ):
            return "prevented"
        current = current.head if current.head.i != current.i else None
        steps += 1
    if trigger.noun:
        if any(c.dep_ == "amod" and c.lower_ in _TO_COME for c in trigger.token.children):
            return "not said to have happened"
        first = head_of_list(trigger.token)
        if first.head.lemma_.lower() in _WISH and first.dep_ == "dobj":
            return f"planned or prevented ({first.head.text})"
        above = trigger.token.head
        grand = syntax.governor(trigger.token)
        needed = above.lemma_.lower() in ("appear", "seem", "be") and trigger.token.dep_ == "nsubj"
        if needed and any(c.lower_ in _OPEN_QUESTIONS for c in above.children):
            return "not said to have happened"
        if grand is not None and grand.lemma_.lower() in _WISH | {
            "risk",
            "danger",
            "threat",
            "fear",
            "prevention",
            "end",
            "investigation",
        }:
            return "not said to have happened"
    return None


def _known_deed(noun: Token, verb: Token) -> bool:
    """ "The general's siege of the town should worry us": with its author and its object, the deed is taken as known."""
    if noun.dep_ != "nsubj" or noun.head.i != verb.i:
        return False
    owners = syntax.children(noun, "poss")
    return any(t.tag_ == "NNP" for t in owners) and bool(syntax.prepositional(noun, "of", "on", "against"))


_TO_COME = frozenset(["eventual", "future", "imminent", "likely", "possible", "potential", "threatened"])


def _verb_above(noun: Token) -> Token | None:
    """The verb that a noun hangs on; none where the parser coordinates the two ("... cannot return; killings by ...")."""
    first = head_of_list(noun)
    if first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX"):
        return None
    return next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)


_OPEN_QUESTIONS = frozenset(["necessary", "justified", "possible", "likely", "unlikely", "imminent", "inevitable"])
"""What is said of something that has not happened: "the arrest appears necessary"."""


_ABLE = frozenset(["confirm", "verify", "establish", "document", "corroborate", "see", "hear", "identify", "observe"])
"""What somebody could do is no supposition: "could confirm the burning of 19 houses"."""
