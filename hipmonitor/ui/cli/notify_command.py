"""`hipmonitor notify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.core.inbound import Way


def notify(
    way: Annotated[Way, typer.Argument(help="By which way.")] = Way.DESKTOP,
    radio: Annotated[
        str | None, typer.Option(help="For vibration: the system's Bluetooth, or a transport such as usb:0.")
    ] = None,
    sensor: Annotated[str | None, typer.Option(metavar="NAME|ADDRESS", help="For vibration: which sensor.")] = None,
    settings: Annotated[Path | None, typer.Option(metavar="FILE", help="The volume from this TOML file.")] = None,
) -> None:
    """Try a way by which alerts can reach you; nothing is recorded."""
    from hipmonitor.ui.cli import trying  # noqa: PLC0415 - numpy and the radio are loaded for work only

    trying.run(way, radio=radio, sensor=sensor, settings=settings)
