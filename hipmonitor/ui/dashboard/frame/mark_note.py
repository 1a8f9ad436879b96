"""A few words to a mark that was just made: typed in the top bar while everything goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.form import TextField
from hipmonitor.ui.dashboard.theme import Theme

ASKED = "Marked. A note, if you like: Enter keeps it, Esc leaves it."
MOST_LETTERS = 200
LEAST_PX, MOST_PX = 120, 16_777_215


class MarkNote(TextField):
    """Hidden until a mark is made. Enter, or leaving the field, keeps what was typed; Esc leaves the mark without a note."""

    kept = Signal(object, str)
    """The mark's instant, and the note."""
    left = Signal()
    """With a note or without."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Note to the mark", parent=parent)
        self._made_at = HostNs(0)
        self.setMaxLength(MOST_LETTERS)
        self.setPlaceholderText(ASKED)
        self.setToolTip(ASKED)
        self.setAccessibleDescription(ASKED)
        self.hide()

    def _renew(self) -> None:
        """As wide as the bar has room for."""
        super()._renew()
        self.setMinimumWidth(LEAST_PX)
        self.setMaximumWidth(MOST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def ask(self, made_at: HostNs) -> None:
        """About the mark of that instant."""
        self._made_at = made_at
        self.show_text("")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self, *, keep: bool) -> None:
        """No longer; what was typed is kept, or not."""
        if self.isHidden():
            return
        words = self.text().strip()
        self.show_text("")
        self.hide()
        if keep and words:
            self.kept.emit(self._made_at, words)
        self.left.emit()

    def _give(self) -> None:
        """Enter, and another place that has the focus now."""
        self.leave(keep=True)

    def event(self, event: QEvent) -> bool:
        """Esc is this field's, as long as it is here."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() is QEvent.Type.ShortcutOverride and key == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the mark as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave(keep=False)
        else:
            super().keyPressEvent(event)
