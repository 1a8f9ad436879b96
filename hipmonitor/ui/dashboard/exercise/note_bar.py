"""A sentence above the exercises: what is not possible now and what helps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme

PAD, ICON = 12.0, 18.0
WORDS = {"calibrate": "Calibrate", "sensors": "Open Sensors"}


class NoteBar(Card[tuple[str, str]]):
    """(sentence, name of the view that helps, or nothing)."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "About exercises now", parent)
        self.button = Button(theme, "", parent=self)
        self.button.clicked.connect(lambda: self.asked.emit(self.shown[1] if self.shown else ""))

    def spoken(self, value: tuple[str, str]) -> str:
        """The sentence."""
        return value[0]

    def show_value(self, value: tuple[str, str]) -> None:
        """And the button."""
        super().show_value(value)
        self.button.say(WORDS.get(value[1], ""))
        self.button.setVisible(bool(value[1]))
        self.arrange()

    @property
    def _button_width(self) -> float:
        return self.button.sizeHint().width() + 6 if self.shown is not None and self.shown[1] else 0.0

    def _text_left(self) -> float:
        return PAD + 4 + self.theme.px(ICON) + 8

    def least_height(self, width: float) -> float:
        """As many lines as the sentence takes."""
        if self.shown is None:
            return 0.0
        room = width - self._text_left() - PAD - self._button_width
        text = paragraph_height(self.theme, self.shown[0], room, Role.BODY)
        return max(text, self.button.sizeHint().height() - 8 if self.shown[1] else 0.0) + 2 * PAD

    def arrange(self) -> None:
        """The button at the right."""
        size = self.button.sizeHint()
        self.button.setGeometry(
            round(self.width() - PAD - size.width()),
            round((self.height() - size.height()) / 2),
            size.width(),
            size.height(),
        )

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Another size."""
        self.arrange()

    def draw(self, painter: QPainter, value: tuple[str, str]) -> None:
        """Icon, sentence."""
        p, left = self.theme.palette, self._text_left()
        room = self.width() - left - PAD - self._button_width
        high = paragraph_height(self.theme, value[0], room, Role.BODY)
        top = (self.height() - high) / 2
        base = top + self.theme.metrics(Role.BODY).ascent()
        Writing(painter, self.theme).icon(PAD + 4, base, "hold", self.theme.px(ICON), p.ink2, Role.BODY)
        draw_paragraph(painter, self.theme, QRectF(left, top, room, high + 4), value[0], Role.BODY, p.ink)
