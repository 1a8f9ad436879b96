"""A line of text that is given when Enter is pressed or the field is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from hipmonitor.ui.dashboard.theme import Role, Theme

HEIGHT = 36.0


class TextField(QLineEdit):
    """`given` comes once for every text."""

    given = Signal(str)

    def __init__(self, theme: Theme, name: str, *, letters: int = 18, parent: QWidget | None = None) -> None:
        """`letters`: how many there is room for."""
        super().__init__(parent)
        self.theme, self._letters, self._given = theme, letters, ""
        self.setAccessibleName(name)
        self.returnPressed.connect(self._give)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        p, theme = self.theme.palette, self.theme
        self.setFont(theme.font(Role.BODY))
        side = round(theme.px(10))
        self.setStyleSheet(
            f"QLineEdit {{ color: {p.ink}; background: {p.inset}; border: 1px solid {p.ctl}; border-radius: 8px;"
            f" padding: 0 {side}px; selection-background-color: {p.btn}; selection-color: {p.btn_ink}; }}"
            f" QLineEdit:focus {{ border: 2px solid {p.ink}; }}"
        )
        self.setFixedHeight(round(theme.px(HEIGHT)))
        self.setFixedWidth(round(theme.metrics(Role.BODY).horizontalAdvance("0") * self._letters) + 2 * side + 6)

    def show_text(self, text: str) -> None:
        """What is set now."""
        self._given = text
        if self.text() != text:
            self.setText(text)

    def _give(self) -> None:
        if self.text() != self._given:
            self._given = self.text()
            self.given.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field gives it, too."""
        super().focusOutEvent(event)
        self._give()
