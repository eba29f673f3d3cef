"""The repository speaks of the project alone: no path of one machine, no registry, no words it is evaluated on."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IGNORED = (".git", ".venv", "demo", "build", "dist", "__pycache__")
SEQUENCE = 8
"""Words in a row that two texts do not share by accident."""
OFFICIAL = frozenset(
    ("the", "of", "office", "prosecutor", "international", "criminal", "court", "icc", "united", "nations", "council")
)
"""Words of which names of institutions are made: they belong to nobody."""

# Put together from parts, so that this file does not find itself.
MACHINE = re.compile(
    "|".join(
        ["/" + "home/" + r"[a-z]\w*/", "/" + "Users/" + r"\w+/", "/" + "root/", "/" + "work/", r"[A-Z]:\\" + r"Users"]
    )
)
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"), ("npmjs", "org"), ("huggingface", "co"),
        ("ghcr", "io"), ("docker", "io"),
    )
)  # fmt: skip


def tracked() -> list[Path]:
    """The files of the repository: those git knows or would take, else all but what is made here."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
        paths = [ROOT / name.decode() for name in names if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not any(part in IGNORED or part.endswith("_cache") for part in p.parts)]
    return sorted(p for p in paths if p.is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Name and words of every text file."""
    for path in tracked():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue


def words_of(text: str) -> list[str]:
    """The words of a text without case and marks."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def sequences(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of SEQUENCE words that is no mere name of an institution and no row of numbers."""
    words = words_of(text)
    for run in zip(*(words[n:] for n in range(SEQUENCE)), strict=False):
        if not all(word in OFFICIAL or word.isdecimal() for word in run):
            yield run


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = [(name, hit[0]) for name, text in texts() for hit in MACHINE.finditer(text)]
    assert not found


def test_no_file_names_a_registry() -> None:
    found = [(name, host) for name, text in texts() for host in REGISTRIES if host in text]
    assert not found


def test_no_file_holds_words_of_the_evaluation(evaluation: Path) -> None:
    known: dict[int, str] = {}
    folders = (evaluation / "corpus" / "seeds", evaluation / "eval" / "reading" / "docs")
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.is_file()):
        known |= {hash(run): path.name for run in sequences(path.read_bytes().decode("utf-8", "replace"))}
    assert len(known) > 1_000
    found = {
        (name, known[hash(run)], " ".join(run))
        for name, text in texts()
        for run in sequences(text)
        if hash(run) in known
    }
    assert not sorted(found)


def test_every_room_says_what_it_is_for() -> None:
    for path in sorted((ROOT / "src" / "probanda").rglob("*.py")):
        first = path.read_text("utf-8").lstrip()
        if not first:
            continue  # an empty file has nothing to say
        assert first.startswith(('"""', 'r"""')), f"{path.relative_to(ROOT)} opens without saying what it is for"


def test_the_log_of_changes_names_this_version() -> None:
    from probanda import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
