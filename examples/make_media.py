"""Make the recording of the sample country: `marsafa-media/`, a video of four seconds with a transcript beside it.

    python examples/make_media.py

Country, people and events are invented. It needs `ffmpeg` for the video. Run it again only to change it: the files are
kept as they came out, since items of a case never change.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

HERE = Path(__file__).parent / "marsafa-media"
TRANSCRIPT = """WEBVTT

NOTE
Transcribed by the Rasmina Archive, 14 June 2031.

1
00:00:00.400 --> 00:00:01.600
On 9 June 2031 soldiers of the Coast Guard Brigade

2
00:00:01.600 --> 00:00:02.700
arrested nine fishermen at the jetty of Orsa Lagoon.

3
00:00:02.900 --> 00:00:03.900
They burned three boats before they left.
"""


def main() -> None:
    """Write the video and its transcript."""
    HERE.mkdir(exist_ok=True)
    (HERE / "jetty-at-night.vtt").write_text(TRANSCRIPT, "utf-8")
    made = ["-metadata", "creation_time=2031-06-09T01:10:00Z", "-fflags", "+bitexact", "-flags", "+bitexact"]
    picture = "color=c=0x102030:s=96x64:r=5:d=4,drawbox=x=20:y=30:w=40:h=8:color=gray:t=fill"
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", picture, *made, "-pix_fmt", "yuv420p"]
    subprocess.run([*command, str(HERE / "jetty-at-night.mp4")], check=True)  # noqa: S603 (our own arguments)


if __name__ == "__main__":
    main()
