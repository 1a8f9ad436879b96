"""`hipmonitor calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def calibrate(
    radio: Annotated[
        str | None, typer.Option(help="The system's Bluetooth, or a transport such as usb:0 or tcp-client:HOST:PORT.")
    ] = None,
    sensor: Annotated[str | None, typer.Option(metavar="NAME|ADDRESS", help="Which one; else the first heard.")] = None,
    settings: Annotated[Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the recording goes.")] = None,
    *,
    only: Annotated[bool, typer.Option(help="End with the result instead of going on monitoring with it.")] = False,
    plain: Annotated[bool, typer.Option(help="Lines instead of the live view.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --only: print the result as JSON.")] = False,
) -> None:
    """Stand still, sit still: tell how the sensor sits on the thigh, then go on monitoring with that.

    A monitor in the background does it itself, and goes on.
    """
    from hipmonitor.ui.cli import control  # noqa: PLC0415 - loaded for work only

    if control.calibrate(as_json=json):
        return
    from hipmonitor.ui.cli import monitoring  # noqa: PLC0415 - numpy and the radio are loaded for work only

    plan = monitoring.plan(radio=radio, sensor=sensor, settings=settings, folder=folder)
    if only or json:
        raise typer.Exit(monitoring.calibrate_only(plan, as_json=json))
    raise typer.Exit(monitoring.run(plan, seconds=None, plain=plain, calibrate=True))
