"""Chats: each message with its number, time and sender; what the program wrote is nobody's words."""

from __future__ import annotations

import io
import json

import pytest

from probanda.reading import parts
from probanda.reading.formats import CannotRead, chat_layout, recognise
from probanda.reading.formats.chat_words import words
from probanda.reading.formats.whatsapp import FORMAT, extract
from probanda.reading.locating import locator_of
from probanda.reading.making import text_of
from probanda.reading.messages import Message, messages_of
from probanda.reading.model import Text
from probanda.reading.wire import text_from, to_wire
from tests.reading import making_chats as chats
from tests.reading.making_archives import a_zip, taken_out


def made(chat: str) -> Text:
    return text_of("d" * 64, extract(chat.encode()))


def told(text: Text, one: Message) -> tuple[int, str | None, str, list[str]]:
    sender = text.words[slice(*one.sender)] if one.sender else ""
    return one.number, one.sent, sender, [text.words[p.start : p.end] for p in one.said]


def all_told(text: Text) -> list[tuple[int, str | None, str, list[str]]]:
    return [told(text, one) for one in messages_of(text)]


def notes(text: Text) -> list[str]:
    """What the program wrote, but times and senders."""
    plain = ("time of a message", "sender of a message")
    return [text.words[p.start : p.end] for p in text.passages if p.role == "furniture" and p.reason not in plain]


def days(*lines: str) -> list[str | None]:
    chat = "".join(f"{line} - {name}: Yes\n" for line in lines for name in ("Rami", "Rami"))
    return list(dict.fromkeys(one.sent for one in messages_of(made(chat))))


def test_a_chat_of_an_iphone_message_by_message() -> None:
    text = made(chats.IPHONE)
    assert all_told(text) == [
        (1, "2031-05-04T14:03:12", "Rami Odell", [
            "Soldiers of the Salt Road Battalion shot two fishermen at the gate yesterday.", "They were not armed.",
        ]),
        (2, "2031-05-04T14:05:00", chats.NUMBER, []),
        (3, "2031-05-04T14:06:12", chats.NUMBER, ["We saw the gunmen beat my brother at the checkpoint on Friday."]),
        (4, "2031-05-05T09:00:01", "Lena", []),
        (5, "2031-05-15T09:00:07", "Lena", ["The battalion burned six houses in Delma on Sunday."]),
    ]  # fmt: skip
    assert notes(text) == [
        f"Harbour watch: {chats.LRM}Messages and calls are end-to-end encrypted.",
        f"<attached: {chats.PHOTO}>", "This message was deleted.", "<This message was edited>",
    ]  # fmt: skip
    assert text.restricted_reason == "is a chat: 5 messages of 3 senders"


def test_an_arabic_chat_of_android_with_its_digits_and_signs() -> None:
    text = made(chats.ARABIC)
    assert [(n, sent, who) for n, sent, who, _ in all_told(text)] == [
        (1, "2031-05-04T14:03", "أحمد الراعي"),
        (2, "2031-05-04T14:05", chats.NUMBER),
        (3, "2031-05-04T14:06", chats.NUMBER),
        (4, "2031-05-05T09:00", "أحمد الراعي"),
        (5, "2031-05-05T00:04", "أحمد الراعي"),
    ]
    assert text.language == "ar" and all_told(text)[1][3] == ["السوق بعد القصف"]
    assert [one.what for one in text.remarks] == ["what a saved chat leaves out", "1 file left out"]


@pytest.mark.parametrize("chat", [chats.IPHONE, chats.ARABIC, chats.SIGNAL, chats.IPHONE.replace("\r\n", "\n")])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_word_stands_in_the_bytes_where_it_is_said_to(chat: str, codec: str) -> None:
    data = chat.encode(codec)
    text = text_of("d" * 64, extract(data))
    plain = codec.removesuffix("-sig")
    assert text.runs and list(messages_of(text))
    for run in text.runs:
        said = data[run.byte_start : run.byte_end].decode("utf-16-le" if plain == "utf-16" else plain)
        assert said == text.words[run.start : run.end]


