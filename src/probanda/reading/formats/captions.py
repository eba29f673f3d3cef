"""Captions and transcripts with times: SubRip (`.srt`) and WebVTT (`.vtt`), as words with the part of the recording.

Words of one sentence run over several captions, so the lines of captions are joined to paragraphs, parted where nothing
is said for a while or another voice begins. Each caption keeps its time (`locator.time`). Where the file names the
voices (`<v Name>` of WebVTT), each turn is a place of its own, told by that voice (`reading.messages`). Captions that
roll, so that each repeats the line before, give each line once. Signs for the layout (colours, positions) are left out.

Start with `extract`, then `_cues`. Forms: W3C "WebVTT: The Web Video Text Tracks Format"; SubRip has no standard.

Looks down to: csv_table (places in bytes), encodings, formats, timing. Used by: formats (registry).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from probanda.kernel.spans import Locator
from probanda.kernel.vocabulary import PassageRole
from probanda.reading.encodings import judge
from probanda.reading.formats import CannotRead, Extracted, Format, Mark
from probanda.reading.formats.csv_table import beginning, places_in_bytes
from probanda.reading.messages import VOICE, VOICED
from probanda.reading.model import Located, Remark, Run
from probanda.reading.passages import ends_closed
from probanda.reading.timing import moment, part

VTT, SRT = "text/vtt", "application/x-subrip"
PAUSE = 3000
"""Milliseconds without words that part two paragraphs."""
LONG = 600
"""Code points after which a paragraph ends where a sentence does."""
LARGEST, MOST_CUES, LONGEST_VOICE = 20_000_000, 200_000, 120

_AT = r"(?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"[ \t]*(?P<start>{_AT})[ \t]*-->[ \t]*(?P<end>{_AT})(?:[ \t][^\r\n]*)?")
_HEAD = re.compile(r"\ufeff?WEBVTT(?:[ \t][^\r\n]*)?(?:\r\n?|\n|\Z)")
_FIRST = re.compile(rf"\ufeff?\s{{0,40}}(?:\d{{1,6}}[ \t]*(?:\r\n?|\n))?{_TIMES.pattern}(?:\r\n?|\n)")
_LINE = re.compile(r"[^\r\n]*")
_BREAK = re.compile(r"\r\n|[\r\n]")
_SIGN = re.compile(r"<(?P<tag>[^<>\r\n]{0,200})>|\{\\[^{}\r\n]{0,80}\}|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_WORD_TIME = re.compile(_AT)
_BY_WORD = "each word has a time of its own, as programs that recognise speech write them"
_MADE = re.compile(r"^NOTE[ \t]*(?:\r\n?|\n)?[ \t]*Machine transcript by ([^\r\n]{1,300})", re.M)
"""How a transcript that a speech program made for us says so (`reading.speech`)."""
_BY_PROGRAM = "words recognised in the sound by {maker}; the recording decides"
_AGAIN = "It is kept and registered. Ask whoever provided it for the file again, or add its words as plain text."


def recognise(head: bytes, _name: str) -> bool:
    """True for text that begins as WebVTT must, or with a number and the times of a caption."""
    text = beginning(head)
    return text is not None and (_HEAD.match(text) is not None or _FIRST.match(text) is not None)


@dataclass(slots=True)
class _Cue:
    """One caption: its times in milliseconds, its voice, and its lines as pieces of the file."""

    start: int
    end: int
    voice: tuple[int, int] | None = None
    lines: list[list[tuple[str, int, int]]] = field(default_factory=list)
    """Of each line its pieces: the words, and where they stand in the file's text."""

    def said(self) -> list[str]:
        """Its lines as words."""
        return [" ".join("".join(words for words, _, _ in line).split()) for line in self.lines]


@dataclass(slots=True)
class _Found:
    """What was found in a file."""

    cues: list[_Cue] = field(default_factory=list)
    by_word: bool = False
    """True where words have times of their own."""
    backwards: int = 0
    outside: int = 0
    """Lines that belong to no caption."""
    full: bool = False


