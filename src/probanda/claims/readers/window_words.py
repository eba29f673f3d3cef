"""The word lists of a language that is read without a parser: forms of each word, and what a form can be.

Start with `word_list`. The lists lie in `lexicons/<language>/` (acts, endings, grammar, measures, people, places,
speech, times); each is explained at its head. Words are folded as the text is, so that the two meet.

Looks down to: folded, names, kernel. Used by: window and what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims.phrases import Families, Spelling, opening, pattern, refuse_old_notation
from probanda.claims.readers.folded import folded
from probanda.kernel.digests import sha256
from probanda.names.places import in_arabic

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
    phrase_heads: re.Pattern[str]
    """Meets the first word of every phrase, alone."""
    classes: dict[str, frozenset[str]]
    of_class: dict[str, frozenset[str]]
    """For each form the names of its classes."""
    small: frozenset[str]
    """Names of the classes of small words: these count only where they stand by themselves."""
    measures: dict[str, Any]
    times: dict[str, Any]
    places: frozenset[str]
    """States, their capitals, large regions."""
    towns: frozenset[str]
    """Towns, camps and the like of the gazetteer, capitals among them, in a script without capitals (Arabic)."""
    patterns: dict[str, re.Pattern[str]]
    digest: str

    def is_place(self, words: str) -> bool:
        """The folded words are the name of a place that the lists hold."""
        return words in self.places or words in self.towns

    def is_wide(self, words: str) -> bool:
        """They are that of a State or a large region, too wide to say where."""
        return words in self.places and words not in self.towns


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
    small = {
        name: frozenset(folded(f) for w in words for f in _small(w, data["endings"]))
        for name, words in data["grammar"]["words"].items()
    }
    classes |= small
    families = {"FUTURE": data["endings"].get("future", ())}
    phrases = [p for entry in (*data["acts"], *data["speech"]) for p in entry.get("say") or ()]
    act_phrases = tuple((phrase(p, language, families), act) for act, entry in acts for p in entry.get("say") or ())
    saying_phrases = tuple(
        (phrase(p, language, families), say) for say, entry in sayings for p in entry.get("say") or ()
    )
    places = frozenset(folded(w) for w in data["places"]) | _of_gazetteer(language, "state", "region", "governorate")
    towns = _of_gazetteer(language, "city", "town", "village", "camp", "site", "district")
    return WordList(
        language=language,
        acts=tuple(act for act, _ in acts),
        sayings=tuple(say for say, _ in sayings),
        act_forms=_forms(acts, data["endings"]),
        saying_forms=_forms(sayings, data["endings"]),
        act_phrases=act_phrases,
        saying_phrases=saying_phrases,
        any_phrase=_any(phrases, language, families),
        phrase_heads=_any(sorted({opening(p) for p in phrases}), language, families),
        classes=classes,
        of_class=_of_class(classes),
        small=frozenset(small),
        measures=data["measures"],
        times=data["times"],
        places=places,
        towns=towns,
        patterns={name: _any(parts, language, families) for name, parts in data["grammar"]["patterns"].items()},
        digest=sha256(b"\0".join([*(raw[name] for name in FILES), *(w.encode() for w in sorted(places | towns))])),
    )


def _of_gazetteer(language: str, *kinds: str) -> frozenset[str]:
    """The gazetteer's names in Arabic; languages with capitals tell a name without a list."""
    return frozenset(folded(form) for form in in_arabic(*kinds)) if language == "ar" else frozenset()


def _small(word: str, endings: dict[str, Any]) -> list[str]:
    """A small word as it stands; one written past/present is an Arabic verb in all its forms."""
    return [form for form, _ in _conjugated(word, endings)] if "/" in word else [word]


def _any(written: list[str], language: str, families: Families) -> re.Pattern[str]:
    """One pattern that meets whatever one of these phrases meets."""
    return re.compile(rf"(?<![\w])(?:{'|'.join(_phrase(p, language, families) for p in written) or '(?!)'})(?![\w])")


_PARTICLES = r"(?:[وف]?(?:لل|بال|كال|ال|[بلك])?)"
"""What Arabic may write on each word: "and", "with", "for", "as", the article."""


def phrase(written: str, language: str, families: Families) -> re.Pattern[str]:
    """A phrase of the lists as a pattern for a folded text; phrases.py tells the notation."""
    return re.compile(rf"(?<![\w])(?:{_phrase(written, language, families)})(?![\w])")


def _phrase(written: str, language: str, families: Families) -> str:
    return pattern(written, families, _SPELLINGS[language]).replace(" ", r"\s+")


@lru_cache(maxsize=1024)
def _verb_pattern(past: str, present: str) -> str:
    """All forms of a verb, from its stems; somewhat wide, since the words of the phrase around it narrow it."""
    weak, hollow = past.endswith(("ى", "ا")), _hollow(past)
    stems = {past}
    if weak:
        stems |= {past[:-1], past[:-1] + "ا", past[:-1] + ("و" if past.endswith("ا") else "ي"), past[:-1] + "ي"}
    elif past.endswith("ي"):
        stems |= {past[:-1]}
    elif hollow:
        stems |= {past[:-2] + past[-1], past[:-2] + "ي" + past[-1]}
    elif len(past) == 4 and past[1] == "ا":
        stems |= {past[0] + "و" + past[2:]}
    now = {present}
    if present.endswith(("ى", "ي", "و")):
        now |= {present[:-1], present[:-1] + "ا"}
    elif hollow:
        now |= {present[:-2] + present[-1], present[:-2] + "ا" + present[-1]}

    def either(words: set[str]) -> str:
        return "|".join(sorted({folded(w) for w in words}, key=lambda w: (-len(w), w)))

    objects = "(?:ه|ها|هم|هما|هن|ني|نا|كم)?"
    return (
        f"(?:(?:{either(stems)})(?:تا|وا|نا|تم|ت|و|ا|ن)?{objects}|[يتنا](?:{either(now)})(?:ون|وا|ان|ين|و|ن)?{objects})"
    )


