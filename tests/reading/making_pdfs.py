"""PDFs for tests: typeset ones about the invented country Marsafa, and bare ones written by hand."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import cache

ARABIC = "قال رئيس المجلس إن القصف أصاب السوق يوم السبت 3 مايو 2031 وقتل 1,044 شخصا، وذكر المستشفى أن الجرحى كثيرون."
STORY = (
    "Artillery shells struck the fish market in the port city of Rasmina on Saturday morning, killing about 30 people "
    "and wounding many more, local officials said. Witnesses told Delma Wire that at least four shells landed among "
    "the stalls shortly after the market opened. Rescue workers carried the wounded to the Saint Orla hospital."
)
DENIAL = (
    "A spokesman for the Army of the North, Captain Yusuf Landar, denied that any prisoner was killed in Beni Harun. "
    "He called the accounts inventions of the enemy, and asked the Interim Council to publish the names of those who "
    "were said to have been buried behind the school."
)


@cache
def typeset(body: str, page: str = 'paper: "a4"', text: str = "size: 11pt") -> bytes:
    """A PDF of this Typst markup in Noto Sans."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import typst

    source = f'#set page({page})\n#set text(font: ("Noto Sans", "Noto Sans Arabic"), {text})\n{body}'
    fonts = [str(fontpkg_noto_sans.ROOT), str(fontpkg_noto_sans_arabic.ROOT)]
    made: bytes = typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True)  # type: ignore[misc]
    return made


def said(words: str, x: float = 72, y: float = 700, size: float = 12, mode: int = 0) -> bytes:
    """The operators that print one line of plain letters, `x` and `y` from the lower left corner."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n".encode("cp1252")


def bare(
    pages: Sequence[bytes],
    *,
    more: str = "",
    box: str = "[0 0 595 842]",
    catalogue: str = "",
    extra: Sequence[bytes] = (),
    trailer: str = "",
) -> bytes:
    """A PDF of these pages' operators. `more` goes into each page; `extra` are objects numbered from 4."""
    first = 4 + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox {box} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *extra,
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {first + 2 * number + 1} 0 R {more} "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return assembled(objects, trailer)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = []
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out.write(f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def picture_object(width: int = 60, height: int = 80) -> bytes:
    """An image object: grey, with a darker band."""
    data = zlib.compress(bytes(90 if 20 < row < 40 else 220 for row in range(height) for _ in range(width)))
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
    head += f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(data)} >>\nstream\n"
    return head.encode() + data + b"\nendstream"


FULL_PICTURE = b"q 595 0 0 842 0 0 cm /I1 Do Q\n"


def scanned(pages: int = 2) -> bytes:
    """A PDF of pictures only, as a scanner makes it."""
    from PIL import Image, ImageDraw

    pictures = []
    for number in range(pages):
        one = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(one).text((60, 60), f"Order no. {number + 1}", fill=0)
        pictures.append(one)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def locked() -> bytes:
    """A PDF whose password nobody has: its marks of encryption fit no empty password."""
    encrypt = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'5a' * 32}> /U <{'a5' * 32}> >>"
    return bare([said("Nobody reads this")], trailer=f"{encrypt} /ID [<{'01' * 16}> <{'01' * 16}>]")


def carrying(name: str, data: bytes) -> bytes:
    """A PDF of one page with one file attached."""
    stream = b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    spec = f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F 4 0 R >> >>".encode()
    names = f"/Names << /EmbeddedFiles << /Names [({name}) 5 0 R] >> >>"
    return bare([said("See the attached list.")], extra=[stream, spec], catalogue=names)
