"""Seven days as strips under one axis. A click, or Enter on the chosen row, opens the day."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_base, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.strip_bars import LANE, draw_bars, draw_lane, draw_legend, legend_width
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import WeekLook, WeekRow
from hipmonitor.ui.view_model.history.week_look import WEEK_HEADS

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
TALLEST = 56.0


class WeekCard(Card[WeekLook]):
    """Name, strip, figures."""

    day_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Week", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.row: int | None = None
        """Chosen by keys."""

    def spoken(self, value: WeekLook) -> str:
        """Every day."""
        return value.spoken

    def least_height(self) -> float:
        """Seven rows that can be read."""
        m = self.theme.metrics(Role.SMALL)
        return head_height(self.theme) + 7 * (2 * m.height() + 10) + 3 * m.height() + 20

    # --- places -----------------------------------------------------------------------------------------------------
    def _top(self) -> float:
        return head_height(self.theme) + self.theme.metrics(Role.SMALL).height() + 6

    def _each(self) -> float:
        return (self.height() - self._top() - self.theme.metrics(Role.SMALL).height() - 18) / 7

    def _widths(self) -> list[float]:
        m = self.theme.metrics(Role.SMALL)
        return [max(m.horizontalAdvance(head), m.horizontalAdvance("00:00")) + 18 for head in WEEK_HEADS]

    def _span(self) -> tuple[float, float]:
        """Left and right of the strips."""
        left = MARGIN + self.theme.metrics(Role.SMALL, Weight.STRONG).horizontalAdvance("Wed 00 Mar") + 14
        return left, self.width() - MARGIN - sum(self._widths())

    # --- picture ----------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: WeekLook) -> None:
        """Head, axis, rows, means."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.SMALL)
        right = self.width() - MARGIN
        if right - legend_width(self.theme) > MARGIN + 160 * self.theme.font_scale:
            right -= legend_width(self.theme)
            draw_legend(writing, right + 16, head_base(self.theme))
        draw_head(writing, "Seven days", "taller means more upright; click a day to open it", right)
        self._axis(writing, value)
        for k, row in enumerate(value.rows):
            self._row(writing, row, self._top() + k * self._each(), chosen=self.hasFocus() and k == self.row)
        base = self.height() - 10 - m.descent()
        writing.text(MARGIN, base, value.mean, Role.SMALL, p.ink, room=self.width() - 2 * MARGIN, weight=Weight.MEDIUM)

    def _axis(self, writing: Writing, value: WeekLook) -> None:
        p, m, (left, right) = self.theme.palette, self.theme.metrics(Role.SMALL), self._span()
        base, free = self._top() - 4, left - 1
        for at, words in value.rows[0].bars.ticks[::3]:
            x, width = left + at * (right - left), m.horizontalAdvance(words)
            start = min(max(left, x - width / 2), right - width)
            if start > free:
                writing.text(start, base, words, Role.SMALL, p.ink2)
                free = start + width + 8
        end = right
        for head, width in zip(WEEK_HEADS, self._widths(), strict=True):
            end += width
            writing.right(end, base, head, Role.SMALL, p.ink2)

    def _row(self, writing: Writing, row: WeekRow, top: float, *, chosen: bool) -> None:
        p, m, (left, right) = self.theme.palette, self.theme.metrics(Role.SMALL), self._span()
        painter, each = writing.painter, self._each()
        painter.setPen(QPen(qcolor(p.line), 1.0))
        painter.drawLine(QLineF(MARGIN, top, self.width() - MARGIN, top))
        tall = min(TALLEST, each - LANE - 8)
        strip = QRectF(left, top + (each - LANE - tall) / 2, right - left, tall)
        middle = strip.center().y() + m.capHeight() / 2
        name = middle - (m.height() / 2 if row.note else 0)
        writing.text(MARGIN, name, row.name, Role.SMALL, p.ink, weight=Weight.STRONG)
        if not row.recorded:
            writing.text(left, middle, "nothing recorded", Role.SMALL, p.ink2)
        else:
            painter.fillRect(strip, qcolor(p.inset))
            draw_bars(painter, p, row.bars.bars, strip)
            painter.setPen(QPen(qcolor(p.ctl), 1.0, Qt.PenStyle.SolidLine if row.valid else Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(strip.bottomLeft(), strip.bottomRight()))
            draw_lane(painter, p, row.bars.above, strip)
        self._values(writing, row, right, name)
        if row.note:
            x = right + 12
            writing.text(x, middle + m.height() / 2, row.note, Role.SMALL, p.ink2, room=self.width() - MARGIN - x)
        if chosen:
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(MARGIN - 8, top + 1, self.width() - 2 * MARGIN + 16, each - 2), 6, 6)

    def _values(self, writing: Writing, row: WeekRow, right: float, base: float) -> None:
        p = self.theme.palette
        for text, width in zip(row.values, self._widths(), strict=False):
            right += width
            writing.right(right, base, text, Role.SMALL, p.ink if row.valid else p.ink2)

    # --- hands ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The day that was clicked."""
        k = int((event.position().y() - self._top()) // self._each())
        if self.stopped or self.shown is None:
            super().mousePressEvent(event)
        elif 0 <= k < len(self.shown.rows):
            self.day_chosen.emit(self.shown.rows[k].day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose, Enter opens."""
        key = Qt.Key(event.key())
        if self.stopped or self.shown is None:
            super().keyPressEvent(event)
        elif key in STEPS:
            last = len(self.shown.rows) - 1
            self.row = last if self.row is None else min(last, max(0, self.row + STEPS[key]))
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.row is not None:
            self.day_chosen.emit(self.shown.rows[self.row].day)
        else:
            super().keyPressEvent(event)
