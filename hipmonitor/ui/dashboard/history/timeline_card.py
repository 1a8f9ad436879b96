"""The day, hour by hour. An hour is chosen by a click or the arrows, and opened below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_base, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing, draw_mark
from hipmonitor.ui.dashboard.parts.strip_bars import LANE, draw_bars, draw_lane, draw_legend, legend_width
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import HOUR_MIN, DayBars

MARKS = 18.0
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What it shows."""

    bars: DayBars
    hour: int | None
    """The chosen one."""
    empty: str
    """What stands in it where nothing was worn."""
    spoken: str


class TimelineCard(Card[Timeline]):
    """Bars by height, lane above the limit, marks on top."""

    hour_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Day, hour by hour", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def spoken(self, value: Timeline) -> str:
        """The day, and which hour is open."""
        hour = (
            ""
            if value.hour is None
            else f" {value.hour:02}:00 to {value.hour + 1:02}:00 is open; arrows choose another."
        )
        return f"{value.spoken}{hour}"

    # --- picture ----------------------------------------------------------------------------------------------------
    def _strip(self) -> QRectF:
        top = head_height(self.theme) + MARKS
        bottom = self.height() - self.theme.metrics(Role.SMALL).height() - LANE - 12
        return QRectF(MARGIN, top, self.width() - 2 * MARGIN, max(8.0, bottom - top))

    def draw(self, painter: QPainter, value: Timeline) -> None:
        """From the head down to the hours."""
        writing, p, strip = Writing(painter, self.theme), self.theme.palette, self._strip()
        right, legend = self.width() - MARGIN, legend_width(self.theme)
        if right - legend > MARGIN + 200 * self.theme.font_scale:
            right -= legend
            draw_legend(writing, right + 16, head_base(self.theme))
        draw_head(writing, "Day, hour by hour", "taller means more upright; click an hour to open it", right)
        until = 1.0 if value.bars.now is None else value.bars.now
        painter.fillRect(QRectF(strip.left(), strip.top(), strip.width() * until, strip.height()), qcolor(p.inset))
        draw_bars(painter, p, value.bars.bars, strip)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.drawLine(QLineF(strip.bottomLeft(), strip.bottomRight()))
        draw_lane(painter, p, value.bars.above, strip)
        self._hours(writing, value, strip)
        self._chosen(painter, value, strip)
        for mark in value.bars.marks:
            x = strip.left() + mark.at * strip.width()
            draw_mark(painter, p, x, strip.top() - 10, mark.level, hollow=not mark.sent)
        self._shifts(writing, value, strip)
        self._now(writing, value, strip)
        if value.empty:
            writing.middle(strip.center().x(), strip.center().y(), value.empty, Role.BODY, p.ink2)

    def _hours(self, writing: Writing, value: Timeline, strip: QRectF) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base, free = strip.bottom() + LANE + m.ascent() + 5, strip.left() - 1
        for at, words in value.bars.ticks:
            x, width = strip.left() + at * strip.width(), m.horizontalAdvance(words)
            writing.painter.setPen(QPen(qcolor(p.ctl), 1.0))
            writing.painter.drawLine(QLineF(x, strip.bottom() + LANE, x, strip.bottom() + LANE + 3))
            left = min(max(strip.left(), x - width / 2), strip.right() - width)
            if left > free:
                writing.text(left, base, words, Role.SMALL, p.ink2)
                free = left + width + 8

    def _chosen(self, painter: QPainter, value: Timeline, strip: QRectF) -> None:
        if value.hour is None or value.hour not in value.bars.hours:
            return
        left, right = (value.bars.share(h * HOUR_MIN) * strip.width() for h in (value.hour, value.hour + 1))
        frame = QRectF(strip.left() + left, strip.top() - 3, right - left, strip.height() + LANE + 6)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(self.theme.palette.ctl), 1.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(frame.adjusted(-4, -4, 4, 4), 7, 7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(self.theme.palette.ink), 2.0))
        painter.drawRoundedRect(frame, 4, 4)

    def _shifts(self, writing: Writing, value: Timeline, strip: QRectF) -> None:
        """Where the wall's clock was moved."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        for at, words in value.bars.shifts:
            x = strip.left() + at * strip.width()
            writing.painter.setPen(QPen(qcolor(p.ink2), 1.5, Qt.PenStyle.DashLine))
            writing.painter.drawLine(QLineF(x, strip.top(), x, strip.bottom() + LANE))
            writing.text(x + 4, strip.top() + m.ascent(), words, Role.SMALL, p.ink, weight=Weight.STRONG)

    def _now(self, writing: Writing, value: Timeline, strip: QRectF) -> None:
        if value.bars.now is None:
            return
        p, x = self.theme.palette, strip.left() + value.bars.now * strip.width()
        writing.painter.setPen(QPen(qcolor(p.ink), 2.0))
        writing.painter.drawLine(QLineF(x, strip.top() - 4, x, strip.bottom() + LANE + 2))
        if x + 8 + writing.width("now", Role.SMALL, Weight.STRONG) < strip.right():
            base = strip.top() + self.theme.metrics(Role.SMALL).ascent()
            writing.text(x + 6, base, "now", Role.SMALL, p.ink, weight=Weight.STRONG)

    # --- hands ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hour that was clicked."""
        if self.stopped or self.shown is None:
            super().mousePressEvent(event)
            return
        strip, bars = self._strip(), self.shown.bars
        share = (event.position().x() - strip.left()) / strip.width()
        if 0 <= share < 1 and event.position().y() >= strip.top() - MARKS:
            self._choose(int(bars.start_min + share * (bars.end_min - bars.start_min)) // HOUR_MIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The neighbour; Home and End."""
        key, shown = Qt.Key(event.key()), self.shown
        if shown is None or self.stopped or key not in {*STEPS, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        elif key in STEPS:
            hours = shown.bars.hours
            self._choose(hours.start if shown.hour is None else shown.hour + STEPS[key])
        else:
            self._choose(shown.bars.hours.start if key == Qt.Key.Key_Home else shown.bars.hours.stop - 1)

    def _choose(self, hour: int) -> None:
        if self.shown is not None and hour in self.shown.bars.hours and hour != self.shown.hour:
            self.hour_chosen.emit(hour)
