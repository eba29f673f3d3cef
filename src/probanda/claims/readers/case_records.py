"""The reader of other systems' case records (Bayanat, Uwazi): prose by the reader of its language, fields as they say.

Start with `CaseReader.read`; `stated` gives what the fields say, with what was left out and why. A record is read as a
text of its own, its day being what "yesterday" counts from. Of the fields become claims: what is told to have happened
(events, violations) with day and place, and who is told to have been in it and how; and who belongs to whom. All of it
is told by those who wrote the record: an author named there is alleged, a violation is one that they claim.

Kinds of relation stand in Bayanat's files as numbers whose table each site can change and no file holds: they are read
by the table that Bayanat comes with, and the claim is flagged. Ids hold within their file.

Looks down to: reading.case_records, mentions, kernel. Used by: claims, casework.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, OWN_ID, Actor, Cited, Claim, Mention, Named, Reading, Tie
from probanda.kernel.bounds import first_day
from probanda.kernel.digests import content_id
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, Involvement, MentionKind, Modality, TieKind
from probanda.reading.case_records import Record, Value, is_bayanat, records_of
from probanda.reading.model import Dated, Passage, Text

if TYPE_CHECKING:
    from probanda.claims import Reader

NAME = "case records 0.1"
MANY = "|"
"""What parts the values of one cell of Uwazi's."""
BY_DEFAULT_TABLE = "relation-by-default-table"
"""Flag: a number in the file was read by the table of kinds that Bayanat comes with."""
KEPT = "kept with the record and searched; nothing here stands for it"
IDENTITY = "that two are the same is decided by a person here (`probanda identify`)"
UNDIRECTED = "the file does not say which of the two stands over the other"
UNKNOWN_CODE = "a kind of relation that the table Bayanat comes with does not have"
NO_TYPE = "nothing here stands for this kind of relation"
NO_EVENT = "an event of a life, and no act; kept with the record and searched"
CSV_RELATION = "Bayanat's tables do not tell the kind of a relation"
UNCLEAR_DAY = "a day that no calendar has, or in a form that is not read"
MOST_KINDS = 20
"""Kinds of one relation."""
MOST_SOURCES = 10
"""Sources of a record that the reasons of its claims name."""
LONGEST_QUOTE = 2_000
"""Code points; where the fields of one claim stand further apart, its quote is its act alone."""
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d:\d\d.{0,20})?")
_ROLES = {1: "Injured Party", 2: "Witness", 3: "Perpetrator", 4: "Appeared", 5: "Participant", 6: "Other"}
_OF_ACTORS = {
    1: "Same Person", 2: "Duplicate", 3: "Parent", 4: "Child", 5: "Sibling", 6: "Spouse", 7: "Superior officer",
    8: "Subordinate officer", 9: "Subunit", 10: "Alleged Perpetrator", 11: "Member", 12: "Group", 13: "Unit",
    14: "Other", 15: "Injured Party",
}  # fmt: skip
_BELONGS = (11, 12, 13)
"""Kinds that say that one belongs to the other; where one is a person and the other none, who belongs is plain."""
_EVENTS = {
    "detained/abducted": ActType.DETENTION, "released": ActType.PROCEDURAL, "trial": ActType.PROCEDURAL,
    "missing": ActType.OTHER, "death": ActType.OTHER, "wounded": ActType.OTHER, "incident": ActType.OTHER,
    "other": ActType.OTHER, "held": ActType.DETENTION, "sighting": ActType.OTHER, "burial": ActType.OTHER,
}  # fmt: skip
"""Kinds of event that are claims about an act, in Bayanat's words; a death is no killing until somebody says so."""
_SUFFERED = ("detained/abducted", "missing", "death", "wounded", "held")
_LIFE = ("birth", "residence", "publication", "stillbirth", "found", "returned", "idp", "refugee", "defected")
_KINDS = {
    MentionKind.PERSON: ("person", "people", "persona", "personne", "victim", "witness", "perpetrator", "شخص", "ضحية"),
    MentionKind.BODY: ("organization", "organisation", "institution", "court", "entity", "منظمة", "مؤسسة"),
    MentionKind.UNIT: ("armed group", "military unit", "unit"),
    MentionKind.PLACE: ("place", "location", "country", "lieu", "مكان", "بلد"),
}
"""What the title of a record names, by the plain name of its template in Uwazi (sites call them as they like)."""
_HAPPENED = ("incident", "event", "attack", "violation", "incidente", "violación", "événement", "حادث", "انتهاك")
"""Plain names of templates of which a record tells that something happened."""
_RANGE = re.compile(r"(\d{4}[^~:]{0,6}|)[~:](\d{4}[^~:]{0,6}|)")
"""A range of days as Uwazi exports it (`~`) and takes it in (`:`); either end may be open."""
SEVERAL_DAYS = "several columns hold days, and none says which is the day it happened"
_FILES = ("file", "attachments", "Documents", "Attachments")


