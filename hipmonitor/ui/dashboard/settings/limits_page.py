"""Limits: whose they are, the thigh's limit on the figure, and each of them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import Panel, SettingControl
from hipmonitor.ui.dashboard.now.figure import Figure
from hipmonitor.ui.dashboard.parts import flush_left
from hipmonitor.ui.dashboard.settings.preset import Preset
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.figure_pose import FigurePose, FigureState
from hipmonitor.ui.view_model.setting_rows import LIMIT_ROWS, SEAT_ROWS
from hipmonitor.ui.view_model.zone import Zone, zone_of

FIGURE_HEIGHT, NARROW_BELOW = 200.0, 560.0


def seated_at(thigh_deg: float, limit_deg: float) -> FigurePose:
    """A seated person, with the limit on the ring."""
    return FigurePose(
        state=FigureState.WORN,
        thigh_deg=thigh_deg,
        seated=True,
        pelvis_back_deg=20.0,
        trunk_back_deg=8.0,
        shank_deg=-6.0,
        pelvis_measured=False,
        zone=zone_of(thigh_deg, limit_deg, Zone.UNKNOWN),
        limit_deg=limit_deg,
    )


class LimitFigure(Figure):
    """As high as the letters ask."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        self.setFixedHeight(round(self.theme.px(FIGURE_HEIGHT)))


class LimitsPage(QWidget):
    """The figure sits at the angle of now, or at the usual 80°."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self._theme, self._desk = cockpit.theme, cockpit.settings
        theme = self._theme
        self.figure, self.preset = LimitFigure(theme), Preset(theme, self._desk)
        self._thigh_deg = 80.0
        self.rows = {row.key: SettingControl(theme, self._desk, row, also=self.preset.whose) for row in LIMIT_ROWS}
        self.seat_rows = {row.key: SettingControl(theme, self._desk, row) for row in SEAT_ROWS}
        panel = Panel(theme)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addLayout(flush_left(self.preset), 3)
        self._top.addWidget(self.figure, 2)
        panel.column.addLayout(self._top)
        for row in self.rows.values():
            panel.column.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        seat = Panel(theme)
        for row in self.seat_rows.values():
            seat.column.addWidget(row)
        column.addWidget(seat)
        self._desk.changed.connect(self._draw)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figure beside whose limits they are; below, where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() / self._theme.font_scale < NARROW_BELOW
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def look(self, glance: Glance) -> None:
        """The angle of now."""
        shown = glance.angle.shown_deg
        if glance.angle.calibrated and shown is not None and abs(shown - self._thigh_deg) >= 1.0:
            self._thigh_deg = shown
            self._draw()

    def frame(self, seconds: float) -> None:
        """It glides."""
        self.figure.advance(seconds)

    def _draw(self) -> None:
        self.figure.show_value(seated_at(self._thigh_deg, self._desk.settings.deep_flexion.thigh_limit_deg))
