"""Alerts of a day and what followed, always as lived. More than fit are reached by the wheel or the arrows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing, draw_mark
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import AlertRow

TITLE, SHORT_TITLE = "Alerts and what followed", "Alerts"
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -3, Qt.Key.Key_PageDown: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertList:
    """What it shows."""

    rows: tuple[AlertRow, ...]
    said: str
    """2 alerts, 6 notices."""


class AlertsCard(Card[AlertList]):
    """Newest last."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, TITLE, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.first = 0

    def show_value(self, value: AlertList) -> None:
        """From its beginning."""
        if value != self.shown:
            self.first = 0
        super().show_value(value)

    def spoken(self, value: AlertList) -> str:
        """Every row."""
        rows = (f"{row.clock} {row.title}, {row.followed}" for row in value.rows)
        return f"{value.said}. {'; '.join(rows)}."

    def _row_height(self) -> float:
        m = self.theme.metrics
        return m(Role.BODY).height() + m(Role.SMALL).height() + 12

    def _fitting(self) -> int:
        return max(1, int((self.height() - head_height(self.theme) - 6) / self._row_height()))

    def draw(self, painter: QPainter, value: AlertList) -> None:
        """As many as fit, and how many there are besides."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics
        right = self.width() - MARGIN
        rows = value.rows[self.first : self.first + self._fitting()]
        more = len(value.rows) - len(rows)
        said = f"{self.first + 1}-{self.first + len(rows)} of {len(value.rows)}" if more else value.said
        room = right - MARGIN - 14 - writing.width(said, Role.SMALL)
        title = TITLE if writing.width(TITLE, Role.BODY, Weight.STRONG) <= room else SHORT_TITLE
        draw_head(writing, title, "", right, at_right=said)
        top = head_height(self.theme)
        if not rows:
            writing.text(MARGIN, top + m(Role.BODY).height(), "None on this day.", Role.BODY, p.ink2)
        for k, row in enumerate(rows):
            self._row(writing, row, top + k * self._row_height())
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 9, 9)

    def _row(self, writing: Writing, row: AlertRow, top: float) -> None:
        p, m, right = self.theme.palette, self.theme.metrics, self.width() - MARGIN
        writing.painter.setPen(QPen(qcolor(p.line), 1.0))
        writing.painter.drawLine(QLineF(MARGIN, top, right, top))
        base = top + 6 + m(Role.BODY).ascent()
        x = MARGIN + writing.text(MARGIN, base, row.clock, Role.BODY, p.ink2) + 18
        draw_mark(writing.painter, p, x, base - m(Role.BODY).capHeight() / 2, row.level, hollow=not row.told)
        x += 18
        writing.text(x, base, row.title, Role.BODY, p.ink, room=right - x, weight=Weight.MEDIUM)
        base += m(Role.SMALL).height()
        writing.text(x, base, row.followed, Role.SMALL, p.ink2, room=right - x)

    # --- more than fit ----------------------------------------------------------------------------------------------
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A row a notch; the page scrolls where all of them are seen."""
        if self.shown is None or len(self.shown.rows) <= self._fitting():
            event.ignore()
        else:
            self._move(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down, pages."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or self.stopped:
            super().keyPressEvent(event)
        else:
            self._move(step)

    def _move(self, rows: int) -> None:
        count = 0 if self.shown is None else len(self.shown.rows)
        self.first = min(max(0, count - self._fitting()), max(0, self.first + rows))
        self.update()
