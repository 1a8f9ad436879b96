"""A page of the view with a form on it: one card that is never wider than it can be read, and its buttons at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from hipmonitor.ui.dashboard.form import Panel, Words
from hipmonitor.ui.dashboard.parts import Button, Look, flush_left
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight

WIDTH, LEAST_BESIDE, SIDE, GAP = 680.0, 340.0, 20, 14


class FormPage(QWidget):
    """Subclasses fill `column`; `left` says that it is done with."""

    left = Signal()

    def __init__(self, theme: Theme, title: str, means: str) -> None:
        super().__init__()
        self.theme = theme
        self.panel = Panel(theme, spacing=6)
        self.column = self.panel.column
        self.title = Words(theme, title, Role.TITLE)
        self.means = Words(theme, means, Role.SMALL, ink="ink2")
        self.problem = Words(theme, "", Role.SMALL, ink="deep_text", weight=Weight.MEDIUM)
        self.problem.setVisible(False)
        self.column.addWidget(self.title)
        self.column.addWidget(self.means)
        self.column.addSpacing(6)
        self.keep, self.leave = Button(theme, "Keep", look=Look.PRIMARY), Button(theme, "Cancel")
        self.leave.clicked.connect(self.left)
        self.panel.setParent(self)
        self.beside: list[Panel] = []
        """At the right of the form; below it where there is no room."""

    def close_form(self, *more: QWidget) -> None:
        """The problem, then the buttons; `more` stand at the left."""
        self.column.addSpacing(8)
        self.column.addWidget(self.problem)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (*more, self.leave, self.keep):
            foot.addWidget(button)
        foot.addStretch(1)
        self.column.addLayout(flush_left(foot))

    def say_problem(self, sentence: str) -> None:
        """Why it could not be kept."""
        self.problem.say(sentence)
        self.keep.setAccessibleDescription(sentence)

    def wanted(self, width: int) -> int:
        """Place the panels at this width of the view; how high that is."""
        room = width - 2 * SIDE
        form = min(room, round(self.theme.px(WIDTH)))
        right = room - form - GAP
        apart = bool(self.beside) and right >= self.theme.px(LEAST_BESIDE)
        end = self._stack([self.panel], SIDE, form)
        if apart:
            return max(end, self._stack(self.beside, SIDE + form + GAP, min(right, form)))
        return self._stack([self.panel, *self.beside], SIDE, form)

    def _stack(self, panels: Sequence[Panel], x: int, width: int) -> int:
        y = 0
        for panel in panels:
            if not panel.isHidden():
                high = panel.heightForWidth(width)
                panel.setGeometry(x, y, width, high)
                y += high + GAP
        return y
