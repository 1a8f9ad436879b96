"""The formats results can be had in, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hipmonitor.core.errors import UsageError
from hipmonitor.io.export import new_file, new_folder
from hipmonitor.runtime.exporting.activpal_events import events
from hipmonitor.runtime.exporting.fhir import bundle
from hipmonitor.runtime.exporting.motion_bids import data_set
from hipmonitor.runtime.exporting.opensim import motion, storage
from hipmonitor.runtime.exporting.results import Results
from hipmonitor.runtime.exporting.table_files import csv_tables, parquet_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One of them."""

    name: str
    ending: str
    """Of its file; empty = a folder."""
    write: Callable[[Results, Path], list[Path]]
    """To a place that is free; what was written."""
    per_sample: bool = True
    """Needs the rows, not only spans and figures."""


FORMATS: Final = {
    one.name: one
    for one in (
        Format(name="csv", ending="", write=csv_tables),
        Format(name="parquet", ending="", write=parquet_tables),
        Format(name="sto", ending=".sto", write=storage),
        Format(name="mot", ending=".mot", write=motion),
        Format(name="motion-bids", ending="", write=data_set),
        Format(name="fhir", ending=".fhir.json", write=bundle, per_sample=False),
        Format(name="events", ending="-events.csv", write=events, per_sample=False),
    )
}


def place_for(format_: Format, out: Path | None, source: Path) -> Path:
    """Where it goes: as asked, or beside nothing in the present folder: NAME-csv, NAME.mot.

    Raises:
        UsageError: something is there already.
    """
    stem = source.name.partition(".")[0] if ".mcap" in source.suffixes else source.stem
    place = out or Path(f"{stem}{format_.ending}" if format_.ending else f"{stem}-{format_.name}")
    return new_file(place) if format_.ending else new_folder(place)


def export(results: Results, format_: Format, place: Path) -> list[Path]:
    """What was written.

    Raises:
        UsageError: it cannot be written there, or the format needs something that is missing; says what.
    """
    try:
        return format_.write(results, place)
    except OSError as error:
        raise UsageError(
            f"{place}: cannot be written ({error}); name another place, or make room on the disk"
        ) from error
