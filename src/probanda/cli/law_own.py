"""What a case records of the law: classify, accept, threshold, note, attach, add-pack, diff, recorded."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.law_decisions import Remapped
    from probanda.casework.official import Words
    from probanda.law.difference import Difference
    from probanda.law.model import LawPack
    from probanda.law.recorded import Recorded

Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="What it rests on; kept with the decision.")]
CASE = "case.toml"


def join(app: typer.Typer) -> None:
    """Add these commands to the family `law`."""
    for command, example in (
        (classify, "law classify --place Tessal --from 2031-05 --to 2031-06 --type niac --reason 'see MAR-0004'"),
        (accept, "law accept Marania 2010-weapons --on 2029-05-03 --reason 'its gazette of 9 May'"),
        (threshold, "law threshold '8(2)(f)' above --reason 'fourteen months of fighting between two armed groups'"),
        (note, "law note '8(2)(e)(x)' 3 --text 'Control in fact is enough.' --citation 'Case 12, para 40' --court C"),
        (attach, "law attach elements.txt"),
        (recorded, "law recorded"),
    ):
        app.command(epilog=f"Example: probanda -C marsafa {example}")(command)
    app.command("add-pack", epilog="Example: probanda -C marsafa law add-pack our-code")(add_pack)
    app.command(epilog="Example: probanda law diff our-code-1 our-code-2")(diff)


# --- recording ------------------------------------------------------------------------------------


def classify(
    context: typer.Context,
    kind: Annotated[str, typer.Option("--type", metavar="iac|niac|none|both|unclear", help="What the conflict was.")],
    reason: Why,
    place: Annotated[str, typer.Option("--place", help="Where; the whole situation if left out.")] = "",
    date_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day; open if left out.")
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day; open if left out.")] = None,
    intensity: Annotated[str, typer.Option("--intensity", metavar="TEXT", help="How intense the violence was.")] = "",
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="TEXT", help="How organised the parties were.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Record what the armed conflict was for a place and period, and say what that changes for crimes laid out.

    Over what stood for the same place and period; `probanda undo` brings that back. `matrix` lays out anew.
    """
    from probanda.casework import law_decisions

    with opened(context, writing=True) as case:
        decision, changes = law_decisions.classify(
            case.store, case.eyes, kind.lower(), place=place, date_from=_first(date_from),
            date_to=_last(date_to), reason=reason, intensity=intensity, organisation=organisation,
        )  # fmt: skip
    if as_json:
        tell_rows([{"decision": decision, "changes": [_change_row(c) for c in changes]}])
        return
    tell(f"Recorded: {kind.lower()} (decision {decision[:12]}).")
    for change in changes:
        tell("\n".join(_change_lines(change)))
    say("Run `probanda matrix` to lay out anew." if changes else "No crime is laid out yet for that place and period.")


def _first(value: str | None) -> str | None:
    return None if value is None else _day(value if len(value) > _MONTH else (value + "-01-01")[: _MONTH + 3])


def _last(value: str | None) -> str | None:
    if value is not None and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        return f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]:02}"
    return None if value is None else _day(value if len(value) > _MONTH else f"{value}-12-31")


_MONTH = len("2031-05")


def _day(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise WrongUsage(f"{value} is no day.", "Write it as 2031, 2031-05 or 2031-05-03.") from None


def _change_row(change: Remapped) -> dict[str, Any]:
    mapped = change.mapped
    return {
        "pack": change.pack,
        "kept": list(mapped.kept),
        "changed": [list(pair) for pair in mapped.changed],
        "without_twin": list(mapped.without_twin),
        "open": list(change.open),
    }


def _change_lines(change: Remapped) -> list[str]:
    mapped = change.mapped
    lines = [f"Law pack {change.pack}; to map is to say what to examine instead, never that it was committed."]
    lines += [f"  {old} becomes {new}" for old, new in mapped.changed]
    lines += [f"  {one} has no crime that answers to it there: not offered" for one in mapped.without_twin]
    lines += [f"  {one} stays, beside its twin if it has one: the kind of conflict is open" for one in change.open]
    stay = [one for one in mapped.kept if one not in change.open]
    return [*lines, f"  unchanged: {', '.join(stay)}"] if stay else lines


def accept(
    context: typer.Context,
    state: Annotated[str, typer.Argument(help="The State, as its places are written.")],
    amendment: Annotated[str, typer.Argument(help="Id of the amendment, such as 2010-weapons.")],
    reason: Why,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="When it deposited its acceptance.")] = None,
    not_accepted: Annotated[bool, typer.Option("--not-accepted", help="It is known not to have accepted it.")] = False,
    instrument: Annotated[str, typer.Option("--instrument", metavar="TEXT", help="What says so.")] = "",
) -> None:
    """Record that a State accepted an amendment, from which day its crimes count there (art. 121(5)), or did not."""
    from probanda.casework import law_decisions

    if (on is None) != not_accepted:
        raise WrongUsage("Was it accepted, and when?", "Give either --on DAY or --not-accepted.")
    with opened(context, writing=True) as case:
        decision = law_decisions.accept(
            case.store, case.eyes, state, amendment, on, reason=reason, instrument=instrument
        )
    said = "not accepted" if on is None else f"acceptance deposited on {on}, counts a year later"
    say(f"Recorded: {state}, {amendment}: {said} (decision {decision[:12]}).")


