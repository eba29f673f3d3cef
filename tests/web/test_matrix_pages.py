"""The matrix in the browser: a hypothesis opened from the list, a claim put by key and taken back, a gap closed; and
what a cell refuses, what a list shows, and that pages tell the counts that were laid out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from probanda import Case
from probanda.casework import hypothesizing, matrix_about, matrix_charts, matrix_decided, matrix_laying, matrix_moves
from probanda.incidents.patterns import Axis, outlined, pattern
from probanda.kernel.vocabulary import Side
from probanda.matrix.hypothesis import Decided
from probanda.store import counted
from probanda.store.errors import DecidedMeanwhile
from tests.running import Done
from tests.web.conftest import Seen, Served, started, watched

pytestmark = pytest.mark.slow  # reads the sample case first


@pytest.fixture(scope="module")
def laid(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, laid out for its owner."""
    folder = Path(shutil.copytree(done.folder, tmp_path_factory.mktemp("matrix") / "case"))
    with Case.open(folder) as case:
        matrix_laying.here(case.store, [case.eyes.user])
    return folder


@pytest.fixture(scope="module")
def served(laid: Path) -> Iterator[Served]:
    with Case.open(laid) as case, started(case) as served:
        yield served


def decided(served: Served) -> list[Decided]:
    return matrix_decided.decided(served.case.store, served.case.eyes)


