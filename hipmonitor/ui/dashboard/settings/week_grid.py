"""Seven days by 24 hours: in which alerts are told. Drag over hours, or arrows and Space."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.core.settings import WorkingHours
from hipmonitor.ui.dashboard.parts import Writing, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.week_hours import HOURS, Cell, Told, grid

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = {Told.ALL: "told", Told.PART: "told for a part of it", Told.NONE: "quiet"}
CELL, EVERY = 26.0, 6
"""Height of an hour, and every how many hours one is named."""
MOVES = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class WeekGrid(QWidget):
    """`painted` brings the hours and whether they are told."""

    painted = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown = grid(WorkingHours())
        self.at: Cell = (0, 8)
        self._from: Cell | None = None
        self._to: Cell | None = None
        self.setAccessibleName("Hours in which alerts are told")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._renew)
        self._renew()
        self._tell()

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def show_hours(self, hours: WorkingHours) -> None:
        """As it is set now."""
        self.shown = grid(hours)
        self._tell()
        self.update()

    def _tell(self) -> None:
        day, hour = self.at
        self.setAccessibleDescription(f"{DAYS[day]}, {hour:02}:00 to {hour + 1:02}:00: {WORDS[self.shown[day][hour]]}")

    # --- places -----------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Seven rows and the hours above."""
        return QSize(480, round(7 * self.theme.px(CELL) + self._top() + 4))

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(200, self.sizeHint().height())

    def _top(self) -> float:
        return self.theme.metrics(Role.SMALL).height() + 6

    def _left(self) -> float:
        names = DAYS if self.width() > 420 * self.theme.font_scale else tuple(day[:2] for day in DAYS)
        return max(self.theme.metrics(Role.SMALL).horizontalAdvance(day) for day in names) + 10

    def rect_of(self, cell: Cell) -> QRectF:
        """Where an hour is."""
        wide = (self.width() - self._left() - 4) / HOURS
        high = self.theme.px(CELL)
        return QRectF(self._left() + cell[1] * wide, self._top() + cell[0] * high, wide, high)

    def _cell_at(self, x: float, y: float) -> Cell:
        first = self.rect_of((0, 0))
        day, hour = (y - first.top()) / first.height(), (x - first.left()) / first.width()
        return min(6, max(0, int(day))), min(HOURS - 1, max(0, int(hour)))

    def _dragged(self) -> list[Cell]:
        if self._from is None or self._to is None:
            return []
        (day, hour), (to_day, to_hour) = self._from, self._to
        days = range(min(day, to_day), max(day, to_day) + 1)
        return [(d, h) for d in days for h in range(min(hour, to_hour), max(hour, to_hour) + 1)]

    def _becomes_told(self, cell: Cell) -> bool:
        """What the first hour decides for all: what is quiet or told in part is told."""
        return self.shown[cell[0]][cell[1]] is not Told.ALL

    # --- hands ------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        self._from = self._to = self.at = self._cell_at(event.position().x(), event.position().y())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._from is not None:
            self._to = self._cell_at(event.position().x(), event.position().y())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Its end: all these hours become the same."""
        cells, first = self._dragged(), self._from
        self._from = self._to = None
        if first is not None:
            self.painted.emit(cells, self._becomes_told(first))
        self._tell()

    def toggle(self) -> None:
        """The hour under the cursor."""
        self.painted.emit([self.at], self._becomes_told(self.at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Space."""
        key = Qt.Key(event.key())
        if key in MOVES:
            down, right = MOVES[key]
            self.at = (self.at[0] + down) % 7, (self.at[1] + right) % HOURS
            self._tell()
            self.update()
        elif key == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    # --- picture ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, hours, cells, cursor."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._names(Writing(painter, self.theme))
        dragged = set(self._dragged())
        wanted = self._from is not None and self._becomes_told(self._from)
        for day in range(7):
            for hour in range(HOURS):
                told = self.shown[day][hour]
                if (day, hour) in dragged:
                    told = Told.ALL if wanted else Told.NONE
                self._cell(painter, self.rect_of((day, hour)).adjusted(1, 1, -1, -1), told)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(qcolor(self.theme.palette.ink), 2.0))
            painter.drawRoundedRect(self.rect_of(self.at), 4, 4)
        painter.end()

    def _cell(self, painter: QPainter, rect: QRectF, told: Told) -> None:
        """Told is filled, quiet is hatched, in part is both."""
        p = self.theme.palette
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(qcolor(p.inset))
        painter.drawRoundedRect(rect, 3, 3)
        if told is not Told.ALL:
            hatch(painter, rect, p.missing)
        if told is not Told.NONE:
            filled = (
                rect if told is Told.ALL else QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2)
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(p.body))
            painter.drawRoundedRect(filled, 3, 3)

    def _names(self, writing: Writing) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        for hour in range(0, HOURS + 1, EVERY):
            x = self.rect_of((0, hour)).left()
            words = f"{hour:02}"
            writing.text(min(x, self.width() - m.horizontalAdvance(words)), m.ascent(), words, Role.SMALL, p.ink2)
        for day, name in enumerate(DAYS):
            rect = self.rect_of((day, 0))
            short = name if self.width() > 420 * self.theme.font_scale else name[:2]
            chosen = self.hasFocus() and day == self.at[0]
            weight = Weight.STRONG if chosen else None
            writing.text(0, rect.center().y() + m.capHeight() / 2, short, Role.SMALL, p.ink, weight=weight)
