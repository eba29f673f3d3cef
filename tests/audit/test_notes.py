"""Checkpoints in signed notes: what they look like, who signed them, and everything that they must not be."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.audit.keys import PublicKey, SigningKey
from probanda.audit.notes import Checkpoint, Note, read_note, signed, split_notes
from probanda.casework.verify_bundle import read_checkpoint

ORIGIN = "probanda/00112233445566778899aabbccddeeff/ffeeddccbbaa99887766554433221100"
ROOT = hashlib.sha256(b"a root").hexdigest()
STAMP = "2031-05-03T09:12:03.120Z"
KEY, OTHER = SigningKey.from_seed(b"k" * 32), SigningKey.from_seed(b"o" * 32)
PUBLIC = KEY.public(ORIGIN)
POINT = Checkpoint(ORIGIN, 17, ROOT)
NOTE = signed(POINT, KEY, ORIGIN, STAMP)


def test_a_checkpoint_is_three_lines():
    assert POINT.text == f"{ORIGIN}\n17\n{base64.b64encode(bytes.fromhex(ROOT)).decode()}\n"
    assert Checkpoint.parse(POINT.text) == POINT


def test_a_note_is_the_checkpoint_the_time_an_empty_line_and_the_signature():
    *text, empty, signature, end = NOTE.split("\n")
    assert text == [*POINT.text.splitlines(), f"time {STAMP}"]
    assert (empty, end) == ("", "")
    dash, name, encoded = signature.split(" ")
    assert (dash, name) == ("\u2014", ORIGIN)
    assert base64.b64decode(encoded) == PUBLIC.id + KEY.sign("".join(f"{line}\n" for line in text).encode())


def test_a_note_tells_what_was_signed_when_and_by_whom():
    note = read_note(NOTE)
    assert note.checkpoint == POINT
    assert note.stamp == STAMP
    assert note.signed_by([OTHER.public(ORIGIN), PUBLIC]) == PUBLIC
    assert note.signed_by([OTHER.public(ORIGIN)]) is None
    assert note.signed_by([]) is None


def test_without_a_time_the_note_has_the_three_lines_alone():
    note = read_note(signed(POINT, KEY, ORIGIN))
    assert note.text == POINT.text
    assert note.stamp is None
    assert note.signed_by([PUBLIC]) == PUBLIC


def test_a_time_that_somebody_else_wrote_in_another_way_is_no_time():
    for lines in ("time yesterday\n", f"time {STAMP}\ntime {STAMP}\n", "clock 3\n"):
        assert Note(POINT, POINT.text + lines, ()).stamp is None


@pytest.mark.parametrize("at", range(len(NOTE.partition("\n\n")[0].encode())))
def test_no_byte_of_what_was_signed_can_be_changed(at):
    changed = bytearray(NOTE.encode())
    changed[at] ^= 1
    try:
        note = read_note(changed.decode())
    except ValueError:
        return
    assert note.signed_by([PUBLIC]) is None


def test_a_key_of_the_same_name_and_one_of_the_same_bytes_are_other_keys():
    note = read_note(NOTE)
    assert note.signed_by([OTHER.public(ORIGIN)]) is None
    assert note.signed_by([KEY.public("another-name")]) is None


def second_line(text: str, key: SigningKey, name: str) -> str:
    """The line of one more signature over the same words."""
    return f"\u2014 {name} {base64.b64encode(key.public(name).id + key.sign(text.encode())).decode()}\n"


def test_signatures_of_others_stand_beside_ours_and_are_passed_over_until_their_key_is_known():
    text = NOTE.partition("\n\n")[0] + "\n"
    both = NOTE + second_line(text, OTHER, "witness.example")
    note = read_note(both)
    assert [name for name, _, _ in note.signatures] == [ORIGIN, "witness.example"]
    assert note.signed_by([PUBLIC]) == PUBLIC
    assert note.signed_by([OTHER.public("witness.example")]) == OTHER.public("witness.example")


def test_one_false_signature_of_a_known_key_makes_the_note_worth_nothing():
    false = second_line("other words\n", OTHER, "witness.example")
    note = read_note(NOTE + false)
    assert note.signed_by([PUBLIC]) == PUBLIC
    assert note.signed_by([PUBLIC, OTHER.public("witness.example")]) is None


def test_a_signature_of_another_kind_is_carried_but_does_not_count():
    other = base64.b64encode(b"\x00\x00\x00\x07" + bytes(72)).decode()
    note = read_note(f"{NOTE}\u2014 {ORIGIN} {other}\n")
    assert note.signed_by([PUBLIC]) == PUBLIC


TEXT, _, SIGNATURE = NOTE.partition("\n\n")


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ("", "an empty line"),
        (POINT.text, "an empty line"),
        (f"{TEXT}\n\n", "an empty line|not the line"),
        (NOTE.removesuffix("\n"), "line end"),
        (NOTE.replace("\u2014", "-"), "not the line of a signature"),
        (f"{TEXT}\n\n\u2014 {ORIGIN}\n", "not the line of a signature"),
        (f"{TEXT}\n\n\u2014 {ORIGIN} AAAA\n", "too short"),
        (f"{TEXT}\n\n\u2014 {ORIGIN} not-base64\n", "not base64"),
        (f"{TEXT}\n\n\u2014  {SIGNATURE.split(' ')[2]}", "a key's name"),
        (f"{TEXT}\n\n\u2014 a+b {SIGNATURE.split(' ')[2]}", "a key's name"),
        (NOTE.replace("\n17\n", "\n017\n"), "leading zeros"),
        (NOTE.replace("\n17\n", "\n-1\n"), "leading zeros"),
        (NOTE.replace("\n17\n", "\n\u0661\u0667\n"), "leading zeros"),
        (NOTE.replace("\n17\n", "\n"), "digits|three lines"),
        (NOTE.replace("\n17\n", "\n17\n\n"), "three lines"),
        (NOTE.replace("\n17\n", "\r\n17\r\n"), "control signs"),
        (NOTE.replace("17", "1\x007"), "control signs"),
        (NOTE.replace("17", "\udc80"), "UTF-8"),
        (NOTE.replace(POINT.text.splitlines()[2], "AAAA"), "64 hexadecimal"),
        (NOTE.replace(POINT.text.splitlines()[2], ROOT), "64 hexadecimal|base64"),
        (NOTE + SIGNATURE * 100, "at most 100"),
    ],
)
def test_what_is_no_note_is_named_as_such(note, problem):
    with pytest.raises(ValueError, match=problem):
        read_note(note)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": ""},
        {"origin": " "},
        {"origin": "two\nlines"},
        {"origin": "a\x00b"},
        {"size": -1},
        {"root": ROOT[:-1]},
        {"root": ROOT.upper()},
    ],
    ids=str,
)
def test_a_checkpoint_that_could_not_be_read_back_is_not_made(wrong):
    with pytest.raises(ValueError, match=r"origin|size|root"):
        Checkpoint(**{"origin": ORIGIN, "size": 17, "root": ROOT, **wrong})


@pytest.mark.parametrize("stamp", ["", "yesterday", "2031-05-03T09:12:03+02:00", "2031-05-03T09:12:03Z\nmore"])
def test_a_time_that_is_not_utc_is_not_signed(stamp):
    with pytest.raises(ValueError, match="UTC"):
        signed(POINT, KEY, ORIGIN, stamp)


def test_a_file_of_notes_is_taken_apart_into_the_very_notes():
    notes = [signed(Checkpoint(ORIGIN, n, ROOT), KEY, ORIGIN, STAMP) for n in range(3)]
    notes[1] += second_line(notes[1].partition("\n\n")[0] + "\n", OTHER, "witness.example")
    assert split_notes("".join(f"{note}\n" for note in notes)) == notes
    assert split_notes("\n".join(notes)) == notes  # without the last empty line
    assert split_notes(notes[0]) == notes[:1]
    assert split_notes("") == []


def test_a_file_of_notes_that_is_cut_anywhere_but_between_notes_is_refused():
    whole = f"{NOTE}\n{NOTE}\n"
    for end in range(1, len(whole)):
        if whole[:end] not in (NOTE, f"{NOTE}\n", f"{NOTE}\n{NOTE}"):
            with pytest.raises(ValueError, match=r"cut short|note \d of the file"):
                split_notes(whole[:end])


def test_notes_with_more_than_one_empty_line_between_them_are_refused():
    for data in (f"{NOTE}\n\n{NOTE}", f"\n{NOTE}", f"{NOTE}\n\n", f"{NOTE}{NOTE}"):
        with pytest.raises(ValueError, match=r"cut short|note \d of the file"):
            split_notes(data)


@settings(deadline=None)
@given(st.integers(0, 2**53), st.binary(min_size=32, max_size=32))
def test_any_size_and_root_come_back_and_the_stranger_s_script_reads_the_same(size, root):
    note = signed(Checkpoint(ORIGIN, size, root.hex()), KEY, ORIGIN)
    assert read_note(note).checkpoint == Checkpoint(ORIGIN, size, root.hex())
    origin, found_size, found_root, text, signatures = read_checkpoint(note)
    assert (origin, found_size, found_root) == (ORIGIN, size, root)
    assert PublicKey(ORIGIN, PUBLIC.key).verifies(signatures[0][1][4:], text)


@settings(deadline=None)
@given(st.text())
def test_words_that_are_no_note_raise_value_error_and_nothing_else(words):
    for read in (read_note, split_notes, Checkpoint.parse, PublicKey.parse):
        try:
            read(words)
        except ValueError as wrong:
            assert str(wrong)
        else:
            assert words == ""
