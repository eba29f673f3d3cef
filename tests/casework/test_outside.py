"""Proofs kept outside: one digest leaves, to one host that was named, and no lie that comes back is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from probanda.audit import stamps
from probanda.audit.notes import read_note
from probanda.audit.stamps import StampRefused
from probanda.casework import backup, outside
from probanda.kernel.digests import sha256
from probanda.kernel.errors import WrongUsage
from probanda.store.store import Store
from tests.casework.authority import Authority, an_authority, listening, sends
from tests.running import run
from tests.store.desk import REPORT, Desk, settings

openssl = pytest.mark.needs("openssl")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "case", settings(), "Ada Lorin") as made:
        Desk(made, made.owner).add(REPORT, "secret-name.txt", "restricted")
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return an_authority(tmp_path_factory.mktemp("office") / "one")


def outputs(store: Store, kind: str) -> list[dict[str, object]]:
    found = [dict(one.payload) for one in store.decisions(store.owner) if one.kind == "output"]
    return [one for one in found if one["kind"] == kind]


def stamp_files(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.glob("log/*/stamps/*"))


# --- on paper


def test_a_checkpoint_says_how_far_the_log_had_come_and_nothing_of_the_case(store: Store) -> None:
    size, root = store.decision_count, store.root
    note = outside.checkpoint(store)
    told = read_note(note)
    assert (told.checkpoint.size, told.checkpoint.root) == (size, root)
    assert told.signatures
    for page in (note, outside.page(note)):
        assert not any(word in page for word in ("Karvel", "KRV", "secret-name", "Ada"))


def test_the_page_to_print_holds_the_words_and_the_code_and_loads_nothing(store: Store) -> None:
    note = outside.checkpoint(store)
    page = outside.page(note)
    (box,) = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert box.replace("&lt;", "<") == note
    assert page.count("<svg") == 1
    assert re.search(r'<svg [^>]*viewBox="0 0 (\d+) \1"', page), "it is scaled to its place, not cut off by it"
    assert not re.search(r"<svg [^>]*(width|height)=", page)
    assert not re.findall(r"(?:src|href)\s*=", page)


def test_the_code_is_that_of_the_note(store: Store) -> None:
    import segno

    note = outside.checkpoint(store)
    drawn = outside.qr_words(note).split("\n")
    matrix = [list(row) for row in segno.make_qr(note.encode(), error="m").matrix_iter(border=4)]
    light = [[not dark for dark in row] for row in matrix]
    for n, row in enumerate(light):
        signs = "█▀" if n % 2 == 0 else "█▄"
        assert [sign in signs for sign in drawn[n // 2]] == row


@pytest.mark.slow
def test_the_commands_print_it_for_paper_and_verify_reads_it_back(store: Store, tmp_path: Path) -> None:
    folder = store.folder
    store.close()
    done = run("-C", folder, "checkpoint", "--out", tmp_path / "a.html", "--out", tmp_path / "a.txt", "--qr")
    assert (tmp_path / "a.txt").read_text("utf-8") == done.stdout
    assert "█" in done.stderr
    assert "<svg" in (tmp_path / "a.html").read_text("utf-8")
    run("-C", folder, "verify", "--against", tmp_path / "a.txt")


@pytest.mark.slow
def test_while_another_writes_the_newest_checkpoint_is_given(store: Store) -> None:
    note = outside.checkpoint(store)
    done = run("-C", store.folder, "checkpoint")  # the store is still open for writing here
    assert done.stdout == note
    assert "newest" in done.stderr


# --- stamps


@openssl
def test_only_one_digest_leaves_and_the_record_says_so_first(store: Store, office: Authority) -> None:
    told_before: list[int] = []

    def reply(request: bytes) -> bytes:
        told_before.append(len(outputs(store, outside.ASKED)))
        return office.reply(request)

    with listening(sends(reply)) as (url, got):
        name, stamp = outside.ask(store, store.owner, url, office.root)
    assert told_before == [1], "recorded before the connection was made"
    (asked,) = outputs(store, outside.ASKED)
    assert (asked["authority"], asked["digest"], asked["name"]) == (url, sha256(got[0]), name)
    (kept,) = outputs(store, outside.KEPT)
    assert kept["at"] == stamp.at
    assert stamp_files(store) == [f"{name}.{end}" for end in ("pem", "tsq", "tsr", "txt")]
    (note,) = store.folder.glob("log/*/stamps/*.txt")
    assert bytes.fromhex(sha256(note.read_bytes())) in got[0]
    assert not any(bytes.fromhex(item.digest) in got[0] for item in store.items(store.owner))
    assert store.verify() == []


@openssl
def test_stamps_are_checked_again_without_asking_anybody(store: Store, office: Authority) -> None:
    with listening(sends(office.reply)) as (url, got):
        outside.ask(store, store.owner, url, office.root)
        Desk(store, store.owner).add("More.\n", "more.txt")
        outside.ask(store, store.owner, url, office.root)
        assert len(got) == 2
        looked = outside.verify(store, store.owner)
        assert len(got) == 2
    assert [one.problem for one in looked] == [None, None]
    assert [one.stamp.authority for one in looked if one.stamp] == ["CN=Marsafa Time Office"] * 2
    assert looked[0].size < looked[1].size


@openssl
@pytest.mark.parametrize(
    ("end", "said"), [(".tsr", "does not name this reply"), (".txt", "other bytes"), (".tsq", ""), (".pem", "")]
)
def test_a_changed_file_of_a_stamp_is_named(store: Store, office: Authority, end: str, said: str) -> None:
    with listening(sends(office.reply)) as (url, _):
        name, _ = outside.ask(store, store.owner, url, office.root)
    (path,) = store.folder.glob(f"log/*/stamps/*{end}")
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + bytes([whole[60] ^ 1]) + whole[61:] if len(whole) > 61 else whole[:-1] + b"\0")
    (looked,) = outside.verify(store, store.owner)
    assert looked.name == name and looked.problem is not None and said in looked.problem
    path.write_bytes(whole)
    assert outside.verify(store, store.owner)[0].problem is None
    path.unlink()
    assert [one for one in outside.verify(store, store.owner) if one.problem]


@openssl
def test_another_authority_put_in_its_place_is_found(store: Store, office: Authority, tmp_path: Path) -> None:
    with listening(sends(office.reply)) as (url, _):
        name, _ = outside.ask(store, store.owner, url, office.root)
    other = an_authority(tmp_path / "other")
    (path,) = store.folder.glob("log/*/stamps/*.tsq")
    reply = other.reply(path.read_bytes())
    path.with_suffix(".tsr").write_bytes(reply)
    path.with_suffix(".pem").write_bytes(stamps.chain(reply, other.root))
    (looked,) = outside.verify(store, store.owner)
    assert looked.name == name and looked.problem == "the record does not name this reply"
    assert outside.verify(store, store.owner, other.root)[0].problem is not None


@openssl
def test_a_stamp_over_another_history_is_found(store: Store, office: Authority, tmp_path: Path) -> None:
    with listening(sends(office.reply)) as (url, _):
        outside.ask(store, store.owner, url, office.root)
    (asked,) = outside._all(store)
    changed = ["0" * 64, *store.leaf_hashes(store.settings.log)[1:]]
    with pytest.raises(outside.RecordAltered, match="another root now"):
        outside._stands(asked, store, changed)
    with pytest.raises(outside.RecordAltered, match="there are 1"):
        outside._stands(asked, store, changed[:1])


@openssl
def test_a_request_can_be_carried_by_hand(store: Store, office: Authority, tmp_path: Path) -> None:
    first = outside.write_request(store, store.owner, tmp_path / "one.tsq")
    second = outside.write_request(store, store.owner, tmp_path / "two.tsq")
    assert [one["authority"] for one in outputs(store, outside.ASKED)] == [outside.BY_HAND] * 2
    assert outside.verify(store, store.owner) == [], "a request without a reply is not a stamp yet"
    reply = office.reply((tmp_path / "one.tsq").read_bytes())
    assert outside.take_reply(store, store.owner, reply, office.root)[0] == first
    with pytest.raises(StampRefused):
        outside.take_reply(store, store.owner, reply, office.root)  # the other one waits for its own
    reply = office.reply((tmp_path / "two.tsq").read_bytes())
    assert outside.take_reply(store, store.owner, reply, office.root)[0] == second
    with pytest.raises(WrongUsage, match="No request waits"):
        outside.take_reply(store, store.owner, reply, office.root)
    assert [one.problem for one in outside.verify(store, store.owner)] == [None, None]


@openssl
def test_a_backup_takes_the_stamps_along(store: Store, office: Authority, tmp_path: Path) -> None:
    with listening(sends(office.reply)) as (url, _):
        outside.ask(store, store.owner, url, office.root)
    folder, files = store.folder, stamp_files(store)
    store.close()
    backup.backup(folder, tmp_path / "one.tar")
    backup.restore(tmp_path / "one.tar", tmp_path / "again")
    with Store.open(tmp_path / "again", writing=False) as again:
        assert stamp_files(again) == files
        assert [one.problem for one in outside.verify(again, again.owner)] == [None]


# --- what comes back


def assert_nothing_kept(store: Store) -> None:
    assert [name.split(".")[1] for name in stamp_files(store)] == ["tsq", "txt"]
    assert len(outputs(store, outside.ASKED)) == 1, "that it was asked stays in the record"
    assert outputs(store, outside.KEPT) == []
    assert store.verify() == []


@openssl
@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("nonce", "another nonce"),
        ("digest", "another digest"),
        ("signer", "does not lead to the certificate"),
        ("ended", "not valid at the time"),
        ("rejected", "rejected"),
        ("garbage", "cannot be understood"),
        ("empty", "cannot be understood"),
    ],
)
def test_a_lying_reply_is_refused_with_its_reason(
    store: Store, office: Authority, tmp_path: Path, lie: str, reason: str
) -> None:
    root = office.root

    def reply(request: bytes) -> bytes:
        (note,) = store.folder.glob("log/*/stamps/*.txt")
        if lie == "nonce":
            return office.reply(stamps.request_for(note.read_bytes()))
        if lie == "digest":
            return office.reply(stamps.request_for(b"something else"))
        if lie in ("signer", "ended"):
            return wrong.reply(request)
        return {"rejected": office.reply(b"no"), "garbage": b"\x30\x82\x01" * 40, "empty": b""}[lie]

    wrong = an_authority(tmp_path / "wrong", ended=lie == "ended")
    root = wrong.root if lie == "ended" else root
    with listening(sends(reply)) as (url, _), pytest.raises(StampRefused) as caught:
        outside.ask(store, store.owner, url, root)
    assert reason in caught.value.reason
    assert_nothing_kept(store)


def drips(handler: BaseHTTPRequestHandler, _request: bytes) -> None:
    """Sends a byte now and then, for ever: no single read ever waits long."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"0")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def stalls(_handler: BaseHTTPRequestHandler, _request: bytes) -> None:
    time.sleep(3)


