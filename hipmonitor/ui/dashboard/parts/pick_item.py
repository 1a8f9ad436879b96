"""One of a list of which one is open: the rail's views, the sections of the settings."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts.pressable import Pressable
from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor


class PickItem(Pressable):
    """Subclasses say how large it is, and may draw it differently."""

    def __init__(self, theme: Theme, word: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    @property
    def ink(self) -> str:
        """Stronger while it is open."""
        return self.theme.palette.ink if self.isChecked() else self.theme.palette.ink2

    @property
    def weight(self) -> Weight:
        """Likewise."""
        return Weight.STRONG if self.isChecked() else Weight.PLAIN

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground where it is open or pointed at, ring where it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, rect = self.theme.palette, QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        if self.isChecked() or self.underMouse():
            painter.setPen(QPen(qcolor(p.line), 1.0))
            painter.setBrush(qcolor(p.surface if self.isChecked() else p.inset))
            painter.drawRoundedRect(rect, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 9, 9)
        self.draw_word(Writing(painter, self.theme), rect)
        painter.end()

    def draw_word(self, writing: Writing, rect: QRectF) -> None:
        """A line that begins at the left."""
        base = rect.center().y() + self.theme.metrics(Role.BODY).capHeight() / 2
        room = rect.width() - 24
        writing.text(rect.left() + 14, base, self.text(), Role.BODY, self.ink, weight=self.weight, room=room)
