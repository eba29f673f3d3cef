"""Claims and texts about invented countries, with everything filled in that a story does not need."""

from __future__ import annotations

from collections.abc import Sequence

from probanda.claims.model import DOC, Actor, Cited, Claim, Named
from probanda.incidents import consolidate
from probanda.incidents.model import Consolidation, Doc, Incident
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Modality, Polarity


def a_claim(
    id: str,
    item: str = "t1",
    *,
    act_type: ActType = ActType.KILLING,
    act: str = "killed",
    by: Sequence[str] = (),
    of: Sequence[str] = (),
    at: Sequence[str] = (),
    on: str | None = None,
    until: str | None = None,
    speakers: Sequence[str] = (),
    denied: bool = False,
    modality: Modality | None = None,
    count: Quantity | None = None,
    cited: Cited | None = None,
    start: int | None = None,
    paragraph: int | None = None,
    quote: str | None = None,
    detail: str | None = None,
) -> Claim:
    """One claim; unless said, it stands in a paragraph of its own, far from the others."""
    place = sum(map(ord, id)) if paragraph is None else paragraph
    begin = place * 1000 if start is None else start
    words = quote if quote is not None else f"{id}: {act}"
    return Claim(
        id=id,
        item=item,
        start=begin,
        end=begin + len(words),
        quote=words,
        act=act,
        act_start=begin,
        act_end=begin + len(act),
        act_type=act_type,
        act_detail=detail,
        modality=modality or (Modality.DENIED if denied else Modality.ALLEGED),
        polarity=Polarity.NEGATIVE if denied else Polarity.POSITIVE,
        speakers=(Named(DOC), *map(Named, speakers)),
        actors=tuple(map(Actor, by)),
        victims=tuple(map(Named, of)),
        places=tuple(map(Named, at)),
        date_text=on,
        date_from=on,
        date_to=until or on,
        quantity=count,
        cited=cited,
        paragraph=place,
        reader="test",
        why="test",
    )


def exactly(n: int, unit: str = "killed") -> Quantity:
    """A plain number."""
    return Quantity(text=str(n), value=n, min=n, max=n, unit=unit)


def at_least(n: int, unit: str = "killed") -> Quantity:
    """`At least n`."""
    return Quantity(text=f"at least {n}", value=n, min=n, unit=unit)


def a_doc(item: str, words: str = "", **more: str) -> Doc:
    """A text; without words it says something that no other text says."""
    return Doc(item, (f"{item}.txt",), words or f"text {item}", **more)


def gathered(*claims: Claim, docs: Sequence[Doc] = (), **more: object) -> Consolidation:
    """These claims consolidated, each name being who its words say."""
    texts = docs or [a_doc(i) for i in sorted({c.item for c in claims})]
    return consolidate(claims, texts, {}, {}, **more)  # type: ignore[arg-type]


def incident_with(result: Consolidation, claim: str) -> Incident:
    """The incident that holds this claim."""
    (found,) = (i for i in result.incidents if claim in i.claims)
    return found


def together(result: Consolidation, *claims: str) -> bool:
    """True when one incident holds them all."""
    return set(claims) <= set(incident_with(result, claims[0]).claims)
