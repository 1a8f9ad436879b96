"""`hipmonitor analyze`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ReadingChoice(StrEnum):
    """The two readings of a recording."""

    SETTLED = "settled"
    AS_LIVED = "as_lived"


class SideChoice(StrEnum):
    """The wearer's thigh."""

    LEFT = "left"
    RIGHT = "right"


def analyze(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Recordings (.mcap), or files of other sensors: .cwa, .gt3x, .csv, .npz."
        ),
    ],
    reading: Annotated[
        ReadingChoice, typer.Option(help="settled uses what came later; as_lived is what the wearer saw.")
    ] = ReadingChoice.SETTLED,
    side: Annotated[SideChoice | None, typer.Option(help="Which thigh, where the file does not say.")] = None,
    settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file instead of the recorded ones.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What the columns of a .csv hold: a TOML file, or a preset's name."),
    ] = None,
    sensor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which sensor of an .npz that holds several.")
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
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