def floods(handler: BaseHTTPRequestHandler, _request: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"0" * (1 << 20))
    except OSError:
        pass


def redirects(handler: BaseHTTPRequestHandler, _request: bytes) -> None:
    handler.send_response(302)
    handler.send_header("Location", f"http://{handler.headers['Host']}/elsewhere")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (drips, "longer than 0.5 seconds"),
        (stalls, "longer than 0.5 seconds"),
        (floods, "more than 1048576 bytes"),
        (redirects, "not followed"),
    ],
)
def test_who_stalls_floods_or_points_elsewhere_is_left(answer: object, reason: str) -> None:
    begun = time.monotonic()
    with listening(answer) as (url, got), pytest.raises(outside.NoReply, match=reason):  # type: ignore[arg-type]
        outside.fetch(url, b"request", 0.5)
    assert time.monotonic() - begun < 2.5
    assert len(got) == 1, "nobody was asked a second time, or elsewhere"


def test_nobody_there_is_told_plainly() -> None:
    with listening(stalls) as (url, _):
        pass
    with pytest.raises(outside.NoReply, match="Connection refused"):
        outside.fetch(url, b"request", 2)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(sends(lambda _: b"proxied")) as (proxy, taken), listening(sends(lambda _: b"direct")) as (url, _):
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        assert outside.fetch(url, b"request", 5) == b"direct"
        assert taken == []


