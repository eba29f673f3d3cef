"""Where the accounts of one incident start: at most how many origins, by kind, and what comes from what.

Start with `blocks`. The graph stands as a list: each origin, then below it the items that have it from there, with the
reason. Long graphs are cut; the command that prints the whole is named.

Looks down to: desk, origin_words, speech, words. Used by: parts.incidents.
"""

from __future__ import annotations

from probanda.claims.model import DOC
from probanda.incidents.model import Account, DerivationKind, Incident
from probanda.reports.casefile import LookAlike
from probanda.reports.characters import shown
from probanda.reports.desk import Desk
from probanda.reports.origin_words import Branch, same, tree, why_below
from probanda.reports.record import Block, Line, Listing, Piece, Pieces, Voice
from probanda.reports.speech import bracketed, code, form, given, kinds, line, listed, origins
from probanda.reports.words import N_, SOURCE, number, strong, words

MOST = 12
"""So many starts of one incident are told; the rest are counted."""
ECHOES = 16
"""So many accounts that come from one start."""


def blocks(desk: Desk, incident: Incident) -> list[Block]:
    """The count by kind, then the starts with what comes from each; nothing for an incident without accounts."""
    w = desk.w
    told = tree(incident)
    if not told:
        return []
    made = incident.corroboration
    lines = [line(strong(w.line(_summed_up(desk, incident))))]
    runs = _runs(told)
    for run in runs[:MOST]:
        lines.append(line(_start(desk, run[0])))
        lines += [_echo(desk, b) for b in run[1 : ECHOES + 1]]
        if len(run) > ECHOES + 1:
            lines.append(Line(w.line("and {n} more that come from it", n=number(len(run) - ECHOES - 1)), echo=True))
    if len(runs) > MOST:
        lines.append(line(w.line("and {n} further starts", n=number(len(runs) - MOST))))
    if len(runs) > MOST or any(len(run) > ECHOES + 1 for run in runs):
        lines.append(line(w.line("The whole: {command}", command=code(f"probanda origins show {incident.id[:12]}"))))
    if not made.origins and not made.untraced:
        lines = lines[1:]
    lines += [_alike(desk, two) for two in desk.case.alike.get(incident.id, ())]
    return [Listing(w.line(N_("Where the accounts start (proposed)")), tuple(lines), "compact why")]


def _alike(desk: Desk, two: LookAlike) -> Line:
    """`MED-0001 and MED-0004 look alike ...`: proposed, and counted as two."""
    w = desk.w
    return line(
        w.line(
            "{a} and {b} look alike. {reason} They may go back to one, and are not counted as one unless a person "
            "decides so: {command}",
            a=code(two.a),
            b=code(two.b),
            reason=given(two.reason),
            command=code(same(two)),
        )
    )


def _summed_up(desk: Desk, incident: Incident) -> str:
    """`At most 2 origins, 1 untraced (1 eyewitness, 1 official); dependence not excluded.`"""
    w, made = desk.w, incident.corroboration
    if not made.kinds:
        return w.say("{origins}; dependence not excluded.", origins=origins(w, made.origins, made.untraced))
    known = w.count("at most {n} origin", "at most {n} origins", made.origins)
    return w.say(
        "{known} ({kinds}), {n} untraced; dependence not excluded.",
        known=known,
        kinds=kinds(w, made.kinds),
        n=number(made.untraced),
    )


def _runs(told: tuple[Branch, ...]) -> list[list[Branch]]:
    """Each start with what comes from it."""
    out: list[list[Branch]] = []
    for branch in told:
        if branch.depth == 0:
            out.append([])
        out[-1].append(branch)
    return out


def _start(desk: Desk, branch: Branch) -> Pieces:
    """`O1 residents: eyewitness (“residents”) ...`; the reason it counts or does not."""
    one, w = branch.account, desk.w
    who = (form(one.teller),) if one.teller != DOC else _where(desk, one)
    held = w.say("held") if one.held else w.say("not held")
    why = given(one.says.rsplit(". ", 1)[-1] if one.says else "")
    return w.line(
        "{label} {who}: {kind}, {held}. {why}",
        label=Piece(Voice.STRONG, branch.label),
        who=who,
        kind=w.say(SOURCE[one.kind]),
        held=held,
        why=why,
    )


def _echo(desk: Desk, branch: Branch) -> Line:
    """`MAR-0003, naming Harbour Watch: the text names it as its source`, set in by how far it is from the start."""
    one, w = branch.account, desk.w
    if one.item is None:
        where = w.line("{who} (not held)", who=form(one.teller))
    elif one.teller == DOC:
        where = w.line("{item}, in its own voice", item=_where(desk, one))
    else:
        where = w.line("{item}, naming {who}", item=_where(desk, one), who=form(one.teller))
    reason, quoted = _reason(branch)
    parts = w.line("{where}: {reason}", where=where, reason=given(reason)) if reason else where
    if quoted:
        parts = w.line("{told} {words}", told=parts, words=Piece(Voice.QUOTE, shown(quoted)))
    if branch.also:
        parts = w.line("{told} (or from {others})", told=parts, others=listed([words(a) for a in branch.also]))
    arrow = words("\u2003" * max(0, branch.depth - 1) + "← ")
    return Line((arrow, *parts), echo=True)


def _reason(branch: Branch) -> tuple[str, str]:
    """The reason of the edge and the words of the text that say so; empty where `naming ...` has said it all."""
    if branch.edge is None or (branch.edge.kind is DerivationKind.CITES and branch.account.item is not None):
        return "", ""
    reason, sign, quoted = why_below(branch.edge).partition(": “")
    quoted = quoted.removesuffix("”") if sign else ""
    return reason, quoted


def _where(desk: Desk, account: Account) -> Pieces:
    item = desk.items.get(account.item or "")
    return bracketed(desk, item) if item is not None else desk.w.line("the publication")
