"""Names are looked for in their other forms, as far as the eyes that ask may know them, and no further."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda.access.eyes import Eyes
from probanda.actors.model import ActorGroup, Membership
from probanda.casework import searching
from probanda.claims.model import Mention, Reading
from probanda.incidents.model import Consolidation
from probanda.kernel.digests import content_id
from probanda.kernel.vocabulary import MentionKind
from probanda.store.search import Wanted
from probanda.store.store import Store
from tests.store.desk import Desk, a_text, settings

FORMS = ("Khaled al-Sarafi", "Haled Sarrafi", "خالد الصرافي", "Sarafi")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store.create(tmp_path / "case", settings(), "Ada") as store:
        yield Desk(store, store.owner)


def tell(desk: Desk, forms: tuple[str, ...], labels: tuple[str, ...] = ()) -> list[Mention]:
    """One item for each form of a name, which it mentions; the last ones with other labels."""
    mentions = []
    for n, form in enumerate(forms):
        words = f"It was {form} who came to the school on day {n}.\n"
        label = labels[n - len(forms)] if n >= len(forms) - len(labels) else "internal"
        digest = desk.add(words, f"{n}-{form}.txt", label)
        desk.store.commit_text([a_text(digest, words)], "text 1")
        start = words.index(form)
        one = Mention(content_id(digest, form), digest, start, start + len(form), form, MentionKind.PERSON)
        desk.store.commit_reading(digest, Reading((), (one,), "rules 1"), "reading 1")
        mentions.append(one)
    return mentions


def group(desk: Desk, eyes: Eyes) -> None:
    """All persons these eyes see are one."""
    seen = desk.store.mentions(eyes)
    actor = ActorGroup(
        id=min(m.id for m in seen), kind=MentionKind.PERSON, name=seen[0].words, variants=tuple(m.words for m in seen),
        members=tuple(Membership(m.id, "same name") for m in seen),
    )  # fmt: skip
    desk.store.commit_consolidation(eyes.sight, [actor], Consolidation((), (), ()), "c 1", "inputs")


def found(desk: Desk, eyes: Eyes, asked: str, *, variants: bool = True) -> tuple[int, set[str]]:
    answer = searching.ask(desk.store, eyes, asked, Wanted(), variants=variants)
    return len(answer.items), {form for one in answer.also for form in one.forms}


@pytest.mark.parametrize("asked", ['"Khaled al-Sarafi"', "khaled al-sarafi", "خالد الصرافى"])
def test_a_name_is_found_in_every_script_and_as_written_when_that_is_asked(desk: Desk, asked: str) -> None:
    tell(desk, FORMS)
    group(desk, desk.eyes)
    many, also = found(desk, desk.eyes, asked)
    assert many == 3
    assert "Haled Sarrafi" in also
    assert "Sarafi" not in also  # many bear a single name
    assert found(desk, desk.eyes, asked, variants=False) == (1, set())


def test_the_rest_of_the_question_still_holds(desk: Desk) -> None:
    tell(desk, FORMS)
    group(desk, desk.eyes)
    assert found(desk, desk.eyes, '"Khaled al-Sarafi" "day 2"')[0] == 1
    assert found(desk, desk.eyes, '"Khaled al-Sarafi" -school')[0] == 0


def test_a_form_that_stands_behind_a_wall_is_neither_told_nor_looked_for(desk: Desk) -> None:
    tell(desk, FORMS[:3], ("restricted",))
    group(desk, desk.eyes)
    walled = desk.store.eyes(desk.store.add_user(desk.eyes, "Ben"))
    assert found(desk, walled, '"Khaled al-Sarafi"') == (1, set())  # nothing was worked out for these eyes
    group(desk, walled)
    assert found(desk, walled, '"Khaled al-Sarafi"') == (2, {"Haled Sarrafi"})
    assert found(desk, walled, '"خالد الصرافي"') == (0, set())
    assert found(desk, desk.eyes, '"Khaled al-Sarafi"')[0] == 3


@pytest.mark.parametrize("other", ["Witness P-021", "protected"])
def test_a_protected_name_and_a_code_lead_to_no_other_form(desk: Desk, other: str) -> None:
    mentions = tell(desk, ("Khaled al-Sarafi", "Haled Sarrafi", other))
    group(desk, desk.eyes)
    if other == "protected":
        desk.decide("protect", mentions[1].id, words=["Haled Sarrafi"], kind="person")
    assert found(desk, desk.eyes, '"Khaled al-Sarafi"') == (1, set())


def test_a_list_of_names_is_cleaned_and_each_told(desk: Desk) -> None:
    tell(desk, FORMS)
    group(desk, desk.eyes)
    names = searching.names_in("\ufeffKhaled   al-Sarafi\r\n\n--\nNobody\nKhaled al-Sarafi\nSar*\n")
    lines = list(searching.several(desk.store, desk.eyes, names))
    assert [searching.row_of(line)[:3] for line in lines] == [
        (names[0], "3", "3"), ("Nobody", "0", "0"), ("Sar*", "3", "3"),
    ]  # fmt: skip
