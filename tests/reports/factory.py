"""An invented case, built as a `CaseFile` by hand: the country of Kheldoun, its militias, papers and observers.

Start with `kheldoun()`. Each quote is cut from the invented text of its item, so offsets are true. `many`
makes a large case for the clock.

Used by: tests/reports.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from probanda.actors.model import ActorGroup, Membership
from probanda.claims.model import DOC, Actor, Cited, Claim, Mention, Named, Tie
from probanda.incidents.model import Contradiction, Incident, Origin, Version
from probanda.kernel.digests import content_id, words_digest
from probanda.kernel.quantities import Quantity
from probanda.kernel.vocabulary import (
    ActType,
    ContradictionKind,
    Family,
    Involvement,
    MentionKind,
    Modality,
    OriginKind,
    Polarity,
    Status,
    TieKind,
)
from probanda.matrix.model import Cell, CellStatus, Suggestion
from probanda.reports.casefile import CaseFile, Context, ItemLine, Measure, UnreadLine, Wanted

HOSTILE = "<script>alert(1)</script> Omran \u202egnat\nSalloum\x07"
"""A name that tries to run script, to reorder the line, to break it, and to ring."""

WIRE = (
    "Shells fell on the market of Old Qasra on the morning of 3 May 2031. At least 41 people were killed, "
    "the Qasra Health Board said.\n\n"
    "Residents told the Hesper Observers that the Ninth Brigade fired the shells from the ridge. "
    "The Ninth Brigade denied that its guns fired on the market.\n\n"
    "A spokesman of the Ninth Brigade said that the Ridge Guard fired the shells from the ridge.\n\n"
    "A doctor counted 60 dead by Sunday. The Prosecutor of the Special Chamber issued a warrant for "
    "Colonel Idris Vantar on 9 June."
)
REPORT = (
    "On the video, Colonel Vantar is heard to say: Nobody in the quarter is to be left alive. "
    "A company of the Ninth Brigade admitted in a letter that it executed nine prisoners "
    "on orders of Colonel Vantar.\n\n"
    "<script>alert(1)</script> Omran \u202egnat\nSalloum\x07 hid the gunners in his farm, neighbours believe. "
    "The governor demanded that the siege of Lower Qasra be lifted between 15 and 17 April.\n\n"
    "Idris Vantar has commanded the Ninth Brigade since 2029. Witness CODENAME-7 said that guards beat her."
)
ARABIC = (
    "قال سكان حي القصرة القديمة إن اللواء التاسع أطلق القذائف على السوق صباح الثالث من أيار. "
    "ونفى العقيد إدريس فانتار ذلك في بيان."
)

PRESUMED = "Everybody named is presumed innocent."


class _Book:
    """One item's text, from which claims are cut."""

    def __init__(self, number: str, text: str, language: str, publisher: str | None, file: str, **fields: Any) -> None:
        self.text, self.language = text, language
        self.digest = words_digest(text)
        self.line = ItemLine(
            digest=self.digest,
            number=number,
            names=(file,),
            size=len(text.encode()),
            media_type="text/plain",
            language=language,
            dated=fields.get("dated"),
            dated_reason=fields.get("dated_reason"),
            title=fields.get("title"),
            publisher=publisher,
            label=fields.get("label", "internal"),
            acquisitions=fields.get("acquisitions", 1),
            read=fields.get("read", "whole"),
            furniture=fields.get("furniture", 0),
            claims=0,
        )

    def mention(self, words: str, kind: MentionKind, nth: int = 0) -> Mention:
        """The nth place where these words stand, as a mention."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Mention(content_id(self.digest, words, str(start)), self.digest, start, start + len(words), words, kind)

    def claim(self, quote: str, act: str, **fields: Any) -> Claim:
        """A claim resting on these words."""
        start = self.text.index(quote)
        act_start = self.text.index(act, start)
        base: dict[str, Any] = {
            "id": content_id(self.digest, quote, act, str(fields.get("modality"))),
            "item": self.digest,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "act": act,
            "act_start": act_start,
            "act_end": act_start + len(act),
            "act_type": ActType.OTHER,
            "modality": Modality.REPORTED,
            "speakers": (Named(DOC),),
            "paragraph": self.text[:start].count("\n\n") + 1,
            "reader": "rules-en 0.1",
            "why": "a verb of saying before the clause",
        }
        return Claim(**{**base, **fields})

    def context(self, claim: Claim) -> Context:
        """The claim's words among those around them."""
        before, after = self.text[max(0, claim.start - 60) : claim.start], self.text[claim.end : claim.end + 60]
        return Context(before, claim.quote, after, self.language)


