"""One recording of the list: when, how long, how large, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.clock import local_utc_offset_s
from hipmonitor.io.session import RecordingInfo, RecordingState
from hipmonitor.ui.view_model.durations import clock_time, h_min
from hipmonitor.ui.view_model.film import date_of
from hipmonitor.ui.view_model.status_now import size_words

STATES = {
    RecordingState.WHOLE: "whole",
    RecordingState.RECORDING: "being recorded now",
    RecordingState.UNFINISHED: "not closed",
    RecordingState.DAMAGED: "cut off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRow:
    """Texts."""

    path: Path
    title: str
    """29 August 2026, 10:40."""
    length: str
    size: str
    loss: str
    whole: bool
    simulated: bool
    reason: str
    """Why it cannot be opened; empty where it can."""

    @property
    def words(self) -> str:
        """In one line."""
        kind = "simulated" if self.simulated else ""
        return " · ".join(part for part in (self.title, self.length, self.size, self.loss, kind) if part)


def recording_row(info: RecordingInfo, *, simulated: bool, utc_offset_s: int | None) -> RecordingRow:
    """The texts of one; `utc_offset_s` where it was recorded, None = this computer's."""
    title, reason = info.path.name, ""
    if info.started_at is None:
        reason = info.note.removeprefix(f"{info.path}: ")
    else:
        offset_s = local_utc_offset_s(info.started_at // NS_PER_S) if utc_offset_s is None else utc_offset_s
        title = f"{date_of(info.started_at, offset_s)}, {clock_time(info.started_at, offset_s)}"
    return RecordingRow(
        path=info.path,
        title=title,
        length=h_min(info.duration_s) if info.started_at is not None else "",
        size=size_words(info.size_bytes),
        loss=STATES[info.state] if info.started_at is not None else "cannot be read",
        whole=info.state in {RecordingState.WHOLE, RecordingState.RECORDING},
        simulated=simulated,
        reason=reason,
    )
