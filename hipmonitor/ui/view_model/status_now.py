"""What stands in the status bar; what is not known is left out."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.ui.view_model.durations import short
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.stream_now import Flow

LOW_BATTERY_PERCENT = 20
UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusNow:
    """Texts; empty = not shown."""

    boxes: int
    word: str
    silent: bool
    """No data: said in the colour of an alert, with an icon of its own."""
    rate: str
    lost: str
    battery: str
    battery_low: bool
    recording: str
    disk: str
    signal: str = ""
    delay: str = ""
    beside: str = ""
    """Sensors beside the thigh's, in short."""
    beside_away: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for somebody who does not see it."""
        battery = f"battery {self.battery}" if self.battery else ""
        signal = f"signal {self.signal}" if self.signal else ""
        delay = f"delay {self.delay}" if self.delay else ""
        parts = (
            f"Link: {self.word}",
            self.rate,
            self.lost,
            battery,
            self.beside,
            signal,
            delay,
            self.recording,
            self.disk,
        )
        return ", ".join(part for part in parts if part)


def status_now(glance: Glance, disk_free_bytes: int | None, signal_dbm: int | None = None) -> StatusNow:
    """The texts of a moment; `signal_dbm`: where the sensor was heard lately."""
    stream, recording = glance.stream, glance.recording
    flowing = stream.flow is Flow.FLOWING
    silent = stream.flow in {Flow.NO_DATA, Flow.GAP}
    battery = stream.battery_percent
    return StatusNow(
        boxes=stream.boxes,
        word=stream.word,
        silent=silent,
        rate=f"{stream.rate_hz:.0f} Hz" if flowing else "",
        lost=f"{stream.lost_percent:.1f} % lost" if flowing else _last_packet(stream.silent_s) if silent else "",
        battery="" if battery is None else f"{battery} %",
        battery_low=battery is not None and battery < LOW_BATTERY_PERCENT,
        recording="" if recording is None else f"Recording {size_words(recording.size_bytes)}",
        disk="" if disk_free_bytes is None else f"{size_words(disk_free_bytes)} free",
        signal="" if signal_dbm is None else f"\N{MINUS SIGN}{abs(signal_dbm)} dBm",
        beside=", ".join(one.text for one in glance.beside),
        beside_away=any(one.away for one in glance.beside),
        delay=f"{stream.delay_ms:.0f} ms" if flowing and stream.delay_ms is not None else "",
    )


def _last_packet(silent_s: float) -> str:
    return f"last packet {short(silent_s)} ago"


def size_words(size_bytes: int) -> str:
    """31.4 MB, 182 GB."""
    for unit, name in UNITS:
        if size_bytes >= unit:
            value = size_bytes / unit
            return f"{value:.0f} {name}" if value >= 100 else f"{value:.1f} {name}"
    return f"{size_bytes} bytes"
