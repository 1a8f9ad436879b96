"""One row of a form: label, control, what it means, and what was wrong with what was given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.form.words import Words
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

ABOVE, BELOW = 8, 10


class FormRow(QWidget):
    """Controls stand at the right of the label; below it, where there is no room."""

    def __init__(self, theme: Theme, label: str, means: str, *controls: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.controls = theme, controls
        self.label = Words(theme, label, weight=Weight.MEDIUM)
        self.means = Words(theme, means, Role.SMALL, ink="ink2")
        self.problem = Words(theme, "", Role.SMALL, ink="deep_text", weight=Weight.MEDIUM)
        self.problem.setVisible(False)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(6)
        self._line.addWidget(self.label, 1)
        for control in controls:
            self._line.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, ABOVE, 0, BELOW)
        column.setSpacing(2)
        column.addLayout(self._line)
        column.addWidget(self.means)
        column.addWidget(self.problem)
        self.means.setVisible(bool(means))
        theme.changed.connect(self._renew)

    def say_problem(self, sentence: str) -> None:
        """What was wrong; empty = nothing."""
        self.problem.say(sentence)
        for control in self.controls:
            control.setAccessibleDescription(sentence or self.means.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other."""
        super().resizeEvent(event)
        self._renew()

    def _renew(self) -> None:
        label = self.theme.metrics(Role.BODY, Weight.MEDIUM).horizontalAdvance(self.label.text())
        wanted = label + sum(c.sizeHint().width() + 6 for c in self.controls) + 24
        down = wanted > self.width()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, qcolor(self.theme.palette.line))
        painter.end()
