"""Why a layout is suggested, and what speaks against opening it: a sentence each. Start with `reasons_for`.

Both are plain counts of what the claims say, never a weighing. Whoever decides reads the claims.

Looks down to: matrix.exonerating, matrix.weight, matrix.situation, actors, law, claims, kernel. Used by: matrix.layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from probanda.actors.model import by_machine
from probanda.claims.model import Claim
from probanda.kernel.vocabulary import Involvement, MentionKind, Status
from probanda.law import attempted
from probanda.matrix.exonerating import OF_POWER, RULES, Exonerating
from probanda.matrix.model import Cell
from probanda.matrix.scene import Scene
from probanda.matrix.weight import Tracing

HOW = {
    Involvement.DIRECT: "as having done it",
    Involvement.ORDERING: "as having ordered it",
    Involvement.INCITING: "as having moved others to it",
    Involvement.PLANNING: "as having planned it",
    Involvement.AIDING: "as having helped with it",
    Involvement.COMMAND: "as having commanded those who did it",
    Involvement.KNOWLEDGE: "as having known of it",
    Involvement.FAILING_TO_ACT: "as not having acted against it",
    Involvement.UNKNOWN: "beside it, without saying how",
}
AS_WRITTEN = 4
"""Forms of a name told in a reason."""


def reasons_for(scene: Scene, tracing: Tracing) -> tuple[str, ...]:
    """Which claims point here, how they name the actor, how many origins they have, and for what days they tell it."""
    return tuple(_for(scene, tracing))


def _for(scene: Scene, tracing: Tracing) -> Iterator[str]:
    for how in sorted(HOW, key=lambda how: HOW[how]):
        modalities = Counter(c.modality.value for c in scene.own_as(how))
        for modality, times in sorted(modalities.items()):
            yield f"{_n(times, 'claim names', 'claims name')} the actor {HOW[how]} ({modality})."
    forms = _as_written(scene)
    if written := Counter(forms[c.id] for c in scene.own if c.id in forms):
        ordered = sorted(written, key=lambda w: (-written[w], w))
        more = f" and {len(ordered) - AS_WRITTEN} more forms" if len(ordered) > AS_WRITTEN else ""
        yield f"Named as {', '.join(f'“{w}”' for w in ordered[:AS_WRITTEN])}{more}."
    yield from _above(scene)
    origins, untraced, _ = tracing.counted(scene.own)
    yield f"The claims go back to at most {_n(origins, 'origin', 'origins')}, {untraced} untraced."
    where = _n(len(scene.incidents), "incident", "incidents") if scene.incidents else "No incident"
    if scene.days:
        first, last = scene.days[0][0], max(to for _, to in scene.days)
        yield f"{where}; told for {first}." if first == last else f"{where}; told for {first} to {last}."
    else:
        yield f"{where}; no day is told."


def _as_written(scene: Scene) -> Mapping[str, str]:
    """How each claim that names the actor as author writes the name."""
    situation, actor = scene.situation, scene.actor.id
    named = situation.named_in.get(actor)

    def make() -> dict[str, str]:
        roles = ((c.id, a) for c in named for a in c.actors)
        return {i: a.words for i, a in roles if (g := situation.who(a)) is not None and g.id == actor}

    return situation.kept(("written", actor), named, make)


def _above(scene: Scene) -> Iterator[str]:
    if scene.paths:
        shown = sum(path.shown for path in scene.paths)
        authors = _n(len({p.author for p in scene.paths}), "author", "authors")
        paths = _n(len(scene.paths), "path", "paths")
        yield f"The actor is said to stand over {authors} named for such acts: {paths}, {shown} shown for the day."


def reasons_against(scene: Scene, found: Exonerating, cells: Sequence[Cell], tracing: Tracing) -> tuple[str, ...]:
    """What speaks against opening it: claims for the person first, then what the claims rest on, then the law."""
    return (*_claims_against(found), *_rests_on(scene, cells, tracing), *_law_against(scene))


def _claims_against(found: Exonerating) -> Iterator[str]:
    for rule in RULES:
        if rule.id in found:
            number = len(found[rule.id])
            yield f"{_n(number, 'claim', 'claims')} {_singular(rule.what) if number == 1 else rule.what}."


def _singular(what: str) -> str:
    """The rule's words for one claim: `deny it` is `denies it`."""
    verb, _, rest = what.partition(" ")
    third = f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"
    return f"{third} {rest}"


