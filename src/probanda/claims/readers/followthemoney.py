"""The reader of FollowTheMoney: entities to names, and what stands between them to ties and acts.

Start with `FollowTheMoneyReader.read`; `told` says what of a text gave no claim, by kind and reason. Schemata and
properties say what a value is, so nothing is guessed from words; which ones say what is data (`followthemoney.yaml`). A
claim's quote is the stretch of values that state it where these stand side by side in one entity, else the value that
names its other end. The one who says it is the file (`@doc`).

An entity's id goes with its names: one id is one and two ids are two, also where their names are alike
(`actors.own_ids`). Lines or statements with one id are one entity, as FollowTheMoney has it.

Looks down to: reading.records, mentions, kernel. Used by: claims, casework (exchange).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from probanda.claims.mentions import nth_place
from probanda.claims.model import DOC, OWN_ID, Claim, Mention, Named, Reading, Tie
from probanda.kernel.bounds import Bounds, first_day, last_day
from probanda.kernel.digests import content_id, sha256
from probanda.kernel.spans import CONTEXT
from probanda.kernel.vocabulary import ActType, Family, MentionKind, Modality, TieKind
from probanda.reading.model import Text
from probanda.reading.records import Record, Value, records_kind, records_of

NAME = "followthemoney 0.1"
KINDS = ("followthemoney", "followthemoney-statements")
IMPOSSIBLE = "impossible-date"
UNCLEAR = "unclear-date"
FARTHEST = 2_000
"""Code points of the longest quote; what is stated farther apart is quoted at its other end alone."""
MOST_ENDS = 20
"""Values of one property that are taken for parties of a tie."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T[0-9:.+Z-]*)?")


@dataclass(slots=True)
class Entity:
    """One entity, gathered from all lines or statements that have its id."""

    id: str
    schema: str
    number: int
    """Line or row where it is first told."""
    values: dict[str, list[Value]] = field(default_factory=dict)

    def first(self, key: str) -> Value | None:
        """The first value of a property."""
        return next(iter(self.values.get(key, ())), None)


class FollowTheMoneyReader:
    """Proposes names, ties and acts for entities and statements."""

    name = NAME

    @property
    def maker(self) -> str:
        """Reader and digest of what it knows of schemata."""
        return f"{NAME}; schemata {sha256(_file())[:16]}"

    def read(self, text: Text) -> Reading:
        """Claims and mentions of one file, in order of place."""
        made = _read(text)
        mentions = tuple(sorted(made.mentions.values(), key=lambda m: (m.start, m.end, m.id)))
        claims = tuple(sorted(made.claims, key=lambda c: (c.start, c.end, c.act_start, c.id)))
        return Reading(claims=claims, mentions=mentions, reader=NAME)


def reads(media_type: str | None) -> bool:
    """Whether a text read as this is FollowTheMoney."""
    return records_kind(media_type) in KINDS


def told(text: Text) -> tuple[Mapping[str, int], Mapping[tuple[str, str], int], tuple[tuple[str, str], ...]]:
    """What was understood (entities by schema), what was not (kind and reason), and digests of documents (SHA-1)."""
    made = _read(text)
    return made.understood, made.left, tuple(("sha1", digest) for digest in made.digests)


def entities_of(text: Text) -> dict[str, Entity]:
    """Every entity of a text by its id, in order."""
    found: dict[str, Entity] = {}
    if records_kind(text.media_type) == "followthemoney":
        for record in records_of(text):
            one = found.setdefault(record.says("id"), Entity(record.says("id"), record.says("schema"), record.number))
            for value in record.values:
                if value.key not in ("id", "schema"):
                    one.values.setdefault(value.key, []).append(value)
        return found
    for record in records_of(text):
        _statement(found, record)
    return found


def _statement(found: dict[str, Entity], record: Record) -> None:
    id_ = record.says("canonical_id") or record.says("entity_id")
    value, prop = record.first("value"), record.says("prop")
    if not id_:
        return
    one = found.setdefault(id_, Entity(id_, record.says("schema"), record.number))
    if own := record.says("entity_id"):
        found.setdefault(own, one)
    if value is not None and prop and prop != "id":
        one.values.setdefault(prop, []).append(Value(prop, value.words, value.start, value.end))


