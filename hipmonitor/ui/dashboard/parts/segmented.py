"""One of a few, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

HEIGHT, SIDE, ROOM = 28.0, 14.0, 4


class Segmented(QWidget):
    """Arrows and clicks choose."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._words, self._name, self.index = theme, tuple(words), name, 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words[self.index]}")

    def choose(self, index: int) -> None:
        """Choose one; says so when it is another."""
        index = min(len(self._words) - 1, max(0, index))
        if index != self.index:
            self.index = index
            self._tell()
            self.update()
            self.chosen.emit(index)

    def _widths(self) -> list[float]:
        metrics = self.theme.metrics(Role.SMALL, Weight.STRONG)
        return [metrics.horizontalAdvance(word) + 2 * self.theme.px(SIDE) for word in self._words]

    def _shares(self) -> list[float]:
        """The widths that they have here: less than they want where there is less."""
        wanted = self._widths()
        less = min(1.0, (self.width() - 2 * ROOM) / sum(wanted))
        return [width * less for width in wanted]

    def sizeHint(self) -> QSize:
        """As large as its words."""
        return QSize(round(sum(self._widths())) + 2 * ROOM, round(self.theme.px(HEIGHT)) + 2 * ROOM)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        x = event.position().x() - ROOM
        for index, width in enumerate(self._shares()):
            if x < width:
                self.choose(index)
                return
            x -= width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The neighbour."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.choose(self.index + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, writing = self.theme.palette, Writing(painter, self.theme)
        rect = QRectF(ROOM, ROOM, sum(self._shares()), self.height() - 2 * ROOM).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 9, 9)
        outline = QPainterPath()
        outline.addRoundedRect(rect, 6, 6)
        painter.fillPath(outline, qcolor(p.surface))
        painter.save()
        painter.setClipPath(outline)
        x = rect.left()
        base = rect.center().y() + self.theme.metrics(Role.SMALL).capHeight() / 2
        for index, (word, width) in enumerate(zip(self._words, self._shares(), strict=True)):
            chosen = index == self.index
            if chosen:
                painter.fillRect(QRectF(x, rect.top(), width, rect.height()), qcolor(p.btn))
            elif index and index != self.index + 1:
                painter.fillRect(QRectF(x, rect.top(), 1, rect.height()), qcolor(p.line))
            weight = Weight.STRONG if chosen else Weight.PLAIN
            wide = min(width - 2, writing.width(word, Role.SMALL, weight))
            ink = p.btn_ink if chosen else p.ink
            writing.text(x + (width - wide) / 2, base, word, Role.SMALL, ink, weight=weight, room=width - 2)
            x += width
        painter.restore()
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        painter.end()
