"""`hipmonitor analyze`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.options import (
    Json,
    LimitsInstead,
    Reading,
    ReadingChoice,
    SensorInFile,
    SideIfUnknown,
    TextColumns,
)


def analyze(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Recordings (.mcap), or files of other sensors: .cwa, .gt3x, .csv, .npz."
        ),
    ],
    reading: Reading = ReadingChoice.SETTLED,
    side: SideIfUnknown = None,
    settings: LimitsInstead = None,
    columns: TextColumns = None,
    sensor: SensorInFile = None,
    *,
    json: Json = False,
) -> None:
    """Sitting time, bouts, breaks and deep flexion of recordings."""
    from hipmonitor.ui.cli import analysis_report  # noqa: PLC0415 - numpy and scipy are loaded for work only

    raise typer.Exit(
        analysis_report.run(
            files,
            reading=reading.value,
            side=None if side is None else side.value,
            settings=settings,
            columns=columns,
            sensor=sensor,
            as_json=json,
        )
    )
