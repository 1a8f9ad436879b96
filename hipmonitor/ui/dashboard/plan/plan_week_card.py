"""Seven days side by side: what was decided, rest days, sets, check-ins; below them each exercise against what is planned."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN
from hipmonitor.ui.dashboard.parts import DISABLED, Writing
from hipmonitor.ui.dashboard.plan.telling_card import TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.view_model.plan import PlanDay, PlannedSessions, PlanWeek

ICON, PIP, PAD = 20.0, 9.0, 6.0


class PlanWeekCard(TellingCard[PlanWeek]):
    """From Monday."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "This week", parent)

    def head(self, value: PlanWeek) -> tuple[str, str]:
        """How many of the sessions."""
        return "This week", value.said

    def spoken(self, value: PlanWeek) -> str:
        """Every day."""
        return value.spoken

    # --- places -----------------------------------------------------------------------------------------------------
    def _days_height(self) -> float:
        small = self.theme.metrics(Role.SMALL).height()
        return 4 * small + self.theme.px(ICON) + 26

    def _columns(self, width: float) -> int:
        """Of the exercises below."""
        return 2 if width > 520 * self.theme.font_scale else 1

    def _session_rows(self, value: PlanWeek, width: float) -> int:
        return -(-len(value.sessions) // self._columns(width))

    def _session_height(self) -> float:
        return self.theme.metrics(Role.SMALL).height() + 8

    def picture_height(self, value: PlanWeek, width: float) -> float:
        """Days, and the exercises."""
        rows = self._session_rows(value, width)
        return self._days_height() + (rows * self._session_height() + 12 if rows else 0.0)

    def _cell(self, rect: QRectF, k: int) -> QRectF:
        wide = rect.width() / 7
        return QRectF(rect.left() + k * wide + 2, rect.top(), wide - 4, self._days_height() - 4)

    # --- picture ----------------------------------------------------------------------------------------------------
    def draw_picture(self, painter: QPainter, rect: QRectF, value: PlanWeek) -> None:
        """Days, then exercises."""
        for k, day in enumerate(value.days):
            self._draw_day(painter, self._cell(rect, k), day)
        columns = self._columns(rect.width())
        rows, wide = self._session_rows(value, rect.width()), rect.width() / columns
        top = rect.top() + self._days_height() + 10
        for k, each in enumerate(value.sessions):
            x, y = rect.left() + k // rows * wide, top + k % rows * self._session_height()
            self._draw_sessions(painter, QRectF(x, y, wide - 18, self._session_height()), each)

    def _draw_day(self, painter: QPainter, cell: QRectF, day: PlanDay) -> None:
        p, m, writing = self.theme.palette, self.theme.metrics(Role.SMALL), Writing(painter, self.theme)
        painter.setPen(QPen(qcolor(p.ink if day.today else p.line), 2.0 if day.today else 1.0))
        painter.setBrush(qcolor(p.surface if day.ahead else p.inset))
        painter.drawRoundedRect(cell, 8, 8)
        middle, y = cell.center().x(), cell.top() + PAD + m.ascent()
        weight = Weight.STRONG if day.today else Weight.PLAIN
        name = f"{day.weekday} {day.number}"
        name = name if m.horizontalAdvance(name) * 1.08 < cell.width() - 4 else day.number
        writing.middle(middle, y, name, Role.SMALL, p.ink if day.today else p.ink2, weight=weight)
        y = cell.top() + PAD + m.height() + 4
        px = self.theme.px(ICON)
        icon = "talk" if day.sign else day.icon
        if icon:
            draw_icon(painter, icon, QRectF(middle - px / 2, y, px, px), qcolor(p.ink))
        elif day.rest:
            painter.setOpacity(DISABLED)
            draw_icon(painter, "quiet", QRectF(middle - px / 2, y, px, px), qcolor(p.ink))
            painter.setOpacity(1.0)
        y += px + m.height() + 2
        self._middle(writing, cell, y, self._sets(day), p.ink if day.sets else p.ink2)
        self._draw_check_in(painter, cell, y + m.height() + 2, day)

    def _sets(self, day: PlanDay) -> str:
        if day.sets:
            return f"{day.sets} set{'s' * (day.sets != 1)}"
        return "rest" if day.rest else "" if day.ahead else "no sets"

    def _draw_check_in(self, painter: QPainter, cell: QRectF, base: float, day: PlanDay) -> None:
        """A tick and the pain of the day; an empty ring where nothing was said."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.SMALL), Writing(painter, self.theme)
        if day.ahead:
            return
        if day.checked_in and day.pain is not None:
            self._middle(writing, cell, base, f"pain {day.pain}", p.ink, short=str(day.pain))
            return
        px = m.capHeight() * 1.3
        spot = QRectF(cell.center().x() - px / 2, base - px, px, px)
        if day.checked_in:
            draw_icon(painter, "check", spot, qcolor(p.ink))
        else:
            painter.setPen(QPen(qcolor(p.ctl), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot.center(), px * 0.32, px * 0.32)

    def _middle(self, writing: Writing, cell: QRectF, base: float, words: str, ink: str, *, short: str = "") -> None:
        """Around the middle of the cell, shorter where it is narrow."""
        fits = writing.width(words, Role.SMALL) <= cell.width() - 4
        words = words if fits or not words else short or words.split(maxsplit=1)[0]
        if writing.width(words, Role.SMALL) <= cell.width():
            writing.middle(cell.center().x(), base, words, Role.SMALL, ink)

    def _draw_sessions(self, painter: QPainter, place: QRectF, each: PlannedSessions) -> None:
        """Title, and a pip for every planned day; what is beyond is said."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.SMALL), Writing(painter, self.theme)
        base = place.top() + m.ascent()
        start = writing.right(place.right(), base, f"{each.done} of {each.planned}", Role.SMALL, p.ink2)
        pip = self.theme.px(PIP)
        x = start - 8 - each.planned * (pip + 4)
        room = x - place.left() - 8
        if room < 60:
            room, x = start - place.left() - 8, -1.0
        writing.text(place.left(), base, each.title, Role.SMALL, p.ink, room=room)
        for k in range(each.planned if x >= 0 else 0):
            painter.setPen(QPen(qcolor(p.up if k < each.done else p.ctl), 1.2))
            painter.setBrush(qcolor(p.up) if k < each.done else Qt.BrushStyle.NoBrush)
            spot = QPointF(x + k * (pip + 4) + pip / 2, base - m.capHeight() / 2)
            painter.drawEllipse(spot, pip / 2 - 0.6, pip / 2 - 0.6)
        painter.setPen(QPen(qcolor(p.line), 1.0))
        painter.drawLine(QLineF(place.left(), place.bottom() - 2, place.right(), place.bottom() - 2))

    def event(self, event: QEvent) -> bool:
        """A tooltip has the words of a day."""
        if isinstance(event, QHelpEvent) and self.shown is not None:
            wide = (self.width() - 2 * MARGIN) / 7
            k = int((event.pos().x() - MARGIN) // wide)
            words = self.shown.days[k].words if 0 <= k < len(self.shown.days) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
