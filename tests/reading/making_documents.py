"""Office documents made by hand, part by part, about an invented country: what tests of DOCX, ODT and RTF read."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from probanda.reading.formats import Extracted
from probanda.reading.making import text_of
from probanda.reading.passages import paragraphs

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = {
    "styles": "styles.xml",
    "footnotes": "footnotes.xml",
    "endnotes": "endnotes.xml",
    "comments": "comments.xml",
    "header": "header1.xml",
    "footer": "footer1.xml",
}
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
)

STYLES = """<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Part of report"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="round"/><w:basedOn w:val="Round"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>"""


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file with these members, in this order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def docx(body: str, others: Mapping[str, str | bytes] | None = None, outside: str = "", **areas: str) -> bytes:
    """A Word document: the XML of its body, and of its `footnotes`, `comments`, `header` and so on."""
    areas = {"styles": STYLES, **areas}
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{_KINDS[kind]}"/>' for n, kind in enumerate(areas)
    )
    whole = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument"'
        ' Target="/word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{links}{outside}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>',
        **{f"word/{_KINDS[kind]}": f'<w:{kind} xmlns:w="{_WORD}">{xml}</w:{kind}>' for kind, xml in areas.items()},
    }
    return packed({**whole, **(others or {})})


def p(words: str, style: str = "") -> str:
    """A paragraph of a Word document, in one run."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def odt(text: str, styles: str = "", areas: str = "", others: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text: the XML of its text, its automatic styles, and its master pages."""
    whole = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF} xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:master-styles><style:master-page>{areas}"
        "</style:master-page></office:master-styles></office:document-styles>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return packed({**whole, **(others or {})})


def paragraphs_of(extracted: Extracted) -> list[str]:
    """The paragraphs that reading makes of these words."""
    return [span.of(extracted.words) for span in paragraphs(extracted.words)]


def roles_of(extracted: Extracted) -> list[tuple[str, str]]:
    """Role and words of each passage of the text made of this."""
    text = text_of("d" * 64, extracted)
    return [(one.role.value, text.words[one.start : one.end]) for one in text.passages]


def reasons_of(extracted: Extracted) -> dict[str, str]:
    """Words of each passage, with the reason of its role."""
    text = text_of("d" * 64, extracted)
    return {text.words[one.start : one.end]: one.reason for one in text.passages}


def noise(length: int) -> bytes:
    """Bytes that do not pack, the same at each call."""
    return random.Random(7).randbytes(length)  # noqa: S311


def converted(folder: Path, name: str, data: bytes, kind: str) -> bytes:
    """The document as LibreOffice writes it in another format."""
    source = folder / name
    source.write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / f"{source.stem}.{kind}").read_bytes()
