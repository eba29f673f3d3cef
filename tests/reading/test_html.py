"""HTML: all that is visible, exact places in the bytes, nothing run, and linear on broken pages."""

# ruff: noqa: E501 (texts in tables stand on one line)

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probanda.reading.formats.html import extract, recognise
from probanda.reading.formats.html_scan import scan
from probanda.reading.making import text_of as make
from tests.reading.making_texts import LONG, furniture_of, roles_of, text_of

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Shells | The Kestrel</title>
<meta property="og:site_name" content="The Kestrel &amp; Post">
<meta property="article:published_time" content="2031-05-03T10:00:00Z">
<script>var zanzara = "<p>zanzara</p>";</script><style>.zanzara{{color:red}}</style></head>
<body class="has-sidebar"><nav><ul><li><a href="1">News</a><li><a href="2">World</a></ul></nav>
<main><article><header><h1>Shells on Orvane&rsquo;s market</h1></header>
<p>Caf&eacute; owners in   the
 <b>mar</b>ket fled, the council &lt;said&gt;.</p><p>{LONG}</p>
<figure><figcaption>Smoke over the harbour</figcaption></figure></article></main>
<div class="related-posts"><p>Ten boats to see this summer</p></div>
<!-- zanzara --><noscript>zanzara</noscript><template><p>zanzara</p></template><footer>Contact</footer></body></html>"""


def test_scripts_styles_comments_and_templates_are_not_text(tmp_path: Path) -> None:
    assert "zanzara" not in text_of(tmp_path, PAGE, "page.html").words


def test_what_is_visible_is_kept_in_order_and_furniture_is_marked(tmp_path: Path) -> None:
    text = text_of(tmp_path, PAGE, "page.html")
    roles = roles_of(text)
    assert ("heading", "Shells on Orvane’s market") in roles
    assert ("body", "Café owners in the market fled, the council <said>.") in roles
    assert ("body", LONG) in roles
    assert ("caption", "Smoke over the harbour") in roles
    assert furniture_of(text) == ["News", "World", "Ten boats to see this summer", "Contact"]


def test_marks_give_title_publisher_and_date_with_reason(tmp_path: Path) -> None:
    text = text_of(tmp_path, PAGE, "page.html")
    assert text.title == "Shells on Orvane’s market"
    assert text.publisher == "The Kestrel & Post"
    assert text.dated is not None and text.dated.start == "2031-05-03"
    assert "article:published_time" in text.dated.reason


def test_linked_data_gives_date_and_publisher() -> None:
    page = b"""<html><script type="application/ld+json">{"@graph": [{"datePublished": "2031-05-04",
    "publisher": {"name": "Orvane Post"}}]}</script><p>Words.</p></html>"""
    found = extract(page)
    assert found.publisher == "Orvane Post"
    assert found.published[0].value == "2031-05-04"


@pytest.mark.parametrize(
    "data", ["[" * 100_000, "{", '{"publisher": {"name": 3}}', "null", '{"@graph": {"@graph": 1}}']
)
def test_linked_data_that_is_broken_or_hostile_is_passed_over(data: str) -> None:
    found = extract(f'<html><script type="application/ld+json">{data}</script><p>Words.</p>'.encode())
    assert found.publisher is None
    assert found.words == "Words."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_runs_lead_each_stretch_back_to_its_bytes(encoding: str) -> None:
    data = PAGE.replace("’", "'").encode(encoding)
    found = extract(data)
    from html import unescape

    for run in found.runs:
        source = data[run.byte_start : run.byte_end].decode(found.encoding)
        shown = found.words[run.start : run.end]
        assert shown == source or shown == unescape(source) or (shown == " " and not source.strip())
    covered = {at for run in found.runs for at in range(run.start, run.end)}
    assert all(c in "\n\t" for at, c in enumerate(found.words) if at not in covered)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<nav>", "</nav>", "<h1>", "</h1>", "<script>", "</script>", "<!--", "-->", "<",
                         ">", "&amp;", "&", "é", "text ", '"', "<a href='", "<br>", "<td>", "\n", "<title>", "<pre>", "</pre>"]),
        max_size=40,
    )
)  # fmt: skip
def test_runs_and_passages_hold_for_any_broken_page(pieces: list[str]) -> None:
    data = ("<html>" + "".join(pieces)).encode()
    found = extract(data)
    last = last_byte = 0
    for run in found.runs:
        assert last <= run.start < run.end <= len(found.words)
        assert last_byte <= run.byte_start < run.byte_end <= len(data)
        last, last_byte = run.end, run.byte_end
    text = make("d" * 64, found)
    assert all(text.words[p.start : p.end].strip() for p in text.passages)


def test_a_class_name_on_the_whole_page_does_not_hide_its_article(tmp_path: Path) -> None:
    page = f'<html><body><div class="layout sidebar"><p>{LONG}</p><p>{LONG} Again.</p></div></body></html>'
    assert furniture_of(text_of(tmp_path, page, "p.html")) == []


def test_a_row_of_links_is_furniture(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="{n}">Story number {n} of the coast</a></li>' for n in range(4))
    page = f"<html><body><p>{LONG}</p><ul>{links}</ul></body></html>"
    assert len(furniture_of(text_of(tmp_path, page, "p.html"))) == 4


@pytest.mark.parametrize(
    ("charset", "codec"), [("windows-1256", "cp1256"), ("iso-8859-1", "cp1252"), ("utf-8", "utf-8")]
)
def test_the_page_names_its_charset(charset: str, codec: str) -> None:
    words = "قال المجلس" if charset != "iso-8859-1" else "année"
    data = f'<html><meta charset="{charset}"><p>{words}</p></html>'.encode(codec)
    found = extract(data)
    assert found.words == words
    assert found.encoding == codec


def test_faulty_bytes_do_not_shift_what_follows() -> None:
    data = "<html><p>قال المجلس في المدينة ".encode() + b"\xff" + " ثم وصل</p></html>".encode()
    found = extract(data)
    assert found.words.endswith("\ufffd ثم وصل")
    run = found.runs[-1]
    assert data[run.byte_start : run.byte_end].endswith("وصل".encode())


def test_plain_text_that_speaks_of_tags_is_not_a_page() -> None:
    assert not recognise(b"In the file we found a <p> and a <div> tag.", "note.txt")
    assert recognise(b"<p>One</p>", "note.txt")


@pytest.mark.nightly  # a timing: never in the way of a change
@pytest.mark.parametrize(
    "unit", ["<div>", "<a ", "<!--", '<a b="', "<a b='\"", "&", "&#", "<script>", "<title>", "<nav>x", '<div class="nav">a<h1>',
             "<h1>x<div>", "</div>", "<figcaption>x<div>", "<p " + "a=1 " * 5, "<td>x", " \n", "<![CDATA["]
)  # fmt: skip
def test_time_grows_no_faster_than_the_page(unit: str) -> None:
    def seconds(count: int) -> float:
        data = ("<html>" + unit * count).encode()
        started = time.process_time()
        make("d" * 64, extract(data))
        return time.process_time() - started

    small = max(min(seconds(1500) for _ in range(2)), 0.004)
    assert min(seconds(6000) for _ in range(2)) < 9 * small  # four times as much; the square would take sixteen


def test_tokens_of_an_unclosed_quote_are_shown_rather_than_lost() -> None:
    assert "said so" in extract(b'<html><p>He <b title="x>said so</b> twice.</p></html>').words
    assert [t.kind for t in scan("a < b")] == ["text", "text", "text"]
