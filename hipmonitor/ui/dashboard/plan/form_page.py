"""A page of the view with a form on it: one card that is never wider than it can be read, and its buttons at the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.form import Panel, Words
from hipmonitor.ui.dashboard.parts import Button, Look, flush_left
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight

WIDTH, SIDE, GAP = 680.0, 20, 14


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
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(SIDE, 0, SIDE, GAP)
        self.outer.setSpacing(GAP)
        self.outer.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)

    def close_form(self, *more: QWidget) -> None:
        """The problem, then the buttons; `more` stand at the left."""
        self.column.addSpacing(8)
        self.column.addWidget(self.problem)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (*more, self.leave, self.keep):
            foot.addWidget(button)
        foot.addStretch(1)
        self.column.addLayout(flush_left(foot))
        self.outer.addStretch(1)

    def say_problem(self, sentence: str) -> None:
        """Why it could not be kept."""
        self.problem.say(sentence)
        self.keep.setAccessibleDescription(sentence)

    def wanted(self, width: int) -> int:
        """Its height at this width of the view."""
        room = min(width - 2 * SIDE, round(self.theme.px(WIDTH)))
        high = 0
        for panel in self.findChildren(Panel, options=Qt.FindChildOption.FindDirectChildrenOnly):
            panel.setFixedWidth(room)
            panel.setFixedHeight(panel.heightForWidth(room))
            high += panel.height() + GAP if not panel.isHidden() else 0
        return high + GAP
