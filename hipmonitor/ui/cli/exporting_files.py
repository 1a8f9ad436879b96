"""What `export` does: analyse once more, and write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hipmonitor.core.errors import UsageError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.clock import local_utc_offset_s
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.exporting import FORMATS, MeasuredRows, Results, export, median_rate_hz, place_for
from hipmonitor.runtime.recorded import analyze_source, recorded_source
from hipmonitor.runtime.recorded_source import RecordedSource
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.analysis_report import reading_file
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.notes import NOT_MEDICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for."""

    file: Path
    format: str
    out: Path | None
    reading: Reading
    side: Literal["left", "right"] | None
    settings: Path | None
    columns: str | None
    sensor: str | None
    utc_offset: str | None


def run(wanted: Wanted, *, as_json: bool) -> ExitCode:
    """Write, and say what was written; 3 where something of the recording is lost."""
    format_ = FORMATS[wanted.format]
    limits = None if wanted.settings is None else load_settings(wanted.settings)
    offset_s = None if wanted.utc_offset is None else utc_offset_s(wanted.utc_offset)
    source = recorded_source(
        wanted.file, side=wanted.side, settings=limits, columns=wanted.columns, sensor=wanted.sensor
    )
    place = place_for(format_, wanted.out, wanted.file)
    measured = MeasuredRows(None if source.input_t_ns is None else len(source.input_t_ns))
    with reading_file(wanted.file) as progress:
        analysis = analyze_source(
            source,
            reading=wanted.reading,
            per_sample=format_.per_sample,
            progress=progress,
            last_pass=measured if format_.per_sample else None,
        )
    results = Results(
        analysis=analysis,
        measured=measured,
        file=wanted.file,
        clock=source.clock,
        missing=source.missing(),
        side=source.side,
        rate_hz=median_rate_hz(analysis.t_ns),
        utc_offset_s=_offset_s(source, analysis) if offset_s is None else offset_s,
        note=NOT_MEDICAL,
    )
    written = export(results, format_, place)
    _say(results, written, as_json=as_json)
    return ExitCode.RECOVERED if results.missing else ExitCode.OK


def _say(results: Results, written: list[Path], *, as_json: bool) -> None:
    reading = results.analysis.reading
    if as_json:
        printing.print_json({"reading": reading, "written": written, "missing": results.missing or None})
        return
    console = printing.console()
    console.print(f"Reading: {reading.replace('_', ' ')}. Written:", soft_wrap=True)
    for path in written:
        console.print(f"  {path}", soft_wrap=True)
    if results.missing:
        say_on_stderr(f"hipmonitor: {results.file}: {results.missing}")


def _offset_s(source: RecordedSource, analysis: Analysis) -> int:
    """As recorded, else this computer's at that time."""
    recorded = source.utc_offset_s
    return local_utc_offset_s(analysis.summary.start_ns // NS_PER_S) if recorded is None else recorded


def utc_offset_s(text: str) -> int:
    """+02:00 in seconds.

    Raises:
        UsageError: it is no offset.
    """
    found = re.fullmatch(r"([+-])(\d\d):?([0-5]\d)", text)
    if found is None or int(found[2]) > 14:
        raise UsageError(f"utc_offset is {text!r}; give hours and minutes east of Greenwich, such as +02:00")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60
    return -seconds if found[1] == "-" else seconds
