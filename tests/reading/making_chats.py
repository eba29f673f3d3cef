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


def pages_message(number: int, body: str, *, sender: str = "", day: str = "04", zone: str = " UTC+02:00") -> str:
    """A message of the same moments on a page; without a sender it is joined to the one before."""
    clock = f"14:03:{12 + number:02}"
    name = f'<div class="from_name">\n{sender} \n       </div>' if sender else ""
    return (
        f'<div class="message default clearfix{"" if sender else " joined"}" id="message{100 + number}">\n'
        + ('<div class="pull_left userpic_wrap"><div class="userpic userpic4"><div class="initials">\nRO\n</div></div>'
           "</div>" if sender else "")
        + f'<div class="body"><div class="pull_right date details" title="{day}.05.2031 {clock}{zone}">\n14:03\n</div>'
        f"{name}{body}</div></div>\n"
    )  # fmt: skip


def telegram_pages(*messages: str, name: str = "Harbour watch") -> bytes:
    """The same chat as Telegram saves it to be looked at."""
    said = messages or (
        '<div class="message service" id="message-1"><div class="body details">\n4 May 2031\n</div></div>',
        '<div class="message service" id="message100"><div class="body details">\nRami Odell created group</div></div>',
        pages_message(1, '<div class="text">\nSoldiers of the Salt Road Battalion shot two fishermen at the gate '
                       "yesterday.\n</div>", sender="Rami Odell"),
        pages_message(2, '<div class="reply_to details">In reply to <a href="#go_to_message101" onclick="return '
                       'GoToMessage(101)">this message</a></div><div class="forwarded body"><div class="from_name">\n'
                       'Delma News <span class="date details" title="03.05.2031 09:00:00"> 03.05.2031 09:00:00</span>'
                       '</div><div class="text">Troops <strong>burned</strong> six houses<br>in Delma &amp; Tisarin on '
                       "2 May 2031.</div></div>"),
        pages_message(3, '<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" '
                       'href="photos/photo_1@04-05-2031_14-03-15.jpg"><img class="photo" src="t.jpg" width="9"/>'
                       "</a></div>"),
        pages_message(4, '<div class="media_wrap clearfix"><div class="media clearfix pull_left media_voice_message">'
                       '<div class="fill pull_left"></div><div class="body"><div class="title bold">\nVoice message\n'
                       '</div><div class="description">\nNot included.\n</div><div class="status details">\n00:09</div>'
                       "</div></div></div>"),
        pages_message(5, '<div class="media_wrap clearfix"><div class="media clearfix pull_left media_contact"><div '
                       'class="body"><div class="title bold">Lena</div><div class="status details">' + NUMBER
                       + '</div></div></div></div><div class="text">I do not know.</div>', sender="Deleted Account"),
        pages_message(6, '<div class="text">Nor I.</div>', sender="Lena Harrow via @maps", zone=""),
    )  # fmt: skip
    head = (
        '<!DOCTYPE html>\n<html>\n <head>\n  <meta charset="utf-8"/>\n<title>Exported Data</title>\n  <script '
        'src="js/script.js" type="text/javascript"></script>\n </head>\n <body onload="CheckLocation();">\n'
        f'  <div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">\n{name}\n'
        '</div></div></div>\n   <div class="page_body chat_page">\n    <div class="history">\n'
    )
    return (head + "".join(said) + "</div></div></div></body></html>\n").encode()
