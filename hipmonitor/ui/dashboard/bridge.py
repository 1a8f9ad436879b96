"""Looks at the session 30 times a second. The session never waits for the window, and nothing queues up between them."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.view_model import Glance, LiveView, SourceKind

FRAME_MS = 33
FRAMES_PER_LOOK = 3
"""Digits, timers and words are looked at ten times a second; curve and figure move with every frame."""


class Bridge(QObject):
    """Pulls: a late frame shows the newest state, never an old one."""

    framed = Signal(object, float)
    """HostNs, seconds since the frame before."""
    looked = Signal(object)
    """Glance."""
    beat = Signal()
    """Every turn, also while the window is hidden."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.feed: Feed | None = None
        self.hidden = False
        self._idle = LiveView(source=SourceKind.LIVE)
        self._frames, self._last_s = 0, time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.turn)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """No longer."""
        self._timer.stop()

    def idle(self, source: SourceKind, *, empty: bool = False) -> None:
        """No session yet, or no longer: there is nothing to see of this source. `empty`: it never had a sensor."""
        self.feed, self._idle = None, LiveView(source=source, empty=empty)

    def now(self) -> HostNs:
        """The session's time, or the computer's."""
        return HostNs(time.time_ns()) if self.feed is None else self.feed.now()

    def glance(self, now: HostNs) -> Glance:
        """Of the session, or of none."""
        return self._idle.glance(now) if self.feed is None else self.feed.glance(now)

    def turn(self) -> None:
        """One frame."""
        if self.feed is not None:
            self.feed.beside()
        self.beat.emit()
        monotonic_s = time.monotonic()
        passed_s, self._last_s = monotonic_s - self._last_s, monotonic_s
        if self.hidden:
            return
        now = self.now()
        if self._frames % FRAMES_PER_LOOK == 0:
            self.looked.emit(self.glance(now))
        self._frames += 1
        self.framed.emit(now, min(passed_s, 0.25))

    def look_now(self) -> None:
        """Do not wait for the next turn: something was chosen."""
        self.looked.emit(self.glance(self.now()))
