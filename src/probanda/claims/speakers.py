"""Who says so, and from whom they have it: the speakers that govern an act within its sentence.

Start with `attribution`. It climbs from the act to the root of the sentence and notes each word that carries what
someone else says; what stands outside the sentence (a quote attributed later, a statement that goes on over
paragraphs) is added by the reader, which sees the whole text.

Looks down to: attributed, beside, charges, makers, lexicon, syntax. Used by: readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import LIGHT, Trigger, act_nouns
from probanda.claims.attributed import EVIDENCE, Attribution, add_layer, layer, say_how, speech_entries
from probanda.claims.beside import according, afterwards, said_behind
from probanda.claims.charges import (
    LINKS,
    POINTING,
    VERDICTS,
    accuse,
    decided,
    is_court,
    link,
    pointed,
    proceeding,
    without_act,
)
from probanda.claims.denials import FALSE, called_untrue
from probanda.claims.discourse import TIMES
from probanda.claims.lexicon import SpeechEntry, lexicon
from probanda.claims.makers import REPORTING, gatherers, makers, owner_of_clause, quoted_as

if TYPE_CHECKING:
    from probanda.claims.words import Token

_CONTENT = frozenset({"ccomp", "xcomp", "parataxis", "oprd", "acl"})


def attribution(trigger: Trigger, *, harmful: bool) -> Attribution:  # noqa: PLR0912, PLR0915
    """Climb from the act to the root and note every word that says how, and by whom, the act is said."""
    out = Attribution()
    at = trigger.token
    if trigger.entry.id in ("imprisonment-asked", "sentence-asked"):
        out.modality, out.stance = "called-for", at.lemma_.lower()
        layer(syntax.subjects(at), at, out)
    if trigger.entry.id == "asked-for":
        out.modality, out.stance = "called-for", at.lemma_.lower()
        if at.lemma_.lower() in _ASKING:
            layer(syntax.subjects(at), at, out)
    if trigger.entry.id == "indict" and not trigger.noun and at.lemma_.lower() in VERDICTS:
        layer([t for t in syntax.subjects(at) if is_court(t) or t.lower_ in ("it", "he", "she")], at, out)
    if trigger.entry.id == "responsible" and not (at.tag_ == "VB" and at.head.lemma_ == "be"):
        without_act(at, out)
    if trigger.entry.id == "responsible" or (not trigger.noun and at.lemma_.lower() in ("accuse", "blame", "deny")):
        if out.modality in ("denied", "confirmed"):
            pass
        elif speech_entries(at) and not (at.tag_ == "VB" and at.head.lemma_ == "be"):  # "X is to blame"
            _speech(at, at, out, harmful, own=True)
        else:
            link(at, out)
    if trigger.entry.id.startswith("number-") and at.head.lemma_.lower() in (
        "put",
        "place",
        "estimate",
        "set",
        "raise",
        "revise",
    ):
        layer(syntax.subjects(at.head), at.head, out)
        out.cues.append(at.head.text)
    if trigger.entry.id == "responsible" and at.lemma_.lower() in POINTING:
        pointed(at, out)
    if trigger.noun:
        _end_of_a_list(at, out)
    pending = False
    busy = crossed = False
    for child, parent in syntax.climb(at):
        low, high = sorted((at.i, parent.i))
        if _parted(at, parent, at.doc[low:high]):
            break  # what stands behind a semicolon is another statement
        if child.pos_ == "VERB" and child.i != at.i and child.lemma_.lower() not in LIGHT and not speech_entries(child):
            busy = True
        fell = parent.lemma_.lower() in lexicon("en").classes["munitions"]  # "rockets that killed": one event
        crossed = crossed or (child.dep_ == "relcl" and not fell and owner_of_clause(child, parent) is None)
        if child.dep_ in ("acl", "relcl") and _told_somebody(child, parent):
            pending, crossed = True, False  # "told reporters that ...", the clause hung on the reporters
            continue
        if child.dep_ == "prep" and _of_the_accuser(child, parent):
            pending = True
            continue
        loose = parent.tag_ == "VBN" and not syntax.agents(parent)
        if child.dep_ == "ccomp" and parent.dep_ == "acl" and (loose or not speech_entries(parent)):
            pending = True  # "admitted in a statement posted online that ...": the clause belongs to the verb above
            continue
        if _noun_misread(parent):
            continue
        if not harmful and _called_upon(child, parent):
            _speech(child, parent, out, harmful)
            continue
        if child.dep_ == "prep" and parent.lemma_.lower() in _TAKES_PART and syntax.passive(parent):
            out.accused += [t for t in syntax.patients(parent) if t not in out.accused]
            say_how(out, "link", parent.lower_)  # "may have been involved in further killings"
            out.cues.append(parent.text)
            continue
        if child.dep_ == "ccomp" and parent.lemma_ == "be" and (told := _there_were(parent)) is not None:
            say_how(
                out,
                "alleged" if REPORTING[told.lemma_.lower()] == "report" else REPORTING[told.lemma_.lower()],
                told.lower_,
            )
            out.cues.append(told.text)
            layer(makers(told), told, out)
            continue
        if parent.pos_ in ("VERB", "AUX", "ADJ") or parent.tag_.startswith("VB"):
            if speech_entries(parent) and (pending or _carries(child, parent)):
                if child.dep_ == "advcl" or (
                    crossed
                    and any(
                        e.id in ("demand", "accuse", "condemn", "deny", "order", "incite")
                        for e in speech_entries(parent)
                    )
                ):
                    if child.dep_ == "advcl" or any(e.id in ("demand", "accuse") for e in speech_entries(parent)):
                        say_how(out, "alleged", parent.lemma_.lower())
                        layer(list(syntax.subjects(parent)), parent, out)
                elif not (_directs(parent) and not _directly(at, child)):
                    _speech(child, parent, out, harmful)
                elif any(e.id == "demand" for e in speech_entries(parent)):
                    say_how(out, "say", parent.lemma_.lower())  # "urged an inquiry into the killing": told on the way
                    layer(syntax.subjects(parent), parent, out)
                pending = False
            elif _witnessed(child, parent):
                say_how(out, "alleged", parent.lemma_.lower())
                out.cues.append(parent.text)
                layer(syntax.subjects(parent), parent, out)
            elif busy and not speech_entries(parent):
                continue
            elif parent.lemma_.lower() == "plead" and proceeding(child, parent, at, out):
                pass
            elif parent.lemma_.lower() in LINKS or (parent.dep_ == "acomp" and parent.lemma_.lower() in LINKS):
                link(parent, out)
            elif proceeding(child, parent, at, out):
                pass
            elif (
                child.dep_ == "dobj"
                and child.lemma_.lower() in _LISTED
                and parent.lemma_.lower() in _GIVES
                and child.i != at.i
            ):
                say_how(out, "report", parent.lemma_.lower())
                layer(syntax.subjects(parent), parent, out)
        elif parent.pos_ in ("NOUN", "PROPN"):
            if harmful or not _demanded(child, parent, out):
                _noun(child, parent, out)
        elif parent.lower_ == "behind" and parent.dep_ == "prep" and child.dep_ == "pobj":
            out.accused += syntax.subjects(parent.head) if parent.head.lemma_ == "be" else []
            out.cues.append("behind")
    _listed_under(at, out)
    afterwards(at, out)
    said_behind(at, out)
    according(at, out)
    if trigger.entry.type == "procedural" and not out.layers:
        decided(at, out)
    _adverbs(at, out)
    _falsity(at, out)
    if out.modality == "denied" and not trigger.noun and _told_on_the_way(at):
        out.modality = "say"
    return out


def _told_on_the_way(at: Token) -> bool:
    """ "no evidence that those killed by the brigade had been tried": what is denied is another thing."""
    who = at.head
    inside = at.dep_ in ("acl", "relcl") and who.dep_ in ("nsubj", "nsubjpass") and who.head.pos_ in ("VERB", "AUX")
    return inside and (who.lower_ == "those" or who.lemma_.lower() in _PEOPLE) and bool(syntax.agents(at))


_PEOPLE = frozenset("boy child civilian girl man person people prisoner villager woman".split())  # noqa: SIM905


_TAKES_PART = frozenset({"implicate", "involve"})


def _called_upon(clause: Token, verb: Token) -> bool:
    """ "calling for the captains to be tried": what is called for stands in a clause of its own."""
    begun = any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)
    return clause.dep_ == "advcl" and begun and any(e.modality == "called-for" for e in speech_entries(verb))


def _end_of_a_list(noun: Token, out: Attribution) -> None:
    """ "is responsible for killings, rapes, and the flight of families": the last hung on the verb itself."""
    if noun.dep_ != "conj" or noun.head.pos_ not in ("VERB", "AUX"):
        return
    for linked in syntax.children(noun.head, "acomp"):
        if linked.lemma_.lower() in LINKS and linked.i < noun.i:
            link(linked, out)


def _there_were(verb: Token) -> Token | None:
    """ "There were unconfirmed reports last week that ...": the noun whose clause hangs on the verb."""
    if not syntax.children(verb, "expl") or any(c.dep_ == "neg" for c in verb.children):
        return None
    return next(
        (t for t in syntax.children(verb, "attr") if t.lemma_.lower() in REPORTING and t.lemma_ != "evidence"), None
    )


def _noun_misread(word: Token) -> bool:
    """ "denied rebel claims that", "denied Friday reports that": a plural noun that the tagger takes for a verb."""
    if word.tag_ != "VBZ" or word.lemma_.lower() not in REPORTING or word.dep_ not in ("dobj", "ccomp", "advcl"):
        return False
    marked = any(c.dep_ == "mark" and c.lower_ != "as" for c in word.children)  # "dismissed as propaganda reports that"
    return not marked and any(e.modality == "denied" for e in speech_entries(word.head))


def _told_somebody(clause: Token, noun: Token) -> bool:
    """Whether a that-clause on somebody belongs to the verb that tells them, or by which they tell."""
    if not any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children) or noun.lemma_.lower() in REPORTING:
        return False
    if noun.lemma_.lower() in ("doubt", "effect", "view", "opinion", "understanding"):
        return True  # "satisfied beyond doubt that", "testified to the effect that"
    return noun.dep_ in ("dobj", "pobj", "dative") and bool(speech_entries(_teller_above(noun)))


def _teller_above(noun: Token) -> Token:
    """The verb over a noun, through the words for where and to whom it is told: "denied in a post to its followers"."""
    at = noun
    while at.dep_ == "pobj" and at.lemma_.lower() not in REPORTING:
        if at.head.dep_ != "agent" and at.head.lower_ not in _TOLD_IN:
            break
        at = at.head.head
    return at.head if at.pos_ in ("NOUN", "PROPN") and at.dep_ in ("dobj", "dative") else at


_TOLD_IN = frozenset({"at", "before", "during", "for", "from", "in", "of", "on", "through", "to", "via", "with"})


def _of_the_accuser(of: Token, noun: Token) -> bool:
    """ "accused by residents of having shot nine men": what they accuse of, hung on who accuses."""
    if of.lower_ != "of" or noun.dep_ != "pobj" or noun.head.dep_ != "agent" or not syntax.children(of, "pcomp"):
        return False
    return any(e.accused == "object" for e in speech_entries(noun.head.head))


def _parted(at: Token, parent: Token, between: list[Token]) -> bool:
    """A semicolon parts two statements, but not within one quote that somebody outside it speaks."""
    for mark in between:
        if mark.text == ";":
            rest = at.doc[mark.i : max(at.i, parent.i)] if parent.i > at.i else []
            return not any(t.text in ('"', "”", "''", "»") for t in rest)
    return False


_WITNESSING = frozenset(["see", "watch", "witness", "hear", "overhear"])


def _witnessed(child: Token, verb: Token) -> bool:
    """ "saw them shoot two men", "witnessed the beating of": who was there and tells of it."""
    if verb.lemma_.lower() not in _WITNESSING or child.dep_ not in ("ccomp", "xcomp", "dobj") or syntax.passive(verb):
        return False
    lex = lexicon("en")
    return any(
        t.lower_ in ("he", "she", "they", "i", "we")
        or lex.is_a(t.lemma_.lower(), "victims", "civilians", "kin", "prisoners", "children")
        for t in syntax.subjects(verb)
    )


def _directs(verb: Token) -> bool:
    return any(e.id in ("order", "incite") for e in speech_entries(verb)) and not any(
        e.id == "say" for e in speech_entries(verb)
    )


def _directly(act: Token, child: Token) -> bool:
    """The act itself is what is ordered or called for, not something said on the way to it."""
    if child.dep_ in ("xcomp", "ccomp"):  # "called on them to end the attacks" calls for no attack
        doing = child.lemma_.lower() in LIGHT - {"see", "face", "report", "find", "witness"}
        return doing or any(act.i == t.i for t in syntax.coordinated(child))
    path = [act]
    while path[-1].i != child.i and path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    between = [t for t in path[1:] if t.i != child.i or t.dep_ == "dobj"]
    return all(
        t.dep_ in ("prep", "conj")
        or t.pos_ == "ADP"
        or t.lemma_.lower() in ("commission", "execution", "act", "campaign", "element")
        or t.i == act.i
        or (t.pos_ in ("NOUN", "PROPN") and any(t.i == a.head.i and a.dep_ == "conj" for a in path))
        for t in between
    )


def _carries(child: Token, parent: Token) -> bool:
    if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "because" for c in child.children):
        return any(e.id in ("demand", "accuse", "condemn") for e in speech_entries(parent))
    if child.dep_ in _CONTENT or (child.dep_ == "advcl" and child.i > parent.i and parent.lemma_ in ("say", "add")):
        return True
    if child.dep_ in ("dobj", "nsubjpass", "attr"):
        return True
    if child.dep_ == "prep" and child.lower_ in (
        "of",
        "for",
        "about",
        "to",
        "regarding",
        "in",
        "after",
        "against",
        "over",
        "on",
    ):
        condemn = parent.lemma_ in ("condemn", "criticize", "criticise", "denounce", "deplore", "protest")
        if child.lower_ in ("in", "after", "on", "over", "against"):
            return condemn or (child.lower_ == "on" and parent.lemma_ == "blame")
        return any(
            e.accused == "object" or e.id in ("admit", "report", "demand", "incite", "say")
            for e in speech_entries(parent)
        )
    return False


def _speech(child: Token, verb: Token, out: Attribution, harmful: bool, own: bool = False) -> None:  # noqa: PLR0912
    lemma = verb.lemma_.lower()
    entries = speech_entries(verb)
    entry = _choose(entries, child, verb, harmful)
    if entry is None:
        return
    who, outer = _who_says(verb)
    if not who and syntax.passive(verb) and entry.accused == "object":
        who = _by_somebody(verb)
    out.cues.append(verb.text)
    if entry.id == "order":
        if harmful:
            out.orderers += who
        return
    if entry.id == "incite":
        out.inciters += who
        return
    modality = entry.modality
    if entry.id == "threaten" and (
        not harmful or child.lemma_.lower() in ("investigate", "probe", "prosecute", "punish")
    ):
        modality = "say"  # "vowed to investigate the murders" is no threat
    own_words = [c.lower_ for c in verb.children if c.dep_ in ("aux", "neg")]
    if modality == "confirmed" and not {"can", "could", "will", "would", "may", "might"}.isdisjoint(own_words):
        modality = "confirmed" if who and "could" in own_words else "alleged"  # "there are witnesses who can confirm"
    if modality == "admitted" and not {"not", "n't", "never"}.isdisjoint(own_words):
        modality = "denied"  # "did not acknowledge any civilian casualties"
    if modality == "called-for" and harmful:
        modality = "alleged"  # what is demanded is a measure; the act it is demanded for stays an allegation
    if (modality == "confirmed" or entry.id == "decide") and who and is_court(who[0]):
        modality = "adjudicated"
    if lemma in ("warn", "vow", "promise", "swear") and any(c.lower_ in ("will", "would") for c in child.children):
        modality = "threatened"
    objects = [t for o in syntax.children(verb, "dobj") for t in syntax.coordinated(o)]
    if any(o.lemma_ in ("responsibility", "credit") for o in objects) and lemma in ("claim", "take", "accept", "admit"):
        modality, out.own_side = "admitted", True
        out.accused += who
    if any(o.lemma_ in ("responsibility", "involvement", "role") for o in objects) and entry.modality == "denied":
        out.accused += who
    if modality == "denied" and child.dep_ == "dobj" and child.lemma_.lower() in REPORTING:
        out.modality, out.layers = "", []  # "denied accusations by activists that": the denial is the last word
    if entry.accused == "object":
        accuse(verb, objects, who, out, child)
    if out.own_side:
        out.modality, out.stance = "admitted", lemma
    say_how(out, modality, lemma)
    if syntax.passive(verb) and entry.id in ("allege", "accuse", "report", "say", "confirm") and not who:
        if child.dep_ == "xcomp" and modality == "say" and out.modality == "say":
            out.modality = "alleged"  # "are said to have shot two nurses"
        out.outer = verb
        return
    if any(c.dep_ == "neg" for c in verb.children) and entry.modality in ("say", "confirmed", "alleged"):
        out.cues.append("negated " + verb.text)
    layer(who, verb, out)
    if outer:
        layer(outer, verb, out)


_TOLD_TO = frozenset(["tell", "inform", "notify", "brief", "advise", "assure", "satisfy", "convince", "persuade"])


def _who_says(verb: Token) -> tuple[list[Token], list[Token]]:
    """The subject; of "was quoted as saying" who is quoted, then who quotes; of "was told that" who heard it."""
    both = quoted_as(verb)
    if both is not None:
        return both
    who = [t for t in syntax.subjects(verb) if t.lower_ != "there"]
    if who and any(c.lower_ == "guilty" for c in verb.children) and not (is_court(who[0]) or who[0].pos_ == "PRON"):
        return [], []  # "Miller found guilty of", the headline of a verdict
    if not who and syntax.passive(verb) and verb.lemma_.lower() in _TOLD_TO:
        who = [t for t in syntax.patients(verb) if t.lower_ not in ("i", "we", "you", "it")]
    if not who and verb.dep_ == "ROOT" and not syntax.passive(verb):
        who = [t for t in syntax.children(verb, "npadvmod") if t.i > verb.i and t.pos_ in ("NOUN", "PROPN")]
        who = [t for t in who if t.lemma_.lower() not in TIMES]  # "..., said Tuesday a group of lawyers"
    return who or _misread_subject(verb), []


def _misread_subject(verb: Token) -> list[Token]:
    """The subject of "..., workers and residents said" or "a network, the committee, reported", hung elsewhere."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or syntax.passive(verb):
        return []
    if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
        return syntax.coordinated(verb.head)
    end = _before_an_aside(verb)
    at = end - 1
    while at >= 0 and verb.doc[at].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM", "PART"):
        at -= 1
    before = list(verb.doc[at + 1 : end])
    if at < 0 or verb.doc[at].text != "," or not before or before[-1].pos_ not in ("NOUN", "PROPN"):
        return []
    return [t for t in before if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "poss", "amod")]


