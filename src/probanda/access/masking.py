"""Codenames: names of people, and what leads to them, taken out of words that leave the case.

Pure: a key and names in, masked words out. Start with `Masker.mask`. A name gets the same codename
wherever it stands, in one case; under another case's key it gets another, so that two dossiers cannot
be laid side by side. Masking errs towards the person: rather a word too many than a name left.

How a name is found: its letters are folded (`letters`), and looked up from each start of a word in a
tree of all listed names, so the time grows with the length of the words and of the longest name, not
with their product with the number of names. What it does not find: a nickname or description nobody
listed, a misspelling, a surname written in small letters, initials, names inside pictures.

Looks down to: access.letters, access.contacts, access.common_words. Used by: casework.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from probanda.access.common_words import COMMON
from probanda.access.contacts import contacts_in
from probanda.access.letters import HYPHENS, Gap, Letters, fold, letters_of

Group = tuple[str, tuple[str, ...]]
"""A kind (person, unit, place ...) and all the ways its name is written, in any script."""

PERSON = "person"
SHARED = "[name]"
"""Stands for a name that two people share: to give it one codename would say which of them is meant."""
CODE_LENGTH = 4
"""Letters of a codename: 32^4 are a million, so a thousand names rarely meet; those that do get longer ones."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 after Crockford: no I, L, O, U, which are misread or make words."""
_WRITTEN = re.compile(rf"[A-Z][a-z]{{1,20}}-[{_ALPHABET}]{{4,60}}|{re.escape(SHARED)}")
_SHORTEST = 2
"""A single letter is no name: to mask it would leave no text. (Initials of a masked name may stay.)"""
_SHORTEST_PART = 3
_PREFIXES = frozenset(
    first + second + article for first in ("", "و", "ف") for second in ("", "ب", "ل", "ك") for article in ("", "ال")
) | {"لل", "ولل", "فلل"}
"""What Arabic writes together with the word that follows: and, so, with, for, like, the."""
_SERVANT_OF = ("عبد", "abdul", "abdel", "abdal", "abd")
"""Names begin with these written together or apart."""
_BETWEEN_WORDS = re.compile(r"[^\w'’‘ʼʻʿʾ`\u0300-\u036f\u064b-\u065f\u200b-\u200f\u00ad-]+")


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: the letters that may follow, and what ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    between_words: bool = False
    """True when a word of some name ends here, so that a space may stand in the text."""
    codename: str = ""
    part_of: str = ""
    """The codename when one word of a person's name ends here: counts only for a capitalised word."""


