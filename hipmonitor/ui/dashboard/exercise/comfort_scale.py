"""0 to 10 with one click: how comfortable the hip was. Nothing is chosen before somebody chooses."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import DISABLED, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

LAST, RING, HEIGHT, BETWEEN = 10, 4.0, 38.0, 4.0
QUESTION = "How comfortable was the hip?"
LEAST, MOST = "0: not at all", "10: fully"


class ComfortScale(QWidget):
    """Eleven fields; arrows and digits choose as well."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.value: int | None = None
        self._at = 5
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def _tell(self) -> None:
        rated = "not rated yet" if self.value is None else f"{self.value} of {LAST}"
        self.setAccessibleName(f"{QUESTION} {rated}")
        self.setAccessibleDescription(f"{LEAST}. {MOST}. Arrows choose, Space confirms.")
        self.setToolTip(f"{LEAST}, {MOST}")

    def show_value(self, value: int | None) -> None:
        """As it was rated."""
        if value != self.value:
            self.value = value
            self._at = self._at if value is None else value
            self._tell()
            self.update()

    def _choose(self, value: int) -> None:
        self.show_value(value)
        self.chosen.emit(value)

    @property
    def _pitch(self) -> float:
        return (self.width() - 2 * RING + BETWEEN) / (LAST + 1)

    def sizeHint(self) -> QSize:
        """Digits with room around them."""
        wide = self.theme.width("10", Role.BODY, Weight.STRONG) + 10 + BETWEEN
        return QSize(round(wide * (LAST + 1) + 2 * RING), round(self.theme.px(HEIGHT) + 2 * RING))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What was clicked."""
        at = int((event.position().x() - RING) // self._pitch)
        if self.isEnabled() and 0 <= at <= LAST:
            self._at = at
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go, Space and Enter choose."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in ways:
            self._at = min(LAST, max(0, self._at + ways[key]))
            self.update()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.value != self._at:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Eleven fields."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED)
        p, writing = self.theme.palette, Writing(painter, self.theme)
        high = self.height() - 2 * RING
        base = RING + high / 2 + self.theme.metrics(Role.BODY).capHeight() / 2
        for k in range(LAST + 1):
            rect = QRectF(RING + k * self._pitch, RING, self._pitch - BETWEEN, high).adjusted(0.5, 0.5, -0.5, -0.5)
            chosen = k == self.value
            if self.hasFocus() and k == self._at:
                painter.setPen(QPen(qcolor(p.ink), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(-2.5, -2.5, 2.5, 2.5), 9, 9)
            painter.setPen(QPen(qcolor(p.btn if chosen else p.ctl), 1.0))
            painter.setBrush(qcolor(p.btn if chosen else p.surface))
            painter.drawRoundedRect(rect, 7, 7)
            writing.middle(
                rect.center().x(),
                base,
                f"{k}",
                Role.BODY,
                p.btn_ink if chosen else p.ink,
                weight=Weight.STRONG if chosen else Weight.MEDIUM,
            )
        painter.end()
