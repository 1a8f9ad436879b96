"""Sensors on a table: heard, joined and let go without a radio."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from hipmonitor.core.errors import LinkError
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import GuidedCalibration
from hipmonitor.ui.view_model.sensors_now import HeardSensor
from tests.ui.dashboard_lived import LivedFeed, turn

OWN, SECOND, THIRD = "C0:FF:EE:00:00:01", "C0:FF:EE:00:91:C2", "C0:FF:EE:00:B0:7E"
KIND = "hip sensor (hipmonitor protocol 1)"


def heard(address: str, rssi_dbm: int) -> HeardSensor:
    """The search says when."""
    return HeardSensor(address=address, name="hipmonitor", title=KIND, rssi_dbm=rssi_dbm, at_s=0.0)


class TableHands:
    """A fake that is an adapter: it does to a lived session what the real one does to a live one."""

    def __init__(self, lived: LivedFeed, sensors: Sequence[HeardSensor] = (), trouble: str = "") -> None:
        self.lived, self.sensors, self.trouble = lived, tuple(sensors), trouble
        self.wanted = ""
        self.done: list[str] = []
        self.told = threading.Event()
        self.has_motor = True
        self.buzzed = ""

    def choose(self, address: str) -> None:
        self.wanted = address

    def make_free(self) -> None:
        self.done.append("make free")

    def search(self, tell: Callable[[HeardSensor], None], stopped: Callable[[], bool]) -> None:
        try:
            if self.trouble:
                raise LinkError(self.trouble)
            for sensor in self.sensors:
                tell(replace(sensor, at_s=time.monotonic()))
        finally:
            self.told.set()
        while not stopped():
            time.sleep(0.005)

    def buzz(self, address: str) -> bool:
        self.buzzed = address
        self.done.append("buzz")
        return self.has_motor

    def let_go(self) -> bool:
        self.done.append("let go")
        return True

    def take_again(self) -> bool:
        self.done.append("take again")
        return True

    def guide(self, calibration: GuidedCalibration | None) -> None:
        self.lived.view.guide(calibration)


def open_sensors(window: Window, hands: TableHands) -> SensorsView:
    """The view, once the first search has told what it hears."""
    window.sessions.choice = replace(window.choice, sensors=hands)
    window.open_view("sensors")
    view = window.view
    assert isinstance(view, SensorsView)
    assert hands.told.wait(60)
    thread = view.searching._thread
    if hands.trouble and thread is not None:
        thread.join(5)
    turn(window)
    return view
