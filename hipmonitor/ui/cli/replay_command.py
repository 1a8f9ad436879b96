"""`hipmonitor replay`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.options import LimitsInstead


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording (.mcap).")],
    speed: Annotated[float, typer.Option(min=0, help="1 = as it was; 0 = as fast as possible.")] = 1.0,
    begin: Annotated[float, typer.Option("--from", min=0, metavar="S", help="Start so many seconds in.")] = 0.0,
    settings: LimitsInstead = None,
    *,
    loop: Annotated[bool, typer.Option(help="Again and again.")] = False,
    terminal: Annotated[bool, typer.Option(help="The terminal view also where there is a screen.")] = False,
    plain: Annotated[bool, typer.Option(help="One line a second instead of the view.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The results as JSON, as fast as possible.")] = False,
) -> None:
    """Watch a recording again, as lived: alerts come as they came, and none is sent."""
    from hipmonitor.ui.cli.opened import opened  # noqa: PLC0415 - as below

    opening = opened(wanted=not (terminal or plain or json))
    from hipmonitor.ui.cli import replaying  # noqa: PLC0415 - numpy and the recorder are loaded for work only

    if json:
        raise typer.Exit(replaying.print_results(file, settings=settings))
    plan = replaying.ReplayPlan(file=file, speed=speed, from_s=begin, settings=settings, loop=loop, plain=plain)
    if opening is None:
        raise typer.Exit(replaying.run(plan))
    from hipmonitor.ui.cli import demonstration  # noqa: PLC0415 - as above

    raise typer.Exit(demonstration.run_replay_window(plan, opening))
