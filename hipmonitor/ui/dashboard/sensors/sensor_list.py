"""The rows of the list: each keeps its widget, and no row jumps while the pointer is over the list."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.sensors.sensor_row import SensorRowCard, columns
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model.sensors_now import SensorRow

SETTLE_S = 3.0
"""The order changes no more often."""


class SensorList(QWidget):
    """One widget a sensor."""

    joined, left, buzzed = Signal(str), Signal(str), Signal(str)
    placed = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: dict[str, SensorRowCard] = {}
        """By address, in the order in which they stand."""
        self._ordered_s = 0.0
        self.setAccessibleName("Sensors")

    def show_rows(self, rows: Sequence[SensorRow]) -> None:
        """New ones come at their place, others change it every three seconds at most."""
        wanted = [row.address for row in rows]
        for address in [address for address in self.rows if address not in wanted]:
            self.rows.pop(address).deleteLater()
        fresh = [row.address for row in rows if row.address not in self.rows]
        for address in fresh:
            self.rows[address] = self._new_row()
        for row in rows:
            self.rows[row.address].show_value(row)
        due = time.monotonic() - self._ordered_s >= SETTLE_S and not self.underMouse()
        if list(self.rows) != wanted and (due or fresh):
            self._ordered_s = time.monotonic()
            self.rows = {address: self.rows[address] for address in wanted}
            self.arrange()

    def _new_row(self) -> SensorRowCard:
        card = SensorRowCard(self.theme, self)
        for mine, its in ((self.joined, card.joined), (self.left, card.left), (self.buzzed, card.buzzed)):
            its.connect(mine)
        card.placed.connect(self.placed)
        card.show()
        return card

    def height_for(self, width: float) -> float:
        """All rows."""
        return len(self.rows) * columns(self.theme, width).height

    def arrange(self) -> None:
        """One below the other; Tab goes down the list."""
        high, before = columns(self.theme, self.width()).height, None
        for number, card in enumerate(self.rows.values()):
            card.setGeometry(0, round(number * high), self.width(), round(high))
            for button in (card.role, card.buzz, card.join):
                if before is not None:
                    QWidget.setTabOrder(before, button)
                before = button

    def resizeEvent(self, _event: object) -> None:
        """Another width."""
        self.arrange()
