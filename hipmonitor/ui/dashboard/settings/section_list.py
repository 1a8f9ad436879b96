"""The sections of the settings, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

HEIGHT = 40.0
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionItem(QAbstractButton):
    """One of them."""

    def __init__(self, theme: Theme, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """A line with room for a finger."""
        return QSize(120, round(self.theme.px(HEIGHT)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it as well as Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As an item of the rail, without an icon."""
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
        weight = Weight.STRONG if self.isChecked() else Weight.PLAIN
        base = rect.center().y() + self.theme.metrics(Role.BODY).capHeight() / 2
        ink = p.ink if self.isChecked() else p.ink2
        room = rect.width() - 24
        Writing(painter, self.theme).text(rect.left() + 14, base, self.text(), Role.BODY, ink, weight=weight, room=room)
        painter.end()


class SectionList(QWidget):
    """`chosen` says the word."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sections")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.items: dict[str, SectionItem] = {}
        for word in words:
            item = SectionItem(theme, word, self)
            item.clicked.connect(lambda _on=False, word=word: self.chosen.emit(word))
            column.addWidget(item)
            self.items[word] = item
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        for item in self.items.values():
            item.updateGeometry()
            item.update()

    def show_chosen(self, word: str) -> None:
        """Which one is open."""
        self.items[word].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour."""
        key = Qt.Key(event.key())
        items = list(self.items.values())
        focused = next((k for k, item in enumerate(items) if item.hasFocus()), None)
        if key in STEPS and focused is not None:
            items[(focused + STEPS[key]) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