def _before_an_aside(verb: Token) -> int:
    """Where the speaker of "..., Name Surname, a baker from the town, said" ends: before the aside."""
    if verb.i < 2 or verb.doc[verb.i - 1].text != ",":
        return verb.i
    opening = next((t.i for t in reversed(verb.doc[: verb.i - 1]) if t.text in (",", ".", ";", '"')), 0)
    if opening > 0 and all(t.pos_ == "PROPN" for t in verb.doc[opening + 1 : verb.i - 1]):
        return verb.i - 1  # "a teacher at the school, Name Surname, told ..."
    named = opening > 0 and verb.doc[opening].text == "," and verb.doc[opening - 1].pos_ == "PROPN"
    aside = verb.doc[opening + 1]
    return opening if named and (aside.pos_ in ("DET", "NOUN", "NUM", "ADJ") or aside.lower_ == "who") else verb.i


def _by_somebody(verb: Token) -> list[Token]:
    """ "was blamed for the raid in Varn by the bishop": who blames, wherever the phrase was hung."""
    lex = lexicon("en")
    for t in verb.subtree:
        if t.lower_ == "by" and t.i > verb.i and t.head.pos_ in ("NOUN", "PROPN"):
            who = [x for o in syntax.children(t, "pobj") for x in syntax.coordinated(o)]
            if any(x.tag_ == "NNP" or lex.is_a(x.lemma_.lower(), "speakers", "armed", "officials") for x in who):
                return who
    return []


