"""`hipmonitor forget`."""

from __future__ import annotations

from typing import Annotated

import typer


def forget(
    address: Annotated[str, typer.Argument(help="Of the sensor, as `hipmonitor scan` prints it.")],
    radio: Annotated[
        str | None, typer.Option(help="As for `hipmonitor live`: the one that it was paired over.")
    ] = None,
) -> None:
    """Forget the pairing with a sensor, so that it can be paired anew: after it was reset, or given away."""
    from hipmonitor.ui.cli import forgetting  # noqa: PLC0415 - the radio is loaded for work only

    raise typer.Exit(forgetting.run(address, radio))
