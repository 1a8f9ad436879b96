"""`hipmonitor plan`: where it stands, what it says of today, and why."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

plan = typer.Typer(
    cls=SpeakingGroup,
    help="The plan of the way back: phase, today's decision with its reasons, what is left of the week.",
)


class StepChoice(StrEnum):
    """What one may decide instead; off comes with a warning sign only, by `hipmonitor checkin`."""

    FORWARD = "forward"
    GO_ON = "go_on"
    HOLD = "hold"
    STEP_BACK = "step_back"
    REST = "rest"


By = Annotated[str, typer.Option(help='Who decides: "me", "my physio", or a name.')]


@plan.callback(invoke_without_command=True)
def show(context: typer.Context, *, json: Json = False) -> None:
    """Phase, today's decision with every reason, allowances, and the week."""
    if context.invoked_subcommand is not None:
        return
    from hipmonitor.ui.cli import plan_pages  # noqa: PLC0415 - loaded for work only

    raise typer.Exit(plan_pages.show(as_json=json))


@plan.command()
def template(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another place than beside the settings, to look at first.")
    ] = None,
) -> None:
    """Write a commented plan to begin with. Nobody has confirmed it then, and it leads nowhere forward."""
    from hipmonitor.ui.cli import plan_changes  # noqa: PLC0415 - as above

    plan_changes.template(out)


@plan.command()
def confirm(
    by: By,
    on: Annotated[str | None, typer.Option(help="When, as 2026-11-22; else today.")] = None,
) -> None:
    """Say who stands behind the plan as it is now. Only these two lines of its file change."""
    from hipmonitor.ui.cli import plan_changes  # noqa: PLC0415 - as above

    plan_changes.confirm(by, on)


@plan.command()
def overrule(
    step: Annotated[
        StepChoice | None, typer.Argument(metavar="STEP", help="forward, go_on, hold, step_back or rest.")
    ] = None,
    note: Annotated[str, typer.Option(help="Why, in your words.")] = "",
    by: By = "me",
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take today's back.")] = False,
) -> None:
    """Decide otherwise for today. It is kept with your note, and the plan follows within its bounds."""
    from hipmonitor.ui.cli import plan_changes  # noqa: PLC0415 - as above

    if undo:
        plan_changes.undo()
    else:
        plan_changes.overrule(None if step is None else step.value, by=by, note=note)


@plan.command()
def path() -> None:
    """Where it lies."""
    from hipmonitor.io.places import plan_file  # noqa: PLC0415 - as above

    typer.echo(plan_file())
