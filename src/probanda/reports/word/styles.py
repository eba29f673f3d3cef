"""Styles, fonts, bullets and settings of a Word file, as the page has them: two voices, few lines, one red.

Start with `STYLES`, one line for each style. The system's words are in Noto Sans, the words of
sources in Noto Serif; both are named with the font to use where they are missing (Arial, Times New
Roman) and are not embedded.

Looks down to: package. Used by: docx.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from probanda.reports.word.package import NAMESPACES
from probanda.reports.word.runs import run, safe

INK, QUIET, FAINT, RULE, RUBRIC, HELD = "17191C", "444A52", "5D636C", "B9BCB7", "96182B", "1C5A41"
SUNK, NOW, RUBRIC_PAPER = "F1F2EF", "FDF3CF", "FCF4F5"
SANS = '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:eastAsia="Noto Sans" w:cs="Noto Sans Arabic"/>'
SERIF = '<w:rFonts w:ascii="Noto Serif" w:hAnsi="Noto Serif" w:eastAsia="Noto Serif" w:cs="Noto Naskh Arabic"/>'
MONO = '<w:rFonts w:ascii="Noto Sans Mono" w:hAnsi="Noto Sans Mono" w:eastAsia="Noto Sans Mono" w:cs="Noto Sans Mono"/>'
FONTS: Final = (
    ("Noto Sans", "Arial", "swiss", "variable"),
    ("Noto Sans Arabic", "Arial", "swiss", "variable"),
    ("Noto Serif", "Times New Roman", "roman", "variable"),
    ("Noto Naskh Arabic", "Times New Roman", "roman", "variable"),
    ("Noto Sans Mono", "Courier New", "modern", "fixed"),
)
"""Name, the font to use instead, family, pitch."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its id and name in Word, what it rests on, and its properties (in the schema's order)."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    next: str = ""


def _size(half_points: int, more: int = 1) -> str:
    """Size in half points; Arabic letters `more` half points larger, because they look smaller."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points + more}"/>'


def _ink(color: str) -> str:
    return f'<w:color w:val="{color}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    """Space in twentieths of a point; the line in 240ths."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _box(color: str, eighths: int) -> str:
    edge = f'w:val="single" w:sz="{eighths}" w:space="6" w:color="{color}"'
    return f"<w:pBdr><w:top {edge}/><w:left {edge}/><w:bottom {edge}/><w:right {edge}/></w:pBdr>"


BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/>"
PLAIN = "<w:noProof/>"
"""No spelling marks under words that are not the system's."""
STAMP = f"<w:keepNext/><w:keepLines/>{_box(RUBRIC, 12)}"
RULED = f'<w:pBdr><w:top w:val="single" w:sz="10" w:space="6" w:color="{INK}"/></w:pBdr>'
HANGING = '<w:ind w:left="567" w:hanging="567"/>'
TABBED = '<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>'
BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
INSET = '<w:ind w:left="284"/>'
BETWEEN = f'<w:pBdr><w:between w:val="single" w:sz="4" w:space="2" w:color="{RULE}"/></w:pBdr>'

