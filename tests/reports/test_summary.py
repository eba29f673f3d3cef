"""Above a number of claims the dossier is a summary with annexes, and nothing is lost on the way."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from probanda.incidents.model import Contradiction
from probanda.kernel.vocabulary import ContradictionKind
from probanda.reports import dossier, summary
from probanda.reports.casefile import CaseFile, UnreadLine
from probanda.reports.parts.division import Entry, packed
from probanda.reports.record import Dossier, Pieces, Row, Section, Table, Voice
from tests.reports.factory import kheldoun, many

MANY, IN_ONE = 300, 100
"""Claims of the case here, and notes in an annex: smaller than in use, so that the tests are quick."""


@pytest.fixture(scope="module", autouse=True)
def smaller() -> Iterator[None]:
    """The limits lowered, for this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "ABOVE", MANY)
        patch.setattr(summary, "NOTES", IN_ONE)
        yield


def large() -> CaseFile:
    """A case above the limit, with a contradiction across annexes and claims that belong to no incident."""
    case = many(MANY + 1)
    loose = {c.id for c in case.claims[:2]}
    kept = tuple(i for i in case.incidents if not loose & set(i.claims))
    fired = [c for c in case.claims if c.quote.startswith("the Ninth Brigade fired")]
    warrants = [c for c in case.claims if c.quote.startswith("The Prosecutor")]
    return replace(
        case,
        incidents=kept,
        contradictions=(
            Contradiction(
                id="x1",
                a=fired[1].id,
                b=warrants[1].id,
                kind=ContradictionKind.DATE,
                reason="two days are named for it",
            ),
        ),
        unread=(*case.unread, UnreadLine("page 3", "KHE-0001", "no text", "Look at it.")),
    )


@pytest.fixture(scope="module")
def case(smaller: None) -> CaseFile:
    return large()


@pytest.fixture(scope="module")
def drafts(case: CaseFile) -> tuple[summary.Drafted, ...]:
    return summary.drafts(case)


@pytest.fixture(scope="module")
def front(drafts: tuple[summary.Drafted, ...]) -> Dossier:
    return drafts[0].dossier


def sections(d: Dossier) -> Iterator[Section]:
    def below(section: Section) -> Iterator[Section]:
        yield section
        for part in section.parts:
            yield from below(part)

    for section in d.sections:
        yield from below(section)


def words_of(pieces: Pieces) -> str:
    return "".join(p.text for p in pieces)


def rows(d: Dossier, n: int) -> list[Row]:
    return [r for b in d.sections[n].blocks if isinstance(b, Table) for r in b.rows if not r.group]


def text(row: Row) -> list[str]:
    return ["; ".join(words_of(line.pieces) for line in cell.lines) for cell in (row.head, *row.cells)]


# when


def test_up_to_the_limit_the_dossier_stays_the_one_it_was() -> None:
    (only,) = summary.drafts(kheldoun())
    assert only == summary.Drafted("", dossier.draft(kheldoun()))


def test_above_the_limit_it_is_a_summary_with_annexes_from_items_to_matrix(
    drafts: tuple[summary.Drafted, ...],
) -> None:
    names = [d.name for d in drafts]
    assert names[0] == ""
    assert list(dict.fromkeys(re.sub(r"\d", "", n) for n in names[1:])) == [
        "annex-a",
        "annex-b",
        "annex-c",
        "annex-d",
        "annex-e",
    ]
    assert len(set(names)) == len(names)
    assert "annex-b1" in names and "annex-b2" in names
    assert drafts[names.index("annex-b1")].dossier.title.startswith("Annex B1: incidents I-1 to I-")


# nothing lost


def test_every_claim_with_a_note_in_the_one_dossier_has_a_note_in_an_annex(
    case: CaseFile, drafts: tuple[summary.Drafted, ...]
) -> None:
    one = {n.claim for n in dossier.draft(case).notes}
    annexes = {n.claim for d in drafts[1:] for n in d.dossier.notes}
    assert len(one) == len(case.claims) > MANY
    assert one - annexes == set()


