"""Act words that make no claim: law, questions, conditions, wishes, examples, chances, words in passing.

Start with `no_claim`.

Looks down to: acts, attributed, bare, harmed, in_passing, measures, orders, roles, syntax, unreal. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger, of_bodies
from probanda.claims.attributed import Attribution
from probanda.claims.bare import happened, head_of_list, verbless
from probanda.claims.denials import FALSE
from probanda.claims.harmed import done_to_people
from probanda.claims.in_passing import in_passing, only_judged
from probanda.claims.lexicon import Lexicon
from probanda.claims.measures import intended, should
from probanda.claims.orders import names_charge, names_law
from probanda.claims.roles import Roles, left_undone
from probanda.claims.unreal import unreal

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


_CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})


def no_claim(  # noqa: PLR0911, PLR0912, PLR0915
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
    passing = in_passing(trigger, roles)
    if passing is not None:
        return passing
    if roles.negated and entry.type in ("procedural", "detention") and not (said.layers or said.modality or quoted):
        return "said not to have happened, and denied by nobody"
    if entry.id == "attack" and not trigger.noun and _in_words(trigger.token, roles, lex):
        return "an attack in words"
    if entry.type == "procedural" and only_judged(trigger.token):
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
    if procedural and not trigger.noun and _what_it_is_for(trigger.token):
        return "what a body is there to do"
    if procedural and roles.negated and said.modality == "called-for":
        return "not asked for"
    if left_undone(trigger):
        return None
    if entry.leans and entry.assessment and not _judged(trigger):
        return "states the law"
    if entry.id == "justice-asked":
        return None
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
    otherwise = _of_another_kind(trigger, roles, lex)
    if otherwise is not None:
        return otherwise
    if (
        not procedural
        and said.modality not in ("threatened", "ordered", "denied")
        and not said.orderers
        and not said.inciters
    ):
        reason = unreal(trigger, said)
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
    strong = strong or _with_a_verb(trigger) or entry.id == "unpunished-deed" or intended(trigger)
    counted = any(t.like_num for t in roles.objects) and (trigger.entry.id == "death" or entry.id.startswith("number-"))
    if trigger.noun and not (roles.actors or roles.victims or roles.targets or roles.places or strong or counted):
        return "a bare mention"
    if entry.generic and not roles.actors and not committed(trigger.token, roles.places, said):
        return "crimes without an author"
    return None


def _of_another_kind(trigger: Trigger, roles: Roles, lex: Lexicon) -> str | None:
    """Why words of flight, capture and ruin tell of no crime here: who fled, what was taken, what laid waste."""
    token, entry = trigger.token, trigger.entry
    if entry.id == "burn" and token.lemma_ == "ravage":
        wars = ("conflict", "fighting", "violence", "war")
        return "the war in general" if any(t.lemma_.lower() in wars for t in syntax.subjects(token)) else None
    if entry.id == "flee" and _doers_fled(token):
        return "those who did it got away"
    if entry.id != "capture":
        return None
    if not roles.actors or token.dep_ == "amod":
        return "no author"
    taken = [] if trigger.noun else syntax.patients(token)
    if any(t.lower_ in ("them", "him", "her", "us") or lex.is_a(t.lemma_.lower(), "civilians") for t in taken):
        return "people taken, and no place"
    return None


def committed(noun: Token, places: list[Token], said: Attribution) -> bool:
    """ "grave crimes allegedly committed in the valley": said of a place or a time, if of nobody."""
    done = [c for c in syntax.children(noun, "acl", "relcl") if c.lemma_.lower() in ("commit", "perpetrate")]
    if noun.dep_ == "nsubjpass" and noun.head.lemma_.lower() in ("commit", "perpetrate"):
        done.append(noun.head)  # "violations such as killings have been committed in the valley"
    hedged = said.modality in ("confirmed", "alleged", "report") and noun.dep_ == "nsubjpass"
    hedged = hedged or any(c.lower_ in ("allegedly", "reportedly") for v in done for c in v.children)
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


_BODIES = frozenset(
    {"body", "commission", "committee", "court", "judge", "mission", "panel", "team", "tribunal", "unit"}
)
_ITS_TASK = frozenset({"authority", "competence", "duty", "job", "jurisdiction", "mandate", "mission", "power", "task"})


def _what_it_is_for(verb: Token) -> bool:
    """ "a tribunal investigating war crimes", "has a mandate to prosecute them": its task, and no step in a case."""
    noun = verb.head.lemma_.lower()
    if verb.dep_ != "acl":
        return False
    return (verb.tag_ == "VBG" and noun in _BODIES) or (verb.tag_ == "VB" and noun in _ITS_TASK)


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
    threatened = said.modality == "threatened" and not trigger.noun  # but not "vowed to end the violence against"
    if threatened or said.modality in ("ordered", "denied", "called-for") or said.orderers or _MODAL.search(phrase):
        return None
    reason = unreal(trigger, said)
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


_SCENARIO = re.compile(
    r"\b(?:in (?:the|this|that|our|one|a|an) (?:\w+ ){0,2}(?:scenario|exercise|drill|simulation|rehearsal)|"
    r"contingency plan|"
    r"(?:exercise|drill|simulation) in which|case study)\b",
    re.IGNORECASE,
)


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
