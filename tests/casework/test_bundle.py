"""A bundle holds what a stranger needs to check it, says what it discloses, and leaves a line before a byte leaves."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from probanda.access.rules import NotAllowed
from probanda.audit.tree import consistency_proof, inclusion_proof
from probanda.casework import bag, custody
from probanda.casework import bundle as bundles
from probanda.casework.bundle import SCRIPT, Bundled, bundle
from probanda.casework.proofs import Tree
from probanda.casework.undo import undo
from probanda.kernel.errors import ItemAltered, NotFound, ProbandaError, WrongUsage
from probanda.store.store import Store
from tests.casework.typing_in import typed
from tests.store.desk import REPORT, TESTIMONY, Desk, settings

pytestmark = pytest.mark.slow  # reads the sample case first

KILLED = "Residents of Tamrit said on 4 May that the Northern Brigade killed twelve farmers near the mill."
DENIED = "The Northern Brigade denied that it had killed anyone."
SECOND = "A letter from Tamrit\n\nThe Northern Brigade killed the miller on 9 May, his sister wrote.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The owner of a case with a report (two claims, one of them checked), a letter and a restricted testimony."""
    with Store.create(tmp_path / "case", settings(), "Ada Lorin") as store:
        desk = Desk(store, store.owner)
        report = desk.add(REPORT, "report.txt")
        first, _ = desk.read(report, REPORT, (KILLED, DENIED))
        desk.settle(first, "accept")
        letter = desk.add(SECOND, "letter.txt")
        desk.read(letter, SECOND, ("The Northern Brigade killed the miller on 9 May",))
        desk.add(TESTIMONY, "testimony.txt", "restricted")
        custody.add(store, desk.eyes, report, "moved", at="2031-06-02", receiver="the safe")
        yield desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a bundle may go."""
    return tmp_path / "given" / "bundle"


def make(desk: Desk, out: Path, *items: str, **more: Any) -> Bundled:
    """A bundle of these items, or of the open ones."""
    return bundle(desk.store, desk.eyes, items or ("KRV-0001", "KRV-0002"), out, **more)


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """The stranger's script, alone and from elsewhere: no module of ours can be imported."""
    words = [sys.executable, "-I", "-S", bundles.__file__.replace("bundle.py", SCRIPT), str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one file."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    """Every file by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kinds(folder: Path) -> set[str]:
    """The kinds of the entries that a bundle opens."""
    return {row["entry"]["kind"] for row in rows(folder, "log/entries.jsonl")}


def outputs(desk: Desk) -> list[Any]:
    """What the log says of bundles."""
    return [d for d in desk.store.decisions(desk.eyes) if d.kind == "output"]


# --- what is in it


def test_a_bundle_is_what_it_says_and_the_script_finds_nothing_wrong(desk: Desk, out: Path) -> None:
    done = make(desk, out)
    said = check(out)
    assert said.returncode == 0, said.stdout + said.stderr
    assert (done.items, done.closed, done.claims) == (2, 0, 3)
    names = set(files(out))
    log = desk.store.settings.log
    beside = {"bagit.txt", "bag-info.txt", bag.MANIFEST, bag.TAGS, "README.txt", SCRIPT}
    beside |= {"log/entries.jsonl", f"log/checkpoint-{log}.txt", "log/keys.txt", "log/consistency.json"}
    tables = {f"data/{name}.jsonl" for name in ("items", "derivatives", "claims", "custody")}
    stored = {f"data/{kind}/{d}" for kind in ("items", "texts") for d in desk.names if desk.names[d] != "testimony.txt"}
    assert names == beside | tables | stored
    assert desk.store.verify() == []


def test_each_claim_quotes_the_text_beside_it(desk: Desk, out: Path) -> None:
    make(desk, out)
    claims = rows(out, "data/claims.jsonl")
    assert {c["quote"] for c in claims} >= {KILLED, DENIED}
    for c in claims:
        words = (out / "data" / "texts" / c["text"]).read_text("utf-8")
        assert words[c["start"] - c["base"] : c["end"] - c["base"]] == c["quote"]
        assert set(c["actor_ids"]) <= {None}, "who is who stays home"


def test_the_log_names_the_manifest_and_every_item_has_its_line(desk: Desk, out: Path) -> None:
    done = make(desk, out)
    manifest = hashlib.sha256((out / bag.MANIFEST).read_bytes()).hexdigest()
    assert manifest == done.manifest
    (output,) = outputs(desk)
    assert (output.payload["kind"], output.payload["digest"]) == ("bundle", manifest)
    assert output.id in {row["entry"]["id"] for row in rows(out, "log/entries.jsonl")}
    for item in ("KRV-0001", "KRV-0002"):
        line = custody.chain(desk.store, desk.eyes, item)[-1]
        assert line.what == "exported" and manifest in (line.note or "")
    assert custody.chain(desk.store, desk.eyes, "KRVR-0001")[-1].what == "received"


def test_custody_goes_with_the_items_and_what_nobody_stated_is_null(desk: Desk, out: Path) -> None:
    make(desk, out)
    moved = [row for row in rows(out, "data/custody.jsonl") if row["what"] == "moved"]
    assert [(row["at"], row["to"], row["who"], row["from"]) for row in moved] == [
        ("2031-06-02", "the safe", None, None)
    ]


def test_a_claim_whose_anchor_is_lost_goes_with_the_text_it_was_settled_on(desk: Desk, out: Path) -> None:
    (item,) = [d for d, name in desk.names.items() if name == "report.txt"]
    desk.read(item, "Quite other words stand here now.\n")
    make(desk, out, item)
    assert check(out).returncode == 0, check(out).stdout
    (claim,) = rows(out, "data/claims.jsonl")
    assert (claim["status"], claim["quote"]) == ("checked", KILLED)
    assert claim["text"] == hashlib.sha256(REPORT.encode()).hexdigest()
    roles = {row["text"]: row["settings"] for row in rows(out, "data/derivatives.jsonl")}
    assert "a decision rests on it" in roles[claim["text"]]


def test_what_was_undone_and_done_again_goes_as_it_stands(desk: Desk, out: Path) -> None:
    (claim,) = [one for one in desk.store.claims(desk.eyes) if one.status.value == "checked"]
    (settled,) = desk.store.standing(desk.eyes, claim.id)
    undo(desk.store, desk.eyes, settled.id)
    undo(desk.store, desk.eyes, desk.store.decisions(desk.eyes, claim.id)[-1].id)
    make(desk, out)
    assert check(out).returncode == 0, check(out).stdout
    assert [row["status"] for row in rows(out, "data/claims.jsonl") if row["id"] == claim.id] == ["checked"]


def test_a_line_taken_back_goes_with_what_took_it_back(desk: Desk, out: Path) -> None:
    (line,) = [one for one in custody.chain(desk.store, desk.eyes, "KRV-0001") if one.what == "moved"]
    undo(desk.store, desk.eyes, line.decision, "another bag")
    make(desk, out)
    assert check(out).returncode == 0
    assert "withdraw" in kinds(out)
    assert [row["stands"] for row in rows(out, "data/custody.jsonl") if row["what"] == "moved"] == [False]


def test_the_same_record_gives_the_same_payload(desk: Desk, tmp_path: Path, out: Path) -> None:
    desk.store.close()
    shutil.copytree(desk.store.folder, tmp_path / "copy")
    for n, folder in enumerate((desk.store.folder, tmp_path / "copy")):
        with Store.open(folder, writing=True) as store:
            items = ("KRV-0001", "KRV-0002") if n else ("letter.txt", "report.txt", "KRV-0002")
            bundle(store, store.owner, items, out.with_name(f"bundle-{n}"))
    left, right = (files(out.with_name(f"bundle-{n}")) for n in (0, 1))
    differ = {name for name in {*left, *right} if left.get(name) != right.get(name)}
    assert all(name.startswith("log/") or name == bag.TAGS for name in differ), differ


def test_nothing_but_the_chosen_item_and_its_entries_goes(desk: Desk, out: Path) -> None:
    make(desk, out, "KRV-0002")
    told = b"\n".join(data for name, data in files(out).items() if name != SCRIPT)
    assert b"report.txt" not in told and b"testimony.txt" not in told and b"twelve farmers" not in told
    assert kinds(out) == {"user", "key", "register", "output"}


def test_who_is_who_and_who_is_protected_stay_home_unless_named(desk: Desk, tmp_path: Path, out: Path) -> None:
    (left, right) = sorted(m.id for m in desk.store.mentions(desk.eyes))
    desk.decide("identity", left, (), left=left, right=right, verdict="same", kind="actor")
    desk.decide("protect", left, (), words=["Somebody Else"], kind="person")
    make(desk, out)
    assert kinds(out).isdisjoint({"identity", "protect"})
    make(desk, tmp_path / "with", extras=["notes"])
    assert "identity" in kinds(tmp_path / "with") and "protect" not in kinds(tmp_path / "with")
    (note,) = rows(tmp_path / "with", "data/notes.jsonl")
    assert (note["left"], note["right"], note["verdict"]) == (left, right, "same")
    make(desk, tmp_path / "alone", "KRV-0001", extras=["notes"])
    assert "identity" not in kinds(tmp_path / "alone"), "it rests on another item too"
    assert all(check(folder).returncode == 0 for folder in (out, tmp_path / "with", tmp_path / "alone"))
    with pytest.raises(WrongUsage, match="findings"):
        make(desk, tmp_path / "more", extras=["findings"])


def test_the_names_it_discloses_are_told(desk: Desk, out: Path) -> None:
    clerk = desk.store.eyes(desk.store.add_user(desk.eyes, "M. Ode"))
    desk.store.add_user(desk.eyes, "Never Wrote")
    custody.add(desk.store, clerk, "KRV-0002", "analysed")
    assert make(desk, out).users == ("Ada Lorin", "M. Ode")
    page = (out / "README.txt").read_text("utf-8")
    assert "Ada Lorin, M. Ode" in page and "NOT MASKED" in page
    assert not any(b"Never Wrote" in data for data in files(out).values())


def test_the_command_says_loudly_that_names_are_not_masked(desk: Desk, out: Path) -> None:
    desk.store.close()
    folder = desk.store.folder
    typed(folder, "bundle", "KRV-0001", "KRVR-0001", "--out", out, code=2)
    said = typed(folder, "bundle", "KRV-0001", "KRVR-0001", "--out", out, "--include-restricted", "for counsel")
    assert "names in them are NOT masked" in said.stderr and "Ada Lorin" in said.stderr
    assert said.stdout.strip() == str(out)
    told = typed(folder, "bundle", "KRV-0002", "--out", out.with_name("second"), "--json", "--with", "notes")
    (row,) = map(json.loads, told.stdout.splitlines())
    assert (row["items"], row["closed"], row["users"]) == (1, 0, ["Ada Lorin"])
    assert check(out).returncode == 0 and check(out.with_name("second")).returncode == 0


# --- what may not go


def test_a_restricted_item_goes_only_with_a_reason_which_is_logged(desk: Desk, out: Path) -> None:
    for reason in (None, "", "  "):
        with pytest.raises(WrongUsage, match="is restricted"):
            make(desk, out, "KRV-0001", "KRVR-0001", include_restricted=reason)
    assert not out.exists() and not out.parent.exists() and outputs(desk) == []
    done = make(desk, out, "KRV-0001", "KRVR-0001", include_restricted="for counsel, with consent of 3 May")
    assert done.closed == 1 and check(out).returncode == 0
    assert [d.reason for d in outputs(desk)] == ["for counsel, with consent of 3 May"]
    clerk = desk.store.eyes(desk.store.add_user(desk.eyes, "M. Ode"))
    assert [d.reason for d in desk.store.decisions(clerk, next(iter(desk.names))) if d.kind == "custody"] == ["", ""]


def test_an_item_that_names_a_protected_person_goes_only_with_a_reason(desk: Desk, out: Path) -> None:
    (mention, *_) = sorted(m.id for m in desk.store.mentions(desk.eyes))
    desk.decide("protect", mention, (), words=["Northern Brigade"], kind="unit")
    with pytest.raises(WrongUsage, match="names a protected person") as caught:
        make(desk, out, "KRV-0002")
    assert "Northern" not in str(caught.value)
    assert make(desk, out, "KRV-0002", include_restricted="for counsel").closed == 1


def test_what_a_restricted_taking_in_of_the_same_bytes_says_does_not_go(desk: Desk, out: Path) -> None:
    told = {"size": len(SECOND), "media_type": "text/plain", "name": "from-the-sister.txt", "label": "restricted"}
    told |= {"received_at": "2031-06-01T08:00:00.000Z", "source": "the miller's sister"}
    (item,) = [d for d, name in desk.names.items() if name == "letter.txt"]
    desk.decide("register", item, (), **told)
    make(desk, out, "KRV-0002")
    assert check(out).returncode == 0
    assert not any(b"sister.txt" in data or b"miller's sister" in data for data in files(out).values())


def test_who_may_not_take_names_out_gets_no_restricted_original(desk: Desk, out: Path) -> None:
    told = {"clerk": [], "helper": ["restricted"], "lead": ["restricted", "names"]}
    eyes = {name: desk.store.eyes(desk.store.add_user(desk.eyes, name, seen)) for name, seen in told.items()}
    with pytest.raises(NotFound):
        bundle(desk.store, eyes["clerk"], ["KRVR-0001"], out, include_restricted="for counsel")
    with pytest.raises(NotAllowed):
        bundle(desk.store, eyes["helper"], ["KRVR-0001"], out, include_restricted="for counsel")
    assert not out.exists() and outputs(desk) == []
    bundle(desk.store, eyes["lead"], ["KRVR-0001"], out, include_restricted="for counsel")
    assert check(out).returncode == 0


def test_an_altered_item_does_not_go(desk: Desk, out: Path) -> None:
    path = desk.store.vault.path_of(next(iter(desk.names)))
    path.chmod(0o600)
    path.write_bytes(b"something else")
    with pytest.raises(ItemAltered):
        make(desk, out)
    assert not out.exists() and outputs(desk) == []


@pytest.mark.parametrize("items", [[], ["KRV-0099"]])
def test_no_items_and_unknown_items_are_refused(desk: Desk, out: Path, items: list[str]) -> None:
    with pytest.raises((WrongUsage, NotFound)):
        bundle(desk.store, desk.eyes, items, out)


def test_a_bundle_overwrites_nothing_and_stays_out_of_the_case_folder(desk: Desk, out: Path) -> None:
    out.mkdir(parents=True)
    with pytest.raises(WrongUsage, match="there already"):
        make(desk, out)
    with pytest.raises(WrongUsage, match="case folder"):
        make(desk, desk.store.folder / "bundle")
    assert outputs(desk) == []


# --- when it is written


def test_that_it_goes_is_logged_before_a_byte_is_written(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def full(path: Path, pieces: object) -> None:
        seen.append(len(outputs(desk)))
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(ProbandaError, match="No space left"):
        patch.setattr(bag, "_write_file", full)
        make(desk, out)
    assert seen == [1]
    assert list(out.parent.iterdir()) == []
    make(desk, out)
    assert check(out).returncode == 0 and len(outputs(desk)) == 2
    assert desk.store.verify() == []


def test_what_a_killed_run_left_beside_is_taken_away(desk: Desk, out: Path) -> None:
    left = out.with_name(f".{out.name}.part")
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"half a file")
    make(desk, out)
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert check(out).returncode == 0


# --- harm done to it


def test_one_flipped_bit_in_any_file_is_found(desk: Desk, out: Path) -> None:
    make(desk, out)
    for name, data in sorted(files(out).items()):
        at = len(data) // 2
        (out / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert check(out).returncode != 0, name
        (out / name).write_bytes(data)
    assert check(out).returncode == 0


def forge(folder: Path, name: str, data: bytes) -> None:
    """Put other bytes in a file's place and make every manifest agree."""
    (folder / name).write_bytes(data)
    for manifest in (bag.MANIFEST, bag.TAGS):
        lines = [line.split("  ", 1)[1] for line in (folder / manifest).read_text("ascii").splitlines()]
        told = [f"{hashlib.sha256((folder / one).read_bytes()).hexdigest()}  {one}\n" for one in lines]
        (folder / manifest).write_text("".join(told), "ascii")


def test_with_all_manifests_made_anew_a_forged_claim_item_or_entry_is_found(desk: Desk, out: Path) -> None:
    make(desk, out)
    item = next(iter(sorted(path.name for path in (out / "data" / "items").iterdir())))
    before = files(out)
    forgeries = [
        ("data/claims.jsonl", b"killed twelve", b"killed eleven"),
        ("data/claims.jsonl", b'"proposed"', b'"checked"'),
        ("data/claims.jsonl", b'"alleged"', b'"confirmed"'),
        ("data/custody.jsonl", b"the safe", b"the shed"),
        (f"data/items/{item}", b"Brigade", b"Company"),
        ("data/items.jsonl", b"KRV-0001", b"KRV-0007"),
        ("log/entries.jsonl", b"the safe", b"the shed"),
        ("log/entries.jsonl", b'"accept"', b'"reject"'),
    ]
    forge(out, "data/claims.jsonl", before["data/claims.jsonl"])
    assert check(out).returncode == 0, "the forger's hand is light: it is the words that are found"
    for name, old, new in forgeries:
        assert old in before[name], (name, old)
        forge(out, name, before[name].replace(old, new))
        assert check(out).returncode != 0, (name, new)
        for one, data in before.items():
            (out / one).write_bytes(data)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 65])
def test_proofs_made_together_are_those_made_one_by_one(size: int) -> None:
    leaves = [hashlib.sha256(bytes([n])).hexdigest() for n in range(size)]
    tree = Tree(leaves)
    assert [tree.inclusion(n) for n in range(size)] == [inclusion_proof(leaves, n) for n in range(size)]
    assert [tree.consistency(n) for n in range(1, size + 1)] == [
        consistency_proof(leaves, n) for n in range(1, size + 1)
    ]
