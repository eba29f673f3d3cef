"""Archives come out member by member, byte for byte; what would do harm is stopped and named."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.kernel.vocabulary import PassageRole
from probanda.reading.formats import CannotRead, Extracted, bounds, tar_archive, zip_archive
from probanda.reading.formats.bounds import Budget, capped, clean, expanded
from probanda.reading.making import text_of as make
from probanda.reading.model import Remark
from tests.reading.making_archives import (
    NOTE,
    a_gzip_named,
    a_raw_zip,
    a_tar,
    a_tar_header,
    a_zip,
    an_overlapping_zip,
    taken_out,
    zeros_packed,
)

FILES = {"market/note.txt": NOTE.encode(), "list.csv": b"town,dead\nRasmina,9\n", "empty.txt": b""}


# ZIP -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_members_of_a_zip_come_out_byte_for_byte(way: int) -> None:
    found, remarks = taken_out(zip_archive.members, a_zip(FILES, way))
    assert dict(found) == FILES
    assert remarks == []


def test_the_text_of_an_archive_is_its_list_and_bears_no_claims() -> None:
    text = make("d" * 64, zip_archive.extract(a_zip(FILES)))
    assert "market/note.txt (73 bytes)" in text.words
    assert {(p.role, p.reason) for p in text.passages} == {(PassageRole.FURNITURE, "list of what the archive holds")}
    assert len(text.passages) == 4
    assert text.holds == 3 and text.remarks == ()


def test_an_office_document_is_not_an_archive() -> None:
    document = a_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, 0)
    assert zip_archive.recognise(document, "a.zip")
    assert not zip_archive.recognise_file(io.BytesIO(document))
    assert zip_archive.recognise_file(io.BytesIO(a_zip(FILES)))


def test_folders_are_passed_over_and_links_are_not_followed() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("folder/", b"")
        link = zipfile.ZipInfo("passwords.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/note.txt", NOTE)
    found, remarks = taken_out(zip_archive.members, made.getvalue())
    assert found == [("folder/note.txt", NOTE.encode())]
    assert [r.what for r in remarks] == ["passwords.txt"] and "link" in remarks[0].reason
    assert zip_archive.extract(made.getvalue()).holds == 1


@pytest.mark.parametrize("name", ["../../up.txt", "/etc/cron.d/x", "C:\\Windows\\x.txt", "a/../../b.txt"])
def test_a_name_that_points_outside_is_only_a_name_and_is_remarked(name: str) -> None:
    for members, data in (
        (zip_archive.members, a_raw_zip([(name.encode(), 0, b"", 0, 0)])),
        (tar_archive.members, a_tar({name: b""})),
    ):
        found, remarks = taken_out(members, data)
        assert found == [(name, b"")]
        assert [r.what for r in remarks] == [name] and "points outside" in remarks[0].reason


def test_two_members_of_one_name_are_both_kept() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("note.txt", b"first")
            archive.writestr("note.txt", b"second")
    assert taken_out(zip_archive.members, made.getvalue())[0] == [("note.txt", b"first"), ("note.txt", b"second")]


def test_a_locked_member_is_named_and_the_others_come_out() -> None:
    data = a_raw_zip([(b"locked.txt", 1, b"xxxx", 0, 4), (b"open.txt", 0, b"", 0, 0)])
    found, remarks = taken_out(zip_archive.members, data)
    assert [name for name, _ in found] == ["open.txt"]
    assert "password" in remarks[0].reason and "password" in remarks[0].fix
    extracted = zip_archive.extract(data)
    assert extracted.remarks == tuple(remarks) and extracted.holds == 1


def test_an_unknown_way_of_packing_costs_one_member() -> None:
    found, remarks = taken_out(zip_archive.members, a_raw_zip([(b"a", 0, b"xx", 9, 2), (b"b", 0, b"", 0, 0)]))
    assert [name for name, _ in found] == ["b"] and "number 9" in remarks[0].reason


def test_a_flipped_byte_in_a_member_is_found() -> None:
    data = bytearray(a_zip({"note.txt": NOTE.encode(), "other.txt": b"x"}, zipfile.ZIP_STORED))
    data[data.index(b"nine")] ^= 1
    found, remarks = taken_out(zip_archive.members, bytes(data))
    assert found == [("other.txt", b"x")]
    assert remarks[0].what == "note.txt" and "checksum" in remarks[0].reason


def test_one_bad_entry_in_the_list_does_not_hide_the_others() -> None:
    # A name that claims to be UTF-8 and is not makes common programs give up the whole archive.
    data = a_raw_zip([(b"\xff\xfe.txt", 0x800, b"", 0, 0), (b"b", 0, b"", 0, 0)])
    assert len(taken_out(zip_archive.members, data)[0]) == 2


@pytest.mark.parametrize(
    ("name", "flags", "shown"),
    [
        ("سوق.txt".encode(), 0x800, "سوق.txt"),
        ("سوق.txt".encode(), 0, "سوق.txt"),
        (b"caf\x82.txt", 0, "café.txt"),
        (b"a\x00b\n.txt", 0, "a\ufffdb\ufffd.txt"),
    ],
)
def test_names_are_read_by_stated_rules(name: bytes, flags: int, shown: str) -> None:
    assert [n for n, _ in taken_out(zip_archive.members, a_raw_zip([(name, flags, b"", 0, 0)]))[0]] == [shown]


def test_an_archive_behind_other_bytes_is_found_by_its_end() -> None:
    data = b"#!/bin/sh\n" * 30 + a_zip(FILES)
    assert dict(taken_out(zip_archive.members, data)[0]) == FILES


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_an_archive_that_breaks_off_says_so(cut: int) -> None:
    with pytest.raises(CannotRead) as caught:
        zip_archive.extract(a_zip(FILES)[:-cut])
    assert caught.value.fix


def test_a_small_archive_of_logs_is_no_bomb() -> None:
    log = b"2031-05-03 10:15:00 shell at the market\n" * 1_250_000
    found, remarks = taken_out(zip_archive.members, a_zip({"log.txt": log}))
    assert found == [("log.txt", log)] and remarks == []


def test_a_member_that_states_to_be_a_bomb_is_left_packed_and_the_others_come_out() -> None:
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = zeros.compress(bytes(1 << 20)) + zeros.flush()
    data = a_raw_zip([(b"zeros", 0, packed, 8, 110 << 20), (b"note.txt", 0, b"", 0, 0)])
    found, remarks = taken_out(zip_archive.members, data)
    assert [name for name, _ in found] == ["note.txt"]
    assert remarks[0].what == "zeros" and "expands to more than" in remarks[0].reason
    assert zip_archive.extract(data).remarks == tuple(remarks)


def test_a_member_that_is_larger_than_it_states_is_stopped() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(50 << 20)) + packer.flush()
    drawn = 0
    (member,) = zip_archive.members(io.BytesIO(a_raw_zip([(b"a", 0, packed, 8, 1000)])))
    assert not isinstance(member, Remark)
    with pytest.raises(CannotRead, match="larger than the archive says"):
        for block in member.blocks:
            drawn += len(block)
    assert drawn <= 1000


def test_members_that_lie_over_one_another_are_refused() -> None:
    data = an_overlapping_zip(5_000, 1 << 20)
    found, remarks = taken_out(zip_archive.members, data)
    assert len(found) == 1 and len(found[0][1]) == 1 << 20
    assert [r.what for r in remarks] == ["4,999 members"] and "lie over" in remarks[0].reason


def test_a_list_of_very_many_members_is_cut_with_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MOST_MEMBERS", 20)
    found, remarks = taken_out(zip_archive.members, a_zip({f"{n}.txt": b"" for n in range(50)}))
    assert len(found) == 20
    assert [r.what for r in remarks] == ["30 further files"]


def test_one_piece_of_an_archive_in_several_says_so() -> None:
    data = bytearray(a_zip(FILES))
    at = data.rindex(b"PK\x05\x06")
    data[at + 4 : at + 6] = struct.pack("<H", 2)
    with pytest.raises(CannotRead, match="several pieces"):
        zip_archive.extract(bytes(data))


# tar and packed files ------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_members_of_a_tar_come_out_byte_for_byte(mode: str, form: int) -> None:
    files = {**FILES, "long/" * 60 + "سوق.txt": NOTE.encode() * 900}
    data = a_tar(files, mode, form)
    assert tar_archive.recognise(data[:65_536], "x")
    found, remarks = taken_out(tar_archive.members, data)
    assert dict(found) == files
    assert remarks == []
    extracted = tar_archive.extract(data)
    assert extracted.holds == 4 and extracted.remarks == ()
    assert "market/note.txt (73 bytes)" in extracted.words


def test_members_that_nobody_draws_are_passed_over() -> None:
    for mode in ("w", "w:gz"):
        names = [m.name for m in tar_archive.members(io.BytesIO(a_tar(FILES, mode))) if not isinstance(m, Remark)]
        assert names == list(FILES)


def test_a_member_drawn_too_late_is_refused_rather_than_mixed_up() -> None:
    first, second, _ = tar_archive.members(io.BytesIO(a_tar(FILES)))
    assert not isinstance(first, Remark) and not isinstance(second, Remark)
    with pytest.raises(CannotRead, match="passed by"):
        list(first.blocks)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(tarfile.SYMTYPE, "link"), (tarfile.LNKTYPE, "link"), (tarfile.CHRTYPE, "device"), (tarfile.FIFOTYPE, "channel")],
)
def test_links_and_devices_are_named_and_never_followed(kind: bytes, said: str) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        odd = tarfile.TarInfo("odd")
        odd.type, odd.linkname = kind, "/etc/passwd"
        archive.addfile(odd)
        archive.addfile(tarfile.TarInfo("folder/file"))
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    found, remarks = taken_out(tar_archive.members, made.getvalue())
    assert found == [("folder/file", b"")]
    assert [r.what for r in remarks] == ["odd"] and said in remarks[0].reason


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (a_gzip_named("note.txt", NOTE.encode()), "note.txt"),
        (gzip.compress(NOTE.encode(), mtime=0), "contents"),
        (gzip.compress(NOTE.encode()[:20], mtime=0) + gzip.compress(NOTE.encode()[20:], mtime=0), "contents"),
        (bz2.compress(NOTE.encode()), "contents"),
        (lzma.compress(NOTE.encode()), "contents"),
        (gzip.compress(NOTE.encode(), mtime=0) + bytes(300), "contents"),
    ],
    ids=["gzip with a name", "gzip", "gzip in two pieces", "bzip2", "xz", "gzip and zeros"],
)
def test_a_packed_file_has_one_member(data: bytes, name: str) -> None:
    assert tar_archive.recognise(data, "x")
    assert taken_out(tar_archive.members, data) == ([(name, NOTE.encode())], [])
    assert tar_archive.extract(data).holds == 1


def test_zeros_in_gzip_are_stopped_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FLAT", 10_000_000)
    data = zeros_packed(60 << 20)
    assert len(data) < 100_000
    (member,) = tar_archive.members(io.BytesIO(data))
    assert not isinstance(member, Remark)
    drawn = 0
    with pytest.raises(CannotRead, match="expands to more than"):
        for block in member.blocks:
            drawn += len(block)
    assert drawn <= bounds.FLAT + bounds.RATIO * len(data)


def test_zeros_in_a_packed_tar_end_the_list_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "FLAT", 1_000_000)
    data = a_tar({"note.txt": NOTE.encode(), "zeros": bytes(20 << 20), "last.txt": b"x"}, "w:gz")
    found, remarks = taken_out(tar_archive.members, data)
    assert [name for name, _ in found] == ["note.txt"]
    assert [r.what for r in remarks] == ["zeros", "the rest of the archive"]
    assert all("expands to more than" in r.reason for r in remarks)
    assert any("expands to more than" in r.reason for r in tar_archive.extract(data).remarks)


def test_a_tar_of_100_000_empty_members_is_cut() -> None:
    data = gzip.compress(a_tar_header(b"e.txt", 0) * 100_000, 1)
    extracted = tar_archive.extract(data)
    assert extracted.holds == bounds.MOST_MEMBERS
    assert "Only the first 20,000" in extracted.remarks[-1].reason


def test_an_endless_name_is_passed_over_without_being_held() -> None:
    long = a_tar_header(b"././@LongLink", 8 << 20, b"L") + bytes(8 << 20)
    found, _ = taken_out(tar_archive.members, gzip.compress(long + a_tar_header(b"short.txt", 0) + bytes(1024), 1))
    assert found == [("short.txt", b"")]


@pytest.mark.parametrize("records", [b"99999999 path=x\n", b"0 path=x\n", b"11 path=ab\n" * 3000 + b"x", b"= = = ="])
def test_faulty_extended_headers_do_no_harm(records: bytes) -> None:
    padded = records + bytes(-len(records) % 512)
    data = a_tar_header(b"pax", len(records), b"x") + padded + a_tar_header(b"short.txt", 0) + bytes(1024)
    (name, _), *more = taken_out(tar_archive.members, data)[0]
    assert name in ("short.txt", "ab") and not more


def test_a_tar_that_breaks_off_gives_what_is_there() -> None:
    data = a_tar({"note.txt": NOTE.encode(), "long.txt": NOTE.encode() * 50})
    found, remarks = taken_out(tar_archive.members, data[:3000])
    assert found == [("note.txt", NOTE.encode())]
    assert "breaks off" in remarks[0].reason and remarks[0].what == "long.txt"


def test_a_damaged_header_ends_the_list_with_its_place() -> None:
    data = bytearray(a_tar({"a": b"1", "b": b"2"}, form=tarfile.USTAR_FORMAT))
    data[1024] ^= 1
    found, remarks = taken_out(tar_archive.members, bytes(data))
    assert found == [("a", b"1")] and "1,024" in remarks[0].what


def test_a_second_archive_behind_the_end_is_remarked() -> None:
    _, remarks = taken_out(tar_archive.members, a_tar({"a": b"1"}) + a_tar({"hidden": b"2"}))
    assert "behind the end" in remarks[0].reason


def test_a_file_with_holes_is_named() -> None:
    data = a_tar_header(b"disk.img", 0, b"S") + a_tar_header(b"b", 0) + bytes(1024)
    found, remarks = taken_out(tar_archive.members, data)
    assert [name for name, _ in found] == ["b"] and "holes" in remarks[0].reason


def test_an_xz_file_that_wants_much_memory_is_refused() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 29}]
    # The encoder would need several GB: the size of the dictionary is written into a small file instead.
    data = bytearray(lzma.compress(NOTE.encode(), filters=[{**filters[0], "dict_size": 1 << 16}]))
    assert data[14:16] == b"\x21\x01"
    data[16] = 34  # 2 ** (34 / 2 + 12) bytes, as the format has it
    data[20:24] = struct.pack("<L", zlib.crc32(bytes(data[12:20])))
    with pytest.raises(CannotRead, match="memory"):
        tar_archive.extract(bytes(data))


def test_damage_in_packed_bytes_is_named() -> None:
    data = bytearray(gzip.compress(NOTE.encode() * 100))
    data[30:40] = b"\xff" * 10
    with pytest.raises(CannotRead) as caught:
        list(expanded([bytes(data)], "gzip"))
    assert "damaged" in caught.value.reason
    with pytest.raises(CannotRead, match="breaks off"):
        list(expanded([gzip.compress(NOTE.encode())[:-9]], "gzip"))


# Bounds --------------------------------------------------------------------------------------------


def test_the_budget_is_two_hundred_times_the_packed_size_and_a_hundred_megabytes() -> None:
    budget = Budget(packed=1_000_000)
    budget.count(300_000_000)
    with pytest.raises(CannotRead, match="300 MB from 1 MB"):
        budget.count(1)


def test_remarks_are_capped_and_the_rest_counted() -> None:
    shown = list(capped(Remark(str(n), "", "") for n in range(1_000)))
    assert len(shown) == 201 and shown[-1].what == "800 more remarks"


def test_a_name_without_end_is_cut() -> None:
    assert len(clean("a" * 5_000)) == bounds.LONGEST_NAME + 1


def check(extracted: Extracted) -> None:
    assert all(r.reason and r.fix for r in extracted.remarks)


SOUND = (a_zip(FILES), a_tar(FILES), a_tar(FILES, "w:gz"), a_tar(FILES, "w:xz"), a_tar(FILES, "w:bz2"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SOUND), st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=8))
def test_mutated_archives_never_raise_anything_but_cannot_read(data: bytes, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(data)
    for at, value in changes:
        changed[at % len(changed)] = value
    form = zip_archive if data.startswith(b"PK") else tar_archive
    try:
        check(form.extract(bytes(changed)))
        taken_out(form.members, bytes(changed))
    except CannotRead as reason:
        assert reason.fix