STYLES: Final = (
    Style("Kicker", "Kicker", _space(0, 60), _ink(FAINT) + _size(18)),
    Style("Title", "Title", KEEP + _space(0, 200), BOLD + _size(40, 2), next="BodyText"),
    Style("StampHead", "Stamp Head", STAMP + _space(0, 40), BOLD + _ink(RUBRIC) + _size(22)),
    Style("Stamp", "Stamp", STAMP + _space(0, 40), _size(19)),
    Style("StampEnd", "Stamp End", STAMP.replace(KEEP, "") + _space(0, 240), _size(19), "Stamp"),
    Style("FactLabel", "Fact Label", KEEP + _space(140, 20), BOLD + _ink(FAINT) + _size(17)),
    Style("Fact", "Fact", _space(0, 40), _size(18)),
    Style("ContentsTitle", "Contents Title", KEEP + _space(360, 80), BOLD + _size(22)),
    Style("TOC1", "toc 1", _space(40, 20), BOLD + _size(18)),
    Style("TOC2", "toc 2", _space(0, 10) + '<w:ind w:left="284"/>', _size(17)),
    Style("TOC3", "toc 3", _space(0, 10) + '<w:ind w:left="567"/>', _size(17)),
    Style("Heading1", "heading 1", KEEP + RULED + _space(480, 160) + '<w:outlineLvl w:val="0"/>', BOLD + _size(28, 2)),
    Style("Heading2", "heading 2", KEEP + _space(320, 100) + '<w:outlineLvl w:val="1"/>', BOLD + _size(23, 2)),
    Style("Heading3", "heading 3", KEEP + _space(280, 80) + '<w:outlineLvl w:val="2"/>', BOLD + _size(20, 2)),
    Style("Heading4", "heading 4", KEEP + _space(240, 80) + '<w:outlineLvl w:val="3"/>', BOLD + _size(19, 2)),
    Style("BodyText", "Body Text", _space(0, 140)),
    Style("Numbered", "Numbered Paragraph", TABBED + _space(0, 140) + HANGING),
    Style("Lead", "Lead", TABBED + _space(0, 140) + HANGING),
    Style("Facts", "Incident Facts", KEEP + _space(0, 100) + '<w:ind w:left="567"/>', _size(18)),
    Style("Aside", "Aside", _space(60, 120), _ink(QUIET) + _size(17)),
    Style("Label", "List Label", KEEP + _space(120, 60), BOLD + _ink(QUIET) + _size(17)),
    Style("ListBullet", "List Bullet", BULLET + _space(0, 60)),
    Style("ListCompact", "List Compact", BETWEEN + _space(40, 40), _size(18)),
    Style("ListWhy", "List Why", _space(0, 30), _ink(FAINT) + _size(16)),
    Style("Opposed", "Opposed", KEEP + _space(160, 60), _size(18)),
    Style("Timeline", "Timeline", KEEP + _space(0, 60), _ink(FAINT) + _size(17)),
    Style("TimelineEntries", "Timeline Entries", _space(0, 160), _size(18)),
    Style("Cell", "Cell", _space(20, 20, 252), _size(17)),
    Style("CellTight", "Cell Tight", _space(10, 20, 245), _size(15), "Cell"),
    Style("Echo", "Echo", '<w:ind w:left="227"/>', "", "Cell"),
    Style("EchoTight", "Echo Tight", '<w:ind w:left="170"/>', "", "CellTight"),
    Style("CellHead", "Cell Head", KEEP + _space(20, 20, 252), BOLD + _ink(QUIET) + _size(16), "Cell"),
    Style(
        "AfterTable", "After Table", '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', _size(8)
    ),
    Style("FootnoteText", "footnote text", _space(40, 20, 245), _size(15)),
    Style("NoteContext", "Note Context", _space(10, 20, 252) + INSET, _ink(FAINT) + _size(16, 2), "FootnoteText"),
    Style("NotePicture", "Note Picture", KEEP + _space(40, 40) + INSET, "", "FootnoteText"),
    Style("NoteRemarks", "Note Remarks", _space(0, 80, 245) + INSET, _ink(FAINT) + _size(14), "FootnoteText"),
    Style("Header", "header", '<w:jc w:val="center"/>', _ink(RUBRIC) + _size(16)),
    Style("Footer", "footer", '<w:jc w:val="center"/>', _ink(QUIET) + _size(16)),
)
VOICES: Final = (
    Style("Strong", "Strong", run=BOLD),
    Style("Evidence", "Evidence", run=SERIF + PLAIN),
    Style("Quotation", "Quotation", run=SERIF + PLAIN),
    Style(
        "NoteQuote",
        "Note Quote",
        run=SERIF + BOLD + PLAIN + _ink(INK) + f'<w:shd w:val="clear" w:color="auto" w:fill="{NOW}"/>',
    ),
    Style("NameListed", "Name Listed", run=PLAIN),
    Style("Given", "Given", run=_ink(QUIET)),
    Style("Figure", "Figure", run=MONO + PLAIN),
    Style("Digest", "Digest", run=MONO + PLAIN + _ink(FAINT)),
    Style("Status", "Status", run=PLAIN),
    Style("InnerLink", "Inner Link", run=_ink("1A4A87")),
    Style("Hyperlink", "Hyperlink", run='<w:u w:val="none"/>'),
    Style("FootnoteReference", "footnote reference", run=BOLD + '<w:vertAlign w:val="superscript"/>'),
    Style("NoteAgain", "Note Again", run=_ink("1A4A87") + '<w:vertAlign w:val="superscript"/>'),
)
"""Character styles: whose words a run is."""


