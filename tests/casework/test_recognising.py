"""From a scan to claims: recognised page by page, kept at once, and read as machine text. With Tesseract itself."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import typst
from PIL import Image

from probanda import Case
from probanda.casework import recognising
from probanda.kernel.errors import WrongUsage
from probanda.reading import recognition
from tests.running import run

pytestmark = pytest.mark.needs("tesseract")

LETTER = Path(__file__).resolve().parents[2] / "examples" / "marsafa-scans" / "letter-of-the-residents.png"
PAGES = (
    "On 4 May 2031 soldiers of the Salt Road Battalion shelled the market of Tessarin, residents said.",
    "",
    "On 9 May 2031 fighters of the Nasr Brigade burned six houses in Beni Harun, the village council said.",
)


def picture(words: str) -> bytes:
    """A page with these words as a PNG, as a scanner gives it."""
    import fontpkg_noto_sans

    source = f"#set page(width: 460pt, height: 200pt)\n#set text(size: 15pt)\n{words}"
    made = typst.compile(source.encode(), format="png", ppi=200, font_paths=[str(fontpkg_noto_sans.ROOT)])
    assert isinstance(made, bytes)
    return made


def pdf(*pages: str) -> bytes:
    """Pictures of pages as one PDF without letters."""
    drawn = [Image.open(io.BytesIO(picture(words))).convert("L") for words in pages]
    out = io.BytesIO()
    drawn[0].save(out, "PDF", resolution=200, save_all=True, append_images=drawn[1:])
    return out.getvalue()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with an Arabic letter and a scanned report of three pages, the second of them empty."""
    held = tmp_path / "held"
    (held / "letters").mkdir(parents=True)
    (held / "a-report.pdf").write_bytes(pdf(*PAGES))
    shutil.copy(LETTER, held / "letters" / "letter.png")
    with Case.new(tmp_path / "case", prefix="SC") as case:
        case.add([held])
        assert {reason.split(":")[0] for _, reason, _ in case.read().unread}, "nothing is read before"
    return tmp_path / "case"


def test_a_scan_goes_through_to_claims_with_page_and_box(case: Path) -> None:
    run("-C", case, "ocr", "--first", "letters")
    with Case.open(case, writing=False) as work:
        letter = next(i for i in work.items() if i.doc.endswith("letter.png"))
        report = next(i for i in work.items() if i.doc.endswith("report.pdf"))
        assert letter.language == "ar" and "Tesseract" in (letter.machine or "")
        found = work.claims()
        in_arabic = [c for c in found if c.item == letter.digest]
        assert any("المدرسة" in c.quote for c in in_arabic)
        places = {c.locator.page for c in found if c.item == report.digest and c.locator and c.locator.box}
        assert places == {1, 3}
        assert ("page 2", "Text recognition found no words on it.") in [r[:2] for r in report.remarks]
        assert work.store.verify() == []
        work.report(case.parent / "dossier.html")
    dossier = (case.parent / "dossier.html").read_text("utf-8")
    assert "المدرسة" in dossier and "page 1" in dossier and "data:image/png" in dossier
    assert "No page waits" in run("-C", case, "ocr").stdout


def test_a_run_that_is_cut_off_goes_on_at_the_next_page(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    took = recognising._Work._take
    counted: list[int] = []

    def cut_off(self: recognising._Work, *told: object) -> None:
        took(self, *told)  # type: ignore[arg-type]
        counted.append(1)
        if len(counted) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(recognising._Work, "_take", cut_off)
    with Case.open(case) as work, pytest.raises(KeyboardInterrupt):
        work.recognise(workers=1, languages=["eng", "ara"])
    monkeypatch.setattr(recognising._Work, "_take", took)
    with Case.open(case) as work:
        done = work.recognise(workers=1, languages=["eng", "ara"])
    assert (done.kept, done.pages) == (2, 2)


def test_a_language_that_is_not_there_is_named(case: Path) -> None:
    with Case.open(case) as work, pytest.raises(WrongUsage, match="tlh"):
        work.recognise(languages=["tlh"])


def test_the_library_meets_the_pixels_behind_the_filter(case: Path) -> None:
    """A broken picture costs its page alone, and what cannot be recognised is said."""
    with Case.open(case) as work:
        folder = case.parent / "more"
        folder.mkdir()
        good = picture(PAGES[0])
        (folder / "cut.png").write_bytes(good[: len(good) // 2])
        work.add([folder])
        work.read()
        done = work.recognise(languages=["eng"])
    assert [(page, "broken" in reason) for _, page, reason, _ in done.failed] == [(1, True)]
    assert done.items == 2


def test_without_tesseract_the_next_step_is_said(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "found", lambda: None)
    with Case.open(case) as work, pytest.raises(Exception, match="Tesseract"):
        work.recognise()