def _rests_on(scene: Scene, cells: Sequence[Cell], tracing: Tracing) -> Iterator[str]:
    own = scene.own
    _, _, hearsay = tracing.counted(own)
    if hearsay:
        yield "Only hearsay: every one of these claims is passed on by others, or untraced."
    alone = frozenset().union(*(_by_machine_alone(scene, actor) for actor in scene.persons))
    machine = sum(c.id in alone for c in own)
    if machine:
        yield f"In {machine} of {len(own)} claims the machine alone linked the name to the actor."
    if not any(c.status in (Status.CHECKED, Status.CORRECTED) for c in own):
        yield "No person has checked that the texts say so."
    unsaid = len(scene.own_as(Involvement.UNKNOWN))
    if unsaid and scene.by_own_hand:
        yield f"{_n(unsaid, 'claim puts', 'claims put')} the name beside the act and {_do(unsaid)} not say how."
    yield from _power(scene, cells)
    yield from _kind_of_superior(scene)
    dark = sum(not p.shown for p in scene.paths)
    if dark:
        yield f"In {dark} of {len(scene.paths)} paths of command a link is not shown for the day."
    yield from sorted({says for path in scene.paths for says in path.conflicts})
    broken = sum("garbled" in c.flags for c in own)
    if broken:
        yield f"{_n(broken, 'claim rests', 'claims rest')} on broken wording."


def _power(scene: Scene, cells: Sequence[Cell]) -> Iterator[str]:
    looks = {("mode", e.no): e.look for e in scene.mode.elements}
    looks |= {("crime", e.no): e.look for e in scene.crime.elements}
    power = [c for c in cells if looks[c.part, c.element] in OF_POWER]
    told = [c for c in power if c.supporting]
    if power and not told:
        yield "Nothing found speaks to command or authority over those who acted."
    elif told and all(set(c.supporting) <= set(c.circumstantial) for c in told):
        yield "Only posts, titles and circumstances speak to command or authority; nothing says that it was exercised."


def _kind_of_superior(scene: Scene) -> Iterator[str]:
    """What kind of people the actor is said to head, where it fits the other letter of article 28 better."""
    looks = {e.look for e in scene.mode.elements}
    units = scene.situation.commands.heads.get(scene.actor.id, frozenset()) if scene.paths else ()
    kinds = {group.kind for unit in units if (group := scene.situation.group(unit)) is not None}
    if "disregarded" in looks and kinds == {MentionKind.UNIT}:
        yield "The links tell of armed units alone; 28(b) is for superiors who are no military commanders."
    if "should-have-known" in looks and kinds and kinds <= {MentionKind.BODY, MentionKind.STATE}:
        yield "The links tell of no armed unit; 28(a) is for military commanders, or those who in fact act as such."


def _law_against(scene: Scene) -> Iterator[str]:
    if scene.actor.kind is not MentionKind.PERSON:
        yield "Not a natural person; only those are tried (art. 25(1))."
    tried = sum(attempted(scene.situation.pack, c.act_detail) for c in scene.own)
    if tried:
        yield f"{_n(tried, 'claim tells', 'claims tell')} of the act as tried, not as carried out."
    yield from sorted({f"{answer.reason} ({answer.article})" for answer in scene.open_force})


def also_points_to(titles: Sequence[str]) -> str:
    """That the same claims point elsewhere too; laying out one question hides no other (C11)."""
    return f"The same claims also point to: {'; '.join(titles)}."


def _by_machine_alone(scene: Scene, actor: str) -> frozenset[str]:
    """Ids of the claims in which no person linked the name of this author to the actor."""
    situation = scene.situation
    named = situation.named_in.get(actor)

    def alone(claim: Claim) -> bool:
        roles = [a for a in claim.actors if (g := situation.who(a)) is not None and g.id == actor]
        reasons = [a.mention and situation.people.reason_of(a.mention) for a in roles]
        return all(not reason or by_machine(reason) for reason in reasons)

    return situation.kept(("machine", actor), named, lambda: frozenset(c.id for c in named if alone(c)))


def _n(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"
