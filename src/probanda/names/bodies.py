"""Compare names of units, bodies and States: acronyms, adjectives of States, possessives, head words.

`X's forces`, `X forces` and `forces of X` are one unit's names; the unit is never the person X.
`Sudanese Armed Forces` and `Sudan's army` are one body, because an adjective stands for its State and
the words for a State's forces as a whole are one list (data/bodies.yaml). Everything else needs
the same words.

Start with `compare_bodies`; `body_name` shows how a name is taken apart.

Looks down to: folding, places (States), data/bodies.yaml. Used by: actors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.names.folding import fold, name_tokens, same_token, skeleton
from probanda.names.model import Form, NameComparison, Verdict
from probanda.names.places import states


@dataclass(frozen=True, slots=True)
class BodyName:
    """A written name of a unit, body or State taken apart."""

    words: tuple[str, ...]
    """Folded words, singular, in order, without stop words; a State or its adjective as `@ly`."""
    known: str | None
    """Id of the body in data/bodies.yaml, `forces:sd` for a State's forces, `state:sd` for a State, else None."""
    acronym: str | None
    """The letters, lower case, if the name is an acronym."""
    generic: bool
    """True when it is a phrase and no name: `local militia`."""
    owned: str | None = None
    """The folded owner in `X's forces`, if the name is built so."""


@lru_cache(maxsize=65536)
def compare_bodies(a: str, b: str) -> NameComparison:
    """Compare two names of units or bodies as written (symmetric).

    `same`: same words, a known body, or an acronym of the other; `compatible`: a short form; else `different`,
    or `open` where generic words alone are written.
    """
    x, y = body_name(a), body_name(b)
    if x.known and y.known:
        if x.known == y.known:
            return NameComparison(Verdict.SAME, "names of one body", Form.FULL)
        return NameComparison(Verdict.DIFFERENT, "names of two known bodies")
    if (x.generic and not _written_as_name(a)) or (y.generic and not _written_as_name(b)):
        return NameComparison(Verdict.OPEN, "a common noun, no name")
    if x.acronym or y.acronym:
        return _compare_acronyms(a, b)
    result = _compare_words(x.words, y.words)
    if result.verdict is Verdict.COMPATIBLE and not _short_form(*((a, b) if len(x.words) < len(y.words) else (b, a))):
        return NameComparison(
            Verdict.DIFFERENT, "the longer names something else by it (an office, a document, two bodies)"
        )
    return result


def _short_form(short: str, long: str) -> bool:
    """False where the shorter is a known name, or stands behind `of` or `and`: Statute of the Court, A and B."""
    if body_name(short).known and not body_name(long).owned:
        return False
    folded = f" {fold(long)} "
    return " and " not in folded and not re.search(rf" (of|for|to|in|on) (the )?{re.escape(fold(short))} $", folded)


def _compare_acronyms(a: str, b: str) -> NameComparison:
    x, y = body_name(a).acronym, body_name(b).acronym
    if x and y:
        if x == y:
            return NameComparison(Verdict.SAME, "the same acronym", Form.FULL)
        return NameComparison(Verdict.DIFFERENT, "two acronyms")
    letters, full = (x, b) if x else (y or "", a)
    if letters in initials(full):
        return NameComparison(Verdict.SAME, f"{letters.upper()} are the initials of the full name", Form.SHORT)
    return NameComparison(Verdict.DIFFERENT, "the acronym is not that of the full name")


def _written_as_name(words: str) -> bool:
    """True for two or more capitalised words: `National Council` may be the short form of a name."""
    return sum(w[:1].isupper() for w in words.split()) > 1 and not words.isupper()


def _compare_words(x: tuple[str, ...], y: tuple[str, ...]) -> NameComparison:
    if _aligned(x, y):
        return NameComparison(Verdict.SAME, "the same words", Form.FULL)
    if _aligned(_in_key_order(x), _in_key_order(y)):
        return NameComparison(Verdict.SAME, "the same words in another order", Form.FULL)
    short, long = (x, y) if len(x) < len(y) else (y, x)
    tail, beginning = long[-len(short) :], long[: len(short)]
    if len(short) < len(long):
        # The end of a name (Security Council) needs two words; its beginning must be a name of its own.
        if len(short) > 1 and _aligned(short, tail):
            return NameComparison(Verdict.COMPATIBLE, "the end of the longer name", Form.SHORT)
        if _aligned(short, beginning) and not short[-1].startswith("@") and short[-1] not in _data().generic:
            return NameComparison(Verdict.COMPATIBLE, "the beginning of the longer name", Form.SHORT)
    return NameComparison(Verdict.DIFFERENT, "the words differ")


