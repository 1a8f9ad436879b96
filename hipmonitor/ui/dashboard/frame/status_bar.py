"""The status bar: how well data come in, and where they go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.frame.status_item import StatusItem
from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model import StatusNow

HEIGHT, SIDE, APART = 34.0, 12, 8
SENSORS, DATA = ("sensors", "Sensors"), ("data", "Settings, Data")
EXPLAINED = {
    "Link": SENSORS,
    "Rate": SENSORS,
    "Lost": SENSORS,
    "Battery": SENSORS,
    "Other sensors": SENSORS,
    "Signal": SENSORS,
    "Delay": SENSORS,
    "Recording": DATA,
    "Disk": DATA,
}
"""In the order in which they stand; where each leads."""
AT_THE_RIGHT = ("Recording", "Disk")
DROPPED_FIRST = ("Delay", "Disk", "Signal", "Rate", "Lost")


class StatusBar(Card[StatusNow]):
    """Where it is narrow, less: never without the word of the link, the battery and the recording."""

    framed = False
    opened = Signal(str)
    """A place to go: "sensors", or "data"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Status", parent)
        self.items = {name: StatusItem(theme, name, words, self) for name, (_, words) in EXPLAINED.items()}
        for name, item in self.items.items():
            item.clicked.connect(lambda _on=False, place=EXPLAINED[name][0]: self.opened.emit(place))
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(round(max(HEIGHT, self.theme.metrics(Role.SMALL).height() + 16)))
        self._place()

    def spoken(self, value: StatusNow) -> str:
        """All of it."""
        return value.sentence

    def show_value(self, value: StatusNow) -> None:
        """Every item its text."""
        if value == self.shown:
            return
        super().show_value(value)
        link = "deep_text" if value.silent else "notice_text" if value.boxes == 2 else "ink"
        say = {name: item.say for name, item in self.items.items()}
        say["Link"](value.word, icon="gap" if value.silent else "boxes", boxes=value.boxes, ink=link, strong=True)
        say["Rate"](value.rate)
        say["Lost"](value.lost)
        low = value.battery_low
        say["Battery"](value.battery, icon="battery_low" if low else "battery", ink="notice_text" if low else "ink2")
        say["Other sensors"](value.beside, ink="notice_text" if value.beside_away else "ink2")
        say["Signal"](value.signal, icon="signal")
        say["Delay"](value.delay, icon="delay")
        say["Recording"](value.recording, icon="rec")
        say["Disk"](value.disk, icon="disk")
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """From the left: the link; from the right: the recording. What has no room is left out, in its order."""
        wide = {name: item.sizeHint().width() + APART for name, item in self.items.items() if item.text()}
        for name in DROPPED_FIRST:
            if sum(wide.values()) + 2 * SIDE <= self.width():
                break
            wide.pop(name, None)
        x, right = SIDE, self.width() - SIDE + APART - sum(wide.get(name, 0) for name in AT_THE_RIGHT)
        for name, item in self.items.items():
            item.setVisible(name in wide)
            if name not in wide:
                continue
            at = right if name in AT_THE_RIGHT else x
            item.setGeometry(
                at, (self.height() - item.sizeHint().height()) // 2, wide[name] - APART, item.sizeHint().height()
            )
            x, right = (x, right + wide[name]) if name in AT_THE_RIGHT else (x + wide[name], right)

    def draw(self, painter: QPainter, _value: StatusNow) -> None:
        """A line above."""
        painter.fillRect(QRectF(0, 0, self.width(), 1), qcolor(self.theme.palette.line))
