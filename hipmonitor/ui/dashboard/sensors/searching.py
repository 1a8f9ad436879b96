"""A search in a thread of its own: what it hears is looked at by the window, never waited for."""

from __future__ import annotations

import logging
import threading
import time

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.ui.dashboard.sensor_hands import SensorHands
from hipmonitor.ui.view_model.sensors_now import SEARCH_S, HeardSensor, Search

LATELY_S = 60.0
LOG = logging.getLogger(__name__)
BUG = "Searching stopped. Try again; details are in the log."
NO_SENSORS = "This source has no sensors to search for. Choose Live or Simulated above."


class Searching:
    """One search at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: dict[str, HeardSensor] = {}
        self._trouble = ""
        self._began_s = self._ended_s = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, hands: SensorHands | None) -> None:
        """Begin anew; what was heard before stays, with its age."""
        self.stop()
        self._stop, self._trouble = threading.Event(), "" if hands is not None else NO_SENSORS
        self._began_s, self._ended_s = time.monotonic(), 0.0
        if hands is not None:
            self._thread = threading.Thread(
                target=self._run, args=(hands, self._stop), name="hipmonitor search", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Enough. Returns at once."""
        self._stop.set()
        self._thread = None

    def forget(self) -> None:
        """Another source: none of its sensors was heard."""
        self.stop()
        with self._lock:
            self._heard.clear()
            self._trouble, self._began_s = "", 0.0

    @property
    def now(self) -> Search:
        """How far it is."""
        passed_s = time.monotonic() - self._began_s if self._began_s else 0.0
        running = self._thread is not None and self._thread.is_alive() and not self._stop.is_set()
        with self._lock:
            return Search(
                running=running,
                passed_s=min(passed_s, SEARCH_S),
                finished=not running and passed_s >= SEARCH_S and not self._trouble,
                trouble=self._trouble,
            )

    @property
    def heard(self) -> list[HeardSensor]:
        """Everything that was heard of this source."""
        with self._lock:
            return list(self._heard.values())

    def signal_dbm(self, address: str) -> int | None:
        """How strongly it was heard, lately."""
        with self._lock:
            heard = self._heard.get(address)
        lately = heard is not None and time.monotonic() - heard.at_s < LATELY_S
        return heard.rssi_dbm if heard is not None and lately else None

    def _run(self, hands: SensorHands, stop: threading.Event) -> None:
        end_s = time.monotonic() + SEARCH_S
        try:
            hands.search(lambda sensor: self._hear(sensor, stop), lambda: stop.is_set() or time.monotonic() >= end_s)
        except HipmonitorError as error:
            self._say(str(error), stop)
        except Exception:
            LOG.exception("a search went wrong")
            self._say(BUG, stop)

    def _hear(self, sensor: HeardSensor, stop: threading.Event) -> None:
        with self._lock:
            if not stop.is_set():
                self._heard[sensor.address] = sensor

    def _say(self, trouble: str, stop: threading.Event) -> None:
        with self._lock:
            if not stop.is_set():
                self._trouble = trouble
