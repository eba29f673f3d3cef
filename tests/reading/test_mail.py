"""An e-mail's words are its author's; headers, quotations and signatures are not; what is attached comes out whole."""

# ruff: noqa: E501 (messages in tables stand on one line)

from __future__ import annotations

import io
import tracemalloc
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.reading.formats import Extracted, eml, mail, mbox
from probanda.reading.formats import recognise as recognise_any
from probanda.reading.making import text_of as make
from probanda.reading.model import Remark, Text
from tests.reading.making_archives import (
    HEADERS,
    REPORT,
    a_multipart,
    a_part,
    an_attachment,
    an_email,
    an_email_of,
    taken_out,
)
from tests.reading.making_texts import roles_of

PICTURE = bytes(range(256)) * 30
QUOTED = "> The army denied that it had fired.\r\n> It named nobody."


def text_of(data: bytes) -> Text:
    return make("d" * 64, eml.extract(data))


def body_of(data: bytes) -> str:
    """The words that may bear claims."""
    text = text_of(data)
    return "\n".join(text.words[p.start : p.end] for p in text.body)


# Recognising ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "is_mail"),
    [
        (an_email(), "x", True),
        (b"Received: from a by b\nSubject: x\n\nwords", "x", True),
        (b"From: a@harbour.example\nTo: b\nDate: Sat, 03 May 2031 10:15:00 +0200\n\nwords", "x", True),
        (b"From: The press office\nDate: 3 May 2031\nSubject: Shells\n\nThe council said", "x.txt", False),
        (b"From: The press office\nDate: 3 May 2031\nSubject: Shells\n\nThe council said", "x.eml", True),
        (
            b"From: Marshal al-Shammaq\nTo: all units\nDate: 3 May 2031\n\nNobody is to be left alive.",
            "order.txt",
            False,
        ),
        (b"Subject: Shells\n\nThe council said", "x.eml", False),
        (b"From: the harbour\nwe saw Date: nothing\n\n", "x.eml", False),
        (b"Message-ID: <1@a>\nDate: x\nthis line is no header\n\n", "x.eml", False),
        (REPORT.encode(), "x.eml", False),
        (b"", "x.eml", False),
    ],
)
def test_header_lines_that_only_e_mail_has_make_an_e_mail(data: bytes, name: str, is_mail: bool) -> None:
    assert eml.recognise(data, name) is is_mail


# Words ---------------------------------------------------------------------------------------------


def test_headers_are_furniture_and_the_words_are_body() -> None:
    text = text_of(an_email())
    assert roles_of(text) == [
        ("furniture", "From: Nadia Berrow <nadia@harbour.example>"),
        ("furniture", "To: Leyla Orsan <leyla@watch.example>"),
        ("furniture", "Date: Sat, 03 May 2031 10:15:00 +0200"),
        ("furniture", "Subject: Shells on the market"),
        ("body", REPORT),
    ]
    assert text.passages[0].reason == "e-mail header"
    assert (text.title, text.publisher, text.media_type) == ("Shells on the market", None, "message/rfc822")
    assert text.dated is not None and text.dated.start == "2031-05-03" and "Date header" in text.dated.reason


def test_words_of_a_plain_part_are_found_in_the_bytes() -> None:
    data = an_email(f"Café in Rasmina.\r\n\r\n{QUOTED}\r\n\r\n{REPORT}")
    extracted = eml.extract(data)
    assert len(extracted.runs) == 3
    for run in extracted.runs:
        assert data[run.byte_start : run.byte_end].decode() == extracted.words[run.start : run.end]


@pytest.mark.parametrize(
    ("sent", "kind", "way"),
    [
        (REPORT.encode(), "text/plain", "7bit"),
        (b64encode(REPORT.encode()), "text/plain; charset=utf-8", "base64"),
        (REPORT.replace("shells", "=73hells").replace(" on ", " =\r\non ").encode(), "text/plain", "quoted-printable"),
        (f"<p>{REPORT}</p>".encode(), "text/html", "8bit"),
        (b64encode(f"<html><body><p>{REPORT}</p></body></html>".encode("utf-16-le")), "text/html; charset=utf-16le", "base64"),
    ],
)  # fmt: skip
def test_words_come_out_however_they_were_sent(sent: bytes, kind: str, way: str) -> None:
    head = f"{HEADERS}Content-Type: {kind}\r\nContent-Transfer-Encoding: {way}\r\n\r\n".encode()
    assert body_of(head + sent + b"\r\n") == REPORT