def extract(data: bytes) -> Extracted:
    """Bytes to words. Raises CannotRead where it is too large, or no caption of it has words."""
    if len(data) > LARGEST:
        raise CannotRead(f"It is a file of captions of more than {LARGEST // 1_000_000} MB.", _AGAIN)
    encoding = judge(data)
    text = encoding.decode(data)
    is_vtt = _HEAD.match(text) is not None
    found = _cues(text, is_vtt)
    layout = _Layout(text, places_in_bytes(text, data, encoding))
    for turn in _turns(found.cues, text):
        layout.turn(turn)
    if not layout.parts:
        raise CannotRead("It has the form of captions, and none of them has words.", _AGAIN)
    media_type = VTT if is_vtt else SRT
    return Extracted(
        words="".join(layout.parts),
        runs=tuple(layout.runs),
        encoding=encoding.name,
        encoding_reason=encoding.reason,
        media_type=f"{media_type}; {VOICED}" if layout.voiced else media_type,
        marks=tuple(layout.marks),
        located=tuple(layout.located),
        remarks=tuple(_remarks(found)),
        machine=_machine(text, found),
    )  # fmt: skip


def _machine(text: str, found: _Found) -> str | None:
    """Why its words are machine text; None where nothing says so."""
    made = _MADE.search(text, 0, 2000)
    if made is not None:
        return _BY_PROGRAM.format(maker=made[1].strip())
    return _BY_WORD if found.by_word else None


# The captions of a file ---------------------------------------------------------------------------


def _cues(text: str, is_vtt: bool) -> _Found:
    found = _Found()
    cue: _Cue | None = None
    lines = _lines(text)
    for number, (start, end) in enumerate(lines):
        times = _TIMES.fullmatch(text, start, end)
        if times is not None:
            if len(found.cues) >= MOST_CUES:
                found.full = True
                break
            cue = _cue(times, found)
        elif start == end:
            cue = None
        elif cue is not None and not (_is_number(text, start, end) and _times_follow(text, lines, number)):
            _take(cue, text, start, end, found)
        elif cue is None and not is_vtt and not _times_follow(text, lines, number):
            found.outside += 1  # WebVTT has notes and styles there, of which nobody hears a word
    found.cues = [one for one in found.cues if any(one.said())]
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    lines, at = [], 0
    while at <= len(text):
        end = _LINE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        lines.append((at, end))
        gap = _BREAK.match(text, end)
        if gap is None:
            break
        at = gap.end()
    return lines


def _is_number(text: str, start: int, end: int) -> bool:
    return end - start <= 8 and text[start:end].strip().isdecimal()


def _times_follow(text: str, lines: Sequence[tuple[int, int]], number: int) -> bool:
    """True for the line before a caption's times: its number or name."""
    return number + 1 < len(lines) and _TIMES.fullmatch(text, *lines[number + 1]) is not None


def _cue(times: re.Match[str], found: _Found) -> _Cue:
    start, end = moment(times["start"]) or 0, moment(times["end"]) or 0
    found.backwards += end < start
    cue = _Cue(start, max(start, end))
    found.cues.append(cue)
    return cue


def _take(cue: _Cue, text: str, start: int, end: int, found: _Found) -> None:
    """Add a line of the file to its caption; a voice that begins within it makes a caption of its own."""
    line: list[tuple[str, int, int]] = []
    cue.lines.append(line)
    at = start
    for sign in _SIGN.finditer(text, start, end):
        _add(line, text, at, sign.start())
        at = sign.end()
        tag = sign["tag"]
        if tag is None:
            if sign[0].startswith("&"):
                line.append((html.unescape(sign[0]), *sign.span()))
        elif _WORD_TIME.fullmatch(tag):
            found.by_word = True
        elif tag[:1] == "v" and tag[1:2] in (" ", ".", "\t"):
            voice = _voice(text, sign.start("tag"), sign.end("tag"))
            if voice is not None and any(cue.said()):
                cue = _Cue(cue.start, cue.end)
                found.cues.append(cue)
                line = []
                cue.lines.append(line)
            cue.voice = voice
    _add(line, text, at, end)


