"""Saved chats of an invented country, as WhatsApp, Telegram and tools for Signal write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.reading.making_archives import a_zip

LRM, RLM, LRE, PDF, NARROW = "\u200e", "\u200f", "\u202a", "\u202c", "\u202f"
NUMBER = "+999 55 0143 22"
PHOTO = "00000002-PHOTO-2031-05-04-14-05-00.jpg"

IPHONE = (
    f"{LRM}[04/05/2031, 14:00:12] Harbour watch: {LRM}Messages and calls are end-to-end encrypted.\r\n"
    "[04/05/2031, 14:03:12] Rami Odell: Soldiers of the Salt Road Battalion shot two fishermen at the gate "
    "yesterday.\r\n"
    "They were not armed.\r\n"
    f"{LRM}[04/05/2031, 14:05:00] {LRE}{NUMBER}{PDF}: {LRM}<attached: {PHOTO}>\r\n"
    f"[04/05/2031, 14:06:12] {LRE}{NUMBER}{PDF}: We saw the gunmen beat my brother at the checkpoint on Friday.\r\n"
    f"{LRM}[05/05/2031, 09:00:01] ~ Lena: {LRM}This message was deleted.\r\n"
    "[15/05/2031, 09:00:07] ~ Lena: The battalion burned six houses in Delma on Sunday. "
    f"{LRM}<This message was edited>\r\n"
)
ARABIC = (
    f"{RLM}٠٤/٠٥/٢٠٣١، ٢:٠٠ م - الرسائل والمكالمات مشفّرة تمامًا بين الطرفين.\n"
    "٠٤/٠٥/٢٠٣١، ٢:٠٣ م - أحمد الراعي: قصف لواء خفر السواحل سوق السمك في رسمينا أمس وقتل تسعة مدنيين.\n"
    f"٠٤/٠٥/٢٠٣١، ٢:٠٥ م - {NUMBER}: {RLM}IMG-20310504-WA0001.jpg (الملف مرفق)\n"
    "السوق بعد القصف\n"
    f"٠٤/٠٥/٢٠٣١، ٢:٠٦ م - {NUMBER}: اعتقل جنود كتيبة طريق الملح أخي صباح اليوم عند حاجز تيسارين.\n"
    f"٠٥/٠٥/٢٠٣١، ٩:٠٠ ص - أحمد الراعي: {RLM}<تم استبعاد الوسائط>\n"
    "٠٥/٠٥/٢٠٣١، ١٢:٠٤ ص - أحمد الراعي: قالت سارة إن الجنود أحرقوا منزلين في دلما.\n"
)
SIGNAL = (
    "[2031-05-04, 15:04] Me: Is the road open?\n"
    "[2031-05-04, 15:10] Aya: No, look ![p.jpg](media/2031-05-04_p.jpg)\n"
    "[2031-05-04, 15:20] Me: I see.\n"
)


def a_chat_zip(chat: str = ARABIC, files: Sequence[str] = ("IMG-20310504-WA0001.jpg",)) -> bytes:
    """A chat saved with its media."""
    picture = b"\xff\xd8\xff\xe0 no picture"
    return a_zip({"WhatsApp Chat with Harbour watch.txt": chat.encode(), **dict.fromkeys(files, picture)})


def telegram(*messages: Mapping[str, Any], kind: str = "private_group", name: str = "Harbour watch") -> dict[str, Any]:
    """One chat as Telegram saves it."""
    return {"name": name, "type": kind, "id": 7, "messages": list(messages)}


def a_message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    """A message of 4 May 2031, 14:03:12 by a clock two hours before UTC, one second later for each number."""
    return {
        "id": 100 + number, "type": "message", "date": f"2031-05-04T14:03:{12 + number:02}",
        "date_unixtime": str(1935662592 + number), "from": "Rami Odell", "from_id": "user41", "text": text, **more,
    }  # fmt: skip


MESSAGES = (
    {"id": 100, "type": "service", "date": "2031-05-04T14:00:00", "actor": "Rami Odell", "action": "create_group"},
    a_message(1, "Soldiers of the Salt Road Battalion shot two fishermen at the gate yesterday."),
    a_message(
        2,
        ["Troops ", {"type": "bold", "text": "burned"}, " six houses in Delma on 2 May 2031."],
        forwarded_from="Delma News",
        reply_to_message_id=101,
        edited="2031-05-04T15:00:00",
    ),
    a_message(3, "", photo="photos/photo_1@04-05-2031_14-03-15.jpg"),
    a_message(4, "", file="(File not included. Change data exporting settings to download.)", file_name="talk.ogg"),
    a_message(5, "I do not know.", **{"from": None, "from_id": "user42"}),
)


def as_json(value: Any) -> bytes:
    """As a file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
