"""Which sensor is the wearer's, where none was chosen yet: the only one that is heard, or the one that they choose."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import SourceChoice
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.sensors_now import HeardSensor, short_name

ALONE_S = 4.0
"""A sensor that is the only one for so long is taken: others would have been heard, they advertise at least once a second."""
SEVERAL = "More than one sensor is heard"
CHOOSE = "Connect the one that you wear; it is remembered."


class FirstSensor(QObject):
    """Listens before the first session; nothing is joined while it is not clear which."""

    alone = Signal()
    """It was chosen: the only one heard."""
    several = Signal()
    """More than one is heard: the wearer chooses."""

    trouble = Signal(str)
    """Nothing can be heard; what to do."""

    def __init__(self, cockpit: Cockpit, view: SensorsView, parent: QObject) -> None:
        super().__init__(parent)
        self._cockpit, self._view = cockpit, view
        self.listening = False
        self.words = ""
        """Which one was taken by itself; said once."""
        self._since_s: float | None = None
        self._asked = False
        self._freeing = SideWork("free sensors", self)
        self._freeing.done.connect(self._search)
        self._freeing.failed.connect(lambda _name, sentence: self._stop(sentence))
        cockpit.bridge.beat.connect(self.turn)

    def is_known(self, choice: SourceChoice) -> bool:
        """Whether a session can be opened at once; if not, it listens."""
        hands = choice.sensors
        self.listening = choice.kind is SourceKind.LIVE and hands is not None and not hands.wanted
        self._since_s, self._asked = None, False
        if self.listening and hands is not None:
            self._freeing.ask("free", lambda _watch: hands.make_free())
        return not self.listening

    def turn(self) -> None:
        """Many times a second, also while the window is hidden."""
        if not self.listening or self._freeing.busy:
            return
        heard = self._candidates()
        if self._view.searching.now.trouble:
            self._stop(self._view.searching.now.trouble)
        elif not heard:
            if self._view.searching.now.finished:
                self._view.search()
        elif len(heard) > 1:
            self._ask()
        elif self._been_alone():
            self._take(heard[0])

    def _candidates(self) -> list[HeardSensor]:
        """Not those that have another place on the body."""
        settings = self._cockpit.settings.settings
        elsewhere = {settings.pelvis_sensor, settings.other_thigh_sensor}
        return [sensor for sensor in self._view.searching.heard if sensor.address not in elsewhere]

    def _search(self) -> None:
        if self.listening:
            self._view.search()

    def _stop(self, trouble: str) -> None:
        self.listening = False
        self.trouble.emit(trouble)

    def _ask(self) -> None:
        if not self._asked:
            self._asked = True
            self.several.emit()

    def _been_alone(self) -> bool:
        now_s = time.monotonic()
        self._since_s = now_s if self._since_s is None else self._since_s
        return not self._asked and now_s - self._since_s >= ALONE_S

    def _take(self, sensor: HeardSensor) -> None:
        self.listening = False
        self._view.searching.stop()
        self._view.remember(sensor.address)
        self.words = f"Connected to {short_name(sensor.name, sensor.address)}, the only sensor heard."
        self.alone.emit()