def _read(text: Text) -> _Made:
    made = _Made(text)
    known = entities_of(text)
    every = list({id(one): one for one in known.values()}.values())
    for one in every:
        made.name(one)
    for one in every:
        made.state(one, known)
    return made


class _Made:
    """What was made of a text so far."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._counter: dict[str, int] = {}
        self._starts = [p.start for p in text.passages]
        self._named: dict[str, Mention] = {}
        """By the id of the entity: the mention of its first name."""
        self.mentions: dict[str, Mention] = {}
        self.claims: list[Claim] = []
        self.understood: Counter[str] = Counter()
        self.left: Counter[tuple[str, str]] = Counter()
        self.digests: list[str] = []

    # --- names

    def name(self, one: Entity) -> None:
        """Enter the names of an entity that is somebody or somewhere."""
        kind = _kind(one)
        if kind is None:
            return
        data = _data()
        names = [v for key in data["name_properties"] for v in one.values.get(key, ())]
        if kind is MentionKind.PLACE and not names:
            names = [v for key in data["place_properties"] for v in one.values.get(key, ())]
        names += [v for key in data["further_names"] for v in one.values.get(key, ())]
        for value in names:
            if value.words.strip():
                made = self._mention(value, kind, _handle(self._text.item, kind.value, one.id))
                self._named.setdefault(one.id, made)

    def _mention(self, value: Value, kind: MentionKind, same: str | None = None) -> Mention:
        words = value.words.strip()
        start = value.start + value.words.index(words)
        made = Mention(self._id(start, start + len(words)), self._text.item, start, start + len(words), words, kind,
                       same_as=same)  # fmt: skip
        self.mentions[made.id] = made
        return made

    # --- claims

    def state(self, one: Entity, known: Mapping[str, Entity]) -> None:
        """What one entity states; what it does not is counted."""
        data = _data()
        used: set[str] = set()
        if _kind(one) is not None and one.id in self._named:
            used = self._of_somebody(one, known)
        elif one.schema in data["documents"]:
            self.digests += [v.words.strip().lower() for v in one.values.get(data["digest"], ())]
            used = {data["digest"]}
        elif one.schema == "Position":
            used = {"name", "organization"}
        elif rule := next((r for r in data["ties"] if r["schema"] == one.schema), None):
            used = self._tie_of(one, rule, known)
        elif rule := next((r for r in data["events"] if r["schema"] == one.schema), None):
            used = self._event(one, rule)
        else:
            self.left[one.schema, data["reasons"].get(one.schema, "There is no claim of this kind here.")] += 1
            return
        if not used:
            return
        self.understood[one.schema] += 1
        for key in sorted(set(one.values) - used):
            why = data["reasons"].get(key, "There is no field for this property here; its words are kept and searched.")
            self.left[f"{one.schema}.{key}", why] += len(one.values[key])

    def _of_somebody(self, one: Entity, known: Mapping[str, Entity]) -> set[str]:
        data = _data()
        left = self._named[one.id]
        for rule in data["standing"]:
            for value in one.values.get(rule["property"], ())[:MOST_ENDS]:
                right = self._end(value, known)
                self._tie(one, TieKind(rule["tie"]), Named(left.words, left.id), right, None, value, [value], Bounds())
        for key in data["attributes"] if _kind(one) is MentionKind.PERSON else ():
            for value in one.values.get(key, ()):
                right = Named(value.words.strip())
                kind = TieKind.ATTRIBUTE
                self._tie(one, kind, Named(left.words, left.id), right, key, value, [value], Bounds())
        mine = {*data["name_properties"], *data["further_names"], *(r["property"] for r in data["standing"])}
        if _kind(one) is MentionKind.PERSON:
            mine |= set(data["attributes"])
        elif _kind(one) is MentionKind.PLACE:
            mine |= set(data["place_properties"])
        if one.schema == "Organization" and _kind(one) is MentionKind.UNIT:
            mine.add("topics")  # it said that this is a unit
        return mine

    def _tie_of(self, one: Entity, rule: Mapping[str, Any], known: Mapping[str, Entity]) -> set[str]:
        role = one.first(rule.get("role") or "")
        kind = rule["tie"]
        if kind is None:
            kind = role.words.strip().lower() if role is not None else ""
            if kind not in rule["kinds"]:
                self.left[one.schema, "Its role does not say which standing it is."] += 1
                return set()
            role = None
        bounds, dates, flags, why = _bounds(one)
        lefts, rights = one.values.get(rule["left"], [])[:MOST_ENDS], one.values.get(rule["right"], [])[:MOST_ENDS]
        if not lefts or not rights:
            self.left[one.schema, "One of its two ends is not told."] += 1
            return set()
        for left in lefts:
            for right in rights:
                ends = self._end(left, known), self._end(right, known)
                said = role.words.strip() if role is not None else None
                if through := rule.get("through"):
                    post = known.get(right.words.strip())
                    said, ends = self._post(post, through, ends, known)
                values = [left, right, *([role] if role is not None else []), *dates]
                self._tie(one, TieKind(kind), *ends, said, right, values, bounds, flags, why)
        keys = {rule["left"], rule["right"], *(v.key for v in dates)}
        return keys | ({rule["role"]} if rule.get("role") else set())

    def _post(
        self, post: Entity | None, through: str, ends: tuple[Named, Named], known: Mapping[str, Entity]
    ) -> tuple[str | None, tuple[Named, Named]]:
        """A post's name is the role, where the post says of which body it is; else it stands for the other end."""
        if post is None:
            return None, ends
        name, body = post.first("name"), post.first(through)
        words = name.words.strip() if name is not None else None
        if body is None:
            return None, (ends[0], Named(words or ends[1].words))
        return words, (ends[0], self._end(body, known))

    def _end(self, value: Value, known: Mapping[str, Entity]) -> Named:
        """Whom an id stands for; the id itself, where the file does not name it."""
        one = known.get(value.words.strip())
        found = self._named.get(one.id) if one is not None else None
        return Named(found.words, found.id) if found else Named(value.words.strip())

    def _tie(
        self, one: Entity, kind: TieKind, left: Named, right: Named, role: str | None, act: Value,
        values: Sequence[Value], bounds: Bounds, flags: Sequence[str] = (), why: Sequence[str] = (),
    ) -> None:  # fmt: skip
        dated = bounds if bounds.dated else None
        cause = f"tie: {kind.value}, by {one.schema}: {', '.join(dict.fromkeys(v.key for v in values))}"
        nameless = (
            ["named-by-id-only"] if kind is not TieKind.ATTRIBUTE and None in (left.mention, right.mention) else []
        )
        base = self._claim(act, values, "; ".join([cause, *why]), [*flags, *nameless])
        self.claims.append(Claim(
            **base, family=Family.TIE, act_type=ActType.OTHER, tie=Tie(kind, left, right, role, bounds=dated),
        ))  # fmt: skip

    def _event(self, one: Entity, rule: Mapping[str, Any]) -> set[str]:
        name = one.first(rule["name"])
        if name is None or not name.words.strip():
            self.left[one.schema, "It has no name that could be quoted."] += 1
            return set()
        placed = [v for key in rule["places"] for v in one.values.get(key, ()) if v.words.strip()]
        bounds, dates, flags, why = _bounds(one)
        low, high = bounds.first_precise or bounds.first_imprecise, bounds.last_precise or bounds.last_imprecise
        cause = f"act: by {one.schema}: {', '.join(v.key for v in (name, *placed, *dates))}"
        base = self._claim(name, [name, *placed, *dates], "; ".join([cause, *why]), flags)
        found = [self._mention(v, MentionKind.PLACE) for v in placed]
        start, end = first_day(low), first_day(high)
        self.claims.append(Claim(
            **base, family=Family.ACT, act_type=ActType.OTHER, places=tuple(Named(m.words, m.id) for m in found),
            date_text=dates[0].words if dates else None,
            date_from=_first(low) if start else None, date_to=_last(high or low) if start or end else None,
        ))  # fmt: skip
        return {rule["name"], *rule["places"], *(v.key for v in dates)}

    def _claim(self, act: Value, values: Sequence[Value], why: str, flags: Sequence[str]) -> dict[str, Any]:
        words = act.words.strip()
        at = act.start + act.words.index(words)
        start, end = min(at, *map(self._begin, values)), max(at + len(words), *(v.end for v in values))
        base = self._text.base
        between = self._text.words[start - base : end - base]
        if end - start > FARTHEST or "\n\n\n" in between:
            start, end = min(at, self._begin(act)), at + len(words)
        found = bisect_right(self._starts, start - base) - 1
        return {
            "id": self._id(at, at + len(words)),
            "item": self._text.item,
            "start": start,
            "end": end,
            "quote": self._text.words[start - base : end - base],
            "act": words,
            "act_start": at,
            "act_end": at + len(words),
            "modality": Modality.REPORTED,
            "speakers": (Named(DOC),),
            "paragraph": self._text.passages[found].paragraph if found >= 0 else None,
            "flags": tuple(sorted(set(flags))),
            "reader": NAME,
            "why": why,
        }

    def _begin(self, value: Value) -> int:
        """Where a value begins with the name of its property in front, which says what an id alone does not."""
        label = f"{value.key}: "
        at = value.start - self._text.base
        return value.start - len(label) if self._text.words[max(0, at - len(label)) : at] == label else value.start

    def _id(self, start: int, end: int) -> str:
        """RECORD section 2: the words, what stands around them, and a counter where these come again."""
        words, first, last = self._text.words, start - self._text.base, end - self._text.base
        own, before, after = words[first:last], words[max(0, first - CONTEXT) : first], words[last : last + CONTEXT]
        key = content_id(own, before, after)
        nth = self._counter.get(key, 0)
        self._counter[key] = nth + 1
        return content_id(self._text.item, "original", own, before, after, nth_place(self._text.part, nth))


