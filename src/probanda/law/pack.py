"""Loads a law pack and refuses one that is not whole: start with `load`, then `build`.

A refusal names the file, the entry, the reason and how to mend it, for whoever edits the data is a lawyer first.
The package's own files are the only thing read here.

Looks down to: law.model, kernel. Used by: matrix, casework.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from probanda.kernel.digests import canonical, sha256, words_digest
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import ActType, Involvement
from probanda.law.model import (
    OF_INCIDENT,
    OF_PERSON,
    Amendment,
    Bar,
    Crime,
    CueList,
    Element,
    Exclusion,
    FirstDay,
    LawPack,
    Mode,
    NotMode,
    Rule,
    SilentAct,
    Stage,
)

TYPES = ("conduct", "consequence", "circumstance", "mental", "contextual")
SHIPPED = "rome"
"""The pack that comes with the program."""
FILES = ("pack.yaml", "cues.yaml", "common.yaml", "modes.yaml")
"""What every pack must have; every other file of its folder holds crimes."""
ENDINGS: Mapping[tuple[str, str | None], tuple[str, ...]] = {
    ("genocide", None): ("genocide-pattern",),
    ("crimes_against_humanity", None): ("attack", "attack-knowledge"),
    ("war_crimes", "IAC"): ("iac-link", "conflict-awareness"),
    ("war_crimes", "NIAC"): ("niac-link", "conflict-awareness"),
    ("aggression", None): (),
}
"""Common keys with which every crime of a family and conflict ends (Elements, introductions to art. 6, 7 and 8)."""
ALIKE = ("acts", "needs", "by_words", "note", "why_pointed", "suggested")
"""What a crime takes from the one it is `like`, besides the elements before the ending."""
FAMILIES = tuple(dict.fromkeys(family for family, _ in ENDINGS))

Entry = Mapping[str, Any]
ELEMENT_KEYS = tuple(f.name for f in fields(Element))
COMMON_KEYS = ("no", "common")
"""Of an element that takes its words from common.yaml."""
CRIME_KEYS = (*(f.name for f in fields(Crime)), "like")
MODE_KEYS = tuple(f.name for f in fields(Mode))


class _Lines(yaml.SafeLoader):
    """YAML in which only `true` and `false` are truth values, so that `no: 3` is the number of an element."""


_Lines.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Lines.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class LawPackBroken(ProbandaError):
    """A law pack that may not be used: which file and entry, why, and how to mend it."""

    def __init__(self, file: str, entry: str, reason: str, fix: str) -> None:
        self.file, self.entry, self.reason = file, entry, reason
        super().__init__(f"Law pack, {file}, entry {entry}: {reason}", f"In {file}: {fix}")


@cache
def load(name: str = "rome") -> LawPack:
    """The pack of this name, whole and checked. Raises LawPackBroken."""
    folder = resources.files("probanda.law") / "packs" / name
    if not folder.is_dir():
        raise LawPackBroken(
            "pack.yaml", name, "there is no law pack of this name.", "name a pack that ships, such as rome."
        )
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return build(name, {f.name: f.read_text(encoding="utf-8") for f in files})


def build(name: str, files: Mapping[str, str]) -> LawPack:
    """A pack from the texts of its files, by file name. Raises LawPackBroken."""
    crime_files = sorted(set(files) - set(FILES))
    data = {file: _parse(file, files) for file in (*FILES, *crime_files)}
    head = data["pack.yaml"]
    cues = _with_those_that_ship(name, _cues(data["cues.yaml"]))
    common = data["common.yaml"]
    amendments = {name: _amendment(name, e) for e in head.get("amendments", []) for name in [str(e.get("id", "?"))]}
    in_files = [
        (file, _crime(file, entry, head, common, amendments)) for file, entry in _crime_entries(crime_files, data)
    ]
    in_files.sort(key=lambda f: place_in_statute(f[1].id))
    modes = tuple(_mode(entry) for entry in data["modes.yaml"].get("modes", []))
    pack = LawPack(
        name=name,
        version=str(_need("pack.yaml", name, head, "version")),
        digest=sha256(canonical([[file, words_digest(files[file])] for file in sorted(data)])),
        edition=_need("pack.yaml", name, head, "edition"),
        statement=_need("pack.yaml", name, head, "statement"),
        terms=tuple(str(term) for term in head.get("terms", ())),
        crimes=tuple(crime for _, crime in in_files),
        modes=modes,
        rules=tuple(_record(Rule, "pack.yaml", e) for e in head.get("rules", [])),
        bars=tuple(
            _record(Bar, "pack.yaml", {**e, "applies": tuple(e.get("applies", ()))}) for e in head.get("bars", [])
        ),
        stages=tuple(sorted((_record(Stage, "pack.yaml", e) for e in head.get("stages", [])), key=lambda s: s.rank)),
        exclusions=tuple(_exclusion(e, {c.name for c in cues}) for e in head.get("exclusions", [])),
        amendments=tuple(amendments.values()),
        first=_first(head["first"]) if "first" in head else None,
        silent=tuple(_record(SilentAct, "pack.yaml", e) for e in head.get("silent", [])),
        not_modes=tuple(_record(NotMode, "modes.yaml", e) for e in data["modes.yaml"].get("not_modes", [])),
        cues=cues,
    )
    _check(pack, in_files)
    return pack


def place_in_statute(crime_id: str) -> tuple[tuple[int, int], ...]:
    """Where this id stands among others: article, then paragraphs as numbers, letters, Roman numerals, then the part.

    `8(2)(b)(xix)` stands before `8(2)(b)(xx)`, `8bis` after all of article 8. Ids of another form (of another code)
    stand last, in the order in which they are given.
    """
    found = _ID.fullmatch(crime_id)
    if found is None:
        return ((_LAST, 0),)
    steps = re.findall(r"\((\w+)\)", found["steps"])
    places = [(int(found["article"]), int(bool(found["bis"])))]
    for depth, step in enumerate(steps):
        places.append((_roman(step) if depth == ROMAN_FROM else _step(step), 0))
    return (*places, (int(found["part"] or 0), 0))


def _step(step: str) -> int:
    return int(step) if step.isdigit() else ord(step[0])


def _roman(step: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}.get(letter, 0) for letter in step]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


ROMAN_FROM = 2
"""From the third bracket on an id counts in Roman numerals: 7(1)(i) is a letter, 8(2)(b)(i) a number."""
_LAST = 1_000
_ID = re.compile(r"(?P<article>\d+)(?P<bis>bis)?(?P<steps>(?:\(\w+\))*)(?:-(?P<part>\d+))?")


def _parse(file: str, files: Mapping[str, str]) -> Entry:
    if file not in files:
        raise LawPackBroken(file, "(the whole file)", "the file is missing.", "put it back; a pack has all its files.")
    try:
        data = yaml.load(files[file], Loader=_Lines)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        where = str(error).replace("\n", " ")
        raise LawPackBroken(file, "(the whole file)", f"it is not YAML: {where}", "mend the line named.") from error
    if not isinstance(data, dict):
        raise LawPackBroken(file, "(the whole file)", "it holds no keys.", "write it as the other packs are.")
    return data


def _need(file: str, entry: str, data: Entry, key: str) -> Any:
    if data.get(key) in (None, ""):
        raise LawPackBroken(file, entry, f"`{key}` is missing.", f"give the entry `{entry}` a `{key}`.")
    return data[key]


def _only(file: str, entry: str, data: Entry, allowed: Iterable[str]) -> None:
    """Refuse a key that nobody reads: a misspelt one would be lost unseen."""
    odd = sorted(set(data) - set(allowed))
    if odd:
        reason = f"`{odd[0]}` is no key of such an entry."
        raise LawPackBroken(file, entry, reason, f"use one of {', '.join(sorted(allowed))}.")


def _record(kind: Any, file: str, data: Entry) -> Any:
    """One small record from one entry; its fields are the entry's keys."""
    try:
        return kind(**data)
    except TypeError as error:
        name = str(next(iter(data.values()), "?"))
        reason = f"its keys do not fit a {kind.__name__.lower()}: {error}."
        raise LawPackBroken(file, name, reason, "use the keys of its neighbours.") from error


