"""`hipmonitor monitor`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class System(StrEnum):
    """Whose way of starting programs at login."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


def monitor(
    radio: Annotated[
        str | None, typer.Option(help="The system's Bluetooth, or a transport such as usb:0 or tcp-client:HOST:PORT.")
    ] = None,
    sensor: Annotated[
        str | None,
        typer.Option(metavar="NAME|ADDRESS", help="Which one is the thigh's; else as set, or the first heard."),
    ] = None,
    settings: Annotated[Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the recording goes.")] = None,
    *,
    autostart: Annotated[
        System | None, typer.Option(help="Print what starts it at every login on that system, and how to set it up.")
    ] = None,
) -> None:
    """Monitor without a view, until `hipmonitor stop`: for the background, and for every login."""
    from hipmonitor.ui.cli import background  # noqa: PLC0415 - numpy and the radio are loaded for work only

    plan = background.BackgroundPlan(radio=radio, sensor=sensor, settings=settings, folder=folder)
    if autostart is None:
        raise typer.Exit(background.run(plan))
    from hipmonitor.ui.cli.autostart import instructions  # noqa: PLC0415 - seldom asked for

    typer.echo(instructions(autostart.value, plan.arguments()))
