"""The views, at the left edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.dashboard.theme.emblem import draw_emblem

WIDTH, NARROW, ITEM, ICON = 92.0, 56.0, 60.0, 22.0


class RailItem(QAbstractButton):
    """Icon and word; icon only where it is narrow."""

    def __init__(self, theme: Theme, word: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._icon, self.narrow = theme, icon, False
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As high as its word needs."""
        side = NARROW if self.narrow else WIDTH
        word = 0.0 if self.narrow else 6 + self.theme.metrics(Role.SMALL).height()
        height = max(NARROW - 8 if self.narrow else ITEM, self.theme.px(ICON) + 16 + word)
        return QSize(round(self.theme.px(side)) - 16, round(height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
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
        ink = qcolor(p.ink if self.isChecked() else p.ink2)
        m, px = self.theme.metrics(Role.SMALL), self.theme.px(ICON)
        high = px if self.narrow else px + 6 + m.height()
        top = rect.center().y() - high / 2
        draw_icon(painter, self._icon, QRectF(rect.center().x() - px / 2, top, px, px), ink)
        if not self.narrow:
            weight = Weight.STRONG if self.isChecked() else Weight.PLAIN
            colour = p.ink if self.isChecked() else p.ink2
            base = top + px + 6 + m.ascent()
            Writing(painter, self.theme).middle(rect.center().x(), base, self.text(), Role.SMALL, colour, weight=weight)
        painter.end()


class Rail(QWidget):
    """Items from top to bottom."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, str, str, bool]], parent: QWidget | None = None) -> None:
        """`rows`: (name, word, icon, at the bottom)."""
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName("Views")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 66, 8, 10)
        self._column.setSpacing(4)
        self.items: dict[str, RailItem] = {}
        for name, word, icon, at_bottom in rows:
            if at_bottom:
                self._column.addStretch(1)
            item = RailItem(theme, word, icon, self)
            item.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self._column.addWidget(item)
            self.items[name] = item
        if not any(at_bottom for *_, at_bottom in rows):
            self._column.addStretch(1)
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        for item in self.items.values():
            item.updateGeometry()
        self.update()

    def narrow(self, *, on: bool) -> None:
        """Icons only, with the word as tooltip."""
        for item in self.items.values():
            item.narrow = on
            item.setToolTip(item.text() if on else "")
        self.setFixedWidth(round(self.theme.px(NARROW if on else WIDTH)))
        self._renew()

    def show_chosen(self, name: str) -> None:
        """Which one is open; none of these, where it has no item."""
        for item in self.items.values():
            item.setAutoExclusive(name in self.items)
            item.setChecked(item is self.items.get(name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark of the program, and the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p = self.theme.palette
        painter.fillRect(self.rect(), qcolor(p.bg))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), qcolor(p.line))
        draw_emblem(painter, p, QPointF(self.width() / 2, 35))
        painter.end()
