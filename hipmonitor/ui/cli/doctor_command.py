"""`hipmonitor doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json


def doctor(
    radio: Annotated[
        str | None, typer.Option(help="The system's Bluetooth, or a transport such as usb:0 or tcp-client:HOST:PORT.")
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a zip file for support, without health data.")
    ] = None,
    *,
    json: Json = False,
) -> None:
    """What works on this computer, and what to do about the rest."""
    from hipmonitor.ui.cli import checkup  # noqa: PLC0415 - the radio is loaded for work only

    raise typer.Exit(checkup.run(radio=radio, as_json=json, bundle=bundle))