def _choose(entries: list[SpeechEntry], child: Token, verb: Token, harmful: bool) -> SpeechEntry | None:  # noqa: PLR0911
    """A verb with several senses: a call for an inquiry demands, a call for killing incites."""
    if verb.lemma_ == "find" and child.dep_ == "dobj" and child.lemma_.lower() in _UNEARTHED:
        return None  # "had found a mass grave"
    if len(entries) == 1 and entries[0].id not in ("demand", "incite"):
        return entries[0]
    by_id = {e.id: e for e in entries}
    if "incite" in by_id or "demand" in by_id:
        if child.dep_ == "ccomp" and "say" in by_id:
            return by_id["say"]
        return by_id.get("incite") if harmful and "incite" in by_id else by_id.get("demand") or by_id.get("incite")
    if "accuse" in by_id and child.dep_ == "prep":
        return by_id["accuse"]
    if "decide" in by_id and child.dep_ == "ccomp":
        return by_id["decide"]  # "the court held that", beside "held the army responsible"
    return entries[0]


_UNEARTHED = frozenset({"body", "bone", "corpse", "grave", "pit", "remains", "skeleton", "skull"})
_DEMANDS = frozenset({"appeal", "call", "demand", "need", "petition", "plea", "request"})


def _demanded(child: Token, noun: Token, out: Attribution) -> bool:
    """ "renewed its demand for an inquiry", "calls for the officers to be tried": a measure asked for by a noun."""
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    if noun.lemma_.lower() not in _DEMANDS or not (child.lower_ == "for" or (child.dep_ in ("acl", "relcl") and to)):
        return False
    say_how(out, "called-for", noun.lemma_.lower())
    out.cues.append(noun.text)
    who = makers(noun, of=False)
    who = who or (syntax.subjects(noun.head) if noun.dep_ == "dobj" else [])
    layer(who, noun, out)
    return True


