"""`hipmonitor import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.options import Json, SensorInFile, SideChoice, TextColumns


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of another sensor: .cwa, .gt3x, .csv, .npz.")],
    side: Annotated[SideChoice | None, typer.Option(help="Which thigh.")] = None,
    *,
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Another folder than this computer's own recordings.")
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file instead of the presets.")
    ] = None,
    columns: TextColumns = None,
    sensor: SensorInFile = None,
    start: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="When it began (local, 2026-11-23T08:30), where the file does not say."),
    ] = None,
    utc_offset: Annotated[
        str | None, typer.Option(metavar="+HH:MM", help="The wearer's time zone; this computer's if left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Keep a file of another sensor as a recording: replay, history and report then know it."""
    from hipmonitor.ui.cli import importing_files  # noqa: PLC0415 - numpy and scipy are loaded for work only

    wanted = importing_files.Wanted(
        file=file,
        side=None if side is None else side.value,
        into=into,
        settings=settings,
        columns=columns,
        sensor=sensor,
        start=start,
        utc_offset=utc_offset,
    )
    raise typer.Exit(importing_files.run(wanted, as_json=json))