@dataclass(frozen=True, slots=True)
class CaseReader:
    """Reads records of other systems, their prose in one language."""

    inner: Reader | None
    """The reader of that language; None where there is none."""

    @property
    def name(self) -> str:
        """Name and version."""
        return NAME

    @property
    def maker(self) -> str:
        """Both readers: a derived row is rebuilt when either changes."""
        return f"{NAME}; {self.inner.maker if self.inner else 'no reader of its language'}"

    def get_ready(self) -> None:
        """Load what the language's reader needs."""
        ready = getattr(self.inner, "get_ready", None)
        if ready is not None:
            ready()

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one text of records, in order of place."""
        told = stated(text)
        claims, mentions = list(told.claims), {one.id: one for one in told.mentions}
        for record in records_of(text) if self.inner else ():
            if self.inner and record.prose:
                found = self.inner.read(_alone(text, record))
                mentions |= {one.id: one for one in found.mentions}
                claims += found.claims
        ordered = sorted(claims, key=lambda c: (c.start, c.end, c.act_start, c.id))
        named = sorted(mentions.values(), key=lambda m: (m.start, m.end, m.id))
        return Reading(claims=tuple(ordered), mentions=tuple(named), reader=NAME)


@dataclass(slots=True)
class Told:
    """What the fields of records say, and what nothing was made of."""

    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    """Records by kind, and what was understood in them."""
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What was left out, by kind and reason."""
    digests: set[str] = field(default_factory=set)
    """MD5 digests of documents that records name."""
    files: list[str] = field(default_factory=list)
    """Names of files that records say lie beside them."""


def stated(text: Text) -> Told:
    """What the fields of a text of records say. Pure; nothing for another text."""
    build = _Build(text)
    for record in records_of(text):
        build.record(record)
    return build.told


def day_of(words: str) -> str | None:
    """An ISO day, month or year of a field; None for what is none."""
    found = _ISO.fullmatch(words.strip().removeprefix("'"))
    if found is None:
        return None
    iso = "-".join(part for part in found.groups() if part)
    return iso if first_day(iso) is not None else None


def days_of(words: str) -> tuple[str | None, str | None] | None:
    """First and last day of a cell that is a day or a range of days; None for any other."""
    found = _RANGE.fullmatch(words.strip())
    if found is None:
        day = day_of(words)
        return (day, day) if day and len(day) > len("2031") else None  # a year alone could be any number
    first, last = (day_of(one) if one else None for one in found.groups())
    return (first, last) if first or last else None


def _alone(text: Text, record: Record) -> Text:
    """A record as a text of its own; `part` numbers it, so that the same words in two records are two places."""
    start, end = record.prose[0].start, record.prose[-1].end
    path = _day_path(record)
    day = day_of(record.says(path)) if path else None
    return replace(
        text,
        words=text.words[start:end],
        passages=tuple(_moved(one, start) for one in record.prose),
        title=None,
        publisher=None,
        dated=Dated(day, day, f"the record's own date: {path}") if day else None,
        runs=(),
        located=(),
        remarks=(),
        part=record.number + 1,
        base=text.base + start,
    )


def _day_path(record: Record) -> str | None:
    """Where a record says on which day it was written or published; None where no whole day stands there."""
    paths = ("publish_date", "actor_profiles[0].publish_date", "documentation_date")
    return next((p for p in paths if len(day_of(record.says(p)) or "") == len("2031-05-03")), None)


