"""What is kept in mind of a sentence once it was read: who was named in it, who spoke, which day it told of.

Start with `after`.

Looks down to: discourse, mentions, speakers, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import speech_entries
from probanda.claims.discourse import TIMES, Sentence
from probanda.claims.mentions import clean
from probanda.claims.model import Named
from probanda.claims.readers.told_by import has_the_floor, lead_in, tells_all
from probanda.claims.readers.voices import Voice, plainly_says, says
from probanda.claims.readers.when import remember_days
from probanda.kernel.vocabulary import MentionKind

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token


def _remember_names(notes: Notes, sentence: Sentence) -> None:
    """Of a sentence that was not parsed, the names: the first counts as its subject."""
    inside = notes.names.within(sentence.start, sentence.end)
    for rank, mention in enumerate(inside):
        named = Named(clean(mention.words), mention.id)
        notes.talk.remember(named, mention.kind, plural=False, rank=int(rank == 0), title=mention.title or "")


def _remember(notes: Notes, sentence: Sentence) -> None:
    root = sentence.root
    if root is None:
        return
    seen: set[str | None] = set()
    for token in root.doc:
        if (
            token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "appos", "conj")
            or token.pos_ not in ("NOUN", "PROPN")
            or token.lemma_.lower() in TIMES
        ):
            continue
        if token.pos_ == "NOUN" and not notes.lex.is_a(token.lemma_.lower(), "speakers", "armed", "victims"):
            continue
        named, kind, _ = notes.talk.named(token, sentence)
        first = next((t for t in [token, *token.ancestors] if t.dep_ != "conj"), token)
        subject = first.dep_ in ("nsubj", "nsubjpass")
        speaker = subject and bool(speech_entries(token.head)) and token.head.dep_ in ("ROOT", "conj", "ccomp")
        plural = token.tag_ in ("NNS", "NNPS") or kind is MentionKind.UNIT
        title = " ".join(c.text for c in token.children if c.dep_ in ("compound", "appos", "amod"))
        title = f"{title} {token.text}" if token.pos_ == "NOUN" else title  # "the commissioner, Ana Bel"
        seen.add(named.mention)
        notes.talk.remember(named, kind, plural=plural, rank=2 if speaker else int(subject), title=title)
        if token.dep_ == "pobj" and token.head.head.lemma_ in ("responsibility", "guilt", "culpability", "role"):
            notes.talk.tell_author(named.words)
    for mention in notes.names.within(sentence.start, sentence.end):
        if mention.kind is MentionKind.PERSON and mention.id not in seen:
            named = Named(clean(mention.words), mention.id)
            notes.talk.remember(named, mention.kind, plural=False, rank=0, title=mention.title or "")


def remember_experts(notes: Notes, root: Token, sentence: Sentence) -> None:
    """A publication named in one breath with unnamed experts speaks for them later ("the two experts said")."""
    for token in root.doc:
        if token.lower_ != "according":
            continue
        who = syntax.prepositional(token, "to")
        for expert in root.doc:
            if expert.lemma_.lower() in notes.lex.classes["experts"] and who:
                named, _kind, _ = notes.talk.named(who[0], sentence)
                if who[0].tag_ in ("NNP", "NNPS"):
                    notes.experts.append((expert.lemma_.lower(), named))


def after(notes: Notes, sentence: Sentence) -> None:
    """Keep what a sentence that was just read leaves for the ones that follow."""
    remember_days(notes, sentence)
    if sentence.root is None:
        _hear(notes, sentence, plainly_says(notes, sentence))
        _remember_names(notes, sentence)
        return
    _hear(notes, sentence, says(notes, sentence, last=False))
    _remember(notes, sentence)


def _hear(notes: Notes, sentence: Sentence, voice: Voice) -> None:
    """Keep who spoke, and whether what follows is theirs."""
    talk = notes.talk
    voice = voice if voice.chain else has_the_floor(notes, sentence)
    if voice.chain:
        talk.said_by, talk.said_paragraph, talk.said_number = list(voice.chain), sentence.paragraph, talk.number
        talk.said_one, talk.said_many = voice.one, voice.many
        talk.account_whole = tells_all(notes, sentence, voice) or (
            talk.account_whole and sentence.paragraph == talk.account_paragraph
        )
    if voice.chain or talk.account_goes_on:
        talk.account_number, talk.account_paragraph, talk.account_goes_on = talk.number, sentence.paragraph, False
    lead_in(notes, sentence, list(voice.chain))
