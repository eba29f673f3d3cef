"""Make the documents of the sample case that are not plain text: PDF, scan, Word, e-mail, spreadsheet, archive.

    python examples/make_documents.py

writes `examples/marsafa/19-*` to `24-*`. Country, people and events are invented. Run it again only to change them:
the files are kept as they came out, since items of a case never change.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

HERE = Path(__file__).parent / "marsafa"

REPORT = """
#set document(title: "Kilo Seven: the prison on the salt road", date: none)
#set page(paper: "a4", margin: 2.6cm, header: text(8pt)[Lantern Law Group · Kilo Seven],
  footer: context align(center, text(8pt, counter(page).display())))
#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 11pt, lang: "en")
#set par(justify: true)
= Kilo Seven: the prison on the salt road
Lantern Law Group

Published: 24 June 2031

Prison guards tortured detainees with electric shocks at Kilo Seven between March and June 2031, the Lantern Law Group
said in this report. The group interviewed 31 former detainees, who described the same cells, the same
officers and the same instruments.

Two former detainees told the group that Captain Rafiq Belkor beat a teacher to death on 17 June 2031. His family
received the body three days later. The General Command of the Army of the North denies that anyone died in the prison.

#pagebreak()
== Those who did not come back
According to relatives, soldiers of the Salt Road Battalion arrested 14 men at the Tessarin checkpoint on 2 April 2031
and took them to Kilo Seven. The 14 men have been missing since. The battalion denied that it holds them.

One relative wrote to the group in Arabic:

#align(right, text(dir: rtl, lang: "ar")[أخذ الجنود أخي من الحاجز إلى السجن، ولم نره بعد ذلك اليوم.])

A former guard told the group that the prison's commander, Colonel Adel Marrun, ordered the guards to burn the registers
on 20 June 2031.
"""

SCAN = """Kilo Seven. Duty book.

16 June.  Received: 9.  Released: 0.
17 June.  Received: 4.  Released: 0.
18 June.  Received: 11. Sent to hospital: 1.

(signed) Sgt. Othman"""

MEMO = (
    ("h", "Distribution stopped at Beni Harun"),
    ("p", "Coastal Relief, field office Rasmina"),
    ("p", "Date: 19 May 2031"),
    (
        "p",
        "Fighters of the Nasr Brigade blocked three of our trucks on the road to Beni Harun on 16 May 2031 and took "
        "the flour and the medicines that they carried, our drivers reported.",
    ),
    (
        "p",
        "A fighter told our driver that the town would get no bread as long as its sons were in the hills. Our office "
        "asked the General Command for an explanation and received none.",
    ),
    ("h", "What was taken"),
)
TAKEN = (
    ("Goods", "Amount", "Destination"),
    ("Flour", "42 tonnes", "Bakery of Beni Harun"),
    ("Insulin", "600 doses", "Clinic"),
)

MAIL = """Dear colleagues,

The harbour office confirmed to us today that Coastal Guard militiamen looted the warehouse of the port on 8 June 2031.
The report of the watchman is attached. Please do not pass on his name.

Regards,
Mirel Tannos
Port Workers' Union of Rasmina
"""
ATTACHED = """Report of the watch, port of Rasmina
8 June 2031