def _noun(child: Token, noun: Token, out: Attribution) -> None:
    lemma = noun.lemma_.lower()
    if lemma in ("responsibility", "involvement", "role", "complicity") and child.dep_ == "prep":
        owners = [t for p in syntax.children(noun, "poss") for t in syntax.coordinated(p)] + syntax.prepositional(
            noun, "of"
        )
        out.accused += owners
        out.cues.append(noun.text)
        if not out.modality:
            out.modality, out.stance = "link", lemma
        return
    if lemma in ("warrant", "indictment") and child.dep_ in ("prep", "appos", "relcl"):
        suspects = [t for t in syntax.prepositional(noun, "for", "against") if t.lemma_.lower() not in act_nouns("en")]
        if suspects and child.lower_ in ("for", "over", "on", "against"):
            out.accused += [t for t in suspects if t not in out.accused]
            say_how(out, "alleged", lemma)
            out.cues.append(noun.text)
        return
    owner = owner_of_clause(child, noun)
    if owner is None:
        if lemma not in REPORTING or child.dep_ not in ("prep", "appos", "conj"):
            return
        owner = noun
    lemma = owner.lemma_.lower()
    if child.dep_ == "prep" and lemma not in _ABOUT:
        return  # "the story of the massacre", "his concern over the killings": named, not told
    modality = "denied" if lemma in ("evidence", "proof") and _there_is_no(owner) else REPORTING[lemma]
    out.cues.append(owner.text)
    speakers = makers(owner, of=child.dep_ != "prep")
    out.accused += syntax.prepositional(owner, "against")
    say_how(out, modality, lemma)
    gathered = gatherers(owner)
    if speakers and not any(s.lemma_.lower() in EVIDENCE for s in speakers):
        add_layer(speakers, owner, out)
    elif not gathered and modality == "report" and owner.dep_ in ("attr", "nsubj") and owner.head.lemma_ == "be":
        add_layer([owner], owner, out)
    if gathered:
        layer(gathered, owner.head, out)
    if modality == "report":
        out.modality = "alleged" if out.modality == "report" else out.modality


