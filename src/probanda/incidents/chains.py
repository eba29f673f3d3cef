"""Who tells a claim, from the publication inwards; described groups are told apart by who heard them.

Start with `Chains.of`. A name is one teller wherever it is written; `residents` are other people in each text, unless
the text says whom they told: then they are the residents whom that body heard.

Looks down to: claims, incidents.facts, kinds, telling, words. Used by: accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.facts import Reader
from probanda.incidents.kinds import Called, role_of
from probanda.incidents.telling import Told, said_to_be
from probanda.incidents.words import folded, is_named, word_set
from probanda.names.blocking import candidates
from probanda.names.compare import Kind, compare, prepare
from probanda.names.letters import is_arabic
from probanda.names.model import Sameness

GROUPS = frozenset({"survivors", "relatives", "witnesses", "residents"})
"""Roles that in Arabic stand before the name of the place whose people they are."""
CALENDAR = word_set(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre lundi mardi mercredi jeudi vendredi samedi dimanche"
)
"""A month or a day of the week tells nothing to anybody, even where a sentence reads as if it did."""


@dataclass(frozen=True, slots=True)
class Teller:
    """One of those through whom a claim is told."""

    key: str
    """Of the named: who they are. Of the described: how they are called; it says nothing of who they are."""
    words: str
    named: bool
    called: Called | None = None

    @property
    def role(self) -> str:
        """The id of the role in kinds.yaml; empty where the words tell none."""
        return self.called.role.id if self.called else ""

    @property
    def who(self) -> str:
        """people, body, carrier, original or nobody; empty where the words do not tell."""
        return self.called.role.who if self.called else ""

    def same_as(self, other: Teller) -> bool:
        """True when a copy or a translation of the text means the same one: the same name, words, or role."""
        if self.key == other.key or folded(self.words) == folded(other.words):
            return True
        return not self.named and not other.named and bool(self.role) and self.role == other.role


class Chains:
    """Reads the tellers of claims; remembers, text by text, who was named or described before."""

    def __init__(
        self, reader: Reader, told: Mapping[str, Told], published: Mapping[str, Named], claims: Iterable[Claim]
    ) -> None:
        """`published`: item -> its publisher, as written in its marks or at its head."""
        self._reader, self._told = reader, told
        spoken = [s for c in claims for s in c.speakers if s.words != DOC]
        self._one = _one_key([*spoken, *published.values()], reader)
        self.published = {item: self.teller(name).key for item, name in sorted(published.items())}
        """Item -> key of its publisher."""
        self._publisher = {item: folded(name.words) for item, name in published.items()}
        self._names = frozenset(self.published.values())

    def of_text(self, claims: Iterable[Claim]) -> dict[str, tuple[Teller, ...]]:
        """The tellers of each claim of one text, outermost first, without the publication."""
        before: dict[str, tuple[Teller, ...]] = {}
        surnames: dict[str, Teller] = {}
        out = {}
        for claim in sorted(claims, key=lambda c: (c.start, c.end, c.id)):
            chain = tuple(_by_surname(t, surnames) for t in self._chain(claim))
            if chain and not chain[-1].named and chain[-1].who == "people":
                chain = _as_before(chain, before)
                before[chain[-1].role] = chain
            out[claim.id] = chain
        return out

    def teller(self, named: Named) -> Teller:
        """Somebody who tells, by name or as described."""
        called = role_of(named.words)
        key = self._reader.key(named)
        key = self._one.get(key, key)
        if called is None or (called.role.who != "nobody" and not self._described(named, called)):
            body = called is not None and called.role.who != "nobody"
            return Teller(key, named.words, body or self._reader.named(named) is not None, called)
        return Teller(f"role:{called.role.id}:{called.rest}", named.words, False, called)

    def _described(self, named: Named, called: Called) -> bool:
        """True for `residents of the port` and `the police`; false for `Doctor Ana Bel` and `Ministry of Works`."""
        if called.role.who != "people":  # "Army of the North" is a name, though each of its words is common
            big = called.word == called.rest or any(w[:1].isupper() or is_arabic(w) for w in named.words.split()[1:])
            return self._reader.named(named) is None and not (called.rest and big)
        if called.of_place or not is_named(named.words) or folded(named.words).endswith(called.word):
            return True
        return called.role.id in GROUPS and any("\u0600" <= c <= "\u06ff" for c in called.word)

    def _chain(self, claim: Claim) -> tuple[Teller, ...]:
        said = self._told.get(claim.id, Told())
        spoken = [s for s in claim.speakers if s.words != DOC and not set(folded(s.words).split()) <= CALENDAR]
        chain = _once(tuple(self.teller(s) for s in spoken), said.sentence)
        published = self.published.get(claim.item)
        if chain and (chain[0].key == published or self.own_reporter(spoken[0], claim.item)):
            chain = chain[1:]
        if chain:
            heard = [t for words in said.to for t in [self._listener(words)] if t is not None]
            known = {t.key for t in chain} | {published}
            chain = [*(t for t in heard[:1] if t.key not in known), *chain]
        cited = claim.cited
        if cited is not None and cited.of and is_named(cited.of) and cited.kind in ("report", "letter", "statement"):
            maker = self.teller(Named(cited.of))
            if maker.key not in {t.key for t in chain} | {published} and (not chain or chain[-1].who == "carrier"):
                chain.append(maker)
        kept = [t for n, t in enumerate(chain) if t.key not in {other.key for other in chain[:n]}]
        return tuple(kept)

    def own_reporter(self, teller: Named, item: str) -> bool:
        """`A Tidewater reporter`, in a text of Tidewater News Agency: the publication's own eyes."""
        name, called = self._publisher.get(item, "").split(), role_of(teller.words)
        reports = called is not None and called.role.id in ("reporters", "witnesses")
        return reports and bool(name) and name[0] in folded(teller.words).split()

    def _listener(self, words: str) -> Teller | None:
        """Whoever was told, where that is a publication, a body or an organisation; a reader's own town is not."""
        heard = self.teller(Named(words))
        return heard if heard.named and (heard.key in self._names or heard.who in ("carrier", "body")) else None


