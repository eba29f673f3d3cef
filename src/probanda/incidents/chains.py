"""Who tells a claim, from the publication inwards; described groups are told apart by who heard them.

Start with `Chains.of`. A name is one teller wherever it is written; `residents` are other people in each text, unless
the text says whom they told: then they are the residents whom that body heard.

Looks down to: claims, incidents.facts, kinds, telling, words. Used by: accounts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from probanda.claims.model import DOC, Claim, Named
from probanda.incidents.facts import Reader
from probanda.incidents.kinds import Called, role_of, tongues
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
        claims = list(claims)
        spoken = [self._whole(s, c) for c in claims for s in c.speakers if s.words != DOC]
        places = {folded(place.words) for c in claims for place in c.places}
        heard = [Named(words) for said in told.values() for words in (*said.to, *said.cites, said.maker) if words]
        self._publishing = frozenset(folded(name.words) for name in published.values())
        self._one = _one_key([*spoken, *heard], list(published.values()), places, reader)
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
            if chain and not chain[-1].named and chain[-1].who in ("people", "body"):
                chain = _as_before(chain, before)
                before[chain[-1].role] = chain
            out[claim.id] = chain
        return out

    def teller(self, named: Named) -> Teller:
        """Somebody who tells, by name or as described."""
        called = role_of(named.words)
        key = self._reader.key(named)
        key = self._one.get(f"words:{folded(named.words)}") or self._one.get(key, key)
        words = folded(named.words)
        if words in self._publishing or (" " in words and f"words:{words}" in self._one):
            return Teller(key, named.words, True, called)
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
        spoken = [
            self._whole(s, claim)
            for s in claim.speakers
            if s.words != DOC and not set(folded(s.words).split()) <= CALENDAR
        ]
        published = self.published.get(claim.item)
        chain = _once(tuple(self.teller(s) for s in spoken), said.sentence)
        if not spoken:  # whoever reads claims found nobody, and the sentence names a paper or a body all the same
            named = (self._listener(words) for words in said.cites)
            chain = [t for t in named if t is not None and t.key != published][:1]
        elif chain[0].key == published or self.own_reporter(spoken[0], claim.item):
            chain = chain[1:]
        if chain:
            heard = [t for words in said.to for t in [self._listener(words)] if t is not None]
            known = {t.key for t in chain} | {published}
            heard = [t for t in heard[:1] if t.key not in known]
            told_it = _nearest_before(chain, heard[0].words, said.sentence) if heard else 0
            chain = [*chain[:told_it], *heard, *chain[told_it:]]
        cited = claim.cited
        if cited is not None and cited.of and is_named(cited.of) and cited.kind in ("report", "letter", "statement"):
            maker = self.teller(self._whole(Named(cited.of), claim))
            if maker.key not in {t.key for t in chain} | {published} and (not chain or chain[-1].who == "carrier"):
                chain.append(maker)
        kept = [t for n, t in enumerate(chain) if t.key not in {other.key for other in chain[:n]}]
        return tuple(kept)

    def _whole(self, named: Named, claim: Claim) -> Named:
        """A body's name as its sentence has it, where the reader cut it short or took in what it made."""
        words = whole_name(named.words, self._told.get(claim.id, Told()).sentence)
        # What only lost a bracket is still who it was linked to; `Committee` alone was linked with every committee.
        return named if words == named.words else Named(words, named.mention if named.words.startswith(words) else None)

    def publisher(self, item: str) -> str:
        """The folded name of its publisher; empty where the text bears none."""
        return self._publisher.get(item, "")

    def own_reporter(self, teller: Named, item: str) -> bool:
        """`A Tidewater reporter`, in a text of Tidewater News Agency: the publication's own eyes."""
        name, called = self._publisher.get(item, "").split(), role_of(teller.words)
        reports = called is not None and called.role.id in ("reporters", "witnesses")
        return reports and bool(name) and name[0] in folded(teller.words).split()

    def _listener(self, words: str) -> Teller | None:
        """Whoever was told, where that is a publication, a body or an organisation; a reader's own town is not."""
        heard = self.teller(Named(words))
        return heard if heard.named and (heard.key in self._names or heard.who in ("carrier", "body")) else None