def _group(name: str, kind: MentionKind, *mentions: Mention, apart: tuple[str, ...] = ()) -> ActorGroup:
    variants = tuple(dict.fromkeys([name, *(m.words for m in mentions)]))
    members = tuple(Membership(m.id, "the same words") for m in mentions)
    return ActorGroup(
        id=min(m.id for m in mentions), kind=kind, name=name, variants=variants, members=members, apart=apart
    )


def _named(mention: Mention) -> Named:
    return Named(mention.words, mention.id)


def _actor(mention: Mention, involvement: Involvement) -> Actor:
    return Actor(mention.words, mention.id, involvement)


def an_incident(title: str, act_type: ActType, *claims: Claim, **fields: Any) -> Incident:
    """An incident of these claims; one version unless others are given."""
    ids = tuple(c.id for c in claims)
    asserting = tuple(c.id for c in claims if c.asserts_event)
    one = (Version(label="as told", claims=asserting, origins=1, untraced=0),) if asserting else ()
    base: dict[str, Any] = {
        "id": min(ids),
        "title": title,
        "act_type": act_type,
        "date_from": None,
        "date_to": None,
        "places": (),
        "claims": ids,
        "versions": one,
        "reasons": tuple((i, "the same place and day") for i in ids) if len(ids) > 1 else (),
    }
    return Incident(**{**base, **fields})


