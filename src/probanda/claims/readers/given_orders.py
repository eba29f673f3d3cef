"""Orders in the text: words that are themselves the order to give no quarter, and acts done "on orders of" someone.

Start with `quarter` (the words of a claim are an instruction) and `on_orders` (a second claim, by who gave the order).

Looks down to: orders, parties, discourse, settle, syntax, kernel. Used by: readers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.acts import Trigger
from probanda.claims.discourse import Sentence
from probanda.claims.model import Actor, Named
from probanda.claims.orders import commands, giver_of, instructs
from probanda.claims.parties import can_act
from probanda.claims.settle import Draft
from probanda.kernel.vocabulary import Involvement, MentionKind, Modality

if TYPE_CHECKING:
    from probanda.claims.readers.notes import Notes
    from probanda.claims.words import Token


def quarter(  # noqa: PLR0911
    notes: Notes, trigger: Trigger, modality: Modality, actors: list[Actor], chain: list[Named], sentence: Sentence
) -> tuple[Modality, list[Actor]]:
    """Words that are themselves the order, to give no quarter or to do another harm, are ordered by who speaks them."""
    entry = trigger.entry
    quoted = notes.stands_in_quotes(sentence, trigger.start)
    if entry.id != "quarter":
        ordered = commands(_sentence_around(notes, sentence, trigger)) or (
            entry.type == _QUARTER and _to_those_under_them(notes, sentence, chain)
        )
        if not (ordered and quoted and chain) or modality in (Modality.DENIED, Modality.CALLED_FOR):
            return modality, actors
        return Modality.ORDERED, [Actor(chain[-1].words, chain[-1].mention, Involvement.ORDERING)]
    words = notes.text.words[sentence.start : sentence.end]
    if quoted:
        inside = notes.quoted_words(sentence, trigger.start)
        if not instructs(inside, words[trigger.start : trigger.end]) and not _to_those_under_them(
            notes, sentence, chain
        ):
            return modality, actors
        giver = _order_giver(notes, sentence)
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


_QUARTER = "denial-of-quarter"


def _to_those_under_them(notes: Notes, sentence: Sentence, chain: list[Named]) -> bool:
    """The speaker is giving orders: an order of theirs stands just before, or they are told to speak to their men."""
    if not chain:
        return False
    last = notes.drafts[-1] if notes.drafts else None
    goes_on = last is not None and last.modality is Modality.ORDERED and last.sentence.paragraph == sentence.paragraph
    if goes_on and last is not None and any(a.words == chain[-1].words for a in last.actors):
        return True
    return bool(_TO_THEIR_MEN.search(sentence.words))


_TO_THEIR_MEN = re.compile(
    r"\b(?:address|brief|command|instruct|order|remind|tell|told|urg|warn)(?:ed|ing|s|es|e)? (?:his|her|their|its) "
    r"(?:own )?(?:assembled |young |new |junior )?"
    r"(?:commanders|fighters|followers|forces|gunmen|guards|men|militiamen|officers|recruits|soldiers|subordinates|"
    r"troops|units?)\b",
    re.IGNORECASE,
)


def _sentence_around(notes: Notes, sentence: Sentence, trigger: Trigger) -> str:
    """The quoted words around the act, as far as the sentence within the quote goes."""
    words = notes.quoted_words(sentence, trigger.start)
    at = words.find(sentence.words[trigger.start : trigger.end])
    low = max(words.rfind(mark, 0, at) for mark in ".!?") + 1
    return words[low:]


def _order_giver(notes: Notes, sentence: Sentence) -> Named | None:
    """Who gave the quoted order, where what leads in to it says so of someone else than its speaker."""
    for step in (0, -1, -2):
        n = notes.talk.number + step
        if n < 0 or notes.sentences[n].paragraph != sentence.paragraph:
            break
        other = notes.sentences[n]
        if other.root is None or (step and other.quoted):
            continue
        for token in giver_of(other.root):
            if not notes.stands_in_quotes(other, token.idx):
                named, kind, _ = notes.talk.named(token, other)
                if can_act(token, named.words, kind, notes.lex):
                    return named
        if step:
            break
    return None


def on_orders(notes: Notes, draft: Draft) -> list[Draft]:
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
        named = _giver(notes, givers[-1], draft.sentence)
        if any(d.act_start == draft.sentence.start + token.idx for d in notes.ordered):
            continue
        last = max(
            [syntax.phrase(givers[-1])[1], *[t.i for c in syntax.children(givers[-1], "appos") for t in c.subtree]]
        )
        if '"' in doc.said(token.i, last + 1):
            last = max(t.i for t in givers[-1].subtree)
        start = draft.sentence.start + token.head.idx
        end = draft.sentence.start + doc[last].idx + len(doc[last])
        if notes.text.words[end - 1] in ".,;":
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
        notes.ordered.append(ordered)
        return [ordered]
    return []


def _giver(notes: Notes, token: Token, sentence: Sentence) -> Named:
    """The person named in "on orders of “the Supreme Commander, Marshal X”", else the phrase itself."""
    for t in reversed(list(token.subtree)):
        if t.tag_ in ("NNP", "NNPS") and t.dep_ in ("pobj", "appos", "conj", "nsubj"):
            named, kind, _ = notes.talk.named(t, sentence)
            if kind is MentionKind.PERSON:
                return named
    return notes.talk.named(token, sentence)[0]
