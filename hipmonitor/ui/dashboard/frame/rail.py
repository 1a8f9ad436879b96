"""The views, at the left edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import PickItem, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.dashboard.theme.emblem import draw_emblem

WIDTH, NARROW, ITEM, ICON = 92.0, 56.0, 60.0, 22.0
SIDES = 16


class RailItem(PickItem):
    """Icon and word; icon only where it is narrow."""

    def __init__(self, theme: Theme, word: str, icon: str, parent: QWidget) -> None:
        super().__init__(theme, word, parent)
        self._icon, self.narrow = icon, False

    def sizeHint(self) -> QSize:
        """As high as its word needs."""
        word = 0.0 if self.narrow else 6 + self.theme.metrics(Role.SMALL).height()
        height = max(NARROW - 8 if self.narrow else ITEM, self.theme.px(ICON) + 16 + word)
        return QSize(round(self.least_width()), round(height))

    def least_width(self) -> float:
        """With room for its word, also when that is strong."""
        if self.narrow:
            return self.theme.px(NARROW) - SIDES
        word = self.theme.metrics(Role.SMALL, Weight.STRONG).horizontalAdvance(self.text())
        return max(self.theme.px(WIDTH) - SIDES, word + 10)

    def draw_word(self, writing: Writing, rect: QRectF) -> None:
        """The icon above its word."""
        m, px = self.theme.metrics(Role.SMALL), self.theme.px(ICON)
        high = px if self.narrow else px + 6 + m.height()
        top, middle = rect.center().y() - high / 2, rect.center().x()
        draw_icon(writing.painter, self._icon, QRectF(middle - px / 2, top, px, px), qcolor(self.ink))
        if not self.narrow:
            base = top + px + 6 + m.ascent()
            writing.middle(middle, base, self.text(), Role.SMALL, self.ink, weight=self.weight)


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
        self.setFixedWidth(round(max(item.least_width() for item in self.items.values())) + SIDES)
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
