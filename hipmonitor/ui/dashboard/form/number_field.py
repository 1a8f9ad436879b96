"""A number with its unit: typed, or stepped with the buttons or the arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hipmonitor.ui.dashboard.form.text_field import TextField
from hipmonitor.ui.dashboard.form.words import Words
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.theme import Role, Theme

LETTERS = 6
LONGEST_UNIT = "min"
KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class NumberField(QWidget):
    """Whoever takes what is given judges it: a field knows no range."""

    given = Signal(str)

    def __init__(self, theme: Theme, name: str, unit: str, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self.field = TextField(theme, f"{name}, {unit}" if unit else name, letters=LETTERS)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.given.connect(self.given)
        self.less, self.more = Button(theme, "\u2212"), Button(theme, "+")
        self.less.setAccessibleName(f"{name}: less")
        self.more.setAccessibleName(f"{name}: more")
        for button, way in ((self.less, -1), (self.more, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, way=way: self.by(way))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.less, self.field, self.more):
            row.addWidget(widget)
        row.addSpacing(4)
        self._theme, self._unit = theme, Words(theme, unit, ink="ink2", wraps=False)
        row.addWidget(self._unit)
        theme.changed.connect(self._renew)
        self._renew()
        self.setFocusProxy(self.field)

    def _renew(self) -> None:
        """Fields stand below each other, whatever their units."""
        self._unit.setFixedWidth(round(self._theme.metrics(Role.BODY).horizontalAdvance(LONGEST_UNIT)))

    def by(self, way: int) -> None:
        """One step, onto whole steps."""
        try:
            now = float(self.field.text().replace(",", "."))
        except ValueError:
            return
        steps = now / self._step
        whole = (
            round(steps) if abs(steps - round(steps)) < 1e-9 else (int(steps // 1) if way > 0 else int(-(-steps // 1)))
        )
        self.field.setText(f"{(whole + way) * self._step:g}")
        self.field.returnPressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down."""
        if Qt.Key(event.key()) in KEYS:
            self.by(KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
