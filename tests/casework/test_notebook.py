"""What a notebook shows of a case: tables and charts whose words cannot do anything, and how many rows are left."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

from lxml import html

from probanda import Case
from probanda.casework import notebook
from probanda.casework.notebook import ROWS, Face, Words, bars, listed
from tests.running import Done

HOSTILE = "<script>alert(1)</script> \u202e“a” & <img src=http://elsewhere.example/x>"
FACE: Face[str] = Face("word", "words", ("Word",), lambda w: (Words(w),), "By word", lambda w: w)


def harmless(shown: str) -> bool:
    """Nothing in it runs, asks for something, or turns a line round."""
    tags = {node.tag for node in html.fragment_fromstring(f"<div>{shown}</div>").iter()}
    known = {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td", "bdi", "q", "code", "figure", "figcaption"}
    known |= {"svg", "text", "rect"}
    return tags <= known and not re.search(r"[\u202a-\u202e]| on\w+=|(?:src|href)=\"", shown)


def test_words_of_sources_are_escaped_and_the_rest_is_told() -> None:
    many = listed([HOSTILE] * (ROWS + 5), FACE)
    shown = many._repr_html_()
    assert harmless(shown)
    assert "&lt;script&gt;" in shown and "[U+202E]" in shown
    assert shown.count("<tr>") == ROWS + 1
    assert "5 more" in shown
    assert "more;" not in many[:3]._repr_html_()
    assert listed([], FACE)._repr_html_() == "<p><b>0 words</b></p>"
    assert pickle.loads(pickle.dumps(many)) == list(many)  # noqa: S301 - our own


def test_bars_tell_the_most_first_and_the_rest_together() -> None:
    shown = bars("Kinds", ["b", "a", "b", *(f"k{n}" for n in range(20))])
    words = re.findall(r"<text[^>]*>([^<]*)</text>", shown)
    assert words[:4] == ["b", "2", "a", "1"]
    assert words[-2:] == ["all others", "12"]
    widths = [int(width) for width in re.findall(r'<rect[^>]*width="(\d+)"', shown)]
    assert abs(widths[0] - 2 * widths[1]) <= 1


def test_everything_that_a_case_gives_shows_itself(done: Done) -> None:
    with Case.open(Path(done.folder), writing=False) as case:
        claims = case.claims()
        told = [case, case.items(), claims, claims[5:9], case.actors(), case.search("market")]
        told += [notebook.gathered(case.view().result), notebook.Laid(case.view().suggestions)]
        pages = [one._repr_html_() for one in told]  # type: ignore[attr-defined]
    assert all(harmless(page) for page in pages)
    assert "MAR-0001" in pages[1] and "MAR-0001" in pages[2]
    assert "Claims, proposed" in pages[0]
    assert "presumed innocent" in pages[-1]
    assert list(claims) == claims and claims[0].quote in claims[:1]._repr_html_().replace("&#x27;", "'")
