"""The head of the list: its title, how far the search is, and what the columns are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Card, Writing
from hipmonitor.ui.dashboard.sensors.sensor_row import columns
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model.sensors_now import SEARCH_S, Search

TITLE = "Nearby sensors"
BAR = 4.0


class ListHead(Card[Search]):
    """A line of ink that grows; no spinner."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, TITLE, parent)
        self.stop = Button(theme, "Stop", parent=self)

    @property
    def wanted(self) -> int:
        """Its height."""
        small = self.theme.metrics(Role.SMALL).height()
        return round(self.stop.sizeHint().height() + BAR + small + 36)

    def show_value(self, value: Search) -> None:
        """The button as well."""
        self.stop.setVisible(value.running)
        super().show_value(value)

    def spoken(self, value: Search) -> str:
        """In words."""
        return value.words or "Not searching."

    def resizeEvent(self, _event: object) -> None:
        """The button stands at the right."""
        size = self.stop.sizeHint()
        self.stop.setGeometry(self.width() - size.width() + 4, 0, size.width(), size.height())

    def draw(self, painter: QPainter, value: Search) -> None:
        """Title, words, bar, columns."""
        p, w = self.theme.palette, Writing(painter, self.theme)
        high = self.stop.sizeHint().height()
        base = high / 2 + self.theme.metrics(Role.TITLE).capHeight() / 2
        title = w.text(0, base, TITLE, Role.TITLE, p.ink)
        right = self.width() - (self.stop.width() + 6 if value.running else 0)
        if title + w.width(value.words, Role.BODY) + 20 < right:
            w.right(right, base, value.words, Role.BODY, p.ink2)
        self._bar(painter, high + 6, value)
        c = columns(self.theme, self.width())
        base = self.height() - 10
        heads = [("Sensor", 0.0), ("Signal", c.signal), ("Battery", c.battery)]
        for word, x in heads if c.below else [*heads, ("Worn on", c.role)]:
            w.text(x, base, word, Role.SMALL, p.ink2)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), qcolor(p.line))

    def _bar(self, painter: QPainter, y: float, value: Search) -> None:
        p = self.theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.line))
        painter.drawRoundedRect(QRectF(0, y, self.width(), BAR), BAR / 2, BAR / 2)
        if value.running:
            painter.setBrush(qcolor(p.ink))
            share = min(1.0, value.passed_s / SEARCH_S)
            painter.drawRoundedRect(QRectF(0, y, self.width() * share, BAR), BAR / 2, BAR / 2)
