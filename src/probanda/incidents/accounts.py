"""The graph of accounts of one incident: who tells it, in which text, from whom; origins are where it ends.

Start with `Graph`. Every edge has its reason and the words that say so. An edge that would close a circle is left out,
the weaker one, since edges are added from strong to weak. Nothing here counts: see `corroboration`.

Looks down to: claims, incidents.chains, facts, kinds, telling, model, words, world. Used by: corroboration, origins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from probanda.claims.model import DOC, Cited, Claim, Named
from probanda.incidents.chains import Teller
from probanda.incidents.facts import Facts
from probanda.incidents.kinds import role_of
from probanda.incidents.kinship import Kinship
from probanda.incidents.links import proceeding
from probanda.incidents.model import Derivation, DerivationKind
from probanda.incidents.telling import Told, said_to_be
from probanda.incidents.words import content, folded, is_named, plain
from probanda.incidents.world import World
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import ActType, Modality
from probanda.names.compare import Kind, Prepared, compare, prepare
from probanda.names.letters import is_arabic
from probanda.names.model import Sameness

Key = tuple[object, ...]

ONE_DOCUMENT = frozenset({"warrant", "complaint", "letter"})
"""Originals that are taken for one wherever they are named alike; of reports and videos a body makes many."""
ON_PAPER = frozenset({"warrant", "indict", "complaint"})
"""Proceedings that are a paper which somebody has; an arrest or a trial is told by those who tell of it."""
FEW = 8
"""So many accounts at most are named as the possible source of one."""
NEAREST = 64
"""So many accounts of one publisher, the last before the citing text, are compared with it."""
ALIKE = 0.75
"""An account of the same publisher that shares so much of what the best one shares may be meant as well."""
IN_IT = 25
"""Code points before the word `video` in which `in a` says that somebody speaks in it."""
_INSIDE = (" in a ", " in the ", " in an ", " dans une ", " dans la ", " في ")


@dataclass(slots=True)
class Node:
    """One account while the graph is made."""

    key: Key
    words: str
    item: str | None = None
    teller: Teller | None = None
    """Whose account it is; None for a publication's own voice and for an original."""
    original: str = ""
    """What kind of original it is: warrant, video, satellite ...; empty for an account."""
    issued: bool = False
    """True where a text says at its head that it is this teller's own statement."""
    hidden: str = ""
    """Words that hide who speaks: `reportedly`."""
    facts: list[Facts] = field(default_factory=list)
    chain: tuple[Teller, ...] = ()
    edges: list[tuple[Key, DerivationKind, str, str]] = field(default_factory=list)
    known_as: str = ""
    """The id, once it was asked for: by then all claims are here."""

    @property
    def id(self) -> str:
        """The first claim told here; of what is known only through others, made of it and of the key."""
        if not self.known_as:
            first = min(f.claim.id for f in self.facts)
            self.known_as = first if self.item is not None else content_id("account", first, repr(self.key))
        return self.known_as

    @property
    def own_voice(self) -> bool:
        """True where a text tells it without naming a teller or an original."""
        return self.item is not None and not self.chain

    @property
    def held(self) -> bool:
        """True where the teller's own text is held: not only what others pass on."""
        return self.issued or (self.item is not None and not self.chain)

    @property
    def supports(self) -> bool:
        """True when one of its claims says that the event happened."""
        return any(f.claim.asserts_event for f in self.facts)


