"""What a monitor in the background does when somebody asks it through its door."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from hipmonitor.core.errors import ControlError
from hipmonitor.io.control import ActionRequest, Answer, Buzz, Calibrate, Pause, Release, Request, Resume, Status, Stop
from hipmonitor.runtime.delivery_ways import try_vibration
from hipmonitor.runtime.live import LiveMonitor

READY_WITHIN_S = 10.0
WHOLE_WITHIN_S = 30.0
"""A goodbye to the sensor, and a slow disk."""


class Attendant:
    """Answers requests. Its methods may be called from any thread.

    Args:
        again: arguments by which this monitor is started again, told to who takes over.
    """

    def __init__(self, again: Sequence[str]) -> None:
        self._again = list(again)
        self._ready, self._whole = threading.Event(), threading.Event()
        self._recording: Path | None = None
        self.end_wanted = threading.Event()
        """Somebody asked for the end."""
        self.paused = False

    def attend(self, monitor: LiveMonitor, *, status: Callable[[], Answer], calibrate: Callable[[], None]) -> None:
        """From now on this session is asked about."""
        self._monitor, self._status, self._calibrate = monitor, status, calibrate
        self._ready.set()

    def ended(self, recording: Path | None) -> None:
        """The session has ended, its recording is whole and the radio free: who waits for that gets an answer."""
        self._recording = recording
        self._whole.set()
        self._ready.set()

    def answer(self, request: Request) -> Answer:
        """Do what is asked.

        Raises:
            ControlError, DeliveryError: it could not be done; says why.
        """
        if not self._ready.wait(READY_WITHIN_S):
            raise ControlError("the monitor has not started yet")
        if isinstance(request, Stop | Release):
            return self._end(hand_over=isinstance(request, Release))
        if self._whole.is_set() or not self._monitor.running:
            raise ControlError("the monitor is ending")
        return self._go_on(request)

    def _go_on(self, request: Status | Pause | Resume | Buzz | Calibrate | ActionRequest) -> Answer:
        match request:
            case Status():
                return self._status()
            case Pause():
                if not self._monitor.pause():
                    raise ControlError("the sensor could not be let go in time")
                self.paused = True
            case Resume():
                if not self._monitor.resume():
                    raise ControlError("the search could not be begun in time")
                self.paused = False
            case Buzz():
                try_vibration(self._monitor.vibrate)
            case Calibrate():
                if self.paused:
                    raise ControlError("it is paused; `hipmonitor resume` goes on")
                self._calibrate()
            case action:
                self._monitor.act(action)
        return {}

    def _end(self, *, hand_over: bool) -> Answer:
        self.end_wanted.set()
        if not self._whole.wait(WHOLE_WITHIN_S):
            raise ControlError("the recording is not whole yet")
        recording = None if self._recording is None else str(self._recording)
        return {"recording": recording, **({"again": list(self._again)} if hand_over else {})}
