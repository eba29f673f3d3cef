"""Uwazi: one archive for each template, as its import takes them: `import.csv` and the files that it names.

Start with `write` and `read`. Four templates: Document, Actor, Incident, Claim; records name one another by title, as
Uwazi's relationships do, so titles are made different. A file is given only where its bytes hold nothing that is not to
leave. Its exports and these tables are read by `claims.readers.case_records`.

Looks down to: model, view, claims, reading. Used by: exchange.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from probanda.actors.model import ActorGroup
from probanda.casework.exchange.model import Brought, Given, Handed, Losses, System, counts, table
from probanda.casework.view import View, is_restricted
from probanda.claims.model import DOC, Claim
from probanda.claims.readers.case_records import MANY, stated
from probanda.incidents.model import Incident
from probanda.kernel.bounds import first_day, last_day
from probanda.kernel.vocabulary import Family, MentionKind
from probanda.reading.case_records import UWAZI
from probanda.reading.messages import is_chat
from probanda.reading.model import Text
from probanda.store.model import ItemRow

Row = dict[str, str]
MOST_BYTES = 200_000_000
"""Bytes of all files that are given; they are held in memory while the archive is written."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_UNSAFE = re.compile(r"[^\w. ()\-]+")
_THEN = (1980, 1, 1, 0, 0, 0)
"""Time of every member, so that the same case makes the same bytes."""


def read(text: Text) -> Brought:
    """What was understood of one table."""
    told, losses = stated(text), Losses()
    for (kind, why), many in told.left.items():
        losses.add(kind, why, many)
    return Brought(
        understood=counts(dict(told.records) | {"claims from fields": len(told.claims)}),
        left_out=losses.all(),
        named=tuple(told.files),
    )


def write(handed: Handed) -> Given:
    """An archive for each template of all that may leave."""
    made = _Made(handed)
    tables = {
        "Document": made.documents(),
        "Actor": [made.actor(one) for one in made.actors],
        "Incident": [made.incident(one) for one in made.incidents],
        "Claim": [made.claim(one) for one in made.claims],
    }
    made.lose()
    files = []
    for template, rows in tables.items():
        if rows:
            columns = [*dict.fromkeys(name for row in rows for name in row)]
            cells = [[row.get(name, "") for name in columns] for row in rows]
            members = [("import.csv", table(columns, cells, made.losses))]
            files.append((f"{template.lower()}.zip", _zip(members + (made.files if template == "Document" else []))))
    written = {f"{name} records": len(rows) for name, rows in tables.items()} | {"files": len(made.files)}
    return Given(files=tuple(files), written=counts(written), left_out=made.losses.all())