def kheldoun(**changes: Any) -> CaseFile:
    """The whole invented case; `changes` replace fields of the case file."""
    wire = _Book(
        "KHE-0001",
        WIRE,
        "en",
        "The Qasra Wire",
        "2031-05-03 shells.txt",
        dated="3 May 2031",
        dated_reason="the first line",
        title="Shells on a market",
        label="public",
        acquisitions=2,
        furniture=4,
    )
    report = _Book("KHE-0002", REPORT, "en", None, "report.html", label="internal", title="What was seen at Qasra")
    arabic = _Book(
        "KHE-0003",
        ARABIC,
        "ar",
        "صوت القصرة",
        "بيان.txt",
        label="public",
        read="kept and searchable; one claim added by hand",
    )

    ninth = wire.mention("Ninth Brigade", MentionKind.UNIT)
    ninth_2 = wire.mention("Ninth Brigade", MentionKind.UNIT, 1)
    ninth_r = report.mention("Ninth Brigade", MentionKind.UNIT)
    ninth_rr = report.mention("Ninth Brigade", MentionKind.UNIT, 1)
    ninth_ar = arabic.mention("اللواء التاسع", MentionKind.UNIT)
    ridge = wire.mention("Ridge Guard", MentionKind.UNIT)
    vantar = wire.mention("Colonel Idris Vantar", MentionKind.PERSON)
    vantar_r = report.mention("Colonel Vantar", MentionKind.PERSON)
    vantar_rr = report.mention("Idris Vantar", MentionKind.PERSON)
    vantar_ar = arabic.mention("العقيد إدريس فانتار", MentionKind.PERSON)
    hostile = report.mention(HOSTILE, MentionKind.PERSON)
    masked = report.mention("CODENAME-7", MentionKind.PERSON)
    prisoners = report.mention("nine prisoners", MentionKind.GROUP)
    observers = wire.mention("Hesper Observers", MentionKind.BODY)
    board = wire.mention("Qasra Health Board", MentionKind.BODY)
    residents = wire.mention("Residents", MentionKind.GROUP)
    prosecutor = wire.mention("Prosecutor of the Special Chamber", MentionKind.BODY)

    market = Named("the market of Old Qasra")
    day = {"date_from": "2031-05-03", "date_to": "2031-05-03", "date_text": "3 May 2031"}
    killed = wire.claim(
        "At least 41 people were killed, the Qasra Health Board said",
        "killed",
        act_type=ActType.KILLING,
        act_detail="casualty-count",
        speakers=(Named(DOC), _named(board)),
        places=(market,),
        quantity=Quantity(text="At least 41 people", value=41, min=41, unit="killed", counter="the Qasra Health Board"),
        **day,
    )
    sixty = wire.claim(
        "A doctor counted 60 dead by Sunday",
        "dead",
        act_type=ActType.KILLING,
        act_detail="casualty-count",
        speakers=(Named(DOC), Named("A doctor")),
        quantity=Quantity(text="60 dead", value=60, min=60, max=60, unit="killed", counter="A doctor", as_of="Sunday"),
    )
    fired = wire.claim(
        "the Ninth Brigade fired the shells from the ridge",
        "fired the shells",
        act_type=ActType.ATTACK_ON_CIVILIANS,
        modality=Modality.ALLEGED,
        stance="told",
        speakers=(Named(DOC), _named(observers), _named(residents)),
        actors=(_actor(ninth, Involvement.DIRECT),),
        places=(market,),
        means=("shells",),
        **day,
    )
    denial = wire.claim(
        "The Ninth Brigade denied that its guns fired on the market",
        "fired on the market",
        act_type=ActType.ATTACK_ON_CIVILIANS,
        modality=Modality.DENIED,
        polarity=Polarity.NEGATIVE,
        stance="denied",
        speakers=(Named(DOC), _named(ninth_2)),
        actors=(_actor(ninth_2, Involvement.DIRECT),),
    )
    other_side = wire.claim(
        "the Ridge Guard fired the shells from the ridge",
        "fired the shells",
        act_type=ActType.ATTACK_ON_CIVILIANS,
        modality=Modality.ALLEGED,
        speakers=(Named(DOC), Named("A spokesman of the Ninth Brigade")),
        actors=(_actor(ridge, Involvement.DIRECT),),
    )
    in_arabic = arabic.claim(
        "اللواء التاسع أطلق القذائف على السوق",
        "أطلق القذائف",
        act_type=ActType.ATTACK_ON_CIVILIANS,
        modality=Modality.ALLEGED,
        speakers=(Named(DOC), Named("سكان حي القصرة القديمة")),
        actors=(_actor(ninth_ar, Involvement.DIRECT),),
        reader="person",
        why="added by hand",
        status=Status.CHECKED,
        by="u1",
        at="2031-07-01T08:00:00Z",
    )
    warrant = wire.claim(
        "The Prosecutor of the Special Chamber issued a warrant for Colonel Idris Vantar on 9 June",
        "issued a warrant",
        act_type=ActType.PROCEDURAL,
        act_detail="warrant",
        speakers=(Named(DOC), _named(prosecutor)),
        actors=(_actor(vantar, Involvement.UNKNOWN),),
        date_text="9 June",
        date_from="2031-06-09",
        date_to="2031-06-09",
        cited=Cited("warrant", "a warrant", "Colonel Idris Vantar"),
    )
    order = report.claim(
        "Nobody in the quarter is to be left alive",
        "left alive",
        act_type=ActType.DENIAL_OF_QUARTER,
        modality=Modality.ORDERED,
        speakers=(Named(DOC), _named(vantar_r)),
        actors=(_actor(vantar_r, Involvement.ORDERING),),
        cited=Cited("video", "the video", "Colonel Vantar"),
    )
    admitted = report.claim(
        "A company of the Ninth Brigade admitted in a letter that it executed nine prisoners "
        "on orders of Colonel Vantar",
        "executed nine prisoners",
        act_type=ActType.EXECUTION,
        modality=Modality.ADMITTED,
        stance="admitted",
        speakers=(Named(DOC), _named(ninth_r)),
        actors=(_actor(ninth_r, Involvement.DIRECT), _actor(vantar_r, Involvement.ORDERING)),
        victims=(_named(prisoners),),
        quantity=Quantity(text="nine prisoners", value=9, min=9, max=9, unit="killed"),
        cited=Cited("letter", "a letter"),
        status=Status.CORRECTED,
        by="u1",
    )
    hid = report.claim(
        HOSTILE + " hid the gunners in his farm",
        "hid the gunners",
        act_type=ActType.OBSTRUCTION_IMPUNITY,
        act_detail="sanctuary",
        modality=Modality.ALLEGED,
        speakers=(Named(DOC), Named("neighbours")),
        actors=(_actor(hostile, Involvement.SHELTERING),),
        flags=("garbled",),
        status=Status.UNSURE,
    )
    demand = report.claim(
        "The governor demanded that the siege of Lower Qasra be lifted between 15 and 17 April",
        "lifted",
        act_type=ActType.SIEGE,
        modality=Modality.CALLED_FOR,
        speakers=(Named(DOC), Named("The governor")),
        places=(Named("Lower Qasra"),),
        date_text="between 15 and 17 April",
        date_from="2031-04-15",
        date_to="2031-04-17",
    )
    beaten = report.claim(
        "guards beat her",
        "beat",
        act_type=ActType.TORTURE,
        act_detail="ill-treatment",
        modality=Modality.ALLEGED,
        speakers=(Named(DOC), _named(masked)),
        actors=(Actor("guards", None, Involvement.DIRECT),),
        victims=(Named("her", masked.id),),
    )
    command = report.claim(
        "Idris Vantar has commanded the Ninth Brigade since 2029",
        "commanded",
        family=Family.TIE,
        act_type=ActType.OTHER,
        tie=Tie(TieKind.POSTING, _named(vantar_rr), _named(ninth_rr), role="commander", rank="Colonel"),
        date_text="since 2029",
        date_from="2029",
    )
    by_book = {
        wire: (killed, sixty, fired, denial, other_side, warrant),
        report: (order, admitted, hid, demand, beaten, command),
        arabic: (in_arabic,),
    }
    claims = tuple(c for cs in by_book.values() for c in cs)
    shelling = an_incident(
        "Shelling of the market of Old Qasra",
        ActType.ATTACK_ON_CIVILIANS,
        killed,
        sixty,
        fired,
        denial,
        other_side,
        in_arabic,
        date_from="2031-05-03",
        date_to="2031-05-03",
        places=("Old Qasra",),
        versions=(
            Version(
                label="attributed to: the Ninth Brigade",
                claims=(fired.id, in_arabic.id),
                against=(denial.id,),
                speakers=("Residents", "سكان حي القصرة القديمة"),
                origins=1,
                untraced=1,
                reason="residents, told to the observers",
            ),
            Version(
                label="attributed to: the Ridge Guard",
                claims=(other_side.id,),
                speakers=("A spokesman of the Ninth Brigade",),
                origins=1,
                reason="an accused party speaks of its opponent",
            ),
        ),
    )
    incidents = (
        shelling,
        an_incident("Words of an order on a video", ActType.DENIAL_OF_QUARTER, order),
        an_incident("Execution of prisoners", ActType.EXECUTION, admitted, places=("Qasra",)),
        an_incident("Sheltering of gunners", ActType.OBSTRUCTION_IMPUNITY, hid),
        an_incident(
            "Siege of Lower Qasra",
            ActType.SIEGE,
            demand,
            date_from="2031-04-15",
            date_to="2031-04-17",
            places=("Lower Qasra",),
        ),
        an_incident("Beating of a detainee", ActType.TORTURE, beaten),
        an_incident(
            "Warrant against Colonel Idris Vantar",
            ActType.PROCEDURAL,
            warrant,
            date_from="2031-06-09",
            date_to="2031-06-09",
        ),
    )
    actors = (
        _group(
            "Colonel Idris Vantar",
            MentionKind.PERSON,
            vantar,
            vantar_r,
            vantar_rr,
            vantar_ar,
            apart=("Idris Vantari, a judge: another office",),
        ),
        _group("Ninth Brigade", MentionKind.UNIT, ninth, ninth_2, ninth_r, ninth_rr, ninth_ar),
        _group("Ridge Guard", MentionKind.UNIT, ridge),
        _group(HOSTILE, MentionKind.PERSON, hostile),
        _group("CODENAME-7", MentionKind.PERSON, masked),
        _group("Hesper Observers", MentionKind.BODY, observers),
        _group("Qasra Health Board", MentionKind.BODY, board),
        _group("Residents", MentionKind.GROUP, residents),
        _group("nine prisoners", MentionKind.GROUP, prisoners),
        _group("Prosecutor of the Special Chamber", MentionKind.BODY, prosecutor),
    )
    case = CaseFile(
        situation="Kheldoun since 1 April 2031",
        prefix="KHE",
        run_at="2031-07-02T09:12:00Z",
        version="0.1.0",
        reader="rules-en 0.1",
        pack="rome 0.1",
        items=tuple(replace(b.line, claims=len(cs)) for b, cs in by_book.items()),
        unread=(UnreadLine("scan.bin", "KHE-0004", "its bytes are no text", "Open it with the program that made it."),),
        withheld=1,
        included_restricted=None,
        names_masked=True,
        narrowed=(),
        claims=claims,
        contexts={c.id: b.context(c) for b, cs in by_book.items() for c in cs},
        actors=actors,
        incidents=incidents,
        origins=(
            Origin(
                id="o1",
                kind=OriginKind.ACCOUNT,
                claims=(fired.id,),
                reason="residents' account to the Hesper Observers",
            ),
        ),
        contradictions=(
            Contradiction(
                id="x1",
                a=fired.id,
                b=other_side.id,
                kind=ContradictionKind.ATTRIBUTION,
                reason="two units are named for the same shells",
            ),
            Contradiction(
                id="x2", a=fired.id, b=denial.id, kind=ContradictionKind.DENIAL, reason="the unit named denies it"
            ),
            Contradiction(id="x3", a=killed.id, b=sixty.id, kind=ContradictionKind.NUMBER, reason="41 and 60"),
        ),
        suggestions=(_quarter(order, incidents[1], vantar), _attack(fired, denial, in_arabic, shelling, ninth)),
        wanted=(Wanted("video", "the video", (order.id,)), Wanted("letter", "a letter", (admitted.id,))),
        measures=(
            Measure(
                reader="rules-en 0.1",
                gold="60 invented texts read twice by hand",
                figures=(
                    ("claims found, precision", "0.71"),
                    ("claims found, recall", "0.58"),
                    ("innermost speaker, F1", "0.41"),
                ),
                command="probanda eval reading",
            ),
        ),
        persons_named=3,
        checked=0,
        names={"u1": "Ana Reviewer"},
    )
    return replace(case, **changes)


