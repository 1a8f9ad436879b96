"""`hipmonitor scan`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def scan(
    seconds: Annotated[float, typer.Option(min=0.5, help="How long to listen.")] = 5.0,
    radio: Annotated[
        str | None, typer.Option(help="The system's Bluetooth, or a transport such as usb:0 or tcp-client:HOST:PORT.")
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Sensors in reach."""
    from hipmonitor.ui.cli import sensors  # noqa: PLC0415 - the radio is loaded for work only

    raise typer.Exit(sensors.run(seconds=seconds, radio=radio, as_json=json))
