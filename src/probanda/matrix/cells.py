"""One layout, cell by cell: what supports each element, what speaks against it, by which rule, and what is missing.

Start with `suggestion`.

Looks down to: matrix.looks, exonerating, grounds, reasons, roles, weight, notes, situation; law, claims, kernel.
Used by: matrix.layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from probanda.claims.model import Claim
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import Family, Side
from probanda.law.model import Element
from probanda.matrix.exonerating import Exonerating, Rule, look_against
from probanda.matrix.found import Found
from probanda.matrix.grounds import grounds_for
from probanda.matrix.looks import LISTED_NEAR, LOOKS, WHOLE, listed
from probanda.matrix.model import Bearing, Cell, CellStatus, KeptOut, Placed, Role, Suggestion
from probanda.matrix.notes import cell_notes, notes_for
from probanda.matrix.reasons import reasons_against, reasons_for
from probanda.matrix.roles import role_of
from probanda.matrix.scene import Scene
from probanda.matrix.weight import Tracing, Weight, weigh

SHIPPED = "rome"
"""Name of the pack that ships."""
NO_RULE = "No rule looks for support of this element; a person must."


def suggestion(scene: Scene, tracing: Tracing, found: Exonerating) -> Suggestion:
    """The layout of one scene with what speaks for the person; what it shares with others is not known here."""
    situation = scene.situation
    cells = (
        *(_cell(scene, tracing, "crime", e, found) for e in scene.crime.elements),
        *(_cell(scene, tracing, "mode", e, found) for e in scene.mode.elements),
    )
    links = {c for path in scene.paths for hop in path.hops for c in hop.claims}
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
        claims=tuple(sorted({c.id for c in scene.own} | links)),
        incidents=scene.incidents,
        cells=cells,
        notes=notes_for(scene),
        reasons_for=reasons_for(scene, tracing),
        reasons_against=reasons_against(scene, found, cells, tracing),
        grounds=grounds_for(scene),
        kept_out=tuple(KeptOut(c.id, situation.kept_out(c)) for c in situation.out_of(scene.incidents)),
    )


def whole_again(scene: Scene, tracing: Tracing, before: Suggestion, found: Exonerating) -> Suggestion:
    """The same layout with the cells to which a whole situation speaks made anew; nothing else touched it."""
    elements = {("crime", e.no): e for e in scene.crime.elements} | {("mode", e.no): e for e in scene.mode.elements}
    cells = tuple(
        _cell(scene, tracing, c.part, element, found) if element.look in WHOLE else c
        for c in before.cells
        for element in [elements[c.part, c.element]]
    )
    return replace(before, cells=cells)


def _id_of(scene: Scene) -> str:
    """The pack that ships goes without its name, so that ids given before there were others stay what they were."""
    code = [] if scene.situation.pack.name == SHIPPED else [scene.situation.pack.name]
    return content_id("suggestion", *code, scene.actor.id, scene.crime.id, scene.mode.id)


def _cell(scene: Scene, tracing: Tracing, part: str, element: Element, exonerated: Exonerating) -> Cell:
    look = LOOKS.get(element.look)
    rules = look_against(scene, element, exonerated)
    opposing = rules or {}
    against = tuple(scene.situation.claims[c] for c in opposing)
    found = look(scene, element) if look else Found((), NO_RULE)
    supporting = tuple(c for c in found.claims if c.id not in opposing) if opposing else found.claims
    shown = listed(scene, found if supporting is found.claims else replace(found, claims=supporting))
    shown_against = against[:LISTED_NEAR]
    weight = weigh(supporting, against, tracing)
    role = role_of(part, element)
    inferred = {c.id: says for c in shown if (says := found.inference(c.id))}
    circumstantial = {*inferred, *(c.id for c in shown_against if opposing[c.id].bearing is Bearing.CIRCUMSTANTIAL)}
    direct = not found.all_inferred and len(supporting) > len(found.inferred.keys() - opposing.keys())
    return Cell(
        element=element.no,
        part=part,
        text=element.text,
        type=element.type,
        status=weight.status,
        supporting=tuple(c.id for c in shown),
        against=tuple(c.id for c in shown_against),
        searched_for=look is not None,
        searched_against=rules is not None,
        gap=_gap(element, weight, look is not None, direct),
        reason=_reason(found, weight, len(supporting) - len(shown), len(against) - len(shown_against)),
        origins=weight.origins,
        untraced=weight.untraced,
        unlisted=len(supporting) - len(shown),
        unlisted_against=len(against) - len(shown_against),
        common_key=element.common_key,
        role=role,
        circumstantial=tuple(sorted(circumstantial)),
        notes=cell_notes(scene, part, element),
        placed=(*_placed_for(shown, element, role, found, inferred), *_placed_against(shown_against, opposing, role)),
    )


def _placed_for(
    shown: Sequence[Claim], element: Element, role: Role, found: Found, inferred: Mapping[str, str]
) -> Iterable[Placed]:
    """The supporting claims by the sentence for which they stand here: those that say it directly first."""
    groups: dict[tuple[bool, str, Role], list[str]] = {}
    for claim in shown:
        says = inferred.get(claim.id, "")
        groups.setdefault((bool(says), says or found.reason, _own_role(claim, role)), []).append(claim.id)
    for circumstantial, says, own in sorted(groups):
        bearing = Bearing.CIRCUMSTANTIAL if circumstantial else Bearing.DIRECT
        claims = tuple(groups[circumstantial, says, own])
        yield Placed(claims=claims, side=Side.FOR, rule=element.look, role=own, bearing=bearing, says=says)


def _placed_against(against: Sequence[Claim], rules: Mapping[str, Rule], role: Role) -> Iterable[Placed]:
    groups: dict[tuple[str, Role], list[str]] = {}
    for claim in against:
        groups.setdefault((rules[claim.id].id, _own_role(claim, role)), []).append(claim.id)
    by_id = {rule.id: rule for rule in rules.values()}
    for (name, own), claims in groups.items():
        rule = by_id[name]
        yield Placed(claims=tuple(claims), side=Side.AGAINST, rule=name, role=own, bearing=rule.bearing, says=rule.says)


def _own_role(claim: Claim, role: Role) -> Role:
    """A tie says who stood where: in a cell on what happened it is linkage all the same."""
    return Role.LINKAGE if claim.family is Family.TIE and role is Role.CRIME_BASE else role


def _gap(element: Element, weight: Weight, searched: bool, direct: bool) -> str:
    """What is missing, then what would help (`fill`); empty only where several origins say it directly."""
    if not searched:
        return f"Not looked for. {element.fill}"
    missing = {
        CellStatus.UNSUPPORTED: "Nothing found.",
        CellStatus.ONE_ORIGIN: "An account with another origin.",
        CellStatus.HEARSAY: "An account at first hand, or the original.",
        CellStatus.CONTRADICTED: "What would decide between the two sides.",
        CellStatus.MIXED: "",
    }[weight.status]
    if weight.status is not CellStatus.UNSUPPORTED and not direct:
        missing = f"Nothing says it directly; it would have to be inferred. {missing}".rstrip()
    return f"{missing} {element.fill}" if missing else ""


def _reason(found: Found, weight: Weight, unlisted: int, unlisted_against: int) -> str:
    parts = [found.reason]
    if weight.origins or weight.untraced:
        origins = f"{weight.origins} origin" + ("s" if weight.origins != 1 else "")
        parts.append(f"At most {origins}, {weight.untraced} untraced.")
    if weight.hearsay:
        parts.append("All of it is passed on by others or untraced.")
    if unlisted:
        parts.append(f"{unlisted} more claims say so and are not listed here.")
    if unlisted_against:
        parts.append(f"{unlisted_against} more claims against it are not listed here.")
    return " ".join(parts)
