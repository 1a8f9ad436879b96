"""On or off, in words too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.parts.button import DISABLED, FOCUS_ROOM
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor

HEIGHT, TRACK, KNOB = 36.0, 44.0, 24.0
WORDS = {True: "On", False: "Off"}


class Switch(QAbstractButton):
    """Ink when on; the word beside it says the same."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The longer of the two words has room."""
        word = max(self.theme.metrics(Role.BODY).horizontalAdvance(word) for word in WORDS.values())
        width = self.theme.px(TRACK) + self.theme.px(8) + word
        return QSize(round(width) + 2 * FOCUS_ROOM, round(self.theme.px(HEIGHT)) + 2 * FOCUS_ROOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter as well as Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

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
