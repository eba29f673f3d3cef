"""What exports print: plain rows with the keys of DESIGN section 6, nothing computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from probanda.actors.model import ActorGroup
from probanda.claims.model import Claim, Mention, Named
from probanda.incidents.figures import ledger
from probanda.incidents.model import Contradiction, Incident, Origin, Version
from probanda.incidents.opposed import Mark, Pair
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import Family, OriginKind
from probanda.reports.casefile import LookAlike
from probanda.store.codec import plain

Row = dict[str, Any]


def _names(parties: Iterable[Named | Any]) -> list[str]:
    return [p.words for p in parties]


def _ids(parties: Iterable[Named | Any], actor_of: Mapping[str, str]) -> list[str | None]:
    return [actor_of.get(p.mention) if p.mention else None for p in parties]


def quantity_row(quantity: Quantity | None) -> Row | None:
    """A quantity as exported."""
    if quantity is None:
        return None
    return {
        "value": quantity.value,
        "min": quantity.min,
        "max": quantity.max,
        "unit": quantity.unit,
        "text": quantity.text,
        "counter": quantity.counter,
        "as_of": quantity.as_of,
    }


def locator_row(claim: Claim) -> Row:
    """Where a person finds the words: page, box (points from the top left), cell, message, time; what there is."""
    place = claim.locator
    told = {
        "page": place.page if place else None,
        "page_to": place.page_to if place else None,
        "box": list(place.box) if place and place.box else None,
        "cell": place.cell if place else None,
        "message": place.message if place else None,
        "sent": place.sent if place else None,
        "time_from": place.time.partition("-")[0] if place and place.time else None,
        "time_to": place.time.partition("-")[2] if place and place.time else None,
        "paragraph": claim.paragraph,
    }
    return {key: value for key, value in told.items() if value is not None}


def claim_row(claim: Claim, names: tuple[str, ...], number: str, actor_of: Mapping[str, str]) -> Row:
    """One claim as exported; `names` are the item's file names, the first of which is `doc`."""
    return {
        "id": claim.id,
        "item": claim.item,
        "doc": names[0],
        "also_docs": list(names[1:]),
        "number": number,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "locator": locator_row(claim),
        "speakers": _names(claim.speakers),
        "speaker_ids": _ids(claim.speakers, actor_of),
        "modality": claim.modality.value,
        "stance": claim.stance,
        "polarity": claim.polarity.value,
        "act": claim.act,
        "act_type": claim.act_type.value,
        "act_detail": claim.act_detail,
        "actors": _names(claim.actors),
        "actor_ids": _ids(claim.actors, actor_of),
        "involvement": [a.involvement.value for a in claim.actors],
        "victims": _names(claim.victims),
        "victim_ids": _ids(claim.victims, actor_of),
        "places": _names(claim.places),
        "place_ids": _ids(claim.places, actor_of),
        "means": list(claim.means),
        "date_text": claim.date_text,
        "date_from": claim.date_from,
        "date_to": claim.date_to,
        "quantity": quantity_row(claim.quantity),
        "cited": {"kind": claim.cited.kind, "words": claim.cited.words, "of": claim.cited.of} if claim.cited else None,
        "status": claim.status.value,
        "by": claim.by,
        "at": claim.at,
        "flags": list(claim.flags),
        "reader": claim.reader,
        "why": claim.why,
    }


def tie_row(claim: Claim, names: tuple[str, ...], number: str, actor_of: Mapping[str, str]) -> Row:
    """One tie as exported: the claim's row with who stands how to whom."""
    row = claim_row(claim, names, number, actor_of)
    tie = claim.tie
    if tie is not None:
        row |= {
            "kind": tie.kind.value,
            "from": tie.left.words,
            "from_id": actor_of.get(tie.left.mention or ""),
            "to": tie.right.words,
            "to_id": actor_of.get(tie.right.mention or ""),
            "role": tie.role,
            "title": tie.title,
            "rank": tie.rank,
            "bounds": plain(tie.bounds) if tie.bounds is not None else None,
        }
    return row


def claim_rows(
    claims: Iterable[Claim],
    names: Mapping[str, tuple[str, ...]],
    numbers: Mapping[str, str],
    actor_of: Mapping[str, str],
    family: Family,
) -> Iterator[Row]:
    """The rows of one family, sorted by document, place in it, and id."""
    make = claim_row if family is Family.ACT else tie_row
    chosen = [c for c in claims if c.family is family]
    for claim in sorted(chosen, key=lambda c: (names[c.item][0], c.start, c.end, c.id)):
        yield make(claim, names[claim.item], numbers[claim.item], actor_of)


def mention_rows(
    mentions: Iterable[Mention], names: Mapping[str, tuple[str, ...]], actor_of: Mapping[str, str]
) -> Iterator[Row]:
    """Mentions as exported; `actor` is null while open."""
    for m in sorted(mentions, key=lambda m: (names[m.item][0], m.start, m.end, m.id)):
        yield {
            "id": m.id,
            "doc": names[m.item][0],
            "also_docs": list(names[m.item][1:]),
            "text": m.words,
            "start": m.start,
            "end": m.end,
            "kind": m.kind.value,
            "actor": actor_of.get(m.id),
        }