class Graph:
    """The accounts of one incident and what comes from what."""

    def __init__(self, facts: Sequence[Facts], given: World) -> None:
        self.world = given
        self.nodes: dict[Key, Node] = {}
        self.leaf_of: dict[str, Key] = {}
        """Claim -> the account that tells it, in its text."""
        self._against: dict[tuple[str, str], Key] = {}
        """Kind of document and whom it is against -> the document."""
        self._makers: dict[str, tuple[str, Prepared]] = {}
        self._maker_of: dict[str, str] = {}
        """Key of who made images -> the one key for all spellings."""
        for f in sorted(facts, key=lambda f: (f.claim.item, f.claim.start, f.claim.end, f.claim.id)):
            self._leaf(f.claim.item, f, given.chain_of[f.claim.id])
        self.leaves = sorted(self.nodes.values(), key=self._order)
        published, copies = given.chains.published, given.copied.copy_of
        self._of_item = _grouped(self.leaves, lambda n: n.item)
        self._of_publisher = _grouped(self.leaves, lambda n: published.get(n.item or ""))
        self._of_copy = _grouped(self.leaves, lambda n: copies.get(n.item or ""))
        self._derive()

    def _order(self, node: Node) -> tuple[int, int, str, str]:
        """Earlier texts first, of one day the longer ones; within a text as it tells."""
        item = node.item or ""
        doc = self.world.docs.get(item)
        return self.world.dated.get(item, 10**9), -len(doc.words) if doc else 0, item, repr(node.key)

    def _leaf(self, item: str, f: Facts, chain: tuple[Teller, ...]) -> None:
        said = self.world.told.get(f.claim.id, Told())
        hidden = said.unsourced if not chain else ""
        shows = bool(not chain and self._shown(f.claim, said, chain))  # what a video shows is not the text's own word
        key: Key = ("held", item, tuple(t.key for t in chain), bool(hidden), *(("shows",) if shows else ()))
        node = self.nodes.setdefault(
            key, Node(key, chain[-1].words if chain else DOC, item, chain=chain, hidden=hidden)
        )
        node.teller = chain[-1] if chain else None
        heads = self.world.issued.get(item, ())
        node.issued = len(chain) == 1 and any(f" {folded(chain[0].words)} " in line for line in heads)
        node.facts.append(f)
        self.leaf_of[f.claim.id] = key

    # --- from leaf to origin ---------------------------------------------------------------------------------------

    def _derive(self) -> None:
        """All edges, from strong to weak: copies, who is named, the same voice, the text's own tellers."""
        whole = {n.key for n in self.leaves if self._copied(n)}
        for leaf in self.leaves:
            if leaf.key not in whole:
                self._named(leaf)
        told = [n for n in self.nodes.values() if n.item is None and not n.original]
        self._through = _grouped([n for n in told if len(n.chain) > 1], lambda n: n.chain[0].key)
        for node in told:
            self._onward(node)
        for original in [n for n in self.nodes.values() if n.original in ("satellite", "video")]:
            self._shown_by(original)
        for leaf in self.leaves:
            self._also(leaf)
        for leaf in self.leaves:
            if leaf.own_voice and not leaf.edges and not leaf.hidden:
                self._own_voice(leaf)

    def _copied(self, leaf: Node) -> bool:
        """Tie a leaf to the same account in an earlier text of the same words; True where there is one."""
        founder = self.world.copied.copy_of.get(leaf.item or "", "")
        for other in self._of_copy.get(founder, ()):
            if other is leaf:
                break
            if other.item != leaf.item and _same_teller(leaf, other):
                return self.join(leaf, other.key, DerivationKind.COPY, f"Copies: {self.world.copied.reasons[founder]}")
        for item, shared in self.world.kin.get(leaf.item or "", ()):
            for other in self._of_item.get(item, ()):
                if self._order(other) > self._order(leaf):
                    continue
                whole = not shared.spans and _same_teller(leaf, other)
                if whole or (shared.spans and self._same_words(leaf, other, shared)):
                    return self.join(leaf, other.key, DerivationKind.COPY, shared.reason)
        return False

    def _same_words(self, leaf: Node, other: Node, shared: Kinship) -> bool:
        """True when all that is told here stands in words that both texts share, and the other account in them too."""
        spans = [(s.a_start, s.a_end, s.b_start, s.b_end) for s in shared.spans]
        if leaf.item == shared.b:
            spans = [(b, c, a, d) for a, d, b, c in spans]
        ours = [self._at(f.claim) for f in leaf.facts]
        theirs = [self._at(f.claim) for f in other.facts]
        met = [s for s in spans for at in ours if s[0] <= at[0] and at[1] <= s[1]]
        return len({at for at in ours for s in met if s[0] <= at[0] and at[1] <= s[1]}) == len(set(ours)) and any(
            s[2] <= at[0] and at[1] <= s[3] for s in met for at in theirs
        )

    def _at(self, claim: Claim) -> tuple[int, int]:
        """Where the claim's words stand in the words that texts are compared by; an empty place where they do not."""
        doc = self.world.docs.get(claim.item)
        start = doc.words.find(claim.quote) if doc is not None else -1
        return (start, start + len(claim.quote)) if start >= 0 else (-1, -1)

    def _named(self, leaf: Node) -> None:
        """The tellers whom the text names, one after the other, then the original they rest on."""
        chain = leaf.chain
        if len(chain) == 1 and chain[0].named:
            for source in self._held_by(chain[0].key, leaf):
                self.join(leaf, source.key, DerivationKind.CITES, _names(chain[0]), chain[0].words)
            if leaf.edges:
                return
        at, scope = leaf, self.world.scope(leaf.item or "")
        keys = []
        for teller in chain:
            keys.append(teller.key if teller.named else f"{scope} {teller.key}")
            scope = teller.key if teller.named else scope
        for n, teller in enumerate(chain):
            node = self._told(("told", *keys[n:]), teller, chain[n:], leaf)
            self.join(at, node.key, DerivationKind.CITES, _names(teller), teller.words)
            at = node
        for f in leaf.facts:
            original = self._original(f, leaf, scope)
            if original is not None:
                self.join(at, original.key, DerivationKind.RESTS_ON, f"It goes back to {_a(original)}.", original.words)

    def _told(self, key: Key, teller: Teller, chain: tuple[Teller, ...], leaf: Node) -> Node:
        node = self.nodes.setdefault(key, Node(key, teller.words, teller=teller, chain=chain))
        node.facts += leaf.facts
        node.issued |= leaf.issued
        return node

    def _held_by(self, publisher: str, leaf: Node) -> list[Node]:
        """The accounts in texts of this publisher that the citing text can mean: not younger, and most alike."""
        mine = [
            n for n in self.leaves if n.item != leaf.item and self.world.chains.published.get(n.item or "") == publisher
        ]
        day = self.world.dated.get(leaf.item or "", 10**9)
        mine = [n for n in mine if self.world.dated.get(n.item or "", -1) <= day] or mine
        ranked = sorted(mine[-NEAREST:], key=lambda n: (-_shared(n, leaf), *self._order(n)))
        if not ranked:
            return []
        best = _shared(ranked[0], leaf)
        return [n for n in ranked if _shared(n, leaf) >= ALIKE * best][:FEW]

    def _onward(self, node: Node) -> None:
        """What is told of in the name of X comes from X's own text where that is held, else from whom X has it."""
        first, *rest = node.chain
        if not first.named:
            return
        for leaf in self._of_publisher.get(first.key, ()):
            if len(leaf.chain) == len(rest) and all(
                self._meant(x, y, leaf) for x, y in zip(rest, leaf.chain, strict=True)
            ):
                self.join(
                    node, leaf.key, DerivationKind.CITES, f"A text of {first.words} is held that tells it.", first=True
                )
        if not rest:
            for other in sorted(self._through.get(first.key, ()), key=lambda n: repr(n.key))[:FEW]:
                why = f"Another text says from whom {first.words} has it."
                self.join(node, other.key, DerivationKind.CITES, why, other.chain[1].words)

    def _shown_by(self, original: Node) -> None:
        """`Images that Harbour Watch published`: those of which a text of Harbour Watch says whose they are."""
        whose = str(original.key[2]).removeprefix("under ")
        for leaf in self._of_publisher.get(whose, ()):
            for to, kind, *_ in list(leaf.edges):
                if kind is DerivationKind.RESTS_ON and self.nodes[to].original == original.original:
                    self.join(original, to, DerivationKind.CITES, "A text of theirs is held that says whose it is.")

    def _meant(self, cited: Teller, held: Teller, leaf: Node) -> bool:
        """True when who cites a text can mean this teller of it: `an activist` is any activist who is heard there."""
        if cited.same_as(held):
            return True
        if cited.named or not cited.role or cited.who not in ("people", "body"):
            return False
        beside = (
            said_to_be(held.words, self.world.told[f.claim.id].sentence)
            for f in leaf.facts
            if f.claim.id in self.world.told
        )
        return any(b is not None and b.role.id == cited.role for b in (held.called, *beside))

    def _also(self, leaf: Node) -> None:
        """`The residents had also spoken to Harbour Watch`: the same people, as that body heard them."""
        teller = leaf.teller
        if teller is None or teller.named or teller.called is None:
            return
        scope = next((t.key for t in reversed(leaf.chain) if t.named), self.world.scope(leaf.item or ""))
        own = self.nodes.get(("told", f"{scope} {teller.key}"))
        for also in self.world.also.get(leaf.item or "", ()):
            if own is None or teller.called.word not in folded(also.sentence):
                continue
            heard = self.world.chains.teller(Named(also.to)).key
            for other in sorted(self.nodes.values(), key=lambda n: repr(n.key)):
                theirs = other.teller
                if (
                    other.item is None
                    and theirs
                    and theirs.role == teller.role
                    and other.key[1] == f"{heard} {theirs.key}"
                ):
                    why = "The text says that they had told the other body before."
                    self.join(own, other.key, DerivationKind.ALSO_TOLD, why, also.sentence)

    def _own_voice(self, leaf: Node) -> None:
        """A text's own words come from the tellers it names; else from what the same publisher printed before."""
        tellers = [n for n in self._of_item[leaf.item] if n.chain and n.supports and n.teller]
        told = sorted(tellers, key=lambda n: (-_shared(n, leaf), repr(n.key)))
        for other in told[:FEW]:
            if other.teller is not None and other.teller.who != "nobody":
                why = "The text names these tellers for the same event; its own words are taken to rest on them."
                self.join(leaf, other.key, DerivationKind.WITHIN, why)
        for other in self._of_item[leaf.item]:
            if not leaf.edges and other.own_voice and other.edges and other.edges[0][1] is DerivationKind.RESTS_ON:
                why = "The text speaks of an original for the same event; its own words are taken to rest on it."
                self.join(leaf, other.key, DerivationKind.WITHIN, why)
        publisher = self.world.chains.published.get(leaf.item or "")
        credited = self.world.credited.get(leaf.item or "")
        if not leaf.edges and credited is not None and self.world.chains.teller(credited).key != publisher:
            self._from_agency(leaf, credited)
        if leaf.edges or publisher is None:
            return
        for other in self._of_publisher.get(publisher, ()):
            if other is leaf:
                return
            if other.own_voice and not other.hidden:
                self.join(leaf, other.key, DerivationKind.VOICE, "The same publisher had told it before.")
                return

    def _from_agency(self, leaf: Node, credited: Named) -> None:
        """A text that names an agency at its head or foot has its own words from it."""
        agency = self.world.chains.teller(credited)
        why = "The text names an agency as its source."
        for source in self._held_by(agency.key, leaf):
            self.join(leaf, source.key, DerivationKind.SYNDICATION, why, agency.words)
        if not leaf.edges:
            node = self._told(("told", agency.key), agency, (agency,), leaf)
            self.join(leaf, node.key, DerivationKind.SYNDICATION, why, agency.words)

    # --- originals -------------------------------------------------------------------------------------------------

    def _original(self, f: Facts, leaf: Node, scope: str) -> Node | None:
        """The video, warrant or other original that a claim goes back to; None where its teller is all there is."""
        claim, said = f.claim, self.world.told.get(f.claim.id, Told())
        found = self._one_document(f) or self._picture(f, said, leaf, scope)
        if found is None and not leaf.chain and claim.cited is not None and _is_original(claim.cited):
            name = folded(claim.cited.words) if is_named(claim.cited.words) else f"under {scope}"
            found = ("original", claim.cited.kind, name), claim.cited.words
        if found is None:
            return None
        key, words = found
        node = self.nodes.setdefault(key, Node(key, words, original=str(key[1])))
        node.facts.append(f)
        return node

    def _one_document(self, f: Facts) -> tuple[Key, str] | None:
        """A warrant, complaint or indictment against one person is one, whoever tells of it."""
        claim = f.claim
        kind = proceeding(claim) if claim.act_type is ActType.PROCEDURAL else ""
        kind = kind if kind in ON_PAPER else ""
        against = set(f.targets) if kind else set()
        if claim.cited is not None and claim.cited.kind in ONE_DOCUMENT:
            kind = claim.cited.kind
            against |= {self._bearer(claim.cited.of)} if claim.cited.of and is_named(claim.cited.of) else set(f.named)
        said = self.world.told.get(claim.id)
        if said is not None and said.wanted and kind in ("", "warrant") and claim.act_type is ActType.PROCEDURAL:
            kind, against = "warrant", {self._bearer(said.wanted)}
        if not kind or not against:
            return None
        known = next((self._against[kind, a] for a in sorted(against) if (kind, a) in self._against), None)
        key = known or ("original", kind, *sorted(against))
        self._against |= {(kind, a): key for a in against}
        return key, claim.cited.words if claim.cited is not None and claim.cited.kind in ONE_DOCUMENT else kind

    def _bearer(self, words: str) -> str:
        """Who bears this name here: titles before it are passed over."""
        parts, key = words.split(), self.world.reader.key
        found = (key(" ".join(parts[n:])) for n in range(len(parts)))
        return next((k for k in found if not k.startswith("words:")), key(words))

    def _picture(self, f: Facts, said: Told, leaf: Node, scope: str) -> tuple[Key, str] | None:
        """An image, video or satellite image that shows it; one in which somebody speaks is that person's words."""
        words = self._shown(f.claim, said, leaf.chain)
        if not words:
            return None
        if "satellit" in words or "قمار" in words:
            # Two bodies may look at one image: whose it is tells nothing apart, and ties those who speak of one body's.
            whose = self.world.chains.teller(Named(said.examined or said.maker)).key
            return ("original", "satellite", f"under {whose if said.examined or said.maker else scope}"), words
        of = f.claim.cited.of if f.claim.cited is not None else None
        maker = said.maker or self.world.makers.get(f.claim.item, "") or (of if of and is_named(of) else "")
        whose = self._maker(maker) if maker else f"under {scope}"
        return ("original", "video", whose), words if not maker else f"{words} ({maker})"

    def _maker(self, words: str) -> str:
        """Who made an image of this event: under one key also where one text writes the name in Arabic letters."""
        key = self.world.reader.key(words)
        if key not in self._makers:
            name = prepare(words, Kind.PERSON)
            others = [k for k, (w, other) in self._makers.items() if is_arabic(w) != is_arabic(words)
                      and compare(name, other).same is Sameness.SAME]  # fmt: skip
            self._makers[key] = words, name
            self._maker_of[key] = self._maker_of[others[0]] if others else key
        return self._maker_of[key]

    def _shown(self, claim: Claim, said: Told, chain: tuple[Teller, ...]) -> str:
        """The words for an image that shows it; empty where somebody speaks in a video, and where there is none."""
        if claim.modality in (Modality.ADMITTED, Modality.ORDERED, Modality.THREATENED):
            return ""
        words = said.original
        if not words and claim.cited is not None and claim.cited.kind in ("video", "image"):
            words = claim.cited.words
        sentence = f" {plain(said.sentence)}"
        at = sentence.find(words)
        inside = chain and at >= 0 and any(w in sentence[max(0, at - IN_IT) : at] for w in _INSIDE)
        return "" if inside else words

    # --- edges -----------------------------------------------------------------------------------------------------

    def join(
        self, account: Node, source: Key, kind: DerivationKind, reason: str, words: str = "", *, first: bool = False
    ) -> bool:
        """Add an edge, unless it stands already or would close a circle; `first`: as the likeliest of all."""
        if account.key == source or any(e[0] == source for e in account.edges):
            return any(e[0] == source for e in account.edges)
        if account.key in self.behind(source):
            return False
        account.edges.insert(0 if first else len(account.edges), (source, kind, reason, words))
        return True

    def behind(self, key: Key) -> list[Key]:
        """This account and all that it comes from, in the order of its edges."""
        seen, waiting = {key: None}, [key]
        while waiting:
            for source, *_ in self.nodes[waiting.pop()].edges:
                if source not in seen:
                    seen[source] = None
                    waiting.append(source)
        return list(seen)

    def root(self, key: Key) -> Key:
        """Where an account starts: the end of its strongest edges."""
        while self.nodes[key].edges:
            key = self.nodes[key].edges[0][0]
        return key

    def roots(self, key: Key) -> list[Key]:
        """All accounts in which it may start, the likeliest first."""
        found = [k for k in self.behind(key) if not self.nodes[k].edges]
        first = self.root(key)
        return [first, *sorted((k for k in found if k != first), key=repr)]

    def hold_apart(self, a: Key, b: Key) -> None:
        """A person decided that these start apart: the second loses the edges that lead to the first one's start."""
        ours = set(self.behind(a))
        node = self.nodes[b]
        kept = [e for e in node.edges if not ours & set(self.behind(e[0]))]
        node.edges = [] if a == b else kept

    def derivations(self) -> tuple[Derivation, ...]:
        """The edges as records, sorted."""
        return tuple(
            sorted(
                (
                    Derivation(account=n.id, source=self.nodes[to].id, kind=kind, reason=reason, words=words)
                    for n in self.nodes.values()
                    for to, kind, reason, words in n.edges
                ),
                key=lambda d: (d.account, d.source, d.kind, d.reason, d.words),
            )
        )


