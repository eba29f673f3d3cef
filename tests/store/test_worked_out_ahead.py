"""What is worked out ahead for pages is what working it out anew gives, and pages go through it without a gap."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import Connection, select, text

from probanda.access.eyes import Eyes
from probanda.actors.model import FIRST, ActorGroup, Membership
from probanda.claims.model import Reading
from probanda.incidents.model import Consolidation, Contradiction, Incident
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import ActType, ContradictionKind, MentionKind, Modality
from probanda.store import ahead, derived, listed, waiting
from probanda.store import tables as t
from probanda.store.ahead import ACTORS, INCIDENTS
from probanda.store.common import item_n
from probanda.store.store import Store
from tests.store.desk import Desk, a_claim, a_text

LINES = [f"Band {n} killed a farmer of Tamrit, and later the band killed two." for n in range(8)]
WORDS = "\n".join(LINES) + "\n"


def rows(connection: Connection, _: Eyes) -> dict[str, list[str]]:
    """All that is worked out ahead."""
    return {table.name: sorted(map(str, connection.execute(select(table)))) for table in t.AHEAD[:-1]}


def a_case(desk: Desk) -> str:
    """One text whose claims lie one over the other, two on the same word, gathered and contradicting."""
    digest = desk.add(WORDS, "report.txt")
    claims = [a_claim(digest, WORDS, line) for line in LINES]
    claims += [a_claim(digest, WORDS, line[:18], modality=Modality.DENIED) for line in LINES]
    desk.store.commit_text([a_text(digest, WORDS)], "text 1")
    desk.store.commit_reading(digest, Reading(tuple(claims), (), "rules 1"), "reading 1")
    names = ["Zora Velun", "Ada Lorin", "ada lorin", "زهراء", "Órla Venn"]
    actors = [
        ActorGroup(
            id=content_id(name), kind=MentionKind.PERSON if n else MentionKind.UNIT, name=name,
            variants=(name, name.upper()), members=(Membership(content_id(name), FIRST),),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip
    incidents = [
        Incident(
            id=c.id, title=f"Killing {n}", act_type=ActType.KILLING, date_from=None if n % 3 else f"2031-05-{n + 10}",
            date_to=None, places=("Tamrit",), claims=(c.id,), versions=(),
        )
        for n, c in enumerate(claims)
    ]  # fmt: skip
    opposed = Contradiction(id="k1", a=claims[0].id, b=claims[1].id, kind=ContradictionKind.NUMBER, reason="one, two")
    done = Consolidation(tuple(incidents), (), (opposed,))
    desk.store.commit_consolidation(desk.eyes.sight, actors, done, "test", "1")
    return digest


def test_after_any_decision_on_one_claim_all_stand_as_if_the_whole_text_were_shown_anew(desk: Desk) -> None:
    digest = a_case(desk)
    dice = random.Random(7)  # noqa: S311
    for _ in range(14):
        claim = dice.choice(desk.store.claims(desk.eyes))
        standing = tuple(d.id for d in desk.store.standing(desk.eyes, claim.id, "settle"))
        if standing and dice.random() < 0.4:
            desk.decide("withdraw", standing[-1])
        else:
            verdict = dice.choice(["accept", "reject", "correct", "unsure"])
            changes = {"modality": Modality.REPORTED} if verdict == "correct" else {}
            desk.settle(replace(claim, status="proposed", by=None, at=None), verdict, over=standing, **changes)
        before = desk.store.dump()
        with desk.store._writing() as connection:
            item = item_n(connection, digest)
            assert item is not None
            derived.reshow(connection, item)
        assert desk.store.dump() == before
        kept = desk.store.ask(desk.eyes, rows)
        with desk.store._writing() as connection:
            ahead.reweigh(connection)
        assert desk.store.ask(desk.eyes, rows) == kept
    assert desk.store.verify() == []


def test_lists_are_turned_page_by_page_in_their_order(desk: Desk) -> None:
    a_case(desk)
    for of, many in ((ACTORS, 5), (INCIDENTS, 16)):
        whole = [line.id for line in desk.store.ask(desk.eyes, listed.page, of, 100)]
        assert len(whole) == many
        after, turned = "", []
        while page := desk.store.ask(desk.eyes, listed.page, of, 2, after):
            turned += [line.id for line in page]
            after = turned[-1]
        assert turned == whole
    days = [line.told["from"] for line in desk.store.ask(desk.eyes, listed.page, INCIDENTS, 100)]
    assert days == sorted(days, key=lambda day: day or "9999")


def test_letters_of_any_form_are_found_and_counts_stop(desk: Desk) -> None:
    a_case(desk)
    for asked, many in (("lorin", 2), ("ORLA", 1), ("زهرا", 1), ("xx", 0), ("", 5)):
        assert desk.store.ask(desk.eyes, listed.most, ACTORS, 100, "", asked) == many
    assert desk.store.ask(desk.eyes, listed.most, ACTORS, 3) == 3
    assert desk.store.ask(desk.eyes, listed.kinds, ACTORS, 100) == {"person": 4, "unit": 1}
    assert desk.store.ask(desk.eyes, listed.named, "ADA LORIN") == sorted(map(content_id, ("Ada Lorin", "ada lorin")))


def test_eyes_that_see_less_are_told_nothing_of_what_waits_behind_the_wall(desk: Desk) -> None:
    digest = a_case(desk)
    narrow = desk.eyes.only_open()
    assert len(desk.store.ask(narrow, waiting.others, None)) == 8
    assert desk.store.ask(narrow, listed.page, ACTORS, 10) == []
    desk.decide("label", digest, label="restricted")
    assert desk.store.ask(narrow, waiting.others, None) == []
    assert desk.store.ask(narrow, waiting.disputed, None) == []
    assert len(desk.store.ask(desk.eyes, waiting.disputed, None)) == 10


def test_a_folder_of_the_version_before_gets_its_lists_when_it_is_opened(desk: Desk) -> None:
    a_case(desk)
    kept = desk.store.ask(desk.eyes, rows)
    with desk.store._writing() as connection:
        for table in t.AHEAD:
            table.drop(connection)
        for name in ("text_compartment", "claim_waiting", "link_a", "link_b", "claim_denial"):
            connection.execute(text(f"DROP INDEX {name}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    folder = desk.store.folder
    desk.store.close()
    with Store.open(folder, writing=True) as again:
        assert again.ask(again.owner, rows) == kept
