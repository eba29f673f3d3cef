"""The word lists of a language that is read without a parser: forms of each word, and what a form can be.

Start with `word_list`. The lists lie in `lexicons/<language>/` (acts, endings, grammar, measures, people, places,
speech, times); each is explained at its head. Words are folded as the text is, so that the two meet.

Looks down to: folded, kernel. Used by: window and what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims.readers.folded import folded
from probanda.kernel.digests import sha256

FILES = ("acts", "endings", "grammar", "measures", "people", "places", "speech", "times")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One kind of act (the fields are explained at the head of acts.yaml)."""

    id: str
    type: str
    detail: str | None
    object: str
    subject: str
    needs: tuple[str, ...]
    forbids: tuple[str, ...]
    weak: bool
    company: bool
    """Counts only beside fighters or weapons, or where such an act was told just before."""
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One way of saying (the fields are explained at the head of speech.yaml)."""

    id: str
    modality: str
    accused: bool
    lead: bool
    """A preposition whose speaker follows it: "selon", "بحسب"."""
    needs: tuple[str, ...]
    """Counts only with one of these words behind it."""
    soft: bool
    """A check only in the mouth of a body; a person who "confirms" says so."""
    same: bool
    """Goes on for the speaker before, where none is named."""
    example: str


@dataclass(frozen=True, slots=True)
class Use:
    """What a form can be: of which entry, and in which shape (`done`, `act`, `ger`, `inf`, `noun`, `past` ...)."""

    entry: Act | Saying
    shape: str


@dataclass(frozen=True, slots=True)
class WordList:
    """All word lists of one language, ready for looking up."""

    language: str
    acts: tuple[Act, ...]
    sayings: tuple[Saying, ...]
    act_forms: dict[str, tuple[Use, ...]]
    saying_forms: dict[str, tuple[Use, ...]]
    act_phrases: tuple[tuple[re.Pattern[str], Act], ...]
    saying_phrases: tuple[tuple[re.Pattern[str], Saying], ...]
    any_phrase: re.Pattern[str]
    """Meets every phrase: most sentences hold none, and are done with one look."""
    classes: dict[str, frozenset[str]]
    of_class: dict[str, frozenset[str]]
    """For each form the names of its classes."""
    small: frozenset[str]
    """Names of the classes of small words: these count only where they stand by themselves."""
    measures: dict[str, Any]
    times: dict[str, Any]
    places: frozenset[str]
    patterns: dict[str, re.Pattern[str]]
    digest: str


@lru_cache(maxsize=4)
def word_list(language: str) -> WordList:
    """The word lists of `fr` or `ar`; callers ask `reader_for` first whether there are any."""
    folder = resources.files("probanda.claims") / "lexicons" / language
    raw = {name: (folder / f"{name}.yaml").read_bytes() for name in FILES}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = {name: yaml.load(content, loader) for name, content in raw.items()}  # noqa: S506 (a safe loader)
    acts = [(_act(entry), entry) for entry in data["acts"]]
    sayings = [(_saying(entry), entry) for entry in data["speech"]]
    classes = _classes(data["people"], data["endings"])
    small = {name: frozenset(folded(w) for w in words) for name, words in data["grammar"]["words"].items()}
    classes |= small
    act_phrases = tuple((phrase(p), act) for act, entry in acts for p in entry.get("phrases") or ())
    saying_phrases = tuple((phrase(p), say) for say, entry in sayings for p in entry.get("phrases") or ())
    return WordList(
        language=language,
        acts=tuple(act for act, _ in acts),
        sayings=tuple(say for say, _ in sayings),
        act_forms=_forms(acts, data["endings"]),
        saying_forms=_forms(sayings, data["endings"]),
        act_phrases=act_phrases,
        saying_phrases=saying_phrases,
        any_phrase=re.compile("|".join(p.pattern for p, _ in (*act_phrases, *saying_phrases)) or r"(?!)"),
        classes=classes,
        of_class=_of_class(classes),
        small=frozenset(small),
        measures=data["measures"],
        times=data["times"],
        places=frozenset(folded(w) for w in data["places"]),
        patterns={name: phrase("|".join(parts)) for name, parts in data["grammar"]["patterns"].items()},
        digest=sha256(b"\0".join(raw[name] for name in FILES)),
    )


def phrase(written: str) -> re.Pattern[str]:
    """A phrase of the lists as a pattern: `~` is up to six words between, `(a|b)` a choice, `(x )?` may be missing.

    Arabic may write "and", "with", "for" or "as" on the first word.
    """
    pattern = folded(written).replace(" ~ ", r"(?: [^ .;!?:\"«»“”,]+){0,6} ").replace(" ", r"\s+")
    pattern = re.sub(r"\((?!\?)", "(?:", pattern)
    if re.match(r"\W*[\u0620-\u064a]", pattern):
        pattern = rf"(?:[وف]?(?:لل|بال|كال|ال|[بلك])?)(?:{pattern})"
    return re.compile(rf"(?<![\w])(?:{pattern})(?![\w])")


def _act(entry: dict[str, Any]) -> Act:
    return Act(
        id=entry["id"],
        type=entry["type"],
        detail=entry.get("detail"),
        object=entry.get("object", "none"),
        subject=entry.get("subject", "actor"),
        needs=tuple(folded(w) for w in entry.get("needs") or ()),
        forbids=tuple(folded(w) for w in entry.get("forbids") or ()),
        weak=bool(entry.get("weak")),
        company=bool(entry.get("company")),
        example=entry["example"],
    )


def _saying(entry: dict[str, Any]) -> Saying:
    return Saying(
        id=entry["id"],
        modality=entry["modality"],
        accused=bool(entry.get("accused")),
        lead=bool(entry.get("lead")),
        soft=bool(entry.get("soft")),
        needs=tuple(folded(w) for w in entry.get("needs") or ()),
        same=bool(entry.get("same")),
        example=entry["example"],
    )


def _forms(entries: list[Any], endings: dict[str, Any]) -> dict[str, tuple[Use, ...]]:
    """Every form of every word of these entries; where several name it, the first whose company fits is taken."""
    found: dict[str, list[Use]] = {}
    for made, entry in entries:
        shaped: list[tuple[str, str]] = [f for verb in entry.get("verbs") or () for f in _conjugated(verb, endings)]
        shaped += [(f, "noun") for noun in entry.get("nouns") or () for f in _plurals(noun, endings)]
        for shape, forms in (entry.get("forms") or {}).items():
            shaped += [(form, shape) for form in forms]
        for form, shape in shaped:
            uses = found.setdefault(folded(form), [])
            if not any(use.shape == shape and use.entry is made for use in uses):
                uses.append(Use(made, shape))
    return {form: tuple(uses) for form, uses in found.items()}


def _conjugated(verb: str, endings: dict[str, Any]) -> list[tuple[str, str]]:
    """Forms of a verb with their shapes, by the classes of endings.yaml.

    `past/present` gives both stems of an Arabic verb; a French verb's class is its infinitive's ending.
    """
    if "/" in verb:
        past, present = verb.split("/")
        return _arabic_verb(past, present, endings["verb"])
    for close, shapes in endings["verbs"].items():
        if verb.endswith(close):
            stem = verb[: -len(close)]
            return [(_joined(stem, e), shape) for shape, ends in shapes.items() for e in ends]
    return [(verb, "inf")]


def _joined(stem: str, ending: str) -> str:
    """Stem and ending with the spelling rules of French: mangea, menaça, enlève, emploie."""
    if ending[:1] in ("a", "â"):
        if stem.endswith("g"):
            return f"{stem}e{ending}"
        if stem.endswith("c"):
            return f"{stem[:-1]}ç{ending}"
    if ending in ("e", "ent", "era", "eront"):
        stem = re.sub(r"[eé]([^aeiouyéè])$", r"è\1", stem)
        stem = re.sub(r"([ou])y$", r"\1i", stem)
    return stem + ending


def _arabic_verb(past: str, present: str, endings: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Past and present with persons and object pronouns; a stem in -ى loses it before an ending."""
    objects = ["", *endings["objects"]]
    found = []
    for shape, stem, befores, ends in (
        ("past", past, [""], endings["past"]),
        ("present", present, endings["before"], endings["present"]),
    ):
        weak = stem.endswith("ى") or (shape == "present" and stem.endswith("ي"))
        for end in ends:
            core = stem[:-1] if weak and end else stem
            core = core[:-1] + "ا" if shape == "past" and stem.endswith("ى") and end == "" else core
            if end in ("وا", "ون") and core.endswith("و"):
                core = core[:-1]
            for before in befores:
                found += [
                    (f"{before}{core}{end.removesuffix('ا') if end == 'وا' and o else end}{o}", shape) for o in objects
                ]
        if stem.endswith("ى"):
            found.append((stem, shape))
    return found


def _plurals(word: str, endings: dict[str, Any]) -> list[str]:
    """A noun and its forms by the endings of the language; irregular ones stand in the lists themselves."""
    found = [word]
    for close, ends in endings["nouns"].items():
        if word.endswith(close):
            stem = word[: len(word) - len(close)]
            found += [stem + end for end in ends]
            break
    return found


def _classes(people: dict[str, list[str]], endings: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Classes with all forms of their words; those of a name that begins with "=" stand as they are."""
    return {
        name.lstrip("="): frozenset(
            folded(f) for word in words for f in ([word] if name.startswith("=") else _plurals(word, endings))
        )
        for name, words in people.items()
    }


def _of_class(classes: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in sorted(classes):
        for form in classes[name]:
            found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}
