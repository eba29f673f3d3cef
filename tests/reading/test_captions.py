"""Captions: sentences run over them, words keep their time and bytes, and whoever speaks is named by the file."""

from __future__ import annotations

import pytest

from probanda.claims import reader_for
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, captions, observation, recognise
from probanda.reading.locating import locator_of
from probanda.reading.making import text_of
from probanda.reading.messages import OBSERVED, is_told, messages_of
from probanda.reading.model import Text
from probanda.reading.wire import text_from, to_wire
from tests.reading import making_media as media


def made(words: str | bytes) -> Text:
    data = words if isinstance(words, bytes) else words.encode()
    form = recognise(data, "a.txt")
    return text_of("0" * 64, form.extract(data))


def said(text: Text) -> list[str]:
    return [text.words[p.start : p.end] for p in text.passages if p.role is PassageRole.BODY]


def test_a_sentence_over_several_captions_is_one_and_keeps_its_time_and_bytes() -> None:
    data = ("\ufeff" + media.SRT.replace("Delma", "دلما")).encode()
    text = made(data)
    first, second = said(text)
    assert first == "Soldiers of the Salt Road Battalion shot two fishermen at the gate of دلما."
    assert second == "They burned six houses & a school."
    at = text.words.index("shot two")
    place = locator_of(text, at, text.words.index("دلما") + 4)
    assert place is not None and place.time == "00:00:01.000-00:00:05.000"
    later = locator_of(text, text.words.index("burned"), len(text.words))
    assert later is not None and later.time == "00:01:20.000-00:01:24.000"
    for run in text.runs:
        there = data[run.byte_start : run.byte_end].decode()
        assert there in (text.words[run.start : run.end], "&amp;")
    assert text_from(to_wire(text), text.item) == text


def test_voices_that_the_file_names_tell_their_own_turns() -> None:
    text = made(media.VTT)
    assert is_told(text.media_type) and text.language == "en"
    told = [
        (text.words[slice(*m.sender)], [text.words[p.start : p.end] for p in m.said])
        for m in messages_of(text)
        if m.sender
    ]
    assert told == [
        ("Rami Odell", ["The battalion burned six houses in Delma on 2 May 2031."]),
        ("Lena Harrow", ["Soldiers shot my neighbour at the gate."]),
    ]
    reader = reader_for("en", text.media_type)
    assert reader is not None and reader.name == reader_for("en").name  # type: ignore[union-attr]


def test_captions_that_roll_give_each_line_once_and_are_machine_text() -> None:
    text = made(media.ROLLING)
    assert said(text) == ["the soldiers came at night"]
    assert text.machine is not None and "time of its own" in text.machine


@pytest.mark.parametrize(
    "words",
    ["1\n\nOne arrow --> two\n", "WEBVTTER\n\nwords", "12:30 --> the square\n", "1\n00:00:01 -> 00:00:02\nHello\n"],
)
def test_other_texts_are_no_captions(words: str) -> None:
    assert recognise(words.encode(), "a.srt").name == "plain text"


def test_faulty_captions_are_read_as_far_as_they_go_and_remarked() -> None:
    text = made("1\n00:00:09,000 --> 00:00:04,000\nFirst.\n\nlost words\n\n2\n00:00:10,0 --> 00:00:11,0\nSecond.\n")
    assert " ".join(said(text)) == "First. Second."
    assert [one.what for one in text.remarks] == ["times of captions", "lines without a time"]
    assert text.located[0].locator.time == "00:00:09.000-00:00:09.000"
    with pytest.raises(CannotRead):
        captions.extract(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n")


def test_an_observation_is_told_by_its_observer_at_its_part() -> None:
    data = observation.written(
        "ab" * 32, "00:01:20.000-00:01:24.000", (10, 20, 110, 220), "M. Ode", "2031-05-04T10:00:00Z",
        "Soldiers beat a man.\n\nA van waits.",
    )  # fmt: skip
    text = made(data)
    assert text.media_type == OBSERVED and said(text) == ["Soldiers beat a man.", "A van waits."]
    (one,) = messages_of(text)
    assert one.sender is not None and text.words[slice(*one.sender)] == "M. Ode"
    place = locator_of(text, *(text.passages[-1].start, text.passages[-1].end))
    assert place is not None and (place.time, place.box) == ("00:01:20.000-00:01:24.000", (10, 20, 110, 220))
    whole = made(observation.written("ab" * 32, None, None, "M. Ode", "2031-05-04T10:00:00Z", "A bridge."))
    assert [len(m.said) for m in messages_of(whole)] == [1]


@pytest.mark.parametrize("end", ["", "By: x\n", "Of: sha256:12\nBy: x\nNoted: 2031-05-04T10:00\n\nwords", "\n\n\n"])
def test_what_only_begins_as_an_observation_is_refused(end: str) -> None:
    with pytest.raises(CannotRead):
        made(f"{observation.FIRST}\n{end}")
