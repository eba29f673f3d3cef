"""What media types are called by people: one table, in English; other languages in `locale/`.

Used by: web.desk (`media_words` in templates), web.pages.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORD = "application/vnd.openxmlformats-officedocument"

NAMES: Mapping[str, str] = {
    "application/pdf": "PDF document",
    f"{_WORD}.wordprocessingml.document": "Word document",
    f"{_WORD}.spreadsheetml.sheet": "Excel workbook",
    f"{_WORD}.presentationml.presentation": "PowerPoint slides",
    "application/msword": "Word document (old)",
    "application/vnd.ms-excel": "Excel workbook (old)",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument table",
    "application/rtf": "RTF document",
    "text/rtf": "RTF document",
    "text/plain": "Plain text",
    "text/markdown": "Plain text",
    "text/html": "Web page",
    "application/xhtml+xml": "Web page",
    "application/warc": "Web archive",
    "application/wacz": "Web archive",
    "text/csv": "Table (CSV)",
    "text/tab-separated-values": "Table (CSV)",
    "application/json": "JSON data",
    "application/xml": "XML data",
    "text/xml": "XML data",
    "message/rfc822": "E-mail",
    "application/mbox": "Mailbox",
    "application/zip": "ZIP archive",
    "application/x-tar": "TAR archive",
    "application/gzip": "Compressed file",
    "image/jpeg": "Picture (JPEG)",
    "image/png": "Picture (PNG)",
    "image/gif": "Picture (GIF)",
    "image/tiff": "Picture (TIFF)",
    "image/bmp": "Picture (BMP)",
    "image/webp": "Picture (WebP)",
    "image/svg+xml": "Drawing (SVG)",
    "video/mp4": "Video",
    "video/quicktime": "Video",
    "video/webm": "Video",
    "video/x-matroska": "Video",
    "video/3gpp": "Video",
    "audio/mpeg": "Sound recording",
    "audio/ogg": "Sound recording",
    "audio/flac": "Sound recording",
    "audio/wav": "Sound recording",
    "audio/x-wav": "Sound recording",
    "audio/mp4": "Sound recording",
    "text/vtt": "Captions",
    "text/vtt; profile=voices": "Captions",
    "application/x-subrip": "Captions",
    "text/plain; profile=observation": "Observation",
    "application/octet-stream": "Kind not known",
}
"""Media type -> its name; what is not here is shown as it is written."""
