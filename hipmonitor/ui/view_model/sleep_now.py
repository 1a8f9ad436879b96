"""That the computer slept, said once it is awake again."""

from __future__ import annotations

from hipmonitor.core.inbound import ClockStep
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.ui.view_model.durations import short

SAID_S = 10.0
"""Views 3.1: so long after waking."""


class SleepTracker:
    """Hears what happened to the clocks."""

    def __init__(self) -> None:
        self._step: ClockStep | None = None

    def hear(self, step: ClockStep) -> None:
        """A clock that was only set is no sleep."""
        if step.slept_ns:
            self._step = step

    def sentence(self, now: HostNs) -> str:
        """Empty where it is no news."""
        if self._step is None or not 0 <= seconds_between(self._step.at, now) < SAID_S:
            return ""
        return f"The computer slept for {short(self._step.slept_ns / NS_PER_S)}; that time is not measured."
