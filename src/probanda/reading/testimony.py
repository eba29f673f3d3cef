"""Whether a text reads like a testimony, an interview or a chat: then it is proposed as restricted, with the reason.

Start with `restricted_reason`. A text wrongly held back waits until a person looks at it; a missed testimony may
harm a witness; so it errs on the side of caution. But news and reports that quote witnesses are no testimony: words
inside quotation marks do not count, and published texts need a sure sign. Signs are data in `testimony.yaml`.

Looks down to: kernel, furniture, sentences. Used by: making.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from probanda.kernel.spans import Span
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.furniture import Role
from probanda.reading.sentences import sentences

LOOKED_AT = 60_000
"""Code points of a text that are looked at."""
_CHAT = re.compile(
    r"[\u200e\u200f\u202a-\u202e]{0,3}\[?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \u00a0\u202f]{1,3}(?:at )?)?"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?\]?[ ]{0,2}(?:[-–—][ ]{0,2})?"
    r"(?P<who>[^\s:,.][^:\n,.]{0,40}):[ \t]"
)
_TURN = re.compile(r"(?P<who>[^\W\d_][^:：.!?\n]{0,30})\s{0,2}[:：]")
_NUMBERED_TURN = re.compile(r"(?P<who>[QAqa])\s?\d{0,3}\.\s")
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|\"[^\"]*(?:\"|\Z)")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def restricted_reason(words: str, spans: Sequence[Span], found: Sequence[Role], published: bool) -> str | None:
    """Why this reads like a testimony, interview or chat; None where it does not.

    `published`: the text's marks, dateline or source line name a publisher.
    """
    own = [
        span.of(words)
        for span, (role, _) in zip(spans, found, strict=True)
        if role is not PassageRole.FURNITURE and span.start < LOOKED_AT
    ]
    lines = [line.strip() for paragraph in own for line in paragraph.split("\n") if line.strip()]
    return (
        _chat(lines) or _form(lines) or _turns(lines, published) or _title(own, published) or _opening(own, published)
        or (None if published else _narrative(own))
    )  # fmt: skip


def _chat(lines: Sequence[str]) -> str | None:
    senders = [match["who"].strip() for line in lines if (match := _CHAT.match(line))]
    if len(senders) >= 3 and 3 * len(senders) >= len(lines):
        return f"reads like a chat: {len(senders)} lines begin with a time and a sender's name"
    return None


def _form(lines: Sequence[str]) -> str | None:
    fields = {label for line in lines[:60] if (label := _label(line)) in _signs("fields")}
    if len(fields) >= 2:
        return "reads like an interview form: it has the fields " + ", ".join(
            f"“{field}”" for field in sorted(fields)[:3]
        )
    return None


def _turns(lines: Sequence[str], published: bool) -> str | None:
    counts = Counter(label for line in lines if (label := _speaker(line)) is not None)
    sure = {label: n for label, n in counts.items() if label.split()[0] in _turn_signs("sure")}
    plain = {label: n for label, n in counts.items() if label in _turn_signs("plain")}
    if sum(sure.values()) >= 3 or (sum(sure.values()) >= 2 and len(sure) >= 2):
        return "reads like an interview: turns of " + " and ".join(f"“{label}”" for label in sorted(sure)[:3])
    if not published and len(plain) >= 2 and sum(plain.values()) >= 4:
        return "reads like an interview: questions and answers in turns"
    return None


def _title(own: Sequence[str], published: bool) -> str | None:
    if published:
        return None
    for paragraph in own[:8]:
        line = _folded(paragraph[:200])
        if len(line.split()) <= 14 and not line.endswith("."):
            sign = next((sign for sign in _ordered("titles") if _stands_in(sign, line)), None)
            if sign is not None:
                return f"calls itself “{' '.join(paragraph.split())[:80]}”"
    return None


def _opening(own: Sequence[str], published: bool) -> str | None:
    if published:
        return None
    for paragraph in own[:12]:
        line = _folded(paragraph[:80]).lstrip("0123456789.()-– ")
        sign = next((sign for sign in _ordered("openings") if line.startswith(sign)), None)
        if sign is not None:
            return f"reads like a statement: a paragraph begins “{' '.join(paragraph.split())[:60]}”"
    return None


def _narrative(own: Sequence[str]) -> str | None:
    """The first person telling, outside quotation marks, what was seen and suffered."""
    all_of_them = telling = harmed = 0
    for paragraph in own:
        plain = _QUOTED.sub(" ", paragraph)
        for span in sentences(plain, 0, len(plain)):
            tokens = set(_TOKEN.findall(_folded(span.of(plain))))
            if len(tokens) < 3:
                continue
            all_of_them += 1
            if tokens & _signs("first"):
                telling += 1
                harmed += bool(tokens & _signs("harm"))
    if telling >= 4 and harmed >= 3 and 10 * telling >= 4 * all_of_them:
        said = f"{telling} of {all_of_them} sentences are in the first person, {harmed} of them of harm"
        return f"reads like a testimony: {said}"
    return None


def _label(line: str) -> str | None:
    match = _TURN.match(line)
    return _folded(match["who"]) if match else None


def _speaker(line: str) -> str | None:
    match = _TURN.match(line) or _NUMBERED_TURN.match(line)
    label = _folded(match["who"]) if match else ""
    return label if label and len(label.split()) <= 3 else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _stands_in(sign: str, line: str) -> bool:
    at = line.find(sign)
    return (
        at >= 0 and (at == 0 or not line[at - 1].isalpha()) and not line[at + len(sign) : at + len(sign) + 1].isalpha()
    )


@cache
def _data() -> dict[str, Any]:
    text = resources.files("probanda.reading").joinpath("testimony.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    return data


@cache
def _signs(kind: str) -> frozenset[str]:
    return frozenset(_data()[kind])


@cache
def _ordered(kind: str) -> tuple[str, ...]:
    return tuple(sorted(_data()[kind]))


@cache
def _turn_signs(kind: str) -> frozenset[str]:
    return frozenset(_data()["turns"][kind])
