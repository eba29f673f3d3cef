"""Speech by a local program: machine text with times beside its recording. With a program of the test's own that takes
the options that whisper.cpp documents for `whisper-cli`, and with pocketsphinx itself where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import properties, recordings
from probanda.kernel.errors import WrongUsage
from probanda.reading import speech
from probanda.reading.speech import Engine, chosen

ffmpeg = pytest.mark.needs("ffmpeg")
HEARD = "On 9 June 2031 soldiers burned three boats at Orsa Lagoon."
PROGRAM = f"""#!{sys.executable} -I
import argparse, os, socket, wave
options = argparse.ArgumentParser()
for short, long in (("-m", "--model"), ("-f", "--file"), ("-l", "--language"), ("-of", "--output-file")):
    options.add_argument(short, long, required=True)
options.add_argument("-ovtt", "--output-vtt", action="store_true", required=True)
asked = options.parse_args()
with wave.open(asked.file) as sound:
    form = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
    seconds = sound.getnframes() / sound.getframerate()
assert form == (1, 2, 16000) and open(asked.model).read() == "a model"
try:
    socket.socket()
    said = "It reached the network."
except OSError:
    said = {HEARD!r}
with open(asked.output_file + ".vtt", "w") as out:
    out.write(f"WEBVTT\\n\\n00:00:00.000 --> 00:00:0{{seconds:.3f}}\\n {{said}}\\n\\n")
"""


@pytest.fixture
def whisper(tmp_path: Path) -> Engine:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "whisper-cli"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    (tmp_path / "ggml-tiny.bin").write_text("a model")
    return chosen(str(program), tmp_path / "ggml-tiny.bin", "en")


def recorded(folder: Path) -> Path:
    """A video of two seconds with a tone, and one without sound."""
    folder.mkdir()
    picture = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=96x64:r=5:d=2"]
    tone = ["-f", "lavfi", "-i", "sine=d=2"]
    subprocess.run([*picture, *tone, str(folder / "talk.mp4")], check=True)
    subprocess.run([*picture, str(folder / "silent.mp4")], check=True)
    return folder


@ffmpeg
@pytest.mark.skipif(sys.platform != "linux", reason="the filter is the Linux kernel's")
def test_a_transcript_is_machine_text_made_from_its_recording(tmp_path: Path, whisper: Engine) -> None:
    with Case.new(tmp_path / "case", prefix="MED") as case:
        case.add([recorded(tmp_path / "in")])
        case.read(workers=1)
        done = case.transcribe(whisper)
        assert [(number, "no sound" in why) for number, why in done.failed] == [("MED-0001", True)]
        (digest,) = done.digests
        case.read(items=[digest], workers=1)
        row = case.store.item(case.eyes, digest)
        assert row.doc == "talk.machine.vtt" and row.parents == (case.store.item(case.eyes, "MED-0002").digest,)
        assert "the recording decides" in (row.machine or "") and "model ggml-tiny.bin " in (row.machine or "")
        assert next(iter(case.store.texts(case.eyes, digest))).words.strip() == HEARD
        (claim,) = [one for one in case.claims(item=digest) if one.locator]
        assert claim.locator is not None and (claim.locator.time or "").startswith("00:00:00.000-00:00:02.0")
        (made,) = [one for one in properties.derivatives(case.store, case.eyes, "MED-0002") if one.role != "text"]
        assert made.role == "machine transcript" and made.tool == "whisper-cli" and "ggml-tiny.bin" in made.settings
        assert recordings.held_by(case.items()) == {digest: row.parents[0]}
        again = case.transcribe(whisper)
        assert (again.digests, again.before) == ((), 1)
        with pytest.raises(WrongUsage, match="not known as sound or video"):
            case.transcribe(whisper, items=[digest])
        assert not list((tmp_path / "case" / "tmp").iterdir()) and not case.verify()


def test_a_missing_program_model_or_language_is_named_with_the_next_step(tmp_path: Path, whisper: Engine) -> None:
    with pytest.raises(WrongUsage, match="not on this machine"):
        chosen("no-such-program", None, None)
    with pytest.raises(WrongUsage, match="needs a model"):
        chosen(whisper.path, tmp_path / "missing.bin", None)
    sphinx = tmp_path / "bin" / "pocketsphinx_continuous"
    shutil.copy(whisper.path, sphinx)
    with pytest.raises(WrongUsage, match="English alone"):
        chosen(str(sphinx), None, "ar")


def test_words_with_times_become_captions_of_one_utterance_each() -> None:
    said = "the sea\n<s> 0.000 0.580 0.9\nthe(2) 0.590 0.750 0.1\n<sil> 0.760 0.910 0.9\nsea 1.190 1.690 0.02\n"
    told = list(speech._cues(said + "</s> 1.700 2.020 1.000000\n<s> 3.0 3.1 1.0\n</s> 3.1 3.2 1.0\n"))
    assert told == ["\n00:00:00.590 --> 00:00:01.690\nthe sea"]


@ffmpeg
@pytest.mark.skipif(
    not all(map(shutil.which, ("pocketsphinx_continuous", "espeak-ng"))) or not speech.SPHINX_MODEL.is_dir(),
    reason="pocketsphinx, its model and espeak-ng are large; where they are, a real program is heard",
)
def test_a_real_program_hears_words_in_spoken_english(tmp_path: Path) -> None:
    spoken = tmp_path / "said.wav"
    words = "They went down to the sea. The soldiers came in the morning."
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "120", "-w", str(spoken), words], check=True)
    engine = chosen(None, None, None)
    program = speech.Program(shutil.which("ffmpeg") or "", "installed")
    with spoken.open("rb") as item:
        length = speech.sound(program, "WAV recording", item, tmp_path / "sound.wav")
    with wave.open(str(tmp_path / "sound.wav")) as made:
        assert abs(made.getnframes() / 16_000 - length) < 0.01 and length > 1
    heard = speech.captions_of(engine, tmp_path / "sound.wav", tmp_path).decode()
    assert heard.startswith("WEBVTT\n\nNOTE\nMachine transcript by pocketsphinx_continuous ")
    assert "morning" in heard or "sea" in heard
