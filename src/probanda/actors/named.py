"""Which mentions of units, bodies, States, places and unnamed groups go together.

Names with a key (a known body, a State's forces, a place of the gazetteer, the same words) link between
texts. Common nouns (`local militia`, `residents`) link only inside one text, when the words are equal.

Start with `named_of_text`, `propose_groups`; between texts `link_same_name`, `link_place`.

Looks down to: names, proposals. Used by: one_text, kept.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from probanda.actors.proposals import Proposal, Strength, by_item, earliest
from probanda.claims.model import Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_key, body_name, compare_bodies, initials, is_proper, points_elsewhere, state_of
from probanda.names.folding import fold, skeleton
from probanda.names.model import Verdict
from probanda.names.places import lookup, place_key, place_words, same_place

# Unnamed groups


def propose_groups(mentions: Iterable[Mention]) -> Proposal:
    """`residents` and `residents` of one text, and nothing else: two texts' residents are not one group."""
    proposal = Proposal()
    for text in by_item(mentions):
        written: dict[str, list[Mention]] = {}
        for m in text:
            if not points_elsewhere(m.words):
                written.setdefault(_plain(m.words), []).append(m)
        for words in sorted(written):
            same = written[words]
            proposal.star(same, earliest(same), Strength.SAME_WORDS_IN_TEXT, "the same words in one text; no name")
    return proposal


def _plain(words: str) -> str:
    tokens = fold(words).split()
    return " ".join(tokens[1:] if tokens[:1] in (["the"], ["a"], ["an"]) and len(tokens) > 1 else tokens)


# Units, bodies, States


@dataclass(slots=True)
class Named:
    """Mentions of one text under one key."""

    key: str
    mentions: list[Mention]
    acronyms: set[str]
    centre: Mention
    """The earliest mention under this key; it speaks for the others, also after short forms have joined."""
    also: set[str] = field(default_factory=set)
    """Keys of known bodies that short forms in this text are names of."""

    @property
    def words(self) -> set[str]:
        """The forms in which it is written."""
        return {m.words for m in self.mentions}

    @property
    def keys(self) -> set[str]:
        """Under which keys other texts may name it."""
        return {self.key, *self.also}

    @property
    def acronym_only(self) -> bool:
        return self.key.startswith("acronym:")


Bearers = Callable[[str], tuple[str, ...]]
"""Takes an owner's name as written; gives the persons of the situation it can mean."""


def named_of_text(text: Sequence[Mention], bearers: Bearers, proposal: Proposal) -> list[Named]:
    """The units, bodies and States that one text names (its mentions in order of place, without common nouns).

    `bearers` settles whose forces `X's forces` are: of two texts they are one unit when X can be one person only.
    """
    found: dict[str, dict[str, list[Mention]]] = {}
    for m in text:
        found.setdefault(body_key(m.words), {}).setdefault(m.words, []).append(m)
    named: list[Named] = []
    for key in sorted(found):
        for alike in families(found[key], _one_body):
            family = [m for words in alike for m in found[key][words]]
            proposal.star(family, earliest(family), Strength.SAME_NAME_IN_TEXT, "the same name in one text")
            letters = {a for m in family if (a := body_name(m.words).acronym)}
            named.append(Named(key, family, letters, earliest(family)))
    return _with_short_forms(named, bearers, proposal)


def families(forms: Iterable[str], alike: Callable[[str, str], bool]) -> list[list[str]]:
    """Part words under one key by whether they are alike; the first words in order speak for each part."""
    parts: list[list[str]] = []
    for words in sorted(forms):
        home = next((part for part in parts if alike(part[0], words)), None)
        if home is None:
            parts.append([words])
        else:
            home.append(words)
    return parts


def _with_short_forms(named: list[Named], bearers: Bearers, proposal: Proposal) -> list[Named]:
    """Put acronyms and short forms of one text to the one longer form that bears them."""
    by_letters: dict[str, list[Named]] = {}
    by_part: dict[tuple[str, ...], list[Named]] = {}
    for one in named:
        for letters in sorted({x for m in one.mentions for x in initials(m.words)} if not one.acronym_only else ()):
            by_letters.setdefault(letters, []).append(one)
        for part in sorted({p for m in one.mentions for p in _parts(m.words)}):
            by_part.setdefault(part, []).append(one)
    left: list[Named] = []
    owner = {m.id: one for one in named for m in one.mentions}
    for one in named:
        equated = [owner[m.same_as] for m in one.mentions if m.same_as in owner and owner[m.same_as] is not one]
        if one.acronym_only and equated:
            homes, reason = equated[:1], "the text itself equates the letters with the name"
        elif one.acronym_only:
            homes = by_letters.get(one.key.removeprefix("acronym:"), [])
            reason = "the initials of the name in full in this text"
        else:
            words = one.centre.words
            # The person X is never a short form of `X's forces`, whatever kind a reader gave him.
            near = [] if bearers(words) else [h for h in by_part.get(_keys(words), ()) if h is not one]
            homes = [h for h in near if compare_bodies(words, h.centre.words).verdict is Verdict.COMPATIBLE]
            reason = "short form of a name in this text"
        if len(homes) == 1:
            home = homes[0]
            proposal.join(one.centre, home.centre, Strength.SHORT_FORM_IN_TEXT, f"{reason}: {home.centre.words}")
            home.acronyms |= one.acronyms
            home.mentions.extend(one.mentions)
            home.also |= {k for m in one.mentions if (k := body_name(m.words).known)} | one.also
        else:
            if homes:
                names = " and ".join(sorted(h.centre.words for h in homes))
                proposal.kept[one.centre.id] = f"more than one name in this text can be meant: {names}"
            left.append(one)
    return left


