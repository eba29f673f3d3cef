"""What a model answered is kept, since nothing can derive it again; nothing of it counts before a person takes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from probanda import Case
from probanda.casework import backup, destroying, joining, users
from probanda.casework.asking import kept_reading, second_reading, take
from probanda.casework.bundle import bundle
from probanda.casework.check import verify_folder
from probanda.casework.decide import FROM_MODEL
from probanda.casework.model_line import NoAnswer, endpoint_of
from probanda.claims.model import Reading
from probanda.kernel.digests import sha256
from probanda.kernel.errors import NotFound, ProbandaError, WrongUsage
from probanda.store import from_log
from probanda.store.errors import ReadOnly
from probanda.store.settings import NAME as SETTINGS
from probanda.store.settings import Settings, changed, words_of
from probanda.store.store import Store
from tests.casework.answering import FIRST, MODEL, a_row, asked, endpoint, says, tells
from tests.casework.authority import listening
from tests.store.desk import REPORT, Desk, settings

pytestmark = pytest.mark.slow

DENIAL = "The Northern Brigade denied that it had killed anyone"
HEARD = "In Oster three houses burned down that night, a baker said."
"""Words that the first reader passes over."""
WORDS = REPORT + HEARD + "\n"


def a_denial(**fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "passage": 2, "quote": DENIAL, "modality": "denied", "speakers": ["The Northern Brigade"], "victims": [],
        "places": [], "date": None, "number": None, "counted": None, "cues": ["denied"],
    }  # fmt: skip
    return a_row(**(told | fields))


def a_fire(**fields: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "passage": 3, "quote": "three houses burned down", "act": "burned down", "act_type": "other",
        "modality": "reported", "speakers": ["a baker"], "actors": [], "victims": [], "places": ["Oster"],
        "date": None, "number": "three", "counted": "houses", "cues": ["said"],
    }  # fmt: skip
    return a_row(**(told | fields))


def with_answers(folder: Path, *rows: dict[str, Any]) -> Path:
    """A closed case with one item, one claim of the first reader, and a model's answer."""
    with Store.create(folder, settings(), "Ada Lorin") as store:
        desk = Desk(store, store.owner)
        desk.read(desk.add(WORDS, "report.txt"), WORDS, (FIRST,))
        asked(desk, tells(*(rows or (a_row(), a_denial()))))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_answers(tmp_path / "case")


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with Store.open(folder, writing=True) as store:
        yield Desk(store, store.owner)


def quotes(folder: Path) -> list[str]:
    """What the model alone proposes, from kept answers; a fault in the folder ends the test."""
    assert verify_folder(folder).faults == ()
    with Store.open(folder, writing=False) as store:
        return [claim.quote for claim in kept_reading(store, store.owner, "report.txt").agreement.second_only]


def read_anew(folder: Path) -> None:
    with Store.open(folder, writing=True) as store:
        desk = Desk(store, store.owner)
        desk.read(store.item(desk.eyes, "report.txt").digest, WORDS, (FIRST,))


def answers_in(store: Store) -> list[str]:
    told = [d.payload for d in store.decisions(store.owner) if d.kind == "model-answer"]
    return [digest for one in told for _, _, digest in one.get("answers", ())]


# --- kept


def test_what_was_answered_is_shown_again_without_asking(desk: Desk) -> None:
    found, got = asked(desk, tells(a_row(), a_denial()))
    again = kept_reading(desk.store, desk.eyes, "report.txt")
    assert again.agreement == found.agreement and again.reading == found.reading
    assert (found.asked, again.asked, again.kept, again.left, len(got)) == (1, 0, 1, 0, 1)


def test_the_decision_names_model_host_and_words_asked_about_and_holds_no_word(desk: Desk) -> None:
    (told,) = [d for d in desk.store.decisions(desk.eyes) if d.kind == "model-answer"]
    (text,) = desk.store.texts(desk.eyes, told.subject)
    assert told.payload["text"] == text.digest and told.payload["items"] == [told.subject]
    assert (told.payload["model"], told.payload["host"].split(":")[0]) == (MODEL, "127.0.0.1")
    ((start, end, digest),) = told.payload["answers"]
    assert text.words[start:end] == WORDS.strip()
    assert json.loads(desk.store.vault.read(digest)) == {"claims": [a_row(), a_denial()]}
    assert "farmers" not in json.dumps(dict(told.payload))