@pytest.mark.parametrize(
    "url",
    ["ftp://tsa.example/", "file:///etc/passwd", "tsa.example", "http://", "http://me:pw@tsa.example/", "http://a b/",
     "http://tsa.example:99999/", "http://tsa.example/\r\nX: y"],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_anything_is_recorded(store: Store, office: Authority, url: str) -> None:
    before = store.decision_count
    with pytest.raises(WrongUsage):
        outside.ask(store, store.owner, url, office.root)
    assert store.decision_count == before


@openssl
@pytest.mark.slow
def test_the_commands_take_a_stamp_and_check_it(store: Store, office: Authority, tmp_path: Path) -> None:
    folder = store.folder
    store.close()
    (tmp_path / "root.pem").write_bytes(office.root)
    trusted = ("--certificate", tmp_path / "root.pem")
    with listening(sends(office.reply)) as (url, _):
        done = run("-C", folder, "stamp", "--authority", url, *trusted)
    assert "log entries existed by" in done.stdout
    assert "CN=Marsafa Time Office" in run("-C", folder, "stamp", "--verify").stdout
    run("-C", folder, "stamp", code=2)
    run("-C", folder, "stamp", "--authority", "http://127.0.0.1:9/", code=2)
    run("-C", folder, "stamp", "--authority", "http://127.0.0.1:9/", *trusted, code=1)
    next(folder.glob("log/*/stamps/*.tsr")).write_bytes(b"junk")
    run("-C", folder, "stamp", "--verify", code=41)


@pytest.mark.slow
def test_the_commands_back_up_and_restore(store: Store, tmp_path: Path) -> None:
    folder = store.folder
    busy = run("-C", folder, "backup", "--out", tmp_path / "one.tar")
    assert "does not note this backup" in busy.stderr
    store.close()
    run("-C", folder, "backup", "--note", tmp_path / "one.tar")
    run("-C", folder, "backup", code=2)
    run("restore", tmp_path / "one.tar", tmp_path / "again")
    run("-C", tmp_path / "again", "verify")
    run("restore", tmp_path / "one.tar", tmp_path / "again", code=2)
    data = bytearray((tmp_path / "one.tar").read_bytes())
    data[700] ^= 4
    (tmp_path / "one.tar").write_bytes(data)
    run("restore", tmp_path / "one.tar", tmp_path / "third", code=41)
