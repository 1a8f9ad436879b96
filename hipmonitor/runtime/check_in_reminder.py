"""Asks the wearer once a day, at a time they set, to check in; never in quiet time, and not where they have checked in already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from hipmonitor.core.alerts import AlertsNow, Hold
from hipmonitor.core.errors import DiaryError
from hipmonitor.core.inbound import ChangeSettings, Inbound, Tick, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.io.diary import AskedToCheckIn, append, read_check_ins

WITHIN_MIN: Final = 120
"""After the time that was set: a quiet time may pass, and a session may begin later. Then the day is left alone."""
BUSY_S: Final = 0.2
"""For another who writes into the diary; the thread is the session's."""
MAY_ASK: Final = frozenset({None, Hold.TRACK})
"""Who only tracks is told of no limit; this question they have asked for."""


class CheckInReminder:
    """A Recorder (settings, the wall's clock) and a Sink (whether it is quiet).

    Args:
        remind: shows it.
        settings: in force until the first event says otherwise.
        path: another diary than this computer's.
    """

    def __init__(self, remind: Callable[[HostNs], None], settings: Settings, path: Path | None = None) -> None:
        self._remind, self._settings, self._path = remind, settings, path
        self._now: Tick | None = None
        self._done_on: int | None = None

    def record(self, events: Sequence[Inbound]) -> None:
        """Hear what is set, and what time it is."""
        for event in events:
            if isinstance(event, Tick):
                self._now = event
            elif isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                self._settings = event.action.settings

    def accept(self, update: HipUpdate) -> None:
        """Ask, where it is time."""
        now = self._now
        if now is not None and update.now is not None and self._due(now, update.now.alerts):
            self._done_on = now.civil_day
            if self._noted(now):
                self._remind(now.at)

    def _due(self, now: Tick, alerts: AlertsNow) -> bool:
        minute = self._settings.check_ins.minute
        if minute is None or self._done_on == now.civil_day:
            return False
        return minute <= now.minute_of_day < minute + WITHIN_MIN and alerts.not_told in MAY_ASK

    def _noted(self, now: Tick) -> bool:
        """Kept before it is shown, so that no second session asks again; what cannot be kept is not shown."""
        try:
            diary = read_check_ins(self._path)
            if now.civil_day in diary.asked_days or diary.of_day(now.civil_day):
                return False
            append(AskedToCheckIn(at=now.at, day=now.civil_day), self._path, wait_s=BUSY_S)
        except DiaryError:
            return False
        return True
