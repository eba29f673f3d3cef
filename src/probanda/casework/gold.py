"""A gold folder: texts, and what people found in them; read, checked, and turned down where it is broken.

    docs/NAME.txt              the texts
    gold/annotated_docs.json   which texts were annotated, and which of them in part
    gold/claims.jsonl          the claims people found, one a line
    gold/nonclaims.jsonl       words that must not become a claim (may be missing)
    gold/mentions.jsonl ...    what belongs together: see `gold_groups` (may be missing)
    split.json                 which texts are for development and which are only scored (may be missing)

Start with `load_gold`, then `GoldFolder.check_quotes`. The format is told in docs/measuring.md. Every fault names the
file, the line, the reason and the next step: figures made from a broken gold would be wrong and look right.

Looks down to: claims (scoring), kernel. Used by: casework (gold_groups, evaluate).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from probanda.claims.model import DOC
from probanda.claims.scoring import Count, Gold, NoClaim, Statement
from probanda.kernel.errors import ProbandaError
from probanda.kernel.vocabulary import ActType, Modality

LISTED, CLAIMS, NO_CLAIMS = "gold/annotated_docs.json", "gold/claims.jsonl", "gold/nonclaims.jsonl"
SPLIT = "split.json"
SEE = "docs/measuring.md tells the format."
MODALITIES = frozenset(m.value for m in Modality)
ACT_TYPES = frozenset(a.value for a in ActType)
BASES = frozenset((None, "text", "context", "external"))
"""Where a date was taken from: the words, the words and the text's own date, or outside the text."""
OUTSIDE = "external"

Row = dict[str, Any]


class GoldBroken(ProbandaError):
    """A gold folder is not what its format says; names the file, the line where there is one, and the reason."""

    def __init__(self, place: str, reason: str, fix: str) -> None:
        super().__init__(f"The gold cannot be used: {place}: {reason}.", f"{fix} {SEE}")
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFolder:
    """A gold folder that was read and is whole, as far as can be told before the texts are read."""

    folder: Path
    files: Mapping[str, Path]
    """The file of each annotated text, by its name without ending."""
    gold: Gold
    language: str | None
    """ISO 639-1 code, where the folder says that all its texts are in one language."""
    lines: Mapping[tuple[str, int, int], str]
    """File and line at which a quote is given, by text and offsets: what an error names."""
    unlisted: int
    """Claims on texts that annotated_docs.json does not list: left aside."""

    def of(self, docs: Sequence[str]) -> GoldFolder:
        """The same for these texts alone."""
        return GoldFolder(
            folder=self.folder,
            files={d: f for d, f in self.files.items() if d in docs},
            gold=self.gold.of(docs),
            language=self.language,
            lines=self.lines,
            unlisted=self.unlisted,
        )

    def check_quotes(self, doc: str, words: Callable[[int, int], str]) -> None:
        """Check that each quote of a text stands at its offsets; `words` gives what stands between two of them.

        Raises GoldBroken at the first that does not.
        """
        quoted = [(c.start, c.end, c.quote) for c in self.gold.claims if c.doc == doc]
        quoted += [(n.start, n.end, n.quote) for n in self.gold.no_claims if n.doc == doc]
        for start, end, quote in sorted(quoted):
            there = words(start, end)
            if there != quote:
                raise GoldBroken(
                    self.lines[doc, start, end],
                    f"at {start} to {end} of {self.files[doc].name} stands {_short(there)}, not {_short(quote)}",
                    "Count offsets in code points from 0, end exclusive, in the text as `probanda` reads it"
                    " (of a plain text file: as it is stored, line ends included).",
                )


def load_gold(folder: Path, split: str | None = None) -> GoldFolder:
    """Read a gold folder, the whole or one part of its split; raises GoldBroken where it is not what it should be.

    Quotes of plain texts are checked at once, those of other formats when the text was read out of them.
    """
    if not (folder / "gold").is_dir():
        below = sorted(p.parent.name for p in folder.glob("*/gold") if p.is_dir())
        reason = "there is no folder gold/ in it" if folder.is_dir() else "there is no such folder"
        named = f"Name one of those in it: {', '.join(below)}." if below else "Name a folder with docs/ and gold/."
        raise GoldBroken(str(folder), reason, named)
    there = _texts(folder)
    listed = _listed(folder, frozenset(there))
    files = {doc: _only(doc, there) for doc in sorted(listed["docs"])}
    claims = list(_claims(folder, frozenset(there)))
    no_claims = list(_no_claims(folder, frozenset(there)))
    known = frozenset(files)
    found = GoldFolder(
        folder=folder,
        files=files,
        gold=Gold(
            docs=tuple(sorted(known)),
            partial=frozenset(listed["partial"]),
            claims=tuple(c for _, c in claims if c.doc in known),
            no_claims=tuple(n for _, n in no_claims if n.doc in known),
        ),
        language=listed["language"],
        lines={(n.doc, n.start, n.end): place for place, n in no_claims}
        | {(c.doc, c.start, c.end): place for place, c in claims},
        unlisted=sum(c.doc not in known for _, c in claims),
    )
    found = found if split is None else found.of(_part(folder, split, known))
    for doc, path in found.files.items():
        words = _plain_words(path)
        if words is not None:
            found.check_quotes(doc, lambda start, end, words=words: words[start:end])  # type: ignore[misc]
    return found