_ABOUT = frozenset(
    """
    allegation accusation claim charge suspicion report evidence proof complaint testimony rumour rumor denial
    admission confession threat account accused information protest indication
    """.split()  # noqa: SIM905
)
"""Words of report that name what is told with "of"."""


def _there_is_no(noun: Token) -> bool:
    """ "there is no evidence that", "found no evidence of", "has not seen any evidence of"."""
    return any(c.lower_ == "no" for c in noun.children) or any(c.dep_ == "neg" for c in noun.head.children)


def _listed_under(at: Token, out: Attribution) -> None:
    """ "collected information on detention, torture and disappearance": the last of a list, hung higher."""
    verb = at.head
    if out.modality or at.dep_ != "dobj":
        return
    for noun in syntax.children(verb, "dobj"):
        who = gatherers(noun)
        if who and noun.i < at.i and noun.lemma_.lower() in REPORTING:
            say_how(out, "alleged", noun.lemma_.lower())
            layer(who, verb, out)


_ASKING = frozenset(
    ["ask", "request", "demand", "urge", "call", "recommend", "want", "petition", "press", "insist", "appeal"]
)
"""Verbs whose subject is who demands."""
_LISTED = frozenset(
    [
        "list",
        "figure",
        "toll",
        "name",
        "report",
        "statement",
        "video",
        "evidence",
        "statistic",
        "photo",
        "footage",
        "detail",
        "account",
    ]
)
_GIVES = frozenset(
    [
        "supply",
        "publish",
        "provide",
        "issue",
        "release",
        "present",
        "compile",
        "submit",
        "hand",
        "circulate",
        "post",
        "show",
    ]
)
_HEDGES = frozenset(["reportedly", "allegedly", "supposedly", "purportedly", "presumably"])


