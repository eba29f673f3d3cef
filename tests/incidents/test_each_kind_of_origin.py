"""Each kind of origin is read from an ordinary sentence by rule, with the words that say so: from text to graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from probanda import Case
from probanda.incidents.model import SourceKind

pytestmark = pytest.mark.slow  # reads texts first

SENTENCES = {
    "eyewitness": "Batul Renn, a ferry pilot, said she saw militiamen shoot two deckhands in Ardel on 2 March 2031.",
    "victim": "A former detainee said that guards tortured prisoners in the Ostrel barracks on 2 March 2031.",
    "perpetrator": "Lieutenant Oskar Dren admitted that he had shot two prisoners in Morvale on 2 March 2031.",
    "document": "Soldiers burned forty houses in Tessaly on 2 March 2031, a report by the Inquiry Commission said.",
    "image or video": "A video filmed by Lio Marrec shows soldiers beating two prisoners in Brennick on 2 March 2031.",
    "satellite image": "Satellite images show that sixty houses were burned in Vosk on 2 March 2031.",
    "official": "The Ministry of Health said that shelling killed nine people in Pellan on 2 March 2031.",
    "expert": "A pathologist said that three prisoners were beaten to death in Ruel on 2 March 2031.",
    "hearsay": "Two women were reportedly abducted in Zell on 2 March 2031.",
}
WORDS = {
    "eyewitness": "she saw", "victim": "detainee", "perpetrator": "Oskar Dren", "document": "report",
    "image or video": "video", "satellite image": "Satellite images", "official": "ministry", "expert": "pathologist",
    "hearsay": "reportedly",
}  # fmt: skip


@pytest.fixture(scope="module")
def origins(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[SourceKind, str]]:
    """The kind of the one origin of each sentence, and why it is of that kind."""
    folder = tmp_path_factory.mktemp("kinds")
    files = folder / "files"
    files.mkdir()
    for name, sentence in SENTENCES.items():
        (files / f"{name}.txt").write_text(f"Harlin Gazette, 4 March 2031\n\n{sentence}\n", "utf-8")
    found: dict[str, tuple[SourceKind, str]] = {}
    with Case.new(folder / "case", situation="Marsafa") as case:
        case.add([files])
        case.read()
        names = {i.digest: Path(i.names[0]).stem for i in case.items()}
        for incident in case.incidents().incidents:
            by_id = {a.id: a for a in incident.accounts}
            for account in incident.accounts:
                if account.item is not None:
                    start = by_id[account.origin]
                    found[names[account.item]] = start.kind, start.why
    return found


@pytest.mark.parametrize("kind", SourceKind)
def test_every_kind_is_reached_by_a_sentence_and_says_why(origins, kind):
    read, why = origins[kind.value]
    assert read is kind
    assert WORDS[kind.value].casefold() in why.casefold()