def _grouped(nodes: Iterable[Node], key: Callable[[Node], str | None]) -> dict[str | None, list[Node]]:
    """Nodes by a key, in their order; those without one are left out."""
    out: dict[str | None, list[Node]] = {}
    for node in nodes:
        found = key(node)
        if found is not None:
            out.setdefault(found, []).append(node)
    return out


def _same_teller(a: Node, b: Node) -> bool:
    """True when two texts of the same words name the same tellers, or none."""
    if a.hidden != b.hidden or len(a.chain) != len(b.chain):
        return False
    return all(x.same_as(y) for x, y in zip(a.chain, b.chain, strict=True))


def _is_original(cited: Cited) -> bool:
    """False for images, which stand apart, and for the name of a newspaper that was read as a post."""
    called = role_of(cited.words)
    return cited.kind not in ("video", "image") and (called is None or called.role.who != "carrier")


def _shared(a: Node, b: Node) -> float:
    """The best share of content words that a claim here and one there have in common; 0 to 1."""
    best = 0.0
    for f in a.facts[:FEW]:
        for g in b.facts[:FEW]:
            ours, theirs = content(f.claim.quote), content(g.claim.quote)
            best = max(best, len(ours & theirs) / max(1, len(ours | theirs)))
    return best


def _names(teller: Teller) -> str:
    return "The text names them as those who say it." if teller.who == "people" else "The text names it as its source."


def _a(original: Node) -> str:
    return {"satellite": "satellite images", "video": "images that the text speaks of"}.get(
        original.original, f"a {original.original}"
    )
