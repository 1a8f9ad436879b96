"""A tinted note below the list, with what can be pressed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Card
from hipmonitor.ui.dashboard.parts.card import RADIUS
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.view_model.sensor_notes import Note, NoteKind

SIDE, ICON = 18.0, 22.0
ICONS = {NoteKind.TROUBLE: "gap", NoteKind.HINT: "search", NoteKind.BATTERY: "battery_low", NoteKind.ASK: "sensors"}


class NoteCard(Card[Note]):
    """One at a time."""

    framed = False
    pressed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Note", parent)
        self.buttons: list[Button] = []

    def show_value(self, value: Note) -> None:
        """Other buttons where they are others."""
        words = [button.text() for button in self.buttons]
        if list(value.buttons) != words:
            for button in self.buttons:
                button.deleteLater()
            self.buttons = [Button(self.theme, word, parent=self) for word in value.buttons]
            for number, button in enumerate(self.buttons):
                button.clicked.connect(partial(self._press, number))
                button.show()
        super().show_value(value)
        self.resizeEvent(None)

    def _press(self, number: int) -> None:
        self.pressed.emit(number)

    def spoken(self, value: Note) -> str:
        """In words."""
        return f"{value.title} {value.text}"

    def _text_room(self, width: float) -> float:
        return width - 2 * SIDE - self.theme.px(ICON) - 14

    def height_for(self, width: float) -> float:
        """As high as its text and buttons."""
        if self.shown is None:
            return 0.0
        room = self._text_room(width)
        text = paragraph_height(self.theme, self.shown.title, room, Role.BODY, Weight.STRONG)
        text += paragraph_height(self.theme, self.shown.text, room, Role.SMALL)
        buttons = self.buttons[0].sizeHint().height() + 8 if self.buttons else 0
        return text + buttons + 28

    def resizeEvent(self, _event: object) -> None:
        """Buttons below the text."""
        x = SIDE + self.theme.px(ICON) + 10
        for button in self.buttons:
            size = button.sizeHint()
            button.setGeometry(round(x), self.height() - size.height() - 8, size.width(), size.height())
            x += size.width() + 4

    def draw(self, painter: QPainter, value: Note) -> None:
        """Ground, icon, title, text."""
        p = self.theme.palette
        amber = value.kind is NoteKind.BATTERY
        painter.setPen(QPen(qcolor(p.notice_edge if amber else p.ctl), 1.0))
        painter.setBrush(qcolor(p.notice_tint if amber else p.inset))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        size, room = self.theme.px(ICON), self._text_room(self.width())
        draw_icon(painter, ICONS[value.kind], QRectF(SIDE, 14, size, size), qcolor(p.notice_text if amber else p.ink))
        place = QRectF(SIDE + size + 14, 13, room, self.height())
        place.translate(0, draw_paragraph(painter, self.theme, place, value.title, Role.BODY, p.ink, Weight.STRONG))
        draw_paragraph(painter, self.theme, place, value.text, Role.SMALL, p.ink)