def _one_key(
    names: Sequence[Named], publishers: Sequence[Named], places: Collection[str], reader: Reader
) -> dict[str, str]:
    """Keys under which one name is linked twice, as a person here and as a body there: the least of them for all.

    A body is known by its words (`words:`), too, and by short, translated and abbreviated names; a person by the whole
    name, since two who bear one seldom tell of one event.
    """
    by_words: dict[str, set[str]] = {}
    publishing = {folded(one.words) for one in publishers}
    for one in (*names, *publishers):
        called, words = role_of(one.words), folded(one.words)
        body = called is not None and called.role.who in ("carrier", "body") and is_named(one.words)
        if body or words in publishing:
            by_words.setdefault(words, set()).update((reader.key(one), f"words:{words}"))
    bare = {folded(n.words) for n in names if is_arabic(n.words) and role_of(n.words) is None and is_named(n.words)}
    for x, y in (
        *_translated(bare | set(by_words)),
        *_abbreviated(by_words, names),
        *_shortened(by_words, (*names, *publishers), places),
        *_cut_short(by_words),
        *_one_bearer(names),
    ):
        for words in (x, y):
            by_words.setdefault(words, {f"words:{words}", *(reader.key(n) for n in names if folded(n.words) == words)})
        by_words[f"{x} = {y}"] = by_words[x] | by_words[y]
    up: dict[str, str] = {}
    for _, keys in sorted(by_words.items()):
        tops = {_top(k, up) for k in keys}
        for top in tops - {min(tops)}:
            up[top] = min(tops)
    return {key: _top(key, up) for keys in by_words.values() for key in sorted(keys)}


def _cut_short(bodies: Iterable[str]) -> list[tuple[str, str]]:
    """`Mission` and `UN Mission`, where only one body here has all their words: `United Nations Mission in Tarn`."""
    spelled = {words: _spelled_out(words) for words in sorted(bodies)}
    found = []
    for words, tokens in spelled.items():
        role = _role(words)
        longer = [w for w, others in spelled.items() if tokens < others and role and _role(w) == role]
        top = [w for w in longer if all(spelled[o] <= spelled[w] for o in longer)]
        found += [(words, top[0])] if top else []
    return found


def _spelled_out(words: str) -> frozenset[str]:
    """The words of a name, small ones left out."""
    return frozenset(t for w in words.split() for t in _KNOWN.get(w, (w,)) if t not in _LINKS and t != "in")


def _role(words: str) -> str:
    called = role_of(words)
    return called.word if called is not None and called.role.who in ("carrier", "body") else ""


def _one_bearer(names: Iterable[Named]) -> list[tuple[str, str]]:
    """The whole name of a person who was linked twice, as the pair of it with itself."""
    whole = {folded(n.words) for n in names if is_named(n.words) and role_of(n.words) is None}
    return [(words, words) for words in sorted(whole) if " " in words]


def _abbreviated(bodies: Iterable[str], names: Iterable[Named]) -> list[tuple[str, str]]:
    """`CFR`, where only one body here has a name with these initials: `Committee for Roads`."""
    short = {folded(n.words) for n in names if 2 < len(n.words) < 8 and n.words.isalpha() and n.words.isupper()}
    begins: dict[str, list[str]] = {}
    for words in sorted(w for w in bodies if " " in w):
        begins.setdefault(words[0], []).append(words)
    found = []
    for one in sorted(short):
        whole = [w for w in begins.get(one[0], ()) if _initials(w).fullmatch(one)]
        found += [(one, whole[0])] if len(whole) == 1 else []
    return found


def _initials(words: str) -> re.Pattern[str]:
    """The first letters of a name; those of its small words may be left out."""
    return re.compile("".join(re.escape(w[0]) + ("?" if w in _LINKS else "") for w in words.split()))


