"""The parts of a Word file put into one package, with the same bytes for the same parts.

Start with `package`. python-docx writes relationships and content types; the archive is then
written again in a fixed order with a fixed time, because a zip would else hold the clock's.
No clock is read: the only time in the file is the record's.

Looks down to: python-docx, and nothing of ours. Used by: docx, notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{WML}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEADER_ID, FOOTER_ID = "rHeader", "rFooter"
"""How the document names its header and footer."""
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time a zip can hold."""


def package(document: bytes, core: bytes, side: dict[str, bytes], pictures: Sequence[bytes]) -> bytes:
    """A Word file. `side` are the parts beside the document, by name: styles, settings, fontTable, numbering,
    header, footer, footnotes; `pictures` are related from the footnotes as rId1, rId2 and so on. Parts are XML
    without declaration.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    file = OpcPackage()

    def part(name: str, kind: str, blob: bytes, declared: bool = True) -> Part:
        return Part(PackURI(name), kind, DECLARATION + blob if declared else blob)

    main = part("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, document)
    file.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, main, "rId1")
    about = part("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, core)
    file.load_rel(RELATIONSHIP_TYPE.CORE_PROPERTIES, about, "rId2")
    kinds = {
        "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, "rId1"),
        "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, "rId2"),
        "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, "rId3"),
        "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, "rId4"),
        "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, "rId5"),
        "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, HEADER_ID),
        "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, FOOTER_ID),
    }
    for name, (kind, relation, id) in kinds.items():
        beside = part(f"/word/{name}.xml", kind, side[name])
        main.load_rel(relation, beside, id)
        if name == "footnotes":
            for n, png in enumerate(pictures, 1):
                picture = part(f"/word/media/picture{n}.png", CONTENT_TYPE.PNG, png, declared=False)
                beside.load_rel(RELATIONSHIP_TYPE.IMAGE, picture, f"rId{n}")
    raw = BytesIO()
    file.save(raw)
    return _same_each_time(raw)


def _same_each_time(raw: BytesIO) -> bytes:
    """The archive again, its members in the order of their names (content types first), at one fixed time."""
    out = BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            member = ZipInfo(name, EPOCH)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 0  # the same on every operating system
            new.writestr(member, old.read(name))
    return out.getvalue()