def threshold(
    context: typer.Context,
    bar: Annotated[str, typer.Argument(help="8(2)(d) or 8(2)(f).")],
    side: Annotated[str, typer.Argument(metavar="above|below|unclear", help="Where the situation lies.")],
    reason: Why,
) -> None:
    """Record once for the situation whether it reached a threshold of internal conflict: a bar, never an element."""
    from probanda.casework import law_decisions

    with opened(context, writing=True) as case:
        decision = law_decisions.set_threshold(case.store, case.eyes, bar, side.lower(), reason=reason)
    say(f"Recorded: {bar}, {side.lower()} (decision {decision[:12]}).")


def note(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="ID", help="A crime, mode, ground or bar.")],
    text: Annotated[str, typer.Option("--text", help="What the decision says on it, in your words.")],
    citation: Annotated[str, typer.Option("--citation", help="Case, number, paragraph.")],
    element: Annotated[
        int | None, typer.Argument(metavar="[ELEMENT]", help="Its number; the whole entry if left out.")
    ] = None,
    court: Annotated[str, typer.Option("--court", help="Which court or chamber.")] = "",
    date: Annotated[str, typer.Option("--date", metavar="DAY", help="Of the decision.")] = "",
    reason: Reason = "",
) -> None:
    """Note case law on an entry or element; shown by `law show` and in the matrix, as your note."""
    from probanda.casework import law_decisions

    with opened(context, writing=True) as case:
        decision = law_decisions.note(
            case.store, case.eyes, entry, element, text, citation=citation, court=court,
            day=date, reason=reason,
        )  # fmt: skip
    say(f"Noted (decision {decision[:12]}); take it back with `probanda undo {decision[:12]}`.")


def attach(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="FILE|ITEM", help="A file of plain text, or an item that was read.")],
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Set your own copy of the official text beside the elements; it is kept with the case and enters no report.

    Headings such as `Article 8 (2) (e) (x)` and elements numbered 1., 2. ... are recognised; what is not is said.
    """
    from dataclasses import asdict

    from probanda.casework import law_packs, official

    with opened(context, writing=True) as case:
        packs = law_packs.packs(case.store, case.eyes)
        decision, found = official.attach(case.store, case.eyes, what, packs, reason)
    if as_json:
        tell_rows([asdict(found) | {"decision": decision}])
        return
    elements = sum(p.element is not None for p in found.matched)
    entries = len({p.entry for p in found.matched})
    tell(f"Set beside {elements} elements of {entries} entries (decision {decision[:12]}).")
    for odd in found.odd:
        tell(f"  {odd}")
    if found.missing:
        first = ", ".join(found.missing[:_SHOWN])
        tell(
            f"  Of {len(found.missing)} crimes no heading was found: {first}"
            + (" ..." if len(found.missing) > _SHOWN else ".")
        )
    say("See both with `probanda law show ID`. Whether it is the right text and edition nobody has checked.")


_SHOWN = 12
"""Ids that are named in one line; all of them with --json."""


def add_pack(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(help="The folder of a pack of your own; its name is the pack's.")],
    reason: Reason = "",
) -> None:
    """Keep a pack of your own with the case: from now on `matrix` lays out by it too, beside the one that ships."""
    from probanda.casework import law_packs
    from probanda.law.difference import differences

    with opened(context, writing=True) as case:
        pack, before = law_packs.add_pack(case.store, case.eyes, folder, reason)
    if before is not None:
        tell("\n".join(_difference_lines(differences(before, pack))))
    say(f"Added {pack.stamp}. Take it out with `probanda undo`.")


# --- looking --------------------------------------------------------------------------------------


def diff(
    context: typer.Context,
    old: Annotated[str | None, typer.Argument(metavar="[OLD]", help="A pack: its name or folder.")] = None,
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="Another, newer one.")] = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two packs; in a case folder, and with none named, between those decided under and today's.

    Nothing is rewritten: decisions made under an older pack stand as they are, and a person looks at them again.
    """
    from dataclasses import asdict

    from probanda.law.difference import differences

    pairs = _kept_and_present(context) if old is None else [_two(old, new)]
    if as_json:
        tell_rows(
            {"old": a.stamp, "new": b.stamp, "differences": [asdict(d) for d in differences(a, b)]} for a, b in pairs
        )
        return
    if not pairs:
        say("Every decision here was made under the packs that stand today, or none was made yet.")
    for a, b in pairs:
        found = differences(a, b)
        tell(f"{a.stamp} -> {b.stamp}: {len(found)} differences")
        tell("\n".join(_difference_lines(found)))


