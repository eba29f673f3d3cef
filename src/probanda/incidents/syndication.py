"""What a text says of the agency it comes from, at its head or tail; texts of one agency that share a passage are one.

Start with `syndicated`, then `dispatches` (`Dispatches`, where texts come and go). Agencies and forms are data
(syndication.yaml). In the middle of a text a name of an agency is only a source that is cited.

Looks down to: incidents.model, kinship, passages. Used by: copies, kin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from probanda.incidents.kinship import Kinship, KinshipKind, Syndicated
from probanda.incidents.model import Doc
from probanda.incidents.passages import Passages

HEAD = 300
"""Code points at the beginning of a text that are read: headline, place, agency."""
TAIL = 120
"""The same at its end."""
CLOSING = " .)]/»”\"'"
"""What may still stand after the agency at the end of a text."""
_WORD = re.compile(r"\w+")
AGENCIES = "agencies"
"""The name for agencies that the text does not name."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name an agency."""

    pattern: re.Pattern[str]
    head: bool
    tail: bool
    partly: bool
    example: str
    gives: str


def syndicated(doc: Doc) -> Syndicated | None:
    """The agency the text names at its head, else at its tail; whole dispatches before shares in a text."""
    words = doc.words
    end = len(words.rstrip())
    ends = f"{words[:HEAD]} {words[max(0, end - TAIL) : end]}".casefold()
    if _hints().isdisjoint(_WORD.findall(ends)):
        return None
    found: list[tuple[bool, int, Syndicated]] = []
    for form in forms():
        if form.head:
            hit = form.pattern.search(words, 0, min(HEAD, end))
            # `With Reuters` is a line or the end of one; within a sentence it is where somebody works.
            if hit is not None and not (form.partly and _goes_on(words, hit.end("said"))):
                found.append((form.partly, 0, _named(doc, form, hit)))
        if form.tail:
            hits = form.pattern.finditer(words, max(0, end - TAIL), end)
            found += [(form.partly, 1, _named(doc, form, h)) for h in hits if not words[h.end() : end].strip(CLOSING)]
    return min(found, key=lambda f: (f[0], f[1], f[2].start, f[2].end))[2] if found else None


def _goes_on(words: str, end: int) -> bool:
    return any(c.isalnum() for c in words[end:].partition("\n")[0][:20]) and words[end : end + 1] not in ":："


def _named(doc: Doc, form: Form, hit: re.Match[str]) -> Syndicated:
    name = hit.groupdict().get("agency")
    agency = _names()[_spaced(name)] if name else AGENCIES
    start, end = hit.span("said")
    return Syndicated(doc.item, agency, form.partly, start, end, doc.words[start:end])


def dispatches(docs: Sequence[Doc]) -> list[Kinship]:
    """Texts that come whole from one agency and share a passage: versions of one dispatch.

    The passage must be a third of the shorter text at least: two dispatches of one agency may share a paragraph.
    """
    kept = Dispatches()
    kept.change((), docs)
    return kept.found()


class Dispatches:
    """Texts by the agency they come from, and those of one agency that share a passage."""

    def __init__(self) -> None:
        self._agency: dict[str, str] = {}
        self._of: dict[str, Passages] = {}
        self._size: dict[str, int] = {}
        """Item -> code points of the text."""

    def change(self, gone: Iterable[str], come: Iterable[Doc]) -> None:
        """Take texts out, by item, and put others in; one that changed stands in both."""
        left: dict[str, list[str]] = {}
        new: dict[str, list[Doc]] = {}
        for item in gone:
            if item in self._agency:
                left.setdefault(self._agency.pop(item), []).append(item)
                del self._size[item]
        for doc in come:
            found = syndicated(doc)
            if found is not None and not found.partly:
                new.setdefault(found.agency, []).append(doc)
                self._agency[doc.item], self._size[doc.item] = found.agency, len(doc.words)
        for agency in {**left, **new}:
            self._of.setdefault(agency, Passages()).change(left.get(agency, ()), new.get(agency, ()))

    def found(self) -> list[Kinship]:
        """The versions, by agency and items."""
        made = []
        for agency, some in sorted(self._of.items()):
            why = f"Both say that they come from {agency}, and a third or more of the shorter stands in the other."
            for kin in some.found():
                shared = min(sum(s.a_end - s.a_start for s in kin.spans), sum(s.b_end - s.b_start for s in kin.spans))
                if shared >= min(self._size[kin.a], self._size[kin.b]) / 3:
                    made.append(Kinship(kin.a, kin.b, KinshipKind.COPY, why, kin.spans))
        return made


@cache
def forms() -> tuple[Form, ...]:
    """All forms of syndication.yaml."""
    return tuple(
        Form(
            _pattern(row["written"], row.get("line", False)),
            row["where"] in ("head", "both"),
            row["where"] in ("tail", "both"),
            row.get("partly", False),
            row["example"],
            row["gives"],
        )
        for row in _data()["forms"]
    )


def _pattern(written: str, line: bool) -> re.Pattern[str]:
    """Spaces may be several, a dash any dash, a comma of either script; names stand as whole words.

    Small letters match capitals too, but for agencies: `map` and `ap` are words.
    """
    before, agency, after = written.partition("{agency}")
    said = _loose(before) + (f"(?P<agency>(?-i:{_any_name()}))" if agency else "") + _loose(after)
    left, right = r"(?<!\w)" if written[0].isalnum() or written[0] == "{" else "", r"(?!\w)"
    if line:
        left, right = r"(?:^|(?<=\n))[ \t]*[(\[]?", r"[)\].]?[ \t]*(?=\n|$)"
    return re.compile(f"{left}(?P<said>{said}){right}", re.IGNORECASE)


def _loose(written: str) -> str:
    parts = {" ": r"[ \t\u00a0]+", "-": "[-‐-―−]+", ",": "[,،]", ":": "[:：]"}
    return "".join(parts.get(letter, re.escape(letter)) for letter in written)


@cache
def _names() -> dict[str, str]:
    return {_spaced(w): row["name"] for row in _data()["agencies"] for w in row["written"]}


@cache
def _hints() -> frozenset[str]:
    """Words without which it is not worth trying the forms: the longest of each name, and words for agencies."""
    longest = {max(_WORD.findall(name.casefold()), key=len) for name in _names()}
    return frozenset({*longest, "agency", "agencies", "agences", "wire", "وكالات"})


@cache
def _any_name() -> str:
    return "|".join(re.escape(n).replace(r"\ ", r"[ \t\u00a0]+") for n in sorted(_names(), key=lambda n: (-len(n), n)))


def _spaced(name: str) -> str:
    return " ".join(name.split())


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("probanda.incidents").joinpath("syndication.yaml").read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # type: ignore[no-any-return]  # noqa: S506 (a safe loader)