def test_a_place_in_a_message_is_its_number_and_time() -> None:
    text = made(chats.IPHONE)
    start = text.words.index("beat my brother")
    place = locator_of(text, start, start + 4)
    assert place is not None and (place.message, place.sent) == (3, "2031-05-04T14:06:12")
    assert text_from(json.loads(json.dumps(to_wire(text))), text.item) == text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["4/5/31, 2:03 PM", "13/5/31, 2:03 AM"], ["2031-05-04T14:03", "2031-05-13T02:03"]),
        (["4/5/31, 2:03 PM", "4/13/31, 12:03 AM"], ["2031-04-05T14:03", "2031-04-13T00:03"]),
        (["4.5.31, 14:03"], ["2031-05-04T14:03"]),
        (["04/05/2031 à 14:03"], ["2031-05-04T14:03"]),
        (["2031-05-04 14:03"], ["2031-05-04T14:03"]),
        (["9/5/31, 14:03", "2/6/31, 14:03"], ["2031-05-09T14:03", "2031-06-02T14:03"]),
        ([f"{n}/5/31, 9:03" for n in (4, 5, 7)], [f"2031-05-0{n}T09:03" for n in (4, 5, 7)]),
        ([f"4/5/31, 2:03{chats.NARROW}p. m.", "14/5/31, 2:03 PM"], ["2031-05-04T14:03", "2031-05-14T14:03"]),
        (["۱۴/۵/۲۰۳۱، ۱۴:۰۳"], ["2031-05-14T14:03"]),
    ],
)  # fmt: skip
def test_which_number_is_the_day_is_told_from_the_whole_file(lines: list[str], expected: list[str]) -> None:
    assert days(*lines) == expected


@pytest.mark.parametrize("lines", [["4/5/31, 14:03"], ["13/5/31, 14:03", "5/13/31, 14:03"], ["14/2/1410, 14:03"]])
def test_a_day_that_could_be_two_or_is_of_another_calendar_stays_open_and_it_is_said(lines: list[str]) -> None:
    assert days(*lines) == [None]
    text = made("".join(f"{line} - Rami: Yes\n" for line in lines))
    assert any(one.what.startswith("days of") for one in text.remarks)


def test_the_same_number_twice_is_one_day_in_any_order() -> None:
    assert days("5/5/31, 14:03") == ["2031-05-05T14:03"]


@pytest.mark.parametrize("said", sorted(words().deleted))
def test_a_deleted_message_is_nobodys_words(said: str) -> None:
    text = made(f"[04/05/2031, 14:03:12] Rami: {chats.LRM}{said.capitalize()}.\n[04/05/2031, 14:03:13] Rami: Yes\n")
    assert [one[3] for one in all_told(text)] == [[], ["Yes"]]


@pytest.mark.parametrize("said", sorted(words().omitted))
def test_a_file_left_out_is_counted(said: str) -> None:
    text = made(f"04/05/2031, 14:03 - Rami: <{said}>\n04/05/2031, 14:03 - Rami: Yes\n")
    assert [one[3] for one in all_told(text)] == [[], ["Yes"]] and text.remarks[1].what == "1 file left out"


@pytest.mark.parametrize("said", sorted(words().attached))
def test_a_file_that_was_sent_is_named(said: str) -> None:
    text = made(
        f"04/05/2031, 14:03 - Rami: IMG-20310504-WA0001.jpg ({said})\nThe gate\n04/05/2031, 14:03 - Rami: Yes\n"
    )
    assert [one[3] for one in all_told(text)] == [["The gate"], ["Yes"]]


@pytest.mark.parametrize("said", sorted(words().edited))
def test_an_edited_message_keeps_its_words(said: str) -> None:
    text = made(f"[04/05/2031, 14:03:12] Rami: Yes {chats.LRM}<{said}>\n[04/05/2031, 14:03:13] Rami: No\n")
    assert [one[3] for one in all_told(text)] == [["Yes"], ["No"]] and notes(text) == [f"<{said}>"]


@pytest.mark.parametrize("said", words().program)
def test_a_line_of_the_program_is_no_message(said: str) -> None:
    text = made(f"04/05/2031, 14:03 - {said}\n04/05/2031, 14:03 - Rami: Yes\n")
    assert [one[2:] for one in all_told(text)] == [("Rami", ["Yes"])] and notes(text) == [said]


def test_a_line_of_the_program_with_a_colon_names_no_sender() -> None:
    text = made("4/5/31, 14:03 - Rami changed the subject from “a: b” to “c”\n4/5/31, 14:03 - Rami: Yes\n")
    assert [one[2] for one in all_told(text)] == ["Rami"]


def test_who_speaks_of_encryption_over_several_lines_goes_on_speaking() -> None:
    said = "They told us: messages and calls are end-to-end encrypted.\nThen they came."
    text = made(f"4/5/31, 14:03 - Rami: {said}\n4/5/31, 14:03 - Rami: Yes\n")
    assert len(all_told(text)[0][3]) == 2


