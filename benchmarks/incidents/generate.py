"""Claims about invented events, whose truth is known: which claims tell of which event.

`texts(claims, seed)` gives invented press reports of 1 to 12 claims each, with the mentions and claims that a reader
would find in them: a country with provinces and towns, days over ten years, places and days of which few are told of
often and most seldom, events told by several, copies under another headline, denials, counts that vary, accounts that
leave out day, place or author. Nothing is drawn from real texts. The same numbers give the same texts.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from probanda.claims.model import DOC, Actor, Claim, Mention, Named
from probanda.incidents.model import Doc
from probanda.kernel.digests import content_id, sha256
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import ActType, Involvement, MentionKind, Modality, Polarity

FIRST_DAY = date(2031, 1, 1)
DAYS = 3650
TOLD = 6
"""Claims that tell of one event, on average."""
COUNTRY = "Marsafa"

_ACTS = {
    ActType.INDISCRIMINATE_ATTACK: ("shelled", "the homes of", "were shelled"),
    ActType.KILLING: ("killed", "the lives of", "were killed"),
    ActType.EXECUTION: ("executed", "the lives of", "were executed"),
    ActType.LOOTING_PROPERTY: ("looted", "the shops of", "were looted"),
    ActType.DETENTION: ("detained", "the families of", "were detained"),
    ActType.TORTURE: ("tortured", "the bodies of", "were tortured"),
    ActType.DISPLACEMENT: ("drove out", "the families of", "were driven out"),
    ActType.SIEGE: ("besieged", "the quarters of", "were besieged"),
}
_WEIGHTS = (30, 25, 5, 10, 12, 6, 7, 5)
_HIT = (
    *(
        "farmers",
        "traders",
        "bakers",
        "teachers",
        "pupils",
        "nurses",
        "fishermen",
        "drivers",
        "students",
        "worshippers",
    ),
    *("mourners", "shepherds", "weavers", "clerks", "porters", "pilgrims", "miners", "masons", "potters"),
    "millers",
)
_UNITS = ("Brigade", "Battalion", "Guard", "Front", "Regiment", "Column")
_BODIES = ("Relief League", "Rights Monitor", "Herald", "Courier", "Observatory", "Medical Union")
_ONSETS = ("b", "d", "dr", "f", "g", "h", "k", "kh", "l", "m", "n", "q", "r", "s", "sh", "t", "v", "w", "y", "z")
_CORES = ("a", "e", "i", "o", "u", "ai", "ou")
_CODAS = ("", "", "l", "m", "n", "r", "s", "t", "d")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in the invented country."""

    id: int
    act: ActType
    town: str
    province: str
    day: date
    author: str
    hit: str
    count: int


@dataclass(slots=True)
class Report:
    """One invented text with what a reader would find in it."""

    doc: Doc
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    """Claim -> event."""


def texts(claims: int, seed: int = 7) -> Iterator[Report]:
    """Reports that hold about so many claims (the last one may go over), in order of their date."""
    world = _World(claims, random.Random(seed))  # noqa: S311 - invented texts, no secret
    made = 0
    for number in itertools.count():
        report = world.report(number)
        made += len(report.claims)
        yield report
        if made >= claims:
            return