_WORD = r"[^ .;!?:\"«»“”,]+"
# س before a verb of the present; "سا" begins too many nouns and names to be told from the first person but by its verbs
_I_SHALL = "سا(?:قتل|ذبح|حرق|دمر|عود|اتي|لاحق|نتقم|بيد|ضرب|رسل|فعل|اخذ|جد)\\w*"
_WE_SHALL = r"سن(?!ه(?!\w)|وات|ين|تين|وي|دان|دس|جار|جاب|ان|ابل|وسي)\w{3,}"
_THEY_SHALL = r"سي(?!ار|د|اس|طر|اق|ول|ر|ف|نا|ما|لا|ان)\w{3,}|ست(?!ه(?!\w)|ين|ون|ار|ي|اير|مئ|ماي|را)\w{3,}"
_FUTURE = {"FUTURE": f"(?:{_I_SHALL}|{_WE_SHALL}|{_THEY_SHALL})", "OURFUTURE": f"(?:{_I_SHALL}|{_WE_SHALL})"}
_SPELLINGS = {
    "fr": Spelling(word=_WORD, folded=folded, elides=True),
    "ar": Spelling(word=_WORD, folded=folded, lead=_PARTICLES, verb=_verb_pattern, words=_FUTURE),
}


def _act(entry: dict[str, Any]) -> Act:
    refuse_old_notation(entry)
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
    refuse_old_notation(entry)
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


def conjugated(verb: str) -> list[tuple[str, str]]:
    """All forms of an Arabic verb written past/present, each with its shape."""
    past, present = verb.split("/")
    return _arabic_verb(past, present, _endings("ar")["verb"])


@lru_cache(maxsize=4)
def _endings(language: str) -> dict[str, Any]:
    content = (resources.files("probanda.claims") / "lexicons" / language / "endings.yaml").read_bytes()
    found: dict[str, Any] = yaml.safe_load(content)
    return found


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
    """Past and present with persons and object pronouns, the passive where its letters differ, the plural command.

    Weak verbs change as grammars have it: قال قلت قيل يقل, رمى رموا رمي يرم, حاصر حوصر. Shapes: `past`, `present`,
    `suffered` (letters that only a passive has) and `order`.
    """
    found = [(f, "past") for f in _past_forms(past, endings)]
    found += [(f, "present") for f in _present_forms(past, present, endings)]
    hollow, weak = _hollow(past), past.endswith(("ى", "ا"))
    if hollow:
        found += [(past[:-2] + "ي" + past[-1] + end, "suffered") for end in endings["past"]]
        passive = present[:-2] + "ا" + present[-1]
        if passive != present:
            found += [(b + passive + end, "suffered") for b in ("ي", "ت") for end in endings["present"]]
    elif len(past) == 4 and past[1] == "ا":
        found += [(past[0] + "و" + past[2:] + end, "suffered") for end in endings["past"]]
    elif weak:
        found += [(past[:-1] + "ي" + end, "suffered") for end in ("", "ت")]
    if not hollow and not weak and (past[0] == "أ" or len(past) == 3) and len(present) >= 3:
        found += [(f"ا{present}و{o or 'ا'}", "order") for o in ["", *endings["objects"]]]
    return found


def _hollow(past: str) -> bool:
    """True of قال, أصاب, اقتاد, whose middle letter is weak."""
    return len(past) >= 3 and past[-2] == "ا"


def _past_forms(past: str, endings: dict[str, list[str]]) -> list[str]:
    objects = ["", *(o for o in endings["objects"] if len(past) > 2 or o not in ("نا", "ني"))]
    weak, hollow = past.endswith(("ى", "ا", "ي")), _hollow(past)
    found = [past]
    core = past[:-1] if weak else past
    bare = core + "ا" if weak and not past.endswith("ي") else past
    found += [bare + o for o in objects[1:]]
    for end in endings["past"]:
        if end == "وا":
            found += [core + ("و" + o if o else "وا") for o in objects]
        elif end and end != "ن":
            stem = past if past.endswith("ي") else core
            found += [stem + end + o for o in objects]
        elif end and not weak and not hollow:
            found.append(past + end)
    first = past[:-2] + past[-1] if hollow else past
    if past.endswith("ى"):
        first = core + "ي"
    elif past.endswith("ا"):
        first = core + "و"
    elif len(past) == 2:
        first = past + past[-1]
    found += [first + end + o for end in ("نا", "ت", "تم") for o in objects]
    return found


def _present_forms(past: str, present: str, endings: dict[str, list[str]]) -> list[str]:
    objects = ["", *endings["objects"]]
    weak = present.endswith(("ى", "ي", "و"))
    core = present[:-1] if weak else present
    shorter = present[:-2] + present[-1] if _hollow(past) else core
    found: list[str] = []
    for before in endings["before"]:
        found.append(before + present)
        found += [before + (core + "ا" if present.endswith("ى") else present) + o for o in endings["objects"]]
        if before not in ("ي", "ت"):
            continue
        if shorter != present:
            found += [before + shorter + o for o in objects]
        for end in endings["present"]:
            if end == "وا":
                found += [before + core + ("و" + o if o else "وا") for o in objects]
            elif end in ("ون", "ين"):
                found += [before + core + end + o for o in objects]
            elif end:
                found.append(before + (present if not present.endswith("ى") else core + "ي") + end)
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
