"""Claims of a chat: each message is its sender's, dated from its own day; nobody's words are taken for another's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probanda.casework.stages import with_places
from probanda.claims import reader_for
from probanda.claims.model import DOC, Claim, Reading
from probanda.kernel.digests import sha256
from probanda.kernel.vocabulary import MentionKind, Modality
from probanda.reading.formats import telegram, whatsapp
from probanda.reading.making import text_of
from probanda.reading.model import Text
from tests.reading import making_chats as chats


def text_from(data: bytes, module: object = whatsapp) -> Text:
    return text_of(sha256(data), module.extract(data))  # type: ignore[attr-defined]


def read(one: Text, language: str) -> Reading:
    reader = reader_for(language, one.media_type)
    assert reader is not None and reader.maker.startswith("chats ")
    return with_places(one, reader.read(one))


def by_message(reading: Reading) -> dict[int, Claim]:
    return {one.locator.message: one for one in reading.claims if one.locator and one.locator.message}


def said_by(claim: Claim) -> list[str]:
    return [one.words for one in claim.speakers]


@pytest.fixture(scope="module")
def english() -> tuple[Text, Reading]:
    one = text_from(chats.IPHONE.encode())
    return one, read(one, "en")


def test_the_sender_of_a_message_says_it_and_its_day_is_what_yesterday_counts_from(
    english: tuple[Text, Reading],
) -> None:
    found = by_message(english[1])
    assert said_by(found[1]) == [DOC, "Rami Odell"] and found[1].date_from == "2031-05-03"
    assert said_by(found[3]) == [DOC, chats.NUMBER] and found[3].date_from == "2031-05-02"
    assert said_by(found[5]) == [DOC, "Lena"] and found[5].date_from == "2031-05-11"
    assert {one.modality for one in found.values()} == {Modality.ALLEGED}


def test_every_quote_stands_at_its_offsets_and_every_mention_too(english: tuple[Text, Reading]) -> None:
    text, reading = english
    assert all(text.words[one.start : one.end] == one.quote for one in reading.claims)
    assert all(text.words[one.start : one.end] == one.words for one in reading.mentions)


def test_whoever_writes_in_a_chat_is_a_person_also_without_a_claim(english: tuple[Text, Reading]) -> None:
    persons = {one.words for one in english[1].mentions if one.kind is MentionKind.PERSON}
    assert persons >= {"Rami Odell", "Lena", chats.NUMBER}


def test_whom_a_sender_has_it_from_stands_behind_the_sender() -> None:
    found = by_message(read(text_from(chats.ARABIC.encode()), "ar"))
    assert said_by(found[1]) == [DOC, "أحمد الراعي"] and found[1].date_from == "2031-05-03"
    assert said_by(found[3]) == [DOC, chats.NUMBER] and found[3].date_from == "2031-05-04"
    assert said_by(found[5]) == [DOC, "أحمد الراعي", "سارة"]


def test_a_forwarded_message_is_from_the_one_it_was_forwarded_from() -> None:
    one = text_from(chats.as_json(chats.telegram(*chats.MESSAGES)), telegram)
    found = by_message(read(one, "en"))
    assert said_by(found[1]) == [DOC, "Rami Odell"] and said_by(found[2]) == [DOC, "Rami Odell", "Delma News"]
    assert "forwarded from" in found[2].why


@pytest.mark.parametrize("again", [lambda line: line * 2, lambda line: line + line.replace("12]", "13]")])
def test_the_same_words_sent_twice_are_two_claims_at_two_places(again: Callable[[str], str]) -> None:
    line = "[04/05/2031, 14:03:12] Rami: Soldiers of the Salt Road Battalion shot two fishermen at the gate.\n"
    reading = read(text_from(again(line).encode()), "en")
    assert len({one.id for one in reading.claims}) == len(reading.claims) == 2
    assert len({one.id for one in reading.mentions}) == len(reading.mentions)


def test_words_of_one_sender_are_no_account_of_the_next() -> None:
    chat = (
        "[04/05/2031, 14:03:12] Rami: Colonel Adel Marrun told me that he saw it.\n"
        "[04/05/2031, 14:04:12] Lena: They shot two fishermen at the gate.\n"
        "[04/05/2031, 14:05:12] Lena: Yes\n"
    )
    (claim,) = read(text_from(chat.encode()), "en").claims
    assert said_by(claim) == [DOC, "Lena"] and all("Marrun" not in one.words for one in claim.actors)
