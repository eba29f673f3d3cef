"""What is worked out ahead for pages is what working it out anew gives, and pages go through it without a gap."""

from __future__ import annotations

import random
from dataclasses import replace

from sqlalchemy import Connection, select

from probanda.access.eyes import Eyes
from probanda.actors.model import FIRST, ActorGroup, Membership
from probanda.claims.model import Mention, Named, Reading, Tie
from probanda.incidents.model import Consolidation, Contradiction, Incident
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import ActType, ContradictionKind, Family, MentionKind, Modality, TieKind
from probanda.store import ahead, derived, listed, waiting
from probanda.store import tables as t
from probanda.store.ahead import ACTORS, COMMAND, INCIDENTS
from probanda.store.common import item_n
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


def test_a_folder_of_an_earlier_version_gets_its_lists_out_of_what_was_derived(desk: Desk) -> None:
    a_case(desk)
    kept = desk.store.ask(desk.eyes, rows)
    with desk.store._writing() as connection:
        ahead.clear(connection)
        assert connection.execute(select(t.line)).all() == []
        ahead.refill(connection)  # as after the tables were brought up to date
    assert desk.store.ask(desk.eyes, rows) == kept


def test_the_list_of_command_counts_ties_that_are_seen_and_not_rejected_and_most_come_first(desk: Desk) -> None:
    """Two open ties of one unit and a restricted one, two units above it: each sight counts its own."""
    told, hidden = "Band A serves Camp B. Band A serves Camp C.", "Band A serves Camp C at dawn."
    items = [(desk.add(told, "told.txt"), told), (desk.add(hidden, "hidden.txt", label="restricted"), hidden)]
    groups: dict[str, list[str]] = {}
    for digest, words in items:
        desk.store.commit_text([a_text(digest, words)], "text 1")
        claims, mentions = [], []
        for quote in words.removesuffix(".").split(". "):
            start = words.index(quote)
            ends = []
            for name in (quote[:6], quote[14:20]):
                at = start + quote.index(name)
                one = Mention(content_id(digest, name, str(at)), digest, at, at + len(name), name, MentionKind.UNIT)
                mentions.append(one)
                groups.setdefault(name, []).append(one.id)
                ends.append(Named(name, one.id))
            tie = Tie(TieKind.SUBORDINATION, ends[0], ends[1], "serves")
            claims.append(a_claim(digest, words, quote, "serves", family=Family.TIE, tie=tie, actors=()))
        desk.store.commit_reading(digest, Reading(tuple(claims), tuple(mentions), "rules 1"), "reading 1")
    actors = [
        ActorGroup(
            id=content_id(name), kind=MentionKind.UNIT, name=name, variants=(name,),
            members=tuple(Membership(one, FIRST) for one in ids),
        )
        for name, ids in groups.items()
    ]  # fmt: skip

    def counted(eyes: Eyes) -> list[tuple[str, int]]:
        desk.store.commit_consolidation(eyes.sight, actors, Consolidation((), (), ()), "test", "1")
        return [(one.told["name"], one.told["links"]) for one in desk.store.ask(eyes, listed.page, COMMAND, 9)]

    assert counted(desk.eyes) == [("Band A", 3), ("Camp C", 2), ("Camp B", 1)]
    assert counted(desk.eyes.only_open()) == [("Band A", 2), ("Camp B", 1), ("Camp C", 1)]
    first = next(c for c in desk.store.claims(desk.eyes) if c.quote.endswith("Camp B"))
    desk.settle(first, "reject")
    assert counted(desk.eyes) == [("Band A", 2), ("Camp C", 2)]