def test_every_incident_suggestion_and_actor_of_the_one_dossier_stands_in_one_annex(
    case: CaseFile, drafts: tuple[summary.Drafted, ...]
) -> None:
    def told(d: Dossier) -> Counter[str]:
        found = Counter(s.id for s in sections(d) if s.role in ("incident", "suggestion"))
        found.update(x.id for s in sections(d) for b in s.blocks if hasattr(b, "lines") for x in b.lines if x.id)
        found.update(
            words_of(r.head.lines[0].pieces)
            for s in sections(d)
            for b in s.blocks
            if isinstance(b, Table) and b.role == "persons"
            for r in b.rows
        )
        return Counter({k: n for k, n in found.items() if not k.startswith("R-")})

    apart: Counter[str] = Counter()
    for d in drafts[1:]:
        apart.update(told(d.dossier))
    assert apart == told(dossier.draft(case))


def test_an_annex_keeps_below_its_notes_unless_one_thing_alone_cites_more(
    drafts: tuple[summary.Drafted, ...],
) -> None:
    b = [d.dossier for d in drafts if d.name.startswith("annex-b")]
    assert all(0 < len(d.notes) <= IN_ONE for d in b)


def test_what_cites_too_much_stands_alone_and_the_order_is_kept() -> None:
    entries = [Entry("x", tuple(f"{n}.{k}" for k in range(size))) for n, size in enumerate((2, 2, 9, 1, 3))]
    assert [[len(e.claims) for e in run] for run in packed(entries, 4)] == [[2, 2], [9], [1, 3]]
    assert packed([], 4) == [()]


# the same numbers, named in words


def test_incidents_have_the_numbers_of_the_one_dossier(case: CaseFile, front: Dossier) -> None:
    one = {s.id: words_of(s.title) for s in sections(dossier.draft(case)) if s.role == "incident"}
    told = {r.id: words_of(r.head.lines[0].pieces) for r in rows(front, 1)}
    assert len(told) == len(case.incidents)
    assert len(one) > 50
    assert [n for n, title in one.items() if not told[n].startswith(f"{n} {title}")] == []


def test_the_summary_names_the_annex_that_tells_the_incident(
    drafts: tuple[summary.Drafted, ...], front: Dossier
) -> None:
    stands = {
        s.id: d.dossier.title.split(":")[0]
        for d in drafts[1:]
        if d.name.startswith("annex-b")
        for s in sections(d.dossier)
        if s.role == "incident"
    }
    said = {r.id: text(r)[-1] for r in rows(front, 1)}
    assert len(set(stands.values())) > 1
    assert {n: said[n] for n in stands} == stands


def test_a_contradiction_across_annexes_names_the_other_annex(drafts: tuple[summary.Drafted, ...]) -> None:
    first = next(d.dossier for d in drafts if d.name == "annex-b1")
    page = re.sub(r"<[^>]*>", "", dossier.rendered(first))
    assert re.search(r"\(Annex B\d, incident I-\d+\)", page)


def test_no_link_leads_out_of_a_document(drafts: tuple[summary.Drafted, ...]) -> None:
    for d in drafts:
        page = dossier.rendered(d.dossier)
        ids = Counter(re.findall(r'\bid="([^"]+)"', page))
        assert [i for i, n in ids.items() if n > 1] == [], d.name
        assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set(), d.name
        assert "Proposed by machine, checked by nobody" in page


# what the summary tells


def test_each_line_of_the_summary_has_its_notes_and_says_how_many(front: Dossier) -> None:
    for row in rows(front, 1):
        notes = [p for p in row.head.lines[0].pieces if p.voice is Voice.NOTE]
        assert 1 <= len(notes) <= 3
    about = " ".join(words_of(line.pieces) for line in front.facts[0].lines)
    assert "the notes of the first claim of each version, at most 3" in about


def test_the_cover_lists_each_annex_with_its_notes(drafts: tuple[summary.Drafted, ...], front: Dossier) -> None:
    lines = [words_of(line.pieces) for line in front.facts[0].lines[1:]]
    assert len(lines) == len(drafts) - 1
    for said, d in zip(lines, drafts[1:], strict=True):
        assert said.startswith(f"{d.dossier.title} ({len(d.dossier.notes):,} note")
        assert said.endswith(f"the name of its file ends in {d.name})")