def _moved(passage: Passage, by: int) -> Passage:
    return replace(passage, start=passage.start - by, end=passage.end - by)


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody whom a relation names, with how it stands to the record."""

    named: Named
    value: Value
    kind: MentionKind
    codes: tuple[Value, ...]


class _Build:
    """What the fields say, while it is gathered."""

    def __init__(self, text: Text) -> None:
        self.told = Told()
        self._text = text
        self._counter: dict[str, int] = {}
        self._used: set[str] = set()
        self._starts = [p.start for p in text.passages]

    def record(self, record: Record) -> None:
        """One record."""
        self._used = {"id", "class"}
        self.told.records[record.kind or record.says("Template") or "rows"] += 1
        if not is_bayanat(self._text.media_type):
            self._uwazi(record)
        elif record.kind == "actors":
            self._actor(record)
        else:
            self._event_record(record)
        for path in record.listed("medias"):
            found = record.value(f"{path}.etag")
            if found:
                self.told.digests.add(found.words.lower().strip('"'))
                self._used |= {found.path}
        self._leave(record)

    def _leave(self, record: Record) -> None:
        """What nothing was made of, by the field without its numbers."""
        prose = {(p.start + self._text.base) for p in record.prose}
        if record.prose and (day := _day_path(record)):
            self._used |= {day}  # what "yesterday" counts from
        for value in record.values:
            if value.path in self._used or value.start in prose:
                continue
            plain = re.sub(r"\[\d+\]", "", value.path)
            if plain.rsplit(".", 1)[-1] != "id":
                self.told.left[f"{record.kind or 'row'}: {plain[:80]}", KEPT] += 1

    # --- Uwazi

    def _uwazi(self, record: Record) -> None:
        """A row: whom its title names, or that what its title tells happened, where its template has a plain name."""
        template = record.says("Template").casefold()
        kind = next((k for k, names in _KINDS.items() if template in names), None)
        title = record.value("Title", "title", "title__en", "title__ar", "Title__ar")
        self._used |= {"Template"}
        for value in record.values:
            if value.path.split("__")[0] in _FILES:
                self._used |= {value.path}
                self.told.files += [one.strip() for one in value.words.split(MANY) if one.strip()]
        if title is not None and kind is not None:
            own = self._mention(title, kind, _handle(self._text.item, "uwazi", record.says("id")))
            self._used |= {title.path}
            for other in (v for p in ("title__ar", "Title__ar") if (v := record.value(p)) and v.path != title.path):
                self._mention(other, kind, own.id)
                self._used |= {other.path}
        elif title is not None and template in _HAPPENED:
            days = [(v, found) for v in record.values if v.path != "Date added" and (found := days_of(v.words))]
            several = len({found for _, found in days}) > 1
            self.told.left["date", SEVERAL_DAYS] += several
            chosen = [] if several else days[:1]
            self._used |= {title.path, *(v.path for v, _ in chosen)}
            begin, finish = chosen[0][1] if chosen else (None, None)
            self._claim(
                record,
                title,
                [v for v, _ in chosen],
                act_type=ActType.OTHER,
                act_detail=record.says("Template"),
                modality=Modality.REPORTED,
                date_text=chosen[0][0].words if chosen else None,
                date_from=begin or finish,
                date_to=finish or begin,
                why=f"title of a record of the template {record.says('Template')}",
            )

    # --- Bayanat

    def _actor(self, record: Record) -> None:
        kind = _kind(record, "")
        names = [v for p in ("name", "name_ar", "nickname", "nickname_ar") if (v := record.value(p))]
        if not names:
            return
        own = self._mention(names[0], kind, _handle(self._text.item, "actor", record.says("id")))
        for other in names[1:]:
            self._mention(other, kind, own.id)
        self._used |= {"type", "_type", *(one.path for one in names)}
        me = _Party(Named(own.words, own.id), names[0], kind, ())
        for party in self._parties(record):
            self._tie(record, me, party)
        for path in record.listed("events"):
            self._event(record, path, victim=me)

    def _event_record(self, record: Record) -> None:
        """A bulletin or an incident: with one event, those in it are in that event; else in what the title tells."""
        parties = list(self._parties(record))
        events = [path for path in record.listed("events") if record.value(f"{path}.title", f"{path}.eventtype.title")]
        title = record.value("title", "title_ar")
        for path in events:
            self._event(record, path, parties=parties if len(events) == 1 else ())
        coded = [one for one in parties if one.codes]
        if coded and len(events) != 1 and title is not None:
            self._act(record, title, ActType.OTHER, parties=parties, why="title of the record")
        if parties and len(parties) > len(coded):
            self.told.left["relation", CSV_RELATION] += len(parties) - len(coded)
        for listed in ("claimed_violations", "potential_violations"):
            for path in record.listed(listed):
                found = record.value(f"{path}.title")
                if found is not None:
                    self._used |= {found.path}
                    why = f"{listed.replace('_', ' ')} of the record, in the words of those who wrote it"
                    self._act(record, found, ActType.OTHER, why=why, alleged=True)

    def _parties(self, record: Record) -> Iterator[_Party]:
        for path in record.listed("actor_relations"):
            name = record.value(f"{path}.actor.name", f"{path}.actor.name_ar")
            if name is None:
                continue
            kind = _kind(record, f"{path}.actor.")
            made = self._mention(name, kind, _handle(self._text.item, "actor", record.says(f"{path}.actor.id")))
            places = (f"{path}.related_as", *(f"{path}.related_as[{n}]" for n in range(MOST_KINDS)))
            codes = tuple(found for place in places if (found := record.by_path.get(place)))
            self._used |= {name.path, f"{path}.actor.type", f"{path}.actor._type", f"{path}.actor.class"}
            self._used |= {v.path for v in codes}
            self.told.records["relations of actors"] += 1
            yield _Party(Named(made.words, made.id), name, kind, codes)

    def _event(self, record: Record, path: str, parties: Sequence[_Party] = (), victim: _Party | None = None) -> None:
        kind = record.value(f"{path}.eventtype.title")
        act = record.value(f"{path}.title", f"{path}.title_ar") or kind
        if act is None:
            return
        word = kind.words.casefold() if kind else "other"
        self._used |= {act.path, *([kind.path] if kind else [])}
        self.told.records["events"] += 1
        if word in _LIFE:
            self.told.left[f"event {kind.words if kind else ''}", NO_EVENT] += 1
            return
        days = [v for end in ("from_date", "to_date") if (v := record.value(f"{path}.{end}"))]
        place = record.value(f"{path}.location.title", f"{path}.location.full_string")
        suffered = victim if victim is not None and word in _SUFFERED else None
        if victim is not None and suffered is None:
            parties = [*parties, victim]
        self._act(
            record,
            act,
            _EVENTS.get(word, ActType.OTHER),
            parties=parties,
            victim=suffered,
            days=days,
            place=place,
            detail=kind.words if kind else None,
            why="event of the record" + (f", of the kind {kind.words}" if kind else ""),
        )

    def _act(
        self, record: Record, act: Value, act_type: ActType, *, parties: Sequence[_Party] = (),
        victim: _Party | None = None, days: Sequence[Value] = (), place: Value | None = None,
        detail: str | None = None, why: str, alleged: bool = False,
    ) -> None:  # fmt: skip
        authors, victims, beside, codes = [], [], [], False
        for party in parties:
            roles = [_code(v) for v in party.codes]
            codes = codes or bool(roles)
            if 3 in roles:
                authors.append(party)
            if 1 in roles:
                victims.append(party)
            others = [_ROLES.get(r or 0, f"number {r}") for r in roles if r not in (1, 3)]
            beside += [f"{party.named.words}: {', '.join(others)}"] if others else []
            self.told.left["relation of an actor", UNKNOWN_CODE] += sum(r not in _ROLES for r in roles)
        victims += [victim] if victim else []
        dates = [day_of(v.words) for v in days]
        self.told.left["date", UNCLEAR_DAY] += sum(d is None for d in dates)
        ends = {v.path.rsplit(".", 1)[-1]: d for v, d in zip(days, dates, strict=True)}
        where = self._mention(place, MentionKind.PLACE, None) if place else None
        used = [act, *(p.value for p in (*authors, *victims)), *days, *([place] if place else [])]
        self._used |= {v.path for v in used}
        begin, finish = ends.get("from_date"), ends.get("to_date")
        said = [why, *(f"also named: {one}" for one in beside), *self._sources(record)]
        self._claim(
            record,
            act,
            used,
            act_type=act_type,
            act_detail=detail,
            modality=Modality.ALLEGED if authors or alleged else Modality.REPORTED,
            actors=tuple(Actor(p.named.words, p.named.mention, Involvement.UNKNOWN) for p in authors),
            victims=tuple(p.named for p in victims),
            places=(Named(where.words, where.id),) if where else (),
            date_text=" / ".join(v.words for v in days) or None,
            date_from=begin or finish,
            date_to=finish or begin,
            flags=(BY_DEFAULT_TABLE,) if codes else (),
            why="; ".join(said),
        )

    def _tie(self, record: Record, me: _Party, other: _Party) -> None:
        """How two actors stand to one another, where a tie can say it."""
        for value in other.codes:
            code = _code(value)
            name = _OF_ACTORS.get(code or 0)
            what = f"relation of actors: {name or value.words}"
            persons = [p for p in (me, other) if p.kind is MentionKind.PERSON]
            if name is None:
                self.told.left["relation of actors", UNKNOWN_CODE] += 1
            elif code in (1, 2):
                self.told.left[what, IDENTITY] += 1
            elif code in (7, 8, 9):
                self.told.left[what, UNDIRECTED] += 1
            elif code not in _BELONGS:
                self.told.left[what, NO_TYPE] += 1
            elif len(persons) != 1:
                self.told.left[what, UNDIRECTED] += 1
            else:
                one, whole = (me, other) if me in persons else (other, me)
                self._claim(
                    record,
                    other.value,
                    [me.value, other.value],
                    family=Family.TIE,
                    act_type=ActType.OTHER,
                    modality=Modality.REPORTED,
                    tie=Tie(kind=TieKind.MEMBERSHIP, left=one.named, right=whole.named),
                    flags=(BY_DEFAULT_TABLE,),
                    why="; ".join((f"relation of the record: {name}", *self._sources(record))),
                )
        if not other.codes:
            self.told.left["relation", CSV_RELATION] += 1

    def _sources(self, record: Record) -> Iterator[str]:
        """What the record names as its sources."""
        for path in (*record.listed("sources")[:MOST_SOURCES], "actor_profiles[0].sources[0]"):
            found = record.value(f"{path}.title")
            if found is not None:
                self._used |= {found.path}
                yield f"source as the record tells it: {found.words}"
        link = record.value("source_link", "actor_profiles[0].source_link")
        if link is not None:
            self._used |= {link.path, "source_link_type"}
            yield f"source link: {link.words}"

    def _claim(self, record: Record, act: Value, used: Iterable[Value], **fields: object) -> None:
        spans = [act, *used]
        start, end = min(v.start for v in spans), max(v.end for v in spans)
        if end - start > LONGEST_QUOTE:
            start, end = act.start, act.end
        base = self._text.base
        at = bisect_right(self._starts, start - base) - 1
        source = record.value("sources[0].title")
        told: dict[str, object] = {"family": Family.ACT, "tie": None} | fields
        self.told.claims.append(
            Claim(
                id=self._id(act.start, act.end, "claim"),
                item=self._text.item,
                start=start,
                end=end,
                quote=self._text.words[start - base : end - base],
                act=act.words,
                act_start=act.start,
                act_end=act.end,
                speakers=(Named(DOC),),
                cited=Cited("report", source.words) if source else None,
                paragraph=self._text.passages[at].paragraph if at >= 0 else None,
                reader=NAME,
                **told,  # type: ignore[arg-type]  # the caller's keywords are those of a claim
            )
        )

    def _mention(self, at: Value, kind: MentionKind, same: str | None) -> Mention:
        known = next((m for m in reversed(self.told.mentions[-40:]) if (m.start, m.end) == (at.start, at.end)), None)
        if known is not None:
            return known
        made = Mention(
            id=self._id(at.start, at.end, ""),
            item=self._text.item,
            start=at.start,
            end=at.end,
            words=at.words,
            kind=kind,
            same_as=same,
        )
        self.told.mentions.append(made)
        return made

    def _id(self, start: int, end: int, what: str) -> str:
        """RECORD section 2: the words, what stands around them, and a counter where these come again."""
        words, first, last = self._text.words, start - self._text.base, end - self._text.base
        own, before, after = words[first:last], words[max(0, first - CONTEXT) : first], words[last : last + CONTEXT]
        key = content_id(what, own, before, after)
        nth = self._counter.get(key, 0)
        self._counter[key] = nth + 1
        return content_id(self._text.item, "original", own, before, after, nth_place(self._text.part, nth))


def _kind(record: Record, path: str) -> MentionKind:
    """Bayanat knows persons and entities; who is told to be neither is a person, which is masked rather than not."""
    said = record.says(f"{path}_type", f"{path}type").casefold()
    return MentionKind.BODY if said == "entity" else MentionKind.PERSON


def _handle(item: str, what: str, own: str) -> str | None:
    """A handle of an id that holds within its file; None where the record has none."""
    return OWN_ID + content_id("own id", item, what, own) if own else None


def _code(value: Value) -> int | None:
    return int(value.words) if value.words.isascii() and value.words.isdigit() and len(value.words) < 5 else None
