"""Which language a text is in, with the reason: script decides first, then py3langid among that script's languages.

Start with `language_of`. Headings are left out (a name or a foreign title misleads). Where the words are too few,
the answer is None, and the reason says so; a script that only one language here uses is enough by itself.

Looks down to: py3langid (loaded when first needed, one model a process). Used by: making.
"""

from __future__ import annotations

import io
import lzma
import re
import unicodedata
from array import array
from collections import Counter
from functools import cache
from typing import Any

SHORTEST = 40
"""Letters below which a text in a script of several languages is too short to tell."""
SAMPLE = 20_000
"""Code points looked at."""

# Languages asked about, by script. A short list makes fewer mistakes than all that the model knows.
LANGUAGES: dict[str, tuple[str, ...]] = {
    "LATIN": (
        "en",
        "fr",
        "es",
        "pt",
        "it",
        "de",
        "nl",
        "no",
        "sv",
        "da",
        "pl",
        "cs",
        "hr",
        "ro",
        "hu",
        "tr",
        "sw",
        "id",
        "sq",
    ),
    "ARABIC": ("ar", "fa", "ur", "ps", "ku"),
    "CYRILLIC": ("ru", "uk", "sr", "bg", "mk"),
}
ONLY: dict[str, str] = {
    "HEBREW": "he",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am",
    "THAI": "th",
    "MYANMAR": "my",
    "HANGUL": "ko",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
# Letters of the Arabic script that Arabic itself does not have: Persian, Urdu, Pashto, Kurdish.
_NOT_ARABIC = frozenset("پچژگکیےںھہٹڈڑۆێەڵۍټډړښ")
_LETTERS = re.compile(r"[^\W\d_]+")


def language_of(words: str) -> tuple[str | None, str]:
    """ISO 639-1 code and reason of these words (body text, headings left out)."""
    sample = words[:SAMPLE]
    letters = "".join(_LETTERS.findall(sample))
    if not letters:
        return None, "no letters"
    script, share = _script(letters)
    if script in ONLY and share > 0.5:
        return ONLY[script], f"{script.capitalize()} script, which one language here uses"
    if script == "ARABIC" and not any(letter in _NOT_ARABIC for letter in letters):
        return "ar", "Arabic script, with no letter that Arabic lacks"
    if script not in LANGUAGES or len(letters) < SHORTEST:
        known = script in LANGUAGES
        return None, "too short to tell" if known else f"no language here is known for {script.capitalize()} script"
    code = _classify(sample, script)
    return code, f"{script.capitalize()} script; by its letter groups (py3langid)"


def _script(letters: str) -> tuple[str, float]:
    """The most frequent script by the names of its letters, and its share."""
    counts: Counter[str] = Counter()
    for letter, times in Counter(letters[:5000]).items():
        counts[unicodedata.name(letter, "UNNAMED").split()[0].split("-")[0]] += times
    script, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return script, most / sum(counts.values())


def _classify(sample: str, script: str) -> str:
    return str(_identifier(script).classify(sample)[0])


@cache
def _identifier(script: str) -> Any:
    from py3langid.langid import LanguageIdentifier

    gains, priors, classes, moves, outputs, rows = _model()
    identifier = LanguageIdentifier(gains, priors, classes, moves, outputs, tk_row=rows)
    identifier.set_languages(sorted(set(LANGUAGES[script]) & set(classes)))
    return identifier


@cache
def _model() -> tuple[Any, ...]:
    """The model's tables, unpacked in memory, once a process.

    py3langid's own loader unpacks into a temporary file; the child that reads may write no file at all.
    """
    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
        unpacked = io.BytesIO(packed.read())
    with np.load(unpacked, allow_pickle=False) as data:
        return (
            data["ptc"],
            data["pc"],
            data["classes"].tolist(),
            _as_array(data["nextmove"]),
            data["out_feat"].tolist(),
            _as_array(data["nextmove_row"]),
        )


def _as_array(values: Any) -> array[int]:
    found = array({2: "H", 4: "I", 8: "L"}[values.dtype.itemsize])
    found.frombytes(values.tobytes())
    return found