def test_the_last_answer_counts_and_another_models_stand_apart(desk: Desk) -> None:
    asked(desk, tells(a_fire()))
    assert [c.quote for c in kept_reading(desk.store, desk.eyes, "report.txt").reading.claims] == [
        "three houses burned down"
    ]
    with listening(tells(a_denial())) as (url, _):
        other = endpoint_of(settings(), None, endpoint(url).url, "other-3b")
        second_reading(desk.store, desk.eyes, "report.txt", other)
    assert kept_reading(desk.store, desk.eyes, "report.txt").reader == "model:other-3b"
    assert kept_reading(desk.store, desk.eyes, "report.txt", MODEL).reading.claims[0].act == "burned down"
    with pytest.raises(ProbandaError, match="No answer of third"):
        kept_reading(desk.store, desk.eyes, "report.txt", "third")


def test_answers_about_an_earlier_text_are_passed_over_and_said(desk: Desk) -> None:
    digest = desk.store.item(desk.eyes, "report.txt").digest
    desk.read(digest, WORDS.replace("Oster", "Ostra"))
    found = kept_reading(desk.store, desk.eyes, "report.txt")
    assert not found.reading.claims
    assert (found.kept, found.earlier, found.left) == (0, 1, 1)


def test_what_was_answered_before_the_server_failed_is_kept(desk: Desk) -> None:
    line = "Nobody was hurt on the road to Tamrit, said the council of the town. " * 40
    long = "\n".join([REPORT, *[line] * 3])
    desk.read(desk.add(long, "long.txt"), long)
    turn = iter(range(9))

    def once(_evidence: dict[str, Any]) -> str:
        if next(turn):
            raise ConnectionError
        return json.dumps({"claims": [a_row()]})

    with pytest.raises(NoAnswer):
        asked(desk, says(once), "long.txt")
    found = kept_reading(desk.store, desk.eyes, "long.txt")
    assert [c.quote for c in found.reading.claims] == [FIRST]
    assert found.kept == 1 and found.left >= 1


def test_what_could_not_be_kept_is_not_asked(folder: Path) -> None:
    with Store.open(folder, writing=False) as store, listening(tells(a_row())) as (url, got):
        with pytest.raises(ReadOnly):
            second_reading(store, store.owner, "report.txt", endpoint(url))
        assert got == []


def test_an_item_without_a_word_to_ask_about_has_no_answer(desk: Desk) -> None:
    desk.read(desk.add("\n\n", "empty.txt"), "\n\n")
    found, got = asked(desk, tells(a_row()), "empty.txt")
    assert got == [] and found.at is None
    assert (found.asked, found.kept, found.left, found.reading.claims) == (0, 0, 0, ())


def test_kept_answers_survive_rebuilding(folder: Path) -> None:
    with Store.open(folder, writing=True) as store:
        store.rebuild()
    read_anew(folder)
    assert quotes(folder) == [DENIAL]


def test_kept_answers_survive_the_loss_of_the_record(folder: Path) -> None:
    (folder / "record.db").unlink()
    (folder / "record.seal").unlink()
    from_log.make_anew(folder)
    read_anew(folder)
    assert quotes(folder) == [DENIAL]


@pytest.mark.parametrize("out", ["one.tar", "many"])
def test_kept_answers_are_in_a_backup(folder: Path, tmp_path: Path, out: str) -> None:
    backup.backup(folder, tmp_path / out)
    shutil.rmtree(folder)
    backup.restore(tmp_path / out, tmp_path / "again")
    assert quotes(tmp_path / "again") == [DENIAL]


def test_kept_answers_come_with_an_imported_folder(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with Store.open(other, writing=True) as store:
        store.start_log(store.owner, "NRT", "goes north")
        desk = Desk(store, store.owner)
        asked(desk, tells(a_row(), a_fire()))
    with Case.open(folder) as case:
        joining.take_in_case(case.store, case.eyes, other)
    assert quotes(folder) == quotes(other) == ["three houses burned down"]
    with Store.open(folder, writing=False) as store:
        assert all(store.vault.has(digest) for digest in answers_in(store))
        assert len(answers_in(store)) == 2


def test_an_answer_that_was_changed_or_lost_is_named(folder: Path) -> None:
    with Store.open(folder, writing=False) as store:
        (digest,) = answers_in(store)
        path = store.vault.path_of(digest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"denied", b"admits"))
    assert [(one.severity, one.name[:12]) for one in verify_folder(folder).faults] == [(40, "answer about")]
    path.unlink()
    assert [one.severity for one in verify_folder(folder).faults] == [40]


