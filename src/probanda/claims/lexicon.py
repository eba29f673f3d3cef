"""The reader's word lists as records: acts, speech, people, measures, from `lexicons/<language>/*.yaml`.

Start with `lexicon`. The lists are data that a lawyer or linguist can correct; the tests read each entry's example.

Looks down to: finding, phrases, kernel. Used by: the other files of this room.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims.finding import Finder
from probanda.claims.phrases import Families, pattern, refuse_old_notation
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import Involvement

FILES = ("acts", "counts", "kin", "measures", "people", "setting", "speech", "things", "told")
AS_TOLD = "as-told"
"""The type of an entry that only leans on the act told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry:
    """One kind of act and the words that name it (fields explained at the head of acts.yaml)."""

    id: str
    type: str
    """An act type, or `attack` or `bombing`, which the target settles."""
    detail: str | None
    object: str
    subject: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    phrases: tuple[str, ...]
    """Patterns of several words; a space stands for any white space, a line end too."""
    needs: tuple[str, ...]
    forbids: frozenset[str]
    light_only: frozenset[str]
    involvement: Involvement
    assessment: bool
    generic: bool
    weak: bool
    fold: bool
    setting: bool
    """Counts only in a text that tells of armed harm (`setting.tells_of_harm`)."""
    leans: bool
    """Speaks of the act told before (`readers.leaning`): its type is that of that act."""
    denies: bool
    """The words reject the act: an alibi, another version."""
    admits: bool
    """The words own to it, in the first person."""
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEntry:
    """One way of saying, and how its speaker stands behind what is said."""

    id: str
    modality: str
    accused: str
    verbs: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All word lists of one language."""

    language: str
    acts: tuple[ActEntry, ...]
    speech: tuple[SpeechEntry, ...]
    classes: dict[str, frozenset[str]]
    measures: dict[str, Any]
    digest: str
    """SHA-256 over the files, for the ledger of derivation."""
    any_phrase: Finder
    """Meets every phrase of every plain act: most sentences hold none and are done with one look."""
    any_told: Finder
    """The same for the acts that need a setting."""
    setting: dict[str, Finder]
    """Words by which a whole text tells of armed harm, or of another world (`setting`)."""

    def is_a(self, word: str, *names: str) -> bool:
        """True when the word (dictionary form, lower case) is in one of these classes."""
        classes = self.classes
        for name in names:  # noqa: SIM110 - rules ask this more often than anything else
            if word in classes[name]:
                return True
        return False


def _raw(language: str) -> dict[str, bytes]:
    folder = resources.files("probanda.claims") / "lexicons" / language
    return {name: (folder / f"{name}.yaml").read_bytes() for name in FILES}


@lru_cache(maxsize=4)
def digest_of(language: str) -> str:
    """As `Lexicon.digest`, for those who only ask whether the lists are still the same: nothing is taken apart."""
    return sha256(b"\0".join(_raw(language).values()))


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """The word lists of a language; KeyError-free: callers ask `reader_for` first whether there are any."""
    raw = _raw(language)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = {name: yaml.load(content, loader) for name, content in raw.items()}  # noqa: S506 (a safe loader)
    families = data["told"]["families"]
    acts = tuple(_act(entry, families) for entry in [*data["acts"], *data["counts"], *data["told"]["acts"]])
    return Lexicon(
        language=language,
        acts=acts,
        any_phrase=_any(acts, setting=False),
        any_told=_any(acts, setting=True),
        speech=tuple(_speech(entry) for entry in data["speech"]),
        classes=_classes(data["people"], data["kin"], data["things"]),
        measures=data["measures"],
        setting={name: _together(entry["say"]) for name, entry in data["setting"].items()},
        digest=digest_of(language),
    )


def _any(acts: tuple[ActEntry, ...], *, setting: bool) -> Finder:
    return Finder.of((), [rf"\b(?:{p})\b" for a in acts if a.setting is setting for p in a.phrases])


def _together(phrases: list[str]) -> Finder:
    """One pattern of all phrases, so that what several of them meet at one place counts once."""
    each = "|".join(pattern(phrase) for phrase in phrases)
    return Finder.of((), [rf"\b(?:{each})\b".replace(" ", r"\s")])


def _classes(*lists: dict[str, list[Any]]) -> dict[str, frozenset[str]]:
    """Classes of the same name in several files are joined."""
    out: dict[str, frozenset[str]] = {}
    for words_of in lists:
        for name, words in words_of.items():
            out[name] = out.get(name, frozenset()) | frozenset(str(w).lower() for w in words)
    return out


def _words(entry: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(w).lower() for w in entry.get(key) or ())


def _act(entry: dict[str, Any], families: Families) -> ActEntry:
    refuse_old_notation(entry)
    return ActEntry(
        id=entry["id"],
        type=entry["type"],
        detail=entry.get("detail"),
        object=entry.get("object", "none"),
        subject=entry.get("subject", "actor"),
        verbs=_words(entry, "verbs"),
        nouns=_words(entry, "nouns"),
        phrases=tuple(pattern(p, families).replace(" ", r"\s") for p in entry.get("say") or ()),
        needs=tuple(entry.get("needs") or ()),
        forbids=_words(entry, "forbids"),
        light_only=_words(entry, "light-only"),
        involvement=Involvement(entry.get("involvement", "direct")),
        assessment=bool(entry.get("assessment")),
        generic=bool(entry.get("generic")),
        weak=bool(entry.get("weak")),
        fold=bool(entry.get("fold")),
        setting=bool(entry.get("setting")),
        leans=entry["type"] == AS_TOLD,
        denies=bool(entry.get("denies")),
        admits=bool(entry.get("admits")),
        example=entry["example"],
    )


def _speech(entry: dict[str, Any]) -> SpeechEntry:
    return SpeechEntry(
        id=entry["id"],
        modality=entry["modality"],
        accused=entry.get("accused", "none"),
        verbs=_words(entry, "verbs"),
        example=entry["example"],
    )


def stem_pattern(words: frozenset[str]) -> str:
    """A pattern that meets any inflected form of these words (over-generous by design: a gate, not a judge)."""
    stems = set()
    for word in words:
        last = word.split()[-1]
        stem = re.sub(r"(?:e|y)$", "", last) if len(last) > 3 else last
        stems.add(re.escape(stem))
    return r"\b(?:" + "|".join(sorted(stems, key=lambda s: (-len(s), s))) + r")\w*"
