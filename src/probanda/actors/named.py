"""Which mentions of units, bodies, States, places and unnamed groups go together.

Names with a key (a known body, a State's forces, a place of the gazetteer, the same words) link between
texts. Common nouns (`local militia`, `residents`) link only inside one text, when the words are equal.

Start with `propose_named`, `propose_places`, `propose_groups`.

Looks down to: names, proposals. Used by: linking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from probanda.actors.proposals import Proposal, Strength, by_item, earliest
from probanda.claims.model import Mention
from probanda.kernel.vocabulary import MentionKind
from probanda.names.bodies import body_key, body_name, compare_bodies, initials, is_proper, points_elsewhere, state_of
from probanda.names.folding import fold, skeleton
from probanda.names.model import Verdict
from probanda.names.places import Place, lookup, place_key, place_words, same_place

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
class _Named:
    """Mentions of one text under one key."""

    key: str
    mentions: list[Mention]
    acronyms: set[str]
    centre: Mention
    """The earliest mention under this key; it speaks for the others, also after short forms have joined."""
    also: set[str] = field(default_factory=set)
    """Keys of known bodies that short forms in this text are names of."""

    @property
    def acronym_only(self) -> bool:
        return self.key.startswith("acronym:")


Bearers = Callable[[str], tuple[str, ...]]
"""Takes an owner's name as written; gives the persons of the situation it can mean."""


def _nobody(words: str) -> tuple[str, ...]:
    return ()


def propose_named(mentions: Iterable[Mention], bearers: Bearers = _nobody) -> Proposal:
    """Links between units, bodies and States.

    `bearers` settles whose forces `X's forces` are: of two texts they are one unit when X can be one person only.
    """
    proposal = Proposal()
    all_named: list[_Named] = []
    for text in by_item(mentions):
        proposal.add(propose_groups(m for m in text if body_name(m.words).generic))
        all_named.extend(_named_of_text([m for m in text if not body_name(m.words).generic], bearers, proposal))
    _named_between_texts(all_named, bearers, proposal)
    return proposal


def _named_of_text(text: Sequence[Mention], bearers: Bearers, proposal: Proposal) -> list[_Named]:
    found: dict[str, list[Mention]] = {}
    for m in text:
        found.setdefault(body_key(m.words), []).append(m)
    named: list[_Named] = []
    for key in sorted(found):
        for family in _families(found[key], _one_body):
            proposal.star(family, earliest(family), Strength.SAME_NAME_IN_TEXT, "the same name in one text")
            letters = {a for m in family if (a := body_name(m.words).acronym)}
            named.append(_Named(key, family, letters, earliest(family)))
    return _with_short_forms(named, bearers, proposal)


def _families(mentions: Sequence[Mention], alike: Callable[[str, str], bool]) -> list[list[Mention]]:
    """Part mentions under one key by whether their words are alike; the first words in order speak for each part."""
    forms: dict[str, list[Mention]] = {}
    for m in mentions:
        forms.setdefault(m.words, []).append(m)
    parts: list[tuple[str, list[Mention]]] = []
    for words in sorted(forms):
        home = next((part for speaker, part in parts if speaker == words or alike(speaker, words)), None)
        if home is None:
            parts.append((words, list(forms[words])))
        else:
            home.extend(forms[words])
    return [part for _, part in parts]


def _with_short_forms(named: list[_Named], bearers: Bearers, proposal: Proposal) -> list[_Named]:
    """Put acronyms and short forms of one text to the one longer form that bears them."""
    by_letters: dict[str, list[_Named]] = {}
    by_part: dict[tuple[str, ...], list[_Named]] = {}
    for one in named:
        for letters in sorted({x for m in one.mentions for x in initials(m.words)} if not one.acronym_only else ()):
            by_letters.setdefault(letters, []).append(one)
        for part in sorted({p for m in one.mentions for p in _parts(m.words)}):
            by_part.setdefault(part, []).append(one)
    left: list[_Named] = []
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