def _quarter(order: Claim, incident: Incident, vantar: Mention) -> Suggestion:
    def cell(no: int, part: str, kind: str, text: str, **fields: Any) -> Cell:
        return Cell(element=no, part=part, type=kind, text=text, **{"status": CellStatus.UNSUPPORTED, **fields})

    return Suggestion(
        id="s1",
        actor=vantar.id,
        actor_name="Colonel Idris Vantar",
        crime="8(2)(e)(x)",
        crime_title="Denying quarter",
        mode="25(3)(b)",
        mode_title="Ordering, soliciting or inducing",
        article="8(2)(e)(x)",
        pack="rome 0.1 (3f9a0c11)",
        claims=(order.id,),
        incidents=(incident.id,),
        cells=(
            cell(
                1,
                "crime",
                "conduct",
                "Somebody declared or ordered that there were to be no survivors.",
                status=CellStatus.ONE_ORIGIN,
                supporting=(order.id,),
                searched_against=True,
                gap="The video itself is not held.",
                reason="one video, told by one text",
            ),
            cell(
                2,
                "crime",
                "mental",
                "It was meant as a threat or as the footing on which to fight.",
                searched_for=False,
                gap="What was known of the aim.",
            ),
            cell(
                3,
                "crime",
                "contextual",
                "It took place in, and was linked to, an armed conflict.",
                gap="Any account of the conflict.",
            ),
            cell(
                1,
                "mode",
                "conduct",
                "The person was in a position of authority.",
                status=CellStatus.HEARSAY,
                supporting=(order.id,),
                gap="A document of appointment.",
            ),
        ),
        notes=("A warrant is a proceeding: its crimes stay alleged.", PRESUMED),
    )


