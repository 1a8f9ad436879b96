"""`hipmonitor live`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def live(
    radio: Annotated[
        str | None, typer.Option(help="The system's Bluetooth, or a transport such as usb:0 or tcp-client:HOST:PORT.")
    ] = None,
    sensor: Annotated[
        str | None,
        typer.Option(metavar="NAME|ADDRESS", help="Which one is the thigh's; else as set, or the first heard."),
    ] = None,
    settings: Annotated[Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file.")] = None,
    seconds: Annotated[float | None, typer.Option(min=1, help="End after so many seconds of data.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the recording goes.")] = None,
    *,
    terminal: Annotated[bool, typer.Option(help="The terminal view also where there is a screen.")] = False,
    plain: Annotated[bool, typer.Option(help="One line a second instead of the live view.")] = False,
) -> None:
    """Monitor your sensor, and record."""
    from hipmonitor.ui.cli.opened import opened  # noqa: PLC0415 - as below

    opening = opened(wanted=not (terminal or plain))
    from hipmonitor.ui.cli import background, demonstration, monitoring  # noqa: PLC0415 - numpy and the radio: for work only

    plan = monitoring.plan(radio=radio, sensor=sensor, settings=settings, folder=folder)
    if opening is None:
        raise typer.Exit(monitoring.run(plan, seconds=seconds, plain=plain))
    again = background.BackgroundPlan(radio=radio, sensor=sensor, settings=settings, folder=folder).arguments()
    raise typer.Exit(demonstration.run_live_window(plan, again, seconds=seconds, opening=opening, settings=settings))
