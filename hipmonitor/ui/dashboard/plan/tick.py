"""A box to tick, with its words beside it in as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Pressable
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, draw_icon, qcolor

BOX, LEAST = 20.0, 32.0


class Tick(Pressable):
    """Space, Enter or a click."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def _words_x(self) -> float:
        return FOCUS_ROOM + self.theme.px(BOX) + 10

    def heightForWidth(self, width: int) -> int:
        """At least as high as a finger needs."""
        words = paragraph_height(self.theme, self.text(), width - self._words_x(), Role.BODY)
        return round(max(self.theme.px(LEAST), words + 10))

    def sizeHint(self) -> QSize:
        """In one line."""
        wide = self._words_x() + self.theme.metrics(Role.BODY).horizontalAdvance(self.text()) + 4
        return QSize(round(wide), round(self.theme.px(LEAST)))

    def minimumSizeHint(self) -> QSize:
        """Its words may wrap."""
        return QSize(160, round(self.theme.px(LEAST)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, px, on = self.theme.palette, self.theme.px(BOX), self.isChecked()
        box = QRectF(FOCUS_ROOM, (self.height() - px) / 2, px, px)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        painter.setPen(QPen(qcolor(p.btn if on else p.ctl), 1.2))
        painter.setBrush(qcolor(p.btn if on else p.inset))
        painter.drawRoundedRect(box, 5, 5)
        if on:
            draw_icon(painter, "check", box.adjusted(2, 2, -2, -2), qcolor(p.btn_ink))
        room = self.width() - self._words_x()
        high = paragraph_height(self.theme, self.text(), room, Role.BODY)
        place = QRectF(self._words_x(), (self.height() - high) / 2, room, high + 2)
        draw_paragraph(painter, self.theme, place, self.text(), Role.BODY, p.ink)
        painter.end()