def _attack(fired: Claim, denial: Claim, arabic: Claim, incident: Incident, ninth: Mention) -> Suggestion:
    cells = (
        Cell(
            element=1,
            part="crime",
            type="conduct",
            text="An attack was directed.",
            status=CellStatus.CONTRADICTED,
            supporting=(fired.id, arabic.id),
            against=(denial.id,),
            searched_against=True,
            gap="Where the guns stood that morning.",
        ),
        Cell(
            element=2,
            part="crime",
            type="mental",
            text="The object was meant to be civilians.",
            status=CellStatus.UNSUPPORTED,
            searched_against=True,
            gap="Who chose the target.",
        ),
    )
    return Suggestion(
        id="s2",
        actor=ninth.id,
        actor_name="Ninth Brigade",
        crime="8(2)(e)(i)",
        crime_title="Attacking civilians",
        mode="25(3)(a)",
        mode_title="Committing",
        article="8(2)(e)(i)",
        pack="rome 0.1 (3f9a0c11)",
        claims=(fired.id, arabic.id),
        incidents=(incident.id,),
        cells=cells,
        notes=("A unit is laid out to find the persons behind it.", PRESUMED),
    )


UNMEASURED = (Measure("rules-xx 0.1", "", (), ""),)
"""A reader that was never measured."""


