"""Whether the object of a verb of harm is people: "kidnapped an engineer", but not "killed the bill".

Start with `done_to_people`. Nobody can list all that people are called: of a verb that is done only to people any
object is people; of one done to things too ("killed", "beat") the object must be known as people, or look like it.

Looks down to: lexicon, people_words, roles. Used by: modality, readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probanda.claims.lexicon import Lexicon
from probanda.claims.people_words import looks_like_people
from probanda.claims.roles import someone

if TYPE_CHECKING:
    from probanda.claims.words import Token


_SOME = frozenset("most many some several both all none few any dead wounded injured rest majority remainder".split())  # noqa: SIM905
"""Words that stand for people without naming them: "most of the dead were shot"."""


def done_to_people(verb: Token, objects: list[Token], lex: Lexicon) -> bool:
    """True where one of these objects of the verb is people, or may be and nothing else could be meant."""
    return any(_people(verb, token, lex) for token in objects)


def _people(verb: Token, token: Token, lex: Lexicon) -> bool:
    lemma = token.lemma_.lower()
    if someone(token, lex) or token.lower_ in _SOME or token.lower_ in ("who", "which", "that"):
        return True
    if token.lower_ in ("it", "this") or lex.is_a(lemma, "things", "property", "munitions", "weapons"):
        return False
    if looks_like_people(lemma):
        return True
    return not lex.is_a(verb.lemma_.lower(), "done-to-things-too") and token.pos_ in ("NOUN", "ADJ")