def styles(language: str, rtl: bool) -> bytes:
    """The styles part for a dossier in this language."""
    lang = f'<w:lang w:val="{"en" if rtl else safe(language)}" w:bidi="{safe(language) if rtl else "ar-SA"}"/>'
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{lang}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"<w:widowControl/>{_space(0, 100, 276)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{SANS}{_ink(INK)}{_size(19)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    paragraphs = "".join(_style("paragraph", s) for s in STYLES)
    voices = "".join(_style("character", s) for s in VOICES)
    return f"<w:styles {NAMESPACES}>{default}{base}{paragraphs}{voices}{_table_style()}</w:styles>".encode()


def _style(kind: str, style: Style) -> str:
    based = "DefaultParagraphFont" if kind == "character" else style.based
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    custom = "" if style.name in BUILT_IN else ' w:customStyle="1"'
    paragraph_properties = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run_properties = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/>{paragraph_properties}{run_properties}</w:style>'
    )


BUILT_IN = frozenset(
    {"Title", "toc 1", "toc 2", "toc 3", "heading 1", "heading 2", "heading 3", "heading 4", "Body Text"}
    | {"List Bullet", "footnote text", "footnote reference", "header", "footer", "Strong", "Hyperlink"}
)


def _table_style() -> str:
    """Thin rules between rows, one strong rule under the head."""
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="DossierTable"><w:name w:val="Dossier Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom {thin}/><w:insideH {thin}/></w:tblBorders>'
        f'{margins}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="10" '
        f'w:space="0" w:color="{INK}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    )


def font_table() -> bytes:
    """The fonts named, each with the one to use where it is missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/>'
        "</w:font>"
        for name, instead, family, pitch in FONTS
    )
    return f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>".encode()


def numbering() -> bytes:
    """One kind of bullet. Paragraph numbers are text, because they are cited."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr><w:rPr>{_ink(FAINT)}</w:rPr></w:lvl>'
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{level}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()


def settings() -> bytes:
    """Settings: footnotes at the foot of the page, no macro, no remote template, no fields to update."""
    modern = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:pos w:val="pageBottom"/><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f"{modern}</w:settings>"
    ).encode()


def core(title: str, subject: str, language: str, at: str) -> bytes:
    """The core properties, without persons; `at` is the time of the run in ISO 8601, or empty."""
    times = (
        "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{safe(at)}</dcterms:{name}>' for name in ("created", "modified")
        )
        if at
        else ""
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{safe(title)}</dc:title><dc:subject>{safe(subject)}</dc:subject>"
        f"<dc:creator>Probanda</dc:creator><dc:language>{safe(language)}</dc:language>{times}</cp:coreProperties>"
    ).encode()


def header(runs: str, rtl: bool) -> bytes:
    """The head of each page."""
    return _edge("hdr", "Header", runs, rtl)


def footer(rtl: bool) -> bytes:
    """The page's number and how many there are; the only fields in the file."""
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    pages = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return _edge("ftr", "Footer", page + run(" / ", rtl=rtl) + pages, rtl)


def _edge(element: str, style: str, runs: str, rtl: bool) -> bytes:
    bidi = "<w:bidi/>" if rtl else ""
    xml = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>{runs}</w:p>'
    return f"<w:{element} {NAMESPACES}>{xml}</w:{element}>".encode()