def test_arabic_in_windows_1256_is_read_as_the_message_says() -> None:
    words = "قال المجلس إن القذائف أصابت السوق"
    data = an_email(kind="text/plain; charset=windows-1256").replace(REPORT.encode(), words.encode("cp1256"))
    text = text_of(data)
    assert words in text.words
    assert (text.encoding, text.encoding_reason) == ("cp1256", "the message says windows-1256")


def test_a_charset_that_its_bytes_are_not_gives_way_to_the_bytes() -> None:
    data = an_email(kind="text/plain; charset=utf-8").replace(b"Nadia Berrow told", "Été, told".encode("cp1252"))
    text = text_of(data)
    assert "Été, told" in text.words and "which its bytes are not" in text.encoding_reason


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("=?utf-8?B?2LPZiNmC?=", "سوق"),
        ("=?utf-8?B?2LPZ?= =?utf-8?B?iNmC?=", "سوق"),
        ("=?utf-8?Q?Caf=C3=A9_in?= Rasmina", "Café in Rasmina"),
        ("=?windows-1256?Q?=D3=E6=DE?= (market)", "سوق (market)"),
        ("=?utf-8?Q?one?= and =?utf-8?Q?two?=", "one and two"),
        ("=?nonsense?Q?word?=", "word"),
        ("=?utf-8?B?!!!?= x", "x"),
        ("=?utf-8?Q?two=0Alines=00?=", "two lines\ufffd"),
        ("folded\r\n over lines", "folded over lines"),
        ("Été in raw bytes", "Été in raw bytes"),
    ],
)
def test_encoded_words_in_headers_are_decoded(sent: str, shown: str) -> None:
    assert eml.extract(an_email(headers=HEADERS.replace("Shells on the market", sent))).title == shown


def test_the_plain_form_of_a_message_written_twice_is_read() -> None:
    both = a_multipart(
        a_part(REPORT), a_part(f"<p>{REPORT} <b>Rich.</b></p>", "text/html"), kind="alternative", sign="in"
    )
    assert body_of(an_email_of(both)) == REPORT
    assert eml.extract(an_email_of(both)).holds == 0


def test_the_page_is_read_where_the_plain_form_is_a_stub() -> None:
    both = a_multipart(a_part("Needs HTML."), a_part(f"<p>{REPORT}</p>", "text/html"), kind="alternative", sign="in")
    assert body_of(an_email_of(both)) == REPORT


# Another's words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f"{REPORT}\r\n{QUOTED}",
        f"{REPORT}\r\n\r\nOn Fri, 2 May 2031 at 09:00, Idris <i@army.example> wrote:\r\n{QUOTED}",
        f"{REPORT}\r\n\r\nOn Fri, 2 May 2031, Idris al-Shammaq\r\n<idris@army.example> wrote:\r\n\r\n{QUOTED}",
        f"{REPORT}\r\n-----Original Message-----\r\nFrom: Idris\r\nThe army denied that it had fired.",
        f"{REPORT}\r\n\r\n-- \r\nNadia Berrow\r\nHarbour street 4, Rasmina",
        f"{REPORT}\r\n\r\n-- \r\nNadia\r\n{QUOTED}",
        f"{QUOTED}\r\n{REPORT}",
    ],
)
def test_quoted_messages_and_signatures_stay_but_bear_no_claims(body: str) -> None:
    assert body_of(an_email(body)) == REPORT
    for line in body.replace("\r\n", "\n").split("\n"):
        assert line.strip() in text_of(an_email(body)).words


