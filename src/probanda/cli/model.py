"""A second reader: the command that asks a language model, shows both readers side by side, and takes a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from probanda.cli.shared import AsJson, Reason, opened
from probanda.cli.talk import say, tell, tell_rows
from probanda.kernel.errors import WrongUsage

if TYPE_CHECKING:
    from probanda.casework.asking import SecondReading
    from probanda.claims.agreement import Agreement, Pair
    from probanda.claims.model import Claim


def join(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(
        epilog="Example: probanda -C marsafa compare-readers MAR-0003 --ask --endpoint http://127.0.0.1:8080/v1 "
        "--model NAME"
    )(compare_readers)


def compare_readers(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Registration number, digest or file name.")],
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask the model now; else what it answered before is looked at again.")
    ] = False,
    endpoint: Annotated[
        str | None,
        typer.Option(
            "--endpoint",
            metavar="URL",
            help="With --ask: its server on this machine, with an OpenAI-compatible interface; else that of case.toml.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="The model to ask, else that of case.toml; without --ask whose answers, else those of the last.",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="With --ask: about all of a very large item.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="With --ask: seconds for each answer.")] = 300.0,
    take: Annotated[
        str | None,
        typer.Option(
            "--take",
            metavar="CLAIM",
            help="Add this claim, which the model alone proposes and you have read in the text; its first letters do.",
        ),
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Show where a language model that read one item agrees with the claims of the case; settles nothing.

    With --ask the model reads it now, and its answers are kept. What they propose is left out unless it stands in the
    text word for word; a claim becomes one of the case only when you --take it. Ends with 0; with 1 where no answer
    came or is kept, or the words may not leave this machine.
    """
    from probanda.casework.asking import kept_reading, second_reading
    from probanda.casework.model_line import endpoint_of

    _refuse_together(ask, take, endpoint, everything)
    if take is not None:
        _take(context, item, take, model, reason, as_json)
        return
    with opened(context, writing=ask) as case:
        if ask:
            asked = endpoint_of(case.store.settings, case.store.recorded_settings(), endpoint, model)
            done = second_reading(
                case.store, case.eyes, item, asked, everything=everything, timeout=timeout, progress=case.progress
            )
        else:
            done = kept_reading(case.store, case.eyes, item, model)
    if as_json:
        tell_rows([_row(done)])
    else:
        _show(done)
    _say_left(done)


def _refuse_together(ask: bool, take: str | None, endpoint: str | None, everything: bool) -> None:
    """Raises WrongUsage: what is taken was shown before, and nobody is asked by an option that only says how."""
    if ask and take is not None:
        raise WrongUsage("--ask and --take do not go together.", "Ask first, read what is proposed, then --take one.")
    if not ask and (endpoint is not None or everything):
        raise WrongUsage(
            "--endpoint and --all go with --ask.", "Say --ask to send the words of this item to the model."
        )


def _take(context: typer.Context, item: str, claim: str, model: str | None, reason: str, as_json: bool) -> None:
    from probanda.casework.asking import take
    from probanda.store.codec import plain

    with opened(context, writing=True) as case:
        taken = take(case.store, case.eyes, item, claim, model=model, reason=reason)
    if as_json:
        tell_rows([plain(taken)])
    else:
        tell(f"{taken.id[:12]} is {taken.status.value}, and marked as proposed by a model: “{taken.quote}”")


def _show(done: SecondReading) -> None:
    agreement = done.agreement
    tell(
        f"{done.number}: the claims of the case, and those of {done.reader} (answers of {done.at or 'nothing'}). "
        "What is proposed, a person decides."
    )
    for pair in agreement.pairs:
        _show_pair(pair)
    for claim in agreement.first_only:
        _show_one("only in the case", claim)
    for claim in agreement.second_only:
        _show_one(f"only {done.reader}", claim)
    tell(
        f"On the same words {len(agreement.pairs)}; only in the case {len(agreement.first_only)}; "
        f"only {done.reader} {len(agreement.second_only)}."
    )
    for field, verdicts in agreement.counts() if agreement.pairs else ():
        tell(f"  {field:<12}" + ", ".join(f"{verdict} {many}" for verdict, many in verdicts if many))


def _show_pair(pair: Pair) -> None:
    differing = pair.differing
    said = "both, alike" if not differing else "both, differing in " + ", ".join(one.field for one in differing)
    _show_one(said, pair.first)
    for one in differing:
        shared = f"both {'; '.join(one.both)} | " if one.both else ""
        tell(f"    {one.field:<12}{shared}case {_or_none(one.first)} | model {_or_none(one.second)}")


def _show_one(said: str, claim: Claim) -> None:
    names = "; ".join(actor.words for actor in claim.actors) or "nobody named"
    tell(
        f"{claim.id[:12]}  {claim.status.value}  {claim.act_type.value}  {claim.modality.value}  by {names}  "
        f"“{' '.join(claim.quote.split())[:100]}”  [{said}]"
    )


def _or_none(words: tuple[str, ...]) -> str:
    return "; ".join(words) or "-"


def _say_left(done: SecondReading) -> None:
    """Say what of the answers was not taken, and what was not asked."""
    for reason, many in done.dropped:
        say(f"Not taken, {many} times: {reason}.")
    for where, why in done.unusable:
        say(f"The answer on {where} could not be used: {why}.")
    for where in done.withheld:
        say(f"Not sent: {where} hold a protected name, and the model is on another machine.")
    if done.earlier:
        say(f"{done.earlier} answers are about an earlier text of this item and were passed over; --ask asks anew.")
    if done.left:
        say(f"{done.left} stretches of this item have no answer yet; --ask --all asks about all of it.")


def _row(done: SecondReading) -> dict[str, Any]:
    from probanda.store.codec import plain

    agreement: Agreement = done.agreement
    return {
        "item": done.item,
        "number": done.number,
        "reader": done.reader,
        "asked": done.asked,
        "kept": done.kept,
        "at": done.at,
        "earlier": done.earlier,
        "pairs": [
            {
                "first": plain(pair.first),
                "second": plain(pair.second),
                "fields": [{**plain(one), "verdict": one.verdict.value} for one in pair.fields],
            }
            for pair in agreement.pairs
        ],
        "first_only": [plain(claim) for claim in agreement.first_only],
        "second_only": [plain(claim) for claim in agreement.second_only],
        "counts": {field: dict(verdicts) for field, verdicts in agreement.counts()},
        "dropped": dict(done.dropped),
        "unusable": [list(one) for one in done.unusable],
        "withheld": list(done.withheld),
        "left": done.left,
    }
