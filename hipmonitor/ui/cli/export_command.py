"""`hipmonitor export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.options import LimitsInstead, Reading, ReadingChoice, SensorInFile, SideIfUnknown, TextColumns


class FormatChoice(StrEnum):
    """What results can be written as."""

    CSV = "csv"
    PARQUET = "parquet"
    STO = "sto"
    MOT = "mot"
    MOTION_BIDS = "motion-bids"
    FHIR = "fhir"
    EVENTS = "events"


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A recording, or a file of another sensor.")],
    to: Annotated[
        FormatChoice,
        typer.Option(
            help="csv, parquet: tables. sto, mot: OpenSim. motion-bids: a data set. fhir: an R4 bundle. events: as activPAL's."
        ),
    ] = FormatChoice.CSV,
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A new file or folder; named after the recording if left out.")
    ] = None,
    *,
    reading: Reading = ReadingChoice.SETTLED,
    side: SideIfUnknown = None,
    settings: LimitsInstead = None,
    columns: TextColumns = None,
    sensor: SensorInFile = None,
    utc_offset: Annotated[
        str | None, typer.Option(metavar="+HH:MM", help="The wearer's time zone, where the file does not say.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Results as files that other programs read. Every one says which reading it is."""
    from hipmonitor.ui.cli import exporting_files  # noqa: PLC0415 - numpy and scipy are loaded for work only

    wanted = exporting_files.Wanted(
        file=file,
        format=to.value,
        out=out,
        reading=reading.value,
        side=None if side is None else side.value,
        settings=settings,
        columns=columns,
        sensor=sensor,
        utc_offset=utc_offset,
    )
    raise typer.Exit(exporting_files.run(wanted, as_json=json))