@pytest.mark.parametrize(
    "prose",
    [
        "4 May 2031\nRami: We went to the gate.\nLena: I stayed.\n",
        "04/05/2031 14:03 - Market shelled: nine dead\n04/05/2031 16:00 - Clinic: two\n05/05/2031 9:00 - Road: shut\n",
        "[1] Rami: see the report\n[2] Rami: see the map\n",
        "2031-05-04 14:03 the gate was closed, Rami said: nobody passed.\n",
        "",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_chat_is_none(prose: str) -> None:
    assert not FORMAT.recognise(prose.encode(), "notes.txt")


@pytest.mark.parametrize("chat", [chats.IPHONE, chats.ARABIC, chats.SIGNAL])
def test_a_chat_is_known_by_its_lines_whatever_it_is_called(chat: str) -> None:
    assert recognise(chat.encode(), "notes.csv").name == "chat"
    assert recognise(chat.encode("utf-16"), "x").name == "chat"


def test_a_chat_of_more_messages_than_are_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_layout, "MOST_MESSAGES", 2)
    text = made(chats.IPHONE)
    assert [one[0] for one in all_told(text)] == [1, 2] and text.remarks[-1].what == "the rest of the chat"


def test_a_large_chat_comes_in_parts_and_no_message_is_cut_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 300)
    data = chats.ARABIC.encode()
    found = list(parts.texts_of(io.BytesIO(data), "d" * 64, "chat.txt"))
    numbers = [one.number for text in found for one in messages_of(text)]
    assert len(found) > 1 and numbers == [1, 2, 3, 4, 5]
    assert all(one.sender is not None for text in found for one in messages_of(text))


# With its media --------------------------------------------------------------------------------------------


def test_an_archive_says_which_message_names_which_file_and_what_is_missing() -> None:
    from probanda.reading.formats import chat_zip

    data = chats.a_chat_zip(files=("IMG-20310504-WA0001.jpg", "stray.jpg"))
    form = recognise(data, "x.zip", io.BytesIO(data))
    text = text_of("d" * 64, form.extract(data))
    assert form.name == "chat with its media" and text.holds == 3 and text.restricted_reason
    line = "Message 2 of WhatsApp Chat with Harbour watch.txt names IMG-20310504-WA0001.jpg"
    start = text.words.index(line)
    place = locator_of(text, start, start + 1)
    assert place is not None and place.message == 2
    assert [one.what for one in text.remarks] == ["1 file that no message names"]
    names = [name for name, _ in taken_out(chat_zip.FORMAT.members, data)[0]]  # type: ignore[arg-type]
    assert names == ["WhatsApp Chat with Harbour watch.txt", "IMG-20310504-WA0001.jpg", "stray.jpg"]
    bare = text_of("d" * 64, form.extract(chats.a_chat_zip(files=())))
    assert [one.what for one in bare.remarks] == ["IMG-20310504-WA0001.jpg"]


def test_an_archive_whose_chat_is_too_large_is_withheld_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from probanda.reading.formats import whatsapp

    data = chats.a_chat_zip()
    monkeypatch.setattr(whatsapp, "LARGEST", 400)
    form = recognise(data, "x.zip", io.BytesIO(data))
    assert form.name == "chat with its media" and form.extract(data).restricted == "holds the text of a chat"


def test_an_archive_without_a_chat_at_its_top_is_an_archive() -> None:
    for files in ({"a.txt": b"Nothing."}, {"deep/_chat.txt": chats.IPHONE.encode()}, {"_chat.txt": b"\xff\xd8"}):
        data = a_zip(files)
        assert recognise(data, "x.zip", io.BytesIO(data)).name == "ZIP archive"


# Telegram --------------------------------------------------------------------------------------------------


def of_telegram(value: object) -> Text:
    data = chats.as_json(value)
    form = recognise(data, "result.json")
    assert form.name == "Telegram chat"
    return text_of("d" * 64, form.extract(data))


def test_a_chat_of_telegram_message_by_message() -> None:
    text = of_telegram(chats.telegram(*chats.MESSAGES))
    assert all_told(text) == [
        (1, "2031-05-04T14:03:13+02:00", "Rami Odell", [
            "Soldiers of the Salt Road Battalion shot two fishermen at the gate yesterday.",
        ]),
        (2, "2031-05-04T14:03:14+02:00", "Rami Odell", ["Troops burned six houses in Delma on 2 May 2031."]),
        (3, "2031-05-04T14:03:15+02:00", "Rami Odell", []),
        (4, "2031-05-04T14:03:16+02:00", "Rami Odell", []),
        (5, "2031-05-04T14:03:17+02:00", "user42", ["I do not know."]),
    ]  # fmt: skip
    second = list(messages_of(text))[1]
    assert second.forwarded is not None and text.words[slice(*second.forwarded)] == "Delma News"
    assert "answers message 1" in notes(text) and "edited 2031-05-04T15:00:00" in notes(text)
    assert "photos/photo_1@04-05-2031_14-03-15.jpg" in notes(text) and "talk.ogg" in notes(text)
    assert text.restricted_reason == "is a chat: 5 messages of 2 senders"


def of_pages(*messages: str) -> Text:
    data = chats.telegram_pages(*messages)
    form = recognise(data, "messages.html")
    assert form.name == "Telegram chat as pages"
    return text_of("d" * 64, form.extract(data))


