"""The English reader: word lists, a parse and rules, from a text to proposed claims and mentions.

Start with `EnglishReader.read`, then `_Reading`, which holds the state of one reading and nothing after it. Each
question has its own file in the room: acts, roles, speakers, chains, modality, quantities, times, discourse.

Looks down to: the room's other files, reading, kernel. Used by: claims.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Circumstances, Trigger, act_type_of, light_verb, triggers
from probanda.claims.chains import chain_of, with_publication
from probanda.claims.discourse import NEUTER, PERSONAL, PLURAL, TIMES, Discourse, Sentence
from probanda.claims.garbled import garbled_in
from probanda.claims.lexicon import lexicon
from probanda.claims.mentions import MentionBook, clean
from probanda.claims.modality import modality_of, no_claim
from probanda.claims.model import Actor, Named, Reading, Tie
from probanda.claims.orders import giver_of, instructs
from probanda.claims.parse import model_version
from probanda.claims.parties import INDEFINITE, can_act, can_suffer
from probanda.claims.prepare import NamesByPlace, Window, common_words, prepared
from probanda.claims.quantities import quantities_in
from probanda.claims.quotes import content_span, in_quotes
from probanda.claims.roles import REFERRING, Roles, roles_of
from probanda.claims.settle import Draft, TieDraft, claims_of, distinct
from probanda.claims.speakers import ORDERS, Attribution, Layer, attribution, speech_entries
from probanda.claims.ties import ties_in
from probanda.claims.times import Dating, dates_in
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, Polarity
from probanda.reading.dates import dateline_of
from probanda.reading.model import Text

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "rules-en 0.1"
YEAR_REACH = 3
"""Paragraphs over which a year named with a day goes on to hold."""


class EnglishReader:
    """Proposes claims for English texts."""

    name = NAME

    @property
    def maker(self) -> str:
        """Reader, digest of its word lists, and model: a derived row is rebuilt when this changes."""
        return f"{NAME}; words {lexicon('en').digest[:16]}; {model_version()}"

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text (or part), in order of place."""
        return _Reading(text).all()


