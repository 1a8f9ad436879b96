"""What a window remembers beside the Glance: the angle of a day, what marks say, and the session's totals."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.ui.view_model.angle_history import LOOK_BACK_S, AngleHistory, Curve, TraceRange
from hipmonitor.ui.view_model.durations import short

MOST_WORDS = 2000
"""Marks whose words are remembered; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Of the session."""

    sitting_s: float = 0.0
    deep_s: float = 0.0
    breaks: int = 0
    missing_s: float = 0.0

    def sentence(self, limit_deg: float) -> str:
        """Sitting 5 h 53 min · above 90° 26 min · 14 breaks."""
        parts = [f"Sitting {short(self.sitting_s)}", f"above {limit_deg:g}° {short(self.deep_s)}"]
        parts += [f"{self.breaks} break{'' if self.breaks == 1 else 's'}"]
        parts += [f"no data {short(self.missing_s)}"] if self.missing_s >= 60 else []
        return " · ".join(parts)


class ViewMemory:
    """A Sink. Every method may come from any thread. `look_back_s`: how far beyond each range it reaches."""

    def __init__(self, look_back_s: float = LOOK_BACK_S) -> None:
        self._lock = threading.Lock()
        self._angles = AngleHistory(look_back_s)
        self._words: dict[int, str] = {}
        self._totals = Totals()
        self._missing_ns = 0

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        with self._lock:
            for piece in update.pieces:
                self._angles.take(piece.thigh)
                self._missing_ns += sum(gap.end - gap.start for gap in piece.gaps)
                self._words |= {alert.at: _alert_words(alert) for alert in piece.alerts}
            self._words |= {mark.at: f"your mark: {mark.text}" if mark.text else "your mark" for mark in update.marks}
            for oldest in list(self._words)[:-MOST_WORDS]:
                del self._words[oldest]
            e = update.exposure
            self._totals = Totals(
                sitting_s=e.seconds.get(ActivityKind.SIT, 0.0),
                deep_s=e.deep_total_s,
                breaks=e.breaks,
                missing_s=self._missing_ns / 1e9,
            )

    def curve(self, which: TraceRange, end: HostNs) -> Curve:
        """The range that ends there."""
        with self._lock:
            return self._angles.curve(which, end)

    @property
    def angles(self) -> AngleHistory:
        """Of a recording that was read to its end: no more is added."""
        return self._angles

    def frozen(self) -> AngleHistory:
        """The angles as they are now."""
        with self._lock:
            return self._angles.copy()

    def at(self, at: HostNs, which: TraceRange) -> tuple[float, float] | None:
        """Lowest and highest angle around that instant."""
        with self._lock:
            return self._angles.at(at, which)

    def words(self, at_ns: int) -> str:
        """What the mark of that instant says."""
        with self._lock:
            return self._words.get(at_ns, "")

    @property
    def totals(self) -> Totals:
        """After the last update."""
        return self._totals


def _alert_words(alert: Alert) -> str:
    what = "sitting" if alert.kind.value == "sitting" else "thigh above the limit"
    return f"{alert.level.name.lower()}: {what} {short(alert.evidence.minutes * 60)}"
