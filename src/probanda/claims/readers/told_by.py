"""Who says so: the chain that the sentence itself gives, else what the sentences around it give.

Start with `speakers_of`; `lead_in` notes that a statement is given in full from here on.

Looks down to: chains, discourse, speakers, syntax. Used by: readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.chains import chain_of, with_publication
from probanda.claims.discourse import Sentence
from probanda.claims.issuer import Issuer
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.claims.roles import Roles
from probanda.claims.speakers import Attribution, Layer, speech_entries
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes

COURT_REACH = 6
"""Sentences over which a court that was named goes on to be the one whose verdicts are told."""


def speakers_of(
    notes: Notes, number: int, sentence: Sentence, said: Attribution, roles: Roles
) -> tuple[list[Named], list[str]]:
    """The chain of speakers, outermost first and without the publication, and why; empty for its own voice."""
    chain, reasons = chain_of(said, notes.talk, sentence)
    if sentence.label is not None and not (chain and said.modality not in ("", "link")):
        spoken = notes.book.named(sentence.label[0], sentence.label[1], MentionKind.PERSON)
        chain = [spoken, *chain] if all(spoken.words not in c.words for c in chain) else chain
        said.modality, said.stance = said.modality or "say", said.stance or "said"
        reasons.append("who speaks, by the record")
    if not chain and said.modality == "adjudicated":
        chain, reason = _court_before(notes)
        reasons += [reason] if reason else []
    chain, beside = with_publication(chain, notes.talk, notes.experts)
    if beside:
        reasons.append(beside)
    if not chain:
        chain, reason = _from_around(notes, number, sentence)
        if not chain and not said.modality:
            chain, reason = _same_account(notes, sentence, roles)
        if not chain and notes.issuer is not None and not sentence.heading and not sentence.quoted:
            chain, reason = [notes.issuer.named], notes.issuer.reason
            _as_found(notes.issuer, said)
        if reason:
            reasons.append(reason)
        if chain and not said.modality:
            said.modality, said.stance = "say", said.stance or "said"
    return chain, reasons


def _as_found(issuer: Issuer, said: Attribution) -> None:
    """What a commission of inquiry tells in its own voice, or believes on reasonable grounds, it has found."""
    if issuer.inquiry and (not said.modality or said.stance == "believe"):
        said.modality, said.stance = "confirmed", said.stance or "found"


def _from_around(notes: Notes, number: int, sentence: Sentence) -> tuple[list[Named], str]:  # noqa: PLR0912
    """Speakers that another sentence names: a quote's author, "this is according to", a statement given in full.

    That a sentence stands right behind an attributed one was tried as a reason too, and left: in news as many such
    sentences are the paper's own.
    """
    if sentence.quoted:
        for step in (1, 2, 3, 4, -1, -2, -3, -4):
            n = number + step
            if not 0 <= n < len(notes.sentences) or notes.sentences[n].paragraph != sentence.paragraph:
                continue
            other = notes.sentences[n]
            if other.root is None:
                continue
            named, verb = says(notes, other, last=step < 0)
            if named:
                return named, f"words quoted from {verb}"
            if not other.quoted:
                break
        if notes.talk.said_by and sentence.paragraph - notes.talk.said_paragraph <= 1:
            return list(notes.talk.said_by), "a quote that goes on"
    following = notes.sentences[number + 1] if number + 1 < len(notes.sentences) else None
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
                        return [notes.talk.named(who[0], following)[0]], "the next sentence says according to whom"
    if notes.talk.running and sentence.paragraph <= notes.talk.running_until:
        return list(notes.talk.running), "a statement given in full"
    return [], ""


def _court_before(notes: Notes) -> tuple[list[Named], str]:
    """A verdict told without its court ("was acquitted of ...") is that of the court named before."""
    for known in reversed(notes.talk.memory):
        if notes.talk.number - known.sentence > COURT_REACH:
            break
        if re.search(r"\b(?:court|tribunal|chamber)\b", known.named.words, re.IGNORECASE):
            return [known.named], f"the verdict read as that of {known.named.words}"
    return [], ""


def _same_account(notes: Notes, sentence: Sentence, roles: Roles) -> tuple[list[Named], str]:
    """ "The soldiers" of an attributed account, taken up again without a new speaker: the account goes on."""
    for token, _ in roles.actors:
        if not any(c.lower_ in ("the", "these", "those") for c in token.children if c.dep_ == "det"):
            continue
        for draft in reversed(notes.drafts):
            if sentence.paragraph - draft.sentence.paragraph > 2:
                break
            if draft.speakers and any(
                t.lemma_.lower() == token.lemma_.lower() and t.pos_ == "NOUN" for t, _ in draft.roles.actors
            ):
                return list(draft.speakers), f"the account of “the {token.text}” goes on"
    return [], ""


def says(notes: Notes, other: Sentence, *, last: bool) -> tuple[list[Named], str]:
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
        if who and not (other.quoted and notes.stands_in_quotes(other, verb.idx)):
            said = Attribution(layers=[Layer(tuple(syntax.coordinated(who[0])), verb.text)])
            return chain_of(said, notes.talk, other)[0], verb.text
    return [], ""


def lead_in(notes: Notes, sentence: Sentence, spoke: list[Named]) -> None:
    """ "... issued the following statement:" governs what follows; "X wrote:" the next two paragraphs."""
    if sentence.heading:
        notes.talk.running = []
    if not re.search(r":\s*$", sentence.words):
        return
    whole = re.search(
        r"\bfollowing\b.{0,40}\b(?:communique|statement|declaration|announcement)\b", sentence.words, re.IGNORECASE
    )
    if whole and not spoke and sentence.root is not None:
        subject = syntax.children(sentence.root, "nsubj")
        spoke = [notes.talk.named(t, sentence)[0] for t in subject[:1]]
    elif whole and not spoke:
        spoke = [Named(clean(m.words), m.id) for m in notes.names.within(sentence.start, sentence.end)[:1]]
    if spoke:
        notes.talk.running = spoke
        notes.talk.running_until = 10**9 if whole else sentence.paragraph + 2