class _Reading:
    """One reading of one text: sentences in order, with what the discourse remembers."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.lex = lexicon("en")
        self.book = MentionBook(text.item, text.words, text.base, text.part)
        self.talk = Discourse(self.book, self.lex, text.words)
        self.drafts: list[Draft] = []
        self.ties: list[TieDraft] = []
        self.sentences: list[Sentence] = []
        self._names = NamesByPlace(self.book, 0)
        self._named_places: list[tuple[Named, str]] = []
        self._ordered: list[Draft] = []
        self._open = False
        """A pronoun of the claim being drafted could mean more than one person."""
        self.experts: list[tuple[str, Named]] = []

    def all(self) -> Reading:
        """Read every sentence, then settle ids."""
        common = common_words(self.text, self.lex)
        self.sentences = prepared(self.text, self.book, self.lex, common)
        self._names = NamesByPlace(self.book, self.text.base)
        window = Window(self.sentences, common)
        for number, sentence in enumerate(self.sentences):
            window.move_to(number)
            self.talk.number = number
            if sentence.root is not None:
                self._sentence(number, sentence)
            self._after(sentence)
        return Reading(
            claims=tuple(claims_of(self.text, self.drafts, self.ties, self.lex, NAME)),
            mentions=self.book.all(),
            reader=NAME,
        )

    # -- one sentence ----------------------------------------------------------------------------------------

    def _sentence(self, number: int, sentence: Sentence) -> None:
        root = sentence.root
        if root is None:
            return
        doc = root.doc
        found = triggers(doc)
        found = self._with_blame(found, root, sentence)
        drafts: list[Draft] = []
        for trigger in found:
            if self._folded(trigger, found):
                continue
            drafts += self._drafts(number, sentence, trigger)
        self.drafts += distinct(drafts)
        for draft in drafts:
            for actor in draft.actors:
                self.talk.tell_author(actor.words)
        self._remember_experts(root, sentence)
        self._find_ties(sentence, root)

    def _find_ties(self, sentence: Sentence, root: Token) -> None:
        for found in ties_in(root.doc, self.lex):
            left, right = self.talk.named(found.left, sentence)[0], self.talk.named(found.right, sentence)[0]
            if left.words == right.words:
                continue
            tokens = [found.left, found.right, found.cue]
            low = min(syntax.phrase(t)[0] for t in tokens)
            high = max(syntax.phrase(t)[1] for t in tokens)
            doc = root.doc
            self.ties.append(
                TieDraft(
                    Tie(found.kind, left, right, found.cue.text),
                    sentence,
                    sentence.start + doc[low].idx,
                    sentence.start + doc[high].idx + len(doc[high]),
                    sentence.start + found.cue.idx,
                    sentence.start + found.cue.idx + len(found.cue),
                )
            )

    def _with_blame(self, found: list[Trigger], root: Token, sentence: Sentence) -> list[Trigger]:
        """An accusation or denial that names no act of its own speaks of the act told before."""
        last = self._last_act(sentence)
        if last is None:
            return found
        out = list(found)
        for token in root.doc:
            lemma = token.lemma_.lower()
            if self._points(token):
                entry = replace(
                    last.trigger.entry,
                    id="responsible",
                    object="none",
                    type=last.act_type.value,
                    detail=last.detail,
                    generic=False,
                    weak=False,
                )
                out.append(Trigger(token, entry, token.idx, token.idx + len(token), False))
            if lemma in ("blame", "accuse", "deny", "reject", "dismiss", "responsible") and token.pos_ in (
                "VERB",
                "ADJ",
            ):
                if any(c.dep_ == "det" for c in token.children) or token.dep_ in ("nsubj", "pobj", "attr"):
                    continue  # "the accused"
                if lemma == "accuse" and any(
                    t.lower_ not in ("it", "this", "that") for t in syntax.prepositional(token, "of")
                ):
                    continue  # of something that is no act here
                inner = {t.i for t in token.subtree}
                if any(t.dep_ == "pcomp" and t.head.lower_ in ("of", "for") for t in token.subtree):
                    continue
                if any(t.token.i in inner or token.head.i == t.token.i for t in found if t.entry.type != "procedural"):
                    continue
                objects = {o.lemma_.lower() for o in syntax.children(token, "dobj")}
                if lemma in ("deny", "reject", "dismiss") and not objects & {
                    "accusation",
                    "allegation",
                    "charge",
                    "claim",
                    "responsibility",
                    "involvement",
                    "it",
                    "this",
                    "report",
                }:
                    continue
                if lemma == "responsible" and syntax.prepositional(token, "for"):
                    continue
                entry = replace(
                    last.trigger.entry,
                    id="responsible",
                    object="none",
                    type=last.act_type.value,
                    detail=last.detail,
                    generic=False,
                    weak=False,
                )
                out.append(Trigger(token, entry, token.idx, token.idx + len(token), False))
        return sorted(out, key=lambda t: (t.start, t.end))

    def _points(self, verb: Token) -> bool:
        """ "pointed the finger at", "laid the blame on", "the order came from", "acting on instructions from"."""
        lemma = verb.lemma_.lower()
        objects = {o.lemma_.lower() for o in syntax.children(verb, "dobj")}
        if lemma == "point":
            return "finger" in objects
        if lemma in ("lay", "put", "pin"):
            return "blame" in objects
        if lemma == "come":
            return bool(
                ORDERS & {t.lemma_.lower() for t in syntax.children(verb, "nsubj")}
                and syntax.prepositional(verb, "from")
            )
        papers = syntax.prepositional(verb, "on", "under") if lemma == "act" else []
        return any(t.lemma_.lower() in ORDERS and syntax.prepositional(t, "from", "of") for t in papers)

    def _last_act(self, sentence: Sentence) -> Draft | None:
        for draft in reversed(self.drafts):
            if sentence.paragraph - draft.sentence.paragraph > 2:
                return None
            if draft.act_type not in (ActType.PROCEDURAL, ActType.POLITICAL_STATEMENT, ActType.OTHER):
                return draft
        return None

    def _folded(self, trigger: Trigger, found: list[Trigger]) -> bool:  # noqa: PLR0911
        """True when a word only takes up an act that another word of the same clause tells."""
        token = trigger.token
        for other in found:
            if other.token.i == token.i and other is not trigger:
                if other.start < trigger.start or other.end > trigger.end:
                    return True
                continue
            if other is trigger:
                continue
            if (
                trigger.noun
                and not other.noun
                and self._takes_up(token, other.token)
                and other.entry.type != "procedural"
            ):
                return True
            if (
                trigger.noun
                and other.noun
                and other.token.is_ancestor(token)
                and self._hangs_on(token, other.token)
                and not other.entry.generic
            ) and other.entry.type not in ("procedural", "obstruction-impunity"):
                return True
            if (
                trigger.noun
                and other.noun
                and token.head.lemma_ == "be"
                and token.dep_ == "nsubj"
                and other.token.head.i == token.head.i
            ):
                return True  # "the massacre was the killing of ..."
            if not trigger.noun and other.entry.fold and self._same_event(trigger, other):
                return True
        verdict = re.search(r"guilty|convict|sentenc|acquit", trigger.token.doc.text[trigger.start : trigger.end])
        if verdict and trigger.entry.type == "procedural" and not trigger.noun:
            return any(
                o is not trigger and o.entry.type != "procedural" and self._tried_for(o.token, token) for o in found
            )
        if trigger.entry.fold and not trigger.noun:
            return False
        if trigger.noun and trigger.entry.generic:
            inner = {t.i for t in token.subtree}
            return any(o.token.i in inner and not o.entry.generic for o in found if o is not trigger)
        return self._result_of(trigger, found) is not None

    def _same_event(self, inner: Trigger, outer: Trigger) -> bool:
        """ "shelled the town by targeting ...", "clashed and killed", "fired on inmates, who were killed"."""
        token = inner.token
        if token.dep_ == "pcomp" and token.head.lower_ == "by" and token.head.head.i == outer.token.i:
            return True
        if inner.entry.type != "killing" or outer.noun:
            return False
        if token.dep_ == "conj" and token.head.i == outer.token.i and outer.entry.type == "military-operation":
            return True
        return (
            token.dep_ == "relcl"
            and syntax.passive(token)
            and outer.token.is_ancestor(token)
            and outer.entry.type != "military-operation"
        )

    def _takes_up(self, noun: Token, verb: Token) -> bool:
        """The noun stands inside the verb's own clause, not in a list of acts or under words of speech."""
        if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and noun.head.i != noun.i:
            return self._takes_up(noun.head, verb)
        for child, parent in syntax.climb(noun):
            if child.dep_ in ("ccomp", "relcl", "advcl", "acl", "xcomp") or (
                speech_entries(parent) and parent.i != verb.i and parent.pos_ == "VERB"
            ):
                return False
            if parent.i == verb.i:
                return True
        return False

    def _tried_for(self, act: Token, verb: Token) -> bool:
        """The act is what the verdict is about ("convicted of the murder of ..."): one claim, adjudicated."""
        through = False
        for child, parent in syntax.climb(act):
            if child.dep_ in ("relcl", "advcl", "ccomp"):
                return False
            through = through or (child.dep_ == "prep" and child.lower_ in ("of", "for", "on", "to"))
            if parent.i == verb.i:
                return through
        return False

    def _hangs_on(self, inner: Token, outer: Token) -> bool:
        for child, parent in syntax.climb(inner):
            if child.dep_ in ("ccomp", "relcl", "advcl", "conj", "appos"):
                return False
            if child.lower_ in ("including", "after", "before"):
                return False
            if parent.i == outer.i:
                return True
        return False

    def _result_of(self, trigger: Trigger, found: list[Trigger]) -> Trigger | None:
        """The attack whose result this killing is ("shelled the town, killing nine")."""
        token = trigger.token
        current = token
        while current.dep_ == "conj" and current.tag_ == "VBG" and current.head.tag_ == "VBG":
            current = current.head
        if current.tag_ != "VBG" or current.dep_ not in ("advcl", "conj", "acl"):
            return None
        if (
            current.i != token.i
            and any(
                c.dep_ in ("nummod", "quantmod") or c.like_num
                for o in syntax.children(token, "dobj")
                for c in [o, *o.children]
            )
            and trigger.entry.id == "wound"
        ):
            return None
        return next((o for o in found if o.entry.fold and self._heads(o, current.head)), None)

    def _heads(self, outer: Trigger, verb: Token) -> bool:
        """The verb is the act itself, or lends a noun act its subject ("opened fire ..., killing nine")."""
        light = light_verb(outer.token) if outer.noun else outer.token
        return light is not None and light.i == verb.i

    def _results(self, trigger: Trigger) -> list[Token]:
        """Killings and woundings that an attack had as its result."""
        head = light_verb(trigger.token) if trigger.noun else trigger.token
        if not trigger.entry.fold or head is None:
            return []
        names = self.lex.acts
        killing = {v for e in names if e.type == "killing" for v in e.verbs}
        return [c for c in syntax.children(head, "advcl", "conj") if c.tag_ == "VBG" and c.lemma_.lower() in killing]

    # -- drafts ----------------------------------------------------------------------------------------------

    def _drafts(self, number: int, sentence: Sentence, trigger: Trigger) -> list[Draft]:
        harmful = trigger.entry.type not in ("procedural", "military-operation")
        said = attribution(trigger, harmful=harmful)
        roles = roles_of(trigger, said, self.lex)
        results = self._results(trigger)
        for result in results:
            roles.victims += [t for t in syntax.patients(result) if t not in roles.victims]
        if trigger.entry.id == "responsible":
            roles.actors = [(t, Involvement.ORDERING) for t in said.orderers] or [
                (t, Involvement.UNKNOWN) for t in said.accused
            ]
            roles.victims, roles.targets, roles.places = [], [], []
        if no_claim(trigger, roles, said, sentence.words, self.lex) is not None:
            return []
        chain, reasons = self._speakers(number, sentence, said, roles)
        if said.mutual:
            return self._mutual(sentence, trigger, roles, said, reasons, results)
        draft = self._draft(sentence, trigger, roles, said, chain, reasons, results)
        if draft is None or trigger.entry.id == "responsible":
            return [draft] if draft is not None else []
        return [draft, *self._on_orders(draft)]

    def _speakers(
        self, number: int, sentence: Sentence, said: Attribution, roles: Roles
    ) -> tuple[list[Named], list[str]]:
        chain, reasons = chain_of(said, self.talk, sentence)
        if sentence.label is not None and not (chain and said.modality not in ("", "link")):
            spoken = self.book.named(sentence.label[0], sentence.label[1], MentionKind.PERSON)
            chain = [spoken, *chain] if all(spoken.words not in c.words for c in chain) else chain
            said.modality, said.stance = said.modality or "say", said.stance or "said"
            reasons.append("who speaks, by the record")
        chain, beside = with_publication(chain, self.talk, self.experts)
        if beside:
            reasons.append(beside)
        if not chain:
            chain, reason = self._from_around(number, sentence)
            if not chain and not said.modality:
                chain, reason = self._same_account(sentence, roles)
            if reason:
                reasons.append(reason)
            if chain and not said.modality:
                said.modality, said.stance = "say", said.stance or "said"
        return chain, reasons

    def _from_around(self, number: int, sentence: Sentence) -> tuple[list[Named], str]:  # noqa: PLR0912
        """Speakers that another sentence names: a quote's author, "this is according to", a statement given in full."""
        if sentence.quoted:
            for step in (1, 2, 3, 4, -1, -2, -3, -4):
                n = number + step
                if not 0 <= n < len(self.sentences) or self.sentences[n].paragraph != sentence.paragraph:
                    continue
                other = self.sentences[n]
                if other.root is None:
                    continue
                named, verb = self._says(other, last=step < 0)
                if named:
                    return named, f"words quoted from {verb}"
                if not other.quoted:
                    break
            if self.talk.said_by and sentence.paragraph - self.talk.said_paragraph <= 1:
                return list(self.talk.said_by), "a quote that goes on"
        following = self.sentences[number + 1] if number + 1 < len(self.sentences) else None
        if following is not None and re.match(  # noqa: SIM102
            r"(?:This|That|All this|These (?:claims|allegations)) "
            r"(?:is|was|are|were|comes?|came) (?:all )?(?:according to|from)\b",
            following.words,
        ):
            if following.root is not None:
                for token in following.root.doc:
                    if token.lower_ == "according":
                        who = syntax.prepositional(token, "to")
                        if who:
                            return [self.talk.named(who[0], following)[0]], "the next sentence says according to whom"
        if self.talk.running and sentence.paragraph <= self.talk.running_until:
            return list(self.talk.running), "a statement given in full"
        return [], ""

    def _same_account(self, sentence: Sentence, roles: Roles) -> tuple[list[Named], str]:
        """ "The soldiers" of an attributed account, taken up again without a new speaker: the account goes on."""
        for token, _ in roles.actors:
            if not any(c.lower_ in ("the", "these", "those") for c in token.children if c.dep_ == "det"):
                continue
            for draft in reversed(self.drafts):
                if sentence.paragraph - draft.sentence.paragraph > 2:
                    break
                if draft.speakers and any(
                    t.lemma_.lower() == token.lemma_.lower() and t.pos_ == "NOUN" for t, _ in draft.roles.actors
                ):
                    return list(draft.speakers), f"the account of “the {token.text}” goes on"
        return [], ""

    def _says(self, other: Sentence, *, last: bool) -> tuple[list[Named], str]:
        """Who speaks in a sentence around a quote, and by which word."""
        if other.root is None:
            return [], ""
        verbs = [t for t in other.root.doc if t.pos_ == "VERB" and speech_entries(t) and not t.is_quote]
        for verb in reversed(verbs) if last else verbs:
            who = [
                t
                for t in syntax.children(verb, "nsubj")
                if t.lower_ not in ("we", "i", "you", "who", "which", "that", "it")
            ]
            if who and not (other.quoted and not self._outside(other, verb)):
                said = Attribution(layers=[Layer(tuple(syntax.coordinated(who[0])), verb.text)])
                return chain_of(said, self.talk, other)[0], verb.text
        return [], ""

    def _outside(self, sentence: Sentence, token: Token) -> bool:
        return not in_quotes(self._paragraph(sentence))[sentence.start - self._paragraph_start(sentence) + token.idx]

    def _paragraph(self, sentence: Sentence) -> str:
        passage = next(p for p in self.text.passages if p.start <= sentence.start and sentence.end <= p.end)
        return self.text.words[passage.start : passage.end]

    def _paragraph_start(self, sentence: Sentence) -> int:
        return next(p.start for p in self.text.passages if p.start <= sentence.start and sentence.end <= p.end)

    def _mutual(
        self,
        sentence: Sentence,
        trigger: Trigger,
        roles: Roles,
        said: Attribution,
        reasons: list[str],
        results: list[Token],
    ) -> list[Draft]:
        """Two sides that blame each other: two opposed claims on the same words."""
        sides = [t for layer in said.layers for t in layer.tokens]
        out = []
        for speaker in sides:
            for accused in sides:
                if accused.i == speaker.i:
                    continue
                mine = replace(roles, actors=[(accused, Involvement.DIRECT)])
                named = self.talk.named(speaker, sentence)[0]
                draft = self._draft(
                    sentence, trigger, mine, said, [named], [*reasons, "each blames the other"], results
                )
                if draft is not None:
                    draft.modality = Modality.ALLEGED
                    out.append(draft)
        return out

    def _draft(
        self,
        sentence: Sentence,
        trigger: Trigger,
        roles: Roles,
        said: Attribution,
        chain: list[Named],
        reasons: list[str],
        results: list[Token],
    ) -> Draft | None:
        entry = trigger.entry
        why = [f"act: {sentence.words[trigger.start : trigger.end]}"]
        self._open = False
        actors, kept = self._actors(sentence, roles, why)
        roles = replace(roles, actors=kept)
        pronoun = any(t.lower_ in PERSONAL | PLURAL | NEUTER for t, _ in roles.actors)
        if chain and (said.own_side or (said.modality == "admitted" and pronoun and not said.orderers)):
            side = self._side(chain)
            actors = [Actor(side.words, side.mention, Involvement.DIRECT)]
        kind, detail, because = self._type(trigger, roles, results, sentence)
        if entry.generic and not actors:
            return None
        own = bool(chain) and any(self._same_side(chain[-1], a) for a in actors)
        modality, polarity, reason = modality_of(trigger, kind, roles, said, layered=bool(chain), own=own, lex=self.lex)
        if polarity is Polarity.NEGATIVE and said.modality == "denied" and not actors and chain:
            actors = self._denier(chain) or self._denied_of(trigger, sentence)
        modality, actors = self._quarter(trigger, modality, actors, chain, sentence)
        why += [f"type: {because}", *roles.reasons, f"modality: {reason}"]
        why += [f"speakers: {', '.join(said.cues)}"] if said.cues else []
        why += reasons
        last = self._last_act(sentence)
        if (
            entry.id in ("not-seen", "missing")
            and last is not None
            and last.victims
            and any(t.lower_ in PERSONAL | PLURAL for t in roles.victims)
        ):
            victims = list(last.victims)  # those who were taken, not those who took them
            why.append("those it was done to: as in the act told before")
        else:
            victims = self._victim_names(sentence, self._victims(roles, kind), actors)
        places = self._place_names(sentence, roles)
        start, end = content_span(sentence, trigger, roles, said)
        draft = Draft(
            sentence,
            trigger,
            roles,
            said,
            kind,
            detail,
            modality,
            polarity,
            chain,
            actors,
            victims,
            places,
            start,
            end,
            sentence.start + trigger.start,
            sentence.start + trigger.end,
            why,
        )
        draft.date = self._date(sentence, draft)
        draft.quantity = self._quantity(sentence, draft)
        draft.means = self._means(trigger)
        draft.flags = garbled_in(self.text.words[start:end]) + (("reference-open",) if self._open else ())
        return draft

    def _victim_names(self, sentence: Sentence, tokens: list[Token], actors: list[Actor]) -> list[Named]:
        """Those it was done to; a pronoun is read only where its antecedent is clear and is not the author."""
        out: list[Named] = []
        for token in tokens:
            named, kind, reason = self.talk.named(token, sentence, victim=True)
            pronoun = token.lower_ in PERSONAL | PLURAL | NEUTER
            if pronoun and (not reason or any(a.words == named.words for a in actors)):
                self._open = self._open or not reason
                continue
            if pronoun and kind not in (MentionKind.PERSON, MentionKind.GROUP, MentionKind.UNIT):
                continue
            if not pronoun and not can_suffer(token, named.words, kind, self.lex):
                continue
            if named not in out:
                out.append(named)
        return out

    def _actors(
        self, sentence: Sentence, roles: Roles, why: list[str]
    ) -> tuple[list[Actor], list[tuple[Token, Involvement]]]:
        """The authors by name, and the tokens they came from; what cannot act is left out."""
        out: list[Actor] = []
        kept: list[tuple[Token, Involvement]] = []
        for token, involvement in roles.actors:
            if token.lower_ in INDEFINITE - NEUTER:
                continue
            named, kind, reason = self.talk.named(token, sentence)
            pronoun = token.lower_ in PERSONAL | PLURAL | NEUTER
            if pronoun and not reason:
                self._open = True
                continue
            if not pronoun and not can_act(token, named.words, kind, self.lex):
                continue
            if reason:
                why.append(reason)
            if not any(a.words == named.words for a in out):
                out.append(Actor(named.words, named.mention, involvement))
            kept.append((token, involvement))
        return out, kept

    def _same_side(self, speaker: Named, actor: Actor) -> bool:
        a, b = set(re.findall(r"\w+", speaker.words.lower())), set(re.findall(r"\w+", actor.words.lower()))
        a -= {"the", "of", "s", "and", "forces", "spokesman", "government", "command"}
        b -= {"the", "of", "s", "and", "forces"}
        return bool(a and b) and (a <= b or b <= a)

    def _denier(self, chain: list[Named]) -> list[Actor]:
        found = [a for speaker in reversed(chain) for a in self._armed_or_state(speaker)]
        return found[:1]

    def _denied_of(self, trigger: Trigger, sentence: Sentence) -> list[Actor]:
        """A bare denial by someone who is no side of their own denies it of whom the act told before names."""
        last = self._last_act(sentence)
        return list(last.actors) if last is not None and trigger.entry.id == "responsible" else []

    def _side(self, chain: list[Named]) -> Named:
        """Whose conduct a speaker admits: the body a spokesperson speaks for, else the speaker."""
        if len(chain) > 1 and self.lex.is_a(chain[-1].words.split()[-1].lower(), "spokespersons"):
            return chain[-2]
        return chain[-1]

    def _armed_or_state(self, speaker: Named) -> list[Actor]:
        words = set(re.findall(r"\w+", speaker.words.lower()))
        singular = {w.rstrip("s") for w in words} | words
        if (
            singular & (self.lex.classes["named-armed"] | self.lex.classes["armed"])
            or speaker.words.lower() in self.lex.classes["states"]
        ):
            return [Actor(speaker.words, speaker.mention, Involvement.UNKNOWN)]
        mention = next((m for m in self.book.all() if m.id == speaker.mention), None)
        if mention is not None and mention.kind in (MentionKind.UNIT, MentionKind.STATE):
            return [Actor(speaker.words, speaker.mention, Involvement.UNKNOWN)]
        return []

    def _quarter(  # noqa: PLR0911
        self, trigger: Trigger, modality: Modality, actors: list[Actor], chain: list[Named], sentence: Sentence
    ) -> tuple[Modality, list[Actor]]:
        """Words that are themselves the order to give no quarter are ordered by who speaks them."""
        entry = trigger.entry
        if entry.id != "quarter":
            return modality, actors
        quoted = self._stands_in_quotes(sentence, trigger.start)
        words = self.text.words[sentence.start : sentence.end]
        if quoted:
            inside = self._quoted_words(sentence, trigger.start)
            if not instructs(inside, words[trigger.start : trigger.end]):
                return modality, actors
            giver = self._order_giver(sentence)
            if giver is not None and (not chain or giver.words != chain[-1].words):
                return Modality.ALLEGED, [Actor(giver.words, giver.mention, Involvement.ORDERING)]
            if chain:
                return Modality.ORDERED, [Actor(chain[-1].words, chain[-1].mention, Involvement.ORDERING)]
            return modality, []
        if not instructs(words, words[trigger.start : trigger.end]):
            return modality, actors
        if entry.id == "quarter" and chain and not actors and modality is not Modality.DENIED:
            named = [Actor(chain[-1].words, chain[-1].mention, Involvement.ORDERING)]
            if len(chain) == 1:
                return Modality.ORDERED, named
            chain.pop()  # someone says that X said so: X is the author, not a speaker
            return Modality.ALLEGED, named
        return modality, actors

    def _stands_in_quotes(self, sentence: Sentence, at: int) -> bool:
        """True where the character at this offset of the sentence stands within quotation marks."""
        marks = in_quotes(self._paragraph(sentence))
        return marks[sentence.start - self._paragraph_start(sentence) + at]

    def _quoted_words(self, sentence: Sentence, at: int) -> str:
        """The run of quoted words around an offset, within its sentence."""
        marks = in_quotes(self._paragraph(sentence))
        shift = sentence.start - self._paragraph_start(sentence)
        low = high = at
        while low > 0 and marks[shift + low - 1]:
            low -= 1
        while high < len(sentence.words) and marks[shift + high]:
            high += 1
        return sentence.words[low:high]

    def _order_giver(self, sentence: Sentence) -> Named | None:
        """Who gave the quoted order, where what leads in to it says so of someone else than its speaker."""
        for step in (0, -1, -2):
            n = self.talk.number + step
            if n < 0 or self.sentences[n].paragraph != sentence.paragraph:
                break
            other = self.sentences[n]
            if other.root is None or (step and other.quoted):
                continue
            for token in giver_of(other.root):
                if not self._stands_in_quotes(other, token.idx):
                    named, kind, _ = self.talk.named(token, other)
                    if can_act(token, named.words, kind, self.lex):
                        return named
            if step:
                break
        return None

    def _type(  # noqa: PLR0912
        self, trigger: Trigger, roles: Roles, results: list[Token], sentence: Sentence
    ) -> tuple[ActType, str | None, str]:
        entry = trigger.entry
        if entry.id == "responsible":
            return ActType(entry.type), entry.detail, "the act told before"
        if entry.generic and any(c.lower_ in ("this", "that", "these", "those") for c in trigger.token.children):
            told = self._last_act(sentence)
            if told is not None:
                return told.act_type, told.detail, "the act told before"
        hit: set[str] = set()
        for t in roles.victims + roles.targets:
            hit.add(t.lemma_.lower())
            hit |= {c.lemma_.lower() for c in t.children if c.dep_ in ("compound", "amod", "nmod")}
            hit |= {o.lemma_.lower() for o in syntax.prepositional(t, "of")}
            if t.pos_ == "PRON":
                hit |= {w.rstrip("s") for w in re.findall(r"\w+", self.talk.named(t, sentence)[0].words.lower())}
        if entry.type == "bombing" or (entry.type == "attack" and not hit):
            hit |= {t.lemma_.lower() for t in roles.places}
        doers: set[str] = set()
        for t, _ in roles.actors:
            doers |= {t.lemma_.lower()} | {c.lower_ for c in t.children if c.dep_ == "compound"}
        clause = {t.lemma_.lower() for t in syntax.clause_of(trigger.token).subtree} | {
            t.lower_ for t in trigger.token.subtree
        }
        named = any(t.text[:1].isupper() for t in roles.targets)
        if re.search(
            r"\b(?:one by one|surrender(?:ed|ing)|lined up|point-blank|blindfolded|"
            r"hands (?:tied|bound)|execution-style|close range)\b",
            sentence.words,
            re.IGNORECASE,
        ):
            clause.add("surrendered")
        if trigger.noun and entry.type in ("attack", "bombing") and not hit:
            last = self._last_act(sentence)
            definite = any(c.lower_ in ("the", "this", "these") for c in trigger.token.children)
            if (
                last is not None
                and (definite or last.trigger.entry.type == entry.type)
                and last.trigger.entry.type in ("attack", "bombing")
            ):
                return last.act_type, last.detail, "the attack told before"
        kind, because = act_type_of(
            entry, Circumstances(frozenset(hit), frozenset(doers), frozenset(clause), named), self.lex
        )
        if entry.id in ("fire-noun", "open-fire"):
            people = self.lex.classes["victims"] | self.lex.classes["civilians"] | self.lex.classes["prisoners"]
            if results:
                kind, because = ActType.KILLING, "fire that killed"
            elif not hit & people:
                around = Circumstances(
                    frozenset(hit | {t.lemma_.lower() for t in roles.places}),
                    frozenset(doers),
                    frozenset(clause),
                    named,
                )
                kind, because = act_type_of(replace(entry, type="attack"), around, self.lex)
        return kind, entry.detail, because

    def _victims(self, roles: Roles, kind: ActType) -> list[Token]:
        people = (
            self.lex.classes["victims"]
            | self.lex.classes["civilians"]
            | self.lex.classes["prisoners"]
            | self.lex.classes["combatants"]
        )
        out = [
            t for t in roles.victims if t.lower_ not in ("who", "which", "that", "it", "this", "i", "we", "me", "us")
        ]
        out += [t for t in roles.targets if t.lemma_.lower() in people - self.lex.classes["places"]]
        seen: set[int] = set()
        unique = [t for t in out if not (t.i in seen or seen.add(t.i))]  # type: ignore[func-returns-value]
        return unique if kind is not ActType.PROCEDURAL else []

    def _means(self, trigger: Trigger) -> tuple[str, ...]:
        """Weapons named beside the act ("attacked with rockets")."""
        found = syntax.prepositional(trigger.token, "with", "by", "using")
        arms = [t for t in found if self.lex.is_a(t.lemma_.lower(), "munitions", "weapons", "unlawful-weapons")]
        return tuple(clean(t.doc[syntax.phrase(t)[0] : syntax.phrase(t)[1] + 1].text) for t in arms)

    def _place_names(self, sentence: Sentence, roles: Roles) -> list[Named]:
        out: list[Named] = []
        for token in roles.places:
            first, last = syntax.phrase(token)
            doc = token.doc
            start, end = sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last])
            owned = [c for c in token.children if c.dep_ == "poss"]
            if owned and token.lemma_.lower() in self.lex.classes["places"]:
                first = max(t.i for t in owned[0].subtree) + 1
                start = sentence.start + doc[first].idx
            if first == last and token.lemma_.lower() in REFERRING and token.tag_ == "NN":
                named = next((n for n, noun in reversed(self._named_places) if noun == token.lemma_.lower()), None)
                if named is not None:
                    out += [named] if named not in out else []
                    continue
                if token.lemma_.lower() not in self.lex.classes["civilian-places"]:
                    continue
            known = self.book.at(start, end)
            if (
                known is not None
                and known.kind is MentionKind.PERSON
                and (len(known.words.split()) > 1 or self.book.surname(known.words))
            ):
                continue
            words = self.text.words[start:end]
            trimmed = re.match(r"(.*?)['’]s?$", words, re.DOTALL)
            if trimmed:
                end = start + len(trimmed.group(1).rstrip())
            named = self.book.named(start, end, MentionKind.PLACE)
            self._keep_place(token, named)
            if not any(n.words == named.words for n in out):
                out.append(named)
        return out

    def _keep_place(self, token: Token, named: Named) -> None:
        """Remember what kind of place a name is, so that "the town" can be read as it later."""
        if not re.search(r"[A-Z]", named.words):
            return
        noun = token.lemma_.lower()
        above = syntax.governor(token)
        if above is not None and above.lemma_.lower() in REFERRING and token.head.lower_ == "of":
            noun = above.lemma_.lower()
        if noun in REFERRING:
            self._named_places.append((named, noun))

    def _on_orders(self, draft: Draft) -> list[Draft]:
        """ "... on orders of Z": the order is a claim of its own, by whoever says so, with Z as who gave it."""
        doc = draft.trigger.token.doc
        for token in doc:
            if (
                token.lemma_ not in ("order", "instruction")
                or token.tag_ not in ("NN", "NNS")
                or token.head.lower_ not in ("on", "under", "at", "upon", "following")
            ):
                continue
            above = {t.i for t in [draft.trigger.token, *draft.trigger.token.ancestors]}
            if token.head.head.i not in above and not draft.trigger.token.is_ancestor(token):
                continue
            givers = (
                syntax.prepositional(token, "of", "from", "by")
                + syntax.prepositional(token.head.head, "from")
                + list(syntax.children(token, "poss"))
            )
            if not givers:
                continue
            named = self._giver(givers[-1], draft.sentence)
            if any(d.act_start == draft.sentence.start + token.idx for d in self._ordered):
                continue
            last = max(
                [syntax.phrase(givers[-1])[1], *[t.i for c in syntax.children(givers[-1], "appos") for t in c.subtree]]
            )
            if '"' in doc[token.i : last + 1].text:
                last = max(t.i for t in givers[-1].subtree)
            start = draft.sentence.start + token.head.idx
            end = draft.sentence.start + doc[last].idx + len(doc[last])
            if self.text.words[end - 1] in ".,;":
                end -= 1
            modality = Modality.ORDERED if draft.modality is Modality.ADMITTED else Modality.ALLEGED
            ordered = replace(
                draft,
                modality=modality,
                actors=[Actor(named.words, named.mention, Involvement.ORDERING)],
                start=start,
                end=end,
                act_start=draft.sentence.start + token.idx,
                act_end=draft.sentence.start + token.idx + len(token),
                quantity=None,
                why=[*draft.why, f"order: {token.head.text} {token.text}"],
            )
            self._ordered.append(ordered)
            return [ordered]
        return []

    def _giver(self, token: Token, sentence: Sentence) -> Named:
        """The person named in "on orders of “Commander-in-Chief ..., Marshal X”", else the phrase itself."""
        for t in reversed(list(token.subtree)):
            if t.tag_ in ("NNP", "NNPS") and t.dep_ in ("pobj", "appos", "conj", "nsubj"):
                named, kind, _ = self.talk.named(t, sentence)
                if kind is MentionKind.PERSON:
                    return named
        return self.talk.named(token, sentence)[0]

    # -- time and number -------------------------------------------------------------------------------------

    def _anchor(self, sentence: Sentence) -> str | None:
        if sentence.section:
            return sentence.section
        return self.text.dated.end if self.text.dated else None

    def _year(self, sentence: Sentence) -> int | None:
        """The year that a day without one takes: that of a day named in the paragraphs just above, else none."""
        return self.talk.year if sentence.paragraph - self.talk.year_paragraph <= YEAR_REACH else None

    def _date(self, sentence: Sentence, draft: Draft) -> Dating | None:
        found = dates_in(sentence.words, self._anchor(sentence), self._year(sentence), self.talk.last_day)
        line = dateline_of(sentence.words)
        found = [
            d for d in found if line is None or d.start >= len(line.words)
        ]  # the day of writing is not the day of the act
        found = [d for d in found if not self._when_said(sentence, draft.trigger, d)]
        local_start, local_end = draft.start - sentence.start, draft.end - sentence.start
        inside = [d for d in found if local_start <= d.start and d.end <= local_end]
        before = [d for d in found if d.start < 25]
        pool = inside or before or (found if len(found) == 1 and len(sentence.words) < 300 else [])
        if pool:
            at = draft.act_start - sentence.start
            return min(pool, key=lambda d: (d.first is None, abs(d.start - at), d.start))
        if sentence.section and sentence.timeline:
            return Dating(0, 0, sentence.section, sentence.section, sentence.section, True)
        return None

    def _when_said(self, sentence: Sentence, trigger: Trigger, found: Dating) -> bool:
        """True for the day on which something was said, planned for, or counted up to, rather than done."""
        before = sentence.words[: found.start].rstrip().lower()
        if before.endswith((" by", " until", " till")) and trigger.entry.subject == "theme":
            return True
        doc = trigger.token.doc
        at = next((t for t in doc if t.idx <= found.start < t.idx + len(t) + 1), None)
        if at is None:
            return False
        own = {t.i for t in trigger.token.subtree}
        if at.i in own:
            return False
        verb = next((a for a in at.ancestors if a.pos_ == "VERB"), None)
        if verb is None or verb.i == trigger.token.i:
            return False
        if not verb.is_ancestor(trigger.token):  # "in a video posted on Sunday": the day of another thing
            return verb.dep_ in ("acl", "relcl") and not trigger.token.is_ancestor(verb)
        light = light_verb(trigger.token)
        return bool(speech_entries(verb)) and (light is None or light.i != verb.i)

    def _quantity(self, sentence: Sentence, draft: Draft) -> Quantity | None:
        fillers = draft.roles.victims + draft.roles.targets + draft.roles.objects
        if draft.trigger.entry.id in ("drop-bombs", "use-weapon"):
            fillers = fillers + syntax.subjects(draft.trigger.token) + syntax.patients(draft.trigger.token)
        if draft.trigger.noun:
            fillers = [*fillers, draft.trigger.token]
        if draft.roles.negated and draft.trigger.noun and draft.polarity is Polarity.NEGATIVE:
            return Quantity(text="no", value=0, min=0, max=0, unit=draft.trigger.token.text.lower())
        dated = [(d.start, d.end) for d in dates_in(sentence.words)]
        numbers = [
            (s, q)
            for s, q in quantities_in(sentence.words)
            if not any(a <= s.start < b or a < s.end <= b for a, b in dated)
        ]
        for token in fillers:
            first, last = syntax.phrase(token)
            low, high = token.doc[first].idx, token.doc[last].idx + len(token.doc[last])
            low = min(
                [
                    low,
                    *[
                        t.idx
                        for c in token.children
                        if c.dep_ in ("nummod", "amod", "advmod", "quantmod")
                        for t in c.subtree
                    ],
                ]
            )
            for span, quantity in numbers:
                if span.start < high and low < span.end:
                    if any(c.startswith("estimat") for c in draft.said.cues) and quantity.min == quantity.max:
                        return replace(quantity, text=clean(quantity.text), unit=token.text.lower(), min=None, max=None)
                    unit = "people" if token.like_num or token.tag_ == "CD" else token.text.lower()
                    return replace(quantity, text=clean(quantity.text), unit=unit)
        return None

    # -- after a sentence ------------------------------------------------------------------------------------

    def _after(self, sentence: Sentence) -> None:
        for d in dates_in(sentence.words, self._anchor(sentence), self._year(sentence), self.talk.last_day):
            if d.first and d.last and d.first[:7] == d.last[:7]:
                self.talk.year, self.talk.year_paragraph = int(d.first[:4]), sentence.paragraph
            if d.first and d.first == d.last:
                self.talk.last_day = d.first
        if sentence.root is None:
            self._remember_names(sentence)
            return
        spoke = self._says(sentence, last=False)[0]
        if spoke:
            self.talk.said_by, self.talk.said_paragraph = spoke, sentence.paragraph
        self._lead_in(sentence, spoke)
        self._remember(sentence)

    def _lead_in(self, sentence: Sentence, spoke: list[Named]) -> None:
        """ "... issued the following statement:" governs what follows; "X wrote:" the next two paragraphs."""
        if sentence.heading:
            self.talk.running = []
        if not re.search(r":\s*$", sentence.words) or sentence.root is None:
            return
        whole = re.search(
            r"\bfollowing\b.{0,40}\b(?:communique|statement|declaration|announcement)\b", sentence.words, re.IGNORECASE
        )
        if whole and not spoke:
            subject = syntax.children(sentence.root, "nsubj")
            spoke = [self.talk.named(t, sentence)[0] for t in subject[:1]]
        if spoke:
            self.talk.running = spoke
            self.talk.running_until = 10**9 if whole else sentence.paragraph + 2

    def _remember_names(self, sentence: Sentence) -> None:
        """Of a sentence that was not parsed, the names: the first counts as its subject."""
        inside = self._names.within(sentence.start, sentence.end)
        for rank, mention in enumerate(inside):
            named = Named(clean(mention.words), mention.id)
            self.talk.remember(named, mention.kind, plural=False, rank=int(rank == 0), title=mention.title or "")

    def _remember(self, sentence: Sentence) -> None:
        root = sentence.root
        if root is None:
            return
        seen: set[str | None] = set()
        for token in root.doc:
            if (
                token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "appos")
                or token.pos_ not in ("NOUN", "PROPN")
                or token.lemma_.lower() in TIMES
            ):
                continue
            if (
                token.pos_ == "NOUN"
                and token.lemma_.lower()
                not in self.lex.classes["speakers"] | self.lex.classes["armed"] | self.lex.classes["victims"]
            ):
                continue
            named, kind, _ = self.talk.named(token, sentence)
            subject = token.dep_ in ("nsubj", "nsubjpass")
            speaker = subject and bool(speech_entries(token.head)) and token.head.dep_ in ("ROOT", "conj", "ccomp")
            plural = token.tag_ in ("NNS", "NNPS") or kind is MentionKind.UNIT
            title = " ".join(c.text for c in token.children if c.dep_ in ("compound", "appos", "amod"))
            seen.add(named.mention)
            self.talk.remember(named, kind, plural=plural, rank=2 if speaker else int(subject), title=title)
            if token.dep_ == "pobj" and token.head.head.lemma_ in ("responsibility", "guilt", "culpability", "role"):
                self.talk.tell_author(named.words)
        for mention in self._names.within(sentence.start, sentence.end):
            if mention.kind is MentionKind.PERSON and mention.id not in seen:
                named = Named(clean(mention.words), mention.id)
                self.talk.remember(named, mention.kind, plural=False, rank=0, title=mention.title or "")

    def _remember_experts(self, root: Token, sentence: Sentence) -> None:
        """A publication named in one breath with unnamed experts speaks for them later ("the two experts said")."""
        for token in root.doc:
            if token.lower_ != "according":
                continue
            who = syntax.prepositional(token, "to")
            for expert in root.doc:
                if expert.lemma_.lower() in self.lex.classes["experts"] and who:
                    named, _kind, _ = self.talk.named(who[0], sentence)
                    if who[0].tag_ in ("NNP", "NNPS"):
                        self.experts.append((expert.lemma_.lower(), named))
