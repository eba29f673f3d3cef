"""Lays claims out, one layout for each actor, crime and mode that claims point to: start with `lay_out`.

Pure: the same claims, actors, incidents, contradictions and origins give the same layouts in any order of arrival.

Looks down to: matrix.situation, looks, against, weight, notes; law, incidents, actors, claims, kernel.
Used by: casework, cli.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim
from probanda.incidents.model import Contradiction, Incident, Origin
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import Involvement
from probanda.law import why_none
from probanda.law.model import Crime, Element, LawPack, Mode
from probanda.law.recorded import NOTHING, Recorded
from probanda.matrix.against import look_against
from probanda.matrix.looks import LOOKS, Found, listed
from probanda.matrix.model import Cell, CellStatus, Gap, SetAside, Suggestion
from probanda.matrix.notes import cell_notes, notes_for
from probanda.matrix.situation import Scene, Situation
from probanda.matrix.weight import Tracing, Weight, weigh

Key = tuple[str, str, str]
"""Ids of actor, crime and mode."""
SHIPPED = "rome"
"""Name of the pack that ships."""


def lay_out(
    claims: Sequence[Claim],
    actors: Sequence[ActorGroup],
    incidents: Sequence[Incident],
    contradictions: Sequence[Contradiction],
    origins: Sequence[Origin],
    pack: LawPack,
    recorded: Recorded = NOTHING,
) -> tuple[Suggestion, ...]:
    """One layout for each person, unit, body or State that a claim names as author of an act that points to a crime.

    Sorted by the actor's name, then the crime's place in the pack, then the mode's. Rejected claims count for nothing.
    `recorded`: kinds of conflict, acceptances of amendments and thresholds, which decide what crimes are offered.
    """
    situation = Situation.of(claims, actors, incidents, contradictions, pack, recorded)
    tracing = Tracing.of(situation, origins)
    layouts = (_suggestion(scene, tracing) for scene in _scenes(situation))
    crimes = {c.id: n for n, c in enumerate(pack.crimes)}
    modes = {m.id: n for n, m in enumerate(pack.modes)}
    return tuple(sorted(layouts, key=lambda s: (s.actor_name.casefold(), s.actor, crimes[s.crime], modes[s.mode])))


def set_aside(
    claims: Sequence[Claim], actors: Sequence[ActorGroup], pack: LawPack, recorded: Recorded = NOTHING
) -> tuple[SetAside, ...]:
    """Claims that name an author and yet point to no crime or mode, each with why; sorted by claim id, then name."""
    situation = Situation.of(claims, actors, (), (), pack, recorded)
    found = [
        SetAside(claim=claim.id, actor_name=group.name, reason=why, noted=noted)
        for claim in situation.claims.values()
        for group, how in situation.authors(claim)
        for why, noted in [_why_aside(situation, claim, how)]
        if why
    ]
    return tuple(sorted(found, key=lambda s: (s.claim, s.actor_name)))


def gaps(suggestions: Sequence[Suggestion]) -> tuple[Gap, ...]:
    """Every cell in which something is missing, in the order of the layouts, for the command line."""
    return tuple(
        Gap(
            suggestion=s.id,
            actor_name=s.actor_name,
            crime=s.crime,
            mode=s.mode,
            part=cell.part,
            element=cell.element,
            text=cell.text,
            status=cell.status,
            searched_for=cell.searched_for,
            missing=cell.gap,
        )
        for s in suggestions
        for cell in s.cells
        if cell.gap
    )


def _scenes(situation: Situation) -> Iterator[Scene]:
    own: dict[Key, dict[str, Claim]] = defaultdict(dict)
    who: dict[str, ActorGroup] = {}
    what: dict[tuple[str, str], tuple[Crime, Mode]] = {}
    for claim in situation.claims.values():
        for group, how in situation.authors(claim):
            for crime, mode in situation.points(claim, how):
                own[group.id, crime.id, mode.id][claim.id] = claim
                who[group.id] = group
                what[crime.id, mode.id] = (crime, mode)
    for (actor, crime_id, mode_id), claims in own.items():
        crime, mode = what[crime_id, mode_id]
        yield Scene(situation, who[actor], crime, mode, tuple(claims.values()))


def _suggestion(scene: Scene, tracing: Tracing) -> Suggestion:
    cells = (
        *(_cell(scene, tracing, "crime", e) for e in scene.crime.elements),
        *(_cell(scene, tracing, "mode", e) for e in scene.mode.elements),
    )
    return Suggestion(
        id=_id_of(scene),
        actor=scene.actor.id,
        actor_name=scene.actor.name,
        actor_kind=scene.actor.kind.value,
        crime=scene.crime.id,
        crime_title=scene.crime.title,
        mode=scene.mode.id,
        mode_title=scene.mode.title,
        article=scene.crime.article,
        pack=scene.situation.pack.stamp,
        claims=tuple(c.id for c in scene.own),
        incidents=scene.incidents,
        cells=cells,
        notes=notes_for(scene),
    )


def _id_of(scene: Scene) -> str:
    """The pack that ships goes without its name, so that ids given before there were others stay what they were."""
    code = [] if scene.situation.pack.name == SHIPPED else [scene.situation.pack.name]
    return content_id("suggestion", *code, scene.actor.id, scene.crime.id, scene.mode.id)


def _cell(scene: Scene, tracing: Tracing, part: str, element: Element) -> Cell:
    look = LOOKS.get(element.look)
    against = look_against(scene, element)
    opposed = {c.id for c in against or ()}
    found = look(scene, element) if look else Found((), "No rule looks for support of this element; a person must.")
    supporting = tuple(c for c in found.claims if c.id not in opposed) if opposed else found.claims
    shown = listed(scene, found) if supporting is found.claims else supporting
    weight = weigh(supporting, against or (), tracing)
    return Cell(
        element=element.no,
        part=part,
        text=element.text,
        type=element.type,
        status=weight.status,
        supporting=tuple(c.id for c in shown),
        against=tuple(c.id for c in against or ()),
        searched_for=look is not None,
        searched_against=against is not None,
        gap=_gap(element, weight, look is not None),
        reason=_reason(found, weight, len(supporting) - len(shown)),
        origins=weight.origins,
        untraced=weight.untraced,
        unlisted=len(supporting) - len(shown),
        common_key=element.common_key,
        notes=cell_notes(scene, part, element),
    )


def _gap(element: Element, weight: Weight, searched: bool) -> str:
    """What is missing, then what would help (`fill`); empty only where several origins support the element."""
    if not searched:
        return f"Not looked for. {element.fill}"
    missing = {
        CellStatus.UNSUPPORTED: "Nothing found.",
        CellStatus.ONE_ORIGIN: "An account with another origin.",
        CellStatus.HEARSAY: "An account at first hand, or the original.",
        CellStatus.CONTRADICTED: "What would decide between the two sides.",
        CellStatus.MIXED: "",
    }[weight.status]
    return f"{missing} {element.fill}" if missing else ""


def _reason(found: Found, weight: Weight, unlisted: int) -> str:
    parts = [found.reason]
    if weight.origins or weight.untraced:
        origins = f"{weight.origins} origin" + ("s" if weight.origins != 1 else "")
        parts.append(f"At most {origins}, {weight.untraced} untraced.")
    if weight.hearsay:
        parts.append("All of it is passed on by others or untraced.")
    if unlisted:
        parts.append(f"{unlisted} more claims of the situation say so and are not listed here.")
    return " ".join(parts)


def _why_aside(situation: Situation, claim: Claim, how: Involvement) -> tuple[str, bool]:
    """Why this claim points nowhere for this author; empty where it points somewhere."""
    if situation.points(claim, how):
        return "", False
    if withheld := situation.law.withheld(claim):
        return " ".join(withheld), False
    kinds = situation.law.conflict(claim).kinds
    why, noted = why_none(situation.pack, claim.act_type.value, claim.act_detail, kinds)
    if why:
        return why, noted
    for entry in situation.pack.not_modes:
        if entry.involvement == how.value:
            return entry.why, entry.noted
    if needed := situation.needed(claim):
        return f"It points further only with {' or '.join(needed)}.", False
    return "The words order or threaten an act and do not say that it happened, nor that this actor ordered it.", False