def test_a_line_that_only_looks_like_a_reply_is_the_authors_own() -> None:
    body = f"On Saturday the council of Rasmina wrote:\r\n\r\n{REPORT}"
    assert body_of(an_email(body)).endswith(REPORT) and "council of Rasmina wrote" in body_of(an_email(body))


def test_a_long_text_below_two_dashes_is_no_signature() -> None:
    body = "Dear Leyla,\r\n-- \r\n" + "\r\n\r\n".join(f"{REPORT} {n}." for n in range(30))
    assert body_of(an_email(body)).count(REPORT) == 30


def test_what_a_page_cites_is_quoted() -> None:
    page = f'<div><p>{REPORT}</p><blockquote type="cite"><p>The army denied it.</p><blockquote>Older.</blockquote></blockquote><p>Come soon to the harbour.</p></div>'
    assert body_of(an_email(page, kind="text/html")) == f"{REPORT}\nCome soon to the harbour."
    assert "The army denied it." in text_of(an_email(page, kind="text/html")).words


def test_a_forwarded_message_is_named_so_that_the_original_is_asked_for() -> None:
    text = text_of(
        an_email("See below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Idris\r\n\r\nThe army denied it.")
    )
    assert "denied" not in " ".join(text.words[p.start : p.end] for p in text.body)
    assert len(text.remarks) == 1
    assert text.remarks[0].what == "the forwarded message in it" and "Add the forwarded message" in text.remarks[0].fix


# Attachments ---------------------------------------------------------------------------------------


def test_attachments_come_out_byte_for_byte_with_their_names() -> None:
    data = an_email_of(
        a_part(REPORT),
        an_attachment("market.jpg", PICTURE, "image/jpeg"),
        an_attachment("=?utf-8?B?2LPZiNmC?=.txt", b"note"),
    )
    found, remarks = taken_out(eml.members, data)
    assert found == [("market.jpg", PICTURE), ("سوق.txt", b"note")]
    assert remarks == [] and eml.extract(data).holds == 2 and body_of(data) == REPORT


def test_an_attached_text_is_a_member_and_not_the_messages_words() -> None:
    data = an_email_of(
        a_part(REPORT), a_part("An order.", more='Content-Disposition: attachment; filename="order.txt"\r\n')
    )
    assert body_of(data) == REPORT
    assert taken_out(eml.members, data)[0] == [("order.txt", b"An order.")]


def test_pictures_inside_a_page_are_members() -> None:
    page = a_part(f"<p>{REPORT}</p><img src=cid:1>", "text/html")
    related = a_multipart(page, a_part("GIF89a", "image/gif", "Content-ID: <1>\r\n"), kind="related", sign="rel")
    data = an_email_of(a_multipart(a_part(REPORT), related, kind="alternative", sign="alt"))
    assert taken_out(eml.members, data)[0] == [("part-3.gif", b"GIF89a")]
    assert body_of(data) == REPORT


def test_an_attached_message_comes_out_as_it_was_attached() -> None:
    inner = an_email("From the inside.", HEADERS.replace("MIME", "mIMe  ")).decode().rstrip()
    data = an_email_of(a_part(REPORT), a_part(inner, "message/rfc822"))
    assert taken_out(eml.members, data)[0] == [("part-2.eml", inner.encode())]
    assert "inside" not in text_of(data).words


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("filename=\"../../up.txt\"", "../../up.txt"),
        ("filename*=utf-8''%D8%B3%D9%88%D9%82.txt", "سوق.txt"),
        ("filename*0=\"very \"; filename*1=\"long.txt\"", "very long.txt"),
        ("filename=bare.txt", "bare.txt"),
        ("filename=\"nul\x00.txt\"", "nul\ufffd.txt"),
        ("filename=\"" + "x" * 3000 + "\"", "x" * 1000 + "…"),
    ],
)  # fmt: skip
def test_names_of_attachments_are_as_written(disposition: str, name: str) -> None:
    data = an_email_of(a_part("x", "application/octet-stream", f"Content-Disposition: attachment; {disposition}\r\n"))
    assert [n for n, _ in taken_out(eml.members, data)[0]] == [name]