def _cues(data: Entry) -> tuple[CueList, ...]:
    return tuple(
        CueList(
            name=name,
            words=tuple(str(w) for w in _need("cues.yaml", name, entry, "words")),
            but_not=tuple(entry.get("but_not", ())),
            why=_need("cues.yaml", name, entry, "why"),
            roles=bool(entry.get("roles", False)),
            examples=tuple(entry.get("examples", ())),
            not_examples=tuple(entry.get("not_examples", ())),
        )
        for name, entry in data.items()
    )


def _with_those_that_ship(name: str, own: tuple[CueList, ...]) -> tuple[CueList, ...]:
    """The lists of a pack, and of the one that ships those that it has not: rules of the matrix ask for some by name.

    Words that place somebody elsewhere, or name a court, are of a language and not of a code; whoever is laid out under
    a code of one's own is owed the same search for what speaks for them.
    """
    if name == SHIPPED:
        return own
    names = {cue.name for cue in own}
    return (*own, *(cue for cue in load(SHIPPED).cues if cue.name not in names))


def _exclusion(data: Entry, cue_names: set[str]) -> Exclusion:
    lists = {key: tuple(data.get(key, ())) for key in ("cues", "not_for")}
    ground: Exclusion = _record(Exclusion, "pack.yaml", {**data, **lists})
    if odd := sorted(set(ground.cues) - cue_names):
        reason = f"cues.yaml has no list `{odd[0]}`."
        raise LawPackBroken("pack.yaml", ground.id, reason, "name a list of cues.yaml, or add it.")
    if ground.where not in (OF_PERSON, OF_INCIDENT):
        reason = f"`where: {ground.where}` is unknown."
        raise LawPackBroken("pack.yaml", ground.id, reason, f"use {OF_PERSON} or {OF_INCIDENT}.")
    return ground


