"""What stands in the place of the cards: nothing kept yet, nothing recorded, being read, or why it could not be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Card, Look, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

LINE, WIDEST = 4.0, 420.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A title, a sentence, and what can be done."""

    title: str
    sentence: str = ""
    action: str = ""
    share: float | None = None
    """How far it is, where something goes on."""


class NoticeCard(Card[Notice]):
    """One button at most."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, name: str = "About the history") -> None:
        super().__init__(theme, name, parent)
        self.button = Button(theme, "", look=Look.PRIMARY, parent=self)

    def spoken(self, value: Notice) -> str:
        """Both."""
        return f"{value.title} {value.sentence}".strip()

    def show_value(self, value: Notice) -> None:
        """And the button."""
        super().show_value(value)
        self.button.say(value.action)
        self.button.setVisible(bool(value.action))
        self._put()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The button stays in the middle."""
        self._put()

    def _middle(self) -> float:
        return min(self.height() * 0.42, 260 * self.theme.font_scale)

    def _put(self) -> None:
        size = self.button.sizeHint()
        m = self.theme.metrics
        y = self._middle() + m(Role.TITLE).height() + 2 * m(Role.BODY).height() + 16
        self.button.setGeometry(round((self.width() - size.width()) / 2), round(y), size.width(), size.height())

    def draw(self, painter: QPainter, value: Notice) -> None:
        """In the middle, a sentence in as many lines as it takes."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics
        y = self._middle()
        writing.middle(self.width() / 2, y, value.title, Role.TITLE, p.ink, weight=Weight.STRONG)
        room = min(self.width() - 40.0, 640.0 * self.theme.font_scale)
        rect = QRectF((self.width() - room) / 2, y + 10, room, 3 * m(Role.BODY).height())
        painter.setFont(self.theme.font(Role.BODY))
        painter.setPen(qcolor(p.ink2))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), value.sentence)
        if value.share is not None:
            self._line(painter, value.share, y - m(Role.TITLE).height() - 14)

    def _line(self, painter: QPainter, share: float, y: float) -> None:
        p, wide = self.theme.palette, min(WIDEST, self.width() - 40.0)
        left = (self.width() - wide) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.line))
        painter.drawRoundedRect(QRectF(left, y, wide, LINE), 2, 2)
        painter.setBrush(qcolor(p.ink))
        painter.drawRoundedRect(QRectF(left, y, wide * share, LINE), 2, 2)
