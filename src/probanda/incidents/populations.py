"""Whom or what a number counts: dead, wounded, displaced ...; and what its words say of the count itself.

Start with `population`. The words are data (`populations.yaml`), in English, French and Arabic, each with examples. Who
fled is `displaced`; `transferred` are only those of whom the words say force or an order (requirement H6).

Looks down to: claims, kernel, incidents.words. Used by: contradictions, figures, patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.claims.model import Claim
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import ActType

LANGUAGES = ("en", "fr", "ar")
OTHER = "other"
"""Population of a number that counts something else: shells, hours, shares."""
_BY_ACT = {
    ActType.KILLING: "dead",
    ActType.EXECUTION: "dead",
    ActType.MASS_GRAVE: "dead",
    ActType.DISPLACEMENT: "displaced",
    ActType.ENFORCED_DISAPPEARANCE: "disappeared",
    ActType.ABDUCTION: "abducted",
    ActType.HOSTAGE: "abducted",
    ActType.DETENTION: "detained",
    ActType.RAPE_SEXUAL_VIOLENCE: "raped",
}
_BY_DETAIL = {"wounding": "wounded", "casualty-count": "dead", "bodies-found": "dead", "release": "released"}
_COUNTS_ITS_ACT = {
    ActType.LOOTING_PROPERTY: "property",
    ActType.DISPLACEMENT: "displaced",
    ActType.DETENTION: "detained",
    ActType.ABDUCTION: "abducted",
    ActType.ENFORCED_DISAPPEARANCE: "disappeared",
}
"""What a bare number counts that is given of an act told before: "120 stalls burned ... the council puts it at 85"."""
_OWN_UNIT = frozenset({"detained", "displaced"})
"""A prisoner, a refugee can be counted among the dead: the act decides before such a unit does."""


@cache
def lists() -> Mapping[str, Any]:
    """The word lists as written."""
    told = yaml.safe_load((resources.files("probanda.incidents") / "populations.yaml").read_text("utf-8"))
    return told if isinstance(told, dict) else {}


@cache
def _populations() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(entry["id"]), finder(entry)) for entry in lists()["populations"])


@cache
def _list(name: str) -> re.Pattern[str]:
    return finder(lists()[name])


def finder(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """One pattern for the words of an entry in all languages, over folded words; `*` stands for any ending."""
    written = [str(word) for language in LANGUAGES for word in entry.get(language, ())]
    forms = sorted({_form(word) for word in written})
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)")


def _form(word: str) -> str:
    parts = [re.escape(folded(part)) if part.strip() else "" for part in word.split("*")]
    return r"\w*".join(parts).replace(r"\ ", " ")


@lru_cache(maxsize=65536)
def named_in(words: str) -> str | None:
    """The population that these words speak of: the first in the order of the list; None where they name none."""
    plain = folded(words)
    return next((name for name, pattern in _populations() if pattern.search(plain)), None)


def population(claim: Claim) -> str | None:
    """Whom or what the number of this claim counts; `other` for things; None for a claim without a number.

    The unit decides ("41 bodies"), then the words of the act ("were killed"), then the kind of act. Prisoners and
    refugees are counted by what was done to them.
    """
    if claim.quantity is None:
        return None
    unit, by_unit = folded(claim.quantity.unit), named_in(claim.quantity.unit)
    if by_unit is not None and by_unit not in _OWN_UNIT:
        return _transferred(claim) if by_unit == "displaced" else by_unit
    if unit and speaks_of("things", unit):
        return OTHER
    if claim.act_detail == "casualty-count" and claim.act_type in _COUNTS_ITS_ACT:
        return _COUNTS_ITS_ACT[claim.act_type]
    done = _BY_DETAIL.get(claim.act_detail or "") or named_in(claim.act) or _BY_ACT.get(claim.act_type) or by_unit
    return _transferred(claim) if done == "displaced" else done


def _transferred(claim: Claim) -> str:
    return "transferred" if named_in(f"{claim.act} {claim.quote}") == "transferred" else "displaced"


def composition(claim: Claim) -> str:
    """`civilians` or `fighters` where the source says so of those it counts; empty where it says neither, or both."""
    unit = claim.quantity.unit if claim.quantity is not None else ""
    words = " ".join([unit, *(v.words for v in claim.victims)])
    civil, fighting = speaks_of("civilians", words), speaks_of("fighters", words)
    return "" if civil is fighting else "civilians" if civil else "fighters"


def is_later(claim: Claim) -> bool:
    """True where the words say that this count takes the place of an earlier one."""
    return speaks_of("later", claim.quote)


def is_least(claim: Claim) -> bool:
    """True where the words say that it counts what one person saw or one hospital received: there may be more."""
    text = claim.quantity.text if claim.quantity is not None else ""
    return bool(text) and speaks_of("least", _around(claim.quote, text))


def is_part(claim: Claim) -> bool:
    """True where the words say that it counts some beside others, or what one person did."""
    text = claim.quantity.text if claim.quantity is not None else ""
    near = [_around(claim.quote, text) if text else "", *(v.words for v in claim.victims)]
    return any(speaks_of("part", words) for words in near)


def _around(quote: str, count: str) -> str:
    """The words beside a count: three before it and three after it."""
    before, found, after = quote.partition(count)
    return " ".join([*before.split()[-3:], count, *after.split()[:3]]) if found else ""


def examples() -> Iterable[tuple[str, str]]:
    """(entry, example) of every list, for the tests."""
    for entry in lists()["populations"]:
        yield from ((str(entry["id"]), str(example)) for example in entry["examples"])
    for name in ("things", "civilians", "fighters", "one account", "later", "part", "least"):
        yield from ((name, str(example)) for example in lists()[name]["examples"])


@lru_cache(maxsize=65536)
def speaks_of(name: str, words: str) -> bool:
    """True where the list of this name (things, civilians, later, part, least ...) has a word of these."""
    return _list(name).search(folded(words)) is not None
