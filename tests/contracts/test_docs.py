"""The docs stay true because they are run: each command of the tutorial and the README, each table against the code."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from tests.contracts.reading_docs import Terminal, blocks, typed_in
from tests.running import Done, run

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial.md"


def commands() -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command of the program with the words that name it."""
    import typer.main

    from probanda.cli.main import app

    def below(group: object, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
        for name, command in sorted(getattr(group, "commands", {}).items()):
            if hasattr(command, "commands"):
                yield from below(command, (*words, name))
            else:
                yield (*words, name), command

    yield from below(typer.main.get_command(app), ())


def keys_in(section: str) -> dict[str, set[str]]:
    """The keys that a table of format.md names in code, by the kind in its first column."""
    page = (DOCS / "format.md").read_text("utf-8")
    table = page.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|$", table, re.M)
    return {kind: set(re.findall(r"`(\w+)`", told)) for kind, told in rows}


def examples(sample: Path, folder: Path) -> None:
    """The sample case and the table beside it, as they lie in the project."""
    shutil.copytree(sample, folder / "examples" / "marsafa")
    shutil.copy(sample.with_name("marsafa-evidence.csv"), folder / "examples")


# --- commands


def test_every_command_says_what_it_does_and_shows_an_example() -> None:
    for words, command in commands():
        name = " ".join(words)
        assert (getattr(command, "help", "") or "").strip(), f"`{name}` has no help"
        example = getattr(command, "epilog", "") or ""
        assert example.startswith("Example: probanda ") and name in example, f"`{name}` shows no example of itself"


def test_every_command_is_named_in_the_docs() -> None:
    pages = "\n".join(p.read_text("utf-8") for p in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))])
    for words, _ in commands():
        name = r"\s".join(words)
        assert re.search(rf"(probanda( -C \S+)?|`)\s?{name}\b", pages), f"`{' '.join(words)}` is in no page"


def test_every_option_has_help() -> None:
    for words, command in commands():
        for parameter in command.params:  # type: ignore[attr-defined]
            assert getattr(parameter, "help", None), f"`{' '.join(words)}`: {parameter.name} has no help"


# --- pages


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(done: Done, sample: Path, tmp_path: Path) -> None:
    examples(sample, tmp_path)
    shutil.copytree(done.folder, tmp_path / "demo" / "case")
    terminal = Terminal(tmp_path / "demo")
    for typed in typed_in(TUTORIAL):
        terminal.type(typed)
    assert len(terminal.ran) > 40
    used = {command.split("claims ", 1)[1].split()[0] for command in terminal.ran if "claims " in command}
    assert {"list", "show", "accept", "correct", "reject", "unsure", "undo", "add"} <= used
    page = (tmp_path / "demo" / "dossier.html").read_text("utf-8")
    assert "Berrow" not in page
    assert (tmp_path / "demo" / "page.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "demo" / "claims.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_the_python_of_the_tutorial_runs(sample: Path, tmp_path: Path) -> None:
    examples(sample, tmp_path)
    (tmp_path / "demo").mkdir()
    (script,) = blocks(TUTORIAL, "python")
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "demo", capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "demo" / "from-python.html").read_text("utf-8").startswith("<!doctype html>")
    assert (tmp_path / "demo" / "from-python.docx").read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_the_commands_of_the_readme_run(sample: Path, tmp_path: Path) -> None:
    # The README speaks of a folder all of which can be read; with the scan some of its commands end with 3.
    shutil.copytree(sample, tmp_path / "reports", ignore=shutil.ignore_patterns("*-scan.pdf"))
    terminal = Terminal(tmp_path)
    for typed in typed_in(ROOT / "README.md"):
        if not typed.command.endswith(" serve"):  # runs until it is stopped; `tests/web` starts it
            terminal.type(typed)
    assert len(terminal.ran) >= 12
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_the_demo_runs_what_the_tutorial_starts_from(done: Done) -> None:
    """The tests type into the folder of the fixture; the reader of the tutorial into that of `make demo`."""
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    (told,) = re.findall(r"^\t\$\(BIN\)/probanda brief (.*?)\|\|", makefile, re.M)
    assert "--table examples/marsafa-evidence.csv" in told and '--situation "Marsafa since the spring of 2031"' in told
    assert re.findall(r"--out \$\(DEMO\)/dossier\.(\w+)", told) == ["html", "pdf", "docx"]
    assert {form.suffix for form in done.out.parent.glob("dossier.*") if form.is_file()} == {".html", ".pdf", ".docx"}


def test_every_format_is_named_in_the_readme_and_its_limits_are_told() -> None:
    from probanda.reading.formats import all_formats

    readme = (ROOT / "README.md").read_text("utf-8").split("## What it reads\n", 1)[1].split("\n## ", 1)[0]
    limits = (DOCS / "limits.md").read_text("utf-8").split("## Each format's limits\n", 1)[1].split("\n## ", 1)[0]
    for form in all_formats():
        word = form.name.removesuffix(" document").removesuffix(" workbook").removesuffix(" table")
        names = {word, *(suffix.lstrip(".").upper() for suffix in form.suffixes), *form.suffixes}
        assert any(re.search(rf"\b{re.escape(n)}", readme, re.I) for n in names), f"{form.name} is not in the README"
        if form.name not in ("plain text", "HTML"):
            told = any(re.search(rf"\b{re.escape(n.lstrip('.'))}", limits, re.I) for n in names)
            assert told, f"limits.md tells nothing of {form.name}"