def incident_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """Incidents as exported, sorted by id."""
    for i in sorted(incidents, key=lambda i: i.id):
        yield {
            "id": i.id,
            "title": i.title,
            "act_type": i.act_type.value,
            "date_from": i.date_from,
            "date_to": i.date_to,
            "places": list(i.places),
            "claims": list(i.claims),
            "versions": [_version_row(v) for v in i.versions],
            "differing": [{"field": v.field, **_version_row(v)} for v in i.differing],
            "part_of": [{"incident": p.incident, "reason": p.reason, "decided": p.decided} for p in i.part_of],
            "conflicts": list(i.conflicts),
            "corroboration": {
                "origins_at_most": i.corroboration.origins,
                "untraced": i.corroboration.untraced,
                "kinds": {kind.value: n for kind, n in i.corroboration.kinds},
                "says": i.corroboration.says,
            },
        }


def _version_row(v: Version) -> Row:
    return {
        "label": v.label,
        "claims": list(v.claims),
        "against": list(v.against),
        "speakers": list(v.speakers),
        "origins_at_most": v.origins,
        "untraced": v.untraced,
        "kinds": {kind.value: n for kind, n in v.kinds},
        "reason": v.reason,
    }


def contradiction_rows(contradictions: Iterable[Contradiction], marks: Mapping[Pair, Mark]) -> Iterator[Row]:
    """Contradictions as exported, sorted by id, each with what a person says of it; the person's reason stays here."""
    for c in sorted(contradictions, key=lambda c: c.id):
        row: Row = {"id": c.id, "a": c.a, "b": c.b, "kind": c.kind.value, "reason": c.reason}
        one = marks.get((c.a, c.b))
        told = (None, None, None, None) if one is None else (one.mark, one.because, one.by, one.at)
        yield row | dict(zip(("mark", "because", "marked_by", "marked_at"), told, strict=True))


def figure_rows(claims: Iterable[Claim], incidents: Iterable[Incident], numbers: Mapping[str, str]) -> Iterator[Row]:
    """Every figure as exported, by incident (null for one that belongs to none), population and item; never a sum."""
    incident_of = {c: i.id for i in incidents for c in i.claims}
    figures = ledger(claims).figures
    for f in sorted(figures, key=lambda f: incident_of.get(f.claim, "~")):
        yield {
            "incident": incident_of.get(f.claim), "claim": f.claim, "number": numbers.get(f.item),
            "population": f.population, "said_to_be": f.of or None, "unit": f.unit, "speakers": list(f.speakers),
            "counter": f.counter, "value": f.value, "min": f.min, "max": f.max, "text": f.text, "as_of": f.as_of,
            "date_from": f.date_from, "date_to": f.date_to, "denied": f.denied,
        }  # fmt: skip


def origin_rows(origins: Iterable[Origin], names: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    """Origins as exported; `docs` lists every file name of a copy, and is empty for an account."""
    for o in sorted(origins, key=lambda o: o.id):
        docs = sorted({n for item in o.items for n in names.get(item, ())}) if o.kind is OriginKind.COPY else []
        yield {"id": o.id, "kind": o.kind.value, "docs": docs, "claims": list(o.claims), "reason": o.reason}


def account_rows(
    incidents: Iterable[Incident],
    names: Mapping[str, tuple[str, ...]],
    numbers: Mapping[str, str],
    alike: Mapping[str, Sequence[LookAlike]] = MappingProxyType({}),
) -> Iterator[Row]:
    """Accounts as exported, sorted by incident and id; `from` is what each comes from, empty for an origin.

    `alike`: look-alikes behind accounts by incident; both accounts of a pair tell it, as `looks_alike`.
    """
    for i in sorted(incidents, key=lambda i: i.id):
        perhaps: dict[str, list[Row]] = {}
        for two in alike.get(i.id, ()):
            for mine, other in ((two.left, two.right), (two.right, two.left)):
                perhaps.setdefault(mine, []).append(
                    {"account": other, "pictures": [two.a, two.b], "reason": two.reason}
                )
        sources: dict[str, list[Row]] = {}
        for d in i.derivations:
            told = {"account": d.source, "kind": d.kind.value, "reason": d.reason, "words": d.words or None}
            sources.setdefault(d.account, []).append(told)
        for a in i.accounts:
            docs = names.get(a.item or "", ())
            yield {
                "id": a.id,
                "incident": i.id,
                "teller": a.teller,
                "kind": a.kind.value,
                "why": a.why,
                "item": a.item,
                "doc": docs[0] if docs else None,
                "also_docs": list(docs[1:]),
                "number": numbers.get(a.item or ""),
                "held": a.held,
                "claims": list(a.claims),
                "supports": a.supports,
                "origin": a.origin,
                "perhaps": list(a.perhaps),
                "traced": a.traced,
                "counted": a.counted,
                "says": a.says or None,
                "from": sources.get(a.id, []),
            } | ({"looks_alike": perhaps[a.id]} if a.id in perhaps else {})


def actor_rows(actors: Iterable[ActorGroup]) -> Iterator[Row]:
    """Actors as exported, sorted by id."""
    for a in sorted(actors, key=lambda a: a.id):
        yield {
            "id": a.id,
            "kind": a.kind.value,
            "name": a.name,
            "variants": list(a.variants),
            "mentions": [m.mention for m in a.members],
            "reasons": {m.mention: m.reason for m in a.members},
            "apart": list(a.apart),
        }
