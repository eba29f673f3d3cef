"""The sample's recording: transcript and observation become claims with a time, down to the notes of the dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from probanda import Case
from probanda.casework import custody, looks, origins, properties
from probanda.casework.undo import undo
from probanda.kernel.errors import WrongUsage
from tests.reading.test_sound_video import scene

MEDIA = Path(__file__).resolve().parents[2] / "examples" / "marsafa-media"
SEEN = "Soldiers of the Coast Guard Brigade beat two fishermen with rifle butts."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.new(tmp_path_factory.mktemp("media") / "case", prefix="MED", name="M. Ode") as made:
        made.add([MEDIA])
        made.read(workers=1)
        digest = made.observe("MED-0001", SEEN, at="0:01-0:02.5", region="10,10,50,30", by="O-17")
        made.read(items=[digest], workers=1)
        made.incidents()
        yield made


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_what_the_file_states_is_kept_as_stated_and_is_no_day_of_anything(case: Case) -> None:
    video = case.store.item(case.eyes, "jetty-at-night.mp4")
    facts = dict(video.facts)
    assert (facts["kind"], facts["made"], facts["length"]) == ("MP4 video", "2031-06-09T01:10:00Z", "00:00:04.000")
    assert video.dated_from is None and video.acquired_at is None and "no words" in (video.unread_reason or "")


def test_the_transcript_beside_it_and_the_observation_of_it_are_known_as_made_from_it(case: Case) -> None:
    roles = {one.role: one for one in properties.derivatives(case.store, case.eyes, "MED-0001")}
    assert set(roles) == {"transcript", "observation"}
    assert "nobody compared it" in roles["transcript"].settings
    (brought,) = custody.acquisitions(case.store, case.eyes, "MED-0001")
    assert [(one.number, one.kind) for one in brought.beside] == [("MED-0002", "transcript")]
    seen = case.store.item(case.eyes, "MED-0003")
    assert seen.parents == (case.store.item(case.eyes, "MED-0001").digest,) and not seen.whole


def test_claims_have_the_part_of_the_recording_and_the_observer_speaks(case: Case) -> None:
    rows = {row["act_type"]: row for row in case.export("claims")}
    arrest, beating = rows["detention"], rows["torture"]
    assert (arrest["locator"]["time_from"], arrest["locator"]["time_to"]) == ("00:00:00.400", "00:00:02.700")
    assert arrest["speakers"] == ["@doc"]
    assert beating["speakers"] == ["@doc", "O-17"] and beating["modality"] == "alleged"
    told = beating["locator"]
    assert (told["time_from"], told["time_to"], told["box"]) == ("00:00:01.000", "00:00:02.500", [10, 10, 60, 40])


def test_notes_of_the_dossier_have_the_time_and_name_the_recording_and_no_fact_of_the_file(
    case: Case, tmp_path: Path
) -> None:
    case.report(tmp_path / "dossier.html")
    page = plain((tmp_path / "dossier.html").read_text("utf-8"))
    assert "MED-0002, transcript of MED-0001, at 00:00:00.400–00:00:02.700" in page
    assert "MED-0003, observation of MED-0001, box 10,10-60,40, at 00:00:01–00:00:02.500" in page
    assert "01:10:00" not in page and "avc1" not in page


SHOT = "soldiers of the Coast Guard Brigade shot dead two fishermen at Orsa Lagoon"


def test_look_alikes_are_proposed_as_one_origin_and_stay_two_until_a_person_decides(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in (("a", scene()), ("b", scene(200, light=10)), ("c", scene(turned=True))):
        (tmp_path / "in" / f"{name}.jpg").write_bytes(data)
    with Case.new(tmp_path / "case", prefix="PIC", name="M. Ode") as made:
        made.add([tmp_path / "in"])
        made.read(workers=1)
        assert [(a.doc, b.doc) for a, b, _ in made.look_alikes()] == [("a.jpg", "b.jpg")]
        assert len(made.items()) == 3
        said = (f"On 9 June 2031 {SHOT}.", f"{SHOT[0].upper()}{SHOT[1:]} on 9 June 2031.")
        seen = [made.observe(f"PIC-000{n}", words, by=f"O-{n}") for n, words in enumerate(said, start=1)]
        made.read(items=seen, workers=1)
        made.incidents()
        before = made.view()
        (incident,) = before.result.incidents
        ((two,),) = looks.told(made.store, before).values()
        assert (two.a, two.b) == ("PIC-0001", "PIC-0002") and "nearly the same" in two.reason
        assert looks.of_incident(made.store, made.eyes, incident.id, seen) == (two,)
        counted = (incident.corroboration.origins, incident.corroboration.untraced)
        assert sum(counted) == 2  # by itself it joins nothing
        made.report(tmp_path / "dossier.html")
        page = plain((tmp_path / "dossier.html").read_text("utf-8"))
        assert "PIC-0001 and PIC-0002 look alike" in page and "not counted as one unless a person decides" in page
        origins.settle(made.store, made.eyes, two.left, two.right, "same", "one picture, sent twice")
        made.incidents()
        after = made.view()
        made_of = after.result.incidents[0].corroboration
        assert made_of.origins + made_of.untraced == 1 and not looks.told(made.store, after)


@pytest.mark.parametrize(
    ("item", "part"),
    [
        ("MED-0001", {"at": "0:10-0:12"}), ("MED-0001", {}), ("MED-0001", {"at": "soon"}),
        ("MED-0001", {"at": "0:02", "region": "1,1,0,5"}), ("MED-0002", {"at": "0:01"}),
    ],
)  # fmt: skip
def test_a_part_that_the_item_does_not_have_is_refused(case: Case, item: str, part: dict[str, str]) -> None:
    before = case.store.decision_count
    with pytest.raises(WrongUsage):
        case.observe(item, SEEN, **part)
    assert case.store.decision_count == before


def test_an_observation_is_withheld_with_its_recording_and_the_record_holds(case: Case) -> None:
    case.label("MED-0001", "restricted", reason="a witness filmed it")
    assert "MED-0003" not in {row.number for row in case.store.items(case.eyes.only_open())}
    case.rebuild()
    assert not case.verify()


def test_a_transcript_follows_the_label_of_its_recording_and_never_the_other_way(tmp_path: Path) -> None:
    """Also where it comes later; nothing of it leaves; it is opened with it no further than it was open by itself."""
    (tmp_path / "in").mkdir()
    for file in MEDIA.iterdir():
        (tmp_path / "in" / file.name).write_bytes(file.read_bytes())
    with Case.new(tmp_path / "case", prefix="MED", name="M. Ode") as case:
        case.add([tmp_path / "in"], label="public")
        case.read(workers=1)
        case.label("MED-0002", "restricted", reason="the interpreter is named")
        assert labels(case) == {"MED-0001": "public", "MED-0002": "restricted"}
        undo_label(case, "MED-0002")
        case.incidents()
        assert {row["item"] for row in case.export("claims")} and case.store.search(case.eyes.only_open(), "Guard")

        case.label("MED-0001", "restricted", reason="a witness filmed it")
        assert labels(case) == {"MED-0001": "restricted", "MED-0002": "restricted"}
        assert not list(case.export("claims")) and not case.store.search(case.eyes.only_open(), "Guard")
        case.report(tmp_path / "dossier.html")
        assert "fishermen" not in (tmp_path / "dossier.html").read_text("utf-8")

        (tmp_path / "in" / "jetty-at-night.en.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nThey came.\n")
        case.add([tmp_path / "in" / "jetty-at-night.en.srt"])
        case.read(workers=1)
        assert labels(case)["MED-0003"] == "restricted"
        case.label("MED-0003", "internal", reason="a person read it")
        case.read(workers=1)
        assert labels(case)["MED-0003"] == "internal"

        case.label("MED-0001", "internal", reason="the witness agreed")
        assert labels(case) == dict.fromkeys(("MED-0001", "MED-0002", "MED-0003"), "internal")
        undo_label(case, "MED-0001")
        assert labels(case)["MED-0002"] == "restricted"
        case.rebuild()
        assert not case.verify()


def labels(case: Case) -> dict[str, str]:
    return {row.number: row.label for row in case.items()}


def undo_label(case: Case, number: str) -> None:
    (stands,) = case.store.standing(case.eyes, case.store.item(case.eyes, number).digest, "label")
    undo(case.store, case.eyes, stands.id)
