"""What `import` does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.clock import local_utc_offset_s
from hipmonitor.io.files import FileClock
from hipmonitor.io.places import private_folder, recordings_folder
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.importing import import_recording
from hipmonitor.runtime.recorded import is_recording, recorded_source
from hipmonitor.runtime.recorded_source import RecordedSource, first_time_ns
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.analysis_report import reading_file
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.cli.exporting_files import utc_offset_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for."""

    file: Path
    side: Literal["left", "right"] | None
    into: Path | None
    settings: Path | None
    columns: str | None
    sensor: str | None
    start: str | None
    utc_offset: str | None


def run(wanted: Wanted, *, as_json: bool) -> ExitCode:
    """Write the recording, and say where it lies; 3 where something of the file is lost."""
    if is_recording(wanted.file):
        raise UsageError(f"{wanted.file}: is a recording already; put it into {wanted.into or recordings_folder()}")
    limits = None if wanted.settings is None else load_settings(wanted.settings)
    source = recorded_source(
        wanted.file, side=wanted.side, settings=limits, columns=wanted.columns, sensor=wanted.sensor
    )
    shift_ns, offset_s = _clock(source, wanted)
    folder = wanted.into or recordings_folder()
    private_folder(folder)
    with reading_file(wanted.file) as progress:
        path = import_recording(source, folder, shift_ns=shift_ns, utc_offset_s=offset_s, progress=progress)
    if path is None:
        raise RecordingError(f"{wanted.file}: holds no samples; nothing was written")
    if as_json:
        printing.print_json({"recording": path, "missing": source.missing() or None})
    else:
        printing.console().print(f"Recording: {path}", soft_wrap=True)
        printing.console().print("`hipmonitor history rebuild` takes it into the days.", soft_wrap=True)
    if source.missing():
        say_on_stderr(f"hipmonitor: {wanted.file}: {source.missing()}")
    return ExitCode.RECOVERED if source.missing() else ExitCode.OK


def _clock(source: RecordedSource, wanted: Wanted) -> tuple[int, int]:
    """From the file's clock to UTC in ns, and the wearer's offset from UTC in s."""
    if source.clock is FileClock.OWN and wanted.start is None:
        raise UsageError(f"{wanted.file}: does not say when it was recorded; give --start, such as 2026-11-23T08:30")
    first_ns = first_time_ns(source)
    begin_ns = first_ns if wanted.start is None else _start_ns(wanted.start)
    offset_s = source.utc_offset_s if wanted.utc_offset is None else utc_offset_s(wanted.utc_offset)
    if offset_s is None:
        offset_s = local_utc_offset_s(begin_ns // NS_PER_S)
    if wanted.start is None and source.clock is FileClock.UTC:
        return 0, offset_s
    return begin_ns - first_ns - offset_s * NS_PER_S, offset_s


def _start_ns(text: str) -> int:
    """Local time, as if it were UTC."""
    try:
        begin = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"start is {text!r}; give local time, such as 2026-11-23T08:30") from error
    if begin.tzinfo is not None:
        raise UsageError(f"start is {text!r}; give local time without a zone, and the zone with --utc-offset")
    return round(begin.replace(tzinfo=UTC).timestamp() * NS_PER_S)