@pytest.mark.parametrize(("lang", "which"), [("en", "8(2)(e)(x)"), ("ar", "8(2)(e)(i)")])
def test_a_hypothesis_is_worked_on_by_key(browser: Browser, served: Served, seen: Seen, lang: str, which: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = watched(context, served, seen)
    context.add_cookies([{"name": "lang", "value": lang, "url": served.base}])
    opened_from_the_list(served, page, which)
    put_by_key_and_taken_back(served, page)
    a_gap_is_closed(served, page)
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    context.close()
    assert (seen.elsewhere, seen.complaints) == ([], [])


def opened_from_the_list(served: Served, page: Page, crime: str) -> None:
    before = len(decided(served))
    page.goto(f"{served.base}/hypotheses?who=idris")
    page.locator("main table a", has_text=f"{crime} ").first.click()
    page.locator("form[action='/hypotheses/open'] input[name=reason]").fill("the words in the video")
    with page.expect_navigation():
        page.locator("form[action='/hypotheses/open'] button").click()
    assert len(decided(served)) == before + 1
    assert decided(served)[-1].hypothesis.crime == crime


def put_by_key_and_taken_back(served: Served, page: Page) -> None:
    """In the first cell that leaves a claim of the same incidents out: J goes on, A puts against, Z takes it back."""
    page.goto(f"{page.url}/1")
    box = page.locator("[aria-labelledby=h-out] input[name=what]").first
    while box.count() == 0:
        with page.expect_navigation():
            page.keyboard.press("j")
    claim = box.get_attribute("value")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("a")
    page.keyboard.type("it tells of another day")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(f"[data-to=against] input[value='{claim}']").count() == 1
    assert [(p.ref.id, str(p.side)) for p in decided(served)[-1].in_cells] == [(claim, "against")]
    with page.expect_navigation():
        page.keyboard.press("z")
    assert page.locator(f"[data-to=against] input[value='{claim}']").count() == 0
    assert not decided(served)[-1].in_cells
    page.locator(f"[data-card='{claim}']").drag_to(page.locator("button[data-to=for]"))
    page.keyboard.type("it tells of the same order")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [(p.ref.id, str(p.side)) for p in decided(served)[-1].in_cells] == [(claim, "for")]


def a_gap_is_closed(served: Served, page: Page) -> None:
    """One-sided, until somebody says that it was looked for; then the matrix says who looked, and where."""
    page.locator("#looked summary").click()
    page.locator("#looked input[name=where]").fill("files of the court at Oren")
    page.locator("#looked input[name=when]").fill("2031-09-01")
    with page.expect_navigation():
        page.locator("#looked button").click()
    cell = page.url.rpartition("/")[2]
    page.goto(page.url.rpartition("/")[0])
    assert "files of the court at Oren" in page.locator(f"#e{cell} td.agn").inner_text()
    chart = matrix_charts.one(served.case.store, served.case.eyes, page.url.rpartition("/")[2])
    row = next(r for r in chart.rows if r.slot.called == cell)
    assert [s.where for s in row.searches] == ["files of the court at Oren"]


def test_a_cell_that_others_changed_refuses_what_was_not_seen(laid: Path, tmp_path: Path) -> None:
    """And a claim moved from one side to the other is one deed: taken from there, put here, taken back together."""
    with Case.open(Path(shutil.copytree(laid, tmp_path / "case"))) as case:
        store, eyes = case.store, case.eyes
        one = next(s for s in case.matrix() if s.cells[0].supporting and not s.cells[0].against)
        made = hypothesizing.open_(store, eyes, "a question", suggestion=one.id)
        claim = one.cells[0].supporting[0]

        def row() -> tuple[list[str], list[str]]:
            _, found = hypothesizing.row_of(store, eyes, made, "1")
            return [e.ref.id for e in found.supporting], [e.ref.id for e in found.against]

        before = row()
        chart, first = hypothesizing.row_of(store, eyes, made, "1")
        seen = matrix_moves.stands(chart.decided, first.slot)
        matrix_moves.as_seen(store, eyes, chart, first.slot, seen)
        matrix_moves.move(store, eyes, made, "1", [claim[:12]], "against", "it denies it")
        assert claim in row()[1] and claim not in row()[0]
        chart, first = hypothesizing.row_of(store, eyes, made, "1")
        with pytest.raises(DecidedMeanwhile, match="decided in this cell"):
            matrix_moves.as_seen(store, eyes, chart, first.slot, seen)
        done = matrix_moves.history(store, eyes, chart, first.slot)[0]
        assert len(done.together) == 2
        matrix_moves.take_back(store, eyes, chart, first.slot, done.together)
        assert row() == before


def test_it_is_laid_out_anew_in_a_process_of_its_own(laid: Path, tmp_path: Path) -> None:
    with Case.open(Path(shutil.copytree(laid, tmp_path / "case"))) as case:
        claim = next(c for s in case.store.suggestions(case.eyes) or () for cell in s.cells for c in cell.supporting)
        case.reject(claim, reason="the text speaks of another day")
        matrix_laying.elsewhere(case.store, [case.eyes.user], threading.Lock())
        found = case.store.suggestions(case.eyes) or ()
        assert found
        assert all(claim not in cell.supporting for s in found for cell in s.cells)


def test_a_suggestion_charted_by_itself_has_the_counts_it_was_laid_out_with(laid: Path) -> None:
    """A chart loads what it cites and not the case: what lies elsewhere changes none of its counts."""
    with Case.open(laid, writing=False) as case:
        every = case.store.suggestions(case.eyes) or []
        for one in every[::7]:
            chart = matrix_charts.suggested(case.store, case.eyes, one)
            told = [(r.for_weight.origins, r.for_weight.untraced) for r in chart.rows]
            assert told == [(c.origins, c.untraced) for c in one.cells]
            for row in chart.rows:  # claims with one start are one origin
                starts = {s for _, s in row.for_weight.starts}
                assert len(starts) <= max(1, row.for_weight.origins + row.for_weight.untraced) or not row.supporting


def test_an_incident_names_the_cells_that_hold_its_claims(laid: Path) -> None:
    with Case.open(laid, writing=False) as case:
        one = next(s for s in case.store.suggestions(case.eyes) or [] if s.incidents and s.cells[0].supporting)
        incident = next(i for i in case.store.incidents(case.eyes) or [] if i.id in one.incidents)
        found = {p.id: p for p in matrix_about.cells_of(case.store, case.eyes, incident)}
        assert not found[one.id].opened
        held = {c.element for c in one.cells if c.part == "crime" and set(c.supporting) & set(incident.claims)}
        assert {int(e) for e, side in found[one.id].cells if side == Side.FOR and e.isdigit()} == held


def test_charts_of_the_list_count_as_the_claims_do(laid: Path) -> None:
    """By month and place, what the page counts from the list alone is what `probanda patterns` counts from claims."""
    with Case.open(laid, writing=False) as case:
        store, eyes = case.store, case.eyes
        outlines = store.ask(eyes, counted.outlines, counted.Narrowed())
        incidents, claims = store.incidents(eyes) or [], {c.id: c for c in case.claims()}
        for axis in (Axis.MONTH, Axis.PLACE):
            by_list, by_claims = outlined(axis, outlines), pattern(axis, incidents, claims, {})
            assert [(c.label, c.certain, c.possible) for c in by_list.columns] == [
                (c.label, c.certain, c.possible) for c in by_claims.columns
            ]
        place = next(p for o in outlines for p in o.places)
        narrowed = store.ask(eyes, counted.outlines, counted.Narrowed(place=place, first="2031-01-01"))
        assert narrowed and all(place in o.places for o in narrowed)
