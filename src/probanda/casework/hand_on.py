"""The one door through which words leave a case: withhold, narrow, mask.

Restricted items are left out unless a reason is given; `narrow` takes out what was not asked for; `mask`
writes names as codenames. Reports and exports start from the `View` that comes out here.
"""

from __future__ import annotations

from probanda.access.eyes import Eyes
from probanda.casework import matrix_charts, missing, opposing
from probanda.casework.consolidate import linked, stored
from probanda.casework.mask import masked
from probanda.casework.narrow import Narrowing, chosen, named_in, still_seen, think_again
from probanda.casework.retracting import marked, marks
from probanda.casework.view import Sharing, View, base_name, is_restricted
from probanda.incidents.model import Consolidation
from probanda.kernel.errors import WrongUsage
from probanda.kernel.vocabulary import Status
from probanda.matrix.chart import Chart
from probanda.store.groups import wider_gathered
from probanda.store.model import Deed
from probanda.store.store import Store


def hand_on(store: Store, eyes: Eyes, narrowing: Narrowing, sharing: Sharing) -> View:
    """What these eyes may hand on: restricted items only with a reason, names in them as codenames."""
    return masked(store, gathered(store, eyes, narrowing, sharing))


def gathered(store: Store, eyes: Eyes, narrowing: Narrowing, sharing: Sharing) -> View:
    """The same before names are masked: nothing of it may leave as it is."""
    shared = eyes if sharing.include_restricted else eyes.only_open()
    all_items = store.items(eyes)
    closed = frozenset(i.digest for i in all_items if is_restricted(i))
    items = tuple(i for i in store.items(shared) if sharing.include_restricted or i.digest not in closed)
    everything = store.claims(shared)
    standing = [c for c in everything if c.status is not Status.REJECTED]
    stored_actors = store.actors(shared)
    mentions = tuple(store.mentions(shared))
    if held_back := stored_actors is None and store.ask(shared, wider_gathered):
        stored_actors = list(linked(store, shared))
    actors = still_seen(stored_actors or (), mentions)
    result, suggestions = stored(store, shared), tuple(store.suggestions(shared) or ())
    # A folder of an earlier edition may still hold what was gathered before a label closed an item.
    older = held_back or actors != tuple(stored_actors or ()) or not _holds({c.id for c in everything}, result)
    chart = _told_whole(store, shared, narrowing)
    kept, undated = chosen(everything, actors, result, narrowing)
    if chart is not None:
        wanted = matrix_charts.rests_on(chart, result.incidents)
        kept = [c for c in kept if c.id in wanted]
    claims = [c for c in kept if c.status is not Status.REJECTED]
    if older or len(claims) != len(standing):
        result, suggestions = think_again(store, shared, claims, actors)
        actors = named_in(actors, claims)
        charts: tuple[Chart, ...] = ()
    else:
        charts = tuple(matrix_charts.charts(store, shared))
    if chart is not None:  # the one, with what the machine suggests of it, and no other
        charts, suggestions = (chart,), (chart.machine,) if chart.machine is not None else ()
    return View(
        eyes=shared,
        items=items,
        withheld=len(all_items) - len(items),
        claims=tuple(marked(claims, marks(store, shared))),
        rejected=tuple(c for c in kept if c.status is Status.REJECTED),
        mentions=mentions,
        actors=actors,
        result=result,
        suggestions=suggestions,
        charts=charts,
        originals=missing.to_tell(store, eyes, shared, {c.id for c in claims}, whole=len(claims) == len(standing)),
        worked_out=stored_actors is not None,
        narrowing=narrowing,
        sharing=sharing,
        marks=opposing.marks(store, shared),
        left_undated=undated,
        names={i.digest: tuple(base_name(n) for n in i.names) for i in items},
        numbers={i.digest: i.number for i in items},
    )


def told_in_log(store: Store, eyes: Eyes, kind: str, name: str, digest: str, sharing: Sharing) -> None:
    """Record that an output with restricted items is made, before a byte of it leaves; nothing for any other."""
    if not sharing.include_restricted:
        return
    reason = sharing.include_restricted + (f"; with names: {sharing.with_names}" if sharing.with_names else "")
    payload = {
        "kind": kind,
        "digest": digest,
        "restricted_included": True,
        "names_included": bool(sharing.with_names),
    }
    store.record(eyes, [Deed(kind="output", subject=name, payload=payload, reason=reason)])


def _told_whole(store: Store, eyes: Eyes, narrowing: Narrowing) -> Chart | None:
    """The hypothesis that alone is to be told. Raises NotFound; WrongUsage where it is to be cut as well."""
    if not narrowing.hypothesis:
        return None
    if narrowing != Narrowing(hypothesis=narrowing.hypothesis):
        raise WrongUsage(
            "A hypothesis is told whole: what speaks against it may lie outside a period or a name.",
            "Name the hypothesis alone, or leave it out.",
        )
    return matrix_charts.one(store, eyes, narrowing.hypothesis)


def _holds(claims: set[str], result: Consolidation) -> bool:
    """True where nothing was gathered out of a claim that is not seen any more: labels change at once, and what was
    gathered before tells of the words behind them until it is gathered anew."""
    return all(claims.issuperset(incident.claims) for incident in result.incidents)
