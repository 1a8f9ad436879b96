"""Quiet times: the week in hours."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hipmonitor.core.settings import Settings, WorkingHours
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import Panel, Words
from hipmonitor.ui.dashboard.form.panel import PADDING
from hipmonitor.ui.dashboard.parts import Button, flush_left
from hipmonitor.ui.dashboard.settings.week_grid import WeekGrid
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.view_model.week_hours import Cell, hours_said, with_cells

MEANS = (
    "Filled: alerts are told. Hatched: quiet. Measuring goes on all the time, and what was kept to itself is marked in the history. "
    "Drag over hours, or go there with the arrows and press Space."
)
DESK_DAYS, DESK_HOURS = range(5), range(8, 18)
SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class QuietPage(QWidget):
    """The grid, two usual weeks, and the hours in words."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        theme, self._desk = cockpit.theme, cockpit.settings
        self.grid = WeekGrid(theme)
        self.grid.painted.connect(self._paint)
        self.said = Words(theme, role=Role.SMALL, ink="ink2")
        self.always = Button(theme, "Told at all times")
        self.always.clicked.connect(lambda: self._set(WorkingHours()))
        self.desk_week = Button(theme, "Monday to Friday, 8 to 18")
        self.desk_week.clicked.connect(self._desk_week)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self.always, self.desk_week):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.addStretch(1)
        panel = Panel(theme, spacing=10)
        panel.column.addWidget(_title(theme))
        panel.column.addWidget(Words(theme, MEANS, Role.SMALL, ink="ink2"))
        panel.column.addWidget(self.grid)
        panel.column.addLayout(flush_left(self._buttons))
        panel.column.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self._desk.changed.connect(self._draw)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons side by side, or one below the other."""
        super().resizeEvent(event)
        wanted = self.always.sizeHint().width() + self.desk_week.sizeHint().width() + 2 * PADDING + 12
        down = wanted > self.width()
        self._buttons.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)

    def _desk_week(self) -> None:
        every = [(day, hour) for day in range(7) for hour in range(24)]
        quiet = with_cells(WorkingHours(), every, told=False)
        self._set(with_cells(quiet, [(day, hour) for day in DESK_DAYS for hour in DESK_HOURS], told=True))

    def _paint(self, cells: list[Cell], told: bool) -> None:
        def change(settings: Settings) -> Settings:
            return replace(settings, working_hours=with_cells(settings.working_hours, cells, told=told))

        self.said.say(self._desk.change(change) or self.said.text())

    def _set(self, hours: WorkingHours) -> None:
        self._desk.change(lambda settings: replace(settings, working_hours=hours))

    def _draw(self) -> None:
        hours = self._desk.settings.working_hours
        self.grid.show_hours(hours)
        days = zip(SHORT_DAYS, hours.by_weekday(), strict=True)
        self.said.say("; ".join(f"{day} {hours_said(text)}" for day, text in days) + ".")


def _title(theme: Theme) -> Words:
    return Words(theme, "When alerts may be told", weight=Weight.MEDIUM)
