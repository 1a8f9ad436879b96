"""Counts a guided set by sound and touch. Every way has a thread and a queue of its own; nothing waits for them.

What is said of a repetition is worth nothing a second later: a way that is behind leaves out what has passed.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, Protocol

from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.inbound import ChangeSettings, Inbound, UserAction
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.counting_cues import Cue, Cues

AloudBy = Literal["sound", "vibration"]
STALE_S: Final = 1.0
"""A tick that comes later would be taken for the next repetition's."""
MOST_WAITING: Final = 4
KEPT: Final = frozenset({Cue.POSE_ACCEPTED, Cue.LAST, Cue.INTERVAL, Cue.ENDED})
"""Told even if late."""
CLOSE_WITHIN_S: Final = 1.0

TellCue = Callable[[Cue, int], None]
"""Tells a cue at a volume in %; raises DeliveryError where it did not reach the wearer."""


class CueWay(Protocol):
    """One way by which a set is counted."""

    def put(self, cue: Cue, volume_percent: int) -> None:
        """Tell it; never waits."""
        ...

    def close(self) -> None:
        """Tell no more."""
        ...

    @property
    def failed(self) -> str:
        """Why the newest cue did not reach the wearer; empty where it did."""
        ...


class CueThread:
    """A way in a thread of its own.

    Args:
        tell: how it tells.
        rest_s: at least so long from one cue to the next; what passes meanwhile is left out.
    """

    def __init__(self, tell: TellCue, *, name: str, rest_s: float = 0.0) -> None:
        self._tell, self._rest_s = tell, rest_s
        self._waiting: queue.Queue[tuple[float, Cue, int] | None] = queue.Queue(MOST_WAITING)
        self._free_at = 0.0
        self.failed = ""
        self._thread = threading.Thread(target=self._work, name=f"counts by {name}", daemon=True)
        self._thread.start()

    def put(self, cue: Cue, volume_percent: int) -> None:
        """Tell it if it can be told in time; of what is kept, the newest finds room."""
        item = (time.monotonic(), cue, volume_percent)
        try:
            self._waiting.put_nowait(item)
        except queue.Full:
            if cue in KEPT:
                self._make_room()
                self.put(cue, volume_percent)

    def close(self) -> None:
        """What waits is told, if that is quick."""
        try:
            self._waiting.put(None, timeout=CLOSE_WITHIN_S)
        except queue.Full:
            return
        self._thread.join(CLOSE_WITHIN_S)

    def _make_room(self) -> None:
        try:
            self._waiting.get_nowait()
        except queue.Empty:  # It was just taken.
            return

    def _work(self) -> None:
        while (item := self._waiting.get()) is not None:
            at, cue, volume_percent = item
            busy_s = self._free_at - time.monotonic()
            if cue not in KEPT and (busy_s > 0 or time.monotonic() - at > STALE_S):
                continue
            if busy_s > 0:
                time.sleep(busy_s)
            self.failed = self._tried(cue, volume_percent)
            self._free_at = time.monotonic() + self._rest_s

    def _tried(self, cue: Cue, volume_percent: int) -> str:
        try:
            self._tell(cue, volume_percent)
        except DeliveryError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - a fault in one way is said like any other, and stops nothing
            return f"{type(error).__name__}: {error}"
        return ""


class CountingAloud:
    """A Recorder (it hears the settings at the door) and a Sink."""

    def __init__(self, ways: Mapping[AloudBy, CueWay], settings: Settings) -> None:
        """`settings` are in force until the first event says otherwise."""
        self._ways, self._settings = dict(ways), settings
        self._cues = Cues()

    def record(self, events: Sequence[Inbound]) -> None:
        """Hear which ways are wanted."""
        for event in events:
            if isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                self._settings = event.action.settings

    def accept(self, update: HipUpdate) -> None:
        """Tell what this turn brought."""
        cue = self._cues.of(update)
        if cue is not None:
            for by in self._wanted():
                self._ways[by].put(cue, self._settings.delivery.sound_volume_percent)

    def failures(self) -> dict[AloudBy, str]:
        """Ways whose newest cue did not reach the wearer, and why."""
        return {by: self._ways[by].failed for by in self._wanted() if self._ways[by].failed}

    def close(self) -> None:
        """Count no more."""
        for way in self._ways.values():
            way.close()

    def _wanted(self) -> list[AloudBy]:
        count, loud = self._settings.exercise, self._settings.delivery.sound_volume_percent > 0
        wanted: dict[AloudBy, bool] = {"sound": count.count_by_sound and loud, "vibration": count.count_by_vibration}
        return [by for by in self._ways if wanted[by]]
