"""A card that other widgets stand on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts.card import RADIUS
from hipmonitor.ui.dashboard.theme import Theme, qcolor

PADDING = 20


class Panel(QWidget):
    """Its column is filled from top to bottom."""

    def __init__(
        self, theme: Theme, *, ground: str = "surface", spacing: int = 0, parent: QWidget | None = None
    ) -> None:
        """`ground` is the name of a colour of the palette."""
        super().__init__(parent)
        self.theme, self._ground = theme, ground
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(PADDING, PADDING - 4, PADDING, PADDING)
        self.column.setSpacing(spacing)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame and ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p = self.theme.palette
        painter.setPen(QPen(qcolor(p.line), 1.0))
        painter.setBrush(qcolor(getattr(p, self._ground)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
