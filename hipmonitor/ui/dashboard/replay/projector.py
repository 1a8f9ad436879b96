"""Plays a film in a thread of its own: the window asks for an instant and is never kept waiting for it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, replace

from hipmonitor.core.inbound import Action
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.runtime.playhead import Playhead
from hipmonitor.ui.dashboard.replay.reading import Read
from hipmonitor.ui.view_model import Film, Glance, ViewMemory

LOG = logging.getLogger(__name__)
TURN_S = 0.03
SPEEDS = (0.5, 1.0, 5.0, 20.0, 60.0)
USUAL_SPEED = 1.0
REBUILT_WITHIN_S = 0.2
"""After this long without the state of an instant, timers are not shown rather than shown wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What was chosen."""

    playing: bool = False
    speed: float = USUAL_SPEED
    loop_from: HostNs | None = None
    loop_to: HostNs | None = None
    looping: bool = False


class Projector:
    """A Feed: its session is the recording, its time is where the handle stands."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.film: Film = read.film
        self.memory: ViewMemory = read.memory
        self.transport = Transport()
        self._lock, self._wake, self._stop = threading.Lock(), threading.Event(), threading.Event()
        self._from_ns, self._from_s = int(self.film.start), time.monotonic()
        self._head = Playhead(read.stretches)
        self._shown_at = self._head.at
        self._late_since_s: float | None = None
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="hipmonitor replay", daemon=True)
        self._thread.start()

    # --- Feed -------------------------------------------------------------------------------------------------------
    @property
    def running(self) -> bool:
        """Until it is closed."""
        return not self._stop.is_set()

    def now(self) -> HostNs:
        """Where the handle stands."""
        with self._lock:
            return self._at()

    def glance(self, now: HostNs) -> Glance:
        """The state at the instant that was reached last."""
        return self._head.companion.glance(self._shown_at)

    def act(self, action: Action) -> None:
        """Nothing of what was can be changed."""

    def disk_free_bytes(self) -> int | None:
        """It records nothing."""
        return None

    def beside(self) -> None:
        """Nothing."""

    # --- the handle -------------------------------------------------------------------------------------------------
    @property
    def is_late(self) -> bool:
        """The state of the handle's instant is still being rebuilt, and has been for longer than one should wait."""
        since_s = self._late_since_s
        return since_s is not None and time.monotonic() - since_s > REBUILT_WITHIN_S

    @property
    def is_behind(self) -> bool:
        """What is shown is of another instant than the handle's."""
        return self._shown_at != self.now()

    @property
    def at_end(self) -> bool:
        """Nothing comes after the handle."""
        return self.now() >= self.film.end

    def go_to(self, at: HostNs) -> None:
        """Stand there; play on from there."""
        with self._lock:
            self._stand(at)
        self._wake.set()

    def step(self, seconds: float) -> None:
        """So far from here, and stand."""
        with self._lock:
            self._stand(HostNs(self._at() + round(seconds * NS_PER_S)))
            self.transport = replace(self.transport, playing=False)
        self._wake.set()

    def choose(self, transport: Transport) -> None:
        """Play, pause, another speed or loop. Played at its end, it begins anew."""
        with self._lock:
            at = self._at()
            begins = transport.playing and not self.transport.playing
            self._stand(self.film.start if begins and at >= self.film.end else at)
            self.transport = transport
        self._wake.set()

    def close(self) -> None:
        """No longer."""
        self._stop.set()
        self._wake.set()
        self._thread.join(5.0)

    def _stand(self, at: HostNs) -> None:
        self._from_ns, self._from_s = min(max(at, self.film.start), self.film.end), time.monotonic()

    def _at(self) -> HostNs:
        """Where the handle is by the clock."""
        t = self.transport
        if not t.playing:
            return HostNs(self._from_ns)
        at = self._from_ns + round((time.monotonic() - self._from_s) * t.speed * NS_PER_S)
        if t.looping and t.loop_from is not None and t.loop_to is not None and self._from_ns < t.loop_to <= at:
            self._stand(t.loop_from)
            return t.loop_from
        if at >= self.film.end:
            self._stand(self.film.end)
            self.transport = replace(t, playing=False)
            return self.film.end
        return HostNs(at)

    # --- its thread -------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        try:
            self._project()
        except Exception as error:
            LOG.exception("the replay stopped by a mistake in the program")
            self.error = error

    def _project(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            at = self.now()
            if at != self._shown_at:
                jumps = not 0 <= at - self._shown_at <= 5 * NS_PER_S * max(1.0, self.transport.speed / 5)
                self._late_since_s = (self._late_since_s or time.monotonic()) if jumps else None
                self._head.go_to(at)
                self._shown_at = self._head.at
            if self.now() == self._shown_at or self.transport.playing:
                self._late_since_s = None
            self._wake.wait(TURN_S if self.transport.playing else None)
