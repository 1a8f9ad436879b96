"""Everything a view shows at one moment, as plain values: no view computes anything of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hipmonitor.core.alerts import AlertsNow
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.banner import Banner
from hipmonitor.ui.view_model.beside_now import BesideNow, SidesNow
from hipmonitor.ui.view_model.posture_now import ActivityNow, HipNow
from hipmonitor.ui.view_model.stream_now import LinkNow, StreamNow
from hipmonitor.ui.view_model.strip import Strip
from hipmonitor.ui.view_model.thigh_now import AngleNow
from hipmonitor.ui.view_model.timer_now import CreditNow, TimerNow
from hipmonitor.ui.view_model.trace import Trace


class SourceKind(StrEnum):
    """Where the data come from; never hidden."""

    LIVE = "live"
    REPLAY = "replay"
    SIMULATED = "simulated"


class Situation(StrEnum):
    """The state of views 3.1 that decides what stands in the state line; the first that holds."""

    EMPTY = "empty"
    """No sensor was ever chosen, and no session is open."""
    SEARCHING = "searching"
    CONNECTING = "connecting"
    ENDED = "ended"
    SLEPT = "slept"
    NO_DATA = "no_data"
    GAP = "gap"
    BREAK_DONE = "break_done"
    QUIET = "quiet"
    NOT_WORN = "not_worn"
    CALIBRATING = "calibrating"
    UNCALIBRATED = "uncalibrated"
    ALERT = "alert"
    ALERT_UP = "alert_up"
    SNOOZED = "snoozed"
    LYING = "lying"
    UNCLEAR = "unclear"
    UNTRUSTED = "untrusted"
    SENSOR_DOUBTED = "sensor_doubted"
    BESIDE_AWAY = "beside_away"
    """All is well but for a sensor beside the thigh's that is not there."""
    NUDGE = "nudge"
    NOTICE = "notice"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingNow:
    """The file being written."""

    path: Path
    size_bytes: int
    trouble: str = ""
    """Why nothing is recorded at present, and what helps; empty while all is well."""
    mended: tuple[str, ...] = ()
    """What became of recordings that a crash had left, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glance:
    """One moment."""

    at: HostNs
    utc_offset_s: int
    source: SourceKind
    situation: Situation
    state_line: str
    """One sentence: the same that is announced."""
    angle: AngleNow
    activity: ActivityNow
    hip: HipNow
    sitting: TimerNow
    deep: TimerNow
    credit: CreditNow
    link: LinkNow
    stream: StreamNow
    banners: tuple[Banner, ...]
    """All that are due, the most important first."""
    recording: RecordingNow | None
    not_told: str
    """Why nothing is told: quiet till 16:00, tracking only, outside your hours; else empty."""
    alerts: AlertsNow
    """Snoozes that are left, and the like."""
    trace: Trace
    strip: Strip
    settings: Settings
    limits: str
    """The limits in force in one line, where they differ from the presets; else empty."""
    beside: tuple[BesideNow, ...] = ()
    """Sensors that have a place beside the thigh's."""
    sides: SidesNow | None = None
    """Left against right, where the other thigh carries a sensor."""

    @property
    def banner(self) -> Banner | None:
        """The most important."""
        return self.banners[0] if self.banners else None