def _one_key(names: Iterable[Named], reader: Reader) -> dict[str, str]:
    """Keys under which one name is linked twice, as a person here and as a body there: the least of them for all.

    Only of publications and bodies: two persons can bear one name.
    """
    by_words: dict[str, set[str]] = {}
    for one in names:
        called = role_of(one.words)
        if called is not None and called.role.who in ("carrier", "body") and is_named(one.words):
            by_words.setdefault(folded(one.words), set()).add(reader.key(one))
    for x, y in _across_scripts(by_words):
        by_words[f"{x} = {y}"] = by_words[x] | by_words[y]
    up: dict[str, str] = {}
    for _, keys in sorted(by_words.items()):
        tops = {_top(k, up) for k in keys}
        for top in tops - {min(tops)}:
            up[top] = min(tops)
    return {key: _top(key, up) for keys in by_words.values() for key in sorted(keys)}


def _across_scripts(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of one body's names in Latin and Arabic letters, by sound and by the words for what kind of body it is."""
    told = sorted(names)
    latin = [prepare(words, Kind.UNIT) for words in told if not is_arabic(words)]
    arabic = [prepare(words, Kind.UNIT) for words in told if is_arabic(words)]
    if not latin or not arabic:
        return []
    found = candidates(latin, arabic)
    pairs = ((latin[a], arabic[b]) for a, b in found.pairs())
    return [(x.words, y.words) for x, y in pairs if compare(x, y).same is Sameness.SAME]


def _top(key: str, up: Mapping[str, str]) -> str:
    while key in up:
        key = up[key]
    return key


def _once(chain: tuple[Teller, ...], sentence: str) -> list[Teller]:
    """`Ana Bel, a nurse, said`: one teller, not two, though the words beside the name were read as another one's."""
    kept: list[Teller] = []
    for teller in chain:
        last = kept[-1] if kept else None
        beside = said_to_be(last.words, sentence) if last is not None and last.named else None
        if beside is None or teller.named or teller.called is None or beside.word != teller.called.word:
            kept.append(teller)
    return kept


def _by_surname(teller: Teller, known: dict[str, Teller]) -> Teller:
    """`Bel`, after `Ana Bel` in the same text: the same person, also where the names were not linked."""
    words = folded(teller.words).split()
    if not teller.named or not words:
        return teller
    if len(words) == 1 and words[0] in known:
        return known[words[0]]
    if len(words) > 1 and teller.who in ("", "people"):
        known[words[-1]] = teller
    return teller


def _as_before(chain: tuple[Teller, ...], before: Mapping[str, tuple[Teller, ...]]) -> tuple[Teller, ...]:
    """`the residents`, after `residents of the port told Harbour Watch`: the same people, heard by the same body."""
    known = before.get(chain[-1].role)
    if known is None or len(chain) > 1:
        return chain
    rest, was = (t.called.rest if t.called else "" for t in (chain[-1], known[-1]))
    return known if not rest or rest == was else chain