def _adverbs(at: Token, out: Attribution) -> None:
    if not any(t.lower_ in _HEDGES or t.lower_ == "alleged" for t in at.doc):
        return
    clauses = {syntax.clause_of(at).i}
    current = at
    while current.tag_ == "VBG" and current.dep_ in ("advcl", "conj"):  # "opened fire, reportedly ..., killing nine"
        current = current.head
        clauses.add(syntax.clause_of(current).i)
    for t in [at, *at.ancestors]:
        for c in [*t.children, *[w for w in at.doc if syntax.clause_of(w).i in clauses]]:
            if c.lower_ in _HEDGES and not out.layers:
                out.modality, out.stance = "alleged", c.lower_
                out.cues.append(c.text)
            if c.lower_ == "alleged" and c.dep_ == "amod" and t.i == at.i and not out.modality:
                out.modality, out.stance = "alleged", "alleged"
                out.cues.append(c.text)


def _falsity(at: Token, out: Attribution) -> None:
    called = called_untrue(at)
    if called is not None:
        verb, word = called
        out.modality, out.stance = "denied", word.text.lower()
        out.layers = []
        layer(syntax.subjects(verb), verb, out)
        out.cues.append(word.text)
        return
    for t in at.ancestors:
        if t.lemma_ == "be" and any(c.lemma_.lower() in FALSE for c in t.children):
            out.modality, out.stance = "denied", next(c.text.lower() for c in t.children if c.lemma_.lower() in FALSE)
            out.layers = [
                x
                for x in out.layers
                if x.cue.lower() not in ("report", "claim", "allegation", "allegations", "reports", "claims")
            ]
            out.cues.append(out.stance or "")