def _amendment(name: str, data: Entry) -> Amendment:
    amendment: Amendment = _record(Amendment, "pack.yaml", {**data, "adopted": _day(name, data, "adopted")})
    return amendment


def _first(data: Entry) -> FirstDay:
    first: FirstDay = _record(FirstDay, "pack.yaml", {**data, "day": _day("first", data, "day")})
    return first


def _day(name: str, data: Entry, key: str) -> date:
    told = str(_need("pack.yaml", name, data, key))
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        reason = f"`{key}: {told}` is no date."
        raise LawPackBroken("pack.yaml", name, reason, "write it as year-month-day.") from error


def _crime_entries(files: Sequence[str], data: Mapping[str, Entry]) -> list[tuple[str, Entry]]:
    """Every entry of a crime with its file, the file's defaults laid under it, and what it takes from its like."""
    plain = [
        (file, {**data[file].get("defaults", {}), **entry}) for file in files for entry in data[file].get("crimes", [])
    ]
    by_id = {str(entry.get("id")): entry for _, entry in plain}
    return [(file, _with_its_like(file, entry, by_id) if "like" in entry else entry) for file, entry in plain]


def _with_its_like(file: str, entry: Entry, by_id: Mapping[str, Entry]) -> Entry:
    """The entry with the elements, kinds of act, needs and note of its like, where it gives none of its own."""
    name = str(entry.get("id"))
    model = by_id.get(str(entry["like"]), {})
    if "elements" not in model or "like" in model:
        reason = f"`like: {entry['like']}` names no crime that is written out."
        raise LawPackBroken(file, name, reason, "name a crime with elements of its own, or write this one out.")
    ending = ENDINGS.get((entry.get("family", ""), entry.get("conflict")), ())
    own = {e["no"]: e for e in entry.get("elements", [])}
    shared = model["elements"][: -len(ending) or None]
    if odd := sorted(own.keys() - {e["no"] for e in shared}):
        reason = f"its elements {odd} stand in place of none of {entry['like']}, or of the ending."
        raise LawPackBroken(file, name, reason, "give only elements before the ending, under their numbers there.")
    elements = [own.get(e["no"], e) for e in shared]
    elements += [{"no": len(shared) + n, "common": key} for n, key in enumerate(ending, 1)]
    return {**{key: model[key] for key in ALIKE if key in model}, **entry, "elements": elements}


