"""The command line's root: what it is, and which version."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor import __version__
from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.notes import NOT_MEDICAL

app = typer.Typer(
    cls=SpeakingGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"hipmonitor {__version__}")
        raise typer.Exit


@app.callback(epilog=NOT_MEDICAL)
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=lambda value: _version(wanted=value), is_eager=True, help="Version.")
    ] = False,
) -> None:
    """Keeps track of how a thigh-worn Bluetooth IMU sees the hip bend and rest."""