@pytest.mark.parametrize(
    ("sent", "read", "said"),
    [
        (b64encode(b"four shells")[:-3], b"four shel", "breaks off"),
        (b64encode(b"four shells") + b"!!", b"four shells", "signs that are none"),
        (b64encode(b"four shells") + b"QUJD", b"four shells", "behind was not read"),
    ],
)
def test_damaged_base64_is_read_as_far_as_it_goes(sent: bytes, read: bytes, said: str) -> None:
    attached = an_attachment("a.bin", b"@@").encode().replace(b64encode(b"@@"), sent).decode()
    found, remarks = taken_out(eml.members, an_email_of(a_part(REPORT), attached))
    assert found == [("a.bin", read)]
    assert remarks[0].what == "a.bin" and said in remarks[0].reason
    assert eml.extract(an_email_of(a_part(REPORT), attached)).remarks == tuple(remarks)


# Hostile -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            an_email_of(
                a_part("Version: 1", "application/pgp-encrypted"), an_attachment("x.asc", b"x"), kind="encrypted"
            ),
            "encrypted",
        ),
        (
            an_email("MIAGCSqGSIb3", kind="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
            "encrypted (S/MIME)",
        ),
        (an_email("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"), "encrypted (PGP)"),
        (an_email("words", kind="multipart/mixed"), "not where they begin"),
        (an_email("words", kind="multipart/mixed; boundary=gone"), "should part it are missing"),
        (an_email_of(a_part(REPORT))[:-8], "breaks off"),
        (an_email_of(a_part(REPORT)) + b"\r\nhidden words", "behind its last part"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    remarks = eml.extract(data).remarks
    assert any(said in remark.reason for remark in remarks)
    assert all(remark.fix for remark in remarks)


def test_encrypted_words_bear_no_claims() -> None:
    data = an_email(
        f"{REPORT}\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n\r\nCome soon."
    )
    assert body_of(data) == f"{REPORT}\nCome soon."


def test_parts_nested_without_end_are_looked_at_fifty_deep() -> None:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3_000))
    extracted = eml.extract((HEADERS + head + a_part(REPORT)).encode())
    assert any("more than 50 deep" in remark.reason for remark in extracted.remarks)
    assert len(extracted.remarks) == 3


def test_parts_without_number_are_looked_at_up_to_a_bound() -> None:
    data = an_email_of(*[a_part("x", "image/png")] * (mail.MOST_PARTS + 500))
    extracted = eml.extract(data)
    assert mail.MOST_PARTS - 2 <= extracted.holds <= mail.MOST_PARTS
    assert (
        "more than 5,000 parts" in extracted.remarks[0].reason or "more than 5,000 parts" in extracted.remarks[1].reason
    )


def test_a_page_with_nul_bytes_is_read() -> None:
    page = f"<p>{REPORT}</p>" + "\0\1" * 300 + "\0"
    assert REPORT in body_of(an_email(page, kind="text/html; charset=utf-8"))


def test_quotations_without_number_are_read_in_time() -> None:
    extracted = eml.extract(an_email("a\r\n> b\r\n" * 20_000))
    assert len(extracted.marks) == 20_004


@pytest.mark.parametrize(
    "header",
    [
        "Subject: " + "=?utf-8?B?" * 20_000,
        "Subject: " + "=?utf-8?Q?a?= " * 20_000,
        "Subject:" + "\r\n x" * 50_000,
        "To: " + "(" * 100_000,
        "Content-Disposition: attachment" + '; filename="' * 20_000,
        "Content-Type: text/plain; charset=punycode",
        "Content-Type: text/plain; charset=zlib",
        "Content-Type: text/plain; charset=\x00",
        "Content-Type: ;;;=;",
        "Content-Transfer-Encoding: x-uuencode",
        "Date: =?utf-8?B?AAAA?=",
        "Subject: x\r\n" * 30_000,
    ],
)
def test_hostile_headers_do_no_harm(header: str) -> None:
    data = f"{header}\r\n{HEADERS}\r\n{REPORT}".encode()
    assert isinstance(eml.extract(data), Extracted)
    taken_out(eml.members, data)