_KNOWN = {"onu": ("united", "nations"), "un": ("united", "nations"), "eu": ("european", "union")}
_LINKS = word_set("of for and on the to de des du la le les pour et sur d l")
_GO_ON = re.compile(
    r"(?:\s+(?:for|of|on|against|to)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:and\s+)?[A-Z][\w’'-]*){0,4}"
    r"|\s+(?:pour|des|de\s+la|du|sur|contre|de)\s+(?:les?\s+|la\s+|l[’'])?[^\W\d_]{4,})"
)
_STAFF = re.compile(r"([A-Z][^’']*)[’']s\s+[a-z][a-z ]*$")
"""`the League's researchers`: the League."""
_MADE_BY = re.compile(
    r"(?:the\s+|le\s+|un\s+|a\s+)?(?:report|statement|letter|rapport|communiqué|lettre)\s+"
    r"(?:of\s+|by\s+|from\s+|du\s+|de\s+la\s+|de\s+l[’']|des\s+|de\s+)(?:the\s+)?",
    re.IGNORECASE,
)


def whole_name(words: str, sentence: str) -> str:
    """`Committee for Roads` of `Committee`, of `report of the Committee` and of `Committee for Roads (CFR`.

    A bare `Committee` with a capital names nobody: the name goes on in the sentence, if anywhere.
    """
    made = _MADE_BY.match(words)
    name = words[made.end() :] if made and is_named(words[made.end() :]) else words
    staff = _STAFF.match(name)
    whose = role_of(staff[1]) if staff else None
    name = staff[1] if staff and whose is not None and whose.role.who in ("carrier", "body") else name
    name = name.split("(")[0].strip() if name.count("(") > name.count(")") and name.split("(")[0].strip() else name
    called = role_of(name)
    if called is None or called.role.who not in ("carrier", "body") or " " in name or not name[:1].isupper():
        return name
    at = sentence.find(name)
    more = _GO_ON.match(sentence, at + len(name)) if at >= 0 else None
    return name + more.group() if more else name


def _shortened(bodies: Iterable[str], names: Iterable[Named], places: Collection[str]) -> list[tuple[str, str]]:
    """`Tidewater`, where only one body or publication here has a name that begins so: `Tidewater News Agency`.

    A word that says what kind of body it is (`Radio`, `Committee`) is no short form of a name, nor is a place: a
    capital stands for a government.
    """
    whole: dict[str, list[str]] = {}
    for words in sorted(bodies):
        first, *more = words.split()
        if more:
            whole.setdefault(first, []).append(words)
    short = sorted({folded(n.words) for n in names if is_named(n.words) and role_of(n.words) is None} & set(whole))
    return [(one, whole[one][0]) for one in short if len(whole[one]) == 1 and one not in places]


def _translated(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of one body's names in two languages or scripts, by sound and by the words for what kind of body it is."""
    whose = {form: words for words in sorted(names) for form in (_unprefixed(words), words) if form}
    told = [prepare(form, Kind.UNIT) for form in sorted(whose)]
    if len({tongues(words) for words in whose.values()}) < 2:
        return []
    pairs = ((told[a], told[b]) for a, b in candidates(told, told).pairs() if a < b)
    across = (p for p in pairs if tongues(whose[p[0].words]) != tongues(whose[p[1].words]))
    return [(whose[x.words], whose[y.words]) for x, y in across if compare(x, y).same is Sameness.SAME]


def _unprefixed(words: str) -> str:
    """`هاربر ووتش` of `منظمة هاربر ووتش`: Arabic says before a foreign name what kind of body it is; else empty."""
    called, (first, _, rest) = role_of(words), words.partition(" ")
    return rest if rest and is_arabic(words) and called is not None and called.word == first else ""


def _top(key: str, up: Mapping[str, str]) -> str:
    while key in up:
        key = up[key]
    return key


def _nearest_before(chain: Sequence[Teller], heard: str, sentence: str) -> int:
    """Which of these told whoever heard it: `a doctor told Radio Delta, the Post wrote` has the Post first."""
    at = sentence.find(heard)
    found = [(sentence.rfind(t.words, 0, at), n) for n, t in enumerate(chain)] if at > 0 else []
    return max((f for f in found if f[0] >= 0), default=(0, 0))[1]


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