def empty() -> CaseFile:
    """A case of nothing: no item, claim or measure."""
    return kheldoun(
        items=(),
        unread=(),
        withheld=0,
        names_masked=False,
        claims=(),
        contexts={},
        actors=(),
        incidents=(),
        origins=(),
        contradictions=(),
        suggestions=(),
        wanted=(),
        measures=(),
        persons_named=0,
    )


def many(n: int) -> CaseFile:
    """The invented case told again and again until it has about `n` claims."""
    case = kheldoun()
    numbers = count(1)
    claims, contexts, incidents, suggestions = [], {}, [], []
    while len(claims) < n:
        k = next(numbers)
        rename = {c.id: content_id(c.id, str(k)) for c in case.claims}
        swap = _swapper(rename)
        for c in case.claims:
            claims.append(replace(c, id=rename[c.id]))
            contexts[rename[c.id]] = case.contexts[c.id]
        incidents += [
            replace(
                i,
                id=rename[i.id],
                claims=swap(i.claims),
                versions=tuple(replace(v, claims=swap(v.claims), against=swap(v.against)) for v in i.versions),
                reasons=tuple((rename[c], why) for c, why in i.reasons),
            )
            for i in case.incidents
        ]
        suggestions += [
            replace(
                s,
                id=content_id(s.id, str(k)),
                claims=swap(s.claims),
                incidents=swap(s.incidents),
                cells=tuple(replace(c, supporting=swap(c.supporting), against=swap(c.against)) for c in s.cells),
            )
            for s in case.suggestions
        ]
    return replace(
        case,
        claims=tuple(claims),
        contexts=contexts,
        incidents=tuple(incidents),
        suggestions=tuple(suggestions),
        contradictions=(),
        origins=(),
    )


def _swapper(rename: dict[str, str]) -> Any:
    return lambda ids: tuple(rename[i] for i in ids)