At two in the morning Coastal Guard militiamen broke into warehouse 4 and took about 300 sacks of sugar. They threatened
to shoot the watchman.
"""

ROWS = (
    ("Date", "Place", "What was reported", "Reported by", "Number of victims"),
    (
        "2031-05-13",
        "Beni Harun",
        "Fighters of the Nasr Brigade burned six houses on the eastern edge of the town.",
        "Residents",
        None,
    ),
    (
        "2031-05-15",
        "Tessarin",
        "Soldiers of the Army of the North shot dead two shepherds near the well.",
        "Village council",
        2,
    ),
    ("2031-06-04", "Rasmina", "A Coastal Guard patrol abducted a bank clerk in front of his home.", "His wife", 1),
)

LETTERS = {
    "handed over/letter-of-the-bakers.txt": (
        "Letter of the bakers' guild of Rasmina\n\n11 June 2031\n\nThe bakers' guild accuses the Army of the North of "
        "shelling the flour mill of Rasmina on 9 June 2031. Three workers were killed, the guild said.\n"
    ),
    "handed over/radio-note.txt": (
        "Radio Littoral, note of the evening desk\n12 June 2031\n\nThe Army of the North said that it struck an "
        "ammunition store of the Coastal Guard in Rasmina on 9 June. It denied that it had fired at a mill.\n"
    ),
}
AT = datetime(2031, 6, 30, tzinfo=UTC)


def main() -> None:
    """Write all six."""
    (HERE / "19-lantern-prison-report.pdf").write_bytes(report())
    (HERE / "20-duty-book-scan.pdf").write_bytes(scan())
    (HERE / "21-relief-memo.docx").write_bytes(memo())
    (HERE / "22-from-the-port.eml").write_bytes(mail())
    (HERE / "23-incident-log.xlsx").write_bytes(log())
    (HERE / "24-handed-over.zip").write_bytes(archive())


def report() -> bytes:
    """A report of two pages with text, one sentence of it in Arabic."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.typ"
        source.write_text(REPORT, encoding="utf-8")
        fonts = [str(package.ROOT) for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)]
        made = typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True, timestamp=int(AT.timestamp()))
    assert isinstance(made, bytes)  # noqa: S101
    return made


def scan() -> bytes:
    """A page as a scanner gives it: a picture, a little askew, with no text behind it."""
    import fontpkg_noto_sans
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 250)
    font = ImageFont.truetype(
        str(next(path for path in sorted(fontpkg_noto_sans.ROOT.rglob("*.ttf")) if "Italic" not in path.name)), 34
    )
    ImageDraw.Draw(page).multiline_text((140, 180), SCAN, fill=40, font=font, spacing=18)
    askew = page.rotate(0.8, fillcolor=250, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    askew.save(out, "PDF", resolution=150, creationDate=AT.timetuple(), modDate=AT.timetuple())
    return out.getvalue()


def memo() -> bytes:
    """A memo with headings and a table."""
    from docx import Document

    document = Document()
    document.core_properties.title = "Distribution stopped at Beni Harun"
    document.core_properties.created = document.core_properties.modified = AT
    for kind, words in MEMO:
        if kind == "h":
            document.add_heading(words, level=1)
        else:
            document.add_paragraph(words)
    table = document.add_table(rows=0, cols=3)
    for row in TAKEN:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail() -> bytes:
    """A message with a text file attached."""
    message = EmailMessage()
    message["From"] = "Mirel Tannos <tannos@ports.example>"
    message["To"] = "Desk <desk@dignity.example>"
    message["Date"] = "Tue, 10 Jun 2031 09:14:00 +0200"
    message["Subject"] = "Warehouse 4"
    message["Message-ID"] = "<10jun2031.4@ports.example>"
    message.set_content(MAIL)
    message.add_attachment(ATTACHED.encode(), maintype="text", subtype="plain", filename="watch-report.txt")
    message.set_boundary("=-marsafa-4")
    return message.as_bytes(policy=SMTP)


def log() -> bytes:
    """A list of incidents as an office keeps it, each cell a datum."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = AT.replace(tzinfo=None)
    sheet = book.active
    sheet.title = "Incidents"
    for row in ROWS:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive() -> bytes:
    """Two letters in a folder, and a copy of a page that is in the case already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, words in LETTERS.items():
            box.writestr(zipfile.ZipInfo(name, (2031, 6, 14, 9, 0, 0)), words)
        page = (HERE / "05-harbour-light-blog.txt").read_bytes()
        box.writestr(zipfile.ZipInfo("handed over/blog copy.txt", (2031, 6, 14, 9, 0, 0)), page)
    return out.getvalue()


if __name__ == "__main__":
    main()