class _World:
    def __init__(self, claims: int, rng: random.Random) -> None:
        self.rng = rng
        self.names = self._names()
        self.provinces = [self._name() for _ in range(20)]
        towns = max(60, min(1500, claims // 40))
        self.towns = [(self._name(), rng.choice(self.provinces)) for _ in range(towns)]
        self.units = [f"{self._name()} {rng.choice(_UNITS)}" for _ in range(40)]
        self.bodies = [f"{self._name()} {rng.choice(_BODIES)}" for _ in range(max(12, claims // 1000))]
        self.people = [f"{self._name()} {self._name()}" for _ in range(max(40, claims // 60))]
        self.events = sorted((self._event(n) for n in range(max(10, claims // TOLD))), key=lambda e: (e.day, e.id))
        self.texts: list[tuple[Report, tuple[Event, ...]]] = []
        self.at = 0.0
        self.step = 1.0

    def _names(self) -> Iterator[str]:
        rng, seen = self.rng, {COUNTRY}
        while True:
            syllables = (
                rng.choice(_ONSETS) + rng.choice(_CORES) + rng.choice(_CODAS) for _ in range(rng.choice((2, 3)))
            )
            name = "".join(syllables).capitalize()
            if name not in seen:
                seen.add(name)
                yield name

    def _name(self) -> str:
        return next(self.names)

    def _often(self, size: int) -> int:
        """An index of which the first ones are drawn often, the others seldom."""
        return min(size - 1, int(size ** self.rng.random()) - 1)

    def _event(self, number: int) -> Event:
        rng = self.rng
        town, province = self.towns[self._often(len(self.towns))]
        month = self._often(120) * 37 % 120  # few months hold much of what happened
        day = FIRST_DAY + timedelta(days=min(DAYS - 1, month * 30 + rng.randrange(30)))
        act = rng.choices(list(_ACTS), _WEIGHTS)[0]
        return Event(
            number, act, town, province, day, self.units[self._often(40)], rng.choice(_HIT), rng.randrange(2, 90)
        )

    def report(self, number: int) -> Report:
        rng = self.rng
        if self.texts and rng.random() < 0.1:
            return self._copy(number, *self.texts[-1 - self._often(min(200, len(self.texts)))])
        at = self._place_in_time()
        main = self.events[at]
        size = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12))
        near = self.events[max(0, at - 3) : at + 1]
        told = tuple(main if rng.random() < 0.7 else rng.choice(near) for _ in range(size))
        report = self._written(number, told, main.day + timedelta(days=rng.choice((0, 1, 1, 2, 4, 9, 30))))
        self.texts.append((report, told))
        return report

    def _place_in_time(self) -> int:
        """Reports come in order of time: a little on, with a look back now and then."""
        self.at = (self.at + self.rng.random() * 1.9) % len(self.events)
        return int(self.at)

    def _written(self, number: int, told: tuple[Event, ...], dated: date) -> Report:
        rng = self.rng
        paper = self.bodies[self._often(len(self.bodies))]
        title = f"{paper} report {number}"
        words = [title, "\n\n"]
        at = len(title) + 2
        parts: list[tuple[Event, str, dict[str, str]]] = []
        spoken = self._speaker()
        for event in told:
            if rng.random() < 0.4:
                spoken = self._speaker()
            sentence, fields = self._sentence(event, spoken)
            parts.append((event, sentence, fields))
        item = sha256((title + "\n\n" + "\n\n".join(s for _, s, _ in parts)).encode())
        report = Report(Doc(item, (f"{number:06}.txt",), "", title, paper, dated.isoformat(), dated.isoformat()))
        for paragraph, (event, sentence, fields) in enumerate(parts):
            self._read(report, event, sentence, fields, at, paragraph + 1)
            words += [sentence, "\n\n"]
            at += len(sentence) + 2
        body = "".join(words).removesuffix("\n\n")
        report.doc = Doc(item, report.doc.names, body, title, paper, dated.isoformat(), dated.isoformat())
        return report

    def _copy(self, number: int, first: Report, told: tuple[Event, ...]) -> Report:
        title = f"As told before, {self._name()} {number}"
        body = title + first.doc.words[len(first.doc.title or "") :]
        shift = len(title) - len(first.doc.title or "")
        item = sha256(body.encode())
        d = first.doc
        report = Report(Doc(item, (f"{number:06}.txt",), body, title, None, d.dated_from, d.dated_to))
        of = {m.id: content_id("mention", item, m.words, str(m.start)) for m in first.mentions}
        for m in first.mentions:
            report.mentions.append(Mention(of[m.id], item, m.start + shift, m.end + shift, m.words, m.kind))
        for c in first.claims:
            report.claims.append(_moved(c, item, shift, of))
            report.truth[report.claims[-1].id] = first.truth[c.id]
        return report

    def _speaker(self) -> str:
        chance = self.rng.random()
        if chance < 0.3:
            return DOC
        if chance < 0.5:
            return self.rng.choice(("residents", "witnesses", "relatives", "officials"))
        if chance < 0.75:
            return self.people[self._often(len(self.people))]
        return self.bodies[self._often(len(self.bodies))]

    def _sentence(self, event: Event, speaker: str) -> tuple[str, dict[str, str]]:
        """The sentence, and the words in it that fill a role."""
        rng, f = self.rng, {"act": _ACTS[event.act][0], "speaker": speaker}
        f["victims"] = event.hit
        denied = rng.random() < 0.04
        if rng.random() < 0.8 or denied:
            f["actor"] = f"the {event.author}"
        if rng.random() < 0.85:
            f["place"] = event.town if rng.random() < 0.93 else event.province
            if f["place"] == event.town and rng.random() < 0.15:
                f["around"] = event.province
        kind = rng.random()
        if kind < 0.6:
            f["date"], f["from"] = f"{event.day:%-d %B %Y}", event.day.isoformat()
        elif kind < 0.7:
            f["date"], f["from"] = f"{event.day:%B %Y}", f"{event.day:%Y-%m}"
        if rng.random() < 0.4:
            count = event.count if rng.random() < 0.8 else event.count + rng.randrange(1, 12)
            f["count"] = str(count)
        who = f.get("actor", "gunmen")
        verb = f"never {f['act']}" if denied else f["act"]
        f["denied"] = "yes" if denied else ""
        line = f"{who[0].upper()}{who[1:]} {verb} {f.get('count', 'many')} {event.hit}"
        if "actor" in f:
            f["actor"] = line[: len(f["actor"])]
        line += f" in {f['place']}" if "place" in f else ""
        line += f", {f['around']}" if "around" in f else ""
        line += f" on {f['date']}" if kind < 0.6 else f" in {f['date']}" if kind < 0.7 else ""
        return line + ("." if speaker == DOC else f", {speaker} said."), f

    def _read(self, r: Report, event: Event, quote: str, f: dict[str, str], at: int, paragraph: int) -> None:
        """The claim and the mentions that a reader would find in this sentence."""
        item = r.doc.item

        def mention(words: str, kind: MentionKind, start: int) -> str:
            id_ = content_id("mention", item, words, str(at + start))
            r.mentions.append(Mention(id_, item, at + start, at + start + len(words), words, kind))
            return id_

        actors: tuple[Actor, ...] = ()
        if "actor" in f:
            actors = (Actor(f["actor"], mention(f["actor"], MentionKind.UNIT, 0), Involvement.DIRECT),)
        after = quote.find(f["act"])
        victims = (Named(f["victims"], mention(f["victims"], MentionKind.GROUP, quote.find(f["victims"], after))),)
        places = tuple(
            Named(f[k], mention(f[k], MentionKind.PLACE, quote.find(f" {f[k]}", after) + 1))
            for k in ("place", "around") if k in f
        )  # fmt: skip
        speakers: tuple[Named, ...] = (Named(DOC),)
        if (who := f["speaker"]) != DOC:
            person = who in self.people
            kind = MentionKind.PERSON if person else MentionKind.GROUP if who.islower() else MentionKind.BODY
            speakers += (Named(who, mention(who, kind, quote.rfind(who))),)
        act = f"never {f['act']}" if f["denied"] else f["act"]
        start = at + quote.find(act)
        quantity = None
        if "count" in f:
            count = int(f["count"])
            quantity = Quantity(text=f["count"], value=count, min=count, max=count, unit=event.hit)
        claim = Claim(
            id=content_id("claim", item, act, str(start)),
            item=item, start=at, end=at + len(quote), quote=quote, act=act, act_start=start, act_end=start + len(act),
            act_type=event.act, modality=Modality.DENIED if f["denied"] else Modality.REPORTED,
            polarity=Polarity.NEGATIVE if f["denied"] else Polarity.POSITIVE,
            speakers=speakers, actors=actors, victims=victims, places=places, date_text=f.get("date"),
            date_from=f.get("from"), date_to=f.get("from"),
            quantity=quantity, paragraph=paragraph, reader="generated", why="generated",
        )  # fmt: skip
        r.claims.append(claim)
        r.truth[claim.id] = event.id


def _moved(c: Claim, item: str, shift: int, of: dict[str, str]) -> Claim:
    from dataclasses import replace

    def named(parties: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(replace(p, mention=of.get(p.mention or "")) for p in parties)

    start = c.act_start + shift
    return replace(
        c, id=content_id("claim", item, c.act, str(start)), item=item, start=c.start + shift, end=c.end + shift,
        act_start=start, act_end=c.act_end + shift, speakers=named(c.speakers), victims=named(c.victims),
        places=named(c.places), actors=tuple(replace(a, mention=of.get(a.mention or "")) for a in c.actors),
    )  # fmt: skip