# --- which texts ------------------------------------------------------------------------------------


def _texts(folder: Path) -> dict[str, list[Path]]:
    """The files of docs/ by their names without ending."""
    if not (folder / "docs").is_dir():
        raise GoldBroken(str(folder), "there is no folder docs/ in it", "Put the texts into docs/.")
    found: dict[str, list[Path]] = {}
    for path in sorted((folder / "docs").iterdir()):
        if path.is_file():
            found.setdefault(path.stem, []).append(path)
    return found


def _only(doc: str, there: Mapping[str, list[Path]]) -> Path:
    files = there.get(doc, [])
    if len(files) != 1:
        said = f"{len(files)} files are named {doc}" if files else f"the text {doc} is not in docs/"
        raise GoldBroken(LISTED, said, "Put each text into docs/ once, or take its name from the list.")
    return files[0]


def _named(name: str, docs: frozenset[str]) -> str:
    """A text's name without its ending, whether it is given with it or without."""
    return name if name in docs else Path(name).stem


def _listed(folder: Path, there: frozenset[str]) -> dict[str, Any]:
    told = _json(folder, LISTED)
    docs = _doc_list(told, LISTED, "annotated_docs", there, needed=True)
    partial = _doc_list(told, LISTED, "partial", there)
    strange = sorted(set(partial) - set(docs))
    if "full" in told:
        strange += sorted(set(docs) ^ set(partial) ^ set(_doc_list(told, LISTED, "full", there)))
    if strange:
        reason = f"{strange[0]} is not in just one of `full` and `partial`"
        raise GoldBroken(LISTED, reason, "List each annotated text in one of them.")
    language = told.get("language")
    if language is not None and not isinstance(language, str):
        raise GoldBroken(LISTED, "`language` is no word", 'Write an ISO 639-1 code, such as "fr", or leave it out.')
    return {"docs": docs, "partial": partial, "language": language}


def _doc_list(told: Row, file: str, key: str, there: frozenset[str], needed: bool = False) -> list[str]:
    found = told.get(key)
    if found is None and not needed:
        return []
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found) or (needed and not found):
        raise GoldBroken(file, f"`{key}` is no list of names of texts", f'Write "{key}": ["NAME", ...].')
    return [_named(one, there) for one in found]


def _part(folder: Path, split: str, known: frozenset[str]) -> list[str]:
    told = _json(folder, SPLIT)
    if told.get(split) == []:  # a small gold may be wholly for development
        raise GoldBroken(SPLIT, f"`{split}` lists no text", "Measure the other part, or all texts without a split.")
    docs = _doc_list(told, SPLIT, split, known, needed=True)
    unknown = sorted(set(docs) - known)
    if unknown:
        raise GoldBroken(SPLIT, f"{unknown[0]} is not in {LISTED}", "Name annotated texts alone.")
    return docs


def _plain_words(path: Path) -> str | None:
    """The words of a plain text in UTF-8, with its line ends; None for what has to be read out of its file."""
    if path.suffix.lower() != ".txt":
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- lines ------------------------------------------------------------------------------------------