def _crime(file: str, data: Entry, head: Entry, common: Entry, amendments: Mapping[str, Amendment]) -> Crime:
    name = str(_need(file, "(no id)", data, "id"))
    _only(file, name, data, CRIME_KEYS)
    conflict = _need(file, name, data, "conflict")
    acts = tuple(_need(file, name, data, "acts"))
    article = _need(file, name, data, "article")
    amendment = amendments.get(data.get("amendment", ""))
    if "amendment" in data and amendment is None:
        reason = f"pack.yaml has no amendment `{data['amendment']}`."
        raise LawPackBroken(file, name, reason, "name an amendment of pack.yaml, or add it there.")
    unchecked = bool(data.get("unchecked", False))
    elements = (_element(file, name, e, common, acts, article) for e in _need(file, name, data, "elements"))
    return Crime(
        id=name,
        title=_need(file, name, data, "title"),
        family=_need(file, name, data, "family"),
        conflict=None if conflict == "none" else conflict,
        in_force=_came_by(amendment) if amendment else _need(file, name, data, "in_force"),
        article=article,
        edition=data.get("edition") or head["edition"],
        elements=tuple(replace(e, unchecked=True) if unchecked else e for e in elements),
        acts=acts,
        verified=bool(data.get("verified", False)),
        verification=_need(file, name, data, "verification"),
        note=data.get("note", ""),
        since=str(amendment.adopted.year if amendment else data.get("since", "1998/2002")),
        needs=data.get("needs", ""),
        why_pointed=data.get("why_pointed", ""),
        by_words=bool(data.get("by_words", False)),
        twin=data.get("twin"),
        amendment=amendment.id if amendment else "",
        suggested=bool(data.get("suggested", True)),
        unchecked=unchecked,
    )


def _came_by(amendment: Amendment) -> str:
    return f"Amendment adopted on {amendment.adopted.isoformat()} ({amendment.instrument}). {amendment.rule}"


def _mode(data: Entry) -> Mode:
    name = str(_need("modes.yaml", "(no id)", data, "id"))
    _only("modes.yaml", name, data, MODE_KEYS)
    article = _need("modes.yaml", name, data, "article")
    return Mode(
        id=name,
        title=_need("modes.yaml", name, data, "title"),
        article=article,
        elements=tuple(
            _element("modes.yaml", name, e, {}, (), article) for e in _need("modes.yaml", name, data, "elements")
        ),
        involvements=tuple(data.get("involvements", ())),
        details=tuple(data.get("details", ())),
        only=tuple(data.get("only", ())),
        note=data.get("note", ""),
    )


def _element(file: str, owner: str, data: Entry, common: Entry, acts: Sequence[str], article: str) -> Element:
    """One element; one that names a common key takes its words from common.yaml, and its article too if given."""
    entry = f"{owner}, element {data.get('no', '?')}"
    key = data.get("common")
    _only(file, entry, data, ELEMENT_KEYS if key is None else COMMON_KEYS)
    if key is not None:
        if key not in common:
            raise LawPackBroken(
                file, entry, f"common.yaml has no `{key}`.", "name a key of common.yaml, or add it there."
            )
        data = {**common[key], "no": data.get("no"), "common_key": key}
    look = data.get("look", "")
    return Element(
        no=int(_need(file, entry, data, "no")),
        type=_need(file, entry, data, "type"),
        text=_need(file, entry, data, "text"),
        article=str(data.get("article", article)),
        common_key=data.get("common_key"),
        acts=tuple(data.get("acts", acts if look == "act" else ())),
        fill=_need(file, entry, data, "fill"),
        example=_need(file, entry, data, "example"),
        undermine=_need(file, entry, data, "undermine"),
        note=data.get("note", ""),
        unchecked=bool(data.get("unchecked", False)),
        look=look,
        cues=tuple(data.get("cues", ())),
        against=tuple(data.get("against", ())),
    )


