"""Who did it and to whom, by name: pronouns read, what can neither act nor suffer left out, whose side a speaker is on.

Start with `actors_of` and `victims_of`.

Looks down to: discourse, parties, roles, lexicon, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.discourse import FIRST, NEUTER, PERSONAL, PLURAL, Sentence
from probanda.claims.kinds import place_known
from probanda.claims.lexicon import Lexicon
from probanda.claims.model import Actor, Named
from probanda.claims.parties import COMPANIES, INDEFINITE, can_act, can_suffer
from probanda.claims.roles import Roles
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Polarity

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token


def victims_of(notes: Notes, sentence: Sentence, roles: Roles, kind: ActType, actors: list[Actor]) -> list[Named]:
    """Those it was done to; a pronoun is read only where its antecedent is clear and is not the author."""
    out: list[Named] = []
    notes.talk.doing = frozenset(a.words for a in actors)
    for told in _victims(notes.lex, roles):
        token = told
        if token.lower_ in FIRST:
            out += [n for n in notes.speaking[-1:] if n not in out]
            continue
        part = syntax.prepositional(token, "of") if token.lower_ in INDEFINITE - NEUTER else []
        if part and part[0].pos_ != "PRON" and not can_suffer(token, token.text, MentionKind.GROUP, notes.lex):
            token = part[0]  # "most of the detainees"
        named, sort, reason = notes.talk.named(token, sentence, victim=True)
        pronoun = token.lower_ in PERSONAL | PLURAL | NEUTER
        before = _harmed_before(notes, sentence, named) if token.lower_ in PLURAL else []
        if before:
            out += [one for one in before if one not in out]
            continue
        if pronoun and (not reason or any(a.words == named.words for a in actors)):
            notes.open = notes.open or not reason
            continue
        if pronoun and sort not in (MentionKind.PERSON, MentionKind.GROUP, MentionKind.UNIT):
            continue
        if not pronoun and not can_suffer(token, named.words, sort, notes.lex):
            continue
        if named not in out:
            out.append(named)
    return out


def _harmed_before(notes: Notes, sentence: Sentence, named: Named) -> list[Named]:
    """ "The guards took nine men. They were beaten": not who did what was told before, but those it was done to."""
    last = notes.last_act(sentence)
    if last is None or sentence.start - last.sentence.end > _NEXT:
        return []
    if not any(a.words == named.words for a in last.actors):
        return []
    return list(last.victims)


_NEXT = 80
"""Code points between two sentences, the words of who speaks included, that still tell of the same people."""


def actors_of(
    notes: Notes, sentence: Sentence, roles: Roles, why: list[str]
) -> tuple[list[Actor], list[tuple[Token, Involvement]]]:
    """The authors by name, and the tokens they came from; what cannot act is left out."""
    out: list[Actor] = []
    kept: list[tuple[Token, Involvement]] = []
    for told, involvement in roles.actors:
        token = told
        if token.tag_ == "PRP$" and token.lower_ in FIRST:  # "our artillery"
            out += [Actor(n.words, n.mention, involvement) for n in _own_side(notes)]
            kept.append((token, involvement))
            continue
        if token.lower_ in INDEFINITE - NEUTER and (part := syntax.prepositional(token, "of")):
            token = part[0]  # "none of his men", "some of the guards"
        if token.lower_ in INDEFINITE - NEUTER or _alias(token):
            continue
        if out and _part_of_name(token, kept):
            out[-1] = _widened(notes, sentence, out[-1], kept[-1][0], token)
            continue
        named, kind, reason = notes.talk.named(token, sentence, author=True)
        pronoun = token.lower_ in PERSONAL | PLURAL | NEUTER
        if pronoun and not reason:
            notes.open = True
            continue
        if not pronoun and not can_act(token, named.words, kind, notes.lex):
            apposed = [t for t in syntax.children(token, "appos") if t.i > token.i]
            if not apposed:
                continue
            named, kind, reason = notes.talk.named(apposed[0], sentence)  # "Oren district, a group of rebels attacked"
            if not can_act(apposed[0], named.words, kind, notes.lex):
                continue
        if reason:
            why.append(reason)
        if not any(a.words == named.words for a in out):
            out.append(Actor(named.words, named.mention, involvement))
        kept.append((token, involvement))
    return out, kept


def _own_side(notes: Notes) -> list[Named]:
    return [side_of(notes, notes.speaking)] if notes.speaking else []


def _alias(token: Token) -> bool:
    """ "the Karsian Armed Forces, or KAF": the letters are another name of the same."""
    short = token.text.isupper() and 2 <= len(token.text) <= 8
    return token.dep_ == "conj" and short and any(c.lower_ == "or" for c in token.head.children if c.dep_ == "cc")


def _part_of_name(token: Token, kept: list[tuple[Token, Involvement]]) -> bool:
    """ "the Front of Karsia and the Coast": one name, whose second half the parser reads as another author."""
    head = kept[-1][0] if kept else token
    if token.dep_ != "conj" or token.head.i != head.i or token.tag_ != "NNP" or head.tag_ != "NNP":
        return False
    of = [t for t in syntax.prepositional(head, "of") if t.tag_ == "NNP"]
    return bool(of) and place_known(token.text) and place_known(of[0].text)


def _widened(notes: Notes, sentence: Sentence, actor: Actor, head: Token, last: Token) -> Actor:
    start = sentence.start + head.doc[syntax.phrase(head)[0]].idx
    end = sentence.start + last.idx + len(last)
    named = notes.book.named(start, end, MentionKind.UNIT)
    return Actor(named.words, named.mention, actor.involvement)


def same_side(speaker: Named, actor: Actor) -> bool:
    """True where one of the two names holds all the words of the other that tell sides apart."""
    a, b = set(re.findall(r"\w+", speaker.words.lower())), set(re.findall(r"\w+", actor.words.lower()))
    a -= {"the", "of", "s", "and", "forces", "spokesman", "government", "command"}
    b -= {"the", "of", "s", "and", "forces"}
    return bool(a and b) and (a <= b or b <= a)


def suffered(speaker: Named, lex: Lexicon) -> bool:
    """True for a speaker who is called a child, a survivor, a prisoner, a neighbour and nothing else: whoever tells of
    a deed so is no author of it, unless in the words "I" or "we"."""
    head = speaker.words.lower().split()[-1] if speaker.words else ""
    forms = {head, head.removesuffix("s"), head.removesuffix("es")}
    classes = ("civilians", "children", "prisoners", "victims")
    sides = ("armed", "combatants", "perpetrators", "officials", "named-armed", "partisan")
    return any(lex.is_a(f, *classes) for f in forms) and not any(lex.is_a(f, *sides) for f in forms)


def denier(notes: Notes, chain: list[Named]) -> list[Actor]:
    """The speaker who denies, as the one accused, where that speaker is an armed side or a State."""
    found = [a for speaker in reversed(chain) for a in _armed_or_state(notes, speaker)]
    return found[:1]


def denied_of(notes: Notes, trigger: Trigger, sentence: Sentence) -> list[Actor]:
    """A bare denial by someone who is no side of their own denies it of whom the act told before names."""
    if trigger.entry.id == "responsible" or trigger.entry.leans:
        last = notes.last_act(sentence)
        return list(last.actors) if last is not None else []
    return []


def of_those_told(notes: Notes, sentence: Sentence, trigger: Trigger, roles: Roles) -> list[Actor]:
    """ "Rebels killed 17 villagers. Some were shot, while others were burned": one deed, told in its parts."""
    if trigger.noun or not syntax.passive(trigger.token) or not roles.victims:
        return []
    if any(t.lower_ not in _PARTS or syntax.prepositional(t, "of", "in", "from") for t in roles.victims):
        return []
    last = notes.last_act(sentence)
    near = (
        last is not None and sentence.start - last.sentence.end <= 2 and last.sentence.paragraph == sentence.paragraph
    )
    if last is None or not near or not last.victims or last.polarity is Polarity.NEGATIVE:
        return []
    return [a for a in last.actors if a.involvement is Involvement.DIRECT]


_PARTS = frozenset({"some", "others", "many", "several", "most", "two", "three", "another", "one"})


def of_their_own(notes: Notes, sentence: Sentence, trigger: Trigger, chain: list[Named]) -> list[Actor]:
    """Whoever denies "under my command", "in our ranks": it is their own conduct that they speak of."""
    words = sentence.words[max(0, trigger.start - _BESIDE) : trigger.end + _BESIDE]
    return [Actor(n.words, n.mention, Involvement.UNKNOWN) for n in chain[-1:]] if _OWN.search(words) else []


_BESIDE = 80
"""Code points around an act in which somebody speaks of those under them."""
_OWN = re.compile(
    r"\b(?:(?:under|by|of|among|in) (?:my|our|its|his) (?:command|fire|forces|guns?|men|ranks?|soldiers|troops|units?|"
    r"watch|fighters|officers|guards))\b",
    re.IGNORECASE,
)


def side_of(notes: Notes, chain: list[Named]) -> Named:
    """Whose conduct a speaker admits: the body a spokesperson speaks for, else the speaker."""
    if len(chain) > 1 and notes.lex.is_a(chain[-1].words.split()[-1].lower(), "spokespersons"):
        return chain[-2]
    return chain[-1]


def _armed_or_state(notes: Notes, speaker: Named) -> list[Actor]:
    words = set(re.findall(r"\w+", speaker.words.lower()))
    singular = {w.rstrip("s") for w in words} | words
    if (
        singular & (notes.lex.classes["named-armed"] | notes.lex.classes["armed"])
        or speaker.words.lower() in notes.lex.classes["states"]
    ):
        return [Actor(speaker.words, speaker.mention, Involvement.UNKNOWN)]
    mention = next((m for m in notes.book.all() if m.id == speaker.mention), None)
    if mention is not None and mention.kind in (MentionKind.UNIT, MentionKind.STATE):
        return [Actor(speaker.words, speaker.mention, Involvement.UNKNOWN)]
    return []


def _victims(lex: Lexicon, roles: Roles) -> list[Token]:
    people = ("victims", "civilians", "prisoners", "combatants")
    out = [t for t in roles.victims if t.lower_ not in ("who", "which", "that", "it", "this", "my", "our")]
    if not out:  # of those fired on, the ones told to have been hit are who suffered
        hit = [(t, t.lemma_.lower()) for t in roles.targets]
        out += [t for t, w in hit if w in COMPANIES or (lex.is_a(w, *people) and not lex.is_a(w, "places"))]
    out += [
        name
        for t in out
        if t.tag_ == "NNS"
        for one in syntax.children(t, "appos")
        if one.tag_ == "NNP" and one.i > t.i and syntax.children(one, "conj")
        for name in syntax.coordinated(one)
    ]
    seen: set[int] = set()
    unique = [t for t in out if not (t.i in seen or seen.add(t.i))]  # type: ignore[func-returns-value]
    return unique