def test_items_are_counted_by_kind_language_and_reading(case: CaseFile, front: Dossier) -> None:
    counted = [text(r) for r in rows(front, 0)]
    assert ["text/plain", "3", str(sum(i.claims for i in case.items))] in counted
    assert ["Arabic", "1", "1"] in counted
    assert ["whole", "2", "12"] in counted
    unread = next(s for s in sections(front) if s.id == "unread")
    assert "page 3" in " ".join(text(r)[0] for b in unread.blocks if isinstance(b, Table) for r in b.rows)


def test_an_incident_in_one_line_says_when_where_versions_origins_and_contradictions(front: Dossier) -> None:
    contradicted = [text(r) for r in rows(front, 1) if "when" in text(r)[4]]
    contradicted = [c for c in contradicted if "Shelling" in c[0]]
    assert len(contradicted) == 1
    name, when, where, origins, clash, annex = contradicted[0]
    assert "Shelling of the market of Old Qasra" in name
    assert (when, where) == ("3 May 2031", "Old Qasra")
    assert origins.startswith("6 claims, told in 2 versions; A: at most 1 origin, 1 untraced · B: ")
    assert clash == "Contradicted: when (1); 1 claim against it"
    assert re.fullmatch(r"Annex B\d", annex)


def test_actors_are_counted_and_nothing_more_is_said_of_them(case: CaseFile, front: Dossier) -> None:
    named = [text(r) for r in rows(front, 2)]
    counts = [int(re.search(r"([\d,]+) claim", n[2])[1].replace(",", "")) for n in named]  # type: ignore[index]
    assert counts == sorted(counts, reverse=True)
    assert named[0][0] == "Ninth Brigade"
    assert "denied" in named[0][2]
    about = words_of(front.sections[2].blocks[0].pieces)  # type: ignore[union-attr]
    assert "nothing of what anybody did" in about


def test_the_chronology_counts_each_dated_incident_once(case: CaseFile, front: Dossier) -> None:
    months = [text(r) for r in rows(front, 3)]
    dated = [i for i in case.incidents if i.date_from or i.date_to]
    assert sum(int(m[1].replace(",", "")) for m in months) == len(dated)
    assert [m[0] for m in months] == [
        "2029, over several years or with one bound",
        "April [2031]",
        "May 2031",
        "June [2031]",
    ]
    assert months[0][1] == "0", "it is a claim of its own, and no incident"
    assert all(re.fullmatch(r"Annex D\d(, Annex D\d)*", m[3]) for m in months)


def test_the_matrix_overview_counts_cells_and_gaps_and_gives_no_score(front: Dossier) -> None:
    first = text(rows(front, 4)[0])
    assert first[0].startswith("M-1 Colonel Idris Vantar")
    assert first[2] == "Unsupported: 2; One origin only: 1; Hearsay only: 1; 4 gaps named"
    assert not re.search(r"\d\s?%|score|likel|probab", " ".join(words_of(p) for p in _runs(front)))


def _runs(d: Dossier) -> Iterator[Pieces]:
    for section in sections(d):
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (line.pieces for r in block.rows for c in (r.head, *r.cells) for line in c.lines)


# the same each time


def test_the_same_case_in_any_order_gives_the_same_drafts(case: CaseFile, drafts: tuple[summary.Drafted, ...]) -> None:
    turned = replace(
        case,
        items=case.items[::-1],
        claims=case.claims[::-1],
        actors=case.actors[::-1],
        incidents=case.incidents[::-1],
        suggestions=case.suggestions[::-1],
        unread=case.unread[::-1],
    )
    assert summary.drafts(turned) == drafts


@pytest.mark.slow
def test_six_thousand_claims_are_drafted_and_drawn_within_a_minute() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "ABOVE", 2000)
        patch.setattr(summary, "NOTES", 1500)
        _within_a_minute(many(6000))


def _within_a_minute(case: CaseFile) -> None:
    start = time.process_time()
    pages = [dossier.rendered(d.dossier) for d in summary.drafts(case)]
    assert time.process_time() - start < 60
    assert len(pages) > 10
