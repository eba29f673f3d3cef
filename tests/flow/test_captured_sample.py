"""The captures of the sample case go through to claims and into the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import captures, custody

CAPTURES = Path(__file__).parents[2] / "examples" / "marsafa-captures"
SITE = "https://lagoon-post.example"
PAGE = "orsa-lagoon.wacz/lagoon-post.example/2031/06/night-of-arrests"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory):
    with Case.new(tmp_path_factory.mktemp("captures") / "case", prefix="MAR") as made:
        made.add([CAPTURES])
        made.read()
        yield made


@pytest.mark.slow
def test_the_page_is_read_for_claims_and_knows_where_it_was_captured(case: Case) -> None:
    rows = {name: row for row in case.items() for name in row.names}
    page = rows[f"{PAGE}.html"]
    assert (page.publisher, page.dated_from, page.acquired_at) == ("Lagoon Post", "2031-06-11", "2031-06-12T08:40:11Z")
    (facts,) = custody.acquisitions(case.store, case.eyes, page.number)
    assert facts.capture is not None and captures.complete(facts.capture) == "3 of 3"
    assert (facts.capture.asked, facts.capture.software) == (f"{SITE}/night", "Tidewater Capture 1.4")
    claims = [claim for claim in case.claims() if claim.item == page.digest]
    assert "nine fishermen" in " ".join(claim.quote for claim in claims)
    assert f"{PAGE} (full-page image).png" in rows
    assert rows["orsa-lagoon.wacz/lagoon-post.example/media/jetty.mp4"].media_type == "video/mp4"
    assert not any("advert" in name for name in rows), "a part of the page is no item"
    assert rows["orsa-lagoon.wacz"].remarks == ()


@pytest.mark.slow
def test_the_dossier_cites_the_page_with_its_address(case: Case, tmp_path: Path) -> None:
    case.incidents()
    out = tmp_path / "dossier.html"
    case.report(out)
    words = out.read_text("utf-8")
    assert "nine fishermen" in words and "night-of-arrests" in words


@pytest.mark.slow
def test_the_picture_bears_what_its_proof_says(case: Case) -> None:
    (facts,) = custody.acquisitions(case.store, case.eyes, "jetty.jpg")
    (note,) = facts.beside
    assert (note.kind, note.checked) == ("ProofMode", "the SHA-256 that it states is that of these bytes")
