"""Which day, and how much of the history: back, the date with its calendar, forward, Day / Week / 4 weeks."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLabel, QMenu, QWidget, QWidgetAction

from hipmonitor.ui.dashboard.history.loading import Span
from hipmonitor.ui.dashboard.parts import Button, Segmented
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor

EPOCH = QDate(1970, 1, 1)
STEPS = {Span.DAY: 1, Span.WEEK: 7, Span.WEEKS: 28}


class WearCalendar(QCalendarWidget):
    """Days with a recording have a dot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.worn = theme, frozenset[int]()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setAccessibleName("Calendar; days with a recording have a dot")

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        """As ever, and the dot."""
        super().paintCell(painter, rect, date)
        if EPOCH.daysTo(date) in self.worn:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = date == self.selectedDate()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(self.theme.palette.btn_ink if chosen else self.theme.palette.sit))
            painter.drawEllipse(QPointF(rect.center().x() + 1, rect.bottom() - 4), 2.5, 2.5)
            painter.restore()


class HeadRow(QWidget):
    """Says what was asked for."""

    day_asked = Signal(int)
    span_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.back = Button(theme, "", icon="left")
        self.date = Button(theme, "History")
        self.forward = Button(theme, "", icon="right")
        self.span = Segmented(theme, "How much", ("Day", "Week", "4 weeks"))
        self.note = QLabel()
        self.note.setAccessibleName("About these numbers")
        self._day, self._step = 0, 1
        self._titles = ("History", "History")
        self.back.clicked.connect(lambda: self.day_asked.emit(self._day - self._step))
        self.forward.clicked.connect(lambda: self.day_asked.emit(self._day + self._step))
        self.span.chosen.connect(self.span_asked)
        self._make_calendar()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.back, self.date, self.forward, self.span):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.note, 1)
        self._dress()
        theme.changed.connect(self._dress)

    def _make_calendar(self) -> None:
        self.menu = QMenu(self.date)
        self.calendar = WearCalendar(self.theme)
        action = QWidgetAction(self.menu)
        action.setDefaultWidget(self.calendar)
        self.menu.addAction(action)
        self.date.open_menu(self.menu)
        self.calendar.activated.connect(self._picked)
        self.calendar.clicked.connect(self._picked)

    def _picked(self, date: QDate) -> None:
        self.menu.close()
        self.day_asked.emit(int(EPOCH.daysTo(date)))

    def _dress(self) -> None:
        self.note.setFont(self.theme.font(Role.SMALL))
        self.calendar.setFont(self.theme.font(Role.BODY))

    def fit(self, width: int) -> None:
        """The short title where the long one leaves no room for the rest."""
        long, short = self._titles
        self.date.say(long)
        parts = (self.back, self.date, self.forward, self.span)
        if sum(part.sizeHint().width() + 4 for part in parts) + 8 > width:
            self.date.say(short)

    def show_page(
        self,
        titles: tuple[str, str],
        note: str,
        span: Span,
        day: int,
        reach: tuple[int, int],
        worn: frozenset[int],
    ) -> None:
        """`titles`: long and short; `reach`: first and last day there can be."""
        self._day, self._step = day, STEPS[span]
        self._titles = titles
        self.fit(self.width())
        self.note.setText(note)
        self.note.setToolTip(note)
        unit = ("day", "week", "4 weeks")[span]
        self.back.setAccessibleName(f"One {unit} back".replace("One 4", "4"))
        self.forward.setAccessibleName(f"One {unit} on".replace("One 4", "4"))
        self.back.refuse("" if day > reach[0] else "The history begins here.")
        self.forward.refuse("" if day < reach[1] else "This is the newest day.")
        self.span.blockSignals(True)
        self.span.choose(span)
        self.span.blockSignals(False)
        self.calendar.worn = worn
        self.calendar.setDateRange(EPOCH.addDays(min(reach)), EPOCH.addDays(max(reach)))
        self.calendar.setSelectedDate(EPOCH.addDays(day))
