"""`hipmonitor history`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

history = typer.Typer(cls=SpeakingGroup, no_args_is_help=True, help="The history of days, and how to make it anew.")


@history.command()
def rebuild(
    folder: Annotated[Path | None, typer.Option(help="Recordings elsewhere than in this computer's folder.")] = None,
    *,
    json: Json = False,
) -> None:
    """Make it anew from the recordings. Until a session's turn comes, and after Ctrl-C, its old numbers stay."""
    from hipmonitor.ui.cli import history_rebuild  # noqa: PLC0415 - numpy and the recorder are loaded for work only

    raise typer.Exit(history_rebuild.run(folder, as_json=json))
