"""`hipmonitor data`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

data = typer.Typer(
    cls=SpeakingGroup, no_args_is_help=True, help="Your data: where they are, a copy of them, their end."
)


@data.command()
def where(*, json: Json = False) -> None:
    """Where everything lies, and who can read it. Nothing of it leaves this computer by itself."""
    from hipmonitor.ui.cli import data_pages  # noqa: PLC0415 - loaded for work only

    raise typer.Exit(data_pages.where(as_json=json))


@data.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")], *, json: Json = False
) -> None:
    """Copy recordings, diary, history, settings and plan into a folder, with tables of days and check-ins and a README."""
    from hipmonitor.ui.cli import data_pages  # noqa: PLC0415 - loaded for work only

    raise typer.Exit(data_pages.export_to(folder, as_json=json))


@data.command()
def delete(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Recordings, diary, history, settings, plan: all of it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything of yours from this computer. Asks first, then shows what is gone."""
    from hipmonitor.ui.cli import data_pages  # noqa: PLC0415 - loaded for work only

    raise typer.Exit(data_pages.delete_all(everything=everything, asked=yes))
