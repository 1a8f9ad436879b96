"""Alerts: what is told when, by which ways, and a try of each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hipmonitor.core.errors import DeliveryError
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.errands import Say
from hipmonitor.ui.dashboard.feed import vibrating
from hipmonitor.ui.dashboard.form import Panel, SettingControl, Words
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.settings.levels_card import LevelsCard
from hipmonitor.ui.dashboard.settings.trials import NO_SENSOR, NOT_HERE, Trial
from hipmonitor.ui.dashboard.theme import Role
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.setting_rows import (
    ALERT_ROWS,
    CHECK_IN_ROW,
    DESKTOP_ROW,
    EXERCISE_ROWS,
    HINT_ROWS,
    SOUND_ROW,
    VIBRATION_ROW,
    VOLUME_ROW,
    SettingRow,
)

TRY = "Try it: a banner as an alert shows one, marked as a test. Nothing is put off or silenced by it."


class AlertsPage(QWidget):
    """Two cards: how alerts come, and by which ways."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self._cockpit, self._desk = cockpit, cockpit.settings
        theme = cockpit.theme
        self.levels = LevelsCard(theme)
        self.said = Words(theme, role=Role.SMALL, ink="ink2")
        self.try_banner = Button(theme, "Try it")
        self.try_banner.clicked.connect(lambda: cockpit.try_alert(self._desk.settings))
        self.desktop, self.sound, self.vibration = (
            Trial(cockpit, name, icon, self.said.say)
            for name, icon in (("desktop notification", ""), ("sound", ""), ("vibration", "vibrate"))
        )
        self.desktop.clicked.connect(lambda: self.desktop.start(self._try_desktop))
        self.sound.clicked.connect(lambda: self.sound.start(self._try_sound))
        self.vibration.clicked.connect(lambda: self.vibration.start(self._try_vibration))
        for trial in (self.desktop, self.sound):
            trial.refuse("" if cockpit.errands else NOT_HERE)
        self.rows = {row.key: SettingControl(theme, self._desk, row) for row in (*ALERT_ROWS, *HINT_ROWS)}
        self.ways = {row.key: SettingControl(theme, self._desk, row, *beside) for row, beside in self._ways()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._how())
        column.addWidget(self._by())
        self._desk.changed.connect(self._draw)
        self._draw()

    def _ways(self) -> tuple[tuple[SettingRow, tuple[QWidget, ...]], ...]:
        return (
            (DESKTOP_ROW, (self.desktop,)),
            (SOUND_ROW, (self.sound,)),
            (VOLUME_ROW, ()),
            (VIBRATION_ROW, (self.vibration,)),
            (CHECK_IN_ROW, ()),
            *((row, ()) for row in EXERCISE_ROWS),
        )

    def _how(self) -> Panel:
        panel, theme = Panel(self._cockpit.theme), self._cockpit.theme
        panel.column.addWidget(self.levels)
        line = QHBoxLayout()
        line.addWidget(Words(theme, TRY, Role.SMALL, ink="ink2"), 1)
        line.addWidget(self.try_banner)
        panel.column.addLayout(line)
        for row in self.rows.values():
            panel.column.addWidget(row)
        return panel

    def _by(self) -> Panel:
        panel = Panel(self._cockpit.theme)
        for row in self.ways.values():
            panel.column.addWidget(row)
        panel.column.addSpacing(8)
        panel.column.addWidget(self.said)
        self.said.say("")
        return panel

    def _draw(self) -> None:
        self.levels.show_settings(self._desk.settings)

    def look(self, _glance: Glance) -> None:
        """A sensor that is there can vibrate."""
        if not self.vibration.trying:
            self.vibration.refuse("" if vibrating(self._cockpit.bridge.feed) else NO_SENSOR)

    # --- aside, in threads of their own -----------------------------------------------------------------------------
    def _try_desktop(self, say: Say) -> None:
        if self._cockpit.errands is not None:
            self._cockpit.errands.try_desktop(say)

    def _try_sound(self, say: Say) -> None:
        if self._cockpit.errands is not None:
            self._cockpit.errands.try_sound(self._desk.settings.delivery.sound_volume_percent, say)

    def _try_vibration(self, say: Say) -> None:
        feed = vibrating(self._cockpit.bridge.feed)
        if feed is None:
            raise DeliveryError(NO_SENSOR)
        feed.vibrate()
        say("The sensor vibrated twice.")
