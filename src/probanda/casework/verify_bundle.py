"""Check a bundle of evidence with Python alone (3.9 or later): nothing to install, no network, nothing is written.

    python verify_bundle.py [BUNDLE_FOLDER] [--checkpoint FILE]

Take this script from elsewhere than the bundle if you do not trust its giver. Each fault is named on a line that begins
with FAULT; the end is 0 when there is none, else 1. There is none when
- each file has the SHA-256 of the manifests (BagIt, RFC 8493), and none lies beside them; items and texts have the
  digests that are their names, and items the size, SHA-1 and MD5 of their lines;
- each entry of the log, with its salt, is what its leaf commits to (HMAC-SHA256), and the leaf stands in the tree (RFC
  6962) whose root was signed (Ed25519, RFC 8032; C2SP signed-note) by the key that the last entry of kind "key" names;
- each item was registered there, under the number, names, size, type and parent of its line, and an entry of kind
  "output" names the manifest of the payload: no line under data/ was changed after the bundle was made;
- each quote stands in its text, which was made from its item, and a claim that is said to be settled was settled so;
- the log goes on from the checkpoint you kept (a file, or typed from print); without one, all can be invented.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, Callable  # noqa: UP035 (it stands here in Python 3.9)

MANIFEST, TAGS, NOTE = "manifest-sha256.txt", "tagmanifest-sha256.txt", "log/checkpoint-"
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
STATUS = {"accept": "checked", "correct": "corrected", "reject": "rejected", "unsure": "unsure"}
Fault = type("Fault", (ValueError,), {"__doc__": "What need(...) found, in words for whoever reads them."})
Row = dict[str, Any]
Point = tuple[int, int, int, int]
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519: field, order (RFC 8032, section 5.1)
D = -121665 * pow(121666, -1, P) % P


def need(truth: Any, otherwise: str) -> None:
    if not truth:
        raise Fault(otherwise)


def plus(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * D * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, p: Point) -> Point:
    rest = times(factor >> 1, plus(p, p)) if factor else (0, 1, 1, 0)
    return plus(rest, p) if factor & 1 else rest


def point(data: bytes) -> Point:
    """The point of the curve that 32 bytes stand for. Raises ValueError."""
    y, odd = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and x * x % P == square and (x or not odd), "a key or signature is no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def signature_holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """True when the holder of the key signed this message. Raises ValueError when key or signature cannot be."""
    s, base = int.from_bytes(signature[32:], "little"), (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    need(len(key) == 32 and len(signature) == 64 and s < L, "a key or signature has not the right length or size")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, point(base)), plus(point(signature[:32]), times(h, point(key)))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_over(start: int, end: int, size: int, first: bytes, proof: list[bytes]) -> tuple[bytes, bytes]:
    """Root of the leaves before `end`, and of all, when `first` is the node over those from `start` (RFC 6962, 2.1)."""
    sides, low, high, old = [], 0, size, first
    need(0 <= start < end <= size, "the place is outside the tree")
    while (low, high) != (start, end):  # from the root down: on which side does the other half lie?
        middle = low + (1 << (high - low - 1).bit_length() >> 1)
        sides.append(end <= middle)
        low, high = (low, middle) if end <= middle else (middle, high)
    need(len(sides) == len(proof), "the proof does not fit the size of the tree")
    for other, on_the_right in zip(proof, reversed(sides)):  # noqa: B905 (Python 3.9 has no `strict`)
        first = node(first, other) if on_the_right else node(other, first)
        old = old if on_the_right else node(other, old)
    return old, first


def read_checkpoint(note: str) -> tuple[str, int, bytes, bytes, list[tuple[str, bytes]]]:
    """Origin, size, root, signed bytes, and signatures as (name, id of the key and signature). Raises ValueError."""
    text, _, block = note.partition("\n\n")
    origin, size, root = text.rstrip("\n").split("\n")[:3]
    lines = [line.split(" ") for line in block.rstrip("\n").split("\n") if block]
    need(all(len(line) == 3 and line[0] == "\u2014" for line in lines), "a line behind the empty line is no signature")
    found = base64.b64decode(root, validate=True)
    need(str(abs(int(size))) == size and len(found) == 32, "its size or root is not well written")
    signatures = [(name, base64.b64decode(code, validate=True)) for _, name, code in lines]
    return origin, int(size), found, (text.rstrip("\n") + "\n").encode(), signatures


def digests(path: Path) -> Row:
    found = [hashlib.new(name, usedforsecurity=False) for name in ("sha256", "sha1", "md5")]
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            for one in found:
                one.update(part)
    return {"size": path.stat().st_size, **{one.name: one.hexdigest() for one in found}}


class Bundle:
    """A bundle on its way through the checks: what agreed so far, and what did not."""

    def __init__(self, folder: Path, checkpoint: Path | None) -> None:
        self.folder, self.outside, self.faults, self.lines = folder, checkpoint, list[str](), list[str]()
        self.files, self.wanted = dict[str, Row](), dict[str, str]()  # by path: digests found, SHA-256 of the manifests
        self.items, self.made = dict[str, Row](), dict[tuple[str, str], Row]()  # by digest; by digests of text and item
        self.trees, self.keys = dict[str, Any](), dict[tuple[str, bytes], tuple[str, bytes]]()  # by log; by name, id
        self.entries, self.about = dict[tuple[str, int], Row](), dict[str, list[Row]]()  # by log and n; by subject
        self.ids, self.last = {None}, ("", "")  # of entries; the file that was read last

    def read(self, name: str) -> str:
        need(name in self.files, f"{name} is missing")
        if self.last[0] != name:
            try:
                self.last = name, (self.folder / name).read_bytes().decode("utf-8", "surrogatepass")
            except UnicodeDecodeError as wrong:
                raise Fault(f"{name} is not text in UTF-8") from wrong
        return self.last[1]

    def each(self, name: str, what: str, work: Callable[[Any], Any], among: list[str] | None = None) -> None:
        """Do the work with each line of a file, or each name given; what it raises is a fault."""
        lines = among if among is not None else [line for line in self.read(name).split("\n") if line]
        faults = len(self.faults)
        for number, line in enumerate(lines, start=1):
            try:
                work(json.loads(line) if name.endswith(".jsonl") else line)
            except Exception as wrong:
                said = str(wrong) if isinstance(wrong, Fault) else f"not well written ({wrong!r})"
                self.faults.append(f"{name}, line {number}: {said}" if among is None else f"{line}: {said}")
        self.lines.append(f"{len(lines) - len(self.faults) + faults:,} of {len(lines):,} {what}")

    def check_files(self) -> None:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                self.files[path.relative_to(self.folder).as_posix()] = digests(path)
            elif path.is_symlink() or not path.is_dir():
                self.faults.append(f"{path.relative_to(self.folder)} is a link or no plain file: it was not read")
        for name in (MANIFEST, TAGS):
            self.each(name, f"files of {name} are there and unchanged", self.check_file)
        for name in sorted(set(self.files) - set(self.wanted) - {TAGS}):
            self.faults.append(f"{name} is not in {(TAGS, MANIFEST)[name[:5] == 'data/']}: added, or its line cut out")
        need(self.read("bagit.txt") == BAGIT, "bagit.txt is not that of BagIt 1.0 in UTF-8")

    def check_file(self, line: str) -> None:
        digest, _, name = line.partition("  ")
        need(self.wanted.setdefault(name, digest) == digest, f"{name} is there twice")
        need(name in self.files, f"{name} is missing from the folder")
        found = self.files[name]["sha256"]
        need(found == digest, f"{name} has changed: its SHA-256 is now {found}")

    def check_log(self) -> None:
        notes = sorted(name for name in self.files if name.startswith(NOTE))
        self.each("log/keys.txt", "keys are well written", self.check_key)
        self.each("", "checkpoints are well written", self.check_note, notes)
        self.each("log/entries.jsonl", "entries are what their leaves commit to, and in the tree", self.check_entry)
        self.each("", "checkpoints are signed by the key of their log", self.check_signature, notes)
        told = [one["payload"].get("manifest") for one in self.entries.values() if one["kind"] == "output"]
        need(self.files[MANIFEST]["sha256"] in told, f"{MANIFEST} is not one that an entry of the log names")

    def check_key(self, line: str) -> None:
        name, key_id, code = line.split("+", 2)
        key = base64.b64decode(code, validate=True)
        found = hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
        need(key[:1] == b"\x01" and len(key) == 33 and key_id == found, f"the key {line} is not well written")
        self.keys[name, bytes.fromhex(key_id)] = (line, key[1:])

    def check_note(self, name: str) -> None:
        log, tree = name[len(NOTE) : -len(".txt")], read_checkpoint(self.read(name))
        need(tree[0].split("/")[-1] == log, f"it is the checkpoint of another log, {tree[0]}")
        self.trees[log] = tree

    def check_entry(self, row: Row) -> None:
        log, n, entry, leaf = row["log"], row["n"], row["entry"], json.loads(row["leaf"])
        said = f"entry {n} of log {log}:"
        need(type(n) is int and log in self.trees and (log, n) not in self.entries, f"{said} twice, or no checkpoint")
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        found = hmac.new(bytes.fromhex(row["salt"]), text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
        need(found == leaf["entry"], f"{said} its words or its salt are not what its leaf commits to")
        need((leaf["log"], leaf["n"]) == (log, n), f"{said} its leaf stands elsewhere in a log")
        start = hashlib.sha256(b"\0" + row["leaf"].encode("utf-8", "surrogatepass")).digest()
        reached = roots_over(n, n + 1, self.trees[log][1], start, [bytes.fromhex(one) for one in row["proof"]])
        need(reached[1] == self.trees[log][2], f"{said} its proof does not lead to the root of the checkpoint")
        self.entries[log, n] = entry
        self.ids.add(entry["id"])
        self.about.setdefault(entry["subject"], []).append(entry)

    def check_signature(self, name: str) -> None:
        log = name[len(NOTE) : -len(".txt")]
        origin, size, root, text, signatures = self.trees[log]
        known = [(*self.keys[who, one[:4]], one[4:]) for who, one in signatures if (who, one[:4]) in self.keys]
        need(known and all(signature_holds(key, one, text) for _, key, one in known), "no key of keys.txt signed this")
        told = [one["payload"] for (of, _), one in sorted(self.entries.items()) if (of, one["kind"]) == (log, "key")]
        last = [one["public"] for one in told if one["for"] == "checkpoints"][-1:]
        need(last == [known[0][0]], "the log's last entry of kind key does not name the key that signed it")
        self.lines.append(f"log {origin}: {size:,} entries, root {root.hex()}, signed by {last[0]}")

    def check_items(self) -> None:
        self.each("data/items.jsonl", "items are what their digests and registrations say", self.check_item)
        names = sorted(name for name in self.files if name.startswith(("data/items/", "data/texts/")))
        self.each("", "items and texts bear the digest that is their name", self.check_name, names)
        need(self.items, "the bundle holds no item")

    def check_name(self, name: str) -> None:
        _, kind, digest = name.split("/")
        need(digest == self.files[name]["sha256"], "its bytes have changed: their SHA-256 is not its name")
        need(kind == "texts" or digest in self.items, "no line of data/items.jsonl names this item")

    def check_item(self, row: Row) -> None:
        digest, self.items[row["digest"]] = row["digest"], row
        need(f"data/items/{digest}" in self.files, f"item {digest}: its bytes are not in the bundle")
        found = self.files[f"data/items/{digest}"]
        wrong = [key for key in ("size", "sha1", "md5") if row.get(key) not in (None, found[key])]
        told = [one["payload"] for one in self.about.get(digest, []) if one["kind"] == "register"]
        need(told, f"item {digest}: no entry of the log registers it")
        for key in ("number", "evidence", "names", "size", "media_type", "parent", "blake3"):
            allowed = {one.get("name" if key == "names" else key) for one in told}
            allowed |= {one.get("number") for one in told if key == "names"}  # restricted items go by their number
            line = row.get(key) or [None] if isinstance(row.get(key), (list, type(None))) else [row[key]]
            if not set(line) <= allowed and (key != "blake3" or allowed != {None}):
                wrong.append(key)
        need(not wrong, f"item {digest}: its bytes or registrations do not say its {', '.join(wrong)}")

    def check_claims(self) -> None:
        self.each("data/derivatives.jsonl", "derivatives were made from items of the bundle", self.check_derivative)
        self.each("data/claims.jsonl", "claims quote words that stand in their texts", self.check_claim)
        self.each("data/custody.jsonl", "lines of custody are about items and entries given here", self.check_custody)

    def check_derivative(self, row: Row) -> None:
        need(row["item"] in self.items, f"text {row['text']} was made from {row['item']}, no item of the bundle")
        self.made[row["text"], row["item"]] = row

    def check_claim(self, row: Row) -> None:
        said, made = f"claim {row['id']}:", self.made.get((row["text"], row["item"]))
        need(made, f"{said} no line of data/derivatives.jsonl says that its text was made from its item")
        base = row.get("base") or (made or {}).get("base") or 0
        start, end, masked = row["start"] - base, row["end"] - base, "names masked" in row.get("flags", ())
        stands = 0 <= start < end and self.read(f"data/texts/{row['text']}")[start:end] == row["quote"]
        need(stands or masked, f"{said} its quote does not stand at {row['start']} to {row['end']} of its text")
        told = [one["payload"] for one in self.about.get(row["id"], []) if self.stands(one)]
        ways = [(STATUS[one.get("verdict", "accept")], one["claim"]["quote"].split()) for one in told if "claim" in one]
        settled = masked or (row["status"], row["quote"].split()) in ways
        need(row["status"] == "proposed" or settled, f"{said} no entry says that these words are {row['status']}")
        self.lines += [f"{said} names in its quote are masked, so it was not compared"] * masked

    def stands(self, entry: Row) -> bool:
        return not any(self.stands(one) for one in self.about.get(entry["id"], []) if one["kind"] == "withdraw")

    def check_custody(self, row: Row) -> None:
        need("item" not in row or row["item"] in self.items, f"{row.get('item')} is no item of the bundle")
        need(row.get("entry") in self.ids, f"the entry {row.get('entry')} is not among those proved")

    def check_outside(self) -> None:
        if self.outside is None:
            return self.lines.append("No checkpoint from elsewhere: compare the roots above with one in print.")
        origin, size, root, _, _ = read_checkpoint(self.outside.read_text("utf-8"))
        log = origin.split("/")[-1]
        need(self.trees.get(log, [""])[0] == origin, f"the checkpoint that you kept is of another log, {origin}")
        (old, before), (new, after) = sorted([(size, root), self.trees[log][1:3]])
        need(old < new or before == after, f"log {log} has two roots for {new} entries: not the log that you knew")
        if 0 < old < new:
            proofs = json.loads(self.read("log/consistency.json")) if "log/consistency.json" in self.files else []
            found = [one["proof"] for one in proofs if (one["log"], one["from"], one["to"]) == (log, old, new)]
            proof = [bytes.fromhex(step) for one in found[:1] for step in one]
            steps = [before] * (old & -old == old) + proof  # an old tree that is full is itself the node to start from
            agree = proof and roots_over(old - (old & -old), old, new, steps[0], steps[1:]) == (before, after)
            need(agree, f"log {log}: nothing shows that its {new} entries go on from the {old} that you knew")
        self.lines.append(f"log {log} agrees with the checkpoint of {size:,} entries that you kept")


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a bundle of evidence; names each fault, ends with 0 or 1.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent, help="default: the script's")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint of the log that was kept outside the bundle")
    bundle = Bundle(**vars(parser.parse_args(words)))
    for check in "files", "log", "items", "claims", "outside":
        try:
            getattr(bundle, f"check_{check}")()
        except Exception as wrong:
            bundle.faults.append(str(wrong) if isinstance(wrong, Fault) else f"{check}: not well written ({wrong!r})")
    for line in [*bundle.lines, *map("FAULT {}".format, bundle.faults), f"Faults found: {len(bundle.faults)}"]:
        print("".join(sign if " " <= sign <= "~" else ascii(sign)[1:-1] for sign in line))
    return 1 if bundle.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
