"""GeoJSON: incidents where they are told to have been, as areas of what is known and never as false points.

Start with `writer`, then `given`. A place is a circle within which it lies (names/positions.py); homes, shelters,
graves and places of interviews are no finer than their district (incidents/whereabouts.py), as on the map. An
incident with several places is a feature for each; one without a position is a feature without geometry (RFC 7946,
section 3.2), so that none is dropped in silence.

Looks down to: names (positions), incidents (whereabouts), view, kernel. Used by: exchange.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from probanda.casework.exchange.model import Given, Handed, Losses, counts
from probanda.casework.view import View
from probanda.incidents.model import Incident
from probanda.incidents.whereabouts import KM, Stand, stands
from probanda.names.positions import Positions

CORNERS = 32
"""Corners of the ring that stands for a circle."""
NO_POLE = 85.0
"""Degrees: beyond this latitude no ring is drawn; nothing that is documented lies there."""
Feature = dict[str, Any]


def writer(positions: Positions) -> Callable[[Handed], Given]:
    """What writes incidents with these positions: the gazetteer's, with one's own list before it."""
    return lambda handed: given(handed, positions)


def given(handed: Handed, positions: Positions) -> Given:
    """The incidents of a view as one collection of features."""
    view, losses = handed.view, Losses()
    features = [
        feature
        for incident in sorted(view.result.incidents, key=lambda i: i.id)
        for feature in _features(view, incident, positions, losses)
    ]
    outside = sum(c.tie is None for c in view.claims) - len({c for i in view.result.incidents for c in i.claims})
    losses.add("claims in no incident", "Incidents alone are placed.", max(0, outside))
    losses.add("versions of incidents", "A feature has one act, one period and its places.", _versions(view))
    for what, many in (
        ("ties", sum(c.tie is not None for c in view.claims)),
        ("actors and places without an incident", len(view.actors)),
        ("contradictions", len(view.result.contradictions)),
    ):
        losses.add(what, "They have no place of their own here.", many)
    written = Counter("features with an area" if f["geometry"] else "features without a position" for f in features)
    told = {"type": "FeatureCollection", "features": features}
    data = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "backslashreplace")
    return Given(files=(("incidents.geojson", data + b"\n"),), written=counts(written), left_out=losses.all())


def _versions(view: View) -> int:
    return sum(max(0, len(i.versions) - 1) + len(i.differing) for i in view.result.incidents)


def _features(view: View, incident: Incident, positions: Positions, losses: Losses) -> Iterator[Feature]:
    found = stands(incident.places, incident.act_type.value, positions)
    told = _properties(view, incident)
    if not incident.places:
        losses.add("incident", "It tells no place; it is a feature without geometry.")
    for _, why in found.missing:
        losses.add("place", f"It has no position: {why.value}.")
    missing = [words for words, _ in found.missing]
    for n, stand in enumerate(found.at):
        yield _feature(f"{incident.id}/{n}", {**told, **_of_stand(stand)}, _ring(stand))
        losses.add("place", "It is shown no finer than its district.", bool(stand.blurred))
    if not found.at:
        yield _feature(f"{incident.id}/0", {**told, "places_without_position": missing}, None)


def _feature(id_: str, properties: Feature, geometry: Feature | None) -> Feature:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def _properties(view: View, incident: Incident) -> Feature:
    standing = {c.id: c for c in view.claims}
    claims = [standing[id_] for id_ in incident.claims if id_ in standing]
    return {
        "incident": incident.id,
        "title": incident.title,
        "act_type": incident.act_type.value,
        "date_from": incident.date_from,
        "date_to": incident.date_to,
        "places_as_written": list(incident.places),
        "origins_at_most": incident.corroboration.origins,
        "untraced": incident.corroboration.untraced,
        "says": incident.corroboration.says,
        "claims": [claim.id for claim in claims],
        "numbers": sorted({view.numbers[claim.item] for claim in claims}),
        "status_of_claims": dict(sorted(Counter(claim.status.value for claim in claims).items())),
    }


def _of_stand(stand: Stand) -> Feature:
    """What is known of the area. Of one that is blurred neither name nor kind of what lies in it is told."""
    position = stand.position
    return {
        "area_within_km": round(position.radius, 1),
        "area_name": position.name or None,
        "area_kind": position.kind,
        "blurred": bool(stand.blurred),
    }


def _ring(stand: Stand) -> Feature:
    """A circle as a ring of corners, counter-clockwise and closed (RFC 7946, section 3.1.6), longitude first."""
    at = stand.position
    narrow = math.cos(math.radians(max(-NO_POLE, min(NO_POLE, at.latitude))))
    ring = []
    for n in range(CORNERS):
        turn = 2 * math.pi * n / CORNERS
        latitude = at.latitude + at.radius / KM * math.sin(turn)
        longitude = at.longitude + at.radius / KM / narrow * math.cos(turn)
        ring.append([round(longitude, 4), round(latitude, 4)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
