"""Originals that a claim goes back to and that the text only cites: a video, a letter, a warrant, a report.

Start with `cited_in`. What is cited and not held is shown as such; it is where an account may start.

Looks down to: speakers, syntax, lexicon. Used by: readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims import syntax
from probanda.claims.attributed import Attribution
from probanda.claims.lexicon import Lexicon
from probanda.claims.mentions import clean
from probanda.claims.model import Cited

if TYPE_CHECKING:
    from probanda.claims.words import Token

KINDS = {
    "video": "video",
    "footage": "video",
    "clip": "video",
    "recording": "video",
    "letter": "letter",
    "warrant": "warrant",
    "report": "report",
    "assessment": "report",
    "investigation": "report",
    "statement": "statement",
    "communique": "statement",
    "declaration": "statement",
    "testimony": "statement",
    "complaint": "complaint",
    "petition": "complaint",
    "image": "image",
    "photo": "image",
    "photograph": "image",
    "satellite": "image",
    "post": "post",
    "tweet": "post",
    "broadcast": "broadcast",
    "interview": "broadcast",
    "speech": "broadcast",
    "article": "report",
}


def cited_in(act: Token, said: Attribution, lex: Lexicon) -> Cited | None:
    """The first original that the sentence names around the words of speech; None when it names none."""
    scope = said.outer if said.outer is not None else act
    near = [scope, *scope.ancestors]
    for token in act.doc:
        kind = KINDS.get(token.lemma_.lower())
        if kind is None or token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod"):
            continue
        if kind == "post" and token.pos_ == "PROPN":
            continue  # a newspaper's name: what is posted is written small
        if token.i != act.i and not any(t.i in {n.i for n in near} for t in list(token.ancestors)[:3]):
            continue
        first, last = syntax.phrase(token)
        owners = syntax.children(token, "poss") + syntax.prepositional(token, "by", "from", "for")
        whose = None
        if owners:
            a, b = syntax.phrase(owners[0])
            whose = clean(token.doc.said(a, b + 1))
        return Cited(kind, clean(token.doc.said(first, last + 1)), whose)
    return None