class Masker:
    """Takes listed names, and contacts of anyone, out of words.

    `names` are (words, kind) that stand each for itself; `groups` gather the variants of one name under
    one codename. The order of neither matters. The key is the case's secret: 16 bytes or more.
    `contacts` False leaves phones, e-mail, addresses and numbers as they stand.
    """

    def __init__(
        self,
        key: bytes,
        names: Iterable[tuple[str, str]] = (),
        *,
        groups: Iterable[Group] = (),
        contacts: bool = True,
    ) -> None:
        if len(key) < 16:
            raise ValueError("the key that makes codenames has 16 bytes or more")
        self._key, self._contacts = key, contacts
        listed = _gathered(names, groups)
        self._codenames = _distinct({lead: self._code(lead[1]) for lead in listed})
        self._written = {SHARED, *self._codenames.values()}
        self._root = _Node()
        self._plant(listed)

    def codename(self, group: Group) -> str:
        """The codename of a group, such as `Person-7K2M`; of one not listed, the one it would get alone."""
        kind, variants = group
        lead = _lead(kind, variants)
        return self._codenames.get(lead) or f"{kind.capitalize()}-{self._code(lead[1])[:CODE_LENGTH]}"

    def mask(self, words: str) -> str:
        """The words with every listed name as its codename, and phones, e-mail, addresses, numbers as marks.

        Prefixes and possessives that cling to a name stay. Linear in the length of the words.
        """
        contacts = contacts_in(words) if self._contacts else ()
        names = self._names_in(letters_of(words), words)
        found = sorted([*self._masked_before(words), *contacts, *names], key=lambda one: (one[0], -one[1]))
        kept: list[str] = []
        done = 0
        for start, end, instead in found:
            if end <= done:
                continue  # inside what was just replaced
            kept += [words[done:start], instead]
            done = end
        return "".join([*kept, words[done:]])

    def _masked_before(self, words: str) -> Iterator[tuple[int, int, str]]:
        """What an earlier masking wrote: it stays as it is, even where somebody's name is Person."""
        for found in _WRITTEN.finditer(words):
            if found.group() in self._written:
                yield found.start(), found.end(), found.group()

    def _code(self, folded: str) -> str:
        number = int.from_bytes(hmac.new(self._key, folded.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())
        return "".join(_ALPHABET[number >> shift & 31] for shift in range(251, -1, -5))

    def _plant(self, listed: dict[_Lead, set[str]]) -> None:
        """Set every variant, and every word of a person's name, into the tree."""
        whole: dict[str, set[str]] = defaultdict(set)
        parts: dict[str, set[str]] = defaultdict(set)
        # People last: a place that bears a person's name is masked as the person.
        for lead in sorted(listed, key=lambda lead: (lead[0] == PERSON, lead)):
            codename = self._codenames[lead]
            for variant in sorted(listed[lead]):
                for letters, breaks in _spellings(variant):
                    self._grow(letters, breaks)
                    _claim(whole, letters, codename, lead[0])
                for part in _parts(variant) if lead[0] == PERSON else ():
                    self._grow(part, set())
                    parts[part].add(codename)
        for letters, codenames in whole.items():
            self._at(letters).codename = _only(codenames)
        for letters, codenames in parts.items():
            self._at(letters).part_of = _only(codenames)

    def _grow(self, letters: str, breaks: set[int]) -> None:
        node = self._root
        for count, letter in enumerate(letters, start=1):
            node = node.next.setdefault(letter, _Node())
            node.between_words |= count in breaks

    def _at(self, letters: str) -> _Node:
        node = self._root
        for letter in letters:
            node = node.next[letter]
        return node

    def _names_in(self, text: Letters, words: str) -> Iterator[tuple[int, int, str]]:
        """The listed names in these words, from left to right, the longest at each place."""
        here = 0
        while here < len(text.chars):
            end = 0
            for start in _starts(text, here):
                end, codename = self._longest(text, start, words)
                if end:
                    yield text.start[start], text.stop[end - 1], codename
                    break
            here = end or here + 1

    def _longest(self, text: Letters, start: int, words: str) -> tuple[int, str]:
        """Where the longest name that begins here ends, and its codename; 0 when none does."""
        node, end, codename = self._root, 0, ""
        broken = False
        for place in range(start, len(text.chars)):
            if place > start and (gap := text.gap[place]) and not node.between_words:
                if gap != Gap.SOFT:
                    break
                broken = True
            elif place > start and gap == Gap.HARD:
                break
            following = node.next.get(text.chars[place])
            if following is None:
                break
            node = following
            stands = node.codename or (node.part_of if _capitalised(words[text.start[start]]) else "")
            if stands and _word_ends(text, start, place + 1, words) and not (broken and _common(text, start, place)):
                end, codename = place + 1, stands
        return end, codename


_Lead = tuple[str, str]
"""Kind and first folded variant: what a group is known by, whatever the order in which its variants came."""


def _lead(kind: str, variants: Iterable[str]) -> _Lead:
    return kind, min(fold(variant) for variant in variants)


def _gathered(names: Iterable[tuple[str, str]], groups: Iterable[Group]) -> dict[_Lead, set[str]]:
    """All variants by group; a single name that some group of its kind holds adds no group of its own."""
    listed: dict[_Lead, set[str]] = defaultdict(set)
    for kind, variants in groups:
        named = {variant for variant in variants if len(fold(variant)) >= _SHORTEST}
        if named:
            listed[_lead(kind, named)] |= named
    held = {(kind, fold(variant)) for (kind, _), variants in listed.items() for variant in variants}
    for words, kind in names:
        folded = fold(words)
        if len(folded) >= _SHORTEST and (kind, folded) not in held:
            listed[kind, folded].add(words)
    return listed


def _distinct(codes: dict[_Lead, str]) -> dict[_Lead, str]:
    """Codenames from codes: those that would be alike are all lengthened until they differ, in whatever order."""
    found: dict[_Lead, str] = {}
    waiting, length = sorted(codes), CODE_LENGTH
    while waiting:
        alike: dict[str, list[_Lead]] = defaultdict(list)
        for lead in waiting:
            alike[f"{lead[0].capitalize()}-{codes[lead][:length]}"].append(lead)
        found |= {leads[0]: codename for codename, leads in alike.items() if len(leads) == 1}
        waiting = [lead for leads in alike.values() if len(leads) > 1 for lead in leads]
        length += 1
    return found


def _spellings(variant: str) -> Iterator[tuple[str, set[int]]]:
    """A name's folded letters, with the places where its words part; and as Arabic writes "to" before "the"."""
    text = letters_of(variant)
    letters = "".join(text.chars)
    breaks = {place for place, edge in enumerate(text.edge) if place and edge}
    for place in (0, *sorted(breaks)):
        servant = next((head for head in _SERVANT_OF if letters.startswith(head, place)), "")
        if servant:
            breaks |= {place + len(servant)}
    yield letters, breaks
    if letters.startswith("ال") and len(letters) > 2 + _SHORTEST_PART:
        yield "لل" + letters[2:], breaks


def _parts(variant: str) -> Iterator[str]:
    """The words of a person's name that may give the person away alone, folded."""
    written = [word for word in _BETWEEN_WORDS.split(variant) if word]
    lower = all(not _capitalised(word[0]) for word in written)
    for word in written:
        for piece in {word, *re.split(f"[{re.escape(HYPHENS)}]", word)}:
            folded = fold(piece)
            if not piece or not (lower or _capitalised(piece[0])):
                continue
            bare = folded.removeprefix("ال")
            for part in {folded, bare}:
                if len(part) >= _SHORTEST_PART and part not in COMMON and not part.isdigit():
                    yield part


def _claim(whole: dict[str, set[str]], letters: str, codename: str, kind: str) -> None:
    if kind == PERSON:  # people come last, and take the name from whatever else bears it
        whole[letters] = {held for held in whole[letters] if held.startswith(PERSON.capitalize())}
    whole[letters].add(codename)


def _only(codenames: set[str]) -> str:
    return next(iter(codenames)) if len(codenames) == 1 else SHARED


def _starts(text: Letters, here: int) -> Sequence[int]:
    """Where a name may start in the word that begins here: at its first letter, or after an Arabic prefix."""
    if not text.edge[here]:
        return ()
    if not "\u0600" <= text.chars[here] <= "\u06ff":
        return (here,)
    end = min(here + 6, len(text.chars))
    word = "".join(text.chars[here:end])
    clinging = [
        here + n for n in range(1, end - here) if word[:n] in _PREFIXES and not any(text.gap[here + 1 : here + n + 1])
    ]
    return [here, *(start for start in clinging if not any(text.gap[start + 1 : start + _SHORTEST_PART]))]


def _word_ends(text: Letters, start: int, end: int, words: str) -> bool:
    """True when a word ends here, or the `s` of a family's plural is all that follows ("the Ferrins")."""
    if text.ends_at(end):
        return True
    plural = text.chars[end] == "s" and end - start > _SHORTEST_PART and text.ends_at(end + 1)
    return plural and words[text.start[start]].isupper()


def _common(text: Letters, start: int, last: int) -> bool:
    """True when the pieces that would make up a broken name are all ordinary words ("in" and "a")."""
    bounds = [start, *(place for place in range(start + 1, last + 1) if text.gap[place]), last + 1]
    return all("".join(text.chars[one:other]) in COMMON for one, other in itertools.pairwise(bounds))


def _capitalised(letter: str) -> bool:
    """True for a capital, and for a letter of a script that has none."""
    return letter.isupper() or letter.istitle() or letter.lower() == letter.upper()
