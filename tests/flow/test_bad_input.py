"""Bad input: a clear message that names the file, the reason and the next step, and the rest is done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import exported, run

pytestmark = pytest.mark.slow

REPORT = "Gunmen killed 12 villagers in Ostrava Ridge on 4 June 2031, the mayor said.\n"


def test_a_missing_an_empty_and_a_wrong_folder_are_told_apart(tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert "no folder" in run("brief", tmp_path / "nowhere", "--out", out, code=2).stderr
    (tmp_path / "empty").mkdir()
    assert "is empty" in run("brief", tmp_path / "empty", "--out", out, code=2).stderr
    (tmp_path / "file").write_text("x")
    assert "is a file" in run("brief", tmp_path / "file", "--out", out, code=2).stderr
    assert not out.exists()
    assert "not a case folder" in run("-C", tmp_path / "empty", "items", code=2).stderr


def test_one_bad_file_is_named_and_the_rest_is_done(folder_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = folder_of(good=REPORT)
    (folder / "zero.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "loop").symlink_to(folder)
    (folder / "outside.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe")
    said = run("brief", folder, "--out", tmp_path / "out.html", code=3).stderr
    page = (tmp_path / "out.html").read_text("utf-8")
    for name in ("loop", "outside.txt", "pipe"):
        assert name in said
    for name in ("zero.txt", "noise.txt", "loop", "outside.txt", "pipe"):
        assert name in page
    rows = exported(tmp_path / "out.case", "claims")
    assert [r for r in rows if r["act_type"] == "killing" and r["quantity"]["value"] == 12]


def test_names_of_every_kind_are_kept_and_shown_escaped(folder_of: Callable[..., Path], tmp_path: Path) -> None:
    folder = folder_of(plain=REPORT)
    names = [
        b"new\nline.txt", "right\u202eto.txt".encode(), b"bad\xff\xfe.txt",
        ("é" * 125 + ".txt").encode(), b"<script>alert(1)<.txt", b"-rf.txt", b"a'b\"c.txt",
    ]  # fmt: skip
    for n, name in enumerate(names):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:  # noqa: PTH123 - names are bytes here
            file.write(REPORT.replace("12", str(20 + n)).encode())
    said = run("brief", folder, "--out", tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "<script" not in page
    assert "\u202e" not in page + said.stdout + said.stderr
    rows = exported(tmp_path / "out.case", "claims")
    assert {r["quantity"]["value"] for r in rows if r["quantity"]} >= {12, 20, 21, 22, 23, 24, 25, 26}


def test_scripts_in_a_page_are_neither_text_nor_run(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.html").write_text(
        f"<html><body><script>killed('everyone in Nowhere')</script><p>{REPORT}</p>"
        '<img src=x onerror="alert(1)"><p onclick="steal()">Calm returned on Sunday.</p></body></html>'
    )
    run("brief", folder, "--out", tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "everyone in Nowhere" not in page
    assert "onerror" not in page
    assert "<script" not in page


def test_a_very_large_text_is_indexed_whole_and_read_in_part(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    line = "The committee met again and discussed the weather at some length without a result of any kind.\n\n"
    with (folder / "large.txt").open("w") as file:
        file.write(REPORT + "\n")
        for _ in range(44):
            file.write(line * 5_000)
        file.write("\nThe word zanzibarbarossa stands at the very end.\n")
    said = run("brief", folder, "--out", tmp_path / "out.html").stderr
    case = tmp_path / "out.case"
    assert "read up to" in said
    assert "read --all" in said
    assert run("-C", case, "search", "zanzibarbarossa").stdout.strip()
    assert exported(case, "claims")
