"""How many origins stand behind what is told, at most, by kind; and why each counts or does not.

Start with `Weighing`: it says of each start of the graph what kind it is and what may tell it apart; `counting` has the
rule. What nothing tells apart (residents here, witnesses there) may be the same, and is counted among the untraced. So
is the account of a body that passes on what others said, as soon as anything else is counted. That origins do not
depend on one another is for a person to find; it is never said here.

Looks down to: claims, incidents.accounts, counting, kinds, telling, model. Used by: origins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from probanda.claims.model import DOC, Claim
from probanda.incidents.accounts import Graph, Key, Node
from probanda.incidents.counting import Start, counted
from probanda.incidents.facts import Facts
from probanda.incidents.families import BY_TARGET
from probanda.incidents.kinds import Called, role_of, tongues
from probanda.incidents.model import Account, Corroboration, DerivationKind, SourceKind
from probanda.incidents.telling import Told, said_to_be
from probanda.incidents.words import folded
from probanda.kernel.vocabulary import Modality
from probanda.names.letters import is_arabic

LOOKED_AT = 12
"""So many claims of an origin are looked at for what it is."""

PICTURES = {"satellite": SourceKind.SATELLITE, "video": SourceKind.IMAGE}
"""Originals that show something, whoever made them."""

NOT_EXCLUDED = "dependence not excluded"

LABELS = {
    SourceKind.EYEWITNESS: "eyewitness",
    SourceKind.VICTIM: "victim",
    SourceKind.PERPETRATOR: "own words of the accused side",
    SourceKind.DOCUMENT: "document",
    SourceKind.IMAGE: "image or video",
    SourceKind.SATELLITE: "satellite image",
    SourceKind.OFFICIAL: "official",
    SourceKind.EXPERT: "expert reading",
    SourceKind.HEARSAY: "hearsay of unknown depth",
}
"""How a sentence calls each kind."""


class Weighing:
    """The accounts of one incident, weighed: kinds, and which origins are told apart."""

    def __init__(self, graph: Graph, facts: Sequence[Facts]) -> None:
        self.graph = graph
        harm = [f for f in facts if f.claim.asserts_event and f.family not in BY_TARGET]
        self._accused = {f" {folded(a.words)} " for f in harm for a in f.claim.actors}
        self._accused |= {a for f in harm for a in f.authors}
        self._kinds: dict[Key, tuple[SourceKind, str]] = {}
        self._starts: dict[Key, Start] = {}
        self._carried: dict[Key, set[str | None]] = {}
        self._items: dict[Key, frozenset[str]] = {}
        by_name = (DerivationKind.CITES, DerivationKind.SYNDICATION)
        self._cited = {to for n in graph.nodes.values() for to, kind, *_ in n.edges if kind in by_name}
        """What another text names as its source: a paper's own voice then starts with that paper, not with nobody."""

    def accounts(self, counted: frozenset[Key], why_not: dict[Key, str]) -> tuple[Account, ...]:
        """All accounts as records, sorted by id."""
        self._carried = defaultdict(set)
        for leaf in self.graph.leaves:
            self._carried[self.graph.root(leaf.key)].add(leaf.item)
        return tuple(
            sorted((self._account(n, counted, why_not) for n in self.graph.nodes.values()), key=lambda a: a.id)
        )

    def _account(self, node: Node, counted: frozenset[Key], why_not: dict[Key, str]) -> Account:
        kind, why = self.kind(node)
        roots = [self.graph.nodes[k].id for k in self.graph.roots(node.key)]
        return Account(
            id=node.id,
            teller=node.words,
            kind=kind,
            why=why,
            item=node.item,
            held=node.held,
            claims=tuple(sorted({f.claim.id for f in node.facts})),
            supports=node.supports,
            origin=roots[0],
            perhaps=tuple(roots[1:]),
            traced=self.traced(node),
            counted=node.key in counted,
            says=self._says(node, counted, why_not) if not node.edges else "",
            start=self.start(node) if not node.edges else None,
        )

    def _says(self, node: Node, counted: frozenset[Key], why_not: dict[Key, str]) -> str:
        kind, why = self.kind(node)
        carried = len(self._carried[node.key])
        texts = f"carried by {carried} text{'s' if carried != 1 else ''}"
        held = "held" if node.held else "cited, not held" if node.original else "its own words not held"
        told = f"{_name(node)}: {LABELS[kind]} ({why}); {texts}; {held}."
        if node.key in counted:
            return f"{told} Counted."
        return f"{told} Not counted: {why_not.get(node.key, 'it does not say that the event happened')}."

    # --- kinds -----------------------------------------------------------------------------------------------------

    def traced(self, node: Node) -> bool:
        """False for a text's own voice and for words that hide who speaks."""
        if node.original:  # "a statement", and nobody says whose
            return node.original in PICTURES or not str(node.key[2]).startswith("under ")
        if node.hidden or (node.teller is not None and node.teller.who == "nobody"):
            return False
        if not node.own_voice or node.item in self.graph.world.own_eyes or node.key in self._cited:
            return True
        return self._issuer(node) is not None

    def _issuer(self, node: Node) -> Called | None:
        """The body whose own text this is, where it is none that passes on what others said: a ministry, a hospital."""
        called = role_of(self.graph.world.chains.publisher(node.item or "")) if node.own_voice else None
        return called if called is not None and called.role.who == "body" else None

    def kind(self, node: Node) -> tuple[SourceKind, str]:
        """What kind of source tells this, and the words that say so."""
        if node.key not in self._kinds:
            self._kinds[node.key] = self._kind(node)
        return self._kinds[node.key]

    def _kind(self, node: Node) -> tuple[SourceKind, str]:
        if node.original:
            return PICTURES.get(node.original, SourceKind.DOCUMENT), f"“{node.words}”"
        if node.hidden:
            return SourceKind.HEARSAY, f"“{node.hidden}”: who says it is not told"
        told = [self.graph.world.told.get(f.claim.id, Told()) for f in node.facts[:LOOKED_AT]]
        if node.teller is None:
            saw = self.graph.world.own_eyes.get(node.item or "", "")
            issuer = self._issuer(node)
            if issuer is not None and not saw:
                return issuer.role.kind, f"“{issuer.word}”: the text is its own"
            own = (SourceKind.HEARSAY, "the text’s own voice: how it knows is not told")
            return (SourceKind.EYEWITNESS, f"“{saw}”") if saw else own
        mine = [f for f in node.facts if f.claim.innermost.words == node.words]
        name = f" {folded(node.words)} "
        accused = node.teller.named and any(name in o or node.teller.key == o for o in self._accused)
        if accused or any(f.claim.modality is Modality.ADMITTED for f in mine):
            return SourceKind.PERPETRATOR, f"“{node.words}” is among those whom accounts name as authors"
        return self._as_called(node, mine, told)

    def _as_called(self, node: Node, mine: Sequence[Facts], told: Sequence[Told]) -> tuple[SourceKind, str]:
        """By how the teller is called, what stands beside the name, and whether the words say `saw`."""
        teller = node.teller
        called = teller.called if teller is not None else None
        if called is not None and called.role.who == "nobody":
            return SourceKind.HEARSAY, f"“{node.words}”: who speaks is not told"
        alone = len(node.chain) <= 1 and (called is None or called.role.who == "people")
        saw = next((t.saw for t in told if t.saw), "") if alone and mine else ""
        beside = called
        if teller is not None and teller.named and (called is None or called.role.who == "people"):
            beside = next((b for t in told if (b := said_to_be(node.words, t.sentence)) is not None), called)
        if saw and (beside is None or beside.role.kind is not SourceKind.VICTIM):
            return SourceKind.EYEWITNESS, f"“{saw}”"
        report = next((f.claim.cited for f in mine if f.claim.cited and f.claim.cited.kind == "report"), None)
        if report is not None and (called is None or called.role.who == "body" or called.role.id == "organisations"):
            return SourceKind.DOCUMENT, f"“{report.words}” of {node.words}"
        if beside is None:
            return SourceKind.HEARSAY, f"how {_name(node)} knows is not told"
        if beside.role.kind is SourceKind.HEARSAY:
            passes_on = beside.role.who == "carrier"
            how = "passes on what others said; from whom is not told" if passes_on else "how they know is not told"
            return SourceKind.HEARSAY, f"“{beside.word}”: {how}"
        return beside.role.kind, f"“{beside.word}”"

    # --- counting --------------------------------------------------------------------------------------------------

    def count(self, claims: Iterable[Claim]) -> tuple[Corroboration, frozenset[Key], dict[Key, str]]:
        """How many origins stand behind those of these claims that assert it; which count, and why the rest do not."""
        roots: Counter[Key] = Counter()
        for claim in claims:
            if claim.asserts_event and claim.id in self.graph.leaf_of:
                roots[self.graph.root(self.graph.leaf_of[claim.id])] += 1
        nodes = {(start := self.start(self.graph.nodes[key])).id: (key, start) for key in roots}
        found = counted((start, roots[key]) for key, start in nodes.values())
        why_not = {}
        for start, other in found.untraced:
            key = nodes[start.id][0]
            why_not[key] = self._why_not(key, start, nodes[other.id][0] if other is not None else None)
        keys = [nodes[s.id][0] for s in found.apart]
        by_kind = Counter(self.kind(self.graph.nodes[k])[0] for k in keys)
        kinds = tuple(sorted(by_kind.items(), key=lambda kv: (-kv[1], kv[0])))
        n, rest = len(keys), len(why_not)
        made = Corroboration(origins=n, untraced=rest, kinds=kinds, says=summed_up(n, rest, kinds))
        return made, frozenset(keys), why_not

    def start(self, node: Node) -> Start:
        """What may tell this start apart from another one."""
        if node.key not in self._starts:
            self._starts[node.key] = self._start(node)
        return self._starts[node.key]

    def _start(self, node: Node) -> Start:
        teller, hearsay = node.teller, self.kind(node)[0] is SourceKind.HEARSAY
        described = teller.called if teller is not None and not teller.named else None
        who = teller.key if teller is not None and teller.named else ""
        return Start(
            id=repr(node.key),
            traced=self.traced(node),
            hearsay=hearsay,
            carrier=self._carrier(node),
            who=self.graph.world.scope(node.item or "") if node.own_voice else who,
            named=bool(who),
            tongues=("ar" if is_arabic(node.words) else "en fr")
            if node.original
            else tongues(node.words)
            if who
            else "",
            person=node.words if teller is not None and who and teller.who in ("", "people") else "",
            own_voice=node.own_voice,
            original=node.original,
            whose=not (node.original and str(node.key[2]).startswith("under ")),
            role=self._role(node),
            place=described.place if described is not None else "",
            several=teller is not None and teller.called is not None and teller.called.several,
            items=tuple(sorted({f.claim.item for f in node.facts})),
        )

    def _carrier(self, node: Node) -> bool:
        teller = node.teller
        letters = teller is not None and not teller.who and node.words.isupper()  # `UN`: a body, whatever it is
        passes_on = node.own_voice or letters or (teller is not None and teller.who == "carrier")
        return passes_on and self.kind(node)[0] is SourceKind.HEARSAY

    def _why_not(self, key: Key, start: Start, other: Key | None) -> str:
        """Why this start is not counted beside those that are; `other`: the one it may be the same as."""
        if other is None:
            return "where it starts is not told"
        if start.carrier:
            name = _name(self.graph.nodes[key])
            return f"{name} passes on what others said, and may have it from an origin that is counted"
        return f"it may be the same as {_name(self.graph.nodes[other])}; nothing tells them apart"

    def _role(self, node: Node) -> str:
        """The role of a teller, by name or beside it; empty where nothing tells it."""
        teller = node.teller
        if teller is None:
            return ""
        if teller.named and teller.who in ("", "people"):
            for f in node.facts[:LOOKED_AT]:
                found = said_to_be(node.words, self.graph.world.told.get(f.claim.id, Told()).sentence)
                if found is not None:
                    return found.role.id
        return teller.role


def _name(node: Node) -> str:
    return "the text itself" if node.words == DOC else node.words


def summed_up(origins: int, untraced: int, kinds: Sequence[tuple[SourceKind, int]]) -> str:
    """`at most 2 origins (1 eyewitness, 1 official), 1 untraced; dependence not excluded`."""
    if not origins and not untraced:
        return "no claim asserts it"
    what = f"at most {origins} origin{'s' if origins != 1 else ''}"
    shown = ", ".join(f"{n} {LABELS[kind]}" for kind, n in kinds)
    return f"{what}{f' ({shown})' if shown else ''}, {untraced} untraced; {NOT_EXCLUDED}"