class _Made:
    """Rows of a view, with the titles by which they name one another."""

    def __init__(self, handed: Handed) -> None:
        self.view: View = handed.view
        self.losses = Losses()
        self.files: list[tuple[str, bytes]] = []
        self._handed = handed
        view = self.view
        self.items = sorted(view.items, key=lambda one: (one.number, one.digest))
        self.actors = sorted((a for a in view.actors if a.kind is not MentionKind.PLACE), key=lambda a: a.id)
        self.incidents = sorted(view.result.incidents, key=lambda one: one.id)
        acts = [c for c in view.claims if c.family is Family.ACT]
        self.claims = sorted(acts, key=lambda c: (view.numbers[c.item], c.start, c.end, c.id))
        self._claim = {c.id: c for c in self.claims}
        self._of_item = _unique((i.digest, i.title or view.names[i.digest][0], i.number) for i in self.items)
        self._of_actor = _unique((a.id, a.name, a.id[:8]) for a in self.actors)
        self._of_incident = _unique((i.id, i.title, i.id[:8]) for i in self.incidents)

    def documents(self) -> list[Row]:
        """Items, with their files."""
        left = MOST_BYTES
        rows = []
        for item in self.items:
            name = ""
            why = self._kept_back(item) or ("more than is held in memory" if item.size > left else None)
            if why is None:
                name = _safe(f"{item.number}-{self.view.names[item.digest][0]}")
                self.files.append((name, self._handed.bytes_of(item)))
                left -= item.size
            else:
                self.losses.add("file", why)
            link = item.source or ""
            rows.append(
                _titled(self._of_item[item.digest])
                | {
                    "Template": "Document",
                    "Number": item.number,
                    "SHA-256": item.digest,
                    "Date of publication": self._days(item.dated_from, item.dated_to),
                    "Publisher": self._one(item.publisher or ""),
                    "Source": f"{self._one(link)}{MANY}{link}" if link.startswith(("http://", "https://")) else link,
                    "file": name,
                }
            )
        return rows

    def _kept_back(self, item: ItemRow) -> str | None:
        """Why the bytes of an item are not given; None where nothing in them is kept back."""
        if item.destroyed is not None:
            return "it was destroyed by a decision"
        if is_restricted(item):
            return "it is restricted; only what was asked for of its words is given"
        if self.view.masked or is_chat(item.read_as):
            return "names or numbers are masked, and its bytes are not"
        return "it holds members that may be restricted" if item.holds else None

    def actor(self, found: ActorGroup) -> Row:
        """An actor."""
        arabic = next((v for v in (found.name, *found.variants) if _ARABIC.search(v)), "")
        return {
            "title": self._of_actor[found.id],
            "title__ar": arabic,
            "Template": "Person" if found.kind is MentionKind.PERSON else "Organization",
            "Kind": found.kind.value,
            "Other names": "; ".join(v for v in found.variants if v not in (found.name, arabic)),
        }

    def incident(self, found: Incident) -> Row:
        """An incident, with how it is told."""
        claims = [self._claim[c] for c in found.claims if c in self._claim]
        return _titled(self._of_incident[found.id]) | {
            "Template": "Incident",
            "When": self._days(found.date_from, found.date_to),
            "Where": self._many(found.places),
            "Act": found.act_type.value,
            "Told as": "; ".join(
                v.label + (f" (at most {v.origins} origins)" if v.origins else "") for v in found.versions
            ),
            "Documents": self._many(self._of_item[c.item] for c in claims),
            "Actors": self._many(one for c in claims for one in self._named(c)),
        }

    def claim(self, claim: Claim) -> Row:
        """A claim with its words."""
        said = [p.words for p in claim.speakers if p.words != DOC]
        return _titled(f"{' '.join(claim.act.split())[:120]} ({claim.id[:12]})") | {
            "Template": "Claim",
            "Quote": claim.quote,
            "How told": f"{'denied' if claim.polarity.value == 'negative' else 'told'}::{claim.modality.value}",
            "Status": claim.status.value,
            "Said by": self._many(said),
            "When": self._days(claim.date_from, claim.date_to),
            "Where": self._many(p.words for p in claim.places),
            "Told to have done it": self._many(p.words for p in claim.actors),
            "Told to have suffered it": self._many(p.words for p in claim.victims),
            "Number": "" if claim.quantity is None else claim.quantity.text,
            "Document": self._of_item[claim.item],
        }

    def lose(self) -> None:
        """What none of these templates has a place for."""
        view, add = self.view, self.losses.add
        add("tie", "these templates have no relation of actors to one another; `give followthemoney` has",
            sum(c.family is Family.TIE for c in view.claims))  # fmt: skip
        add("rejected claim", "what was rejected is not given", len(view.rejected))
        add("contradiction", "these templates have no record of two that cannot both hold",
            len(view.result.contradictions))  # fmt: skip
        add("origin of accounts", "only their number is said", len(view.result.origins))
        add("hypothesis", "these templates have no matrix of elements of crimes", len(view.suggestions))
        add("offset", "a record has no place in a text", len(self.claims))
        add("place as an actor", "given by its name, without what it was linked to",
            sum(a.kind is MentionKind.PLACE for a in view.actors))  # fmt: skip
        if not view.worked_out:
            add("actors and incidents", "not worked out yet: run `probanda incidents` first")

    def _named(self, claim: Claim) -> Iterable[str]:
        mentions = (*(p.mention for p in claim.actors), *(p.mention for p in claim.victims))
        for mention in mentions:
            known = self._of_actor.get(self.view.actor_of.get(mention or "", ""))
            if known:
                yield known

    def _many(self, values: Iterable[str]) -> str:
        return MANY.join(dict.fromkeys(self._one(one) for one in values))

    def _one(self, words: str) -> str:
        """A value on one line, without the signs that would part it."""
        plain = " ".join(words.split())
        safe = plain.replace(MANY, "/").replace("::", ":")
        self.losses.add("value", "signs that part values there were exchanged", int(safe != plain))
        return safe

    def _days(self, first: str | None, last: str | None) -> str:
        """A range of days as the import takes it, `from:to`."""
        ends: list[date | None] = [first_day(first), last_day(last)]
        short = sum(bool(one) and len(one or "") < len("2031-05-03") for one in (first, last))
        self.losses.add("day", "known to the month or year only; written as its first and last day", short)
        return ":".join(one.isoformat() if one else "" for one in ends) if any(ends) else ""


def _titled(title: str) -> Row:
    return {"title": title, "title__ar": title if _ARABIC.search(title) else ""}


def _unique(found: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """A title for each id: its own on one line, and where several have it, with something that tells them apart."""
    rows = [(known, " ".join(title.replace(MANY, "/").split()), apart) for known, title, apart in found]
    many = Counter(title.casefold() for _, title, _ in rows)
    return {known: title if many[title.casefold()] == 1 else f"{title} ({apart})" for known, title, apart in rows}


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).strip(". ")[-150:] or "file"


def _zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _THEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


SYSTEM = System(
    about="Uwazi's CSV export, or the ZIP that its import takes: import.csv with the files it names.",
    write=write,
    read=read,
    reads=lambda read_as: read_as == UWAZI,
)