def test_every_link_between_the_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("examples/*.md"), *ROOT.glob("benchmarks/**/*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.endswith(".png"):
                assert (page.parent / target).exists(), (
                    f"{page.relative_to(ROOT)} links to {target}, which is not there"
                )


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index


# --- the format


@pytest.mark.slow
def test_a_script_that_uses_nothing_of_ours_finds_the_root_that_verify_prints(done: Done, tmp_path: Path) -> None:
    (script,) = blocks(DOCS / "format.md", "python")
    assert len(script.splitlines()) <= 30 and "probanda" not in script
    (tmp_path / "check.py").write_text(script, "utf-8")

    def check(folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(tmp_path / "check.py"), str(folder)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    root = re.search(r"root ([0-9a-f]{64})", run("-C", done.folder, "verify").stdout)
    said = check(done.folder)
    assert said.returncode == 0, said.stderr
    assert root and said.stdout.split()[-1] == root[1]

    copy = tmp_path / "copy"
    shutil.copytree(done.folder, copy)
    (log,) = copy.glob("log/*/000001.jsonl")
    log.write_text(log.read_text("utf-8").replace("01-delma", "02-delma", 1), "utf-8")
    assert check(copy).returncode != 0


@pytest.mark.slow
def test_ids_of_mentions_can_be_made_again_as_the_page_says(done: Done) -> None:
    made = 0
    with Case.open(done.folder) as case:
        kept = {n.rsplit("/", 1)[-1]: case.store.vault.path_of(row.digest) for row in case.items() for n in row.names}
    for m in done.mentions:
        if not m["doc"].endswith(".txt"):
            continue
        data = kept[m["doc"]].read_bytes()
        words, start, end = data.decode("utf-8"), m["start"], m["end"]
        around = [words[start:end], words[max(0, start - 32) : start], words[end : end + 32]]
        told = [hashlib.sha256(data).hexdigest(), "original", *around, "0"]
        plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        assert hashlib.sha256(plain).hexdigest()[:32] == m["id"], m
        made += 1
    assert made > 50


@pytest.mark.slow
def test_listed_items_have_the_keys_that_the_page_names(done: Done) -> None:
    page = (DOCS / "format.md").read_text("utf-8")
    told = page.split("`probanda items --json` prints one JSON object for each item:\n", 1)[1]
    told = told.split("; of a\n", 1)[0]  # what follows is of a single item
    inner = {"what", "reason", "fix", "name", "value"}
    rows = [json.loads(line) for line in run("-C", done.folder, "items", "--json").stdout.splitlines()]
    assert len(rows) > 20
    for row in rows:
        assert set(row) == set(re.findall(r"`(\w+)`", told)) - inner - {"null"}
        assert all(set(remark) == {"what", "reason", "fix"} for remark in row["remarks"])


@pytest.mark.slow
def test_locators_have_only_the_keys_that_the_page_names(done: Done) -> None:
    page = (DOCS / "format.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+)`", page.split("- `locator` says", 1)[1].split("\n- ", 1)[0]))
    used = {key for claim in done.claims for key in claim["locator"]}
    assert used <= told
    assert {"page", "box", "cell", "paragraph"} <= used


def test_the_columns_of_the_evidence_table_are_those_the_page_names() -> None:
    from probanda.casework.evidence_table import FIELDS

    page = (DOCS / "format.md").read_text("utf-8")
    table = page.split("## The table beside the files\n", 1)[1].split("\n## ", 1)[0]
    first = "".join(re.findall(r"^\| (`[^|]+) \|", table, re.M))
    assert tuple(re.findall(r"`(\w+)`", first)) == FIELDS


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["claims", "mentions", "actors", "incidents", "contradictions", "origins", "matrix"])
def test_exported_rows_have_the_keys_that_the_page_names(done: Done, kind: str) -> None:
    rows = [json.loads(line) for line in run("-C", done.folder, "export", kind).stdout.splitlines()]
    assert rows
    for row in rows:
        assert set(row) == keys_in("Exports")[kind]


def test_the_keys_of_ties_are_those_of_claims_and_its_own() -> None:
    from probanda.casework.rows import tie_row
    from probanda.claims.model import Claim, Named, Tie
    from probanda.kernel.vocabulary import ActType, Modality, TieKind

    tie = Tie(next(iter(TieKind)), Named("the brigade"), Named("the army"))
    claim = Claim(
        id="a" * 32, item="b" * 64, start=0, end=4, quote="part", act="part", act_start=0, act_end=4,
        act_type=ActType.OTHER, modality=Modality.REPORTED, tie=tie, speakers=(Named("@doc"),), reader="person",
        why="by hand",
    )  # fmt: skip
    told = keys_in("Exports")
    assert set(tie_row(claim, ("x.txt",), "MAR-0001", {})) == told["claims"] | told["ties"]


def test_the_table_of_exports_names_every_kind() -> None:
    from probanda.casework.export import KINDS

    assert set(keys_in("Exports")) == set(KINDS)
