"""GraphML: who and what is told to stand how to whom and what, as a graph in which every edge has its source.

Start with `given`. Nodes are actors, places, incidents, and the items that tell; an edge is what one claim says, with
registration number, offsets and words, so two claims that say the same are two edges. Nothing is weighed or summed up:
an edge is not a fact, and a denial is an edge with the polarity negative.

The form is that of GraphML 1.0 (http://graphml.graphdrawing.org/specification.html), as Gephi, Cytoscape and yEd read
it; written by hand, since it is a few lines of XML.

Looks down to: rows (places), view, reports (characters), kernel. Used by: exchange.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from probanda.casework.exchange.model import Given, Handed, Losses, counts, items_of
from probanda.casework.view import View
from probanda.claims.model import DOC, Actor, Claim, Named
from probanda.kernel.bounds import Bounds
from probanda.reports.characters import shown

Values = dict[str, str]
NODE_KEYS = ("kind", "name", "act_type", "date_from", "date_to", "number", "origins_at_most", "says")
EDGE_KEYS = (
    "kind", "role", "claim", "number", "start", "end", "quote", "speakers", "modality", "polarity", "status",
    "date_from", "date_to",
)  # fmt: skip
_ACTING = {"author": "told to have done it", "victim": "told to have suffered it", "place": "told to be where it was"}


@dataclass(slots=True)
class _Graph:
    view: View
    losses: Losses = field(default_factory=Losses)
    nodes: dict[str, Values] = field(default_factory=dict)
    edges: list[tuple[str, str, Values]] = field(default_factory=list)

    def end(self, claim: Claim, one: Named | Actor, side: str) -> str:
        """The node of whoever a claim names: the actor, or where nothing links the words, one of their own."""
        actor = self.view.actor_of.get(one.mention or "")
        if actor is not None:
            return f"actor-{actor}"
        own = f"words-{claim.id}-{side}"
        self.nodes[own] = {"kind": "not linked", "name": one.words}
        return own

    def edge(self, source: str, target: str, claim: Claim, kind: str, role: str, **more: str | None) -> None:
        """What one claim says of two."""
        told = {
            "kind": kind, "role": role, "claim": claim.id, "number": self.view.numbers[claim.item],
            "start": str(claim.start), "end": str(claim.end), "quote": claim.quote,
            "speakers": " < ".join(one.words for one in claim.speakers if one.words != DOC),
            "modality": claim.modality.value, "polarity": claim.polarity.value, "status": claim.status.value,
            "date_from": claim.date_from, "date_to": claim.date_to, **more,
        }  # fmt: skip
        self.edges.append((source, target, {key: value for key, value in told.items() if value}))


def given(handed: Handed) -> Given:
    """The graph of a view."""
    graph = _Graph(handed.view)
    _nodes(graph)
    incident_of = {claim: i.id for i in handed.view.result.incidents for claim in i.claims}
    for claim in sorted(handed.view.claims, key=lambda c: (handed.view.numbers[c.item], c.start, c.end, c.id)):
        if claim.tie is not None:
            _tie(graph, claim)
        elif claim.id in incident_of:
            _act(graph, claim, f"incident-{incident_of[claim.id]}")
        else:
            graph.losses.add("claims in no incident", "There is no node that they would lead to.")
    for what, many in (
        ("claims a person rejected", len(handed.view.rejected)),
        ("contradictions", len(handed.view.result.contradictions)),
        ("origins", len(handed.view.result.origins)),
        ("suggestions and hypotheses of the matrix", len(handed.view.suggestions) + len(handed.view.charts)),
    ):
        graph.losses.add(what, "The graph is of what claims say; this is said of claims.", many)
    written = Counter(f"nodes: {node['kind']}" for node in graph.nodes.values())
    written.update(f"edges: {told['kind']}" for _, _, told in graph.edges)
    file = ("graph.graphml", "".join(_written(graph)).encode("utf-8", "backslashreplace"))
    return Given(files=(file,), written=counts(written), left_out=graph.losses.all())


def _nodes(graph: _Graph) -> None:
    view = graph.view
    for actor in sorted(view.actors, key=lambda a: a.id):
        graph.nodes[f"actor-{actor.id}"] = {"kind": actor.kind.value, "name": actor.name}
        graph.losses.add("other forms of a name", "A node has one name.", len(actor.variants) - 1)
    for incident in sorted(view.result.incidents, key=lambda i: i.id):
        told = {
            "kind": "incident", "name": incident.title, "act_type": incident.act_type.value,
            "date_from": incident.date_from, "date_to": incident.date_to,
            "origins_at_most": str(incident.corroboration.origins), "says": incident.corroboration.says,
        }  # fmt: skip
        graph.nodes[f"incident-{incident.id}"] = {key: value for key, value in told.items() if value}
    for item in items_of(view, graph.losses):
        told = {"kind": "item", "name": item.title or view.names[item.digest][0], "number": item.number,
                "date_from": item.dated_from, "date_to": item.dated_to}  # fmt: skip
        graph.nodes[f"item-{item.digest}"] = {key: value for key, value in told.items() if value}


def _act(graph: _Graph, claim: Claim, incident: str) -> None:
    """The item tells the incident, each speaker says it, and those in it stand to it in their roles."""
    if f"item-{claim.item}" in graph.nodes:
        graph.edge(f"item-{claim.item}", incident, claim, "tells", "")
    for n, speaker in enumerate(claim.speakers):
        if speaker.words != DOC:
            graph.edge(graph.end(claim, speaker, f"speaker{n}"), incident, claim, "says", f"speaker {n + 1}")
    told: tuple[tuple[str, tuple[Named | Actor, ...]], ...] = (
        ("author", claim.actors), ("victim", claim.victims), ("place", claim.places),
    )  # fmt: skip
    for role, ones in told:
        for n, one in enumerate(ones):
            involved = one.involvement.value if isinstance(one, Actor) else ""
            graph.edge(graph.end(claim, one, f"{role}{n}"), incident, claim, _ACTING[role], involved)


def _tie(graph: _Graph, claim: Claim) -> None:
    tie = claim.tie
    if tie is None:
        return
    bounds = tie.bounds or Bounds()
    graph.losses.add("bounds of ties", "An edge has a first and a last day, not whether it held between.", bounds.dated)
    graph.losses.add("title or rank in a tie", "An edge has a role alone.", bool(tie.title or tie.rank))
    graph.edge(
        graph.end(claim, tie.left, "left"), graph.end(claim, tie.right, "right"), claim, tie.kind.value, tie.role or "",
        date_from=bounds.first_precise or bounds.first_imprecise, date_to=bounds.last_precise or bounds.last_imprecise,
    )  # fmt: skip


def _written(graph: _Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key in keys:
            yield f'<key id="{what}-{key}" for="{what}" attr.name="{key}" attr.type="string"/>\n'
    yield '<graph id="case" edgedefault="directed">\n'
    for id_, told in graph.nodes.items():
        yield f"<node id={quoteattr(id_)}>{_data('node', told)}</node>\n"
    for n, (source, target, told) in enumerate(graph.edges):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        yield f'<edge id="e{n}" {ends}>{_data("edge", told)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(what: str, told: Values) -> str:
    """Values as XML; signs that XML cannot hold, or that reorder a line, by their codes."""
    return "".join(f'<data key="{what}-{key}">{escape(shown(value))}</data>' for key, value in told.items())
