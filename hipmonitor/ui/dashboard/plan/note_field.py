"""A note of some lines; Tab leaves it."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hipmonitor.core.programme import LONGEST_NOTE
from hipmonitor.ui.dashboard.theme import Role, Theme

LINES = 3


class NoteField(QPlainTextEdit):
    """As wide as there is room for."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._shorten)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        p, side = self.theme.palette, round(self.theme.px(8))
        self.setFont(self.theme.font(Role.BODY))
        self.setStyleSheet(
            f"QPlainTextEdit {{ color: {p.ink}; background: {p.inset}; border: 1px solid {p.ctl}; border-radius: 8px;"
            f" padding: 4px {side}px; selection-background-color: {p.btn}; selection-color: {p.btn_ink}; }}"
            f" QPlainTextEdit:focus {{ border: 2px solid {p.ink}; }}"
        )
        self.setFixedHeight(round(LINES * self.theme.metrics(Role.BODY).lineSpacing()) + 26)

    def _shorten(self) -> None:
        """What is beyond the longest note is not taken."""
        if len(self.toPlainText()) > LONGEST_NOTE:
            self.setPlainText(self.toPlainText()[:LONGEST_NOTE])

    @property
    def note(self) -> str:
        """What was written."""
        return self.toPlainText().strip()
