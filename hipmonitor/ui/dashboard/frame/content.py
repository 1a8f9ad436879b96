"""The room for the view that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from hipmonitor.ui.dashboard.theme import Theme, qcolor


class Content(QScrollArea):
    """Says when the room has changed: by the window, the ribbon, a banner."""

    resized = Signal()

    def __init__(self, theme: Theme, inside: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.setWidget(inside)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        palette = self.palette()
        palette.setColor(self.viewport().backgroundRole(), qcolor(self._theme.palette.bg))
        self.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it."""
        super().resizeEvent(event)
        self.resized.emit()
