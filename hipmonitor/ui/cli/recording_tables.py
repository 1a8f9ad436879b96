"""What `recordings` prints."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import RecordingInfo, RecordingState, list_recordings, read_session, recording_info, repair
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.terminal.screen import size_text
from hipmonitor.ui.view_model.durations import m_ss

DEMOS = "demo"
"""Recordings of the simulated sensor lie in a folder of their own, beside the real ones."""


def print_list(folder: Path | None, *, as_json: bool) -> ExitCode:
    """All of a folder, and its demos."""
    place = folder or recordings_folder()
    found = [*list_recordings(place), *list_recordings(place / DEMOS)]
    if as_json:
        printing.print_json({"folder": place, "recordings": found})
        return ExitCode.OK
    if not found:
        printing.console().print(f"No recordings in {place}. `hipmonitor live` or `hipmonitor demo` makes one.")
        return ExitCode.OK
    table = printing.table("Begun", "Length", "State", "Size", "Recording", numbers=(1, 3))
    for info in found:
        table.add_row(
            _begun(info),
            m_ss(info.duration_s),
            info.state.value,
            size_text(info.size_bytes),
            str(info.path.relative_to(place)),
        )
    printing.console().print(f"In {place}:", soft_wrap=True)
    printing.console().print(table)
    return ExitCode.OK


def _begun(info: RecordingInfo) -> str:
    if info.started_at is None:
        return "?"
    return datetime.fromtimestamp(info.started_at / NS_PER_S).astimezone().strftime("%Y-%m-%d %H:%M")


def print_info(file: Path, *, as_json: bool) -> ExitCode:
    """One recording, read through."""
    if not file.exists():
        raise UsageError(f"{file}: is not there; `hipmonitor recordings list` names those that are")
    info = recording_info(file)
    damage = None if info.started_at is None else read_session(file).damage
    if as_json:
        printing.print_json({"recording": info, "lost_s": 0.0 if damage is None else damage.lost_s})
    else:
        table = printing.table("Recording", info.path.name)
        table.add_row("Begun", _begun(info))
        table.add_row("Length", m_ss(info.duration_s))
        table.add_row("State", info.state.value)
        table.add_row("Sensor", info.sensor or "?")
        table.add_row("Packets", str(info.packets))
        table.add_row("Size", size_text(info.size_bytes))
        note = info.note if damage is None else damage.sentence
        if note:
            table.add_row("Note", note)
        if info.state in {RecordingState.UNFINISHED, RecordingState.DAMAGED}:
            table.add_row("What to do", f"hipmonitor recordings repair {file}")
        printing.console().print(table)
    readable = damage is None and info.started_at is not None
    return ExitCode.OK if readable else ExitCode.RECOVERED


def repair_and_print(file: Path, *, as_json: bool) -> ExitCode:
    """Repair one; 3 where something could not be saved."""
    if not file.exists():
        raise UsageError(f"{file}: is not there; `hipmonitor recordings list` names those that are")
    report = repair(file)
    if as_json:
        printing.print_json(
            {
                "path": report.path,
                "original": report.original,
                "events": report.events,
                "lost_s": report.lost_s,
                "note": "" if report.damage is None else report.damage.sentence,
            }
        )
    else:
        console = printing.console()
        console.print(f"Whole: {report.path} ({report.events} events)", soft_wrap=True)
        if report.original is not None:
            console.print(f"The damaged original is kept as {report.original.name}", soft_wrap=True)
        if report.damage is not None:
            console.print(report.damage.sentence, soft_wrap=True)
    return ExitCode.OK if report.damage is None else ExitCode.RECOVERED