def _named_between_texts(named: Sequence[_Named], bearers: Bearers, proposal: Proposal) -> None:
    blocks: dict[str, list[_Named]] = {}
    owned: dict[tuple[str, str], list[Mention]] = {}
    spelled_out: dict[str, dict[str, Mention]] = {}
    for one in named:
        owners = _owners(one, bearers)
        contested = len({person for person, _ in owners}) > 1
        if contested:
            proposal.kept[one.centre.id] = "named after a family name that more than one person of this situation bears"
        else:
            for owner in owners:
                owned.setdefault(owner, []).append(one.centre)
        keys = one.also if contested else {one.key, *one.also}
        for key in keys:
            blocks.setdefault(key, []).append(one)
        if not one.acronym_only:
            for letters in one.acronyms:
                spelled_out.setdefault(letters, {}).setdefault(one.key, one.centre)
    for key in sorted(blocks):
        if key.startswith("acronym:"):
            _acronym_between_texts(key.removeprefix("acronym:"), blocks[key], spelled_out, proposal)
        else:
            _same_name_between_texts(blocks[key], proposal)
    for owner in sorted(owned):
        first = min(owned[owner], key=lambda m: m.id)
        reason = f"named after the same person as in another text ({first.words}), the only one who bears that name"
        proposal.star(owned[owner], first, Strength.ONLY_BEARER, reason)


def _same_name_between_texts(ones: Sequence[_Named], proposal: Proposal) -> None:
    """Ones under one key: linked where the words are alike too (a key is coarser than a name)."""
    best = {one.centre.id: one for one in ones}
    for family in _families([m for one in best.values() for m in one.mentions], _one_body):
        ids = {m.id for m in family}
        centres = [one.centre for one in best.values() if any(m.id in ids for m in one.mentions)]
        first = min(centres, key=lambda m: m.id)
        proposal.star(centres, first, Strength.SAME_NAME, f"the same name in another text ({first.words})")


def _one_body(a: str, b: str) -> bool:
    return compare_bodies(a, b).verdict is Verdict.SAME


def _owners(one: _Named, bearers: Bearers) -> dict[tuple[str, str], None]:
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


def _acronym_between_texts(
    letters: str, ones: Sequence[_Named], spelled_out: dict[str, dict[str, Mention]], proposal: Proposal
) -> None:
    full = spelled_out.get(letters, {})
    centres = [one.centre for one in ones]
    if len(full) > 1:
        proposal.kept.update((m.id, "other texts spell these letters out in more than one way") for m in centres)
    elif full:
        home = next(iter(full.values()))
        proposal.star(
            centres, home, Strength.ACRONYM, f"another text spells these letters out, all in one way: {home.words}"
        )
    elif len(letters) > 2:
        first = min(centres, key=lambda m: m.id)
        proposal.star(centres, first, Strength.ACRONYM, "the same letters in another text; no text spells them out")


# Places


def propose_places(mentions: Iterable[Mention], others: Iterable[Mention] = ()) -> Proposal:
    """Links between places. `others` (States and bodies) tell which countries a text speaks of."""
    proposal = Proposal()
    places = list(mentions)
    countries = _countries((*places, *others))
    everywhere = set().union(*countries.values()) if countries else set()
    blocks: dict[str, list[Mention]] = {}
    for m in places:
        blocks.setdefault(_reading(m, countries.get(m.item, set()), everywhere, proposal), []).append(m)
    for key in sorted(blocks):
        for family in _families(blocks[key], _one_place):
            centres = []
            for text in by_item(family):
                proposal.star(text, earliest(text), Strength.SAME_NAME_IN_TEXT, "the same place name in one text")
                centres.append(earliest(text))
            first = min(centres, key=lambda m: m.id)
            for centre in centres:
                reason = same_place(centre.words, first.words).reason
                proposal.join(centre, first, Strength.SAME_NAME, f"{reason} ({first.words} in another text)")
    return proposal


def _one_place(a: str, b: str) -> bool:
    return same_place(a, b).verdict in (Verdict.SAME, Verdict.COMPATIBLE)


def _countries(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """For each item, the countries that its unambiguous places and States name."""
    found: dict[str, set[str]] = {}
    for m in mentions:
        country: str | None
        if m.kind is MentionKind.PLACE:
            readings = lookup(m.words)
            country = readings[0].country if len(readings) == 1 else None
        else:
            country = state_of(m.words) or next((w[1:] for w in body_name(m.words).words if w.startswith("@")), None)
        if country:
            found.setdefault(m.item, set()).add(country)
    return found


def _reading(m: Mention, here: set[str], everywhere: set[str], proposal: Proposal) -> str:
    """The block key of a place: its one reading, found by the countries the text (else the situation) speaks of."""
    readings = lookup(m.words)
    if len(readings) < 2:
        return place_key(m.words) or " ".join(place_words(m.words)) or m.words
    for countries in (here, everywhere):
        fitting: list[Place] = [p for p in readings if p.country in countries]
        if len(fitting) == 1:
            return fitting[0].id
    proposal.kept[m.id] = "a name with several readings: " + ", ".join(p.id for p in readings)
    return "open:" + "+".join(p.id for p in readings)
