"""Speech set beside what it tells: "according to the police", "..., the mayor said, and ...", "Rebels, he said, shot".

Start with `afterwards`. Each function notes on an `Attribution` who speaks, where no word of speech governs the act.

Looks down to: attributed, discourse, makers, syntax. Used by: speakers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import Attribution, Layer, add_layer, layer, say_how, speech_entries
from probanda.claims.discourse import TIMES
from probanda.claims.makers import REPORTING, makers

if TYPE_CHECKING:
    from probanda.claims.words import Token


def according(at: Token, out: Attribution) -> None:
    path = {t.i for t in [at, *at.ancestors]}
    for token in at.doc:
        if token.lower_ == "according" and (token.head.i in path or token.dep_ == "ROOT" or token.head.head.i in path):
            who = syntax.prepositional(token, "to")
            if who and not any(w.lemma_.lower() in ("law", "statute", "convention", "article", "plan") for w in who):
                behind = [t for w in who if w.lemma_.lower() in REPORTING for t in makers(w)]
                known = Layer(tuple(behind or who), "according to")
                if out.outer is not None and _within_what_is_said(token, at, out.outer):
                    out.layers.insert(0, known)
                else:
                    out.layers.append(known)
                out.cues.append("according to")
                if not out.modality or out.modality == "link":
                    out.modality, out.stance = "say", "according"


def _within_what_is_said(according: Token, at: Token, verb: Token) -> bool:
    """ "According to the police, nine were killed, he said", "she said that according to ...": their source."""
    if at.i < verb.i:
        return according.i < verb.i
    return verb.i < according.i < at.i


def afterwards(at: Token, out: Attribution) -> None:
    """ "..., alleges the organisation", "Rebels, the statement said, shelled": speech set beside what it tells."""
    path = {t.i for t in [at, *at.ancestors]}
    for verb in at.doc:
        if verb.i in path or verb.dep_ not in ("conj", "parataxis", "advcl", "ccomp") or verb.head.i not in path:
            continue
        entries = speech_entries(verb)
        if not entries or verb.tag_ not in ("VBZ", "VBD", "VBP") or _has_content(verb):
            continue
        first = verb.left_edge
        if first.pos_ != "PUNCT" and (not first.i or first.nbor(-1).pos_ != "PUNCT"):
            continue
        who = syntax.children(verb, "nsubj")
        behind = [t for t in syntax.children(verb, "dobj") if t.i == verb.i + 1 or verb.doc[verb.i + 1].dep_ == "det"]
        if not who and verb.i > at.i:
            who = behind
        elif behind:
            continue
        if who and not out.layers:
            say_how(out, entries[0].modality, verb.lemma_.lower())
            layer([t for w in who for t in syntax.coordinated(w)], verb, out)
            out.cues.append(verb.text)


def said_behind(at: Token, out: Attribution) -> None:
    """ "..., a witness Thursday told the panel", "..., the mayor said, and ...": read from the order of words.

    Whoever stands between a comma and a word of speech that has no content of its own speaks what stands before the
    comma, however the parser hung the verb.
    """
    doc = at.doc
    if out.layers or out.modality in ("denied", "admitted"):
        return
    for verb in doc[at.i + 1 :]:
        entries = [e for e in speech_entries(verb) if e.id in ("say", "report", "allege", "confirm")]
        if verb.tag_ not in ("VBD", "VBZ") or not entries or syntax.passive(verb) or not _ends_there(verb):
            continue
        last = verb.i - 1 - (doc[verb.i - 1].text == ",")
        while last > at.i and (doc[last].lemma_.lower() in TIMES or doc[last].pos_ == "ADV"):
            last -= 1
        last = _before_relative(doc[last], at)
        first = last
        while first > at.i and doc[first].pos_ in _IN_A_NAME and doc[first].dep_ != "ROOT":
            first -= 1
        who = doc[last]
        if first <= at.i or first == last or doc[first].text != "," or who.pos_ not in ("NOUN", "PROPN"):
            return
        say_how(out, entries[0].modality, verb.lemma_.lower())
        add_layer([who], verb, out)
        out.cues.append(verb.text)
        return


def _before_relative(token: Token, at: Token) -> int:
    """ "the charity that employs them said": the last word of the phrase before its clause, else the word itself."""
    for word in reversed(token.doc[at.i + 1 : token.i + 1]):
        if word.text == "," or token.i - word.i > _CLAUSE:
            break
        if word.lower_ in ("who", "that", "which") and word.i > at.i + 1 and word.nbor(-1).pos_ in ("NOUN", "PROPN"):
            return word.i - 1
    return token.i


_CLAUSE = 8
"""Words of a clause that may stand between whoever speaks and the word of speech."""
_IN_A_NAME = frozenset(["NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "ADP"])
_BEHIND_SPEECH = frozenset(
    """
    on in at by during after late early monday tuesday wednesday thursday friday saturday sunday today yesterday
    reporters journalists lawmakers parliament commissioners judges
    """.split()  # noqa: SIM905
)
""" "said on Monday", "told reporters": what may stand behind a word of speech that ends its sentence or clause."""


def _ends_there(verb: Token) -> bool:
    if verb.i + 1 >= len(verb.doc):
        return True
    after = verb.nbor(1)
    return (after.pos_ == "PUNCT" and after.text not in (":", '"', "“")) or (
        (after.lower_ in _BEHIND_SPEECH or verb.lemma_ == "tell")
        and not any(t.lower_ == "that" or t.text in ('"', "“") for t in verb.doc[verb.i + 1 :])
    )


def _has_content(verb: Token) -> bool:
    """What it says hangs below it, so that it says nothing of the words it stands beside."""
    return any(
        c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ in ("of", "about")) for c in verb.children
    )
