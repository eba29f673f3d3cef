"""Small sound, video and caption files of an invented country, built from their boxes and elements."""

from __future__ import annotations

import io
import json
import struct
import wave

SRT = (
    "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>Soldiers of the Salt Road Battalion</i>\r\nshot two fishermen\r\n\r\n"
    "2\r\n00:00:03,500 --> 00:00:05,000\r\nat the gate of Delma.\r\n\r\n"
    "3\r\n00:01:20,000 --> 00:01:24,000\r\n{\\an8}They burned six houses &amp; a school.\r\n"
)
VTT = (
    "WEBVTT - harbour\n\nSTYLE\n::cue { color: red }\n\nNOTE heard twice\n\n"
    "first\n00:01.000 --> 00:02.500 align:start\n"
    "<v Rami Odell>The battalion burned six houses in Delma on 2 May 2031.\n\n"
    "00:02.600 --> 00:04.000\n<v.loud Lena Harrow>Soldiers shot my neighbour at the gate.\n"
)
ROLLING = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nthe soldiers<00:00:00.500><c> came</c>\n\n"
    "00:00:02.000 --> 00:00:02.010\nthe soldiers came\n\n"
    "00:00:02.010 --> 00:00:04.000\nthe soldiers came\nat<00:00:02.500><c> night</c>\n"
)


def box(kind: bytes, *body: bytes) -> bytes:
    """A box of MP4 and QuickTime."""
    whole = b"".join(body)
    return struct.pack(">I4s", len(whole) + 8, kind) + whole


def an_mp4(*more: bytes, seconds: int = 100, made: int = 4_020_588_600) -> bytes:
    """A video without pictures; it states to have been made on 28 May 2031, 14:10 UTC."""
    header = struct.pack(">IIIII", 0, made, made, 1000, seconds * 1000) + bytes(80)
    turned = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
    track = bytes(40) + turned + struct.pack(">II", 320 << 16, 240 << 16)
    samples = box(b"stsd", bytes(8), struct.pack(">I4s", 16, b"avc1"), bytes(8))
    handler = box(b"hdlr", bytes(8) + b"vide" + bytes(13))
    media = box(b"mdia", handler, box(b"minf", box(b"stbl", samples)))
    said = b"+34.81+021.40/"
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(said), 0x15C7), said),
                box(b"\xa9mak", struct.pack(">HH", 4, 0), b"Tern"))  # fmt: skip
    moov = box(b"moov", box(b"mvhd", header), box(b"trak", box(b"tkhd", track), media), place)
    return box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", bytes(64)) + moov + b"".join(more)


def a_webm() -> bytes:
    """A video that states a length of 12.5 seconds and a program."""
    info = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + b"\x44\x89\x88" + struct.pack(">d", 12_500.0) + b"\x57\x41\x84Tern"
    return b"\x1aE\xdf\xa3\x84\x42\x86\x81\x01" + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + (
        b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info
    )  # fmt: skip


def a_wav(seconds: int = 2) -> bytes:
    """Silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(bytes(16_000 * seconds))
    return out.getvalue()


UTM_34N = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32634)
"""Keys of a GeoTIFF: projected, its tie point is the corner of a pixel, zone 34 of the northern half."""


def a_geotiff(
    keys: tuple[int, ...] = UTM_34N,
    *,
    east: float = 500_000.0,
    north: float = 3_800_000.0,
    pixel: float = 10.0,
    size: tuple[int, int] = (100, 80),
    made: str = "2031:06:09 10:20:30",
    big: bool = False,
    **more: tuple[float, ...],
) -> bytes:
    """A grey picture with the tags of a GeoTIFF; `more`: other tags by name, in place of scale and tie point."""
    from PIL import Image, TiffImagePlugin

    tags = {"scale": 33550, "tie": 33922, "matrix": 34264}
    told = more or {"scale": (pixel, pixel, 0.0), "tie": (0.0, 0.0, 0.0, east, north, 0.0)}
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[306], info[34735], info.tagtype[34735] = made, keys, 3
    for name, values in told.items():
        info[tags[name]], info.tagtype[tags[name]] = values, 12
    out = io.BytesIO()
    Image.new("L", size, 90).save(out, "TIFF", tiffinfo=info, big_tiff=big)
    return out.getvalue()


def a_stac_item(*files: str, west: float = 21.0, south: float = 34.3, side: float = 0.01, **properties: str) -> bytes:
    """The JSON that STAC lays beside a picture: a square, a time, the files that belong to it."""
    around = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [[west + x * side, south + y * side] for x, y in around]
    return json.dumps({
        "type": "Feature", "stac_version": "1.0.0", "id": "scene-1", "bbox": None,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"datetime": "2031-06-20T10:20:31Z", "platform": "marsat-1", **properties},
        "assets": {name.partition(".")[0]: {"href": f"./{name}", "roles": ["data"]} for name in files},
        "links": [],
    }).encode()  # fmt: skip