def _text_of(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text("utf-8")
    except FileNotFoundError:
        raise GoldBroken(str(folder), f"the file {name} is missing", "Make it, even if it is to be empty.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise GoldBroken(name, f"it cannot be read ({error})", "Write it in UTF-8.") from error


def _json(folder: Path, name: str) -> Row:
    try:
        told = json.loads(_text_of(folder, name))
    except json.JSONDecodeError as error:
        raise GoldBroken(f"{name}, line {error.lineno}", f"no JSON: {error.msg}", "Put the line right.") from error
    if not isinstance(told, dict):
        raise GoldBroken(name, "it is no JSON object", "Begin it with { and end it with }.")
    return told


class Line:
    """One line of a JSON lines file: gives its values in the kind asked for, or says what is wrong with them."""

    def __init__(self, place: str, row: Row) -> None:
        self.place, self._row = place, row

    def broken(self, reason: str, fix: str) -> GoldBroken:
        """The error for this line."""
        return GoldBroken(self.place, reason, fix)

    def get(self, *keys: str) -> Any:
        """The value under the first of these keys that is there."""
        return next((self._row[key] for key in keys if key in self._row), None)

    def word(self, key: str) -> str:
        """A text that is there."""
        found = self.get(key)
        if not isinstance(found, str) or not found:
            raise self.broken(f"`{key}` is missing or no text", f'Write "{key}": "...".')
        return found

    def one_of(self, key: str, words: frozenset[str]) -> str:
        """A word of a closed vocabulary."""
        found = self.word(key)
        if found not in words:
            raise self.broken(f"{found} is no {key}", f"Use one of: {', '.join(sorted(words))}.")
        return found

    def names(self, *keys: str) -> tuple[str, ...]:
        """A list of texts; none where it is left out."""
        found = self.get(*keys)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.broken(f"`{keys[0]}` is no list of names", f'Write "{keys[0]}": ["...", "..."] or [].')
        return tuple(found)

    def place_in(self, docs: frozenset[str]) -> tuple[str, int, int, str]:
        """The text, the two offsets and the quote."""
        doc = _named(self.word("doc"), docs)
        if doc not in docs:
            raise self.broken(f"the text {doc} is not in docs/", "Put it there, or mend the name in `doc`.")
        start, end = self.get("char_start", "start"), self.get("char_end", "end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            said = f"the offsets {start} to {end} are no stretch of a text"
            raise self.broken(said, "Write whole numbers from 0, `char_start` below `char_end`.")
        return doc, start, end, self.word("quote")

    def day(self, key: str) -> str | None:
        """An ISO day, or None."""
        found = self.get(key)
        if found in (None, ""):
            return None
        try:
            return date.fromisoformat(found).isoformat()
        except (TypeError, ValueError):
            raise self.broken(f"{found} in `{key}` is no day", "Write it as 2031-05-03, or null.") from None

    def counts(self) -> tuple[Count, ...]:
        """The quantities; one that says nothing is left out."""
        found = self.get("quantity")
        several = found if isinstance(found, list) else [] if found in (None, "") else [found]
        made = [self._count(one) for one in several]
        return tuple(c for c in made if c != Count(None, None, None))

    def _count(self, one: Any) -> Count:
        told = one if isinstance(one, dict) else {"number": one}
        values = [told.get("number", told.get("value")), told.get("min"), told.get("max")]
        if any(v is not None and (isinstance(v, bool) or not isinstance(v, int | float)) for v in values):
            raise self.broken("`quantity` holds what is no number", 'Write [{"number": 4, "min": 4, "max": 4}], or [].')
        return Count(*values)


def lines_of(folder: Path, name: str) -> Iterator[Line]:
    """The lines of a JSON lines file, one object each; raises GoldBroken where one is none."""
    for number, line in enumerate(_text_of(folder, name).split("\n"), 1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldBroken(place, f"no JSON: {error.msg}", "Write one JSON object a line.") from error
        if not isinstance(row, dict):
            raise GoldBroken(place, "it is no JSON object", "Write one JSON object a line.")
        yield Line(place, row)


def _claims(folder: Path, docs: frozenset[str]) -> Iterator[tuple[str, Statement]]:
    seen: dict[str, str] = {}
    for line in lines_of(folder, CLAIMS):
        one = _statement(line, docs)
        if one.id in seen:
            raise line.broken(f"the id {one.id} stands at {seen[one.id]} too", "Give each claim an id of its own.")
        seen[one.id] = line.place
        yield line.place, one


def _statement(line: Line, docs: frozenset[str]) -> Statement:
    doc, start, end, quote = line.place_in(docs)
    first = line.day("date_from")
    last = (line.day("date_to") or first) if first else None
    if first and last and last < first:
        raise line.broken(f"{last} is before {first}", "Let `date_to` be the later day.")
    basis = line.get("date_basis")
    if basis not in BASES:
        raise line.broken(f"{basis} is no date_basis", "Use one of: text, context, external, null.")
    return Statement(
        id=line.word("id"),
        doc=doc,
        start=start,
        end=end,
        quote=quote,
        speakers=tuple(s for s in line.names("speaker_chain", "speakers") if s != DOC),
        modality=line.one_of("modality", MODALITIES),
        act_type=line.one_of("act_type", ACT_TYPES),
        actors=line.names("actors"),
        victims=line.names("victims"),
        places=line.names("places"),
        date_from=first,
        date_to=last,
        dated_outside=basis == OUTSIDE,
        quantities=line.counts(),
    )


def _no_claims(folder: Path, docs: frozenset[str]) -> Iterator[tuple[str, NoClaim]]:
    if not (folder / NO_CLAIMS).exists():
        return
    for line in lines_of(folder, NO_CLAIMS):
        doc, start, end, quote = line.place_in(docs)
        yield line.place, NoClaim(doc, start, end, quote, str(line.get("why") or ""))


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return f"“{one_line[:60]}{' ...' if len(one_line) > 60 else ''}”" if one_line else "nothing"