SOUND = an_email_of(
    a_multipart(
        a_part(f"{REPORT}\r\n{QUOTED}\r\n-- \r\nN"), a_part(f"<p>{REPORT}", "text/html"), kind="alternative", sign="in"
    ),
    an_attachment("a.jpg", PICTURE[:300], "image/jpeg"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=3)), max_size=8))
def test_mutated_messages_are_read_without_fault(changes: list[tuple[int, bytes]]) -> None:
    changed = bytearray(SOUND)
    for at, value in changes:
        place = at % len(changed)
        changed[place : place + 1] = value
    text = text_of(bytes(changed))
    for run in text.runs:
        assert 0 <= run.start < run.end <= len(text.words)
        assert 0 <= run.byte_start < run.byte_end <= len(changed)
    taken_out(eml.members, bytes(changed))


# Mailboxes -----------------------------------------------------------------------------------------

LINE = b"From nadia@harbour.example Sat May  3 10:15:00 2031\n"
FIRST = an_email("One.").replace(b"\r\n", b"\n")
SECOND = an_email(">From now on we stay.\nFrom the harbour we saw it.").replace(b"\r\n", b"\n")
BOX = LINE + FIRST + b"\n" + LINE + SECOND + b"\n"


def test_a_mailbox_is_a_list_and_its_messages_come_out_as_they_stand_in_it() -> None:
    assert mbox.recognise(BOX, "x")
    assert taken_out(mbox.members, BOX) == ([("0001.eml", FIRST), ("0002.eml", SECOND)], [])
    text = make("d" * 64, mbox.extract(BOX))
    assert text.holds == 2 and not text.body
    line = "0001.eml: Sat, 03 May 2031 10:15:00 +0200 | Nadia Berrow <nadia@harbour.example> | Shells on the market"
    assert line in text.words


@pytest.mark.parametrize("box", [LINE + FIRST, LINE + FIRST + b"\n", (LINE + FIRST + b"\n").replace(b"\n", b"\r\n")])
def test_a_box_of_one_message_has_one(box: bytes) -> None:
    ((name, data),) = taken_out(mbox.members, box)[0]
    assert name == "0001.eml" and data.replace(b"\r\n", b"\n") == FIRST
    assert eml.recognise(data, name)


def test_a_sentence_that_begins_with_from_parts_nothing() -> None:
    body = b"\n\nFrom Rasmina Sat May  3 10:15:00 2031\nwe heard shells.\n\nFrom: there on.\n"
    assert len(taken_out(mbox.members, LINE + FIRST + body)[0]) == 1
    assert not mbox.recognise(b"From Rasmina we heard shells.\n\nMore.", "x.mbox")
    assert not mbox.recognise(b"From Rasmina Sat May  3 10:15:00 2031\nwe heard shells", "x.mbox")


def test_a_sign_across_two_blocks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for block in (1_100, 1_500, 2_048):
        monkeypatch.setattr(mbox, "BLOCK", block)
        assert [data for _, data in taken_out(mbox.members, BOX * 30)[0]] == [FIRST, SECOND] * 30


def test_memory_does_not_grow_with_the_mailbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "BLOCK", 65_536)
    box = io.BytesIO((LINE + FIRST + b"\n") * 10_000)
    tracemalloc.start()
    count = sum(1 for one in mbox.members(box) if not isinstance(one, Remark) and all(one.blocks))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 500_000


def test_a_mailbox_beyond_bounds_is_cut_with_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_MESSAGES", 3)
    monkeypatch.setattr(mbox, "MOST_MEMBERS", 2)
    found, remarks = taken_out(mbox.members, BOX * 4)
    assert len(found) == 3 and [r.what for r in remarks] == ["5 further messages"]
    extracted = mbox.extract(BOX * 4)
    assert extracted.holds == 3 and [r.what for r in extracted.remarks] == ["1 messages", "5 further messages"]


def test_plain_texts_are_still_plain() -> None:
    assert recognise_any(REPORT.encode(), "x.txt").name == "plain text"
