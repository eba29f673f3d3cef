"""A body's written name prepared once: units, ministries, courts, companies, NGOs, ships.

Start with `take_unit_apart`.

Looks down to: unit_words, bodies (known bodies, initials). Used by: units, blocking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from probanda.names.bodies import body_name, initials
from probanda.names.letters import is_arabic, is_unread, plain
from probanda.names.unit_words import Item, find_words, spelled_out


@dataclass(frozen=True, slots=True, eq=False)
class UnitParts:
    """A body's name, prepared."""

    words: str
    unread: bool
    """Written in a script that is not read."""
    items: tuple[Item, ...]
    """Its words as ideas, numbers, States and proper words."""
    with_known: tuple[Item, ...]
    """The same, with a known body named in it as one item: 106th Brigade of the LNA."""
    known: str | None
    """Id of the body (data/bodies.yaml) or of a State's forces or government that the whole name is."""
    letters: str | None
    """The letters of an acronym, folded to Latin, if the name is one."""
    initials: frozenset[str]
    """Acronyms that the name as written can have."""
    sorted_initials: str
    """First letters of its words in English, sorted: the acronym of a name in another language."""
    others: tuple[UnitParts, ...]
    """Names in brackets beside it."""


_BRACKETS = re.compile(r"\s*[(\[“«\"]([^)\]”»\"]+)[)\]”»\"]\s*")
_LEFT_OUT = (["project"], ["group"], ["programme"], ["program"], ["initiative"], ["organization"], ["organisation"])
_ACRONYM = re.compile(r"(?:[A-ZА-Я][A-Za-zА-Яа-я0-9]{0,8}[A-ZА-Я0-9]|[A-ZА-Я]{2,9})")


@lru_cache(maxsize=65536)
def take_unit_apart(words: str) -> UnitParts:
    """Prepare the name of a body as written, in Latin, Arabic or Cyrillic script; no error for any words."""
    inner = _BRACKETS.findall(words)
    main = _BRACKETS.sub(" ", words).strip()
    if not main:
        main, inner = " ".join(inner) or words, []
    kept, others = [main], []
    for one in inner:
        state = find_words(one, with_known=False)
        if state and all(item.sort == "state" for item in state):
            kept.append(one)  # Ministry of Interior (Peru)
        else:
            others.append(_one_name(one, ()))
    quoted = words.strip()[:1] in '"“«' or any(sign in words for sign in '"“«')
    if quoted and inner:
        # In quotation marks stands the name itself: OOO "Vesna".
        kept = [re.sub(r"[\"“”«»]", " ", words)]
    return _one_name(" ".join(kept), tuple(others))


def _one_name(words: str, others: tuple[UnitParts, ...]) -> UnitParts:
    items = find_words(words, with_known=False)
    with_known = find_words(words, with_known=True)
    only = with_known[0] if len(with_known) == 1 else None
    known = body_name(words).known or (
        next(iter(only.ids)) if only and only.sort == "known" and len(only.ids) == 1 else None
    )
    letters = _letters(words)
    whole = spelled_out(words)
    first = _initials(words, whole, items) if not is_arabic(words) else frozenset()
    return UnitParts(words, is_unread(words), items, with_known, known, letters, first, _english(items), others)


def _initials(words: str, whole: str, items: tuple[Item, ...]) -> frozenset[str]:
    """Acronyms that the name can have; a last word such as Project may be left out."""
    found = initials(words) | initials(whole) | {"".join(item.written[0] for item in items)}
    return found | ({letters[:-1] for letters in found} if whole.split()[-1:] in _LEFT_OUT else set())


def _letters(words: str) -> str | None:
    joined = re.sub(r"[.\s]", "", words) if re.fullmatch(r"\s*(?:[^\W\d_]\.\s?){2,}\s*", words) else words.strip()
    joined = re.sub(r"^[Tt]he\s+", "", joined)
    if re.fullmatch(r"[A-Z]{2,}[-/][A-Z]{1,4}", joined):
        joined = re.sub(r"[-/]", "", joined)
    if _ACRONYM.fullmatch(joined) and sum(c.isupper() or c.isdigit() for c in joined) > 1:
        return plain(joined)
    return None


def _english(items: tuple[Item, ...]) -> str:
    """First letters of the English words, sorted; empty where a word has none."""
    out = []
    for item in items:
        if item.sort in ("number", "legal"):
            continue
        if item.sort == "proper":
            if item.sounds is None or item.sounds.arabic:
                return ""
            out.append(item.written[0])
        else:
            id_ = min(item.ids)
            out.extend(word[0] for word in (_state_name(id_) if item.sort == "state" else id_).split())
    return "".join(sorted(out))


@lru_cache(maxsize=512)
def _state_name(id_: str) -> str:
    from probanda.names.places import by_id

    place = by_id(id_)
    return plain(place.name) if place else id_
