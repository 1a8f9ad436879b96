"""The sections of the settings, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.parts import PickItem
from hipmonitor.ui.dashboard.theme import Theme

HEIGHT = 40.0
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionItem(PickItem):
    """One of them."""

    def sizeHint(self) -> QSize:
        """A line with room for a finger."""
        return QSize(120, round(self.theme.px(HEIGHT)))


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