def test_a_chat_that_telegram_saved_as_pages_is_read_as_its_json_is() -> None:
    text, same = of_pages(), of_telegram(chats.telegram(*chats.MESSAGES))
    expected = all_told(same)
    expected[1][3][0:1] = ["Troops burned six houses\nin Delma & Tisarin on 2 May 2031."]
    assert all_told(text) == [
        *expected[:4],
        (5, "2031-05-04T14:03:17+02:00", "", ["I do not know."]),
        (6, "2031-05-04T14:03:18", "Lena Harrow", ["Nor I."]),
    ]
    assert text.media_type == same.media_type
    second = list(messages_of(text))[1]
    assert second.forwarded is not None and text.words[slice(*second.forwarded)] == "Delma News"
    assert "answers message 1" in notes(text) and "Rami Odell created group" in notes(text)
    assert "photos/photo_1@04-05-2031_14-03-15.jpg" in notes(text) and "Voice message" in notes(text)
    assert not {"4 May 2031", "14:03", "RO", "Lena", "09:00:00", chats.NUMBER, "Exported"} & set(text.words.split("\n"))
    assert text.restricted_reason == "is a chat: 6 messages of 2 senders"
    assert any("contacts" in r.what and r.reason.startswith("1 of them") for r in text.remarks)


def test_a_message_behind_a_forwarded_one_is_its_senders_own() -> None:
    inner = '<div class="forwarded body"><div class="text">And again.</div></div>'
    first = inner.replace('<div class="text">', '<div class="from_name">Delma News</div><div class="text">')
    first = chats.pages_message(1, first, sender="Rami Odell")
    text = of_pages(first, chats.pages_message(2, inner), chats.pages_message(3, '<div class="text">I know.</div>'))
    told = [text.words[slice(*one.forwarded)] if one.forwarded else None for one in messages_of(text)]
    assert told == ["Delma News", "Delma News", None]
    assert {one[2] for one in all_told(text)} == {"Rami Odell"}


@pytest.mark.parametrize("cut", [-1, -40, -300, 700, 1500])
def test_pages_that_break_off_or_are_put_together_wrongly_lose_no_other_message(cut: int) -> None:
    whole = chats.telegram_pages()
    form = recognise(whole, "messages.html")
    text = text_of("d" * 64, form.extract(whole[:cut]))
    whole_ones = max(0, len(all_told(text)) - 1)
    assert all_told(text)[:whole_ones] == all_told(of_pages())[:whole_ones]
    deep = b'<div class="text">' * 3000 + b"</b></i>"
    text = text_of("d" * 64, form.extract(whole.replace(b'<div class="text">', deep, 2)))
    text.words.encode()


def test_a_page_without_a_message_is_refused() -> None:
    data = chats.telegram_pages("<p>Nothing</p>")
    with pytest.raises(CannotRead, match="no message"):
        recognise(data, "messages.html").extract(data)


def test_all_chats_of_an_account_and_a_public_channel() -> None:
    one, other = chats.telegram(chats.MESSAGES[1]), chats.telegram(chats.MESSAGES[5], name="Kin", kind="personal_chat")
    whole = {"about": "x", "personal_information": {"user_id": 1}, "chats": {"about": "x", "list": [one, other, 3]}}
    text = of_telegram(whole)
    assert [one[0] for one in all_told(text)] == [1, 2] and any("1 entry" in r.what for r in text.remarks)
    assert of_telegram(chats.telegram(*chats.MESSAGES, kind="public_channel")).restricted_reason is None


@pytest.mark.parametrize(
    "harm",
    [
        {"messages": [[], 3, None, {"type": "message"}, {"text": {"a": 1}}, {"date": 5, "text": [1, {"text": 2}, ""]}]},
        {"messages": [chats.a_message(1, "\ud800 half", date_unixtime="9" * 400, **{"from": {"a": 1}})]},
        {"messages": [chats.a_message(1, "Yes", date="2031-99-04T14:03:12", id=None, photo=[1])]},
    ],
)  # fmt: skip
def test_values_of_the_wrong_kind_break_nothing(harm: dict[str, object]) -> None:
    data = json.dumps({"type": "private_group", **harm}).encode()
    form = recognise(data, "result.json")
    text = text_of("d" * 64, form.extract(data))
    text.words.encode()
    assert text_from(json.loads(json.dumps(to_wire(text))), text.item) == text


def test_json_without_end_or_bottom_is_refused_with_the_reason() -> None:
    sound = chats.as_json(chats.telegram(*chats.MESSAGES))
    form = recognise(sound, "result.json")
    for data, said in (
        (sound[:-50], "cut short"),
        (b'{"type": "private_group", "messages": [' + b"[" * 100_000, "more deeply"),
        (b'{"type": "private_group", "messages": []}', "no message"),
    ):
        with pytest.raises(CannotRead, match=said):
            form.extract(data)