def test_a_second_import_of_kept_bytes_leaves_no_mark_of_unfinished_work(folder: Path, tmp_path: Path) -> None:
    other = with_answers(tmp_path / "other", a_row(), a_fire())
    (folder / "tmp" / "taking-in").touch()  # an earlier run was cut off
    with Case.open(folder) as case:
        joining.take_in_case(case.store, case.eyes, other)
    assert not (folder / "tmp" / "taking-in").exists()


def test_answers_stay_home_when_a_bundle_is_made(folder: Path, tmp_path: Path) -> None:
    with Case.open(folder) as case:
        bundle(case.store, case.eyes, ["report.txt"], tmp_path / "bundle")
        (digest,) = answers_in(case.store)
    files = {path.name: path.read_bytes() for path in (tmp_path / "bundle").rglob("*") if path.is_file()}
    assert digest not in files
    assert not any(MODEL.encode() in data or b"model-answer" in data for data in files.values())


# --- destroyed


def destroy(folder: Path, target: str) -> None:
    with Case.open(folder) as case:
        users.added(case.store, case.eyes, "Ben")
        for name in ("Ada Lorin", "Ben"):
            users.give_key(case.store, case.eyes, name)
        request = destroying.ask(case.store, case.eyes, target, "consent withdrawn")
        destroying.confirm(case.store, Case(case.store, user="Ben").eyes, request.id, "checked")


def test_answers_are_destroyed_with_their_item(folder: Path) -> None:
    with Store.open(folder, writing=False) as store:
        (digest,) = answers_in(store)
    destroy(folder, "report.txt")
    found = verify_folder(folder)
    assert found.faults == ()
    with Store.open(folder, writing=False) as store:
        assert not store.vault.has(digest) and answers_in(store) == []
    every = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    assert b"farmers near the mill" not in every and digest.encode() not in every


def test_an_answer_that_another_item_got_too_stays_for_that_one(folder: Path) -> None:
    other = WORDS.replace("Oster", "Ostra")
    with Store.open(folder, writing=True) as store:
        desk = Desk(store, store.owner)
        desk.read(desk.add(other, "other.txt"), other)
        asked(desk, tells(a_row(), a_denial()), "other.txt")
        (digest,) = set(answers_in(store))
    destroy(folder, "report.txt")
    assert verify_folder(folder).faults == ()
    with Store.open(folder, writing=False) as store:
        assert store.vault.has(digest)
        assert [c.quote for c in kept_reading(store, store.owner, "other.txt").reading.claims] == [FIRST, DENIAL]


def test_the_words_of_one_answer_can_be_destroyed_by_themselves(folder: Path) -> None:
    with Store.open(folder, writing=False) as store:
        (told,) = [d for d in store.decisions(store.owner) if d.kind == "model-answer"]
        (digest,) = answers_in(store)
    destroy(folder, told.id)
    assert verify_folder(folder).faults == ()
    with Store.open(folder, writing=False) as store:
        assert not store.vault.has(digest)
        with pytest.raises(ProbandaError, match="No answer about"):
            kept_reading(store, store.owner, "report.txt")


# --- taken by a person


def test_nothing_of_a_model_counts_until_a_person_takes_it(desk: Desk) -> None:
    item = desk.store.item(desk.eyes, "report.txt").digest
    case = Case(desk.store)
    case.incidents()
    assert [c.quote for c in desk.store.claims(desk.eyes)] == [FIRST]
    case.matrix()
    proposed = kept_reading(desk.store, desk.eyes, "report.txt").agreement.second_only[0]
    assert proposed.id not in desk.store.dump(log=False).decode()
    taken = take(desk.store, desk.eyes, "report.txt", proposed.id[:8], reason="it says so in paragraph 2")
    assert (taken.id, taken.item, taken.quote, taken.status.value) == (proposed.id, item, DENIAL, "checked")
    assert taken.reader == f"model:{MODEL}" and FROM_MODEL in taken.flags
    assert taken.why.startswith(f"proposed by the model {MODEL}")
    (decided,) = desk.store.history(desk.eyes, taken.id)
    assert (decided.kind, decided.reason, decided.by) == ("add-claim", "it says so in paragraph 2", desk.eyes.user)
    assert proposed.id in desk.store.dump(log=False).decode()
    assert [c.quote for c in desk.store.claims(desk.eyes)] == [FIRST, DENIAL]
    assert kept_reading(desk.store, desk.eyes, "report.txt").agreement.second_only == ()
    assert desk.store.verify() == []


