"""The stranger's script: a bundle made here by hand, by the description alone, and every harm that can be done to it.

The bundle is of two items of the invented country Marsafa, one taken out of the other, with the log's entries on
them. Each harm is done twice where it can be: plainly, and by somebody who writes the manifests anew afterwards.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from probanda.audit.keys import SigningKey
from probanda.audit.log import Entry, make_leaf
from probanda.audit.notes import Checkpoint, signed
from probanda.audit.tree import consistency_proof, inclusion_proof, root_of
from probanda.casework import verify_bundle

SCRIPT = Path(verify_bundle.__file__)
CASE, LOG = "c" * 32, "1" * 32
ORIGIN = f"probanda/{CASE}/{LOG}"
KEY, STRANGER = SigningKey.from_seed(b"k" * 32), SigningKey.from_seed(b"s" * 32)
LETTER = b"From the mayor of Halden.\r\nThe column of captain Orvel burned the mill at Sefra on 3 May 2031.\r\n"
MEMO = "« Spare nobody in Sefra », the note says. — Orvel denies that he wrote it.\n".encode()
DIGESTS = {name: hashlib.sha256(data).hexdigest() for name, data in (("letter", LETTER), ("memo", MEMO))}
BURNED = "burned the mill at Sefra"
CLAIM, PROPOSED = "d" * 32, "e" * 32

Row = dict[str, Any]
Harm = Callable[[Path], None]


def jsonl(rows: list[Row]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(folder: Path) -> None:
    lines = [
        f"{sha(p)}  {p.relative_to(folder).as_posix()}\n" for p in sorted((folder / "data").rglob("*")) if p.is_file()
    ]
    (folder / "manifest-sha256.txt").write_text("".join(lines))


def write_manifests(folder: Path) -> None:
    """Both manifests over what lies there now: what somebody does who changed it and knows how a bag is made."""
    write_manifest(folder)
    tags = [p for p in sorted(folder.rglob("*")) if p.is_file() and "data" not in p.relative_to(folder).parts[:1]]
    lines = [f"{sha(p)}  {p.relative_to(folder).as_posix()}\n" for p in tags if p.name != "tagmanifest-sha256.txt"]
    (folder / "tagmanifest-sha256.txt").write_text("".join(lines))


def registered(name: str, data: bytes, number: int, **more: object) -> Row:
    told = {"number": f"MAR-{number:04d}", "name": f"{name}.txt", "size": len(data), "media_type": "text/plain"}
    told |= {"blake3": "b" * 64, "label": "public", **more}
    return {"kind": "register", "subject": DIGESTS[name], "payload": told}


def item_row(name: str, data: bytes, number: int, **more: object) -> Row:
    row = {"digest": DIGESTS[name], "number": f"MAR-{number:04d}", "evidence": [], "names": [f"{name}.txt"]}
    row |= {"size": len(data), "media_type": "text/plain", "parent": None, "blake3": "b" * 64}
    row |= {name: hashlib.new(name, data, usedforsecurity=False).hexdigest() for name in ("sha1", "md5")}
    return row | more


def claim_row(claim: str, status: str, quote: str, base: int = 0, name: str = "letter", data: bytes = LETTER) -> Row:
    text = data.decode()
    start = text.index(quote)
    cited = hashlib.sha256(text[base:].encode()).hexdigest()
    row = {
        "id": claim,
        "item": DIGESTS[name],
        "status": status,
        "quote": quote,
        "flags": [],
        "act": quote.split(maxsplit=1)[0],
    }
    return row | {"start": start, "end": start + len(quote), "text": cited, "base": base}


class Case:
    """A case with one log, kept in memory: what a bundle is made from."""

    def __init__(self, key: SigningKey = KEY) -> None:
        self.key, self.told, self.rows = key, list[Row](), list[Row]()
        self.leaves: list[str] = []

    def add(self, told: Row, *, shown: bool = True) -> str:
        """Append an entry to the log; what is not shown stays a hash for the stranger."""
        n = len(self.leaves)
        entry = Entry(
            id=f"{n:032x}", kind=told["kind"], subject=told["subject"], over=(), seen=(), by="a" * 32,
            reason="« as read »", payload=told["payload"], labels=(), at=f"2031-05-03T09:{n:02d}:00.000Z",
        )  # fmt: skip
        salt, sealed = (hashlib.sha256(f"{word} {n}".encode()).digest() for word in ("salt", "sealed"))
        leaf = make_leaf(entry, log=LOG, n=n, salt=salt, sealed_salt=sealed)
        self.leaves.append(leaf.hash)
        if shown:
            row = {"log": LOG, "n": n, "entry": json.loads(entry.canonical()), "salt": salt.hex()}
            self.rows.append(row | {"leaf": leaf.body.decode()})
        return entry.id

    def checkpoint(self, size: int | None = None, key: SigningKey | None = None) -> str:
        size = len(self.leaves) if size is None else size
        point = Checkpoint(ORIGIN, size, root_of(self.leaves[:size]))
        return signed(point, key or self.key, ORIGIN, "2031-05-03T10:00:00.000Z")

    def write_log(self, folder: Path) -> None:
        (folder / "log").mkdir(exist_ok=True)
        rows = [row | {"proof": inclusion_proof(self.leaves, row["n"])} for row in self.rows]
        (folder / "log" / "entries.jsonl").write_bytes(jsonl(rows))
        (folder / "log" / f"checkpoint-{LOG}.txt").write_text(self.checkpoint())
        (folder / "log" / "keys.txt").write_text(self.key.public(ORIGIN).text + "\n")
        size = len(self.leaves)
        steps = [
            {"log": LOG, "from": n, "to": size, "proof": consistency_proof(self.leaves, n)} for n in range(1, size)
        ]
        (folder / "log" / "consistency.json").write_text(json.dumps(steps))


def key_entry(key: SigningKey) -> Row:
    told = {"for": "checkpoints", "public": key.public(ORIGIN).text, "name": ORIGIN}
    return {"kind": "key", "subject": key.public(ORIGIN).id.hex(), "payload": told}


def a_case(key: SigningKey = KEY) -> Case:
    case = Case(key)
    case.add(key_entry(key))
    case.add({"kind": "user", "subject": "a" * 32, "payload": {"name": "an analyst"}}, shown=False)
    case.add(registered("letter", LETTER, 1))
    case.add(registered("memo", MEMO, 2, parent=DIGESTS["letter"], evidence="HAL-7"))
    case.add({"kind": "label", "subject": "f" * 64, "payload": {"label": "witness"}}, shown=False)
    settled = {"verdict": "accept", "claim": {"id": CLAIM, "quote": BURNED}}
    case.add({"kind": "settle", "subject": CLAIM, "payload": settled})
    rejected = case.add({"kind": "settle", "subject": CLAIM, "payload": settled | {"verdict": "reject"}})
    case.add({"kind": "withdraw", "subject": rejected, "payload": {}})
    return case


def write_bundle(folder: Path, case: Case | None = None) -> Path:
    """A whole bundle, as the description has it."""
    case = case or a_case()
    texts = [LETTER, MEMO, LETTER[25:]]  # the last is a part of a text: it begins at 25
    (folder / "data" / "items").mkdir(parents=True)
    (folder / "data" / "texts").mkdir()
    for place, found in (("items", [LETTER, MEMO]), ("texts", texts)):
        for data in found:
            (folder / "data" / place / hashlib.sha256(data).hexdigest()).write_bytes(data)
    items = [item_row("letter", LETTER, 1), item_row("memo", MEMO, 2, parent=DIGESTS["letter"], evidence=["HAL-7"])]
    made = [{"text": DIGESTS["letter"], "item": DIGESTS["letter"]}, {"text": DIGESTS["memo"], "item": DIGESTS["memo"]}]
    made.append({"text": hashlib.sha256(LETTER[25:]).hexdigest(), "item": DIGESTS["letter"], "base": 25})
    claims = [
        claim_row(CLAIM, "checked", BURNED, base=25),
        claim_row(PROPOSED, "proposed", "Orvel denies", 0, "memo", MEMO),
    ]
    custody = [{"item": DIGESTS["letter"], "event": "received", "entry": case.rows[1]["entry"]["id"]}]
    custody.append({"item": DIGESTS["memo"], "event": "copied", "entry": None})
    for name, rows in (("items", items), ("derivatives", made), ("claims", claims), ("custody", custody)):
        (folder / "data" / f"{name}.jsonl").write_bytes(jsonl(rows))
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "bag-info.txt").write_text("Source-Organization: an office in Halden\n")
    (folder / "README.txt").write_text("Read me first.\n")
    log_it(folder, case)
    return folder


def log_it(folder: Path, case: Case) -> None:
    """Let the log name the payload as it lies there now, sign, and write log and manifests."""
    write_manifest(folder)
    case.add({"kind": "output", "subject": "7" * 32, "payload": {"manifest": sha(folder / "manifest-sha256.txt")}})
    case.write_log(folder)
    write_manifests(folder)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundle") / "of-halden")


@pytest.fixture
def bundle(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "bundle"))


def checked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = verify_bundle.main([str(word) for word in words])
    return code, capsys.readouterr().out


def faults(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("FAULT ")]


# --- a bundle that nobody touched -----------------------------------------------------------------


def test_a_whole_bundle_passes_and_says_what_was_checked(pristine, capsys):
    code, told = checked(capsys, pristine)
    assert (code, faults(told)) == (0, [])
    for line in (
        "9 of 9 files of manifest-sha256.txt are there and unchanged",
        "8 of 8 files of tagmanifest-sha256.txt are there and unchanged",
        "7 of 7 entries are what their leaves commit to, and in the tree",
        "1 of 1 checkpoints are signed by the key of their log",
        "2 of 2 items are what their digests and registrations say",
        "2 of 2 claims quote words that stand in their texts",
        f"log {ORIGIN}: 9 entries",
        "Faults found: 0",
    ):
        assert line in told


def test_it_runs_alone_in_another_place_with_nothing_but_python(pristine, tmp_path):
    """Isolated from its folder, the environment and installed packages; and the bundle is not changed by it."""
    alone = tmp_path / "stick" / "check.py"
    alone.parent.mkdir()
    shutil.copy(SCRIPT, alone)
    before = {path: path.stat().st_mtime_ns for path in sorted(pristine.rglob("*"))}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(pristine)],
        check=False,
        capture_output=True,
        text=True,
        env={},
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Faults found: 0" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in sorted(pristine.rglob("*"))} == before


def test_without_a_folder_it_checks_the_one_it_lies_in(bundle):
    shutil.copy(SCRIPT, bundle / "verify_bundle.py")
    write_manifests(bundle)
    done = subprocess.run(
        [sys.executable, str(bundle / "verify_bundle.py")], check=False, capture_output=True, text=True, cwd="/"
    )
    assert (done.returncode, faults(done.stdout)) == (0, [])


def test_it_has_at_most_300_lines_and_nothing_but_the_standard_library_of_python_3_9():
    source = SCRIPT.read_text()
    assert len(source.splitlines()) <= 300
    tree = ast.parse(source, feature_version=(3, 9))
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    found |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert found == {
        "__future__", "argparse", "base64", "hashlib", "hmac", "json", "pathlib", "typing",
    }  # fmt: skip


# --- harm -----------------------------------------------------------------------------------------


def edit(name: str, change: Callable[[list[Row]], None]) -> Harm:
    """A change to the objects of a file of JSON lines."""

    def harm(folder: Path) -> None:
        rows = [json.loads(line) for line in (folder / name).read_text().split("\n") if line]
        change(rows)
        (folder / name).write_bytes(jsonl(rows))

    return harm


def replaced(name: str, old: str, new: str) -> Harm:
    def harm(folder: Path) -> None:
        text = (folder / name).read_bytes().decode()
        assert old in text
        (folder / name).write_bytes(text.replace(old, new).encode())

    return harm


def put(row: int, key: str, value: object) -> Callable[[list[Row]], None]:
    return lambda rows: rows[row].__setitem__(key, value)


def put_in(row: int, key: str, inner: str, value: object) -> Callable[[list[Row]], None]:
    return lambda rows: rows[row][key].__setitem__(inner, value)


def flip(name: str, at: int = 20) -> Harm:
    def harm(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[at] ^= 1
        (folder / name).write_bytes(bytes(data))

    return harm


def swap_items(folder: Path) -> None:
    one, other = (folder / "data/items" / digest for digest in DIGESTS.values())
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)


def swap(key: str) -> Callable[[list[Row]], None]:
    def change(rows: list[Row]) -> None:
        rows[0][key], rows[1][key] = rows[1][key], rows[0][key]

    return change


def link_out(folder: Path) -> None:
    place = folder / "data/items" / DIGESTS["memo"]
    (folder.parent / "outside").write_bytes(place.read_bytes())
    place.unlink()
    place.symlink_to(folder.parent / "outside")


PAYLOAD, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
ITEM, TEXT = f"data/items/{DIGESTS['letter']}", f"data/texts/{DIGESTS['memo']}"
PART = f"data/texts/{hashlib.sha256(LETTER[25:]).hexdigest()}"
ENTRIES, NOTE = "log/entries.jsonl", f"log/checkpoint-{LOG}.txt"
CLAIMS, ITEMS, MADE, CUSTODY = (f"data/{name}.jsonl" for name in ("claims", "items", "derivatives", "custody"))

PLAIN: dict[str, tuple[Harm, str]] = {
    "an item's byte": (flip(ITEM), f"{ITEM} has changed"),
    "a text's byte": (flip(TEXT), f"{TEXT} has changed"),
    "a page to read": (flip("README.txt", 3), "README.txt has changed"),
    "bag-info": (flip("bag-info.txt"), "bag-info.txt has changed"),
    "the payload's manifest": (flip("manifest-sha256.txt"), "manifest-sha256.txt has changed"),
    "the other manifest": (flip("tagmanifest-sha256.txt", 3), "has changed"),
    "a file added": (lambda f: (f / "data/more.txt").write_text("more"), "data/more.txt is not in"),
    "a file added beside": (lambda f: (f / "notes.txt").write_text("more"), "notes.txt is not in"),
    "a hidden file added": (lambda f: (f / "data/items/.more").write_text("more"), ".more is not in"),
    "an item renamed": (lambda f: (f / ITEM).rename(f / "data/items" / ("0" * 64)), f"{ITEM} is missing"),
    "a manifest missing": (lambda f: (f / PAYLOAD).unlink(), "manifest-sha256.txt is missing"),
    "the other manifest missing": (lambda f: (f / TAGS).unlink(), "tagmanifest-sha256.txt is missing"),
    "a file out of the manifest": (
        replaced("tagmanifest-sha256.txt", "  README.txt", "  README.md"), "README.txt is not in"
    ),
    "a path out of the bundle": (
        replaced("tagmanifest-sha256.txt", "  README.txt", "  ../README.txt"), "../README.txt is missing"
    ),
    "a link instead of an item": (link_out, "is a link"),
}  # fmt: skip

REMADE: dict[str, tuple[Harm, str]] = {
    "an item's byte": (flip(ITEM), "its bytes have changed"),
    "a text's byte": (flip(TEXT), "its bytes have changed"),
    "an item and its line taken away": (
        lambda f: ((f / ITEM).unlink(), edit(ITEMS, lambda rows: rows.__delitem__(0))(f)),  # type: ignore[func-returns-value]
        "no item of the bundle",
    ),
    "an item taken away": (lambda f: (f / ITEM).unlink(), "its bytes are not in the bundle"),
    "two items exchanged": (swap_items, "its bytes have changed"),
    "an item added": (
        lambda f: (f / "data/items" / hashlib.sha256(b"new").hexdigest()).write_bytes(b"new"),
        "no line of data/items.jsonl names this item",
    ),
    "no items": (lambda f: (f / ITEMS).write_bytes(b""), "the bundle holds no item"),
    "no file of items": (lambda f: (f / ITEMS).unlink(), "data/items.jsonl is missing"),
    "no file of claims": (lambda f: (f / CLAIMS).unlink(), "data/claims.jsonl is missing"),
    "no file of custody": (lambda f: (f / CUSTODY).unlink(), "data/custody.jsonl is missing"),
    "no entries": (lambda f: (f / ENTRIES).unlink(), "log/entries.jsonl is missing"),
    "no keys": (lambda f: (f / "log/keys.txt").unlink(), "log/keys.txt is missing"),
    "no checkpoint": (lambda f: (f / NOTE).unlink(), "no checkpoint"),
    "another version of BagIt": (replaced("bagit.txt", "1.0", "0.9"), "not that of BagIt 1.0"),
    "an item's number": (edit(ITEMS, put(0, "number", "MAR-0009")), "do not say its number"),
    "an item's own number": (edit(ITEMS, put(1, "evidence", ["HAL-8"])), "do not say its evidence"),
    "an item's own number taken away": (edit(ITEMS, put(1, "evidence", [])), "do not say its evidence"),
    "an item's name": (edit(ITEMS, put(0, "names", ["order.txt"])), "do not say its names"),
    "an item's size": (edit(ITEMS, put(0, "size", 1)), "do not say its size"),
    "an item's type": (edit(ITEMS, put(0, "media_type", "text/html")), "do not say its media_type"),
    "an item's parent": (edit(ITEMS, put(1, "parent", None)), "do not say its parent"),
    "an item's SHA-1": (edit(ITEMS, put(0, "sha1", "0" * 40)), "do not say its sha1"),
    "an item's MD5": (edit(ITEMS, put(0, "md5", "0" * 32)), "do not say its md5"),
    "an item's BLAKE3": (edit(ITEMS, put(0, "blake3", "0" * 64)), "do not say its blake3"),
    "a registration taken away": (edit(ENTRIES, lambda rows: rows.__delitem__(1)), "no entry of the log registers it"),
    "the words of an entry": (edit(ENTRIES, put_in(1, "entry", "reason", "")), "entry 2 of log"),
    "the subject of an entry": (edit(ENTRIES, put_in(1, "entry", "subject", "0" * 64)), "its words or its salt"),
    "a field added to an entry": (edit(ENTRIES, put_in(1, "entry", "at", "2031")), "its words or its salt"),
    "the author of an entry": (edit(ENTRIES, put_in(1, "entry", "by", "0" * 32)), "its words or its salt"),
    "a salt": (edit(ENTRIES, put(1, "salt", "0" * 64)), "its words or its salt"),
    "a proof": (edit(ENTRIES, lambda rows: rows[1]["proof"].reverse()), "does not lead to the root"),
    "a shorter proof": (edit(ENTRIES, lambda rows: rows[1]["proof"].pop()), "does not fit the size"),
    "a longer proof": (edit(ENTRIES, lambda rows: rows[1]["proof"].append("0" * 64)), "does not fit the size"),
    "a time in a leaf": (
        edit(ENTRIES, lambda rows: rows[1].update(leaf=rows[1]["leaf"].replace("2031", "2030"))),
        "does not lead to the root",
    ),
    "an entry's place": (edit(ENTRIES, put(1, "n", 3)), "its leaf stands elsewhere"),
    "an entry's place out of the log": (edit(ENTRIES, put(1, "n", 900)), "its leaf stands elsewhere"),
    "an entry's place no number": (edit(ENTRIES, put(1, "n", 2.0)), "twice, or no checkpoint"),
    "two places exchanged": (edit(ENTRIES, swap("n")), "its leaf stands elsewhere"),
    "two leaves exchanged": (edit(ENTRIES, swap("leaf")), "its words or its salt"),
    "an entry twice": (edit(ENTRIES, lambda rows: rows.append(dict(rows[1]))), "twice, or no checkpoint"),
    "an entry of another log": (edit(ENTRIES, put(1, "log", "2" * 32)), "twice, or no checkpoint"),
    "a line that is no JSON": (replaced(ENTRIES, '{"log"', '{log"'), "not well written"),
    "a line that is no object": (lambda f: (f / ENTRIES).write_text("[" * 100_000), "not well written"),
    "the size in the checkpoint": (replaced(NOTE, "\n9\n", "\n8\n"), "no key of keys.txt signed this"),
    "the time in the checkpoint": (replaced(NOTE, "2031", "2030"), "no key of keys.txt signed this"),
    "the name of the log": (
        replaced(NOTE, f"{CASE}/{LOG}\n9", f"{'0' * 32}/{LOG}\n9"),
        "no key of keys.txt signed this",
    ),
    "another log's checkpoint": (replaced(NOTE, f"{LOG}\n9", f"{'2' * 32}\n9"), "checkpoint of another log"),
    "the signature": (
        lambda f: (f / NOTE).write_text(a_case().checkpoint().partition("\n\n")[0] + "\n"),
        "no key of keys.txt signed this",
    ),
    "a key nobody registered": (
        lambda f: (f / "log/keys.txt").write_text(STRANGER.public(ORIGIN).text + "\n"),
        "no key of keys.txt signed this",
    ),
    "the name of a key": (replaced("log/keys.txt", "probanda/", "probenda/"), "is not well written"),
    "the entry of the key taken away": (
        edit(ENTRIES, lambda rows: rows.__delitem__(0)),
        "does not name the key that signed it",
    ),
    "the entry of the output taken away": (edit(ENTRIES, lambda rows: rows.pop()), "not one that an entry of the log"),
    "a quote": (edit(CLAIMS, put(1, "quote", "Orvel admits")), "its quote does not stand at"),
    "a quote's place": (edit(CLAIMS, lambda rows: rows[1].update(start=3, end=15)), "its quote does not stand at"),
    "a quote from behind the end": (edit(CLAIMS, put(1, "start", -900)), "its quote does not stand at"),
    "where a part of a text begins": (edit(CLAIMS, put(0, "base", 24)), "its quote does not stand at"),
    "another text": (edit(CLAIMS, swap("text")), "says that its text was made from its item"),
    "a claim moved to another item": (edit(CLAIMS, swap("item")), "says that its text was made from its item"),
    "a text taken away": (lambda f: (f / PART).unlink(), f"{PART} is missing"),
    "a claim said to be checked": (edit(CLAIMS, put(1, "status", "checked")), "no entry says that these words are"),
    "a claim said to be rejected": (edit(CLAIMS, put(0, "status", "rejected")), "no entry says that these words are"),
    "the words of a settled claim": (
        edit(CLAIMS, lambda rows: rows[0].update(quote=BURNED[:6], end=rows[0]["start"] + 6)),
        "no entry says that these words are",
    ),
    "a claim's act": (edit(CLAIMS, put(1, "act", "admits")), "not one that an entry of the log names"),
    "a claim taken away": (edit(CLAIMS, lambda rows: rows.pop()), "not one that an entry of the log names"),
    "a derivative's item": (edit(MADE, put(0, "item", "0" * 64)), "no item of the bundle"),
    "a derivative's tool": (edit(MADE, put(0, "tool", "by hand")), "not one that an entry of the log names"),
    "custody of another item": (edit(CUSTODY, put(0, "item", "0" * 64)), "is no item of the bundle"),
    "custody on another entry": (edit(CUSTODY, put(0, "entry", "9" * 32)), "is not among those proved"),
    "a line of custody taken away": (edit(CUSTODY, lambda rows: rows.pop()), "not one that an entry of the log names"),
}


@pytest.mark.parametrize("what", sorted(PLAIN))
def test_each_plain_harm_is_found_and_named(bundle, what, capsys):
    harm, named = PLAIN[what]
    harm(bundle)
    code, told = checked(capsys, bundle)
    assert code == 1
    assert any(named in line for line in faults(told)), told


@pytest.mark.parametrize("what", sorted(REMADE))
def test_each_harm_by_one_who_writes_the_manifests_anew_is_found_and_named(bundle, what, capsys):
    harm, named = REMADE[what]
    harm(bundle)
    write_manifests(bundle)
    code, told = checked(capsys, bundle)
    assert code == 1
    assert any(named in line for line in faults(told)), told


@pytest.mark.parametrize(
    "count", [pytest.param(100, id="100"), pytest.param(1000, id="1,000", marks=pytest.mark.nightly)]
)
def test_one_flipped_bit_anywhere_is_found_and_the_file_named(bundle, count, capsys):
    draw = random.Random(count)  # noqa: S311
    files = [path for path in sorted(bundle.rglob("*")) if path.is_file()]
    for _ in range(count):
        path = draw.choice(files)
        whole = path.read_bytes()
        at = draw.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << draw.randrange(8)]) + whole[at + 1 :])
        code, told = checked(capsys, bundle)
        assert code == 1, (path.name, at)
        named = path.relative_to(bundle).as_posix()
        assert any(named in line for line in faults(told)), told
        path.write_bytes(whole)
    assert checked(capsys, bundle)[0] == 0


@pytest.mark.parametrize("cut", ["half", "nothing left"])
def test_a_file_cut_short_is_named(bundle, cut, capsys):
    for path in [path for path in sorted(bundle.rglob("*")) if path.is_file()]:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if cut == "half" else b"")
        code, told = checked(capsys, bundle)
        assert code == 1
        assert any(path.name in line for line in faults(told)), told
        path.write_bytes(whole)


def test_a_folder_that_is_no_bundle_is_no_bundle(tmp_path, capsys):
    code, told = checked(capsys, tmp_path)
    assert code == 1
    assert "manifest-sha256.txt is missing" in told
    assert checked(capsys, tmp_path / "nowhere")[0] == 1


def test_names_in_a_masked_quote_are_not_compared_and_that_is_said(tmp_path, capsys):
    folder, case = write_bundle(tmp_path / "b"), a_case()
    edit(CLAIMS, lambda rows: rows[1].update(quote="P-0001 denies", flags=["names masked"]))(folder)
    log_it(folder, case)
    code, told = checked(capsys, folder)
    assert code == 0
    assert f"claim {PROPOSED}: names in its quote are masked, so it was not compared" in told


def test_a_name_that_would_speak_to_the_terminal_is_written_out(bundle, capsys):
    (bundle / "data" / "\x1b[2Jclear").write_text("x")
    code, told = checked(capsys, bundle)
    assert code == 1
    assert "\x1b" not in told
    assert "\\x1b[2Jclear is not in" in told


def test_a_fifo_does_not_hold_it_up(bundle, capsys):
    os.mkfifo(bundle / "data" / "pipe")
    assert "no plain file" in checked(capsys, bundle)[1]


# --- keys that change -----------------------------------------------------------------------------


def test_the_new_key_signs_after_a_change_and_the_old_one_no_longer(tmp_path, capsys):
    case = a_case()
    case.add(key_entry(STRANGER))
    case.key = STRANGER
    good = write_bundle(tmp_path / "new", case)
    assert checked(capsys, good)[0] == 0
    case.key = KEY
    case.write_log(good)
    write_manifests(good)
    code, told = checked(capsys, good)
    assert code == 1
    assert "does not name the key that signed it" in told


def test_a_key_registered_in_another_log_signs_nothing_here(bundle, capsys):
    """Who adds a log of his own, with a key of his own, cannot sign ours with it."""
    point = Checkpoint(ORIGIN, 9, root_of(a_case().leaves))
    (bundle / NOTE).write_text(signed(point, STRANGER, ORIGIN))
    with (bundle / "log/keys.txt").open("a") as file:
        file.write(STRANGER.public(ORIGIN).text + "\n")
    write_manifests(bundle)
    code, told = checked(capsys, bundle)
    assert code == 1
    assert "does not name the key that signed it" in told


# --- a checkpoint that was kept elsewhere ---------------------------------------------------------


def kept(tmp_path: Path, note: str) -> Path:
    (tmp_path / "kept.txt").write_text(note)
    return tmp_path / "kept.txt"


@pytest.mark.parametrize("size", range(10))
def test_the_log_goes_on_from_each_checkpoint_that_was_kept(pristine, tmp_path, capsys, size):
    case = the_case_of(pristine)
    code, told = checked(capsys, pristine, "--checkpoint", kept(tmp_path, case.checkpoint(size)))
    assert (code, faults(told)) == (0, [])
    assert f"agrees with the checkpoint of {size} entries that you kept" in told


def the_case_of(folder: Path) -> Case:
    case = a_case()
    case.add({"kind": "output", "subject": "7" * 32, "payload": {"manifest": sha(folder / "manifest-sha256.txt")}})
    return case


def test_three_lines_typed_from_print_will_do(pristine, tmp_path, capsys):
    words = the_case_of(pristine).checkpoint(4).splitlines()[:3]
    assert checked(capsys, pristine, "--checkpoint", kept(tmp_path, "\r\n".join(words)))[0] == 0


def test_a_log_written_anew_from_the_first_line_is_found_by_the_checkpoint_that_was_kept(tmp_path, capsys):
    """All is remade: keys, entries, proofs, signatures, manifests. Alone it passes; the kept checkpoint tells."""
    true = a_case()
    other = a_case()
    other.leaves[1] = hashlib.sha256(b"another past").hexdigest()
    forged = write_bundle(tmp_path / "forged", other)
    assert checked(capsys, forged)[0] == 0
    for size in range(2, 9):
        code, told = checked(capsys, forged, "--checkpoint", kept(tmp_path, true.checkpoint(size)))
        assert code == 1
        assert "nothing shows that its 9 entries go on from" in told
    true.add({"kind": "note", "subject": "8" * 32, "payload": {}})
    code, told = checked(capsys, forged, "--checkpoint", kept(tmp_path, true.checkpoint(9)))
    assert code == 1
    assert "two roots for 9 entries" in told


def test_without_a_proof_the_log_is_not_taken_for_the_one_that_was_known(bundle, tmp_path, capsys):
    note = kept(tmp_path, the_case_of(bundle).checkpoint(5))
    for harm in ("[]", "nonsense", '{"log": 1}', None):
        path = bundle / "log/consistency.json"
        path.unlink() if harm is None else path.write_text(harm)
        write_manifests(bundle)
        assert checked(capsys, bundle)[0] == 0
        code, told = checked(capsys, bundle, "--checkpoint", note)
        assert code == 1
        assert faults(told)


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("", "not well written"),
        ("some words\n", "not well written"),
        (signed(Checkpoint(f"probanda/{CASE}/{'2' * 32}", 4, "0" * 64), KEY, ORIGIN), "is of another log"),
        (signed(Checkpoint(f"probanda/{'0' * 32}/{LOG}", 4, "0" * 64), KEY, ORIGIN), "is of another log"),
    ],
    ids=["empty", "no checkpoint", "another log", "another case"],
)
def test_a_checkpoint_of_something_else_is_named(pristine, tmp_path, capsys, note, named):
    code, told = checked(capsys, pristine, "--checkpoint", kept(tmp_path, note))
    assert code == 1
    assert any(named in line for line in faults(told)), told
