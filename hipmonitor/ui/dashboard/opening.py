"""The very first picture: the window's ground with its mark, while the rest of the program is being loaded."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.dashboard.theme.emblem import draw_emblem

USUAL_SIZE = (1280, 800)


def application() -> QApplication:
    """The one of this process. Fusion draws the same everywhere; its colours are the theme's."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    made = QApplication([sys.argv[0]])
    made.setApplicationName("hipmonitor")
    made.setDesktopFileName("hipmonitor")
    made.setStyle("Fusion")
    return made


def theme_of(choices: KeptChoices) -> Theme:
    """The theme that was chosen."""
    return Theme(scheme=choices.scheme, font_scale=choices.font_scale, reduce_motion=choices.reduce_motion)


def put(widget: QWidget, choices: KeptChoices) -> None:
    """Where the window was when it was closed, if a screen still is there."""
    widget.resize(*USUAL_SIZE)
    if choices.geometry is not None:
        x, y, width, height = choices.geometry
        widget.resize(width, height)
        if QApplication.screenAt(QPointF(x + width / 2, y + 20).toPoint()) is not None:
            widget.move(x, y)
    if choices.maximised:
        widget.setWindowState(Qt.WindowState.WindowMaximized)


class Opening(QWidget):
    """Gives way to the window."""

    def __init__(self, choices: KeptChoices) -> None:
        super().__init__()
        self.theme = theme_of(choices)
        self.painted = False
        self.setWindowTitle("hipmonitor")
        put(self, choices)

    def show_at_once(self) -> None:
        """It is on the screen when this returns."""
        self.show()
        self.repaint()
        QApplication.processEvents()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, mark, one word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, middle = self.theme.palette, QPointF(self.width() / 2, self.height() / 2 - 30)
        painter.fillRect(self.rect(), qcolor(p.bg))
        draw_emblem(painter, p, middle, 2.0)
        painter.setPen(qcolor(p.ink2))
        painter.setFont(self.theme.font(Role.BODY))
        words = "Starting"
        painter.drawText(middle + QPointF(-self.theme.metrics(Role.BODY).horizontalAdvance(words) / 2, 70), words)
        painter.end()
        self.painted = True