def _in_key_order(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda w: (skeleton(w), w)))


def _aligned(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    return len(x) == len(y) and all(
        p == q or (len(p) > 3 and len(q) > 3 and not p.isdigit() and p not in _data().generic and same_token(p, q))
        for p, q in zip(x, y, strict=True)
    )


@lru_cache(maxsize=65536)
def initials(words: str) -> frozenset[str]:
    """The acronyms that a full name can have: with and without its small words, hyphenated words as one or two."""
    out = set()
    for text in (words, words.replace("-", "")):
        raw = fold(text).split()
        if raw[:1] == ["the"]:
            raw = raw[1:]
        out.add("".join(t[0] for t in raw))
        out.add("".join(t[0] for t in raw if t not in _data().stop))
    return frozenset(letters for letters in out if len(letters) > 1)


@lru_cache(maxsize=65536)
def body_key(words: str) -> str:
    """The block key: names that `compare_bodies` calls `same` without an acronym have equal keys."""
    name = body_name(words)
    if name.known:
        return name.known
    if name.acronym:
        return f"acronym:{name.acronym}"
    return " ".join(sorted(t if t.startswith("@") or t.isdigit() else skeleton(t) or t for t in name.words))


def is_adjective(word: str) -> bool:
    """True when the word is the adjective of a State, such as Peruvian."""
    return fold(word) in _data().adjectives


def is_proper(word: str) -> bool:
    """True for a folded word of a name that is neither a common noun of units and bodies nor a State's mark."""
    return not word.startswith("@") and word not in _data().generic


@lru_cache(maxsize=65536)
def state_of(words: str) -> str | None:
    """The id of the State that these words alone name, as a State or by its adjective; None if they do not."""
    key = " ".join(t for t in fold(words).split() if t != "the")
    found = _data().states.get(key)
    return found if found is not None else _data().adjectives.get(key)


@lru_cache(maxsize=65536)
def body_name(words: str) -> BodyName:
    """Take a name apart: `the`, possessives and plurals off, States and their adjectives as one mark."""
    data = _data()
    bare = _without_description(words.strip())
    key = " ".join(_singular(t) for t in fold(bare).split())
    letters = re.sub(r"[.\s]", "", re.sub(r"['’]s$", "", bare))
    acronym = None
    if (
        re.fullmatch(r"[A-Z][A-Za-z0-9]*[A-Z0-9]|[A-Z]{2,}", letters)
        and " " not in re.sub(r"\.\s?", "", bare)
        and (sum(c.isupper() or c.isdigit() for c in letters) >= 2)
        and len(letters) <= 9
    ):
        acronym = letters.casefold()
    known = data.acronyms.get(acronym) if acronym else data.names.get(key)
    tokens = _with_states(fold(bare))
    meant = tuple(_singular(t) for t in tokens if t not in data.stop)
    if known is None:
        # `X's Libyan National Army` is the body itself, with a word on whose it is said to be.
        after = re.split(r"['’]s\s+", bare, maxsplit=1)
        rest = " ".join(_singular(t) for t in fold(after[-1]).split())
        known = (data.names.get(rest) if len(after) > 1 else None) or _state_body(meant, words)
    if acronym and known is None and data.names.get(key):
        known = data.names[key]
    if known and known.startswith("state:"):
        acronym = None
    common = all(t in data.generic or t.startswith("@") for t in meant) and not _names_troops(meant, bare)
    # Written without any capital (in a script that has them) it is a phrase, not a name.
    generic = common or (bare == bare.lower() and bare != bare.upper())
    return BodyName(meant, known, acronym, generic and not acronym and known is None, _owner(bare))


def _without_description(words: str) -> str:
    """Drop the article and what describes the body before its name: `the UN-backed`, `self-styled`."""
    endings = "|".join(_data().describing)
    bare = re.sub(r"^(the|a|an)\s+", "", words, flags=re.IGNORECASE)
    return re.sub(rf"^(?:\w[\w.]*\s){{0,2}}\w[\w.]*[-‑–](?:{endings})\s+(?=\w)", "", bare, flags=re.IGNORECASE)


@lru_cache(maxsize=65536)
def points_elsewhere(words: str) -> bool:
    """True for phrases such as `his forces`: the words alone do not tell whose."""
    return (fold(words).split() or [""])[0] in _data().pointing


def _state_body(meant: tuple[str, ...], words: str) -> str | None:
    marks = [t for t in meant if t.startswith("@")]
    if len(marks) != 1:
        return None
    state = marks[0][1:]
    rest = " ".join(t for t in meant if not t.startswith("@"))
    if not rest:
        return f"state:{state}" if state_of(words) == state else None
    if rest in _data().forces:
        return f"forces:{state}"
    return f"government:{state}" if rest in _data().governments else None


def _names_troops(meant: tuple[str, ...], words: str) -> bool:
    """With a State: the words for its forces in everyday speech, or words written with capitals, make a name."""
    marked = any(t.startswith("@") for t in meant)
    if not marked:
        return False
    rest = " ".join(t for t in meant if not t.startswith("@"))
    capitals = [w for w in words.split() if w[:1].isupper() and not state_of(w)]
    return rest in _data().troops or bool(rest and capitals)


def _owner(words: str) -> str | None:
    found = re.match(r"(.+?)(?:['’]s|(?<=s)['’])\s+\w", words)
    if found and not re.search(r"\s(of|and|for)\s", found.group(1)):
        return " ".join(name_tokens(found.group(1)))
    found = re.match(r"\w+ (?:of|loyal to|under) ([A-Z].+)", words)
    return " ".join(name_tokens(found.group(1))) if found else None


def _with_states(folded: str) -> list[str]:
    """Words with each State name or adjective (longest first) as one mark, `@` and its id."""
    data = _data()
    raw, out, i = folded.split(), [], 0
    while i < len(raw):
        for size in range(min(6, len(raw) - i), 0, -1):
            part = " ".join(raw[i : i + size])
            state = data.states.get(part) or data.adjectives.get(part)
            if state:
                out.append(f"@{state}")
                i += size
                break
        else:
            out.append(raw[i])
            i += 1
    joined = " ".join(out)
    return list(name_tokens(joined)) if "@" not in joined else [t for t in out if t not in ("al", "el")]


def _singular(token: str) -> str:
    """Plural and ordinal endings off, roughly: both sides of a comparison go through the same rule."""
    if token[0].isdigit():
        return re.sub(r"(?<=\d)(st|nd|rd|th)$", "", token)
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


@dataclass(frozen=True, slots=True)
class _Data:
    names: dict[str, str]
    acronyms: dict[str, str]
    forces: frozenset[str]
    troops: frozenset[str]
    governments: frozenset[str]
    generic: frozenset[str]
    stop: frozenset[str]
    describing: tuple[str, ...]
    pointing: frozenset[str]
    states: dict[str, str]
    adjectives: dict[str, str]


@lru_cache(maxsize=1)
def _data() -> _Data:
    data: dict[str, Any] = yaml.safe_load(files("probanda.names").joinpath("data/bodies.yaml").read_text("utf-8"))
    names: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    for row in data["bodies"]:
        for form in row["names"]:
            names[" ".join(_singular(t) for t in fold(str(form)).split())] = row["id"]
        for form in row["acronyms"]:
            acronyms[fold(str(form)).replace(" ", "")] = row["id"]
    nations = {fold(form): s.id for s in states() for form in s.forms}
    adjectives: dict[str, str | None] = {}
    for state in states():
        for word in state.adjectives:
            key = fold(word)
            # An adjective that two States share (Congolese) stands for neither.
            adjectives[key] = state.id if key not in adjectives else None
            adjectives.setdefault(key + "s", adjectives[key])
    return _Data(
        names,
        acronyms,
        frozenset(data["state_forces"]),
        frozenset(data["state_troops"]),
        frozenset(data["state_government"]),
        frozenset(map(str, data["generic"])),
        frozenset(map(str, data["stop"])),
        tuple(map(str, data["describing"])),
        frozenset(map(str, data["pointing"])),
        nations,
        {key: value for key, value in adjectives.items() if value is not None},
    )