@lru_cache(maxsize=65536)
def _keys(words: str) -> tuple[str, ...]:
    return tuple(t if t.startswith("@") or t.isdigit() else skeleton(t) or t for t in body_name(words).words)


@lru_cache(maxsize=65536)
def _parts(words: str) -> frozenset[tuple[str, ...]]:
    """Beginnings, and ends of two words and more, of a name: what a short form of it can be."""
    keys = _keys(words)
    beginnings = {keys[:n] for n in range(1, len(keys))}
    return frozenset(beginnings | {keys[n:] for n in range(1, len(keys) - 1)})


def link_same_name(ones: Sequence[Named]) -> Proposal:
    """Ones of several texts under one key: linked where the words are alike too (a key is coarser than a name)."""
    proposal = Proposal()
    written: dict[str, dict[str, Mention]] = {}
    for one in ones:
        for words in one.words:
            written.setdefault(words, {})[one.centre.id] = one.centre
    for family in families(written, _one_body):
        centres = {id_: m for words in family for id_, m in written[words].items()}
        first = centres[min(centres)]
        proposal.star(centres.values(), first, Strength.SAME_NAME, f"the same name in another text ({first.words})")
    return proposal


def _one_body(a: str, b: str) -> bool:
    return compare_bodies(a, b).verdict is Verdict.SAME


def owners(one: Named, bearers: Bearers) -> dict[tuple[str, str], None]:
    """(person, the other words) for each person after whom the unit can be named."""
    found: dict[tuple[str, str], None] = {}
    for m in one.mentions:
        name = body_name(m.words)
        # `Karim forces` without a possessive is read as `Karim's forces` where a Karim is known.
        owner = name.owned or " ".join(takewhile(is_proper, name.words))
        if owner:
            rest = " ".join(w for w in name.words if w not in owner.split())
            found.update(((person, rest), None) for person in bearers(owner))
    return found


CONTESTED = "named after a family name that more than one person of this situation bears"


def link_owned(centres: Sequence[Mention]) -> Proposal:
    """Units of several texts that are named after one person, with the same other words."""
    proposal = Proposal()
    first = min(centres, key=lambda m: m.id)
    reason = f"named after the same person as in another text ({first.words}), the only one who bears that name"
    proposal.star(centres, first, Strength.ONLY_BEARER, reason)
    return proposal


def link_acronym(letters: str, centres: Sequence[Mention], full: Mapping[str, Mention]) -> Proposal:
    """Letters alone in several texts. `full`: key of each name that a text spells them out in -> who speaks for it."""
    proposal = Proposal()
    if len(full) > 1:
        proposal.kept.update((m.id, "other texts spell these letters out in more than one way") for m in centres)
    elif full:
        home = next(iter(full.values()))
        proposal.star(
            centres, home, Strength.ACRONYM, f"another text spells these letters out, all in one way: {home.words}"
        )
    elif centres and len(letters) > 2:
        first = min(centres, key=lambda m: m.id)
        proposal.star(centres, first, Strength.ACRONYM, "the same letters in another text; no text spells them out")
    return proposal


# Places


def link_place(centres: Sequence[Mention]) -> Proposal:
    """One place of several texts, each with the mention that speaks for it."""
    proposal = Proposal()
    first = min(centres, key=lambda m: m.id)
    for centre in centres:
        reason = same_place(centre.words, first.words).reason
        proposal.join(centre, first, Strength.SAME_NAME, f"{reason} ({first.words} in another text)")
    return proposal


def one_place(a: str, b: str) -> bool:
    return same_place(a, b).verdict in (Verdict.SAME, Verdict.COMPATIBLE)


def country_of(m: Mention) -> str | None:
    """The country that an unambiguous place, a State or a body names."""
    if m.kind is MentionKind.PLACE:
        readings = lookup(m.words)
        return readings[0].country if len(readings) == 1 else None
    return state_of(m.words) or next((w[1:] for w in body_name(m.words).words if w.startswith("@")), None)


def place_block(words: str) -> str | None:
    """The block key of a place; None where the gazetteer has several readings."""
    if len(lookup(words)) > 1:
        return None
    return place_key(words) or " ".join(place_words(words)) or words


def reading_among(words: str, countries: Container[str | None]) -> str | None:
    """The one reading, of several, that lies in these countries; None where there is not just one."""
    fitting = [p for p in lookup(words) if p.country in countries]
    return fitting[0].id if len(fitting) == 1 else None


def left_open(words: str) -> tuple[str, str]:
    """The block key of a place whose reading is not settled, and the reason to show."""
    ids = [p.id for p in lookup(words)]
    return "open:" + "+".join(ids), "a name with several readings: " + ", ".join(ids)
