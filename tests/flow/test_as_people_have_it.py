"""What people hand over, from the command line to the dossier: a captured page with a film, an Arabic chat, a scan.

The notes lead to the part of the film, to the message, and to the page, in each form of the dossier.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from probanda import Case
from probanda.cli.main import app
from tests.reading import making_captures as captures
from tests.reading import making_media as media
from tests.reading.making_chats import a_chat_zip

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SEEN = "Soldiers of the Coast Guard Brigade beat two fishermen with rifle butts in Rasmina."
REASON = "The senders agreed to it, form of 20 May."
Do = Callable[..., str]


def script(name: str) -> ModuleType:
    """A script of the examples, as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def handed_over(folder: Path) -> None:
    """The folder as somebody brings it: no file in it is plain text."""
    records = captures.a_capture()
    records[6] = captures.a_response("/clip.mp4", media.an_mp4(seconds=40), "video/mp4")
    (folder / "harbour.wacz").write_bytes(captures.a_wacz(captures.a_warc(records, packed=True)))
    (folder / "WhatsApp Chat with Harbour watch.zip").write_bytes(a_chat_zip())
    (folder / "letter.png").write_bytes(script("make_scans").letter())


def commands(case: Path) -> Do:
    """The program, as typed in a shell, in this process: starting it for each line would take seconds."""

    def do(*words: object, code: int = 0) -> str:
        done = CliRunner().invoke(app, ["-C", str(case), *map(str, words)])
        assert done.exit_code == code, f"{words}: {done.exit_code}\n{done.output}\n{done.exception!r}"
        return done.stdout

    return do


def of_pdf(data: bytes) -> str:
    import pypdfium2

    return plain(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)))


def of_docx(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as file:
        return plain(file.read("word/footnotes.xml").decode())


def plain(page: str) -> str:
    """Words without marks of a format; the breaks of lines a PDF makes within a place are undone."""
    words = re.sub(r"</(?:p|li|w:p)>", "\n", page)
    return " ".join(re.sub(r"<[^>]+>", "", words).replace("\ufffe", "").split())


def numbered(folder: Path) -> dict[str, str]:
    """The names of the items by registration number."""
    with Case.open(folder, writing=False) as case:
        return {row.number: row.doc for row in case.items()}


def by_name(rows: dict[str, str], ending: str) -> str:
    """The number of the item whose name ends so."""
    return next(number for number, name in rows.items() if name.endswith(ending))


@pytest.mark.slow
@pytest.mark.needs("tesseract")
def test_a_film_a_chat_and_a_scan_reach_the_notes_with_time_message_and_page(tmp_path: Path) -> None:
    held, out = tmp_path / "held", tmp_path / "dossier.html"
    held.mkdir()
    handed_over(held)
    with Case.new(tmp_path / "case", situation="Marsafa since 2031", prefix="MAR", name="M. Ode"):
        pass
    do = commands(tmp_path / "case")
    do("add", held)
    do("read", "--workers", 1, code=3)  # the scan and the film have no words yet
    do("ocr", "--languages", "ara", "--workers", 1)
    rows = numbered(tmp_path / "case")
    film = by_name(rows, "clip.mp4")
    told = do("observe", film, "--at", "0:12-0:31", "--by", "O-17", "--words", SEEN)
    assert "1 claims proposed" in told
    observation, chat, letter = told.split()[0], by_name(rows, "Harbour watch.txt"), by_name(rows, "letter.png")
    forms = [out, out.with_suffix(".pdf"), out.with_suffix(".docx")]
    do("report", "--include-restricted", REASON, *(word for form in forms for word in ("--out", form)))

    page, printed, word = (form.read_bytes() for form in forms)
    for words in (plain(page.decode()), of_pdf(printed), of_docx(word)):
        assert f"{observation}, observation of {film}, at 00:00:12–00:00:31, paragraph" in words
        assert f"the observation ({observation}), from O-17 · alleged" in words
        assert re.search(rf"{chat}, message 1, sent 4 May 2031 14:03, sender protected, paragraph \d+", words)
        assert re.search(rf"{letter}, page 1, box \d+,\d+-\d+,\d+, paragraph \d+", words)
        assert "sha256:" not in words.partition(f"observation of {film}")[2][:400]  # its head is no context
        assert "أحمد الراعي" not in words and "0143" not in words
    said = f"Alleged, according to the observation ({observation}), from O-17: {SEEN.rstrip('.')}"
    assert said in plain(page.decode())  # the browser sets the marks of a quote
