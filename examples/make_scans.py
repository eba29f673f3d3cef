"""Make the scanned letter of the sample country: `marsafa-scans/`, a folder of its own beside the sample case.

    python examples/make_scans.py

An Arabic letter as a telephone takes it: a grey picture, a little askew. Country, people and events are invented. Run
it again only to change it: the file is kept as it came out, since items of a case never change.
"""

from __future__ import annotations

import io
from pathlib import Path

HERE = Path(__file__).parent / "marsafa-scans"
LETTER = """
#set page(width: 430pt, height: 320pt, margin: 44pt)
#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 15pt, lang: "ar", dir: rtl)
#set par(leading: 1em)
رسالة من أهالي راسمينا

في ٩ يونيو 2031 قصف جنود جيش الشمال المدرسة في راسمينا. قتل القصف ثلاثة معلمين، قال الأهالي.

نطلب التحقيق في ما حدث.
"""


def main() -> None:
    """Write the picture."""
    HERE.mkdir(exist_ok=True)
    (HERE / "letter-of-the-residents.png").write_bytes(letter())


def letter() -> bytes:
    """The letter as a PNG of 200 dots per inch."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import typst
    from PIL import Image

    fonts = [str(package.ROOT) for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
    made = typst.compile(LETTER.encode(), format="png", ppi=200, font_paths=fonts, ignore_system_fonts=True)
    assert isinstance(made, bytes)  # noqa: S101
    page = Image.open(io.BytesIO(made)).convert("L")
    out = io.BytesIO()
    page.rotate(0.6, fillcolor=250, resample=Image.Resampling.BICUBIC).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