def _check(pack: LawPack, in_files: Sequence[tuple[str, Crime]]) -> None:
    """Refuse a pack with doubled ids, gaps in numbers, unknown words, or a crime without its contextual ending."""
    files = list(dict.fromkeys(file for file, _ in in_files))
    _unique(" and ".join(files), (c.id for c in pack.crimes))
    _twins(in_files)
    _unique("modes.yaml", (m.id for m in pack.modes))
    _unique("pack.yaml", (s.act for s in pack.silent))
    cue_names = {c.name for c in pack.cues}
    for file, crime in in_files:
        _numbered(file, crime.id, crime.elements, cue_names)
        _ending(file, crime)
        for act in (*crime.acts, *(a for e in crime.elements for a in e.acts)):
            _known_act(file, crime.id, act)
        if crime.needs not in ("", "order", *cue_names):
            fix = "use order, a list of cues.yaml, or leave it out."
            raise LawPackBroken(file, crime.id, f"`needs: {crime.needs}` is unknown.", fix)
    for mode in pack.modes:
        _numbered("modes.yaml", mode.id, mode.elements, cue_names)
    for silent in pack.silent:
        _known_act("pack.yaml", silent.act, silent.act)
    _involvements(pack)


def _unique(file: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise LawPackBroken(
                file, name, f"the id stands {times} times.", "keep one entry and remove or rename the other."
            )


def _twins(in_files: Sequence[tuple[str, Crime]]) -> None:
    """Twins name each other and stand in the two kinds of conflict."""
    by_id = {crime.id: crime for _, crime in in_files}
    for file, crime in in_files:
        if crime.twin is None:
            continue
        other = by_id.get(crime.twin)
        if other is None or other.twin != crime.id or {crime.conflict, other.conflict} != {"IAC", "NIAC"}:
            reason = f"`twin: {crime.twin}` is not returned by a crime of the other kind of conflict."
            raise LawPackBroken(file, crime.id, reason, "let the two crimes name each other.")


def _numbered(file: str, owner: str, elements: Sequence[Element], cue_names: set[str]) -> None:
    numbers = [e.no for e in elements]
    if numbers != list(range(1, len(elements) + 1)):
        reason = f"elements are numbered {numbers}, not 1 to {len(elements)}."
        raise LawPackBroken(file, owner, reason, "number them in the official order, without gaps.")
    for element in elements:
        entry = f"{owner}, element {element.no}"
        if element.type not in TYPES:
            raise LawPackBroken(file, entry, f"type `{element.type}` is unknown.", f"use one of {', '.join(TYPES)}.")
        for cue in (*element.cues, *element.against):
            if cue not in cue_names:
                raise LawPackBroken(
                    file, entry, f"cues.yaml has no list `{cue}`.", "name a list of cues.yaml, or add it."
                )


def _ending(file: str, crime: Crime) -> None:
    """Every art. 7 crime ends with attack and knowledge; every war crime with link and awareness of its conflict."""
    if crime.family not in FAMILIES:
        raise LawPackBroken(
            file, crime.id, f"family `{crime.family}` is unknown.", f"use one of {', '.join(FAMILIES)}."
        )
    ending = ENDINGS.get((crime.family, crime.conflict))
    if ending is None:
        reason = f"conflict `{crime.conflict}` has no contextual ending in this family."
        raise LawPackBroken(file, crime.id, reason, "use IAC or NIAC for war crimes, none for all other crimes.")
    if not crime.elements:
        return  # 8(2)(b)(xx): its elements wait for an annex of the Statute
    if tuple(e.common_key for e in crime.elements[len(crime.elements) - len(ending) :]) != ending:
        reason = "it does not end with the contextual elements of its family."
        wanted = " and ".join(f"common: {key}" for key in ending)
        raise LawPackBroken(file, crime.id, reason, f"end its elements with {wanted}.")


def _known_act(file: str, entry: str, act: str) -> None:
    kind, _, detail = act.partition("/")
    if kind not in {a.value for a in ActType} and not (kind == "*" and detail):
        raise LawPackBroken(
            file, entry, f"act `{act}` is no act type.", "use an act type, act_type/detail or */detail."
        )


def _involvements(pack: LawPack) -> None:
    """Every involvement is mapped to a mode, or said to point to none."""
    known = {i.value for i in Involvement}
    mapped = {i for m in pack.modes for i in m.involvements} | {n.involvement for n in pack.not_modes}
    for odd in sorted(known ^ mapped):
        reason = "it is no value of involvement." if odd in mapped else "no mode and no `not_modes` entry speaks of it."
        raise LawPackBroken(
            "modes.yaml", odd, reason, "map each value of involvement once, under a mode or under not_modes."
        )
