"""What a sentence says of how an act is said: by whom, how surely, and against whom; and how that is noted.

Start with `Attribution`. `speakers` fills it in for those who tell, `charges` for those of whom it is told.

Looks down to: lexicon, makers. Used by: speakers, charges, modality, chains, readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from probanda.claims.lexicon import SpeechEntry, lexicon
from probanda.claims.makers import REPORTING, cited, makers

if TYPE_CHECKING:
    from probanda.claims.words import Token

EVIDENCE = frozenset(
    [
        "evidence",
        "video",
        "footage",
        "image",
        "images",
        "photo",
        "photograph",
        "document",
        "testimony",
        "recording",
        "satellite",
        "investigation",
        "clip",
    ]
)


VERSIONS = frozenset(["version", "account", "theory", "hypothesis", "explanation", "scenario", "narrative"])
"""What somebody puts forward: "a version put forward by the journal blames ..." is told by the journal."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One speaker of the chain: tokens of the sentence that name them (coordinated ones together)."""

    tokens: tuple[Token, ...]
    cue: str


@dataclass(slots=True)
class Attribution:
    """What the sentence itself says of how the act is said; innermost layer first."""

    layers: list[Layer] = field(default_factory=list)
    modality: str = ""
    stance: str | None = None
    accused: list[Token] = field(default_factory=list)
    orderers: list[Token] = field(default_factory=list)
    inciters: list[Token] = field(default_factory=list)
    evidence: Token | None = None
    mutual: bool = False
    cleared: bool = False
    """A court found that it was not proved."""
    own_side: bool = False
    """The speakers speak of what they themselves did."""
    cues: list[str] = field(default_factory=list)
    outer: Token | None = None
    """The topmost speech word that was met."""


@lru_cache(maxsize=2)
def _verbs(language: str) -> dict[str, list[SpeechEntry]]:
    out: dict[str, list[SpeechEntry]] = {}
    for entry in lexicon(language).speech:
        for verb in sorted(entry.verbs):
            out.setdefault(verb, []).append(entry)
    return out


def speech_entries(verb: Token, language: str = "en") -> list[SpeechEntry]:
    """The ways of saying that this verb may stand for; empty when it is no speech verb."""
    return _verbs(language).get(verb.lemma_.lower(), [])


def layer(who: list[Token], verb: Token, out: Attribution) -> None:
    out.outer = verb
    if not who:
        return
    if any(w.lemma_.lower() in EVIDENCE for w in who):
        behind = [t for w in who if w.lemma_.lower() in REPORTING for t in makers(w)]
        if behind:
            add_layer(behind, verb, out)
            return
        out.evidence = who[0]
        if out.modality in ("say", ""):
            out.modality = "alleged"
        return
    who = [t for w in who for t in (makers(w) if w.lemma_.lower() in VERSIONS else []) or [w]]
    sources = cited(verb)
    if sources:
        add_layer(sources, verb, out)
    add_layer(who, verb, out)


def say_how(out: Attribution, modality: str, stance: str) -> None:
    """The innermost word decides, except that a denial or admission of an allegation outranks the allegation."""
    if not out.modality or (
        out.modality in ("report", "alleged") and modality in ("denied", "admitted", "confirmed") and not out.layers
    ):
        out.modality, out.stance = modality, stance


def add_layer(who: list[Token], cue: Token, out: Attribution) -> None:
    """One more layer, unless the same people are one already."""
    if not any({t.i for t in who} == {t.i for t in known.tokens} for known in out.layers):
        out.layers.append(Layer(tuple(who), cue.text))