def _voice(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the name stands in `v Name` or `v.loud Name`."""
    while start < end and not text[start].isspace():
        start += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, min(end, start + LONGEST_VOICE)) if start < end else None


def _add(line: list[tuple[str, int, int]], text: str, start: int, end: int) -> None:
    if start < end:
        line.append((text[start:end].replace("\0", "\ufffd"), start, end))


# From captions to paragraphs ----------------------------------------------------------------------


def _turns(cues: Sequence[_Cue], text: str) -> Iterator[list[_Cue]]:
    """Captions that make one paragraph: of one voice, without a long pause, not too long."""
    turn: list[_Cue] = []
    length = 0
    shown: list[str] = []
    for cue in cues:
        said = cue.said()
        fresh = 0 if not shown else _repeated(shown, said)
        shown = said
        cue.lines = [line for line, words in zip(cue.lines[fresh:], said[fresh:], strict=True) if words]
        if not cue.lines:
            if turn:
                turn[-1].end = max(turn[-1].end, cue.end)  # the same lines, shown for longer
            continue
        if turn and (_voice_of(turn[-1], text) != _voice_of(cue, text) or cue.start - turn[-1].end >= PAUSE
                     or (length > LONG and ends_closed(turn[-1].said()[-1]))):  # fmt: skip
            yield turn
            turn, length = [], 0
        turn.append(cue)
        length += sum(map(len, said))
    if turn:
        yield turn


def _repeated(before: Sequence[str], now: Sequence[str]) -> int:
    """How many of the first lines are the last lines of the caption before: captions that roll upwards."""
    for count in range(min(len(before), len(now)), 0, -1):
        if list(before[-count:]) == list(now[:count]):
            return count
    return 0


def _voice_of(cue: _Cue, text: str) -> str | None:
    return None if cue.voice is None else " ".join(text[slice(*cue.voice)].split())


@dataclass(slots=True)
class _Layout:
    """The words while they are laid out."""

    text: str
    byte_of: Callable[[int], int] | None
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    located: list[Located] = field(default_factory=list)
    voiced: bool = False
    _length: int = 0

    def turn(self, cues: Sequence[_Cue]) -> None:
        """One paragraph; before it the name of its voice, where it has one."""
        if self.parts:
            self._add("\n\n\n")
        start = self._length
        voice = cues[0].voice
        if voice is not None:
            self.voiced = True
            self._piece(self.text[slice(*voice)], *voice)
            self.marks.append(Mark(start, self._length, PassageRole.FURNITURE, VOICE))
            self._add("\n\n")
        said = self._length
        for number, cue in enumerate(cues):
            if number:
                self._add(" ")
            at = self._length
            self._cue(cue)
            if voice is None:
                self.located.append(Located(at, self._length, Locator(time=part(cue.start, cue.end))))
        self.marks.append(Mark(said, self._length, PassageRole.BODY, ""))
        if voice is not None:
            time = part(cues[0].start, max(one.end for one in cues))
            self.located.append(Located(start, self._length, Locator(time=time)))

    def _cue(self, cue: _Cue) -> None:
        for number, line in enumerate(cue.lines):
            if number:
                self._add(" ")
            for words, start, end in line:
                self._piece(words, start, end)

    def _piece(self, words: str, start: int, end: int) -> None:
        at = self._length
        self._add(words)
        if self.byte_of is not None:
            self.runs.append(Run(at, self._length, self.byte_of(start), self.byte_of(end)))

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)


def _remarks(found: _Found) -> Iterator[Remark]:
    if found.backwards:
        said = f"{found.backwards:,} captions end before they begin; their time is the moment at which they begin."
        yield Remark("times of captions", said, "Compare them with the recording.")
    if found.outside:
        said = f"{found.outside:,} lines stand outside of every caption, and were not read."
        yield Remark("lines without a time", said, "Look at the file itself; its bytes are kept.")
    if found.full:
        said = f"It has more than {MOST_CUES:,} captions; those behind were not read."
        yield Remark("the rest of the captions", said, "Cut it into several files and add them.")


FORMAT = Format(
    name="captions",
    media_types=(VTT, SRT),
    suffixes=(".vtt", ".srt"),
    recognised_by="its first line (WEBVTT), or a number and the times of a caption",
    recognise=recognise,
    extract=extract,
)
