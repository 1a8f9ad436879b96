"""The ground that cards stand on, without anything on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts.card import RADIUS
from hipmonitor.ui.dashboard.theme import Theme, qcolor


class Plate(QWidget):
    """Frame and ground."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        """`ground` is the name of a colour of the palette."""
        super().__init__(parent)
        self.theme, self._ground = theme, ground
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As a card's."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p = self.theme.palette
        painter.setPen(QPen(qcolor(p.line), 1.0))
        painter.setBrush(qcolor(getattr(p, self._ground)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
