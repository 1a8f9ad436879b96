"""`hipmonitor recordings`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

recordings = typer.Typer(cls=SpeakingGroup, no_args_is_help=True, help="List, look into and repair recordings.")


@recordings.command("list")
def list_them(
    folder: Annotated[Path | None, typer.Option(help="Another folder than this computer's own.")] = None,
    *,
    json: Json = False,
) -> None:
    """Every recording, with what can be expected of it."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.print_list(folder, as_json=json))


@recordings.command()
def info(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording (.mcap, .mcap.part).")],
    *,
    json: Json = False,
) -> None:
    """One recording: when, how long, whether whole."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.print_info(file, as_json=json))


@recordings.command()
def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording (.mcap, .mcap.part).")],
    *,
    json: Json = False,
) -> None:
    """Make it whole; the damaged original is kept."""
    from hipmonitor.ui.cli import recording_tables  # noqa: PLC0415 - the recorder is loaded for work only

    raise typer.Exit(recording_tables.repair_and_print(file, as_json=json))
