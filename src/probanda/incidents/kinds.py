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
from probanda.incidents.words import folded, word_set
from probanda.names.bodies import state_of
from probanda.names.letters import is_arabic


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
    place: str = ""
    """Of the other words those that say which ones: after a preposition, or with a capital; not `elderly`."""
    single: bool = False
    """The words say that one of a group speaks."""

    @property
    def several(self) -> bool:
        """True where the words say that more than one person speaks."""
        return not self.single and (self.word.endswith(("s", "x", "ون", "ين")) or self.word in _SEVERAL)


_SEVERAL = frozenset({"people", "fishermen", "women", "men", "سكان", "السكان", "أهالي", "الأهالي", "شهود", "الشهود"})
_CUT = re.compile(
    r"\b(?:of|in|from|at|for|near|on|who|whom|de|du|des|d|à|dans|pour|qui|في|من|على|الذين|الذي)\b", re.IGNORECASE
)
_PART = re.compile(
    r"\s*(?:(?:a|the|un|une|le|la)\s+)?(?:(?:one|two|three|several|some|many|most|both|another|few|group|number|members?|"
    r"members)\s+of\s+(?:the\s+|a\s+)?"
    r"|(?:l[’'])?(?:un|une|deux|trois|plusieurs|certains|certaines|groupe|membres?)\s+(?:des|de\s+la|du|de|d[’'])\s*"
    r"|(?:أحد|إحدى|بعض|عدد\s+من|مجموعة\s+من)\s+(?=ال|\w))",
    re.IGNORECASE,
)
"""`one of the` drivers, `a group of` drivers: some of those, called by the words that follow."""
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]\w+")
_ANYWHERE = word_set("village town city area district region place camp neighbourhood ville quartier zone")
"""Every group of residents is of one."""
_ONE = frozenset({"one", "another", "member", "un", "une", "membre", "احد", "احدى"})
_LINKS = {"en": frozenset({"of", "for", "and", "the"}), "fr": frozenset({"de", "des", "du", "pour", "et", "les"})}
_MANY = frozenset({"group", "groupe", "number", "members", "membres"})
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
    return re.compile(rf"\b(?:ال)?(?:{'|'.join(told)})\b")


def tongues(words: str) -> str:
    """The languages, as codes, in which a name of a teller may be written so: by its letters, of bodies by their word.

    `Committee for Roads` is English, `Comité des routes` French, `Ana Bel` may be either; an Arabic name is Arabic.
    """
    if is_arabic(words):
        return "ar"
    called = role_of(words)
    if called is None or called.role.who == "people":
        return "en fr"
    entry = next(e for e in entries() if e["id"] == called.role.id)
    small = [code for code, links in _LINKS.items() if not links.isdisjoint(folded(words).split())]
    if len(small) == 1:
        return small[0]
    found = [code for code in ("en", "fr") if called.word in {folded(w) for w in entry.get(code, ())}]
    return " ".join(found) or "en fr"


@lru_cache(maxsize=65536)
def role_of(words: str) -> Called | None:
    """How these words call somebody; None where they hold no word of kinds.yaml.

    Whoever is one of a group is called by the group's words. The head decides: of `police officer` the last word, of
    `residents of the port` what stands before the preposition;
    in Arabic the first word, since there the head comes first.
    """
    part = _PART.match(words)
    words = words[part.end() :] if part and part.end() < len(words) else words
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
    said = set(folded(part.group()).split()) if part else set()
    single = bool(said & _ONE) and not said & _MANY
    which = [t for t in folded(after).split() if t not in _SMALL and t not in _ANYWHERE] if after else []
    which += [t for t in named_head if is_arabic(t) or t in folded(" ".join(_CAPITAL.findall(head))).split()]
    return Called(role, word, " ".join(left), bool(after) or not named_head, " ".join(which), single)


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
