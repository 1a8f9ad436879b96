"""The five pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import SettingControl, Words
from hipmonitor.ui.dashboard.now.first_choices import NO_SIMULATED
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Button, flush_left
from hipmonitor.ui.dashboard.settings.limits_page import LimitFigure, seated_at
from hipmonitor.ui.dashboard.settings.preset import Preset
from hipmonitor.ui.dashboard.theme import Role, Weight
from hipmonitor.ui.view_model import Glance, SourceKind
from hipmonitor.ui.view_model.setting_rows import LIMIT_ROWS
from hipmonitor.ui.view_model.what_it_knows import CANNOT_SEE, DOES, SEES, STAYS

NO_LIVE = "There is no live sensor here."
NO_CALIBRATE = "This window has no such view; `hipmonitor calibrate` does it in a terminal."
FIRST_LIMITS = 3
"""Thigh limit, time above it, sitting; the rest is in Settings."""


class StepPage(QWidget):
    """A column of sentences and controls."""

    title = ""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit = cockpit
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(FOCUS_ROOM, 0, 0, 0)
        self.column.setSpacing(10)

    def tell(self, sentences: Sequence[str], *, role: Role = Role.BODY, ink: str = "ink") -> None:
        """One below the other."""
        for sentence in sentences:
            self.column.addWidget(Words(self.cockpit.theme, sentence, role, ink=ink))

    def look(self, glance: Glance) -> None:
        """What the session says now."""


class WhatItDoes(StepPage):
    """1."""

    title = "What hipmonitor does"

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        self.tell(DOES)
        self.tell((STAYS,), role=Role.SMALL, ink="ink2")


class WhatItSees(StepPage):
    """2: the figure has the thigh filled, and the rest grey."""

    title = "What one sensor can and cannot see"

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        figure = LimitFigure(cockpit.theme)
        limit = cockpit.settings.settings.deep_flexion.thigh_limit_deg
        figure.show_value(seated_at(78.0, limit))
        self.column.addWidget(figure)
        self.tell(
            ("On the figure the measured part is filled, and what is assumed is grey.",), role=Role.SMALL, ink="ink2"
        )
        self.tell(SEES)
        self.column.addWidget(Words(cockpit.theme, "It cannot see", weight=Weight.STRONG))
        self.tell(CANNOT_SEE)


class Limits(StepPage):
    """3: confirmed once."""

    title = "Your limits"

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        self.preset = Preset(cockpit.theme, cockpit.settings)
        self.column.addLayout(flush_left(self.preset))
        rows = LIMIT_ROWS[:FIRST_LIMITS]
        self.rows = {
            row.key: SettingControl(cockpit.theme, cockpit.settings, row, also=self.preset.whose) for row in rows
        }
        for row in self.rows.values():
            self.column.addWidget(row)


class Connect(StepPage):
    """4: with the sensor, or with a simulated one to try."""

    title = "Connect"

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        theme = cockpit.theme
        self.tell(
            (
                "Put the sensor on the front of the thigh, about a hand above the knee, and wake it with a short shake.",
                "Without Bluetooth, or just to look around, the simulated sensor shows everything with made-up data.",
            )
        )
        self.live, self.simulated = Button(theme, "My sensor", icon="sensors"), Button(theme, "Simulated sensor")
        self.live.clicked.connect(lambda: cockpit.open_source(SourceKind.LIVE))
        self.simulated.clicked.connect(lambda: cockpit.open_source(SourceKind.SIMULATED))
        line = flush_left(self.live, self.simulated)
        line.addStretch(1)
        self.column.addLayout(line)
        self.now = Words(theme, weight=Weight.MEDIUM)
        self.column.addWidget(self.now)

    def look(self, glance: Glance) -> None:
        """What there is to choose from, and what becomes of it."""
        kinds = self.cockpit.source_kinds
        self.live.refuse("" if SourceKind.LIVE in kinds else NO_LIVE)
        self.simulated.refuse("" if SourceKind.SIMULATED in kinds else NO_SIMULATED)
        made_up = "Simulated: " if glance.source is SourceKind.SIMULATED else ""
        self.now.say(f"{made_up}{glance.link.sentence or glance.state_line}")


class Calibrate(StepPage):
    """5."""

    title = "Calibrate"

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__(cockpit)
        self.tell(
            (
                "Stand still, then sit still: about 40 seconds. It tells how the sensor sits on your leg.",
                "Until then the angle is rough, and alerts that need it are on hold.",
                "Do it again when the strap has moved.",
            )
        )
        self.calibrate = Button(cockpit.theme, "Calibrate now", icon="calibrate")
        self.calibrate.clicked.connect(lambda: cockpit.open_view("calibrate"))
        line = flush_left(self.calibrate)
        line.addStretch(1)
        self.column.addLayout(line)

    def look(self, _glance: Glance) -> None:
        """Only where there is such a view."""
        self.calibrate.refuse("" if self.cockpit.has_view("calibrate") else NO_CALIBRATE)


PAGES: tuple[type[StepPage], ...] = (WhatItDoes, WhatItSees, Limits, Connect, Calibrate)
LIMITS_PAGE = 2
