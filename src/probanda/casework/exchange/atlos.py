"""Atlos: incidents as the table that its bulk import takes, and what of its exports was understood.

Start with `given`. Atlos asks for a status and a mark of sensitivity. The status is that of work nobody in Atlos has
begun (`To Do`), since nothing here says more. The mark is a warning, since a person there may open what leads to
pictures of violence without one; whoever takes the table in takes it off where it is not needed. Atlos's own attributes
(type, impact, equipment) are another office's vocabulary and stay empty.

Looks down to: view, claims (its reader), kernel. Used by: exchange.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from probanda.casework.exchange.model import Brought, Given, Handed, Loss, Losses, System, counts, table
from probanda.casework.view import View
from probanda.claims.model import Claim
from probanda.claims.readers.atlos import reads, told
from probanda.incidents.model import Incident
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import Family
from probanda.reading.model import Text

STATUS, SENSITIVE = "To Do", "Graphic Violence"
SHORTEST, LONGEST, LONGEST_MORE = 8, 240, 3_000
"""Characters of a description and of further information that Atlos takes."""
COLUMNS = ("status", "description", "sensitive", "date", "general_location", "tags", "more_info")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def given(handed: Handed) -> Given:
    """One table of the incidents of a view. Raises ProbandaError where nobody has gathered incidents yet."""
    view = handed.view
    if not view.worked_out:
        raise ProbandaError("No incidents were gathered yet, so there is none to give.", "Run `probanda incidents`.")
    losses = Losses()
    by_id = {claim.id: claim for claim in view.claims}
    found = [(i, [by_id[c] for c in i.claims if c in by_id]) for i in view.result.incidents]
    addresses = [_addresses(view, claims, losses) for _, claims in found]
    widest = max(map(len, addresses), default=0)
    columns = (*COLUMNS, *(f"source_{n}" for n in range(1, widest + 1)))
    rows = [
        [*_row(view, incident, claims, losses), *urls, *[""] * (widest - len(urls))]
        for (incident, claims), urls in zip(found, addresses, strict=True)
    ]
    losses.add("status", f"Nobody in Atlos has worked on it: {STATUS}.", len(rows))
    losses.add("sensitive", f"Atlos asks for a mark; as a warning it is {SENSITIVE} until a person looks.", len(rows))
    _left(view, by_id, {c for i, _ in found for c in i.claims}, losses)
    files = (("incidents.csv", table(columns, rows, losses)),)
    return Given(files=files, written=counts({"incident": len(rows)}), left_out=losses.all())


def brought(text: Text) -> Brought:
    """What the reader of claims understood of a text, and what not."""
    understood, left, digests = told(text)
    missed = tuple(sorted(Loss(kind, why, many) for (kind, why), many in left.items()))
    return Brought(understood=counts(dict(understood)), left_out=missed, held=digests)


def _row(view: View, incident: Incident, claims: Sequence[Claim], losses: Losses) -> list[str]:
    title = incident.title if len(incident.title) >= SHORTEST else f"{incident.title} (incident)"
    losses.add("title", f"It is longer than {LONGEST} characters, and cut.", len(title) > LONGEST)
    one_day = incident.date_from == incident.date_to and _DAY.fullmatch(incident.date_from or "") is not None
    losses.add("date of an incident", "It is no single day.", bool(incident.date_from) and not one_day)
    losses.add("versions of incidents", "An incident is told in one way only.", len(incident.versions) > 1)
    more = _cut(_more(view, incident, claims), len(claims), losses)
    day = (incident.date_from or "") if one_day else ""
    places = ", ".join(incident.places)
    return [STATUS, title[:LONGEST], SENSITIVE, day, places, incident.act_type.value, more]


def _more(view: View, incident: Incident, claims: Sequence[Claim]) -> Iterator[str]:
    """Lines of further information: what it rests on, then each claim with its item, how it stands, and its words."""
    yield f"Probanda incident {incident.id}. {incident.corroboration.says}".strip()
    for claim in claims:
        stands = f"{claim.modality.value}, {claim.polarity.value}, {claim.status.value}"
        yield f"{view.numbers[claim.item]} ({stands}): “{claim.quote}”"


def _cut(told: Iterator[str], claims: int, losses: Losses) -> str:
    """As many whole lines as Atlos takes."""
    kept: list[str] = []
    for line in told:
        if sum(len(one) + 1 for one in kept) + len(line) > LONGEST_MORE:
            losses.add("claims of incidents", f"Further information ends at {LONGEST_MORE:,} characters.",
                       claims + 1 - len(kept))  # fmt: skip
            break
        kept.append(line)
    return "\n".join(kept)


def _addresses(view: View, claims: Sequence[Claim], losses: Losses) -> list[str]:
    """Addresses on the web of the items that its claims stand in."""
    items = {item.digest: item for item in view.items}
    found = []
    for digest in dict.fromkeys(claim.item for claim in claims):
        source = items[digest].source or "" if digest in items else ""
        if source.startswith(("http://", "https://")):
            found.append(source)
        else:
            losses.add("sources of incidents", "Atlos takes addresses on the web, and the item has none.")
    return list(dict.fromkeys(found))


def _left(view: View, by_id: Mapping[str, Claim], within: set[str], losses: Losses) -> None:
    outside = [claim for key, claim in by_id.items() if key not in within]
    losses.add("ties", "There is nothing but incidents.", sum(c.family is Family.TIE for c in outside))
    losses.add("claims in no incident", "There is nothing but incidents.", sum(c.family is Family.ACT for c in outside))
    losses.add("claims: speakers, roles, figures, where the words stand", "There is no attribute for it.", len(within))
    for kind, many in (
        ("actors", len(view.actors)),
        ("items", len(view.items)),
        ("contradictions", len(view.result.contradictions)),
        ("origins", len(view.result.origins)),
        ("claims a person rejected", len(view.rejected)),
        ("suggestions of the matrix", len(view.suggestions)),
        ("hypotheses", len(view.charts)),
    ):
        losses.add(kind, "There is nothing but incidents.", many)


SYSTEM = System(
    about="Atlos: its CSV of incidents (to import or as exported), or its full export as a ZIP.",
    write=given,
    read=brought,
    reads=reads,
)