def _kind(one: Entity) -> MentionKind | None:
    """What an entity's names denote; None for what is nobody."""
    said = _data()["names"].get(one.schema, {}).get("kind")
    if said is None:
        return None
    topics = {v.words.strip() for v in one.values.get("topics", ())}
    if said == "body" and not topics.isdisjoint(_data()["armed_topics"]):
        return MentionKind.UNIT
    return MentionKind(said)


def _handle(item: str, kind: str, own: str) -> str:
    """A handle of an entity's id: a UUID is the same one in every file, any other id only within its own."""
    scope = () if _UUID.fullmatch(own) else (item,)
    return OWN_ID + content_id("own id", *scope, kind, own.lower())


def _bounds(one: Entity) -> tuple[Bounds, list[Value], list[str], list[str]]:
    """When it held or happened: `startDate` and `endDate` are begin and end, `date` is a day of it."""
    days: dict[str, str | None] = {}
    used: list[Value] = []
    flags: list[str] = []
    why: list[str] = []
    for key in ("startDate", "endDate", "date"):
        value = one.first(key)
        if value is None:
            continue
        used.append(value)
        found = _DAY.fullmatch(value.words.strip())
        days[key] = found[1] if found and first_day(found[1]) else None
        if days[key] is None:
            flags.append(IMPOSSIBLE if found else UNCLEAR)
            why.append(f"date left out: {key} = {value.words.strip()[:40]}")
    start, end, day = days.get("startDate"), days.get("endDate"), days.get("date")
    if day and not start and not end:
        return Bounds(first_precise=day, last_precise=day), used, flags, why
    made = Bounds(first_precise=start, last_precise=end, starting=bool(start), ending=bool(end))
    return made, used, flags, why


def _first(iso: str | None) -> str | None:
    found = first_day(iso)
    return found.isoformat() if found else None


def _last(iso: str | None) -> str | None:
    found = last_day(iso)
    return found.isoformat() if found else None


@cache
def _file() -> bytes:
    return files(__package__).joinpath("followthemoney.yaml").read_bytes()


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_file().decode("utf-8"))
    return data