def _two(old: str, new: str | None) -> tuple[Any, Any]:
    from probanda.casework.law_packs import pack_at
    from probanda.law.pack import SHIPPED

    return pack_at(old), pack_at(new or SHIPPED)


def _kept_and_present(context: typer.Context) -> list[tuple[Any, Any]]:
    """Each pack that decisions of this case were made under and that is not today's, with today's of its name."""
    from probanda.casework import law_packs

    with opened(context, writing=False) as case:
        present = {p.name: p for p in law_packs.packs(case.store, case.eyes)}
        kept = [law_packs.kept_pack(case.store, d) for d in law_packs.kept(case.store, case.eyes)]
    return [(old, present[old.name]) for old in kept if old.name in present and present[old.name].digest != old.digest]


def _difference_lines(found: Sequence[Difference]) -> list[str]:
    lines = []
    for d in found:
        where = f"{d.entry}, element {d.element}" if d.element is not None else d.entry
        lines.append(f"  {d.kind}: {where}: {d.what}")
        lines += [f"    {sign} {words}" for sign, words in (("-", d.before), ("+", d.after)) if words]
    return lines


def recorded(context: typer.Context, as_json: AsJson = False) -> None:
    """What stands of the law in this case: conflicts, acceptances, thresholds, notes, copies, packs; with their ids."""
    from probanda.casework import law_decisions

    with opened(context, writing=False) as case:
        rows = law_decisions.decisions(case.store, case.eyes)
        names = case.store.users()
    if as_json:
        tell_rows(
            {"decision": d.id, "kind": d.kind, "by": names.get(d.by, d.by), "at": d.at, "reason": d.reason}
            | {key: value for key, value in d.payload.items() if key not in ("matched", "items")}
            for d in rows
        )
        return
    for d in rows:
        told = ", ".join(f"{key} {d.payload[key]}" for key in _TOLD[d.kind] if d.payload.get(key) not in (None, ""))
        tell(
            f"{d.id[:12]}  {d.at[:10]}  {names.get(d.by, d.by)}  {d.kind}: {told}"
            + (f". {d.reason}" if d.reason else "")
        )
    say(f"{len(rows)} decisions. Take one back with `probanda undo ID`." if rows else "Nothing of the law is recorded.")


_TOLD: Mapping[str, tuple[str, ...]] = {
    "classification": ("type", "place", "date_from", "date_to", "intensity", "organisation"),
    "acceptance": ("state", "amendment", "on", "instrument"),
    "threshold": ("bar", "side"),
    "law-note": ("entry", "element", "text", "citation", "court", "date"),
    "official-copy": ("name", "text"),
    "law-pack": ("name", "version", "digest", "laid_out"),
}
"""What is told of each kind, in this order."""


# --- beside the pack ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """What a case sets beside the pack's own words: users' copies of the official text, and their notes."""

    copies: Mapping[tuple[str, int | None], tuple[Words, ...]] = field(default_factory=dict)
    recorded: Recorded | None = None

    def lines(self, entry: str, element: int | None) -> list[str]:
        """For one entry or element, each copy and note in a line."""
        lines = [
            f"Your copy ({one.name}, SHA-256 {one.digest[:12]}, checked by nobody here): {one.text}"
            for one in self.copies.get((entry, element), ())
        ]
        notes = self.recorded.notes_on(entry, element) if self.recorded else ()
        return [*lines, *(f"Case law: {one.words}" for one in notes)]

    def added_to(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row of an entry with what stands beside it and its elements, where anything does."""
        elements = [e | self._own(row["id"], e["no"]) for e in row.get("elements", ())]
        return row | self._own(row["id"], None) | ({"elements": elements} if elements else {})

    def _own(self, entry: str, element: int | None) -> dict[str, Any]:
        from dataclasses import asdict

        copies = [asdict(one) for one in self.copies.get((entry, element), ())]
        notes = [asdict(one) for one in (self.recorded.notes_on(entry, element) if self.recorded else ())]
        return ({"your_copy": copies} if copies else {}) | ({"case_law": notes} if notes else {})


def beside(context: typer.Context) -> Beside:
    """What the case folder named by -C, or the current one, sets beside the pack; nothing outside a case folder."""
    from probanda.casework import law_decisions, official

    if not _in_a_case(context):
        return Beside()
    with opened(context, writing=False) as case:
        return Beside(official.beside(case.store, case.eyes), law_decisions.recorded(case.store, case.eyes))


def added(context: typer.Context, name: str) -> LawPack | None:
    """The pack of this name that was added to the case; None where there is none, and outside a case folder."""
    from probanda.casework import law_packs

    if not _in_a_case(context):
        return None
    with opened(context, writing=False) as case:
        return next((p for p in law_packs.packs(case.store, case.eyes) if p.name == name), None)


def _in_a_case(context: typer.Context) -> bool:
    """True where a case folder is named, or the current folder is one."""
    folder = context.obj or Path()
    return bool(folder != Path() or (folder / CASE).exists())