def test_what_was_taken_can_be_undone_and_taken_again(desk: Desk) -> None:
    (proposed,) = kept_reading(desk.store, desk.eyes, "report.txt").agreement.second_only
    take(desk.store, desk.eyes, "report.txt", proposed.id)
    Case(desk.store).undo(proposed.id)
    assert [c.quote for c in desk.store.claims(desk.eyes)] == [FIRST]
    assert take(desk.store, desk.eyes, "report.txt", proposed.id).status.value == "checked"


def test_two_who_take_one_proposal_agree(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with Store.open(other, writing=True) as store:
        store.start_log(store.owner, "NRT", "goes north")
    for one in (folder, other):
        with Store.open(one, writing=True) as store:
            (proposed,) = kept_reading(store, store.owner, "report.txt").agreement.second_only
            take(store, store.owner, "report.txt", proposed.id)
    with Case.open(folder) as case:
        done = joining.take_in_case(case.store, case.eyes, other)
        assert done.conflicts == ()
        assert [c.quote for c in case.claims()] == [FIRST, DENIAL]


def test_only_what_the_model_alone_proposes_can_be_taken(desk: Desk) -> None:
    found = kept_reading(desk.store, desk.eyes, "report.txt")
    (pair,) = found.agreement.pairs
    for name in (pair.second.id, pair.first.id, "0" * 64, found.agreement.second_only[0].id[:3]):
        with pytest.raises(NotFound):
            take(desk.store, desk.eyes, "report.txt", name)


def test_a_second_claim_on_the_same_words_waits_for_a_decision_on_the_first(tmp_path: Path) -> None:
    farmers = [{"words": "farmers", "involvement": "direct"}]
    folder = with_answers(tmp_path / "two", a_row(), a_row(actors=farmers, victims=[]))
    with Store.open(folder, writing=True) as store:
        eyes = store.owner
        (other,) = kept_reading(store, eyes, "report.txt").agreement.second_only
        with pytest.raises(WrongUsage, match="nobody has decided"):
            take(store, eyes, "report.txt", other.id)
        (first,) = store.claims(eyes)
        Case(store).accept(first.id)
        taken = take(store, eyes, "report.txt", other.id)
        assert {c.id for c in store.claims(eyes)} == {first.id, taken.id}
        assert {c.status.value for c in store.claims(eyes)} == {"checked"}
        assert store.verify() == []


def test_a_proposal_never_takes_the_place_of_a_claim_that_bears_its_id(tmp_path: Path) -> None:
    farmers = ({"words": "farmers", "involvement": "direct"},)
    folder = with_answers(tmp_path / "same", a_row(), a_row(actors=farmers, victims=[]))
    with Store.open(folder, writing=True) as store:
        desk = Desk(store, store.owner)
        brigades, of_farmers = kept_reading(store, desk.eyes, "report.txt").reading.claims
        of_case = replace(of_farmers, id=brigades.id, reader="rules 1")
        store.commit_reading(of_case.item, Reading((of_case,), (), "rules 1"), "reading 2")
        Case(store).accept(of_case.id)
        taken = take(store, desk.eyes, "report.txt", brigades.id)
        assert taken.id != brigades.id and taken.actors[0].words == "Northern Brigade"
        assert {c.actors[0].words for c in store.claims(desk.eyes)} == {"farmers", "Northern Brigade"}
        assert store.verify() == []


def test_mentions_that_the_model_alone_has_do_not_come_with_a_claim(tmp_path: Path) -> None:
    folder = with_answers(tmp_path / "fire", a_denial(victims=["anyone"]), a_fire())
    with Store.open(folder, writing=True) as store:
        eyes = store.owner
        known = {one.id for one in store.mentions(eyes)}
        for one in kept_reading(store, eyes, "report.txt").agreement.second_only:
            taken = take(store, eyes, "report.txt", one.id)
            named = {p.mention for p in (*taken.speakers, *taken.actors, *taken.victims, *taken.places)}
            assert named <= {*known, None}
        denial = next(c for c in store.claims(eyes) if c.quote == DENIAL)
        assert {a.mention for a in denial.actors} == known  # the brigade, which the case knows
        Case(store).incidents()
        assert store.verify() == []


# --- settings


def test_settings_of_a_model_are_written_only_where_there_are_any(tmp_path: Path) -> None:
    plain = settings()
    assert b"model" not in words_of(plain)
    with Store.create(tmp_path / "case", plain, "Ada") as store:
        assert (store.folder / SETTINGS).read_bytes() == words_of(plain)
        store.set_setting(store.owner, "model_name", MODEL)
        assert store.recorded_settings() == store.settings == changed(plain, "model_name", MODEL)
        store.set_setting(store.owner, "model_name", "")
        assert (store.folder / SETTINGS).read_bytes() == words_of(plain)
    assert verify_folder(tmp_path / "case").faults == ()


def test_a_file_of_before_there_were_models_is_read_as_it_was(tmp_path: Path) -> None:
    old = Settings("Karvel", "KRV", "c" * 32, "l" * 32)
    lines = ["# Settings of a Probanda case folder. The ids below name its case and its log: leave them as they are.\n"]
    lines += [f'{key} = "{getattr(old, key)}"\n' for key in ("situation", "prefix", "case", "log")]
    assert words_of(old) == "".join([*lines, "version = 1\n"]).encode()


def test_a_host_written_into_the_file_by_hand_is_not_allowed_until_it_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with Store.create(folder, settings(), "Ada"):
        pass
    by_hand = (folder / SETTINGS).read_bytes() + b'model_allowed = "lab.example.org:8443"\n'
    (folder / SETTINGS).write_bytes(by_hand)
    url = "http://lab.example.org:8443/v1"
    with Store.open(folder, writing=True) as store:
        assert store.settings.model_allowed == "lab.example.org:8443"
        assert endpoint_of(store.settings, store.recorded_settings(), url, MODEL).allowed == ()
        with pytest.raises(ProbandaError, match="by hand"):
            store.set_setting(store.owner, "model_name", MODEL)
    assert [one.what for one in verify_folder(folder).faults] == ["settings"]
    with Store.open(folder, writing=True) as store:
        assert store.accept_settings(store.owner, "counsel agreed")
        assert endpoint_of(store.settings, store.recorded_settings(), url, MODEL).allowed == ("lab.example.org:8443",)
    assert verify_folder(folder).faults == ()


def test_a_new_log_does_not_record_a_host_that_was_written_in_by_hand(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with Store.create(folder, settings(), "Ada") as store:
        store.set_setting(store.owner, "model_allowed", "models.example.org:443")
    by_hand = (folder / SETTINGS).read_bytes().replace(b"models.example.org:443", b"lab.example.org:8443")
    (folder / SETTINGS).write_bytes(by_hand)
    with Store.open(folder, writing=True) as store:
        store.start_log(store.owner, "NRT", "goes north")
        assert store.settings.model_allowed == "models.example.org:443"
    assert verify_folder(folder).faults == ()


# --- the command, from end to end


def test_the_command_asks_shows_again_and_takes(tmp_path: Path) -> None:
    from probanda.cli.main import app

    folder = tmp_path / "case"
    with Store.create(folder, settings(), "Ada Lorin") as store:
        made = Desk(store, store.owner)
        made.read(made.add(WORDS, "report.txt"), WORDS, (FIRST,))

    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["-C", str(folder), *words])
        error = f"{done.exception.problem}" if isinstance(done.exception, ProbandaError) else ""
        return done.exit_code, done.stdout + error

    assert "No answer about KRV-0001 is kept here" in said("compare-readers", "report.txt")[1]
    with listening(tells(a_row(), a_fire())) as (url, got):
        assert said("settings", "set", "model_endpoint", endpoint(url).url)[0] == 0
        assert said("settings", "set", "model_name", MODEL)[0] == 0
        assert f"model_name: {MODEL}" in said("settings", "show")[1]
        first = said("compare-readers", "report.txt", "--ask")
        again = said("compare-readers", "report.txt")
        assert len(got) == 1
    assert first == again and first[0] == 0
    assert "[both, alike]" in first[1] or "[both, differing" in first[1]
    (line,) = [one for one in first[1].splitlines() if f"[only model:{MODEL}]" in one]
    assert said("compare-readers", "report.txt", "--ask", "--take", line[:12])[0] != 0
    assert said("compare-readers", "report.txt", "--all")[0] != 0
    code, shown = said("compare-readers", "report.txt", "--take", line[:12], "--reason", "read there")
    assert code == 0 and "is checked, and marked as proposed by a model" in shown
    rows = json.loads(said("compare-readers", "report.txt", "--json")[1].splitlines()[0])
    assert (len(rows["pairs"]), rows["second_only"], rows["asked"], rows["kept"]) == (2, [], 0, 1)
    assert verify_folder(folder).faults == ()


def test_the_command_is_one_of_the_programs() -> None:
    from probanda.cli.main import app

    assert "compare-readers" in typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_the_digest_of_an_answer_is_that_of_its_words(desk: Desk) -> None:
    (digest,) = answers_in(desk.store)
    assert sha256(desk.store.vault.read(digest)) == digest
