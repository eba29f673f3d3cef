"""Make the saved chats of the sample country: `marsafa-chats/`, a folder of its own beside the sample case.

    python examples/make_chats.py

Country, people, numbers and events are invented. Run it again only to change them: the files are kept as they came out,
since items of a case never change.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).parent / "marsafa-chats"
AT = (2031, 5, 20, 9, 0, 0)
PHOTO, MISSING = "IMG-20310504-WA0003.png", "VID-20310504-WA0004.mp4"

GROUP = f"""\u200f٠٤/٠٥/٢٠٣١، ٧:٠٢ ص - الرسائل والمكالمات مشفّرة تمامًا بين الطرفين.
\u200f٠٤/٠٥/٢٠٣١، ٧:٠٢ ص - أنشأ سليم المرّاكبي مجموعة "أهل الميناء"
٠٤/٠٥/٢٠٣١، ٧:١٥ ص - سليم المرّاكبي: صباح الخير، هل الجميع بخير؟
٠٤/٠٥/٢٠٣١، ٧:٢١ ص - +999 55 0143 22: قصف لواء الساحل سوق السمك في راسمينا أمس وقتل سبعة مدنيين.
كنت عند المخبز.
٠٤/٠٥/٢٠٣١، ٧:٢٢ ص - +999 55 0143 22: \u200f{PHOTO} (الملف مرفق)
السوق بعد القصف
٠٤/٠٥/٢٠٣١، ٧:٢٣ ص - +999 55 0143 22: \u200f{MISSING} (الملف مرفق)
٠٤/٠٥/٢٠٣١، ٧:٤٠ ص - هناء عمران: تم حذف هذه الرسالة
١٦/٠٥/٢٠٣١، ٩:٠٥ م - هناء عمران: اعتقل جنود كتيبة طريق الملح أخي صباح اليوم عند حاجز تيسارين.
١٦/٠٥/٢٠٣١، ٩:٠٦ م - سليم المرّاكبي: \u200f<تم استبعاد الوسائط>
١٧/٠٥/٢٠٣١، ١٢:١٠ ص - سليم المرّاكبي: قالت هناء إن الجنود أحرقوا منزلين في دلما يوم الخميس. <تم تعديل هذه الرسالة>
"""
CHANNEL = {
    "name": "Delma town hall",
    "type": "public_channel",
    "id": 5550143,
    "messages": [
        {
            "id": 1, "type": "service", "date": "2031-05-01T08:00:00", "date_unixtime": "1935381600",
            "actor": "Delma town hall", "action": "create_channel", "title": "Delma town hall", "text": "",
        },
        {
            "id": 2, "type": "message", "date": "2031-05-04T10:30:00", "date_unixtime": "1935649800",
            "from": "Delma town hall", "from_id": "channel5550143",
            "text": ["Troops of the Salt Road Battalion ", {"type": "bold", "text": "burned six houses"},
                     " in Delma yesterday."],
        },
        {
            "id": 3, "type": "message", "date": "2031-05-04T11:00:00", "date_unixtime": "1935651600",
            "from": "Delma town hall", "from_id": "channel5550143", "forwarded_from": "Harbour Light",
            "reply_to_message_id": 2, "edited": "2031-05-04T11:20:00", "edited_unixtime": "1935652800",
            "text": "Gunmen of the Coast Brigade shot two fishermen at the gate of Rasmina on 2 May 2031.",
        },
    ],
}  # fmt: skip


def main() -> None:
    """Write the folder."""
    HERE.mkdir(exist_ok=True)
    (HERE / "1-people-of-the-port.zip").write_bytes(group())
    (HERE / "2-delma-town-hall.json").write_text(json.dumps(CHANNEL, ensure_ascii=False, indent=1) + "\n", "utf-8")


def group() -> bytes:
    """A group as a telephone saves it with its media, one of which got lost."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(zipfile.ZipInfo("WhatsApp Chat with أهل الميناء.txt", AT), GROUP)
        box.writestr(zipfile.ZipInfo(PHOTO, AT), picture())
    return out.getvalue()


def picture(width: int = 48, height: int = 32) -> bytes:
    """A plain picture, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((120, 130, 140)) * width for _ in range(height))
    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    main()
