"""On or off, in words too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Pressable, Writing
from hipmonitor.ui.dashboard.parts.button import DISABLED, FOCUS_ROOM
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor

HEIGHT, TRACK, KNOB = 36.0, 44.0, 24.0
WORDS = {True: "On", False: "Off"}


class Switch(Pressable):
    """Ink when on; the word beside it says the same."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(name)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The longer of the two words has room."""
        word = max(self.theme.metrics(Role.BODY).horizontalAdvance(word) for word in WORDS.values())
        width = self.theme.px(TRACK) + self.theme.px(8) + word
        return QSize(round(width) + 2 * FOCUS_ROOM, round(self.theme.px(HEIGHT)) + 2 * FOCUS_ROOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Word, then track and knob at the right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, on = self.theme.palette, self.isChecked()
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED)
        width, high = self.theme.px(TRACK), self.theme.px(KNOB)
        track = QRectF(self.width() - FOCUS_ROOM - width, (self.height() - high) / 2, width, high)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), high / 2 + 3, high / 2 + 3)
        painter.setPen(QPen(qcolor(p.btn if on else p.ctl), 1.2))
        painter.setBrush(qcolor(p.btn if on else p.inset))
        painter.drawRoundedRect(track, high / 2, high / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.btn_ink if on else p.ctl))
        x = track.right() - high / 2 if on else track.left() + high / 2
        painter.drawEllipse(QPointF(x, track.center().y()), high / 2 - 4, high / 2 - 4)
        base = track.center().y() + self.theme.metrics(Role.BODY).capHeight() / 2
        Writing(painter, self.theme).right(track.left() - self.theme.px(8), base, WORDS[on], Role.BODY, p.ink2)
        painter.end()
