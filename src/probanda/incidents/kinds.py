"""What kind of origin a speaker or an original is, by how it is called: residents, a ministry, a video, "sources".

Start with `role_of`. The words are data (`kinds.yaml`), in English, French and Arabic, each entry with examples.

Looks down to: incidents.model, words. Used by: telling, accounts, corroboration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from probanda.incidents.model import SourceKind
from probanda.incidents.words import folded
from probanda.names.bodies import state_of


@dataclass(frozen=True, slots=True)
class Role:
    """One entry of kinds.yaml."""

    id: str
    kind: SourceKind
    who: str
    """people, body, carrier, original or nobody."""


@dataclass(frozen=True, slots=True)
class Called:
    """How some words call somebody: their role, the words that say so, and what is left to tell them apart."""

    role: Role
    word: str
    rest: str
    """The other words, folded, without the commonest ones: `old town` of `residents of the old town`."""
    of_place: bool
    """The rest follows a preposition: it says where they are, and is no name of theirs."""

    @property
    def several(self) -> bool:
        """True where the words say that more than one person speaks."""
        return self.word.endswith(("s", "x", "ون", "ين")) or self.word in _SEVERAL


_SEVERAL = frozenset({"people", "fishermen", "women", "men", "سكان", "السكان", "أهالي", "الأهالي", "شهود", "الشهود"})
_CUT = re.compile(
    r"\b(?:of|in|from|at|for|near|on|who|whom|de|du|des|d|à|dans|pour|qui|في|من|على|الذين|الذي)\b", re.IGNORECASE
)
_SMALL = frozenset(
    """
    the a an some many several two three four five six seven eight nine ten other local former old new and or one
    le la les l un une des deux trois quatre cinq plusieurs autres locaux ancien ancienne anciens et
    """.split()  # noqa: SIM905
)


@cache
def roles() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    """All entries in their order, each with the words that it has in any language."""
    return tuple((Role(e["id"], SourceKind(e["kind"]), e["who"]), _words(e)) for e in entries())


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """The entries of kinds.yaml as they stand."""
    text = resources.files("probanda.incidents").joinpath("kinds.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text))


def _words(entry: dict[str, Any]) -> re.Pattern[str]:
    listed = [w for language in ("en", "fr", "ar") for w in entry.get(language, ())]
    told = sorted({r"\w*".join(folded(part) for part in w.split("*")) for w in listed}, key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(told)})\b")


@lru_cache(maxsize=65536)
def role_of(words: str) -> Called | None:
    """How these words call somebody; None where they hold no word of kinds.yaml.

    The head decides: of `police officer` the last word, of `residents of the port` what stands before the preposition;
    in Arabic the first word, since there the head comes first.
    """
    cut = _CUT.search(words)
    head, after = (words[: cut.start()], words[cut.end() :]) if cut and cut.start() else (words, "")
    found = _headed(folded(head))
    if found is None:
        found = _headed(folded(words))
        after = ""
        head = words
    if found is None and state_of(words) is not None:  # "Sudan denied it": its authorities speak
        return Called(
            next(r for r, _ in roles() if r.id == "authorities"), folded(words), folded(words), of_place=False
        )
    if found is None:
        return None
    role, word = found
    left = [t for t in f"{folded(head)} {folded(after)}".split() if t not in _SMALL and t not in word.split()]
    named_head = [t for t in folded(head).split() if t not in _SMALL and t not in word.split()]
    return Called(role, word, " ".join(left), of_place=bool(after) or not named_head)


def _headed(words: str) -> tuple[Role, str] | None:
    rightmost = not any("\u0600" <= c <= "\u06ff" for c in words)
    found = [
        ((-m.end() if rightmost else m.start()), n, role, m.group())
        for n, (role, pattern) in enumerate(roles())
        for m in pattern.finditer(words)
    ]
    if not found:
        return None
    _, _, role, word = min(found, key=lambda f: f[:2])
    return role, word
