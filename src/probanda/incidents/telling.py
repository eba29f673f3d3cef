"""What the sentence around a claim says of how its speaker knows: saw it, told it to somebody, filmed by somebody.

Start with `Told`, made by `tellings`. The phrases are data (`telling.yaml`), in English, French and Arabic.

Looks down to: claims, incidents.kinds, model, words. Used by: accounts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import yaml

from probanda.claims.model import DOC, Claim
from probanda.incidents.kinds import Called, role_of, roles
from probanda.incidents.model import Doc
from probanda.incidents.words import folded, plain, word_set
from probanda.names.letters import is_arabic

LONGEST = 2_000
"""Code points of a sentence that are looked at around the claim; longer ones are lists or broken texts."""
BESIDE = 60
"""Code points after or before a name in which it is said who its bearer is."""

_NOBODY = word_set(
    "said says say told tells adds added saying reported reports who whose which when while as two three four five six "
    "seven eight nine ten eleven twelve several many some dozens hundreds all most deux trois quatre cinq sept huit "
    "neuf dix plusieurs certains des"
)
"""What follows a comma after a name where its bearer is not described: a verb, or others than one person."""
_AGE = re.compile(r"\s*(?:aged\s+)?\d{1,2}(?:\s+(?:years\s+old|ans))?\s*")
_TITLES = word_set("dr mr mrs ms miss sir mme mlle m dre prof")

EDGE = 400
"""Code points at the head and the foot of a text in which it names an agency as its source."""

_END = re.compile(r"[.!?؟][\"”»’']?(?=\s)|\n+")
_WORD = r"[^\W\d_][\w’'-]*"
_BIG = r"[^\W\d_a-zà-öø-ÿ][\w’'-]*"
_LINK = r"(?:(?:of|for|and|de|du|des|la|al|el)\s+(?:the\s+)?|d[’'])"
_ARTICLE = r"(?:(?:the|a|an|le|la|les)\s+|l[’'])?"
_NAME = rf"{_ARTICLE}(?P<name>{_BIG}(?:\s+{_LINK}?{_BIG}){{0,5}})"
_NAME_AFTER_ROLE = rf"{_ARTICLE}(?:{_WORD}\s+){{0,2}}?(?P<name>{_BIG}(?:\s+{_LINK}?{_BIG}){{0,4}})"


_POSTED = re.compile(
    rf"\b(?i:that|which|que|qu[’'])\s*{_NAME_AFTER_ROLE}\s+(?i:(?:had|has|have|a|ont|avait|avaient)\s+)?"
    r"(?i:filmed|recorded|posted|published|released|shared|obtained|filmée?s?|publiée?s?|diffusée?s?|obtenue?s?)\b"
)
"""`images that Harbour Watch published`: the name stands before the verb."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one claim's sentence says of its telling."""

    sentence: str = ""
    saw: str = ""
    """The words that say that the teller was there; empty where none do."""
    unsourced: str = ""
    """The words that tell it on nobody's word."""
    to: tuple[str, ...] = ()
    """Names of those to whom it was told, as written."""
    cites: tuple[str, ...] = ()
    """Names of those on whose word it is told, as written: `according to`, `as X reported`."""
    maker: str = ""
    """Who filmed or posted the original that the sentence speaks of."""
    examined: str = ""
    """Who examined the satellite images that the sentence speaks of."""
    wanted: str = ""
    """Against whom the sentence says that a warrant is."""
    original: str = ""
    """The word for an image or a video in the sentence; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Also:
    """A sentence of a text that says that its tellers told others before."""

    sentence: str
    to: str


def tellings(claims: Iterable[Claim], docs: Mapping[str, Doc]) -> dict[str, Told]:
    """Each claim with what its sentence says; claims whose words are not found in their text are left out."""
    by_item: dict[str, list[Claim]] = {}
    for claim in claims:
        by_item.setdefault(claim.item, []).append(claim)
    found: dict[str, Told] = {}
    for item in sorted(by_item):
        doc = docs.get(item)
        if doc is None:
            continue
        ends = [m.end() for m in _END.finditer(doc.words)]
        for claim in by_item[item]:
            at = doc.words.find(claim.quote)
            if at >= 0:
                found[claim.id] = _told(_sentence(doc.words, ends, at, at + len(claim.quote)))
    return found


def also_told(doc: Doc) -> tuple[Also, ...]:
    """Sentences in which those who tell are said to have told others before."""
    pattern = _phrases("also_told")
    out = []
    ends: list[int] | None = None
    for m in pattern.finditer(doc.words):
        ends = [e.end() for e in _END.finditer(doc.words)] if ends is None else ends
        out.append(Also(_sentence(doc.words, ends, m.start(), m.end()), m.group("name")))
    return tuple(out)


_CREDIT = re.compile(
    rf"\((?:(?i:with|by|from|avec|par|d[’']après|مع)\s+)?{_NAME}\)"
    r"|(?i:\bsource\s?:|\bwith (?:reporting|reports|material) (?:by|from)|\bavec des informations d[eu’'])\s*"
    + _NAME.replace("name", "other")
    + rf"|المصدر\s?:\s*{_NAME.replace('name', 'third')}"
)
_AGENCIES = frozenset({"agency", "wire", "agence", "وكالة", "reuters", "afp", "press"})


def credit(doc: Doc) -> str:
    """The agency that a text names as its source, in brackets or after `source:`, at its head or foot; else empty."""
    for part in (doc.words[:EDGE], doc.words[-EDGE:]):
        for m in _CREDIT.finditer(part):
            name = str(m.group("name") or m.group("other") or m.group("third"))
            if set(folded(name).split()) & _AGENCIES:
                return name
    return ""


HEAD = 300
"""Code points at the head of a text in which it may say whose it is."""
HEAD_LINES = 4


def issued_by(doc: Doc) -> tuple[str, ...]:
    """Lines at the head that call the text a statement or the like, folded: whoever is named there has issued it."""
    lines = doc.words[:HEAD].splitlines()[:HEAD_LINES]
    return tuple(f" {folded(line)} " for line in lines if _phrases("papers").search(line))


def said_to_be(name: str, sentence: str) -> Called | None:
    """Who the bearer of a name is said to be, right beside the name: `Ana Bel, a nurse,`; `the mayor, Ana Bel`."""
    at = sentence.find(name)
    if at < 0 or name == DOC:
        return None
    after = sentence[at + len(name) : at + len(name) + BESIDE]
    parts = after[1:].split(",")[:2] if after.startswith(",") else []
    beside = next((part for part in parts if not _AGE.fullmatch(part)), "")
    if beside.split() and folded(beside.split()[0]) not in _NOBODY and not beside.split()[0].isdigit():
        found = role_of(beside)
        if found is not None and found.role.who in ("people", "body"):
            return found
    before = sentence[max(0, at - BESIDE) : at].rstrip()
    while before.split() and folded(before.split()[-1]) in _TITLES:  # "the head of the clinic, Dr Bel"
        before = before[: before.rindex(before.split()[-1])].rstrip()
    if before.endswith(","):  # "the head of the clinic, Ana Bel"
        found = role_of(re.split(r"[,;:.«»“”\"]", before[:-1])[-1])
    else:  # "nurse Ana Bel"
        found = role_of(" ".join(before.split()[-1:]))
    return found if found is not None and found.role.who == "people" else None


@lru_cache(maxsize=65536)
def _told(sentence: str) -> Told:
    kinds = ("saw", "unsourced", "made", "examined", "wanted")
    saw, unsourced, made, examined, wanted = (_phrases(kind).search(sentence) for kind in kinds)
    made = made or _POSTED.search(sentence)
    to = tuple(dict.fromkeys(_alone(m.group("name")) for m in _phrases("told").finditer(sentence)))
    return Told(
        sentence=sentence,
        saw=saw.group() if saw else "",
        unsourced=unsourced.group() if unsourced else "",
        to=to,
        cites=_cites(sentence),
        maker=made.group("name") if made else "",
        examined=examined.group("name") if examined else "",
        wanted=wanted.group("name") if wanted else "",
        original=_original(sentence),
    )


_REPORTED = re.compile(
    rf"\b(?:(?i:as)\s+)?{_NAME}\s+(?i:(?:has|had|first)\s+)*(?i:reported|reports|wrote|revealed|a\s+rapporté|rapporte)\b"
)


def _cites(sentence: str) -> tuple[str, ...]:
    """The names on whose word the sentence is told; of an Arabic one the preposition written on to it is taken off."""
    found = [*_phrases("cited").finditer(sentence), *_REPORTED.finditer(sentence)]
    return tuple(dict.fromkeys(_alone(m.group("name")) for m in sorted(found, key=lambda m: m.start("name"))))


def _alone(name: str) -> str:
    if not is_arabic(name):
        return re.sub(r"[’']s$", "", name)
    if name.startswith("لل"):
        return f"ال{name[2:]}"
    return name[1:] if name.startswith("ل") and role_of(name) is None and role_of(name[1:]) is not None else name


def _original(sentence: str) -> str:
    words = plain(sentence)
    for role, pattern in roles():
        if role.who == "original" and role.id != "document":
            found = pattern.search(words)
            if found:
                return found.group()
    return ""


def _sentence(words: str, ends: list[int], start: int, end: int) -> str:
    first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
    low = ends[first - 1] if first else 0
    high = ends[last] if last < len(ends) else len(words)
    return words[max(low, start - LONGEST) : min(high, end + LONGEST)].strip()


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """The phrases of telling.yaml as they stand."""
    text = resources.files("probanda.incidents").joinpath("telling.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    listed = [p for language in ("en", "fr", "ar") for p in phrases()[kind].get(language, ())]
    name = _NAME_AFTER_ROLE if kind in ("made", "wanted") else _NAME
    with_name = [p for p in listed if "{name}" in p]
    if not with_name:
        return re.compile(rf"\b(?:{'|'.join(map(_one, listed))})\b", re.IGNORECASE)
    # What stands before the name is one alternative of many; the name itself stands once, after or before it.
    before = [_one(p.removesuffix("{name}").strip()) for p in with_name if p.endswith("{name}")]
    return re.compile(rf"\b(?i:{'|'.join(before)})\s+{name}")


def _one(phrase: str) -> str:
    """A phrase as a pattern: `*` any ending, brackets and bars as they are, an apostrophe in either form."""
    made = re.escape(phrase)
    for written, meant in (
        (r"\*", r"\w*"),
        (r"\(", "(?:"),
        (r"\)", ")"),
        (r"\ \|\ ", "|"),
        (r"\|", "|"),
        ("'", "[’']"),
    ):
        made = made.replace(written, meant)
    return made.replace(r"\ ", r"\s+")
