"""The last fourteen days: worn as an outline, sitting filled, above the limit below the line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_base, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing, hatch
from hipmonitor.ui.dashboard.parts.strip_bars import draw_key
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import Column

LEFT, BELOW, WIDEST = 44.0, 14.0, 34.0
MOST_ABOVE_S = 80 * 60
"""The tallest bar below the line; what is more is in the tooltip."""
DAYTIME_S = 16 * 3600
"""The scale, but where somebody wore it longer."""
KEYS = ("Worn", "Sitting", "Above limit", "In no mean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fortnight:
    """What it shows."""

    columns: tuple[Column, ...]
    day: int
    """The open one."""


class FortnightCard(Card[Fortnight]):
    """A click on a day opens it."""

    day_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Last 14 days", parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def spoken(self, value: Fortnight) -> str:
        """Every day."""
        return f"{'; '.join(column.words for column in value.columns)}."

    def _plot(self) -> QRectF:
        bottom = self.height() - self.theme.metrics(Role.SMALL).height() - 10 - BELOW
        top = head_height(self.theme) + 6
        left = MARGIN + LEFT * self.theme.font_scale
        return QRectF(left, top, self.width() - left - MARGIN, max(10.0, bottom - top))

    def draw(self, painter: QPainter, value: Fortnight) -> None:
        """Scale, columns, names."""
        writing, p, plot = Writing(painter, self.theme), self.theme.palette, self._plot()
        right = self._legend(writing)
        draw_head(writing, "Last 14 days", "", right)
        scale_s = max(DAYTIME_S, *(column.worn_s for column in value.columns))
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(qcolor(p.ctl if share == 0 else p.line), 1.0))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            base = y + self.theme.metrics(Role.SMALL).capHeight() / 2
            writing.right(plot.left() - 8, base, f"{scale_s * share / 3600:.0f} h", Role.SMALL, p.ink2)
        room = plot.width() / len(value.columns)
        free = plot.left() - 8
        for k, column in enumerate(value.columns):
            middle = plot.left() + (k + 0.5) * room
            self._column(painter, column, QRectF(plot), middle, min(WIDEST, 0.62 * room) / 2, scale_s)
            free = self._name(writing, column, middle, free, chosen=column.day == value.day)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 9, 9)

    def _legend(self, writing: Writing) -> float:
        """Where it begins; nowhere in a narrow card."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        need = sum(m.horizontalAdvance(words) + 34 for words in KEYS) - 14
        x = right = self.width() - MARGIN
        x -= need
        if x < MARGIN + writing.width("Last 14 days", Role.BODY, Weight.STRONG) + 14:
            return right
        begin, base = x, head_base(self.theme)
        x += draw_key(writing, x, base, p.ctl, KEYS[0], outline=True)
        x += draw_key(writing, x, base, p.sit, KEYS[1])
        x += draw_key(writing, x, base, p.deep, KEYS[2])
        draw_key(writing, x, base, "", KEYS[3])
        return begin - 14

    def _column(
        self, painter: QPainter, column: Column, plot: QRectF, middle: float, half: float, scale_s: float
    ) -> None:
        p = self.theme.palette
        if not column.recorded:
            return
        tall, sat = (seconds / scale_s * plot.height() for seconds in (column.worn_s, column.sitting_s))
        outline = QRectF(middle - half, plot.bottom() - tall, 2 * half, tall)
        painter.fillRect(outline, qcolor(p.surface if not column.valid else p.inset))
        if not column.valid:
            hatch(painter, outline, p.missing)
        painter.fillRect(QRectF(middle - half, plot.bottom() - sat, 2 * half, sat), qcolor(p.sit))
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(outline)
        deep = min(1.0, column.above_s / MOST_ABOVE_S) * BELOW
        if deep:
            painter.fillRect(QRectF(middle - half, plot.bottom() + 1, 2 * half, max(1.5, deep)), qcolor(p.deep))

    def _name(self, writing: Writing, column: Column, middle: float, free: float, *, chosen: bool) -> float:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        weight = Weight.STRONG if chosen else Weight.PLAIN
        half = writing.width(column.name, Role.SMALL, weight) / 2
        left = min(middle - half, self.width() - MARGIN - 2 * half)
        if left < free + 6 and not chosen:
            return free
        base = self.height() - 10 - m.descent()
        writing.text(left, base, column.name, Role.SMALL, p.ink if chosen else p.ink2, weight=weight)
        return left + 2 * half

    # --- hands ------------------------------------------------------------------------------------------------------
    def _at(self, point: QPointF) -> Column | None:
        plot = self._plot()
        if self.shown is None or not plot.left() <= point.x() < plot.right():
            return None
        return self.shown.columns[int((point.x() - plot.left()) / plot.width() * len(self.shown.columns))]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The day that was clicked."""
        column = self._at(event.position())
        if self.stopped:
            super().mousePressEvent(event)
        elif column is not None:
            self.day_chosen.emit(column.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The day before."""
        if event.key() == Qt.Key.Key_Left and self.shown is not None and not self.stopped:
            self.day_chosen.emit(self.shown.day - 1)
        elif event.key() == Qt.Key.Key_Right and self.shown is not None and not self.stopped:
            self.day_chosen.emit(self.shown.day + 1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tooltip has the numbers."""
        if isinstance(event, QHelpEvent):
            column = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if column is None else column.words, self)
            return True
        return super().event(event)
