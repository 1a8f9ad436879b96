"""What becomes of the monitoring when the window is closed."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from hipmonitor.ui.dashboard.parts import Button, Look
from hipmonitor.ui.dashboard.theme import Role, Theme

TICK = 16.0
"""Of the box of a check box, in px at 100 %."""


class Closing(StrEnum):
    """The three answers."""

    KEEP = "keep"
    """`hipmonitor monitor` goes on in the background."""
    STOP = "stop"
    CANCEL = "cancel"


class Ticks(QProxyStyle):
    """Check boxes that grow with the letters."""

    def __init__(self, size_px: int, parent: QWidget) -> None:
        super().__init__("Fusion")
        self.setParent(parent)
        self._size_px = size_px

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Only theirs is another."""
        box = {QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight}
        return self._size_px if metric in box else super().pixelMetric(metric, option, widget)


class ClosingQuestion(QDialog):
    """Asks once; the only window that waits for an answer."""

    def __init__(self, theme: Theme, no_keeping: str, parent: QWidget | None = None) -> None:
        """`no_keeping`: why monitoring cannot go on without the window; empty where it can."""
        super().__init__(parent)
        self.answer = Closing.CANCEL
        self.setWindowTitle("Close hipmonitor")
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        title = QLabel("Close the window?")
        title.setFont(theme.font(Role.TITLE))
        words = QLabel(
            "Keep monitoring: sitting time and alerts go on without the window.\nStop and close: the recording is ended whole."
        )
        words.setFont(theme.font(Role.BODY))
        self.always = QCheckBox("Do this always")
        self.always.setFont(theme.font(Role.BODY))
        self.always.setStyle(Ticks(round(theme.px(TICK)), self.always))
        for widget in (title, words, self.always):
            column.addWidget(widget)
        self.buttons = {
            Closing.CANCEL: Button(theme, "Cancel"),
            Closing.STOP: Button(theme, "Stop and close", look=Look.PRIMARY if no_keeping else Look.PLAIN),
            Closing.KEEP: Button(theme, "Keep monitoring", look=Look.PLAIN if no_keeping else Look.PRIMARY),
        }
        self.buttons[Closing.KEEP].refuse(no_keeping)
        row = QHBoxLayout()
        row.addStretch(1)
        for answer, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, answer=answer: self._answered(answer))
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)

    def _answered(self, answer: Closing) -> None:
        self.answer = answer
        self.accept()


def ask(theme: Theme, no_keeping: str, parent: QWidget) -> tuple[Closing, bool]:
    """The answer, and whether it is to be the answer from now on."""
    question = ClosingQuestion(theme, no_keeping, parent)
    question.exec()
    return question.answer, question.always.isChecked()
